"""Text reuse on arrays of word hashes: which stretches of words stand again elsewhere, aligned.

Runs of equal words that lie near one another are joined over the edits between them, and their ends stretched by
alignment; all steps work on whole arrays, many alignments at a time.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from clippings.repeats.exact_runs import MATCH, Pairs, find_runs, unit_of
from clippings.repeats.hashing import Words

DRIFT = 6  # words by which insertions and deletions may shift a copy between two runs
GAP = 24  # longest stretch of edited words that is aligned between two runs
REACH = 8  # words looked at beyond an end, again and again while they match
NEVER = 400.0  # a penalty that no edit is worth
BLOCK = 1 << 14  # parts stretched at once: small enough for the processor's cache
STEPS, NEAR = (
    8,
    64,
)  # after so many steps a part is stretched over all equal words at once; most are nearer than that
FAR = 500  # steps of a part, at most: of a text that is like itself everywhere the cost would grow with the square
COUNT = 1024  # the score of an alignment holds its equal words in the last ten bits


class Limits(NamedTuple):
    """What counts as reuse."""

    min_words: int  # as in find_repeats
    max_edits: float
    light: np.ndarray  # hashes of words that carry no content


def find_pairs(words: Words, units: np.ndarray, limits: Limits) -> Pairs:
    """Stretches of words that stand again in a later place, each as long as it can be.

    In: words; units, number of the first word of each text that no stretch may leave, and at the end of all words;
    limits.
    Out: Pairs, a before b, sorted by b; two stretches of one unit do not overlap.
    Raises: nothing. Misses: edited copies without five equal words together; of many copies of one text each is
    paired with the first, with the one before it and some others, not with all.
    Source: seed, chain and extend, as BLAST (Altschul et al. 1990) and passim do; thresholds: see _accepted.
    Example:
        >>> from clippings.repeats.hashing import hash_words
        >>> words = hash_words(["we saw the tall grey horse run by", "he saw the tall grey horse run by"])
        >>> pairs = find_pairs(words, words.texts, Limits(6, 0.15, words.hashes[:0]))
        >>> pairs.a.tolist(), pairs.b.tolist(), pairs.equal.tolist()
        ([1], [9], [7])
    """
    return align_runs(words, units, *find_runs(words.hashes, units, limits.min_words), limits)


def align_runs(words: Words, units: np.ndarray, runs: Pairs, lines: Pairs, limits: Limits) -> Pairs:
    """The pairs that runs of equal words grow to, with the lines that are printed many times over.

    In: as find_pairs; runs and lines of find_runs. Out, Raises, Misses, Source: as find_pairs; what comes of the runs
    of two texts does not depend on other texts.
    Example:
        >>> from clippings.repeats.hashing import hash_words
        >>> words = hash_words(["we saw the tall grey horse run by", "he saw the tall grey horse run by"])
        >>> found = find_runs(words.hashes, words.texts, 6)
        >>> align_runs(words, words.texts, *found, Limits(6, 0.15, words.hashes[:0])).equal.tolist()
        [7]
    """
    hashes, penalty, least = words.hashes, _penalty(limits.max_edits), limits.min_words * MATCH
    runs = _clustered(runs, units)
    parts = _joined(hashes, runs, penalty)
    short = parts.score < least
    probed = _stretched(hashes, parts.take(short), units, penalty, 4)
    parts = _concatenated(parts.take(~short), probed.take(probed.score >= least))
    parts = _stretched(hashes, parts, units, penalty, REACH)
    parts = _joined(hashes, parts.take(np.lexsort((parts.a, parts.cluster))), penalty)
    good = _accepted(words, parts, limits)
    exact = _uncovered(runs.take(runs.equal >= limits.min_words), parts.take(good))
    others = _concatenated(_stretched(hashes, exact, units, NEVER, REACH), lines)
    others = others.take(_accepted(words, others, limits))
    found = _concatenated(parts.take(good), others)
    return found.take(np.lexsort((found.a, found.b)))


def _penalty(max_edits: float) -> float:
    """What an edit costs, in equal words, so that no stretch is edited at more than twice the rate asked for."""
    return min(NEVER, 1 / (2 * max_edits) - 1) if max_edits > 0 else NEVER


def _concatenated(*parts: Pairs) -> Pairs:
    return Pairs(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _clustered(runs: Pairs, units: np.ndarray) -> Pairs:
    """The runs with their clusters, sorted by cluster and place."""
    both = unit_of(units, runs.a) * len(units) + unit_of(units, runs.b)
    order = np.argsort(both, kind="stable")
    runs, both = runs.take(order), both[order]
    new = np.append(True, (both[1:] != both[:-1]) | (np.diff(runs.b - runs.a) > DRIFT))[: len(both)]
    runs = runs._replace(cluster=np.cumsum(new))
    return runs.take(np.lexsort((runs.a, runs.cluster)))


def _joined(hashes: np.ndarray, parts: Pairs, penalty: float) -> Pairs:
    """Neighbours in a cluster made one where the words between them cost less than either is worth."""
    parts = parts.take(~_dominated(parts))
    parts = parts.take(~_dominated(parts))
    gap_a, gap_b, overlap, same = _gaps(parts)
    gap_a, gap_b = gap_a + overlap, gap_b + overlap
    same &= (
        (overlap < parts.equal[1:] - 1)
        & (np.maximum(gap_a, gap_b) <= GAP)
        & (np.abs(gap_a - gap_b) <= DRIFT)
    )
    value, equal = np.zeros((2, len(same)), np.int64)
    places = np.flatnonzero(same)
    width = np.maximum(gap_a, gap_b)[places]
    for low, high in (
        (-1, 2),
        (2, 8),
        (8, GAP),
    ):  # alike in size, lest all be as wide as the widest
        some = places[(width > low) & (width <= high)]
        left = _window(hashes, parts.a_end[some], gap_a[some], 1, 1)
        right = _window(hashes, parts.b_end[some], gap_b[some], 1, 2)
        value[some], equal[some] = _across(left, right, (gap_a[some], gap_b[some]), penalty)
    value -= overlap * MATCH
    equal -= overlap
    return _merged(parts, _links_worth(parts.score, -value, same), value, equal)


def _gaps(parts: Pairs) -> tuple[np.ndarray, ...]:
    """Words between each part and the next on both sides, how far they overlap, and whether one cluster has both."""
    gap_a, gap_b = parts.a[1:] - parts.a_end[:-1], parts.b[1:] - parts.b_end[:-1]
    return (
        gap_a,
        gap_b,
        np.maximum(0, np.maximum(-gap_a, -gap_b)),
        parts.cluster[1:] == parts.cluster[:-1],
    )


def _dominated(parts: Pairs) -> np.ndarray:
    """Parts that lie in a longer neighbour but for a word: two ways to align words that repeat at once."""
    _, _, overlap, same = _gaps(parts)
    before, behind = parts.equal[:-1], parts.equal[1:]
    found = np.zeros(len(parts.a), bool)
    found[1:] |= same & (overlap >= behind - 1) & (behind <= before)
    found[:-1] |= same & (overlap >= before - 1) & (behind > before)
    return found


def _links_worth(score: np.ndarray, cost: np.ndarray, same: np.ndarray) -> np.ndarray:
    """Which gaps to join over, the best first steps raising what a part is worth in the next."""
    joined = np.zeros(len(same), bool)
    while True:
        part = np.append(0, np.cumsum(~joined))[: len(score)]
        spent = np.bincount(part[1:], np.where(joined, cost, 0), minlength=part.max(initial=0) + 1)
        worth = np.bincount(part, score) - spent
        new = (
            same
            & ~joined
            & (cost <= np.minimum(worth[part[:-1]], worth[part[1:]]))
            & (cost < 300 * MATCH)
        )
        if not new.any():
            return joined
        joined |= new


def _merged(parts: Pairs, joined: np.ndarray, value: np.ndarray, equal: np.ndarray) -> Pairs:
    if len(parts.a) == 0:
        return parts
    first = np.flatnonzero(np.append(True, ~joined))
    last = np.append(first[1:], len(parts.a)) - 1
    sums = [
        np.add.reduceat(own + np.append(0, np.where(joined, between, 0)), first)
        for own, between in ((parts.equal, equal), (parts.score, value))
    ]
    return Pairs(
        parts.a[first],
        parts.b[first],
        parts.a_end[last],
        parts.b_end[last],
        *sums,
        parts.cluster[first],
    )


def _window(
    hashes: np.ndarray, at: np.ndarray, size: np.ndarray, step: int, pad: int
) -> np.ndarray:
    """The words from each place on, one row per distance; where there are none, a number that no hash equals."""
    rows = np.full((int(size.max(initial=0)), len(at)), pad, np.uint64)
    for distance, row in enumerate(rows):
        there = np.flatnonzero(size > distance)
        row[there] = hashes[at[there] + distance * step]
    return rows


def _rows(left: np.ndarray, right: np.ndarray, penalty: float) -> Iterator[np.ndarray]:
    """The table of best alignments of two windows, row by row (Needleman and Wunsch 1970), for many at once."""
    match, miss = np.int32(MATCH * COUNT + 1), np.int32(round(penalty * MATCH) * COUNT)
    row = np.repeat(
        np.arange(len(right) + 1, dtype=np.int32)[:, None] * -miss, right.shape[1], axis=1
    )
    yield row
    for words in left:
        new = row - miss
        np.maximum(new[1:], row[:-1] + np.where(right == words, match, -miss), out=new[1:])
        for column in range(1, len(new)):
            np.maximum(new[column], new[column - 1] - miss, out=new[column])
        row = new
        yield row


def _across(
    left: np.ndarray, right: np.ndarray, sizes: tuple, penalty: float
) -> tuple[np.ndarray, np.ndarray]:
    """Score and equal words of the best alignment of all words of both sides."""
    best = np.zeros(left.shape[1], np.int32)
    for number, row in enumerate(_rows(left, right, penalty)):
        here = np.flatnonzero(sizes[0] == number)
        best[here] = row[sizes[1][here], here]
    return best >> 10, best & (COUNT - 1)


def _onward(left: np.ndarray, right: np.ndarray, penalty: float) -> tuple[np.ndarray, ...]:
    """How many words of both sides the best alignment from their start takes; its score and equal words."""
    best, ahead, across = np.zeros((3, left.shape[1]), np.int32)
    for number, row in enumerate(_rows(left, right, penalty)):
        better = np.flatnonzero(row.max(axis=0) > best)
        chosen = row[:, better].argmax(axis=0)
        best[better], ahead[better], across[better] = row[chosen, better], number, chosen
    return ahead, across, best >> 10, best & (COUNT - 1)


def _stretched(
    hashes: np.ndarray, parts: Pairs, units: np.ndarray, penalty: float, reach: int
) -> Pairs:
    """The parts with both ends moved outwards as long as that pays."""
    blocks = range(0, max(len(parts.a), 1), BLOCK)
    return _concatenated(
        *(
            _stretch(hashes, parts.take(slice(at, at + BLOCK)), units, penalty, reach)
            for at in blocks
        )
    )


def _stretch(
    hashes: np.ndarray, parts: Pairs, units: np.ndarray, penalty: float, reach: int
) -> Pairs:
    """One block of parts, stretched; an edit near an end has the benefit of the doubt."""
    mild = max(
        1.0, penalty * 0.43
    )  # one edit is worth two equal words behind it, at max_edits=0.15
    parts = Pairs(*(column.copy() for column in parts))
    for step, ends in ((1, (parts.a_end, parts.b_end)), (-1, (parts.a, parts.b))):
        limits = _limits(parts, units, step)
        alive, steps = np.arange(len(parts.a)), 0
        while len(alive) and steps < FAR:
            room = [step * (limit - end)[alive] for limit, end in zip(limits, ends, strict=True)]
            windows = [
                _window(hashes, end[alive] + (step - 1) // 2, np.minimum(free, reach), step, pad)
                for end, free, pad in zip(ends, room, (1, 2), strict=True)
            ]
            *moves, gain, more = _onward(*windows, mild)
            for end, move in zip(ends, moves, strict=True):
                end[alive] += step * move
            parts.equal[alive] += more
            parts.score[alive] += gain
            alive = alive[np.maximum(*moves) > reach // 2]
            steps += 1
            if steps >= STEPS:
                _stride(hashes, parts, ends, limits, alive, step)
    return parts


def _limits(parts: Pairs, units: np.ndarray, step: int) -> tuple[np.ndarray, np.ndarray]:
    """How far the ends of both sides may move: to the ends of their unit, and not into the other side."""
    unit_a, unit_b = unit_of(units, parts.a), unit_of(units, parts.b)
    if step > 0:
        return np.where(unit_a == unit_b, parts.b, units[unit_a + 1]), units[unit_b + 1]
    return units[unit_a], np.where(unit_a == unit_b, parts.a_end, units[unit_b])


def _stride(
    hashes: np.ndarray, parts: Pairs, ends: tuple, limits: tuple, alive: np.ndarray, step: int
) -> None:
    """Ends moved over all equal words at once: the few long copies that are left would take many small steps."""
    free = np.minimum(
        *(step * (limit - end)[alive] for limit, end in zip(limits, ends, strict=True))
    )
    ahead = np.arange(NEAR)[:, None]
    left, right = (
        hashes.take(end[alive] + step * ahead + (step - 1) // 2, mode="clip") for end in ends
    )
    sizes = np.logical_and.accumulate((left == right) & (ahead < free)).sum(axis=0)
    for at in np.flatnonzero(sizes == NEAR):
        places = ((own[alive[at]], own[alive[at]] + step * free[at]) for own in ends)
        left, right = (hashes[min(place) : max(place)][::step] for place in places)
        sizes[at] = np.append(np.flatnonzero(left != right), free[at])[0]
    for end in ends:
        end[alive] += step * sizes
    parts.equal[alive] += sizes
    parts.score[alive] += sizes * MATCH


def _uncovered(runs: Pairs, parts: Pairs) -> Pairs:
    """The runs that lie in none of the parts: equal words are told even where what is around them is too different."""
    parts = parts.take(np.lexsort((parts.a, parts.cluster)))
    near = (
        np.searchsorted(parts.cluster << 32 | parts.a, runs.cluster << 32 | runs.a, side="right")
        - 1
    )
    if len(parts.a) == 0:
        return runs
    over = parts.take(np.maximum(near, 0))
    inside = (over.cluster == runs.cluster) & (over.a <= runs.a) & (over.a_end >= runs.a_end)
    return runs.take(~(inside & (over.b <= runs.b) & (over.b_end >= runs.b_end)))


def is_reuse(equal: np.ndarray, edits: np.ndarray, min_words: int, max_edits: float) -> np.ndarray:
    """Whether a piece of text with so many equal words and so many edits is too long for a stock phrase.

    In: equal words and edits of each piece; min_words and max_edits of find_repeats. Out: booleans.
    Raises: nothing. Misses: what the words are: see _accepted.
    Source: a third more than min_words equal words, each edit counted one and a half times against them, and no
    more edits than max_edits and two standard deviations; fitted on copies injected into newswire stories.
    Example:
        >>> is_reuse(np.array([10, 11, 13, 17, 12]), np.array([0, 0, 1, 3, 1]), 8, 0.15).tolist()
        [False, True, True, True, False]
    """
    rate = max_edits * (equal + edits)
    return (equal - 1.5 * edits >= 4 / 3 * min_words) & (edits <= rate + 2 * np.sqrt(rate))


def _accepted(words: Words, parts: Pairs, limits: Limits) -> np.ndarray:
    """Which parts are reuse and no stock phrase.

    Whole sentences: min_words words, of which up to max_edits differ, half of min_words different and with content.
    Pieces of sentences: the same content and as is_reuse; or equal, with min_words different words with content.
    """
    min_words, max_edits, light = limits
    longer, shorter = parts.longer(), np.minimum(parts.a_end - parts.a, parts.b_end - parts.b)
    edits = longer - parts.equal
    whole = (shorter >= min_words) & (edits <= max_edits * longer)
    for at in (parts.a, parts.b):
        whole &= (at == 0) | words.stops[at - 1]
    for at in (parts.a_end, parts.b_end):
        whole &= words.stops[at - 1]
    whole |= is_reuse(parts.equal, edits, min_words, max_edits)
    good = (whole | (edits == 0) & (longer >= min_words)) & (parts.a_end <= parts.b)
    content, length = _content(words, parts.take(good), light)
    enough = whole[good] & (2 * content >= min_words) | (edits[good] == 0) & (content >= min_words)
    good[good] = enough & (length >= min_words)
    return good


def _content(words: Words, parts: Pairs, light: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Different words with content in each copy, and all its words (those with hyphens as one)."""
    empty = np.zeros(
        1 << 20, bool
    )  # by the first 20 bits: one word in 9,000 is taken for light by chance
    empty[light >> np.uint64(44)] = True
    content, total = np.zeros((2, len(parts.b)), np.int64)
    for first in range(0, len(parts.b), BLOCK):
        b, length = parts.b[first : first + BLOCK], (parts.b_end - parts.b)[first : first + BLOCK]
        number = np.repeat(np.arange(len(length)), length)
        at = np.arange(len(number)) + np.repeat(b - np.cumsum(length) + length, length)
        found = words.hashes[at]
        heavy = ~empty[found >> np.uint64(44)]
        keys = np.sort(
            number[heavy].astype(np.uint64) << np.uint64(32) | found[heavy] >> np.uint64(32)
        )
        counted = keys[np.append(True, keys[1:] != keys[:-1])[: len(keys)]] >> np.uint64(32)
        content[first : first + BLOCK] = np.bincount(
            counted.astype(np.int64), minlength=len(length)
        )
        total[first : first + BLOCK] = np.bincount(number[~words.inner[at]], minlength=len(length))
    return content, total
