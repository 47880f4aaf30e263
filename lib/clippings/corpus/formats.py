"""Which file is read by which reader, and the archives that hold such files.

To read another format, write a reader in `documents` (one article per file) or `tabular` (one per
row) and add it here; if it rests on a library of others, add it to
`reader_process.FOREIGN_READERS`.
"""

import hashlib
import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from itertools import chain
from pathlib import PurePosixPath

from clippings.core.errors import BadInput
from clippings.core.lexicon import read_words
from clippings.corpus import problems
from clippings.corpus.documents import (
    MAX_ENTRIES,
    entries_of,
    is_plainly_packed,
    read_text,
    unpacks_to_too_much,
)
from clippings.corpus.exports.registry import split_export
from clippings.corpus.reader_process import FOREIGN_READERS, read_in_child
from clippings.corpus.rows import MAX_ROWS, ArticleRow, Limits, TooExpensive, within_limit
from clippings.corpus.tabular import read_csv, read_jsonl

NOTES = ("readme", "sources", "license", "licence")  # names of files about the corpus
TEXT_SUFFIXES = ("", ".txt", ".text", ".md", ".markdown")  # the names under which people save text
CONTAINER_SUFFIXES = (  # files of many articles
    *(".csv", ".tsv", ".tab", ".psv", ".jsonl", ".ndjson", ".json", ".parquet", ".zip"),
    *(".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"),
)

MAX_ENDED = 3
"""Files of one archive that may take too long before the rest is given up."""

ENTRY_HEADER = b"PK\x01\x02"  # begins the record of each file in the directory of a ZIP archive
ENTRY_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
)


def is_note(name: str) -> bool:
    """Whether a file is about the corpus, and so is not an article."""
    return PurePosixPath(name).stem.lower() in NOTES


def file_problem(name: str) -> str:
    """Say why a file of this name is not read.

    Parameters
    ----------
    name : str
        Name or path of a file.

    Returns
    -------
    str
        The problem and its fix; "" if the file may be read.

    Examples
    --------
    >>> file_problem("a.jpg")
    'a picture, not a .txt file: save the text as UTF-8 .txt'
    """
    suffix = _suffix(name)
    if suffix in TEXT_SUFFIXES or suffix in READERS or suffix in FOREIGN_READERS:
        return ""
    return problems.unknown_kind(list(read_words("reading/unread_files", "kind", suffix=suffix)))


def max_bytes(name: str, limits: Limits) -> float:
    """How large a file of this name may be: one that holds many articles may be larger."""
    return limits.container if _suffix(name) in CONTAINER_SUFFIXES else limits.article


def read_rows(article: str, data: bytes, limits: Limits, origin: str = "") -> Iterator[ArticleRow]:
    """Read the articles in a file.

    Parameters
    ----------
    article : str
        The file's id; the end of its name chooses the reader.
    data : bytes
        The file.
    limits : Limits
        How large an article may be, and the names of the columns in tables.
    origin : str
        Path of the file, if it differs from the id.

    Yields
    ------
    ArticleRow
        One row per article, with what the file itself says about it: title, outlet, address, date.
        A file or part of it that cannot be used is a row with a problem.

    Notes
    -----
    Not found: comments and side columns of a web page; columns and headers of a PDF; footnotes of a
    DOCX document.

    Examples
    --------
    >>> line = b'{"text": "It fell.", "date": "2021-03-16"}'
    >>> rows = read_rows("feed.jsonl", line, Limits(1e6, {}))
    >>> [(row.article, row.text, row.published_from, row.dated_by) for row in rows]
    [('feed.jsonl#1', 'It fell.', '2021-03-16', 'column date')]
    """
    sha256 = hashlib.sha256(data).hexdigest()
    origin = origin or article
    try:
        for row in _bounded_rows(article, data, limits):
            yield row.inside(article, origin)._replace(sha256=row.sha256 or sha256)
    except BadInput as error:
        yield ArticleRow(article=article, origin=origin, problem=str(error), sha256=sha256)


def _bounded_rows(name: str, data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """The rows of a file; BadInput for what hinders the reading of it or of its rest."""
    number = 0
    for row in chain.from_iterable(map(split_export, _rows_of_reader(name, data, limits))):
        number += 1
        if number > MAX_ROWS:
            raise BadInput(problems.too_many_rows(MAX_ROWS))
        yield row
    if number == 0:
        raise BadInput(problems.no_articles())


def _rows_of_reader(name: str, data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """The rows that the reader of a file makes, with its errors as BadInput."""
    suffix = _suffix(name)
    if suffix in FOREIGN_READERS:
        yield from read_in_child(suffix, data, limits)
        return
    reader = READERS.get(suffix, read_text)
    try:
        for row in reader(data, limits):
            yield within_limit(row, limits)
    except BadInput:
        raise
    except Exception as error:  # zipfile raises what it likes on damaged files
        raise BadInput(problems.damaged(type(error).__name__)) from None


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def read_zip(data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read the files in an archive, in memory: nothing is ever unpacked to the disk."""
    # The list of files is read whole, so a list that is too long must be noticed earlier.
    if data.count(ENTRY_HEADER) > MAX_ENTRIES:
        raise BadInput(unpacks_to_too_much(limits.container))
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except UnicodeDecodeError:
        raise BadInput(problems.archive_name_not_utf8()) from None
    size = 0
    number_ended = 0
    for entry in entries_of(archive, limits.container):
        if _is_passed_over(entry.filename):
            continue
        try:
            for row in _rows_of_entry(archive, entry, limits):
                size += len(row.text)
                if size > limits.container:
                    raise BadInput(unpacks_to_too_much(limits.container))
                yield row
        except TooExpensive as error:
            yield _row_of_entry(entry, str(error))
            number_ended += 1
            if number_ended >= MAX_ENDED:
                raise BadInput(problems.too_many_ended(number_ended)) from None


def _is_passed_over(name: str) -> bool:
    """Whether a file in an archive is hidden, or about the corpus."""
    if is_note(name):
        return True
    parts = _path_parts(name)
    return any(part.startswith((".", "__MACOSX")) and part.strip(".") for part in parts)


def _row_of_entry(entry: zipfile.ZipInfo, problem: str) -> ArticleRow:
    """The row of a file in an archive that cannot be used."""
    name = entry.filename
    return ArticleRow(article=f"/{name}", origin=f"\0{name}", problem=problem)


def _rows_of_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits
) -> Iterator[ArticleRow]:
    """The rows of one file in an archive."""
    if problem := _entry_problem(entry, limits):
        yield _row_of_entry(entry, problem)
        return
    try:
        data = archive.read(entry)
    except ENTRY_ERRORS as error:
        yield _row_of_entry(entry, problems.damaged_entry(str(error)))
        return
    name = entry.filename
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        for row in _bounded_rows(name, data, limits):
            yield row.inside(f"/{name}", f"\0{name}")._replace(sha256=row.sha256 or sha256)
    except TooExpensive:
        raise
    except BadInput as error:
        yield _row_of_entry(entry, str(error))._replace(sha256=sha256)


def _path_parts(name: str) -> list[str]:
    """The folders and the name of a path as Unix or Windows writes it."""
    return name.replace("\\", "/").split("/")


def _entry_problem(entry: zipfile.ZipInfo, limits: Limits) -> str:
    """Why a file in an archive is not read; "" if it may be."""
    name = entry.filename
    parts = _path_parts(name)
    if not parts[0] or ".." in parts or ":" in parts[0]:
        return problems.unsafe_entry_name()
    if stat.S_ISLNK(entry.external_attr >> 16):
        return problems.entry_is_a_link()
    if entry.flag_bits & 1:
        return problems.entry_is_locked()
    if _suffix(name) == ".zip":
        return problems.entry_is_an_archive()
    if entry.file_size > max_bytes(name, limits):
        return problems.too_large(max_bytes(name, limits))
    if not is_plainly_packed(entry):
        return problems.entry_compression()
    return file_problem(name)


READERS = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".tab": read_csv,
    ".psv": read_csv,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".zip": read_zip,
}
"""The readers of our own, by the end of the file's name; any other name is that of a text."""
