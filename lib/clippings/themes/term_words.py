"""Describe the words of texts: which can be part of a term, and how.

There is no tagger. Whether an English word is a noun is concluded from the words around it in all
texts together (after "the" and before a verb it is a noun, after "to" or "they" a verb), and from
`clippings.themes.english_uses`. In other languages, all words between grammatical words can be
part of a term. All tokens are numbers in arrays.
"""

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

import numpy as np

from clippings.core.characters import HIDDEN, HYPHENS, OTHER_APOSTROPHES, combining_ranges
from clippings.core.languages import UNSPACED, function_words
from clippings.core.lexicon import languages_with, read_lexicon, read_words
from clippings.core.tokens import fold
from clippings.themes.english_uses import (
    PARTICIPLE_ENDINGS,
    english_adjectives,
    expected_uses,
    is_adverb,
    is_form_of,
    is_gerund,
    is_past_form,
    is_superlative,
    possible_bases,
    possible_singulars,
)
from clippings.themes.stems import stemmer

# A shorter word is rarely a subject, except for acronyms ("EU").
MIN_TERM_LETTERS = 3

# A term is a name if this share of its occurrences is capitalised where capitals are informative.
NAME_SHARE = 0.6

# Capitals are not informative in a headline: a line of at most so many words and punctuation marks
# in which this share of the longer words is capitalised.
MAX_HEADLINE_TOKENS = 20
TITLE_CASE_SHARE = 0.75
MIN_LETTERS_IN_TITLE_CASE = 4

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

# Weight of the list and the ending of a word, as a number of observed uses.
PRIOR_USES = 4.0

# Replaces a sum of 0, by which shares cannot be divided.
SMALLEST_SUM = 1e-9

# A modifier of a noun may be an adjective or another noun ("interest rates"), so that position is
# weak evidence of an adjective.
WEIGHT_OF_MODIFIER_POSITION = 0.25

# A noun after another content word and before "is" or "of".
WEIGHT_OF_HEAD_POSITION = 0.5

# Languages whose nouns are capitalised, so that capitals do not show that a single word is a name.
CAPITALISED_NOUNS = ("de",)

# In languages without spaces between words, only short runs of characters can be words.
MAX_UNSPACED_LETTERS = 4

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
POSSESSIVES_WITH_S = ("'s", "’s")
APOSTROPHES_ALONE = ("'", "’")
POSSESSIVES = POSSESSIVES_WITH_S + APOSTROPHES_ALONE


class Tokens(NamedTuple):
    """All words and punctuation marks of the texts, as numbers of an alphabetical vocabulary."""

    ids: np.ndarray
    text: np.ndarray  # number of the text of each token
    vocabulary: list[str]


class Words(NamedTuple):
    """What is known about each token."""

    kind: np.ndarray  # a value of Kind
    head_share: np.ndarray  # share of the word's occurrences that end a noun phrase
    lemma: np.ndarray  # the number of the folded word without inflection
    is_numeral: np.ndarray  # "64", "two" and "first"
    is_common_adjective: np.ndarray  # whether the word is listed as one, and not part of a name
    is_participle: np.ndarray  # whether the word ends in -ed or -ing
    is_name_word: np.ndarray  # whether the word is usually capitalised
    is_informative: np.ndarray  # whether a capital letter shows that the word is part of a name
    is_capitalised: np.ndarray


class Kind:
    """The functions of words in terms, as numbers."""

    BOUNDARY = 0
    MODIFIER = 1
    NOUN = 2
    JOINER = 3


class Place:
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
    "determiner": Place.DETERMINER,
    "general adjective": Place.ADJECTIVE,
    "common adjective": Place.ADJECTIVE,
    "quantity": Place.ADJECTIVE,
    "preposition": Place.PREPOSITION,
    "verb marker": Place.VERB_MARKER,
    "subject pronoun": Place.VERB_MARKER,
    "auxiliary": Place.AUXILIARY,
    "degree": Place.DEGREE,
    "other pronoun": Place.PRONOUN,
    "conjunction": Place.OTHER,
    "adverb": Place.OTHER,
    "newswire": Place.OTHER,
    "time": Place.OTHER,
    "form of address": Place.OTHER,
    "joiner": Place.JOINER,
}
BEFORE_NOUNS = (Place.DETERMINER, Place.ADJECTIVE, Place.PREPOSITION, Place.JOINER)


def tokenize(texts: list[str]) -> Tokens:
    """Split texts into words and punctuation marks.

    Parameters
    ----------
    texts : list of str
        Texts, of which no two can share a term.

    Returns
    -------
    Tokens
        The tokens of all texts, each of which begins with a line break.

    Examples
    --------
    >>> tokens = tokenize(["The dam's wall.", "Rain"])
    >>> [tokens.vocabulary[number] for number in tokens.ids]
    ['\\n', 'The', 'dam', "'s", 'wall', '.', '\\n', 'Rain']
    """
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
    return Tokens(ids, np.repeat(np.arange(len(texts)), lengths), vocabulary)


def describe_words(tokens: Tokens, language: str) -> Words:
    """Describe every token of texts in one language.

    Parameters
    ----------
    tokens : Tokens
        As `tokenize` returns them.
    language : str
        Two letters.

    Returns
    -------
    Words
        Arrays with one value for each token.
    """
    # Folding would turn the sign ™ into the letters "tm".
    folded = [fold(token) if token[0].isalnum() else token for token in tokens.vocabulary]
    types = sorted(set(folded))
    number_of_type = {word: number for number, word in enumerate(types)}
    type_of_token = np.array([number_of_type[word] for word in folded], dtype="int64")
    word = type_of_token[tokens.ids]

    capitals = _describe_capitals(tokens, word, len(types))
    places = np.array([_place_of(word, language) for word in types], dtype="int8")
    place = places[word]
    name_parts = _find_name_parts(place, capitals)
    place[name_parts.numerals_and_adjectives] = Place.CONTENT

    if language == "en":
        kind, head_share = _kinds_in_english(types, word, place, capitals.share)
    else:
        kind = _kinds_in_other_language(types, word, place, capitals.share, language)
        head_share = np.ones(len(word))
    kind[name_parts.all] = Kind.NOUN
    head_share = np.where(name_parts.all, 1.0, head_share)

    common_adjectives = listed_words(language).get("common adjective", frozenset())
    is_common_adjective = _is_any_of(types, common_adjectives)[word] & ~name_parts.all
    kind[is_common_adjective] = Kind.MODIFIER

    is_name_word = np.zeros(len(word), dtype="bool")
    if language not in CAPITALISED_NOUNS:
        is_usually_capitalised = (capitals.share >= NAME_SHARE)[word] & capitals.is_capital
        is_name_word = is_usually_capitalised | name_parts.numerals_and_adjectives

    # In texts split into words, also the hyphen of "64 - bit".
    listed = listed_words(language)
    quantities = listed.get("quantity", frozenset())
    numerals = quantities | listed.get("ordinal", frozenset()) | {"-"}
    is_number = np.array([NUMBER.match(word) is not None for word in types], dtype="bool")
    is_participle = _are_participles(types)
    return Words(
        kind=kind,
        head_share=head_share,
        lemma=_number_lemmas(types, places == Place.CONTENT, language)[word],
        is_numeral=(is_number | _is_any_of(types, numerals))[word],
        is_common_adjective=is_common_adjective,
        is_participle=is_participle[word] & (language == "en"),
        is_name_word=is_name_word,
        is_informative=capitals.is_informative,
        is_capitalised=capitals.is_capital,
    )


def _is_any_of(types: list[str], listed: frozenset[str]) -> np.ndarray:
    """Return which words are in a list."""
    return np.array([word in listed for word in types], dtype="bool")


def _are_participles(types: list[str]) -> np.ndarray:
    """Return which English words may be participles."""
    return np.array([word.endswith(PARTICIPLE_ENDINGS) for word in types], dtype="bool")


class _Capitals(NamedTuple):
    """The capital letters of all tokens."""

    is_capital: np.ndarray  # whether the token has a capital letter
    is_informative: np.ndarray  # whether this shows that it is part of a name
    share: np.ndarray  # of the informative occurrences of each type


def _describe_capitals(tokens: Tokens, word: np.ndarray, types: int) -> _Capitals:
    """Return where capital letters are, and how often each type has one."""
    # Anywhere in a word: also "al-Hussein" and "eBay".
    has_capital = [token != token.lower() for token in tokens.vocabulary]
    is_capital = np.array(has_capital, dtype="bool")[tokens.ids]
    is_informative = _informative_capitals(tokens, is_capital)

    occurrences = np.bincount(word[is_informative], minlength=types)
    capitals = np.bincount(word[is_informative & is_capital], minlength=types)
    return _Capitals(is_capital, is_informative, capitals / np.maximum(occurrences, 1))


class _NameParts(NamedTuple):
    """Words that are part of a name, although their kind would make them something else."""

    numerals_and_adjectives: np.ndarray  # next to a name: "New York", "Harbour Quarter"
    all: np.ndarray  # also any word that follows a part of a name: "Lund Weekly"


def _find_name_parts(place: np.ndarray, capitals: _Capitals) -> _NameParts:
    """Find words that have a capital letter next to a capitalised content word."""
    is_shown = capitals.is_capital & capitals.is_informative
    is_content_name = is_shown & (place == Place.CONTENT)
    follows_name = np.zeros(len(place), dtype="bool")
    follows_name[1:] = is_content_name[:-1]
    precedes_name = np.zeros(len(place), dtype="bool")
    precedes_name[:-1] = is_content_name[1:]

    is_numeral_or_adjective = is_shown & (place == Place.ADJECTIVE)
    next_to_name = is_numeral_or_adjective & (follows_name | precedes_name)
    return _NameParts(next_to_name, next_to_name | (is_content_name & follows_name))


def _informative_capitals(tokens: Tokens, is_capital: np.ndarray) -> np.ndarray:
    """Return the tokens that are neither at the start of a sentence nor in a headline."""
    breaks = [token in SENTENCE_BREAKS for token in tokens.vocabulary]
    is_break = np.array(breaks, dtype="bool")[tokens.ids]
    follows_break = np.ones(len(is_break), dtype="bool")
    follows_break[1:] = is_break[:-1]

    is_line_end = np.array([token == "\n" for token in tokens.vocabulary], dtype="bool")
    line = np.cumsum(is_line_end[tokens.ids])
    lines = int(line.max(initial=0)) + 1
    lengths = np.array([len(token) for token in tokens.vocabulary])
    is_long = lengths[tokens.ids] >= MIN_LETTERS_IN_TITLE_CASE
    long_words = np.bincount(line[is_long], minlength=lines)
    capitals = np.bincount(line[is_long & is_capital], minlength=lines)
    is_headline = capitals >= TITLE_CASE_SHARE * np.maximum(long_words, 1)
    is_headline &= np.bincount(line, minlength=lines) <= MAX_HEADLINE_TOKENS
    return ~follows_break & ~is_headline[line]


@cache
def listed_words(language: str) -> dict[str, frozenset[str]]:
    """Read the list `text/term_words` of a language.

    Parameters
    ----------
    language : str
        Two letters.

    Returns
    -------
    dict of str to frozenset of str
        The folded words of each kind; empty for a language without a list.

    Examples
    --------
    >>> sorted(listed_words("en")["plural owner"])
    ['children', 'men', 'people', 'women']
    """
    if language not in languages_with("text/term_words"):
        return {}
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for row in read_lexicon(f"{language}/text/term_words"):
        kinds[row["kind"]].add(fold(row["word"]))
    return {kind: frozenset(words) for kind, words in kinds.items()}


@cache
def _places(language: str) -> dict[str, int]:
    """Return the place of each grammatical word of a language."""
    places = dict.fromkeys(function_words(language), Place.OTHER)
    if language == "en":
        places |= dict.fromkeys(map(fold, read_words("en/text/stopwords")), Place.OTHER)
    listed = listed_words(language)
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
    may_begin_terms = listed_words(language).get("common adjective", frozenset())
    return frozenset(_places(language)) - may_begin_terms


def _place_of(word: str, language: str) -> int:
    """Return the place of a folded word or of a punctuation mark."""
    if word in POSSESSIVES:
        return Place.JOINER
    if not word[:1].isalpha() or NUMBER.fullmatch(word):
        return Place.OTHER
    return _places(language).get(word, Place.CONTENT)


def _neighbours(place: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the places of the preceding and the following token of each token."""
    left = np.full(len(place), Place.OTHER, dtype="int8")
    left[1:] = place[:-1]
    right = np.full(len(place), Place.OTHER, dtype="int8")
    right[:-1] = place[1:]
    return left, right


class _Surroundings(NamedTuple):
    """What the neighbours of each token show."""

    is_content: np.ndarray
    after_opening: np.ndarray  # after "the", "two" or "in"
    after_determiner: np.ndarray  # after "the" or "two"
    after_content: np.ndarray
    after_verb_marker: np.ndarray  # after "to" or "they"
    after_auxiliary: np.ndarray  # after "is"
    after_degree: np.ndarray  # after "very"
    before_content: np.ndarray  # before a word that is not likely to be a verb
    before_object: np.ndarray  # before "the" or "them"
    before_head_sign: np.ndarray  # before "is" or "of"


def _surroundings(place: np.ndarray, is_likely_verb: np.ndarray) -> _Surroundings:
    """Describe the neighbours of each token."""
    left, right = _neighbours(place)
    before_verb = np.zeros(len(place), dtype="bool")
    before_verb[:-1] = is_likely_verb[1:]
    return _Surroundings(
        is_content=place == Place.CONTENT,
        after_opening=np.isin(left, BEFORE_NOUNS),
        after_determiner=np.isin(left, (Place.DETERMINER, Place.ADJECTIVE)),
        after_content=left == Place.CONTENT,
        after_verb_marker=left == Place.VERB_MARKER,
        after_auxiliary=left == Place.AUXILIARY,
        after_degree=left == Place.DEGREE,
        before_content=(right == Place.CONTENT) & ~before_verb,
        before_object=np.isin(right, (Place.DETERMINER, Place.PRONOUN)),
        before_head_sign=np.isin(right, (Place.AUXILIARY, Place.JOINER)),
    )


class _ObservedUses(NamedTuple):
    """The uses of each type of word in the texts, as numbers of occurrences."""

    noun: np.ndarray
    verb: np.ndarray
    adjective: np.ndarray
    with_determiner: np.ndarray  # as the noun of "the …", "two …"
    as_head: np.ndarray  # at the end of a noun phrase


def _observe_uses(word: np.ndarray, types: int, around: _Surroundings) -> _ObservedUses:
    """Count the uses of each type by the surroundings of its tokens."""

    def count(condition: np.ndarray) -> np.ndarray:
        """Count the tokens of each type that fulfil a condition."""
        tokens = word[condition & around.is_content]
        return np.bincount(tokens, minlength=types).astype("float64")

    ends_phrase = ~around.before_content & ~around.before_object
    noun = count(around.after_opening & ends_phrase)
    noun += WEIGHT_OF_HEAD_POSITION * count(around.after_content & around.before_head_sign)
    adjective = count(around.after_degree | (around.after_auxiliary & ~around.before_content))
    adjective += WEIGHT_OF_MODIFIER_POSITION * count(around.after_opening & around.before_content)
    return _ObservedUses(
        noun=noun,
        verb=count(around.after_verb_marker | (~around.after_opening & around.before_object)),
        adjective=adjective,
        with_determiner=count(around.after_determiner & ends_phrase),
        as_head=count((around.after_opening | around.after_content) & ends_phrase),
    )


def _kinds_in_english(
    types: list[str], word: np.ndarray, place: np.ndarray, capital_share: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Distinguish nouns, modifiers and other words by their use in all texts.

    The second array is the share of the occurrences of each word that end a noun phrase.
    """
    expected = np.array([expected_uses(word) for word in types]).reshape(-1, 3)
    is_likely_verb = expected[:, 1] >= LIKELY_VERB_SHARE
    around = _surroundings(place, is_likely_verb[word])
    observed = _observe_uses(word, len(types), around)

    is_adjective = _is_any_of(types, english_adjectives())
    is_name_word = capital_share >= NAME_SHARE
    prior = PRIOR_USES * expected
    # A capitalised word is a noun unless it is listed as an adjective ("British").
    prior[is_name_word & ~is_adjective] = [PRIOR_USES, 0, 0]
    uses = np.column_stack([observed.noun, observed.verb, observed.adjective]) + prior
    share = uses / np.maximum(uses.sum(axis=1, keepdims=True), SMALLEST_SUM)
    noun_share = share[:, 0]
    verb_share = np.where(is_name_word, 0.0, share[:, 1])

    occurrences = np.maximum(np.bincount(word, minlength=len(types)), 1)
    is_other = _are_other_forms(types, observed.with_determiner, occurrences) & ~is_name_word
    is_adverb_type = np.array([is_adverb(word) for word in types], dtype="bool") & ~is_name_word
    is_noun_type = (noun_share >= MIN_NOUN_SHARE) & ~is_adjective & ~is_adverb_type & ~is_other
    is_modifier_type = (verb_share < AMBIGUOUS_VERB_SHARE) & ~is_adverb_type

    kind = np.zeros(len(word), dtype="int8")
    kind[around.is_content & is_modifier_type[word]] = Kind.MODIFIER

    is_ambiguous = verb_share[word] >= AMBIGUOUS_VERB_SHARE
    is_noun_after_noun = around.after_content & (noun_share[word] >= NOUN_SHARE_AFTER_NOUN)
    is_shown_by_left = around.after_opening | is_noun_after_noun
    is_noun = around.is_content & is_noun_type[word]
    is_noun &= ~is_ambiguous | (is_shown_by_left & ~around.before_object)
    kind[is_noun] = Kind.NOUN

    is_participle = _are_participles(types)
    is_verb = around.after_verb_marker & (verb_share[word] >= MIN_VERB_SHARE_AFTER_MARKER)
    is_verb |= around.after_auxiliary & (is_participle & ~is_name_word)[word]
    kind[is_verb] = Kind.BOUNDARY
    kind[(place == Place.JOINER) & _can_join(types, word)] = Kind.JOINER

    # Plurals need no article, so that their surroundings do not show that they are nouns.
    is_plural = np.array([possible_bases(word, "s") != [] for word in types], dtype="bool")
    head_share = np.where(is_name_word | is_plural, 1.0, observed.as_head / occurrences)
    return kind, head_share[word]


def _are_other_forms(
    types: list[str], with_determiner: np.ndarray, occurrences: np.ndarray
) -> np.ndarray:
    """Return which English words are forms that are not nouns: "made", "making", "closest"."""
    is_verb_in_ing = np.array([is_gerund(word) for word in types], dtype="bool")
    is_action_noun = (with_determiner >= MIN_USES_OF_GERUND) & (
        with_determiner >= MIN_SHARE_OF_GERUND * occurrences
    )
    is_other = [is_superlative(word) or is_past_form(word) for word in types]
    return (is_verb_in_ing & ~is_action_noun) | np.array(is_other, dtype="bool")


def _can_join(types: list[str], word: np.ndarray) -> np.ndarray:
    """Return the tokens that follow a noun which a joiner may join to the next noun."""
    partitive = listed_words("en")["partitive"]
    is_partitive = np.array([is_form_of(word, partitive) for word in types], dtype="bool")
    ends_in_s = np.array([word.endswith("s") for word in types], dtype="bool")

    is_possessive_s = _is_any_of(types, frozenset(POSSESSIVES_WITH_S))[word]
    is_apostrophe = _is_any_of(types, frozenset(APOSTROPHES_ALONE))[word]
    is_of = ~is_possessive_s & ~is_apostrophe

    left = np.roll(word, 1)  # the first token is never a word
    can_join = is_of & ~is_partitive[left]
    # A possessive joins two nouns after a plural ("women's rights", "workers' rights"). After a
    # singular, it describes an owner ("the company's profits").
    plurals = listed_words("en")["plural owner"]
    can_join |= is_possessive_s & _is_any_of(types, plurals)[left]
    can_join |= is_apostrophe & ends_in_s[left]
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
    is_content = place == Place.CONTENT
    is_noun_type = np.array([len(word) >= MIN_TERM_LETTERS for word in types], dtype="bool")
    if language in CAPITALISED_NOUNS:
        is_noun_type &= capital_share >= NAME_SHARE
    kind[is_content] = Kind.MODIFIER
    kind[is_content & is_noun_type[word]] = Kind.NOUN
    if language in UNSPACED:
        # A longer run of characters is not a word, but a clause.
        is_clause = np.array([len(word) > MAX_UNSPACED_LETTERS for word in types], dtype="bool")
        kind[is_content & is_clause[word]] = Kind.BOUNDARY
    left, _ = _neighbours(place)
    kind[is_content & (left == Place.VERB_MARKER)] = Kind.BOUNDARY
    kind[place == Place.JOINER] = Kind.JOINER
    return kind


def _number_lemmas(types: list[str], is_content: np.ndarray, language: str) -> np.ndarray:
    """Return the same number for all forms of a word, in alphabetical order."""
    if language == "en":
        lemmas = _singular_forms(types, is_content)
    else:
        stem = stemmer(language)
        lemmas = [stem(word) for word in types]
    number_of_lemma = {lemma: number for number, lemma in enumerate(sorted(set(lemmas)))}
    return np.array([number_of_lemma[lemma] for lemma in lemmas], dtype="int64")


def _singular_forms(types: list[str], is_content: np.ndarray) -> list[str]:
    """Return the singular of each English word, if it occurs in the texts, or the word itself."""
    known = {word for word, content in zip(types, is_content, strict=True) if content}
    singulars = []
    for word in types:
        # The shortest change is tried first: "prices" is the plural of "price", not of "pric".
        in_texts = (base for base in possible_singulars(word) if base in known)
        singulars.append(next(in_texts, word))
    return singulars


def words_of_term(term: str) -> list[str]:
    """List the words of a term or of a text in a form that is the same for all its spellings.

    Parameters
    ----------
    term : str
        A term, or a text in which terms are searched for.

    Returns
    -------
    list of str
        Folded words without joining words and English plural endings, and punctuation marks.

    Examples
    --------
    >>> words_of_term("Heads of State")
    ['head', 'state']
    """
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
