"""Agencies, outlets and unnamed reports to which an article attributes information.

The table quotes covers the speakers of statements. This module covers other attributions: "as
first reported by the Valley Post", "TOLMERE (AFP) –", "the dam reportedly broke".
"""

import re
from functools import cache
from typing import NamedTuple

from clippings.brief.clauses import sentence_around
from clippings.core.lexicon import either, read_lexicon, read_words, split_cell, words_of
from clippings.core.tokens import fold
from clippings.timeline.default_events import verb_of_form

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


# What may stand between a name and its verb: "Taban Deng, the governor, again accused".
ASIDE = r"(?: ,\s [^,;:]{1,80} , )?"
ADVERBS = r"(?: \s+ (?: has | have | had | also | again | on\s+\w+ | \w+ly ) )*"

# What separates an event from the accusation or announcement before it.
OTHER_CLAUSE = re.compile(r"[;:]|,?\s+(?:but|while|whereas)\s", re.IGNORECASE)

# The noun before the name is the subject: "officials of Sala accused"; a claim may be denied.
AFTER_PREPOSITION = re.compile(
    r"\b(?:of|in|with|alongside|by|for|to|from|at|near|against|among"
    r"|den(?:y|ies|ied)|reject(?:s|ed)?|dismiss(?:es|ed)?|disput(?:es|ed))\s+(?:the\s+)?$"
)

RELATIVE = re.compile(r",\s+(?:who|whose|which)\s")

# "U.S.", or "U. S." as in texts that were split into words
INITIALS = re.compile(r"\b(?:[A-Z]\.\s?)+[A-Z]\.")

QUOTATION_MARKS = "\"“”'‘’"


class Relay(NamedTuple):
    """A source that an article relays."""

    name: str  # "" if the article does not name the source of the report
    relay_type: str  # AGENCY, OUTLET or REPORTS
    words: str  # the words of the article


def standard_name(name: str) -> str:
    """Return the name of a body without its variants, for comparison.

    Parameters
    ----------
    name : str
        A name as written in an article.

    Returns
    -------
    str
        The folded name without "the" and company forms; "US" is spelled out.

    Examples
    --------
    >>> standard_name("U. S. Geological Survey"), standard_name("Lund Motors Corp.")
    ('united states geological survey', 'lund motors')
    """
    name = INITIALS.sub(lambda initials: re.sub(r"[.\s]", "", initials[0]), name)
    words = fold(re.sub(r"^[Tt]he\s+", "", name)).split()
    forms = words_of("en/names/syntax", kind="short word of a company") | {"corporation", "company"}
    while len(words) > 1 and words[-1].rstrip(".") in forms:
        words = words[:-1]
    if words:
        words[0] = _short_names_of_bodies().get(words[0], words[0])
    return " ".join(words)


@cache
def _short_names_of_bodies() -> dict[str, str]:
    """Map folded short names of bodies to their folded names: "us" to "united states"."""
    rows = read_lexicon("en/claims/bodies")
    return {fold(row["name"]): fold(row["body"]) for row in rows if row["use"] == "short"}


def is_same_name(short: str, name: str) -> bool:
    """Decide whether one name is a shorter form of another.

    Parameters
    ----------
    short, name : str
        Names of sources.

    Returns
    -------
    bool
        True for a surname, for a name without initials or titles, for an abbreviation, and for the
        name of a company without its form.

    Examples
    --------
    >>> is_same_name("Lund", "Anna Lund"), is_same_name("Anna Lund", "Mayor Anna B. Lund")
    (True, True)
    >>> is_same_name("USGS", "U.S. Geological Survey"), is_same_name("Anna Lund", "Peter Lund")
    (True, False)
    """
    if short == name or len(short) > len(name):
        return False
    if standard_name(short) == standard_name(name) or _is_abbreviation(short, name):
        return True
    # Titles and initials are in one of two names only: "General Lund", "Anna B. Lund".
    words = short.split()
    if len(words) > 1 and fold(words[0]).rstrip(".") in words_of("en/names/titles"):
        words = words[1:]
    names = [word for word in words if len(word.rstrip(".")) > 1]
    other_names = name.split()
    return bool(names) and names[-1] == other_names[-1] and set(names) <= set(other_names)


def _is_abbreviation(short: str, name: str) -> bool:
    """Return whether a name consists of the initials of another, with or without small words."""
    words = [word.replace(".", "") for word in re.sub(r"^[Tt]he\s+", "", name).split()]
    capitalised = [word for word in words if word[:1].isupper()]
    for initial_words in (words, capitalised):
        # "US" is an abbreviation already: US Geological Survey, USGS.
        initials = [word if word.isupper() else word[:1] for word in initial_words]
        if len(initials) > 1 and "".join(initials) == short.replace(".", ""):
            return True
    return False


def belongs_to(name: str, body: str) -> bool:
    """Decide whether a name shows that one body is a part of another.

    Parameters
    ----------
    name, body : str
        Names of sources.

    Returns
    -------
    bool
        True if the name of an organisation begins with that of the body, if it begins with the
        adjective of a country, or if it is a capital or an office that stands for a government.

    Examples
    --------
    >>> belongs_to("Israeli army", "Israel"), belongs_to("UN Security Council", "UN")
    (True, True)
    >>> belongs_to("Pentagon", "US"), belongs_to("Khartoum", "Sudan")
    (True, True)
    >>> belongs_to("Anna Lund", "Anna")
    False
    """
    standard = standard_name(name)
    standard_body = standard_name(body)
    if standard == standard_body:
        return False
    if standard_body in _bodies_of_parts().get(standard, ()):
        return True
    words = standard.split()
    if standard_name(_countries_of_nationalities().get(words[0], "")) == standard_body:
        return len(words) > 1
    is_organisation = words[-1] in words_of("en/names/organisation_heads")
    return is_organisation and standard.startswith(f"{standard_body} ")


@cache
def _bodies_of_parts() -> dict[str, frozenset[str]]:
    """Map the folded names of capitals and offices to the bodies for which they stand."""
    bodies: dict[str, set[str]] = {}
    for row in read_lexicon("en/claims/bodies"):
        bodies.setdefault(fold(row["name"]), set()).add(fold(row["body"]))
    countries = words_of("en/names/countries", "country")
    for row in read_lexicon("en/events/places_within"):
        place = fold(row["place"])
        if place in countries:
            continue  # a country does not speak for its continent
        within = {fold(larger) for larger in split_cell(row["within"])}
        bodies.setdefault(place, set()).update(within & countries)
    return {name: frozenset(of_name) for name, of_name in bodies.items()}


@cache
def names_of_body(body: str) -> tuple[str, ...]:
    """List the names and adjectives that stand for a body before an office: "US", "American".

    Parameters
    ----------
    body : str
        The name of a body.

    Returns
    -------
    tuple of str
        Folded names, including that of the body without "the".

    Examples
    --------
    >>> names_of_body("Iran"), "u.s." in names_of_body("United States")
    (('iran', 'iranian'), True)
    """
    # "Washington" stands for the United States, whose ministers are "American" or "U.S."
    standard = standard_name(body)
    bodies = {standard, *_bodies_of_parts().get(standard, ())}
    names = bodies | {fold(re.sub(r"^[Tt]he\s+", "", body))}
    short = _short_names_of_bodies()
    names |= {name for name, of_name in short.items() if of_name in bodies}
    countries = _countries_of_nationalities()
    names |= {
        nationality
        for nationality, country in countries.items()
        if standard_name(country) in bodies
    }
    return tuple(sorted(names))


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


class Attribution(NamedTuple):
    """A named source that a sentence ties to an event without a reported clause."""

    name: str
    is_statement: bool  # False if the source only refers to the event: "Lund condemned the attack"


def attribution_in(sentence: str, start: int, end: int) -> Attribution | None:
    """Find the named source of an event in a sentence that has no reporting verb for it.

    Parameters
    ----------
    sentence : str
        A sentence or a headline.
    start, end : int
        The offsets of the words for the event in the sentence.

    Returns
    -------
    Attribution or None
        The source of an accusation, of an announcement or of a quoted headline, or somebody who
        judges the event. None if there is none.

    Examples
    --------
    >>> def source_of(sentence, event):
    ...     start = sentence.index(event)
    ...     return attribution_in(sentence, start, start + len(event))
    >>> source_of("Sala accused Ostrand of bombing a camp.", "bombing")
    Attribution(name='Sala', is_statement=True)
    >>> source_of("He left after the announcement by Lund Brothers that it had merged.", "merged")
    Attribution(name='Lund Brothers', is_statement=True)
    >>> source_of("Brussels condemns the bombing of a school", "bombing")
    Attribution(name='Brussels', is_statement=False)
    """
    before = sentence[:start]
    statements = (ACCUSATION, ACCUSED_BY, _announcement_by(), _announcement_of_owner())
    for pattern in (*statements, _judgement()):
        # The last match is the nearest to the event.
        for match in reversed([*pattern.finditer(before)]):
            name = _name_of_source(match["name"])
            is_subject = AFTER_PREPOSITION.search(before, 0, match.start()) is None
            is_direct = OTHER_CLAUSE.search(before, match.end()) is None
            if name and is_subject and is_direct:
                return Attribution(name, is_statement=pattern in statements)
    for match in ACCORDING_TO.finditer(sentence):
        name = _name_of_source(match["name"])
        # In "according to Lund, who fled when the attack began" the writer reports the attack.
        is_about_source = start > match.end() and RELATIVE.match(sentence, match.end())
        if name and not is_about_source:
            return Attribution(name, is_statement=True)
    name = _source_of_headline(sentence, start, end)
    return Attribution(name, is_statement=True) if name else None


def may_be_attributed(text: str, at: int) -> bool:
    """Decide whether a sentence contains words of attribution, whoever they refer to.

    Parameters
    ----------
    text : str
        The text of an article.
    at : int
        An offset in the sentence.

    Returns
    -------
    bool
        True if it contains a reporting verb, or a noun such as "statement".

    Examples
    --------
    >>> may_be_attributed("The dam collapsed, said the man.", 4)
    True
    >>> may_be_attributed("The dam collapsed.", 4)
    False
    """
    start, end = sentence_around(text, at)
    has_words = _words_of_attribution().search(text, start, end) is not None
    return has_words or NAME_BEFORE_COLON.match(text, start, end) is not None


@cache
def _words_of_attribution() -> re.Pattern:
    """Return a pattern for reporting verbs and nouns."""
    verbs = read_words("en/speech/reporting_verbs", reports="clause")
    nouns = read_words("en/claims/announcements", role="announcement")
    return re.compile(rf"\b{either([*verbs, *nouns])}\b", re.IGNORECASE)


def _source_of_headline(sentence: str, start: int, end: int) -> str:
    """Return the source of a headline: `Sala: “Ostrand bombed camp”`, "Quake hits Sala: USGS"."""
    if NEGATION.search(sentence):
        return ""
    opening = QUOTED_BY.match(sentence)
    if opening and opening.end() <= start and not _is_closed(sentence[opening.end() : start]):
        return _name_of_source(opening["name"])
    for pattern in (SOURCE_AFTER_QUOTATION, SOURCE_AFTER_COMMA, ABBREVIATION_AT_END):
        closing = pattern.search(sentence, end)
        if closing:
            return _name_of_source(closing["name"])
    return ""


def _is_closed(quoted: str) -> bool:
    """Return whether a quotation ends in these words; an apostrophe inside a word ends nothing."""
    return re.search(r"[\"”’'](?!\w)", quoted) is not None


def _name_of_source(written: str) -> str:
    """Return a name without titles and what else has a capital letter; "" if nothing is left."""
    words = re.sub(r"[’']s?$", "", written).split()
    while words and fold(words[0]).rstrip(".") in _words_before_names():
        words = words[1:]

    # "General" is a title in "General Lund" but not in the name of a company.
    is_company_name = len(words) == 1 and f" General {words[0]}" in f" {written}"
    if is_company_name:
        words = ["General", *words]

    name = " ".join(words)
    name = _countries_of_nationalities().get(fold(name), name)
    singular = fold(name).removesuffix("s")
    nouns = words_of("en/speech/source_nouns")
    is_common_noun = not nouns.isdisjoint({fold(name), singular}) or is_unnamed_medium(name)
    return "" if is_common_noun else name


@cache
def _words_before_names() -> frozenset[str]:
    """Return titles, function words, days and months, and labels such as "Update"."""
    days = words_of("en/time/words", kind="weekday")
    months = words_of("en/time/words", kind="month")
    labels = words_of("en/claims/announcements", role="headline label")
    prepositions = words_of("en/claims/presupposition", role="preposition")
    function_words = words_of("en/speech/function_words") | prepositions
    return words_of("en/names/titles") | function_words | labels | days | months


@cache
def _countries_of_nationalities() -> dict[str, str]:
    """Map folded adjectives of countries to the countries: "israeli" to "Israel"."""
    rows = read_lexicon("en/names/countries")
    return {
        fold(row["nationality"]): row["country"]
        for row in rows
        if row["nationality"] and row["country"]
    }


QUOTED_BY = re.compile(rf"\s*(?P<name>{NAME})\s*:\s*[{QUOTATION_MARKS}]", re.VERBOSE)

SOURCE_AFTER_QUOTATION = re.compile(
    rf"""
    ["”’'] \s* (?: [-–—:] | ,? \s* (?: says? | claims? | alleges? | warns? ) \b ) \s*
    (?P<name>{NAME}) \s* $                    # “Ostrand bombed camp” – Sala
    """,
    re.VERBOSE,
)

# A headline may deny the event or a part of it: "No direct link to attack: FBI"
NEGATION = re.compile(r"\b(?:no|not|never|without|denies)\b", re.IGNORECASE)

# Headlines leave out the article, and the full stop: "Ostrand bombed camp, says Water Board"
SOURCE_AFTER_COMMA = re.compile(
    rf", \s* (?: says? | claims? | alleges? ) \s+ (?P<name>{NAME}) \s* $", re.VERBOSE
)

# "The dam, according to Anna Lund, collapsed": not in "according to residents of Ostrand" or
# "according to Ostrand police", where the name is a part of the description.
ACCORDING_TO = re.compile(
    rf"""
    \b [Aa]ccording \s+ to \s+ (?: (?:the|a|an) \s+ )?
    (?: (?! (?:of|in|from|at|on|by|to|for|who|that|and) \b ) [a-z’'-]+ \s+ ){{0,4}}
    (?P<name>{NAME}) (?= \s* (?: [,;)] | \.? \s* $ ) )
    """,
    re.VERBOSE,
)

# "Anna Lund: the dam collapsed", but also "New Zealand: climber killed"
NAME_BEFORE_COLON = re.compile(rf"\s* {NAME} :\s", re.VERBOSE)

# Other words after a colon in a headline may be anything: "Rail strike: Travel News".
ABBREVIATION_AT_END = re.compile(r":\s+(?P<name>[A-Z]{2,6})\s*$")


# "Sala has accused Ostrand of", "Anna Lund, the governor, again accuses Sala's army of"
ACCUSATION = re.compile(
    rf"(?P<name>{NAME}) {ASIDE} {ADVERBS} \s+ (?i:accus(?:es?|ed|ing)) \b [^;:]{{0,80}}? \b of \b",
    re.VERBOSE,
)

# "Ostrand stands accused by Sala of"
ACCUSED_BY = re.compile(rf"(?i:accused\s+by) \s+ (?P<name>{NAME}) \s+ of \b", re.VERBOSE)


@cache
def _announcement_by() -> re.Pattern:
    """Return a pattern for announcements: "the announcement by Lund Brothers that"."""
    nouns = either(read_words("en/claims/announcements", role="announcement"))
    return re.compile(
        rf"""
        \b (?i:{nouns})s? {ADVERBS} \s+ (?:by|from|of) \s+ (?P<name>{NAME}) {ADVERBS} ,? \s+ that\b
        """,
        re.VERBOSE,
    )


@cache
def _announcement_of_owner() -> re.Pattern:
    """Return a pattern for announcements: "Lund Brothers' surprise announcement that"."""
    nouns = either(read_words("en/claims/announcements", role="announcement"))
    return re.compile(
        rf"""
        (?P<name>{NAME}) (?: ['’]s? )? \s+ (?: [\w-]+ \s+ )? (?i:{nouns})s? {ADVERBS} \s+ that\b
        """,
        re.VERBOSE,
    )


@cache
def _judgement() -> re.Pattern:
    """Return a pattern for judgements of known events: "Brussels condemned"."""
    return re.compile(
        rf"(?P<name>{NAME}) {ASIDE} {ADVERBS} \s+ (?i:{either(_judging_verbs())}) \b", re.VERBOSE
    )


@cache
def _judging_verbs() -> frozenset[str]:
    """Return the reporting verbs whose object is known: "condemned"."""
    known = words_of("en/claims/presupposition", role="verb")
    reporting = words_of("en/speech/reporting_verbs", reports="quotation")
    return frozenset(verb for verb in reporting if verb_of_form(verb) in known)


def is_judgement_or_denial(verb: str) -> bool:
    """Decide whether a reporting verb judges or denies an event rather than reporting it.

    Parameters
    ----------
    verb : str
        The verb as it stands in the text.

    Returns
    -------
    bool
        True for "condemned", "denied".

    Examples
    --------
    >>> is_judgement_or_denial("condemned"), is_judgement_or_denial("said")
    (True, False)
    """
    folded = fold(verb)
    return folded in _judging_verbs() or verb_of_form(folded) in ("deny", "dispute", "doubt")


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
