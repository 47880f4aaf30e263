"""Text reuse on a Dask cluster: every worker has some of the words, and what must meet is sent from one to another.

Fingerprints meet by their hash, the links between them by the share of the later place, and with these the words of the
texts that are linked. What finds runs and aligns them is what does so on one machine, so that the rows are the same.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from clippings.fingerprints import Words, hash_words
from clippings.reuse import align_runs
from clippings.runs import (
    RUN,
    Pairs,
    grams_of,
    leaving,
    linked,
    outside,
    place_bits,
    runs_of,
    unit_of,
    wide_places,
    within,
)

SHARE = 4_000_000  # characters of text whose words are one piece of work
SEEN = 30  # bits of a hash, at most, by which is told whether a fingerprint stands once
MOST = 1 << 30  # words up to which as much of a hash is compared as on one machine, which does not hold more
WORD = 10  # bytes of a word when its text is sent: hash, whether a sentence ends there, whether it is part of another


def find_pairs_on(
    client, texts: pd.Series, opens: np.ndarray, light: np.ndarray, *, min_words: int, max_edits: float
) -> tuple[np.ndarray, Words, Pairs]:
    """The pairs of clippings.reuse.find_pairs, found by the workers of a cluster.

    In: a client of dask.distributed; texts, in the order of telling; opens, which of them no stretch may lead into from
    the one before; light, min_words and max_edits as in find_pairs.
    Out: the numbers of the texts that pairs touch, their Words, and Pairs with places in these.
    Raises: what Dask raises when workers are lost again and again. Misses: as find_pairs. Source: as find_pairs;
    shuffles of Dask from worker to worker.
    Example:
        >>> find_pairs_on(client, texts, opens, light, min_words=8, max_edits=0.15)  # doctest: +SKIP
    """
    cuts = _cuts(texts.str.len().to_numpy(), opens)
    shares = [client.submit(_share, texts[a:b].to_list(), opens[a:b]) for a, b in pairwise(cuts)]
    bounds = np.append(0, np.cumsum(np.concatenate(client.gather(client.map(_counts, shares)))))
    heads, units = bounds[cuts], np.unique(np.append(bounds[:-1][opens], bounds[-1]))
    size, numbers = min(RUN, min_words), range(len(shares))
    links = _links(client, shares, heads, size)
    if min_words > size:
        marks = _by_share(client, _frame(client.map(_marks, links, heads=heads)), len(shares))
        wide = client.map(_wide, marks, shares, numbers, heads[:-1], size=size, min_words=min_words)
        links += _links(client, shares, heads, min_words, wide)
    links = _by_share(client, _frame(client.map(_owned, links, heads=heads)), len(shares))
    asked = client.map(_asked, links, numbers, heads[:-1], units=units)
    own = _frame(client.map(_texts, shares, heads[:-1]))
    told = _by_share(client, _frame(asked).merge(own, on="unit", shuffle_method="p2p"), len(shares))
    runs = client.map(_runs, links, told, shares, numbers, heads[:-1], min_words=min_words)
    regions = np.concatenate(client.gather(client.map(_regions, runs)), axis=1)
    limits = {"min_words": min_words, "max_edits": max_edits}
    found = client.gather(client.map(_aligned, runs, regions=regions, light=light, **limits))
    return _touched(Pairs(*map(np.concatenate, zip(*found, strict=True))), texts, bounds)


def _cuts(lengths: np.ndarray, opens: np.ndarray) -> np.ndarray:
    """Where shares of about so many characters begin, and the end of all: none cuts what is read on as one text."""
    at = np.flatnonzero(opens)
    number = (np.cumsum(lengths) - lengths)[at] // SHARE
    return np.append(at[np.append(True, np.diff(number) > 0)[: len(at)]], len(lengths))


def _share(texts: list[str], opens: np.ndarray) -> tuple[Words, np.ndarray]:
    """Words, and where the stretches begin that no run may leave, and the end of all."""
    words = hash_words(texts)
    return words, np.unique(words.texts[np.append(opens, True)])


def _counts(share) -> np.ndarray:
    return np.diff(share[0].texts)


def _frame(tables: list):
    """Tables, futures, as one of Dask."""
    from dask import dataframe, delayed

    return dataframe.from_delayed([delayed(table) for table in tables], verify_meta=False)


def _by_share(client, frame, count: int) -> list:
    """Tables, futures: for each share one that holds its rows, and perhaps those of others."""
    tables = client.compute(frame.shuffle("share", npartitions=count, shuffle_method="p2p").to_delayed())
    held = enumerate(client.gather(client.map(_shares_in, tables)))
    owner = {share: table for table, shares in held for share in shares}
    return [tables[owner.get(share, 0)] for share in range(count)]


def _shares_in(table: pd.DataFrame) -> list[int]:
    return table.share.unique().tolist()


def _links(client, shares: list, heads: np.ndarray, size: int, wide: list | None = None) -> list:
    """Tables, futures, of the links between grams of so many words, each from the later place to an earlier one."""
    wide = wide or [None] * len(shares)
    bits = min(SEEN, int(heads[-1]).bit_length() + 3)
    seen = client.map(_seen, shares, wide, size=size, bits=bits)
    while len(seen) > 1:
        seen = [client.submit(_seen_in, *seen[at : at + 2]) for at in range(0, len(seen), 2)]
    found = client.map(_grams, shares, wide, heads[:-1], seen * len(shares), size=size, bits=bits, total=heads[-1])
    met = _frame(found).shuffle("gram", npartitions=len(shares), shuffle_method="p2p")
    return client.map(_linked, client.compute(met.to_delayed()), size=size)


def _own(share, wide: np.ndarray | None, size: int) -> tuple[np.ndarray, np.ndarray]:
    """The grams of a share and their places."""
    words, units = share
    if wide is None:
        wide = np.setdiff1d(np.arange(max(len(words.hashes) - size + 1, 0)), leaving(units, size), assume_unique=True)
    return grams_of(words.hashes, size, wide), wide


def _seen(share, wide: np.ndarray | None, size: int, bits: int) -> tuple[np.ndarray, np.ndarray]:
    """Bits that say which grams stand in a share, and which more than once, by the first bits of their hashes."""
    cells, counts = np.unique(_own(share, wide, size)[0] >> np.uint64(64 - bits), return_counts=True)
    return _packed(cells, bits), _packed(cells[counts > 1], bits)


def _packed(cells: np.ndarray, bits: int) -> np.ndarray:
    packed, place = np.zeros(1 << (bits - 3), np.uint8), (cells >> np.uint64(3)).astype(np.int64)
    first = np.flatnonzero(np.append(True, np.diff(place) != 0)[: len(place)])
    flags = np.uint8(1) << (cells & np.uint64(7)).astype(np.uint8)
    packed[place[first]] = np.bitwise_or.reduceat(flags, first) if len(first) else flags
    return packed


def _seen_in(one: tuple, other: tuple | None = None) -> tuple[np.ndarray, np.ndarray]:
    return one if other is None else (one[0] | other[0], one[1] | other[1] | one[0] & other[0])


def _grams(share, wide, head: int, seen: tuple, size: int, bits: int, total: int) -> pd.DataFrame:
    """The grams of a share that stand more than once anywhere, and their places among all words."""
    grams, places = _own(share, wide, size)
    cells = grams >> np.uint64(64 - bits)
    again = (seen[1][cells >> np.uint64(3)] >> (cells & np.uint64(7)).astype(np.uint8) & 1).astype(bool)
    return pd.DataFrame({"gram": grams[again] & ~place_bits(min(total, MOST)), "place": places[again] + head})


def _linked(grams: pd.DataFrame, size: int) -> pd.DataFrame:
    grams = grams.sort_values(["gram", "place"])
    gram, place = grams.gram.to_numpy(), grams.place.to_numpy()
    again = np.flatnonzero(gram[1:] == gram[:-1])
    a, b = linked(again, place[again], place[again + 1])
    return pd.DataFrame({"a": a, "b": b, "size": np.full(len(a), size)})


def _marks(links: pd.DataFrame, heads: np.ndarray) -> pd.DataFrame:
    """The places that are linked, with their shares."""
    places = np.union1d(links.a, links.b)
    return pd.DataFrame({"share": unit_of(heads, places), "place": places})


def _wide(marks: pd.DataFrame, share, number: int, head: int, size: int, min_words: int) -> np.ndarray:
    places = marks.place[marks.share == number].to_numpy() - head
    return wide_places(places, len(share[0].hashes), size, min_words)


def _owned(links: pd.DataFrame, heads: np.ndarray) -> pd.DataFrame:
    """The links with the share of the later place."""
    return links.assign(share=unit_of(heads, links.b.to_numpy()))


def _asked(links: pd.DataFrame, number: int, head: int, units: np.ndarray) -> pd.DataFrame:
    """Which stretches of text a share needs besides its own."""
    a = links.a[links.share == number].to_numpy()
    asked = np.unique(units[unit_of(units, a[a < head])])
    return pd.DataFrame({"share": np.full(len(asked), number), "unit": asked})


def _texts(share, head: int) -> pd.DataFrame:
    """The words of each stretch of a share, as bytes, with the number of its first word."""
    words, units = share
    columns = (words.hashes, words.stops, words.inner)
    data = [b"".join(column[a:b].tobytes() for column in columns) for a, b in pairwise(units)]
    return pd.DataFrame({"unit": units[:-1] + head, "words": pd.array(data, dtype=_bytes())})


def _bytes() -> pd.ArrowDtype:
    import pyarrow as pa  # slow to load, and only needed here

    return pd.ArrowDtype(pa.large_binary())


class Some(NamedTuple):
    """Some stretches of all words, put together in their order."""

    words: Words  # of which starts, ends and texts say nothing
    units: np.ndarray  # number of the first word of each stretch, and at the end of all
    heads: np.ndarray  # the same among all words

    def here(self, places: np.ndarray) -> np.ndarray:
        """Places among all words as such among these."""
        unit = unit_of(self.heads, places)
        return self.units[unit] + places - self.heads[unit]

    def there(self, places: np.ndarray) -> np.ndarray:
        unit = unit_of(self.units[:-1], places)
        return self.heads[unit] + places - self.units[unit]

    def holds(self, places: np.ndarray) -> np.ndarray:
        unit = unit_of(self.heads, places)
        return (unit >= 0) & (places - self.heads[unit] < np.diff(self.units)[unit])


def _runs(links: pd.DataFrame, told: pd.DataFrame, share, number: int, head: int, min_words: int) -> tuple:
    """What a share's links lead to: the words, the runs in them, the pieces of lines, and where among all these lie."""
    some = _some(told[told.share == number].sort_values("unit"), share, head)
    links = links[links.share == number]
    a, b = (some.here(links[side].to_numpy()) for side in ("a", "b"))
    keys, small = (b - a) << 32 | a, links["size"].to_numpy() < min_words
    keys = np.concatenate([keys[small], within(keys[~small], min_words)])
    runs, lines, regions = runs_of(keys, some.words.hashes, some.units, min_words)
    return some, runs, lines, np.array([some.there(regions[0]), some.there(regions[1] - 1) + 1])


def _some(told: pd.DataFrame, share, head: int) -> Some:
    """The stretches that were sent, and behind them those of the share."""
    words, units = share
    sizes, columns = [len(data) // WORD for data in told.words], []
    for own, at in ((words.hashes, 0), (words.stops, 8), (words.inner, 9)):
        sent = (np.frombuffer(data, own.dtype, size, at * size) for data, size in zip(told.words, sizes, strict=True))
        columns.append(np.concatenate([*sent, own]))
    hashes, stops, inner = columns
    all_units = np.cumsum([0, *sizes, *np.diff(units)])
    heads = np.append(told.unit.to_numpy(), units[:-1] + head)
    return Some(Words(hashes, units, units, stops, inner, units), all_units, heads)


def _regions(runs: tuple) -> np.ndarray:
    return runs[3]


def _aligned(runs: tuple, regions: np.ndarray, light: np.ndarray, min_words: int, max_edits: float) -> Pairs:
    """The pairs of a share, with places among all words."""
    some, runs, lines, _ = runs
    opening, closing = regions[:, some.holds(regions[0])]
    runs = outside(runs, np.array([some.here(opening), some.here(closing - 1) + 1]))
    pairs = align_runs(some.words, some.units, runs, lines, light, min_words, max_edits)
    a, b, a_end, b_end = (some.there(places) for places in (pairs.a, pairs.b, pairs.a_end - 1, pairs.b_end - 1))
    return pairs._replace(a=a, b=b, a_end=a_end + 1, b_end=b_end + 1)


def _touched(pairs: Pairs, texts: pd.Series, bounds: np.ndarray) -> tuple[np.ndarray, Words, Pairs]:
    """The texts that pairs touch, their words, and the pairs with places in these."""
    change = np.zeros(len(bounds), np.int64)
    for start, end in ((pairs.a, pairs.a_end), (pairs.b, pairs.b_end)):
        np.add.at(change, unit_of(bounds, start), 1)
        np.add.at(change, unit_of(bounds, end - 1) + 1, -1)
    rows = np.flatnonzero(np.cumsum(change)[:-1])
    words = hash_words(texts.iloc[rows])
    some = Some(words, words.texts, bounds[rows])
    a, b, a_end, b_end = (some.here(places) for places in (pairs.a, pairs.b, pairs.a_end - 1, pairs.b_end - 1))
    return rows, words, pairs._replace(a=a, b=b, a_end=a_end + 1, b_end=b_end + 1)
