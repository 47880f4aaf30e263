"""Constraints on when articles were written, times refer to and events happened."""

import pandas as pd
import pytest

import clippings as cl
from clippings.core.tables import make_table
from clippings.timeline import constraints as rules
from clippings.timeline.wording import describe_rule
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
        ("The levee will be repaired in 1988.", ("", "", "1988-12-31")),
        ("The 1988 levee.", ("", "", "")),
        ("The 1988 levee and the wall of 1987.", ("", "1986-12-31", "")),
        ("The levee broke in 1985 and in 1988.", ("1988-01-01", "1988-01-01", "")),
        (
            "Profit rose in the third quarter, after a second-quarter loss; it fell in 1988.",
            ("1988-01-01", "1988-01-01", "1990-12-31"),
        ),
        ("President Bill Clinton spoke on Monday.", ("", "1993-01-20", "2001-01-20")),
        ("President Bill Clinton spoke.", ("", "1993-01-20", "")),
        ("Former President Clinton spoke on Monday.", ("", "", "")),
    ],
)
def test_evidence_for_the_day_of_writing(text, days):
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
        ("It rained on March 12.", "time", 0, 183),
        ("It will rain on March 12.", "time", -300, 0),
        ("It was put off to March 12.", "time", -75, 366),
        ("The March 12 vote.", "time", -366, 366),
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


def test_an_event_happened_at_the_time_in_its_sentence():
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


def test_dates_and_offices_that_do_not_limit_the_day_of_writing():
    """An interval that excludes the true day is worse than none; 2016 must remain possible."""
    texts = [
        "Bell, who once had lunch with President Clinton, sat in the front row on Monday.",
        "The dam was built under President Clinton, and it held.",
        "President Clinton signed the law in 1996, and it was used on Monday.",
        "Former U.S. President Clinton spoke on Monday.",
        "“I spoke to President Clinton on Monday,” she wrote then.",
        "President Clinton’s administration built it, she said on Monday.",
        "President Clinton spoke on Monday, and President Obama answered.",
        "“We will win in 1992,” he had said.",
        "Her song “1999” will be played at the fair.",
        "The 1999 flood will be remembered.",
        "He would rule until 1991.",
        "It was approved in 1987 and will be built.",
        "The fair, Expo 2020, is far away, as are the goals of the Agenda 2030.",
        "The bonds are due in 2030, or redeemable in 2031.",
        "The city wants to be carbon neutral by 2030 and to grow by 2031.",
        "The RTX 2060 is better than the RTX 2070.",
        "They serve until the end of the 2022/23 season.",
    ]
    wrong = []
    for text in texts:
        earliest, likely_earliest, likely_latest = days_of_writing(text)
        starts_late = max(earliest, likely_earliest) > "2016-12-31"
        ends_early = bool(likely_latest) and likely_latest < "2016-01-01"
        if starts_late or ends_early:
            wrong.append((text, earliest, likely_earliest, likely_latest))
    assert wrong == []


def test_a_future_date_that_the_text_contradicts_is_not_a_limit():
    text = "“It will be built in 2011,” she wrote. It will be built in 2011. It fell in 2015."
    assert days_of_writing(text) == ("2015-01-01", "2015-01-01", "")


def test_each_rule_has_a_description():
    codes = [rule.name for rule in vars(rules).values() if isinstance(rule, rules.Rule)]
    assert [code for code in codes if describe_rule(code) == code] == []


def test_an_event_whose_sentence_mentions_a_year_is_not_taken_for_recent_news():
    texts = (
        "The levee broke. It fell in 2004.",
        "In 2004 a storm hit Ostrand and broke the levee.",
        "The levee that broke last year was old.",
        "The levee broke, which had been built in 1998.",
        "The levee broke within a year of the repairs.",
        "In a report of 2015 it said that the levee broke.",
    )
    articles = articles_of(*texts)
    events = make_table(
        "events",
        [
            {
                "article": article,
                "start": text.index("broke"),
                "end": text.index("broke") + 5,
                "text": "broke",
                "label": "breach",
                "modality": "happened",
            }
            for article, text in zip(articles.article, articles.text, strict=True)
        ],
    )
    times = cl.find_times(story_of(*texts), articles)
    constraints = cl.find_constraints(articles, times, events, make_table("cues"))
    of_events = constraints[constraints.label == "event"]
    assert of_events.rule.to_list() == [
        "recent_news",
        "nothing_known",
        "nothing_known",
        "recent_news",
        "recent_news",
        "recent_news",
    ]
