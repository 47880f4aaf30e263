"""Repair texts that were garbled before they were saved: "JosÃ©" for José, "itÕs" for it’s.

Such texts are the result of a program that read bytes in the wrong encoding and saved them in
another one. `read_articles` repairs them immediately after decoding, so offsets refer to the
repaired text. The files are not changed.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

import ftfy
from ftfy.badness import is_bad

# Codes for the repair of a text, for the column `repaired`.
UTF_8 = "utf-8"  # UTF-8 was read in another encoding: Ã©
MAC = "mac-roman"  # Mac Roman was read as Windows-1252: itÕs
ESCAPES = "escapes"  # characters were escaped twice: &amp;eacute;

# Quick test for texts that may be garbled.
_SUSPICIOUS = re.compile(
    r"""
    # Two characters beyond ASCII in a row, of which the first begins a character in UTF-8,
    [\u00c2-\u00f4√¬ĂĹĐŃ][^\x00-\x7f]        # read as Western or Central European: Ã© √© Ă©
    | [ВГДЕРСв][^\x00-\x7fА-Яа-яЁё]         # or as Cyrillic: Г©
    | Ã[ ]                                    # or what is left of them: voilÃ la
    | [a-z]Õ[a-z]                             # itÕs
    | &amp;[\#A-Za-z]
    """,
    re.VERBOSE,
)

# The right double quotation mark has a byte that Windows-1252 does not know: it became U+FFFD or a
# question mark, or was dropped.
_LOST_QUOTATION_MARK = re.compile(r"â€(?:\ufffd|\?(?=\s|$)|(?=[\s.,;:!?)]|$))")

# Mac Roman's apostrophe in short forms: itÕs, donÕt, theyÕre.
_MAC_APOSTROPHE = re.compile(r"(?<=[a-z])Õ(?=(?:s|t|re|ve|ll|d|m)\b)")
_QUOTATION_MARKS = re.compile("[“”‘’]")
_DOUBLE_ESCAPE = re.compile(r"&amp;(?:#\d{2,6}|#x[0-9A-Fa-f]{2,5}|[A-Za-z]{2,8}\d{0,2});")

# How often these must occur: one may be a sign that the text is about.
MIN_MAC_APOSTROPHES = 2
MIN_DOUBLE_ESCAPES = 2

# Words in which a line was repaired piece by piece, because the rest of it is sound. One may be an
# example in a text about such signs.
MIN_GARBLED_WORDS_IN_SOUND_LINES = 2

# So many such characters in a row do not occur in a real language: â€™, Ð¡Ñ‚.
_LONG_RUN = re.compile(r"[^\x00-\x7f]{3}")
_AROUND_WORDS = "“”‘’„«»\"'()[]{}.,;:!?"

_FIX_ENCODING_ONLY = ftfy.TextFixerConfig(fix_c1_controls=False)


class Repair(NamedTuple):
    """A repaired text."""

    text: str
    codes: tuple[str, ...]  # what had happened; empty if the text was sound
    example: str = ""  # a garbled word, and → what it is


def ungarble(text: str) -> Repair:
    """Repair a text that was garbled before it was saved.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    Repair
        The repaired text, the codes of what had happened, and an example. A text without clear
        signs is returned as it is.

    Notes
    -----
    Each line is judged by itself, as one article may contain sound and garbled text. A sign on
    its own ("the letter Ã") is no evidence, and neither is a word whose right form appears in the
    text too: such texts are about garbling. Lost characters (�) stay lost.

    References
    ----------
    Robyn Speer, ftfy (Apache-2.0), https://ftfy.readthedocs.io.

    Examples
    --------
    >>> ungarble("â€œItâ€™s over,â€\\x9d said JosÃ©.")
    Repair(text='“It’s over,” said José.', codes=('utf-8',), example='â€œItâ€™s → “It’s')
    >>> ungarble("In São Paulo they write “Ã”.").codes
    ()
    """
    if not _SUSPICIOUS.search(text):
        return Repair(text, ())
    codes = []
    examples = []
    for code, repair in ((ESCAPES, _unescape), (UTF_8, _decode_utf_8), (MAC, _decode_mac)):
        repaired = repair(text)
        if repaired != text:
            codes.append(code)
            examples += _changed_words(text, repaired)
            text = repaired
    example = " → ".join(examples[0]) if examples else ""
    return Repair(text, tuple(codes), example)


def _unescape(text: str) -> str:
    """Return characters that were escaped twice."""
    if len(_DOUBLE_ESCAPE.findall(text)) < MIN_DOUBLE_ESCAPES:
        return text
    return _DOUBLE_ESCAPE.sub(lambda match: html.unescape(html.unescape(match[0])), text)


def _decode_mac(text: str) -> str:
    """Repair Mac Roman that was read as Windows-1252."""
    is_sound = _QUOTATION_MARKS.search(text)  # in the other encoding, they would be others
    if is_sound or len(_MAC_APOSTROPHE.findall(text)) < MIN_MAC_APOSTROPHES:
        return text
    try:
        return text.encode("cp1252").decode("mac_roman")
    except UnicodeEncodeError:
        return text  # characters that Windows-1252 does not have: it cannot have been that


class _Line(NamedTuple):
    """A line of a text, and the line with wrongly decoded UTF-8 repaired."""

    text: str
    repaired: str
    is_whole: bool = True  # all of it was garbled; else it has sound characters beyond ASCII too


def _decode_utf_8(text: str) -> str:
    """Repair UTF-8 that was read in another encoding."""
    lines = [_repair_line(line) for line in text.splitlines(keepends=True)]
    return "".join(line.repaired for line in lines) if _is_evident(text, lines) else text


def _repair_line(line: str) -> _Line:
    if not is_bad(line):
        return _Line(line, line)
    whole = _LOST_QUOTATION_MARK.sub("â€\x9d", line)
    repaired, steps = ftfy.fix_encoding_and_explain(whole, _FIX_ENCODING_ONLY)
    is_whole = not any(step.parameter == "decode_inconsistent_utf8" for step in steps or ())
    return _Line(line, repaired, is_whole)


def _is_evident(text: str, lines: list[_Line]) -> bool:
    """Return whether the words that a repair changed show that the text was garbled."""
    sound_words = {word.strip(_AROUND_WORDS) for word in text.split()}
    words_in_sound_lines = 0
    for line in lines:
        evidence = [
            before
            for before, after in _changed_words(line.text, line.repaired)
            if _is_evidence(before) and after.strip(_AROUND_WORDS) not in sound_words
        ]
        if evidence and line.is_whole:
            return True
        words_in_sound_lines += len(evidence)
    return words_in_sound_lines >= MIN_GARBLED_WORDS_IN_SOUND_LINES


def _changed_words(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Yield the words that differ, garbled and repaired; both texts have the others in common."""
    old = before.split()
    new = after.split()
    if len(old) != len(new):  # "Ã " had a blank in it
        common = set(new)
        for word in old:
            if word not in common:
                yield word, ""
        return
    for word, other in zip(old, new, strict=True):
        if word != other:
            yield word, other


def _is_evidence(word: str) -> bool:
    """Return whether a changed word is more than one sign, such as "Ã" or "©" in other texts."""
    core = word.strip(_AROUND_WORDS)
    has_ascii = any(character.isascii() and character.isalnum() for character in core)
    return has_ascii or bool(_LONG_RUN.search(core))
