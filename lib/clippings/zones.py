"""Which part of a page each paragraph is: story, or the page around it.

An article is cut into paragraphs; each gets its zone from the first rule of RULES that speaks. A rule sees
one paragraph and what came before it, and its name lands in the column `rule`.
"""

import re
from functools import cache

import pandas as pd

from clippings.lexicon import read_lexicon
from clippings.tables import make_table
from clippings.text import WORD, fold, trim

ENDING = re.compile(r"[.!?:…][\"'”’)\]]*$")
DATELINE = re.compile(
    r"(?P<place>(?:[A-Z][\w.'’-]*)(?:[ ,]+[A-Z][\w.'’-]*){0,5}(?:\s*\([^()\n]{2,30}\))?)\s*[–—]\s*(?=[A-Z“\"'])"
    r"|(?P<caps>[A-Z]{3,}(?:[ ,]+[A-Z]{3,}){0,3})(?:\s*[-–—]\s*|[\xa0\s]{2,}|\xa0)(?=[A-Z“\"'])"
)
FORM = re.compile(r"\d+\s*/\s*\d+|(?:\w+\s*[×x+*−–-]\s*\w+|\w+\s+(?:plus|minus|times)\s+\w+)\s*=\s*[?\w]*\s*$")
COMMENTS = re.compile(
    r"^(?:\d+|one|two|three|no)\s+(?:thoughts?\s+on\b|comments?\b|responses?\b|repl(?:y|ies)\b)", re.IGNORECASE
)
SPEAKER = re.compile(r"^(?:\d+\.\s*)?[\w .'’-]{1,40}\s+(?:says|wrote|commented):?$", re.IGNORECASE)


def find_passages(articles: pd.DataFrame) -> pd.DataFrame:
    """The paragraphs of each article with their zones; together they hold every character that is not blank.

    In: articles. Out: passages, label = zone (headline, byline, dateline, caption, subhead, body, sign-off,
    furniture, comment, form), rule = the rule that spoke.
    Raises: nothing. Misses: a comment that stands before any sign of a comment section; a caption without
    a credit; a byline glued to a sentence.
    Source: own rules over lexicon/page.csv.
    Example:
        >>> from clippings.tables import make_table
        >>> find_passages(make_table("articles")).empty
        True
    """
    rows = []
    for article in articles.itertuples():
        for start, end, zone, rule in _zones(article.text, article.title, article.outlet):
            text = article.text[start:end]
            rows.append(
                {"article": article.article, "start": start, "end": end, "text": text, "label": zone, "rule": rule}
            )
    return make_table("passages", rows)


def _zones(text: str, title: str, outlet: str) -> list[tuple[int, int, str, str]]:
    page = _Page(title, outlet)
    found = []
    for start, end in _paragraphs(text):
        piece = text[start:end]
        zone, rule = page.zone(piece)
        cut = DATELINE.match(piece) if zone == "body" and page.bodies == 1 else None
        if cut and len(piece) - cut.end() > 30:
            found.append((*trim(text, start, start + cut.end()), "dateline", "dateline"))
            start += cut.end()
        found.append((start, end, zone, rule))
    return _settle_short(found)


def _settle_short(found: list[tuple[int, int, str, str]]) -> list[tuple[int, int, str, str]]:
    """A short line between two paragraphs of story is a subhead; elsewhere it is page furniture."""
    bodies = [number for number, row in enumerate(found) if row[2] == "body"]
    settled = []
    for number, (start, end, zone, rule) in enumerate(found):
        if zone == "short":
            followed = number + 1 < len(found) and found[number + 1][2] in ("body", "short")
            inside = bool(bodies) and bodies[0] < number < bodies[-1] and followed
            zone, rule = ("subhead", "short line in story") if inside else ("furniture", "short line outside story")
        settled.append((start, end, zone, rule))
    return settled


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Lines are paragraphs, except in hard-wrapped text, where blank lines part them."""
    lines = [trim(text, *match.span()) for match in re.finditer(r"[^\r\n\v\f\x85\u2028\u2029]+", text)]
    lines = [line for line in lines if line[0] < line[1]]
    joined: list[tuple[int, int]] = []
    for start, end in lines:
        if joined and _wrapped(text, joined[-1], start):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _wrapped(text: str, above: tuple[int, int], start: int) -> bool:
    gap = text[above[1] : start]
    last = text.rfind("\n", above[0], above[1]) + 1 or above[0]
    one_break = gap.count("\n") + gap.count("\r") - gap.count("\r\n") == 1
    return (
        one_break
        and 40 <= above[1] - last <= 100
        and not ENDING.search(text[max(above[1] - 5, last) : above[1]])
        and (text[start].islower() or text[start].isdigit() or text[above[1] - 1] == ",")
    )


class _Page:
    """What has been seen of one page, from its top down to the paragraph at hand."""

    def __init__(self, title: str, outlet: str):
        self.title, self.outlet = title, outlet
        self.headline = self.comments = False
        self.bodies = 0

    def zone(self, piece: str) -> tuple[str, str]:
        words = sum(1 for _ in WORD.finditer(piece[:4000]))
        zone, rule = next(filter(None, (test(self, piece, words) for test in RULES)))
        self.headline |= zone == "headline"
        self.bodies += zone == "body"
        return zone, rule


def _form(page: _Page, piece: str, words: int):
    return ("form", "sum or counter") if words <= 12 and len(piece) <= 200 and FORM.search(piece) else None


def _comments(page: _Page, piece: str, words: int):
    if words <= 40 and (COMMENTS.match(piece) or (SPEAKER.match(piece) and page.bodies)):
        page.comments = True
        return "comment", "head of comments"
    return None


def _phrase(page: _Page, piece: str, words: int):
    if words > 40:
        return None
    for zone, phrase in page_phrases(fold(piece)):
        page.comments |= zone == "form"
        return zone, f"phrase: {phrase}"
    return None


def page_phrases(folded: str) -> list[tuple[str, str]]:
    """The zone and phrase of the rows of lexicon/page.csv that fit a folded paragraph, in file order.

    In: a folded paragraph. Out: (zone, phrase) pairs. Raises: nothing.
    Misses: phrases that a story uses too ("pictured"). Source: lexicon/page.csv.
    Example:
        >>> page_phrases("leave a reply")
        [('form', 'leave a reply')]
    """
    return [(zone, phrase) for zone, phrase, pattern in _page_patterns() if pattern.search(folded)]


@cache
def _page_patterns() -> list[tuple[str, str, re.Pattern]]:
    shape = {
        "start": r"^[\W_]*{}(?!\w)",
        "end": r"(?<!\w){}[\W_]*$",
        "anywhere": r"(?<!\w){}(?!\w)",
        "whole": r"^[\W_]*{}[\W_]*$",
    }
    return [
        (row["zone"], row["phrase"], re.compile(shape[row["where"]].replace("{}", re.escape(row["phrase"]))))
        for row in read_lexicon("page")
    ]


def _after_comments(page: _Page, piece: str, words: int):
    return ("comment", "below the head of comments") if page.comments else None


def _headline(page: _Page, piece: str, words: int):
    if not page.headline and piece == page.title:
        return "headline", "first line of at least four words"
    return None


def _byline(page: _Page, piece: str, words: int):
    if page.bodies or words > 10:
        return None
    if re.match(r"by\s+[A-Z]", piece, re.IGNORECASE) and not ENDING.search(piece):
        return "byline", "by …"
    if page.outlet and fold(page.outlet) in fold(piece):
        return "byline", "name of the outlet"
    return None


def _body(page: _Page, piece: str, words: int):
    if words >= 4 and ENDING.search(piece[-20:]):
        return "body", "sentence"
    return ("body", "long paragraph") if words >= 25 else None


def _short(page: _Page, piece: str, words: int):
    return "short", ""


RULES = (_form, _comments, _phrase, _after_comments, _headline, _byline, _body, _short)
