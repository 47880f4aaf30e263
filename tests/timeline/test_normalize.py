"""Values that a known day of writing, or the date mentioned last, makes full."""

import datetime

import numpy as np
import pytest

import clippings as cl
from clippings.timeline.normalize import holiday_date
from helpers import articles_of, story_of


def values_of(text: str, published: str = "2021-03-16") -> list[str]:
    """Values of the times of a text written on a day, a Tuesday if it is not given."""
    articles = articles_of(text)
    days = np.array([published], dtype="datetime64[s]")
    articles["published_from"] = articles["published_to"] = days
    return cl.find_times(story_of(text), articles).value.to_list()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on Monday", "2021-03-15"),
        ("on Tuesday", "2021-03-16"),
        ("on Wednesday", "2021-03-10"),
        ("yesterday", "2021-03-15"),
        ("last week", "2021-W10"),
        ("last month", "2021-02"),
        ("on March 12", "2021-03-12"),
        ("on March 20", "2021-03-20"),
        ("it was held on November 20", "2020-11-20"),
        ("last April", "2020-04"),
        ("it will meet on Friday", "2021-03-19"),
        ("last Tuesday", "2021-03-09"),
        ("ready to leave as soon as Friday", "2021-03-19"),
        ("she has scheduled a meeting Friday", "2021-03-19"),
        ("He left. On Friday, the league plans to meet", "2021-03-19"),
        ("He left. On Friday, the league met to plan", "2021-03-12"),
        ("He will not name it by name, he said Friday", "2021-03-12"),
        ("the offer had been due to expire Friday", "2021-03-12"),
        ("He left. Until Friday, they had not met", "2021-03-12"),
        ("it would still be held on November 20", "2021-11-20"),
        ("in the past decade", "P10Y"),
        ("next Friday", "2021-03-19"),
        ("the third quarter", "2020-Q3"),
        ("at 10 p.m. Monday", "2021-03-15T22:00"),
        ("last Thanksgiving", "2020-11-26"),
        ("in December", "2020-12"),
        ("the day before yesterday", "2021-03-14"),
        ("the day after tomorrow", "2021-03-18"),
    ],
)
def test_a_known_day_of_writing_makes_values_full(text, value):
    assert values_of(text) == [value]


def test_in_a_narrative_the_date_mentioned_last_is_the_anchor():
    text = "In May 1968 it began. On 3 June it spread; two days later it ended. In January it came again."
    times = cl.find_times(story_of(text), articles_of(text), mode="narrative")
    assert times.value.to_list() == ["1968-05", "1968-06-03", "1968-06-05", "1968-01"]


def test_moving_holidays_are_on_their_weekday_of_every_year():
    """The number of the weekday in its month is checked by counting from the first of the month."""
    for year in range(1990, 2030):
        for rule, month, weekday, number in (("11-4-4", 11, 4, 4), ("01-1-3", 1, 1, 3)):
            day = datetime.date.fromisoformat(holiday_date(rule, year))
            assert (day.month, day.isoweekday(), (day.day - 1) // 7 + 1) == (month, weekday, number)
        last_monday = datetime.date.fromisoformat(holiday_date("05-1-9", year))
        assert last_monday.isoweekday() == 1
        assert (last_monday + datetime.timedelta(days=7)).month == 6
