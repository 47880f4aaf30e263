"""Exports of Nexis, LexisNexis Academic, Nexis Uni and Lexis+, in all languages of their pages.

The classic form numbers its articles and prints outlet and date above the title:

    1 of 3 DOCUMENTS · Tarnow Post · March 16, 2021 Tuesday · title · BYLINE: … LENGTH: 138 words
    · story · LOAD-DATE: March 16, 2021 · Copyright 2021 …

The newer form prints the title first, "Body" above the story and "End of Document" below the
record; a cover with the search and a list of titles may precede the first.
"""

import re

from clippings.corpus.exports.dates import is_date_line
from clippings.corpus.exports.fields import labels_of, read_record
from clippings.corpus.exports.marks import (
    begins_record,
    ends_record,
    is_end_mark,
    parts_after_feet,
    parts_after_numbers,
    parts_before_marks,
)
from clippings.corpus.exports.record import ExportedArticle

COVER_LINE = re.compile(
    r"""
    \s*(?:
        (?:User\s?Name|Date\sand\sTime|Job\sNumber|Client/Matter|Search\sTerms|Search\sType
           |Narrowed\sby|Content\sType|Sources?|Timeline|Terms|Time\sof\sRequest
           |Download\sRequest|Project\sID|Combined\sSource|Send\sTo|Number\sof\sResults)\b.*:.*
      | Documents?\s\(\d+\)                       # Documents (10)
      | Content\sType\s+Narrowed\sby
      | (?:News|Nachrichten|Actualités)\s+-None-
      | \d{1,4}\.\s+\S.*                          # 3. Harbour road closed after wall falls
      | .*\bAbout\sLexisNexis\b.*
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)

HEAD_LINES = 12
"""The lines of a record, with empty ones, in which its title appears."""

RUNNING_PAGE = re.compile(r"\s*Page\s+\d+\s+of\s+\d+\s*", re.IGNORECASE)


def read_nexis(lines: list[str]) -> list[ExportedArticle]:
    """Read the articles of an export from Nexis.

    Parameters
    ----------
    lines : list of str
        The lines of a text.

    Returns
    -------
    list of ExportedArticle
        The articles in their order; empty if the text is not such an export.

    Notes
    -----
    Captions and credits of pictures, which Nexis lists below the story, are left out.
    """
    labels = labels_of("nexis")
    parts = parts_after_numbers(lines, labels)
    is_counted = bool(parts)
    if not parts:
        parts = parts_before_marks(lines, labels, is_end_mark)
    if not parts and _has_whole_record(lines):
        parts = parts_after_feet(lines, labels)
    if is_counted:
        parts = [_without_next_cover(_without_end_mark(part)) for part in parts]
    else:
        parts[:1] = [_without_cover(part) for part in parts[:1]]
    if not any(_is_nexis(part) for part in parts):
        return []
    return [read_record(_without_running_heads(part), labels) for part in parts]


def _is_nexis(part: list[str]) -> bool:
    """Return whether a record has at least two different labels that Nexis prints."""
    labels = labels_of("nexis")
    fields = {labels.field_of(line) for line in part}
    return len(fields & {"length", "loaded", "author", "section", "body", "language"}) >= 2


def _has_whole_record(lines: list[str]) -> bool:
    """Return whether a text without marks contains the head and foot of a record."""
    labels = labels_of("nexis")
    fields = [labels.field_of(line) for line in lines]
    return "length" in fields and "loaded" in fields[fields.index("length") :]


def _without_end_mark(part: list[str]) -> list[str]:
    """Return a numbered record up to the "End of Document" below its foot."""
    labels = labels_of("nexis")
    positions = [
        number
        for number, line in enumerate(part)
        if is_end_mark(line) and ends_record(part, number, labels, is_end_mark)
    ]
    return part[: positions[-1]] if positions else part


def _without_next_cover(part: list[str]) -> list[str]:
    """Remove the cover of another export that follows a numbered record in the same file."""
    labels = labels_of("nexis")
    is_in_foot = False
    for number, line in enumerate(part):
        is_in_foot = is_in_foot or labels.field_of(line) == "loaded"
        if is_in_foot and COVER_LINE.fullmatch(line) and ":" in line and not labels.field_of(line):
            return part[:number]
    return part


def _without_cover(part: list[str]) -> list[str]:
    """Return the first record without the cover: the search, and the list of titles."""
    labels = labels_of("nexis")
    body = next((i for i, line in enumerate(part) if labels.field_of(line) == "body"), len(part))
    cover = [
        number
        for number, line in enumerate(part[:body])
        if COVER_LINE.fullmatch(line) and not is_date_line(line)
    ]
    # A title may also begin with a number, but then it is not followed by a head.
    while cover and not begins_record(part, cover[-1] + 1, labels, is_end_mark):
        cover.pop()
    return part[cover[-1] + 1 :] if cover else part


def _without_running_heads(part: list[str]) -> list[str]:
    """Remove page numbers, and the running title below each of them, from a record."""
    head = {line.strip() for line in part[:HEAD_LINES]}
    lines = []
    is_below_page_number = False
    for number, line in enumerate(part):
        if RUNNING_PAGE.fullmatch(line):
            is_below_page_number = True
        elif not line.strip():
            lines.append(line)
        else:
            is_repeated = is_below_page_number and number >= HEAD_LINES and line.strip() in head
            if not is_repeated:
                lines.append(line)
            is_below_page_number = False
    return lines
