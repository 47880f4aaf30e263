"""Extract the entire visible text of HTML without searching for an article in it.

This is used for HTML that contains only an article. `web_page.read_page` reads complete pages.
"""

import re
from html.parser import HTMLParser

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

LINE_BREAK = "\n"
BLOCK_BREAK = "\n\n"


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
        """Return the collected blocks, without the empty ones."""
        blocks = []
        for block in re.split(r"\n[ \t\n]*\n", "".join(self.pieces)):
            lines = [re.sub(r" ?\t[ \t]*", "\t", line).strip() for line in block.split("\n")]
            text = "\n".join(line for line in lines if line)
            if text:
                blocks.append(text)
        return "\n\n".join(blocks)


def _is_hidden(attributes: list[tuple[str, str | None]]) -> bool:
    """Return whether an element is not displayed, by its attributes."""
    for name, value in attributes:
        if name == "hidden" or (name == "style" and value and NOT_DISPLAYED.search(value)):
            return True
    return False
