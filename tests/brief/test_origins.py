"""Origins of claims: who counts as an independent source."""

import pandas as pd

import clippings as cl
from clippings.core.tables import make_table


def origins_of(corpus: tuple) -> pd.DataFrame:
    articles, _, tables = corpus
    return cl.count_origins(tables["claims"], tables["quotes"], tables["repeats"], articles)


def test_copies_and_reports_of_nobody_are_not_independent(seeds):
    origins = origins_of(seeds)
    plot = origins[(origins.kind == "plot") & (origins.place == "Mosul")]
    reports = plot[plot.reason == "unnamed_reports"]
    assert reports[["speaker", "outlet", "folded_into"]].to_numpy().tolist() == [
        ["news reports", "Diyaruna", "Diyaruna"]
    ]
    reuters = plot[plot.origin == "Reuters"]
    assert reuters[["origin_type", "folded_into"]].to_numpy().tolist() == [["agency", ""]]
    desertion = origins[(origins.kind == "desertion") & (origins.place == "Raqqa")]
    assert desertion[["origin_type", "speaker", "outlet"]].to_numpy().tolist() == [
        ["outlet", "", "ARA News"],
        ["unnamed_source", "a media source", "ARA News"],
        ["unnamed_source", "local sources", "ARA News"],
    ]


def test_a_syndicated_paragraph_folds_into_its_first_occurrence(flood):
    origins = origins_of(flood)
    wire = origins[origins.origin == "Northern Wire"]
    assert set(wire[wire.reason == "duplicate"].folded_into) == {"Northern Wire"}
    assert (wire.folded_into == "").any()


def test_every_mention_is_counted_once_and_codes_are_the_documented_ones(corpus):
    claims = corpus[2]["claims"]
    origins = origins_of(corpus)
    assert origins.mentions.sum() == (claims.status != "rejected").sum()
    assert set(origins.origin_type) <= {
        "named_source",
        "agency",
        "unnamed_source",
        "unnamed_reports",
        "outlet",
    }
    assert set(origins.reason) <= {
        "quoted",
        "relayed",
        "unnamed",
        "own_words",
        "no_speaker",
        "unnamed_reports",
        "duplicate",
    }
    is_folded = origins.reason.isin(["unnamed_reports", "duplicate"])
    assert ((origins.folded_into != "") == is_folded).all()


def test_two_unnamed_sources_of_the_same_name_in_two_outlets_are_two_origins():
    text = "Residents said that the levee broke."
    places = [("a.txt", "Valley Post"), ("b.txt", "Coast Courier"), ("c.txt", "")]
    articles = make_table(
        "articles",
        [{"article": article, "outlet": outlet, "text": text} for article, outlet in places],
    )
    quotes = [
        {
            "article": article,
            "start": 20,
            "end": 35,
            "text": text[20:35],
            "speaker_start": 0,
            "speaker_end": 9,
            "source_type": "resident",
            "anonymous": True,
        }
        for article, _ in places
    ]
    claims = [
        {
            "article": article,
            "start": 30,
            "end": 35,
            "text": "broke",
            "label": "breach 1",
            "kind": "breach",
            "status": "same",
        }
        for article, _ in places
    ]
    origins = cl.count_origins(
        make_table("claims", claims),
        make_table("quotes", quotes),
        make_table("repeats"),
        articles,
    )
    assert origins.outlet.to_list() == ["Coast Courier", "Valley Post", "c.txt"]
    assert origins.speaker.to_list() == ["Residents"] * 3
    assert origins.origin.is_unique


def test_without_claims_the_table_has_its_columns():
    empty = cl.count_origins(
        *(make_table(name) for name in ("claims", "quotes", "repeats", "articles"))
    )
    assert empty.empty
    assert {"claim", "kind", "place", "origin", "origin_type", "folded_into"} <= set(empty.columns)
