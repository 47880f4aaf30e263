"""The small charts beside the summary, and the accounts of events side by side."""

import pandas as pd

import clippings as cl
from clippings.core.tables import cited
from helpers import articles_of

EMPTY_BOOK = cl.read_codebook("")


def rows_of(highlights: pd.DataFrame, chart: str) -> pd.DataFrame:
    return highlights[highlights.chart == chart]


def test_each_bar_counts_the_rows_that_it_cites(corpus):
    tables = corpus[2]
    highlights = cl.count_highlights(tables)
    assert {"actors", "themes", "speakers"} <= set(highlights.chart)
    for bar in highlights.itertuples():
        counted = tables[bar.table].loc[cited(bar.rows)]
        if bar.chart == "speakers":
            assert set(counted.label) == {bar.label}
        else:
            assert counted.article.nunique() == bar.number
    for _, chart in highlights.groupby("chart"):
        assert chart.number.is_monotonic_decreasing


def dated(*days: str) -> pd.DataFrame:
    """Bars of the publication dates of articles."""
    days = pd.to_datetime(pd.Series(days, dtype="object"))
    articles = articles_of(*["The river rose."] * len(days))
    articles = articles.assign(published_from=days, published_to=days)
    return cl.count_highlights(cl.find_all(articles, EMPTY_BOOK))


def test_articles_are_counted_by_day_month_or_year_of_publication():
    cases = {
        "days": ["2021-03-01", "2021-03-03"],
        "months": ["2021-03-01", "2021-05-03"],
        "years": ["2018-03-01", "2021-05-03", "2021-06-03"],
    }
    bars = {chart: rows_of(dated(*days), chart) for chart, days in cases.items()}
    assert bars["days"].label.to_list() == ["2021-03-01", "2021-03-03"]
    assert bars["months"].label.to_list() == ["2021-03", "2021-05"]
    assert bars["years"].label.to_list() == ["2018", "2021"]
    assert bars["years"].number.to_list() == [1, 2]


def test_a_chart_of_one_bar_and_undated_articles_are_left_out():
    assert dated("2021-03-01", "2021-03-01").empty
    assert rows_of(dated("2021-03-01", "2021-03-02", None), "days").number.sum() == 2


def test_no_article_has_no_highlights_and_no_accounts():
    tables = cl.find_all(articles_of(""), EMPTY_BOOK)
    highlights = cl.count_highlights(tables)
    assert highlights.empty
    assert cl.show_highlights(highlights, tables).plain == ""
    accounts = cl.count_accounts(tables)
    assert accounts.empty
    assert "<table" not in cl.show_accounts(accounts, tables["articles"]).html


def test_every_account_is_a_sentence_of_its_article_with_the_mention(corpus):
    tables = corpus[2]
    texts = dict(zip(tables["articles"].article, tables["articles"].text, strict=True))
    accounts = cl.count_accounts(tables)
    assert accounts.groupby("label").article.nunique().min() > 1
    for row in accounts.itertuples():
        assert texts[row.article][row.start : row.end] == row.text
        assert row.start <= row.mention_start < row.mention_end <= row.end
    numbers = [number for cell in accounts.numbers for number in cell.split("; ") if number]
    assert numbers
    for row in accounts.itertuples():
        words = " ".join(texts[row.article].split())
        assert all(number in words for number in row.numbers.split("; "))


def test_views_show_words_of_articles_as_text(corpus):
    articles, _, tables = corpus
    evil = "<script>alert(1)</script>"
    accounts = cl.count_accounts(tables).assign(text=evil, start=0, mention_start=0)
    accounts = accounts.assign(mention_end=len(evil))
    highlights = cl.count_highlights(tables).assign(label=evil)
    views = [cl.show_accounts(accounts, articles), cl.show_highlights(highlights, tables)]
    assert all("<script" not in view.html for view in views)
    assert all("&lt;script" in view.html for view in views)
