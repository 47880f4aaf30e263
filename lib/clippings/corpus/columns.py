"""Show the roles assigned to the columns of tables, so that they can be checked and changed."""

import os
from pathlib import Path

import pandas as pd

from clippings.core.errors import BadInput
from clippings.corpus.codebook import read_codebook
from clippings.corpus.reader import names_of_columns, rows_of_folder
from clippings.corpus.rows import ArticleRow, Limits

COLUMNS = ("file", "name", "column", "reason", "order", "example")


def read_columns(folder: str | os.PathLike, *, max_mb: float = 20) -> pd.DataFrame:
    """Show how the columns of each article table in a folder were read.

    Parameters
    ----------
    folder : str or path
        A folder of articles, as for `read_articles`.
    max_mb : float
        The maximum size of an article, in megabytes.

    Returns
    -------
    DataFrame
        One row per column of each table, in the order of the files and of the columns.

        file
            The path of the table's file within the folder, followed by the name of the sheet if
            several sheets of a spreadsheet contain articles.
        name
            The name of the column in the table.
        column
            The role of the column: a column of `articles`, or lead, date, year, month or day; ""
            if it is not used.
        reason
            The reason. For a column that is used: codebook, name (a known column name), longest
            text, short text, dates or addresses (according to the values). For an unused column:
            codebook, other column taken, values do not fit, empty, name not known.
        order
            For a column of dates: day first or month first, if some dates are ambiguous.
        example
            The beginning of the first value.

    Raises
    ------
    BadInput
        If the folder does not exist, or if a row of the codebook is not valid.

    Notes
    -----
    Wrong roles can be corrected in codebook/columns.csv: `text,Abstract` reads the text from the
    column Abstract, `unused,Source` ignores the column Source, and `date month first,Date`
    determines how 03/04/2021 is read.

    Examples
    --------
    >>> import tempfile
    >>> import clippings as cl
    >>> folder = Path(tempfile.mkdtemp())
    >>> header = "Titel;Datum;Volltext;Seite"
    >>> row = "Damm bricht;16.03.2021;Der Damm bei Ostrand brach.;4"
    >>> _ = (folder / "export.csv").write_text(f"{header}\\n{row}\\n")
    >>> print(cl.read_columns(folder)[["name", "column", "reason", "example"]].to_string())
           name column          reason                      example
    0     Titel  title            name                  Damm bricht
    1     Datum   date            name                   16.03.2021
    2  Volltext   text            name  Der Damm bei Ostrand brach.
    3     Seite         name not known                            4
    """
    root = Path(folder)
    if not root.is_dir():
        raise BadInput(f"{root} is not a folder: name a folder of saved articles")
    names = names_of_columns(read_codebook(root)["columns"])
    records = []
    for row in rows_of_folder(root, Limits(max_mb * 1e6, names), executor=None):
        for use in row.column_uses:
            name, column, reason, order, _, example = use
            records.append((_file_of(row), name, column, reason, order, example))
    return pd.DataFrame(records, columns=COLUMNS, dtype="str")


def _file_of(row: ArticleRow) -> str:
    """Return the file of a row of a table: its id without the number."""
    file, mark, number = row.article.rpartition("#")
    return file if mark and number.split("~")[0].isdecimal() else row.article
