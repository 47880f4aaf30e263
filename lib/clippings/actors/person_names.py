"""Split names of persons into parts, and check whether two names may belong to one person.

"Robert C. “Bobby” Scott" and "Bobby Scott" may; "Tom Bell Jr." and "Tom Bell Sr." may not.
"""

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from clippings.actors.first_names import clear_first_names, first_names, may_be_one_first_name
from clippings.actors.name_spans import PARTICLES, PERSON_SUFFIXES
from clippings.core.lexicon import words_of
from clippings.core.tokens import fold

MARKS = "“”\"‘’'«»„()[],."

# Particles that are also first names: *Al* Bell, *Van* Reed
FIRST_NAMES_LIKE_PARTICLES = words_of("en/names/particles", also_first_name="yes")

# Initials without stops before a surname: "JK Bell". Three letters at most: more are an acronym.
INITIALS_WITHOUT_STOPS = re.compile(r"(?P<initials>[A-Z]{2,3})(?=\s+[A-Z][a-z])")


class PersonName(NamedTuple):
    """The parts of a name; all words are folded, without full stops and marks."""

    given: tuple[str, ...]  # first names, initials and nicknames
    surname: str  # its last word
    suffix: str  # "jr", "sr", "ii"


@lru_cache(maxsize=20_000)
def parse_name(name: str) -> PersonName:
    """Split the name of a person into parts.

    Parameters
    ----------
    name : str
        A name without title.

    Returns
    -------
    PersonName
        Particles ("van", "de la", "al-") belong to neither part.

    Examples
    --------
    >>> parse_name("Robert C. “Bobby” Scott Jr.")
    PersonName(given=('robert', 'c', 'bobby'), surname='scott', suffix='jr')
    >>> parse_name("van Beethoven")
    PersonName(given=(), surname='beethoven', suffix='')
    """
    initials = INITIALS_WITHOUT_STOPS.match(name)
    if initials:
        name = ". ".join(initials["initials"]) + "." + name[initials.end() :]
    words = [fold(word).strip(MARKS) for word in name.replace(".", ". ").split()]
    words = [word for word in words if word]
    suffix = ""
    if len(words) > 1 and words[-1] in PERSON_SUFFIXES:
        suffix = words.pop()
    given = tuple(word for word in words[:-1] if word not in PARTICLES)
    if _has_word_before(given):
        given = given[1:]
    surname = _without_particle(words[-1]) if words else ""
    return PersonName(given, surname, suffix)


def parse_full_name(name: str, others: Collection[str]) -> PersonName:
    """Split a name that may begin with a first name that looks like a particle.

    Parameters
    ----------
    name : str
        A name without title.
    others : collection of str
        Further names from the same texts.

    Returns
    -------
    PersonName
        As `parse_name` does; but "Al" of "Al Bell" is a first name if no longer name ends so.

    Examples
    --------
    >>> parse_full_name("Al Bell", ["Al Bell"])
    PersonName(given=('al',), surname='bell', suffix='')
    >>> parse_full_name("Al Bell", ["Hamad Al Bell"])
    PersonName(given=(), surname='bell', suffix='')
    """
    parsed = parse_name(name)
    words = name.split()
    if parsed.given or len(words) != 2 or fold(words[0]) not in FIRST_NAMES_LIKE_PARTICLES:
        return parsed
    ending = f" {fold(name)}"
    if any(fold(other).endswith(ending) for other in others):
        return parsed
    return parsed._replace(given=(fold(words[0]),))


def _without_particle(surname: str) -> str:
    """Return a surname without a particle before a hyphen: "hussein" of "al-hussein"."""
    particle, _, rest = surname.partition("-")
    return rest if rest and particle in PARTICLES else surname


def _has_word_before(given: tuple[str, ...]) -> bool:
    """Return whether only the second word is a first name: "Crooked Anna (Bell)"."""
    if len(given) < 2 or len(given[0]) == 1 or given[0] in first_names():
        return False
    return given[1] in clear_first_names()


def may_be_one_person(name: PersonName, other: PersonName) -> bool:
    """Return whether two names with first names may belong to the same person.

    Parameters
    ----------
    name, other : PersonName
        Two names, each with a first name or an initial.

    Returns
    -------
    bool
        False for another surname, first name, middle initial or suffix. A missing middle name or
        suffix contradicts nothing.

    Examples
    --------
    >>> may_be_one_person(parse_name("Chuck Schumer"), parse_name("Charles E. Schumer"))
    True
    >>> may_be_one_person(parse_name("George W. Bush"), parse_name("George H. W. Bush"))
    False
    """
    if name.surname != other.surname or not name.given or not other.given:
        return False
    if name.suffix and other.suffix and name.suffix != other.suffix:
        return False
    if may_be_one_first_name(name.given[0], other.given[0]):
        return _agree(name.given[1:], other.given[1:])
    # "Bobby Scott" and "Robert C. “Bobby” Scott", "J. Edgar Bell" and "Edgar Bell"
    shorter, longer = sorted((name.given, other.given), key=len)
    return len(shorter) == 1 and len(shorter[0]) > 1 and shorter[0] in longer[1:]


def _agree(middle_names: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Return whether no middle name contradicts the one at its place."""
    initials = [name for name in middle_names if len(name) == 1]
    other_initials = [name for name in others if len(name) == 1]
    if initials and other_initials and len(initials) != len(other_initials):
        return False  # George W. and George W. H.
    return all(
        name[0] == other[0] and (len(name) == 1 or len(other) == 1 or name == other)
        for name, other in zip(middle_names, others, strict=False)
    )
