"""From a folder to the table of articles: one row per file, whatever is in it."""

import hashlib
import os
import re
import stat
import unicodedata
from collections import defaultdict
from pathlib import Path, PurePosixPath

import pandas as pd
from rapidfuzz import process

from clippings.codebook import read_codebook
from clippings.decode import decode_text
from clippings.errors import BadInput
from clippings.language import tell_language
from clippings.tables import in_turn, make_table
from clippings.zones import find_headline

NOTES = ("readme", "sources", "license", "licence")
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


def read_articles(folder, *, max_mb: float = 20) -> pd.DataFrame:
    """The articles of a folder, with what the analyst knows of each.

    In: folder with texts (.txt, .text, .md or no suffix), in folders below it too; UTF-8, UTF-16 or UTF-32, or
    Windows-1252 and its kin where the text then reads as a language we know; codebook/articles.csv and outlets.csv
    fill outlet, url and publication days; max_mb, the largest file that is read, in megabytes. Hidden files,
    codebook/, out/ and notes about the corpus (README, SOURCES, LICENSE) are not articles.
    Out: one row per file, by article id (path below the folder; bytes of a name that are not UTF-8 as \\xNN); text as
    decoded without a byte order mark, newlines kept; title, the headline as it stands on the page; language, two
    letters or "" (not known); a file, link or folder that cannot be used has no text and says why in `problem`. So has
    a file with the bytes of an earlier article, for else each count would count it twice; it is kept where articles.csv
    gives both an outlet or url and these differ: then two outlets told the same.
    Raises: BadInput when the folder is not there or cannot be listed, and for a wrong row of the codebook.
    Misses: dates and outlets that nobody wrote into the codebook; what decode_text, tell_language and find_headline
    miss. Source: none.
    Example:
        >>> set(read_articles("lib/clippings/lexicon").problem)
        {'a table or data file, not a .txt file: save the text as UTF-8 .txt'}
    """
    root = Path(folder)
    if not root.is_dir():
        raise BadInput(f"{root} is not a folder: name a folder of saved articles")
    codebook = read_codebook(root)
    rows = [_read_file(*found, root, max_mb) for found in in_turn(list(_files(root)), "files")]
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
    problem, text = decode_text(data)
    if problem:
        return {**row, "problem": problem}
    return {**row, "text": text, "title": find_headline(text), "language": tell_language(text)}


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
