"""Nouns for sources ("a resident", "the ministry") and the type of source that each one is."""

import re
from functools import cache

from clippings.core.lexicon import any_of, read_lexicon
from clippings.core.tokens import fold

FORMER_ROLE = re.compile(
    rf"""
    \b (?:{any_of("en/speech/references", "former")})    # former, retired, ex-
    [\w\s-]+?                                        # army officer
    (?= \s+and\b | [,;] | $ )                        # … and analyst
    """,
    re.IGNORECASE | re.VERBOSE,
)
MAX_NOUN_WORDS = 4  # words of the longest noun in the list: "source close to the group"
PREPOSITION = re.compile(r"\s(?:for|of|to|in|at|from|with|who|on)\s")  # lawyers *for* the family


@cache
def source_noun_in(phrase: str) -> str:
    """Find the longest noun for a source in a phrase.

    Parameters
    ----------
    phrase : str
        What a speaker is called.

    Returns
    -------
    str
        A folded entry of `lexicon/en/speech/source_nouns.csv`; "" if there is none.

    Examples
    --------
    >>> source_noun_in("a former member of the group")
    'former member'
    """
    pattern, _ = _nouns()
    nouns = (fold(match) for match in pattern.findall(phrase))
    return max(nouns, key=lambda noun: (len(noun), noun), default="")


@cache
def _nouns() -> tuple[re.Pattern, dict[str, str]]:
    """Return a pattern for all nouns and their plurals, and the type of each noun."""
    types = {row["word"]: row["source_type"] for row in read_lexicon("en/speech/source_nouns")}
    longest_first = sorted(types, key=lambda noun: (-len(noun), noun))
    nouns = "|".join(re.escape(noun) for noun in longest_first)
    start = r"(?:(?<![\w-])|(?<=\bex-))"  # "ex-army officer"
    return re.compile(rf"{start}(?:{nouns})(?=e?s?(?![\w-]))", re.IGNORECASE), types


def source_type(phrase: str) -> str:
    """Find the type of source that a speaker is.

    Parameters
    ----------
    phrase : str
        What the speaker is called, folded.

    Returns
    -------
    str
        The `source_type` of the noun that fits best; "" if there is none.

    Notes
    -----
    The last noun before a preposition takes precedence: "lawyers for the relatives" are lawyers,
    and a "farmers' union" is a union.

    Somebody who was an official or in the military and is something else now counts as what they
    are now: a "former army officer and analyst" is an analyst.

    Examples
    --------
    >>> source_type("a local resident"), source_type("analyst and former army officer")
    ('resident', 'analyst')
    """
    _, types = _nouns()
    head = PREPOSITION.split(phrase, maxsplit=1)[0]
    last_nouns = [_last_noun(part) for part in head.split(" and ")]
    noun = max(last_nouns, key=len) or source_noun_in(head) or source_noun_in(phrase)
    type_ = types.get(noun, "")
    if type_ in ("official", "military"):
        current_role = FORMER_ROLE.sub("", phrase)
        return types.get(source_noun_in(current_role), "") or type_
    return type_


def source_type_of_name(name: str) -> str:
    """Find the type of source that an organisation is, by its name.

    Parameters
    ----------
    name : str
        The name, folded.

    Returns
    -------
    str
        The `source_type` of the last noun before a preposition; "" if there is none: the general
        in "General Motors" is not an officer.

    Examples
    --------
    >>> source_type_of_name("river lenn authority"), source_type_of_name("ministry of health")
    ('official', 'official')
    >>> source_type_of_name("general motors")
    ''
    """
    _, types = _nouns()
    head = PREPOSITION.split(name, maxsplit=1)[0]
    noun = _last_noun(head)
    if not noun and types.get(source_noun_in(name)) in ("agency", "outlet"):
        noun = source_noun_in(name)  # "Valley Post India"
    return types.get(noun, "")


def _last_noun(phrase: str) -> str:
    """Return the longest noun for a source at the end of a phrase; "" if there is none."""
    _, types = _nouns()
    longest = source_noun_in(phrase)
    if longest and phrase.endswith((longest, f"{longest}s")):
        return longest
    words = phrase.split()
    for start in range(max(0, len(words) - MAX_NOUN_WORDS), len(words)):
        last_words = " ".join(words[start:])
        for form in (last_words, last_words.removesuffix("s"), last_words.removesuffix("es")):
            if form in types:
                return form
    return ""
