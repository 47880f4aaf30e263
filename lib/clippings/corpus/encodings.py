"""From bytes to text: which encoding, and what is no text at all."""

import re
import unicodedata
from collections import Counter

from clippings.core.lexicon import read_lexicon
from clippings.corpus.language import tell_language

INSIDE = {  # how files begin that are no text, whatever their name
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
PAGE = re.compile(
    r"(?is)\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b"
)
MARKS = {  # UTF-32 first: its mark begins with that of UTF-16
    b"\xff\xfe\0\0": "utf-32-le",
    b"\0\0\xfe\xff": "utf-32-be",
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
}
LETTERS = {row["language"]: row["letters"] for row in read_lexicon("reading/letters")}
PLAIN = ("en", "nl", "id", "")  # may do without any of them
PRINTED = set("“”‘’‚„–—…•«»‹›€£°§©®™·¡¿ºª½¼¾²³‰†\xa0\xad\u200c\u200d\u200e\u200f،؛؟״׳־")
BROKEN = re.compile(  # what no word has within it, behind it or twice: a sign of the wrong encoding
    r"[^\W\d_][€°§©®™•«»‹›ºª²³][^\W\d_]|[^\W\d_][‚„‰†£¡¿½¼¾]|[a-z](?:‘[a-z]|[À-Þ])|‚‚"
)
UTF_8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
NO_TEXT = re.compile("[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ue000-\uf8ff\ufffe\uffff]")
OWN_LETTERS = 0.9  # the rest are names from elsewhere


def decode_text(data: bytes) -> tuple[str, str]:
    """What hinders the use of some bytes as a text, and the text if nothing does.

    In: the bytes of a file. Out: (problem, text), one of them "". Raises: nothing.
    Misses: old encodings of short texts, of languages without a list, of Chinese, Japanese and Korean, and of DOS, and
    UTF-16 of these three languages without a mark (each a problem); text that was garbled before it was saved.
    Source: own rules; a byte order mark, else UTF-8, else the encoding in which the text reads as a language.
    Example:
        >>> decode_text(b"\\x93Leave,\\x94 he said \\x96 it\\x92s late\\x85")
        ('', '“Leave,” he said – it’s late…')
    """
    start = data[:40].lstrip()
    looks = [kind for beginning, kind in INSIDE.items() if start.startswith(beginning)]
    if looks:
        return f"looks like {looks[0]}, not a text: open it and save the text as UTF-8 .txt", ""
    problem, text = decode_bytes(data)
    problem = problem or text_problem(text)
    return (problem, "") if problem else ("", text)


def text_problem(text: str) -> str:
    """What hinders the use of characters as a text; "" if nothing does.

    In: characters. Out: the problem and the repair. Raises: nothing. Misses: text that was garbled before.
    Source: own rules.
    Example:
        >>> text_problem(" ")
        'empty: nothing to read'
    """
    if "\0" in text:
        behind = f"{text.index(chr(0))} characters"
        return f"holds NUL bytes, the first after {behind}, not a text: save it as UTF-8 text"
    if not any(sign.isprintable() and not sign.isspace() for sign in text):
        return "empty: nothing to read"
    if len(NO_TEXT.findall(text)) > len(text) / 20:
        return "holds control characters, not a text: save it as UTF-8 text"
    if PAGE.match(text[:5000]):
        return "looks like a web page (HTML), not a text: open it and save the text as UTF-8 .txt"
    return ""


def decode_bytes(data: bytes) -> tuple[str, str]:
    """The characters that bytes stand for, whatever they say: (problem, characters), one of them ""."""
    mark = next((mark for mark in MARKS if data.startswith(mark)), b"")
    encoding = MARKS[mark] if mark else _wide(data) or "utf-8"
    try:
        return "", data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start + len(mark)
    if b"\0" in data and encoding == "utf-8":
        return (
            f"holds NUL bytes, the first after {data.index(0)} bytes, not a text: save it as UTF-8 text",
            "",
        )
    inside = sum(
        map(len, UTF_8.findall(data))
    )  # damaged UTF-8 read as Windows-1252 would be "â€œ" and the like
    if mark or encoding != "utf-8" or inside >= sum(byte > 0x7F for byte in data) / 2:
        return (
            f"damaged {encoding.upper()} at byte {at}: mend the place, or copy the file again",
            "",
        )
    text = _guessed(data)
    problem = f"not UTF-8 at byte {at}, and too short or strange to tell in what other encoding: save it as UTF-8"
    return ("", text) if text else (problem, "")


def _wide(data: bytes) -> str:
    """UTF-16 or UTF-32 without a mark: all high bytes are one or two values, 0 among them, and no low byte is 0."""
    if b"\0" not in data:
        return ""
    if not any(data[2::4]) and not any(data[3::4]):
        return "utf-32-le"
    if not any(data[0::4]) and not any(data[1::4]):
        return "utf-32-be"
    for encoding, high, low in (
        ("utf-16-le", data[1::2], data[0::2]),
        ("utf-16-be", data[0::2], data[1::2]),
    ):
        common = Counter(high).most_common(2)
        if 0 in dict(common) and 0 not in low and sum(n for _, n in common) >= 0.9 * len(high):
            return encoding
    return ""


def _guessed(data: bytes) -> str:
    """Text of one byte a letter: the decoding that reads as a language whose letters these are most; or ""."""
    found = []
    for row in read_lexicon("reading/encodings"):
        try:
            text = data.decode(row["encoding"])
        except UnicodeDecodeError:
            continue
        language = tell_language(text)
        if language not in [*row["languages"].split(), ""]:
            continue
        beyond = {sign: number for sign, number in Counter(text).items() if sign > "\x7f"}
        letters = {
            sign: n for sign, n in beyond.items() if sign.isalpha() or unicodedata.combining(sign)
        }
        strange = not beyond.keys() <= PRINTED | letters.keys() or BROKEN.search(text)
        if not letters:  # quotation marks and the like have one code in all of these; the other encodings know none
            return (
                text
                if language in PLAIN and not strange and sum(beyond.values()) <= len(text) / 5
                else ""
            )
        own = LETTERS.get(language, letters)
        share = sum(number for sign, number in letters.items() if sign in own) / sum(
            letters.values()
        )
        if language and not strange and share >= OWN_LETTERS:
            found.append((share, text))
    return max(found, key=lambda pair: pair[0])[1] if found else ""
