"""Quotation marks of one paragraph: which belong together, which hold speech, and the text without what they hold."""

import re

from clippings.core.lexicon import words_of
from clippings.core.tokens import WORD

Span = tuple[int, int]
MARK = re.compile(
    r"[“”„\"]|(?<!')''(?!')"
)  # two apostrophes are what is left of a mark in plain files
CLOSING = ("”", '"', "''", "“")
STOPS = ".!?…"


def marked_spans(text: str) -> list[Span]:
    """Stretches between double quotation marks, with the marks.

    In: a paragraph. Out: spans in order that do not overlap. A mark that is never closed holds all up to the next
    opening mark's sentence, or to the paragraph's end; one that is never opened holds nothing.
    Raises: nothing. Misses: single marks; which of two straight marks in a row between blanks is which.
    Source: own rule: a straight mark opens before a letter and after a blank, else as the ones before it demand.
    Example:
        >>> t = '“One,” he said. "Two" and “three.'
        >>> [t[s:e] for s, e in marked_spans(t)]
        ['“One,”', '"Two"', '“three.']
    """
    spans, start = [], None
    for match in MARK.finditer(text):
        at = match.start()
        opens = _opens(text, at, match.end(), start is not None)
        if opens and start is None:
            start = at
        elif opens:
            end = max(text.rfind(stop, start, at) for stop in STOPS)
            if end > start:  # the one before was never closed
                spans.append((start, end + 1))
                start = at
        elif start is not None:
            spans.append((start, match.end()))
            start = None
    if start is not None and text[start + 1 :].strip():
        spans.append((start, len(text.rstrip())))
    return spans


def _opens(text: str, at: int, end: int, inside: bool) -> bool:
    before, after = text[max(0, at - 1) : at], text[end : end + 1]
    if text[at] in "“”„":  # “It fell,“ she said: typed the wrong way round
        return text[at] != "”" and not (inside and before.strip() and not after.strip())
    if (
        inside or not after or after.isspace()
    ):  # a straight mark closes, but for one before a word and after a blank
        return not inside or (before.isspace() and after.isalnum())
    return True


def blank_quotes(text: str, spans: list[Span]) -> str:
    """The text with what stands in marks blanked, offsets kept: marks, last stop and a first capital stay.

    In: a paragraph, its marked_spans. Out: a text of the same length. Raises: nothing. Misses: nothing. Source: none.
    Example:
        >>> blank_quotes("“Is it over?” Bell said.", [(0, 13)])
        '“Xxxxxxxxxx?” Bell said.'
    """
    parts, last = [], 0
    for start, end in spans:
        wide = text.startswith("''", start)
        close = next(
            (end - len(mark) for mark in CLOSING if text.endswith(mark, start + 1, end)), end
        )
        opened = min(start + 1 + wide, close)
        first = "X" if text[opened : opened + 1].isupper() else "x"
        stop = text[close - 1] if text[close - 1] in STOPS + "," else "x"
        mark = ("“" + first if wide else text[start])[: opened - start]
        body = (first + "x" * (close - opened - 2) + stop)[: close - opened]
        closing = "” "[: end - close] if wide or text[close:end] == "“" else text[close:end]
        parts += [text[last:start], mark, body, closing]
        last = end
    return "".join([*parts, text[last:]])


def is_speech(text: str, span: Span) -> bool:
    """Are words in marks speech, and not a title, a name, an address, a day or one scare-quoted word?

    In: a paragraph, one of its marked_spans. Out: yes or no. Raises: nothing.
    Misses: long titles in small letters; one-word answers. Source: own rule: most words of a title have capitals.
    Example:
        >>> is_speech("“Gone With the Wind”", (0, 20)), is_speech("“gone with him”", (0, 15))
        (False, True)
    """
    words = [match[1] for match in WORD.finditer(text[slice(*span)])]
    if len(words) < 2 or "http" in words:
        return False
    small = [word for word in words if word[0].islower()]
    if len(words) > 12 or not words[0][0].isupper() or len(small) > len(words) / 2:
        return True
    ended = text[slice(*span)].strip("“”\"' \xa0")[-1:] in ".!?,"
    # a title may stand before a stop, with all its capitals
    return ended and not all(
        word in words_of("en/names/syntax", kind="small in titles") for word in small
    )
