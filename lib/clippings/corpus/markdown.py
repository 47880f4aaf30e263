"""Read Markdown clips: the displayed text, and the details in the front matter.

Web clippers save pages as Markdown. Its marks would interrupt names and statements ("**Anna Bell**
said"), and the addresses of its links contain dates and names that are not part of the text.
"""

import html
import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from clippings.corpus import date_sources
from clippings.corpus.clip_header import ClipHeader, header_of_fields, header_of_lines
from clippings.corpus.documents import checked, dated, decoded, with_headline_and_byline
from clippings.corpus.page_blocks import HEADINGS, INLINE, NOT_READ, word_set
from clippings.corpus.rows import ArticleRow, Limits

MAX_FRONT_MATTER = 20_000  # characters; a longer one is something else

MAX_MARKDOWN = 2_000_000
"""Characters. A longer text is not a clip; it is read as plain text, because marks take time."""

FRONT_MATTER = re.compile(
    r"""
    \s*
    (?:
        ---[ \t]*\n (?P<yaml>.*?) \n(?:---|\.\.\.)[ \t]*(?:\n|$)
      | \+\+\+[ \t]*\n (?P<toml>.*?) \n\+\+\+[ \t]*(?:\n|$)
    )
    """,
    re.DOTALL | re.VERBOSE,
)
FIELD_LINE = re.compile(r"([A-Za-z][\w .-]{0,40}?)\s*:\s*(.*)$")

# Marks of note-taking programs that are not Markdown.
EMBED = re.compile(r"!\[\[[^\]\n]*\]\]")  # ![[photo.jpg]]
WIKI_LINK = re.compile(r"\[\[(?:[^\]|\n]*\|)?([^\]|\n]+)\]\]")  # [[Tolmere]], [[places/t|Tolmere]]
HIGHLIGHT = re.compile(r"(?<![=\w])==(?=\S)(.+?)(?<=\S)==(?![=\w])")
CALLOUT = re.compile(r"^(\s*>\s*)\[!\w+\][+-]?[ \t]*", re.MULTILINE)  # > [!quote]
COMMENT = re.compile(r"%%.*?%%|<!--.*?-->", re.DOTALL)
FOOTNOTE_REFERENCE = re.compile(r"(?<=\S)\[\^[^\]\s]+\](?!:)")
FOOTNOTE = re.compile(r"^\[\^[^\]\s]+\]:[ \t]*", re.MULTILINE)

SCRIPT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)", re.DOTALL | re.IGNORECASE)
LINE_BREAK_TAG = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^>]*>", re.IGNORECASE)
TAG = re.compile(r"</?([A-Za-z][\w-]*)[^>]*>")
ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]|&(?:#\w+|\w+);")  # \$5 · &amp;

HTML_NAMES = (
    INLINE
    | NOT_READ
    | HEADINGS
    | word_set(
        """
        address article aside blockquote br center dd details div dl dt figcaption figure footer
        header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul
        """
    )
)
"""Names of tags. Other words in angle brackets are text: "<name withheld>"."""


class Document(NamedTuple):
    """A text as Markdown shows it."""

    paragraphs: list[str]
    headline: str  # the first heading of the first order
    has_marks: bool  # whether there was anything but plain paragraphs


def read_markdown(data: bytes, _: Limits) -> Iterator[ArticleRow]:
    """Read a Markdown clip.

    Parameters
    ----------
    data : bytes
        The file.

    Yields
    ------
    ArticleRow
        The text without marks and addresses, as a reader sees it, and title, authors, outlet,
        address and dates of the front matter or of header lines. A text without any marks stays
        as it is, and so does front matter that cannot be read.
    """
    text = decoded(data)
    normal_text = text.replace("\r\n", "\n").replace("\r", "\n")
    header, body = _split_front_matter(normal_text)
    has_front_matter = header is not None
    if header is None:
        header = header_of_lines(normal_text)
    document = _rendered(body)
    if not document.has_marks and not has_front_matter:
        row = header.fill(ArticleRow(text=text))
    else:
        title = header.title or document.headline
        lines = document.paragraphs
        if has_front_matter:
            lines = with_headline_and_byline(lines, title, header.author)
        row = header.fill(ArticleRow(text="\n\n".join(lines)))._replace(title=title)
    source = date_sources.FRONT_MATTER if has_front_matter else date_sources.HEADER_LINES
    yield checked(dated(row, header.published, source))


def _split_front_matter(text: str) -> tuple[ClipHeader | None, str]:
    """Return the facts in the front matter and the text after it; None if there is none to read."""
    match = FRONT_MATTER.match(text[:MAX_FRONT_MATTER])
    if not match:
        return None, text
    if match["toml"] is not None:
        fields = _toml_fields(match["toml"])
    else:
        fields = _yaml_fields(match["yaml"])
    if not fields:
        return None, text
    return header_of_fields(fields), text[match.end() :]


def _toml_fields(source: str) -> dict:
    """Return the fields of front matter in TOML; {} if it is broken."""
    with suppress(tomllib.TOMLDecodeError):
        return tomllib.loads(source)
    return {}


def _yaml_fields(source: str) -> dict:
    """Return the fields of front matter in YAML; {} if it is broken.

    Clippers often forget to quote a title with a colon. Then each line is read for itself.
    """
    import yaml

    # All values as they are written: a date with a time zone must not move to another day.
    with suppress(yaml.YAMLError, RecursionError, ValueError):
        fields = yaml.load(source, Loader=yaml.BaseLoader)
        if isinstance(fields, dict):
            return fields
        return {}
    fields = {}
    for line in source.split("\n"):
        match = FIELD_LINE.match(line)
        if match:
            fields[match[1]] = match[2].strip().strip("\"'")
        elif line.strip() and not line.startswith((" ", "\t", "-", "#")):
            return {}
    return fields


def _rendered(text: str) -> Document:
    """Return the text as Markdown shows it, or as it is where that cannot be found out."""
    plain = Document([text], headline="", has_marks=False)
    if len(text) > MAX_MARKDOWN:
        return plain
    with suppress(RecursionError):
        return _Renderer(text).document()
    return plain


class _Renderer:
    """Reads the tokens of a text and collects its paragraphs."""

    def __init__(self, text: str):
        from markdown_it import MarkdownIt

        parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
        # In saved pages an indented paragraph is a paragraph, not code.
        parser.disable("code")
        cleaned = _without_marks_of_notes(text)
        self.tokens = parser.parse(cleaned)
        # The parser does not report escaped signs.
        self.has_marks = cleaned != text or bool(ESCAPED.search(text))
        self.paragraphs: list[str] = []
        self.headline = ""
        self._row: list[str] = []
        self._item_number = ""

    def document(self) -> Document:
        """Return the paragraphs, the headline and whether there were marks."""
        for place, token in enumerate(self.tokens):
            opened = self.tokens[place - 1].type if place else ""
            if token.type == "inline":
                self._read_inline(token, opened, self.tokens[place - 1].tag if place else "")
            elif token.type == "tr_close":
                self._add("\t".join(self._row))
                self._row = []
            elif token.type == "list_item_open":
                self._item_number = f"{token.info}{token.markup} " if token.info else ""
                # A year at the beginning of a line is a number, not a list item.
                self.has_marks |= not token.info
            elif token.type in ("fence", "code_block"):
                self._add(token.content.rstrip("\n"))
                self.has_marks = True
            elif token.type == "html_block":
                self._read_html(token.content)
            elif token.type in ("heading_open", "blockquote_open", "table_open"):
                self.has_marks = True
        return Document(self.paragraphs, self.headline, self.has_marks)

    def _read_inline(self, token, opened: str, tag: str) -> None:
        """Read the words of a paragraph, heading or cell."""
        text = self._inline_text(token.children or []).strip(" \n")
        if opened in ("th_open", "td_open"):
            self._row.append(text.replace("\n", " "))
            return
        if opened == "heading_open" and tag == "h1" and not self.headline:
            self.headline = " ".join(text.split())
        self._add(self._item_number + text if text else "")
        self._item_number = ""

    def _inline_text(self, tokens: list) -> str:
        """Return the visible words of inline tokens."""
        pieces = []
        for token in tokens:
            if token.type in ("text", "code_inline"):
                pieces.append(token.content)
            elif token.type == "softbreak":
                pieces.append("\n")
            elif token.type == "hardbreak":
                pieces.append("\n")
                self.has_marks = True
            elif token.type == "html_inline":
                shown = _without_tags(token.content)
                pieces.append(shown)
                self.has_marks |= shown != token.content
            else:  # the begin or end of a link or emphasis; an image, whose words are not shown
                self.has_marks = True
        lines = "".join(pieces).split("\n")
        return "\n".join(line.strip(" ") for line in lines)

    def _read_html(self, source: str) -> None:
        """Read the words of a block of HTML."""
        self.has_marks = True
        shown = _without_tags(COMMENT.sub("", SCRIPT.sub("", source)))
        for line in html.unescape(shown).split("\n"):
            self._add(" ".join(line.split()))

    def _add(self, paragraph: str) -> None:
        if paragraph.strip():
            self.paragraphs.append(paragraph)


def _without_tags(source: str) -> str:
    """Remove HTML tags; keep other words in angle brackets."""

    def shown(tag: re.Match) -> str:
        return "" if tag[1].lower() in HTML_NAMES else tag[0]

    return TAG.sub(shown, LINE_BREAK_TAG.sub("\n", source))


def _without_marks_of_notes(text: str) -> str:
    """Return the text without marks that only some note-taking programs know."""
    for pattern in (COMMENT, EMBED, FOOTNOTE_REFERENCE, FOOTNOTE):
        text = pattern.sub("", text)
    text = WIKI_LINK.sub(r"\1", text)
    text = CALLOUT.sub(r"\1", text)
    return HIGHLIGHT.sub(r"\1", text)
