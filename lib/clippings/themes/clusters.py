"""Group articles by the words they use, without a codebook.

`group_numbers` proposes the number of groups. The groups are made in two stages.

**Spherical k-means** (`_spherical_kmeans`). Articles are represented as directions in a space of
word stems. Each article moves to the group with the most similar direction, until no article moves.
The best result of several starts is used.

**A correction that depends on the size of the corpus.** A short article may have few words in
common with other articles on its subject. In corpora of fewer than 1,000 articles, each article is
therefore moved towards its nearest neighbours *before* the grouping (`borrow_from_nearest`). In
larger corpora, a classifier learns *after* the grouping which words indicate which group. Every
article is then reassigned by a classifier that was trained on other articles (`_reassign`).

The figures next to the constants are the normalised mutual information (NMI) between groups and the
five sections of the BBC news corpus, with k = 5. They are means over random samples of 30, 50, 200
or 500 articles, and the result for all 2,225. Differences below 0.01 are not significant.
"""

from collections import Counter
from typing import NamedTuple

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from clippings.core.cache import cacheable
from clippings.core.errors import BadInput
from clippings.core.tables import COLUMNS, in_order, make_table
from clippings.themes.article_vectors import (
    MANY_ARTICLES,
    StemCounts,
    TfIdf,
    borrow_from_nearest,
    count_stems,
    reduce_dimensions,
    weight_by_tf_idf,
)
from clippings.themes.group_numbers import DRAWS, STORIES, measure_group_numbers
from clippings.themes.terms import TermCounts, count_terms, label_groups

# With fewer articles, no groups are reported, because reading the articles is faster and more
# informative.
MIN_ARTICLES = 4

# The maximum number of articles that are grouped, as a random sample; the others are assigned by
# a classifier that is trained on the sample. Labels are based on the same sample.
SAMPLE_ARTICLES = 3000

# Groups with fewer articles are not divided into smaller groups.
MIN_ARTICLES_TO_DIVIDE = 12

# In a folder of stories, an article is in no group if its mean similarity (cosine) to the other
# articles of the group is lower. In mixed folders, it is about 0.4 for articles on the same event,
# and below 0.1 for others. If a third of a folder is other articles, the adjusted Rand index is
# 0.89 instead of 0.84; without other articles, there is no difference.
MIN_SIMILARITY_IN_STORY = 0.15

# Terms in the label of a group, and what separates them.
LABEL_TERMS = 3
LABEL_SEPARATOR = " · "

# The share of articles that use each term in the label of a single group.
MIN_SHARE_WITH_TERM = 0.5

# Words in the label of a group for which no term was found.
LABEL_WORDS = 3

# Dimensions of the space to which the stems are reduced (latent semantic analysis).
DIMENSIONS = 200

# Random starts of k-means. One start alone may be poor: 1, 10, 60 and 200 starts reach 0.852,
# 0.886, 0.895 and 0.895 for 500 articles (0.700, 0.738, 0.747 and 0.745 for 30). From 1,000
# articles on a start takes seconds: 1, 10 and 60 starts reach 0.779, 0.909 and 0.908 for 2,225
# articles. With many groups, fewer starts take as long.
STARTS = 60
STARTS_FOR_MANY = 10
STARTS_TIMES_GROUPS = 1500

# The maximum number of passes over all articles for each start, and the minimum gain for which an
# article moves (above the rounding errors of the sums).
MAX_PASSES = 50
MIN_GAIN = 1e-6

# The neighbours of an article from which it borrows words, as a share of the mean size of a group:
# others are probably members of other groups. With so many neighbours, 30 and 50 articles reach
# 0.713 and 0.783; with all articles as neighbours, 0.693 and 0.753. In 20 stories of 3 to 6
# articles, the adjusted Rand index is 0.93 instead of 0.90.
NEIGHBOURS_PER_MEMBER = 0.6
MIN_NEIGHBOURS = 2
MAX_NEIGHBOURS = 20

# The weight of these neighbours, as a multiple of the article itself, and the mean size of a group
# up to which this weight applies. In larger groups, it decreases in proportion, because the full
# weight does harm: 0.852 instead of 0.866 for 500.
NEIGHBOUR_WEIGHT = 0.5
FULL_BORROWING_MEMBERS = 10

# The classifier, a ridge regression, with its penalty, the number of parts of which each in turn is
# predicted from the others, and how often all articles are reassigned. For 2,225 articles, 0, 1, 2
# and 3 times reach 0.900, 0.903, 0.905 and 0.906. A linear support vector machine reaches 0.903.
RIDGE_PENALTY = 2.0
FOLDS = 10
REASSIGNMENTS = 2

# Replaces a similarity of 0, so that weights can be normalised.
SMALLEST_SIMILARITY = 1e-9

# The column rule: the method and the reason for k.
METHOD = "TF-IDF of word stems and spherical k-means"
METHOD_REASSIGNED = METHOD + ", reassigned by ridge regression"
METHOD_SAMPLED = METHOD + " of {articles:,} articles, the others assigned by ridge regression"
RULE = "{method}, k = {groups}{reason}{alone}"
REASON_GIVEN = ""
REASON_STORIES = (
    ", the best number tried from {numbers} for stories (stability {stability}, fit {fit})"
)
REASON_SUBJECTS = (
    ", the smallest of the best numbers tried from {numbers} for broad subjects "
    "(stability {stability}, fit {fit})"
)
REASON_IN_SAMPLE = " in a sample of {articles:,} articles"
ARTICLES_ALONE = "; {articles:,} of {all_articles:,} articles in no group"
REASON_ONLY = ", the only number possible (stability {stability}, fit {fit})"
REASON_TOO_FEW = ", because there is too little text to divide"
REASON_ONE_GROUP = ", because no division into {numbers} groups is much better than chance"


class _Groups(NamedTuple):
    """Groups of articles."""

    weights: np.ndarray  # of each article in each group; rows add up to 1
    words: list[list[str]]  # the most distinctive words of each group
    method: str

    def group_of_article(self) -> np.ndarray:
        """Return the group of each article."""
        return self.weights.argmax(axis=1)


class _Proposal(NamedTuple):
    """A number of groups that is given or proposed."""

    k: int
    reason: str  # for the column rule
    are_stories: bool = False


@cacheable
def find_clusters(passages: pd.DataFrame, *, k: int | None = None) -> pd.DataFrame:
    """Group articles by the words they use.

    Parameters
    ----------
    passages : pandas.DataFrame
        Usually those of the article text (`passages[passages.label.isin(cl.STORY)]`).
    k : int, optional
        The number of groups. By default, it is proposed from the stability and fit of different
        numbers (see `count_stability`).

    Returns
    -------
    pandas.DataFrame
        The table `clusters`: one row per passage, sorted by position. It is empty if there is too
        little text: fewer than 4 articles, or no word that two of them share.

        - `label`: the group of the article, described by up to three distinctive terms; "" if the
          article is in no group, because it resembles no other
        - `weight`: similarity of the article to this group relative to all groups, from 0 to 1;
          near 1/k, the article could belong to any group; missing without a label
        - `rule`: the method, the number of groups, and how it was chosen

    Raises
    ------
    BadInput
        If `k` is less than 1.

    Notes
    -----
    Word stems (Snowball) are weighted by TF-IDF and reduced to 200 dimensions. They are grouped by
    spherical k-means with single moves, using the best of many starts. The docstring of
    `clippings.themes.clusters` describes the second stage. The result is deterministic.

    If no division is much better than one of randomly mixed words, all articles are in one group,
    or in none if they have no subject in common. An article about two subjects is assigned to one
    group only. `find_subclusters` divides large groups.

    References
    ----------
    Dhillon, Guan and Kogan (2002). Iterative clustering of high dimensional text data augmented by
    local search. ICDM.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> clusters = cl.find_clusters(passages[passages.label.isin(cl.STORY)], k=2)
    >>> clusters.groupby("label").article.nunique()
    label
    River Lenn Authority · families · upstairs    2
    levee breach · town hall · Lenn dam           4
    Name: article, dtype: int64
    """
    if k is not None and k < 1:
        raise BadInput(f"k is {k}, but must be 1 or more, or None for a proposed number")
    return _make_clusters(passages, k)


@cacheable
def find_subclusters(passages: pd.DataFrame, clusters: pd.DataFrame) -> pd.DataFrame:
    """Divide large groups of articles into smaller ones.

    Parameters
    ----------
    passages : pandas.DataFrame
        The passages from which the groups were made.
    clusters : pandas.DataFrame
        The result of `find_clusters`.

    Returns
    -------
    pandas.DataFrame
        The table `subclusters`: one row per passage of the groups that are divided, sorted by
        position. The columns are those of `clusters`, and

        - `parent`: the group that is divided

    Notes
    -----
    Groups of 12 articles or more are divided like a corpus of their own: the words that all its
    articles share no longer count, so that those of its parts become visible. A group is not
    divided if no division is better than one of randomly mixed words.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> clusters = cl.find_clusters(passages)
    >>> cl.find_subclusters(passages, clusters).empty  # the groups are too small
    True
    """
    labels = clusters[clusters.label != ""].drop_duplicates("article")
    tables = []
    for label, articles in labels.groupby("label").article:
        if len(articles) < MIN_ARTICLES_TO_DIVIDE:
            continue
        parts = _make_clusters(passages[passages.article.isin(set(articles))], k=None)
        is_divided = parts.label[parts.label != ""].nunique() > 1
        if is_divided:
            tables.append(parts.assign(parent=label))
    if not tables:
        return make_table("subclusters")
    return in_order(pd.concat(tables)).astype(COLUMNS["subclusters"])


@cacheable
def count_stability(
    passages: pd.DataFrame, *, ks: list[int] | None = None, draws: int = DRAWS
) -> pd.DataFrame:
    """Measure how good different numbers of groups are.

    Parameters
    ----------
    passages : pandas.DataFrame
        As for `find_clusters`.
    ks : list of int, optional
        Numbers of groups; by default those among which `find_clusters` chooses.
    draws : int, default 5
        The number of times that groups are found in a random 80% of the articles.

    Returns
    -------
    pandas.DataFrame
        One row per number of groups that is possible, in the order of `ks`. The table is empty if
        there is too little text.

        - `k`: the number of groups
        - `stability`: mean adjusted Rand index between the groups of all articles and those of each
          draw; 1 for the same groups, 0 for chance
        - `lowest`: the lowest index of all draws
        - `fit`: the mean silhouette: 1 if articles are much nearer to their group than to any
          other, 0 if they lie between groups; for broad subjects, minus the silhouette of randomly
          mixed words
        - `score`: stability times fit
        - `proposed`: whether `find_clusters` proposes this number: the one with the highest score
          or, for broad subjects, the smallest with a score of at least 90% of the highest; no
          number is proposed if no score reaches 0.05 with a stability of 0.5
        - `kind`: "stories" if most articles belong to a small group of very similar ones, otherwise
          "subjects"
        - `articles`: the number of articles
        - `tried`: the number of articles used; for more than 1,000 articles, a random sample of
          1,000, which is the same in every run

    Raises
    ------
    BadInput
        If one of the numbers is less than 1.

    Notes
    -----
    The groups are made by faster methods than in `find_clusters`: Ward's method for stories, and
    k-means in the k most important dimensions for subjects. Good groups are not necessarily
    meaningful: read them.

    References
    ----------
    Greene, O'Callaghan and Cunningham (2014). How many topics? Stability analysis for topic models.
    ECML PKDD.
    Hubert and Arabie (1985) for the Rand index, Rousseeuw (1987) for silhouettes, Tibshirani,
    Walther and Hastie (2001) for the comparison with random data.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> story = passages[passages.label.isin(cl.STORY)]
    >>> cl.count_stability(story, ks=[2, 3])[["k", "stability", "lowest", "fit", "proposed"]]
       k  stability  lowest   fit  proposed
    0  2       0.40     0.0  0.25     False
    1  3       0.43    -0.2  0.53     False
    """
    if ks is not None and min(ks, default=1) < 1:
        raise BadInput(f"ks contains {min(ks)}, but all numbers of groups must be 1 or more")
    counts = count_stems(passages)
    measures = None
    if len(counts.articles) >= MIN_ARTICLES:
        measures = measure_group_numbers(counts, ks, draws)

    proposed = measures.proposed() if measures else None
    rows = []
    for row in measures.rows if measures else []:
        rows.append(
            {
                "k": row.k,
                "stability": round(row.stability, 2),
                "lowest": round(min(row.stabilities, default=0.0), 2),
                "fit": round(row.fit, 2),
                "score": round(row.score, 3),
                "proposed": row is proposed,
                "kind": measures.kind,
                "articles": len(counts.articles),
                "tried": measures.measured_articles,
            }
        )
    columns = ["k", "stability", "lowest", "fit", "score"]
    columns += ["proposed", "kind", "articles", "tried"]
    return pd.DataFrame(rows, columns=columns)


# Number of groups -------------------------------------------------------------------------------


def _propose_k(counts: StemCounts) -> _Proposal:
    """Propose the number of groups."""
    measures = measure_group_numbers(counts)
    if measures is None:
        return _Proposal(1, REASON_TOO_FEW)
    first = measures.rows[0].k
    last = measures.rows[-1].k
    numbers = str(first) if first == last else f"{first} to {last}"
    best = measures.proposed()
    if best is None:
        return _Proposal(1, REASON_ONE_GROUP.format(numbers=numbers))

    are_stories = measures.kind == STORIES
    template = REASON_STORIES if are_stories else REASON_SUBJECTS
    if len(measures.rows) == 1:
        template = REASON_ONLY
    reason = template.format(
        numbers=numbers, stability=f"{best.stability:.2f}", fit=f"{best.fit:.2f}"
    )
    if measures.measured_articles < len(counts.articles):
        reason += REASON_IN_SAMPLE.format(articles=measures.measured_articles)
    return _Proposal(best.k, reason, are_stories)


# The table --------------------------------------------------------------------------------------


def _make_clusters(passages: pd.DataFrame, k: int | None) -> pd.DataFrame:
    """Return the table clusters; it is empty if there is too little text."""
    counts = count_stems(passages)
    weights = weight_by_tf_idf(counts)
    if weights is None or len(counts.articles) < MIN_ARTICLES:
        return make_table("clusters")

    proposal = _propose_k(counts) if k is None else _Proposal(k, REASON_GIVEN)
    groups = _group_articles(weights, proposal)

    numbers = {article: number for number, article in enumerate(counts.articles)}
    columns = ["article", "start", "end", "text", "label"]
    rows = in_order(passages.loc[passages.article.isin(numbers), columns])
    row_article = rows.article.map(numbers).to_numpy(dtype="int64")

    labels = pd.Series(_label_articles(passages, counts.articles, groups), dtype="str")
    is_alone = labels == ""
    group_weights = pd.Series(groups.weights.max(axis=1), dtype="float64").round(2)
    group_weights[is_alone] = np.nan
    rows["label"] = labels.iloc[row_article].array
    rows["weight"] = group_weights.iloc[row_article].array
    rule = _describe_rule(groups, proposal, is_alone)
    return rows.assign(rule=rule).astype(COLUMNS["clusters"])


def _describe_rule(groups: _Groups, proposal: _Proposal, is_alone: pd.Series) -> str:
    """Return the column rule."""
    alone = ""
    if is_alone.any():
        alone = ARTICLES_ALONE.format(articles=is_alone.sum(), all_articles=len(is_alone))
    # Fewer groups than wanted are possible, and more if articles were set apart.
    k = min(proposal.k, len(groups.words))
    return RULE.format(method=groups.method, groups=k, reason=proposal.reason, alone=alone)


# Labels -----------------------------------------------------------------------------------------


def _label_articles(passages: pd.DataFrame, articles: list[str], groups: _Groups) -> list[str]:
    """Return the label of the group of each article; "" for an article that is alone."""
    group_of = groups.group_of_article()
    sizes = np.bincount(group_of, minlength=len(groups.words))
    group_of_article = dict(zip(articles, group_of.tolist(), strict=True))

    # In large corpora, terms are counted in a sample of the articles.
    sampled = {articles[number] for number in _sampled_articles(len(articles))}
    rows = in_order(passages[passages.article.isin(sampled)])
    term_counts = count_terms(rows.text, rows.article, languages=rows.get("language"))
    if len(sizes) == 1:
        return _label_one_group(term_counts, len(articles))

    groups_of_units = [
        group_of_article[article] if sizes[group_of_article[article]] > 1 else None
        for article in term_counts.units
    ]
    terms = label_groups(term_counts, groups_of_units, n=LABEL_TERMS)
    labels: list[str] = []
    for group, size in enumerate(sizes):
        label = LABEL_SEPARATOR.join(terms.get(group) or groups.words[group])
        labels.append(label if size > 1 else "")
    labels = _make_unique(labels)
    return [labels[group] for group in group_of]


def _label_one_group(term_counts: TermCounts, articles: int) -> list[str]:
    """Return a label of terms that most articles use; "" if there are none.

    If nothing distinguishes groups, articles may be on the same subject, or on one each.
    """
    articles_with_term = np.bincount(
        term_counts.matrix.nonzero()[1], minlength=len(term_counts.terms)
    )
    is_widespread = articles_with_term >= MIN_SHARE_WITH_TERM * len(term_counts.units)
    widespread = term_counts._replace(
        terms=term_counts.terms[is_widespread],
        matrix=term_counts.matrix[:, is_widespread],
        is_name=term_counts.is_name[is_widespread],
        length=term_counts.length[is_widespread],
    )
    one_group = ["all"] * len(widespread.units)
    terms = label_groups(widespread, one_group, n=LABEL_TERMS).get("all", [])
    return [LABEL_SEPARATOR.join(terms)] * articles


def _make_unique(labels: list[str]) -> list[str]:
    """Number labels that several groups have."""
    frequency = Counter(labels)
    occurrence: Counter[str] = Counter()
    unique = []
    for label in labels:
        occurrence[label] += 1
        is_repeated = label != "" and frequency[label] > 1
        unique.append(f"{label} ({occurrence[label]})" if is_repeated else label)
    return unique


# Groups -----------------------------------------------------------------------------------------


def _group_articles(weights: TfIdf, proposal: _Proposal) -> _Groups:
    """Group the articles."""
    # Sums computed by several cores differ in their last digits, which can change the groups.
    with threadpool_limits(1):
        groups, method = _group(weights.matrix, min(proposal.k, *weights.matrix.shape))
        if proposal.are_stories:
            groups = _set_apart(weights.matrix, groups)
    return _describe_groups(weights, groups, method)


def _set_apart(matrix, groups: np.ndarray) -> np.ndarray:
    """Make a group of its own of each article that does not resemble its group."""
    similarity = (matrix @ matrix.T).toarray()
    np.fill_diagonal(similarity, 0)
    is_same_group = groups[:, None] == groups[None, :]
    others = np.maximum(is_same_group.sum(axis=1) - 1, 1)
    mean_similarity = (similarity * is_same_group).sum(axis=1) / others

    is_isolated = mean_similarity < MIN_SIMILARITY_IN_STORY
    apart = groups.copy()
    apart[is_isolated] = groups.max() + 1 + np.arange(is_isolated.sum())
    return apart


def _describe_groups(weights: TfIdf, groups: np.ndarray, method: str) -> _Groups:
    """Find the most distinctive words of the groups, and weight each article in each of them."""
    from sklearn.preprocessing import normalize

    matrix, words = weights
    groups = np.unique(groups, return_inverse=True)[1]  # without numbers that no article has
    articles = len(groups)
    membership = np.eye(groups.max() + 1, dtype=np.float32)[groups]
    is_member = membership.astype(bool)
    sums = (matrix.T @ membership).T  # weights of the stems in each group
    size = membership.sum(axis=0)[:, None]

    # Similarity to the direction of each group. An article is always nearest to its own group,
    # also if _reassign chose another one than the nearest.
    similarity = (matrix @ normalize(sums).T).clip(min=0) + SMALLEST_SIMILARITY
    nearest = similarity.max(axis=1) + SMALLEST_SIMILARITY
    similarity[is_member] = np.maximum(similarity[is_member], nearest)

    # Words that are more frequent in the group than outside it, on average.
    mean_inside = sums / size
    mean_outside = (sums.sum(axis=0) - sums) / np.maximum(articles - size, 1)
    distinctive = mean_inside - mean_outside
    best_stems = [np.lexsort((words, -row.round(6)))[:LABEL_WORDS] for row in distinctive]
    return _Groups(
        weights=similarity / similarity.sum(axis=1, keepdims=True),
        words=[words[stems].tolist() for stems in best_stems],
        method=method,
    )


def _sampled_articles(articles: int) -> np.ndarray:
    """Return the rows of the articles that are grouped; the others are assigned to groups."""
    return np.sort(np.random.default_rng(0).permutation(articles)[:SAMPLE_ARTICLES])


def _group(matrix, k: int) -> tuple[np.ndarray, str]:
    """Group the rows of a TF-IDF matrix; return their groups and the method for column rule."""
    from sklearn.preprocessing import normalize

    articles = matrix.shape[0]
    sampled = _sampled_articles(articles)
    sample = matrix[sampled]
    space = normalize(reduce_dimensions(sample, DIMENSIONS))

    if articles < MANY_ARTICLES:
        space = _borrow(space, sample, k)
        starts = max(1, min(STARTS, STARTS_TIMES_GROUPS // k))
        return _spherical_kmeans(space, k, starts), METHOD

    groups = _reassign(sample, _spherical_kmeans(space, k, STARTS_FOR_MANY))
    if articles <= SAMPLE_ARTICLES:
        return groups, METHOD_REASSIGNED
    method = METHOD_SAMPLED.format(articles=SAMPLE_ARTICLES)
    return _assign(matrix, sampled, groups), method


def _borrow(space: np.ndarray, matrix, k: int) -> np.ndarray:
    """Move each article towards its neighbours, the more so the smaller the groups are."""
    members = len(space) / k
    neighbours = round(NEIGHBOURS_PER_MEMBER * members)
    neighbours = min(max(neighbours, MIN_NEIGHBOURS), MAX_NEIGHBOURS)
    weight = NEIGHBOUR_WEIGHT * min(1, FULL_BORROWING_MEMBERS / members)
    similarity = (matrix @ matrix.T).toarray()
    return borrow_from_nearest(space, similarity, neighbours, weight)


def _spherical_kmeans(space: np.ndarray, k: int, starts: int) -> np.ndarray:
    """Group rows of length 1 so that the sums of the groups are as long as possible.

    Articles move one at a time to the group where they increase the sum of all lengths most. Single
    moves can leave local optima that whole passes cannot. An article is removed from its own group
    before groups are compared; otherwise, in a small corpus, it would dominate the direction of its
    group and never leave it.

    All starts are computed at the same time, as columns. The best of them is returned.
    """
    random = np.random.default_rng(0)
    articles = len(space)
    columns = np.arange(starts)
    groups = np.array([random.permutation(np.arange(articles) % k) for _ in columns]).T
    sums = np.stack([np.eye(k, dtype=space.dtype)[start].T @ space for start in groups.T])
    squares = (sums**2).sum(axis=2)  # squared length of the sum of each group, for each start

    for _ in range(MAX_PASSES):
        any_moved = False
        for article, row in enumerate(space):
            group = groups[article]
            products = sums @ row
            row_square = row @ row

            # |sum ± row|² = |sum|² ± 2 sum · row + |row|²
            squares_without = squares[columns, group] - 2 * products[columns, group] + row_square
            squares_with = squares + 2 * products + row_square
            lengths = np.sqrt(squares.clip(min=0))
            gain = np.sqrt(squares_with.clip(min=0)) - lengths
            gain[columns, group] = lengths[columns, group] - np.sqrt(squares_without.clip(min=0))

            best = gain.argmax(axis=1)
            moving = np.flatnonzero(gain[columns, best] > gain[columns, group] + MIN_GAIN)
            if len(moving):
                old = group[moving]
                new = best[moving]
                sums[moving, old] -= row
                sums[moving, new] += row
                squares[moving, old] = squares_without[moving]
                squares[moving, new] = squares_with[moving, new]
                groups[article, moving] = new
                any_moved = True
        if not any_moved:
            break

    total_length = np.sqrt(squares.clip(min=0)).sum(axis=1)
    return groups[:, total_length.argmax()]


def _reassign(matrix, groups: np.ndarray) -> np.ndarray:
    """Assign each article to the group that a classifier trained on other articles predicts."""
    from sklearn.model_selection import KFold, cross_val_predict

    folds = KFold(FOLDS, shuffle=True, random_state=0)
    for _ in range(REASSIGNMENTS):
        if len(np.unique(groups)) < 2:  # nothing to choose from
            break
        groups = cross_val_predict(_classifier(), matrix, groups, cv=folds)
    return groups


def _assign(matrix, grouped: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Return the groups of all articles from those of the articles in some of the rows."""
    all_groups = np.zeros(matrix.shape[0], dtype=groups.dtype)
    if len(np.unique(groups)) > 1:
        all_groups = _classifier().fit(matrix[grouped], groups).predict(matrix)
    all_groups[grouped] = groups
    return all_groups


def _classifier():
    """Return a linear classifier of words that suits a few thousand articles."""
    from sklearn.linear_model import RidgeClassifier

    return RidgeClassifier(alpha=RIDGE_PENALTY, solver="sparse_cg")
