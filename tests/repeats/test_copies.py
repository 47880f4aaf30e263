"""Copies in other tables: marked, dropped, counted."""

import numpy as np
import pandas as pd
import pytest

import clippings as cl
from clippings.core.tables import make_table
from clippings.repeats import copies
from clippings.repeats.copies import share_in
from helpers import SEEDS, articles_of

PLAIN = "The river rose by one metre over night and nobody slept."
OTHER = "The council met in the afternoon and agreed on nothing at all."
FARMERS = (
    "Farmers along the valley lost most of their maize, their seed and forty cattle "
    "when the wide brown water came."
)


@pytest.fixture(scope="module")
def seeds():
    """Articles, passages and repeats of the seeds."""
    articles = cl.read_articles(SEEDS)
    passages = cl.find_passages(articles)
    return articles, passages, cl.find_repeats(passages, articles)


def find_tables(*texts, **columns):
    articles = articles_of(*texts, **columns)
    passages = cl.find_passages(articles)
    return articles, passages, cl.find_repeats(passages, articles)


def test_rows_inside_a_copy_are_marked_and_only_these_are_dropped(seeds):
    _, passages, repeats = seeds
    phrases = cl.mark_duplicates(cl.find_phrases(passages, r"\w+ed\b"), repeats)
    inside = phrases[phrases.duplicate_status == "within"]
    assert {article[:3] for article in inside.article} == {"003", "004"}
    remaining = cl.drop_duplicates(phrases)
    assert len(remaining) + len(inside) == len(phrases)
    assert "within" not in set(remaining.duplicate_status)


def test_rows_without_duplicate_status_cannot_be_dropped(seeds):
    with pytest.raises(KeyError, match="mark_duplicates"):
        cl.drop_duplicates(seeds[1])


def test_the_words_of_the_seeds_with_and_without_copies(seeds):
    articles, passages, repeats = seeds
    counted = cl.count_duplicates(repeats, articles)
    assert [(row.article[:3], row.duplicate_status, row.words) for row in counted.itertuples()] == [
        ("000", "first", 370),
        ("000", "within", 14),
        ("001", "first", 426),
        ("002", "first", 655),
        ("002", "shared", 25),
        ("003", "first", 722),
        ("003", "within", 33),
        ("004", "first", 256),
        ("004", "within", 214),
    ]
    all_words = cl.count_words(passages, by=["article"])
    assert counted.groupby("article").words.sum().to_list() == all_words.words.to_list()


def test_a_word_in_two_copies_is_counted_once():
    articles = articles_of(PLAIN, OTHER)
    copy = {
        "article": "a1.txt",
        "relation": "shared",
        "match_article": "a0.txt",
        "match_start": 0,
        "match_end": 9,
        "words": 3,
        "similarity": 1.0,
    }
    rows = [
        {**copy, "start": start, "end": end, "text": OTHER[start:end]}
        for start, end in ((0, 15), (4, 15), (4, 22))
    ]
    rows.append({**copy, "start": 0, "end": 3, "text": "The", "relation": "within"})
    overlapping = make_table("repeats", rows)
    assert cl.count_duplicates(overlapping, articles).values.tolist() == [
        ["a0.txt", "first", 11],
        ["a1.txt", "first", 7],
        ["a1.txt", "shared", 4],
        ["a1.txt", "within", 1],
    ]
    assert cl.count_shared(overlapping, articles).words.to_list() == [5, 1]


def test_a_row_that_is_a_copy_except_for_an_end_is_marked():
    copy = f"It was told. Ranchers{FARMERS.removeprefix('Farmers')} The end."
    _, passages, repeats = find_tables(FARMERS, copy)
    assert repeats.text[1].startswith("along the valley")

    def status_of(pattern):
        phrases = cl.find_phrases(passages, pattern)
        return cl.mark_duplicates(phrases, repeats).duplicate_status.to_list()

    assert status_of("Ranchers.*came\\.") == ["shared"]
    assert status_of("along the") == ["first", "shared"]
    assert status_of("Ranchers along") == ["first"]
    assert status_of("told\\. .* the valley") == ["first"]
    assert status_of("the end") == ["first"]
    empty_span = make_table("dates", [{"article": "a1.txt", "start": 0, "end": 0}])
    assert cl.mark_duplicates(empty_span, repeats).duplicate_status[0] == "first"


def test_a_row_in_a_copy_is_marked_whatever_marks_surround_its_words():
    _, passages, repeats = find_tables(f"{FARMERS}\n\n{OTHER}\n\n“{FARMERS}”")
    marked = cl.mark_duplicates(passages, repeats)
    assert marked.duplicate_status.to_list() == ["first", "first", "within"]


def test_a_copy_of_another_article_that_is_printed_twice_counts_inside_its_own():
    articles, _, repeats = find_tables(PLAIN, f"{PLAIN}\n\n{OTHER}\n\n{PLAIN}")
    shared = cl.count_shared(repeats, articles)
    assert shared[["article_a", "article_b", "words"]].values.tolist() == [
        ["a0.txt", "a1.txt", 11],
        ["a1.txt", "a1.txt", 11],
    ]


def test_shared_words_of_the_seeds(seeds):
    articles, _, repeats = seeds
    shared = cl.count_shared(repeats, articles)
    assert [(row.article_a[:3], row.article_b[:3], row.words) for row in shared.itertuples()] == [
        ("000", "000", 14),
        ("001", "002", 25),
        ("003", "003", 33),
        ("004", "004", 214),
    ]


def test_the_share_in_spans_agrees_with_counting_characters(monkeypatch):
    random = np.random.default_rng(7)

    def random_spans(count):
        rows = []
        for _ in range(count):
            start = int(random.integers(0, 80))
            end = start + int(random.integers(0, 20))
            article = str(random.choice(["a", "b", "c"]))
            rows.append(
                {"article": article, "start": start, "end": end, "text": "x" * (end - start)}
            )
        return make_table("passages", rows)

    table = random_spans(300)
    spans = random_spans(6).query("article != 'c'")
    covered = {(row.article, at) for row in spans.itertuples() for at in range(row.start, row.end)}
    expected = [
        sum((row.article, at) in covered for at in range(row.start, row.end))
        / max(row.end - row.start, 1)
        for row in table.itertuples()
    ]
    np.testing.assert_allclose(share_in(table, spans), expected)
    monkeypatch.setattr(copies, "ROWS_PER_PORTION", 7)
    np.testing.assert_allclose(share_in(table, spans), expected)


def test_rejected_rows_do_not_count():
    table = pd.DataFrame({"verdict": ["", "yes", "no"]})
    assert copies.is_counted(table).to_list() == [True, True, False]
