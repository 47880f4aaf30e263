"""Files that others read: well-formed whatever the articles hold, and none takes another's place."""

import json
import re
import xml.etree.ElementTree as ElementTree

import nbformat.v4 as nb
import pandas as pd
import pytest

import clippings as cl
from clippings.core.tables import make_table
from clippings.report.page_links import read_charts
from clippings.report.web_page import write_report
from clippings.show.chart_labels import short_label
from clippings.show.figure import draw_picture, give_title, new_chart
from helpers import lines_of

CONTROLS = [chr(code) for code in [*range(0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF]]
LINE_SEPARATORS = "\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e"


def test_exported_tables_come_back_as_they_were(tmp_path):
    cells = ["=1+1", "+x", "-y", "@z", "'quoted", "plain", "NA", 'a,b\r\n"c"', "\tq", ""]
    cl.write_tables({"cells": pd.DataFrame({"text": cells, "n": range(len(cells))})}, tmp_path)
    raw = (tmp_path / "tables" / "cells.csv").read_bytes().decode()
    assert not re.search(r"(?m)^[\"]?[=+\-@]", raw)
    assert cl.read_table(tmp_path / "tables" / "cells.csv").text.to_list() == cells


def test_a_picture_is_well_formed_whatever_its_words_hold():
    """Title, label, link and group name of one chart for each control character."""
    for start in range(0, len(CONTROLS), 16):
        word = f"a{''.join(CONTROLS[start : start + 16])}b & <c> -->"
        figure, axes = new_chart(1, word)
        give_title(figure, word)
        axes.set_xlabel(short_label(word))
        axes.text(0, 0, word).set_url(f"#label={word}")
        axes.plot([0, 1], gid=word)
        ElementTree.fromstring(draw_picture(figure, "svg"))


def test_charts_of_hostile_titles_are_well_formed(tmp_path):
    articles, _ = cl.load_example()
    hostile = [f"{''.join(CONTROLS[start : start + 12])}Bell" for start in range(0, 72, 12)]
    articles = articles.assign(title=hostile)
    passages = cl.find_passages(articles)
    counts = cl.count_words(passages, by=["article", "label"]).merge(articles[["article", "title"]])
    path = cl.write_chart(cl.chart_zones(counts), counts, passages, tmp_path, "zones")
    ElementTree.fromstring(path.read_bytes())


def test_an_alternative_text_of_several_lines_is_found_again(tmp_path):
    counts = make_table("passages").assign(words=[])
    chart, _ = new_chart(1, f"one\ntwo\r{LINE_SEPARATORS} three")
    give_title(chart, "a finding")
    cl.write_chart(chart, counts, counts, tmp_path, "zones")
    assert list(read_charts(tmp_path)) == ["one two three"]
    assert len(lines_of((tmp_path / "charts" / "zones.txt").read_text())) == 2


def test_line_separators_inside_cells_end_no_annotation(tmp_path):
    """Each line of the findings is one annotation, also after they were shortened."""
    text = "".join(f"word{number}{mark}" for number in range(6) for mark in LINE_SEPARATORS)
    articles = make_table("articles", [{"article": "a.txt", "text": text, "title": text}])
    passages = make_table(
        "passages",
        [{"article": "a.txt", "start": 0, "end": len(text), "text": text, "label": "body"}],
    )
    cl.write_tables({"articles": articles, "passages": passages}, tmp_path)
    whole = lines_of((tmp_path / "findings.jsonl").read_text(encoding="utf-8"))
    assert [json.loads(line)["row"]["text"] for line in whole] == [text]
    notebook = nb.new_notebook(cells=[nb.new_markdown_cell("# What?")])
    write_report(tmp_path, "pages", [notebook], articles, short=True)
    short = lines_of((tmp_path / "findings.jsonl").read_text(encoding="utf-8"))
    assert len(short) == 1 and text.startswith(
        json.loads(short[0])["row"]["text"].partition("…")[0]
    )


def test_no_text_takes_the_place_of_another(tmp_path):
    long = "x" * 300
    first = [long, "a.txt", "a", "A", "é", "e\u0301", "a/b", "a%2Fb", "..", "a~b", "\udce9"]
    names = [name for name in first if name.isprintable() or name == "e\u0301"]
    cl.write_texts(make_table("articles", [{"article": n, "text": n} for n in names]), tmp_path)
    made = [path.stem for path in (tmp_path / "texts").iterdir()]
    assert len(made) == len(names)
    crafted = [*names, *made]  # an archive may hold files of these very names
    table = make_table("articles", [{"article": n, "text": n} for n in dict.fromkeys(crafted)])
    for order in (table, table.iloc[::-1]):
        folder = tmp_path / str(len(order.iloc[0].article))
        cl.write_texts(order, folder)
        texts = [path.read_text() for path in (folder / "texts").iterdir()]
        assert sorted(texts) == sorted(order.text)
        assert len({path.name.casefold() for path in (folder / "texts").iterdir()}) == len(order)


def test_a_name_of_a_chart_leads_nowhere_else(tmp_path):
    counts = make_table("passages").assign(words=[])
    for name in ("../zones", "a/b", "", "a b", "a.b", "a\n"):
        with pytest.raises(cl.BadInput):
            cl.write_chart(new_chart(1, "x")[0], counts, counts, tmp_path, name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"a,b\n1\n", b"a\n\xff\n"])
def test_what_is_not_a_table_of_ours_is_named(tmp_path, content):
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(cl.BadInput, match=r"a\.csv"):
        cl.read_table(tmp_path / "a.csv")


def test_a_damaged_manifest_is_named(tmp_path):
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(cl.BadInput, match=r"manifest\.json"):
        cl.read_report(tmp_path)
