"""The tables' columns, and the law that every span slices back.

A span table starts with `article start end text label`, has its own columns, then `rule`. Every pair of
columns NAME_start, NAME_end is a link: another span in the same article, or in NAME_article.
"""

from collections import namedtuple
from functools import cache

import numpy as np
import pandas as pd

from clippings.core.errors import BadInput

MANY = 100_000  # rows from which on sorting keeps no object for each
PLACE = ("article", "start", "end", "label")
STORY = ("headline", "dateline", "subhead", "body")
KINDS = {"": "str", "number": "float64", "day": "datetime64[s]", "link": "Int64"}


def _columns(said: str) -> dict[str, str]:
    """Columns and their types, from "name:kind name:kind"; without a kind it is text, a link is two columns."""
    found = {}
    for word in said.split():
        name, _, kind = word.partition(":")
        names = (f"{name}_start", f"{name}_end") if kind == "link" else (name,)
        found |= dict.fromkeys(names, KINDS.get(kind, kind))
    return found


SPAN = _columns("article start:int64 end:int64 text label")
SPANS = {
    "passages": "",
    "phrases": "",
    "repeats": "relation match_article match:link words:int64 similarity:number",
    "mentions": "type role clues",
    "quotes": "kind speaker:link cue:link told_to via source_type anonymous:bool part:link",
    "times": "value mod anchor unit amount:number direction",
    "events": "modality agent target place time:link quote:link",
    "amounts": "low:number high:number qualifier event:link",
    "cues": "relation day_from:day day_to:day",
    "constraints": "relation day_from:day day_to:day days_min:number days_max:number mask other_article other:link"
    " because:link strength trust:number",
    "dates": "earliest:day latest:day likely_earliest:day likely_latest:day edtf because likely_because refused"
    " problem",
    "themes": "side cue:link",
    "claims": "status match_article match:link reasons against",
    "clusters": "weight:number",
}
ARTICLES = "article outlet title url language published_from:day published_to:day dated_by text sha256 problem"
COLUMNS = {"articles": _columns(ARTICLES)} | {
    name: SPAN | _columns(said) | {"rule": "str"} for name, said in SPANS.items()
}


def make_table(name: str, rows: list[dict] | None = None) -> pd.DataFrame:
    """A table of the given kind from rows, its columns complete, typed, sorted by place, index fresh.

    In: name, a key of COLUMNS; rows, dicts (a missing text is "", a missing link or day is missing).
    Out: span tables sorted by article, start, end, label (rows of one place stay in the order given).
    Raises: KeyError for a column that the table does not have. Misses: nothing. Source: API of the tables.
    Example:
        >>> list(make_table("passages").columns)
        ['article', 'start', 'end', 'text', 'label', 'rule']
    """
    columns = COLUMNS[name]
    rows = rows or []
    unknown = {key for row in rows for key in row} - set(columns)
    if unknown:
        raise KeyError(f"table {name} has no column {sorted(unknown)}")
    blank = {"str": "", "bool": False}
    if "start" in columns:
        rows = sorted(rows, key=lambda row: tuple(row.get(column, "") for column in PLACE))
    cells = (
        (name, [row.get(name, blank.get(kind)) for row in rows], kind)
        for name, kind in columns.items()
    )
    data = {name: pd.array(values, dtype=kind) for name, values, kind in cells}
    return pd.DataFrame(data, columns=list(columns), copy=False)


def span_row(passage, start: int, end: int, **columns) -> dict:
    """A row of a span table: a stretch of a passage, with whatever other columns.

    In: passage, a row of passages; start and end within its text. Out: a dict with offsets in the article.
    Raises: nothing. Misses: nothing. Source: none.
    Example:
        >>> from types import SimpleNamespace
        >>> span_row(SimpleNamespace(article="a", start=10, text="two words"), 0, 3, label="number")
        {'article': 'a', 'start': 10, 'end': 13, 'text': 'two', 'label': 'number'}
    """
    place = {"article": passage.article, "start": passage.start + start, "end": passage.start + end}
    return {**place, "text": passage.text[start:end], **columns}


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    """The rows by article, start, end and label, with a fresh index.

    In: any span table. Out: a sorted copy. Raises: KeyError if a span column is missing.
    Misses: nothing. Source: none.
    Example:
        >>> in_order(make_table("passages")).empty
        True
    """
    return table.iloc[_order(table)].reset_index(drop=True)


def _order(table: pd.DataFrame) -> list[int] | np.ndarray:
    """Row numbers by place; plain sorting, because most tables are those of one article, but for large ones."""
    if len(table) > MANY:
        texts = {
            column: pd.factorize(table[column], sort=True)[0] for column in ("article", "label")
        }
        return np.lexsort([texts.get(column, table[column]) for column in PLACE[::-1]])
    keys = list(zip(*(table[column].tolist() for column in PLACE), strict=True))
    return sorted(range(len(keys)), key=keys.__getitem__)


@cache
def _row_type(columns: tuple) -> type:
    return namedtuple("Row", ["Index", *columns], rename=True)


def by_article(table: pd.DataFrame) -> dict[str, list]:
    """The rows of a span table as named tuples, listed per article in order of place.

    In: any span table. Out: dict article → rows (attribute `Index` is the row's number in `table`).
    Raises: KeyError if a span column is missing. Misses: nothing. Source: none.
    Example:
        >>> by_article(make_table("passages"))
        {}
    """
    found: dict[str, list] = {}
    columns = (table.index.tolist(), *(table[column].tolist() for column in table.columns))
    rows = list(map(_row_type(tuple(table.columns))._make, zip(*columns, strict=True)))
    for number in _order(table):
        found.setdefault(rows[number].article, []).append(rows[number])
    return found


def links(table: pd.DataFrame) -> list[str]:
    """The names of a table's links: NAME for each pair of columns NAME_start, NAME_end.

    In: any table. Out: names in column order. Raises: nothing. Misses: nothing. Source: none.
    Example:
        >>> links(make_table("quotes"))
        ['speaker', 'cue', 'part']
    """
    names = [column.removesuffix("_start") for column in table.columns if column.endswith("_start")]
    return [name for name in names if f"{name}_end" in table.columns]


def check_spans(table: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The table itself, when every span and every link lies in its article and slices back.

    In: any span table; articles. Out: `table`, unchanged.
    Raises: BadInput that names the first row at fault, its span and what the article has there.
    Misses: whether a span is the right one. Source: the span law.
    Example:
        >>> check_spans(make_table("passages"), make_table("articles")).empty
        True
    """
    texts = dict(zip(articles.article, articles.text, strict=True))
    for row in table.itertuples():
        text = texts.get(row.article)
        if text is None:
            raise BadInput(f"row {row.Index}: article {row.article!r} is not among the articles")
        if not 0 <= row.start <= row.end <= len(text) or text[row.start : row.end] != row.text:
            raise BadInput(
                f"row {row.Index}: {row.article}[{row.start}:{row.end}] is "
                f"{text[max(row.start, 0) : row.end][:60]!r}, not {row.text[:60]!r}: find the table again"
            )
    for name in links(table):
        _check_link(table, name, texts)
    return table


def _check_link(table: pd.DataFrame, name: str, texts: dict[str, str]) -> None:
    other = f"{name}_article" if f"{name}_article" in table.columns else "article"
    ends = [f"{name}_start", f"{name}_end"]
    linked = table.loc[table[ends].notna().any(axis=1), [other, *ends]]
    for index, article, start, end in linked.itertuples(name=None):
        if pd.isna(start) or pd.isna(end) or not 0 <= start <= end <= len(texts.get(article, "")):
            raise BadInput(f"row {index}: link {name} {start}:{end} is not a span of {article!r}")


def cite(rows) -> str:
    """Row numbers as text, the form in which a table cites rows of another.

    In: integers. Out: "0 4 7", ascending, each once. Raises: ValueError if not integers. Misses: nothing.
    Source: none.
    Example:
        >>> cite([7, 0, 4, 0])
        '0 4 7'
    """
    return " ".join(str(row) for row in sorted({int(row) for row in rows}))


def cited(text: str) -> list[int]:
    """The row numbers in a citation, the reverse of cite.

    In: "0 4 7". Out: list of integers. Raises: ValueError if not such a text. Misses: nothing. Source: none.
    Example:
        >>> cited("0 4 7")
        [0, 4, 7]
    """
    return [int(row) for row in text.split()]
