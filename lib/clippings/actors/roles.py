"""Read roles, the words before a name that describe a person: "rights activist Anna Bell"."""

import re
from functools import cache

from clippings.actors.first_names import first_names
from clippings.actors.name_spans import NAME_HEADS
from clippings.actors.offices import FIELDS, HEAD_PREPOSITIONS, JOINTS_IN_OFFICES, is_title
from clippings.core.lexicon import words_of
from clippings.core.tokens import fold

MAX_ROLE_WORDS = 7  # words before a name that may describe a person
ROLE_CONTEXT_LENGTH = 90  # characters, enough for MAX_ROLE_WORDS words

END_OF_ROLE = re.compile(r"[^\w\s&’'.-]|(?<![A-Z])(?<!\b\w)\.\s")  # it rained, | activist (Anna)
# Verbs right before a role without an article, of which the past does not end with -ed: "They *met*
# activist Anna Bell"
IRREGULAR_VERBS = words_of("en/time/words", kind="tense", value="past") | words_of(
    "en/names/syntax", kind="before a role without an article"
)
WORDS_OF_ADDRESS = words_of("en/names/syntax", kind="address")
NOT_IN_ROLES = words_of("en/names/syntax", kind="not in a role")
ROLE_PREFIXES = words_of("en/names/syntax", kind="before a role")
CONNECTORS = JOINTS_IN_OFFICES | {"&"}
SUBJECT_PRONOUNS = words_of("en/names/syntax", kind="subject of a verb before a role")


def role_before(text: str, start: int, type_: str) -> str:
    """Read the words before a name that describe a person.

    Parameters
    ----------
    text : str
        A passage.
    start : int
        The start of the name.
    type_ : str
        The type of the name so far.

    Returns
    -------
    str
        The role in lower case; "" for other types and for names without a role.

    Examples
    --------
    >>> text = "The Defence Minister, Ali Khan, met former Health Secretary Ann Lee."
    >>> role_before(text, 22, "person"), role_before(text, 60, "person")
    ('defence minister', 'former health secretary')
    """
    if type_ not in ("person", "") or not start or not text[start - 1].isspace():
        return ""
    before = text[max(0, start - ROLE_CONTEXT_LENGTH) : start].rstrip()
    same_phrase = END_OF_ROLE.split(before.removesuffix(","))[-1]
    words = same_phrase.split()[-MAX_ROLE_WORDS:]
    if not words or not _is_role_noun(_fold(words[-1])):
        return ""
    read_role = _capitalised_role if words[-1][0].isupper() else _lower_case_role
    role = read_role(words)
    while role and role[0] in (*CONNECTORS, "the"):
        role = role[1:]
    return " ".join(role)


def _fold(word: str) -> str:
    return fold(word).strip(".,")


@cache
def _role_nouns() -> frozenset[str]:
    return words_of("en/names/titles") | words_of("en/speech/source_nouns")


def _is_role_noun(word: str) -> bool:
    return word in _role_nouns() or is_title(word)


@cache
def _words_outside() -> frozenset[str]:
    """Return words that precede a role and do not belong to it."""
    stopwords = words_of("en/text/stopwords") - {"and"}
    verbs = words_of("en/speech/reporting_verbs", reports="clause")
    return stopwords | verbs | IRREGULAR_VERBS | NOT_IN_ROLES


def _capitalised_role(words: list[str]) -> list[str]:
    """Return the words of an office in capitals: "former | Health Secretary"."""
    role = [_fold(words[-1])]
    rest = words[:-1]
    if role[0] in WORDS_OF_ADDRESS:
        return role
    while rest:
        word = rest[-1]
        joins = len(rest) > 1 and _joins_words_of_office(word, rest[-2])
        is_prefix = word in ROLE_PREFIXES
        if not (word[0].isupper() or joins or is_prefix):
            break
        if _fold(word) in _words_outside() and not joins and not is_prefix:
            break
        role.insert(0, _fold(rest.pop()))
    if rest and _is_role_noun(_fold(rest[-1])):  # committee member | Sheikh (Ali Khan)
        return [*_lower_case_role(rest), *role]
    return role


def _joins_words_of_office(word: str, word_before: str) -> bool:
    """Return whether a small word is part of an office: Secretary of State, Health and Sport."""
    if word in ("and", "&"):
        return _fold(word_before) in FIELDS
    return word in HEAD_PREPOSITIONS and word_before[0].isupper()


def _lower_case_role(words: list[str]) -> list[str]:
    """Return the words of a role back to an article, a verb or another name."""
    outside = _words_outside()
    role = [_fold(words[-1])]
    rest = words[:-1]
    while rest:
        word = rest[-1]
        folded = _fold(word)
        if folded in outside or (word.endswith(",") and role):
            break
        if word[0].isupper() and _is_end_of_name(rest):
            break
        is_verb = folded.endswith("ed") and len(rest) > 1 and _is_subject(rest[-2])
        if is_verb:
            break
        role.insert(0, folded)
        rest.pop()
    return role


def _is_end_of_name(words: list[str]) -> bool:
    """Return whether words end with a person's name: "Anna Bell", but not "Fire Service"."""
    word = _fold(words[-1])
    if words[-1].isupper() or word in NAME_HEADS:
        return False
    if word in first_names():
        return True
    return len(words) > 1 and words[-2][0].isupper() and not words[-2].isupper()


def _is_subject(word: str) -> bool:
    """Return whether a word may be the subject of the verb after it."""
    return word[0].isupper() or word in SUBJECT_PRONOUNS
