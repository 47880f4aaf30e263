"""Word stems of passages, weighted by TF-IDF, and what the text around a passage adds.

A passage is short, so two passages on one subject may have no word in common. Its neighbours and
its article show what it is about, too: `Context` adds their words with a lower weight.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from clippings.core.lexicon import languages_with, read_lexicon, words_of
from clippings.core.tokens import fold, folded_words
from clippings.themes.english_uses import PARTICIPLE_ENDINGS, is_form_of, is_recorded
from clippings.themes.stems import stemmer
from clippings.themes.word_numbers import NumberedWords

# Shorter words rarely indicate a subject and are not counted.
MIN_WORD_LETTERS = 3

# Kinds of words in lexicon/LANGUAGE/text/term_words.csv that may indicate a subject, though less
# than words that are not listed. Words of all other kinds are not counted.
VAGUE_KINDS = ("adjective", "common adjective", "vague noun")

# Weight of adjectives ("local") and vague nouns ("group"), and of words that state a source
# ("anonymity"), compared with 1 for other words.
WEIGHT_OF_VAGUE_WORDS = 0.5
WEIGHT_OF_ATTRIBUTIONS = 0.2

# Weight of the preceding and the following passage. A passage of fewer than SHORT_PASSAGE_WORDS
# words, such as a sub-heading, says little itself, so its neighbours count twice.
WEIGHT_OF_NEIGHBOURS = 0.25
SHORT_PASSAGE_WORDS = 8

# Weight of the whole article, and the number of articles from which this weight applies; it is
# lower in proportion for fewer articles. In a folder on one event, all articles have the same
# subject, and only their passages differ. In a large mixed folder, each article has its own.
WEIGHT_OF_ARTICLE = 0.5
FULL_WEIGHT_ARTICLES = 100

NO_COLUMN = -1  # of a word that is not counted

# A passage in which more than this share of the words are numbers is a table of figures.
MAX_NUMBER_SHARE = 0.34


# A capitalised word before another one: "Bill Clinton", "Mark A. Reed"
CAPITALISED_BEFORE_NAME = re.compile(r"\b[A-Z][a-z]+(?= (?:[A-Z]\. ?)*(?P<next>[A-Z][a-z]+))")


class Vocabulary(NamedTuple):
    """The word stems that may indicate a subject."""

    column: dict[str, int]  # the number of the stem of each folded word
    words: np.ndarray  # the most frequent word of each stem
    weight: np.ndarray  # 1, or less for vague words
    is_name: np.ndarray  # whether a stem is known to be that of a name

    def columns_of(self, term: str) -> list[int]:
        """Return the numbers of the stems of a term, in order, without repetitions."""
        columns = (self.column.get(word) for word in folded_words(term))
        return list(dict.fromkeys(column for column in columns if column is not None))


def without_first_names(text: str) -> str:
    """Remove the first names that are also nouns or verbs from the names of persons.

    Otherwise, "Bill Clinton" would be about a bill, and "Mark Reed" about marks.

    Parameters
    ----------
    text : str
        A passage.

    Returns
    -------
    str
        The passage without these words.

    Examples
    --------
    >>> without_first_names("Senators passed the bill, and Bill Clinton signed it.")
    'Senators passed the bill, and  Clinton signed it.'
    >>> without_first_names("Bill Passes")
    'Bill Passes'
    """
    ambiguous = words_of("en/names/first_names_that_are_words")

    def shortened(match: re.Match) -> str:
        # In headlines, common words have capitals, too.
        is_first_name = fold(match[0]) in ambiguous and not is_recorded(fold(match["next"]))
        return "" if is_first_name else match[0]

    return CAPITALISED_BEFORE_NAME.sub(shortened, text)


def learn_vocabulary(
    numbered: NumberedWords, languages: Sequence[str], *, join_verb_forms: bool = True
) -> Vocabulary:
    """List the stems of the words that may indicate a subject.

    Parameters
    ----------
    numbered : NumberedWords
        The words of texts, as `number_words` returns them.
    languages : sequence of str
        The languages of the texts in two letters, the most frequent first; "" if unknown, which is
        treated as English.
    join_verb_forms : bool, default True
        Whether words in -ed and -ing are counted together with other words of their stem. In a
        small folder, this helps to find passages on the same subject. In a large one, it joins
        different subjects ("reserves" and "reserved").

    Returns
    -------
    Vocabulary
        Stems in alphabetical order.

    Examples
    --------
    >>> from clippings.themes.word_numbers import number_words
    >>> vocabulary = learn_vocabulary(number_words(["The levee held.", "Levees hold."]), ["en"])
    >>> vocabulary.words.tolist(), vocabulary.column["levees"]
    (['held', 'hold', 'levees'], 2)
    """
    occurrences = np.bincount(numbered.numbers, minlength=len(numbered.words)).tolist()
    counts = dict(zip(numbered.words, occurrences, strict=True))
    kind_of = {}
    for language in reversed(languages):
        kind_of |= _kinds(language or "en")

    stem = stemmer(languages[0] if languages else "")
    words_of_stem: defaultdict[tuple[str, bool], list[str]] = defaultdict(list)
    for word in counts:
        can_have_meaning = len(word) >= MIN_WORD_LETTERS and not word[0].isdigit()
        if can_have_meaning and kind_of.get(word, VAGUE_KINDS[0]) in VAGUE_KINDS:
            is_separate = not join_verb_forms and word.endswith(PARTICIPLE_ENDINGS)
            words_of_stem[stem(word), is_separate].append(word)

    column = {}
    words = []
    weight = []
    for number, key in enumerate(sorted(words_of_stem)):
        forms = words_of_stem[key]
        column |= dict.fromkeys(forms, number)
        representative = max(forms, key=lambda word: (counts[word], word))
        words.append(representative)
        weight.append(_weight_of(representative, kind_of))
    return Vocabulary(
        column=column,
        words=np.array(words, dtype="object"),
        weight=np.array(weight, dtype="float32"),
        is_name=np.zeros(len(words), dtype="bool"),
    )


def _weight_of(word: str, kind_of: dict[str, str]) -> float:
    """Return how much a word may say about a subject."""
    if is_form_of(word, words_of("en/themes/attributions")):
        return WEIGHT_OF_ATTRIBUTIONS
    return WEIGHT_OF_VAGUE_WORDS if word in kind_of else 1.0


@cache
def _kinds(language: str) -> dict[str, str]:
    """Return the kind of each listed word of a language; a word with several has the first."""
    if language not in languages_with("text/term_words"):
        return {}
    rows = read_lexicon(f"{language}/text/term_words")
    return {fold(row["word"]): row["kind"] for row in reversed(rows)}


def count_stems(numbered: NumberedWords, vocabulary: Vocabulary):
    """Count the stems of each text, except in tables of figures.

    Parameters
    ----------
    numbered : NumberedWords
        The words of the texts, as `number_words` returns them.
    vocabulary : Vocabulary
        The stems; other words are ignored.

    Returns
    -------
    scipy.sparse.csr_matrix
        Counts: a row for each text, a column for each stem. The row of a table of figures is empty.
    numpy.ndarray
        The number of all words of each text; 0 for a table of figures.

    Examples
    --------
    >>> from clippings.themes.word_numbers import number_words
    >>> vocabulary = learn_vocabulary(number_words(["The levee held.", "Levees hold."]), ["en"])
    >>> counts, lengths = count_stems(number_words(["A levee, two levees."]), vocabulary)
    >>> counts.toarray().tolist(), lengths.tolist()
    ([[0.0, 0.0, 2.0]], [4])
    """
    from scipy.sparse import csr_matrix

    number_of_texts = len(numbered.lengths)
    is_number = np.array([word[0].isdigit() for word in numbered.words], dtype="bool")
    text_of_numbers = numbered.text[is_number[numbered.numbers]]
    numbers = np.bincount(text_of_numbers, minlength=number_of_texts)
    is_table = numbers > MAX_NUMBER_SHARE * numbered.lengths
    lengths = np.where(is_table, 0, numbered.lengths)

    column_of_word = np.array(
        [vocabulary.column.get(word, NO_COLUMN) for word in numbered.words], dtype="int32"
    )
    columns = column_of_word[numbered.numbers]
    is_counted = (columns != NO_COLUMN) & ~is_table[numbered.text]
    columns = columns[is_counted]
    stems_of_text = np.bincount(numbered.text[is_counted], minlength=number_of_texts)
    ends = np.cumsum(np.r_[0, stems_of_text])
    ones = np.ones(len(columns), dtype="float32")
    counts = csr_matrix((ones, columns, ends), shape=(number_of_texts, len(vocabulary.words)))
    counts.sum_duplicates()
    return counts, lengths


def weight_stems(counts, weight: np.ndarray):
    """Weight stems within each passage.

    Parameters
    ----------
    counts : scipy.sparse.csr_matrix
        Counts: a row for each passage, a column for each stem.
    weight : numpy.ndarray
        The weight of each stem.

    Returns
    -------
    scipy.sparse.csr_matrix
        (1 + log count) * weight, with each row scaled to length 1.
    """
    from scipy.sparse import diags
    from sklearn.preprocessing import normalize

    weighted = counts.copy()
    weighted.data = 1 + np.log(weighted.data)
    weighted = (weighted @ diags(weight.astype("float32"))).tocsr()
    weighted.eliminate_zeros()
    return normalize(weighted, copy=False) if weighted.nnz else weighted


class Context(NamedTuple):
    """The passages around each passage."""

    article: np.ndarray  # the number of the article of each passage; passages are in order
    is_short: np.ndarray
    weight_of_article: float

    def add_to(self, vectors: np.ndarray) -> np.ndarray:
        """Add the vectors of the neighbours and of the article to the vector of each passage."""
        article = self.article
        around = np.zeros_like(vectors)
        continues = (article[1:] == article[:-1])[:, None]
        around[1:] += vectors[:-1] * continues
        around[:-1] += vectors[1:] * continues
        weight = np.where(self.is_short, 2 * WEIGHT_OF_NEIGHBOURS, WEIGHT_OF_NEIGHBOURS)
        total = vectors + weight.astype("float32")[:, None] * around
        if self.weight_of_article and len(article):
            starts = np.flatnonzero(np.r_[True, article[1:] != article[:-1]])
            sizes = np.diff(np.r_[starts, len(article)])
            means = np.add.reduceat(vectors, starts, axis=0) / sizes[:, None].astype("float32")
            total += self.weight_of_article * np.repeat(means, sizes, axis=0)
        return total


def weight_of_article(articles: int) -> float:
    """Return the weight of the whole article in a folder with this number of articles."""
    return WEIGHT_OF_ARTICLE * min(1.0, articles / FULL_WEIGHT_ARTICLES)
