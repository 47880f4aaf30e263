"""Group passages around terms: which passages of different articles are about the same thing.

A group starts with a term, such as "dam gates". The passages with this term are compared with the
passages of *other* articles. If a term indicates a subject, these passages have further words in
common; the passages with a word such as "decision" do not. Terms are selected one at a time, each
for the passages that are not yet close to a selected term (a greedy solution of the facility
location problem). Then each passage joins the group to which it is most similar.

Passages of the same article are never compared. They are similar even if they are about different
things, because they share names, an author and a style.
"""

import math
from typing import NamedTuple

import numpy as np

NO_GROUP = -1

# Weight of the similarity of a passage that does not itself contain the term. Without a reduction,
# a term that occurs in three passages may stand for a hundred others.
WEIGHT_WITHOUT_TERM = 0.7

# The similarity to a set of n passages is multiplied by n / (n + PRIOR_PASSAGES), because it is
# uncertain for small sets.
PRIOR_PASSAGES = 1

# How often all passages are reassigned to the most similar group. Later, few passages move.
REASSIGNMENTS = 4

# Similarities are compared in this number of decimals, so that rounding errors of sums cannot
# change a result.
DECIMALS = 5

# Number of terms whose gain is updated in one step, and the greatest relative error of a sum of
# similarities in single precision.
TERMS_AT_A_TIME = 32
MAX_ROUNDING_ERROR = 0.001

# Groups are compared with those of this number of random samples of this share of the articles
# (Greene et al. 2014).
DRAWS = 6
DRAWN_SHARE = 0.8


class Similarity:
    """The similarity of passages to sets of passages in other articles.

    Parameters
    ----------
    vectors : numpy.ndarray
        A row of length 1 (or 0) for each passage.
    article : numpy.ndarray
        The number of the article of each passage, in ascending order.
    """

    def __init__(self, vectors: np.ndarray, article: np.ndarray):
        from scipy.sparse import block_diag, csr_matrix

        self.vectors = vectors
        self.article = article
        self.starts = np.flatnonzero(np.r_[True, article[1:] != article[:-1]])
        self.sizes = np.diff(np.r_[self.starts, len(article)])  # passages of each article
        blocks = np.split(vectors, self.starts[1:])
        self.within_article = csr_matrix(block_diag([block @ block.T for block in blocks], "csr"))

        # The mean similarity to all passages of other articles: what chance would give.
        total = vectors @ vectors.sum(axis=0) - self.within_article.sum(axis=1).A1
        others = len(article) - np.repeat(self.sizes, self.sizes)
        self.by_chance = total / np.maximum(others, 1)

    def to_sets(self, membership) -> np.ndarray:
        """Return how much more similar each passage is to each set than to all passages.

        Parameters
        ----------
        membership : scipy.sparse.csr_matrix
            1 for each passage (row) in a set (column).

        Returns
        -------
        numpy.ndarray
            A row for each passage, a column for each set; 0 for a set without passages of other
            articles.
        """
        sums = np.asarray(membership.T @ self.vectors)
        similarity = self.vectors @ sums.T - (self.within_article @ membership).toarray()

        in_article = np.add.reduceat(membership.toarray(), self.starts, axis=0)
        in_set = np.asarray(membership.sum(axis=0)).ravel()
        others = in_set - np.repeat(in_article, self.sizes, axis=0)
        similarity /= np.maximum(others, 1)
        similarity -= self.by_chance[:, None]
        similarity *= others / (others + PRIOR_PASSAGES)
        return similarity

    def among(self, rows: np.ndarray) -> "Similarity":
        """Return the similarity among some of the passages only."""
        return Similarity(self.vectors[rows], self.article[rows])


class Grouping(NamedTuple):
    """Groups of passages."""

    group: np.ndarray  # the number of the group of each passage, or NO_GROUP
    groups: int

    def membership(self):
        """Return a sparse matrix with 1 for each passage (row) in a group (column)."""
        return membership_of(self.group, self.groups)


def membership_of(group: np.ndarray, groups: int):
    """Return a sparse matrix with 1 for each passage (row) in a group (column)."""
    from scipy.sparse import csr_matrix

    rows = np.flatnonzero(group != NO_GROUP)
    ones = np.ones(len(rows), dtype="float32")
    return csr_matrix((ones, (rows, group[rows])), shape=(len(group), groups))


def group_passages(
    similarity: Similarity,
    has_term,
    weight_of_term: np.ndarray,
    *,
    max_groups: int,
    min_gain: float,
) -> Grouping:
    """Group passages around terms.

    Parameters
    ----------
    similarity : Similarity
        The similarity of the passages.
    has_term : scipy.sparse.csr_matrix
        1 for each passage (row) that contains a term (column).
    weight_of_term : numpy.ndarray
        How suitable each term is as the centre of a group; 0 for terms that are not.
    max_groups : int
        The largest number of groups.
    min_gain : float
        Terms are selected until the next one contributes less than this share of the similarity of
        all passages to their groups.

    Returns
    -------
    Grouping
        Groups in the order in which their terms were selected.
    """
    contains = has_term.toarray() > 0
    closeness = similarity.to_sets(has_term)
    closeness[~contains] *= WEIGHT_WITHOUT_TERM
    np.maximum(closeness, 0, out=closeness)

    closest = np.zeros(len(contains), dtype=closeness.dtype)
    precision = np.result_type(closeness, weight_of_term)
    gain = np.full(len(weight_of_term), np.inf, dtype=precision)  # not yet known
    selected: list[int] = []
    total_gain = 0.0
    for _ in range(max_groups):
        best = _update_gains(gain, closeness, closest, weight_of_term)
        total_gain += gain[best]
        if gain[best] <= 0 or gain[best] < min_gain * total_gain:
            break
        selected.append(best)
        closest = np.maximum(closest, closeness[:, best])

    group = _most_similar(closeness[:, selected])
    for _ in range(REASSIGNMENTS):
        reassigned = _most_similar(similarity.to_sets(membership_of(group, len(selected))))
        if (reassigned == group).all():
            break
        group = reassigned
    return Grouping(group, len(selected))


def _update_gains(
    gain: np.ndarray, closeness: np.ndarray, closest: np.ndarray, weight_of_term: np.ndarray
) -> int:
    """Update the gains that can be the highest, and return the position of the highest gain.

    A gain never increases when another term is selected, so that the previous gain of a term is an
    upper limit. Most terms need no update (lazy greedy algorithm, Minoux 1978).
    """
    highest = -np.inf
    highest_first = np.argsort(-gain, kind="stable")
    # The portions have equal sizes: in one of a single term, numpy would add up in another order.
    for terms in np.array_split(highest_first, math.ceil(len(gain) / TERMS_AT_A_TIME)):
        if gain[terms[0]] * (1 + MAX_ROUNDING_ERROR) + 10**-DECIMALS < highest:
            break
        added = np.maximum(closeness.take(terms, axis=1) - closest[:, None], 0).sum(axis=0)
        gain[terms] = (added * weight_of_term[terms]).round(DECIMALS)
        highest = max(highest, gain[terms].max())
    return int(gain.argmax())


def _most_similar(similarity: np.ndarray) -> np.ndarray:
    """Return the most similar group of each passage; none if no group is closer than chance."""
    if not similarity.shape[1]:
        return np.full(len(similarity), NO_GROUP)
    rounded = similarity.round(DECIMALS)
    best = rounded.argmax(axis=1)
    best[rounded.max(axis=1) <= 0] = NO_GROUP
    return best


def measure_recurrence(
    similarity: Similarity,
    has_term,
    weight_of_term: np.ndarray,
    grouping: Grouping,
    *,
    max_groups: int,
    min_gain: float,
) -> np.ndarray:
    """Measure how far each group recurs if only some of the articles are grouped.

    Parameters
    ----------
    similarity, has_term, weight_of_term, max_groups, min_gain
        As for `group_passages`.
    grouping : Grouping
        The result of `group_passages` for them.

    Returns
    -------
    numpy.ndarray
        For each group, the largest overlap (Jaccard index) with a group of a random sample of the
        articles, as the mean over several samples: 1 for the same passages, 0 for none in common.

    References
    ----------
    Hennig (2007). Cluster-wise assessment of cluster stability. Computational Statistics & Data
    Analysis 52.
    """
    articles = np.unique(similarity.article)
    number = max(2, int(np.ceil(DRAWN_SHARE * len(articles))))
    overlaps = np.zeros((DRAWS, grouping.groups))
    for draw in range(DRAWS):
        drawn_articles = np.random.default_rng(draw).permutation(articles)[:number]
        drawn = np.flatnonzero(np.isin(similarity.article, drawn_articles))
        again = group_passages(
            similarity.among(drawn),
            has_term[drawn],
            weight_of_term,
            max_groups=max_groups,
            min_gain=min_gain,
        )
        if not again.groups:
            continue
        first = membership_of(grouping.group[drawn], grouping.groups)
        second = again.membership()
        both = (first.T @ second).toarray()
        sizes = np.asarray(first.sum(axis=0)).reshape(-1, 1)
        other_sizes = np.asarray(second.sum(axis=0)).reshape(1, -1)
        either = sizes + other_sizes - both
        overlaps[draw] = (both / np.maximum(either, 1)).max(axis=1)
    return overlaps.mean(axis=0)
