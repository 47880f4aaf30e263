"""Read web pages: the story as displayed, and the metadata that the page states.

trafilatura locates the article on the page, and `page_story` completes the result. The words are
read from the page itself (`page_blocks`), so that no words are lost or joined.
"""

import codecs
import html as html_characters
import re
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from types import ModuleType
from typing import NamedTuple

from clippings.core.errors import BadInput
from clippings.corpus import problems
from clippings.corpus.date_sources import METADATA
from clippings.corpus.documents import (
    Extra,
    checked,
    dated,
    decoded,
    with_headline_and_byline,
)
from clippings.corpus.encodings import decode_bytes
from clippings.corpus.page_blocks import (
    HEADINGS,
    HTML_SPACE,
    INLINE,
    Block,
    is_in_furniture,
    name_parts,
    read_blocks,
)
from clippings.corpus.page_metadata import (
    PageMetadata,
    read_metadata,
    with_marked_dates,
    without_site_name,
)
from clippings.corpus.page_story import story_blocks
from clippings.corpus.rows import ArticleRow, Limits
from clippings.corpus.written_dates import read_day

MAX_TAGS = 100_000
"""Tags of a web page. Reading can take quadratic time; long pages have a third of that."""

CHARSET = re.compile(
    rb"""
    <(?:meta|\?xml)                    # <meta charset="utf-8">, <?xml encoding="utf-8"?>
    [^>]*(?:charset|encoding)\s*=\s*
    [\"']?([\w-]+)
    """,
    re.IGNORECASE | re.VERBOSE,
)

# Inline elements that are kept for trafilatura, which interprets them.
KNOWN_INLINE = frozenset(("a", "b", "em", "i", "span", "strong"))

MIN_BODY_FACTOR = 1.3
"""Times the words of the story on the page: with so many more, the text in JSON-LD is the whole
article, of which the page shows a beginning. It is seldom given without notes and captions, so a
little more means nothing."""

TAG = re.compile(r"<(/?)(p|br|div|h[1-6]|li|ul|ol|blockquote|em|strong|b|i|a|span)\b[^>]*>", re.I)

HEADLINE_LINES = 4  # of a page, among which its headline is

UPDATE_NAMES = frozenset(("updated", "update", "modified", "last updated", "lastmod"))
"""Words in the class of a <time>, or before it, by which it is the date of the last change."""

DAY_ATTRIBUTES = ("datetime", "data-datetime", "data-date", "data-published", "title", "content")
"""Attributes with a date for programs. The text of such an element may be "Thursday"."""

MAX_LINE_WORDS = 16  # of a line with author and date; a paragraph has more

# trafilatura needs lxml_html_clean by way of an extra of lxml, which old versions of pip do not
# install.
WEB_PAGE = Extra("html", "a web page", "lxml_html_clean", "trafilatura")


class MarkedDays(NamedTuple):
    """Dates in the markup of an article, YYYY-MM-DD or ""."""

    published: str
    updated: str


def read_page(data: bytes, _: Limits) -> Iterator[ArticleRow]:
    """Read the story of a web page, and the metadata that the page states.

    Parameters
    ----------
    data : bytes
        The page.

    Yields
    ------
    ArticleRow
        The text with headline and authors on top; title, author, outlet, section, address,
        language, publication dates, last change and saving as far as the page states them.

    Raises
    ------
    BadInput
        When the page has too many tags, or no prose.
    """
    trafilatura = WEB_PAGE.load()
    html = _decoded_page(data)
    if html.count("<") > MAX_TAGS:
        raise BadInput(problems.too_many_tags(MAX_TAGS))
    root = _parsed(html)
    if root is None:
        raise BadInput(problems.page_without_article())
    metadata = _metadata(root, html)
    story = _story(trafilatura, root)
    paragraphs = _paragraphs(story, metadata)
    if not paragraphs:
        # Some pages have their text where others have pictures or a note on scripts.
        for element in list(root.iter("svg", "noscript", "object", "template")):
            element.tag = "div"
        story = _story(trafilatura, root)
        paragraphs = _paragraphs(story, metadata)
    if not paragraphs:
        raise BadInput(problems.page_without_article())
    marked = _marked_days(root, story)
    metadata = with_marked_dates(metadata, marked.published, marked.updated)
    # On old pages the headline is a line like any other.
    title, site = without_site_name(metadata.title, metadata.outlet, paragraphs[:HEADLINE_LINES])
    lines = with_headline_and_byline(paragraphs, title, metadata.author)
    row = ArticleRow(
        text="\n\n".join(lines),
        title=title,
        author=metadata.author,
        outlet=metadata.outlet or site,
        section=metadata.section,
        url=metadata.url,
        language=metadata.language,
        updated=metadata.updated,
        saved=metadata.saved,
    )
    yield checked(dated(row, metadata.published, METADATA))


def _decoded_page(data: bytes) -> str:
    """Return the characters of a page, by the encoding that it declares if it is not UTF-8."""
    if b"\0" not in data:
        with suppress(UnicodeDecodeError):
            return data.decode("utf-8-sig")
        declared = CHARSET.search(data[:5000])
        with suppress(LookupError, UnicodeError):
            name = codecs.lookup(declared[1].decode()).name if declared else ""
            if name in ("ascii", "iso8859-1"):
                name = "cp1252"  # as browsers do
            if name:
                return data.decode(name)
    return decoded(data, decode_bytes)


def _parsed(html: str):
    """Return the element tree of a page; None if it has no elements."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    # The characters are known by now: the declared encoding must not be applied again.
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    with suppress(etree.LxmlError, ValueError):
        return document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    return None


def _metadata(root, html: str) -> PageMetadata:
    """Return the details that a page states about itself, or none if they cannot be read."""
    try:
        return read_metadata(root, html)
    except Exception:  # the text of such a page is read nevertheless
        return PageMetadata()


def _story(trafilatura: ModuleType, root) -> list[Block]:
    """Return the blocks of the story of a page."""
    return story_blocks(read_blocks(root), _judged_text(trafilatura, root))


def _judged_text(trafilatura: ModuleType, root) -> str:
    """Return the text that trafilatura extracts as the article; "" if there is none."""
    from lxml import etree

    tree = deepcopy(root)
    etree.strip_tags(tree, *sorted(INLINE - KNOWN_INLINE))
    try:
        page = trafilatura.bare_extraction(tree, with_metadata=False, include_comments=False)
    except Exception:  # libraries raise what they like on damaged files
        return ""
    return (page.text or "") if page is not None else ""


def _paragraphs(story: list[Block], metadata: PageMetadata) -> list[str]:
    """Return the paragraphs of the story, or those in JSON-LD where scripts would show the rest."""
    paragraphs = [block.text for block in story]
    described = _described_paragraphs(metadata.body)
    words_on_page = sum(len(block.words) for block in story)
    words_described = sum(len(paragraph.split()) for paragraph in described)
    if words_described > MIN_BODY_FACTOR * words_on_page:
        return [*_lines_above(story, metadata.body), *described]
    return paragraphs


def _lines_above(story: list[Block], body: str) -> list[str]:
    """Return headline, author and date: the details above the text of a story."""
    lines = []
    for block in story:
        if block.text in body or (block.tag not in HEADINGS and len(block.words) > MAX_LINE_WORDS):
            break
        lines.append(block.text)
    return lines


def _described_paragraphs(body: str) -> list[str]:
    """Return the paragraphs of a text in JSON-LD, which may contain tags."""
    if not body.strip():
        return []
    if TAG.search(body):
        root = _parsed(f"<div>{body}</div>")
        return [] if root is None else [block.text for block in read_blocks(root)]
    lines = html_characters.unescape(body).split("\n")
    lines = [HTML_SPACE.sub(" ", line).strip() for line in lines]
    return [line for line in lines if line]


def _marked_days(root, story: list[Block]) -> MarkedDays:
    """Return the dates in the markup of the article, not those of comments and other stories."""
    elements = set()
    for block in story:
        elements.update(block.element.iterancestors())
    published = ""
    updated = ""
    for element in root.xpath(".//*[@itemprop='datePublished'] | .//time[@pubdate]"):
        if not published and _is_of_story(element, elements):
            published = _element_day(element)
    for element in root.xpath(".//*[@itemprop='dateModified']"):
        if not updated and _is_of_story(element, elements):
            updated = _element_day(element)
    for element in [*_times_in_head(story), *_dated_in_head(root, story, elements)]:
        names = _names_around(element)
        # WordPress writes class="published updated" until there is a change.
        if "published" not in names and not UPDATE_NAMES.isdisjoint(names):
            updated = updated or _element_day(element)
        else:
            published = published or _element_day(element)
    return MarkedDays(published, updated)


def _is_of_story(element, elements_of_story: set) -> bool:
    """Return whether an element belongs to the story, not to a comment or a teaser."""
    if is_in_furniture(element):
        return False
    return all(article in elements_of_story for article in element.iterancestors("article"))


def _element_day(element) -> str:
    """Return the date that an element states for programs, or else in words."""
    return _day_for_programs(element) or read_day("".join(element.itertext()))


def _day_for_programs(element) -> str:
    """Return the date in an attribute of an element; "" if there is none."""
    days = (read_day(element.get(name) or "") for name in DAY_ATTRIBUTES)
    return next(filter(None, days), "")


def _times_in_head(story: list[Block]) -> list:
    """Return the <time> elements in the short lines of an article before its second paragraph."""
    times = []
    paragraphs = 0
    for block in story:
        is_line = len(block.words) <= MAX_LINE_WORDS
        if block.has_time and is_line:
            times += block.element.iter("time")
        if not is_line and block.tag != "h1":
            paragraphs += 1
        if paragraphs > 1:
            break
    return times


def _dated_in_head(root, story: list[Block], elements_of_story: set) -> list:
    """Return the elements with a date for programs between headline and second paragraph.

    <abbr class="published" title="2017-06-08T10:31"> is the old way to mark a date.
    """
    paragraphs = [
        block.element
        for block in story
        if len(block.words) > MAX_LINE_WORDS and block.tag not in HEADINGS
    ]
    first = story[0].element if story else None
    last = paragraphs[1] if len(paragraphs) > 1 else None
    dated_elements = []
    is_below_headline = False
    for element in root.iter("*"):
        if element is last:
            break
        is_below_headline = is_below_headline or element is first
        if not is_below_headline or not any(element.get(name) for name in DAY_ATTRIBUTES):
            continue
        if element.tag not in ("time", "meta") and _is_of_story(element, elements_of_story):
            dated_elements.append(element)
    return [element for element in dated_elements if _day_for_programs(element)]


def _names_around(element) -> set[str]:
    """Return the class names of an element and its line, and the text of the element."""
    outer = element.getparent()
    names = set(name_parts(element))
    if outer is not None and len(outer) <= 2:
        names |= set(name_parts(outer))
        names |= {(outer.text or "").strip(" :\n").casefold()}
    return names
