"""Names of articles: titles, first words, and ids."""

import pandas as pd

import clippings as cl
from clippings.core.wording import opening_words, shorten
from helpers import articles_of


def test_an_article_without_a_title_is_named_by_its_first_words():
    articles = articles_of("The river rose again on Monday night.", "It fell.", "").assign(title="")
    names = [cl.article_name(articles, article) for article in articles.article]
    assert names == ["The river rose again on Monday …", "It fell", "a2.txt"]
    assert cl.add_titles(articles[["article"]], articles).title.to_list() == names
    assert cl.article_name(articles, "unknown.txt") == "unknown.txt"


def test_articles_with_the_same_title_or_first_words_are_distinguished():
    text = "The river rose again on Monday night."
    untitled = articles_of(text, text, "It fell.").assign(title="")
    titles = cl.add_titles(untitled[["article"]], untitled).title
    assert titles.is_unique
    assert titles[0].endswith("(a0.txt)")
    titled = untitled.assign(title=["River rises", "River rises", "It fell"])
    assert cl.add_titles(titled[["article"]], titled).title.is_unique


def test_first_words_of_a_long_text_are_found_at_once():
    assert opening_words("x" * 10_000_000) == "x" * 500
    assert opening_words("“We will go,” she said, “and never come back.”") == (
        "We will go, she said, and …"
    )


def test_a_text_is_shortened_between_words_if_it_has_any():
    assert shorten("The levee of Ostrand broke", 16) == "The levee of…"
    assert shorten("The levee of Ostrand broke", 13) == "The levee of…"
    assert shorten("x" * 100, 10) == "x" * 9 + "…"
    assert shorten("A " + "x" * 100, 10) == "A " + "x" * 7 + "…"


def test_equal_titles_are_distinguished_by_outlet_or_date_or_id():
    articles = articles_of("The levee broke.", "The levee held.").assign(title="Morning news")
    same_outlet = articles.assign(outlet="Lund Post")
    days = pd.to_datetime(pd.Series(["2021-03-01", "2021-03-02"])).astype("datetime64[s]")
    dated = same_outlet.assign(published_from=days, published_to=days)
    same_day = same_outlet.assign(published_from=days[0], published_to=days[0])
    of_range = dated.assign(published_to=days[1])
    expected = {
        "outlets": (articles.assign(outlet=["Lund Post", "Echo"]), ["Lund Post", "Echo"]),
        "one unknown outlet": (articles.assign(outlet=["Lund Post", ""]), ["a0.txt", "a1.txt"]),
        "one outlet": (same_outlet, ["a0.txt", "a1.txt"]),
        "dates": (dated, ["2021-03-01", "2021-03-02"]),
        "one date": (same_day, ["a0.txt", "a1.txt"]),
        "a range of dates": (of_range, ["a0.txt", "a1.txt"]),
    }
    wrong = {}
    for case, (table, details) in expected.items():
        titles = cl.add_titles(table[["article"]], table).title.to_list()
        if titles != [f"Morning news ({detail})" for detail in details]:
            wrong[case] = titles
    assert wrong == {}
