"""Look up which places are part of others: cities of regions, regions of countries.

The places are listed in `lexicon/en/events/places_within`. If several places have the same name,
all of them are considered.
"""

from functools import cache
from typing import NamedTuple

from clippings.core.lexicon import read_lexicon, split_cell

# Maximum number of steps, as from a district to its continent: an error in the list must not cause
# an endless loop.
MAX_STEPS = 8


class _Places(NamedTuple):
    """Information about places by name."""

    usual_names: dict[str, str]  # "US": "United States"
    outer: dict[str, frozenset[str]]  # usual name to those of the places around it, one step


@cache
def _places() -> _Places:
    """Return the places of the list."""
    usual_names: dict[str, str] = {}
    outer: dict[str, set[str]] = {}
    for row in read_lexicon("en/events/places_within"):
        usual_names.setdefault(row["place"], row["place"])
        for name in split_cell(row["other_names"]):
            usual_names.setdefault(name, row["place"])
        outer.setdefault(row["place"], set()).update(split_cell(row["within"]))
    return _Places(usual_names, {place: frozenset(around) for place, around in outer.items()})


@cache
def places_around(place: str) -> frozenset[str]:
    """List the places that a place is part of.

    Parameters
    ----------
    place : str
        A name, as in the column `place` of events.

    Returns
    -------
    frozenset of str
        Usual names of all larger places; empty for a place that the list does not have.

    Notes
    -----
    Most cities of the world, and all villages, are missing, so an empty result does not mean that
    the place is not part of another one.

    Examples
    --------
    >>> sorted(places_around("Dallas") & {"Texas", "United States", "France"})
    ['Texas', 'United States']
    """
    places = _places()
    around: set[str] = set()
    last_step = {places.usual_names.get(place, place)}
    for _ in range(MAX_STEPS):
        next_step: set[str] = set()
        for inner in last_step:
            next_step.update(places.outer.get(inner, ()))
        last_step = next_step - around
        around |= last_step
    return frozenset(around)


def is_within(inner: str, outer: str) -> bool:
    """Return whether a place is part of another place, or the same place under another name.

    Parameters
    ----------
    inner, outer : str
        Names of places.

    Returns
    -------
    bool
        False if the list does not contain the place.

    Examples
    --------
    >>> is_within("Toulouse", "France"), is_within("US", "United States")
    (True, True)
    >>> is_within("France", "Toulouse")
    False
    """
    usual_names = _places().usual_names
    usual_inner = usual_names.get(inner, inner)
    usual_outer = usual_names.get(outer, outer)
    return usual_inner == usual_outer or usual_outer in places_around(inner)
