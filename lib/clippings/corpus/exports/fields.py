"""Labelled lines of an export ("LENGTH: 456 words"), and the record that they form.

A record is the part of a file that is one article. It has up to four parts: lines without a label
(outlet, date, title), the labelled head, the story, and the labelled foot. The story begins at its
label ("Full text:", "Body") or after the head. Its end is determined from the end of the record
upwards, so that a story may quote "Language: never stop learning new ones".
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain

from clippings.core.lexicon import read_lexicon
from clippings.core.tokens import fold
from clippings.corpus.exports.dates import (
    EDITION,
    MAX_EDITION_WORDS,
    is_date_line,
    month_of_issue,
)
from clippings.corpus.exports.record import ExportedArticle, language_code
from clippings.corpus.rows import one_line

LABELLED = re.compile(r"\s*(?P<label>[^\W\d][^:\t\n]{0,40}?)\s*:(?!//)\s*(?P<value>.*)")
"""A line with a colon; the text before it is a label only if the list has it."""

MAX_LANGUAGE_WORDS = 3  # SERBIAN; SRPSKI, simplified Chinese
MAX_RECORD_WORDS = 4

MAX_HEADING = 60
"""Characters of a line that is nothing but a label, with the blanks around it."""

ADDRESS = re.compile(r"https?://\S+")

STATED_LENGTH = re.compile(r"\d[\d,.\s]*")  # 1,456 words

COPYRIGHT = re.compile(
    r"""
    \s*(?:
        ©|\(c\)\s|Copyright\b                  # © 2021 Tarnow Post
      | All\sRights\sReserved                  # the second line of it
      | Alle\sRechte\svorbehalten|Tous\sdroits\sréservés|Alle\srechten\svoorbehouden
      | Todos\slos\sderechos\sreservados|Tutti\si\sdiritti\sriservati
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
MAX_COPYRIGHT_LINE = 200  # characters: a longer line that begins like this is prose

PAGE_NUMBER = re.compile(
    r"""
    \s*(?:
        (?:Page|Seite|Pagina|Página|S\.|p\.)\s*\d+      # Page 2
        \s*(?:of|von|sur|de|van|di|/)\s*\d+             # of 15
      | -\s*\d+\s*-                                    # - 2 -
    )\s*
    """,
    re.IGNORECASE | re.VERBOSE,
)

NAMES = re.compile(
    r"""
    [^\W\d_][\w.'’-]+                             # Jo
    (?:
        \s*(?:,|;|\bet\b|\band\b|\bund\b|&)?\s+
        [^\W\d_][\w.'’-]*                          # Reed and Sam Hill
    ){1,9}
    """,
    re.IGNORECASE | re.VERBOSE,
)
LINKS_BETWEEN_NAMES = ("et", "and", "und", "en", "&", "by", "par", "von", "de", "van", "der", "di")
MAX_BYLINE_WORDS = 10

MIN_DENSE_LINES = 8
"""Lines with text of a record that, without empty lines, is taken for one that never has any."""

MAX_GAPS = 0.1
"""Empty lines for each line with text, in such a record."""

LONG_VALUES = ("title", "body", "other", "picture", "summary", "abstract")
"""Fields of more than one line, such as the story, a list of subjects, or a caption."""

MIN_INDENT = 8
"""Blanks in front of a line that is centred."""

MAX_PICTURE_PARAGRAPHS = 6
"""Paragraphs without a label that may follow a label for pictures in the foot of a record."""


@dataclass
class Block:
    """Lines of a record that belong together: a paragraph, or a labelled value."""

    lines: list[str]  # without the label
    meaning: str  # the meaning of the label; "" without a label
    raw: list[str]  # the lines with the label, unchanged

    def text(self) -> str:
        """Return the lines unchanged, without empty ones."""
        return "\n".join(line for line in self.lines if line.strip())


class Labels:
    """The labels of the exports of one database.

    Parameters
    ----------
    family : str
        The database, as in the column `family` of the list of labels.
    """

    def __init__(self, family: str):
        rows = [row for row in read_lexicon("reading/export_labels") if row["family"] == family]
        self.fields = {fold(row["label"]): row["field"] for row in rows}
        self.headings = {fold(row["label"]): row["field"] for row in rows if row["bare"] == "yes"}

    def split(self, line: str) -> tuple[str, str]:
        """Return the meaning and value of a labelled line; ("", "") without a known label."""
        if len(line) <= MAX_HEADING:
            heading = self.headings.get(fold(line.strip()).rstrip(":").rstrip())
            if heading:
                return heading, ""
        if ":" not in line:
            return "", ""
        match = LABELLED.match(line)
        meaning = self.fields.get(fold(one_line(match["label"])), "") if match else ""
        if meaning and _is_plausible(meaning, match["value"].strip()):
            return meaning, match["value"]
        return "", ""

    def field_of(self, line: str) -> str:
        """Return the meaning of the label of a line; "" if it has none."""
        return self.split(line)[0]


def _is_plausible(meaning: str, value: str) -> bool:
    """Return whether a value fits its label, unlike "Language: never stop learning" in a story."""
    if not value:
        return True
    if meaning in ("date", "loaded", "year", "length"):
        return any(character.isdigit() for character in value)
    if meaning == "language":
        return bool(language_code(value)) or len(value.split()) <= MAX_LANGUAGE_WORDS
    if meaning == "record":
        return len(value.split()) <= MAX_RECORD_WORDS
    return True


@cache
def labels_of(family: str) -> Labels:
    """Return the labels of one database."""
    return Labels(family)


def printed_labels(family: str, *meanings: str) -> tuple[str, ...]:
    """List the labels of a database with these meanings, in small letters, with their colon."""
    fields = labels_of(family).fields
    return tuple(f"{label}:" for label, meaning in fields.items() if meaning in meanings)


def blocks_of(lines: Iterable[str], labels: Labels) -> list[Block]:
    """Group the lines of a record into paragraphs and labelled values.

    Parameters
    ----------
    lines : iterable of str
        The lines of one article.
    labels : Labels
        The labels of its database.

    Returns
    -------
    list of Block
        The blocks in order. A block ends at an empty line or at the next label; lines that contain
        only a page number are left out. A label without a value applies to the next paragraph.
    """
    lines = [line for line in lines if not PAGE_NUMBER.fullmatch(line)]
    is_dense = _is_dense(lines)
    blocks: list[Block] = []
    is_open = False
    for line in lines:
        if not line.strip():
            is_open = False
            continue
        meaning, value = labels.split(line)
        if meaning:
            blocks.append(Block([value], meaning, [line]))
        elif _waits_for_value(blocks) or (is_open and _continues(blocks[-1], is_dense)):
            blocks[-1].lines.append(line)
            blocks[-1].raw.append(line)
        else:
            blocks.append(Block([line], "", [line]))
        is_open = True
    return blocks


def _is_dense(lines: list[str]) -> bool:
    """Return whether paragraphs follow each other without empty lines."""
    with_text = sum(1 for line in lines if line.strip())
    between = len(lines) - with_text
    return with_text > MIN_DENSE_LINES and between < MAX_GAPS * with_text


def _continues(block: Block, is_dense: bool) -> bool:
    """Return whether a line without a label belongs to the block above it."""
    if not is_dense or not block.meaning or block.meaning in LONG_VALUES:
        return True
    # Without empty lines, the text after a short value is probably the story, not its continuation.
    return _is_unfinished(block)


def _waits_for_value(blocks: list[Block]) -> bool:
    """Return whether the last block is a label whose value continues in the next paragraph."""
    if not blocks or blocks[-1].meaning in ("", "body", "other", "picture", "url"):
        return False
    is_unfinished_byline = blocks[-1].meaning == "author" and _is_unfinished(blocks[-1])
    return is_unfinished_byline or not blocks[-1].text()


def _is_unfinished(block: Block) -> bool:
    """Return whether the last line of a list of names must be continued."""
    return block.lines[-1].rstrip().endswith((",", "&", ";", " and", " und", " et", " en"))


def is_copyright(line: str) -> bool:
    """Return whether a line is a copyright notice."""
    return len(line) <= MAX_COPYRIGHT_LINE and COPYRIGHT.match(line) is not None


def is_byline(line: str) -> bool:
    """Return whether a line contains only names.

    Parameters
    ----------
    line : str
        A line below a title.

    Returns
    -------
    bool
        True for "Jo Reed and Sam Hill", false for a sentence or a title.

    Examples
    --------
    >>> is_byline("Jo Reed and Sam Hill"), is_byline("The levee holds")
    (True, False)
    """
    line = line.strip()
    words = [word for word in line.split() if word.lower() not in LINKS_BETWEEN_NAMES]
    if not words or len(words) > MAX_BYLINE_WORDS or line.endswith((".", "!", "?", ":", "…")):
        return False
    return NAMES.fullmatch(line) is not None and all(word[0].isupper() for word in words)


def read_record(lines: Iterable[str], labels: Labels) -> ExportedArticle:
    """Read the article in one record.

    Parameters
    ----------
    lines : iterable of str
        The lines of the record.
    labels : Labels
        The labels of its database.

    Returns
    -------
    ExportedArticle
        The contents of the record. Fields that it does not state are empty.
    """
    blocks = blocks_of(lines, labels)
    body_start = _start_of_body(blocks)
    body_end = _end_of_body(blocks, body_start)
    head = blocks[:body_start]
    foot = blocks[body_end:]
    values = _values([*head, *foot])
    article = ExportedArticle(
        title=values.get("title", ""),
        outlet=values.get("outlet", ""),
        author=values.get("author", ""),
        section=values.get("section", ""),
        language=values.get("language", ""),
        date=values.get("date", ""),
        url=values.get("url", ""),
        dateline=values.get("dateline", ""),
        summary=values.get("summary", ""),
        stated_words=_number(values.get("length", "")),
        fields=values,
    )
    article.url = article.url or _address(head)
    leading = [block for block in head if not block.meaning]
    has_only_single_lines = all(len(block.raw) == 1 for block in blocks)
    rest = _complete_from_leading(article, leading, has_only_single_lines)
    article.text = "\n\n".join([*rest, *_paragraphs(blocks[body_start:body_end])])
    return article


def _start_of_body(blocks: list[Block]) -> int:
    """Return the number of the block with which the story begins."""
    has_head = False
    for number, block in enumerate(blocks):
        if block.meaning == "body":
            return number
        if block.meaning:
            has_head = True
        elif has_head and not _is_named_later(blocks[number:]):
            return number
    return len(blocks)


def _is_named_later(blocks: list[Block]) -> bool:
    """Return whether the head continues after a few lines without a label."""
    for block in blocks[:MAX_PICTURE_PARAGRAPHS]:
        if block.meaning == "body":
            return True
        if block.meaning in ("author", "section", "length"):
            return len(blocks[0].text().split()) <= MAX_BYLINE_WORDS
        if not block.meaning and len(one_line(block.text())) > MAX_COPYRIGHT_LINE:
            return False
    return False


def _end_of_body(blocks: list[Block], body_start: int) -> int:
    """Return the number of the first block of the foot, found from the end upwards."""
    end = len(blocks)
    while end > body_start:
        block = blocks[end - 1]
        if block.meaning == "body":
            break
        if block.meaning or all(is_copyright(line) for line in block.lines):
            end -= 1
            continue
        above = blocks[max(body_start, end - 1 - MAX_PICTURE_PARAGRAPHS) : end - 1]
        fields_above = [block.meaning for block in above]
        has_foot_below = end < len(blocks)
        if "picture" in fields_above and has_foot_below:
            end -= len(above) - fields_above.index("picture")
            continue
        break
    return end


def _values(blocks: list[Block]) -> dict[str, str]:
    """Map each field to its first value that is not empty."""
    values: dict[str, str] = {}
    for block in blocks:
        value = block.text()
        if block.meaning and value.strip():
            values.setdefault(block.meaning, value)
    return values


def _address(head: list[Block]) -> str:
    """Return the web address that has a line of its own in the head; "" if there is none."""
    lines = chain.from_iterable(block.lines for block in head if not block.meaning)
    return next((line for line in map(str.strip, lines) if ADDRESS.fullmatch(line)), "")


def _number(text: str) -> int | None:
    """Return the number in a stated length: "1,456 words"."""
    match = STATED_LENGTH.search(text)
    return int(re.sub(r"\D", "", match[0])) if match else None


def _paragraphs(blocks: list[Block]) -> list[str]:
    """Return the story. Labels in it are part of it, except the one that introduces it."""
    paragraphs = []
    while blocks and all(is_copyright(line) for line in blocks[0].lines if line.strip()):
        # "Full text:" and a copyright that appears below it.
        blocks = blocks[1:]
    for number, block in enumerate(blocks):
        is_introduction = number == 0 and block.meaning == "body"
        lines = block.lines if is_introduction else block.raw
        paragraphs.append("\n".join(line.rstrip() for line in lines if line.strip()))
    return [paragraph for paragraph in paragraphs if paragraph]


def _complete_from_leading(
    article: ExportedArticle, leading: list[Block], has_only_single_lines: bool
) -> list[str]:
    """Take title, outlet and date from lines without a label; return the rest of them."""
    lines = _lines_with_gaps(leading)
    if has_only_single_lines:
        # If each line is a paragraph, as in RTF files, gaps do not separate the parts.
        lines = [line for line in lines if line.strip()]
    position = next((i for i, line in enumerate(lines) if is_date_line(line)), None)
    if position is None:
        position = next((i for i, line in enumerate(lines) if month_of_issue(line)), None)
    if position is None:
        return _complete_without_date(article, lines)
    article.date = article.date or lines[position].strip()
    above = [line for line in lines[:position] if line.strip()]
    below = _without_edition(lines[position + 1 :])
    if len(above) < 2 and not article.title and not _has_text(below):
        below = lines[position + 1 :]  # a title with the word "edition"
    is_outlet_first = _has_text(below) and (len(above) < 2 or all(map(_is_centred, above)))
    if is_outlet_first and not article.title:
        # "Outlet, date, title".
        article.outlet = article.outlet or " ".join(one_line(line) for line in above)
        return _with_title_from(article, below)
    # Either "title, outlet, date", or only the outlet if the title has a label.
    if above and not article.outlet and (len(above) > 1 or article.title):
        article.outlet = above.pop()
    if above and not article.title:
        article.title = _without_repetition(above)
    # If the title is above the date, short lines below the date name the edition.
    paragraphs = _as_paragraphs(below)
    return [text for text in paragraphs if len(text.split()) > MAX_EDITION_WORDS]


def _complete_without_date(article: ExportedArticle, lines: list[str]) -> list[str]:
    """Take the title from the lines above the labels; nothing is left of them."""
    paragraphs = _as_paragraphs(lines)
    # If the title has a label, these lines repeat it or introduce the database.
    if paragraphs and not article.title:
        article.title = paragraphs[0]
    return []


def _with_title_from(article: ExportedArticle, lines: list[str]) -> list[str]:
    """Take the first paragraph as the title unless there is one; return the others."""
    paragraphs = _as_paragraphs(lines)
    if paragraphs and not article.title:
        article.title = paragraphs.pop(0)
    return [] if article.title in paragraphs else paragraphs


def _lines_with_gaps(blocks: list[Block]) -> list[str]:
    """Return the lines of some blocks without copyright, an empty line between two blocks."""
    lines: list[str] = []
    for block in blocks:
        lines += [
            line
            for line in block.lines
            if not is_copyright(line) and not ADDRESS.fullmatch(line.strip())
        ]
        lines.append("")
    return lines


def _without_edition(lines: list[str]) -> list[str]:
    """Remove lines that name the edition from those below a date: "Edition 1;", "Scotland"."""
    gap = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    with_date = lines[:gap]
    is_short = all(len(line.split()) <= MAX_EDITION_WORDS for line in with_date)
    if with_date and is_short and _has_text(lines[gap:]):
        return lines[gap:]  # the title has a paragraph of its own
    is_continued = False
    for number, line in enumerate(lines):
        is_edition = is_continued or EDITION.search(line) or _is_centred(line)
        if line.strip() and not (is_edition and len(line.split()) <= MAX_EDITION_WORDS):
            return lines[number:]
        if line.strip():
            is_continued = line.rstrip().endswith((";", ","))
    return []


def _is_centred(line: str) -> bool:
    return line.startswith(" " * MIN_INDENT)


def _has_text(lines: list[str]) -> bool:
    return any(line.strip() for line in lines)


def _without_repetition(lines: list[str]) -> str:
    """Return a title over several lines; once, where a running head repeats it."""
    middle = len(lines) // 2
    halves = [" ".join(map(one_line, half)) for half in (lines[:middle], lines[middle:])]
    if halves[0] == halves[1]:
        return halves[0]
    return "\n".join(dict.fromkeys(line.strip() for line in lines))


def _as_paragraphs(lines: list[str]) -> list[str]:
    """Return the lines as paragraphs, which empty lines separate."""
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            paragraphs[-1].append(line.strip())
        elif paragraphs[-1]:
            paragraphs.append([])
    return ["\n".join(paragraph) for paragraph in paragraphs if paragraph]
