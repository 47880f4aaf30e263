"""Seed, chain and extend against a slow, obvious search, and on texts that could make them slow."""

from typing import NamedTuple

import numpy as np
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from clippings.repeats import align
from clippings.repeats.align import Limits, find_pairs
from clippings.repeats.detect import find_occurrences
from clippings.repeats.exact_runs import MATCH, Pairs
from clippings.repeats.hashing import hash_words

ORACLE = settings(
    max_examples=200, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
VOCABULARY = [f"w{number}" for number in range(6)]
LINES = [
    "w0 w1 w2 w3 w4 w5 x0 x1",
    "w0 w1 w2 w3 w4 w5 x0",
    "w2 w3 w4 w5 x0 x1 x2 x3",
    "x3 x2 x1",
    "w0 w1",
    "y",
]
RANDOM_LINES = st.lists(st.sampled_from(VOCABULARY), max_size=9).map(" ".join)
TEXTS = st.lists(
    st.lists(st.sampled_from(LINES) | RANDOM_LINES, max_size=5).map(" ".join),
    min_size=1,
    max_size=5,
)


class Run(NamedTuple):
    """Words at a that occur again at b."""

    a: int
    b: int
    words: int


def find_pairs_of(texts, min_words, max_edits=0.0):
    """Words and pairs of texts, without the rule for whole sentences and without function words."""
    words = hash_words(texts)
    words = words._replace(ends_clause=np.zeros(len(words.hashes), bool))
    limits = Limits(min_words, max_edits, words.hashes[:0])
    return words, find_pairs(words, np.unique(words.text_bounds), limits)


def spans_of(pairs):
    """Both stretches of each pair: a, a_end, b, b_end."""
    return list(
        zip(*(side.tolist() for side in (pairs.a, pairs.a_end, pairs.b, pairs.b_end)), strict=True)
    )


def places_of(pairs):
    """The places of all words in pairs."""
    places = set()
    for a, a_end, b, b_end in spans_of(pairs):
        places |= {*range(a, a_end), *range(b, b_end)}
    return places


def spell(texts):
    """All words of the texts, each with the number of its text."""
    return [(number, word) for number, text in enumerate(texts) for word in text.split()]


def all_runs(words, min_words):
    """Every pair of equal stretches that cannot be made longer, by comparing all places."""
    runs = []
    for a in range(len(words)):
        for b in range(a + 1, len(words)):
            same_texts = a > 0 and follows(words, a - 1, a) and follows(words, b - 1, b)
            if same_texts and words[a - 1][1] == words[b - 1][1]:
                continue  # part of a run that starts earlier
            size = 0
            while (
                b + size < len(words)
                and words[a + size][1] == words[b + size][1]
                and words[a + size][0] == words[a][0]
                and words[b + size][0] == words[b][0]
            ):
                size += 1
            if size >= min_words:
                runs.append(Run(a, b, size))
    return runs


def follows(words, place, following):
    """Do both places lie in the same text?"""
    return words[place][0] == words[following][0]


def overlaps_its_copy(words, run):
    return run.b - run.a < run.words and words[run.a][0] == words[run.b][0]


def is_accepted(stretch, min_words):
    """The rule for pieces of sentences, without edits."""
    different = len(set(stretch))
    long_enough = 3 * len(stretch) >= 4 * min_words and 2 * different >= min_words
    return different >= min_words or long_enough


def places_to_find(words, runs, min_words):
    """The places of all runs that are long enough."""
    places = set()
    for a, b, size in runs:
        if is_accepted([word for _, word in words[a : a + size]], min_words):
            places |= {*range(a, a + size), *range(b, b + size)}
    return places


@ORACLE
@given(TEXTS, st.integers(3, 6))
@example(["w0 w1 w2 w3 w4 w5 " * 4], 5)
def test_exact_copies_are_found_wherever_comparing_all_places_finds_them(texts, min_words):
    words = spell(texts)
    runs = all_runs(words, min_words)
    separate = [run for run in runs if not overlaps_its_copy(words, run)]
    _, pairs = find_pairs_of(texts, min_words)
    if len(separate) == len(runs):
        assert places_of(pairs) == places_to_find(words, separate, min_words)

    in_any_run = {place for a, b, n in runs for place in (*range(a, a + n), *range(b, b + n))}
    assert places_of(pairs) <= in_any_run
    for a, a_end, b, b_end in spans_of(pairs):
        assert [word for _, word in words[a:a_end]] == [word for _, word in words[b:b_end]]
        assert a_end <= b


def edit_distance(left, right):
    """Fewest words to insert, leave out or replace."""
    row = list(range(len(right) + 1))
    for number, one in enumerate(left, 1):
        previous = row
        row = [number]
        for place, other in enumerate(right, 1):
            replaced = previous[place - 1] + (one != other)
            row.append(min(previous[place] + 1, row[-1] + 1, replaced))
    return row[-1]


@ORACLE
@given(TEXTS, st.integers(3, 6))
def test_edited_pairs_have_the_equal_words_that_they_report(texts, min_words):
    words = spell(texts)
    _, pairs = find_pairs_of(texts, min_words, max_edits=0.15)
    for (a, a_end, b, b_end), equal in zip(spans_of(pairs), pairs.equal.tolist(), strict=True):
        left = [word for _, word in words[a:a_end]]
        right = [word for _, word in words[b:b_end]]
        assert left[0] == right[0]
        assert left[-1] == right[-1]
        assert follows(words, a, a_end - 1)
        assert follows(words, b, b_end - 1)
        assert a_end <= b
        longer = max(len(left), len(right))
        assert equal <= longer
        assert edit_distance(left, right) <= 2 * (longer - equal)


@ORACLE
@given(TEXTS, st.integers(3, 6))
@example(
    [
        "w0 w1 w2 w3 w4 w5 x0 x1 w0 w0 w1 w0 w1 w0 w1 w2 w3 w4 w5 x0 x1 w0 w1 w2 w3 w4 w5 x0 x1",
        "w0 w0 w1 w1 w1 w1 w1 w0 w1 w2 w3 w4 w5 x0 x1",
    ],
    6,
)
def test_exact_copies_are_found_with_edits_allowed_too(texts, min_words):
    words = spell(texts)
    runs = all_runs(words, min_words)
    if any(overlaps_its_copy(words, run) for run in runs):
        return
    _, pairs = find_pairs_of(texts, min_words, max_edits=0.15)
    assert places_to_find(words, runs, min_words) <= places_of(pairs)


@ORACLE
@given(TEXTS)
@example(
    [
        "w0 w1 w2 w3 w4 w5 x0 x1 w0 w1 w2 w3 w4 w5 x0 x1 x3 x2 x1 w0 w1 w2 w3 w4 w5 x0 x1",
        "w0 w1 w2 w3 w4 w5 x0",
    ]
)
@example(
    ["w0 w1 w2 w3 w4 w5 x0 w0 w1 w2 w3 w4 w5 x0 x1 w0 w1 w2 w3 w4 w5 x0 w0 w1 w2 w3 w4 w5 x0 x1 w0"]
)
def test_every_occurrence_is_linked_with_the_original_of_its_group(texts):
    words, pairs = find_pairs_of(texts, 4)
    found = find_occurrences(words, pairs)
    places = {
        place
        for start, end in zip(found.start, found.end, strict=True)
        for place in range(start, end)
    }
    assert places <= places_of(pairs)

    originals = {
        group: (start, end)
        for group, start, end, is_original in zip(
            found.group, found.start, found.end, found.is_original, strict=True
        )
        if is_original
    }
    assert set(originals) == set(found.group)
    assert all(count > 1 for count in np.unique(found.group, return_counts=True)[1])
    linked = zip(found.group, found.original_start, found.original_end, strict=True)
    for group, start, end in linked:
        original_start, original_end = originals[group]
        assert start < original_end
        assert end > original_start


def test_one_character_or_one_word_over_and_over_is_not_a_copy():
    for text in ("x" * 200_000, "x " * 200_000, "中" * 200_000):
        assert len(find_pairs_of([text, text], 8, 0.15)[1].a) <= 1


def test_a_line_over_and_over_is_cut_into_pieces():
    line = "the tall grey horse ran by the old mill again "
    _, pairs = find_pairs_of([line * 20_000], 8, 0.15)
    assert len(pairs.a) == 19_999
    assert (pairs.b_end - pairs.b == 10).all()


def test_a_line_in_ten_thousand_texts_is_one_group():
    line = "for the latest on all regions of the country follow us on every channel"
    texts = [f"a{number} b{number} {line} c{number}" for number in range(10_000)]
    found = find_occurrences(*find_pairs_of(texts, 8, 0.15))
    assert len(found.start) == 10_000
    assert len(set(found.group)) == 1
    assert set(found.end - found.start) == {14}


def test_fewer_words_than_min_words_are_not_an_error():
    assert len(find_pairs_of(["a b c", "a b c"], 8, 0.15)[1].a) == 0
    assert len(find_pairs_of([""], 8, 0.15)[1].a) == 0


def test_small_steps_and_one_scan_extend_a_piece_to_the_same_copy(monkeypatch):
    first = [f"w{number}" for number in range(900)]
    second = list(first)
    for edited in (5, 300, 340, 341, 700):
        second[edited] = "other"
    words = hash_words([" ".join(first), " ".join(["new", *second, "end"])])
    piece = Pairs(*(np.array([value]) for value in (450, 1351, 460, 1361, 10, 10 * MATCH, 1)))
    for steps in (1, 8, 10**6):
        monkeypatch.setattr(align, "SMALL_STEPS", steps)
        whole = align._extend(
            words.hashes,
            piece,
            words.text_bounds,
            align._edit_penalty(0.15),
            align.EXTENSION_WORDS,
        )
        assert [column.tolist() for column in whole[:5]] == [[0], [901], [900], [1801], [895]]
    assert piece.a_end.tolist() == [460]  # a step returns new pairs
