"""The tables: one record describes each, and every span of every table slices back to its article.

A span table starts with `article start end text label`, has its own columns, then `rule`. Each pair
of columns NAME_start, NAME_end is a link: another span in the same article, or in NAME_article.
"""

from collections import namedtuple
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from clippings.core.errors import BadInput

# Kinds of columns, by their pandas dtype.
TEXT = "str"
COUNT = "int64"
NUMBER = "float64"
YES_NO = "bool"
DATE = "datetime64[s]"
OPTIONAL_COUNT = "Int64"  # a count that may be missing
LINK = "Int64"  # an offset that may be missing

STORY = ("headline", "dateline", "subhead", "body")  # the zones of a page in which finders look
SPAN = {"article": TEXT, "start": COUNT, "end": COUNT, "text": TEXT, "label": TEXT}
SORT_KEY = ("article", "start", "end", "label")
# From so many rows on, sorting uses arrays: a tuple for each row would take too much memory.
ROWS_SORTED_AS_ARRAYS = 100_000


def link(name: str) -> dict[str, str]:
    """The two columns of a link to another span."""
    return {f"{name}_start": LINK, f"{name}_end": LINK}


@dataclass(frozen=True)
class Table:
    """All that is known about one table; the rest of the library derives its lists from it."""

    name: str
    """The key of the table in the result of `find_all`, and the name of its file."""
    own_columns: dict[str, str]
    """Columns and dtypes besides those that every span table has."""
    is_span: bool = True
    """Is each row a place in an article?"""
    is_counted: bool = False
    """Does `find_all` add the columns `duplicate_status` and `verdict`?"""
    needs_all_articles: bool = False
    """Can one article change the rows of another?"""
    codebook_tables: tuple[str, ...] = ()
    """The tables of the codebook that its rows depend on."""
    same_row: tuple[str, ...] | None = None
    """What besides its text makes a row the same in two runs; None: the table is not compared."""
    may_change: tuple[str, ...] = ()
    """The columns in which a row that is the same in two runs may differ."""
    page_layer: int | None = None
    """On article pages its rows are marked in this order; None: they are not marked."""

    @property
    def columns(self) -> dict[str, str]:
        """All columns and their dtypes, in order."""
        if not self.is_span:
            return self.own_columns
        return SPAN | self.own_columns | {"rule": TEXT}


TABLES: dict[str, Table] = {}
COLUMNS: dict[str, dict[str, str]] = {}


def register_table(table: Table) -> Table:
    """Make a table known to the library: its columns, how it is compared, counted and drawn.

    Parameters
    ----------
    table : Table
        The record of the table.

    Returns
    -------
    Table
        The same record.

    Raises
    ------
    ValueError
        When there is a table of this name or with the same columns already: rows must show by their
        columns which table they are from (`table_of`).

    Examples
    --------
    >>> register_table(Table("passages", {}))
    Traceback (most recent call last):
    ValueError: there is a table passages already
    """
    if table.name in TABLES:
        raise ValueError(f"there is a table {table.name} already")
    twin = next((name for name, columns in COLUMNS.items() if columns == table.columns), None)
    if twin:
        raise ValueError(
            f"the tables {table.name} and {twin} have the same columns: "
            f"give {table.name} a column of its own"
        )
    TABLES[table.name] = table
    COLUMNS[table.name] = table.columns
    return table


def table_of(columns: Iterable[str]) -> str:
    """Tell which span table a row or table is from.

    Parameters
    ----------
    columns : iterable of str
        Its columns, perhaps with further ones.

    Returns
    -------
    str
        The name of the table of which most columns are there; "" if none has all its columns.

    Examples
    --------
    >>> table_of([*COLUMNS["quotes"], "verdict"])
    'quotes'
    """
    present = set(columns)
    fitting = [
        name for name, table in TABLES.items() if table.is_span and set(COLUMNS[name]) <= present
    ]
    return max(fitting, key=lambda name: len(COLUMNS[name]), default="")


for _table in (
    Table(
        "articles",
        dict.fromkeys(("article", "outlet", "title", "author", "section", "url", "language"), TEXT)
        | dict.fromkeys(("published_from", "published_to", "updated", "saved"), DATE)
        | dict.fromkeys(("dated_by", "date_note", "dates_against"), TEXT)
        | dict.fromkeys(("text", "repaired", "note"), TEXT)
        | {"stated_words": OPTIONAL_COUNT}
        | dict.fromkeys(("sha256", "problem"), TEXT),
        is_span=False,
    ),
    Table("passages", {"language": TEXT}, same_row=(), may_change=("label",)),
    Table("page_dates", {"day_from": DATE, "day_to": DATE}),
    Table("phrases", {}),
    Table(
        "repeats",
        {"relation": TEXT, "match_article": TEXT}
        | link("match")
        | {"words": COUNT, "similarity": NUMBER},
        needs_all_articles=True,
        codebook_tables=("outlets",),
        same_row=(),
        may_change=("relation",),
        page_layer=6,
    ),
    Table(
        "mentions",
        {"type": TEXT, "role": TEXT, "clues": TEXT},
        is_counted=True,
        codebook_tables=("actors",),
        same_row=(),
        may_change=("label", "type", "verdict"),
        page_layer=3,
    ),
    Table(
        "quotes",
        {"kind": TEXT}
        | link("speaker")
        | link("cue")
        | {"told_to": TEXT, "via": TEXT, "source_type": TEXT, "anonymous": YES_NO}
        | {"reference": TEXT, "candidates": TEXT}
        | link("part"),
        is_counted=True,
        codebook_tables=("actors",),
        same_row=(),
        may_change=("label", "source_type", "told_to", "via", "verdict"),
        page_layer=2,
    ),
    Table(
        "times",
        {"value": TEXT, "mod": TEXT, "anchor": TEXT, "unit": TEXT, "amount": NUMBER}
        | {"direction": TEXT},
        is_counted=True,
        page_layer=4,
    ),
    Table(
        "events",
        {"family": TEXT, "modality": TEXT, "agent": TEXT, "target": TEXT, "place": TEXT}
        | link("time")
        | link("quote"),
        is_counted=True,
        codebook_tables=("events", "actors"),
        same_row=("label",),
        may_change=("modality", "agent", "target", "place"),
        page_layer=5,
    ),
    Table(
        "amounts",
        {"low": NUMBER, "high": NUMBER, "qualifier": TEXT} | link("event"),
        is_counted=True,
        codebook_tables=("events",),
        same_row=(),
        may_change=("low", "high", "label", "verdict"),
    ),
    Table("cues", {"relation": TEXT, "day_from": DATE, "day_to": DATE}, is_counted=True),
    Table(
        "constraints",
        {"relation": TEXT, "day_from": DATE, "day_to": DATE}
        | {"days_min": NUMBER, "days_max": NUMBER, "mask": TEXT, "other_article": TEXT}
        | link("other")
        | link("because")
        | {"strength": TEXT, "trust": NUMBER},
    ),
    Table(
        "dates",
        {"earliest": DATE, "latest": DATE, "likely_earliest": DATE, "likely_latest": DATE}
        | {"edtf": TEXT, "because": TEXT, "likely_because": TEXT, "refused": TEXT}
        | {"problem": TEXT},
        needs_all_articles=True,
        codebook_tables=("calendar", "articles", "events"),
        same_row=("label",),
        may_change=("earliest", "latest", "likely_earliest", "likely_latest"),
    ),
    Table(
        "claims",
        {"claim": TEXT, "kind": TEXT, "place": TEXT, "tier": TEXT, "status": TEXT}
        | {"match_article": TEXT}
        | link("match")
        | dict.fromkeys(("reason_codes", "against_codes", "reasons", "against"), TEXT),
        is_counted=True,
        needs_all_articles=True,
        codebook_tables=("events", "actors"),
        same_row=(),
        may_change=("also_told_in", "verdict"),
    ),
    Table(
        "themes",
        {"side": TEXT} | link("cue"),
        is_counted=True,
        codebook_tables=("themes",),
        same_row=("label",),
        may_change=("side", "verdict"),
        page_layer=1,
    ),
    Table("clusters", {"weight": NUMBER}),
):
    register_table(_table)


def make_table(name: str, rows: list[dict] | None = None) -> pd.DataFrame:
    """Make a table of a known kind from rows: columns complete and typed, rows in order.

    Parameters
    ----------
    name : str
        A key of `TABLES`.
    rows : list of dict, optional
        A missing text becomes "", a missing link, number or date stays missing.

    Returns
    -------
    pandas.DataFrame
        Span tables are sorted by article, start, end and label (rows of one place keep the order
        given), with a fresh index.

    Raises
    ------
    KeyError
        For a column that the table does not have.

    Examples
    --------
    >>> row = {"article": "a.txt", "start": 0, "end": 2, "text": "No", "label": "body"}
    >>> make_table("passages", [row])[["article", "start", "end", "text", "label"]]
      article  start  end text label
    0   a.txt      0    2   No  body
    """
    columns = COLUMNS[name]
    rows = rows or []
    unknown = {key for row in rows for key in row} - set(columns)
    if unknown:
        raise KeyError(f"table {name} has no column {sorted(unknown)}")
    if "start" in columns:
        rows = sorted(rows, key=lambda row: tuple(row.get(column, "") for column in SORT_KEY))
    blank = {TEXT: "", YES_NO: False}
    data = {}
    for column, dtype in columns.items():
        cells = [row.get(column, blank.get(dtype)) for row in rows]
        data[column] = pd.array(cells, dtype=dtype)
    return pd.DataFrame(data, columns=list(columns), copy=False)


def span_row(passage, start: int, end: int, **columns) -> dict:
    """Make a row of a span table from a stretch of a passage.

    Parameters
    ----------
    passage : named tuple
        A row of passages.
    start, end : int
        Offsets within the text of the passage.
    **columns
        Whatever other columns the row has.

    Returns
    -------
    dict
        The row, with offsets in the article.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> span_row(SimpleNamespace(article="a", start=10, text="two words"), 0, 3, label="number")
    {'article': 'a', 'start': 10, 'end': 13, 'text': 'two', 'label': 'number'}
    """
    return {
        "article": passage.article,
        "start": passage.start + start,
        "end": passage.start + end,
        "text": passage.text[start:end],
        **columns,
    }


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    """Sort a span table by article, start, end and label.

    Parameters
    ----------
    table : pandas.DataFrame
        Any span table.

    Returns
    -------
    pandas.DataFrame
        A sorted copy with a fresh index.

    Raises
    ------
    KeyError
        When a column of `SORT_KEY` is missing.
    """
    return table.iloc[_order(table)].reset_index(drop=True)


def _order(table: pd.DataFrame) -> list[int] | np.ndarray:
    """Row numbers in order of place; most tables are small, and plain sorting is fastest there."""
    if len(table) > ROWS_SORTED_AS_ARRAYS:
        ranks = {
            column: pd.factorize(table[column], sort=True)[0] for column in ("article", "label")
        }
        return np.lexsort([ranks.get(column, table[column]) for column in reversed(SORT_KEY)])
    keys = list(zip(*(table[column].tolist() for column in SORT_KEY), strict=True))
    return sorted(range(len(keys)), key=keys.__getitem__)


@cache
def _row_type(columns: tuple) -> type:
    return namedtuple("Row", ["Index", *columns], rename=True)


def by_article(table: pd.DataFrame) -> dict[str, list]:
    """List the rows of a span table by article.

    Parameters
    ----------
    table : pandas.DataFrame
        Any span table.

    Returns
    -------
    dict of str to list
        Article id to its rows, named tuples in order of place; the attribute `Index` is the row's
        label in `table`.

    Raises
    ------
    KeyError
        When a column of `SORT_KEY` is missing.
    """
    cells = (table.index.tolist(), *(table[column].tolist() for column in table.columns))
    rows = list(map(_row_type(tuple(table.columns))._make, zip(*cells, strict=True)))
    rows_of: dict[str, list] = {}
    for number in _order(table):
        rows_of.setdefault(rows[number].article, []).append(rows[number])
    return rows_of


def links(table: pd.DataFrame) -> list[str]:
    """Name the links of a table: NAME for each pair of columns NAME_start, NAME_end.

    Parameters
    ----------
    table : pandas.DataFrame
        Any table.

    Returns
    -------
    list of str
        Names in the order of the columns.

    Examples
    --------
    >>> links(make_table("quotes"))
    ['speaker', 'cue', 'part']
    """
    names = [column.removesuffix("_start") for column in table.columns if column.endswith("_start")]
    return [name for name in names if f"{name}_end" in table.columns]


def check_spans(table: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Check that every span and every link lies in its article and slices back.

    Parameters
    ----------
    table : pandas.DataFrame
        Any span table.
    articles : pandas.DataFrame
        The articles in which its spans lie.

    Returns
    -------
    pandas.DataFrame
        `table`, unchanged.

    Raises
    ------
    BadInput
        For the first row at fault; the message has its span and what the article holds there. The
        table belongs to another version of the articles: find it again.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> len(cl.check_spans(cl.find_passages(articles), articles))
    107
    """
    texts = dict(zip(articles.article, articles.text, strict=True))
    for row in table.itertuples():
        text = texts.get(row.article)
        if text is None:
            raise BadInput(f"row {row.Index}: article {row.article!r} is not among the articles")
        inside = 0 <= row.start <= row.end <= len(text)
        if not inside or text[row.start : row.end] != row.text:
            there = text[max(row.start, 0) : row.end][:60]
            raise BadInput(
                f"row {row.Index}: {row.article}[{row.start}:{row.end}] is {there!r}, "
                f"not {row.text[:60]!r}: find the table again"
            )
    for name in links(table):
        _check_link(table, name, texts)
    return table


def _check_link(table: pd.DataFrame, name: str, texts: dict[str, str]) -> None:
    """Check the links of one name."""
    other = f"{name}_article" if f"{name}_article" in table.columns else "article"
    ends = [f"{name}_start", f"{name}_end"]
    linked = table.loc[table[ends].notna().any(axis=1), [other, *ends]]
    for index, article, start, end in linked.itertuples(name=None):
        half_open = pd.isna(start) or pd.isna(end)
        if half_open or not 0 <= start <= end <= len(texts.get(article, "")):
            raise BadInput(f"row {index}: link {name} {start}:{end} is not a span of {article!r}")


def cite(rows: Iterable[int]) -> str:
    """Write row numbers as text, the form in which a table cites rows of another.

    Parameters
    ----------
    rows : iterable of int
        Row numbers in any order.

    Returns
    -------
    str
        The numbers in ascending order, each once.

    Examples
    --------
    >>> cite([7, 0, 4, 0])
    '0 4 7'
    """
    return " ".join(str(row) for row in sorted({int(row) for row in rows}))


def cited(text: str) -> list[int]:
    """Read the row numbers in a citation, the reverse of `cite`.

    Parameters
    ----------
    text : str
        Numbers separated by blanks.

    Returns
    -------
    list of int
        The numbers.

    Examples
    --------
    >>> cited("0 4 7")
    [0, 4, 7]
    """
    return [int(row) for row in text.split()]
