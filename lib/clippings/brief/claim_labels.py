"""Labels of claims: what happened, to whom, by whom, where and when, in a few words."""

from typing import NamedTuple

import pandas as pd

from clippings.brief.phrasing import dates_in_words, fill, readable
from clippings.brief.templates import PHRASES

# Words of a title by which an article is recognised in a label.
TITLE_WORDS = 6

# A date in a label is one that is known to a week; a wider range distinguishes little.
MAX_DAYS_IN_LABEL = 7


class ClaimName(NamedTuple):
    """What the label of a claim is made from: its first mention, and the article of that."""

    kind: str
    agent: str
    target: str
    place: str
    first: pd.Timestamp  # the dates of the mention; NaT if they are not known
    last: pd.Timestamp
    outlet: str
    title: str  # of the article, or else its id


def label_claims(names: list[ClaimName]) -> list[str]:
    """Name claims so that a reader knows which event is meant; each label is unique.

    Parameters
    ----------
    names : list of ClaimName
        The claims, in their order.

    Returns
    -------
    list of str
        The labels. Where two would be the same, the later one has the outlet or the beginning of
        the title of its article, and if need be a number.

    Examples
    --------
    >>> day = pd.Timestamp("2021-03-12")
    >>> breach = ClaimName("breach", "", "", "Ostrand", day, day, "Valley Post", "Levee fails")
    >>> for label in label_claims([breach, breach, breach]):
    ...     print(label)
    breach in Ostrand on 12 March 2021
    breach in Ostrand on 12 March 2021 (Valley Post)
    breach in Ostrand on 12 March 2021 (Valley Post, 2)
    """
    numbers: dict[str, int] = {}
    labels = []
    for name in names:
        event = _describe(name)
        label = event
        if label in numbers:
            article = name.outlet or " ".join(name.title.split()[:TITLE_WORDS])
            label = fill(PHRASES["label.article"], event=event, article=article)
        first_choice = label
        while label in numbers:
            numbers[first_choice] += 1
            number = str(numbers[first_choice])
            label = fill(PHRASES["label.numbered"], event=event, article=article, number=number)
        numbers[label] = 1
        labels.append(label)
    return labels


def _describe(name: ClaimName) -> str:
    """What happened, to whom, by whom, where and when, as far as it is known."""
    words = [readable(name.kind)]
    if name.target:
        words.append(fill(PHRASES["label.target"], target=name.target))
    if name.agent:
        words.append(fill(PHRASES["label.agent"], agent=name.agent))
    if name.place:
        words.append(fill(PHRASES["label.place"], place=name.place))
    is_dated = pd.notna(name.first) and pd.notna(name.last)
    if is_dated and (name.last - name.first).days < MAX_DAYS_IN_LABEL:
        words.append(dates_in_words(name.first, name.last))
    return " ".join(words)
