"""From an operation to a TIMEX3 value: the way from an anchor, walked on the calendar."""

import calendar
import re
from datetime import date, timedelta

from clippings.days import days_of

SIGN = {"past": -1, "future": 1, "none": 0}
STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 1, "Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10, "H1": 1, "H2": 7}
UNKNOWN = {"W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "D": "XXXX-XX-XX"}
FEW_DAYS = 75  # a date so near ahead counts as ahead in spite of a verb in the past: "was extended to Nov. 16"


def day_of(value: str) -> date | None:
    """The first day of a value; of its year where no more is known, None where that is not."""
    days = days_of(value.removesuffix("-XX"), "") or days_of(value[:4], "")
    return date.fromordinal(days[0]) if days else None


def first_month(rest: str) -> int:
    """The month in which a part of a year begins: "10-04", "SU", "Q3"."""
    return STARTS.get(rest[:2]) or int(rest[:2])


def stepped(anchor: str, unit: str, amount: float) -> str:
    """The stretch of one unit that lies so many units from an anchor; what is not known of it stays open."""
    count, letter = re.match(r"(\d*)(.*)", unit).groups()
    steps, cut = round(amount * int(count or 1)), {"10": 3, "100": 2}.get(count, 4)
    if letter == "Y" and (before := re.match(r"BC(\d{4})", anchor)):
        return f"BC{int(before[1]) - steps:04d}"[: cut + 2]
    start, open_ = day_of(anchor), UNKNOWN.get(unit, "XXXX")
    if start is None or (letter in ("M", "Q") and len(anchor) < 7):
        return open_
    try:
        if letter == "Y":
            return f"{start.year + steps:04d}"[:cut]
        if letter in ("M", "Q"):
            year, month = divmod(start.year * 12 + start.month - 1 + steps * (3 if letter == "Q" else 1), 12)
            return f"{year:04d}-Q{month // 3 + 1}" if letter == "Q" else f"{year:04d}-{month + 1:02d}"
        if letter in ("D", "W", "WE") and len(anchor) >= 8:
            start += timedelta(days=steps * (1 if letter == "D" else 7))
            year, week, _ = start.isocalendar()
            return str(start) if letter == "D" else f"{year}-W{week:02d}{open_[8:]}"
    except (ValueError, OverflowError):
        pass
    return f"{anchor}-XX" if letter == "D" and len(anchor) == 7 else open_


def weekday(anchor: str, day: int, direction: str, near: str = "") -> str:
    """The day of the week before (or on) an anchor, or after it; near: last, next or this one."""
    start = day_of(anchor) if len(anchor) == 10 else None
    if start is None:
        return f"XXXX-WXX-{day}"
    back = (start.isoweekday() - day) % 7
    if near == "this":
        return str(start + timedelta(days=day - start.isoweekday()))
    ahead = -back % 7 or 7
    return str(start + timedelta(days=ahead if direction == "future" else -(back or 7 * (near == "last"))))


def with_year(value: str, anchor: str, direction: str, strict: bool = False) -> str:
    """A value without a year in the nearest year; in one that lies in the direction, if strict or not much farther."""
    start, rest = day_of(anchor), value.removeprefix("XXXX-")
    if start is None or not value.startswith("XXXX-"):
        return value
    day = int(rest[3:5]) if re.match(r"\d\d-\d\d", rest) else 0
    apart = first_month(rest) * 31 + day - start.month * 31 - (start.day if day else 0)
    ahead, behind = apart % 372, -apart % 372
    past = behind < ahead
    if strict and direction != "none":
        past = direction == "past"
    elif direction != "none":
        past = past or ahead > FEW_DAYS if direction == "past" else behind < FEW_DAYS // 2
    year = start.year + (apart > 0) * -past + (apart < 0) * (not past)
    return f"{year:04d}-{rest}"


def holiday(rule: str, year: int) -> str:
    """The day of a holiday in a year: "12-25", or month-weekday-number ("11-4-4"; number 9 is the last)."""
    if rule.count("-") == 1:
        return f"{year:04d}-{rule}"
    month, day, number = (int(part) for part in rule.split("-"))
    found = [n for n in range(1, calendar.monthrange(year, month)[1] + 1) if date(year, month, n).isoweekday() == day]
    return f"{year:04d}-{month:02d}-{found[min(number, len(found)) - 1]:02d}"


def length(amount: float, unit: str) -> str:
    """A duration, P2M or PT1H; PXY where the number is open."""
    count, letter = re.match(r"(\d*)([A-Z]+)", unit).groups()
    head, letter = "PT" if letter in ("H", "MIN", "S") else "P", letter.replace("MIN", "M")
    if amount != amount:
        return f"{head}X{ {'10': 'E', '100': 'C'}.get(count, letter) }"
    total = amount * int(count or 1)
    half = {"PY": "6M", "PTH": "30M", "PTM": "30S"}.get(head + letter) if total % 1 == 0.5 and total > 1 else None
    return f"{head}{int(total)}{letter}{half}" if half else f"{head}{total:.12g}{letter}"
