"""Find the terms of running text: nouns and noun phrases of up to four words, without a model.

A term is a run of content words between grammatical words and punctuation that ends in a noun:
"levee", "interest rates", "head of state" (`clippings.themes.term_words` describes the words). Of
all runs, those are terms that occur repeatedly, whose words belong together, and that are not
fragments of longer terms. `distinctive_terms` compares groups of texts, and `label_groups` chooses
the terms that describe them.

Words are numbers in arrays, so that 100,000 articles take minutes.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from clippings.core.lexicon import words_of
from clippings.core.tokens import fold
from clippings.themes.english_uses import is_form_of
from clippings.themes.statistics import Z95, without_zeros
from clippings.themes.term_words import (
    CAPITALISED_NOUNS,
    MIN_TERM_LETTERS,
    NAME_SHARE,
    POSSESSIVES,
    TOKEN,
    Kind,
    Tokens,
    Words,
    describe_words,
    listed_words,
    tokenize,
    words_of_term,
)

# Longer runs of words are rarely terms, except for names.
MAX_TERM_WORDS = 4

# Shorter than MIN_TERM_LETTERS, but a term by itself if it is written in capital letters.
LETTERS_OF_SHORT_ACRONYM = 2

# Longer runs are counted as well, and may be names ("Association of Rowing Clubs of
# Tolmere"); they show that a run of four words is a fragment.
MAX_RUN_WORDS = 5

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
# ("Court" in "High Court" and "Supreme Court").
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

# The weight of an uninformative occurrence when the most frequent spelling is chosen.
WEIGHT_AT_SENTENCE_START = 0.01

# A word can be a term alone if this share of its occurrences ends a noun phrase, and can end a
# longer term from a smaller share. Adjectives that no list contains fail these tests ("soggy
# fields", "is honest").
MIN_HEAD_SHARE_ALONE = 0.25
MIN_HEAD_SHARE_IN_PHRASE = 0.1

# Weights of terms in labels: "interest rates" says more than "rates", and a reader who does not
# know the articles understands a subject better than a name.
PHRASE_FACTOR = 1.6
NAME_FACTOR = 0.7
FULL_NAME_FACTOR = 0.85

# In a label, a longer term replaces a word that it contains ("Bell") if so many of the articles
# with the word have the longer term ("Anna Bell").
PRECISE_SHARE = 0.5

# Ends of shortened articles and prepositions, after which there is no space: "taux d'intérêt".
ELISIONS = ("d'", "d’", "l'", "l’")


class TermCounts(NamedTuple):
    """How often each term occurs in each unit (usually an article)."""

    units: list  # in order of first appearance
    terms: np.ndarray  # in their most frequent spelling
    matrix: object  # scipy.sparse.csr_matrix of int64; a row for each unit, a column for each term
    sizes: np.ndarray  # words in each unit
    is_name: np.ndarray  # whether the term is a name
    length: np.ndarray  # words in each term


class _Occurrences(NamedTuple):
    """Occurrences of candidates of the same length."""

    starts: np.ndarray
    codes: np.ndarray  # the same for the same candidate
    counts: np.ndarray  # by code


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
    counted together. In other languages, terms are the runs of words between the grammatical words
    of `lexicon/LANGUAGE/text/term_words.csv`, so that some are verbs or adjectives; words with the
    same stem are counted together. In languages without spaces between words, nearly all terms are
    missed.

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
        tokens = tokenize([texts[number] for number in numbers])
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


def _count_in_language(
    tokens: Tokens,
    language: str,
    row_of_text: np.ndarray,
    names: frozenset[str] | None,
    min_count: int,
) -> _Part:
    """Find and count the terms of texts in one language."""
    words = describe_words(tokens, language)
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
    return part._replace(is_name=_are_names(part, language, names))


def _are_names(part: _Part, language: str, names: frozenset[str] | None) -> np.ndarray:
    """Return which terms are names: capitalised or listed, and not common acronyms ("DVD")."""
    is_name = part.is_name
    if language in CAPITALISED_NOUNS:
        is_name = is_name & (part.length > 1)
    if names is not None:
        is_listed = [fold(term) in names and not term.islower() for term in part.terms]
        is_name = is_name | np.array(is_listed, dtype="bool")
    acronyms = words_of("en/names/common_acronyms")
    is_acronym = [fold(term).removesuffix("s") in acronyms for term in part.terms]
    return is_name & ~np.array(is_acronym, dtype="bool")


# Candidates -------------------------------------------------------------------------------------


def _find_candidates(words: Words, min_count: int) -> list[_Occurrences]:
    """Find runs of up to MAX_RUN_WORDS words that can be a term, by length."""
    is_noun = words.kind == Kind.NOUN
    is_content = is_noun | (words.kind == Kind.MODIFIER)
    is_joiner = words.kind == Kind.JOINER
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
    words: Words,
    tokens: Tokens,
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


def _are_associated(occurrences: _Occurrences, length: int, words: Words) -> np.ndarray:
    """Return which candidates of several words occur more often than by chance."""
    counts = occurrences.counts
    if not len(counts):
        return np.zeros(0, dtype="bool")
    content = (words.kind == Kind.NOUN) | (words.kind == Kind.MODIFIER)
    frequency = np.bincount(words.lemma[content], minlength=int(words.lemma.max()) + 1)
    total = max(int(content.sum()), 2)

    example = np.zeros(len(counts), dtype="int64")
    example[occurrences.codes] = occurrences.starts
    first = frequency[words.lemma[example]]
    last = frequency[words.lemma[example + length - 1]]
    expected = first.astype("float64") * last / total
    association = np.log(counts / np.maximum(expected, 1e-12)) / -np.log(counts / total)

    is_adjective = np.ones(len(counts), dtype="bool")
    is_noun_at_start = words.kind[occurrences.starts] == Kind.NOUN
    is_adjective[occurrences.codes[is_noun_at_start]] = False
    least = np.where(is_adjective, MIN_ASSOCIATION_OF_ADJECTIVE, MIN_ASSOCIATION)

    is_joined = np.zeros(len(counts), dtype="bool")
    for offset in range(1, length - 1):
        is_joined |= words.kind[example + offset] == Kind.JOINER
    least[is_joined] = MIN_ASSOCIATION_OF_JOINED
    is_associated = (association >= least) & (~is_joined | (counts >= MIN_COUNT_OF_JOINED))

    is_common = words.is_common_adjective[example]
    return is_associated & (~is_common | _follow_typically(example, frequency, words))


def _follow_typically(starts: np.ndarray, frequency: np.ndarray, words: Words) -> np.ndarray:
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


def _are_complete(occurrences: _Occurrences, length: int, words: Words) -> np.ndarray:
    """Return which candidates of several words are neither preceded nor followed by a part."""
    starts = occurrences.starts
    after_numeral = words.is_numeral[np.maximum(starts - 1, 0)]
    ends = starts + length
    next_kind = words.kind[np.minimum(ends, len(words.kind) - 1)]
    goes_on = (next_kind == Kind.NOUN) | (next_kind == Kind.MODIFIER)
    is_noun_phrase = words.head_share[ends - 1] >= MIN_HEAD_SHARE_IN_PHRASE

    def share(condition: np.ndarray) -> np.ndarray:
        """Return the share of the occurrences of each candidate that fulfil a condition."""
        fulfilled = np.bincount(occurrences.codes[condition], minlength=len(occurrences.counts))
        return fulfilled / occurrences.counts

    has_numeral = share(after_numeral) >= SHARE_AFTER_NUMERAL
    is_cut_off = share(goes_on) >= SHARE_BEFORE_NOUN
    return ~has_numeral & ~is_cut_off & (share(is_noun_phrase) > 0)


def _can_be_alone(
    occurrences: _Occurrences, words: Words, tokens: Tokens, language: str
) -> np.ndarray:
    """Return which single words can be terms: long enough, nouns, and not vague ("side")."""
    vague = listed_words(language).get("vague noun", frozenset())
    allowed = []
    for token in tokens.vocabulary:
        word = fold(token)
        is_vague = is_form_of(word, vague) if language == "en" else word in vague
        is_acronym = len(word) == LETTERS_OF_SHORT_ACRONYM and token.isupper()  # "EU"
        is_long = len(word) >= MIN_TERM_LETTERS or is_acronym
        allowed.append(is_long and not is_vague)
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
    tokens: Tokens,
    words: Words,
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
        is_joiner = words.kind[position] == Kind.JOINER
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


def _join(tokens: Tokens, start: int, length: int) -> str:
    """Write the words of a term; a possessive and an elided article have no space."""
    written = ""
    for number in tokens.ids[start : start + length]:
        token = tokens.vocabulary[number]
        follows_elision = written.endswith(ELISIONS)
        is_attached = not written or token in POSSESSIVES or follows_elision
        written += token if is_attached else f" {token}"
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
    labels = list(dict.fromkeys(group for group in groups if group is not None))
    if not labels or not len(counts.terms):
        return _distinctive_table({})
    sample = _sample_articles(counts, groups, articles, labels)
    inside, outside = _compare_sums(sample)
    rows = sample.rows
    columns = sample.columns

    rate_inside = without_zeros(inside.count) / np.maximum(inside.words, 1)
    rate_outside = without_zeros(outside.count) / np.maximum(outside.words, 1)
    # Without other groups, no term is more frequent than elsewhere.
    has_reference = outside.words > 0
    ratio = np.where(has_reference, np.log2(rate_inside / rate_outside), np.nan)
    variance = inside.relative_variance() + outside.relative_variance()
    half_interval = Z95 * np.sqrt(variance) / np.log(2)
    low = ratio - half_interval
    share = inside.articles_with_term / np.maximum(inside.articles, 1)

    names_of_groups = pd.Series(labels, dtype="object").to_numpy()
    table = _distinctive_table(
        {
            "group": names_of_groups[rows],
            "term": counts.terms[columns],
            "is_name": counts.is_name[columns],
            "count": inside.count,
            "articles": inside.articles_with_term,
            "group_articles": inside.articles,
            "reference": outside.count,
            "reference_articles": outside.articles_with_term,
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
        name: pd.Series(columns.get(name, ()), dtype=None if columns else "object").astype(dtype)
        for name, dtype in DISTINCTIVE_COLUMNS.items()
    }
    return pd.DataFrame(data)


class _ArticleSample(NamedTuple):
    """The articles of each group, and the cells of the table of groups and terms that occur."""

    matrix: object  # scipy.sparse matrix of counts; a row for each article within a group
    sizes: np.ndarray  # words of these articles
    membership: object  # scipy.sparse matrix of ones; a row for each group
    rows: np.ndarray  # the number of the group of each cell
    columns: np.ndarray  # the number of its term


def _sample_articles(
    counts: TermCounts,
    groups: Sequence[Hashable],
    articles: Sequence[Hashable] | None,
    labels: list[Hashable],
) -> _ArticleSample:
    """Add up the units of each article within each group."""
    from scipy.sparse import csr_matrix

    number_of_group = {label: number for number, label in enumerate(labels)}
    group = np.array([number_of_group.get(label, -1) for label in groups], dtype="int64")
    owners = counts.units if articles is None else list(articles)
    number_of_owner = {owner: number for number, owner in enumerate(dict.fromkeys(owners))}
    owner = np.array([number_of_owner[name] for name in owners], dtype="int64")

    # Units without a group have negative numbers.
    pairs, pair_of_unit = np.unique(group * len(number_of_owner) + owner, return_inverse=True)
    group_of_pair = pairs // len(number_of_owner)
    units = len(pair_of_unit)
    collapse = csr_matrix(
        (np.ones(units, dtype="int64"), (pair_of_unit, np.arange(units))), shape=(len(pairs), units)
    )
    matrix = (collapse @ counts.matrix).tocsr().astype("float64")

    in_group = np.flatnonzero(group_of_pair >= 0)
    membership = csr_matrix(
        (np.ones(len(in_group)), (group_of_pair[in_group], in_group)),
        shape=(len(labels), len(pairs)),
    )
    cells = _cells_of_groups(membership, matrix)
    return _ArticleSample(matrix, collapse @ counts.sizes, membership, cells.row, cells.col)


def _cells_of_groups(membership, values):
    """Add up the rows of each group; return the cells that are not 0, always in the same order."""
    sums = (membership @ values).tocsr()
    sums.sort_indices()
    return sums.tocoo()


class _Sums(NamedTuple):
    """Sums over a sample of articles, for each cell."""

    count: np.ndarray
    squared_count: np.ndarray
    count_times_words: np.ndarray
    articles_with_term: np.ndarray
    words: np.ndarray
    squared_words: np.ndarray
    articles: np.ndarray

    def relative_variance(self) -> np.ndarray:
        """Return the variance of each relative frequency, relative to its square."""
        count = without_zeros(self.count)
        independent = 1 / count
        # The variance of a ratio of sums over articles: the differences between the counts and
        # those expected from the lengths of the articles.
        rate = self.count / np.maximum(self.words, 1)
        residuals = (
            self.squared_count - 2 * rate * self.count_times_words + rate**2 * self.squared_words
        )
        correction = self.articles / np.maximum(self.articles - 1, 1)
        between_articles = np.maximum(residuals, 0) / count**2 * correction
        has_several = (self.articles > 1) & (self.count > 0)
        return np.where(has_several, np.maximum(independent, between_articles), independent)


def _compare_sums(sample: _ArticleSample) -> tuple[_Sums, _Sums]:
    """Return the sums over each group and over all other articles."""
    squared = sample.matrix.copy()
    squared.data **= 2
    times_words = sample.matrix.multiply(sample.sizes[:, None]).tocsr()
    presence = sample.matrix.copy()
    presence.data[:] = 1.0

    inside = []
    outside = []
    for values in (sample.matrix, squared, times_words, presence):
        total = np.asarray(values.sum(axis=0)).ravel()
        sums = _cells_of_groups(sample.membership, values).data
        inside.append(sums)
        outside.append(total[sample.columns] - sums)

    sizes = sample.sizes.astype("float64")
    for values in (sizes, sizes**2, np.ones(len(sizes))):
        sums = (sample.membership @ values)[sample.rows]
        inside.append(sums)
        outside.append(values.sum() - sums)
    return _Sums(*inside), _Sums(*outside)


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
