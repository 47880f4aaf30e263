"""Time expressions as TIMEX3: runs patterns, interpret and normalize over every passage."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from clippings.core.cache import cacheable
from clippings.core.errors import BadInput
from clippings.core.finders import needs_word_lists, reads_plain_text
from clippings.core.progress import in_turn
from clippings.core.tables import by_article, make_table, span_row
from clippings.core.text_marks import blank_marks
from clippings.timeline.interpret import Expression, interpret, valid_date
from clippings.timeline.normalize import Resolver
from clippings.timeline.patterns import context, find_matches
from clippings.timeline.timex import Timex

MODES = ("news", "narrative")

# Years that a range with two digits can span: "1939-45" is one, "2016-99" is not.
MAX_YEARS_OF_RANGE = 60

# The first day of "6-7 February" or "the 6th and 7th of February".
FIRST_DAY = re.compile(
    r"""
    (?P<words>(?:the\s+)?(?P<day>\d+)\w*)   # "the 6th"
    \s*(?:[-–]|and|to)\s*                   # "and"
    (?=\d)                                  # "7th of February"
    """,
    re.IGNORECASE | re.VERBOSE,
)

# A further number after a day or a year: "April 24 and 25", "1939-45". What stands between is in
# the lexicon's contexts.
FURTHER_NUMBER = re.compile(r"(\d+)(?:st|nd|rd|th)?")
LINK_TO_FURTHER_NUMBER = {"month_day": "second_day", "year": "second_year"}


class FoundTime(NamedTuple):
    """A time expression in a passage, before its value is resolved."""

    start: int
    end: int
    kind: str
    timex: Timex


@cacheable
@needs_word_lists
@reads_plain_text
def find_times(
    passages: pd.DataFrame, articles: pd.DataFrame, *, mode: str = "news"
) -> pd.DataFrame:
    """Find time expressions: dates, clock times, durations and sets, and words such as "now".

    Parameters
    ----------
    passages : pandas.DataFrame
        As a rule those of the story.
    articles : pandas.DataFrame
        Where an article's publication date is one known day, values are filled in from it.
    mode : {"news", "narrative"}
        "news" counts days from the day of writing, "narrative" from the date mentioned last
        (histories, biographies).

    Returns
    -------
    pandas.DataFrame
        times, one row per expression, sorted by article and place:

        - label: the TIMEX3 type, DATE, TIME, DURATION or SET.
        - value: the TIMEX3 value; X stands for what is not known ("XXXX-WXX-4", a Thursday).
        - mod: TIMEX3 MOD (START, MID, END, APPROX, MORE_THAN, LESS_THAN, EQUAL_OR_MORE,
          EQUAL_OR_LESS).
        - anchor: absolute (the words are a complete date), written (the day of writing) or
          mentioned (the date mentioned last).
        - unit: what is counted from the anchor: D, W, M, Y, weekday …
        - amount: how many units; missing if that is open.
        - direction: past, future or none; of an absolute date as the words around it say.
        - rule: the kind of the expression in lexicon/en/time/patterns.

    Raises
    ------
    BadInput
        If mode is neither "news" nor "narrative".

    Notes
    -----
    Not found: dates given by an event ("the day of the battle"), whose fiscal year is meant, and
    moving feasts such as Easter.

    References
    ----------
    TIMEX3 of ISO-TimeML (ISO 24617-1).

    Examples
    --------
    >>> import clippings as cl
    >>> articles, _ = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> times = cl.find_times(passages[passages.label == "body"], articles)
    >>> times[["text", "label", "value", "direction", "rule"]].head(4)
                    text     label          value direction       rule
    0  the past two days  DURATION            P2D      past       span
    1            Tuesday      DATE     XXXX-WXX-2      past    weekday
    2         the spring      DATE        XXXX-SP      past       unit
    3    Tuesday evening      TIME  XXXX-WXX-2TEV      past  clock_day
    """
    if mode not in MODES:
        raise BadInput(f'mode {mode!r} is not known: use "news" or "narrative"')
    written = _days_of_writing(articles)
    rows = []
    for article, article_passages in in_turn(by_article(passages).items(), "times"):
        resolver = Resolver(written.get(article, ""), mode)
        for passage in article_passages:
            for time in _find_in_text(blank_marks(passage.text)):
                timex = resolver.resolve(time.timex)
                columns = {
                    "label": timex.type,
                    "value": timex.value,
                    "mod": timex.mod,
                    "anchor": timex.anchor,
                    "unit": timex.unit,
                    "amount": timex.amount,
                    "direction": timex.direction,
                    "rule": time.kind,
                }
                rows.append(span_row(passage, time.start, time.end, **columns))
    return make_table("times", rows)


def _days_of_writing(articles: pd.DataFrame) -> dict[str, str]:
    """The publication date of each article for which it is one known day."""
    is_one_day = articles.published_from == articles.published_to  # not so if both are missing
    dated = articles[is_one_day]
    return {row.article: f"{row.published_from:%Y-%m-%d}" for row in dated.itertuples()}


def _find_in_text(text: str) -> Iterator[FoundTime]:
    """Each time expression; of "6-7 February", "April 24 and 25" and "1939-45" each of the two."""
    for kind, match in find_matches(text):
        words = " ".join(match[0].lower().split())
        start, end = match.span()
        timex = interpret(Expression(kind, words, text, start, end))
        if timex is None or not timex.value:
            continue
        first_day = FIRST_DAY.match(match[0]) if kind == "day_month" else None
        if first_day:
            value = valid_date(f"{timex.value[:-2]}{int(first_day['day']):02d}")
            if value:
                end_of_first = start + first_day.end("words")
                yield FoundTime(start, end_of_first, kind, timex._replace(value=value))
            start += first_day.end()
        yield FoundTime(start, end, kind, timex)
        if kind in LINK_TO_FURTHER_NUMBER:
            yield from _further_numbers(text, end, kind, timex)


def _further_numbers(text: str, end: int, kind: str, timex: Timex) -> Iterator[FoundTime]:
    """Further days ("June 29, 30 and 31"), or the second year of a range ("1939-45")."""
    link = context(LINK_TO_FURTHER_NUMBER[kind], "after")
    while link_match := link.match(text, end):
        number = FURTHER_NUMBER.match(text, link_match.end())
        if not number:
            return
        digits = number[1].zfill(2)
        value = valid_date(timex.value[: -len(digits)] + digits)  # 1939 and 45: 1945
        if kind == "year" and len(digits) == 2 and value.isdigit():
            first_year = int(timex.value)
            years = (int(value) - first_year) % 100  # 1999-00 ends in 2000
            value = str(first_year + years) if 0 < years < MAX_YEARS_OF_RANGE else ""
        if not value:
            return
        end = number.end()
        yield FoundTime(number.start(1), end, kind, timex._replace(value=value))
