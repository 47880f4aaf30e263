"""Save a corpus after reading it, so that all six notebooks of a report use the same articles.

A snapshot is a folder with the article table and a copy of the codebook. `read_articles` and
`read_codebook` read it instead of the folder of articles in processes whose environment variable
CLIPPINGS_SNAPSHOT contains its path. Files in a folder from a stranger are therefore never mistaken
for a snapshot.
"""

import json
import os
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from clippings.core.tables import COLUMNS, DATE, make_table
from clippings.corpus.codebook import TABLES
from clippings.corpus.codebook_file import file_bytes

SNAPSHOT_VARIABLE = "CLIPPINGS_SNAPSHOT"
ARTICLES_FILE = "articles.jsonl"


class FileState(NamedTuple):
    """The size and time of a file, by which a change is detected."""

    size: int  # bytes
    modified: int  # nanoseconds


def write_snapshot(folder: Path, articles: pd.DataFrame) -> None:
    """Write an article table so that it can be read back exactly.

    Parameters
    ----------
    folder : Path
        A folder that exists; its `codebook/`, if any, is what `read_codebook` will read.
    articles : DataFrame
        The table of `read_articles`.

    Notes
    -----
    JSON lines in ASCII: they keep every character, need no optional package and, unlike pickles,
    run no code when they are read.

    Examples
    --------
    >>> import tempfile
    >>> import clippings as cl
    >>> articles, _ = cl.load_example()
    >>> folder = Path(tempfile.mkdtemp())
    >>> write_snapshot(folder, articles)
    >>> read_snapshot(folder).equals(articles)
    True
    """
    with open(folder / ARTICLES_FILE, "w", encoding="ascii", newline="\n") as file:
        for row in articles.to_dict("records"):
            file.write(json.dumps({name: _to_json(cell) for name, cell in row.items()}) + "\n")


def is_snapshot(folder: Path) -> bool:
    """Return whether a folder is the snapshot that this process was started to read.

    Parameters
    ----------
    folder : Path
        Any path.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_snapshot(Path("no such folder"))
    False
    """
    return os.environ.get(SNAPSHOT_VARIABLE) == str(folder)


def read_snapshot(folder: Path) -> pd.DataFrame:
    """Read the article table of a snapshot.

    Parameters
    ----------
    folder : Path
        A folder that `write_snapshot` wrote to.

    Returns
    -------
    DataFrame
        The table that was written: same rows, columns, types.
    """
    # Lines are separated by "\n" only: str.splitlines would also split inside texts.
    with open(folder / ARTICLES_FILE, encoding="ascii", newline="\n") as file:
        rows = [json.loads(line) for line in file]
    date_columns = [name for name, dtype in COLUMNS["articles"].items() if dtype == DATE]
    for row in rows:
        for name in date_columns:
            row[name] = pd.NaT if row[name] is None else pd.Timestamp(row[name])
    return make_table("articles", rows)


def _to_json(cell):
    """Convert a cell for JSON: dates to text, missing dates to null."""
    if isinstance(cell, pd.Timestamp):
        return cell.isoformat()
    return None if pd.isna(cell) else cell


def copy_codebook(corpus: Path, folder: Path) -> dict[str, bytes]:
    """Copy the tables of a codebook.

    Parameters
    ----------
    corpus : Path
        The folder of articles.
    folder : Path
        The folder in which to make `codebook/`. Nothing is made if the corpus has no codebook.

    Returns
    -------
    dict
        Table name → content of its file, for the tables that exist.

    Examples
    --------
    >>> copy_codebook(Path("no such folder"), Path("."))
    {}
    """
    contents = read_codebook_files(corpus)
    if (corpus / "codebook").is_dir():
        (folder / "codebook").mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / "codebook" / f"{name}.csv").write_bytes(content)
    return contents


def read_codebook_files(corpus: Path) -> dict[str, bytes]:
    """Read the files of the codebook tables without interpreting them.

    Parameters
    ----------
    corpus : Path
        The folder of articles.

    Returns
    -------
    dict
        Table name → content of its file, for the tables that exist.

    Examples
    --------
    >>> read_codebook_files(Path("no such folder"))
    {}
    """
    contents = {}
    for name in TABLES:
        content = file_bytes(corpus / "codebook" / f"{name}.csv")
        if content is not None:
            contents[name] = content
    return contents


def list_file_states(corpus: Path) -> dict[str, FileState]:
    """List size and time of modification of every file of a corpus.

    Parameters
    ----------
    corpus : Path
        The folder of articles; links to folders are not followed, hidden files are left out.

    Returns
    -------
    dict
        Path below the folder → state.

    Examples
    --------
    >>> list_file_states(Path("no such folder"))
    {}
    """
    states = {}
    for folder, subfolders, names in os.walk(corpus):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        for name in names:
            path = Path(folder, name)
            if name.startswith("."):
                continue
            try:
                status = path.lstat()
            except OSError:  # deleted in this very moment
                continue
            state = FileState(status.st_size, status.st_mtime_ns)
            states[path.relative_to(corpus).as_posix()] = state
    return states


def list_changed_files(before: dict[str, FileState], after: dict[str, FileState]) -> list[str]:
    """Name the files that were added, removed or changed between two looks at a folder.

    Parameters
    ----------
    before, after : dict
        Results of `list_file_states`.

    Returns
    -------
    list of str
        Paths below the folder, sorted.

    Examples
    --------
    >>> list_changed_files({"a.txt": FileState(3, 1)}, {"a.txt": FileState(4, 2)})
    ['a.txt']
    """
    names = before.keys() | after.keys()
    return sorted(name for name in names if before.get(name) != after.get(name))
