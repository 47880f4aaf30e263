"""Verdicts on passages: which are added to the themes, and which sentences they reject."""

import pandas as pd
import pytest

import clippings as cl
from clippings.themes.judged import RULE_OF_VERDICT
from helpers import articles_of, codebook_of, story_of

FOUND = "The levee broke. Nobody was hurt."
MISSED = "The embankment gave way in the night."
CODES = codebook_of("themes", {"theme": "breach", "side": "for", "term": "levee"})


def verdict_on(passage, verdict: str, label: str = "breach", **changed) -> dict:
    row = {"table": "themes", "article": passage.article, "start": str(passage.start)}
    return row | {"text": passage.text, "label": label, "verdict": verdict} | changed


@pytest.fixture
def story():
    return story_of(FOUND, MISSED)


@pytest.fixture
def themes(story):
    return cl.find_themes(story, CODES)


def test_a_passage_that_no_term_matches_is_added_once(story, themes):
    row = verdict_on(story.loc[1], "yes")
    added = cl.add_judged_passages(themes, story, codebook_of("verdicts", row, row))
    assert list(added.rule) == ["levee", RULE_OF_VERDICT]
    assert list(added.text) == ["The levee broke.", MISSED]
    assert added.cue_start.isna().tolist() == [False, True]
    assert added.dtypes.to_dict() == themes.dtypes.to_dict()
    cl.check_spans(added, articles_of(FOUND, MISSED))


def test_a_passage_is_not_added_if_it_is_counted_already_or_no_longer_there(story, themes):
    judged = {
        "a term matches": verdict_on(story.loc[0], "yes"),
        "edited": verdict_on(story.loc[1], "yes", text="The embankment broke in the night."),
        "no": verdict_on(story.loc[1], "no"),
        "of another table": verdict_on(story.loc[1], "yes", table="mentions"),
        "without a theme": verdict_on(story.loc[1], "yes", label=""),
        "of another article": verdict_on(story.loc[1], "yes", article="b.txt"),
    }
    added = {
        name: len(cl.add_judged_passages(themes, story, codebook_of("verdicts", row))) - len(themes)
        for name, row in judged.items()
    }
    assert added == dict.fromkeys(judged, 0)


def test_the_last_verdict_counts(story, themes):
    yes = verdict_on(story.loc[1], "yes")
    no = verdict_on(story.loc[1], "no")
    for rows, number in (((yes, no), 0), ((no, yes), 1)):
        added = cl.add_judged_passages(themes, story, codebook_of("verdicts", *rows))
        assert len(added) - len(themes) == number


def test_a_verdict_moves_with_its_text(themes):
    longer = f"New first paragraph. {MISSED}"
    story = story_of(FOUND, longer)
    moved = verdict_on(story_of(FOUND, MISSED).loc[1], "yes")
    added = cl.add_judged_passages(themes, story, codebook_of("verdicts", moved))
    assert list(added.start) == [0, longer.index(MISSED)]


def test_a_repeated_text_is_added_only_at_its_recorded_position(themes):
    twice = f"{MISSED} {MISSED}"
    story = story_of(FOUND, twice)
    second = twice.rindex(MISSED)
    verdict = verdict_on(story.loc[1], "yes", text=MISSED)
    for start, starts in ((str(second), [0, second]), ("7", [0])):
        rows = codebook_of("verdicts", verdict | {"start": start})
        assert list(cl.add_judged_passages(themes, story, rows).start) == starts


def test_a_rejected_passage_rejects_its_sentences(story, themes):
    def mark(*rows: dict) -> list[str]:
        return cl.mark_verdicts(themes, codebook_of("verdicts", *rows)).verdict.to_list()

    passage = verdict_on(story.loc[0], "no")
    sentence = verdict_on(story.loc[0], "yes", text="The levee broke.")
    assert mark(passage) == ["no"]
    assert mark(passage, sentence) == ["yes"]
    assert mark(verdict_on(story.loc[0], "yes")) == [""]
    assert mark(passage | {"label": "warning"}) == [""]
    assert mark(passage, passage | {"verdict": "yes"}) == [""]


def test_passages_show_the_verdicts_on_them(story):
    rows = codebook_of(
        "verdicts",
        verdict_on(story.loc[0], "no"),
        verdict_on(story.loc[1], "yes"),
        verdict_on(story.loc[0], "yes", label="warning"),
    )
    backwards = story.iloc[::-1]
    marked = cl.mark_judged_passages(backwards, rows, "breach")
    assert marked.verdict.to_dict() == {1: "yes", 0: "no"}
    pd.testing.assert_frame_equal(marked.drop(columns="verdict"), backwards)


def test_find_all_counts_a_passage_that_only_the_analyst_found():
    articles, codebook = cl.load_example()
    tables = cl.find_all(articles, codebook)
    passages = tables["passages"][tables["passages"].label == "body"]
    missed = next(cl.find_uncoded(passages, tables["themes"]).itertuples())
    verdicts = cl.record_verdict(codebook["verdicts"], "themes", missed, "yes", label="damage")
    anew = cl.find_all(articles, codebook | {"verdicts": verdicts})
    added = anew["themes"][anew["themes"].rule == RULE_OF_VERDICT]
    assert list(added.text) == [missed.text]
    assert list(added.verdict) == ["yes"]
    assert len(anew["themes"]) == len(tables["themes"]) + 1
    changes = cl.find_changes(
        {"tables": tables, "codebook": codebook, "manifest": {}},
        {"tables": anew, "codebook": codebook | {"verdicts": verdicts}, "manifest": {}},
    )
    of_themes = changes[changes.table == "themes"]
    assert set(of_themes.cause_code) == {"verdict_added"}
