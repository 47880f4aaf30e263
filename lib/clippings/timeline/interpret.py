"""Step 2: interpret a time expression as a TIMEX3 annotation relative to an anchor.

"Last week" means one week back from the day of writing. The value contains only information from
the words themselves; an X marks each digit that they leave open ("XXXX-WXX" is any week).
`normalize` fills in these digits if the anchor is known.

`interpret` selects a function by the kind of the expression (lexicon/en/time/patterns). `_date`
handles most kinds.
"""

import calendar
import math
import re
from datetime import date
from functools import cache
from typing import NamedTuple

from clippings.core.lexicon import either, read_lexicon
from clippings.timeline.expression import CONTEXT_WIDTH, Expression
from clippings.timeline.normalize import LAST_DAY, UNKNOWN_VALUE, duration_value, holiday_date
from clippings.timeline.other_senses import Habits, is_other_sense
from clippings.timeline.patterns import context, parse_number, pieces, word_values
from clippings.timeline.timex import NAN, Timex

# Number of characters before and after an expression, within its sentence, in which a verb can show
# whether it is in the past or the future: about a line.
TENSE_WIDTH = 90

SENTENCE_END = re.compile(
    r"""
      [.!?;]\s    # "… on Monday. It …"
    | \n          # a heading or the end of a paragraph
    """,
    re.VERBOSE,
)

# The text before a weekday that opens its sentence, so that the verb follows it.
OPENS_SENTENCE = re.compile(
    r"""
    (?: ^ | [.!?\n]\s{1,3} )      # the end of the last sentence
    (?: (?:But|And|So|Then|Now|However),?\s )?
    (?: (?:On|In|By|Until)\s )?   # "By Friday, the board will decide"
    $
    """,
    re.IGNORECASE | re.VERBOSE,
)

# TIMEX3 MOD for each meaning of a qualifier (lexicon/en/numbers/qualifiers); all others mean
# APPROX.
MOD_OF_QUALIFIER = {
    "at_least": "EQUAL_OR_MORE",
    "more_than": "MORE_THAN",
    "at_most": "EQUAL_OR_LESS",
    "less_than": "LESS_THAN",
}

# A leap year, in which every day exists.
LEAP_YEAR = 2000
COMMON_YEAR = 2001

DAYS_PER_WEEK = 7
MONTHS_PER_YEAR = 12

# Attacks that are known by their date alone.
DAY_OF_ATTACK = {"9/11": "2001-09-11", "7/7": "2005-07-07"}

# The last two-digit year of this century: 49 is 2049, 50 is 1950.
LAST_SHORT_YEAR_OF_CENTURY = 49

# The number of "the last Friday" in a rule of holiday_date.
LAST_OF_MONTH = 9

# The month of "the 23rd of this month".
WHICH_MONTH = re.compile(r"\b(?:(?P<every>each|every)|(?P<which>this|last|next|the|that)) month$")

SHORT_QUARTER = re.compile(
    r"""
      \b(?P<part>[qh])(?P<number>[1-4])             # q3, h1
    | \b(?P<number_first>[1-4])(?P<part_last>[qh])  # 3q, 1h
    """,
    re.VERBOSE,
)

# The last or first quarter or half by its name: "the final quarter of 2010".
NAMED_QUARTER = re.compile(
    r"^(?:the )?(?:(?P<last>last|final|closing)|opening)[ -](?:fiscal )?(?:quarter|half)\b"
)

# The preposition that a date shares with the verb before it, and the characters it can take up.
PREPOSITION_OF_DATE = re.compile(r"\b(?:in|on|since)\s+(?:(?:early|late)\s+)?$", re.IGNORECASE)
WIDTH_OF_PREPOSITION = 16

NO_HABITS = Habits()


class Template(NamedTuple):
    """A value as far as the words state it, and its unit; the unit of an absolute date is ""."""

    value: str
    unit: str = ""


def interpret(expression: Expression, habits: Habits = NO_HABITS) -> Timex | None:
    """Interpret a time expression.

    Parameters
    ----------
    expression : Expression
    habits : Habits, optional
        The date format of its article, and the months that are names of people in it.

    Returns
    -------
    Timex or None
        None if the expression is not a time: a share ("three quarters"), an age, a name ("May
        Smith"), 31 February.

    Examples
    --------
    >>> timex = interpret(Expression("ago", "two weeks ago", "It broke two weeks ago.", 9, 22))
    >>> timex.anchor, timex.unit, timex.amount, timex.direction
    ('written', 'W', 2.0, 'past')
    """
    if expression.kind == "name" or is_other_sense(expression, habits):
        return None
    match expression.kind:
        case "attack":
            return Timex("DATE", DAY_OF_ATTACK[expression.words])
        case "numeric":
            value = _numeric_date(expression.words, habits.day_first)
            return Timex("DATE", value, direction=_tense(expression, has_year=True))
        case "nth_weekday":
            return _nth_weekday(expression)
        case "day_of_month":
            return _day_of_month_alone(expression)
        case "last_day":
            return _last_day(expression)
        case "before_last":
            return _before_last(expression.words)
        case "weeks_from":
            return _weeks_from(expression.words)
        case "ref":
            return Timex("DATE", word_values("ref")[expression.words], "written")
        case "often":
            return Timex("SET", word_values("often")[expression.words], "written")
        case "ago" | "span" | "duration":
            return _counted(expression)
        case "year_ago":
            return _year_ago(expression.words)
        case "quarter":
            return _quarter(expression.words)
        case _:
            return _date(expression)


def valid_date(value: str) -> str:
    """Return the value if its day exists, and otherwise an empty string.

    Parameters
    ----------
    value : str
        A TIMEX3 value. Only values that end in month and day can be invalid.

    Returns
    -------
    str

    Examples
    --------
    >>> valid_date("XXXX-06-30"), valid_date("XXXX-06-31"), valid_date("2015-02-29")
    ('XXXX-06-30', '', '')
    """
    day = re.search(r"(\d{4}|XXXX)-(\d\d)-(\d\d)$", value)
    if not day:
        return value
    year = LEAP_YEAR if day[1] == "XXXX" else max(int(day[1]), 1)
    try:
        date(year, int(day[2]), int(day[3]))
    except ValueError:
        return ""
    return value


# --- dates and times ------------------------------------------------------------------------------


def _date(expression: Expression) -> Timex | None:
    """Return a date, a clock time, or a unit such as a week."""
    kind = expression.kind
    words = expression.words
    template = _template(kind, words)
    if not template.value:
        return None
    time_of_day = _time_of_day(kind, words)
    if kind == "every":
        return _every(words, template, time_of_day)
    if _is_length(expression):
        value = duration_value(1.0, template.unit)
        return Timex("DURATION", value, "written", unit=template.unit, amount=1.0)

    mod = "" if kind == "clock" else _mod_of_part(words)
    direction = _direction(words)
    if template.unit == "D" and _value_of_word("shift", words):
        return _shifted_day(words, template, time_of_day, mod)
    if template.unit:
        return _from_anchor(expression, template, time_of_day, mod)

    if relative := expression.followed_by("relative_year"):  # "in March last year"
        year_word = relative[0].split()[-2].lower()
        return _in_relative_year(template.value, year_word)._replace(mod=mod)
    has_year = not template.value.startswith("XXXX")
    determiner = _determiner(words)
    if determiner not in ("", "latest") and not has_year:  # "last April", "this summer"
        return _date_or_time(
            template.value,
            unit="Y" if determiner == "this" else "M",
            amount=0.0 if determiner == "this" else 1.0,
            direction=direction,
            mod=mod,
        )
    value = template.value + (time_of_day if kind == "clock" else "")
    is_surely_past = not has_year and _is_surely_past(expression)
    return _date_or_time(
        value,
        direction="past" if is_surely_past else _tense(expression, has_year),
        mod=mod,
        is_direction_sure=is_surely_past,
    )


def _date_or_time(value: str, anchor: str = "absolute", **fields) -> Timex:
    """Return a DATE, or a TIME if the value contains a time of day."""
    is_time = re.match(r"[\dXW-]{7,}T", value)
    return Timex("TIME" if is_time else "DATE", value, anchor, **fields)


def _template(kind: str, words: str) -> Template:
    """Return the value as far as the words state it."""
    year = _year(_clock_pattern().sub("", words) if kind == "clock" else words)
    if kind == "decade":
        return Template(_decade(words))
    if kind == "century":
        era = "BC" if words.endswith("bc") else ""
        return Template(f"{era}{_ordinal(words) - 1:02d}")
    if kind == "iso":
        return Template(_iso_date(words))
    if kind in ("year", "spelled"):
        return Template(year)
    if kind == "holiday":  # before months: May Day is not the whole of May
        rule = _value_of_word("holiday", words)
        return Template(_holiday(rule, year))

    months = _months_of(words)
    if months:
        day = _day_of_month(kind, words)
        return Template(valid_date(f"{year}-{months[-1]:02d}{day}"))
    if season := _value_of_word("season", words):
        return Template(f"{year}-{season}")
    if weekday := _value_of_word("weekday", words):
        return Template(f"XXXX-WXX-{weekday}", "weekday")
    unit = _last_unit(words)
    return Template(UNKNOWN_VALUE.get(unit, "XXXX"), unit)


def _holiday(rule: str, year: str) -> str:
    """Return the day of a holiday, or the rule for it if the year is unknown."""
    return f"XXXX-{rule}" if year == "XXXX" else holiday_date(rule, int(year))


def _iso_date(words: str) -> str:
    """Return an ISO 8601 date, with its clock time if it has one."""
    day, clock = re.match(r"(\S{10})(?:[t ](\d\d:\d\d))?", words).groups()
    value = valid_date(day)
    return f"{value}T{clock}" if value and clock else value


def _nth_weekday(expression: Expression) -> Timex:
    """Return the first Tuesday in November, the last Friday of this month."""
    words = expression.words
    weekdays = [int(word_values("weekday")[word]) for word in _weekday_pattern().findall(words)]
    weekday = weekdays[-1]
    number = LAST_OF_MONTH if re.search(r"\b(?:last|final) (?!month)", words) else _ordinal(words)
    rule = f"{weekday}-{number}"
    if len(weekdays) == 2:  # "the Tuesday after the first Monday"
        days_after = (weekdays[0] - weekday) % 7 or 7
        rule = f"{rule}+{days_after}"

    month = WHICH_MONTH.search(words)
    if not month:
        number_of_month = _months_of(words)[-1]
        value = _holiday(f"{number_of_month:02d}-{rule}", _year(words))
        has_year = not value.startswith("XXXX")
        return Timex("DATE", value, direction=_tense(expression, has_year))
    if month["every"]:
        return Timex("SET", f"XXXX-WXX-{weekday}", unit="weekday")
    return _in_month(f"XXXX-XX-{rule}", month["which"])


def _day_of_month_alone(expression: Expression) -> Timex | None:
    """Return the 23rd of this month; the 5th, of the last month mentioned."""
    words = expression.words
    day = _ordinal(words)
    if not 1 <= day <= 31:
        return None
    value = f"XXXX-XX-{day:02d}"
    month = WHICH_MONTH.search(words)
    if not month:
        direction = _tense(expression, has_year=False)
        return Timex("DATE", value, "mentioned", "M", 0.0, direction)
    if month["every"]:
        return Timex("SET", value)
    return _in_month(value, month["which"])


def _last_day(expression: Expression) -> Timex:
    """Return the last day of February 2016, the last day of this month."""
    words = expression.words
    month = WHICH_MONTH.search(words)
    if month and month["every"]:
        return Timex("SET", "XXXX-XX-XX")
    if month:
        return _in_month(f"XXXX-XX-{LAST_DAY}", month["which"])
    number_of_month = _months_of(words)[-1]
    year = _year(words)
    # Of an open year, February ends on the 28th.
    number_of_year = int(year) if year.isdigit() else COMMON_YEAR
    day = calendar.monthrange(number_of_year, number_of_month)[1]
    value = f"{year}-{number_of_month:02d}-{day}"
    return Timex("DATE", value, direction=_tense(expression, has_year=year.isdigit()))


def _in_month(value: str, month_word: str) -> Timex:
    """Return a day of this, the last or the next month."""
    amount = 1.0 if month_word in ("last", "next") else 0.0
    anchor = "mentioned" if month_word == "that" else "written"
    direction = _direction(month_word)
    return Timex("DATE", value, anchor, "M", amount, direction, determiner=month_word)


def _weeks_from(words: str) -> Timex:
    """Return a day some weeks from another: "a week from Friday", "a week ago yesterday"."""
    weeks_per_unit = 2 if "fortnight" in words else 1
    weeks = weeks_per_unit * _amount(words, default=1.0)
    direction = "past" if _direction(words) == "past" else "future"
    weekday = _value_of_word("weekday", words)
    if weekday:
        return Timex("DATE", f"XXXX-WXX-{weekday}", "written", "W", weeks, direction)

    # Yesterday is one day further back, tomorrow one day further ahead.
    further_days = abs(int(_value_of_word("shift", words) or 0))
    days = DAYS_PER_WEEK * weeks + further_days
    return Timex("DATE", "XXXX-XX-XX", "written", "D", days, direction)


def _before_last(words: str) -> Timex:
    """Return the year before last, the night before last, the week after next."""
    unit = _last_unit(words)
    value = UNKNOWN_VALUE.get(unit, "XXXX") + _time_of_day("before_last", words)
    direction = _direction(words)
    return _date_or_time(value, "written", unit=unit, amount=2.0, direction=direction)


def _is_length(expression: Expression) -> bool:
    """Return whether a unit is a duration: "the past decade", "the year ended in June"."""
    if expression.has("whole"):
        return True
    return expression.has("is_year") and bool(expression.followed_by("year_ended"))


def _every(words: str, template: Template, time_of_day: str) -> Timex:
    """Return a SET: "every Monday" repeats a date, "every two weeks" a length."""
    repeats_date = time_of_day or template.unit in ("", "weekday")
    if repeats_date:
        value = template.value + time_of_day
    else:
        value = duration_value(_amount(words, default=1), template.unit)
    return Timex("SET", value, unit=template.unit)


def _shifted_day(words: str, template: Template, time_of_day: str, mod: str) -> Timex:
    """Return a day counted from the day of writing: "yesterday", "the day after tomorrow"."""
    days = int(_value_of_word("shift", words))
    if not time_of_day and "night" in words:  # "tonight", "overnight"
        time_of_day = "TNI"
    direction = "none"
    if days:
        direction = "past" if days < 0 else "future"
    return _date_or_time(
        template.value + time_of_day,
        "written",
        unit="D",
        amount=float(abs(days)),
        direction=direction,
        mod=mod,
    )


def _from_anchor(expression: Expression, template: Template, time_of_day: str, mod: str) -> Timex:
    """Return a day of the week, or a unit before or after the anchor: Monday, last week."""
    words = expression.words
    unit = template.unit
    determiner = _determiner(words)
    direction = _direction(words)
    # "at 7 p.m." is on the day mentioned last.
    is_clock_alone = expression.kind == "clock" and unit == "D"
    is_mentioned = (
        is_clock_alone or _value_of_word("mentioned", words) or expression.has("follows_mention")
    )
    if unit == "weekday":
        amount = float(template.value[-1])
        if determiner == "this":
            direction = "none"
        elif not determiner:
            direction = "future" if _is_scheduled(expression) else "past"
    elif unit == "WE" and determiner in ("", "this"):  # by the verb: "marched at the weekend"
        direction = _tense(expression, has_year=False)
        amount = 0.0
        is_mentioned = False
    else:
        if expression.has("same_unit"):  # "earlier this year" is in this year
            direction = "none"
        amount = 0.0 if direction == "none" else 1.0
    return _date_or_time(
        template.value + time_of_day,
        "mentioned" if is_mentioned else "written",
        unit=unit,
        amount=amount,
        direction=direction,
        mod=mod,
        determiner=determiner,
    )


def _is_scheduled(expression: Expression) -> bool:
    """Return whether the words around a weekday put it in the future."""
    if expression.preceded_by("said_then"):
        return False
    before = expression.text[max(0, expression.start - CONTEXT_WIDTH) : expression.start]
    if OPENS_SENTENCE.search(before):
        return bool(expression.followed_by("scheduled"))
    if expression.preceded_by("scheduled"):
        return True
    # In "it may explain Sunday's attack", the verb does not say when the attack happens.
    is_time_of_verb = not expression.followed_by("owns")
    return is_time_of_verb and expression.preceded_by("scheduled_by_verb")


def _in_relative_year(value: str, year_word: str) -> Timex:
    """Return a date in this, the last or the next year."""
    return _date_or_time(
        value,
        unit="Y",
        amount=0.0 if year_word == "this" else 1.0,
        direction=_direction(year_word),
    )


def _quarter(words: str) -> Timex:
    """Return a quarter or half of a (fiscal) year."""
    year = _year(words)
    ordinal = _ordinal(words)
    is_half = "half" in words
    short = SHORT_QUARTER.search(words)
    if short and not ordinal:
        ordinal = int(short["number"] or short["number_first"])
        is_half = "h" in (short["part"], short["part_last"])
    if named := NAMED_QUARTER.match(words):
        last = 2 if is_half else 4
        ordinal = last if named["last"] else 1
    relative = re.search(r"\b(this|last|next) year", words)
    value = f"{year}-{'H' if is_half else 'Q'}{ordinal or 'X'}"
    if not ordinal and year == "XXXX":
        is_year_before = relative or "same" in words  # "last year's quarter": four quarters back
        return Timex(
            "DATE",
            value,
            "mentioned",
            unit="Q",
            amount=4.0 if is_year_before else 0.0,
            direction="past",
            determiner="latest" if "latest" in words else "",
        )
    if relative:
        return _in_relative_year(value, relative[1])
    if not ordinal:
        return Timex("DATE", year)
    return Timex("DATE", value, unit="Q", amount=1.0, direction="past")


def _year_ago(words: str) -> Timex:
    """Return the same quarter a year before: "the year-earlier quarter"."""
    value = f"{_year(words)}-{'H' if 'half' in words else 'Q'}{_ordinal(words) or 'X'}"
    return Timex("DATE", value, "mentioned", unit="Q", amount=4.0, direction="past")


# --- counted units --------------------------------------------------------------------------------


def _counted(expression: Expression) -> Timex | None:
    """Return the meaning of counted units: two years ago, the past two months, a year."""
    kind = expression.kind
    words = expression.words
    if expression.has("share"):  # "three quarters" of something
        return None
    unit = _last_unit(words)
    amount = _amount(words)
    direction = _direction(words)
    mod = _mod_of_qualifier(words)
    if kind == "duration":
        if unit == "Y" and (words.endswith("old") or expression.followed_by("age")):
            return None  # an age
        is_rate = re.match(r"an? \w+$", words) and expression.preceded_by("rate")  # "twice a week"
        timex_type = "SET" if is_rate else "DURATION"
        value = duration_value(amount, unit)
        return Timex(timex_type, value, "written", unit=unit, amount=amount, mod=mod)

    leaves_distance_open = math.isnan(amount) and direction != "none"
    if leaves_distance_open and (kind == "ago" or not expression.has("some")):  # "weeks ago"
        value = f"{direction.upper()}_REF"
        return Timex("DATE", value, "written", unit=unit, amount=amount, direction=direction)
    if kind == "span":
        value = duration_value(amount, unit)
        return Timex(
            "DURATION", value, "written", unit=unit, amount=amount, direction=direction, mod=mod
        )
    return Timex(
        "DATE",
        UNKNOWN_VALUE.get(unit, "XXXX"),
        "written" if expression.has("from_now") else "mentioned",
        unit=unit,
        amount=amount,
        direction=direction,
        mod=mod,
        determiner="ago" if direction == "past" else "",
    )


def _mod_of_qualifier(words: str) -> str:
    """Return the TIMEX3 MOD of the words before a number: "at least two weeks"."""
    for row in read_lexicon("en/numbers/qualifiers"):
        if words.startswith(f"{row['word']} "):
            return MOD_OF_QUALIFIER.get(row["meaning"], "APPROX")
    return ""


def _amount(words: str, default: float = NAN) -> float:
    """Return the number of units; NaN if the text does not state it ("recent weeks")."""
    half = 0.5 if re.search(r"\bhalf\b|\d 1/2", words) else 0.0  # "two and a half", "2 1/2"
    if digits := re.search(r"\d+(?:,\d{3})*(?:\.\d+)?", words):  # "1,500", "2.5"
        return float(digits[0].replace(",", "")) + half
    if context("unnumbered", "in").search(words):
        return NAN
    number = parse_number(words)
    if not number and "couple" in words:
        number = 2.0
    elif not number and re.search(r"\ban?\b", words) and not words.startswith("half"):
        number = 1.0
    return number + half or default


# --- single words of an expression ----------------------------------------------------------------


@cache
def _months() -> dict[str, int]:
    """Map the long and short names of months to their numbers."""
    names = word_values("month") | word_values("month_short")
    return {name: int(value) for name, value in names.items()}


def _months_of(words: str) -> list[int]:
    """Return the numbers of the months in an expression."""
    return [_months()[word] for word in re.findall(r"[a-z]+", words) if word in _months()]


@cache
def _weekday_pattern() -> re.Pattern:
    """Return a pattern for the full names of weekdays."""
    return re.compile(rf"\b{either(word_values('weekday'))}\b")


@cache
def _word_pattern(kind: str) -> re.Pattern:
    """Return a pattern for words of one kind in lexicon/en/time/words, with or without an s."""
    return re.compile(rf"\b({either(word_values(kind))})s?\b")


def _value_of_word(kind: str, words: str) -> str:
    """Return the value of the first word of a kind in an expression; "" if there is none."""
    word = _word_pattern(kind).search(words)
    return word_values(kind)[word[1]] if word else ""


def _last_unit(words: str) -> str:
    """Return the letter of the last unit in an expression; D if there is none ("at noon")."""
    units = _word_pattern("unit").findall(words)
    return word_values("unit")[units[-1]] if units else "D"


def _direction(words: str) -> str:
    """Return past, future or none according to words such as "last", "ago" or "later"."""
    return _value_of_word("direction", words) or "none"


def _determiner(words: str) -> str:
    """Return the word that selects one of several: last, next, this, following or latest."""
    word = re.search(r"\b(last|next|this|previous|following|latest)\b", words)
    return word[1].replace("previous", "last") if word else ""


@cache
def _part_pattern() -> re.Pattern:
    """Return a pattern for a part of a date at the beginning of an expression."""
    parts = either(word_values("mod"))
    return re.compile(rf"(?:the )?(?:very )?({parts})|(?:the )?year\S* ?(end)")


def _mod_of_part(words: str) -> str:
    """Return the TIMEX3 MOD of a part of a date: "the end of June", "early Monday", "year-end"."""
    part = _part_pattern().match(words)
    return word_values("mod")[part[1] or part[2]] if part else ""


def _time_of_day(kind: str, words: str) -> str:
    """Return the end of a TIMEX3 value: "T19:15", "TNI" for a night; "" if there is none."""
    if kind == "clock":
        return _clock_time(words)
    part = _value_of_word("daypart", words)
    return f"T{part}" if part else ""


def _clock_time(words: str) -> str:
    """Return a clock time: "T19:15", or only "T" for an hour that does not exist."""
    if "midnight" in words:
        return "T24:00"
    clock = re.match(r"\D*(\d\d(?=\d\d)|\d{1,2})[:.]?(\d\d)?\s*([ap])?", words)  # "about 7:15 p"
    if not clock or re.search(r"noon|midday", words):
        return "T12:00"
    hour = int(clock[1])
    half = clock[3]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"T{hour:02d}:{clock[2] or '00'}" if hour < 25 else "T"


def _day_of_month(kind: str, words: str) -> str:
    """Return the day as the end of a value, "-04"; "" if only the month is named."""
    if kind == "month":
        return ""
    # Ignore clock times ("7:15 p.m. October 4"), and years before an era, which are not days ("4
    # October 44 BC").
    if kind == "clock":
        date_words = _clock_pattern().sub("", words)
    else:
        date_words = re.sub(r" bc|['’]\d\d$", "", words)
    days = re.findall(r"\b\d{1,2}(?=[^\d:]|$)", date_words)
    if not days:  # "the Fourth of July"
        ordinal = _ordinal(words)
        return f"-{ordinal:02d}" if ordinal else ""
    day = days[0] if kind == "month_day" else days[-1]
    return f"-{int(day):02d}"


def _decade(words: str) -> str:
    """Return the first three digits of a decade: "the 1980s" and "the eighties" are 198."""
    digits = re.search(r"(\d\d)?(\d)0s", words)
    if not digits:
        return _value_of_word("decade", words)
    return f"{digits[1] or 19}{digits[2]}"


def _ordinal(words: str) -> int:
    """Return the number of "third" or "3rd"; 0 for none."""
    digits = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)", words)
    return int(digits[1] if digits else _value_of_word("ordinal", words) or 0)


def _numeric_date(words: str, day_first: bool) -> str:
    """Return a numeric date with slashes, full stops or hyphens: 26.11.2021, 4/10/16, 12-Dec-2014.

    In dates with full stops, the day comes first. In dates with slashes and hyphens, the order is
    that of other dates in the article. If these do not show it, the month comes first as in the
    United States, unless the number is too large for a month.
    """
    parts = re.split(r"[/.–‑-]\s?", words)
    if len(parts[0]) == 4:
        year, month, day = (int(part) for part in parts)
        return valid_date(f"{year}-{month:02d}-{day:02d}")
    months = _months_of(words)
    if months:
        month = months[0]
        day = int(parts[1] if parts[0].isalpha() else parts[0])
    else:
        first = int(parts[0])
        second = int(parts[1])
        is_day_month = first > MONTHS_PER_YEAR
        if first <= MONTHS_PER_YEAR and second <= MONTHS_PER_YEAR:  # either can be the month
            is_day_month = day_first or "." in words
        day = first if is_day_month else second
        month = second if is_day_month else first
    return valid_date(f"{_full_year(parts[2])}-{month:02d}-{day:02d}")


def _full_year(digits: str) -> str:
    """Return a two-digit year with its century."""
    if len(digits) == 4:
        return digits
    century = 2000 if int(digits) <= LAST_SHORT_YEAR_OF_CENTURY else 1900
    return str(century + int(digits))


@cache
def _clock_pattern() -> re.Pattern:
    """Return a pattern for a clock time that opens an expression, with its zone."""
    zone = rf"(?:{pieces()['zone_name']}|h(?:ou)?rs)"
    return re.compile(
        rf"""
        ^.*?
        (?: [ap]\.?\s?m\b\.? | o['’]clock | noon | midnight | midday   # 7:15 p.m.
          | \d\d?[:.]\d\d                                              # 15:30
          | \d{{4}}(?=\s?\(?{zone})                                    # 1530 GMT
        )
        (?:\s?\(?{zone}\)?)?
        """,
        re.IGNORECASE | re.VERBOSE,
    )


_YEAR = re.compile(
    r"""
      \b(?P<bc>\d{2,3})\ bc                         # 44 bc
    | ^(?P<bc_start>\d{2,3})$                       # 49, of "49-44 BC"
    | \bad\ (?P<ad>\d{1,4})$                           # ad 79
    | (?:['’]|\bfy\s?['’]?|\d[qh])(?P<short>\d\d)$     # '19, fy23, 1h23
    | (?:\b|\bfy|\b\d[qh])(?P<year>1\d\d\d|2\d\d\d)(?:\ (?P<era>bc))?\b   # 2010, 1200 bc, 3q2010
    """,
    re.VERBOSE,
)


def _year(words: str) -> str:
    """Return the year in an expression as a TIMEX3 value: 2010, BC0044; XXXX if none is named."""
    if year := _YEAR.search(words):
        if year["short"]:
            return _full_year(year["short"])
        if year["ad"]:
            return f"{int(year['ad']):04d}"
        number = year["bc"] or year["bc_start"] or year["year"]
        is_common_era = year["year"] and not year["era"]
        return number if is_common_era else f"BC{int(number):04d}"
    if spelled := re.search(pieces()["spelled_year"], words):
        tens = spelled[0].removeprefix("nineteen")
        return f"19{int(_amount(tens)):02d}"
    return "2000" if "two thousand" in words else "XXXX"


# --- the verbs around an expression ---------------------------------------------------------------


@cache
def _tenses() -> re.Pattern:
    """Return a pattern for words that mark a date as future or past, in named groups."""
    tenses = word_values("tense")
    future_words = either(word for word, tense in tenses.items() if tense == "future")
    past_words = either(word for word, tense in tenses.items() if tense == "past")
    return re.compile(
        rf"""\b(?:
            (?P<future>
                to\s+be\s+\w+                                       # is to be held
              | (?:{future_words}|\w+['’]ll)(?:{pieces()["passive"]})?   # will be held, we'll
            )
          | (?P<past>
                {past_words}                                        # said, fell
              | (?!un)\w{{2,}}ed                                    # opened, but not "unchanged"
            )
        )\b""",
        re.IGNORECASE | re.VERBOSE,
    )


def past_and_future_words(words: str) -> list[str]:
    """List the words that mark a date as past or future, as "past" or "future".

    Parameters
    ----------
    words : str

    Returns
    -------
    list of str
        The result for each such word, from left to right.

    Examples
    --------
    >>> past_and_future_words("he said that it will be held")
    ['past', 'future']
    """
    return [word.lastgroup for word in _tenses().finditer(words)]


def _is_surely_past(expression: Expression) -> bool:
    """Return whether the verb next to a date is in the past: "She gave birth in October"."""
    before = expression.text[max(0, expression.start - CONTEXT_WIDTH) : expression.start]
    if OPENS_SENTENCE.search(before):
        return bool(expression.followed_by("surely_past"))
    if not PREPOSITION_OF_DATE.search(before[-WIDTH_OF_PREPOSITION:]):
        return False  # saves the search for verbs, which takes longer
    is_ahead = expression.preceded_by("verb_of_future")
    return expression.preceded_by("surely_past") and not is_ahead


def _tense(expression: Expression, has_year: bool) -> str:
    """Return past or future according to the last verb before the date or else the first one after.

    A date with a year counts as past only if it clearly is ("fell in 1988", without any word that
    refers to the future), because articles also mention years of plans and comparisons.
    """
    text = expression.text
    start = expression.start
    end = expression.end
    words_before = SENTENCE_END.split(text[max(0, start - TENSE_WIDTH) : start])[-1]
    words_after = SENTENCE_END.split(text[end : end + TENSE_WIDTH])[0]
    before = past_and_future_words(words_before)
    after = past_and_future_words(words_after)
    tenses = before[-1:] + after[:1]
    tense = tenses[0] if tenses else "none"
    if has_year and tense == "past":
        names_date = re.search(r"\b(?:in|on|since)\s+$", words_before, re.I)
        is_sure = before and "future" not in before + after and names_date
        return "past" if is_sure else "none"
    return tense
