"""Split a sentence into words with their parts of speech: noun, name, preposition, verb.

This simple analysis works without a parser. It is sufficient for finding the noun phrase before a
verb and the beginning of the next clause. The words come from `lexicon/en/events`.
"""

import re
from functools import cache
from typing import NamedTuple

from clippings.core.lexicon import read_lexicon
from clippings.timeline.default_events import (
    all_verb_forms,
    verb_ending_here,
    verb_of_form,
    words_in_role,
)

# Parts of speech
NAME = "name"
NATION = "nation"  # an adjective of a country or people: "Israeli"
PEOPLE = "people"  # its plural: "Israelis"
NOUN = "noun"  # a noun, an adjective, or an unknown word
DETERMINER = "determiner"
NUMBER = "number"
TIME = "time"
PREPOSITION = "preposition"
TO = "to"
BE = "be"
AUXILIARY = "auxiliary"
ADVERB = "adverb"
FINITE = "finite"  # "says", or a base form with a subject: "they say"
PAST = "past"  # "arrested": the past or a participle
PRESENT_PARTICIPLE = "present_participle"  # "arresting"
BASE = "base"  # "will arrest"
PRONOUN = "pronoun"
RELATIVE = "relative"
CLAUSE_WORD = "clause_word"
CONJUNCTION = "conjunction"
COMMA = "comma"
BREAK = "break"

PART_OF_ENDING = {"ed": PAST, "past": PAST, "s": FINITE, "ing": PRESENT_PARTICIPLE, "": BASE}
VERBS = frozenset(PART_OF_ENDING.values())
NOMINAL = frozenset({NAME, NATION, PEOPLE, NOUN, NUMBER})

GENITIVE_ENDINGS = ("'s", "’s", "s'", "s’")

TOKEN = re.compile(
    r"""
      (?P<word>[^\W\d_]+(?:[-'’.][^\W\d_]+)*['’]?)   # "cease-fire", "party's", "rebels'"
    | (?P<number>[\d£$€][\d.,:%]*)                   # "14", "2,500", "30%"
    | (?P<break>--+|[^\w\s])                         # a dash, a comma, a bracket
    """,
    re.VERBOSE,
)


class Name(NamedTuple):
    """A mention of an actor or a place, in characters of the passage."""

    start: int
    end: int
    label: str
    type: str


class Word(NamedTuple):
    """A word, a name of several words or a punctuation mark, in characters of the passage."""

    start: int
    end: int
    low: str  # in small letters, without a genitive ending
    part: str  # NAME, NOUN, PREPOSITION …
    is_genitive: bool
    name: Name | None


@cache
def _nations() -> frozenset[str]:
    """Return the adjectives of countries and peoples that can act ("Israeli", not "Western")."""
    return frozenset(
        row["nationality"]
        for row in read_lexicon("en/names/countries")
        if row["nationality"] and row["nationality"] not in words_in_role("direction")
    )


# The shape of a nation's adjective or plural: "Israeli", "Sri Lankans".
CAPITALISED = re.compile(r"\b[A-Z][a-z]+(?:\s[A-Z][a-z]+)?")


@cache
def _nations_and_people() -> frozenset[str]:
    """Return the adjectives of nations and their plurals."""
    return _nations() | {f"{nation}s" for nation in _nations()}


def has_nation(text: str, start: int, end: int) -> bool:
    """Return whether part of a text contains the adjective of a nation or its plural.

    Parameters
    ----------
    text : str
        The passage.
    start, end : int
        The stretch in it.

    Returns
    -------
    bool

    Examples
    --------
    >>> has_nation("Two Israeli soldiers left.", 0, 26), has_nation("Two soldiers left.", 0, 18)
    (True, False)
    """
    nations = _nations_and_people()
    matches = CAPITALISED.finditer(text, start, end)
    return any(not nations.isdisjoint((match[0], *match[0].split())) for match in matches)


@cache
def _part_of_function_words() -> dict[str, str]:
    """Map each word that has only one part of speech to that part."""
    part_of_role = {
        "determiner": DETERMINER,
        "preposition": PREPOSITION,
        "further_preposition": PREPOSITION,
        "auxiliary": AUXILIARY,
        "form_of_have": AUXILIARY,
        "form_of_be": BE,
        "adverb": ADVERB,
        "pronoun": PRONOUN,
        "object_pronoun": PRONOUN,
        "clause_word": CLAUSE_WORD,
        "conjunction": CONJUNCTION,
        "relative": RELATIVE,
        "number": NUMBER,
    }
    part_of_word = {}
    for role, part in part_of_role.items():
        part_of_word.update(dict.fromkeys(words_in_role(role), part))
    part_of_word["to"] = TO
    return part_of_word


def read_sentence_words(text: str, start: int, end: int, names: list, times: list) -> list[Word]:
    """Split a sentence into words with their parts of speech.

    Parameters
    ----------
    text : str
        The passage.
    start, end : int
        The sentence in it.
    names : list of Name
        The names in the sentence, in order of place; each becomes one word.
    times : list of tuple of int
        The spans of time expressions, in order of place; each becomes one word.

    Returns
    -------
    list of Word

    Notes
    -----
    Whether a word that is not a listed function word is a verb depends on its neighbours and its
    usual uses (see `default_events`). All other words are treated as nouns.

    Examples
    --------
    >>> words = read_sentence_words("Rebels killed two Israeli soldiers.", 0, 35, [], [])
    >>> [(word.low, word.part) for word in words[:4]]
    [('rebels', 'noun'), ('killed', 'past'), ('two', 'number'), ('israeli', 'nation')]
    """
    spans: dict[int, tuple[int, str, Name | None]] = {}
    for time_start, time_end in times:
        spans[time_start] = (time_end, TIME, None)
    for name in names:
        spans[name.start] = (name.end, NAME, name)
    words: list[Word] = []
    function_words = _part_of_function_words()
    verb_forms = all_verb_forms()
    position = start
    for match in TOKEN.finditer(text, start, end):
        first, last = match.span()
        if first < position:  # inside a name
            continue
        span = spans.get(first)
        if span is not None:
            last, part, name = span
            is_genitive = text.startswith(GENITIVE_ENDINGS, last)
            low = text[first:last].lower()
            words.append(Word(first, last, low, part, is_genitive, name))
            position = last + len("'s") if is_genitive else last
            continue
        written = match[0]
        low = written.lower()
        part = function_words.get(low)
        if part is None and match.lastgroup == "break":
            part = COMMA if low == "," else BREAK
        elif part is None and low == written and low not in verb_forms and low.isalpha():
            part = _part_of_other_word(low)
        if part is None:
            word = _read_word(text, match, words)
        else:  # most words; building the record here is faster than a call
            word = Word(first, last, low, part, False, None)
        if word.part == NUMBER:
            _join_qualifier(words)
        words.append(word)
    return words


def _part_of_other_word(low: str) -> str:
    """Return the part of speech of a word that is neither listed nor a verb."""
    is_adverb = low.endswith("ly") and low not in words_in_role("noun_in_ly")
    return ADVERB if is_adverb else NOUN


@cache
def _qualifiers() -> frozenset[tuple[str, ...]]:
    """Return what may precede a number, as words: "at least"."""
    return frozenset(tuple(row["word"].split()) for row in read_lexicon("en/numbers/qualifiers"))


def _join_qualifier(words: list[Word]) -> None:
    """Join words such as "at least" with the number that follows them."""
    for length in (3, 2, 1):
        qualifier = tuple(word.low for word in words[-length:])
        if qualifier in _qualifiers():
            words[-length:] = [word._replace(part=NUMBER) for word in words[-length:]]
            return


def _read_word(text: str, match: re.Match, words: list[Word]) -> Word:
    """Read a word or number that is neither a name nor a time."""
    start, end = match.span()
    if match["number"]:
        return Word(start, end, match[0], NUMBER, False, None)
    low = match[0].lower().replace("’", "'")
    is_genitive = low.endswith(("'s", "s'"))
    stem = low.removesuffix("'").removesuffix("'s") if is_genitive else low
    return Word(start, end, stem, _part_of(match[0], stem, text, end, words), is_genitive, None)


def _part_of(written: str, low: str, text: str, end: int, words: list[Word]) -> str:
    """Return the part of speech of a word that is neither a name nor a time."""
    part = _part_of_function_words().get(low)
    if part is not None:
        return part
    if written[0].isupper():
        singular = written.removesuffix("s")
        if written in _nations():
            return NATION
        if written.endswith("s") and singular in _nations():
            return PEOPLE
    ending = _verb_ending(low, text, end, words) if verb_of_form(low) else None
    return _part_of_other_word(low) if ending is None else PART_OF_ENDING[ending]


def _verb_ending(low: str, text: str, end: int, words: list[Word]) -> str | None:
    """Return the ending of a verb form if the neighbouring words allow it to be a verb."""
    before = ""
    if words and words[-1].part not in (COMMA, BREAK):
        before = f"{words[-1].low}'s" if words[-1].is_genitive else words[-1].low
    following = TOKEN.match(text, end + 1)
    after = following[0].lower() if following and following["word"] else ""
    ending = verb_ending_here(low, before, after)
    follows_verb = bool(words) and words[-1].part in VERBS
    if ending in ("s", "") and follows_verb and not _takes_bare_verb(before):
        return None  # "staged rallies", but "helped build"
    return ending


def _takes_bare_verb(low: str) -> bool:
    """Return whether a verb form can have another verb next to it, without "to"."""
    return verb_of_form(low) in words_in_role("verb_before_bare_verb")
