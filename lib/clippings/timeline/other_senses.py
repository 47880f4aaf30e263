"""Recognise words that look like a time but are not, such as surnames and counts.

"May" can be Mrs May, and "2010" can count people or metres, or be the number of a room.
`is_other_sense` uses the words around an expression. `read_habits` uses the whole article: whether
somebody in it is called May, and whether its dates put the day before the month.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from clippings.core.lexicon import either, read_words, words_of
from clippings.core.tokens import fold
from clippings.timeline.expression import CONTEXT_WIDTH, Expression
from clippings.timeline.patterns import context, word_values

# Names of months that are also common words. On their own, they are months only after words such
# as "in".
AMBIGUOUS_MONTHS = frozenset({"may", "march", "mar", "mar."})

# Numbers that are more likely to be a year than a count of people in "in 2010 people voted".
LIKELY_YEARS = range(1900, 2060)

SENTENCE_END = re.compile(r"[.!?;]\s|\n")

# The first year that counts as a year only after a word such as "by" or "until".
FIRST_FAR_YEAR = 2100

# The first year that is part of a name if it follows a capitalised word ("Blade Runner 2049");
# earlier years more often state the time: "Expo 2020".
FIRST_YEAR_OF_NAMES = 2030

# Parts of a match, which are also parts of a year.
PART_OF_MATCH = re.compile(r"\b(?:quarter|half)\b", re.IGNORECASE)

# The number of different words that show that an article reports a match.
MIN_WORDS_OF_MATCH = 3

CAPITALISED_WORD_BEFORE = re.compile(r"\b([A-Z][a-z]+)\s+$")


class Habits(NamedTuple):
    """Habits of an article: months that are names of people, its order of dates, its subject."""

    names: frozenset[str] = frozenset()  # months in lower case
    day_first: bool = False  # 3/4/2021 is 3 April
    is_on_match: bool = False  # a quarter is a part of a match


class NumericDate(NamedTuple):
    """The first two numbers of a date such as 26/11/2021."""

    first: int
    second: int


# --- habits of an article -------------------------------------------------------------------------

NUMERIC_DATE = re.compile(r"(?<![\d/.-])(\d\d?)[/-](\d\d?)[/-](?:\d{4}|\d\d)(?![\d/-])")

# Characters that nearly every such date contains; searching for a date takes longer.
SIGNS_OF_NUMERIC_DATE = ("/", "-19", "-20")


def read_habits(texts: Iterable[str]) -> Habits:
    """Detect the date format of an article and the names in it that look like months.

    Parameters
    ----------
    texts : iterable of str
        The passages of the article.

    Returns
    -------
    Habits

    Examples
    --------
    >>> read_habits(["Mrs May came on 26/11/2021."])
    Habits(names=frozenset({'may'}), day_first=True, is_on_match=False)
    """
    names: set[str] = set()
    dates: list[NumericDate] = []
    texts = list(texts)
    for text in texts:
        names.update(_months_in_names(text))
        has_dates = any(sign in text for sign in SIGNS_OF_NUMERIC_DATE)
        for date in NUMERIC_DATE.finditer(text) if has_dates else ():
            dates.append(NumericDate(int(date[1]), int(date[2])))
    has_day_first = any(date.first > 12 >= date.second for date in dates)
    has_month_first = any(date.second > 12 >= date.first for date in dates)
    return Habits(frozenset(names), has_day_first and not has_month_first, _is_on_match(texts))


def _is_on_match(texts: list[str]) -> bool:
    """Return whether an article is a report on a match and mentions parts of it."""
    if not any(PART_OF_MATCH.search(text) for text in texts):
        return False
    words = {match[0].lower() for text in texts for match in _words_of_matches().finditer(text)}
    return len(words) >= MIN_WORDS_OF_MATCH


@cache
def _words_of_matches() -> re.Pattern:
    """Return a pattern for words of reports on matches: "touchdown"."""
    return re.compile(rf"\b{either(read_words('en/time/match_words'))}\b", re.IGNORECASE)


# Text after a month that makes it a date even after a capitalised word: "Festival May 2019".
NUMBER_FOLLOWS = re.compile(r"\s+\d|,\s+\d{4}")

LAST_NAME_FOLLOWS = re.compile(r"\s+([A-Z][a-z]+)\b")


@cache
def _title_before() -> re.Pattern:
    """Return a pattern for a title at the end, with or without a first name: "Mrs", "Mrs Tessa"."""
    titles = either(read_words("en/names/titles"))
    return re.compile(rf"\b(?i:{titles})\.?\s+(?:[A-Z][\w.]*\s+)?$")


@cache
def _any_month() -> re.Pattern:
    """Return a pattern for a month with a capital, full names only."""
    months = either(word.capitalize() for word in word_values("month"))
    return re.compile(rf"\b(?=[A-Z]){months}\b")  # tried at capitals only


def _months_in_names(text: str) -> Iterable[str]:
    """Yield the months of a text that are part of a name: Mrs May, Tessa May, April Lund."""
    for month in _any_month().finditer(text):
        before = text[max(0, month.start() - CONTEXT_WIDTH) : month.start()]
        if NUMBER_FOLLOWS.match(text, month.end()):
            continue
        first_name = CAPITALISED_WORD_BEFORE.search(before)
        is_surname = bool(first_name) and not _is_opener_or_date(first_name[1])
        if is_surname or _title_before().search(before) or _is_given_name(text, month, before):
            yield month[0].lower()


def _is_opener_or_date(word: str) -> bool:
    """Return whether a capitalised word before a month is not a name: "In May", "Tuesday May"."""
    return word.lower() in _not_first_names()


@cache
def _not_first_names() -> frozenset[str]:
    """Return words that appear before a month without making a name of it: "On May", "Late May"."""
    words = {*read_words("en/text/stopwords"), *read_words("en/text/sentence_starters")}
    for kind in ("month", "weekday", "season", "mod", "direction", "tense"):
        words.update(word_values(kind))
    return frozenset(words)


def _is_given_name(text: str, month: re.Match, before: str) -> bool:
    """Return whether "April Lund" is a person; not "in April Lund", nor "April Monday"."""
    last_name = LAST_NAME_FOLLOWS.match(text, month.end())
    if not last_name or _is_opener_or_date(last_name[1]):
        return False
    is_month = context("opens_month", "before").search(before)
    is_month = is_month or context("month_joined", "before").search(before)
    is_ambiguous = month[0].lower() in AMBIGUOUS_MONTHS  # "March Lund" may open a headline
    return not is_month and not is_ambiguous


# --- one expression -------------------------------------------------------------------------------


def is_other_sense(expression: Expression, habits: Habits) -> bool:
    """Return whether an expression is not a time but a name, a number or another word.

    Parameters
    ----------
    expression : Expression
    habits : Habits
        Of the article.

    Returns
    -------
    bool

    Examples
    --------
    >>> text = "She paid in 1988 for 1988 metres of rope."
    >>> first, second = (
    ...     Expression("year", "1988", text, start, start + 4) for start in (12, 21)
    ... )
    >>> is_other_sense(first, Habits()), is_other_sense(second, Habits())
    (False, True)
    """
    words = expression.words
    if expression.kind == "month":
        return words in word_values("month") and _is_name(expression, habits)
    if expression.kind == "year":
        digits = re.search(r"\d{4}$", words)
        return bool(digits) and _is_number(expression, int(digits[0]))
    if expression.kind in ("holiday", "weekday") and expression.followed_by("name_of_holiday"):
        return True  # "the Good Friday Agreement", "the Monday Club"
    if expression.kind == "weekday":
        is_quoted_name = expression.preceded_by("name_in_quotes") and bool(  # “Silent Sunday”
            expression.followed_by("quote_ends")
        )
        return is_quoted_name or _is_named_after_weekday(expression)
    if expression.kind == "decade":
        return expression.preceded_by("no_decade")
    if expression.has("weekend"):  # "the weekend of May 6"
        return bool(expression.followed_by("weekend_of"))
    if expression.has("last_day"):  # "the last day of the trial"
        return bool(expression.followed_by("part_of_event"))
    if expression.kind == "quarter" and habits.is_on_match:
        return not re.search(r"\d{4}|year", words)
    if expression.kind in ("numeric", "day_of_month"):
        return expression.preceded_by("no_date")
    # "the fall of Rome"
    return expression.has("fall") and bool(expression.followed_by("no_season"))


def _is_name(expression: Expression, habits: Habits) -> bool:
    """Return whether a month without a day or a year is the name of a person, or another word."""
    month = expression.words
    if expression.followed_by("family"):  # "the June family"
        return True
    is_joined_before = expression.preceded_by("month_joined")  # "April and May"
    is_joined_after = bool(expression.followed_by("month_joined"))  # "May, June"
    if month in habits.names:
        if expression.followed_by("month_range"):  # "from May to July"
            return False
        is_after_month = is_joined_before or expression.preceded_by("month_before_comma")
        if is_after_month and is_joined_after:  # "April, May and June"
            return False
        return expression.preceded_by("trust") or not expression.preceded_by("opens_month_surely")
    if is_joined_before or is_joined_after:
        return False
    if month in AMBIGUOUS_MONTHS:
        return not expression.preceded_by("opens_month")
    speaks = expression.followed_by("speaks")  # "April said"
    return bool(speaks) and not expression.preceded_by("opens_month")


def _is_named_after_weekday(expression: Expression) -> bool:
    """Return whether a weekday that opens a sentence is a person: "Sunday Okoro said".

    After a first name, too ("Joe Friday retired"), but only there: elsewhere, a name and a weekday
    are mostly who and when ("voters chose Joe Monday").
    """
    before = expression.text[max(0, expression.start - CONTEXT_WIDTH) : expression.start]
    words_before = SENTENCE_END.split(before)[-1].split()
    if not words_before and expression.words in word_values("weekday"):
        surname = expression.followed_by("surname_and_verb")
        return bool(surname) and not _is_opener_or_date(surname[0].split()[0])
    first_names = words_of("en/names/first_names", "name")
    is_after_first_name = len(words_before) == 1 and fold(words_before[0]) in first_names
    return is_after_first_name and bool(expression.followed_by("verb_of_person"))


def _is_number(expression: Expression, number: int) -> bool:
    """Return whether four digits count something ("1850 drivers") or name it ("Flight 1950")."""
    if expression.has("named_year"):  # "the year 2150"
        return False
    if number >= FIRST_FAR_YEAR and not expression.preceded_by("opens_far_year"):
        return True
    if not expression.words.isdigit():  # "early 2010", "the beginning of 2010"
        return False
    if _is_title(expression):
        return True
    if number >= FIRST_YEAR_OF_NAMES and _follows_name(expression):
        return True
    if _names_thing(expression) or expression.preceded_by("no_year"):
        return True
    if expression.followed_by("no_year"):
        return True
    opens_year = expression.preceded_by("opens_year") and number in LIKELY_YEARS
    if expression.followed_by("counted") and not opens_year:
        return True
    # "sold 1950 tickets", but "reported 1988 earnings", which are those of a year
    is_object = expression.preceded_by("counts") and expression.followed_by("counted_object")
    return bool(is_object) and not expression.followed_by("of_year")


def _follows_name(expression: Expression) -> bool:
    """Return whether a capitalised word directly precedes that can be part of a name."""
    before = expression.text[max(0, expression.start - CONTEXT_WIDTH) : expression.start]
    word = CAPITALISED_WORD_BEFORE.search(before)
    return bool(word) and not _is_opener_or_date(word[1])


def _names_thing(expression: Expression) -> bool:
    """Return whether a number follows the thing that it names: "Flight 1950", "room 1984"."""
    before = expression.text[max(0, expression.start - CONTEXT_WIDTH) : expression.start]
    return bool(_thing_with_number().search(before))


@cache
def _thing_with_number() -> re.Pattern:
    """Return a pattern for a word before a number that names a thing; "no" only with its stop."""
    names = [word for word in read_words("en/numbers/number_names") if word not in ("no", "aged")]
    return re.compile(rf"\b{either(names)}\s+$|\bNo\.\s*$", re.IGNORECASE)


def _is_title(expression: Expression) -> bool:
    """Return whether a number is the title of a book or film: “1984”, Bell's 1984."""
    text = expression.text
    before = text[max(0, expression.start - 2) : expression.start]
    after = text[expression.end : expression.end + 2]
    if before[-1:] in tuple("“\"‘'") and after[:1] in tuple("”\"’',"):
        return True
    return bool(expression.preceded_by("owner") and expression.followed_by("no_noun"))
