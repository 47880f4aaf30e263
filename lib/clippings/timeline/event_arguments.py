"""Find who did it, to whom and where in the clause of an event, without a parser.

The words of a sentence (`sentence_words`) are combined into noun phrases (`phrases`). The role of a
phrase depends on its position and the voice of the verb, or on its preposition; proximity alone is
not sufficient. Roles that remain unclear are empty.
"""

from functools import cache
from typing import NamedTuple

from clippings.core.lexicon import read_lexicon
from clippings.timeline.default_events import (
    EventWord,
    has_complement,
    kind_of_noun,
    kind_of_verb,
    prepositions_before,
    role_after_of,
    role_of_owner,
    verb_of_form,
    words_in_role,
)
from clippings.timeline.phrases import (
    BETWEEN_PHRASES,
    BETWEEN_PHRASES_AND_NUMBERS,
    BETWEEN_PLACES,
    CLAUSE_ENDS,
    CLAUSE_WIDTH,
    START_OF_PHRASE,
    Phrase,
    PhraseReader,
    place_nouns,
)
from clippings.timeline.places import is_within
from clippings.timeline.sentence_words import (
    ADVERB,
    AUXILIARY,
    BASE,
    BE,
    BREAK,
    CLAUSE_WORD,
    COMMA,
    CONJUNCTION,
    FINITE,
    NAME,
    NATION,
    NOMINAL,
    NOUN,
    NUMBER,
    PAST,
    PREPOSITION,
    PRESENT_PARTICIPLE,
    PRONOUN,
    RELATIVE,
    TIME,
    TO,
    VERBS,
)

# Maximum number of words in an aside between a subject and its verb: ", the mayor of the old
# harbour town,".
MAX_WORDS_OF_ASIDE = 18

# Maximum number of verbs that share a subject: "he plans to try to sell", "came, saw and won".
MAX_VERBS_OF_SUBJECT = 4

FINITE_VERBS = frozenset({FINITE, PAST, BE, AUXILIARY})


class Arguments(NamedTuple):
    """The agent, target and place of an event; "" if the clause does not state them."""

    agent: str
    target: str
    place: str


NO_ARGUMENTS = Arguments("", "", "")


def find_arguments(reader: PhraseReader, event: EventWord) -> Arguments:
    """Find the participants and the place of an event in its sentence.

    Parameters
    ----------
    reader : PhraseReader
        The sentence.
    event : EventWord
        The event, in characters of the same passage.

    Returns
    -------
    Arguments
        Each of them is empty if position, voice and prepositions do not determine it.

    Examples
    --------
    >>> from clippings.timeline.sentence_words import Name, read_sentence_words
    >>> text = "Lund was arrested by Tolmerian police in Ostrand."
    >>> names = [Name(0, 4, "Lund", "person"), Name(41, 48, "Ostrand", "place")]
    >>> reader = PhraseReader(read_sentence_words(text, 0, 49, names, []))
    >>> find_arguments(reader, EventWord(9, 17, 9, "arrest", "arrest", "arrest"))
    Arguments(agent='', target='Lund', place='Ostrand')
    """
    span = reader.span_of(event)
    if span is None:
        return NO_ARGUMENTS
    first, last = span
    if _is_noun_after_name(reader, first):
        event = event._replace(verb="")
    if event.verb:
        agent, target = _parties_of_verb(reader, event, first, last)
    else:
        agent, target = _parties_of_noun(reader, event, first, last)
    if agent == target or _is_place_without_persons(reader, event, target):
        target = ""
    return Arguments(agent, target, _place(reader, event, first, last))


def _is_place_without_persons(reader: PhraseReader, event: EventWord, target: str) -> bool:
    """Return whether the target of a death or an arrest is only a place: "killed in Ostrand"."""
    if target == "" or event.kind not in words_in_role("kind_of_persons_only"):
        return False
    return any(
        word.name.type == "place" and word.name.label == target
        for word in reader.words
        if word.name is not None
    )


def _is_noun_after_name(reader: PhraseReader, number: int) -> bool:
    """Return whether a form in -ing is a noun that a name describes: "the Ostrand bombing"."""
    follows_name = reader.part(number) == PRESENT_PARTICIPLE and reader.part(number - 1) == NAME
    if not follows_name or reader.low(number - 2) not in words_in_role("definite"):
        return False
    return reader.words[number - 1].name.type in ("place", "person")


def place_noun_of(reader: PhraseReader, event: EventWord) -> str:
    """Find the noun or adverb that refers to the place of an event: "killed in the city".

    Parameters
    ----------
    reader : PhraseReader
        The sentence.
    event : EventWord
        The event, in characters of the same passage.

    Returns
    -------
    str
        city, country, there or another word of lexicon/en/names/place_heads; "" for none.

    Examples
    --------
    >>> from clippings.timeline.sentence_words import read_sentence_words
    >>> words = read_sentence_words("A man was killed in the city.", 0, 29, [], [])
    >>> place_noun_of(PhraseReader(words), EventWord(10, 16, 10, "killing", "kill", "kill"))
    'city'
    """
    span = reader.span_of(event)
    if span is None:
        return ""
    last = span.last
    if reader.low(last + 1) in words_in_role("place_adverb"):
        return reader.low(last + 1)
    phrase = reader.phrase_after(last + 1)
    number = reader.phrase_with_complements(phrase).last + 1 if phrase else last + 1
    for preposition, complement in reader.prepositional_phrases(number, BETWEEN_PHRASES):
        if reader.part(preposition) == TO:
            return ""
        is_known = reader.low(complement.first) in words_in_role("definite")
        is_noun_only = is_known and complement.last == complement.first + 1
        is_at_place = reader.low(preposition) in prepositions_before("place")
        if is_at_place and is_noun_only and reader.low(complement.last) in place_nouns():
            is_named = reader.low(complement.last + 1) == "of"
            return "" if is_named else reader.low(complement.last)
    return ""


def may_have_place_noun(text: str, start: int, end: int) -> bool:
    """Return whether part of a text has a word that can refer to a place.

    Parameters
    ----------
    text : str
        A passage.
    start, end : int
        The stretch in it.

    Returns
    -------
    bool

    Examples
    --------
    >>> text = "A man was killed in the city."
    >>> may_have_place_noun(text, 0, 29), may_have_place_noun(text, 0, 20)
    (True, False)
    """
    words = {word.strip('.,;:!?)”"') for word in text[start:end].lower().split()}
    return not words.isdisjoint(place_nouns()) or not words.isdisjoint(
        words_in_role("place_adverb")
    )


# --- verbs ----------------------------------------------------------------------------------------


def _parties_of_verb(
    reader: PhraseReader, event: EventWord, first: int, last: int
) -> tuple[str, str]:
    """Return the agent and target of a verb, depending on its voice."""
    if reader.is_passive(first):
        return _by_agent(reader, last), _first_of(_subject(reader, first))
    if _is_reduced_passive(reader, event, first, last):
        noun = reader.phrase_before(first - 1)
        return _by_agent(reader, last), _subject_of_phrase(reader, noun.last)

    subjects = _subject(reader, first)
    subject = _first_of(subjects)
    if event.verb in words_in_role("happens_to_subject"):
        return "", subject
    target = _target_of_verb(reader, event, last)
    if not target and len(subjects) > 1 and _is_mutual(reader, event, last):
        target = subjects[1]
    return subject, target


def _is_mutual(reader: PhraseReader, event: EventWord, last: int) -> bool:
    """Return whether two subjects act on one another: "agreed", "reached a deal"."""
    if event.verb in words_in_role("mutual_verb"):
        return True
    number = last + 1
    following = _governed_verb(reader, event, number)  # "failed to reach a deal"
    if following is not None:
        number = following.last + 1
    phrase = reader.phrase_after(number)
    return phrase is not None and reader.low(phrase.last) in words_in_role("mutual_noun")


def _first_of(labels: list[str]) -> str:
    """Return the first label; "" if there is none."""
    return labels[0] if labels else ""


def _is_reduced_passive(reader: PhraseReader, event: EventWord, first: int, last: int) -> bool:
    """Return whether a participle without "was" follows its noun: "the men arrested by police"."""
    follows_noun = reader.part(first - 1) in NOMINAL
    if reader.part(first) != PAST or not follows_noun:
        return False
    has_object = reader.part(last + 1) in START_OF_PHRASE
    if has_object or event.verb in words_in_role("happens_to_subject"):
        return False
    following = reader.after_adjuncts(last + 1)
    if reader.low(following) == "by":
        return reader.part(following + 1) in START_OF_PHRASE  # not "responded by leaving"
    # "a man arrested in Ostrand was freed": another verb follows for the same noun.
    if reader.part(following) in FINITE_VERBS and following > last + 1:
        return True
    # "Lund appointed as mayor": a headline, with a verb that would have an object.
    if _needs_object(event) and not has_object:
        return True
    # "police freed a man kidnapped in Ostrand": the noun has a verb already.
    governor = reader.phrase_before(first - 1).first - 1
    speaks = verb_of_form(reader.low(governor)) in words_in_role("verb_of_speaker")
    return reader.part(governor) in (FINITE, PAST, BASE) and not speaks


def _needs_object(event: EventWord) -> bool:
    """Return whether a verb is hardly ever used without an object: "arrest"."""
    is_done_to_somebody = role_of_owner(event.kind) == "target"
    has_other_use = event.verb in words_in_role("verb_without_object")
    return (is_done_to_somebody and not has_other_use) or event.verb in words_in_role(
        "verb_with_object"
    )


def _by_agent(reader: PhraseReader, last: int) -> str:
    """Return the agent after "by"."""
    number = reader.after_adjuncts(last + 1)
    if reader.low(number) != "by":
        return ""
    phrase = reader.phrase_after(number + 1)
    if phrase is None or reader.low(phrase.first).endswith("ing"):  # "by building ships"
        return ""
    return reader.participant_with_complement(phrase)


def _subject(reader: PhraseReader, verb: int, depth: int = 0) -> list[str]:
    """Return the participants named by the grammatical subject of a verb, in order."""
    if depth > MAX_VERBS_OF_SUBJECT:
        return []
    number = reader.before_verb_group(verb)
    part = reader.part(number)
    has_auxiliary = number < verb - 1 and any(
        reader.part(between) in (BE, AUXILIARY) for between in range(number + 1, verb)
    )
    is_participle = reader.part(verb) == PRESENT_PARTICIPLE and not has_auxiliary
    if part == TO:
        return _subject_of_infinitive(reader, number, depth)
    if part in NOMINAL:
        return _subjects_that_end_at(reader, number)
    if part == RELATIVE:
        return _antecedent(reader, number)
    if part == PRONOUN:
        return _speaker_who_speaks_of_himself(reader, number, depth)
    if is_participle and part in (PREPOSITION, CLAUSE_WORD, COMMA, BREAK):
        return _subject_of_participle(reader, verb, number, depth)
    if part in (COMMA, BREAK):
        return _subject_before_aside(reader, number, depth)
    if part == CONJUNCTION or part in VERBS:  # "came and saw", "began selling"
        return _subject_of_verb_before(reader, number + 1, depth)
    return []


def _subject_of_verb_before(reader: PhraseReader, number: int, depth: int) -> list[str]:
    """Return the subject of the last verb before a word."""
    governor = reader.verb_before(number)
    return [] if governor is None else _subject(reader, governor, depth + 1)


def _subjects_that_end_at(reader: PhraseReader, last: int) -> list[str]:
    """Return the participants of a subject that ends with a word, also of "Lund and Bell"."""
    phrase = reader.phrase_before(last)
    before = reader.part(phrase.first - 1)
    if before == CONJUNCTION and reader.part(phrase.first - 2) in NOMINAL:
        earlier = reader.phrase_before(phrase.first - 2)
        is_start = reader.part(earlier.first - 1) in CLAUSE_ENDS | {COMMA}
        if is_start:
            labels = [
                _subject_of_phrase(reader, earlier.last),
                _subject_of_phrase(reader, phrase.last),
            ]
            return [label for label in labels if label]
    label = _subject_of_phrase(reader, last)
    return [label] if label else []


def _subject_of_phrase(reader: PhraseReader, last: int) -> str:
    """Return the participant of a subject that ends with a word: "rebels in the port of Lund"."""
    phrase = reader.phrase_before(last)
    while True:
        start = _start_of_list(reader, phrase)
        before = start.first - 1
        if reader.part(before) not in (PREPOSITION, TO):
            break
        while reader.part(before - 1) == PREPOSITION:  # "along with"
            before -= 1
        if reader.part(before - 1) == PAST:  # "rebels based in the port"
            before -= 1
        if reader.part(before - 1) not in NOMINAL:
            return ""  # "In the port of Lund, a man …"
        phrase = reader.phrase_before(before - 1)
    participle = phrase.first - 1
    if reader.part(participle) == PRESENT_PARTICIPLE and reader.part(participle - 1) in NOMINAL:
        phrase = reader.phrase_before(participle - 1)  # "rebels holding the port"
    label = reader.participant_with_complement(phrase)
    if not label and reader.part(start.first - 1) in CLAUSE_ENDS | {COMMA}:
        label = reader.participant_with_complement(start)  # "Lund and a group of others"
    return label


def _start_of_list(reader: PhraseReader, last_item: Phrase) -> Phrase:
    """Return the first item of a list that ends with a phrase: "Ostrand, Lund and Bell"."""
    item = last_item
    while True:
        separator = item.first - 1
        if _is_serial_comma_between_places(reader, item):
            separator -= 1
        is_separator = reader.part(separator) == CONJUNCTION or (
            (item != last_item or separator < item.first - 1) and reader.part(separator) == COMMA
        )
        if not is_separator or reader.part(separator - 1) not in NOMINAL:
            return item
        earlier = reader.phrase_before(separator - 1)
        if reader.part(earlier.first - 1) in (PREPOSITION, TO) and earlier.first == 1:
            return item  # "In Ostrand, Lund and Bell …"
        item = earlier


def _is_serial_comma_between_places(reader: PhraseReader, item: Phrase) -> bool:
    """Return whether ", and" joins two places: "in Ostrand, Lund, and Haskeby, Tolmere, killed".

    Between other names it usually joins two clauses: "He met Lund, and Bell left".
    """
    is_serial = reader.part(item.first - 1) == CONJUNCTION and reader.part(item.first - 2) == COMMA
    return is_serial and _is_place(reader, item.last) and _is_place(reader, item.first - 3)


def _is_place(reader: PhraseReader, number: int) -> bool:
    """Return whether a word is the name of a place."""
    return reader.part(number) == NAME and reader.words[number].name.type == "place"


def _subject_of_infinitive(reader: PhraseReader, to: int, depth: int) -> list[str]:
    """Return the subject of a verb after "to": "plans to", "urged Lund to", "was ready to"."""
    before = to - 1
    subject_of_be = _subject_of_be(reader, to)
    if subject_of_be is not None:
        return subject_of_be
    if reader.part(before) in NOMINAL:
        phrase = reader.phrase_before(before)
        while reader.low(phrase.first - 1) == "of" and reader.part(phrase.first - 2) in NOMINAL:
            phrase = reader.phrase_before(phrase.first - 2)
        governor = phrase.first - 1
        if reader.part(governor) == PREPOSITION:  # "called on Lund to leave"
            governor -= 1
        verb = verb_of_form(reader.low(governor)) if reader.part(governor) in VERBS else ""
        if verb in words_in_role("verb_with_acting_object"):  # "urged Lund to attack"
            label = reader.participant_with_complement(phrase)
            return [label] if label else []
        is_said = verb in words_in_role("verb_of_saying")
        if is_said:  # "said the move to cut"
            return []
        owner = _genitive_in(reader, phrase)
        if owner:  # "Lund's plan to attack"
            return [owner]
    return _subject_of_verb_before(reader, to, depth)


def _genitive_in(reader: PhraseReader, phrase: Phrase) -> str:
    """Return the participant of a genitive in a phrase: "Lund's plan"."""
    for number in range(phrase.last - 1, phrase.first - 1, -1):
        if reader.words[number].is_genitive:
            return _participant_of_genitive(reader, number)
    return ""


def _subject_of_be(reader: PhraseReader, to: int) -> list[str] | None:
    """Return the subject of "be" before "to": "Lund is ready to"; None if there is no such verb."""
    number = to - 1
    while reader.part(number) in (NOUN, ADVERB, PAST) and number > to - 4:
        number -= 1
    if reader.part(number) != BE:
        return None
    last = reader.before_verb_group(number)
    if reader.part(last) == PRONOUN:
        return _speaker_who_speaks_of_himself(reader, last, 0)
    return _subjects_that_end_at(reader, last) if reader.part(last) in NOMINAL else []


def _subject_of_participle(reader: PhraseReader, verb: int, number: int, depth: int) -> list[str]:
    """Return the subject of "accused of killing", "after killing", ", killing"."""
    governor = reader.verb_before(number)
    if governor is None:
        return _subject_after_opening(reader, verb)
    is_accusation = verb_of_form(reader.low(governor)) in words_in_role("verb_of_accusation")
    # "accused the army of killing", also "accused the army of an attack, killing ten"
    follows_accused = reader.part(number) in (PREPOSITION, COMMA)
    if is_accusation and follows_accused:
        if reader.is_passive(governor):
            return _subject(reader, governor, depth + 1)
        accused = reader.phrase_after(governor + 1)
        if accused is not None:
            label = reader.participant_with_complement(accused)
            return [label] if label else []
        if reader.part(governor - 1) in NOMINAL:  # "the man accused of killing"
            label = _subject_of_phrase(reader, governor - 1)
            return [label] if label else []
        return []
    if reader.is_passive(governor) and reader.part(number) in (COMMA, BREAK):
        return []  # "was hit by a car, killing": neither subject nor agent is certain
    return _subject(reader, governor, depth + 1)


def _subject_after_opening(reader: PhraseReader, verb: int) -> list[str]:
    """Return the subject of the main clause after "After attacking the port, …"."""
    for number in range(verb + 1, min(verb + CLAUSE_WIDTH, len(reader.words))):
        if reader.part(number) == COMMA:
            phrase = reader.phrase_after(number + 1)
            if phrase is None:
                return []
            label = reader.participant_with_complement(phrase)
            return [label] if label else []
        if reader.part(number) in CLAUSE_ENDS:
            return []
    return []


def _antecedent(reader: PhraseReader, relative: int) -> list[str]:
    """Return the antecedent of "who", "which" or "that"."""
    last = relative - 1
    if reader.part(last) == COMMA:
        last -= 1
    if reader.part(last) not in NOMINAL:
        return []
    phrase = reader.phrase_before(last)
    label = reader.participant(phrase)
    start = _start_of_list(reader, phrase)
    before = reader.part(start.first - 1)
    if _is_place(reader, last) and before in (PREPOSITION, TO, COMMA, CONJUNCTION):
        # "an official in Ostrand, who refused"; "an attack in Ostrand, Tolmere, which killed two"
        refers_to_person = reader.low(relative) in words_in_role("person_relative")
        label = _subject_of_phrase(reader, last) if refers_to_person else ""
    return [label] if label else []


def _speaker_who_speaks_of_himself(reader: PhraseReader, pronoun: int, depth: int) -> list[str]:
    """Return the subject of "said" before "he": "Lund said on Monday that he will attack"."""
    if reader.low(pronoun) not in words_in_role("pronoun_of_speaker"):
        return []
    governor = pronoun - 1
    while reader.part(governor) in (TIME, ADVERB, CLAUSE_WORD, RELATIVE, PREPOSITION, NUMBER):
        governor -= 1
    speaks = verb_of_form(reader.low(governor)) in words_in_role("verb_of_speaker")
    if reader.part(governor) not in VERBS or not speaks:
        return []
    return _subject(reader, governor, depth + 1)


def _subject_before_aside(reader: PhraseReader, end: int, depth: int) -> list[str]:
    """Return the subject before ", the mayor of Ostrand,", or of the verb before a comma."""
    opening = {")": "(", "–": "–", "—": "—", "--": "--"}.get(reader.low(end), ",")
    if reader.part(end) == BREAK and opening == ",":
        return []
    for start in range(end - 1, max(0, end - MAX_WORDS_OF_ASIDE), -1):
        if reader.low(start) == opening:
            last = _before_bracket(reader, start - 1)
            is_aside = reader.part(last) in NOMINAL and not _is_clause(reader, start + 1, end)
            return _subjects_that_end_at(reader, last) if is_aside else []
        if reader.part(start) == BREAK:
            return []
    return _subject_of_verb_before(reader, end, depth)


def _before_bracket(reader: PhraseReader, number: int) -> int:
    """Return the word before a bracket that ends with this word: "the union (NUT)"."""
    if reader.low(number) != ")":
        return number
    for start in range(number - 1, max(0, number - MAX_WORDS_OF_ASIDE), -1):
        if reader.low(start) == "(":
            return start - 1
    return number


def _is_clause(reader: PhraseReader, first: int, end: int) -> bool:
    """Return whether an aside has a subject and a verb of its own: ", he said,"."""
    if reader.part(first) in (RELATIVE, PRESENT_PARTICIPLE, PAST):
        return False
    return any(reader.part(number) in (FINITE, PAST, BE) for number in range(first, end)) and (
        reader.part(first) in (PRONOUN, CONJUNCTION, CLAUSE_WORD)
        or not any(reader.part(number) == RELATIVE for number in range(first, end))
    )


def _target_of_verb(reader: PhraseReader, event: EventWord, last: int) -> str:
    """Return the target of an active verb: its object, or the participant after "against"."""
    number = last + 1
    while reader.part(number) in (ADVERB, TIME):
        number += 1
    is_demand = event.verb in words_in_role("verb_of_demand")
    if is_demand and reader.low(number) == "that":  # "demanded that Tolmere pay"
        phrase = reader.phrase_after(number + 1)
        return _participant_at_start(reader, phrase) if phrase else ""

    following = _governed_verb(reader, event, number)
    if following is not None:
        return _target_of_verb(reader, following.event, following.last)

    phrase = reader.phrase_after(number)
    if phrase is not None:
        target = _object(reader, phrase)
        if target is None:
            return ""
        if not target and event.verb in words_in_role("verb_of_response"):
            target = _author_of_object(reader, phrase)
        if target:
            return target
        number = _end_of_object(reader, phrase) + 1
    return _party_after_verb(reader, event, number, phrase)


def _participant_at_start(reader: PhraseReader, phrase: Phrase) -> str:
    """Return the participant at the start of a phrase that may end with a verb: "Tolmere pay"."""
    for last in range(phrase.last, phrase.first - 1, -1):
        label = reader.participant(Phrase(phrase.first, last))
        if label:
            return label
    return ""


class _GovernedVerb(NamedTuple):
    """A verb after an event that has the same target, as an event."""

    event: EventWord
    last: int


def _governed_verb(reader: PhraseReader, event: EventWord, number: int) -> _GovernedVerb | None:
    """Return the verb with the same target as an event: "threatened to kill"."""
    if reader.part(number) == CONJUNCTION:
        number += 1
        while reader.part(number) == ADVERB:
            number += 1
        is_verb = reader.part(number) in (PAST, BASE, FINITE, PRESENT_PARTICIPLE)
    elif event.verb in words_in_role("verb_of_intention"):
        number = reader.after_adjuncts(number)
        if reader.part(number) == TO:
            number += 1
        is_verb = reader.part(number) in (BASE, PRESENT_PARTICIPLE)
    else:
        return None
    if not is_verb:
        return None
    word = reader.words[number]
    verb = verb_of_form(word.low)
    kind = kind_of_verb(verb)
    return _GovernedVerb(EventWord(word.start, word.end, word.start, kind, verb, verb), number)


def _author_of_object(reader: PhraseReader, phrase: Phrase) -> str:
    """Return the author of a rejected proposal: "a Tolmerian plan", "calls by the board"."""
    owner = _genitive_in(reader, phrase)
    before = reader.words[phrase.last - 1].name if phrase.last > phrase.first else None
    describes_only = before is not None and before.type == "person"  # "the Lund foundation"
    if not owner and not describes_only:
        owner = _owner(reader, phrase.last)
    number = phrase.last + 1
    if owner or reader.low(number) not in prepositions_before("author"):
        return owner
    author = reader.phrase_after(number + 1)
    return reader.participant_with_complement(author) if author else ""


def _end_of_object(reader: PhraseReader, phrase: Phrase) -> int:
    """Return the last word of an object with its complements, also of "weapons and explosives"."""
    last = reader.phrase_with_complements(phrase).last
    if reader.part(last + 1) == CONJUNCTION:
        second = reader.phrase_after(last + 2)
        if second is not None and reader.part(second.last + 1) not in FINITE_VERBS:
            last = reader.phrase_with_complements(second).last
    return last


def _object(reader: PhraseReader, phrase: Phrase) -> str | None:
    """Return the participant of an object, also of "a guard and Lund"; None for a subject."""
    whole = reader.phrase_with_complements(phrase)
    if reader.part(whole.last + 1) in (FINITE, BE, AUXILIARY):
        return None  # "denied Lund was there"
    if reader.low(whole.last) in words_in_role("money_sign"):
        return ""
    label = reader.participant_with_complement(phrase)
    if not label and reader.part(whole.last + 1) == CONJUNCTION:
        second = reader.phrase_after(whole.last + 2)
        if second is not None and reader.part(second.last + 1) not in FINITE_VERBS:
            label = reader.participant_with_complement(second)
    return label


def _party_after_verb(
    reader: PhraseReader, event: EventWord, number: int, thing: Phrase | None
) -> str:
    """Return the other party of a verb from a word on: "with Lund", "against Lund", "to Lund"."""
    uses = {"opponent"} | _uses_after_verb(event, has_object=thing is not None)
    if thing is not None:
        uses |= _uses_after_object(reader, thing)
    return _party_after(reader, number, uses, BETWEEN_PHRASES_AND_NUMBERS)


def _uses_after_verb(event: EventWord, has_object: bool) -> set[str]:
    """Return the uses of prepositions that can introduce another party of a verb."""
    uses = set()
    if event.verb in words_in_role("verb_of_taking"):
        uses.add("loser")
    if event.verb in words_in_role("verb_of_demand"):
        uses.add("obliged")
    is_about_relation = event.verb in words_in_role("support_verb", "verb_of_relation")
    if is_about_relation or has_complement(event.kind, "other party"):
        uses.add("other party")
    if event.verb in words_in_role("mutual_verb"):
        uses.add("partner")
    if event.verb in words_in_role("verb_of_giving") or has_complement(event.kind, "receiver"):
        uses |= {"receiver", "partner"}
    if not has_object and has_complement(event.kind, "partner"):
        uses.add("partner")
    if not has_object and has_complement(event.kind, "recipient"):
        uses.add("receiver")
    return uses


def _uses_after_object(reader: PhraseReader, thing: Phrase) -> set[str]:
    """Return the uses of prepositions that can introduce another party after an object."""
    end = reader.phrase_with_complements(thing).last + 1
    object_words = {reader.low(word) for word in range(thing.first, end)}
    uses = set()
    if any(has_complement(kind_of_noun(word), "recipient") for word in object_words):
        uses.add("recipient")  # "promised aid to Tolmere"
    if not object_words.isdisjoint(words_in_role("mutual_noun")):
        uses.add("partner")  # "cut links with Tolmere"
    return uses


def _party_after(reader: PhraseReader, number: int, uses: set[str], between: frozenset[str]) -> str:
    """Return the participant in the first phrase with a preposition of certain uses."""
    prepositions = prepositions_before(*sorted(uses))
    for preposition, phrase in reader.prepositional_phrases(number, between):
        if reader.low(preposition) in prepositions:
            return _party(reader, preposition, phrase)
    return ""


def _party(reader: PhraseReader, preposition: int, phrase: Phrase) -> str:
    """Return the participant in a phrase; actions against Lund's decision are against Lund."""
    label = reader.participant_with_complement(phrase)
    if label or reader.low(preposition) not in prepositions_before("opponent"):
        return label
    return _genitive_in(reader, phrase) or _owner(reader, phrase.last)


# --- nouns ----------------------------------------------------------------------------------------


def _parties_of_noun(
    reader: PhraseReader, event: EventWord, first: int, last: int
) -> tuple[str, str]:
    """Return the agent and target of a noun: "the arrest of Lund by the army"."""
    roles = {"agent": "", "target": ""}
    between = _parties_between(reader, last)
    if between:
        return between
    roles["agent"] = _by_agent(reader, last)
    owner = _owner(reader, first)
    role = role_of_owner(event.kind)
    if role == "agent" and _is_named_after_victim(reader, event, first):
        role = "target"
    if owner and not roles[role]:
        roles[role] = owner

    if reader.low(last + 1) == "of":
        phrase = reader.phrase_after(last + 2)
        label = reader.participant_with_complement(phrase) if phrase else ""
        role = role_after_of(event.kind)
        is_movement = has_complement(event.kind, "destination")
        if is_movement and phrase and reader.place(phrase):
            role = "target"  # "a tour of Ostrand"
        if label and not roles[role]:
            roles[role] = label
    if not roles["target"]:
        roles["target"] = _party_of_noun(reader, event, last)

    if event.family in words_in_role("predicate") and reader.part(first - 1) == BE:
        last_of_subject = reader.before_verb_group(first)
        if reader.part(last_of_subject) in NOMINAL:  # "Lund is guilty"
            roles["target"] = _first_of(_subjects_that_end_at(reader, last_of_subject))
    supporter = _supporter(reader, first)
    if supporter.label:
        role = "target" if supporter.undergoes else role_of_owner(event.kind)
        roles[role] = roles[role] or supporter.label
    return roles["agent"], roles["target"]


def _parties_between(reader: PhraseReader, last: int) -> tuple[str, str] | None:
    """Return the two parties of "a clash between Ostrand and Tolmere"."""
    if reader.low(last + 1) != "between":
        return None
    one = reader.phrase_after(last + 2)
    if one is None or reader.low(one.last + 1) != "and":
        return None
    other = reader.phrase_after(one.last + 2)
    if other is None:
        return None
    return reader.participant(one), reader.participant(other)


def _owner(reader: PhraseReader, number: int) -> str:
    """Return the possessor of an event: "Lund's arrest", "the Israeli attack", "the Lund trial"."""
    before = number - 1
    while reader.part(before) in (NOUN, NUMBER) and not reader.words[before].is_genitive:
        before -= 1  # "Lund's long trial"
    if before < 0:
        return ""
    word = reader.words[before]
    if word.is_genitive:
        return _participant_of_genitive(reader, before)
    if word.part == NATION:
        is_of_continent = reader.low(before - 1) in words_in_role("before_other_nation")
        return "" if is_of_continent else _country_of_nation().get(word.low, "")
    is_next = before == number - 1
    if word.part == NAME and is_next and word.name.type != "place":
        return word.name.label
    return ""


def _is_named_after_victim(reader: PhraseReader, event: EventWord, first: int) -> bool:
    """Return whether a person before an event is its victim: "the Lund shooting"."""
    before = reader.words[first - 1] if first else None
    is_person = before is not None and before.part == NAME and before.name.type == "person"
    # "Lund's attack" is by Lund, but "Lund's shooting" is the one in which he was shot.
    return is_person and event.kind == "shooting"


@cache
def _country_of_nation() -> dict[str, str]:
    """Map each adjective of a nation, in lower case, to its country."""
    return {
        row["nationality"].lower(): row["country"]
        for row in read_lexicon("en/names/countries")
        if row["country"] and row["nationality"]
    }


def _participant_of_genitive(reader: PhraseReader, number: int) -> str:
    """Return the participant before a genitive ending."""
    word = reader.words[number]
    if word.part == NAME:
        return word.name.label
    phrase = reader.phrase_before(number)
    plain = PhraseReader([*reader.words[: phrase.last], word._replace(is_genitive=False)])
    return plain.participant(phrase)


def _party_of_noun(reader: PhraseReader, event: EventWord, last: int) -> str:
    """Return the other party of a noun: "an attack on Lund", "talks in Ostrand with Bell"."""
    uses = {"opponent", "other party"}
    for use in ("recipient", "matter"):
        if has_complement(event.kind, use):
            uses.add(use)
    return _party_after(reader, last + 1, uses, BETWEEN_PHRASES)


class _Supporter(NamedTuple):
    """The subject of a verb of which an event is the object."""

    label: str
    undergoes: bool  # the event happens to the subject


def _supporter(reader: PhraseReader, first: int) -> _Supporter:
    """Return the subject of a verb that only supports a noun: "Lund launched an attack"."""
    governor = reader.phrase_before(first).first - 1
    verb = verb_of_form(reader.low(governor)) if reader.part(governor) in VERBS else ""
    undergoes = verb in words_in_role("verb_of_undergoing")
    supports = undergoes or verb in words_in_role("support_verb")
    if not supports or reader.is_passive(governor):
        return _Supporter("", False)
    return _Supporter(_first_of(_subject(reader, governor)), undergoes)


# --- places ---------------------------------------------------------------------------------------


def _place(reader: PhraseReader, event: EventWord, first: int, last: int) -> str:
    """Return the place of an event that a preposition introduces."""
    return (
        _place_after(reader, event, last)
        or _place_of_modifier(reader, event, first)
        or _place_that_opens(reader, first)
    )


def _place_after(reader: PhraseReader, event: EventWord, last: int) -> str:
    """Return the place after an event: "the attack on Monday in Ostrand"."""
    moves = event.family in words_in_role("verb_of_movement")
    has_destination = moves or has_complement(event.kind, "destination")
    uses = ("place", "destination") if has_destination else ("place",)
    prepositions = prepositions_before(*uses)

    number = last + 1
    while reader.part(number) == ADVERB:
        number += 1
    thing = reader.phrase_after(number)
    if thing is not None:
        number = reader.phrase_with_complements(thing).last + 1
    for preposition, phrase in reader.prepositional_phrases(number, BETWEEN_PLACES):
        if reader.low(preposition) in prepositions:
            place = reader.place(phrase)
            if place:
                return _inner_place(reader, place, phrase.last + 1)
    return ""


def _inner_place(reader: PhraseReader, place: str, number: int) -> str:
    """Return a place, or the smaller one in it that follows: "in Texas, at Dallas"."""
    while reader.part(number) in (COMMA, PREPOSITION):
        number += 1
    phrase = reader.phrase_after(number)
    following = reader.place(phrase) if phrase else ""
    return following if following and is_within(following, place) else place


def _place_of_modifier(reader: PhraseReader, event: EventWord, first: int) -> str:
    """Return the place that describes a noun: "the Ostrand fire"; a country does so as an actor."""
    before = reader.words[first - 1] if first else None
    if event.verb or before is None or before.part != NAME:
        return ""
    is_place = before.name.type == "place" and not before.is_genitive
    return before.name.label if is_place and before.name.label not in _countries() else ""


@cache
def _countries() -> frozenset[str]:
    """Return names of countries."""
    return frozenset(row["country"] for row in read_lexicon("en/names/countries"))


def _place_that_opens(reader: PhraseReader, first: int) -> str:
    """Return the place at the start of a sentence: "In Ostrand, a man was killed"."""
    opening = reader.opening
    return opening.place if opening.place_end <= first <= opening.clause_end else ""
