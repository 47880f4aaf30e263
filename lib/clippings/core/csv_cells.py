"""Cells and records of CSV files that a spreadsheet may open."""

import csv
import io
import re

FORMULA = re.compile(r"^['=+\-@\t\r]")  # a spreadsheet would run such a cell


def guarded(cell: str) -> str:
    """A cell as files have it: with an apostrophe before what a spreadsheet would run. Example:
    >>> guarded("=1"), unguarded("'=1"), unguarded("'tis")
    ("'=1", '=1', "'tis")
    """
    return f"'{cell}" if FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """A cell of a file without the apostrophe of guarded. Example: see there."""
    return cell[1:] if cell[:1] == "'" and FORMULA.match(cell[1:]) else cell


def csv_line(cells: list[str], end: str = "\n") -> str:
    """One record of CSV; all in quotes where a cell has several lines, of any kind, or looks like a comment. Example:
    >>> csv_line(["a,b", "c"]), csv_line(["#", "d"])
    ('"a,b",c\\n', '"#","d"\\n')
    """
    odd = any(len(cell.splitlines()) > 1 for cell in cells) or cells[0].startswith("#")
    file = io.StringIO()
    csv.writer(
        file, quoting=csv.QUOTE_ALL if odd else csv.QUOTE_MINIMAL, lineterminator=end
    ).writerow(cells)
    return file.getvalue()
