"""Read articles from XML other than feeds and pages: NITF, NewsML, TEI, and plain records.

`SCHEMES` lists the elements of the formats of news agencies and archives. Other programs write
records such as <article><title>…</title><date>…</date><text>…</text></article>; their elements are
recognised by the same names as the columns of tables.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from xml.etree.ElementTree import Element

from clippings.corpus.column_names import UNSURE, find_synonym
from clippings.corpus.date_sources import METADATA
from clippings.corpus.documents import checked, dated, day_in_field
from clippings.corpus.html_text import text_of_html
from clippings.corpus.rows import ArticleRow, one_line
from clippings.corpus.xml_parts import local_name

MIN_TEXT_LENGTH = 20  # characters of the text of a record; labels of a program are shorter
MIN_UNSURE_LENGTH = 100  # of an element such as <description>, which may be anything

FIELDS = ("title", "author", "outlet", "section", "url", "date", "updated", "language")


@dataclass(frozen=True)
class Scheme:
    """Where a format has the fields of an article: paths, the first that exists counts.

    A path may end with the name of an attribute: pubdata@name.
    """

    text: tuple[str, ...]
    title: tuple[str, ...]
    date: tuple[str, ...]
    author: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    url: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    language: tuple[str, ...] = ()


SCHEMES = {
    # News Industry Text Format of the IPTC
    "nitf": Scheme(
        # Some archives repeat the first paragraph in a block of its own.
        text=(".//{*}block[@class='full_text']", ".//{*}body.content", "./{*}body"),
        title=(".//{*}hedline/{*}hl1", "./{*}head/{*}title"),
        author=(".//{*}byline/{*}person", ".//{*}byline"),
        outlet=(".//{*}pubdata@name", ".//{*}doc.copyright@holder"),
        section=(".//{*}pubdata@position.section",),
        url=(".//{*}pubdata@ex-ref",),
        date=(
            ".//{*}pubdata@date.publication",
            ".//{*}date.issue@norm",
            ".//{*}story.date@norm",
            ".//{*}date.release@norm",
        ),
    ),
    # Text Encoding Initiative: corpora of linguists and libraries
    "TEI": Scheme(
        text=("./{*}text/{*}body", "./{*}text"),
        title=(".//{*}titleStmt/{*}title",),
        author=(".//{*}titleStmt/{*}author", ".//{*}sourceDesc//{*}author", ".//{*}byline"),
        outlet=(
            ".//{*}sourceDesc//{*}title[@level='j']",
            ".//{*}sourceDesc//{*}publisher",
            ".//{*}publicationStmt/{*}publisher",
        ),
        url=(".//{*}sourceDesc//{*}ref@target", ".//{*}sourceDesc//{*}ptr@target"),
        date=(
            ".//{*}sourceDesc//{*}date@when",
            ".//{*}publicationStmt/{*}date@when",
            ".//{*}sourceDesc//{*}date",
            ".//{*}publicationStmt/{*}date",
        ),
    ),
    # NewsML-G2 of the IPTC
    "newsItem": Scheme(
        text=(
            ".//{*}body.content",
            ".//{*}inlineXML//{*}body",
            ".//{*}inlineXML",
            ".//{*}inlineData",
        ),
        title=(".//{*}contentMeta/{*}headline", ".//{*}itemMeta/{*}title", ".//{*}hl1"),
        author=(".//{*}contentMeta/{*}by", ".//{*}contentMeta/{*}creator/{*}name", ".//{*}byline"),
        outlet=(
            ".//{*}contentMeta/{*}infoSource/{*}name",
            ".//{*}itemMeta/{*}provider/{*}name",
            ".//{*}itemMeta/{*}provider@literal",
        ),
        date=(
            ".//{*}contentMeta/{*}contentCreated",
            ".//{*}itemMeta/{*}firstCreated",
            ".//{*}itemMeta/{*}versionCreated",
        ),
        updated=(".//{*}contentMeta/{*}contentModified",),
        language=(".//{*}contentMeta/{*}language@tag",),
    ),
    # NewsML 1
    "NewsItem": Scheme(
        text=(".//{*}body.content", ".//{*}DataContent//{*}body", ".//{*}DataContent"),
        title=(".//{*}HeadLine", ".//{*}hl1"),
        author=(".//{*}ByLine", ".//{*}byline"),
        outlet=(".//{*}Provider/{*}Party@FormalName",),
        date=(".//{*}FirstCreated", ".//{*}DateId"),
        language=(".//{*}Language@FormalName",),
    ),
}

HEAD_NAMES = frozenset(
    (
        "docinfo",
        "front",
        "head",
        "header",
        "info",
        "meta",
        "metadata",
        "properties",
        "teiheader",
    )
)
"""Elements of a record that contain fields."""

TEXT_NAMES = frozenset(("main",))  # of trafilatura; other names are those of columns of tables
PARAGRAPH_NAMES = frozenset(["p", "para", "paragraph"])
NAMED_BY_ATTRIBUTE = frozenset(
    (
        "arr",
        "attribute",
        "column",
        "data",
        "date",
        "element",
        "field",
        "property",
        "str",
    )
)
"""Elements that have the name of the field in an attribute: <field name="title">."""

INLINE_NAMES = frozenset(
    """
    a abbr alt-code b big bold chron cite classifier code copyrite corr date dfn del distinct em
    emph event foreign forename function geogname gi hi i ins italic link location mark measure
    mentioned money name num object.title org orgname persname person placename pron q quote ref
    region reg rs s seg sic small soCalled span strong sub sup surname term time title u unit
    virtloc w c pc
    """.casefold().split()
)
"""Elements within a line, of HTML, NITF and TEI. All others are paragraphs, or contain some."""

SKIPPED_NAMES = frozenset(
    (
        "comments",
        "media-metadata",
        "media-reference",
        "object",
        "script",
        "style",
    )
)
LINE_BREAKS = frozenset(("br", "lb"))

MARKUP = re.compile(r"</?(?:p|br|div|span|b|i|em|strong|a)\b[^>]*>", re.IGNORECASE)


@dataclass
class Record:
    """An article in XML: its fields as written, and its text."""

    text: str = ""
    fields: dict[str, str] = field(default_factory=dict)

    def row(self) -> ArticleRow:
        """Return the row of the article, or of its problem."""
        values = {name: one_line(self.fields.get(name, "")) for name in FIELDS}
        row = ArticleRow(
            text=self.text,
            title=values["title"],
            author=values["author"].removeprefix("By ").removeprefix("by "),
            outlet=values["outlet"],
            section=values["section"],
            url=values["url"],
            language=values["language"][:2].lower(),
            updated=day_in_field(values["updated"]),
        )
        return checked(dated(row, values["date"], METADATA))


def find_article_elements(root: Element) -> list[Element]:
    """Find the elements of an XML document that are articles.

    Parameters
    ----------
    root : Element
        The first element of the document.

    Returns
    -------
    list of Element
        In order of place, none within another; empty if no element has the form of an article.

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> record = "<item><title>Levee</title><text>The levee broke at night.</text></item>"
    >>> len(find_article_elements(fromstring(f"<items>{record}{record}</items>")))
    2
    """
    articles = []
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if local_name(element) in SCHEMES or _plain_record(element) is not None:
            articles.append(element)
        else:
            waiting.extend(reversed(element))
    return articles


def read_article_element(element: Element) -> ArticleRow:
    """Read an element that `find_article_elements` returns.

    Parameters
    ----------
    element : Element
        An article.

    Returns
    -------
    ArticleRow
        Its text and fields, or the problem that it has no text.
    """
    scheme = SCHEMES.get(local_name(element))
    record = _record_of_scheme(element, scheme) if scheme else _plain_record(element)
    return (record or Record()).row()


def _record_of_scheme(element: Element, scheme: Scheme) -> Record:
    """Return the record of an element in a known format."""
    parts = chain.from_iterable(map(element.findall, scheme.text))
    record = Record(text=next(filter(None, map(_text_of, parts)), ""))
    for name in FIELDS:
        record.fields[name] = _first_value(
            element, getattr(scheme, name), may_repeat=name == "author"
        )
    return record


def _first_value(element: Element, paths: tuple[str, ...], may_repeat: bool) -> str:
    """Return the value at the first of these paths that has one; of several authors, all."""
    for path in paths:
        elements_path, attribute = _split_path(path)
        values = []
        for part in element.findall(elements_path):
            value = part.get(attribute, "") if attribute else "".join(part.itertext())
            if value.strip():
                values.append(one_line(value))
        if values:
            return ", ".join(values) if may_repeat else values[0]
    return ""


def _split_path(path: str) -> tuple[str, str]:
    """Split a path into elements and an attribute, which is "" if there is none."""
    # The @ of a condition is not one before an attribute: title[@level='j'].
    if "@" not in path or path.endswith("]"):
        return path, ""
    elements_path, _, attribute = path.rpartition("@")
    return elements_path, attribute


def _plain_record(element: Element) -> Record | None:
    """Return the record of an element with children named like columns; None otherwise."""
    fields = _fields_of(element)
    text = _text_of_record(element)
    has_head = bool(fields.keys() & {"title", "date", "url"})
    if not has_head or len(text) < MIN_TEXT_LENGTH:
        return None
    return Record(text=text, fields=fields)


def _fields_of(element: Element) -> dict[str, str]:
    """Return the fields of a record, from its attributes, its children and those of its head."""
    stated = [(name.rpartition("}")[2], value) for name, value in element.attrib.items()]
    for child in element:
        if local_name(child).casefold() == "head" and not len(child):
            stated.append(("title", _value_of(child)))
        elif local_name(child).casefold() in HEAD_NAMES:
            stated += child.attrib.items()
            stated += [(_field_name(inner), _value_of(inner)) for inner in child]
        else:
            stated.append((_field_name(child), _value_of(child)))
    fields: dict[str, str] = {}
    ranks: dict[str, int] = {}
    for name, value in stated:
        synonym = find_synonym(name)
        if synonym is None or synonym.column not in FIELDS or not value.strip():
            continue
        is_better = synonym.rank < ranks.get(synonym.column, synonym.rank + 1)
        if is_better:
            fields[synonym.column] = value
            ranks[synonym.column] = synonym.rank
        elif synonym.column == "author" and synonym.rank == ranks["author"]:
            fields["author"] += f", {value}"
    return fields


def _value_of(element: Element) -> str:
    """Return the value of a field; several names of persons are separated by commas."""
    children = [one_line("".join(child.itertext())) for child in element]
    if len(children) > 1 and not (element.text or "").strip():
        return ", ".join(filter(None, children))
    return one_line("".join(element.itertext()))


def _field_name(element: Element) -> str:
    """Return the name of a field: that of its element, or the one in its attribute."""
    name = local_name(element)
    if name.casefold() in NAMED_BY_ATTRIBUTE:
        return element.get("name") or element.get("key") or name
    return name


def _text_of_record(element: Element) -> str:
    """Return the text of a record: that of its element for it, or its paragraphs."""
    unsure_text = ""
    for child in element:
        name = _field_name(child)
        synonym = find_synonym(name)
        is_text = synonym is not None and synonym.column == "text"
        if not is_text and name.casefold() not in TEXT_NAMES:
            continue
        text = _text_of(child)
        if is_text and synonym.kind == UNSURE:
            unsure_text = unsure_text or text
        elif text:
            return text
    paragraphs = [child for child in element if local_name(child).casefold() in PARAGRAPH_NAMES]
    if paragraphs:
        return "\n\n".join(filter(None, map(_text_of, paragraphs)))
    return unsure_text if len(unsure_text) >= MIN_UNSURE_LENGTH else ""


def _text_of(element: Element) -> str:
    """Return the text of an element, with a blank line between its paragraphs."""
    if not len(element):
        text = element.text or ""
        # Some programs write the HTML of a page as the text of an element.
        if MARKUP.search(text):
            return text_of_html(text)
        return "\n".join(line.strip() for line in text.strip().splitlines())
    paragraphs = [""]
    for piece in _pieces(element):
        if piece is None:
            paragraphs.append("")
        else:
            paragraphs[-1] += piece
    lines = (one_line(paragraph) for paragraph in paragraphs)
    return "\n\n".join(line for line in lines if line)


def _pieces(element: Element) -> Iterator[str | None]:
    """Yield the characters of an element in order, and None at the borders of paragraphs."""
    yield element.text or ""
    for child in element:
        name = local_name(child).casefold() if isinstance(child.tag, str) else ""
        if name in LINE_BREAKS:
            yield " "
        elif name in INLINE_NAMES:
            yield from _pieces(child)
        elif name and name not in SKIPPED_NAMES:
            yield None
            yield from _pieces(child)
            yield None
        yield child.tail or ""
