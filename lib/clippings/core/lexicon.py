"""Word lists that describe a language: lexicon/LANGUAGE/PACKAGE/LIST.csv."""

import csv
import re
from collections.abc import Iterable
from functools import cache
from itertools import chain
from pathlib import Path

from clippings.core.tokens import fold

FOLDER = Path(__file__).parents[1] / "lexicon"


@cache
def read_lexicon(name: str) -> tuple[dict[str, str], ...]:
    """Read the rows of a word list.

    Parameters
    ----------
    name : str
        Path of a file in `lexicon/`, without its suffix: "en/page/credits".

    Returns
    -------
    tuple of dict
        One dict per row, in the order of the file.

    Raises
    ------
    FileNotFoundError
        If there is no such list.

    Examples
    --------
    >>> read_lexicon("en/text/stopwords")[0]["word"]
    'the'
    """
    return read_rows(FOLDER / f"{name}.csv")


@cache
def languages_with(name: str) -> tuple[str, ...]:
    """List the languages that have a word list.

    Parameters
    ----------
    name : str
        Path of a list within the folder of a language: "text/abbreviations".

    Returns
    -------
    tuple of str
        Two letters each, sorted.

    Examples
    --------
    >>> languages_with("speech/reporting_verbs")
    ('en',)
    """
    folders = [path for path in FOLDER.iterdir() if (path / f"{name}.csv").is_file()]
    return tuple(sorted(path.name for path in folders))


def read_rows(path: Path) -> tuple[dict[str, str], ...]:
    """Read a CSV file of the library; lines that start with # are comments."""
    with open(path, encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(line for line in file if not line.startswith("#")))


@cache
def read_words(name: str, column: str = "word", **where: str) -> tuple[str, ...]:
    """Read one column of a word list.

    Parameters
    ----------
    name : str
        As for `read_lexicon`.
    column : str, default "word"
        The column.
    **where : str
        Only rows whose other columns have these values.

    Returns
    -------
    tuple of str
        The cells in the order of the file.

    Raises
    ------
    KeyError
        For an unknown column.

    Examples
    --------
    >>> "january" in read_words("en/time/words", kind="month")
    True
    """
    rows = read_lexicon(name)
    return tuple(
        row[column] for row in rows if all(row[key] == value for key, value in where.items())
    )


@cache
def words_of(name: str, column: str = "word", **where: str) -> frozenset[str]:
    """Return the folded words of a list, for lookups."""
    return frozenset(fold(word) for word in read_words(name, column, **where) if word)


def split_cell(cell: str) -> list[str]:
    """List the alternatives in a cell of a word list; a bar separates them.

    Parameters
    ----------
    cell : str
        The cell.

    Returns
    -------
    list of str
        The alternatives without surrounding spaces, in order; none for an empty cell.

    Examples
    --------
    >>> split_cell("death sentence | verdict")
    ['death sentence', 'verdict']
    """
    alternatives = [alternative.strip() for alternative in cell.split("|")]
    return [alternative for alternative in alternatives if alternative]


@cache
def read_alternatives(name: str, column: str, **where: str) -> tuple[str, ...]:
    """Read one column of a word list whose cells contain several alternatives.

    Parameters
    ----------
    name, column, **where
        As for `read_words`.

    Returns
    -------
    tuple of str
        The alternatives of all cells in the order of the file.

    Examples
    --------
    >>> read_alternatives("reading/mail_labels", "labels", field="sender")[:2]
    ('From', 'Von')
    """
    cells = read_words(name, column, **where)
    return tuple(chain.from_iterable(map(split_cell, cells)))


def either(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, longest first; a space matches any white space."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(re.escape(word) for word in ordered)})".replace(r"\ ", r"\s+")


def any_of(name: str, kind: str) -> str:
    """Return a pattern that matches any word of one kind in a list."""
    return either(read_words(name, kind=kind))
