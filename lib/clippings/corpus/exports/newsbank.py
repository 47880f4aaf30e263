"""Exports of NewsBank (Access World News): a head, the story, and a record number below it."""

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
    """The lines, with "Author: Jo Reed | Section: News | 150 Words" on three of them."""
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
    """The records: each ends with the labelled lines around its record number."""
    parts: list[list[str]] = [[]]
    has_number = False
    for line in lines:
        is_foot = bool(labels.field_of(line)) and labels.field_of(line) not in ("title", "author")
        is_foot = is_foot or is_copyright(line) or ADDRESS.fullmatch(line.strip()) is not None
        if has_number and line.strip() and not is_foot:
            parts.append([])
            has_number = False
        has_number = has_number or labels.field_of(line) == "record"
        parts[-1].append(line)
    return parts


def _is_record(part: list[str], labels: Labels) -> bool:
    """Check whether a part has the elements of an article head."""
    fields = {labels.field_of(line) for line in part}
    has_head = bool(fields & {"title", "author", "section", "date"})
    return has_head or any(_outlet_and_date(line) for line in part[:12])


def _outlet_and_date(line: str) -> re.Match | None:
    """The outlet and date that appear in one line."""
    match = OUTLET_AND_DATE.fullmatch(line)
    if match and is_date_line(match["date"] or match["date_first"]):
        return match
    return None


def _article(part: list[str], labels: Labels) -> ExportedArticle:
    """The article of one record."""
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
    """The name of an outlet as it is spoken: "Tarnow Post, The" is The Tarnow Post."""
    match = ARTICLE_THE.fullmatch(outlet.strip())
    return f"{match['the']} {match['name']}{match['rest']}" if match else outlet
