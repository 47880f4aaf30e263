"""Small charts beside the summary of the brief."""

import re
from typing import NamedTuple

import pandas as pd

from clippings.core.tables import cite, cited
from clippings.show import wording
from clippings.show.evidence import Sentence, sentence_with_passages
from clippings.show.html import HtmlView, render

# The width of the longest bar in percent of its cell; the rest is left for the number.
LONGEST_BAR = 75

_MONTH = re.compile(r"(\d{4})-(\d\d)")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


class Bar(NamedTuple):
    """A bar with its name and its length."""

    name: str
    number: str
    percent: int


class SmallChart(NamedTuple):
    """A chart of a few bars, and the passages that it counts."""

    heading: str
    bars: list[Bar]
    evidence: Sentence


def show_highlights(
    highlights: pd.DataFrame, tables: dict[str, pd.DataFrame], *, n: int = 6
) -> HtmlView:
    """Show small charts of what the articles mention and whom they quote, and of their dates.

    Parameters
    ----------
    highlights : pandas.DataFrame
        The result of `count_highlights`.
    tables : dict of str to pandas.DataFrame
        The tables of `find_all`.
    n : int, default 6
        The number of passages to list below a chart; bars alternate.

    Returns
    -------
    HtmlView
        The charts side by side, each with the first passages that it counts.

    Raises
    ------
    KeyError
        If a chart cites a table that is not in `tables`.

    Examples
    --------
    >>> import clippings as cl
    >>> tables = cl.find_all(*cl.load_example())
    >>> charts = cl.show_highlights(cl.count_highlights(tables), tables)
    >>> charts.plain.splitlines()[:2]
    ['Most mentioned (articles)', '  River Lenn Authority: 6']
    """
    charts = [
        _small_chart(chart, rows, tables, n)
        for chart, rows in highlights.groupby("chart", sort=False)
    ]
    plain = []
    for chart in charts:
        plain.append(chart.heading)
        plain += [f"  {bar.name}: {bar.number}" for bar in chart.bars]
    return HtmlView(render("highlights", charts=charts), "\n".join(plain))


def _small_chart(
    chart: str, rows: pd.DataFrame, tables: dict[str, pd.DataFrame], n: int
) -> SmallChart:
    """Return a chart with its bars and the passages that it counts."""
    largest = max(rows.number.max(), 1)
    bars = [
        Bar(_name_of(row.label), f"{row.number:,}", round(LONGEST_BAR * row.number / largest))
        for row in rows.itertuples()
    ]
    counted = cite(number for cell in rows["rows"] for number in cited(cell))
    evidence = sentence_with_passages("", rows.table.iloc[0], counted, tables, n)
    return SmallChart(wording.HIGHLIGHTS[chart], bars, evidence)


def _name_of(label: str) -> str:
    """Return the name of a bar; days and months are written in words."""
    if day := _DAY.fullmatch(label):
        month = wording.MONTHS[int(day[2]) - 1]
        return f"{wording.DAY_OF_MONTH.format(day=int(day[3]), month=month)} {day[1]}"
    if month := _MONTH.fullmatch(label):
        return f"{wording.MONTHS[int(month[2]) - 1]} {month[1]}"
    return label
