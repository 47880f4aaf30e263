"""How much speaks for two mentions of events being one event, as a sum of signs with weights.

Events of the built-in list are of broad kinds, so that an equal kind proves nothing. What speaks
for one event are the articles (do they report one story?), the words of the sentences, names,
numbers, place and dates; what speaks against it are places, parties and dates that exclude each
other. Likeness never makes a claim certain: what repeats most literally is not thereby one event.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from clippings.core.sentences import sentence_spans

# What each sign adds to the likeness of two mentions, or takes from it. Set by hand on two thirds
# of the topics of a collection of news with marked events (ECB+), and looked at on the others.
WEIGHTS = {
    "articles": 1.0,  # cosine of the articles' words; 1 within one article
    "sentences": 0.8,  # cosine of the sentences' words
    "parties": 0.25,  # an agent or a target in common
    "amount": 0.15,  # an equal amount
    "place": 0.15,  # the same place
    "dates": 0.15,  # dates known to a month or better, with a day in common
    "family": -0.25,  # different words of one kind: "buy", "merge"
    "other_place": -0.4,
    "other_parties": -0.3,  # two agents, or two targets
    "other_dates": -2.0,  # no likeness outweighs it
}

# Likeness from which two claims are proposed to be one event.
MIN_LIKENESS = 0.25

# Articles with a smaller cosine report different stories: their events are not compared.
MIN_ARTICLE_COSINE = 0.08

# Articles to which one is compared, the most similar ones, and mentions of a group that stand for
# it: together they keep the work proportional to the number of events.
MAX_SIMILAR_ARTICLES = 20
MAX_MEMBERS_COMPARED = 6

# In a large collection, words of many articles cost time and distinguish little. Share of the
# articles in which a word may stand, and the number of articles from which this counts.
MAX_DOCUMENT_SHARE = 0.2
LARGE_COLLECTION = 500  # articles

# Articles whose cosines are computed at a time: a dense matrix of this many rows.
ROWS_AT_A_TIME = 256

# Characters to either side of an event that count as its sentence where that is longer.
MAX_SENTENCE = 400


class Sign(NamedTuple):
    """Something that speaks for or against one event: its code in WEIGHTS, and what it adds."""

    code: str
    weight: float


class Features(NamedTuple):
    """What is compared of a mention."""

    article: str
    family: str
    agent: str
    target: str
    place: str
    first: pd.Timestamp  # of its dates; NaT if they are not known to a month
    last: pd.Timestamp
    amounts: frozenset
    words: dict[int, float]  # of its sentence: TF-IDF, of length 1


class Vectors:
    """TF-IDF of articles and sentences.

    Parameters
    ----------
    texts : dict of str to str
        The text of each article.
    """

    def __init__(self, texts: dict[str, str]):
        from sklearn.feature_extraction.text import TfidfVectorizer  # slow to load

        self.articles = sorted(texts)
        self.texts = texts
        is_large = len(texts) >= LARGE_COLLECTION
        self._vectoriser = TfidfVectorizer(
            stop_words="english",
            sublinear_tf=True,
            max_df=MAX_DOCUMENT_SHARE if is_large else 1.0,
        )
        self._matrix = self._vectoriser.fit_transform(texts[article] for article in self.articles)

    def similar_articles(self) -> dict[str, dict[str, float]]:
        """The most similar articles of each one with their cosine, and itself with 1."""
        similar = {}
        for first in range(0, len(self.articles), ROWS_AT_A_TIME):
            rows = self._matrix[first : first + ROWS_AT_A_TIME]
            cosines = (rows @ self._matrix.T).toarray()
            for number, row in enumerate(cosines):
                article = self.articles[first + number]
                best = row.argsort(kind="stable")[::-1][: MAX_SIMILAR_ARTICLES + 1]
                similar[article] = {
                    self.articles[other]: float(row[other])
                    for other in best
                    if row[other] >= MIN_ARTICLE_COSINE
                }
                similar[article][article] = 1.0
        return similar

    def words_of_sentences(self, spans: Iterable[tuple[str, int, int]]) -> list[dict[int, float]]:
        """The weights of the words around each span (article, start, end)."""
        sentences = [self._sentence(*span) for span in spans]
        matrix = self._vectoriser.transform(sentences)
        bounds = matrix.indptr
        return [
            dict(
                zip(
                    matrix.indices[bounds[row] : bounds[row + 1]].tolist(),
                    matrix.data[bounds[row] : bounds[row + 1]].tolist(),
                    strict=True,
                )
            )
            for row in range(matrix.shape[0])
        ]

    def _sentence(self, article: str, start: int, end: int) -> str:
        """The sentence around a span, within its paragraph."""
        text = self.texts[article]
        first = max(text.rfind("\n", 0, start) + 1, start - MAX_SENTENCE)
        break_after = text.find("\n", end)
        last = min(len(text) if break_after < 0 else break_after, end + MAX_SENTENCE)
        spans = sentence_spans(text[first:last], first)
        around = next((span for span in spans if span[0] <= start < span[1]), (first, last))
        return text[around[0] : around[1]]


def signs_of(one: Features, other: Features, article_cosine: float) -> list[Sign]:
    """List what speaks for and against two mentions being one event.

    Parameters
    ----------
    one, other : Features
        Two mentions of one kind.
    article_cosine : float
        The likeness of their articles, 0 to 1.

    Returns
    -------
    list of Sign
        In the order of WEIGHTS; their weights add up to the likeness.

    Examples
    --------
    >>> day = pd.Timestamp("2021-03-12")
    >>> one = Features("a.txt", "burst", "", "", "Ostrand", day, day, frozenset(), {1: 1.0})
    >>> other = one._replace(article="b.txt", place="Tolmere")
    >>> [sign.code for sign in signs_of(one, other, 0.5)]
    ['articles', 'sentences', 'dates', 'other_place']
    """
    codes = {}
    codes["articles"] = article_cosine
    codes["sentences"] = _cosine(one.words, other.words)
    codes["amount"] = float(not one.amounts.isdisjoint(other.amounts))
    codes["family"] = float(one.family != other.family)

    shares_party = _shares_party(one, other)
    codes["parties"] = float(shares_party)
    codes["other_parties"] = float(
        not shares_party and (_differ(one.agent, other.agent) or _differ(one.target, other.target))
    )

    codes["place"] = float(one.place != "" and one.place == other.place)
    codes["other_place"] = float(_differ(one.place, other.place))

    are_dated = pd.notna(one.first) and pd.notna(other.first)
    if are_dated:
        excludes = one.first > other.last or other.first > one.last
        codes["other_dates" if excludes else "dates"] = 1.0

    return [
        Sign(code, weight * codes[code])
        for code, weight in WEIGHTS.items()
        if codes.get(code, 0.0) > 0
    ]


def _differ(one: str, other: str) -> bool:
    """Whether two names are known and not the same."""
    return one != "" and other != "" and one != other


def _shares_party(one: Features, other: Features) -> bool:
    """Whether an agent or a target is the same in both, in the same role."""
    same_agent = one.agent != "" and one.agent == other.agent
    same_target = one.target != "" and one.target == other.target
    return same_agent or same_target


def _cosine(one: dict[int, float], other: dict[int, float]) -> float:
    """The cosine of two vectors of length 1."""
    shorter, longer = sorted((one, other), key=len)
    return sum(weight * longer.get(word, 0.0) for word, weight in shorter.items())


class Proposal(NamedTuple):
    """A claim that is proposed to be the same event as an earlier one, by their numbers."""

    claim: int
    earlier: int
    signs: list[Sign]


def propose_same(
    kinds: list[str], members: list[list[Features]], similar: dict[str, dict[str, float]]
) -> list[Proposal]:
    """Propose which claims are the same event, by the mean likeness of their mentions.

    Parameters
    ----------
    kinds : list of str
        The kind of each claim.
    members : list of list of Features
        The mentions of each claim.
    similar : dict of str to dict
        As `Vectors.similar_articles` returns it.

    Returns
    -------
    list of Proposal
        One for each claim that joins an earlier one; a group of several claims is linked to the
        first of them, with the signs of their first mentions.
    """
    groups: list[list[int]] = []
    groups_of: dict[tuple[str, str], list[int]] = defaultdict(list)  # of a kind in an article
    proposals = []
    for claim, kind in enumerate(kinds):
        articles = dict.fromkeys(member.article for member in members[claim])
        candidates: dict[int, None] = {}
        for article in articles:
            for other in similar[article]:
                candidates |= dict.fromkeys(groups_of[kind, other])
        likeness = {
            group: _mean_likeness(members, [claim], groups[group], similar) for group in candidates
        }
        best = max(likeness, key=lambda group: (likeness[group], -group), default=None)
        if best is None or likeness[best] < MIN_LIKENESS:
            best = len(groups)
            groups.append([])
        else:
            first = groups[best][0]
            one = members[first][0]
            other = members[claim][0]
            cosine = similar[other.article].get(one.article, 0.0)
            proposals.append(Proposal(claim, first, signs_of(one, other, cosine)))
        groups[best].append(claim)
        for article in articles:
            if best not in groups_of[kind, article]:
                groups_of[kind, article].append(best)
    return proposals


def _mean_likeness(
    members: list[list[Features]],
    claims: list[int],
    others: list[int],
    similar: dict[str, dict[str, float]],
) -> float:
    """The mean likeness of the first mentions of some claims and of others."""
    ones = [member for claim in claims for member in members[claim]][:MAX_MEMBERS_COMPARED]
    others_members = [member for claim in others for member in members[claim]]
    total = 0.0
    number = 0
    for one in ones:
        for other in others_members[:MAX_MEMBERS_COMPARED]:
            cosine = similar[one.article].get(other.article, 0.0)
            total += sum(sign.weight for sign in signs_of(one, other, cosine))
            number += 1
    return total / number if number else 0.0
