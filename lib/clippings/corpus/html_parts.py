"""Read HTML inside another file: an email, a chapter, a note, an entry of a feed.

Such HTML is an article without a surrounding page. It is read like a page; but if no article is
found, or if much of the text is dropped, the entire text is used, because it does not contain menus
or side columns.
"""

import re

from clippings.corpus.html_text import text_of_html
from clippings.corpus.rows import ArticleRow, Limits
from clippings.corpus.web_page import read_page

MIN_SHARE_OF_TEXT = 0.8
"""Share of the words that must be left for a reader of pages to be believed. A newsletter's footer
is a tenth of it; what a reader takes wrongly for a side column is mostly a third or more."""

TITLE_ELEMENT = re.compile(r"<title\b[^<>]*>[^<]*</title\s*>", re.IGNORECASE)


def read_html(html: str, limits: Limits) -> ArticleRow:
    """Read the article in HTML that is part of another file.

    Parameters
    ----------
    html : str
        A page, or a piece of one.
    limits : Limits
        What it may cost.

    Returns
    -------
    ArticleRow
        The text, and what the HTML states of itself.

    Notes
    -----
    The whole text is returned if the reader of pages is not installed, finds no article, or leaves
    out much of the text.
    """
    whole_text = text_of_html(html)
    # The title of a part is usually set by its program: "Unknown", "Newsletter".
    html = TITLE_ELEMENT.sub("", html, count=1)
    try:
        row = read_page_row(html.encode(errors="replace"), limits)
    except MemoryError:
        raise
    except Exception:  # BadInput if there is no article; libraries raise what they like
        return ArticleRow(text=whole_text)
    number_of_words = len(whole_text.split())
    if len(row.text.split()) < MIN_SHARE_OF_TEXT * number_of_words:
        return row._replace(text=whole_text)
    return row


def read_page_row(html: bytes, limits: Limits) -> ArticleRow:
    """Read a whole web page that is part of another file.

    Parameters
    ----------
    html : bytes
        The page.
    limits : Limits
        What it may cost.

    Returns
    -------
    ArticleRow
        As of a page that is a file.

    Raises
    ------
    BadInput
        When the page contains no article; see `web_page.read_page`.
    """
    return next(read_page(html, limits))
