"""Which part of a page each paragraph is: story, or the page around it.

`page` says what each paragraph looks like by itself. Here it is weighed: prose speaks for the story; lines, link
texts, captions and forms speak against it; the story is the stretch with the greatest sum. Zones follow from that.
"""

import re
from collections import Counter
from functools import cache

import pandas as pd

from clippings.core.lexicon import read_words
from clippings.core.progress import in_turn
from clippings.core.spans import trim
from clippings.core.tables import make_table
from clippings.core.tokens import fold, folded_words
from clippings.corpus.paragraphs import CALENDAR_DAY, Piece, cut_page

# What a piece of each kind is worth to the story, in words of prose. Set on 91 English and other news pages; F1 moves
# by about a point when one of these moves by a quarter.
WORTH = {
    "line": -7,
    "list": -3,
    "post": 0,
    "day": -12,
    "byline": -8,
    "caption": -6,
    "sign-off": -15,
}
WORTH |= {"furniture": -15, "form": -30, "comment": -40}
OPEN = ("prose", "line", "list", "post", "day")  # kinds whose place decides the zone
PROSE, LONG = 8, 60  # a paragraph of prose is worth its words, up to LONG, less PROSE …
BESIDE = 8  # … and so much more for each neighbour that is prose
CUT_OFF = 12  # a paragraph without an end is worth this: stories have few, teasers many
STRANGE = (
    -20
)  # a paragraph that shares less than SHARED of its words with a story of ENOUGH different words
SHARED, ENOUGH = 0.1, 150
GAP, TURN = 4, 15  # what each piece of a gap in the story costs, and each end of a gap
WALL = 80  # words of prose above a head of comments that make all below it comments
SUBHEAD, LINK = (
    14,
    9,
)  # words: a longer line is no subhead; so long a line between two paragraphs links elsewhere
NEAR, STEM, MUCH = (
    20,
    5,
    0.5,
)  # where a headline is looked for, letters of a word, share of the most words shared
ABOVE = 8  # pieces above the story in which a line with a day belongs to it


def find_passages(articles: pd.DataFrame) -> pd.DataFrame:
    """The paragraphs of each article with their zones; together they hold every character that is not blank.

    In: articles. Out: passages, label = zone (headline, byline, dateline, caption, subhead, body, sign-off,
    furniture, comment, form), rule = the rule that spoke.
    Raises: nothing. Misses: a caption without a credit beside the story; a teaser or an advertisement that is
    written like a paragraph and speaks of the same things; lists of long lines.
    Source: maximum subsequence segmentation (Pasternack and Roth 2009) over the kinds of `page`.
    Example:
        >>> from clippings.core.tables import make_table
        >>> from clippings.core.progress import in_turn
        >>> find_passages(make_table("articles")).empty
        True
    """
    rows = []
    for article in in_turn(list(articles.itertuples()), "pages"):
        for start, end, zone, rule in find_zones(article.text, article.title, article.outlet):
            place = {
                "article": article.article,
                "start": start,
                "end": end,
                "text": article.text[start:end],
            }
            rows.append(place | {"label": zone, "rule": rule})
    return make_table("passages", rows)


def find_zones(text: str, title: str = "", outlet: str = "") -> list[tuple[int, int, str, str]]:
    """The zones of one text.

    In: a text; what is known of its title and outlet. Out: (start, end, zone, rule) in order.
    Raises: nothing. Misses: as find_passages. Source: as find_passages.
    Example:
        >>> [zone for _, _, zone, _ in find_zones("OSLO – The road was closed, and nobody knew why, he said.")]
        ['dateline', 'body']
    """
    pieces = cut_page(text)
    story = _story(text, pieces)
    head = _headline(text, pieces, story, title)
    credits = _credits(text, pieces, story, outlet)
    comments = next(
        (n for n in range(_wall(pieces), len(pieces)) if pieces[n].kind == "comment"), len(pieces)
    )
    found = []
    for number, piece in enumerate(pieces):
        zone, rule = credits.get(number) or _zone(number, pieces, story[number], number > comments)
        if number == head:
            zone, rule = "headline", "words of the story above it"
        found.append((piece.start, piece.end, zone, rule))
    return _cut_datelines(text, found)


def find_headline(text: str) -> str:
    """The headline of a text as it stands on the page, "" where there is none.

    In: a text. Out: a string. Raises: nothing. Misses: a headline below the story's first paragraph.
    Source: as find_passages.
    Example:
        >>> find_headline("Road closed in Oslo\\n\\nThe road in Oslo was closed on Monday, he said.")
        'Road closed in Oslo'
    """
    return next(
        (text[start:end] for start, end, zone, _ in find_zones(text) if zone == "headline"), ""
    )


def _story(text: str, pieces: list[Piece]) -> list[bool]:
    """For each piece whether it stands in the story: found by shape, then once more without strange paragraphs."""
    end = _wall(pieces)
    worths = [_worth(number, pieces, text) for number in range(end)]
    for number in _strangers(text, pieces[:end], _stretches(worths)):
        worths[number] = STRANGE
    story = _stretches(worths) + [False] * (len(pieces) - end)
    if not any(
        story
    ):  # a few short sentences are a story too, and a table is one where there is nothing else
        kinds = ("prose",) if any(piece.kind == "prose" for piece in pieces[:end]) else OPEN
        story = [number < end and piece.kind in kinds for number, piece in enumerate(pieces)]
    return _without_notes(text, pieces, story)


def _wall(pieces: list[Piece]) -> int:
    """Where comments begin: the first head of comments or reply form below enough prose."""
    above = 0
    whole = sum(piece.words for piece in pieces if piece.kind == "prose")
    for number, piece in enumerate(pieces):
        head = piece.kind == "comment" or (piece.kind == "form" and piece.is_phrase)
        if head and (above >= WALL or 2 * above >= whole > 0):
            return number
        above += piece.words * (piece.kind == "prose")
    return len(pieces)


def _worth(number: int, pieces: list[Piece], text: str) -> float:
    piece = pieces[number]
    if piece.kind != "prose":
        return WORTH[piece.kind] - 2 * (piece.kind == "line" and piece.words > 6)
    if not SENTENCE.search(text, max(piece.end - 20, piece.start), piece.end):
        return CUT_OFF
    beside = sum(other.kind == "prose" for other in pieces[max(number - 1, 0) : number + 2]) - 1
    return min(piece.words, LONG) - PROSE + BESIDE * beside


SENTENCE = re.compile(r"(?<!\.\.)[.!?:][\"'”’)\]]*$")


def _stretches(worths: list[float]) -> list[bool]:
    """Where the story runs: one stretch of the greatest worth, perhaps with gaps (found as Viterbi's best path)."""
    best = {"above": 0.0, "story": float("-inf"), "gap": float("-inf"), "below": 0.0}
    came: list[dict[str, str]] = []
    for worth in worths:
        came.append(
            {
                state: max(FROM[state], key=lambda old, new=state: best[old] - _turn(old, new))
                for state in FROM
            }
        )
        gain = {"above": 0.0, "story": worth, "gap": -GAP, "below": 0.0}
        best = {new: best[old] - _turn(old, new) + gain[new] for new, old in came[-1].items()}
    state, states = max(("story", "below", "above"), key=best.__getitem__), []
    for origin in reversed(came):
        states.append(state == "story")
        state = origin[state]
    return states[::-1]


FROM = {
    "above": ["above"],
    "story": ["story", "gap", "above"],
    "gap": ["gap", "story"],
    "below": ["below", "story"],
}


def _turn(old: str, new: str) -> float:
    return TURN if {old, new} == {"story", "gap"} else 0.0


def _strangers(text: str, pieces: list[Piece], story: list[bool]) -> list[int]:
    """Paragraphs of prose that share hardly a word with the rest of the story."""
    words = {
        n: set(_content(text[p.start : p.end])) for n, p in enumerate(pieces) if p.kind == "prose"
    }
    told = Counter(word for number, own in words.items() if story[number] for word in own)
    return [
        number
        for number, own in words.items()
        if len(told) >= ENOUGH
        and sum(told[word] > story[number] for word in own) < SHARED * len(own)
    ]


def _content(text: str) -> list[str]:
    return [word for word in folded_words(text[:20_000]) if word not in _stopwords()]


@cache
def _stopwords() -> frozenset[str]:
    return frozenset(read_words("en/text/stopwords"))


def _without_notes(text: str, pieces: list[Piece], story: list[bool]) -> list[bool]:
    """The story without what follows it: who the author is."""
    prose = [
        number for number, inside in enumerate(story) if inside and pieces[number].kind == "prose"
    ]
    while len(prose) > 1 and NOTE.match(text, pieces[prose[-1]].start, pieces[prose[-1]].end):
        prose.pop()
    return (
        [inside and number <= prose[-1] for number, inside in enumerate(story)] if prose else story
    )


NOTE = re.compile(
    r"\W*(?:[A-Z][\w.'’-]+\s){1,4}(?:\([^)]{1,60}\)\s)?(?:is|was|are)\s(?:an?|the)\b[^.!?]{0,90}"
    rf"\b(?:{'|'.join(read_words('en/page/newsroom_roles', kind='person'))})s?\b"
)


def _zone(number: int, pieces: list[Piece], inside: bool, in_comments: bool) -> tuple[str, str]:
    """The zone of a piece: what its words give away, else where it stands."""
    piece = pieces[number]
    if piece.kind not in OPEN:
        return piece.kind, piece.rule
    if in_comments:
        return "comment", "below the head of comments"
    if not inside or piece.kind == "day":
        return "furniture", f"{piece.rule} {'in' if inside else 'outside'} the story"
    if piece.kind != "line":
        return "body", f"{piece.rule} in the story"
    if piece.words >= LINK and all(
        other.kind == "prose" for other in pieces[number - 1 : number + 2 : 2]
    ):
        return "furniture", "long line between two paragraphs"
    return "subhead" if piece.words <= SUBHEAD else "body", "short line in the story"


def _headline(text: str, pieces: list[Piece], story: list[bool], title: str) -> int:
    """The piece that is the headline: the known title, else the line above the story that shares most of its words."""
    first = _first(story)
    known = [
        n
        for n, piece in enumerate(pieces[: first + 1])
        if title and text[piece.start : piece.end] == title
    ]
    prose = (p for p, inside in zip(pieces, story, strict=True) if inside and p.kind == "prose")
    told = {word[:STEM] for piece in prose for word in _content(text[piece.start : piece.end])}
    shared = {}
    for number in range(max(first - NEAR, 0), max(first, 1) if pieces else 0):
        piece = pieces[number]
        words = {word[:STEM] for word in _content(text[piece.start : piece.end])}
        asks = piece.kind == "prose" and text[piece.end - 1] in "?!" and len(pieces) > 1
        if (piece.kind == "line" or asks) and 4 <= piece.words <= 30 and words:
            shared[number] = len(words & told) ** 2 / len(words)
    if known:
        return known[0]
    enough = MUCH * max(
        shared.values(), default=0
    )  # the first that shares much: a deck below shares more
    return next((number for number, much in shared.items() if much >= enough), -1)


def _first(story: list[bool]) -> int:
    return next((number for number, inside in enumerate(story) if inside), 0)


def _credits(
    text: str, pieces: list[Piece], story: list[bool], outlet: str
) -> dict[int, tuple[str, str]]:
    """The lines above the story that say who wrote it and when."""
    found = {}
    first = _first(story)
    for number in range(max(first - ABOVE, 0), first):
        piece, line = pieces[number], text[pieces[number].start : pieces[number].end]
        if piece.kind == "day":
            found[number] = "byline", piece.rule
        elif outlet and piece.words <= 10 and piece.kind in OPEN and fold(outlet) in fold(line):
            found[number] = "byline", "name of the outlet"
        elif (
            piece.kind == "line"
            and NAME.fullmatch(line)
            and pieces[number + 1].kind in ("day", "byline")
        ):
            found[number] = "byline", "name above the day"
    return found


NAME = re.compile(r"[A-Z][\w.'’-]+(?:\s(?:[a-z]{2,3}\s)?[A-Z][\w.'’-]+){1,3}")
_PLACE = r"[A-Z][\w.'’-]*(?:[ -][A-Z][\w.'’-]*){0,3}"
_CAPS = r"[A-Z][A-Z.'’-]{2,}(?:[ -][A-Z][A-Z.'’-]+){0,3}"
_REST = rf"(?:,\s{_PLACE}){{0,2}}(?:,\s{CALENDAR_DAY})?(?:,?\s\d{{4}})?(?P<agency>\s*\([^()\n]{{2,40}}\))?"
_OPENS = r"(?=[A-Z“\"'‘\d])"
DATELINES = (
    re.compile(rf"{_PLACE}{_REST}\s*(?:[–—]|\s-\s)\s*{_OPENS}"),  # Oslo, Norway – The …
    re.compile(rf"(?P<agency>\([A-Z][\w ]{{1,30}}\))\s*[-–—]\s*{_OPENS}"),  # (Agency) – The …
    re.compile(rf"{_CAPS}(?:,\s{_PLACE})?(?:\s{{2,}}|\s*[\xa0\n]\s*){_OPENS}"),  # OSLO  The …
)
GLUED = re.compile(
    r"(?P<place>[A-Z]{4,}(?:\s[A-Z]{4,})?)\s(?=[A-Z][a-z]+\s[a-z])"
)  # OSLO The …, an acronym or not
COLON = re.compile(
    r"(?P<place>[A-Z]{3,}(?:\s[A-Z]{3,}){0,2}):\s+" + _OPENS
)  # OSLO: The …, a label ("NOTE:") or not
BYLINE = re.compile(rf"(?:By|BY)\s{_PLACE}?(?:,?\s(?:and|&)\s{_PLACE}?)?,?\s+(?={_CAPS})")


def _cut_datelines(text: str, found: list) -> list[tuple[int, int, str, str]]:
    """Paragraphs of story parted from the byline and the dateline glued to their first sentence."""
    parted, bodies = [], 0
    for start, end, zone, rule in found:
        bodies += zone == "body"
        for cut, name in _glued(text, start, end, bodies == 1) if zone == "body" else ():
            parted.append((*trim(text, start, cut), name, f"{name} glued to the first sentence"))
            start = cut
        parted.append((start, end, zone, rule))
    return parted


def _glued(text: str, start: int, end: int, first: bool) -> list[tuple[int, str]]:
    """Where a byline and a dateline at the start of a paragraph end; below the first one only the surest are cut."""
    byline = BYLINE.match(text, start, end) if first else None
    after = byline.end() if byline else start
    cut = next(filter(None, (shape.match(text, after, end) for shape in DATELINES)), None)
    if cut and not first and not cut.groupdict().get("agency"):
        cut = None
    if not cut and first and (glued := GLUED.match(text, after, end)):
        cut = glued if len(re.findall(rf"\b{glued['place']}\b", text)) == 1 else None
    if not cut and first and (colon := COLON.match(text, after, end)):
        cut = colon if re.search(rf"\b{colon['place'].title()}\b", text) else None
    if not cut or end - cut.end() <= 30 or cut.end() - after > 80:
        return []
    return (
        [(byline.end(), "byline"), (cut.end(), "dateline")] if byline else [(cut.end(), "dateline")]
    )
