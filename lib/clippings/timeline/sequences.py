"""Split and complete several dates in a row: "May 3, 4 and 5, 2021", "April and May 2019".

Each of them is a separate time. A year next to one of them also applies to its neighbours; in a
range across the turn of the year ("November to February 2019"), the first dates belong to the
previous year.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from clippings.timeline.interpret import valid_date
from clippings.timeline.patterns import context
from clippings.timeline.timex import Timex


class FoundTime(NamedTuple):
    """A time expression found in a passage, before its value is resolved."""

    start: int
    end: int
    kind: str
    timex: Timex


# Maximum number of years in a range with a two-digit end: "1939-45" is one, "2016-99" is not.
MAX_YEARS_OF_RANGE = 60

# A day that is followed by another one in "3, 4 and 5 May" or "the 6th and 7th of February".
DAY_BEFORE_DAY = re.compile(
    r"""
    (?P<words>
        (?:[a-z]{3,}\.?,?\s+)??                                # "Tuesday, 7 and 8 May"
        (?:the\s+)?
        (?P<day>\d\d?)(?:st|nd|rd|th)?                          # "the 6th"
    )
    (?:\s*,\s*|\s*(?:[-–/]|,?\s?(?:and|or|to|until))\s*)       # " and "
    (?=(?:the\s+)?\d)                                        # "7th of February"
    """,
    re.IGNORECASE | re.VERBOSE,
)

# A further number after a day or a year: "April 24 and 25", "1939-45". The text between them is
# listed in the lexicon's contexts.
FURTHER_NUMBER = re.compile(r"(\d+)(?:st|nd|rd|th)?")
LINK_TO_FURTHER_NUMBER = {
    "month_day": "second_day",
    "year": "second_year",
    "season": "second_year",
}

# The year after the last of several days: "May 3 to 5, 2021".
YEAR_AFTER_DAYS = re.compile(r"\s*,?\s+(1\d\d\d|20\d\d)(?![\w-]|[.,]\d)")

# Kinds of dates that can share a year with their neighbours.
KINDS_WITH_YEAR = frozenset({"month", "month_day", "day_month", "season", "quarter"})

# The text between two dates that share a year, in a range or a list.
LINK_OF_RANGE = re.compile(
    r"\s*(?:-|–|—|\bto|\buntil|\btill|\bthrough)\s*(?:the\s+)?", re.IGNORECASE
)
LINK_OF_LIST = re.compile(r"\s*(?:,\s*(?:and|or)|,|/|&|\band|\bor)\s*(?:the\s+)?", re.IGNORECASE)
RANGE_BEGINS = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)

# Number of characters before a date in which "between" can appear.
WIDTH_OF_BETWEEN = 14

# The month in which each season begins, for comparing dates within a year.
MONTH_OF_SEASON = {"WI": 0, "SP": 3, "SU": 6, "FA": 9}


def split_days(text: str, time: FoundTime) -> Iterator[FoundTime]:
    """Split an expression for several days into one time for each day.

    Parameters
    ----------
    text : str
        The passage.
    time : FoundTime
        An expression found by the patterns.

    Yields
    ------
    FoundTime
        From left to right: the days of "6-7 February", the second day of "April 24 and 25", the
        second year of "1939-45".

    Examples
    --------
    >>> timex = Timex("DATE", "1920-02-07")
    >>> for time in split_days("6-7 February 1920", FoundTime(0, 17, "day_month", timex)):
    ...     print(time.start, time.timex.value)
    0 1920-02-06
    2 1920-02-07
    """
    if time.kind == "day_month":
        yield from _days_before_month(text, time)
    elif time.kind in LINK_TO_FURTHER_NUMBER:
        yield from _with_further_numbers(text, time)
    else:
        yield time


def _days_before_month(text: str, time: FoundTime) -> Iterator[FoundTime]:
    """Yield each day of "3, 4 and 5 May"; days that do not exist are left out."""
    start = time.start
    while day := DAY_BEFORE_DAY.match(text, start, time.end):
        value = valid_date(f"{time.timex.value[:-2]}{int(day['day']):02d}")
        if value:
            yield FoundTime(start, day.end("words"), time.kind, time.timex._replace(value=value))
        start = day.end()
    yield time._replace(start=start)


def _with_further_numbers(text: str, time: FoundTime) -> Iterator[FoundTime]:
    """Yield a date and further days ("June 29, 30 and 31"), or the years of "1939-45"."""
    times = [time]
    link = context(LINK_TO_FURTHER_NUMBER[time.kind], "after")
    while link_match := link.match(text, times[-1].end):
        number = FURTHER_NUMBER.match(text, link_match.end())
        value = _value_of_further_number(time, number[1]) if number else ""
        if not value:
            break
        timex = time.timex._replace(value=value)
        times.append(FoundTime(number.start(1), number.end(), time.kind, timex))
    year = YEAR_AFTER_DAYS.match(text, times[-1].end)
    if len(times) > 1 and year and time.timex.value.startswith("XXXX-"):
        times[-1] = times[-1]._replace(end=year.end())
        times = [_in_year(each, int(year[1])) for each in times]
    yield from (each for each in times if each is not None)


def _value_of_further_number(time: FoundTime, digits: str) -> str:
    """Return the value of 25 in "April 24 and 25" or 45 in "1939-45"; "" for another number."""
    digits = digits.zfill(2)
    value = time.timex.value
    if time.kind == "season":
        value = value[:4]
        if not value.isdigit():
            return ""
    value_of_number = valid_date(value[: -len(digits)] + digits)  # 1939 and 45: 1945
    if time.kind == "month_day" or len(digits) != 2 or not value_of_number.isdigit():
        return value_of_number
    first_year = int(value)
    years = (int(value_of_number) - first_year) % 100  # 1999-00 ends in 2000
    return str(first_year + years) if 0 < years < MAX_YEARS_OF_RANGE else ""


def share_years(text: str, times: list[FoundTime]) -> list[FoundTime]:
    """Add the year of a neighbouring date in the same list or range to dates without a year.

    Parameters
    ----------
    text : str
        The passage.
    times : list of FoundTime
        The times in the passage, from left to right.

    Returns
    -------
    list of FoundTime
        The same times, without dates that do not exist in that year.

    Examples
    --------
    >>> april = FoundTime(3, 8, "month", Timex("DATE", "XXXX-04"))
    >>> may = FoundTime(13, 21, "month", Timex("DATE", "2019-05"))
    >>> [time.timex.value for time in share_years("In April and May 2019", [april, may])]
    ['2019-04', '2019-05']
    """
    shared: list[FoundTime | None] = list(times)
    for number in range(len(times) - 2, -1, -1):  # backwards: the year appears with the last date
        first = shared[number]
        last = shared[number + 1]
        if last is not None and _is_linked(text, first, last):
            shared[number] = _with_year_of_next(text, first, last)
    for number in range(1, len(times)):
        first = shared[number - 1]
        last = shared[number]
        if first is not None and last is not None and _is_linked(text, first, last):
            shared[number] = _with_year_of_last(text, first, last)
    return [time for time in shared if time is not None]


def _is_linked(text: str, first: FoundTime, last: FoundTime) -> bool:
    """Return whether two dates are in a row."""
    if first.kind not in KINDS_WITH_YEAR or last.kind not in KINDS_WITH_YEAR:
        return False
    between = text[first.end : last.start]
    return bool(LINK_OF_RANGE.fullmatch(between) or LINK_OF_LIST.fullmatch(between))


def _is_range(text: str, first: FoundTime, last: FoundTime) -> bool:
    """Return whether the second date is the end of a range that the first one begins."""
    before = text[max(0, first.start - WIDTH_OF_BETWEEN) : first.start]
    is_range = LINK_OF_RANGE.fullmatch(text[first.end : last.start])
    return bool(is_range or RANGE_BEGINS.search(before))


def _is_open(time: FoundTime) -> bool:
    """Return whether a date lacks its year, and nothing else says which one is meant."""
    timex = time.timex
    is_quarter = re.fullmatch(r"XXXX-[QH]\d", timex.value)
    is_date = timex.value.startswith("XXXX-") and timex.unit == ""
    return timex.anchor == "absolute" and bool(is_date or is_quarter)


def _with_year_of_next(text: str, first: FoundTime, last: FoundTime) -> FoundTime | None:
    """Return a date in the year that appears with the next one; None if that day does not exist."""
    if not _is_open(first):
        return first
    is_in_relative_year = last.timex.unit == "Y" and last.timex.value.startswith("XXXX-")
    if is_in_relative_year:  # "March and April last year"
        timex = last.timex._replace(value=first.timex.value, mod=first.timex.mod)
        return first._replace(timex=timex)
    if not last.timex.value[:4].isdigit():
        return first
    year = int(last.timex.value[:4])
    is_over_new_year = _is_range(text, first, last) and _place_in_year(first) > _place_in_year(last)
    return _in_year(first, year - 1 if is_over_new_year else year)


def _with_year_of_last(text: str, first: FoundTime, last: FoundTime) -> FoundTime | None:
    """Return a date at the end of a range, in the year that appears with its beginning."""
    has_year = first.timex.value[:4].isdigit() and re.search(
        r"\d{4}", text[first.start : first.end]
    )
    if not _is_open(last) or not has_year or not _is_range(text, first, last):
        return last
    year = int(first.timex.value[:4])
    is_over_new_year = _place_in_year(first) > _place_in_year(last)
    return _in_year(last, year + 1 if is_over_new_year else year)


def _in_year(time: FoundTime, year: int) -> FoundTime | None:
    """Return a date without a year in a given one; None if it does not exist."""
    value = valid_date(f"{year:04d}{time.timex.value[4:]}")
    return time._replace(timex=time.timex._replace(value=value)) if value else None


def _place_in_year(time: FoundTime) -> tuple[int, int]:
    """Return the month and day of a date, to compare it with another one of the same year."""
    rest = time.timex.value[5:]
    if rest[:2] in MONTH_OF_SEASON:
        return MONTH_OF_SEASON[rest[:2]], 0
    if rest[0] in "QH":
        return int(rest[1]), 0
    day = rest[3:5]
    return int(rest[:2]), int(day) if day.isdigit() else 0
