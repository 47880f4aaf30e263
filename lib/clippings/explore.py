"""Views for JupyterLab: thin skins over the other verbs; what the analyst decides in them is saved in the codebook."""

from html import escape

import ipywidgets as W
import pandas as pd

from clippings.pages import show_article
from clippings.show import show_evidence
from clippings.shown import short
from clippings.views import ALL, LOOK, Book, View, choice, counted, listed, offer, paged, places, view, where
from clippings.words import find_phrases


def explore_concordance(passages: pd.DataFrame, articles: pd.DataFrame) -> View:
    """Words in context and the pages they stand in; without words, a page with its zones.

    In: passages; articles. Out: a view: words (a regular expression), order, characters on either side, article.
    Raises: nothing; a pattern that cannot be read is said in the view. Misses: lines beyond 200. Source: KWIC.
    Example:
        >>> from clippings.read import read_articles
        >>> from clippings.zones import find_passages
        >>> articles = read_articles("tests/corpora/flood")
        >>> explore_concordance(find_passages(articles), articles)
        cl.show_article(articles, '01_river_rises.txt', passages)
    """

    def show(query, sort, width, article):
        if not query:
            first = articles.article.iloc[0] if article == ALL else article
            return show_article(articles, first, passages).html, f"cl.show_article(articles, {first!r}, passages)"
        rows, code = where(find_phrases(passages, query), "phrases", ("article", "==", article))
        html = show_evidence(rows, articles, n=200, sort=sort, width=width).html
        call = f"dated = {code}\ncl.show_chain({taken}, bounds, articles)"
        return paged(html, articles, rows[:30], why), call

    range_ = W.SelectionRangeSlider(
        options=months, index=(0, len(months) - 1), description="days between (months)", **LOOK
    )
    sure = choice("days by", [("what is likely", "likely_"), ("what must hold", "")])
    return view(
        show,
        {
            "kind": choice("kind (subjects)", [*counted(placed.label), *counted(events.label), ALL]),
            "between": range_,
            "sure": sure,
        },
    )


def explore_claims(claims: pd.DataFrame, articles: pd.DataFrame, folder) -> View:
    """Mentions taken for one event, with the reasons; accepted or refused.

    In: claims; articles; folder, whose codebook/verdicts.csv is read and saved. Out: a view: claim, one of its linked
    mentions; buttons. Raises: nothing; what cannot be saved is said. Misses: passages beyond 50. Source: none.
    Example:
        >>> from clippings.tables import make_table
        >>> explore_claims(make_table("claims"), make_table("articles"), "no such folder")
        cl.show_evidence(claims[(claims.label == -1)], articles, n=50)
    """
    verdicts, found, one = Book(folder, "verdicts"), {"claims": claims}, choice("one mention", [])

    def show(claim, row):
        rows, code = where(found["claims"], "claims", ("label", "==", claim))
        linked = rows[rows.like_start.notna()]
        row = offer(one, places(linked))
        told = linked[(linked.index == row) | (row < 0)].itertuples()
        why = [f"{short(r.text)}: {r.status}; {r.reasons}; against: {r.against or 'nothing'}" for r in told]
        items = [f"<li>{escape(words)}</li>" for words in why[:50]]
        return listed(rows, articles, code, "mentions", f"<ul>{''.join(items)}</ul>")

    buttons = {
        "The same event": _decided(found, verdicts, "same"),
        "Not the same": _decided(found, verdicts, "not same"),
    }
    return view(show, {"claim": choice("claim (mentions)", counted(claims.label)), "row": one}, buttons)
