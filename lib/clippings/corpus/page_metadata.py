"""Read the metadata of a web page: headline, authors, outlet, section, address and dates.

Pages state these details several times: in JSON-LD (schema.org), in <meta> elements of a dozen
dialects, and in the markup of the article. The sources are used in this order, because JSON-LD is
the most reliable in separating the article from the rest of the page.
"""

import html
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import unquote, urljoin, urlsplit

from clippings.corpus.page_blocks import is_in_furniture, is_logo, text_of, word_set
from clippings.corpus.written_dates import read_day

ARTICLE_TYPES = word_set(
    """
    AdvertiserContentArticle AnalysisNewsArticle Article AskPublicNewsArticle BackgroundNewsArticle
    BlogPosting LiveBlogPosting NewsArticle OpinionNewsArticle Report ReportageNewsArticle
    ReviewNewsArticle SatiricalArticle ScholarlyArticle SocialMediaPosting TechArticle
    """
)
PAGE_TYPES = frozenset(("WebPage", "ItemPage"))  # they describe the article when nothing else does

# Properties of JSON-LD that lead from a page to its article; others lead to other articles.
WAYS_TO_ARTICLE = ("@graph", "mainEntity", "mainEntityOfPage")

MAX_DEPTH = 20  # objects of JSON-LD within each other

# Names of <meta> elements, the most specific first. `name`, `property` and `itemprop` are read.
TITLE_NAMES = (
    "og:title",
    "twitter:title",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "dcterms.title",
    "citation_title",
    "headline",
    "title",
)
AUTHOR_NAMES = (
    "article:author_name",
    "author",
    "authors",
    "byl",
    "byline",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "dc.contributor",
    "citation_author",
    "article:author",
    "creator",
)
OUTLET_NAMES = (
    "og:site_name",
    "publication_name",
    "sailthru.site",
    "dc.publisher",
    "dcterms.publisher",
    "citation_journal_title",
    "publisher",
    "cre",
    "apple-mobile-web-app-title",
    "application-name",
)
SECTION_NAMES = (
    "article:section",
    "parsely-section",
    "sailthru.section",
    "section",
    "cxenseparse:section",
    "category",
)
PUBLISHED_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "article:post_date",
    "publication_date",
    "publicationdate",
    "published_date",
    "published_at",
    "publishdate",
    "publish-date",
    "published",
    "pubdate",
    "ptime",
    "pdate",
    "displaydate",
    "originalpublicationdate",
    "citation_publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dc.date",
    "dc.date.created",
    "dcterms.created",
    "rnews:datepublished",
    "date",
)
UPDATED_NAMES = (
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "datemodified",
    "article.updated",
    "dcterms.modified",
    "dc.date.modified",
    "lastmod",
    "last-modified",
    "last_updated",
    "utime",
    "revised",
    "modified",
)

ADDRESS_NAMES = (
    "og:url",
    "parsely-link",
    "twitter:url",
    "al:web:url",
    "url",
    "citation_public_url",
    "sailthru.url",
    "identifier-url",
    "dc.identifier",
    "dcterms.identifier",
)

# What programs write that save pages. Every pattern has a group `url`, `day` or both.
SAVING_NOTES = [
    re.compile(pattern, re.VERBOSE | re.IGNORECASE)
    for pattern in (
        # <!-- saved from url=(0042)https://post.example/a.html -->
        r"saved\ from\ url=\(\d+\)(?P<url>\S+)",
        # <!-- Page saved with SingleFile url: https://… saved date: Tue Mar 16 2021 10:04:00 … -->
        r"saved\ with\ SingleFile\s+ url:\s*(?P<url>\S+) (?:\s+ saved\ date:\s*(?P<day>[^\n]+))?",
        # <!-- Mirrored from post.example/a.html by HTTrack Website Copier/3.x, Tue, 16 Mar … -->
        r"mirrored\ from\ (?P<url>\S+)\ by\ HTTrack[^,]*(?:,?\]?)\s*,\s*(?P<day>[^\n]+)",
        # __wm.wombat("https://post.example/a.html","20210316100400", …) in a script of the archive
        r"__wm\.wombat\(\"(?P<url>[^\"]+)\",\s*\"(?P<day>\d{8})",
        # It is a snapshot of the page as it appeared on 16 Mar 2021 10:04:00 GMT
        r"snapshot\ of\ the\ page\ as\ it\ appeared\ on\ (?P<day>\d{1,2}\ \w{3}\ \d{4})",
        # FILE ARCHIVED ON 10:04:00 Mar 16, 2021 AND RETRIEVED FROM THE INTERNET ARCHIVE
        r"file\ archived\ on\ [\d:]+\ (?P<day>\w+\ \d{1,2},\ \d{4})",
    )
]
ARCHIVED_ADDRESS = re.compile(
    r"""
    https?://
    (?:
        web\.archive\.org/web/ (?P<stamp>\d{8})\d*       # 20210316100400
        (?:[a-z]{2}_)? /                                  # im_, if_, id_: views of the same capture
      | archive\.(?:today|fo|is|li|md|ph|vn)/ (?P<dotted>\d{4}\.\d{2}\.\d{2}|\d{8}) [-\d]* /
    )
    (?P<url>(?:https?:/)?/?.+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
SAVED_URL_NAMES = ("savepage-url", "source-url", "original-source", "source_url")
SAVED_DATE_NAMES = ("savepage-date", "created-by-clipper")

TITLE_SEPARATOR = re.compile(r"\s+(?:[|–—·•»«]|::?|-{1,2})\s+")
AUTHOR_SEPARATOR = re.compile(
    r"""
    \s* (?:
        ; | \|
        | \s&\s | \s(?:and|und|et|y)\s  # "Anna Bell and Tom Reed"
    ) \s*
    """,
    re.VERBOSE,
)
AUTHOR_COMMA = re.compile(r"\s*,(?!\s*(?:Jr|Sr|MD|PhD)\b)\s*")  # "Tom Reed, Jr." is one author
BYLINE_START = re.compile(
    r"^(?:(?:story|words|written|posted)\s+)?(?:by|von|par|por)[\s:]+", re.IGNORECASE
)
NOT_AN_AUTHOR = re.compile(
    r"""
    ^@ | ://| ^www\. | @\w+\.\w    # @post, https://facebook.com/post, desk@post.example
    | ^\d+$
    | ^(?:admin|administrator|editor|editors|guest|staff|unknown|null|none|undefined|webmaster)$
    """,
    re.IGNORECASE | re.VERBOSE,
)
MAX_AUTHOR_WORDS = 6  # a longer author is a sentence about the author

MIN_TITLE_OVERLAP = 0.5
"""Share of the words of a heading that a stated title must contain, for the two to be one headline.
Sites shorten and reword titles for search engines."""


@dataclass(frozen=True)
class PageMetadata:
    """The metadata that a page states; "" for those it does not."""

    title: str = ""
    author: str = ""  # names, separated by ", "
    outlet: str = ""
    section: str = ""
    url: str = ""
    language: str = ""
    published: str = ""  # as written if it is not understood, otherwise YYYY-MM-DD
    updated: str = ""  # YYYY-MM-DD
    saved: str = ""  # YYYY-MM-DD
    body: str = ""  # the text of the article in JSON-LD


@dataclass(frozen=True)
class Saving:
    """The address and day of saving a page, as recorded by the program that saved it."""

    url: str = ""
    saved: str = ""


def read_metadata(root, source: str) -> PageMetadata:
    """Read the metadata that a page states.

    Parameters
    ----------
    root : lxml.html.HtmlElement
        The page.
    source : str
        Its characters, for the notes of programs that save pages.

    Returns
    -------
    PageMetadata
        Headline, authors, outlet, section, address, language and dates; "" for missing details.

    Notes
    -----
    Only declared details are read; dates in the text of the page are read later.
    A date of the last change is not given as the publication date.
    """
    metas = _meta_contents(root)
    saving = read_saving(root, source[:20_000] + source[-20_000:], metas)
    url = _address(root, metas, saving)
    described = _described_article(root, url, _headings(root))
    outlet = _outlet(described, metas)
    stated_title = _plain(described.get("headline")) or _first(metas, TITLE_NAMES)
    title, title_suffix = _headline(_headings(root), stated_title, _title_element(root), outlet)
    outlet = outlet or title_suffix
    return PageMetadata(
        title=title,
        author=_authors(root, described, metas, outlet),
        outlet=outlet,
        section=_section(described, metas),
        url=url or _described_address(described),
        language=_language(root, described),
        published=_published(described, metas),
        updated=_day_of(described.get("dateModified")) or _first_day(metas, UPDATED_NAMES),
        saved=saving.saved,
        body=_described_body(described),
    )


def read_saving(root, source: str, metas: dict[str, list[str]]) -> Saving:
    """Read the note of a program that saved a page, or of an archive that captured it.

    Parameters
    ----------
    root : lxml.html.HtmlElement
        The page.
    source : str
        Its characters, or those of its beginning and end.
    metas : dict
        Contents of its <meta> elements by name.

    Returns
    -------
    Saving
        The address and the day of saving; "" if they are not noted.
    """
    url = _first(metas, SAVED_URL_NAMES) or (root.get("data-scrapbook-source") or "")
    saved = _first_day(metas, SAVED_DATE_NAMES) or read_day(root.get("data-scrapbook-create") or "")
    for pattern in SAVING_NOTES:
        if match := pattern.search(source):
            noted = match.groupdict()
            url = url or (noted.get("url") or "")
            saved = saved or read_day((noted.get("day") or "").strip(" ->"))
    if url and "://" not in url and url.split("/")[0].count("."):
        url = f"https://{url}"
    for address in _own_addresses(root):
        if capture := ARCHIVED_ADDRESS.match(address):
            url = url or capture["url"]
            saved = saved or read_day(capture["stamp"] or capture["dotted"])
    url = url or next(iter(root.xpath(".//input[@id='wmtbURL']/@value")), "")  # in its banner
    return Saving(url=without_archive(url), saved=saved)


def _own_addresses(root) -> list[str]:
    """Return the addresses that a page states as its own."""
    places = (
        ".//link[@rel='canonical']/@href",
        ".//base/@href",
        ".//meta[@property='og:url']/@content",
    )
    return root.xpath(" | ".join(places))


def without_archive(url: str) -> str:
    """Remove the address of an archive or of a reading view around that of a page.

    Parameters
    ----------
    url : str
        An address.

    Returns
    -------
    str
        The address of the page itself.

    Examples
    --------
    >>> without_archive("https://web.archive.org/web/20210316100400/https://post.example/a")
    'https://post.example/a'
    """
    url = html.unescape(url).strip()
    if url.startswith("about:reader?url="):
        return unquote(url.removeprefix("about:reader?url="))
    match = ARCHIVED_ADDRESS.match(url)
    return match["url"] if match else url


def _meta_contents(root) -> dict[str, list[str]]:
    """Return the contents of the <meta> elements of a page by name, in lower case."""
    contents: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        content = " ".join((meta.get("content") or meta.get("value") or "").split())
        if not content or is_in_furniture(meta):
            continue
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            # In microdata, pictures and publishers have addresses too: see `_marked_addresses`.
            if attribute == "itemprop" and (meta.get(attribute) or "").lower() == "url":
                continue
            if name := (meta.get(attribute) or "").strip().lower():
                contents.setdefault(name.replace("dc:", "dc."), []).append(content)
    return contents


def _first(metas: dict[str, list[str]], names: tuple[str, ...]) -> str:
    """Return the content of the first of these names that a page has."""
    return next((metas[name][0] for name in names if name in metas), "")


def _contents(metas: dict[str, list[str]], names: tuple[str, ...]) -> Iterator[str]:
    """Yield all contents of these names."""
    for name in names:
        yield from metas.get(name, ())


def _first_day(metas: dict[str, list[str]], names: tuple[str, ...]) -> str:
    """Return the first date of these names that is understood."""
    days = map(read_day, _contents(metas, names))
    return next(filter(None, days), "")


def _address(root, metas: dict[str, list[str]], saving: Saving) -> str:
    """Return the address of a page: its canonical one, unless that is of the whole site."""
    base = saving.url or next(iter(root.xpath(".//base/@href")), "")
    canonical = root.xpath(".//link[translate(@rel, 'CANOIL', 'canoil')='canonical']/@href")
    named = _contents(metas, ADDRESS_NAMES)
    default = root.xpath(".//link[@rel='alternate'][@hreflang='x-default']/@href")
    candidates = [*canonical, *named, *_marked_addresses(root), *default]
    addresses = []
    for candidate in candidates:
        with suppress(ValueError):
            addresses.append(without_archive(urljoin(base, candidate.strip())))
    # An identifier may also be a number.
    addresses = [address for address in addresses if "://" in address]
    for address in [*addresses, saving.url]:
        with suppress(ValueError):
            parts = urlsplit(address)
            if parts.path.strip("/") or parts.query:
                return address
    return next(iter(addresses), saving.url)


def _marked_addresses(root) -> list[str]:
    """Return the address of the article in microdata, unless several articles have one.

    Addresses within another property are those of a picture, a logo or the publisher.
    """
    properties = ".//*[self::meta or self::link][@itemprop='url' or @itemprop='mainEntityOfPage']"
    marked = root.xpath(f"{properties}[not(ancestor::*[@itemprop])]")
    addresses = {
        element.get("content") or element.get("href") or element.get("itemid") or ""
        for element in marked
    }
    return list(addresses) if len(addresses) == 1 else []


# JSON-LD


def _described_article(root, url: str, headings: list[str]) -> dict:
    """Return the object of JSON-LD that describes the article of the page; {} if there is none."""
    articles = []
    pages = []
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        for item in _objects(_json_value(script.text or ""), 0):
            types = _as_list(item.get("@type"))
            names = {str(name).rpartition("/")[2] for name in types}
            if names & ARTICLE_TYPES:
                articles.append(item)
            elif names & PAGE_TYPES:
                pages.append(item)
    if not articles:
        return pages[0] if pages else {}
    described = max(articles, key=lambda item: _fit(item, url, headings))
    return described


def _fit(item: dict, url: str, headings: list[str]) -> tuple[bool, bool, int]:
    """Rate how well a JSON-LD object fits the page: by address, headline, number of properties."""
    own_page = item.get("mainEntityOfPage")
    page = own_page.get("@id") if isinstance(own_page, dict) else own_page
    places = (page, item.get("url"), item.get("@id"))
    addresses = [str(place).partition("#")[0].rstrip("/") for place in places]
    title = _plain(item.get("headline"))
    has_headline = any(_overlap(heading, title) >= MIN_TITLE_OVERLAP for heading in headings)
    return (bool(url) and url.rstrip("/") in addresses, has_headline, len(item))


def _described_address(described: dict) -> str:
    """Return the address of the article in JSON-LD."""
    page = described.get("mainEntityOfPage")
    stated = page.get("@id") if isinstance(page, dict) else page
    for address in (described.get("url"), stated):
        if isinstance(address, str) and "://" in address:
            return without_archive(address)
    return ""


def _json_value(text: str):
    """Return the value of a JSON-LD script; None if it is invalid."""
    text = text.strip().removeprefix("<!--").removesuffix("-->")
    text = text.replace("<![CDATA[", "").replace("]]>", "").strip().removeprefix("//").strip()
    with suppress(ValueError, RecursionError):
        return json.loads(text, strict=False)  # line breaks within a value are common
    return None


def _objects(value, depth: int) -> Iterator[dict]:
    """Yield the JSON-LD objects that may describe the page, not lists of other stories."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in WAYS_TO_ARTICLE:
            yield from _objects(value.get(name), depth + 1)


def _as_list(value) -> list:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _plain(value) -> str:
    """Return a JSON-LD value as one line: the first item of a list, or the name of an object."""
    if isinstance(value, list):
        return next(filter(None, map(_plain, value)), "") if len(value) < 100 else ""
    if isinstance(value, dict):
        return _plain(value.get("name") or value.get("@value"))
    return " ".join(html.unescape(value).split()) if isinstance(value, str) else ""


def _day_of(value) -> str:
    return read_day(_plain(value))


def _described_body(described: dict) -> str:
    """Return the text of the article in JSON-LD, with the posts of a live report."""
    parts = [described.get("articleBody"), described.get("text")]
    for post in _as_list(described.get("liveBlogUpdate")):
        if isinstance(post, dict):
            parts += [post.get("headline"), post.get("articleBody")]
    texts = []
    for part in parts:
        if isinstance(part, str) and part.strip() and part not in texts:
            texts.append(part)
    return "\n\n".join(texts)


# Headline


def _title_element(root) -> str:
    """Return the text of <title>; an <svg> on the page may have one of its own."""
    title = root.findtext(".//head/title") or root.findtext(".//title") or ""
    return " ".join(title.split())


def _headings(root) -> list[str]:
    """Return the first-level or else second-level headings without the name of the site."""
    return _headings_of_order(root, "h1") or _headings_of_order(root, "h2")


def _headings_of_order(root, tag: str) -> list[str]:
    """Return the headings with this tag, without the name of the site and those of side columns."""
    headings = []
    for heading in root.iter(tag):
        if any(outer.tag in ("aside", "nav", "footer") for outer in heading.iterancestors()):
            continue
        text = text_of(heading)
        if text and not is_logo(heading):
            headings.append(text)
    return headings


def _overlap(first: str, second: str) -> float:
    """Return the share of words of the shorter of two titles that the other contains."""
    words = set(re.findall(r"\w+", first.casefold()))
    others = set(re.findall(r"\w+", second.casefold()))
    return len(words & others) / max(1, min(len(words), len(others)))


def _headline(headings: list[str], stated: str, title_element: str, outlet: str) -> tuple[str, str]:
    """Return the headline as printed on the page, and the name of the site after it in <title>."""
    last_part = TITLE_SEPARATOR.split(title_element)[-1]
    if last_part != title_element and last_part in headings:
        # The site's name is a heading too: "Levee breaks | The Post" and <h1>The Post</h1>.
        outlet = outlet or last_part
    title, suffix = without_site_name(title_element, outlet, [*headings, stated])
    stated, _ = without_site_name(stated, outlet or suffix, headings)
    names = [name for name in (stated, title) if name]
    for heading in headings:
        is_stated = any(_overlap(heading, name) >= MIN_TITLE_OVERLAP for name in names)
        is_site_name = heading.casefold() in (outlet.casefold(), suffix.casefold())
        if is_stated and not is_site_name:
            return heading, suffix
    if names:
        return names[0], suffix
    return next(iter(headings), ""), suffix


def without_site_name(title: str, outlet: str, headlines: list[str]) -> tuple[str, str]:
    """Separate a title from the name of its site: "Levee breaks | The Post".

    Parameters
    ----------
    title : str
        A title as given in the head of a page or on its printed pages.
    outlet : str
        The name of the site, if it is known.
    headlines : list of str
        Headlines of the page, if they are known.

    Returns
    -------
    tuple of str
        The title without the name, and the name; the title and "" if no name is recognised.

    Examples
    --------
    >>> without_site_name("Levee breaks at Ostrand | The Post", "", ["Levee breaks at Ostrand"])
    ('Levee breaks at Ostrand', 'The Post')
    """
    for match in reversed(list(TITLE_SEPARATOR.finditer(title))):
        before = title[: match.start()].strip()
        after = title[match.end() :].strip()
        if outlet and _is_name_of(after, outlet):
            return before, after
        if outlet and _is_name_of(before, outlet):
            return after, before
        if any(before.casefold() == headline.casefold() for headline in headlines if headline):
            # "Levee breaks | Local news | The Post": the last part is the site.
            return before, TITLE_SEPARATOR.split(after)[-1]
    return title, ""


def _is_name_of(part: str, outlet: str) -> bool:
    """Return whether part of a title is the outlet's name, with or without "The" and ".com"."""

    def folded(name: str) -> str:
        return re.sub(r"^the |\.\w{2,3}$|[^\w]", "", name.casefold())

    return bool(folded(part)) and folded(part) == folded(outlet)


# Authors, outlet, section, language, date


def _authors(root, described: dict, metas: dict[str, list[str]], outlet: str) -> str:
    """Return the names of the authors, separated by commas; "" if none is stated."""
    stated = [_plain(author) for author in _as_list(described.get("author"))]
    if not _author_names(stated, outlet):
        stated = [_plain(author) for author in _as_list(described.get("creator"))]
    if not _author_names(stated, outlet):
        for name in AUTHOR_NAMES:
            stated = metas.get(name, [])
            if _author_names(stated, outlet):
                break
    if not _author_names(stated, outlet):
        stated = _marked_authors(root)
    return ", ".join(_author_names(stated, outlet))


def _marked_authors(root) -> list[str]:
    """Return the authors that the markup of the article names: rel="author", itemprop="author"."""
    marked = root.xpath(".//*[@rel='author'] | .//*[contains(@itemprop, 'author')]")
    names = []
    for element in marked:
        if not is_in_furniture(element):
            inner = element.xpath(".//*[@itemprop='name']")
            names.append(text_of(inner[0] if inner else element))
    return names


def _author_names(stated: list[str], outlet: str) -> list[str]:
    """Return the names of persons and desks in the stated author."""
    names: list[str] = []
    for line in stated:
        for part in AUTHOR_SEPARATOR.split(BYLINE_START.sub("", line.strip())):
            names += _names_between_commas(part)
    names = [BYLINE_START.sub("", name.strip(" \xa0")) for name in names]
    return list(dict.fromkeys(name for name in names if name and _is_author(name, outlet)))


def _names_between_commas(part: str) -> list[str]:
    """Return the names in "Anna Bell, Tom Reed", or the single name in "Bell, Anna"."""
    names = AUTHOR_COMMA.split(part)
    is_reversed = len(names) == 2 and len(names[0].split()) == 1 and 1 <= len(names[1].split()) <= 2
    return [f"{names[1]} {names[0]}"] if is_reversed else names


def _is_author(name: str, outlet: str) -> bool:
    """Return whether a stated author is a name, not an address, the outlet or a sentence."""
    if NOT_AN_AUTHOR.search(name) or _is_name_of(name, outlet):
        return False
    return len(name.split()) <= MAX_AUTHOR_WORDS


def _outlet(described: dict, metas: dict[str, list[str]]) -> str:
    """Return the name of the outlet."""
    stated = _plain(described.get("publisher")) or _plain(described.get("sourceOrganization"))
    outlet = stated or _first(metas, OUTLET_NAMES)
    return "" if NOT_AN_AUTHOR.search(outlet) else outlet


def _section(described: dict, metas: dict[str, list[str]]) -> str:
    """Return the section of the newspaper or site."""
    return _plain(described.get("articleSection")) or _first(metas, SECTION_NAMES)


def _language(root, described: dict) -> str:
    """Return the language that the page declares, as two letters."""
    stated = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    stated = stated or _plain(described.get("inLanguage"))
    code = stated.strip().lower().replace("_", "-").partition("-")[0]
    return code if len(code) == 2 else ""


def _published(described: dict, metas: dict[str, list[str]]) -> str:
    """Return the publication date, as written if it is not understood."""
    for stated in (described.get("datePublished"), described.get("dateCreated")):
        if day := _day_of(stated):
            return day
    stated = _first(metas, PUBLISHED_NAMES)
    return _first_day(metas, PUBLISHED_NAMES) or stated


def with_marked_dates(metadata: PageMetadata, published: str, updated: str) -> PageMetadata:
    """Complete the dates of a page with those in the markup of its article.

    Parameters
    ----------
    metadata : PageMetadata
        What the page states.
    published, updated : str
        Dates in the markup of the article, YYYY-MM-DD or "".

    Returns
    -------
    PageMetadata
        The same with these dates where it had none.
    """
    return replace(
        metadata,
        published=metadata.published or published,
        updated=metadata.updated or updated,
    )
