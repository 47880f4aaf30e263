"""Assign each paragraph of a page to a zone: the story, or the page around it.

`paragraphs` classifies each paragraph by itself. This module weighs them: prose counts for the
story; lines, link texts, captions and forms count against it. The sequence of paragraphs with the
greatest sum is the story, from which the zones follow.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

import pandas as pd

from clippings.core.cache import cacheable
from clippings.core.languages import detect_language
from clippings.core.lexicon import read_words, words_of
from clippings.core.progress import in_turn
from clippings.core.spans import trim
from clippings.core.tables import make_table
from clippings.core.tokens import fold, folded_words
from clippings.corpus.author_lines import author_name, read_author_line
from clippings.corpus.headlines import HeadlineFinder
from clippings.corpus.live_reports import Post, find_posts
from clippings.corpus.page_credits import AUTHOR_NOTE, Authors, find_authors
from clippings.corpus.page_outlets import find_outlet, without_outlet
from clippings.corpus.paragraphs import (
    CALENDAR_DAY,
    STEM_LENGTH,
    UNSPACED_CHARACTER,
    Piece,
    cut_page,
    paragraph_words,
)

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
MAX_PROSE_WORTH = 60  # … counting at most this many of its words
PROSE_NEIGHBOUR_WORTH = 8  # and so much more for each neighbour that is prose
# of a paragraph that does not end like a sentence: stories have few, teasers many
CUT_OFF_WORTH = 12
UNRELATED_WORTH = -20  # of a paragraph on something else than the story
GAP_COST = 4  # of each piece of a gap in the story
GAP_END_COST = 15  # of each end of a gap

# A paragraph is on something else when it shares hardly a word with a story that is long enough to
# judge.
MIN_SHARED_WITH_STORY = 0.1  # of its different words
MIN_STORY_WORDS = 150  # different words

# A text without any of these kinds and with few lines is not a page but an article.
KINDS_OF_PAGES = ("furniture", "form", "comment", "list", "caption")
MAX_SHARE_OF_LINES = 0.5  # of the pieces
MAX_LINES_ABOVE = 2  # the headline and a deck; more are the navigation of a page
MAX_LINES_BELOW = 2  # more are links to other articles

NOTICE_KINDS = ("furniture", "sign-off")  # a correction may also come between paragraphs
MAX_NOTICES_BEFORE_END = 6  # pieces below the story among which its last paragraphs may be
MIN_SHARED_OF_LAST = 0.3  # of the words of such a paragraph, with the story
MIN_WORDS_OF_LAST = 12
STORY_KINDS = ("prose", "line", "list", "post", "day")  # kinds whose place decides the zone
WALL = 80  # words of prose above a head of comments from which on all below it is comments
MAX_SUBHEAD = 14  # words: a longer line is not a subhead
MIN_LINK = 9  # words: so long a line between two paragraphs is a link to another article

# A subhead has a word, or is the year in which what follows happened. Other lines are the duration
# of a recording (5:32), a size of the text (A+), the number of a picture (1 / 5).
SUBHEAD_WORD = re.compile(r"[^\W\d_]{2}|\b\d{4}\b")

MAX_HEAD_OF_LINKS = 4  # words; a longer line with such a phrase contains its link
LINKS = range(3, 25)  # words of a link below a head of links
MAX_LINKS = 12
MAX_NOTICE_PIECES = 4  # below the first line of a notice to the reader
MAX_NOTICE_WORDS = 40
CONTACT = re.compile(r"\bcontact\b", re.IGNORECASE)  # Contact Ann Bell at …

POST_HEAD_WORTH = 1  # of the time of a post of a live report, its title and its author
POST_WORTH = 15  # of a paragraph of a post, however short
CREDITS_DISTANCE = 8  # pieces above the story in which a line with a date or name belongs to it
MAX_OUTLET_LINE = 10  # words of a line that names the outlet

COMPARED_LENGTH = 20_000  # characters of a paragraph whose words are compared
SENTENCE_END_LENGTH = 20  # characters that are searched for the end of a sentence

# … he said.” · … dit-il. » · 他说。 but not: read more ...
SENTENCE_END = re.compile(r"(?<!\.\.)[.!?:。！？：．।۔؟።][\s\"'”’“‘«»」』】）)\]]*$")

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
        The articles.

    Returns
    -------
    DataFrame
        The span table passages: one row per paragraph, or per part of a paragraph that is a
        separate zone. Together, the passages contain every character except white space.

        - label: the zone: headline, byline, dateline, caption, subhead, body, sign-off, furniture,
          comment or form.
        - language: the language of the article or, if it is unknown, of the passage.
        - rule: the rule that determined the zone.

    Notes
    -----
    The story is the sequence of paragraphs, possibly with gaps, that has the greatest total worth
    (`WORTH`). Not recognised: captions without a credit next to the story; teasers and
    advertisements that are written like paragraphs on the same topic; lists of long lines.

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
                    "language": article.language or detect_language(article.text[start:end]),
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
    return list(_examine_page(text, title, outlet).zones)


class Credits(NamedTuple):
    """What a page states about itself; "" where it does not."""

    headline: str
    author: str
    outlet: str


def find_credits(text: str) -> Credits:
    """Find the headline, authors and outlet of a text.

    Parameters
    ----------
    text : str
        The text of a page.

    Returns
    -------
    Credits
        The headline and the outlet as they stand on the page; the names of the authors, separated
        by commas and not in capitals. "" for what is not known.

    Notes
    -----
    The outlet is that of the page: an agency that wrote the story is not.

    Examples
    --------
    >>> text = (
    ...     "Road closed in Ostrand\\n\\nBy ANNA BELL\\n\\n"
    ...     "The road in Ostrand was closed on Monday, the mayor told the Valley Post.\\n\\n"
    ...     "Follow the Valley Post on Facebook\\n\\n© 2021 Valley Post. All rights reserved."
    ... )
    >>> find_credits(text)
    Credits(headline='Road closed in Ostrand', author='Anna Bell', outlet='Valley Post')
    """
    return find_credits_and_zones(text)[0]


def find_credits_and_zones(text: str, title: str = "") -> tuple[Credits, tuple[Zone, ...]]:
    """Find the credits and the zones of a text, which rest on the same examination.

    Parameters
    ----------
    text : str
        The text of a page.
    title : str
        What is known of its title.

    Returns
    -------
    (Credits, tuple of Zone)
        As `find_credits` and `find_zones` return them.
    """
    page = _examine_page(text, title)
    headline = next((zone for zone in page.zones if zone.zone == "headline"), None)
    if headline is None and page.listed_title >= 0:
        headline = page.pieces[page.listed_title]
    outlet = find_outlet(text, page.pieces, page.story, page.headline, page.authors)
    printed = " ".join(text[headline.start : headline.end].split()) if headline else ""
    credits = Credits(
        headline=without_outlet(printed, outlet),
        author=_author_cell(text, page.authors, outlet),
        outlet=outlet,
    )
    return credits, page.zones


def _author_cell(text: str, authors: Authors, outlet: str) -> str:
    """Return the names of the authors as they are in the table of articles."""
    names = []
    for author in authors.names:
        name = author_name(text[author.start : author.end])
        # A line with nothing but a name may be that of the outlet.
        is_outlet = author.form in ("bare", "date") and _same_name(name, outlet)
        if not is_outlet and name not in names:
            names.append(name)
    return ", ".join(names)


def _same_name(name: str, outlet: str) -> bool:
    """Return whether two names are one, with or without their article."""
    return bool(outlet) and fold(name).removeprefix("the ") == fold(outlet).removeprefix("the ")


class _Page(NamedTuple):
    """A text with all that is known of its paragraphs."""

    pieces: list[Piece]
    story: list[bool]  # whether each piece is in it
    headline: int  # its piece; -1 if there is none
    listed_title: int  # a piece below the story with its title, if there is no headline; or -1
    authors: Authors
    zones: tuple[Zone, ...]


def _examine_page(text: str, title: str = "", outlet: str = "") -> _Page:
    """Find story, headline, authors and zones of a text."""
    pieces = [_without_false_byline(text, piece) for piece in cut_page(text)]
    words = _PieceWords(text, pieces)
    wall = _wall(pieces)
    posts = find_posts(text, pieces[:wall])
    story = _find_story(text, pieces, words, wall, posts)
    finder = HeadlineFinder(text, pieces, story, words.stems)
    headline = finder.find(title)
    if not finder.is_sure(headline) and (below := finder.find_below()) > 0:
        story = _find_story(text, pieces, words, wall, posts, start=below)
        finder = HeadlineFinder(text, pieces, story, words.stems)
        headline = finder.find(title)
    listed_title = finder.find_in_list() if headline < 0 else -1
    story = _from_headline_on(pieces, story, headline)
    post_times = {post.time for post in posts}
    authors = find_authors(text, pieces, story, headline)
    credits = _find_credits(text, pieces, story, outlet, authors)
    notices = _notices(text, pieces, authors)
    comments = _first_comment(pieces, wall)
    is_plain = _is_plain(pieces)
    prose = [number for number, piece in enumerate(pieces) if piece.kind == "prose"]
    zones = []
    for number, piece in enumerate(pieces):
        if number == headline:
            zone_and_rule = ("headline", "words of the story above it")
        elif number in post_times and story[number]:
            zone_and_rule = ("dateline", "time of a post")
        elif number in credits:
            zone_and_rule = credits[number]
        elif number in notices and story[number]:
            zone_and_rule = ("furniture", notices[number])
        else:
            is_comment = number > comments
            zone_and_rule = _zone(text, number, pieces, story[number], in_comments=is_comment)
            if is_plain and zone_and_rule[0] != "body":
                plain_zone = _zone_of_article(text, number, pieces, headline, prose)
                zone_and_rule = plain_zone or zone_and_rule
        zones.append(Zone(piece.start, piece.end, *zone_and_rule))
    zones = tuple(_without_datelines(text, zones))
    return _Page(pieces, story, headline, listed_title, authors, zones)


def _without_false_byline(text: str, piece: Piece) -> Piece:
    """Turn a byline without a name into an ordinary line: By Monday, it was gone."""
    if piece.kind != "byline" or read_author_line(text[piece.start : piece.end]).form:
        return piece
    return piece._replace(kind="line", rule="short line")


def _from_headline_on(pieces: list[Piece], story: list[bool], headline: int) -> list[bool]:
    """Return the story without what precedes its headline, unless that is most of it."""
    inside = [number for number, is_inside in enumerate(story) if is_inside]
    above = sum(pieces[number].words for number in inside if number < headline)
    below = sum(pieces[number].words for number in inside if number > headline)
    if above >= below:
        return story
    return [is_inside and number >= headline for number, is_inside in enumerate(story)]


class _PieceWords:
    """The different content words of each piece, looked up once."""

    def __init__(self, text: str, pieces: list[Piece]):
        self.text = text
        self.pieces = pieces
        self.known: dict[int, frozenset[str]] = {}

    def __getitem__(self, number: int) -> frozenset[str]:
        if number not in self.known:
            piece = self.pieces[number]
            compared_text = self.text[piece.start : piece.end][:COMPARED_LENGTH]
            words = paragraph_words(compared_text)
            # Most text has spaces between its words, which then need no closer look.
            if not compared_text.isascii():
                words = _compared_words(words)
            self.known[number] = frozenset(words) - _stopwords()
        return self.known[number]

    def stems(self, number: int) -> set[str]:
        """Return the words without their endings."""
        return {word[:STEM_LENGTH] for word in self[number]}


def _compared_words(words: tuple[str, ...]) -> Iterator[str]:
    """Yield the words; in scripts without spaces, yield all pairs of adjacent characters."""
    for word in words:
        if word.isascii() or not UNSPACED_CHARACTER.match(word):
            yield word
        else:
            yield from (word[place : place + 2] for place in range(max(len(word) - 1, 1)))


@cache
def _stopwords() -> frozenset[str]:
    """Return function words of English and other languages, which any two paragraphs share."""
    others = read_words("reading/function_words")
    return frozenset(read_words("en/text/stopwords")).union(others)


def _find_story(
    text: str,
    pieces: list[Piece],
    words: _PieceWords,
    wall: int,
    posts: list[Post],
    start: int = 0,
) -> list[bool]:
    """Return whether each piece is in the story, judged twice to exclude unrelated paragraphs.

    The story is below the piece `start` and above the comments, which begin at `wall`.
    """
    worths = [_worth(number, pieces, text) for number in range(wall)]
    if posts:
        for number in range(posts[0].time, wall):
            if pieces[number].kind == "prose":
                worths[number] = max(worths[number], POST_WORTH)
    for post in posts:
        first = post.time if post.title < 0 else post.title
        for number in range(first, post.first_text):
            worths[number] = POST_HEAD_WORTH
    worths[:start] = [min(worth, WORTH["furniture"]) for worth in worths[:start]]
    stretch = _best_stretch(worths)
    unrelated = _unrelated_paragraphs(pieces[:wall], stretch, words)
    # On most pages, all paragraphs are related, so the first judgement is final.
    if unrelated:
        for number in unrelated:
            worths[number] = UNRELATED_WORTH
        stretch = _best_stretch(worths)
    story = stretch + [False] * (len(pieces) - wall)
    if not any(story):
        # A few short sentences are a story too, and so is a table if there is nothing else.
        has_prose = any(piece.kind == "prose" for piece in pieces[:wall])
        kinds = ("prose",) if has_prose else STORY_KINDS
        story = [number < wall and piece.kind in kinds for number, piece in enumerate(pieces)]
    story = _with_last_paragraphs(text, pieces, story, wall, words)
    return _without_author_notes(text, pieces, story)


def _is_plain(pieces: list[Piece]) -> bool:
    """Return whether a text is an article without anything of a web page around it.

    On such a text, a paragraph that shares no word with the others is not a teaser, but the first
    or last words of a column.
    """
    if any(piece.kind in KINDS_OF_PAGES for piece in pieces):
        return False
    prose = [number for number, piece in enumerate(pieces) if piece.kind == "prose"]
    if not prose:
        return False
    lines = sum(piece.kind == "line" for piece in pieces)
    lines_above = sum(piece.kind == "line" for piece in pieces[: prose[0]])
    lines_below = sum(piece.kind == "line" for piece in pieces[prose[-1] :])
    return (
        lines <= MAX_SHARE_OF_LINES * len(pieces)
        and lines_above <= MAX_LINES_ABOVE
        and lines_below <= MAX_LINES_BELOW
    )


def _with_last_paragraphs(
    text: str, pieces: list[Piece], story: list[bool], wall: int, words: _PieceWords
) -> list[bool]:
    """Extend the story by related paragraphs that only a notice separates from it.

    One paragraph alone is not worth a gap in the story; a teaser of another story shares less.
    """
    inside = [number for number, is_inside in enumerate(story) if is_inside]
    if not inside:
        return story
    story_words = set().union(*(words[number] for number in inside))
    below_notice: set[int] = set()
    extended = list(story)
    for number in range(inside[-1] + 1, min(inside[-1] + MAX_NOTICES_BEFORE_END, wall)):
        piece = pieces[number]
        if piece.opens == "notice":
            below_notice.update(_notice_below(text, pieces, number))
        if number in below_notice or (piece.kind in NOTICE_KINDS and piece.is_phrase):
            continue
        shared = len(words[number] & story_words)
        belongs = shared >= MIN_SHARED_OF_LAST * len(words[number]) and shared > 1
        ending = max(piece.end - SENTENCE_END_LENGTH, piece.start)
        is_sentence = SENTENCE_END.search(text, ending, piece.end) is not None
        is_long = piece.kind == "prose" and piece.words >= MIN_WORDS_OF_LAST
        if not is_long or not is_sentence or not belongs:
            break
        extended[number] = True
    return extended


def _notices(text: str, pieces: list[Piece], authors: Authors) -> dict[int, str]:
    """Return the lines below the start of notices and lists of links, and notes on authors."""
    notices = {}
    names = {fold(text[author.start : author.end]) for author in authors.names}
    for number, piece in enumerate(pieces):
        if piece.opens == "links" and piece.words <= MAX_HEAD_OF_LINKS:
            for other in _links_below(text, pieces, number):
                notices[other] = "link below a head of links"
        elif piece.opens == "notice":
            for other in _notice_below(text, pieces, number):
                notices[other] = "rest of a notice to the reader"
        elif piece.kind == "prose" and piece.words <= MAX_NOTICE_WORDS:
            note = AUTHOR_NOTE.match(text, piece.start, piece.end)
            if not note:
                continue
            is_author = fold(note["name"].strip()) in names
            if is_author or _has_contact_below(text, pieces, number):
                notices[number] = "note on the author"
    return notices


def _has_contact_below(text: str, pieces: list[Piece], number: int) -> bool:
    """Return whether the next line is furniture that says how to contact the author."""
    below = pieces[number + 1 : number + 2]
    return any(
        piece.is_phrase and CONTACT.search(text, piece.start, piece.end) is not None
        for piece in below
    )


def _links_below(text: str, pieces: list[Piece], head: int) -> list[int]:
    """Return the lines right below a head of links."""
    links = []
    for number in range(head + 1, min(head + 1 + MAX_LINKS, len(pieces))):
        piece = pieces[number]
        asks = piece.kind == "prose" and text[piece.end - 1] in "?!"
        is_link = piece.kind in ("line", "list") or asks
        if not is_link or piece.words not in LINKS:
            break
        links.append(number)
    return links


def _notice_below(text: str, pieces: list[Piece], first: int) -> list[int]:
    """Return the lines right below the first of a notice that go on speaking to the reader."""
    lines = []
    for number in range(first + 1, min(first + 1 + MAX_NOTICE_PIECES, len(pieces))):
        piece = pieces[number]
        line = text[piece.start : piece.end]
        if piece.kind not in ("prose", "line"):
            break
        if not _speaks_to_reader(line) or piece.words > MAX_NOTICE_WORDS:
            break
        lines.append(number)
    return lines


def _speaks_to_reader(line: str) -> bool:
    """Return whether a line is addressed to the reader and is no quotation."""
    is_quotation = any(mark in line for mark in '“”"«»„')
    words = words_of("en/page/reader_words")
    return not is_quotation and not words.isdisjoint(folded_words(line))


def _wall(pieces: list[Piece]) -> int:
    """Return the start of the comments: the first comment heading or form below enough prose."""
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


def _first_comment(pieces: list[Piece], wall: int) -> int:
    """Return the first head of comments at the wall or below; all that follows is comments."""
    for number in range(wall, len(pieces)):
        if pieces[number].kind == "comment":
            return number
    return len(pieces)


def _worth(number: int, pieces: list[Piece], text: str) -> float:
    """Return the worth of a piece for the story, in words of prose."""
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
    """Return the pieces right above and below; only one at the ends of a page."""
    return pieces[max(number - 1, 0) : number] + pieces[number + 1 : number + 2]


def _best_stretch(worths: list[float]) -> list[bool]:
    """Return the extent of the story: the sequence of greatest worth (Viterbi path).

    Each piece is above the story, in it, in a gap of it or below it. The best worth of a sequence
    that ends in each of these states follows from those that end one piece earlier; above the
    story it is always 0. The states are spelled out because loops over them took three times as
    long.
    """
    never = float("-inf")
    above = 0.0
    story = never
    gap = never
    below = 0.0
    origins: list[dict[str, str]] = []  # the state of the piece above, by the state of each piece
    for worth in worths:
        origin = {"above": "above", "story": "story", "gap": "gap", "below": "below"}
        story_before = story
        if gap - GAP_END_COST > story:
            origin["story"] = "gap"
            story = gap - GAP_END_COST
        if above > story:
            origin["story"] = "above"
            story = above
        story += worth
        if story_before - GAP_END_COST > gap:
            origin["gap"] = "story"
            gap = story_before - GAP_END_COST
        gap -= GAP_COST
        if story_before > below:
            origin["below"] = "story"
            below = story_before
        origins.append(origin)
    # A page does not end in a gap.
    last_states = {"story": story, "below": below, "above": above}
    state = max(last_states, key=last_states.__getitem__)
    in_story = []
    for origin in reversed(origins):
        in_story.append(state == "story")
        state = origin[state]
    return in_story[::-1]


def _unrelated_paragraphs(pieces: list[Piece], story: list[bool], words: _PieceWords) -> list[int]:
    """Return the paragraphs that have hardly a word in common with the rest of the story."""
    prose = [number for number, piece in enumerate(pieces) if piece.kind == "prose"]
    uses = Counter(chain.from_iterable(words[number] for number in prose if story[number]))
    if len(uses) < MIN_STORY_WORDS:
        return []
    story_words = uses.keys()
    # Words that a paragraph of the story shares with another one: one use is its own.
    repeated_words = {word for word, times in uses.items() if times > 1}
    unrelated = []
    for number in prose:
        shared = words[number] & (repeated_words if story[number] else story_words)
        if len(shared) < MIN_SHARED_WITH_STORY * len(words[number]):
            unrelated.append(number)
    return unrelated


def _without_author_notes(text: str, pieces: list[Piece], story: list[bool]) -> list[bool]:
    """Return the story without the paragraphs at its end that introduce the author."""
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


def _zone(
    text: str, number: int, pieces: list[Piece], inside: bool, in_comments: bool
) -> tuple[str, str]:
    """Return the zone of a piece and the rule: by its words or else by its position."""
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
    if not SUBHEAD_WORD.search(text, piece.start, piece.end):
        return "furniture", "line without a word"
    neighbours = _neighbours(number, pieces)
    is_between_prose = neighbours and all(other.kind == "prose" for other in neighbours)
    if piece.words >= MIN_LINK and is_between_prose:
        return "furniture", "long line between two paragraphs"
    return "subhead" if piece.words <= MAX_SUBHEAD else "body", "short line in the story"


def _zone_of_article(
    text: str, number: int, pieces: list[Piece], headline: int, prose: list[int]
) -> tuple[str, str] | None:
    """Return the zone of a piece in a text that is only an article; None if its look decides it.

    `prose` are the numbers of its paragraphs, in order.
    """
    piece = pieces[number]
    rule = f"{piece.rule} of a text that is only an article"
    if number < headline or AUTHOR_NOTE.match(text, piece.start, piece.end):
        return None
    if piece.kind == "line" and _speaks_to_reader(text[piece.start : piece.end]):
        return None
    if piece.kind in ("prose", "post"):
        return "body", rule
    if piece.kind != "line":
        return None
    if 0 <= headline < number < prose[0]:
        return "subhead", "line below the headline"
    ending = max(piece.end - SENTENCE_END_LENGTH, piece.start)
    is_inside = prose[0] < number < prose[-1]
    if is_inside and (piece.words > MAX_SUBHEAD or SENTENCE_END.search(text, ending, piece.end)):
        return "body", rule
    if is_inside and SUBHEAD_WORD.search(text, piece.start, piece.end):
        return "subhead", rule
    return None


def _first_of_story(story: list[bool]) -> int:
    """Return the first piece of the story; 0 if there is none."""
    return next((number for number, inside in enumerate(story) if inside), 0)


def _find_credits(
    text: str, pieces: list[Piece], story: list[bool], outlet: str, authors: Authors
) -> dict[int, tuple[str, str]]:
    """Return the zone and rule of the lines with author and date of the story."""
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
    # A byline or sign-off that is recognised by its own words keeps its rule.
    for number in authors.bylines:
        if pieces[number].kind != "byline":
            credits.setdefault(number, ("byline", "names of authors"))
    for number in authors.sign_offs:
        # Names at the end of a paragraph of the story do not make it a sign-off.
        is_story = pieces[number].kind == "prose" and story[number]
        if pieces[number].kind != "sign-off" and not is_story:
            credits.setdefault(number, ("sign-off", "names of authors"))
    return credits


def _without_datelines(text: str, zones: list[Zone]) -> Iterator[Zone]:
    """Yield the zones, with bylines and datelines separated from their first sentence."""
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
    """Return the ends of a byline and a dateline at the start of a paragraph."""
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
    """Return the dateline at the start of a paragraph; later ones need an agency."""
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
