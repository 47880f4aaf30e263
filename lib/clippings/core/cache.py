"""A cache of results in Parquet files, so that later runs process only new articles.

A part of the cache is a folder with the tables of several articles and a file keys.parquet. This
file contains a key for each article: a hash of the article, the codebook and the library. Rows
whose keys are no longer used are ignored. Tables that depend on all articles together are stored in
one file each.

After `use_cache(folder)`, functions decorated with `@cacheable` check the folder before they
compute a result. In this way, the notebooks of one report share their results.
"""

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial, wraps
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from clippings.core.atomic import atomic_write, discard
from clippings.core.errors import BadInput, install
from clippings.core.joins import join_tables
from clippings.core.tables import COLUMNS

PACKAGE = Path(__file__).parents[1]
PART_ARTICLES = 5000  # articles of a part into which small parts are merged
MOST_SMALL_PARTS = 16  # small parts that need no merging: reading each takes a few milliseconds
# Patterns for the names of our files; all other files in the folder are left alone.
HASH_GLOB = "[0-9a-f]" * 24
CALL_GLOB = f"call-{HASH_GLOB}-*-{HASH_GLOB}.parquet"  # files of cacheable functions


def cache_folder(folder: str | Path | None) -> Path | None:
    """Check whether results can be cached in a folder.

    Parameters
    ----------
    folder : str or Path, optional
        The folder, which need not exist.

    Returns
    -------
    Path or None
        Its path; None if there is no cache.

    Raises
    ------
    BadInput
        When pyarrow, which writes Parquet, is not installed.

    Examples
    --------
    >>> print(cache_folder(None), cache_folder("out/cache").name)
    None cache
    """
    if folder and not find_spec("pyarrow"):
        raise BadInput(f"cannot use a cache in {folder}: {install('tables')}, or omit cache_dir")
    return Path(folder) if folder else None


def article_keys(articles: pd.DataFrame, codebook: dict[str, pd.DataFrame]) -> dict[str, str]:
    """Hash everything that the results for each article depend on.

    Parameters
    ----------
    articles : pandas.DataFrame
        The articles.
    codebook : dict of str to pandas.DataFrame
        The codebook. Verdicts are not part of the key, because they are applied to cached results.

    Returns
    -------
    dict of str to str
        The key for each article id. A key changes if the text, date or outlet of the article, a row
        of the codebook or the version of the library changes.

    Notes
    -----
    Versions of other packages are not part of the key.
    """
    common = hashlib.sha256(library_key().encode())
    for name in sorted(codebook.keys() - {"verdicts", "articles"}):
        common.update(f"{name}\0{codebook[name].to_csv()}\0".encode())
    keys = {}
    for row in articles.itertuples(index=False):
        key = common.copy()
        key.update(repr(tuple(row)).encode())
        keys[row.article] = key.hexdigest()
    return keys


@cache
def library_key() -> str:
    """Hash the code and the word lists of the library.

    Returns
    -------
    str
        24 hexadecimal digits.

    Examples
    --------
    >>> len(library_key())
    24
    """
    files = sorted(path for path in PACKAGE.rglob("*") if path.suffix in (".py", ".csv"))
    return _hash(b"\0".join(path.read_bytes() for path in files))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:24]


def write_part(folder: Path, tables: dict[str, pd.DataFrame], keys: dict[str, str]) -> None:
    """Write the tables of several articles as a part of the cache.

    Parameters
    ----------
    folder : Path
        The cache.
    tables : dict of str to pandas.DataFrame
        Tables by name.
    keys : dict of str to str
        The keys of their articles.
    """
    if not keys:
        return
    folder.mkdir(parents=True, exist_ok=True)
    name = f"part-{_hash(repr(sorted(keys.items())).encode())}"
    if (folder / name).exists():
        return
    with atomic_write(folder / name) as part:
        part.mkdir()
        for table, rows in tables.items():
            rows.to_parquet(part / f"{table}.parquet", index=False)
        listed = pd.DataFrame({"article": list(keys), "key": list(keys.values())})
        listed.to_parquet(part / "keys.parquet")


def read_parts(
    folder: Path, keys: dict[str, str], names: tuple[str, ...]
) -> dict[str, pd.DataFrame]:
    """Read the cached tables of several articles and join them.

    Parameters
    ----------
    folder : Path
        The cache.
    keys : dict of str to str
        The cache keys of the articles to read.
    names : tuple of str
        The names of the tables to read.

    Returns
    -------
    dict of str to pandas.DataFrame
        Tables by name, as `join_tables` returns them.

    Raises
    ------
    RuntimeError
        If some of the articles are no longer in the cache. Run again to recompute them.
    """
    from pyarrow import default_memory_pool  # slow to import, and needed only here

    parts = []
    missing = set(keys)
    for part in _parts(folder, keys, names):
        try:
            parts.append({name: _rows(part, name) for name in names})
        except (OSError, ValueError):
            discard(part.path)
            break
        missing -= part.wanted
        default_memory_pool().release_unused()
    if missing:
        raise RuntimeError(
            f"the cache {folder} was damaged or changed by another run; run again to repair it"
        )
    joined = join_tables(parts, names)
    default_memory_pool().release_unused()
    return joined


def cached_articles(folder: Path, keys: dict[str, str], names: tuple[str, ...]) -> set[str]:
    """Return the articles whose tables are cached.

    Parameters
    ----------
    folder : Path
        The cache, which need not exist.
    keys : dict of str to str
        The cache keys of the articles to read.
    names : tuple of str
        The names of the tables to read.

    Returns
    -------
    set of str
        Article ids.

    Notes
    -----
    Parts that are not needed or cannot be read are deleted.
    """
    return set().union(*(part.wanted for part in _parts(folder, keys, names)))


class _Part(NamedTuple):
    """A folder of the cache with the tables of some articles."""

    path: Path
    wanted: set[str]  # the requested articles in it
    size: int  # number of all articles in it


def _parts(folder: Path, keys: dict[str, str], names: tuple[str, ...]) -> list[_Part]:
    """List the parts that contain requested articles, sorted by the first of these."""
    from pyarrow.parquet import read_schema  # slow to import, and needed only here

    parts = []
    seen: set[str] = set()
    for path in folder.glob(f"part-{HASH_GLOB}/"):
        wanted: set[str] = set()
        size = 0
        # A part may be incomplete after a crash, or because someone edited it.
        with suppress(OSError, ValueError, AttributeError):
            listed = pd.read_parquet(path / "keys.parquet")
            for name in names:
                read_schema(path / f"{name}.parquet")
            size = len(listed)
            for article, key in zip(listed.article, listed.key, strict=True):
                if keys.get(article) == key and article not in seen:
                    wanted.add(article)
        if wanted:
            parts.append(_Part(path, wanted, size))
            seen |= wanted
        else:
            discard(path)
    return sorted(parts, key=lambda part: min(part.wanted))


def _rows(part: _Part, name: str) -> pd.DataFrame:
    """Return the rows of a part's table that belong to the requested articles."""
    table = pd.read_parquet(part.path / f"{name}.parquet").astype(COLUMNS.get(name, {}))
    if len(part.wanted) == part.size:
        return table
    return table[table.article.isin(part.wanted)]


def merge_small_parts(folder: Path, keys: dict[str, str], names: tuple[str, ...]) -> None:
    """Merge small parts of the cache if there are many, because reading each part takes time.

    Parameters
    ----------
    folder : Path
        The cache.
    keys : dict of str to str
        The cache keys of the articles to read.
    names : tuple of str
        The tables of each part.
    """
    small = [part for part in _parts(folder, keys, names) if len(part.wanted) < PART_ARTICLES / 2]
    if len(small) <= MOST_SMALL_PARTS:
        return
    last = np.cumsum([len(part.wanted) for part in small])
    groups = (last - 1) // PART_ARTICLES
    for group in np.unique(groups):
        merged = [small[number] for number in np.flatnonzero(groups == group)]
        if len(merged) == 1:
            continue  # a part merged with no other would have its own name, and be discarded
        tables = []
        merged_keys = {}
        for part in merged:
            tables.append({name: _rows(part, name) for name in names})
            merged_keys |= {article: keys[article] for article in part.wanted}
        write_part(folder, join_tables(tables, names), merged_keys)
        for part in merged:
            discard(part.path)


def cached_table(
    folder: Path | None,
    name: str,
    rests_on: list,
    find: Callable[[], pd.DataFrame],
    *,
    start: Callable[[Callable], Callable] = lambda find: find,
) -> Callable[[], pd.DataFrame]:
    """Read a table that depends on all articles from the cache, or compute and cache it.

    Parameters
    ----------
    folder : Path or None
        The cache; if None, the table is computed every time.
    name : str
        The table's name.
    rests_on : list
        Everything that the table depends on; its `repr` is hashed.
    find : callable
        A function without arguments that computes the table.
    start : callable
        A function that is called immediately with `find` if the table must be computed. It returns
        a function that waits for the result. By default, the table is computed when the result is
        requested.

    Returns
    -------
    callable
        A function without arguments that returns the table.
    """
    if folder is None:
        return start(find)
    path = folder / f"{name}-{_hash(repr(rests_on).encode())}.parquet"
    with suppress(OSError, ValueError):
        table = pd.read_parquet(path).astype(COLUMNS[name])
        return lambda: table
    finish = start(partial(_find_and_write, find, path, name))

    def read() -> pd.DataFrame:
        finish()
        return pd.read_parquet(path).astype(COLUMNS[name])

    return read


def _find_and_write(find: Callable[[], pd.DataFrame], path: Path, name: str) -> None:
    """Compute a table and write it; sending it between processes would take too much memory."""
    _replace_table(path.parent, name, path.name, find())


def read_result(folder: Path, rests_on: list) -> dict[str, pd.DataFrame] | None:
    """Read all tables of an earlier run, if nothing that they depend on has changed.

    Parameters
    ----------
    folder : Path
        The cache, which need not exist.
    rests_on : list
        Everything that the tables depend on; its `repr` is hashed.

    Returns
    -------
    dict of str to pandas.DataFrame or None
        Tables by name; None if they are not cached or cannot be read.
    """
    path = _path_of_result(folder, rests_on)
    with suppress(OSError, ValueError, KeyError):
        names = pd.read_parquet(path / "tables.parquet").table
        return {name: _read_with_dtypes(path / f"{name}.parquet") for name in names}
    return None


def write_result(folder: Path, rests_on: list, tables: dict[str, pd.DataFrame]) -> None:
    """Write all tables of a run, and delete those of an earlier run.

    Parameters
    ----------
    folder : Path
        The cache.
    rests_on : list
        Everything that the tables depend on.
    tables : dict of str to pandas.DataFrame
        Tables by name.
    """
    path = _path_of_result(folder, rests_on)
    for old in set(folder.glob(f"result-{HASH_GLOB}/")) - {path}:
        discard(old)
    discard(path)  # if it exists, it cannot be read
    folder.mkdir(parents=True, exist_ok=True)
    with atomic_write(path) as part:
        part.mkdir()
        for name, table in tables.items():
            _write_with_dtypes(table, part / f"{name}.parquet")
        pd.DataFrame({"table": list(tables)}).to_parquet(part / "tables.parquet")


def _path_of_result(folder: Path, rests_on: list) -> Path:
    return folder / f"result-{_hash(repr(rests_on).encode())}"


def read_text_facts(folder: Path, name: str) -> dict[str, tuple]:
    """Read facts about texts that earlier runs of this library version cached.

    Parameters
    ----------
    folder : Path
        The cache.
    name : str
        A name for the facts.

    Returns
    -------
    dict of str to tuple
        The facts for the hash of each text; empty if nothing is cached.
    """
    try:
        table = pd.read_parquet(folder / f"{name}-{library_key()}.parquet")
    except (OSError, ValueError):
        return {}
    key, *facts = (table[column].tolist() for column in table)
    return dict(zip(key, zip(*facts, strict=True), strict=True))


def write_text_facts(folder: Path, name: str, facts: dict[str, tuple]) -> None:
    """Write facts about texts, replacing earlier facts of this name.

    Parameters
    ----------
    folder : Path
        The cache.
    name : str
        A name for the facts.
    facts : dict of str to tuple
        The facts for the hash of each text.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> write_text_facts(folder, "headlines", {"a": ("Road closed", "en")})
    >>> read_text_facts(folder, "headlines")
    {'a': ('Road closed', 'en')}
    """
    columns = {"key": list(facts)}
    for at, column in enumerate(zip(*facts.values(), strict=True)):
        columns[str(at)] = list(column)
    _replace_table(folder, name, f"{name}-{library_key()}.parquet", pd.DataFrame(columns))


def _replace_table(folder: Path, name: str, file: str, table: pd.DataFrame) -> None:
    """Write a table, and delete earlier tables of the same name."""
    folder.mkdir(parents=True, exist_ok=True)
    with atomic_write(folder / file) as part:
        table.to_parquet(part, index=False)
    for old in set(folder.glob(f"{name}-{HASH_GLOB}.parquet")) - {folder / file}:
        discard(old)


_folder_in_use: Path | None = None


def use_cache(folder: str | Path | None) -> None:
    """Reuse results from a folder for the rest of this process.

    Parameters
    ----------
    folder : str or Path or None
        The cache, which is created if needed. None turns the cache off.

    Raises
    ------
    BadInput
        When pyarrow, which writes Parquet, is not installed.

    Notes
    -----
    A result is reused only if the input tables and options of its function and the version of the
    library are the same. The cache therefore never affects the results.

    Examples
    --------
    >>> import clippings as cl
    >>> cl.use_cache(None)
    """
    global _folder_in_use
    _folder_in_use = cache_folder(folder)


def cacheable(find: Callable[..., pd.DataFrame]) -> Callable[..., pd.DataFrame]:
    """Cache the results of a function that creates a table from other tables (see `use_cache`).

    The option `executor` is ignored, because it does not affect the result.
    """

    @wraps(find)
    def cached(*arguments, **options) -> pd.DataFrame:
        if _folder_in_use is None:
            return find(*arguments, **options)
        path = _path_of(_folder_in_use, find, arguments, options)
        with suppress(OSError, ValueError, KeyError):
            table = _read_with_dtypes(path)
            os.utime(path)  # so that `drop_unused` keeps it
            return table
        table = find(*arguments, **options)
        _write_with_dtypes(table, path)
        return table

    return cached


def uncached(find: Callable[..., pd.DataFrame]) -> Callable[..., pd.DataFrame]:
    """Return the function itself, without the cache around it."""
    return getattr(find, "__wrapped__", find)


def remember(
    folder: Path, find: Callable[..., pd.DataFrame], table: pd.DataFrame, *arguments, **options
) -> None:
    """Store the result that a cacheable function would return for these arguments."""
    path = _path_of(folder, find, arguments, options)
    if path.exists():
        os.utime(path)
    else:
        _write_with_dtypes(table, path)


def drop_unused(folder: Path, since: float) -> None:
    """Delete results of cacheable functions that were not used since a given time.

    Parameters
    ----------
    folder : Path
        The cache.
    since : float
        Seconds since the epoch, as `time.time` gives them.
    """
    for path in folder.glob(CALL_GLOB):
        with suppress(OSError):
            if path.stat().st_mtime < since:
                discard(path)


def drop_outdated(folder: Path) -> None:
    """Delete cached results from other versions of the library."""
    for path in set(folder.glob(CALL_GLOB)) - set(folder.glob(f"call-{library_key()}-*.parquet")):
        discard(path)


def _path_of(folder: Path, find: Callable, arguments: tuple, options: dict) -> Path:
    """Return the path of the cache file for a function call."""
    fingerprints = [_fingerprint(value) for value in arguments]
    for name in sorted(options.keys() - {"executor"}):
        fingerprints.append(f"{name}={_fingerprint(options[name])}")
    key = _hash("\0".join(fingerprints).encode("utf-8", "surrogatepass"))
    return folder / f"call-{library_key()}-{find.__name__}-{key}.parquet"


def _write_with_dtypes(table: pd.DataFrame, path: Path) -> None:
    """Write a table and its dtypes, because Parquet cannot store dates in seconds."""
    annotated = table.copy(deep=False)
    annotated.attrs = {"dtypes": {name: str(dtype) for name, dtype in table.dtypes.items()}}
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_write(path) as part:
        annotated.to_parquet(part)


def _read_with_dtypes(path: Path) -> pd.DataFrame:
    table = pd.read_parquet(path)
    return table.astype(table.attrs.pop("dtypes"))


def _fingerprint(value: object) -> str:
    """Identify an argument: by the cells of a table, or by the value itself."""
    if not isinstance(value, pd.DataFrame):
        return repr(value)
    rows = pd.util.hash_pandas_object(value, index=True).to_numpy()
    return _hash(f"{list(value.columns)}{list(value.dtypes)}".encode() + rows.tobytes())
