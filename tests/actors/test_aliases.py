"""Names that may mean the same actor."""

import pytest
from actor_tables import NO_ACTORS

import clippings as cl
from clippings.actors.aliases import DEFINED_ACRONYM, INITIALS, SPELLING
from clippings.core.errors import BadInput
from helpers import codebook_of, story_of


def proposals_for(text: str, actors=NO_ACTORS) -> list[list]:
    return cl.propose_aliases(cl.find_mentions(story_of(text), actors)).values.tolist()


def test_a_spelling_that_differs_in_few_letters_is_proposed(seeds):
    _, _, tables = seeds
    proposals = cl.propose_aliases(tables["mentions"])
    pairs = proposals[["actor_a", "actor_b", "reason"]].values.tolist()
    assert ["Hatimlat", "Hatmilat", SPELLING] in pairs


def test_initials_are_proposed():
    assert proposals_for("The Water Board (WB) met. The WB said so.") == [
        ["WB", "Water Board", INITIALS, 1.0]
    ]


def test_an_acronym_after_a_name_is_proposed_unless_the_codebook_has_both():
    text = "The Islamic Front (ISFR) met. The ISFR said so."
    [[actor_a, actor_b, reason, _]] = proposals_for(text)
    assert (actor_a, actor_b, reason) == ("ISFR", "Islamic Front", DEFINED_ACRONYM)

    both = codebook_of(
        "actors",
        {"actor": "Islamic Front", "type": "group", "alias": "Islamic Front"},
        {"actor": "ISFR", "type": "group", "alias": "ISFR"},
    )
    assert proposals_for(text, both) == []


def test_a_verdict_refuses_a_pair():
    mentions = cl.find_mentions(story_of("The Water Board met. The WB said so."), NO_ACTORS)
    mention = mentions[mentions.label == "WB"].iloc[0]
    verdicts = codebook_of(
        "verdicts",
        {
            "table": "mentions",
            "article": mention.article,
            "text": mention.text,
            "label": "Water Board",
            "verdict": "not same",
        },
    )
    assert len(cl.propose_aliases(mentions)) == 1
    assert cl.propose_aliases(mentions, verdicts).empty


def test_merged_actors_have_the_name_of_the_codebook_or_the_longer_one():
    mentions = cl.find_mentions(story_of("They saw Tolmere and Rome in Italy."), NO_ACTORS)
    actors = codebook_of("actors", {"actor": "Rome", "type": "place", "alias": "Rome"})
    merged = cl.merge_actors(actors, mentions, "Tolmere Capitale", "Rome")
    assert merged[["actor", "type", "alias"]].values.tolist() == [
        ["Rome", "place", "Rome"],
        ["Rome", "place", "Tolmere Capitale"],
    ]
    merged = cl.merge_actors(NO_ACTORS, mentions, "Tolmere", "Tolmere Capitale")
    assert merged.actor.to_list() == ["Tolmere Capitale"] * 2
    assert merged.alias.to_list() == ["Tolmere Capitale", "Tolmere"]


def test_actors_are_merged_and_split_by_name():
    texts = ("Anna Bell met Tom Reed. Mr. Lund and Ruth Lund left.", "Anne Bell wept. Bell left.")
    mentions = cl.find_mentions(story_of(*texts), NO_ACTORS)
    merged = cl.merge_actors(NO_ACTORS, mentions, "Anna Bell", "Anne Bell")
    again = cl.find_mentions(story_of(*texts), merged)
    [actor] = set(again.label[again.text.str.endswith("Bell")])
    assert again.label.to_list().count(actor) == 3

    split = cl.split_actors(merged, again, actor, "Anna Bell")
    after = cl.find_mentions(story_of(*texts), split)
    assert after.label[after.text == "Anna Bell"].to_list() == ["Anna Bell"]
    assert after.label[after.text == "Anne Bell"].to_list() == ["Anne Bell"]

    # the label “Mr. Lund” is in no text as a name
    merged = cl.merge_actors(NO_ACTORS, mentions, "Mr. Lund", "Max Lund")
    assert set(merged.alias) == {"Lund", "Max Lund"}


def test_names_that_are_not_known_are_neither_merged_nor_split():
    mentions = cl.find_mentions(story_of("Anna Bell left. Then Bell wept."), NO_ACTORS)
    with pytest.raises(BadInput):
        cl.merge_actors(NO_ACTORS, mentions, "Anna Bell", "Anna Bell")
    with pytest.raises(BadInput):
        cl.merge_actors(NO_ACTORS, mentions, "Anna Bel", "Ann Bell")
    for form in ("Ann", "Anna Bell"):
        with pytest.raises(BadInput):
            cl.split_actors(NO_ACTORS, mentions, "Anna Bell", form)
