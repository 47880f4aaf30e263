"""Read the printed header of an email, and decide whether its sender is an outlet or an author.

A forwarded or pasted email begins with the lines "From: …", "Sent: …" and "Subject: …" in the
language of the email program.
"""

import re
from email.utils import parseaddr
from functools import cache
from typing import NamedTuple

from clippings.core.lexicon import either, read_lexicon, read_words, split_cell, words_of
from clippings.core.tokens import fold

LINES_ABOVE = 6  # lines with text above the header: "FYI", "Forwarded message"
LINES_OF_HEADER = 8  # lines with text that contain all fields of the header
MIN_FIELDS = 3  # the sender and two of date, recipient and subject: stories have no such lines

HEADER_LINE = re.compile(
    r"""
    [\s>*|]* (?P<label> [^\W\d_][\w ]{0,14}? ) [\s*\xa0]* [:：] [*\s\xa0]* (?P<value> .* )
    """,
    re.VERBOSE,
)
SENDER_WORDS = words_of("reading/newsletter_senders")
AUTHOR_AT_OUTLET = re.compile(r"(.+?)(?:,| at| from| via| \|) (.+)", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")
MIN_LETTERS = 4  # in a name that an address repeats: shorter names occur in words by chance


class PrintedHeader(NamedTuple):
    """The fields of a printed header; "" for missing fields."""

    sender: str  # The Post <news@post.example>
    sent: str
    subject: str
    is_on_top: bool  # whether it is the beginning of the text


class Sender(NamedTuple):
    """The sender of an email: an author, an outlet, both, or neither if this is unclear."""

    author: str = ""
    outlet: str = ""


@cache
def _fields() -> dict[str, str]:
    """Map each folded label to its meaning."""
    fields = {}
    for row in read_lexicon("reading/mail_labels"):
        labels = map(fold, split_cell(row["labels"]))
        fields.update(dict.fromkeys(labels, row["field"]))
    return fields


def find_printed_header(text: str) -> PrintedHeader | None:
    """Find the header of an email at the top of a text.

    Parameters
    ----------
    text : str
        The text of a file or of a forwarded email.

    Returns
    -------
    PrintedHeader or None
        The fields of the header; None if there is no header.

    Examples
    --------
    >>> text = "De : Post <a@post.example>\\nObjet : Le mur\\nÀ : b@c.example"
    >>> header = find_printed_header(text)
    >>> header.subject, header.is_on_top
    ('Le mur', True)
    """
    lines = [line for line in text.splitlines()[: 4 * LINES_OF_HEADER] if line.strip()]
    for number, line in enumerate(lines[: LINES_ABOVE + 1]):
        if _field_and_value(line)[0] != "sender":
            continue
        fields: dict[str, str] = {}
        for below in lines[number : number + LINES_OF_HEADER]:
            field, value = _field_and_value(below)
            if not field:
                break
            fields.setdefault(field, value)
        # Some programs print the date above the sender.
        if number and (above := _field_and_value(lines[number - 1]))[0] in ("sent", "subject"):
            fields.setdefault(*above)
        if len(fields) >= MIN_FIELDS:
            return PrintedHeader(
                sender=fields["sender"],
                sent=fields.get("sent", ""),
                subject=without_prefixes(fields.get("subject", ""))[0],
                is_on_top=number == 0,
            )
    return None


def _field_and_value(line: str) -> tuple[str, str]:
    """Return the field and value of a labelled line; ("", "") without a known label."""
    match = HEADER_LINE.fullmatch(line)
    field = _fields().get(fold(match["label"].strip()), "") if match else ""
    return (field, match["value"].strip(" *")) if field else ("", "")


def without_prefixes(subject: str) -> tuple[str, bool]:
    """Remove the prefixes from a subject: "Fwd: Re: Levee holds".

    Parameters
    ----------
    subject : str
        The subject of an email.

    Returns
    -------
    (str, bool)
        The subject without prefixes, and whether there were any, which means that the email was
        forwarded or answered.
    """
    prefixes = either(read_words("reading/subject_prefixes", "prefix"))
    prefix = re.compile(rf"\s*{prefixes}\s*(?:\[\d+\])?\s*:\s*", re.IGNORECASE)
    is_passed_on = False
    while match := prefix.match(subject):
        subject = subject[match.end() :]
        is_passed_on = True
    return subject, is_passed_on


def read_sender(field: str, is_bulk: bool = False) -> Sender:
    """Determine whether the sender of an email is an outlet or an author.

    Parameters
    ----------
    field : str
        Name and address as in a header.
    is_bulk : bool, default False
        Whether the email was sent to a list, as newsletters are.

    Returns
    -------
    Sender
        The outlet, the author, or both.

    Examples
    --------
    >>> read_sender("Ostrand Post <news@post.example>"), read_sender("Bell <a.bell@x.example>")
    (Sender(author='', outlet='Ostrand Post'), Sender(author='Bell', outlet=''))
    """
    name, address = parseaddr(field)
    name = " ".join(name.split()).strip("\"' ")
    if not name or "@" in name:
        return Sender()
    local_part, _, domain = address.lower().partition("@")
    words_of_address = re.split(r"[^a-z]+", local_part)
    is_role = not SENDER_WORDS.isdisjoint(words_of_address)
    author_at_outlet = AUTHOR_AT_OUTLET.fullmatch(name)
    if author_at_outlet and (is_bulk or is_role):
        return Sender(author_at_outlet[1], author_at_outlet[2])
    letters = _letters(name)
    is_domain = len(letters) >= MIN_LETTERS and letters in _letters(domain)
    if is_bulk or is_role or is_domain:
        return Sender(outlet=name)
    words = [word for word in WORD.findall(name.lower()) if len(word) >= MIN_LETTERS]
    if any(word in local_part for word in words):  # Anna Bell <a.bell@…>
        return Sender(author=name)
    if any(word in domain.split(".") for word in words):  # Post Daily <x@post.example>
        return Sender(outlet=name)
    return Sender()


def _letters(text: str) -> str:
    """Return the letters of a name, to compare it with an address."""
    return re.sub(r"[^a-z]", "", text.lower().removeprefix("the "))
