"""Step 3: resolve relative values to full TIMEX3 values with calendar arithmetic.

The anchor is the day of writing, if it is known, or the last date mentioned; `Resolver` keeps track
of both throughout an article. Without an anchor, a value remains incomplete ("XXXX-WXX-4" is a
Thursday), and `constraints` limits how far it may be from the day of writing.
"""

import calendar
import math
import re
from contextlib import suppress
from datetime import date, timedelta

from clippings.timeline.dates import days_of_value
from clippings.timeline.timex import POINT_TYPES, Timex

# The sign of each direction.
SIGN = {"past": -1, "future": 1, "none": 0}

# First month of seasons, quarters and halves of a year. Winter belongs to the year that contains
# most of it.
FIRST_MONTH = {
    "SP": 3,
    "SU": 6,
    "FA": 9,
    "WI": 1,
    "Q1": 1,
    "Q2": 4,
    "Q3": 7,
    "Q4": 10,
    "H1": 1,
    "H2": 7,
}

# TIMEX3 values of units without further information.
UNKNOWN_VALUE = {
    "W": "XXXX-WXX",
    "WE": "XXXX-WXX-WE",
    "M": "XXXX-XX",
    "Q": "XXXX-QX",
    "D": "XXXX-XX-XX",
}

# Number of days. A date without a year that is at most this far ahead counts as future in spite of
# a verb in the past ("the deadline was extended to Nov. 16"). A date at most half as far back
# counts as past in spite of a verb in the future.
NEAR_AHEAD = 75
NEAR_PAST = NEAR_AHEAD // 2

# Number of days. A date that its verb clearly marks as past refers to the last year, unless it is
# at most this far ahead: the article may be dated a day or two before it was printed.
CLOSE_AHEAD_OF_PAST = 2

# Number of days in a month and a year for comparing dates without a year, as if all months had 31
# days.
DAYS_PER_MONTH = 31
DAYS_PER_YEAR = 12 * DAYS_PER_MONTH

# In a narrative, a month that is at least this many months before the last date mentioned belongs
# to the next year.
MONTHS_BACK_IN_NARRATIVE = 6


# A movable holiday: relative to Easter, or a weekday of a month.
MOVING_HOLIDAY = re.compile(r"easter[+-]\d+|\d\d-\d-\d(?:\+\d)?")

# Number of days. A holiday at most this far ahead is meant in spite of a verb in the past.
HOLIDAY_CLOSE_AHEAD = 10

LEAP_DAY = "02-29"

# The last day of a month; it replaces the day's number as long as the month is unknown.
LAST_DAY = "LAST"

# Number of years that include a 29 February before and after any day: eight around 1900.
YEARS_TO_LEAP_DAY = 8

# ISO numbers of weekdays. Until Wednesday, the last weekend is nearer than the next one.
SATURDAY = 6
LAST_DAY_NEARER_TO_WEEKEND_BEFORE = 3


class Resolver:
    """Fill in the values of the time expressions in one article, in order.

    Parameters
    ----------
    written : str
        The day of writing, "2016-10-04"; "" if it is not known.
    mode : str
        "news" counts from the day of writing, "narrative" from the last date mentioned.

    Examples
    --------
    >>> resolver = Resolver("2021-03-16", "news")
    >>> resolver.resolve(Timex("DATE", "XXXX-WXX-5", "written", "weekday", 5.0, "past")).value
    '2021-03-12'
    """

    def __init__(self, written: str, mode: str):
        self.is_narrative = mode == "narrative"
        self.written = written if mode == "news" else ""
        self.last_date = ""  # the values mentioned last: any date,
        self.last_quarter = ""  # a quarter,
        self.last_day = ""  # and a date with its day

    def resolve(self, timex: Timex) -> Timex:
        """Fill in the value as far as the anchor is known, and remember the date.

        Parameters
        ----------
        timex : Timex

        Returns
        -------
        Timex
        """
        if timex.type not in POINT_TYPES:
            return timex
        value = self._full_value(timex)
        if re.match(r"(?:BC)?\d{4}", value):
            self._remember(value.split("T")[0])
        return timex._replace(value=value)

    def _remember(self, date_value: str) -> None:
        """Remember a date as the last one mentioned."""
        self.last_date = date_value
        if "Q" in date_value:
            self.last_quarter = date_value
        if re.fullmatch(r"\d{4}-\d\d-\d\d", date_value):
            self.last_day = date_value

    def _full_value(self, timex: Timex) -> str:
        """Compute the full value from the anchor."""
        if timex.anchor == "absolute":
            is_open = timex.value.startswith("XXXX-")
            return self._in_its_year(timex) if is_open else timex.value
        if timex.value.endswith("_REF") or math.isnan(timex.amount):
            return timex.value

        if timex.unit == "M" and timex.value.startswith("XXXX-XX-"):
            return self._day_in_month(timex)
        if timex.unit == "WE" and timex.amount == 0:
            return _weekend(self.written, timex.direction, timex.determiner)
        date_value, time_of_day = re.fullmatch(r"(.*?)(T.*)?", timex.value).groups(default="")
        steps = timex.amount * SIGN[timex.direction]
        from_mentioned = timex.anchor == "mentioned" or self.is_narrative
        if timex.unit == "weekday":
            anchor = (self.last_day if from_mentioned else "") or self.written
            weekday = int(timex.amount)
            day = _nearest_weekday(anchor, weekday, timex.direction, timex.determiner)
            return day + time_of_day
        if timex.unit == "Q" and from_mentioned:
            if timex.determiner == "latest":
                return _shift(self.written, "Q", -1)
            return self._quarter(date_value, int(steps))
        is_year_ago = timex.unit == "Y" and steps == -1 and timex.determiner == "ago"
        if is_year_ago and self.last_quarter:  # among quarters, a year ago is the same quarter
            return self._quarter("XXXX-QX", -4)

        if timex.unit == "W" and re.fullmatch(r"XXXX-WXX-\d", timex.value):  # "a week from Friday"
            weekday = int(timex.value[-1])
            day = _nearest_weekday(self.written, weekday, timex.direction, "")
            return _shift(day, "D", 7 * steps) if day[0].isdigit() else timex.value

        anchor = self.written
        if from_mentioned:
            counts_days = timex.unit in ("D", "W", "WE")
            last_day = self.last_day if counts_days else ""
            anchor = last_day or self.last_date or self.written
        return _shift(anchor, timex.unit, steps) + time_of_day if anchor else timex.value

    def _quarter(self, value: str, steps: int) -> str:
        """Return the last quarter of a number, or one counted from the quarter mentioned last."""
        number = value[-1] if value[-1] != "X" else self.last_quarter[-1:]
        if number and not self.written:
            return f"XXXX-Q{number}"
        if steps == -4 and not number:
            return _shift(self.last_date or self.written, "Y", -1)
        quarter = ""
        if number:
            quarter = _with_year(f"XXXX-Q{number}", self.written, "past", strict=True)
        return _shift(quarter or _shift(self.written, "Q", -1), "Q", steps)

    def _day_in_month(self, timex: Timex) -> str:
        """Return a day of the month of writing or of the last month mentioned: "the 5th"."""
        day = timex.value.removeprefix("XXXX-XX-")
        is_mentioned = timex.anchor == "mentioned" or self.is_narrative
        has_month = bool(re.match(r"\d{4}-\d\d", self.last_date))
        anchor = self.last_date if is_mentioned and has_month else self.written
        month = _shift(anchor, "M", timex.amount * SIGN[timex.direction])
        if not month[0].isdigit():
            return f"XXXX-XX-{day}" if day.isdigit() else "XXXX-XX-XX"
        if day == LAST_DAY:
            return f"{month}-{calendar.monthrange(int(month[:4]), int(month[5:7]))[1]}"
        if "-" in day:
            return holiday_date(f"{month[5:]}-{day}", int(month[:4]))

        value = f"{month}-{day}"
        lies_ahead = anchor == self.written and value > self.written
        if timex.direction == "past" and not timex.determiner and lies_ahead:
            value = f"{_shift(anchor, 'M', -1)}-{day}"
        return value if days_of_value(value, "") else "XXXX-XX-XX"

    def _in_its_year(self, timex: Timex) -> str:
        """Add the year to a date without one."""
        value = timex.value
        direction = timex.direction
        anchor = self.last_date if self.is_narrative else self.written
        anchor_date = _first_date(anchor)
        rule = value.removeprefix("XXXX-")
        if MOVING_HOLIDAY.fullmatch(rule):
            if anchor_date is None:
                return "XXXX" if rule.startswith("easter") else value[:7]
            return _nearest_holiday(rule, anchor_date, direction)
        if anchor_date is None:
            return f"{anchor[:6] or 'XXXX'}{value[4:]}"  # for BC0044, the year is known but no date
        if rule == LEAP_DAY and not self.is_narrative and len(anchor) == 10:
            return _nearest_leap_day(anchor_date, direction)
        if self.is_narrative:
            months_back = anchor_date.month - _first_month(value[5:])
            is_next_year = len(anchor) > 4 and months_back > MONTHS_BACK_IN_NARRATIVE
            return f"{anchor_date.year + (1 if is_next_year else 0):04d}{value[4:]}"
        if timex.unit == "Y":  # "in March last year"
            year = anchor_date.year + int(timex.amount * SIGN[direction])
            return f"{year:04d}{value[4:]}"
        is_strict = timex.amount == 1 or timex.is_direction_sure
        return _with_year(value, anchor, direction, strict=is_strict)


def _nearest_holiday(rule: str, anchor: date, direction: str) -> str:
    """Return the movable holiday nearest to a day, optionally in one direction only."""
    years = (anchor.year - 1, anchor.year, anchor.year + 1)
    days = [date.fromisoformat(holiday_date(rule, year)) for year in years]
    return str(_nearest_day(days, anchor, direction))


def _nearest_leap_day(anchor: date, direction: str) -> str:
    """Return the 29 February nearest to a day, optionally in one direction only."""
    years = range(max(anchor.year - YEARS_TO_LEAP_DAY, 1), anchor.year + YEARS_TO_LEAP_DAY + 1)
    days = [date(year, 2, 29) for year in years if calendar.isleap(year)]
    return str(_nearest_day(days, anchor, direction))


def _nearest_day(days: list[date], anchor: date, direction: str) -> date:
    """Return the candidate day nearest to another day, optionally in one direction only."""
    if direction == "past":  # unless it is soon: "the deadline was extended to Easter"
        last = anchor + timedelta(days=HOLIDAY_CLOSE_AHEAD)
        days = [day for day in days if day <= last] or days
    elif direction == "future":
        days = [day for day in days if day >= anchor] or days
    return min(days, key=lambda day: abs((day - anchor).days))


def _weekend(written: str, direction: str, determiner: str) -> str:
    """Return the weekend of the day of writing, or the previous or next one."""
    start = _first_date(written) if len(written) == 10 else None
    if start is None:
        return UNKNOWN_VALUE["WE"]
    weekday = start.isoweekday()
    is_nearer_before = determiner != "this" and weekday <= LAST_DAY_NEARER_TO_WEEKEND_BEFORE
    is_before = direction == "past" or (direction == "none" and is_nearer_before)
    if is_before and weekday < SATURDAY:
        start -= timedelta(weeks=1)
    year, week, _ = start.isocalendar()
    return f"{year}-W{week:02d}-WE"


def _first_date(value: str) -> date | None:
    """Return the first day of a value, or of its year if it has no more detail; None if unknown."""
    days = days_of_value(value.removesuffix("-XX"), "") or days_of_value(value[:4], "")
    return date.fromordinal(days.first) if days else None


def _first_month(rest: str) -> int:
    """Return the month in which a part of a year begins: "10-04", "SU", "Q3"."""
    return FIRST_MONTH.get(rest[:2]) or int(rest[:2])


def _shift(anchor: str, unit: str, amount: float) -> str:
    """Shift an anchor by a number of days, weeks or months; unknown parts remain open."""
    count, letter = re.match(r"(\d*)(.*)", unit).groups()  # "10Y" is a decade
    steps = round(amount * int(count or 1))
    digits_of_year = {"10": 3, "100": 2}.get(count, 4)  # 201 is a decade, 20 a century
    if letter == "Y" and (before_christ := re.match(r"BC(\d{4})", anchor)):
        return f"BC{int(before_christ[1]) - steps:04d}"[: digits_of_year + 2]
    start = _first_date(anchor)
    unknown = UNKNOWN_VALUE.get(unit, "XXXX")
    if start is None or (letter in ("M", "Q") and len(anchor) < 7):
        return unknown

    has_day = len(anchor) >= 8
    with suppress(ValueError, OverflowError):  # years outside the calendar
        if letter == "Y":
            return f"{start.year + steps:04d}"[:digits_of_year]
        if letter in ("M", "Q"):
            months = steps * (3 if letter == "Q" else 1)
            year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
            if letter == "Q":
                return f"{year:04d}-Q{month // 3 + 1}"
            return f"{year:04d}-{month + 1:02d}"
        if letter == "D" and has_day:
            return str(start + timedelta(days=steps))
        if letter in ("W", "WE") and has_day:
            year, week, _ = (start + timedelta(weeks=steps)).isocalendar()
            return f"{year}-W{week:02d}{unknown[8:]}"
    if letter == "D" and len(anchor) == 7:  # a day of a known month
        return f"{anchor}-XX"
    return unknown


def _nearest_weekday(anchor: str, weekday: int, direction: str, determiner: str) -> str:
    """Return the weekday (1: Monday) nearest to an anchor, by direction and determiner."""
    start = _first_date(anchor) if len(anchor) == 10 else None
    if start is None:
        return f"XXXX-WXX-{weekday}"
    if determiner == "this":
        return str(start + timedelta(days=weekday - start.isoweekday()))
    days_back = (start.isoweekday() - weekday) % 7
    if direction == "future":
        return str(start + timedelta(days=7 - days_back))
    if determiner == "last" and days_back == 0:  # "last Monday" of a Monday is a week ago
        days_back = 7
    return str(start - timedelta(days=days_back))


def _with_year(value: str, anchor: str, direction: str, strict: bool = False) -> str:
    """Add to a value the year in which it is nearest to the anchor.

    If the direction is known, only dates in this direction count, unless the date on the other side
    is much nearer and `strict` is false.
    """
    start = _first_date(anchor)
    if start is None or not value.startswith("XXXX-"):
        return value
    rest = value.removeprefix("XXXX-")
    month = _first_month(rest)
    day = int(rest[3:5]) if re.match(r"\d\d-\d\d", rest) else 0
    start_day = start.day if day else 0
    days_apart = (month - start.month) * DAYS_PER_MONTH + day - start_day
    days_ahead = days_apart % DAYS_PER_YEAR
    days_past = -days_apart % DAYS_PER_YEAR

    is_past = days_past < days_ahead
    if direction == "past":
        nearest = CLOSE_AHEAD_OF_PAST if strict else NEAR_AHEAD
        is_past = is_past or days_ahead > nearest
    elif direction == "future":
        is_past = not strict and days_past < NEAR_PAST

    year = start.year
    if days_apart > 0 and is_past:
        year -= 1
    elif days_apart < 0 and not is_past:
        year += 1
    return f"{year:04d}-{rest}"


def holiday_date(rule: str, year: int) -> str:
    """Return the day of a holiday in a year.

    Parameters
    ----------
    rule : str
        "12-25", or month-weekday-number: "11-4-4" is the fourth Thursday in November, "11-4-4+1"
        the day after it. The number 9 means the last one. "easter-2" is two days before Easter
        Sunday.
    year : int

    Returns
    -------
    str
        The day as "2016-11-24".

    Examples
    --------
    >>> holiday_date("11-4-4", 2016), holiday_date("05-1-9", 2016), holiday_date("easter+0", 2016)
    ('2016-11-24', '2016-05-30', '2016-03-27')
    """
    if rule.startswith("easter"):
        return str(_easter_sunday(year) + timedelta(days=int(rule.removeprefix("easter"))))
    if rule.count("-") == 1:
        return f"{year:04d}-{rule}"
    day_in_month, _, days_after = rule.partition("+")
    month, weekday, number = (int(part) for part in day_in_month.split("-"))
    days_of_month = range(1, calendar.monthrange(year, month)[1] + 1)
    days = [day for day in days_of_month if date(year, month, day).isoweekday() == weekday]
    day = date(year, month, days[min(number, len(days)) - 1])
    return str(day + timedelta(days=int(days_after or 0)))


def _easter_sunday(year: int) -> date:
    """Return Easter Sunday (Western) with the anonymous Gregorian algorithm (Meeus 1991)."""
    golden_number = year % 19
    century, year_of_century = divmod(year, 100)
    leap_centuries, rest_of_century = divmod(century, 4)
    moon_correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden_number + century - leap_centuries - moon_correction + 15) % 30
    leap_years, rest_of_year = divmod(year_of_century, 4)
    to_sunday = (32 + 2 * rest_of_century + 2 * leap_years - epact - rest_of_year) % 7
    late_correction = (golden_number + 11 * epact + 22 * to_sunday) // 451
    days = epact + to_sunday - 7 * late_correction + 114
    return date(year, days // 31, days % 31 + 1)


def duration_value(amount: float, unit: str) -> str:
    """Write a duration as a TIMEX3 value.

    Parameters
    ----------
    amount : float
        The number of units; NaN if it is unknown.
    unit : str
        A unit of lexicon/en/time/words: D, W, M, 10Y, H, MIN …

    Returns
    -------
    str
        An ISO 8601 duration, with X for an unknown number.

    Examples
    --------
    >>> duration_value(2, "M"), duration_value(1.5, "10Y"), duration_value(2.5, "H")
    ('P2M', 'P15Y', 'PT2H30M')
    >>> duration_value(float("nan"), "D")
    'PXD'
    """
    count, letter = re.match(r"(\d*)([A-Z]+)", unit).groups()
    prefix = "PT" if letter in ("H", "MIN", "S") else "P"
    letter = "M" if letter == "MIN" else letter
    if math.isnan(amount):
        letter = {"10": "E", "100": "C"}.get(count, letter)  # TIMEX3: decades and centuries
        return f"{prefix}X{letter}"
    total = amount * int(count or 1)
    half = {"PY": "6M", "PTH": "30M", "PTM": "30S"}.get(prefix + letter)
    if half and total > 1 and total % 1 == 0.5:  # "two and a half years" is P2Y6M
        return f"{prefix}{int(total)}{letter}{half}"
    return f"{prefix}{total:.12g}{letter}"
