"""Sections of the brief: what is said holds for all articles of which it is said."""

import pandas as pd

import clippings as cl
from clippings.brief.sections.events import _common_dates, _points_of_agreement
from clippings.core.tables import make_table

EMPTY_BOOK = cl.read_codebook("")


def claim_of_articles(*reason_codes: str, against: str = "") -> pd.DataFrame:
    """A claim with one mention in each article; the codes are those of the later articles."""
    return pd.DataFrame(
        {
            "article": [f"{number}.txt" for number in range(len(reason_codes) + 1)],
            "start": 0,
            "end": 5,
            "reason_codes": ["", *reason_codes],
            "against_codes": ["", *[against] * len(reason_codes)],
        }
    )


def test_articles_agree_only_on_what_all_share():
    both = claim_of_articles("kind place amount", "kind place")
    assert _points_of_agreement(both, is_dated=False) == ["the place"]
    none = claim_of_articles("kind place", "kind amount")
    assert _points_of_agreement(none, is_dated=False) == []
    dated = claim_of_articles("kind dates", "kind dates")
    assert _points_of_agreement(dated, is_dated=True) == ["the date"]
    assert _points_of_agreement(dated, is_dated=False) == []
    conflict = claim_of_articles("kind amount", against="amounts")
    assert _points_of_agreement(conflict, is_dated=False) == []


def common_dates(rules: list[str], first: str, last: str) -> str:
    """The dates of an event that rest on constraints of these rules."""
    claim = claim_of_articles()
    dates = pd.DataFrame(
        {
            "article": ["0.txt"],
            "start": 0,
            "end": 5,
            "label": "event",
            "likely_earliest": pd.Timestamp(first),
            "likely_latest": pd.Timestamp(last),
            "because": "",
            "likely_because": [" ".join(str(number) for number in range(len(rules)))],
        }
    )
    return _common_dates(
        claim, dates, make_table("constraints", [{"rule": rule} for rule in rules])
    )


def test_an_event_is_dated_only_by_evidence_and_to_a_month():
    assert common_dates(["published", "recent_news"], "2021-03-14", "2021-03-16") == ""
    assert common_dates(["published", "from_writing"], "2021-03-14", "2021-03-16") != ""
    assert common_dates(["stated"], "2021-03-01", "2021-03-31") == "in March 2021"
    assert common_dates(["stated"], "2021-01-05", "2021-03-16") == ""


def test_a_mention_agrees_on_a_place_only_if_it_is_that_of_the_claim(seeds, flood):
    for _, _, tables in (seeds, flood):
        claims = tables["claims"]
        says_place = claims.reason_codes.str.split().map(lambda codes: "place" in codes)
        events = tables["events"].set_index(["article", "start"]).place
        linked = claims[says_place & (claims.status == "proposed")]
        linked = linked[linked.rule == "kind, place and dates"]
        places = [events[row.article, row.start] for row in linked.itertuples()]
        assert places == linked.place.to_list()
