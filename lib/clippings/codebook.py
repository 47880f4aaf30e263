"""What the analyst owns: seven CSV tables beside the articles, and the decisions on found rows."""

import csv
from datetime import date
from pathlib import Path

import pandas as pd

from clippings.errors import BadInput
from clippings.tables import COLUMNS
from clippings.text import compile_term

TABLES = {
    "actors": ["actor", "type", "alias", "not_alias", "note"],
    "themes": ["theme", "side", "term", "near", "not_near", "note"],
    "events": ["kind", "trigger", "modality", "note"],
    "calendar": ["entry", "day_from", "day_to", "cue", "relation", "source"],
    "outlets": ["outlet", "pattern", "agency"],
    "articles": ["article", "published_from", "published_to", "outlet", "url"],
    "verdicts": ["table", "article", "start", "text", "label", "verdict", "note"],
}
ALLOWED = {
    ("actors", "type"): ["person", "organisation", "place", "group"],
    ("themes", "side"): ["for", "against"],
    ("events", "modality"): ["", "happened", "reported", "planned", "denied", "habitual"],
    ("calendar", "relation"): ["not_before", "not_after", "during"],
    ("outlets", "agency"): ["", "yes", "no"],
    ("verdicts", "table"): list(COLUMNS),
    ("verdicts", "verdict"): ["yes", "no", "same", "not same"],
}
NEEDED = {
    "actors": ["actor", "alias"],
    "themes": ["theme", "term"],
    "events": ["kind", "trigger"],
    "calendar": ["entry", "cue"],
    "outlets": ["outlet", "pattern"],
    "articles": ["article"],
    "verdicts": ["table", "article", "verdict"],
}
DAYS = {("calendar", "day_from"), ("calendar", "day_to"), ("articles", "published_from"), ("articles", "published_to")}
PERIODS = {"calendar": ("day_from", "day_to"), "articles": ("published_from", "published_to")}
TERMS = {("themes", "term"), ("events", "trigger"), ("calendar", "cue")}


def read_codebook(folder) -> dict[str, pd.DataFrame]:
    """The analyst's tables of a corpus, an empty one with its columns for each that is not there.

    In: folder of articles; its codebook/*.csv are UTF-8, lines that start with # are comments.
    Out: dict of 7 tables: actors, themes, events, calendar, outlets, articles, verdicts; every cell text
    (days too), rows in file order.
    Raises: BadInput that names file, line, column, value and the repair.
    Misses: whether a row is wise; see count_codes. Source: none.
    Example:
        >>> sorted(read_codebook("no such folder"))[:3]
        ['actors', 'articles', 'calendar']
    """
    return {name: _read_table(Path(folder) / "codebook" / f"{name}.csv", name) for name in TABLES}


def _read_table(path: Path, name: str) -> pd.DataFrame:
    columns = TABLES[name]
    if not path.is_file():
        return pd.DataFrame({column: pd.Series(dtype="str") for column in columns})
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError:
        raise BadInput(f"codebook/{path.name} is not UTF-8: save it as UTF-8 CSV") from None
    numbered = [(number, line) for number, line in enumerate(lines, 1) if not line.startswith("#")]
    reader = csv.DictReader(line for _, line in numbered)
    missing = [column for column in columns if column not in (reader.fieldnames or [])]
    if missing and numbered:
        raise BadInput(f"codebook/{path.name} has no column {', '.join(missing)}: its header is {','.join(columns)}")
    rows = []
    for row in reader:
        where = f"codebook/{path.name}, line {numbered[min(reader.line_num, len(numbered)) - 1][0]}"
        row = {column: (row.get(column) or "").strip() for column in columns}
        if any(row.values()):
            _check_row(name, row, where)
            rows.append(row)
    return pd.DataFrame(rows, columns=columns, dtype="str")


def _check_row(name: str, row: dict[str, str], where: str) -> None:
    for column, value in row.items():
        key = (name, column)
        if column in NEEDED[name] and not value:
            raise BadInput(f"{where}: {column} is empty: fill it or delete the row")
        if key in ALLOWED and value not in ALLOWED[key]:
            allowed = ", ".join(word or "(empty)" for word in ALLOWED[key])
            raise BadInput(f"{where}: {column} is {value!r}: one of {allowed}")
        if key in DAYS and value:
            try:
                good = date.fromisoformat(value) and len(value) == len("2000-12-31")
            except ValueError:
                good = False
            if not good:
                raise BadInput(f"{where}: {column} is {value!r}: write YYYY-MM-DD")
        if key in TERMS:
            _check_term(value, f"{where}: {column}")
    for column in ("near", "not_near"):
        for group in row.get(column, "").split("&") if row.get(column) else []:
            _check_term(group, f"{where}: {column}")
    first, last = PERIODS.get(name, ("", ""))
    if row.get(first) and row.get(last) and row[first] > row[last]:  # YYYY-MM-DD sorts as the days do
        raise BadInput(f"{where}: {first} {row[first]} is after {last} {row[last]}: exchange them")
    if name == "outlets":
        _check_term(f"/{row['pattern']}/", f"{where}: pattern")


def _check_term(term: str, where: str) -> None:
    if ";" in term:
        raise BadInput(f"{where} {term!r} holds a semicolon: write two rows")
    try:
        compile_term(term.strip())
    except BadInput as error:
        raise BadInput(f"{where}: {error}") from None


def mark_verdicts(table: pd.DataFrame, verdicts: pd.DataFrame) -> pd.DataFrame:
    """The same rows with a column `verdict`: what the analyst decided about each.

    In: any span table; codebook["verdicts"]. A decision finds its row by table, article and quoted text; a
    label that it names must agree, and a start where the text stands in the article more than once.
    Out: the rows in their order, + verdict (yes, no, same, not same; "" where nothing was decided).
    Raises: nothing. Misses: a decision whose quotation was edited in the article finds no row.
    Source: none.
    Example:
        >>> from clippings.tables import make_table
        >>> list(mark_verdicts(make_table("themes"), read_codebook("")["verdicts"]).columns)[-2:]
        ['rule', 'verdict']
    """
    decided: dict[tuple[str, str], list] = {}
    for row in verdicts.itertuples():
        decided.setdefault((row.article, row.text), []).append(row)
    places = table.groupby(["article", "text"]).start.nunique().to_dict()
    found = [_verdict(row, decided.get((row.article, row.text), []), places) for row in table.itertuples()]
    return table.assign(verdict=pd.Series(found, index=table.index, dtype="str"))


def _verdict(row, decisions: list, places: dict) -> str:
    """The last decision that fits a row."""
    kinds = [name for name, columns in COLUMNS.items() if set(columns) <= set(row._fields)]
    fitting = [d for d in decisions if d.table in kinds and d.label in ("", row.label)]
    if places.get((row.article, row.text), 0) > 1:
        fitting = [d for d in fitting if d.start in ("", str(row.start))]
    return fitting[-1].verdict if fitting else ""
