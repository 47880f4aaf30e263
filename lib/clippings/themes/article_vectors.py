"""Represent articles as vectors of word stems, for grouping them by the words they use."""

from itertools import chain
from typing import NamedTuple

import numpy as np
import pandas as pd

from clippings.core.lexicon import read_words
from clippings.core.progress import in_turn
from clippings.core.tables import in_order
from clippings.core.tokens import folded_words
from clippings.themes.stems import stemmer

# With fewer articles, every stem that two articles share is used. With more, a stem must occur in
# at least two articles and in no more than half of all articles.
FEW_ARTICLES = 20

# From this number of articles, words of a single article are not stored: most words are of this
# kind, and they cannot group articles.
MANY_ARTICLES = 1000

# Shorter words rarely indicate a subject and are not counted.
MIN_WORD_LETTERS = 3

# An article with no close neighbour should stay where it is. Neighbours therefore have their full
# weight only if their similarities (cosines) add up to at least this sum. Articles on the same
# event have similarities of about 0.4, articles on the same broad subject of about 0.1.
SIMILARITY_FOR_FULL_WEIGHT = 0.6


class StemCounts(NamedTuple):
    """The frequency of each word stem in each article."""

    articles: list[str]
    matrix: object  # scipy.sparse matrix; a row for each article, a column for each stem
    words: np.ndarray  # the most frequent word of each stem, which represents it in names


class TfIdf(NamedTuple):
    """The weight of each selected stem in each article; rows have the length 1."""

    matrix: object  # scipy.sparse matrix
    words: np.ndarray


def count_stems(passages: pd.DataFrame) -> StemCounts:
    """Count the word stems of each article.

    Parameters
    ----------
    passages : pandas.DataFrame
        With the columns article, start, end, and text.

    Returns
    -------
    StemCounts
        Articles in alphabetical order.
    """
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer

    texts = in_order(passages).groupby("article", sort=True).text
    articles = list(texts.groups)
    function_words = set(read_words("en/text/stopwords"))

    def content_words(rows: pd.Series) -> list[str]:
        """List the words of one article that reveal something about its subject."""
        words = chain.from_iterable(map(folded_words, rows))
        return [
            word
            for word in words
            if len(word) >= MIN_WORD_LETTERS
            and word not in function_words
            and not word[0].isdigit()
        ]

    vectorizer = CountVectorizer(
        analyzer=content_words,
        min_df=2 if len(articles) >= MANY_ARTICLES else 1,
        dtype=np.float32,
    )
    try:
        matrix = vectorizer.fit_transform(rows for _, rows in in_turn(texts, "words"))
    except ValueError:  # raised if no word is left
        return StemCounts(articles, csr_matrix((len(articles), 0)), np.array([]))
    return _merge_forms(articles, matrix, vectorizer.get_feature_names_out())


def take_articles(counts: StemCounts, rows: np.ndarray) -> StemCounts:
    """Return the counts of the articles in these rows.

    Parameters
    ----------
    counts : StemCounts
        Counts of all articles.
    rows : numpy.ndarray of int
        Rows of the matrix.

    Returns
    -------
    StemCounts
        In the order of `rows`.
    """
    articles = [counts.articles[row] for row in rows]
    return StemCounts(articles, counts.matrix[rows], counts.words)


def weight_by_tf_idf(counts: StemCounts) -> TfIdf | None:
    """Weight the stems that can distinguish articles.

    Parameters
    ----------
    counts : StemCounts
        Counts of all articles.

    Returns
    -------
    TfIdf or None
        log(1 + count) · log(articles / articles with the stem). None if no two articles have a
        stem in common.
    """
    from sklearn.preprocessing import normalize

    articles_of_stem = np.bincount(counts.matrix.indices, minlength=len(counts.words))
    selected = _select_stems(len(counts.articles), articles_of_stem)
    if not (articles_of_stem[selected] >= 2).any():
        return None

    matrix = counts.matrix[:, selected]
    np.log1p(matrix.data, out=matrix.data)
    idf = np.log(matrix.shape[0] / articles_of_stem[selected], dtype=np.float32)
    matrix.data *= idf[matrix.indices]
    return TfIdf(normalize(matrix, copy=False), counts.words[selected])


def reduce_dimensions(matrix, dimensions: int) -> np.ndarray:
    """Reduce the stems to fewer dimensions by latent semantic analysis.

    Parameters
    ----------
    matrix : scipy.sparse matrix
        TF-IDF weights.
    dimensions : int
        The number of dimensions, if the matrix is large enough.

    Returns
    -------
    numpy.ndarray
        A row for each article; the first dimensions are the most important.
    """
    from sklearn.decomposition import TruncatedSVD

    dimensions = max(1, min(dimensions, *(side - 1 for side in matrix.shape)))
    occurring = matrix[:, np.unique(matrix.indices)]
    return TruncatedSVD(dimensions, random_state=0).fit_transform(occurring)


def borrow_from_nearest(
    space: np.ndarray, similarity: np.ndarray, neighbours: int, weight: float
) -> np.ndarray:
    """Move each article towards the articles with the most similar words.

    Parameters
    ----------
    space : numpy.ndarray
        A vector of length 1 for each article.
    similarity : numpy.ndarray
        Cosine similarity of all pairs of articles.
    neighbours : int
        The number of most similar articles.
    weight : float
        The weight of all neighbours, as a multiple of the article itself.

    Returns
    -------
    numpy.ndarray
        Vectors of length 1.

    Notes
    -----
    A short article may have few words in common with others on its subject. The mean of its
    neighbours, weighted by similarity, is added to it, as in Rocchio's relevance feedback.
    """
    from sklearn.preprocessing import normalize

    nearest = similarity.copy()
    np.fill_diagonal(nearest, 0)
    neighbours = min(neighbours, len(space) - 1)
    least_of_nearest = np.partition(nearest, -neighbours, axis=1)[:, -neighbours]
    nearest[nearest < least_of_nearest[:, None]] = 0

    sums = nearest.sum(axis=1, keepdims=True)
    borrowed = nearest / np.maximum(sums, SIMILARITY_FOR_FULL_WEIGHT)
    return normalize(space + weight * (borrowed @ space))


def _merge_forms(articles: list[str], matrix, words: np.ndarray) -> StemCounts:
    """Add up the counts of words with the same stem."""
    from scipy.sparse import csr_matrix

    stem = stemmer("en")
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
    return StemCounts(articles, matrix @ to_stems, words[representative])


def _select_stems(articles: int, articles_of_stem: np.ndarray) -> np.ndarray:
    """Return which stems can distinguish articles."""
    if articles < FEW_ARTICLES:
        return (articles_of_stem > 0) & (articles_of_stem < articles)
    in_several = (articles_of_stem >= 2) & (articles_of_stem <= articles / 2)
    return in_several & (articles_of_stem < articles)
