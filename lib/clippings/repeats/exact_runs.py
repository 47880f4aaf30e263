"""Seed: find runs of equal words in equal order by sorting the hashes of short word sequences.

Every place whose gram occurs earlier is linked with its latest and its earliest previous
occurrence, but not with all of them. The cost therefore depends on the number of words, not on the
number of pairs. See the docstring of `clippings.repeats` for the terms.
"""

from typing import NamedTuple

import numpy as np

from clippings.repeats.arrays import (
    pack_links,
    positions_within,
    run_starts,
    sequence_starts,
    unpack_links,
)

# The number of consecutive equal words that start an alignment. If 3 of 20 words are edited
# (max_edits = 0.15) and the edits are distributed as evenly as possible, five consecutive words
# remain unedited.
SEED_WORDS = 5

# Score of an equal word. Penalties are fractions of it, and scores are kept as integers.
MATCH = 100

# Neighbouring grams are compared in portions, because comparing all at once would take as much
# memory as the grams themselves.
GRAMS_PER_PORTION = 1 << 20

GRAM_MULTIPLIER = np.uint64(0x9FB21C651E98DF25)  # odd, with irregular bits


class _Edit(NamedTuple):
    """The number of words that an edit skips on each side."""

    skip_a: int
    skip_b: int


SINGLE_EDITS = (
    _Edit(skip_a=1, skip_b=1),  # a word replaced
    _Edit(skip_a=0, skip_b=1),  # a word inserted
    _Edit(skip_a=1, skip_b=0),  # a word left out
)


class Pairs(NamedTuple):
    """Aligned stretches of words, one row per pair: a to a_end occurs again as b to b_end."""

    a: np.ndarray
    b: np.ndarray
    a_end: np.ndarray
    b_end: np.ndarray
    equal: np.ndarray  # words in common, in order
    score: np.ndarray  # MATCH for each of these, minus the penalties for edits
    band: np.ndarray  # equal for pairs of the same two units at about the same distance

    def take(self, rows) -> "Pairs":
        """Return these rows of every column."""
        return Pairs(*(column[rows] for column in self))

    def longer_sides(self) -> np.ndarray:
        """Return words of the longer side of each pair."""
        return np.maximum(self.a_end - self.a, self.b_end - self.b)

    def shorter_sides(self) -> np.ndarray:
        """Return words of the shorter side of each pair."""
        return np.minimum(self.a_end - self.a, self.b_end - self.b)


class Regions(NamedTuple):
    """Stretches of words, without regard to what repeats them."""

    starts: np.ndarray
    ends: np.ndarray


class SplitRuns(NamedTuple):
    """Runs, separated from text that is repeated many times."""

    runs: Pairs  # runs that do not overlap their own copy
    pieces: Pairs  # the other runs, cut into pieces that do not overlap
    regions: Regions  # the positions of the pieces, except the first of each run


def find_runs(hashes: np.ndarray, unit_bounds: np.ndarray, min_words: int) -> tuple[Pairs, Pairs]:
    """Find runs of words that occur again and, separately, lines that are repeated many times.

    Parameters
    ----------
    hashes : numpy.ndarray of uint64
        Hashes of the words of all texts.
    unit_bounds : numpy.ndarray of int64
        Number of the first word of each unit, and the number of all words. No run leaves its unit.
    min_words : int
        The minimum length at which every run is found.

    Returns
    -------
    runs : Pairs
        Runs of `min_words` words or more, and shorter runs of at least five words if an equal word
        follows after a single edit. Their column `band` is not yet set.
    pieces : Pairs
        Lines that are repeated many times, as consecutive pieces. They are exact copies and need no
        alignment.

    Notes
    -----
    Each copy of a text is linked with the first and with the most recent previous copy, but not
    with all.

    References
    ----------
    Manber (1994). Finding similar files in a large file system. USENIX Winter Conference. Here all
    grams are compared, not a sample.

    Examples
    --------
    >>> hashes = np.array([1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 7], np.uint64)
    >>> runs, pieces = find_runs(hashes, np.array([0, 6, 12]), 5)
    >>> runs.a.tolist(), runs.b.tolist(), runs.equal.tolist(), len(pieces.a)
    ([0], [6], [5], 0)
    """
    size = min(SEED_WORDS, min_words)
    if len(hashes) < size:
        empty = Pairs(*[np.zeros(0, np.int64)] * 7)
        return empty, empty

    # Short grams find all copies; long grams prevent copies from being split (see
    # _link_long_grams).
    links = _link_grams(hash_grams(hashes, size), unit_bounds, size)
    if min_words > size:
        long_links = _link_long_grams(links, hashes, unit_bounds, min_words)
        links = np.concatenate([links, expand_links(long_links, min_words)])

    split = merge_links(links, hashes, unit_bounds, min_words)
    return outside_regions(split.runs, split.regions), split.pieces


def unit_of(unit_bounds: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Find the unit of each place.

    Parameters
    ----------
    unit_bounds : numpy.ndarray of int64
        Number of the first word of each unit, and the number of all words.
    places : numpy.ndarray of int64
        Numbers of words.

    Returns
    -------
    numpy.ndarray of int64
        The number of a unit for each place.

    Examples
    --------
    >>> unit_of(np.array([0, 6, 12]), np.array([0, 5, 6])).tolist()
    [0, 0, 1]
    """
    return np.searchsorted(unit_bounds, places, side="right") - 1


def hash_grams(hashes: np.ndarray, size: int, places: np.ndarray | None = None) -> np.ndarray:
    """Hash the words that start at each place.

    Parameters
    ----------
    hashes : numpy.ndarray of uint64
        Hashes of the words.
    size : int
        Words of a gram.
    places : numpy.ndarray of int64, optional
        Where the grams start; by default everywhere.

    Returns
    -------
    numpy.ndarray of uint64
        A hash for each gram.

    Examples
    --------
    >>> grams = hash_grams(np.array([1, 2, 3, 1, 2], np.uint64), 2)
    >>> len(grams), bool(grams[0] == grams[3])
    (4, True)
    """
    count = len(hashes) - size + 1
    grams = hashes[:count].copy() if places is None else hashes[places]
    for shift in range(1, size):
        grams *= GRAM_MULTIPLIER
        grams += hashes[shift : shift + count] if places is None else hashes[places + shift]

    # Mix once more: grams are sorted by their upper bits.
    grams ^= grams >> np.uint64(31)
    grams *= GRAM_MULTIPLIER
    return grams


def places_near_unit_ends(unit_bounds: np.ndarray, size: int) -> np.ndarray:
    """List the places from which a gram would cross the end of a unit.

    Parameters
    ----------
    unit_bounds : numpy.ndarray of int64
        Number of the first word of each unit, and the number of all words.
    size : int
        Words of a gram.

    Returns
    -------
    numpy.ndarray of int64
        Ascending places.

    Examples
    --------
    >>> places_near_unit_ends(np.array([0, 6, 12]), 3).tolist()
    [4, 5]
    """
    places = np.unique([unit_bounds[1:] - shift for shift in range(1, size)])
    last_place = unit_bounds[-1] - size
    return places[(places >= 0) & (places <= last_place)].astype(np.int64)


def place_mask(words: int) -> np.uint64:
    """Return a mask of the low bits that can store the place of a word.

    Parameters
    ----------
    words : int
        The number of all words.

    Returns
    -------
    numpy.uint64
        Ones in the low bits, zeros above.

    Examples
    --------
    >>> int(place_mask(1000))
    1023
    """
    return np.uint64((1 << max(int(words).bit_length(), 1)) - 1)


def _link_grams(
    grams: np.ndarray, unit_bounds: np.ndarray, size: int, places: np.ndarray | None = None
) -> np.ndarray:
    """Link each place with the latest and the earliest place of the same gram; as packed links.

    Overwrites `grams`. Parameter `places` says where the grams are, if not at every place.
    """
    # Layout of a key: upper bits of the hash, and the place in the low bits. One sort of plain
    # numbers brings equal grams together, in order of place. Grams that agree only in the remaining
    # upper bits are recognised later, when merge_links compares the outer words of each run.
    low_bits = place_mask(unit_bounds[-1])
    grams &= ~low_bits
    excluded = 0
    if places is None:
        crossing = places_near_unit_ends(unit_bounds, size)
        excluded = len(crossing)
        grams[crossing] = ~low_bits  # the largest value of all, sorted to the end
        grams |= np.arange(len(grams), dtype=np.uint64)
    else:
        grams |= places.astype(np.uint64)
    grams.sort()
    grams = grams[: len(grams) - excluded]

    repeated = _equal_neighbours(grams, low_bits)
    previous = (grams[repeated] & low_bits).view(np.int64)
    place = (grams[repeated + 1] & low_bits).view(np.int64)
    del grams  # frees memory for the next step
    return pack_links(*link_occurrences(repeated, previous, place))


def _link_long_grams(
    links: np.ndarray, hashes: np.ndarray, unit_bounds: np.ndarray, min_words: int
) -> np.ndarray:
    """Link grams of `min_words` words in which all short grams are already linked.

    A short gram of a copy may also occur in unrelated text. Its latest and earliest places are then
    not those of the original, which splits the run. Long grams are rarer.
    """
    places = fully_linked_places(
        np.concatenate(unpack_links(links)), len(hashes), SEED_WORDS, min_words
    )
    # Nothing else refers to the grams, so that _link_grams can free them.
    return _link_grams(hash_grams(hashes, min_words, places), unit_bounds, min_words, places)


def _equal_neighbours(keys: np.ndarray, low_bits: np.uint64) -> np.ndarray:
    """Return the positions of sorted keys whose next key is equal except for the low bits."""
    numbers = []
    for first in range(0, max(len(keys), 1), GRAMS_PER_PORTION):
        portion = keys[first : first + GRAMS_PER_PORTION + 1]
        numbers.append(first + np.flatnonzero((portion[1:] ^ portion[:-1]) <= low_bits))
    return np.concatenate(numbers)


def link_occurrences(
    repeated: np.ndarray, previous: np.ndarray, place: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Link each place of a gram with the previous and with the first place of the same gram.

    Parameters
    ----------
    repeated : numpy.ndarray of int64
        Numbers in the sorted list of grams; each is equal to the next gram in that list.
        Consecutive numbers therefore belong to the same gram.
    previous, place : numpy.ndarray of int64
        The place of this gram and that of the next, equal one.

    Returns
    -------
    a, b : numpy.ndarray of int64
        Earlier and later place of each link.

    Examples
    --------
    Grams 0, 1 and 2 of the sorted list are equal and start at the places 10, 20 and 30:

    >>> a, b = link_occurrences(np.array([0, 1]), np.array([10, 20]), np.array([20, 30]))
    >>> a.tolist(), b.tolist()
    ([10, 20, 10], [20, 30, 30])
    """
    opens_gram = sequence_starts(repeated)
    gram = np.cumsum(opens_gram, dtype=np.int32) - 1
    first = previous[opens_gram][gram]
    differs = first != previous
    return np.append(previous, first[differs]), np.append(place, place[differs])


def fully_linked_places(
    linked_places: np.ndarray, words: int, size: int, min_words: int
) -> np.ndarray:
    """List the places from which on all short grams in `min_words` words are linked.

    Parameters
    ----------
    linked_places : numpy.ndarray of int64
        Places of short grams that have a link, in any order, repeated or not.
    words : int
        The number of all words.
    size : int
        Words of a short gram.
    min_words : int
        Words of a long gram.

    Returns
    -------
    numpy.ndarray of int64
        Ascending places.

    Examples
    --------
    >>> fully_linked_places(np.array([2, 3, 4, 7]), 20, 5, 7).tolist()
    [2]
    """
    is_linked = np.zeros(words, bool)
    is_linked[linked_places] = True
    fully_linked = is_linked[: max(words - min_words + 1, 0)].copy()
    for shift in range(1, min_words - size + 1):
        fully_linked &= is_linked[shift : shift + len(fully_linked)]
    return np.flatnonzero(fully_linked)


def expand_links(links: np.ndarray, min_words: int) -> np.ndarray:
    """Replace links of long grams by the links of all short grams inside them.

    Parameters
    ----------
    links : numpy.ndarray of int64
        Packed links of grams of `min_words` words.
    min_words : int
        Words of a long gram.

    Returns
    -------
    numpy.ndarray of int64
        Packed links of grams of `SEED_WORDS` words.

    Examples
    --------
    >>> links = pack_links(np.array([10]), np.array([95]))
    >>> [side.tolist() for side in unpack_links(expand_links(links, 7))]
    [[10, 11, 12], [95, 96, 97]]
    """
    shifts = np.arange(min_words - min(SEED_WORDS, min_words) + 1)
    return (links[:, None] + shifts).ravel()


def merge_links(
    links: np.ndarray, hashes: np.ndarray, unit_bounds: np.ndarray, min_words: int
) -> SplitRuns:
    """Merge packed links into runs, and separate those in text that is repeated many times."""
    links = np.sort(links)
    links = links[run_starts(links)]
    a, b, length, _ = assemble_runs(links, min(SEED_WORDS, min_words))

    # Links of grams whose hashes agree only by chance have different words.
    is_equal = hashes[a] == hashes[b]
    is_equal &= hashes[a + length - 1] == hashes[b + length - 1]
    accepted = np.flatnonzero(is_equal)

    # Most short runs are chance. Removing them now saves aligning them.
    short = accepted[length[accepted] < min_words]
    grows = _continues_after_one_edit(hashes, unit_bounds, a[short], b[short], length[short])
    accepted = np.setdiff1d(accepted, short[~grows], assume_unique=True)
    return split_runs(a[accepted], b[accepted], length[accepted], unit_bounds, min_words)


def assemble_runs(
    links: np.ndarray, size: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Assemble links that continue one another into runs.

    Parameters
    ----------
    links : numpy.ndarray of int64
        Packed links, sorted, each once.
    size : int
        Words of the grams that are linked.

    Returns
    -------
    a, b, length : numpy.ndarray of int64
        Places and length in words of each run.
    first : numpy.ndarray of int64
        The number of the first link of each run.

    Examples
    --------
    >>> links = pack_links(np.array([10, 11, 12, 40]), np.array([95, 96, 97, 125]))
    >>> a, b, length, first = assemble_runs(links, 5)
    >>> a.tolist(), b.tolist(), length.tolist(), first.tolist()
    ([10, 40], [95, 125], [7, 5], [0, 3])
    """
    first = np.flatnonzero(sequence_starts(links))
    links_in_run = np.diff(np.append(first, len(links)))
    a, b = unpack_links(links[first])
    return a, b, links_in_run + size - 1, first


def split_runs(
    a: np.ndarray, b: np.ndarray, length: np.ndarray, unit_bounds: np.ndarray, min_words: int
) -> SplitRuns:
    """Make pairs of runs, and cut those that overlap their own copy into pieces.

    Parameters
    ----------
    a, b, length : numpy.ndarray of int64
        Places and length in words of each run.
    unit_bounds : numpy.ndarray of int64
        Number of the first word of each unit, and the number of all words.
    min_words : int
        Fewest words of a piece.

    Returns
    -------
    SplitRuns
        The runs that do not overlap their own copy, the pieces of the others, and their regions.
    """
    no_band = length  # bands are found later; any column of the right type serves
    runs = Pairs(a, b, a + length, b + length, length, length * MATCH, no_band)
    return _cut_periodic_runs(runs, unit_bounds, min_words)


def _continues_after_one_edit(
    hashes: np.ndarray, unit_bounds: np.ndarray, a: np.ndarray, b: np.ndarray, length: np.ndarray
) -> np.ndarray:
    """Return whether an equal word follows, or precedes, each run after at most one edited word."""
    continues = np.zeros(len(a), bool)
    unit_a = unit_of(unit_bounds, a)
    unit_b = unit_of(unit_bounds, b)

    after_a = a + length
    after_b = b + length
    room_a = unit_bounds[unit_a + 1] - 1 - after_a
    room_b = unit_bounds[unit_b + 1] - 1 - after_b
    for skip_a, skip_b in SINGLE_EDITS:
        words_a = hashes.take(after_a + skip_a, mode="clip")
        words_b = hashes.take(after_b + skip_b, mode="clip")
        continues |= (words_a == words_b) & (room_a >= skip_a) & (room_b >= skip_b)

    before_a = a - 1
    before_b = b - 1
    room_a = before_a - unit_bounds[unit_a]
    room_b = before_b - unit_bounds[unit_b]
    for skip_a, skip_b in SINGLE_EDITS:
        words_a = hashes.take(before_a - skip_a, mode="clip")
        words_b = hashes.take(before_b - skip_b, mode="clip")
        continues |= (words_a == words_b) & (room_a >= skip_a) & (room_b >= skip_b)

    return continues


def _cut_periodic_runs(runs: Pairs, unit_bounds: np.ndarray, min_words: int) -> SplitRuns:
    """Divide runs that overlap their own copy into pieces.

    A line repeated 1,000 times in a row results in a run of 999 lines that overlaps its copy one
    line later. The run is divided into pieces of whole lines, each a copy of the first piece.
    """
    period = runs.b - runs.a
    overlaps = period < runs.equal
    overlaps[overlaps] = unit_of(unit_bounds, runs.a[overlaps]) == unit_of(
        unit_bounds, runs.b[overlaps]
    )

    # Too short to contain two pieces of min_words words: not worth a row.
    periodic = runs.take(overlaps & (runs.equal + period >= 2 * min_words))
    period = periodic.b - periodic.a

    # Whole periods, as few as make min_words words.
    piece_words = -(-min_words // period) * period
    copies = (periodic.b_end - periodic.a) // piece_words - 1
    number = positions_within(copies) + 1

    a = np.repeat(periodic.a, copies)
    length = np.repeat(piece_words, copies)
    b = a + number * length
    no_band = np.full(len(a), -1)
    pieces = Pairs(a, b, a + length, b + length, length, length * MATCH, no_band)
    regions = Regions(periodic.a + piece_words, periodic.b_end)
    return SplitRuns(runs.take(~overlaps), pieces, regions)


def outside_regions(runs: Pairs, regions: Regions) -> Pairs:
    """Select the runs of which neither side is in text that is repeated many times.

    Parameters
    ----------
    runs : Pairs
        Exact runs.
    regions : Regions
        Text that the pieces of SplitRuns already cover.

    Returns
    -------
    Pairs
        The remaining runs.

    Notes
    -----
    The number of runs through such regions would be quadratic in the number of pieces.
    """
    starts = np.sort(regions.starts)
    ends = np.sort(regions.ends)

    def is_inside(places: np.ndarray) -> np.ndarray:
        """Return which places are inside a region, where more regions have started than ended."""
        started = np.searchsorted(starts, places, side="right")
        ended = np.searchsorted(ends, places, side="right")
        return started > ended

    a_inside = is_inside(runs.a) & is_inside(runs.a_end - 1)
    b_inside = is_inside(runs.b) & is_inside(runs.b_end - 1)
    return runs.take(~(a_inside | b_inside))
