"""Decorators for finders: search plain characters, and skip languages without word lists.

Finders compare characters, so they would not recognise "Hamilton" if it contained a soft hyphen.
Instead of allowing for such characters in every pattern, `reads_plain_text` gives each finder a
copy of the passages in plain characters. It converts the spans of all arguments and results.

A finder that uses English word lists produces nonsense in other languages; for example, it would
mistake every German noun for a name. `needs_word_lists` excludes such passages.
"""

from bisect import bisect_right
from collections.abc import Callable
from functools import partial, wraps

import pandas as pd

from clippings.core.characters import PlainText, has_special_characters, plain_text
from clippings.core.garbage import fewer_collections
from clippings.core.languages import has_finders
from clippings.core.tables import SORT_KEY, in_order, links


def needs_word_lists(
    find: Callable[..., pd.DataFrame] | None = None, *, by_codebook: Callable | None = None
) -> Callable[..., pd.DataFrame]:
    """Exclude passages in languages without word lists from a finder.

    Parameters
    ----------
    find : callable
        A function whose first argument is a table of passages and whose result is a span table.
    by_codebook : callable, optional
        A function that selects the rows of excluded passages that depend only on the analyst's
        codebook, which works in any language. By default, there are no such rows.

    Returns
    -------
    callable
        The decorated function. Passages whose language is unknown are not excluded: most are too
        short to recognise their language.
    """
    if find is None:
        return partial(needs_word_lists, by_codebook=by_codebook)

    @wraps(find)
    def find_in_known_languages(passages: pd.DataFrame, *tables, **options) -> pd.DataFrame:
        if "language" not in passages.columns:
            return find(passages, *tables, **options)
        languages = passages.language.drop_duplicates()
        others = [language for language in languages if not has_finders(language)]
        if not others:
            return find(passages, *tables, **options)

        is_other = passages.language.isin(others)
        table = find(passages[~is_other], *tables, **options)
        if by_codebook is None:
            return table
        further = by_codebook(find(passages[is_other], *tables, **options))
        if further.empty:
            return table
        return in_order(pd.concat([table, further])) if len(table) else in_order(further)

    return find_in_known_languages


def reads_plain_text(find: Callable[..., pd.DataFrame]) -> Callable[..., pd.DataFrame]:
    """Give a finder passages in plain characters (see `clippings.core.characters`).

    Parameters
    ----------
    find : callable
        A function whose first argument is a table of passages and whose result is a span table.
        Its other arguments may be span tables of the same articles.

    Returns
    -------
    callable
        The decorated function. The spans, links and text of each row refer to the original
        passages. Other columns, such as labels, are in plain characters.
    """

    @wraps(find)
    @fewer_collections()
    def find_in_originals(passages: pd.DataFrame, *tables, **options) -> pd.DataFrame:
        is_special = [has_special_characters(text) for text in passages.text]
        if not any(is_special):
            return find(passages, *tables, **options)

        pages = _special_pages(passages, set(passages.article[is_special]))
        table = find(
            _in_plain_offsets(passages, pages),
            *(_in_plain_offsets(table, pages) for table in tables),
            **{name: _in_plain_offsets(value, pages) for name, value in options.items()},
        )
        return _in_original_offsets(table, pages)

    return find_in_originals


class _Page:
    """The passages of an article, in original and in plain characters.

    Text between passages keeps its length.
    """

    def __init__(self, passages: pd.DataFrame):
        self.starts: list[int] = []
        self.texts: list[str] = []
        self.plain_starts: list[int] = []
        self.plain_texts: list[PlainText] = []
        removed = 0  # number of characters up to this point that are missing in the plain text
        for row in passages.sort_values(["start", "end"]).itertuples():
            plain = plain_text(row.text)
            self.starts.append(row.start)
            self.texts.append(row.text)
            self.plain_starts.append(row.start - removed)
            self.plain_texts.append(plain)
            removed += len(row.text) - len(plain.text)

    def to_plain(self, offset: int) -> int:
        """Convert an offset in the original article to an offset in its plain version."""
        number = max(bisect_right(self.starts, offset) - 1, 0)
        within = offset - self.starts[number]
        plain = self.plain_texts[number]
        length = len(self.texts[number])
        if 0 <= within < length:
            return self.plain_starts[number] + plain.plain_offset(within)
        if within >= length:
            return self.plain_starts[number] + len(plain.text) + within - length
        return offset

    def plain_words(self, start: int, end: int) -> str:
        """Return the text of a span of the original, in plain characters."""
        number = max(bisect_right(self.starts, start) - 1, 0)
        shift = self.plain_starts[number]
        plain = self.plain_texts[number].text
        return plain[self.to_plain(start) - shift : self.to_plain(end) - shift]

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """Convert a span of the plain version to a span of the original article."""
        number = max(bisect_right(self.plain_starts, start) - 1, 0)
        shift = self.plain_starts[number]
        plain = self.plain_texts[number]
        first, last = plain.original_span(start - shift, min(end - shift, len(plain.text)))
        return self.starts[number] + first, self.starts[number] + last

    def words(self, start: int, end: int) -> str:
        """Return the text of a span of the original."""
        number = max(bisect_right(self.starts, start) - 1, 0)
        return self.texts[number][start - self.starts[number] : end - self.starts[number]]


def _special_pages(passages: pd.DataFrame, articles: set[str]) -> dict[str, _Page]:
    """Return the pages of some articles."""
    rows = passages[passages.article.isin(articles)]
    return {article: _Page(table) for article, table in rows.groupby("article")}


def _in_plain_offsets(table: object, pages: dict[str, _Page]) -> object:
    """Convert the offsets of a span table to plain pages; return other arguments unchanged."""
    if not isinstance(table, pd.DataFrame) or not set(SORT_KEY) <= set(table.columns):
        return table
    rows = _rows_on(table, pages)
    if not rows:
        return table
    columns = _cells_of_rows(table, rows)
    offset_columns = _offset_columns(table)
    for number, article in enumerate(columns["article"]):
        page = pages[article]
        span = (columns["start"][number], columns["end"][number])
        columns["text"][number] = page.plain_words(*span)
        for name in offset_columns:
            if not pd.isna(columns[name][number]):
                columns[name][number] = page.to_plain(columns[name][number])
    return _with_cells(table, rows, columns)


def _in_original_offsets(table: pd.DataFrame, pages: dict[str, _Page]) -> pd.DataFrame:
    """Convert a finder's results on plain pages to the offsets and texts of the originals."""
    rows = _rows_on(table, pages)
    if not rows:
        return table
    columns = _cells_of_rows(table, rows)
    prefixes = ["", *(f"{link}_" for link in links(table))]
    for number, article in enumerate(columns["article"]):
        page = pages[article]
        for prefix in prefixes:
            first = columns[f"{prefix}start"]
            last = columns[f"{prefix}end"]
            if not pd.isna(first[number]):
                first[number], last[number] = page.to_original(first[number], last[number])
        columns["text"][number] = page.words(columns["start"][number], columns["end"][number])
    return in_order(_with_cells(table, rows, columns))


def _rows_on(table: pd.DataFrame, pages: dict[str, _Page]) -> list[int]:
    """Return the positions of the rows on these pages."""
    return [row for row, article in enumerate(table.article.tolist()) if article in pages]


def _offset_columns(table: pd.DataFrame) -> list[str]:
    ends = [f"{name}_{end}" for name in links(table) for end in ("start", "end")]
    return ["start", "end", *ends]


def _moved_columns(table: pd.DataFrame) -> list[str]:
    return ["article", "text", *_offset_columns(table)]


def _cells_of_rows(table: pd.DataFrame, rows: list[int]) -> dict[str, list]:
    """Return the cells of some rows in the article and in the columns that depend on offsets."""
    return {name: table[name].iloc[rows].tolist() for name in _moved_columns(table)}


def _with_cells(table: pd.DataFrame, rows: list[int], cells: dict[str, list]) -> pd.DataFrame:
    """Replace cells in some rows of a table, preserving dtypes."""
    columns = {}
    for name, of_rows in cells.items():
        column = table[name].array.copy()
        column[rows] = pd.array(of_rows, dtype=column.dtype)
        columns[name] = column
    return table.assign(**columns)
