"""Decide whether a statement reports an event or only refers to it as known.

"Lund said the dam collapsed" reports the collapse; "Lund said she would await the inquiry into the
collapse" does not: she is no source of it.
"""

import re
from functools import cache

from clippings.core.lexicon import either, read_words, words_of
from clippings.core.tokens import fold
from clippings.timeline.default_events import is_finite_verb, verb_ending_here, verb_of_form

# Number of words between the word that governs an event noun and the noun: "stop the latest Ostrand
# bank merger". Longer noun phrases are rare in news.
MAX_MODIFIERS = 4

# Number of words between a condition and its verb: "if the old dam above the town collapses".
MAX_WORDS_AFTER_CONDITION = 8

# The verb, which begins with a small letter, and not the month: "the dam may soon collapse".
POSSIBILITY = re.compile(r"\bmay(?:\s+(?:also|be|soon|still|yet))*\s+$")

# What an aside with "who" or "which" says is known: "the dam, which collapsed in May".
ASIDE_BEFORE = re.compile(r",\s(?:who|whom|whose|which|where)\b[^,;:.!?“”\"]*$")

WORD = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*")

# A mark that ends a noun phrase, read backwards from the event noun.
PHRASE_END = re.compile(r"[,;:()“”\"–—]|--")


def asserts_event(text: str, start: int, end: int, sentence: tuple[int, int]) -> bool:
    """Decide whether a sentence reports an event rather than referring to it as known.

    Parameters
    ----------
    text : str
        The text of an article.
    start, end : int
        The offsets of the words for the event.
    sentence : tuple of int
        The start and end of the sentence.

    Returns
    -------
    bool
        False if the event is the object of a verb such as "condemn", depends on a noun such as
        "victims" or a preposition such as "after", or is part of a condition or of an aside with
        "who" or "which". In doubt, True.

    Examples
    --------
    >>> def asserts(text, event):
    ...     start = text.index(event)
    ...     return asserts_event(text, start, start + len(event), (0, len(text)))
    >>> asserts("the dam collapsed before dawn", "collapsed")
    True
    >>> asserts("she would await the appeal", "appeal")
    False
    >>> asserts("people fled after the attack", "attack")
    False
    """
    before = text[sentence[0] : start]
    after = text[end : sentence[1]]
    words = [fold(word) for word in WORD.findall(PHRASE_END.split(before)[-1])]
    if _is_conditional(words) or POSSIBILITY.search(before) or ASIDE_BEFORE.search(before):
        return False
    next_word = WORD.match(after.lstrip())
    following = fold(next_word[0]) if next_word else ""
    if _judgement().search(after):
        return False
    if _is_verb(text[start:end], words, following):
        return True
    # "after the quake struck": the preposition is a conjunction, and the event is its subject.
    if _compound().match(after):
        return False
    return is_finite_verb(following) or not _is_governed(words)


def _is_verb(event: str, words: list[str], following: str) -> bool:
    """Return whether the event is a verb, which reports something even in a clause of time."""
    first = fold(event.split()[0])
    ending = verb_ending_here(first, words[-1] if words else "", following)
    return ending is not None and ending != "ing"


def _is_conditional(words: list[str]) -> bool:
    """Return whether a condition precedes the event: "if it falls", "could fall"."""
    recent = f" {' '.join(words[-MAX_WORDS_AFTER_CONDITION:])} "
    is_past = recent.rstrip().endswith((" could have", " might have"))  # a cautious report
    return not is_past and re.search(rf"\b{_words_in_role('condition')}\b", recent) is not None


def _is_governed(words: list[str]) -> bool:
    """Return whether an event noun depends on a word that takes the event as known."""
    for position in range(len(words) - 1, max(-1, len(words) - 2 - MAX_MODIFIERS), -1):
        word = words[position]
        phrase = f" {' '.join(words[: position + 1])} "
        if word in words_of("en/claims/presupposition", role="clause"):
            return False
        is_before_number = position + 1 < len(words) and words[position + 1][0].isdigit()
        if _ends_with_preposition().search(phrase) and not is_before_number:
            return True
        if word in ("of", "to", "into", "for", "in", "on") and position:
            return _takes_event(words[position - 1])
        if word in ("by", "at", "with") and position:
            return words[position - 1] in words_of("en/claims/presupposition", role="participle")
        particle_verbs = (f"{verb_of_form(words[position - 1])} {word}",) if position else ()
        verbs = words_of("en/claims/presupposition", role="verb")
        if not verbs.isdisjoint({verb_of_form(word), *particle_verbs}):
            return True
        if is_finite_verb(word):
            return False
    return False


def _takes_event(noun: str) -> bool:
    """Return whether a noun is in the list, in the singular or plural."""
    nouns = words_of("en/claims/presupposition", role="noun")
    return noun in nouns or noun.removesuffix("s") in nouns


@cache
def _compound() -> re.Pattern:
    """Return a pattern for a noun that the event specifies: "the bombing investigation"."""
    return re.compile(rf"\s+{_words_in_role('compound')}\b", re.IGNORECASE)


@cache
def _judgement() -> re.Pattern:
    """Return a pattern for what is said of a known event: it must stop, or is unacceptable."""
    # "The sale of the mill to Lund was a mistake"
    complement = r"(?: \s+ (?:of|by|with|from|to|in|at|on) \s [^,;:.“”\"]{1,60}? )?"
    return re.compile(
        rf"""
          ^ {complement} \s+
          (?:must|should|would|could|might|cannot|can['’]t|needs?\s+to|ha(?:s|ve)\s+to) \b
        | ^ {complement} \s+ (?:is|are|was|were|remains?) \s+ (?:very\s+|so\s+|totally\s+)?
          (?: an? \s+ (?!\d) | un\w+able | in\w+able | {_words_in_role("judgement")} )
        """,
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _ends_with_preposition() -> re.Pattern:
    """Return a pattern for words that end with a preposition of the list."""
    return re.compile(rf"\s{_words_in_role('preposition')}\s$")


@cache
def _words_in_role(role: str) -> str:
    """Return a pattern for the words of a role."""
    return either(read_words("en/claims/presupposition", role=role))
