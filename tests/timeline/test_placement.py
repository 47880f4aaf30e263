"""Dates of articles, times and events, from constraints."""

import datetime
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clippings as cl
from clippings.core.tables import cited, make_table
from clippings.pipeline import find_per_article
from clippings.timeline import placement
from helpers import FLOOD, articles_of, codebook_of, story_of


def dates_of(rows: list[dict], label: str = "article") -> dict[str, tuple[str, str, str, str, str]]:
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


def test_each_relation_by_itself():
    assert dates_of(
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
    found = dates_of(rows)
    assert found["b"][:2] == ("2020-01-12", "2020-01-18")
    assert found["a"][:2] == ("2020-01-14", "2020-01-20")


def test_of_two_soft_rows_that_contradict_the_one_of_less_trust_is_refused():
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


def test_hard_rows_that_contradict_one_another_are_reported():
    constraints = make_table(
        "constraints",
        [
            {"article": "a", "label": "article", "start": 0, "end": 0, "strength": "hard", "trust": 1.0, "relation": relation, column: day(value)}
            for relation, column, value in (("not_before", "day_from", "2020-06-01"), ("not_after", "day_to", "2020-01-01"))
        ],
    )  # fmt: skip
    dates = cl.find_dates(constraints)
    assert dates.problem.to_list() == [placement.PROBLEM.format(rows="1")]
    assert dates.because.to_list() == ["0"]


def test_the_cited_rows_alone_give_the_same_dates(corpus):
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


STATEMENTS = {  # true statements of a day, for a text written a number of days later
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
            st.lists(st.sampled_from(sorted(STATEMENTS)), min_size=1, max_size=5),
            st.integers(0, 7),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_the_truth_is_never_outside_the_certain_days(drawn):
    """Articles written on known days from true statements; the days themselves are hidden."""
    first = datetime.date(1990, 3, 1)
    days = [(first + datetime.timedelta(days=number), kinds, back) for number, kinds, back in drawn]
    told = [written - datetime.timedelta(days=back) for written, _, back in days]
    texts = [
        " ".join(STATEMENTS[kind](t, back) for kind in kinds)
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


def test_a_confirmed_match_gives_the_date_of_one_article_to_the_other():
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
def test_articles_that_verdicts_tie_in_a_chain_are_placed_together(order):
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
    together = make_table("dates", placement._place_group(list(constraints.itertuples())))
    pd.testing.assert_frame_equal(dates, together)


def test_if_propagation_is_cut_short_days_stay_wider_but_true(monkeypatch):
    told = (
        "On 4 May 2016 the levee gave way. Two days later streets were closed. On Friday the mayor was warned. "
        * 9
    )
    tables = find_per_article(articles_of(told), cl.read_codebook(FLOOD))
    whole = cl.find_dates(tables["constraints"])
    monkeypatch.setattr(placement, "MAX_STEPS_PER_ROW", -1_000_000)
    some = cl.find_dates(tables["constraints"])
    assert (some.likely_earliest.isna() | (some.likely_earliest <= whole.likely_earliest)).all()
    assert (some.likely_latest.isna() | (some.likely_latest >= whole.likely_latest)).all()
    assert not some.equals(whole)
