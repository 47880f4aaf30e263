"""Marks between the articles of an export."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from clippings.core.lexicon import any_of, read_words
from clippings.core.tokens import fold
from clippings.corpus.exports.dates import is_date_line
from clippings.corpus.exports.fields import Labels, is_copyright

RULE = re.compile(r"\s*([_\-=*~–—])\s?(?:\1\s?){14,}")
"""A line of at least 15 strokes or stars between two records."""

MAX_MARK = 90
"""Characters of a line that is a mark, with the blanks that centre it."""

HEAD_LINES = 14
"""Lines with text in which the head of a record must show a date or a label of the head. A cover,
an edition and a title over three lines are no more than ten."""

FOOT_LINES = 8
"""Lines with text above a mark among which the foot of the record must show a label."""

MIN_ENTRIES = 2
"""Lines of a table of contents; one line that comes again may be the title of an article."""

MIN_ENTRY_WORDS = 4
"""Words of each line: shorter ones, such as the outlet, begin the head of every article."""

NUMBER_OF_ENTRY = re.compile(r"^[#(]?\d{1,4}[.):]?\s+")  # 2. Levee holds
PAGE_OF_ENTRY = re.compile(r"[\s.·…]*\b(?:p\.\s?)?\d{1,4}$")  # Levee holds ..... 7
COUNT_OR_DATE = re.compile(r"[(\[]?\d[\d\s./:,-]*[)\]]?")  # 12 documents, Contents (3)

HEAD_FIELDS = ("title", "author", "section", "length", "body", "outlet", "date", "citation")
FOOT_FIELDS = ("loaded", "language", "record", "picture")


@cache
def _numbered() -> re.Pattern:
    """Return a pattern for a line like "3 of 10 DOCUMENTS" or "Dokument 3 von 10"."""
    noun = any_of("reading/export_marks", "numbered")
    of = any_of("reading/export_marks", "of")
    return re.compile(
        rf"""
        \s*(?:
            (?P<first>\d{{1,5}})\s+{of}\s+(?P<first_total>\d{{1,5}})\s+{noun}
          | {noun}\s+(?P<second>\d{{1,5}})\s+{of}\s+(?P<second_total>\d{{1,5}})
        )\s*
        """,
        re.IGNORECASE | re.VERBOSE,
    )


class Numbering(NamedTuple):
    """The numbers in a mark such as "3 of 10 DOCUMENTS"."""

    number: int
    total: int


def numbering_of(line: str) -> Numbering | None:
    """Read a mark like "3 of 10 DOCUMENTS".

    Parameters
    ----------
    line : str
        A line of an export.

    Returns
    -------
    Numbering or None
        Its numbers; None if the line is something else, or contains anything else.

    Examples
    --------
    >>> numbering_of("   3 of 10 DOCUMENTS"), numbering_of("Dokument 3 von 10")
    (Numbering(number=3, total=10), Numbering(number=3, total=10))
    """
    if len(line) > MAX_MARK or not any(character.isdigit() for character in line):
        return None
    match = _numbered().fullmatch(line)
    if match is None:
        return None
    number = match["first"] or match["second"]
    total = match["first_total"] or match["second_total"]
    return Numbering(int(number), int(total))


def is_numbered(line: str) -> bool:
    """Return whether a line is a mark like "3 of 10 DOCUMENTS"."""
    return numbering_of(line) is not None


@cache
def end_marks() -> frozenset[str]:
    """Return the folded lines that end a record, in all languages: "end of document"."""
    return frozenset(fold(mark) for mark in read_words("reading/export_marks", kind="end"))


def is_end_mark(line: str) -> bool:
    """Return whether a line is a mark like "End of Document"."""
    return len(line) <= 60 and fold(" ".join(line.split())) in end_marks()


def is_rule(line: str) -> bool:
    """Return whether a line is a rule between two records."""
    return RULE.fullmatch(line.rstrip()) is not None


def begins_record(
    lines: list[str], start: int, labels: Labels, is_mark: Callable[[str], bool]
) -> bool:
    """Return whether a mark is followed by the head of a record, not by the rest of a story.

    Parameters
    ----------
    lines : list of str
        All lines of the file.
    start : int
        The first line to check.
    labels : Labels
        The labels of the database.
    is_mark : callable
        Recognises the marks between records.

    Returns
    -------
    bool
        True if a date or a head label follows within a few lines, before any mark or foot label.
    """
    for line in _lines_with_text(lines, range(start, len(lines)), HEAD_LINES):
        meaning = labels.field_of(line)
        if is_mark(line) or meaning in FOOT_FIELDS:
            return False
        if meaning in HEAD_FIELDS or is_date_line(line):
            return True
    return False


def ends_record(
    lines: list[str], mark: int, labels: Labels, is_mark: Callable[[str], bool]
) -> bool:
    """Return whether the foot of a record, such as its load date, appears above a mark."""
    for line in _lines_with_text(lines, range(mark - 1, -1, -1), FOOT_LINES):
        if is_mark(line):
            return False
        if labels.field_of(line) in FOOT_FIELDS:
            return True
    return False


def _lines_with_text(lines: list[str], positions: range, number: int) -> Iterator[str]:
    """Yield the first lines that are not empty, at these positions."""
    for position in positions:
        if lines[position].strip():
            yield lines[position]
            number -= 1
            if number == 0:
                return


def without_cover(lines: list[str]) -> list[str]:
    """Remove the name of the search and the table of contents above the first article.

    Parameters
    ----------
    lines : list of str
        The lines of an export.

    Returns
    -------
    list of str
        The lines without the first paragraphs, as long as each begins like a cover or repeats
        lines that come later.

    Examples
    --------
    >>> without_cover(["Search results", "16 March 2021", "", "Levee holds", "Ostrand Post"])
    ['Levee holds', 'Ostrand Post']
    """
    later = Counter(_entry_of(line) for line in lines)
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and lines[end].strip():
            end += 1
        paragraph = lines[start:end]
        if paragraph and not _is_cover(paragraph, later):
            break
        start = end + 1
    return lines[start:]


def _is_cover(paragraph: list[str], times: Counter) -> bool:
    """Return whether a paragraph begins like a cover, or repeats several titles."""
    if any(numbering_of(line) or is_rule(line) or is_end_mark(line) for line in paragraph):
        return False
    first = fold(" ".join(paragraph[0].split())).rstrip(":")
    is_short = all(len(line) <= MAX_MARK for line in paragraph)
    if is_short and COUNT_OR_DATE.sub("", first).strip() in _cover_words():
        return True
    entries = [_entry_of(line) for line in paragraph]
    are_titles = all(
        len(entry.split()) >= MIN_ENTRY_WORDS and not is_copyright(entry) for entry in entries
    )
    return len(entries) >= MIN_ENTRIES and are_titles and all(times[entry] > 1 for entry in entries)


def _entry_of(line: str) -> str:
    """Remove the number and page of an entry in a table of contents."""
    return PAGE_OF_ENTRY.sub("", NUMBER_OF_ENTRY.sub("", " ".join(line.split())))


@cache
def _cover_words() -> frozenset[str]:
    return frozenset(fold(word) for word in read_words("reading/export_marks", kind="cover"))


def parts_after_numbers(lines: list[str], labels: Labels) -> list[list[str]]:
    """Split the lines where "3 of 10 DOCUMENTS" introduces each record; the cover is left out."""
    marks = [number for number, line in enumerate(lines) if is_numbered(line)]
    sure = [mark for mark in marks if begins_record(lines, mark + 1, labels, is_numbered)]
    starts = sorted([*sure, *_missing_marks(lines, marks, sure)])
    ends = [*starts[1:], len(lines)]
    return [lines[start + 1 : end] for start, end in zip(starts, ends, strict=False)]


def _missing_marks(lines: list[str], marks: list[int], sure: list[int]) -> list[int]:
    """Return marks without a known head below them whose numbers fill a gap."""
    missing = []
    for mark, next_mark in pairwise([*sure, len(lines)]):
        numbering = numbering_of(lines[mark])
        following = numbering_of(lines[next_mark]) if next_mark < len(lines) else None
        is_same_export = following is not None and following.total == numbering.total
        end = following.number if is_same_export else numbering.total + 1
        wanted = {Numbering(number, numbering.total) for number in range(numbering.number + 1, end)}
        if not wanted:
            continue
        between = [other for other in marks if mark < other < next_mark]
        missing += [other for other in between if numbering_of(lines[other]) in wanted]
    return missing


def parts_before_marks(
    lines: list[str], labels: Labels, is_mark: Callable[[str], bool]
) -> list[list[str]]:
    """Split the lines where a mark ends each record; the last may lack it in a truncated file."""
    parts = []
    start = 0
    for number, line in enumerate(lines):
        if is_mark(line) and (
            begins_record(lines, number + 1, labels, is_mark)
            or ends_record(lines, number, labels, is_mark)
        ):
            parts.append(lines[start:number])
            start = number + 1
    if parts and begins_record(lines, start, labels, is_mark):
        parts.append(_without_last_mark(lines[start:], is_mark))
    return parts


def parts_after_feet(lines: list[str], labels: Labels) -> list[list[str]]:
    """Split the lines where a head follows the foot of a record, in a text without marks."""
    parts: list[list[str]] = [[]]
    is_in_foot = False
    for number, line in enumerate(lines):
        meaning = labels.field_of(line)
        is_of_foot = is_copyright(line) or meaning in (*FOOT_FIELDS, "other", "url")
        if is_in_foot and line.strip() and not is_of_foot:
            is_in_foot = False
            if begins_record(lines, number, labels, is_rule):
                parts.append([])
        is_in_foot = is_in_foot or meaning == "loaded"
        if not is_rule(line):
            parts[-1].append(line)
    return parts


def _without_last_mark(lines: list[str], is_mark: Callable[[str], bool]) -> list[str]:
    """Remove everything from the last mark on in the last lines of a record without a foot."""
    last_lines = range(len(lines) - 1, max(-1, len(lines) - 1 - FOOT_LINES), -1)
    for position in last_lines:
        if is_mark(lines[position]):
            return lines[:position]
    return lines
