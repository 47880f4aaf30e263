"""From an operation to a TIMEX3 value: the way from an anchor, walked on the calendar."""

import calendar
import re
from datetime import date, timedelta

SIGN = {"past": -1, "future": 1, "none": 0}
UNKNOWN = {"W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "D": "XXXX-XX-XX"}


def unknown(unit: str) -> str:
    """The value of a stretch of one unit of which no more is known."""
    return UNKNOWN.get(unit, "XXXX")


def day_of(value: str) -> date | None:
    """The day that a value names, or the first one of its month or year; None where the year is not known."""
    match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", value)
    if week := re.match(r"(\d{4})-W(\d\d)", value):
        return date.fromisocalendar(int(week[1]), max(1, min(int(week[2]), 52)), 1)
    if quarter := re.match(r"(\d{4})-Q(\d)", value):
        return date(int(quarter[1]), int(quarter[2]) * 3 - 2, 1)
    try:
        return date(*(int(part or 1) for part in match.groups())) if match else None
    except ValueError:
        return None


def stepped(anchor: str, unit: str, amount: float) -> str:
    """The stretch of one unit that lies so many units from an anchor; what is not known of it stays open."""
    if anchor.startswith("BC") and unit.endswith("Y"):
        year = f"BC{int(anchor[2:6]) - round(amount * int(unit[:-1] or 1)):04d}" if anchor[2:6].isdigit() else "XXXX"
        return year[: {"10Y": 5, "100Y": 4}.get(unit, 6)]
    start = day_of(anchor)
    if start is None:
        return unknown(unit)
    count, unit = (int(found[1]), found[2]) if (found := re.match(r"(\d+)([A-Z]+)", unit)) else (1, unit)
    steps = round(amount * count)
    try:
        if unit in ("D", "W", "WE"):
            if len(anchor) < 8:  # a year or a month is too wide to count days from
                return f"{anchor}-XX" if len(anchor) == 7 and unit == "D" else unknown(unit)
            found = start + timedelta(days=steps * (1 if unit == "D" else 7))
            year, week, _ = found.isocalendar()
            return str(found) if unit == "D" else f"{year}-W{week:02d}{'-WE' if unit == 'WE' else ''}"
        if unit in ("M", "Q"):
            if not re.match(r"\d{4}-[\dQ]", anchor):
                return unknown(unit)
            months = start.year * 12 + start.month - 1 + steps * (3 if unit == "Q" else 1)
            year, month = divmod(months, 12)
            return f"{year:04d}-Q{month // 3 + 1}" if unit == "Q" else f"{year:04d}-{month + 1:02d}"
        if unit == "Y":
            year = f"{start.year + steps:04d}"
            return year[:3] if count == 10 else year[:2] if count == 100 else year
    except (ValueError, OverflowError):
        pass
    return unknown(unit)


def weekday(anchor: str, day: int, direction: str, near: str = "") -> str:
    """The day of the week before (or on) an anchor, or after it; near: last, next or this one."""
    start = day_of(anchor)
    if start is None or len(anchor) < 10:
        return f"XXXX-WXX-{day}"
    back = (start.isoweekday() - day) % 7
    if near == "last":
        return str(start - timedelta(days=back or 7))
    if near == "this":
        return str(start + timedelta(days=day - start.isoweekday()))
    return str(start - timedelta(days=back) if direction != "future" else start + timedelta(days=(-back) % 7 or 7))


STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 1, "Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10, "H1": 1, "H2": 7}


def first_month(rest: str) -> int:
    """The month in which a part of a year begins: "10-04", "SU", "Q3"."""
    return STARTS.get(rest[:2]) or int(rest[:2])


def with_year(value: str, anchor: str, direction: str, strict: bool = False) -> str:
    """A value without a year in the nearest year; in one that lies in the direction, if strict or not much farther.

    What verbs say of the direction of a date can be wrong: "was extended to Nov. 16". So a day just ahead counts
    as ahead in spite of a verb in the past tense, and one just past as past.
    """
    start, rest = day_of(anchor), value.removeprefix("XXXX-")
    if start is None or not value.startswith("XXXX-"):
        return value
    month, day = first_month(rest), int(rest[3:5]) if re.match(r"\d\d-\d\d", rest) else 0
    here = start.month * 31 + (start.day if day else 0)
    ahead = (month * 31 + day - here) % 372
    this = month * 31 + day <= here  # the last such day lies in this year
    behind = 372 - ahead if ahead else 0
    if ahead == 0:
        past = True
    elif strict:
        past = direction == "past"
    else:
        past = {"past": ahead > 75 or behind < ahead, "future": behind < 35}.get(direction, behind < ahead)
    return f"{start.year + (0 if past else 1) - (0 if this else 1):04d}-{rest}"


def holiday(rule: str, year: int) -> str:
    """The day of a holiday in a year: "12-25", or month-weekday-number ("11-4-4"; number 9 is the last)."""
    if rule.count("-") == 1:
        return f"{year:04d}-{rule}"
    month, day, number = (int(part) for part in rule.split("-"))
    found = [n for n in range(1, calendar.monthrange(year, month)[1] + 1) if date(year, month, n).isoweekday() == day]
    return f"{year:04d}-{month:02d}-{found[min(number, len(found)) - 1]:02d}"


def length(amount: float | None, unit: str) -> str:
    """A duration, P2M or PT1H; PXY where the number is open."""
    count, letter = re.match(r"(\d*)([A-Z]+)", unit).groups()
    timed = "T" if letter in ("H", "MIN", "S") else ""
    letter = {"MIN": "M", "10Y": "E"}.get(letter, letter)
    if amount is None or amount != amount:
        return f"P{timed}X{'E' if count == '10' else 'C' if count == '100' else letter}"
    total = amount * int(count or 1)
    whole, half = int(total), {"Y": "6M", "H": "30M", "M": "30S"}.get(letter) if total % 1 == 0.5 else None
    if half and whole and letter + timed != "M":
        return f"P{timed}{whole}{letter}{half}"
    return f"P{timed}{total:g}{letter}" if total < 1e6 else f"P{total:.0f}{letter}"
