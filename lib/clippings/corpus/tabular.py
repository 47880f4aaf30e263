"""Read files with one article per row, line or object: CSV, JSON, Parquet, spreadsheets.

A reader is a generator of rows. It reads one or more `Table` from its file; `column_choice` decides
which column has which role.
"""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain, islice
from typing import NamedTuple

from babel.core import Locale, get_global

from clippings.core.errors import BadInput
from clippings.corpus import problems
from clippings.corpus.cell_text import (
    line_of_cell,
    names_of_cell,
    plain_cell,
    text_of_cell,
)
from clippings.corpus.column_choice import (
    SAMPLE_ROWS,
    ChosenColumns,
    choose_columns,
    is_filled,
    named_columns,
)
from clippings.corpus.column_names import clean_names, name_key
from clippings.corpus.csv_layout import CsvLayout, cells_of_any_length, find_header, find_layout
from clippings.corpus.date_sources import COLUMN
from clippings.corpus.documents import MAX_RATIO, Extra, checked, decoded
from clippings.corpus.json_records import (
    NotJson,
    begins_with_object_line,
    flatten,
    records_of_document,
    records_of_lines,
)
from clippings.corpus.rows import ArticleRow, Limits, table_row
from clippings.corpus.spreadsheets import (
    Sheet,
    is_spreadsheet,
    read_marked_up_sheets,
    read_sheets,
)
from clippings.corpus.table_dates import decide_day_first, period_of, read_cell_date

PARQUET = Extra("tables", "a Parquet table", "pyarrow", "pyarrow.parquet")
PARQUET_BATCH = 64  # rows decompressed at a time: the text in a row can have any size
MIN_LEAD_OVERLAP = 40  # characters of a first paragraph that must match the beginning of the text
MAX_LINES_BEFORE_LEAD = 200  # characters of a headline or dateline before the first paragraph
COLUMNS_OF_DATES = ("date", "updated", "saved")

LOCALES_OF_LANGUAGE_NAMES = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "pl", "ru", "tr")
"""The languages in which names of languages are read: English, Englisch, anglais."""

TWO_LETTERS = 2  # length of ISO 639-1 codes


class TableRow(NamedTuple):
    """A row of a table, or the reason why it cannot be read."""

    cells: dict[str, object]  # by column name
    problem: str = ""


@dataclass(frozen=True)
class Table:
    """A table read from a file."""

    names: list[str]
    read_rows: Callable[[], Iterable[TableRow]]
    """Reads the rows from the beginning. It is called again when a decision needs all of them."""
    has_header: bool = True
    is_of_objects: bool = False
    """May each row have columns of its own, as in JSON?"""


def read_csv(data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read the rows of a CSV file with the delimiter and quotation marks that fit best."""
    text = decoded(data)
    with cells_of_any_length():
        layout = find_layout(text, _known_names(limits))
        names = layout.header.names
        has_text_last = _is_text_last(names, limits)

        def read_rows() -> Iterator[TableRow]:
            return _csv_rows(layout, has_text_last)

        table = Table(names, read_rows, has_header=layout.header.position >= 0)
        yield from articles_of_table(table, limits)


def _known_names(limits: Limits) -> list[str]:
    """Return the column names that the codebook specifies."""
    return list(chain.from_iterable(limits.names.values()))


def _is_text_last(names: list[str], limits: Limits) -> bool:
    """Return whether the name of the last of several columns is that of a text column."""
    chosen = choose_columns(names, [], named_columns(limits.names))
    return len(names) > 1 and chosen.name("text") == names[-1]


def _csv_rows(layout: CsvLayout, has_text_last: bool) -> Iterator[TableRow]:
    """Yield the rows of a CSV file below its header."""
    names = layout.header.names
    width = len(names)
    number = 0
    try:
        for cells in islice(layout.records(), layout.header.position + 1, None):
            number += 1
            if len(cells) != width:
                cells = _with_width(cells, width)
            # A text without quotation marks may contain the delimiter. If the text seems to begin
            # with a space, another cell was split by mistake.
            if len(cells) > width and has_text_last and not cells[width - 1].startswith(" "):
                cells = [*cells[: width - 1], layout.delimiter.join(cells[width - 1 :])]
            if len(cells) > width:
                yield TableRow({}, problems.wrong_number_of_cells(len(cells), width))
            else:
                yield TableRow(dict(zip(names, cells, strict=True)))
    except csv.Error as error:
        raise BadInput(problems.broken_csv(number, str(error))) from None


def _with_width(cells: list[str], width: int) -> list[str]:
    """Remove empty cells from the end of a row, or reduce it to the width of the header."""
    while len(cells) > width and not cells[-1].strip():
        cells = cells[:-1]
    return cells + [""] * (width - len(cells))


def read_jsonl(data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read JSON Lines, or a JSON document with the suffix of JSON Lines."""
    text = decoded(data)
    yield from articles_of_table(_table_of_lines_or_document(text), limits)


def _table_of_lines_or_document(text: str) -> Table:
    """Read a table in JSON Lines, some of which may be damaged, or in a JSON document."""
    if begins_with_object_line(text):
        return _table_of_lines(text)
    try:
        return _table_of_records(records_of_document(text))
    except NotJson:
        if not any(records_of_lines(text)):
            raise
        return _table_of_lines(text)


def read_json(data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read a JSON document, or JSON Lines with the suffix of a document."""
    text = decoded(data)
    try:
        table = _table_of_records(records_of_document(text))
    except NotJson:
        if not begins_with_object_line(text):
            raise
        table = _table_of_lines(text)
    yield from articles_of_table(table, limits)


def _table_of_records(records: list[dict]) -> Table:
    """Return the table of objects in memory."""

    def read_rows() -> Iterator[TableRow]:
        return (TableRow(flatten(record)) for record in records)

    return _table_of_objects(read_rows)


def _table_of_lines(text: str) -> Table:
    """Return the table of objects in lines."""

    def read_rows() -> Iterator[TableRow]:
        for record in records_of_lines(text):
            if record is None:
                yield TableRow({}, problems.not_a_json_object())
            else:
                yield TableRow(flatten(record))

    return _table_of_objects(read_rows)


def _table_of_objects(read_rows: Callable[[], Iterable[TableRow]]) -> Table:
    """Return a table of objects, whose columns are the keys of the first objects."""
    sample = islice(read_rows(), SAMPLE_ROWS)
    names = dict.fromkeys(chain.from_iterable(row.cells for row in sample))
    return Table(list(names), read_rows, is_of_objects=True)


def read_parquet(data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read the rows of a Parquet file."""
    parquet = PARQUET.load()
    file = parquet.ParquetFile(io.BytesIO(data))
    # As in archives, a file that unpacks to many times its size is an attack on the memory.
    size_limit = min(limits.container, max(limits.article, MAX_RATIO * len(data)))
    columns = file.schema_arrow.names
    whole_table = _table_of_objects(lambda: _parquet_rows(file, columns, size_limit))
    names = whole_table.names or clean_names(columns)
    table = Table(names, whole_table.read_rows)
    chosen = _choose(table, limits)
    # The other columns are not needed and may be large.
    wanted = [column for column in columns if _is_needed(column, chosen)]
    narrow_table = Table(names, lambda: _parquet_rows(file, wanted, size_limit))
    yield from articles_of_table(narrow_table, limits, chosen)


def _is_needed(column: str, chosen: ChosenColumns) -> bool:
    """Return whether a column of a Parquet file, or a field in it, has a role."""
    names = chain.from_iterable(chosen.names.values())
    return any(name == column or name.startswith(f"{column}.") for name in names)


def _parquet_rows(file, names: list[str], size_limit: float) -> Iterator[TableRow]:
    """Yield the rows of some columns of a Parquet file."""
    size = 0
    for batch in file.iter_batches(batch_size=PARQUET_BATCH, columns=names, use_threads=False):
        for position in range(batch.num_rows):
            # Convert cell by cell: a small file may contain a large text many times. A batch stores
            # it once, as a dictionary entry, but each converted row would hold a copy.
            cells = {name: _parquet_cell(batch.column(name)[position]) for name in names}
            size += sum(_length(cell) for cell in cells.values())
            if size > size_limit:
                raise BadInput(problems.table_unpacks_to_too_much(size_limit))
            yield TableRow(flatten(cells))


def _parquet_cell(scalar) -> object:
    """Return the value of a cell; as text if Python has no such value (the year 290,000)."""
    try:
        return scalar.as_py()
    except MemoryError:
        raise
    except Exception:  # errors of Arrow and of time zones, OverflowError
        return f"{scalar.type} out of range"


def _length(cell: object) -> int:
    """Return the length of a cell in characters or bytes; 0 for a number or date."""
    return len(cell) if isinstance(cell, (str, bytes)) else 0


def read_spreadsheet(data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read the sheets of a spreadsheet, or a web page or CSV file with such a suffix."""
    if is_spreadsheet(data):
        yield from _articles_of_sheets(read_sheets(data, limits), limits)
        return
    sheets = read_marked_up_sheets(data)
    if sheets:
        yield from _articles_of_sheets(sheets, limits)
    else:
        yield from read_csv(data, limits)


def _articles_of_sheets(sheets: list[Sheet], limits: Limits) -> Iterator[ArticleRow]:
    """Yield the articles of all sheets that contain some; hidden ones are read if no other does."""
    visible = [sheet for sheet in sheets if sheet.rows and not sheet.is_hidden]
    hidden = [sheet for sheet in sheets if sheet.rows and sheet.is_hidden]
    for group in (visible, hidden):
        tables = {sheet.name: _table_of_sheet(sheet, limits) for sheet in group}
        choices = {name: _choose(table, limits) for name, table in tables.items()}
        usable = [name for name, chosen in choices.items() if chosen.name("text")]
        for name in usable:
            for row in articles_of_table(tables[name], limits, choices[name]):
                # The name of a sheet is not needed in the ids if only one sheet has articles.
                yield row if len(usable) == 1 else row.inside(f"/{name}", f"\0{name}")
        if usable:
            return
    for sheet in (visible or hidden)[:1]:
        yield from articles_of_table(_table_of_sheet(sheet, limits), limits)


def _table_of_sheet(sheet: Sheet, limits: Limits) -> Table:
    """Return the table on a sheet, below its header."""
    known_keys = frozenset(map(name_key, _known_names(limits)))
    header = find_header(sheet.rows, known_keys)
    width = max(map(len, sheet.rows))
    names = [*header.names, *([""] * (width - len(header.names)))]
    names = clean_names(names)
    rows = sheet.rows[header.position + 1 :]

    def read_rows() -> Iterator[TableRow]:
        return (TableRow(dict(zip(names, cells, strict=False))) for cells in rows)

    return Table(names, read_rows, has_header=header.position >= 0)


def articles_of_table(
    table: Table, limits: Limits, chosen: ChosenColumns | None = None
) -> Iterator[ArticleRow]:
    """Read the articles of a table, one per row.

    Parameters
    ----------
    table : Table
        The table.
    limits : Limits
        The size limits of articles, and the column names that the codebook specifies.
    chosen : ChosenColumns, optional
        The roles of the columns, if they are known.

    Yields
    ------
    ArticleRow
        One row per row of the table, numbered from 1. The first one also contains the roles of the
        columns. A table without texts results in one row with a problem.
    """
    chosen = chosen or _choose(table, limits)
    if table.names and not chosen.name("text"):
        problem = _problem_of_columns(chosen, limits, table.has_header)
        yield ArticleRow(problem=problem, column_uses=chosen.uses)
        return
    article_reader = _ArticleReader(table, chosen, limits)
    uses = article_reader.uses(_sample(table))
    for number, row in enumerate(table.read_rows(), 1):
        article = table_row(number, article_reader.read(row))
        yield article._replace(column_uses=uses) if number == 1 else article


def _choose(table: Table, limits: Limits) -> ChosenColumns:
    """Return the roles of the columns of a table."""
    rows = [row.cells for row in _sample(table) if not row.problem]
    named = named_columns(limits.names)
    return choose_columns(table.names, rows, named, has_header=table.has_header)


def _sample(table: Table) -> list[TableRow]:
    """Return the first rows, up to the first that cannot be read, which is reported later."""
    rows: list[TableRow] = []
    try:
        for row in islice(table.read_rows(), SAMPLE_ROWS):
            rows.append(row)
    except BadInput:
        pass
    return rows


def _problem_of_columns(chosen: ChosenColumns, limits: Limits, has_header: bool = True) -> str:
    """Return the problem of a table without a text column."""
    names = [use.name for use in chosen.uses]
    named = limits.names.get("text")
    if named:
        return problems.no_text_column(" or ".join(named), names)
    title = chosen.shown_name("title")
    url = chosen.shown_name("url")
    if not has_header:
        return problems.table_without_header()
    if title:
        return problems.table_of_titles(title, names)
    if url:
        return problems.table_of_addresses(url, names)
    return problems.no_text_column("text", names)


class _Published(NamedTuple):
    """The publication date of an article, as columns of `articles`."""

    first: str = ""
    last: str = ""
    dated_by: str = ""
    date_note: str = ""


class _ArticleReader:
    """Makes the articles of a table from its rows."""

    def __init__(self, table: Table, chosen: ChosenColumns, limits: Limits):
        self.table = table
        self.chosen = chosen
        self.limits = limits
        self.choices_by_keys: dict[tuple, ChosenColumns] = {}
        self.cell_readers = {
            "title": line_of_cell,
            "outlet": line_of_cell,
            "author": names_of_cell,
            "section": names_of_cell,
            "url": line_of_cell,
            "language": _language_of_cell,
            "updated": self._day,
            "saved": self._day,
        }

    def uses(self, sample: list[TableRow]) -> tuple:
        """Return the roles of the columns, with the order of day and month where it matters."""
        name = self.chosen.name("date")
        dates = [read_cell_date(row.cells.get(name)) for row in sample if name]
        if not any(period and period.is_ambiguous for period in dates):
            return self.chosen.uses
        order = problems.ORDERS_OF_DATES[self.day_first]
        return tuple(
            use._replace(order=order) if use.column == "date" else use for use in self.chosen.uses
        )

    @cached_property
    def day_first(self) -> bool | None:
        """Determine the order of day and month in the table when a date first requires it."""
        if self.chosen.is_order_certain:
            return self.chosen.day_first
        names = [self.chosen.name(column) for column in COLUMNS_OF_DATES]
        names = [name for name in names if name]
        url_name = self.chosen.name("url")
        columns: list[list[object]] = [[] for _ in names]
        addresses: list[str] = []
        for row in self.table.read_rows():
            for name, cells in zip(names, columns, strict=True):
                cells.append(row.cells.get(name))
            addresses.append(plain_cell(row.cells.get(url_name)))
        return decide_day_first(columns, addresses, likely=self.chosen.day_first)

    def read(self, row: TableRow) -> ArticleRow:
        """Return the article in a row, or the problem that prevents its use."""
        if row.problem:
            return ArticleRow(problem=row.problem)
        cells = row.cells
        chosen = self.chosen
        text_names = chosen.names.get("text", ())
        if self.table.is_of_objects and not any(name in cells for name in text_names):
            chosen = self._choice_for(cells)
            if not chosen.name("text"):
                return ArticleRow(problem=_problem_of_columns(chosen, self.limits))
        text = text_of_cell(chosen.cell(cells, "text"))
        if text is None:
            return ArticleRow(problem=problems.not_text(chosen.shown_name("text")))
        if "lead" in chosen.names:
            text = _with_lead(text, text_of_cell(chosen.cell(cells, "lead")) or "")
        published = self._published(cells, chosen)
        fields = {
            column: read_cell(chosen.cell(cells, column))
            for column, read_cell in self.cell_readers.items()
            if column in chosen.names
        }
        article = ArticleRow(
            text=text,
            published_from=published.first,
            published_to=published.last,
            dated_by=published.dated_by,
            date_note=published.date_note,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            **fields,
        )
        return checked(article)

    def _choice_for(self, cells: dict[str, object]) -> ChosenColumns:
        """Return the columns of an object whose keys differ from those of most others."""
        keys = tuple(cells)
        if keys not in self.choices_by_keys:
            named = named_columns(self.limits.names)
            self.choices_by_keys[keys] = choose_columns(keys, [cells], named)
        return self.choices_by_keys[keys]

    def _published(self, cells: dict[str, object], chosen: ChosenColumns) -> _Published:
        """Return the publication date in a row; unclear dates are not guessed."""
        if "date" in chosen.names:
            cell = chosen.cell(cells, "date")
            if cell is not None:
                by_cell = self._published_by_cell(cell, chosen.shown_name("date"))
                if by_cell.first or "year" not in chosen.names:
                    return by_cell
                by_parts = _published_by_parts(cells, chosen, day_and_month=cell)
                return by_parts if by_parts.first else by_cell
        if "year" in chosen.names:
            return _published_by_parts(cells, chosen)
        return _Published()

    def _published_by_cell(self, cell: object, column: str) -> _Published:
        """Return the publication date in a cell of this column."""
        period = read_cell_date(cell)
        note = problems.date_column(column)
        if period is None:
            return _Published(date_note=problems.date_not_understood(note, line_of_cell(cell)))
        if period.is_ambiguous and self.day_first is not None:
            period = read_cell_date(cell, self.day_first)
            note = problems.date_order(note, self.day_first)
        elif period.is_ambiguous:
            note = problems.date_order_not_known(note, line_of_cell(cell))
        return _Published(period.first.isoformat(), period.last.isoformat(), COLUMN, note)

    def _day(self, cell: object) -> str:
        """Return the day in a cell; "" if the date is not exact."""
        period = read_cell_date(cell)
        if period is not None and period.is_ambiguous and self.day_first is not None:
            period = read_cell_date(cell, self.day_first)
        return period.first.isoformat() if period is not None and period.is_one_day else ""


def _published_by_parts(
    cells: dict[str, object], chosen: ChosenColumns, day_and_month: object = None
) -> _Published:
    """Return the date from separate columns for year, month and day, or for year and day."""
    parts = ("year", "month", "day")
    year, month, day = (chosen.cell(cells, part) for part in parts)
    period = None
    if day_and_month is not None and is_filled(year):
        period = read_cell_date(f"{line_of_cell(day_and_month)} {plain_cell(year)}")
    period = period or period_of(year, month, day)
    if period is None:
        return _Published()
    names = [chosen.shown_name(part) for part in parts if part in chosen.names]
    note = problems.date_columns(names)
    return _Published(period.first.isoformat(), period.last.isoformat(), COLUMN, note)


def _with_lead(text: str, lead: str) -> str:
    """Prepend a first paragraph from its own column to the text, unless the text begins with it."""
    beginning = " ".join(lead.split())[:MIN_LEAD_OVERLAP]
    # A dateline or the headline may precede the first paragraph.
    start_of_text = " ".join(text[: 2 * len(lead) + MAX_LINES_BEFORE_LEAD].split())
    if not beginning or beginning in start_of_text:
        return text
    return f"{lead}\n\n{text}" if text else lead


def _language_of_cell(cell: object) -> str:
    """Return the two-letter code of the language in a cell."""
    return _language_code(line_of_cell(cell))


@lru_cache(maxsize=1000)
def _language_code(name: str) -> str:
    """Return the two-letter code of a language from its name or code; "" if unknown."""
    key = name.strip().casefold().replace("_", "-")
    code = key.partition("-")[0]
    code = get_global("language_aliases").get(code, code)
    names = _language_names()
    if len(code) == TWO_LETTERS and code in names.values():
        return code
    return names.get(key, "")


@cache
def _language_names() -> dict[str, str]:
    """Map names of languages, in several languages and in their own, to two-letter codes."""
    codes: dict[str, str] = {}
    for locale in LOCALES_OF_LANGUAGE_NAMES:
        for code, name in Locale(locale).languages.items():
            if len(code) == TWO_LETTERS:
                codes.setdefault(name.casefold(), code)
    return codes
