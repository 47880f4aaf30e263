"""Measure how far two coders agree on themes, and find the passages on which they differ."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from clippings.core.tables import by_article, make_table
from clippings.themes.wording import describe_reading

# Krippendorff (2011): rely on variables from 0.8, draw tentative conclusions from 0.667.
MIN_RELIABLE_ALPHA = 0.8
MIN_TENTATIVE_ALPHA = 0.667

# If something never happened in n cases, up to three occurrences were plausible (the rule of three,
# the upper end of a 95 % interval).
RULE_OF_THREE = 3

# With fewer passages, not even perfect agreement says much: three disagreements among ten passages
# would reduce alpha to about 0.8.
MIN_CODED_PASSAGES = 10

# Passages of an article resemble each other, so that articles are resampled, not passages. With
# fewer articles than this, their number is too small to resample them.
MIN_RESAMPLED_ARTICLES = 10
RESAMPLES = 2000
SEED = 20  # of the pseudo-random resamples: equal input has equal results
TAIL_95 = 2.5  # percent beyond each end of a 95 % interval

NO_VARIATION = "no_variation"
TOO_FEW = "too_few"
UNRELIABLE = "unreliable"
TENTATIVE = "tentative"
RELIABLE = "reliable"

FIRST = "first"
SECOND = "second"

COLUMNS = {
    "theme": "str",
    "passages": "int64",
    "first": "int64",
    "second": "int64",
    "both": "int64",
    "alpha": "float64",
    "low": "float64",
    "high": "float64",
    "reading": "str",
    "meaning": "str",
}


class _Coding(NamedTuple):
    """What one coder decided on each theme."""

    coded: dict[str, dict]  # theme → number of a passage → the first row that codes it
    judged: dict[str, set] | None  # theme → numbers of the passages; None: all passages

    def has_judged(self, theme: str, passage) -> bool:
        """Return whether the coder made a decision on a theme in a passage."""
        return self.judged is None or passage in self.judged.get(theme, ())


class _Units(NamedTuple):
    """The decisions of both coders on one theme, in the passages that both have judged."""

    articles: np.ndarray
    first: np.ndarray  # of bool
    second: np.ndarray


class _Interval(NamedTuple):
    """A 95 % interval; both ends are missing if it is unknown."""

    low: float
    high: float


def count_agreement(
    first: pd.DataFrame, second: pd.DataFrame, passages: pd.DataFrame
) -> pd.DataFrame:
    """Measure the agreement of two coders, or of a coder and the codebook, on themes.

    Parameters
    ----------
    first, second : pandas.DataFrame
        Two tables of themes: results of `read_coding` or `find_themes`. If a table has a column
        `decision`, as that of verdicts has, only the passages with a decision on a theme count as
        read; otherwise, all of them do.
    passages : pandas.DataFrame
        The passages that both have coded.

    Returns
    -------
    pandas.DataFrame
        One row per theme, sorted by theme.

        - `theme`
        - `passages`: passages that both have read
        - `first`, `second`: passages in which each of them coded the theme
        - `both`: passages in which both coded the theme
        - `alpha`: Krippendorff's alpha, nominal: 1 for agreement, 0 for chance. Missing if both
          coded the theme in none or in all of these passages
        - `low`, `high`: 95 % interval of alpha, from a bootstrap over articles, or over passages if
          there are fewer than ten articles; missing if the theme is too rare for one. If the coders
          never differ, the lower end is the alpha with three disagreements, which would still be
          plausible
        - `reading`: `reliable` (0.8 or more), `tentative` (0.667 or more), `unreliable`,
          `no_variation` (no alpha), or `too_few`: fewer than ten passages are coded by either
          coder, or the interval extends from below 0.667 to above 0.8
        - `meaning`: the same in words

    Notes
    -----
    The passage is the unit of comparison. The position of a theme within a passage is ignored, as
    is whether a sentence counts for or against the theme.

    References
    ----------
    Krippendorff (2011); see `clippings.themes.statistics.krippendorff_alpha`.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> themes = cl.find_themes(passages, codebook["themes"])
    >>> second_coder = themes[themes.article != "06_water_falls.txt"]
    >>> agreement = cl.count_agreement(themes, second_coder, passages)
    >>> agreement.drop(columns=["passages", "meaning"]).head(3)
            theme  first  second  both  alpha    low  high   reading
    0       blame      8       8     8  1.000  0.755   1.0   too_few
    1      damage      9       8     8  0.936  0.755   1.0   too_few
    2  evacuation     10       9     9  0.943  0.780   1.0  reliable
    """
    passages = passages.reset_index(drop=True)  # the numbers of its rows identify passages
    first_coding = _read_decisions(first, passages)
    second_coding = _read_decisions(second, passages)
    rows = []
    for theme in sorted(first_coding.coded.keys() | second_coding.coded.keys()):
        units = _units_of(theme, first_coding, second_coding, passages)
        alpha = _alpha(len(units.first), (units.first != units.second).sum(), _sum_of_codes(units))
        interval = _bootstrap(units)
        coded_by_either = int((units.first | units.second).sum())
        reading = _reading(alpha, interval, coded_by_either)
        rows.append(
            {
                "theme": theme,
                "passages": len(units.first),
                "first": int(units.first.sum()),
                "second": int(units.second.sum()),
                "both": int((units.first & units.second).sum()),
                "alpha": round(float(alpha), 3),
                "low": round(interval.low, 3),
                "high": round(interval.high, 3),
                "reading": reading,
                "meaning": describe_reading(reading),
            }
        )
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def find_disagreements(
    first: pd.DataFrame, second: pd.DataFrame, passages: pd.DataFrame
) -> pd.DataFrame:
    """Find the passages in which only one of two coders coded a theme.

    Parameters
    ----------
    first, second : pandas.DataFrame
        Two tables of themes, as for `count_agreement`.
    passages : pandas.DataFrame
        The passages that both have coded.

    Returns
    -------
    pandas.DataFrame
        The span table `disagreements`: one row per passage and theme, sorted by position.

        - `label`: the theme
        - `coded_by`: `first` or `second`, the coder who coded the theme
        - `coded_start`, `coded_end`: the part of the passage that this coder marked

    Notes
    -----
    `show_evidence` shows the passages. A passage that one of the coders has not read is not a
    disagreement.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> themes = cl.find_themes(passages, codebook["themes"])
    >>> second_coder = themes[themes.article != "06_water_falls.txt"]
    >>> disagreements = cl.find_disagreements(themes, second_coder, passages)
    >>> disagreements[["article", "start", "label", "coded_by"]].head(3)
                  article  start        label coded_by
    0  06_water_falls.txt      0  river_level    first
    1  06_water_falls.txt    148  river_level    first
    2  06_water_falls.txt    148      warning    first
    """
    passages = passages.reset_index(drop=True)  # the numbers of its rows identify passages
    first_coding = _read_decisions(first, passages)
    second_coding = _read_decisions(second, passages)
    coders = ((FIRST, first_coding, second_coding), (SECOND, second_coding, first_coding))
    rows = []
    for passage in passages.itertuples():
        for coder, coding, other in coders:
            for theme, coded in coding.coded.items():
                is_coded_by_other = passage.Index in other.coded.get(theme, ())
                if passage.Index not in coded or is_coded_by_other:
                    continue
                if other.has_judged(theme, passage.Index):
                    rows.append(_disagreement(passage, theme, coder, coded[passage.Index]))
    return make_table("disagreements", rows)


def _disagreement(passage, theme: str, coder: str, row) -> dict:
    """Return the row of a passage in which only one coder coded a theme."""
    return {
        "article": passage.article,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "label": theme,
        "coded_by": coder,
        "coded_start": max(row.start, passage.start),
        "coded_end": min(row.end, passage.end),
    }


def _read_decisions(themes: pd.DataFrame, passages: pd.DataFrame) -> _Coding:
    """Find the passages in which each theme was coded, and those that were judged."""
    passages_of = by_article(passages)
    has_decisions = "decision" in themes.columns
    coded: dict[str, dict] = {}
    judged: dict[str, set] = {}
    for row in themes.itertuples():
        is_rejected = has_decisions and row.decision == "no"
        coded.setdefault(row.label, {})
        for passage in passages_of.get(row.article, []):
            if not (row.start < passage.end and passage.start < row.end):
                continue
            judged.setdefault(row.label, set()).add(passage.Index)
            if not is_rejected:
                coded[row.label].setdefault(passage.Index, row)
    return _Coding(coded, judged if has_decisions else None)


def _units_of(theme: str, first: _Coding, second: _Coding, passages: pd.DataFrame) -> _Units:
    """Return the decisions on a theme in the passages that both coders have judged."""
    judged = [
        first.has_judged(theme, passage) and second.has_judged(theme, passage)
        for passage in passages.index
    ]
    numbers = passages.index[judged]
    in_first = first.coded.get(theme, ())
    in_second = second.coded.get(theme, ())
    return _Units(
        articles=passages.article[judged].to_numpy(),
        first=np.array([number in in_first for number in numbers], dtype="bool"),
        second=np.array([number in in_second for number in numbers], dtype="bool"),
    )


def _sum_of_codes(units: _Units) -> int:
    """Return how often the two coders coded the theme, taken together."""
    return int(units.first.sum() + units.second.sum())


def _alpha(passages: np.ndarray, disagreements: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """Compute Krippendorff's alpha of two coders and two values; missing without variation.

    With two coders, alpha = 1 - (n - 1) Σ o / (n₀ n₁), where n = 2 · passages is the number of
    values, n₁ = codes and n₀ = n - n₁ are the numbers of both values, and Σ o is the number of
    passages with a disagreement.
    """
    values = 2 * np.asarray(passages, dtype="float64")
    codes = np.asarray(codes, dtype="float64")
    product = codes * (values - codes)
    with_variation = np.where(product > 0, product, np.nan)
    return 1 - (values - 1) * np.asarray(disagreements) / with_variation


def _bootstrap(units: _Units) -> _Interval:
    """Return the interval of alpha in resamples of the articles or passages."""
    clusters = units.articles
    if len(set(clusters)) < MIN_RESAMPLED_ARTICLES:
        clusters = np.arange(len(units.articles))
    if not len(clusters):
        return _Interval(np.nan, np.nan)

    numbers = pd.factorize(clusters)[0]
    sums = np.column_stack(
        [
            np.bincount(numbers),
            np.bincount(numbers, weights=units.first != units.second),
            np.bincount(numbers, weights=units.first.astype("int64") + units.second),
        ]
    ).astype("int64")
    # Clusters with equal sums are drawn together, which saves time if there are many.
    kinds, number_of_kind = np.unique(sums, axis=0, return_counts=True)
    chance = np.random.default_rng(SEED)
    drawn = chance.multinomial(len(sums), number_of_kind / len(sums), size=RESAMPLES)
    alphas = _alpha(*(drawn @ kinds).T)
    is_defined = ~np.isnan(alphas)
    if is_defined.mean() < 0.5:  # most resamples do not contain the theme
        return _Interval(np.nan, np.nan)
    low, high = np.percentile(alphas[is_defined], [TAIL_95, 100 - TAIL_95])
    if (units.first == units.second).all():
        # Resamples of equal decisions are all equal, which does not make alpha certain.
        codes = _sum_of_codes(units) - RULE_OF_THREE
        low = _alpha(len(units.first), RULE_OF_THREE, codes)
        if np.isnan(low) or codes < 0:
            return _Interval(np.nan, np.nan)
    return _Interval(float(low), float(high))


def _reading(alpha: float, interval: _Interval, coded_by_either: int) -> str:
    """Return the code of what an alpha allows to conclude."""
    if np.isnan(alpha):
        return NO_VARIATION
    if coded_by_either < MIN_CODED_PASSAGES or np.isnan(interval.low):
        return TOO_FEW
    if interval.low < MIN_TENTATIVE_ALPHA and interval.high >= MIN_RELIABLE_ALPHA:
        return TOO_FEW
    if alpha >= MIN_RELIABLE_ALPHA:
        return RELIABLE
    return TENTATIVE if alpha >= MIN_TENTATIVE_ALPHA else UNRELIABLE
