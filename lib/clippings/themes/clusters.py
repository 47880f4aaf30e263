"""Groups of articles by the words they use, without a codebook."""

from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from clippings.core.lexicon import read_words
from clippings.core.progress import in_turn
from clippings.core.tables import COLUMNS, in_order, make_table
from clippings.core.tokens import folded_words

FEWEST_ARTICLES = 4  # below that, groups say nothing that reading does not
MOST_GROUPS, DRAWS = (
    8,
    5,
)  # numbers of groups that are tried where none is given, and on how many parts of the articles
TRIED = 500  # articles on which numbers of groups are tried: of more, so many are drawn by lot
FEW, THOUSANDS, LEARNT = (
    20,
    1000,
    3000,
)  # articles: below the first, every shared word counts; from the second on, each
# is read again by what the others teach; above the third, groups are found in so many of them and the rest is read
DIMENSIONS, SWEEPS = 200, 50  # of the space; over the articles in each search for groups
STARTS, FEWER = 60, 10  # of that search, and for thousands, where starts differ little
BORROWED, FULLY = (
    0.5,
    50,
)  # how much each text takes on of those that it is like, where there are at most so many
RIDGE, READINGS = (
    2.0,
    2,
)  # how far the weights of words are held back, and how often all are read again


def find_clusters(passages: pd.DataFrame, *, k: int | None = None) -> pd.DataFrame:
    """Each passage with the group of its article.

    In: passages (story ones, as a rule); k, the number of groups (None: the most stable one of count_stability is
    proposed; from 1,000 articles on the square root of half their number, a rule of thumb).
    Out: clusters, one row per passage, label = the five words that set the group apart, weight = how near
    the article is to this group among all (0 to 1; near 1 / k: it could be in any), rule = the method and where k
    is from. No rows where there is too little text to say: fewer than 4 articles, or no word that two of them share.
    Raises: nothing. Misses: an article about two things gets one group; how stable the groups are: count_stability.
    Source: spherical k-means of TF-IDF of word stems (Snowball), an article moving at once where that helps (Dhillon,
    Guan and Kogan 2002), the best of 60 starts (10 for thousands); below 1,000 articles each takes on a little of those
    that it is like, the more the fewer there are (as Rocchio's feedback does); from 1,000 articles on, each is then
    read by a ridge regression that has learnt from the others; above 3,000, so many of them are grouped and the rest is
    read by it; deterministic always; rule of thumb for k: Mardia, Kent and Bibby 1979.
    Example:
        >>> find_clusters(make_table("passages")).empty
        True
    """
    counts = _counts(passages)
    k, why = (k, "") if k else _proposed(counts)
    made = _groups(counts, k)
    if not made:
        return make_table("clusters")
    best = made.weights.argmax(axis=1)
    number = {article: at for at, article in enumerate(counts.articles)}
    rows = in_order(
        passages.loc[passages.article.isin(number), ["article", "start", "end", "text", "label"]]
    )
    own = rows.article.map(number).to_numpy(dtype="int64")
    near = pd.Series([round(weight, 2) for weight in made.weights.max(axis=1).tolist()])
    rows["label"], rows["weight"] = (
        pd.Series(made.names, dtype="str")[best[own]].array,
        near[own].array,
    )
    return rows.assign(rule=f"{made.method}{why}").astype(COLUMNS["clusters"])


def count_stability(
    passages: pd.DataFrame, *, ks: list[int] | None = None, draws: int = 10
) -> pd.DataFrame:
    """How far the groups stay the same when a fifth of the articles is left out, for several numbers of groups.

    In: passages; ks, numbers of groups (None: 2 to 8, at most half the number of articles); draws of 80 % of the
    articles each; of more than 500 articles, of so many drawn by lot, always the same.
    Out: k, stability (mean adjusted Rand index of the groups with and without; 1: the same, 0: chance),
    lowest (of the draws), npmi (do a group's five words stand in the same articles: 1 always, 0 as by chance, -1
    never), diversity (share of those words that name one group only), articles (how many there are), tried (on how
    many of them); in the order of ks. No rows where there is too little text to say.
    Raises: nothing. Misses: stable groups need not be meaningful ones: read them. Source: Hubert and Arabie 1985;
    leaving out a fifth: Greene et al. 2014; Bouma 2009; Dieng et al. 2020.
    Example:
        >>> count_stability(make_table("passages"), ks=[2, 3]).empty
        True
    """
    counts = _counts(passages)
    return _stability(counts, ks or _tried(len(counts.articles)), draws)


def _tried(articles: int) -> list[int]:
    return list(range(2, max(2, min(MOST_GROUPS, articles // 2)) + 1))


class _Counts(NamedTuple):
    """How often each article (row) has each stem (column), and the word that stands for the stem in names."""

    articles: list[str]
    matrix: object
    words: object


class _Groups(NamedTuple):
    """Weight of each article in each group (rows sum to 1), the groups' names, how they were found and how good."""

    weights: object
    names: list[str]
    method: str
    npmi: float
    diversity: float


def _counts(passages: pd.DataFrame) -> _Counts:
    from nltk.stem.snowball import SnowballStemmer
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer

    texts = in_order(passages).groupby("article", sort=True).text
    articles = list(texts.groups)
    stopwords = set(read_words("en/text/stopwords"))
    vectorizer = CountVectorizer(
        analyzer=lambda rows: (
            w
            for t in rows
            for w in folded_words(t)
            if len(w) > 2 and w not in stopwords and not w[0].isdigit()
        ),
        min_df=2 if len(articles) >= THOUSANDS else 1,
        dtype=np.float32,
    )
    try:
        matrix = vectorizer.fit_transform(rows for _, rows in in_turn(texts, "words"))
    except ValueError:  # no word is left
        return _Counts(articles, csr_matrix((len(articles), 0)), np.array([]))
    words, stem = vectorizer.get_feature_names_out(), SnowballStemmer("english").stem
    stems = np.array(
        [stem(word) for word in words], dtype="object"
    )  # not each as wide as the widest
    _, first, column = np.unique(stems, return_index=True, return_inverse=True)
    often = np.lexsort(
        (words, -matrix.sum(axis=0).A1)
    )  # the commonest word of a stem stands for it
    first[column[often[::-1]]] = often[::-1]
    added = csr_matrix((np.ones_like(column, "f4"), (range(len(column)), column)))
    return _Counts(articles, matrix @ added, words[first])


def _proposed(counts: _Counts) -> tuple[int, str]:
    """A number of groups where the analyst gave none, and why this one."""
    many = len(counts.articles)
    if many >= THOUSANDS:
        return round((many / 2) ** 0.5), ", by a rule of thumb"
    tried = _tried(many)
    found = _stability(counts, tried, DRAWS) if len(tried) > 1 else pd.DataFrame()
    best = tried[0] if found.empty else int(found.k[found.stability.idxmax()])
    if len(tried) < 2:
        return best, ", the fewest there can be"
    return best, f", the most stable of {tried[0]} to {tried[-1]}" + f" for {TRIED} articles" * (
        many > TRIED
    )


def _stability(counts: _Counts, ks: list[int], draws: int) -> pd.DataFrame:
    from sklearn.metrics import adjusted_rand_score

    rows, found, articles = [], {}, len(counts.articles)
    if articles > TRIED:
        counts = _drawn(counts, np.random.default_rng(0).permutation(articles)[:TRIED])
    many = len(counts.articles)
    for k, draw in in_turn([(k, draw) for k in ks for draw in range(draws)], "groups", "draw"):
        whole, agreed = found[k] if k in found else found.setdefault(k, (_groups(counts, k), []))
        if not whole:
            continue
        kept = np.sort(np.random.default_rng(draw).permutation(many)[: max(2, int(0.8 * many))])
        again = _groups(_drawn(counts, kept), k, fewest=2)
        if again:
            agreed.append(
                adjusted_rand_score(
                    whole.weights[kept].argmax(axis=1), again.weights.argmax(axis=1)
                )
            )
    for k, (whole, agreed) in found.items():
        if agreed:
            said = (float(np.mean(agreed)), float(min(agreed)), whole.npmi, whole.diversity)
            rows.append((k, *(round(value, 2) for value in said), articles, many))
    return pd.DataFrame(
        rows, columns=["k", "stability", "lowest", "npmi", "diversity", "articles", "tried"]
    )


def _drawn(counts: _Counts, rows) -> _Counts:
    return _Counts([counts.articles[row] for row in rows], counts.matrix[rows], counts.words)


def _groups(counts: _Counts, k: int, fewest: int = FEWEST_ARTICLES) -> _Groups | None:
    """Groups of articles; None where there is too little to say."""
    from sklearn.preprocessing import normalize

    many, found_in = (
        len(counts.articles),
        np.bincount(counts.matrix.indices, minlength=len(counts.words)),
    )
    used = (found_in < many) & (
        (found_in > 0) if many < FEW else (found_in >= 2) & (found_in <= many / 2)
    )
    if many < fewest or not (found_in[used] >= 2).any():
        return None
    matrix, words = counts.matrix[:, used], counts.words[used]
    np.log1p(matrix.data, out=matrix.data)
    matrix.data *= np.log(many / found_in[used], dtype=np.float32)[matrix.indices]
    matrix = normalize(matrix, copy=False)
    with threadpool_limits(
        1
    ):  # sums of several cores differ in their last digits, and groups with them
        labels, method = _labels(matrix, min(k, *matrix.shape))
    labels = np.unique(labels, return_inverse=True)[1]
    member = np.eye(labels.max() + 1, dtype=np.float32)[labels]
    inside, size = (matrix.T @ member).T, member.sum(axis=0)[:, None]
    near = (matrix @ normalize(inside).T).clip(min=0) + 1e-9
    near[member.astype(bool)] = np.maximum(near[member.astype(bool)], near.max(axis=1) + 1e-9)
    typical = inside / size - (inside.sum(axis=0) - inside) / np.maximum(many - size, 1)
    best = [np.lexsort((words, -row.round(6)))[:5] for row in typical]
    names = [" · ".join(words[i] for i in row) for row in best]
    diversity = len({i for row in best for i in row}) / sum(len(row) for row in best)
    method = f"{method}, k = {len(names)}"
    return _Groups(
        near / near.sum(axis=1, keepdims=True), names, method, _npmi(matrix, best), diversity
    )


def _npmi(matrix, groups: list) -> float:
    """Normalised pointwise mutual information of the words of each group, by articles; the mean (Bouma 2009)."""
    found = []
    for row in groups:
        stands = (matrix[:, row] > 0).toarray().astype("float64")
        alone, together = stands.mean(axis=0), stands.T @ stands / len(stands)
        for i, j in combinations(range(len(row)), 2):
            both = together[i, j]
            found.append(
                -1.0
                if not both
                else 1.0
                if both == 1
                else np.log(both / alone[i] / alone[j]) / -np.log(both)
            )
    return float(np.mean(found)) if found else 0.0


def _labels(matrix, k: int):
    """The group of each article, and how it was found."""
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize

    many, method = matrix.shape[0], "TF-IDF of word stems and spherical k-means"
    chosen = np.sort(np.random.default_rng(0).permutation(many)[:LEARNT])
    some = matrix[chosen]
    size = max(1, min(DIMENSIONS, *(side - 1 for side in some.shape)))
    used = some[:, np.unique(some.indices)]
    space = TruncatedSVD(size, random_state=0).fit_transform(used)
    if many < THOUSANDS:  # few texts take on a little of those that they are like
        alike = (some @ some.T).toarray()
        np.fill_diagonal(alike, 0)
        space += BORROWED * min(1, FULLY / many) * normalize(alike, norm="l1") @ space
    labels = _spherical(normalize(space), k)
    if many < THOUSANDS:
        return labels, method
    labels, learnt = _reread(some, labels, k)
    if many <= LEARNT:
        return labels, f"{method}, read again by ridge regression"
    found = matrix @ (some.T @ learnt) + learnt.sum(axis=0)
    found = found.argmax(axis=1)
    found[chosen] = labels
    return found, f"{method} of {LEARNT:,} articles, the others read by ridge regression"


def _spherical(space, k: int):
    """Groups whose texts point the same way: each text moves at once to where the sums of the groups grow longest.

    A text counts in its own group only without itself: with few texts it would else never leave. All starts go at once.
    """
    shuffled, runs = (
        np.random.default_rng(0),
        np.arange(STARTS if len(space) < THOUSANDS else FEWER),
    )
    labels = np.array([shuffled.permutation(np.arange(len(space)) % k) for _ in runs]).T
    sums = np.stack([np.eye(k, dtype=space.dtype)[start].T @ space for start in labels.T])
    square = (sums**2).sum(axis=2)  # the squared length of each sum
    for _ in range(SWEEPS):
        moved = False
        for text, row in enumerate(space):
            own, near, self = labels[text], sums @ row, row @ row
            without, joined = (
                square[runs, own] - 2 * near[runs, own] + self,
                square + 2 * near + self,
            )
            gain = np.sqrt(joined.clip(min=0)) - np.sqrt(square.clip(min=0))
            gain[runs, own] = np.sqrt(square[runs, own].clip(min=0)) - np.sqrt(without.clip(min=0))
            best = gain.argmax(axis=1)
            go = np.flatnonzero(gain[runs, best] > gain[runs, own] + 1e-6)
            if len(go):
                sums[go, own[go]] -= row
                sums[go, best[go]] += row
                square[go, own[go]], square[go, best[go]] = without[go], joined[go, best[go]]
                labels[text, go], moved = best[go], True
        if not moved:
            break
    return labels[:, np.sqrt(square.clip(min=0)).sum(axis=1).argmax()]


def _reread(matrix, labels, k: int):
    """Each text with the group that a ridge regression on all others gives it, and what the regression has learnt."""
    from scipy.linalg import inv

    alike = np.ones((matrix.shape[0],) * 2)  # a constant beside the words
    for row in range(0, len(alike), 500):
        alike[row : row + 500] += (matrix[row : row + 500] @ matrix.T).toarray()
    alike.flat[:: len(alike) + 1] += RIDGE
    held = inv(alike.T, overwrite_a=True)
    for _ in range(READINGS):
        member = np.eye(k)[labels]
        labels = (member - held @ member / held.diagonal()[:, None]).argmax(
            axis=1
        )  # leaving one out, in closed form
    return labels, held @ np.eye(k)[labels]
