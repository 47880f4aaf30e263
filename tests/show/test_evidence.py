"""Evidence: rows in context, reasons for dates, the brief."""

import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup

import clippings as cl
from clippings.core.tables import make_table
from clippings.show.evidence import distance_words, mask_words
from helpers import articles_of, story_of


def parsed(view) -> BeautifulSoup:
    return BeautifulSoup(view.html, "html.parser")


def test_a_concordance_is_sorted_by_the_words_on_either_side():
    text = "he said no. she said yes. they said maybe."
    phrases = cl.find_phrases(story_of(text), "said")
    articles = articles_of(text)

    def contexts(sort: str, side: int) -> list[list[str]]:
        rows = parsed(cl.show_evidence(phrases, articles, sort=sort)).select("td:nth-child(2)")
        return [row.find_all("span")[side].text.split() for row in rows]

    assert [words[0] for words in contexts("right", 1)] == ["maybe.", "no.", "yes."]
    assert [words[-1] for words in contexts("left", 0)] == ["he", "she", "they"]
    with pytest.raises(cl.BadInput):
        cl.show_evidence(phrases, articles, sort="up")


def test_labels_take_turns():
    rows = [
        {"article": "a0.txt", "start": n, "end": n + 1, "text": "abcd"[n // 2], "label": label}
        for n, label in ((0, "x"), (2, "x"), (4, "x"), (6, "y"))
    ]
    shown = parsed(cl.show_evidence(make_table("passages", rows), articles_of("a b c d"), n=2))
    assert [cell.text for cell in shown.select("td:first-child")] == ["x", "y"]


def test_context_stays_in_its_paragraph_and_is_cut_between_words():
    text = "Above.\nfirst second third MARK fourth fifth sixth\nBelow."
    start = text.index("MARK")
    row = {"article": "a0.txt", "start": start, "end": start + 4, "text": "MARK", "label": "x"}
    table = make_table("passages", [row])
    cell = parsed(cl.show_evidence(table, articles_of(text))).select_one("td:nth-child(2)")
    assert cell.text == "first second third MARK fourth fifth sixth"
    narrow = parsed(cl.show_evidence(table, articles_of(text), width=8)).select_one(
        "td:nth-child(2)"
    )
    assert narrow.text == "…third MARK fourth…"


def test_plain_text_keeps_the_blanks_around_a_span():
    text = "In (Mosul)’s east."
    row = {"article": "a0.txt", "start": 4, "end": 9, "text": "Mosul", "label": "x"}
    shown = repr(cl.show_evidence(make_table("passages", [row]), articles_of(text)))
    assert "In ([Mosul])’s east." in shown


def test_the_context_continues_over_the_line_breaks_of_a_paragraph():
    paragraph = "The old dam above Ostrand collapsed early on Monday, and the\nriver rose at once."
    text = f"Dam breaks\n\n{paragraph}\n\nNobody was hurt."
    articles = articles_of(text)
    shown = repr(cl.show_evidence(cl.find_phrases(story_of(text), "river"), articles))
    assert "early on Monday, and the [river] rose at once. (" in shown


def test_tables_without_rows_are_shown_as_a_sentence():
    articles = articles_of("x")
    empty = [
        cl.show_evidence(make_table("themes"), articles),
        cl.show_reasons(make_table("dates"), make_table("constraints"), articles),
    ]
    assert all(parsed(view).find("p").text == repr(view) != "" for view in empty)


def test_reasons_quote_the_words_they_rest_on_and_list_what_was_refused(seeds):
    articles, _, tables = seeds
    dates = tables["dates"].query("label == 'article'")
    rows = parsed(cl.show_reasons(dates, tables["constraints"], articles)).select("tbody tr")
    used = [
        len(row.because.split() + row.likely_because.split() + row.refused.split())
        for row in dates.itertuples()
    ]
    assert [len(row.select("li")) for row in rows] == [max(number, 1) for number in used]
    reasons = {item.text for row in rows for item in row.select("li")}
    assert (
        "not before 2015-10-10 (calendar entry “SDF founded”): “Syrian Democratic Forces”"
        in reasons
    )


def test_a_distance_is_in_the_right_direction():
    cases = {
        (0, 0): "the same day as x",
        (1, 1): "1 day before x",
        (-1, -1): "1 day after x",
        (0, 90): "0 to 90 days before x",
        (1, 14600): "1 to 14,600 days before x",
        (-300, 0): "0 to 300 days after x",
        (-730, -1): "1 to 730 days after x",
        (-30.5, 30.5): "within 30.5 days of x",
        (-2, 5): "between 5 days before and 2 days after x",
    }
    wrong = {
        distance: distance_words(*distance, "x")
        for distance, words in cases.items()
        if distance_words(*distance, "x") != words
    }
    assert wrong == {}


def test_masks_are_written_as_words_and_unknown_ones_stay():
    assert mask_words("XXXX-WXX-7").endswith("Sunday")
    assert "4 October" in mask_words("XXXX-10-04")
    assert mask_words("XXXX-02-01/XXXX-02-29").count("February") == 2
    assert mask_words("XXXX-WXX-8") == "XXXX-WXX-8"


def margins_of(tag) -> tuple[float, float]:
    """The margins above and below an element, in em."""
    values = re.search(r"margin:([^;]*)", tag["style"])[1].split()
    sizes = [float(value.removesuffix("em")) for value in values]
    return (sizes[0], sizes[0]) if len(sizes) == 1 else (sizes[0], sizes[2])


def test_the_passages_of_a_sentence_are_seen_to_belong_to_it(flood):
    """The gap below them is larger than the gap above: they must not look like a heading of the next sentence."""
    articles, _, tables = flood
    tables = tables | {"articles": articles}
    sentences = cl.compose_brief(tables)
    folded = parsed(cl.show_brief(sentences, tables, n=2)).find_all("details")
    cited_rows = sentences[["table", "rows"]]
    starts_list = (cited_rows != cited_rows.shift()).any(axis=1) & (sentences["rows"] != "")
    assert len(folded) == starts_list.sum()
    for details in folded:
        sentence = details.find_previous_sibling()
        assert sentence.name == "p"
        gap_above = max(margins_of(sentence)[1], margins_of(details)[0])
        assert margins_of(details)[1] >= 4 * gap_above
    assert max(len(details.find_all("li")) for details in folded) == 2


def test_a_sentence_without_rows_and_one_about_whole_articles():
    articles = articles_of("Rain fell.", "It rose.")
    sentences = pd.DataFrame(
        [
            {"section": "A", "sentence": "None.", "table": "articles", "rows": ""},
            {"section": "A", "sentence": "Both.", "table": "articles", "rows": "0 1"},
        ]
    )
    brief = parsed(cl.show_brief(sentences, {"articles": articles}))
    assert [item.text for item in brief.find_all("li")] == [
        "Rain fell. (Rain fell)",
        "It rose. (It rose)",
    ]
    assert repr(cl.show_brief(sentences, {"articles": articles})).splitlines() == [
        "A",
        "  None.",
        "  Both.",
    ]
