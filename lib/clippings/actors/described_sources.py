"""Decide what a description without a name is: a person, people, an organisation, or no source.

"A resident" and "officials" are sources whose names the article withholds. "The Ostrand
government" and "Bell's father" are not: only one government or father is possible. "The measure"
and "anyone" do not speak at all.
"""

import re
from enum import StrEnum
from functools import cache

from clippings.actors.source_nouns import source_noun_in, source_type
from clippings.core.lexicon import any_of, words_of
from clippings.core.tokens import fold


class DescribedSource(StrEnum):
    """What a description without a name denotes."""

    PERSON = "person"  # a resident, the investigator
    PEOPLE = "people"  # residents, police
    BODY = "body"  # the ministry, the Ostrand government
    DOCUMENT = "document"  # the report
    NOT_A_SOURCE = "not_a_source"  # the measure, anyone


BODIES = words_of("en/speech/described_sources", kind="body")
COLLECTIVES = words_of("en/speech/described_sources", kind="collective")
OFFICES_WITH_ONE_BEARER = words_of("en/speech/described_sources", kind="only bearer")
ONLY_RELATIVES = words_of("en/speech/described_sources", kind="only relative")
ROLES_WITH_ONE_BEARER = OFFICES_WITH_ONE_BEARER | ONLY_RELATIVES
NOBODY_IN_PARTICULAR = words_of("en/speech/described_sources", kind="nobody in particular")
BODY_SOURCE_TYPES = ("agency", "outlet")  # of nouns that may also be compounds: "news service"
AMOUNTS = words_of("en/speech/described_sources", kind="amount")
INDEFINITE = words_of("en/speech/described_sources", kind="indefinite")
POSSESSIVES = (words_of("en/speech/function_words", kind="definite") - {"the"}) | {"my", "our"}

TRAILING_MODIFIER = re.compile(  # an investigator *quoted*, residents *who*
    rf"\s+(?:[a-z]{{2,}}ed|{any_of('en/speech/described_sources', 'after the noun')})$"
)
OF_THE_OUTLET = "our "
PERCENTAGE = re.compile(r"\bper\s?cent(?:age)?\b|%")
GENITIVE = re.compile(r"[a-z]['’]s?(?:\s|$)")  # Bell’s father, the residents’ lawyer
PLURALS = (  # ending of a plural, and what replaces it in the singular
    ("people", "person"),  # spokespeople
    ("women", "woman"),
    ("men", "man"),
    ("wives", "wife"),
    ("children", "child"),
    ("ies", "y"),
    ("sses", "ss"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("s", ""),
)
MIN_NOUN_LENGTH = 3  # letters of a singular: men, man; not s
AFTER_OF = re.compile(  # a handful *of local residents* in Ostrand
    r"""
    \s of \s+ (?P<noun_phrase> [^,;:()]*? )
    (?= \s+ (?: in | at | on | from | who | with | near | for | about ) \b | [,;:()] | $ )
    """,
    re.VERBOSE,
)


def kind_of_source(description: str, rest: str = "") -> DescribedSource:
    """Decide what a description without a name denotes.

    Parameters
    ----------
    description : str
        Folded words, up to the noun: "the mayor", "a friend" of "a friend of the mayor".
    rest : str
        Folded words after the noun: " of the mayor".

    Returns
    -------
    DescribedSource
        `NOT_A_SOURCE` if the last word is not a noun for people, an organisation or a document.

    Notes
    -----
    The nouns come from `lexicon/en/speech/`: source_nouns, person_nouns and described_sources.

    Examples
    --------
    >>> for words in ("a resident", "residents", "the fund", "the survey", "the nonstop"):
    ...     print(f"{words}: {kind_of_source(words)}")
    a resident: person
    residents: people
    the fund: body
    the survey: document
    the nonstop: not_a_source
    """
    noun_phrase = without_modifiers(description)
    words = noun_phrase.split()
    if words[-2:] == ["of", "whom"]:  # aid workers, all of whom
        return DescribedSource.PEOPLE
    if not words or words[0] in NOBODY_IN_PARTICULAR:
        return DescribedSource.NOT_A_SOURCE
    head = words[-1]
    if head in AMOUNTS:
        return _kind_of_amount(rest)
    # "news reports" are outlets, but "reports" are documents
    if " " in source_noun_in(noun_phrase):
        kind = _kind_of_compound(noun_phrase)
        if kind != DescribedSource.NOT_A_SOURCE:
            return kind
    return _kind_of_noun(head) or _kind_of_compound(noun_phrase)


def _kind_of_amount(rest: str) -> DescribedSource:
    """Return what the words after an amount denote: "a handful | of residents"."""
    counted = AFTER_OF.match(rest)
    if counted and kind_of_source(counted["noun_phrase"]) == DescribedSource.PEOPLE:
        return DescribedSource.PEOPLE
    return DescribedSource.NOT_A_SOURCE


def is_withheld(description: str, rest: str = "") -> bool:
    """Return whether a description stands for a name that the article withholds.

    Parameters
    ----------
    description : str
        Folded words, up to the noun: "the president".
    rest : str
        Folded words after the noun: " of the council".

    Returns
    -------
    bool
        False for things, for a definite organisation ("the ministry") and for a definite role
        that only one person has at a time ("Bell's father", "the president of the council"), but
        not for an office without its place or organisation ("the president").

    Examples
    --------
    >>> is_withheld("a minister"), is_withheld("the minister", " of health")
    (True, False)
    >>> is_withheld("a rights group"), is_withheld("the ostrand government")
    (True, False)
    """
    noun_phrase = without_modifiers(description)
    if PERCENTAGE.search(noun_phrase):  # "74 percent of likely voters"
        return False
    if noun_phrase.startswith(OF_THE_OUTLET):  # "our reporter": the outlet's own report
        return False
    kind = kind_of_source(noun_phrase, rest)
    if kind == DescribedSource.PEOPLE:
        return True
    if kind == DescribedSource.BODY:
        return not is_definite(noun_phrase)
    if kind == DescribedSource.PERSON:
        return not _has_one_bearer(noun_phrase, rest)
    return False


def _has_one_bearer(noun_phrase: str, rest: str) -> bool:
    """Return whether only one person can be meant: "the Ostrand mayor", but not "the mayor"."""
    words = noun_phrase.split()
    if not is_definite(noun_phrase, rest):
        return False
    # "The mayor" may be that of any town, "the Ostrand mayor" and "the mayor of Ostrand" are not
    is_of_somewhere = len(words) > 2 or words[0] != "the" or rest.startswith(" of ")
    return words[-1] in ONLY_RELATIVES or (words[-1] in OFFICES_WITH_ONE_BEARER and is_of_somewhere)


def is_definite(description: str, rest: str = "") -> bool:
    """Return whether a description refers to something known: "the mayor", "Bell's father".

    Parameters
    ----------
    description : str
        Folded words, up to the noun.
    rest : str
        Folded words after the noun.

    Returns
    -------
    bool
        Also True for a role without an article that "of" follows: "mayor of Ostrand".

    Examples
    --------
    >>> is_definite("the mayor"), is_definite("bell's father"), is_definite("a father")
    (True, True, False)
    """
    first_word = description.partition(" ")[0]
    if first_word == "the" or first_word in POSSESSIVES:
        return True
    is_indefinite = first_word in INDEFINITE
    if not is_indefinite and GENITIVE.search(description):
        return True
    return rest.startswith(" of ") and not is_indefinite


def without_modifiers(description: str) -> str:
    """Cut the words after the noun of a description: "an investigator quoted", "residents who".

    Parameters
    ----------
    description : str
        The words.

    Returns
    -------
    str

    Examples
    --------
    >>> without_modifiers("the military however"), without_modifiers("the accused")
    ('the military', 'the accused')
    """
    while modifier := TRAILING_MODIFIER.search(description):
        noun_phrase = description[: modifier.start()]
        head = fold(noun_phrase.split()[-1])
        if _kind_of_noun(head) is None:
            return description
        description = noun_phrase
    return description


@cache
def _persons() -> frozenset[str]:
    """Return the nouns for a person, in the singular."""
    return (
        words_of("en/speech/person_nouns")
        | words_of("en/speech/described_sources", kind="person")
        | words_of("en/speech/references", kind="somebody")
        | words_of("en/speech/references", kind="shows only the gender")
    )


@cache
def _peoples() -> frozenset[str]:
    """Return the plural names of peoples: "Kenyans"."""
    return frozenset(f"{fold(word)}s" for word in words_of("en/names/countries", "nationality"))


@cache
def _kind_of_noun(noun: str) -> DescribedSource | None:
    """Return what a single noun denotes; None for a noun that is not known."""
    type_ = source_type(noun)
    is_plural = _is_plural(noun)
    if type_ == "document":
        return DescribedSource.DOCUMENT
    if noun in COLLECTIVES or noun in _peoples():
        return DescribedSource.PEOPLE
    for form in _singulars(noun):
        if form in BODIES:
            return DescribedSource.PEOPLE if is_plural else DescribedSource.BODY
        # "The chair", "the head": a role, although the word has other senses
        if form in _persons() or form in ROLES_WITH_ONE_BEARER:
            return DescribedSource.PEOPLE if is_plural else DescribedSource.PERSON
    if source_noun_in(noun) in _singulars(noun):
        return DescribedSource.PEOPLE if is_plural else DescribedSource.PERSON
    return None


def _kind_of_compound(description: str) -> DescribedSource:
    """Return what a description with a noun of several words or with a hyphen denotes."""
    head = description.split()[-1]
    noun = source_noun_in(description)
    ends_with_noun = bool(noun) and description.endswith((noun, f"{noun}s"))
    if ends_with_noun:
        type_ = source_type(noun)
        if type_ == "document":
            return DescribedSource.DOCUMENT
        if description.endswith(f"{noun}s"):
            return DescribedSource.PEOPLE
        is_body = type_ in BODY_SOURCE_TYPES
        return DescribedSource.BODY if is_body else DescribedSource.PERSON
    # co-founder, 43-year-old, Cuban-Americans
    _, hyphen, last_part = head.rpartition("-")
    if hyphen and last_part:
        if last_part == "old":
            return DescribedSource.PERSON
        return _kind_of_noun(last_part) or DescribedSource.NOT_A_SOURCE
    return DescribedSource.NOT_A_SOURCE


def _singulars(noun: str) -> tuple[str, ...]:
    """Return a noun and its possible singular forms."""
    forms = [noun]
    for ending, replacement in PLURALS:
        singular = noun.removesuffix(ending) + replacement
        if noun.endswith(ending) and len(singular) >= MIN_NOUN_LENGTH:
            forms.append(singular)
    return tuple(forms)


def _is_plural(noun: str) -> bool:
    """Return whether a noun is a plural: "residents", "women"; not "boss"."""
    singulars = _singulars(noun)[1:]
    is_singular = noun in _persons() or noun in BODIES or noun in ROLES_WITH_ONE_BEARER
    return bool(singulars) and not is_singular and not noun.endswith("ss")
