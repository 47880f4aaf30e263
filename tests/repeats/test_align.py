"""The engine of text reuse against a slow, obvious search, and on texts that could make it slow."""

import numpy as np
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from clippings.core.tokens import WORD, folded_words
from clippings.repeats import align as reuse
from clippings.repeats.align import Limits, find_pairs
from clippings.repeats.detect import find_occurrences
from clippings.repeats.exact_runs import MATCH, Pairs
from clippings.repeats.hashing import hash_words
from helpers import SEEDS

MANY = settings(
    max_examples=1000, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
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
TEXTS = st.lists(
    st.lists(
        st.sampled_from(LINES) | st.lists(st.sampled_from(VOCABULARY), max_size=9).map(" ".join),
        max_size=5,
    ).map(" ".join),
    min_size=1,
    max_size=5,
)


def engine(texts, min_words, max_edits=0.0):
    words = hash_words(texts)
    words = words._replace(ends_clause=np.zeros(len(words.hashes), bool))
    pairs = find_pairs(
        words, np.unique(words.text_bounds), Limits(min_words, max_edits, words.hashes[:0])
    )
    return words, pairs


def places(pairs):
    return {
        (side, at)
        for a, a_end, b, b_end in zip(pairs.a, pairs.a_end, pairs.b, pairs.b_end, strict=True)
        for side, span in (("a", (a, a_end)), ("b", (b, b_end)))
        for at in range(*span)
    }


def all_runs(texts, min_words):
    """Every pair of equal stretches of words that cannot be made longer, by comparing all places with all."""
    words = [(number, word) for number, text in enumerate(texts) for word in text.split()]
    runs = []
    for a in range(len(words)):
        for b in range(a + 1, len(words)):
            if (
                a
                and words[a - 1][1] == words[b - 1][1]
                and words[a - 1][0] == words[a][0]
                and words[b - 1][0] == words[b][0]
            ):
                continue
            size = 0
            while (
                b + size < len(words)
                and words[a + size][1] == words[b + size][1]
                and words[a + size][0] == words[a][0]
                and words[b + size][0] == words[b][0]
            ):
                size += 1
            if size >= min_words:
                runs.append((a, b, size))
    return words, runs


def counts(stretch, min_words):
    """The rule for pieces of sentences, without edits."""
    different = len(set(stretch))
    return different >= min_words or (
        3 * len(stretch) >= 4 * min_words and 2 * different >= min_words
    )


@MANY
@given(TEXTS, st.integers(3, 6))
@example(["w0 w1 w2 w3 w4 w5 " * 4], 5)
def test_equal_words_are_found_wherever_all_pairs_find_them(texts, min_words):
    words, runs = all_runs(texts, min_words)
    apart = [
        run for run in runs if run[1] - run[0] >= run[2] or words[run[0]][0] != words[run[1]][0]
    ]
    wanted = {
        at
        for a, b, size in apart
        if counts([word for _, word in words[a : a + size]], min_words)
        for at in (*range(a, a + size), *range(b, b + size))
    }
    reachable = {at for a, b, size in runs for at in (*range(a, a + size), *range(b, b + size))}
    _, pairs = engine(texts, min_words)
    found = {at for _, at in places(pairs)}
    if len(apart) == len(runs):
        assert found == wanted
    assert found <= reachable
    spelled = [word for _, word in words]
    for a, a_end, b, b_end in zip(pairs.a, pairs.a_end, pairs.b, pairs.b_end, strict=True):
        assert spelled[a:a_end] == spelled[b:b_end]
        assert a_end <= b


def distance(left, right):
    """Fewest words to put in, leave out or replace, word by word."""
    row = list(range(len(right) + 1))
    for number, one in enumerate(left, 1):
        row, before = [number], row
        for place, other in enumerate(right, 1):
            row.append(min(before[place] + 1, row[-1] + 1, before[place - 1] + (one != other)))
    return row[-1]


@MANY
@given(TEXTS, st.integers(3, 6))
def test_edited_pairs_are_as_alike_as_they_say(texts, min_words):
    words, pairs = engine(texts, min_words, max_edits=0.15)
    spelled = [word for text in texts for word in text.split()]
    for a, a_end, b, b_end, equal in zip(
        pairs.a, pairs.a_end, pairs.b, pairs.b_end, pairs.equal, strict=True
    ):
        left, right = spelled[a:a_end], spelled[b:b_end]
        assert left[0] == right[0] and left[-1] == right[-1]
        assert np.searchsorted(words.text_bounds, a, "right") == np.searchsorted(
            words.text_bounds, a_end - 1, "right"
        )
        assert np.searchsorted(words.text_bounds, b, "right") == np.searchsorted(
            words.text_bounds, b_end - 1, "right"
        )
        assert a_end <= b
        assert equal <= max(len(left), len(right))
        assert distance(left, right) <= 2 * (max(len(left), len(right)) - equal)


@MANY
@given(TEXTS, st.integers(3, 6))
@example(
    [
        "w0 w1 w2 w3 w4 w5 x0 x1 w0 w0 w1 w0 w1 w0 w1 w2 w3 w4 w5 x0 x1 w0 w1 w2 w3 w4 w5 x0 x1",
        "w0 w0 w1 w1 w1 w1 w1 w0 w1 w2 w3 w4 w5 x0 x1",
    ],
    6,
)
def test_equal_words_are_found_with_edits_allowed_too(texts, min_words):
    words, runs = all_runs(texts, min_words)
    if any(run[1] - run[0] < run[2] and words[run[0]][0] == words[run[1]][0] for run in runs):
        return
    wanted = {
        at
        for a, b, size in runs
        if counts([word for _, word in words[a : a + size]], min_words)
        for at in (*range(a, a + size), *range(b, b + size))
    }
    assert wanted <= {at for _, at in places(engine(texts, min_words, max_edits=0.15)[1])}


@MANY
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
def test_every_telling_is_the_copy_of_the_first_of_its_group(texts):
    words, pairs = engine(texts, 4)
    found = find_occurrences(words, pairs)
    assert {at for s, e in zip(found.start, found.end, strict=True) for at in range(s, e)} <= {
        at for _, at in places(pairs)
    }
    firsts = {
        group: (s, e)
        for group, s, e, first in zip(found.group, found.start, found.end, found.is_original, strict=True)
        if first
    }
    assert set(firsts) == set(found.group)
    assert all(count > 1 for count in np.unique(found.group, return_counts=True)[1])
    for group, like, end in zip(found.group, found.original_start, found.original_end, strict=True):
        assert like < firsts[group][1] and end > firsts[group][0]


def test_words_are_those_of_the_tokenizer():
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    texts += [
        "U.S.-led a.m. O’Neill’s 1,000.5 x2 al‑Hussein's (A.B.) 3.5. İstanbul’s e\u0301cole a-b-c rock'n'roll",
        "",
        " ",
    ]
    words = hash_words(texts)
    for number, text in enumerate(texts):
        own = slice(words.text_bounds[number], words.text_bounds[number + 1])
        heads = np.flatnonzero(~words.continues[own])
        tails = np.append(heads[1:], len(words.continues[own]))[: len(heads)] - 1
        found = zip(words.starts[own][heads].tolist(), words.ends[own][tails].tolist(), strict=True)
        # with the possessive s, without the last point of U.S.
        assert list(found) == [
            (m.start(), m.end() - m[0].endswith(".")) for m in WORD.finditer(text)
        ]


@given(st.lists(st.text(st.sampled_from("aAé.,-’' 1s\n"), max_size=20), max_size=6))
def test_equal_hashes_are_equal_folded_words(texts):
    words = hash_words(texts)
    spelled = {}
    for number, text in enumerate(texts):
        for at in range(words.text_bounds[number], words.text_bounds[number + 1]):
            word = "".join(folded_words(f"{text[words.starts[at] : words.ends[at]]} "))
            assert spelled.setdefault(words.hashes[at], word) == word


def test_one_character_or_one_word_a_million_times_is_nothing():
    for text in ("x" * 1_000_000, "x " * 1_000_000, "中" * 1_000_000):
        assert len(engine([text, text], 8, 0.15)[1].a) <= 1


def test_a_line_many_times_over_is_told_piece_by_piece():
    line = "the tall grey horse ran by the old mill again "
    _, pairs = engine([line * 20_000], 8, 0.15)
    assert len(pairs.a) == 19_999
    assert (pairs.b_end - pairs.b == 10).all()


def test_a_line_in_ten_thousand_texts_is_one_group():
    line = "for the latest on all regions of the country follow us on every channel"
    words, pairs = engine(
        [f"a{number} b{number} {line} c{number}" for number in range(10_000)], 8, 0.15
    )
    found = find_occurrences(words, pairs)
    assert len(found.start) == 10_000
    assert len(set(found.group)) == 1
    assert set(found.end - found.start) == {14}


def test_fewer_words_than_min_words_are_no_error():
    assert len(engine(["a b c", "a b c"], 8, 0.15)[1].a) == 0


def test_a_piece_grows_to_its_whole_copy_in_small_steps_and_over_all_equal_words(monkeypatch):
    first = [f"w{n}" for n in range(900)]
    second = [word if n not in (5, 300, 340, 341, 700) else "other" for n, word in enumerate(first)]
    words = hash_words([" ".join(first), " ".join(["new", *second, "end"])])
    piece = Pairs(*(np.array([value]) for value in (450, 1351, 460, 1361, 10, 10 * MATCH, 1)))
    for steps in (1, 8, 10**6):
        monkeypatch.setattr(reuse, "SMALL_STEPS", steps)
        whole = reuse._extend(
            words.hashes, piece, words.text_bounds, reuse._edit_penalty(0.15), reuse.EXTENSION_WORDS
        )
        assert [column.tolist() for column in whole[:5]] == [[0], [901], [900], [1801], [895]]
