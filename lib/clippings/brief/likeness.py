"""How much speaks for two mentions of events being one event, as a sum of signs with weights.

The kinds of the built-in list are broad, so that an equal kind proves nothing. Mentions are
compared within a story (see `stories`). For one event speak an equal or a similar word, parties,
place, dates and numbers in common, and the names in the sentences; against it parties, places and
dates that exclude each other, and one sentence that has both mentions.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from clippings.core.lexicon import read_lexicon, read_words
from clippings.timeline.default_events import OTHER, STATEMENT

# What each sign adds to the likeness of two mentions, or takes from it. Set by hand, near the
# coefficients of a logistic regression, on half of the topics of a collection of news with marked
# events (ECB+); the other half was looked at once, at the end.
WEIGHTS = {
    # The words; the first one that applies.
    "family": 1.0,  # one word family: "acquire", "acquisition"
    "similar_word": 0.4,  # words or kinds of one row of lexicon/en/claims, and one kind
    "related_word": 0.1,  # the same of different kinds
    "kind_only": -0.2,  # one kind: "hit by a storm", "a flood"
    "other_word": -1.5,  # nothing in common
    # What else agrees.
    "target": 1.2,
    "agent": 0.3,
    "place": 0.5,
    "dates": 0.3,  # dates known to a month or better, with a day in common
    "amount": 0.2,  # an equal amount
    "names": 0.5,  # cosine of the names and numbers of the sentences
    # What excludes the other.
    "other_target": -0.1,
    "other_agent": -0.3,
    "other_place": -1.0,
    "other_dates": -1.5,
    "common_word": -0.7,  # one common word of no particular kind: "show", "offer"
    "other_names": -0.4,  # both sentences have names, and none in common
    "published_apart": -1.0,  # by more than two weeks, and no date in common
    "same_sentence": -2.0,  # a sentence rarely mentions an event twice
}

# Mean likeness of the mentions of two groups from which they are proposed to be one event.
MIN_LIKENESS = 0.2

# Likeness of mentions that are certain to be one event: no other sign outweighs it.
CERTAIN_LIKENESS = 4.0

# The work on the mentions of one story is quadratic: of more, portions are compared.
MAX_MENTIONS_COMPARED = 3_000

# Cosine of the words of two sentences from which they have some in common, most, and nearly all.
MIN_COSINE_OF_COMMON_WORDS = 0.2
MIN_COSINE_OF_LIKE_WORDS = 0.5  # and of their names
MIN_COSINE_OF_SAME_WORDS = 0.85

# Different words, without function words, from which an equal sentence is no coincidence.
MIN_WORDS_OF_COPY = 6

# Signs that make an event uncertain whatever else agrees.
CONTRADICTIONS = ("other_target", "other_agent", "other_place", "other_dates", "same_sentence")

# Days between the first and the last possible date that count as known: to a month, to a week.
COMPARABLE_DAYS = 31
CLOSE_DAYS = 7

# Occurrences as a verb, in the texts from which lexicon/en/events/word_uses counts, from which a
# verb can mean almost anything: "hit" has 100, "show" 453.
MIN_USES_OF_COMMON_VERB = 150

NO_DATE = -1

# Pairs of mentions that are compared in one step: some 10 MB for each sign.
PAIRS_AT_A_TIME = 200_000

# With more pairs than this for each mention, it is faster to multiply all mentions with all.
PAIRS_PER_MENTION = 10

# Days after which news is no longer news: two articles published further apart report one event
# only if both date it.
MAX_DAYS_OF_NEWS = 14


class Features(NamedTuple):
    """What is compared of a mention."""

    article: str
    sentence: tuple[str, int]  # the article, and where the sentence starts
    kind: str
    family: str
    agent: str
    target: str
    place: str
    first: pd.Timestamp  # the dates; NaT if they are not known
    last: pd.Timestamp
    published: pd.Timestamp  # when the article was; NaT if the day is not known
    amounts: frozenset


class Sign(NamedTuple):
    """Something that speaks for or against one event: its code in WEIGHTS, and what it adds."""

    code: str
    weight: float


class Mentions:
    """The features of many mentions, in columns, so that all pairs are compared at once.

    Parameters
    ----------
    features : list of Features
        The mentions.
    words, names : scipy.sparse.csr_matrix
        The words, and the names and numbers, of the sentence of each mention; rows of length 1.
    """

    def __init__(self, features: list[Features], words: csr_matrix, names: csr_matrix):
        self.features = features
        self.words = words
        self.names = names
        self._codes = {
            column: pd.factorize(
                pd.Series([getattr(mention, column) for mention in features], dtype=object)
            )[0]
            for column in ("article", "sentence", "kind", "family", "agent", "target", "place")
        }
        self._is_known = {
            column: np.array([getattr(mention, column) != "" for mention in features], dtype=bool)
            for column in ("agent", "target", "place")
        }
        self._is_particular = np.array(
            [mention.kind not in (OTHER, STATEMENT) for mention in features], dtype=bool
        )
        self._is_common = np.array(
            [
                mention.kind in (OTHER, STATEMENT) and _is_common_verb(mention.family)
                for mention in features
            ],
            dtype=bool,
        )
        self._level = np.array([_level_of(mention.place) for mention in features], dtype=object)
        self._first = _days(mention.first for mention in features)
        self._last = _days(mention.last for mention in features)
        self._has_many_words = np.diff(words.indptr) >= MIN_WORDS_OF_COPY
        self._has_names = np.diff(names.indptr) > 0
        self._published = _days(mention.published for mention in features)
        self._related = _bits([_related_rows(mention.family, mention.kind) for mention in features])
        self._amounts = _membership([mention.amounts for mention in features])

    def signs(self, rows: np.ndarray, columns: np.ndarray) -> dict[str, np.ndarray]:
        """The strength of each sign, 0 to 1, for pairs of mentions by their numbers."""
        is_particular = self._is_particular[rows]
        same_family = self._are_equal("family", rows, columns)
        same_kind = self._are_equal("kind", rows, columns) & is_particular
        is_related = (self._related[rows] & self._related[columns]).any(axis=1)
        signs = {
            "family": same_family,
            "similar_word": ~same_family & is_related & same_kind,
            "related_word": ~same_family & is_related & ~same_kind,
            "kind_only": ~same_family & ~is_related & same_kind,
            "other_word": ~same_family & ~is_related & ~same_kind,
        }
        for column in ("agent", "target", "place"):
            signs[column] = self._are_equal(column, rows, columns) & self._is_known[column][rows]
        signs["common_word"] = same_family & self._is_common[rows]
        signs |= self.exclusions(rows, columns)
        signs["dates"] = self._are_known(rows, columns, COMPARABLE_DAYS) & ~signs["other_dates"]
        is_close = self._are_known(rows, columns, CLOSE_DAYS)
        signs["close_dates"] = is_close & ~signs["other_dates"]
        is_published = (self._published[rows] != NO_DATE) & (self._published[columns] != NO_DATE)
        days_apart = np.abs(self._published[rows] - self._published[columns])
        signs["published_apart"] = is_published & (days_apart > MAX_DAYS_OF_NEWS) & ~signs["dates"]

        other_article = self._codes["article"][rows] != self._codes["article"][columns]
        signs["amount"] = _rows_in_common(self._amounts, rows, columns)
        names = _cosines(self.names, rows, columns)
        signs["names"] = names * other_article
        signs["other_names"] = self._has_names[rows] & self._has_names[columns] & (names == 0)
        words = _cosines(self.words, rows, columns)
        signs["common_words"] = (words >= MIN_COSINE_OF_COMMON_WORDS) & other_article
        are_long = self._has_many_words[rows] & self._has_many_words[columns]
        is_alike = (words >= MIN_COSINE_OF_LIKE_WORDS) & (names >= MIN_COSINE_OF_LIKE_WORDS)
        signs["like_words"] = is_alike & are_long & other_article
        signs["same_words"] = (words >= MIN_COSINE_OF_SAME_WORDS) & are_long & other_article
        return {code: strength.astype(float) for code, strength in signs.items()}

    def exclusions(self, rows: np.ndarray, columns: np.ndarray) -> dict[str, np.ndarray]:
        """The signs by which the mentions of a pair exclude each other."""
        signs = {"same_sentence": self._are_equal("sentence", rows, columns)}
        for column in ("agent", "target", "place"):
            are_known = self._is_known[column][rows] & self._is_known[column][columns]
            signs[f"other_{column}"] = are_known & ~self._are_equal(column, rows, columns)
        # A town and a country can be one place.
        signs["other_place"] &= self._level[rows] == self._level[columns]

        first, last = self._first, self._last
        overlap = (first[rows] <= last[columns]) & (first[columns] <= last[rows])
        signs["other_dates"] = self._are_known(rows, columns, COMPARABLE_DAYS) & ~overlap
        return signs

    def _are_equal(self, column: str, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """Whether a feature is the same in both mentions of each pair."""
        codes = self._codes[column]
        return codes[rows] == codes[columns]

    def _are_known(self, rows: np.ndarray, columns: np.ndarray, days: int) -> np.ndarray:
        """Whether the dates of both mentions of each pair are known to a number of days."""
        is_known = (self._first != NO_DATE) & (self._last - self._first <= days)
        return is_known[rows] & is_known[columns]

    def signs_of_pairs(self, pairs: list[tuple[int, int]]) -> list[list[Sign]]:
        """List what speaks for and against one event, as in WEIGHTS, for pairs of mentions."""
        if not pairs:
            return []
        rows, columns = np.array(pairs).T
        strengths = self.signs(rows, columns)
        return [
            [
                Sign(code, weight * strengths[code][number])
                for code, weight in WEIGHTS.items()
                if strengths[code][number] > 0
            ]
            for number in range(len(pairs))
        ]


def likeness_of(signs: dict[str, np.ndarray]) -> np.ndarray:
    """Add up the weighted signs of pairs of mentions.

    Parameters
    ----------
    signs : dict of str to numpy.ndarray
        As `Mentions.signs` returns them.

    Returns
    -------
    numpy.ndarray
        The likeness of each pair.

    Examples
    --------
    >>> one_word = {code: np.zeros(1) for code in WEIGHTS} | {"family": np.ones(1)}
    >>> float(likeness_of(one_word)[0])
    1.0
    """
    return sum(weight * signs[code] for code, weight in WEIGHTS.items())


def is_certain(signs: dict[str, np.ndarray]) -> np.ndarray:
    """Decide for pairs of mentions of one story whether they are certain to be one event.

    Parameters
    ----------
    signs : dict of str to numpy.ndarray
        As `Mentions.signs` returns them.

    Returns
    -------
    numpy.ndarray of bool
        True if nothing contradicts and one of these agrees: with words of one kind, the target
        and the agent, place, dates, an amount or words of the sentence; with one word, the agent
        and one of the others, or the place and dates or an amount, or an amount, names and words
        of the sentence, or most of its words and names, or nearly all of its words.

    Notes
    -----
    On the half of ECB+ used for development, 95 to 100 % of the pairs with each of these are one
    event. Dates and words of the sentence alone are shared by all events of a story (80 %).

    Examples
    --------
    >>> codes = [*WEIGHTS, "close_dates", "common_words", "like_words", "same_words"]
    >>> signs = {code: np.zeros(1, dtype=bool) for code in codes} | {"family": np.ones(1) > 0}
    >>> parties = {"agent": np.ones(1) > 0, "target": np.ones(1) > 0}
    >>> bool(is_certain(signs)[0]), bool(is_certain(signs | parties)[0])
    (False, True)
    """
    has = {code: strength > 0 for code, strength in signs.items()}
    has_details = has["close_dates"] | has["amount"]
    is_supported = has["place"] | has_details | has["common_words"]
    is_tied_by_agent = has["agent"] & is_supported
    is_tied_by_place = has["place"] & has_details
    is_tied_by_target = has["target"] & (has["agent"] | is_supported)
    is_tied_by_amount = has["amount"] & has["names"] & has["common_words"]
    is_tied_by_words = has["like_words"] | has["same_words"]
    is_tied = is_tied_by_agent | is_tied_by_place | is_tied_by_amount | is_tied_by_words
    is_one_word = has["family"] & is_tied
    is_of_one_kind = has["family"] | has["similar_word"] | has["kind_only"]
    is_contradicted = has["published_apart"]
    for code in CONTRADICTIONS:
        is_contradicted = is_contradicted | has[code]
    return (is_one_word | (is_of_one_kind & is_tied_by_target)) & ~is_contradicted


def group_mentions(
    mentions: Mentions, stories: np.ndarray, certain_groups: np.ndarray
) -> np.ndarray:
    """Propose which mentions are one event: average linkage of their likeness, story by story.

    Parameters
    ----------
    mentions : Mentions
        The mentions.
    stories, certain_groups : numpy.ndarray of int
        The story of each mention, and the group of mentions that are certain to be one event.

    Returns
    -------
    numpy.ndarray of int
        The number of the group of each mention. Mentions of one certain group stay together.
    """
    groups = np.zeros(len(mentions.features), dtype=int)
    next_number = 0
    positions_of_story: dict[int, list[int]] = defaultdict(list)
    for position, story in enumerate(stories.tolist()):
        positions_of_story[story].append(position)

    blocks = [
        block for positions in positions_of_story.values() for block in _blocks(mentions, positions)
    ]
    for portion in _portions(blocks):
        rows, columns = _pairs(portion)
        likeness = likeness_of(mentions.signs(rows, columns))
        ends = np.cumsum([_number_of_pairs(block) for block in portion])
        for block, part in zip(portion, np.split(likeness, ends[:-1]), strict=True):
            numbers = _cluster(part, certain_groups[block])
            groups[block] = numbers + next_number
            next_number += numbers.max() + 1
    return groups


def pairs_of_blocks(blocks: list[np.ndarray]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """List all pairs of mentions of the same block, many at a time.

    Parameters
    ----------
    blocks : list of numpy.ndarray of int
        The numbers of mentions that are compared with each other.

    Yields
    ------
    tuple of numpy.ndarray
        The first and the second mention of each pair.

    Examples
    --------
    >>> for first, second in pairs_of_blocks([np.array([4, 7]), np.array([5, 8, 9])]):
    ...     print(first.tolist(), second.tolist())
    [4, 5, 5, 8] [7, 8, 9, 9]
    """
    for portion in _portions(blocks):
        yield _pairs(portion)


def _pairs(blocks: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The first and the second mention of each pair of some blocks."""
    rows = []
    columns = []
    for block in blocks:
        first, second = np.triu_indices(len(block), 1)
        rows.append(block[first])
        columns.append(block[second])
    return np.concatenate(rows), np.concatenate(columns)


def _number_of_pairs(block: np.ndarray) -> int:
    """The number of pairs of mentions in a block."""
    return len(block) * (len(block) - 1) // 2


def _portions(blocks: list[np.ndarray]) -> Iterator[list[np.ndarray]]:
    """Blocks with some PAIRS_AT_A_TIME pairs of mentions; fewer and larger steps are faster."""
    portion = []
    number_of_pairs = 0
    for block in blocks:
        portion.append(block)
        number_of_pairs += _number_of_pairs(block)
        if number_of_pairs >= PAIRS_AT_A_TIME:
            yield portion
            portion = []
            number_of_pairs = 0
    if portion:
        yield portion


def _blocks(mentions: Mentions, positions: list[int]) -> list[np.ndarray]:
    """Mentions of a story that can be one event by their words; the others need no comparison."""
    links = defaultdict(list)
    for position in positions:
        feature = mentions.features[position]
        links["family", feature.family].append(position)
        if feature.kind not in (OTHER, STATEMENT):
            links["kind", feature.kind].append(position)
        for row in _related_rows(feature.family, feature.kind):
            links["related", row].append(position)
    number_of = {position: number for number, position in enumerate(positions)}
    rows = [number_of[members[0]] for members in links.values() for _ in members]
    columns = [number_of[member] for members in links.values() for member in members]
    graph = csr_matrix(
        (np.ones(len(rows), dtype=bool), (rows, columns)), (len(positions), len(positions))
    )
    parts = connected_components(graph, directed=False)[1]
    blocks = []
    for part in range(parts.max() + 1):
        block = np.array(positions)[parts == part]
        blocks.extend(
            block[first : first + MAX_MENTIONS_COMPARED]
            for first in range(0, len(block), MAX_MENTIONS_COMPARED)
        )
    return blocks


def _cluster(likeness: np.ndarray, certain_groups: np.ndarray) -> np.ndarray:
    """Number the groups of mentions whose mean likeness is high enough, from that of all pairs."""
    if len(certain_groups) == 1:
        return np.zeros(1, dtype=int)
    rows, columns = np.triu_indices(len(certain_groups), 1)
    is_same = certain_groups[rows] == certain_groups[columns]
    likeness = np.where(is_same, CERTAIN_LIKENESS, np.minimum(likeness, CERTAIN_LIKENESS))
    tree = linkage(CERTAIN_LIKENESS - likeness, "average")
    return fcluster(tree, CERTAIN_LIKENESS - MIN_LIKENESS, "distance") - 1


def _days(dates) -> np.ndarray:
    """Dates as numbers of days; NO_DATE if unknown."""
    return np.array([NO_DATE if pd.isna(date) else date.toordinal() for date in dates], dtype=int)


def _membership(sets: list) -> csr_matrix:
    """A matrix with a row for each set and a column for each element of any of them."""
    number_of: dict = {}
    rows = []
    columns = []
    for row, elements in enumerate(sets):
        for element in elements:
            rows.append(row)
            columns.append(number_of.setdefault(element, len(number_of)))
    shape = (len(sets), max(1, len(number_of)))
    return csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape)


def _bits(sets: list[frozenset[int]]) -> np.ndarray:
    """A row for each set of small numbers, with a bit for each number, in bytes."""
    largest = max((number for numbers in sets for number in numbers), default=0)
    has_number = np.zeros((len(sets), largest + 1), dtype=bool)
    for row, numbers in enumerate(sets):
        has_number[row, list(numbers)] = True
    return np.packbits(has_number, axis=1)


def _rows_in_common(matrix: csr_matrix, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Whether the two rows of each pair have a column in common; most rows are empty."""
    is_filled = np.diff(matrix.indptr) > 0
    are_filled = np.flatnonzero(is_filled[rows] & is_filled[columns])
    in_common = np.zeros(len(rows), dtype=bool)
    in_common[are_filled] = _cosines(matrix, rows[are_filled], columns[are_filled]) > 0
    return in_common


def _cosines(matrix: csr_matrix, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """The scalar product of the two rows of each pair."""
    if matrix.nnz == 0 or len(rows) == 0:
        return np.zeros(len(rows))
    used, numbers = np.unique(np.concatenate([rows, columns]), return_inverse=True)
    if len(rows) < PAIRS_PER_MENTION * len(used):
        return np.asarray(matrix[rows].multiply(matrix[columns]).sum(axis=1)).ravel()
    products = (matrix[used] @ matrix[used].T).toarray()
    return products[numbers[: len(rows)], numbers[len(rows) :]]


@cache
def _related_rows(family: str, kind: str) -> frozenset[int]:
    """The rows of lexicon/en/claims/one_event that contain a word family or a kind."""
    return _rows_of_names("words").get(family, frozenset()) | _rows_of_names("kinds").get(
        kind, frozenset()
    )


@cache
def _rows_of_names(of: str) -> dict[str, frozenset[int]]:
    """The rows of lexicon/en/claims/one_event in which each word family, or each kind, stands."""
    rows = defaultdict(set)
    for number, row in enumerate(read_lexicon("en/claims/one_event")):
        if row["of"] == of:
            for name in row["names"].split("|"):
                rows[name.strip()].add(number)
    return {name: frozenset(numbers) for name, numbers in rows.items()}


@cache
def _is_common_verb(family: str) -> bool:
    """Whether a word is used so often as a verb that it can mean almost anything."""
    uses = _occurrences_as_verb()
    return uses.get(family.replace("_", " "), 0) >= MIN_USES_OF_COMMON_VERB


@cache
def _occurrences_as_verb() -> dict[str, int]:
    """How often each word of lexicon/en/events/word_uses is a verb."""
    return {row["word"]: int(row["verb"] or 0) for row in read_lexicon("en/events/word_uses")}


@cache
def _level_of(place: str) -> str:
    """What kind of place a name is: a country, a region or a town."""
    if place in read_words("en/names/countries", column="country"):
        return "country"
    if place in read_words("en/names/places", kind="region"):
        return "region"
    return "town"
