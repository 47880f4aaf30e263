"""Determine the type of a name: person, organisation, place or group.

Each clue in a name or next to it adds a weight to a type; the type with the highest total wins.
"""

import re
from functools import cache
from typing import NamedTuple

from clippings.actors.first_names import clear_first_names, first_names
from clippings.actors.name_spans import (
    BLANKS,
    NAME_HEADS,
    ORGANISATION_HEADS,
    PERSON_SUFFIXES,
    Position,
    is_nationality,
)
from clippings.actors.offices import is_title
from clippings.core.lexicon import any_of, either, read_lexicon, read_words, words_of
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
LISTED_PLACE_WEIGHT = 2.2  # of a place in the word list
NEWS_AGENCY = Clue("organisation", 4.0, "a news agency")
ORGANISATION_WORD = Clue("organisation", 3.0, "contains a word for organisations")
FIRM_LIKE_PERSON = Clue("organisation", 5.0, "a firm named after persons")  # outweighs a title
ORGANISATION_WORD_ALONE = ORGANISATION_WORD._replace(weight=2.0)  # "Army", "Bank"
PLACE_WORD = Clue("place", 2.5, "contains a word for places")
PLACE_WORD_AFTER_NATIONALITY = PLACE_WORD._replace(weight=1.6)  # "German Province"
ONLY_CAPITALS = Clue("organisation", 1.8, "only capital letters")
ENDS_WITH_PLACE = Clue("organisation", 1.6, "ends with a place")  # "Real Madrid"
ACRONYM_INSIDE = Clue("organisation", 2.0, "contains an acronym")  # "RT America"
ENDS_WITH_S = Clue("organisation", 2.5, "ends with “’s”")  # "McDonald's"
AMPERSAND = Clue("organisation", 2.5, "contains “&”")
BEGINS_WITH_PLACE = Clue("organisation", 1.6, "begins with a place")  # "Boston Globe"
PARTICLE = Clue("person", 1.5, "contains a particle of personal names")  # "van", "al-"
PARTICLE_ALONE = PARTICLE._replace(weight=0.5)
INITIAL = Clue("person", 1.5, "contains an initial")  # "Harry M. Reed"
TWO_OR_THREE_WORDS = Clue("person", 1.0, "two or three words")
FIRST_NAME = Clue("person", 2.0, "begins with a first name")
# "Jordan Pike" is a person, but many places are first names: "Houston Rockets"
FIRST_NAME_OR_PLACE = FIRST_NAME._replace(weight=1.2)
FIRST_NAME_ALONE = Clue("person", 1.6, "a first name")
NICKNAME_INSIDE = Clue("person", 3.0, "contains a nickname")
# "Tae Jin-ho": a first name that is written after the family name
HYPHENATED_FIRST_NAME = Clue("person", 3.0, "ends with a hyphenated first name")
PERSON_SUFFIX = Clue("person", 3.0, "ends with “Jr.” or the like")
PART_OF_PLACE = Clue("place", 3.0, "a part of a place")  # "North Ostrand"

# Evidence of a name, but not of its type, because companies also say things: "Xylo believes"
SPEAKS = Clue("person", 0.3, "opens a sentence and speaks")

# Before the name
TITLE_BEFORE = Clue("person", 3.0, "preceded by a title")
KIN_BEFORE = Clue("person", 3.0, "preceded by a word for a relative")  # "his wife, Xylo"
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
TEAM = Clue("organisation", 2.5, "a place that plays a match")  # "Surrey beat Kent"
PRONOUN_OF_PERSON = Clue("person", 0.8, "followed by “he” or “she”")  # "Xylo said she"
PRONOUN_OF_THING = Clue("organisation", 0.8, "followed by “it”")  # "Xylo said it"
FIGURES_AFTER = Clue("organisation", 2.5, "followed by figures, as in a table of results")
FIGURES_AFTER_LONG_NAME = FIGURES_AFTER._replace(weight=1.5)

DIRECTIONS = words_of("en/names/syntax", kind="direction")
TEAM_NAMES = words_of("en/names/syntax", kind="name of a team")

CONTEXT_LENGTH = 60  # characters on each side of a name that are read
MAX_PERSON_WORDS = 3  # words of a name after "activist" that is taken for a person

KIN = re.compile(  # his wife, (Xylo)
    rf"""
    \b (?: his | her | their | my | our | whose | ['’]s ) \s+ (?: [a-z-]+ \s+ ){{0,2}}
    (?: {either(read_words("en/names/kin"))} ) ,? \s+ $
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Ordinary words by their endings: *Living* History, *Presidential* Debates
ORDINARY_FIRST_WORD = re.compile(r"[a-z]+(?:ing|ial|ical|ional|tion|ment|ness|ism|ive|ous|ly)")
ORDINARY_LAST_WORD = re.compile(r"[a-z]+(?:tion|tions|ness|ism|ology|ics|ships?|ments?)")
FAMILY_NAME_FIRST = re.compile(  # Tae Jin-ho, but not "Valley Co-op", "Part-time"
    rf"""
    [A-Z][a-z]+ [ ]
    (?! (?i: {any_of("en/names/syntax", "prefix")} ) - )
    [A-Z][a-z]{{1,5}} - [a-z]{{1,5}}
    """,
    re.VERBOSE,
)
NICKNAME_MARKS = re.compile(r"\s[“\"‘'«„(]")
ACRONYM_WORD = re.compile(r"(?<![\w.'’])(?!I{2,3}\b|IV\b)[A-Z]{2,}(?:-[A-Z]+)*(?![\w.'’])")
ACRONYM = re.compile(r"(?:[A-Z]\.?){2,6}")  # XF, U.N.
INITIAL_IN_NAME = re.compile(r"(?:^|\s)[A-Z]\.?\s+[A-Z]")  # Harry *M.* Reed
# "JK Bell", "AJ Reed": two letters of which one is J, with which many first names and few acronyms
# begin. "JP Morgan" and "NJ Transit" are organisations.
INITIALS_WITHOUT_STOPS = re.compile(r"(?!NJ|JP)(?:[A-Z]J|J[A-Z])[ ][A-Z][a-z]+")
AGE = re.compile(r",\s+\d{2}\b(?![.:/]\d|\s*\w+\s+\d)")  # (Xylo), 45, but not (Xylo), 12 June 2014
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
    rf"\b(?:{any_of('en/names/syntax', 'kind of place')})\s+"
    rf"{any_of('en/speech/function_words', 'introduces examples')}\s+$"
)
HELD = re.compile(rf"[-‑](?:{any_of('en/names/syntax', 'holding after a hyphen')})$")  # rebel-held
BASED = re.compile(rf"[-‑](?:{any_of('en/names/syntax', 'home after a hyphen')})\b")  # (Xylo)-based
RESULT_FIGURES = re.compile(
    r"""
    [ \t]+ \d{1,3}                                # (Xylo) 3
    (?: [ \t]+\d                                  # 3 1 0
      | [ \t]* (?: \n | $ )                       # at the end of its line
      | [ \t]+[A-Z]                               # 3 Zor 1
      | [ ]and[ ]\d | [ ]points | [-–]\d | [ ]\( | ,[ ][A-Z]\w+[ ]\d )   # 114 and 211; 20 points
    """,
    re.VERBOSE,
)
CONTEST = re.compile(
    rf"\s+(?:{any_of('en/names/syntax', 'plays a match')}"
    r"|won\b(?!\s+(?:independence|freedom)))\b"  # a country also wins its independence
)
PRONOUN_AFTER = re.compile(
    r"\s+[a-z]+\s+(?:(?:that|when|because|as|if)\s+)?(?:(?P<person>he|she|his|her|himself|herself)"
    r"|it|its|itself)\b"
)
VERB_OF_SAYING = re.compile(
    rf"\s+({either(read_words('en/speech/reporting_verbs', reports='clause'))})\b"
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
        The clues; empty if there are none.

    Notes
    -----
    Words farther away are not considered.

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
    if THE_BEFORE in clues and FIRST_NAME_ALONE in clues:  # "the Lenn" is not a person
        clues.remove(FIRST_NAME_ALONE)
    opens_line = start == 0 or text[start - 1] == "\n"
    if opens_line and REST_OF_DATELINE.match(after):
        clues.append(DATELINE_IN_TEXT)
    if position in (Position.SENTENCE_START, Position.OTHER_WORD) and _speaks(words, after):
        clues.append(SPEAKS)
    return clues


def _speaks(words: list[str], after: str) -> bool:
    """Return whether a single word is the subject of a verb of saying: "Lund believes"."""
    word = words[0]
    if word in _nouns_that_speak() or word in NAME_HEADS:
        return False
    verb = VERB_OF_SAYING.match(after)
    if not verb:
        return False
    # "Scientists said" and "Shares added" open sentences with a plural, "Wines believes" does not
    return verb[1].endswith("s") or not word.endswith("s")


@cache
def _nouns_that_speak() -> frozenset[str]:
    """Return nouns for speakers that open sentences as names do: police, witnesses, people."""
    nouns = {noun for noun in words_of("en/speech/source_nouns") if " " not in noun}
    others = words_of("en/names/office_fields") | words_of("en/names/name_openers")
    others |= words_of("en/names/role_words", "role")
    return frozenset(nouns | {f"{noun}s" for noun in nouns} | others | words_of("en/names/kin"))


def most_likely_type(clues: list[Clue]) -> str:
    """Choose the type with the highest total weight.

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
    weights: dict[str, float] = {}
    for clue in clues:
        weights[clue.type] = weights.get(clue.type, 0.0) + clue.weight
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
def written_places() -> dict[str, str]:
    """Return the places of `known_places` as they are written.

    Returns
    -------
    dict of str to str
        Folded name to name.

    Examples
    --------
    >>> written_places()["norway"]
    'Norway'
    """
    names = [row["word"] for row in read_lexicon("en/names/places")]
    names += [row["country"] for row in read_lexicon("en/names/countries") if row["country"]]
    return {fold(name): name for name in names}


@cache
def _places_without_stops() -> frozenset[str]:
    """Return the places of "Phoenix, Ariz.", where the stop may end the sentence, without stops."""
    return frozenset(place.removesuffix(".") for place in known_places())


def _clues_inside(name: str, words: list[str]) -> list[Clue]:
    """Return the clues in the words of a name."""
    places = known_places()
    whole = " ".join(words)
    if whole in places:
        return [places[whole]]

    person_clues = _clues_of_person(name, words) if len(words) > 1 else []
    return [
        *_clues_of_heads(name, words),
        *_clues_of_places_inside(words, person_clues),
        *_clues_of_signs(name, words),
        *person_clues,
        *_clues_of_shape(name, words),
    ]


def _clues_of_heads(name: str, words: list[str]) -> list[Clue]:
    """Return the clues of word lists: the name itself, or its first or last word: "Water Board"."""
    clues = []
    whole = " ".join(words)
    first_and_last = {words[0], words[-1]}
    if "of" in words[1:]:
        first_and_last.add(words[words.index("of") - 1])  # People's Republic of
    if whole in words_of("en/speech/source_nouns", source_type="agency"):
        clues.append(NEWS_AGENCY)
    if whole in words_of("en/names/firms_named_after_persons"):
        clues.append(FIRM_LIKE_PERSON)
    if first_and_last & ORGANISATION_HEADS:
        clues.append(ORGANISATION_WORD if len(words) > 1 else ORGANISATION_WORD_ALONE)
    if "-" in name and FAMILY_NAME_FIRST.fullmatch(name):
        clues.append(HYPHENATED_FIRST_NAME)
    elif first_and_last & words_of("en/names/place_heads"):
        clues.append(PLACE_WORD_AFTER_NATIONALITY if is_nationality(words[0]) else PLACE_WORD)
    if ACRONYM.fullmatch(name):
        clues.append(ONLY_CAPITALS)
    return clues


def _clues_of_places_inside(words: list[str], person_clues: list[Clue]) -> list[Clue]:
    """Return the clues that a name begins or ends with a place: "Boston Globe", "Real Madrid"."""
    clues = []
    places = known_places()
    begins_with_place = words[0] in places or " ".join(words[:2]) in places
    if begins_with_place and FIRST_NAME_OR_PLACE not in person_clues and words[-1] != "city":
        clues.append(BEGINS_WITH_PLACE)
    has_several_words = len(words) > 1
    if words[0] in DIRECTIONS and (not has_several_words or " ".join(words[1:]) in places):
        clues.append(PART_OF_PLACE)
    elif has_several_words and words[-1] in places and not person_clues:
        is_institution = not ORGANISATION_HEADS.isdisjoint(words)  # King's College London
        clues.append(ORGANISATION_WORD if is_institution else ENDS_WITH_PLACE)
    return clues


def _clues_of_signs(name: str, words: list[str]) -> list[Clue]:
    """Return the clues in signs and capitals: "Marks & Spencer", "McDonald's", "CITIC Bank"."""
    clues = []
    if "&" in name:
        clues.append(AMPERSAND)
    if name.endswith(("'s", "’s")):
        clues.append(ENDS_WITH_S)
    if INITIALS_WITHOUT_STOPS.fullmatch(name) and words[-1] not in NAME_HEADS:
        clues.append(INITIAL)
    elif len(words) > 1 and _contains_acronym(name):
        clues.append(ACRONYM_INSIDE)
    return clues


def _clues_of_shape(name: str, words: list[str]) -> list[Clue]:
    """Return weaker clues to a person: a first name alone, a particle, an initial, the length."""
    clues = []
    has_several_words = len(words) > 1
    if not has_several_words and words[0] in clear_first_names() and not name.isupper():
        clues.append(FIRST_NAME_ALONE)
    if _has_particle(words):
        clues.append(PARTICLE if has_several_words else PARTICLE_ALONE)
    if has_several_words and INITIAL_IN_NAME.search(name):
        # "H. Bell", but "N. Korea"
        is_place = words[-1] in known_places() and len(words) == 2
        clues.append(PART_OF_PLACE if is_place else INITIAL)
    if 2 <= len(words) <= 3 and not any(map(str.isdigit, name)) and not _has_ordinary_word(words):
        clues.append(TWO_OR_THREE_WORDS)
    return clues


def _clues_of_person(name: str, words: list[str]) -> list[Clue]:
    """Return the clues that the words of a longer name belong to a person."""
    clues = []
    if words[-1] in PERSON_SUFFIXES:
        clues.append(PERSON_SUFFIX)
    if NICKNAME_MARKS.search(name):
        clues.append(NICKNAME_INSIDE)
    is_other = words[-1] in NAME_HEADS or "of" in words or "&" in name or _contains_acronym(name)
    if words[0] not in first_names() or is_other:
        return clues
    if words[0] in known_places():
        # "Jordan Pike" and "Austin Reeves", but "Houston Rockets" and "Paris Saint-Maur"
        is_group = _is_noun_of_group(words[-1])
        if len(words) == 2 and not is_group and words[-1] not in known_places():
            clues.append(FIRST_NAME_OR_PLACE)
    elif len(words) == 2 and words[1] in known_places():
        # "Anna Rome" and "Grace Paris", but not "In Rome": hardly any organisation is called so
        if words[0] in clear_first_names():
            clues.append(FIRST_NAME)
        elif words[0] in words_of("en/names/first_names_that_are_words"):
            clues.append(FIRST_NAME_OR_PLACE)
    elif words[0] in clear_first_names():
        clues.append(FIRST_NAME)
    return clues


def _is_noun_of_group(word: str) -> bool:
    """Return whether a word after a place names a team or people: Rockets, Saint-Maur, Senators."""
    if word in TEAM_NAMES or word.startswith("saint-"):
        return True
    return word.endswith("s") and is_title(word.removesuffix("s"))


def _contains_acronym(name: str) -> bool:
    """Return whether one word of a name is in capitals, but not all: "CITIC Bank"."""
    return not name.isupper() and bool(ACRONYM_WORD.search(name))


def _has_ordinary_word(words: list[str]) -> bool:
    """Return whether a name has a word that nobody is called: Living History."""
    if ORDINARY_FIRST_WORD.fullmatch(words[0]) and words[0] not in first_names():
        return True
    return bool(ORDINARY_LAST_WORD.fullmatch(words[-1]))


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
    if KIN.search(before):
        return [KIN_BEFORE]
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
    if _is_title_before(last_word):
        return [TITLE_BEFORE]
    is_noun_of_organisation = any(clue.type == "organisation" for clue in clues)  # network CNBC
    is_speaker = last_word in words_of("en/speech/source_nouns") and not is_noun_of_organisation
    if is_speaker and len(words) <= MAX_PERSON_WORDS:
        return [SOURCE_NOUN_BEFORE]
    return clues


def _is_title_before(word: str) -> bool:
    """Return whether a word before a name is a title: "Sen.", but not "She was queen. (Xylo)"."""
    titles = words_of("en/names/titles")
    if word.endswith("."):
        word = word.rstrip(".")
        return word in titles and word in words_of("en/text/abbreviations")
    return word in titles


def _clues_after(after: str, words: list[str]) -> list[Clue]:
    """Return the clues right after a name: "province", "said", ", 45,", "(Jamaica)"."""
    clues = _clues_in_next_word(after) or _clues_in_punctuation_after(after, words)
    if CONTEST.match(after) and " ".join(words) in known_places():
        clues.append(TEAM)
    pronoun = PRONOUN_AFTER.match(after)
    if pronoun:
        clues.append(PRONOUN_OF_PERSON if pronoun["person"] else PRONOUN_OF_THING)
    if RESULT_FIGURES.match(after):
        is_short = len(words) == 1 or " ".join(words) in known_places()
        clues.append(FIGURES_AFTER if is_short else FIGURES_AFTER_LONG_NAME)
    return clues


def _clues_in_next_word(after: str) -> list[Clue]:
    """Return the clues of the word after a name: "Ostrand province", "Ostrand said"."""
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
