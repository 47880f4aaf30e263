"""The type of a name, by the clues in and around it."""

import pytest
from actor_tables import mentions_in

from clippings.actors import name_types
from clippings.actors.name_spans import Position
from clippings.actors.name_types import Clue, find_clues, most_likely_type
from clippings.core.lexicon import read_lexicon, read_words


@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        ("President Xylo left.", "Xylo", "person"),
        ("We met Xylo, 45, there.", "Xylo", "person"),
        ("Xylo Zor (Jamaica) won.", "Xylo Zor", "person"),
        ("The Xylo Front (XF) and the XF met.", "XF", "organisation"),
        ("the Xylo said so", "Xylo", "organisation"),
        ("Shares of Xylo fell.", "Xylo", "organisation"),
        ("Boston Globe writers met.", "Boston Globe", "organisation"),
        ("the city of Xylo", "Xylo", "place"),
        ("in Xylo province", "Xylo", "place"),
        ("in rebel-held Xylo", "Xylo", "place"),
        ("towns such as Xylo and Zor", "Zor", "place"),
        ("They fled to Xylo, Jordan, by bus.", "Xylo", "place"),
        ("XYLO, Jordan 1996-08-30\nIt rained.", "XYLO", "place"),
        ("It ended Xylo 3 Zor 1", "Xylo", "organisation"),
        ("We saw Xylo again.", "Xylo", ""),
    ],
)
def test_clues_decide_the_type(text, name, type_):
    [mentions] = mentions_in(text)
    assert (name, type_) in mentions


def test_the_heaviest_type_wins():
    assert most_likely_type([]) == ""
    assert most_likely_type([Clue("place", 1.0, ""), Clue("person", 2.0, "")]) == "person"
    assert most_likely_type([Clue("place", 1.0, ""), Clue("person", 1.0, "")]) == "person"


def test_several_clues_are_listed():
    text = "We met mayor Xylo, 45, there."
    clues = find_clues(text, 13, 17, Position.IN_SENTENCE)
    assert name_types.AGE_AFTER in clues
    assert name_types.TITLE_BEFORE in clues or name_types.SOURCE_NOUN_BEFORE in clues


def test_every_clue_word_has_its_weight(monkeypatch):
    # Titles, heads and nouns are other rules, which may come first.
    monkeypatch.setattr(name_types, "words_of", lambda *_, **__: frozenset())
    monkeypatch.setattr(name_types, "ORGANISATION_HEADS", frozenset())

    wrong = []
    for row in read_lexicon("en/names/type_clues"):
        is_before = row["side"] == "before"
        text = f"so {row['word']} Xylo" if is_before else f"so Xylo {row['word']} there"
        start = text.index("Xylo")
        clues = find_clues(text, start, start + 4, Position.IN_SENTENCE)
        weights = [clue.weight for clue in clues if clue.type == row["type"]]
        if weights != [float(row["weight"])]:
            wrong.append((row, clues))
    assert wrong == []
    nothing_around = find_clues("so very Xylo went there", 8, 12, Position.IN_SENTENCE)
    assert nothing_around == []


def test_every_place_is_known():
    names = [row["word"] for row in read_lexicon("en/names/places")]
    found = mentions_in(*(f"we like {name} now" for name in names))
    assert found == [[(name, "place")] for name in names]


def test_every_head_of_organisations_makes_one():
    words = [row["word"] for row in read_lexicon("en/names/organisation_heads")]
    found = mentions_in(*(f"we like Xylo Zor {word.capitalize()} now" for word in words))
    wrong = [
        (word, mentions)
        for word, mentions in zip(words, found, strict=True)
        if not any(
            name.startswith("Xylo Zor") and type_ == "organisation" for name, type_ in mentions
        )
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("kind of place", "It rained in {} such as Vellby."),
        ("holding after a hyphen", "They fled the rebel-{} Vellby by night."),
        ("home after a hyphen", "They left the Vellby-{} firm by night."),
    ],
)
def test_every_word_around_a_place_makes_one(kind, sentence):
    words = read_words("en/names/syntax", kind=kind)
    found = mentions_in(*(sentence.format(word) for word in words))
    wrong = [
        word
        for word, mentions in zip(words, found, strict=True)
        if ("Vellby", "place") not in mentions
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        ("Jordan Pike and Georgia Reed left.", "Jordan Pike", "person"),
        ("They met Georgia Reed and Paris Knox.", "Georgia Reed", "person"),
        ("They read the Jordan Times.", "Jordan Times", "organisation"),
        ("His wife, Xyla, was at home.", "Xyla", "person"),
        ("They live in North Florida.", "North Florida", "place"),
        ("She studied at King's College London.", "King's College London", "organisation"),
        ("They met at the network XTV again.", "XTV", "organisation"),
        ("It closed the Zorba & Reed works.", "Zorba & Reed", "organisation"),
        ("Later Xylo said she was ill.", "Xylo", "person"),
        ("They fled the People's Republic of Tarnow.", "People's Republic of Tarnow", "place"),
    ],
)
def test_words_in_and_around_a_name_decide_its_type(text, name, type_):
    [mentions] = mentions_in(text)
    assert (name, type_) in mentions


def test_first_names_and_surnames_that_are_places():
    persons = [
        "Austin Reeves",
        "Chad Barrows",
        "Israel Mentes",
        "Kenya Moss",
        "Anna Rome",
        "Lily London",
    ]
    others = [
        "Austin Rockets",
        "Florida Tigers",
        "Paris Saint-Maur",
        "Virginia Senators",
        "Zorba Rome",
    ]
    found_persons = mentions_in(*(f"{name} came to them." for name in persons))
    assert found_persons == [[(name, "person")] for name in persons]
    found_others = mentions_in(*(f"{name} came to them." for name in others))
    assert [name for name in found_others if ("person" in dict(name).values())] == []


def test_firms_named_after_persons_are_organisations():
    firms = read_words("en/names/firms_named_after_persons")
    mentions = mentions_in(*(f"The office of {firm} was shut." for firm in firms))
    assert mentions == [[(firm, "organisation")] for firm in firms]
