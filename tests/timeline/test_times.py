"""Time expressions in texts, and their TIMEX3 values where no day of writing is known."""

import pytest

import clippings as cl
from clippings.core.errors import BadInput
from helpers import articles_of, story_of


def times_of(text: str) -> list[tuple[str, str, str]]:
    """Words, value and MOD of the times of a text without a date."""
    times = cl.find_times(story_of(text), articles_of(text))
    return [(row.text, row.value, row.mod) for row in times.itertuples()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on October 4", [("October 4", "XXXX-10-04", "")]),
        ("on 4 October 2016", [("4 October 2016", "2016-10-04", "")]),
        ("in June 2014", [("June 2014", "2014-06", "")]),
        ("In mid-October", [("mid-October", "XXXX-10", "MID")]),
        ("in early December", [("early December", "XXXX-12", "START")]),
        ("on Wednesday midnight", [("Wednesday midnight", "XXXX-WXX-3TNI", "")]),
        ("on May Day", [("May Day", "XXXX-05-01", "")]),
        ("last May Day", [("last May Day", "XXXX-05-01", "")]),
        ("last week", [("last week", "XXXX-WXX", "")]),
        ("over the past two months", [("the past two months", "P2M", "")]),
        ("three days ago", [("three days ago", "XXXX-XX-XX", "")]),
        ("on 2016-10-04", [("2016-10-04", "2016-10-04", "")]),
        ("on 13/4/99 and 4/13/2016", [("13/4/99", "1999-04-13", ""), ("4/13/2016", "2016-04-13", "")]),
        ("she may come in 2019", [("2019", "2019", "")]),
        ("at least 30 days", [("at least 30 days", "P30D", "EQUAL_OR_MORE")]),
        ("two and a half years", [("two and a half years", "P2Y6M", "")]),
        ("for weeks", [("weeks", "PXW", "")]),
        ("every Monday", [("every Monday", "XXXX-WXX-1", "")]),
        ("fees of $30 a year", [("a year", "P1Y", "")]),
        ("the war of 1939-45", [("1939", "1939", ""), ("45", "1945", "")]),
        ("the season of 1999-00", [("1999", "1999", ""), ("00", "2000", "")]),
        ("in 2016-99, in 2015-04", [("2016", "2016", ""), ("2015", "2015", "")]),
        ("in 49-44 BC", [("49", "BC0049", ""), ("44", "BC0044", "")]),
        ("the late 1980s", [("the late 1980s", "198", "END")]),
        ("the 19th century", [("the 19th century", "18", "")]),
        ("nineteen ninety-six", [("nineteen ninety-six", "1996", "")]),
        ("in June 2014; a year later", [("June 2014", "2014-06", ""), ("a year later", "2015", "")]),
        ("now, recently", [("now", "PRESENT_REF", ""), ("recently", "PAST_REF", "")]),
        ("the future", [("the future", "FUTURE_REF", "")]),
    ],
)  # fmt: skip
def test_kinds_of_time_expressions(text, expected):
    assert times_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("April 24 and 25", [("April 24", "XXXX-04-24", ""), ("25", "XXXX-04-25", "")]),
        ("6-7 February 1920", [("6", "1920-02-06", ""), ("7 February 1920", "1920-02-07", "")]),
        ("June 29, 30 and 31", [("June 29", "XXXX-06-29", ""), ("30", "XXXX-06-30", "")]),
        ("31-30 June 1920", [("30 June 1920", "1920-06-30", "")]),
    ],
)
def test_each_of_several_days_is_a_time(text, expected):
    assert times_of(text) == expected


def test_words_that_are_not_times():
    texts = [
        "1500 / 1500",
        "May Smith",
        "a March to the sea",
        "31 February",
        "2014 people",
        "a quarter of them",
        "an 18-year-old",
        "over 1990 people",
        "the fall of Rome",
        "a second try",
        "a score of 2-1",
    ]
    assert {text: times_of(text) for text in texts if times_of(text)} == {}


def test_an_unknown_mode_is_refused():
    with pytest.raises(BadInput, match='use "news" or "narrative"'):
        cl.find_times(story_of("in May"), articles_of("in May"), mode="novel")


def test_each_expression_has_its_type():
    text = (
        "They walked for three days. It began on 4 May 2016. They meet every week. "
        "The talks lasted two hours."
    )
    times = cl.find_times(story_of(text), articles_of(text))
    labels = dict(zip(times.text, times.label, strict=True))
    assert labels == {
        "three days": "DURATION",
        "4 May 2016": "DATE",
        "every week": "SET",
        "two hours": "DURATION",
    }
