"""Groups of articles by the words they use, without a codebook."""

from itertools import combinations
from typing import NamedTuple

import pandas as pd

from clippings.lexicon import read_words
from clippings.tables import in_order, in_turn, make_table, span_row
from clippings.text import folded_words

FEWEST_ARTICLES = 4  # below that, groups say nothing that reading does not
TIMES, SMOOTH = 5, 0.1  # how often EM reads again, and the weight that a word has which a group has never shown
MOST_GROUPS, DRAWS = 8, 5  # numbers of groups that are tried where none is given, and on how many parts of the articles
FEW, THOUSANDS = 20, 1000  # articles: below, every word counts; from here on, the method is one for thousands


def find_clusters(passages: pd.DataFrame, *, k: int | None = None) -> pd.DataFrame:
    """Each passage with the group of its article.

    In: passages (story ones, as a rule); k, the number of groups (None: the most stable one of count_stability is
    proposed; from 1,000 articles on the square root of half their number, a rule of thumb).
    Out: clusters, one row per passage, label = the five words that set the group apart, weight = how near
    the article is to this group among all (0 to 1; near 1 / k: it could be in any), rule = the method and where k
    is from. No rows where there is too little text to say: fewer than 4 articles, or no word that two of them share.
    Raises: nothing. Misses: an article about two things gets one group; how stable the groups are: count_stability.
    Source: scikit-learn; below 1,000 articles TF-IDF, groups of an NMF (nndsvda) as the start of k-means in an LSA
    space; from there on LSA and k-means, each text then read again by naive Bayes (EM, Nigam et al. 2000);
    deterministic both; rule of thumb for k: Mardia, Kent and Bibby 1979.
    Example:
        >>> find_clusters(make_table("passages")).empty
        True
    """
    texts = _texts(passages)
    k, why = (k, "") if k or len(texts) < FEWEST_ARTICLES else _proposed(list(texts.values()))
    made = _groups(list(texts.values()), k) if len(texts) >= FEWEST_ARTICLES else None
    groups = dict(zip(texts, made.weights, strict=True)) if made else {}
    rows = []
    for passage in passages.itertuples():
        if passage.article in groups:
            best = int(groups[passage.article].argmax())
            said = {"label": made.names[best], "weight": round(float(groups[passage.article][best]), 2)}
            rows.append(span_row(passage, 0, len(passage.text), **said, rule=f"{made.method}{why}"))
    return make_table("clusters", rows)


def count_stability(passages: pd.DataFrame, *, ks: list[int] | None = None, draws: int = 10) -> pd.DataFrame:
    """How far the groups stay the same when a fifth of the articles is left out, for several numbers of groups.

    In: passages; ks, numbers of groups (None: 2 to 8, at most half the number of articles); draws of 80 % of the
    articles each. Out: k, stability (mean adjusted Rand index of the groups with and without; 1: the same, 0: chance),
    lowest (of the draws), npmi (do a group's five words stand in the same articles: 1 always, 0 as by chance, -1
    never), diversity (share of those words that name one group only); in the order of ks. No rows where there is too
    little text to say.
    Raises: nothing. Misses: stable groups need not be meaningful ones: read them. Source: Hubert and Arabie 1985;
    leaving out a fifth: Greene et al. 2014; Bouma 2009; Dieng et al. 2020.
    Example:
        >>> count_stability(make_table("passages"), ks=[2, 3]).empty
        True
    """
    texts = list(_texts(passages).values())
    return _stability(texts, ks or _tried(len(texts)), draws)


def _tried(articles: int) -> list[int]:
    return list(range(2, max(2, min(MOST_GROUPS, articles // 2)) + 1))


def _proposed(texts: list[list[str]]) -> tuple[int, str]:
    """A number of groups where the analyst gave none, and why this one."""
    if len(texts) >= THOUSANDS:
        return round((len(texts) / 2) ** 0.5), ", by a rule of thumb"
    tried = _tried(len(texts))
    found = _stability(texts, tried, DRAWS) if len(tried) > 1 else pd.DataFrame()
    best = tried[0] if found.empty else int(found.k[found.stability.idxmax()])
    return best, f", the most stable of {tried[0]} to {tried[-1]}" if len(tried) > 1 else ", the fewest there can be"


def _stability(texts: list[list[str]], ks: list[int], draws: int) -> pd.DataFrame:
    import numpy as np
    from sklearn.metrics import adjusted_rand_score

    rows, found, ks = [], {}, ks if len(texts) >= FEWEST_ARTICLES else []
    for k, draw in in_turn([(k, draw) for k in ks for draw in range(draws)], "groups", "draw"):
        whole, agreed = found[k] if k in found else found.setdefault(k, (_groups(texts, k), []))
        if not whole:
            continue
        kept = np.sort(np.random.default_rng(draw).permutation(len(texts))[: max(2, int(0.8 * len(texts)))])
        again = _groups([texts[number] for number in kept], k)
        if again:
            agreed.append(adjusted_rand_score(whole.weights[kept].argmax(axis=1), again.weights.argmax(axis=1)))
    for k, (whole, agreed) in found.items():
        if agreed:
            said = (float(np.mean(agreed)), float(min(agreed)), whole.npmi, whole.diversity)
            rows.append((k, *(round(value, 2) for value in said)))
    return pd.DataFrame(rows, columns=["k", "stability", "lowest", "npmi", "diversity"])


def _texts(passages: pd.DataFrame) -> dict[str, list[str]]:
    """The words of each article that may tell groups apart."""
    stopwords, found = set(read_words("stopwords")), {}
    for article, rows in in_turn(in_order(passages).groupby("article", sort=True), "words"):
        words = folded_words(" ".join(rows.text))
        found[article] = [w for w in words if len(w) > 2 and w not in stopwords and not w[0].isdigit()]
    return found


class _Groups(NamedTuple):
    """Weight of each text in each group (rows sum to 1), the groups' names, how they were found, how good they are."""

    weights: object
    names: list[str]
    method: str
    npmi: float
    diversity: float


def _groups(texts: list[list[str]], k: int) -> _Groups | None:
    """Groups of texts; None where there is too little to say."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    many = len(texts) >= FEW
    vectorizer = TfidfVectorizer(
        analyzer=list,
        sublinear_tf=True,
        min_df=(3 if len(texts) >= THOUSANDS else 2) if many else 1,
        max_df=0.5 if many else 1.0,
    )
    try:
        matrix = vectorizer.fit_transform(texts)
    except ValueError:  # no word is left
        return None
    if (matrix > 0).sum(axis=0).max() < 2:
        return None
    k = min(k, *matrix.shape)
    space, labels, method = _labels(matrix, k)
    labels = np.unique(labels, return_inverse=True)[1]
    member = np.eye(labels.max() + 1)[labels]
    near = (space @ normalize(member.T @ space).T).clip(min=0) + 1e-9
    near[member.astype(bool)] = np.maximum(near[member.astype(bool)], near.max(axis=1) + 1e-9)
    words, inside = vectorizer.get_feature_names_out(), (matrix.T @ member).T
    typical = inside / member.sum(axis=0)[:, None] - (inside.sum(axis=0) - inside) / np.maximum(
        len(texts) - member.sum(axis=0)[:, None], 1
    )
    best = [np.lexsort((words, -row.round(6)))[:5] for row in typical]
    names = [" · ".join(words[i] for i in row) for row in best]
    diversity = len({i for row in best for i in row}) / sum(len(row) for row in best)
    method = f"{method}, k = {len(names)}"
    return _Groups(near / near.sum(axis=1, keepdims=True), names, method, _npmi(matrix, best), diversity)


def _npmi(matrix, groups: list) -> float:
    """Normalised pointwise mutual information of the words of each group, by articles; the mean (Bouma 2009)."""
    import numpy as np

    found = []
    for row in groups:
        stands = (matrix[:, row] > 0).toarray().astype("float64")
        alone, together = stands.mean(axis=0), stands.T @ stands / len(stands)
        for i, j in combinations(range(len(row)), 2):
            both = together[i, j]
            found.append(-1.0 if not both else 1.0 if both == 1 else np.log(both / alone[i] / alone[j]) / -np.log(both))
    return float(np.mean(found)) if found else 0.0


def _labels(matrix, k: int):
    """The texts in a space of few dimensions, and their groups there."""
    import numpy as np
    from sklearn.cluster import KMeans
    from sklearn.decomposition import NMF, TruncatedSVD
    from sklearn.preprocessing import normalize

    thousands, size = matrix.shape[0] >= THOUSANDS, min(matrix.shape) - 1
    wanted = 100 if thousands else 2 * k if matrix.shape[0] < 100 else 4 * k
    space = normalize(TruncatedSVD(max(1, min(wanted, size)), random_state=0).fit_transform(matrix))
    if thousands:
        found = KMeans(k, n_init=10, random_state=0).fit_predict(space)
        return space, _reread(matrix, np.eye(k)[found]), "TF-IDF, LSA and k-means, read again by EM"
    first = NMF(k, init="nndsvda", random_state=0, max_iter=1000, tol=1e-3).fit_transform(matrix).argmax(axis=1)
    start = [space[first == group].mean(axis=0) if (first == group).any() else space[group] for group in range(k)]
    found = KMeans(k, init=start, n_init=1, random_state=0).fit_predict(space)
    return space, found, "TF-IDF, NMF and k-means from its groups"


def _reread(matrix, member):
    """Each text with the group whose words together make it likeliest: naive Bayes with EM (Nigam et al. 2000)."""
    import numpy as np
    from scipy.special import softmax

    for _ in range(TIMES):
        words = (matrix.T @ member).T + SMOOTH
        likely = matrix @ np.log(words / words.sum(axis=1, keepdims=True)).T
        member = softmax(likely + np.log(member.mean(axis=0) + 1e-9), axis=1)
    return member.argmax(axis=1)
