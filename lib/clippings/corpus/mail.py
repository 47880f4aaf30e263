"""Read emails (newsletters, alerts, forwarded articles) and their attachments.

An email is one article: its text, with the subject as title and the day of sending. If an email
contains its text twice, as HTML and as plain text, the HTML is read, because its paragraphs are not
wrapped.
Attached documents are separate articles. Attached pictures, signatures and calendar entries are
ignored.
"""

import email
import email.policy
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.header import decode_header, make_header
from email.message import Message
from typing import NamedTuple

from clippings.core.errors import BadInput
from clippings.corpus import problems
from clippings.corpus.date_sources import EMAIL
from clippings.corpus.documents import (
    Extra,
    checked,
    dated,
    day_in_field,
    read_docx,
    read_text,
)
from clippings.corpus.encodings import decode_bytes
from clippings.corpus.file_kinds import companion_kind, kind_of, unread_problem
from clippings.corpus.html_parts import read_html
from clippings.corpus.html_text import text_of_html
from clippings.corpus.mail_header import (
    Sender,
    find_printed_header,
    read_sender,
    without_prefixes,
)
from clippings.corpus.markdown import read_markdown
from clippings.corpus.open_document import read_odt
from clippings.corpus.pdf_text import read_pdf
from clippings.corpus.rich_text import read_rtf
from clippings.corpus.rows import ArticleRow, Limits, one_line, within_limit
from clippings.corpus.web_archives import is_saved_page, read_saved_page
from clippings.corpus.web_page import read_page

OUTLOOK_MAIL = Extra("mail", "an Outlook message", "oxmsg")

MAX_DEPTH = 5
"""Levels of emails within emails, and of parts within parts, that are followed."""

WINDOWS_1252 = ("us-ascii", "iso-8859-1", "latin-1")  # often declared for Windows-1252

APPLE_LENGTH = re.compile(rb"\s*(\d+)[ ]*\n")  # the first line of an .emlx file
MAILBOX_MARK = re.compile(
    rb"^From \S[^\r\n]*\d{4}[^\r\n]*\r?\n(?=>?[A-Za-z][A-Za-z-]*:)", re.MULTILINE
)
QUOTED_MARK = re.compile(rb"^>(>*From )", re.MULTILINE)  # how a mailbox writes a line "From …"

BULK_HEADERS = ("List-Unsubscribe", "List-Id", "Feedback-ID")

MAX_WRAPPED_WIDTH = 80
"""Characters of the longest line of text that an email program has wrapped: RFC 5322 advises 78."""

MIN_WRAPPED_WIDTH = 45
"""Characters of a line that ends because the next word did not fit; lists are shorter."""


class Mail(NamedTuple):
    """The content of an email, whatever its format."""

    subject: str
    sender: str  # as in the header: "The Post" <news@post.example>
    date: str
    is_bulk: bool  # whether it was sent to a mailing list
    html: str
    plain: str
    attachments: list["Attachment"]


class Attachment(NamedTuple):
    """A file, or another email, that is attached to an email."""

    name: str
    data: bytes


def read_mail(data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read an email and its attached documents, or a web page saved in this format."""
    yield from _rows_of_message(_parsed(data), limits, depth=0)


def read_mailbox(data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read the emails of a mailbox."""
    marks = list(MAILBOX_MARK.finditer(data))
    if not marks:
        yield from read_mail(data, limits)
        return
    ends = [mark.start() for mark in marks[1:]] + [len(data)]
    for number, (mark, end) in enumerate(zip(marks, ends, strict=True), 1):
        message = _parsed(QUOTED_MARK.sub(rb"\1", data[mark.end() : end]))
        for row in _rows_or_problem(message, limits):
            yield row.inside(f"#{number}", f"\0#{number}")


def _rows_or_problem(message: Message, limits: Limits) -> Iterator[ArticleRow]:
    """Yield the rows of one email of a mailbox; an error in it does not affect the others."""
    try:
        for row in _rows_of_message(message, limits, depth=0):
            yield within_limit(row, limits)
    except BadInput as error:
        yield ArticleRow(problem=str(error))
    except MemoryError:
        raise
    except Exception as error:  # the email parser raises many kinds of errors on damaged emails
        yield ArticleRow(problem=problems.damaged(type(error).__name__))


def read_msg(data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read an email saved by Outlook, and its attached documents."""
    oxmsg = OUTLOOK_MAIL.load()
    message = oxmsg.Message.load(data)
    attachments = [
        Attachment(attachment.file_name or "", attachment.file_bytes or b"")
        for attachment in message.attachments
    ]
    html = ""
    with suppress(LookupError, UnicodeDecodeError):
        html = message.html_body or ""
    headers = {name.lower(): value for name, value in message.message_headers.items()}
    sent = message.sent_date
    mail = Mail(
        subject=_one_line(message.subject),
        sender=_one_line(message.sender or ""),
        date=headers.get("date") or (sent.isoformat() if sent else ""),
        is_bulk=any(name.lower() in headers for name in BULK_HEADERS),
        html=html,
        plain=_unwrapped_text((message.body or "").replace("\r\n", "\n")),
        attachments=attachments,
    )
    yield from _rows_of_mail(mail, limits, depth=0)


def _parsed(data: bytes) -> Message:
    """Parse the bytes of an email; Apple Mail puts its length first and a list after it."""
    length = APPLE_LENGTH.match(data)
    if length:
        data = data[length.end() : length.end() + int(length[1])]
    return email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)


def _rows_of_message(message: Message, limits: Limits, depth: int) -> Iterator[ArticleRow]:
    """Yield the rows of a parsed email."""
    if depth > MAX_DEPTH:
        raise BadInput(problems.entry_is_an_archive())
    if is_saved_page(message):
        subject = _header(message, "Subject")
        yield read_saved_page(message, subject, limits)
        return
    bodies: list[tuple[str, str]] = []
    attachments: list[Attachment] = []
    _collect_parts(message, bodies, attachments, depth)
    mail = Mail(
        subject=_header(message, "Subject"),
        sender=_header(message, "From"),
        date=_header(message, "Date"),
        is_bulk=any(message.get(name) is not None for name in BULK_HEADERS),
        html="\n".join(text for kind, text in bodies if kind == "html"),
        plain="\n\n".join(text for kind, text in bodies if kind == "plain"),
        attachments=attachments,
    )
    yield from _rows_of_mail(mail, limits, depth)


def _collect_parts(
    part: Message, bodies: list[tuple[str, str]], attachments: list[Attachment], depth: int
) -> None:
    """Sort the parts of an email into pieces of its text and attachments."""
    if depth > 2 * MAX_DEPTH:
        return
    content_type = part.get_content_type()
    if content_type == "message/rfc822":
        for inner in _subparts(part):
            attachments.append(Attachment(_attached_mail_name(inner), bytes(inner)))
        return
    if part.is_multipart():
        for inner in _subparts(part):
            _collect_parts(inner, bodies, attachments, depth + 1)
        return
    name = _file_name(part)
    is_attached = part.get_content_disposition() == "attachment"
    if content_type in ("text/plain", "text/html") and not is_attached and not name:
        text = _text_of_part(part)
        bodies.append(("html" if content_type == "text/html" else "plain", text))
    elif name or is_attached:
        attachments.append(Attachment(name, part.get_payload(decode=True) or b""))


def _subparts(part: Message) -> list[Message]:
    """Return the parts of a part; none if it is damaged."""
    payload = part.get_payload()
    return payload if isinstance(payload, list) else []


def _attached_mail_name(message: Message) -> str:
    subject = re.sub(r"[/\\\0]+", " ", _header(message, "Subject"))
    return f"{subject or 'mail'}.eml"


def _file_name(part: Message) -> str:
    """Return the name of an attached file."""
    with suppress(Exception):  # damaged parameters raise several kinds of errors
        name = part.get_filename() or ""
        return _decoded_header(name).replace("\\", "/").rpartition("/")[2]
    return "attachment"


def _header(message: Message, name: str) -> str:
    """Return a header as one line of characters."""
    for header, value in message.raw_items():
        if header.lower() == name.lower():
            return _decoded_header(str(value))
    return ""


def _decoded_header(raw: str) -> str:
    """Return the characters of a header, which may contain encoded words or bytes as they are."""
    with suppress(UnicodeEncodeError):
        data = raw.encode("ascii", "surrogateescape")
        try:
            raw = data.decode()
        except UnicodeDecodeError:
            raw = data.decode("cp1252", "replace")
    with suppress(Exception):  # damaged encoded words raise several kinds of errors
        raw = str(make_header(decode_header(raw)))
    return _one_line(raw.encode("utf-8", "replace").decode())


def _one_line(text: str) -> str:
    """Return a header without line breaks, repeated blanks and NUL characters."""
    return one_line(text.replace("\0", " "))


def _text_of_part(part: Message) -> str:
    """Return the characters of a text part, its wrapped lines joined."""
    data = part.get_payload(decode=True) or b""
    charset = (part.get_content_charset() or "").lower()
    if charset in WINDOWS_1252:
        charset = "cp1252"
    text = None
    if charset:
        with suppress(LookupError, UnicodeError):
            text = data.decode(charset)
    if text is None:
        _, text = decode_bytes(data)
        text = text or data.decode("utf-8", "replace")
    text = text.replace("\r\n", "\n")
    if part.get_content_type() == "text/html":
        return text
    is_flowed = str(part.get_param("format") or "").lower() == "flowed"
    return _flowed(text) if is_flowed else _unwrapped_text(text)


def _flowed(text: str) -> str:
    """Join the lines of "format=flowed" text (RFC 3676): a line that ends in a space continues."""
    pieces = []
    for line in text.split("\n"):
        line = line.removeprefix(" ")
        goes_on = line.endswith(" ") and line != "-- "
        pieces.append(line if goes_on else f"{line}\n")
    return "".join(pieces).strip("\n")


def _unwrapped_text(text: str) -> str:
    """Join the lines of each block of a plain text if an email program has wrapped them."""
    blocks = re.split(r"\n[ \t]*\n", text.strip("\n"))
    return "\n\n".join(_joined(block) for block in blocks)


def _joined(block: str) -> str:
    """Join the lines of a block unless their lengths differ, as in a list."""
    lines = [line.strip() for line in block.split("\n")]
    is_quoted = any(line.startswith((">", "- ", "* ", "• ")) for line in lines)
    longest = max(len(line) for line in lines)
    shortest_full = min((len(line) for line in lines[:-1]), default=0)
    is_wrapped = longest <= MAX_WRAPPED_WIDTH and shortest_full >= MIN_WRAPPED_WIDTH
    return " ".join(lines) if is_wrapped and not is_quoted else block


def _rows_of_mail(mail: Mail, limits: Limits, depth: int) -> Iterator[ArticleRow]:
    """Yield the row of an email, and those of its attachments."""
    row = _text_row(mail, limits)
    attached = list(_attached_rows(mail, limits, depth))
    if row is not None:
        yield row
    elif not attached:
        yield ArticleRow(problem=problems.no_mail_text())
    yield from attached


def _text_row(mail: Mail, limits: Limits) -> ArticleRow | None:
    """Return the row of the text of an email; None if it has no text."""
    if mail.html and text_of_html(mail.html):
        row = read_html(mail.html, limits)
    elif mail.plain.strip():
        row = ArticleRow(text=mail.plain.strip())
    else:
        return None
    subject, is_passed_on = without_prefixes(mail.subject)
    row = row._replace(title=subject or row.title)
    if is_passed_on:
        # The sender and date of a forwarded email are not those of the article.
        row = row._replace(saved=day_in_field(mail.date))
        printed = find_printed_header(row.text)
        sender = read_sender(printed.sender) if printed else Sender()
        return checked(row._replace(author=sender.author, outlet=row.outlet or sender.outlet))
    sender = read_sender(mail.sender, mail.is_bulk)
    row = row._replace(author=row.author or sender.author, outlet=row.outlet or sender.outlet)
    return checked(row if row.published_from else dated(row, mail.date, EMAIL))


def _attached_rows(mail: Mail, limits: Limits, depth: int) -> Iterator[ArticleRow]:
    """Yield the rows of the documents that are attached to an email."""
    saved = day_in_field(mail.date)
    for number, attachment in enumerate(mail.attachments, 1):
        name = attachment.name or f"attachment {number}"
        if companion_kind(name) is not None:
            continue
        try:
            for row in _rows_of_attachment(name, attachment.data, limits, depth):
                row = row if row.problem else row._replace(saved=row.saved or saved)
                yield within_limit(row, limits).inside(f"/{name}", f"\0{name}")
        except MemoryError:
            raise
        except BadInput as error:
            yield ArticleRow(problem=str(error)).inside(f"/{name}", f"\0{name}")
        except Exception as error:  # libraries raise many kinds of errors on damaged files
            problem = problems.damaged(type(error).__name__)
            yield ArticleRow(problem=problem).inside(f"/{name}", f"\0{name}")


def _rows_of_attachment(name: str, data: bytes, limits: Limits, depth: int) -> Iterator[ArticleRow]:
    """Yield the rows of one attached file."""
    kind = kind_of(name, data)
    if not data:  # in Outlook's format, an attached email has no bytes of its own
        yield ArticleRow(problem=problems.unread_attachment())
        return
    if problem := unread_problem(kind):
        yield ArticleRow(problem=problem)
    elif kind == ".eml":
        yield from _rows_of_message(_parsed(data), limits, depth + 1)
    elif kind in ATTACHMENT_READERS:
        yield from ATTACHMENT_READERS[kind](data, limits)
    else:
        yield ArticleRow(problem=problems.unread_attachment())


ATTACHMENT_READERS: dict[str, Callable[[bytes, Limits], Iterator[ArticleRow]]] = {
    "": read_text,
    ".md": read_markdown,
    ".html": read_page,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".odt": read_odt,
    ".rtf": read_rtf,
}
"""The readers of attached documents. Tables and archives in an email have to be saved first."""
