"""Claims and their origins."""

import re
from pathlib import Path

import pandas as pd
from event_texts import KINDS, PLACES, events_of

import clippings as cl
from clippings.brief import claims
from clippings.core.tables import make_table
from helpers import articles_of, codebook_of, placed_in, story_of


def shared_claims(tables: dict) -> dict[tuple[str, str], set[str]]:
    """Kind and place of the claims of several articles, with the first characters of the articles' names."""
    members = tables["claims"].query("status != 'rejected'")
    shared = {}
    for _, rows in members.groupby("label"):
        if rows.article.nunique() > 1:
            shared[rows.kind.iloc[0], rows.place.iloc[0]] = {name[:3] for name in rows.article}
    return shared


def test_two_articles_of_the_seeds_tell_the_foiled_plot(seeds):
    assert shared_claims(seeds[2]) == {
        ("plot", "Mosul"): {"003", "004"},
        ("execution", "Mosul"): {"003", "004"},
        ("offensive", "Mosul"): {"003", "004"},
    }


def test_two_articles_of_the_flood_tell_the_breach_and_the_other_town_is_another(flood):
    tables = flood[2]
    assert shared_claims(tables)["breach", "Ostrand"] == {"02_", "03_"}
    claims = tables["claims"]
    tolmere = claims[(claims.status == "rejected") & (claims.kind == "breach")]
    tolmere = tolmere[tolmere.place == "Tolmere"]
    places = dict(zip(claims.label, claims.place, strict=True))
    first = claims[claims.rule == "first mention"].set_index(["article", "start"]).label
    others = [places[first[row.match_article, row.match_start]] for row in tolmere.itertuples()]
    assert "Ostrand" in others
    assert set(tolmere.against_codes) <= {"place", "place dates"}


def claims_of(*texts: str, verdicts=None) -> pd.DataFrame:
    articles, story = articles_of(*texts), story_of(*texts)
    events = events_of(*texts)
    amounts = cl.find_amounts(story, events)
    constraints = cl.find_constraints(
        articles, cl.find_times(story, articles), events, make_table("cues")
    )
    return cl.find_claims(events, amounts, cl.find_dates(constraints), verdicts=verdicts)


def test_kind_and_place_alone_make_no_match():
    found = claims_of("The levee broke in Rome.", "The levee broke in Rome.")
    assert found.status.to_list() == ["same", "same", "rejected"]
    assert found.against_codes.to_list() == ["", "", "kind_and_place_only"]


def test_an_equal_amount_makes_a_match_and_a_clashing_one_is_named():
    found = claims_of(
        "The levee broke in Rome over 30 metres.",
        "The levee broke in Rome over 30 metres, 9 houses fell.",
    )
    assert found.status.to_list() == ["same", "proposed"]
    assert found.reason_codes[1] == "kind place amount"
    assert "metres" in found.reasons[1]
    clash = claims_of("In Rome 5 levees broke. Later 7 levees broke in Rome.")
    assert clash.against_codes[1] == "amounts"
    assert all(words in clash.against[1] for words in ("“5”", "“7”", "levees"))


def test_one_article_may_tell_two_events_of_a_kind_in_one_place():
    days = claims_of(
        "The levee broke in Rome in June 2014. In May 2016 the levee broke in Rome, on 3 May 2016."
    )
    assert days.label.nunique() == 2
    assert days[days.status == "rejected"].against_codes.to_list() == ["dates"]


def test_claims_of_one_article_do_not_join_by_an_equal_amount(seeds):
    claims = seeds[2]["claims"].query("status != 'rejected'")
    text = seeds[0].set_index("article").text
    labels = {
        (row.article[:3], " ".join(text[row.article][row.start : row.end + 12].split())): row.label
        for row in claims.itertuples()
    }
    takeover = next(
        label for (_, words), label in labels.items() if words.startswith("takeover of")
    )
    recapture = next(
        label for (_, words), label in labels.items() if words.startswith("recapture the")
    )
    fight = next(
        label for (_, words), label in labels.items() if words.startswith("the fight against")
    )
    inside = next(
        label
        for (article, words), label in labels.items()
        if article == "000" and words.startswith("clashes")
    )
    fled = next(label for (_, words), label in labels.items() if words.startswith("fled with his"))
    escape = next(
        label for (_, words), label in labels.items() if words.startswith("escape of their")
    )
    assert takeover != recapture
    assert fled != escape
    assert fight != inside


def test_a_mention_is_held_against_the_last_claims_of_its_kind_only(monkeypatch):
    compared = []
    fits = claims._Claim.fits

    def counted_fits(claim, mention, **options):
        compared.append(mention)
        return fits(claim, mention, **options)

    monkeypatch.setattr(claims._Claim, "fits", counted_fits)
    days = [f"On June {day}, {year}" for year in range(1990, 1998) for day in range(1, 29)]
    found = claims_of(" ".join(f"{day} the levee broke in Rome." for day in days))
    assert found[found.status == "same"].label.nunique() == len(days) > 4 * claims.MAX_COMPARED
    assert len(compared) <= claims.MAX_COMPARED * len(days)


def test_the_verdict_of_the_analyst_wins():
    texts = "The levee broke in Rome.", "The levee broke in Rome."
    row = claims_of(*texts).query("status == 'rejected'").iloc[0]
    decision = {
        "table": "claims",
        "article": row.article,
        "text": row.text,
        "label": row.label,
        "verdict": "same",
    }
    found = claims_of(*texts, verdicts=codebook_of("verdicts", decision))
    assert found[found.match_start.notna()].status.to_list() == ["same"]


REPORT = "The levee broke in Rome over 30 metres."


def labels_of(articles: pd.DataFrame) -> list[str]:
    """Labels of the claims of articles, through the whole pipeline."""
    codebook = cl.read_codebook("") | {"events": KINDS, "actors": PLACES}
    claims = cl.find_all(articles, codebook)["claims"]
    return claims.drop_duplicates("label").label.to_list()


def test_the_label_of_a_claim_does_not_change_if_its_file_is_renamed():
    articles = articles_of(REPORT, "In Paris 5 people were arrested.")
    articles = articles.assign(title=["Levee breaks", "Five arrested"], outlet="Post")
    renamed = articles.assign(article=["z1.txt", "z2.txt"])
    assert labels_of(renamed) == labels_of(articles)


def test_labels_of_claims_are_unique_where_titles_are_not():
    """Claims with the same words have the outlet or the title as well, and if need be a number."""
    texts = ["The levee broke.", "Rain fell. The levee broke.", "A levee broke after the storm."]
    same_title = articles_of(*texts).assign(title="Live blog")
    untitled = articles_of(*texts)
    for articles in (same_title, untitled):
        labels = labels_of(articles)
        assert len(set(labels)) == len(labels) == 3


def test_a_label_names_what_whom_where_and_when():
    day = "On 3 May 2016 the Alpha Board arrested five people in Rome."
    label = labels_of(articles_of(day))[0]
    for words in ("arrest", "Alpha Board", "Rome", "3 May 2016"):
        assert words in label


def test_claims_of_one_article_keep_their_numbers_apart():
    """An amount of another article that joins one claim is not evidence for the other claims of the article."""
    texts = (
        "The levee broke in Rome over 30 metres. The levee in Paris broke.",
        "The levee broke in Rome over 30 metres, and 9 houses fell when the levee broke in Rome.",
        "The levee broke in Paris, and 9 houses fell when the levee broke in Paris.",
    )
    found = claims_of(*texts).query("status != 'rejected'")
    articles_of_claims = found[found.place == "Paris"].groupby("label").article.nunique()
    assert articles_of_claims.to_list() == [1, 1]


def gold_claims(articles: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """The gold of claims, each mention with the claim that it was put into; an event of its own is a group of its own."""
    texts = {
        row.article[:3]: (row.article, re.sub(r"\s", " ", row.text))
        for row in articles.itertuples()
    }
    claim_of_mention = {
        (row.article, row.start, row.end): row.label
        for row in claims[claims.status != "rejected"].itertuples()
    }
    path = Path(__file__).with_name("claims_of_the_seeds.tsv")
    gold = pd.read_csv(path, sep="\t", comment="#", dtype="str", keep_default_na=False)
    gold["claim"] = [claim_of_mention[placed_in(texts, row)] for row in gold.itertuples()]
    gold["alone"] = gold.group == ""
    gold["group"] = gold.group.mask(gold.alone, gold.sentence)
    return gold


def test_claims_of_the_seeds_as_a_reader_found_them(seeds):
    """Three groups in four are one claim each, and no claim holds mentions of two events."""
    gold = gold_claims(seeds[0], seeds[2]["claims"])
    merged = {
        claim: sorted(set(rows.group))
        for claim, rows in gold.groupby("claim")
        if rows.group.nunique() > 1
    }
    groups = gold[~gold.alone].groupby("group").claim.nunique()
    assert merged == {}
    assert len(groups) == 19
    assert sorted(groups.index[groups > 1]) == [
        "airstrikes of that time",
        "leaders flee",
        "rift over a withdrawal",
        "withdrawal refused",
    ]


def test_without_the_places_of_the_events_claims_of_the_seeds_run_together(seeds):
    """The measure falls where the finder is spoilt."""
    articles, _, tables = seeds
    blind = cl.find_claims(tables["events"].assign(place=""), tables["amounts"], tables["dates"])
    gold = gold_claims(articles, blind)
    assert gold.groupby("claim").group.nunique().max() > 1


def test_numbers_of_other_events_of_the_kind_are_no_evidence():
    """Of the built-in list, whose kinds are broad, a claim has the numbers of its own mentions."""
    in_rome = claims._Claim(kind="injury", family="injure", place="Rome", number=0)
    in_rome.amounts_of_kind.add(claims._Amount("people", 17, 17, "17"))
    elsewhere = claims._Claim(kind="injury", family="injure", place="Rome", number=0)
    elsewhere.amounts.add(claims._Amount("people", 17, 17, "17"))
    elsewhere.amounts_of_kind.add(claims._Amount("people", 17, 17, "17"))
    assert in_rome.evidence_with(elsewhere) == []
    in_rome.amounts.add(claims._Amount("people", 17, 17, "17"))
    assert [reason.code for reason in in_rome.evidence_with(elsewhere)] == ["amount"]


def test_numbers_that_conflict_separate_claims_of_unknown_date():
    other_number = claims_of("In Rome 15 levees broke.", "In Rome 17 levees broke.")
    assert other_number.status.to_list() == ["same", "same", "rejected"]
    assert other_number.against_codes[2] == "amounts"


def test_numbers_that_conflict_are_of_one_event_if_its_date_is_known():
    found = claims_of(
        "On 3 May 2016 in Rome 15 levees broke.",
        "On 3 May 2016 in Rome 17 levees broke.",
    )
    assert found.status.to_list() == ["same", "proposed"]
    assert found.against_codes[1] == "amounts"


def test_a_noun_that_only_describes_another_is_no_shared_event():
    texts = (
        "Criminals in Ostrand will copy the exploit for their attack toolkit within days, said "
        "Peter Lund of the Valley Institute.",
        "Peter Lund said that criminals in Ostrand will copy the exploit for their own attack "
        "toolkit within days, and sell it.",
    )
    claims = cl.find_all(articles_of(*texts), cl.read_codebook(""))["claims"]
    attacks = claims[claims.kind == "attack"]
    assert attacks.article.nunique() == 2
    assert attacks.groupby("label").article.nunique().max() == 1
