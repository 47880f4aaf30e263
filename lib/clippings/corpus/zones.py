"""Which part of a page each paragraph is: the story, or the page around it.

`paragraphs` says what each paragraph looks like by itself. Here they are weighed: prose speaks for
the story; lines, link texts, captions and forms speak against it; the story is the stretch with the
greatest sum. Zones follow from that.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pandas as pd

from clippings.core.cache import cacheable
from clippings.core.languages import tell_language
from clippings.core.lexicon import any_of, read_words
from clippings.core.progress import in_turn
from clippings.core.spans import trim
from clippings.core.tables import make_table
from clippings.core.tokens import fold, folded_words
from clippings.corpus.paragraphs import CALENDAR_DAY, Piece, cut_page

# What a piece of each kind is worth to the story, in words of prose. Set on 91 English and other
# news pages; F1 moves by about a point when one of these moves by a quarter.
WORTH = {
    "line": -7,
    "list": -3,
    "post": 0,
    "day": -12,
    "byline": -8,
    "caption": -6,
    "sign-off": -15,
    "furniture": -15,
    "form": -30,
    "comment": -40,
}
LONG_LINE = 6  # words: a longer line is likelier to be the title of another article …
LONG_LINE_COST = 2  # … and is worth so much less
PROSE_COST = 8  # a paragraph of prose is worth its words less this: short ones are teasers, too …
MAX_PROSE_WORTH = 60  # … counting no more than so many of its words
PROSE_NEIGHBOUR_WORTH = 8  # and so much more for each neighbour that is prose
# of a paragraph that does not end like a sentence: stories have few, teasers many
CUT_OFF_WORTH = 12
STRANGER_WORTH = -20  # of a paragraph on something else than the story
GAP_COST = 4  # of each piece of a gap in the story
GAP_END_COST = 15  # of each end of a gap

# A paragraph is on something else when it shares hardly a word with a story that is long enough to
# judge.
MIN_SHARED_WITH_STORY = 0.1  # of its different words
MIN_STORY_WORDS = 150  # different words

STORY_KINDS = ("prose", "line", "list", "post", "day")  # kinds whose place decides the zone
WALL = 80  # words of prose above a head of comments from which on all below it is comments
MAX_SUBHEAD = 14  # words: a longer line is not a subhead
MIN_LINK = 9  # words: so long a line between two paragraphs is a link to another article

HEADLINE_DISTANCE = 20  # pieces above the story in which a headline is looked for
HEADLINE_WORDS = range(4, 31)
STEM = 5  # letters of a word that are compared: "flood" is "flooded" and "flooding"
MIN_OF_BEST_HEADLINE = 0.5  # share of the best score with which an earlier line is the headline
CREDITS_DISTANCE = 8  # pieces above the story in which a line with a date or name belongs to it
MAX_OUTLET_LINE = 10  # words of a line that names the outlet

COMPARED_LENGTH = 20_000  # characters of a paragraph whose words are compared
SENTENCE_END_LENGTH = 20  # characters in which the end of a sentence is looked for

SENTENCE_END = re.compile(r"(?<!\.\.)[.!?:][\"'”’)\]]*$")  # … he said.” but not: read more ...

AUTHOR_NOTE = re.compile(  # Ann Bell (@bell) is a senior reporter for the Post.
    rf"""
    \W* (?:[A-Z][\w.'’-]+\s){{1,4}}       # Ann Bell
    (?:\([^)]{{1,60}}\)\s)?               # (@bell)
    (?:is|was|are)\s(?:an?|the)\b         # is a
    [^.!?]{{0,90}}                        # senior
    \b{any_of("en/page/newsroom_roles", "person")}s?\b
    """,
    re.VERBOSE,
)

PERSON = re.compile(  # Ann Bell, Ludwig van der Berg
    r"[A-Z][\w.'’-]+(?:\s(?:[a-z]{2,3}\s)?[A-Z][\w.'’-]+){1,3}"
)
_PLACE = r"[A-Z][\w.'’-]*(?:[ -][A-Z][\w.'’-]*){0,3}"  # New Tolmere
_PLACE_IN_CAPITALS = r"[A-Z][A-Z.'’-]{2,}(?:[ -][A-Z][A-Z.'’-]+){0,3}"  # NEW TOLMERE
_SENTENCE_STARTS = r"(?=[A-Z“\"'‘\d])"
_AFTER_PLACE = (
    rf"(?:,\s{_PLACE}){{0,2}}"  # , Norway
    rf"(?:,\s{CALENDAR_DAY})?(?:,?\s\d{{4}})?"  # , May 3, 2021
    r"(?P<agency>\s*\([^()\n]{2,40}\))?"  # (Northern Wire)
)
DATELINES = (
    # Oslo, Norway – The …
    re.compile(rf"{_PLACE}{_AFTER_PLACE}\s*(?:[–—]|\s-\s)\s*{_SENTENCE_STARTS}"),
    # (Agency) – The …
    re.compile(rf"(?P<agency>\([A-Z][\w ]{{1,30}}\))\s*[-–—]\s*{_SENTENCE_STARTS}"),
    # OSLO  The …
    re.compile(
        rf"{_PLACE_IN_CAPITALS}(?:,\s{_PLACE})?(?:\s{{2,}}|\s*[\xa0\n]\s*){_SENTENCE_STARTS}"
    ),
)
CAPITALS_START = re.compile(  # OSLO The …: a dateline, or an acronym
    r"(?P<place>[A-Z]{4,}(?:\s[A-Z]{4,})?)\s(?=[A-Z][a-z]+\s[a-z])"
)
COLON_START = re.compile(  # OSLO: The …, a dateline, or a label as in "NOTE: The …"
    r"(?P<place>[A-Z]{3,}(?:\s[A-Z]{3,}){0,2}):\s+" + _SENTENCE_STARTS
)
# By Ann Bell and Cy Dee OSLO: as few words for each name as possible, since the place follows.
GLUED_BYLINE = re.compile(
    rf"(?:By|BY)\s{_PLACE}?(?:,?\s(?:and|&)\s{_PLACE}?)?,?\s+(?={_PLACE_IN_CAPITALS})"
)
MIN_AFTER_DATELINE = 31  # characters of a paragraph that must be left after its dateline
MAX_DATELINE = 80  # characters


class Zone(NamedTuple):
    """A paragraph or a part of one, with its zone and the rule that gave it."""

    start: int
    end: int
    zone: str
    rule: str


class Cut(NamedTuple):
    """Where a byline or dateline at the start of a paragraph ends."""

    end: int
    zone: str


@cacheable
def find_passages(articles: pd.DataFrame) -> pd.DataFrame:
    """Find the paragraphs of each article and their zones.

    Parameters
    ----------
    articles : DataFrame
        Articles.

    Returns
    -------
    DataFrame
        The span table passages: one row per paragraph, or per part of one that is a zone of its
        own. Together they hold every character that is not blank. label = zone (headline, byline,
        dateline, caption, subhead, body, sign-off, furniture, comment, form); language = that of
        the article or, where that is not known, of the passage; rule = the rule that gave the zone.

    Notes
    -----
    The story is the stretch of paragraphs with the greatest worth (`WORTH`), perhaps with gaps. Not
    recognised: a caption without a credit next to the story; a teaser or an advertisement that is
    written like a paragraph and is about the same things; lists of long lines. The phrases are
    English.

    References
    ----------
    Maximum subsequence segmentation: J. Pasternack and D. Roth, Extracting article text from the
    web with maximum subsequence segmentation, WWW 2009.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> cl.find_passages(articles)[["start", "end", "label", "rule"]].head(3)
       start  end     label                         rule
    0      0   48  headline  words of the story above it
    1     51  104   caption             term: File photo
    2    106  123    byline                name and post
    """
    rows = []
    for article in in_turn(list(articles.itertuples()), "pages"):
        for start, end, zone, rule in find_zones(article.text, article.title, article.outlet):
            rows.append(
                {
                    "article": article.article,
                    "start": start,
                    "end": end,
                    "text": article.text[start:end],
                    "label": zone,
                    "language": article.language or tell_language(article.text[start:end]),
                    "rule": rule,
                }
            )
    return make_table("passages", rows)


def find_zones(text: str, title: str = "", outlet: str = "") -> list[Zone]:
    """Find the zones of one text.

    Parameters
    ----------
    text : str
        The text of a page.
    title, outlet : str
        What is known of its title and outlet.

    Returns
    -------
    list of Zone
        In order of place.

    Examples
    --------
    >>> text = "OSLO – The road was closed, and nobody knew why, he said."
    >>> [(text[zone.start : zone.end], zone.zone) for zone in find_zones(text)]
    [('OSLO –', 'dateline'), ('The road was closed, and nobody knew why, he said.', 'body')]
    """
    pieces = cut_page(text)
    words = _PieceWords(text, pieces)
    story = _find_story(text, pieces, words)
    headline = _find_headline(text, pieces, story, words, title)
    credits = _find_credits(text, pieces, story, outlet)
    comments = _first_comment(pieces)
    zones = []
    for number, piece in enumerate(pieces):
        if number == headline:
            zone, rule = "headline", "words of the story above it"
        elif number in credits:
            zone, rule = credits[number]
        else:
            zone, rule = _zone(number, pieces, story[number], in_comments=number > comments)
        zones.append(Zone(piece.start, piece.end, zone, rule))
    return list(_without_datelines(text, zones))


def find_headline(text: str) -> str:
    """Find the headline of a text as it stands on the page.

    Parameters
    ----------
    text : str
        The text of a page.

    Returns
    -------
    str
        The headline; "" if there is none.

    Notes
    -----
    Not found: a headline below the first paragraph of the story.

    Examples
    --------
    >>> find_headline("Road closed in Oslo\\n\\nThe road in Oslo was closed on Monday, he said.")
    'Road closed in Oslo'
    """
    return headline_of(text, find_zones(text))


def headline_of(text: str, zones: list[Zone]) -> str:
    """The headline among the zones of a text; "" if there is none."""
    headline = next((zone for zone in zones if zone.zone == "headline"), None)
    return text[headline.start : headline.end] if headline else ""


class _PieceWords:
    """The different content words of each piece, looked up once."""

    def __init__(self, text: str, pieces: list[Piece]):
        self.text = text
        self.pieces = pieces
        self.known: dict[int, frozenset[str]] = {}

    def __getitem__(self, number: int) -> frozenset[str]:
        if number not in self.known:
            piece = self.pieces[number]
            words = folded_words(self.text[piece.start : piece.end][:COMPARED_LENGTH])
            self.known[number] = frozenset(words) - _stopwords()
        return self.known[number]

    def stems(self, number: int) -> set[str]:
        """The words without their endings."""
        return {word[:STEM] for word in self[number]}


@cache
def _stopwords() -> frozenset[str]:
    return frozenset(read_words("en/text/stopwords"))


def _find_story(text: str, pieces: list[Piece], words: _PieceWords) -> list[bool]:
    """Whether each piece is in the story: by shape, then again without strange paragraphs."""
    wall = _wall(pieces)
    worths = [_worth(number, pieces, text) for number in range(wall)]
    for number in _strangers(pieces[:wall], _best_stretch(worths), words):
        worths[number] = STRANGER_WORTH
    story = _best_stretch(worths) + [False] * (len(pieces) - wall)
    if not any(story):
        # A few short sentences are a story too, and so is a table if there is nothing else.
        has_prose = any(piece.kind == "prose" for piece in pieces[:wall])
        kinds = ("prose",) if has_prose else STORY_KINDS
        story = [number < wall and piece.kind in kinds for number, piece in enumerate(pieces)]
    return _without_author_notes(text, pieces, story)


def _wall(pieces: list[Piece]) -> int:
    """Where comments begin: the first head of comments or reply form below enough prose."""
    prose_above = 0
    all_prose = sum(piece.words for piece in pieces if piece.kind == "prose")
    for number, piece in enumerate(pieces):
        is_head = piece.kind == "comment" or (piece.kind == "form" and piece.is_phrase)
        # On a short page, half of the prose is enough.
        has_enough_above = prose_above >= WALL or 2 * prose_above >= all_prose > 0
        if is_head and has_enough_above:
            return number
        if piece.kind == "prose":
            prose_above += piece.words
    return len(pieces)


def _first_comment(pieces: list[Piece]) -> int:
    """The first head of comments at the wall or below; all that follows is comments."""
    for number in range(_wall(pieces), len(pieces)):
        if pieces[number].kind == "comment":
            return number
    return len(pieces)


def _worth(number: int, pieces: list[Piece], text: str) -> float:
    """How much a piece speaks for the story, in words of prose."""
    piece = pieces[number]
    if piece.kind == "line" and piece.words > LONG_LINE:
        return WORTH["line"] - LONG_LINE_COST
    if piece.kind != "prose":
        return WORTH[piece.kind]
    if not SENTENCE_END.search(text, max(piece.end - SENTENCE_END_LENGTH, piece.start), piece.end):
        return CUT_OFF_WORTH
    prose_neighbours = sum(other.kind == "prose" for other in _neighbours(number, pieces))
    worth = min(piece.words, MAX_PROSE_WORTH) - PROSE_COST
    return worth + PROSE_NEIGHBOUR_WORTH * prose_neighbours


def _neighbours(number: int, pieces: list[Piece]) -> list[Piece]:
    """The pieces right above and below; only one at the ends of a page."""
    return pieces[max(number - 1, 0) : number] + pieces[number + 1 : number + 2]


# The states of a piece, and from which states of the piece above each can follow.
COMES_FROM = {
    "above": ["above"],
    "story": ["story", "gap", "above"],
    "gap": ["gap", "story"],
    "below": ["below", "story"],
}
LAST_STATES = ("story", "below", "above")  # a page does not end in a gap


def _best_stretch(worths: list[float]) -> list[bool]:
    """Where the story runs: the stretch of greatest worth, perhaps with gaps (Viterbi's path)."""
    never = float("-inf")
    best = {"above": 0.0, "story": never, "gap": never, "below": 0.0}
    origins: list[dict[str, str]] = []
    for worth in worths:
        gains = {"above": 0.0, "story": worth, "gap": -GAP_COST, "below": 0.0}
        origin = {}
        reached = {}
        for state, sources in COMES_FROM.items():
            source = max(sources, key=lambda old, new=state: best[old] - _cost_of_turn(old, new))
            origin[state] = source
            reached[state] = best[source] - _cost_of_turn(source, state) + gains[state]
        origins.append(origin)
        best = reached
    state = max(LAST_STATES, key=best.__getitem__)
    in_story = []
    for origin in reversed(origins):
        in_story.append(state == "story")
        state = origin[state]
    return in_story[::-1]


def _cost_of_turn(old: str, new: str) -> float:
    """What it costs to begin or to end a gap."""
    return GAP_END_COST if {old, new} == {"story", "gap"} else 0.0


def _strangers(pieces: list[Piece], story: list[bool], words: _PieceWords) -> list[int]:
    """Paragraphs of prose that share hardly a word with the rest of the story."""
    prose = [number for number, piece in enumerate(pieces) if piece.kind == "prose"]
    uses = Counter(word for number in prose if story[number] for word in words[number])
    if len(uses) < MIN_STORY_WORDS:
        return []
    strangers = []
    for number in prose:
        own_use = 1 if story[number] else 0
        shared = sum(uses[word] > own_use for word in words[number])
        if shared < MIN_SHARED_WITH_STORY * len(words[number]):
            strangers.append(number)
    return strangers


def _without_author_notes(text: str, pieces: list[Piece], story: list[bool]) -> list[bool]:
    """The story without the paragraphs at its end that introduce the author."""
    prose = [
        number for number, inside in enumerate(story) if inside and pieces[number].kind == "prose"
    ]
    if not prose:
        return story
    while len(prose) > 1:
        last = pieces[prose[-1]]
        if not AUTHOR_NOTE.match(text, last.start, last.end):
            break
        prose.pop()
    return [inside and number <= prose[-1] for number, inside in enumerate(story)]


def _zone(number: int, pieces: list[Piece], inside: bool, in_comments: bool) -> tuple[str, str]:
    """The zone of a piece and the rule: what its words reveal, else where it stands."""
    piece = pieces[number]
    if piece.kind not in STORY_KINDS:
        return piece.kind, piece.rule
    if in_comments:
        return "comment", "below the head of comments"
    if not inside:
        return "furniture", f"{piece.rule} outside the story"
    if piece.kind == "day":
        return "furniture", f"{piece.rule} in the story"
    if piece.kind != "line":
        return "body", f"{piece.rule} in the story"
    neighbours = _neighbours(number, pieces)
    is_between_prose = neighbours and all(other.kind == "prose" for other in neighbours)
    if piece.words >= MIN_LINK and is_between_prose:
        return "furniture", "long line between two paragraphs"
    return "subhead" if piece.words <= MAX_SUBHEAD else "body", "short line in the story"


def _find_headline(
    text: str, pieces: list[Piece], story: list[bool], words: _PieceWords, title: str
) -> int:
    """The headline: the known title, else the line above the story that shares its words; or -1."""
    first = _first_of_story(story)
    for number, piece in enumerate(pieces[: first + 1]):
        if title and text[piece.start : piece.end] == title:
            return number
    story_stems: set[str] = set()
    for number, piece in enumerate(pieces):
        if story[number] and piece.kind == "prose":
            story_stems |= words.stems(number)
    scores = {}
    end = max(first, 1) if pieces else 0
    for number in range(max(first - HEADLINE_DISTANCE, 0), end):
        stems = words.stems(number)
        if stems and _may_be_headline(text, pieces[number], len(pieces)):
            # Number of shared words times their share: a short line shares all, a long one many.
            shared = len(stems & story_stems)
            scores[number] = shared * shared / len(stems)
    # The first that shares much, because a deck below the headline shares more.
    enough = MIN_OF_BEST_HEADLINE * max(scores.values(), default=0)
    return next((number for number, score in scores.items() if score >= enough), -1)


def _may_be_headline(text: str, piece: Piece, number_of_pieces: int) -> bool:
    """Whether a piece may be a headline: a line, or a question or exclamation above others."""
    if piece.words not in HEADLINE_WORDS:
        return False
    asks = piece.kind == "prose" and text[piece.end - 1] in "?!"
    return piece.kind == "line" or (asks and number_of_pieces > 1)


def _first_of_story(story: list[bool]) -> int:
    """The first piece of the story; 0 if there is none."""
    return next((number for number, inside in enumerate(story) if inside), 0)


def _find_credits(
    text: str, pieces: list[Piece], story: list[bool], outlet: str
) -> dict[int, tuple[str, str]]:
    """Zone and rule of the lines above the story that say who wrote it and when."""
    credits = {}
    first = _first_of_story(story)
    for number in range(max(first - CREDITS_DISTANCE, 0), first):
        piece = pieces[number]
        line = text[piece.start : piece.end]
        may_name_outlet = piece.words <= MAX_OUTLET_LINE and piece.kind in STORY_KINDS
        is_above_credit = pieces[number + 1].kind in ("day", "byline")
        if piece.kind == "day":
            credits[number] = "byline", piece.rule
        elif outlet and may_name_outlet and fold(outlet) in fold(line):
            credits[number] = "byline", "name of the outlet"
        elif piece.kind == "line" and is_above_credit and PERSON.fullmatch(line):
            credits[number] = "byline", "name above the day"
    return credits


def _without_datelines(text: str, zones: list[Zone]) -> Iterator[Zone]:
    """The zones, with bylines and datelines cut off the first sentence that they are glued to."""
    bodies = 0
    for zone in zones:
        if zone.zone != "body":
            yield zone
            continue
        bodies += 1
        start = zone.start
        for cut in _glued_lines(text, zone, is_first=bodies == 1):
            cut_start, cut_end = trim(text, start, cut.end)
            yield Zone(cut_start, cut_end, cut.zone, f"{cut.zone} glued to the first sentence")
            start = cut.end
        yield zone._replace(start=start)


def _glued_lines(text: str, zone: Zone, is_first: bool) -> list[Cut]:
    """Where a byline and a dateline at the start of a paragraph end."""
    byline = GLUED_BYLINE.match(text, zone.start, zone.end) if is_first else None
    start = byline.end() if byline else zone.start
    dateline = _dateline(text, start, zone.end, is_first)
    if not dateline:
        return []
    left = zone.end - dateline.end()
    if left < MIN_AFTER_DATELINE or dateline.end() - start > MAX_DATELINE:
        return []
    cuts = [Cut(dateline.end(), "dateline")]
    return [Cut(byline.end(), "byline"), *cuts] if byline else cuts


def _dateline(text: str, start: int, end: int, is_first: bool) -> re.Match | None:
    """The dateline at the start of a paragraph; after the first one only if it names an agency."""
    matches = (shape.match(text, start, end) for shape in DATELINES)
    dateline = next(filter(None, matches), None)
    if not is_first:
        names_agency = dateline is not None and dateline.groupdict().get("agency")
        return dateline if names_agency else None
    if dateline:
        return dateline
    capitals = CAPITALS_START.match(text, start, end)
    # An acronym is used again in the story, a dateline is not.
    if capitals and len(re.findall(rf"\b{capitals['place']}\b", text)) == 1:
        return capitals
    colon = COLON_START.match(text, start, end)
    # A place is named again in the story, in small letters; a label is not.
    if colon and re.search(rf"\b{colon['place'].title()}\b", text):
        return colon
    return None
