"""Word lists: general knowledge of a language as data, lexicon/LANGUAGE/PACKAGE/LIST.csv."""

import csv
import re
from functools import cache
from pathlib import Path

from clippings.core.tokens import fold

FOLDER = Path(__file__).parents[1] / "lexicon"


@cache
def read_lexicon(name: str) -> tuple[dict, ...]:
    """The rows of one word list.

    In: path of a file below lexicon/, without ".csv". Out: a tuple of dicts, one per row, in file order.
    Raises: FileNotFoundError for a name that is not there. Misses: nothing.
    Source: each list names its own in its header.
    Example:
        >>> read_lexicon("en/text/stopwords")[0]["word"]
        'the'
    """
    return read_rows(FOLDER / f"{name}.csv")


def read_rows(path: Path) -> tuple[dict, ...]:
    """The rows of a CSV file of our own; lines that start with # are comments."""
    with open(path, encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(line for line in file if not line.startswith("#")))


@cache
def read_words(name: str, column: str = "word", **where: str) -> tuple[str, ...]:
    """One column of a word list, of those rows whose other columns have the values in `where`.

    In: name, column, and column=value pairs. Out: a tuple of strings in file order. Raises: KeyError for an
    unknown column. Misses: nothing. Source: as read_lexicon.
    Example:
        >>> "january" in read_words("en/time/words", kind="month")
        True
    """
    return tuple(
        row[column]
        for row in read_lexicon(name)
        if all(row[key] == value for key, value in where.items())
    )


def either(words) -> str:
    """A pattern of any of these words, the longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(re.escape(word) for word in ordered)})".replace(r"\ ", r"\s+")


@cache
def words_of(name: str, column: str = "word", **where: str) -> frozenset[str]:
    """The folded words of a list, to look words up in."""
    return frozenset(fold(word) for word in read_words(name, column, **where) if word)


def any_of(name: str, kind: str) -> str:
    """The words of one kind of a list as alternatives of a pattern, the longest first."""
    return either(read_words(name, kind=kind))
