"""Recognise offices around a name: titles, their fields, and names that precede them.

"Labour MP Anna Bell" contains two names, "Interior Minister Anna Bell" one, and "minister for Women
and Equalities Nina Marsh" one, too.
"""

import re

from clippings.actors.first_names import first_names
from clippings.core.lexicon import any_of, either, words_of

TITLES = words_of("en/names/titles")
AFTER_ELECTION = words_of("en/names/syntax", kind="after an election")
FIELDS = words_of("en/names/office_fields", kind="field")
RANKS = words_of("en/names/office_fields", kind="rank")
# Ranks that, after a name, belong to it: Lenn County Sheriff, but Lenn District Attorney
TERRITORIES = frozenset({"city", "county"})

HEAD_PREPOSITIONS = words_of("en/names/syntax", kind="between a head and its field")
JOINTS_IN_OFFICES = HEAD_PREPOSITIONS | {"and"}  # Secretary *of* State, Health *and* Sport

PARLIAMENTARY_TITLES = words_of("en/names/syntax", kind="office after a party")

# Titles of offices that have a field: nobody is "queen for Health"
_office = any_of("en/names/syntax", "office with a field")
_field = either(FIELDS)
OFFICE_CONTEXT_LENGTH = 90  # characters before a name, where its office appears
BEFORE_FIELD = re.compile(
    rf"""
    \b (?: {_office} ) \s+
    (?: of \s+ state \s+ )?                        # Secretary of State
    (?: {either(HEAD_PREPOSITIONS)} ) \s+ (?: the \s+ )?   # for
    (?: {_field} (?: ,\s+ | ,?\s+ (?:and|&)\s+ | \s+ ) )*   # Women and
    $                                              # (Equalities Anna Bell)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# How the words end after which `BEFORE_FIELD` can match
LAST_WORDS_BEFORE_FIELD = tuple(f"{word} " for word in (*JOINTS_IN_OFFICES, "the", "&", ","))


def is_title(word: str) -> bool:
    """Recognise a title, also with a prefix: "chancellor", "vice-president", "senator-elect".

    Parameters
    ----------
    word : str
        A folded word.

    Returns
    -------
    bool
        True if a person's name may follow it.

    Examples
    --------
    >>> is_title("chancellor"), is_title("ex-president"), is_title("senator-elect")
    (True, True, True)
    >>> is_title("rome")
    False
    """
    first, _, last = word.rpartition("-")
    return word in TITLES or last in TITLES or (last in AFTER_ELECTION and first in TITLES)


def words_of_field(text: str, start: int, words: list[str]) -> int | None:
    """Count the words at the start of a run that name the field of an office.

    Parameters
    ----------
    text : str
        A passage.
    start : int
        Where a run of capitalised words starts.
    words : list of str
        The folded words of the run.

    Returns
    -------
    int or None
        Their number: all words, if no name follows. None if no office precedes the run.

    Examples
    --------
    >>> text = "The minister for Women and Equalities Nina Marsh said so."
    >>> words_of_field(text, 27, ["equalities", "nina", "marsh"])
    1
    """
    if not text.endswith(LAST_WORDS_BEFORE_FIELD, 0, start):  # a quick look: most names end here
        return None
    if not BEFORE_FIELD.search(text, max(0, start - OFFICE_CONTEXT_LENGTH), start):
        return None
    number = 0
    while number < len(words) and (words[number] in FIELDS or words[number] == "and"):
        number += 1
    if number:
        return number
    # "Secretary for Lunar Travel Anna Bell": a field that no list has ends where a first name is
    for place, word in enumerate(words[1:-1], 1):
        if word in first_names():
            return place
    return None


def span_before_title(words: list[str], first: int, title: int) -> tuple[int, int] | None:
    """Find the name in front of a title: the party, the company or the town.

    Parameters
    ----------
    words : list of str
        The folded words of a run.
    first, title : int
        The numbers of the first word that belongs to the name, and of the title.

    Returns
    -------
    tuple of int or None
        Numbers of the first word of the name and of the one after it; None without one.

    Examples
    --------
    >>> span_before_title(["acme", "chief", "executive", "officer", "anna", "bell"], 0, 3)
    (0, 1)
    >>> span_before_title(["deputy", "interior", "minister", "anna", "bell"], 0, 2) is None
    True
    """

    # Labour is also a ministry
    fields = FIELDS if words[title] not in PARLIAMENTARY_TITLES else frozenset()

    def belongs_to_title(word: str) -> bool:
        return word in RANKS or word in fields or is_title(word) or word in JOINTS_IN_OFFICES

    if "and" in words[first:title]:
        # "Ministry of Defence and | Defence Secretary", but "Health and Sport Minister"
        joint = words.index("and", first)
        if not fields.issuperset(words[first:joint]):
            return (first, joint)
    end = title
    while end > first and belongs_to_title(words[end - 1]):
        end -= 1
    while first < end and (words[first] in RANKS or is_title(words[first])):
        first += 1
    if first >= end:
        return None
    # "Crawford County Sheriff": the office of a county is a rank, but here the county is the place.
    is_territory = words[end] in TERRITORIES
    return (first, end + 1) if is_territory else (first, end)
