"""Links between the charts and the pages of a report, and how many pages there are."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import clippings as cl
from clippings.report import page_links
from clippings.report.page_links import link_marks, link_pages, read_charts
from helpers import articles_of

NO_FOLDER = Path("no such folder")


@pytest.fixture(scope="module")
def chart(tmp_path_factory, flood_articles):
    """A chart as it is on the page."""
    passages = cl.find_passages(flood_articles)
    counts = cl.count_words(passages, by=["article", "label"])
    figure = cl.chart_zones(counts)
    folder = tmp_path_factory.mktemp("charts")
    cl.write_chart(figure, counts, passages, folder, "zones")
    data, metadata = figure._repr_mimebundle_()
    alt = metadata["image/svg+xml"]["alt"]
    titles = dict(zip(flood_articles.article, flood_articles.title, strict=True))
    charts = read_charts(folder)
    html = link_marks(data["image/svg+xml"], "n1-", alt, charts, flood_articles, titles)
    return BeautifulSoup(html, "html.parser")


@pytest.fixture(scope="module")
def flood_articles():
    return cl.load_example()[0]


def test_marks_are_links_that_screen_readers_can_read(chart, flood_articles):
    """The contents of an image are hidden from screen readers."""
    assert chart.svg["role"] == "group"
    assert chart.svg["aria-label"]
    marks = chart.svg.select("a[aria-label]")
    assert len(marks) > 10
    assert all(mark["role"] == "link" for mark in marks)
    labels = {mark["aria-label"] for mark in marks}
    assert all(any(title in label for label in labels) for title in flood_articles.title)
    assert not any(article in label for article in flood_articles.article for label in labels)


def test_each_list_of_passages_leads_back_to_its_mark(chart):
    sections = chart.find_all("section")
    assert len(sections) > 10
    for section in sections:
        mark = chart.find("a", id=section.p.a["href"].removeprefix("#"))
        assert mark["xlink:href"] == f"#{section['id']}"


def test_the_number_and_the_length_of_pages_are_limited(monkeypatch):
    articles = articles_of(*[f"The river rose in town {number}." for number in range(6)])
    body = cl.show_evidence(cl.find_passages(articles), articles, n=6).html

    def number_of_pages() -> int:
        linked = link_pages(body, articles, NO_FOLDER)
        assert linked.count('href="#at-') == linked.count("<article")  # the others are no links
        return linked.count("<article")

    assert number_of_pages() == 6
    monkeypatch.setattr(page_links, "MOST_PAGES", 4)
    assert number_of_pages() == 4
    monkeypatch.setattr(page_links, "MOST_CHARACTERS", 2 * len(articles.text[0]))
    assert number_of_pages() == 2
