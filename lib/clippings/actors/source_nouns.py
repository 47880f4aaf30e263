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
        The `source_type` of the longest noun that fits; "" if there is none.

    Notes
    -----
    Somebody who was an official or in the military and is something else now counts as what they
    are now: a "former army officer and analyst" is an analyst.

    Examples
    --------
    >>> source_type("a local resident"), source_type("analyst and former army officer")
    ('resident', 'analyst')
    """
    _, types = _nouns()
    type_ = types.get(source_noun_in(phrase), "")
    if type_ in ("official", "military"):
        current_role = FORMER_ROLE.sub("", phrase)
        return types.get(source_noun_in(current_role), "") or type_
    return type_
