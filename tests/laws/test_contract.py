"""The laws that every finder keeps: spans slice back, input is not changed, row order does not matter."""

import random

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import clippings as cl
from clippings.core import tables
from clippings.core.errors import BadInput
from clippings.core.tables import COLUMNS, links, make_table
from helpers import articles_of, chain, codebook_of, whole

CODEBOOK = {
    "actors": codebook_of(
        "actors",
        {"actor": "Ministry", "alias": "the ministry", "type": "organisation"},
        {"actor": "Rome", "alias": "Rome", "type": "place", "not_alias": "Rome Street"},
        {"actor": "Paris", "alias": "Paris", "type": "place"},
    ),
    "themes": codebook_of(
        "themes",
        {"theme": "closure", "term": "clos* | shut*", "side": "for"},
        {"theme": "closure", "term": "open*", "near": "again", "side": "against"},
    ),
    "events": codebook_of(
        "events",
        {"kind": "closure", "trigger": "closed | shut"},
        {"kind": "fire", "trigger": "burn*"},
    ),
    "calendar": codebook_of(
        "calendar",
        {"entry": "euro", "day_from": "2002-01-01", "cue": "euro*", "relation": "not_before"},
        {
            "entry": "vote",
            "day_from": "2010-05-01",
            "day_to": "2010-06-01",
            "cue": "coming vote",
            "relation": "during",
        },
    ),
}
SENTENCES = """The ministry closed two schools in Rome on Monday.
“We shut at least 20 schools,” Anna Bell told the Rome Post.
“It was open again,” he said, “in June 2009.”
According to local sources, dozens of people left last week.
İstanbul’s mayor SAID so
Rome Street
Paris — The fire burned
the coming vote
e\u0301cole ﬁre
“unclosed quotation, he said
2 × 3 =
Leave a comment
12 euros, over 200,000
By Anna Bell
Published 16 March 2021
03/04/2021
الوزارة أغلقت المدرسة.
😀 U.S.-led
on 31 February
<b>=1+1
Source: X
Photo by Y."""
PIECES = [*SENTENCES.splitlines(), "\u00a0", "\n", "\n\n", "\r\n", "\u2028", '"', "’", "XXXX"]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), min_size=0, max_size=14).map(
    " ".join
)
MANY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@MANY
@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_every_span_and_link_slices_back(texts):
    articles = articles_of(*texts)
    for name, table in whole(articles, CODEBOOK).items():
        assert list(table.columns) == list(COLUMNS[name])
        assert cl.check_spans(table, articles) is table


@MANY
@given(TEXTS)
def test_passages_hold_every_character_that_is_not_blank_once(text):
    passages = cl.find_passages(articles_of(text))
    covered = [place for row in passages.itertuples() for place in range(row.start, row.end)]
    assert len(covered) == len(set(covered))
    assert {place for place, character in enumerate(text) if not character.isspace()} <= set(
        covered
    )


@MANY
@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_input_is_not_changed_and_row_order_does_not_matter(texts):
    articles = articles_of(*texts)
    passages = cl.find_passages(articles)
    before = passages.copy(), articles.copy()
    found = chain(passages, articles, CODEBOOK)
    assert_frame_equal(passages, before[0])
    assert_frame_equal(articles, before[1])
    for name, table in chain(passages.iloc[::-1], articles.iloc[::-1], CODEBOOK).items():
        assert_frame_equal(table, found[name])


@MANY
@given(TEXTS, st.integers(min_value=1, max_value=50))
def test_characters_in_front_move_every_span(text, shift):
    articles = articles_of(text)
    passages = cl.find_passages(articles)
    moved = passages.assign(start=passages.start + shift, end=passages.end + shift)
    found = chain(passages, articles, CODEBOOK)
    for name, table in chain(moved, articles, CODEBOOK).items():
        shifted = found[name].copy()
        for column in [
            "start",
            "end",
            *(f"{link}_{end}" for link in links(table) for end in ("start", "end")),
        ]:
            shifted[column] = shifted[column] + shift
        assert_frame_equal(table, shifted)


@MANY
@given(st.lists(TEXTS, min_size=2, max_size=4))
def test_any_split_by_whole_articles_gives_the_same_rows(texts):
    articles = articles_of(*texts)
    passages = cl.find_passages(articles)
    found = chain(passages, articles, CODEBOOK)
    parts = [
        chain(passages[passages.article == article], articles, CODEBOOK)
        for article in articles.article
    ]
    for name, table in found.items():
        joined = pd.concat([part[name] for part in parts], ignore_index=True)
        assert_frame_equal(joined.astype(table.dtypes.to_dict()), table)


def test_nothing_in_nothing_out_with_the_same_columns_and_types():
    for name, table in whole(make_table("articles"), CODEBOOK).items():
        assert table.empty
        assert table.dtypes.to_dict() == make_table(name).dtypes.to_dict()


def test_tables_are_sorted_with_a_fresh_index(corpus):
    for name, table in corpus[2].items():
        if name != "articles":
            places = list(zip(table.article, table.start, table.end, table.label, strict=True))
            assert places == sorted(places), name
            assert list(table.index) == list(range(len(table))), name


def test_find_all_keeps_the_span_law(corpus):
    articles, _, tables = corpus
    for name, table in tables.items():
        if name != "articles":
            cl.check_spans(table, articles)


def test_a_span_that_does_not_slice_back_is_named():
    articles = articles_of("one two")
    wrong = make_table(
        "passages", [{"article": "a0.txt", "start": 0, "end": 3, "text": "two", "label": "body"}]
    )
    with pytest.raises(BadInput, match=r"row 0: a0\.txt\[0:3\] is 'one', not 'two'"):
        cl.check_spans(wrong, articles)


def test_a_link_outside_its_article_is_named():
    articles = articles_of("one two")
    row = {
        "article": "a0.txt",
        "start": 0,
        "end": 3,
        "text": "one",
        "label": "x",
        "cue_start": 5,
        "cue_end": 99,
    }
    with pytest.raises(BadInput, match="link cue 5:99"):
        cl.check_spans(make_table("themes", [row]), articles)


def test_mark_verbs_keep_all_other_columns_and_the_order(seeds):
    _, codebook, tables = seeds
    themes = (
        tables["themes"].drop(columns=["duplicate_status", "verdict"]).assign(own="mine").iloc[::-1]
    )
    for marked, added in (
        (cl.mark_duplicates(themes, tables["repeats"]), "duplicate_status"),
        (cl.mark_verdicts(themes, codebook["verdicts"]), "verdict"),
    ):
        assert list(marked.columns) == [*themes.columns, added]
        assert_frame_equal(marked.drop(columns=added), themes)


def test_large_tables_are_sorted_as_small_ones(monkeypatch):
    chance = random.Random(1)
    names = ["a", "A", "é", "z", "ab", "a b", "\U0001f600", "\ufffd", ""]
    rows = [
        (chance.choice(names), chance.randrange(4), chance.randrange(4), chance.choice(names))
        for _ in range(500)
    ]
    table = pd.DataFrame(rows, columns=["article", "start", "end", "label"]).assign(text="")
    table = table.astype({"article": "str", "label": "str"}).assign(row=range(500))
    small, listed = tables.in_order(table), tables.by_article(table)
    monkeypatch.setattr(tables, "ROWS_SORTED_AS_ARRAYS", 10)
    assert_frame_equal(tables.in_order(table), small)
    assert tables.by_article(table) == listed


def test_tables_are_found_by_the_names_of_version_0_9():
    tables = cl.find_all(*cl.load_example())
    for old_name, name in {"placed": "dates", "bounds": "constraints"}.items():
        with pytest.warns(FutureWarning, match=name):
            assert tables[old_name] is tables[name]
    with pytest.raises(KeyError):
        tables["no such table"]
