"""Words and search terms as spans over text that is never changed.

One pattern for words serves counting, matching and display.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import cache

from clippings.core.errors import BadInput

WORD = re.compile(
    r"((?<!\w)(?:[^\W\d_]\.){2,}(?:[-‑]\w+)*"  # U.S., a.m., U.S.-led
    r"|\d+(?:[.,]\d+)+(?:[-‑]\w+)*"  # 1,000 and 3.5
    r"|\w+(?:(?:[-‑]|['’](?!s\b))\w+)*)"  # al-Hussein, don't
    r"(?:['’]s\b)?"  # a possessive belongs to no word
)


def word_spans(text: str, shift: int = 0) -> list[tuple[int, int]]:
    """Where the words of a text are.

    In: a text; shift, added to every offset. Out: (start, end) pairs in order. Raises: nothing.
    Misses: scripts that put no spaces between words (a run of them is one word).
    Source: own pattern, above.
    Example:
        >>> [t[s:e] for t in ["Rome’s U.S.-led 1,000"] for s, e in word_spans(t)]
        ['Rome', 'U.S.-led', '1,000']
    """
    return [(match.start(1) + shift, match.end(1) + shift) for match in WORD.finditer(text)]


def fold(word: str) -> str:
    """A word as it is compared: compatibility forms, case and curly apostrophes levelled.

    In: a word or phrase. Out: its folded form, which may differ in length. Raises: nothing.
    Misses: accents stay ("café" is not "cafe"). Source: Unicode NFKC and case folding.
    Example:
        >>> fold("Don’t") == fold("DON'T")
        True
    """
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", word).casefold().replace("’", "'")


def folded_words(text: str) -> list[str]:
    """The words of a text, folded, in order.

    In: a text. Out: strings. Raises: nothing. Misses: as word_spans and fold. Source: both.
    Example:
        >>> folded_words("The City’s mayor")
        ['the', 'city', 'mayor']
    """
    return [fold(match[1]) for match in WORD.finditer(text)]


def several(number: int, noun: str) -> str:
    """A number with its noun. Example:
    >>> several(1, "article"), several(2000, "article")
    ('1 article', '2,000 articles')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def enclosing(spans: list[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """The span that holds a place.

    In: spans in order that do not overlap; an offset. Out: the span, or None. Raises: nothing.
    Misses: with overlapping spans, all but the last that starts before. Source: binary search.
    Example:
        >>> enclosing([(0, 4), (5, 9)], 6), enclosing([(0, 4), (5, 9)], 4)
        ((5, 9), None)
    """
    number = bisect_right(spans, (at, float("inf"))) - 1
    return spans[number] if number >= 0 and at < spans[number][1] else None


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks at its ends (offsets move, the text does not).

    In: text and a span. Out: the span trimmed; empty at `end` when all is blank. Raises: nothing.
    Misses: zero-width characters count as ink. Source: str.isspace.
    Example:
        >>> trim("  ab ", 0, 5)
        (2, 4)
    """
    start = end - len(text[start:end].lstrip())
    return start, start + len(text[start:end].rstrip())


BETWEEN = r"((?:[^\w;:!?]+\w+(?:['’-]\w+)*){0,%d}?)[^\w;:!?]+"  # up to so many words
GAP = {"..": BETWEEN % 2, "...": BETWEEN % 6}


@cache
def compile_term(term: str) -> re.Pattern:
    """A codebook term as a pattern: case does not matter, ` | ` parts alternatives, `*` is any letters.

    In: a term such as "desert* | left .. group", or a regular expression between slashes.
    Out: a compiled pattern that matches whole words; blanks match any blanks, ' matches ’, a `*` that stands
    alone is any one word, `..` up to 2 words, `...` up to 6 (what they hold are the groups of the match).
    Raises: BadInput when nothing is left to match or the expression does not compile.
    Misses: word order and grammar. Source: the wildcard habit of concordancers such as AntConc.
    Example:
        >>> compile_term("flee* | left .. group").search("They LEFT the  group")[0]
        'LEFT the  group'
    """
    if len(term) > 2 and term.startswith("/") and term.endswith("/"):
        try:
            return re.compile(term[1:-1], re.IGNORECASE)
        except re.error as error:
            raise BadInput(f"the term {term!r} is not a regular expression ({error}): mend it") from None
    parts = [part.split() for part in term.split("|")]
    if not all(re.search(r"\w", "".join(part)) for part in parts):
        raise BadInput(f"the term {term!r} has an empty part: write words, parted by ' | '")
    return re.compile(rf"(?<!\w)(?:{'|'.join(_part_pattern(words) for words in parts)})(?!\w)", re.IGNORECASE)


def _part_pattern(words: list[str]) -> str:
    pattern = between = ""
    for word in words:
        if word in GAP:
            between = GAP[word]
            continue
        pattern += (between if pattern else "") + _word_pattern(word)
        between = r"\s+"
    return pattern


def _word_pattern(word: str) -> str:
    if word == "*":
        return r"[\w-]+"
    return re.escape(word).replace("’", "'").replace("'", "['’]").replace(r"\*", r"\w*")
