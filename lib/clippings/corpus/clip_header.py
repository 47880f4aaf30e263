"""Read details that a clipped text states in front matter or lines such as "Source: https://…".

Web clippers, note-taking programs and people use many names for the same details. The names are
compared without case, spaces and hyphens.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, islice

from clippings.corpus.rows import ArticleRow
from clippings.corpus.written_dates import read_day

TITLE_KEYS = ("title", "headline", "heading", "articletitle", "pagetitle")
AUTHOR_KEYS = ("author", "authors", "byline", "by", "creator", "creators", "writer")
URL_KEYS = (
    "url",
    "source",
    "sourceurl",
    "urlsource",
    "link",
    "permalink",
    "canonical",
    "canonicalurl",
    "originalurl",
    "original",
    "originalarticle",
    "pageurl",
    "articleurl",
    "articlelink",
    "sourcelink",
    "originallink",
    "originalsource",
    "weblink",
    "website",
    "availableat",
    "via",
    "uri",
    "savedfrom",
    "clippedfrom",
    "copiedfrom",
    "retrievedfrom",
    "from",
    "webpage",
    "address",
)
OUTLET_KEYS = (
    "publisher",
    "publication",
    "publicationtitle",
    "outlet",
    "site",
    "sitename",
    "website",
    "newspaper",
    "journal",
    "containertitle",
    "source",  # when it is not an address
)
PUBLISHED_KEYS = (
    "published",
    "publisheddate",
    "publishedtime",
    "publishedat",
    "publishedon",
    "datepublished",
    "publishdate",
    "publicationdate",
    "dateofpublication",
    "pubdate",
    "issued",
    "date",
)
UPDATED_KEYS = (
    "updated",
    "lastmod",
    "modified",
    "lastmodified",
    "lastupdated",
    "datemodified",
    "modifiedtime",
    "updateddate",
)
# A clipper's `created` is the day on which it made the note.
SAVED_KEYS = (
    "saved",
    "savedon",
    "savedat",
    "saveddate",
    "datesaved",
    "clipped",
    "clippedon",
    "captured",
    "archived",
    "accessed",
    "accessdate",
    "accessedon",
    "retrieved",
    "dateadded",
    "added",
    "downloaded",
    "created",
)
SECTION_KEYS = ("section", "category", "rubric")
LANGUAGE_KEYS = ("language", "lang")

ALL_KEYS = frozenset(
    (
        *TITLE_KEYS,
        *AUTHOR_KEYS,
        *URL_KEYS,
        *OUTLET_KEYS,
        *PUBLISHED_KEYS,
        *UPDATED_KEYS,
        *SAVED_KEYS,
        *SECTION_KEYS,
        *LANGUAGE_KEYS,
    )
)

HEADER_LINES = 15  # lines at the top of a text that are searched for a header
MAX_LINES_ABOVE = 2  # a headline and a lede
MAX_ITEMS = 50  # read from a list in front matter; an article has fewer authors or sections

MIN_FIELDS = 2  # one line such as "Updated: …" is part of the page

FOOTER_LINES = 3  # from its end, where some programs note the address

HEADER_LINE = re.compile(
    r"""
    [\s>*_-]*                       # marks of a list, quotation or emphasis
    (?P<key>[A-Za-z][A-Za-z _-]{1,24}?)
    [*_]*\s*:[*_]*\s+               # "Title: …", "**Source:** …"
    (?P<value>\S.*?)
    [\s*_]*$
    """,
    re.VERBOSE,
)
# "Saved from https://…", "From <https://…>" as OneNote and Evernote write it, "Retrieved 5 November
# 2024 from https://…", "Saved from https://… on 5 November 2024".
ADDRESS_LINE = re.compile(
    r"""
    [\s>*_-]*
    (?:
        (?:accessed|archived|available|clipped|copied|downloaded|found|pasted|retrieved|saved|taken)
        (?:\s+(?:on\s+)?(?P<day_before>\d[^:/]{3,20}?|\w+\ \d[^:/]{3,18}?))? ,? \s+
    )?
    (?:from|at|via) :? \s+
    <?(?P<url>https?://[^\s<>]*[^\s<>.,])>?
    (?:,?\s+on\s+(?P<day_after>.+?))?
    [.\s]*$
    """,
    re.IGNORECASE | re.VERBOSE,
)
BARE_ADDRESS = re.compile(r"\s*<?(https?://[^\s<>]+)>?\s*$")
MARKDOWN_LINK = re.compile(r"\[([^\]]*)\]\(<?(https?://[^\s)>]+)>?[^)]*\)")
WIKI_LINK = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]|]+)\]\]")  # [[Anna Bell]], [[people/bell|Anna]]
NAMED_ADDRESS = re.compile(
    r"""
    (?P<name>\S[^:/]{0,60}?)
    [\s,–—(\[-]+
    <?(?P<url>https?://[^\s<>)\]]+) [>)\]]*   # Ostrand Herald (https://herald.example/a)
    $""",
    re.VERBOSE,
)
URL = re.compile(r"<?(https?://[^\s<>\"]+)>?$")


@dataclass(frozen=True)
class ClipHeader:
    """The details that a text states; "" for missing ones."""

    title: str = ""
    author: str = ""  # names, separated by ", "
    outlet: str = ""
    section: str = ""
    url: str = ""
    language: str = ""
    published: str = ""  # as written
    updated: str = ""  # YYYY-MM-DD
    saved: str = ""  # YYYY-MM-DD

    def fill(self, row: ArticleRow) -> ArticleRow:
        """Add these details, except the publication date, to a row."""
        return row._replace(
            title=self.title,
            author=self.author,
            outlet=self.outlet,
            section=self.section,
            url=self.url,
            language=self.language,
            updated=self.updated,
            saved=self.saved,
        )


def header_of_fields(fields: Mapping[str, object]) -> ClipHeader:
    """Read details from named fields, such as those of front matter.

    Parameters
    ----------
    fields : mapping
        Values by name: texts, or lists and tables of texts.

    Returns
    -------
    ClipHeader
        The details; "" for those that no field states.

    Examples
    --------
    >>> header_of_fields({"Source": "https://post.example/a", "author": ["Anna Bell"]}).author
    'Anna Bell'
    """
    values = {_folded(name): _texts(value) for name, value in fields.items()}

    def first(names: tuple[str, ...]) -> str:
        return next((values[name][0] for name in names if values.get(name)), "")

    def texts_of(names: tuple[str, ...]) -> Iterator[str]:
        return chain.from_iterable(values.get(name, ()) for name in names)

    addresses = filter(None, map(_address, texts_of(URL_KEYS)))
    outlets = filter(None, map(_outlet, texts_of(OUTLET_KEYS)))
    published = first(PUBLISHED_KEYS)
    # If a note-taking program states `created`, too, its `updated` is when the note was changed.
    is_of_article = bool(published) or not values.get("created")
    return ClipHeader(
        title=first(TITLE_KEYS),
        author=", ".join(_names(values)),
        outlet=next(outlets, ""),
        section=first(SECTION_KEYS),
        url=next(addresses, ""),
        language=_language(first(LANGUAGE_KEYS)),
        published=read_day(published) or published,
        updated=read_day(first(UPDATED_KEYS)) if is_of_article else "",
        saved=next((day for name in SAVED_KEYS if (day := read_day(first((name,))))), ""),
    )


def header_of_lines(text: str) -> ClipHeader:
    """Read details from lines above or below a text: "Source: https://…", "Saved from …".

    Parameters
    ----------
    text : str
        A text, of which only the first and last lines are read.

    Returns
    -------
    ClipHeader
        The details; "" for those that no line states. A single line such as "Title: …" is not a
        header unless it contains an address, because it may be a sentence of the text.

    Examples
    --------
    >>> header_of_lines("Title: Levee breaks\\nURL: https://post.example/a\\n\\nIt fell.").url
    'https://post.example/a'
    """
    lines = text.split("\n")
    top = lines[:HEADER_LINES]
    fields = _header_fields(top)
    has_address = any(_address(fields.get(key, "")) for key in URL_KEYS)
    if not has_address and len(fields) < MIN_FIELDS:
        fields = {}
    if not has_address and "title" not in fields:
        fields.pop("source", None)  # of a picture or a number, not of the text
    header = header_of_fields(fields)
    # Dates in other forms are read later, together with the dates in the text.
    header = replace(header, published=read_day(header.published))
    if header.url:
        return header
    return replace(header, **_noted_address(top, lines[-FOOTER_LINES:]))


def _header_fields(lines: list[str]) -> dict[str, str]:
    """Return the named values in lines that follow each other, below a headline at most."""
    fields: dict[str, str] = {}
    lines_above = 0
    for line in filter(str.strip, lines):
        match = HEADER_LINE.match(line)
        key = _folded(match["key"]) if match else ""
        if key in ALL_KEYS:
            fields.setdefault(key, match["value"])
        elif fields:
            break
        else:
            lines_above += 1
            if lines_above > MAX_LINES_ABOVE:
                break
    return fields


def _noted_address(top: list[str], bottom: list[str]) -> dict[str, str]:
    """Return the address and day in a line that notes nothing else."""
    for line in [*top, *bottom]:
        if match := ADDRESS_LINE.match(line):
            day = match["day_before"] or match["day_after"] or ""
            return {"url": match["url"], "saved": read_day(day)}
    for line in bottom:
        match = HEADER_LINE.match(line)
        if match and _folded(match["key"]) in URL_KEYS and _address(match["value"]):
            return {"url": _address(match["value"])}
    first_lines = [line for line in top if line.strip()][:3]
    last_lines = [line for line in bottom if line.strip()][-1:]
    for line in [*first_lines, *last_lines]:
        if match := BARE_ADDRESS.match(line):
            return {"url": match[1]}
    return {}


def _folded(name: object) -> str:
    """Return a name without case, blanks and hyphens."""
    return re.sub(r"[\W_]", "", str(name)).lower()


def _texts(value: object) -> list[str]:
    """Return the texts in a value of front matter: itself, or those of a list or table."""
    if isinstance(value, Mapping):
        inner = value.get("name") or value.get("title") or value.get("url") or ""
        return _texts(inner) if isinstance(inner, str) else []
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes)):
        items = islice(value, MAX_ITEMS)
        return list(chain.from_iterable(map(_texts, items)))
    text = "" if value is None else " ".join(str(value).split())
    return [WIKI_LINK.sub(r"\1", text).strip("\"'")] if text else []


def _address(text: str) -> str:
    """Return the web address in a value, which may be a Markdown link; "" if there is none."""
    if not text:  # as most fields are
        return ""
    if link := MARKDOWN_LINK.search(text):
        return link[2]
    if named := NAMED_ADDRESS.match(text.strip()):
        return named["url"]
    match = URL.match(text.strip())
    return match[1] if match else ""


def _outlet(text: str) -> str:
    """Return the name in "Ostrand Herald (https://herald.example)"; "" for an address alone."""
    text = MARKDOWN_LINK.sub(r"\1", text)
    if named := NAMED_ADDRESS.match(text.strip()):
        return named["name"]
    return "" if _address(text) else text


def _names(values: Mapping[str, list[str]]) -> list[str]:
    """Return the authors, each once; addresses and handles are not names."""
    stated = next((values[name] for name in AUTHOR_KEYS if values.get(name)), [])
    names: list[str] = []
    for line in stated:
        line = MARKDOWN_LINK.sub(r"\1", line)
        for name in re.split(r"\s*[;,|]\s*|\s+(?:and|&)\s+", line):
            name = re.sub(r"^by\s+", "", name.strip(), flags=re.IGNORECASE)
            if name and "://" not in name and not name.startswith("@"):
                names.append(name)
    return list(dict.fromkeys(names))


def _language(text: str) -> str:
    """Return the two letters of a code such as en-GB."""
    code = text.strip().lower().replace("_", "-").partition("-")[0]
    return code if len(code) == 2 and code.isalpha() else ""
