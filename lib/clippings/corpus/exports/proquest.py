"""Exports of ProQuest, in their older and newer layouts: records of labels between rules."""

import re

from clippings.corpus.exports.fields import Labels, labels_of, read_record
from clippings.corpus.exports.marks import is_numbered, is_rule
from clippings.corpus.exports.record import ExportedArticle

PUBLICATION_INFO = re.compile(
    r"""
    (?P<outlet>[^;\[]+?)\s*                # Tarnow Post
    (?:[;,].*|\[.*|\d.*)?                  # ; Tarnow [Tarnow]16 March 2021: A1.
    """,
    re.VERBOSE | re.DOTALL,
)
NO_FULL_TEXT = re.compile(r"\W*(?:full text )?(?:is )?(?:not|none|un) ?available\W*", re.IGNORECASE)
SEARCH_LINE = re.compile(r"\s*(?:Contact us at:|Database copyright|Terms and Conditions:).*")

TYPICAL_LABELS = ("publication title:", "publication info:", "full text:", "source type:")
MIN_TYPICAL_LABELS = 2

RULE_AT_END = "_" * 60


def read_proquest(lines: list[str]) -> list[ExportedArticle]:
    """Read the articles of an export from ProQuest.

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
    labels = labels_of("proquest")
    parts = [part for part in _parts(lines, labels) if _is_record(part, labels)]
    if not any("record" in _fields(part, labels) or _has_typical(part) for part in parts):
        return []
    return [_article(part, labels) for part in parts]


def _parts(lines: list[str], labels: Labels) -> list[list[str]]:
    """Return the lines between rules and numbered marks, except those inside a story."""
    parts: list[list[str]] = [[]]
    part: list[str] = []
    mark = ""
    for line in [*lines, RULE_AT_END]:
        if not (is_rule(line) or is_numbered(line)):
            if not SEARCH_LINE.fullmatch(line):
                part.append(line)
            continue
        if _continues(parts[-1], part, labels):
            parts[-1] += [mark, *part]
        else:
            parts.append(part)
        part = []
        mark = line
    return parts


def _continues(part: list[str], following: list[str], labels: Labels) -> bool:
    """Return whether a rule in a story has cut a record: its foot and identifier come later."""
    fields = _fields(part, labels)
    fields_below = _fields(following, labels)
    if "body" not in fields or "body" in fields_below or not any(map(str.strip, following)):
        return False
    body = fields.index("body")
    return "record" not in fields[body:] and "outlet" not in fields[body:]


def _fields(part: list[str], labels: Labels) -> list[str]:
    """Return the meanings of the labels of a part, in order."""
    return [meaning for line in part if (meaning := labels.field_of(line))]


def _is_record(part: list[str], labels: Labels) -> bool:
    """Return whether a part has the labels of an article, unlike a table of contents."""
    fields = set(_fields(part, labels))
    has_source = bool(fields & {"outlet", "citation", "record"})
    return has_source and bool(fields & {"title", "body", "abstract", "date", "record"})


def _has_typical(part: list[str]) -> bool:
    """Return whether a part has labels that are typical of ProQuest."""
    text = "\n".join(part).lower()
    typical = [label for label in TYPICAL_LABELS if label in text]
    return len(typical) >= MIN_TYPICAL_LABELS


def _article(part: list[str], labels: Labels) -> ExportedArticle:
    """Return the article of one record."""
    article = read_record(part, labels)
    citation = article.fields.get("citation", "")
    if not article.outlet and citation:
        article.outlet = PUBLICATION_INFO.match(citation)["outlet"]
    article.date = article.date or citation or article.fields.get("year", "")
    if not article.text.strip() or NO_FULL_TEXT.fullmatch(article.text):
        article.text = article.fields.get("abstract", "")
        article.is_abstract = True
    return article
