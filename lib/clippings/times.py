"""Time expressions: each one first as an operation, then as a TIMEX3 value.

"last week" is: from the day of writing, one week, into the past. Where the day of writing is known the value is
full ("2016-W40"); where not, it says what is known ("XXXX-WXX-4" is a Thursday).
"""

import re
from functools import cache

import pandas as pd

from clippings.errors import BadInput
from clippings.lexicon import read_lexicon
from clippings.moments import SIGN, day_of, first_month, holiday, length, stepped, unknown, weekday, with_year
from clippings.tables import by_article, make_table, span_row
from clippings.timewords import either, matches, meanings, numbers, pieces

NAN = float("nan")
REACH = 90  # characters before and after an expression in which a verb tells its direction
NEAR = {"last": "past", "previous": "past", "next": "future", "following": "future", "this": "none"}
MODS = {"at_least": "EQUAL_OR_MORE", "more_than": "MORE_THAN", "at_most": "EQUAL_OR_LESS", "less_than": "LESS_THAN"}
PARTS = {"START": "early|beginning|start|first half", "MID": "mid", "END": r"late|end|close|second half|.*\bend"}
MAY_OPEN = re.compile(
    r"\b(?:in|by|since|until|till|from|last|next|of|to|through|during|early|late|mid|and|this|on)[\s-]+$"
)
NO_YEAR_BEFORE = re.compile(r"(?:\b(?:over|than|least|about|some|nearly|almost|around|No\.)|/)\s+$", re.I)
NO_YEAR_AFTER = re.compile(
    r"\s+(?:people|men|women|children|militants|troops|soldiers|fighters|points?|votes|miles|tons)\b"
)
YEAR_FOLLOWS = re.compile(r",?\s+(?:of\s+)?(this|last|next)\s+year\b", re.I)
RATE = re.compile(r"(?:[\d%]|times|once|twice|million|billion|\w{3,}s)\s+$", re.I)
AHEAD = re.compile(
    r"\b(?:will|['’]ll|shall|(?:scheduled|expected|due|planned|plans?) (?:to|for)|set to|until|by|(?:is|are|was|were) to)"
    r"\b[^.!?;]*$"
)


def find_times(passages: pd.DataFrame, articles: pd.DataFrame, *, mode: str = "news") -> pd.DataFrame:
    """Every time expression of the kinds below.

    In: passages (story ones, as a rule); articles, whose publication day, where it is one known day, makes
    values full; mode "news" (days are counted from the day of writing) or "narrative" (from the date named last).
    Out: times, label = TIMEX3 type (DATE, TIME, DURATION, SET), value, mod (START, MID, END, APPROX, MORE_THAN …),
    and the operation: anchor (absolute, written, mentioned), unit (D, W, M, Y, weekday …), amount, direction (past,
    future, none; of a date without a year as the verbs beside it say).
    Kinds: dates in full or in part, clock times, weekdays, parts of the day, seasons, quarters, fiscal years,
    decades, centuries, holidays, "last week", "two months ago", "three days later", "the past two months",
    durations, sets ("every Monday", "daily"), and the words for now, past and future.
    Raises: BadInput for another mode.
    Misses: dates told by an event ("the day of the battle"); whose fiscal year; Easter and other moving feasts.
    Source: TIMEX3 (ISO-TimeML); lexicon/time_patterns, calendar_words, numbers and qualifiers.
    Example:
        >>> find_times(make_table("passages"), make_table("articles")).empty
        True
    """
    if mode not in ("news", "narrative"):
        raise BadInput(f'mode {mode!r} is not known: take "news" or "narrative"')
    known = articles[articles.published_from.notna() & (articles.published_from == articles.published_to)]
    written = {row.article: f"{row.published_from:%Y-%m-%d}" for row in known.itertuples()}
    rows = []
    for article, own in by_article(passages).items():
        reading = _Reading(written.get(article, ""), mode)
        for passage in own:
            for start, end, kind, operation in _found(passage.text):
                rows.append(span_row(passage, start, end, **reading.resolved(operation), rule=kind))
    return make_table("times", rows)


@cache
def _following(kind: str) -> re.Pattern | None:
    """What makes a second date of a number behind one: "April 24 and 25", "1939-45"."""
    if kind == "month_day":
        return re.compile(
            rf"\s*(?:-|–|,|and|to|or|through)\s*({pieces()['day']})(?![\w%]|[.,:/]\d|\s+(?:percent|people|million))"
        )
    return re.compile(r"\s?(?:-|–|/)\s?(\d{4}|\d\d)(?![\w.,]?\d)") if kind == "year" else None


def _found(text: str):
    for kind, match in matches(text):
        (start, end), words = match.span(), " ".join(match[0].lower().split())
        operation = _operation(kind, words, text, start, end)
        if not operation or not operation["value"]:
            continue
        if kind == "day_month" and (
            two := re.match(r"((?:the\s+)?(\d+)\w*)\s*(?:[-–]|and|to)\s*(?=\d)", match[0], re.I)
        ):
            yield start, start + two.end(1), kind, {**operation, "value": f"{operation['value'][:-2]}{int(two[2]):02d}"}
            start += two.end()
        yield start, end, kind, operation
        follow = _following(kind)
        while follow and (more := follow.match(text, end)):
            digits = re.match(r"\d+", more[1])[0]
            digits = digits.zfill(2) if kind == "month_day" else digits
            yield more.start(1), more.end(), kind, {**operation, "value": operation["value"][: -len(digits)] + digits}
            end = more.end()


def _step(label, value, anchor="absolute", unit="", amount=NAN, direction="none", mod="", near="") -> dict:
    """An operation; near is what else its resolution needs, and no column."""
    names = ("label", "value", "anchor", "unit", "amount", "direction", "mod", "near")
    return dict(zip(names, (label, value, anchor, unit, float(amount), direction, mod, near), strict=True))


def _operation(kind: str, words: str, text: str, start: int, end: int) -> dict | None:
    """What a match means: type, value as far as the words go, and the way from its anchor."""
    if kind in ("decade", "century"):
        return _step("DATE", _decade(words) if kind == "decade" else _century(words), mod=_part(words))
    if kind in ("quarter", "year_ago"):
        return _quarter(kind, words)
    if kind in ("clock", "clock_day", "weekday", "shift"):
        return _near_day(kind, words, text, start, end)
    if kind == "ref":
        return _step("DATE", meanings("ref")[words], "written")
    if kind in ("often", "every"):
        return _set(kind, words)
    if kind in ("unit", "ago", "span", "duration"):
        return _one(words, text, end) if kind == "unit" else _counted(kind, words, text, start, end)
    return _absolute(kind, words, text, start, end)


def _absolute(kind: str, words: str, text: str, start: int, end: int) -> dict | None:
    """A date on the calendar, with its year or without."""
    value = _dated(kind, words, text, start, end)
    if follows := YEAR_FOLLOWS.match(text, end):
        near = follows[1].lower()
        return _step("DATE", value, "absolute", "Y", near != "this", NEAR[near], _part(words))
    if near := re.search(r"\b(last|next|this)\b", words):
        return _step("DATE", value, "absolute", "Y" if near[1] == "this" else "M", near[1] != "this", NEAR[near[1]])
    told = _tense if value.startswith("XXXX") else _told
    return _step("DATE", value, direction=told(text, start, end), mod=_part(words))


def _dated(kind: str, words: str, text: str, start: int, end: int) -> str:
    year = _year(words)
    if kind == "iso" and "/" in words:
        month, day, year = (int(part) for part in words.split("/"))
        month, day = (day, month) if month > 12 else (month, day)
        return _checked(f"{year + (0 if year > 99 else 2000 if year < 50 else 1900)}-{month:02d}-{day:02d}")
    if kind in ("iso", "spelled"):
        return words if kind == "iso" else year
    if kind == "year":
        number = words.isdigit() and (NO_YEAR_BEFORE.search(text[:start][-12:]) or NO_YEAR_AFTER.match(text, end))
        return "" if number else year
    if kind == "season":
        return f"{year}-{_first('season', words)}"
    if kind == "holiday":
        rule = _first("holiday", words)
        return f"XXXX-{rule}" if year == "XXXX" else holiday(rule, int(year))
    month = _month(words)
    if kind == "month":
        name = month in (3, 5) or re.match(r"\s+[A-Z][a-z]", text[end:])  # May, March; April Jones
        if words in _months() and name and not MAY_OPEN.search(text[:start][-12:].lower()):
            return ""
        return f"{year}-{month:02d}"
    days = re.findall(r"\b\d{1,2}(?=\D|$)", words.removesuffix(f"{year[-2:]} bc"))
    return _checked(f"{year}-{month:02d}-{int(days[-1 if kind == 'day_month' else 0]):02d}")


def _checked(value: str) -> str:
    """A day, or nothing: there is no 31 February."""
    return "" if pd.isna(pd.to_datetime(f"2000-{value[-5:]}", errors="coerce")) else value


def _year(words: str) -> str:
    if found := re.search(r"\b(\d{2,3})\s+bc|^(\d{2,3})$|\b(1\d\d\d|20\d\d)(?:\s+(bc))?\b", words):
        number, late = found[1] or found[2] or found[3], found[3] and not found[4]
        return number if late else f"BC{int(number):04d}"
    if found := re.search(pieces()["spelled"], words):
        return f"19{int(_amount(found[0].removeprefix('nineteen'))):02d}"
    return "2000" if "two thousand" in words else "XXXX"


@cache
def _months() -> dict[str, int]:
    return {name: int(value) for kind in ("month", "month_short") for name, value in meanings(kind).items()}


def _month(words: str) -> int:
    return next(_months()[word] for word in reversed(re.findall(r"[a-z]+", words)) if word in _months())


def _first(kind: str, words: str) -> str:
    """The value of the word of a kind that stands in an expression; "" for none."""
    return next((value for word, value in meanings(kind).items() if word in words), "")


def _part(words: str) -> str:
    return next((mod for mod, opens in PARTS.items() if re.match(rf"(?:the )?(?:very )?(?:{opens})\b", words)), "")


def _decade(words: str) -> str:
    if digits := re.search(r"(\d\d)?(\d)0s", words):
        return f"{digits[1] or 19}{digits[2]}"
    tens = "twent thirt fort fift sixt sevent eight ninet".split()
    return f"19{2 + next(number for number, name in enumerate(tens) if f'{name}ies' in words)}"


def _ordinal(words: str) -> int:
    if digits := re.search(r"\b(\d{1,2})(?:st|nd|rd|th)", words):
        return int(digits[1])
    names = (
        "twenty-first twentieth nineteenth eighteenth tenth ninth eighth seventh sixth fifth fourth third second first"
    )
    numbered = zip(names.split(), (21, 20, 19, 18, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1), strict=True)
    return next((number for name, number in numbered if name in words), 0)


def _century(words: str) -> str:
    return f"{'BC' if words.endswith('bc') else ''}{_ordinal(words) - 1:02d}"


def _quarter(kind: str, words: str) -> dict:
    year, ordinal = _year(words), _ordinal(words)
    value = f"{year}-{'H' if 'half' in words else 'Q'}{ordinal or 'X'}"
    near = re.search(r"\b(this|last|next) year", words)
    if kind == "year_ago":
        return _step("DATE", value, "mentioned", "Q", 4, "past")
    if not ordinal and year == "XXXX":
        latest = "latest" in words
        return _step(
            "DATE",
            value,
            "mentioned",
            "Q",
            1 if latest else 4 if near or "same" in words else 0,
            "past",
            near="latest" * latest,
        )
    if not ordinal:
        return _step("DATE", year)
    if near:
        return _step("DATE", value, "absolute", "Y", near[1] != "this", NEAR[near[1]])
    return _step("DATE", value, "absolute", "Q", 1, "past")


def _near_day(kind: str, words: str, text: str, start: int, end: int) -> dict:
    """A day told from another: yesterday, a weekday, 10 p.m. on one."""
    mod = "" if kind == "clock" else _part(words)
    part = (
        _clock(words)
        if kind == "clock"
        else f"T{_first('daypart', words)}".removesuffix("T" * (not _first("daypart", words)))
    )
    label, day, shift = "TIME" if part else "DATE", _first("weekday", words), _first("shift", words)
    if kind == "clock" and any(word in _months() for word in words.split()):
        days = re.findall(r"\d+", words.split("m", 1)[1] if re.search(r"\dm|\d? [ap]\.", words) else words)
        value = f"XXXX-{_month(words):02d}-{int(days[-1]):02d}"
        return _step(label, f"{value}{part}", direction=_tense(text, start, end))
    if shift or words.startswith("the day "):
        steps = int(shift or 0) + {"the day before": -1, "the day after": 1}.get(" ".join(words.split()[:3]), 0)
        part = part or "TNI" * ("night" in words)
        direction = "none" if not steps else "past" if steps < 0 else "future"
        return _step("TIME" if part else "DATE", f"XXXX-XX-XX{part}", "written", "D", abs(steps), direction, mod)
    if not day:
        return _step(label, f"XXXX-XX-XX{part}", "mentioned", "D", 0)
    found = re.search(r"\b(last|next|this|previous|following)\b", words)
    near = found[1] if found else ""
    direction = NEAR[near] if near else "future" if AHEAD.search(text[max(0, start - 45) : start]) else "past"
    anchor = "mentioned" if near in ("previous", "following") else "written"
    return _step(
        label, f"XXXX-WXX-{day}{part}", anchor, "weekday", int(day), direction, mod, near.replace("previous", "last")
    )


def _clock(words: str) -> str:
    if match := re.match(r"\D*(\d{1,2})(?:[:.](\d\d))?\s*([ap])?", words):
        hour = int(match[1]) % 12 + 12 * (match[3] == "p") if match[3] else int(match[1])
        return f"T{hour:02d}:{match[2] or '00'}" if hour < 25 else "T"
    return "T24:00" if "midnight" in words else "T12:00"


def _set(kind: str, words: str) -> dict:
    if kind == "often":
        return _step("SET", meanings("often")[words])
    if day := _first("weekday", words):
        return _step("SET", f"XXXX-WXX-{day}", unit="weekday", amount=int(day))
    if any(word in _months() for word in words.split()):
        return _step("SET", f"XXXX-{_month(words):02d}")
    if season := _first("season", words):
        return _step("SET", f"XXXX-{season}")
    if not re.search(r"\bday", words) and (part := _first("daypart", words)):
        return _step("SET", f"XXXX-XX-XXT{part}", unit="D", amount=1)
    return _step("SET", length(_amount(words, 1), _unit(words)), unit=_unit(words), amount=1)


def _counted(kind: str, words: str, text: str, start: int, end: int) -> dict | None:
    """Units told by their number: two years ago, the past two months, a year."""
    if re.search(r"\b(?:an?|one|three)[\s-]quarters?$", words):
        return None  # a share of something
    future = re.search(rf"\b(?:{pieces()['future']}|later|afterwards?|from now|hence)\b", words)
    past = re.search(rf"\b(?:{pieces()['past']}|recent|latest|ago|earlier)\b", words)
    direction = "future" if future else "past" if past else "none"
    unit, amount, mod = _unit(words), _amount(words), _mod(words)
    vague = amount != amount and (kind == "ago" or not re.search(r"few|several|couple|recent", words))
    if kind != "duration" and vague and direction != "none":
        return _step("DATE", f"{direction.upper()}_REF", "written", unit, amount, direction)
    if kind == "ago":
        written = re.search(r"ago|now|hence", words)
        return _step(
            "DATE",
            unknown(unit),
            "written" if written else "mentioned",
            unit,
            amount,
            direction,
            mod,
            "ago" * (not future),
        )
    if kind == "span":
        return _step("DURATION", length(amount, unit), "written", unit, amount, direction, mod)
    if re.match(r"an? \w+$", words) and RATE.search(text[:start][-20:]):
        return _step("SET", length(1, unit), unit=unit, amount=1)
    if unit == "Y" and (words.endswith("old") or re.match(r"\s+(?:old|of\s+age)\b", text[end:])):
        return None  # an age
    return _step("DURATION", length(amount, unit), "written", unit, amount, "none", mod)


def _one(words: str, text: str, end: int) -> dict | None:
    """One unit: this week, the following year, the quarter, last night, this summer."""
    mod, unit = _part(words), _unit(words, "")
    past, future = (re.search(rf"\b{pieces()[name]}\b", words) for name in ("past", "future"))
    direction = "past" if past else "future" if future else "none"
    mentioned = re.search(r"\b(?:following|subsequent|previous|preceding|prior|same|that|latest)\b", words)
    mentioned = mentioned or re.match(r"(?:the|its) (?:next|year|quarter|month|day|week|weekend|fiscal)\b", words)
    anchor, near = "mentioned" if mentioned else "written", "latest" * ("latest" in words)
    if words.endswith("day before"):
        return _step("DATE", unknown("D"), "mentioned", "D", 1, "past")
    if season := _first("season", words):
        if words == "the fall" and re.match(r"\s+(?:of|in)\b", text[end:]):
            return None
        return _step(
            "DATE", f"XXXX-{season}", direction=direction if past or future or "this" in words else "past", mod=mod
        )
    if not unit and (part := _first("daypart", words)):
        return _step("TIME", f"XXXX-XX-XXT{part}", anchor, "D", bool(past), "past" if past else "none", mod)
    if re.match(r"the (?:fiscal |full )?year$", words) and re.match(r"\s+ended", text[end:]):
        return _step("DURATION", "P1Y", "written", "Y", 1)
    return _step("DATE", unknown(unit), anchor, unit, bool(past or future), direction, mod, near)


@cache
def _units() -> re.Pattern:
    return re.compile(rf"\b({either(meanings('unit'))})s?\b")


def _unit(words: str, otherwise: str = "D") -> str:
    found = _units().findall(words)
    return meanings("unit")[found[-1]] if found else otherwise


def _mod(words: str) -> str:
    rows = ((row["word"], MODS.get(row["meaning"], "APPROX")) for row in read_lexicon("qualifiers"))
    return next((mod for word, mod in rows if words.startswith(f"{word} ")), "")


def _amount(words: str, otherwise: float = NAN) -> float:
    """The number of units; not a number (nan) where the text leaves it open ("recent weeks")."""
    half = 0.5 if re.search(r"\bhalf\b|\d 1/2", words) else 0.0
    if digits := re.search(r"\d+(?:,\d{3})*(?:\.\d+)?", words):
        return float(digits[0].replace(",", "")) + half
    if re.search(r"\b(?:few|several|many|some)\b", words):
        return NAN
    total = here = 0.0
    for value in (numbers()[word] for word in re.findall(r"[a-z]+", words) if word in numbers()):
        if value > 100:
            total, here = total + max(here, 1) * value, 0.0
        else:
            here = max(here, 1) * value if value == 100 else here + value
    one = 2.0 if "couple" in words else float(bool(re.search(r"\ban?\b", words)) and not words.startswith("half"))
    return (total + here or one) + half or otherwise


@cache
def _tenses() -> re.Pattern:
    future, past = (either(w for w, value in meanings("tense").items() if value == of) for of in ("future", "past"))
    return re.compile(rf"\b(?:(?P<future>{future}|\w+['’]ll)|(?P<past>{past}|\w{{2,}}ed))\b", re.I)


def _tense(text: str, start: int, end: int) -> str:
    """Past or future as the nearest such word before says, in the sentence; else the first one after; else none."""
    *_, last = [None, *_tenses().finditer(re.split(r"[.!?;]\s|\n", text[max(0, start - REACH) : start])[-1])]
    found = last or _tenses().search(re.split(r"[.!?;]\s|\n", text[end : end + REACH])[0])
    return found.lastgroup if found else "none"


def _told(text: str, start: int, end: int) -> str:
    """Whether a date with its year is surely past: "fell in 1988", with no word of the future in the sentence."""
    before = re.split(r"[.!?;]\s|\n", text[max(0, start - REACH) : start])[-1]
    after = re.split(r"[.!?;]\s|\n", text[end : end + REACH])[0]
    cues = [match.lastgroup for part in (before, after) for match in _tenses().finditer(part)]
    if "future" in cues:
        return _tense(text, start, end).replace("past", "none")
    return "past" if re.search(r"\b(?:in|on|since)\s+$", before, re.I) and _tenses().search(before) else "none"


class _Reading:
    """What has been named so far in one article, to resolve what comes after."""

    def __init__(self, written: str, mode: str):
        self.narrative, self.written = mode == "narrative", written if mode == "news" else ""
        self.last = self.quarter = self.day = ""

    def resolved(self, operation: dict) -> dict:
        """The operation with a full value, as far as its anchor is known."""
        columns = {name: value for name, value in operation.items() if name != "near"}
        if operation["label"] not in ("DATE", "TIME"):
            return columns
        value = self._value(operation)
        if re.match(r"(?:BC)?\d{4}", value):
            self.last = value.split("T")[0]
            self.quarter = self.last if "Q" in self.last else self.quarter
            self.day = self.last if re.fullmatch(r"\d{4}-\d\d-\d\d", self.last) else self.day
        return columns | {"value": value}

    def _value(self, step: dict) -> str:
        value, unit, amount, near = step["value"], step["unit"], step["amount"], step["near"]
        if step["anchor"] == "absolute":
            return self._on_calendar(value, step) if value.startswith("XXXX-") else value
        if value.endswith("_REF") or amount != amount:
            return value
        body, part = re.fullmatch(r"(.*?)(T.*)?", value).groups(default="")
        signed, mentioned = amount * SIGN[step["direction"]], step["anchor"] == "mentioned" or self.narrative
        if unit == "weekday":
            anchor = self.day if mentioned and self.day else self.written
            return weekday(anchor, int(amount), step["direction"], near) + part
        if unit == "Q" and mentioned:
            return stepped(self.written, "Q", -1) if near == "latest" else self._quartered(body, int(signed))
        if unit == "Y" and signed == -1 and near == "ago" and self.quarter:
            return self._quartered("XXXX-QX", -4)
        days = unit in ("D", "W", "WE") and self.day
        anchor = (days or self.last or self.written) if mentioned else self.written
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
        anchor, direction, amount = self.last if self.narrative else self.written, step["direction"], step["amount"]
        start = day_of(anchor)
        if re.fullmatch(r"XXXX-\d\d-\d-\d", value):  # a holiday told by its weekday
            return holiday(value[5:], int(with_year(value[:7], anchor, direction)[:4])) if start else value[:7]
        if not start:
            return f"{anchor[:6] or 'XXXX'}{value[4:]}"
        if self.narrative:  # a month much earlier in the year is one of the next year
            gone = start.month - first_month(value[5:]) if len(anchor) > 4 else 0
            return f"{start.year + (gone > 6):04d}{value[4:]}"
        if step["unit"] == "Y":
            return f"{start.year + int(amount * SIGN[direction]):04d}{value[4:]}"
        return with_year(value, anchor, direction, strict=amount == 1)
