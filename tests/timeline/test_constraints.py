"""What is known of when articles were written, times lie and events happened."""

import pandas as pd
import pytest

import clippings as cl
from clippings.core.tables import make_table
from clippings.timeline import constraints as rules
from helpers import articles_of, codebook_of, story_of


def days_of_writing(text: str) -> tuple[str, str, str]:
    """The first day by hard constraints, and the likely first and last day, of an article that is this text."""
    articles, story = articles_of(text), story_of(text)
    cues = cl.find_cues(story, codebook_of("calendar"))
    constraints = cl.find_constraints(
        articles, cl.find_times(story, articles), make_table("events"), cues
    )
    row = cl.find_dates(constraints).query("label == 'article'").iloc[0]
    return tuple(
        "" if pd.isna(day) else f"{day:%Y-%m-%d}"
        for day in (row.earliest, row.likely_earliest, row.likely_latest)
    )


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The levee broke in 1988.", ("1988-01-01", "1988-01-01", "")),
        ("The levee may break in 1988.", ("", "", "1988-12-31")),
        ("The 1988 levee.", ("", "1986-12-31", "")),
        ("The levee broke in 1985 and in 1988.", ("1988-01-01", "1988-01-01", "1992-12-31")),
        (
            "Profit rose in the third quarter; it fell in 1988.",
            ("1988-01-01", "1988-01-01", "1990-12-31"),
        ),
        ("President Bill Clinton spoke.", ("", "1993-01-20", "2001-01-20")),
        ("President Clinton spoke of President Reagan.", ("", "1993-01-20", "2001-01-20")),
        ("Former President Clinton spoke.", ("", "", "")),
    ],
)
def test_what_dates_an_article_without_a_date(text, days):
    assert days_of_writing(text) == days


def constraints_of(text: str, *calendar: dict) -> pd.DataFrame:
    """Constraints on an article, and on the times and the event of its text."""
    articles, story = articles_of(text), story_of(text)
    times = cl.find_times(story, articles)
    triggers = codebook_of("events", {"kind": "breach", "trigger": "broke | break"})
    events = cl.find_events(story, triggers, make_table("mentions"), times, make_table("quotes"))
    cues = cl.find_cues(story, codebook_of("calendar", *calendar))
    return cl.find_constraints(articles, times, events, cues)


@pytest.mark.parametrize(
    ("text", "label", "shortest", "longest"),
    [
        ("It rained on Monday.", "time", 0, 6),
        ("It will rain on Monday.", "time", -6, 0),
        ("It rained last week.", "time", 1, 13),
        ("It rained three weeks ago.", "time", 1.5, 39),
        ("It rains this month.", "time", -30.5, 30.5),
        ("It rained yesterday.", "time", 1, 1),
        ("It rained on March 12.", "time", 0, 90),
        ("It will rain on March 12.", "time", -90, 0),
        ("It rained in March.", "time", 0, 300),
        ("The levee broke.", "event", 0, 90),
        ("The levee will break.", "event", -300, 0),
    ],
)
def test_how_far_from_the_day_of_writing_news_puts_a_time_or_an_event(
    text, label, shortest, longest
):
    constraints = constraints_of(text)
    row = constraints[(constraints.label == label) & constraints.days_min.notna()].iloc[0]
    assert (row.days_min, row.days_max) == (shortest, longest)
    assert (row.strength, row.other_start, row.other_end) == ("soft", 0, 0)


def test_an_event_lies_at_the_time_of_its_sentence():
    constraints = constraints_of("On Monday the levee broke.")
    row = constraints[constraints.label == "event"].iloc[0]
    assert (row.rule, row.days_min, row.days_max) == (rules.TIME_IN_SENTENCE.name, 0, 0)
    assert (row.other_start, row.other_end) == (3, 9)


def test_every_subject_has_a_row_and_nothing_known_is_one():
    constraints = constraints_of("It never broke.")
    assert constraints.label.to_list() == ["article", "event"]
    assert set(constraints.rule) == {rules.NOTHING_KNOWN.name}
    assert constraints[["day_from", "day_to", "days_min", "days_max"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("relation", "days", "strength"),
    [
        ("not_before", ("2020-01-01", ""), "hard"),
        ("not_after", ("", "2020-06-01"), "soft"),
        ("during", ("2020-01-01", "2020-06-01"), "soft"),
    ],
)
def test_each_relation_of_the_calendar(relation, days, strength):
    entry = {"entry": "bridge", "day_from": days[0], "day_to": days[1], "cue": "bridge"}
    row = constraints_of("The bridge held.", entry | {"relation": relation}).iloc[0]
    found = ["" if pd.isna(day) else f"{day:%Y-%m-%d}" for day in (row.day_from, row.day_to)]
    assert (tuple(found), row.strength) == (days, strength)
    assert (row.because_start, row.because_end) == (4, 10)
