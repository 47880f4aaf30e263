"""The file of one codebook table: records, and the comments between them.

Analysts edit these files in text editors and spreadsheets. The changes that spreadsheets make to
the format (semicolons or tabs instead of commas, a first line "sep=;", UTF-16, comments split into
cells) are understood and preserved.
"""

import csv
import io
import os
import re
import stat
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from clippings.core.csv_cells import csv_line
from clippings.core.errors import BadInput
from clippings.core.terminal import printable
from clippings.core.wording import shorten

# Byte order marks and the encodings that they announce. "Unicode text" of Excel is UTF-16.
_ENCODINGS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_DELIMITERS = ",;\t"  # Excel writes semicolons where the decimal sign is a comma
_SEPARATOR_LINE = re.compile(r"sep=(.)\s*$", re.IGNORECASE)  # "sep=;", a hint for Excel
_SHOWN_LENGTH = 120  # characters of a header or a cell that an error message quotes

_KINDS = {
    stat.S_IFLNK: "a link",
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
}


@dataclass(frozen=True)
class Record:
    """One record of a table's file."""

    lead: str  # comments and blank lines in front of it
    source: str  # its own lines, as in the file
    cells: list[str]
    line: int  # number of its first line, from 1


@dataclass(frozen=True)
class CodebookFile:
    """A table's file in pieces; joined, the leads, sources and tail are its whole text."""

    header: Record
    records: list[Record] = field(default_factory=list)
    tail: str = ""  # comments and blank lines after the last record
    mark: bytes = b""  # byte order mark
    encoding: str = "utf-8"
    delimiter: str = ","
    line_end: str = "\n"

    @property
    def columns(self) -> list[str]:
        """Return the names of the columns, without blanks around them."""
        return [cell.strip() for cell in self.header.cells]

    def line_of(self, cells: list[str]) -> str:
        """Write a record in the form of this file."""
        return csv_line(cells, self.line_end, self.delimiter)

    def encode(self, text: str) -> bytes:
        """Return a text as the bytes of this file."""
        return self.mark + text.encode(self.encoding)


def file_bytes(path: Path) -> bytes | None:
    """Read the file of a table.

    Parameters
    ----------
    path : pathlib.Path
        ``codebook/NAME.csv`` in a folder of articles.

    Returns
    -------
    bytes or None
        The content of the file, None if there is no such file.

    Raises
    ------
    BadInput
        If something else is in its place: a folder, a link, a pipe or a device. A link is
        refused because saving the table would replace the link and not the file it points to.

    Examples
    --------
    >>> file_bytes(Path("no such folder", "codebook", "actors.csv")) is None
    True
    """
    folder = path.parent
    if folder.is_file():  # an article may be called "codebook"
        return None
    if os.path.lexists(folder) and not folder.is_dir():
        raise _not_a_folder(folder)
    try:
        mode = path.lstat().st_mode
        if not stat.S_ISREG(mode):
            kind = _KINDS.get(stat.S_IFMT(mode), "a device")
            raise BadInput(
                f"{folder.name}/{path.name} is {kind}, not a file: put the CSV file itself there"
            )
        return path.read_bytes()
    except FileNotFoundError:
        return None


def make_folder(folder: Path) -> None:
    """Make the folder of a codebook, if it does not exist.

    Parameters
    ----------
    folder : pathlib.Path
        ``codebook`` in a folder of articles.

    Raises
    ------
    BadInput
        If something else has that name, such as an article: rename it.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp(), "codebook")
    >>> make_folder(folder)
    >>> folder.is_dir()
    True
    """
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError:
        raise _not_a_folder(folder) from None


def _not_a_folder(folder: Path) -> BadInput:
    """Return the error of something that has the name of the codebook's folder."""
    return BadInput(f"{folder} is not a folder: rename it, so that a codebook can be created there")


def parse_file(
    data: bytes, name: str, columns: list[str], optional: Collection[str] = ()
) -> CodebookFile:
    """Split the file of a table into records, comments and blank lines.

    Parameters
    ----------
    data : bytes
        The content of the file.
    name : str
        What messages call the file, such as ``codebook/actors.csv``.
    columns : list of str
        The columns of the table; they show which delimiter the file uses.
    optional : collection of str, optional
        Those of `columns` that the file may lack.

    Returns
    -------
    CodebookFile
        The pieces of the file. A file without any record has all columns as its header.

    Raises
    ------
    BadInput
        If the file is not in UTF-8 or UTF-16, a quotation mark is not closed, a column is missing
        or double, or a row has more cells than the header. The message names the line and the fix.

    Examples
    --------
    >>> file = parse_file(b"# Names\\nactor;alias\\nRome;Roma\\n", "codebook/actors.csv", ["actor"])
    >>> file.delimiter, file.columns, file.records[0].cells, file.header.lead
    (';', ['actor', 'alias'], ['Rome', 'Roma'], '# Names\\n')
    """
    mark, encoding, text = _decoded(data, name)
    delimiter = _delimiter_of(text, columns)
    records, tail = _records_of(text, delimiter, name)
    if records:
        header, *records = records
    else:
        header = Record(tail, "", columns, 1)
        tail = ""
    file = CodebookFile(header, records, tail, mark, encoding, delimiter, _line_end_of(text))
    _check_columns(file, name, [column for column in columns if column not in optional])
    return file


def _decoded(data: bytes, name: str) -> tuple[bytes, str, str]:
    """Return the byte order mark, the encoding and the text of a file."""
    mark = next((mark for mark in _ENCODINGS if data.startswith(mark)), b"")
    encoding = _ENCODINGS.get(mark, "utf-8")
    content = data[len(mark) :]
    try:
        return mark, encoding, content.decode(encoding)
    except UnicodeDecodeError as error:
        # The encoding is not guessed: a wrong guess would spoil names without anybody noticing.
        line = content.count(b"\n", 0, error.start) + 1
        word = re.search(rb"\S{,20}\Z", content[: error.start])[0]
        word += re.match(rb"\S{,20}", content[error.start :])[0]
        raise BadInput(
            f"{name}, line {line}: {str(word)[1:]} is not UTF-8: "
            'save the file as "CSV UTF-8" (in Excel: Save As, file type CSV UTF-8)'
        ) from None


def _lines_of(text: str) -> Iterator[str]:
    """Return lines with their ends; only \\n, \\r\\n and \\r end a line, as in the csv module."""
    return iter(io.StringIO(text, newline=""))


def _line_end_of(text: str) -> str:
    """Return the line end that a file uses."""
    return next((end for end in ("\r\n", "\n", "\r") if end in text), "\n")


def _delimiter_of(text: str, columns: list[str]) -> str:
    """Return the delimiter: from a first line "sep=;", or else inferred from the header."""
    if separator := _SEPARATOR_LINE.match(next(_lines_of(text), "")):
        return separator[1]
    for line in _lines_of(text):
        if not line.strip() or line.lstrip('"').startswith("#"):
            continue
        headers = {
            mark: {cell.strip(' "\r\n') for cell in line.split(mark)} for mark in _DELIMITERS
        }
        return max(_DELIMITERS, key=lambda mark: len(headers[mark] & set(columns)))
    return _DELIMITERS[0]


def _records_of(text: str, delimiter: str, name: str) -> tuple[list[Record], str]:
    """Split a text into records and the comments and blank lines after the last one."""
    records: list[Record] = []
    lead: list[str] = []
    source: list[str] = []
    lines_read = 0

    def record_lines() -> Iterator[str]:
        nonlocal lines_read
        for line in _lines_of(text):
            lines_read += 1
            in_record = bool(source)  # a # inside a quoted cell does not start a comment
            hint = lines_read == 1 and _SEPARATOR_LINE.match(line)
            if not in_record and (hint or line.startswith("#")):
                lead.append(line)
            else:
                source.append(line)
                yield line

    reader = csv.reader(record_lines(), delimiter=delimiter)
    own_text = ""
    first_line = 1
    while (cells := _next_record(reader, name, lambda: lines_read - len(source) + 1)) is not None:
        own_text = "".join(source)
        first_line = lines_read - len(source) + 1
        source.clear()
        # A spreadsheet puts quotes around a comment that has its delimiter: '"# a; b";;'. Only a
        # comment can start with # above the header; below it, such a cell is a value.
        is_quoted_comment = not records and bool(cells) and cells[0].startswith("#")
        if is_quoted_comment or not any(cell.strip() for cell in cells):
            lead.append(own_text)
        else:
            records.append(Record("".join(lead), own_text, cells, first_line))
            lead.clear()
    if _is_open(own_text, delimiter):
        raise BadInput(
            f"{name}, line {first_line}: a quotation mark is not closed: close it, "
            'or write "" for a mark inside a cell'
        )
    return records, "".join(lead)


def _next_record(reader, name: str, line: Callable[[], int]) -> list[str] | None:
    """Return the cells of the next record, None at the end of the file."""
    try:
        return next(reader, None)
    except csv.Error:  # a cell beyond the limit of the csv module, 131,072 characters
        raise BadInput(
            f"{name}, line {line()}: a cell has more than {csv.field_size_limit():,} characters: "
            "close its quotation mark, or shorten it"
        ) from None


def _is_open(source: str, delimiter: str) -> bool:
    """Return whether a record lacks a closing mark: the reader takes one more line into it."""
    lines = [*_lines_of(source.rstrip("\r\n") + "\n"), "next record"]
    return len(list(csv.reader(lines, delimiter=delimiter))) == 1


def _check_columns(file: CodebookFile, name: str, columns: list[str]) -> None:
    """Refuse a header or a row that does not fit the table."""
    shown = shorten(printable(file.delimiter.join(file.columns)), _SHOWN_LENGTH)
    missing = [column for column in columns if column not in file.columns]
    if missing:
        raise BadInput(
            f"{name} has no column {', '.join(missing)}: its header is {shown}; "
            f"the header must contain {','.join(columns)}"
        )
    double = [column for column in columns if file.columns.count(column) > 1]
    if double:
        raise BadInput(
            f"{name} has two columns {', '.join(double)}: its header is {shown}; "
            f"rename or delete one of them"
        )
    for record in file.records:
        beyond = [cell for cell in record.cells[len(file.columns) :] if cell.strip()]
        if beyond:
            raise BadInput(
                f"{name}, line {record.line}: the row has {len(record.cells)} cells, but the "
                f"header has {len(file.columns)}: put a cell that contains {file.delimiter!r} in "
                f"quotation marks (left over: {shorten(printable(beyond[0]), _SHOWN_LENGTH)!r})"
            )
