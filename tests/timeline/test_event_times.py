"""The time that belongs to an event in its sentence."""

import re

import pytest

from clippings.timeline.default_events import find_event_words
from clippings.timeline.event_times import time_of_event
from clippings.timeline.sentence_words import read_sentence_words

TIME = re.compile(r"Monday|Friday|2019|2003|last week")


def time_in(text: str, number: int = 0) -> str:
    """The time of the event of this number in a sentence; "" for none."""
    times = [match.span() for match in TIME.finditer(text)]
    words = read_sentence_words(text, 0, len(text), [], times)
    start = time_of_event(words, find_event_words(text, [])[number])
    return "" if start is None else TIME.match(text, start)[0]


def test_a_time_belongs_to_the_verb_of_its_clause():
    cases = {
        ("Rebels attacked the port on Monday.", 0): "Monday",
        ("On Monday rebels attacked the port.", 0): "Monday",
        ("Rebels on Monday attacked the port.", 0): "Monday",
        ("Police said on Monday that rebels attacked the port.", 0): "",
        ("Rebels attacked the port, police said on Monday.", 0): "",
        ("Rebels who attacked the port left on Monday.", 0): "",
        ("Rebels attacked in 2019 and left last week.", 1): "last week",
        ("They failed to attack the port on Monday.", 0): "Monday",
    }
    wrong = {case: time_in(*case) for case, time in cases.items() if time_in(*case) != time}
    assert wrong == {}


def test_a_noun_has_the_time_next_to_it():
    cases = {
        ("Monday's attack surprised them.", 0): "Monday",
        ("The Monday attack surprised them.", 0): "Monday",
        ("The attack on Monday surprised them.", 0): "Monday",
        ("They held talks on Monday.", 1): "Monday",
        ("He died in the attack on Monday.", 1): "Monday",
    }
    wrong = {case: time_in(*case) for case, time in cases.items() if time_in(*case) != time}
    assert wrong == {}


def test_a_limit_is_not_the_time_of_an_event():
    texts = [
        "The attack was the first since 2003.",
        "They will attack by Friday.",
        "They attacked before Monday.",
    ]
    wrong = {text: time_in(text) for text in texts if time_in(text)}
    assert wrong == {}


if __name__ == "__main__":
    pytest.main([__file__])
