"""Exports of Westlaw: title, outlet, date, a WLNR number, the story, index references."""

import re

from clippings.corpus.exports.dates import is_date_line
from clippings.corpus.exports.fields import is_byline, is_copyright, labels_of, read_record
from clippings.corpus.exports.marks import begins_record
from clippings.corpus.exports.record import ExportedArticle
from clippings.corpus.rows import one_line

NUMBER = re.compile(r"\s*(?:19|20)\d\d\s+WLNR\s+\d+\s*")  # 2021 WLNR 8412345
END = re.compile(r"\s*End\sof\sDocument\b.{0,120}", re.IGNORECASE)
EMPTY_LABEL = "Section:"
"""A head that is empty: what follows is the story, or another label."""

INDEX = re.compile(r"\s*-*\s*Index\sReferences\s*-*\s*", re.IGNORECASE)


def read_westlaw(lines: list[str]) -> list[ExportedArticle]:
    """Read the articles of an export from Westlaw.

    Parameters
    ----------
    lines : list of str
        The lines of a text.

    Returns
    -------
    list of ExportedArticle
        The articles in their order; empty if the text is not such an export.
    """
    if not any(NUMBER.fullmatch(line) for line in lines):
        return []
    parts: list[list[str]] = [[]]
    has_index = False
    for number, line in enumerate(lines):
        has_index = has_index or INDEX.fullmatch(line) is not None
        is_end = END.fullmatch(line) is not None
        if is_end and (has_index or "©" in line or _begins_record(lines, number + 1)):
            parts.append([])
            has_index = False
        else:
            parts[-1].append(line)
    return [_article(part) for part in parts if any(NUMBER.fullmatch(line) for line in part)]


def _begins_record(lines: list[str], start: int) -> bool:
    return begins_record(lines, start, labels_of("westlaw"), END.fullmatch)


def _article(part: list[str]) -> ExportedArticle:
    """Return the article of one record."""
    index = next((i for i, line in enumerate(part) if INDEX.fullmatch(line)), len(part))
    number = next(i for i, line in enumerate(part) if NUMBER.fullmatch(line))
    above = [line.strip() for line in part[:number] if line.strip()]
    dates = [line for line in above if is_date_line(line)]
    names = [line for line in above if not is_date_line(line) and not is_copyright(line)]
    below = _without_repetition(part[number + 1 : index], above)
    title = names[0] if names else ""
    # The title is repeated below the labels, and the byline appears only there.
    below = [line for line in below if one_line(line) != one_line(title)]
    article = read_record([EMPTY_LABEL, *below], labels_of("westlaw"))
    first, _, rest = article.text.partition("\n")
    if is_byline(first) and not article.author:
        article.author = first.strip()
        article.text = rest.strip()
    foot = read_record(part[index + 1 :], labels_of("westlaw"))
    article.title = title or article.title
    article.outlet = names[1] if len(names) > 1 else ""
    article.date = dates[0] if dates else article.date
    article.language = article.language or foot.fields.get("language", "")
    return article


def _without_repetition(lines: list[str], above: list[str]) -> list[str]:
    """Return the lines below the number without copyright and what already stood above it."""
    known = {one_line(line) for line in above}
    for position, line in enumerate(lines):
        text = one_line(line)
        is_repeated = text in known or any(text.startswith(f"{name} (") for name in known)
        if text and not (is_repeated or is_copyright(line) or is_date_line(line)):
            return lines[position:]
    return []
