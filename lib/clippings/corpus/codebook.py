"""What the analyst owns: eight CSV tables beside the articles, and the decisions on found rows."""

import csv
import hashlib
import shutil
from contextlib import suppress
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

import pandas as pd

from clippings.core.atomic import aside
from clippings.core.csv_cells import csv_line, guarded, unguarded
from clippings.core.errors import BadInput
from clippings.core.lexicon import read_rows
from clippings.core.search_terms import compile_term
from clippings.core.tables import COLUMNS

SCHEMA = Path(__file__).with_name("codebook_columns.csv")
ABOUT = Path(__file__).with_name(
    "codebook_tables.csv"
)  # what each table is for, for a new codebook
CELLS = {(row["table"], row["column"]): row for row in read_rows(SCHEMA)}
TABLES = {name: [column for table, column in CELLS if table == name] for name, _ in CELLS}
PERIODS = {"calendar": ("day_from", "day_to"), "articles": ("published_from", "published_to")}


def read_codebook(folder) -> dict[str, pd.DataFrame]:
    """The analyst's tables of a corpus, an empty one with its columns for each that is not there.

    In: folder of articles; its codebook/*.csv are UTF-8, lines that start with # are comments.
    Out: dict of 8 tables: actors, themes, events, calendar, outlets, articles, columns, verdicts; every cell text
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
    records, _ = _records(path)
    header = records[0][2] if records else []
    missing = [column for column in columns if column not in header]
    if missing and records:
        raise BadInput(
            f"codebook/{path.name} has no column {', '.join(missing)}: its header is {','.join(columns)}"
        )
    rows = []
    for _, _, cells, line in records[1:]:
        row = _row(cells, header, columns)
        _check_row(name, row, f"codebook/{path.name}, line {line}")
        rows.append(row)
    return pd.DataFrame(rows, columns=columns, dtype="str")


def _records(path: Path) -> tuple[list[tuple], str]:
    """Records of a file: comments and blank lines before it, its own lines, cells, line number; and what follows."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"codebook/{path.name} is not UTF-8: save it as UTF-8 CSV") from None
    found, lead, own, read = [], [], [], 0

    def lines():
        nonlocal read
        for line in text.splitlines(keepends=True):
            read += 1
            comment = line.startswith("#") and not own  # inside a quoted cell it is no comment
            (lead if comment else own).append(line)
            if not comment:
                yield line

    for cells in csv.reader(lines()):
        if any(cell.strip() for cell in cells):
            found.append(("".join(lead), "".join(own), cells, read))
            lead.clear()
        else:
            lead += own
        own.clear()
    return found, "".join(lead)


def _row(cells: list[str], header: list[str], columns: list[str]) -> dict[str, str]:
    row = dict.fromkeys(columns, "") | dict(
        zip(header, (cell.strip() for cell in cells), strict=False)
    )
    return {name: unguarded(row[name]) for name in columns}


def hash_codebook(folder, name: str) -> str:
    """What a table of the codebook holds now, in short: write_codebook asks for it, to overwrite nothing unseen.

    In: folder of articles; name of one of the 8 tables. Out: SHA-256 of its file, "" where there is none.
    Raises: KeyError for another name. Misses: nothing. Source: none.
    Example:
        >>> hash_codebook("no such folder", "actors")
        ''
    """
    path = Path(folder) / "codebook" / f"{name}.csv"
    return hashlib.sha256(path.read_bytes()).hexdigest() if TABLES[name] and path.is_file() else ""


def write_codebook(folder, name: str, table: pd.DataFrame, *, seen: str) -> Path:
    """A table of the codebook saved; comments, other columns and lines that did not change stay as they are.

    In: folder of articles; name of one of the 8 tables; the table; seen, hash_codebook of when it was read.
    Out: the path of codebook/NAME.csv, written aside and swapped in; the file before stays as NAME.csv.backup.
    Raises: BadInput that names the row, column, value and repair, or when the file was changed meanwhile; then
    nothing is written. Misses: a change within the instant of the swap. Source: none.
    Example:
        >>> import tempfile
        >>> rows = pd.DataFrame([{"actor": "Rome", "type": "place", "alias": "Rome", "not_alias": "", "note": ""}])
        >>> write_codebook(tempfile.mkdtemp(), "actors", rows, seen="").read_text().splitlines()[-1]
        'Rome,place,Rome,,'
    """
    path = Path(folder) / "codebook" / f"{name}.csv"
    rows = [
        {column: str(row[column]).strip() for column in TABLES[name]}
        for row in table.to_dict("records")
    ]
    for number, row in enumerate(rows, 1):
        _check_row(name, row, f"row {number} of the new codebook/{path.name}")
    path.parent.mkdir(exist_ok=True)
    with aside(path) as part:
        part.write_bytes(_merged(path, name, rows))
        if hash_codebook(folder, name) != seen:
            raise BadInput(
                f"codebook/{path.name} was changed since it was read: nothing was saved; read it again"
            )
        if path.is_file():
            with aside(path.with_name(f"{path.name}.backup")) as backup:
                shutil.copy2(path, backup)
    return path


def _merged(path: Path, name: str, rows: list[dict]) -> bytes:
    """The file with these rows: a row that was there keeps its lines, a changed one its other columns."""
    known = path.is_file() and path.read_bytes()
    (head, *old), tail = _records(path) if known else ([("", "", TABLES[name], 1)], "")
    end = "\r\n" if known and b"\r\n" in known else "\n"
    before = [tuple(_row(cells, head[2], TABLES[name]).values()) for _, _, cells, _ in old]
    parts = [head[0], head[1] or csv_line(head[2], end)]
    steps = SequenceMatcher(
        None, before, [tuple(row.values()) for row in rows], autojunk=False
    ).get_opcodes()
    for tag, first, last, start, stop in steps:
        for number in range(max(last - first, stop - start)):
            lead, own, cells, _ = old[first + number] if first + number < last else ("", "", [], 0)
            parts.append(lead)
            if tag == "equal":
                parts.append(own if own.endswith("\n") else own + end)
            elif start + number < stop:
                new = {name: guarded(cell) for name, cell in rows[start + number].items()}
                row = dict(zip(head[2], cells, strict=False)) | new
                parts.append(csv_line([row.get(column, "") for column in head[2]], end))
    bom = b"\xef\xbb\xbf" if known and known.startswith(b"\xef\xbb\xbf") else b""
    return bom + "".join([*parts, tail]).encode()


def _check_row(name: str, row: dict[str, str], where: str) -> None:
    for column, value in row.items():
        rule = CELLS[name, column]
        allowed = list(COLUMNS) if rule["kind"] == "table" else rule["allowed"].split("|")
        if rule["needed"] and not value:
            raise BadInput(f"{where}: {column} is empty: fill it or delete the row")
        if allowed != [""] and value not in allowed:
            allowed = ", ".join(word or "(empty)" for word in allowed)
            raise BadInput(f"{where}: {column} is {value!r}: one of {allowed}")
        if rule["kind"] == "day" and value:
            good = False
            with suppress(ValueError):
                good = date.fromisoformat(value) and len(value) == len("2000-12-31")
            if not good:
                raise BadInput(f"{where}: {column} is {value!r}: write YYYY-MM-DD")
        terms = {
            "term": [value],
            "pattern": [f"/{value}/"],
            "groups": value.split("&") if value else [],
        }
        for term in terms.get(rule["kind"], []):
            _check_term(term, f"{where}: {column}")
    first, last = PERIODS.get(name, ("", ""))
    if (
        row.get(first) and row.get(last) and row[first] > row[last]
    ):  # YYYY-MM-DD sorts as the days do
        raise BadInput(f"{where}: {first} {row[first]} is after {last} {row[last]}: exchange them")


def _check_term(term: str, where: str) -> None:
    if ";" in term:
        raise BadInput(f"{where} {term!r} holds a semicolon: write two rows")
    try:
        compile_term(term.strip())
    except BadInput as error:
        raise BadInput(f"{where}: {error}") from None
