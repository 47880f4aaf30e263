"""Recognise first names, their genders, and first names that may refer to the same person.

A first name is the strongest sign that a name is a person's, but many are also common words (Mark,
Grace), titles (Major) or places (Jordan, Georgia).
"""

from functools import cache

from clippings.core.lexicon import read_lexicon, words_of
from clippings.core.tokens import fold

# First names that are weaker evidence, because the word usually means something else
_OTHER_MEANINGS = (
    "en/names/first_names_that_are_words",
    "en/text/stopwords",
    "en/text/sentence_starters",
    "en/names/name_openers",
    "en/names/titles",
    "en/names/organisation_heads",
    "en/names/thing_heads",
)


@cache
def genders_of_first_names() -> dict[str, str]:
    """Return the gender of each first name that nearly all of its bearers share.

    Returns
    -------
    dict of str to str
        Folded first name to "f" or "m".

    Examples
    --------
    >>> genders_of_first_names()["anna"]
    'f'
    """
    return {row["name"]: row["gender"] for row in read_lexicon("en/names/first_names")}


@cache
def first_names() -> frozenset[str]:
    """Return all folded first names, including those that are also other words.

    Returns
    -------
    frozenset of str
        The names of `first_names.csv` and `first_names_of_both_genders.csv`.

    Examples
    --------
    >>> {"anna", "jordan", "grace"} <= first_names()
    True
    """
    return frozenset(genders_of_first_names()) | words_of("en/names/first_names_of_both_genders")


@cache
def clear_first_names() -> frozenset[str]:
    """Return the folded first names that are hardly ever another word.

    Returns
    -------
    frozenset of str
        Without common words (grace), titles (major), months and names of places (georgia).

    Examples
    --------
    >>> sorted({"anna", "grace", "georgia", "major"} & clear_first_names())
    ['anna']
    """
    other = words_of("en/time/words", kind="month") | words_of("en/time/words", kind="weekday")
    other |= words_of("en/names/syntax", kind="direction") | words_of("en/names/particles")
    for name in _OTHER_MEANINGS:
        other |= words_of(name)
    return first_names() - other - words_of("en/names/places") - _countries()


@cache
def _countries() -> frozenset[str]:
    return words_of("en/names/countries", "country") | words_of("en/names/countries", "nationality")


@cache
def _full_forms() -> dict[str, frozenset[str]]:
    """Return the names that a short form may represent."""
    return {
        row["short"]: frozenset(row["full"].split("|"))
        for row in read_lexicon("en/names/nicknames")
    }


def may_be_one_first_name(name: str, other: str) -> bool:
    """Return whether one person may have both first names, as with short forms.

    Parameters
    ----------
    name, other : str
        First names or initials, folded.

    Returns
    -------
    bool
        True for "anna" and "a", "chuck" and "charles", "bob" and "bobby".

    Examples
    --------
    >>> may_be_one_first_name("chuck", "charles"), may_be_one_first_name("anna", "a.")
    (True, True)
    >>> may_be_one_first_name("anna", "anne")
    False
    """
    name = name.removesuffix(".")
    other = other.removesuffix(".")
    shorter, longer = sorted((name, other), key=len)
    if len(shorter) <= 1:
        return longer.startswith(shorter)
    if name == other:
        return True
    full_forms = _full_forms()
    names = full_forms.get(name, frozenset()) | {name}
    others = full_forms.get(other, frozenset()) | {other}
    return not names.isdisjoint(others)


def full_forms_of(name: str) -> frozenset[str]:
    """Return the first names that a short form may represent.

    Parameters
    ----------
    name : str
        A first name, folded.

    Returns
    -------
    frozenset of str
        Folded first names; empty for a name that is not a short form.

    Examples
    --------
    >>> sorted(full_forms_of("larry")), sorted(full_forms_of("lawrence"))
    (['laurence', 'lawrence'], [])
    """
    return _full_forms().get(name, frozenset())


def gender_of_first_name(name: str) -> str:
    """Return the gender of a first name; "" for initials and ambiguous names.

    Parameters
    ----------
    name : str
        A first name.

    Returns
    -------
    str
        "f", "m" or "".

    Examples
    --------
    >>> gender_of_first_name("Anna"), gender_of_first_name("Jordan")
    ('f', '')
    """
    return genders_of_first_names().get(fold(name), "")
