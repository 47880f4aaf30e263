"""Stories: groups of articles that report on the same matter.

Mentions of events are compared only within a story. The likeness of two articles depends on their
names, numbers and words, relative to the likeness of each to its nearest articles, because in a
folder about one kind of event, all articles have much in common.
"""

import re
from collections.abc import Iterable
from functools import cache

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components

from clippings.core.lexicon import read_words

# Minimum mean likeness, 0 to 1, at which two groups of articles form one story: first in the whole
# folder, and then again within each story, whose common words then count less (in a general
# folder, all articles about floods resemble each other). The values were chosen on half of the
# topics of a news corpus that has two stories of the same kind per topic (ECB+). There, 99 % of
# the pairs of articles that are grouped belong to one story; 91 % with all topics in one folder.
MIN_STORY_LIKENESS = 0.31
MIN_LIKENESS_WITHIN_STORY = 0.28

# Smaller stories are not split again: too few articles show which words are common.
MIN_ARTICLES_TO_DIVIDE = 5

# Number of nearest articles that serve as a baseline for the likeness of an article.
NEAREST_ARTICLES = 10

# In large collections, each article is compared with only this many most similar ones.
MAX_SIMILAR_ARTICLES = 30

# Processing a story takes quadratic time. Larger stories are split by raising the threshold in
# these steps.
MAX_ARTICLES_OF_STORY = 2_000
LIKENESS_STEP = 0.05
MAX_STORY_LIKENESS = 0.9  # articles still grouped at this level are copies of one text

# In large collections, words that occur in many articles cost time and distinguish little: the
# maximum share of articles in which a word may occur, and the collection size from which this
# applies.
MAX_DOCUMENT_SHARE = 0.2
LARGE_COLLECTION = 500  # articles

# Number of articles whose cosines are computed at a time, as rows of a dense matrix.
ROWS_AT_A_TIME = 256

NAME_OR_NUMBER = re.compile(
    r"""
      \b [A-Z] [\w’'-]* \w \b       # "Ostrand", "O’Neill"
    | \b \d [\d.,]* \d \b           # "120", "1.375"
    """,
    re.VERBOSE,
)
POSSESSIVE = re.compile(r"['’]s?$")


class Texts:
    """The words of articles, as vectors.

    Parameters
    ----------
    texts : dict of str to str
        The text of each article.
    """

    def __init__(self, texts: dict[str, str]):
        from sklearn.feature_extraction.text import TfidfVectorizer  # slow to load

        self.articles = sorted(texts)
        self.texts = texts
        is_large = len(texts) >= LARGE_COLLECTION
        weighting = {
            "sublinear_tf": True,
            "max_df": MAX_DOCUMENT_SHARE if is_large else 1.0,
            "dtype": np.float32,
        }
        self._words = TfidfVectorizer(stop_words="english", **weighting)
        self._names = TfidfVectorizer(analyzer=names_and_numbers, **weighting)
        contents = [texts[article] for article in self.articles]
        self._words_of_articles = _fit(self._words, contents)
        self._names_of_articles = _fit(self._names, contents)

    def stories(self) -> dict[str, int]:
        """Return the story number of each article."""
        if not self.articles:
            return {}
        broad = self._group_articles(MIN_STORY_LIKENESS)
        stories = {}
        number_of_stories = 0
        for members in _groups(broad):
            within = np.zeros(len(members), dtype=int)
            if MIN_ARTICLES_TO_DIVIDE <= len(members) < len(self.articles):
                texts = Texts(
                    {self.articles[member]: self.texts[self.articles[member]] for member in members}
                )
                within = texts._group_articles(MIN_LIKENESS_WITHIN_STORY)
            for member, number in zip(members, within.tolist(), strict=True):
                stories[self.articles[member]] = number_of_stories + number
            number_of_stories += within.max() + 1
        return stories

    def _group_articles(self, min_likeness: float) -> np.ndarray:
        """Number the groups of articles that reach a mean likeness, in order of the articles."""
        groups = np.zeros(len(self.articles), dtype=int)
        if len(self.articles) < 2:
            return groups
        likeness = self._likeness_of_articles()
        parts = connected_components(likeness >= min_likeness, directed=False)[1]
        number_of_groups = 0
        for members in _groups(parts):
            within = _cluster(likeness[members][:, members], min_likeness)
            groups[members] = within + number_of_groups
            number_of_groups += within.max() + 1
        return groups

    def names_of_sentences(self, spans: Iterable[tuple[str, int, int]]) -> csr_matrix:
        """Return unit vectors of the names and numbers in sentences (article, start, end)."""
        return self._vectors_of_spans(self._names, spans)

    def words_of_sentences(self, spans: Iterable[tuple[str, int, int]]) -> csr_matrix:
        """Return unit vectors of the words in sentences (article, start, end)."""
        return self._vectors_of_spans(self._words, spans)

    def _vectors_of_spans(self, vectoriser, spans: Iterable[tuple[str, int, int]]) -> csr_matrix:
        """Return a row for each span; a sentence with several events is analysed only once."""
        number_of: dict[tuple[str, int, int], int] = {}
        rows = [number_of.setdefault(span, len(number_of)) for span in spans]
        sentences = (self.texts[article][start:end] for article, start, end in number_of)
        return vectoriser.transform(sentences)[rows]

    def _likeness_of_articles(self) -> csr_matrix:
        """Return a symmetric matrix of the likeness of each article and its most similar ones."""
        words = self._words_of_articles
        names = self._names_of_articles
        number = len(self.articles)
        nearest = min(NEAREST_ARTICLES, number - 1)
        similar = min(MAX_SIMILAR_ARTICLES, number - 1)
        closeness = np.zeros(number)  # the mean cosine of each article and its nearest ones
        rows = []
        columns = []
        cosines = []
        for first in range(0, number, ROWS_AT_A_TIME):
            part = slice(first, first + ROWS_AT_A_TIME)
            block = (words[part] @ words.T).toarray() + (names[part] @ names.T).toarray()
            block /= 2
            numbers = np.arange(len(block))
            block[numbers, numbers + first] = 0  # an article's cosine with itself
            best = np.argpartition(-block, similar - 1, axis=1)[:, :similar]
            values = np.take_along_axis(block, best, axis=1)
            closeness[part] = -np.sort(-values, axis=1)[:, :nearest].mean(axis=1)
            rows.append(np.repeat(numbers + first, similar))
            columns.append(best.ravel())
            cosines.append(values.ravel())

        row = np.concatenate(rows)
        column = np.concatenate(columns)
        cosine = np.concatenate(cosines)
        is_similar = cosine > 0
        row = row[is_similar]
        column = column[is_similar]
        cosine = cosine[is_similar]

        # The geometric mean of the cosine and of its ratio to the cosine of the nearest articles.
        # The ratio is capped at 1; otherwise, any two articles in a general folder would be alike.
        relative = np.minimum(cosine / np.sqrt(closeness[row] * closeness[column]), 1)
        likeness = coo_matrix((np.sqrt(cosine * relative), (row, column)), (number, number)).tocsr()
        return likeness.maximum(likeness.T)


def _fit(vectoriser, texts: list[str]) -> csr_matrix:
    """Return the TF-IDF matrix of texts; all zeros if they contain no words."""
    try:
        return vectoriser.fit_transform(texts)
    except ValueError:  # the texts contain no words: "empty vocabulary"
        vectoriser.set_params(max_df=1.0)
        vectoriser.fit(["Placeholder"])  # one capitalised word, so that it can transform sentences
        return csr_matrix((len(texts), 1), dtype=np.float32)


def names_and_numbers(text: str) -> list[str]:
    """List the capitalised words in a text, and its numbers of at least two digits.

    Parameters
    ----------
    text : str
        A text.

    Returns
    -------
    list of str
        The words in lower case and without possessive endings. Months, weekdays and common words
        at the beginning of a sentence are left out.

    Examples
    --------
    >>> names_and_numbers("The mayor of Ostrand’s port said on Monday that 120 people left.")
    ['ostrand', '120']
    """
    common = _words_that_are_not_names()
    words = (POSSESSIVE.sub("", match[0]).lower() for match in NAME_OR_NUMBER.finditer(text))
    return [word for word in words if word not in common]


@cache
def _words_that_are_not_names() -> frozenset[str]:
    """Return common words, months and weekdays."""
    months = read_words("en/time/words", kind="month")
    weekdays = read_words("en/time/words", kind="weekday")
    return frozenset([*read_words("en/text/stopwords"), *months, *weekdays])


def _groups(numbers: np.ndarray) -> list[np.ndarray]:
    """Return the positions of each group number, ordered by number."""
    order = np.argsort(numbers, kind="stable")
    bounds = np.flatnonzero(np.diff(numbers[order])) + 1
    return np.split(order, bounds)


def _cluster(likeness: csr_matrix, threshold: float) -> np.ndarray:
    """Number the groups of articles whose mean likeness reaches a threshold."""
    number = likeness.shape[0]
    if number == 1:
        return np.zeros(1, dtype=int)
    if number > MAX_ARTICLES_OF_STORY:
        higher = threshold + LIKENESS_STEP
        if higher > MAX_STORY_LIKENESS:
            return np.zeros(number, dtype=int)
        parts = connected_components(likeness >= higher, directed=False)[1]
        groups = np.zeros(number, dtype=int)
        next_number = 0
        for members in _groups(parts):
            within = _cluster(likeness[members][:, members], higher)
            groups[members] = within + next_number
            next_number += within.max() + 1
        return groups
    dense = likeness.toarray()
    greatest = max(dense.max(), threshold)
    distances = (greatest - dense)[np.triu_indices(number, 1)]
    return fcluster(linkage(distances, "average"), greatest - threshold, "distance") - 1
