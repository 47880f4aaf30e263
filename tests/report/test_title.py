"""The title of a report: what the articles share, how many there are, and when they appeared."""

from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from clippings.__main__ import main
from clippings.report.build import Report, make_report
from clippings.report.export import csv_bytes
from clippings.report.title import period_in_words, title_of_corpus
from helpers import FLOOD, articles_of
from in_process import make_reports_small

HOSTILE = '<script>alert("1")</script> & “A”'


@pytest.fixture(scope="module")
def flood_folder(flood, tmp_path_factory):
    """The folder of a report with the tables that a title rests on."""
    folder = tmp_path_factory.mktemp("report")
    _write_tables(folder, mentions=flood[2]["mentions"], topics=flood[2]["topics"])
    return folder


def _write_tables(folder: Path, **tables: pd.DataFrame) -> None:
    (folder / "tables").mkdir(exist_ok=True)
    for name, table in tables.items():
        (folder / "tables" / f"{name}.csv").write_bytes(csv_bytes(table))


def _mentions(labels_of_articles: dict[str, list[str]]) -> pd.DataFrame:
    rows = [
        {"article": article, "label": label, "verdict": ""}
        for article, labels in labels_of_articles.items()
        for label in labels
    ]
    return pd.DataFrame(rows, columns=["article", "label", "verdict"])


def test_the_title_names_what_most_articles_mention_most(flood, flood_folder):
    title = title_of_corpus(flood[0], flood_folder, "x")
    assert title.startswith("Ostrand")
    assert "6 articles" in title


def test_names_of_outlets_few_articles_or_false_alarms_are_not_in_the_title(tmp_path):
    articles = articles_of("One.", "Two.", "Three.", "Four.")
    articles["outlet"] = "Valley Post"
    names = articles.article.tolist()
    mentions = _mentions(
        {
            names[0]: ["Lund", "Reuters", "Valley Post", "Bell", "residents", "Lund Council"],
            names[1]: ["Lund", "Reuters", "Valley Post", "Tolmere", "residents", "Lund Council"],
            names[2]: ["Valley Post", "Tolmere", "residents"],
            names[3]: ["Tolmere"] * 9,
        }
    )
    mentions.loc[mentions.label == "Tolmere", "verdict"] = "no"
    _write_tables(tmp_path, mentions=mentions)
    assert title_of_corpus(articles, tmp_path, "x").partition(":")[0] == "Lund"


def test_articles_that_share_no_name_are_called_by_topic_then_by_folder(tmp_path):
    articles = articles_of("One.", "Two.", "Three.")
    _write_tables(tmp_path, mentions=_mentions({"a": ["Lund"], "b": ["Bell"]}))
    assert title_of_corpus(articles, tmp_path, "my_news-2021") == "My news 2021: 3 articles"
    topics = pd.DataFrame({"article": ["a", "b", "c"], "label": ["flood", "flood", "harbour"]})
    _write_tables(tmp_path, topics=topics)
    assert title_of_corpus(articles, tmp_path, "x") == "flood: 3 articles"


def test_the_dates_stand_in_the_title_if_most_articles_have_one(tmp_path):
    articles = articles_of("One.", "Two.", "Three.")
    day = pd.Timestamp("2021-03-16")
    expected = ["X: 3 articles", "X: 3 articles, most from 16 March 2021"]
    expected.append("X: 3 articles, 16 March 2021")
    for number, title in enumerate(expected):
        articles.loc[number, ["published_from", "published_to"]] = day
        assert title_of_corpus(articles, tmp_path, "x") == title


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        ("2021-03-16", "2021-03-16", "16 March 2021"),
        ("2021-03-16", "2021-03-17", "March 2021"),
        ("2021-03-16", "2021-11-17", "March–November 2021"),
        ("2020-12-31", "2021-01-01", "December 2020 – January 2021"),
        ("2015-12-31", "2021-01-01", "2015 – 2021"),
    ],
)
def test_periods_are_written_without_repetition(first, last, period):
    assert period_in_words(pd.Timestamp(first), pd.Timestamp(last)) == period


def test_one_article_gives_the_report_its_title(tmp_path):
    articles = articles_of("One.")
    articles["title"] = "Levee breaks\n in Ostrand"
    assert title_of_corpus(articles, tmp_path, "x") == "Levee breaks in Ostrand"


def test_a_given_title_is_used_everywhere_and_escaped(tmp_path, monkeypatch):
    docx = pytest.importorskip("docx")
    make_reports_small(monkeypatch, tmp_path)
    folder = make_report(FLOOD, tmp_path / "out", title=f" {HOSTILE}\n", progress=False).folder
    page = BeautifulSoup((folder / "report.html").read_text(encoding="utf-8"), "html.parser")
    assert page.title.get_text() == HOSTILE
    assert page.h1.get_text() == HOSTILE
    assert len(page.find_all("script")) == 1  # the script of the page
    document = docx.Document(str(folder / "report.docx"))
    assert document.paragraphs[0].text == HOSTILE
    assert document.core_properties.title == HOSTILE


def test_an_empty_title_means_the_default(tmp_path, monkeypatch):
    make_reports_small(monkeypatch, tmp_path)
    folder = make_report(FLOOD, tmp_path / "out", title=" ", progress=False).folder
    page = BeautifulSoup((folder / "report.html").read_text(encoding="utf-8"), "html.parser")
    assert page.h1.get_text() == "Flood: 6 articles"


def test_the_command_passes_the_title(tmp_path, monkeypatch):
    given = {}

    def record(*_, **options):
        given.update(options)
        return Report(tmp_path, [], [])

    monkeypatch.setattr("clippings.__main__.make_report", record)
    assert main(["report", str(FLOOD), "--title", "The flood"]) == 0
    assert given["title"] == "The flood"
