"""From the bytes of a file to the articles in it: one reader per kind of file, each a generator of rows."""

import codecs
import csv
import hashlib
import io
import json
import logging
import re
import stat
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from email.utils import parsedate_to_datetime
from importlib import import_module
from pathlib import PurePosixPath
from typing import NamedTuple

from clippings.decode import decode_bytes, decode_text, text_problem
from clippings.errors import BadInput, install
from clippings.lexicon import read_words

NOTES = ("readme", "sources", "license", "licence")
TEXTS = ("", ".txt", ".text", ".md", ".markdown")  # the names under which people save text
COLUMNS = ("text", "title", "date", "outlet", "url")  # of tables of articles, unless codebook/columns.csv names others
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


def is_note(name: str) -> bool:
    """Is it a file about the corpus, and no article?"""
    return PurePosixPath(name).stem.lower() in NOTES


def file_problem(name: str) -> str:
    """Why a file of this name is not read; "" if it may be.

    In: a name. Out: the problem and the repair. Raises: nothing. Misses: what is inside. Source:
    lexicon/unread_files.
    Example:
        >>> file_problem("a.jpg")
        'a picture, not a .txt file: save the text as UTF-8 .txt'
    """
    suffix = _suffix(name)
    if suffix in TEXTS or suffix in READERS:
        return ""
    kinds = read_words("unread_files", "kind", suffix=suffix)
    return ", ".join([*kinds, "not a .txt file: save the text as UTF-8 .txt"])


def most_bytes(name: str, limits: Limits) -> float:
    """How large a file of this name may be: one that holds many articles more than one that is an article."""
    return limits.article * (MANY if _suffix(name) in (".csv", ".tsv", ".jsonl", ".parquet", ".zip") else 1)


def read_rows(article: str, data: bytes, limits: Limits) -> Iterator[dict]:
    """The articles in a file, as rows of the table of articles.

    In: the file's id; its bytes; limits. Out: a row per article, with what the file itself says of it: title, outlet,
    url, day and where that day stands (dated_by); a row with a problem for what cannot be used.
    Raises: nothing. Misses: as each reader: comments and side columns of a web page, the page's own words for the
    author; columns, headers and hyphens at line ends of a PDF; footnotes of a DOCX. Source: none.
    Example:
        >>> rows = read_rows("feed.jsonl", b'{"text": "It fell.", "date": "2021-03-16"}', Limits(1e6, {}))
        >>> [(row["article"], row["text"], row["published_from"], row["dated_by"]) for row in rows]
        [('feed.jsonl#1', 'It fell.', '2021-03-16', 'column date')]
    """
    whole, found = hashlib.sha256(data).hexdigest(), 0
    try:
        for part, row in READERS.get(_suffix(article), _text)(data, limits):
            found += 1
            if not row.get("problem") and len(row.get("text", "")) > limits.article:
                row = {"problem": f"longer than {limits.article / 1e6:g} MB: split it, or raise max_mb"}
            yield {"article": f"{article}{part}", "sha256": whole, **row}
        problem = "" if found else "holds no articles: add some, or remove the file"
    except BadInput as error:
        problem = str(error)
    except Exception as error:  # the readers of other formats raise what they like on damaged files
        kind = type(error).__name__
        problem = f"damaged, or not what its name says ({kind}): open it and save the text as UTF-8 .txt"
    if problem:
        yield {"article": article, "sha256": whole, "problem": problem}


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _extra(module: str, extra: str, kind: str):
    """A library that only those need who have such files."""
    try:
        found = import_module(module)
    except ImportError:
        raise BadInput(f"{kind}: to read it, {install(extra)}") from None
    logging.getLogger(module).setLevel(logging.CRITICAL)  # what is wrong with a file stands in its row
    return found


def _decoded(data: bytes, decode=decode_text) -> str:
    problem, text = decode(data)
    if problem:
        raise BadInput(problem)
    return text


def _text(data: bytes, _) -> Iterator[tuple[str, dict]]:
    yield "", {"text": _decoded(data)}


def _checked(text: str, **more: str) -> dict:
    problem = text_problem(text)
    return {"problem": problem} if problem else {"text": text, **more}


def _html(data: bytes, _) -> Iterator[tuple[str, dict]]:
    extract = _extra("trafilatura", "html", "a web page").bare_extraction
    days = {"extensive_search": False, "original_date": True, "max_date": f"{YEARS[-1]}-12-31"}
    page = _page(data)
    if page.count("<") > MAX_TAGS:
        raise BadInput(f"a web page of more than {MAX_TAGS:,} tags: open it and save the text as UTF-8 .txt")
    found = extract(page, with_metadata=True, include_comments=False, date_extraction_params=days)
    if found is None or not (found.text or "").strip():
        raise BadInput("a web page in which no article was found: open it and save the text as UTF-8 .txt")
    lines = [line for line in found.text.split("\n") if line.strip()]
    title, author = " ".join((found.title or "").split()), (found.author or "").replace("; ", ", ")
    if author and not any(author in line for line in lines[:4]):
        lines.insert(int(title in lines[:1]), f"By {author}")
    if title and title not in lines[:4]:
        lines.insert(0, title)
    more = {"title": title, "outlet": found.sitename or "", "url": found.url or ""}
    yield "", _checked("\n\n".join(lines), **more, **_dated(found.date or "", "the page itself"))


def _page(data: bytes) -> str:
    """A page is often not in the encoding of its neighbours, and says so."""
    if b"\0" not in data:
        with suppress(UnicodeDecodeError):
            return data.decode("utf-8-sig")
        with suppress(LookupError, UnicodeError, AttributeError, TypeError):
            named = codecs.lookup(CHARSET.search(data[:5000])[1].decode()).name
            return data.decode("cp1252" if named in ("ascii", "iso8859-1") else named)  # as browsers do
    return _decoded(data, decode_bytes)


def _pdf(data: bytes, limits: Limits) -> Iterator[tuple[str, dict]]:
    pages, size = [], 0
    reader = _extra("pypdf", "docs", "a PDF").PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise BadInput("a PDF locked by a password: save it without, or its text as UTF-8 .txt")
    for page in reader.pages:
        pages.append(_unwrapped(page.extract_text()))
        size += len(pages[-1])
        if size > limits.article:
            break  # the row will say that it is too long
    text = "\n\n".join(filter(None, pages))
    yield "", _checked(text) if text else {"problem": "a PDF without text, perhaps a scan: read it with OCR first"}


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


def _docx(data: bytes, limits: Limits) -> Iterator[tuple[str, dict]]:
    read = _extra("docx", "docs", "a word processor's file").Document
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        _entries(archive, limits.article * MANY)
    blocks = []
    for block in read(io.BytesIO(data)).iter_inner_content():
        rows = [[cell.text for cell in row.cells] for row in block.rows] if hasattr(block, "rows") else [[block.text]]
        blocks += ["\t".join(row) for row in rows]
    yield "", _checked("\n\n".join(block for block in blocks if block.strip()))


def _csv(data: bytes, limits: Limits) -> Iterator[tuple[str, dict]]:
    text = _decoded(data)
    head = text[:10_000].partition("\n")[0]
    names = set(_names(limits).values())
    mark = max(",;\t|", key=lambda mark: len(names & {cell.strip(' "\r') for cell in head.split(mark)}))
    before, number = csv.field_size_limit(sys.maxsize), 0  # one for all of Python: put back when done
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
        header = [cell.strip() for cell in next(reader, [])]
        if problem := _without_text(header, limits):
            raise BadInput(problem)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            number += 1
            if len(cells) != len(header):
                wrong = f"has {len(cells)} cells and the header {len(header)}: mend the row and its quotation marks"
                yield f"#{number}", {"problem": wrong}
            else:
                yield f"#{number}", _told(dict(zip(header, cells, strict=True)), limits)
    except csv.Error as error:
        raise BadInput(f"cannot be read behind row {number} ({error}): mend the quotation marks there") from None
    finally:
        csv.field_size_limit(before)


def _jsonl(data: bytes, limits: Limits) -> Iterator[tuple[str, dict]]:
    lines = (line for line in io.StringIO(_decoded(data), newline="\n") if line.strip())
    for number, line in enumerate(lines, 1):
        row = None
        with suppress(ValueError, RecursionError):
            row = json.loads(line)
        wrong = {"problem": "not a JSON object: mend the line, or write one object a line"}
        yield f"#{number}", _told(row, limits) if isinstance(row, dict) else wrong


def _parquet(data: bytes, limits: Limits) -> Iterator[tuple[str, dict]]:
    file = _extra("pyarrow.parquet", "tables", "a Parquet table").ParquetFile(io.BytesIO(data))
    if problem := _without_text(file.schema_arrow.names, limits):
        raise BadInput(problem)
    present = [name for name in _names(limits).values() if name in file.schema_arrow.names]
    number, size = 0, 0
    for batch in file.iter_batches(batch_size=64, columns=present):  # a small file may hold one large text many times
        size += batch.nbytes
        if size > MANY * limits.article:
            raise BadInput(f"unpacks to more than {MANY * limits.article / 1e6:g} MB: split it, or raise max_mb")
        for row in batch.to_pylist():
            number += 1
            yield f"#{number}", _told(row, limits)


def _names(limits: Limits) -> dict[str, str]:
    """Our name of a column → theirs."""
    return {name: limits.names.get(name, name) for name in COLUMNS}


def _without_text(columns: list[str], limits: Limits) -> str:
    text, there = _names(limits)["text"], ", ".join(columns[:8])[:80]
    return "" if text in columns else f"has no column {text} (but {there}): name it in codebook/columns.csv"


def _told(row: dict, limits: Limits) -> dict:
    """One row of a table of articles. Half a character, which JSON may hold and nothing can save, becomes \\ufffd."""
    names = _names(limits)
    if problem := _without_text(list(row), limits):
        return {"problem": problem}
    own = {name: "" if row.get(theirs) is None else str(row[theirs]) for name, theirs in names.items()}
    own = {name: cell.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for name, cell in own.items()}
    text, day = own.pop("text"), own.pop("date").strip()
    more = {name: " ".join(cell.split()) for name, cell in own.items()}
    more["sha256"] = hashlib.sha256(text.encode()).hexdigest()
    return _checked(text, **more, **_dated(day, f"column {names['date']}"))


def _dated(day: str, source: str) -> dict[str, str]:
    """A day as it is written, if it is one: a wrong one is as bad as an article that was lost."""
    if not day:
        return {}
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        with suppress(ValueError, TypeError, IndexError, OverflowError):
            found = read(day)
            if found.year in YEARS:
                return dict.fromkeys(("published_from", "published_to"), f"{found:%Y-%m-%d}") | {"dated_by": source}
    return {"dated_by": f"{source}: {day[:40]!r} is not understood, write YYYY-MM-DD"}


def _zip(data: bytes, limits: Limits) -> Iterator[tuple[str, dict]]:
    """Read where it lies: nothing is unpacked to the disk, whatever the names in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        left = limits.article * MANY
        seen: dict[str, int] = {}
        for entry in _entries(archive, left):
            name = entry.filename
            hidden = any(part.startswith((".", "__MACOSX")) and part.strip(".") for part in _parts(name))
            if hidden or is_note(name):
                continue
            seen[name] = seen.get(name, 0) + 1
            part = f"/{name}" if seen[name] == 1 else f"/{name} ({seen[name]})"
            if problem := _entry_problem(entry, limits):
                yield part, {"problem": problem}
                continue
            try:
                inside = archive.read(entry)
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
                yield part, {"problem": f"damaged in the archive ({error}): pack it again"}
                continue
            for row in read_rows(name, inside, limits):
                left -= len(row.get("text", ""))
                if left < 0:
                    raise BadInput(_bomb(limits.article * MANY))
                yield part + row.pop("article").removeprefix(name), row


def _entries(archive: zipfile.ZipFile, most: float) -> list[zipfile.ZipInfo]:
    """What an archive holds, unless that is more than it should."""
    entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    small = len(entries) <= MAX_ENTRIES and sum(entry.file_size for entry in entries) <= most
    bombs = [entry for entry in entries if entry.file_size > max(1e6, MAX_RATIO * entry.compress_size)]
    if bombs or not small:
        raise BadInput(_bomb(most))
    return entries


def _bomb(most: float) -> str:
    limits = f"{most / 1e6:g} MB, {MAX_ENTRIES:,} files or {MAX_RATIO} times its size"
    return f"unpacks to more than {limits}: unpack it, or raise max_mb"


def _parts(name: str) -> list[str]:
    return name.replace("\\", "/").split("/")


def _entry_problem(entry: zipfile.ZipInfo, limits: Limits) -> str:
    name, parts = entry.filename, _parts(entry.filename)
    if not parts[0] or ".." in parts or ":" in parts[0]:
        return "its name is empty or leads out of the archive: pack it again without"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "a link in an archive: pack the file itself"
    if entry.flag_bits & 1:
        return "locked by a password: pack it without"
    if _suffix(name) == ".zip":
        return "an archive in an archive: unpack it"
    if entry.file_size > most_bytes(name, limits):
        return f"larger than {most_bytes(name, limits) / 1e6:g} MB: split it, or raise max_mb"
    return file_problem(name)


READERS = {
    **dict.fromkeys((".htm", ".html", ".xhtml"), _html),
    ".pdf": _pdf,
    ".docx": _docx,
    **dict.fromkeys((".csv", ".tsv"), _csv),
    ".jsonl": _jsonl,
    ".parquet": _parquet,
    ".zip": _zip,
}
