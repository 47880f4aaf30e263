"""Time expressions: each one first as an operation, then as a TIMEX3 value.

"last week" is: from the day of writing, one week, into the past. Where the day of writing is known the value is
full ("2016-W40"); where not, it says what is known ("XXXX-WXX-4" is a Thursday).
"""

import re
from functools import cache

import pandas as pd

from clippings.core.errors import BadInput
from clippings.core.lexicon import either, read_lexicon
from clippings.core.progress import in_turn
from clippings.core.tables import by_article, make_table, span_row
from clippings.timeline.normalize import UNKNOWN, Reading, holiday, length
from clippings.timeline.patterns import guard, matches, meanings, number_of, pieces

NAN = float("nan")
REACH = 90  # characters before and after an expression in which a verb tells its direction
MODS = {
    "at_least": "EQUAL_OR_MORE",
    "more_than": "MORE_THAN",
    "at_most": "EQUAL_OR_LESS",
    "less_than": "LESS_THAN",
}
PLAIN = {"unit": "", "amount": NAN, "direction": "none", "mod": "", "near": ""}  # a date of its own
SENTENCE_END = re.compile(r"[.!?;]\s|\n")
FAR = 60  # years: in "2016-99" no second year follows
DAYS = frozenset(pd.date_range("2000-01-01", "2000-12-31").strftime("-%m-%d"))


def find_times(
    passages: pd.DataFrame, articles: pd.DataFrame, *, mode: str = "news"
) -> pd.DataFrame:
    """Every time expression: of dates, clock times, durations and sets, and the words for now, past and future.

    In: passages (story ones, as a rule); articles, whose publication day, where it is one known day, makes
    values full; mode "news" (days are counted from the day of writing) or "narrative" (from the date named last).
    Out: times, label = TIMEX3 type (DATE, TIME, DURATION, SET), value, mod (START, MID, END, APPROX, MORE_THAN …),
    and the operation: anchor (absolute, written, mentioned), unit (D, W, M, Y, weekday …), amount, direction (past,
    future, none; of a date as the words beside it say); rule = kind of lexicon/en/time/patterns.
    Raises: BadInput for another mode.
    Misses: dates told by an event ("the day of the battle"); whose fiscal year; Easter and other moving feasts.
    Source: TIMEX3 (ISO-TimeML); lexicon/en/time/patterns, calendar_words, numbers and qualifiers.
    Example:
        >>> find_times(make_table("passages"), make_table("articles")).empty
        True
    """
    if mode not in ("news", "narrative"):
        raise BadInput(f'mode {mode!r} is not known: take "news" or "narrative"')
    known = articles[
        articles.published_from.notna() & (articles.published_from == articles.published_to)
    ]
    written = {row.article: f"{row.published_from:%Y-%m-%d}" for row in known.itertuples()}
    rows = []
    for article, own in in_turn(by_article(passages).items(), "times"):
        reading = Reading(written.get(article, ""), mode)
        for passage in own:
            for start, end, kind, step in _found(passage.text):
                rows.append(span_row(passage, start, end, **reading.resolved(step), rule=kind))
    return make_table("times", rows)


def _found(text: str):
    for kind, match in matches(text):
        (start, end), words = match.span(), " ".join(match[0].lower().split())
        step = _operation(kind, words, text, start, end)
        if not step or not step["value"]:
            continue
        two = kind == "day_month" and re.match(
            r"((?:the\s+)?(\d+)\w*)\s*(?:[-–]|and|to)\s*(?=\d)", match[0], re.I
        )
        if two:
            if day := _checked(f"{step['value'][:-2]}{int(two[2]):02d}"):
                yield start, start + two.end(1), kind, {**step, "value": day}
            start += two.end()
        yield start, end, kind, step
        link = {"month_day": "secondday", "year": "secondyear"}.get(kind)
        while link and (
            more := re.compile(rf"(?:{pieces()[link]})(\d+)(?:st|nd|rd|th)?").match(text, end)
        ):
            digits, end = more[1].zfill(2), more.end()
            second = _checked(step["value"][: -len(digits)] + digits)
            if kind == "year" and len(digits) == 2 and second.isdigit():
                years = (int(second) - int(step["value"])) % 100  # 1999-00 is 2000
                second = str(int(step["value"]) + years) if 0 < years < FAR else ""
            if not second:
                break
            yield more.start(1), end, kind, {**step, "value": second}


def _step(label: str, value: str, anchor: str = "absolute", **more) -> dict:
    """An operation: its columns, and near, what else its resolution needs."""
    label = "TIME" if label == "DATE" and re.match(r"[\dXW-]{7,}T", value) else label
    return {"label": label, "value": value, "anchor": anchor} | PLAIN | more


def _operation(kind: str, words: str, text: str, start: int, end: int) -> dict | None:
    """What a match means: type, value as far as the words go, and the way from its anchor."""
    if kind in ("ref", "often"):
        return _step("SET" if kind == "often" else "DATE", meanings(kind)[words], "written")
    if kind in ("ago", "span", "duration"):
        return _counted(kind, words, text, start, end)
    if kind in ("quarter", "year_ago"):
        return _quarter(kind, words)
    value, unit = _template(kind, words)
    if not value or _no_date(kind, words, text, start, end):
        return None
    part = (
        _clock(words)
        if kind == "clock"
        else "T" + _first("daypart", words)
        if _first("daypart", words)
        else ""
    )
    mod, side = "" if kind == "clock" else _part(words), _first("side", words) or "none"
    near = re.search(r"\b(last|next|this|previous|following|latest)\b", words)
    near = near[1].replace("previous", "last") if near else ""
    if kind == "every":
        whole = part or unit in ("", "weekday")
        return _step("SET", value + part if whole else length(_amount(words, 1), unit), unit=unit)
    ended = re.match(r"the (?:fiscal |full )?year$", words) and re.match(
        r"\s+ended\b", text[end : end + REACH]
    )
    if ended or guard("whole").fullmatch(words):
        return _step("DURATION", length(1.0, unit), "written", unit=unit, amount=1.0)
    if unit == "D" and (days := _first("shift", words)):
        opens = " ".join(words.split()[:3])
        days = int(days) + {"the day before": -1, "the day after": 1}.get(opens, 0)
        part, side = (
            part or "TNI" * ("night" in words),
            "past" if days < 0 else "future" if days else "none",
        )
        return _step(
            "DATE",
            value + part,
            "written",
            unit=unit,
            amount=float(abs(days)),
            direction=side,
            mod=mod,
        )
    if unit:
        ahead = unit == "weekday" and _ahead(text, start, end)
        return _from_anchor(
            kind, words, ahead, value=value, unit=unit, part=part, near=near, mod=mod
        )
    if follows := guard("yearafter").match(text, end):
        return _of_year(value, follows[0].split()[-2].lower()) | {"mod": mod}
    if near and near != "latest" and value.startswith("XXXX"):
        unit = "Y" if near == "this" else "M"
        return _step(
            "DATE", value, unit=unit, amount=float(near != "this"), direction=side, mod=mod
        )
    told = _tense(text, start, end, dated=not value.startswith("XXXX"))
    return _step("DATE", value + part * (kind == "clock"), direction=told, mod=mod)


def _of_year(value: str, near: str) -> dict:
    """A date in this, the last or the next year."""
    return _step(
        "DATE",
        value,
        unit="Y",
        amount=float(near != "this"),
        direction=_first("side", near) or "none",
    )


def _from_anchor(
    kind: str, words: str, ahead: bool, *, value: str, unit: str, part: str, **more
) -> dict:
    """A day of the week, or a unit before or after the anchor: Monday, last week, the day before."""
    near, side = more["near"], _first("side", words) or "none"
    of_day = kind == "clock" and unit == "D"
    anchor = (
        "mentioned"
        if of_day or _first("mentioned", words) or guard("ofmention").search(words)
        else "written"
    )
    amount = float(value[-1]) if unit == "weekday" else 0.0
    if unit == "weekday" and (not near or near == "this"):
        side = "none" if near else "future" if ahead else "past"
    elif unit != "weekday":
        side = "past" if words.endswith("day before") else side
        side = "none" if guard("inunit").match(words) else side
        amount = float(side != "none")
    return _step("DATE", value + part, anchor, unit=unit, amount=amount, direction=side, **more)


def _ahead(text: str, start: int, end: int) -> bool:
    """Whether a day of the week lies ahead: as the words before say, or those after where it opens a sentence."""
    before = text[max(0, start - 60) : start]
    opens = re.search(r"(?:^|[.!?\n]\s{1,3})(?:On\s)?$", before)
    beside = guard("aheadafter").match(text, end) if opens else guard("ahead").search(before)
    return bool(beside) and not guard("behind").search(before)


def _template(kind: str, words: str) -> tuple[str, str]:
    """The value as far as the words go, and the unit of a way from an anchor; no unit for a date of its own."""
    year = _year(words)
    if kind in ("decade", "century"):
        digits = re.search(r"(\d\d)?(\d)0s", words)
        decade = f"{digits[1] or 19}{digits[2]}" if digits else _first("decade", words)
        return (
            decade
            if kind == "decade"
            else f"{'BC' * words.endswith('bc')}{_ordinal(words) - 1:02d}",
            "",
        )
    if kind in ("iso", "year", "spelled"):
        return _numeric(words) if "/" in words else _checked(words) if kind == "iso" else year, ""
    if months := [_months()[word] for word in re.findall(r"[a-z]+", words) if word in _months()]:
        spoken = re.sub(r"^.*?(?:m\.?|noon|midnight) " if kind == "clock" else " bc", "", words)
        days = re.findall(r"\b\d{1,2}(?=[^\d:]|$)", spoken) if kind != "month" else []
        day = f"-{int(days[0 if kind == 'month_day' else -1]):02d}" if days else ""
        return _checked(f"{year}-{months[-1]:02d}{day}"), ""
    for name in ("holiday", "season"):
        if rule := _first(name, words):
            return holiday(
                rule, int(year)
            ) if name == "holiday" and year != "XXXX" else f"{year}-{rule}", ""
    if day := _first("weekday", words):
        return f"XXXX-WXX-{day}", "weekday"
    unit = _first("unit", words, -1) or "D"
    return UNKNOWN.get(unit, "XXXX"), unit


def _no_date(kind: str, words: str, text: str, start: int, end: int) -> bool:
    """A number that is no year, a name that is no month, a fall that is no season."""
    before = text[max(0, start - 12) : start]
    if kind == "month" and words in _months():
        name = words in ("may", "march", "mar", "mar.") or re.match(
            r"\s+[A-Z][a-z]", text[end : end + REACH]
        )  # April Jones
        return bool(name and not guard("mayopen").search(before))
    if kind == "year" and words.isdigit():
        return bool(guard("noyear").search(before) or guard("counts").match(text, end))
    return words == "the fall" and bool(re.match(r"\s+(?:of|in)\b", text[end : end + REACH]))


def _numeric(words: str) -> str:
    month, day, year = (int(part) for part in words.split("/"))
    month, day = (day, month) if month > 12 else (month, day)
    return _checked(
        f"{year + (0 if year > 99 else 2000 if year < 50 else 1900)}-{month:02d}-{day:02d}"
    )


def _checked(value: str) -> str:
    """A day, or nothing: there is no 31 February."""
    day = re.search(r"-\d\d-\d\d$", value)
    return "" if day and day[0] not in DAYS else value


def _year(words: str) -> str:
    if found := re.search(r"\b(\d{2,3}) bc|^(\d{2,3})$|\b(1\d\d\d|20\d\d)(?: (bc))?\b", words):
        number, late = found[1] or found[2] or found[3], found[3] and not found[4]
        return number if late else f"BC{int(number):04d}"
    if found := re.search(pieces()["spelled"], words):
        return f"19{int(_amount(found[0].removeprefix('nineteen'))):02d}"
    return "2000" if "two thousand" in words else "XXXX"


@cache
def _months() -> dict[str, int]:
    return {
        name: int(value)
        for kind in ("month", "month_short")
        for name, value in meanings(kind).items()
    }


@cache
def _lookup(kind: str) -> re.Pattern:
    return re.compile(rf"\b({either(meanings(kind))})s?\b")


def _first(kind: str, words: str, at: int = 0) -> str:
    """The value of the first word of a kind that stands in an expression (the last, at -1); "" for none."""
    found = _lookup(kind).findall(words)
    return meanings(kind)[found[at]] if found else ""


def _part(words: str) -> str:
    found = re.match(
        rf"(?:the )?(?:very )?({either(meanings('part'))})|(?:the )?year\S* ?(end)", words
    )
    return meanings("part")[found[1] or found[2]] if found else ""


def _ordinal(words: str) -> int:
    digits = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)", words)
    return int(digits[1] if digits else _first("ordinal", words) or 0)


def _clock(words: str) -> str:
    if found := re.match(r"\D*(\d{1,2})(?:[:.](\d\d))?\s*([ap])?", words):
        hour = int(found[1]) % 12 + 12 * (found[3] == "p") if found[3] else int(found[1])
        return f"T{hour:02d}:{found[2] or '00'}" if hour < 25 else "T"
    return "T24:00" if "midnight" in words else "T12:00"


def _quarter(kind: str, words: str) -> dict:
    year, ordinal = _year(words), _ordinal(words)
    near = re.search(r"\b(this|last|next) year", words)
    value = f"{year}-{'H' if 'half' in words else 'Q'}{ordinal or 'X'}"
    if kind == "year_ago":
        return _step("DATE", value, "mentioned", unit="Q", amount=4.0, direction="past")
    if not ordinal and year == "XXXX":
        latest, amount = "latest" * ("latest" in words), 4.0 * bool(near or "same" in words)
        return _step(
            "DATE", value, "mentioned", unit="Q", amount=amount, direction="past", near=latest
        )
    if near:
        return _of_year(value, near[1])
    if not ordinal:
        return _step("DATE", year)
    return _step("DATE", value, unit="Q", amount=1.0, direction="past")


def _counted(kind: str, words: str, text: str, start: int, end: int) -> dict | None:
    """Units told by their number: two years ago, the past two months, a year."""
    unit, amount, direction = (
        (_first("unit", words, -1) or "D"),
        _amount(words),
        _first("side", words) or "none",
    )
    counted = {"unit": unit, "amount": amount}
    rate = re.match(r"an? \w+$", words) and guard("rate").search(text[max(0, start - 20) : start])
    if guard("shared").search(words):
        return None  # a share of something
    if kind == "duration":
        if unit == "Y" and (words.endswith("old") or guard("age").match(text, end)):
            return None  # an age
        return _step(
            "SET" if rate else "DURATION",
            length(amount, unit),
            "written",
            mod=_mod(words),
            **counted,
        )
    if (
        amount != amount
        and direction != "none"
        and (kind == "ago" or not guard("some").search(words))
    ):
        return _step("DATE", f"{direction.upper()}_REF", "written", direction=direction, **counted)
    if kind == "span":
        return _step(
            "DURATION",
            length(amount, unit),
            "written",
            direction=direction,
            mod=_mod(words),
            **counted,
        )
    anchor = "written" if guard("fromnow").search(words) else "mentioned"
    near = "ago" * (direction == "past")
    return _step(
        "DATE",
        UNKNOWN.get(unit, "XXXX"),
        anchor,
        direction=direction,
        mod=_mod(words),
        near=near,
        **counted,
    )


def _mod(words: str) -> str:
    rows = (
        (row["word"], MODS.get(row["meaning"], "APPROX"))
        for row in read_lexicon("en/numbers/qualifiers")
    )
    return next((mod for word, mod in rows if words.startswith(f"{word} ")), "")


def _amount(words: str, otherwise: float = NAN) -> float:
    """The number of units; not a number (nan) where the text leaves it open ("recent weeks")."""
    half = 0.5 if re.search(r"\bhalf\b|\d 1/2", words) else 0.0
    if digits := re.search(r"\d+(?:,\d{3})*(?:\.\d+)?", words):
        return float(digits[0].replace(",", "")) + half
    if guard("unnumbered").search(words):
        return NAN
    one = (
        2.0
        if "couple" in words
        else float(bool(re.search(r"\ban?\b", words)) and not words.startswith("half"))
    )
    return (number_of(words) or one) + half or otherwise


@cache
def _tenses() -> re.Pattern:
    future, past = (
        either(w for w, value in meanings("tense").items() if value == of)
        for of in ("future", "past")
    )
    future = rf"to\s+be\s+\w+|(?:{future}|\w+['’]ll)(?:{pieces()['passive']})?"
    return re.compile(rf"\b(?:(?P<future>{future})|(?P<past>{past}|(?!un)\w{{2,}}ed))\b", re.I)


def _tense(text: str, start: int, end: int, dated: bool = False) -> str:
    """Past or future as the nearest such word before says, in the sentence; else the first one after; else none.

    A date with its year is past only if surely so: "fell in 1988", with no word of the future in the sentence.
    """
    words = SENTENCE_END.split(text[max(0, start - REACH) : start])[-1]
    beside = (words, SENTENCE_END.split(text[end : end + REACH])[0])
    before, after = ([match.lastgroup for match in _tenses().finditer(piece)] for piece in beside)
    found = (before[-1:] or after[:1] or ["none"])[0]
    sure = (
        before
        and "future" not in before + after
        and re.search(r"\b(?:in|on|since)\s+$", words, re.I)
    )
    return "none" if dated and found == "past" and not sure else found
