"""Find words as spans of a text, with one pattern for counting, matching and display."""

import re
import unicodedata
from functools import lru_cache

from clippings.core.characters import (
    HIDDEN,
    HYPHENS,
    OTHER_APOSTROPHES,
    characters_in,
    combining_ranges,
)

# Marks, such as accents and vowel signs, belong to the preceding letter.
_MARKS = combining_ranges()
_APOSTROPHES = f"'’{OTHER_APOSTROPHES}"
_HYPHENS = f"-{HYPHENS}"

WORD = re.compile(
    rf"""
    (
        (?<!\w)(?:[^\W\d_]\.){{2,}}(?:[{_HYPHENS}]\w+)*    # U.S. · a.m. · U.S.-led
      | \d+(?:[.,]\d+)+(?:[{_HYPHENS}]\w+)*              # 1,000 · 3.5
      | (?!_+(?!\w))\w+                                 # hat, but not ___
        (?: (?=[{_HYPHENS}{_APOSTROPHES}{HIDDEN}{_MARKS}])    # a quick look: most words end here
            (?: [{_HYPHENS}][{HIDDEN}]*+\w+               # al-Hussein
              | [{_APOSTROPHES}](?!s\b)\w+               # don't
              | [{HIDDEN}]++[{_HYPHENS}]?\w+              # a soft hyphen, a zero-width space
              | [{HIDDEN}]*+[{_MARKS}]++\w*+              # e + accent
            )+
        )?
    )
    (?:[{_APOSTROPHES}]s\b)?                   # the possessive in Rome’s is not part of a word
    """,
    re.VERBOSE,
)

# Zeros of other scripts: Arabic, Persian, Hindi, Bengali and Thai digits are treated as 0 to 9.
_ZEROS = "\u0660\u06f0\u0966\u09e6\u0e50"
_DIGITS = {chr(ord(zero) + digit): str(digit) for zero in _ZEROS for digit in range(10)}

# Replacements in folded words, in addition to compatibility forms and case folding.
_FOLDED = (
    dict.fromkeys(characters_in(HIDDEN), "")
    | dict.fromkeys(_APOSTROPHES, "'")
    | dict.fromkeys(HYPHENS, "-")
    | _DIGITS
)
# In a whole page, looking up every character with `str.translate` takes ten times as long.
_TO_BE_FOLDED = re.compile(f"[{re.escape(''.join(_FOLDED))}]")

_LONGEST_CACHED = 200  # characters of a word or line whose folded form is cached


def word_spans(text: str, shift: int = 0) -> list[tuple[int, int]]:
    """Find the words of a text.

    Parameters
    ----------
    text : str
        Any text.
    shift : int, default 0
        Added to every offset.

    Returns
    -------
    list of tuple of int
        Start and end of each word, in order.

    Notes
    -----
    In scripts without spaces between words (Chinese, Japanese, Thai), an unbroken run of characters
    counts as one word.

    Examples
    --------
    >>> [t[s:e] for t in ["Rome’s U.S.-led 1,000"] for s, e in word_spans(t)]
    ['Rome', 'U.S.-led', '1,000']
    """
    return [(match.start(1) + shift, match.end(1) + shift) for match in WORD.finditer(text)]


def fold(word: str) -> str:
    """Fold a word for comparison: compatibility forms, case, hidden characters, apostrophes.

    Parameters
    ----------
    word : str
        A word or phrase.

    Returns
    -------
    str
        Its folded form, which may differ in length. Folding applies Unicode NFKC and case folding
        and removes soft hyphens and other invisible characters. Apostrophes become straight,
        hyphens become "-", and digits become 0 to 9.

    Notes
    -----
    Accents are preserved: "café" is not "cafe". The Turkish İ becomes i.

    Examples
    --------
    >>> fold("Don’t") == fold("DON'T")
    True
    >>> fold("na\\u00adtion"), fold("Zoe\\u0308") == fold("Zoë")
    ('nation', True)
    """
    if word.isascii():
        return word.lower()
    # Whole pages are folded, too, but seldom twice: the cache would fill the memory with them.
    return _fold_beyond_ascii(word) if len(word) > _LONGEST_CACHED else _fold_word(word)


def _fold_beyond_ascii(word: str) -> str:
    visible = _TO_BE_FOLDED.sub(lambda match: _FOLDED[match[0]], word)
    folded = unicodedata.normalize("NFKC", visible).casefold()
    return folded.replace("i\u0307", "i")  # the result of folding İ


# Texts repeat words, so caching makes folding three times as fast.
_fold_word = lru_cache(maxsize=50_000)(_fold_beyond_ascii)


def folded_words(text: str) -> list[str]:
    """List the words of a text, folded for comparison.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of str
        The words as `fold` returns them, in order.

    Examples
    --------
    >>> folded_words("The City’s mayor")
    ['the', 'city', 'mayor']
    """
    words = WORD.findall(text)
    # As `fold`, which is not called for every word of every page: most need only small letters.
    if text.isascii():
        return [word.lower() for word in words]
    return [word.lower() if word.isascii() else _fold_word(word) for word in words]
