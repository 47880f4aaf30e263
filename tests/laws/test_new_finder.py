"""A new finder is one file, one record and one line: everything else follows from these."""

import importlib.util
import textwrap

import pytest

import clippings as cl
from clippings import pipeline
from clippings.core import tables
from helpers import FLOOD

FILE = """
from clippings.core.tables import by_article, make_table, span_row


def find_metres(passages):
    rows = []
    for of_article in by_article(passages).values():
        for passage in of_article:
            at = passage.text.find("metres")
            if at >= 0:
                rows.append(span_row(passage, at, at + 6, label="metres", unit="m"))
    return make_table("metres", rows)
"""
RECORD = tables.Table(
    "metres",
    {"unit": tables.TEXT},
    is_counted=True,
    same_row=("label",),
    may_change=("unit",),
    page_layer=9,
)


@pytest.fixture
def found(tmp_path):
    """All tables of the flood, with those of a finder that the library did not know before."""
    path = tmp_path / "metres.py"
    path.write_text(textwrap.dedent(FILE), encoding="utf-8")
    spec = importlib.util.spec_from_file_location("metres", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    step = pipeline.Step("metres", module.find_metres, ("story",))
    tables.register_table(RECORD)
    pipeline.STEPS.append(step)
    try:
        articles = cl.read_articles(FLOOD)
        yield articles, cl.find_all(articles, cl.read_codebook(FLOOD))
    finally:
        pipeline.STEPS.remove(step)
        del tables.TABLES["metres"], tables.COLUMNS["metres"]


def test_its_rows_are_among_the_tables_with_duplicates_and_verdicts(found):
    articles, all_tables = found
    metres = cl.check_spans(all_tables["metres"], articles)
    assert len(metres) > 3
    assert {"duplicate_status", "verdict"} <= set(metres.columns)
    assert set(metres.duplicate_status) > {"first"}


def test_its_rows_are_written_and_read_back(found, tmp_path):
    _, all_tables = found
    cl.write_tables(all_tables, tmp_path)
    assert len(cl.read_table(tmp_path / "tables" / "metres.csv")) == len(all_tables["metres"])
    assert '"urn:clippings' in (tmp_path / "findings.jsonl").read_text(encoding="utf-8")


def test_its_rows_are_compared_between_two_runs(found):
    _, all_tables = found
    run = {"tables": all_tables, "codebook": {}, "manifest": {}}
    fewer = {**all_tables, "metres": all_tables["metres"].iloc[1:]}
    changes = cl.find_changes(run, run | {"tables": fewer})
    assert changes[["change", "table"]].values.tolist() == [["went", "metres"]]


def test_a_table_with_the_columns_of_another_is_refused():
    twin = tables.Table("imagined", tables.TABLES["phrases"].own_columns)
    with pytest.raises(ValueError, match="phrases"):
        tables.register_table(twin)
    assert "imagined" not in tables.TABLES
