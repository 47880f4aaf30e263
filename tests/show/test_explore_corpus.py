"""The view that searches and filters a whole corpus, and the selection behind it."""

import re

import pandas as pd
import pytest

import clippings as cl
from clippings.core.errors import BadInput
from clippings.core.tables import STORY
from clippings.show import wording
from clippings.show.widgets import Special, View
from helpers import articles_of

EMPTY_BOOK = cl.read_codebook("")


def control(view: View, words: str):
    """A control of a view by its words."""
    return next(child for child in view.children[0].children if child.description == words)


def number_shown(view: View) -> int:
    """The number of passages that the view states."""
    return int(re.search(r'role="note">(\d+)', view.children[3].value)[1])


def evaluated(view: View, tables: dict) -> pd.DataFrame:
    """The rows that the code of a view selects."""
    scope = {"cl": cl, "tables": tables}
    selecting, showing = view.children[4].value.splitlines()
    exec(selecting, scope)  # the code is our own
    shown = showing.removeprefix("cl.show_evidence(").partition(', tables["articles"]')[0]
    return eval(shown, scope)


def test_conditions_are_combined(flood):
    tables = flood[2]
    story = tables["passages"][tables["passages"].label.isin(STORY)]
    every = cl.filter_passages(tables, duplicates=True)
    assert len(every) == len(story)
    assert 0 < len(cl.filter_passages(tables)) < len(every)

    selected = cl.filter_passages(
        tables, outlet="Coast Courier", theme="damage", actor="River Lenn Authority"
    )
    assert len(selected)
    mentions = tables["mentions"].query("label == 'River Lenn Authority'")
    themes = tables["themes"].query("label == 'damage'")
    outlets = flood[0].set_index("article").outlet
    for passage in selected.itertuples():
        assert outlets[passage.article] == "Coast Courier"
        for rows in (mentions, themes):
            inside = rows[(rows.article == passage.article)].start.between(
                passage.start, passage.end - 1
            )
            assert inside.any()
    words = cl.filter_passages(tables, outlet="Coast Courier", words="levee")
    assert words.text.str.casefold().eq("levee").all()
    assert set(words.article) <= set(outlets.index[outlets == "Coast Courier"])


def test_only_articles_that_are_certainly_from_the_days_are_selected():
    days = pd.to_datetime(pd.Series(["2021-03-01", "2021-03-15", None])).astype("datetime64[s]")
    articles = articles_of("The levee broke.", "The levee held.", "The levee stood.")
    articles = articles.assign(published_from=days, published_to=days)
    articles.loc[1, "published_to"] = pd.Timestamp("2021-04-02")
    tables = cl.find_all(articles, EMPTY_BOOK)

    def names(**conditions) -> list[str]:
        return cl.filter_passages(tables, **conditions).article.to_list()

    assert names() == ["a0.txt", "a1.txt", "a2.txt"]
    assert names(first_day="2021-03-01") == ["a0.txt", "a1.txt"]
    assert names(first_day="2021-03-02") == ["a1.txt"]
    assert names(last_day="2021-03-31") == ["a0.txt"]
    assert names(first_day="2021-05-01") == []


@pytest.mark.parametrize(
    ("condition", "named"),
    [
        ({"outlet": "Evening Echo"}, "Evening Echo"),
        ({"actor": "Nobody"}, "Nobody"),
        ({"theme": "nothing"}, "nothing"),
        ({"first_day": "soon"}, "soon"),
        ({"words": "("}, "regular expression"),
    ],
)
def test_a_condition_that_nothing_can_meet_is_named(flood, condition, named):
    with pytest.raises(BadInput, match=re.escape(named)):
        cl.filter_passages(flood[2], **condition)


def test_the_view_counts_what_its_code_selects(flood):
    tables = flood[2]
    view = cl.explore_corpus(tables)
    every = number_shown(view)
    assert every == len(evaluated(view, tables)) == len(cl.filter_passages(tables))
    control(view, wording.QUERY_CONTROL).value = "levee"
    with_levee = number_shown(view)
    assert 0 < with_levee == len(evaluated(view, tables))
    control(view, wording.ACTOR_FILTER_CONTROL).value = "River Lenn Authority"
    assert 0 < number_shown(view) == len(evaluated(view, tables)) < with_levee
    control(view, wording.ACTOR_FILTER_CONTROL).value = ""
    control(view, wording.OUTLET_CONTROL).value = "Coast Courier"
    article = control(view, wording.ARTICLE_CONTROL)
    article.value = article.options[1].value
    rows = evaluated(view, tables)
    assert number_shown(view) == len(rows) > 0
    assert set(rows.article) == {article.value}


def test_an_article_is_offered_only_while_it_is_selected(flood):
    view = cl.explore_corpus(flood[2])
    article = control(view, wording.ARTICLE_CONTROL)
    article.value = "01_river_rises.txt"
    control(view, wording.OUTLET_CONTROL).value = "Coast Courier"
    assert "01_river_rises.txt" not in [option.value for option in article.options]
    assert article.value is Special.ALL


def test_an_unknown_name_is_reported_and_the_view_goes_on(flood):
    view = cl.explore_corpus(flood[2])
    every = number_shown(view)
    control(view, wording.ACTOR_FILTER_CONTROL).value = "Nobody"
    assert 'role="alert"' in view.children[3].value
    assert "Nobody" in view.children[3].value
    control(view, wording.ACTOR_FILTER_CONTROL).value = ""
    assert number_shown(view) == every


def test_what_is_not_known_is_not_offered():
    view = cl.explore_corpus(cl.find_all(articles_of("It rained.", outlet=""), EMPTY_BOOK))
    labels = [child.description for child in view.children[0].children]
    assert labels == [
        wording.QUERY_CONTROL,
        wording.ARTICLE_CONTROL,
        wording.DUPLICATES_CONTROL,
    ]
    assert number_shown(view) == 1


def test_counts_of_months_and_duplicates(flood):
    view = cl.explore_corpus(flood[2])
    every = number_shown(view)
    control(view, wording.DUPLICATES_CONTROL).value = True
    assert number_shown(view) > every
