"""What everything shown shares: HTML with a plain-text form, colours, marks, names and places of articles."""

import hashlib
import re
from html import escape

import pandas as pd

from clippings.core.terminal import printable
from clippings.core.wording import article_name

# Paul Tol's "bright" and "muted" schemes, safe for colour-blind readers; the tint is see-through, for dark pages too.
COLOURS = [
    "#4477AA",
    "#EE6677",
    "#228833",
    "#CCBB44",
    "#66CCEE",
    "#AA3377",
    "#BBBBBB",
    "#999933",
    "#44AA99",
    "#882255",
]
NO_LABEL = "not named"  # a quotation whose speaker the article does not name
LINK = "color:var(--jp-content-link-color,var(--link,LinkText));text-decoration:underline"
CELL = "padding:.3em .6em;text-align:left;vertical-align:top"
CITE = re.compile(r'<cite data-at="(([0-9a-f]{8})-(\d+)-(\d+))"[^>]*>(.*?)</cite>', re.DOTALL)
PLACE = re.compile(r'data-at="([0-9a-f]{8}-\d+)"')


class Shown:
    """Something to look at: HTML in JupyterLab and reports, plain text elsewhere."""

    def __init__(self, html: str, plain: str):
        self.html, self.plain = html, plain

    def _repr_html_(self) -> str:
        return f'<div class="mathjax_ignore">{self.html}</div>'  # from $5 to $6 there is no formula

    def __repr__(self) -> str:
        return printable(self.plain, keep="\n\t")


def page_key(article: str) -> str:
    """An article in anchors: a short hash, because an id may hold anything.

    In: an id. Out: eight hexadecimal digits. Raises: nothing. Misses: two ids may agree by chance. Source: SHA-256.
    Example:
        >>> page_key("a.txt")
        '18b7cb09'
    """
    return hashlib.sha256(article.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def cite_place(articles: pd.DataFrame, article: str, start: int, end: int, words: str = "") -> str:
    """The name of a place, which becomes a link where its page is shown too (link_places, or the report).

    In: articles; an article's id and a span in it; words, instead of its name. Out: HTML. Raises: nothing.
    Misses: nothing. Source: none.
    Example:
        >>> from clippings.core.tables import make_table
        >>> cite_place(make_table("articles"), "a.txt", 0, 4)
        '<cite data-at="18b7cb09-0-4" style="font-style:normal">a.txt</cite>'
    """
    name = escape(words or article_name(articles, article))
    return (
        f'<cite data-at="{page_key(article)}-{start}-{end}" style="font-style:normal">{name}</cite>'
    )


def link_places(html: str, prefix: str = "at") -> str:
    """Places that lead to their marks, where both stand in one piece of HTML; other places stay words.

    In: HTML of show_ verbs; prefix of the anchors, another one for every such piece on a page. Out: HTML.
    Raises: nothing. Misses: a place of which no mark starts where it does. Source: none.
    Example:
        >>> link_places('<cite data-at="18b7cb09-0-4">a</cite><mark data-at="18b7cb09-0">word</mark>', "x")[:25]
        '<a href="#x-18b7cb09-0" s'
    """
    known = set(PLACE.findall(html))

    def linked(match) -> str:
        at = f"{match[2]}-{match[3]}"
        return (
            f'<a href="#{prefix}-{at}" style="{LINK}">{match[5]}</a>' if at in known else match[0]
        )

    return PLACE.sub(rf'id="{prefix}-\1"', CITE.sub(linked, html))


def mark(html: str, colours: list[str], hint: str) -> str:
    """Escaped text in colour.

    In: HTML; colours of ground and line; what hovering tells. Out: HTML. Raises: nothing. Misses: nothing.
    Source: none.
    Example:
        >>> mark("x", ["#4477AA"], "")
        '<mark style="background:#4477AA40;color:inherit;border-bottom:2px solid #4477AA">x</mark>'
    """
    title = f' title="{escape(hint)}"' if hint else ""
    line = f"border-bottom:2px solid {colours[-1]}"
    return f'<mark{title} style="background:{colours[0]}40;color:inherit;{line}">{html}</mark>'
