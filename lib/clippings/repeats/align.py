"""Chain and extend: turn runs of equal words into aligned pairs of passages with few edits.

::

    a   … w1 w2 w3 w4 w5 xx w7 w8 w9 w10 w11 w12 w13 …      runs (seeds): w1–w5 and w7–w12
    b   … w1 w2 w3 w4 w5 yy w7 w8 w9 w10 w11 w12 zz w13 …

    chain    w1 ─────── w5  ·edit·  w7 ─────────── w12      the words between two runs of a band
                                                            are aligned; the runs are joined if
                                                            that costs no more than either is worth
    extend   w1 ─────────────────────────────────── w12 → … from both ends outwards, a few words at
                                                            a time, up to the best score

Two runs belong to one band if they are in the same two units and their distances (b - a) differ by
no more than a few words, because insertions and deletions shift a copy only a little. The score of
a pair is `MATCH` for each equal word, minus a penalty for each edit.

All steps process whole arrays, with many alignments at a time. `Pairs` are never changed in place;
a step returns new ones. See the docstring of `clippings.repeats` for the terms.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from clippings.repeats.arrays import pack, positions_within, run_starts
from clippings.repeats.exact_runs import MATCH, Pairs, find_runs, unit_of
from clippings.repeats.hashing import Words

# The number of words by which insertions and deletions may shift a copy between neighbouring runs.
MAX_SHIFT = 6

# The longest sequence of edited words, in words, across which two runs are joined.
MAX_GAP = 24

# Gaps are aligned in classes of similar width, because all alignments of one call are as wide as
# the widest: (-1, 2] words, (2, 8] and (8, MAX_GAP].
GAP_CLASSES = ((-1, 2), (2, 8), (8, MAX_GAP))

# The number of words beyond an end that one step of the extension examines, and the same for a
# first, cheap attempt with pairs that are still too short.
EXTENSION_WORDS = 8
PROBE_WORDS = 4

# After this many steps, a pair is extended over all equal words at once. Few copies are that long,
# and they would otherwise take many small steps. SCAN_WORDS words are compared before the rest of
# the text.
SMALL_STEPS = 8
SCAN_WORDS = 64

# The maximum number of steps by which a pair is extended. In very repetitive texts, the cost would
# otherwise be quadratic.
MAX_STEPS = 500

# A penalty, in equal words, that no amount of equal text can outweigh. Its scores, for at most 2 *
# MAX_GAP edits, just fit into the 32 bits of an alignment cell.
PROHIBITIVE_PENALTY = 400.0

# Runs are never joined across a gap that costs at least this much, however long they are.
MAX_GAP_COST = 300 * MATCH

# Beyond the ends of a pair, an edit costs less than between two runs, because good copies often
# have an edit near an end. With this factor and max_edits = 0.15, two equal words after an edit
# outweigh it.
END_PENALTY_FACTOR = 0.43
MIN_END_PENALTY = 1.0

# Pairs extended at once: their windows should fit into the processor's cache.
PAIRS_PER_BLOCK = 1 << 14

# A cell of an alignment has the score in its upper bits and the equal words in the lower ten, so
# that one maximum decides by score, then by equal words.
EQUAL_BITS = 10
EQUAL_MASK = (1 << EQUAL_BITS) - 1

# Values that represent "no word" in a window. They differ between the sides, so that they never
# match each other. A word whose hash equals one of them is as unlikely as two words with the same
# hash.
NO_WORD_A = 1
NO_WORD_B = 2

# The rule in is_reuse: copies have one third more equal words than min_words; each edit cancels out
# one and a half equal words; and the edits may exceed max_edits by two standard deviations of a
# binomial distribution (approximated by the square root of the mean). The values were fitted on
# copies that were injected into newswire stories.
STOCK_PHRASE_FACTOR = 4 / 3
EDIT_COST_IN_WORDS = 1.5
EDIT_DEVIATIONS = 2

# Function words are looked up in a table by the first bits of their hashes. With 20 bits and about
# 120 function words, one other word in 9,000 is mistaken for one.
LOOKUP_BITS = 20


class Limits(NamedTuple):
    """The limits that determine which text counts as reuse."""

    min_words: int  # as in find_repeats
    max_edits: float  # as in find_repeats
    function_words: np.ndarray  # hashes of words without content


def find_pairs(words: Words, unit_bounds: np.ndarray, limits: Limits) -> Pairs:
    """Find sequences of words that occur again later, each as long as possible.

    Parameters
    ----------
    words : Words
        The words of all texts.
    unit_bounds : numpy.ndarray of int64
        The position of the first word of each unit, and the total number of words. No sequence
        extends beyond its unit.
    limits : Limits
        What counts as reuse.

    Returns
    -------
    Pairs
        Pairs in which `a` precedes `b`, sorted by `b`, then by `a`. The two sides of a pair never
        overlap.

    Notes
    -----
    The method misses edited copies that do not have five consecutive words in common with the
    original. If there are many copies of one text, each is paired with the first, with the
    preceding one and with some others, but not with all.

    References
    ----------
    Altschul et al. (1990). Basic local alignment search tool. Journal of Molecular Biology 215(3).
    Smith, Cordell and Mullen (2015). Computational methods for uncovering reprinted texts in
    antebellum newspapers (passim). American Literary History 27(3).

    Examples
    --------
    >>> from clippings.repeats.hashing import hash_words
    >>> words = hash_words(
    ...     ["we saw the tall grey horse run by", "he saw the tall grey horse run by"]
    ... )
    >>> limits = Limits(min_words=6, max_edits=0.15, function_words=words.hashes[:0])
    >>> pairs = find_pairs(words, words.text_bounds, limits)
    >>> pairs.a.tolist(), pairs.b.tolist(), pairs.equal.tolist()
    ([1], [9], [7])
    """
    runs, pieces = find_runs(words.hashes, unit_bounds, limits.min_words)
    return align_runs(words, unit_bounds, runs, pieces, limits)


def align_runs(
    words: Words, unit_bounds: np.ndarray, runs: Pairs, pieces: Pairs, limits: Limits
) -> Pairs:
    """Extend runs of equal words to pairs.

    Parameters
    ----------
    words, unit_bounds, limits
        As in `find_pairs`.
    runs, pieces : Pairs
        As `find_runs` returns them.

    Returns
    -------
    Pairs
        As returned by `find_pairs`, including the pieces of lines that are repeated many times.

    Notes
    -----
    The result for the runs between two units does not depend on other units.

    Examples
    --------
    >>> from clippings.repeats.hashing import hash_words
    >>> words = hash_words(
    ...     ["we saw the tall grey horse run by", "he saw the tall grey horse run by"]
    ... )
    >>> runs, pieces = find_runs(words.hashes, words.text_bounds, 6)
    >>> limits = Limits(min_words=6, max_edits=0.15, function_words=words.hashes[:0])
    >>> align_runs(words, words.text_bounds, runs, pieces, limits).equal.tolist()
    [7]
    """
    hashes = words.hashes
    penalty = _edit_penalty(limits.max_edits)
    runs = _assign_bands(runs, unit_bounds)

    # Chain. Most pairs that are still too short are coincidences, which a cheap attempt to extend
    # them shows.
    pairs = _chain(hashes, runs, penalty)
    is_short = pairs.score < limits.min_words * MATCH
    probed = _extend(hashes, pairs.take(is_short), unit_bounds, penalty, PROBE_WORDS)
    long_enough = probed.take(probed.score >= limits.min_words * MATCH)
    pairs = _concatenate(pairs.take(~is_short), long_enough)

    # Extend, then chain again, because pairs may now be close enough to be joined.
    pairs = _extend(hashes, pairs, unit_bounds, penalty, EXTENSION_WORDS)
    pairs = _chain(hashes, _sort_by_band(pairs), penalty)
    pairs = pairs.take(_is_accepted(words, pairs, limits))

    # Equal words are accepted even if the surrounding text is too different.
    exact = _outside_pairs(runs.take(runs.equal >= limits.min_words), pairs)
    exact = _extend(hashes, exact, unit_bounds, PROHIBITIVE_PENALTY, EXTENSION_WORDS)
    exact = _concatenate(exact, pieces)
    exact = exact.take(_is_accepted(words, exact, limits))

    pairs = _concatenate(pairs, exact)
    return pairs.take(np.lexsort((pairs.a, pairs.b)))


def _edit_penalty(max_edits: float) -> float:
    """Return the price of an edit, in equal words.

    With this penalty, the score of a sequence falls if more than twice `max_edits` of its words
    differ.
    """
    if max_edits == 0:
        return PROHIBITIVE_PENALTY
    return min(PROHIBITIVE_PENALTY, 1 / (2 * max_edits) - 1)


def _concatenate(*pairs: Pairs) -> Pairs:
    """Return the pairs of several sets as one set."""
    return Pairs(*(np.concatenate(columns) for columns in zip(*pairs, strict=True)))


def _sort_by_band(pairs: Pairs) -> Pairs:
    """Return the pairs in order of band and place."""
    return pairs.take(np.lexsort((pairs.a, pairs.band)))


# Chain ------------------------------------------------------------------------------------------


def _assign_bands(runs: Pairs, unit_bounds: np.ndarray) -> Pairs:
    """Return the runs, given in order of distance, with their bands, sorted by band and place."""
    two_units = unit_of(unit_bounds, runs.a) * len(unit_bounds) + unit_of(unit_bounds, runs.b)
    order = np.argsort(two_units, kind="stable")  # stable: the order of distance stays
    runs = runs.take(order)

    opens_band = run_starts(two_units[order])
    opens_band[1:] |= np.diff(runs.b - runs.a) > MAX_SHIFT
    return _sort_by_band(runs._replace(band=np.cumsum(opens_band)))


def _chain(hashes: np.ndarray, pairs: Pairs, penalty: float) -> Pairs:
    """Join neighbours in a band if the gap between them costs less than the score of either.

    The pairs must be sorted by band and place.
    """
    # Words that are repeated immediately can be aligned in two ways. This step runs twice, because
    # the shorter of two pairs may be between the others.
    pairs = pairs.take(~_is_dominated(pairs))
    pairs = pairs.take(~_is_dominated(pairs))

    gaps = _measure_gaps(pairs)
    # If two pairs overlap on one side, the overlap is removed from both sides of the second pair.
    width_a = gaps.words_a + gaps.overlap
    width_b = gaps.words_b + gaps.overlap
    joinable = gaps.same_band & (gaps.overlap < pairs.equal[1:] - 1)
    joinable &= np.maximum(width_a, width_b) <= MAX_GAP
    joinable &= np.abs(width_a - width_b) <= MAX_SHIFT

    score, equal = _align_gaps(hashes, pairs, np.flatnonzero(joinable), width_a, width_b, penalty)
    score -= gaps.overlap * MATCH
    equal -= gaps.overlap
    return _join(pairs, _choose_gaps(pairs.score, -score, joinable), score, equal)


class _Gaps(NamedTuple):
    """The gap between each pair and the next; a row for each pair except the last."""

    words_a: np.ndarray  # words between the two stretches on side a; negative if they overlap
    words_b: np.ndarray
    overlap: np.ndarray  # words by which they overlap, on the side where they overlap more
    same_band: np.ndarray


def _measure_gaps(pairs: Pairs) -> _Gaps:
    """Measure the gap between each pair and the next."""
    words_a = pairs.a[1:] - pairs.a_end[:-1]
    words_b = pairs.b[1:] - pairs.b_end[:-1]
    overlap = np.maximum(0, np.maximum(-words_a, -words_b))
    return _Gaps(words_a, words_b, overlap, pairs.band[1:] == pairs.band[:-1])


def _is_dominated(pairs: Pairs) -> np.ndarray:
    """Return which pairs are inside a longer neighbour, except for at most one word."""
    gaps = _measure_gaps(pairs)
    previous = pairs.equal[:-1]
    following = pairs.equal[1:]

    dominated = np.zeros(len(pairs.a), bool)
    dominated[1:] |= gaps.same_band & (gaps.overlap >= following - 1) & (following <= previous)
    dominated[:-1] |= gaps.same_band & (gaps.overlap >= previous - 1) & (following > previous)
    return dominated


def _align_gaps(
    hashes: np.ndarray,
    pairs: Pairs,
    joinable: np.ndarray,
    width_a: np.ndarray,
    width_b: np.ndarray,
    penalty: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Return score and equal words of the best alignment of each joinable gap; else 0."""
    score = np.zeros(len(width_a), np.int64)
    equal = np.zeros(len(width_a), np.int64)
    width = np.maximum(width_a, width_b)[joinable]

    for above, up_to in GAP_CLASSES:
        gaps = joinable[(width > above) & (width <= up_to)]
        words_a = _windows(hashes, pairs.a_end[gaps], width_a[gaps], 1, NO_WORD_A)
        words_b = _windows(hashes, pairs.b_end[gaps], width_b[gaps], 1, NO_WORD_B)
        score[gaps], equal[gaps] = _align_whole(
            words_a, words_b, width_a[gaps], width_b[gaps], penalty
        )
    return score, equal


def _choose_gaps(score: np.ndarray, cost: np.ndarray, joinable: np.ndarray) -> np.ndarray:
    """Return the gaps over which to join pairs.

    A gap is joined if it costs no more than the score of the chain before it and of the chain after
    it. Joining increases the score of a chain, so more expensive gaps may be joined in the next
    round.
    """
    joined = np.zeros(len(joinable), bool)
    while True:
        chain = np.append(0, np.cumsum(~joined))[: len(score)]
        chains = chain.max(initial=0) + 1
        spent = np.bincount(chain[1:], np.where(joined, cost, 0), minlength=chains)
        worth = np.bincount(chain, score) - spent

        affordable = cost <= np.minimum(worth[chain[:-1]], worth[chain[1:]])
        newly_joined = joinable & ~joined & affordable & (cost < MAX_GAP_COST)
        if not newly_joined.any():
            return joined
        joined |= newly_joined


def _join(pairs: Pairs, joined: np.ndarray, score: np.ndarray, equal: np.ndarray) -> Pairs:
    """Merge pairs across joined gaps, and add the scores and equal words of these gaps."""
    if len(pairs.a) == 0:
        return pairs
    first = np.flatnonzero(np.append(True, ~joined))
    last = np.append(first[1:], len(pairs.a)) - 1

    # The contribution of a gap is added to the pair after it.
    equal_of_gap = np.append(0, np.where(joined, equal, 0))
    score_of_gap = np.append(0, np.where(joined, score, 0))
    return Pairs(
        a=pairs.a[first],
        b=pairs.b[first],
        a_end=pairs.a_end[last],
        b_end=pairs.b_end[last],
        equal=np.add.reduceat(pairs.equal + equal_of_gap, first),
        score=np.add.reduceat(pairs.score + score_of_gap, first),
        band=pairs.band[first],
    )


# Align ------------------------------------------------------------------------------------------


def _windows(
    hashes: np.ndarray, places: np.ndarray, sizes: np.ndarray, direction: int, no_word: int
) -> np.ndarray:
    """Return the words that follow each place (one column each), backwards if direction is -1.

    A window that is shorter than the longest one is filled up with `no_word`.
    """
    windows = np.full((int(sizes.max(initial=0)), len(places)), no_word, np.uint64)
    for distance, row in enumerate(windows):
        reaching = np.flatnonzero(sizes > distance)
        row[reaching] = hashes[places[reaching] + distance * direction]
    return windows


def _alignment_rows(
    words_a: np.ndarray, words_b: np.ndarray, penalty: float
) -> Iterator[np.ndarray]:
    """Yield the table of best global alignments (Needleman and Wunsch 1970), row by row.

    Row n, column m: the best cell for the first n words of a and the first m words of b.
    """
    match = np.int32((MATCH << EQUAL_BITS) + 1)
    edit = np.int32(round(penalty * MATCH) << EQUAL_BITS)
    columns = np.arange(len(words_b) + 1, dtype=np.int32)[:, None]
    row = np.repeat(columns * -edit, words_b.shape[1], axis=1)
    yield row

    for word_a in words_a:
        new = row - edit  # a word of a left out
        aligned = row[:-1] + np.where(words_b == word_a, match, -edit)
        np.maximum(new[1:], aligned, out=new[1:])
        for column in range(1, len(new)):  # a word of b left out
            np.maximum(new[column], new[column - 1] - edit, out=new[column])
        row = new
        yield row


def _score_of(cells: np.ndarray) -> np.ndarray:
    """Return the scores in cells of an alignment."""
    return cells >> EQUAL_BITS


def _equal_of(cells: np.ndarray) -> np.ndarray:
    """Return the equal words in cells of an alignment."""
    return cells & EQUAL_MASK


def _align_whole(
    words_a: np.ndarray,
    words_b: np.ndarray,
    sizes_a: np.ndarray,
    sizes_b: np.ndarray,
    penalty: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Return score and equal words of the best alignment of all words of both windows."""
    best = np.zeros(words_a.shape[1], np.int32)
    for number, row in enumerate(_alignment_rows(words_a, words_b, penalty)):
        complete = np.flatnonzero(sizes_a == number)
        best[complete] = row[sizes_b[complete], complete]
    return _score_of(best), _equal_of(best)


class _Extension(NamedTuple):
    """The reach of the best alignment of two windows from their start."""

    words_a: np.ndarray
    words_b: np.ndarray
    score: np.ndarray
    equal: np.ndarray


def _align_best_start(words_a: np.ndarray, words_b: np.ndarray, penalty: float) -> _Extension:
    """Find the best alignment of any number of words from the start of both windows."""
    count = words_a.shape[1]
    best = np.zeros(count, np.int32)
    taken_a = np.zeros(count, np.int32)
    taken_b = np.zeros(count, np.int32)
    for number, row in enumerate(_alignment_rows(words_a, words_b, penalty)):
        better = np.flatnonzero(row.max(axis=0) > best)
        column = row[:, better].argmax(axis=0)
        best[better] = row[column, better]
        taken_a[better] = number
        taken_b[better] = column
    return _Extension(taken_a, taken_b, _score_of(best), _equal_of(best))


# Extend -----------------------------------------------------------------------------------------


def _extend(
    hashes: np.ndarray, pairs: Pairs, unit_bounds: np.ndarray, penalty: float, window: int
) -> Pairs:
    """Move both ends of the pairs outwards as long as this increases the score."""
    blocks = []
    for first in range(0, max(len(pairs.a), 1), PAIRS_PER_BLOCK):
        block = pairs.take(slice(first, first + PAIRS_PER_BLOCK))
        blocks.append(_extend_block(hashes, block, unit_bounds, penalty, window))
    return _concatenate(*blocks)


def _extend_block(
    hashes: np.ndarray, pairs: Pairs, unit_bounds: np.ndarray, penalty: float, window: int
) -> Pairs:
    """Extend one block of pairs: first all ends forwards, then all starts backwards."""
    end_penalty = max(MIN_END_PENALTY, penalty * END_PENALTY_FACTOR)

    limit_a, limit_b = _forward_limits(pairs, unit_bounds)
    side = _Side(pairs.a_end, pairs.b_end, limit_a, limit_b, pairs.equal, pairs.score, 1)
    side = _move_ends(hashes, side, end_penalty, window)
    pairs = pairs._replace(a_end=side.a, b_end=side.b, equal=side.equal, score=side.score)

    limit_a, limit_b = _backward_limits(pairs, unit_bounds)
    side = _Side(pairs.a, pairs.b, limit_a, limit_b, pairs.equal, pairs.score, -1)
    side = _move_ends(hashes, side, end_penalty, window)
    return pairs._replace(a=side.a, b=side.b, equal=side.equal, score=side.score)


class _Side(NamedTuple):
    """The ends of pairs on one side, and the limits of their movement."""

    a: np.ndarray
    b: np.ndarray
    limit_a: np.ndarray
    limit_b: np.ndarray
    equal: np.ndarray
    score: np.ndarray
    direction: int  # 1: ends, which move forwards; -1: starts, which move backwards

    def room_a(self, rows: np.ndarray) -> np.ndarray:
        """Return words that are free on side a of these rows."""
        return self.direction * (self.limit_a - self.a)[rows]

    def room_b(self, rows: np.ndarray) -> np.ndarray:
        """Return words that are free on side b of these rows."""
        return self.direction * (self.limit_b - self.b)[rows]

    def next_a(self, rows: np.ndarray) -> np.ndarray:
        """Return the place of the next free word on side a: at an end, or just before a start."""
        return self.a[rows] + min(self.direction, 0)

    def next_b(self, rows: np.ndarray) -> np.ndarray:
        """Return the place of the next free word on side b."""
        return self.b[rows] + min(self.direction, 0)


def _forward_limits(pairs: Pairs, unit_bounds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the limits for moving ends: the end of the unit and, for a, its own copy."""
    unit_a = unit_of(unit_bounds, pairs.a)
    unit_b = unit_of(unit_bounds, pairs.b)
    limit_a = np.where(unit_a == unit_b, pairs.b, unit_bounds[unit_a + 1])
    return limit_a, unit_bounds[unit_b + 1]


def _backward_limits(pairs: Pairs, unit_bounds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the limits for moving starts: the start of the unit and, for b, its own original."""
    unit_a = unit_of(unit_bounds, pairs.a)
    unit_b = unit_of(unit_bounds, pairs.b)
    limit_b = np.where(unit_a == unit_b, pairs.a_end, unit_bounds[unit_b])
    return unit_bounds[unit_a], limit_b


def _move_ends(hashes: np.ndarray, side: _Side, penalty: float, window: int) -> _Side:
    """Move ends outwards, window by window, as long as at least half a window is gained."""
    # The arrays of this copy are changed in place below.
    side = side._replace(
        a=side.a.copy(), b=side.b.copy(), equal=side.equal.copy(), score=side.score.copy()
    )
    growing = np.arange(len(side.a))
    for step in range(1, MAX_STEPS + 1):
        if len(growing) == 0:
            break
        sizes_a = np.minimum(side.room_a(growing), window)
        sizes_b = np.minimum(side.room_b(growing), window)
        words_a = _windows(hashes, side.next_a(growing), sizes_a, side.direction, NO_WORD_A)
        words_b = _windows(hashes, side.next_b(growing), sizes_b, side.direction, NO_WORD_B)
        extension = _align_best_start(words_a, words_b, penalty)

        side.a[growing] += side.direction * extension.words_a
        side.b[growing] += side.direction * extension.words_b
        side.equal[growing] += extension.equal
        side.score[growing] += extension.score

        growing = growing[np.maximum(extension.words_a, extension.words_b) > window // 2]
        if step >= SMALL_STEPS:
            _skip_equal_words(hashes, side, growing)
    return side


def _skip_equal_words(hashes: np.ndarray, side: _Side, rows: np.ndarray) -> None:
    """Move the ends of these rows over all equal words at once; changes the arrays of `side`."""
    free = np.minimum(side.room_a(rows), side.room_b(rows))
    start_a = side.next_a(rows)
    start_b = side.next_b(rows)

    ahead = np.arange(SCAN_WORDS)[:, None]
    words_a = hashes.take(start_a + side.direction * ahead, mode="clip")
    words_b = hashes.take(start_b + side.direction * ahead, mode="clip")
    is_equal = (words_a == words_b) & (ahead < free)
    sizes = np.logical_and.accumulate(is_equal).sum(axis=0)

    for row in np.flatnonzero(sizes == SCAN_WORDS):
        words_a = _stretch(hashes, start_a[row], free[row], side.direction)
        words_b = _stretch(hashes, start_b[row], free[row], side.direction)
        differences = np.flatnonzero(words_a != words_b)
        sizes[row] = differences[0] if len(differences) else free[row]

    side.a[rows] += side.direction * sizes
    side.b[rows] += side.direction * sizes
    side.equal[rows] += sizes
    side.score[rows] += sizes * MATCH


def _stretch(hashes: np.ndarray, place: int, size: int, direction: int) -> np.ndarray:
    """Return `size` words starting at a place, backwards if direction is -1."""
    if direction > 0:
        return hashes[place : place + size]
    return hashes[place - size + 1 : place + 1][::-1]


def _outside_pairs(runs: Pairs, pairs: Pairs) -> Pairs:
    """Return the runs that are not inside one of the pairs."""
    if len(pairs.a) == 0:
        return runs
    pairs = _sort_by_band(pairs)

    # The last pair of the same band that starts no later than the run.
    starts = pack(pairs.band, pairs.a)
    latest = np.searchsorted(starts, pack(runs.band, runs.a), side="right") - 1
    over = pairs.take(np.maximum(latest, 0))

    is_inside = over.band == runs.band
    is_inside &= (over.a <= runs.a) & (over.a_end >= runs.a_end)
    is_inside &= (over.b <= runs.b) & (over.b_end >= runs.b_end)
    return runs.take(~is_inside)


# Accept -----------------------------------------------------------------------------------------


def is_reuse(equal: np.ndarray, edits: np.ndarray, min_words: int, max_edits: float) -> np.ndarray:
    """Decide whether part of a sentence is too long to be a stock phrase.

    Parameters
    ----------
    equal, edits : numpy.ndarray of int
        Equal words and edits of each piece.
    min_words, max_edits
        As in `find_repeats`.

    Returns
    -------
    numpy.ndarray of bool
        One value for each piece.

    Notes
    -----
    The piece needs one third more equal words than `min_words`, and each edit cancels out one and a
    half equal words. Its edits may exceed `max_edits` by two standard deviations, because short
    pieces vary. The values were fitted on copies that were injected into newswire stories.

    The rule does not consider which words are equal.

    Examples
    --------
    >>> equal = np.array([10, 11, 13, 17, 12])
    >>> edits = np.array([0, 0, 1, 3, 1])
    >>> is_reuse(equal, edits, 8, 0.15).tolist()
    [False, True, True, True, False]
    """
    expected_edits = max_edits * (equal + edits)
    long_enough = equal - EDIT_COST_IN_WORDS * edits >= STOCK_PHRASE_FACTOR * min_words
    few_edits = edits <= expected_edits + EDIT_DEVIATIONS * np.sqrt(expected_edits)
    return long_enough & few_edits


def _is_accepted(words: Words, pairs: Pairs, limits: Limits) -> np.ndarray:
    """Return which pairs are reuse and not stock phrases.

    The function accepts

    - whole sentences of `min_words` words with at most `max_edits` edits, and pieces of sentences
      as in `is_reuse`; both with half of `min_words` different content words;
    - equal words, at least `min_words`, of which `min_words` are different content words.
    """
    longer = pairs.longer_sides()
    edits = longer - pairs.equal

    substantial = _are_whole_sentences(words, pairs)
    substantial &= pairs.shorter_sides() >= limits.min_words
    substantial &= edits <= limits.max_edits * longer
    substantial |= is_reuse(pairs.equal, edits, limits.min_words, limits.max_edits)

    exact = (edits == 0) & (longer >= limits.min_words)
    candidates = np.flatnonzero((substantial | exact) & (pairs.a_end <= pairs.b))

    # Counting words is slow, so only the words of candidates are counted.
    content = _count_words(words, pairs.take(candidates), limits.function_words)
    enough = substantial[candidates] & (2 * content.content_words >= limits.min_words)
    enough |= (edits[candidates] == 0) & (content.content_words >= limits.min_words)
    enough &= content.words >= limits.min_words

    accepted = np.zeros(len(pairs.a), bool)
    accepted[candidates[enough]] = True
    return accepted


def _are_whole_sentences(words: Words, pairs: Pairs) -> np.ndarray:
    """Return which pairs start and end at sentence or clause boundaries on both sides."""
    whole = np.ones(len(pairs.a), bool)
    for start in (pairs.a, pairs.b):
        whole &= (start == 0) | words.ends_clause[start - 1]
    for end in (pairs.a_end, pairs.b_end):
        whole &= words.ends_clause[end - 1]
    return whole


class _WordCounts(NamedTuple):
    """The number of words in each copy."""

    content_words: np.ndarray  # different words that are not function words
    words: np.ndarray  # all words; pieces joined by a hyphen are one word


def _count_words(words: Words, pairs: Pairs, function_words: np.ndarray) -> _WordCounts:
    """Count the words on side b of each pair."""
    to_lookup = np.uint64(64 - LOOKUP_BITS)
    is_function_word = np.zeros(1 << LOOKUP_BITS, bool)
    is_function_word[function_words >> to_lookup] = True

    content_words = np.zeros(len(pairs.b), np.int64)
    all_words = np.zeros(len(pairs.b), np.int64)
    for first in range(0, len(pairs.b), PAIRS_PER_BLOCK):
        block = slice(first, first + PAIRS_PER_BLOCK)
        start = pairs.b[block]
        length = pairs.b_end[block] - start
        number = np.repeat(np.arange(len(length)), length)
        place = np.repeat(start, length) + positions_within(length)

        hashes = words.hashes[place]
        has_content = ~is_function_word[hashes >> to_lookup]
        # Layout of a key: number of the pair above, upper half of the hash below. Each different
        # word of a pair is counted once, at its first key.
        keys = pack(number[has_content].astype(np.uint64), hashes[has_content] >> np.uint64(32))
        keys.sort()
        different = keys[run_starts(keys)] >> np.uint64(32)
        content_words[block] = np.bincount(different.astype(np.int64), minlength=len(length))

        opens_word = ~words.continues[place]
        all_words[block] = np.bincount(number[opens_word], minlength=len(length))
    return _WordCounts(content_words, all_words)
