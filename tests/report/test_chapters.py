"""Notebooks as chapters of the report: which sections are open, collapsed or left out."""

import pandas as pd
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from clippings.report.chapters import read_chapter
from clippings.report.page_links import SavedChart
from clippings.report.templates import render

FINDING = "Rain fell in Ostrand."
SVG = '<svg><a xlink:href="#label=rain"></a></svg>'


def chart_output() -> dict:
    metadata = {"image/svg+xml": {"alt": "a chart"}}
    return new_output("display_data", data={"image/svg+xml": SVG}, metadata=metadata)


def table_output(rows: int):
    html = pd.DataFrame({"words": range(rows)}).to_html()
    return new_output("display_data", data={"text/html": html})


def message_output():
    return new_output("display_data", data={"text/html": '<p role="note">No passages.</p>'})


def chapter_of(*sections, tags: dict | None = None):
    """The chapter of a notebook with an answer and these sections, each a list of outputs."""
    answer = new_markdown_cell("## The answer\nIt rained.", metadata={"tags": ["answer"]})
    cells = [new_markdown_cell("# 2. The rain"), answer]
    for number, outputs in enumerate(sections):
        metadata = {"tags": (tags or {}).get(number, [])}
        cells.append(new_markdown_cell(f"## Question {number}", metadata=metadata))
        cells.append(new_code_cell(outputs=outputs))
    chart = SavedChart("rain", pd.DataFrame({"words": [1]}), pd.DataFrame(), FINDING)
    articles = pd.DataFrame({"article": []})
    return read_chapter(new_notebook(cells=cells), "n1", {"a chart": chart}, {}, articles)


def is_open(chapter) -> list[bool]:
    return [section.is_open for section in chapter.sections[2:]]


def test_the_answer_is_shown_and_the_first_section_with_a_chart_is_open():
    chapter = chapter_of([table_output(2)], [chart_output()], [chart_output()])
    assert chapter.title.html == "The rain"
    assert [section.heading for section in chapter.sections[:2]] == [None, None]
    assert "It rained." in chapter.sections[1].parts[0].html
    assert [section.is_foldable for section in chapter.sections] == [False, False, True, True, True]
    assert is_open(chapter) == [False, True, False]
    assert chapter.sections[4].findings == [FINDING]


def test_a_section_is_open_if_its_heading_has_the_tag():
    chapter = chapter_of([table_output(2)], [chart_output()], tags={0: ["open"]})
    assert is_open(chapter) == [True, True]


def test_sections_in_which_nothing_was_found_are_left_out_and_named():
    chapter = chapter_of([table_output(0), message_output()], [table_output(0), table_output(1)])
    assert [section.heading.html for section in chapter.sections[2:]] == ["Question 1"]
    assert [heading.html for heading in chapter.empty] == ["Question 0"]
    assert "Question 0" in render("chapter", chapter=chapter)


def test_a_section_without_results_is_not_empty():
    text = new_output("stream", name="stdout", text="0 articles")
    assert chapter_of([text], []).empty == []


def test_sections_for_the_lab_are_left_out():
    chapter = chapter_of([], [], tags={1: ["lab-only"]})
    assert [section.heading.html for section in chapter.sections[2:]] == ["Question 0"]
