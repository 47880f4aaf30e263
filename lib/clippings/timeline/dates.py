"""Days as numbers, so that distances are differences; and the days that a TIMEX3 value can mean."""

import calendar
import re
from datetime import date
from functools import cache

import pandas as pd

OPEN = 10**7  # days; stands for "no limit"
PARTS = {"START": (1, 10), "MID": (11, 20), "END": (21, 31)}  # early, mid, late month


def stamp(day: int) -> pd.Timestamp:
    """The day of a number; missing where the number stands for no limit."""
    return pd.Timestamp(date.fromordinal(day)) if 0 < day < OPEN / 3 else pd.NaT


def ordinal(day, otherwise: int) -> int:
    """The number of a day, or another number where it is missing."""
    return otherwise if pd.isna(day) else day.toordinal()


def days_of(value: str, mod: str) -> tuple[int, int] | None:
    """First and last day of a full TIMEX3 value; nothing for one with unknown parts."""
    value = value.split("T")[0]
    if match := re.fullmatch(r"(\d{4})-W(\d\d)(?:-WE)?", value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1).toordinal()
        return monday + 5 * value.endswith("E"), monday + 6
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        first, last = (days_of(f"{match[1]}-{int(match[2]) * 3 - back:02d}", "") for back in (2, 0))
        return first[0], last[1]
    if match := re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", value):
        year, month, day = (int(part) if part else None for part in match.groups())
        last = calendar.monthrange(year, month or 12)[1]
        if day and day > last:
            return None
        first_day, last_day = (
            PARTS.get(mod, (1, 31)) if month and not day else (day or 1, day or 31)
        )
        return (
            date(year, month or 1, first_day).toordinal(),
            date(year, month or 12, min(last_day, last)).toordinal(),
        )
    return None


def mask_of(value: str, mod: str) -> str:
    """The days that fit a value without a year, as day and month or a stretch of them; "" for none."""
    value = value.split("T")[0]
    if re.fullmatch(r"XXXX-WXX-\d|XXXX-\d\d-\d\d", value):
        return value
    if re.fullmatch(r"XXXX-\d\d", value):
        first, last = PARTS.get(mod, (1, 31))
        last = min(last, calendar.monthrange(2000, int(value[-2:]))[1])
        return f"{value}-{first:02d}/{value}-{last:02d}"
    return ""


def fitting(mask: str, low: int, high: int) -> tuple[int, int]:
    """The first and last day between two days that fit a mask; (high, low) turned about when none does."""
    if mask.startswith("XXXX-WXX-"):
        day = int(mask[-1])
        if _is_day(low):
            low += (day - date.fromordinal(low).isoweekday()) % 7
        if _is_day(high):
            high -= (date.fromordinal(high).isoweekday() - day) % 7
        return low, high
    first, _, last = mask.partition("/")
    span = first[5:], (last or first)[5:]
    return _next(span, low) if _is_day(low) else low, _previous(span, high) if _is_day(
        high
    ) else high


def _is_day(number: int) -> bool:
    return 0 < number <= date.max.toordinal()


@cache
def _stretch(span: tuple[str, str], year: int) -> tuple[int, int] | None:
    try:
        return tuple(date.fromisoformat(f"{year}-{part}").toordinal() for part in span)
    except ValueError:  # 29 February
        return None


def _next(span: tuple[str, str], low: int) -> int:
    year = date.fromordinal(low).year
    found = (_stretch(span, y) for y in range(year, min(year + 9, 9999)))
    return next((max(s[0], low) for s in found if s and s[1] >= low), 2 * OPEN)


def _previous(span: tuple[str, str], high: int) -> int:
    year = date.fromordinal(high).year
    found = (_stretch(span, y) for y in range(year, max(year - 9, 0), -1))
    return next((min(s[1], high) for s in found if s and s[0] <= high), -2 * OPEN)
