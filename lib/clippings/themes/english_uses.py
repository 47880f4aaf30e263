"""Estimate how an English word is used: as a noun, a verb or an adjective.

The estimate rests on how often WordNet records each use of the word, or of its base form, and on
the ending of the word. `clippings.themes.term_words` combines it with the words around it.
"""

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from clippings.core.lexicon import read_lexicon, words_of

ADJECTIVE_ENDINGS = (
    "able", "ible", "ical", "ional", "ous", "ful", "less", "ish", "ese", "ary", "ive", "ic", "al",
    "ent", "ant", "ian", "like",
)  # fmt: skip
NOUN_ENDINGS = (
    "tion", "sion", "ment", "ness", "ity", "ship", "ism", "ence", "ance", "ist", "hood", "age",
    "dom", "ery", "ology",
)  # fmt: skip

# Uses that are added to those of a base form, because the form itself may be a noun: "rises".
NOUN_USES_OF_PLURALS = 0.5


class Uses(NamedTuple):
    """How often WordNet's texts use a word as a noun, a verb and an adjective."""

    noun: float
    verb: float
    adjective: float


@cache
def _recorded_uses() -> dict[str, Uses]:
    """Return the uses of English base forms, and of irregular forms of verbs."""
    uses: defaultdict[str, Uses] = defaultdict(lambda: Uses(0.0, 0.0, 0.0))
    for row in read_lexicon("en/events/word_uses"):
        noun, verb, adjective = (float(row[name] or 0) for name in ("noun", "verb", "adjective"))
        word = uses[row["word"]]
        uses[row["word"]] = Uses(word.noun + noun, word.verb + verb, word.adjective + adjective)
        # "fell" is a form of "fall", and a word of its own.
        for form in row["irregular"].split():
            uses[form] = uses[form]._replace(verb=uses[form].verb + 1.0 + verb)
    for noun in words_of("en/speech/person_nouns"):
        uses.setdefault(noun, Uses(1.0, 0.0, 0.0))
    return dict(uses)


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
    if word in recorded:  # rare in all uses
        return Uses(0.5, 0.5, 0.0)

    for base in possible_bases(word, "s"):
        if base in recorded:
            noun, verb, _ = recorded[base]
            return _shares(Uses(noun + NOUN_USES_OF_PLURALS, verb, 0.0))

    # Estimates for words that WordNet's texts do not contain; their surroundings count for more
    # (see PRIOR_USES in clippings.themes.term_words).
    if _is_form_of_verb(word, "ed"):
        return Uses(0.0, 0.9, 0.1)
    if _is_form_of_verb(word, "ing"):
        return Uses(0.25, 0.7, 0.05)
    if word.endswith(NOUN_ENDINGS) or word.removesuffix("s").endswith(NOUN_ENDINGS):
        return Uses(1.0, 0.0, 0.0)
    if word.endswith(ADJECTIVE_ENDINGS):
        return Uses(0.15, 0.0, 0.85)
    if word.endswith(("ed", "ing")):
        return Uses(0.2, 0.4, 0.4)
    return Uses(0.8, 0.0, 0.2)


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
    if stem == word or len(stem) <= 2:
        return []
    if ending == "s":
        return [] if word.endswith(("ss", "us", "is")) else _possible_singulars(word)

    bases = [stem, f"{stem}e"]
    if stem.endswith("i"):
        bases.append(f"{stem[:-1]}y")  # carried
    if stem[-1] == stem[-2]:
        bases.append(stem[:-1])  # planned
    return bases


def _possible_singulars(word: str) -> list[str]:
    """Return the words of which a word in -s may be the plural."""
    singulars = [word[:-1]]
    if word.endswith("ies"):
        singulars.append(f"{word[:-3]}y")
    if word.endswith("es"):
        singulars.append(word[:-2])
    if word.endswith("ves"):
        singulars += [f"{word[:-3]}f", f"{word[:-3]}fe"]
    return singulars


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
    """Recognise English forms of verbs in -ed that are not recorded as nouns.

    Parameters
    ----------
    word : str
        A folded word.

    Returns
    -------
    bool
        True for "announced", False for "seed".

    Examples
    --------
    >>> is_past_form("announced"), is_past_form("seed")
    (True, False)
    """
    recorded = _recorded_uses()
    bases = possible_bases(word, "ed")
    return not _is_recorded_noun(word) and any(base in recorded for base in bases)


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
