"""Times, cues, constraints and places on the calendar."""

import datetime
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clippings as cl
from clippings.core.errors import BadInput
from clippings.core.lexicon import read_lexicon
from clippings.core.tables import cited, make_table
from clippings.pipeline import find_per_article
from clippings.timeline import placement as calendar
from clippings.timeline.patterns import matches
from helpers import FLOOD, articles_of, codebook_of, story_of


def times(text: str, published: str | None = None) -> list[tuple[str, str, str]]:
    articles = articles_of(text)
    if published:
        articles["published_from"] = articles["published_to"] = np.array(
            [published], dtype="datetime64[s]"
        )
    return [
        (row.text, row.value, row.mod)
        for row in cl.find_times(story_of(text), articles).itertuples()
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("on October 4", [("October 4", "XXXX-10-04", "")]),
        ("on 4 October 2016", [("4 October 2016", "2016-10-04", "")]),
        ("in June 2014", [("June 2014", "2014-06", "")]),
        ("In mid-October", [("mid-October", "XXXX-10", "MID")]),
        ("in early December", [("early December", "XXXX-12", "START")]),
        ("on Wednesday midnight", [("Wednesday midnight", "XXXX-WXX-3TNI", "")]),
        ("last week", [("last week", "XXXX-WXX", "")]),
        ("over the past two months", [("the past two months", "P2M", "")]),
        ("three days ago", [("three days ago", "XXXX-XX-XX", "")]),
        ("on 2016-10-04", [("2016-10-04", "2016-10-04", "")]),
        ("she may come in 2019", [("2019", "2019", "")]),
        ("1500 / 1500, May Smith, a March to the sea, 31 February, 2014 people", []),
    ],
)
def test_time_expressions(text, found):
    assert times(text) == found


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
    ],
)
def test_a_known_day_of_writing_makes_values_full(text, value):
    assert [found[1] for found in times(text, "2021-03-16")] == [value]


def test_in_a_narrative_the_date_named_last_is_the_anchor():
    text = "In May 1968 it began. On 3 June it spread; two days later it ended. In January it came again."
    found = cl.find_times(story_of(text), articles_of(text), mode="narrative")
    assert found.value.to_list() == ["1968-05", "1968-06-03", "1968-06-05", "1968-01"]
    with pytest.raises(BadInput, match='take "news" or "narrative"'):
        cl.find_times(story_of(text), articles_of(text), mode="novel")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("at least 30 days", [("at least 30 days", "P30D", "EQUAL_OR_MORE")]),
        ("two and a half years", [("two and a half years", "P2Y6M", "")]),
        ("for weeks", [("weeks", "PXW", "")]),
        ("every Monday", [("every Monday", "XXXX-WXX-1", "")]),
        ("fees of $30 a year", [("a year", "P1Y", "")]),
        ("April 24 and 25", [("April 24", "XXXX-04-24", ""), ("25", "XXXX-04-25", "")]),
        ("6-7 February 1920", [("6", "1920-02-06", ""), ("7 February 1920", "1920-02-07", "")]),
        ("the war of 1939-45", [("1939", "1939", ""), ("45", "1945", "")]),
        ("the season of 1999-00", [("1999", "1999", ""), ("00", "2000", "")]),
        ("in 2016-99, in 2015-04", [("2016", "2016", ""), ("2015", "2015", "")]),
        ("June 29, 30 and 31", [("June 29", "XXXX-06-29", ""), ("30", "XXXX-06-30", "")]),
        ("31-30 June 1920", [("30 June 1920", "1920-06-30", "")]),
        (
            "the late 1980s, the 19th century",
            [("the late 1980s", "198", "END"), ("the 19th century", "18", "")],
        ),
        ("nineteen ninety-six", [("nineteen ninety-six", "1996", "")]),
        (
            "in June 2014; a year later",
            [("June 2014", "2014-06", ""), ("a year later", "2015", "")],
        ),
        (
            "now, recently, the future",
            [
                ("now", "PRESENT_REF", ""),
                ("recently", "PAST_REF", ""),
                ("the future", "FUTURE_REF", ""),
            ],
        ),
        (
            "a quarter of them, an 18-year-old, over 1990 people, the fall of Rome, a second try, a score of 2-1",
            [],
        ),
    ],
)
def test_kinds_of_time_expressions(text, found):
    assert times(text) == found


PATTERNS = [row for row in read_lexicon("en/time/patterns") if not row["name"]]


@pytest.mark.parametrize("row", PATTERNS, ids=lambda row: row["example"])
def test_a_pattern_finds_the_whole_of_its_example(row):
    text = f"It came {'for' if row['example'] == 'weeks' else 'in' if row['kind'] == 'year' else '-'} {row['example']}."
    assert [(kind, match[0]) for kind, match in matches(text)] == [(row["kind"], row["example"])]


@pytest.mark.parametrize(
    "row", read_lexicon("en/time/offices"), ids=lambda row: f"{row['title']} {row['name']}".strip()
)
def test_the_name_of_a_holder_of_an_office_dates_a_text(row):
    title = row["title"].split("|")[0]
    found = cl.find_cues(
        story_of(f"Then {title} {row['name']} spoke; former {title} {row['name']} did not."),
        codebook_of("calendar"),
    )
    own = found[found.label == f"{title} {row['name']}".strip()]
    assert len(own) == (1 if title else 2)
    assert (own.relation == "in_office").all()
    assert row["day_to"] == "" or row["day_from"] < row["day_to"]


def written(text: str) -> tuple[str, str, str]:
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
    assert written(text) == days


def placed_of(
    rows: list[dict], label: str = "article"
) -> dict[str, tuple[str, str, str, str, str]]:
    base = {
        "start": 0,
        "end": 0,
        "text": "",
        "label": label,
        "strength": "hard",
        "trust": 1.0,
        "relation": "inside",
    }
    constraints = make_table("constraints", [base | row for row in rows])
    dates = cl.find_dates(constraints)
    days = ["earliest", "latest", "likely_earliest", "likely_latest"]
    return {
        row.article: (
            *(
                "" if pd.isna(getattr(row, day)) else f"{getattr(row, day):%Y-%m-%d}"
                for day in days
            ),
            row.edtf,
        )
        for row in dates.itertuples()
    }


def day(text: str) -> pd.Timestamp:
    return pd.Timestamp(text)


def test_each_kind_of_bound_by_itself():
    assert placed_of(
        [
            {"article": "a", "day_from": day("2020-01-01"), "day_to": day("2020-02-01")},
            {"article": "b", "relation": "not_before", "day_from": day("2020-01-01")},
            {
                "article": "c",
                "relation": "not_after",
                "day_to": day("2020-01-01"),
                "strength": "soft",
            },
            {"article": "d"},
            {
                "article": "e",
                "mask": "XXXX-10-04",
                "day_from": day("2016-10-05"),
                "day_to": day("2018-10-03"),
            },
            {
                "article": "f",
                "mask": "XXXX-WXX-4",
                "day_from": day("2021-03-12"),
                "day_to": day("2021-03-24"),
            },
            {
                "article": "g",
                "mask": "XXXX-12-01/XXXX-12-10",
                "day_from": day("2016-12-05"),
                "day_to": day("2017-05-01"),
            },
        ]
    ) == {
        "a": ("2020-01-01", "2020-02-01", "2020-01-01", "2020-02-01", "2020-01-01/2020-02-01"),
        "b": ("2020-01-01", "", "2020-01-01", "", "[2020-01-01..]"),
        "c": ("", "", "", "2020-01-01", "[..2020-01-01]"),
        "d": ("", "", "", "", ""),
        "e": ("2017-10-04", "2017-10-04", "2017-10-04", "2017-10-04", "2017-10-04"),
        "f": ("2021-03-18", "2021-03-18", "2021-03-18", "2021-03-18", "2021-03-18"),
        "g": ("2016-12-05", "2016-12-10", "2016-12-05", "2016-12-10", "2016-12-05/2016-12-10"),
    }


def test_distances_run_both_ways():
    rows = [
        {"article": "a", "day_from": day("2020-01-10"), "day_to": day("2020-01-20")},
        {
            "article": "b", "relation": "within_days", "days_min": 2.0, "days_max": 5.0,
            "other_article": "a", "other_start": 0, "other_end": 0,
        },
        {"article": "b", "relation": "not_before", "day_from": day("2020-01-12")},
    ]  # fmt: skip
    found = placed_of(rows)
    assert found["b"][:2] == ("2020-01-12", "2020-01-18")
    assert found["a"][:2] == ("2020-01-14", "2020-01-20")


def test_a_soft_bound_that_contradicts_is_refused_and_the_weaker_one_loses():
    soft = {"article": "a", "strength": "soft"}
    constraints = make_table(
        "constraints",
        [
            {"start": 0, "end": 0, "label": "article", "relation": "inside", "strength": "hard", "trust": 1.0, "article": "a"},
            {"start": 0, "end": 0, "label": "article", "relation": "not_before", "day_from": day("2020-06-01"), "trust": 0.5, **soft},
            {"start": 0, "end": 0, "label": "article", "relation": "not_after", "day_to": day("2020-01-01"), "trust": 0.9, **soft},
        ],
    )  # fmt: skip
    row = cl.find_dates(constraints).iloc[0]
    assert (row.edtf, row.refused, row.likely_because) == ("[..2020-01-01]", "1", "2")


def test_clashing_hard_bounds_are_reported():
    constraints = make_table(
        "constraints",
        [
            {"article": "a", "label": "article", "start": 0, "end": 0, "strength": "hard", "trust": 1.0, "relation": relation, column: day(value)}
            for relation, column, value in (("not_before", "day_from", "2020-06-01"), ("not_after", "day_to", "2020-01-01"))
        ],
    )  # fmt: skip
    assert cl.find_dates(constraints).problem[0] == "hard rows clash: 1"


def test_the_rows_of_a_chain_alone_give_the_place(corpus):
    """Solving again from the cited rows gives the same ends; leaving one out never tightens them."""
    constraints, dates = corpus[2]["constraints"], corpus[2]["dates"]
    for row in dates[dates.label == "article"].itertuples():
        chain = cited(f"{row.because} {row.likely_because}")
        own = constraints.loc[chain].reset_index(drop=True)
        if chain:
            again = cl.find_dates(own)
            again = again[again.article == row.article].query("label == 'article'").iloc[0]
            assert (again.edtf, again.earliest) == (row.edtf, row.earliest) or pd.isna(row.earliest)
        for left_out in range(len(own)):
            fewer = cl.find_dates(own.drop(index=left_out).reset_index(drop=True))
            fewer = fewer[(fewer.article == row.article) & (fewer.label == "article")]
            for found in fewer.itertuples():
                assert (
                    pd.isna(found.likely_earliest) or found.likely_earliest <= row.likely_earliest
                )
                assert pd.isna(found.likely_latest) or found.likely_latest >= row.likely_latest


TOLD = {  # true statements of a day, for a text written a number of days later
    "weekday": lambda told, back: f"It rained on {told:%A}.",
    "day": lambda told, back: f"It rained on {told:%B} {told.day}.",
    "month": lambda told, back: f"It rained in {told:%B}.",
    "early": lambda told, back: (
        f"It rained in early {told:%B}." if told.day <= 10 else "It rained."
    ),
    "dated": lambda told, back: f"It rained on {told.day} {told:%B} {told.year}.",
    "past": lambda told, back: f"It rained in {told.year}.",
    "ago": lambda told, back: (
        f"It rained {back} days ago." if back > 1 else "It rained yesterday." if back else ""
    ),
    "week": lambda told, back: "It rained last week." if back == 7 else "",
    "opened": lambda told, back: "The bridge held.",
    "closed": lambda told, back: "The ferry ran.",
    "event": lambda told, back: "The levee broke.",
}


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 14000),
            st.lists(st.sampled_from(sorted(TOLD)), min_size=1, max_size=5),
            st.integers(0, 7),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_the_truth_is_never_outside_a_hard_bound(drawn):
    """Articles written on known days from true statements; the days themselves are hidden."""
    first = datetime.date(1990, 3, 1)
    days = [(first + datetime.timedelta(days=number), kinds, back) for number, kinds, back in drawn]
    told = [written - datetime.timedelta(days=back) for written, _, back in days]
    texts = [
        " ".join(TOLD[kind](t, back) for kind in kinds)
        for (_, kinds, back), t in zip(days, told, strict=True)
    ]
    opened = min(day for day, *_ in days) - datetime.timedelta(days=400)
    closed = max(day for day, *_ in days) + datetime.timedelta(days=400)
    calendar = codebook_of(
        "calendar",
        {"entry": "bridge", "day_from": str(opened), "cue": "bridge", "relation": "not_before"},
        {"entry": "ferry", "day_to": str(closed), "cue": "ferry", "relation": "not_after"},
    )
    articles, story = articles_of(*texts), story_of(*texts)
    found = cl.find_times(story, articles)
    triggers = codebook_of("events", {"kind": "breach", "trigger": "broke"})
    events = cl.find_events(story, triggers, make_table("mentions"), found, make_table("quotes"))
    dates = cl.find_dates(
        cl.find_constraints(articles, found, events, cl.find_cues(story, calendar))
    )
    truth = {
        f"a{number}.txt": (day, t)
        for number, ((day, *_), t) in enumerate(zip(days, told, strict=True))
    }
    assert (dates[dates.label == "article"].article.nunique()) == len(texts)
    for row in dates.itertuples():
        written, happened = (pd.Timestamp(day) for day in truth[row.article])
        day = written if row.label == "article" else happened
        assert pd.isna(row.earliest) or row.earliest <= day
        assert pd.isna(row.latest) or row.latest >= day
        assert row.problem == ""


def test_the_seeds_lie_where_a_reader_puts_them(seeds):
    dates = seeds[2]["dates"].query("label == 'article'")
    assert {row.article[:3]: row.edtf for row in dates.itertuples()} == {
        "000": "2014-09-10/2017-07-10",
        "001": "2015-10-10/2017-10-17",
        "002": "2015-01-26/2015-06-14",
        "003": "2016-12-01/2017-07-10",
        "004": "2016-10-04/2016-10-17",
    }
    assert (dates.problem == "").all()


def test_every_calendar_row_has_a_cue_that_its_own_words_meet(seeds):
    """Rows that no seed meets are kept for other reports; each must at least be readable and dated."""
    calendar = seeds[1]["calendar"]
    met = set(seeds[2]["cues"].label)
    assert {
        "SDF founded",
        "Kobane retaken",
        "Suluk lost",
        "offensive for Mosul begun",
        "caliphate declared",
    } <= met
    assert ((calendar.day_from != "") | (calendar.day_to != "")).all()


def test_a_confirmed_match_orders_two_articles():
    texts = ["The levee broke on March 12.", "The levee broke."]
    articles, story = articles_of(*texts), story_of(*texts)
    articles["published_from"] = articles["published_to"] = np.array(
        ["2021-03-16", "NaT"], dtype="datetime64[s]"
    )
    triggers = codebook_of("events", {"kind": "breach", "trigger": "broke"})
    found = cl.find_times(story, articles)
    events = cl.find_events(story, triggers, make_table("mentions"), found, make_table("quotes"))
    verdicts = pd.concat(
        [
            codebook_of("verdicts", {"table": "claims", "article": article, "text": "broke", "label": "breach 1", "verdict": "same"})
            for article in articles.article
        ]
    )  # fmt: skip
    none = make_table("cues")
    loose = cl.find_dates(cl.find_constraints(articles, found, events, none)).query(
        "label == 'event'"
    )
    tied = cl.find_dates(
        cl.find_constraints(articles, found, events, none, verdicts=verdicts)
    ).query("label == 'event'")
    assert loose.edtf.to_list() == ["2021-03-12", ""]
    assert tied.edtf.to_list() == ["2021-03-12", "2021-03-12"]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_articles_that_verdicts_tie_in_a_chain_have_the_days_of_all_articles_together(order):
    """The first is tied to the second and that to the third; the fourth is free. Names do not follow the chain."""
    told = [
        "The levee broke on March 12.",
        "The levee broke. The mill burned on Monday.",
        "The mill burned.",
        "It sank.",
    ]
    texts = [told[number] for number in order]
    articles, story = articles_of(*texts), story_of(*texts)
    days = np.where(
        np.array(order) == 0, np.datetime64("2021-03-16", "s"), np.datetime64("NaT", "s")
    )
    articles["published_from"] = articles["published_to"] = days
    kinds = {"breach": "broke", "fire": "burned", "wreck": "sank"}
    triggers = codebook_of(
        "events", *({"kind": kind, "trigger": word} for kind, word in kinds.items())
    )
    times = cl.find_times(story, articles)
    events = cl.find_events(story, triggers, make_table("mentions"), times, make_table("quotes"))
    same = [
        {
            "table": "claims",
            "article": row.article,
            "text": row.text,
            "label": row.label,
            "verdict": "same",
        }
        for row in events[events.label != "wreck"].itertuples()
    ]
    verdicts = codebook_of("verdicts", *same)
    constraints = cl.find_constraints(
        articles, times, events, make_table("cues"), verdicts=verdicts
    )
    dates = cl.find_dates(constraints)
    last = dates[(dates.label == "event") & (dates.article == f"a{order.index(2)}.txt")]
    assert last.edtf.to_list() == [
        "2021-03-08/2021-06-07"
    ]  # what only the first article's date can give
    together = make_table("dates", calendar._placed(list(constraints.itertuples())))
    pd.testing.assert_frame_equal(dates, together)


def test_where_too_many_rows_move_one_another_days_stay_wider_but_true(monkeypatch):
    told = (
        "On 4 May 2016 the levee gave way. Two days later streets were closed. On Friday the mayor was warned. "
        * 9
    )
    tables = find_per_article(articles_of(told), cl.read_codebook(FLOOD))
    whole = cl.find_dates(tables["constraints"])
    monkeypatch.setattr(calendar, "WORK", -1_000_000)
    some = cl.find_dates(tables["constraints"])
    assert (some.likely_earliest.isna() | (some.likely_earliest <= whole.likely_earliest)).all()
    assert (some.likely_latest.isna() | (some.likely_latest >= whole.likely_latest)).all()
    assert not some.equals(whole)
