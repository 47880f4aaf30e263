"""Measure the likeness of two mentions of events as a weighted sum of signs.

The kinds of the built-in list are broad, so two events of the same kind are often different
events. Mentions are compared within a story (see `stories`). Evidence for a common event is an
equal or similar word, common participants, places, dates and numbers, and names that both
sentences contain. Evidence against it is incompatible participants, places or dates, or a single
sentence that contains both mentions.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from clippings.core.lexicon import read_lexicon, read_words, split_cell
from clippings.timeline.default_events import OTHER, STATEMENT

# How much each sign adds to the likeness of two mentions. The weights were set by hand, close to
# the coefficients of a logistic regression on half of the topics of a news corpus with annotated
# events (ECB+). The other half was evaluated once, at the end.
WEIGHTS = {
    # Signs in the words for the event: only the first one that applies counts.
    "family": 1.0,  # the same word family: "acquire", "acquisition"
    "similar_word": 0.4,  # listed together in lexicon/en/claims, and the same kind
    "related_word": 0.1,  # listed together, but different kinds
    "kind_only": -0.2,  # only the kind is the same: "hit by a storm", "a flood"
    "other_word": -1.5,  # nothing in common
    # Other signs of the same event
    "target": 1.2,
    "agent": 0.3,
    "place": 0.5,
    "dates": 0.3,  # dates known to within a month, with a day in common
    "amount": 0.2,  # an equal amount
    "victim": 0.3,  # the same person dies
    "thing": 0.2,  # the same thing is cut, launched or sold
    "names": 0.5,  # cosine of the names and numbers of the sentences
    # Signs of different events
    "other_target": -0.1,
    "other_agent": -0.3,
    "other_place": -1.0,
    "other_dates": -1.5,
    "no_thing": -0.05,  # no thing in common, or one of them is unknown
    "another": -0.3,  # only one of the mentions is called another event
    "common_word": -0.7,  # the same word, but a frequent one without a specific kind: "show"
    "other_names": -0.4,  # both sentences contain names, but none in common
    "published_apart": -1.0,  # more than two weeks apart, with no date in common
    "same_sentence": -2.0,  # a sentence rarely mentions an event twice
}

# Minimum mean likeness of two groups of mentions for proposing that they are the same event.
MIN_LIKENESS = 0.2

# Likeness of mentions that are certainly the same event; no other sign outweighs it.
CERTAIN_LIKENESS = 4.0

# Comparing the mentions of a story takes quadratic time, so larger stories are split into portions.
MAX_MENTIONS_COMPARED = 3_000

# Minimum cosine of two sentences that have some words, most words or nearly all words in common.
MIN_COSINE_OF_COMMON_WORDS = 0.2
MIN_COSINE_OF_LIKE_WORDS = 0.5  # also for their names
MIN_COSINE_OF_SAME_WORDS = 0.85

# Minimum number of distinct content words for which equal sentences are not a coincidence.
MIN_WORDS_OF_COPY = 6

# Signs that rule out certainty, whatever else agrees.
CONTRADICTIONS = (
    "other_target",
    "other_agent",
    "other_place",
    "other_dates",
    "other_thing",
    "other_number",
    "another",
    "indirect",
    "same_sentence",
)

# Maximum number of days between the first and last possible date: within a month, within a week.
COMPARABLE_DAYS = 31
CLOSE_DAYS = 7

# Number of uses as a verb in lexicon/en/events/word_uses from which a verb is so frequent that it
# can mean almost anything: "hit" has 100, "show" 453.
MIN_USES_OF_COMMON_VERB = 150

NO_DATE = -1

# Number of pairs of mentions that are compared in one step: about 10 MB for each sign.
PAIRS_AT_A_TIME = 200_000

# With more pairs per mention than this, it is faster to multiply the full matrices.
PAIRS_PER_MENTION = 10

# Up to this number of mentions, the positions of all pairs within a block are cached: 1 MB for all
# sizes together.
MAX_SIZE_OF_SMALL_BLOCK = 50

# Likenesses that differ by less than this may be equal.
ROUNDING = 1e-9

# Number of days after which news is old: articles published further apart are taken to report the
# same event only if both date it.
MAX_DAYS_OF_NEWS = 14


class Features(NamedTuple):
    """The features by which mentions are compared."""

    article: str
    sentence: tuple[str, int]  # the article, and where the sentence starts
    kind: str
    family: str
    agent: str
    target: str
    place: str
    first: pd.Timestamp  # the possible dates; NaT if unknown
    last: pd.Timestamp
    published: pd.Timestamp  # the publication date of the article; NaT if unknown
    amounts: frozenset
    victim: str = ""  # the person who dies; "" if it is unknown or does not apply
    has_thing: bool = False  # whether the kind of event concerns a thing
    things: frozenset[str] = frozenset()  # nouns for it
    is_another: bool = False  # called another event
    is_indirect: bool = False  # named as a charge, or only describes another noun
    is_singular: bool = False  # a noun in the singular: "the war"
    is_plural: bool = False  # a noun in the plural: "two wars"


class Sign(NamedTuple):
    """Evidence for or against a common event: its code in WEIGHTS and its contribution."""

    code: str
    weight: float


class Mentions:
    """The features of many mentions in columns, so that all pairs can be compared at once.

    Parameters
    ----------
    features : list of Features
        The mentions.
    words, names : scipy.sparse.csr_matrix
        Vectors of the words, and of the names and numbers, in the sentence of each mention; each
        row has length 1.
    """

    def __init__(self, features: list[Features], words: csr_matrix, names: csr_matrix):
        self.features = features
        self.words = words
        self.names = names
        self._codes = {
            column: pd.factorize(
                pd.Series([getattr(mention, column) for mention in features], dtype=object)
            )[0]
            for column in (
                "article",
                "sentence",
                "kind",
                "family",
                "agent",
                "target",
                "place",
                "victim",
            )
        }
        self._is_known = {
            column: np.array([getattr(mention, column) != "" for mention in features], dtype=bool)
            for column in ("agent", "target", "place", "victim")
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
        self._things = _membership([mention.things for mention in features])
        self._has_thing = _flags(mention.has_thing for mention in features)
        self._is_thing_known = _flags(bool(mention.things) for mention in features)
        self._is_another = _flags(mention.is_another for mention in features)
        self._is_indirect = _flags(mention.is_indirect for mention in features)
        self._is_singular = _flags(mention.is_singular for mention in features)
        self._is_plural = _flags(mention.is_plural for mention in features)

    def signs_of_possible_matches(
        self, rows: np.ndarray, columns: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]:
        """Return the pairs that `is_certain` can accept, and their signs.

        The word, the target or the victim must be the same. In most pairs, none of them is.
        """
        is_possible = self._are_equal("family", rows, columns)
        is_possible |= self._are_equal("target", rows, columns) & self._is_known["target"][rows]
        is_possible |= self._have_same_victim(rows, columns)
        are_dense = _are_dense(rows, columns)
        rows = rows[is_possible]
        columns = columns[is_possible]
        return rows, columns, self.signs(rows, columns, are_dense=are_dense)

    def signs(
        self, rows: np.ndarray, columns: np.ndarray, *, are_dense: bool | None = None
    ) -> dict[str, np.ndarray]:
        """Return each sign for pairs of mentions by position: truth values or shares of 1.

        The last digits of cosines depend on how they are computed (see `_are_dense`). It can be
        specified for pairs that are part of others.
        """
        if are_dense is None:
            are_dense = _are_dense(rows, columns)
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
        signs["victim"] = self._have_same_victim(rows, columns)
        signs["common_word"] = same_family & self._is_common[rows]
        signs["thing"] = self._share_thing(rows, columns)
        signs |= self.exclusions(rows, columns, share_thing=signs["thing"])
        signs["no_thing"] = self._have_thing(rows, columns) & ~signs["thing"]
        signs["dates"] = self._are_known(rows, columns, COMPARABLE_DAYS) & ~signs["other_dates"]
        is_close = self._are_known(rows, columns, CLOSE_DAYS)
        signs["close_dates"] = is_close & ~signs["other_dates"]
        is_published = (self._published[rows] != NO_DATE) & (self._published[columns] != NO_DATE)
        days_apart = np.abs(self._published[rows] - self._published[columns])
        signs["published_apart"] = is_published & (days_apart > MAX_DAYS_OF_NEWS) & ~signs["dates"]

        other_article = self._codes["article"][rows] != self._codes["article"][columns]
        signs["amount"] = _rows_in_common(self._amounts, rows, columns)
        names = _cosines(self.names, rows, columns, are_dense)
        signs["names"] = (names * other_article).astype(float)
        signs["other_names"] = self._has_names[rows] & self._has_names[columns] & (names == 0)
        words = _cosines(self.words, rows, columns, are_dense)
        signs["common_words"] = (words >= MIN_COSINE_OF_COMMON_WORDS) & other_article
        are_long = self._has_many_words[rows] & self._has_many_words[columns]
        is_alike = (words >= MIN_COSINE_OF_LIKE_WORDS) & (names >= MIN_COSINE_OF_LIKE_WORDS)
        signs["like_words"] = is_alike & are_long & other_article
        signs["same_words"] = (words >= MIN_COSINE_OF_SAME_WORDS) & are_long & other_article
        return signs

    def exclusions(
        self, rows: np.ndarray, columns: np.ndarray, share_thing: np.ndarray | None = None
    ) -> dict[str, np.ndarray]:
        """Return the signs that the two mentions of each pair exclude each other."""
        if share_thing is None:
            share_thing = self._share_thing(rows, columns)
        signs = {"same_sentence": self._are_equal("sentence", rows, columns)}
        for column in ("agent", "target", "place"):
            are_known = self._is_known[column][rows] & self._is_known[column][columns]
            signs[f"other_{column}"] = are_known & ~self._are_equal(column, rows, columns)
        # A town and a country can be compatible places.
        signs["other_place"] &= self._level[rows] == self._level[columns]
        are_things_known = self._is_thing_known[rows] & self._is_thing_known[columns]
        have_thing = self._have_thing(rows, columns) & are_things_known
        signs["other_thing"] = have_thing & ~share_thing
        signs["other_number"] = (self._is_singular[rows] & self._is_plural[columns]) | (
            self._is_plural[rows] & self._is_singular[columns]
        )
        signs["another"] = self._is_another[rows] != self._is_another[columns]
        signs["indirect"] = self._is_indirect[rows] | self._is_indirect[columns]

        is_before_end = self._first[rows] <= self._last[columns]
        is_after_start = self._first[columns] <= self._last[rows]
        are_compatible = is_before_end & is_after_start
        signs["other_dates"] = self._are_known(rows, columns, COMPARABLE_DAYS) & ~are_compatible

        # A person dies only once: shot in one town, dead in the next; "was shot and killed".
        is_same_victim = self._have_same_victim(rows, columns)
        for code in ("other_place", "other_number", "another", "same_sentence"):
            signs[code] &= ~is_same_victim
        return signs

    def _have_same_victim(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """Return whether the same person dies in both mentions of each pair."""
        return self._are_equal("victim", rows, columns) & self._is_known["victim"][rows]

    def _have_thing(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """Return whether both mentions of each pair are of kinds that concern a thing."""
        return self._has_thing[rows] & self._has_thing[columns]

    def _share_thing(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """Return whether both mentions concern the same thing: a noun or the target agrees."""
        if not self._has_thing[rows].any():
            return np.zeros(len(rows), dtype=bool)
        is_same_target = self._are_equal("target", rows, columns) & self._is_known["target"][rows]
        share_noun = _rows_in_common(self._things, rows, columns)
        return (share_noun | is_same_target) & self._have_thing(rows, columns)

    def _are_equal(self, column: str, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """Return whether a feature is the same in both mentions of each pair."""
        codes = self._codes[column]
        return codes[rows] == codes[columns]

    def _are_known(self, rows: np.ndarray, columns: np.ndarray, days: int) -> np.ndarray:
        """Return whether both mentions of each pair are dated to within a number of days."""
        is_known = (self._first != NO_DATE) & (self._last - self._first <= days)
        return is_known[rows] & is_known[columns]

    def signs_of_pairs(self, pairs: list[tuple[int, int]]) -> list[list[Sign]]:
        """List the signs for and against a common event for pairs of mentions, with weights."""
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
    """Compute the likeness of pairs of mentions from their signs.

    Parameters
    ----------
    signs : dict of str to numpy.ndarray
        The result of `Mentions.signs`.

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
    """Decide which pairs of mentions within a story certainly describe the same event.

    Parameters
    ----------
    signs : dict of str to numpy.ndarray
        The result of `Mentions.signs`.

    Returns
    -------
    numpy.ndarray of bool
        True if nothing contradicts a common event and one of three conditions is met. The same
        person dies. Or, if the words are of the same kind, the target must agree, together with the
        agent, place, dates, an amount or words of the sentence. Or, if the words are the same, one
        of the following must agree: the agent and one of the other features; the place, together
        with the dates or an amount; an amount, names and words of the sentence; most words and
        names of the sentence; or nearly all of its words. Events that concern a thing must concern
        the same one.

    Notes
    -----
    In the half of ECB+ used for development, 95 to 100 % of the pairs that meet each of these
    criteria describe the same event. Dates and words of the sentence are not sufficient (80 %),
    because all events of a story share them.

    Examples
    --------
    >>> codes = [*WEIGHTS, *CONTRADICTIONS, "close_dates", "common_words", "like_words"]
    >>> codes += ["same_words"]
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
    is_tied = is_one_word | (is_of_one_kind & is_tied_by_target)
    # Where the thing is unknown, only a copied sentence shows that it is the same.
    is_about_one_thing = ~has["no_thing"] | has["same_words"]
    is_one = (is_tied & is_about_one_thing & ~has["published_apart"]) | has["victim"]
    for code in CONTRADICTIONS:
        is_one &= ~has[code]
    return is_one


def group_mentions(
    mentions: Mentions, stories: np.ndarray, certain_groups: np.ndarray
) -> np.ndarray:
    """Group mentions that may describe the same event by average linkage within each story.

    Parameters
    ----------
    mentions : Mentions
        The mentions.
    stories, certain_groups : numpy.ndarray of int
        The story of each mention, and its group of mentions that certainly describe one event.

    Returns
    -------
    numpy.ndarray of int
        The group number of each mention. Mentions of the same certain group stay together.
    """
    groups = np.zeros(len(mentions.features), dtype=int)
    next_number = 0
    for portion in _portions(_comparable_blocks(mentions, stories)):
        rows, columns = _pairs(portion)
        likeness = likeness_of(mentions.signs(rows, columns))
        is_same = certain_groups[rows] == certain_groups[columns]
        likeness = np.where(is_same, CERTAIN_LIKENESS, np.minimum(likeness, CERTAIN_LIKENESS))
        first_pair = 0
        for block in portion:
            number_of_pairs = _number_of_pairs(block)
            numbers = _cluster(likeness[first_pair : first_pair + number_of_pairs], len(block))
            groups[block] = numbers + next_number
            next_number += numbers.max() + 1
            first_pair += number_of_pairs
    return groups


def pairs_of_blocks(blocks: list[np.ndarray]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Generate all pairs of mentions within each block, many at a time.

    Parameters
    ----------
    blocks : list of numpy.ndarray of int
        The positions of the mentions that are compared with each other.

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
    """Return the first and the second mention of each pair within the given blocks."""
    rows = []
    columns = []
    for block in blocks:
        first, second = _pairs_of_size(len(block))
        rows.append(block[first])
        columns.append(block[second])
    return np.concatenate(rows), np.concatenate(columns)


def _pairs_of_size(size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the first and the second position of each pair within a block of a given size."""
    if size > MAX_SIZE_OF_SMALL_BLOCK:
        return np.triu_indices(size, 1)
    return _pairs_of_small_block(size)


# Most blocks contain only a few mentions, and numpy takes longer to number than to compare these.
@cache
def _pairs_of_small_block(size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the first and the second position of each pair within a block of a given size."""
    return np.triu_indices(size, 1)


def _number_of_pairs(block: np.ndarray) -> int:
    """Return the number of pairs of mentions in a block."""
    return len(block) * (len(block) - 1) // 2


def _portions(blocks: list[np.ndarray]) -> Iterator[list[np.ndarray]]:
    """Combine blocks into portions of about PAIRS_AT_A_TIME pairs: fewer steps are faster."""
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


def _comparable_blocks(mentions: Mentions, stories: np.ndarray) -> list[np.ndarray]:
    """List the mentions of each story that have comparable words; no others are compared."""
    positions_of_story: dict[int, list[int]] = defaultdict(list)
    for position, story in enumerate(stories.tolist()):
        positions_of_story[story].append(position)
    order = np.array(list(chain.from_iterable(positions_of_story.values())))

    # Links from the first mention with a word or kind to all others are enough to connect them.
    first_with: dict[tuple[int, str, str | int], int] = {}
    rows = []
    columns = []
    for number, position in enumerate(order.tolist()):
        feature = mentions.features[position]
        story = int(stories[position])
        keys = [(story, "family", feature.family)]
        if feature.kind not in (OTHER, STATEMENT):
            keys.append((story, "kind", feature.kind))
        for row in _related_rows(feature.family, feature.kind):
            keys.append((story, "related", row))
        rows.extend(first_with.setdefault(key, number) for key in keys)
        columns.extend([number] * len(keys))
    graph = csr_matrix((np.ones(len(rows), dtype=bool), (rows, columns)), (len(order), len(order)))
    parts = connected_components(graph, directed=False)[1]

    blocks = []
    by_part = np.argsort(parts, kind="stable")
    bounds = np.flatnonzero(np.diff(parts[by_part])) + 1
    for members in np.split(order[by_part], bounds):
        blocks.extend(blocks_of(members))
    return blocks


def blocks_of(members: np.ndarray) -> list[np.ndarray]:
    """Divide mentions into blocks of at most `MAX_MENTIONS_COMPARED`.

    Parameters
    ----------
    members : numpy.ndarray of int
        The positions of mentions.

    Returns
    -------
    list of numpy.ndarray of int
        The positions in the same order.

    Examples
    --------
    >>> [len(block) for block in blocks_of(np.arange(MAX_MENTIONS_COMPARED + 1))]
    [3000, 1]
    """
    return [
        members[first : first + MAX_MENTIONS_COMPARED]
        for first in range(0, len(members), MAX_MENTIONS_COMPARED)
    ]


def _cluster(likeness: np.ndarray, number_of_mentions: int) -> np.ndarray:
    """Number the groups of mentions whose mean pairwise likeness is high enough."""
    # The mean of the pairs needs no computing if all of them are on the same side of the limit.
    if number_of_mentions == 1 or likeness.min() > MIN_LIKENESS + ROUNDING:
        return np.zeros(number_of_mentions, dtype=int)
    if likeness.max() < MIN_LIKENESS - ROUNDING:
        return np.arange(number_of_mentions)
    tree = linkage(CERTAIN_LIKENESS - likeness, "average")
    return fcluster(tree, CERTAIN_LIKENESS - MIN_LIKENESS, "distance") - 1


def _flags(values: Iterable[bool]) -> np.ndarray:
    """Convert truth values to an array."""
    return np.fromiter(values, dtype=bool)


def _days(dates: Iterable[pd.Timestamp]) -> np.ndarray:
    """Convert dates to numbers of days; NO_DATE if unknown."""
    days = (NO_DATE if date is pd.NaT else date.toordinal() for date in dates)
    return np.fromiter(days, dtype=int)


def _membership(sets: list) -> csr_matrix:
    """Return a matrix with a row for each set and a column for each element of any set."""
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
    """Encode each set of small numbers as a row of bits."""
    largest = max(chain.from_iterable(sets), default=0)
    has_number = np.zeros((len(sets), largest + 1), dtype=bool)
    for row, numbers in enumerate(sets):
        has_number[row, list(numbers)] = True
    return np.packbits(has_number, axis=1)


def _rows_in_common(matrix: csr_matrix, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Return whether the two rows of each pair share a column; most rows are empty."""
    is_filled = np.diff(matrix.indptr) > 0
    are_filled = np.flatnonzero(is_filled[rows] & is_filled[columns])
    in_common = np.zeros(len(rows), dtype=bool)
    rows = rows[are_filled]
    columns = columns[are_filled]
    in_common[are_filled] = _cosines(matrix, rows, columns, _are_dense(rows, columns)) > 0
    return in_common


def _are_dense(rows: np.ndarray, columns: np.ndarray) -> bool:
    """Return whether there are so many pairs that it is faster to multiply the full matrices."""
    return len(rows) >= PAIRS_PER_MENTION * len(_positions_used(rows, columns))


def _positions_used(rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Return the positions of the mentions that occur in pairs, in order."""
    largest = max(rows.max(initial=-1), columns.max(initial=-1))
    is_used = np.zeros(largest + 1, dtype=bool)
    is_used[rows] = True
    is_used[columns] = True
    return np.flatnonzero(is_used)


def _cosines(
    matrix: csr_matrix, rows: np.ndarray, columns: np.ndarray, are_dense: bool
) -> np.ndarray:
    """Return the scalar product of the two rows of each pair."""
    if matrix.nnz == 0 or len(rows) == 0:
        return np.zeros(len(rows))
    if not are_dense:
        return np.asarray(matrix[rows].multiply(matrix[columns]).sum(axis=1)).ravel()
    used = _positions_used(rows, columns)
    products = (matrix[used] @ matrix[used].T).toarray()
    number_of = np.empty(matrix.shape[0], dtype=int)  # among those used
    number_of[used] = np.arange(len(used))
    return products[number_of[rows], number_of[columns]]


def are_near_synonyms(family: str, other_family: str) -> bool:
    """Return whether two words have nearly the same meaning in news.

    Parameters
    ----------
    family, other_family : str
        Word families, as in the table events.

    Returns
    -------
    bool

    Examples
    --------
    >>> are_near_synonyms("quake", "earthquake"), are_near_synonyms("quake", "storm")
    (True, False)
    """
    rows_of = _rows_of_names("words")
    rows = rows_of.get(family, frozenset())
    return not rows.isdisjoint(rows_of.get(other_family, frozenset()))


@cache
def _related_rows(family: str, kind: str) -> frozenset[int]:
    """Return the rows of lexicon/en/claims/one_event that contain a word family or a kind."""
    return _rows_of_names("words").get(family, frozenset()) | _rows_of_names("kinds").get(
        kind, frozenset()
    )


@cache
def _rows_of_names(of: str) -> dict[str, frozenset[int]]:
    """Map each word family, or each kind, to its rows in lexicon/en/claims/one_event."""
    rows = defaultdict(set)
    for number, row in enumerate(read_lexicon("en/claims/one_event")):
        if row["of"] == of:
            for name in split_cell(row["names"]):
                rows[name].add(number)
    return {name: frozenset(numbers) for name, numbers in rows.items()}


@cache
def _is_common_verb(family: str) -> bool:
    """Return whether a verb is so frequent that it can mean almost anything."""
    uses = _occurrences_as_verb()
    return uses.get(family.replace("_", " "), 0) >= MIN_USES_OF_COMMON_VERB


@cache
def _occurrences_as_verb() -> dict[str, int]:
    """Map each word of lexicon/en/events/word_uses to its number of uses as a verb."""
    return {row["word"]: int(row["verb"] or 0) for row in read_lexicon("en/events/word_uses")}


@cache
def _level_of(place: str) -> str:
    """Return the level of a place: a country, a region or a town."""
    if place in read_words("en/names/countries", column="country"):
        return "country"
    if place in read_words("en/names/places", kind="region"):
        return "region"
    return "town"
