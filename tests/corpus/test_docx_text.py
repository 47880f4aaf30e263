"""Text that Word shows is read, wherever it is in the XML; hidden text is not."""

import io
import os
import zipfile
from importlib import import_module

import pytest

from clippings.corpus.documents import read_docx
from clippings.corpus.docx_text import DOCUMENT_TYPE, OTHER_DOCUMENT_TYPES
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
    """Build a document with this XML in its body."""
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
    return text_of_file(docx_of(body))


def text_of_file(data: bytes) -> str:
    (row,) = read_docx(data, Limits(1e6, {}))
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
    "hidden text": (
        run("It ") + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>never </w:t></w:r>" + run("fell."),
        "It fell.",
    ),
    "text that is not hidden": (
        "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>It fell.</w:t></w:r>",
        "It fell.",
    ),
    "text of another direction": (f"<w:dir><w:bdo>{run('It fell.')}</w:bdo></w:dir>", "It fell."),
    "a link in a field in an insertion": (
        f"<w:ins><w:hyperlink><w:fldSimple>{run('It fell.')}</w:fldSimple></w:hyperlink></w:ins>",
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


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def with_part(body: str, name: str, relation: str, content_type: str, data: str) -> bytes:
    """Build a document with a further part, related to it as rId99."""
    document = docx_of(body)
    relationship = (
        f'<Relationship Id="rId99" Type="{RELATIONS}/{relation}" Target="{name}"/></Relationships>'
    )
    override = f'<Override PartName="/word/{name}" ContentType="{content_type}"/></Types>'
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(packed, "w") as new:
        for entry in old.infolist():
            content = old.read(entry).decode("utf-8", "surrogateescape")
            if entry.filename == "word/_rels/document.xml.rels":
                content = content.replace("</Relationships>", relationship)
            elif entry.filename == "[Content_Types].xml":
                content = content.replace("</Types>", override)
            new.writestr(entry, content.encode("utf-8", "surrogateescape"))
        new.writestr(f"word/{name}", data)
    return packed.getvalue()


def test_footnotes_follow_the_text():
    notes = (
        f"<w:footnotes {NAMESPACES}><w:footnote w:type='separator' w:id='-1'>"
        f"{paragraph(run('---'))}</w:footnote><w:footnote w:id='1'>{paragraph(run(' By boat.'))}"
        f"{paragraph('<w:del>' + run('Never.') + '</w:del>')}</w:footnote></w:footnotes>"
    )
    data = with_part(
        paragraph(run("It fell.")), "footnotes.xml", "footnotes", f"{MIME}.footnotes+xml", notes
    )
    assert text_of_file(data) == "It fell.\n\nBy boat."


CHUNKS = {
    "text/html": "<html><head><title>x</title></head><body><p>It <b>rose</b>.</p></body></html>",
    "application/xhtml+xml": "<html><body><div>It rose.</div></body></html>",
    "message/rfc822": (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
        "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
        "<p>It r=6Fse.</p>\n\n--b--\n"
    ),
    "text/plain": "It rose.",
}


def test_a_page_that_a_program_has_put_into_a_document_whole_is_read():
    body = (
        paragraph(run("It fell."))
        + f"<w:altChunk xmlns:r='{RELATIONS}' r:id='rId99'/><w:altChunk xmlns:r='{RELATIONS}' r:id='no'/>"
    )
    failures = []
    for content_type, chunk in CHUNKS.items():
        text = text_of_file(with_part(body, "chunk.dat", "aFChunk", content_type, chunk))
        if text != "It fell.\n\nIt rose.":
            failures.append((content_type, text))
    assert failures == []


def test_documents_with_macros_and_templates_are_read():
    plain = docx_of(paragraph(run("It fell.")))
    for kind in OTHER_DOCUMENT_TYPES:
        packed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(packed, "w") as new:
            for entry in old.infolist():
                new.writestr(entry, old.read(entry).replace(DOCUMENT_TYPE, kind))
        assert text_of_file(packed.getvalue()) == "It fell."
