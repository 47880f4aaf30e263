"""Group articles by the words they use, without a codebook.

Groups are made in two stages.

**Spherical k-means** (`_spherical_kmeans`). Articles are represented as directions in a space of
word stems. Each article moves to the group with the most similar direction, until no article moves.
The best result of many random starts is used.

**A correction that depends on the size of the corpus.** A short article may have no words in common
with other articles on its subject. In corpora of fewer than 1,000 articles, each article is
therefore moved slightly towards similar articles *before* the grouping (`_borrow_from_similar`). In
larger corpora, a regression learns *after* the grouping which words indicate which group. Every
article is then reassigned according to the regression on all other articles (`_reassign`).

The figures next to the constants are the normalised mutual information (NMI) between groups and the
five sections of the BBC news corpus, with k = 5. They are means over 40 random samples each of 30
and of 50 articles, 10 of 200, 5 of 500 and 3 of 1,000, and the result for all 2,225. Differences
below 0.01 are not significant.
"""

from itertools import chain, combinations, product
from typing import NamedTuple

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from clippings.core.cache import cacheable
from clippings.core.errors import BadInput
from clippings.core.lexicon import read_words
from clippings.core.progress import in_turn
from clippings.core.tables import COLUMNS, in_order, make_table
from clippings.core.tokens import folded_words

# With fewer articles, no groups are reported, because reading the articles is faster and more
# informative.
MIN_ARTICLES = 4

# With fewer articles, every stem that two articles share is used. With more, a stem must occur in
# at least two articles and in no more than half of all articles.
FEW_ARTICLES = 20

# From this number of articles, the second stage is _reassign, and k is set by a rule of thumb.
MANY_ARTICLES = 1000

# The maximum number of articles that are grouped, as a random sample; the others are assigned by
# _reassign. The matrix that _reassign inverts has this many rows and columns (72 MB).
SAMPLE_ARTICLES = 3000

# The largest number of groups to try if none is given; the maximum number of articles used for this
# (a random sample); and the number of draws for each number of groups.
LARGEST_TRIED_K = 8
STABILITY_ARTICLES = 500
DRAWS_TO_CHOOSE_K = 5

# The share of articles in each draw (Greene et al. 2014).
DRAWN_SHARE = 0.8

NAME_WORDS = 5

# Shorter words rarely indicate a subject and are not counted.
MIN_WORD_LETTERS = 3

# Dimensions of the space to which the stems are reduced (latent semantic analysis).
DIMENSIONS = 200

# Random starts of k-means. One start alone may be poor: 1, 10, 60 and 200 starts reach 0.852,
# 0.886, 0.895 and 0.895 for 500 articles (0.700, 0.738, 0.747 and 0.745 for 30). From 1,000
# articles on a start takes seconds: 1, 10 and 60 starts reach 0.779, 0.909 and 0.908 for 2,225
# articles.
STARTS = 60
STARTS_FOR_MANY = 10

# The maximum number of passes over all articles for each start, and the minimum gain for which an
# article moves (above the rounding errors of the sums).
MAX_PASSES = 50
MIN_GAIN = 1e-6

# The weight of similar articles, as a multiple of the article itself, and the number of articles up
# to which this weight applies; in larger corpora, it decreases in proportion. It helps in the
# smallest corpora: 0.747 instead of 0.732 for 30 articles, with no difference from 50 on. The full
# weight does harm in larger corpora: 0.860 instead of 0.868 for 200.
BORROWED_WEIGHT = 0.5
FULL_BORROWING_ARTICLES = 50

# Ridge penalty of the regression, and how often all articles are reassigned. For 2,225 articles,
# 0, 1, 2 and 4 times reach 0.900, 0.903, 0.909 and 0.909; for 1,000, there is no difference.
# Penalties of 0.5 and 8 reach 0.902.
RIDGE_PENALTY = 2.0
REASSIGNMENTS = 2

# Rows of a large product that are computed at once.
ROWS_PER_PORTION = 500

# Replaces a similarity of 0, so that weights can be normalised.
SMALLEST_SIMILARITY = 1e-9

# The column rule: the method and the reason for k.
METHOD = "TF-IDF of word stems and spherical k-means"
METHOD_REASSIGNED = METHOD + ", reassigned by ridge regression"
METHOD_SAMPLED = METHOD + " of {articles:,} articles, the others assigned by ridge regression"
RULE = "{method}, k = {groups}{reason}"
REASON_GIVEN = ""
REASON_ONLY = ", the only number possible"
REASON_RULE_OF_THUMB = ", by a rule of thumb"
REASON_STABLE = ", the most stable of {first} to {last}"
REASON_STABLE_IN_SAMPLE = REASON_STABLE + " in a sample of {articles} articles"


class _StemCounts(NamedTuple):
    """The frequency of each word stem in each article."""

    articles: list[str]
    matrix: object  # scipy.sparse matrix; a row for each article, a column for each stem
    words: np.ndarray  # the most frequent word of each stem, which represents it in names


class _Clustering(NamedTuple):
    """Groups of articles."""

    weights: np.ndarray  # of each article in each group; rows add up to 1
    names: list[str]
    method: str
    npmi: float  # coherence of the words in the names
    diversity: float  # share of these words that occur in one name only

    def groups(self) -> np.ndarray:
        """Return the group of each article."""
        return self.weights.argmax(axis=1)


@cacheable
def find_clusters(passages: pd.DataFrame, *, k: int | None = None) -> pd.DataFrame:
    """Group articles by the words they use.

    Parameters
    ----------
    passages : pandas.DataFrame
        Usually those of the article text (`passages[passages.label.isin(cl.STORY)]`).
    k : int, optional
        The number of groups. The default is the most stable number (see `count_stability`) or, for
        1,000 articles or more, the square root of half the number of articles (a rule of thumb).

    Returns
    -------
    pandas.DataFrame
        The table `clusters`: one row per passage, sorted by position. It is empty if there is too
        little text: fewer than 4 articles, or no word that two of them share.

        - `label`: the group of the article, named by its five most distinctive words
        - `weight`: similarity of the article to this group relative to all groups, from 0 to 1;
          near 1/k, the article could belong to any group
        - `rule`: the method and the reason for k

    Raises
    ------
    BadInput
        If `k` is less than 1.

    Notes
    -----
    Word stems (Snowball) are weighted by TF-IDF and reduced to 200 dimensions. They are grouped by
    spherical k-means with single moves, using the best of many starts. The docstring of
    `clippings.themes.clusters` describes the second stage. The result is deterministic.

    An article about two subjects is assigned to one group only. `count_stability` measures how
    stable the groups are.

    References
    ----------
    Dhillon, Guan and Kogan (2002). Iterative clustering of high dimensional text data augmented by
    local search. ICDM.
    Mardia, Kent and Bibby (1979). Multivariate analysis, for the rule of thumb.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> clusters = cl.find_clusters(passages[passages.label.isin(cl.STORY)], k=2)
    >>> clusters.groupby("label").article.nunique()
    label
    asked · engineer · lucky · gates · opened    4
    counted · sunday · came · friday · agency    2
    Name: article, dtype: int64
    """
    if k is not None and k < 1:
        raise BadInput(f"k is {k}, but must be 1 or more, or None for the most stable number")
    counts = _count_stems(passages)
    if k is None:
        k, reason = _choose_k(counts)
    else:
        reason = REASON_GIVEN
    clustering = _cluster(counts, k)
    if not clustering:
        return make_table("clusters")

    numbers = {article: number for number, article in enumerate(counts.articles)}
    columns = ["article", "start", "end", "text", "label"]
    rows = in_order(passages.loc[passages.article.isin(numbers), columns])
    row_article = rows.article.map(numbers).to_numpy(dtype="int64")

    names = pd.Series(clustering.names, dtype="str")[clustering.groups()]
    weights = pd.Series([round(weight, 2) for weight in clustering.weights.max(axis=1).tolist()])
    rows["label"] = names.iloc[row_article].array
    rows["weight"] = weights.iloc[row_article].array
    rule = RULE.format(method=clustering.method, groups=len(clustering.names), reason=reason)
    return rows.assign(rule=rule).astype(COLUMNS["clusters"])


@cacheable
def count_stability(
    passages: pd.DataFrame, *, ks: list[int] | None = None, draws: int = 10
) -> pd.DataFrame:
    """Measure how stable the groups are for different numbers of groups.

    Parameters
    ----------
    passages : pandas.DataFrame
        As for `find_clusters`.
    ks : list of int, optional
        Numbers of groups; by default 2 to 8, but at most half the number of articles.
    draws : int, default 10
        The number of times that groups are found in a random 80% of the articles.

    Returns
    -------
    pandas.DataFrame
        One row per number of groups, in the order of `ks`. The table is empty if there is too
        little text.

        - `k`: the number of groups
        - `stability`: mean adjusted Rand index between the groups of all articles and those of each
          draw; 1 for the same groups, 0 for chance
        - `lowest`: the lowest index of all draws
        - `npmi`: how often the five words of a name occur in the same articles: 1 for always, 0 for
          chance, -1 for never
        - `diversity`: share of these words that occur in one name only
        - `articles`: the number of articles
        - `tried`: the number of articles used; for more than 500 articles, a random sample of 500,
          which is the same in every run

    Raises
    ------
    BadInput
        If one of the numbers is less than 1.

    Notes
    -----
    Stable groups are not necessarily meaningful: read them.

    References
    ----------
    Greene, O'Callaghan and Cunningham (2014). How many topics? Stability analysis for topic models.
    ECML PKDD.
    Hubert and Arabie (1985) for the Rand index, Bouma (2009) for NPMI, Dieng et al. (2020) for
    diversity.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> story = passages[passages.label.isin(cl.STORY)]
    >>> cl.count_stability(story, draws=3)
       k  stability  lowest  npmi  diversity  articles  tried
    0  2       0.33     0.0  0.61        1.0         6      6
    1  3       1.00     1.0  0.34        1.0         6      6
    """
    if ks is not None and min(ks, default=1) < 1:
        raise BadInput(f"ks contains {min(ks)}, but all numbers of groups must be 1 or more")
    counts = _count_stems(passages)
    return _measure_stability(counts, ks or _candidate_ks(len(counts.articles)), draws)


# Choosing k -------------------------------------------------------------------------------------


def _candidate_ks(articles: int) -> list[int]:
    """Return the numbers of groups to try: 2 to 8, at most half the number of articles."""
    largest = max(2, min(LARGEST_TRIED_K, articles // 2))
    return list(range(2, largest + 1))


def _choose_k(counts: _StemCounts) -> tuple[int, str]:
    """Choose the number of groups; return it with the reason for the column rule."""
    articles = len(counts.articles)
    if articles >= MANY_ARTICLES:
        return round((articles / 2) ** 0.5), REASON_RULE_OF_THUMB

    ks = _candidate_ks(articles)
    if len(ks) == 1:
        return ks[0], REASON_ONLY

    stability = _measure_stability(counts, ks, DRAWS_TO_CHOOSE_K)
    best = ks[0] if stability.empty else int(stability.k[stability.stability.idxmax()])
    reason = REASON_STABLE_IN_SAMPLE if articles > STABILITY_ARTICLES else REASON_STABLE
    return best, reason.format(first=ks[0], last=ks[-1], articles=STABILITY_ARTICLES)


def _measure_stability(counts: _StemCounts, ks: list[int], draws: int) -> pd.DataFrame:
    """Compare the groups of all articles with those of random draws, for each number of groups."""
    articles = len(counts.articles)
    if articles > STABILITY_ARTICLES:
        order = np.random.default_rng(0).permutation(articles)
        counts = _take_articles(counts, order[:STABILITY_ARTICLES])
    tried = len(counts.articles)

    whole: dict[int, _Clustering | None] = {}
    agreement: dict[int, list[float]] = {}
    for k, draw in in_turn(list(product(ks, range(draws))), "groups", "draw"):
        if k not in whole:
            whole[k] = _cluster(counts, k)
            agreement[k] = []
        if whole[k]:
            agreement[k] += _compare_with_draw(counts, whole[k], k, draw)

    rows = []
    for k, clustering in whole.items():
        if agreement[k]:
            rows.append(
                {
                    "k": k,
                    "stability": round(float(np.mean(agreement[k])), 2),
                    "lowest": round(float(min(agreement[k])), 2),
                    "npmi": round(clustering.npmi, 2),
                    "diversity": round(clustering.diversity, 2),
                    "articles": articles,
                    "tried": tried,
                }
            )
    columns = ["k", "stability", "lowest", "npmi", "diversity", "articles", "tried"]
    return pd.DataFrame(rows, columns=columns)


def _compare_with_draw(counts: _StemCounts, whole: _Clustering, k: int, draw: int) -> list[float]:
    """Return the adjusted Rand index of one draw; nothing if the draw has too little text."""
    from sklearn.metrics import adjusted_rand_score

    articles = len(counts.articles)
    drawn = np.random.default_rng(draw).permutation(articles)
    drawn = np.sort(drawn[: max(2, int(DRAWN_SHARE * articles))])
    again = _cluster(_take_articles(counts, drawn), k, min_articles=2)
    if not again:
        return []
    return [adjusted_rand_score(whole.groups()[drawn], again.groups())]


def _take_articles(counts: _StemCounts, rows: np.ndarray) -> _StemCounts:
    """Return the counts of these articles."""
    articles = [counts.articles[row] for row in rows]
    return _StemCounts(articles, counts.matrix[rows], counts.words)


# Words ------------------------------------------------------------------------------------------


def _count_stems(passages: pd.DataFrame) -> _StemCounts:
    """Count the word stems of each article."""
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer

    texts = in_order(passages).groupby("article", sort=True).text
    articles = list(texts.groups)
    function_words = set(read_words("en/text/stopwords"))

    def content_words(rows: pd.Series):
        """Yield the words of one article that reveal something about its subject."""
        for text in rows:
            for word in folded_words(text):
                is_long = len(word) >= MIN_WORD_LETTERS
                if is_long and word not in function_words and not word[0].isdigit():
                    yield word

    vectorizer = CountVectorizer(
        analyzer=content_words,
        # Words that occur in a single article cannot group articles; in large corpora, most words
        # are of this kind.
        min_df=2 if len(articles) >= MANY_ARTICLES else 1,
        dtype=np.float32,
    )
    try:
        matrix = vectorizer.fit_transform(rows for _, rows in in_turn(texts, "words"))
    except ValueError:  # raised if no word is left
        return _StemCounts(articles, csr_matrix((len(articles), 0)), np.array([]))
    return _merge_forms(articles, matrix, vectorizer.get_feature_names_out())


def _merge_forms(articles: list[str], matrix, words: np.ndarray) -> _StemCounts:
    """Add up the counts of words with the same stem."""
    from nltk.stem.snowball import SnowballStemmer
    from scipy.sparse import csr_matrix

    stem = SnowballStemmer("english").stem
    # Strings as objects: an array of strings would be as wide as the longest for every stem.
    stems = np.array([stem(word) for word in words], dtype="object")
    _, representative, column = np.unique(stems, return_index=True, return_inverse=True)

    # The most frequent word of a stem represents it, or the first in alphabetical order if several
    # are equally frequent. Words are written in order of frequency, so that the most frequent is
    # written last.
    by_frequency = np.lexsort((words, -matrix.sum(axis=0).A1))
    rarest_first = by_frequency[::-1]
    representative[column[rarest_first]] = rarest_first

    one_per_word = np.ones_like(column, "f4")
    to_stems = csr_matrix((one_per_word, (range(len(column)), column)))
    return _StemCounts(articles, matrix @ to_stems, words[representative])


def _select_stems(counts: _StemCounts, articles_of_stem: np.ndarray) -> np.ndarray:
    """Return which stems can distinguish articles."""
    articles = len(counts.articles)
    if articles < FEW_ARTICLES:
        return (articles_of_stem > 0) & (articles_of_stem < articles)
    in_several = (articles_of_stem >= 2) & (articles_of_stem <= articles / 2)
    return in_several & (articles_of_stem < articles)


def _weight_by_tf_idf(matrix, articles_of_stem: np.ndarray):
    """Return log(1 + count) * log(articles / articles with the stem), each row of length 1."""
    from sklearn.preprocessing import normalize

    np.log1p(matrix.data, out=matrix.data)
    idf = np.log(matrix.shape[0] / articles_of_stem, dtype=np.float32)
    matrix.data *= idf[matrix.indices]
    return normalize(matrix, copy=False)


# Groups -----------------------------------------------------------------------------------------


def _cluster(counts: _StemCounts, k: int, min_articles: int = MIN_ARTICLES) -> _Clustering | None:
    """Group the articles; return None if there is too little text."""
    articles = len(counts.articles)
    articles_of_stem = np.bincount(counts.matrix.indices, minlength=len(counts.words))
    selected = _select_stems(counts, articles_of_stem)
    no_shared_stem = not (articles_of_stem[selected] >= 2).any()
    if articles < min_articles or no_shared_stem:
        return None

    words = counts.words[selected]
    matrix = _weight_by_tf_idf(counts.matrix[:, selected], articles_of_stem[selected])
    # Sums computed by several cores differ in their last digits, which can change the groups.
    with threadpool_limits(1):
        groups, method = _group(matrix, min(k, *matrix.shape))
    return _describe_groups(matrix, words, groups, method)


def _describe_groups(matrix, words: np.ndarray, groups: np.ndarray, method: str) -> _Clustering:
    """Name the groups, and weight each article in each of them."""
    from sklearn.preprocessing import normalize

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
    name_stems = [np.lexsort((words, -row.round(6)))[:NAME_WORDS] for row in distinctive]
    names = [" · ".join(words[stem] for stem in stems) for stems in name_stems]

    different_stems = set(chain.from_iterable(name_stems))
    return _Clustering(
        weights=similarity / similarity.sum(axis=1, keepdims=True),
        names=names,
        method=method,
        npmi=_mean_npmi(matrix, name_stems),
        diversity=len(different_stems) / sum(len(stems) for stems in name_stems),
    )


def _mean_npmi(matrix, groups: list) -> float:
    """Return the mean NPMI (Bouma 2009) of all pairs of stems in each group, by articles."""
    values = []
    for stems in groups:
        occurs = (matrix[:, stems] > 0).toarray().astype("float64")
        alone = occurs.mean(axis=0)
        together = occurs.T @ occurs / len(occurs)
        for i, j in combinations(range(len(stems)), 2):
            values.append(_npmi(together[i, j], alone[i], alone[j]))
    return float(np.mean(values)) if values else 0.0


def _npmi(both: float, first: float, second: float) -> float:
    """Return the NPMI of two words from the shares of articles with both, the first, the second."""
    if both == 0:
        return -1.0
    if both == 1:
        return 1.0
    return np.log(both / first / second) / -np.log(both)


def _group(matrix, k: int) -> tuple[np.ndarray, str]:
    """Group the rows of a TF-IDF matrix; return their groups and the method for column rule."""
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize

    articles = matrix.shape[0]
    sampled = np.sort(np.random.default_rng(0).permutation(articles)[:SAMPLE_ARTICLES])
    sample = matrix[sampled]

    dimensions = max(1, min(DIMENSIONS, *(side - 1 for side in sample.shape)))
    occurring = sample[:, np.unique(sample.indices)]
    space = TruncatedSVD(dimensions, random_state=0).fit_transform(occurring)

    if articles < MANY_ARTICLES:
        space = _borrow_from_similar(space, sample)
        return _spherical_kmeans(normalize(space), k, STARTS), METHOD

    groups = _spherical_kmeans(normalize(space), k, STARTS_FOR_MANY)
    groups, dual_weights = _reassign(sample, groups, k)
    if articles <= SAMPLE_ARTICLES:
        return groups, METHOD_REASSIGNED

    # The other articles are assigned by the regression fitted to the sample.
    scores = matrix @ (sample.T @ dual_weights) + dual_weights.sum(axis=0)
    all_groups = scores.argmax(axis=1)
    all_groups[sampled] = groups
    return all_groups, METHOD_SAMPLED.format(articles=SAMPLE_ARTICLES)


def _borrow_from_similar(space: np.ndarray, matrix) -> np.ndarray:
    """Move each article towards those that share words with it.

    The mean of all articles, weighted by the similarity of their words, is added to each article,
    as in Rocchio's relevance feedback. The fewer articles there are, the fewer words of its subject
    each contains, and the higher the weight.
    """
    from sklearn.preprocessing import normalize

    similarity = (matrix @ matrix.T).toarray()
    np.fill_diagonal(similarity, 0)
    articles = len(space)
    weight = BORROWED_WEIGHT * min(1, FULL_BORROWING_ARTICLES / articles)
    return space + weight * normalize(similarity, norm="l1") @ space


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


def _reassign(matrix, groups: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Assign each article to the group that a ridge regression on all other articles predicts.

    Return the groups, and the dual weights of the regression for articles outside the sample.

    The regression predicts membership in each group from the words. In its dual form, it needs the
    inverse of a single matrix of all articles. This matrix also yields the prediction for each
    article from all others, without fitting again (leave-one-out residuals: residual / diagonal of
    the inverse).
    """
    from scipy.linalg import inv

    articles = matrix.shape[0]
    kernel = np.ones((articles, articles))  # the ones are the constant of the regression
    for first in range(0, articles, ROWS_PER_PORTION):
        portion = slice(first, first + ROWS_PER_PORTION)
        kernel[portion] += (matrix[portion] @ matrix.T).toarray()
    kernel.flat[:: articles + 1] += RIDGE_PENALTY
    inverse = inv(kernel.T, overwrite_a=True)

    for _ in range(REASSIGNMENTS):
        membership = np.eye(k)[groups]
        residuals = inverse @ membership / inverse.diagonal()[:, None]
        groups = (membership - residuals).argmax(axis=1)
    return groups, inverse @ np.eye(k)[groups]
