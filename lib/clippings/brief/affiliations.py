"""Who a speaker belongs to, according to the words around the name.

Two people count as independent sources only if the articles show that they belong to different
bodies: a firm and its chief executive are one source, and so may be two officers of one police.
"""

import re
from functools import cache
from typing import NamedTuple

from clippings.actors.acronyms import acronyms_of
from clippings.brief.attribution import names_of_body, standard_name
from clippings.core.lexicon import either, words_of
from clippings.core.tokens import fold

# Words before the name of a country or town that make it another one: "South Sudan".
NOT_IN_LONGER_NAME = r"(?<!\w)" + "".join(
    rf"(?<!\b{direction}\s)"
    for direction in (
        *("north", "south", "east", "west", "new", "northern", "southern", "eastern", "western"),
    )
)

# People who do not speak for the body: "Israel's opposition leader", "the Board's former chief"
NOT_FOR_BODY = (
    r"(?:opposition|shadow|rebel|separatist|exiled|independent|former|ex|retired|outgoing)"
)

# Number of words before a name in which its titles and the body are: "Ostrand Water Board's deputy
# chief engineer".
MAX_WORDS_BEFORE_NAME = 7

WORD = re.compile(r"[^\W\d_][\w’'&.-]*")

# What follows a name up to the end of the apposition: ", 45, a spokeswoman for the Water Board,"
APPOSITION = re.compile(
    r"PERSON\s?, (?:\s?\d+ ,)? \s* (?P<words> [^,.;:“”\"()]{3,90} )", re.VERBOSE
)
PLACE_AFTER_NAME = re.compile(
    r"PERSON \s (?:of|from) \s (?:the\s)? (?P<words> \S+ (?:\s \S+)? )", re.VERBOSE
)
WORDS_BEFORE = re.compile(
    rf"(?P<words> (?: [\w’'&.-]+ \s ){{1,{MAX_WORDS_BEFORE_NAME}}} ) PERSON", re.VERBOSE
)


class Speaker(NamedTuple):
    """A person or body that is quoted."""

    name: str  # as the articles write it
    words: str  # folded, around the name; each place in the articles is a line


class Description(NamedTuple):
    """What the articles say about a speaker."""

    is_known: bool  # whether they say anything
    bodies: frozenset[str]  # the words for the body or place to which the speaker belongs
    is_private: bool  # whether the speaker speaks for nobody: a resident, a relative


def are_shown_apart(one: Speaker, other: Speaker) -> bool:
    """Return whether the articles show that two speakers do not belong to the same body.

    Parameters
    ----------
    one, other : Speaker
        Two different speakers.

    Returns
    -------
    bool
        True for two bodies, for people whose bodies are named and differ, and for people who speak
        only for themselves. If nothing is known about a person, it is true only for another such
        person: the person may speak for a body.

    Examples
    --------
    >>> chief = Speaker("Anna Lund", "anna lund, chief engineer of the water board, said")
    >>> are_shown_apart(chief, Speaker("Tom Reed", "tom reed, a baker in ostrand, said"))
    True
    >>> are_shown_apart(chief, Speaker("Tom Reed", "tom reed said"))
    False
    >>> are_shown_apart(chief, Speaker("Water Board", ""))
    False
    """
    first = describe(one)
    second = describe(other)
    if not first.is_known or not second.is_known:
        return first.is_known == second.is_known
    if first.bodies & second.bodies:
        return False
    have_bodies = bool(first.bodies) and bool(second.bodies)
    return have_bodies or first.is_private or second.is_private


def describe(speaker: Speaker) -> Description:
    """Collect what the words around a name say about the speaker.

    Parameters
    ----------
    speaker : Speaker

    Returns
    -------
    Description
        A body is known by its name.

    Examples
    --------
    >>> sorted(describe(Speaker("Anna Lund", "water board engineer anna lund said")).bodies)
    ['board', 'water']
    """
    if is_body(speaker.name):
        words_of_name = frozenset(_words_of_body(speaker.name))
        return Description(is_known=True, bodies=words_of_name, is_private=False)
    person = speaker.name.partition(" of ")[0]  # "Anna Lund of Tolmere"
    marked = re.sub(rf"\b{re.escape(fold(person))}\b", "PERSON", speaker.words)
    phrases = [match["words"] for match in APPOSITION.finditer(marked)]
    phrases += [_title_phrase(match["words"]) for match in WORDS_BEFORE.finditer(marked)]
    described = [phrase for phrase in phrases if _has_role(phrase)]
    described += [match["words"] for match in PLACE_AFTER_NAME.finditer(marked)]
    bodies = {word for phrase in described for word in _words_for_bodies(phrase)}
    return Description(bool(described), frozenset(bodies), any(map(_is_private, described)))


@cache
def is_body(name: str) -> bool:
    """Return whether a name denotes a body or a place rather than a person.

    Parameters
    ----------
    name : str
        As the articles write it.

    Returns
    -------
    bool
        True for single words, names with a word such as "Board", abbreviations and countries.

    Examples
    --------
    >>> is_body("Water Board"), is_body("Ostrand"), is_body("Anna Lund")
    (True, True, False)
    """
    folded = fold(name)
    words = folded.split()
    if len(words) == 1 or name.isupper():
        return True
    heads = words_of("en/names/organisation_heads") | words_of("en/speech/source_nouns")
    heads |= words_of("en/names/place_heads")
    governments = words_of("en/claims/bodies", "name") | words_of("en/claims/bodies", "body")
    countries = words_of("en/names/countries", "country")
    if folded in {fold(body) for body in governments | countries}:
        return True
    return any(word.removesuffix("s") in heads for word in words)


def speaks_for(speaker: str, body: str, words: str) -> bool:
    """Return whether the grammar of the words around a speaker's name ties them to a body.

    Parameters
    ----------
    speaker, body : str
        Names as the articles write them.
    words : str
        The folded words around the speaker's name.

    Returns
    -------
    bool
        It is not enough that the body is named nearby, because the speaker may be talking about an
        opponent.

    Examples
    --------
    >>> speaks_for("Anna Lund", "Water Board", "anna lund, a spokeswoman for the water board, said")
    True
    >>> speaks_for("Anna Lund", "Water Board", "anna lund accused the water board")
    False
    """
    names = {*names_of_body(body), *map(fold, acronyms_of(body))}
    if not any(name in words for name in names):
        return False
    # Folded words have no capital letters, so that the marks cannot be words of the article.
    words = re.sub(rf"\b{re.escape(fold(speaker))}\b", "PERSON", words)
    # "Sudan" is the body neither in "South Sudan's president" nor in "Sudan Tribune editor".
    institution = rf"{NOT_IN_LONGER_NAME}(?:the\s)?{either(names)}(?!\w)"
    words = re.sub(institution, "BODY", words)
    return _representation().search(words) is not None


@cache
def _representation() -> re.Pattern:
    """Return a pattern for the ties between a PERSON and a BODY."""
    words_after_genitive = rf"(?:(?!{NOT_FOR_BODY}\b)[\w-]+\s){{0,2}}"
    fields = rf"(?:{_fields_of_offices()}\s){{0,2}}"
    second_role = rf"(?: \s and \s (?:[\w-]+\s){{0,2}} {_roles()} )?"
    office = rf"(?: 's \s {words_after_genitive} | \s {fields} ) {_roles()} {second_role}"
    return re.compile(
        rf"""
          PERSON ,? \s of \s BODY                            # Anna Lund of the Board
        | PERSON , \s (?:[\w-]+\s){{0,4}} {_roles()} \s
          (?:of|for|at|from|with) \s BODY                    # Anna Lund, a spokeswoman for it
        | PERSON , \s (?:[\w-]+\s){{0,4}} {_roles()} ,
          \s BODY                                            # Anna Lund, president, Lund Motors
        | PERSON , \s (?: (?:[\w-]+\s){{1,4}} and \s )?
          BODY {office} \b                                   # Anna Lund, the Board's chief engineer
        | BODY {office} ,? \s PERSON                         # the Board's spokeswoman, Anna Lund
        | BODY (?:'s)? \s PERSON                             # Israel's Foreign Ministry
        | \b {_roles()} \s (?:of|for|at|from|with) \s
          BODY ,? \s PERSON                                  # a spokeswoman for it, Anna Lund
        """,
        re.VERBOSE,
    )


@cache
def _roles() -> str:
    """Return a pattern for the offices of people who speak for a body: "spokesman", "minister"."""
    titles = words_of("en/names/titles")
    offices = words_of("en/speech/source_nouns", source_type="official")
    chief = r"chief\s(?:[\w-]+\s)?(?:executive|officer)"  # chief executive, chief financial officer
    return rf"(?:{either(titles | offices)}|{chief})"


@cache
def _fields_of_offices() -> str:
    """Return a pattern for words between a body and an office: "defense", "deputy"."""
    fields = words_of("en/names/office_fields")
    return either(word for word in fields if not re.fullmatch(NOT_FOR_BODY, word))


# --- descriptions ---------------------------------------------------------------------------------


def _title_phrase(words: str) -> str:
    """Return the words right before a name, after the last verb, conjunction or pronoun."""
    stops = _words_that_are_no_title()
    phrase: list[str] = []
    for word in reversed(words.split()):
        if word.strip(".,") in stops:
            break
        phrase.insert(0, word)
    return " ".join(phrase)


@cache
def _words_that_are_no_title() -> frozenset[str]:
    """Return words that end the phrase of titles before a name, read backwards."""
    verbs = words_of("en/speech/reporting_verbs")
    function_words = words_of("en/text/stopwords") - {"of", "for", "the", "and"}
    return verbs | function_words


def _has_role(phrase: str) -> bool:
    """Return whether a phrase says who somebody is: "a spokeswoman for the Water Board"."""
    return any(word in _nouns_for_persons() for word in _words(phrase))


@cache
def _nouns_for_persons() -> frozenset[str]:
    """Return nouns for persons and titles of offices."""
    titles = words_of("en/names/titles") - words_of(
        "en/names/syntax", kind="title without an office"
    )
    nouns = words_of("en/speech/source_nouns") | words_of("en/speech/person_nouns")
    return titles | nouns


def _is_private(phrase: str) -> bool:
    """Return whether a phrase describes a person who speaks for nobody: "a resident"."""
    nouns = words_of("en/speech/source_nouns", source_type="resident")
    nouns |= words_of("en/speech/source_nouns", source_type="analyst") | words_of("en/names/kin")
    is_officer = any(word in _officials() for word in _words(phrase))
    return not is_officer and any(word in nouns for word in _words(phrase))


@cache
def _officials() -> frozenset[str]:
    """Return nouns for people who speak for a body."""
    kinds = ("official", "military", "agency", "outlet")
    nouns = {
        noun for kind in kinds for noun in words_of("en/speech/source_nouns", source_type=kind)
    }
    return frozenset(nouns) | words_of("en/names/titles")


def _words_for_bodies(phrase: str) -> frozenset[str]:
    """Return the words of a description that are neither function words nor a role."""
    roles = _nouns_for_persons() | words_of("en/names/office_fields", kind="rank")
    ignored = words_of("en/text/stopwords") | (roles - words_of("en/names/organisation_heads"))
    return frozenset(word for word in _words(phrase) if word not in ignored)


def _words_of_body(name: str) -> list[str]:
    """Return the words by which a body can be named in a description, with its abbreviation."""
    names = {standard_name(name), *names_of_body(name), *map(fold, acronyms_of(name))}
    stopwords = words_of("en/text/stopwords")
    return [word for part in names for word in _words(part) if word not in stopwords]


def _words(phrase: str) -> list[str]:
    """Return the words of a folded phrase, without the genitive's ending."""
    words = (match[0].strip(".") for match in WORD.finditer(phrase))
    return [re.sub(r"['’]s?$", "", word) for word in words]
