"""What Word shows is read, wherever it stands in the XML; what it does not show is not."""

import io
import os
import zipfile
from importlib import import_module

import pytest

from clippings.corpus.rows import Limits

if not os.environ.get("CI"):
    pytest.importorskip("docx")

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def docx_of(body: str) -> bytes:
    """A document with this XML in its body."""
    empty = io.BytesIO()
    import_module("docx").Document().save(empty)
    document = f"<?xml version='1.0'?><w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    packed = io.BytesIO()
    with zipfile.ZipFile(empty) as old, zipfile.ZipFile(packed, "w") as new:
        for entry in old.infolist():
            is_body = entry.filename == "word/document.xml"
            new.writestr(entry, document if is_body else old.read(entry))
    return packed.getvalue()


def text_of(body: str) -> str:
    from clippings.corpus.documents import read_docx

    (row,) = read_docx(docx_of(body), Limits(1e6, {}))
    return row.text or row.problem


def run(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


def paragraph(*parts: str) -> str:
    return f"<w:p>{''.join(parts)}</w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def box(text: str) -> str:
    return f"<w:txbxContent>{paragraph(run(text))}</w:txbxContent>"


PARAGRAPHS = {
    "plain": (run("It fell."), "It fell."),
    "a tracked insertion": (run("It ") + f"<w:ins>{run('fell.')}</w:ins>", "It fell."),
    "a tracked deletion": (
        run("It fell.") + "<w:del><w:r><w:delText>It rose.</w:delText></w:r></w:del>",
        "It fell.",
    ),
    "an inserted and deleted text": (
        run("It fell.") + f"<w:ins><w:del>{run('It rose.')}</w:del></w:ins>",
        "It fell.",
    ),
    "a moved text": (
        f"<w:moveFrom>{run('It rose.')}</w:moveFrom><w:moveTo>{run('It fell.')}</w:moveTo>",
        "It fell.",
    ),
    "a content control": (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('It fell.')}</w:sdtContent></w:sdt>",
        "It fell.",
    ),
    "a placeholder": (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        f"<w:sdtContent>{run('Click here.')}</w:sdtContent></w:sdt>" + run("It fell."),
        "It fell.",
    ),
    "a simple field": (f"<w:fldSimple w:instr='DATE'>{run('1 May')}</w:fldSimple>", "1 May"),
    "a complex field": (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r>"
        "<w:r><w:instrText>HYPERLINK http://evil.example</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r>" + run("It fell."),
        "It fell.",
    ),
    "a smart tag": (f"<w:smartTag>{run('Oslo')}</w:smartTag>", "Oslo"),
    "custom XML": (f"<w:customXml>{run('Oslo')}</w:customXml>", "Oslo"),
    "a link": (f"<w:hyperlink>{run('Oslo')}</w:hyperlink>", "Oslo"),
    "a formula": (
        "<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>",
        "a=b",
    ),
    "tab, line break, hyphen": (
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>",
        "a\tb\nc-d",
    ),
    "a page break": ("<w:r><w:t>a</w:t><w:br w:type='page'/></w:r>", "a"),
    "tab stops": (
        "<w:pPr><w:tabs><w:tab w:val='left' w:pos='1'/></w:tabs></w:pPr>" + run("a"),
        "a",
    ),
    "furigana": (
        "<w:r><w:ruby><w:rt><w:r><w:t>とう</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>東</w:t></w:r></w:rubyBase></w:ruby></w:r>",
        "東",
    ),
    "a text box": (
        run("It fell.")
        + "<w:r><mc:AlternateContent>"
        + f"<mc:Choice Requires='wps'><wps:txbx>{box('It rose.')}</wps:txbx></mc:Choice>"
        + f"<mc:Fallback><w:pict><v:textbox>{box('It rose.')}</v:textbox></w:pict></mc:Fallback>"
        + "</mc:AlternateContent></w:r>",
        "It fell.\n\nIt rose.",
    ),
    "a text box of an older program": (
        run("It fell.") + f"<w:r><w:pict><v:textbox>{box('It rose.')}</v:textbox></w:pict></w:r>",
        "It fell.\n\nIt rose.",
    ),
}

BODIES = {
    "a content control around paragraphs": (
        "<w:sdt><w:sdtPr/><w:sdtContent>"
        f"{paragraph(run('a'))}{paragraph(run('b'))}</w:sdtContent></w:sdt>",
        "a\n\nb",
    ),
    "an inserted paragraph": (f"<w:ins>{paragraph(run('a'))}</w:ins>", "a"),
    "cells merged across columns": (
        table(row(cell("a", "<w:gridSpan w:val='20000000'/>"), cell("b"))),
        "a\tb",
    ),
    "cells merged across rows": (
        table(
            row(cell("a", "<w:vMerge w:val='restart'/>"), cell("b")),
            row(cell("", "<w:vMerge/>"), cell("c")),
        ),
        "a\tb\n\n\tc",
    ),
    "a row in a content control": (
        table(f"<w:sdt><w:sdtContent>{row(cell('a'), cell('b'))}</w:sdtContent></w:sdt>"),
        "a\tb",
    ),
    "a cell in a content control": (
        table(row(cell("a"), f"<w:sdt><w:sdtContent>{cell('b')}</w:sdtContent></w:sdt>")),
        "a\tb",
    ),
    "a deleted row": (
        table(row(cell("a")), f"<w:tr><w:trPr><w:del/></w:trPr>{cell('b')}</w:tr>"),
        "a",
    ),
    "a table in a table": (
        table(row(f"<w:tc>{paragraph(run('a'))}{table(row(cell('b'), cell('c')))}</w:tc>")),
        "a\nb\tc",
    ),
}


def test_the_text_that_word_shows_is_read():
    cases = {kind: (paragraph(xml), text) for kind, (xml, text) in PARAGRAPHS.items()} | BODIES
    failures = [
        (kind, text, text_of(xml)) for kind, (xml, text) in cases.items() if text_of(xml) != text
    ]
    assert failures == []


def test_a_long_document_does_not_take_long():
    body = "".join(paragraph(run(f"It fell {number:x}.")) for number in range(20_000))
    assert text_of(body).count("It fell") == 20_000
