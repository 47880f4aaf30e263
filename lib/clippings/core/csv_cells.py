"""Write CSV cells that are safe to open in a spreadsheet and can be read back exactly."""

import csv
import io
import re
import sys
import threading

# A spreadsheet evaluates a cell that starts with one of these characters. Excel also accepts the
# full-width forms, which are common on East Asian keyboards. The small, raised and lowered forms
# and the mathematical minus become plain characters when text is normalised or re-encoded.
_OPERATORS = "=＝﹦⁼₌+＋﹢⁺₊\ufb29@＠﹫\\-－﹣−"

# Spreadsheets ignore these characters before a formula: white space, control characters, and
# characters without width, such as the byte order mark or direction marks.
_INVISIBLE = r"\s\x00-\x1f\x7f-\x9f\xad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"

_NEEDS_APOSTROPHE = re.compile(
    rf"""
    '                                # so that every apostrophe we read back is one we wrote
    | [\t\r\n]                       # "\t=1": importers cut the cell here
    | [{_INVISIBLE}]*[{_OPERATORS}]  # "=1", "＝1", "\ufeff=1", "  -1", "@SUM(1)"
    """,
    re.VERBOSE,
)
_LINE_BREAK = re.compile(r"[\r\n]")
_FIELD_LIMIT_LOCK = threading.Lock()  # the csv module has a single limit for the whole process


def guarded(cell: str) -> str:
    """Prefix a cell that a spreadsheet would evaluate with an apostrophe.

    Parameters
    ----------
    cell : str
        The content of a cell.

    Returns
    -------
    str
        The cell to write to a file; `unguarded` restores the original exactly.

    Examples
    --------
    >>> guarded("=1"), guarded("\\ufeff＝1"), guarded("a = 1")
    ("'=1", "'\\ufeff＝1", 'a = 1')
    """
    return f"'{cell}" if _NEEDS_APOSTROPHE.match(cell) else cell


def unguarded(cell: str) -> str:
    """Remove the apostrophe that `guarded` added to a cell.

    Parameters
    ----------
    cell : str
        A cell as it was read from a file.

    Returns
    -------
    str
        The original cell. Other apostrophes remain.

    Examples
    --------
    >>> unguarded("'=1"), unguarded("'tis")
    ('=1', "'tis")
    """
    if cell[:1] == "'" and _NEEDS_APOSTROPHE.match(cell[1:]):
        return cell[1:]
    return cell


def csv_line(cells: list[str], end: str = "\n", delimiter: str = ",") -> str:
    """Write one record of a CSV file that may contain comments.

    Parameters
    ----------
    cells : list of str
        The cells of the record, guarded if necessary.
    end : str, default "\\n"
        The line end of the file.
    delimiter : str, default ","
        What separates the cells.

    Returns
    -------
    str
        The record with its line end. All cells are quoted if one of them contains a line break of
        any kind, or if the record would otherwise be read as a comment.

    Examples
    --------
    >>> csv_line(["a,b", "c"]), csv_line(["#", "d"]), csv_line(["a\\r=1", "e"])
    ('"a,b",c\\n', '"#","d"\\n', '"a\\r=1","e"\\n')
    """
    needs_quotes = cells[0].startswith("#") or any(_LINE_BREAK.search(cell) for cell in cells)
    quoting = csv.QUOTE_ALL if needs_quotes else csv.QUOTE_MINIMAL
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator=end).writerow(cells)
    return file.getvalue()


def read_records(text: str, delimiter: str = ",") -> list[list[str]]:
    """Read the records of a CSV text, with cells of any length.

    Parameters
    ----------
    text : str
        The content of a file; line breaks of any kind end a record, except inside quotes.
    delimiter : str, default ","
        What separates the cells.

    Returns
    -------
    list of list of str
        The cells of each record, unchanged.

    Examples
    --------
    >>> read_records('text,n\\n"a\\r=1",2\\n')
    [['text', 'n'], ['a\\r=1', '2']]
    """
    with _FIELD_LIMIT_LOCK:
        limit = csv.field_size_limit(sys.maxsize)
        try:
            # newline="" preserves line breaks, which the csv module needs.
            return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        finally:
            csv.field_size_limit(limit)
