"""The analyst's codebook: eight CSV tables next to the articles, read, checked and saved."""

import csv
import hashlib
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

import pandas as pd
from filelock import FileLock, Timeout

from clippings.core.atomic import atomic_write
from clippings.core.csv_cells import guarded, unguarded
from clippings.core.dictionaries import INCLUDE, read_dictionary
from clippings.core.errors import BadInput
from clippings.core.lexicon import read_rows
from clippings.core.search_terms import compile_term
from clippings.core.tables import COLUMNS
from clippings.core.wording import shorten
from clippings.corpus.codebook_file import (
    CodebookFile,
    Record,
    file_bytes,
    make_folder,
    parse_file,
)

SCHEMA = Path(__file__).with_name("codebook_columns.csv")
ABOUT = Path(__file__).with_name("codebook_tables.csv")  # explanations for a new codebook
CELLS = {(row["table"], row["column"]): row for row in read_rows(SCHEMA)}
TABLES = {name: [column for table, column in CELLS if table == name] for name, _ in CELLS}
OPTIONAL_COLUMNS = {
    name: [column for column in columns if CELLS[name, column]["needed"] == "no column"]
    for name, columns in TABLES.items()
}
PERIODS = {"calendar": ("day_from", "day_to"), "articles": ("published_from", "published_to")}

_LOCK_NAME = ".lock"  # in codebook/, while a table is saved
_LOCK_PATIENCE = 30  # seconds; saving a table takes a fraction of one
_SHOWN_LENGTH = 60  # characters of a cell that an error message quotes

_DOTTED_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")  # 03.05.2021: always day first
_SLASHED_DATE = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")  # 03/05/2021: either order


def read_codebook(folder: str | Path) -> dict[str, pd.DataFrame]:
    """Read the analyst's codebook tables of a corpus.

    Parameters
    ----------
    folder : str or path
        Folder of articles. Its tables are ``codebook/*.csv``; lines that start with ``#`` are
        comments. Cells may be separated by commas, semicolons or tabs, and the encoding is UTF-8
        or, with a byte order mark, UTF-16.

    Returns
    -------
    dict of str to pandas.DataFrame
        Eight tables: actors, themes, events, calendar, outlets, articles, columns, verdicts. All
        cells are text. Dates are in the form YYYY-MM-DD (DD.MM.YYYY is converted), and rows are in
        the order of the file. A table without a file has its columns and no rows.

    Raises
    ------
    BadInput
        If a table cannot be used. The message states the file, line, column and value, and how to
        fix them.

    Notes
    -----
    Only the format of rows is checked. `count_codes` shows what each term of a theme finds, and
    `check_codes` whether its example sentences are found.

    Examples
    --------
    >>> import clippings as cl
    >>> codebook = cl.read_codebook("lib/clippings/data/flood")
    >>> codebook["actors"][["actor", "type", "alias"]].head(2)
                      actor          type                 alias
    0  River Lenn Authority  organisation  River Lenn Authority
    1  River Lenn Authority  organisation         the authority
    """
    return {name: _read_table(Path(folder), name) for name in TABLES}


def _table_path(folder: Path, name: str) -> Path:
    """Return the path of a table's file."""
    return folder / "codebook" / f"{name}.csv"


def _read_table(folder: Path, name: str) -> pd.DataFrame:
    """Read and check one table."""
    columns = TABLES[name]
    data = file_bytes(_table_path(folder, name))
    rows = [] if data is None else _rows_of_file(data, name)
    return pd.DataFrame(rows, columns=columns, dtype="str")


def _rows_of_file(data: bytes, name: str) -> list[dict[str, str]]:
    """Read and check the rows of a table's file."""
    shown_name = f"codebook/{name}.csv"
    file = parse_file(data, shown_name, TABLES[name], OPTIONAL_COLUMNS[name])
    rows = []
    for record in file.records:
        row = _row_of_record(record, file, name)
        _check_row(name, row, f"{shown_name}, line {record.line}")
        rows.append(row)
    return rows


def _row_of_record(record: Record, file: CodebookFile, name: str) -> dict[str, str]:
    """Return the cells of a record by column; cells that are not there are empty."""
    cells = dict(zip(file.columns, record.cells, strict=False))
    row = {column: unguarded(cells.get(column, "").strip()) for column in TABLES[name]}
    return _with_iso_dates(name, row)


def _with_iso_dates(name: str, row: dict[str, str]) -> dict[str, str]:
    """Return a row with 03.05.2021 as 2021-05-03, the form into which some spreadsheets turn it."""
    for column, value in row.items():
        match = _DOTTED_DATE.fullmatch(value)
        if match and CELLS[name, column]["kind"] == "day":
            day, month, year = match.groups()
            row = row | {column: f"{year}-{month:0>2}-{day:0>2}"}
    return row


def hash_codebook(folder: str | Path, name: str) -> str:
    """Compute a hash of a table's file, which `write_codebook` uses to detect changes by others.

    Parameters
    ----------
    folder : str or path
        Folder of articles.
    name : str
        Name of one of the eight tables.

    Returns
    -------
    str
        The SHA-256 hash of the file in hexadecimal digits; "" if there is no file.

    Raises
    ------
    KeyError
        If there is no table of that name.

    Examples
    --------
    >>> len(hash_codebook("lib/clippings/data/flood", "actors"))
    64
    >>> hash_codebook("no such folder", "actors")
    ''
    """
    if name not in TABLES:
        raise KeyError(name)
    return _hash_of(file_bytes(_table_path(Path(folder), name)))


def _hash_of(data: bytes | None) -> str:
    """Return the hash of a file's content, "" without a file."""
    return "" if data is None else hashlib.sha256(data).hexdigest()


@contextmanager
def lock_codebook(folder: str | Path) -> Iterator[None]:
    """Let only one program at a time write a codebook.

    Parameters
    ----------
    folder : str or path
        Folder of articles; its ``codebook`` folder must exist.

    Raises
    ------
    BadInput
        If another program holds the lock for more than 30 seconds.

    Notes
    -----
    The lock is the system's (``flock`` or its equivalent) on ``codebook/.lock`` and ends with the
    process that holds it. Text editors and spreadsheets do not ask for it.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> (folder / "codebook").mkdir()
    >>> with lock_codebook(folder):
    ...     _ = (folder / "codebook" / "actors.csv").write_text("actor,type,alias,not_alias,note")
    """
    path = Path(folder) / "codebook" / _LOCK_NAME
    try:
        with FileLock(path, timeout=_LOCK_PATIENCE):
            try:
                yield
            finally:
                # While the lock is held: a waiting process then finds that its file has no name
                # any more, and starts over. Windows does not delete open files; there it stays.
                with suppress(OSError):
                    path.unlink()
    except Timeout:
        raise BadInput(
            "the codebook is being saved by another program: wait until it has finished, then try "
            "again"
        ) from None


def write_codebook(
    folder: str | Path,
    name: str,
    table: pd.DataFrame,
    *,
    seen: str,
    base: pd.DataFrame | None = None,
) -> Path:
    """Save a codebook table and leave everything else in its file unchanged.

    Comments, the analyst's own columns, unchanged rows, line ends, the delimiter, the encoding and
    the byte order mark are preserved. The previous file is saved as ``NAME.csv.backup``.

    Parameters
    ----------
    folder : str or path
        Folder of articles; ``codebook`` is created in it if necessary.
    name : str
        Name of one of the eight tables.
    table : pandas.DataFrame
        The rows to save; columns as in `read_codebook`.
    seen : str
        The value that `hash_codebook` returned before the table was read.
    base : pandas.DataFrame, optional
        The table as it was read, before it was changed. If given, changes that somebody else has
        saved in the meantime are merged with these.

    Returns
    -------
    pathlib.Path
        The path of ``codebook/NAME.csv``.

    Raises
    ------
    BadInput
        If a row is not valid; the message states the row, column and value, and how to fix them.
        Also if the file has changed since it was read and `base` is not given, or if both changes
        concern the same row: read the table again and repeat the change. In all cases, nothing is
        written.

    Notes
    -----
    Two programs that save at the same time wait for each other. The second one merges its added and
    removed rows into the file of the first. Rows conflict if both programs made different changes
    to the row with the same key (for verdicts: the same place and label). A change by a program
    that does not use the lock, such as a spreadsheet, is not detected if it happens at the very
    moment when the file is replaced.

    Examples
    --------
    >>> import tempfile
    >>> import clippings as cl
    >>> _, codebook = cl.load_example()
    >>> folder = tempfile.mkdtemp()
    >>> path = cl.write_codebook(folder, "actors", codebook["actors"].head(2), seen="")
    >>> print(path.read_text().replace("River Lenn Authority", "RLA"))
    actor,type,alias,not_alias,note
    RLA,organisation,RLA,,the river authority
    RLA,organisation,the authority,,"short form, after the first mention"
    <BLANKLINE>
    """
    path = _table_path(Path(folder), name)
    rows = _rows_of_table(name, table)
    for number, row in enumerate(rows, 1):
        _check_row(name, row, f"row {number} of the new codebook/{path.name}")
    file_bytes(path)  # refuses a folder or a link before anything is made
    make_folder(path.parent)
    with lock_codebook(folder):
        data = file_bytes(path)
        if _hash_of(data) != seen:
            rows = _merge(name, data, base, rows)
        _replace_file(path, name, data, rows)
    return path


def _rows_of_table(name: str, table: pd.DataFrame) -> list[dict[str, str]]:
    """Return the rows of a table as dicts of texts."""
    missing = {column: "" for column in OPTIONAL_COLUMNS[name] if column not in table.columns}
    return [
        _with_iso_dates(name, {column: str(row[column]).strip() for column in TABLES[name]})
        for row in table.assign(**missing).to_dict("records")
    ]


def _replace_file(path: Path, name: str, data: bytes | None, rows: list[dict]) -> None:
    """Write the new file of a table, unless an editor changed it since `data` was read."""
    with atomic_write(path) as part:
        part.write_bytes(_new_content(data, name, rows))
        if file_bytes(path) != data:
            raise _changed_meanwhile(name)
        if data is not None:
            with atomic_write(path.with_name(f"{path.name}.backup")) as backup:
                backup.write_bytes(data)
            with suppress(OSError):
                shutil.copymode(path, part)


def _changed_meanwhile(name: str, detail: str = "") -> BadInput:
    """Make the error for a file that another program changed."""
    return BadInput(
        f"codebook/{name}.csv has changed since it was read{detail}: "
        "nothing was saved; read it again"
    )


def _merge(
    name: str, data: bytes | None, base: pd.DataFrame | None, mine: list[dict]
) -> list[dict[str, str]]:
    """Apply the difference between `base` and `mine` to the rows that the file contains now."""
    if base is None:
        raise _changed_meanwhile(name)
    read = _rows_of_table(name, base)
    theirs = [] if data is None else _rows_of_file(data, name)
    my_added = [row for row in mine if row not in read]
    my_removed = [row for row in read if row not in mine]
    their_added = [row for row in theirs if row not in read]
    their_removed = [row for row in read if row not in theirs]

    def key_of(row: dict) -> tuple:
        return tuple(row[column] for column in TABLES[name] if CELLS[name, column]["key"])

    my_keys = {key_of(row) for row in [*my_added, *my_removed]}
    their_keys = {key_of(row) for row in [*their_added, *their_removed]}
    for key in sorted(my_keys & their_keys):
        my_result = [row for row in mine if key_of(row) == key]
        their_result = [row for row in theirs if key_of(row) == key]
        # Both gone and something else in their place: the row was edited twice, down to its key.
        is_edited_twice = not my_result and not their_result and my_added != their_added
        if my_result != their_result or is_edited_twice:
            row = shorten(", ".join(filter(None, key)), _SHOWN_LENGTH)
            raise _changed_meanwhile(name, f", and another program also changed the row of {row!r}")
    merged = [row for row in theirs if row not in my_removed]
    return merged + [row for row in my_added if row not in theirs]


def _new_content(data: bytes | None, name: str, rows: list[dict[str, str]]) -> bytes:
    """Return a table's file with these rows; unchanged rows keep their lines."""
    file = parse_file(data or b"", f"codebook/{name}.csv", TABLES[name], OPTIONAL_COLUMNS[name])
    file = _with_used_columns(file, name, rows)
    old = [tuple(_row_of_record(record, file, name).values()) for record in file.records]
    new = [tuple(row.values()) for row in rows]
    if file.header.source:
        pieces = [_unchanged(file.header, file)]
    else:
        pieces = [file.header.lead, file.line_of(file.header.cells)]
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for tag, old_start, old_end, new_start, new_end in steps:
        records = file.records[old_start:old_end]
        if tag == "equal":
            pieces += [_unchanged(record, file) for record in records]
            continue
        changed = rows[new_start:new_end]
        for number in range(max(len(records), len(changed))):
            record = records[number] if number < len(records) else None
            if record is not None:
                pieces.append(record.lead)  # a comment stays, even if its row is removed
            if number < len(changed):
                pieces.append(_changed(changed[number], record, file))
    return file.encode("".join([*pieces, file.tail]))


def _with_used_columns(file: CodebookFile, name: str, rows: list[dict[str, str]]) -> CodebookFile:
    """Return a file with the optional columns that it lacks, if a row has a value in them."""
    added = [
        column
        for column in OPTIONAL_COLUMNS[name]
        if column not in file.columns and any(row[column] for row in rows)
    ]
    if not added:
        return file
    cells = [*file.header.cells, *added]
    # Rows that end before the new columns have empty cells there.
    return replace(file, header=replace(file.header, cells=cells, source=file.line_of(cells)))


def _unchanged(record: Record, file: CodebookFile) -> str:
    """Return a record as written in the file, with a line end."""
    ends = record.source.endswith(("\n", "\r"))
    return record.lead + record.source + ("" if ends else file.line_end)


def _changed(row: dict[str, str], record: Record | None, file: CodebookFile) -> str:
    """Return a new row as a record; cells of the analyst's own columns come from the old record."""
    cells = dict(zip(file.columns, record.cells, strict=False)) if record else {}
    cells |= {column: guarded(cell) for column, cell in row.items()}
    return file.line_of([cells.get(column, "") for column in file.columns])


def _check_row(name: str, row: dict[str, str], where: str) -> None:
    """Refuse a row that cannot be used."""
    if name == "themes" and row["theme"] == INCLUDE:
        _check_dictionary(row["term"], f"{where}: term")
    for column, value in row.items():
        _check_cell(CELLS[name, column], value, f"{where}: {column}")
    first_column, last_column = PERIODS.get(name, ("", ""))
    first = row.get(first_column)
    last = row.get(last_column)
    if first and last and first > last:  # YYYY-MM-DD sorts as the dates do
        raise BadInput(f"{where}: {first_column} {first} is after {last_column} {last}: swap them")


def _check_dictionary(name: str, where: str) -> None:
    """Refuse the name of a dictionary that does not exist."""
    try:
        read_dictionary(name)
    except BadInput as error:
        raise BadInput(f"{where}: {error}") from None


def _check_cell(rule: dict[str, str], value: str, where: str) -> None:
    """Refuse a cell that its column does not allow."""
    shown = repr(shorten(value, _SHOWN_LENGTH))
    allowed = list(COLUMNS) if rule["kind"] == "table" else rule["allowed"].split("|")
    if rule["needed"] == "yes" and not value:
        raise BadInput(f"{where} is empty: fill it or delete the row")
    if value != value.encode(errors="ignore").decode():
        raise BadInput(f"{where} is {shown}: it contains half of a surrogate pair; delete it")
    if len(value) > csv.field_size_limit():
        most = f"{csv.field_size_limit():,}"
        raise BadInput(f"{where} is {shown}: it has more than {most} characters; shorten it")
    if allowed != [""] and value not in allowed:
        choices = ", ".join(word or "(empty)" for word in allowed)
        raise BadInput(f"{where} is {shown}: it must be one of {choices}")
    if rule["kind"] == "day" and value and not _is_date(value):
        raise BadInput(f"{where} is {shown}: write {_date_advice(value)}")
    for term in _terms_of(rule["kind"], value):
        _check_term(term, where)


def _is_date(value: str) -> bool:
    """Return whether a text is a date in the form YYYY-MM-DD."""
    with suppress(ValueError):
        date.fromisoformat(value)
        return len(value) == len("2000-12-31")  # Python also reads 20001231
    return False


def _date_advice(value: str) -> str:
    """Return how to write a date."""
    if match := _SLASHED_DATE.fullmatch(value):
        first, second, year = match.groups()
        readings = [f"{year}-{second:0>2}-{first:0>2}", f"{year}-{first:0>2}-{second:0>2}"]
        valid = [reading for reading in dict.fromkeys(readings) if _is_date(reading)]
        if valid:
            return f"{' or '.join(valid)} (YYYY-MM-DD)"
    return "YYYY-MM-DD"


def _terms_of(kind: str, value: str) -> list[str]:
    """Return the search terms that a cell of this kind contains."""
    if kind == "term":
        return [value]
    if kind == "pattern":
        return [f"/{value}/"]
    if kind == "groups" and value:
        return value.split("&")
    return []


def _check_term(term: str, where: str) -> None:
    """Refuse a search term that cannot be compiled."""
    if ";" in term:
        shown = repr(shorten(term, _SHOWN_LENGTH))
        raise BadInput(f"{where} {shown} contains a semicolon: write two rows")
    try:
        compile_term(term.strip())
    except BadInput as error:
        raise BadInput(f"{where}: {error}") from None
