"""The row that every file reader returns, and the limits on reading a file."""

from typing import NamedTuple

from clippings.core.errors import BadInput
from clippings.corpus import problems

CONTAINER_FACTOR = 50
"""The size limit of a table or archive, packed and unpacked, as a multiple of an article's."""

MAX_ROWS = 1_000_000
"""Rows of one table, and of all tables in one archive. About 1 GB of memory as rows."""


class Limits(NamedTuple):
    """The limits on reading a file, and the column names of its tables."""

    article: float  # bytes of a file that is one article; characters of its text
    names: dict[str, tuple[str, ...]]  # codebook/columns.csv: its column → names in the tables

    @property
    def container(self) -> float:
        """Return bytes of a table or archive, packed and unpacked."""
        return self.article * CONTAINER_FACTOR


class ArticleRow(NamedTuple):
    """One row of the article table, as a reader makes it.

    A reader fills `article` with what follows the file name: "" for the file itself, "#12"
    for a row of a table, "/a.txt" for a file of an archive. `origin` says the same without doubt:
    the names on the way to the text, each after a NUL, which no name can hold.
    """

    article: str = ""
    origin: str = ""
    text: str = ""
    problem: str = ""
    title: str = ""
    outlet: str = ""
    author: str = ""  # names, separated by ", "
    section: str = ""  # of the newspaper or site
    url: str = ""
    language: str = ""
    published_from: str = ""  # YYYY-MM-DD
    published_to: str = ""
    updated: str = ""  # the last day on which the article was changed, YYYY-MM-DD
    saved: str = ""  # the day on which the page was saved, YYYY-MM-DD
    dated_by: str = ""  # a code of `date_sources`; "" if there is no date
    date_note: str = ""  # for people: the name of the column, or why a date was not understood
    dates_against: str = ""  # what states another day: "file_name 2021-04-02; address 2021-04-05"
    repaired: str = ""  # codes of `clippings.corpus.garbled`, separated by blanks
    note: str = ""  # what an export says about the text, by codes of `exports.record`
    stated_words: int | None = None  # the length of the article, as an export states it
    sha256: str = ""
    # In the first row of a table: the role of each of its columns (`ColumnUse`), as tuples.
    column_uses: tuple = ()

    def inside(self, name: str, origin: str) -> "ArticleRow":
        """Return the row as a part of something larger."""
        return self._replace(article=name + self.article, origin=origin + self.origin)


def table_row(number: int, row: ArticleRow) -> ArticleRow:
    """Return the row of a table that has this number, counted from 1."""
    return row._replace(article=f"#{number}", origin=f"\0#{number}")


def within_limit(row: ArticleRow, limits: Limits) -> ArticleRow:
    """Return the row, or in its place a row with a problem if its text is too long."""
    if len(row.text) <= limits.article:
        return row
    return ArticleRow(
        article=row.article, origin=row.origin, problem=problems.too_long(limits.article)
    )


class TooExpensive(BadInput):
    """A file whose reader was ended: it took too much time or memory, or crashed."""


def one_line(text: str) -> str:
    """Write a text on one line, without repeated blanks.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str

    Examples
    --------
    >>> one_line("River\\n  rises ")
    'River rises'
    """
    return " ".join(text.split())
