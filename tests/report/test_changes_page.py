"""The page about what is new since an earlier report."""

import json
import shutil

import pytest
from bs4 import BeautifulSoup

import clippings as cl
from clippings.__main__ import DIFFERENT, FAILED, main
from clippings.core.errors import BadInput
from clippings.report.changes_page import ReportLinks, changes_page, summarize_news
from clippings.report.diff import find_changes
from clippings.report.diff_news import (
    CauseNews,
    DateNews,
    Growth,
    News,
    NumberNews,
    Place,
    RepeatNews,
    find_news,
)
from clippings.show.html import page_key
from helpers import FLOOD

LAST = "06_water_falls.txt"


def run_of(folder) -> dict:
    codebook = cl.read_codebook(folder)
    tables = cl.find_all(cl.read_articles(folder), codebook)
    return {"tables": tables, "codebook": codebook, "manifest": {}}


def news_between(old: dict, new: dict) -> News:
    return find_news(find_changes(old, new), old, new)


def with_tables(run: dict, **tables) -> dict:
    return run | {"tables": run["tables"] | tables}


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
    [article] = news.added
    assert article.title == "Water falls at last as Lenn Valley cleans up"
    assert (news.edited, news.removed, news.dates, news.causes) == ([], [], [], [])

    mentions = new["tables"]["mentions"]
    assert news.names
    for name in news.names:
        articles = set(mentions.article[mentions.label == name.name])
        assert LAST in articles
        assert name.articles == Growth(len(articles) - 1, len(articles))
        assert name.place.article == LAST
    themes = new["tables"]["themes"]
    assert news.themes
    for theme in news.themes:
        articles = set(themes.article[themes.label == theme.name.replace(" ", "_")])
        assert theme.articles == Growth(len(articles) - 1, len(articles))


def test_events_are_news_only_if_an_added_article_reports_them(runs):
    claims = runs[1]["tables"]["claims"]
    news = news_between(*runs)
    assert news.new_events or news.events
    for event in [*news.new_events, *news.events]:
        rows = claims[claims.label == event.claim]
        assert LAST in set(rows.article)
        assert (event.articles.before == 0) == (event in news.new_events)
        assert event.place.start in set(rows.start[rows.article == LAST])
        assert event.articles.now > event.articles.before or event.new_sources


def test_new_names_occur_in_no_earlier_article(runs):
    earlier = "\n".join(runs[0]["tables"]["articles"].text)
    news = news_between(*runs)
    assert [name.name for name in news.new_names if name.name in earlier] == []


def test_another_label_is_not_news(runs):
    """The labels of names, events and topics depend on all articles of a run."""
    new = runs[1]
    relabelled = {
        table: new["tables"][table].assign(label="other " + new["tables"][table].label)
        for table in ("mentions", "claims", "themes", "topics")
    }
    news = news_between(with_tables(new, **relabelled), new)
    assert news.is_empty
    assert summarize_news(news) == []


def test_a_removed_article_is_news_and_nothing_has_grown(runs):
    new, old = runs
    news = news_between(old, new)
    assert [article.place.article for article in news.removed] == [LAST]
    assert (news.added, news.new_names, news.names, news.themes) == ([], [], [], [])
    assert (news.new_events, news.events) == ([], [])


def test_only_new_words_of_an_edited_article_are_news(runs):
    new = runs[1]
    articles = new["tables"]["articles"]
    is_last = articles.article == LAST
    changed_hash = articles.assign(sha256=articles.sha256.mask(is_last, "0" * 64))
    news = news_between(with_tables(new, articles=changed_hash), new)
    assert [article.place.article for article in news.edited] == [LAST]
    assert (news.new_names, news.names, news.events, news.themes) == ([], [], [], [])


def test_numbers_are_news_if_an_added_article_contradicts_the_others(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    sentence = "The levee in Ostrand broke on 12 March 2021 and {number} people were evacuated."
    (folder / "a.txt").write_text(sentence.format(number=60) + "\n")
    (folder / "b.txt").write_text("The levee in Ostrand held.\n")
    old = run_of(folder)
    (folder / "b.txt").write_text("The levee in Ostrand held.\n")
    (folder / "c.txt").write_text(
        "Nurses counted again. In Ostrand, 140 people were evacuated on 12 March 2021.\n"
    )
    new = run_of(folder)
    claims = new["tables"]["claims"]
    evacuations = claims.kind == "evacuation"
    assert evacuations.sum() == 2
    one_event = {"label": "evacuation in Ostrand", "status": "same"}
    for column, value in one_event.items():
        claims[column] = claims[column].mask(evacuations, value)
    [numbers] = news_between(old, with_tables(new, claims=claims)).numbers
    assert numbers.event.startswith("evacuation (“")
    assert numbers.thing == "people"
    assert numbers.place.article == "c.txt"
    assert len(numbers.numbers) == 2


def test_shared_text_is_news_if_one_of_the_articles_is_new(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    words = " ".join(f"word{number}" for number in range(40))
    (folder / "a.txt").write_text(f"River rises\n\nThe Lenn rose, and {words}.\n")
    (folder / "b.txt").write_text("Ferry closed\n\nThe ferry stays closed.\n")
    old = run_of(folder)
    (folder / "c.txt").write_text(f"Lenn rises\n\nIt rained. The Lenn rose, and {words}.\n")
    new = run_of(folder)
    [repeat] = news_between(old, new).repeats
    assert repeat.words >= 40
    assert not repeat.is_later  # neither has a date
    assert news_between(new, new).repeats == []
    # Other parameters find repeats in articles that did not change, which is no news of them.
    without = with_tables(new, repeats=new["tables"]["repeats"].iloc[:0])
    assert news_between(without, new).repeats == []


def test_nothing_new_is_no_sentence_and_no_table(runs):
    news = news_between(runs[1], runs[1])
    assert news.is_empty
    assert news == News(*[[] for _ in News._fields])


def test_only_what_the_report_contains_is_linked(runs):
    key = page_key(LAST)
    place = Place(LAST, 5)
    links = ReportLinks("r.html", {f"page-{key}", f"at-{key}-5"})
    assert links.to(place) == f"r.html#at-{key}-5"
    assert links.to(Place(LAST, 6)) == f"r.html#page-{key}"
    assert links.to(Place("other.txt", 5)) == ""


def test_what_was_removed_is_linked_to_the_earlier_report(runs):
    new, old = runs
    key = page_key(LAST)
    old_links = ReportLinks("../old/report.html", {f"page-{key}"})
    links = ReportLinks("report.html", {f"page-{key}"})
    page = changes_page(news_between(old, new), "The flood", links=links, old_links=old_links)
    soup = BeautifulSoup(page, "html.parser")
    assert soup.find("table").find("a")["href"] == f"../old/report.html#page-{key}"


def test_decisions_of_the_analyst_are_separate_from_news_of_the_articles(runs):
    new = runs[1]
    themes = new["codebook"]["themes"]
    codebook = new["codebook"] | {"themes": themes[themes.theme != "damage"]}
    changed = with_tables(new, themes=new["tables"]["themes"].query("label != 'damage'"))
    changed["codebook"] = codebook
    news = news_between(new, changed)
    assert {cause.code for cause in news.causes} == {"codebook_row_removed"}
    numbers_of_findings = sum(cause.findings for cause in news.causes)
    assert numbers_of_findings == (new["tables"]["themes"].label == "damage").sum()
    assert (news.added, news.themes) == ([], [])


def test_another_version_is_mentioned_but_no_news_by_itself(runs):
    new = runs[1]
    versions = [{"versions": {"clippings": version}} for version in ("0.11", "0.12")]
    old, new = (new | {"manifest": manifest} for manifest in versions)
    news = news_between(old, new)
    assert news.versions == ["0.11", "0.12"]
    assert news.is_empty


def test_there_are_at_most_six_sentences_and_causes_are_last(runs):
    news = news_between(*runs)
    dates = [DateNews("A", "", "2021-03-01", "unknown", Place(LAST))]
    numbers = [NumberNews("breach", "people", ["60", "140"], Place(LAST))]
    repeats = [RepeatNews("A", "B", 80, True, Place(LAST))]
    causes = [CauseNews("settings", "MIN_WORDS", 3)]
    full = news._replace(
        edited=news.added,
        removed=news.added,
        dates=dates,
        numbers=numbers,
        repeats=repeats,
        causes=causes,
    )
    sentences = summarize_news(full)
    assert len(sentences) == 6
    assert sentences[0] == summarize_news(news)[0]
    assert sentences[-1:] == summarize_news(news._replace(causes=causes))[-1:]


def test_texts_of_strangers_are_shown_as_text(runs):
    old, new = runs
    evil = '<script>alert(1)</script><title>"'
    articles = new["tables"]["articles"]
    articles = articles.assign(title=articles.title.mask(articles.article == LAST, evil))
    mentions = new["tables"]["mentions"].replace({"label": {"River Lenn Authority": evil}})
    news = news_between(old, with_tables(new, articles=articles, mentions=mentions))
    page = str(changes_page(news, evil, lines=[evil]))
    soup = BeautifulSoup(page, "html.parser")
    assert soup.find_all("script") == []
    assert len(soup.find_all("title")) == 1
    assert evil in soup.h2.find_next("table").get_text()
    assert "default-src 'none'" in page


def test_long_tables_are_folded_and_empty_columns_left_out(runs):
    news = news_between(*runs)
    article = news.added[0]._replace(outlet="", published="2021-03-20")
    many = news._replace(names=[news.names[0]] * 25, added=[article])
    soup = BeautifulSoup(changes_page(many, "The flood"), "html.parser")
    [first, *_] = soup.find_all("table")
    assert [cell.get_text() for cell in first.thead.find_all("th")] == ["article", "published"]
    assert first.find_next_sibling("details") is None
    [folded] = [table for table in soup.find_all("table") if len(table.find_all("tr")) == 26]
    assert "all-rows" in folded.find_next_sibling("details")["class"]


# Reports of other versions


COLUMNS_OF_OLD_VERSIONS = {
    "claims": ["kind", "place", "duplicate_status"],
    "mentions": ["type", "role"],
    "articles": ["title", "outlet", "problem", "published_from", "published_to"],
    "topics": ["label"],
    "quotes": ["source_type"],
}


@pytest.mark.parametrize("is_edited", [False, True])
def test_a_report_of_another_version_can_lack_columns_and_tables(runs, is_edited):
    """What cannot be compared does not count as new."""
    old, new = runs
    articles = old["tables"]["articles"]
    if is_edited:
        old = with_tables(old, articles=articles.assign(sha256="0" * 64))
    complete = news_between(old, new)
    poorer = {
        table: old["tables"][table].drop(columns=columns)
        for table, columns in COLUMNS_OF_OLD_VERSIONS.items()
    }
    without_columns = news_between(with_tables(old, **poorer), new)
    tables = {"articles": old["tables"]["articles"], "passages": old["tables"]["passages"]}
    without_tables = news_between(old | {"tables": tables}, new)
    for news in (without_columns, without_tables):
        assert [article.place for article in news.added] == [
            article.place for article in complete.added
        ]
        assert len(news.new_names) == len(complete.new_names)
        assert len(news.new_events) == len(complete.new_events)


def test_an_error_names_the_column_without_which_reports_cannot_be_compared(runs):
    old, new = runs
    claims = old["tables"]["claims"].drop(columns="status")
    with pytest.raises(BadInput, match=r"claims.*status"):
        find_changes(with_tables(old, claims=claims), new)


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

    others = {
        "notes": b"my own notes",
        "an edited page": first.replace(b"<h1>", b"<h1>My ", 1),
        "a page that quotes the mark": b"<!-- " + first.split(b"<title>")[0] + b" -->",
    }
    for name, content in others.items():
        page.write_bytes(content)
        capsys.readouterr()
        assert main(["diff", "--html", str(page), old, new]) == FAILED, name
        assert page.name in capsys.readouterr().err
        assert page.read_bytes() == content


def test_links_and_folders_are_never_replaced(reports, tmp_path, capsys):
    old, new = map(str, reports)
    page = tmp_path / "page.html"
    assert main(["diff", "--html", str(page), old, new]) == DIFFERENT
    link = tmp_path / "link.html"
    link.symlink_to(page)
    for path in (link, reports[0]):
        capsys.readouterr()
        assert main(["diff", "--html", str(path), old, new]) == FAILED
        assert path.name in capsys.readouterr().err
    assert link.is_symlink()


def test_a_report_without_a_page_is_an_error(reports, tmp_path, capsys):
    old, new = reports
    (new / "report.html").unlink()
    page = tmp_path / "page.html"
    assert main(["diff", "--html", str(page), str(old), str(new)]) == FAILED
    assert "report.html" in capsys.readouterr().err
    assert not page.exists()
