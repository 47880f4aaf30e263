"""Read articles from XML files: feeds (RSS, Atom), Evernote notes, formats of news agencies.

A feed has one article per entry, of which it may contain only a summary. A note that was clipped
from the web is an article. The date and the author of the note are those of the clipping, not of
the article.
"""

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from xml.etree.ElementTree import Element

from clippings.core.errors import BadInput
from clippings.corpus import date_sources, problems
from clippings.corpus.documents import Extra, checked, dated, day_in_field, decoded
from clippings.corpus.encodings import decode_bytes
from clippings.corpus.html_parts import read_html, read_page_row
from clippings.corpus.html_text import text_of_html
from clippings.corpus.open_document import read_fodt
from clippings.corpus.rows import ArticleRow, Limits, one_line, table_row, within_limit
from clippings.corpus.xml_articles import find_article_elements, read_article_element
from clippings.corpus.xml_parts import elements_of, parse_xml

FEED = Extra("mail", "a feed", "feedparser")

ROOT = re.compile(
    r"""
    (?: \s+ | <\?.*?\?> | <!--.*?--> | <!DOCTYPE[^\[>]*(?:\[.*?\])?\s*> )*
    <(?:[\w.-]+:)?([\w.-]+)        # <rss version="2.0">, <rdf:RDF xmlns:rdf="…">
    """,
    re.DOTALL | re.VERBOSE,
)
ROOT_WITHIN = 20_000  # characters

ENTITY_DEFINITION = re.compile(r"<!ENTITY\b", re.IGNORECASE)
PARAGRAPH_TAG = re.compile(r"<(?:p|br|div)\b", re.IGNORECASE)
BLANK_LINES = re.compile(r"\r?\n[ \t]*\r?\n")

FEED_ROOTS = ("rss", "feed", "RDF")
NOTES_ROOT = "en-export"
NOTE_TIME = "%Y%m%dT%H%M%SZ"  # 20210316T081500Z


def read_xml(data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read a file of XML, as its first element demands."""
    text = decoded(data, decode_bytes)
    match = ROOT.match(text[:ROOT_WITHIN].lstrip("\ufeff"))
    root = match[1] if match else ""
    if root in FEED_ROOTS:
        yield from read_feed(data, limits)
    elif root == NOTES_ROOT:
        yield from read_enex(data, limits)
    elif root.lower() == "html":
        yield read_page_row(data, limits)
    elif root == "document" and "office:text" in text:
        yield from read_fodt(data, limits)
    elif root:
        yield from read_article_xml(data, root, limits)
    else:
        raise BadInput(problems.broken_xml("no first element"))


def read_article_xml(data: bytes, root_name: str, limits: Limits) -> Iterator[ArticleRow]:
    """Read the articles of a format of news agencies, or the records of another program."""
    root = parse_xml(data)
    articles = find_article_elements(root)
    if not articles:
        raise BadInput(problems.unknown_xml(root_name))
    if articles == [root]:
        yield read_article_element(root)
        return
    for number, article in enumerate(articles, 1):
        yield table_row(number, within_limit(read_article_element(article), limits))


def read_feed(data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read the entries of a feed."""
    feedparser = FEED.load()
    if ENTITY_DEFINITION.search(decoded(data, decode_bytes)):
        raise BadInput(problems.xml_entities())
    # As a file: a text that looks like an address would be looked up.
    feed = feedparser.parse(io.BytesIO(data))
    outlet = one_line(feed.feed.get("title", ""))
    for number, entry in enumerate(feed.entries, 1):
        yield table_row(number, within_limit(_row_of_entry(entry, outlet), limits))
    if not feed.entries:
        raise BadInput(problems.no_articles())


def _row_of_entry(entry, feed_title: str) -> ArticleRow:
    """Return the row of an entry of a feed."""
    contents = [part.get("value", "") for part in entry.get("content", [])]
    longest = max([*contents, entry.get("summary", "")], key=len)
    authors = [author.get("name", "") for author in entry.get("authors", [])]
    source = entry.get("source", {})
    row = ArticleRow(
        text=_text_of_entry(longest),
        title=one_line(text_of_html(entry.get("title", ""))),
        author=one_line(", ".join(name for name in authors if name)),
        outlet=one_line(source.get("title", "")) or feed_title,
        section=", ".join(one_line(tag.get("term") or "") for tag in entry.get("tags", [])[:1]),
        url=one_line(entry.get("link", "")),
        updated=day_in_field(entry.get("updated", "")),
    )
    published = entry.get("published", "")
    if published:
        return checked(dated(row, published, date_sources.FEED))
    # Atom demands the day of the last change, and many feeds state no other.
    return checked(dated(row._replace(updated=""), entry.get("updated", ""), date_sources.FEED))


def _text_of_entry(html: str) -> str:
    """Return the text of an entry; in some feeds of blogs, blank lines separate the paragraphs."""
    if PARAGRAPH_TAG.search(html):
        return text_of_html(html)
    blocks = (text_of_html(block) for block in BLANK_LINES.split(html))
    return "\n\n".join(block for block in blocks if block)


def read_enex(data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read the notes that Evernote has exported."""
    number = 0
    for note in elements_of(data, "note"):
        number += 1
        yield table_row(number, within_limit(_row_of_note(note, limits), limits))
    if number == 0:
        raise BadInput(problems.no_articles())


def _row_of_note(note: Element, limits: Limits) -> ArticleRow:
    """Return the row of a note."""
    content = note.findtext("content") or ""
    row = read_html(content, limits)
    row = row._replace(
        title=one_line(note.findtext("title") or "") or row.title,
        url=one_line(note.findtext("note-attributes/source-url") or "") or row.url,
        saved=_note_day(note.findtext("created") or ""),
    )
    return checked(row)


def _note_day(time: str) -> str:
    """Return the day of a time as Evernote writes it; "" if it is not understood."""
    with suppress(ValueError):
        return f"{datetime.strptime(time.strip(), NOTE_TIME):%Y-%m-%d}"
    return ""
