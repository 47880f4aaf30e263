"""Exports of Gale (General OneFile and others): each record ends with its document number."""

import re

from clippings.corpus.exports.fields import labels_of, read_record
from clippings.corpus.exports.marks import is_rule
from clippings.corpus.exports.record import ExportedArticle

DOCUMENT_NUMBER = re.compile(
    r"\s*(?:Gale\s)?Document\sNumber:?\s*GALE\s?\|\s?\w+\s*", re.IGNORECASE
)
PLACE = re.compile(r"\s*\([^)]*\)\s*$")  # Tarnow Post(Tarnow, England)
BEFORE_DATE = re.compile(r"(?P<outlet>.+?)\s*[.,(\[].*", re.DOTALL)


def read_gale(lines: list[str]) -> list[ExportedArticle]:
    """Read the articles of an export from Gale.

    Parameters
    ----------
    lines : list of str
        The lines of a text.

    Returns
    -------
    list of ExportedArticle
        The articles in their order; empty if the text is not such an export.
    """
    labels = labels_of("gale")
    parts: list[list[str]] = [[]]
    for line in lines:
        if is_rule(line):
            continue
        parts[-1].append(line)
        if DOCUMENT_NUMBER.fullmatch(line):
            parts.append([])
    last = parts.pop()
    if not parts:
        return []
    if {"body", "outlet"} & {labels.field_of(line) for line in last}:
        parts.append(last)  # the file is cut off
    articles = [read_record(part, labels) for part in parts]
    for article in articles:
        citation = article.fields.get("citation", "")
        if not article.outlet and citation:
            match = BEFORE_DATE.fullmatch(citation)
            article.outlet = match["outlet"] if match else citation
        article.outlet = PLACE.sub("", article.outlet)
        article.date = article.date or citation
    return articles
