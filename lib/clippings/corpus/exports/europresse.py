"""Exports of Europresse (Eureka.cc) as text or PDF; `pages` reads those saved as web pages."""

import re

from clippings.core.lexicon import any_of
from clippings.corpus.exports.dates import is_date_line
from clippings.corpus.exports.fields import PAGE_NUMBER, is_byline, is_copyright
from clippings.corpus.exports.record import ExportedArticle
from clippings.corpus.rows import one_line
from clippings.corpus.written_dates import find_written_dates

IDENTIFIER = re.compile(r"\s*(?:news|biom|soci)\s?[·•.∙]\s?\d{8}\s?[·•.∙]\s?\S+.*")
"""news·20210316·CT·0012: the identifier of a document."""

CERTIFICATE = re.compile(
    r"""
    \s*(?:
        Certificat\sémis\sle\b.{0,200}                      # Certificat émis le 20 mars 2021 à …
      | (?:This\s)?Certificate\s(?:was\s)?issued\son\b.{0,200}
      | Ce\scertificat\sest\sémis\b.{0,400}
      | .{0,80}à\sdes\sfins\sde\svisualisation\s(?:personnelle|temporaire).{0,80}
      | .{0,80}for\spersonal\sand\stemporary\sdisplay.{0,80}
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
ISSUE = re.compile(r",?\s*(?:no\.?|n°|vol\.?)\s*[\w-]*\d.*", re.IGNORECASE | re.DOTALL)
SOURCE_KIND = re.compile(r"\s*\((?:site web|web site|réf\.? site web)[^)]*\).*", re.IGNORECASE)

LENGTH = re.compile(
    rf"(?P<number>\d[\d\s,.]*?)\s*{any_of('reading/export_marks', 'words')}\b", re.IGNORECASE
)
PAGE = re.compile(r"\bpp?\.\s*[\w-]+")
BETWEEN_FIELDS = re.compile(r"\s*[•·|]\s*")
WEEKDAY_AT_END = re.compile(r"[\s,]+(?:[^\W\d_]+(?:day|di)|dimanche)\s*$", re.IGNORECASE)
"""The rest of a date line whose weekday is not part of the date: "Actualités, mardi"."""

HEAD_LINES = 20
"""Lines with text searched for the date, which may follow a description of the source."""

MAX_TITLE_LINES = 4
MAX_TITLE_LINE = 150  # characters: a longer line below a title is the story

MAX_DATE_LINE = 160  # characters: section, weekday, date, time, length and page


def read_europresse(lines: list[str]) -> list[ExportedArticle]:
    """Read the articles of an export from Europresse.

    Parameters
    ----------
    lines : list of str
        The lines of a text.

    Returns
    -------
    list of ExportedArticle
        The articles in their order; empty if the text is not such an export.
    """
    if not any(IDENTIFIER.fullmatch(line) or CERTIFICATE.fullmatch(line) for line in lines):
        return []
    return [article for part in _parts(lines) if (article := read_europresse_part(part))]


def _parts(lines: list[str]) -> list[list[str]]:
    """Return the records: each ends with copyright, certificate and identifier, in any order."""
    parts: list[list[str]] = [[]]
    is_below_end = False
    for line in lines:
        is_end = IDENTIFIER.fullmatch(line) or CERTIFICATE.fullmatch(line)
        is_foot = is_end or is_copyright(line) or PAGE_NUMBER.fullmatch(line) is not None
        if is_below_end and line.strip() and not is_foot:
            parts.append([])
            is_below_end = False
        is_below_end = is_below_end or bool(is_end)
        parts[-1].append(line)
    return parts


def read_europresse_part(part: list[str]) -> ExportedArticle | None:
    """Read the article in the lines of one record.

    Parameters
    ----------
    part : list of str
        The lines.

    Returns
    -------
    ExportedArticle or None
        The article; None if there is no date in its head.
    """
    lines = _without_foot(part)
    with_text = [number for number, line in enumerate(lines) if line.strip()]
    date = next((i for i in with_text[:HEAD_LINES] if _has_date(lines[i])), None)
    if date is None:
        return None
    article = ExportedArticle(date=_date_of(lines[date]))
    above = [lines[number].strip() for number in with_text if number < date]
    above = [line for line in above if not is_copyright(line)]
    if above:
        # Of more than two lines above the date, the first names the outlet.
        article.outlet = outlet_name(above[0] if len(above) > 2 else above[-1])
    article.section = _section_of(lines[date])
    start = date + 1
    details = lines[date]
    following = [number for number in with_text if number > date]
    if following and _is_detail(lines[following[0]]):
        # Le Courrier (site web) • p. 4 • 658 mots
        details = lines[following[0]]
        pieces = BETWEEN_FIELDS.split(details.strip())
        if len(pieces) > 1 and not LENGTH.fullmatch(pieces[0]):
            article.outlet = outlet_name(pieces[0])
        start = following[0] + 1
    length = LENGTH.search(details)
    article.stated_words = int(re.sub(r"\D", "", length["number"])) if length else None
    article.title, article.author, article.text = _title_byline_story(lines[start:])
    return article


def outlet_name(line: str) -> str:
    """Return the name of a source without issue and kind: "Le Courrier (site web), no. 12345"."""
    name = ISSUE.sub("", SOURCE_KIND.sub("", one_line(line)))
    return name.strip(" ,;")


def _without_foot(part: list[str]) -> list[str]:
    """Remove the certificate, identifier and copyright from the lines below the story."""
    lines = [
        line
        for line in part
        if not (IDENTIFIER.fullmatch(line) or CERTIFICATE.fullmatch(line))
        and not PAGE_NUMBER.fullmatch(line)
    ]
    while lines and (not lines[-1].strip() or is_copyright(lines[-1])):
        lines.pop()
    return lines


def _has_date(line: str) -> bool:
    """Return whether a line is the line of the head that contains the date."""
    if len(line) > MAX_DATE_LINE or not any(character.isdigit() for character in line):
        return False
    if is_date_line(line):
        return True
    is_head = LENGTH.search(line) or PAGE.search(line) or line.rstrip(" ,")[-4:].isdigit()
    return bool(is_head) and bool(_dates(line)) and not line.rstrip().endswith(".")


def _dates(line: str) -> list:
    return [written for written in find_written_dates(line) if written.year]


def _date_of(line: str) -> str:
    """Return the date of the line that contains it."""
    dates = _dates(line)
    return line[dates[0].start : dates[0].end] if dates else line


def _section_of(line: str) -> str:
    """Return the section, which appears in front of the date: "Actualités, mardi 16 mars 2021"."""
    dates = _dates(line)
    section = line[: dates[0].start] if dates else ""
    return WEEKDAY_AT_END.sub("", f" {section.strip(' ,')}").strip(" ,")


def _is_detail(line: str) -> bool:
    """Return whether a line below the date contains page and length instead of a title."""
    return bool(LENGTH.search(line)) and len(line) <= MAX_DATE_LINE and not line.endswith(".")


def _title_byline_story(lines: list[str]) -> tuple[str, str, str]:
    """Return the title, the byline if there is one, and the story unchanged."""
    position = _next_with_text(lines, 0)
    title: list[str] = []
    while position < len(lines) and lines[position].strip():
        line = lines[position].strip()
        if title and (is_byline(line) or _is_prose(line) or len(title) == MAX_TITLE_LINES):
            break
        title.append(line)
        position += 1
    below = _next_with_text(lines, position)
    byline = ""
    if below + 1 < len(lines) and is_byline(lines[below]):
        byline = lines[below].strip()
        position = below + 1
    return "\n".join(title), byline, "\n".join(lines[position:]).strip("\n")


def _next_with_text(lines: list[str], position: int) -> int:
    """Return the number of the next line that is not empty."""
    while position < len(lines) and not lines[position].strip():
        position += 1
    return position


def _is_prose(line: str) -> bool:
    """Return whether a line directly below a title is a paragraph of the story."""
    return line.endswith((".", ".”", ".»", '."')) or len(line) > MAX_TITLE_LINE
