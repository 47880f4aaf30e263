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

# Nouns in -ly that WordNet's texts do not contain.
NOUNS_IN_LY = frozenset(
    ["ally", "anomaly", "assembly", "butterfly", "family", "italy", "july", "monopoly"]
)


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
    """Return the listed adjectives, with those of nationalities."""
    nationalities = words_of("en/names/countries", "nationality")
    return words_of("en/text/term_words", kind="adjective") | nationalities


@cache
def expected_uses(word: str) -> Uses:
    """Estimate the shares of the uses of an English word from the list and from its ending."""
    recorded = _recorded_uses()
    if word in recorded and sum(recorded[word]):
        return _shares(recorded[word])
    if word in recorded:
        return _shares(Uses(1.0, 1.0, 0.0))

    for base in possible_bases(word, "s"):
        if base in recorded:
            noun, verb, _ = recorded[base]
            return _shares(Uses(noun + 0.5, verb, 0.0))
    if any(base in recorded and recorded[base].verb for base in possible_bases(word, "ed")):
        return Uses(0.0, 0.9, 0.1)
    if any(base in recorded and recorded[base].verb for base in possible_bases(word, "ing")):
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


def possible_bases(word: str, ending: str) -> list[str]:
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
def is_gerund(word: str) -> bool:
    """Return whether an English word ends in -ing and is not recorded as a noun."""
    if not word.endswith("ing") or len(word) <= 5:
        return False
    recorded = _recorded_uses().get(word)
    return recorded is None or recorded.noun == 0


@cache
def is_past_form(word: str) -> bool:
    """Return whether an English word is a form in -ed of a verb, and not recorded as a noun."""
    recorded = _recorded_uses()
    is_noun = word in recorded and recorded[word].noun > 0
    return not is_noun and any(base in recorded for base in possible_bases(word, "ed"))


@cache
def is_superlative(word: str) -> bool:
    """Return whether an English word is a superlative ("closest") and not a noun ("forest")."""
    if not word.endswith("est") or len(word) <= 5:
        return False
    bases = [word[:-3], word[:-2], f"{word[:-4]}y", word[:-4]]
    adjectives = english_adjectives()
    recorded = _recorded_uses()
    is_noun = word in recorded and recorded[word].noun > 0
    return not is_noun and any(
        base in adjectives or (base in recorded and recorded[base].adjective > 0) for base in bases
    )


def is_adverb(word: str) -> bool:
    """Return whether an English word is an adverb in -ly, and not a noun such as "supply"."""
    if not word.endswith("ly") or len(word) <= 4:
        return False
    recorded = _recorded_uses().get(word)
    is_noun = recorded is not None and recorded.noun > 0
    return not is_noun and word not in NOUNS_IN_LY
