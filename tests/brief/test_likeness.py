"""Claims of the built-in list: which are certain, and which are proposed to be one event."""

import pandas as pd
import pytest

import clippings as cl
from clippings.core.tables import make_table
from helpers import articles_of, codebook_of

NO_CODEBOOK = cl.read_codebook("no such folder")


def claims_of(*texts: str, verdicts: pd.DataFrame | None = None) -> pd.DataFrame:
    tables = cl.find_all(articles_of(*texts), NO_CODEBOOK)
    events, amounts, dates = (tables[name] for name in ("events", "amounts", "dates"))
    articles = tables["articles"]
    return cl.find_claims(events, amounts, dates, articles=articles, verdicts=verdicts)


STORY = "Rebels seized the harbour of the island before dawn, residents said. Boats were burning."
SAME_STORY = "The harbour of the island was seized by men with rifles, and boats were burning."
OTHER_STORY = "Customs officers seized ten tons of tobacco in a warehouse near the motorway."


def test_articles_of_one_story_are_proposed_and_not_certain():
    claims = claims_of(STORY, SAME_STORY).query("kind == 'seizure'")
    assert claims.claim.nunique() == 1
    assert claims.label.nunique() == 2
    assert claims.tier.to_list() == ["certain", "proposed"]
    assert claims.match_start.notna().to_list() == [False, True]
    assert {"kind", "story"} <= set(claims.reason_codes.iloc[1].split())


def test_articles_of_one_story_with_the_same_parties_are_certain():
    first = "Lund Steel bought Ostrand Mining on Monday for 40 million dollars."
    second = "Lund Steel said it bought Ostrand Mining to secure its ore."
    claims = claims_of(first, second).query("kind == 'acquisition'")
    assert (claims.label.nunique(), set(claims.tier)) == (1, {"certain"})
    assert {"target", "agent"} <= set(claims.reason_codes.iloc[1].split())


def test_contradictions_make_nothing_certain():
    first = "Lund Steel bought Ostrand Mining in Tolmere on Monday for 40 million dollars."
    others = {
        "target": "Lund Steel bought Sala Mining in Tolmere on Monday for 40 million dollars.",
        "agent": "Bell Steel bought Ostrand Mining in Tolmere on Monday for 40 million dollars.",
    }
    wrong = [
        code
        for code, text in others.items()
        if claims_of(first, text).query("kind == 'acquisition'").label.nunique() == 1
    ]
    assert wrong == []


def test_common_words_and_states_make_no_claims_alone():
    claims = claims_of("The mayor said that the plan shows promise.", "Rain fell in Ostrand.")
    assert claims.query("kind in ('other', 'statement')").empty


def test_articles_of_different_stories_are_not_proposed():
    claims = claims_of(STORY, OTHER_STORY).query("kind == 'seizure'")
    assert claims.claim.nunique() == 2


def test_other_dates_speak_against():
    first = "On 3 March 2021 rebels seized the harbour of the island."
    second = "On 9 July 2022 rebels seized the harbour of the island."
    assert claims_of(first, second).query("kind == 'seizure'").claim.nunique() == 2


def test_the_analyst_joins_or_separates_a_proposal():
    proposed = claims_of(STORY, SAME_STORY).query("tier == 'proposed'").iloc[0]
    row = {"table": "claims", "article": proposed.article, "start": str(proposed.start)}
    row |= {"text": proposed.text, "label": proposed.label}

    def decided(verdict: str) -> pd.DataFrame:
        verdicts = codebook_of("verdicts", row | {"verdict": verdict})
        claims = claims_of(STORY, SAME_STORY, verdicts=verdicts)
        return claims.query("kind == 'seizure'")

    joined = decided("same")
    assert (joined.label.nunique(), set(joined.tier)) == (1, {"certain"})
    separated = decided("not same")
    assert (separated.claim.nunique(), set(separated.tier)) == (2, {"certain"})


def test_a_claim_within_an_article_needs_a_party_or_a_place_in_common():
    text = "A man was killed in Paris. Somebody was killed there, in Paris. A dog was killed."
    claims = claims_of(text).query("kind == 'killing'")
    assert claims.label.value_counts().to_list() == [2, 1]


def test_without_events_there_are_no_claims():
    claims = cl.find_claims(make_table("events"), make_table("amounts"), make_table("dates"))
    assert claims.empty


if __name__ == "__main__":
    pytest.main([__file__])
