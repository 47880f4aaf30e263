"""Read the sheets of spreadsheets (XLSX, XLS, ODS) and of other files with the suffix .xls.

Many archives export web pages or CSV files as .xls, because spreadsheet programs open them.
"""

import io
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

from clippings.core.errors import BadInput
from clippings.corpus import problems
from clippings.corpus.documents import Extra, decoded, entries_of, is_plainly_packed
from clippings.corpus.encodings import decode_bytes
from clippings.corpus.rows import Limits

SPREADSHEET = Extra("tables", "a spreadsheet", "python_calamine")

ZIP_SIGNATURE = b"PK\x03\x04"
OLD_OFFICE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLDEST_EXCEL_SIGNATURES = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")

ROW_TAGS = ("tr", "row", "ss:row")  # of HTML, and of Excel's XML of 2003
CELL_TAGS = ("td", "th", "cell", "ss:cell")
SHEET_TAGS = ("table", "worksheet", "ss:worksheet")
BREAK_TAGS = ("br", "p", "div", "li")
MAX_SKIPPED_CELLS = 1000  # cells that ss:Index may leave out; more is damage


class Sheet(NamedTuple):
    """A sheet, or a table of a web page."""

    name: str
    rows: list[list]
    is_hidden: bool = False


def is_spreadsheet(data: bytes) -> bool:
    """Return whether bytes begin as a file of a spreadsheet program does.

    Examples
    --------
    >>> is_spreadsheet(b"PK\\x03\\x04..."), is_spreadsheet(b"<table><tr>")
    (True, False)
    """
    signatures = (ZIP_SIGNATURE, OLD_OFFICE_SIGNATURE, *OLDEST_EXCEL_SIGNATURES)
    return data.startswith(signatures)


def read_sheets(data: bytes, limits: Limits) -> list[Sheet]:
    """Read the sheets of a file of a spreadsheet program.

    Parameters
    ----------
    data : bytes
        The file.
    limits : Limits
        What it may cost.

    Returns
    -------
    list of Sheet
        Its sheets in order, with the rows that contain anything. A cell that is merged over several
        rows is repeated in each of them.

    Raises
    ------
    BadInput
        When the library is missing, the file has a password, is damaged or unpacks to too much.
    """
    calamine = SPREADSHEET.load()
    if data.startswith(ZIP_SIGNATURE):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in entries_of(archive, limits.container):
                if not is_plainly_packed(entry):
                    raise BadInput(problems.entry_compression())
    try:
        workbook = calamine.load_workbook(io.BytesIO(data))
    except calamine.PasswordError:
        raise BadInput(problems.locked_spreadsheet()) from None
    sheets = []
    for metadata in workbook.sheets_metadata:
        if metadata.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(metadata.name)
        rows = _filled_rows(sheet)
        is_hidden = metadata.visible != calamine.SheetVisibleEnum.Visible
        sheets.append(Sheet(metadata.name, rows, is_hidden))
    return sheets


def _filled_rows(sheet) -> list[list]:
    """Return the rows of a sheet that contain anything, with merged cells in each of their rows."""
    rows = sheet.to_python(skip_empty_area=False)
    for (first_row, first_column), (last_row, last_column) in sheet.merged_cell_ranges or ():
        # A cell over several columns is a heading, which belongs to none of them.
        if first_column != last_column or last_row >= len(rows):
            continue
        for number in range(first_row + 1, last_row + 1):
            rows[number][first_column] = rows[first_row][first_column]
    rows = [row for row in rows if any(_is_filled(cell) for cell in row)]
    filled_columns = [
        number
        for number in range(max(map(len, rows), default=0))
        if any(number < len(row) and _is_filled(row[number]) for row in rows)
    ]
    return [[row[number] for number in filled_columns] for row in rows]


def _is_filled(cell: object) -> bool:
    return cell is not None and str(cell).strip() != ""


def read_marked_up_sheets(data: bytes) -> list[Sheet]:
    """Read a file named .xls that is really a web page or XML written by Excel.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    list of Sheet
        Its tables; none if it has no rows.
    """
    parser = _TableParser()
    parser.feed(decoded(data, decode_bytes))
    parser.close()
    return [Sheet(name, rows) for name, rows in parser.sheets() if rows]


class _TableParser(HTMLParser):
    """Collects the rows of tables. Ends of cells and rows may be left out, as HTML allows."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self.names: list[str] = []
        self.cell: list[str] | None = None  # the pieces of the cell that is being read

    def sheets(self) -> Iterator[tuple[str, list]]:
        """Yield the names and rows of the tables."""
        for name, table in zip(self.names, self.tables, strict=True):
            yield name, [row for row in table if any(cell.strip() for cell in row)]

    def handle_starttag(self, tag: str, attrs: list) -> None:
        """Begin a table, row or cell, or a line of a cell."""
        if self.cell is not None and tag in BREAK_TAGS:
            self.cell.append("\n")
        if tag in (*SHEET_TAGS, *ROW_TAGS, *CELL_TAGS):
            self._end_cell()
        if tag in SHEET_TAGS:
            self._begin_table(_attribute(attrs, "ss:name"))
        elif tag in ROW_TAGS:
            if not self.tables:
                self._begin_table("")
            self.tables[-1].append([])
        elif tag in CELL_TAGS and self.tables and self.tables[-1]:
            self._skip_cells(_attribute(attrs, "ss:index"))
            self.cell = []

    def handle_endtag(self, tag: str) -> None:
        """End a cell."""
        if tag in (*SHEET_TAGS, *ROW_TAGS, *CELL_TAGS):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        """Add to the text of a cell."""
        if self.cell is not None:
            self.cell.append(data)

    def _begin_table(self, name: str) -> None:
        """Begin a table, unless the last one has no rows: <Worksheet> contains a <Table>."""
        if not self.tables or self.tables[-1]:
            self.tables.append([])
            self.names.append(name or f"table {len(self.tables)}")

    def _skip_cells(self, index: str) -> None:
        """Add the empty cells that Excel's XML leaves out before the one with this number."""
        row = self.tables[-1][-1]
        if index.isdecimal() and len(row) < int(index) <= len(row) + MAX_SKIPPED_CELLS:
            row.extend([""] * (int(index) - 1 - len(row)))

    def _end_cell(self) -> None:
        """Put the text of the cell that is being read into its row."""
        if self.cell is not None:
            self.tables[-1][-1].append("".join(self.cell).strip())
            self.cell = None


def _attribute(attributes: list, name: str) -> str:
    """Return the value of an attribute, "" without it."""
    return next((value or "" for key, value in attributes if key == name), "")
