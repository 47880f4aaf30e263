"""Find the layout of a CSV file: its delimiter, its quotation marks and its header row.

The layout that makes most rows of the file as wide as the header is chosen.
"""

import csv
import io
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice, zip_longest
from typing import NamedTuple

from clippings.corpus.column_names import clean_names, find_synonym, name_key
from clippings.corpus.table_dates import read_cell_date

DELIMITERS = ",;\t|"
NO_DELIMITER = "\x1f"  # the separator of units in ASCII, which no text contains

SAMPLE_LENGTH = 200_000  # characters at the beginning from which the delimiter is chosen
SAMPLE_ROWS = 200
HEADER_ROWS = 30  # rows that are searched for the header: exports begin with the search query
MAX_NAME_LENGTH = 60  # characters of the name of a column
MIN_TEXT_LENGTH = 100  # characters of a cell that is not the name of anything
MIN_VALUES = 0.6  # share of the cells of a column that must be values, for a header above them
MIN_FIT = 0.9  # share of rows as wide as the header, from which a delimiter is believed
MIN_PUNCTUATION = 0.8  # share of marks before a blank, from which they are those of sentences
MAX_MISFITS = 0.05  # share of rows of another width, up to which quotation marks are believed
MIN_WRAPPED = 0.5  # share of cells in quotation marks, from which the marks are not part of them

DECLARED_DELIMITER = re.compile(
    r"""
    \ufeff? "?
    sep= (?P<delimiter> [^\w"\r\n] | \\t )     # sep=;
    "? [,;\t|]* \r?\n
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""sep=; the first line of a file that Excel is to open."""


class Header(NamedTuple):
    """The header of a table."""

    position: int  # the number of rows before it; -1: the table has none
    names: list[str]


class CsvLayout(NamedTuple):
    """The details that are needed to split a CSV file into cells."""

    text: str
    delimiter: str
    is_literal: bool  # quotation marks are part of the cells
    is_wrapped: bool  # … except where they surround a cell
    header: Header

    def records(self) -> Iterator[list[str]]:
        """Yield all rows with anything in them, up to the first that cannot be read (csv.Error)."""
        return _records(self.text, self.delimiter, self.is_literal, self.is_wrapped)


def find_layout(text: str, known_names: Iterable[str] = ()) -> CsvLayout:
    """Find the layout of a CSV file.

    Parameters
    ----------
    text : str
        The file.
    known_names : iterable of str, optional
        Names of columns that the codebook gives, besides those of the word list.

    Returns
    -------
    CsvLayout
        Its layout.

    Notes
    -----
    The delimiter is taken from a first line `sep=;`. Otherwise, it is the delimiter with which most
    column names are known, or which results in rows of equal width. Unbalanced quotation marks are
    interpreted in the following ways until all rows are as wide as the header: doubled, as in
    standard CSV; escaped by a backslash; single inside cells; or as ordinary characters, as many
    programs write them in tables with tabs.

    Examples
    --------
    >>> layout = find_layout("sep=;\\nTitel;Text\\nDamm bricht;Der Damm ist gebrochen.\\n")
    >>> layout.delimiter, layout.header.names
    (';', ['Titel', 'Text'])
    """
    known_keys = frozenset(map(name_key, known_names))
    delimiter = ""
    if match := DECLARED_DELIMITER.match(text):
        delimiter = match["delimiter"].replace("\\t", "\t")
        text = text[match.end() :]
    delimiter = delimiter or _delimiter(text, known_keys)
    return _with_quotation_marks(text, delimiter, known_keys)


@contextmanager
def cells_of_any_length() -> Iterator[None]:
    """Lift Python's global limit on the size of a cell while a file is read.

    Examples
    --------
    >>> with cells_of_any_length():
    ...     layout = find_layout("text\\n" + "a" * 200_000)
    """
    size_limit = csv.field_size_limit(sys.maxsize)
    try:
        yield
    finally:
        csv.field_size_limit(size_limit)


def _records(
    text: str, delimiter: str, is_literal: bool = False, is_wrapped: bool = False
) -> Iterator[list[str]]:
    """Yield the rows of a file that are not empty."""
    quoting = csv.QUOTE_NONE if is_literal else csv.QUOTE_MINIMAL
    lines = io.StringIO(text, newline="")
    for cells in csv.reader(lines, delimiter=delimiter, quoting=quoting, strict=True):
        if any(cell.strip() for cell in cells):
            yield [_unwrapped(cell) for cell in cells] if is_wrapped else cells


def _unwrapped(cell: str) -> str:
    """Return a cell without the quotation marks around it."""
    is_wrapped = len(cell) > 1 and cell[0] == cell[-1] == '"'
    return cell[1:-1].replace('""', '"') if is_wrapped else cell


class _Fit(NamedTuple):
    """The quality of a delimiter; the fields are compared in this order."""

    known_names: int
    is_regular: bool  # several columns, and nearly all rows as wide as the header
    share: float  # of the rows as wide as the header
    width: int


def _delimiter(text: str, known_keys: frozenset[str]) -> str:
    """Return the delimiter with which the beginning of a file looks most like a table."""
    sample = text[:SAMPLE_LENGTH]
    if len(text) > SAMPLE_LENGTH:
        sample = sample[: sample.rfind("\n") + 1] or sample
    fits = {
        delimiter: max(
            _fit(sample, delimiter, known_keys, is_literal=False),
            _fit(sample, delimiter, known_keys, is_literal=True),
        )
        for delimiter in DELIMITERS
        if delimiter in sample
    }
    best = max(fits, key=fits.get, default="")
    # A single column: a comma in its texts separates nothing.
    if not best or fits[best].width == 1:
        return NO_DELIMITER
    is_punctuation = not fits[best].known_names and _is_punctuation(sample, best)
    return NO_DELIMITER if is_punctuation else best


def _is_punctuation(sample: str, mark: str) -> bool:
    """Return whether a blank follows a mark nearly everywhere, as after a comma in a sentence."""
    with_blank = sample.count(f"{mark} ")
    return mark != "\t" and with_blank >= MIN_PUNCTUATION * sample.count(mark)


def _fit(sample: str, delimiter: str, known_keys: frozenset[str], is_literal: bool) -> _Fit:
    """Return how well a delimiter fits a sample, with quotation marks or without their meaning."""
    records = []
    try:
        for cells in islice(_records(sample, delimiter, is_literal), SAMPLE_ROWS):
            records.append(cells)
    except csv.Error:
        records = records or [[]]
    header = find_header(records, known_keys)
    rows = records[header.position + 1 :]
    width = len(header.names)
    share = sum(len(cells) == width for cells in rows) / len(rows) if rows else 0.0
    known = sum(_is_known(name, known_keys) for name in header.names)
    return _Fit(known, width > 1 and share >= MIN_FIT, round(share, 2), width)


def find_header(records: Sequence[Sequence], known_keys: frozenset[str] = frozenset()) -> Header:
    """Find the header among the first rows of a table.

    Parameters
    ----------
    records : sequence of sequences
        The first rows.
    known_keys : frozenset of str, optional
        Keys of names that the codebook gives.

    Returns
    -------
    Header
        The row with the most known names; else the first row, if its cells look like names. A table
        without a header gets the names "column 1", "column 2" and so on.

    Examples
    --------
    >>> find_header([["Search: levee"], ["Headline", "Body"], ["Levee breaks", "It broke."]])
    Header(position=1, names=['Headline', 'Body'])
    """
    if not records:
        return Header(-1, [])
    first_rows = records[:HEADER_ROWS]
    known = [_known_count(cells, known_keys) for cells in first_rows]
    best = known.index(max(known))
    # One known word further down may be a value: "News" as a section.
    if known[best] >= 2 or known[0] >= 1:
        position = best if known[best] > known[0] else 0
        return Header(position, clean_names(_without_empty_end(first_rows[position])))
    if _looks_like_header(records):
        return Header(0, clean_names(_without_empty_end(records[0])))
    widths = Counter(len(cells) for cells in records)
    width = widths.most_common(1)[0][0]
    return Header(-1, clean_names([""] * width))


def _without_empty_end(cells: Sequence) -> list:
    """Return the cells up to the last one that is filled."""
    filled = [number for number, cell in enumerate(cells, 1) if str(cell or "").strip()]
    return list(cells[: filled[-1]] if filled else cells)


def _is_known(name: str, known_keys: frozenset[str]) -> bool:
    """Return whether a name is one of the codebook or of the word list."""
    return name_key(name) in known_keys or find_synonym(name) is not None


def _known_count(cells: Sequence, known_keys: frozenset[str]) -> int:
    """Count the cells of a row that name different columns; 0 if a cell is too long for a name."""
    texts = [str(cell).strip() for cell in cells if cell is not None]
    if any(len(text) > 2 * MAX_NAME_LENGTH for text in texts):
        return 0
    return len({name_key(text) for text in texts if text and _is_known(text, known_keys)})


def _looks_like_header(records: Sequence[Sequence]) -> bool:
    """Return whether the first row has different short words above other kinds of values."""
    texts = [str(cell if cell is not None else "").strip() for cell in records[0]]
    filled = [text for text in texts if text]
    are_short = all(len(text) <= MAX_NAME_LENGTH for text in filled)
    are_different = len(set(filled)) == len(filled)
    if not filled or not are_short or not are_different or any(map(_is_value, filled)):
        return False
    columns = zip_longest(*records[1:], fillvalue="")
    return any(_are_values(column) for name, column in zip(texts, columns, strict=False) if name)


def _is_value(text: str) -> bool:
    """Return whether a cell is a number, an address or a date, and so not a name."""
    is_number = text.replace(".", "").replace(",", "").isdecimal()
    return is_number or "://" in text or read_cell_date(text) is not None


def _are_values(cells: Iterable) -> bool:
    """Return whether most cells of a column are numbers, addresses, dates or texts."""
    texts = [str(cell).strip() for cell in cells if cell is not None]
    filled = [text for text in texts if text]
    values = sum(len(text) > MIN_TEXT_LENGTH or _is_value(text) for text in filled)
    return bool(filled) and values >= MIN_VALUES * len(filled)


class _Reading(NamedTuple):
    """One way to read the quotation marks of a file."""

    text: str
    is_literal: bool


class _Outcome(NamedTuple):
    """The result of one way of reading."""

    is_complete: bool  # no row could not be read
    misfits: int
    rows: int

    @property
    def share(self) -> float:
        """Return the share of rows that are not as wide as the header."""
        return self.misfits / max(self.rows, 1) if self.is_complete else 1.0


def _with_quotation_marks(text: str, delimiter: str, known_keys: frozenset[str]) -> CsvLayout:
    """Return the layout with the reading of quotation marks with which most rows fit the header."""
    standard = _Reading(text, is_literal=False)
    outcome = _outcome(standard, delimiter, known_keys)
    best = standard
    if outcome.share > 0 or (delimiter == "\t" and '"' in text):
        best = _best_reading(standard, outcome, delimiter, known_keys)
    is_wrapped = best.is_literal and _is_wrapped(best, delimiter)
    records = _first_records(best, delimiter, is_wrapped)
    header = find_header(records, known_keys)
    return CsvLayout(best.text, delimiter, best.is_literal, is_wrapped, header)


def _best_reading(
    standard: _Reading, outcome: _Outcome, delimiter: str, known_keys: frozenset[str]
) -> _Reading:
    """Return the first reading with few misfits, or else the standard one with its errors."""
    best = standard
    best_share = outcome.share
    for reading in _other_readings(standard.text, delimiter):
        other = _outcome(reading, delimiter, known_keys)
        # Lines that a quotation mark at the beginning of a cell has swallowed.
        shows_more_rows = reading.is_literal and other.share == 0 and other.rows > outcome.rows
        if other.share < best_share or (delimiter == "\t" and shows_more_rows):
            best = reading
            best_share = other.share
    return best if best_share <= MAX_MISFITS else standard


def _other_readings(text: str, delimiter: str) -> Iterator[_Reading]:
    """Yield the other ways to read quotation marks, the most careful first."""
    if '"' not in text:
        return
    doubled = text.replace('\\"', '""')
    if doubled != text:
        yield _Reading(doubled, is_literal=False)
    # A quotation mark inside of a cell: neither at its beginning nor at its end.
    mark = re.escape(delimiter)
    inside = re.compile(rf'(?<=[^{mark}\r\n"])"(?=[^{mark}\r\n"])')
    yield _Reading(inside.sub('""', doubled), is_literal=False)
    # Also before the punctuation of a sentence: "He said "go", and left."
    inside = re.compile(rf'(?<=[^{mark}\r\n"])"(?=[^{mark}\r\n"]|{mark}[ ])')
    yield _Reading(inside.sub('""', doubled), is_literal=False)
    yield _Reading(text, is_literal=True)


def _outcome(reading: _Reading, delimiter: str, known_keys: frozenset[str]) -> _Outcome:
    """Return how many rows of the whole file are not as wide as its header."""
    records = _first_records(reading, delimiter)
    header = find_header(records, known_keys)
    width = len(header.names)
    misfits = 0
    rows = -1 - header.position
    try:
        for cells in _records(reading.text, delimiter, reading.is_literal):
            rows += 1
            if rows > 0 and len(cells) != width and len(_without_empty_end(cells)) != width:
                misfits += 1
    except csv.Error:
        return _Outcome(is_complete=False, misfits=misfits, rows=rows)
    return _Outcome(is_complete=True, misfits=misfits, rows=rows)


def _first_records(reading: _Reading, delimiter: str, is_wrapped: bool = False) -> list[list[str]]:
    """Return the first rows, among which the header is."""
    records: list[list[str]] = []
    try:
        for cells in islice(
            _records(reading.text, delimiter, reading.is_literal, is_wrapped), SAMPLE_ROWS
        ):
            records.append(cells)
    except csv.Error:
        pass  # what comes after them is reported when it is read
    return records


def _is_wrapped(reading: _Reading, delimiter: str) -> bool:
    """Return whether most cells are in quotation marks, which then do not belong to them."""
    cells = [cell for cell in chain.from_iterable(_first_records(reading, delimiter)) if cell]
    wrapped = sum(len(cell) > 1 and cell[0] == cell[-1] == '"' for cell in cells)
    return wrapped >= MIN_WRAPPED * max(len(cells), 1)
