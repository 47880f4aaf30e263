"""Articles copied or printed from PressReader."""

import re

from clippings.corpus.exports.dates import is_date_line
from clippings.corpus.exports.fields import ADDRESS, is_byline, labels_of
from clippings.corpus.exports.marks import is_rule
from clippings.corpus.exports.record import ExportedArticle
from clippings.corpus.exports.suspects import find_heads

FURNITURE = re.compile(
    r"\s*(?:Printed and distributed by PressReader|PressReader\.com|Copyright and protected by"
    r" applicable law|This article was (?:printed|shared) (?:with|from) PressReader).*",
    re.IGNORECASE,
)

PRESSREADER = re.compile(r"\bPressReader\b", re.IGNORECASE)
SIDE_BY_SIDE = re.compile(r"\s*[·•|]\s*")  # Tarnow Post · 16 Mar 2021 · Page 4
PAGE = re.compile(r"(?:Page\s+)?[A-Z]?\d{1,3}", re.IGNORECASE)
BYLINE = re.compile(r"(?:By|BY)\s+\S.{1,80}")

MIN_STORY_WORDS = 20
"""Words of a last story whose labelled lines are missing, in a truncated file."""

MAX_HEAD_LINES = 6
MAX_HEAD_LINE_WORDS = 25
"""Lines above a copied story that repeat title, outlet and date, and the words of each."""

END_OF_TEXT = "\0"


def read_pressreader(lines: list[str]) -> list[ExportedArticle]:
    """Read articles that were copied or printed from PressReader, one below the other.

    Parameters
    ----------
    lines : list of str
        The lines of a text.

    Returns
    -------
    list of ExportedArticle
        The articles in their order; empty if the text is none such.
    """
    return _read_copied(lines) or _read_printed(lines)


# Copied: the story, and labelled lines below it.


def _read_copied(lines: list[str]) -> list[ExportedArticle]:
    """Return the articles of a text with "Article Name:" below each story."""
    labels = labels_of("pressreader")
    articles = []
    story: list[str] = []
    values: dict[str, str] = {}
    for line in [*lines, END_OF_TEXT]:
        meaning, value = labels.split(line)
        begins_foot = meaning == "title" and "article name" in line.lower()
        if begins_foot or (meaning and "title" in values):
            values[meaning] = value
            continue
        if "title" in values and line.strip() and not ADDRESS.fullmatch(line.strip()):
            articles.append(_article(story, values))
            story = []
            values = {}
        story.append(line)
    rest = "\n".join(story).strip("\n" + END_OF_TEXT)
    if articles and len(rest.split()) >= MIN_STORY_WORDS:
        articles.append(ExportedArticle(text=rest))  # the file is cut off
    return articles


def _article(lines: list[str], values: dict[str, str]) -> ExportedArticle:
    """Return the article of a story and the values below it."""
    lines = [line for line in lines if not FURNITURE.fullmatch(line) and not is_rule(line)]
    title = values["title"]
    outlet = values.get("outlet", "")
    date = values.get("date", "")
    head = [number for number, line in enumerate(lines) if line.strip()][:MAX_HEAD_LINES]
    left_out = set()
    for number in head:
        line = lines[number].strip()
        if line in (title, outlet):
            left_out.add(number)
        elif is_date_line(line):
            date = date or line
            left_out.add(number)
        elif len(line.split()) > MAX_HEAD_LINE_WORDS:
            break
    return ExportedArticle(
        title=title,
        outlet=outlet,
        author=values.get("author", ""),
        section=values.get("section", ""),
        date=date,
        text="\n".join(line for number, line in enumerate(lines) if number not in left_out),
    )


# Printed: headline, outlet and date above the story.


def _read_printed(lines: list[str]) -> list[ExportedArticle]:
    """Return the articles of a text with a headline and a date above each story."""
    if not any(PRESSREADER.search(line) for line in lines):
        return []
    lines = [line.strip() for line in lines if line.strip()]
    lines = [line for line in lines if not FURNITURE.fullmatch(line)]
    heads = find_heads(lines, min_dates=1)
    ends = [head.line for head in heads[1:]] + [len(lines)]
    return [
        _printed_article(lines[head.line : end], head.date_distance)
        for head, end in zip(heads, ends, strict=False)
    ]


def _printed_article(lines: list[str], date_distance: int) -> ExportedArticle:
    """Return the article in the lines from its headline to the next."""
    title = lines[0]
    between = lines[1:date_distance]
    pieces = SIDE_BY_SIDE.split(lines[date_distance])
    date = next((piece for piece in pieces if is_date_line(piece)), lines[date_distance])
    names = [piece for piece in pieces if piece != date and not PAGE.fullmatch(piece)]
    below = lines[date_distance + 1 :]
    bylines = [line for line in (*between[1:], *names[1:]) if is_byline(line)]
    if below and (is_byline(below[0]) or BYLINE.fullmatch(below[0])):
        bylines.append(below.pop(0))
    return ExportedArticle(
        title=title,
        outlet=next(iter([*between, *names]), ""),
        author=bylines[0] if bylines else "",
        date=date,
        text="\n\n".join(below),
    )
