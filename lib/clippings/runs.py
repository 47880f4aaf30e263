"""Runs of words that stand again in a later place: equal words in equal order, found by sorting.

All places of a long list of words are looked at, and each that stood before is linked with the last and with the
first place of it, so that the cost grows with the words and not with their pairs.
"""

from typing import NamedTuple

import numpy as np

RUN = 5  # equal words that start an alignment: of 20 words with 3 spread edits, 5 stand together at least once
MATCH = 100  # value of an equal word
MANY = 1 << 20  # places compared at once
MULTIPLIER = np.uint64(0x9FB21C651E98DF25)


class Pairs(NamedTuple):
    """Aligned stretches of words: a to a_end is told again as b to b_end."""

    a: np.ndarray
    b: np.ndarray
    a_end: np.ndarray
    b_end: np.ndarray
    equal: np.ndarray  # words in common, in order
    score: np.ndarray  # MATCH for each of them, less the penalties
    cluster: np.ndarray  # equal for neighbours: the same two units, about the same distance from a to b

    def take(self, index) -> "Pairs":
        return Pairs(*(column[index] for column in self))

    def longer(self) -> np.ndarray:
        return np.maximum(self.a_end - self.a, self.b_end - self.b)


def find_runs(hashes: np.ndarray, units: np.ndarray, min_words: int) -> tuple[Pairs, Pairs]:
    """Runs of words that stand again, and apart from them the pieces of lines that are printed many times over.

    In: hashes of words; units, number of the first word of each text that no run may leave, and at the end of all
    words; min_words: runs of so many leave no place out, shorter ones have five words or more.
    Out: two Pairs, of which the cluster says nothing yet; the second is Pairs already: no run of it is edited.
    Raises: nothing. Misses: short runs with no equal word behind one edit on either side; of many copies of a text
    each is linked with the first and with the last one before it.
    Source: sorting hashes of word n-grams (Manber 1994), without sampling.
    Example:
        >>> runs, lines = find_runs(np.array([1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 7], np.uint64), np.array([0, 6, 12]), 5)
        >>> runs.a.tolist(), runs.b.tolist(), runs.equal.tolist(), len(lines.a)
        ([0], [6], [5], 0)
    """
    return _without_periods(_runs(hashes, units, min_words), units, min_words)


def unit_of(units: np.ndarray, at: np.ndarray) -> np.ndarray:
    """The number of the text that each place lies in."""
    return np.searchsorted(units, at, side="right") - 1


def _runs(hashes: np.ndarray, units: np.ndarray, min_words: int) -> Pairs:
    """Runs of equal words, by the distance of the two places; those of min_words leave no place out."""
    size = min(RUN, min_words)
    if len(hashes) < size:
        none = np.zeros(0, np.int64)
        return Pairs(none, none, none, none, none, none, none)
    keys = _links(_grams(hashes, None, size), None, units, size)
    if len(hashes) >= min_words > size:
        again = np.zeros(len(hashes), bool)
        again[keys & 0xFFFFFFFF] = again[(keys & 0xFFFFFFFF) + (keys >> 32)] = True
        wide = again[: len(again) - min_words + 1].copy()
        for shift in range(1, min_words - size + 1):
            wide &= again[shift : shift + len(wide)]
        at = np.flatnonzero(wide)
        whole = _links(_grams(hashes, at, min_words), at, units, min_words)
        keys = np.concatenate([keys, (whole[:, None] + np.arange(min_words - size + 1)).ravel()])
    keys.sort()
    keys = keys[np.append(True, keys[1:] != keys[:-1])[: len(keys)]]
    first = np.flatnonzero(np.append(True, np.diff(keys) != 1)[: len(keys)])
    a, length = keys[first] & 0xFFFFFFFF, np.diff(np.append(first, len(keys))) + size - 1
    b = a + (keys[first] >> 32)
    kept = np.flatnonzero((hashes[a] == hashes[b]) & (hashes[a + length - 1] == hashes[b + length - 1]))
    short = kept[length[kept] < min_words]
    kept = np.setdiff1d(kept, short[~_goes_on(hashes, a[short], b[short], length[short])], assume_unique=True)
    a, b, length = a[kept], b[kept], length[kept]
    return Pairs(a, b, a + length, b + length, length, length * MATCH, length)


def _goes_on(hashes: np.ndarray, a: np.ndarray, b: np.ndarray, length: np.ndarray) -> np.ndarray:
    """Whether behind one edit on either side a word is equal: most chance runs end here, before they cost much."""
    found = np.zeros(len(a), bool)
    for ends, step in (((a + length, b + length), 1), ((a - 1, b - 1), -1)):
        for skips in ((1, 1), (0, 1), (1, 0)):
            left, right = (hashes.take(end + step * skip, mode="clip") for end, skip in zip(ends, skips, strict=True))
            found |= left == right
    return found


def _grams(hashes: np.ndarray, at: np.ndarray | None, size: int) -> np.ndarray:
    """A hash of the `size` words from each place, or from each of all."""
    count = len(hashes) - size + 1
    grams = hashes[:count].copy() if at is None else hashes[at]
    for shift in range(1, size):
        grams *= MULTIPLIER
        grams += hashes[shift : shift + count] if at is None else hashes[at + shift]
    grams ^= grams >> np.uint64(31)
    grams *= MULTIPLIER
    return grams


def _links(grams: np.ndarray, at: np.ndarray | None, units: np.ndarray, size: int) -> np.ndarray:
    """Each place whose gram stood before, with the last and with the first place of it: distance and earlier place.

    The place is packed into the low bits of the hash and the distance above the place: one sort of plain numbers
    does the work of sorting records. Hashes that agree by chance are found out in _runs.
    """
    total = int(units[-1])
    low = np.uint64((1 << max(total.bit_length(), 1)) - 1)
    grams &= ~low
    grams |= np.arange(len(grams), dtype=np.uint64) if at is None else at.astype(np.uint64)
    grams.sort()
    pieces = (
        (at, grams[at : at + MANY + 1]) for at in range(0, max(len(grams), 1), MANY)
    )  # all at once would cost as much
    again = np.concatenate([at + np.flatnonzero((piece[1:] ^ piece[:-1]) <= low) for at, piece in pieces])
    before, place = (grams[again] & low).view(np.int64), (grams[again + 1] & low).view(np.int64)
    del grams  # memory for what follows
    head = np.append(True, np.diff(again) != 1)[: len(again)]
    first = before[head][np.cumsum(head, dtype=np.int32) - 1]
    far = first != before
    inside = np.ones(total + 1, bool)
    for shift in range(1, size):
        inside[np.maximum(units[1:] - shift, 0)] = False
    found = []
    for a, b in ((before, place), (first[far], place[far])):
        kept = inside[a] & inside[b]
        found.append((b[kept] - a[kept]) << 32 | a[kept])
    return np.concatenate(found)


def _without_periods(runs: Pairs, units: np.ndarray, min_words: int) -> tuple[Pairs, Pairs]:
    """Runs that overlap their own copy (a line printed many times over) told as pieces, and all other runs."""
    step = runs.b - runs.a
    inside = step < runs.equal
    inside[inside] = unit_of(units, runs.a[inside]) == unit_of(units, runs.b[inside])
    periods = runs.take(inside & (runs.equal + step >= 2 * min_words))
    step = periods.b - periods.a
    piece = -(-min_words // step) * step
    count = (periods.b_end - periods.a) // piece - 1
    number = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + 1
    a, length = np.repeat(periods.a, count), np.repeat(piece, count)
    b = a + number * length
    told = Pairs(a, b, a + length, b + length, length, length * MATCH, np.full(len(a), -1))
    # what lies behind the first piece is told by now: other runs through it would be as many as its pieces squared
    opening, closing = np.sort(periods.a + piece), np.sort(periods.b_end)
    others = runs.take(~inside)

    def within(at):
        return np.searchsorted(opening, at, side="right") > np.searchsorted(closing, at, side="right")

    again = (within(others.a) & within(others.a_end - 1)) | (within(others.b) & within(others.b_end - 1))
    return others.take(~again), told
