"""Show all occurrences of a term in context, one per line (keyword in context, KWIC)."""

from typing import NamedTuple

import pandas as pd
from markupsafe import Markup

from clippings.core.search_terms import find_term
from clippings.core.tables import in_order, make_table, span_row
from clippings.core.wording import article_name, shorten
from clippings.show import wording
from clippings.show.evidence import Context, Span, choose_rows, context_of
from clippings.show.html import HtmlView, cite_place, mark_words, render

CONTEXT_CHARACTERS = 40  # on either side: a line then fits on a page of a report
MAX_TITLE_CHARACTERS = 30
MAX_MATCH_CHARACTERS = 60  # of a match, which may be long if the term has gaps


class ConcordanceLine(NamedTuple):
    """One line of a concordance."""

    context: Context
    marked: Markup  # the match
    place: Markup  # the title of its article
    title: str


def show_concordance(
    passages: pd.DataFrame,
    articles: pd.DataFrame,
    term: str,
    *,
    n: int = 20,
    sort: str | None = "right",
    width: int = CONTEXT_CHARACTERS,
) -> HtmlView:
    """Show the occurrences of a word or phrase in aligned lines (KWIC).

    Parameters
    ----------
    passages : pandas.DataFrame
        The passages to search.
    articles : pandas.DataFrame
        Their articles.
    term : str
        A search term as in the codebook, such as "levee*", "interest rate*", "river .. rise*" or
        "dam | levee"; case is ignored.
    n : int, default 20
        The maximum number of lines.
    sort : {"right", "left", None}, default "right"
        The order of the lines: by the words that follow the match, by the words that precede it
        (the nearest word first), or None for the order of the articles.
    width : int, default 40
        The number of characters of context on either side.

    Returns
    -------
    HtmlView
        A table with the preceding words, the match, the following words, and the title of the
        article. The title is a link if the page of the article is shown, too (see `link_places`).

    Raises
    ------
    BadInput
        If the term contains no word, or `sort` has another value.

    Notes
    -----
    The lines are sorted when the table is created, so that it can be exported. In JupyterLab,
    `explore_concordance` has controls.

    The `n` lines are the first in the chosen order, not a sample.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> cl.show_concordance(  # doctest: +NORMALIZE_WHITESPACE
    ...     passages, articles, "dam", n=3, width=20
    ... )
       …money went to the [dam], and the levees… (Who is to blame for the flood…)
         …over. The Lenn [dam] can hold back a… (River Lenn rises fast as snow…)
     …held, and the Lenn [dam] kept back the last… (Water falls at last as Lenn…)
    “dam”: 3 of 13
    """
    matches = _find_matches(passages, term)
    texts = dict(zip(articles.article, articles.text, strict=True))
    rows = choose_rows(in_order(matches), texts, n, sort)
    if not rows:
        message = wording.TERM_NOT_FOUND.format(term=term)
        return HtmlView(render("message", role="note", text=message), message)

    shown_articles = articles[articles.article.isin([row.article for row in rows])]
    lines = [_concordance_line(row, texts[row.article], shown_articles, width) for row in rows]
    caption = wording.LINES_SHOWN.format(
        term=term, shown=f"{len(lines):,}", total=f"{len(matches):,}"
    )
    html = render("concordance", lines=lines, caption=caption, heads=wording.CONCORDANCE_HEADS)
    return HtmlView(html, "\n".join([*_plain_lines(lines, width), caption]))


def _find_matches(passages: pd.DataFrame, term: str) -> pd.DataFrame:
    """Return the occurrences of a search term as a span table."""
    rows = []
    for passage in passages.itertuples():
        for start, end in find_term(term, passage.text):
            rows.append(span_row(passage, start, end, label="", rule=""))
    return make_table("phrases", rows)


def _concordance_line(row, text: str, articles: pd.DataFrame, width: int) -> ConcordanceLine:
    """Return a match with its context and the title of its article."""
    context = context_of(text, Span(row.start, row.end), width)
    title = shorten(article_name(articles, row.article), MAX_TITLE_CHARACTERS)
    return ConcordanceLine(
        context=context,
        marked=mark_words(shorten(context.words, MAX_MATCH_CHARACTERS)),
        place=cite_place(articles, row.article, row.start, row.end, title),
        title=title,
    )


def _plain_lines(lines: list[ConcordanceLine], width: int) -> list[str]:
    """Write the lines for a terminal, with the matches in one column."""
    plain = []
    for line in lines:
        before, words, after = (" ".join(part.split()) for part in line.context)
        # White space next to the match is the same as in the article.
        gap_before = " " if line.context.before[-1:].isspace() else ""
        gap_after = " " if line.context.after[:1].isspace() else ""
        left = f"{before}{gap_before}".rjust(width + 1)
        plain.append(f"{left}[{words}]{gap_after}{after} ({line.title})")
    return plain
