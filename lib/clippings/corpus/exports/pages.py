"""Exports that are saved as web pages: their lines, and information from the markup."""

import re
from collections.abc import Iterator

from clippings.corpus.documents import Extra
from clippings.corpus.exports.europresse import outlet_name, read_europresse_part
from clippings.corpus.exports.factiva import read_factiva_part
from clippings.corpus.exports.fields import is_copyright
from clippings.corpus.exports.record import ExportedArticle
from clippings.corpus.exports.registry import read_export, rows_of_export
from clippings.corpus.rows import ArticleRow, Limits, one_line
from clippings.corpus.web_page import read_page

TYPICAL = re.compile(
    r"""
      factiva | enHeadline | articleParagraph
    | europresse | DocPublicationName | titreArticle | news·\d{8}
    | \d\s+(?:of|von|de|van|di)\s+\d+\s+DO[CK]UMENT
    | Do[ck]ument\s\d+\s(?:of|von|de|van|di)\s\d
    | End\sof\sDocument | LOAD-DATE | lexisnexis
    | ProQuest\sdocument\sID | Publication\stitle:
    | EBSCO | Accession\sNumber | NewsBank | GALE\s?\| | WLNR
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A sign of the page of an export; only such pages are examined more closely."""

LABELLED_TITLE = re.compile(
    r">\s*(?:<[^>]+>\s*)?(?:Title|Headline|Titel|Titre|Título|Titolo)\s*(?:<[^>]+>)?\s*:",
    re.IGNORECASE,
)

XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")

NOT_SHOWN = {"script", "style", "head", "template", "noscript", "select", "button", "nav"}
PARAGRAPHS = {
    *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "blockquote", "pre"),
    *("table", "section", "article", "header", "footer", "aside", "form", "hr", "main", "body"),
}
LINES = {"tr", "br", "dt"}
CELLS = {"td", "th", "dd"}


def read_page_or_export(data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read a web page: the articles of an export, or else the one article of the page.

    Parameters
    ----------
    data : bytes
        The page.
    limits : Limits
        What it may cost.

    Yields
    ------
    ArticleRow
        One row per article.
    """
    articles = read_export_page(data)
    if articles:
        yield from rows_of_export(articles)
    else:
        yield from read_page(data, limits)


def read_export_page(data: bytes) -> list[ExportedArticle]:
    """Read the articles of a web page if it is an export of a news database.

    Parameters
    ----------
    data : bytes
        The page.

    Returns
    -------
    list of ExportedArticle
        The articles in their order; empty if the page is not an export that is known.
    """
    html = data.decode("utf-8", "replace")
    if not TYPICAL.search(html) and len(LABELLED_TITLE.findall(html)) < 2:
        return []
    parser = Extra("html", "a web page", "lxml.html").load()
    # The parser decodes pages in other encodings as they declare; text has no such declaration.
    source = data if "\N{REPLACEMENT CHARACTER}" in html else XML_DECLARATION.sub("", html)
    try:
        root = parser.fromstring(source)
    except (parser.etree.LxmlError, ValueError):
        return []
    return _factiva(root) or _europresse(root) or read_export("\n".join(lines_of(root)))


def lines_of(element) -> list[str]:
    """List the lines of an element as a browser shows them.

    Parameters
    ----------
    element : lxml element
        An element of a page.

    Returns
    -------
    list of str
        The lines. An empty line separates paragraphs, and a tab separates the cells of a row.
    """
    pieces: list[str] = []
    _collect(element, pieces)
    text = "\n".join(
        re.sub(r" *\t *", "\t", line).strip(" ") for line in "".join(pieces).split("\n")
    )
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n").split("\n")


def _collect(element, pieces: list[str]) -> None:
    """Append the text of an element to pieces, without recursion: pages may be deeply nested."""
    todo = [("open", element)]
    while todo:
        step, item = todo.pop()
        if step == "text":
            pieces.append(item)
            continue
        tag = item.tag if isinstance(item.tag, str) else ""
        if not tag or tag in NOT_SHOWN:
            continue
        line_breaks = _break_of(tag)
        if tag in CELLS:
            todo.append(("text", "\t"))
        else:
            pieces.append(line_breaks)
            # <br> has no end: one line break is enough.
            todo.append(("text", "" if tag == "br" else line_breaks))
        for child in reversed(item):
            if child.tail:
                todo.append(("text", _text_of(child.tail)))
            todo.append(("open", child))
        if item.text:
            todo.append(("text", _text_of(item.text)))


def _break_of(tag: str) -> str:
    """Return the line breaks at the start and end of an element."""
    if tag in PARAGRAPHS:
        return "\n\n"
    return "\n" if tag in LINES else ""


def _text_of(text: str) -> str:
    """Return text with the white space of the source as single blanks."""
    return re.sub(r"[ \t\r\n\f]+", " ", text)


def _with_class(root, word: str, tag: str = "*") -> list:
    """Return the elements with a class that contains a word, in the order of the page."""
    return root.xpath(f"//{tag}[contains(@class, $word)]", word=word)


# Factiva: an element for each article, with class "article", around paragraphs of their own class.


def _factiva(root) -> list[ExportedArticle]:
    """Return the articles of a page from Factiva; [] if it is none."""
    if not _with_class(root, "articleParagraph"):
        return []
    containers = [
        element
        for element in _with_class(root, "article")
        if re.search(r"\b\w*Article\b", element.get("class", ""))
        and element.xpath(".//*[contains(@class, 'articleParagraph')]")
    ]
    containers = [element for element in containers if not _holds_another(element, containers)]
    articles = [read_factiva_part(lines_of(element)) for element in containers]
    return [article for article in articles if article]


def _holds_another(element, elements: list) -> bool:
    """Return whether an element contains one of the other elements."""
    descendants = set(element.iterdescendants())
    return any(other in descendants for other in elements if other is not element)


# Europresse: <article> in newer pages, cells of a table in older ones.


def _europresse(root) -> list[ExportedArticle]:
    """Return the articles of a page from Europresse; [] if it is none."""
    containers = []
    for name in _with_class(root, "DocPublicationName"):
        container = next(name.iterancestors("article", "td"), None)
        if container is None:
            container = name.getparent().getparent()
        if container is not None and container not in containers[-1:]:
            containers.append(container)
    articles = [_europresse_article(container) for container in containers]
    return [article for article in articles if article]


def _europresse_article(container) -> ExportedArticle | None:
    """Return the article in one element of a page from Europresse."""
    article = read_europresse_part(lines_of(container)) or ExportedArticle()
    outlet = _first_text(container, "DocPublicationName")
    title = _first_text(container, "itreArticle")
    author = _first_text(container, "sm-margin-bottomNews") or _first_text(container, "docAuthors")
    article.outlet = outlet_name(outlet) or article.outlet
    article.title = title or article.title
    article.author = author or article.author
    header = [one_line(text) for text in _texts(container, "DocHeader")]
    article.date = article.date or ", ".join(header)
    story = _elements(container, "docOcurrContainer") or _elements(container, "DocText")
    if story:
        lines = [line for line in lines_of(story[0]) if not is_copyright(line)]
        article.text = "\n".join(lines).strip("\n")
    return article if article.title or article.text else None


def _elements(container, word: str) -> list:
    """Return the elements whose class contains a word."""
    return container.xpath(".//*[contains(@class, $word)]", word=word)


def _texts(container, word: str) -> list[str]:
    """Return the text of each of these elements."""
    elements = _elements(container, word)
    return ["\n".join(line for line in lines_of(element) if line) for element in elements]


def _first_text(container, word: str) -> str:
    """Return the first of these texts that is not empty."""
    return next((text for text in _texts(container, word) if text.strip()), "")
