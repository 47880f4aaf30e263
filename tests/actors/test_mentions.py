"""The table of mentions: aliases, roles, short forms, lists, and names of other tools."""

import pytest
from actor_tables import NO_ACTORS

import clippings as cl
from clippings.actors.mentions import CAPITALISED_NAME, CODEBOOK_ALIAS, OTHER_TOOL
from clippings.core.tables import make_table
from helpers import codebook_of, story_of

ACTORS = codebook_of(
    "actors",
    {"actor": "Islamic State", "type": "group", "alias": "IS"},
    {"actor": "Islamic State", "type": "group", "alias": "Islamic State"},
    {"actor": "Iraq", "type": "place", "alias": "Iraq", "not_alias": "Bank of Iraq"},
    {"actor": "town hall", "type": "organisation", "alias": "the town hall"},
    {"actor": "Union", "type": "organisation", "alias": "Farmers' Union"},
)


def mention_rows(text: str, actors=NO_ACTORS) -> list[tuple[str, str, str]]:
    mentions = cl.find_mentions(story_of(text), actors)
    return list(zip(mentions.text, mentions.label, mentions.type, strict=True))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("IS is strong, and Is IS-held land", [("IS", "Islamic State", "group"), ("IS", "Islamic State", "group")]),
        ("the Bank of Iraq in Iraq", [("Bank of Iraq", "Bank of Iraq", "organisation"), ("Iraq", "Iraq", "place")]),
        ("The town hall and the town hall", [("The town hall", "town hall", "organisation"), ("the town hall", "town hall", "organisation")]),
        ("The Farmers’ Union met", [("Farmers’ Union", "Union", "organisation")]),
        ("ISLAMIC STATE GAINS", [("ISLAMIC STATE", "Islamic State", "group")]),
    ],
)  # fmt: skip
def test_aliases_of_the_codebook(text, rows):
    assert [row for row in mention_rows(text, ACTORS) if row[0] != "GAINS"] == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("rights activist Anna Bell told us. Later Bell left.", [("Anna Bell", "Anna Bell", "person"), ("Bell", "Anna Bell", "person")]),
        ("He met Abu\u00a0Bakr al-Baghdadi.", [("Abu\u00a0Bakr al-Baghdadi", "Abu Bakr al-Baghdadi", "person")]),
        ("the city of Springfield and Paris", [("Springfield", "Springfield", "place"), ("Paris", "Paris", "place")]),
        ("Yesterday the Ministry of Health said so.", [("Ministry of Health", "Ministry of Health", "organisation")]),
    ],
)  # fmt: skip
def test_capitalised_names(text, rows):
    assert mention_rows(text) == rows


@pytest.mark.parametrize(
    ("short", "label"), [("Bell", "Anna Bell"), ("Anna", "Anna Bell"), ("Jordan", "Jordan")]
)
def test_short_forms_are_linked_unless_they_name_a_country(short, label):
    rows = mention_rows(f"We met Anna Bell and Eva Jordan in June. Then {short} left us.")
    assert rows[-1][1] == label


def test_a_surname_of_two_people_is_not_linked():
    rows = mention_rows("Anna Bell spoke. Then Tom Bell spoke. Finally, said Bell, it was over.")
    assert ("Bell", "Bell") in [row[:2] for row in rows]


def test_roles_stand_before_names(seeds):
    _, _, tables = seeds
    mentions = tables["mentions"]
    roles = mentions[mentions.role != ""].groupby("label").role.first().to_dict()
    assert roles["Ali al-Hussein"] == "media activist"
    assert roles["Amir Qassim"] == "rights activist"
    assert roles["Ahmed al-Sharifi"] == "strategic expert and former iraqi military officer"


def test_the_rule_says_how_a_name_was_found():
    mentions = cl.find_mentions(story_of("IS met Anna Bell in the north."), ACTORS)
    assert mentions.rule.to_list() == [CODEBOOK_ALIAS, CAPITALISED_NAME]
    assert mentions.clues.str.len().min() > 0


def test_a_name_in_a_list_has_the_type_of_its_neighbour():
    text = "Rain fell on Ostrand and Vellby all night."
    town = codebook_of("actors", {"actor": "Ostrand", "type": "place", "alias": "Ostrand"})
    mentions = cl.find_mentions(story_of(text), town).set_index("text")
    assert mentions.type["Vellby"] == "place"
    assert "Ostrand" in mentions.clues["Vellby"]


def test_names_of_another_tool_are_one_more_clue():
    text = "Xylo met the bosses of acme foods in Zor. Later Anna Bell left."
    tags = {"Xylo": "PERSON", "acme foods": "ORG", "Anna Bell": "GPE"}
    rows = [
        {"article": "a0.txt", "start": text.index(name), "end": text.index(name) + len(name), "text": name, "label": tag}
        for name, tag in tags.items()
    ]  # fmt: skip
    votes = make_table("phrases", rows)
    without = cl.find_mentions(story_of(text), NO_ACTORS).set_index("text")
    with_votes = cl.find_mentions(story_of(text), NO_ACTORS, votes=votes).set_index("text")

    assert {"Xylo", "acme foods"}.isdisjoint(without.index)
    assert with_votes.type["Xylo"] == "person"
    assert with_votes.type["acme foods"] == "organisation"
    assert with_votes.type["Zor"] == "place"
    assert with_votes.rule["acme foods"] == OTHER_TOOL
    assert len(with_votes.clues["Anna Bell"]) > len(without.clues["Anna Bell"])


def test_an_empty_table_of_votes_changes_nothing():
    story = story_of("Anna Bell met Tom Reed in Rome.")
    without = cl.find_mentions(story, NO_ACTORS)
    assert cl.find_mentions(story, NO_ACTORS, votes=make_table("phrases")).equals(without)


def test_no_finding_in_page_furniture(corpus):
    _, _, tables = corpus
    passages = tables["passages"]
    page = passages[~passages.label.isin(cl.STORY)]
    inside = []
    for table in ("mentions", "quotes", "times", "events", "amounts", "cues", "themes"):
        for row in tables[table].itertuples():
            article = page[page.article == row.article]
            if ((article.start <= row.start) & (article.end > row.start)).any():
                inside.append((table, row.text))
    assert inside == []
