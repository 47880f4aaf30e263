"""Extract the visible text of a DOCX document.

python-docx opens the file. Its `paragraph.text`, however, leaves out text in tracked insertions,
content controls, fields, smart tags and text boxes, and repeats a merged cell for each column. This
module therefore reads the XML in document order: it includes the contents of known wrappers, and
leaves out hidden content (deletions, field codes, placeholders). Programs that convert web pages to
DOCX store the whole page as a chunk of HTML, which is also read.
"""

import email
import io
import zipfile
from collections.abc import Callable, Iterator

from clippings.corpus.html_text import text_of_html

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

PARAGRAPH = f"{W}p"
TABLE = f"{W}tbl"
ROW = f"{W}tr"
CELL = f"{W}tc"
TEXT_BOX = f"{W}txbxContent"
ALTERNATIVES = f"{COMPATIBILITY}AlternateContent"
CONTENT_CONTROL = f"{W}sdt"
RUN = f"{W}r"
HIDDEN = f"{W}rPr/{W}vanish"
VALUE = f"{W}val"
OFF = ("0", "false", "off")
CHUNK = f"{W}altChunk"  # a file of another format, which Word shows as a part of the text
CHUNK_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

NOTE_PARTS = ("/footnotes", "/endnotes")  # how the types of their relationships end
NOTES = (f"{W}footnote", f"{W}endnote")
NOTE_TYPE = f"{W}type"  # of the lines that separate notes from the text; notes have none

# The text for an element: a character, or its own text.
CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
TEXTS = (f"{W}t", f"{MATH}t")
BREAK = f"{W}br"
BREAK_TYPE = f"{W}type"
LINE_BREAK = "textWrapping"

NOT_SHOWN = {
    f"{W}del",  # a tracked deletion
    f"{W}moveFrom",  # where moved text was
    f"{W}delText",
    f"{W}delInstrText",
    f"{W}instrText",  # the code of a field, such as HYPERLINK "http://…"; its result is shown
    f"{W}rt",  # the reading above a character (furigana), which repeats it
    f"{W}pPr",  # properties contain no text, but tab stops named like tabs
    f"{W}rPr",
    f"{W}tblPr",
    f"{W}sdtPr",
}


CONTENT_TYPES = "[Content_Types].xml"
DOCUMENT_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OTHER_DOCUMENT_TYPES = (
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
    b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)


def as_plain_document(data: bytes) -> bytes:
    """Declare a document with macros, or a template, as a plain document.

    Parameters
    ----------
    data : bytes
        A file of Word, whose size when unpacked has been checked.

    Returns
    -------
    bytes
        The file, which python-docx opens; macros are never run.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content_types = archive.read(CONTENT_TYPES)
        if not any(other in content_types for other in OTHER_DOCUMENT_TYPES):
            return data
        for other in OTHER_DOCUMENT_TYPES:
            content_types = content_types.replace(other, DOCUMENT_TYPE)
        changed = io.BytesIO()
        with zipfile.ZipFile(changed, "w") as copy:
            for name in archive.namelist():
                copy.writestr(name, content_types if name == CONTENT_TYPES else archive.read(name))
    return changed.getvalue()


ChunkReader = Callable[[str], list[str]]
"""Reads the blocks of the chunk with this id."""


def blocks_of_document(document, parse_xml: Callable) -> Iterator[str]:
    """Yield the text of each paragraph and table row of a document, then its notes.

    Parameters
    ----------
    document : docx.document.Document
        The document.
    parse_xml : callable
        The parser of python-docx, which expands no entities.

    Yields
    ------
    str
        As `document_blocks` yields them; footnotes and endnotes follow the text.
    """
    related = document.part.related_parts

    def read_chunk(identifier: str) -> list[str]:
        part = related.get(identifier)
        return [] if part is None else _chunk_blocks(part.blob, part.content_type)

    yield from document_blocks(document.element.body, read_chunk)
    for relationship in document.part.rels.values():
        if relationship.is_external or not relationship.reltype.endswith(NOTE_PARTS):
            continue
        for note in parse_xml(relationship.target_part.blob):
            if note.tag in NOTES and note.get(NOTE_TYPE) is None:
                yield "\n".join(block.strip() for block in document_blocks(note) if block.strip())


def _chunk_blocks(data: bytes, content_type: str) -> list[str]:
    """Return the text of a chunk: HTML, a saved page (MHTML) or plain text; others are left out."""
    if "html" in content_type:
        return [text_of_html(data.decode("utf-8-sig", "replace"))]
    if content_type == "text/plain":
        return [data.decode("utf-8-sig", "replace")]
    if content_type not in ("message/rfc822", "application/x-mimearchive"):
        return []
    message = email.message_from_binary_file(io.BytesIO(data.lstrip()))
    for part in message.walk():
        if part.get_content_type() == "text/html":
            html = part.get_payload(decode=True) or b""
            return [text_of_html(html.decode("utf-8-sig", "replace"))]
    return []


def document_blocks(body, read_chunk: ChunkReader | None = None) -> Iterator[str]:
    """Yield the text of each paragraph and of each table row, in the order of the document.

    Parameters
    ----------
    body : lxml element
        The body of a document, or any element that contains paragraphs and tables.
    read_chunk : callable, optional
        What reads chunks of other formats, by their ids.

    Yields
    ------
    str
        A paragraph, or a row of a table with a tab between its cells. A merged cell is given once.
        A text box follows the paragraph to which it is anchored.

    Notes
    -----
    Left out: headers, footers, comments and whatever Word does not show.
    """
    for element in _shown_children(body):
        if element.tag == PARAGRAPH:
            boxes: list = []
            yield _paragraph_text(element, boxes)
            for box in boxes:
                yield from document_blocks(box)
        elif element.tag == TABLE:
            for row in _parts_of_table(element, ROW):
                yield "\t".join(_cell_text(cell) for cell in _parts_of_table(row, CELL))
        elif element.tag == CHUNK and read_chunk is not None:
            yield from read_chunk(element.get(CHUNK_ID, ""))
        else:
            yield from document_blocks(element, read_chunk)


def _cell_text(cell) -> str:
    """Return the paragraphs of a table cell and the rows of nested tables, in order."""
    return "\n".join(document_blocks(cell))


def _parts_of_table(parent, tag: str) -> Iterator:
    """Yield the rows of a table or cells of a row, including those in content controls."""
    for element in _shown_children(parent):
        if element.tag != tag:
            yield from _parts_of_table(element, tag)
        elif not _is_deleted(element):
            yield element


def _is_deleted(element) -> bool:
    """Return whether a row or cell is marked as deleted in its properties."""
    marks = (f"{W}trPr/{W}del", f"{W}tcPr/{W}cellDel")
    return any(element.find(mark) is not None for mark in marks)


def _shown_children(parent) -> Iterator:
    """Yield the child elements whose text Word shows; only the first of several alternatives."""
    for element in parent:
        if _is_shown(element):
            yield element
            if parent.tag == ALTERNATIVES:
                return


def _is_shown(element) -> bool:
    """Return whether Word shows an element, unlike deletions, properties and comments."""
    if not isinstance(element.tag, str) or element.tag in NOT_SHOWN:
        return False
    if element.tag == CONTENT_CONTROL:
        return element.find(f"{W}sdtPr/{W}showingPlcHdr") is None
    if element.tag == RUN:
        hidden = element.find(HIDDEN)
        return hidden is None or hidden.get(VALUE) in OFF
    return True


def _paragraph_text(paragraph, boxes: list) -> str:
    """Return the text of a paragraph; the text boxes anchored in it are put into `boxes`."""
    pieces: list[str] = []
    _collect(paragraph, pieces, boxes)
    return "".join(pieces)


def _collect(parent, pieces: list[str], boxes: list) -> None:
    """Put the text below an element into `pieces`."""
    for element in _shown_children(parent):
        if element.tag in TEXTS:
            pieces.append(element.text or "")
        elif element.tag == BREAK:
            # A break between pages or columns has a type, one between lines has none.
            pieces.append("\n" if element.get(BREAK_TYPE, LINE_BREAK) == LINE_BREAK else "")
        elif element.tag in CHARACTERS:
            pieces.append(CHARACTERS[element.tag])
        elif element.tag == TEXT_BOX:
            boxes.append(element)
        else:
            _collect(element, pieces, boxes)
