"""Extract the visible text of an OpenDocument file from LibreOffice or OpenOffice.

Like the reader of Word files, this module includes the contents of unknown wrappers, and leaves out
tracked deletions and comments, which are not displayed in the text.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from clippings.core.errors import BadInput
from clippings.corpus import problems
from clippings.corpus.documents import checked
from clippings.corpus.rows import ArticleRow, Limits
from clippings.corpus.xml_parts import local_name, open_document_archive, parse_xml

CONTENT = "content.xml"
MANIFEST = "META-INF/manifest.xml"
ENCRYPTED = b"encryption-data"

TEXT_BODY = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}text"
REPETITIONS = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}c"

PARAGRAPHS = ("p", "h")
MAX_BLANKS = 1000  # of one element of blanks, which states their number

NOT_SHOWN = frozenset(
    [
        "tracked-changes",  # what was deleted; insertions appear in the text itself
        "annotation",  # a comment
        "annotation-end",
        "note",  # a footnote: it follows the text
        "ruby-text",  # the reading above a character, which repeats it
        "hidden-text",
        "hidden-paragraph",
        "covered-table-cell",  # the rest of a merged cell
        "title",  # of a picture
        "desc",
        "sequence-decls",
        "variable-decls",
        "forms",
        "event-listeners",
        "index-title-template",
        "bookmark",
    ]
)


def read_odt(data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read the paragraphs, tables and footnotes of an OpenDocument text."""
    with open_document_archive(data, limits) as archive:
        if MANIFEST in archive.namelist() and ENCRYPTED in archive.read(MANIFEST):
            raise BadInput(problems.locked_document())
        root = parse_xml(archive.read(CONTENT))
    yield _row_of_document(root)


def read_fodt(data: bytes, _: Limits) -> Iterator[ArticleRow]:
    """Read an OpenDocument text that is one file of XML."""
    yield _row_of_document(parse_xml(data))


def _row_of_document(root: Element) -> ArticleRow:
    """Return the row of a document, by the root of its XML."""
    body = next(root.iter(TEXT_BODY), None)
    if body is None:
        raise BadInput(problems.unknown_xml(local_name(root)))
    notes: list[Element] = []
    blocks = list(_blocks(body, notes))
    while notes:  # notes of notes are put into the same list
        blocks.extend(_blocks(_note_body(notes.pop(0)), notes))
    return checked(ArticleRow(text="\n\n".join(block for block in blocks if block.strip())))


def _note_body(note: Element) -> Element:
    """Return the text of a footnote, without its number."""
    return next((child for child in note if local_name(child) == "note-body"), note)


def _blocks(parent: Element, notes: list[Element]) -> Iterator[str]:
    """Yield the text of each paragraph and table row; footnotes are added to `notes`."""
    for element in parent:
        name = local_name(element)
        if name in NOT_SHOWN:
            continue
        if name in PARAGRAPHS:
            boxes: list[Element] = []
            pieces: list[str] = []
            _collect(element, pieces, boxes, notes)
            yield "".join(pieces).strip()
            for box in boxes:
                yield from _blocks(box, notes)
        elif name == "table-row":
            cells = [child for child in element if local_name(child) == "table-cell"]
            yield "\t".join("\n".join(_blocks(cell, notes)) for cell in cells).strip()
        else:
            yield from _blocks(element, notes)


def _collect(parent: Element, pieces: list[str], boxes: list, notes: list) -> None:
    """Put the text of a paragraph into `pieces`, its text boxes and footnotes into their lists."""
    pieces.append(_one_blank(parent.text))
    for element in parent:
        name = local_name(element)
        if name == "s":
            pieces.append(" " * _repetitions(element))
        elif name == "tab":
            pieces.append("\t")
        elif name == "line-break":
            pieces.append("\n")
        elif name == "text-box":
            boxes.append(element)
        elif name == "note":
            notes.append(element)
        elif name not in NOT_SHOWN:
            _collect(element, pieces, boxes, notes)
        pieces.append(_one_blank(element.tail))


def _repetitions(element: Element) -> int:
    """Return the number of spaces that an element represents."""
    number = element.get(REPETITIONS, "1")
    return min(int(number), MAX_BLANKS) if number.isdecimal() else 1


def _one_blank(text: str | None) -> str:
    """Replace line breaks and repeated spaces by one space, as the format requires."""
    if not text:
        return ""
    words = " ".join(text.split())
    before = " " if text[0].isspace() else ""
    after = " " if text[-1].isspace() and words else ""
    return f"{before}{words}{after}"
