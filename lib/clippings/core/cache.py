"""What was found in single articles, kept in Parquet files, so that a later run looks only at what is new.

A part is a folder with the tables of some articles and, in keys.parquet, what the rows of each rest on: the article,
the codebook, the library. A row whose key is no longer asked for is passed over.
"""

import hashlib
import re
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd

from clippings.core.atomic import aside, discard
from clippings.core.errors import BadInput, install
from clippings.core.tables import COLUMNS

FULL, MANY = (
    5000,
    16,
)  # articles of a part, where small parts are put together; how many small ones there may be
HASH = "[0-9a-f]" * 24  # in the names of what is ours in the folder: all else is left alone
NUMBER = re.compile(r"\d+")
CITING = (
    "because",
    "likely_because",
    "refused",
    "problem",
)  # columns of dates that cite rows of constraints


def cache_folder(folder) -> Path | None:
    """The folder in which to keep what is found.

    In: folder, or None. Out: its path, or None. Raises: BadInput when what writes Parquet is not installed.
    Misses: nothing. Source: none.
    Example:
        >>> cache_folder(None), cache_folder("out/kept").name
        (None, 'kept')
    """
    if folder and not find_spec("pyarrow"):
        raise BadInput(f"nothing can be kept in {folder}: {install('tables')}, or leave out kept")
    return Path(folder) if folder else None


def article_keys(articles: pd.DataFrame, codebook: dict[str, pd.DataFrame]) -> dict[str, str]:
    """What all that is found in each single article rests on, as a hash.

    In: articles; codebook, whose decisions do not count: they are applied later. Out: dict article → key; another
    text, day, outlet, row of the codebook or version of the library makes another key.
    Raises: nothing. Misses: versions of other packages. Source: SHA-256.
    Example:
        >>> article_keys(pd.DataFrame({"article": ["a"]}), {}) == article_keys(pd.DataFrame({"article": ["b"]}), {})
        False
    """
    common = hashlib.sha256(library_key().encode())
    for name in sorted(codebook.keys() - {"verdicts", "articles"}):
        common.update(f"{name}\0{codebook[name].to_csv()}\0".encode())
    found = {}
    for row in articles.itertuples(index=False):
        key = common.copy()
        key.update(repr(tuple(row)).encode())
        found[row.article] = key.hexdigest()
    return found


@cache
def library_key() -> str:
    """What the library's code and word lists are, as a hash.

    In: nothing. Out: a string. Raises: OSError. Misses: the packages that it uses. Source: SHA-256.
    Example:
        >>> len(library_key())
        24
    """
    files = sorted(
        path for path in Path(__file__).parents[1].rglob("*") if path.suffix in (".py", ".csv")
    )
    return _hash(b"\0".join(path.read_bytes() for path in files))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:24]


def keep(folder: Path, tables: dict[str, pd.DataFrame], keys: dict[str, str]) -> None:
    """Write the tables of some articles as a part.

    In: folder; tables, name → table; keys of the articles. Out: nothing. Raises: OSError; ImportError without pyarrow.
    Misses: nothing. Source: none.
    Example:
        >>> keep(Path("kept"), {}, {})
    """
    if not keys:
        return
    folder.mkdir(parents=True, exist_ok=True)
    name = f"part-{_hash(repr(sorted(keys.items())).encode())}"
    if (folder / name).exists():
        return
    with aside(folder / name) as part:
        part.mkdir()
        for table, rows in tables.items():
            rows.to_parquet(part / f"{table}.parquet", index=False)
        pd.DataFrame({"article": list(keys), "key": list(keys.values())}).to_parquet(
            part / "keys.parquet"
        )


def read_cached(
    folder: Path, keys: dict[str, str], names: tuple[str, ...]
) -> dict[str, pd.DataFrame]:
    """The tables of those names that were kept of some articles, joined.

    In: folder; keys, of the articles; names. Out: a dict table name → table, as join has it.
    Raises: RuntimeError when some of the articles are no longer there. Misses: nothing. Source: none.
    Example:
        >>> read_cached(Path("no such folder"), {"a": "1"}, ("times",))
        Traceback (most recent call last):
        RuntimeError: no such folder was damaged, or changed by another run: run again, it is mended on the way
    """
    from pyarrow import default_memory_pool  # slow to load, and only needed here

    parts, left = [], set(keys)
    for path, own, count in _parts(folder, keys, names):
        try:
            parts.append({name: _rows(path / f"{name}.parquet", own, count) for name in names})
        except (OSError, ValueError):
            discard(path)
            break
        left -= own
        default_memory_pool().release_unused()
    if left:
        raise RuntimeError(
            f"{folder} was damaged, or changed by another run: run again, it is mended on the way"
        )
    joined = join(parts, names)
    default_memory_pool().release_unused()
    return joined


def cached_articles(folder: Path, keys: dict[str, str], names: tuple[str, ...]) -> set[str]:
    """The articles of which tables of those names were kept.

    In: folder, which need not be there; keys, of the articles that are wanted; names. Out: a set. Parts that nothing is
    wanted of, or that cannot be read, are deleted.
    Raises: ImportError without pyarrow. Misses: what is damaged within a file. Source: none.
    Example:
        >>> cached_articles(Path("no such folder"), {"a": "1"}, ("passages",))
        set()
    """
    return set().union(*(own for _, own, _ in _parts(folder, keys, names)))


def _parts(
    folder: Path, keys: dict[str, str], names: tuple[str, ...]
) -> list[tuple[Path, set[str], int]]:
    """Parts, the articles of each that are wanted, and how many it holds; in the order of the articles."""
    from pyarrow.parquet import read_schema  # slow to load, and only needed here

    parts, found = [], set()
    for path in folder.glob(f"part-{HASH}/"):
        try:
            listed = pd.read_parquet(path / "keys.parquet")
            own = {
                a for a, key in zip(listed.article, listed.key, strict=True) if keys.get(a) == key
            } - found
            for name in names:
                read_schema(path / f"{name}.parquet")
        except (
            OSError,
            ValueError,
            AttributeError,
        ):  # cut short by a machine that stopped, or by hand
            own = set()
        if own:
            parts.append((path, own, len(listed)))
            found |= own
        else:
            discard(path)
    return sorted(parts, key=lambda part: min(part[1]))


def _rows(path: Path, articles: set[str], count: int) -> pd.DataFrame:
    table = pd.read_parquet(path).astype(COLUMNS.get(path.stem, {}))
    return table if len(articles) == count else table[table.article.isin(articles)]


def tidy(folder: Path, keys: dict[str, str], names: tuple[str, ...]) -> None:
    """Put small parts together, where there are many.

    In: folder; keys, of the articles that are wanted; names of the tables. Out: nothing. Raises: as keep and read_cached.
    Misses: nothing. Source: none.
    Example:
        >>> tidy(Path("no such folder"), {}, ("passages",))
    """
    small = [part for part in _parts(folder, keys, names) if len(part[1]) < FULL / 2]
    if len(small) <= MANY:
        return
    sizes = np.cumsum([len(own) for _, own, _ in small])
    for number in np.unique((sizes - 1) // FULL):
        some = [
            part for part, size in zip(small, sizes, strict=True) if (size - 1) // FULL == number
        ]
        tables = [
            {name: _rows(path / f"{name}.parquet", own, count) for name in names}
            for path, own, count in some
        ]
        keep(folder, join(tables, names), {name: keys[name] for _, own, _ in some for name in own})
        for path, _, _ in some:
            discard(path)


def join(parts: list[dict[str, pd.DataFrame]], names: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    """The tables of parts as one, sorted by article, fresh index; dates cites the rows of the joined constraints.

    In: dicts table name → table, no article in two of them, constraints with the row numbers that dates cites; names of the
    tables to join, which are taken out of the parts: else they would be in memory twice. Out: a dict.
    Raises: nothing. Misses: nothing. Source: none.
    Example:
        >>> parts = [{"times": pd.DataFrame({"article": ["b"]})}, {"times": pd.DataFrame({"article": ["a"]})}]
        >>> join(parts, ("times",))["times"].article.tolist(), parts
        (['a', 'b'], [{}, {}])
    """
    joined = {}
    numbers = [
        (part["constraints"].index.to_numpy(), len(part["dates"]))
        for part in parts
        if "dates" in names
    ]
    for name in names:
        table = pd.concat([part.pop(name) for part in parts], ignore_index=True)
        row, articles = pd.factorize(table.article)
        place = np.argsort(np.argsort(articles.to_numpy(dtype="object")))[row]
        joined[name] = (
            table if (np.diff(place) >= 0).all() else table.iloc[np.argsort(place, kind="stable")]
        )
    if numbers:
        joined["dates"] = _cited_anew(joined["dates"], joined["constraints"], numbers)
    return {name: table.reset_index(drop=True) for name, table in joined.items()}


def _cited_anew(
    dates: pd.DataFrame, constraints: pd.DataFrame, numbers: list[tuple]
) -> pd.DataFrame:
    """The table dates with citations of the joined constraints, from the numbers that the rows of constraints had in each part
    and how many rows of dates it had; both tables still have the numbers that they had when they were put together.
    """
    above = np.cumsum([0, *(rows.max(initial=-1) + 1 for rows, _ in numbers)])
    old = np.concatenate([rows + more for (rows, _), more in zip(numbers, above, strict=False)])
    new = np.zeros(above[-1], np.int64)
    new[old[constraints.index]] = range(len(constraints))
    shift = np.repeat(above[:-1], [count for _, count in numbers])[dates.index]
    moved = {}
    for name in CITING:
        texts = dates[name].tolist()
        for at in np.flatnonzero((dates[name] != "").to_numpy()):
            texts[at] = NUMBER.sub(
                lambda found, more=shift[at]: str(new[int(found[0]) + more]), texts[at]
            )
        moved[name] = pd.Series(texts, dates.index, dtype="str")
    return dates.assign(**moved)


def whole(
    folder: Path | None, name: str, rests_on: list, find: Callable, begin=lambda find: find
) -> Callable:
    """What gives a table that rests on all articles together: read where it was kept, else found and kept.

    In: folder or None; the table's name; what it rests on; find, a function without arguments; begin, which is called
    with it at once where it is needed and gives what ends it. Out: a function without arguments.
    Raises: what begin raises; what is given raises what find does. Misses: nothing. Source: none.
    Example:
        >>> whole(None, "repeats", [], lambda: 1)()
        1
    """
    if folder is None:
        return begin(find)
    path = folder / f"{name}-{_hash(repr(rests_on).encode())}.parquet"
    with suppress(OSError, ValueError):
        table = pd.read_parquet(path).astype(COLUMNS[name])
        return lambda: table
    made = begin(partial(_find_and_keep, find, path, name))
    return lambda: made() or pd.read_parquet(path).astype(COLUMNS[name])


def _find_and_keep(find: Callable, path: Path, name: str) -> None:
    """What another process finds is read from the disk: sent, it would be in memory three times."""
    _replace(path.parent, name, path.name, find())


def read_known(folder: Path, name: str) -> dict[str, tuple]:
    """What is known of texts, by their hashes, from earlier runs of this version of the library.

    In: folder; a name. Out: dict key → values; empty where nothing was kept, or not by this version.
    Raises: ImportError without pyarrow. Misses: nothing. Source: none.
    Example:
        >>> read_known(Path("no such folder"), "headlines")
        {}
    """
    try:
        table = pd.read_parquet(folder / f"{name}-{library_key()}.parquet")
    except (OSError, ValueError):
        return {}
    key, *values = (table[column].tolist() for column in table)
    return dict(zip(key, zip(*values, strict=True), strict=True))


def keep_known(folder: Path, name: str, known: dict[str, tuple]) -> None:
    """Write what is known of texts, in place of what was kept before.

    In: folder; a name; dict key → values. Out: nothing. Raises: OSError; ImportError without pyarrow. Misses: nothing.
    Source: none.
    Example:
        >>> import tempfile
        >>> folder = Path(tempfile.mkdtemp())
        >>> keep_known(folder, "headlines", {"a": ("Road closed", "en")})
        >>> read_known(folder, "headlines")
        {'a': ('Road closed', 'en')}
    """
    values = zip(*known.values(), strict=True)
    table = pd.DataFrame(
        {"key": list(known), **{str(at): list(column) for at, column in enumerate(values)}}
    )
    _replace(folder, name, f"{name}-{library_key()}.parquet", table)


def _replace(folder: Path, name: str, file: str, table: pd.DataFrame) -> None:
    """A table written in place of all of its name."""
    folder.mkdir(parents=True, exist_ok=True)
    with aside(folder / file) as part:
        table.to_parquet(part, index=False)
    for old in set(folder.glob(f"{name}-{HASH}.parquet")) - {folder / file}:
        discard(old)
