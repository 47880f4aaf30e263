"""Estimate how an English word is used: as a noun, a verb or an adjective.

The estimate rests on how often WordNet records each use of the word, or of its base form, and on
the ending of the word. `clippings.themes.term_words` combines it with the words around it.

All words are folded (`clippings.core.tokens.fold`).
"""

from collections import defaultdict
from functools import cache
from itertools import chain
from typing import NamedTuple

from clippings.core.lexicon import read_lexicon, read_words, words_of

ADJECTIVE_ENDINGS = read_words("en/text/word_endings", "ending", use="adjective")
NOUN_ENDINGS = read_words("en/text/word_endings", "ending", use="noun")
PARTICIPLE_ENDINGS = ("ed", "ing")

# Uses as a noun that are added to those of a base form, because the form may be a plural: "rises".
NOUN_USES_OF_PLURALS = 0.5

# Uses as a verb that are added to those of the base form, because an irregular form ("fell") is a
# verb even if WordNet's texts do not contain it.
VERB_USES_OF_IRREGULAR_FORMS = 1.0

# The shortest beginnings to which an ending is attached: "red" and "king" are not forms of verbs.
MIN_BASE_LETTERS = 3


class Uses(NamedTuple):
    """How often a word is used as a noun, a verb and an adjective: numbers, or shares of 1."""

    noun: float
    verb: float
    adjective: float


# Shares for words of which WordNet's texts say nothing, as rough estimates: the words around them
# count for more (see PRIOR_USES in clippings.themes.term_words).
USES_OF_RARE_WORD = Uses(noun=0.5, verb=0.5, adjective=0.0)
USES_OF_PAST_FORM = Uses(noun=0.0, verb=0.9, adjective=0.1)  # "announced"
USES_OF_FORM_IN_ING = Uses(noun=0.25, verb=0.7, adjective=0.05)  # "announcing"
USES_BY_NOUN_ENDING = Uses(noun=1.0, verb=0.0, adjective=0.0)  # "government"
USES_BY_ADJECTIVE_ENDING = Uses(noun=0.15, verb=0.0, adjective=0.85)  # "parliamentary"
USES_OF_UNKNOWN_PARTICIPLE = Uses(noun=0.2, verb=0.4, adjective=0.4)  # of a verb not in WordNet
USES_OF_UNKNOWN_WORD = Uses(noun=0.8, verb=0.0, adjective=0.2)


@cache
def _recorded_uses() -> dict[str, Uses]:
    """Return the uses of English base forms, and of irregular forms of verbs."""
    uses: defaultdict[str, Uses] = defaultdict(lambda: Uses(0.0, 0.0, 0.0))
    for row in read_lexicon("en/events/word_uses"):
        in_row = Uses(*(float(row[name] or 0) for name in Uses._fields))
        uses[row["word"]] = _add_uses(uses[row["word"]], in_row)
        # "fell" is a form of "fall", and a word of its own.
        as_verb = Uses(0.0, VERB_USES_OF_IRREGULAR_FORMS + in_row.verb, 0.0)
        for form in row["irregular"].split():
            uses[form] = _add_uses(uses[form], as_verb)
    for noun in words_of("en/speech/person_nouns"):
        uses.setdefault(noun, Uses(1.0, 0.0, 0.0))
    return dict(uses)


def _add_uses(first: Uses, second: Uses) -> Uses:
    """Add up the numbers of uses."""
    return Uses(*(a + b for a, b in zip(first, second, strict=True)))


@cache
def english_adjectives() -> frozenset[str]:
    """List common adjectives, and those of nationalities.

    Returns
    -------
    frozenset of str
        Folded words.

    Examples
    --------
    >>> "civil" in english_adjectives(), "swedish" in english_adjectives()
    (True, True)
    """
    nationalities = words_of("en/names/countries", "nationality")
    return words_of("en/text/term_words", kind="adjective") | nationalities


def expected_uses(word: str) -> Uses:
    """Estimate the shares of the uses of an English word from WordNet and from its ending.

    Parameters
    ----------
    word : str
        A folded word.

    Returns
    -------
    Uses
        Shares that add up to 1.

    Examples
    --------
    >>> expected_uses("government")
    Uses(noun=1.0, verb=0.0, adjective=0.0)
    >>> expected_uses("announced")
    Uses(noun=0.0, verb=0.9, adjective=0.1)
    """
    recorded = _recorded_uses()
    if word in recorded and sum(recorded[word]):
        return _shares(recorded[word])
    if word in recorded:
        return USES_OF_RARE_WORD

    for base in possible_bases(word, "s"):
        if base in recorded:
            of_base = recorded[base]
            return _shares(Uses(of_base.noun + NOUN_USES_OF_PLURALS, of_base.verb, 0.0))

    if _is_form_of_verb(word, "ed"):
        return USES_OF_PAST_FORM
    if _is_form_of_verb(word, "ing"):
        return USES_OF_FORM_IN_ING
    if word.endswith(NOUN_ENDINGS) or word.removesuffix("s").endswith(NOUN_ENDINGS):
        return USES_BY_NOUN_ENDING
    if word.endswith(ADJECTIVE_ENDINGS):
        return USES_BY_ADJECTIVE_ENDING
    if word.endswith(PARTICIPLE_ENDINGS):
        return USES_OF_UNKNOWN_PARTICIPLE
    return USES_OF_UNKNOWN_WORD


def _shares(uses: Uses) -> Uses:
    """Return the uses as shares of 1."""
    total = sum(uses)
    return Uses(*(number / total for number in uses))


def _is_form_of_verb(word: str, ending: str) -> bool:
    """Return whether a word is a form of a recorded verb."""
    recorded = _recorded_uses()
    return any(base in recorded and recorded[base].verb for base in possible_bases(word, ending))


def _is_recorded_noun(word: str) -> bool:
    """Return whether WordNet's texts use a word as a noun."""
    recorded = _recorded_uses().get(word)
    return recorded is not None and recorded.noun > 0


def possible_bases(word: str, ending: str) -> list[str]:
    """List the base forms that an inflected English word may have.

    Parameters
    ----------
    word : str
        A folded word.
    ending : {"s", "ed", "ing"}
        The ending of the inflected form.

    Returns
    -------
    list of str
        Forms, not all of which are words, the most likely first; empty if the word has another
        ending or is too short.

    Examples
    --------
    >>> possible_bases("prices", "s")
    ['price', 'pric']
    >>> possible_bases("planned", "ed")
    ['plann', 'planne', 'plan']
    """
    stem = word.removesuffix(ending)
    if stem == word or len(stem) < MIN_BASE_LETTERS:
        return []
    if ending == "s":
        return [] if word.endswith(("ss", "us", "is")) else _bases_of_word_in_s(word)

    bases = [stem, f"{stem}e"]
    if stem.endswith("i"):
        bases.append(f"{stem[:-1]}y")  # carried
    if stem[-1] == stem[-2]:
        bases.append(stem[:-1])  # planned
    return bases


def _bases_of_word_in_s(word: str) -> list[str]:
    """Return the words of which a word in -s may be a form."""
    bases = [word[:-1]]
    if word.endswith("ies"):
        bases.append(f"{word[:-3]}y")  # cities
    if word.endswith("es"):
        bases.append(word[:-2])  # boxes
    if word.endswith("ves"):
        bases += [f"{word[:-3]}f", f"{word[:-3]}fe"]  # wolves, knives
    return bases


def possible_singulars(word: str) -> list[str]:
    """List the singular forms that an English plural may have.

    Parameters
    ----------
    word : str
        The noun.

    Returns
    -------
    list of str
        Forms of three letters or more, not all of which are words, the most likely first; empty if
        the word does not end like a plural.

    Examples
    --------
    >>> possible_singulars("cities"), possible_singulars("firemen"), possible_singulars("city")
    (['citie', 'city', 'citi'], ['fireman'], [])
    """
    if word.endswith("men"):
        return [f"{word[:-3]}man"]
    return [base for base in possible_bases(word, "s") if len(base) >= MIN_BASE_LETTERS]


def is_recorded(word: str) -> bool:
    """Return whether WordNet's texts contain an English word, or a base form that it may have.

    Parameters
    ----------
    word : str
        A folded word.

    Returns
    -------
    bool
        True for most verbs and common nouns; False for most names.

    Examples
    --------
    >>> is_recorded("passes"), is_recorded("clinton")
    (True, False)
    """
    recorded = _recorded_uses()
    bases = (possible_bases(word, ending) for ending in ("s", *PARTICIPLE_ENDINGS))
    return word in recorded or any(base in recorded for base in chain.from_iterable(bases))


def is_form_of(word: str, singulars: frozenset[str]) -> bool:
    """Return whether a noun, or its singular, is in a list.

    Parameters
    ----------
    word : str
        A noun in the singular or plural.
    singulars : frozenset of str
        The list.

    Returns
    -------
    bool
        Also True for a plural whose singular is in the list.

    Examples
    --------
    >>> is_form_of("studies", frozenset(["study"])), is_form_of("studio", frozenset(["study"]))
    (True, False)
    """
    return not singulars.isdisjoint([word, *possible_singulars(word)])


def is_gerund(word: str) -> bool:
    """Recognise English words in -ing that are not recorded as nouns.

    Parameters
    ----------
    word : str
        A folded word.

    Returns
    -------
    bool
        True for "announcing", False for "building" and "king".

    Examples
    --------
    >>> is_gerund("announcing"), is_gerund("building"), is_gerund("king")
    (True, False, False)
    """
    return word.endswith("ing") and len(word) > len("being") and not _is_recorded_noun(word)


def is_past_form(word: str) -> bool:
    """Recognise past forms and participles of English verbs that are not recorded as nouns.

    Parameters
    ----------
    word : str
        A folded word.

    Returns
    -------
    bool
        True for "announced" and "known", False for "seed" and "fall".

    Examples
    --------
    >>> is_past_form("announced"), is_past_form("known"), is_past_form("seed")
    (True, True, False)
    """
    if _is_recorded_noun(word):
        return False
    recorded = _recorded_uses()
    is_regular = any(base in recorded for base in possible_bases(word, "ed"))
    return is_regular or word in _irregular_past_forms()


@cache
def _irregular_past_forms() -> frozenset[str]:
    """Return the irregular forms of verbs, except those in -s and -ing ("quizzes", "lying")."""
    forms: set[str] = set()
    for row in read_lexicon("en/events/word_uses"):
        if row["verb"]:
            forms.update(row["irregular"].split())
    return frozenset(form for form in forms if not form.endswith(("s", "ing")))


def is_superlative(word: str) -> bool:
    """Recognise English superlatives.

    Parameters
    ----------
    word : str
        A folded word.

    Returns
    -------
    bool
        True for "closest", False for "interest".

    Examples
    --------
    >>> is_superlative("closest"), is_superlative("interest")
    (True, False)
    """
    if not word.endswith("est") or _is_recorded_noun(word):
        return False
    # closest: clos, close; biggest: big; happiest: happy
    bases = [word[:-3], word[:-2], word[:-4], f"{word[:-4]}y"]
    recorded = _recorded_uses()
    return any(
        base in english_adjectives() or (base in recorded and recorded[base].adjective > 0)
        for base in bases
    )


def is_adverb(word: str) -> bool:
    """Recognise English adverbs in -ly.

    Parameters
    ----------
    word : str
        A folded word.

    Returns
    -------
    bool
        True for "quickly", False for "supply" and "family".

    Examples
    --------
    >>> is_adverb("quickly"), is_adverb("supply"), is_adverb("family")
    (True, False, False)
    """
    nouns = words_of("en/text/term_words", kind="noun in -ly")
    is_noun = word in nouns or _is_recorded_noun(word)
    return word.endswith("ly") and len(word) > len("only") and not is_noun
