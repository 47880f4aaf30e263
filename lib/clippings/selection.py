"""Select the passages of a corpus by words, outlet, date, actor and theme at the same time."""

from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from clippings.core.errors import BadInput
from clippings.core.tables import STORY
from clippings.corpus.counts import find_phrases
from clippings.repeats.copies import is_counted, mark_duplicates

# Greater than the length of any article, in characters
MORE_THAN_LENGTH = 2**40

# Stands for the number of a passage if a row is in none.
NO_PASSAGE = -1


class Conditions(NamedTuple):
    """The conditions that passages must meet, as described in `filter_passages`."""

    words: str = ""
    outlet: str | None = None
    first_day: str | None = None
    last_day: str | None = None
    actor: str | None = None
    theme: str | None = None
    duplicates: bool = False


def filter_passages(
    tables: dict[str, pd.DataFrame],
    *,
    words: str = "",
    outlet: str | None = None,
    first_day: str | None = None,
    last_day: str | None = None,
    actor: str | None = None,
    theme: str | None = None,
    duplicates: bool = False,
) -> pd.DataFrame:
    r"""Select the passages of article text that meet all conditions.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        Tables of `find_all`.
    words : str, optional
        A regular expression, which ignores case.
    outlet : str, optional
        The outlet of the article; "" selects articles whose outlet is unknown.
    first_day, last_day : str, optional
        The article was certainly published on or after the first day, or on or before the last
        one, such as "2021-03-16". Articles without a known date are left out.
    actor : str, optional
        A label of the table `mentions`. The passage mentions the actor.
    theme : str, optional
        A label of the table `themes` or `topics`. The passage contains a sentence of the theme, or
        belongs to the topic.
    duplicates : bool, default False
        Include passages that are copies of others.

    Returns
    -------
    pandas.DataFrame
        The passages, in the order of the articles. If `words` is given, the places where the words
        occur in these passages, as in the result of `find_phrases`.

    Raises
    ------
    BadInput
        If the tables do not contain the outlet, the actor or the theme, if a day is not a date, or
        if the words are not a regular expression.

    Examples
    --------
    >>> import clippings as cl
    >>> tables = cl.find_all(*cl.load_example())
    >>> levee = cl.filter_passages(tables, words=r"levees?\b", actor="River Lenn Authority")
    >>> levee[["article", "start", "text"]].head(3)
                           article  start   text
    0           01_river_rises.txt    605  levee
    1  02_levee_breach_ostrand.txt   1047  levee
    2  02_levee_breach_ostrand.txt   1437  levee
    """
    conditions = Conditions(words, outlet, first_day, last_day, actor, theme, duplicates)
    return PassageFilter(tables).select(conditions)


class PassageFilter:
    """The passages of a corpus with what is needed to select them quickly many times.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        Tables of `find_all`.
    """

    def __init__(self, tables: dict[str, pd.DataFrame]):
        self.tables = tables
        passages = tables["passages"]
        story = passages[passages.label.isin(STORY)]
        self.passages = mark_duplicates(story, tables["repeats"]).reset_index(drop=True)

        articles = tables["articles"].set_index("article")
        self._number_of_article = dict(zip(articles.index, range(len(articles)), strict=True))
        self._outlet = self.passages.article.map(articles.outlet)
        self._first_day = self.passages.article.map(articles.published_from)
        self._last_day = self.passages.article.map(articles.published_to)
        starts = self._positions(self.passages.article, self.passages.start)
        self._ends = self._positions(self.passages.article, self.passages.end)
        self._order = np.argsort(starts, kind="stable")
        self._sorted_starts = starts[self._order]

    def _positions(self, articles: pd.Series, offsets: pd.Series) -> np.ndarray:
        """Combine articles and offsets in them into numbers that are in the same order."""
        numbers = articles.map(self._number_of_article).to_numpy(dtype="int64")
        return numbers * MORE_THAN_LENGTH + offsets.to_numpy(dtype="int64")

    @cached_property
    def _passages_by_label(self) -> dict[str, dict[str, np.ndarray]]:
        """Return the numbers of the passages that contain each actor and each theme or topic."""
        passages_by_label = {}
        for kind, names in (("actor", ["mentions"]), ("theme", ["topics", "themes"])):
            passages_by_label[kind] = {}
            for name in names:
                rows = self.tables[name]
                numbers = pd.Series(self._passages_of(rows), index=rows.index)
                of_label = numbers[numbers != NO_PASSAGE].groupby(rows.label)
                passages_by_label[kind] |= {
                    label: np.unique(of_one.to_numpy()) for label, of_one in of_label
                }
        return passages_by_label

    def _passages_of(self, rows: pd.DataFrame) -> np.ndarray:
        """Return the number of the passage that contains the start of each row."""
        if self.passages.empty:
            return np.full(len(rows), NO_PASSAGE)
        starts = self._positions(rows.article, rows.start)
        last_before = np.searchsorted(self._sorted_starts, starts, side="right") - 1
        numbers = self._order[np.maximum(last_before, 0)]
        is_inside = (last_before >= 0) & (starts < self._ends[numbers])
        return np.where(is_inside, numbers, NO_PASSAGE)

    def select(self, conditions: Conditions) -> pd.DataFrame:
        """Select passages, or the words in them; see `filter_passages`."""
        is_selected = np.ones(len(self.passages), dtype=bool)
        if not conditions.duplicates:
            is_selected &= is_counted(self.passages).to_numpy()
        if conditions.outlet is not None:
            is_selected &= self._is_from(conditions.outlet)
        if conditions.first_day is not None:
            is_selected &= (self._first_day >= _day(conditions.first_day)).to_numpy()
        if conditions.last_day is not None:
            is_selected &= (self._last_day <= _day(conditions.last_day)).to_numpy()
        if conditions.actor is not None:
            is_selected &= self._contains("actor", conditions.actor)
        if conditions.theme is not None:
            is_selected &= self._contains("theme", conditions.theme)

        selected = self.passages[is_selected]
        if conditions.words:
            return find_phrases(selected, conditions.words)
        return selected.reset_index(drop=True)

    def _is_from(self, outlet: str) -> np.ndarray:
        """Return whether each passage is from an outlet; "" stands for an unknown one."""
        if outlet and outlet not in set(self.tables["articles"].outlet):
            raise BadInput(f"no article is from the outlet {outlet!r}: check its spelling")
        return (self._outlet == outlet).to_numpy()

    def _contains(self, kind: str, label: str) -> np.ndarray:
        """Return whether each passage contains an actor, a theme or a topic."""
        passages_of_label = self._passages_by_label[kind]
        if label not in passages_of_label:
            raise BadInput(f"the tables do not contain the {kind} {label!r}: check its spelling")
        contains = np.zeros(len(self.passages), dtype=bool)
        contains[passages_of_label[label]] = True
        return contains

    def labels(self, kind: str) -> pd.Series:
        """Return the number of passages of each actor or theme, as `kind` says, without copies."""
        counted = is_counted(self.passages).to_numpy()
        numbers = {
            label: int(counted[passages].sum())
            for label, passages in self._passages_by_label[kind].items()
        }
        counts = pd.Series(numbers, dtype="int64")
        return counts[counts > 0]


def _day(text: str) -> pd.Timestamp:
    """Read a day."""
    try:
        return pd.Timestamp(text).normalize()
    except ValueError:
        raise BadInput(f"{text!r} is not a date: write it as 2021-03-16") from None
