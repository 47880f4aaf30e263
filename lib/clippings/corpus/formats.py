"""Choose the reader for each file, and read the files inside archives.

To read another format:

1. Write a reader in a module of its own: a generator of `ArticleRow` (models: `rich_text` for one
   article per file, `epub` for several).
2. Register it: in `READERS` below, or in `ISOLATED_READERS` of `reader_process` if it uses a
   third-party library or reads mail, in a process of its own with limits.
3. Add its suffix to `CONTAINER_SUFFIXES` if one file may contain many articles.
4. In `file_kinds`, add its signature and other suffixes, even if it begins like XML, ZIP or OLE
   files.
5. Delete its row from lexicon/reading/unread_files.csv, if there is one, and add it to the list of
   formats in docs/how-to/own-folder.md.
"""

import hashlib
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from itertools import chain
from pathlib import PurePosixPath

from clippings.core.errors import BadInput
from clippings.corpus import problems
from clippings.corpus.companion_files import find_companions
from clippings.corpus.documents import (
    MAX_ENTRIES,
    entries_of,
    is_plainly_packed,
    read_text,
    unpacks_to_too_much,
)
from clippings.corpus.exports.registry import split_export
from clippings.corpus.file_kinds import (
    KIND_OF_SUFFIX,
    kind_of,
    name_problem,
    suffix_of,
    unread_problem,
)
from clippings.corpus.packed_files import name_inside, tar_entries, unpack
from clippings.corpus.reader_process import ISOLATED_READERS, read_in_child
from clippings.corpus.rows import MAX_ROWS, ArticleRow, Limits, TooExpensive, within_limit
from clippings.corpus.tabular import read_csv, read_jsonl

NOTES = ("readme", "sources", "license", "licence")  # file names about the corpus
CONTAINER_SUFFIXES = (
    *(".csv", ".tsv", ".tab", ".psv", ".jsonl", ".ndjson", ".json", ".parquet"),
    *(".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"),
    *(".zip", ".tar", ".gz", ".warc", ".webarchive"),
    *(".mbox", ".eml", ".msg", ".enex", ".xml", ".epub", ".ris", ".bib"),
)
"""Kinds of files that contain many articles, or pictures besides an article."""

ARCHIVE_KINDS = (".zip", ".tar", ".gz")

SYSTEM_FILES = ("thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r")  # of file managers
LOCK_PREFIX = "~$"  # begins the file name by which Word marks an open document

MAX_ENDED = 3
"""Files of one archive that may take too long before the rest is given up."""

CRAWLED_PAGES = re.compile(r"archive/.*\.warc(?:\.gz)?$")  # in a WACZ file

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
    """Return whether a file is a note about the corpus or an auxiliary file, not an article."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.name.lower() in SYSTEM_FILES or path.name.startswith(LOCK_PREFIX):
        return True
    return path.stem.lower() in NOTES


def file_problem(name: str) -> str:
    """Explain why a file of this name is not opened.

    Parameters
    ----------
    name : str
        Name or path of a file.

    Returns
    -------
    str
        The problem and its fix; "" if the file is opened.

    Examples
    --------
    >>> file_problem("feed.rar")
    'an archive in an unsupported format: unpack it (7z x *.rar), or repack it as .zip'
    """
    return "" if suffix_of(name) in _known_kinds() else name_problem(name)


def _known_kinds() -> set[str]:
    """Return the suffixes of all readers."""
    return READERS.keys() | ISOLATED_READERS.keys()


def max_bytes(name: str, limits: Limits) -> float:
    """Return the size limit for a file name; files with many articles may be larger."""
    suffix = suffix_of(name)
    is_container = KIND_OF_SUFFIX.get(suffix, suffix) in CONTAINER_SUFFIXES
    return limits.container if is_container else limits.article


def read_rows(article: str, data: bytes, limits: Limits, origin: str = "") -> Iterator[ArticleRow]:
    """Read the articles in a file.

    Parameters
    ----------
    article : str
        The file's id; the end of its name chooses the reader.
    data : bytes
        The file.
    limits : Limits
        The size limits of articles, and the column names in tables.
    origin : str
        Path of the file, if it differs from the id.

    Yields
    ------
    ArticleRow
        One row per article, with the title, outlet, address and date that the file states. If a
        file or part of a file cannot be used, its row has a problem.

    Notes
    -----
    Not found: comments and side columns of a web page; columns and headers of a PDF; headers and
    footers of documents.

    Examples
    --------
    >>> line = b'{"text": "It fell.", "date": "2021-03-16"}'
    >>> rows = read_rows("feed.jsonl", line, Limits(1e6, {}))
    >>> [(row.article, row.text, row.published_from, row.dated_by) for row in rows]
    [('feed.jsonl#1', 'It fell.', '2021-03-16', 'column')]
    """
    sha256 = hashlib.sha256(data).hexdigest()
    origin = origin or article
    try:
        for row in _bounded_rows(article, data, limits):
            yield _with_sha256(row, sha256).inside(article, origin)
    except BadInput as error:
        yield ArticleRow(article=article, origin=origin, problem=str(error), sha256=sha256)


def _with_sha256(row: ArticleRow, sha256_of_file: str) -> ArticleRow:
    """Add the hash of the file to a row, or of its text if the file contains several articles."""
    if row.sha256:
        return row
    is_part = bool(row.article)
    sha256 = hashlib.sha256(row.text.encode()).hexdigest() if is_part else sha256_of_file
    return row._replace(sha256=sha256)


def _bounded_rows(name: str, data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Yield the rows of a file; raise BadInput if it, or the rest of it, cannot be read."""
    number = 0
    for row in chain.from_iterable(map(split_export, _rows_of_reader(name, data, limits))):
        number += 1
        if number > MAX_ROWS:
            raise BadInput(problems.too_many_rows(MAX_ROWS))
        yield row
    if number == 0:
        raise BadInput(problems.no_articles())


def _rows_of_reader(name: str, data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Yield the rows that the reader of a file makes, with its errors as BadInput."""
    kind = _kind_of_reader(name, data)
    if kind in ISOLATED_READERS:
        yield from read_in_child(kind, data, limits)
        return
    try:
        for row in _rows_of_own_reader(kind, name, data, limits):
            yield within_limit(row, limits)
    except BadInput:
        raise
    except Exception as error:  # zipfile raises many kinds of errors on damaged files
        raise BadInput(problems.damaged(type(error).__name__)) from None


def _rows_of_own_reader(kind: str, name: str, data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Yield the rows from a reader that runs in this process."""
    if kind == ".gz":
        return read_packed(name, data, limits)
    if kind in READERS:
        return READERS[kind](data, limits)
    if problem := unread_problem(kind):
        raise BadInput(problem)
    return read_text(data, limits)


def _kind_of_reader(name: str, data: bytes) -> str:
    """Return the suffix under which the reader of a file is registered."""
    suffix = suffix_of(name)
    kind = kind_of(name, data)
    # A reader for one of several suffixes of a kind takes precedence over that of the kind.
    is_of_its_kind = KIND_OF_SUFFIX.get(suffix, suffix) == kind
    return suffix if is_of_its_kind and suffix in _known_kinds() else kind


def read_packed(name: str, data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read the file inside a gzip, bzip2 or xz file, in memory."""
    inside = name_inside(name)
    unpacked = unpack(data, limits)
    kind = _kind_of_reader(inside, unpacked)
    # A TAR archive must have a TAR suffix, because some files unpack to themselves without end.
    is_unnamed_tar = kind == ".tar" and suffix_of(inside) != ".tar"
    if kind in (".gz", ".zip") or is_unnamed_tar:
        raise BadInput(problems.entry_is_an_archive())
    if kind not in CONTAINER_SUFFIXES and len(unpacked) > limits.article:
        raise BadInput(problems.too_large(limits.article))
    yield from _rows_of_reader(inside, unpacked, limits)


def read_tar(data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read the files in a TAR archive in memory; nothing is unpacked to the disk."""
    entries = [entry for entry in tar_entries(data, limits) if not _is_passed_over(entry.name)]
    companions = find_companions(entry.name for entry in entries)
    yield from _rows_of_companions(companions.problems)
    guard = _ArchiveGuard(limits)
    for name, problem, content in entries:
        if name in companions.names:
            continue
        problem = problem or _entry_problem(name, len(content), limits)
        if problem:
            yield _problem_row(name, problem)
        else:
            yield from guard.checked(_rows_of_content(name, content, limits), name)


def read_zip(data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read the files in an archive in memory; nothing is unpacked to the disk."""
    # The complete list of files is read at once, so its length must be checked first.
    if data.count(ENTRY_HEADER) > MAX_ENTRIES:
        raise BadInput(unpacks_to_too_much(limits.container))
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except UnicodeDecodeError:
        raise BadInput(problems.archive_name_not_utf8()) from None
    entries = [
        entry
        for entry in entries_of(archive, limits.container)
        if not _is_passed_over(entry.filename)
    ]
    if _is_crawl(archive.namelist()):
        entries = [entry for entry in entries if CRAWLED_PAGES.match(entry.filename)]
    companions = find_companions(entry.filename for entry in entries)
    yield from _rows_of_companions(companions.problems)
    guard = _ArchiveGuard(limits)
    for entry in entries:
        if entry.filename not in companions.names:
            rows = _rows_of_entry(archive, entry, limits)
            yield from guard.checked(rows, entry.filename)


def _is_crawl(names: list[str]) -> bool:
    """Return whether an archive contains a web crawl with indexes (WACZ)."""
    return "datapackage.json" in names and any(CRAWLED_PAGES.match(name) for name in names)


class _ArchiveGuard:
    """Stops reading an archive with too much text or too many unreadable files."""

    def __init__(self, limits: Limits):
        self.limits = limits
        self.size = 0
        self.number_ended = 0

    def checked(self, rows: Iterator[ArticleRow], name: str) -> Iterator[ArticleRow]:
        """Yield the rows of one file of the archive."""
        try:
            for row in rows:
                self.size += len(row.text)
                if self.size > self.limits.container:
                    raise BadInput(unpacks_to_too_much(self.limits.container))
                yield row
        except TooExpensive as error:
            yield _problem_row(name, str(error))
            self.number_ended += 1
            if self.number_ended >= MAX_ENDED:
                raise BadInput(problems.too_many_ended(self.number_ended)) from None


def _rows_of_companions(problem_of: dict[str, str]) -> Iterator[ArticleRow]:
    """Yield the rows of pictures and the like in an archive: one for each kind."""
    for name, problem in problem_of.items():
        yield _problem_row(name, problem)


def _is_passed_over(name: str) -> bool:
    """Return whether a file in an archive is ignored: hidden files, and notes on the corpus."""
    if is_note(name):
        return True
    parts = _path_parts(name)
    return any(part.startswith((".", "__MACOSX")) and part.strip(".") for part in parts)


def _problem_row(name: str, problem: str) -> ArticleRow:
    """Return the row of a file in an archive that cannot be used."""
    return ArticleRow(article=f"/{name}", origin=f"\0{name}", problem=problem)


def _rows_of_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits
) -> Iterator[ArticleRow]:
    """Yield the rows of one file in a ZIP archive."""
    name = entry.filename
    problem = _zip_entry_problem(entry) or _entry_problem(name, entry.file_size, limits)
    if problem:
        yield _problem_row(name, problem)
        return
    try:
        data = archive.read(entry)
    except ENTRY_ERRORS as error:
        yield _problem_row(name, problems.damaged_entry(str(error)))
        return
    yield from _rows_of_content(name, data, limits)


def _rows_of_content(name: str, data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Yield the rows of one unpacked file of an archive."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        if _kind_of_reader(name, data) in ARCHIVE_KINDS and not _holds_one_file(name, data):
            raise BadInput(problems.entry_is_an_archive())
        for row in _bounded_rows(name, data, limits):
            yield _with_sha256(row, sha256).inside(f"/{name}", f"\0{name}")
    except TooExpensive:
        raise
    except BadInput as error:
        yield _problem_row(name, str(error))._replace(sha256=sha256)


def _holds_one_file(name: str, data: bytes) -> bool:
    """Return whether an entry of an archive is a single compressed file such as a.txt.gz."""
    return _kind_of_reader(name, data) == ".gz" and suffix_of(name_inside(name)) != ".tar"


def _path_parts(name: str) -> list[str]:
    """Return the folders and the name of a path as Unix or Windows writes it."""
    return name.replace("\\", "/").split("/")


def _zip_entry_problem(entry: zipfile.ZipInfo) -> str:
    """Return why a file in a ZIP archive is not unpacked; "" if it may be."""
    if stat.S_ISLNK(entry.external_attr >> 16):
        return problems.entry_is_a_link()
    if entry.flag_bits & 1:
        return problems.entry_is_locked()
    if not is_plainly_packed(entry):
        return problems.entry_compression()
    return ""


def _entry_problem(name: str, size: int, limits: Limits) -> str:
    """Return why a file in an archive is not read; "" if it may be."""
    parts = _path_parts(name)
    if not parts[0] or ".." in parts or ":" in parts[0]:
        return problems.unsafe_entry_name()
    if suffix_of(name) == ".zip":
        return problems.entry_is_an_archive()
    if problem := file_problem(name):
        return problem
    if size > max_bytes(name, limits):
        return problems.too_large(max_bytes(name, limits))
    return ""


READERS = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".tab": read_csv,
    ".psv": read_csv,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".zip": read_zip,
    ".tar": read_tar,
}
"""Readers that need no third-party library, by file suffix; other files are read as text."""
