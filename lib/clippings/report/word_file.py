"""Write the report as a Word file: headings, sentences, tables, and charts with captions."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from clippings.show.figure import CHART_WIDTH

MOST_TABLE_ROWS = 12  # the others are in the table's file
MOST_PASSAGES = 3  # below a sentence of the brief
# Maximum length of text in bold, in characters; a whole passage in bold would not help.
MOST_BOLD = 80
PAGE_WIDTH = 8.27  # inches, A4
PAGE_HEIGHT = 11.69
MAX_PICTURE_HEIGHT = 9  # inches; with its caption, it fits on a page
TEXT_SIZE = 10.5  # points
PASSAGE_SIZE = 9
TABLE_SIZE = 8
LONGEST_PROPERTY = 255  # characters; Word allows no more
FIXED_DATE = datetime(
    1980, 1, 1
)  # the earliest date in a ZIP file, so that the same input produces the same bytes
# Characters that XML 1.0 does not allow; Word cannot open files that contain them.
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
EVIDENCE = {"ul", "details"}  # lists of passages
SKIPPED = {
    "article",
    "style",
    "summary",
}  # pages of articles, and elements that only a browser needs


class Picture(NamedTuple):
    """A chart of the report."""

    png: bytes
    alt: str  # alternative text


def can_write() -> bool:
    """Return whether the extra ``report``, which Word files require, is installed.

    Returns
    -------
    bool
        Whether the package python-docx can be found.

    Examples
    --------
    >>> can_write() in (True, False)
    True
    """
    return find_spec("docx") is not None


def write_document(
    parts: list,
    captions: dict[str, str],
    title: str,
    path,
    *,
    shorten_texts: Callable[[list[str], list[str]], list[str]] | None = None,
) -> Path:
    """Write a report as a Word file; the same parts always produce the same bytes.

    Parameters
    ----------
    parts : list of str or Picture
        HTML and charts, in order.
    captions : dict of str to str
        The captions of charts by their alternative texts.
    title : str
        Title of the document.
    path : str or path
        The path of the file.
    shorten_texts : callable, optional
        A function that shortens all texts before they are written. Its arguments are those of
        `Excerpts.shorten_texts`: the texts in reading order, and the separator before each text.

    Returns
    -------
    pathlib.Path
        The path.

    Raises
    ------
    ModuleNotFoundError
        If the extra ``report`` is not installed.
    OSError
        If the file cannot be written.

    Notes
    -----
    The Word file contains only the first 12 rows of each table and the first 3 passages below each
    sentence, and no pages of articles. All of these are in the other files of the report.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp(), "report.docx")
    >>> write_document(["<h2>What?</h2><p>This.</p>"], {}, "flood", path).name
    'report.docx'
    """
    import docx  # loaded only when it is needed; it is an extra
    from docx.shared import Inches, Pt
    from lxml.html import fragments_fromstring

    document = docx.Document()
    properties = document.core_properties
    properties.author = "clippings"
    properties.title = clean_text(title)[:LONGEST_PROPERTY]
    properties.created = FIXED_DATE
    properties.modified = FIXED_DATE
    page = document.sections[0]
    page.page_width = Inches(PAGE_WIDTH)
    page.page_height = Inches(PAGE_HEIGHT)
    margin = Inches((PAGE_WIDTH - CHART_WIDTH) / 2)
    page.left_margin = margin
    page.right_margin = margin
    document.styles["Normal"].font.size = Pt(TEXT_SIZE)

    document.add_heading(clean_text(title), 0)
    writer = _Writer(document, captions)
    for part in parts:
        if isinstance(part, Picture):
            writer.add_picture(part)
        else:
            for node in fragments_fromstring(clean_text(part)):
                writer.add(node)

    if shorten_texts:
        _shorten(document, shorten_texts)
    file = io.BytesIO()
    document.save(file)
    Path(path).write_bytes(without_times(file.getvalue()))
    return Path(path)


def clean_text(text: str) -> str:
    """Replace characters that XML does not allow.

    Parameters
    ----------
    text : str
        A text.

    Returns
    -------
    str
        The text for a Word or PowerPoint file.

    Examples
    --------
    >>> clean_text("a\\0b") == "a\ufffdb"
    True
    """
    return NO_XML.sub("\ufffd", str(text))


def _shorten(document, shorten_texts: Callable) -> None:
    """Shorten the texts of a document, its title and the alternative texts of its pictures."""
    from docx.oxml.ns import qn

    runs = []
    glue = []
    for paragraph in document.element.body.iter(qn("w:p")):
        for number, run in enumerate(paragraph.iter(qn("w:t"))):
            runs.append(run)
            glue.append("" if number else "\n")
    texts = [run.text or "" for run in runs]
    for run, text in zip(runs, shorten_texts(texts, glue), strict=True):
        run.text = text

    properties = document.core_properties
    properties.title = shorten_texts([properties.title], [""])[0]
    for picture in document.inline_shapes:
        description = picture._inline.docPr
        description.set("descr", shorten_texts([description.get("descr", "")], [""])[0])


def without_times(data: bytes) -> bytes:
    """Return the same archive with all entries dated 1980.

    Parameters
    ----------
    data : bytes
        A Word or PowerPoint file.

    Returns
    -------
    bytes
        The file, which no longer depends on when it was written.

    Examples
    --------
    >>> file = io.BytesIO()
    >>> with zipfile.ZipFile(file, "w") as archive:
    ...     archive.writestr("a.txt", "a")
    >>> zipfile.ZipFile(io.BytesIO(without_times(file.getvalue()))).infolist()[0].date_time
    (1980, 1, 1, 0, 0, 0)
    """
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return file.getvalue()


class _Writer:
    """A writer that adds the HTML and the charts of a report to a Word document."""

    def __init__(self, document, captions: dict[str, str]):
        self.document = document
        self.captions = captions
        self.figure_count = 0
        self.table_count = 0

    def add(self, node) -> None:
        """Add an element of HTML."""
        if isinstance(node, str) or not isinstance(node.tag, str):
            return
        if re.fullmatch("h[1-6]", node.tag):
            self.document.add_heading(_text_of(node), int(node.tag[1]))
        elif node.tag == "table":
            self.add_table(node)
        elif node.tag in EVIDENCE:
            self.add_passages(node)
        elif node.tag in ("div", "section") and len(node):
            for child in node:
                self.add(child)
        elif node.tag not in SKIPPED:
            self.add_text(node)

    def add_passages(self, node) -> None:
        """Add a list, or the first passages below a sentence."""
        items = list(node.iter("li"))
        if node.tag == "details":
            items = items[:MOST_PASSAGES]
        for item in items:
            self.add_text(item, "List Bullet", PASSAGE_SIZE)

    def add_text(self, node, style: str | None = None, size: float | None = None) -> None:
        """Add a paragraph; marked texts are bold."""
        from docx.shared import Pt

        paragraph = self.document.add_paragraph(style=style)
        for text, is_bold in _runs(node):
            run = paragraph.add_run(text)
            run.bold = True if is_bold else None
            if size:
                run.font.size = Pt(size)

    def add_picture(self, picture: Picture) -> None:
        """Add a chart with its caption."""
        from docx.shared import Inches

        self.figure_count += 1
        shape = self.document.add_picture(io.BytesIO(picture.png))
        scale = min(1, Inches(CHART_WIDTH) / shape.width, Inches(MAX_PICTURE_HEIGHT) / shape.height)
        shape.width = round(shape.width * scale)
        shape.height = round(shape.height * scale)
        shape._inline.docPr.set("descr", clean_text(picture.alt))
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        caption = self.captions.get(picture.alt, picture.alt)
        self._add_caption(f"Figure {self.figure_count}. {caption}")

    def add_table(self, node) -> None:
        """Add the first rows of a table; the head is repeated on every page."""
        from docx.oxml import OxmlElement
        from docx.shared import Pt

        rows = [[_text_of(cell) for cell in row.iter("th", "td")] for row in node.iter("tr")]
        column_count = max(map(len, rows), default=0)
        if not column_count:
            return
        head_count = 0 if node.find("thead") is None else 1
        shown = rows[: MOST_TABLE_ROWS + head_count]
        table = self.document.add_table(len(shown), column_count, style="Light List Accent 1")
        for line, cells in zip(table.rows, shown, strict=True):
            for cell, text in zip(line.cells, cells, strict=False):
                cell.text = text
                for run in cell.paragraphs[0].runs:
                    run.font.size = Pt(TABLE_SIZE)
        if head_count:
            table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

        self.table_count += 1
        note = "All rows."
        if len(shown) < len(rows):
            note = (
                f"The first {len(shown) - head_count} of {len(rows) - head_count} rows; "
                "all rows are in tables/ or charts/."
            )
        self._add_caption(f"Table {self.table_count}. {note}")

    def _add_caption(self, text: str) -> None:
        """Add the caption of a chart or table."""
        self.document.add_paragraph(clean_text(text), style="Caption")


def _text_of(node) -> str:
    """Return the text of an element on a single line."""
    return " ".join(node.text_content().split())


def _runs(node, is_bold: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield the texts of an element in order, each with whether it is bold."""
    is_short_mark = node.tag == "mark" and len(node.text_content()) < MOST_BOLD
    is_bold = is_bold or is_short_mark or node.tag in ("strong", "b")
    if node.text:
        yield re.sub(r"\s+", " ", node.text), is_bold
    for child in node:
        yield from _runs(child, is_bold)
        if child.tail:
            yield re.sub(r"\s+", " ", child.tail), is_bold
