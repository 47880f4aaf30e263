"""Charts whose marks unfold their passages."""

import re

from bs4 import BeautifulSoup

import clippings as cl
from clippings.core.tables import make_table
from helpers import articles_of


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
