"""Words that show whether a date or an office holder is past, present or future."""

import pytest

from clippings.core.lexicon import read_words
from clippings.timeline import evidence
from clippings.timeline.evidence import Surroundings

# A form of each word with an open end.
ANY_ENDING = "ing"


def words_of(kind: str) -> list[str]:
    """The words of a kind in lexicon/en/time/signs_of_writing."""
    words = read_words("en/time/signs_of_writing", kind=kind)
    return [word.replace("*", ANY_ENDING) for word in words]


def place_of(marked: str) -> Surroundings:
    """A date or name in a text, marked by [[ ]]."""
    before, _, rest = marked.partition("[[")
    words, _, after = rest.partition("]]")
    return Surroundings(before + words + after, len(before), len(before) + len(words))


def test_a_date_that_may_be_in_the_future_is_not_surely_past():
    kind = "may be in the future"
    text = "It was {} there, and it fell on [[9 May]]."
    assert evidence.is_surely_past(place_of(text.format("quiet")))
    wrong = [
        word for word in words_of(kind) if evidence.is_surely_past(place_of(text.format(word)))
    ]
    assert wrong == []


def test_words_of_plans_make_a_date_possibly_future():
    before = "The bridge, {} [[2022]]."
    after = "The bridge of [[2022]] {}."
    assert not evidence.may_be_planned(place_of(before.format("seen")))
    assert not evidence.may_be_planned(place_of(after.format("stood")))
    wrong = [
        text.format(word)
        for word in words_of("may be planned")
        for text in (before, after)
        if not evidence.may_be_planned(place_of(text.format(word)))
    ]
    assert wrong == []


def test_capitalised_words_before_a_year_do_not_form_a_name():
    assert evidence.is_in_name(place_of("Agenda [[2020]]"))
    words = words_of("capitalised before a year")
    wrong = [
        word for word in words if evidence.is_in_name(place_of(f"{word.capitalize()} [[2020]]"))
    ]
    assert wrong == []


def test_words_around_a_former_office_holder_look_back():
    texts = {
        "former holder follows": "It was seen {} [[President Bell]].",
        "term of former holder": "[[President Bell]]'s first {} began.",
        "end of term": "[[President Bell]], who {} in Ostrand.",
    }
    assert not any(evidence.looks_back(place_of(text.format("x"))) for text in texts.values())
    wrong = [
        (kind, word)
        for kind, text in texts.items()
        for word in words_of(kind)
        if not evidence.looks_back(place_of(text.format(word)))
    ]
    assert wrong == []


def test_present_verbs_and_times_of_daily_news_show_a_holder_in_office():
    texts = {
        "verb of present holder": "[[President Bell]] {} that.",
        "time of daily news": "[[President Bell]] spoke {} there.",
    }
    assert not any(
        evidence.speaks_of_present(place_of(text.format("x"))) for text in texts.values()
    )
    wrong = [
        (kind, word)
        for kind, text in texts.items()
        for word in words_of(kind)
        if not evidence.speaks_of_present(place_of(text.format(word)))
    ]
    assert wrong == []


if __name__ == "__main__":
    pytest.main([__file__])
