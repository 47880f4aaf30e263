"""The lines above the posts of a live report: a time, perhaps with a date, a name or a title.

Two forms are distinguished. Consecutive lines that consist only of a time always mark posts. Lines
that contain a time and something else, or a time below a title, could also belong to a list of
other articles; they mark posts only if the posts are the main text of the page.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from clippings.core.lexicon import either, read_alternatives, read_lexicon, read_words, split_cell
from clippings.corpus.paragraphs import CALENDAR_DAY, Piece

MIN_POSTS = 3  # minimum number of posts in a live report
MAX_POST_PIECES = 12  # between two times
MAX_TIME_LINE = 80  # characters
MAX_TIME_LINE_WORDS = 12
MAX_WORDS_WITHOUT_DIGIT = 5  # il y a une heure
DIGIT = re.compile(r"\d")
RELATIVE_TIMES = "reading/relative_times"
MAX_HEAD_PIECES = 3  # below the time: title, name of the author, button
MAX_CACHED_LINES = 20_000  # lines of at most `MAX_TIME_LINE` characters
NO_TEXT = ("furniture", "caption", "form")  # kinds that also appear between paragraphs of a post

_WEEKDAY = either(
    {
        *read_words("en/time/words", kind="weekday"),
        *read_words("en/time/words", kind="weekday_short"),
    }
)
_DATE = rf"""
    (?: (?:{_WEEKDAY})\.?,?\s )?                       # Tue, Tuesday
    (?: {CALENDAR_DAY} (?:,?\s\d{{4}})?                # 6 Nov 2018, November 6, 2018
      | \d{{4}}-\d\d-\d\d                              # 2018-11-06
      | \d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}            # 06.11.2018
    )
"""
_ZONE = r"(?:(?-i:[A-Z]{2,4})|Uhr|hrs|hours|Z|local\stime)"  # GMT, but not Ann
_CLOCK = rf"""
    (?: \d{{1,2}} [:.h] [0-5]\d (?::[0-5]\d)? (?:\s?[ap]\.?m\b\.?)?    # 18:45, 6.45pm, 18:45:02
      | \d{{1,2}} \s? [ap]\.?m\b\.?                                    # 6 pm
      | [0-2]\d[0-5]\d \s? (?=(?:GMT|UTC|CET|BST|EST|EDT|hrs|hours)\b) # 1845 GMT
    )
    (?: \s?{_ZONE}\b )? (?: \s?\([^)]{{2,15}}\) )?                     # GMT, Uhr (19:45 CET)
"""


def _relative_times() -> list[str]:
    """Return a pattern for each language: 1 hr 2 min ago, vor einer Stunde, just now."""
    patterns = []
    for row in read_lexicon(RELATIVE_TIMES):
        words = {column: either(split_cell(cell)) for column, cell in row.items()}
        number = rf"(?:\d+|{words['numbers']})" if row["numbers"] else r"\d+"
        before = rf"{words['before']}\s" if row["before"] else ""
        amount = rf"{number}\s?{words['units']}"
        if row["after"]:
            optional_before = rf"(?:{before})?"
            patterns.append(rf"{optional_before}(?:{amount}\.?\s?){{1,2}}{words['after']}\b")
        else:
            patterns.append(rf"{before}{amount}\b\.?")
        if row["alone"]:
            patterns.append(words["alone"])
    return patterns


_AGO = f"(?:{'|'.join(_relative_times())})"
_RELATIVE_DAY = either(read_alternatives(RELATIVE_TIMES, "days"))
_AT = either(read_alternatives(RELATIVE_TIMES, "at"))
_TIME = rf"""
    (?: (?:{_DATE}|{_RELATIVE_DAY}) [\s,|·–—-]* (?:{_AT}\s)? {_CLOCK}   # 6 Nov, 18:45
      | {_CLOCK} [\s,|·–—-]* (?:on\s)? (?:{_DATE}|{_RELATIVE_DAY})            # 6 pm, Tue 6 Nov
      | {_CLOCK}
      | {_AGO}
    )
"""
TIME_LINE = re.compile(
    rf"""
    \W* (?: (?:posted|published|updated|added|update)\s?:?\s(?:at\s|on\s)? )?
    {_TIME} \W*
    """,
    re.IGNORECASE | re.VERBOSE,
)
LINE_WITH_TIME = re.compile(
    rf"""
    \W* {_TIME} (?: \s*[|·:–—-]\s* | \s+ ) [^.!?]+   # 16.20 Ann Bell, 09:42 | Bridge closed
    | [^.!?]+ [\s|·,:–—-] {_TIME} \W*                 # Ann Bell, 16:20
    """,
    re.IGNORECASE | re.VERBOSE,
)


class Post(NamedTuple):
    """A post of a live report, by numbers of pieces."""

    time: int  # the line with its time
    first_text: int  # its first paragraph
    title: int  # the line right above the time that is its title; -1 if there is none


def find_posts(text: str, pieces: list[Piece]) -> list[Post]:
    """Find the posts of a live report.

    Parameters
    ----------
    text : str
        The text of a page.
    pieces : list of Piece
        Its paragraphs.

    Returns
    -------
    list of Post
        In order of place; empty if the page is not a live report. Each is known by the line with
        its time.

    Notes
    -----
    Posts follow right on each other, the latest first or last. Not found: posts whose time stands
    in the same paragraph as their text, or below it; these are paragraphs like others.

    Examples
    --------
    >>> from clippings.corpus.paragraphs import cut_page
    >>> text = "18:45\\n\\nThe road is shut, police say.\\n\\n" * 3
    >>> [(post.time, post.first_text) for post in find_posts(text, cut_page(text))]
    [(0, 1), (2, 3), (4, 5)]
    """
    candidates = [
        number for number, piece in enumerate(pieces[:-1]) if _may_be_time_line(text, piece)
    ]
    if len(candidates) < MIN_POSTS:
        return []
    lines = {number: text[pieces[number].start : pieces[number].end] for number in candidates}
    times = [number for number, line in lines.items() if _is_time_line(line)]
    posts = _longest_run(pieces, times, has_titles=False)
    if posts:
        return posts
    with_time = [number for number, line in lines.items() if _is_line_with_time(line)]
    times = sorted({*times, *with_time})
    for has_titles in (False, True):
        posts = _longest_run(pieces, times, has_titles=has_titles)
        if posts and _are_main_text(pieces, posts):
            return posts
    return []


def _may_be_time_line(text: str, piece: Piece) -> bool:
    """Return whether a piece is a short line with a digit, or short enough for "Just now"."""
    if piece.kind not in ("line", "day", "byline"):
        return False
    if piece.end - piece.start > MAX_TIME_LINE or piece.words > MAX_TIME_LINE_WORDS:
        return False
    return piece.words <= MAX_WORDS_WITHOUT_DIGIT or bool(
        DIGIT.search(text, piece.start, piece.end)
    )


# Lines of menus repeat on all pages of a site, and the patterns are slow.
@lru_cache(maxsize=MAX_CACHED_LINES)
def _is_time_line(line: str) -> bool:
    """Return whether a line contains only a time."""
    return TIME_LINE.fullmatch(line) is not None


@lru_cache(maxsize=MAX_CACHED_LINES)
def _is_line_with_time(line: str) -> bool:
    """Return whether a line contains a time and something else."""
    return LINE_WITH_TIME.fullmatch(line) is not None


def _longest_run(pieces: list[Piece], times: list[int], has_titles: bool) -> list[Post]:
    """Return the longest sequence of posts below these lines; none if it is too short."""
    posts: list[Post] = []
    runs: list[list[Post]] = [posts]
    for number in times:
        title = number - 1 if has_titles and _is_title(pieces, number - 1) else -1
        first_of_post = number if title < 0 else title
        if posts and not _is_post(pieces[posts[-1].time + 1 : first_of_post]):
            posts = []
            runs.append(posts)
        first_text = _first_text(pieces, number)
        if first_text > 0:
            posts.append(Post(number, first_text, title))
    longest = max(runs, key=len)
    return longest if len(longest) >= MIN_POSTS else []


def _first_text(pieces: list[Piece], time: int) -> int:
    """Return the first paragraph of a post, below its title and author; -1 without one."""
    for number in range(time + 1, min(time + 1 + MAX_HEAD_PIECES, len(pieces))):
        if pieces[number].kind == "prose":
            return number
        if pieces[number].kind not in ("line", "byline", *NO_TEXT):
            break
    return -1


def _is_title(pieces: list[Piece], number: int) -> bool:
    """Return whether a piece is a line that could be the title of the post below."""
    return number > 0 and pieces[number].kind == "line"


def _is_post(between: list[Piece]) -> bool:
    """Return whether the text between two times is one post, which ends with prose."""
    if not between or len(between) > MAX_POST_PIECES:
        return False
    last = next((piece for piece in reversed(between) if piece.kind not in NO_TEXT), None)
    return last is not None and last.kind in ("prose", "list", "post")


def _are_main_text(pieces: list[Piece], posts: list[Post]) -> bool:
    """Return whether posts are most of the prose of a page up to the last of them."""
    above = sum(piece.words for piece in pieces[: posts[0].time] if piece.kind == "prose")
    inside = pieces[posts[0].time : posts[-1].first_text + 1]
    return sum(piece.words for piece in inside if piece.kind == "prose") > above
