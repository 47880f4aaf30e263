"""From a folder to the table of articles: one row per file, whatever is in it."""

import hashlib
import re
from pathlib import Path

import pandas as pd

from clippings.codebook import read_codebook
from clippings.errors import BadInput
from clippings.lexicon import read_words
from clippings.tables import make_table
from clippings.text import folded_words, trim

NOTES = ("readme", "sources", "license", "licence")
TITLE_WORDS = range(4, 31)


def read_articles(folder, *, max_mb: float = 20) -> pd.DataFrame:
    """The articles of a folder, with what the analyst knows of each.

    In: folder with UTF-8 .txt files, in folders below it too; codebook/articles.csv and outlets.csv fill
    outlet, url and publication days; max_mb, the largest file that is read, in megabytes. Hidden files,
    codebook/, out/ and notes about the corpus (README, SOURCES, LICENSE) are not articles.
    Out: one row per file, by article id (path below the folder); text as decoded, newlines kept; title, the
    first line of 4 to 30 words; language "en" or "" (not known); a file that cannot be used has no text and
    says why in `problem`.
    Raises: BadInput when the folder is not there.
    Misses: dates and outlets that nobody wrote into the codebook; a title that is not a line of its own.
    Source: none.
    Example:
        >>> set(read_articles("lib/clippings/lexicon").problem)
        {'not a .txt file: save the text as UTF-8 .txt'}
    """
    root = Path(folder)
    if not root.is_dir():
        raise BadInput(f"{root} is not a folder: name a folder of saved articles")
    codebook = read_codebook(root)
    rows = [_read_file(path, root, max_mb) for path in _files(root)]
    return make_table("articles", [_with_knowledge(row, codebook) for row in rows])


def _files(root: Path) -> list[Path]:
    found = []
    for path in root.rglob("*"):
        parts = path.relative_to(root).parts
        hidden = any(part.startswith(".") for part in parts)
        aside = parts[0] in ("codebook", "out") or path.stem.lower() in NOTES
        if not hidden and not aside and (path.is_symlink() or not path.is_dir()):
            found.append(path)
    return sorted(found, key=lambda path: path.relative_to(root).as_posix())


def _read_file(path: Path, root: Path, max_mb: float) -> dict:
    row = {"article": path.relative_to(root).as_posix()}
    problem, data = _bytes(path, root, max_mb)
    if problem:
        return {**row, "problem": problem}
    row["sha256"] = hashlib.sha256(data).hexdigest()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return {**row, "problem": f"not UTF-8 at byte {error.start}: save it as UTF-8"}
    if "\0" in text:
        return {**row, "problem": "holds NUL bytes, not a text: save it as UTF-8 text"}
    if not text.strip():
        return {**row, "problem": "empty: nothing to read"}
    return {**row, "text": text, "title": _title(text), "language": _language(text)}


def _bytes(path: Path, root: Path, max_mb: float) -> tuple[str, bytes]:
    if path.suffix.lower() != ".txt":
        return "not a .txt file: save the text as UTF-8 .txt", b""
    try:
        if not path.resolve().is_relative_to(root.resolve()):
            return "a link that leaves the folder: copy the file into it", b""
        if not path.is_file():
            return "not a regular file: copy the text into a file", b""
        if path.stat().st_size > max_mb * 1e6:
            return f"larger than {max_mb:g} MB: split it, or raise max_mb", b""
        return "", path.read_bytes()
    except OSError as error:
        return f"cannot be read ({error.strerror}): check its permissions", b""


def _title(text: str) -> str:
    for match in re.finditer(r"[^\r\n]+", text[:5000]):
        start, end = trim(text, *match.span())
        if len(folded_words(text[start:end])) in TITLE_WORDS:
            return text[start:end]
    return ""


def _language(text: str) -> str:
    words = folded_words(text[:20_000])
    stopwords = set(read_words("stopwords", language="en"))
    share = sum(word in stopwords for word in words) / max(len(words), 1)
    return "en" if share >= 0.2 else ""


def _with_knowledge(row: dict, codebook: dict[str, pd.DataFrame]) -> dict:
    known = codebook["articles"].query("article == @row['article']").to_dict("records")
    row = {**row, **{column: value for entry in known for column, value in entry.items() if value}}
    if not row.get("outlet"):
        own = codebook["outlets"].query("agency != 'yes'")
        outlets = [o.outlet for o in own.itertuples() if re.search(o.pattern, row.get("text", ""))]
        row["outlet"] = outlets[0] if outlets else ""
    for column in ("published_from", "published_to"):
        row[column] = pd.Timestamp(row[column]) if row.get(column) else pd.NaT
    return row
