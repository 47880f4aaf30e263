"""Pages of articles: the text with marks."""

import re

from bs4 import BeautifulSoup

import clippings as cl
from clippings.actors.speaker_choice import TRANSCRIBED
from clippings.actors.wording import RULE_WORDS
from clippings.core.tables import make_table
from clippings.show.article_page import MAX_CHARACTERS, MAX_LAYERS_ON, MAX_SWITCHES
from helpers import articles_of


def page_of(text: str, *spans: tuple[int, int, str], **columns) -> BeautifulSoup:
    """A page with one layer, parsed."""
    rows = [
        {"article": "a0.txt", "start": s, "end": e, "text": text[s:e], "label": label, **columns}
        for s, e, label in spans
    ]
    view = cl.show_article(articles_of(text), "a0.txt", make_table("passages", rows))
    return BeautifulSoup(view.html, "html.parser")


def test_a_page_holds_the_text_once_whatever_overlaps():
    text = "One two three four five."
    spans = [(0, 7, "a"), (4, 13, "b"), (4, 23, "c"), (8, 13, "d"), (0, 24, "e"), (13, 14, "f")]
    page = page_of(text, *spans)
    assert page.find(class_="clip-page").text == text
    hints = [mark.get("title") for mark in page.find_all("mark", title=True)]
    assert "d\npassages: b\npassages: c\npassages: e" in hints


def test_hints_have_words_for_codes():
    page = page_of("One two.", (0, 3, "a"), rule=TRANSCRIBED)
    [hint] = [mark["title"] for mark in page.find_all("mark", title=True)]
    assert RULE_WORDS[TRANSCRIBED] in hint


def test_a_tab_stop_and_a_place_stand_where_a_span_starts():
    page = page_of("One two three.", (0, 7, "a"), (4, 13, "b"))
    places = [mark["data-at"].rpartition("-")[2] for mark in page.find_all("mark", tabindex="0")]
    assert places == ["0", "4"]


def test_a_long_page_is_cut():
    articles = articles_of("word " * 10_000)
    html = cl.show_article(articles, "a0.txt").html
    page = BeautifulSoup(html, "html.parser")
    assert len(page.find(class_="clip-page").text) == MAX_CHARACTERS
    assert f"{MAX_CHARACTERS:,}" in page.find_all("p")[-1].text
    assert len(html) < 2 * MAX_CHARACTERS


def test_rare_labels_share_a_switch():
    text = "a " * 40
    spans = [(2 * number, 2 * number + 1, f"label {number}") for number in range(40)]
    switches = page_of(text, *spans).select(".clip-legend label")
    assert len(switches) == MAX_SWITCHES + 1
    assert f"({40 - MAX_SWITCHES})" in switches[-1].text


def test_an_unnamed_label_is_not_mixed_up_with_a_label_of_that_name():
    page = page_of("One two.", (0, 3, ""), (4, 7, "unnamed"))
    assert len(page.select(".clip-legend label")) == 2


def test_from_the_fourth_layer_on_layers_are_off():
    articles = articles_of("One two.")
    row = {"article": "a0.txt", "start": 0, "end": 3, "text": "One", "label": "x"}
    layers = [make_table("passages", [row])] * 5
    page = BeautifulSoup(cl.show_article(articles, "a0.txt", *layers).html, "html.parser")
    switches = page.find_all("input", class_=re.compile(r"^l\d$"))
    assert [switch.has_attr("checked") for switch in switches] == [True] * MAX_LAYERS_ON + [
        False
    ] * 2


def test_links_of_a_row_are_boxed_in_its_colour():
    text = "“Go,” said Ann."
    row = {"article": "a0.txt", "start": 1, "end": 3, "text": "Go", "label": "Ann"}
    link = {"speaker_start": 11, "speaker_end": 14, "cue_start": 6, "cue_end": 10}
    layer = make_table("quotes", [row | link])
    page = BeautifulSoup(cl.show_article(articles_of(text), "a0.txt", layer).html, "html.parser")
    boxed = [mark.text for mark in page.select(".clip-page mark") if "dashed" in mark["style"]]
    assert boxed == ["said", "Ann"]
