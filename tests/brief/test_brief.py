"""The brief: what it says, and that every sentence rests on rows that slice back and that it cannot do without."""

import re

import pandas as pd
import pytest

import clippings as cl
from clippings.brief import comparison as accounts
from clippings.brief.comparison import agreement
from clippings.core.lexicon import read_lexicon, read_words
from clippings.core.tables import STORY, cited, make_table
from helpers import FLOOD, articles_of

NOTHING = re.compile(r"(?:No|Nobody|Nothing)\b|0 |.* with 0 passages of story")


def said(tables: dict, section: str) -> list[str]:
    sentences = cl.compose_brief(tables)
    return sentences.sentence[sentences.section == section].to_list()


def test_the_foiled_plot_is_one_event_told_differently(seeds):
    plot = [
        sentence
        for sentence in said(seeds[2], "What is told more than once")
        if "lot in Mosul" in sentence
    ]
    assert plot == [
        "“Mosul battle lays bare ISIL's internal tensions” and “Islamic State foils planned revolt in Mosul, executes 58” "
        "seem to tell one event: plot in Mosul, likely between 11 October 2016 and 16 October 2016. What they have in "
        "common: plot; in Mosul; days that agree (2016-10-11 to 2016-10-16).",
        "Plot in Mosul: 2 independent sources: “Islamic State foils planned revolt in Mosul, executes 58” and Reuters; "
        "not counted: news reports without a name (Diyaruna).",
        "Plot in Mosul: they differ on its aim: “to topple his leadership” (Diyaruna); “to mutiny and support the Iraqi "
        "military’s upcoming offensive” (“Islamic State foils planned…”).",
        "Plot in Mosul: they date it in other words: “mid-October” (Diyaruna); “last week” (“Islamic State foils planned…”).",
        "Plot in Mosul: named beside it: Abu Bakr al-Baghdadi (Diyaruna); Islamic State and Iraqi forces "
        "(“Islamic State foils planned…”).",
    ]


def test_the_deaths_of_the_plotters_can_all_be_right_and_those_who_left_cannot(seeds):
    executed, desertion, *_ = said(seeds[2], "How many, and who says so")
    for words in (
        "“Dozens of the instigators” (Said Mamuzini",
        "“five leaders”",
        "“58 people” (Reuters",
        "executes 58”",
    ):
        assert words in executed
    assert executed.endswith("The numbers of people can all be right.")
    assert "“Over 200 jihadis”" in desertion
    assert "“Dozens of militants”" in desertion
    assert desertion.endswith("The numbers of people cannot all be right.")


def test_the_offensive_lies_ahead_in_one_article_and_has_happened_in_another(seeds):
    sentence = "Offensive in Mosul: it lies ahead in “Islamic State foils planned…” and has happened in Diyaruna."
    assert sentence in said(seeds[2], "What is told more than once")


def test_a_body_printed_twice_counts_once(seeds):
    """Without its second half the article tells the same claims by the same mentions and numbers."""
    articles, codebook, tables = seeds
    name = next(article for article in articles.article if article.startswith("004"))
    text = articles.set_index("article").text[name]
    again = text.index(
        "Reuters reported that the militants", text.index("Reuters reported that the militants") + 1
    )
    once = articles.assign(text=articles.text.mask(articles.article == name, text[:again]))
    half = cl.find_all(once, codebook)

    def told(found: dict) -> list[tuple]:
        own = found["claims"][found["claims"].article == name]
        return [(row.start, row.label, row.status) for row in own.itertuples()]

    assert told(half) == told(tables)
    for section in ("What is told more than once", "How many, and who says so", "What it is about"):
        assert said(half, section) == said(tables, section)


def test_every_sentence_rests_on_rows_that_slice_back(corpus):
    articles, _, tables = corpus
    for row in cl.compose_brief(tables).itertuples():
        rows = tables[row.table].loc[cited(row.rows)]
        assert len(rows) or NOTHING.match(row.sentence), row.sentence
        assert len(cl.check_spans(rows, articles)) == len(rows)


def test_a_sentence_without_its_rows_is_another_or_none(corpus):
    tables = corpus[2]
    kept = []
    for row in cl.compose_brief(tables).itertuples():
        fewer = tables | {row.table: tables[row.table].drop(index=cited(row.rows))}
        kept += [row.sentence] if row.sentence in set(cl.compose_brief(fewer).sentence) else []
    assert [sentence for sentence in kept if not NOTHING.match(sentence)] == []


@pytest.mark.parametrize(
    "text",
    ["The levee broke.\n\nNobody was hurt when the water came, and it went as it had come.\n", ""],
)
def test_a_brief_of_one_article_or_none_is_complete(text):
    articles = articles_of(text) if text else make_table("articles")
    codebook = cl.read_codebook("")
    tables = cl.find_all(articles, codebook)
    sentences = cl.compose_brief(tables)
    assert (sentences.sentence.str[-1] == ".").all()
    if not text:
        assert sentences.sentence.to_list() == ["No article could be read."]
        return
    assert "Nobody is quoted." in set(sentences.sentence)
    assert "When a0.txt was written is not known." in set(sentences.sentence)
    story = tables["passages"][tables["passages"].label.isin(STORY)]
    nothing = sentences[sentences.sentence.str.startswith("No ")]
    assert {row for text in nothing.rows for row in cited(text)} == set(story.index)


def test_no_sentence_says_a_name_of_a_column_or_file(corpus):
    tables = corpus[2]
    sentences = cl.compose_brief(tables).sentence
    assert [text for text in sentences if re.search(r"_|\.txt|<NA>|\bnan\b|NaT", text)] == []


def numbers(*rows: tuple) -> pd.DataFrame:
    return make_table(
        "amounts",
        [
            {"article": "a0.txt", "start": s, "end": s, "label": t, "low": a, "high": b}
            for s, t, a, b in rows
        ],
    )


def test_of_many_the_brief_names_the_first_and_says_how_many_more():
    told = [f"{name} said that {number} people were killed in Kiel on 4 May 2016." for number, name in enumerate(
        ("Anna Bell", "Bob Call", "Dan Egan", "Eve Ford", "Gus Hall", "Ida Jones", "Ken Lane", "Mia Noble") * 15, 20
    )]  # fmt: skip
    tables = cl.find_all(articles_of(*told), cl.read_codebook(FLOOD))
    brief = cl.compose_brief(tables)
    dated = brief[brief.section == "When it was written"].sentence.to_list()
    assert len(dated) == 31
    assert dated[30] == "Days were found for 90 more articles: see the timeline."
    spoken = brief[brief.section == "Who speaks"].sentence.iloc[0]
    assert "most are by" in spoken
    few = tables | {
        "quotes": tables["quotes"].assign(
            label=[f"Speaker {n % 60}" for n in range(len(tables["quotes"]))]
        )
    }
    spoken = cl.compose_brief(few).set_index("section").sentence["Who speaks"]
    spoken = spoken if isinstance(spoken, str) else spoken.iloc[0]
    assert "the largest shares are those of Speaker 0 (2%), Speaker 1 (2%)" in spoken
    assert (
        "<summary>120 passages, 6 of them here</summary>"
        in cl.show_brief(brief, tables)._repr_html_()
    )


def test_of_many_numbers_that_cannot_all_be_right_the_first_events_are_named():
    told = [
        f"{number} people were evacuated in {town} on 4 May 2016. Officials spoke of {number + 9} people evacuated in {town}."
        for number, town in enumerate(
            ("Kiel", "Lyon", "Oslo", "Porto", "Malmo", "Turin", "Seville"), 20
        )
    ]
    tables = cl.find_all(articles_of(*told), cl.read_codebook(FLOOD))
    said = [
        row for row in cl.compose_brief(tables).sentence if "cannot all be right are told" in row
    ]
    assert len(said) == 1
    assert said[0].endswith("the evacuation in Oslo, the evacuation in Porto and 2 more.")


def test_a_part_is_not_held_against_the_whole_and_things_are_not_people():
    articles = articles_of("Dozens of men, including five leaders, and 58 people.")
    whole, part, all_ = (0, "men", 24, 99), (25, "leaders", 5, 5), (43, "people", 58, 58)
    assert agreement(numbers(whole, part, all_), articles) == {"people": True}
    assert agreement(numbers(part, all_), articles_of(" " * 60)) == {"people": False}
    assert agreement(numbers(whole, (9, "houses", 3, 3)), articles) == {}
    assert agreement(numbers((0, "houses", 4, 4), (9, "houses", 3, 3)), articles) == {
        "houses": False
    }


@pytest.mark.parametrize("word", read_words("en/numbers/syntax", kind="part of an earlier number"))
def test_each_word_before_a_part_is_needed(word, monkeypatch):
    articles = articles_of(f"{'x' * 40} {word} five leaders")
    rows = numbers((0, "men", 24, 99), (42 + len(word), "leaders", 5, 5))
    assert agreement(rows, articles) == {}
    kept = [
        other
        for other in read_words("en/numbers/syntax", kind="part of an earlier number")
        if other != word
    ]
    monkeypatch.setattr(
        accounts,
        "read_words",
        lambda name, **where: kept if name == "en/numbers/syntax" else read_words(name),
    )
    assert agreement(rows, articles) == {"people": False}


def test_who_rounds_does_not_disagree():
    assert agreement(numbers((0, "men", 41, 1e9), (9, "men", 40, 40)), None) == {"people": True}
    assert agreement(numbers((0, "men", 43, 1e9), (9, "men", 40, 40)), None) == {"people": False}


@pytest.mark.parametrize("word", [row["word"] for row in read_lexicon("en/numbers/people")])
def test_each_word_for_people_is_needed(word, monkeypatch):
    rows = numbers((0, word, 24, 99), (9, "", 3, 3))
    assert agreement(rows, None) == {"people": False}
    known = {row["word"] for row in read_lexicon("en/numbers/people")}
    monkeypatch.setattr(accounts, "_people", lambda: known - {word})
    assert agreement(rows, None) == {}
