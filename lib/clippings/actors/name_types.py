"""The type of a name: person, organisation, place or group.

Clues in a name and next to it each add a weight to a type; the type with most weight wins.
"""

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from clippings.actors.name_spans import (
    BLANKS,
    ORGANISATION_HEADS,
    Position,
    is_nationality,
)
from clippings.core.lexicon import any_of, read_lexicon, words_of
from clippings.core.tokens import fold, word_spans


class Clue(NamedTuple):
    """A reason to expect a type of name."""

    type: str
    weight: float  # points; see below
    reason: str  # in words for people, as in the column `clues`


# Weights are points that are added up: 1 is a weak hint, 4 decides against all but several strong
# clues. They were set by hand on half of a newswire development set.
DATELINE_PASSAGE = Clue("place", 4.0, "in a dateline")
DATELINE_IN_TEXT = Clue("place", 3.0, "opens a dateline")

# In the name itself
COUNTRY = Clue("place", 4.0, "a country or continent")
LISTED_PLACE_WEIGHT = 2.2
NEWS_AGENCY = Clue("organisation", 4.0, "a news agency")
ORGANISATION_WORD = Clue("organisation", 3.0, "contains a word for organisations")
ORGANISATION_WORD_ALONE = ORGANISATION_WORD._replace(weight=1.2)  # "Army", "Bank"
PLACE_WORD = Clue("place", 2.5, "contains a word for places")
PLACE_WORD_AFTER_NATIONALITY = PLACE_WORD._replace(weight=0.8)  # "German Province"
ONLY_CAPITALS = Clue("organisation", 1.8, "only capital letters")
BEGINS_WITH_PLACE = Clue("organisation", 1.6, "begins with a place")  # "Boston Globe"
PARTICLE = Clue("person", 1.5, "contains a particle of personal names")  # "van", "al-"
PARTICLE_ALONE = PARTICLE._replace(weight=0.5)
INITIAL = Clue("person", 1.5, "contains an initial")  # "Harry M. Reed"
TWO_OR_THREE_WORDS = Clue("person", 1.0, "two or three words")

# Before the name
TITLE_BEFORE = Clue("person", 3.0, "preceded by a title")
SOURCE_NOUN_BEFORE = Clue("person", 2.0, "preceded by a word for speakers")  # "activist Xylo"
BRACKET_BEFORE = Clue("organisation", 0.8, "in brackets")  # "Xylo Front (XF)"
KIND_OF_PLACE_BEFORE = Clue("place", 2.0, "preceded by “towns such as”")
HELD_BEFORE = Clue("place", 2.0, "preceded by “-held”")  # "rebel-held Xylo"
THE_BEFORE = Clue("organisation", 1.0, "preceded by “the”")

# After the name
AGE_AFTER = Clue("person", 3.0, "followed by an age")
ORGANISATION_WORD_AFTER = Clue("organisation", 0.9, "followed by a word for organisations")
PLACE_WORD_AFTER = Clue("place", 2.5, "followed by a word for places")  # "Xylo province"
PLACE_AFTER = Clue("place", 2.5, "followed by a place")  # "Xylo, Jordan,"
PLACE_IN_BRACKETS_AFTER = Clue("person", 1.6, "followed by a place in brackets")
INITIALS_IN_BRACKETS_AFTER = Clue("organisation", 2.0, "followed by its initials in brackets")
BASED_AFTER = Clue("place", 2.5, "followed by “-based”")
FIGURES_AFTER = Clue("organisation", 2.5, "followed by figures, as in a table of results")
FIGURES_AFTER_LONG_NAME = FIGURES_AFTER._replace(weight=0.8)

CONTEXT_LENGTH = 60  # characters on each side of a name that are looked at
MAX_PERSON_WORDS = 3  # words of a name after "activist" that is taken for a person

ACRONYM = re.compile(r"(?:[A-Z]\.?){2,6}")  # XF, U.N.
INITIAL_IN_NAME = re.compile(r"(?:^|\s)[A-Z]\.?\s+[A-Z]")  # Harry *M.* Reed
AGE = re.compile(r",\s+\d{2}\b(?!\s*\w+\s+\d)")  # (Xylo), 45, but not (Xylo), 12 June 2014
REST_OF_DATELINE = re.compile(
    r"""
    (?: ,[ ] [A-Z][\w. ]{1,20}? )? [ \t]+         # (XYLO), Jordan
    (?: \d{4}-\d\d-\d\d                           # 1996-08-30
      | \( [A-Z][\w .]+ \) \s* [-–—]              # (The Wire) –
      | [-–—] \s )                                # –
    """,
    re.VERBOSE,
)
KIND_OF_PLACE = re.compile(  # towns such as (Xylo)
    rf"\b(?:{any_of('en/names/syntax', 'kind of place')})\s+(?:such as|like|including)\s+$"
)
HELD = re.compile(rf"[-‑](?:{any_of('en/names/syntax', 'holding after a hyphen')})$")  # rebel-held
BASED = re.compile(rf"[-‑](?:{any_of('en/names/syntax', 'home after a hyphen')})\b")  # (Xylo)-based
RESULT_FIGURES = re.compile(
    r"""
    [ \t]+ \d{1,3}                                # (Xylo) 3
    (?: [ \t]+\d                                  # 3 1 0
      | [ \t]* (?: \n | $ )                       # at the end of its line
      | [ \t]+[A-Z] )                             # 3 Zor 1
    """,
    re.VERBOSE,
)
NEXT_WORD = re.compile(r"[\s\xa0]+([^\W\d_][\w-]*)")
NEXT_NAME = re.compile(r",\s+((?:[A-Z][\w.]+\s?){1,3})")  # (Xylo), Saudi Arabia


def find_clues(text: str, start: int, end: int, position: Position) -> list[Clue]:
    """Find the clues to the type of a name: in the name, and right before and after it.

    Parameters
    ----------
    text : str
        A passage.
    start, end : int
        The name.
    position : Position
        Where the name appears, from `name_spans`.

    Returns
    -------
    list of Clue
        Empty if nothing is known.

    Notes
    -----
    What appears further off is not looked at.

    Examples
    --------
    >>> find_clues("She lives in Springfield.", 13, 24, Position.IN_SENTENCE)
    [Clue(type='place', weight=1.6, reason='preceded by “in”')]
    """
    name = text[start:end]
    after = text[end : end + CONTEXT_LENGTH]
    words = [fold(name[word_start:word_end]) for word_start, word_end in word_spans(name)]
    clues = [
        *_clues_inside(name, words),
        *_clues_before(text[max(0, start - CONTEXT_LENGTH) : start], words, position),
        *_clues_after(after, words),
    ]
    opens_line = start == 0 or text[start - 1] == "\n"
    if opens_line and REST_OF_DATELINE.match(after):
        clues.append(DATELINE_IN_TEXT)
    return clues


def most_likely_type(clues: list[Clue]) -> str:
    """Choose the type that has most weight.

    Parameters
    ----------
    clues : list of Clue
        The clues to a name, from one or all of its mentions.

    Returns
    -------
    str
        "person", "organisation", "place" or "group"; "" without clues. Of two types with the same
        weight, the first in the alphabet.

    Examples
    --------
    >>> most_likely_type([PLACE_AFTER, THE_BEFORE])
    'place'
    """
    weights = Counter()
    for clue in clues:
        weights[clue.type] += clue.weight
    return min(weights, key=lambda type_: (-weights[type_], type_), default="")


@cache
def known_places() -> dict[str, Clue]:
    """Return the folded names of countries, regions and cities of the lexicon.

    Returns
    -------
    dict of str to Clue
        The clue that each name is.

    Examples
    --------
    >>> known_places()["norway"]
    Clue(type='place', weight=4.0, reason='a country or continent')
    """
    places = {
        fold(row["word"]): Clue("place", LISTED_PLACE_WEIGHT, f"a {row['kind']} in the word list")
        for row in read_lexicon("en/names/places")
    }
    return places | dict.fromkeys(words_of("en/names/countries", "country"), COUNTRY)


@cache
def _places_without_stops() -> frozenset[str]:
    """For "Phoenix, Ariz.": the stop may end the sentence."""
    return frozenset(place.removesuffix(".") for place in known_places())


def _clues_inside(name: str, words: list[str]) -> list[Clue]:
    """Return the clues in the words of a name."""
    places = known_places()
    whole = " ".join(words)
    if whole in places:
        return [places[whole]]

    clues = []
    first_and_last = {words[0], words[-1]}
    has_several_words = len(words) > 1
    if whole in words_of("en/speech/source_nouns", source_type="agency"):
        clues.append(NEWS_AGENCY)
    if first_and_last & ORGANISATION_HEADS:
        clues.append(ORGANISATION_WORD if has_several_words else ORGANISATION_WORD_ALONE)
    if first_and_last & words_of("en/names/place_heads"):
        clues.append(PLACE_WORD_AFTER_NATIONALITY if is_nationality(words[0]) else PLACE_WORD)
    if ACRONYM.fullmatch(name):
        clues.append(ONLY_CAPITALS)
    if words[0] in places or " ".join(words[:2]) in places:
        clues.append(BEGINS_WITH_PLACE)
    if _has_particle(words):
        clues.append(PARTICLE if has_several_words else PARTICLE_ALONE)
    if has_several_words and INITIAL_IN_NAME.search(name):
        clues.append(INITIAL)
    if 2 <= len(words) <= 3 and not any(map(str.isdigit, name)):
        clues.append(TWO_OR_THREE_WORDS)
    return clues


def _has_particle(words: list[str]) -> bool:
    """Return whether a name contains "van" or a word such as "al-Hussein"."""
    particles = words_of("en/names/particles")
    return any(word in particles or word.split("-")[0] in particles for word in words)


@cache
def _clue_words(side: str) -> dict[str, list[Clue]]:
    """Return the clues of the word list for one side of a name: "before" or "after"."""
    relation = "preceded" if side == "before" else "followed"
    clues: dict[str, list[Clue]] = {}
    for row in read_lexicon("en/names/type_clues"):
        if row["side"] == side:
            reason = f"{relation} by “{row['word']}”"
            clue = Clue(row["type"], float(row["weight"]), reason)
            clues.setdefault(row["word"], []).append(clue)
    return clues


def _clues_before(before: str, words: list[str], position: Position) -> list[Clue]:
    """Return the clues right before a name: titles, prepositions, "city of"."""
    if position is Position.AFTER_TITLE:
        return [TITLE_BEFORE]
    last_words = [fold(part) for part in before.split()[-3:]]
    if not last_words or before[-1] not in BLANKS:
        return [BRACKET_BEFORE] if before[-1:] == "(" else []

    follows_the = last_words[-1] == "the"
    if follows_the:  # "in the Xylo": the word before counts
        last_words.pop()
    last_word = last_words[-1] if last_words else ""
    clue_words = _clue_words("before")
    clues = clue_words.get(" ".join(last_words[-2:])) or clue_words.get(last_word, [])

    if KIND_OF_PLACE.search(before):
        return [KIND_OF_PLACE_BEFORE]
    if HELD.search(last_word):
        return [HELD_BEFORE]
    if follows_the and " ".join(words) not in known_places():
        # "in the Xylo" says less for a place than "in Xylo"
        halved = [clue._replace(weight=clue.weight / 2) for clue in clues]
        return [*halved, THE_BEFORE]
    if last_word.rstrip(".") in words_of("en/names/titles"):
        return [TITLE_BEFORE]
    if last_word in words_of("en/speech/source_nouns") and len(words) <= MAX_PERSON_WORDS:
        return [SOURCE_NOUN_BEFORE]
    return clues


def _clues_after(after: str, words: list[str]) -> list[Clue]:
    """Return the clues right after a name: "province", "said", ", 45,", "(Jamaica)"."""
    clues = _clues_in_next_word(after) or _clues_in_punctuation_after(after, words)
    if RESULT_FIGURES.match(after):
        is_short = len(words) == 1 or " ".join(words) in known_places()
        clues.append(FIGURES_AFTER if is_short else FIGURES_AFTER_LONG_NAME)
    return clues


def _clues_in_next_word(after: str) -> list[Clue]:
    match = NEXT_WORD.match(after)
    if not match:
        return []
    word = fold(match[1])
    is_lower_case = match[1].islower()
    clues = list(_clue_words("after").get(word, []))
    if is_lower_case and word in ORGANISATION_HEADS:
        clues.append(ORGANISATION_WORD_AFTER)
    if is_lower_case and word in words_of("en/names/place_heads"):
        clues.append(PLACE_WORD_AFTER)
    return clues


def _clues_in_punctuation_after(after: str, words: list[str]) -> list[Clue]:
    """Return the first clue that applies: an age, a place, brackets, a hyphen."""
    if AGE.match(after):
        return [AGE_AFTER]
    next_name = NEXT_NAME.match(after)
    if next_name:
        place = fold(next_name[1].strip()).removesuffix(".")
        if place in _places_without_stops():
            return [PLACE_AFTER]
    in_brackets = after[2:].partition(")")[0] if after.startswith(" (") else ""
    if fold(in_brackets) in known_places():
        return [PLACE_IN_BRACKETS_AFTER]
    is_acronym = ACRONYM.fullmatch(in_brackets) and len(words) > 1
    if is_acronym and fold(in_brackets[0]) == words[0][0]:
        return [INITIALS_IN_BRACKETS_AFTER]
    if BASED.match(after):
        return [BASED_AFTER]
    return []
