"""Calendar arithmetic: days as numbers, and the days to which a TIMEX3 value can refer.

A day is a proleptic Gregorian ordinal (`datetime.date.toordinal`), so distances are differences. A
value with a year is an interval of days (`days_of_value`). A value without a year is a mask ("every
4 October", `mask_of_value`) that narrows an interval.
"""

import calendar
import re
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

import pandas as pd

# A number that means "no limit". It is so large that sums with it never equal a day, whose greatest
# number is 3,652,059.
NO_LIMIT = 10**7

# The days of the early, middle and late third of a month.
PART_OF_MONTH = {"START": (1, 10), "MID": (11, 20), "END": (21, 31)}

LEAP_DAY = "02-29"

# Number of years in which to look for days that fit a mask: 29 February occurs every four years,
# but only after eight around 1900 and 2100.
YEARS_OF_MASK = 9


class DayInterval(NamedTuple):
    """The first and last day of a range, as numbers."""

    first: int
    last: int


def is_day(number: int) -> bool:
    """Return whether a number is a day between the years 1 and 9999.

    Parameters
    ----------
    number : int

    Returns
    -------
    bool

    Examples
    --------
    >>> is_day(735_000), is_day(NO_LIMIT)
    (True, False)
    """
    return 0 < number <= date.max.toordinal()


# Creating a timestamp is slow, and the events of a corpus lie on few days: a century has 36,525.
@lru_cache(maxsize=40_000)
def to_timestamp(number: int) -> pd.Timestamp:
    """Convert the number of a day to a timestamp.

    Parameters
    ----------
    number : int

    Returns
    -------
    pandas.Timestamp
        NaT if the number means "no limit".

    Examples
    --------
    >>> to_timestamp(735_876)
    Timestamp('2015-10-05 00:00:00')
    """
    return pd.Timestamp(date.fromordinal(number)) if is_day(number) else pd.NaT


def to_day_number(day: pd.Timestamp, default: int) -> int:
    """Convert a timestamp to the number of its day.

    Parameters
    ----------
    day : pandas.Timestamp
        The day, or NaT if there is no limit.
    default : int
        The number to return for NaT.

    Returns
    -------
    int

    Examples
    --------
    >>> to_day_number(pd.Timestamp("2015-10-02"), NO_LIMIT), to_day_number(pd.NaT, NO_LIMIT)
    (735873, 10000000)
    """
    return default if pd.isna(day) else day.toordinal()


def days_of_value(value: str, mod: str) -> DayInterval | None:
    """Return the days to which a TIMEX3 value with a year can refer.

    Parameters
    ----------
    value : str
        A week, weekend, quarter, year, month or day, such as "2016-W40", "2016-Q3" or "2016-10-04".
    mod : str
        TIMEX3 MOD; START, MID and END are thirds of a month.

    Returns
    -------
    DayInterval or None
        None for values with open digits, for other kinds of values, and for days that do not exist.

    Examples
    --------
    >>> days = days_of_value("2016-10", "MID")
    >>> to_timestamp(days.first), to_timestamp(days.last)
    (Timestamp('2016-10-11 00:00:00'), Timestamp('2016-10-20 00:00:00'))
    """
    value = value.split("T")[0]
    if week := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(week[1]), int(week[2]), 1).toordinal()
        first = monday + 5 if week[3] else monday
        return DayInterval(first, monday + 6)
    if quarter := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        last_month = int(quarter[2]) * 3
        first = days_of_value(f"{quarter[1]}-{last_month - 2:02d}", "").first
        return DayInterval(first, days_of_value(f"{quarter[1]}-{last_month:02d}", "").last)
    parts = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", value)
    if not parts:
        return None
    year, month, day = (int(part) if part else None for part in parts.groups())
    days_in_month = calendar.monthrange(year, month or 12)[1]
    if day and day > days_in_month:
        return None
    if day:
        first_day = last_day = day
    else:
        first_day, last_day = PART_OF_MONTH.get(mod if month else "", (1, 31))
    first_date = date(year, month or 1, first_day)
    last_date = date(year, month or 12, min(last_day, days_in_month))
    return DayInterval(first_date.toordinal(), last_date.toordinal())


def mask_of_value(value: str, mod: str) -> str:
    """Return a mask for the days that fit a TIMEX3 value without a year.

    Parameters
    ----------
    value : str
    mod : str
        TIMEX3 MOD; START, MID and END are thirds of a month.

    Returns
    -------
    str
        "XXXX-WXX-4" (Thursdays), "XXXX-10-04", or a stretch of days "XXXX-10-01/XXXX-10-10"; "" for
        none.

    Examples
    --------
    >>> mask_of_value("XXXX-10", "START"), mask_of_value("XXXX-WXX-4", "")
    ('XXXX-10-01/XXXX-10-10', 'XXXX-WXX-4')
    """
    value = value.split("T")[0]
    if re.fullmatch(r"XXXX-WXX-\d|XXXX-\d\d-\d\d", value):
        return value
    if re.fullmatch(r"XXXX-\d\d", value):
        first, last = PART_OF_MONTH.get(mod, (1, 31))
        leap_year = 2000  # 29 February fits
        last = min(last, calendar.monthrange(leap_year, int(value[-2:]))[1])
        return f"{value}-{first:02d}/{value}-{last:02d}"
    return ""


def narrow_to_mask(mask: str, low: int, high: int) -> DayInterval:
    """Return the first and last day of an interval that fit a mask.

    Parameters
    ----------
    mask : str
        The result of `mask_of_value`.
    low, high : int
        First and last day of the interval. Numbers that are not days are returned unchanged.

    Returns
    -------
    DayInterval
        The narrowed interval. If no day fits, its first day is after its last day.

    Examples
    --------
    >>> spring_2016 = days_of_value("2016-Q2", "")
    >>> days = narrow_to_mask("XXXX-05-09", *spring_2016)
    >>> to_timestamp(days.first), days.first == days.last
    (Timestamp('2016-05-09 00:00:00'), True)
    """
    if mask.startswith("XXXX-WXX-"):
        weekday = int(mask[-1])
        if is_day(low):
            low += (weekday - date.fromordinal(low).isoweekday()) % 7
        if is_day(high):
            high -= (date.fromordinal(high).isoweekday() - weekday) % 7
        return DayInterval(low, high)
    first_value, _, last_value = mask.partition("/")
    first = first_value[5:]  # "10-01" of "XXXX-10-01"
    last = last_value[5:] or first
    if is_day(low):
        low = _first_fitting(first, last, low)
    if is_day(high):
        high = _last_fitting(first, last, high)
    return DayInterval(low, high)


@cache
def _stretch(first: str, last: str, year: int) -> DayInterval | None:
    """Return the days from "02-01" to "02-29" of one year; None if its first day does not exist."""
    if last == LEAP_DAY and not calendar.isleap(year):
        last = "02-28"
    try:
        first_date = date.fromisoformat(f"{year}-{first}")
        last_date = date.fromisoformat(f"{year}-{last}")
    except ValueError:  # 29 February alone
        return None
    return DayInterval(first_date.toordinal(), last_date.toordinal())


def _first_fitting(first: str, last: str, low: int) -> int:
    """Return the first day from `low` on that lies in a stretch of days of some year."""
    year = date.fromordinal(low).year
    for candidate in range(year, min(year + YEARS_OF_MASK, 9999)):
        stretch = _stretch(first, last, candidate)
        if stretch and stretch.last >= low:
            return max(stretch.first, low)
    return 2 * NO_LIMIT


def _last_fitting(first: str, last: str, high: int) -> int:
    """Return the last day up to `high` that lies in a stretch of days of some year."""
    year = date.fromordinal(high).year
    for candidate in range(year, max(year - YEARS_OF_MASK, 0), -1):
        stretch = _stretch(first, last, candidate)
        if stretch and stretch.first <= high:
            return min(stretch.last, high)
    return -2 * NO_LIMIT
