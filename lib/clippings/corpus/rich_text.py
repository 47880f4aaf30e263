"""Read articles in Rich Text Format from word processors and newspaper databases.

striprtf extracts the text. Because it leaves out text boxes, repeats the addresses of links after
their words and includes tracked deletions, the source is prepared first.
"""

import re
from collections.abc import Iterator

from clippings.corpus.documents import Extra, checked
from clippings.corpus.rows import ArticleRow, Limits

RTF = Extra("docs", "an RTF file", "striprtf.striprtf")

NOT_SHOWN_GROUP = re.compile(
    r"""
    \{ (?:\\[a-z]+-?\d*[ ]?)*?      # {\rtlch\fcs1 \af0
    \\(?:deleted|v)(?![a-z0-9-])    # \deleted: a tracked deletion; \v: hidden text. \v0 ends it.
    """,
    re.VERBOSE,
)
TEXT_BOX_START = "{\\shptxt"
TEXT_BOX = re.compile(r"\{\\shptxt(?![a-z])")
BRACE = re.compile(r"\\[\\{}]|[{}]")  # a brace, or one that is a character of the text
ENCODED_BRACES = ("\\\\", "\\{", "\\}")

FIELD_CODE = re.compile(r"(\\fldinst[^A-Z]{0,300}?)HYPERLINK(?=\s)")
"""striprtf writes the address of a link into the text; a field of another name it leaves alone."""

LINE_BREAK = re.compile(r"\\line(?![a-z])[ ]?")
"""striprtf makes one character of line breaks and ends of paragraphs; so a break becomes U+2028."""

CELL_END = "|"
PARAGRAPH_END = re.compile(r"\n+")


def read_rtf(data: bytes, _: Limits) -> Iterator[ArticleRow]:
    """Read the paragraphs of an RTF file."""
    yield checked(ArticleRow(text=text_of_rtf(data)))


def text_of_rtf(data: bytes) -> str:
    """Extract the text of an RTF file.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    str
        Its paragraphs, separated by blank lines, and after them the text boxes. Cells of a row of a
        table are separated by tabs.

    Raises
    ------
    BadInput
        When striprtf is not installed.

    Notes
    -----
    Left out: headers, footers, footnotes, comments, hidden text and tracked deletions.
    """
    striprtf = RTF.load()
    source = data.decode("latin-1")  # RTF is ASCII; other bytes appear in its own encoding
    source = re.sub(r"[\x80-\xff]", lambda match: f"\\'{ord(match[0]):02x}", source)
    source = FIELD_CODE.sub(r"\1LINK", source)
    source = LINE_BREAK.sub(r"\\u8232?", source)
    source, _ = _cut_groups(source, NOT_SHOWN_GROUP)
    source, boxes = _cut_groups(source, TEXT_BOX)
    if boxes:
        texts = [f"\\par {{{box.removeprefix(TEXT_BOX_START)}" for box in boxes]
        source = f"{source.rstrip().removesuffix('}')}{''.join(texts)}}}"
    text = striprtf.rtf_to_text(source, errors="replace")
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    lines = (_shown_line(line) for line in PARAGRAPH_END.split(text.replace("\0", "")))
    return "\n\n".join(line for line in lines if line).replace("\u2028", "\n")


def _shown_line(line: str) -> str:
    """Return a paragraph, or a row of a table with tabs between its cells."""
    line = line.strip()
    if not line.endswith(CELL_END):
        return line
    cells = line.removesuffix(CELL_END).split(CELL_END)
    return "\t".join(cell.strip() for cell in cells).strip()


def _cut_groups(source: str, opening: re.Pattern) -> tuple[str, list[str]]:
    """Return the source without the groups that begin in some way, and these groups."""
    pieces = []
    groups = []
    position = 0
    while match := opening.search(source, position):
        end = _group_end(source, match.start())
        pieces.append(source[position : match.start()])
        groups.append(source[match.start() : end])
        position = end
    pieces.append(source[position:])
    return "".join(pieces), groups


def _group_end(source: str, start: int) -> int:
    """Return where the group ends that starts with the brace at `start`."""
    depth = 0
    for match in BRACE.finditer(source, start):
        if match[0] in ENCODED_BRACES:
            continue
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.end()
    return len(source)
