"""Rank passages by how likely they carry a theme, with a linear model of their words.

The method is that of systematic reviews: passages that an analyst has judged train a logistic
regression on the TF-IDF weights of words and pairs of words. As most unread passages do not carry
the theme, a random sample of them takes part in the training, with little weight, as passages
without it. The words of the passages are counted once; after each answer only the regression is
fitted again.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from clippings.core.characters import has_special_characters, plain_text
from clippings.core.errors import BadInput
from clippings.core.languages import function_words
from clippings.core.lexicon import read_words
from clippings.core.progress import in_turn
from clippings.core.tables import in_order
from clippings.core.tokens import folded_words, word_spans
from clippings.themes.matcher import TermMatcher
from clippings.themes.stems import languages_of, stemmer

Vectors = Callable[[list[str]], np.ndarray]  # an embedding function: one row for each text

# In smaller corpora, words that occur in a single passage are not left out.
MIN_PASSAGES_TO_DROP_RARE = 100
# Words in more than half of the passages distinguish nothing.
MAX_SHARE_OF_PASSAGES = 0.5
MIN_WORD_LETTERS = 2

# The inverse strength of the regularisation. Values from 1 to 10 find practically the same passages
# (news of agencies and broadcasters, see benchmarks/teaching.py).
INVERSE_REGULARISATION = 3.0

# Unread passages that take part in training. 500 find somewhat fewer passages than 2,000; more
# than 2,000 make each step slower and nothing better.
UNREAD_SAMPLE = 2000
# The weight of all unread passages in training, relative to all passages with the theme.
UNREAD_WEIGHT = 1.0

# Passages that contain a search term count as examples, but only as much as this many answers, so
# that soon the answers decide.
TERM_MATCHES_WEIGHT = 2.0
MAX_TERM_MATCH_WEIGHT = 0.5

FOLDS = 5  # of the cross-validation that scores judged passages without their own judgement

# Scripts without spaces between words: Japanese, Chinese, Thai. Pairs of characters replace words.
UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]{2,}")

# What a search term contains besides words: wildcards, gaps, and the mark of a class.
TERM_MARKS = re.compile(r"[*$]|\.{2,}")

SHORTEST_VECTOR = 1e-12  # avoids a division by 0

LABEL_COLUMN = "row_label"  # the labels of the passages in the caller's table
MAX_CLUES = 5
MIN_CLUE_SHARE = 0.3  # of the weight of the strongest clue; weaker words would only distract


class Feature(NamedTuple):
    """A word or a pair of words in a text, reduced to stems, and its span."""

    stems: str
    start: int
    end: int


class Clue(NamedTuple):
    """Words of a passage that speak for the theme, with their span in the passage."""

    start: int
    end: int
    text: str
    weight: float


class Judgements(NamedTuple):
    """Positions of judged passages in the ranker's order."""

    yes: np.ndarray
    no: np.ndarray


class _Training(NamedTuple):
    """Rows of features, their targets and weights."""

    rows: object  # a sparse matrix
    has_theme: np.ndarray
    weights: np.ndarray


class PassageRanker:
    """Passages with their features, counted once, for many rankings.

    Parameters
    ----------
    passages : pandas.DataFrame
        Any span table; row labels must be unique.
    vectors : callable, optional
        A function that takes a list of texts and returns an array with one row for each.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, _ = cl.load_example()
    >>> ranker = PassageRanker(cl.find_passages(articles))
    >>> judged = ranker.judgements(yes=[3], no=[])
    >>> ranker.score(judged).argmax() == judged.yes[0]
    np.True_
    """

    def __init__(self, passages: pd.DataFrame, vectors: Vectors | None = None):
        if not passages.index.is_unique:
            raise BadInput("passages: row labels must be unique; call reset_index(drop=True)")
        # In order of position, so that the order of the rows does not affect the ranking.
        self.passages = in_order(passages.reset_index(names=LABEL_COLUMN))
        self.labels = pd.Index(self.passages[LABEL_COLUMN])
        self.languages = languages_of(self.passages)
        self.matrix = self._count_features()
        self.embedding = _Embedding(vectors, self.passages.text.tolist()) if vectors else None
        order = np.random.default_rng(0).permutation(len(self.passages))
        self.unread_sample = np.sort(order[:UNREAD_SAMPLE])
        self.word_weights = np.zeros(self.matrix.shape[1])
        # What describes the theme changes more rarely than the answers.
        self._find_terms = lru_cache(maxsize=4)(self._find_terms_uncached)
        self._query_features = lru_cache(maxsize=4)(self._query_features_uncached)

    def _count_features(self):
        """Return the TF-IDF weights of the passages."""
        from scipy.sparse import csr_matrix
        from sklearn.feature_extraction.text import TfidfVectorizer

        number = len(self.passages)
        self.vectorizer = TfidfVectorizer(
            analyzer=_analyse,
            sublinear_tf=True,
            min_df=2 if number >= MIN_PASSAGES_TO_DROP_RARE else 1,
            max_df=MAX_SHARE_OF_PASSAGES if number > 2 else 1.0,
            dtype=np.float32,
        )
        texts = list(zip(self.passages.text, self.languages, strict=True))
        try:
            return self.vectorizer.fit_transform(in_turn(texts, "words"))
        except ValueError:  # raised if no word is left
            self.vectorizer = None
            return csr_matrix((number, 0), dtype=np.float32)

    def judgements(self, yes: Iterable, no: Iterable) -> Judgements:
        """Find judged passages by their row labels.

        Parameters
        ----------
        yes, no : iterable
            Row labels in the caller's table.

        Returns
        -------
        Judgements
            Their positions, without repetitions, in the given order.

        Raises
        ------
        BadInput
            If a label is not in the table, or if a passage is judged both ways.
        """
        with_theme = self._positions(yes, "yes")
        without_theme = self._positions(no, "no")
        both = np.intersect1d(with_theme, without_theme)
        if len(both):
            raise BadInput(f"passage {self.labels[both[0]]!r} is in both yes and no")
        return Judgements(with_theme, without_theme)

    def _positions(self, labels: Iterable, name: str) -> np.ndarray:
        """Return the positions of passages, without repetitions and in the given order."""
        unique = list(dict.fromkeys(labels))
        positions = self.labels.get_indexer(pd.Index(unique, dtype=self.labels.dtype))
        if (positions < 0).any():
            missing = unique[int(np.flatnonzero(positions < 0)[0])]
            raise BadInput(f"{name}: there is no passage with the row label {missing!r}")
        return positions

    def score(
        self, judged: Judgements, *, terms: Sequence[str] = (), definition: str = ""
    ) -> np.ndarray:
        """Score all passages: the higher, the more likely they carry the theme.

        Parameters
        ----------
        judged : Judgements
            The judged passages.
        terms : sequence of str, optional
            Search terms; passages in which they match are examples with little weight.
        definition : str, optional
            A description of the theme.

        Returns
        -------
        numpy.ndarray of float
            A score for each passage, in the ranker's order. `clues` explains these scores until
            the next call.

        Raises
        ------
        BadInput
            If there is neither a passage with the theme nor a term nor a definition.
        """
        scores, self.word_weights = self._score(judged, terms, definition, judged)
        return scores

    def _score(
        self, training: Judgements, terms: Sequence[str], definition: str, judged: Judgements
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the scores of all passages, and the weights of the words.

        Judged passages that are not used in training are not treated as unread ones either.
        """
        terms = (terms,) if isinstance(terms, str) else tuple(terms)
        queries = self._query_features(terms, definition)
        term_matches = self._term_matches(terms, judged)
        if not len(training.yes) and queries is None and not len(term_matches):
            raise BadInput("nothing describes the theme: pass yes, terms or a definition")
        read = np.concatenate(judged).astype(int)
        model = self._fit(training, read, term_matches, queries)
        words = self.matrix.shape[1]
        if model is None:
            return np.zeros(len(self.passages)), np.zeros(words)

        weights = model.coef_[0]
        scores = self.matrix @ weights[:words] + model.intercept_[0]
        if self.embedding:
            scores = scores + self.embedding.of_passages @ weights[words:]
        return scores, weights[:words]

    def score_held_out(
        self, judged: Judgements, *, terms: Sequence[str] = (), definition: str = ""
    ) -> tuple[np.ndarray, np.ndarray]:
        """Score each judged passage by a model that was trained without its judgement.

        Parameters
        ----------
        judged : Judgements
            The judged passages.
        terms, definition : optional
            As for `score`.

        Returns
        -------
        tuple of numpy.ndarray
            The scores of the judged passages, those with the theme first; and the mean scores of
            all passages by these models, which are comparable with them.
        """
        scores = np.zeros(len(self.passages))
        mean_scores = np.zeros(len(self.passages))
        folds = Judgements(yes=_assign_folds(judged.yes), no=_assign_folds(judged.no))
        for number in range(FOLDS):
            training = Judgements(
                yes=judged.yes[folds.yes != number], no=judged.no[folds.no != number]
            )
            if not len(training.yes):
                training = judged  # a single passage with the theme cannot be held out
            held_out = np.concatenate(
                [judged.yes[folds.yes == number], judged.no[folds.no == number]]
            )
            of_model, _ = self._score(training, terms, definition, judged)
            scores[held_out] = of_model[held_out]
            mean_scores += of_model / FOLDS
        return scores[np.concatenate(judged)], mean_scores

    def _query_features_uncached(self, terms: tuple[str, ...], definition: str):
        """Return the features of the definition and the terms as those of short texts."""
        from scipy.sparse import csr_matrix, hstack

        texts = [definition]
        for term in terms:
            is_expression = term.startswith("/")
            if not is_expression:
                texts += [TERM_MARKS.sub(" ", wording) for wording in term.split("|")]
        texts = [text for text in texts if text.strip()]
        if not texts or self.vectorizer is None:
            return None
        features = self.vectorizer.transform([(text, "") for text in texts])
        if self.embedding:
            return hstack([features, csr_matrix(self.embedding.embed(texts))], format="csr")
        is_known = features.getnnz(axis=1) > 0
        return features[is_known] if is_known.any() else None

    def _term_matches(self, terms: tuple[str, ...], judged: Judgements) -> np.ndarray:
        """Return the positions of unread passages that contain a search term."""
        if not terms:
            return np.array([], dtype=int)
        matches = self._find_terms(terms)
        return np.setdiff1d(matches, np.concatenate(judged))

    def _find_terms_uncached(self, terms: tuple[str, ...]) -> np.ndarray:
        """Return the positions of the passages that contain a search term."""
        return np.flatnonzero(match_terms(self.passages.text, terms).any(axis=1))

    def _fit(self, training: Judgements, read: np.ndarray, term_matches: np.ndarray, queries):
        """Fit the regression; return None if the features cannot distinguish anything."""
        from sklearn.linear_model import LogisticRegression

        examples = self._training(training, read, term_matches, queries)
        if examples.rows.shape[1] == 0 or examples.has_theme.all():
            return None
        model = LogisticRegression(C=INVERSE_REGULARISATION, solver="liblinear", random_state=0)
        with threadpool_limits(1):  # so that the last digits do not depend on the machine
            return model.fit(examples.rows, examples.has_theme, sample_weight=examples.weights)

    def _training(
        self, judged: Judgements, read: np.ndarray, term_matches: np.ndarray, queries
    ) -> _Training:
        """Collect the rows to train with: judged passages, weak examples, unread passages."""
        from scipy.sparse import vstack

        match_weight = min(MAX_TERM_MATCH_WEIGHT, TERM_MATCHES_WEIGHT / max(len(term_matches), 1))
        query_count = queries.shape[0] if queries is not None else 0
        with_theme = [
            np.full(len(judged.yes), 1.0),
            np.full(len(term_matches), match_weight),
            np.full(query_count, 1 / max(query_count, 1)),
        ]
        total = sum(weights.sum() for weights in with_theme)

        # However many passages without the theme were judged, together they do not outweigh those
        # with it.
        no_weight = min(1.0, total / max(len(judged.no), 1))
        unread = np.setdiff1d(self.unread_sample, np.concatenate([read, term_matches]))
        unread_weight = UNREAD_WEIGHT * total / max(len(unread), 1)
        without_theme = [
            np.full(len(judged.no), no_weight),
            np.full(len(unread), unread_weight),
        ]

        # Queries have no place among the passages: their rows come between the two kinds.
        positions_with = np.concatenate([judged.yes, term_matches]).astype(int)
        positions_without = np.concatenate([judged.no, unread]).astype(int)
        parts = [self._rows(positions_with), self._rows(positions_without)]
        if query_count:
            parts.insert(1, queries)

        weights = np.concatenate([*with_theme, *without_theme])
        has_theme = np.arange(len(weights)) < len(positions_with) + query_count
        return _Training(vstack(parts, format="csr"), has_theme, weights)

    def _rows(self, positions: np.ndarray):
        """Return the features of passages, with their vectors if there are any."""
        from scipy.sparse import csr_matrix, hstack

        rows = self.matrix[positions]
        if self.embedding is None:
            return rows
        return hstack([rows, csr_matrix(self.embedding.of_passages[positions])], format="csr")

    def clues(self, position: int, most: int = MAX_CLUES) -> list[Clue]:
        """Find the words of a passage that speak most for the theme, in the last ranking.

        Parameters
        ----------
        position : int
            The position of the passage in the ranker's order.
        most : int, default 5
            The maximum number of different words and pairs.

        Returns
        -------
        list of Clue
            All occurrences of these words in the passage, in order.
        """
        if self.vectorizer is None:
            return []
        row = self.matrix[position]
        contributions = row.data * self.word_weights[row.indices]
        weight_of = dict(zip(row.indices.tolist(), contributions.tolist(), strict=True))
        text = self.passages.text.iloc[position]
        clues = []
        for feature in find_features(text, self.languages[position]):
            weight = weight_of.get(self.vectorizer.vocabulary_.get(feature.stems), 0.0)
            if weight > 0:
                words = text[feature.start : feature.end]
                clues.append(Clue(feature.start, feature.end, words, weight))

        # Words come before pairs: a pair is shown only if neither of its words is.
        strongest = sorted({clue.weight for clue in clues}, reverse=True)[:most]
        if not strongest:
            return []
        least = max(strongest[-1], MIN_CLUE_SHARE * strongest[0])
        shown: list[Clue] = []
        for clue in clues:
            overlaps = any(clue.start < other.end and other.start < clue.end for other in shown)
            if clue.weight >= least and not overlaps:
                shown.append(clue)
        return sorted(shown)


def _assign_folds(positions: np.ndarray) -> np.ndarray:
    """Return a fold for each position, at random but independent of the order of the positions."""
    random_order = np.random.default_rng(0).permutation(len(positions))
    return random_order[np.argsort(np.argsort(positions))] % FOLDS


def match_terms(texts: Sequence[str], terms: Sequence[str]) -> np.ndarray:
    """Return which texts contain which search terms.

    Parameters
    ----------
    texts : sequence of str
        Texts.
    terms : sequence of str
        Search terms; see `compile_term`.

    Returns
    -------
    numpy.ndarray of bool
        One row for each text and one column for each term.

    Raises
    ------
    BadInput
        If a term cannot be read, or names a word class.

    Examples
    --------
    >>> match_terms(["Sirens sounded", "A play"], ["siren*", "play"]).tolist()
    [[True, False], [False, True]]
    """
    matcher = TermMatcher({})
    for term in terms:
        matcher.add(term)
    contains = np.zeros((len(texts), len(terms)), dtype=bool)
    for row, text in enumerate(texts):
        if has_special_characters(text):
            text = plain_text(text).text
        if matcher.may_match(text):
            matches = matcher.find(text)
            contains[row] = [bool(matches.of(term)) for term in terms]
    return contains


def find_features(text: str, language: str) -> list[Feature]:
    """Find the content words of a text and the pairs of neighbouring ones.

    Function words between two content words are skipped: "closed the school" and "closed schools"
    contain the same pair.

    Parameters
    ----------
    text : str
        Any text.
    language : str
        Its language in two letters; "" if it is not known.

    Returns
    -------
    list of Feature
        The words in order, then the pairs in order.

    Notes
    -----
    In scripts without spaces between words, the pairs of characters that the ranking compares are
    not listed.

    Examples
    --------
    >>> [feature.stems for feature in find_features("Rising rivers", "en")]
    ['rise', 'river', 'rise river']
    """
    spans = word_spans(text)
    stems = content_stems(folded_words(text), language)
    words = [
        Feature(stem, *span) for stem, span in zip(stems, spans, strict=True) if stem is not None
    ]
    pairs = [
        Feature(f"{first.stems} {second.stems}", first.start, second.end)
        for first, second in pairwise(words)
    ]
    return words + pairs


def _analyse(text_and_language: tuple[str, str]) -> list[str]:
    """Return the features of a text, as `find_features` but without their spans."""
    text, language = text_and_language
    if UNSPACED.search(text):
        text = UNSPACED.sub(_character_pairs, text)
    words = [stem for stem in content_stems(folded_words(text), language) if stem is not None]
    return words + [f"{first} {second}" for first, second in pairwise(words)]


def _character_pairs(match: re.Match) -> str:
    """Return the overlapping pairs of characters of an unspaced text, separated by spaces."""
    characters = match[0]
    return " ".join(characters[at : at + 2] for at in range(len(characters) - 1))


def content_stems(words: list[str], language: str) -> list[str | None]:
    """Return the stem of each content word, and None for each function word or number.

    Parameters
    ----------
    words : list of str
        Folded words.
    language : str
        Their language in two letters; "" if it is not known, which is treated as English.

    Returns
    -------
    list of str or None
        One item for each word. In languages without a Snowball stemmer, the words themselves.

    Examples
    --------
    >>> content_stems(["the", "rising", "rivers", "2021"], "en")
    [None, 'rise', 'river', None]
    """
    skipped = _function_words(language)
    return [
        _stem(word, language)
        if len(word) >= MIN_WORD_LETTERS and word not in skipped and not word[0].isdigit()
        else None
        for word in words
    ]


@lru_cache(maxsize=100)
def _function_words(language: str) -> frozenset[str]:
    """Return the function words of a language, or the English ones if it is not known."""
    if language in ("", "en"):
        return frozenset(read_words("en/text/stopwords"))
    return function_words(language)


@lru_cache(maxsize=200_000)
def _stem(word: str, language: str) -> str:
    """Return the stem of a word; stems are remembered, because each word occurs many times."""
    return stemmer(language)(word)


class _Embedding:
    """The vectors of texts, around the mean of the passages and each of length 1."""

    def __init__(self, vectors: Vectors, texts: list[str]):
        self.vectors = vectors
        embedded = self._checked(texts)
        # Most embedding functions give all texts a common direction, which would dominate.
        self.mean = embedded.mean(axis=0) if len(texts) else np.zeros(embedded.shape[1])
        self.of_passages = self._normalised(embedded)

    def embed(self, texts: list[str]) -> np.ndarray:
        """Return the vectors of texts that are not passages."""
        return self._normalised(self._checked(texts))

    def _checked(self, texts: list[str]) -> np.ndarray:
        embedded = np.asarray(self.vectors(texts), dtype=np.float32)
        if embedded.ndim != 2 or len(embedded) != len(texts):
            raise BadInput(
                f"vectors: the function returned an array of the shape {embedded.shape} for "
                f"{len(texts)} texts; it must return one row for each text"
            )
        return embedded

    def _normalised(self, embedded: np.ndarray) -> np.ndarray:
        centred = embedded - self.mean
        lengths = np.linalg.norm(centred, axis=1, keepdims=True)
        return centred / np.maximum(lengths, SHORTEST_VECTOR)
