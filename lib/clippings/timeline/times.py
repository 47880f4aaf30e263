"""Find time expressions as TIMEX3 by running patterns, interpret and normalize."""

import re

import pandas as pd

from clippings.core.cache import cacheable
from clippings.core.errors import BadInput
from clippings.core.finders import needs_word_lists, reads_plain_text
from clippings.core.progress import in_turn
from clippings.core.tables import by_article, make_table, span_row
from clippings.core.text_marks import blank_marks
from clippings.timeline.expression import Expression
from clippings.timeline.interpret import interpret
from clippings.timeline.normalize import Resolver
from clippings.timeline.other_senses import Habits, read_habits
from clippings.timeline.patterns import find_matches
from clippings.timeline.sequences import FoundTime, share_years, split_days

MODES = ("news", "narrative")

# Addresses contain numbers and words that are not times: post.example/2019/03/16,
# desk2019@post.example.
ADDRESS = re.compile(
    r"""
      (?:https?://|www\.)[^\s<>\]]+    # https://post.example/2019
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+    # desk2019@post.example
    | \b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/[^\s<>\]]*   # post.example/2019/03
    """,
    re.VERBOSE,
)

# Characters that every address contains: checking for them is faster than searching for addresses.
SIGNS_OF_ADDRESS = ("/", "@", "www.")


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
        The passages to search, usually those of the article text.
    articles : pandas.DataFrame
        The articles. If an article's publication date is a single known day, it is the anchor of
        relative expressions.
    mode : {"news", "narrative"}
        "news" counts from the day of writing, "narrative" (for histories and biographies) from the
        last date mentioned.

    Returns
    -------
    pandas.DataFrame
        The table times: one row per expression, sorted by article and position.

        - label: the TIMEX3 type: DATE, TIME, DURATION or SET.
        - value: the TIMEX3 value; X marks unknown parts ("XXXX-WXX-4", a Thursday).
        - mod: TIMEX3 MOD (START, MID, END, APPROX, MORE_THAN, LESS_THAN, EQUAL_OR_MORE,
          EQUAL_OR_LESS).
        - anchor: the starting point: absolute (none, the words are a complete date), written (the
          day of writing) or mentioned (the last date mentioned).
        - unit: the unit counted from the anchor: D, W, M, Y, weekday …
        - amount: the number of units; missing if the text does not state it.
        - direction: past, future or none; for an absolute date, derived from the surrounding words.
        - rule: the kind of the expression in lexicon/en/time/patterns.

    Raises
    ------
    BadInput
        If `mode` is neither "news" nor "narrative".

    Notes
    -----
    Not found: dates defined by an event ("the day of the battle"), the company or country to which
    a fiscal year belongs, holidays of non-Western calendars, and single months that are also the
    name of a person in the article, unless they follow a word such as "in" or "since".

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
        raise BadInput(f'unknown mode {mode!r}: use "news" or "narrative"')
    written = _days_of_writing(articles)
    rows = []
    for article, article_passages in in_turn(by_article(passages).items(), "times"):
        resolver = Resolver(written.get(article, ""), mode)
        habits = read_habits(passage.text for passage in article_passages)
        for passage in article_passages:
            for time in _find_in_text(blank_marks(passage.text), habits):
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
    """Return the publication date of each article for which it is a single known day."""
    is_one_day = articles.published_from == articles.published_to  # not so if both are missing
    dated = articles[is_one_day]
    return {row.article: f"{row.published_from:%Y-%m-%d}" for row in dated.itertuples()}


def _find_in_text(text: str, habits: Habits) -> list[FoundTime]:
    """Find time expressions; "6-7 February", "April 24 and 25" and "1939-45" are two each."""
    addresses = _addresses(text)
    times: list[FoundTime] = []
    end_of_last = 0
    for kind, match in find_matches(text):
        start, end = match.span()
        is_in_address = any(first <= start < last for first, last in addresses)
        if start < end_of_last or is_in_address:
            continue
        words = " ".join(match[0].lower().split())
        timex = interpret(Expression(kind, words, text, start, end), habits)
        if timex is None or not timex.value:
            continue
        times += split_days(text, FoundTime(start, end, kind, timex))
        end_of_last = times[-1].end if times else 0
    return share_years(text, times)


def _addresses(text: str) -> list[tuple[int, int]]:
    """Find web and email addresses."""
    if not any(sign in text for sign in SIGNS_OF_ADDRESS):
        return []
    return [address.span() for address in ADDRESS.finditer(text)]
