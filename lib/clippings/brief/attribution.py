"""Agencies, outlets and unnamed reports to which an article attributes information.

The table quotes covers the speakers of statements. This module covers other attributions: "as
first reported by the Valley Post", "TOLMERE (AFP) –", "the dam reportedly broke".
"""

import re
from functools import cache
from typing import NamedTuple

from clippings.core.lexicon import either, read_lexicon, read_words, split_cell, words_of
from clippings.core.tokens import fold

# Types of relayed sources
AGENCY = "agency"
OUTLET = "outlet"
REPORTS = "unnamed_reports"

# Number of characters at the end of an article in which an agency may be credited: "Source: AFP".
CREDIT_WIDTH = 200

NAME = r"""
    (?: [Tt]he\s+ )?
    [A-Z][\w’'&.-]*                                                # "AFP", "Valley"
    (?: \s+ (?: (?:of|for|and|de) \s+ )? [A-Z][\w’'&.-]* ){0,4}    # "Post", "of Lund"
"""


class Relay(NamedTuple):
    """A source that an article relays."""

    name: str  # "" if the article does not name the source of the report
    relay_type: str  # AGENCY, OUTLET or REPORTS
    words: str  # the words of the article


def canonical_name(name: str) -> str:
    """Return the standard form of the name of an agency or outlet.

    Parameters
    ----------
    name : str
        A name as written in an article.

    Returns
    -------
    str
        The preferred name of an agency; any other name without its leading "the".

    Examples
    --------
    >>> canonical_name("the AP"), canonical_name("The Valley Post")
    ('Associated Press', 'Valley Post')
    """
    name = " ".join(name.split())
    without_article = re.sub(r"^[Tt]he\s+", "", name)
    return _agencies().get(fold(without_article)) or _agency_in(name) or without_article


def medium_of(name: str) -> str:
    """Classify a name as that of an agency or an outlet.

    Parameters
    ----------
    name : str
        A name, or an article's description of a speaker.

    Returns
    -------
    str
        AGENCY, OUTLET, or "" for any other name.

    Examples
    --------
    >>> medium_of("AFP"), medium_of("Valley Post"), medium_of("Anna Lund")
    ('agency', 'outlet', '')
    """
    if fold(canonical_name(name)) in _agencies():
        return AGENCY
    if fold(re.sub(r"^[Tt]he\s+", "", name)) in _outlets():
        return OUTLET
    words = fold(name).split()
    is_titled = name[:1].isupper() or name.startswith("the ")
    if not words or not is_titled:
        return ""
    # "News" and "State Media" are not names.
    is_generic = len(words) == 1 and words[0] in _media_in_names()
    if is_generic or words[0] in words_of("en/claims/relays", role="before medium"):
        return ""
    is_of_outlet = any(word in words_of("en/page/outlet_words", kind="paper") for word in words)
    return OUTLET if is_of_outlet or words[-1] in _media_in_names() else ""


def is_unnamed_medium(words: str) -> bool:
    """Return whether a description refers to a medium or a report without naming it.

    Parameters
    ----------
    words : str
        An article's description of a speaker.

    Returns
    -------
    bool
        True for "the paper", "state television", "news reports", "the agency".

    Examples
    --------
    >>> is_unnamed_medium("state media"), is_unnamed_medium("a police officer")
    (True, False)
    """
    if medium_of(words) == AGENCY:
        return False
    last = fold(words).split()[-1:]
    singular = [word.removesuffix("s") for word in last]
    media = words_of("en/claims/relays", role="medium") | words_of(
        "en/claims/relays", role="news agency"
    )
    return any(word in media for word in [*last, *singular])


def relay_in(sentence: str, outlets: frozenset[str]) -> Relay | None:
    """Find the source that a sentence relays outside its statements.

    Parameters
    ----------
    sentence : str
        A sentence.
    outlets : frozenset of str
        Folded names of outlets in the folder.

    Returns
    -------
    Relay or None
        The agency or outlet or, if none is named, an unnamed report. None if the sentence does not
        relay anything.

    Examples
    --------
    >>> relay_in("As first reported by the Valley Post, the dam broke.", frozenset()).name
    'Valley Post'
    >>> relay_in("The dam reportedly broke.", frozenset()).relay_type
    'unnamed_reports'
    >>> relay_in("The dam was repaired by Lund Brothers.", frozenset())
    """
    for pattern in (_named_after(), _named_before(), IN_BRACKETS):
        for match in pattern.finditer(sentence):
            written = match["name"].rstrip(".")
            name = canonical_name(written)
            medium = medium_of(written)
            if not medium and fold(name) in outlets:
                medium = OUTLET
            if medium:
                return Relay(name, medium, " ".join(match[0].split()))
    learned = _learned().search(sentence)
    if learned:
        return Relay(canonical_name(learned["name"]), OUTLET, " ".join(learned[0].split()))
    unnamed = _unnamed_reports().search(sentence)
    if unnamed:
        return Relay("", REPORTS, " ".join(unnamed[0].split()))
    return None


def agency_of_article(text: str) -> str:
    """Find the agency to which an article credits its entire text.

    Parameters
    ----------
    text : str
        The text of an article.

    Returns
    -------
    str
        The agency named in the dateline, in the byline or at the end; "" if there is none.

    Examples
    --------
    >>> agency_of_article("TOLMERE (AFP) - The dam broke on Monday.")
    'AFP'
    >>> agency_of_article("The dam broke.\\nSource: AFP")
    'AFP'
    >>> agency_of_article("The dam broke, AFP reported.")
    ''
    """
    for match in DATELINE.finditer(text):
        if medium_of(match["name"]) == AGENCY:
            return canonical_name(match["name"])
    for line in BYLINE.finditer(text):
        for part in re.split(r"[,|/]| and ", line["names"]):
            if medium_of(part.strip()) == AGENCY:
                return canonical_name(part.strip())
    for match in CREDIT.finditer(text[-CREDIT_WIDTH:]):
        if medium_of(match["name"]) == AGENCY:
            return canonical_name(match["name"])
    return ""


DATELINE = re.compile(
    r"""
    ^ (?: [^\W\d_][^\n()]{0,60}? [\s,–—-]+ )? \(?       # TOLMERE, Feb. 3 (
    (?P<name> [A-Z][A-Za-z .-]{1,40}? )                # AP
    (?: \) \s* [-–—] | \s+ [-–—] )                      # ) —
    """,
    re.VERBOSE | re.MULTILINE,
)

BYLINE = re.compile(
    r"""
    ^ \s* (?: [Bb]y | BY ) \s+ (?P<names> [^\n.]{2,80} ) $       # By Anna Bell, Associated Press
    """,
    re.VERBOSE | re.MULTILINE,
)

CREDIT = re.compile(
    r"""
    (?: ^ \s* (?: [Ss]ource | [Vv]ia | [Cc]redit ) \s* :? \s*    # Source: AFP
      | [-–—] \s*                                                # — AFP
      | ^ \s* [(\[] \s* )                                        # (AFP)
    (?P<name> [A-Z][\w .-]{1,40}? ) \s* [)\].]? \s* $
    """,
    re.VERBOSE | re.MULTILINE,
)

IN_BRACKETS = re.compile(rf"\(\s*(?P<name>{NAME})\s*\)", re.VERBOSE)


@cache
def _named_after() -> re.Pattern:
    """Return a pattern for phrases followed by a source: "as first reported by the Valley Post"."""
    phrases = either(read_words("en/claims/relays", role="reported by"))
    return re.compile(rf"\b(?i:{phrases})\s+(?P<name>{NAME})", re.VERBOSE)


@cache
def _named_before() -> re.Pattern:
    """Return a pattern for sources followed by a phrase: "AFP understands"."""
    phrases = either(read_words("en/claims/relays", role="reports"))
    return re.compile(rf"(?P<name>{NAME})(?:’s|'s)?\s+{phrases}\b", re.VERBOSE)


@cache
def _learned() -> re.Pattern:
    """Return a pattern for names followed by what only outlets do: "the Insider can reveal"."""
    phrases = either(read_words("en/claims/relays", role="learned"))
    return re.compile(rf"(?P<name>{NAME})\s+{phrases}\b", re.VERBOSE)


@cache
def _unnamed_reports() -> re.Pattern:
    """Return a pattern for reports without an author and for media without a name."""
    phrases = either(read_words("en/claims/relays", role="unknown source"))
    media = either(read_words("en/claims/relays", role="medium"))
    attributions = either(read_words("en/claims/relays", role="reported by"))
    verbs = either(read_words("en/claims/relays", role="reports"))
    return re.compile(
        rf"""
        (?i:
            \b {phrases} \b                                            # "it was reported"
          | \b {attributions} \s+ (?:\w+\s+){{0,2}} {media} \b         # "according to state media"
          | \b (?:the|state|local) \s+ (?:\w+\s+)? {media} \s+ {verbs} \b   # "the paper said"
        )
        """,
        re.VERBOSE,
    )


@cache
def _agencies() -> dict[str, str]:
    """Map the folded names of agencies to their preferred names."""
    names = {}
    for row in read_lexicon("en/claims/agencies"):
        forms = split_cell(row["names"])
        for form in forms:
            names[fold(re.sub(r"^the ", "", form))] = forms[0]
    return names


def _agency_in(words: str) -> str:
    """Return the agency in a description: "the official Xinhua news agency"; "" if none."""
    if not re.search(r"\b(?:agency|wire|service)\b", words, re.IGNORECASE):
        return ""
    names = (_agencies().get(fold(word)) for word in words.split() if word[:1].isupper())
    return next((name for name in names if name), "")


@cache
def _outlets() -> frozenset[str]:
    """Return the folded names of outlets that contain no word typical of outlet names."""
    return frozenset(fold(re.sub(r"^The\s+", "", word)) for word in read_words("en/claims/outlets"))


@cache
def _media_in_names() -> frozenset[str]:
    """Return the words that mark names of outlets: "State Television", "Radio Lund", "Lund TV"."""
    ambiguous = words_of("en/page/outlet_words", kind="name")
    return ambiguous | words_of("en/claims/relays", role="medium") | frozenset(["agency"])
