"""Read dates in table cells: written dates, serial numbers of spreadsheets, Unix times.

Whether 03/04/2021 is in March or April is decided once for each column.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from clippings.corpus.written_dates import (
    YEARS,
    WrittenDate,
    find_written_dates,
    read_written_date,
)

SPREADSHEET_EPOCH = date(1899, 12, 30)
"""Day 0 of Excel and others, which treat 1900 as a leap year."""

SPREADSHEET_DAYS = range(18_264, 73_051)
"""The serial numbers of 1950-01-01 to 2100-01-01. Smaller ones are years and other numbers."""

# Seconds since 1970 are accepted from 1973 on; smaller numbers are days written together, 20210316.
MIN_UNIX_SECONDS = 100_000_000
MAX_UNIX_SECONDS = 5_000_000_000  # in 2128
UNIX_UNITS = (1, 1_000, 1_000_000, 1_000_000_000)  # per second: seconds, milli-, micro-, nano-

ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d(?=$|[T ]\d\d:?\d\d)")
MONTHS_OF_YEAR = (
    re.compile(r"(?P<year>\d{4})(?P<month>0[1-9]|1[0-2])"),  # 202103
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})"),  # 2021-03, 2021-3
    re.compile(r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})"),  # 03/2021
)
WHOLE_FRACTION = re.compile(r"(?<=\d)\.0+$")  # 2021.0: numbers in a column with gaps
YEAR_ALONE = re.compile(r"\d{4}")
WORD_AND_YEAR = re.compile(r"[^\W\d_]{3,}\.?,? (?:de |del )?\d{4}")  # March 2021, marzo de 2021
NUMBER = re.compile(r"\d+(?:\.\d+)?")
DATE_AND_TIME_TOGETHER = re.compile(r"(?P<day>(?:19|20)\d{6})\d{6}")  # 20210316101500: GDELT
NUMBER_IN_JSON = re.compile(r"/Date\((\d+)(?:[+-]\d{4})?\)/")  # /Date(1615852800000)/: Microsoft

DATE_IN_ADDRESS = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[/_-]?(?P<month>\d\d)[/_-]?(?P<day>\d\d)(?!\d)"
)
"""A date in an address or the name of a file: /2021/03/16/, -20210316, 2021_03_16."""

DATE_BEFORE_TIME = re.compile(
    r"""
    (?P<day> \d{1,4} (?P<separator>[./-]) \d{1,2} (?P=separator) \d{1,4} )   # 16/03/2021
    ,?[T ] \d{1,2} :\d\d (?: :\d\d (?:\.\d+)? )? (?: [ ]?[AaPp][Mm] )?      # 10:04:00 AM
    """,
    re.VERBOSE,
)
"""Most dates with a time differ in the time only, so they are read and cached without it."""

MAX_CELL = 100  # characters of a cell that contains a date


class Period(NamedTuple):
    """The earliest and latest day of a date."""

    first: date
    last: date
    is_ambiguous: bool = False
    """Are these two readings of one date, day first and month first?"""

    @classmethod
    def of_day(cls, day: date) -> "Period":
        """Return a period of one day."""
        return cls(day, day)

    @property
    def is_one_day(self) -> bool:
        """Return whether the date is known to the day."""
        return self.first == self.last


def read_cell_date(cell: object, day_first: bool | None = None) -> Period | None:
    """Read a cell that contains a date.

    Parameters
    ----------
    cell : object
        A text, a number, a date or a time of Python.
    day_first : bool, optional
        How to read 03/04/2021; None leaves it open.

    Returns
    -------
    Period or None
        The day; the first and last day of a month or year; or, for a date that can be read in two
        ways, the earlier and the later day. None if the cell contains something else.

    Notes
    -----
    A number is a year, a month (202103), a day (20210316), the serial number of a day in a
    spreadsheet, or a Unix time in seconds, milli-, micro- or nanoseconds, by its size. Of a time
    with a zone, the day is that which is written.

    Examples
    --------
    >>> read_cell_date("16.03.2021").first.isoformat(), read_cell_date(44271).first.isoformat()
    ('2021-03-16', '2021-03-16')
    >>> [day.isoformat() for day in read_cell_date("03/04/2021")[:2]]
    ['2021-03-04', '2021-04-03']
    >>> print(read_cell_date("yesterday"))
    None
    """
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return Period.of_day(cell) if cell.year in YEARS else None
    if isinstance(cell, bool) or cell is None:
        return None
    text = _date_text(cell)
    return _read_text(text, day_first) if len(text) <= MAX_CELL else None


def _date_text(cell: object) -> str:
    """Return a cell without quotation marks, and without the time after a numeric date."""
    text = str(cell).strip().strip("\"'")
    match = DATE_BEFORE_TIME.fullmatch(text)
    if match:
        return match["day"]
    return WHOLE_FRACTION.sub("", text) if NUMBER.fullmatch(text) else text


@lru_cache(maxsize=100_000)
def _read_text(text: str, day_first: bool | None) -> Period | None:
    """Return the date that a text contains and nothing else."""
    if ISO_DATE.match(text):
        with suppress(ValueError):
            day = date.fromisoformat(text[:10])
            return Period.of_day(day) if day.year in YEARS else None
    if match := NUMBER_IN_JSON.fullmatch(text):
        text = match[1]
    if match := DATE_IN_ADDRESS.fullmatch(text):
        period = period_of(match["year"], match["month"], match["day"])
        return period if period is not None and period.is_one_day else None
    if period := _read_number(text):
        return period
    if period := _read_month_or_year(text):
        return period
    written = read_written_date(text, day_first) or _only_date_in(text, day_first)
    if written is None:
        return None
    days = sorted(written.readings)
    return Period(days[0], days[-1], is_ambiguous=len(days) > 1)


def _only_date_in(text: str, day_first: bool | None) -> WrittenDate | None:
    """Return the date in a text if it is the only one: "16 March 2021, Late Edition"."""
    dates = [written for written in find_written_dates(text, day_first) if written.year]
    return dates[0] if len(dates) == 1 else None


def _read_number(text: str) -> Period | None:
    """Return the date for a number, depending on its size."""
    if match := DATE_AND_TIME_TOGETHER.fullmatch(text):
        text = match["day"]
    if not NUMBER.fullmatch(text):
        return None
    number = float(text)
    if number < SPREADSHEET_DAYS.stop and int(number) in SPREADSHEET_DAYS:
        return Period.of_day(SPREADSHEET_EPOCH + timedelta(days=int(number)))
    for unit in UNIX_UNITS:
        if MIN_UNIX_SECONDS <= number / unit < MAX_UNIX_SECONDS:
            return Period.of_day(datetime.fromtimestamp(number / unit, UTC).date())
    return None


def _read_month_or_year(text: str) -> Period | None:
    """Return the days of a month or year."""
    for pattern in MONTHS_OF_YEAR:
        match = pattern.fullmatch(text)
        if match and _month_number(match["month"]):
            return period_of(match["year"], match["month"])
    if YEAR_ALONE.fullmatch(text):
        return period_of(text)
    if WORD_AND_YEAR.fullmatch(text):
        first_day = read_written_date(f"1 {text}")
        if first_day is not None and first_day.is_named:
            return period_of(first_day.year, first_day.month)
    return None


def period_of(year: object, month: object = None, day: object = None) -> Period | None:
    """Make a period of separate cells.

    Parameters
    ----------
    year : object
        A year.
    month : object, optional
        The number or name of a month; if it is missing or wrong, the whole year.
    day : object, optional
        The number of a day; if it is missing or wrong, the whole month.

    Returns
    -------
    Period or None
        None if the first cell contains no year.

    Examples
    --------
    >>> [day.isoformat() for day in period_of("2021", "February")[:2]]
    ['2021-02-01', '2021-02-28']
    """
    year_number = _whole_number(year)
    if year_number not in YEARS:
        return None
    month_number = _month_number(month)
    if month_number is None:
        return Period(date(year_number, 1, 1), date(year_number, 12, 31))
    day_number = _whole_number(day)
    if day_number is not None:
        with suppress(ValueError):
            return Period.of_day(date(year_number, month_number, day_number))
    first = date(year_number, month_number, 1)
    in_next_month = first + timedelta(days=31)
    return Period(first, in_next_month.replace(day=1) - timedelta(days=1))


def _month_number(month: object) -> int | None:
    """Return the number of a month that is written as a number or name."""
    number = _whole_number(month)
    if number is not None:
        return number if 1 <= number <= 12 else None
    name = str(month or "").strip()
    if not name.rstrip(".").isalpha():
        return None
    first_day = read_written_date(f"1 {name} 2000")
    return None if first_day is None else first_day.month


def _whole_number(cell: object) -> int | None:
    """Return a cell as a whole number; None if it is something else."""
    with suppress(ValueError, TypeError, OverflowError):
        number = float(str(cell).strip())
        return int(number) if number.is_integer() else None
    return None


def decide_day_first(
    columns: Sequence[Iterable[object]],
    addresses: Iterable[str] = (),
    likely: bool | None = None,
) -> bool | None:
    """Decide whether the dates of a table are written with the day or the month first.

    Parameters
    ----------
    columns : sequence of iterables of object
        The cells of its columns of dates, the one to be read first.
    addresses : iterable of str, optional
        The addresses of the articles, row by row: `/2021/03/16/`.
    likely : bool, optional
        The order that the language of the table makes likely.

    Returns
    -------
    bool or None
        True for 31/12/2021, False for 12/31/2021; None if nothing shows it, or cells disagree.

    Notes
    -----
    The first of the following that is conclusive decides: unambiguous dates in the column itself;
    the dates in the addresses; the other columns; the likely order.

    Examples
    --------
    >>> decide_day_first([["03/04/2021", "28/02/2021"]])
    True
    >>> decide_day_first([["03/04/2021"]], ["https://post.example/2021/04/03/road"])
    True
    >>> print(decide_day_first([["03/04/2021", "05/06/2021"]]))
    None
    >>> print(decide_day_first([["03/16/2021", "16/03/2021"]], likely=True))
    None
    """
    for number, cells in enumerate(columns):
        texts = [_date_text(cell)[:MAX_CELL] for cell in cells]
        orders = _orders_shown(texts)
        if len(orders) > 1:
            return None
        if orders:
            return orders.pop()
        if number == 0:
            by_addresses = _order_by_addresses(texts, addresses)
            if by_addresses is not None:
                return by_addresses
    return likely


def _orders_shown(texts: list[str]) -> set[bool]:
    """Return the orders of day and month in the dates that can be read in one way only."""
    dates = [_written(text) for text in dict.fromkeys(texts)]
    return {written.shows_day_first for written in dates if written} - {None}


@lru_cache(maxsize=100_000)
def _written(text: str) -> WrittenDate | None:
    """Return the date in a text, with its order left open."""
    return None if ISO_DATE.match(text) else read_written_date(text)


def _order_by_addresses(texts: list[str], addresses: Iterable[str]) -> bool | None:
    """Return the order in which most dates are those in their addresses."""
    votes: Counter[bool] = Counter()
    for text, address in zip(texts, addresses, strict=False):
        written = _written(text)
        match = DATE_IN_ADDRESS.search(address) if written and written.is_ambiguous else None
        if not match:
            continue
        stated = tuple(int(match[part]) for part in ("year", "month", "day"))
        for day_first in (True, False):
            decided = written.read_as(day_first)
            if (decided.year, decided.month, decided.day) == stated:
                votes[day_first] += 1
    if votes[True] == votes[False]:
        return None
    return votes[True] > votes[False]
