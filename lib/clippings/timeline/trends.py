"""Test what becomes more or less frequent over time, and what is new.

The unit is the article, so that one long article does not make a trend. Under the null hypothesis,
the articles with a label are a random draw from all dated articles. The test statistic is the sum
of the numbers of their periods (the Cochran-Armitage trend test); its distribution is computed
exactly for small numbers.
"""

from functools import cache, cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from clippings.core.errors import BadInput
from clippings.timeline.article_periods import UNDATED
from clippings.timeline.intervals import difference_interval

RISES = "rises"
FALLS = "falls"
NEW = "new"
UNCLEAR = "unclear"
TOO_FEW = "too_few"
# The order of the rows: what has changed first.
TREND_ORDER = (NEW, RISES, FALLS, UNCLEAR, TOO_FEW)

LEVEL = 0.05  # of significance, for all labels together

# A trend of fewer articles (or in all but so few) is not reported, even if it is significant: two
# copies of one report, or one wrong date, could be its only reason.
MIN_ARTICLES = 5

# The exact distribution takes time in proportion to the square of the number of articles. With more
# articles with and without the label than these, it is close to a normal distribution.
MAX_EXACT_WITH_LABEL = 30
MAX_EXACT_ARTICLES = 200

# Rounding errors must not separate results that are equally far from the expected one.
TOLERANCE = 1e-9

COLUMNS = {
    "articles": "int64",
    "first_period": "str",
    "last_period": "str",
    "peak": "str",
    "peak_articles": "int64",
    "earlier": "int64",
    "earlier_all": "int64",
    "later": "int64",
    "later_all": "int64",
    "later_from": "datetime64[s]",
    "change": "float64",
    "low": "float64",
    "high": "float64",
    "p": "float64",
    "p_adjusted": "float64",
    "trend": "str",
}


class _Test(NamedTuple):
    """The result of the test of one label."""

    rises: bool
    p: float
    lowest_p: float  # that any distribution over the periods could reach


def count_trends(counts: pd.DataFrame) -> pd.DataFrame:
    """Test which labels become more or less frequent, and which are new.

    Parameters
    ----------
    counts : pandas.DataFrame
        The result of `count_periods`.

    Returns
    -------
    pandas.DataFrame
        One row per label: new ones first, then those that rise, fall, show no clear trend, or occur
        in too few articles; within each group, by `p_adjusted`, `articles` (most first) and label.

        - the label, in the same column as in `counts`
        - `articles`: articles with the label that certainly belong to a period
        - `first_period`, `last_period`: the first and last period with such an article
        - `peak`, `peak_articles`: the period with most of them (the first of several), and their
          number
        - `earlier`, `later`: articles with the label in the first and in the second part of the
          time; the two parts contain about the same number of articles
        - `earlier_all`, `later_all`: all articles of the two parts
        - `later_from`: the first day of the second part
        - `change`: difference between the shares `later / later_all` and `earlier / earlier_all`
        - `low`, `high`: its 95 % interval
        - `p`: probability of an at least equally strong trend by chance
        - `p_adjusted`: the same, corrected for the number of labels tested
        - `trend`: `rises`, `falls` or `new` (rises, and its first article is in the later part) if
          `p_adjusted` is at most 0.05; otherwise `unclear`, or `too_few` if fewer than five
          articles have the label (or do not have it), or if no distribution of so few articles over
          the periods could show a trend

    Raises
    ------
    BadInput
        If `counts` is not a result of `count_periods`.

    Notes
    -----
    The trend is tested with a permutation form of the Cochran-Armitage test; the probabilities are
    corrected with Holm's method. Labels with too few articles are not tested, so they do not count
    towards the correction (Tarone); this includes labels that nearly all articles have, and tables
    with a single period. Only articles that certainly belong to a period are used.

    A rise that is followed by a fall is missed; see `peak`. Copies of one report count as
    independent articles, which makes chance look like a trend: remove them first.

    References
    ----------
    Armitage (1955). Tests for linear trends in proportions and frequencies. Biometrics 11.
    Tarone (1990). A modified Bonferroni method for discrete data. Biometrics 46.

    Examples
    --------
    The example articles are undated. Suppose that they had appeared on six consecutive days. Even
    then, six articles are too few to distinguish a trend from chance:

    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> days = pd.date_range("2021-03-14", periods=6)
    >>> articles = articles.assign(published_from=days, published_to=days)
    >>> themes = cl.find_themes(cl.find_passages(articles), codebook["themes"])
    >>> trends = cl.count_trends(cl.count_periods(themes, articles, period="day"))
    >>> trends[["label", "earlier", "earlier_all", "later", "later_all", "p", "trend"]].tail(3)
        label  earlier  earlier_all  later  later_all    p    trend
    4   blame        2            3      2          3  1.0  too_few
    5  damage        2            3      2          3  0.8  too_few
    6  relief        2            3      2          3  0.8  too_few
    """
    missing = {"unit", "period", "day_from", "articles", "all_articles"} - set(counts.columns)
    if missing:
        raise BadInput(
            f"the counts have no column {', '.join(sorted(missing))}: use the result of "
            "count_periods"
        )
    by = counts.columns[0]
    dated = counts[counts.period != UNDATED]
    labels = counts[by].drop_duplicates().tolist()
    periods = dated.period.drop_duplicates().to_numpy()
    first_days = dated.day_from.drop_duplicates()
    size = (len(labels), len(periods))
    if len(periods):
        with_label = dated.articles.to_numpy().reshape(size)
        all_articles = dated.all_articles.to_numpy().reshape(size)[:1].sum(axis=0)
    else:  # without any dated article, there are no periods
        periods = np.array([""])
        with_label = np.zeros((len(labels), 1), dtype="int64")
        all_articles = np.zeros(1, dtype="int64")

    table = _describe(with_label, all_articles, periods)
    table.insert(0, by, pd.Series(labels, dtype="str"))
    tests = _test_all(with_label, all_articles)
    smaller = np.minimum(table.articles, all_articles.sum() - table.articles)
    lowest_p = np.array([test.lowest_p for test in tests])
    is_tested = _can_show_a_trend(np.where(smaller >= MIN_ARTICLES, lowest_p, 1.0))
    table["p"] = [test.p for test in tests]
    table["p_adjusted"] = _adjusted(table.p.to_numpy(), is_tested)
    boundary = _first_of_later_part(all_articles)
    table["later_from"] = first_days.iloc[boundary] if len(first_days) else pd.NaT
    is_new = table.first_period.isin(periods[boundary:])
    is_clear = is_tested & (table.p_adjusted <= LEVEL)
    rises = np.array([test.rises for test in tests], dtype="bool")
    table["trend"] = np.select(
        [~is_tested, ~is_clear, ~rises, is_new], [TOO_FEW, UNCLEAR, FALLS, NEW], RISES
    )
    order = table.trend.map(TREND_ORDER.index)
    table = table.assign(order=order, fewest=-table.articles)
    table = table.sort_values(["order", "p_adjusted", "fewest", by], ignore_index=True)
    table = table.round({"change": 4, "low": 4, "high": 4, "p": 6, "p_adjusted": 6})
    return table[[by, *COLUMNS]].astype(COLUMNS)


def _describe(
    with_label: np.ndarray, all_articles: np.ndarray, periods: np.ndarray
) -> pd.DataFrame:
    """Return the columns that describe each label without a test."""
    occurs = with_label > 0
    is_dated = occurs.any(axis=1)
    first = occurs.argmax(axis=1)
    last = occurs.shape[1] - 1 - occurs[:, ::-1].argmax(axis=1)
    peak = with_label.argmax(axis=1)

    boundary = _first_of_later_part(all_articles)
    earlier = with_label[:, :boundary].sum(axis=1)
    later = with_label[:, boundary:].sum(axis=1)
    earlier_all = int(all_articles[:boundary].sum())
    later_all = int(all_articles[boundary:].sum())
    interval = difference_interval(earlier, earlier_all, later, later_all)
    has_both_parts = earlier_all > 0 and later_all > 0
    change = np.full(len(with_label), np.nan)
    if has_both_parts:
        change = later / later_all - earlier / earlier_all
    return pd.DataFrame(
        {
            "articles": with_label.sum(axis=1),
            "first_period": np.where(is_dated, periods[first], ""),
            "last_period": np.where(is_dated, periods[last], ""),
            "peak": np.where(is_dated, periods[peak], ""),
            "peak_articles": with_label.max(axis=1, initial=0),
            "earlier": earlier,
            "earlier_all": earlier_all,
            "later": later,
            "later_all": later_all,
            "change": change,
            "low": interval.low,
            "high": interval.high,
        }
    )


def _first_of_later_part(all_articles: np.ndarray) -> int:
    """Return the position of the period that divides the articles into halves as equal as possible.

    With a single period, it is 0: there is no earlier part.
    """
    if len(all_articles) < 2:
        return 0
    earlier = all_articles.cumsum()[:-1]
    return int(np.abs(2 * earlier - all_articles.sum()).argmin()) + 1


def _test_all(with_label: np.ndarray, all_articles: np.ndarray) -> list[_Test]:
    """Test the trend of each label."""
    null = _NullDistribution(all_articles)
    scores = np.arange(len(all_articles))
    totals = with_label.sum(axis=1)
    sums = with_label @ scores
    return [null.test(int(total), int(score)) for total, score in zip(totals, sums, strict=True)]


class _NullDistribution:
    """The distribution of the sum of period numbers of articles that are drawn at random."""

    def __init__(self, all_articles: np.ndarray):
        self.all_articles = all_articles
        self.number = int(all_articles.sum())
        self.scores = np.repeat(np.arange(len(all_articles)), all_articles)
        self.lowest_p = cache(self._lowest_p)

    def test(self, total: int, score: int) -> _Test:
        """Test a label in `total` articles, the numbers of whose periods add up to `score`."""
        if not 0 < total < self.number:
            return _Test(False, 1.0, 1.0)
        expected = total * self.scores.mean()
        return _Test(score > expected, self._p(total, score), self.lowest_p(total))

    def _lowest_p(self, total: int) -> float:
        """Return the lowest p that labels in so many articles can have."""
        earliest = int(self.scores[:total].sum())
        latest = int(self.scores[-total:].sum())
        return min(self._p(total, earliest), self._p(total, latest))

    def _p(self, total: int, score: int) -> float:
        """Return the probability of a sum at least as far from the expected one."""
        # The articles without the label are as far from their expected sum, in the other direction.
        smaller = min(total, self.number - total)
        if smaller < total:
            score = int(self.scores.sum()) - score
        distance = abs(score - smaller * self.scores.mean())
        if smaller <= MAX_EXACT_WITH_LABEL or self.number <= MAX_EXACT_ARTICLES:
            draws = self.draws[smaller]
            sums = np.arange(len(draws))
            is_as_far = np.abs(sums - smaller * self.scores.mean()) >= distance - TOLERANCE
            return float(min(draws[is_as_far].sum() / draws.sum(), 1.0))
        return self._approximate_p(smaller, distance)

    def _approximate_p(self, total: int, distance: float) -> float:
        """Return the probability according to the normal distribution."""
        from scipy.stats import norm  # slow to load, and only needed here

        # Variance of a sum of `total` numbers that are drawn without replacement.
        undrawn = (self.number - total) / (self.number - 1)
        deviation = np.sqrt(total * self.scores.var() * undrawn)
        if deviation == 0:
            return 1.0
        # Sums are whole numbers, so that a distance begins half a number earlier.
        return float(min(2 * norm.sf(max(distance - 0.5, 0) / deviation), 1.0))

    @cached_property
    def draws(self) -> np.ndarray:
        """Return how many draws of each size (row) have each sum (column)."""
        return _count_draws(self.all_articles)


def _count_draws(all_articles: np.ndarray) -> np.ndarray:
    """Count the draws of each size with each sum of period numbers, period by period."""
    from scipy.special import comb  # slow to load, and only needed here

    number = int(all_articles.sum())
    largest_draw = number // 2
    if number > MAX_EXACT_ARTICLES:
        largest_draw = min(largest_draw, MAX_EXACT_WITH_LABEL)
    largest_sum = largest_draw * (len(all_articles) - 1)
    draws = np.zeros((largest_draw + 1, largest_sum + 1))
    draws[0, 0] = 1
    for score, articles in enumerate(all_articles):
        before = draws.copy()
        for drawn in range(1, min(int(articles), largest_draw) + 1):
            shift = drawn * score
            # Large numbers of draws lose their last digits, which do not matter for p.
            ways = comb(articles, drawn)
            draws[drawn:, shift:] += ways * before[:-drawn, : largest_sum + 1 - shift]
    return draws


def _can_show_a_trend(lowest_p: np.ndarray) -> np.ndarray:
    """Return which labels could be significant after correction for their number (Tarone).

    The lowest probability depends only on the number of articles, so that this choice does not
    favour labels with a trend.
    """
    tests = 1
    while (lowest_p <= LEVEL / tests).sum() > tests:
        tests += 1
    return lowest_p <= LEVEL / tests


def _adjusted(p: np.ndarray, is_tested: np.ndarray) -> np.ndarray:
    """Correct the probabilities of the tested labels for their number (Holm)."""
    adjusted = np.ones(len(p))
    tested = np.flatnonzero(is_tested)
    order = tested[np.argsort(p[tested], kind="stable")]
    number_left = len(order) - np.arange(len(order))
    adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * number_left), 1.0)
    return adjusted
