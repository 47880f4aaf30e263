"""Find the verbs and nouns of general news English that report events.

`lexicon/en/events` lists these words and the kinds of events that they report: the built-in list,
which complements the events of the codebook. This module decides whether an occurrence of a word is
a verb or a noun. It uses the neighbouring words and the word's usual uses, without a part-of-speech
tagger.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

import pandas as pd

from clippings.core.lexicon import read_lexicon, read_words, split_cell

# The kind of actions that are not listed in lexicon/en/events/kinds.
OTHER = "other"

# The kind of public statements, whose words are in the table quotes.
STATEMENT = "statement"

# Minimum share of a noun's uses that must refer to something that happens for the noun to count as
# an event; and the same for nouns with the ending of an action ("restructuring", "delivery").
MIN_EVENT_SHARE = 0.5
MIN_SHARE_OF_DERIVED_NOUN = 0.15

# After "he" or "will" a noun is unlikely, so only nouns that nearly always denote events count.
MIN_SHARE_AFTER_PRONOUN = 0.9

# A capitalised word inside a sentence is probably part of a name ("the Harbour Fire Company"),
# unless it nearly always denotes an event.
MIN_SHARE_OF_CAPITALISED_NOUN = 0.8

# Minimum number of uses as a noun for a form in -ing to count as a thing ("building").
MIN_USES_OF_THING = 10

# Minimum number of uses as a verb for a form in -ing that may have the next noun as its object.
MIN_USES_OF_COMMON_VERB = 2

# How many times as often a form must be an adjective as a verb to be usually an adjective, and how
# many further uses that takes, so that a few occurrences of a rare word do not decide.
VERB_USES_OUTWEIGHED = 3
MIN_USES_OF_ADJECTIVE = 3

# In a headline in title case, capitals are not evidence of names. Minimum share of long words that
# are capitalised, and minimum number of such words for the decision.
TITLE_CASE_SHARE = 0.7
TITLE_CASE_MIN_WORDS = 3
LONG_WORD = 4  # letters

# Cache size. Each word is looked up twice, for events and for participants, and short words recur
# often. The cache takes some tens of megabytes.
WORDS_WITH_NEIGHBOURS_TO_REMEMBER = 100_000

# Maximum number of words between a verb and its particle: "take the company over".
MAX_WORDS_TO_PARTICLE = 2

# Number of words before and after a verb that may contain its subject and object with modifiers.
WORDS_OF_SUBJECT = 4
WORDS_OF_OBJECT = 5

WORD = re.compile(
    r"""
    [^\W\d_]+                       # "attack"
    (?:[-'’][^\W\d_]+)*             # "cease-fire", "didn't"
    """,
    re.VERBOSE,
)

# Text between two words that ends a sentence or clause, so that the words are unrelated.
CLAUSE_END = re.compile(r"[.!?;:\"“”()\n]")

# Text between two words of different sentences or paragraphs.
SENTENCE_END = re.compile(r"[.!?]|\n\s*\n")

# Text that may not separate the words of a phrase: "they stepped, down below, on".
PHRASE_END = re.compile(r"[.,!?;:\"“”()\n]")

# Endings of nouns that denote actions: "delivery", "restructuring".
ACTION_ENDING = re.compile(r"(?:tion|sion|ment|al|ance|ence|ure|ry|ing|th|cy|ery)$")

# A word at the start of a sentence: nothing, or the end of the sentence before it, with a quotation
# mark and blanks, lies in these few characters before it.
SENTENCE_START_WIDTH = 4
SENTENCE_START = re.compile(r"(?:^|[.!?:\"“‘\n])\s*$")


class EventWord(NamedTuple):
    """A word or phrase of the built-in list that reports an event, located in a passage."""

    start: int
    end: int
    last_word: int  # start of its last word
    kind: str
    family: str  # one name for verb and noun: "acquire" for "acquisition"
    verb: str  # base form; "" for a noun


class WordUse(NamedTuple):
    """A row of lexicon/en/events/word_uses."""

    verb: int | None  # occurrences; None if it has no such use
    noun: int
    adjective: int
    event_share: float | None
    family: str


class Kind(NamedTuple):
    """A row of lexicon/en/events/kinds."""

    name: str  # in sentences; "" if it is the code
    owner_role: str  # agent or target
    role_after_of: str  # agent or target
    complements: frozenset[str]  # uses of lexicon/en/events/prepositions
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]


class KindContext(NamedTuple):
    """A row of lexicon/en/events/kind_contexts."""

    forms: frozenset[str]  # empty for all of them
    words: frozenset[str]  # one of them follows; empty if the form decides
    kind: str


class Form(NamedTuple):
    """A form of a word, with all information about its uses."""

    verb: str  # base form; "" if it is not a verb form
    noun: str  # singular of a noun that denotes an event, or ""
    ending: str  # ed, ing, s, "" (the base form) or past (a base form that is the past too)
    as_verb: int
    as_noun: int
    as_adjective: int
    noun_share: float  # 0 if it is not a noun that denotes an event


@cache
def words_in_role(*roles: str) -> frozenset[str]:
    """Return the words of some roles, from `contexts` and `participants` in lexicon/en/events.

    Parameters
    ----------
    *roles : str
        Codes of the column `role`.

    Returns
    -------
    frozenset of str

    Examples
    --------
    >>> "will" in words_in_role("auxiliary", "pronoun")
    True
    """
    words: set[str] = set()
    for role in roles:
        words.update(read_words("en/events/contexts", role=role))
        words.update(read_words("en/events/participants", role=role))
    return frozenset(words)


@cache
def prepositions_before(*uses: str) -> frozenset[str]:
    """Return the prepositions that can introduce what a phrase contributes to an event.

    Parameters
    ----------
    *uses : str
        Codes of the column `use` in lexicon/en/events/prepositions.

    Returns
    -------
    frozenset of str

    Examples
    --------
    >>> sorted(prepositions_before("partner", "matter"))
    ['into', 'with']
    """
    prepositions: set[str] = set()
    for use in uses:
        prepositions.update(read_words("en/events/prepositions", "preposition", use=use))
    return frozenset(prepositions)


@cache
def _uses() -> dict[str, WordUse]:
    """Map each word to its row of lexicon/en/events/word_uses."""
    return {
        row["word"]: WordUse(
            verb=int(row["verb"]) if row["verb"] else None,
            noun=int(row["noun"] or 0),
            adjective=int(row["adjective"] or 0),
            event_share=float(row["event_share"]) if row["event_share"] else None,
            family=row["family"] or row["word"],
        )
        for row in read_lexicon("en/events/word_uses")
    }


@cache
def _kinds() -> dict[str, Kind]:
    """Map each kind of event to its row of lexicon/en/events/kinds."""
    return {
        row["kind"]: Kind(
            name=row["name"],
            owner_role=row["possessor"],
            role_after_of=row["after_of"],
            complements=frozenset(split_cell(row["complements"])),
            verbs=tuple(split_cell(row["verbs"])),
            nouns=tuple(split_cell(row["nouns"])),
        )
        for row in read_lexicon("en/events/kinds")
    }


@cache
def _kinds_of_verbs() -> dict[str, str]:
    """Map each verb or verb phrase to its kind."""
    return {verb: name for name, kind in _kinds().items() for verb in kind.verbs}


@cache
def _kinds_of_nouns() -> dict[str, str]:
    """Map each noun or noun phrase to its kind."""
    return {noun: name for name, kind in _kinds().items() for noun in kind.nouns}


def kind_of_verb(verb: str) -> str:
    """Return the kind of a verb.

    Parameters
    ----------
    verb : str
        The base form, also of several words ("step down").

    Returns
    -------
    str
        A kind of lexicon/en/events/kinds, or other.

    Examples
    --------
    >>> kind_of_verb("arrest"), kind_of_verb("walk")
    ('arrest', 'other')
    """
    return _kinds_of_verbs().get(verb, OTHER)


def kind_of_noun(noun: str) -> str:
    """Return the kind of a noun: its own, or that of the verb from which it derives.

    Parameters
    ----------
    noun : str
        The singular.

    Returns
    -------
    str
        A kind of lexicon/en/events/kinds, or other.

    Examples
    --------
    >>> kind_of_noun("acquisition"), kind_of_noun("walk")
    ('acquisition', 'other')
    """
    use = _uses().get(noun)
    family = use.family if use else noun
    return _kinds_of_nouns().get(noun) or kind_of_verb(family)


@cache
def _nouns_of_families() -> dict[str, str]:
    """Map each family to the noun of lexicon/en/events/kinds that names its events."""
    nouns: dict[str, str] = {}
    for noun in _kinds_of_nouns():
        use = _uses().get(noun)
        verb = verb_of_form(noun)
        if use and use.event_share is not None and use.adjective < use.noun:  # not "dead"
            nouns.setdefault(use.family, noun)
        elif noun.endswith("ing") and verb not in ("", noun):  # "unveiling"
            nouns.setdefault(verb, noun)
    return nouns


def noun_for(kind: str, family: str) -> str:
    """Return a noun for an event of the built-in list.

    Parameters
    ----------
    kind, family : str
        Its kind and word family.

    Returns
    -------
    str
        The noun of the family if lexicon/en/events/kinds has one; else the name of the kind.

    Examples
    --------
    >>> noun_for("ruling", "convict"), noun_for("acquisition", "buy")
    ('conviction', 'acquisition')
    """
    noun = _nouns_of_families().get(family)
    # "Beating" is an attack and no name for a victory; but "release" fits all kinds of "released".
    is_of_kind = noun and (kind_of_noun(noun) == kind or noun == family)
    row = _kinds().get(kind)
    name_of_kind = row.name if row and row.name else kind
    return noun if is_of_kind else name_of_kind


def role_of_owner(kind: str) -> str:
    """Return the role of the possessor in an event such as "Lund's arrest" or "Lund's attack".

    Parameters
    ----------
    kind : str
        A kind of the built-in list.

    Returns
    -------
    str
        agent or target; agent for a kind that the list does not know.

    Examples
    --------
    >>> role_of_owner("arrest"), role_of_owner("attack")
    ('target', 'agent')
    """
    row = _kinds().get(kind)
    return row.owner_role if row else "agent"


def role_after_of(kind: str) -> str:
    """Return the role of the name after "of" in "the bombing of Ostrand" or "the visit of Lund".

    Parameters
    ----------
    kind : str
        A kind of the built-in list.

    Returns
    -------
    str
        agent or target; target for a kind that the list does not know.

    Examples
    --------
    >>> role_after_of("airstrike"), role_after_of("departure")
    ('target', 'agent')
    """
    row = _kinds().get(kind)
    return row.role_after_of if row else "target"


def has_complement(kind: str, use: str) -> bool:
    """Return whether a preposition can introduce a further participant or place of an event.

    Parameters
    ----------
    kind : str
        A kind of the built-in list.
    use : str
        A use of lexicon/en/events/prepositions, such as "partner".

    Returns
    -------
    bool
        False for a kind that the list does not contain.

    Examples
    --------
    >>> has_complement("agreement", "partner"), has_complement("arrest", "partner")
    (True, False)
    """
    row = _kinds().get(kind)
    return row is not None and use in row.complements


@cache
def is_finite_verb(word: str) -> bool:
    """Return whether a word, regardless of its sentence, is most likely a finite verb.

    Parameters
    ----------
    word : str
        In small letters.

    Returns
    -------
    bool
        True for "said", "kills", "went"; False for forms in -ing, base forms, and forms that are
        nouns as often.

    Examples
    --------
    >>> is_finite_verb("said"), is_finite_verb("wins"), is_finite_verb("police")
    (True, True, False)
    """
    if word in words_in_role("auxiliary"):
        return False
    form = _forms().get(word)
    if form is None or not form.verb or form.verb in words_in_role("auxiliary_verb"):
        return False
    if form.ending == "s":
        return form.as_verb > form.as_noun
    is_past = form.ending in ("ed", "past")
    return is_past and form.as_verb > form.as_noun and form.as_adjective <= form.as_verb


@lru_cache(maxsize=WORDS_WITH_NEIGHBOURS_TO_REMEMBER)
def verb_ending_here(low: str, before: str, after: str) -> str | None:
    """Return the ending of a verb form if the neighbouring words allow it to be a verb.

    Parameters
    ----------
    low : str
        The word, in small letters.
    before, after : str
        The words next to it, in small letters; "" at the end of a clause.

    Returns
    -------
    str or None
        ed, ing, s, "" (the base form) or past (a base form that is the past too); None for a word
        that is not a verb here.

    Examples
    --------
    >>> verb_ending_here("attacked", "rebels", "the"), verb_ending_here("attack", "the", "on")
    ('ed', None)
    """
    form = _forms().get(low)
    if form is None or not form.verb or not _is_verb(form, low, _Neighbours(before, after)):
        return None
    return form.ending


@cache
def all_verb_forms() -> frozenset[str]:
    """Return all forms of listed verbs.

    Returns
    -------
    frozenset of str
        In small letters.

    Examples
    --------
    >>> {"sought", "mayor"} & all_verb_forms()
    {'sought'}
    """
    return frozenset(form for form, uses in _forms().items() if uses.verb)


def verb_of_form(low: str) -> str:
    """Return the base form of a verb.

    Parameters
    ----------
    low : str
        A form of it, in small letters.

    Returns
    -------
    str
        "" for a word that is not a form of a listed verb.

    Examples
    --------
    >>> verb_of_form("sought"), verb_of_form("mayor")
    ('seek', '')
    """
    form = _forms().get(low)
    return form.verb if form else ""


def is_particular(events: pd.DataFrame) -> pd.Series:
    """Mark events of a kind that readers are likely to look for.

    Parameters
    ----------
    events : pandas.DataFrame
        The table events.

    Returns
    -------
    pandas.Series
        True for events of the codebook, and for those of the built-in list that are neither
        "other" nor a statement. Claims and charts leave out the rest.

    Examples
    --------
    >>> from clippings.core.tables import make_table
    >>> span = {"article": "a.txt", "start": 0, "end": 0}
    >>> attack = span | {"label": "attack", "family": "attack"}
    >>> step = span | {"label": "other", "family": "walk"}
    >>> is_particular(make_table("events", [attack, step])).to_list()
    [True, False]
    """
    return (events.family == "") | ~events.label.isin([OTHER, STATEMENT])


@cache
def _kind_contexts() -> dict[str, tuple[KindContext, ...]]:
    """Map each verb whose kind depends on the following words to its rows."""
    contexts: dict[str, list[KindContext]] = {}
    for row in read_lexicon("en/events/kind_contexts"):
        context = KindContext(
            frozenset(split_cell(row["forms"])), frozenset(split_cell(row["words"])), row["kind"]
        )
        contexts.setdefault(row["family"], []).append(context)
    return {family: tuple(rows) for family, rows in contexts.items()}


def _kind_in_context(words: "_Words", number: int, family: str, kind: str) -> str:
    """Return the kind of an event in its context: "fired a minister", "fired a rocket"."""
    for context in _kind_contexts().get(family, ()):
        if context.forms and words.low[number] not in context.forms:
            continue
        if not context.words or not context.words.isdisjoint(words.around(number)):
            return context.kind
    return kind


@cache
def _phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Map the verb of each verb phrase to the words that follow it ("step": "down")."""
    return _by_first_word(verb for verb in _kinds_of_verbs() if " " in verb)


@cache
def _idioms() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Map the first word of each idiom to the words that follow it."""
    return _by_first_word(sorted(words_in_role("idiom")))


def _by_first_word(phrases: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Map the first words of phrases to the words that follow them, the longest phrases first."""
    endings: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=lambda phrase: -len(phrase.split())):
        first, *others = phrase.split()
        endings.setdefault(first, []).append(tuple(others))
    return {first: tuple(group) for first, group in endings.items()}


# --- forms ----------------------------------------------------------------------------------------

# A short vowel and one consonant at the end: the consonant is doubled ("plan", "planned").
DOUBLED_CONSONANT = re.compile(r"[^aeiou][aeiou][^aeiouwxy]$")


def verb_forms(verb: str) -> dict[str, str]:
    """Return the regular forms of a verb, each with its ending (s, ed or ing).

    Parameters
    ----------
    verb : str
        The base form.

    Returns
    -------
    dict of str to str
        The forms. If the spelling depends on the stress, both spellings are included; one that
        does not exist does no harm.

    Examples
    --------
    >>> verb_forms("plan")["planned"], verb_forms("deny")["denies"]
    ('ed', 's')
    """
    stem = verb[:-1] if verb.endswith("e") else verb
    forms = {f"{verb}s": "s", f"{stem}ed": "ed", f"{stem}ing": "ing", f"{verb}ing": "ing"}
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        forms[f"{verb}es"] = "s"
    if re.search(r"[^aeiou]y$", verb):
        forms[f"{verb[:-1]}ied"] = "ed"
        forms[f"{verb[:-1]}ies"] = "s"
    if DOUBLED_CONSONANT.search(verb):
        forms[f"{verb}{verb[-1]}ed"] = "ed"
        forms[f"{verb}{verb[-1]}ing"] = "ing"
    return forms


def _plural(noun: str) -> str:
    """Return the regular plural of a noun."""
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return f"{noun}es"
    return f"{noun}s"


@cache
def _forms() -> dict[str, Form]:
    """Return each form of the listed words; the more frequent verb wins if two share a form."""
    uses = _uses()
    listed_nouns = [noun for noun in _kinds_of_nouns() if " " not in noun]
    listed_verbs = [verb.split()[0] for verb in _kinds_of_verbs()]

    irregular = {
        row["word"]: row["irregular"].split() for row in read_lexicon("en/events/word_uses")
    }
    verbs: dict[str, tuple[str, str]] = {}
    for verb in sorted({word for word, use in uses.items() if use.verb is not None}):
        _add_verb(verb, irregular.get(verb, []), verbs, uses)
    for verb in listed_verbs:
        _add_verb(verb, irregular.get(verb, []), verbs, uses)
        if verbs[verb][0] != verb:  # "wound" is a listed verb before it is the past of "wind"
            verbs[verb] = (verb, "")

    weak = words_in_role("weak_noun") | _heads_of_things_and_persons()
    weak -= set(listed_nouns)
    event_nouns = {word for word, use in uses.items() if use.event_share is not None}
    nouns: dict[str, str] = {}
    for noun in sorted((event_nouns | set(listed_nouns)) - weak):
        for form in (_plural(noun), *(irregular.get(noun, [])), noun):
            is_other_word = form in words_in_role("weak_form") or form in event_nouns
            if form == noun or not is_other_word:
                nouns[form] = noun

    return {
        form: _make_form(form, *verbs.get(form, ("", "")), nouns.get(form, ""))
        for form in verbs.keys() | nouns.keys()
    }


def _add_verb(verb: str, irregular: list[str], verbs: dict, uses: dict) -> None:
    """Add the forms of a verb unless a more frequent verb has them."""
    base = "past" if verb in words_in_role("unchanged_past") else ""
    # Because of its spelling, "quitting" is listed with the irregular forms.
    others = {form: "ing" if form.endswith("ing") else "ed" for form in irregular}
    forms = verb_forms(verb) | others | {verb: base}
    for form, ending in forms.items():
        current = verbs.get(form)
        if current and _verb_count(current[0], uses) > _verb_count(verb, uses):
            continue
        verbs[form] = (verb, ending)


def _verb_count(verb: str, uses: dict) -> int:
    """Return the number of uses of a verb; 0 if it occurs only in the list of kinds."""
    use = uses.get(verb)
    return use.verb or 0 if use else 0


def _make_form(form: str, verb: str, ending: str, noun: str) -> Form:
    """Create a form with the numbers of its uses."""
    uses = _uses()
    unknown = WordUse(None, 0, 0, None, form)
    of_form = uses.get(form, unknown)
    of_verb = uses.get(verb, unknown)
    of_noun = uses.get(noun, unknown)
    share = of_noun.event_share or 0.0
    if noun in _kinds_of_nouns():
        share = max(share, MIN_EVENT_SHARE)
    # "attacks" is a plural as well as a form of the verb; "building" is a noun of its own.
    as_noun = of_noun.noun if noun else of_form.noun
    if not noun and ending in ("", "s", "past"):
        as_noun = of_verb.noun
    return Form(verb, noun, ending, of_verb.verb or 0, as_noun, of_form.adjective, share)


# --- words in their sentence ----------------------------------------------------------------------


class _Words:
    """The words of a passage."""

    def __init__(self, text: str):
        self.text = text
        self.matches = list(WORD.finditer(text))
        # In small letters, with straight apostrophes.
        self.low = [match[0].lower().replace("’", "'") for match in self.matches]

    @cached_property
    def is_title_case(self) -> bool:
        """Return whether the passage is a headline in title case."""
        long_words = [match[0] for match in self.matches if len(match[0]) >= LONG_WORD]
        capitalised = [word for word in long_words if word[0].isupper()]
        is_known = len(long_words) >= TITLE_CASE_MIN_WORDS
        return is_known and len(capitalised) >= TITLE_CASE_SHARE * len(long_words)

    def neighbours(self, number: int) -> "_Neighbours":
        """Return the words next to a word unless a clause ends between them."""
        start, end = self.matches[number].span()
        before = ""
        if number:
            gap = self.text[self.matches[number - 1].end() : start]
            if gap == " " or not CLAUSE_END.search(gap):
                before = self.low[number - 1]
        after = ""
        if number + 1 < len(self.matches):
            gap = self.text[end : self.matches[number + 1].start()]
            if gap == " " or gap.isspace():
                after = self.low[number + 1]
        return _Neighbours(before, after)

    def around(self, number: int) -> list[str]:
        """Return the lower-case words around a word that may contain its subject or object.

        They are in the same sentence.
        """
        first = number
        while first > max(0, number - WORDS_OF_SUBJECT) and not self._ends_sentence(first - 1):
            first -= 1
        last = number
        end = min(len(self.matches) - 1, number + WORDS_OF_OBJECT)
        while last < end and not self._ends_sentence(last):
            last += 1
        return [*self.low[first:number], *self.low[number + 1 : last + 1]]

    def _ends_sentence(self, number: int) -> bool:
        """Return whether a sentence ends between a word and the next one."""
        gap = self.text[self.matches[number].end() : self.matches[number + 1].start()]
        return gap != " " and SENTENCE_END.search(gap) is not None

    def is_capitalised_inside(self, number: int) -> bool:
        """Return whether a word inside a sentence is capitalised."""
        match = self.matches[number]
        if not match[0][0].isupper():
            return False
        first = max(0, match.start() - SENTENCE_START_WIDTH)
        return SENTENCE_START.search(self.text, first, match.start()) is None


class _Neighbours(NamedTuple):
    """The words next to a word in its clause, in small letters; "" at its ends."""

    before: str
    after: str


def find_event_words(text: str, names: Iterable[tuple[int, int]]) -> list[EventWord]:
    """Find the words in a text that report events.

    Parameters
    ----------
    text : str
        A passage.
    names : iterable of tuple of int
        The spans of names in the passage, sorted. Words inside names are not events.

    Returns
    -------
    list of EventWord
        The words in order of position, without overlaps.

    Notes
    -----
    Light verbs ("make", "begin"), verbs of saying, states, idioms, and nouns that denote a thing or
    person in their context ("murder suspect") are left out. Some nouns are mistaken for verbs and
    vice versa. Events expressed by a pronoun or an adjective are not found.

    Examples
    --------
    >>> [(word.kind, word.family) for word in find_event_words("Rebels seized the port.", [])]
    [('seizure', 'seize')]
    """
    words = _Words(text)
    words_to_try = _words_to_try()
    numbers = [number for number, low in enumerate(words.low) if low in words_to_try]

    forms = _forms()
    idioms = _idioms()
    compound_heads = _compound_heads()
    name_spans = list(names)
    name_starts = [start for start, _ in name_spans]
    event_words: list[EventWord] = []
    end_of_idiom = 0
    end_of_last = 0
    for number in numbers:
        low = words.low[number]
        if low in idioms:
            end_of_idiom = max(end_of_idiom, _end_of_idiom(words, number))
        compound = _compound_event(words, number) if low in compound_heads else None
        if compound is not None:
            # "suicide" in "suicide bombing" was added as a separate event.
            while event_words and event_words[-1].end > compound.start:
                event_words.pop()
            event_words.append(compound)
            end_of_last = compound.end
            continue

        form = forms.get(low)
        start = words.matches[number].start()
        if form is None or start < end_of_idiom or start < end_of_last:
            continue
        if _is_in_name(start, name_spans, name_starts):
            continue
        event_word = _event_word(words, number, form)
        if event_word is not None:
            event_words.append(event_word)
            end_of_last = event_word.end
    return event_words


@cache
def _words_to_try() -> frozenset[str]:
    """Return all words that can begin an event or an idiom, or end a noun of two words.

    A single look-up excludes most words of a text.
    """
    return frozenset(_forms().keys() | _idioms().keys() | _compound_heads().keys())


def _end_of_idiom(words: _Words, number: int) -> int:
    """Return the end of an idiom that begins with this word; 0 if there is none."""
    for ending in _idioms()[words.low[number]]:
        last = number + len(ending)
        if tuple(words.low[number + 1 : last + 1]) == ending:
            return words.matches[last].end()
    return 0


def _is_in_name(start: int, spans: list[tuple[int, int]], starts: list[int]) -> bool:
    """Return whether a word is inside a name."""
    last = bisect_right(starts, start) - 1
    return last >= 0 and start < spans[last][1]


def _event_word(words: _Words, number: int, form: Form) -> EventWord | None:
    """Return the event that a word reports in its context, as a verb or a noun; None if none."""
    neighbours = words.neighbours(number)
    if form.verb:
        phrase = _phrase_event(words, number, form.verb)
        if phrase is not None:
            return phrase
        ending = verb_ending_here(words.low[number], neighbours.before, neighbours.after)
        if ending is not None or _is_counted_participle(words, number, form, neighbours):
            if words.is_capitalised_inside(number) and not words.is_title_case:
                return None
            return _verb_event(words, number, form.verb)
    if not form.noun or not _is_event_noun(form, neighbours):
        return None
    is_rarely_other = form.noun_share > MIN_SHARE_OF_CAPITALISED_NOUN
    if not is_rarely_other and words.is_capitalised_inside(number) and not words.is_title_case:
        return None
    return _noun_event(words, number, form.noun)


def _is_counted_participle(
    words: _Words, number: int, form: Form, neighbours: "_Neighbours"
) -> bool:
    """Return whether a number precedes a participle: "12 killed and 20 wounded"."""
    is_participle = form.ending in ("ed", "past") and form.verb in _kinds_of_verbs()
    if not is_participle or not _is_function_word(neighbours.after):
        return False
    if neighbours.before in words_in_role("number"):
        return True
    start = words.matches[number].start()
    return words.text[max(0, start - 2) : start - 1].isdigit()


def _verb_event(words: _Words, number: int, verb: str) -> EventWord | None:
    """Return the event of a verb, except light verbs and verbs of saying."""
    match = words.matches[number]
    kind = _kinds_of_verbs().get(verb)
    if kind is None:
        if verb in words_in_role("light_verb") or verb in words_in_role("verb_of_saying"):
            return None
        kind = OTHER
    kind = _kind_in_context(words, number, verb, kind)
    return EventWord(match.start(), match.end(), match.start(), kind, verb, verb)


def _phrase_event(words: _Words, number: int, verb: str) -> EventWord | None:
    """Return the event of a phrasal verb ("step down", "take the company over")."""
    for ending in _phrases().get(verb, ()):
        last = _last_of_phrase(words, number, ending)
        if last is not None:
            start = words.matches[number].start()
            end = words.matches[last].end()
            phrase = " ".join((verb, *ending))
            kind = _kind_in_context(words, number, phrase, _kinds_of_verbs()[phrase])
            return EventWord(start, end, start, kind, phrase, phrase)
    return None


def _last_of_phrase(words: _Words, number: int, ending: tuple[str, ...]) -> int | None:
    """Return the number of the last word of a phrase, at most two words after the verb."""
    max_gap = MAX_WORDS_TO_PARTICLE if ending[0] in words_in_role("separable_particle") else 0
    for gap in range(max_gap + 1):
        first = number + 1 + gap
        last = first + len(ending) - 1
        if tuple(words.low[first : last + 1]) == ending:
            verb_end = words.matches[number].end()
            if ending[-1] == "to" and not words.neighbours(last).after:
                return None  # "declined to 3 per cent"
            is_interrupted = PHRASE_END.search(words.text, verb_end, words.matches[last].start())
            return None if is_interrupted else last
    return None


@cache
def _compound_heads() -> dict[str, str]:
    """Map the last words of nouns of two words, in singular and plural, to the singular."""
    heads = {}
    for noun in _kinds_of_nouns():
        first_words, _, head = noun.rpartition(" ")
        if first_words:
            heads[head] = head
            heads[_plural(head)] = head
    return heads


def _compound_event(words: _Words, number: int) -> EventWord | None:
    """Return the event of a noun of two words ("death sentence") that ends with this word."""
    match = words.matches[number]
    compound = f"{words.neighbours(number).before} {_compound_heads()[words.low[number]]}"
    kind = _kinds_of_nouns().get(compound)
    if kind is None:
        return None
    start = words.matches[number - 1].start()
    return EventWord(start, match.end(), match.start(), kind, compound, "")


def _noun_event(words: _Words, number: int, noun: str) -> EventWord:
    """Return the event of a noun."""
    match = words.matches[number]
    use = _uses().get(noun)
    family = use.family if use else noun
    kind = _kind_in_context(words, number, family, kind_of_noun(noun))
    return EventWord(match.start(), match.end(), match.start(), kind, family, "")


@cache
def _heads_of_things_and_persons() -> frozenset[str]:
    """Return nouns that a preceding event noun only describes: "murder suspect", "aid worker"."""
    heads = {
        *read_words("en/numbers/people"),
        *read_words("en/speech/source_nouns"),
        *read_words("en/names/place_heads"),
        *read_words("en/names/organisation_heads"),
    }
    # Each list contains either the plural or the singular, so both forms are added.
    singulars = {word.removesuffix("s") for word in heads}
    return frozenset(word.lower() for word in heads | singulars)


@cache
def _noun_markers() -> frozenset[str]:
    """Return words after which a noun is likely: "the", "of"."""
    return words_in_role("determiner") | words_in_role("preposition")


@cache
def _verb_markers() -> frozenset[str]:
    """Return words after which a verb is likely: "will", "they"."""
    return words_in_role("auxiliary") | words_in_role("pronoun")


@cache
def _function_words() -> frozenset[str]:
    """Return words that are neither nouns nor adjectives; "" is the end of a clause."""
    return _noun_markers() | _verb_markers() | words_in_role("conjunction") | {""}


def _is_function_word(word: str) -> bool:
    """Return whether a word, or the end of a clause, cannot be what an adjective describes."""
    return word in _function_words() or word.endswith("ly")


def _is_verb(form: Form, low: str, neighbours: _Neighbours) -> bool:
    """Return whether a verb form is a verb here, judging by its neighbours and usual uses."""
    if low in _noun_markers() or low in _verb_markers() or low in words_in_role("never_verb"):
        return False
    match form.ending:
        case "ed":  # "attacked", "shot"
            return _is_past_form_a_verb(form, low, neighbours)
        case "past":  # "hit", "cut": a base form too
            return not _follows_noun_marker(neighbours) and not _is_usually_adjective(form)
        case "ing":  # "attacking"
            return _is_ing_form_a_verb(form, low, neighbours)

    if neighbours.before in _verb_markers():  # "will attack", "they attack"
        return True
    if low in _heads_of_things_and_persons():  # "the murder suspect"
        return False
    if form.ending == "s":  # "attacks"
        return _is_s_form_a_verb(form, neighbours)
    return _is_base_form_a_verb(form, neighbours)


def _follows_genitive(neighbours: _Neighbours) -> bool:
    """Return whether a word follows a possessor: "Lund's arrest"."""
    return neighbours.before.endswith(("'s", "s'"))


def _follows_noun_marker(neighbours: _Neighbours) -> bool:
    """Return whether the word before makes a noun likely: "the", "of", "Lund's"."""
    return _follows_genitive(neighbours) or neighbours.before in _noun_markers()


def _is_usually_adjective(form: Form) -> bool:
    """Return whether a form is an adjective several times as often as a verb: "armed"."""
    min_uses = VERB_USES_OUTWEIGHED * form.as_verb + MIN_USES_OF_ADJECTIVE
    return form.as_adjective > min_uses


def _is_past_form_a_verb(form: Form, low: str, neighbours: _Neighbours) -> bool:
    """Return whether a past form or participle is a verb: not in "a stolen car"."""
    is_state = low in words_in_role("participle_of_state")
    if is_state and neighbours.after not in words_in_role("start_of_object"):
        return False
    if form.noun == low and form.as_noun > form.as_verb:
        return False
    if _is_usually_adjective(form):
        return _is_verb_in_spite_of_adjective(form, neighbours)
    # "a stolen car", but "the stolen" and "those killed in Ostrand"
    is_attribute = _follows_noun_marker(neighbours) and not _is_function_word(neighbours.after)
    return not is_attribute


def _is_ing_form_a_verb(form: Form, low: str, neighbours: _Neighbours) -> bool:
    """Return whether a form in -ing is a verb: not in "a building" or "the killing"."""
    is_thing = form.as_noun >= MIN_USES_OF_THING or form.as_noun > form.as_verb
    if not form.noun and is_thing:  # "building", "awning"
        return False
    has_object = not _is_function_word(neighbours.after)
    is_owned = _follows_genitive(neighbours)
    after_determiner = is_owned or neighbours.before in words_in_role("determiner")
    if has_object and (after_determiner or form.as_verb < MIN_USES_OF_COMMON_VERB):
        return False  # it describes the next noun: "its operating profit", "gaming group"
    if form.noun != low:
        return True
    # "of bombing civilians", "of bombing the port", but "the killing" and "by bombing"
    is_gerund = neighbours.before in words_in_role("preposition")
    has_object = has_object or neighbours.after in words_in_role("definite", "indefinite")
    is_rare_noun = form.as_verb > MIN_USES_OF_THING * form.as_noun  # "for leaving"
    is_gerund_with_object = is_gerund and (has_object or is_rare_noun)
    return is_gerund_with_object or not _follows_noun_marker(neighbours)


def _is_s_form_a_verb(form: Form, neighbours: _Neighbours) -> bool:
    """Return whether a form in -s is a verb: not in "the attacks"."""
    if _follows_noun_marker(neighbours) or neighbours.before in words_in_role("number"):
        after_preposition = neighbours.before in words_in_role("preposition")
        return after_preposition and form.as_verb > 2 * form.as_noun
    # "officials and witnesses said", "held talks"
    if is_finite_verb(neighbours.after) or is_finite_verb(neighbours.before):
        return False
    if neighbours.after in words_in_role("start_of_object"):  # "a quake strikes the coast"
        return True
    is_never_noun = form.as_noun == 0  # "rehires"
    return is_never_noun or form.as_noun < form.as_verb


def _is_base_form_a_verb(form: Form, neighbours: _Neighbours) -> bool:
    """Return whether a base form without an auxiliary or a pronoun before it is a verb."""
    if not neighbours.before and neighbours.after in _heads_of_things_and_persons():
        return False  # "Finance Minister Lund"
    is_usually_verb = form.as_verb > 4 * form.as_noun and form.as_adjective < form.as_verb
    return is_usually_verb and not _follows_noun_marker(neighbours)


def _is_verb_in_spite_of_adjective(form: Form, neighbours: _Neighbours) -> bool:
    """Return whether a form that is mostly an adjective is a verb: "wounded two", "was wounded"."""
    if neighbours.before in _noun_markers():
        return False
    has_object = neighbours.after in words_in_role("determiner", "number", "object_pronoun")
    # "Two were wounded" reports something; "they were interested" does not.
    is_of_kind = form.verb in _kinds_of_verbs()
    return has_object or (is_of_kind and neighbours.before in words_in_role("form_of_be"))


def _is_event_noun(form: Form, neighbours: _Neighbours) -> bool:
    """Return whether a noun denotes an event in its context."""
    if neighbours.after in _heads_of_things_and_persons():
        return False
    # "a single win", "an aerial photograph"
    if form.as_adjective > form.as_noun and form.noun not in _kinds_of_nouns():
        return False
    threshold = MIN_EVENT_SHARE
    if neighbours.before in _verb_markers():
        threshold = MIN_SHARE_AFTER_PRONOUN
    if form.noun_share >= threshold:
        return True
    use = _uses().get(form.noun)
    is_derived = use is not None and use.family != form.noun
    is_action = ACTION_ENDING.search(form.noun) is not None
    return is_derived and is_action and form.noun_share >= MIN_SHARE_OF_DERIVED_NOUN
