"""Find the time that belongs to an event in its sentence, if any.

Each time belongs to one verb. This is the last verb before it in its clause ("was shot in Ostrand
on Monday") or, if the time is between a subject and its verb or at the start of a sentence, the
next verb ("on Monday the army attacked"). A noun has the time next to it ("Monday's attack", "the
attack on Monday") and shares the time of the verb whose subject or object it is.
"""

from bisect import bisect_left

from clippings.timeline.default_events import (
    EventWord,
    prepositions_before,
    verb_of_form,
    words_in_role,
)
from clippings.timeline.sentence_words import (
    ADVERB,
    BASE,
    BE,
    BREAK,
    CLAUSE_WORD,
    DETERMINER,
    FINITE,
    NOMINAL,
    NOUN,
    NUMBER,
    PAST,
    PREPOSITION,
    PRESENT_PARTICIPLE,
    RELATIVE,
    TIME,
    TO,
    Word,
)

MAIN_VERBS = frozenset({FINITE, PAST, BASE, PRESENT_PARTICIPLE})
CLAUSE_ENDS = frozenset({BREAK, CLAUSE_WORD, RELATIVE})

# Words that may occur between a verb and its object.
INSIDE_OBJECT = NOMINAL | {DETERMINER, ADVERB}


def time_of_event(words: list[Word], event: EventWord) -> int | None:
    """Find the time that belongs to an event.

    Parameters
    ----------
    words : list of Word
        The sentence, as `read_sentence_words` returns it.
    event : EventWord
        The event, in characters of the same passage.

    Returns
    -------
    int or None
        The start of the time; None if no time in the sentence belongs to the event.

    Notes
    -----
    Times that only limit the time of the event are left out: "since 2003", "by Friday".

    Examples
    --------
    >>> from clippings.timeline.sentence_words import read_sentence_words
    >>> text = "Rebels attacked on Monday, police said on Friday."
    >>> words = read_sentence_words(text, 0, len(text), [], [(19, 25), (42, 48)])
    >>> time_of_event(words, EventWord(7, 15, 7, "attack", "attack", "attack"))
    19
    """
    times = [number for number, word in enumerate(words) if word.part == TIME]
    if not times:
        return None
    first = bisect_left(words, event.start, key=lambda word: word.start)
    if first == len(words) or words[first].start != event.start:
        return None
    last = max(first, bisect_left(words, event.end, key=lambda word: word.start) - 1)
    candidates = [time for time in times if not _only_limits(words, time)]
    if not event.verb:
        for time in candidates:
            if _is_next_to_noun(words, time, first, last):
                return words[time].start
    verb = first if event.verb else _verb_of_noun(words, first)
    if verb is None:
        return None
    for time in candidates:
        verb_of_time = _verb_of_time(words, time)
        if verb_of_time == verb or _governs_at_same_time(words, verb, verb_of_time):
            return words[time].start
    return None


def _governs_at_same_time(words: list[Word], verb: int, other: int | None) -> bool:
    """Return whether a verb happens when the one after it does: "failed to pass"."""
    if other is None or other != verb + 2 or _part(words, verb + 1) != TO:
        return False
    return verb_of_form(words[verb].low) in words_in_role("verb_at_same_time")


def _part(words: list[Word], number: int) -> str:
    """Return the part of a word; a sentence begins and ends with a BREAK."""
    return words[number].part if 0 <= number < len(words) else BREAK


def _only_limits(words: list[Word], time: int) -> bool:
    """Return whether a time only states a limit: before or after a certain day."""
    before = time - 1
    while _part(words, before) in (DETERMINER, ADVERB):
        before -= 1
    return before >= 0 and words[before].low in prepositions_before("limit")


def _is_next_to_noun(words: list[Word], time: int, first: int, last: int) -> bool:
    """Return whether a time describes a noun: "Monday's attack", "the attack on Monday"."""
    if time < first:
        between = {_part(words, number) for number in range(time + 1, first)}
        follows_preposition = _part(words, time - 1) == PREPOSITION
        return between <= {NOUN, NUMBER} and (words[time].is_genitive or not follows_preposition)

    verb = _verb_of_time(words, time)
    is_own_clause = verb is None or verb > last or _only_supports(words, verb)
    if _is_after_preposition(words, first):  # "was killed in a crash on Monday"
        is_own_clause = True
    number = last + 1
    while number < time:
        is_in_phrase = _part(words, number) == PREPOSITION or (
            _part(words, number) in INSIDE_OBJECT and is_own_clause
        )
        if not is_in_phrase:
            return False
        number += 1
    return is_own_clause


def _is_after_preposition(words: list[Word], first: int) -> bool:
    """Return whether the phrase of a noun follows a preposition."""
    number = first - 1
    while _part(words, number) in INSIDE_OBJECT:
        number -= 1
    return _part(words, number) == PREPOSITION


def _only_supports(words: list[Word], verb: int) -> bool:
    """Return whether a verb adds no more than that its object happened: "held talks"."""
    base = verb_of_form(words[verb].low)
    return base in words_in_role("support_verb", "verb_of_undergoing", "light_verb")


def _verb_of_noun(words: list[Word], first: int) -> int | None:
    """Return the verb whose object is a noun if it adds only that the noun happened."""
    number = first - 1
    while _part(words, number) in INSIDE_OBJECT:
        number -= 1
    is_object = _part(words, number) in MAIN_VERBS
    return number if is_object and _only_supports(words, number) else None


def _verb_of_time(words: list[Word], time: int) -> int | None:
    """Return the verb to which a time belongs."""
    for number in range(time - 1, -1, -1):
        part = _part(words, number)
        if part in CLAUSE_ENDS:
            break
        if part in MAIN_VERBS:
            return number
        if part == BE and _part(words, number + 1) not in MAIN_VERBS:
            return number
    for number in range(time + 1, len(words)):
        part = _part(words, number)
        if part in CLAUSE_ENDS:
            return None
        if part in MAIN_VERBS and _part(words, number - 1) != TO:
            return number
    return None
