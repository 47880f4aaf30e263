"""The numbers for the small charts beside the summary of the brief."""

from typing import NamedTuple

import pandas as pd

from clippings.brief.findings import Findings, rank
from clippings.brief.phrasing import readable
from clippings.brief.prominence import count_prominence, names_of_types, without_parts
from clippings.brief.sections.overview import ACTOR_TYPES
from clippings.brief.sections.themes import articles_of_topics
from clippings.core.tables import cite
from clippings.corpus.counts import count_words
from clippings.repeats.copies import is_counted

# Bars per chart. More would need a full chart, which the notebooks have.
MAX_BARS = 6

# A chart of fewer bars compares nothing.
MIN_BARS = 2

# The longest ranges of publication dates, in days, that are counted by day and by month.
MAX_DAYS_BY_DAY = 10
MAX_DAYS_BY_MONTH = 366
MAX_PERIODS = 12
PANDAS_UNITS = {"days": "D", "months": "M", "years": "Y"}


class Bar(NamedTuple):
    """A row of the table: a bar of a small chart, and the rows of a table that it counts."""

    chart: str
    label: str
    number: int
    table: str
    rows: str  # index values, separated by spaces


def count_highlights(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Count what the articles mention, whom they quote, and when they were published.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        Tables of `find_all`.

    Returns
    -------
    pandas.DataFrame
        One row per bar of a small chart, in the order in which they are drawn:

        - `chart`: `actors` (people, organisations and groups, by number of articles), `themes` or,
          without themes, `topics` (by number of articles), `speakers` (named, by number of words)
          or `days`, `months` or `years` (of publication, by number of articles)
        - `label`, `number`: the bar
        - `table`, `rows`: the rows that are counted, as index values separated by spaces

    Raises
    ------
    KeyError
        If a table is missing: pass all tables of `find_all`.

    Notes
    -----
    Duplicates are not counted. A chart with fewer than two bars is left out. Only articles whose
    date of publication is known to the day are counted by date; days, months and years without
    articles are left out.

    Examples
    --------
    >>> import clippings as cl
    >>> highlights = cl.count_highlights(cl.find_all(*cl.load_example()))
    >>> highlights[highlights.chart == "themes"][["label", "number"]].head(2)
             label  number
    6   evacuation       5
    7  river level       5
    """
    findings = Findings(tables)
    bars: list[Bar] = []
    if not findings.articles.empty:
        for count_bars in (_actors, _themes, _speakers, _dates):
            bars_of_chart = count_bars(findings)
            if len(bars_of_chart) >= MIN_BARS:
                bars += bars_of_chart
    return pd.DataFrame(bars, columns=list(Bar._fields)).astype({"number": "int64"})


def _bar(chart: str, label: str, number: int, table: str, rows: pd.Index) -> Bar:
    """Return a bar that counts the rows of a table with this index."""
    return Bar(chart, label, int(number), table, cite(rows))


def _actors(findings: Findings) -> list[Bar]:
    """Count the articles that mention each of the most frequent actors."""
    mentions = findings["mentions"]
    is_read = mentions.article.isin(findings.articles.article)
    actors = names_of_types(mentions[is_counted(mentions) & is_read], ACTOR_TYPES)
    counts = count_prominence(actors, findings.articles).set_index("label").articles
    return [
        _bar("actors", name, counts[name], "mentions", actors.index[actors.label == name])
        for name in without_parts(counts.index.tolist())[:MAX_BARS]
    ]


def _themes(findings: Findings) -> list[Bar]:
    """Count the articles on each of the most widespread themes or, without any, topics."""
    themes = findings["themes"]
    themes = themes[is_counted(themes) & (themes.side != "against")]
    if themes.empty:
        topics = findings["topics"]
        articles = articles_of_topics(topics)
        return [
            _bar("topics", topic, articles[topic], "topics", topics.index[topics.label == topic])
            for topic in articles.index[:MAX_BARS]
        ]
    articles = themes.groupby("label").article.nunique()
    widest = rank(articles)[:MAX_BARS]
    rows_of = {theme: themes.index[themes.label == theme] for theme in widest}
    return [
        _bar("themes", readable(theme), articles[theme], "themes", rows_of[theme])
        for theme in widest
    ]


def _speakers(findings: Findings) -> list[Bar]:
    """Count the words of each of the named speakers who are quoted most."""
    quotes = findings["quotes"]
    named = quotes[is_counted(quotes) & ~quotes.article.isin(findings.near_copies)]
    named = named[named.label != ""]
    words = count_words(named, by=["label"]).set_index("label").words
    return [
        _bar("speakers", name, words[name], "quotes", named.index[named.label == name])
        for name in rank(words)[:MAX_BARS]
    ]


def _dates(findings: Findings) -> list[Bar]:
    """Count the articles by day, month or year of publication."""
    articles = findings.articles
    dated = articles[articles.published_from.notna()]
    dated = dated[dated.published_from == dated.published_to]
    if dated.empty:
        return []
    days = (dated.published_from.max() - dated.published_from.min()).days
    if days <= MAX_DAYS_BY_DAY:
        chart = "days"
    elif days <= MAX_DAYS_BY_MONTH:
        chart = "months"
    else:
        chart = "years"
    periods = dated.published_from.dt.to_period(PANDAS_UNITS[chart])
    rows_of = {period: dated.index[periods == period] for period in sorted(periods.unique())}
    if len(rows_of) > MAX_PERIODS:
        return []
    return [
        _bar(chart, str(period), len(rows), "articles", rows) for period, rows in rows_of.items()
    ]
