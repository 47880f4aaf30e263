"""Read web pages that were saved with all their parts in one file: MHTML, Safari and WARC.

MHTML files and Safari web archives contain one page each; a WARC file contains all pages that a
crawler received. Pictures, scripts and frames are parts of a page, not articles.
"""

import io
import plistlib
import re
from collections.abc import Iterator
from contextlib import suppress
from email.message import Message

from clippings.core.errors import BadInput
from clippings.corpus import problems
from clippings.corpus.documents import Extra, day_in_field
from clippings.corpus.html_parts import read_page_row
from clippings.corpus.rows import ArticleRow, Limits, table_row, within_limit

WARC = Extra("warc", "a web archive (WARC)", "warcio.archiveiterator")

PAGE_TYPES = ("text/html", "application/xhtml+xml")
SAVED_BY = re.compile(r"saved by", re.IGNORECASE)  # From: <Saved by Blink>, and older browsers
ADDRESS = re.compile(r"https?://", re.IGNORECASE)
ARCHIVED_COPY = re.compile(r"https?://web\.archive\.org/web/\d+[a-z_]*/(?=https?:)", re.IGNORECASE)

READ_SIZE = 1 << 16  # bytes of a record that are unpacked at a time


def is_saved_page(message: Message) -> bool:
    """Return whether a MIME message is a web page that a browser saved, not an email.

    Parameters
    ----------
    message : Message
        The parsed file.

    Returns
    -------
    bool
        By the headers that browsers write, or by the address at which its first part was found.
    """
    if message.get("Snapshot-Content-Location") or SAVED_BY.search(str(message.get("From", ""))):
        return True
    if message.get("To") or message.get("Received"):
        return False
    page = _page_part(message)
    return page is not None and bool(ADDRESS.match(_location(page)))


def read_saved_page(message: Message, subject: str, limits: Limits) -> ArticleRow:
    """Read the page of an MHTML file.

    Parameters
    ----------
    message : Message
        The parsed file.
    subject : str
        Its subject, in which browsers put the title of the page.
    limits : Limits
        What it may cost.

    Returns
    -------
    ArticleRow
        As of a page, with its address and the day on which it was saved.

    Raises
    ------
    BadInput
        When the file contains no page, or the page no article.
    """
    page = _page_part(message)
    if page is None:
        raise BadInput(problems.no_page_in_archive())
    html = page.get_payload(decode=True) or b""
    row = read_page_row(_in_utf_8(html, page.get_content_charset() or ""), limits)
    address = str(message.get("Snapshot-Content-Location", "")) or _location(page)
    return row._replace(
        title=row.title or subject,
        url=row.url or _without_archive(address),
        saved=day_in_field(str(message.get("Date", ""))) or row.saved,
    )


def _page_part(message: Message) -> Message | None:
    """Return the first web page in a message: browsers put the page before its frames."""
    return next((part for part in message.walk() if part.get_content_type() in PAGE_TYPES), None)


def _location(part: Message) -> str:
    return str(part.get("Content-Location", "")).strip()


def _without_archive(address: str) -> str:
    """Return an address, also of a copy in an archive of the web: that of the page itself."""
    address = "".join(address.split())
    return ARCHIVED_COPY.sub("", address) if ADDRESS.match(address) else ""


def _in_utf_8(html: bytes, charset: str) -> bytes:
    """Return the bytes of a page in UTF-8, if its encoding appears outside of it."""
    if charset and charset.lower() not in ("utf-8", "us-ascii"):
        with suppress(LookupError, UnicodeError):
            return html.decode(charset).encode()
    return html


def read_webarchive(data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read the page of a web archive of Safari."""
    archive = plistlib.loads(data)
    resource = archive.get("WebMainResource") if isinstance(archive, dict) else None
    html = resource.get("WebResourceData") if isinstance(resource, dict) else None
    if not isinstance(html, bytes):
        raise BadInput(problems.no_page_in_archive())
    charset = resource.get("WebResourceTextEncodingName")
    row = read_page_row(_in_utf_8(html, charset if isinstance(charset, str) else ""), limits)
    yield row._replace(url=row.url or _without_archive(str(resource.get("WebResourceURL", ""))))


def read_warc(data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read the pages of a WARC file, with their addresses and the days on which they were saved."""
    warcio = WARC.load()
    number = 0
    size = 0
    for record in warcio.ArchiveIterator(io.BytesIO(data), arc2warc=True):
        if not _is_page(record):
            continue
        number += 1
        html, is_whole = _content(record, limits)
        size += len(html)
        if size > limits.container:
            raise BadInput(problems.table_unpacks_to_too_much(limits.container))
        row = (
            _row_of_record(record, html, limits)
            if is_whole
            else ArticleRow(problem=problems.too_large(limits.article))
        )
        yield table_row(number, within_limit(row, limits))
    if number == 0:
        raise BadInput(problems.no_page_in_archive())


def _is_page(record) -> bool:
    """Return whether a record is the successful answer to a request for a page."""
    if record.rec_type not in ("response", "resource"):
        return False
    headers = record.http_headers
    if headers is None:
        content_type = record.rec_headers.get_header("Content-Type") or ""
        return content_type.partition(";")[0].strip().lower() in PAGE_TYPES
    content_type = headers.get_header("Content-Type") or ""
    return (
        headers.get_statuscode() == "200"
        and content_type.partition(";")[0].strip().lower() in PAGE_TYPES
    )


def _content(record, limits: Limits) -> tuple[bytes, bool]:
    """Return the bytes of a page, and whether they are complete; large pages are cut off."""
    stream = record.content_stream()
    pieces = []
    size = 0
    while piece := stream.read(READ_SIZE):
        pieces.append(piece)
        size += len(piece)
        if size > limits.article:
            return b"", False
    return b"".join(pieces), True


def _row_of_record(record, html: bytes, limits: Limits) -> ArticleRow:
    """Return the row of a page in a WARC file."""
    content_type = record.http_headers.get_header("Content-Type") if record.http_headers else ""
    charset = re.search(r"charset=[\"']?([\w-]+)", content_type or "", re.IGNORECASE)
    try:
        row = read_page_row(_in_utf_8(html, charset[1] if charset else ""), limits)
    except BadInput as error:
        return ArticleRow(problem=str(error))
    except MemoryError:
        raise
    except Exception as error:  # libraries raise what they like on damaged files
        return ArticleRow(problem=problems.damaged(type(error).__name__))
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    saved = day_in_field(record.rec_headers.get_header("WARC-Date") or "")
    return row._replace(url=row.url or _without_archive(address.strip("<>")), saved=saved)
