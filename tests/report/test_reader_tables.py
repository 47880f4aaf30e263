"""Tables of the report: readable headings and cells, and no more rows at once than a reader wants."""

import nbformat
import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from clippings.core.tables import COLUMNS
from clippings.report.column_names import COLUMN_AXES, COLUMN_NAMES, VERBATIM_COLUMNS
from clippings.report.reader_tables import SHOWN_ROWS, rewrite_tables
from helpers import ROOT


def rewritten(table: pd.DataFrame, titles: dict[str, str] | None = None) -> BeautifulSoup:
    """A table as it is in the report."""
    return BeautifulSoup(rewrite_tables(table._repr_html_(), titles or {}), "html.parser")


def cells_of(soup: BeautifulSoup) -> list[list[str]]:
    """The heading and the rows of a table."""
    return [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in soup.find_all("tr")]


def tables_of_notebooks() -> list[str]:
    """The tables that the notebooks show on their corpus."""
    tables = []
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                html = output.get("data", {}).get("text/html", "")
                if 'class="dataframe' in html:
                    tables.append(html)
    return tables


def test_every_column_of_the_notebooks_has_a_readable_name():
    unnamed = []
    for html in tables_of_notebooks():
        rows = BeautifulSoup(html, "html.parser").thead.find_all("tr")
        first, *second = ([cell.get_text() for cell in row.find_all("th")] for row in rows)
        axis = first[0]
        index = second[0] if second else []
        columns = index if axis else first + index
        unnamed += [column for column in columns if column and column not in COLUMN_NAMES]
        unnamed += [axis] if axis and axis not in COLUMN_AXES else []
    assert unnamed == []


def test_readable_names_contain_no_codes_and_are_not_blank():
    names = COLUMN_NAMES.values()
    assert [name for name in names if "_" in name or not name or name != name.strip()] == []


def test_names_are_given_to_columns_that_exist():
    """Columns of findings are checked; those of counts are checked by the notebooks."""
    of_tables = {column for columns in COLUMNS.values() for column in columns}
    assert set(COLUMN_NAMES) >= VERBATIM_COLUMNS
    assert {"published_from", "dated_by", "source_type"} <= of_tables & set(COLUMN_NAMES)


def test_the_tables_of_the_notebooks_show_no_row_numbers_and_no_codes():
    odd = []
    for html in tables_of_notebooks():
        soup = BeautifulSoup(rewrite_tables(html, {}), "html.parser")
        assert soup.style is None
        for heading in soup.select("thead th"):
            if "_" in heading.get_text() or not heading.get_text():
                odd.append(heading.get_text())
        missing = {"NaT", "NaN", "<NA>", "inf", "True", "False"}
        odd += [cell.get_text() for cell in soup.find_all("td") if cell.get_text() in missing]
    assert odd == []


@pytest.mark.parametrize("index", [None, [7, 3, 12]])
def test_row_numbers_are_left_out_in_any_order(index):
    table = pd.DataFrame({"articles": [1, 2, 3]}, index=index)
    assert cells_of(rewritten(table)) == [["articles"], ["1"], ["2"], ["3"]]


def test_a_named_index_is_a_column():
    table = pd.DataFrame({"published_from": [pd.NaT]}, index=pd.Index([2021], name="told_to"))
    soup = rewritten(table)
    assert cells_of(soup) == [["spoke to", "publication date (earliest)"], ["2021", ""]]
    assert soup.tbody.th["scope"] == "row"


def test_an_index_of_words_remains_even_without_a_name():
    table = pd.DataFrame({"count": [1]}, index=["named_source"])
    assert cells_of(rewritten(table))[1] == ["named source", "1"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (pd.NaT, ""),
        (np.nan, ""),
        (None, ""),
        (pd.NA, ""),
        (float("inf"), "no upper limit"),
        (float("-inf"), "no lower limit"),
        (True, "yes"),
        (False, "no"),
        ("named_source", "named source"),
        ("plain", "plain"),
        ("", ""),
        ("2019-03-11/2021-03-11", "2019-03-11/2021-03-11"),
        ("Anna_Bell", "Anna_Bell"),
        (4.1, "4.1"),
        (720.0, "720"),
        ("<b>", "<b>"),
    ],
)
def test_cells_are_readable(value, shown):
    table = pd.DataFrame({"high": pd.Series([value], dtype=object)})
    assert cells_of(rewritten(table))[1] == [shown]


def test_numbers_are_written_in_full():
    """Pandas writes all numbers of a column with an exponent if one of them is very large."""
    values = [2.0, 0.5, -3.0, 15_600_000.0, 250_000_000.0, 0.0]
    rows = cells_of(rewritten(pd.DataFrame({"low": values})))[1:]
    assert [cell for (cell,) in rows] == ["2", "0.5", "-3", "15,600,000", "250,000,000", "0"]
    table = pd.DataFrame({"low": ["1.5e+300", "12000.0", "2021.0"]})
    assert [cell for (cell,) in cells_of(rewritten(table))[1:]] == ["1.5e+300", "12,000", "2021"]


def test_dates_are_not_broken_and_long_cells_are_wide():
    texts = ["2021-03-16", "1992-01-01/1992-12-31", "2021-W11", "0.28", "levee", "levee " * 9, ""]
    soup = rewritten(pd.DataFrame({"detail": texts}))
    classes = [cell.get("class", [""])[0] for cell in soup.find_all("td")]
    assert classes == ["unbroken"] * 4 + ["", "long", ""]


def test_words_of_articles_remain_as_they_are():
    words = ["None", "inf", "True", "snake_case", "nan"]
    table = pd.DataFrame(dict.fromkeys(sorted(VERBATIM_COLUMNS), words))
    rows = cells_of(rewritten(table))[1:]
    assert [set(row) for row in rows] == [{word} for word in words]


def test_articles_are_given_by_title():
    titles = {"a_b.txt": "Flood & <fire>", "c.txt": "Levee"}
    columns = {
        "article": ["a_b.txt", "x.txt"],
        "only_in": ["a_b.txt | c.txt", ""],
        "outlet": ["c.txt", "Valley Post"],
        "chain": ["c.txt ← Lund", ""],
    }
    rows = cells_of(rewritten(pd.DataFrame(columns), titles))[1:]
    assert rows[0] == ["Flood & <fire>", "Flood & <fire> | Levee", "Levee", "Levee ← Lund"]
    assert rows[1] == ["x.txt", "", "Valley Post", ""]


def test_a_cross_table_says_what_its_columns_are():
    table = pd.DataFrame(
        [[1, 2]],
        columns=pd.Index(["", "named_source"], name="source_type"),
        index=pd.Index(["Levee"], name="title"),
    )
    soup = rewritten(table)
    assert cells_of(soup)[0] == ["title", "not given", "named source"]
    assert "kind of source" in soup.caption.get_text()


@pytest.mark.parametrize("rows", [1, SHOWN_ROWS, SHOWN_ROWS + 1, 60])
def test_more_than_ten_rows_are_shown_on_request(rows):
    soup = rewritten(pd.DataFrame({"count": range(rows)}))
    assert len(soup.select("tbody tr")) == rows
    details = soup.select("details.all-rows")
    assert len(details) == (1 if rows > SHOWN_ROWS else 0)
    assert all(str(rows) in each.get_text() for each in details)


def test_a_table_with_omitted_rows_says_how_many_there_are():
    soup = rewritten(pd.DataFrame({"count": range(94)}))
    assert ["…"] in cells_of(soup)
    assert "94" in soup.find("p", class_="rows").get_text()
    assert "columns" not in soup.get_text()
    assert soup.details is None


def test_an_empty_table_is_a_word():
    soup = rewritten(pd.DataFrame({"count": []}))
    assert soup.table is None
    assert soup.get_text(strip=True)


def test_headings_across_columns_remain():
    columns = pd.MultiIndex.from_product([["a"], ["b", "c"]])
    html = pd.DataFrame([[1, 2]], columns=columns)._repr_html_()
    assert "colspan" in rewrite_tables(html, {})
