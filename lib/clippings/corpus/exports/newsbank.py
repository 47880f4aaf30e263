"""Exports of NewsBank (Access World News): a head, the story, and a foot below it.

The foot has a record number, or the article as a citation, or a notice of copyright; which of them
depends on the year of the export and on the boxes that were ticked.
"""

import re

from clippings.corpus.exports.dates import is_date_line
from clippings.corpus.exports.fields import ADDRESS, Labels, is_copyright, labels_of, read_record
from clippings.corpus.exports.marks import is_rule
from clippings.corpus.exports.record import ExportedArticle

OUTLET_AND_DATE = re.compile(
    r"""
    \s*(?:
        # Tarnow Post (UK) - March 16, 2021
        (?P<outlet>\S.{1,90}?)\s+[-–—|•]\s+(?P<date>[^-–—|•]*\d[^-–—|•]*)
        # March 16, 2021 | Tarnow Post (UK) | Section: News
      | (?P<date_first>[^|•]*\d{4})\s*[|•]\s*(?P<outlet_second>[^|•]+?)(?:\s*[|•].*)?
    )\s*
    """,
    re.VERBOSE,
)
SIDE_BY_SIDE = re.compile(r"\s+[|•]\s+")
BARE_LENGTH = re.compile(r"\d[\d,.]*\s+words?", re.IGNORECASE)
ARTICLE_THE = re.compile(r"(?P<name>[^,(]+),\s+(?P<the>The|Le|La|Les|Der|Die|Das|El)\b(?P<rest>.*)")

CITATION_HEADING = re.compile(r"\s*Citation\s*(?:\([^()]*\))?\s*:?\s*", re.IGNORECASE)
ADDRESS_LINE = re.compile(rf"\s*[<‹(]?{ADDRESS.pattern}\s*")
MAX_HEAD_LINES = 10  # with empty ones, in which a record begins with title, outlet and date

PLACE = re.compile(r"\s*\([^)]*\)\s*$")  # Tarnow Post (Tarnow, England)

TYPICAL = re.compile(
    r"newsbank|access\s+world\s+news|openurl\s+link|\brecord\s+number\s*:", re.IGNORECASE
)


def read_newsbank(lines: list[str]) -> list[ExportedArticle]:
    """Read the articles of an export from NewsBank.

    Parameters
    ----------
    lines : list of str
        The lines of a text.

    Returns
    -------
    list of ExportedArticle
        The articles in their order; empty if the text is not such an export.
    """
    labels = labels_of("newsbank")
    lines = _one_field_per_line(lines, labels)
    parts = [part for part in _parts(lines, labels) if _is_record(part, labels)]
    if not parts or not any(TYPICAL.search(line) for line in lines):
        return []
    return [_article(part, labels) for part in parts]


def _one_field_per_line(lines: list[str], labels: Labels) -> list[str]:
    """Return the lines, with "Author: Jo Reed | Section: News | 150 Words" on three of them."""
    separate = []
    for line in lines:
        pieces = SIDE_BY_SIDE.split(line.strip())
        fields = [labels.field_of(piece) for piece in pieces]
        if len(pieces) < 2 or not any(fields):
            separate.append(line)
            continue
        for piece in pieces:
            separate.append(f"Word count: {piece}" if BARE_LENGTH.fullmatch(piece) else piece)
    return separate


def _parts(lines: list[str], labels: Labels) -> list[list[str]]:
    """Return the records, each with its foot, but without the citation in it."""
    parts: list[list[str]] = [[]]
    is_in_foot = False
    is_in_citation = False
    for number, line in enumerate(lines):
        is_blank = not line.strip()
        if is_in_foot and not is_blank and not is_in_citation and not _is_of_foot(line, labels):
            parts.append([])
            is_in_foot = False
        if is_copyright(line):
            is_in_foot = is_in_foot or _heads_record(lines[number + 1 :])
        is_in_foot = is_in_foot or labels.field_of(line) == "record"
        if CITATION_HEADING.fullmatch(line):
            is_in_foot = True
            is_in_citation = True
        elif not is_in_citation:
            parts[-1].append(line)
        elif not is_blank:
            # The citation continues until the next empty line.
            is_in_citation = any(next_line.strip() for next_line in lines[number + 1 : number + 2])
    return parts


def _is_of_foot(line: str, labels: Labels) -> bool:
    """Return whether a line below a record number or citation belongs to the same record."""
    field = labels.field_of(line)
    is_labelled = bool(field) and field not in ("title", "author")
    return is_labelled or is_copyright(line) or ADDRESS_LINE.fullmatch(line) is not None


def _heads_record(lines: list[str]) -> bool:
    """Return whether these lines begin with a title and a line of outlet and date."""
    filled = [line for line in lines[:MAX_HEAD_LINES] if line.strip()]
    return any(_outlet_and_date(line) for line in filled[1:3])


def _is_record(part: list[str], labels: Labels) -> bool:
    """Return whether a part has the elements of an article head."""
    fields = {labels.field_of(line) for line in part}
    has_head = bool(fields & {"title", "author", "section", "date"})
    return has_head or any(_outlet_and_date(line) for line in part[:12])


def _outlet_and_date(line: str) -> re.Match | None:
    """Return the outlet and date that appear in one line."""
    match = OUTLET_AND_DATE.fullmatch(line)
    if match and is_date_line(match["date"] or match["date_first"]):
        return match
    return None


def _article(part: list[str], labels: Labels) -> ExportedArticle:
    """Return the article of one record."""
    outlet = ""
    date = ""
    lines = []
    for number, line in enumerate(part):
        match = _outlet_and_date(line) if number < 12 and not outlet else None
        if match:
            outlet = match["outlet"] or match["outlet_second"]
            date = match["date"] or match["date_first"]
        elif not is_rule(line):
            lines.append(line)
    article = read_record(lines, labels)
    article.outlet = _natural_order(PLACE.sub("", article.outlet or outlet))
    article.date = article.date or date
    return article


def _natural_order(outlet: str) -> str:
    """Return the name of an outlet in natural order: "Tarnow Post, The" is The Tarnow Post."""
    match = ARTICLE_THE.fullmatch(outlet.strip())
    return f"{match['the']} {match['name']}{match['rest']}" if match else outlet
