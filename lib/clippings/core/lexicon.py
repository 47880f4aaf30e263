"""Word lists: general English knowledge as data, one CSV file a list, each row with its source."""

import csv
import re
from functools import cache
from pathlib import Path

from clippings.core.tokens import fold

FOLDER = Path(__file__).parents[1] / "lexicon"


@cache
def read_lexicon(name: str) -> tuple[dict, ...]:
    """The rows of one word list.

    In: name of a file in lexicon/, without ".csv". Out: a tuple of dicts, one per row, in file order.
    Raises: FileNotFoundError for a name that is not there. Misses: nothing.
    Source: each row's own `source` column.
    Example:
        >>> read_lexicon("stopwords")[0]["word"]
        'the'
    """
    with open(FOLDER / f"{name}.csv", encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(line for line in file if not line.startswith("#")))


@cache
def read_words(name: str, column: str = "word", **where: str) -> tuple[str, ...]:
    """One column of a word list, of those rows whose other columns have the values in `where`.

    In: name, column, and column=value pairs. Out: a tuple of strings in file order. Raises: KeyError for an
    unknown column. Misses: nothing. Source: as read_lexicon.
    Example:
        >>> "january" in read_words("calendar_words", kind="month")
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


def any_of(kind: str) -> str:
    """The words of a kind of lexicon/grammar as a part of a pattern."""
    return "|".join(sorted(read_words("grammar", kind=kind), key=len, reverse=True))
