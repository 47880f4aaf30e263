"""Which place is part of which."""

import pytest

from clippings.timeline.places import can_be_one_place, is_within, places_around


def test_cities_lie_in_regions_and_regions_in_countries():
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


def test_one_of_two_names_may_contain_the_other():
    assert can_be_one_place("United States", "Dallas")
    assert not can_be_one_place("Dallas", "Toulouse")


def test_unknown_places_have_nothing_around_them():
    assert places_around("Ostrand") == frozenset()


if __name__ == "__main__":
    pytest.main([__file__])
