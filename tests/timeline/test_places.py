"""Places that are part of other places."""

import pytest

from clippings.timeline.places import is_within, places_around


def test_cities_are_in_regions_and_regions_in_countries():
    pairs = {
        ("Dallas", "Texas"): True,
        ("Dallas", "United States"): True,
        ("Dallas", "US"): True,
        ("Texas", "U.S."): True,
        ("Toulouse", "France"): True,
        ("Toulouse", "Spain"): False,
        ("France", "Toulouse"): False,
        ("Ostrand", "France"): False,
        ("Ostrand", "Ostrand"): True,
    }
    wrong = [pair for pair, expected in pairs.items() if is_within(*pair) is not expected]
    assert wrong == []


def test_unknown_places_are_not_part_of_any_place():
    assert places_around("Ostrand") == frozenset()


if __name__ == "__main__":
    pytest.main([__file__])
