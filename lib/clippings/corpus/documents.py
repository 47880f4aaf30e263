"""Read text and DOCX documents with one article each; also code shared by all file readers.

A reader is a generator of rows. The readers for web pages (`web_page`), PDF (`pdf_text`) and
Markdown (`markdown`) have their own modules. Readers that use third-party libraries run in a
separate process (`reader_process`), because a damaged or malicious file can cause a library to use
unlimited time and memory.
"""

import importlib
import io
import logging
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from types import ModuleType

from clippings.core.errors import BadInput, install
from clippings.corpus import problems
from clippings.corpus.clip_header import header_of_lines
from clippings.corpus.date_sources import EMAIL, HEADER_LINES
from clippings.corpus.docx_text import as_plain_document, blocks_of_document
from clippings.corpus.encodings import decode_text, text_problem
from clippings.corpus.mail_header import PrintedHeader, find_printed_header, read_sender
from clippings.corpus.rows import ArticleRow, Limits
from clippings.corpus.written_dates import YEARS, read_written_date

MAX_RATIO = 200
"""Times the packed size. Text shrinks to a third or a twentieth, a bomb to a thousandth."""

MAX_ENTRIES = 200_000
"""Files in one archive."""

BYLINE_LINES = 4  # first lines of a text that are searched for headline and authors


LINE_END = re.compile(r"\r\n|\r|\n")  # not str.splitlines, which also splits at U+2028 and U+0085


class Extra:
    """An optional dependency: modules that a reader imports, and the extra that installs them."""

    def __init__(self, name: str, kind: str, *modules: str):
        self.name = name
        self.kind = kind
        self.modules = modules

    def load(self) -> ModuleType:
        """Import all modules and return the last one."""
        importlib.invalidate_caches()  # it may have been installed since the last file
        for name in self.modules:
            try:
                module = importlib.import_module(name)
            except ImportError as error:
                # The module that is missing may be one that this one needs.
                missing = error.name or name
                command = install(self.name)
                raise BadInput(problems.missing_module(self.kind, command, missing)) from None
            # Problems of a file are reported in its row, not in a log.
            logging.getLogger(name).setLevel(logging.CRITICAL)
        return module


DOCX = Extra("docs", "a word processor's file", "docx.oxml", "docx")


def decoded(data: bytes, decode=decode_text) -> str:
    """Return the characters of a file; BadInput with the problem if there is one."""
    problem, text = decode(data)
    if problem:
        raise BadInput(problem)
    return text


def checked(row: ArticleRow) -> ArticleRow:
    """Return the row, or in its place a row with the problem of its text."""
    problem = text_problem(row.text)
    return ArticleRow(problem=problem) if problem else row


def dated(row: ArticleRow, field: str, source: str, day_first: bool | None = None) -> ArticleRow:
    """Return the row with its publication date; one that is not understood is not guessed.

    `source` is a code of `date_sources`: the part of the file that has the field. Where day and
    month could be exchanged and `day_first` does not say which is which, the row has the earlier
    and the later day.
    """
    if not field:
        return row
    days = _days_of(field, day_first)
    where = problems.DATE_SOURCES[source]
    if not days:
        return row._replace(date_note=problems.date_not_understood(where, field))
    is_open = len(days) > 1
    return row._replace(
        published_from=min(days).isoformat(),
        published_to=max(days).isoformat(),
        dated_by=source,
        date_note=problems.date_with_open_order(where, field) if is_open else "",
    )


def day_in_field(field: str) -> str:
    """Return the day in a field that states a date, as YYYY-MM-DD; "" if it is not understood.

    Of the two days that 03/04/2021 may be, it is the earlier one.
    """
    days = _days_of(field, day_first=None) if field else ()
    return min(days).isoformat() if days else ""


def _days_of(field: str, day_first: bool | None) -> tuple[date, ...]:
    """Return the day in a field that states a date; two if day and month could be exchanged."""
    written = read_written_date(field, day_first)
    if written:
        return written.readings
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        with suppress(ValueError, TypeError, IndexError, OverflowError):
            day = read(field).date()
            if day.year in YEARS:
                return (day,)
    return ()


def with_headline_and_byline(lines: list[str], title: str, author: str) -> list[str]:
    """Prepend title and authors to a text, unless its first lines contain them.

    Parameters
    ----------
    lines : list of str
        The paragraphs of a text.
    title : str
        The headline as the page or file states it.
    author : str
        The names of the authors, separated by commas.

    Returns
    -------
    list of str
        The paragraphs, preceded by what was missing.
    """
    lines = list(lines)
    top = lines[:BYLINE_LINES]
    names = author.split(", ") if author else []
    if not all(any(name in line for line in top) for name in names):
        starts_with_title = title in lines[:1]
        lines.insert(1 if starts_with_title else 0, f"By {author}")
    if title and title not in lines[:BYLINE_LINES]:
        lines.insert(0, title)
    return lines


def read_text(data: bytes, _: Limits) -> Iterator[ArticleRow]:
    """Read a plain text, and what lines such as "Source: https://…" above or below it state."""
    text = decoded(data)
    printed = find_printed_header(text)
    if printed and printed.is_on_top:
        yield _pasted_mail(text, printed)
        return
    header = header_of_lines(text)
    yield dated(header.fill(ArticleRow(text=text)), header.published, HEADER_LINES)


def _pasted_mail(text: str, header: PrintedHeader) -> ArticleRow:
    """Return the row of an email that was pasted with its header."""
    sender = read_sender(header.sender)
    row = ArticleRow(text=text, title=header.subject, author=sender.author, outlet=sender.outlet)
    return dated(row, header.sent, EMAIL)


def read_docx(data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read the paragraphs and tables of a DOCX document."""
    docx = DOCX.load()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in entries_of(archive, limits.container):
            if not is_plainly_packed(entry):
                raise BadInput(problems.entry_compression())
    document = docx.Document(io.BytesIO(as_plain_document(data)))
    blocks = [block for block in blocks_of_document(document, docx.oxml.parse_xml) if block.strip()]
    # The properties of the file are not read: its author is the person who saved it, and its title
    # often that of a template.
    yield checked(ArticleRow(text="\n\n".join(blocks)))


def is_plainly_packed(entry: zipfile.ZipInfo) -> bool:
    """Return whether an entry is unpacked in small parts; bzip2 and LZMA unpack all at once."""
    return entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def entries_of(archive: zipfile.ZipFile, limit: float) -> list[zipfile.ZipInfo]:
    """Return the files of an archive; BadInput if they are more or larger than they should be."""
    entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    size = sum(entry.file_size for entry in entries)
    is_bomb = any(entry.file_size > max(1e6, MAX_RATIO * entry.compress_size) for entry in entries)
    if is_bomb or size > limit or len(entries) > MAX_ENTRIES:
        raise BadInput(unpacks_to_too_much(limit))
    return entries


def unpacks_to_too_much(limit: float) -> str:
    """Return the problem of an archive that contains more than it should."""
    return problems.unpacks_to_too_much(limit, MAX_ENTRIES, MAX_RATIO)
