"""The interactive view with which an exploration begins: search and filter a whole corpus."""

from typing import NamedTuple

import ipywidgets as W
import pandas as pd
from markupsafe import Markup

from clippings.core.tables import STORY
from clippings.core.wording import add_titles, count_noun, date_range
from clippings.corpus.counts import count_words
from clippings.selection import Conditions, PassageFilter
from clippings.show import wording
from clippings.show.evidence import show_evidence
from clippings.show.html import cite_place, render
from clippings.show.widgets import (
    ALL_OPTION,
    MAX_PASSAGES,
    Content,
    Option,
    Special,
    View,
    label_options,
    make_choice,
    make_month_slider,
    make_suggestions,
    make_text,
    months_between,
    offer_options,
    with_pages,
)

MAX_ARTICLES = 20  # in the table above the passages; the control offers all of them


class _ArticleCount(NamedTuple):
    """An article with the number of its selected passages."""

    place: Markup
    outlet: str
    published: str
    words: int
    passages: int


def explore_corpus(tables: dict[str, pd.DataFrame]) -> View:
    """Search all articles, filter them by outlet, date, actor and theme, and read what is found.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        Tables of `find_all`.

    Returns
    -------
    View
        Controls: words, outlet, months of publication, actor, theme (a topic if the codebook has no
        themes), article, whether duplicates are included. Controls for which nothing is known are
        omitted. The view shows how many passages there are in which articles, the passages, and
        the pages of the first articles. Its code calls `filter_passages`.

    Notes
    -----
    At most 50 passages and 20 articles are shown; choose an article to see its passages. The 300
    most frequent actors are suggested, but every actor can be entered.

    Examples
    --------
    >>> import clippings as cl
    >>> tables = cl.find_all(*cl.load_example())
    >>> cl.explore_corpus(tables)
    rows = cl.filter_passages(tables)
    cl.show_evidence(rows, tables["articles"], n=50)
    """
    view = _CorpusView(tables)
    return View(view.show, view.controls)


class _CorpusView:
    """The passages of a corpus, and the controls that select them."""

    def __init__(self, tables: dict[str, pd.DataFrame]):
        self.passages = PassageFilter(tables)
        articles = tables["articles"]
        self.articles = articles[articles.problem == ""]
        self.titles = add_titles(self.articles, self.articles).set_index("article").title
        story = tables["passages"][tables["passages"].label.isin(STORY)]
        self.words = count_words(story, by=["article"]).set_index("article").words
        self.article_control = make_choice(wording.ARTICLE_CONTROL, [ALL_OPTION])
        self.months = months_between(self.articles.published_from, self.articles.published_to)
        self.controls = self._controls()

    def _controls(self) -> dict[str, W.Widget]:
        """Return the controls for which there is something to choose."""
        controls: dict[str, W.Widget] = {"words": make_text(wording.QUERY_CONTROL)}
        outlets = self.articles.outlet
        if (outlets != "").any():
            options = [ALL_OPTION, *label_options(outlets)]
            controls["outlet"] = make_choice(wording.OUTLET_CONTROL, options)
        if len(self.months) > 1:
            controls["between"] = make_month_slider(wording.PUBLISHED_CONTROL, self.months)
        actors = self.passages.labels("actor").sort_values(ascending=False, kind="stable")
        if not actors.empty:
            controls["actor"] = make_suggestions(
                wording.ACTOR_FILTER_CONTROL, actors.index.to_list()
            )
        themes = self.passages.labels("theme").sort_values(ascending=False, kind="stable")
        if not themes.empty:
            options = [
                Option(wording.OPTION_COUNT.format(label=label, number=number), label)
                for label, number in themes.items()
            ]
            controls["theme"] = make_choice(wording.THEME_FILTER_CONTROL, [ALL_OPTION, *options])
        controls["article"] = self.article_control
        controls["duplicates"] = W.Checkbox(
            description=wording.DUPLICATES_CONTROL, value=False, indent=False
        )
        return controls

    def show(self, article: str | Special, **choices) -> Content:
        """Return the passages that the controls select, with their numbers by article."""
        conditions = self._conditions(choices)
        rows = self.passages.select(Conditions(**conditions))
        counts = rows.article.value_counts()
        counts = counts.reindex([name for name in self.articles.article if name in counts.index])
        article = offer_options(self.article_control, self._article_options(counts))
        listed = rows if article is Special.ALL else rows[rows.article == article]
        number = wording.PASSAGES_IN_ARTICLES.format(
            passages=count_noun(len(listed), wording.OCCURRENCE if choices["words"] else "passage"),
            part=listed.article.nunique(),
            articles=count_noun(len(self.articles), "article"),
        )
        parts = [
            render("message", role="note", text=number),
            self._table_of(rows, counts),
            show_evidence(listed, self.articles, n=MAX_PASSAGES),
        ]
        html = with_pages(Markup("").join(parts), self.articles, listed[:MAX_PASSAGES])
        return Content(html, _code(conditions, article))

    def _conditions(self, choices: dict) -> dict:
        """Return the arguments of `filter_passages` that differ from their defaults."""
        conditions = {}
        for name in ("words", "actor", "duplicates"):
            if choices.get(name):
                conditions[name] = choices[name]
        for name in ("outlet", "theme"):
            if choices.get(name, Special.ALL) is not Special.ALL:
                conditions[name] = choices[name]
        first, last = choices.get("between", (None, None))
        if first is not None and (first, last) != (self.months[0], self.months[-1]):
            conditions["first_day"] = f"{first}-01"
            conditions["last_day"] = str(pd.Period(last).end_time.date())
        return conditions

    def _article_options(self, counts: pd.Series) -> list[Option]:
        """List the articles that contain selected passages, those with most passages first."""
        largest_first = counts.sort_values(ascending=False, kind="stable")
        options = [
            Option(wording.OPTION_COUNT.format(label=self.titles[name], number=number), name)
            for name, number in largest_first.items()
        ]
        return [ALL_OPTION, *options]

    def _table_of(self, rows: pd.DataFrame, counts: pd.Series) -> Markup:
        """Return a table of the first articles, in the order of the passages below it.

        The titles lead to the pages that are shown.
        """
        first_rows = rows.drop_duplicates("article").set_index("article")
        articles = self.articles.set_index("article")
        lines = []
        for name, number in counts.head(MAX_ARTICLES).items():
            first = first_rows.loc[name]
            article = articles.loc[name]
            lines.append(
                _ArticleCount(
                    cite_place(self.articles, name, first.start, first.end, self.titles[name]),
                    article.outlet,
                    date_range(article.published_from, article.published_to),
                    int(self.words.get(name, 0)),
                    int(number),
                )
            )
        return render(
            "corpus_counts",
            headings=wording.CORPUS_COLUMNS,
            rows=lines,
            has_outlets=any(line.outlet for line in lines),
            has_dates=any(line.published for line in lines),
            others=len(counts) - len(lines),
        )


def _code(conditions: dict, article: str | Special) -> str:
    """Return the code that shows the same passages."""
    arguments = ", ".join(["tables", *[f"{name}={value!r}" for name, value in conditions.items()]])
    shown = "rows" if article is Special.ALL else f"rows[rows.article == {article!r}]"
    return (
        f"rows = cl.filter_passages({arguments})\n"
        f'cl.show_evidence({shown}, tables["articles"], n={MAX_PASSAGES})'
    )
