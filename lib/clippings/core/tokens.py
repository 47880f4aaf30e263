"""Words and search terms as spans over text that is never changed.

One pattern for words serves counting, matching and display.
"""

import re
import unicodedata

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
