"""Split HTML and SVG into tags and texts, so that texts can be changed separately."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser
from itertools import pairwise

TEXT = "text"
START = "start"  # of an element
END = "end"
OTHER = "other"  # comments, declarations, style sheets and scripts

# Elements that do not end a word: "Bel<b>l</b>" is one word. Cells and paragraphs end a word.
_INLINE = {"a", "b", "cite", "em", "i", "mark", "small", "span", "strong", "tspan"}
# The value of an attribute inside a tag: ="a > b", ='a', =a
_ATTRIBUTE = re.compile(
    r"""=\s*(?:"(?P<quoted>[^"]*)"|'(?P<apostrophes>[^']*)'|(?P<bare>[^\s"'>]+))"""
)
_RAW_TEXT = {"style", "script"}  # elements whose content is not visible text


@dataclass(frozen=True)
class Token:
    """A piece of HTML or SVG, as written in the file."""

    kind: str
    source: str
    element: str = ""  # lower-case name of the element of a tag

    @property
    def text(self) -> str:
        """Return the part of a text that a reader sees."""
        return unescape(self.source)

    @property
    def ends_word(self) -> bool:
        """Return whether this tag or comment separates the texts around it."""
        return self.kind == OTHER or self.element not in _INLINE


def text_token(text: str) -> Token:
    """Return a text as a token, escaped."""
    return Token(TEXT, escape(text, quote=False))


class _Splitter(HTMLParser):
    """Records where each token begins. Sources are slices of the input, so they remain exact."""

    def __init__(self, source: str):
        super().__init__(convert_charrefs=False)
        self.begun: list[tuple[int, str, str]] = []  # offset, kind, element
        self.raw_element = ""
        lengths = [len(line) + 1 for line in source.split("\n")]
        self.line_starts = [0]
        for length in lengths:
            self.line_starts.append(self.line_starts[-1] + length)
        self.feed(source)
        self.close()

    def _begin(self, kind: str, element: str = "") -> None:
        line, column = self.getpos()
        self.begun.append((self.line_starts[line - 1] + column, kind, element))

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self._begin(START, tag)
        if tag in _RAW_TEXT:
            self.raw_element = tag

    def handle_startendtag(self, tag: str, attrs: list) -> None:
        self._begin(START, tag)

    def handle_endtag(self, tag: str) -> None:
        self._begin(END, tag)
        if tag == self.raw_element:
            self.raw_element = ""

    def _begin_text(self, _: str) -> None:
        self._begin(OTHER if self.raw_element else TEXT)

    handle_data = handle_entityref = handle_charref = _begin_text

    def _begin_other(self, _: str) -> None:
        self._begin(OTHER)

    handle_comment = handle_decl = handle_pi = unknown_decl = _begin_other


def split_markup(source: str) -> list[Token]:
    """Split HTML or SVG into tokens.

    Parameters
    ----------
    source : str
        HTML or SVG.

    Returns
    -------
    list of Token
        Tags, texts and other tokens in order. Joined together, their sources are the whole input.
        Consecutive texts form one token.

    Examples
    --------
    >>> [(token.kind, token.source) for token in split_markup('<p title=">">a &amp; b</p>')]
    [('start', '<p title=">">'), ('text', 'a &amp; b'), ('end', '</p>')]
    """
    begun = _Splitter(source).begun
    # Anything that the parser skips before its first token remains unchanged.
    bounds = [(0, OTHER, ""), *begun, (len(source), "", "")]
    tokens: list[Token] = []
    for (start, kind, element), (end, _, _) in pairwise(bounds):
        piece = source[start:end]
        if kind == TEXT and tokens and tokens[-1].kind == TEXT:
            tokens[-1] = Token(TEXT, tokens[-1].source + piece)
        elif piece:
            tokens.append(Token(kind, piece, element))
    return tokens


def join_markup(tokens: list[Token]) -> str:
    """Return tokens as HTML or SVG."""
    return "".join(token.source for token in tokens)


def replace_elements(source: str, element: str, replacement: str) -> str:
    """Replace each outermost element of a kind, including its contents.

    Parameters
    ----------
    source : str
        HTML.
    element : str
        Name of the elements to replace.
    replacement : str
        The HTML that replaces each element.

    Returns
    -------
    str
        The HTML.

    Examples
    --------
    >>> replace_elements("<p>a</p><article>b<article>c</article></article>", "article", "<p>-</p>")
    '<p>a</p><p>-</p>'
    """
    pieces = []
    depth = 0
    for token in split_markup(source):
        is_tag = token.element == element
        if is_tag and token.kind == START:
            depth += 1
            if depth == 1:
                pieces.append(replacement)
        elif is_tag and token.kind == END and depth:
            depth -= 1
        elif not depth:
            pieces.append(token.source)
    return "".join(pieces)


def map_attributes(tag: Token, change: Callable[[str], str]) -> Token:
    """Change the values of a tag's attributes.

    Parameters
    ----------
    tag : Token
        A start tag.
    change : callable
        A function that takes a decoded value and returns the new value.

    Returns
    -------
    Token
        The tag; unchanged values keep their form.

    Examples
    --------
    >>> map_attributes(Token(START, "<p viewBox='a' title=\\"b &amp; c\\">", "p"), str.upper).source
    '<p viewBox="A" title="B &amp; C">'
    """

    def changed(match) -> str:
        value = unescape(match["quoted"] or match["apostrophes"] or match["bare"] or "")
        new = change(value)
        return match[0] if new == value else f'="{escape(new)}"'

    return Token(tag.kind, _ATTRIBUTE.sub(changed, tag.source), tag.element)
