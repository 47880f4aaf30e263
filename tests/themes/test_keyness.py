"""Word statistics, by hand."""

import math

import pandas as pd
import pytest

import clippings as cl
from clippings.core.errors import BadInput
from clippings.themes.statistics import dispersion
from helpers import codebook_of, story_of

CODES = codebook_of("themes", {"theme": "closure", "side": "for", "term": "shut"})


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


def test_dispersion_can_leave_out_function_words_and_numbers():
    story = story_of("the 12 herons of the 12 lakes", "the herons of 12 lakes")
    words = cl.count_dispersion(story, min_count=2, function_words=False)
    assert words.word.to_list() == ["herons", "lakes"]
    assert cl.count_dispersion(story_of(""), function_words=False).empty


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


def test_dispersion_of_all_words_at_once_equals_that_of_each_word():
    texts = ("a b b c", "a a c", "b", "a c c c d", "e e e")
    story = story_of(*texts)
    table = cl.count_dispersion(story, min_count=1)

    sizes = [len(text.split()) for text in texts]
    for row in table.itertuples():
        slow = dispersion([text.split().count(row.word) for text in texts], sizes)
        assert row.articles == slow.parts
        fast = [row.dp, row.dp_norm, row.d, row.s]
        assert fast == [
            round(value, 3) for value in (slow.dp, slow.dp_norm, slow.juilland_d, slow.rosengren_s)
        ]


def test_dispersion_without_words_is_empty():
    for story in (story_of(), story_of("", "...")):
        assert cl.count_dispersion(story).empty


def test_collocations_do_not_cross_punctuation_and_have_no_numbers():
    pairs = cl.count_collocations(story_of(*["heron, grey. 12 herons"] * 3))
    assert pairs.empty


def test_a_longer_phrase_is_listed_once():
    texts = ["the grey heron colony is here"] * 4 + ["a heron came", "one heron"]
    pairs = cl.count_collocations(story_of(*texts))
    assert len(pairs) == 1
    assert pairs.phrase.to_list() == ["grey heron colony"]


def test_names_can_be_left_out_of_collocations():
    story = story_of(*["it was Anna Bell and a grey heron"] * 3)
    everything = cl.count_collocations(story)
    assert dict(zip(everything.phrase, everything.is_name, strict=True)) == {
        "anna bell": True,
        "grey heron": False,
    }
    assert cl.count_collocations(story, names=False).phrase.to_list() == ["grey heron"]


@pytest.fixture(scope="module")
def two_outlets():
    """Ten articles on a dam and ten on a bus; one of the first repeats a word of its own."""
    dam = ["The dam wall of Ostrand holds. In Ostrand the dam wall is old, and a dam is wet."] * 10
    dam[3] += " The heron." * 30
    bus = ["The bus fare rises. The bus fare is new, and the price of the fare is high."] * 10
    return story_of(*dam, *bus)


def test_key_terms_of_groups(two_outlets):
    is_dam = two_outlets.text.str.contains("dam")
    outlet = is_dam.map({True: "Dam News", False: "Bus News"})
    key_terms = cl.count_key_terms(two_outlets, by=outlet)

    first = key_terms[key_terms["rank"] == 1].set_index(["group", "is_name"]).term.to_dict()
    assert first[("Dam News", False)] in ("dam wall", "dam")
    assert first[("Dam News", True)] == "Ostrand"
    assert first[("Bus News", False)] in ("bus fare", "fare")
    assert (key_terms.low > 0).all()
    assert "heron" not in set(key_terms.term)


def test_key_terms_do_not_depend_on_the_order_of_passages(two_outlets):
    key_terms = cl.count_key_terms(two_outlets)
    shuffled = cl.count_key_terms(two_outlets.sample(frac=1, random_state=1))
    pd.testing.assert_frame_equal(key_terms, shuffled)


def test_passages_without_a_group_are_only_compared(two_outlets):
    is_dam = two_outlets.text.str.contains("dam")
    for missing in ("", None):
        outlet = is_dam.map({True: "Dam News", False: missing})
        assert set(cl.count_key_terms(two_outlets, by=outlet).group) == {"Dam News"}


def test_the_number_of_key_terms_can_be_limited(two_outlets):
    is_dam = two_outlets.text.str.contains("dam").astype("str")
    key_terms = cl.count_key_terms(two_outlets, by=is_dam, n=1)
    assert key_terms["rank"].eq(1).all()
    assert not key_terms.duplicated(["group", "is_name"]).any()


def test_a_single_group_and_no_text_have_no_key_terms(two_outlets):
    expected = cl.count_key_terms(two_outlets)
    for story in (story_of("The dam and the dam."), story_of(), two_outlets.head(0)):
        key_terms = cl.count_key_terms(story)
        assert key_terms.empty
        assert list(key_terms.columns) == list(expected.columns)
        assert (key_terms.dtypes == expected.dtypes).all()
