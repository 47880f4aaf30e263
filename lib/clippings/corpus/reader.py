"""From a folder to the table of articles: a row for each, and for whatever cannot be read."""

import hashlib
import os
import re
import stat
import unicodedata
from collections import defaultdict
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

import pandas as pd
from rapidfuzz import process

from clippings.core.cache import cache_folder, keep_known, read_known
from clippings.core.errors import BadInput
from clippings.core.parallel import in_shares
from clippings.core.tables import make_table
from clippings.corpus.codebook import read_codebook
from clippings.corpus.formats import Limits, file_problem, is_note, most_bytes, read_rows
from clippings.corpus.language import tell_language
from clippings.corpus.snapshot import is_snapshot, read_snapshot
from clippings.corpus.zones import find_headline

DAYS = ("published_from", "published_to")
SHARE = 50  # files that a process reads, one after the other


def read_articles(
    folder, *, max_mb: float = 20, executor: Executor | None = None, cache_dir=None
) -> pd.DataFrame:
    """The articles of a folder, with what the analyst knows of each.

    In: folder with texts (.txt, .text, .md or no suffix), in folders below it too; UTF-8, UTF-16 or UTF-32, or
    Windows-1252 and its kin where the text then reads as a language we know; web pages (.html), .pdf and .docx, each an
    article; tables of articles (.csv, .tsv, .jsonl, .parquet) with a column text and, where they have them, title,
    date, outlet and url, or the names that codebook/columns.csv gives them; .zip of any of these. codebook/articles.csv
    and outlets.csv fill outlet, url and publication days; max_mb, the largest article that is read, in megabytes (a
    table or archive may be 50 times as large); executor and cache_dir, as find_all has them. Hidden files, codebook/, out/
    and notes about the corpus (README, SOURCES, LICENSE) are not articles.
    Out: one row per article, by article id (path below the folder; bytes of a name that are not UTF-8 as \\xNN; the
    12th row of a table is feed.csv#12, a file of an archive pages.zip/a.txt); text as decoded without a byte order
    mark, newlines cache_dir, or as taken out of the page or document; title, the headline as it stands on the page, or as
    the file names it; language, two letters or "" (not known); dated_by, who says when it was published (the codebook,
    the page itself, a column), or why a day was not understood; a file, link or folder that cannot be used has no text
    and says why in `problem`. So has one with the bytes or text of an earlier article, for else each count would count
    it twice; it is cache_dir where both have an outlet or url and these differ: then two outlets told the same.
    Raises: BadInput when the folder is not there or cannot be listed, and for a wrong row of the codebook.
    Misses: dates and outlets that neither file nor codebook names; what decode_text, tell_language, find_headline and
    read_rows miss. Source: none.
    Example:
        >>> set(read_articles("lib/clippings/lexicon").problem.str.partition(" (")[0])
        {'has no column text'}
    """
    root = Path(folder)
    if not root.is_dir():
        raise BadInput(f"{root} is not a folder: name a folder of saved articles")
    if is_snapshot(root):
        return read_snapshot(root)
    codebook = read_codebook(root)
    limits = Limits(
        max_mb * 1e6, dict(zip(codebook["columns"].column, codebook["columns"].name, strict=True))
    )
    work = partial(_read_files, root=root, limits=limits)
    rows = [row for made in in_shares(executor, work, _some(_files(root)), "files") for row in made]
    _describe(rows, executor, cache_folder(cache_dir))
    known = _known(codebook["articles"], [row["article"] for row in rows])
    _flag_doubles(rows, known)
    outlets = [
        (row.outlet, re.compile(row.pattern))
        for row in codebook["outlets"].itertuples()
        if row.agency != "yes"
    ]
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
                raise BadInput(
                    f"{root} cannot be listed ({error.strerror}): check its permissions"
                ) from None
            problem = f"a folder that cannot be listed ({error.strerror}): check its permissions"
            found.append((_article(inside[:-1]), root / inside, problem))
    return sorted(found)


def _is_aside(name: str, entry: os.DirEntry) -> bool:
    """Hidden, the analyst's or our own. A codebook/ deeper down is a folder as any other, a file "out" a file."""
    if name in ("codebook", "out"):
        return not entry.is_file(follow_symlinks=False)
    note = is_note(name) and not entry.is_dir(follow_symlinks=False)
    return note or entry.name.startswith(".")


def _article(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _some(items: list) -> list[list]:
    return [items[at : at + SHARE] for at in range(0, len(items), SHARE)]


def _read_files(files: list[tuple[str, Path, str]], root: Path, limits: Limits) -> list[dict]:
    rows = []
    for article, path, problem in files:
        data = b""
        if not problem:
            problem, data = _bytes(path, root, most_bytes(path.name, limits))
        rows += (
            [{"article": article, "problem": problem}]
            if problem
            else read_rows(article, data, limits)
        )
    return rows


def _describe(rows: list[dict], executor: Executor | None, folder: Path | None) -> None:
    """Give each text its language and, where the file names none, its title; what is cache_dir is not looked for again."""
    rows = [row for row in rows if row.get("text")]
    keys = (
        [hashlib.sha256(row["text"].encode(errors="surrogatepass")).hexdigest() for row in rows]
        if folder
        else []
    )
    known = read_known(folder, "headlines") if folder else {}
    new = [at for at in range(len(rows)) if not keys or keys[at] not in known]
    texts = _some([rows[at]["text"] for at in new])
    described = [
        found for made in in_shares(executor, _described, texts, "headlines") for found in made
    ]
    told = dict(zip(new, described, strict=True))
    for at, row in enumerate(rows):
        title, language = told[at] if at in told else known[keys[at]]
        row |= {"title": row.get("title") or title, "language": language}
    if folder and new:
        keep_known(
            folder, "headlines", {key: told.get(at) or known[key] for at, key in enumerate(keys)}
        )


def _described(texts: list[str]) -> list[tuple[str, str]]:
    return [(find_headline(text), tell_language(text)) for text in texts]


def _bytes(path: Path, root: Path, most: float) -> tuple[str, bytes]:
    try:
        if problem := _no_file(path, root):
            return problem, b""
        with open(path, "rb", opener=_without_waiting) as file:
            size = os.fstat(file.fileno()).st_size
            if size > most:
                return f"larger than {most / 1e6:g} MB: split it, or raise max_mb", b""
            data = file.read(size + 1)
    except OSError as error:
        return (
            f"cannot be read ({error.strerror}): check that it is there, and its permissions",
            b"",
        )
    return (
        ("", data)
        if len(data) == size
        else ("changed while it was read: read the folder again", b"")
    )


def _without_waiting(path, flags: int) -> int:
    """A file may turn into a pipe between two looks at it; opening that must not wait for a writer."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _no_file(path: Path, root: Path) -> str:
    """Why a path is not a file of texts, seen from outside; "" if it may be one."""
    if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(
        os.path.realpath(root)
    ):
        return "a link that leaves the folder: copy the file into it"
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        return "a link to a folder, not followed: what it holds is read where it lies"
    if not stat.S_ISREG(mode):
        return "not a regular file: copy the text into a file"
    return file_problem(path.name)


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
        known[article] = {column: value for column, value in row.items() if value} | {
            "article": article
        }
    return known


def _flag_doubles(rows: list[dict], known: dict[str, dict]) -> None:
    """Take the text from each file whose bytes an earlier article has, unless the analyst names two sources."""
    read: dict[str, list[tuple[str, tuple]]] = defaultdict(list)
    for row in rows:
        if row.get("problem"):
            continue
        said = row | known.get(row["article"], {})
        source = tuple(said.get(column, "") for column in ("outlet", "url"))
        alike = read[row["sha256"]]
        first = [other for other, its in alike if not (any(source) and any(its)) or source == its]
        if not first:
            alike.append((row["article"], source))
            continue
        same = f"the same bytes as {first[0]}: not counted again; remove one of the two files"
        row |= {"problem": same, "text": "", "title": "", "language": ""}


def _with_knowledge(
    row: dict, known: dict[str, dict], outlets: list[tuple[str, re.Pattern]]
) -> dict:
    """What the analyst knows goes before what the file says."""
    own = known.get(row["article"], {})
    if own.keys() & set(DAYS):
        row = {**row, **dict.fromkeys(DAYS), "dated_by": "codebook/articles.csv"}
    row = {**row, **own}
    if not row.get("outlet") and row.get("text"):
        row["outlet"] = next(
            (outlet for outlet, pattern in outlets if pattern.search(row["text"])), ""
        )
    for column in DAYS:
        row[column] = pd.Timestamp(row[column]) if row.get(column) else pd.NaT
    return row
