"""What the words around a mention say about its event.

"Another attack" is not the attack reported so far, "the attack" usually is, and "charged with
murder" names a charge. Events that concern a thing ("cut jobs", "cut prices") are the same only if
the thing is.
"""

import re
from functools import cache
from itertools import islice
from typing import NamedTuple

from clippings.brief.clauses import sentence_around
from clippings.core.lexicon import read_lexicon, read_words
from clippings.timeline.default_events import (
    OTHER,
    STATEMENT,
    EventWord,
    verb_ending_here,
    verb_of_form,
    words_in_role,
)
from clippings.timeline.phrases import Phrase, PhraseReader
from clippings.timeline.sentence_words import (
    ADVERB,
    COMMA,
    NOMINAL,
    NOUN,
    NUMBER,
    PREPOSITION,
    PRESENT_PARTICIPLE,
    RELATIVE,
    read_sentence_words,
)

# Number of characters that are read before a mention: its phrase; if that contains a word such as
# "another" or "charged", also the subject; after a mention: the beginning of its object; and in a
# long sentence, the part in which the thing is looked for.
WIDTH_OF_PHRASE = 40
WIDTH_OF_SUBJECT = 90
WIDTH_OF_OBJECT = 40
WIDTH_OF_CLAUSE = 250

# Number of words that may describe an event or the crime of a charge: "another deadly car bombing",
# "second-degree".
MAX_DESCRIBING_WORDS = 4

# Number of words after a verb that show whether its object is another one: "killed two other".
WORDS_OF_OBJECT = 3

# Number of words of a subject with an aside: "another climber, 36-year-old Ann Lund, has died".
MAX_WORDS_OF_SUBJECT = 9

WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")

# Text between two words of one phrase: a blank, or the comma of "a second, deadlier attack".
WITHIN_PHRASE = re.compile(r",?\s+")

# Text between two words of the name of a crime: "second-degree murder", also with blanks.
WITHIN_NAME_OF_CRIME = re.compile(r"\s+(?:-\s+)?")

# The hyphen of "quake-proof"; some texts have blanks around it: "quake - triggered".
HYPHEN_OF_COMPOUND = re.compile(r"-|\s-\s\w+ed\b")

PUNCTUATION_TO_BLANKS = str.maketrans(dict.fromkeys(",.;:!?\"“”'’()", " "))

# Determiners and possessives that refer to something known: "the attack", "his arrest".
DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their"})


# What follows the number in "production cuts of 30 percent"; "per cent" is two words.
PERCENT = frozenset({"percent", "cent", "pct", "point"})


class Context(NamedTuple):
    """What the surrounding words say about an event.

    Attributes
    ----------
    is_another : bool
        It is called another, second or earlier event, or it happens to another person or thing.
    is_charge : bool
        It names what somebody is charged with or convicted of.
    is_definite : bool
        It is a noun that refers to a known event: "the attack".
    is_modifier : bool
        It is a noun that only describes the next one: "the attack site".
    is_singular, is_plural : bool
        It is a noun in the singular or plural: "the attack", "the attacks".
    of_something : bool
        It is a noun followed by somebody or something not yet known: "the murder of a teacher".
    things : frozenset of str
        For kinds that concern a thing: the nouns for it, in the singular; empty if unknown.
    """

    is_another: bool = False
    is_charge: bool = False
    is_definite: bool = False
    is_modifier: bool = False
    is_singular: bool = False
    is_plural: bool = False
    of_something: bool = False
    things: frozenset[str] = frozenset()


NO_CONTEXT = Context()


class _Token(NamedTuple):
    """A word near a mention, in small letters; `gap` is the text between it and the mention."""

    low: str
    gap: str


def read_context(
    text: str,
    start: int,
    end: int,
    kind: str,
    family: str,
    sentence: tuple[int, int] | None = None,
) -> Context:
    """Read what the words around a mention say about its event.

    Parameters
    ----------
    text : str
        The text of the article.
    start, end : int
        The offsets of the mention.
    kind, family : str
        Its kind and word family, as in the table events. The kinds of the codebook have no family;
        the analyst decides what they concern, so that things are only read for built-in kinds.
    sentence : tuple of int, optional
        The result of `sentence_around` for the start of the mention, if it is already known.

    Returns
    -------
    Context

    Examples
    --------
    >>> text = "Rebels attacked another school. The attack killed a man."
    >>> read_context(text, 7, 15, "attack", "attack").is_another
    True
    >>> read_context(text, 36, 42, "attack", "attack").is_definite
    True
    """
    first, last = sentence or sentence_around(text, start)
    low = text[start:end].lower()
    start_of_subject = max(first, start - WIDTH_OF_SUBJECT)
    nearby = text[start_of_subject : end + WIDTH_OF_OBJECT].lower()
    words = nearby.translate(PUNCTUATION_TO_BLANKS).split()
    has_sign = not _words_for_others_and_charges().isdisjoint(words)
    has_thing = family != "" and kind in thing_kinds()
    # Most mentions need no closer look: past forms, statements and actions without a kind.
    is_simple = low.endswith("ed") or kind in (OTHER, STATEMENT)
    if is_simple and not has_sign and not has_thing:
        return NO_CONTEXT

    after = _words_after(text, end, min(max(last, end), end + WIDTH_OF_OBJECT))
    start_of_phrase = max(first, start - WIDTH_OF_PHRASE)
    before = _words_before(text, start_of_subject if has_sign else start_of_phrase, start)
    word_before = before[0].low if before and before[0].gap.isspace() else ""
    word_after = after[0].low if after and after[0].gap.isspace() else ""
    description = _description(before)
    is_verb = _is_verb(verb_ending_here(low, word_before, word_after), description)

    things = frozenset()
    if has_thing:
        span = (max(first, start - WIDTH_OF_CLAUSE), min(last, end + WIDTH_OF_CLAUSE))
        things = _things(text, span, (start, end), kind, family, is_verb)
    is_noun = not is_verb and " " not in low
    is_modifier = is_noun and _describes_next_word(text, end, after)
    is_plural = is_noun and low.endswith("s") and not low.endswith("ss")
    return Context(
        is_another=has_sign and _is_another(description, before, after, is_verb),
        is_charge=has_sign and _is_charge(before, word_after),
        is_definite=is_noun and not is_modifier and not DEFINITE.isdisjoint(description),
        is_modifier=is_modifier,
        is_singular=is_noun and not is_plural,
        is_plural=is_plural,
        of_something=is_noun and _is_of_something(after),
        things=things,
    )


def _is_verb(ending: str | None, description: list[str]) -> bool:
    """Return whether a mention is a verb, judging by its form and the words before it."""
    if ending is None:
        return False
    has_determiner = bool(description) and description[-1] in words_in_role("determiner")
    is_past = ending in ("ed", "past")
    return is_past or not has_determiner  # "an earlier bombing"


def _words_before(text: str, first: int, start: int) -> list[_Token]:
    """List the words before a mention, the nearest first."""
    tokens = []
    end_of_gap = start
    for match in reversed(list(WORD.finditer(text, first, start))):
        tokens.append(_Token(match[0].lower(), text[match.end() : end_of_gap]))
        end_of_gap = match.start()
    return tokens


def _words_after(text: str, end: int, last: int) -> list[_Token]:
    """List the first words after a mention."""
    tokens = []
    start_of_gap = end
    for match in islice(WORD.finditer(text, end, last), WORDS_OF_OBJECT):
        tokens.append(_Token(match[0].lower(), text[start_of_gap : match.start()]))
        start_of_gap = match.end()
    return tokens


def _description(before: list[_Token]) -> list[str]:
    """Return the words of the phrase that ends before a mention, the nearest first.

    The phrase begins with its determiner: "the second car | bombing".
    """
    words = []
    for token in before[: MAX_DESCRIBING_WORDS + 1]:
        if not WITHIN_PHRASE.fullmatch(token.gap):
            break
        if token.low in _ends_of_phrase():
            break
        words.append(token.low)
        if token.low in DEFINITE or token.low in words_in_role("definite", "indefinite"):
            break
    return words


@cache
def _ends_of_phrase() -> frozenset[str]:
    """Return words that are not part of a noun phrase."""
    roles = ("preposition", "further_preposition", "auxiliary", "pronoun", "conjunction")
    more_roles = ("form_of_be", "form_of_have", "relative", "clause_word", "object_pronoun")
    return words_in_role(*roles, *more_roles) - words_in_role("definite") - DEFINITE


# --- another event --------------------------------------------------------------------------------


@cache
def _words_for_others(*describes: str) -> frozenset[str]:
    """Return the words of lexicon/en/claims/other_events."""
    return frozenset(
        word
        for value in describes
        for word in read_words("en/claims/other_events", describes=value)
    )


def _is_another(
    description: list[str], before: list[_Token], after: list[_Token], is_verb: bool
) -> bool:
    """Return whether words call an event, its object or its subject another one."""
    if not is_verb:
        return not _words_for_others("event", "any").isdisjoint(description)
    others = _words_for_others("any")
    for token in after:  # "attacked another school", "killed two other men", "hit the second"
        if not token.gap.isspace():
            break
        if token.low in others:
            return True
        if token.low not in words_in_role("determiner", "number"):
            break
    return _is_subject_another(before, others)


def _is_subject_another(before: list[_Token], others: frozenset[str]) -> bool:
    """Return whether the subject of a verb is another one: "another school was attacked"."""
    number = 0
    verbs = words_in_role("form_of_be", "form_of_have", "auxiliary", "adverb")
    while number < len(before) and before[number].low in verbs:
        number += 1
    for token in before[number : number + MAX_WORDS_OF_SUBJECT]:
        # A comma or dash may enclose an aside; other punctuation ends the clause.
        if not re.fullmatch(r"(?:,|\s-)?\s*", token.gap):
            return False
        if token.low in others:
            return True
        if token.low in _ends_of_phrase() or token.low in words_in_role("definite"):
            return False
    return False


# --- charges --------------------------------------------------------------------------------------


@cache
def _words_for_charges(*where: str) -> frozenset[str]:
    """Return the words of lexicon/en/claims/charges."""
    return frozenset(
        word for value in where for word in read_words("en/claims/charges", where=value)
    )


def _is_charge(before: list[_Token], word_after: str) -> bool:
    """Return whether a crime is named as a charge: "charged with second-degree murder"."""
    if word_after in _words_for_charges("after"):
        return True
    prepositions = words_in_role("preposition", "further_preposition") | {"to"}
    position = None
    for number, token in enumerate(before[: MAX_DESCRIBING_WORDS + 1]):
        if not WITHIN_NAME_OF_CRIME.fullmatch(token.gap) or token.low in DEFINITE:
            return False
        if token.low in prepositions:
            position = number
            break
        if token.low in _ends_of_phrase():
            return False
    if position is None:
        return False
    earlier = before[position + 1 :]
    if _words_for_charges("before") & {token.low for token in earlier[:1]}:
        return True
    # "charged two men on Monday with murder": the object and a time may intervene.
    for token in earlier[:MAX_WORDS_OF_SUBJECT]:
        if not WITHIN_PHRASE.fullmatch(token.gap) and not token.gap.startswith((" - ", ". ")):
            return False
        if token.low in _words_for_charges("verb"):
            return True
        if token.low in _words_for_charges("reason") and before[position].low == "for":
            return True
    return False


@cache
def _words_for_others_and_charges() -> frozenset[str]:
    """Return all words that can show that a mention is about another event or a charge."""
    return _words_for_others("event", "any") | _words_for_charges(
        "before", "verb", "reason", "after"
    )


# --- known events ---------------------------------------------------------------------------------


def _describes_next_word(text: str, end: int, after: list[_Token]) -> bool:
    """Return whether a noun only describes the next one: "the shooting death", "quake-proof"."""
    if HYPHEN_OF_COMPOUND.match(text, end):
        return True
    if not after or not after[0].gap.isspace():
        return False
    low = after[0].low
    is_function_word = low in _ends_of_phrase() or low in words_in_role("determiner", "adverb")
    is_verb = verb_of_form(low) != "" or low.endswith("ly") or low.endswith("n't")
    return not is_function_word and not is_verb and not low[0].isdigit()


def _is_of_something(after: list[_Token]) -> bool:
    """Return whether "of" introduces somebody not yet known: "the murder of two teachers"."""
    if len(after) < 2 or after[0].low != "of" or not after[0].gap.isspace():
        return False
    return after[1].low not in words_in_role("definite")  # "of the doctor", not "of his son"


# --- things ---------------------------------------------------------------------------------------


@cache
def thing_kinds() -> dict[str, frozenset[str]]:
    """Map kinds that concern a thing to the prepositions that introduce it after a noun.

    Returns
    -------
    dict of str to frozenset of str

    Examples
    --------
    >>> sorted(thing_kinds()["cut"])
    ['in', 'of', 'to']
    """
    return {
        row["kind"]: frozenset({"of", *(word.strip() for word in row["prepositions"].split("|"))})
        - {""}
        for row in read_lexicon("en/claims/thing_kinds")
    }


def _things(
    text: str,
    span: tuple[int, int],
    mention: tuple[int, int],
    kind: str,
    family: str,
    is_verb: bool,
) -> frozenset[str]:
    """Return the nouns for the thing that an event concerns, from its clause."""
    reader = PhraseReader(read_sentence_words(text, *span, [], []))
    start, end = mention
    event = EventWord(start, end, start, kind, family, family if is_verb else "")
    words = reader.span_of(event)
    if words is None:
        return frozenset()
    first, last = words
    things = _things_of_verb(reader, first, last, family) if is_verb else frozenset()
    # "Job cuts are planned": forms such as "cuts" are easily mistaken for verbs.
    return things or _things_of_noun(reader, first, last, thing_kinds()[kind])


def _things_of_verb(reader: PhraseReader, first: int, last: int, verb: str) -> frozenset[str]:
    """Return the nouns of the object of a verb, or of the subject if it is affected."""
    is_affected = reader.is_passive(first) or verb in words_in_role("happens_to_subject")
    if not is_affected:
        number = last + 1
        while reader.part(number) == ADVERB:
            number += 1
        phrase = reader.phrase_after(number)
        if phrase is not None:
            return _nouns(reader, phrase)
    number = reader.before_verb_group(first)
    if reader.part(number) == RELATIVE:  # "jobs that were cut"
        number -= 1
        if reader.part(number) == COMMA:
            number -= 1
    if not is_affected or reader.part(number) not in NOMINAL:
        return frozenset()
    phrase = reader.phrase_before(number)
    nouns = _nouns(reader, phrase)
    while reader.part(phrase.first - 1) == PREPOSITION and reader.part(phrase.first - 2) in NOMINAL:
        phrase = reader.phrase_before(phrase.first - 2)  # "sales of cars fell"
        nouns |= _nouns(reader, phrase)
    return nouns


def _things_of_noun(
    reader: PhraseReader, first: int, last: int, prepositions: frozenset[str]
) -> frozenset[str]:
    """Return the nouns after "of", or the one that describes a noun: "job cuts"."""
    if reader.low(last + 1) in prepositions:
        phrase = reader.phrase_after(last + 2)
        nouns = _nouns(reader, phrase) if phrase is not None else frozenset()
        if reader.part(last + 2) == PRESENT_PARTICIPLE:  # "a cut in spending"
            nouns = frozenset({reader.low(last + 2)})
        if nouns:
            return nouns
    if reader.part(first - 1) == NOUN and not reader.words[first - 1].is_genitive:
        return _nouns(reader, Phrase(first - 1, first - 1))
    return frozenset()


def _nouns(reader: PhraseReader, phrase: Phrase) -> frozenset[str]:
    """Return the head of a phrase and that of its complement, in the singular."""
    heads = [phrase.last, reader.phrase_with_complements(phrase).last]
    nouns = set()
    for head in heads:
        while head > phrase.first and reader.part(head) == NUMBER:  # "the Ostrand 5"
            head -= 1
        if reader.part(head) in NOMINAL and reader.part(head) != NUMBER:
            nouns.add(singular_of(reader.low(head)))
    return frozenset(nouns) - words_in_role("quantity") - PERCENT


def singular_of(noun: str) -> str:
    """Return a regular noun in the singular, so that "job" and "jobs" are equal.

    Parameters
    ----------
    noun : str
        In small letters.

    Returns
    -------
    str

    Examples
    --------
    >>> singular_of("jobs"), singular_of("companies"), singular_of("class")
    ('job', 'company', 'class')
    """
    if noun.endswith("ies") and len(noun) > len("ties"):
        return f"{noun[:-3]}y"
    if noun.endswith("s") and not noun.endswith(("ss", "us")):
        return noun[:-1]
    return noun


# --- victims --------------------------------------------------------------------------------------


def victim_of(kind: str, target: str) -> str:
    """Return the person who dies in an event; "" for groups, countries and other kinds of event.

    Parameters
    ----------
    kind, target : str
        The kind of event and its target, as in the table events.

    Returns
    -------
    str
        The target if it is the name of a person.

    Notes
    -----
    A person dies only once, so that killing, shooting and death of one victim are one event. Groups
    and countries ("Tolmerian soldiers", "Ostrand") can be hit many times.

    Examples
    --------
    >>> victim_of("killing", "Anna Lund"), victim_of("killing", "soldiers")
    ('Anna Lund', '')
    """
    is_person = kind in kinds_with_victim() and _is_name_of_person(target)
    return target if is_person else ""


@cache
def kinds_with_victim() -> frozenset[str]:
    """Return the kinds of event that are one event if the victim is the same.

    Returns
    -------
    frozenset of str

    Examples
    --------
    >>> sorted(kinds_with_victim())
    ['death', 'execution', 'killing', 'shooting']
    """
    rows = read_words("en/claims/one_event", column="names", of="victim")
    return frozenset(name.strip() for row in rows for name in row.split("|"))


@cache
def _is_name_of_person(label: str) -> bool:
    """Return whether a label can be the name of a person, judging by its words."""
    words = label.split()
    if not words or not all(word[0].isupper() for word in words):
        return False
    low = {word.lower() for word in words}
    bodies = {word.lower() for word in read_words("en/names/organisation_heads")}
    is_place = label in _places()
    return not is_place and low.isdisjoint(bodies) and low.isdisjoint(words_in_role("body"))


@cache
def _places() -> frozenset[str]:
    """Return names of places, of nations and of their people: groups, not persons."""
    countries = read_lexicon("en/names/countries")
    nations = {row["nationality"] for row in countries}
    places = {
        *read_words("en/names/places"),
        *read_words("en/events/places_within", column="place"),
    }
    return frozenset(
        {row["country"] for row in countries}
        | nations
        | {f"{nation}s" for nation in nations}
        | places
    )
