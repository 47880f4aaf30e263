"""The visible text of a DOCX document, wherever Word keeps it.

python-docx opens the file; its `paragraph.text` leaves out what stands in tracked insertions,
content controls, fields, smart tags and text boxes, and repeats a merged cell for each column. So
the XML is read here, in document order, by the rules of WordprocessingML: known wrappers are looked
through, and what Word does not show (deletions, field codes, placeholders) is left out.
"""

from collections.abc import Iterator

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

# What an element is in the text: a character, or text of its own.
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
    f"{W}pPr",  # properties hold no text, but tab stops named like tabs
    f"{W}rPr",
    f"{W}tblPr",
    f"{W}sdtPr",
}


def document_blocks(body) -> Iterator[str]:
    """Yield the text of each paragraph and of each table row, in the order of the document.

    Parameters
    ----------
    body : lxml element
        The body of a document, or any element that holds paragraphs and tables.

    Yields
    ------
    str
        A paragraph, or a row of a table with a tab between its cells. A merged cell is given once.
        A text box follows the paragraph to which it is anchored.

    Notes
    -----
    Left out: headers, footers, footnotes, endnotes, comments and whatever Word does not show.
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
        else:
            yield from document_blocks(element)


def _cell_text(cell) -> str:
    """The paragraphs of a table cell and the rows of tables within it, one below the other."""
    return "\n".join(document_blocks(cell))


def _parts_of_table(parent, tag: str) -> Iterator:
    """The rows of a table or cells of a row, also within content controls, but not deleted ones."""
    for element in _shown_children(parent):
        if element.tag != tag:
            yield from _parts_of_table(element, tag)
        elif not _is_deleted(element):
            yield element


def _is_deleted(element) -> bool:
    """Whether a row or cell is marked as deleted in its properties."""
    marks = (f"{W}trPr/{W}del", f"{W}tcPr/{W}cellDel")
    return any(element.find(mark) is not None for mark in marks)


def _shown_children(parent) -> Iterator:
    """The children of an element whose text Word shows; of alternatives only the first."""
    for element in parent:
        if _is_shown(element):
            yield element
            if parent.tag == ALTERNATIVES:
                return


def _is_shown(element) -> bool:
    """Whether Word shows an element: not a deletion, property, comment or unused placeholder."""
    if not isinstance(element.tag, str) or element.tag in NOT_SHOWN:
        return False
    if element.tag == CONTENT_CONTROL:
        return element.find(f"{W}sdtPr/{W}showingPlcHdr") is None
    return True


def _paragraph_text(paragraph, boxes: list) -> str:
    """The text of a paragraph; the text boxes anchored in it are put into `boxes`."""
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
