"""Publication dates from files, pages, addresses and file names, and contradictions among them."""

import pandas as pd
import pytest

import clippings as cl
from clippings.corpus import problems
from clippings.corpus.dating import stated_days
from clippings.corpus.page_dates import PageDates

TITLE = "Harbour road in Ostrand closed after wall collapses"
STORY = (
    "The road to the harbour of Ostrand will stay closed until the end of the month after part of"
    " a wall collapsed on Monday night, the council said.\n\n“We cannot take the risk,” said Anna"
    " Bell, who leads the council. “The next storm could bring down the rest of the wall.”\n\nTwo"
    " shops were damaged, and forty people were asked to leave their homes."
)


def page(line: str = "", number: int = 0) -> str:
    return f"{TITLE}\n\n{line}\n\n{STORY} House {number} was spared, she said."


def read(folder, **pages: str) -> pd.DataFrame:
    """Read the articles of a folder; "__" in a name stands for a full stop, "_0_" for a slash."""
    for number, (name, text) in enumerate(pages.items()):
        path = folder / name.replace("_0_", "/").replace("__", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("NUMBER", str(number)), encoding="utf-8")
    return cl.read_articles(folder).set_index("article")


def days_of(articles: pd.DataFrame, article: str) -> tuple:
    row = articles.loc[article]
    return tuple(
        "" if pd.isna(day) else f"{day:%Y-%m-%d}" for day in (row.published_from, row.published_to)
    )


DAY = ("2021-03-16", "2021-03-16")

NAMES = {
    "2021-03-16_road-closed.txt": DAY,
    "2021-03-16 Road closed.txt": DAY,
    "20210316_road.html": DAY,
    "ostrand_post_20210316.html": DAY,
    "16.03.2021 Road closed.txt": DAY,
    "Road closed 16 March 2021.txt": DAY,
    "16-Mar-2021 Road closed.txt": DAY,
    "2021/03/16/road-closed.txt": DAY,
    "post/2021-03-16/1.txt": DAY,
    "pages.zip/2021-03-16_road.txt": DAY,
    "16_03_2021_road.txt": None,
    "road.txt": None,
    "What 11 September 2001 changed.txt": None,
    "feed_2021-03-16.csv#12": None,
    "export-2021-03-16.txt": None,
    "Factiva-20210316-1015.rtf": None,
    "2021-03-16_2021-03-20.txt": None,
    "road-12345678.txt": None,
    "2021-02-30.txt": None,
    "003_7c8dcfff9265bc1d.txt": None,
}

ADDRESSES = {
    "https://post.example/2021/03/16/road-closed": DAY,
    "https://post.example/news/2021-03-16/road": DAY,
    "https://post.example/news/road-closed-20210316.html": DAY,
    "https://post.example/news/2021/mar/16/road": DAY,
    "https://post.example/2021/3/16/road?from=2019-01-01": DAY,
    "https://post.example/2021/03/road-closed": ("2021-03-01", "2021-03-31"),
    "https://post.example/2021/12/road-closed": ("2021-12-01", "2021-12-31"),
    "https://post.example/story/20213161": None,
    "https://post.example/road": None,
    "https://post.example/2021/03/16/after-2021/04/02": None,
    "http://[broken": None,
}


def test_names_of_files_and_folders_are_read():
    wrong = {}
    for name, right in NAMES.items():
        days = [(str(day.earliest), str(day.latest)) for day in stated_days(name, "", PageDates())]
        if days != ([right] if right else []):
            wrong[name] = days
    assert wrong == {}


def test_addresses_are_read():
    wrong = {}
    for address, right in ADDRESSES.items():
        stated = stated_days("a.txt", address, PageDates())
        days = [(str(day.earliest), str(day.latest)) for day in stated]
        if days != ([right] if right else []):
            wrong[address] = days
    assert wrong == {}


def test_the_page_goes_before_its_address_and_the_address_before_the_name(tmp_path):
    saved_from = "Saved from https://post.example/2021/03/17/road"
    articles = read(
        tmp_path,
        **{
            "2021-03-20_a.txt": f"{saved_from}\n\n{page('Published 16 March 2021', 1)}",
            "2021-03-20_b.txt": f"{saved_from}\n\n{page('', 2)}",
            "2021-03-20_c.txt": page("", 3),
        },
    )
    assert days_of(articles, "2021-03-20_a.txt") == DAY
    assert days_of(articles, "2021-03-20_b.txt") == ("2021-03-17", "2021-03-17")
    assert days_of(articles, "2021-03-20_c.txt") == ("2021-03-20", "2021-03-20")
    assert articles.dated_by["2021-03-20_c.txt"] == "file_name"


def test_what_contradicts_the_day_is_named(tmp_path):
    articles = read(
        tmp_path,
        **{
            "2021-04-02_a.txt": page("Published 16 March 2021", 1),
            "2021-03-17_b.txt": page("Published 16 March 2021", 2),
        },
    )
    assert set(articles.dated_by) == {"page"}
    assert articles.dates_against["2021-04-02_a.txt"] == "file_name 2021-04-02"
    assert articles.dates_against["2021-03-17_b.txt"] == ""  # a day is a zone of time
    table = articles.reset_index()
    repairs = cl.propose_repairs(table, cl.find_passages(table))
    disagree = repairs[repairs.oddity == "dates_disagree"]
    assert disagree.article.to_list() == ["2021-04-02_a.txt"]


def test_a_file_that_was_named_when_it_was_saved_is_not_dated_by_its_name(tmp_path):
    saved = "Saved on 2 April 2022"
    articles = read(tmp_path, **{"2022-04-02_a.txt": f"{saved}\n\n{page()}"})
    assert days_of(articles, "2022-04-02_a.txt") == ("", "")
    assert f"{articles.saved.iloc[0]:%Y-%m-%d}" == "2022-04-02"


def test_the_order_of_day_and_month_is_that_of_the_outlet_then_of_the_corpus(tmp_path):
    (tmp_path / "codebook").mkdir()
    (tmp_path / "codebook" / "outlets.csv").write_text(
        "outlet,pattern,agency\nOstrand Post,Ostrand Post,\nTolmere Echo,Tolmere Echo,\n"
    )
    articles = read(
        tmp_path,
        a__txt=page("Ostrand Post\n03/04/2021", 1),
        b__txt=page("Ostrand Post\n16/04/2021", 2),
        c__txt=page("Tolmere Echo\n03/04/2021", 3),
        d__txt=page("Tolmere Echo\n04/16/2021", 4),
        e__txt=page("03/04/2021", 5),
    )
    assert days_of(articles, "a.txt") == ("2021-04-03", "2021-04-03")
    assert days_of(articles, "c.txt") == ("2021-03-04", "2021-03-04")
    assert days_of(articles, "e.txt") == ("2021-03-04", "2021-04-03")  # the corpus is mixed
    table = articles.reset_index()
    repairs = cl.propose_repairs(table, cl.find_passages(table))
    assert repairs[repairs.oddity == "doubtful_date"].article.to_list() == ["e.txt"]


def test_an_open_order_is_decided_by_the_address_or_name(tmp_path):
    articles = read(
        tmp_path,
        **{"2021-04-03.txt": page("03/04/2021", 1), "b.txt": page("03/04/2021", 2)},
    )
    assert days_of(articles, "2021-04-03.txt") == ("2021-04-03", "2021-04-03")
    assert days_of(articles, "b.txt") == ("2021-03-04", "2021-04-03")


def test_an_update_near_the_headline_is_the_day_and_at_the_foot_a_bound(tmp_path):
    articles = read(
        tmp_path,
        **{
            "a.txt": page("Updated 5:27 am, March 16, 2021", 1),
            "b.txt": f"{page('By Anna Bell', 2)}\n\nPage last updated: 5 May 2023",
            "2021-03-16_c.txt": page("Updated March 18, 2021", 3),
        },
    )
    assert days_of(articles, "a.txt") == DAY
    assert days_of(articles, "b.txt") == ("", "2023-05-05")
    assert days_of(articles, "2021-03-16_c.txt") == DAY
    assert f"{articles.updated['2021-03-16_c.txt']:%Y-%m-%d}" == "2021-03-18"


def test_a_dateline_takes_its_year_from_address_or_name(tmp_path):
    dateline = f"{TITLE}\n\nOSTRAND, March 16 (Northern Wire) – {STORY}"
    articles = read(
        tmp_path,
        **{"wire_2021_a.txt": f"{dateline} One.", "b.txt": f"{dateline} Two."},
    )
    assert days_of(articles, "wire_2021_a.txt") == DAY
    assert days_of(articles, "b.txt") == ("", "")


@pytest.mark.parametrize("stated", ["16 March 2021", "Tuesday, March 16, 2021", "2021/03/16"])
def test_a_column_goes_before_the_page(tmp_path, stated):
    text = page("Published 20 March 2021").replace("\n", " ").replace('"', "")
    (tmp_path / "a.csv").write_text(f'text,date\n"{text}","{stated}"\n', encoding="utf-8")
    articles = cl.read_articles(tmp_path).set_index("article")
    assert days_of(articles, "a.csv#1") == DAY
    assert (articles.dated_by.iloc[0], articles.date_note.iloc[0]) == ("column", "column date")


def test_a_column_with_an_open_order_has_both_days(tmp_path):
    (tmp_path / "a.csv").write_text('text,date\n"The road is closed, she said.",03/04/2021\n')
    articles = cl.read_articles(tmp_path).set_index("article")
    assert days_of(articles, "a.csv#1") == ("2021-03-04", "2021-04-03")
    assert articles.dated_by.iloc[0] == "column"
    assert articles.date_note.iloc[0] == problems.date_order_not_known("column date", "03/04/2021")


def test_a_printed_day_with_a_label_goes_before_a_contrary_one_in_the_code_of_the_page(tmp_path):
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in STORY.split("\n\n"))
    declared = '<meta property="article:published_time" content="DAY">'
    html = (
        f"<html><head><title>{TITLE}</title>{declared}</head><body><article><h1>{TITLE}</h1>"
        f"<p>Published 16 March 2021 by Anna Bell in Ostrand</p>{paragraphs}</article></body></html>"
    )
    for name, day in {"moved.html": "2023-09-01", "zone.html": "2021-03-17"}.items():
        (tmp_path / name).write_text(html.replace("DAY", day), encoding="utf-8")
    articles = cl.read_articles(tmp_path).set_index("article")
    assert days_of(articles, "moved.html") == DAY
    assert articles.dates_against["moved.html"] == "metadata 2023-09-01"
    assert days_of(articles, "zone.html") == ("2021-03-17", "2021-03-17")


def test_the_codebook_goes_before_everything(tmp_path):
    (tmp_path / "codebook").mkdir()
    (tmp_path / "codebook" / "articles.csv").write_text(
        "article,published_from,published_to,outlet,url\na.txt,2020-01-01,2020-01-31,,\n"
    )
    articles = read(tmp_path, a__txt=page("Published 16 March 2021"))
    assert days_of(articles, "a.txt") == ("2020-01-01", "2020-01-31")
    assert articles.dated_by["a.txt"] == "codebook"
