"""Articles copied from PressReader: the story, and labelled lines below it."""

import re

from clippings.corpus.exports.dates import is_date_line
from clippings.corpus.exports.fields import ADDRESS, labels_of
from clippings.corpus.exports.marks import is_rule
from clippings.corpus.exports.record import ExportedArticle

FURNITURE = re.compile(
    r"\s*(?:Printed and distributed by PressReader|PressReader\.com|Copyright and protected by"
    r" applicable law|This article was (?:printed|shared) (?:with|from) PressReader).*",
    re.IGNORECASE,
)

MIN_STORY_WORDS = 20
MAX_HEAD_LINE_WORDS = 25
MAX_HEAD_LINES = 6


def read_pressreader(lines: list[str]) -> list[ExportedArticle]:
    """Read articles that were copied from PressReader, one below the other.

    Parameters
    ----------
    lines : list of str
        The lines of a text.

    Returns
    -------
    list of ExportedArticle
        The articles in their order; empty if the text is none such.
    """
    labels = labels_of("pressreader")
    articles = []
    story: list[str] = []
    values: dict[str, str] = {}
    for line in [*lines, "\0"]:
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
    rest = "\n".join(story).strip("\n\0")
    if articles and len(rest.split()) >= MIN_STORY_WORDS:
        articles.append(ExportedArticle(text=rest))  # the file is cut off
    return articles


def _article(lines: list[str], values: dict[str, str]) -> ExportedArticle:
    """The article of a story and the values below it."""
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
