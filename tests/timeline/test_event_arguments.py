"""Who, whom and where of an event: from its clause, or empty."""

import re

import pytest

from clippings.timeline.default_events import find_event_words
from clippings.timeline.event_arguments import Arguments, PhraseReader, find_arguments
from clippings.timeline.sentence_words import Name, read_sentence_words

NAMES = {
    "Lund": "person",
    "Bell": "person",
    "Alpha Board": "organisation",
    "Beta Club": "organisation",
    "Ostrand": "place",
    "Tolmere": "place",
}


def arguments_of(text: str, number: int = 0) -> Arguments:
    """The arguments of the event of this number in a sentence."""
    names = sorted(
        Name(start, start + len(name), name, kind)
        for name, kind in NAMES.items()
        for start in [text.find(name)]
        if start >= 0
    )
    events = find_event_words(text, [(name.start, name.end) for name in names])
    times = [match.span() for match in re.finditer(r"Monday|May|last week", text)]
    words = read_sentence_words(text, 0, len(text), names, times)
    return find_arguments(PhraseReader(words), events[number])


def failures(cases: dict[str, tuple[str, str, str]]) -> list:
    return [
        (text, wanted, tuple(arguments_of(text)))
        for text, wanted in cases.items()
        if tuple(arguments_of(text)) != wanted
    ]


def test_subject_and_object_by_position_and_voice():
    cases = {
        "Lund attacked Bell.": ("Lund", "Bell", ""),
        "Lund has reportedly attacked the young Bell.": ("Lund", "Bell", ""),
        "Lund was attacked by Bell.": ("Bell", "Lund", ""),
        "Lund, the mayor of Ostrand, attacked Bell.": ("Lund", "Bell", ""),
        "Lund (51) attacked Bell.": ("Lund", "Bell", ""),
        "Lund, who attacked Bell, left.": ("Lund", "Bell", ""),
        "Beta Club members attacked Lund.": ("Beta Club", "Lund", ""),
        "Ostrand's army attacked Tolmere.": ("Ostrand", "Tolmere", ""),
        "Lund died in Ostrand.": ("", "Lund", "Ostrand"),
        "Lund arrested by Bell": ("Bell", "Lund", ""),
    }
    assert failures(cases) == []


def test_what_is_not_certain_stays_empty():
    cases = {
        "Lund's brother attacked the port.": ("", "", ""),
        "In the port of Lund a man attacked the guard.": ("", "", ""),
        "When Lund was there, a man attacked the guard.": ("", "", ""),
        "A man attacked the guard; Lund left.": ("", "", ""),
        "A man attacked the brother of Lund.": ("", "", ""),
        "Lund saw that a man attacked the guard.": ("", "", ""),
    }
    assert failures(cases) == []


def test_the_parties_of_a_noun():
    cases = {
        "The arrest of Lund by the Alpha Board surprised Bell.": ("Alpha Board", "Lund", ""),
        "Lund's arrest surprised them.": ("", "Lund", ""),
        "Lund's attack on Bell surprised them.": ("Lund", "Bell", ""),
        "The attack by the Beta Club against Lund failed.": ("Beta Club", "Lund", ""),
    }
    assert failures(cases) == []


def test_a_place_needs_its_preposition():
    cases = {
        "A man was killed in Ostrand.": ("", "", "Ostrand"),
        "A man was killed in the northern city of Ostrand.": ("", "", "Ostrand"),
        "In Ostrand, a man was killed.": ("", "", "Ostrand"),
        "The Ostrand attack failed.": ("", "", "Ostrand"),
        "The Ostrand senator was killed.": ("", "", ""),
        "A man from Ostrand was killed.": ("", "", ""),
        "A man was killed, and she lived in Ostrand.": ("", "", ""),
    }
    assert failures(cases) == []


def test_a_speaker_who_speaks_of_himself_is_the_agent():
    text = "Lund said on Monday that he will attack Bell."
    assert tuple(arguments_of(text)) == ("Lund", "Bell", "")


if __name__ == "__main__":
    pytest.main([__file__])
