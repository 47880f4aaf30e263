"""Choose the roles of a table's columns by the codebook, their names or their values.

The roles are chosen once for the whole table, from its first rows.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from clippings.core.languages import detect_language
from clippings.corpus.cell_text import (
    line_of_cell,
    plain_cell,
    text_of_cell,
    without_half_characters,
)
from clippings.corpus.column_names import (
    MARKUP,
    UNSURE,
    find_synonym,
    may_name_a_date,
    may_name_an_address,
    name_key,
)
from clippings.corpus.table_dates import read_cell_date

COLUMNS = (
    *("text", "lead", "title", "date", "updated", "saved", "outlet", "author", "section", "url"),
    *("language", "year", "month", "day"),
)
"""The roles that a column may have. `lead` is the first paragraph, in a column of its own."""

UNUSED = "unused"
"""In codebook/columns.csv: a column of this name is taken for nothing."""

DAY_ORDERS = {"date day first": True, "date month first": False}
"""In codebook/columns.csv: the column is that of dates, and 03/04/2021 is in April or in March."""

SAMPLE_ROWS = 500
"""Rows from which the columns are chosen."""

# Codes of the reasons for the role of a column.
BY_CODEBOOK = "codebook"
BY_NAME = "name"
BY_LONGEST_TEXT = "longest text"
BY_DATES = "dates"
BY_ADDRESSES = "addresses"
BY_SHORT_TEXT = "short text"
OTHER_COLUMN_TAKEN = "other column taken"
VALUES_DO_NOT_FIT = "values do not fit"
EMPTY = "empty"
NAME_NOT_KNOWN = "name not known"

MIN_UNSURE_LENGTH = 60
"""Characters, on average, of a column with a name like "description" that is read as text."""

MIN_GUESSED_LENGTH = 100
"""Characters, on average, of a column without a known name that is read as text. Headlines have
about 60."""

MIN_WORDS_OF_TEXT = 8  # on average
MAX_TITLE_LENGTH = 200  # characters, on average
MIN_TITLE_LENGTH = 15
MIN_FITTING_SHARE = 0.6  # of the filled cells: the others are slips, or words for a missing value
EXAMPLE_LENGTH = 60  # characters of a name or value that are shown

NO_VALUE = frozenset(
    ("nan", "NaN", "NaT", "None", "NULL", "null", "N/A", "n/a", "#N/A", "<NA>", "\\N")
)
"""The text that pandas, Python, databases and spreadsheets write for a missing value."""

ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*", re.IGNORECASE)


class ColumnUse(NamedTuple):
    """The role of one column of a table."""

    name: str  # in the table
    column: str  # one of COLUMNS; "" if it is not used
    reason: str  # a code
    order: str = ""  # of day and month, for dates that could be read in two ways
    language: str = ""  # of the name
    example: str = ""  # the beginning of its first filled cell


@dataclass(frozen=True)
class ChosenColumns:
    """The columns of a table by role."""

    uses: tuple[ColumnUse, ...]
    """One for each column of the table, in its order."""
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """One of COLUMNS → names in the table. Several only if the codebook names them: the first one
    with a value counts."""
    day_first: bool | None = None
    """The order of 03/04/2021 as the codebook says, or as the language of the table makes likely;
    None if that is open."""
    is_order_certain: bool = False
    """Return whether the codebook gives the order of day and month."""

    def name(self, column: str) -> str:
        """Return the name of a column in the table, "" if the table has none."""
        return next(iter(self.names.get(column, ())), "")

    def shown_name(self, column: str) -> str:
        """Return the name of a column for use in a sentence."""
        return shown_name(self.name(column))

    def cell(self, cells: dict, column: str) -> object:
        """Return the value that a row has for one of our columns; None without one."""
        for name in self.names.get(column, ()):
            value = cells.get(name)
            if is_filled(value):
                return value
        return None


class NamedColumns(NamedTuple):
    """The entries of codebook/columns.csv for the columns of all tables."""

    names: dict[str, tuple[str, ...]]  # one of COLUMNS → names in the tables
    unused_keys: frozenset[str]  # of names, as `name_key` returns them
    day_first: bool | None

    def switches_off(self, name: str) -> bool:
        """Return whether the codebook excludes a column."""
        return name_key(name) in self.unused_keys


def named_columns(names: dict[str, Sequence[str]]) -> NamedColumns:
    """Sort the entries of the codebook about columns.

    Parameters
    ----------
    names : dict of str to sequence of str
        Values of `column` in codebook/columns.csv → the names of the columns in the tables.

    Returns
    -------
    NamedColumns
        The entries by purpose.

    Examples
    --------
    >>> named_columns({"date day first": ["Datum"], "unused": ["Quelle"]}).names
    {'date': ('Datum',)}
    """
    columns: dict[str, tuple[str, ...]] = {}
    day_first = None
    for column, values in names.items():
        if column in DAY_ORDERS:
            day_first = DAY_ORDERS[column]
            column = "date"
        if column in COLUMNS:
            columns[column] = (*columns.get(column, ()), *values)
    unused_keys = frozenset(map(name_key, names.get(UNUSED, ())))
    return NamedColumns(columns, unused_keys, day_first)


class _Column:
    """A column of a sample, with what its values show."""

    def __init__(self, name: str, cells: list[object]):
        self.name = name
        self.synonym = find_synonym(name)
        self.filled = [cell for cell in cells if is_filled(cell)]
        self.row_count = max(len(cells), 1)

    @property
    def example(self) -> str:
        """Return the beginning of the first filled cell."""
        return line_of_cell(self.filled[0])[:EXAMPLE_LENGTH] if self.filled else ""

    def text_length(self) -> float:
        """Return characters of text per row."""
        return sum(len(text_of_cell(cell) or "") for cell in self.filled) / self.row_count

    def word_count(self) -> float:
        """Return words per filled cell."""
        texts = [text_of_cell(cell) or "" for cell in self.filled]
        return sum(len(text.split()) for text in texts) / max(len(texts), 1)

    def share(self, fits: Callable[[object], bool]) -> float:
        """Return the share of the filled cells for which a function returns True."""
        return sum(map(bool, map(fits, self.filled))) / max(len(self.filled), 1)


def shown_name(name: str) -> str:
    """Return a name from a file, which may be long or contain half characters, as it may be shown.

    Examples
    --------
    >>> shown_name("Date of\\n publication")
    'Date of publication'
    """
    return " ".join(without_half_characters(name).split())[:EXAMPLE_LENGTH]


def is_filled(cell: object) -> bool:
    """Return whether a cell is not empty: it has characters, or a list or object with content."""
    if isinstance(cell, str):
        return bool(cell) and not cell.isspace() and cell not in NO_VALUE
    return bool(cell) if isinstance(cell, (list, dict)) else bool(plain_cell(cell).strip())


def is_address(cell: object) -> bool:
    """Return whether a cell contains an address of the web."""
    return bool(ADDRESS.fullmatch(line_of_cell(cell)))


def _is_date(cell: object) -> bool:
    return read_cell_date(cell) is not None


def _is_label(cell: object) -> bool:
    """Return whether a cell may be the name of an outlet, section or author: not an address."""
    return not ("://" in line_of_cell(cell) or plain_cell(cell).strip().isdecimal())


FITTING_VALUES = {
    "date": _is_date,
    "updated": _is_date,
    "saved": _is_date,
    "url": is_address,
    "outlet": _is_label,
    "author": _is_label,
    "section": _is_label,
}
"""Requirements for the values of a column whose name alone is not enough."""


def choose_columns(
    names: Sequence[str], rows: Sequence[dict], named: NamedColumns, *, has_header: bool = True
) -> ChosenColumns:
    """Choose the columns of a table.

    Parameters
    ----------
    names : sequence of str
        The names of its columns.
    rows : sequence of dict
        Its first rows: name → value.
    named : NamedColumns
        The entries of the codebook.
    has_header : bool, default True
        Whether the table names its columns; if not, they are chosen by their values only.

    Returns
    -------
    ChosenColumns
        The role of each column, and the reason.

    Notes
    -----
    A name in the codebook takes precedence. Otherwise, the text is in the column with a known name
    that has the longest texts or, if there is none, in a column of long texts with any name. For
    the other roles, the first name in the word list whose column has fitting values (dates,
    addresses) is used or, if there is none, a column whose name and values indicate dates, or the
    only column of addresses. A title is never used as the text.

    Examples
    --------
    >>> rows = [{"Titel": "Damm bricht", "Volltext": "Der Damm ist in der Nacht gebrochen."}]
    >>> chosen = choose_columns(["Titel", "Volltext"], rows, named_columns({}))
    >>> [(use.name, use.column, use.reason) for use in chosen.uses]
    [('Titel', 'title', 'name'), ('Volltext', 'text', 'name')]
    """
    columns = [_Column(name, [row.get(name) for row in rows]) for name in names]
    taken: dict[str, tuple[str, ...]] = {}
    reasons: dict[str, str] = {}
    by_codebook = _names_of_codebook(names, named)
    for column, column_names in by_codebook.items():
        taken[column] = column_names
        reasons |= dict.fromkeys(column_names, BY_CODEBOOK)
    free = [
        column
        for column in columns
        if column.name not in reasons and not named.switches_off(column.name)
    ]
    for column, chosen, reason in _choices(free, set(taken), has_header):
        taken[column] = (chosen.name,)
        reasons[chosen.name] = reason
    return _chosen(columns, taken, reasons, named, rows)


def _names_of_codebook(names: Sequence[str], named: NamedColumns) -> dict[str, tuple[str, ...]]:
    """Return the columns named by the codebook, ignoring case and spaces if necessary."""
    by_key = {name_key(name): name for name in reversed(names)}
    present: dict[str, tuple[str, ...]] = {}
    for column, column_names in named.names.items():
        matching = [
            name if name in names else by_key.get(name_key(name), "") for name in column_names
        ]
        matching = [name for name in dict.fromkeys(matching) if name]
        if matching:
            present[column] = tuple(matching)
    return present


class _Choice(NamedTuple):
    """A column chosen for one of ours."""

    column: str
    chosen: _Column
    reason: str


class _Choices:
    """The columns chosen so far, and those that are still free."""

    def __init__(self, free: list[_Column], taken: set[str]):
        self.free = list(free)
        self.taken = taken  # columns of ours that need none any more
        self.list: list[_Choice] = []

    def choose(self, column: str, chosen: _Column | None, reason: str) -> None:
        """Assign a column to one of ours, if there is one and ours has none yet."""
        if chosen is not None and column not in self.taken:
            self.list.append(_Choice(column, chosen, reason))
            self.taken.add(column)
            self.free.remove(chosen)

    def release(self, column: str) -> None:
        """Release the column that was chosen for a role."""
        for choice in self.list:
            if choice.column == column:
                self.free.append(choice.chosen)
        self.list = [choice for choice in self.list if choice.column != column]


def _choices(free: list[_Column], taken: set[str], has_header: bool) -> list[_Choice]:
    """Return the columns chosen by name or values, of those that the codebook leaves."""
    choices = _Choices(free, taken)
    if has_header:
        choices.choose("text", _text_by_name(choices.free), BY_NAME)
        for column in COLUMNS:
            choices.choose(column, _by_name(choices.free, column), BY_NAME)
    # An address or date must not be mistaken for a text, so these come first.
    choices.choose("url", _address_by_values(choices.free), BY_ADDRESSES)
    choices.choose("date", _date_by_values(choices.free, has_header), BY_DATES)
    choices.choose("text", _text_by_length(choices.free), BY_LONGEST_TEXT)
    if "text" not in choices.taken:
        # Some interfaces return only the first paragraph.
        choices.release("lead")
        choices.choose("text", _by_name(choices.free, "lead"), BY_NAME)
    if not has_header:
        choices.choose("title", _title_by_length(choices.free), BY_SHORT_TEXT)
        return choices.list
    # Rows further down may fill columns that are empty in the first ones.
    for column in COLUMNS:
        choices.choose(column, _empty_by_name(choices.free, column), BY_NAME)
    return choices.list


def _text_by_name(free: list[_Column]) -> _Column | None:
    """Return the column with a known name that contains the longest texts."""
    candidates = [column for column in free if column.synonym and column.synonym.column == "text"]
    sure = [column for column in candidates if column.synonym.kind != UNSURE]
    unsure = [
        column
        for column in candidates
        if column.synonym.kind == UNSURE
        and column.text_length() >= MIN_UNSURE_LENGTH
        and column.word_count() >= MIN_WORDS_OF_TEXT
    ]
    plain = [column for column in (*sure, *unsure) if column.synonym.kind != MARKUP]
    # A text with tags may be a whole page, so it is used if there is no other.
    for group in (plain, sure):
        filled = [column for column in group if column.text_length() > 0]
        if filled:
            return max(filled, key=lambda column: (column.text_length(), -column.synonym.rank))
    return None


def _named(free: list[_Column], column: str) -> list[_Column]:
    """Return the columns with a known name for this role, the most certain name first."""
    candidates = [
        candidate for candidate in free if candidate.synonym and candidate.synonym.column == column
    ]
    # Of published and thread.published, the one that is not nested.
    return sorted(candidates, key=lambda one: (one.synonym.rank, one.name.count(".")))


def _by_name(free: list[_Column], column: str) -> _Column | None:
    """Return the column with the most certain name, of those whose values fit."""
    if column == "text":
        return None  # chosen by length
    filled = [candidate for candidate in _named(free, column) if candidate.filled]
    fits = FITTING_VALUES.get(column)
    fitting = [one for one in filled if fits is None or one.share(fits) >= MIN_FITTING_SHARE]
    if fitting:
        return fitting[0]
    # A date that cannot be read is reported; a value that is not an address is not.
    return filled[0] if column == "date" and filled else None


def _empty_by_name(free: list[_Column], column: str) -> _Column | None:
    """Return the column with the most certain name, of those that are empty in the sample."""
    candidates = [
        candidate
        for candidate in _named(free, column)
        if not candidate.filled and candidate.synonym.kind != UNSURE
    ]
    return candidates[0] if candidates else None


def _only_fitting(columns: list[_Column], fits: Callable[[object], bool]) -> _Column | None:
    """Return the only column whose values fit; None if there are several."""
    fitting = [one for one in columns if one.filled and one.share(fits) >= MIN_FITTING_SHARE]
    return fitting[0] if len(fitting) == 1 else None


def _address_by_values(free: list[_Column]) -> _Column | None:
    """Return the only column of addresses, of those named as a source or not known by name."""
    named = [one for one in free if one.synonym and one.synonym.column == "outlet"]
    unnamed = [one for one in free if not one.synonym and may_name_an_address(one.name)]
    return _only_fitting(named, is_address) or _only_fitting(unnamed, is_address)


def _date_by_values(free: list[_Column], has_header: bool) -> _Column | None:
    """Return the only date column whose name does not indicate another kind of date."""
    candidates = [one for one in free if not one.synonym]
    if has_header:
        candidates = [one for one in candidates if may_name_a_date(one.name)]
    else:
        # A number alone is not a date, unless a name says so.
        candidates = [one for one in candidates if one.share(_is_number) < MIN_FITTING_SHARE]
    return _only_fitting(candidates, _is_date)


def _is_number(cell: object) -> bool:
    return plain_cell(cell).strip().replace(".", "", 1).isdecimal()


def _text_by_length(free: list[_Column]) -> _Column | None:
    """Return the column of the longest texts among those without a known name."""
    candidates = [
        column
        for column in free
        if not (column.synonym and column.synonym.column != "text")
        and column.text_length() >= MIN_GUESSED_LENGTH
        and column.word_count() >= MIN_WORDS_OF_TEXT
    ]
    return max(candidates, key=_Column.text_length, default=None)


def _title_by_length(free: list[_Column]) -> _Column | None:
    """Return the only column of short texts."""
    candidates = [
        column
        for column in free
        if MIN_TITLE_LENGTH <= column.text_length() <= MAX_TITLE_LENGTH and column.word_count() > 2
    ]
    return candidates[0] if len(candidates) == 1 else None


def _chosen(
    columns: list[_Column],
    taken: dict[str, tuple[str, ...]],
    reasons: dict[str, str],
    named: NamedColumns,
    rows: Sequence[dict],
) -> ChosenColumns:
    """Return the result, with the reason for each column, including unused ones."""
    column_of = {name: column for column, names in taken.items() for name in names}
    uses = []
    for one in columns:
        column = column_of.get(one.name, "")
        language = one.synonym.language if one.synonym else ""
        reason = reasons.get(one.name) or _reason_against(one, taken, named)
        use = ColumnUse(
            shown_name(one.name), column, reason, language=language, example=one.example
        )
        uses.append(use)
    day_first = named.day_first
    if day_first is None:
        day_first = _likely_order(uses, taken, rows)
    return ChosenColumns(tuple(uses), taken, day_first, named.day_first is not None)


def _reason_against(column: _Column, taken: dict, named: NamedColumns) -> str:
    """Return why a column is not used."""
    if named.switches_off(column.name):
        return BY_CODEBOOK
    if not column.filled:
        return EMPTY
    if column.synonym is None:
        return NAME_NOT_KNOWN
    return OTHER_COLUMN_TAKEN if column.synonym.column in taken else VALUES_DO_NOT_FIT


def _likely_order(uses: list[ColumnUse], taken: dict, rows: Sequence[dict]) -> bool | None:
    """Return day first unless the table is in English, where the month may be first."""
    languages = {use.language for use in uses if use.column == "date"}
    text_name = next(iter(taken.get("text", ())), "")
    if languages <= {"", "en"} and text_name:
        texts = [text_of_cell(row.get(text_name)) or "" for row in rows[:20]]
        languages = {detect_language(text) for text in texts}
    languages = languages - {""}
    return True if languages and "en" not in languages else None
