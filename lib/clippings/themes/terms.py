"""Find the terms of running text: nouns and noun phrases of up to four words, without a model.

A term is a run of content words between grammatical words and punctuation that ends in a noun:
"levee", "interest rates", "head of state". There is no tagger. Whether a word is a noun is
concluded from the words around it in all texts together (after "the" and before a verb it is a
noun, after "to" or "they" a verb), from its ending, and from how often WordNet records it as a
verb and as a noun.

Words are counted as integers in arrays, so that 100,000 articles take minutes.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from clippings.core.characters import HIDDEN, HYPHENS, OTHER_APOSTROPHES, combining_ranges
from clippings.core.languages import UNSPACED, function_words
from clippings.core.lexicon import languages_with, read_lexicon, read_words, words_of
from clippings.core.tokens import fold
from clippings.themes.statistics import Z95, without_zeros

MAX_TERM_WORDS = 4

# Longer runs are counted as well, and may be names ("Association of Athletics Federations of
# Tolmere"); they show that a run of four words is a fragment.
MAX_RUN_WORDS = 5

# A shorter word is rarely a subject, except for acronyms ("EU").
MIN_TERM_LETTERS = 3

# The words of a longer term must occur together more often than by chance: normalised pointwise
# mutual information, 0 for chance, 1 for words that occur only together. A first word that is an
# adjective needs closer association ("civil war", but not "popular film").
MIN_ASSOCIATION = 0.2
MIN_ASSOCIATION_OF_ADJECTIVE = 0.35

# A very common adjective begins a term only if the other words seldom occur without it: "real
# estate", but not "big firm".
MIN_SHARE_AFTER_COMMON_ADJECTIVE = 0.3
MIN_COUNT_AFTER_COMMON_ADJECTIVE = 3

# A term is a fragment if a single longer term contains this share of its occurrences ("estate
# investment" in "real estate investment"), which is the idea of the C-value (Frantzi et al. 2000).
FRAGMENT_SHARE = 0.7

# A single word is a fragment if this share of its occurrences is part of any longer terms
# ("Nations" in "United Nations" and "Six Nations").
PART_SHARE = 0.85

# Two nouns joined by "of" or a possessive are a term from this number of occurrences, and if they
# are closely associated ("head of state", but not "friends of Bell").
MIN_COUNT_OF_JOINED = 3
MIN_ASSOCIATION_OF_JOINED = 0.35

# A term of several words is incomplete if this share of its occurrences follows a numeral ("bit
# version" in "64 bit version"), or precedes other nouns or adjectives. The second limit is higher,
# because "real estate" is a term even if it is usually followed by "market", "tax" or "agent".
SHARE_AFTER_NUMERAL = 0.7
SHARE_BEFORE_NOUN = 0.9

# A term is a name if this share of its occurrences is capitalised where capitals are informative.
NAME_SHARE = 0.6

# Capitals are not informative in a headline: a line of at most so many words and punctuation marks
# in which this share of the longer words is capitalised.
MAX_HEADLINE_TOKENS = 20
TITLE_CASE_SHARE = 0.75
MIN_LETTERS_IN_TITLE_CASE = 4

# The weight of an uninformative occurrence when the most frequent spelling is chosen.
WEIGHT_AT_SENTENCE_START = 0.01

# A word is treated as a noun from this estimated share of its uses. A word that is mostly a verb
# is a noun only where the preceding word shows it ("the rise", "their win").
MIN_NOUN_SHARE = 0.3
AMBIGUOUS_VERB_SHARE = 0.35
MIN_VERB_SHARE_AFTER_MARKER = 0.1

# A word that WordNet records as a verb in this share of its uses ends the noun phrase before it.
LIKELY_VERB_SHARE = 0.7

# A word that is mostly a verb is a noun after another noun ("tax cut") from this share.
NOUN_SHARE_AFTER_NOUN = 0.6

# A word in -ing that WordNet does not record as a noun ("roaming") is one if it follows an article
# or an adjective so often.
MIN_USES_OF_GERUND = 3
MIN_SHARE_OF_GERUND = 0.25

# A word can be a term alone if this share of its occurrences ends a noun phrase, and can end a
# longer term from a smaller share. Adjectives that no list contains fail these tests ("wimpy
# cores", "is honest").
MIN_HEAD_SHARE_ALONE = 0.25
MIN_HEAD_SHARE_IN_PHRASE = 0.1

# Weight of the list and the ending of a word, as a number of observed uses.
PRIOR_USES = 4.0

# A modifier of a noun may be an adjective or another noun ("interest rates"), so that position is
# weak evidence of an adjective.
WEIGHT_OF_MODIFIER_POSITION = 0.25

# A noun after another content word and before "is" or "of".
WEIGHT_OF_HEAD_POSITION = 0.5

# Weights of terms in labels: "interest rates" says more than "rates", and a reader who does not
# know the articles understands a subject better than a name.
PHRASE_FACTOR = 1.6
NAME_FACTOR = 0.7
FULL_NAME_FACTOR = 0.85

# In a label, a longer term replaces a word that it contains ("Bell") if so many of the articles
# with the word have the longer term ("Anna Bell").
PRECISE_SHARE = 0.5

ADJECTIVE_ENDINGS = (
    "able", "ible", "ical", "ional", "ous", "ful", "less", "ish", "ese", "ary", "ive", "ic", "al",
    "ent", "ant", "ian", "like",
)  # fmt: skip
NOUN_ENDINGS = (
    "tion", "sion", "ment", "ness", "ity", "ship", "ism", "ence", "ance", "ist", "hood", "age",
    "dom", "ery", "ology",
)  # fmt: skip

# Nouns in -ly that WordNet's texts do not contain.
NOUNS_IN_LY = frozenset(
    ["ally", "anomaly", "assembly", "butterfly", "family", "italy", "july", "monopoly"]
)

# Ordinals before a measure: "first degree murder".
ORDINALS = frozenset(["first", "second", "third", "fourth", "fifth"])

# Languages whose nouns are capitalised, so that capitals do not show that a single word is a name.
CAPITALISED_NOUNS = ("de",)

# In languages without spaces between words, only short runs of characters can be words.
MAX_UNSPACED_LETTERS = 4

# Languages with a Snowball stemmer.
SNOWBALL_LANGUAGES = {
    "da": "danish", "de": "german", "es": "spanish", "fi": "finnish", "fr": "french",
    "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sv": "swedish",
}  # fmt: skip

_APOSTROPHES = f"'’{OTHER_APOSTROPHES}"
_LETTER = rf"[\w{combining_ranges()}]"
TOKEN = re.compile(
    rf"""
      (?:[^\W\d_]\.){{2,}}                                  # U.S.
    | [{_APOSTROPHES}]s\b                                   # the possessive in Rome's
    | (?<=s)[{_APOSTROPHES}](?=\s\w)                        # the possessive in workers' rights
    | (?:[cdjlmnst]|qu|dell|all|nell|dall|sull)[{_APOSTROPHES}](?=[^\W\d_]{{2}})  # d'intérêt
    | \d+(?:[.,:]\d+)+                                      # 1,000 · 18:45
    | {_LETTER}+(?:(?:[-{HYPHENS}]|[{_APOSTROPHES}](?!s\b)){_LETTER}+)*    # hat · well-known
    | [^\w\s]                                               # punctuation
    | \n
    """,
    re.VERBOSE,
)
HIDDEN_CHARACTERS = re.compile(f"[{HIDDEN}]")
NUMBER = re.compile(r"[\d.,:]*\d[\w.,:]*")
SENTENCE_BREAKS = frozenset('.!?:;\n"“”‘«»•–—|')
POSSESSIVES = ("'s", "’s", "'", "’")

# A possessive joins two nouns after a plural ("women's rights", "workers' rights"). After a
# singular, it describes an owner ("the company's profits").
POSSESSIVE_PLURALS = frozenset(["men", "women", "children", "people"])


class TermCounts(NamedTuple):
    """How often each term occurs in each unit (usually an article)."""

    units: list  # in order of first appearance
    terms: np.ndarray  # in their most frequent spelling
    matrix: object  # scipy.sparse.csr_matrix of int64: a row for each unit, a column for each term
    sizes: np.ndarray  # words in each unit
    is_name: np.ndarray  # whether the term is a name
    length: np.ndarray  # words in each term


class _Tokens(NamedTuple):
    """All words and punctuation marks of the texts, as numbers of an alphabetical vocabulary."""

    ids: np.ndarray
    text: np.ndarray  # number of the text of each token
    vocabulary: list[str]


class _Words(NamedTuple):
    """What is known about each token."""

    kind: np.ndarray  # a value of _Kind
    head_share: np.ndarray  # share of the word's occurrences that end a noun phrase
    lemma: np.ndarray  # the number of the folded word without inflection
    is_numeral: np.ndarray  # "64", "two" and "first"
    is_common_adjective: np.ndarray  # whether the word is listed as one, and not part of a name
    is_participle: np.ndarray  # whether the word ends in -ed or -ing
    is_name_word: np.ndarray  # whether the word is usually capitalised
    is_informative: np.ndarray  # whether a capital letter shows that the word is part of a name
    is_capitalised: np.ndarray


class _Occurrences(NamedTuple):
    """Occurrences of candidates of the same length."""

    starts: np.ndarray
    codes: np.ndarray  # the same for the same candidate
    counts: np.ndarray  # by code


class _Kind:
    """The functions of words in terms, as numbers."""

    BOUNDARY = 0
    MODIFIER = 1
    NOUN = 2
    JOINER = 3


class _Place:
    """The kinds of words that show what the next word is, as numbers."""

    CONTENT = 0
    DETERMINER = 1
    ADJECTIVE = 2
    PREPOSITION = 3
    VERB_MARKER = 4
    AUXILIARY = 5
    DEGREE = 6
    PRONOUN = 7
    OTHER = 8
    JOINER = 9


PLACE_OF_KIND = {
    "determiner": _Place.DETERMINER,
    "general adjective": _Place.ADJECTIVE,
    "common adjective": _Place.ADJECTIVE,
    "quantity": _Place.ADJECTIVE,
    "preposition": _Place.PREPOSITION,
    "verb marker": _Place.VERB_MARKER,
    "subject pronoun": _Place.VERB_MARKER,
    "auxiliary": _Place.AUXILIARY,
    "degree": _Place.DEGREE,
    "other pronoun": _Place.PRONOUN,
    "conjunction": _Place.OTHER,
    "adverb": _Place.OTHER,
    "newswire": _Place.OTHER,
    "time": _Place.OTHER,
    "form of address": _Place.OTHER,
    "joiner": _Place.JOINER,
}
BEFORE_NOUNS = (_Place.DETERMINER, _Place.ADJECTIVE, _Place.PREPOSITION, _Place.JOINER)


# Counting terms ---------------------------------------------------------------------------------


def count_terms(
    texts: Iterable[str],
    units: Sequence[Hashable],
    *,
    languages: Sequence[str] | None = None,
    names: Iterable[str] | None = None,
    min_count: int = 2,
) -> TermCounts:
    """Count the terms of each article, or of other units of text.

    Parameters
    ----------
    texts : iterable of str
        Texts, such as passages.
    units : sequence
        The unit that each text belongs to, such as its article.
    languages : sequence of str, optional
        The language of each text in two letters. The default, and "" for an unknown language, is
        English.
    names : iterable of str, optional
        Names that occur in the texts. Other terms are names if they are usually capitalised.
    min_count : int, default 2
        Minimum number of occurrences of a term in all texts.

    Returns
    -------
    TermCounts
        Units in order of first appearance, terms in alphabetical order, and their counts. An
        occurrence within a longer term counts for both terms, unless the shorter term is a
        fragment, which is omitted.

    Notes
    -----
    In English, nouns are distinguished from verbs and adjectives, and singular and plural are
    counted together. In the other languages of `themes/terms.py`, terms are the runs of words
    between grammatical words; words with the same stem are counted together. In languages without
    a list of grammatical words, or without spaces between words, few terms make sense.

    References
    ----------
    Frantzi, Ananiadou and Mima (2000). Automatic recognition of multi-word terms: the C-value/
    NC-value method. International Journal on Digital Libraries 3(2).

    Examples
    --------
    >>> counts = count_terms(["Interest rates fell.", "The interest rate rose."], ["a", "b"])
    >>> counts.terms.tolist(), counts.matrix.toarray().tolist()
    (['interest rate'], [[1], [1]])
    """
    texts = list(texts)
    rows = {unit: number for number, unit in enumerate(dict.fromkeys(units))}
    row_of_text = np.array([rows[unit] for unit in units], dtype="int64")
    if languages is None:
        languages = ["en"] * len(texts)

    name_words = None if names is None else _folded_names(names)
    texts_of_language = defaultdict(list)
    for number, language in enumerate(languages):
        texts_of_language[language or "en"].append(number)

    parts = []
    for language, numbers in sorted(texts_of_language.items()):
        tokens = _tokenize([texts[number] for number in numbers])
        part = _count_in_language(tokens, language, row_of_text[numbers], name_words, min_count)
        parts.append(part)
    return _merge(list(rows), parts)


class _Part(NamedTuple):
    """The terms of the texts in one language."""

    terms: list[str]
    is_name: np.ndarray
    length: np.ndarray
    row: np.ndarray  # of each occurrence
    column: np.ndarray
    sizes_row: np.ndarray  # the row of each word


def _merge(units: list, parts: list[_Part]) -> TermCounts:
    """Merge the terms of all languages; a term in two languages is one term."""
    from scipy.sparse import csr_matrix

    column_of_term: dict[str, int] = {}
    is_name: list[bool] = []
    length: list[int] = []
    rows = []
    columns = []
    for part in parts:
        numbers = []
        for term, name, words in zip(part.terms, part.is_name, part.length, strict=True):
            if term not in column_of_term:
                column_of_term[term] = len(column_of_term)
                is_name.append(bool(name))
                length.append(int(words))
            numbers.append(column_of_term[term])
        rows.append(part.row)
        columns.append(np.array(numbers, dtype="int64")[part.column])

    words = np.concatenate([part.sizes_row for part in parts]) if parts else np.array([], "int64")
    terms = np.array(list(column_of_term), dtype="object")
    shape = (len(units), len(terms))
    row = np.concatenate(rows) if rows else np.array([], "int64")
    column = np.concatenate(columns) if columns else np.array([], "int64")
    matrix = csr_matrix((np.ones(len(row), dtype="int64"), (row, column)), shape=shape)
    matrix.sum_duplicates()

    order = np.argsort(terms.astype("str"), kind="stable") if len(terms) else np.array([], "int64")
    return TermCounts(
        units=units,
        terms=terms[order],
        matrix=matrix[:, order],
        sizes=np.bincount(words, minlength=len(units)),
        is_name=np.array(is_name, dtype="bool")[order],
        length=np.array(length, dtype="int64")[order],
    )


def _tokenize(texts: list[str]) -> _Tokens:
    """Split texts into words and punctuation marks."""
    number_of: defaultdict[str, int] = defaultdict()
    number_of.default_factory = number_of.__len__
    numbers = []
    for text in texts:
        if not text.isascii():
            text = HIDDEN_CHARACTERS.sub("", text)
        tokens = ["\n", *TOKEN.findall(text)]  # no term crosses the border between two texts
        numbers.append(np.fromiter(map(number_of.__getitem__, tokens), "int32", len(tokens)))

    # In alphabetical order, so that ties do not depend on the order of the texts.
    vocabulary = sorted(number_of)
    position = np.empty(len(vocabulary), dtype="int32")
    position[[number_of[token] for token in vocabulary]] = np.arange(len(vocabulary))
    ids = position[np.concatenate(numbers)] if numbers else np.array([], "int32")
    lengths = [len(tokens) for tokens in numbers]
    return _Tokens(ids, np.repeat(np.arange(len(texts)), lengths), vocabulary)


def _count_in_language(
    tokens: _Tokens,
    language: str,
    row_of_text: np.ndarray,
    names: frozenset[str] | None,
    min_count: int,
) -> _Part:
    """Find and count the terms of texts in one language."""
    words = _describe_words(tokens, language)
    candidates = _find_candidates(words, min_count)
    accepted = _accept(candidates, words, tokens, language, min_count)

    is_covered = _covered_tokens(candidates, accepted, len(words.kind))
    terms: list[str] = []
    is_name = []
    length = []
    rows = []
    columns = []
    row_of_token = row_of_text[tokens.text]
    for size, (occurrences, is_accepted) in enumerate(zip(candidates, accepted, strict=True), 1):
        shown = is_accepted[occurrences.codes]
        starts = occurrences.starts[shown]
        new_code = np.cumsum(is_accepted) - 1
        codes = new_code[occurrences.codes[shown]]
        # "Bank" in "Bank of England" does not show how the word is spelled by itself.
        is_free = ~is_covered[starts] if size == 1 else np.ones(len(starts), dtype="bool")
        spelled = _spell(starts, codes, size, int(is_accepted.sum()), is_free, tokens, words)
        rows.append(row_of_token[starts])
        columns.append(codes + len(terms))
        terms += spelled.terms
        is_name.append(spelled.is_name)
        length.append(np.full(len(spelled.terms), size))

    is_word = np.array([token[0].isalnum() for token in tokens.vocabulary], dtype="bool")
    part = _Part(
        terms=terms,
        is_name=np.concatenate(is_name),
        length=np.concatenate(length),
        row=np.concatenate(rows),
        column=np.concatenate(columns),
        sizes_row=row_of_token[is_word[tokens.ids]],
    )
    acronyms = words_of("en/names/common_acronyms")
    is_listed = [names is not None and fold(term) in names and not term.islower() for term in terms]
    is_acronym = [fold(term).removesuffix("s") in acronyms for term in terms]
    if language in CAPITALISED_NOUNS:
        part = part._replace(is_name=part.is_name & (part.length > 1))
    is_name_or_listed = part.is_name | np.array(is_listed, dtype="bool")
    return part._replace(is_name=is_name_or_listed & ~np.array(is_acronym, dtype="bool"))


# Words ------------------------------------------------------------------------------------------


def _describe_words(tokens: _Tokens, language: str) -> _Words:
    """Return the kind, the lemma and the capitalisation of every token."""
    # Folding would turn the sign ™ into the letters "tm".
    folded = [fold(token) if token[0].isalnum() else token for token in tokens.vocabulary]
    types = sorted(set(folded))
    number_of = {word: number for number, word in enumerate(types)}
    type_of_token = np.array([number_of[word] for word in folded], dtype="int64")
    word = type_of_token[tokens.ids]

    # Also "al-Hussein" and "eBay".
    is_upper = np.array([token != token.lower() for token in tokens.vocabulary], dtype="bool")
    is_break = np.array([token in SENTENCE_BREAKS for token in tokens.vocabulary], dtype="bool")
    is_capitalised = is_upper[tokens.ids]
    is_informative = _informative_capitals(tokens, is_capitalised, is_break[tokens.ids])

    informative_words = word[is_informative]
    occurrences = np.bincount(informative_words, minlength=len(types))
    capitals = np.bincount(informative_words[is_capitalised[is_informative]], minlength=len(types))
    capital_share = capitals / np.maximum(occurrences, 1)

    places = np.array([_place_of(word, language) for word in types], dtype="int8")
    place = places[word]
    # In names, other words are content words: "New York", "Harbour Quarter".
    shows_name = is_capitalised & is_informative & (place == _Place.CONTENT)
    is_next_to_name = np.zeros(len(word), dtype="bool")
    is_next_to_name[1:] |= shows_name[:-1]
    is_next_to_name[:-1] |= shows_name[1:]
    is_in_name = is_next_to_name & is_capitalised & is_informative & (place == _Place.ADJECTIVE)
    place[is_in_name] = _Place.CONTENT
    head_share = np.ones(len(word))
    if language == "en":
        kind, head_share = _kinds_in_english(types, word, place, capital_share)
    else:
        kind = _kinds_in_other_language(types, word, place, capital_share, language)

    is_content_type = places == _Place.CONTENT
    lemmas = _lemmas(types, is_content_type, language)
    lemma_number = {lemma: number for number, lemma in enumerate(sorted(set(lemmas)))}
    lemma_of_type = np.array([lemma_number[lemma] for lemma in lemmas], dtype="int64")
    is_name_word = np.zeros(len(word), dtype="bool")
    if language not in CAPITALISED_NOUNS:
        is_name_word = is_in_name | (is_capitalised & (capital_share >= NAME_SHARE)[word])
    # In a name, an adjective can be the last word: "Lund Weekly".
    follows_name = np.zeros(len(word), dtype="bool")
    follows_name[1:] = shows_name[:-1]
    is_in_name |= shows_name & follows_name
    kind[is_in_name] = _Kind.NOUN
    common_adjectives = _listed_words(language).get("common adjective", frozenset())
    is_common = np.array([word in common_adjectives for word in types], dtype="bool")
    is_common_adjective = is_common[word] & ~is_in_name
    kind[is_common_adjective] = _Kind.MODIFIER
    # In texts split into words, also the hyphen of "64 - bit".
    numerals = _listed_words(language).get("quantity", frozenset()) | ORDINALS | {"-"}
    is_numeral = np.array(
        [word in numerals or NUMBER.match(word) is not None for word in types], dtype="bool"
    )
    is_participle = np.array([word.endswith(("ed", "ing")) for word in types], dtype="bool")
    return _Words(
        kind=kind,
        head_share=np.where(is_in_name, 1.0, head_share),
        lemma=lemma_of_type[word],
        is_numeral=is_numeral[word],
        is_common_adjective=is_common_adjective,
        is_participle=is_participle[word] & (language == "en"),
        is_name_word=is_name_word,
        is_informative=is_informative,
        is_capitalised=is_capitalised,
    )


def _informative_capitals(
    tokens: _Tokens, is_capitalised: np.ndarray, is_break: np.ndarray
) -> np.ndarray:
    """Return the tokens that are neither at the start of a sentence nor in a headline."""
    follows_break = np.ones(len(is_break), dtype="bool")
    follows_break[1:] = is_break[:-1]

    is_line_end = np.array([token == "\n" for token in tokens.vocabulary], dtype="bool")
    line = np.cumsum(is_line_end[tokens.ids])
    lines = int(line.max(initial=0)) + 1
    lengths = np.array([len(token) for token in tokens.vocabulary])
    is_long = lengths[tokens.ids] >= MIN_LETTERS_IN_TITLE_CASE
    long_words = np.bincount(line[is_long], minlength=lines)
    capitals = np.bincount(line[is_long & is_capitalised], minlength=lines)
    is_headline = capitals >= TITLE_CASE_SHARE * np.maximum(long_words, 1)
    is_headline &= np.bincount(line, minlength=lines) <= MAX_HEADLINE_TOKENS
    return ~follows_break & ~is_headline[line]


@cache
def _listed_words(language: str) -> dict[str, frozenset[str]]:
    """Return the words of each kind in the list of a language."""
    if language not in languages_with("text/term_words"):
        return {}
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for row in read_lexicon(f"{language}/text/term_words"):
        kinds[row["kind"]].add(fold(row["word"]))
    return {kind: frozenset(words) for kind, words in kinds.items()}


@cache
def _places(language: str) -> dict[str, int]:
    """Return the place of each grammatical word of a language."""
    places = dict.fromkeys(function_words(language), _Place.OTHER)
    if language == "en":
        places |= dict.fromkeys(map(fold, read_words("en/text/stopwords")), _Place.OTHER)
    listed = _listed_words(language)
    # The first kind in PLACE_OF_KIND counts for a word with several kinds.
    for kind, place in reversed(PLACE_OF_KIND.items()):
        places |= dict.fromkeys(listed.get(kind, ()), place)
    return places


def never_in_terms(language: str) -> frozenset[str]:
    """List the words that are never part of a term, folded: grammatical words, days, formulas.

    Parameters
    ----------
    language : str
        Two letters.

    Returns
    -------
    frozenset of str
        The words; empty for a language without a list.

    Examples
    --------
    >>> words = never_in_terms("en")
    >>> "told" in words, "monday" in words, "talks" in words
    (True, True, False)
    """
    may_begin_terms = _listed_words(language).get("common adjective", frozenset())
    return frozenset(_places(language)) - may_begin_terms


def _place_of(word: str, language: str) -> int:
    """Return the place of a folded word or of a punctuation mark."""
    if word in POSSESSIVES:
        return _Place.JOINER
    if not word[:1].isalpha() or NUMBER.fullmatch(word):
        return _Place.OTHER
    return _places(language).get(word, _Place.CONTENT)


def _neighbours(place: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the places of the preceding and the following token of each token."""
    left = np.full(len(place), _Place.OTHER, dtype="int8")
    left[1:] = place[:-1]
    right = np.full(len(place), _Place.OTHER, dtype="int8")
    right[:-1] = place[1:]
    return left, right


def _kinds_in_english(
    types: list[str], word: np.ndarray, place: np.ndarray, capital_share: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Distinguish nouns, modifiers and other words by their use in all texts.

    The second array is the share of the occurrences of each word that end a noun phrase.
    """
    left, right = _neighbours(place)
    is_content = place == _Place.CONTENT
    after_opening = np.isin(left, BEFORE_NOUNS)
    after_content = left == _Place.CONTENT
    expected = np.array([_prior_of(word) for word in types]).reshape(-1, 3)
    is_likely_verb = expected[:, 1] >= LIKELY_VERB_SHARE
    before_verb = np.zeros(len(word), dtype="bool")
    before_verb[:-1] = is_likely_verb[word[1:]]
    before_content = (right == _Place.CONTENT) & ~before_verb
    before_object = np.isin(right, (_Place.DETERMINER, _Place.PRONOUN))
    after_verb_marker = left == _Place.VERB_MARKER
    after_auxiliary = left == _Place.AUXILIARY
    before_head_sign = np.isin(right, (_Place.AUXILIARY, _Place.JOINER))

    def uses(condition: np.ndarray) -> np.ndarray:
        """Count the tokens of each type that fulfil a condition."""
        return np.bincount(word[condition & is_content], minlength=len(types)).astype("float64")

    noun = uses(after_opening & ~before_content & ~before_object)
    noun += WEIGHT_OF_HEAD_POSITION * uses(after_content & before_head_sign)
    verb = uses(after_verb_marker | (~after_opening & before_object))
    adjective = WEIGHT_OF_MODIFIER_POSITION * uses(after_opening & before_content)
    adjective += uses((left == _Place.DEGREE) | (after_auxiliary & ~before_content))

    occurrences = np.maximum(np.bincount(word, minlength=len(types)), 1)
    with_determiner = uses(
        np.isin(left, (_Place.DETERMINER, _Place.ADJECTIVE)) & ~before_content & ~before_object
    )
    as_head = uses((after_opening | after_content) & ~before_content & ~before_object)

    is_name_word = capital_share >= NAME_SHARE
    prior = PRIOR_USES * expected
    # A capitalised word is a noun unless it is listed as an adjective ("British").
    adjectives = _english_adjectives()
    is_adjective = np.array([word in adjectives for word in types], dtype="bool")
    prior[is_name_word & ~is_adjective] = [PRIOR_USES, 0, 0]

    observed = np.column_stack([noun, verb, adjective]) + prior
    share = observed / np.maximum(observed.sum(axis=1, keepdims=True), 1e-9)
    noun_share = share[:, 0]
    verb_share = np.where(is_name_word, 0.0, share[:, 1])
    is_participle = np.array([word.endswith(("ed", "ing")) for word in types], dtype="bool")
    is_gerund = np.array([_is_gerund(word) for word in types], dtype="bool") & ~is_name_word
    is_action_noun = (with_determiner >= MIN_USES_OF_GERUND) & (
        with_determiner >= MIN_SHARE_OF_GERUND * occurrences
    )
    is_superlative = np.array([_is_superlative(word) for word in types], dtype="bool")
    is_adverb = np.array([_is_adverb(word) for word in types], dtype="bool") & ~is_name_word

    is_noun_type = (noun_share >= MIN_NOUN_SHARE) & ~is_adjective & ~is_adverb
    is_noun_type &= ~is_superlative & (~is_gerund | is_action_noun)
    is_noun_type &= is_name_word | ~np.array([_is_past_form(word) for word in types], dtype="bool")
    is_modifier_type = ~is_adverb & (verb_share < AMBIGUOUS_VERB_SHARE)

    kind = np.zeros(len(word), dtype="int8")
    kind[is_content & is_modifier_type[word]] = _Kind.MODIFIER

    ambiguous = verb_share[word] >= AMBIGUOUS_VERB_SHARE
    shown_by_left = after_opening | (after_content & (noun_share[word] >= NOUN_SHARE_AFTER_NOUN))
    is_noun = is_content & is_noun_type[word] & (~ambiguous | (shown_by_left & ~before_object))
    kind[is_noun] = _Kind.NOUN

    is_verb = after_verb_marker & (verb_share[word] >= MIN_VERB_SHARE_AFTER_MARKER)
    is_verb |= after_auxiliary & is_participle[word] & ~is_name_word[word]
    kind[is_verb] = _Kind.BOUNDARY
    kind[(place == _Place.JOINER) & _can_join(types, word)] = _Kind.JOINER

    is_plural = np.array([_possible_bases(word, "s") != [] for word in types], dtype="bool")
    head_share = np.where(is_name_word | is_plural, 1.0, as_head / occurrences)
    return kind, head_share[word]


def _can_join(types: list[str], word: np.ndarray) -> np.ndarray:
    """Return the tokens that follow a noun which a joiner may join to the next noun."""
    partitive = _listed_words("en")["partitive"]
    is_plural = np.array([word in POSSESSIVE_PLURALS for word in types], dtype="bool")
    ends_in_s = np.array([word.endswith("s") for word in types], dtype="bool")
    is_partitive = np.array(
        [not partitive.isdisjoint([word, *_possible_bases(word, "s")]) for word in types],
        dtype="bool",
    )
    is_s = np.array([word in POSSESSIVES[:2] for word in types], dtype="bool")
    is_apostrophe = np.array([word in POSSESSIVES[2:] for word in types], dtype="bool")

    left = np.roll(word, 1)
    can_join = ~is_s[word] & ~is_apostrophe[word] & ~is_partitive[left]  # of
    can_join |= is_s[word] & is_plural[left]
    can_join |= is_apostrophe[word] & ends_in_s[left]
    return can_join


def _kinds_in_other_language(
    types: list[str],
    word: np.ndarray,
    place: np.ndarray,
    capital_share: np.ndarray,
    language: str,
) -> np.ndarray:
    """Treat all content words as nouns, except lower-case words where nouns are capitalised."""
    kind = np.zeros(len(word), dtype="int8")
    is_content = place == _Place.CONTENT
    is_noun_type = np.array([len(word) >= MIN_TERM_LETTERS for word in types], dtype="bool")
    if language in CAPITALISED_NOUNS:
        is_noun_type &= capital_share >= NAME_SHARE
    kind[is_content] = _Kind.MODIFIER
    kind[is_content & is_noun_type[word]] = _Kind.NOUN
    if language in UNSPACED:
        # A longer run of characters is not a word, but a clause.
        is_clause = np.array([len(word) > MAX_UNSPACED_LETTERS for word in types], dtype="bool")
        kind[is_content & is_clause[word]] = _Kind.BOUNDARY
    left, _ = _neighbours(place)
    kind[is_content & (left == _Place.VERB_MARKER)] = _Kind.BOUNDARY
    kind[place == _Place.JOINER] = _Kind.JOINER
    return kind


class _Uses(NamedTuple):
    """How often WordNet's texts use a word as a noun, a verb and an adjective."""

    noun: float
    verb: float
    adjective: float


@cache
def _recorded_uses() -> dict[str, _Uses]:
    """Return the uses of English base forms, and of irregular forms of verbs."""
    uses: defaultdict[str, _Uses] = defaultdict(lambda: _Uses(0.0, 0.0, 0.0))
    for row in read_lexicon("en/events/word_uses"):
        noun, verb, adjective = (float(row[name] or 0) for name in ("noun", "verb", "adjective"))
        word = uses[row["word"]]
        uses[row["word"]] = _Uses(word.noun + noun, word.verb + verb, word.adjective + adjective)
        # "fell" is a form of "fall", and a word of its own.
        for form in row["irregular"].split():
            uses[form] = uses[form]._replace(verb=uses[form].verb + 1.0 + verb)
    for noun in words_of("en/speech/person_nouns"):
        uses.setdefault(noun, _Uses(1.0, 0.0, 0.0))
    return dict(uses)


@cache
def _english_adjectives() -> frozenset[str]:
    """Return the listed adjectives, with those of nationalities."""
    nationalities = words_of("en/names/countries", "nationality")
    return _listed_words("en")["adjective"] | nationalities


@cache
def _prior_of(word: str) -> _Uses:
    """Estimate the shares of the uses of an English word from the list and from its ending."""
    recorded = _recorded_uses()
    if word in recorded and sum(recorded[word]):
        return _shares(recorded[word])
    if word in recorded:
        return _shares(_Uses(1.0, 1.0, 0.0))

    for base in _possible_bases(word, "s"):
        if base in recorded:
            noun, verb, _ = recorded[base]
            return _shares(_Uses(noun + 0.5, verb, 0.0))
    if any(base in recorded and recorded[base].verb for base in _possible_bases(word, "ed")):
        return _Uses(0.0, 0.9, 0.1)
    if any(base in recorded and recorded[base].verb for base in _possible_bases(word, "ing")):
        return _Uses(0.25, 0.7, 0.05)

    if word.endswith(NOUN_ENDINGS) or word.removesuffix("s").endswith(NOUN_ENDINGS):
        return _Uses(1.0, 0.0, 0.0)
    if word.endswith(ADJECTIVE_ENDINGS):
        return _Uses(0.15, 0.0, 0.85)
    if word.endswith(("ed", "ing")):
        return _Uses(0.2, 0.4, 0.4)
    return _Uses(0.8, 0.0, 0.2)


def _shares(uses: _Uses) -> _Uses:
    """Return the uses as shares of 1."""
    total = sum(uses)
    return _Uses(*(number / total for number in uses))


def _possible_bases(word: str, ending: str) -> list[str]:
    """Return the base forms that an inflected English word may have."""
    if not word.endswith(ending) or len(word) <= len(ending) + 2:
        return []
    stem = word.removesuffix(ending)
    if ending == "s":
        bases = [stem]
        if word.endswith("ies"):
            bases.append(f"{word[:-3]}y")
        if word.endswith("es"):
            bases.append(word[:-2])
        if word.endswith("ves"):
            bases += [f"{word[:-3]}f", f"{word[:-3]}fe"]
        return [] if word.endswith(("ss", "us", "is")) else bases
    bases = [stem, f"{stem}e"]
    if stem.endswith("i"):
        bases.append(f"{stem[:-1]}y")
    if stem[-1] == stem[-2]:
        bases.append(stem[:-1])  # planned
    return bases


@cache
def _is_gerund(word: str) -> bool:
    """Return whether an English word ends in -ing and is not recorded as a noun."""
    if not word.endswith("ing") or len(word) <= 5:
        return False
    recorded = _recorded_uses().get(word)
    return recorded is None or recorded.noun == 0


@cache
def _is_past_form(word: str) -> bool:
    """Return whether an English word is a form in -ed of a verb, and not recorded as a noun."""
    recorded = _recorded_uses()
    is_noun = word in recorded and recorded[word].noun > 0
    return not is_noun and any(base in recorded for base in _possible_bases(word, "ed"))


@cache
def _is_superlative(word: str) -> bool:
    """Return whether an English word is a superlative ("closest") and not a noun ("forest")."""
    if not word.endswith("est") or len(word) <= 5:
        return False
    bases = [word[:-3], word[:-2], f"{word[:-4]}y", word[:-4]]
    adjectives = _english_adjectives()
    recorded = _recorded_uses()
    is_noun = word in recorded and recorded[word].noun > 0
    return not is_noun and any(
        base in adjectives or (base in recorded and recorded[base].adjective > 0) for base in bases
    )


def _is_adverb(word: str) -> bool:
    """Return whether an English word is an adverb in -ly, and not a noun such as "supply"."""
    if not word.endswith("ly") or len(word) <= 4:
        return False
    recorded = _recorded_uses().get(word)
    is_noun = recorded is not None and recorded.noun > 0
    return not is_noun and word not in NOUNS_IN_LY


def _lemmas(types: list[str], is_content: np.ndarray, language: str) -> list[str]:
    """Return the word that represents all forms of each folded word."""
    if language != "en":
        stem = _stemmer(language)
        return [stem(word) for word in types]
    known = {word for word, content in zip(types, is_content, strict=True) if content}
    lemmas = []
    for word in types:
        bases = [base for base in _possible_bases(word, "s") if base in known and len(base) > 2]
        if word.endswith("men") and f"{word[:-3]}man" in known:
            bases.append(f"{word[:-3]}man")
        # The shortest change is tried first: "prices" is the plural of "price", not of "pric".
        lemmas.append(bases[0] if bases else word)
    return lemmas


@cache
def _stemmer(language: str):
    """Return a function that stems folded words, or leaves them if there are no rules for them."""
    if language not in SNOWBALL_LANGUAGES:
        return str
    from nltk.stem.snowball import SnowballStemmer  # slow to load, and only needed here

    return SnowballStemmer(SNOWBALL_LANGUAGES[language]).stem


# Candidates -------------------------------------------------------------------------------------


def _find_candidates(words: _Words, min_count: int) -> list[_Occurrences]:
    """Find runs of one word up to MAX_TERM_WORDS words that can be a term, by length."""
    is_noun = words.kind == _Kind.NOUN
    is_content = is_noun | (words.kind == _Kind.MODIFIER)
    is_joiner = words.kind == _Kind.JOINER
    lemmas = int(words.lemma.max(initial=0)) + 1

    # All runs that begin with a content word, whether or not they end in a noun: their codes are
    # the beginnings of the codes of longer runs.
    starts = np.flatnonzero(is_content)
    codes = words.lemma[starts]
    has_joiner = np.zeros(len(starts), dtype="bool")
    candidates = []
    for length in range(1, MAX_RUN_WORDS + 1):
        if length > 1:
            ends = starts + length - 1
            inside = ends < len(words.kind)
            starts, codes, has_joiner, ends = (
                values[inside] for values in (starts, codes, has_joiner, ends)
            )
            # One joiner, between two nouns: "head of state".
            joins = is_joiner[ends] & is_noun[ends - 1] & ~has_joiner
            fits = is_content[ends] & (is_noun[ends] | ~is_joiner[ends - 1])
            fits |= joins
            # A name ends a description: "leader | Anna Bell".
            before_end = np.where(is_joiner[ends - 1], ends - 2, ends - 1)
            fits &= words.is_name_word[before_end] | ~words.is_name_word[ends] | joins
            # A common adjective can only be the first word.
            fits &= ~words.is_common_adjective[ends]
            # A participle can only be the first word: "armed groups", but not "phones used".
            fits &= ~words.is_participle[ends] | is_noun[ends]
            starts = starts[fits]
            has_joiner = (has_joiner | joins)[fits]
            codes = codes[fits] * lemmas + words.lemma[ends[fits]]

        _, codes, counts = np.unique(codes, return_inverse=True, return_counts=True)
        frequent = counts[codes] >= min_count
        starts = starts[frequent]
        codes = codes[frequent]
        has_joiner = has_joiner[frequent]

        ends_in_noun = is_noun[starts + length - 1]
        valid_codes = codes[ends_in_noun]
        _, valid_codes, valid_counts = np.unique(
            valid_codes, return_inverse=True, return_counts=True
        )
        candidates.append(_Occurrences(starts[ends_in_noun], valid_codes, valid_counts))
    return candidates


def _accept(
    candidates: list[_Occurrences],
    words: _Words,
    tokens: _Tokens,
    language: str,
    min_count: int,
) -> list[np.ndarray]:
    """Decide which candidates of each length are terms: frequent, associated, not fragments."""
    accepted = [occurrences.counts >= min_count for occurrences in candidates]
    for length in range(2, MAX_RUN_WORDS + 1):
        accepted[length - 1] &= _are_associated(candidates[length - 1], length, words)

    is_term = [values.copy() for values in accepted]
    for shorter in range(1, MAX_RUN_WORDS):
        for longer in range(shorter + 1, MAX_RUN_WORDS + 1):
            # A fragment is recognised by any longer candidate, even if that is a fragment itself.
            is_fragment = _are_fragments(candidates, accepted, shorter, longer, len(words.kind))
            is_term[shorter - 1] &= ~is_fragment

    for length in range(2, MAX_RUN_WORDS + 1):
        if language == "en":
            is_term[length - 1] &= _are_complete(candidates[length - 1], length, words)

    is_term[0] &= _can_be_alone(candidates[0], words, tokens, language)
    is_covered = _covered_tokens(candidates, is_term, len(words.kind))
    is_term[0] &= ~_are_parts(candidates[0], is_covered)
    for length in range(MAX_TERM_WORDS + 1, MAX_RUN_WORDS + 1):
        longest = candidates[length - 1]
        names = np.bincount(
            longest.codes[words.is_name_word[longest.starts + length - 1]],
            minlength=len(longest.counts),
        )
        is_term[length - 1] &= names >= NAME_SHARE * longest.counts
    return is_term


def _are_fragments(
    candidates: list[_Occurrences], accepted: list[np.ndarray], shorter: int, longer: int, size: int
) -> np.ndarray:
    """Return which candidates of one length occur mostly in a single candidate of another."""
    inner_candidates = candidates[shorter - 1]
    outer = candidates[longer - 1]
    is_fragment = np.zeros(len(inner_candidates.counts), dtype="bool")
    code_at = _codes_by_position(inner_candidates, size)
    shown = accepted[longer - 1][outer.codes]
    outer_codes = outer.codes[shown]
    for offset in range(longer - shorter + 1):
        inner = code_at[outer.starts[shown] + offset]
        is_inside = inner >= 0
        width = max(len(outer.counts), 1)
        pair, together = np.unique(
            inner[is_inside] * width + outer_codes[is_inside], return_counts=True
        )
        code = pair // width
        is_fragment[code[together >= FRAGMENT_SHARE * inner_candidates.counts[code]]] = True
    return is_fragment


def _covered_tokens(
    candidates: list[_Occurrences], is_term: list[np.ndarray], size: int
) -> np.ndarray:
    """Return the tokens that are part of a term of several words."""
    is_covered = np.zeros(size, dtype="bool")
    for length in range(2, MAX_RUN_WORDS + 1):
        longer = candidates[length - 1]
        starts = longer.starts[is_term[length - 1][longer.codes]]
        for offset in range(length):
            is_covered[starts + offset] = True
    return is_covered


def _are_parts(words: _Occurrences, is_covered: np.ndarray) -> np.ndarray:
    """Return which single words occur nearly always as part of longer terms."""
    covered = np.bincount(words.codes[is_covered[words.starts]], minlength=len(words.counts))
    return covered >= PART_SHARE * words.counts


def _codes_by_position(occurrences: _Occurrences, tokens: int) -> np.ndarray:
    """Return the code of the candidate that starts at each token, or -1."""
    code_at = np.full(tokens + MAX_RUN_WORDS, -1, dtype="int64")
    code_at[occurrences.starts] = occurrences.codes
    return code_at


def _are_associated(occurrences: _Occurrences, length: int, words: _Words) -> np.ndarray:
    """Return which candidates of several words occur more often than by chance."""
    counts = occurrences.counts
    if not len(counts):
        return np.zeros(0, dtype="bool")
    content = (words.kind == _Kind.NOUN) | (words.kind == _Kind.MODIFIER)
    frequency = np.bincount(words.lemma[content], minlength=int(words.lemma.max()) + 1)
    total = max(int(content.sum()), 2)

    example = np.zeros(len(counts), dtype="int64")
    example[occurrences.codes] = occurrences.starts
    first = frequency[words.lemma[example]]
    last = frequency[words.lemma[example + length - 1]]
    expected = first.astype("float64") * last / total
    association = np.log(counts / np.maximum(expected, 1e-12)) / -np.log(counts / total)

    is_adjective = np.ones(len(counts), dtype="bool")
    is_noun_at_start = words.kind[occurrences.starts] == _Kind.NOUN
    is_adjective[occurrences.codes[is_noun_at_start]] = False
    least = np.where(is_adjective, MIN_ASSOCIATION_OF_ADJECTIVE, MIN_ASSOCIATION)

    is_joined = np.zeros(len(counts), dtype="bool")
    for offset in range(1, length - 1):
        is_joined |= words.kind[example + offset] == _Kind.JOINER
    least[is_joined] = MIN_ASSOCIATION_OF_JOINED
    is_associated = (association >= least) & (~is_joined | (counts >= MIN_COUNT_OF_JOINED))

    is_common = words.is_common_adjective[example]
    return is_associated & (~is_common | _follow_typically(example, frequency, words))


def _follow_typically(starts: np.ndarray, frequency: np.ndarray, words: _Words) -> np.ndarray:
    """Return whether the second word of each run often follows its first, a common adjective."""
    width = len(frequency)
    adjectives = np.flatnonzero(words.is_common_adjective[:-1])
    pairs = words.lemma[adjectives] * width + words.lemma[adjectives + 1]
    codes, counts = np.unique(pairs, return_counts=True)
    if not len(codes):
        return np.zeros(len(starts), dtype="bool")

    run_pairs = words.lemma[starts] * width + words.lemma[starts + 1]
    position = np.minimum(np.searchsorted(codes, run_pairs), len(codes) - 1)
    together = np.where(codes[position] == run_pairs, counts[position], 0)
    second = frequency[words.lemma[starts + 1]]
    return (together >= MIN_SHARE_AFTER_COMMON_ADJECTIVE * second) & (
        together >= MIN_COUNT_AFTER_COMMON_ADJECTIVE
    )


def _are_complete(occurrences: _Occurrences, length: int, words: _Words) -> np.ndarray:
    """Return which candidates of several words are neither preceded nor followed by a part."""
    starts = occurrences.starts
    after_numeral = words.is_numeral[np.maximum(starts - 1, 0)]
    ends = starts + length
    next_kind = words.kind[np.minimum(ends, len(words.kind) - 1)]
    goes_on = (next_kind == _Kind.NOUN) | (next_kind == _Kind.MODIFIER)
    is_noun_phrase = words.head_share[ends - 1] >= MIN_HEAD_SHARE_IN_PHRASE

    def share(condition: np.ndarray) -> np.ndarray:
        """Return the share of the occurrences of each candidate that fulfil a condition."""
        fulfilled = np.bincount(occurrences.codes[condition], minlength=len(occurrences.counts))
        return fulfilled / occurrences.counts

    has_numeral = share(after_numeral) >= SHARE_AFTER_NUMERAL
    is_cut_off = share(goes_on) >= SHARE_BEFORE_NOUN
    return ~has_numeral & ~is_cut_off & (share(is_noun_phrase) > 0)


def _can_be_alone(
    occurrences: _Occurrences, words: _Words, tokens: _Tokens, language: str
) -> np.ndarray:
    """Return which single words can be terms: long enough, nouns, and not vague ("side")."""
    vague = _listed_words(language).get("vague noun", frozenset())
    allowed = []
    for token in tokens.vocabulary:
        word = fold(token)
        forms = [word, *_possible_bases(word, "s")] if language == "en" else [word]
        if word.endswith("men"):
            forms.append(f"{word[:-3]}man")
        is_long = len(word) >= MIN_TERM_LETTERS or (len(word) == 2 and token.isupper())
        allowed.append(is_long and vague.isdisjoint(forms))
    is_allowed = np.array(allowed, dtype="bool")[tokens.ids[occurrences.starts]]
    is_allowed &= words.head_share[occurrences.starts] >= MIN_HEAD_SHARE_ALONE

    can_be_alone = np.zeros(len(occurrences.counts), dtype="bool")
    can_be_alone[occurrences.codes[is_allowed]] = True
    return can_be_alone


class _Spelled(NamedTuple):
    """The spelling of each term."""

    terms: list[str]
    is_name: np.ndarray


def _spell(
    starts: np.ndarray,
    codes: np.ndarray,
    length: int,
    terms: int,
    is_free: np.ndarray,
    tokens: _Tokens,
    words: _Words,
) -> _Spelled:
    """Choose the most frequent spelling of each term, and decide whether it is a name."""
    if not terms:
        return _Spelled([], np.zeros(0, dtype="bool"))
    spelling = np.zeros(len(starts), dtype="int64")
    is_informative = is_free.copy()
    is_capitalised = np.ones(len(starts), dtype="bool")
    for offset in range(length):
        position = starts + offset
        spelling = spelling * len(tokens.vocabulary) + tokens.ids[position]
        _, spelling = np.unique(spelling, return_inverse=True)
        is_joiner = words.kind[position] == _Kind.JOINER
        is_capitalised &= words.is_capitalised[position] | is_joiner
        # Only the first word can be at the start of a sentence; a headline is uninformative.
        is_informative &= words.is_informative[position]

    spellings = int(spelling.max()) + 1
    pairs, representative, pair = np.unique(
        codes * spellings + spelling, return_index=True, return_inverse=True
    )
    weight = np.bincount(pair, weights=np.where(is_informative, 1.0, WEIGHT_AT_SENTENCE_START))
    # The last of the sorted pairs is the heaviest; among equals, lower case comes before capitals
    # in reverse alphabetical order.
    order = np.lexsort((pairs % spellings, weight, pairs // spellings))
    chosen = np.zeros(terms, dtype="int64")
    chosen[(pairs // spellings)[order]] = representative[order]

    informative = np.bincount(codes[is_informative], minlength=terms)
    names = np.bincount(codes[is_informative & is_capitalised], minlength=terms)
    spelled = [_join(tokens, start, length) for start in starts[chosen]]
    share = names / np.maximum(informative, 1)

    # Without informative occurrences, only several words with capitals, or an acronym, are a name.
    all_occurrences = np.bincount(codes, minlength=terms)
    capitalised = np.bincount(codes[is_capitalised], minlength=terms)
    is_acronym = np.array([term.isupper() for term in spelled], dtype="bool")
    is_likely_name = (capitalised >= NAME_SHARE * all_occurrences) & ((length > 1) | is_acronym)
    return _Spelled(spelled, np.where(informative > 0, share >= NAME_SHARE, is_likely_name))


def _join(tokens: _Tokens, start: int, length: int) -> str:
    """Write the words of a term; a possessive and an elided article have no space."""
    written = ""
    for number in tokens.ids[start : start + length]:
        token = tokens.vocabulary[number]
        attached = token in POSSESSIVES or not written or written.endswith(("d'", "d’", "l'", "l’"))
        written += token if attached else f" {token}"
    return written


def _folded_names(names: Iterable[str]) -> frozenset[str]:
    """Return names and the single words of names, folded."""
    folded = set()
    for name in names:
        words = [fold(word) for word in TOKEN.findall(name)]
        folded.update(words)
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                folded.add(" ".join(words[start:end]))
    return frozenset(folded)


# Distinctive terms ------------------------------------------------------------------------------

DISTINCTIVE_COLUMNS = {
    "group": "object",
    "term": "str",
    "is_name": "bool",
    "count": "int64",
    "articles": "int64",
    "group_articles": "int64",
    "reference": "int64",
    "reference_articles": "int64",
    "log_ratio": "float64",
    "low": "float64",
    "high": "float64",
    "score": "float64",
}


def distinctive_terms(
    counts: TermCounts,
    groups: Sequence[Hashable],
    *,
    articles: Sequence[Hashable] | None = None,
) -> pd.DataFrame:
    """Compare the terms of each group with those of all other groups.

    Parameters
    ----------
    counts : TermCounts
        As `count_terms` returns them.
    groups : sequence
        The group of each unit. Units whose group is None belong to the reference of all groups.
    articles : sequence, optional
        The article of each unit. By default, each unit is an article.

    Returns
    -------
    pandas.DataFrame
        One row per group and term that the group uses more often than the rest, sorted by group
        and `score` (largest first).

        - `group`, `term`, `is_name`
        - `count`, `articles`: occurrences in the group, and its articles with the term
        - `group_articles`: all articles of the group
        - `reference`, `reference_articles`: the same for all other groups
        - `log_ratio`: of the relative frequencies; 1 means twice as frequent in the group; missing
          if there are no other groups
        - `low`, `high`: 95 % confidence interval of the log ratio
        - `score`: `low`, weighted by the share of the group's articles that use the term

    Notes
    -----
    Articles, not words, are treated as the sample: the interval is based on the differences
    between the articles of a group (the variance of a ratio estimator for clusters), so that a word
    that a single article repeats has a wide interval. Within a single article, words are treated
    as independent.

    Examples
    --------
    >>> counts = count_terms(["The dam and the dam.", "A bus. The bus."], ["a", "b"])
    >>> distinctive_terms(counts, ["a", "b"])[["group", "term", "count", "log_ratio"]]
      group term  count  log_ratio
    0     a  dam      2       1.68
    1     b  bus      2       2.32
    """
    from scipy.sparse import csr_matrix

    group_numbers, labels = pd.factorize(pd.Series(list(groups), dtype="object"), sort=False)
    if not len(labels) or not len(counts.terms):
        return _distinctive_table({})
    owners = counts.units if articles is None else list(articles)
    owner_numbers, owner_labels = pd.factorize(pd.Series(owners, dtype="object"), sort=False)

    # The sample: one row for each article within each group.
    pair_of_unit = group_numbers.astype("int64") * len(owner_labels) + owner_numbers
    pairs, pair_number = np.unique(pair_of_unit, return_inverse=True)
    group_of_pair = pairs // len(owner_labels)  # -1: in no group
    units = len(pair_number)
    collapse = csr_matrix(
        (np.ones(units, dtype="int64"), (pair_number, np.arange(units))), shape=(len(pairs), units)
    )
    matrix = (collapse @ counts.matrix).tocsr().astype("float64")
    sizes = (collapse @ counts.sizes).astype("float64")

    in_group = np.flatnonzero(group_of_pair >= 0)
    membership = csr_matrix(
        (np.ones(len(in_group)), (group_of_pair[in_group], in_group)),
        shape=(len(labels), len(pairs)),
    )
    squares = matrix.copy()
    squares.data **= 2
    products = matrix.multiply(sizes[:, None]).tocsr()
    presence = matrix.copy()
    presence.data[:] = 1.0
    sums = [_Sums(membership, values) for values in (matrix, squares, products, presence)]
    rows = sums[0].rows
    columns = sums[0].columns
    count, square, product, present = sums

    words = membership @ sizes
    squared_sizes = membership @ sizes**2
    group_articles = np.asarray(membership.sum(axis=1)).ravel()

    inside = _Sample(
        count.inside,
        square.inside,
        product.inside,
        words[rows],
        squared_sizes[rows],
        group_articles[rows],
    )
    outside = _Sample(
        count.outside,
        square.outside,
        product.outside,
        sizes.sum() - words[rows],
        (sizes**2).sum() - squared_sizes[rows],
        len(pairs) - group_articles[rows],
    )
    relative = (without_zeros(inside.count) / np.maximum(inside.words, 1)) / (
        without_zeros(outside.count) / np.maximum(outside.words, 1)
    )
    ratio = np.log2(relative)
    half_interval = (
        Z95 * np.sqrt(inside.relative_variance() + outside.relative_variance()) / np.log(2)
    )
    # Without other groups, no term is more frequent than elsewhere.
    has_reference = outside.words > 0
    ratio = np.where(has_reference, ratio, np.nan)
    low = ratio - half_interval
    share = present.inside / np.maximum(group_articles[rows], 1)
    table = _distinctive_table(
        {
            "group": labels.to_numpy()[rows],
            "term": counts.terms[columns],
            "is_name": counts.is_name[columns],
            "count": inside.count,
            "articles": present.inside,
            "group_articles": group_articles[rows],
            "reference": outside.count,
            "reference_articles": present.outside,
            "log_ratio": ratio.round(2),
            "low": low.round(2),
            "high": (ratio + half_interval).round(2),
            "score": (low * np.sqrt(share)).round(3),
        }
    )
    is_above = ~has_reference | (ratio > 0)
    table = table[is_above].assign(number=rows[is_above])
    table = table.sort_values(["number", "score", "term"], ascending=[True, False, True])
    return table.drop(columns="number").reset_index(drop=True)


def _distinctive_table(columns: dict) -> pd.DataFrame:
    """Create a table of distinctive terms."""
    data = {
        name: pd.Series(columns.get(name, ()), dtype="object").astype(dtype)
        for name, dtype in DISTINCTIVE_COLUMNS.items()
    }
    return pd.DataFrame(data)


class _Sums:
    """The sums of a matrix over each group, and over all other rows, where a group has the term."""

    def __init__(self, membership, values):
        total = np.asarray(values.sum(axis=0)).ravel()
        sums = (membership @ values).tocsr()
        sums.sort_indices()
        coordinates = sums.tocoo()
        self.rows = coordinates.row
        self.columns = coordinates.col
        self.inside = coordinates.data
        self.outside = total[coordinates.col] - coordinates.data


class _Sample(NamedTuple):
    """Counts of terms in a sample of articles, and their sums of squares and products."""

    count: np.ndarray
    squares: np.ndarray
    products: np.ndarray  # of counts and sizes
    words: np.ndarray
    squared_sizes: np.ndarray
    articles: np.ndarray

    def relative_variance(self) -> np.ndarray:
        """Return the variance of each relative frequency, relative to its square."""
        count = without_zeros(self.count)
        independent = 1 / count
        rate = self.count / np.maximum(self.words, 1)
        residuals = self.squares - 2 * rate * self.products + rate**2 * self.squared_sizes
        correction = self.articles / np.maximum(self.articles - 1, 1)
        between_articles = np.maximum(residuals, 0) / count**2 * correction
        has_several = (self.articles > 1) & (self.count > 0)
        return np.where(has_several, np.maximum(independent, between_articles), independent)


def label_groups(
    counts: TermCounts,
    groups: Sequence[Hashable],
    *,
    articles: Sequence[Hashable] | None = None,
    n: int = 3,
) -> dict[Hashable, list[str]]:
    """Choose the terms that describe each group best, as labels for people.

    Parameters
    ----------
    counts, groups, articles
        As for `distinctive_terms`.
    n : int, default 3
        The maximum number of terms for each group.

    Returns
    -------
    dict
        The terms of each group, best first. No term is used for two groups, and no two terms of a
        group share a word. The list of a group is empty if no term distinguishes it.

    Examples
    --------
    >>> counts = count_terms(["The dam and the dam.", "A bus. The bus."], ["a", "b"])
    >>> label_groups(counts, ["a", "b"])
    {'a': ['dam'], 'b': ['bus']}
    """
    labels: dict[Hashable, list[str]] = {
        group: [] for group in dict.fromkeys(groups) if group is not None
    }
    table = distinctive_terms(counts, groups, articles=articles)
    length_of = dict(zip(counts.terms, counts.length, strict=True))
    is_phrase = np.array([length_of[term] > 1 for term in table.term], dtype="bool")
    weight = np.where(
        table.is_name,
        np.where(is_phrase, FULL_NAME_FACTOR, NAME_FACTOR),
        np.where(is_phrase, PHRASE_FACTOR, 1.0),
    )

    # A term of a single article does not describe a group of several.
    is_general = (table.articles > 1) | (table.group_articles == 1)
    is_key = is_general & (table.low > 0)
    key_terms = table.assign(score=table.score * weight)[is_key]
    _add_labels(labels, key_terms, n)

    # Small groups may have no term whose interval excludes 0.
    has_no_label = table.group.map(lambda group: not labels[group]).astype("bool")
    share = table.articles / table.group_articles
    # The log ratio is missing if there are no other groups.
    excess = table.log_ratio.fillna(1.0).clip(lower=0)
    score = table["count"] * excess * share * weight
    _add_labels(labels, table.assign(score=score)[has_no_label & (score > 0)], n)
    return labels


def _add_labels(labels: dict[Hashable, list[str]], table: pd.DataFrame, n: int) -> None:
    """Add the best terms of a table that no group uses yet, at most n for each group."""
    longer_terms = _longer_terms(table)
    used_terms = {term for terms in labels.values() for term in terms}
    used_words: defaultdict[Hashable, set[str]] = defaultdict(set)
    ordered = table.sort_values(["score", "term"], ascending=[False, True])
    for group, chosen in zip(ordered.group, ordered.term, strict=True):
        term = longer_terms.get((group, chosen), chosen)
        words = set(words_of_term(term))
        is_full = len(labels[group]) >= n
        if is_full or term in used_terms or not used_words[group].isdisjoint(words):
            continue
        labels[group].append(term)
        used_terms.add(term)
        used_words[group] |= words


def _longer_terms(table: pd.DataFrame) -> dict[tuple[Hashable, str], str]:
    """Map single words to the term of several words that says the same more precisely."""
    articles_of = {}
    phrases = []
    for group, term, articles in zip(table.group, table.term, table.articles, strict=True):
        articles_of[group, " ".join(words_of_term(term))] = (term, articles)
        if " " in term:
            phrases.append((articles, group, term))

    longer: dict[tuple[Hashable, str], str] = {}
    for articles, group, phrase in sorted(phrases, key=lambda row: (row[0], row[2])):
        for word in words_of_term(phrase):
            shorter, shorter_articles = articles_of.get((group, word), ("", 0))
            # The last one, in most articles, remains.
            if shorter and articles >= PRECISE_SHARE * shorter_articles:
                longer[group, shorter] = phrase
    return longer


def words_of_term(term: str) -> list[str]:
    """Return the folded words of a term, without joining words and plural endings."""
    words = [fold(word) for word in TOKEN.findall(term)]
    return [_without_plural(word) for word in words if word not in ("of", *POSSESSIVES)]


def _without_plural(word: str) -> str:
    """Return a form of an English word that is the same for singular and plural."""
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith("men"):
        return f"{word[:-3]}man"
    if word.endswith(("xes", "ches", "shes", "sses")):
        return word[:-2]
    if word.endswith(("ss", "us", "is")):
        return word
    return word.removesuffix("s")
