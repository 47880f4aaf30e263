"""From a folder to the table of articles: one row per file, whatever is in it."""

import hashlib
import os
import re
import stat
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path, PurePosixPath

import pandas as pd
from rapidfuzz import process

from clippings.codebook import read_codebook
from clippings.errors import BadInput
from clippings.lexicon import read_lexicon
from clippings.tables import make_table
from clippings.text import fold, folded_words, trim

NOTES = ("readme", "sources", "license", "licence")
TITLE_WORDS = range(4, 31)
TEXTS = ("", ".txt", ".text", ".md", ".markdown")  # the names under which people save text
KINDS = {  # what other names promise
    "a web page": ".htm .html .xhtml .mht .mhtml .webarchive",
    "a PDF": ".pdf",
    "a word processor's file": ".doc .docx .odt .rtf .pages .epub",
    "a table or data file": ".csv .tsv .xls .xlsx .ods .json .jsonl .xml",
    "a picture": ".jpg .jpeg .png .gif .webp .tif .tiff .bmp .heic .svg",
    "an archive": ".zip .gz .tgz .tar .rar .7z .bz2 .xz",
    "a mail": ".eml .msg .mbox",
}
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
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
MARKS = {  # UTF-32 first: its mark begins with that of UTF-16
    b"\xff\xfe\0\0": "utf-32-le",
    b"\0\0\xfe\xff": "utf-32-be",
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
}
WEST = "en de fr es it pt nl sv da no id"
OLD = {  # encodings of one byte a letter, the commonest first, and the languages that we can tell written in them
    "cp1252": WEST,
    "iso8859_15": WEST,
    "mac_roman": WEST,
    "cp1250": "pl cs",
    "iso8859_2": "pl cs",
    "cp1254": "tr",
    "cp1251": "ru uk",
    "koi8_u": "ru uk",
    "cp1253": "el",
    "cp1255": "he",
    "cp1256": "ar fa",
}
LETTERS = {  # of languages in Latin script, beyond a to z; capitals only where words begin with them
    "en": "àáâäåçèéêëíïñóôöøúüæÅØ",
    "nl": "áèéêëïóöüç",
    "id": "é",
    "de": "äöüßéÄÖÜ",
    "fr": "àâæçèéêëîïôœùûüÀÂÇÈÉÊÎÔŒ",
    "es": "áéíñóúüçÁÉÍÑÓÚ",
    "it": "àèéìíòóùÀÈÉ",
    "pt": "àáâãçéêíóôõúüÀÁÂÇÉÍÓÔÚ",
    "sv": "åäöéüÅÄÖ",
    "da": "æøåéöÆØÅ",
    "no": "æøåéòóôöÆØÅ",
    "pl": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",
    "cs": "áčďéěíňóřšťúůýžÁČĎÉÍŇÓŘŠŤÚÝŽ",
    "tr": "âçğıîöşüûÂÇĞİÎÖŞÜ",
}
PLAIN = ("en", "nl", "id", "")  # may do without any of them
PRINTED = set("“”‘’‚„–—…•«»‹›€£°§©®™·¡¿ºª½¼¾²³‰†\xa0\xad\u200c\u200d\u200e\u200f،؛؟״׳־")
BROKEN = re.compile(  # what no word has within it, behind it or twice: a sign of the wrong encoding
    r"[^\W\d_][€°§©®™•«»‹›ºª²³][^\W\d_]|[^\W\d_][‚„‰†£¡¿½¼¾]|[a-z](?:‘[a-z]|[À-Þ])|‚‚"
)
UTF_8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
NO_TEXT = re.compile("[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ue000-\uf8ff\ufffe\uffff]")
SCRIPTS = {"ja": "\u3040-\u30ff", "ko": "\uac00-\ud7af", "zh": "\u4e00-\u9fff"}
LEAST_SHARE = {"tr": 0.1, "he": 0.1}  # grammar sits in their endings and prefixes; elsewhere a seventh of the words
LEAD, LEAST_WORDS = 0.08, 3
OWN_LETTERS = 0.9  # the rest are names from elsewhere


def read_articles(folder, *, max_mb: float = 20) -> pd.DataFrame:
    """The articles of a folder, with what the analyst knows of each.

    In: folder with texts (.txt, .text, .md or no suffix), in folders below it too; UTF-8, UTF-16 or UTF-32, or
    Windows-1252 and its kin where the text then reads as a language we know; codebook/articles.csv and outlets.csv
    fill outlet, url and publication days; max_mb, the largest file that is read, in megabytes. Hidden files,
    codebook/, out/ and notes about the corpus (README, SOURCES, LICENSE) are not articles.
    Out: one row per file, by article id (path below the folder; bytes of a name that are not UTF-8 as \\xNN); text as
    decoded without a byte order mark, newlines kept; title, the first line of 4 to 30 words; language, two letters or
    "" (not known); a file, link or folder that cannot be used has no text and says why in `problem`. So has a file
    with the bytes of an earlier article, for else each count would count it twice; it is kept where articles.csv gives
    both an outlet or url and these differ: then two outlets told the same.
    Raises: BadInput when the folder is not there or cannot be listed, and for a wrong row of the codebook.
    Misses: dates and outlets that nobody wrote into the codebook; a title that is not a line of its own; old encodings
    of short texts, of languages without a list, of Chinese, Japanese and Korean, and of DOS (each a `problem`); UTF-16
    of these three without a mark (a `problem`); text that was garbled before it was saved; the language of a headline,
    a table or a mixed text. A neighbour of a language in the list may pass for it (Galician for Portuguese, Slovak for
    Czech, Malay for Indonesian, Afrikaans for Dutch); Danish and Norwegian need a paragraph to be told apart.
    Source: own rules; lexicon/stopwords.csv for the languages.
    Example:
        >>> set(read_articles("lib/clippings/lexicon").problem)
        {'a table or data file, not a .txt file: save the text as UTF-8 .txt'}
    """
    root = Path(folder)
    if not root.is_dir():
        raise BadInput(f"{root} is not a folder: name a folder of saved articles")
    codebook = read_codebook(root)
    rows = [_read_file(*found, root, max_mb) for found in _files(root)]
    known = _known(codebook["articles"], [row["article"] for row in rows])
    _flag_doubles(rows, known)
    outlets = [(row.outlet, re.compile(row.pattern)) for row in codebook["outlets"].itertuples() if row.agency != "yes"]
    return make_table("articles", [_with_knowledge(row, known, outlets) for row in rows])


def _files(root: Path) -> list[tuple[str, Path, str]]:
    """Article id, path and problem of all that lies in a folder, links not followed."""
    found, folders = [], [""]
    while folders:
        inside = folders.pop()
        try:
            with os.scandir(root / inside) as entries:
                for entry in entries:
                    name = inside + entry.name
                    if _is_aside(name, entry):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(f"{name}/")
                    else:
                        found.append((_article(name), root / name, ""))
        except OSError as error:
            if not inside:
                raise BadInput(f"{root} cannot be listed ({error.strerror}): check its permissions") from None
            problem = f"a folder that cannot be listed ({error.strerror}): check its permissions"
            found.append((_article(inside[:-1]), root / inside, problem))
    return sorted(found)


def _is_aside(name: str, entry: os.DirEntry) -> bool:
    """Hidden, the analyst's or our own. A codebook/ deeper down is a folder as any other, a file "out" a file."""
    if name in ("codebook", "out"):
        return not entry.is_file(follow_symlinks=False)
    note = PurePosixPath(name).stem.lower() in NOTES and not entry.is_dir(follow_symlinks=False)
    return note or entry.name.startswith(".")


def _article(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _read_file(article: str, path: Path, problem: str, root: Path, max_mb: float) -> dict:
    row, data = {"article": article}, b""
    if not problem:
        problem, data = _bytes(path, root, max_mb)
    if problem:
        return {**row, "problem": problem}
    row["sha256"] = hashlib.sha256(data).hexdigest()
    problem, text = _text(data)
    if problem:
        return {**row, "problem": problem}
    return {**row, "text": text, "title": _title(text), "language": _language(text)}


def _bytes(path: Path, root: Path, max_mb: float) -> tuple[str, bytes]:
    try:
        if problem := _no_file(path, root):
            return problem, b""
        with open(path, "rb", opener=_without_waiting) as file:
            size = os.fstat(file.fileno()).st_size
            if size > max_mb * 1e6:
                return f"larger than {max_mb:g} MB: split it, or raise max_mb", b""
            data = file.read(size + 1)
    except OSError as error:
        return f"cannot be read ({error.strerror}): check that it is there, and its permissions", b""
    return ("", data) if len(data) == size else ("changed while it was read: read the folder again", b"")


def _without_waiting(path, flags: int) -> int:
    """A file may turn into a pipe between two looks at it; opening that must not wait for a writer."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _no_file(path: Path, root: Path) -> str:
    """Why a path is not a file of texts, seen from outside; "" if it may be one."""
    if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
        return "a link that leaves the folder: copy the file into it"
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        return "a link to a folder, not followed: what it holds is read where it lies"
    if not stat.S_ISREG(mode):
        return "not a regular file: copy the text into a file"
    suffix = path.suffix.lower()
    if suffix in TEXTS:
        return ""
    kinds = [f"{kind}, " for kind, suffixes in KINDS.items() if suffix in suffixes.split()]
    return f"{''.join(kinds)}not a .txt file: save the text as UTF-8 .txt"


def _text(data: bytes) -> tuple[str, str]:
    """What hinders the use of some bytes as a text, and the text if nothing does."""
    start = data[:40].lstrip()
    looks = [kind for beginning, kind in INSIDE.items() if start.startswith(beginning)]
    if looks:
        return f"looks like {looks[0]}, not a text: open it and save the text as UTF-8 .txt", ""
    problem, text = _decoded(data)
    if problem:
        return problem, ""
    if "\0" in text:
        behind = f"{text.index(chr(0))} characters"
        return f"holds NUL bytes, the first after {behind}, not a text: save it as UTF-8 text", ""
    if not any(sign.isprintable() and not sign.isspace() for sign in text):
        return "empty: nothing to read", ""
    if len(NO_TEXT.findall(text)) > len(text) / 20:
        return "holds control characters, not a text: save it as UTF-8 text", ""
    if PAGE.match(text[:5000]):
        return "looks like a web page (HTML), not a text: open it and save the text as UTF-8 .txt", ""
    return "", text


def _decoded(data: bytes) -> tuple[str, str]:
    mark = next((mark for mark in MARKS if data.startswith(mark)), b"")
    encoding = MARKS[mark] if mark else _wide(data) or "utf-8"
    try:
        return "", data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start + len(mark)
    if b"\0" in data and encoding == "utf-8":
        return f"holds NUL bytes, the first after {data.index(0)} bytes, not a text: save it as UTF-8 text", ""
    inside = sum(map(len, UTF_8.findall(data)))  # damaged UTF-8 read as Windows-1252 would be "â€œ" and the like
    if mark or encoding != "utf-8" or inside >= sum(byte > 0x7F for byte in data) / 2:
        return f"damaged {encoding.upper()} at byte {at}: mend the place, or copy the file again", ""
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
    for encoding, high, low in (("utf-16-le", data[1::2], data[0::2]), ("utf-16-be", data[0::2], data[1::2])):
        common = Counter(high).most_common(2)
        if 0 in dict(common) and 0 not in low and sum(n for _, n in common) >= 0.9 * len(high):
            return encoding
    return ""


def _guessed(data: bytes) -> str:
    """Text of one byte a letter: the decoding that reads as a language whose letters these are most; or ""."""
    found = []
    for encoding, languages in OLD.items():
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        language = _language(text)
        if language not in [*languages.split(), ""]:
            continue
        beyond = {sign: number for sign, number in Counter(text).items() if sign > "\x7f"}
        letters = {sign: n for sign, n in beyond.items() if sign.isalpha() or unicodedata.combining(sign)}
        strange = not beyond.keys() <= PRINTED | letters.keys() or BROKEN.search(text)
        if not letters:  # quotation marks and the like have one code in all of these; the other encodings know none
            return text if language in PLAIN and not strange and sum(beyond.values()) <= len(text) / 5 else ""
        own = LETTERS.get(language, letters)
        share = sum(number for sign, number in letters.items() if sign in own) / sum(letters.values())
        if language and not strange and share >= OWN_LETTERS:
            found.append((share, text))
    return max(found, key=lambda pair: pair[0])[1] if found else ""


def _title(text: str) -> str:
    for match in re.finditer(r"[^\r\n]+", text[:5000]):
        start, end = trim(text, *match.span())
        if len(folded_words(text[start:end])) in TITLE_WORDS:
            return text[start:end]
    return ""


@cache
def _languages() -> dict[str, list[str]]:
    """The languages in which a word is a function word."""
    found = defaultdict(list)
    for row in read_lexicon("stopwords"):
        found[fold(row["word"] or row["elsewhere"])].append(row["language"])
    return dict(found)


def _language(text: str) -> str:
    """The language that has the largest share of the words, if it is large enough and leads clearly."""
    if not text[:20_000].isascii() and (language := _script(text[:20_000])):
        return language
    words = [word for word in folded_words(text[:20_000]) if not any(map(str.isdecimal, word))]
    hits = Counter(language for word in words for language in _languages().get(word, ()))
    (best, most), (_, second) = [*hits.most_common(2), ("", 0), ("", 0)][:2]
    enough = most >= max(LEAST_WORDS, LEAST_SHARE.get(best, 0.15) * len(words))
    return best if enough and most - second >= LEAD * len(words) else ""


def _script(text: str) -> str:
    """Chinese, Japanese or Korean by its letters, since blanks do not part its words."""
    signs = {language: len(re.findall(f"[{script}]", text)) for language, script in SCRIPTS.items()}
    if sum(signs.values()) < max(10, sum(sign.isalpha() for sign in text) / 2):
        return ""
    if signs["ko"] > signs["zh"] + signs["ja"]:
        return "ko"
    return "ja" if signs["ja"] > sum(signs.values()) / 10 else "zh"


def _known(table: pd.DataFrame, articles: list[str]) -> dict[str, dict]:
    """What codebook/articles.csv says of each article; names compare in one Unicode form, since disks differ."""
    by_name = {unicodedata.normalize("NFC", article): article for article in articles}
    known: dict[str, dict] = {}
    for row in table.to_dict("records"):
        article = by_name.get(unicodedata.normalize("NFC", row["article"]))
        where = f"codebook/articles.csv: article {row['article']!r}"
        if article is None:
            near = process.extractOne(row["article"], articles, score_cutoff=82)
            advice = f"write {near[0]!r}" if near else "correct the name"
            raise BadInput(f"{where} is not a file of the folder: {advice}, or delete the row")
        if article in known:
            raise BadInput(f"{where} has two rows: make them one")
        known[article] = {column: value for column, value in row.items() if value} | {"article": article}
    return known


def _flag_doubles(rows: list[dict], known: dict[str, dict]) -> None:
    """Take the text from each file whose bytes an earlier article has, unless the analyst names two sources."""
    read: dict[str, list[tuple[str, tuple]]] = defaultdict(list)
    for row in rows:
        if row.get("problem"):
            continue
        source = tuple(known.get(row["article"], {}).get(column, "") for column in ("outlet", "url"))
        first = [
            other for other, theirs in read[row["sha256"]] if not (any(source) and any(theirs)) or source == theirs
        ]
        if not first:
            read[row["sha256"]].append((row["article"], source))
            continue
        same = f"the same bytes as {first[0]}: not counted again; remove one of the two files"
        row |= {"problem": same, "text": "", "title": "", "language": ""}


def _with_knowledge(row: dict, known: dict[str, dict], outlets: list[tuple[str, re.Pattern]]) -> dict:
    row = {**row, **known.get(row["article"], {})}
    if not row.get("outlet") and row.get("text"):
        row["outlet"] = next((outlet for outlet, pattern in outlets if pattern.search(row["text"])), "")
    for column in ("published_from", "published_to"):
        row[column] = pd.Timestamp(row[column]) if row.get(column) else pd.NaT
    return row
