"""Small files of the formats in which people save articles, made in memory."""

import io
import json
import os
import plistlib
import tarfile
import zipfile
from email.message import EmailMessage, MIMEPart
from importlib import import_module

import pytest

TITLE = "Levee breaks at Ostrand"
STORY = (
    "The levee at Ostrand broke on Tuesday night, and forty houses were flooded, the mayor said."
)
QUOTE = "“We warned the council twice,” said Anna Bell, who lives in the lower town. “Nobody came.”"
MORE = "Rain fell in the hills all week. The lower streets were closed after dark, and the bridge was shut too."
PARAGRAPHS = (STORY, QUOTE, MORE)

HEAD = (
    "<title>{title} | The Post</title><meta property='og:title' content='{title}'>"
    "<meta property='article:published_time' content='2021-03-16T10:00:00Z'>"
    "<meta name='author' content='Anna Bell'><meta property='og:site_name' content='The Post'>"
)


def needs(module: str):
    """Import an optional library; without it, the test is skipped, but in CI it fails."""
    return import_module(module) if os.environ.get("CI") else pytest.importorskip(module)


def html_of(*paragraphs: str) -> str:
    """Return paragraphs as HTML."""
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def page_of(*paragraphs: str, title: str = TITLE, head: str = HEAD) -> str:
    """Build a web page with a menu and a footer."""
    body = html_of(*(paragraphs or PARAGRAPHS))
    return (
        f"<!DOCTYPE html><html><head>{head.format(title=title)}</head><body>"
        f"<nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{body}</article>"
        "<footer>All rights reserved</footer></body></html>"
    )


def zip_of(files: dict[str, bytes | str]) -> bytes:
    """Build a ZIP archive; a file called mimetype is stored, as OpenDocument and EPUB demand."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return packed.getvalue()


def tar_of(files: dict[str, bytes], mode: str = "w") -> bytes:
    """Build a TAR archive; mode "w:gz" compresses it."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return packed.getvalue()


def rtf_of(*paragraphs: str) -> bytes:
    """Build an RTF file of these paragraphs, which may contain RTF."""
    body = "\\par\n".join("".join(map(_rtf_character, text)) for text in paragraphs)
    header = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\froman\\fcharset0 Times;}}"
    return f"{header}{{\\info{{\\title Draft}}{{\\author Typist}}}}\\pard {body}\\par}}".encode(
        "ascii"
    )


def _rtf_character(character: str) -> str:
    if ord(character) < 128:
        return character
    code = ord(character)
    return f"\\u{code if code < 32768 else code - 65536}?"


ODF = (
    "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
    "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' "
    "xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' "
    "xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0' "
    "xmlns:dc='http://purl.org/dc/elements/1.1/' "
    "xmlns:xlink='http://www.w3.org/1999/xlink'"
)


def odt_content_of(body: str) -> str:
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><office:document-content {ODF}><office:body>"
        f"<office:text>{body}</office:text></office:body></office:document-content>"
    )


def odt_of(body: str) -> bytes:
    """Build an OpenDocument text with this XML in its body."""
    return zip_of(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": odt_content_of(body),
            "META-INF/manifest.xml": "<manifest/>",
        }
    )


def epub_of(chapters: dict[str, str], metadata: str = "", manifest: str = "", **files) -> bytes:
    """Build an e-book of documents by file name, with more lines in its manifest and more files."""
    items = "".join(
        f"<item id='i{number}' href='{name}' media-type='application/xhtml+xml'/>"
        for number, name in enumerate(chapters)
    )
    order = "".join(f"<itemref idref='i{number}'/>" for number in range(len(chapters)))
    package = (
        "<?xml version='1.0'?><package xmlns='http://www.idpf.org/2007/opf' version='3.0'>"
        f"<metadata xmlns:dc='http://purl.org/dc/elements/1.1/'>{metadata}</metadata>"
        f"<manifest>{items}{manifest}</manifest><spine>{order}</spine></package>"
    )
    container = (
        "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>"
        "<rootfile full-path='OEBPS/content.opf'/></rootfiles></container>"
    )
    documents = {f"OEBPS/{name}": _document_of(body) for name, body in chapters.items()}
    return zip_of(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "OEBPS/content.opf": package,
            **documents,
            **files,
        }
    )


def _document_of(body: str) -> str:
    return (
        "<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'><head>"
        f"<title>Unknown</title></head><body>{body}</body></html>"
    )


def mail_of(
    plain: str = "",
    html: str = "",
    subject: str = TITLE,
    sender: str = "The Post <news@post.example>",
    attachments: dict[str, bytes] | None = None,
    **headers: str,
) -> bytes:
    """Build an email with these texts and attachments."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "reader@mail.example"
    message["Subject"] = subject
    message["Date"] = "Tue, 16 Mar 2021 08:00:00 +0000"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    if plain or not html:
        message.set_content(plain)
        if html:
            message.add_alternative(html, subtype="html")
    else:
        message.set_content(html, subtype="html")
    for name, data in (attachments or {}).items():
        message.add_attachment(data, "application", "octet-stream", filename=name)
    return message.as_bytes()


def mailbox_of(*mails: bytes) -> bytes:
    """Build a mailbox, in which a line that begins with "From " is quoted."""
    pieces = []
    for mail in mails:
        quoted = mail.replace(b"\nFrom ", b"\n>From ")
        pieces.append(b"From reader@mail.example Tue Mar 16 08:00:00 2021\n" + quoted + b"\n\n")
    return b"".join(pieces)


def mhtml_of(
    html: str, address: str = "https://post.example/2021/levee", charset: str = "utf-8"
) -> bytes:
    """Build a page with a picture as a browser saves them in one file."""
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = address
    message["Subject"] = TITLE
    message["Date"] = "Thu, 1 Apr 2021 10:00:00 -0000"
    message["MIME-Version"] = "1.0"
    message["Content-Type"] = "multipart/related; type=text/html; boundary=xyz"
    page = MIMEPart()
    page.set_content(html, subtype="html", charset=charset, cte="quoted-printable")
    page["Content-Location"] = address
    frame = MIMEPart()
    frame.set_content(page_of("Buy our boats.", title="Boats"), subtype="html", charset="utf-8")
    picture = MIMEPart()
    picture.set_content(b"\x89PNG", "image", "png")
    for part in (page, frame, picture):
        message.attach(part)
    return message.as_bytes()


def webarchive_of(html: str, address: str = "https://post.example/levee") -> bytes:
    """Build a page as Safari saves it."""
    resource = {
        "WebResourceData": html.encode(),
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceURL": address,
    }
    archive = {"WebMainResource": resource, "WebSubresources": []}
    return plistlib.dumps(archive, fmt=plistlib.FMT_BINARY)


def warc_of(pages: dict[str, tuple[str, str]], packed: bool = True) -> bytes:
    """Build a crawl: address → (type, content)."""
    needs("warcio")
    writer_module = import_module("warcio.warcwriter")
    headers_module = import_module("warcio.statusandheaders")
    file = io.BytesIO()
    writer = writer_module.WARCWriter(file, gzip=packed)
    for address, (content_type, content) in pages.items():
        headers = headers_module.StatusAndHeaders(
            "200 OK", [("Content-Type", content_type)], protocol="HTTP/1.1"
        )
        record = writer.create_warc_record(
            address,
            "response",
            payload=io.BytesIO(content.encode()),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": "2021-04-01T10:00:00Z"},
        )
        writer.write_record(record)
    return file.getvalue()


def enex_of(*notes: dict[str, str]) -> bytes:
    """Build an export of Evernote: title, content (HTML), address and time of each note."""
    pieces = []
    for note in notes:
        content = (
            '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE en-note SYSTEM '
            f'"http://xml.evernote.com/pub/enml2.dtd"><en-note>{note["content"]}</en-note>'
        )
        pieces.append(
            f"<note><title>{note['title']}</title><content><![CDATA[{content}]]></content>"
            f"<created>{note.get('created', '20210401T101500Z')}</created><note-attributes>"
            f"<author>reader</author><source-url>{note.get('url', '')}</source-url>"
            "</note-attributes><resource><data encoding='base64'>iVBORw0=</data></resource></note>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE en-export SYSTEM '
        '"http://xml.evernote.com/pub/evernote-export4.dtd">'
        f'<en-export application="Evernote">{"".join(pieces)}</en-export>'
    ).encode()


def rss_of(*items: str) -> bytes:
    """Build a feed with this XML in its entries."""
    entries = "".join(f"<item>{item}</item>" for item in items)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Post</title>'
        f"<link>https://post.example/</link>{entries}</channel></rss>"
    ).encode()


def atom_of(*entries: str) -> bytes:
    """Build an Atom feed with this XML in its entries."""
    inner = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Courier</title>'
        f"{inner}</feed>"
    ).encode()


def jsonl_of(rows: list) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)
