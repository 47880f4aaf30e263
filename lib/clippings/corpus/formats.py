"""Which file is read how, and the archives that hold them."""

import hashlib
import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from clippings.core.errors import BadInput
from clippings.core.lexicon import read_words
from clippings.corpus.documents import (
    MANY,
    Limits,
    bomb,
    entries_of,
    read_docx,
    read_page,
    read_pdf,
    read_text,
)
from clippings.corpus.tabular import read_csv, read_jsonl, read_parquet

NOTES = ("readme", "sources", "license", "licence")
TEXTS = ("", ".txt", ".text", ".md", ".markdown")  # the names under which people save text


def is_note(name: str) -> bool:
    """Is it a file about the corpus, and no article?"""
    return PurePosixPath(name).stem.lower() in NOTES


def file_problem(name: str) -> str:
    """Why a file of this name is not read; "" if it may be.

    In: a name. Out: the problem and the repair. Raises: nothing. Misses: what is inside. Source:
    lexicon/reading/unread_files.
    Example:
        >>> file_problem("a.jpg")
        'a picture, not a .txt file: save the text as UTF-8 .txt'
    """
    suffix = _suffix(name)
    if suffix in TEXTS or suffix in READERS:
        return ""
    kinds = read_words("reading/unread_files", "kind", suffix=suffix)
    return ", ".join([*kinds, "not a .txt file: save the text as UTF-8 .txt"])


def most_bytes(name: str, limits: Limits) -> float:
    """How large a file of this name may be: one that holds many articles more than one that is an article."""
    return limits.article * (
        MANY if _suffix(name) in (".csv", ".tsv", ".jsonl", ".parquet", ".zip") else 1
    )


def read_rows(article: str, data: bytes, limits: Limits) -> Iterator[dict]:
    """The articles in a file, as rows of the table of articles.

    In: the file's id; its bytes; limits. Out: a row per article, with what the file itself says of it: title, outlet,
    url, day and where that day stands (dated_by); a row with a problem for what cannot be used.
    Raises: nothing. Misses: as each reader: comments and side columns of a web page, the page's own words for the
    author; columns, headers and hyphens at line ends of a PDF; footnotes of a DOCX. Source: none.
    Example:
        >>> rows = read_rows("feed.jsonl", b'{"text": "It fell.", "date": "2021-03-16"}', Limits(1e6, {}))
        >>> [(row["article"], row["text"], row["published_from"], row["dated_by"]) for row in rows]
        [('feed.jsonl#1', 'It fell.', '2021-03-16', 'column date')]
    """
    whole, found = hashlib.sha256(data).hexdigest(), 0
    try:
        for part, row in READERS.get(_suffix(article), read_text)(data, limits):
            found += 1
            if not row.get("problem") and len(row.get("text", "")) > limits.article:
                row = {
                    "problem": f"longer than {limits.article / 1e6:g} MB: split it, or raise max_mb"
                }
            yield {"article": f"{article}{part}", "sha256": whole, **row}
        problem = "" if found else "holds no articles: add some, or remove the file"
    except BadInput as error:
        problem = str(error)
    except Exception as error:  # the readers of other formats raise what they like on damaged files
        kind = type(error).__name__
        problem = (
            f"damaged, or not what its name says ({kind}): open it and save the text as UTF-8 .txt"
        )
    if problem:
        yield {"article": article, "sha256": whole, "problem": problem}


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _zip(data: bytes, limits: Limits) -> Iterator[tuple[str, dict]]:
    """Read where it lies: nothing is unpacked to the disk, whatever the names in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        left = limits.article * MANY
        seen: dict[str, int] = {}
        for entry in entries_of(archive, left):
            name = entry.filename
            hidden = any(
                part.startswith((".", "__MACOSX")) and part.strip(".") for part in _parts(name)
            )
            if hidden or is_note(name):
                continue
            seen[name] = seen.get(name, 0) + 1
            part = f"/{name}" if seen[name] == 1 else f"/{name} ({seen[name]})"
            if problem := _entry_problem(entry, limits):
                yield part, {"problem": problem}
                continue
            try:
                inside = archive.read(entry)
            except (
                zipfile.BadZipFile,
                zlib.error,
                EOFError,
                NotImplementedError,
                OSError,
                RuntimeError,
            ) as error:
                yield part, {"problem": f"damaged in the archive ({error}): pack it again"}
                continue
            for row in read_rows(name, inside, limits):
                left -= len(row.get("text", ""))
                if left < 0:
                    raise BadInput(bomb(limits.article * MANY))
                yield part + row.pop("article").removeprefix(name), row


def _parts(name: str) -> list[str]:
    return name.replace("\\", "/").split("/")


def _entry_problem(entry: zipfile.ZipInfo, limits: Limits) -> str:
    name, parts = entry.filename, _parts(entry.filename)
    if not parts[0] or ".." in parts or ":" in parts[0]:
        return "its name is empty or leads out of the archive: pack it again without"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "a link in an archive: pack the file itself"
    if entry.flag_bits & 1:
        return "locked by a password: pack it without"
    if _suffix(name) == ".zip":
        return "an archive in an archive: unpack it"
    if entry.file_size > most_bytes(name, limits):
        return f"larger than {most_bytes(name, limits) / 1e6:g} MB: split it, or raise max_mb"
    return file_problem(name)


READERS = dict.fromkeys((".htm", ".html", ".xhtml"), read_page) | dict.fromkeys(
    (".csv", ".tsv"), read_csv
)
READERS |= {
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".jsonl": read_jsonl,
    ".parquet": read_parquet,
    ".zip": _zip,
}
