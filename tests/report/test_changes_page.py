"""The page about what is new since an earlier report."""

import json
import shutil

import pandas as pd
import pytest
from bs4 import BeautifulSoup

import clippings as cl
from clippings.__main__ import DIFFERENT, FAILED, main
from clippings.report.changes_page import News, changes_page, find_news
from clippings.report.diff import find_changes
from clippings.show.html import page_key
from helpers import FLOOD

LAST = "06_water_falls.txt"


def run_of(folder) -> dict:
    codebook = cl.read_codebook(folder)
    tables = cl.find_all(cl.read_articles(folder), codebook)
    return {"tables": tables, "codebook": codebook, "manifest": {}}


def news_between(old: dict, new: dict, **options) -> News:
    return find_news(find_changes(old, new), old, new, **options)


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """The flood corpus without its last article, and with it."""
    folder = shutil.copytree(FLOOD, tmp_path_factory.mktemp("runs") / "flood")
    text = (folder / LAST).read_text(encoding="utf-8")
    (folder / LAST).unlink()
    fewer = run_of(folder)
    (folder / LAST).write_text(text, encoding="utf-8")
    return fewer, run_of(folder)


def test_an_added_article_and_what_it_says_are_news(runs):
    old, new = runs
    news = news_between(old, new)
    assert [article.title for article in news.added] == [
        "Water falls at last as Lenn Valley cleans up"
    ]
    assert (news.edited, news.removed, news.decisions) == ([], [], [])
    claims = new["tables"]["claims"]
    for event in news.events:
        articles = claims.article[claims.label == event.name]
        assert event.after == articles.nunique() > event.before
        assert LAST in set(articles)
    mentions = new["tables"]["mentions"].groupby("label").article.nunique()
    assert news.names
    assert [growth.after for growth in news.names] == [
        mentions[growth.name] for growth in news.names
    ]
    themes = new["tables"]["themes"].groupby("label").article.nunique()
    assert {growth.name: growth.after for growth in news.themes}.items() <= themes.to_dict().items()
    assert len(news.sentences) == 1 + bool(news.events) + bool(news.themes) + any(
        growth.before == 0 for growth in news.names
    )


def test_a_removed_article_is_news_and_nothing_has_grown(runs):
    new, old = runs
    news = news_between(old, new)
    assert [article.title for article in news.removed] == [
        "Water falls at last as Lenn Valley cleans up"
    ]
    assert (news.added, news.names, news.themes) == ([], [], [])


def test_nothing_new_is_no_sentence_and_no_table(runs):
    news = news_between(runs[1], runs[1])
    assert news == News(*[[] for _ in News._fields])


def test_only_what_the_report_contains_is_linked(runs):
    key = page_key(LAST)
    news = news_between(*runs, report="r.html", anchors={f"page-{key}"})
    assert news.added[0].address == f"r.html#page-{key}"
    assert {growth.address for growth in news.names} <= {f"r.html#page-{key}", ""}
    starts = runs[1]["tables"]["mentions"].query("article == @LAST").start
    anchors = {f"at-{key}-{start}" for start in starts}
    news = news_between(*runs, report="r.html", anchors=anchors)
    assert {growth.address.removeprefix("r.html#") for growth in news.names} <= anchors


def test_decisions_of_the_analyst_are_told_apart_from_articles(runs):
    new = runs[1]
    themes = new["codebook"]["themes"]
    removed = themes.theme == "damage"
    codebook = new["codebook"] | {"themes": themes[~removed]}
    tables = new["tables"] | {"themes": new["tables"]["themes"].query("label != 'damage'")}
    news = news_between(new, new | {"codebook": codebook, "tables": tables})
    assert news.decisions
    assert all("damage" in line for line in news.decisions)
    assert news.added == []


def test_texts_of_strangers_are_shown_as_text(runs):
    old, new = runs
    evil = "<script>alert(1)</script>"
    articles = new["tables"]["articles"]
    articles = articles.assign(title=articles.title.mask(articles.article == LAST, evil))
    tables = new["tables"] | {"articles": articles}
    tables["mentions"] = tables["mentions"].replace({"label": {"River Lenn Authority": evil}})
    page = str(changes_page(news_between(old, new | {"tables": tables}), evil))
    soup = BeautifulSoup(page, "html.parser")
    assert soup.find_all("script") == []
    assert evil in soup.get_text()
    assert "default-src 'none'" in page


def test_long_tables_are_folded_and_empty_columns_left_out(runs):
    news = news_between(*runs)
    growth = news.names[0]
    dates = [pd.Timestamp("2021-03-16")] * 2
    article = news.added[0]._replace(outlet="", published=f"{dates[0]:%Y-%m-%d}")
    many = news._replace(names=[growth] * 25, added=[article])
    soup = BeautifulSoup(changes_page(many, "The flood"), "html.parser")
    [first, *_] = soup.find_all("table")
    assert [cell.get_text() for cell in first.thead.find_all("th")] == ["article", "published"]
    folded = soup.find("details")
    assert len(folded.tbody.find_all("tr")) == 15


@pytest.fixture
def reports(runs, tmp_path):
    """Two folders of reports, with no more than a comparison needs."""
    folders = []
    for name, run in zip(("old", "new"), runs, strict=True):
        folder = tmp_path / name
        (folder / "tables").mkdir(parents=True)
        (folder / "manifest.json").write_text(json.dumps({"made_by": "clippings"}))
        (folder / "report.html").write_text("<title>The flood &amp; more</title>")
        for table, rows in run["tables"].items():
            rows.to_csv(folder / "tables" / f"{table}.csv", index=False)
        folders.append(folder)
    return folders


def test_diff_writes_the_page_and_replaces_only_its_own(reports, tmp_path, capsys):
    old, new = map(str, reports)
    page = tmp_path / "what is new.html"
    assert main(["diff", "--html", str(page), old, new]) == DIFFERENT
    soup = BeautifulSoup(page.read_bytes(), "html.parser")
    assert "The flood & more" in soup.get_text()
    assert soup.find("a")["href"] == "new/report.html"
    first = page.read_bytes()
    assert main(["diff", "--html", str(page), old, new]) == DIFFERENT
    assert page.read_bytes() == first

    page.write_text("my own notes")
    capsys.readouterr()
    assert main(["diff", "--html", str(page), old, new]) == FAILED
    assert page.name in capsys.readouterr().err
    assert page.read_text() == "my own notes"
