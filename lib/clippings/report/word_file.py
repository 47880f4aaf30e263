"""The report as a Word file: headings, sentences, charts with captions and alternative texts, tables."""

import io
import re
import zipfile
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from clippings.show.figure import COLUMN_WIDTH

MOST_ROWS = 12  # of a table; the rest is in its file
MOST_PASSAGES = 3  # below a sentence of the brief
MOST_BOLD = 80  # characters of what is marked; a whole passage in bold is no help
A4 = (8.27, 11.69)  # inches
FIXED = datetime(1980, 1, 1)  # no file tells when it was made
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
EVIDENCE = {"ul", "details"}


def can_write() -> bool:
    """Whether the extra `report` is installed.

    In: nothing. Out: bool. Raises: nothing. Misses: a broken installation. Source: none.
    Example:
        >>> can_write() in (True, False)
        True
    """
    return find_spec("docx") is not None


def write_document(parts: list, charts: dict[str, str], title: str, path) -> Path:
    """A Word file of a report's parts; the same parts give the same bytes.

    In: parts in order, HTML or a pair of a picture (PNG) and its alternative text; charts, alternative text → caption;
    title; path. Out: the path. Raises: ModuleNotFoundError without the extra `report`; OSError when it cannot be
    written. Misses: rows of a table beyond 12, passages below a sentence beyond 3, pages of articles: all of them are
    in the other files. Source: none.
    Example:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp(), "report.docx")
        >>> write_document(["<h2>What?</h2><p>This.</p>"], {}, "flood", path).name if can_write() else "report.docx"
        'report.docx'
    """
    import docx  # the extra is loaded only where it is wanted
    from docx.shared import Inches, Pt
    from lxml.html import fragments_fromstring

    document = docx.Document()
    document.core_properties.author, document.core_properties.title = "clippings", _clean(title)
    document.core_properties.created = document.core_properties.modified = FIXED
    page, margin = document.sections[0], (A4[0] - COLUMN_WIDTH) / 2
    page.page_width, page.page_height = Inches(A4[0]), Inches(A4[1])
    page.left_margin = page.right_margin = Inches(margin)
    document.styles["Normal"].font.size = Pt(10.5)
    document.add_heading(_clean(title), 0)
    writer = _Writer(document, charts)
    for part in parts:
        if isinstance(part, str):
            for node in fragments_fromstring(_clean(part)):
                writer.add(node)
        else:
            writer.add_picture(*part)
    file = io.BytesIO()
    document.save(file)
    Path(path).write_bytes(_without_times(file.getvalue()))
    return Path(path)


def _clean(text: str) -> str:
    """Text without the characters that XML does not allow."""
    return NO_XML.sub("\ufffd", text)


def _without_times(data: bytes) -> bytes:
    """The same archive with every entry dated 1980."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return file.getvalue()


class _Writer:
    """What a report's HTML is in Word."""

    def __init__(self, document, charts: dict[str, str]):
        self.document, self.charts, self.figures, self.tables = document, charts, 0, 0

    def add(self, node) -> None:
        if isinstance(node, str) or not isinstance(node.tag, str):
            return
        if re.fullmatch("h[1-6]", node.tag):
            self.document.add_heading(_words(node), int(node.tag[1]))
        elif node.tag == "table":
            self.add_table(node)
        elif node.tag in EVIDENCE:
            items = list(node.iter("li"))
            most = MOST_PASSAGES if node.tag == "details" else len(items)
            for item in items[:most]:
                self.add_text(item, "List Bullet", 9)
        elif node.tag in ("div", "section") and len(node):
            for child in node:
                self.add(child)
        elif node.tag not in ("article", "style", "summary"):
            self.add_text(node)

    def add_text(self, node, style: str | None = None, size: float | None = None) -> None:
        """A paragraph; what is marked is bold."""
        from docx.shared import Pt

        paragraph = self.document.add_paragraph(style=style)
        for text, marked in _runs(node):
            run = paragraph.add_run(text)
            run.bold = marked or None
            run.font.size = size and Pt(size)

    def add_picture(self, png: bytes, alt: str) -> None:
        from docx.shared import Inches

        self.figures += 1
        picture = self.document.add_picture(io.BytesIO(png), width=Inches(COLUMN_WIDTH))
        picture._inline.docPr.set("descr", _clean(alt))
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        self._caption(f"Figure {self.figures}. {self.charts.get(alt, alt)}")

    def add_table(self, node) -> None:
        """Its first rows, the head repeated on every page."""
        from docx.oxml import OxmlElement
        from docx.shared import Pt

        rows = [[_words(cell) for cell in row.iter("th", "td")] for row in node.iter("tr")]
        head = node.find("thead") is not None
        if not rows or not max(map(len, rows)):
            return
        shown = rows[: MOST_ROWS + head]
        table = self.document.add_table(
            len(shown), max(map(len, rows)), style="Light List Accent 1"
        )
        for line, cells in zip(table.rows, shown, strict=True):
            for cell, words in zip(line.cells, cells, strict=False):
                cell.text = words
                for run in cell.paragraphs[0].runs:
                    run.font.size = Pt(8)
        if head:
            table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        self.tables += 1
        less = f"{len(shown) - head} of {len(rows) - head} rows; all are in tables/ or charts/."
        whole = "All rows." if len(rows) == len(shown) else f"The first {less}"
        self._caption(f"Table {self.tables}. {whole}")

    def _caption(self, text: str) -> None:
        self.document.add_paragraph(_clean(text), style="Caption")


def _words(node) -> str:
    return " ".join(node.text_content().split())


def _runs(node, marked: bool = False):
    """The texts of a node in order, each with whether it is marked."""
    marked = (
        marked
        or node.tag in ("strong", "b")
        or (node.tag == "mark" and len(node.text_content()) < MOST_BOLD)
    )
    if node.text:
        yield re.sub(r"\s+", " ", node.text), marked
    for child in node:
        yield from _runs(child, marked)
        if child.tail:
            yield re.sub(r"\s+", " ", child.tail), marked
