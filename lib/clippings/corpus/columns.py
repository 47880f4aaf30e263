"""The roles that the columns of tables were given, so that they can be checked and overridden."""

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
        The largest article that is read, in megabytes.

    Returns
    -------
    DataFrame
        One row per column of each table, in the order of the files and of the columns.

        file
            The table: the path of its file below the folder, followed by the name of the sheet if
            several sheets of a spreadsheet contain articles.
        name
            The name of the column in the table.
        column
            Its role: a column of `articles`, or lead, date, year, month, day; "" if it
            is not used.
        reason
            The reason. For a column that is used: codebook, name (it is a known one), longest text,
            short text, dates or addresses (judged by its values). For one that is not: codebook,
            other column taken, values do not fit, empty, name not known.
        order
            For a date: day first or month first, if some of its dates could be read in two ways.
        example
            The beginning of its first value.

    Raises
    ------
    BadInput
        When the folder does not exist, and for a wrong row of the codebook.

    Notes
    -----
    A wrong guess can be overridden in codebook/columns.csv: `text,Abstract` takes the text from the
    column Abstract; `unused,Source` ignores the column Source; `date month first,Date` sets how
    03/04/2021 is read.

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
