"""Any other export whose records begin with a labelled title and a date or an outlet."""

import re
from itertools import pairwise

from clippings.corpus.exports.fields import Labels, labels_of, read_record
from clippings.corpus.exports.marks import is_numbered, is_rule
from clippings.corpus.exports.record import ExportedArticle

COUNTER = re.compile(
    r"""
    \s*(?:[#*=–—-]+\s*)?
    (?:(?:Record|Article|Document|Item|Result|Artikel|Dokument|Artículo|Nr\.?|No\.?)\s*:?\s*)?
    [#(]?\d{1,5}[.):]?
    (?:\s*(?:of|/|von|de|sur|van)\s*\d{1,5}\)?)?
    \s*(?:[#*=–—-]+\s*)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
HEAD_LINES = 14
"""Lines with text around a labelled title among which its date or outlet must be labelled."""

ABOVE_TITLE = ("date", "outlet", "author", "section", "language", "other")
"""Fields that some databases print above the title."""

MIN_RECORDS = 2
"""One labelled title is an article with its particulars on top, not an export."""

MIN_STORY_WORDS = 5
"""Words of text that most records must have: a list of references has none."""


def read_labelled(lines: list[str]) -> list[ExportedArticle]:
    """Read the records of an export that no other reader recognises.

    Parameters
    ----------
    lines : list of str
        The lines of a text.

    Returns
    -------
    list of ExportedArticle
        The articles in their order; empty unless at least two records each begin with labels for
        their title and for a date or an outlet.
    """
    labels = labels_of("any")
    meanings = [labels.field_of(line) for line in lines]
    if meanings.count("title") < MIN_RECORDS:
        return []
    starts = _starts(lines, meanings)
    if len(starts) < MIN_RECORDS:
        return []
    ends = [*starts[1:], len(lines)]
    articles = [_article(lines[start:end], labels) for start, end in zip(starts, ends, strict=True)]
    with_story = [a for a in articles if len(a.text.split()) >= MIN_STORY_WORDS]
    return articles if len(with_story) * 2 > len(articles) else []


def _starts(lines: list[str], meanings: list[str]) -> list[int]:
    """Return the first line of each record: the labels around a title with a date or outlet."""
    numbers = list(range(len(lines)))
    if _has_gap_after_each_line(lines):
        # As in word-processor documents, where gaps do not separate the head from the story.
        numbers = [number for number in numbers if lines[number].strip()]
    meaning_of_line = [meanings[number] for number in numbers]
    text_of_line = [lines[number].strip() for number in numbers]
    starts: list[int] = []
    for position, meaning in enumerate(meaning_of_line):
        if meaning != "title":
            continue
        first = _first_of_head(meaning_of_line, position)
        head = _meanings_of_head(text_of_line, meaning_of_line, first)
        if head & {"date", "outlet"} and (not starts or numbers[first] > starts[-1]):
            starts.append(numbers[first])
    return starts


def _has_gap_after_each_line(lines: list[str]) -> bool:
    """Return whether no two lines with text follow each other."""
    return not any(line.strip() and below.strip() for line, below in pairwise(lines))


def _first_of_head(meanings: list[str], title: int) -> int:
    """Return the first of the labelled lines among which a title appears."""
    first = title
    while first > 0 and title - first < HEAD_LINES and meanings[first - 1] in ABOVE_TITLE:
        first -= 1
    return first


def _meanings_of_head(lines: list[str], meanings: list[str], first: int) -> set[str]:
    """Return the meanings of the labels in a row at the start of a head."""
    head: set[str] = set()
    with_text = 0
    for number in range(first, len(lines)):
        if not lines[number].strip():
            continue
        if not meanings[number] and number > first and not meanings[number - 1]:
            break
        if meanings[number]:
            if meanings[number] == "title" and "title" in head:
                break
            head.add(meanings[number])
        with_text += 1
        if with_text >= HEAD_LINES or meanings[number] == "body":
            break
    return head


def _article(part: list[str], labels: Labels) -> ExportedArticle:
    """Return the article of one record, without the counter and rule that introduce the next."""
    end = len(part)
    while end and (not part[end - 1].strip() or _is_separator(part[end - 1])):
        end -= 1
    article = read_record(part[:end], labels)
    if not article.text.strip():
        article.text = article.fields.get("abstract", "")
        article.is_abstract = True
    return article


def _is_separator(line: str) -> bool:
    return is_rule(line) or is_numbered(line) or COUNTER.fullmatch(line) is not None
