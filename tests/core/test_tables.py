"""Rows of tables."""

import clippings as cl
from clippings.core.tables import named_rows


def test_named_rows_are_those_of_itertuples():
    """Compared as text, because a missing value is not equal to itself."""
    different = []
    for name, table in cl.find_all(*cl.load_example()).items():
        expected = [list(map(str, row)) for row in table.itertuples()]
        if [list(map(str, row)) for row in named_rows(table)] != expected:
            different.append(name)
    assert different == []
