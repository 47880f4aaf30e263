"""Who did it, to whom, and where: read from the clause of an event, or left empty.

There is no parser. A name counts only where its position leaves little doubt: before a verb without
another clause in between, after it without a preposition, after "by", "of", "against", "in".
"""

import re
from functools import cache
from typing import NamedTuple

from clippings.core.lexicon import either, read_lexicon, read_words
from clippings.timeline.default_events import is_finite_verb, kind_has_patient

# Characters of a sentence that are read to either side of an event: a long clause.
CLAUSE_WIDTH = 160

# Characters at the start of a sentence in which a place governs all of it ("In Ostrand, …").
OPENING_WIDTH = 24

# Characters before a verb that hold an auxiliary and an adverb: "were reportedly ".
AUXILIARY_WIDTH = 24

# Characters before a name that hold a preposition and what describes the name.
PREPOSITION_WIDTH = 60

# Words between a verb and its object, or a preposition and its name: "the northern city of".
MAX_WORDS_IN_BETWEEN = 4

BE = r"(?:was|were|been|be|being|is|are|gets?|got)"

PASSIVE = re.compile(
    rf"""
    \b{BE}\s+
    (?:not\s+|\w+ly\s+|also\s+|since\s+)?        # "were reportedly"
    $                                            # and then the participle
    """,
    re.IGNORECASE | re.VERBOSE,
)

# A name inside a phrase that begins with a preposition is not the subject: "in the port of Lund".
AFTER_PREPOSITION = re.compile(
    rf"""
    \b{either(read_words("en/events/contexts", role="preposition"))}\s+
    (?:(?:the|a|an|his|her|its|their|some|all|both)\s+)?
    (?:[a-z][\w-]*\s+){{0,3}}?
    $
    """,
    re.IGNORECASE | re.VERBOSE,
)

# Before a place where something happens.
AT_PLACE = re.compile(
    r"""
    \b(?:in|at|near|outside|inside|around|across|within|throughout|off)\s+
    (?:the\s+|a\s+)?
    (?:[a-z][\w-]*\s+){0,4}                       # "northern city of"
    $
    """,
    re.VERBOSE | re.IGNORECASE,
)

# What may stand between a subject and its verb besides nouns of its own: a description between
# commas, brackets or dashes.
ASIDE = re.compile(
    r"""
      ^,[^,;:.]{1,90},                            # ", the mayor of Ostrand,"
    | \([^()]{1,60}\)                             # "(EADS)"
    | \s[–—-]+\s[^–—;:.]{1,90}\s[–—-]+\s          # " – a former minister – "
    """,
    re.VERBOSE,
)

RELATIVE = re.compile(r"^,?\s*(?:who|which|that)\s+", re.IGNORECASE)
POSSESSIVE = re.compile(r"^(?:['’]s?)(?=\s)")
CLAUSE_BREAK = re.compile(r"[,;:.!?“”\"()\n]")
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")

# Words that begin another clause: its subject is another one.
CLAUSE_WORDS = frozenset(read_words("en/events/contexts", role="clause_word"))

# Between a verb and its object stand words that describe the object, and none of these.
NOT_BEFORE_OBJECT = CLAUSE_WORDS | frozenset(
    read_words("en/events/contexts", role="not_before_object")
)

# Prepositions after a verb or a noun that introduce the other party: "clashed with", "attack on".
OTHER_PARTY = re.compile(
    r"^\s+(?:with|against|on|upon|towards?)\s+(?:the\s+|a\s+)?(?:[a-z][\w-]*\s+){0,3}$"
)
PARTY_OF_NOUN = re.compile(  # "the attack last week by the army against"
    r"""
    ^[^,;:.!?]{0,60}\b(?:against|with)\s+(?:the\s+|a\s+)?(?:[a-z][\w-]*\s+){0,3}$
    """,
    re.VERBOSE,
)
BY_AGENT = re.compile(r"^[^,;:.!?]{0,40}\bby\s+(?:the\s+|a\s+)?(?:[\w-]+\s+){0,3}$", re.IGNORECASE)
OF_PARTY = re.compile(r"^\s+of\s+(?:the\s+|a\s+)?(?:[a-z][\w-]*\s+){0,3}$", re.IGNORECASE)

# "aid to Ostrand", "appealed to the board": for other kinds, "to" is a direction.
TO_PARTY = re.compile(r"^[^,;:.!?]{0,60}\bto\s+(?:the\s+|a\s+)?(?:[a-z][\w-]*\s+){0,3}$")
KINDS_WITH_RECIPIENT = frozenset({"aid", "order", "statement", "warning", "deportation"})

# "thousands of", "the leaders of": the name after it is the object.
PART_OF = re.compile(
    r"\b(?:hundreds|thousands|dozens|scores|tens|members|leaders|all|most|some|many)\s+of\b"
)

PRONOUN_OF_SPEAKER = re.compile(
    r"""
    ^\s+(?:has\s+|had\s+|have\s+)?
    (?:said|says|say|announced|confirmed|promised|told\s+\w+)
    (?:\s+(?:on\s+)?\w+day)?                      # "said on Monday"
    (?:\s+that)?
    \s+(?:it|he|she|they)\s+
    """,
    re.IGNORECASE | re.VERBOSE,
)


class Name(NamedTuple):
    """A mention of an actor or a place, in characters of the passage."""

    start: int
    end: int
    label: str
    type: str


class Clause(NamedTuple):
    """An event in its sentence, in characters of the passage."""

    text: str  # of the passage
    sentence_start: int
    sentence_end: int
    start: int  # of the event
    end: int
    kind: str
    verb: str  # base form of a verb; "" for a noun


class Arguments(NamedTuple):
    """Who did it, to whom it was done, and where; "" if the clause does not say."""

    agent: str
    target: str
    place: str


def find_arguments(clause: Clause, names: list[Name]) -> Arguments:
    """Read the participants and the place of an event from its clause.

    Parameters
    ----------
    clause : Clause
        The event.
    names : list of Name
        The names of its sentence, in order of place.

    Returns
    -------
    Arguments
        Each of them is empty where position, voice and prepositions do not tell.

    Examples
    --------
    >>> text = "Lund was arrested by the Ostrand police in Tolmere."
    >>> names = [Name(0, 4, "Lund", "person"), Name(25, 39, "Ostrand police", "organisation")]
    >>> names.append(Name(43, 50, "Tolmere", "place"))
    >>> find_arguments(Clause(text, 0, 51, 9, 17, "arrest", "arrest"), names)
    Arguments(agent='Ostrand police', target='Lund', place='Tolmere')
    """
    if not names:
        return Arguments("", "", "")
    before = [name for name in names if name.end <= clause.start]
    after = [name for name in names if name.start >= clause.end]
    if clause.verb:
        agent, target = _parties_of_verb(clause, before, after)
    else:
        agent, target = _parties_of_noun(clause, before, after)
    if agent == target:
        target = ""
    return Arguments(agent, target, _place(clause, before, after))


# --- verbs ----------------------------------------------------------------------------------------


def _parties_of_verb(clause: Clause, before: list[Name], after: list[Name]) -> tuple[str, str]:
    """Agent and target of a verb, by its voice."""
    text = clause.text
    lead = text[max(clause.sentence_start, clause.start - AUXILIARY_WIDTH) : clause.start]
    by_name = _first_that_follows(clause, after, BY_AGENT)
    is_passive = PASSIVE.search(lead) is not None
    # "the men arrested by the police": a participle after its noun
    is_reduced = by_name != "" and text[clause.start : clause.end].endswith(("ed", "en", "wn"))

    subject = _subject(clause.text, clause.sentence_start, clause.start, before)
    if is_passive or is_reduced:
        return by_name, subject
    if clause.verb in _verbs_that_happen_to_their_subject():
        return "", subject
    target = _object(clause, after) or _first_that_follows(clause, after, OTHER_PARTY)
    if not target and clause.kind in KINDS_WITH_RECIPIENT:
        target = _first_that_follows(clause, after, TO_PARTY)
    return subject, target


@cache
def _verbs_that_happen_to_their_subject() -> frozenset[str]:
    """Verbs such as "die": who dies has not done it."""
    role = "happens_to_subject"
    return frozenset(read_words("en/events/contexts", role=role))


def _subject(text: str, sentence_start: int, start: int, before: list[Name]) -> str:
    """The subject of a verb that begins at `start`; "" if it is not a name, or not certain."""
    for name in reversed(before):
        if start - name.end > CLAUSE_WIDTH:
            return ""
        between = text[name.end : start]
        speaks_of_himself = PRONOUN_OF_SPEAKER.match(between)
        if speaks_of_himself and _is_verb_group(between[speaks_of_himself.end() :]):
            return name.label
        if POSSESSIVE.match(between) and not _is_body_of(name, between):
            return ""  # "Lund's brother": somebody else
        if AFTER_PREPOSITION.search(text[sentence_start : name.start]):
            continue
        return name.label if _leads_to_verb(POSSESSIVE.sub("", between, count=1)) else ""
    return ""


@cache
def _bodies() -> frozenset[str]:
    """Words for those who act for a state or an organisation: its army, police, officials."""
    words = {
        *read_words("en/numbers/people"),
        *read_words("en/names/organisation_heads"),
        *read_words("en/events/contexts", role="body"),
    }
    return frozenset(word.lower() for word in words)


def _is_body_of(name: Name, between: str) -> bool:
    """Whether a genitive leads to a body that acts for the name: "Ostrand's army"."""
    words = [match[0].lower() for match in WORD.finditer(POSSESSIVE.sub("", between, count=1))]
    return name.type != "person" and not _bodies().isdisjoint(words[:3])


def _leads_to_verb(between: str) -> bool:
    """Whether nothing but a subject's own words stand between its name and a verb."""
    rest = ASIDE.sub(" ", between, count=1)
    rest = RELATIVE.sub(" ", rest, count=1)
    words = [match[0].lower() for match in WORD.finditer(rest)]
    if words and not _can_follow_subject(words):
        return False  # "the Ostrand senator": the name only describes somebody
    return _is_verb_group(rest)


def _can_follow_subject(words: list[str]) -> bool:
    """Whether words after a name leave it the subject: parts of the verb, or "members"."""
    first = words[0]
    is_of_verb = first in _words_of_verbs() or is_finite_verb(first) or first.endswith("ly")
    return is_of_verb or not _bodies().isdisjoint(words[:3])


@cache
def _words_of_verbs() -> frozenset[str]:
    """Auxiliaries, and adverbs that stand with them."""
    words = {
        *read_words("en/events/contexts", role="auxiliary"),
        *read_words("en/events/contexts", role="with_auxiliary"),
        *read_words("en/events/contexts", role="preposition"),
    }
    return frozenset(words)


def _is_verb_group(words_before_verb: str) -> bool:
    """Whether words hold no other clause and no other finite verb, "plans to" excepted."""
    if CLAUSE_BREAK.search(words_before_verb):
        return False
    words = [match[0].lower() for match in WORD.finditer(words_before_verb)]
    for number, word in enumerate(words):
        following = words[number + 1] if number + 1 < len(words) else ""
        if word in CLAUSE_WORDS:
            return False
        if is_finite_verb(word) and following != "to":
            return False
    return True


def _object(clause: Clause, after: list[Name]) -> str:
    """The first name after a verb, if only words that describe it stand in between."""
    if not after:
        return ""
    name = after[0]
    between = PART_OF.sub("", clause.text[clause.end : name.start])
    words = [match[0].lower() for match in WORD.finditer(between)]
    is_direct = (
        len(words) <= MAX_WORDS_IN_BETWEEN
        and not CLAUSE_BREAK.search(between)
        and NOT_BEFORE_OBJECT.isdisjoint(words)
        and not any(is_finite_verb(word) for word in words)
    )
    is_currency = clause.text[name.end : name.end + 1] == "$"  # "lost US$ 6 billion"
    if not is_direct or is_currency:
        return ""
    following = clause.text[name.end : name.end + CLAUSE_WIDTH]
    if POSSESSIVE.match(following) and not _is_body_of(name, following):
        return ""  # "attacked Lund's brother"
    return name.label


def _first_that_follows(clause: Clause, after: list[Name], pattern: re.Pattern) -> str:
    """The first name after an event that such words introduce; a place is no party."""
    for name in after:
        between = clause.text[clause.end : name.start]
        if len(between) > CLAUSE_WIDTH:
            return ""
        if pattern.match(between):
            return name.label
    return ""


# --- nouns ----------------------------------------------------------------------------------------


def _parties_of_noun(clause: Clause, before: list[Name], after: list[Name]) -> tuple[str, str]:
    """Agent and target of a noun: "the army's attack on Lund", "the arrest of Lund by the army"."""
    agent = _first_that_follows(clause, after, BY_AGENT)
    target = _first_that_follows(clause, after, OTHER_PARTY)
    target = target or _first_that_follows(clause, after, PARTY_OF_NOUN)
    of_name = _first_that_follows(clause, after, OF_PARTY)
    owner = _owner(clause, before)
    if kind_has_patient(clause.kind):
        return agent, owner or of_name or target
    if not agent:
        agent = owner or _subject_of_governing_verb(clause, before)
    if not target and clause.kind in KINDS_WITH_RECIPIENT:
        target = _first_that_follows(clause, after, TO_PARTY)
    return agent, target or of_name


def _owner(clause: Clause, before: list[Name]) -> str:
    """A name directly before a noun ("the Lund trial") or with a genitive ("Lund's trial")."""
    if not before:
        return ""
    name = before[-1]
    between = clause.text[name.end : clause.start]
    words = POSSESSIVE.sub("", between, count=1).split()
    is_genitive = POSSESSIVE.match(between) is not None
    if is_genitive and len(words) <= 2 and not CLAUSE_BREAK.search(between):
        return name.label
    return name.label if between.isspace() and name.type != "place" else ""


def _subject_of_governing_verb(clause: Clause, before: list[Name]) -> str:
    """The subject of the verb of which a noun is the object: "Lund launched an appeal"."""
    lead = clause.text[max(clause.sentence_start, clause.start - CLAUSE_WIDTH) : clause.start]
    words = list(WORD.finditer(lead))[-MAX_WORDS_IN_BETWEEN - 1 :]
    for word in reversed(words):
        if word[0].lower() in NOT_BEFORE_OBJECT or CLAUSE_BREAK.search(lead, word.end()):
            return ""
        if is_finite_verb(word[0].lower()):
            start = clause.start - len(lead) + word.start()
            first = max(clause.sentence_start, start - AUXILIARY_WIDTH)
            if PASSIVE.search(clause.text[first:start]):
                return ""
            earlier = [name for name in before if name.end <= start]
            return _subject(clause.text, clause.sentence_start, start, earlier)
    return ""


# --- places ---------------------------------------------------------------------------------------


def _place(clause: Clause, before: list[Name], after: list[Name]) -> str:
    """The place that a preposition puts an event at."""
    text = clause.text
    for name in after:
        between = text[clause.end : name.start]
        if len(between) > CLAUSE_WIDTH or re.search(r"[;:.!?“”\"]", between):
            break
        if name.type == "place" and _is_at(text, clause.sentence_start, name):
            # Another verb in between has the place for itself.
            verbs = [match[0] for match in WORD.finditer(between)]
            if any(is_finite_verb(word.lower()) for word in verbs):
                break
            return name.label

    for name in before:
        is_opening = name.start - clause.sentence_start < OPENING_WIDTH
        if name.type == "place" and is_opening and _is_at(text, clause.sentence_start, name):
            return name.label

    for name in reversed(before):
        between = text[name.end : clause.start]
        if len(between) > CLAUSE_WIDTH or CLAUSE_BREAK.search(between):
            break
        if name.type == "place" and _is_at(text, clause.sentence_start, name):
            return name.label

    if not clause.verb and before and before[-1].type == "place":
        is_modifier = text[before[-1].end : clause.start].isspace()  # "the Ostrand fire"
        if is_modifier and not _is_country(before[-1].label):
            return before[-1].label
    return ""


def _is_at(text: str, sentence_start: int, name: Name) -> bool:
    """Whether a preposition of place introduces a name that nothing follows to which it belongs."""
    if POSSESSIVE.match(text[name.end : name.end + 3]):
        return False
    first = max(sentence_start, name.start - PREPOSITION_WIDTH)
    return AT_PLACE.search(text[first : name.start]) is not None


@cache
def _countries() -> frozenset[str]:
    """Names of countries."""
    return frozenset(row["country"] for row in read_lexicon("en/names/countries"))


def _is_country(name: str) -> bool:
    """Whether a name is that of a country."""
    return name in _countries()
