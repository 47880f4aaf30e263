"""Origins of claims: who counts as an independent source."""

import pandas as pd

import clippings as cl
from clippings.brief.affiliations import Speaker, are_shown_apart, speaks_for
from clippings.core.tables import make_table
from clippings.core.tokens import fold
from helpers import articles_of


def origins_of(corpus: tuple) -> pd.DataFrame:
    articles, _, tables = corpus
    return cl.count_origins(tables["claims"], tables["quotes"], tables["repeats"], articles)


def independent(origins: pd.DataFrame, kind: str, place: str) -> set[str]:
    rows = origins[(origins.kind == kind) & (origins.place == place)]
    return set(rows[rows.folded_into == ""].origin)


def test_origins_of_the_seeds_are_those_that_a_careful_reader_counts(seeds):
    origins = origins_of(seeds)
    assert independent(origins, "plot", "Mosul") == {"Reuters"}
    assert independent(origins, "execution", "Mosul") == {"Reuters", "Said Mamuzini"}
    plot = origins[(origins.kind == "plot") & (origins.place == "Mosul")]
    reports = plot[(plot.reason == "unnamed_reports") & (plot.outlet == "Diyaruna")]
    assert reports[["speaker", "folded_into"]].to_numpy().tolist() == [["news reports", "Diyaruna"]]


def test_a_syndicated_paragraph_is_not_independent_of_the_speakers_beside_it(flood):
    origins = origins_of(flood)
    breaches = origins[(origins.origin == "Northern Wire") & (origins.kind == "breach")]
    assert len(breaches) > 1
    assert set(breaches.folded_because) <= {"not_shown", "duplicate"}


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
    }
    assert set(origins.folded_because) <= {
        "",
        "duplicate",
        "unnamed_reports",
        "same_chain",
        "same_body",
        "colleague",
        "same_name",
        "same_words",
        "attributed",
        "not_shown",
        "presupposed",
        "same_sentence",
    }
    assert ((origins.folded_into != "") == (origins.folded_because != "")).all()


def test_unnamed_sources_of_two_outlets_are_not_shown_to_be_two():
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
    assert origins.folded_because.to_list().count("not_shown") == 2


def test_without_claims_the_table_has_its_columns():
    empty = cl.count_origins(
        *(make_table(name) for name in ("claims", "quotes", "repeats", "articles"))
    )
    assert empty.empty
    assert {"claim", "kind", "place", "origin", "origin_type", "folded_into"} <= set(empty.columns)


def test_a_speaker_is_tied_to_a_body_by_grammar_and_not_by_nearness():
    speaks_for_body = {
        "Anna Lund, a spokeswoman for the Water Board, said": True,
        "Anna Lund of the Water Board said": True,
        "the Water Board’s chief, Anna Lund, said": True,
        "Water Board spokeswoman Anna Lund said": True,
        "Anna Lund, deputy director of the Water Board, said": True,
        "a spokesman for the Water Board, Anna Lund, said": True,
        "Anna Lund said the Water Board had failed": False,
        "the Water Board. Mayor Anna Lund said": False,
        "against the Water Board, Sala Mayor Anna Lund said": False,
        "Anna Lund, the mayor, told the Water Board": False,
        "the Water Board and Anna Lund said": False,
        "the Water Board’s former chief, Anna Lund, said": False,
        "Water Board press spokeswoman Anna Lund said": True,
        "South Water Board spokeswoman Anna Lund said": False,
        "the Water Board Liberation Army spokeswoman Anna Lund said": False,
        "WB chief executive Anna Lund said": True,
        "Anna Lund, president and CEO, Water Board, said": True,
        "Anna Lund, chief financial officer of the Water Board, said": True,
        "Water Board president and chief executive Anna Lund said": True,
        "Anna Lund, a dam engineer and Water Board vice president, said": True,
    }
    answers = {
        words: speaks_for("Anna Lund", "Water Board", fold(words)) for words in speaks_for_body
    }
    assert answers == speaks_for_body


def test_speakers_who_refer_to_an_event_or_are_quoted_beside_it_are_not_counted():
    texts = {
        "Anna Lund condemned the collapse of the dam.\n": "presupposed",
        "The Water Board, whose dam collapsed on Monday, said that it would pay.\n": (
            "same_sentence"
        ),
    }
    articles = articles_of(*texts)
    tables = cl.find_all(articles, cl.read_codebook("no such folder"))
    events = tables["events"].query("label == 'collapse'")
    claims = events[["article", "start", "end", "text"]].assign(
        label=events.article, kind="collapse", place="", status="same"
    )
    counted = cl.count_origins(claims, tables["quotes"], tables["repeats"], articles)
    assert counted.origin_type.to_list() == ["named_source"] * 2
    assert counted.folded_because.to_list() == list(texts.values())
    assert counted.folded_into.to_list() == articles.article.to_list()


def test_equal_words_of_an_unnamed_speaker_are_one_statement():
    words = "We are aware of the collapse of a dam in the hills above the town."
    texts = [
        f"The dam collapsed.\n\nA council spokeswoman said: “{words}”\n",
        f"A dam broke in the hills on Monday.\n\nA council spokeswoman said: “{words}”\n",
        f"Many people fled from the water.\n\nA council spokeswoman said: “{words}”\n",
    ]
    articles = articles_of(*texts)
    tables = cl.find_all(articles, cl.read_codebook("no such folder"))
    events = tables["events"].query("text == 'collapse'")
    claims = events[["article", "start", "end", "text"]].assign(
        label="collapse", kind="collapse", place="", status="same"
    )
    counted = cl.count_origins(claims, tables["quotes"], tables["repeats"], articles)
    assert counted.folded_because.to_list() == ["", "same_words", "same_words"]


# The words around the names of two speakers, and whether they are shown to belong to different bodies
SPEAKERS = {
    ("Water Board engineer Anna Lund said", "Tom Reed, a baker, said"): False,
    ("Water Board engineer Anna Lund said", "Tom Reed, a resident of Tolmere, said"): True,
    ("Water Board engineer Anna Lund said", "Tolmere mayor Tom Reed said"): True,
    ("Tolmere police chief Anna Lund said", "Sgt. Tom Reed of the Tolmere police said"): False,
    ("police chief Anna Lund said", "Sgt. Tom Reed said"): False,
    ("police chief Anna Lund said", "Tom Reed said"): False,
    ("Anna Lund said", "Tom Reed said"): True,
    ("Anna Lund, 45, a neighbour, said", "Tom Reed, his uncle, said"): True,
}


def test_speakers_are_independent_if_the_articles_tie_them_to_different_bodies():
    answers = {
        (one, other): are_shown_apart(
            Speaker("Anna Lund", fold(one)), Speaker("Tom Reed", fold(other))
        )
        for one, other in SPEAKERS
    }
    assert answers == SPEAKERS
    board = Speaker("Water Board", "")
    assert are_shown_apart(board, Speaker("Ostrand", ""))
    assert not are_shown_apart(board, Speaker("Tom Reed", fold("Tom Reed said")))
    works = Speaker("Lund Motor Works", "")
    assert not are_shown_apart(works, Speaker("Tom Reed", fold("LMW boss Tom Reed said")))
