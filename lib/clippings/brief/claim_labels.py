"""Labels of claims: what happened, to whom, by whom, where and when, in a few words."""

from typing import NamedTuple

import pandas as pd

from clippings.brief.phrasing import dates_in_words, fill, readable
from clippings.brief.templates import PHRASES
from clippings.core.wording import place_phrase

# Number of words from an article's title that identify the article in a label.
TITLE_WORDS = 6

# Labels contain only dates known to within a week; a wider range hardly distinguishes events.
MAX_DAYS_IN_LABEL = 7


class ClaimName(NamedTuple):
    """The parts of a claim's label: its first mention, and the article that contains it."""

    kind: str
    agent: str
    target: str
    place: str
    first: pd.Timestamp  # the dates of the mention; NaT if unknown
    last: pd.Timestamp
    outlet: str
    title: str  # the article's title or, if it has none, its id


def label_claims(names: list[ClaimName]) -> list[str]:
    """Give each claim a unique label from which a reader recognises the event.

    Parameters
    ----------
    names : list of ClaimName
        The claims, in their order.

    Returns
    -------
    list of str
        The labels. If two labels would be equal, the later one also contains the article's outlet
        or the beginning of its title and, if necessary, a number.

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
    """Describe what happened, to whom, by whom, where and when, as far as this is known."""
    words = [readable(name.kind)]
    if name.target:
        words.append(fill(PHRASES["label.target"], target=name.target))
    if name.agent:
        words.append(fill(PHRASES["label.agent"], agent=name.agent))
    if name.place:
        words.append(place_phrase(name.place))
    is_dated = pd.notna(name.first) and pd.notna(name.last)
    if is_dated and (name.last - name.first).days < MAX_DAYS_IN_LABEL:
        words.append(dates_in_words(name.first, name.last))
    return " ".join(words)
