"""Repeated text: relations, marks, and a slow oracle."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import clippings as cl
from clippings.text import folded_words
from helpers import articles_of

A = "The river rose by one metre over night and nobody slept."
B = "The river rose by one metre over night, and NOBODY slept!"
OTHER = "The council met in the afternoon and agreed on nothing at all."


def repeats_of(*texts, outlet="", **options):
    articles = articles_of(*texts, outlet=outlet)
    return cl.find_repeats(cl.find_passages(articles), articles, **options)


def test_relations():
    found = repeats_of(f"{A}\n\n{OTHER}\n\n{B}", B, outlet="Post")
    assert found[["article", "relation", "like_article"]].values.tolist() == [
        ["a0.txt", "first", ""],
        ["a0.txt", "within", "a0.txt"],
        ["a1.txt", "shared", "a0.txt"],
    ]
    assert found.label.nunique() == 1


def test_the_same_line_in_three_articles_of_one_outlet_is_boilerplate():
    found = repeats_of(A, A, A, outlet="Post")
    assert found.relation.to_list() == ["first", "boilerplate", "boilerplate"]
    assert repeats_of(A, A, A).relation.to_list() == ["first", "shared", "shared"]


def test_shorter_paragraphs_do_not_count():
    assert repeats_of(A, A, min_words=12).empty
    assert len(repeats_of(A, A, min_words=11)) == 2


def test_the_group_of_a_text_keeps_its_name_when_an_article_is_added():
    assert set(repeats_of(A, A).label) == set(repeats_of(OTHER, A, A, OTHER).label) - set(
        repeats_of(OTHER, OTHER).label
    )


def test_the_older_telling_is_first_where_all_days_are_known():
    articles = articles_of(A, A)
    articles["published_from"] = np.array(["2020-02-02", "2020-01-01"], dtype="datetime64[s]")
    found = cl.find_repeats(cl.find_passages(articles), articles)
    assert found.set_index("article").relation.to_dict() == {"a0.txt": "shared", "a1.txt": "first"}


def test_rows_inside_a_copy_are_marked_and_nothing_is_cut(seeds):
    tables = seeds[2]
    inside = tables["quotes"][tables["quotes"].telling == "within"]
    assert {article[:3] for article in inside.article} == {"004"}
    first = cl.first_tellings(tables["quotes"])
    assert len(first) + len(inside) == len(tables["quotes"])


def test_the_paragraphs_of_the_seeds_that_stand_twice(seeds):
    found = seeds[2]["repeats"]
    copies = found[found.relation == "within"]
    assert copies.groupby("article").words.sum().to_dict() == {
        "003_7c8dcfff9265bc1d.txt": 33,
        "004_50b56c56ccc20475.txt": 214,
    }
    assert (copies.start > copies.like_start).all()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.sampled_from(["a b c", "a, b C", "d e f g", "h"]), max_size=4), min_size=1, max_size=4))
def test_against_all_pairs(pages):
    texts = ["\n\n".join(f"{paragraph}." for paragraph in page) for page in pages]
    articles = articles_of(*texts)
    passages = cl.find_passages(articles)
    found = cl.find_repeats(passages, articles, min_words=3)
    rows = list(passages.itertuples())
    alike = {
        (row.article, row.start)
        for one, other in itertools.permutations(rows, 2)
        for row in (one, other)
        if folded_words(one.text) == folded_words(other.text) and len(folded_words(one.text)) >= 3
    }
    assert set(zip(found.article, found.start, strict=True)) == alike
    for row in found[found.relation != "first"].itertuples():
        first = articles.set_index("article").text[row.like_article][row.like_start : row.like_end]
        assert folded_words(first) == folded_words(row.text)


def test_count_missed_agrees_with_simulation():
    table = cl.count_missed(min_words=8, max_edits=0.15)
    random = np.random.default_rng(1)
    for row in table.itertuples():
        kept = (random.random((20_000, row.words)) >= row.edits).all(axis=1).mean() if row.words >= 8 else 0
        assert abs(kept - row.found) < 0.02


def test_count_shared_of_the_seeds(seeds):
    articles, _, tables = seeds
    shared = cl.count_shared(tables["repeats"], articles)
    assert [(row.article_a[:3], row.article_b[:3], row.words) for row in shared.itertuples()] == [
        ("001", "002", 13),
        ("003", "003", 33),
        ("004", "004", 214),
    ]
