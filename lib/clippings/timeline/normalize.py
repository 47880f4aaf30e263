"""From an operation to a TIMEX3 value: the way from an anchor, walked on the calendar."""

import calendar
import re
from contextlib import suppress
from datetime import date, timedelta

from clippings.timeline.dates import days_of

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
    with suppress(ValueError, OverflowError):
        if letter == "Y":
            return f"{start.year + steps:04d}"[:cut]
        if letter in ("M", "Q"):
            year, month = divmod(
                start.year * 12 + start.month - 1 + steps * (3 if letter == "Q" else 1), 12
            )
            return (
                f"{year:04d}-Q{month // 3 + 1}" if letter == "Q" else f"{year:04d}-{month + 1:02d}"
            )
        if letter in ("D", "W", "WE") and len(anchor) >= 8:
            start += timedelta(days=steps * (1 if letter == "D" else 7))
            year, week, _ = start.isocalendar()
            return str(start) if letter == "D" else f"{year}-W{week:02d}{open_[8:]}"
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
    return str(
        start + timedelta(days=ahead if direction == "future" else -(back or 7 * (near == "last")))
    )


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
    found = [
        n
        for n in range(1, calendar.monthrange(year, month)[1] + 1)
        if date(year, month, n).isoweekday() == day
    ]
    return f"{year:04d}-{month:02d}-{found[min(number, len(found)) - 1]:02d}"


def length(amount: float, unit: str) -> str:
    """A duration, P2M or PT1H; PXY where the number is open."""
    count, letter = re.match(r"(\d*)([A-Z]+)", unit).groups()
    head, letter = "PT" if letter in ("H", "MIN", "S") else "P", letter.replace("MIN", "M")
    if amount != amount:
        return f"{head}X{ {'10': 'E', '100': 'C'}.get(count, letter) }"
    total = amount * int(count or 1)
    half = (
        {"PY": "6M", "PTH": "30M", "PTM": "30S"}.get(head + letter)
        if total % 1 == 0.5 and total > 1
        else None
    )
    return f"{head}{int(total)}{letter}{half}" if half else f"{head}{total:.12g}{letter}"


class Reading:
    """What has been named so far in one article, to resolve what comes after."""

    def __init__(self, written: str, mode: str):
        self.narrative, self.written = mode == "narrative", written if mode == "news" else ""
        self.last = self.quarter = self.day = ""

    def resolved(self, step: dict) -> dict:
        """The operation with a full value, as far as its anchor is known."""
        value = self._value(step) if step["label"] in ("DATE", "TIME") else step["value"]
        if step["label"] in ("DATE", "TIME") and re.match(r"(?:BC)?\d{4}", value):
            self.last = value.split("T")[0]
            self.quarter = self.last if "Q" in self.last else self.quarter
            self.day = self.last if re.fullmatch(r"\d{4}-\d\d-\d\d", self.last) else self.day
        return {name: column for name, column in step.items() if name != "near"} | {"value": value}

    def _value(self, step: dict) -> str:
        value, unit, amount, near = (step[name] for name in ("value", "unit", "amount", "near"))
        if step["anchor"] == "absolute":
            return self._on_calendar(value, step) if value.startswith("XXXX-") else value
        if value.endswith("_REF") or amount != amount:
            return value
        body, part = re.fullmatch(r"(.*?)(T.*)?", value).groups(default="")
        signed, mentioned = (
            amount * SIGN[step["direction"]],
            step["anchor"] == "mentioned" or self.narrative,
        )
        if unit == "weekday":
            return (
                weekday(
                    (mentioned and self.day) or self.written, int(amount), step["direction"], near
                )
                + part
            )
        if unit == "Q" and mentioned:
            return (
                stepped(self.written, "Q", -1)
                if near == "latest"
                else self._quartered(body, int(signed))
            )
        if unit == "Y" and signed == -1 and near == "ago" and self.quarter:
            return self._quartered("XXXX-QX", -4)
        days = unit in ("D", "W", "WE") and self.day
        anchor = days or self.last or self.written if mentioned else self.written
        return stepped(anchor, unit, signed) + part if anchor else value

    def _quartered(self, value: str, steps: int) -> str:
        """The quarter that is meant: the last one of this number, the one named last, or the one before this."""
        number = value[-1] if value[-1] != "X" else self.quarter[-1:]
        if number and not self.written:
            return f"XXXX-Q{number}"
        if steps == -4 and not number:
            return stepped(self.last or self.written, "Y", -1)
        last = with_year(f"XXXX-Q{number}", self.written, "past", strict=True) if number else ""
        return stepped(last or stepped(self.written, "Q", -1), "Q", steps)

    def _on_calendar(self, value: str, step: dict) -> str:
        """A date without a year in its year."""
        anchor, direction = self.last if self.narrative else self.written, step["direction"]
        start = day_of(anchor)
        if re.fullmatch(r"XXXX-\d\d-\d-\d", value):  # a holiday told by its weekday
            return (
                holiday(value[5:], int(with_year(value[:7], anchor, direction)[:4]))
                if start
                else value[:7]
            )
        if not start:
            return f"{anchor[:6] or 'XXXX'}{value[4:]}"
        if self.narrative:  # a month much earlier in the year is one of the next year
            return f"{start.year + (len(anchor) > 4 and start.month - first_month(value[5:]) > 6):04d}{value[4:]}"
        if step["unit"] == "Y":
            return f"{start.year + int(step['amount'] * SIGN[direction]):04d}{value[4:]}"
        return with_year(value, anchor, direction, strict=step["amount"] == 1)
