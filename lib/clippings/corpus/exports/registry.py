"""Recognise exports and convert their articles to rows."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from clippings.corpus.exports.dates import date_in_field
from clippings.corpus.exports.ebsco import read_ebsco
from clippings.corpus.exports.europresse import read_europresse
from clippings.corpus.exports.factiva import read_factiva
from clippings.corpus.exports.fields import printed_labels
from clippings.corpus.exports.gale import read_gale
from clippings.corpus.exports.labelled import read_labelled
from clippings.corpus.exports.marks import end_marks, without_cover
from clippings.corpus.exports.newsbank import read_newsbank
from clippings.corpus.exports.nexis import read_nexis
from clippings.corpus.exports.pressreader import read_pressreader
from clippings.corpus.exports.proquest import read_proquest
from clippings.corpus.exports.record import ExportedArticle
from clippings.corpus.exports.westlaw import read_westlaw
from clippings.corpus.rows import ArticleRow, table_row
from clippings.corpus.written_dates import is_day_first


class ExportReader(NamedTuple):
    """The reader of one database."""

    read: Callable[[list[str]], list[ExportedArticle]]
    hints: tuple[str, ...]
    """Lower-case words of which every export contains at least one; other texts are not read."""


READERS = (
    ExportReader(
        read_factiva,
        (
            *("0000", "hd\n", "hd\r", "hd ", "hd\t", "hd|"),
            *("\ndocument ", "\rdocument ", "\ndokument ", "\rdokument ", "\ndocumento "),
        ),
    ),
    ExportReader(
        read_proquest, ("proquest", *printed_labels("proquest", "citation", "outlet", "body"))
    ),
    ExportReader(read_gale, ("gale|", "gale |")),
    ExportReader(read_westlaw, (" wlnr ",)),
    ExportReader(
        read_ebsco,
        ("accession number:", "persistent link", *printed_labels("ebsco", "length", "database")),
    ),
    ExportReader(
        read_europresse,
        ("news·", "news •", "news•", "news ·", "certificat émis", "certificate issued"),
    ),
    ExportReader(
        read_newsbank, ("newsbank", "access world news", "openurl link", "record number:")
    ),
    ExportReader(read_nexis, (*end_marks(), *printed_labels("nexis", "length", "loaded"))),
    ExportReader(read_pressreader, ("article name:", "pressreader")),
    ExportReader(read_labelled, printed_labels("any", "title")),
)
"""The readers in the order in which they are asked: those with the surest marks come first."""

LINE_END = re.compile(r"\r\n|[\r\n\f\v]")  # a form feed begins a page, and so a line

GLUED = re.compile(
    r"""
    (?<=[.!?”"’)\]])\s+                                  # … on Thursday.
    (?P<mark>
        (?:LOAD-DATE|Load-Date|UPDATE):\s.{0,30}\d{4}     # Load-Date: March 16, 2021
      | (?:Document|Dokument|Documento)\s[A-Z]{2,8}0{4}\d{8}\w+
      | End\sof\sDocument
    )\s*
    """,
    re.VERBOSE,
)
"""A mark that appears at the end of a paragraph, because the lines of a PDF were joined."""

MIN_GLUED_LINE = 80  # characters

BLANK_BEFORE_COLON = re.compile(r"[ \xa0\u202f]+:")

BYTE_ORDER_MARK = "\ufeff"
"""Begins a file, and stands within one that was put together from several."""

MIN_TEXT = 80
"""Minimum length of a text that is checked, in characters."""


def read_export(text: str) -> list[ExportedArticle]:
    """Read the articles of a text if it is an export of a news database.

    Parameters
    ----------
    text : str
        The text of a file.

    Returns
    -------
    list of ExportedArticle
        The articles in their order; empty if the text is not an export that is known.

    Examples
    --------
    >>> record = "{} of 2 DOCUMENTS\\n\\nOstrand Post\\n\\nMarch {}, 2021\\n\\nLevee {}\\n\\n"
    >>> record += "LENGTH: 3 words\\n\\nThe levee holds.\\n\\nLANGUAGE: ENGLISH\\n\\n"
    >>> articles = read_export(record.format(1, 16, "holds") + record.format(2, 17, "breaks"))
    >>> [(article.title, article.date) for article in articles]
    [('Levee holds', 'March 16, 2021'), ('Levee breaks', 'March 17, 2021')]
    """
    if len(text) < MIN_TEXT:
        return []
    # In French, a space precedes the colon.
    small = BLANK_BEFORE_COLON.sub(":", text.lower())
    lines: list[str] = []
    for reader in READERS:
        if not any(hint in small for hint in reader.hints):
            continue
        lines = lines or without_cover(_lines(text))
        articles = reader.read(lines)
        if len(articles) == 1 and reader.read is not read_labelled:
            # A story may quote the mark of another database: "End of Document".
            labelled = read_labelled(lines)
            articles = labelled or articles
        if articles:
            return articles
    return []


def _lines(text: str) -> list[str]:
    """Return the lines of a text, with the marks that follow a paragraph on lines of their own."""
    lines = []
    for line in LINE_END.split(text.replace(BYTE_ORDER_MARK, "")):
        mark = GLUED.search(line) if len(line) > MIN_GLUED_LINE else None
        if mark and mark.end() == len(line):
            lines += [line[: mark.start()], "", mark["mark"]]
        else:
            lines.append(line)
    return lines


def rows_of_export(articles: list[ExportedArticle]) -> Iterator[ArticleRow]:
    """Create the rows of an export.

    Parameters
    ----------
    articles : list of ExportedArticle
        Its articles.

    Yields
    ------
    ArticleRow
        One row per article, numbered from 1; a single article has the name of its file. Numbers
        such as 03/04/2021 are read in the order that other dates of the export show.
    """
    dates = [written for article in articles if (written := date_in_field(article.date))]
    day_first = is_day_first(dates)
    if len(articles) == 1:
        yield articles[0].row(day_first)
        return
    for number, article in enumerate(articles, 1):
        yield table_row(number, article.row(day_first))


def split_export(row: ArticleRow) -> Iterator[ArticleRow]:
    """Split a file that was read as one text into rows if it is an export.

    Parameters
    ----------
    row : ArticleRow
        The row of the file, or one of its rows if it is a table.

    Yields
    ------
    ArticleRow
        The row itself, or one row per article if it is a whole file, and an export.
    """
    is_whole_file = not row.article
    articles = read_export(row.text) if is_whole_file else []
    if not articles:
        yield row
        return
    yield from rows_of_export(articles)
