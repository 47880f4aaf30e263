"""Exports of EBSCOhost (Newspaper Source and others): a labelled head, then the full text."""

import re
from itertools import chain

from clippings.corpus.exports.fields import Labels, is_copyright, labels_of, read_record
from clippings.corpus.exports.marks import begins_record, is_rule
from clippings.corpus.exports.record import ExportedArticle

RECORD = re.compile(r"\s*Record:?\s*#?\d{1,5}(?:\s+of\s+\d{1,5})?\s*", re.IGNORECASE)

SOURCE = re.compile(
    r"""
    (?P<outlet>.+?)                                    # Tarnow Post
    \s*(?:\([^)]*\))?                                  # (Tarnow)
    [.,;]\s*
    (?=[^.,;]*\d)(?P<rest>.*)                          # 03/16/2021, p1
    """,
    re.VERBOSE | re.DOTALL,
)
WITH_ISSN = re.compile(r"\s*\((?:ISSN|e?ISSN:)[^)]*\)", re.IGNORECASE)

NOTICE = re.compile(
    r"\s*(?:Copyright of .{1,200} is the property of|.{0,40}may not be copied or emailed).*",
    re.IGNORECASE | re.DOTALL,
)
TYPICAL_LABELS = ("accession number:", "database:", "persistent link", "full text word count:")


def read_ebsco(lines: list[str]) -> list[ExportedArticle]:
    """Read the articles of an export from EBSCOhost.

    Parameters
    ----------
    lines : list of str
        The lines of a text.

    Returns
    -------
    list of ExportedArticle
        The articles in order; empty if the text is not such an export. If there is no full text,
        the abstract is used as the text.
    """
    labels = labels_of("ebsco")
    parts = _parts(lines, labels)
    if not parts or not _is_ebsco(parts):
        return []
    return [_article(part, labels) for part in parts]


def _parts(lines: list[str], labels: Labels) -> list[list[str]]:
    """Return the records: each begins at "Record: 3" or, if there is none, at a labelled title."""
    starts = [
        number
        for number, line in enumerate(lines)
        if RECORD.fullmatch(line) and begins_record(lines, number + 1, labels, RECORD.fullmatch)
    ]
    shift = 1
    if not starts:
        starts = [
            number
            for number, line in enumerate(lines)
            if labels.field_of(line) == "title" and _has_source_below(lines, number, labels)
        ]
        shift = 0
    ends = [*starts[1:], len(lines)]
    return [lines[start + shift : end] for start, end in zip(starts, ends, strict=False)]


def _has_source_below(lines: list[str], title: int, labels: Labels) -> bool:
    """Return whether the source of a record appears a few lines below its title."""
    return any(labels.field_of(line) == "citation" for line in lines[title + 1 : title + 12])


def _is_ebsco(parts: list[list[str]]) -> bool:
    """Return whether a record has labels that are typical of EBSCOhost."""
    text = "\n".join(chain.from_iterable(parts)).lower()
    return any(label in text for label in TYPICAL_LABELS)


def _article(part: list[str], labels: Labels) -> ExportedArticle:
    """Return the article of one record."""
    part = [line for line in part if not is_rule(line)]
    article = read_record(part, labels)
    citation = WITH_ISSN.sub("", article.fields.get("citation", "")).strip()
    source = SOURCE.match(citation)
    if not article.outlet and citation:
        article.outlet = source["outlet"] if source else citation
    # EBSCOhost writes 03/16/2021, with the month first, for newspapers of all countries.
    article.date = article.date or (source["rest"] if source else "")
    paragraphs = article.text.split("\n\n")
    story = [text for text in paragraphs if not NOTICE.fullmatch(text) and not is_copyright(text)]
    article.text = "\n\n".join(story)
    if not article.text.strip():
        article.text = article.fields.get("abstract", "")
        article.is_abstract = True
    return article
