"""Names: what is one, of which type and on what evidence, and what other tools add."""

import pytest

import clippings as cl
from clippings.actors import name_spans as names
from clippings.actors import name_types as evidence
from clippings.actors.name_spans import is_nationality
from clippings.core.lexicon import read_lexicon
from clippings.core.tables import make_table
from helpers import articles_of, codebook_of, story_of

NOBODY = codebook_of("actors")


def found(text: str) -> list[tuple[str, str]]:
    return [(row.text, row.type) for row in cl.find_mentions(story_of(text), NOBODY).itertuples()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met Abu Omar al-Masri, José de la Cruz and J. R. Smith-Jones.", ["Abu Omar al-Masri", "José de la Cruz", "J. R. Smith-Jones"]),
        ("He saw Anna\u00a0Bell and Ludwig van Beethoven.", ["Anna\u00a0Bell", "Ludwig van Beethoven"]),
        ("The law of Rome’s Farmers’ Union and the People’s Party failed.", ["Rome", "Farmers’ Union", "People’s Party"]),
        ("German Chancellor Anna Bell met U.S. Secretary of State Tom Reed.", ["Anna Bell", "U.S.", "Tom Reed"]),
        ("The Russian Boris Petrov flew with British Airways to the Czech Republic.", ["Boris Petrov", "British Airways", "Czech Republic"]),
        ("The Ministry of Health and Sport said Rome and Paris agreed.", ["Ministry of Health and Sport", "Rome", "Paris"]),
        ("Marks & Spencer left St. Louis for Springfield.", ["Marks & Spencer", "St. Louis", "Springfield"]),
        ("He won the Davis Cup on Friday at 1800 GMT.", []),
        ("It rained. Yesterday I met Germans and the Prime Minister.", []),
    ],
)  # fmt: skip
def test_spans(text, expected):
    assert [name for name, _ in found(text)] == expected


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
    ],
)  # fmt: skip
def test_types(text, name, type_):
    assert (name, type_) in found(text)


def test_a_name_without_evidence_has_no_type():
    assert found("We saw Xylo again.") == [("Xylo", "")]


def test_lines_of_capitals_hold_names_known_otherwise():
    text = "ANNA BELL LEAVES ROME AS RAIN FALLS\nYesterday Anna Bell left the town."
    assert [
        row.text for row in cl.find_mentions(story_of(*text.split("\n")), NOBODY).itertuples()
    ] == [
        "ROME",
        "Anna Bell",
    ]
    articles = articles_of(text)
    lines = cl.find_passages(articles).assign(label="body")
    assert [row.text for row in cl.find_mentions(lines, NOBODY).itertuples()] == [
        "ANNA BELL",
        "ROME",
        "Anna Bell",
    ]


def test_a_word_written_small_elsewhere_is_no_name():
    assert found("Shares fell. Other shares rose in Rome.") == [("Rome", "place")]


@pytest.mark.parametrize(
    ("text", "label"), [("Bell", "Anna Bell"), ("Anna", "Anna Bell"), ("Jordan", "Jordan")]
)
def test_short_forms_are_tied_but_to_states(text, label):
    story = story_of(f"We met Anna Bell and Eva Jordan in June. Then {text} left us.")
    mentions = cl.find_mentions(story, NOBODY)
    assert mentions.iloc[-1].label == label


def test_each_reason_stands_in_the_evidence():
    mention = cl.find_mentions(story_of("We met mayor Xylo, 45, there."), NOBODY).iloc[0]
    assert (
        mention.evidence == "a word for speakers before it; an age behind it"
        or "a title before it" in mention.evidence
    )
    assert "an age behind it" in mention.evidence


def votes_of(text: str, *named: tuple[str, str]):
    rows = [{"article": "a0.txt", "start": text.index(name), "end": text.index(name) + len(name), "text": name, "label": tag} for name, tag in named]  # fmt: skip
    return make_table("phrases", rows)


def test_a_name_beside_one_of_the_codebook_is_of_its_type():
    text = "Rain fell on Ostrand and Vellby all night."
    town = codebook_of("actors", {"actor": "Ostrand", "type": "place", "alias": "Ostrand"})
    beside = cl.find_mentions(story_of(text), town).set_index("text")
    assert beside.type["Vellby"] == "place"
    assert beside.evidence["Vellby"] == "named beside Ostrand"


def test_votes_of_another_tool_are_one_more_clue():
    text = "Xylo met the bosses of acme foods in Zor. Later Anna Bell left."
    votes = votes_of(text, ("Xylo", "PERSON"), ("acme foods", "ORG"), ("Anna Bell", "GPE"))
    plain = cl.find_mentions(story_of(text), NOBODY)
    voted = cl.find_mentions(story_of(text), NOBODY, votes=votes)
    assert "Xylo" not in set(plain.text) and "acme foods" not in set(plain.text)
    types = dict(zip(voted.text, voted.type, strict=True))
    assert (
        types["Xylo"] == "person"
        and types["acme foods"] == "organisation"
        and types["Zor"] == "place"
    )
    assert "found by another tool" in voted.set_index("text").evidence["Anna Bell"]


def test_no_votes_are_as_none():
    story = story_of("Anna Bell met Tom Reed in Rome.")
    empty = make_table("phrases")
    assert cl.find_mentions(story, NOBODY, votes=empty).equals(cl.find_mentions(story, NOBODY))


@pytest.mark.parametrize(
    "row", read_lexicon("en/names/type_clues"), ids=lambda row: f"{row['side']} {row['word']}"
)
def test_each_clue_word_counts(row, monkeypatch):
    text = f"so {row['word']} Xylo" if row["side"] == "before" else f"so Xylo {row['word']} it"
    at = text.index("Xylo")
    monkeypatch.setattr(evidence, "words_of", lambda *_, **__: frozenset())
    monkeypatch.setattr(evidence, "HEADS", frozenset())
    weights = {kind: weight for kind, weight, _ in evidence.weigh(text, at, at + 4, "")}
    evidence._clue_words.cache_clear()
    kept = tuple(other for other in read_lexicon("en/names/type_clues") if other is not row)
    monkeypatch.setattr(evidence, "read_lexicon", lambda name: kept)
    without = {kind: weight for kind, weight, _ in evidence.weigh(text, at, at + 4, "")}
    evidence._clue_words.cache_clear()
    assert weights.get(row["type"], 0) == float(row["weight"]) != without.get(row["type"], 0)


@pytest.mark.parametrize("row", read_lexicon("en/names/places"), ids=lambda row: row["word"])
def test_each_place_is_known(row):
    name = row["word"]
    assert found(f"we like {name} now") == [(name, "place")]


@pytest.mark.parametrize("row", read_lexicon("en/names/thing_heads"), ids=lambda row: row["word"])
def test_each_thing_does_not_act(row):
    assert found(f"we like Xylo {row['word'].capitalize()} now") == []


@pytest.mark.parametrize(
    "row", read_lexicon("en/names/organisation_heads"), ids=lambda row: row["word"]
)
def test_each_word_for_organisations_makes_one(row):
    name = f"Xylo Zor {row['word'].capitalize()}"
    assert any(
        text.startswith("Xylo Zor") and type_ == "organisation"
        for text, type_ in found(f"we like {name} now")
    )


def test_nationalities():
    assert (
        is_nationality("iraqi") and is_nationality("germans") and is_nationality("african-american")
    )
    assert not is_nationality("al-arab") and not is_nationality("rome")
    assert names.is_nationality is is_nationality
