"""Propose the number of groups of articles, from stability and fit.

Folders differ in what a reader would call a group:

**Stories.** Each event is reported by a few articles, which have names and many other words in
common. Such groups are dense, and there may be dozens of them.

**Subjects.** Articles about, say, sport or business are only slightly more similar to each other
than to all others. There are few groups, and smaller groups within them.

Both kinds are tried (`STORIES`, `SUBJECTS`), with different spaces and different numbers of groups.
If most articles are clearly members of a story (`_are_stories`), the number is chosen among those
of stories, otherwise among those of subjects. In both cases it is the number with the highest
product of

- **stability**: the adjusted Rand index between the groups of all articles and those of a random
  80 % of the articles; and
- **fit**: the mean silhouette, which compares an article's distance from its own group with that
  from the nearest other group.

Neither is enough: two large groups are nearly always stable, and the silhouette is best for many
tiny groups.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

from clippings.core.progress import in_turn
from clippings.themes.article_vectors import (
    StemCounts,
    borrow_from_nearest,
    reduce_dimensions,
    take_articles,
    weight_by_tf_idf,
)

STORIES = "stories"
SUBJECTS = "subjects"

# The number of articles that are used to choose the number of groups (a random sample of larger
# corpora). It is also the largest corpus that is divided into stories: more would be hundreds of
# groups, which is not an overview.
MEASURED_ARTICLES = 1000

# Random draws of articles for the stability of each number of groups, and the share of all articles
# in each draw (Greene et al. 2014).
DRAWS = 5
DRAWN_SHARE = 0.8

# For stories: dimensions of the space, and the number and weight of the neighbours that an article
# is moved towards. Neighbours are few because stories may consist of three articles.
STORY_DIMENSIONS = 200
STORY_NEIGHBOURS = 3
STORY_NEIGHBOUR_WEIGHT = 1.0

# The articles are stories if at least this share of them has at least this silhouette, in groups of
# at least so many articles: two may be versions of the same article, in any corpus. In mixed
# folders of stories, it is the case for 65 to 100 % of the articles, also if a quarter of the
# articles has no counterpart; in samples of news agencies and newspapers, for up to 40 %.
MIN_SHARE_IN_STORIES = 0.5
MIN_SILHOUETTE_IN_STORY = 0.15
MIN_ARTICLES_OF_STORY = 3

# Numbers of stories: all up to the first number, then in steps of 10 %, up to this share of the
# number of articles.
STORIES_WITHOUT_GAPS = 40
STEP_BETWEEN_STORIES = 1.1
MAX_STORIES_PER_ARTICLE = 2 / 3

# Numbers of subjects, for at least three articles each.
NUMBERS_OF_SUBJECTS = (*range(2, 21), 22, 25, 28, 32, 36, 40)
MIN_ARTICLES_PER_SUBJECT = 3

# Random starts of k-means, and the number of texts in random order that the fit is compared with.
SUBJECT_STARTS = 5
RANDOM_TEXTS = 3


# A number with a lower score is not proposed. Texts with words in random order reach about 0.02.
MIN_SCORE = 0.05

# A number with a lower stability is not proposed: half of the groups, or more, depend on which
# articles happen to be in the folder.
MIN_STABILITY = 0.5

# Numbers of subjects with at least this share of the highest score are equally good; the smallest
# of them is proposed. In small corpora, scores vary by chance.
SHARE_OF_HIGHEST_SCORE = 0.9


class Measure(NamedTuple):
    """How good a number of groups is."""

    k: int
    stabilities: list[float]  # of all draws
    fit: float

    @property
    def stability(self) -> float:
        """Return the mean stability of all draws."""
        return float(np.mean(self.stabilities)) if self.stabilities else 0.0

    @property
    def score(self) -> float:
        """Return the product from which the number is chosen."""
        return max(self.stability, 0.0) * max(self.fit, 0.0)

    def is_better_than_chance(self) -> bool:
        """Return whether the number can be proposed."""
        return self.score >= MIN_SCORE and self.stability >= MIN_STABILITY


class Measures(NamedTuple):
    """How good different numbers of groups are."""

    kind: str  # STORIES or SUBJECTS
    measured_articles: int
    rows: list[Measure]

    def proposed(self) -> Measure | None:
        """Return the number to propose, if any is better than chance."""
        candidates = [row for row in self.rows if row.is_better_than_chance()]
        if not candidates:
            return None
        sufficient = max(row.score for row in candidates)
        if self.kind == SUBJECTS:
            sufficient *= SHARE_OF_HIGHEST_SCORE
        return min((row for row in candidates if row.score >= sufficient), key=lambda row: row.k)


class _Division(NamedTuple):
    """Articles in a certain number of groups."""

    space: np.ndarray
    groups: np.ndarray


def measure_group_numbers(
    counts: StemCounts, ks: Sequence[int] | None = None, draws: int = DRAWS
) -> Measures | None:
    """Measure the stability and fit of different numbers of groups.

    Parameters
    ----------
    counts : StemCounts
        Word stems of all articles.
    ks : sequence of int, optional
        Numbers of groups. By default, they depend on the number of articles and on whether the
        articles are stories.
    draws : int, default 5
        The number of random draws.

    Returns
    -------
    Measures or None
        A row for each number that is possible. None if there is too little text.
    """
    from sklearn import config_context

    articles = len(counts.articles)
    if articles > MEASURED_ARTICLES:
        order = np.random.default_rng(0).permutation(articles)
        counts = take_articles(counts, order[:MEASURED_ARTICLES])

    # Sums computed by several cores differ in their last digits, which can change the groups. The
    # arguments are known to be valid, and checking them takes longer than computing small spaces.
    with threadpool_limits(1), config_context(assume_finite=True, skip_parameter_validation=True):
        if articles <= MEASURED_ARTICLES:
            measures = _measure_stories(counts, ks, draws)
            if measures is not None:
                return measures
        return _measure_subjects(counts, ks, draws)


# Stories ----------------------------------------------------------------------------------------


def _measure_stories(counts: StemCounts, ks: Sequence[int] | None, draws: int) -> Measures | None:
    """Measure numbers of groups for stories; return None if the articles are not stories."""
    tried = _numbers_of_stories(len(counts.articles))
    stories = _divide_into_stories(counts, tried)
    if not stories:
        return None

    fits = {k: _mean_silhouette(story) for k, story in stories.items()}
    best_fit = max(fits, key=lambda k: (fits[k], -k))
    if not _are_stories(counts, stories[best_fit].groups):
        return None

    if ks is not None:
        stories = _divide_into_stories(counts, ks)
        fits = {k: _mean_silhouette(story) for k, story in stories.items()}
    stabilities = _measure_stability(counts, stories, _divide_into_stories, draws)
    rows = [Measure(k, stabilities[k], fits[k]) for k in stories]
    return Measures(STORIES, len(counts.articles), rows)


def _numbers_of_stories(articles: int) -> list[int]:
    """Return the numbers of stories to try."""
    largest = int(articles * MAX_STORIES_PER_ARTICLE)
    numbers = list(range(2, min(STORIES_WITHOUT_GAPS, largest) + 1))
    following = STORIES_WITHOUT_GAPS * STEP_BETWEEN_STORIES
    while following <= largest:
        numbers.append(int(following))
        following *= STEP_BETWEEN_STORIES
    return numbers


def _divide_into_stories(counts: StemCounts, ks: Sequence[int]) -> dict[int, _Division]:
    """Divide the articles by Ward's method, which yields all numbers of groups at once."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from sklearn.preprocessing import normalize

    weights = weight_by_tf_idf(counts)
    if weights is None:
        return {}
    similarity = (weights.matrix @ weights.matrix.T).toarray()
    space = normalize(reduce_dimensions(weights.matrix, STORY_DIMENSIONS))
    space = borrow_from_nearest(space, similarity, STORY_NEIGHBOURS, STORY_NEIGHBOUR_WEIGHT)
    tree = linkage(space, "ward")

    divisions = {}
    for k in ks:
        groups = fcluster(tree, k, "maxclust")
        if len(np.unique(groups)) == min(k, len(space)):
            divisions[k] = _Division(space, groups)
    return divisions


def _are_stories(counts: StemCounts, groups: np.ndarray) -> bool:
    """Return whether most articles are much more similar to their group than to any other."""
    from sklearn.metrics import silhouette_samples

    if not 2 <= len(np.unique(groups)) < len(groups):
        return False
    # The similarity is that of the words themselves: articles that were moved towards their
    # neighbours are similar to them in any corpus.
    matrix = weight_by_tf_idf(counts).matrix
    silhouettes = silhouette_samples(matrix, groups, metric="cosine")
    members = np.bincount(groups)[groups]
    is_in_story = (silhouettes >= MIN_SILHOUETTE_IN_STORY) & (members >= MIN_ARTICLES_OF_STORY)
    return is_in_story.mean() >= MIN_SHARE_IN_STORIES


# Subjects ---------------------------------------------------------------------------------------


def _measure_subjects(counts: StemCounts, ks: Sequence[int] | None, draws: int) -> Measures | None:
    """Measure numbers of groups for broad subjects; return None if there is too little text.

    The fit is the difference between the silhouette and that of texts in which the same words
    are distributed at random (as in the gap statistic, Tibshirani et al. 2001).
    """
    articles = len(counts.articles)
    if ks is None:
        largest = max(2, articles // MIN_ARTICLES_PER_SUBJECT)
        ks = [k for k in NUMBERS_OF_SUBJECTS if k <= largest]

    subjects = _divide_into_subjects(counts, ks)
    if not subjects:
        return None

    random_fits: dict[int, list[float]] = {k: [] for k in subjects}
    for number in range(RANDOM_TEXTS):
        random_texts = _distribute_words_at_random(counts, number)
        for k, subject in _divide_into_subjects(random_texts, list(subjects)).items():
            random_fits[k].append(_mean_silhouette(subject))

    stabilities = _measure_stability(counts, subjects, _divide_into_subjects, draws)
    rows = []
    for k, subject in subjects.items():
        random_fit = float(np.mean(random_fits[k])) if random_fits[k] else 0.0
        rows.append(Measure(k, stabilities[k], _mean_silhouette(subject) - random_fit))
    return Measures(SUBJECTS, articles, rows)


def _divide_into_subjects(counts: StemCounts, ks: Sequence[int]) -> dict[int, _Division]:
    """Divide the articles by k-means in the k most important dimensions.

    Each broad subject accounts for one of the most important dimensions. With k dimensions, k
    groups can be far apart, but fewer or more cannot; in a larger space, all groups are close.
    """
    from sklearn.cluster import KMeans
    from sklearn.preprocessing import normalize

    weights = weight_by_tf_idf(counts)
    if weights is None or not ks:
        return {}
    dimensions = reduce_dimensions(weights.matrix, max(ks))

    divisions = {}
    for k in ks:
        space = normalize(dimensions[:, :k])
        different_rows = len(np.unique(space.round(6), axis=0))
        if k > different_rows:
            continue
        kmeans = KMeans(k, n_init=SUBJECT_STARTS, random_state=0)
        divisions[k] = _Division(space, kmeans.fit_predict(space))
    return divisions


def _distribute_words_at_random(counts: StemCounts, seed: int) -> StemCounts:
    """Exchange words between articles at random, without changing frequencies and lengths."""
    from scipy.sparse import csr_matrix

    matrix = counts.matrix.tocoo()
    rows = np.random.default_rng(seed).permutation(matrix.row)
    # A word that an article receives twice is counted once, with the sum of the counts.
    mixed = csr_matrix((matrix.data, (rows, matrix.col)), shape=matrix.shape)
    return StemCounts(counts.articles, mixed, counts.words)


# Both kinds -------------------------------------------------------------------------------------


def _mean_silhouette(division: _Division) -> float:
    """Return the mean silhouette (cosine) of all articles; 0 if each is a group of its own."""
    from sklearn.metrics import silhouette_score

    groups = len(np.unique(division.groups))
    if not 2 <= groups < len(division.groups):
        return 0.0
    return float(silhouette_score(division.space, division.groups, metric="cosine"))


def _measure_stability(
    counts: StemCounts, divisions: dict[int, _Division], divide, draws: int
) -> dict[int, list[float]]:
    """Compare the groups of all articles with those of random draws, for each number of groups."""
    from sklearn.metrics import adjusted_rand_score

    articles = len(counts.articles)
    stabilities: dict[int, list[float]] = {k: [] for k in divisions}
    for draw in in_turn(range(draws), "groups", "draw"):
        drawn = np.random.default_rng(draw).permutation(articles)
        drawn = np.sort(drawn[: max(2, int(DRAWN_SHARE * articles))])
        again = divide(take_articles(counts, drawn), list(divisions))
        for k, division in again.items():
            agreement = adjusted_rand_score(divisions[k].groups[drawn], division.groups)
            stabilities[k].append(float(agreement))
    return stabilities
