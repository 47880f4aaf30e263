"""Quotations of a length that may be published: no run of an article's words longer than that in any file."""

import csv
import io
import json
import re
from html import escape, unescape
from pathlib import Path

import pandas as pd

from clippings.report.export import csv_bytes, read_table

MOST_WORDS = 25  # of an article in a row, in any exported file: about two lines
WORD = re.compile(
    r"\w+"
)  # the shortest that may be called a word, so that no other count finds a longer run
TAG = re.compile(r"(<style.*?</style>|<[^>]*>)", re.DOTALL)
INLINE = re.compile(r"</?(?:a|b|cite|em|i|mark|small|span|strong|tspan)\b")
ATTRIBUTE = re.compile(r'="([^"]*)"')


class Excerpts:
    """What may not stand in a file: every run of MOST_WORDS + 1 words of the articles."""

    def __init__(self, articles: pd.DataFrame):
        self.runs: set[int] = set()
        for text in articles.text:
            self.runs.update(hash_ for _, hash_ in _runs(text, _words(text)))

    def too_long(self, text: str) -> list[tuple[int, int]]:
        """Where a text must be cut: behind the first MOST_WORDS words of each run that is longer."""
        words = _words(text)
        cuts: list[tuple[int, int]] = []
        kept = -1  # the last word of the run before
        for number, hash_ in _runs(text, words):
            if hash_ in self.runs:
                last = number + MOST_WORDS
                if number > kept:
                    cuts.append((words[last - 1][1], words[last][1]))
                else:
                    cuts[-1] = (cuts[-1][0], words[last][1])
                kept = last
        return cuts

    def shorten(self, text: str) -> str:
        """A text with … for what follows the first MOST_WORDS words of a run."""
        while cuts := self.too_long(text):
            edges = [0, *(at for cut in cuts for at in cut), len(text)]
            text = "…".join(
                text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)
            )
        return text

    def shorten_html(self, html: str) -> str:
        """HTML or SVG with its texts shortened, over the borders of elements too, and its attributes."""
        parts = TAG.split(html)
        parts[1::2] = [ATTRIBUTE.sub(self._attribute, tag) for tag in parts[1::2]]
        while True:
            plain, places = "", []
            for number, part in enumerate(parts):
                if number % 2:
                    plain += "" if INLINE.match(part) else "\n"
                else:
                    places.append((len(plain), number))
                    plain += unescape(part)
            cuts = self.too_long(plain)
            if not cuts:
                return "".join(parts)
            for start, end in reversed(cuts):
                _cut(parts, places, start, end)

    def _attribute(self, match: re.Match) -> str:
        value = unescape(match[1])
        short = self.shorten(value) if value.count(" ") >= MOST_WORDS else value
        return match[0] if short == value else f'="{escape(short)}"'

    def shorten_files(self, folder) -> None:
        """Tables, findings, charts and codebook of a run, each in its own form.

        In: folder of a run. Raises: OSError when a file cannot be read or written.
        """
        for path in sorted(Path(folder).rglob("*.*")):
            if path.suffix in (".csv", ".jsonl", ".svg", ".txt"):
                if path.parent.name in ("tables", "charts") and path.suffix == ".csv":
                    path.write_bytes(csv_bytes(read_table(path).map(self.shorten)))
                    continue
                text = path.read_bytes().decode("utf-8")
                kinds = {
                    ".csv": self._book,
                    ".jsonl": self._findings,
                    ".svg": self.shorten_html,
                    ".txt": self.shorten,
                }
                path.write_bytes(kinds[path.suffix](text).encode("utf-8", "backslashreplace"))

    def _book(self, text: str) -> str:
        """A table of the codebook, its comments too."""
        file = io.StringIO()
        rows = csv.reader(io.StringIO(text, newline=""))
        csv.writer(file, lineterminator="\n").writerows(
            [self.shorten(cell) for cell in row] for row in rows
        )
        return file.getvalue()

    def _findings(self, text: str) -> str:
        """A quotation selector keeps the first words, and those before and behind only where it is whole."""
        lines = []
        for line in text.splitlines():
            found = json.loads(line)
            place, quotation = found["target"]["selector"]
            around = " ".join(quotation.get(part, "") for part in ("prefix", "exact", "suffix"))
            if self.too_long(around):
                short = {
                    "type": quotation["type"],
                    "exact": self.shorten(quotation["exact"]).partition("…")[0],
                }
                found["target"]["selector"] = [place, short]
            row = {
                key: self.shorten(cell) if isinstance(cell, str) else cell
                for key, cell in found["row"].items()
            }
            lines.append(json.dumps(found | {"row": row}, ensure_ascii=False))
        return "".join(f"{line}\n" for line in lines)


def _words(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in WORD.finditer(text)]


def _runs(text: str, words: list[tuple[int, int]]):
    """Each run of MOST_WORDS + 1 words: the number of its first word, and a hash of it."""
    folded = [text[start:end].casefold() for start, end in words]
    for number in range(len(words) - MOST_WORDS):
        yield number, hash(" ".join(folded[number : number + MOST_WORDS + 1]))


def _cut(parts: list[str], places: list[tuple[int, int]], start: int, end: int) -> None:
    """Take a stretch of the plain text out of the texts that hold it; … stands in the first."""
    said = "…"
    for at, number in places:
        plain = unescape(parts[number])
        first, last = max(start - at, 0), min(end - at, len(plain))
        if first < last:
            parts[number] = escape(plain[:first] + said + plain[last:], quote=False)
            said = ""
