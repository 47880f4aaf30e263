"""Extract the text of a PDF as paragraphs, without running heads and page numbers.

pypdf returns each line with its position and type size. A PDF does not contain paragraphs: they are
recognised by line spacing, indents, short last lines and type sizes, and joined again if a page, a
column or a picture interrupts a sentence.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, product
from math import hypot, isfinite
from statistics import quantiles

from clippings.core.errors import BadInput
from clippings.core.lexicon import read_words
from clippings.core.sentences import breaks_off_at_abbreviation
from clippings.corpus import problems
from clippings.corpus.documents import LINE_END, Extra, checked
from clippings.corpus.page_metadata import without_site_name
from clippings.corpus.rows import ArticleRow, Limits

PDF = Extra("docs", "a PDF", "pypdf")

FULL_LINE = 0.75
"""Times the width of a column in characters. Three of four lines are at most as wide as the column;
a line with less than 0.75 of that is the last one of a paragraph."""

SAME_SIZE = 0.1
"""Share by which type may differ in size and still be the same: sizes are often rounded."""

WIDE_GAP = 1.3
"""Times the usual distance between lines: from there on, a space separates two paragraphs."""

INDENT = 0.6
"""Times the size of type. The indent of a first line is one em or more in print."""

HEADING_SIZE = 1.15
"""Times the size of the text: larger type is a heading, whose lines belong together."""

SAME_BASELINE = 0.3
"""Times the size of type by which the pieces of one line may differ in height."""

COLUMN_GAP = 1.5
"""Times the size of type between two columns; a gap between words is a quarter."""

CHARACTER_WIDTH = 0.45
"""Times the size of type: the mean width of a character in common type, to estimate lengths."""

MIN_COLUMN_LINES = 5
"""Lines side by side that make two columns. Fewer are the cells of a table."""

MIN_COLUMN_CHARACTERS = 20
"""Mean length of the lines of a column. Those of a table are shorter."""

EDGE_LINES = 3
"""Lines at the top and bottom of a page that are searched for its head, foot and number."""

HEIGHT_STEP = 4
"""Points by which the heights of a running head may differ from page to page."""

NUMBER_DISTANCE = 2
"""Times the size of type: the space between the text and the number of its page, at least."""

MAX_INTERRUPTIONS = 3
"""Paragraphs of other type (captions, headings of boxes) that may interrupt a sentence."""

MAX_CAPTION = 300  # characters of such a paragraph

# Number of lines at the top of the first page among which a printed title is sought.
LINES_WITH_TITLE = 10

SENTENCE_END = re.compile(r"[.!?…:]['\"’”»)\]]*$")
DIVIDED_WORD = re.compile(r"(\w+)([-‐\xad])$")
COMPOUND = re.compile(r"\w+(?:[-‐]\w+)+")
LETTERS = re.compile(r"\w+")

LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
"""Forms of print for two letters; nobody writes them."""

PAGE_NUMBER = re.compile(
    r"""
    (?:
        [-–—|]?\s*\d{1,4}\s*[-–—|]?                              # 12 · - 12 -
      | (?:page|seite|p\.|s\.|pg\.)\s*\d{1,4}(?:\s*(?:of|von|/)\s*\d{1,4})?   # Page 1 of 3
      | \d{1,4}\s*(?:of|von|/)\s*\d{1,4}                          # 1 of 3 · 1/3
    )
    $""",
    re.IGNORECASE | re.VERBOSE,
)
BARE_NUMBER = re.compile(r"\d{1,4}$")
PRINTED_ADDRESS = re.compile(
    r"""
    (?P<title>.*?)\s*                     # Firefox prints the title on the same line
    (?P<url>(?:https?|file):///?[^\s<>]+?)
    (?:\s+ (?:page\s*)? \d{1,4} \s*(?:of|/)\s* \d{1,4})?
    $""",
    re.IGNORECASE | re.VERBOSE,
)
PRINTED_TIME = re.compile(
    r"""
    (?:\d{1,4}\s*(?:of|/)\s*\d{1,4}\s+)?               # 1 of 3, as Firefox prints before it
    (?P<first>\d{1,4})[/.-](?P<second>\d{1,2})[/.-](?P<third>\d{2,4})
    ,?\s+ \d{1,2}[:.]\d{2}(?:[:.]\d{2})? \s*(?P<half>[AaPp]\.?[Mm]\.?)?
    (?:\s+(?P<title>\S.*))?
    $""",
    re.VERBOSE,
)
METADATA_DAY = re.compile(r"D:(\d{4})(\d{2})(\d{2})")

NAME_OF_FILE = re.compile(
    r"""
    ^microsoft\ word | ^untitled | ^slide\ 1 | ^print | ^layout
    | \.(?:docx?|indd|qxd|pdf|html?|tmp|rtf|odt|pages)\b
    | ^[\w-]*\d[\w-]*$                        # 20210316_A01
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Titles that programs write when nobody has given one."""

MIN_TITLE_WORDS = 3


@dataclass
class Line:
    """A line of a page, with its place in points from the lower left corner."""

    text: str
    x: float
    y: float
    size: float  # of type, in points
    page: int


@dataclass
class Paragraph:
    """Lines that belong together."""

    lines: list[Line]
    text: str = ""

    @property
    def size(self) -> float:
        """Return the size of its type."""
        return self.lines[0].size


@dataclass
class PrintNotes:
    """Details that a browser prints at the edges of a page or that the file states."""

    url: str = ""
    saved: str = ""  # YYYY-MM-DD
    titles: list[str] = field(default_factory=list)


def read_pdf(data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read the text of a PDF.

    Parameters
    ----------
    data : bytes
        The file.
    limits : Limits
        The size limits.

    Yields
    ------
    ArticleRow
        The text, the address and date that a browser prints at the edges of the pages, and the
        title of the file if it also appears in the text. The creation date of the file is used as
        the date of saving.

    Raises
    ------
    BadInput
        If the PDF is locked or contains no text.
    """
    pypdf = PDF.load()
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise BadInput(problems.locked_pdf())
        pages = _lines_of_pages(reader, limits)
    except pypdf.errors.DependencyError:
        raise BadInput(problems.missing_decryption()) from None
    notes = _file_notes(reader)
    pages, notes = _without_edges(pages, notes)
    text = _text([_in_reading_order(lines) for lines in pages])
    if not text:
        raise BadInput(problems.scanned_pdf())
    title, outlet = _stated_title(text, notes.titles)
    row = ArticleRow(text=text, title=title, outlet=outlet, url=notes.url, saved=notes.saved)
    yield checked(row)


# Lines of a page


def _lines_of_pages(reader, limits: Limits) -> list[list[Line]]:
    """Return the lines of all pages, or of enough pages to show that the text is too long."""
    pages = []
    length = 0
    for number, page in enumerate(reader.pages):
        lines = _page_lines(page, number)
        pages.append(lines)
        length += sum(len(line.text) for line in lines)
        if length > limits.article:
            break  # the row will say that it is too long
    return pages


def _page_lines(page, number: int) -> list[Line]:
    """Return the lines of a page in the order in which the file draws them."""
    collector = _LineCollector(number)
    page.extract_text(visitor_text=collector.add)
    collector.close()
    return collector.lines


class _LineCollector:
    """Puts the pieces that pypdf reports together to lines."""

    def __init__(self, page: int):
        self.page = page
        self.lines: list[Line] = []
        self._pieces: list[str] = []
        self._first: tuple[float, float, float] | None = None  # x, y and size of the first piece

    def add(self, text: str, cm: list[float], tm: list[float], font, font_size: float) -> None:
        """Add a piece, with the matrices that place it."""
        if text.strip():
            x, y, size = _place(cm, tm, font_size)
            if self._is_elsewhere(x, y, size):
                self.close()
            if self._first is None:
                self._first = (x, y, size)
        parts = LINE_END.split(text)
        for part in parts[:-1]:
            self._pieces.append(part)
            place = self._first
            self.close()
            if place is not None:
                # Further lines of a piece have no position of their own.
                x, y, size = place
                self._first = (x, y - size, size) if "".join(parts[1:]).strip() else None
        self._pieces.append(parts[-1])

    def _is_elsewhere(self, x: float, y: float, size: float) -> bool:
        """Return whether a piece begins another line, or one in another column."""
        if self._first is None:
            return False
        first_x, first_y, first_size = self._first
        if abs(y - first_y) > SAME_BASELINE * max(size, first_size):
            return False  # pypdf has decided: it reports the end of a line
        length = len("".join(self._pieces).rstrip()) * CHARACTER_WIDTH * first_size
        return x - (first_x + length) > COLUMN_GAP * 2 * size

    def close(self) -> None:
        """End the line."""
        text = "".join(self._pieces).translate(LIGATURES).strip()
        if text and self._first is not None:
            x, y, size = self._first
            self.lines.append(Line(text, x, y, size, self.page))
        self._pieces = []
        self._first = None


def _place(cm: list[float], tm: list[float], font_size: float) -> tuple[float, float, float]:
    """Return the position and size of text on a page, turned until it can be read."""
    x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
    y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
    along_x = tm[0] * cm[0] + tm[1] * cm[2]
    along_y = tm[0] * cm[1] + tm[1] * cm[3]
    size = abs(font_size) * hypot(along_x, along_y) or abs(font_size)
    if not all(map(isfinite, (x, y, size))):
        return 0.0, 0.0, 1.0  # of a damaged file; its words may be whole
    if abs(along_y) > abs(along_x):
        return (y, -x, size) if along_y > 0 else (-y, x, size)
    return x, y, size


def _in_reading_order(lines: list[Line]) -> list[Line]:
    """Return the lines of a page in the order in which they are read.

    Most programs draw one column after the other, and their order is kept. Where lines of two
    columns are drawn in turn, the left column of each such stretch is put first.
    """
    ordered: list[Line] = []
    rows: list[list[Line]] = []
    for line in lines:
        if rows and _is_beside(rows[-1][-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    stretch: list[list[Line]] = []
    for row in [*rows, []]:
        if len(row) == 2:
            stretch.append(row)
            continue
        ordered += _columns_of(stretch)
        stretch = []
        ordered += row
    return ordered


def _is_beside(line: Line, other: Line) -> bool:
    """Return whether a line appears to the right of another, at the same height."""
    is_level = abs(line.y - other.y) <= SAME_BASELINE * max(line.size, other.size)
    return is_level and other.x > line.x


def _columns_of(rows: list[list[Line]]) -> list[Line]:
    """Return the lines of rows of two: column by column if they are long, row by row in a table."""
    lines = list(chain.from_iterable(rows))
    if len(rows) < MIN_COLUMN_LINES:
        return lines
    left = [row[0] for row in rows]
    right = [row[1] for row in rows]
    for column in (left, right):
        if sum(len(line.text) for line in column) < MIN_COLUMN_CHARACTERS * len(column):
            return lines
    return [*left, *right]


# Heads and feet


def _file_notes(reader) -> PrintNotes:
    """Return the details that the file states: its title and creation date."""
    notes = PrintNotes()
    try:
        metadata = reader.metadata or {}
        title = str(metadata.get("/Title") or "")
        made = str(metadata.get("/CreationDate") or "")
    except Exception:  # in damaged files; their text may be whole
        return notes
    if title.strip():
        notes.titles.append(" ".join(title.split()))
    if match := METADATA_DAY.match(made):
        notes.saved = _iso_day(*map(int, match.groups()))
    return notes


def _without_edges(
    pages: list[list[Line]], notes: PrintNotes
) -> tuple[list[list[Line]], PrintNotes]:
    """Remove running heads, page numbers and what a browser prints at the page edges."""
    edges = [_edge_lines(lines) for lines in pages]
    repeated = _repeated_edges(edges)
    offsets = _page_number_offsets(edges)
    remaining = []
    for lines, edge in zip(pages, edges, strict=True):
        furniture = set()
        for line in edge:
            is_repeated = _edge_key(line) in repeated
            # A date or an address further inside is part of the article.
            is_printed = (is_repeated or _is_outermost(line, edge)) and _note_print(
                line, edge, notes
            )
            if is_repeated or is_printed:
                furniture.add(id(line))
        for line in edge:
            if _is_page_number(line, lines, furniture, offsets):
                furniture.add(id(line))
        remaining.append([line for line in lines if id(line) not in furniture])
    return _without_printed_titles(remaining, edges, notes), notes


def _edge_lines(lines: list[Line]) -> list[Line]:
    """Return the uppermost and lowest lines of a page."""
    heights = sorted({round(line.y) for line in lines}, reverse=True)
    if len(heights) < 2:
        return list(lines)
    outer = {*heights[:EDGE_LINES], *heights[-EDGE_LINES:]}
    return [line for line in lines if round(line.y) in outer]


def _edge_key(line: Line) -> tuple[str, int]:
    """Return the features that a running head shares on all pages: its words and its height."""
    return _without_numbers(line.text), round(line.y / HEIGHT_STEP)


def _repeated_edges(edges: list[list[Line]]) -> set[tuple[str, int]]:
    """Return the lines at the edge of at least two pages and half of all, except numbers."""
    pages_with: Counter = Counter()
    for lines in edges:
        pages_with.update({_edge_key(line) for line in lines if not line.text.isdecimal()})
    needed = max(2, len(edges) / 2)
    return {key for key, number in pages_with.items() if number >= needed}


def _page_number_offsets(edges: list[list[Line]]) -> set[int]:
    """Return how much numbers at the edges of several pages differ from the count of the page."""
    pages_with: Counter = Counter()
    for lines in edges:
        numbers = {int(line.text) for line in lines if BARE_NUMBER.match(line.text)}
        pages_with.update({number - lines[0].page for number in numbers})
    return {offset for offset, number in pages_with.items() if number > 1}


def _is_page_number(line: Line, lines: list[Line], furniture: set[int], offsets: set[int]) -> bool:
    """Return whether a line at the edge is a page number, not a cell or the end of a sentence."""
    if not PAGE_NUMBER.match(line.text):
        return False
    for other in lines:
        is_level = abs(other.y - line.y) <= SAME_BASELINE * line.size
        if other is not line and is_level and id(other) not in furniture:
            return False
    if not BARE_NUMBER.match(line.text):
        return True
    nearest = min((abs(other.y - line.y) for other in lines if other is not line), default=0)
    return int(line.text) - line.page in offsets or nearest > NUMBER_DISTANCE * line.size


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def _is_outermost(line: Line, edge: list[Line]) -> bool:
    """Return whether no other line of a page is higher, or none is lower."""
    heights = [other.y for other in edge]
    distance = min(max(heights) - line.y, line.y - min(heights))
    return distance <= SAME_BASELINE * line.size


def _note_print(line: Line, edge: list[Line], notes: PrintNotes) -> bool:
    """Note the address or time that a browser prints at the edge; return whether it is one."""
    if match := PRINTED_TIME.match(line.text):
        notes.saved = _printed_day(match, notes.saved) or notes.saved
        if match["title"]:
            notes.titles.append(match["title"])
        return True
    match = PRINTED_ADDRESS.match(line.text)
    if not match or not _is_title(match["title"], edge, notes):
        return False
    url = match["url"]
    # Long addresses are cut off with an ellipsis.
    is_whole = url.lower().startswith("http") and not url.endswith(("…", "..."))
    if is_whole and not notes.url:
        notes.url = url
    if match["title"]:
        notes.titles.append(match["title"])
    return True


def _is_title(text: str, edge: list[Line], notes: PrintNotes) -> bool:
    """Return whether the words before an address are none, or a title; else it is in a sentence."""
    words = _folded(text)
    headlines = [line.text for line in edge if not PRINTED_ADDRESS.match(line.text)]
    titles = [_folded(title) for title in [*headlines, *notes.titles]]
    return not words or any(title and words.startswith(title) for title in titles)


def _printed_day(match: re.Match, made: str) -> str:
    """Return the day of a printed time. The day on which the file was made decides its order."""
    first, second, third = (int(match[name]) for name in ("first", "second", "third"))
    if first > 31:
        return _iso_day(first, second, third)
    year = third if third > 99 else 2000 + third
    month_first = _iso_day(year, first, second)
    day_first = _iso_day(year, second, first)
    if made and made in (month_first, day_first):
        return made
    # US English puts the month first and uses AM and PM; with the day first, it is 24 hours.
    if (match["half"] or "").isupper():
        return month_first or day_first
    return day_first or month_first


def _iso_day(year: int, month: int, day: int) -> str:
    try:
        return f"{datetime(year, month, day):%Y-%m-%d}"
    except ValueError:
        return ""


def _without_printed_titles(
    pages: list[list[Line]], edges: list[list[Line]], notes: PrintNotes
) -> list[list[Line]]:
    """Remove the document title that a browser prints next to the time on each page."""
    titles = {_folded(title) for title in notes.titles}
    is_printed = bool(notes.url) or len(notes.titles) > 1
    if not titles or not is_printed:
        return pages
    remaining = []
    for lines, edge in zip(pages, edges, strict=True):
        highest = max((line.y for line in edge), default=0)
        story = []
        for line in lines:
            is_on_top = highest - line.y <= line.size
            if not (is_on_top and _folded(line.text) in titles and len(lines) > 1):
                story.append(line)
        remaining.append(story)
    # A headline on top of its page is not a printed one.
    return remaining if _has_title(remaining, titles) else pages


def _has_title(pages: list[list[Line]], titles: set[str]) -> bool:
    """Return whether the first page begins with one of these titles, with or without the site."""
    top = pages[0][:LINES_WITH_TITLE] if pages else []
    first_lines = filter(None, (_folded(line.text) for line in top))
    return any(title.startswith(line) for line, title in product(first_lines, titles))


def _folded(text: str) -> str:
    return " ".join(LETTERS.findall(text.casefold()))


def _stated_title(text: str, titles: list[str]) -> tuple[str, str]:
    """Return the headline and outlet that the file states, if the text has the headline too."""
    paragraphs = text.split("\n\n")[:12]
    for title in titles:
        if NAME_OF_FILE.search(title) or len(title.split()) < MIN_TITLE_WORDS:
            continue
        headline, outlet = without_site_name(title, "", paragraphs)
        for paragraph in paragraphs:
            if _folded(paragraph) == _folded(headline):
                return " ".join(paragraph.split()), outlet
    return "", ""


# Paragraphs


def _text(pages: list[list[Line]]) -> str:
    """Return the paragraphs of all pages."""
    lines = list(chain.from_iterable(pages))
    if not lines:
        return ""
    layout = _Layout(lines)
    compounds = _Compounds(lines)
    paragraphs = layout.paragraphs()
    for paragraph in paragraphs:
        paragraph.text = _joined([line.text for line in paragraph.lines], compounds)
    merged = _with_interrupted_sentences(paragraphs, layout, compounds)
    return "\n\n".join(paragraph.text for paragraph in merged).strip()


class _Layout:
    """The usual measures of a document, and where its paragraphs end."""

    def __init__(self, lines: list[Line]):
        self.lines = lines
        sizes: Counter = Counter()
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
        self.text_size = sizes.most_common(1)[0][0]
        self._widths: dict[float, float] = {}
        self._leadings: dict[float, float] = {}

    def paragraphs(self) -> list[Paragraph]:
        """Return the lines in paragraphs."""
        paragraphs = [Paragraph([self.lines[0]])]
        for place in range(1, len(self.lines)):
            previous = self.lines[place - 1]
            line = self.lines[place]
            following = self.lines[place + 1] if place + 1 < len(self.lines) else None
            if self.is_new_paragraph(previous, line, following):
                paragraphs.append(Paragraph([line]))
            else:
                paragraphs[-1].lines.append(line)
        return paragraphs

    def is_new_paragraph(self, previous: Line, line: Line, following: Line | None) -> bool:
        """Return whether a line does not go on with the paragraph of the line before."""
        if not _is_same_size(previous, line):
            return True
        distance = previous.y - line.y
        leading = self._leading(line.size)
        if line.page != previous.page or distance < 0:
            return True  # another page or column; sentences are put together later
        if distance > WIDE_GAP * leading:
            return True
        if previous.size > HEADING_SIZE * self.text_size:
            return False
        if _is_indented(previous, line, following):
            return True
        if DIVIDED_WORD.search(previous.text) and LETTERS.match(line.text):
            return False
        if self.is_full(previous) or breaks_off_at_abbreviation(previous.text, line.text):
            return False
        # A short line ends a paragraph, unless a sentence runs on.
        is_one_sentence = not SENTENCE_END.search(previous.text) and line.text[:1].islower()
        return not is_one_sentence

    def is_full(self, line: Line) -> bool:
        """Return whether a line is about as wide as its column."""
        size = round(line.size, 1)
        if size not in self._widths:
            widths = sorted(len(other.text) for other in self.lines if _is_same_size(other, line))
            self._widths[size] = widths[len(widths) * 3 // 4]
        return len(line.text) >= FULL_LINE * self._widths[size]

    def _leading(self, size: float) -> float:
        """Return the usual distance between lines of this size."""
        key = round(size, 1)
        if key not in self._leadings:
            distances = []
            for previous, line in zip(self.lines, self.lines[1:], strict=False):
                distance = previous.y - line.y
                is_next = previous.page == line.page and 0 < distance < 3 * size
                if is_next and _is_same_size(previous, line) and abs(line.size - size) < 1:
                    distances.append(distance)
            # In short paragraphs, half of the distances are those between paragraphs.
            smallest = quantiles(distances, n=4)[0] if len(distances) > 1 else 1.2 * size
            self._leadings[key] = smallest
        return self._leadings[key]


def _is_same_size(line: Line, other: Line) -> bool:
    return abs(line.size - other.size) <= SAME_SIZE * max(line.size, other.size)


def _is_indented(previous: Line, line: Line, following: Line | None) -> bool:
    """Return whether a line begins further to the right than the lines before and after it."""
    indent = INDENT * line.size
    if line.x - previous.x <= indent:
        return False
    if following is None or following.page != line.page or following.y > line.y:
        return line.x - previous.x < 4 * line.size
    return line.x - following.x > indent


def _with_interrupted_sentences(
    paragraphs: list[Paragraph], layout: _Layout, compounds: "_Compounds"
) -> list[Paragraph]:
    """Return the paragraphs, joining those that a page, column or picture has cut in two."""
    merged: list[Paragraph] = []
    for paragraph in paragraphs:
        beginning = _beginning_of(paragraph, merged, layout)
        if beginning is None:
            merged.append(paragraph)
        else:
            beginning.text = _joined([beginning.text, paragraph.text], compounds)
            beginning.lines += paragraph.lines
    return merged


def _beginning_of(
    paragraph: Paragraph, earlier: list[Paragraph], layout: _Layout
) -> Paragraph | None:
    """Return the earlier paragraph whose last sentence continues in this one."""
    if paragraph.size > HEADING_SIZE * layout.text_size:
        return None
    for distance, candidate in enumerate(reversed(earlier[-MAX_INTERRUPTIONS - 1 :])):
        if _goes_on(candidate, paragraph, layout):
            # A column or page must end between the two, or a caption appear there.
            is_interrupted = distance > 0 or _is_elsewhere(candidate.lines[-1], paragraph.lines[0])
            return candidate if is_interrupted else None
        is_caption = not _is_same_size(candidate.lines[0], paragraph.lines[0])
        if not is_caption or len(candidate.text) > MAX_CAPTION:
            return None
    return None


def _is_elsewhere(line: Line, other: Line) -> bool:
    """Return whether a line is on another page or higher up than the preceding one."""
    return line.page != other.page or other.y > line.y


def _goes_on(beginning: Paragraph, paragraph: Paragraph, layout: _Layout) -> bool:
    """Return whether a paragraph continues the sentence with which another one ends."""
    if not _is_same_size(beginning.lines[-1], paragraph.lines[0]):
        return False
    last = beginning.lines[-1]
    first = paragraph.text[:1]
    if breaks_off_at_abbreviation(beginning.text, paragraph.text):
        return True
    if SENTENCE_END.search(beginning.text):
        return False
    if DIVIDED_WORD.search(last.text) or first.islower():
        return True
    # With a capital, as in "said Maria / Lund", only a full line continues.
    is_paragraph = len(beginning.lines) > 1 or len(beginning.text.split()) > 8
    return is_paragraph and layout.is_full(last)


# Words divided at the end of a line


class _Compounds:
    """Evidence in the rest of a document on a word that is divided at the end of a line."""

    def __init__(self, lines: list[Line]):
        text = "\n".join(line.text for line in lines)
        self._with_hyphen = {match[0].casefold() for match in COMPOUND.finditer(text)}
        self._words = Counter(word.casefold() for word in LETTERS.findall(text))
        self._starts = frozenset(read_words("en/text/compound_starts"))

    def keep_hyphen(self, left: str, right: str) -> bool:
        """Return whether the hyphen between two parts belongs to the word: "well-known"."""
        if left[-1:].isdigit() or not right[:1].islower():
            return True  # "2010-" "2012", "Jean-" "Claude"
        left = left.casefold()
        right = right.casefold()
        if f"{left}-{right}" in self._with_hyphen:
            return True
        if left + right in self._words:
            return False
        return left in self._starts


def _joined(lines: list[str], compounds: _Compounds) -> str:
    """Return lines as one paragraph."""
    text = lines[0]
    for line in lines[1:]:
        divided = DIVIDED_WORD.search(text)
        first_word = LETTERS.match(line)
        if divided and divided[2] == "\xad" and first_word:
            text = text[:-1] + line
        elif divided and first_word:
            is_kept = compounds.keep_hyphen(divided[1], first_word[0])
            text = (text if is_kept else text[:-1]) + line
        else:
            text = f"{text} {line}"
    return text
