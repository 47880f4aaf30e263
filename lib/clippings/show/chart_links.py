"""Link the marks of a chart to their passages, and passages to their positions on a page."""

from base64 import b64encode
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qs

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from clippings.core.tokens import folded_words
from clippings.core.wording import count_noun
from clippings.show import wording
from clippings.show.article_page import show_article
from clippings.show.evidence import quoted_rows, show_evidence, show_reasons
from clippings.show.figure import CSS_PIXELS_PER_INCH, ChartMark, draw_picture, marks_of
from clippings.show.html import HtmlView, link_places, page_key, render, visible
from clippings.themes.term_words import words_of_term

MAX_PASSAGES = 6  # listed for one mark
MAX_PAGES = 5  # below a chart
ARTICLE_COLUMNS = ("article", "group")  # columns of a link with ids of articles
NAMELESS_COLUMNS = ("start", "end", "anonymous")  # columns of a link that mean nothing to a reader

# The conditions in the link of a mark: columns of the evidence with their values.
Conditions = Mapping[str, list[str]]


class MarkEvidence(NamedTuple):
    """The rows that a mark is based on."""

    contents: str  # in words: "3 passages"
    view: HtmlView
    rows: pd.DataFrame


class UnfoldingMark(NamedTuple):
    """A mark of a picture, with the content that a click unfolds; positions in CSS pixels."""

    hint: str
    left: int
    top: int
    width: int
    height: int
    evidence: HtmlView


def show_chart(
    figure: Figure, counts: pd.DataFrame, evidence: pd.DataFrame, articles: pd.DataFrame
) -> HtmlView:
    """Show a chart whose marks show their passages when clicked.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        A chart returned by a `chart_` function.
    counts : pandas.DataFrame
        The table from which it was drawn.
    evidence : pandas.DataFrame
        The rows that the counts are based on. For a timeline, `counts` is the table `dates` and
        `evidence` the table `constraints`.
    articles : pandas.DataFrame
        The articles.

    Returns
    -------
    HtmlView
        The picture, the passages of its marks (collapsed), and the pages of the corresponding
        articles. The view requires no script and no style sheet, so it also works in untrusted
        notebooks, but without links to the pages.

    Notes
    -----
    At most 6 passages are listed for a mark, and at most 5 pages are shown.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> zones = cl.count_words(passages, by=["article", "label"])
    >>> chart = cl.show_chart(cl.chart_zones(zones), zones, passages, articles)
    >>> chart.html.count("<summary")  # marks that unfold
    20
    """
    marks = []
    cited_rows = []
    for mark in marks_of(figure):
        conditions = parse_qs(mark.link, keep_blank_values=True)
        mark_evidence = behind_mark(counts, evidence, conditions, articles)
        if mark_evidence is None:
            continue
        marks.append(_unfolding_mark(mark, conditions, mark_evidence))
        cited_rows.append(quoted_rows(mark_evidence.rows[:MAX_PASSAGES]))

    all_cited = pd.concat(cited_rows) if cited_rows else evidence[:0]
    shown_articles = all_cited.article.drop_duplicates()[:MAX_PAGES]
    html = render(
        "chart",
        picture=b64encode(draw_picture(figure, "png")).decode(),
        alt=figure.get_label(),
        width=round(figure.bbox_inches.width * CSS_PIXELS_PER_INCH),
        marks=marks,
        pages=[show_article(articles, article, all_cited) for article in shown_articles],
    )
    # Anchors are derived from the content, so that they differ between the charts of a notebook.
    return HtmlView(link_places(html, f"m{page_key(html)}"), figure.get_label())


def _unfolding_mark(
    mark: ChartMark, conditions: Conditions, mark_evidence: MarkEvidence
) -> UnfoldingMark:
    """Return a mark with the passages that it unfolds."""
    hint = describe_mark(conditions, mark_evidence.contents)
    return UnfoldingMark(
        hint=visible(hint),
        left=round(mark.left),
        top=round(mark.top),
        width=round(mark.width),
        height=round(mark.height),
        evidence=mark_evidence.view,
    )


def describe_mark(
    conditions: Conditions, contents: str, titles: Mapping[str, str] | None = None
) -> str:
    """Describe a mark of a chart for readers who point at it or do not see it.

    Parameters
    ----------
    conditions : mapping of str to list of str
        The conditions in the mark's link: columns and their permitted values.
    contents : str
        What the mark leads to, such as "3 passages".
    titles : mapping of str to str, optional
        The titles of articles by their ids. Articles without a title are given by id.

    Returns
    -------
    str
        The values of the conditions, followed by the contents.

    Examples
    --------
    >>> describe_mark({"label": ["body"], "article": ["a.txt"]}, "3 passages", {"a.txt": "Rain"})
    'body · Rain: 3 passages'
    """
    names = []
    for column, values in conditions.items():
        if column in ARTICLE_COLUMNS and titles:
            values = [titles.get(value, value) for value in values]
        if column not in NAMELESS_COLUMNS:
            names.append(", ".join(values))
    return wording.MARK_HINT.format(names=" · ".join(filter(None, names)), contents=contents)


def behind_mark(
    counts: pd.DataFrame, evidence: pd.DataFrame, conditions: Conditions, articles: pd.DataFrame
) -> MarkEvidence | None:
    """Show the evidence for a mark.

    Parameters
    ----------
    counts : pandas.DataFrame
        The table that the chart was drawn from.
    evidence : pandas.DataFrame
        The rows that the counts are based on.
    conditions : mapping of str to list of str
        The conditions in the mark's link: columns and their permitted values.
    articles : pandas.DataFrame
        The articles.

    Returns
    -------
    MarkEvidence or None
        The passages or, for a row of the timeline, its dates and the reasons for them. None if no
        row of the evidence meets the conditions.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, _ = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> zones = cl.count_words(passages, by=["article", "label"])
    >>> conditions = {"article": ["06_water_falls.txt"], "label": ["headline"]}
    >>> behind_mark(zones, passages, conditions, articles).view
    headline: [Water falls at last as Lenn Valley cleans up] (06_water_falls.txt)
    1 of 1
    """
    rows = rows_of_mark(evidence, conditions)
    if rows.empty:
        return None
    if "because_start" in evidence.columns:
        reasons = show_reasons(rows_of_mark(counts, conditions), evidence, articles)
        return MarkEvidence(wording.DATES_AND_REASONS, reasons, rows)
    passages = show_evidence(rows, articles, n=MAX_PASSAGES)
    return MarkEvidence(count_noun(len(rows), "passage"), passages, rows)


def rows_of_mark(evidence: pd.DataFrame, conditions: Conditions) -> pd.DataFrame:
    """Select the rows that a mark's link refers to.

    Parameters
    ----------
    evidence : pandas.DataFrame
        Any span table.
    conditions : mapping of str to list of str
        Columns and their permitted values; "word" selects rows whose text contains the word, and
        "term" rows with the term of several words, in the singular or plural. Without a column
        "group", a group is an article. Columns that the table does not have are ignored.

    Returns
    -------
    pandas.DataFrame
        The rows.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, _ = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> rows_of_mark(passages, {"label": ["headline"], "word": ["levee"]})[["article", "text"]]
                               article                                               text
    17     02_levee_breach_ostrand.txt  Levee breaks in Ostrand and river pours into t...
    37  03_ostrand_counts_the_cost.txt         Ostrand counts the cost after levee breach
    56            04_tolmere_levee.txt           Second levee fails, this time in Tolmere
    """
    # Only the columns of the conditions are filtered, because a report has hundreds of marks and
    # taking all columns of a table for each condition would be slow.
    positions = np.arange(len(evidence))
    for column, values in conditions.items():
        if column == "word":
            texts = evidence["text"].to_numpy()[positions]
            is_met = [values[0] in folded_words(text) for text in texts]
        elif column == "term":
            texts = evidence["text"].to_numpy()[positions]
            term = _spaced(words_of_term(values[0]))
            is_met = [term in _spaced(words_of_term(text)) for text in texts]
        elif column in evidence.columns:
            is_met = evidence[column].iloc[positions].astype("str").isin(values)
        elif column == "group":
            is_met = evidence["article"].iloc[positions].isin(values)
            if not is_met.any():
                continue  # groups of several articles are not ids of articles
        else:
            continue
        positions = positions[np.asarray(is_met, dtype="bool")]
    return evidence.iloc[positions]


def _spaced(words: list[str]) -> str:
    """Return words in a form in which whole words can be searched for."""
    return f" {' '.join(words)} "
