"""Shorten quotations for publication: no file contains a long sequence of words from an article."""

import json
import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterator
from hashlib import sha256
from itertools import chain
from pathlib import Path

import pandas as pd

from clippings.corpus.codebook import OPTIONAL_COLUMNS, TABLES
from clippings.corpus.codebook_file import CodebookFile, parse_file
from clippings.report.export import csv_bytes, read_table, source_of
from clippings.report.markup import (
    OTHER,
    START,
    TEXT,
    Token,
    join_markup,
    map_attributes,
    split_markup,
    text_token,
)

MOST_WORDS = 25  # consecutive words of an article in an exported file; about two printed lines
ELLIPSIS = "…"
QUOTED_COLUMNS = ("text", "title", "outlet", "article")  # columns of articles that can be quoted

# Scripts without spaces between words. Counting words in them requires a dictionary, so every
# character counts as one word.
_UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"  # Burmese
    "\u1780-\u17ff\u19e0-\u19ff"  # Khmer
    "\u1950-\u19df\u1a20-\u1aaf\uaa80-\uaadf"  # Tai Le, New Tai Lue, Tai Tham, Tai Viet
    "\u1b00-\u1b7f\ua980-\ua9df"  # Balinese, Javanese
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u303c\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Chinese
    "\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff\uff66-\uff9f"  # Japanese syllables, Bopomofo
    "\ua000-\ua4cf"  # Yi
    "\U00016fe0-\U00018dff\U0001aff0-\U0001b2ff"  # Tangut, Khitan, Nushu, more Japanese
    "\U00020000-\U0003ffff"  # more Chinese
)
# The shortest possible definition of a word, so that no other way of counting finds a longer run.
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")

# In a Word or PowerPoint file; other elements there may divide a word.
_OFFICE_PARAGRAPHS = ("w:p", "a:p")


class Excerpts:
    """Text that must not appear in a published file: runs of more than 25 words from the articles.

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles of `read_articles`. The limit applies to texts, titles, outlets and ids.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, _ = cl.load_example()
    >>> excerpts = Excerpts(articles)
    >>> len(articles.text[0].split()), len(excerpts.shorten(articles.text[0]).split())
    (290, 25)
    """

    def __init__(self, articles: pd.DataFrame):
        self._forbidden: set[int] = set()
        for column in QUOTED_COLUMNS:
            for text in articles.get(column, pd.Series(dtype="str")):
                self._forbidden.update(run for _, run in _runs(text, _word_spans(text)))
        self._short_ids = {
            article: self._short_id(article)
            for article in articles.get("article", [])
            if self.too_long(article)
        }

    def _short_id(self, article: str) -> str:
        """Return a short id; its hash distinguishes ids with the same beginning."""
        return f"{self._cut_all([article], [''])[0]}{sha256(article.encode()).hexdigest()[:8]}"

    def too_long(self, text: str) -> list[tuple[int, int]]:
        """Find the parts of a text that must be removed.

        Parameters
        ----------
        text : str
            Any text.

        Returns
        -------
        list of tuple of int
            Start and end of the text after the first 25 words of each longer run.
        """
        words = _word_spans(text)
        cuts: list[tuple[int, int]] = []
        last_of_run = -1  # number of the last word of the run before
        for first, run in _runs(text, words):
            if run not in self._forbidden:
                continue
            last = first + MOST_WORDS
            if first > last_of_run:
                cuts.append((words[last - 1][1], words[last][1]))
            else:  # the run continues
                cuts[-1] = (cuts[-1][0], words[last][1])
            last_of_run = last
        return cuts

    def shorten(self, text: str) -> str:
        """Replace everything after the first 25 words of a run with an ellipsis.

        Parameters
        ----------
        text : str
            Any text.

        Returns
        -------
        str
            The text without long runs.
        """
        return self.shorten_texts([text])[0]

    def shorten_texts(self, texts: list[str], glue: list[str] | None = None) -> list[str]:
        """Shorten texts that are displayed one after the other.

        A run may begin in one text and end in another: words of a sentence in several elements of
        a page, or in several cells of a row.

        Parameters
        ----------
        texts : list of str
            Texts in the order of reading.
        glue : list of str, optional
            What separates each text from the one before it: ``""`` inside a word, ``"\\n"`` (the
            default) otherwise.

        Returns
        -------
        list of str
            The texts without long runs.
        """
        for article, short_id in self._short_ids.items():
            texts = [text.replace(article, short_id) for text in texts]
        return self._cut_all(list(texts), glue or ["\n"] * len(texts))

    def _cut_all(self, texts: list[str], glue: list[str]) -> list[str]:
        """Shorten texts until no run is too long; a cut may create a new run."""
        while True:
            pieces = []
            starts = []
            length = 0
            for text, separator in zip(texts, glue, strict=True):
                pieces += [separator, text]
                starts.append(length + len(separator))
                length += len(separator) + len(text)
            cuts = self.too_long("".join(pieces))
            if not cuts:
                return texts
            for start, end in reversed(cuts):
                _cut(texts, starts, glue, start, end)

    def shorten_html(self, source: str) -> str:
        """Shorten the texts, attributes and comments of HTML or SVG.

        Parameters
        ----------
        source : str
            HTML or SVG.

        Returns
        -------
        str
            The same HTML or SVG with short texts.
        """
        tokens = split_markup(source)
        texts, glue, places = _texts_of_markup(tokens)
        for place, old, new in zip(places, texts, self.shorten_texts(texts, glue), strict=True):
            if new != old:
                tokens[place] = text_token(new)
        for place, token in enumerate(tokens):
            if token.kind == START and len(token.source) > MOST_WORDS:
                tokens[place] = map_attributes(token, self.shorten)
            elif token.kind == OTHER and self.too_long(token.source):
                tokens[place] = Token(OTHER, self.shorten(token.source))
        return join_markup(tokens)

    def shorten_files(self, folder) -> None:
        """Shorten the files of a report: tables, findings, charts, codebook and manifest.

        Parameters
        ----------
        folder : str or path
            Folder of a report.

        Raises
        ------
        OSError
            If a file cannot be read or written.

        Notes
        -----
        PDF files cannot be shortened. If the SVG file of a chart quotes too much, the PDF file of
        the same chart is deleted.
        """
        for path in sorted(Path(folder).rglob("*")):
            if not path.is_file():
                continue
            if path.suffix == ".csv" and path.parent.name == "codebook":
                path.write_bytes(self._shorten_codebook(path))
            elif path.suffix == ".csv":
                path.write_bytes(csv_bytes(self._shorten_table(read_table(path))))
            elif path.suffix in _SHORTEN_TEXT:
                text = path.read_bytes().decode("utf-8")
                shortened = _SHORTEN_TEXT[path.suffix](self, text)
                path.write_bytes(shortened.encode("utf-8", "backslashreplace"))
                if path.suffix == ".svg" and shortened != text:
                    path.with_suffix(".pdf").unlink(missing_ok=True)

    def _shorten_table(self, table: pd.DataFrame) -> pd.DataFrame:
        """Shorten the cells of a table, read row by row."""
        rows = [[*table.columns], *table.to_numpy().tolist()]
        header, *rows = self._shorten_rows(rows)
        return pd.DataFrame(rows, columns=header, dtype="str")

    def _shorten_rows(self, rows: list[list[str]]) -> list[list[str]]:
        """Shorten cells, read row by row."""
        cells = iter(self.shorten_texts(list(chain.from_iterable(rows))))
        return [[next(cells) for _ in row] for row in rows]

    def _shorten_codebook(self, path: Path) -> bytes:
        """Shorten a table of the codebook and its comments, if there is anything to shorten."""
        data = path.read_bytes()
        file = _codebook_file(path, data)
        pieces = _codebook_pieces(file)
        shortened = self.shorten_texts(pieces)
        if shortened == pieces:
            return data
        remaining = iter(shortened)
        lines = []
        for record in (file.header, *file.records):
            lead = next(remaining)
            # A comment without its line end would turn the following row into a comment.
            if record.lead and not lead.endswith(("\n", "\r")):
                lead += file.line_end
            lines += [lead, file.line_of([next(remaining) for _ in record.cells])]
        return file.encode("".join([*lines, next(remaining)]))

    def _shorten_caption(self, text: str) -> str:
        """Shorten a text file, preserving its lines."""
        return "\n".join(self.shorten_texts(text.split("\n")))

    def _shorten_manifest(self, text: str) -> str:
        """Shorten the strings of a manifest, among them the ids of articles."""
        return json.dumps(self._shorten_json(json.loads(text)), indent=1, ensure_ascii=False) + "\n"

    def _shorten_json(self, value):
        """Shorten all strings in a value of JSON; keys are strings too."""
        if isinstance(value, dict):
            return {self.shorten(key): self._shorten_json(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self._shorten_json(item) for item in value]
        return self.shorten(value) if isinstance(value, str) else value

    def _shorten_findings(self, text: str) -> str:
        """Shorten annotations, which are on one line each."""
        lines = []
        for line in text.split("\n"):  # other line separators may appear inside a string
            if line:
                annotation = self._shorten_annotation(json.loads(line))
                lines.append(json.dumps(annotation, ensure_ascii=False) + "\n")
        return "".join(lines)

    def _shorten_annotation(self, annotation: dict) -> dict:
        """Shorten an annotation; its quotation remains the beginning of the passage."""
        article = annotation["row"]["article"]
        position, quotation = annotation["target"]["selector"]
        parts = [quotation.get(part, "") for part in ("prefix", "exact", "suffix")]
        if self.too_long("".join(parts)):
            beginning = self._cut_all([quotation["exact"]], [""])[0].partition(ELLIPSIS)[0]
            quotation = {"type": quotation["type"], "exact": beginning}
        target = {
            "source": source_of(self._short_ids.get(article, article)),
            "selector": [position, quotation],
        }
        columns = list(annotation["row"])
        cells = [annotation["row"][column] for column in columns]
        row = dict(zip(columns, self._shorten_strings(cells), strict=True))
        body = annotation["body"] | {"value": self.shorten(annotation["body"]["value"])}
        return annotation | {"body": body, "target": target, "row": row}

    def _shorten_strings(self, cells: list) -> list:
        """Shorten the strings among the cells of a row."""
        shortened = iter(self.shorten_texts([cell for cell in cells if isinstance(cell, str)]))
        return [next(shortened) if isinstance(cell, str) else cell for cell in cells]

    def check_files(self, folder) -> None:
        """Check that no file of a report contains a run that is too long.

        Parameters
        ----------
        folder : str or path
            Folder of a report.

        Raises
        ------
        RuntimeError
            If a file contains such a run. This would be a bug in clippings; do not publish the
            report.

        Notes
        -----
        Text in pictures (PNG and PDF) cannot be checked, but charts shorten names to about 40
        characters.
        """
        for path in sorted(Path(folder).rglob("*")):
            if not path.is_file():
                continue
            for text in _texts_of_file(path):
                if self.too_long(text):
                    raise RuntimeError(
                        f"{path.name} still quotes more than {MOST_WORDS} consecutive words of an "
                        "article, so no report was created; please report this bug"
                    )


_SHORTEN_TEXT = {
    ".svg": Excerpts.shorten_html,
    ".html": Excerpts.shorten_html,
    ".txt": Excerpts._shorten_caption,
    ".json": Excerpts._shorten_manifest,
    ".jsonl": Excerpts._shorten_findings,
}


def _codebook_file(path: Path, data: bytes) -> CodebookFile:
    """Return a table of the codebook in pieces."""
    columns = TABLES.get(path.stem, [])
    optional = OPTIONAL_COLUMNS.get(path.stem, [])
    return parse_file(data, f"codebook/{path.name}", columns, optional)


def _codebook_pieces(file: CodebookFile) -> list[str]:
    """Return the comments and cells of a table in the order of reading."""
    pieces = []
    for record in (file.header, *file.records):
        pieces += [record.lead, *record.cells]
    return [*pieces, file.tail]


def _word_spans(text: str) -> list[tuple[int, int]]:
    """Return the positions of the words of a text, as counted for this limit."""
    return [match.span() for match in _WORD.finditer(text)]


def _runs(text: str, words: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield each run that is one word too long: the number of its first word and a hash."""
    folded = [text[start:end].casefold() for start, end in words]
    for first in range(len(words) - MOST_WORDS):
        yield first, hash(" ".join(folded[first : first + MOST_WORDS + 1]))


def _cut(texts: list[str], starts: list[int], glue: list[str], start: int, end: int) -> None:
    """Remove a stretch of joined texts from the texts that contain it, and mark its position."""
    is_marked = False
    number = max(bisect_right(starts, start) - 1, 0)
    while number < len(starts) and starts[number] < end:
        text = texts[number]
        first = max(start - starts[number], 0)
        last = min(end - starts[number], len(text))
        if first < last:
            # One mark for a word in several elements, and one for each paragraph or cell.
            mark = "" if is_marked and not glue[number] else ELLIPSIS
            texts[number] = text[:first] + mark + text[last:]
            is_marked = True
        number += 1


def _texts_of_markup(tokens: list[Token]) -> tuple[list[str], list[str], list[int]]:
    """Return the texts among tokens, each with its separator and its number."""
    texts = []
    glue = []
    places = []
    separator = ""
    for place, token in enumerate(tokens):
        if token.kind == TEXT:
            texts.append(token.text)
            glue.append(separator)
            places.append(place)
            separator = ""
        elif token.ends_word:
            separator = "\n"
    return texts, glue, places


def _texts_of_file(path: Path) -> Iterator[str]:
    """Yield the text of a file in reading order, and its hidden text."""
    data = path.read_bytes()
    if path.suffix in (".docx", ".pptx"):
        with zipfile.ZipFile(path) as parts:
            for name in parts.namelist():
                if name.endswith((".xml", ".rels")):
                    yield from _texts_of_tokens(split_markup(parts.read(name).decode()), True)
    elif path.suffix in (".html", ".svg"):
        yield from _texts_of_tokens(split_markup(data.decode()), False)
    elif path.suffix == ".csv" and path.parent.name == "codebook":
        yield "\n".join(_codebook_pieces(_codebook_file(path, data)))
    elif path.suffix == ".csv":
        table = read_table(path)
        yield "\n".join([*table.columns, *table.to_numpy().ravel()])
    elif path.suffix in (".json", ".jsonl"):
        documents = data.decode().split("\n") if path.suffix == ".jsonl" else [data.decode()]
        for document in filter(None, documents):
            yield "\n".join(_strings_of_json(json.loads(document)))
    elif path.suffix == ".txt":
        yield data.decode()


def _texts_of_tokens(tokens: list[Token], is_office_file: bool) -> Iterator[str]:
    """Yield the text, the comments and the attributes of HTML, SVG or a part of an office file."""
    text = ""
    hidden: list[str] = []
    for token in tokens:
        if token.kind == TEXT:
            text += token.text
        elif token.kind == OTHER:
            hidden.append(token.source)
        else:
            text += "\n" if _separates(token, is_office_file) else ""
            map_attributes(token, lambda value: hidden.append(value) or value)
    yield text
    yield from hidden


def _separates(tag: Token, is_office_file: bool) -> bool:
    """Return whether a tag ends a word."""
    return tag.element in _OFFICE_PARAGRAPHS if is_office_file else tag.ends_word


def _strings_of_json(value) -> Iterator[str]:
    """Yield all strings in a value of JSON, keys included."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _strings_of_json(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings_of_json(item)
    elif isinstance(value, str):
        yield value
