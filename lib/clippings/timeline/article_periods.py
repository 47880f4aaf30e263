"""Determine the period to which each article belongs, and how certain this is.

An article belongs *certainly* to a period if the whole range of its certain dates lies within it.
It *possibly* belongs to several periods if its range, which may be only likely, touches a few of
them. All other articles are *undated*.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from clippings.core.errors import BadInput
from clippings.timeline.calendar_periods import (
    PERIODS,
    YEAR,
    calendar_days,
    first_days,
    last_days,
    period_codes,
    period_numbers,
)

CERTAIN = "certain"
POSSIBLE = "possible"
UNDATED = "undated"

# A range that touches more periods than this says too little about any of them, so that its article
# counts as undated. A month touches up to six calendar weeks.
MAX_PERIODS_OF_RANGE = 6

# What a proposed period must achieve. 62 bars can still be distinguished at the width of a report;
# they are two months of days, 14 months of weeks, or five years of months.
MAX_PROPOSED_PERIODS = 62
MIN_ARTICLES_PER_PERIOD = 2  # on average; with fewer, the chart would show single articles
MIN_SHARE_WITHIN_A_PERIOD = 0.8  # of the articles with a closed range of dates

# If the articles extend over more than MAX_PROPOSED_PERIODS, stretches of more periods than this
# without any article are left out, so that one article from 2001 (or one wrong date) does not
# squeeze those of March 2021 into a single bar.
MAX_EMPTY_PERIODS = 12
# More gaps than one before and one after the other articles mean that the period is too fine.
MAX_PROPOSED_GAPS = 2

# A chosen period must not produce more rows per label than this: eleven years of days.
MAX_PERIODS = 4000


class ArticlePeriods(NamedTuple):
    """The periods of all articles with text, as arrays in their order."""

    period: str  # its kind: one of PERIODS
    articles: pd.Index
    first: np.ndarray  # number of the first period that the article may belong to
    last: np.ndarray  # number of the last one; equal for certain articles
    is_certain: np.ndarray
    is_possible: np.ndarray  # not certain, but not undated either

    @property
    def is_undated(self) -> np.ndarray:
        """Return which articles cannot be placed."""
        return ~self.is_certain & ~self.is_possible

    @property
    def listed(self) -> np.ndarray:
        """Return the numbers of the periods to list, in order; see `_listed_periods`."""
        is_placed = self.is_certain | self.is_possible
        return _listed_periods(self.first[is_placed], self.last[is_placed])

    def positions_of(self, rows: pd.DataFrame, name: str) -> np.ndarray:
        """Return the position of each row's article; `name` is the argument in messages."""
        positions = self.articles.get_indexer(rows["article"])
        unknown = np.flatnonzero(positions < 0)
        if len(unknown):
            row = unknown[0]
            raise BadInput(
                f"{name}, row {rows.index[row]}: article {rows['article'].iloc[row]!r} is not "
                "among the articles: use the articles from which the rows were created"
            )
        return positions


class _Ranges(NamedTuple):
    """Closed ranges of days, one per article; NaT on both sides if a range is open."""

    first: np.ndarray
    last: np.ndarray

    @property
    def is_closed(self) -> np.ndarray:
        return ~np.isnat(self.first)


def place_articles(
    articles: pd.DataFrame, period: str | None, dates: pd.DataFrame | None
) -> ArticlePeriods:
    """Determine the periods of all articles.

    Parameters
    ----------
    articles : pandas.DataFrame
        The articles. Those without text are ignored.
    period : {"day", "week", "month", "year"} or None
        The kind of period; None proposes one.
    dates : pandas.DataFrame or None
        The table `dates`; without it, only `published_from` and `published_to` count.

    Returns
    -------
    ArticlePeriods

    Raises
    ------
    BadInput
        If the kind of period is unknown, if there would be more than 4,000 periods, or if an
        article is listed twice.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, _ = cl.load_example()
    >>> place_articles(articles, "month", None).is_certain.tolist()
    [False, False, True, False, False, False]
    """
    if period is not None and period not in PERIODS:
        raise BadInput(f"period is {period!r}: use 'day', 'week', 'month' or 'year'")
    articles = articles[articles.text.str.strip() != ""]
    index = pd.Index(articles.article)
    if index.has_duplicates:
        twice = index[index.duplicated()][0]
        raise BadInput(f"article {twice!r} is listed twice in the articles: keep one of its rows")

    certain = _closed_ranges(articles.published_from, articles.published_to)
    likely = certain
    if dates is not None:
        of_articles = dates[dates.label == "article"].drop_duplicates("article")
        of_articles = of_articles.set_index("article").reindex(index)
        certain = _first_closed(_closed_ranges(of_articles.earliest, of_articles.latest), certain)
        likely_ranges = _closed_ranges(of_articles.likely_earliest, of_articles.likely_latest)
        likely = _first_closed(likely_ranges, certain)

    if period is None:
        period = _propose_period(likely)
    is_certain = certain.is_closed & (_touched_periods(certain, period) == 1)
    # A certain range decides, even if a likely one inside it would be narrower.
    placing = _Ranges(
        np.where(is_certain, certain.first, likely.first),
        np.where(is_certain, certain.last, likely.last),
    )
    touched = _touched_periods(placing, period)
    placed = ArticlePeriods(
        period=period,
        articles=index,
        first=period_numbers(placing.first, period),
        last=period_numbers(placing.last, period),
        is_certain=is_certain,
        is_possible=~is_certain & placing.is_closed & (touched <= MAX_PERIODS_OF_RANGE),
    )
    _check_number_of_periods(placed)
    return placed


def _closed_ranges(first: pd.Series, last: pd.Series) -> _Ranges:
    """Return ranges of days; an open range, or one that ends before it begins, is no evidence."""
    first_day = calendar_days(first)
    last_day = calendar_days(last)
    is_closed = first_day <= last_day  # False for NaT
    missing = np.datetime64("NaT", "D")
    return _Ranges(np.where(is_closed, first_day, missing), np.where(is_closed, last_day, missing))


def _first_closed(ranges: _Ranges, others: _Ranges) -> _Ranges:
    """Return the first ranges, and the others where the first are open."""
    return _Ranges(
        np.where(ranges.is_closed, ranges.first, others.first),
        np.where(ranges.is_closed, ranges.last, others.last),
    )


def _touched_periods(ranges: _Ranges, period: str) -> np.ndarray:
    """Return how many periods each range touches; 0 for an open range."""
    touched = period_numbers(ranges.last, period) - period_numbers(ranges.first, period) + 1
    return np.where(ranges.is_closed, touched, 0)


def _listed_periods(first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Return all periods that ranges touch, and those in short gaps between them."""
    offsets = np.arange(MAX_PERIODS_OF_RANGE)
    touched = np.minimum(first[:, None] + offsets, last[:, None])
    touched = np.unique(touched)
    if not len(touched):
        return touched
    if touched[-1] - touched[0] < MAX_PROPOSED_PERIODS:
        return np.arange(touched[0], touched[-1] + 1)
    listed = [touched[:1]]
    for before, after in pairwise(touched):
        is_short_gap = after - before - 1 <= MAX_EMPTY_PERIODS
        listed.append(np.arange(before + 1 if is_short_gap else after, after + 1))
    return np.concatenate(listed)


def count_gaps(numbers: np.ndarray) -> int:
    """Return how many stretches of periods are left out.

    Parameters
    ----------
    numbers : numpy.ndarray of int64
        Numbers of the periods that are listed, in order.

    Returns
    -------
    int

    Examples
    --------
    >>> count_gaps(np.array([1, 2, 20, 21]))
    1
    """
    return int((np.diff(numbers) > 1).sum())


def _propose_period(ranges: _Ranges) -> str:
    """Propose the finest kind of period in which a chart of these articles can be read."""
    first = ranges.first[ranges.is_closed]
    last = ranges.last[ranges.is_closed]
    if not len(first):
        return YEAR

    number_of: dict[str, int] = {}  # periods that would be listed
    for period in PERIODS:
        firsts = period_numbers(first, period)
        lasts = period_numbers(last, period)
        is_placed = lasts - firsts < MAX_PERIODS_OF_RANGE
        listed = _listed_periods(firsts[is_placed], lasts[is_placed])
        is_readable = len(listed) <= MAX_PROPOSED_PERIODS and (
            count_gaps(listed) <= MAX_PROPOSED_GAPS
        )
        is_precise = np.mean(firsts == lasts) >= MIN_SHARE_WITHIN_A_PERIOD
        if is_precise and (is_readable or period == YEAR):
            number_of[period] = len(listed)
    if not number_of:
        return YEAR

    for period, number in number_of.items():
        if number > 1 and len(first) / number >= MIN_ARTICLES_PER_PERIOD:
            return period
    # There are too few articles: rather two sparse periods than a single one without a development.
    several = [period for period, number in number_of.items() if number > 1]
    return several[-1] if several else next(iter(number_of))


def _check_number_of_periods(placed: ArticlePeriods) -> None:
    """Refuse a kind of period that is much too fine for the range of dates."""
    listed = placed.listed
    if len(listed) <= MAX_PERIODS:
        return
    first = first_days(listed[:1], placed.period)[0]
    last = last_days(listed[-1:], placed.period)[0]
    coarser = PERIODS[min(PERIODS.index(placed.period) + 1, len(PERIODS) - 1)]
    raise BadInput(
        f"the articles are dated {first} to {last}, which is {len(listed):,} periods of one "
        f"{placed.period}: use period={coarser!r}, or leave out articles with wrong dates"
    )


def mark_periods(
    rows: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    period: str | None = None,
    dates: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Add a column with the period to which the article of each row belongs.

    Parameters
    ----------
    rows : pandas.DataFrame
        Any span table.
    articles : pandas.DataFrame
        All articles that were searched for the rows.
    period : {"day", "week", "month", "year"}, optional
        The kind of period. By default, the same one is proposed as by `count_periods`.
    dates : pandas.DataFrame, optional
        The table `dates`, for articles whose page does not state a publication date.

    Returns
    -------
    pandas.DataFrame
        The same rows in the same order, with the column `period` in ISO 8601: "2021-03"; for an
        article that may belong to several periods, the first and the last, "2021-03/2021-04"; and
        "undated" otherwise.

    Raises
    ------
    BadInput
        See `count_periods`.

    Notes
    -----
    The marks of `chart_periods` select their passages by this column.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> tables = cl.find_all(articles, codebook)
    >>> damage = tables["themes"].query("label == 'damage'")
    >>> marked = cl.mark_periods(damage, articles, period="month", dates=tables["dates"])
    >>> marked[["article", "period"]].drop_duplicates()
                               article           period
    11     02_levee_breach_ostrand.txt          undated
    24  03_ostrand_counts_the_cost.txt          2021-03
    39            04_tolmere_levee.txt          undated
    68              06_water_falls.txt  2021-03/2021-04
    """
    placed = place_articles(articles, period, dates)
    codes = np.full(len(placed.articles), UNDATED, dtype=object)
    codes[placed.is_certain] = period_codes(placed.first[placed.is_certain], placed.period)
    possible_first = period_codes(placed.first[placed.is_possible], placed.period)
    possible_last = period_codes(placed.last[placed.is_possible], placed.period)
    codes[placed.is_possible] = [
        range_code(*ends) for ends in zip(possible_first, possible_last, strict=True)
    ]
    positions = placed.positions_of(rows, "rows")
    return rows.assign(period=pd.Series(codes[positions], index=rows.index, dtype="str"))


def range_code(first: str, last: str) -> str:
    """Return the code of a range of periods.

    Parameters
    ----------
    first, last : str
        Codes of periods.

    Returns
    -------
    str

    Examples
    --------
    >>> range_code("2021-03", "2021-04"), range_code("2021-03", "2021-03")
    ('2021-03/2021-04', '2021-03/2021-03')
    """
    return f"{first}/{last}"
