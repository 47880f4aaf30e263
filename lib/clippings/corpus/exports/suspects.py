"""Texts that look like several articles, in a layout that no export reader recognises."""

import re
from typing import NamedTuple

from clippings.corpus.exports.dates import MAX_DATE_LINE, is_date_line
from clippings.corpus.exports.factiva import LENGTH
from clippings.corpus.exports.fields import is_byline

MIN_ARTICLES = 3
"""Fewer headlines with a date may be an article and a teaser for another one."""

TITLE_WORDS = range(4, 26)
"""Words of a headline. Shorter lines with a date below are names, above their comments."""

HEAD_LINES = 3
"""Lines with text below a headline among which its date appears: outlet, byline, date."""

MIN_STORY_WORDS = 60
"""Words of prose that follow: a teaser in a list of other stories has fewer."""

MIN_PROSE_WORDS = 12  # of a line that is prose

YEAR = re.compile(r"(?<!\d)(?:1[6-9]|2[01])\d\d(?!\d)")

SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s*$")


class Head(NamedTuple):
    """A headline with a date below it."""

    line: int  # its number
    date_distance: int  # lines with text from the headline to the date


def count_headed_articles(text: str) -> int:
    """Count the headlines of a text that each have a date below them and then a story.

    Parameters
    ----------
    text : str
        The text of an article.

    Returns
    -------
    int
        The number of articles that the text seems to contain; 1 if there is no sign of several.

    Notes
    -----
    Headlines count only if their dates appear at the same distance below them, and if a story of 60
    words or more follows: lists of other stories, comments, timelines and live blogs are parts of
    one article. Not noticed: articles without dates.

    Examples
    --------
    >>> story = "The levee at Ostrand held on Monday night, the mayor of the town said. " * 6
    >>> article = f"Levee at Ostrand holds again\\nOstrand Post\\n16 March 2021\\n\\n{story}\\n\\n"
    >>> count_headed_articles(article * 3), count_headed_articles(article)
    (3, 1)
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    heads = find_heads(lines)
    ends = [head.line for head in heads[1:]] + [len(lines)]
    with_story = [
        head
        for head, end in zip(heads, ends, strict=False)
        if _words_of_prose(lines[head.line : end]) >= MIN_STORY_WORDS
    ]
    distances = [head.date_distance for head in with_story]
    number = max((distances.count(distance) for distance in set(distances)), default=0)
    return number if number >= MIN_ARTICLES else 1


def find_heads(lines: list[str], min_dates: int = MIN_ARTICLES) -> list[Head]:
    """Find the headlines that have a date below them.

    Parameters
    ----------
    lines : list of str
        The lines of a text that are not empty, without blanks around them.
    min_dates : int, default 3
        Minimum number of lines that must be dates. Fewer dates are not sufficient evidence, unless
        the text is known to be an export.

    Returns
    -------
    list of Head
        The headlines in their order; empty if fewer lines are dates.
    """
    dated = [number for number, line in enumerate(lines) if _is_date_or_length(line)]
    if len(dated) < min_dates:
        return []
    heads: list[Head] = []
    last_date = -1
    for number in dated:
        head = _head_above(lines, number)
        if head and head.line > last_date:  # of two dates below a headline, the first counts
            heads.append(head)
            last_date = number
    return heads


def _is_date_or_length(line: str) -> bool:
    """Return whether a line is a full date, or the length of an article."""
    if len(line) > MAX_DATE_LINE or not any(character.isdigit() for character in line):
        return False
    if YEAR.search(line):
        return is_date_line(line)
    return LENGTH.fullmatch(line) is not None


def _head_above(lines: list[str], date: int) -> Head | None:
    """Return the headline whose date is in a line, if there is one."""
    for distance in range(1, HEAD_LINES + 1):
        number = date - distance
        if number < 0 or _is_prose(lines[number]):
            return None
        # The line above a headline is the end of the preceding story, unless it is the first line.
        is_first = number == 0 or SENTENCE_END.search(lines[number - 1]) is not None
        if is_first:
            return Head(number, distance) if _is_title(lines[number]) else None
    return None


def _is_title(line: str) -> bool:
    """Return whether a line may be a headline."""
    is_long_enough = len(line.split()) in TITLE_WORDS
    return is_long_enough and not line.endswith((".", ":", ",")) and not is_byline(line)


def _is_prose(line: str) -> bool:
    """Return whether a line is a paragraph of a story."""
    return len(line.split()) >= MIN_PROSE_WORDS and SENTENCE_END.search(line) is not None


def _words_of_prose(lines: list[str]) -> int:
    return sum(len(line.split()) for line in lines if _is_prose(line))
