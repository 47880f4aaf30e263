"""Read articles from e-books: e-papers, issues made by news readers, saved articles.

Each document of the book is an article. Programs that create issues of a newspaper (such as
calibre) or send saved articles to an e-reader write one document per article. Documents that were
split because of their size are joined again. Covers and tables of contents are not articles.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from clippings.core.errors import BadInput
from clippings.corpus import problems
from clippings.corpus.date_sources import BOOK
from clippings.corpus.documents import YEARS, checked, dated
from clippings.corpus.html_parts import read_html
from clippings.corpus.html_text import text_of_html
from clippings.corpus.rows import ArticleRow, Limits, table_row
from clippings.corpus.xml_parts import local_name, open_document_archive, parse_xml

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"

PAGE_TYPES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
TABLE_OF_CONTENTS_TYPE = "application/x-dtbncx+xml"
NOT_ARTICLES = ("cover", "copyright-page", "title-page", "toc")  # in the guide of a book

SPLIT = re.compile(r"_split_?\d+$")  # index_split_003.html, as calibre writes it
MAX_LINKED_SHARE = 0.6
"""Share of the words within links from which a document is a list of links, as sections are."""

PROGRAM = re.compile(r"calibre|dotepub|instapaper|pocket|epubpress|pandoc", re.IGNORECASE)
"""Programs that name themselves as publisher or author."""


class Book(NamedTuple):
    """The details that a book states about itself."""

    title: str
    author: str
    publisher: str
    date: str


class Document(NamedTuple):
    """A document of a book."""

    path: str
    title: str  # as the table of contents has it
    html: str


def read_epub(data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read the documents of a book, one article each."""
    with open_document_archive(data, limits) as archive:
        _refuse_locked(archive)
        package_path = _package_path(archive)
        package = parse_xml(archive.read(package_path))
        book = _book(package)
        number = 0
        for document in _documents(archive, package, posixpath.dirname(package_path)):
            row = _article(document, book, limits)
            if row is not None:
                number += 1
                yield table_row(number, row)
    if number == 0:
        raise BadInput(problems.no_chapters())


def _refuse_locked(archive: zipfile.ZipFile) -> None:
    """Raise BadInput for a book with copy protection; many books only obfuscate their fonts."""
    if ENCRYPTION not in archive.namelist():
        return
    encryption = archive.read(ENCRYPTION)
    if re.search(rb"""URI=["'][^"']+\.x?html?["']""", encryption):
        raise BadInput(problems.locked_book())


def _package_path(archive: zipfile.ZipFile) -> str:
    """Return where the list of the book's files is."""
    for element in parse_xml(archive.read(CONTAINER)).iter():
        if local_name(element) == "rootfile" and element.get("full-path"):
            return element.get("full-path")
    raise BadInput(problems.no_chapters())


def _book(package: Element) -> Book:
    """Return the metadata of a book."""
    cells: dict[str, list[str]] = {}
    for element in package.iter():
        text = " ".join((element.text or "").split())
        if text:
            cells.setdefault(local_name(element), []).append(text)
    publisher = next(iter(cells.get("publisher", [])), "")
    return Book(
        title=next(iter(cells.get("title", [])), ""),
        author=", ".join(name for name in cells.get("creator", []) if not PROGRAM.search(name)),
        publisher="" if PROGRAM.search(publisher) else publisher,
        date=next(iter(cells.get("date", [])), ""),
    )


def _documents(archive: zipfile.ZipFile, package: Element, folder: str) -> Iterator[Document]:
    """Yield the documents of a book in reading order, without covers and contents pages."""
    items: dict[str, Element] = {}
    order: list[str] = []
    left_out: set[str] = set()
    for element in package.iter():
        name = local_name(element)
        if name == "item":
            items[element.get("id", "")] = element
        elif name == "itemref":
            order.append(element.get("idref", ""))
        elif name == "reference" and element.get("type") in NOT_ARTICLES:
            left_out.add(_path(folder, element.get("href", "")))
    titles = _titles(archive, items.values(), folder)
    previous: Document | None = None
    for identifier in order:
        item = items.get(identifier)
        if item is None or item.get("media-type") not in PAGE_TYPES:
            continue
        path = _path(folder, item.get("href", ""))
        is_contents = "nav" in item.get("properties", "").split() or path in left_out
        if is_contents or path not in archive.namelist():
            continue
        html = archive.read(path).decode("utf-8", "replace")
        if previous is not None and _continues(path, previous.path) and path not in titles:
            previous = previous._replace(path=path, html=f"{previous.html}\n{html}")
            continue
        if previous is not None:
            yield previous
        previous = Document(path, titles.get(path, ""), html)
    if previous is not None:
        yield previous


def _path(folder: str, reference: str) -> str:
    """Return the path in the archive of a file that a list in `folder` refers to."""
    return posixpath.normpath(posixpath.join(folder, unquote(reference.partition("#")[0])))


def _continues(path: str, previous: str) -> bool:
    """Return whether two documents are pieces of one that a program has split."""
    stem = posixpath.splitext(path)[0]
    previous_stem = posixpath.splitext(previous)[0]
    return bool(SPLIT.search(stem)) and SPLIT.sub("", stem) == SPLIT.sub("", previous_stem)


def _titles(archive: zipfile.ZipFile, items, folder: str) -> dict[str, str]:
    """Return the titles in the table of contents of older books, by the path of the document."""
    titles: dict[str, str] = {}
    for item in items:
        path = _path(folder, item.get("href", ""))
        if item.get("media-type") != TABLE_OF_CONTENTS_TYPE or path not in archive.namelist():
            continue
        for point in parse_xml(archive.read(path)).iter():
            if local_name(point) != "navPoint":
                continue
            label = ""
            target = ""
            for child in point:
                if local_name(child) == "navLabel":
                    label = " ".join("".join(child.itertext()).split())
                elif local_name(child) == "content":
                    target = child.get("src", "")
            titles.setdefault(_path(posixpath.dirname(path), target), label)
    return titles


def _article(document: Document, book: Book, limits: Limits) -> ArticleRow | None:
    """Return the article of a document; None for a cover or a list of links."""
    if not text_of_html(document.html) or _is_list_of_links(document.html):
        return None
    row = read_html(document.html, limits)
    row = row._replace(
        title=_heading(document.html) or document.title or row.title,
        author=row.author or book.author,
        outlet=row.outlet or book.publisher or book.title,
    )
    states_year = re.match(r"\d{4}", book.date)
    if states_year and int(states_year[0]) in YEARS and not row.published_from:
        row = dated(row, book.date, BOOK)
    return checked(row)


class _LinkCounter(HTMLParser):
    """Counts the words of a document, and those within links; remembers the first heading."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open_links = 0
        self.number_of_words = 0
        self.number_linked = 0
        self.heading: list[str] = []
        self.heading_tag = ""

    def handle_starttag(self, tag: str, attributes) -> None:
        if tag == "a" and any(name == "href" for name, _ in attributes):
            self.open_links += 1
        elif tag in ("h1", "h2") and not self.heading:
            self.heading_tag = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.open_links:
            self.open_links -= 1
        elif tag == self.heading_tag:
            self.heading_tag = ""

    def handle_data(self, data: str) -> None:
        number = len(data.split())
        self.number_of_words += number
        if self.open_links:
            self.number_linked += number
        if self.heading_tag:
            self.heading.append(data)


def _counted(html: str) -> _LinkCounter:
    counter = _LinkCounter()
    counter.feed(html)
    counter.close()
    return counter


def _is_list_of_links(html: str) -> bool:
    """Return whether most words of a document are links, as in a table of contents."""
    counter = _counted(html)
    return counter.number_linked > MAX_LINKED_SHARE * counter.number_of_words


def _heading(html: str) -> str:
    """Return the first heading of a document."""
    return " ".join("".join(_counted(html).heading).split())
