"""Dates as programs write them: in the head of a page, front matter, the note of a clipper."""

import re
from contextlib import suppress
from datetime import datetime
from email.utils import parsedate_to_datetime

YEARS = range(1600, 2200)  # a date in another year is a slip

NUMERIC_DAYS = (
    re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)"),  # 2021-03-16T10:04:00+01:00
    re.compile(r"(\d{4})(\d{2})(\d{2})(?=T|\D|\d{6,}|$)"),  # 20210316, 20210316100400
)
WORDY_DAYS = (
    "%b %d %Y",  # Tue Mar 16 2021 10:04:00 GMT+0000, as JavaScript writes it
    "%B %d %Y",  # March 16, 2021
    "%d %b %Y",
    "%d %B %Y",
)
WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\s+", re.IGNORECASE)


def read_day(text: str) -> str:
    """Read a date as programs write it.

    Parameters
    ----------
    text : str
        A date in ISO 8601, in the form of mail or JavaScript, or with the month in letters.

    Returns
    -------
    str
        The day as it is written, YYYY-MM-DD, whatever the time zone; "" if it is not understood.
        Days such as 16/03/2021 are not: nothing says whether day or month comes first.

    Examples
    --------
    >>> read_day("2021-03-16T23:30:00-05:00"), read_day("Tue Mar 16 2021 10:04:00 GMT+0000")
    ('2021-03-16', '2021-03-16')
    """
    text = " ".join(str(text)[:100].split())
    for pattern in NUMERIC_DAYS:
        if match := pattern.match(text):
            with suppress(ValueError):
                return _iso_day(datetime(*map(int, match.groups())))
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        return _iso_day(parsedate_to_datetime(text))
    words = WEEKDAY.sub("", text).replace(",", " ").replace(".", " ").split()
    for form in WORDY_DAYS:
        with suppress(ValueError):
            return _iso_day(datetime.strptime(" ".join(words[:3]), form))
    return ""


def _iso_day(date: datetime) -> str:
    return f"{date:%Y-%m-%d}" if date.year in YEARS else ""
