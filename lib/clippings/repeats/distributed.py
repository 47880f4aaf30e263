"""Text reuse on a Dask cluster: every worker has some of the words, and what must meet is sent from one to another.

Fingerprints meet by their hash, the links between them by the share of the later place, and with these the words of the
texts that are linked. What finds runs and aligns them is what does so on one machine, so that the rows are the same.
"""

from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import pandas as pd

from clippings.repeats.align import Limits, align_runs
from clippings.repeats.arrays import pack_links, run_starts
from clippings.repeats.exact_runs import (
    SEED_WORDS,
    Pairs,
    Regions,
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

SHARE = 4_000_000  # characters of text whose words are one piece of work
SEEN = 30  # bits of a hash, at most, that show whether a fingerprint appears only once
MOST = (
    1 << 30
)  # words up to which as much of a hash is compared as on one machine, which does not hold more
AROUND = (
    "before2",
    "before",
    "first",
    "last",
    "behind",
    "behind2",
)  # words of a gram and beside it
FIRST, LAST, BEFORE, BEHIND = (
    1,
    2,
    4,
    8,
)  # of a link: are its outer words equal, is one beyond one edit?
OPENING, CLOSING = FIRST | BEFORE, LAST | BEHIND
FLAGS = {
    FIRST: [("first", "first")],
    LAST: [("last", "last")],
    BEFORE: [("before2", "before2"), ("before", "before2"), ("before2", "before")],
    BEHIND: [("behind2", "behind2"), ("behind", "behind2"), ("behind2", "behind")],
}
WORD = 10  # bytes of a word when its text is sent: hash, whether a sentence ends there, whether it is part of another


class Share(NamedTuple):
    """Some of the texts: a piece of work."""

    words: Words
    units: (
        np.ndarray
    )  # number of the first word of each stretch that no run may leave, and at the end of all
    number: int


def find_pairs_on(
    client, texts: pd.Series, opens: np.ndarray, limits: Limits
) -> tuple[np.ndarray, Words, Pairs]:
    """The pairs of clippings.repeats.align.find_pairs, found by the workers of a cluster.

    In: a client of dask.distributed; texts, in the order of telling; opens, which of them no stretch may lead into from
    the one before; limits.
    Out: the numbers of the texts that pairs touch, their Words, and Pairs with places in these.
    Raises: what Dask raises when workers are lost again and again. Misses: as find_pairs. Source: as find_pairs;
    shuffles of Dask from worker to worker.
    Example:
        >>> find_pairs_on(client, texts, opens, Limits(8, 0.15, light))  # doctest: +SKIP
    """
    cuts = _cuts(texts.str.len().to_numpy(), opens)
    shares = [
        client.submit(_share, texts[a:b].to_list(), opens[a:b], n)
        for n, (a, b) in enumerate(pairwise(cuts))
    ]
    counts = client.map(lambda share: np.diff(share.words.text_bounds), shares)
    bounds = np.append(0, np.cumsum(np.concatenate(client.gather(counts))))
    # Data that all workers need is a future: sent along with maps, large data would get one name in all of them.
    units = client.submit(np.asarray, np.unique(np.append(bounds[:-1][opens], bounds[-1])))
    heads = client.submit(np.asarray, bounds[cuts])
    min_words, size, numbers = (
        limits.min_words,
        min(SEED_WORDS, limits.min_words),
        range(len(shares)),
    )
    bits = min(SEEN, int(bounds[-1]).bit_length() + 3)
    links = _links(client, shares, heads, size, bits)
    if min_words > size:
        marks = _by_share(client, client.map(_marks, links, heads=heads), len(shares))
        wide = client.map(_wide, marks, shares, heads=heads, min_words=min_words)
        links += _links(client, shares, heads, min_words, bits, wide)
    links = _by_share(client, client.map(_owned, links, heads=heads), len(shares))
    runs = client.map(_runs, links, numbers, units=units, min_words=min_words)
    regions = client.submit(np.concatenate, client.map(itemgetter(2), runs), axis=1)
    runs = client.map(
        lambda found, regions: (outside_regions(found[0], Regions(*regions)), found[1]),
        runs,
        regions=regions,
    )
    asked = _by_share(
        client, client.map(_asked, runs, numbers, units=units, heads=heads), len(shares)
    )
    told = _by_share(client, client.map(_told, asked, shares, heads=heads), len(shares))
    found = client.gather(client.map(_aligned, runs, told, shares, heads=heads, limits=limits))
    return _touched(Pairs(*map(np.concatenate, zip(*found, strict=True))), texts, bounds)


def _cuts(lengths: np.ndarray, opens: np.ndarray) -> np.ndarray:
    """Return the starts of shares of about so many characters, and the end of all; no share cuts a text."""
    at = np.flatnonzero(opens)
    number = (np.cumsum(lengths) - lengths)[at] // SHARE
    return np.append(at[run_starts(number)], len(lengths))


def _share(texts: list[str], opens: np.ndarray, number: int) -> Share:
    words = hash_words(texts)
    return Share(words, np.unique(words.text_bounds[np.append(opens, True)]), number)


def _shuffled(client, tables: list, column: str) -> list:
    """As many tables, futures, with the same rows; those that agree in the column are in one."""
    from dask import dataframe, delayed

    frame = dataframe.from_delayed([delayed(table) for table in tables], verify_meta=False)
    return client.compute(
        frame.shuffle(column, npartitions=len(tables), shuffle_method="p2p").to_delayed()
    )


def _by_share(client, tables: list, count: int) -> list:
    """Tables, futures: for each share one that contains its rows, and perhaps those of others."""
    tables = _shuffled(client, tables, "share")
    held = enumerate(client.gather(client.map(lambda table: table.share.unique().tolist(), tables)))
    owner = {share: table for table, shares in held for share in shares}
    return [tables[owner.get(share, 0)] for share in range(count)]


def _links(client, shares: list, heads, size: int, bits: int, wide: list | None = None) -> list:
    """Tables, futures, of the links between grams of so many words, each from the later place to an earlier one."""
    wide = wide or [None] * len(shares)
    seen = client.map(_seen, shares, wide, size=size, bits=bits)
    while len(seen) > 1:
        seen = [client.submit(_seen_in, *seen[at : at + 2]) for at in range(0, len(seen), 2)]
    found = client.map(_grams, shares, wide, seen=seen[0], size=size, bits=bits, heads=heads)
    return client.map(_linked, _shuffled(client, found, "gram"), size=size)


def _own(share: Share, wide: np.ndarray | None, size: int) -> tuple[np.ndarray, np.ndarray]:
    """The grams of a share and their places."""
    hashes = share.words.hashes
    if wide is None:
        places = np.arange(max(len(hashes) - size + 1, 0))
        wide = np.setdiff1d(places, places_near_unit_ends(share.units, size), assume_unique=True)
    return hash_grams(hashes, size, wide), wide


def _seen(
    share: Share, wide: np.ndarray | None, size: int, bits: int
) -> tuple[np.ndarray, np.ndarray]:
    """Bits that say which grams appear in a share, and which more than once, by the first bits of their hashes."""
    cells, counts = np.unique(
        _own(share, wide, size)[0] >> np.uint64(64 - bits), return_counts=True
    )
    return _packed(cells, bits), _packed(cells[counts > 1], bits)


def _packed(cells: np.ndarray, bits: int) -> np.ndarray:
    packed, place = np.zeros(1 << (bits - 3), np.uint8), (cells >> np.uint64(3)).astype(np.int64)
    first = np.flatnonzero(run_starts(place))
    flags = np.uint8(1) << (cells & np.uint64(7)).astype(np.uint8)
    packed[place[first]] = np.bitwise_or.reduceat(flags, first) if len(first) else flags
    return packed


def _seen_in(one: tuple, other: tuple | None = None) -> tuple[np.ndarray, np.ndarray]:
    return one if other is None else (one[0] | other[0], one[1] | other[1] | one[0] & other[0])


def _grams(
    share: Share, wide, seen: tuple, size: int, bits: int, heads: np.ndarray
) -> pd.DataFrame:
    """The grams of a share that appear more than once anywhere, their places among all words, and words around them."""
    units, (grams, places) = share.units, _own(share, wide, size)
    cells = grams >> np.uint64(64 - bits)
    again = (seen[1][cells >> np.uint64(3)] >> (cells & np.uint64(7)).astype(np.uint8) & 1).astype(
        bool
    )
    grams, places = grams[again], places[again]
    table = {
        "gram": grams & ~place_mask(min(heads[-1], MOST)),
        "place": places + heads[share.number],
    }
    unit = unit_of(units, places)
    for name, shift in zip(AROUND, (-2, -1, 0, size - 1, size, size + 1), strict=True):
        at = places + shift
        inside = (at >= units[unit]) & (at < units[unit + 1])
        table[name] = np.where(
            inside, share.words.hashes.take(at, mode="clip") >> np.uint64(32), 0
        ).astype(np.uint32)
    return pd.DataFrame(table)


def _linked(grams: pd.DataFrame, size: int) -> pd.DataFrame:
    """Links, each with a byte: are the outer words equal, is one behind an edit, before it and after it?"""
    grams = grams.sort_values(["gram", "place"])
    gram, place = grams.gram.to_numpy(), grams.place.to_numpy()
    again = np.flatnonzero(gram[1:] == gram[:-1])
    one, other = link_occurrences(again, again, again + 1)
    left, right = ({name: grams[name].to_numpy()[rows] for name in AROUND} for rows in (one, other))

    def equal(mine: str, theirs: str) -> np.ndarray:
        return (left[mine] == right[theirs]) & (left[mine] != 0)

    flags = np.zeros(len(one), np.uint8)
    for bit, pairs in FLAGS.items():
        flags |= np.logical_or.reduce([equal(*pair) for pair in pairs]) * np.uint8(bit)
    return pd.DataFrame(
        {
            "a": place[one],
            "b": place[other],
            "size": np.full(len(one), size, np.int8),
            "beside": flags,
        }
    )


def _marks(links: pd.DataFrame, heads: np.ndarray) -> pd.DataFrame:
    """The places that are linked, with their shares."""
    places = np.union1d(links.a, links.b)
    return pd.DataFrame({"share": unit_of(heads, places), "place": places})


def _wide(marks: pd.DataFrame, share: Share, heads: np.ndarray, min_words: int) -> np.ndarray:
    places = marks.place[marks.share == share.number].to_numpy() - heads[share.number]
    return fully_linked_places(places, len(share.words.hashes), SEED_WORDS, min_words)


def _owned(links: pd.DataFrame, heads: np.ndarray) -> pd.DataFrame:
    """The links with the share of the later place."""
    return links.assign(share=unit_of(heads, links.b.to_numpy()))


class Some(NamedTuple):
    """A selection of stretches of words, joined in their order."""

    words: Words | None  # without their starts, ends and texts
    units: np.ndarray  # number of the first word of each stretch, and at the end of all
    heads: np.ndarray  # the same among all words

    def here(self, places: np.ndarray) -> np.ndarray:
        """Convert places among all words into places among the selected stretches."""
        unit = unit_of(self.heads, places)
        return self.units[unit] + places - self.heads[unit]

    def there(self, places: np.ndarray) -> np.ndarray:
        """Convert places among the selected stretches into places among all words."""
        unit = unit_of(self.units[:-1], places)
        return self.heads[unit] + places - self.units[unit]


def _runs(
    links: pd.DataFrame, number: int, units: np.ndarray, min_words: int
) -> tuple[Pairs, Pairs, np.ndarray]:
    """Runs, the pieces of lines, and where these lie, from the links of a share, with places among all words."""
    links, size = links[links.share == number], min(SEED_WORDS, min_words)
    own = np.unique(unit_of(units, links[["a", "b"]].to_numpy().ravel()))
    some = Some(None, np.cumsum([0, *(units[own + 1] - units[own])]), units[own])
    a, b, flags = (
        some.here(links.a.to_numpy()),
        some.here(links.b.to_numpy()),
        links.beside.to_numpy(),
    )
    keys, wide = pack_links(a, b), links["size"].to_numpy() > size
    inner = np.zeros(
        (wide.sum(), min_words - size + 1), np.uint8
    )  # what is beside the wide is beside its ends
    inner[:, 0], inner[:, -1] = flags[wide] & OPENING, flags[wide] & CLOSING
    keys, flags = (
        np.append(keys[~wide], expand_links(keys[wide], min_words)),
        np.append(flags[~wide], inner),
    )
    order = np.argsort(keys, kind="stable")
    new = np.flatnonzero(run_starts(keys[order]))
    keys, flags = keys[order][new], np.bitwise_or.reduceat(flags[order], new) if len(new) else flags
    a, b, length, first = assemble_runs(keys, size)
    opening, closing = flags[first], flags[np.append(first[1:], len(keys))[: len(first)] - 1]
    equal = (opening & FIRST > 0) & (closing & LAST > 0)
    kept = equal & ((length >= min_words) | (opening & BEFORE > 0) | (closing & BEHIND > 0))
    runs, lines, regions = split_runs(a[kept], b[kept], length[kept], some.units, min_words)
    there = np.array([some.there(regions.starts), some.there(regions.ends - 1) + 1])
    return _moved(runs, some.there), _moved(lines, some.there), there


def _moved(pairs: Pairs, places) -> Pairs:
    """Pairs with other numbers for their places."""
    a, b, a_end, b_end = (places(at) for at in (pairs.a, pairs.b, pairs.a_end - 1, pairs.b_end - 1))
    return pairs._replace(a=a, b=b, a_end=a_end + 1, b_end=b_end + 1)


def _asked(runs: tuple, number: int, units: np.ndarray, heads: np.ndarray) -> pd.DataFrame:
    """Return which stretches of text a share needs besides its own, and who has them."""
    a = runs[0].a[runs[0].a < heads[number]]
    unit = np.unique(units[unit_of(units, a)])
    return pd.DataFrame(
        {"share": unit_of(heads, unit), "unit": unit, "asker": np.full(len(unit), number)}
    )


def _told(asked: pd.DataFrame, share: Share, heads: np.ndarray) -> pd.DataFrame:
    """Return the words of requested stretches of a share, as bytes, for those who asked."""
    import pyarrow as pa  # slow to load, and only needed here

    (words, units, number), asked = share, asked[asked.share == share.number]
    columns, unit = (
        (words.hashes, words.ends_clause, words.continues),
        unit_of(units, asked.unit.to_numpy() - heads[number]),
    )
    data = [
        b"".join(column[units[at] : units[at + 1]].tobytes() for column in columns) for at in unit
    ]
    told = pd.array(data, dtype=pd.ArrowDtype(pa.large_binary()))
    return pd.DataFrame(
        {"share": asked.asker.to_numpy(), "unit": asked.unit.to_numpy(), "words": told}
    )


def _some(told: pd.DataFrame, share: Share, heads: np.ndarray) -> Some:
    """Return the stretches that were sent, followed by those of the share."""
    words, units, number = share
    sizes, columns = [len(data) // WORD for data in told.words], []
    for own, at in ((words.hashes, 0), (words.ends_clause, 8), (words.continues, 9)):
        sent = (
            np.frombuffer(data, own.dtype, size, at * size)
            for data, size in zip(told.words, sizes, strict=True)
        )
        columns.append(np.concatenate([*sent, own]))
    hashes, stops, inner = columns
    all_units = np.cumsum([0, *sizes, *np.diff(units)])
    heads = np.append(told.unit.to_numpy(), units[:-1] + heads[number])
    return Some(Words(hashes, units, units, stops, inner, units), all_units, heads)


def _aligned(
    runs: tuple, told: pd.DataFrame, share: Share, heads: np.ndarray, limits: Limits
) -> Pairs:
    """The pairs of a share, with places among all words."""
    some = _some(told[told.share == share.number].sort_values("unit"), share, heads)
    runs, lines = (_moved(pairs, some.here) for pairs in runs)
    return _moved(align_runs(some.words, some.units, runs, lines, limits), some.there)


def _touched(pairs: Pairs, texts: pd.Series, bounds: np.ndarray) -> tuple[np.ndarray, Words, Pairs]:
    """The texts that pairs touch, their words, and the pairs with places in these."""
    change = np.zeros(len(bounds), np.int64)
    for start, end in ((pairs.a, pairs.a_end), (pairs.b, pairs.b_end)):
        np.add.at(change, unit_of(bounds, start), 1)
        np.add.at(change, unit_of(bounds, end - 1) + 1, -1)
    rows = np.flatnonzero(np.cumsum(change)[:-1])
    words = hash_words(texts.iloc[rows])
    some = Some(words, words.text_bounds, bounds[rows])
    return rows, words, _moved(pairs, some.here)
