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
SKIPS = (
    (1, 1),
    (0, 1),
    (1, 0),
)  # words passed over on either side of one edit: replaced, put in, left out
PLACE = 0xFFFFFFFF  # the bits of a link that hold the earlier place; the distance is above


class Pairs(NamedTuple):
    """Aligned stretches of words: a to a_end is told again as b to b_end."""

    a: np.ndarray
    b: np.ndarray
    a_end: np.ndarray
    b_end: np.ndarray
    equal: np.ndarray  # words in common, in order
    score: np.ndarray  # MATCH for each of them, less the penalties
    cluster: (
        np.ndarray
    )  # equal for neighbours: the same two units, about the same distance from a to b

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
    size = min(RUN, min_words)
    if len(hashes) < size:
        none = Pairs(*[np.zeros(0, np.int64)] * 7)
        return none, none
    keys = _links(grams_of(hashes, size), units, size)
    if min_words > size:
        at = wide_places(
            np.append(keys & PLACE, (keys & PLACE) + (keys >> 32)), len(hashes), size, min_words
        )
        keys = np.concatenate(
            [keys, within(_links(grams_of(hashes, min_words, at), units, min_words, at), min_words)]
        )
    runs, lines, regions = runs_of(keys, hashes, units, min_words)
    return outside(runs, regions), lines


def unit_of(units: np.ndarray, at: np.ndarray) -> np.ndarray:
    """The number of the text that each place lies in."""
    return np.searchsorted(units, at, side="right") - 1


def wide_places(again: np.ndarray, count: int, size: int, min_words: int) -> np.ndarray:
    """The places from which all small grams of min_words words are linked; again, those that are, of so many words."""
    marks = np.zeros(count, bool)
    marks[again] = True
    wide = marks[: max(count - min_words + 1, 0)].copy()
    for shift in range(1, min_words - size + 1):
        wide &= marks[shift : shift + len(wide)]
    return np.flatnonzero(wide)


def within(keys: np.ndarray, min_words: int) -> np.ndarray:
    """The links of the small grams that links of grams of min_words words consist of."""
    return (keys[:, None] + np.arange(min_words - min(RUN, min_words) + 1)).ravel()


def runs_of(
    keys: np.ndarray, hashes: np.ndarray, units: np.ndarray, min_words: int
) -> tuple[Pairs, Pairs, np.ndarray]:
    """The runs that links make: those that do not overlap their own copy, the pieces of those that do, and where these
    lie. Short runs count where behind one edit a word is equal; the distance is above the place in each link.
    """
    keys = np.sort(keys)
    keys = keys[np.append(True, keys[1:] != keys[:-1])[: len(keys)]]
    a, b, length, _ = assembled(keys, min(RUN, min_words))
    kept = np.flatnonzero(
        (hashes[a] == hashes[b]) & (hashes[a + length - 1] == hashes[b + length - 1])
    )
    short = kept[length[kept] < min_words]
    kept = np.setdiff1d(
        kept, short[~_goes_on(hashes, units, a[short], b[short], length[short])], assume_unique=True
    )
    return parted(a[kept], b[kept], length[kept], units, min_words)


def assembled(keys: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Sorted links of grams, each once, put together where one begins a word behind another: places and length of each
    run, and the number of its first link.
    """
    first = np.flatnonzero(np.append(True, np.diff(keys) != 1)[: len(keys)])
    a, length = keys[first] & PLACE, np.diff(np.append(first, len(keys))) + size - 1
    return a, a + (keys[first] >> 32), length, first


def parted(
    a: np.ndarray, b: np.ndarray, length: np.ndarray, units: np.ndarray, min_words: int
) -> tuple[Pairs, Pairs, np.ndarray]:
    """Runs by their places and lengths, as runs_of has them."""
    return _without_periods(
        Pairs(a, b, a + length, b + length, length, length * MATCH, length), units, min_words
    )


def _goes_on(
    hashes: np.ndarray, units: np.ndarray, a: np.ndarray, b: np.ndarray, length: np.ndarray
) -> np.ndarray:
    """Whether behind one edit on either side a word is equal: most chance runs end here, before they cost much."""
    found = np.zeros(len(a), bool)
    own = [unit_of(units, at) for at in (a, b)]
    for step, edge in ((1, 1), (-1, 0)):
        ends = (a + length, b + length) if edge else (a - 1, b - 1)
        limits = [units[unit + edge] - edge for unit in own]  # the last word in that direction
        room = [step * (limit - end) for limit, end in zip(limits, ends, strict=True)]
        for skips in SKIPS:
            left, right = (
                hashes.take(end + step * skip, mode="clip")
                for end, skip in zip(ends, skips, strict=True)
            )
            found |= (left == right) & (room[0] >= skips[0]) & (room[1] >= skips[1])
    return found


def grams_of(hashes: np.ndarray, size: int, at: np.ndarray | None = None) -> np.ndarray:
    """A hash of the `size` words from each place, or from each of all."""
    count = len(hashes) - size + 1
    grams = hashes[:count].copy() if at is None else hashes[at]
    for shift in range(1, size):
        grams *= MULTIPLIER
        grams += hashes[shift : shift + count] if at is None else hashes[at + shift]
    grams ^= grams >> np.uint64(31)
    grams *= MULTIPLIER
    return grams


def leaving(units: np.ndarray, size: int) -> np.ndarray:
    """The places from which `size` words do not stay in one text."""
    found = np.unique([units[1:] - shift for shift in range(1, size)])
    return found[(found >= 0) & (found <= units[-1] - size)].astype(np.int64)


def place_bits(total: int) -> np.uint64:
    """The low bits of a hash, in which the place of one of so many words is packed."""
    return np.uint64((1 << max(int(total).bit_length(), 1)) - 1)


def _links(
    grams: np.ndarray, units: np.ndarray, size: int, at: np.ndarray | None = None
) -> np.ndarray:
    """Each place whose gram stood before, with the last and with the first place of it: distance and earlier place.

    The place is packed into the low bits of the hash and the distance above the place: one sort of plain numbers
    does the work of sorting records. Hashes that agree by chance are found out in runs_of.
    """
    low = place_bits(units[-1])
    grams &= ~low
    out = leaving(units, size) if at is None else []  # at the end when sorted
    grams[out] = ~low
    grams |= np.arange(len(grams), dtype=np.uint64) if at is None else at.astype(np.uint64)
    grams.sort()
    grams = grams[: len(grams) - len(out)]
    pieces = (
        (at, grams[at : at + MANY + 1]) for at in range(0, max(len(grams), 1), MANY)
    )  # all at once would cost as much
    again = np.concatenate(
        [at + np.flatnonzero((piece[1:] ^ piece[:-1]) <= low) for at, piece in pieces]
    )
    before, place = (grams[again] & low).view(np.int64), (grams[again + 1] & low).view(np.int64)
    del grams  # memory for what follows
    a, b = linked(again, before, place)
    return (b - a) << 32 | a


def linked(
    again: np.ndarray, before: np.ndarray, place: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Places of grams and of the same before, with those of their first: sorted, each `again` is like the next."""
    head = np.append(True, np.diff(again) != 1)[: len(again)]
    first = before[head][np.cumsum(head, dtype=np.int32) - 1]
    far = first != before
    return np.append(before, first[far]), np.append(place, place[far])


def _without_periods(
    runs: Pairs, units: np.ndarray, min_words: int
) -> tuple[Pairs, Pairs, np.ndarray]:
    """Runs that overlap their own copy (a line printed many times over) told as pieces, where they lie behind the first
    piece, and before these all other runs.
    """
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
    return runs.take(~inside), told, np.array([periods.a + piece, periods.b_end])


def outside(runs: Pairs, regions: np.ndarray) -> Pairs:
    """The runs of which neither side lies in lines that are printed many times over.

    What lies behind their first piece is told by now: other runs through it would be as many as its pieces squared.
    """
    opening, closing = np.sort(regions)

    def inside(at):
        return np.searchsorted(opening, at, side="right") > np.searchsorted(
            closing, at, side="right"
        )

    again = (inside(runs.a) & inside(runs.a_end - 1)) | (inside(runs.b) & inside(runs.b_end - 1))
    return runs.take(~again)
