"""Lists of references with abstracts: RIS and BibTeX, as databases and Zotero export them."""

import re
from collections.abc import Iterable, Iterator

from clippings.core.errors import BadInput
from clippings.corpus import problems
from clippings.corpus.documents import Extra, decoded
from clippings.corpus.exports.record import ExportedArticle
from clippings.corpus.exports.registry import rows_of_export
from clippings.corpus.rows import ArticleRow, Limits, table_row
from clippings.corpus.written_dates import MONTH_LETTERS

RIS = Extra("exports", "a list of references", "rispy")
BIBTEX = Extra("exports", "a list of references", "bibtexparser")

RIS_TITLES = ("title", "primary_title", "translated_title", "short_title")
RIS_OUTLETS = (
    *("secondary_title", "journal_name", "alternate_title3", "alternate_title1"),
    *("custom3", "publisher"),
)
RIS_AUTHORS = ("authors", "first_authors")
RIS_DATES = ("date", "publication_year", "year")
RIS_ABSTRACTS = ("abstract", "notes_abstract")
RIS_TEXTS = ("notes", "custom1", "research_notes")
"""The keys of rispy under which databases put the details of an article, the most usual first."""

BRACES = re.compile(r"[{}]")  # Lev{\'e}e, {UN}

BIBTEX_OUTLETS = ("journal", "journaltitle", "newspaper", "booktitle", "howpublished", "publisher")

RIS_DATE = re.compile(r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})(?:/.*)?")  # 2021/03/16/

BIBTEX_MONTH = re.compile(
    r"""
    (?:(?P<day>\d{1,2})[\s~.]*)?              # 16~mar
    (?P<month>[a-z]+|\d{1,2})\.?              # mar, 3
    (?:[\s~]*(?P<day_after>\d{1,2}))?         # mar~16
    """,
    re.VERBOSE,
)

MIN_FULL_TEXT = 800
"""Characters of a note that is the full text; shorter ones are remarks."""


def read_ris(data: bytes, _: Limits) -> Iterator[ArticleRow]:
    """Read the references of a RIS file; the full text or else the abstract is the text.

    Parameters
    ----------
    data : bytes
        The file.

    Yields
    ------
    ArticleRow
        One row per reference; one without abstract is a row with a problem.
    """
    rispy = RIS.load()
    text = decoded(data)
    try:
        entries = rispy.loads(text)
    except (OSError, ValueError, KeyError) as error:
        raise BadInput(problems.damaged(type(error).__name__)) from None
    yield from _rows([_from_ris(entry) for entry in entries])


def _from_ris(entry: dict) -> ExportedArticle:
    """Return the article of one entry."""
    urls = entry.get("urls") or [entry.get("url", "")]
    date = _first(entry, RIS_DATES)
    parts = RIS_DATE.fullmatch(date.strip())
    if parts:
        date = f"{parts['year']}-{parts['month']:0>2}-{parts['day']:0>2}"
    full_text = _first(entry, RIS_TEXTS)
    has_full_text = len(full_text) >= MIN_FULL_TEXT
    return ExportedArticle(
        title=_first(entry, RIS_TITLES),
        outlet=_first(entry, RIS_OUTLETS),
        author=_first(entry, RIS_AUTHORS),
        section=entry.get("section", ""),
        language=entry.get("language", ""),
        date=date,
        url=urls[0],
        text=full_text if has_full_text else _first(entry, RIS_ABSTRACTS),
        is_abstract=not has_full_text,
    )


def _first(entry: dict, keys: tuple[str, ...]) -> str:
    """Return the first value that is not empty; of a list, all of its items."""
    for key in keys:
        value = entry.get(key)
        if value:
            return value if isinstance(value, str) else "; ".join(value)
    return ""


def read_bibtex(data: bytes, _: Limits) -> Iterator[ArticleRow]:
    """Read the references of a BibTeX file; the abstract is the text.

    Parameters
    ----------
    data : bytes
        The file.

    Yields
    ------
    ArticleRow
        One row per reference; one without abstract is a row with a problem.
    """
    bibtexparser = BIBTEX.load()
    decode_tex = bibtexparser.middlewares.LatexDecodingMiddleware()
    library = bibtexparser.parse_string(decoded(data), append_middleware=[decode_tex])
    yield from _rows([_from_bibtex(entry) for entry in library.entries])


def _from_bibtex(entry) -> ExportedArticle:
    """Return the article of one entry."""
    values = {field.key.lower(): BRACES.sub("", str(field.value)) for field in entry.fields}
    authors = re.split(r"\s+and\s+", values.get("author", ""))
    return ExportedArticle(
        title=values.get("title", ""),
        outlet=_first(values, BIBTEX_OUTLETS),
        author="; ".join(authors),
        section=values.get("section", ""),
        language=_first(values, ("language", "langid")),
        date=values.get("date", "") or _bibtex_date(values),
        url=values.get("url", ""),
        text=_first(values, ("fulltext", "abstract")),
        is_abstract=not values.get("fulltext"),
    )


def _bibtex_date(values: dict[str, str]) -> str:
    """Return the date in the fields year, month and day; the year if there is no day."""
    year = values.get("year", "")
    parts = BIBTEX_MONTH.fullmatch(values.get("month", "").strip().lower())
    if not parts:
        return year
    day = values.get("day", "") or parts["day"] or parts["day_after"]
    name = parts["month"][:3]
    month = MONTH_LETTERS.index(name) + 1 if name in MONTH_LETTERS else parts["month"]
    return f"{year}-{month:0>2}-{day:0>2}" if day else year


def _rows(articles: Iterable[ExportedArticle]) -> Iterator[ArticleRow]:
    """Yield the rows of a list of references; a list of one is numbered, too."""
    articles = list(articles)
    for number, row in enumerate(rows_of_export(articles), 1):
        yield table_row(number, row)
