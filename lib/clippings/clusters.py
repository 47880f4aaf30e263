"""Groups of articles by the words they use, without a codebook."""

import pandas as pd

from clippings.lexicon import read_words
from clippings.tables import in_order, make_table
from clippings.text import folded_words

FEWEST_ARTICLES = 4  # below that, groups say nothing that reading does not


def find_clusters(passages: pd.DataFrame, *, k: int | None = None) -> pd.DataFrame:
    """Each passage with the group of its article.

    In: passages (story ones, as a rule); k, the number of groups (None: square root of half the number of
    articles, at least 2: a rule of thumb, not a finding).
    Out: clusters, one row per passage, label = the group's five strongest words, weight = the share of the
    article's weight that lies in this group (0 to 1). No rows where there is too little text to say: fewer
    than 4 articles, or no word that two of them share.
    Raises: nothing. Misses: an article about two things gets one group; no measure of stability.
    Source: TF-IDF and non-negative matrix factorisation with deterministic start (scikit-learn, nndsvda);
    rule of thumb for k: Mardia, Kent and Bibby 1979.
    Example:
        >>> find_clusters(make_table("passages")).empty
        True
    """
    texts = {
        article: " ".join(rows.text) for article, rows in in_order(passages).groupby("article", sort=True)
    }  # one text per article
    weights, names = _factors(list(texts.values()), k) if len(texts) >= FEWEST_ARTICLES else ([], [])
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
                    "rule": f"TF-IDF and NMF, k = {len(names)}",
                }
            )
    return make_table("clusters", rows)


def _factors(texts: list[str], k: int | None):
    """Weight of each text in each group (rows sum to 1), and the groups' names."""
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    stopwords = set(read_words("stopwords"))
    vectorizer = TfidfVectorizer(analyzer=lambda t: [w for w in folded_words(t) if len(w) > 2 and w not in stopwords])
    matrix = vectorizer.fit_transform(texts) if any(map(folded_words, texts)) else None
    shared = (matrix > 0).sum(axis=0).max() > 1 if matrix is not None and matrix.shape[1] else False
    if not shared:
        return [], []
    k = min(k or max(2, round((len(texts) / 2) ** 0.5)), *matrix.shape)
    model = NMF(k, init="nndsvda", random_state=0, max_iter=1000, tol=1e-3)
    weights = model.fit_transform(matrix)
    words = vectorizer.get_feature_names_out()
    names = [
        " · ".join(words[i] for i in sorted(range(len(words)), key=lambda i: (-row[i].round(6), words[i]))[:5])
        for row in model.components_
    ]
    totals = weights.sum(axis=1, keepdims=True)
    return weights / totals.clip(min=1e-12), names
