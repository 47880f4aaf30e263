"""The passages in which topics are found: their words, their terms, and how similar they are."""

from collections import Counter
from typing import NamedTuple

import numpy as np
import pandas as pd

from clippings.themes.passage_words import (
    SHORT_PASSAGE_WORDS,
    Context,
    Vocabulary,
    count_stems,
    learn_vocabulary,
    weight_of_article,
    weight_stems,
    without_first_names,
)
from clippings.themes.stems import languages_of
from clippings.themes.terms import TermCounts, count_terms
from clippings.themes.topic_groups import Similarity, membership_of
from clippings.themes.topic_terms import (
    MANY_ARTICLES,
    MIN_TOPIC_ARTICLES,
    TopicTerms,
    select_terms,
)
from clippings.themes.word_numbers import number_words

# A stem in more than this share of the articles says nothing about a passage. In a folder of fewer
# than FEW_ARTICLES articles, all stems are used.
MAX_STEM_SHARE = 0.6
FEW_ARTICLES = 7

# Passages that are grouped, as a random sample of whole articles; the others are assigned to the
# topics of the sample. With 6,000, a topic of one in a hundred passages has 60. Of a very long
# article, only the first passages are used, so that it cannot fill the sample.
SAMPLE_PASSAGES = 6000
SAMPLE_PASSAGES_OF_ARTICLE = 100

# From this number of passages, stems are reduced to this number of dimensions (latent semantic
# analysis): faster, and different words for the same thing become similar.
EXACT_PASSAGES = 400
DIMENSIONS = 150

# Weight of a name, compared with 1 for other words. With their full weight, the topics of a folder
# would be its persons and places.
WEIGHT_OF_NAME = 0.5


# Passages with almost the same words are copies, even if a few words were changed: the minimum
# similarity (cosine of the counts of stems), for passages of at least this number of stems. In
# larger samples, where a copy weighs little, only equal passages are copies.
MIN_SIMILARITY_OF_COPY = 0.7
MIN_STEMS_OF_COPY = 6
MAX_PASSAGES_COMPARED = 3000
ROWS_PER_PORTION = 500


class Sample(NamedTuple):
    """The passages that are grouped."""

    article: np.ndarray  # number of the article of each passage
    is_short: np.ndarray
    counts: object  # scipy.sparse.csr_matrix of stems
    terms: TopicTerms
    is_name: np.ndarray  # whether a stem is that of a name
    stem_weight: np.ndarray  # inverse document frequency, less for names and vague words
    weighted: object  # scipy.sparse.csr_matrix of stems
    similarity: Similarity
    used_stems: np.ndarray  # the columns with a weight
    projection: object  # from these stems to the dimensions of the similarity
    original: np.ndarray  # the row of the first passage with the same words, which counts for all

    @property
    def articles(self) -> int:
        """Return the number of articles."""
        return int(self.article.max()) + 1


def draw_sample(passages: pd.DataFrame) -> np.ndarray:
    """Draw a random sample of the articles.

    Parameters
    ----------
    passages : pandas.DataFrame
        All passages, in order.

    Returns
    -------
    numpy.ndarray
        The rows of at most SAMPLE_PASSAGES passages, in order; all rows if there are not more.
    """
    if len(passages) <= SAMPLE_PASSAGES:
        return np.arange(len(passages))
    article = pd.factorize(passages.article)[0]
    starts = np.flatnonzero(np.r_[True, article[1:] != article[:-1]])
    place_in_article = np.arange(len(article)) - np.repeat(
        starts, np.diff(np.r_[starts, len(article)])
    )
    rank_of_article = np.random.default_rng(0).permutation(len(starts))
    usable = np.flatnonzero(place_in_article < SAMPLE_PASSAGES_OF_ARTICLE)
    by_rank = usable[np.argsort(rank_of_article[article[usable]], kind="stable")]
    return np.sort(by_rank[:SAMPLE_PASSAGES])


def read_sample(passages: pd.DataFrame) -> tuple[Vocabulary, Sample]:
    """Count the stems and terms of passages, and compare the passages.

    Parameters
    ----------
    passages : pandas.DataFrame
        The passages of the sample, in order.

    Returns
    -------
    Vocabulary
        The stems.
    Sample
        The passages.
    """
    from scipy.sparse import diags

    texts = [without_first_names(text) for text in passages.text]
    languages = languages_of(passages)
    article = pd.factorize(passages.article)[0]

    most_frequent_first = [language for language, _ in Counter(languages).most_common()]
    is_large = article[-1] + 1 >= MANY_ARTICLES
    numbered = number_words(texts)
    vocabulary = learn_vocabulary(numbered, most_frequent_first, join_verb_forms=not is_large)
    counts, lengths = count_stems(numbered, vocabulary)
    original = _find_originals(counts)
    is_read = (original == np.arange(len(texts))) & (lengths > 0)
    counts = diags(is_read.astype("float32")) @ counts
    texts = [text if read else "" for text, read in zip(texts, is_read, strict=True)]
    term_counts = count_terms(texts, range(len(texts)), languages=languages)
    is_name = _name_stems(vocabulary, term_counts)
    weight = np.where(is_name, WEIGHT_OF_NAME, 1.0) * vocabulary.weight
    vocabulary = vocabulary._replace(weight=weight.astype("float32"), is_name=is_name)
    terms = select_terms(term_counts, vocabulary, article)
    is_short = lengths < SHORT_PASSAGE_WORDS
    sample = compare_passages(article, is_short, counts.tocsr(), terms, vocabulary)
    return vocabulary, sample._replace(original=original)


def _find_originals(counts) -> np.ndarray:
    """Return the first passage with nearly the same words as each passage, usually itself.

    A statement that several articles quote is one passage, not a topic.
    """
    original = _find_equal(counts)
    if counts.shape[0] > MAX_PASSAGES_COMPARED:
        return original

    lengths = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
    directions = counts.multiply(1 / np.maximum(lengths, 1)[:, None]).tocsr()
    is_long = np.asarray((counts > 0).sum(axis=1)).ravel() >= MIN_STEMS_OF_COPY
    for first in range(0, counts.shape[0], ROWS_PER_PORTION):
        portion = slice(first, first + ROWS_PER_PORTION)
        similarity = (directions[portion] @ directions.T).toarray()
        similarity[:, ~is_long] = 0
        for row, similarities in enumerate(similarity, start=first):
            # Only earlier passages can be the original.
            is_copied = similarities[:row] >= MIN_SIMILARITY_OF_COPY
            if is_long[row] and is_copied.any():
                original[row] = original[is_copied.argmax()]
    return original


def _find_equal(counts) -> np.ndarray:
    """Return the first passage with the same words as each passage."""
    counts.sort_indices()
    first: dict[tuple[bytes, bytes], int] = {}
    original = np.arange(counts.shape[0])
    for row in range(counts.shape[0]):
        cells = slice(counts.indptr[row], counts.indptr[row + 1])
        words = (counts.indices[cells].tobytes(), counts.data[cells].tobytes())
        original[row] = first.setdefault(words, row)
    return original


def _name_stems(vocabulary: Vocabulary, term_counts: TermCounts) -> np.ndarray:
    """Return which stems are mainly those of names."""
    is_name = np.zeros(len(vocabulary.words), dtype="bool")
    for name in term_counts.terms[term_counts.is_name & (term_counts.length == 1)]:
        is_name[vocabulary.columns_of(name)] = True
    return is_name


def compare_passages(
    article: np.ndarray,
    is_short: np.ndarray,
    counts,
    terms: TopicTerms,
    vocabulary: Vocabulary,
) -> Sample:
    """Weight the stems of passages by their rarity among them, and compare the passages.

    Parameters
    ----------
    article : numpy.ndarray
        The number of the article of each passage, from 0.
    is_short : numpy.ndarray
        Whether each passage is so short that its neighbours count more.
    counts : scipy.sparse.csr_matrix
        The stems of each passage.
    terms : TopicTerms
        The terms of each passage.
    vocabulary : Vocabulary
        The stems, with their weight.

    Returns
    -------
    Sample
        The passages.
    """
    from scipy.sparse import csr_matrix, identity
    from sklearn.decomposition import TruncatedSVD

    passages = len(article)
    articles = int(article.max()) + 1
    in_article = membership_of(article, articles)
    articles_of_stem = np.asarray(((in_article.T @ counts) > 0).sum(axis=0)).ravel()
    passages_of_stem = np.asarray((counts > 0).sum(axis=0)).ravel()
    is_useful = articles_of_stem >= MIN_TOPIC_ARTICLES
    if articles >= FEW_ARTICLES:
        is_useful &= articles_of_stem <= MAX_STEM_SHARE * articles
    stem_weight = np.log(passages / np.maximum(passages_of_stem, 1)) * is_useful
    stem_weight = (stem_weight * vocabulary.weight).astype("float32")
    weighted = weight_stems(counts, stem_weight)

    used = np.flatnonzero(stem_weight)
    if passages > EXACT_PASSAGES and len(used) > DIMENSIONS:
        reduction = TruncatedSVD(DIMENSIONS, n_iter=3, random_state=0)
        vectors = reduction.fit_transform(weighted[:, used])
        projection = csr_matrix(reduction.components_.T.astype("float32"))
    else:
        vectors = weighted[:, used].toarray()
        projection = identity(len(used), dtype="float32", format="csr")
    context = Context(article, is_short, weight_of_article(articles))
    vectors = context.add_to(vectors.astype("float32"))
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= np.where(lengths > 0, lengths, 1)
    similarity = Similarity(vectors, article)
    return Sample(
        article=article,
        is_short=is_short,
        counts=counts,
        terms=terms,
        is_name=vocabulary.is_name,
        stem_weight=stem_weight,
        weighted=weighted,
        similarity=similarity,
        used_stems=used,
        projection=projection,
        original=np.arange(passages),
    )
