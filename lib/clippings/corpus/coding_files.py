"""Read the themes that a person coded, from a table of passages or from a file of verdicts.

Coders use spreadsheets: columns have various names, offsets may be missing, and quotation marks or
line breaks may have changed. A passage is then found by its words.
"""

import difflib
import os
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from clippings.core.csv_cells import unguarded
from clippings.core.errors import BadInput
from clippings.core.tables import SORT_KEY, make_table
from clippings.core.tokens import folded_words, word_spans
from clippings.core.wording import count_noun, shorten
from clippings.corpus.codebook_file import CodebookFile, parse_file

# The columns of a file and their names, in lower case.
COLUMN_NAMES = {
    "article": ("article", "article id", "file", "filename", "file name", "document"),
    "start": ("start", "begin"),
    "end": ("end",),
    "text": ("text", "passage", "sentence", "quote", "quotation", "segment", "paragraph"),
    "label": ("label", "labels", "theme", "themes", "code", "codes"),
    "table": ("table",),
    "verdict": ("verdict",),
}
ROLE_OF_NAME = {name: role for role, names in COLUMN_NAMES.items() for name in names}

# Several themes in a cell: "damage; relief" or "damage | relief".
LABEL_SEPARATOR = re.compile(r"[;|]")
# An offset, possibly as a spreadsheet writes it: 120 or 120.0
OFFSET = re.compile(r"(\d+)(?:\.0+)?")

# The first bytes of Excel workbooks: a ZIP archive, or an OLE file.
WORKBOOK_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")

# Cells of a column for one theme, in lower case.
CODED_CELLS = {"1", "x", "yes", "y", "true", "✓", "✔"}
NOT_CODED_CELLS = {"", "0", "no", "n", "false", "-", "–"}

SHOWN_PROBLEMS = 10  # in one error message

HEADER_BYTES = 20_000  # in which the header is looked for, after any comments


class _Place(NamedTuple):
    """A span in an article."""

    start: int
    end: int


class _Row(NamedTuple):
    """The cells of one row, by role, and its position in messages."""

    cells: dict[str, str]
    marked_themes: list[str]  # of columns for one theme
    place: str  # "coder_a.csv, line 3"

    def error(self, problem: str) -> BadInput:
        """Return the error of this row."""
        return BadInput(f"{self.place}: {problem}")


def read_coding(path: str | os.PathLike, passages: pd.DataFrame) -> pd.DataFrame:
    """Read the themes that a person coded.

    Parameters
    ----------
    path : str or path
        A CSV file with a header. Its columns, in any order:

        - `article` (or file, document): the id of an article
        - `label` (or theme, code): one or several themes, separated by semicolons or vertical
          bars. In rows without a theme, the person has read the passage and found none. Instead,
          there may be a column for each theme, named after it, with 1, x or yes for coded passages,
          and 0, no or nothing for the others
        - `text` (or passage, sentence, quote): the coded words, and/or `start` and `end`: their
          offsets in the article

        Other columns are ignored. The file may also be a ``verdicts.csv`` from a codebook, whose
        rows about the table `themes` are read.
    passages : pandas.DataFrame
        The passages that the person was given.

    Returns
    -------
    pandas.DataFrame
        The table `themes`: one row per coded span and theme, sorted by position. For a file of
        verdicts, it has the additional column `decision`: `yes`, or `no` for a passage that does
        not contain the theme.

    Raises
    ------
    BadInput
        If the file cannot be read, or a row has no place among the passages: its article is
        unknown, its words do not occur in the article or occur more than once, or its offsets are
        outside the passages. The message states the file, the line, and how to fix it, for up to
        ten rows.

    Notes
    -----
    A passage is found by its words if it has no offsets, or if its offsets point to other words.
    White space, punctuation, capitals and the form of quotation marks are then ignored.

    To give a coder a file to fill in, save the passages with an empty column `label`, as the guide
    "Compare two coders" shows.

    Examples
    --------
    >>> import tempfile
    >>> import clippings as cl
    >>> articles, _ = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> path = Path(tempfile.mkdtemp(), "coder_a.csv")
    >>> _ = path.write_text(
    ...     "file,quote,theme\\n"
    ...     "01_river_rises,Water levels in the River Lenn rose,river_level; warning\\n"
    ... )
    >>> cl.read_coding(path, passages)[["article", "start", "end", "label"]]
                  article  start  end        label
    0  01_river_rises.txt    136  171  river_level
    1  01_river_rises.txt    136  171      warning
    """
    path = Path(path)
    file = _parse(path)
    is_file_of_verdicts = {"table", "verdict"} <= set(_roles_of(file))
    columns_of_themes = _columns_of_themes(file)
    _check_roles(file, path.name, is_file_of_verdicts, bool(columns_of_themes))

    places = _PlaceFinder(passages)
    themes = []
    problems = []
    for row in _rows_of(file, path.name, columns_of_themes):
        try:
            themes += _themes_of_row(row, places, is_file_of_verdicts)
        except BadInput as problem:
            problems.append(str(problem))
    if problems:
        raise _all_problems(problems)
    return _themes_table(themes, is_file_of_verdicts)


def _themes_of_row(row: _Row, places: "_PlaceFinder", is_of_verdicts: bool) -> list[dict]:
    """Return the rows of the table of themes that a row of the file stands for."""
    if is_of_verdicts and not _is_decision(row):
        return []
    labels = [label.strip() for label in LABEL_SEPARATOR.split(row.cells.get("label", ""))]
    labels = [label for label in [*labels, *row.marked_themes] if label]
    if not labels:
        return []
    decision = row.cells.get("verdict", "")
    return [
        place | {"label": label, "side": "for", "decision": decision}
        for place in places.find(row)
        for label in labels
    ]


def _all_problems(problems: list[str]) -> BadInput:
    """Return one error for the problems of all rows, so that they can be fixed together."""
    lines = problems[:SHOWN_PROBLEMS]
    if len(problems) > len(lines):
        others = count_noun(len(problems) - len(lines), "more row")
        lines.append(f"and {others} with problems")
    return BadInput("\n".join(lines))


def _themes_table(themes: list[dict], has_decisions: bool) -> pd.DataFrame:
    """Return the table of themes; of several rows on the same span, the last one counts."""
    last = {tuple(theme[column] for column in SORT_KEY): theme for theme in themes}
    ordered = [last[key] for key in sorted(last)]
    decisions = [theme.pop("decision") for theme in ordered]
    table = make_table("themes", ordered)
    if has_decisions:
        table["decision"] = pd.Series(decisions, dtype="str")
    return table


def _parse(path: Path) -> CodebookFile:
    """Read the file, and split it into records."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(
            f"{path} cannot be read ({error.strerror}): give the path of a CSV file"
        ) from None
    if data.startswith(WORKBOOK_MARKS):
        raise BadInput(f'{path.name} is a workbook: save its sheet as "CSV UTF-8"')
    return parse_file(data, path.name, _known_columns(data))


def _known_columns(data: bytes) -> list[str]:
    """Return the column names in the header that have a role, which show the delimiter."""
    is_utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    beginning = data[:HEADER_BYTES].decode("utf-16" if is_utf_16 else "utf-8-sig", "replace")
    for line in beginning.splitlines():
        if not line.strip() or line.lstrip('"').startswith("#") or line.startswith("sep="):
            continue
        cells = [cell.strip(' "') for cell in re.split(r"[,;\t]", line)]
        return [cell for cell in cells if cell.casefold() in ROLE_OF_NAME]
    return []


def _roles_of(file: CodebookFile) -> list[str]:
    """Return the role of each column; "" for one that is ignored."""
    return [ROLE_OF_NAME.get(column.casefold(), "") for column in file.columns]


def _columns_of_themes(file: CodebookFile) -> dict[int, str]:
    """Return the position and theme of the columns for one theme, in a file without labels."""
    roles = _roles_of(file)
    if "label" in roles:
        return {}
    themes = {}
    for position, (column, role) in enumerate(zip(file.columns, roles, strict=True)):
        cells = {
            record.cells[position].strip().casefold()
            for record in file.records
            if position < len(record.cells)
        }
        has_only_marks = cells <= CODED_CELLS | NOT_CODED_CELLS
        is_filled_in = bool(cells - {""})
        if column and not role and has_only_marks and is_filled_in:
            themes[position] = column
    return themes


def _check_roles(
    file: CodebookFile, name: str, is_file_of_verdicts: bool, has_columns_of_themes: bool
) -> None:
    """Refuse a file without the necessary columns, or with two for the same purpose."""
    roles = _roles_of(file)
    header = shorten(file.delimiter.join(file.columns))
    if "article" not in roles:
        raise BadInput(
            f"{name} has no column article: its header is {header}; name the column with the ids "
            "of the articles article"
        )
    if "label" not in roles and not has_columns_of_themes:
        raise BadInput(
            f"{name} has no column label: its header is {header}; name the column with the themes "
            "label, or use a column for each theme that contains only 1 or nothing"
        )
    if not {"text", "start"} & set(roles):
        raise BadInput(
            f"{name} has neither a column text nor a column start: its header is {header}; "
            "add the coded words as a column text"
        )
    doubled = {role for role in roles if role and roles.count(role) > 1}
    if doubled and not is_file_of_verdicts:
        role = min(doubled)
        columns = [column for column, own in zip(file.columns, roles, strict=True) if own == role]
        raise BadInput(
            f"{name} has several columns for {role} ({', '.join(columns)}): delete or rename all "
            "but one"
        )


def _rows_of(file: CodebookFile, name: str, columns_of_themes: dict[int, str]) -> list[_Row]:
    """Return the rows with their cells by role."""
    roles = _roles_of(file)
    rows = []
    for record in file.records:
        cells = {
            role: unguarded(cell.strip())
            for role, cell in zip(roles, record.cells, strict=False)
            if role
        }
        marked_themes = [
            theme
            for position, theme in columns_of_themes.items()
            if position < len(record.cells)
            and record.cells[position].strip().casefold() in CODED_CELLS
        ]
        rows.append(_Row(cells, marked_themes, f"{name}, line {record.line}"))
    return rows


def _is_decision(row: _Row) -> bool:
    """Return whether a row of a file of verdicts accepts or rejects a theme."""
    if row.cells.get("table") != "themes":
        return False
    verdict = row.cells.get("verdict", "")
    if verdict not in ("yes", "no"):
        raise row.error(f"the verdict on a theme is {verdict!r}: write yes or no")
    return True


class _PlaceFinder:
    """The passages of each article, in which the rows of a file are located."""

    def __init__(self, passages: pd.DataFrame):
        ordered = passages.sort_values(["article", "start"])
        self.passages_of = {
            article: list(rows.itertuples()) for article, rows in ordered.groupby("article")
        }
        self.words_of = lru_cache(maxsize=16)(self._words_of)  # rows are usually in order
        self.ids_of_stem: dict[str, list[str]] = {}
        for article in self.passages_of:
            self.ids_of_stem.setdefault(Path(article).stem.casefold(), []).append(article)

    def find(self, row: _Row) -> list[dict]:
        """Return the coded span, or the part of it in each passage that it extends over."""
        article = self._article_of(row)
        text = row.cells.get("text", "")
        start = self._offset(row, "start")
        end = self._offset(row, "end")
        if start is None and not text:
            raise row.error("the row has neither a text nor a start: add the coded words")
        if start is not None:
            place = _Place(start, end if end is not None else start + len(text))
            parts = self._parts_at(article, place)
            coded = " ".join(part["text"] for part in parts)
            if parts and (not text or folded_words(coded) == folded_words(text)):
                return parts
            if not text:
                raise row.error(
                    f"no passage of {article} is at {place.start} to {place.end}: "
                    "check start and end, or add the coded words as a column text"
                )
        return self._parts_at(article, self._place_of_words(row, article, text, start))

    def _article_of(self, row: _Row) -> str:
        """Return the id of the row's article; its ending may be missing."""
        name = row.cells.get("article", "")
        if name in self.passages_of:
            return name
        candidates = self.ids_of_stem.get(Path(name).stem.casefold(), [])
        candidates = candidates or self.ids_of_stem.get(name.casefold(), [])
        if len(candidates) == 1:
            return candidates[0]
        similar = difflib.get_close_matches(name, self.passages_of, n=1)
        hint = f"did you mean {similar[0]!r}?" if similar else "use the id from the table articles"
        raise row.error(f"no passage is from an article {shorten(name)!r}: {hint}")

    def _offset(self, row: _Row, role: str) -> int | None:
        """Return an offset, None for an empty cell."""
        cell = row.cells.get(role, "")
        if not cell:
            return None
        match = OFFSET.fullmatch(cell)
        if not match:
            raise row.error(f"{role} is {shorten(cell)!r}: write a whole number, or leave it empty")
        return int(match[1])

    def _parts_at(self, article: str, place: _Place) -> list[dict]:
        """Return the parts of a span in the passages that it touches."""
        parts = []
        for passage in self.passages_of[article]:
            start = max(place.start, passage.start)
            end = min(place.end, passage.end)
            if start < end:
                text = passage.text[start - passage.start : end - passage.start]
                parts.append({"article": article, "start": start, "end": end, "text": text})
        return parts

    def _place_of_words(self, row: _Row, article: str, text: str, near: int | None) -> _Place:
        """Return where the coded words are; `near` decides if they occur more than once."""
        places = self._exact_places(article, text) or self._places_by_words(article, text)
        if not places:
            raise row.error(
                f"the words {shorten(text, 50)!r} are not in the passages of {article}: "
                "copy them from the article"
            )
        if near is not None:
            return min(places, key=lambda place: abs(place.start - near))
        if len(places) > 1:
            raise row.error(
                f"the words {shorten(text, 50)!r} occur {len(places)} times in {article}: "
                f"add a column start (possible values: "
                f"{', '.join(str(place.start) for place in places[:5])}), or copy more words"
            )
        return places[0]

    def _words_of(self, article: str) -> tuple[list[_Place], list[str]]:
        """Return the places and the folded forms of all words of an article."""
        spans = []
        words = []
        for passage in self.passages_of[article]:
            spans += [
                _Place(passage.start + start, passage.start + end)
                for start, end in word_spans(passage.text)
            ]
            words += folded_words(passage.text)
        return spans, words

    def _exact_places(self, article: str, text: str) -> list[_Place]:
        """Return all places with exactly these characters."""
        places = []
        for passage in self.passages_of[article]:
            for match in re.finditer(re.escape(text), passage.text):
                start = passage.start + match.start()
                places.append(_Place(start, start + len(text)))
        return places

    def _places_by_words(self, article: str, text: str) -> list[_Place]:
        """Return all places with the same words, which may extend over several passages."""
        searched = folded_words(text)
        if not searched:
            return []
        spans, words = self.words_of(article)
        number = len(searched)
        return [
            _Place(spans[first].start, spans[first + number - 1].end)
            for first in range(len(words) - number + 1)
            if words[first : first + number] == searched
        ]
