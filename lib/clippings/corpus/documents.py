"""Files that hold one article: text, a web page, a PDF, a DOCX document. One reader for each.

A reader is a generator of rows. The readers of web pages, PDF and DOCX files rest on libraries of
others; they are run in a process of their own (`reader_process`), because nobody can promise how
much time and memory a library takes for a damaged or hostile file.
"""

import codecs
import importlib
import io
import logging
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from email.utils import parsedate_to_datetime
from types import ModuleType

from clippings.core.errors import BadInput, install
from clippings.corpus import problems
from clippings.corpus.docx_text import as_plain_document, blocks_of_document
from clippings.corpus.encodings import decode_bytes, decode_text, text_problem
from clippings.corpus.rows import ArticleRow, Limits

MAX_RATIO = 200
"""Times the packed size. Text shrinks to a third or a twentieth, a bomb to a thousandth."""

MAX_ENTRIES = 200_000
"""Files in one archive."""

MAX_TAGS = 100_000
"""Tags of a web page. Reading can take quadratic time; long pages have a third of that."""

YEARS = range(1600, 2200)  # a date in another year is a slip

CHARSET = re.compile(
    rb"""
    <(?:meta|\?xml)                    # <meta charset="utf-8">, <?xml encoding="utf-8"?>
    [^>]*(?:charset|encoding)\s*=\s*
    [\"']?([\w-]+)
    """,
    re.IGNORECASE | re.VERBOSE,
)

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
            # What is wrong with a file is reported in its row, not in a log.
            logging.getLogger(name).setLevel(logging.CRITICAL)
        return module


# trafilatura needs lxml_html_clean by way of an extra of lxml, which old versions of pip do not
# install.
WEB_PAGE = Extra("html", "a web page", "lxml_html_clean", "trafilatura")
PDF = Extra("docs", "a PDF", "pypdf")
DOCX = Extra("docs", "a word processor's file", "docx.oxml", "docx")


def decoded(data: bytes, decode=decode_text) -> str:
    """The characters of a file; BadInput with the problem if there is one."""
    problem, text = decode(data)
    if problem:
        raise BadInput(problem)
    return text


def checked(row: ArticleRow) -> ArticleRow:
    """The row, or in its place a row with the problem of its text."""
    problem = text_problem(row.text)
    return ArticleRow(problem=problem) if problem else row


def dated(row: ArticleRow, date: str, source: str) -> ArticleRow:
    """The row with its publication date; one that is not understood is not guessed."""
    if not date:
        return row
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        with suppress(ValueError, TypeError, IndexError, OverflowError):
            day = read(date)
            if day.year in YEARS:
                published = f"{day:%Y-%m-%d}"
                return row._replace(
                    published_from=published, published_to=published, dated_by=source
                )
    return row._replace(dated_by=problems.date_not_understood(source, date))


def read_text(data: bytes, _: Limits) -> Iterator[ArticleRow]:
    """Read a plain text."""
    yield ArticleRow(text=decoded(data))


def read_page(data: bytes, _: Limits) -> Iterator[ArticleRow]:
    """Read the article of a web page, and the title, author, outlet, address and date it states."""
    trafilatura = WEB_PAGE.load()
    html = _decoded_page(data)
    if html.count("<") > MAX_TAGS:
        raise BadInput(problems.too_many_tags(MAX_TAGS))
    date_options = {
        "extensive_search": False,  # only dates that the page declares, no guesses from its text
        "original_date": True,
        "max_date": f"{YEARS[-1]}-12-31",
    }
    try:
        page = trafilatura.bare_extraction(
            html, with_metadata=True, include_comments=False, date_extraction_params=date_options
        )
    except (
        Exception
    ):  # what a page states of itself may be too strange to read; its text need not be
        page = trafilatura.bare_extraction(html, with_metadata=False, include_comments=False)
    if page is None or not (page.text or "").strip():
        raise BadInput(problems.page_without_article())
    title = " ".join((page.title or "").split())
    author = (page.author or "").replace("; ", ", ")
    lines = _with_headline_and_byline(page.text, title, author)
    row = ArticleRow(
        text="\n\n".join(lines), title=title, outlet=page.sitename or "", url=page.url or ""
    )
    yield checked(dated(row, page.date or "", "the page itself"))


def _with_headline_and_byline(text: str, title: str, author: str) -> list[str]:
    """The lines of a page, with title and author on top unless the first four lines have them."""
    lines = [line for line in text.split("\n") if line.strip()]
    if author and not any(author in line for line in lines[:4]):
        starts_with_title = title in lines[:1]
        lines.insert(1 if starts_with_title else 0, f"By {author}")
    if title and title not in lines[:4]:
        lines.insert(0, title)
    return lines


def _decoded_page(data: bytes) -> str:
    """The characters of a page, by the encoding that it declares if it is not UTF-8."""
    if b"\0" not in data:
        with suppress(UnicodeDecodeError):
            return data.decode("utf-8-sig")
        declared = CHARSET.search(data[:5000])
        with suppress(LookupError, UnicodeError):
            name = codecs.lookup(declared[1].decode()).name if declared else ""
            if name in ("ascii", "iso8859-1"):
                name = "cp1252"  # as browsers do
            if name:
                return data.decode(name)
    return decoded(data, decode_bytes)


def read_pdf(data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read the text of a PDF, its lines joined to paragraphs."""
    pypdf = PDF.load()
    try:
        text = _pdf_text(pypdf.PdfReader(io.BytesIO(data)), limits)
    except pypdf.errors.DependencyError:
        raise BadInput(problems.missing_decryption()) from None
    if not text:
        raise BadInput(problems.scanned_pdf())
    yield checked(ArticleRow(text=text))


def _pdf_text(reader, limits: Limits) -> str:
    """The text of all pages, or of so many of them that it is too long."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise BadInput(problems.locked_pdf())
    pages = []
    length = 0
    for page in reader.pages:
        text = _unwrapped(page.extract_text())
        pages.append(text)
        length += len(text)
        if length > limits.article:
            break  # the row will say that it is too long
    return "\n\n".join(filter(None, pages))


def _unwrapped(page: str) -> str:
    """The lines of a column joined to paragraphs, which end at a blank line or a short line."""
    lines = [line.strip() for line in LINE_END.split(page)]
    widths = sorted(len(line) for line in lines if line)
    # Three of four lines are at most as wide as the column; with less than 0.75 of that, a line is
    # a last one.
    full_width = 0.75 * widths[len(widths) * 3 // 4] if widths else 0
    pieces: list[str] = []
    continues = False
    for line in lines:
        if line and continues and pieces[-1].endswith("-") and line[0].islower():
            pieces[-1] = pieces[-1][:-1] + line  # a word that was divided
        elif line:
            pieces += [" " if continues else "\n\n", line]
        continues = bool(line) and len(line) >= full_width
    return "".join(pieces).strip()


def read_docx(data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read the paragraphs and tables of a DOCX document."""
    docx = DOCX.load()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in entries_of(archive, limits.container):
            if not is_plainly_packed(entry):
                raise BadInput(problems.entry_compression())
    document = docx.Document(io.BytesIO(as_plain_document(data)))
    blocks = [block for block in blocks_of_document(document, docx.oxml.parse_xml) if block.strip()]
    yield checked(ArticleRow(text="\n\n".join(blocks)))


def is_plainly_packed(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is unpacked bit by bit; bzip2 and LZMA unpack at once, to any size."""
    return entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def entries_of(archive: zipfile.ZipFile, limit: float) -> list[zipfile.ZipInfo]:
    """The files of an archive; BadInput if they are more or larger than they should be."""
    entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    size = sum(entry.file_size for entry in entries)
    is_bomb = any(entry.file_size > max(1e6, MAX_RATIO * entry.compress_size) for entry in entries)
    if is_bomb or size > limit or len(entries) > MAX_ENTRIES:
        raise BadInput(unpacks_to_too_much(limit))
    return entries


def unpacks_to_too_much(limit: float) -> str:
    """The problem of an archive that holds more than it should."""
    return problems.unpacks_to_too_much(limit, MAX_ENTRIES, MAX_RATIO)
