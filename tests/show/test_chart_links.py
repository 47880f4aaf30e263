"""Charts whose marks unfold their passages."""

import re

from bs4 import BeautifulSoup

import clippings as cl
from clippings.core.tables import make_table
from clippings.show.chart_links import rows_of_mark
from helpers import articles_of, story_of


def test_marks_unfold_their_passages_which_lead_to_the_page():
    articles = articles_of("Rain <b>fell</b>. It rose.", title="<i>Rain</i>")
    text = articles.text[0]
    rows = [
        {"article": "a0.txt", "start": 0, "end": 17, "text": text[:17], "label": "body"},
        {"article": "a0.txt", "start": 18, "end": 26, "text": text[18:], "label": "caption"},
    ]
    passages = make_table("passages", rows)
    counts = cl.count_words(passages, by=["article", "label"])
    figure = cl.chart_zones(counts)
    html = cl.show_chart(figure, counts, passages.query("label == 'body'"), articles).html
    page = BeautifulSoup(html, "html.parser")
    assert [mark["title"] for mark in page.find_all("summary")] == ["a0.txt · body: 1 passage"]
    assert page.find("img")["alt"] == figure.get_label()
    assert not page.find_all(["b", "i"], string=["fell", "Rain"])
    target = page.find("a")["href"].removeprefix("#")
    assert [mark.name for mark in page.find_all(id=target)] == ["mark"]


def test_a_mark_of_the_timeline_unfolds_its_reasons_which_lead_to_the_page(flood):
    articles, _, tables = flood
    dates = tables["dates"].merge(articles[["article", "title"]])
    figure = cl.chart_timeline(dates, tables["events"], tables["amounts"])
    html = cl.show_chart(figure, dates, tables["constraints"], articles).html
    reasons = re.findall(r'<li>[^<]*<a href="#([^"]*)"', html)
    assert len(reasons) > 5
    assert all(html.count(f' id="{reason}"') == 1 for reason in reasons)


def test_a_term_selects_passages_with_its_words_in_the_singular_or_plural():
    story = story_of("One grey heron.", "Grey herons came.", "A grey old heron.", "The heronry.")
    rows = rows_of_mark(story, {"term": ["grey herons"]})
    assert rows.article.to_list() == ["a0.txt", "a1.txt"]


def test_a_group_is_a_column_or_an_article():
    story = story_of("The heron.", "The heron.")
    grouped = story.assign(group=["north", "south"])
    assert rows_of_mark(grouped, {"group": ["north"]}).article.to_list() == ["a0.txt"]
    assert rows_of_mark(story, {"group": ["a1.txt"]}).article.to_list() == ["a1.txt"]
    assert len(rows_of_mark(story, {"group": ["north"]})) == 2
