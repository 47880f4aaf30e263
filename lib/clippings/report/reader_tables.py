"""Rewrite the tables of notebooks for readers: readable names, no index, no codes for "missing"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from markupsafe import Markup

from clippings.brief.phrasing import readable
from clippings.report.column_names import (
    ARTICLE_COLUMNS,
    VERBATIM_COLUMNS,
    axis_name,
    column_name,
)
from clippings.report.markup import END, START, TEXT, Token, join_markup, split_markup
from clippings.report.templates import render

SHOWN_ROWS = 10  # of a table; the others appear on request

# Wording of cells
MISSING = ""
NO_UPPER_LIMIT = "no upper limit"
NO_LOWER_LIMIT = "no lower limit"
NOT_GIVEN = "not given"  # a heading of a cross-table for rows without a value
CELLS = {
    "NaT": MISSING,
    "NaN": MISSING,
    "nan": MISSING,
    "<NA>": MISSING,
    "None": MISSING,
    "inf": NO_UPPER_LIMIT,
    "-inf": NO_LOWER_LIMIT,
    "True": "yes",
    "False": "no",
}

_PANDAS_GAP = "..."  # what pandas writes in the cells of a row that stands for omitted rows
# A code of our tables or of a codebook: named_source
_CODE = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")
# A whole number in a column of decimal numbers: 720.0
_WHOLE_NUMBER = re.compile(r"-?\d+\.0")
# A number in a column that contains both small and very large numbers: 1.560000e+07. Exponents of
# three digits remain, because such numbers are not readable in full.
_SCIENTIFIC_NUMBER = re.compile(r"-?\d\.\d+e[+-]\d\d")
MIN_GROUPED_NUMBER = 10_000  # smaller numbers are readable without commas and may be years
# Numbers, dates and ranges of dates: 0.28, 2021-03-16, 2021-W11, 1992-01-01/1992-12-31
_UNBROKEN = re.compile(r"[\d.,:/W-]+")
# From this length, a narrow column would break a cell into a tower of single words.
MIN_LONG_CELL = 30  # characters
# Between articles of a list, and between outlets and sources of a chain; kept when splitting
_SEPARATOR = re.compile(r"( \| | ← )")
_ROW_NUMBER = re.compile(r"\d+")
# What pandas adds below a table with omitted rows: <p>94 rows × 8 columns</p>
_PANDAS_SIZE = re.compile(r"<p>(\d+) rows × \d+ columns</p>")
_TABLE_STYLE = re.compile(r"<style scoped>.*?</style>", re.DOTALL)  # what pandas adds to tables


@dataclass
class TableRow:
    """A row of a table: the contents of its cells."""

    cells: list[str] = field(default_factory=list)
    headings: int = 0  # number of cells that are part of the index

    @property
    def is_gap(self) -> bool:
        """Return whether this row stands for omitted rows."""
        return bool(self.cells) and set(self.cells) == {_PANDAS_GAP}


@dataclass
class ReaderCell:
    """A cell of a table for readers."""

    text: str

    @property
    def style_class(self) -> str:
        """Return the class of the style sheet that decides how the cell is broken into lines."""
        if _UNBROKEN.fullmatch(self.text):
            return "unbroken"
        return "long" if len(self.text) >= MIN_LONG_CELL else ""


@dataclass
class ReaderRow:
    """A row of a table for readers."""

    cells: list[ReaderCell]
    is_gap: bool  # whether it stands for omitted rows


@dataclass
class NotebookTable:
    """A table as pandas writes it in HTML."""

    header: list[TableRow]
    rows: list[TableRow]

    @property
    def index_depth(self) -> int:
        """Return the number of columns that are part of the index."""
        if self.rows:
            return self.rows[0].headings
        return 1 if self.header and self.header[0].cells[:1] == [""] else 0


def rewrite_tables(html: str, titles: Mapping[str, str]) -> Markup:
    """Rewrite the tables of an output of a notebook for readers.

    Parameters
    ----------
    html : str
        HTML with tables as pandas writes them.
    titles : mapping of str to str
        The titles of articles by their ids.

    Returns
    -------
    markupsafe.Markup
        The HTML. In its tables, columns have readable names, and row numbers are omitted; missing
        values are empty, codes are words, and articles are given by title. Only the first ten rows
        are shown until the reader asks for all. Tables with cells across several rows or columns
        remain unchanged.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"dated_by": ["file_name", None], "high": [4.0, float("inf")]})
    >>> html = rewrite_tables(table.to_html(), {})
    >>> "date taken from" in html, "file name" in html, "no upper limit" in html
    (True, True, True)
    """
    without_style = _TABLE_STYLE.sub("", html).replace(' border="1"', "")
    size = _PANDAS_SIZE.search(without_style)
    pieces = []
    table: list[Token] = []
    for token in split_markup(_PANDAS_SIZE.sub("", without_style)):
        if token.element == "table" or table:
            table.append(token)
        else:
            pieces.append(token.source)
        if token.element == "table" and token.kind == END:
            pieces.append(_rewrite_table(table, titles, size[1] if size else ""))
            table = []
    return Markup("".join(pieces) + join_markup(table))


def _rewrite_table(tokens: list[Token], titles: Mapping[str, str], size: str) -> str:
    """Return a table for readers; `size` is the number of its rows if some were omitted."""
    if any(token.kind == START and "span=" in token.source for token in tokens):
        return join_markup(tokens)  # headings that group rows or columns
    table = _read_table(tokens)
    depth = table.index_depth
    columns, axis = _columns_of(table)
    skipped = depth if _has_row_numbers(table, columns[:depth]) else 0
    is_cross_table = bool(axis)
    rows = [
        ReaderRow(
            [
                ReaderCell(_readable_cell(cell, name, titles))
                for cell, name in zip(row.cells[skipped:], columns[skipped:], strict=True)
            ],
            row.is_gap,
        )
        for row in table.rows
    ]
    header = []
    for place, name in enumerate(columns):
        if place < skipped:
            continue
        is_value = is_cross_table and place >= depth
        header.append(_value_heading(name) if is_value else column_name(name))
    return render(
        "reader_table",
        axis=axis_name(axis) if axis else "",
        header=header,
        rows=rows,
        row_headings=depth - skipped,
        left_out=size,
        shown_rows=SHOWN_ROWS,
    )


def _read_table(tokens: list[Token]) -> NotebookTable:
    """Read the rows of a table."""
    header: list[TableRow] = []
    body: list[TableRow] = []
    rows = body
    is_in_cell = False
    for token in tokens:
        if token.element == "thead":
            rows = header if token.kind == START else body
        elif token.element == "tr" and token.kind == START:
            rows.append(TableRow())
        elif token.element in ("th", "td"):
            is_in_cell = token.kind == START
            if is_in_cell:
                rows[-1].cells.append("")
                rows[-1].headings += 1 if token.element == "th" else 0
        elif token.kind == TEXT and is_in_cell:
            rows[-1].cells[-1] += token.text
    return NotebookTable(header, body)


def _columns_of(table: NotebookTable) -> tuple[list[str], str]:
    """Return the names of all columns, with those of the index, and the name of the column axis.

    The first header row contains the name of the column axis and the columns. If the index is
    named, a second row contains its names.
    """
    depth = table.index_depth
    first = table.header[0].cells
    index_names = table.header[1].cells[:depth] if len(table.header) > 1 else [""] * depth
    return [*index_names, *first[depth:]], "".join(first[:depth])


def _has_row_numbers(table: NotebookTable, index_names: list[str]) -> bool:
    """Return whether the index has no name and consists of row numbers."""
    numbers = [cell for row in table.rows if not row.is_gap for cell in row.cells[: row.headings]]
    return not any(index_names) and all(_ROW_NUMBER.fullmatch(number) for number in numbers)


def _readable_cell(cell: str, column: str, titles: Mapping[str, str]) -> str:
    """Return the content of a cell in words."""
    if column in ARTICLE_COLUMNS:
        cell = "".join(titles.get(part, part) for part in _SEPARATOR.split(cell))
    if column in VERBATIM_COLUMNS:
        return cell
    if cell in CELLS:
        return CELLS[cell]
    if _WHOLE_NUMBER.fullmatch(cell) or _SCIENTIFIC_NUMBER.fullmatch(cell):
        return _number_in_full(Decimal(cell))
    return readable(cell) if _CODE.fullmatch(cell) else cell


def _number_in_full(number: Decimal) -> str:
    """Write a number without an exponent and without zeros after its last decimal."""
    if number == number.to_integral_value():
        number = number.quantize(Decimal(1))
    else:
        number = number.normalize()
    return f"{number:,f}" if abs(number) >= MIN_GROUPED_NUMBER else f"{number:f}"


def _value_heading(value: str) -> str:
    """Return the heading of a column of a cross-table, which is a value and not a name."""
    if not value:
        return NOT_GIVEN
    return readable(value) if _CODE.fullmatch(value) else value
