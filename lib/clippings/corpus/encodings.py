"""Decode bytes to text: detect the encoding, and recognise files that are not text."""

import re
import unicodedata
from collections import Counter
from typing import NamedTuple

from clippings.core.languages import detect_language, function_words
from clippings.core.lexicon import read_lexicon
from clippings.core.tokens import folded_words
from clippings.corpus import problems

SIGNATURES = {  # how files begin that are not texts, whatever their names
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive, as DOCX, ODT and EPUB files are",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old word processor's file",
    b"{\\rtf": "an RTF file",
    b"\xff\xd8\xff": "a JPEG picture",
    b"\x89PNG\r\n": "a PNG picture",
    b"GIF87a": "a GIF picture",
    b"GIF89a": "a GIF picture",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!\x1a": "a RAR archive",
    b"bplist00": "a web archive",
    b"From: <Saved by": "a saved web page (MHTML)",
}
SIGNATURE_LENGTH = 40  # bytes at the beginning of a file, in which a signature may follow blanks

WEB_PAGE = re.compile(
    r"""
    \s*
    (?:<\?xml[^>]*>\s*)?            # <?xml version="1.0"?>
    (?:<!--(?:(?!-->).)*-->\s*)*    # <!-- saved from url=(0014)about:internet -->
    <(?:!doctype\s+html|html|head|body)\b
    """,
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
WEB_PAGE_LENGTH = 5000  # characters at the beginning of a file in which a page must begin

BYTE_ORDER_MARKS = {  # UTF-32 first: its mark begins with that of UTF-16
    b"\xff\xfe\0\0": "utf-32-le",
    b"\0\0\xfe\xff": "utf-32-be",
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
}

LETTERS = {row["language"]: row["letters"] for row in read_lexicon("reading/letters")}
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщьюя"
CYRILLIC_LETTERS = {"ru": _CYRILLIC + "ёъыэ", "uk": _CYRILLIC + "єії", "bg": _CYRILLIC + "ъ"}
"""Of a short text. In the encoding of the Macintosh only a few letters differ from Windows-1251:
і becomes ґ, which is rare."""
WITHOUT_ACCENTS = (
    "en",
    "nl",
    "id",
    "",
)  # languages whose texts may contain no other letter than a to z
PUNCTUATION = set("“”‘’‚„–—…•«»‹›€£°§©®™·¡¿ºª½¼¾²³‰†\xa0\xad\u200c\u200d\u200e\u200f،؛؟״׳־")
WRONGLY_DECODED = re.compile(  # what no word contains: a sign of the wrong encoding
    r"""
    [^\W\d_][€°§©®™•«»‹›ºª²³][^\W\d_]     # caf©s
    | [^\W\d_][‚„‰†£¡¿½¼¾]                # caf‚
    | [a-z](?:‘[a-z]|[À-Þ])               # d‘accord, cafÉ
    | ‚‚
    """,
    re.VERBOSE,
)
CAPITAL_IN_WORD = re.compile("[а-яё][А-ЯЁ]")  # состоЯнии, from the encoding of the Macintosh
UTF_8_CHARACTER = re.compile(
    rb"""
    [\xc2-\xdf][\x80-\xbf]        # U+00E9, a Latin letter
    | [\xe0-\xef][\x80-\xbf]{2}   # U+201C, a quotation mark
    | [\xf0-\xf4][\x80-\xbf]{3}   # U+1F600, a face
    """,
    re.VERBOSE,
)
NOT_PRINTED = re.compile("[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ue000-\uf8ff\ufffe\uffff]")
MAX_NOT_PRINTED = 0.05  # share of all characters: texts contain a stray one here and there
# share of letters beyond a–z that belong to the language; the rest are foreign names
MIN_OWN_LETTERS = 0.9
# function words with letters beyond a-z, such as się or через, that make the language of a short
# text clear; in the wrong encoding, hardly any word of a language has such letters
MIN_ACCENTED_WORDS = 2
MIN_DAMAGED_UTF_8 = 0.5  # share of the bytes beyond ASCII that form UTF-8 in a damaged text
# share of all characters of a text whose only characters beyond ASCII are marks
MAX_PUNCTUATION = 0.2
MIN_HIGH_BYTES = 0.9  # share of the two commonest high bytes in UTF-16 of one script


def decode_text(data: bytes) -> tuple[str, str]:
    """Decode the bytes of a file as a text.

    Parameters
    ----------
    data : bytes
        The bytes of a file.

    Returns
    -------
    problem : str
        Why they cannot be used as a text; "" if they can.
    text : str
        The text; "" if there is a problem.

    Notes
    -----
    By the byte order mark; else UTF-8; else the encoding in which the text reads as a language. Not
    recognised (each is a problem): old encodings of short texts without two function words such as
    się, of languages without a list of letters, of Chinese, Japanese and Korean, and of DOS; UTF-16
    of these three languages without a mark. Text that was garbled before it was saved stays
    garbled.

    Examples
    --------
    >>> decode_text(b"\\x93Leave,\\x94 he said \\x96 it\\x92s late\\x85")
    ('', '“Leave,” he said – it’s late…')
    """
    beginning = data[:SIGNATURE_LENGTH].lstrip()
    for signature, kind in SIGNATURES.items():
        if beginning.startswith(signature):
            return problems.looks_like(kind), ""
    problem, text = decode_bytes(data)
    problem = problem or text_problem(text)
    return (problem, "") if problem else ("", text)


def text_problem(text: str) -> str:
    """Explain why characters cannot be used as a text.

    Parameters
    ----------
    text : str
        Characters.

    Returns
    -------
    str
        The problem and its fix; "" if there is none.

    Examples
    --------
    >>> text_problem(" ")
    'empty: nothing to read'
    """
    if "\0" in text:
        return problems.nul(text.index("\0"), "characters")
    if not any(character.isprintable() and not character.isspace() for character in text):
        return problems.empty()
    if len(NOT_PRINTED.findall(text)) > MAX_NOT_PRINTED * len(text):
        return problems.control_characters()
    if WEB_PAGE.match(text[:WEB_PAGE_LENGTH]):
        return problems.looks_like("a web page (HTML)")
    return ""


def decode_bytes(data: bytes) -> tuple[str, str]:
    """Decode bytes whatever they contain: a problem or the characters, the other one is ""."""
    mark = next((mark for mark in BYTE_ORDER_MARKS if data.startswith(mark)), b"")
    encoding = BYTE_ORDER_MARKS[mark] if mark else _wide_encoding(data) or "utf-8"
    try:
        return "", data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        position = error.start + len(mark)
    if b"\0" in data and encoding == "utf-8":
        return problems.nul(data.index(0), "bytes"), ""
    # Damaged UTF-8 must not be read as Windows-1252: it would be "â€œ" and the like.
    in_utf_8 = sum(map(len, UTF_8_CHARACTER.findall(data)))
    beyond_ascii = sum(byte > 0x7F for byte in data)
    is_damaged_utf_8 = in_utf_8 >= MIN_DAMAGED_UTF_8 * beyond_ascii
    if mark or encoding != "utf-8" or is_damaged_utf_8:
        return problems.damaged_unicode(encoding, position), ""
    text = _guess_encoding(data)
    return ("", text) if text else (problems.unknown_encoding(position), "")


def _wide_encoding(data: bytes) -> str:
    """Recognise UTF-16 and UTF-32 without a byte order mark; return "" for other bytes."""
    if b"\0" not in data:
        return ""
    # In UTF-32, the two highest bytes of each character of a living language are 0.
    if not any(data[2::4]) and not any(data[3::4]):
        return "utf-32-le"
    if not any(data[0::4]) and not any(data[1::4]):
        return "utf-32-be"
    # In UTF-16, the high bytes are 0 (blanks, Latin letters) and that of one script; no low byte is
    # 0.
    halves = {"utf-16-le": (data[1::2], data[0::2]), "utf-16-be": (data[0::2], data[1::2])}
    for encoding, (high_bytes, low_bytes) in halves.items():
        commonest = dict(Counter(high_bytes).most_common(2))
        covered = sum(commonest.values())
        if 0 in commonest and 0 not in low_bytes and covered >= MIN_HIGH_BYTES * len(high_bytes):
            return encoding
    return ""


class Decoding(NamedTuple):
    """A text as one encoding would have it."""

    own_letters: float  # share of the letters beyond a–z that the language has
    text: str


def _guess_encoding(data: bytes) -> str:
    """Return the text in the one-byte encoding in which it is most like a language, or ""."""
    decodings = []
    for row in read_lexicon("reading/encodings"):
        try:
            text = data.decode(row["encoding"])
        except UnicodeDecodeError:
            continue
        language = detect_language(text)
        if language not in [*row["languages"].split(), ""]:
            continue
        language = language or _language_of_short_text(text, row["languages"].split())
        counts = Counter(character for character in text if character > "\x7f")
        letters = {
            character: number for character, number in counts.items() if _is_letter(character)
        }
        has_strange_character = not counts.keys() <= PUNCTUATION | letters.keys()
        is_strange = has_strange_character or bool(WRONGLY_DECODED.search(text))
        if not letters:
            # Quotation marks and dashes have one code in all of these encodings, and none in the
            # others.
            is_likely = sum(counts.values()) <= MAX_PUNCTUATION * len(text)
            is_plain = language in WITHOUT_ACCENTS and not is_strange and is_likely
            return text if is_plain else ""
        own_letters = LETTERS.get(language, letters)
        own_count = sum(number for letter, number in letters.items() if letter in own_letters)
        share = own_count / sum(letters.values())
        if language and not is_strange and share >= MIN_OWN_LETTERS:
            decodings.append(Decoding(share, text))
    if not decodings:
        return ""
    return max(decodings, key=lambda decoding: decoding.own_letters).text


def _language_of_short_text(text: str, languages: list[str]) -> str:
    """Return the language of a text's function words with non-ASCII letters, or ""."""
    words = [word for word in folded_words(text) if not word.isascii()]
    letters = {character for character in text.casefold() if character > "\x7f"} - PUNCTUATION
    hits = {
        language: [word for word in words if word in function_words(language)]
        for language in languages
    }
    best = max(hits, key=lambda language: len(hits[language]))
    if not letters <= set(CYRILLIC_LETTERS.get(best) or LETTERS.get(best, letters)):
        return ""
    if CAPITAL_IN_WORD.search(text):
        return ""
    # A single letter such as à or в alone is not evidence.
    has_longer_word = any(len(word) > 1 for word in hits[best])
    return best if len(hits[best]) >= MIN_ACCENTED_WORDS and has_longer_word else ""


def _is_letter(character: str) -> bool:
    return character.isalpha() or unicodedata.combining(character) > 0
