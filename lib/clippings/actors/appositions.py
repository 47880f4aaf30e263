"""Find the name next to a description of a speaker: "Anna Bell, a baker", "her lawyer, Tom Reed".

All offsets count from the start of the paragraph.
"""

import re
from typing import Any

from clippings.actors.described_sources import DescribedSource, kind_of_source
from clippings.actors.offices import is_title
from clippings.core.lexicon import any_of, words_of
from clippings.core.tokens import fold

Span = tuple[int, int]

# Length in characters of what may separate a name from the last part of its apposition:
# "Anna Bell*, chair of the Ostrand bakers, a guild in the north* said"
MAX_APPOSITION_LENGTH = 80
TITLES_LENGTH = 60  # characters before a name that its titles and the start of the clause take

CLAUSE_START = re.compile(  # It fell *and* (Mayor) Bell, a baker, said
    rf"""
    (?: ^ | [.!?”";:—–,] | \b (?:{any_of("en/speech/function_words", "conjunction")}|and)\s )
    (?P<words_before_name> [\w\s.'’-]*? ) $
    """,
    re.IGNORECASE | re.VERBOSE,
)
OPENERS = words_of("en/speech/function_words", kind="opens a sentence before its subject")
COMMA_PARTS = re.compile(r"\s*,\s*(?:[^,;:.“”]*,\s*)?$")  # Bell*, * / Bell*, chair of the guild, *
VERB_AFTER_NAME = re.compile(  # analyst Anna Bell *believes*, Israel *moved quickly*
    rf"""
    \s+ (?: \w+ly \s+ )?
    (?: [a-z]{{2,}}(?:ed|ing) | {any_of("en/speech/subjects", "verb after a name")} )
    (?: \s+ (?: \w+ly | on ) )? $
    """,
    re.VERBOSE,
)
IN_BRACKETS = re.compile(r"\s*[(\[]\s*$")  # the lawyer *(*Anna Bell)
OFFICE_OF_FIELD = re.compile(  # *Secretary of State* Bell, *Director of National Security* Lund
    r"(?: [A-Z][\w.-]*\s+ ){1,4} of \s+ (?: [A-Z][\w.-]*\s+ (?: and\s+ )? ){1,4} $", re.VERBOSE
)
LEGAL_FORM = re.compile(  # Lund Motors *LLC* Tom Reed
    r"\s* (?: ,?\s* (?: [A-Z]{2,4} | Inc | Corp | Ltd | Co | GmbH ) \.? )? \s*", re.VERBOSE
)


def name_before_apposition(
    text: str, clause_start: int, phrase: Span, description: str, mentions: list[Any]
) -> Any | None:
    """Find the person whom an apposition without a second comma describes.

    Parameters
    ----------
    text : str
        A paragraph with its quotations blanked.
    clause_start : int
        Where the sentence begins.
    phrase : (int, int)
        The apposition, right before its verb: "a baker" in "Anna Bell, a baker said".
    description : str
        Its folded words up to the noun.
    mentions : list of PlacedMention
        The mentions of the paragraph outside quotation marks, in order.

    Returns
    -------
    PlacedMention or None
        None if the words before the phrase do not begin with a person's name.

    Notes
    -----
    "After a talk with Bell, the mayor said" is not an apposition: the name does not begin its
    clause.
    """
    if kind_of_source(description) == DescribedSource.PEOPLE:
        return None
    for name in reversed(mentions):
        if name.end > phrase[0] or name.mention.type != "person":
            continue
        gap = text[name.end : phrase[0]]
        if name.start < clause_start or len(gap) > MAX_APPOSITION_LENGTH:
            return None
        if not COMMA_PARTS.fullmatch(gap):
            return None
        before = text[max(clause_start, name.start - TITLES_LENGTH) : name.start]
        return name if _begins_clause(before, name) else None
    return None


def _begins_clause(before: str, name: Any) -> bool:
    """Return whether only titles separate a name from the start of its clause."""
    ends_quotation_or_clause = CLAUSE_START.search(before)
    if not ends_quotation_or_clause:
        return False
    words = [
        fold(word).strip(".") for word in ends_quotation_or_clause["words_before_name"].split()
    ]
    words_of_role = name.mention.role.split()
    return all(word in OPENERS or word in words_of_role or is_title(word) for word in words)


def name_of_office(text: str, phrase: Span, name: Any, name_before: Any | None) -> bool:
    """Return whether a phrase is an office and the name of its holder.

    Parameters
    ----------
    text : str
        A paragraph with its quotations blanked.
    phrase : (int, int)
        The phrase: "Secretary of State Anna Bell", "the chairman of Lund Motors Tom Reed".
    name : PlacedMention
        The name at its end.
    name_before : PlacedMention or None
        The last name in the phrase before that.

    Returns
    -------
    bool
        False for "a friend of Mayor Anna Bell".
    """
    if name.mention.type != "person" or name.end != phrase[1]:
        return False
    before = text[phrase[0] : name.start]
    office = OFFICE_OF_FIELD.search(before)
    if office:
        words_of_field = office[0].partition("of ")[2].split()
        return not any(is_title(fold(word)) for word in words_of_field)
    # "the chairman of Lund Motors Tom Reed": nothing separates the organisation from the person
    if name_before is None or name_before.mention.type != "organisation":
        return False
    return LEGAL_FORM.fullmatch(text, name_before.end, name.start) is not None


def name_before_verb_form(text: str, start: int, end: int, names: list[Any]) -> Any | None:
    """Find the name that another verb follows: "analyst Anna Bell believes", "Ostrand moved".

    Parameters
    ----------
    text : str
        A paragraph with its quotations blanked.
    start, end : int
        A stretch that was read as a noun phrase.
    names : list of PlacedMention
        The mentions in this stretch, in order.

    Returns
    -------
    PlacedMention or None
    """
    for name in reversed(names):
        if start <= name.start and VERB_AFTER_NAME.fullmatch(text, name.end, end):
            return name
    return None


def name_in_brackets(text: str, end: int, mentions: list[Any]) -> Any | None:
    """Find the person named in brackets right after a description: "the lawyer (Anna Bell)".

    Parameters
    ----------
    text : str
        A paragraph.
    end : int
        Where the description ends.
    mentions : list of PlacedMention
        The mentions of the paragraph outside quotation marks, in order.

    Returns
    -------
    PlacedMention or None
    """
    for name in mentions:
        if name.start > end and name.mention.type == "person":
            is_bracketed = IN_BRACKETS.fullmatch(text, end, name.start)
            closes = text[name.end : name.end + 1] in (")", "]", ",")
            return name if is_bracketed and closes else None
    return None
