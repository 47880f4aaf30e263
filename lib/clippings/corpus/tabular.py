"""Files that hold one article per row or line: CSV, JSON Lines, Parquet. One reader for each.

A reader is a generator of rows.
"""

import csv
import hashlib
import io
import json
import sys
from collections.abc import Iterator
from contextlib import suppress

from clippings.core.errors import BadInput
from clippings.corpus import problems
from clippings.corpus.documents import MAX_RATIO, Extra, checked, dated, decoded
from clippings.corpus.encodings import decode_bytes
from clippings.corpus.rows import ArticleRow, Limits, table_row

COLUMNS = ("text", "title", "date", "outlet", "url")  # unless codebook/columns.csv names others
PARQUET = Extra("tables", "a Parquet table", "pyarrow", "pyarrow.parquet")
PARQUET_BATCH = 64  # rows that are decompressed at a time: each may hold a text of the largest size
DELIMITERS = ",;\t|"


def read_csv(data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read the rows of a CSV file, with the delimiter that fits its header best."""
    text = decoded(data)
    delimiter = _delimiter(text, limits)
    # The limit of a cell's size is one for all of Python: it is put back when we are done.
    size_limit = csv.field_size_limit(sys.maxsize)
    number = 0
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        header = [cell.strip() for cell in next(reader, [])]
        _check_text_column(header, limits)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            number += 1
            if len(cells) == len(header):
                row = _article(dict(zip(header, cells, strict=True)), limits)
            else:
                row = ArticleRow(problem=problems.wrong_number_of_cells(len(cells), len(header)))
            yield table_row(number, row)
    except csv.Error as error:
        raise BadInput(problems.broken_csv(number, str(error))) from None
    finally:
        csv.field_size_limit(size_limit)


def _delimiter(text: str, limits: Limits) -> str:
    """The delimiter with which the first line holds most of our columns."""
    first_line = text[:10_000].partition("\n")[0]
    names = set(_column_names(limits).values())

    def matches(delimiter: str) -> int:
        return len(names & {cell.strip(' "\r') for cell in first_line.split(delimiter)})

    return max(DELIMITERS, key=matches)


def read_jsonl(data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read the lines of a JSON Lines file."""
    lines = (line for line in io.StringIO(decoded(data), newline="\n") if line.strip())
    for number, line in enumerate(lines, 1):
        cells = None
        with suppress(ValueError, RecursionError):
            cells = json.loads(line)
        if isinstance(cells, dict):
            row = _article(cells, limits)
        else:
            row = ArticleRow(problem=problems.not_a_json_object())
        yield table_row(number, row)


def read_parquet(data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read the rows of a Parquet file."""
    parquet = PARQUET.load()
    file = parquet.ParquetFile(io.BytesIO(data))
    columns = file.schema_arrow.names
    _check_text_column(columns, limits)
    wanted = [name for name in _column_names(limits).values() if name in columns]
    # As in an archive: what unpacks to many times its size was made to fill the memory.
    size_limit = min(limits.container, max(limits.article, MAX_RATIO * len(data)))
    number = 0
    size = 0
    for batch in file.iter_batches(batch_size=PARQUET_BATCH, columns=wanted, use_threads=False):
        for position in range(batch.num_rows):
            # Cell by cell: in a small file, one large text may stand many times. A batch holds it
            # once, as the entry of a dictionary, but its rows would hold a copy each.
            cells = {name: _parquet_cell(batch.column(name)[position]) for name in wanted}
            size += sum(_length(cell) for cell in cells.values())
            if size > size_limit:
                raise BadInput(problems.table_unpacks_to_too_much(size_limit))
            number += 1
            yield table_row(number, _article(cells, limits))


def _parquet_cell(scalar):
    """The value of a cell, or words for one that Python cannot hold: a date in the year 290,000."""
    try:
        return scalar.as_py()
    except MemoryError:
        raise
    except (
        Exception
    ):  # of several kinds: ValueError, OverflowError, errors of Arrow and of time zones
        return f"{scalar.type} out of range"


def _length(cell) -> int:
    """Characters or bytes of a cell, 0 for a number or date."""
    return len(cell) if isinstance(cell, (str, bytes)) else 0


def _column_names(limits: Limits) -> dict[str, str]:
    """Our name of a column → its name in the tables of this corpus."""
    return {name: limits.names.get(name, name) for name in COLUMNS}


def _check_text_column(columns: list[str], limits: Limits) -> None:
    """Raise BadInput if a table or row has no text."""
    name = _column_names(limits)["text"]
    if name not in columns:
        raise BadInput(problems.no_text_column(name, columns))


def _article(cells: dict, limits: Limits) -> ArticleRow:
    """The article in one row of a table, or what hinders its use."""
    names = _column_names(limits)
    try:
        _check_text_column(list(cells), limits)
        text = _text_cell(cells[names["text"]], names["text"])
    except BadInput as error:
        return ArticleRow(problem=str(error))
    date = _plain_cell(cells.get(names["date"])).strip()
    row = ArticleRow(
        text=text,
        title=_one_line(cells.get(names["title"])),
        outlet=_one_line(cells.get(names["outlet"])),
        url=_one_line(cells.get(names["url"])),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    return checked(dated(row, date, f"column {names['date']}"))


def _text_cell(cell, column: str) -> str:
    """The text in a cell; BadInput if the cell holds something else."""
    if isinstance(cell, bytes):
        return decoded(cell)  # older programs write texts to Parquet as bytes
    if isinstance(cell, (list, dict)):
        raise BadInput(problems.not_text(column, "list" if isinstance(cell, list) else "table"))
    return _plain_cell(cell)


def _one_line(cell) -> str:
    """A cell without line breaks and repeated blanks."""
    return " ".join(_plain_cell(cell).split())


def _plain_cell(cell) -> str:
    """A cell as characters: "" for a missing value and for a list or table."""
    if cell is None or isinstance(cell, (list, dict)):
        return ""
    if isinstance(cell, float) and cell != cell:
        return ""  # not a number, the missing value of many programs
    if isinstance(cell, bytes):
        _, cell = decode_bytes(cell)
    return _without_half_characters(str(cell))


def _without_half_characters(text: str) -> str:
    """The text with U+FFFD for each half of a character, which JSON may hold and no file can."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
