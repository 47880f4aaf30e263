"""Convert table cells to text: HTML tags and entities, lists and other values."""

import ast
import html
import json
import re
from contextlib import suppress

from clippings.core.lexicon import either, read_words, words_of
from clippings.corpus.encodings import decode_bytes

BLOCK_TAGS = words_of("reading/html_tags", "tag", kind="block")
LINE_TAGS = words_of("reading/html_tags", "tag", kind="line")
CELL_TAGS = words_of("reading/html_tags", "tag", kind="cell")
UNSEEN_TAGS = words_of("reading/html_tags", "tag", is_unseen="yes")
ALL_TAGS = words_of("reading/html_tags", "tag")

BOOLEAN_ATTRIBUTES = "async|autoplay|checked|controls|defer|disabled|hidden|loop|muted|open"

MAX_COMMENT = 5000
"""Characters of a comment in HTML. An end further away, or after the beginning of another comment,
is not looked for."""

TAG = re.compile(
    rf"""
    <!-- (?:(?!<!--).){{0,{MAX_COMMENT}}}? -->             # <!-- wp:paragraph -->
    | <!\[CDATA\[ | \]\]>                                 # <![CDATA[The road …]]>
    | <!doctype\b[^<>]*>
    | <(?P<end>/?)(?P<name>[a-z][a-z0-9-]*)              # <p, </p, <h2
      (?:
        \s+ [a-z_:@][\w:.@-]* \s*=\s*
            (?:"[^"<]*"|'[^'<]*'|[^\s"'<>]+)             # class="lead", width=100
        | \s+ (?:{BOOLEAN_ATTRIBUTES}) (?=[\s/>])
      )*
      \s*/?>
    """,
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)

ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
MAX_ESCAPES = 3  # how often a text may have been escaped: &amp;amp;quot; is rare already

ESCAPED_TAG = re.compile(r"&(?:amp;)?lt;/?(?:p|br|div|span|a|b|i|em|strong|h[1-6]|ul|li)\b", re.I)

BLANKS = re.compile(r" {2,}|[ ]*[\t\f\r][ \t\f\r]*")  # single spaces remain unchanged
BLANKS_AT_LINE_END = re.compile(r" +\n *|\n +")
BLANK_LINES = re.compile(r"\n{3,}")

# Line breaks that a program has written out, "road.\n\nThe wall": only where they end a sentence,
# for a path may contain the same two characters.
WRITTEN_LINE_BREAK = re.compile(r"(?:\\r)?\\n")
SENTENCE_BEFORE_BREAK = re.compile(r"[.!?”\"’')]\s?(?:\\r)?\\n")

# What spreadsheets write for control characters: _x000D_ for a carriage return.
SPREADSHEET_CONTROL = re.compile(r"_x00(?:0[9AD])_", re.IGNORECASE)

BYLINE_WORD = re.compile(rf"^{either(read_words('reading/column_words', kind='byline'))}\s+", re.I)
"""By Anna Bell, von Anna Bell: at the beginning of a byline."""

NAME_SEPARATOR = re.compile(r";|\s(?:and|&|und|et|y)\s|(?<=\w\w),\s(?=\w+\s\w)")
"""Anna Bell; Tom Reed and Ida Lund, Jo Hale: but not in "Bell, Anna"."""

OPENING_BRACKETS = ("[", "{")

MAX_LITERAL = 100_000  # characters of a cell that is read as a list: longer ones are texts
PARAGRAPH_KEYS = ("text", "content", "paragraph", "value", "body", "p", "html")
NAME_KEYS = ("name", "displayName", "display_name", "fullname", "full_name", "webTitle", "title")


def plain_text(text: str) -> str:
    """Convert a text that may contain HTML tags and entities to paragraphs.

    Parameters
    ----------
    text : str
        The text of a cell.

    Returns
    -------
    str
        The text as displayed on a page, with a blank line after each paragraph. A text without tags
        and entities is returned unchanged.

    Notes
    -----
    Only known HTML tags count as tags, so "a < b" and "<anna@post.example>" remain unchanged. A
    text that was escaped twice is unescaped twice.

    Examples
    --------
    >>> plain_text("<p>The road is shut.</p><p>&ldquo;Wait,&rdquo; she said.</p>")
    'The road is shut.\\n\\n“Wait,” she said.'
    >>> plain_text("5 < 6 & 7 > 6")
    '5 < 6 & 7 > 6'
    """
    if "&" in text and ESCAPED_TAG.search(text) and not _has_tag(text):
        text = _unescaped(text)  # &lt;p&gt;: the tags themselves were escaped
    if "<" in text and _has_tag(text):
        text = _without_tags(text)
    if "&" in text and ENTITY.search(text):
        text = _unescaped(text)
    if "\\n" in text and "\n" not in text and SENTENCE_BEFORE_BREAK.search(text):
        text = WRITTEN_LINE_BREAK.sub("\n", text)
    if "_x00" in text and SPREADSHEET_CONTROL.search(text):
        text = SPREADSHEET_CONTROL.sub(_control_character, text).replace("\r\n", "\n")
    return text


def _is_known_tag(match: re.Match) -> bool:
    """Return whether a match of TAG is a tag of HTML, a comment or a declaration."""
    if match["name"] is None:
        return True
    return match["name"].lower() in ALL_TAGS


def _has_tag(text: str) -> bool:
    return any(_is_known_tag(match) for match in TAG.finditer(text))


def _without_tags(text: str) -> str:
    """Return the paragraphs of a text with tags."""
    matches = [match for match in TAG.finditer(text) if _is_known_tag(match)]
    has_blocks = any((match["name"] or "").lower() in BLOCK_TAGS for match in matches)
    pieces: list[str] = []
    unseen = ""  # the tag in which nothing is seen, up to its end
    position = 0
    for match in matches:
        name = (match["name"] or "").lower()
        if not unseen:
            pieces.append(_source_text(text[position : match.start()], has_blocks))
            pieces.append(_break_of_tag(name, is_end=bool(match["end"])))
        position = match.end()
        if unseen and match["end"] and name == unseen:
            unseen = ""
        elif not unseen and not match["end"] and name in UNSEEN_TAGS and match[0][-2:] != "/>":
            unseen = name
    if not unseen:
        pieces.append(_source_text(text[position:], has_blocks))
    lines = BLANKS_AT_LINE_END.sub("\n", BLANKS.sub(" ", "".join(pieces)))
    return BLANK_LINES.sub("\n\n", lines).strip(" \n")


def _source_text(source: str, has_blocks: bool) -> str:
    """Return the text between two tags: its line ends mean nothing if tags mark the paragraphs."""
    return source.replace("\n", " ") if has_blocks else source


def _break_of_tag(name: str, is_end: bool) -> str:
    """Return what a tag puts between the text before and after it."""
    if name in BLOCK_TAGS:
        return "\n\n"
    if is_end:
        return ""
    if name in LINE_TAGS:
        return "\n"
    return " " if name in CELL_TAGS else ""


def _unescaped(text: str) -> str:
    """Replace the entities in a text by their characters, even if it was escaped twice."""
    for _ in range(MAX_ESCAPES):
        unescaped = ENTITY.sub(lambda match: html.unescape(match[0]), text)
        if unescaped == text:
            break
        text = unescaped
    return text


def _control_character(match: re.Match) -> str:
    return chr(int(match[0][4:6], 16))


def plain_cell(cell: object) -> str:
    """Return the characters of a cell unchanged: "" for a missing value, a list or a table."""
    if isinstance(cell, str):
        return without_half_characters(cell)
    if cell is None or isinstance(cell, (list, dict)):
        return ""
    if isinstance(cell, float):
        if cell != cell:
            return ""  # not a number, the missing value of many programs
        if cell.is_integer():
            return str(int(cell))  # spreadsheets contain every number as a fraction
    if isinstance(cell, bytes):
        _, cell = decode_bytes(cell)
    return without_half_characters(str(cell))


def line_of_cell(cell: object) -> str:
    """Return a title, outlet or address: one line without tags, entities and repeated blanks."""
    if not (isinstance(cell, str) and cell.isascii() and cell[:1] not in OPENING_BRACKETS):
        cell = plain_cell(_first_value(_value_of_literal(cell)))
    return " ".join(plain_text(cell).split())


def names_of_cell(cell: object) -> str:
    """Return the names in a cell of authors, separated by commas.

    Parameters
    ----------
    cell : object
        A text, a list of names, a list of objects with names, or such a list written as a text:
        "['Anna Bell', 'Tom Reed']".

    Returns
    -------
    str
        The names; "" if there is none.

    Examples
    --------
    >>> names_of_cell("['Anna Bell', 'Tom Reed']")
    'Anna Bell, Tom Reed'
    >>> names_of_cell("By Anna Bell and Tom Reed"), names_of_cell([{"name": "Anna Bell"}])
    ('Anna Bell, Tom Reed', 'Anna Bell')
    """
    value = _value_of_literal(cell)
    values = value if isinstance(value, list) else [value]
    names = []
    for item in values:
        line = BYLINE_WORD.sub("", line_of_cell(_first_value(item)))
        names += [name.strip() for name in NAME_SEPARATOR.split(line)]
    return ", ".join(dict.fromkeys(filter(None, names)))


def text_of_cell(cell: object) -> str | None:
    """Join the paragraphs of a cell's text; return None if the cell contains an object instead."""
    cell = _value_of_literal(cell)
    if isinstance(cell, dict):
        cell = next((cell[key] for key in PARAGRAPH_KEYS if isinstance(cell.get(key), str)), None)
        return None if cell is None else text_of_cell(cell)
    if isinstance(cell, list):
        paragraphs = [text_of_cell(item) for item in cell if isinstance(item, (str, dict, list))]
        texts = [paragraph for paragraph in paragraphs if paragraph]
        return "\n\n".join(texts) if texts or not cell else None
    return plain_text(plain_cell(cell))


def _value_of_literal(cell: object) -> object:
    """Return the list or object that a cell writes out as Python or JSON does, else the cell."""
    if not isinstance(cell, str) or len(cell) > MAX_LITERAL:
        return cell
    if cell[:1] not in OPENING_BRACKETS or cell[-1:] not in ("]", "}"):
        return cell
    for read in (json.loads, ast.literal_eval):
        with suppress(ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
            value = read(cell)
            if isinstance(value, (list, dict)):
                return value
    return cell


def _first_value(value: object) -> object:
    """Return the name in an object, or the first value of a list."""
    if isinstance(value, dict):
        return next((value[key] for key in NAME_KEYS if isinstance(value.get(key), str)), None)
    if isinstance(value, list):
        return _first_value(value[0]) if value else None
    return value


def without_half_characters(text: str) -> str:
    """Replace each half of a surrogate pair, which JSON may contain, by U+FFFD."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
