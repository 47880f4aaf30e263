"""Words as spans over text that is never changed: one pattern for counting, matching, display."""

import re
import unicodedata

WORD = re.compile(
    r"""
    (
        (?<!\w)(?:[^\W\d_]\.){2,}(?:[-‑]\w+)*    # U.S. · a.m. · U.S.-led
      | \d+(?:[.,]\d+)+(?:[-‑]\w+)*              # 1,000 · 3.5
      | \w+(?:(?:[-‑]|['’](?!s\b))\w+)*          # al-Hussein · don't
    )
    (?:['’]s\b)?                                 # the possessive in Rome’s is not part of a word
    """,
    re.VERBOSE,
)


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
    In scripts that put no spaces between words (Chinese, Japanese, Thai), a run of characters
    counts as one word.

    Examples
    --------
    >>> [t[s:e] for t in ["Rome’s U.S.-led 1,000"] for s, e in word_spans(t)]
    ['Rome', 'U.S.-led', '1,000']
    """
    return [(match.start(1) + shift, match.end(1) + shift) for match in WORD.finditer(text)]


def fold(word: str) -> str:
    """Fold a word for comparison: compatibility forms, case and curly apostrophes.

    Parameters
    ----------
    word : str
        A word or phrase.

    Returns
    -------
    str
        Its folded form (Unicode NFKC and case folding), which may differ in length.

    Notes
    -----
    Accents stay: "café" is not "cafe".

    Examples
    --------
    >>> fold("Don’t") == fold("DON'T")
    True
    """
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", word).casefold().replace("’", "'")


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
    return [fold(match[1]) for match in WORD.finditer(text)]
