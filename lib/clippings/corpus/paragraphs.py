"""What each paragraph of a pasted page looks like by itself: prose, a line, a caption, a form.

Here a paragraph is judged without its neighbours; where the story runs is for `zones` to say. The first test of
TESTS that speaks gives the kind, and its name, or the term of lexicon/en/page/page_phrases.csv, lands in the column `rule`.
"""

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from clippings.core.lexicon import read_lexicon, read_words
from clippings.core.search_terms import compile_term
from clippings.core.spans import trim
from clippings.core.tokens import WORD, folded_words

ENDING = re.compile(r"[.!?:…][\"'”’)\]]*$")
FORM = re.compile(
    r"\d+\s*/\s*\d+$|(?:\w+\s*[×x+*−–-]\s*\w+|\w+\s+(?:plus|minus|times)\s+\w+)\s*=\s*[?\w]*\s*$"
)
COMMENTS = re.compile(
    r"(?i)(?:\d+|one|two|three|no)\s+(?:thoughts?\s+on\b|comments?\b|responses?\b|repl(?:y|ies)\b)"
)
_VERBS = "|".join(read_words("en/speech/reporting_verbs", reports="clause"))
SPEAKER = re.compile(rf"(?:\d+\.\s*)?[^.!?\n]{{1,60}}?\s(?:{_VERBS}):$", re.IGNORECASE)
_MONTHS = {
    *read_words("en/time/words", kind="month"),
    *read_words("en/time/words", kind="month_short"),
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
CALENDAR_DAY = rf"(?i:(?:{_MONTH})\.?\s\d{{1,2}}\b|\d{{1,2}}(?:st|nd|rd|th)?,?\s(?:{_MONTH}))\b"
DAY = re.compile(
    rf"\b{CALENDAR_DAY}|\b\d{{4}}-\d\d-\d\d|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}|"
    r"\b\d{1,2}[:.]\d\d\s?[ap]\.?m\b|\b\d+\s(?:minute|hour|day|week|month|year)s?\sago\b",
    re.IGNORECASE,
)
FULL_DAY = re.compile(rf"\b[A-Z][a-z]+day,\s(?:{_MONTH})\.?\s\d{{1,2}},\s\d{{4}}", re.IGNORECASE)
_AGENCY = f"(?i:{'|'.join(read_words('en/page/credits', kind='agency'))})"
_PICTURE = "|".join(read_words("en/page/credits", kind="picture"))
_PICTURES = "|".join(
    form for word in _PICTURE.split("|") for form in (word.capitalize(), word.upper())
)
CREDIT = re.compile(
    rf"[(\[][^()\[\]]*\b(?:(?i:{_PICTURE})\b|{_AGENCY}(?:\s?/|\s(?i:{_PICTURE}|via)\b))"
    r"[^()\[\]]*[)\]]\.?$"  # (AP Photo/…), [Photo courtesy of …]
    rf"|[.!?”\"]\s*[(\[]?{_AGENCY}(?:\s(?i:{_PICTURE})(?:/\w+)?)?[)\]]?$"  # … last week. Getty
    rf"|(?:^|[.!?…”\"|•–-]\s*)(?:{_PICTURES})s?"
    rf"(?:\s(?:by|of|from|(?i:{_PICTURE})))*\s?(?:\.{{3}}|[:…/])[^.!?]{{2,60}}$"  # Credit: …
    rf"|[\w.]/(?:The\s)?(?:{_AGENCY}|[A-Z]\w+\s(?:Times|Post|News|Press|Images|Pool|Agency))\)?$"  # Name/Agency
)
EMBEDDED = re.compile(
    r"[—–-]\s?[^@]{1,60}\(@\w{1,30}\)|.*\b(?:pic\.twitter\.com|t\.co)/\w+", re.DOTALL
)
STAFF = re.compile(
    rf"(?:[A-Z][\w.'’-]*,?\s){{1,5}}(?:[a-z]+\s){{0,2}}(?:{'|'.join(read_words('en/page/newsroom_roles'))})s?"
)
LISTED = re.compile(r"(?:[•*·▪●‣◦]|[–-]\s|\d{1,2}[.)]\s)")
# Words: a longer paragraph is prose, whatever terms it holds …
LONGEST = {"comment": 12, "form": 60, "caption": 60, "sign-off": 60, "furniture": 40}
NOTICE = 120  # … but a notice of rights, cookies or money, whose words no story has in a row
LONGEST_LOOK = 4000  # characters: whatever is longer is no caption, line or form


class Piece(NamedTuple):
    """One paragraph: its span, what it looks like, the rule that says so, and its number of words."""

    start: int
    end: int
    kind: str
    rule: str
    words: int


def cut_page(text: str) -> list[Piece]:
    """The paragraphs of a page with what each looks like.

    In: a text. Out: pieces in order, which hold every character that is not blank; kind = prose, line, list, day,
    post (the signature of an embedded one), comment (the head of comments) or a zone that its words give away.
    Raises: nothing. Misses: captions without a credit, and whatever looks like prose and is not.
    Source: own rules over lexicon/en/page/page_phrases.csv.
    Example:
        >>> [(piece.kind, piece.words) for piece in cut_page("File photo\\n\\nNo one was hurt, he said.")]
        [('caption', 2), ('prose', 6)]
    """
    return [_judged(text, start, end) for start, end in _paragraphs(text)]


def _judged(text: str, start: int, end: int) -> Piece:
    piece = text[start:end]
    words = sum(1 for _ in WORD.finditer(piece[:LONGEST_LOOK]))
    if len(piece) > LONGEST_LOOK:
        return Piece(start, end, "prose" if words >= 25 else "line", "long paragraph", words)
    kind, rule = next(filter(None, (test(piece, words) for test in TESTS)))
    return Piece(start, end, kind, rule, words)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Lines are paragraphs, except in hard-wrapped text, where blank lines part them."""
    lines = [
        trim(text, *match.span()) for match in re.finditer(r"[^\r\n\v\f\x85\u2028\u2029]+", text)
    ]
    lines = [line for line in lines if line[0] < line[1]]
    parted = _parted(text, lines)
    if not _hard_wrapped(text, lines, parted):
        return lines
    joined: list[tuple[int, int]] = []
    for (start, end), apart in zip(lines, parted, strict=True):
        if not apart:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _hard_wrapped(text: str, lines: list[tuple[int, int]], parted: list[bool]) -> bool:
    """Whether a third of the lines that have one below them break off inside a sentence."""
    pairs = [pair for pair, apart in zip(pairwise(lines), parted[1:], strict=True) if not apart]
    width = max(end - start for start, end in lines) if len(pairs) > 3 else 999
    broken = [above for above, below in pairs if _breaks_off(text, above, below, width)]
    return len(broken) * 3 >= len(pairs) > 0


def _breaks_off(text: str, above: tuple[int, int], below: tuple[int, int], width: int) -> bool:
    """A line that the one below goes on from: in lower case, or because its first word had no room above."""
    length = above[1] - above[0]
    if not 25 <= length <= 100 or ENDING.search(text[max(above[1] - 5, above[0]) : above[1]]):
        return False
    word = len(text[below[0] : below[1]].split(None, 1)[0])
    no_room = width <= 100 and length + 1 + word > width
    return text[below[0]].islower() or text[above[1] - 1] == "," or no_room


def _parted(text: str, lines: list[tuple[int, int]]) -> list[bool]:
    """Of each line: does a paragraph begin with it, behind an empty line, as an item of a list, or farther in?"""
    found, indent, end = [], 0, 0
    for start, stop in lines:
        gap = text[end:start]
        breaks = gap.count("\n") + gap.count("\r") - gap.count("\r\n")
        own = (
            len(gap) - 1 - max(gap.rfind("\n"), gap.rfind("\r")) if breaks or not found else indent
        )
        found.append(not found or breaks != 1 or bool(LISTED.match(text, start)) or own > indent)
        indent, end = own, stop
    return found


def _form(piece: str, words: int):
    return (
        ("form", "sum or counter")
        if words <= 12 and FORM.search(piece) and not DAY.search(piece)
        else None
    )


def _comments(piece: str, words: int):
    """A count of comments, or a comment's author: numbered or dated, because a story has its "he said:" too."""
    if words <= 40 and COMMENTS.match(piece):
        return "comment", "head of comments"
    author = words <= 16 and SPEAKER.match(piece)
    return (
        ("comment", "author of a comment")
        if author and (piece[0].isdigit() or DAY.search(piece))
        else None
    )


def _term(piece: str, words: int):
    if words > NOTICE:
        return None
    seen = set(folded_words(piece))
    for zone, shape, longest, first in _terms():
        if (
            words <= longest
            and (first is None or not first.isdisjoint(seen))
            and (found := shape.search(piece))
        ):
            return zone, f"term: {found[1][:40].strip()}"
    return None


@cache
def _terms() -> list[tuple[str, re.Pattern, int, set[str] | None]]:
    """Each row of lexicon/en/page/page_phrases.csv: zone, its pattern at its place, the longest paragraph that it may name, and
    the words one of which must be there (None: any; to search only where there is something to find)."""
    rows = []
    for row in read_lexicon("en/page/page_phrases"):
        longest = NOTICE if row["where"] == "notice" else LONGEST[row["zone"]]
        shape = re.compile(_placed(compile_term(row["term"]).pattern, row["where"]), re.IGNORECASE)
        plain = not row["term"].startswith("/")
        first = {folded_words(part)[0] for part in row["term"].split("|")} if plain else None
        rows.append((row["zone"], shape, longest, first))
    return rows


def _placed(pattern: str, where: str) -> str:
    unquoted = r"^(?:(?![\"'“”‘’])[\W_])*"  # “Follow us,” he said: a quotation is story
    before = unquoted if where in ("start", "whole") else ""
    after = {"end": r"[\W_]*$", "whole": r"[\W_]*$"}.get(where, "")
    return f"{before}({pattern}){after}"


def _caption(piece: str, words: int):
    if words <= 90 and CREDIT.search(piece[-120:]):
        return "caption", "credit at the end"
    return (
        ("caption", "day in full")
        if words <= 60 and FULL_DAY.search(piece) and words > 12
        else None
    )


def _day(piece: str, words: int):
    if words <= 60 and EMBEDDED.match(piece):
        return "post", "post of a network"
    return (
        ("day", "line with a day")
        if words <= 14 and DAY.search(piece) and not ENDING.search(piece)
        else None
    )


def _byline(piece: str, words: int):
    if words > 12 or ENDING.search(piece):
        return None
    if re.match(r"(?:(?i:story|text|words|report) )?(?i:by):?\s+[A-Z]", piece):
        return "byline", "by …"
    return ("byline", "name and post") if STAFF.fullmatch(piece) else None


def _prose(piece: str, words: int):
    if words >= 4 and ENDING.search(piece[-20:]):
        return "prose", "sentence"
    return ("prose", "long paragraph") if words >= 25 else None


def _line(piece: str, words: int):
    return (
        ("list", "item of a list") if words > 2 and LISTED.match(piece) else ("line", "short line")
    )


TESTS = (_form, _comments, _term, _caption, _day, _byline, _prose, _line)
