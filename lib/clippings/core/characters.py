"""Copies of texts in plain characters for comparison and search, with offsets into the original.

Web pages and PDFs contain characters that readers cannot see or cannot distinguish from others:
soft hyphens, accents as separate characters, ligatures, full-width letters. `plain_text` replaces
them in a copy of the text and records the position of each character in the original.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from itertools import chain
from typing import NamedTuple

# Invisible characters that do not separate words.
HIDDEN = (
    "\u00ad"  # soft hyphen
    "\u034f"  # combining grapheme joiner
    "\u061c"  # Arabic letter mark
    "\u180e"  # Mongolian vowel separator
    "\u200b-\u200f"  # zero-width space, non-joiner, joiner; marks of direction
    "\u202a-\u202e"  # embedding and override of direction
    "\u2060-\u2064"  # word joiner, invisible operators
    "\u2066-\u2069"  # isolates of direction
    "\ufe00-\ufe0f"  # variation selectors
    "\ufeff"  # byte order mark, zero-width no-break space
    "\u0640"  # the stroke that lengthens Arabic words
)

# Scripts without blanks between words. A word has about two of these characters.
UNSPACED_SCRIPTS = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Burmese, Khmer
    "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Chinese
    "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # Japanese syllables
)

# Hyphens that are not "-": U+2010 and the no-break hyphen.
HYPHENS = "\u2010\u2011"

# Characters used as apostrophes within words, in addition to ' and ’. The backquote is not
# included, because news agencies use it as half of a quotation mark.
OTHER_APOSTROPHES = "\u00b4\u02b9\u02bb\u02bc\u201b\u2032\uff07"

# Spaces of other widths: thin, hair, em and full-width. The narrow no-break space and the figure
# space do not break lines, so they are treated like the no-break space, which stays.
WIDE_BLANKS = "\u2000-\u2006\u2008-\u200a\u205f\u3000"
NO_BREAK_BLANKS = "\u2007\u202f"

# Unicode blocks whose characters combine with the preceding one: accents of Latin, Greek and
# Cyrillic letters, parts of Korean syllables, voicing marks of kana. Other scripts have marks too,
# but no composed characters that could replace them.
COMPOSING = "\u0300-\u036f\u1100-\u11ff\u3099\u309a"

# Blocks in which a character is another one in a special form: Latin and Arabic ligatures (ﬁ),
# full-width and half-width forms (Ａ), mathematical alphabets (𝐀).
SPECIAL_FORMS = (
    "\u0132\u0133\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc\uff10-\uff9f\U0001d400-\U0001d7ff"
)

# Full-width marks within numbers and addresses; Chinese and Japanese use them as punctuation.
FULL_WIDTH_MARKS = "\uff0c-\uff0f\uff1a"

# Full-width marks are not among these: Chinese texts are full of them, mostly without digits.
_SPECIAL = re.compile(
    f"[{HIDDEN}{HYPHENS}{OTHER_APOSTROPHES}{WIDE_BLANKS}{NO_BREAK_BLANKS}{COMPOSING}{SPECIAL_FORMS}]"
)

_CHANGE = re.compile(
    rf"""
    (?P<hidden>  [{HIDDEN}]+ )
  | (?P<hyphen>  [{HYPHENS}] )
  | (?P<blank>   [{WIDE_BLANKS}] )
  | (?P<no_break> [{NO_BREAK_BLANKS}] )
  | (?P<apostrophe> (?: (?<=[^\W\d_]) | (?<=[{HIDDEN}{COMPOSING}]) )
                    [{OTHER_APOSTROPHES}] (?= [{HIDDEN}]* [^\W\d_] ) )    # Oʼ + Neill, not 5′
  | (?P<compose> \S[{HIDDEN}]*[{COMPOSING}][{COMPOSING}{HIDDEN}]* )         # e + accent
  | (?P<form>    [{SPECIAL_FORMS}] )
  | (?P<mark>    (?<=[\uff10-\uff5a])[{FULL_WIDTH_MARKS}](?=[\uff10-\uff5a]) )   # １，０００
    """,
    re.VERBOSE,
)
_HIDDEN_CHARACTERS = re.compile(f"[{HIDDEN}]+")


class PlainText(NamedTuple):
    """A text in plain characters, with the position of each character in the original."""

    text: str
    starts: list[int]
    """Offset in the original at which each character starts."""
    ends: list[int]
    """Offset in the original at which each character ends."""

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Convert a span of the plain text to a span of the original.

        Parameters
        ----------
        start, end : int
            Offsets in `text`, not beyond its length.

        Returns
        -------
        tuple of int
            The offsets in the original. If the span covers part of a ligature, the whole ligature
            is included.
        """
        if start >= end:
            place = self.starts[start] if start < len(self.starts) else self._length_of_original()
            return place, place
        return self.starts[start], self.ends[end - 1]

    def plain_offset(self, offset: int) -> int:
        """Convert an offset in the original to an offset in the plain text.

        Parameters
        ----------
        offset : int
            An offset in the original.

        Returns
        -------
        int
            The offset of the first plain character that starts there or later.
        """
        return bisect_left(self.starts, offset)

    def _length_of_original(self) -> int:
        return self.ends[-1] if self.ends else 0


def characters_in(ranges: str) -> str:
    """List the characters in ranges such as those within square brackets of a regular expression.

    Parameters
    ----------
    ranges : str
        Single characters, and pairs of first and last characters joined by "-".

    Returns
    -------
    str
        All characters in order.

    Examples
    --------
    >>> characters_in("a-ex")
    'abcdex'
    """
    characters = []
    for single in re.finditer(r"(.)(?:-(.))?", ranges):
        last = single[2] or single[1]
        characters += map(chr, range(ord(single[1]), ord(last) + 1))
    return "".join(characters)


def has_special_characters(text: str) -> bool:
    """Decide quickly whether `plain_text` may change a text.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    bool
        False only if the text is already plain.

    Examples
    --------
    >>> has_special_characters("“It’s naïve,” he said"), has_special_characters("na\\u00adtion")
    (False, True)
    """
    return not text.isascii() and bool(_SPECIAL.search(text))


def plain_text(text: str) -> PlainText:
    """Copy a text in plain characters.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    PlainText
        The copy. Invisible characters are removed, accents are combined with their letters, and
        ligatures are expanded. Full-width and mathematical letters and digits become ordinary ones,
        hyphens become "-", apostrophes within words become "’", and other spaces become " ".
        Dashes, case, fractions and raised digits do not change.

    Examples
    --------
    >>> plain = plain_text("the o\\ufb03ce of Zoe\\u0308")
    >>> plain.text, plain.original_span(4, 10)
    ('the office of Zoë', (4, 8))
    """
    if not has_special_characters(text):
        places = list(range(len(text) + 1))
        return PlainText(text, places[:-1], places[1:])

    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def copy_unchanged(start: int, end: int) -> None:
        pieces.append(text[start:end])
        starts.extend(range(start, end))
        ends.extend(range(start + 1, end + 1))

    copied = 0
    for match in _CHANGE.finditer(text):
        copy_unchanged(copied, match.start())
        copied = match.end()
        plain = _plain_form(match)
        pieces.append(plain)
        starts.extend([match.start()] * len(plain))
        ends.extend([match.end()] * len(plain))
    copy_unchanged(copied, len(text))
    return PlainText("".join(pieces), starts, ends)


def _plain_form(match: re.Match) -> str:
    """Return the replacement for a match of `_CHANGE` in the plain text."""
    characters = match[0]
    if match.lastgroup == "hidden":
        return ""
    if match.lastgroup == "hyphen":
        return "-"
    if match.lastgroup == "blank":
        return " "
    if match.lastgroup == "no_break":
        return "\u00a0"
    if match.lastgroup == "apostrophe":
        return "’"
    if match.lastgroup == "compose":
        visible = _HIDDEN_CHARACTERS.sub("", characters)
        # A ligature or full-width letter may carry an accent too.
        base = unicodedata.normalize("NFKC", visible[0]) if _is_special_form(visible[0]) else ""
        return unicodedata.normalize("NFC", (base or visible[0]) + visible[1:])
    return unicodedata.normalize("NFKC", characters)


_SPECIAL_FORM = re.compile(f"[{SPECIAL_FORMS}]")


def _is_special_form(character: str) -> bool:
    return bool(_SPECIAL_FORM.match(character))


# Unicode blocks that are searched for combining marks (accents, vowel signs).
_BLOCKS_WITH_MARKS = (
    range(0x0300, 0x2000),  # accents; Hebrew, Arabic, Indic and other scripts
    range(0x20D0, 0x2100),
    range(0x302A, 0x3030),
    range(0x3099, 0x309B),
    range(0xA66F, 0xAC00),
    range(0xFE20, 0xFE30),
)


@cache
def combining_ranges() -> str:
    """List the marks that combine with the preceding letter, as ranges for a regular expression.

    Returns
    -------
    str
        Ranges such as ``"\\u0300-\\u036f"``, for use within square brackets.

    Notes
    -----
    In `re`, marks are not part of ``\\w``, so a Hindi letter with its vowel sign is not one word.
    """
    hidden = re.compile(f"[{HIDDEN}]")
    marks = [
        point
        for point in chain.from_iterable(_BLOCKS_WITH_MARKS)
        if unicodedata.category(chr(point)) in ("Mn", "Mc") and not hidden.match(chr(point))
    ]
    return _as_ranges(marks)


def _as_ranges(points: Iterable[int]) -> str:
    """Write code points in ascending order as ranges for a regular expression."""
    ranges: list[list[int]] = []
    for point in points:
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)
