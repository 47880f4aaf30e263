"""The text of HTML that another file holds: a mail, a chapter, a note, an entry of a feed.

Such HTML is an article without a page around it. It is read like a page, but where the reader of
pages finds no article, or drops much of the text, the whole text of the HTML is taken: nothing here
is a menu or a side column.
"""

import re
from html.parser import HTMLParser

from clippings.core.errors import BadInput
from clippings.corpus.documents import read_page
from clippings.corpus.rows import ArticleRow, Limits

MIN_SHARE_OF_TEXT = 0.8
"""Share of the words that must be left for a reader of pages to be believed. A newsletter's footer
is a tenth of it; what a reader takes wrongly for a side column is mostly a third or more."""

BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div"),
        *("dl", "dt", "en-note", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2"),
        *("h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre"),
        *("section", "table", "tbody", "tfoot", "thead", "tr", "ul"),
    ]
)
CELLS = ("td", "th")
NOT_TEXT = frozenset(
    ["head", "script", "style", "template", "title", "textarea", "select", "object", "svg"]
)
VOID = frozenset(["area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"])

NOT_DISPLAYED = re.compile(
    r"""
    display\s*:\s*none                        # the preview that mail programs show in their lists
    | mso-hide\s*:\s*all
    | (?:max-height|font-size)\s*:\s*0(?:px)?\s*(?:;|$)
    """,
    re.IGNORECASE | re.VERBOSE,
)

TITLE_ELEMENT = re.compile(r"<title\b[^<>]*>[^<]*</title\s*>", re.IGNORECASE)

LINE_BREAK = "\n"
BLOCK_BREAK = "\n\n"


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

    Raises
    ------
    BadInput
        When the HTML holds no text.

    Notes
    -----
    Without the library that reads pages, the whole text is returned.
    """
    whole_text = text_of_html(html)
    # The title of a part is mostly that of its program: "Unknown", "Newsletter".
    html = TITLE_ELEMENT.sub("", html, count=1)
    try:
        row = read_page_row(html.encode(errors="replace"), limits)
    except BadInput:
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
        When the page holds no article; see `documents.read_page`.
    """
    return next(read_page(html, limits))


def text_of_html(html: str) -> str:
    """Extract the whole visible text of HTML.

    Parameters
    ----------
    html : str
        A page, or a piece of one.

    Returns
    -------
    str
        The blocks, separated by blank lines; cells of one row of a table by tabs.

    Examples
    --------
    >>> text_of_html("<p>The river<br>rose.</p><div hidden>Preview</div><p>Rain &amp; wind.</p>")
    'The river\\nrose.\\n\\nRain & wind.'
    """
    parser = _TextParser()
    parser.feed(html)
    parser.close()
    return parser.text()


class _TextParser(HTMLParser):
    """Collects the visible text of HTML."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden_tag = ""  # the element that is not displayed, of which we are inside …
        self.hidden_depth = 0  # … and how many elements of its name are open
        self.preformatted = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if self.hidden_tag:
            if tag == self.hidden_tag:
                self.hidden_depth += 1
            return
        if tag in NOT_TEXT or (tag not in VOID and _is_hidden(attributes)):
            self.hidden_tag = tag
            self.hidden_depth = 1
        elif tag == "br":
            self.pieces.append(LINE_BREAK)
        elif tag in CELLS:
            self.pieces.append("\t")
        elif tag in BLOCKS:
            self.pieces.append(BLOCK_BREAK)
        if tag == "pre":
            self.preformatted += 1

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if self.hidden_tag:
            return
        if tag == "br":
            self.pieces.append(LINE_BREAK)
        elif tag in BLOCKS:
            self.pieces.append(BLOCK_BREAK)

    def handle_endtag(self, tag: str) -> None:
        if self.hidden_tag:
            if tag == self.hidden_tag:
                self.hidden_depth -= 1
                if self.hidden_depth == 0:
                    self.hidden_tag = ""
            return
        if tag in BLOCKS:
            self.pieces.append(BLOCK_BREAK)
        if tag == "pre" and self.preformatted:
            self.preformatted -= 1

    def handle_data(self, data: str) -> None:
        if self.hidden_tag:
            return
        if self.preformatted:
            self.pieces.append(data)
        else:
            self.pieces.append(re.sub(r"[ \t\r\n\f]+", " ", data))

    def text(self) -> str:
        """The collected blocks, without the empty ones."""
        blocks = []
        for block in re.split(r"\n[ \t\n]*\n", "".join(self.pieces)):
            lines = [re.sub(r" ?\t[ \t]*", "\t", line).strip() for line in block.split("\n")]
            text = "\n".join(line for line in lines if line)
            if text:
                blocks.append(text)
        return "\n\n".join(blocks)


def _is_hidden(attributes: list[tuple[str, str | None]]) -> bool:
    """Whether an element is not displayed, by its attributes."""
    for name, value in attributes:
        if name == "hidden" or (name == "style" and value and NOT_DISPLAYED.search(value)):
            return True
    return False
