"""Find changes between two runs: findings that were added, removed or changed, and why.

A run is a dict with ``tables`` (as of `find_all`, or read back from files), ``codebook`` (as of
`read_codebook`) and ``manifest``. Rows are matched by article, label, text and order, so inserting
text before a row does not affect the result.
"""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import product

import pandas as pd
from rapidfuzz import fuzz

from clippings.core.errors import BadInput
from clippings.core.tables import TABLES
from clippings.report.diff_causes import Cause, Causes, Change, by_name
from clippings.report.diff_wording import (
    describe_amount,
    describe_change,
    describe_values,
)

COLUMNS = [
    "change",
    "table",
    "article",
    "start",
    "end",
    "text",
    "label",
    "before",
    "after",
    "cause",
    "cause_code",
]
# The columns by which findings are matched, in addition to `same_row` of their table
COLUMNS_TO_MATCH = ("article", "start", "end", "text")
MORE_COLUMNS_TO_MATCH = {
    "repeats": ["relation"],
    "dates": ["label"],
    "claims": ["label", "status"],
}
SAME_ROW_SIMILARITY = 70  # rapidfuzz ratio out of 100 above which an edited row is the same row
# Share of common paragraphs above which a renamed file is the same article.
SAME_ARTICLE_SHARE = 0.5
# Number of rows in an article above which difflib ignores frequent rows.
MOST_ROWS_COMPARED_EXACTLY = 2000


def _as_row(change: Change) -> dict:
    """Return a change as a row of the table."""
    row = {column: getattr(change, column) for column in COLUMNS if column != "cause_code"}
    return row | {"cause": change.cause.words, "cause_code": change.cause.code}


def find_changes(old: dict, new: dict) -> pd.DataFrame:
    """Find the changes between two runs, and their causes.

    Parameters
    ----------
    old, new : dict
        Runs: ``tables``, ``codebook`` and ``manifest``. `read_report` reads one.

    Returns
    -------
    pandas.DataFrame
        One row per finding, sorted by table, article and start. Columns:

        - ``change``: came (added), went (removed), changed or renamed;
        - ``table``, ``article``, ``start``, ``end``, ``text``, ``label``: the finding, in the new
          run or, if it was removed, in the old one;
        - ``before``, ``after``: descriptions of its old and new values;
        - ``cause``: a description of the cause; ``cause_code``: a key of `diff_wording.CAUSES`.

        An edited paragraph has its own row only if no finding in it changed.

    Raises
    ------
    KeyError
        If a run lacks tables, codebook or manifest.
    BadInput
        If a table lacks a column because another version of the library wrote it. The message names
        the column; create that report again.

    Notes
    -----
    If several inputs of the same kind differ, such as two rows of one codebook table, the stated
    cause may be the wrong one. Times, constraints and clusters are not compared.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> themes = cl.find_themes(cl.find_passages(articles), codebook["themes"])
    >>> old = {"tables": {"articles": articles, "themes": themes}, "codebook": {}, "manifest": {}}
    >>> new = old | {"tables": {"articles": articles, "themes": themes.iloc[1:]}}
    >>> cl.find_changes(old, new)[["change", "table", "label", "cause_code"]]
      change   table        label cause_code
    0   went  themes  river_level    unknown
    """
    _check_columns("earlier", old["tables"])
    _check_columns("new", new["tables"])
    old_articles = by_name(old["tables"].get("articles"))
    new_articles = by_name(new["tables"].get("articles"))
    renamed = _renamed_articles(
        old_articles,
        new_articles,
        _paragraphs(old["tables"].get("passages")),
        _paragraphs(new["tables"].get("passages")),
    )
    changes = _changed_articles(old_articles, new_articles, renamed)
    for table in _compared_tables():
        before = _rows_by_article(_compared_rows(table, old["tables"].get(table)), renamed)
        after = _rows_by_article(_compared_rows(table, new["tables"].get(table)), {})
        for article in sorted(before.keys() | after.keys()):
            changes += _changed_rows(table, before.get(article, []), after.get(article, []))

    causes = Causes(old, new, changes, renamed)
    changes = [change for change in changes if not causes.explain_elsewhere(change)]
    for change in changes:
        change.cause = change.cause or causes.cause_of(change)
    order = ["articles", *_compared_tables()]
    changes.sort(key=lambda change: (order.index(change.table), change.article, change.start))
    return pd.DataFrame([_as_row(change) for change in changes], columns=COLUMNS)


def describe_changes(changes: pd.DataFrame) -> list[str]:
    """Describe changes in plain English, with similar changes combined on one line.

    Parameters
    ----------
    changes : pandas.DataFrame
        The result of `find_changes`.

    Returns
    -------
    list of str
        Lines in the order of the changes, safe to print in a terminal. Each line quotes the first
        passage of its changes.

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> old = {"tables": {"articles": articles}, "codebook": {}, "manifest": {}}
    >>> new = old | {"tables": {"articles": articles.iloc[1:]}}
    >>> cl.describe_changes(cl.find_changes(old, new))
    ['01_river_rises.txt: article removed. Cause: article removed.']
    """
    shared_columns = ["table", "change", "label", "before", "after", "cause"]
    return [
        describe_change(next(similar.itertuples()), len(similar))
        for _, similar in changes.groupby(shared_columns, sort=False)
    ]


def _check_columns(run: str, tables: dict[str, pd.DataFrame]) -> None:
    """Raise an error if a table lacks a column without which rows cannot be matched."""
    for name in ("articles", *_compared_tables()):
        if name not in tables:
            continue
        needed = [*COLUMNS_TO_MATCH, *(TABLES[name].same_row or ())]
        needed = ["article", "sha256"] if name == "articles" else needed
        needed += MORE_COLUMNS_TO_MATCH.get(name, [])
        missing = [column for column in needed if column not in tables[name].columns]
        if missing:
            raise BadInput(
                f"the table {name} of the {run} report has no column {missing[0]}, so it cannot be "
                "compared: another version of clippings wrote it; create this report again"
            )


def _compared_tables() -> list[str]:
    """Return the tables of findings that are compared, in their order."""
    return [name for name, table in TABLES.items() if table.same_row is not None]


def _changed_articles(old: dict, new: dict, renamed: dict[str, str]) -> list[Change]:
    """Return the articles that were renamed, removed or added."""
    new_names = set(renamed.values())
    changes = [
        Change("renamed", "articles", name, before=old_name, cause=Cause.of("article_renamed"))
        for old_name, name in renamed.items()
    ]
    changes += [
        Change("went", "articles", name) for name in old if name not in new and name not in renamed
    ]
    changes += [
        Change("came", "articles", name)
        for name in new
        if name not in old and name not in new_names
    ]
    return changes


def _plain(column: str, value) -> str:
    """Return a cell as text, the same from memory and from a file."""
    if pd.isna(value) or value == "":
        return ""
    if column in ("low", "high"):
        return f"{float(value):g}"
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)


def _rows_by_article(table: pd.DataFrame | None, renamed: dict[str, str]) -> dict[str, list[dict]]:
    """Return the rows of each article as texts, with renamed articles under their new names."""
    rows_by_article: dict[str, list[dict]] = {}
    for row in [] if table is None else table.to_dict("records"):
        plain = {column: _plain(column, value) for column, value in row.items()}
        others = plain.get("also_told_in", "").split("\n")
        article = renamed.get(row["article"], row["article"])
        plain["article"] = article
        plain["also_told_in"] = ", ".join(sorted(renamed.get(other, other) for other in others))
        plain["start"] = int(row["start"])
        plain["end"] = int(row["end"])
        rows_by_article.setdefault(article, []).append(plain)
    return rows_by_article


def _compared_rows(table: str, rows: pd.DataFrame | None) -> pd.DataFrame | None:
    """Return the rows of a table that are compared.

    Dates of time expressions follow from the text and are not compared. For claims, only the
    articles that report them are compared, because the order of the articles depends on their
    names.
    """
    if rows is None or table not in ("dates", "claims"):
        return rows
    if table == "dates":
        return rows[rows.label != "time"]
    claims = rows[rows.status != "rejected"]
    articles = claims.groupby("label").article.agg(set)
    others = ["\n".join(sorted(articles[row.label] - {row.article})) for row in claims.itertuples()]
    return claims.assign(also_told_in=pd.Series(others, index=claims.index, dtype="str"))


def _paragraphs(passages: pd.DataFrame | None) -> dict[str, set[str]]:
    """Return the texts of each article's passages."""
    if passages is None or passages.empty:
        return {}
    return passages.groupby("article").text.agg(set).to_dict()


def _renamed_articles(
    old: dict[str, dict],
    new: dict[str, dict],
    old_paragraphs: dict[str, set[str]],
    new_paragraphs: dict[str, set[str]],
) -> dict[str, str]:
    """Match removed articles with added ones that share their bytes or most paragraphs."""
    gone = [name for name in old if name not in new]
    come = [name for name in new if name not in old]
    by_hash: dict[str, list[str]] = {}
    for name in reversed(come):
        by_hash.setdefault(new[name]["sha256"], []).append(name)
    renamed = {}
    for name in gone:
        same_bytes = by_hash.get(old[name]["sha256"])
        if old[name]["sha256"] and same_bytes:
            renamed[name] = same_bytes.pop()

    for name in gone:
        paragraphs = old_paragraphs.get(name, set())
        if name in renamed or not paragraphs:
            continue
        taken = set(renamed.values())
        shares = [
            (len(paragraphs & new_paragraphs.get(other, set())) / len(paragraphs), other)
            for other in come
            if other not in taken
        ]
        share, other = max(shares, default=(0, ""))
        if share >= SAME_ARTICLE_SHARE:
            renamed[name] = other
    return {name: renamed[name] for name in gone if name in renamed}


def _changed_rows(table: str, before: list[dict], after: list[dict]) -> Iterator[Change]:
    """Yield the differences between the rows of one article."""
    if before == after:
        return
    for old, new in _aligned(table, before, after):
        if old is None:
            yield _change("came", table, new, new)
        elif new is None:
            yield _change("went", table, old, old)
        else:
            yield from _changed_row(table, old, new)


def _changed_row(table: str, old: dict, new: dict) -> Iterator[Change]:
    """Yield how a row differs from the same row of the old run, if it does."""
    columns = [
        column for column in TABLES[table].may_change if old.get(column, "") != new.get(column, "")
    ]
    # Which of two copies is the first depends on the names of the articles.
    if table == "repeats" and "first" in (old["relation"], new["relation"]):
        columns = []
    is_edited_passage = table == "passages" and old["text"] != new["text"]
    if not columns and not is_edited_passage:
        return
    change = _change("changed", table, new, old)
    change.text_only = not columns
    change.before = _description(table, old, columns)
    change.after = _description(table, new, columns)
    change.values = [row.get(column, "") for row, column in product((old, new), columns)]
    if table == "amounts":
        change.values += [old["text"], new["text"]]
    yield change


def _change(kind: str, table: str, row: dict, old: dict) -> Change:
    """Return a change of a row."""
    return Change(
        kind,
        table,
        article=row["article"],
        start=row["start"],
        end=row["end"],
        text=row["text"],
        label=row.get("label", ""),
        old_start=old["start"],
        old_end=old["end"],
    )


def _description(table: str, row: dict, columns: list[str]) -> str:
    """Describe the values of a row that changed."""
    if table == "amounts" and {"low", "high"} & set(columns):
        return describe_amount(row["text"], row["low"], row["high"])
    return describe_values({column: row.get(column, "") for column in columns})


def _aligned(
    table: str, before: list[dict], after: list[dict]
) -> Iterator[tuple[dict | None, dict | None]]:
    """Yield pairs of rows from two runs; None represents a missing partner."""

    def key(row: dict) -> tuple:
        return (*(row[column] for column in TABLES[table].same_row), row["text"])

    matcher = SequenceMatcher(
        None,
        [key(row) for row in before],
        [key(row) for row in after],
        autojunk=max(len(before), len(after)) > MOST_ROWS_COMPARED_EXACTLY,
    )
    gone: list[dict] = []
    come: list[dict] = []
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        old_rows = before[old_start:old_end]
        new_rows = after[new_start:new_end]
        if tag == "equal":
            yield from zip(old_rows, new_rows, strict=True)
            continue
        pairs, unpaired_old, unpaired_new = _paired(table, old_rows, new_rows)
        yield from pairs
        gone += unpaired_old
        come += unpaired_new
    pairs, gone, come = _paired(table, gone, come)  # rows that moved
    yield from pairs
    yield from ((old, None) for old in gone)
    yield from ((None, new) for new in come)


def _paired(
    table: str, before: list[dict], after: list[dict]
) -> tuple[list[tuple[dict, dict]], list[dict], list[dict]]:
    """Return pairs of similar rows, and the rows of either run that have no partner."""
    pairs = []
    gone = []
    come = list(after)
    for old in before:
        new = next((row for row in come if _is_same_row(table, old, row)), None)
        if new is None:
            gone.append(old)
        else:
            come.remove(new)
            pairs.append((old, new))
    return pairs, gone, come


def _is_same_row(table: str, old: dict, new: dict) -> bool:
    """Return whether a row is an edited form of another one."""
    if any(old[column] != new[column] for column in TABLES[table].same_row):
        return False
    # Amounts of the same thing match, even if they are written differently.
    if table == "amounts" and old["label"] == new["label"]:
        return True
    return fuzz.ratio(old["text"], new["text"]) >= SAME_ROW_SIMILARITY
