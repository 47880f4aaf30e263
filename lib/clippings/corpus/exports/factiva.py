"""Exports of Factiva, with field codes (HD, BY, WC …) or as displayed on the screen."""

import re
from collections.abc import Iterator

from clippings.core.lexicon import any_of
from clippings.corpus.exports.dates import is_date_line
from clippings.corpus.exports.fields import PAGE_NUMBER, is_byline, is_copyright
from clippings.corpus.exports.record import ExportedArticle, language_code
from clippings.corpus.rows import one_line

HEAD_CODES = (
    *("SE", "CLM", "HD", "HL", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "NGC", "GC"),
    *("ED", "PG", "VOL", "LA", "CY", "CX"),
)
STORY_CODES = ("LP", "TD")  # the first paragraphs, and the others
FOOT_CODES = ("ART", "CT", "RF", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN")
CODES = frozenset((*HEAD_CODES, *STORY_CODES, *FOOT_CODES))

CODED = re.compile(
    r"""
    \|?\s*
    (?P<code>[A-Z]{2,3})
    (?: \s*\|\s*(?P<cell>.*?)\|?\s*      # HD | Harbour road closed |     a cell of a table
      | (?:\t|\s{2,})\s*(?P<value>.*)    # HD  Harbour road closed
      | \s*$                             # HD, with the value below
    )
    """,
    re.VERBOSE,
)
ONE_BLANK = re.compile(r"(?P<code>[A-Z]{2,3}) (?P<value>\S.*)")  # HD Harbour road closed

ACCESSION = re.compile(
    r"""
    (?:Document|Dokument|Documento)\s+
    [A-Z0-9]{2,8}0{4}\d{8}[a-z0-9]{5,12}     # TPOST000020210316eh3g00001
    \s*
    """,
    re.VERBOSE,
)
DOCUMENT_NUMBER = re.compile(r"\s*(?:Document|Dokument|Documento)\s+[A-Z0-9]{4,}[a-z0-9]*\s*")
"""The last line of a record of its own, where its number may have another form."""

ODD_NUMBER = re.compile(r"\s*(?:Document|Dokument|Documento)\s+(?=\D*\d)\S{2,40}(?:\s\S{1,15})?\s*")
"""A number that does not have the usual form: Document x-17."""

MAX_SUMMARY_WORDS = 12
"""Words of a line in the summary of a search."""

LINES_BELOW_NUMBER = 24
"""Lines in which the title, byline, length and date of the next article appear."""

FACTIVA_PAGE = re.compile(r"\s*(?:Page\s\d+.*)?©\s*\d{4}\s+Factiva,?\s+Inc\..*", re.IGNORECASE)

LENGTH = re.compile(
    rf"\s*(?P<number>\d[\d,.\s]*)\s*{any_of('reading/export_marks', 'words')}\s*", re.IGNORECASE
)
BEGINS_WITH_BY = re.compile(r"\s*(?:By|BY|Von|Par|Por|Door|Di)\s+\S")
MAX_HEAD_LINES = 9
"""Lines below the date: time, source, code, edition, page, volume, language, copyright over two."""

MAX_SECTION_WORDS = 3
"""Words of a first line that is the section: "World News"."""

MAX_TITLE_LINES = 6
"""Lines above the length: the section, a title over three lines, a byline over two."""


def read_factiva(lines: list[str]) -> list[ExportedArticle]:
    """Read the articles of an export from Factiva.

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
    Captions (ART), contacts (CT) and the codes of subjects, companies and regions are left out.
    """
    lines = [line for line in lines if not FACTIVA_PAGE.fullmatch(line)]
    return _read_coded(lines) or _read_displayed(lines)


# With codes.


def _read_coded(lines: list[str]) -> list[ExportedArticle]:
    """Return the articles of an export with codes; [] without any."""
    coded = [_code_and_value(line, is_one_blank_enough=False) for line in lines]
    if not any(code == "HD" for code, _ in coded):
        coded = [_code_and_value(line, is_one_blank_enough=True) for line in lines]
    starts = [number for number, (code, _) in enumerate(coded) if code == "HD"]
    starts = [start for start in starts if _is_head(coded, start)]
    starts = [_with_section_above(coded, start) for start in starts]
    ends = [*starts[1:], len(lines)]
    return [
        _coded_article(lines[start:end], coded[start:end])
        for start, end in zip(starts, ends, strict=False)
    ]


def _code_and_value(line: str, is_one_blank_enough: bool) -> tuple[str, str]:
    """Return the code at the start of a line and the rest; ("", line) without a code."""
    match = CODED.fullmatch(line.rstrip())
    if match and match["code"] in CODES:
        return match["code"], match["cell"] or match["value"] or ""
    match = ONE_BLANK.fullmatch(line.rstrip()) if is_one_blank_enough else None
    if match and match["code"] in CODES:
        return match["code"], match["value"]
    return "", line


def _is_head(coded: list[tuple[str, str]], start: int) -> bool:
    """Return whether other head codes follow the headline, as they never do in a story."""
    window = coded[start + 1 : start + 40]
    codes = {code for code, _ in window}
    return len(codes & {"WC", "PD", "SN", "LP", "TD"}) >= 2


def _with_section_above(coded: list[tuple[str, str]], start: int) -> int:
    """Return the first line of a record, which may be a section above the headline."""
    first = start
    for number in range(start - 1, max(-1, start - 8), -1):
        code, value = coded[number]
        if code in ("SE", "CLM"):
            first = number
        elif code or _ends_record(value):
            break
    return first


def _ends_record(line: str) -> bool:
    return ACCESSION.search(line) is not None


def _coded_article(lines: list[str], coded: list[tuple[str, str]]) -> ExportedArticle:
    """Return the article in the lines of one record."""
    foot = _start_of_foot(coded)
    values: dict[str, list[str]] = {}
    current = ""
    for number, (line, (code, value)) in enumerate(zip(lines, coded, strict=True)):
        is_in_story = current in STORY_CODES and number < foot
        if code and not (is_in_story and code not in STORY_CODES):
            current = code
            values.setdefault(current, []).append(value)
        elif current:
            values[current].append(line.strip("|").rstrip() if "|" in line[:1] else line.rstrip())

    def value_of(code: str) -> str:
        return "\n".join(line.strip() for line in values.get(code, ()) if line.strip())

    story = [_paragraphs(values.get(code, [])) for code in STORY_CODES]
    number = LENGTH.fullmatch(one_line(value_of("WC")))
    return ExportedArticle(
        title=value_of("HD"),
        outlet=value_of("SN"),
        author=value_of("BY"),
        section=value_of("SE"),
        language=value_of("LA"),
        date=value_of("PD"),
        text="\n\n".join(part for part in story if part),
        stated_words=_digits(number["number"]) if number else None,
    )


def _start_of_foot(coded: list[tuple[str, str]]) -> int:
    """Return the first line of the foot: of each of its codes, the last one in the record."""
    last = {code: number for number, (code, _) in enumerate(coded) if code in FOOT_CODES}
    return min(last.values(), default=len(coded))


def _paragraphs(lines: list[str]) -> str:
    """Return a part of the story with its empty lines but without page numbers."""
    text = "\n".join(line for line in lines if not PAGE_NUMBER.fullmatch(line))
    return text.strip("\n")


def _digits(text: str) -> int:
    return int(re.sub(r"\D", "", text))


# As displayed: title, byline, length, date, source, code, language, copyright, story, number.


def _read_displayed(lines: list[str]) -> list[ExportedArticle]:
    """Return the articles of an export without codes; [] if it is none."""
    return [article for part in _displayed_parts(lines) if (article := _displayed_article(part))]


def _displayed_parts(lines: list[str]) -> Iterator[list[str]]:
    """Yield the records, each up to its accession number; the last one may lack it."""
    start = 0
    for number, line in enumerate(lines):
        if ACCESSION.fullmatch(line.strip()) or _is_odd_number(lines, number):
            yield lines[start:number]
            start = number + 1
    if start > 0:
        yield lines[start:]


def _is_odd_number(lines: list[str], number: int) -> bool:
    """Return whether a line is an accession number in the different form that some sources use.

    A story may have such a line, too, but not with the head of another article right below it.
    """
    if not ODD_NUMBER.fullmatch(lines[number]):
        return False
    if not any(LENGTH.fullmatch(line) for line in lines[:number]):
        return False
    # Only the summary of the search may follow the last article.
    rest = lines[number + 1 :]
    is_summary = all(len(line.split()) <= MAX_SUMMARY_WORDS for line in rest)
    if is_summary and not any(LENGTH.fullmatch(line) or _ends_record(line) for line in rest):
        return True
    below = [line for line in lines[number + 1 : number + 1 + LINES_BELOW_NUMBER] if line.strip()]
    length = next((place for place, line in enumerate(below) if LENGTH.fullmatch(line)), None)
    if length is None or any(map(_ends_record, below[:length])):
        return False
    return any(map(is_date_line, below[length + 1 : length + 4]))


def read_factiva_part(part: list[str]) -> ExportedArticle | None:
    """Read the article in the lines of one record.

    Parameters
    ----------
    part : list of str
        The lines, with codes or as displayed.

    Returns
    -------
    ExportedArticle or None
        The article; None if there is none, as in the summary of the search.
    """
    while part and (not part[-1].strip() or DOCUMENT_NUMBER.fullmatch(part[-1])):
        part = part[:-1]
    coded = _read_coded(part)
    return coded[0] if coded else _displayed_article(part)


def _displayed_article(part: list[str]) -> ExportedArticle | None:
    """Return the article of a record without codes."""
    length = next((i for i, line in enumerate(part) if LENGTH.fullmatch(line)), None)
    if length is None:
        return None
    date = next(
        (i for i in range(length + 1, min(length + 5, len(part))) if is_date_line(part[i])), None
    )
    if date is None:
        return None
    below_date = [number for number in range(date + 1, len(part)) if part[number].strip()]
    head_end = _end_of_head(part, below_date)
    head = [part[number].strip() for number in below_date if number < head_end]
    head = [line for line in head if not re.fullmatch(r"\d{1,2}[:.]\d{2}.*", line)]
    languages = [line for line in head if language_code(line)]
    title, byline, section = _title_byline_section(part[:length])
    return ExportedArticle(
        title=title,
        outlet=head[0] if head else "",
        author=byline,
        section=section,
        language=languages[0] if languages else "",
        date=part[date].strip(),
        text=_paragraphs(part[head_end:]),
        stated_words=_digits(LENGTH.fullmatch(part[length])["number"]),
    )


def _end_of_head(part: list[str], below_date: list[int]) -> int:
    """Return the first line of the story: below the copyright or, without one, the language."""
    head = below_date[:MAX_HEAD_LINES]
    copyrights = [number for number in head if is_copyright(part[number])]
    languages = [number for number in head[1:] if language_code(part[number])]
    if copyrights:
        end = copyrights[0] + 1
        while end < len(part) and is_copyright(part[end]):
            end += 1
        return end
    if languages:
        return languages[0] + 1
    return head[2] if len(head) > 2 else len(part)  # source and code


def _title_byline_section(lines: list[str]) -> tuple[str, str, str]:
    """Return the lines above the length: perhaps a section, the title, perhaps a byline."""
    lines = _last_paragraphs(lines)
    byline = ""
    by = next((i for i in range(1, len(lines)) if BEGINS_WITH_BY.match(lines[i])), None)
    if by is not None:
        byline = "\n".join(lines[by:])
        lines = lines[:by]
    elif len(lines) > 1 and is_byline(lines[-1]) and len(lines[-2]) > len(lines[-1]):
        # A line of names that is longer than the line above continues a title in capitals.
        byline = lines.pop()
    section = ""
    is_section = len(lines) > 1 and len(lines[0].split()) <= MAX_SECTION_WORDS
    if is_section and len(lines[1]) > len(lines[0]):
        section = lines.pop(0)
    return "\n".join(lines), byline, section


def _last_paragraphs(lines: list[str]) -> list[str]:
    """Return the last lines with text: lines further up are a cover or a search summary."""
    with_text = [line.strip() for line in lines if line.strip() and not is_copyright(line)]
    return with_text[-MAX_TITLE_LINES:]
