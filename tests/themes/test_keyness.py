"""Word statistics, by hand."""

import math

import pandas as pd
import pytest

import clippings as cl
from clippings.core.errors import BadInput
from helpers import story_of


def test_keyness_by_hand():
    target, reference = story_of("a a a b"), story_of("a b b b b b")
    row = cl.count_keyness(target, reference).set_index("word").loc["a"]
    expected = 2 * (3 * math.log(3 / (4 * 4 / 10)) + 1 * math.log(1 / (6 * 4 / 10)))
    assert row.g2 == round(expected, 2)
    assert row.log_ratio == round(math.log2((3 / 4) / (1 / 6)), 2)
    assert row.low < row.log_ratio < row.high


def test_keyness_without_words_is_empty():
    assert cl.count_keyness(story_of("a b"), story_of("")).empty
    assert cl.count_keyness(story_of(), story_of("a b")).empty


def test_keyness_of_a_single_word_has_no_log_odds():
    assert cl.count_keyness(story_of("a"), story_of("a a")).log_odds.to_list() == [0.0]


def test_a_word_as_frequent_in_every_article_is_dispersed_evenly():
    even = cl.count_dispersion(story_of("a b", "a c"), min_count=2)
    assert even[["word", "articles", "dp"]].values.tolist() == [["a", 2, 0.0]]
    one_article = cl.count_dispersion(story_of("a a", "b b"), min_count=2)
    assert one_article[["word", "articles", "dp", "dp_norm"]].values.tolist() == [
        ["a", 1, 0.5, 1.0],
        ["b", 1, 0.5, 1.0],
    ]


def test_collocations_are_counted_without_function_words():
    texts = ("grey heron", "grey heron", "grey heron", "cold rain", "of the", "of the", "of the")
    pairs = cl.count_collocations(story_of(*texts))
    assert pairs[["word_a", "word_b", "count"]].values.tolist() == [["grey", "heron", 3]]


def test_a_word_that_makes_up_the_text_has_no_g2_as_there_are_no_other_words():
    for text in ("river river river river", "river river river bank river river"):
        same = cl.count_collocations(story_of(text)).iloc[0]
        assert same.word_b == "river"
        assert same[["g2", "chi2"]].isna().all()


def test_words_are_counted_by_group():
    table = story_of("one two", "three").assign(kind=["x", "x"])
    assert cl.count_words(table, by=["kind"]).values.tolist() == [["x", 3, 2, 2]]
    assert isinstance(cl.count_words(table, by=["article"]), pd.DataFrame)


def test_phrases_and_a_pattern_that_cannot_be_read():
    phrases = cl.find_phrases(story_of("He told them. She told us."), r"told \w+")
    assert phrases.text.to_list() == ["told them", "told us"]
    with pytest.raises(BadInput):
        cl.find_phrases(story_of("x"), "(")
