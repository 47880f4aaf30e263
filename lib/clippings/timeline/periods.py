"""Count themes, topics, actors and words by day, week, month or year."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from clippings.core.errors import BadInput
from clippings.core.tokens import WORD
from clippings.timeline.article_periods import (
    MAX_PERIODS_OF_RANGE,
    UNDATED,
    ArticlePeriods,
    place_articles,
)
from clippings.timeline.calendar_periods import first_days, last_days, period_codes
from clippings.timeline.intervals import poisson_interval, wilson_interval

WORDS_PER_RATE = 1000

COLUMNS = {
    "unit": "str",
    "period": "str",
    "day_from": "datetime64[s]",
    "day_to": "datetime64[s]",
    "count": "int64",
    "count_possible": "int64",
    "articles": "int64",
    "articles_possible": "int64",
    "all_articles": "int64",
    "all_possible": "int64",
    "share": "float64",
    "low": "float64",
    "high": "float64",
}
RATE_COLUMNS = {
    "words": "int64",
    "rate": "float64",
    "rate_low": "float64",
    "rate_high": "float64",
}


class _LabelledArticles(NamedTuple):
    """The articles of each label, as arrays with one entry per label and article."""

    names: pd.Index
    label: np.ndarray  # position of the label among the names
    article: np.ndarray  # position of the article
    count: np.ndarray  # rows of the label in the article


class _Amounts(NamedTuple):
    """Amounts by label and period, and by label for undated articles."""

    certain: np.ndarray
    possible: np.ndarray  # certain ones included
    undated: np.ndarray

    def cells(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the certain and the possible amounts, with the undated ones as last column."""
        undated = self.undated[:, None]
        return np.hstack([self.certain, undated]), np.hstack([self.possible, undated])


def count_periods(
    rows: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str = "label",
    period: str | None = None,
    dates: pd.DataFrame | None = None,
    passages: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count themes, topics, actors or words by day, week, month or year.

    Parameters
    ----------
    rows : pandas.DataFrame
        Any span table: themes, mentions, quotes, topics, or phrases found by `find_phrases`.
        Remove duplicates first (`drop_duplicates`).
    articles : pandas.DataFrame
        All articles that were searched for the rows, including those in which nothing was found:
        shares refer to them. Articles without text are ignored.
    by : str, default "label"
        The column of `rows` whose values are counted.
    period : {"day", "week", "month", "year"}, optional
        The kind of period. By default, the finest one is proposed in which at least 80 % of the
        dated articles fall into a single period, which contains two articles on average, and of
        which at most 62 are listed.
    dates : pandas.DataFrame, optional
        The table `dates`, for articles whose page does not state a publication date. Without it,
        only `published_from` and `published_to` of the articles are used.
    passages : pandas.DataFrame, optional
        The passages that were searched. If given, rates per 1,000 words are added.

    Returns
    -------
    pandas.DataFrame
        One row per value of the column `by` and period, from the period of the first article to
        that of the last, sorted by both. If there are more than 62 periods, stretches of more than
        12 periods without any article are left out. If articles are undated, a further row after
        the last period counts them.

        - the column `by`, with its name
        - `unit`: day, week, month or year
        - `period`: in ISO 8601: "2021-03-16", "2021-W11", "2021-03" or "2021"; or "undated"
        - `day_from`, `day_to`: its first and last day; missing for "undated"
        - `count`: rows in articles that certainly belong to the period
        - `count_possible`: the same, including articles that may belong to it
        - `articles`, `articles_possible`: articles with at least one such row
        - `all_articles`, `all_possible`: all articles of the period, with or without such a row
        - `share`: `articles` divided by `all_articles`; missing if there are no articles
        - `low`, `high`: 95 % interval of the share, as if the articles were a sample. It also
          covers the articles that may belong to the period
        - `words`: words of the passages in `all_articles` (only with `passages`)
        - `rate`, `rate_low`, `rate_high`: `count` per 1,000 words, with its 95 % interval

    Raises
    ------
    BadInput
        If there is no column `by`, or the result would have two columns of that name, if a row
        refers to an article that is not in `articles`, or if the kind of period is unknown or much
        too fine.

    Notes
    -----
    An article belongs to a period with certainty if all its possible dates lie within it. If the
    range of its dates, certain or likely, touches up to six periods, it is counted as possible in
    each of them: `count_possible` is thus an upper bound for each period alone, and cannot be
    added up. Articles without dates, with an open range, or with a range that touches more than
    six periods are set apart as undated.

    Shares count articles, so that a long article has no more weight than a short one. Intervals of
    shares are Wilson's. Those of rates assume that rows are independent (Poisson); they are too
    narrow if rows are concentrated in a few articles.

    Examples
    --------
    The page of only one of the six articles states its date; two can be dated approximately.

    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> tables = cl.find_all(articles, codebook)
    >>> themes = cl.drop_duplicates(tables["themes"]).query("side == 'for'")
    >>> counts = cl.count_periods(themes, articles, period="month", dates=tables["dates"])
    >>> columns = ["label", "period", "articles", "articles_possible", "all_possible"]
    >>> counts.loc[counts.label == "damage", columns]
        label   period  articles  articles_possible  all_possible
    3  damage  2021-03         1                  2             3
    4  damage  2021-04         0                  1             2
    5  damage  undated         2                  2             3
    """
    if by not in rows.columns:
        raise BadInput(f"the rows have no column {by!r}: their columns are {', '.join(rows)}")
    if by in COLUMNS | RATE_COLUMNS:
        raise BadInput(f"the result has a column {by!r} of its own: rename that column of the rows")
    placed = place_articles(articles, period, dates)
    labelled = _label_articles(rows, by, placed)
    every_article = _LabelledArticles(
        names=pd.Index(["all"]),
        label=np.zeros(len(placed.articles), dtype="int64"),
        article=np.arange(len(placed.articles)),
        count=np.ones(len(placed.articles), dtype="int64"),
    )

    counts, counts_possible = _amounts(labelled, labelled.count, placed).cells()
    with_label, with_label_possible = _amounts(
        labelled, np.ones_like(labelled.count), placed
    ).cells()
    all_articles, all_possible = _amounts(every_article, every_article.count, placed).cells()
    share, low, high = _shares(with_label, with_label_possible, all_articles, all_possible)

    size = counts.shape
    values = {
        **_period_columns(placed, size),
        "count": counts,
        "count_possible": counts_possible,
        "articles": with_label,
        "articles_possible": with_label_possible,
        "all_articles": np.broadcast_to(all_articles, size),
        "all_possible": np.broadcast_to(all_possible, size),
        "share": share,
        "low": low,
        "high": high,
    }
    kinds = dict(COLUMNS)
    if passages is not None:
        words, _ = _amounts(every_article, _words_of_articles(passages, placed), placed).cells()
        values |= _rates(counts, np.broadcast_to(words, size))
        kinds |= RATE_COLUMNS

    table = pd.DataFrame({by: labelled.names.repeat(size[1])})
    for column, kind in kinds.items():
        table[column] = pd.Series(values[column].ravel()).astype(kind)
    if not placed.is_undated.any():
        table = table[table.period != UNDATED]
    return table.reset_index(drop=True)


def _label_articles(rows: pd.DataFrame, by: str, placed: ArticlePeriods) -> _LabelledArticles:
    """Count the rows of each label in each article."""
    article = placed.positions_of(rows, "rows")
    label, names = pd.factorize(rows[by].fillna(""), sort=True)
    number_of_articles = max(len(placed.articles), 1)
    pairs, count = np.unique(label * number_of_articles + article, return_counts=True)
    label, article = np.divmod(pairs, number_of_articles)
    return _LabelledArticles(pd.Index(names), label, article, count)


def _amounts(labelled: _LabelledArticles, amount: np.ndarray, placed: ArticlePeriods) -> _Amounts:
    """Add up an amount of each label and article by label and period."""
    listed = placed.listed
    size = (len(labelled.names), len(listed))
    first = placed.first[labelled.article]
    last = placed.last[labelled.article]

    def sums(chosen: np.ndarray, offset: int) -> np.ndarray:
        """Add up the chosen entries in the period at an offset from their first period."""
        places = np.searchsorted(listed, first[chosen] + offset)
        cells = labelled.label[chosen] * size[1] + places
        added = np.bincount(cells, weights=amount[chosen], minlength=size[0] * size[1])
        return added.reshape(size).astype("int64")

    certain = sums(placed.is_certain[labelled.article], 0)
    possible = certain.copy()
    is_possible = placed.is_possible[labelled.article]
    for offset in range(MAX_PERIODS_OF_RANGE):
        possible += sums(is_possible & (first + offset <= last), offset)

    is_undated = placed.is_undated[labelled.article]
    undated = np.bincount(
        labelled.label[is_undated], weights=amount[is_undated], minlength=size[0]
    ).astype("int64")
    return _Amounts(certain, possible, undated)


def _shares(
    articles: np.ndarray,
    articles_possible: np.ndarray,
    all_articles: np.ndarray,
    all_possible: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the shares of articles with a label, and the ends of their intervals."""
    possible_with = articles_possible - articles
    possible_without = (all_possible - all_articles) - possible_with
    # The share is lowest if only the possible articles without the label belong to the period, and
    # highest if only those with it do.
    low = wilson_interval(articles, all_articles + possible_without).low
    high = wilson_interval(articles + possible_with, all_articles + possible_with).high
    has_articles = np.broadcast_to(all_articles > 0, articles.shape)
    share = articles / np.where(has_articles, all_articles, 1)
    return tuple(np.where(has_articles, value, np.nan).round(4) for value in (share, low, high))


def _words_of_articles(passages: pd.DataFrame, placed: ArticlePeriods) -> np.ndarray:
    """Return the number of words of each article's passages."""
    words = [sum(1 for _ in WORD.finditer(text)) for text in passages.text]
    positions = placed.positions_of(passages, "passages")
    sums = np.bincount(positions, weights=words, minlength=len(placed.articles))
    return sums.astype("int64")


def _rates(counts: np.ndarray, words: np.ndarray) -> dict[str, np.ndarray]:
    """Return the rates per 1,000 words and their intervals; missing where there are no words."""
    interval = poisson_interval(counts)
    per_word = WORDS_PER_RATE / np.where(words > 0, words, np.nan)
    return {
        "words": words,
        "rate": (counts * per_word).round(3),
        "rate_low": (interval.low * per_word).round(3),
        "rate_high": (interval.high * per_word).round(3),
    }


def _period_columns(placed: ArticlePeriods, size: tuple[int, int]) -> dict[str, np.ndarray]:
    """Return the columns that describe the periods, with "undated" as the last one."""
    listed = placed.listed
    missing = np.array(["NaT"], dtype="datetime64[D]")
    day_from = np.concatenate([first_days(listed, placed.period), missing])
    day_to = np.concatenate([last_days(listed, placed.period), missing])
    codes = np.array([*period_codes(listed, placed.period), UNDATED], dtype=object)
    return {
        "unit": np.full(size, placed.period, dtype=object),
        "period": np.broadcast_to(codes, size),
        "day_from": np.broadcast_to(day_from.astype("datetime64[s]"), size),
        "day_to": np.broadcast_to(day_to.astype("datetime64[s]"), size),
    }
