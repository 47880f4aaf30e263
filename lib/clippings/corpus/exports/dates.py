"""Dates in the fields and lines of exports."""

import re
from calendar import monthrange
from datetime import date

from clippings.corpus.written_dates import WrittenDate, find_written_dates, read_written_date

MAX_DATE_LINE = 80
"""Characters of a line that is a date: the longest have weekday, time, zone and edition."""

MAX_OTHER_WORDS = 3
"""Words of a line that is a date, besides the date: a weekday, a time zone …"""

MAX_EDITION_WORDS = 6
"""… or, if it names the edition, so many: "Tuesday, Late Edition - Final"."""

EDITION = re.compile(r"\b(?:edition|editie|édition|ausgabe|edición|edizione)\b", re.IGNORECASE)

MONTH_AND_YEAR = re.compile(r"[^\W\d_]{3,12}\.?,?\s+\d{4}")

CLOCK = re.compile(
    r"""
    \b\d{1,2}[:.h]\d{2}(?::\d{2})?\s*          # 10:04, 10h04
    (?:[ap]\.?m\.?)?\s*                        # AM
    (?:[A-Z]{2,5}\b(?:[+-]\d{1,2})?)?          # GMT, UTC+2
    """,
    re.IGNORECASE | re.VERBOSE,
)


def date_in_field(text: str) -> WrittenDate | None:
    """Find the date in a field of an export.

    Parameters
    ----------
    text : str
        A date, or a longer field such as "Tarnow Post, 16 March 2021, p. 4".

    Returns
    -------
    WrittenDate or None
        The first date with a year; None without one.

    Examples
    --------
    >>> date_in_field("Mar 16, 2021").day_of_calendar
    datetime.date(2021, 3, 16)
    >>> date_in_field("Tarnow Post, 16 March 2021, p. 4").day_of_calendar
    datetime.date(2021, 3, 16)
    """
    whole = read_written_date(text)
    if whole:
        return whole
    dates = (written for written in find_written_dates(text) if written.year)
    return next(dates, None)


def month_of_issue(text: str) -> tuple[date, date] | None:
    """Read the month of a magazine.

    Parameters
    ----------
    text : str
        "March 2021".

    Returns
    -------
    tuple of date, or None
        The first and the last day; None if the text is not a month with its year.

    Examples
    --------
    >>> month_of_issue("March 2021")
    (datetime.date(2021, 3, 1), datetime.date(2021, 3, 31))
    """
    if not MONTH_AND_YEAR.fullmatch(text.strip()):
        return None
    first = read_written_date(f"1 {text.strip()}")
    if first is None or first.year is None:
        return None
    _, days = monthrange(first.year, first.month)
    return date(first.year, first.month, 1), date(first.year, first.month, days)


def is_date_line(line: str) -> bool:
    """Return whether a line contains a date and hardly anything else.

    Parameters
    ----------
    line : str
        A line of an export.

    Returns
    -------
    bool
        True for "March 16, 2021 Tuesday 10:04 AM GMT", False for a sentence with a date.

    Examples
    --------
    >>> is_date_line("Tuesday 16 March 2021"), is_date_line("It fell on 16 March 2021, she said.")
    (True, False)
    """
    line = line.strip()
    if len(line) > MAX_DATE_LINE or not any(character.isdigit() for character in line):
        return False
    if read_written_date(line):
        return True
    dates = [written for written in find_written_dates(line) if written.year]
    if len(dates) != 1 or line.endswith((".", "?", "!")):
        return False
    rest = CLOCK.sub(" ", line[: dates[0].start] + " " + line[dates[0].end :])
    limit = MAX_EDITION_WORDS if EDITION.search(rest) else MAX_OTHER_WORDS
    return len(re.findall(r"[^\W\d_]{2,}", rest)) <= limit
