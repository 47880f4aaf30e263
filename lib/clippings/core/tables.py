"""Descriptions of all tables, and functions to create and check them.

A span table has the columns `article start end text label`, followed by its specific columns and
`rule`. Each pair of columns NAME_start and NAME_end is a link to another span, in the same article
or in NAME_article.
"""

from collections import namedtuple
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain

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

STORY = ("headline", "dateline", "subhead", "body")  # the zones of a page that finders search
SPAN = {"article": TEXT, "start": COUNT, "end": COUNT, "text": TEXT, "label": TEXT}
SORT_KEY = ("article", "start", "end", "label")
# Larger tables are sorted as arrays, because a tuple for each row would take too much memory.
ROWS_SORTED_AS_ARRAYS = 100_000


def link(name: str) -> dict[str, str]:
    """Return the two columns of a link to another span."""
    return {f"{name}_start": LINK, f"{name}_end": LINK}


@dataclass(frozen=True)
class Table:
    """The description of a table; the rest of the library derives its lists from it."""

    name: str
    """The key of the table in the result of `find_all`, and its file name."""
    own_columns: dict[str, str]
    """Columns and dtypes, in addition to those of every span table."""
    is_span: bool = True
    """Whether each row is a span of an article."""
    is_counted: bool = False
    """Whether `find_all` adds the columns `duplicate_status` and `verdict`."""
    needs_all_articles: bool = False
    """Whether one article can change the rows of another."""
    codebook_tables: tuple[str, ...] = ()
    """The codebook tables that its rows depend on."""
    same_row: tuple[str, ...] | None = None
    """The columns that, with its text, identify a row in two runs; None: not compared."""
    may_change: tuple[str, ...] = ()
    """The columns in which a row may differ between two runs."""
    page_layer: int | None = None
    """The order in which its rows are marked on article pages; None: not marked."""

    @property
    def columns(self) -> dict[str, str]:
        """Return all columns and their dtypes, in order."""
        if not self.is_span:
            return self.own_columns
        return SPAN | self.own_columns | {"rule": TEXT}


TABLES: dict[str, Table] = {}
COLUMNS: dict[str, dict[str, str]] = {}


def register_table(table: Table) -> Table:
    """Register a table: its columns, and how it is compared, counted and displayed.

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
        If a table with this name or the same columns already exists. The columns of a row must
        identify its table (see `table_of`).

    Examples
    --------
    >>> register_table(Table("passages", {}))
    Traceback (most recent call last):
    ValueError: there is already a table passages
    """
    if table.name in TABLES:
        raise ValueError(f"there is already a table {table.name}")
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
    """Return the name of the span table that a row or table belongs to.

    Parameters
    ----------
    columns : iterable of str
        Its columns, and possibly additional columns.

    Returns
    -------
    str
        The name of the table with the most columns of which none is missing; "" if there is none.

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
        # Names are completed from other articles.
        needs_all_articles=True,
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
        # Names are completed from other articles.
        needs_all_articles=True,
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
        # Names are completed from other articles.
        needs_all_articles=True,
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
    Table("disagreements", {"coded_by": TEXT} | link("coded")),
    Table("topics", {"subtopic": TEXT, "weight": NUMBER}, needs_all_articles=True),
    Table("subclusters", {"weight": NUMBER, "parent": TEXT}),
):
    register_table(_table)


def make_table(name: str, rows: list[dict] | None = None) -> pd.DataFrame:
    """Create a table of a registered kind from rows, with complete and typed columns, in order.

    Parameters
    ----------
    name : str
        A key of `TABLES`.
    rows : list of dict, optional
        The rows. A missing text becomes ""; a missing link, number or date stays missing.

    Returns
    -------
    pandas.DataFrame
        The table, with a fresh index. Span tables are sorted by article, start, end and label; rows
        with the same values keep their order.

    Raises
    ------
    KeyError
        If the table does not have a column.

    Examples
    --------
    >>> row = {"article": "a.txt", "start": 0, "end": 2, "text": "No", "label": "body"}
    >>> make_table("passages", [row])[["article", "start", "end", "text", "label"]]
      article  start  end text label
    0   a.txt      0    2   No  body
    """
    columns = COLUMNS[name]
    rows = rows or []
    unknown = set(chain.from_iterable(rows)) - set(columns)
    if unknown:
        raise KeyError(f"table {name} has no column {sorted(unknown)}")
    if "start" in columns:
        rows = sorted(rows, key=lambda row: [row.get(column, "") for column in SORT_KEY])
    blank = {TEXT: "", YES_NO: False}
    data = {}
    for column, dtype in columns.items():
        missing = blank.get(dtype)
        cells = [row.get(column, missing) for row in rows]
        data[column] = pd.array(cells, dtype=dtype)
    return pd.DataFrame(data, columns=list(columns), copy=False)


def span_row(passage, start: int, end: int, **columns) -> dict:
    """Create a row of a span table from part of a passage.

    Parameters
    ----------
    passage : named tuple
        A row of passages.
    start, end : int
        Offsets within the text of the passage.
    **columns
        The other columns of the row.

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
    """Return row numbers in order of position; for small tables, plain sorting is fastest."""
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


def named_rows(table: pd.DataFrame) -> list:
    """List the rows of a table as named tuples.

    Parameters
    ----------
    table : pandas.DataFrame
        Any table.

    Returns
    -------
    list of named tuple
        The rows in the order of the table. The attribute `Index` is the label of the row in
        `table`.

    Notes
    -----
    The rows have the values of `DataFrame.itertuples`, which takes several times as long because it
    converts each cell separately. All numbers are plain Python numbers.

    Examples
    --------
    >>> row = {"article": "a.txt", "start": 0, "end": 2, "text": "No", "label": "body"}
    >>> [row.text for row in named_rows(make_table("passages", [row]))]
    ['No']
    """
    cells = (table.index.tolist(), *(table[column].tolist() for column in table.columns))
    return list(map(_row_type(tuple(table.columns))._make, zip(*cells, strict=True)))


def by_article(table: pd.DataFrame) -> dict[str, list]:
    """List the rows of a span table by article.

    Parameters
    ----------
    table : pandas.DataFrame
        Any span table.

    Returns
    -------
    dict of str to list
        The rows of each article as named tuples, in order of position. The attribute `Index` is the
        label of the row in `table`.

    Raises
    ------
    KeyError
        When a column of `SORT_KEY` is missing.
    """
    rows = named_rows(table)
    rows_of: dict[str, list] = {}
    for number in _order(table):
        rows_of.setdefault(rows[number].article, []).append(rows[number])
    return rows_of


def links(table: pd.DataFrame) -> list[str]:
    """List the links of a table: NAME for each pair of columns NAME_start and NAME_end.

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
    """Check that the text of every row and the offsets of every link match the articles.

    Parameters
    ----------
    table : pandas.DataFrame
        Any span table.
    articles : pandas.DataFrame
        The articles that its spans refer to.

    Returns
    -------
    pandas.DataFrame
        `table`, unchanged.

    Raises
    ------
    BadInput
        If a row does not match. The message states the span of the first such row and the text of
        the article at that position. The table was created from another version of the articles;
        create it again.

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
                f"not {row.text[:60]!r}: create the table again"
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
    """Write row numbers as text, which is how a table cites rows of another table.

    Parameters
    ----------
    rows : iterable of int
        Row numbers in any order.

    Returns
    -------
    str
        The numbers in ascending order, without duplicates.

    Examples
    --------
    >>> cite([7, 0, 4, 0])
    '0 4 7'
    """
    return " ".join(map(str, sorted(set(map(int, rows)))))


def cited(text: str) -> list[int]:
    """Read the row numbers in a citation (the reverse of `cite`).

    Parameters
    ----------
    text : str
        Numbers separated by spaces.

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
