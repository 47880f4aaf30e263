"""Proposed themes: terms of one topic that are rare elsewhere, with sentences that contain them."""

import csv
import re

import pandas as pd

import clippings as cl
from clippings.report.proposed_themes import (
    MAX_TERMS,
    MIN_PRECISION,
    MIN_TERMS,
    _search_term,
    propose_themes,
)
from helpers import FLOOD, ROOT, codebook_of, story_of

# Each paragraph is an article of its own. The council appears in both topics, so it distinguishes
# neither.
FOXES = (
    "A fox left its den near the orchard, and the council sent a ranger.",
    "The ranger found no fox, but a den and two cubs under a hedge.",
    "The council paid for the hedge where the cubs had slept.",
    "Farmers near the orchard say that the den is empty and the fox has gone.",
    "Two cubs were seen by the ranger, who said nothing about the council.",
)
TRAMS = (
    "The tram stopped on the viaduct, and the council blamed the driver.",
    "No tram has crossed the viaduct since, a conductor told the council.",
    "The conductor and the driver of the tram have been questioned.",
    "A new driver will take the first tram over the viaduct, said the council.",
    "The council wants a second conductor on every tram at night.",
)


def proposed(*topics: tuple[str, tuple[str, ...]], untold: tuple[str, ...] = ()):
    """The themes proposed for texts with these topics, and the texts."""
    texts = [text for _, texts in topics for text in texts]
    story = story_of(*texts, *untold)
    labels = [label for label, texts in topics for _ in texts]
    return propose_themes(story, story.head(len(labels)).assign(label=labels)), story


def codes_of(themes) -> pd.DataFrame:
    rows = [
        {
            "theme": theme.name,
            "side": "for",
            "term": " | ".join(theme.terms),
            "if_denied": "for",
            "example": " | ".join(theme.examples),
        }
        for theme in themes
    ]
    return codebook_of("themes", *rows)


def test_terms_belong_to_one_topic():
    themes, _ = proposed(("foxes", FOXES), ("trams", TRAMS))
    assert len(themes) == 2
    for theme in themes:
        assert MIN_TERMS <= len(theme.terms) <= MAX_TERMS
        assert not any("council" in term for term in theme.terms)
        assert theme.topic_passages == theme.other_passages == 5
        assert theme.matched_in_topic >= 3
        found = theme.matched_in_topic + theme.matched_elsewhere
        assert theme.matched_in_topic >= MIN_PRECISION * found


def test_a_passage_that_denies_a_noun_is_not_counted_against_the_theme():
    themes, story = proposed(("foxes", FOXES), ("trams", TRAMS))
    found = cl.find_themes(story, codes_of(themes))
    assert len(found) >= 8
    assert set(found.side) == {"for"}
    assert any("no fox" in text or "No tram" in text for text in found.text)


def test_examples_have_the_theme_and_counts_are_those_of_the_codebook():
    themes, story = proposed(("foxes", FOXES), ("trams", TRAMS))
    codes = codes_of(themes)
    checked = cl.check_codes(codes)
    assert len(checked) >= 2 and (checked.problem == "").all()
    found = cl.find_themes(story, codes)
    passages = found.groupby("label").article.nunique().to_dict()
    assert passages == {
        theme.name: theme.matched_in_topic + theme.matched_elsewhere for theme in themes
    }


def test_nothing_is_proposed_without_terms_that_distinguish_a_topic():
    same = ("The council met.", "The council met again.", "The council met in May.")
    assert proposed(("one", same), ("two", same))[0] == []
    assert proposed(("one", ("It rained.",)))[0] == []
    story = story_of(*FOXES)
    assert propose_themes(story, story.head(0).assign(label="")) == []
    assert propose_themes(story.head(0), story.head(0).assign(label="")) == []


def test_a_short_word_does_not_match_longer_ones():
    """dam* would match damage."""
    dams = (
        "The dam held, and the spillway was dry at noon.",
        "A diver saw the spillway below the dam and a turbine.",
        "The turbine of the dam is new, unlike the spillway.",
    )
    others = ("The damage was small.", "Damage to a bus was found.", "The bus had no damage.")
    themes, _ = proposed(("dam", dams), ("damage", others))
    terms = [term for theme in themes if theme.name == "dam" for term in theme.terms]
    assert "dam | dams" in terms
    assert "dam*" not in terms


TERMS = {
    "dam": "dam | dams",
    "laws": "law | laws",
    "gas": "gas",
    "levee": "levee*",
    "levees": "levee*",
    "press": "press | presses",
    "homeless": "homeless",
    "relief agencies": "relief agency | relief agencies",
    "TV series": "TV series",
    "by-election": "by-election*",
    "1/2 price": None,
}


def test_terms_match_singular_and_plural_and_no_longer_words():
    found = {term: _search_term(term) for term in TERMS}
    assert found == TERMS


def test_the_codebooks_of_the_guide_can_be_used(tmp_path):
    guide = (ROOT / "docs" / "how-to" / "first-codebook.md").read_text(encoding="utf-8")
    tables = re.findall(r"```text\n(theme,.*?)```", guide, re.DOTALL)
    assert len(tables) >= 3
    (tmp_path / "codebook").mkdir()
    for table in tables:
        lines = list(csv.reader(table.splitlines()))
        assert {len(line) for line in lines} == {len(lines[0])}
        columns = "".join(f",{column}" for column in ["note"] if column not in lines[0])
        header, rows = table.split("\n", 1)
        (tmp_path / "codebook" / "themes.csv").write_text(f"{header}{columns}\n{rows}")
        codes = cl.read_codebook(tmp_path)["themes"]
        cl.find_themes(cl.find_passages(cl.read_articles(FLOOD)), codes)
        checked = cl.check_codes(codes)
        assert checked[checked.problem != ""].empty
