"""Column names of article tables, in many languages and programs.

A name is compared by its key: `publish_date`, `publishDate`, `Publish Date:` are the same name. The
keys of nested JSON objects are written with dots: `source.name`.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from clippings.core.lexicon import read_lexicon, words_of
from clippings.core.tokens import fold

UNSURE = "unsure"  # the kind of a name under which a table may also contain something else
MARKUP = "markup"  # the kind of a name under which a table contains a text with HTML tags

CONTAINERS = words_of("reading/column_words", kind="container")
"""Keys of nested objects that contain fields of an article: {"fields": {"headline": …}}."""

# `source` is one of them only where search engines write it: as "_source".
SEARCH_ENGINE_SOURCE = "_source"

VALUE_KEYS = words_of("reading/column_words", kind="value")
"""Keys of nested objects that contain the value of the object itself: {"headline": {"main": …}}."""

IN_PARENTHESES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")  # Date (YYYY-MM-DD), Author [optional]
COMPUTER_QUOTES = "\"'`"

DATE_WORDS = words_of("reading/column_words", kind="date")
OTHER_DATE_WORDS = words_of("reading/column_words", kind="other date")
OTHER_ADDRESS_WORDS = words_of("reading/column_words", kind="other address")


class Synonym(NamedTuple):
    """A name for one of our columns."""

    column: str  # ours
    language: str  # of the name
    rank: int  # its place among the names of that column: the lower, the more certain
    kind: str  # "", UNSURE or MARKUP


def name_key(name: str) -> str:
    """Reduce the name of a column to the form in which names are compared.

    Parameters
    ----------
    name : str
        A name as written in a table.

    Returns
    -------
    str
        Its letters and digits, without case and accents.

    Examples
    --------
    >>> name_key("Publish_Date:"), name_key("publishDate"), name_key("Überschrift")
    ('publishdate', 'publishdate', 'uberschrift')
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(character for character in decomposed if character.isalnum())


@cache
def _synonyms() -> dict[str, Synonym]:
    """Return the names of the word list by their keys."""
    synonyms: dict[str, Synonym] = {}
    for rank, row in enumerate(read_lexicon("reading/column_names")):
        synonym = Synonym(row["column"], row["language"], rank, row["kind"])
        synonyms.setdefault(name_key(row["synonym"]), synonym)
    return synonyms


@lru_cache(maxsize=10_000)
def find_synonym(name: str) -> Synonym | None:
    """Look up which of our columns a name refers to.

    Parameters
    ----------
    name : str
        The name of a column, or the path to a value in a JSON object: "source.name".

    Returns
    -------
    Synonym or None
        Our column; None if the name is not known.

    Notes
    -----
    Of a path, the last key counts if the keys before it are mere containers (`fields.headline`),
    and the key before it if the last one merely introduces its value (`headline.main`). So
    `image.title` and `author.url` are not known.

    Examples
    --------
    >>> find_synonym("Überschrift").column, find_synonym("fields.bodyText").column
    ('title', 'text')
    >>> find_synonym("source.name").column, find_synonym("image.title")
    ('outlet', None)
    """
    synonym = _lookup_path(name) if "." in name else None
    return synonym or _lookup(name)


def _lookup_path(path: str) -> Synonym | None:
    """Return the entry of the path to a value in a JSON object."""
    *outer, last = path.split(".")
    while len(outer) > 1 and _is_container(outer[0]):
        outer = outer[1:]
    parent = ".".join(outer)
    if len(outer) == 1 and _is_container(parent):
        synonym = _lookup(last)
        if synonym is not None:
            return synonym
    if name_key(last) in VALUE_KEYS:
        return find_synonym(parent)
    return None


def _lookup(name: str) -> Synonym | None:
    """Return the entry of a name, also without what it says in parentheses."""
    synonyms = _synonyms()
    plain_name = IN_PARENTHESES.sub("", name)
    return synonyms.get(name_key(name)) or synonyms.get(name_key(plain_name))


def _is_container(key: str) -> bool:
    """Return whether the key of a nested object merely introduces the fields of an article."""
    if name_key(key) == "source":
        return key == SEARCH_ENGINE_SOURCE
    return name_key(key) in CONTAINERS


def may_name_a_date(name: str) -> bool:
    """Return whether a name that is not in the list may refer to the publication date."""
    words = _words_of_name(name)
    return bool(words & DATE_WORDS) and not words & OTHER_DATE_WORDS


def may_name_an_address(name: str) -> bool:
    """Return whether a name may refer to the address of the article and not of something else."""
    return not _words_of_name(name) & OTHER_ADDRESS_WORDS


def _words_of_name(name: str) -> set[str]:
    """Return the folded words of a name, which may be joined: crawlDate."""
    separated = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return {fold(word) for word in re.findall(r"[^\W\d_]+", separated)}


def clean_names(cells: list) -> list[str]:
    """Clean the names in a header of blanks, quotes and byte order marks, and make them unique."""
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = str(cell if cell is not None else "").strip(" \t\r\n\ufeff\u200b")
        is_quoted = len(name) > 1 and name[0] == name[-1] and name[0] in COMPUTER_QUOTES
        name = " ".join((name[1:-1] if is_quoted else name).split())
        names.append(name or f"column {number}")
    return _unique(names)


def _unique(names: list[str]) -> list[str]:
    """Return the names, the second of two equal ones as "Title (2)"."""
    unique: list[str] = []
    for name in names:
        new_name = name
        number = 1
        while new_name in unique:
            number += 1
            new_name = f"{name} ({number})"
        unique.append(new_name)
    return unique
