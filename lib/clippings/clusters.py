"""Groups of articles by the words they use, without a codebook."""

import pandas as pd

from clippings.lexicon import read_words
from clippings.tables import in_order, make_table
from clippings.text import folded_words

FEWEST_ARTICLES = 4  # below that, groups say nothing that reading does not
TIMES, SMOOTH = 5, 0.1  # how often EM reads again, and the weight that a word has which a group has never shown
FEW, THOUSANDS = 20, 1000  # articles: below, every word counts; from here on, the method is one for thousands


def find_clusters(passages: pd.DataFrame, *, k: int | None = None) -> pd.DataFrame:
    """Each passage with the group of its article.

    In: passages (story ones, as a rule); k, the number of groups (None: square root of half the number of
    articles, at least 2: a rule of thumb, not a finding).
    Out: clusters, one row per passage, label = the five words that set the group apart, weight = how near
    the article is to this group among all (0 to 1; near 1 / k: it could be in any), rule = the method. No rows where
    there is too little text to say: fewer
    than 4 articles, or no word that two of them share.
    Raises: nothing. Misses: an article about two things gets one group; how stable the groups are: count_stability.
    Source: scikit-learn; below 1,000 articles TF-IDF, groups of an NMF (nndsvda) as the start of k-means in an LSA
    space; from there on LSA and k-means, each text then read
    again by naive Bayes (EM, Nigam et al. 2000); deterministic both; rule of thumb for k: Mardia, Kent and Bibby 1979.
    Example:
        >>> find_clusters(make_table("passages")).empty
        True
    """
    texts = _texts(passages)
    weights, names, rule = _groups(list(texts.values()), k) if len(texts) >= FEWEST_ARTICLES else ([], [], "")
    groups = dict(zip(texts, weights, strict=True)) if len(weights) else {}
    rows = []
    for passage in passages.itertuples():
        if passage.article in groups:
            best = int(groups[passage.article].argmax())
            rows.append(
                {
                    "article": passage.article,
                    "start": passage.start,
                    "end": passage.end,
                    "text": passage.text,
                    "label": names[best],
                    "weight": round(float(groups[passage.article][best]), 2),
                    "rule": rule,
                }
            )
    return make_table("clusters", rows)


def count_stability(passages: pd.DataFrame, *, ks: list[int], draws: int = 10) -> pd.DataFrame:
    """How far the groups stay the same when a fifth of the articles is left out, for several numbers of groups.

    In: passages; ks, numbers of groups; draws of 80 % of the articles each. Out: k, stability (mean adjusted Rand
    index of the groups with and without; 1: the same, 0: chance), lowest (of the draws); in the order of ks. No
    rows where there is too little text to say.
    Raises: nothing. Misses: stable groups need not be meaningful ones: read them. Source: Hubert and Arabie 1985;
    leaving out a fifth: Greene et al. 2014.
    Example:
        >>> count_stability(make_table("passages"), ks=[2, 3]).empty
        True
    """
    import numpy as np
    from sklearn.metrics import adjusted_rand_score

    texts, rows = list(_texts(passages).values()), []
    for k in ks if len(texts) >= FEWEST_ARTICLES else []:
        weights, _, _ = _groups(texts, k)
        agreed = []
        for draw in range(draws if len(weights) else 0):
            kept = np.sort(np.random.default_rng(draw).permutation(len(texts))[: max(2, int(0.8 * len(texts)))])
            again, _, _ = _groups([texts[number] for number in kept], k)
            if len(again):
                agreed.append(adjusted_rand_score(weights[kept].argmax(axis=1), again.argmax(axis=1)))
        if agreed:
            rows.append((k, round(float(np.mean(agreed)), 2), round(float(min(agreed)), 2)))
    return pd.DataFrame(rows, columns=["k", "stability", "lowest"])


def _texts(passages: pd.DataFrame) -> dict[str, str]:
    return {article: " ".join(rows.text) for article, rows in in_order(passages).groupby("article", sort=True)}


def _groups(texts: list[str], k: int | None):
    """Weight of each text in each group (rows sum to 1), the groups' names, and how they were found."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    stopwords, many = set(read_words("stopwords")), len(texts) >= FEW
    vectorizer = TfidfVectorizer(
        analyzer=lambda t: [w for w in folded_words(t) if len(w) > 2 and w not in stopwords and not w[0].isdigit()],
        sublinear_tf=True,
        min_df=(3 if len(texts) >= THOUSANDS else 2) if many else 1,
        max_df=0.5 if many else 1.0,
    )
    try:
        matrix = vectorizer.fit_transform(texts)
    except ValueError:  # no word is left
        return [], [], ""
    if (matrix > 0).sum(axis=0).max() < 2:
        return [], [], ""
    k = min(k or max(2, round((len(texts) / 2) ** 0.5)), *matrix.shape)
    space, labels, method = _labels(matrix, k)
    labels = np.unique(labels, return_inverse=True)[1]
    member = np.eye(labels.max() + 1)[labels]
    near = (space @ normalize(member.T @ space).T).clip(min=0) + 1e-9
    near[member.astype(bool)] = np.maximum(near[member.astype(bool)], near.max(axis=1) + 1e-9)
    words, inside = vectorizer.get_feature_names_out(), (matrix.T @ member).T
    typical = inside / member.sum(axis=0)[:, None] - (inside.sum(axis=0) - inside) / np.maximum(
        len(texts) - member.sum(axis=0)[:, None], 1
    )
    names = [" · ".join(words[i] for i in np.lexsort((words, -row.round(6)))[:5]) for row in typical]
    return near / near.sum(axis=1, keepdims=True), names, f"{method}, k = {len(names)}"


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
