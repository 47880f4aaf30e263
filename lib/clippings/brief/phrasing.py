"""Fill the templates of the brief with numbers and nouns, lists, dates and names of events."""

import re
from numbers import Integral
from string import Formatter

import pandas as pd

from clippings.brief.templates import NOUNS_WITHOUT_PLURAL, PHRASES
from clippings.core.wording import join_and, place_phrase

# Most newspapers spell out numbers below ten.
SPELLED_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

# At the beginning of a sentence, they spell out larger numbers as well.
SPELLED_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen")
SPELLED_TEENS += ("fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
SPELLED_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
VOWELS = "aeiou"

# A number at the beginning of a sentence
FIRST_NUMBER = re.compile(r"\A\d[\d,]*(?= )")


class _CountingFormatter(Formatter):
    """Formats whole numbers with a singular or plural form; see templates.py."""

    def format_field(self, value, format_spec: str) -> str:
        if isinstance(value, Integral) and format_spec:
            return choose_form(int(value), format_spec)
        return super().format_field(value, format_spec)


def choose_form(number: int, forms: str) -> str:
    """Choose the singular or plural form for a number.

    Parameters
    ----------
    number : int
        The number.
    forms : str
        The singular and plural forms separated by a bar, or only the singular if the plural is
        formed by adding an s. `#` represents the number; "#" alone is the number without a noun.

    Returns
    -------
    str
        The form with the number, which is spelled out if it is below ten.

    Examples
    --------
    >>> choose_form(1, "# article"), choose_form(2_000, "# article"), choose_form(3, "is|are")
    ('one article', '2,000 articles', 'are')
    """
    singular, _, plural = forms.partition("|")
    if not plural:
        is_number_alone = singular == "#"
        plural = singular if is_number_alone else f"{singular}s"
    form = singular if number == 1 else plural
    return form.replace("#", number_in_words(number))


def number_in_words(number: int) -> str:
    """Spell out a number below ten, or write a larger number in figures.

    Parameters
    ----------
    number : int
        A whole number, 0 or more.

    Returns
    -------
    str
        The number, with thousands separated by commas.

    Examples
    --------
    >>> number_in_words(7), number_in_words(58), number_in_words(12_000)
    ('seven', '58', '12,000')
    """
    return SPELLED_NUMBERS[number] if number < len(SPELLED_NUMBERS) else f"{number:,}"


def fill(template: str, /, **fields) -> str:
    """Fill the fields of a template.

    Parameters
    ----------
    template : str
        A template from templates.py.
    **fields
        The value of each field: text, or a whole number if the template chooses between a singular
        and a plural.

    Returns
    -------
    str
        The text.

    Raises
    ------
    KeyError
        If a field of the template is missing. Pass a value for it.

    Examples
    --------
    >>> fill("{articles:# article has|# articles have} no date.", articles=2)
    'two articles have no date.'
    """
    # Most templates contain only text, for which `str.format` does the same ten times as fast.
    if all(isinstance(value, str) for value in fields.values()):
        return template.format(**fields)
    return _CountingFormatter().format(template, **fields)


def fill_sentence(template: str, /, **fields) -> str:
    """Fill a template, capitalise its first letter and spell out a number at its beginning.

    Parameters
    ----------
    template : str
        A template from templates.py.
    **fields
        As for `fill`.

    Returns
    -------
    str
        The sentence.

    Examples
    --------
    >>> fill_sentence("{articles:# article has|# articles have} no date.", articles=2)
    'Two articles have no date.'
    >>> fill_sentence("{articles:# article has|# articles have} no date.", articles=42)
    'Forty-two articles have no date.'
    >>> fill_sentence("It comes from {firm}.", firm="Lund Motors Inc.")
    'It comes from Lund Motors Inc.'
    """
    text = fill(template, **fields)
    # An abbreviation at the end has its own full stop.
    if text.endswith("..") and not text.endswith("..."):
        text = text[:-1]
    text = FIRST_NUMBER.sub(lambda match: _first_number(match[0]), text)
    return text[:1].upper() + text[1:]


def _first_number(figures: str) -> str:
    """Write a number of ten or more so that a sentence can begin with it."""
    number = int(figures.replace(",", ""))
    if number >= 100:
        return fill(PHRASES["number.first"], number=figures)
    tens, ones = divmod(number, 10)
    if tens == 1:
        return SPELLED_TEENS[ones]
    spelled = SPELLED_TENS[tens - 2]
    return f"{spelled}-{SPELLED_NUMBERS[ones]}" if ones else spelled


def readable(code: str) -> str:
    """Convert a codebook code, such as a theme or a kind of event, to words.

    Parameters
    ----------
    code : str
        A code whose words are joined by underscores.

    Returns
    -------
    str
        The words.

    Examples
    --------
    >>> readable("change_of_control")
    'change of control'
    """
    return code.replace("_", " ")


def plural(noun: str) -> str:
    """Return the plural of a noun for an event.

    Parameters
    ----------
    noun : str
        A noun, or an adjective and a noun.

    Returns
    -------
    str
        The plural, or "" if the noun has none or is a plural already.

    Examples
    --------
    >>> plural("signing"), plural("victory"), plural("clash"), plural("severe weather")
    ('signings', 'victories', 'clashes', '')
    """
    last_word = noun.split()[-1]
    # "Loss" and "virus" are singulars, but "airstrikes" is a plural.
    is_plural = last_word.endswith("s") and not last_word.endswith(("ss", "us"))
    if is_plural or last_word in NOUNS_WITHOUT_PLURAL:
        return ""
    if last_word.endswith(("s", "x", "z", "ch", "sh")):
        return f"{noun}es"
    if last_word.endswith("y") and last_word[-2] not in VOWELS:
        return f"{noun[:-1]}ies"
    return f"{noun}s"


def event_in_words(kind: str, place: str, *, definite: bool = True) -> str:
    """Describe an event by its kind and place.

    Parameters
    ----------
    kind, place : str
        The values of these columns of claims; the place may be "".
    definite : bool
        Whether the name begins with "the".

    Returns
    -------
    str
        The name.

    Examples
    --------
    >>> event_in_words("breach", "Ostrand"), event_in_words("change_of_control", "", definite=False)
    ('the breach in Ostrand', 'change of control')
    """
    if definite:
        name = "event.place" if place else "event"
    else:
        name = "event.bare_place" if place else "event.bare"
    return fill(PHRASES[name], kind=readable(kind), place=place_phrase(place))


def list_first(names: list[str], most: int, number: int) -> str:
    """List the first few of many names and count the rest, unless it is a single known one.

    Parameters
    ----------
    names : list of str
        Names, at least the first `most`.
    most : int
        Maximum number of names to show.
    number : int
        Total number of names.

    Returns
    -------
    str
        The list.

    Examples
    --------
    >>> list_first(["Ostrand", "Tolmere", "Sala"], 2, 14)
    'Ostrand, Tolmere and 12 more'
    """
    if len(names) == number == most + 1:
        return join_and(names)
    shown = names[:most]
    if number > most:
        shown = [*shown, fill(PHRASES["others"], number=number - most)]
    return join_and(shown)


def dates_in_words(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Describe a range of dates in words.

    Parameters
    ----------
    first, last : pandas.Timestamp
        First and last date; NaT if the range is open at that end.

    Returns
    -------
    str
        The range with a preposition, without repeating a month or year; "" if both ends are open.

    Examples
    --------
    >>> dates_in_words(pd.Timestamp("2021-03-03"), pd.Timestamp("2021-03-07"))
    'between 3 and 7 March 2021'
    >>> dates_in_words(pd.Timestamp("2021-03-03"), pd.Timestamp("2021-03-04"))
    'on 3 or 4 March 2021'
    >>> dates_in_words(pd.Timestamp("2021-03-01"), pd.Timestamp("2021-03-31"))
    'in March 2021'
    >>> dates_in_words(pd.NaT, pd.Timestamp("2021-04-18"))
    'on or before 18 April 2021'
    """
    if pd.isna(first) and pd.isna(last):
        return ""
    if pd.isna(last):
        return fill(PHRASES["dates.from"], first=_date(first))
    if pd.isna(first):
        return fill(PHRASES["dates.until"], last=_date(last))
    if first == last:
        return fill(PHRASES["dates.day"], first=_date(first))
    is_next_day = last - first == pd.Timedelta(days=1)

    if first.is_year_start and last.is_year_end:
        return _period(f"{first.year}", f"{last.year}", last.year - first.year)
    if first.is_month_start and last.is_month_end:
        is_same_year = first.year == last.year
        months = 12 * (last.year - first.year) + last.month - first.month
        start = first.month_name() if is_same_year and months else _month(first)
        return _period(start, _month(last), months)

    start = _date(first)
    if first.year == last.year:
        start = f"{first.day} {first.month_name()}"
        if first.month == last.month:
            start = f"{first.day}"
    name = "dates.two_days" if is_next_day else "dates.between"
    return fill(PHRASES[name], first=start, last=_date(last))


def either_day(first: pd.Timestamp, second: pd.Timestamp) -> str:
    """Name two days of which one is right.

    Parameters
    ----------
    first, second : pandas.Timestamp
        The days.

    Returns
    -------
    str
        The days with their preposition.

    Examples
    --------
    >>> either_day(pd.Timestamp("2009-02-03"), pd.Timestamp("2009-03-02"))
    'on 3 February or 2 March 2009'
    """
    start = f"{first.day} {first.month_name()}" if first.year == second.year else _date(first)
    return fill(PHRASES["dates.two_days"], first=start, last=_date(second))


def _period(first: str, last: str, distance: int) -> str:
    """Describe a range of whole months or years, which may be a single month or year."""
    names = {0: "dates.period", 1: "dates.two_periods"}
    return fill(PHRASES[names.get(distance, "dates.between")], first=first, last=last)


def _date(date: pd.Timestamp) -> str:
    """Write a date with its month in words."""
    return f"{date.day} {date.month_name()} {date.year}"


def _month(date: pd.Timestamp) -> str:
    """Write the month and year of a date."""
    return f"{date.month_name()} {date.year}"
