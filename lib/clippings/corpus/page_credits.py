"""Find the authors of a story in the lines around its headline or in the sign-off at its end."""

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from clippings.core.lexicon import any_of, either, words_of
from clippings.core.tokens import fold, folded_words
from clippings.corpus.author_lines import (
    CAPITAL,
    NO_AUTHORS,
    AuthorLine,
    NameSpan,
    byline_terms,
    is_name,
    read_author_line,
    read_credit,
)
from clippings.corpus.paragraphs import Piece

PIECES_ABOVE_HEADLINE = 4  # that are searched for a byline: some sites print it there
PIECES_BELOW_HEADLINE = 40  # galleries and share buttons come between headline and byline
# Words of a line of names that the page has in small letters, too: it is a title, not names.
MIN_WORDS_OF_TITLE = 2
MIN_SHARE_OF_TITLE = 0.4
LONG_PROSE = 18  # words of a paragraph that is the story itself, not a standfirst
# The byline is above the story, or below its first paragraph, which may be a standfirst.
PROSE_ABOVE_BYLINE = 2
# Pieces between a bare name and the date, post or headline that shows whose name it is.
MAX_PIECES_TO_CREDIT = 2
PIECES_BELOW_STORY = 12  # that are searched for a sign-off
PIECES_OF_ENDING = 3  # the last ones of the story, which may contain the sign-off too
LENGTH_OF_SIGN_OFF = 240  # characters at the end of a paragraph in which one is looked for
MAX_LABELLED_NAME = 5  # words of a line below "Author:" that is a name whatever it looks like
MAX_POST_LINE = 8  # words of the line below a name that states a job title or address

STRONG_FORMS = ("by", "label", "post", "date", "house")

# A sign-off that names reporters: (Reporting by Ann Bell; editing by Cy Dee)
REPORTING = re.compile(
    r"(?:^|[.;(\[”\"]\s?)\W*(?:reporting|reported|written|story)\s(?:and\s\w+\s)?by:?\s+(?=\S)"
    r"|^\W*(?:reporters?|authors?|byline|writers?)\s*:\s*(?=\S)",
    re.IGNORECASE,
)
DASHED_NAME = re.compile(  # — Ann Bell in Ostrand
    rf"(?:^|(?<=[.!?”\"]\s))(?:[—–]|--?)\s?(?=[{CAPITAL}])"
)
REPORTED_FROM = re.compile(  # Ann Bell reported from Ostrand and Cy Dee from Tolmere.
    rf"\W*(?P<names>[{CAPITAL}].{{3,60}}?)\s(?:reports|reported)\sfrom\s"
)
AUTHOR_NOTE = re.compile(  # Ann Bell (@bell) is a senior reporter for the Post.
    rf"""
    \W* (?P<name>(?:[{CAPITAL}][\w.'’-]+\s){{1,4}})       # Ann Bell
    (?:\([^)]{{1,60}}\)\s)?                           # (@bell)
    (?:is|was|are)\s(?:an?|the)\b                     # is a
    [^.!?]{{0,90}}                                    # senior
    \b{any_of("en/page/newsroom_roles", "person")}s?\b
    """,
    re.VERBOSE,
)
# The byline of Korean pages, a name before its post: [Outlet=홍길동 기자], 홍길동 기자 = …
KOREAN_BYLINE = re.compile(
    rf"""
    ^\W* (?: [^=\n]{{2,20}} = \s? (?:[\uac00-\ud7af]+\s)?? )?   # outlet or place, and profession
    (?P<name> [\uac00-\ud7af]{{2,4}}? )
    (?: \s? {either(byline_terms("position"))}              # reporter, correspondent, columnist
      | (?<==...)의\s | (?<=\s...)의\s )                        # Hong's column
    """,
    re.VERBOSE,
)
ADDRESS = re.compile(r"@\w|\b(?:e-?mail|twitter|follow)\b", re.IGNORECASE)


class Author(NamedTuple):
    """A name of an author: its span in the text, and how the page names it."""

    start: int
    end: int
    form: str


class Authors(NamedTuple):
    """The authors of a page, and the pieces that name them."""

    names: tuple[Author, ...] = ()
    bylines: frozenset[int] = frozenset()  # numbers of pieces above the story
    sign_offs: frozenset[int] = frozenset()  # numbers of pieces below it


def find_authors(text: str, pieces: list[Piece], story: list[bool], headline: int) -> Authors:
    """Find the authors of a page.

    Parameters
    ----------
    text : str
        The text of a page.
    pieces : list of Piece
        Its paragraphs, as `cut_page` gives them.
    story : list of bool
        Whether each is in the story.
    headline : int
        The number of the headline; -1 if there is none.

    Returns
    -------
    Authors
        The names in order of place. Reporters of a sign-off count only where no person is named at
        the top; editors, translators and photographers never do.

    Notes
    -----
    Not found: authors that only a picture or the name of an account reveals.
    """
    reader = _Lines(text, pieces)
    head = _head(pieces, story, headline)
    top = _strong_lines(reader, head) or _bare_names(reader, head, story, headline)
    names_persons = any(author.form != "house" for author in top.names)
    if names_persons:
        return top
    if not top.names and (korean := _korean_byline(reader, story)):
        return Authors((korean,))
    end = _sign_offs(reader, story)
    names_persons = any(is_name(text[author.start : author.end]) for author in end.names)
    # "Valley Post staff" at the top and "reporting by the regional desk" below say the same.
    if names_persons or not top.names:
        return Authors(end.names, top.bylines, end.sign_offs)
    return Authors(top.names, top.bylines, end.sign_offs)


class _Lines:
    """The pieces of a page, read as lines of authors once each."""

    def __init__(self, text: str, pieces: list[Piece]):
        self.text = text
        self.pieces = pieces
        self.known: dict[int, AuthorLine] = {}

    def line(self, number: int) -> str:
        """Return the text of a piece."""
        piece = self.pieces[number]
        return self.text[piece.start : piece.end]

    def read(self, number: int) -> AuthorLine:
        """Return the authors that a piece names."""
        if number not in self.known:
            kind = self.pieces[number].kind
            is_line = kind in ("line", "byline", "day", "sign-off", "list")
            author_line = read_author_line(self.line(number)) if is_line else NO_AUTHORS
            # A sign-off names authors by a label only: "with agencies" is not one.
            if kind == "sign-off" and author_line.form not in ("label", "nothing"):
                author_line = NO_AUTHORS
            self.known[number] = author_line
        return self.known[number]

    def authors(self, number: int, names: tuple, form: str) -> list[Author]:
        """Return the names in a piece with their offsets in the text."""
        shift = self.pieces[number].start
        return [Author(start + shift, end + shift, form) for start, end in names]


def _head(pieces: list[Piece], story: list[bool], headline: int) -> list[int]:
    """Return the numbers of the pieces that are searched for a byline."""
    first = next((number for number, inside in enumerate(story) if inside), 0)
    top = headline if headline >= 0 else max(first - PIECES_ABOVE_HEADLINE, 0)
    numbers = list(range(max(top - PIECES_ABOVE_HEADLINE, 0), top))
    prose = 0
    for number in range(top, min(max(top, first) + PIECES_BELOW_HEADLINE, len(pieces))):
        is_text = pieces[number].kind == "prose" and pieces[number].words >= LONG_PROSE
        if is_text and number >= first:
            prose += 1
        if prose >= PROSE_ABOVE_BYLINE:
            break
        numbers.append(number)
    # First what follows the headline, then, from the nearest on, what precedes it.
    below = [number for number in numbers if number > headline]
    above = [number for number in numbers if number < headline]
    return below + above[::-1]


def _strong_lines(lines: _Lines, head: list[int]) -> Authors | None:
    """Return the first group of consecutive lines that name authors explicitly."""
    names: list[Author] = []
    bylines: set[int] = set()
    last = None
    for number in head:
        is_near = last is None or abs(number - last) <= MAX_PIECES_TO_CREDIT
        if not is_near:
            break
        author_line = lines.read(number)
        form = author_line.form
        printed_names = author_line.names
        if form == "nothing" and (below := _name_below(lines, number)):
            bylines.add(number)
            number, printed_names, form = below
        if form not in STRONG_FORMS or _is_menu(lines, number, printed_names):
            continue
        # Persons take precedence over a part of the house: "Valley Post staff / By Ann Bell".
        if names and form == "house":
            continue
        if names and all(author.form == "house" for author in names) and form != "house":
            names = []
        if last is not None and number in bylines:
            continue
        names.extend(lines.authors(number, printed_names, form))
        bylines.add(number)
        last = number
    if not names:
        return None
    return Authors(_without_repeats(lines.text, names), frozenset(bylines))


def _name_below(lines: _Lines, number: int) -> tuple[int, tuple, str] | None:
    """Return the names on the line below a label that has a line to itself."""
    if number + 1 >= len(lines.pieces):
        return None
    below = lines.read(number + 1)
    if below.names:
        return number + 1, below.names, "label"
    # Whatever a label announces is a name, if it looks like one at all.
    line = lines.line(number + 1)
    words = line.split()
    is_title = len(words) <= MAX_LABELLED_NAME and all(word[:1].isupper() for word in words)
    is_line = lines.pieces[number + 1].kind in ("line", "byline")
    if is_title and is_line and not set(folded_words(line)) & _section_words():
        return number + 1, (NameSpan(0, len(line)),), "label"
    return None


@cache
def _section_words() -> frozenset[str]:
    return words_of("en/page/section_words")


@cache
def _house_terms() -> frozenset[str]:
    return frozenset(fold(term) for term in byline_terms("house"))


def _is_menu(lines: _Lines, number: int, names: tuple) -> bool:
    """Return whether a name is one of the menu: Latest News, Boys Swimming."""
    line = lines.line(number)
    for start, end in names:
        words = folded_words(line[start:end])
        if words and all(word in _section_words() for word in words):
            # Staff, Staff Reports, Editorial: words of menus, and of newsrooms that sign.
            return " ".join(words) not in _house_terms()
    return False


def _bare_names(lines: _Lines, head: list[int], story: list[bool], headline: int) -> Authors:
    """Return the first line of bare names that its context confirms as authors."""
    for number in head:
        author_line = lines.read(number)
        # The labels of sections, which look like names, are above the headline.
        if author_line.form != "bare" or number <= headline:
            continue
        line = lines.line(number)
        names = [line[start:end] for start, end in author_line.names]
        words = set(folded_words(" ".join(names)))
        if words & _section_words() or has_words_in_small_letters(lines.text, names):
            continue
        is_above_story = not any(story[: number + 1])
        if _is_shown_to_be_author(lines, number, names, headline if is_above_story else -1):
            return Authors(
                tuple(lines.authors(number, author_line.names, "bare")), frozenset((number,))
            )
    return Authors()


def has_words_in_small_letters(text: str, names: list[str]) -> bool:
    """Return whether a text has many words of some names in small letters, too.

    Parameters
    ----------
    text : str
        The text of a page.
    names : list of str
        What looks like names.

    Returns
    -------
    bool
        True for headlines in title case: Central Bank Raises Rate, Cites Inflation.
    """
    all_words = " ".join(names).split()
    words = {word.strip(".,;:!?’'") for word in all_words if word[0].isupper()}
    # The pattern is slow, and most words of names are nowhere in small letters.
    in_small_letters = [
        word
        for word in words
        if word.lower() in text and re.search(rf"(?<!\S){re.escape(word.lower())}\b", text)
    ]
    is_several = len(in_small_letters) >= MIN_WORDS_OF_TITLE
    return is_several and len(in_small_letters) >= MIN_SHARE_OF_TITLE * len(words)


def _is_shown_to_be_author(lines: _Lines, number: int, names: list[str], headline: int) -> bool:
    """Return whether a nearby date or post, or another mention, confirms a bare name."""
    last = min(number + MAX_PIECES_TO_CREDIT, len(lines.pieces) - 1)
    for other in range(max(number - 1, 0), last + 1):
        if other == number:
            continue
        piece = lines.pieces[other]
        if piece.kind == "day":
            return True
        is_short = piece.words <= MAX_POST_LINE and piece.kind in ("line", "byline")
        if other > number and is_short and _is_post(lines.line(other)):
            return True
    if headline < 0 or not headline < number:
        return False
    if all(lines.text.count(name) > 1 for name in names):
        return True
    # Common Sense, Economic Scene: the page has such words in small letters, too.
    words = set(" ".join(names).split())
    is_title = any(re.search(rf"\b{re.escape(word.lower())}\b", lines.text) for word in words)
    return number - headline <= MAX_PIECES_TO_CREDIT and not is_title


def _is_post(line: str) -> bool:
    """Return whether a line below a name gives a post or an address: News reporter @bell."""
    words = {word.rstrip("s") for word in folded_words(line)}
    return bool(words & words_of("en/page/newsroom_roles")) or ADDRESS.search(line) is not None


def _korean_byline(lines: _Lines, story: list[bool]) -> Author | None:
    """Return the author of a Korean page, named before a post in the first paragraph."""
    first = next((number for number, inside in enumerate(story) if inside), 0)
    for number in range(max(first - PIECES_ABOVE_HEADLINE, 0), min(first + 2, len(lines.pieces))):
        if byline := KOREAN_BYLINE.match(lines.line(number)):
            return lines.authors(number, (NameSpan(*byline.span("name")),), "by")[0]
    return None


def _sign_offs(lines: _Lines, story: list[bool]) -> Authors:
    """Return the authors that sign at the end of the story."""
    inside = [number for number, is_inside in enumerate(story) if is_inside]
    if not inside:
        return Authors()
    last = inside[-1]
    end = min(last + PIECES_BELOW_STORY, len(lines.pieces) - 1)
    numbers = [*inside[-PIECES_OF_ENDING:], *range(last + 1, end + 1)]
    notes = []
    for number in numbers:
        names, form = _signed_by(lines, number, is_below=number > last)
        if not names:
            continue
        authors = Authors(
            tuple(lines.authors(number, names, form)),
            sign_offs=frozenset((number,)) if form != "note" else frozenset(),
        )
        if form != "note":
            return authors
        notes.append(authors)
    return notes[0] if notes else Authors()


def _signed_by(lines: _Lines, number: int, is_below: bool) -> tuple[tuple, str]:
    """Return the names with which one piece signs the story, and how."""
    piece = lines.pieces[number]
    line = lines.line(number)
    ending = max(len(line) - LENGTH_OF_SIGN_OFF, 0)
    if piece.kind in ("post", "list"):
        return (), ""  # a dash begins the signature of a post, and an item
    for pattern in (REPORTING, DASHED_NAME):
        for match in pattern.finditer(line, ending):
            names = read_credit(line, match.end())
            # A dash before a sentence is not a signature: names, a place and an outlet follow one.
            rest = line[names[-1][1] :] if names else ""
            is_signature = pattern is REPORTING or not re.search(r"\s[a-z]{4,}", rest)
            is_person = all(is_name(line[start:end].rstrip(".")) for start, end in names)
            if names and is_signature and (is_person or pattern is REPORTING):
                return names, "sign-off"
    if piece.kind != "prose" and is_below:
        author_line = lines.read(number)
        if author_line.form in ("by", "label"):
            return author_line.names, "sign-off"
        if author_line.form == "nothing" and (below := _name_below(lines, number)):
            shift = lines.pieces[below[0]].start - piece.start
            names = tuple(NameSpan(start + shift, end + shift) for start, end in below[1])
            return names, "sign-off"
    if from_place := REPORTED_FROM.match(line):
        names = read_credit(line, from_place.start("names"))
        if names and is_name(line[slice(*names[0])]):
            return names, "sign-off"
    if note := AUTHOR_NOTE.match(line):
        name = note["name"].rstrip()
        if is_name(name):
            start = note.start("name")
            return (NameSpan(start, start + len(name)),), "note"
    return (), ""


def _without_repeats(text: str, names: list[Author]) -> tuple[Author, ...]:
    """Return each name once, at its first position."""
    first = Counter()
    different = []
    for author in sorted(names):
        key = fold(text[author.start : author.end])
        if not first[key]:
            different.append(author)
        first[key] += 1
    return tuple(different)
