"""Time expressions: each one first as an operation, then as a TIMEX3 value.

"last week" is: from the day of writing, one week, into the past. Where the day of writing is known the value is
full ("2016-W40"); where not, it says what is known ("XXXX-WXX-4" is a Thursday).
"""

import re
from functools import cache

import pandas as pd

from clippings.lexicon import read_lexicon, read_words
from clippings.tables import make_table, span_row

YEAR = r"(?:1[89]\d\d|20\d\d)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
NUMBER = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|few|couple\s+of)"
UNIT = r"(?:day|week|fortnight|month|quarter|year|decade|hour|minute|weekend)s?"
PART = {"early": "START", "mid": "MID", "late": "END", "the beginning of": "START", "the end of": "END"}
RELATIVE_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


def find_times(passages: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Every time expression of the kinds below.

    In: passages (story ones, as a rule); articles, whose publication day, where it is one known day, makes
    values full.
    Out: times, label = TIMEX3 type (DATE, TIME, DURATION), value, mod (START, MID, END, APPROX), and the
    operation: anchor (absolute, written), unit (D, W, M, Y, weekday …), amount, direction (past, future, none).
    Kinds: dates in full or in part (4 October 2016, October 4, June 2014, mid-October, 2014), weekdays,
    yesterday and the like, "last week", "two months ago", "over the past two months", "earlier this month".
    Raises: nothing.
    Misses: holidays, clock times, seasons, fiscal years, ranges, sets ("every Monday"), "three days later".
    Source: TIMEX3 (ISO-TimeML); own patterns over lexicon/calendar_words.
    Example:
        >>> find_times(make_table("passages"), make_table("articles")).empty
        True
    """
    known = articles[articles.published_from.notna() & (articles.published_from == articles.published_to)]
    written = dict(zip(known.article, known.published_from, strict=True))
    rows = []
    for passage in passages.itertuples():
        for match in _pattern().finditer(passage.text):
            operation = _operation(match)
            if operation:
                columns = _resolved(operation, written.get(passage.article))
                rows.append(span_row(passage, *match.span(), **columns))
    return make_table("times", rows)


@cache
def _numbered(kind: str) -> dict[str, int]:
    return {row["word"]: int(row["value"]) for row in read_lexicon("calendar_words") if row["kind"] == kind}


@cache
def _pattern() -> re.Pattern:
    full, short = (read_words("calendar_words", kind=kind) for kind in ("month", "month_short"))
    month = (
        rf"(?:{'|'.join(name.capitalize() for name in full)}|(?:{'|'.join(name.capitalize() for name in short)})\.?)"
    )
    weekday = rf"(?:{'|'.join(day.capitalize() for day in read_words('calendar_words', kind='weekday'))})"
    daypart = rf"(?:{'|'.join(read_words('calendar_words', kind='daypart'))})"
    kinds = {
        "iso": rf"{YEAR}-\d\d-\d\d",
        "month_day": rf"{month}\s+{DAY}(?:,?\s+{YEAR})?(?![\d/-])",
        "day_month": rf"{DAY}(?:\s+of)?\s+{month}(?:,?\s+{YEAR})?(?!\w)",
        "part_month": rf"(?:(?:early|mid|late)[\s-]|the\s+(?:beginning|end)\s+of\s+){month}(?:\s+{YEAR})?(?!\w)",
        "month_year": rf"{month},?\s+{YEAR}",
        "month": rf"(?:(?<=\b[Ii]n\s)|(?<=\b[Ss]ince\s)|(?<=\blast\s)){month}(?!\s*\d)",
        "weekday": rf"(?:(?:last|next|this|early|late)\s+)?{weekday}(?:\s+{daypart})?",
        "day": rf"(?:today|tonight|yesterday|tomorrow)(?:\s+{daypart})?",
        "span": r"(?:(?:over|in|during|for|within|throughout)\s+)?(?:the\s+)?(?:past|last|next|coming|recent)\s+"
        rf"{NUMBER}\s+{UNIT}|(?:in\s+)?recent\s+(?:day|week|month|year)s",
        "ago": rf"(?:about\s+|around\s+|nearly\s+|almost\s+)?{NUMBER}\s+{UNIT}\s+(?:ago|earlier)",
        "unit": r"(?:(?:earlier|later)\s+)?(?:this|last|next|the\s+(?:past|last|previous|coming))\s+"
        r"(?:week|month|year|weekend|quarter|decade)",
        "duration": rf"(?<=\bfor\s){NUMBER}\s+{UNIT}|(?<=\bfor\sabout\s){NUMBER}\s+{UNIT}",
        "year": rf"(?:(?<=\b[Ii]n\s)|(?<=\b[Ss]ince\s)|(?<=\b[Bb]y\s)){YEAR}(?![\d/-])",
    }
    return re.compile("|".join(rf"(?P<{kind}>(?<![\w-])(?:{body})(?![\w]))" for kind, body in kinds.items()))


def _operation(match: re.Match) -> dict | None:
    """What a match means: type, value as far as the words go, and the way from the day of writing."""
    kind, words = match.lastgroup, match[0].lower().replace("\xa0", " ")
    if kind in ("iso", "month_day", "day_month", "part_month", "month_year", "month", "year"):
        return _absolute(kind, words)
    if kind == "weekday":
        day = next(number for name, number in _numbered("weekday").items() if name in words)
        part = _daypart(words)
        direction = "future" if "next" in words else "past"
        return _step("TIME" if part else "DATE", f"XXXX-WXX-{day}{part}", "weekday", day, direction)
    if kind == "day":
        shift = next(days for name, days in RELATIVE_DAYS.items() if name in words)
        part = "TNI" if "tonight" in words else _daypart(words)
        direction = "none" if not shift else "past" if shift < 0 else "future"
        return _step("TIME" if part else "DATE", f"XXXX-XX-XX{part}", "D", abs(shift), direction)
    unit, amount = _unit(words), _amount(words)
    future = "next" in words or "coming" in words
    if kind == "unit":
        direction = "future" if future else "none" if "this" in words else "past"
        return _step("DATE", _unknown(unit), unit, 0 if direction == "none" else 1, direction)
    if kind == "ago":
        return _step("DATE", _unknown(unit), unit, amount, "past")
    letter = f"PT{_duration(amount, unit)}" if unit in ("H", "MIN") else f"P{_duration(amount, unit)}"
    return _step("DURATION", letter, unit, amount, "none" if kind == "duration" else "future" if future else "past")


def _step(type_: str, value: str, unit: str, amount: float, direction: str, anchor: str = "written") -> dict:
    return {
        "label": type_,
        "value": value,
        "mod": "",
        "anchor": anchor,
        "unit": unit,
        "amount": float(amount),
        "direction": direction,
        "rule": "relative" if anchor == "written" else "calendar date",
    }


def _absolute(kind: str, words: str) -> dict | None:
    year = re.search(YEAR, words)
    year_text = year[0] if year else "XXXX"
    if kind == "iso":
        value = words
    elif kind == "year":
        value = year_text
    else:
        letters = re.findall(r"[a-z]+", words)
        months = {**_numbered("month"), **_numbered("month_short")}
        month = next(months[word] for word in reversed(letters) if word in months)
        value = f"{year_text}-{month:02d}"
        rest = words.replace(year_text, "")
        if kind in ("month_day", "day_month"):
            value += f"-{int(re.search(r'[0-9]+', rest)[0]):02d}"
    if len(value) == len("2000-01-01") and pd.isna(pd.to_datetime(value.replace("XXXX", "2000"), errors="coerce")):
        return None  # there is no 31 February
    mod = next((mod for word, mod in PART.items() if kind == "part_month" and words.startswith(word)), "")
    return {**_step("DATE", value, "", float("nan"), "none", "absolute"), "mod": mod}


def _daypart(words: str) -> str:
    parts = {row["word"]: row["value"] for row in read_lexicon("calendar_words") if row["kind"] == "daypart"}
    return next((f"T{code}" for word, code in parts.items() if word in words), "")


def _unit(words: str) -> str:
    units = {row["word"]: row["value"] for row in read_lexicon("calendar_words") if row["kind"] == "unit"}
    return next(
        code for word, code in sorted(units.items(), key=lambda u: -len(u[0])) if re.search(rf"\b{word}s?\b", words)
    )


def _amount(words: str) -> float:
    """The number of units; not a number (nan) where the text leaves it open ("recent weeks")."""
    digits = re.search(r"\d+", words)
    if digits:
        return float(digits[0])
    numbers = {row["word"]: float(row["low"]) for row in read_lexicon("numbers") if row["kind"] == "number"}
    return next((numbers.get(w, 1.0) for w in words.split() if w in numbers or w in ("a", "an")), float("nan"))


def _duration(amount: float, unit: str) -> str:
    number = "X" if pd.isna(amount) else f"{amount:g}"
    scale = re.match(r"(\d*)(\w+)", unit)
    letter = "M" if unit == "MIN" else scale[2]
    return f"{float(number) * int(scale[1]):g}{letter}" if scale[1] and number != "X" else f"{number}{letter}"


def _unknown(unit: str) -> str:
    return {"W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "D": "XXXX-XX-XX"}.get(unit, "XXXX")


def _resolved(operation: dict, written: pd.Timestamp | None) -> dict:
    """The operation with a full value, where the day of writing is known."""
    if written is None or pd.isna(written) or operation["label"] == "DURATION":
        return operation
    if operation["value"].startswith("XXXX-") and operation["anchor"] == "absolute":
        return {**operation, "value": _latest_year(operation["value"], written)}
    if pd.isna(operation["amount"]) or operation["anchor"] == "absolute":
        return operation
    sign = {"past": -1, "future": 1}.get(operation["direction"], 0)
    amount, unit, value = operation["amount"], operation["unit"], operation["value"]
    if unit == "weekday":
        back = (written.isoweekday() - amount) % 7
        day = written - pd.Timedelta(days=back) if sign < 0 else written + pd.Timedelta(days=(-back) % 7 or 7)
        value = f"{day:%Y-%m-%d}{value[len('XXXX-WXX-1') :]}"
    elif unit == "D":
        value = f"{written + pd.Timedelta(days=sign * amount):%Y-%m-%d}{value[len('XXXX-XX-XX') :]}"
    elif unit == "W":
        year, week, _ = (written + pd.Timedelta(weeks=sign * amount)).isocalendar()
        value = f"{year}-W{week:02d}"
    elif unit == "M":
        value = f"{written + pd.DateOffset(months=int(sign * amount)):%Y-%m}"
    elif unit == "Y":
        value = f"{written.year + int(sign * amount)}"
    return {**operation, "value": value}


def _latest_year(value: str, written: pd.Timestamp) -> str:
    """A date without a year is the latest one that is not after the day of writing."""
    rest = value.removeprefix("XXXX-")
    return f"{written.year if rest <= f'{written:%m-%d}' else written.year - 1}-{rest}"
