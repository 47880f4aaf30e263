"""Read dates as people and pages write them: "16 March 2021", "Nov. 18th 2019", "2021年3月16日".

The patterns allow any word in the position of the month, which is then looked up among the names of
months in many languages. Only complete dates are read, not "March 2021". `page_dates` decides which
date on a page belongs to the article.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from email.utils import parsedate_to_datetime
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from clippings.core.lexicon import read_lexicon, read_words

YEARS = range(1600, 2200)
"""A date in another year is a slip."""

FIRST_YEAR_OF_LAST_CENTURY = 69
"""Years of two digits: 69 is 1969 and 68 is 2068, as POSIX and Python read them."""

THAI_ERA = 543
"""Years by which the Buddhist calendar of Thailand is ahead."""

JAPANESE_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
"""The year before the first one of each era."""

CALENDAR_NAMES = "reading/calendar_names"
"""The names of months and weekdays in all languages whose dates are read.

Babel has the same names, but takes longer to load them than to read a small folder.
"""

OTHER_MONTH_NAMES = {"sept": 9, "sett": 9, "febr": 2, "maerz": 3, "jaenner": 1, "juill": 7}
"""Spellings that newspapers use and CLDR does not have."""

OTHER_WEEKDAY_NAMES = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}

FIRST_NUMBER = {"month": 1, "weekday": 0}
"""Of January and Monday, as `datetime` counts them."""

ENGLISH = ("en", "en_GB")

MIN_NAME_LENGTH = 3
"""Letters of an alphabetic name: shorter abbreviations are too often something else."""

MONTHS_IN_A_YEAR = 12

MONTH_LETTERS = tuple(month[:3] for month in read_words("en/time/words", kind="month"))
"""The three letters of English months in addresses and references, in the order of the year."""

MAX_CACHED_NAMES = 10_000
"""Number of words next to numbers that are looked up once: most are not months, such as percent."""

WEEKDAY_DISTANCE = 30
"""Number of characters before and after a date that are searched for its weekday."""


class WrittenDate(NamedTuple):
    """A date in a text, with its span."""

    start: int
    end: int
    year: int | None  # None: not written
    month: int
    day: int
    order: str = "ymd"
    """The order of year, month and day as written or, if ambiguous, as read: ymd, dmy, mdy."""
    is_ambiguous: bool = False
    """Could day and month be exchanged? Then `day_first` has not been decided."""
    weekday_agrees: bool | None = None
    """Whether the weekday before a date is correct; None without a weekday or a year."""
    is_named: bool = False
    """Whether the month is a word."""
    weekday: int | None = None
    """The weekday written before it; Monday is 0."""

    @property
    def day_of_calendar(self) -> date | None:
        """Return the date, if its year is written."""
        return date(self.year, self.month, self.day) if self.year else None

    @property
    def readings(self) -> tuple[date, ...]:
        """Return the date, and for an ambiguous one also the date with day and month exchanged."""
        if self.year is None:
            return ()
        as_read = date(self.year, self.month, self.day)
        if not self.is_ambiguous:
            return (as_read,)
        return (as_read, date(self.year, self.day, self.month))

    @property
    def shows_day_first(self) -> bool | None:
        """Return whether this date has the day first; None if it does not show that."""
        is_open = (
            self.is_named or self.is_ambiguous or self.order == "ymd" or self.day == self.month
        )
        is_proof = self.day > MONTHS_IN_A_YEAR or self.weekday_agrees
        return None if is_open or not is_proof else self.order == "dmy"

    def read_as(self, day_first: bool) -> "WrittenDate":
        """Return the date with the order of day and month decided, if it was open."""
        if not self.is_ambiguous:
            return self
        order = "dmy" if day_first else "mdy"
        if order == self.order:
            return self._replace(is_ambiguous=False)
        return self._replace(month=self.day, day=self.month, order=order, is_ambiguous=False)


# Pieces of the patterns. A line break never separates day and month: two lines are two things.
_BLANK = r"[^\S\r\n\v\f\x85\u2028\u2029]"
_NAME = r"[^\W\d_][^\s\d.,;:/()\[\]|<>\"'’*_–—-]{1,24}"  # any word: it is looked up afterwards
_YEAR = r"""
    (?: (?P<year>\d{4}) (?= \D | $ | \d{1,2}[:.]\d\d )   # 2019; also in "Nov 19 20197:05 AM"
      | ['’‘] (?P<short_year>\d\d) (?!\w)                # '19
    )
"""
# Not the second day of "16-18 March", nor the end of a number or time.
_DAY_STARTS = r"(?<!\d)(?<!\d[-–.,:/])(?<![$€£#])"
_DAY = r"(?P<day>\d{1,2}) (?!\d) (?:(?:st|nd|rd|th|er|ste|de|e|ª|º|°|\.º|ος)(?![^\W\d_]))?"
_LINKING_WORD = r"(?:(?:of|de|del|di|den|do|o|ng)\b|d['’])"  # 16 de marzo del 2021, 1 d’abril
_CLOCK = r"""
    \d{1,2} [:.h] \d\d (?::\d\d)?                        # 15:23:10
    (?: \s? [ap]\.?m\.? )?                               # pm
    (?: \s (?:[A-Z]{2,5}|[+-]\d{4}) )?                   # EST
"""
# 16 آذار/مارس 2021 has two names for one month; some Arabic names have two words.
_MONTH_NAME = rf"(?P<month> {_NAME} (?:\ (?:الأول|الثاني))? ) (?:/{_NAME})?"

DAY_THEN_NAME = re.compile(
    rf"""
    {_DAY_STARTS} {_DAY}
    [.,/–-]? {_BLANK}{{0,2}} (?:{_LINKING_WORD}{_BLANK}*)?
    {_MONTH_NAME} \.?
    (?: (?: ,? \s{{1,2}} (?:{_LINKING_WORD}{_BLANK}+)?
          | [,./–-]? {_BLANK}?
        ) {_YEAR}                                        # 16 Mar 2021
      | - (?P<year_after_hyphen>\d\d) (?![\w-]|[.,:]\d)  # 16-Mar-21
      | \  (?P<last_year>\d\d) (?= {_BLANK}*            # 16 Mar 21, if nothing or a time follows
          (?: $ | [\r\n] | [,|]?\ \d{{1,2}}[:.]\d\d ) )
    )?
    """,
    re.IGNORECASE | re.VERBOSE,
)
NAME_THEN_DAY = re.compile(
    rf"""
    (?<![^\W\d_]) {_MONTH_NAME}
    [.,/–-]? {_BLANK}{{0,2}}
    {_DAY} (?![-–:]\d|\.\d)                              # not March 16-18, not March 16:30
    (?: (?: [,.]? \s{{0,2}} | [/–-] ) {_YEAR}            # March 16, 2021
      | ,? \s (?:at\s)? {_CLOCK} ,? \s
        (?P<year_after_time>\d{{4}}) (?!\d)               # March 16 15:23 EST 2021
    )?
    """,
    re.IGNORECASE | re.VERBOSE,
)
YEAR_THEN_NAME = re.compile(
    rf"""
    (?<![\d.,/-]) (?P<year>\d{{4}})
    (?: [.,/–-] {_BLANK}? | {_BLANK} (?:m\.{_BLANK})? )
    {_MONTH_NAME} [.–/-]? {_BLANK}?
    {_DAY}                                               # 2019, November 18; 2021. március 16.
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SEPARATOR = r"(?P<separator>[./／．‐‑–-]) (?:(?<=\.)\ )?"  # 16.3.2021 and 16. 3. 2021
_SAME_SEPARATOR = r"(?P=separator) (?:(?<=\.)\ )?"
_NUMBER_STARTS = r"(?<!\d)(?<!\d[./,:-])(?<!\d\.\ )(?<![$€£#])(?<!\bv)(?<!\bversion\ )"
# A further part makes it something else: 1.2.2021.4, 2018/10/26e39cee. A time may be glued to it.
_NUMBER_ENDS = r"""
    (?: (?= \d{1,2}[:.]\d\d )
      | (?! \d | [./-]\d{1,2}(?![\d:]) | (?-i:[a-z]) | \s?% )
    )
"""
YEAR_FIRST = re.compile(
    rf"""
    {_NUMBER_STARTS}
    (?P<year>\d{{4}}) {_SEPARATOR} (?P<month>\d{{1,2}}) {_SAME_SEPARATOR} (?P<day>\d\d?) (?!\d)
    {_NUMBER_ENDS}                                       # 2021-03-16T12:48, 2021. 3. 16.
    """,
    re.IGNORECASE | re.VERBOSE,
)
YEAR_LAST = re.compile(
    rf"""
    {_NUMBER_STARTS}
    (?P<first>\d{{1,2}}) {_SEPARATOR} (?P<second>\d{{1,2}}) {_SAME_SEPARATOR}
    (?: (?P<year>\d{{4}}) | (?P<short_year>\d\d) (?!\d) )
    {_NUMBER_ENDS}                                       # 16/03/2021, 16.03.21
    """,
    re.IGNORECASE | re.VERBOSE,
)
WITH_UNITS = re.compile(
    rf"""
    (?: (?P<era>{"|".join(JAPANESE_ERAS)})? (?P<year>\d{{1,4}}) \s? [年년] \s? )?  # 2021年, 令和3年
    (?<!\d) (?P<month>\d{{1,2}}) \s? [月월] \s? (?P<day>\d{{1,2}}) \s? [日일号]       # 3月16日
    | (?<!\d) (?P<day_vi>\d{{1,2}}) \s (?:tháng|thg) \s (?P<month_vi>\d{{1,2}})     # 16 tháng 3
      (?: ,? \s (?:năm\s)? (?P<year_vi>\d{{4}}) )?                                 # năm 2021
    """,
    re.IGNORECASE | re.VERBOSE,
)
COMPACT = re.compile(  # 20210316, 20210316T101500Z, D:20210316101500
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?=T?\d{4}(?:\d\d)?(?!\d)|(?!\d))"
)
# In a sentence, "18 Nov 19" may be two things; a cell that contains nothing else is a date.
DAY_NAME_SHORT_YEAR = re.compile(
    rf"{_DAY_STARTS}{_DAY}[.]?[ -]{_MONTH_NAME}\.?,?[ -](?P<short_year>\d\d)(?!\d)",
    re.IGNORECASE | re.VERBOSE,
)
NAME_DAY_SHORT_YEAR = re.compile(
    rf"(?<![^\W\d_]){_MONTH_NAME}\.?[ -]{_DAY},?[ ](?P<short_year>\d\d)(?!\d)",
    re.IGNORECASE | re.VERBOSE,
)
HYPHENS_SHORT_YEAR = re.compile(  # 16-03-21 in a cell; in a sentence, it may be a score
    r"(?<!\d)(?P<first>\d{1,2})(?P<separator>-)(?P<second>\d{1,2})-(?P<short_year>\d\d)(?!\d)"
)

DIGIT = re.compile(r"\d")
UNITS = re.compile(r"[月월]|tháng|thg", re.IGNORECASE)
SEPARATED_NUMBERS = re.compile(r"\d[./／．‐‑–-]\ ?\d")

WEEKDAY_BEFORE = re.compile(
    r"""
    (?P<weekday>[^\W\d_][^\s\d.,;:()\[\]|/]*)            # Tuesday, terça-feira
    \.? ,? [^\S\n]*
    (?: (?:the|den|dem|le|el|il|ngày|[ap]|d\.)[^\S\n]+ )?   # Dienstag, den …
    (?: \d{1,2}:\d\d \s? (?:[AaPp]\.?[Mm]\.?)? ,? \s? )?    # Fri 6:45 PM, Feb 16, 2018
    $
    """,
    re.VERBOSE,
)
WEEKDAY_AFTER = re.compile(  # … 2021 Tuesday, 16日（火）, 16.(화)
    r"[^\S\n]?[,(（]?[^\S\n]?(?P<weekday>[^\W\d_][^\s\d.,;:()（）\[\]|/]*)"
)

# What may appear with a date in a field that contains nothing else.
AROUND_A_DATE = re.compile(
    r"""
    (?: [\s,;|()\[\]（）.·•@/–—-]+
      | T(?=\d) | D:
      | \d{1,2} [:.h] \d\d (?: [:.]\d\d (?:[.,]\d+)? )? (?!\d)   # 10:04:15.000
      | \d{1,2} (?= \s? (?:[ap]\.?m\b|uhr|h\b|時|시) )             # 10 am
      | \A T? \d{4} (?:\d\d)? (?= Z?$ | [+-] )                   # 20210316T101500Z
      | \d{1,2}\s?[時시点] (?:\s?\d{1,2}\s?[分분])? (?:\s?\d{1,2}\s?[秒초])?
      | [ap]\.?m\.? (?![^\W\d_])
      | (?: at | on | the | um | uhr | kl | klo | kello | à | às | as | a\ las | las | alle | ore
          | om | o | den | el | le | il | ngày | h | hrs? | hours | o['’]clock | uur | г | года?
          | local\ time | noon | midnight | morning | afternoon | evening
        ) (?![^\W\d_])
      | (?: UTC | GMT ) (?:\s?[+-]\d{1,2}(?::?\d\d)?)?
      | [+-]\d\d[:']?\d\d'?                                      # +01:00
      | (?-i:[A-Z]{1,5}) (?![^\W\d_])                            # EST, Z
      | 오전 | 오후 | 午前 | 午後 | 上午 | 下午
    )*
    """,
    re.IGNORECASE | re.VERBOSE,
)


def find_written_dates(text: str, day_first: bool | None = None) -> list[WrittenDate]:
    """Find all days in a text that are written as dates.

    Parameters
    ----------
    text : str
        A line, a page or any other text.
    day_first : bool, optional
        How to read 03/04/2021; None leaves it open.

    Returns
    -------
    list of WrittenDate
        In order of place, without overlaps. A weekday before the date is part of its span.

    Notes
    -----
    Days without a year are dates if the month is a word. Not found: months without a day, days in
    words ("the sixteenth of March"), relative days.

    Examples
    --------
    >>> for written in find_written_dates("Posted Tue, Mar 16, 2021; updated 03/04/2021"):
    ...     print(written.start, written.end, written.day_of_calendar, written.is_ambiguous)
    7 24 2021-03-16 False
    34 44 2021-04-03 True
    """
    candidates = list(_candidates(text, SHAPES))
    return [_decided(written, day_first) for written in _without_overlaps(candidates)]


def is_day_first(dates: Iterable[WrittenDate]) -> bool | None:
    """Decide from other dates of a page, column or outlet how numbers are ordered there.

    Parameters
    ----------
    dates : iterable of WrittenDate
        Dates of one origin.

    Returns
    -------
    bool or None
        True for 31/12/2021, False for 12/31/2021; None if no date shows it, or they disagree.

    Examples
    --------
    >>> is_day_first(find_written_dates("03/04/2021, 31/12/2021"))
    True
    """
    orders = {written.shows_day_first for written in dates} - {None}
    return orders.pop() if len(orders) == 1 else None


def find_compact_dates(text: str) -> list[WrittenDate]:
    """Find days written in eight digits, as in file names.

    Parameters
    ----------
    text : str
        A short text: in a long one, eight digits are often something else.

    Returns
    -------
    list of WrittenDate
        In order of place.

    Examples
    --------
    >>> [written.day_of_calendar for written in find_compact_dates("post_20210316.html")]
    [datetime.date(2021, 3, 16)]
    """
    return list(_candidates(text, (COMPACT,)))


def read_written_date(text: str, day_first: bool | None = None) -> WrittenDate | None:
    """Read a text that contains one date and nothing else but perhaps a weekday, time and zone.

    Parameters
    ----------
    text : str
        A cell of a table, or a field of metadata.
    day_first : bool, optional
        How to read 03/04/2021; None leaves it open.

    Returns
    -------
    WrittenDate or None
        The date, with its year; None if the text is something else.

    Examples
    --------
    >>> read_written_date("Tue, 16 Mar 2021 10:00:00 GMT").day_of_calendar
    datetime.date(2021, 3, 16)
    >>> read_written_date("16/03/21, 9.14 Uhr").day_of_calendar
    datetime.date(2021, 3, 16)
    >>> print(read_written_date("Spring 2021"))
    None
    """
    if len(text) > MAX_FIELD_LENGTH or not any(character.isdigit() for character in text):
        return None
    candidates = [
        written for written in _candidates(text, SHAPES + SHAPES_OF_FIELDS) if written.year
    ]
    candidates.sort(key=_preference)
    for written in candidates:
        rest = [_without_weekdays(part) for part in (text[: written.start], text[written.end :])]
        if all(AROUND_A_DATE.fullmatch(part) for part in rest):
            return _decided(written, day_first)
    return None


MAX_FIELD_LENGTH = 100
"""Characters of a field with a date; the longest have weekday, zone and offset in words."""

SHAPES = (DAY_THEN_NAME, NAME_THEN_DAY, YEAR_THEN_NAME, YEAR_FIRST, YEAR_LAST, WITH_UNITS)
SHAPES_OF_FIELDS = (COMPACT, DAY_NAME_SHORT_YEAR, NAME_DAY_SHORT_YEAR, HYPHENS_SHORT_YEAR)


def _candidates(text: str, shapes: tuple[re.Pattern, ...]) -> Iterator[WrittenDate]:
    """Yield all dates of these shapes; they may overlap."""
    if not DIGIT.search(text):
        return
    has_units = UNITS.search(text) is not None
    has_separators = SEPARATED_NUMBERS.search(text) is not None
    for shape in shapes:
        # Most lines with a number contain no date, and simple patterns see that sooner.
        if shape is WITH_UNITS and not has_units:
            continue
        if shape in (YEAR_FIRST, YEAR_LAST) and not has_separators:
            continue
        match = shape.search(text)
        while match:
            written = _written_date(text, match)
            if written:
                yield written
            # What is not a date may overlap with one: "On page 3 March 16, 2021".
            next_start = match.end() if written else match.start() + 1
            match = shape.search(text, next_start)


def _written_date(text: str, match: re.Match) -> WrittenDate | None:
    """Return the date of a match if that day exists."""
    groups = match.groupdict()
    if "first" in groups:
        return _by_numbers(text, match)
    start = match.start()
    year = _year(groups)
    if groups.get("day_vi"):
        return _checked(text, start, match.end(), year, groups["month_vi"], groups["day_vi"])
    name = groups["month"]
    if name[0].isdigit():
        return _checked(text, start, match.end(), year, name, groups["day"])
    months, letters_before = _months_named(name)
    if not months or (year is None and not _may_stand_without_year(name[letters_before:])):
        return None
    if match.start("month") == start:
        start += letters_before
    elif letters_before:
        return None
    order = _order_of(match)
    dates = (
        _checked(text, start, match.end(), year, month, groups["day"], order) for month in months
    )
    dates = [written for written in dates if written]
    if len(dates) > 1:
        # "16 listopada 2021" is in October in Croatian and in November in Polish.
        dates = [written for written in dates if written.weekday_agrees]
    return dates[0]._replace(is_named=True) if len(dates) == 1 else None


def _order_of(match: re.Match) -> str:
    """Return the order in which day and month appear in a match."""
    if match.start("day") < match.start("month"):
        return "dmy"
    return "ymd" if match.re is YEAR_THEN_NAME else "mdy"


def _by_numbers(text: str, match: re.Match) -> WrittenDate | None:
    """Return a date like 16/03/2021, by the order that its numbers, weekday or dots allow."""
    if match.re is YEAR_LAST and match["short_year"] and match["separator"] not in "./":
        return None  # 3-2-21 may be a score; see HYPHENS_SHORT_YEAR
    year = _year(match.groupdict())
    first = match["first"]
    second = match["second"]
    span = (text, *match.span())
    day_first = _checked(*span, year, second, first, "dmy")
    month_first = _checked(*span, year, first, second, "mdy")
    if not day_first or not month_first:
        return day_first or month_first
    if first == second:
        return day_first
    if day_first.weekday_agrees and not month_first.weekday_agrees:
        return day_first
    if month_first.weekday_agrees and not day_first.weekday_agrees:
        return month_first
    # Full dates with dots are written in countries that put the day first; short ones, 6.7.19, are
    # found in American papers too.
    if match["separator"] == "." and match.groupdict().get("year"):
        return day_first
    return day_first._replace(is_ambiguous=True)


def _year(groups: dict[str, str | None]) -> int | None:
    """Return the year of a match; None if it has none."""
    short_names = ("short_year", "year_after_hyphen", "last_year")
    short = next((groups[name] for name in short_names if groups.get(name)), None)
    if short:
        century = 1900 if int(short) >= FIRST_YEAR_OF_LAST_CENTURY else 2000
        return century + int(short)
    names = ("year", "year_after_time", "year_vi")
    written = next((groups[name] for name in names if groups.get(name)), None)
    if not written:
        return None
    year = int(written)
    if groups.get("era"):
        return JAPANESE_ERAS[groups["era"]] + year
    if year - THAI_ERA in range(1900, 2100) and year not in YEARS:
        return year - THAI_ERA
    return year


def _checked(
    text: str, start: int, end: int, year: int | None, month, day, order: str = "ymd"
) -> WrittenDate | None:
    """Return a date with its weekday, or None for one that is not in the calendar, as 31 June."""
    if year is not None and year not in YEARS:
        return None
    leap_year = 2000
    try:
        calendar_day = date(year or leap_year, int(month), int(day))
    except ValueError:
        return None
    written = WrittenDate(start, end, year, calendar_day.month, calendar_day.day, order)
    return _with_weekday(text, written)


def _with_weekday(text: str, written: WrittenDate) -> WrittenDate:
    """Extend a date to a weekday before it, and note whether the weekday is correct."""
    first = max(written.start - WEEKDAY_DISTANCE, 0)
    before = WEEKDAY_BEFORE.search(text[first : written.start])
    weekdays = _weekday_names().get(_fold(before["weekday"])) if before else None
    calendar_day = written.day_of_calendar
    if before and weekdays:
        start = first + before.start()
        agrees = calendar_day.weekday() in weekdays if calendar_day else None
        weekday = min(weekdays) if len(weekdays) == 1 else None
        return written._replace(start=start, weekday_agrees=agrees, weekday=weekday)
    after = WEEKDAY_AFTER.match(text, written.end, written.end + WEEKDAY_DISTANCE)
    weekdays = _weekday_names().get(_fold(after["weekday"])) if after else None
    # A word after the date may be something else, as in "16 March 2021 Sun Herald".
    if calendar_day and weekdays and calendar_day.weekday() in weekdays:
        return written._replace(weekday_agrees=True)
    return written


def _without_overlaps(candidates: list[WrittenDate]) -> list[WrittenDate]:
    """Return, of overlapping dates, the one with a year, or else the longest."""
    accepted: list[WrittenDate] = []
    for written in sorted(candidates, key=_preference):
        if all(written.end <= other.start or other.end <= written.start for other in accepted):
            accepted.append(written)
    return sorted(accepted)


def _preference(written: WrittenDate) -> tuple:
    """Return a sorting key, smallest for the date that is to be believed."""
    return (written.year is None, written.start - written.end, written.start)


def _decided(written: WrittenDate, day_first: bool | None) -> WrittenDate:
    """Return the date in the order that is known."""
    return written if day_first is None else written.read_as(day_first)


def _without_weekdays(text: str) -> str:
    """Return a text without the names of weekdays."""

    def replacement(match: re.Match) -> str:
        return "" if _fold(match[0]) in _weekday_names() else match[0]

    return re.sub(r"[^\W\d_][^\s\d.,;:()（）\[\]|/]*", replacement, text)


def _may_stand_without_year(name: str) -> bool:
    """Return whether a word is a month also without a year: a full name, or an English one."""
    if name.islower() and name in _english_month_names():
        return False  # "you may 3", "to march 16"
    folded = _fold(name)
    is_full_name = len(folded) > MIN_NAME_LENGTH and folded in _full_month_names()
    return is_full_name or folded in _english_month_names()


@lru_cache(maxsize=MAX_CACHED_NAMES)
def _months_named(name: str) -> tuple[frozenset[int], int]:
    """Return the months that a word may name, and how many letters appear before the name."""
    names = _month_names()
    months = names.get(_fold(name))
    if months:
        return months, 0
    # PublishedNovember: words of two elements of a page without a blank between them.
    glued = re.search(r"(?<=[a-z])[A-Z][a-z]+$", name)
    if glued and _fold(glued[0]) in names:
        return names[_fold(glued[0])], glued.start()
    # Hebrew writes "in March" as one word.
    if name.startswith("ב") and _fold(name[1:]) in names:
        return names[_fold(name[1:])], 0
    return frozenset(), 0


def _fold(name: str) -> str:
    """Return a name without case, accents and full stops."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().replace("ı", "i"))
    # Only marks of Latin, Greek and Cyrillic letters: in Hindi, vowels are marks.
    letters = "".join(letter for letter in decomposed if not "\u0300" <= letter <= "\u036f")
    return unicodedata.normalize("NFC", letters).strip(". ॰।\u200f\u200e")


@cache
def _month_names() -> dict[str, frozenset[int]]:
    """Map folded names and abbreviations of months to their numbers in all languages."""
    return _names("month", OTHER_MONTH_NAMES, ("full", "short"))


@cache
def _full_month_names() -> dict[str, frozenset[int]]:
    return _names("month", {}, ("full",))


@cache
def _weekday_names() -> dict[str, frozenset[int]]:
    """Return folded names and abbreviations of weekdays → their numbers; Monday is 0."""
    names = _names("weekday", OTHER_WEEKDAY_NAMES, ("full", "short"))
    chinese = {
        _fold(f"周{name}"): frozenset({number}) for number, name in enumerate("一二三四五六日")
    }
    portuguese = {
        name.partition("-")[0]: numbers
        for name, numbers in names.items()
        if name.endswith("-feira")
    }
    return portuguese | chinese | names


@cache
def _english_month_names() -> frozenset[str]:
    """Return folded names and abbreviations of English months."""
    rows = read_lexicon(CALENDAR_NAMES)
    names = (
        row["names"].split("|")
        for row in rows
        if row["kind"] == "month" and row["language"] in ENGLISH
    )
    return frozenset(_fold(name) for name in chain.from_iterable(names))


def _names(kind: str, others: dict[str, int], forms: tuple[str, ...]) -> dict[str, frozenset[int]]:
    """Return folded names of months or weekdays in all languages → their numbers."""
    numbers: defaultdict[str, set[int]] = defaultdict(set)
    for name, number in others.items():
        numbers[name].add(number)
    for row in read_lexicon(CALENDAR_NAMES):
        if row["kind"] != kind or row["form"] not in forms:
            continue
        for number, name in enumerate(row["names"].split("|"), FIRST_NUMBER[kind]):
            name = _fold(re.sub(r"^(?:de |d['’])", "", name))  # Catalan: de març
            if _is_long_enough(name):
                numbers[name].add(number)
    return {name: frozenset(values) for name, values in numbers.items()}


def _is_long_enough(name: str) -> bool:
    """Return whether a name is long enough for its script: in Chinese, one sign is a weekday."""
    if not name or name[0].isdigit():
        return False
    is_alphabetic = name[0] < "\u0590"  # Latin, Greek, Cyrillic, Armenian
    return len(name) >= MIN_NAME_LENGTH or not is_alphabetic


PROGRAM_TAIL = re.compile(  # 2021-3-6*T10:04:00Z*, Tue Mar 16 2021 10:04:00 *GMT+0000 (UTC)*
    r"(?:(?<=\d)T\d{1,2}:|\s+GMT[+-]|\s*\().*$"
)


def read_day(field: str) -> str:
    """Read the day in a field that a program or an author filled.

    Parameters
    ----------
    field : str
        A date in ISO 8601, in the form of mail or JavaScript, or as people write it.

    Returns
    -------
    str
        The day as it is written, YYYY-MM-DD, whatever the time zone; "" if it is not understood, or
        if day and month could be exchanged.

    Examples
    --------
    >>> read_day("2021-03-16T23:30:00-05:00"), read_day("Tue Mar 16 2021 10:04:00 GMT+0000")
    ('2021-03-16', '2021-03-16')
    >>> read_day("03/04/2021")
    ''
    """
    if not field:  # as most fields are
        return ""
    field = PROGRAM_TAIL.sub("", " ".join(str(field)[:100].split()))
    written = read_written_date(field)
    days = written.readings if written else ()
    if not days:
        with suppress(ValueError, TypeError, IndexError, OverflowError):
            day = parsedate_to_datetime(field).date()
            days = (day,) if day.year in YEARS else ()
    return f"{days[0]:%Y-%m-%d}" if len(days) == 1 else ""
