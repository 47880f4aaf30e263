"""Tables and charts as files."""

import re

import pandas as pd
import pytest

import clippings as cl


def test_exported_tables_come_back_as_they_were(tmp_path):
    cells = ["=1+1", "+x", "-y", "@z", "'quoted", "plain", "NA", 'a,b\r\n"c"', "\tq", ""]
    cl.write_tables({"cells": pd.DataFrame({"text": cells, "n": range(len(cells))})}, tmp_path)
    raw = (tmp_path / "tables" / "cells.csv").read_bytes().decode()
    assert not re.search(r"(?m)^[\"]?[=+\-@]", raw)
    assert cl.read_table(tmp_path / "tables" / "cells.csv").text.to_list() == cells


def test_a_chart_needs_a_name_that_is_a_file_name(tmp_path):
    for name in ("../x", "a b", ""):
        with pytest.raises(cl.BadInput):
            cl.write_chart(None, None, None, tmp_path, name)
    assert list(tmp_path.iterdir()) == []
