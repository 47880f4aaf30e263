"""Files that hold one article: text, a web page, a PDF, a word processor's file. A reader each, a generator of rows."""

import codecs
import io
import logging
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from email.utils import parsedate_to_datetime
from importlib import import_module
from typing import NamedTuple

from clippings.core.errors import BadInput, install
from clippings.corpus.encodings import decode_bytes, decode_text, text_problem

MANY = 50  # a table or archive may be so many times as large as one article, packed and unpacked
MAX_RATIO = 200  # text shrinks to a third or a twentieth when it is packed; a bomb to a thousandth
MAX_ENTRIES = 200_000
MAX_TAGS = 100_000  # of a web page: its reader's time grows with the square; long pages have a third of that
CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]*(?:charset|encoding)\s*=\s*[\"']?([\w-]+)", re.I)
YEARS = range(1600, 2200)  # a day in another year is a slip


class Limits(NamedTuple):
    """What a file may cost, and under which names its tables have the columns."""

    article: float  # bytes
    names: dict[str, str]


def library(module: str, extra: str, kind: str):
    """A library that only those need who have such files."""
    try:
        found = import_module(module)
    except ImportError:
        raise BadInput(f"{kind}: to read it, {install(extra)}") from None
    logging.getLogger(module).setLevel(
        logging.CRITICAL
    )  # what is wrong with a file stands in its row
    return found


def decoded(data: bytes, decode=decode_text) -> str:
    """The characters of a file. Raises BadInput with what hinders them."""
    problem, text = decode(data)
    if problem:
        raise BadInput(problem)
    return text


def checked(text: str, **more: str) -> dict:
    """A row of an article, or of what hinders the use of its text."""
    problem = text_problem(text)
    return {"problem": problem} if problem else {"text": text, **more}


def dated(day: str, source: str) -> dict[str, str]:
    """A day as it is written, if it is one: a wrong one is as bad as an article that was lost."""
    if not day:
        return {}
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        with suppress(ValueError, TypeError, IndexError, OverflowError):
            found = read(day)
            if found.year in YEARS:
                return dict.fromkeys(("published_from", "published_to"), f"{found:%Y-%m-%d}") | {
                    "dated_by": source
                }
    return {"dated_by": f"{source}: {day[:40]!r} is not understood, write YYYY-MM-DD"}


def read_text(data: bytes, _) -> Iterator[tuple[str, dict]]:
    yield "", {"text": decoded(data)}


def read_page(data: bytes, _) -> Iterator[tuple[str, dict]]:
    extract = library("trafilatura", "html", "a web page").bare_extraction
    days = {"extensive_search": False, "original_date": True, "max_date": f"{YEARS[-1]}-12-31"}
    page = _page(data)
    if page.count("<") > MAX_TAGS:
        raise BadInput(
            f"a web page of more than {MAX_TAGS:,} tags: open it and save the text as UTF-8 .txt"
        )
    found = extract(page, with_metadata=True, include_comments=False, date_extraction_params=days)
    if found is None or not (found.text or "").strip():
        raise BadInput(
            "a web page in which no article was found: open it and save the text as UTF-8 .txt"
        )
    lines = [line for line in found.text.split("\n") if line.strip()]
    title, author = " ".join((found.title or "").split()), (found.author or "").replace("; ", ", ")
    if author and not any(author in line for line in lines[:4]):
        lines.insert(int(title in lines[:1]), f"By {author}")
    if title and title not in lines[:4]:
        lines.insert(0, title)
    more = {"title": title, "outlet": found.sitename or "", "url": found.url or ""}
    yield "", checked("\n\n".join(lines), **more, **dated(found.date or "", "the page itself"))


def _page(data: bytes) -> str:
    """A page is often not in the encoding of its neighbours, and says so."""
    if b"\0" not in data:
        with suppress(UnicodeDecodeError):
            return data.decode("utf-8-sig")
        with suppress(LookupError, UnicodeError, AttributeError, TypeError):
            named = codecs.lookup(CHARSET.search(data[:5000])[1].decode()).name
            return data.decode(
                "cp1252" if named in ("ascii", "iso8859-1") else named
            )  # as browsers do
    return decoded(data, decode_bytes)


def read_pdf(data: bytes, limits: Limits) -> Iterator[tuple[str, dict]]:
    pages, size = [], 0
    reader = library("pypdf", "docs", "a PDF").PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise BadInput("a PDF locked by a password: save it without, or its text as UTF-8 .txt")
    for page in reader.pages:
        pages.append(_unwrapped(page.extract_text()))
        size += len(pages[-1])
        if size > limits.article:
            break  # the row will say that it is too long
    text = "\n\n".join(filter(None, pages))
    yield (
        "",
        checked(text)
        if text
        else {"problem": "a PDF without text, perhaps a scan: read it with OCR first"},
    )


def _unwrapped(page: str) -> str:
    """Lines of a column joined to paragraphs: one ends at a blank line, and at a line much shorter than most."""
    lines = [line.strip() for line in page.splitlines()]
    widths = sorted(len(line) for line in lines if line)
    full = 0.75 * widths[len(widths) * 3 // 4] if widths else 0
    parts, going = [], False
    for line in lines:
        if line and going and parts[-1].endswith("-") and line[0].islower():
            parts[-1] = parts[-1][:-1] + line
        elif line:
            parts += [" " if going else "\n\n", line]
        going = bool(line) and len(line) >= full
    return "".join(parts).strip()


def read_docx(data: bytes, limits: Limits) -> Iterator[tuple[str, dict]]:
    read = library("docx", "docs", "a word processor's file").Document
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries_of(archive, limits.article * MANY)
    blocks = []
    for block in read(io.BytesIO(data)).iter_inner_content():
        rows = (
            [[cell.text for cell in row.cells] for row in block.rows]
            if hasattr(block, "rows")
            else [[block.text]]
        )
        blocks += ["\t".join(row) for row in rows]
    yield "", checked("\n\n".join(block for block in blocks if block.strip()))


def entries_of(archive: zipfile.ZipFile, most: float) -> list[zipfile.ZipInfo]:
    """What an archive holds, unless that is more than it should."""
    entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    small = len(entries) <= MAX_ENTRIES and sum(entry.file_size for entry in entries) <= most
    bombs = [
        entry for entry in entries if entry.file_size > max(1e6, MAX_RATIO * entry.compress_size)
    ]
    if bombs or not small:
        raise BadInput(bomb(most))
    return entries


def bomb(most: float) -> str:
    """What is said of an archive that holds more than it should."""
    limits = f"{most / 1e6:g} MB, {MAX_ENTRIES:,} files or {MAX_RATIO} times its size"
    return f"unpacks to more than {limits}: unpack it, or raise max_mb"
