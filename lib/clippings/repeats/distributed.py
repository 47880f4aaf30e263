"""Find pairs on a Dask cluster, whose workers each store part of the words and exchange rows.

The texts are divided into shares, and no process needs the words of all of them. Words that must be
compared are brought together by exchanging three kinds of rows::

    share 0   words → grams ─┐              ┌─ links ─┐             ┌─ runs → pairs
    share 1   words → grams ─┼─ by hash ────┼─ links ─┼─ by share ──┼─ runs → pairs
    share 2   words → grams ─┘  (equal      └─ links ─┘  of the     └─ runs → pairs
                                grams meet)              later place    ↑ words of other shares
                                                                          that the runs lie in

Links, runs and pairs are made by the functions that one process uses (`exact_runs`, `align`), and
the rows are the same. See the docstring of `clippings.repeats` for the terms. Places in rows that
are exchanged are places in the corpus: numbers of words among all words of all texts.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from clippings.repeats.align import Limits, align_runs
from clippings.repeats.arrays import pack_links, run_starts
from clippings.repeats.exact_runs import (
    SEED_WORDS,
    SINGLE_EDITS,
    Pairs,
    Regions,
    SplitRuns,
    assemble_runs,
    expand_links,
    fully_linked_places,
    hash_grams,
    link_occurrences,
    outside_regions,
    place_mask,
    places_near_unit_ends,
    split_runs,
    unit_of,
)
from clippings.repeats.hashing import Words, hash_words

# Characters of the texts of a share, about 700,000 words of English. Each word becomes a row of at
# most 40 bytes when grams are exchanged, so that a worker can have several shares in memory.
CHARACTERS_PER_SHARE = 4_000_000

# Most grams occur only once, and need not be exchanged. They are recognised by two bitmaps with a
# cell for each value of the first bits of a hash. With 2**3 cells per word or more, few grams share
# their cell by chance. Bitmaps of 2**30 cells take 128 MiB; larger corpora share cells more often,
# which costs time but changes no result.
CELL_BITS_PER_WORD = 3
MAX_CELL_BITS = 30

# Grams are compared by as many bits as on one machine, where the rest of the key is the place of
# the gram, so that grams with equal bits by chance are the same, too. One machine cannot hold the
# words of a larger corpus than this, and there is nothing to agree with.
MAX_WORDS_OF_ONE_MACHINE = 1 << 30

# Words around a gram are compared by the upper half of their hashes. 0 represents "no word", at the
# beginning or end of a unit.
WORD_HASH_SHIFT = np.uint64(32)
NO_WORD = 0

# Columns with the first and the second word before a gram, and after it. The number of words that
# an edit skips (see SINGLE_EDITS) is the position of the column.
WORDS_BEFORE = ("before_1", "before_2")
WORDS_AFTER = ("after_1", "after_2")

# A word in the form sent to other workers: the fields that `align_runs` reads, as bytes without
# padding.
SENT_WORD = np.dtype([("hash", np.uint64), ("ends_clause", np.bool_), ("continues", np.bool_)])


class _Share(NamedTuple):
    """Some consecutive texts, as one worker has them."""

    words: Words
    unit_bounds: np.ndarray  # first word of each unit, and the number of all; in this share
    number: int


class _Corpus(NamedTuple):
    """All texts; the words themselves are on the workers."""

    shares: list  # futures of _Share
    text_bounds: np.ndarray  # first word of each text, and the number of all words
    unit_bounds: object  # future of an array: first word of each unit, and the number of all words
    share_bounds: object  # future of an array: first word of each share, and the number of all

    def word_count(self) -> int:
        """Return the number of all words."""
        return int(self.text_bounds[-1])


class _GramFilter(NamedTuple):
    """Two bitmaps with a cell for each value of the first bits of a hash."""

    seen: np.ndarray  # cells of grams that occur
    repeated: np.ndarray  # cells of grams that occur twice or more


class _Evidence(NamedTuple):
    """Comparisons of words at the ends of linked grams. Columns of bool, a row for each link."""

    first_equal: np.ndarray
    last_equal: np.ndarray
    continues_before: np.ndarray  # an equal word precedes, after at most one edit
    continues_after: np.ndarray


class _PlaceMap(NamedTuple):
    """Stretches of the corpus, taken out and joined in their order."""

    bounds: np.ndarray  # first word of each stretch among the joined, and the number of all joined
    starts: np.ndarray  # place of the first word of each stretch in the corpus

    def to_joined(self, places: np.ndarray) -> np.ndarray:
        """Convert places in the corpus into places in the joined stretches."""
        stretch = unit_of(self.starts, places)
        return self.bounds[stretch] + places - self.starts[stretch]

    def to_corpus(self, places: np.ndarray) -> np.ndarray:
        """Convert places in the joined stretches into places in the corpus."""
        stretch = unit_of(self.bounds[:-1], places)
        return self.starts[stretch] + places - self.bounds[stretch]


class _Excerpt(NamedTuple):
    """The words of some stretches of the corpus."""

    words: Words  # only with the columns that `align_runs` reads
    place_map: _PlaceMap


def find_pairs_on(
    client, texts: pd.Series, opens_unit: np.ndarray, limits: Limits
) -> tuple[np.ndarray, Words, Pairs]:
    """Let the workers of a cluster find the pairs that `find_pairs` finds.

    Parameters
    ----------
    client : distributed.Client
        The connection to the cluster.
    texts : pandas.Series of str
        The texts, in order of publication.
    opens_unit : numpy.ndarray of bool
        Which texts open a unit. No stretch of words leads into these from the preceding text.
    limits : Limits
        What counts as reuse.

    Returns
    -------
    rows : numpy.ndarray of int64
        The numbers of the texts that contain pairs, ascending.
    words : Words
        The words of these texts.
    pairs : Pairs
        As `find_pairs` returns them, in order of their share; the places are places in `words`.

    Raises
    ------
    distributed.KilledWorker
        If a task has killed several workers, for example because they ran out of memory. Use
        workers with more memory.

    Notes
    -----
    Tables are exchanged by Dask's peer-to-peer shuffle. If a worker is lost, other workers repeat
    its tasks.

    Examples
    --------
    >>> find_pairs_on(client, texts, opens_unit, limits)  # doctest: +SKIP
    """
    corpus = _distribute(client, texts, opens_unit)
    runs = _find_runs(
        client, corpus, _find_links(client, corpus, limits.min_words), limits.min_words
    )
    sent_words = _exchange_words(client, corpus, runs)
    aligned = client.map(
        _align_share,
        runs,
        sent_words,
        corpus.shares,
        share_bounds=corpus.share_bounds,
        limits=limits,
    )
    columns = zip(*client.gather(aligned), strict=True)
    pairs = Pairs(*(np.concatenate(column) for column in columns))

    rows = _texts_with_pairs(pairs, corpus.text_bounds)
    words = hash_words(texts.iloc[rows])
    place_map = _PlaceMap(words.text_bounds, corpus.text_bounds[rows])
    return rows, words, _move(pairs, place_map.to_joined)


# Exchange ---------------------------------------------------------------------------------------


def _exchange(client, tables: list, column: str) -> list:
    """Exchange rows between tables, so that rows with the same value of a column are in one table.

    The function takes and returns the same number of futures.
    """
    from dask import dataframe, delayed  # slow to load, and an extra

    frame = dataframe.from_delayed([delayed(table) for table in tables], verify_meta=False)
    exchanged = frame.shuffle(column, npartitions=len(tables), shuffle_method="p2p")
    return client.compute(exchanged.to_delayed())


def _exchange_by_share(client, tables: list, shares: int) -> list:
    """Exchange rows by their column `share`: for each share, a table that contains its rows.

    Dask chooses the tables by a hash of the column. The rows of several shares may be in one table,
    which is then returned for each of them.
    """
    exchanged = _exchange(client, tables, "share")
    shares_in_tables = client.gather(client.map(_shares_in, exchanged))
    table_of_share = {}
    for table, shares_in_table in zip(exchanged, shares_in_tables, strict=True):
        table_of_share.update(dict.fromkeys(shares_in_table, table))

    # A share without rows gets any table, which contains no rows for it.
    any_table = exchanged[0]
    return [table_of_share.get(share, any_table) for share in range(shares)]


def _shares_in(table: pd.DataFrame) -> list[int]:
    """List the shares that the rows of a table belong to."""
    return table.share.unique().tolist()


def _rows_of_share(table: pd.DataFrame, number: int) -> pd.DataFrame:
    """Select the rows of a share from a table that `_exchange_by_share` returned."""
    return table[table.share == number]


# Shares -----------------------------------------------------------------------------------------


def _distribute(client, texts: pd.Series, opens_unit: np.ndarray) -> _Corpus:
    """Make the workers hash the words of the texts, and number the words consecutively."""
    first_texts = _cut_into_shares(texts.str.len().to_numpy(), opens_unit)
    shares = [
        client.submit(_hash_share, texts[first:last].to_list(), opens_unit[first:last], number)
        for number, (first, last) in enumerate(pairwise(first_texts))
    ]
    word_counts = client.gather(client.map(_count_words, shares))
    text_bounds = np.append(0, np.cumsum(np.concatenate(word_counts)))
    unit_bounds = np.unique(np.append(text_bounds[:-1][opens_unit], text_bounds[-1]))

    # Arrays that all workers need are made results of tasks. As arguments of `client.map`, large
    # ones would get the same name in all calls; scattered, they would be lost with their worker.
    return _Corpus(
        shares=shares,
        text_bounds=text_bounds,
        unit_bounds=client.submit(np.asarray, unit_bounds),
        share_bounds=client.submit(np.asarray, text_bounds[first_texts]),
    )


def _cut_into_shares(characters: np.ndarray, opens_unit: np.ndarray) -> np.ndarray:
    """Return the number of the first text of each share, and the number of all texts.

    Only texts that open a unit open a share: units are never cut.
    """
    unit_openers = np.flatnonzero(opens_unit)
    characters_before = np.cumsum(characters) - characters
    share_number = characters_before[unit_openers] // CHARACTERS_PER_SHARE
    share_openers = unit_openers[run_starts(share_number)]
    return np.append(share_openers, len(characters))


def _hash_share(texts: list[str], opens_unit: np.ndarray, number: int) -> _Share:
    """Hash the words of the texts of a share."""
    words = hash_words(texts)
    unit_bounds = np.unique(words.text_bounds[np.append(opens_unit, True)])
    return _Share(words, unit_bounds, number)


def _count_words(share: _Share) -> np.ndarray:
    """Count the words of each text of a share."""
    return np.diff(share.words.text_bounds)


# Grams and links --------------------------------------------------------------------------------


def _find_links(client, corpus: _Corpus, min_words: int) -> list:
    """Link grams with earlier ones; futures of tables with a row for each link.

    As on one machine (see `find_runs`), short grams find all copies, and long grams prevent copies
    from being split.
    """
    size = min(SEED_WORDS, min_words)
    everywhere = [None] * len(corpus.shares)
    links = _link_grams_of_size(client, corpus, everywhere, size, is_long=False)
    if min_words == size:
        return links

    linked_places = _exchange_by_share(
        client,
        client.map(_list_linked_places, links, share_bounds=corpus.share_bounds),
        len(corpus.shares),
    )
    places = client.map(
        _list_long_grams,
        linked_places,
        corpus.shares,
        share_bounds=corpus.share_bounds,
        min_words=min_words,
    )
    return links + _link_grams_of_size(client, corpus, places, min_words, is_long=True)


def _link_grams_of_size(client, corpus: _Corpus, places: list, size: int, is_long: bool) -> list:
    """Link grams of one size. `places` are futures of places in each share, or None for all."""
    bits = min(corpus.word_count().bit_length() + CELL_BITS_PER_WORD, MAX_CELL_BITS)
    filters = client.map(_make_gram_filter, corpus.shares, places, size=size, bits=bits)
    # Filters are merged in pairs, so that no worker has many filters in memory at once.
    while len(filters) > 1:
        filters = [
            client.submit(_merge_gram_filters, filters[first : first + 2])
            for first in range(0, len(filters), 2)
        ]
    grams = client.map(
        _list_repeated_grams,
        corpus.shares,
        places,
        gram_filter=filters[0],
        size=size,
        bits=bits,
        share_bounds=corpus.share_bounds,
    )
    return client.map(_link_equal_grams, _exchange(client, grams, "gram"), is_long=is_long)


def _places_of_grams(share: _Share, size: int) -> np.ndarray:
    """List the places of a share at which a gram starts that does not leave its unit."""
    places = np.arange(max(len(share.words.hashes) - size + 1, 0))
    crossing = places_near_unit_ends(share.unit_bounds, size)
    return np.setdiff1d(places, crossing, assume_unique=True)


def _cells(grams: np.ndarray, bits: int) -> np.ndarray:
    """Return the cell of each gram in a bitmap of 2**bits cells: the first bits of its hash."""
    return grams >> np.uint64(64 - bits)


def _make_gram_filter(
    share: _Share, places: np.ndarray | None, size: int, bits: int
) -> _GramFilter:
    """Enter the grams of a share into a filter."""
    if places is None:
        places = _places_of_grams(share, size)
    grams = hash_grams(share.words.hashes, size, places)
    cells, counts = np.unique(_cells(grams, bits), return_counts=True)
    return _GramFilter(_make_bitmap(cells, bits), _make_bitmap(cells[counts > 1], bits))


def _make_bitmap(cells: np.ndarray, bits: int) -> np.ndarray:
    """Return a bitmap, 8 cells to a byte, in which these ascending cells are set."""
    bitmap = np.zeros(1 << (bits - 3), np.uint8)
    if len(cells) == 0:
        return bitmap
    byte, bit = _bits_of(cells)
    first_of_byte = np.flatnonzero(run_starts(byte))
    bitmap[byte[first_of_byte]] = np.bitwise_or.reduceat(bit, first_of_byte)
    return bitmap


def _bits_of(cells: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return, for each cell, the number of its byte in a bitmap and a byte with its bit set."""
    byte = (cells >> np.uint64(3)).astype(np.int64)
    bit_number = (cells & np.uint64(7)).astype(np.uint8)
    return byte, np.uint8(1) << bit_number


def _merge_gram_filters(filters: list[_GramFilter]) -> _GramFilter:
    """Merge one or two filters of different shares."""
    if len(filters) == 1:
        return filters[0]
    one, other = filters
    in_both = one.seen & other.seen
    return _GramFilter(one.seen | other.seen, one.repeated | other.repeated | in_both)


def _list_repeated_grams(
    share: _Share,
    places: np.ndarray | None,
    gram_filter: _GramFilter,
    size: int,
    bits: int,
    share_bounds: np.ndarray,
) -> pd.DataFrame:
    """List the grams of a share that occur again anywhere, with the words around them.

    The list includes some grams that occur only once, because they share a cell of the filter with
    others.
    """
    hashes = share.words.hashes
    if places is None:
        places = _places_of_grams(share, size)
    grams = hash_grams(hashes, size, places)
    byte, bit = _bits_of(_cells(grams, bits))
    is_repeated = (gram_filter.repeated[byte] & bit) > 0
    grams = grams[is_repeated]
    places = places[is_repeated]

    place_bits = place_mask(min(share_bounds[-1], MAX_WORDS_OF_ONE_MACHINE))
    table = {"gram": grams & ~place_bits, "place": places + share_bounds[share.number]}
    distances = {
        "before_2": -2,
        "before_1": -1,
        "first": 0,
        "last": size - 1,
        "after_1": size,
        "after_2": size + 1,
    }
    unit = unit_of(share.unit_bounds, places)
    unit_start = share.unit_bounds[unit]
    unit_end = share.unit_bounds[unit + 1]
    for column, distance in distances.items():
        place = places + distance
        is_inside = (place >= unit_start) & (place < unit_end)
        word = hashes.take(place, mode="clip") >> WORD_HASH_SHIFT
        table[column] = np.where(is_inside, word, NO_WORD).astype(np.uint32)
    return pd.DataFrame(table)


def _link_equal_grams(grams: pd.DataFrame, is_long: bool) -> pd.DataFrame:
    """Link each gram with the latest and the earliest place of the same gram.

    Columns of the result: the places `a` and `b`, `is_long`, and those of _Evidence.
    """
    grams = grams.sort_values(["gram", "place"])
    gram = grams.gram.to_numpy()
    repeated = np.flatnonzero(gram[1:] == gram[:-1])
    # Rows are linked instead of places, so that other columns of the two rows can be compared.
    row_a, row_b = link_occurrences(repeated, repeated, repeated + 1)

    place = grams.place.to_numpy()
    evidence = _compare_words_around(grams, row_a, row_b)
    return pd.DataFrame(
        {
            "a": place[row_a],
            "b": place[row_b],
            "is_long": np.full(len(row_a), is_long),
            **evidence._asdict(),
        }
    )


def _compare_words_around(grams: pd.DataFrame, row_a: np.ndarray, row_b: np.ndarray) -> _Evidence:
    """Compare the words at the ends of linked grams, and those beyond the ends."""

    def equal(column_a: str, column_b: str) -> np.ndarray:
        """Compare a word of the earlier gram with one of the later gram."""
        words_a = grams[column_a].to_numpy()[row_a]
        words_b = grams[column_b].to_numpy()[row_b]
        return (words_a == words_b) & (words_a != NO_WORD)

    def continues(columns: tuple[str, str]) -> np.ndarray:
        """Return whether words beyond an end are equal after one of the single edits."""
        after_edits = [equal(columns[edit.skip_a], columns[edit.skip_b]) for edit in SINGLE_EDITS]
        return np.logical_or.reduce(after_edits)

    return _Evidence(
        first_equal=equal("first", "first"),
        last_equal=equal("last", "last"),
        continues_before=continues(WORDS_BEFORE),
        continues_after=continues(WORDS_AFTER),
    )


def _list_linked_places(links: pd.DataFrame, share_bounds: np.ndarray) -> pd.DataFrame:
    """List the places at either end of links, with their shares."""
    places = np.union1d(links.a, links.b)
    return pd.DataFrame({"share": unit_of(share_bounds, places), "place": places})


def _list_long_grams(
    linked_places: pd.DataFrame, share: _Share, share_bounds: np.ndarray, min_words: int
) -> np.ndarray:
    """List the places of a share at which long grams start that may occur again."""
    places = _rows_of_share(linked_places, share.number).place.to_numpy()
    places_in_share = places - share_bounds[share.number]
    return fully_linked_places(places_in_share, len(share.words.hashes), SEED_WORDS, min_words)


# Runs -------------------------------------------------------------------------------------------


def _find_runs(client, corpus: _Corpus, links: list, min_words: int) -> list:
    """Merge links into runs; futures of a SplitRuns for each share, by the later place of runs."""
    links = _exchange_by_share(
        client,
        client.map(_add_share_of_later, links, share_bounds=corpus.share_bounds),
        len(corpus.shares),
    )
    runs = client.map(
        _merge_links_of_share,
        links,
        range(len(links)),
        unit_bounds=corpus.unit_bounds,
        min_words=min_words,
    )
    # A run may extend from one share into a region of another, so all regions must be known.
    regions = client.submit(_join_regions, client.map(_regions_of, runs))
    return client.map(_leave_out_regions, runs, regions=regions)


def _add_share_of_later(links: pd.DataFrame, share_bounds: np.ndarray) -> pd.DataFrame:
    """Add the share of the later place of each link. All links of a run have the same."""
    return links.assign(share=unit_of(share_bounds, links.b.to_numpy()))


def _merge_links_of_share(
    table: pd.DataFrame, number: int, unit_bounds: np.ndarray, min_words: int
) -> SplitRuns:
    """Merge the links of a share into runs, as `merge_links` does on one machine.

    That function compares words, which are in several shares. Here the columns of _Evidence say
    how the comparisons turned out.
    """
    table = _rows_of_share(table, number)
    size = min(SEED_WORDS, min_words)
    place_map = _map_linked_units(table, unit_bounds)
    keys = pack_links(
        place_map.to_joined(table.a.to_numpy()), place_map.to_joined(table.b.to_numpy())
    )
    evidence = _Evidence(*(table[column].to_numpy() for column in _Evidence._fields))
    keys, evidence = _expand_long_links(keys, evidence, table.is_long.to_numpy(), size, min_words)
    keys, evidence = _merge_equal_links(keys, evidence)

    a, b, length, first_link = assemble_runs(keys, size)
    last_link = np.append(first_link, len(keys))[1:] - 1
    # Links of grams whose hashes agree only by chance have different words.
    is_equal = evidence.first_equal[first_link] & evidence.last_equal[last_link]
    # Most short runs are chance, unless an equal word follows or precedes after a single edit.
    is_long_enough = length >= min_words
    is_long_enough |= evidence.continues_before[first_link]
    is_long_enough |= evidence.continues_after[last_link]
    accepted = is_equal & is_long_enough

    split = split_runs(a[accepted], b[accepted], length[accepted], place_map.bounds, min_words)
    return SplitRuns(
        runs=_move(split.runs, place_map.to_corpus),
        pieces=_move(split.pieces, place_map.to_corpus),
        regions=Regions(
            starts=place_map.to_corpus(split.regions.starts),
            ends=_move_ends(split.regions.ends, place_map.to_corpus),
        ),
    )


def _map_linked_units(links: pd.DataFrame, unit_bounds: np.ndarray) -> _PlaceMap:
    """Join the units that contain links; places in a large corpus do not fit packed links."""
    places = links[["a", "b"]].to_numpy().ravel()
    units = np.unique(unit_of(unit_bounds, places))
    starts = unit_bounds[units]
    lengths = unit_bounds[units + 1] - starts
    return _PlaceMap(np.append(0, np.cumsum(lengths)), starts)


def _expand_long_links(
    keys: np.ndarray, evidence: _Evidence, is_long: np.ndarray, size: int, min_words: int
) -> tuple[np.ndarray, _Evidence]:
    """Replace links of long grams by links of all short grams inside them (see `expand_links`)."""
    short_grams = min_words - size + 1
    expanded_keys = np.append(keys[~is_long], expand_links(keys[is_long], min_words))

    def expand(column: np.ndarray, position: int) -> np.ndarray:
        """Give the evidence of a long gram to the short gram at one of its ends."""
        of_short_grams = np.zeros((is_long.sum(), short_grams), bool)
        of_short_grams[:, position] = column[is_long]
        return np.append(column[~is_long], of_short_grams)

    first_gram = 0
    last_gram = -1
    expanded_evidence = _Evidence(
        first_equal=expand(evidence.first_equal, first_gram),
        last_equal=expand(evidence.last_equal, last_gram),
        continues_before=expand(evidence.continues_before, first_gram),
        continues_after=expand(evidence.continues_after, last_gram),
    )
    return expanded_keys, expanded_evidence


def _merge_equal_links(keys: np.ndarray, evidence: _Evidence) -> tuple[np.ndarray, _Evidence]:
    """Sort packed links, and merge those that were found both by short and by long grams."""
    if len(keys) == 0:
        return keys, evidence
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    first_of_key = np.flatnonzero(run_starts(keys))
    merged = (np.logical_or.reduceat(column[order], first_of_key) for column in evidence)
    return keys[first_of_key], _Evidence(*merged)


def _regions_of(runs: SplitRuns) -> Regions:
    """Return the regions of a share in which text is repeated many times."""
    return runs.regions


def _join_regions(regions: list[Regions]) -> Regions:
    """Join the regions of all shares."""
    starts = np.concatenate([of_share.starts for of_share in regions])
    ends = np.concatenate([of_share.ends for of_share in regions])
    return Regions(starts, ends)


def _leave_out_regions(runs: SplitRuns, regions: Regions) -> SplitRuns:
    """Omit the runs of a share that are in text repeated many times in any share."""
    return runs._replace(runs=outside_regions(runs.runs, regions))


# Words and pairs --------------------------------------------------------------------------------


def _exchange_words(client, corpus: _Corpus, runs: list) -> list:
    """Send each share the words of other shares that its runs contain; return futures of tables."""
    requests = client.map(
        _list_requests,
        runs,
        range(len(runs)),
        unit_bounds=corpus.unit_bounds,
        share_bounds=corpus.share_bounds,
    )
    requests = _exchange_by_share(client, requests, len(corpus.shares))
    words = client.map(_answer_requests, requests, corpus.shares, share_bounds=corpus.share_bounds)
    return _exchange_by_share(client, words, len(corpus.shares))


def _list_requests(
    runs: SplitRuns, number: int, unit_bounds: np.ndarray, share_bounds: np.ndarray
) -> pd.DataFrame:
    """List the units of other shares whose words a share needs, a row for each.

    Columns: the `share` that has the unit, `unit_start` and the share that it is `requested_by`.
    The later side of each run is in the share itself.
    """
    is_elsewhere = runs.runs.a < share_bounds[number]
    units = unit_of(unit_bounds, runs.runs.a[is_elsewhere])
    unit_start = np.unique(unit_bounds[units])
    return pd.DataFrame(
        {
            "share": unit_of(share_bounds, unit_start),
            "unit_start": unit_start,
            "requested_by": np.full(len(unit_start), number),
        }
    )


def _answer_requests(
    requests: pd.DataFrame, share: _Share, share_bounds: np.ndarray
) -> pd.DataFrame:
    """Return the words of the requested units of a share, a row for each unit and recipient.

    Columns: the `share` that receives them, `unit_start` and the `words` (SENT_WORD) as bytes.
    """
    import pyarrow as pa  # slow to load, and only needed here

    requests = _rows_of_share(requests, share.number)
    unit_start = requests.unit_start.to_numpy()
    units = unit_of(share.unit_bounds, unit_start - share_bounds[share.number])
    words = [
        _words_to_bytes(share.words, share.unit_bounds[unit], share.unit_bounds[unit + 1])
        for unit in units
    ]
    return pd.DataFrame(
        {
            "share": requests.requested_by.to_numpy(),
            "unit_start": unit_start,
            "words": pd.array(words, dtype=pd.ArrowDtype(pa.large_binary())),
        }
    )


def _words_to_bytes(words: Words, start: int, end: int) -> bytes:
    """Write a stretch of words as bytes."""
    records = np.empty(end - start, SENT_WORD)
    records["hash"] = words.hashes[start:end]
    records["ends_clause"] = words.ends_clause[start:end]
    records["continues"] = words.continues[start:end]
    return records.tobytes()


def _align_share(
    runs: SplitRuns,
    sent_words: pd.DataFrame,
    share: _Share,
    share_bounds: np.ndarray,
    limits: Limits,
) -> Pairs:
    """Extend the runs of a share to pairs."""
    sent_words = _rows_of_share(sent_words, share.number).sort_values("unit_start")
    words, place_map = _join_words(sent_words, share, share_bounds[share.number])
    pairs = align_runs(
        words,
        place_map.bounds,
        _move(runs.runs, place_map.to_joined),
        _move(runs.pieces, place_map.to_joined),
        limits,
    )
    return _move(pairs, place_map.to_corpus)


def _join_words(sent_words: pd.DataFrame, share: _Share, share_start: int) -> _Excerpt:
    """Join the units that were sent, all of them earlier ones, and those of the share."""
    sent = [np.frombuffer(words, SENT_WORD) for words in sent_words.words]
    hashes = [*(records["hash"] for records in sent), share.words.hashes]
    ends_clause = [*(records["ends_clause"] for records in sent), share.words.ends_clause]
    continues = [*(records["continues"] for records in sent), share.words.continues]

    lengths = [*map(len, sent), *np.diff(share.unit_bounds)]
    starts = np.append(sent_words.unit_start.to_numpy(), share.unit_bounds[:-1] + share_start)
    place_map = _PlaceMap(np.append(0, np.cumsum(lengths, dtype=np.int64)), starts)
    not_needed = np.zeros(0, np.int64)
    words = Words(
        hashes=np.concatenate(hashes),
        starts=not_needed,
        ends=not_needed,
        ends_clause=np.concatenate(ends_clause),
        continues=np.concatenate(continues),
        text_bounds=place_map.bounds,
    )
    return _Excerpt(words, place_map)


def _texts_with_pairs(pairs: Pairs, text_bounds: np.ndarray) -> np.ndarray:
    """Return the numbers of the texts that contain either side of a pair, ascending."""
    # How many more sides cover this text than the preceding one.
    change = np.zeros(len(text_bounds), np.int64)
    for start, end in ((pairs.a, pairs.a_end), (pairs.b, pairs.b_end)):
        first_text = unit_of(text_bounds, start)
        last_text = unit_of(text_bounds, end - 1)
        np.add.at(change, first_text, 1)
        np.add.at(change, last_text + 1, -1)
    sides_covering = np.cumsum(change)[:-1]
    return np.flatnonzero(sides_covering)


def _move(pairs: Pairs, convert) -> Pairs:
    """Return pairs with their places converted by a method of _PlaceMap."""
    return pairs._replace(
        a=convert(pairs.a),
        b=convert(pairs.b),
        a_end=_move_ends(pairs.a_end, convert),
        b_end=_move_ends(pairs.b_end, convert),
    )


def _move_ends(ends: np.ndarray, convert) -> np.ndarray:
    """Convert ends of stretches: the word after the end may belong to another unit."""
    return convert(ends - 1) + 1
