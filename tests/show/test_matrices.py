"""Matrices: articles against each other and against themes."""

import pandas as pd

import clippings as cl
from clippings.core.tables import make_table
from clippings.show.figure import marks_of
from clippings.show.matrices import MAX_NUMBERED_COLUMNS
from helpers import articles_of


def test_strips_stand_where_the_passages_are(seeds):
    articles, _, tables = seeds
    figure = cl.chart_shared(cl.count_shared(tables["repeats"], articles), tables["repeats"])
    matrix, strips = figure.axes
    lengths = dict(enumerate(articles.text.str.len()))
    drawn = {
        (round(bar.get_y() + 0.3), round(bar.get_x()), round(bar.get_width()))
        for bar in strips.patches
    }
    spans = {(int(r.article[:3]), r.start, r.end - r.start) for r in tables["repeats"].itertuples()}
    assert drawn == spans | {(row, 0, length) for row, length in lengths.items()}
    styles = {(bar.get_facecolor(), bar.get_hatch()) for bar in strips.patches}
    assert len(styles) == len({hatch for _, hatch in styles} - {None, ""}) + 2
    assert {text.get_text() for text in matrix.texts} == {"14", "25", "33", "214"}
    assert "261 words" in figure.finding and "25 words" in figure.finding


def test_cells_lead_to_the_passages_that_they_count(seeds):
    articles, _, tables = seeds
    repeats = tables["repeats"]
    links = {
        mark.link for mark in marks_of(cl.chart_shared(cl.count_shared(repeats, articles), repeats))
    }
    for row in repeats[repeats.relation == "within"].itertuples():
        assert f"article={row.article}&relation=within" in links
    for row in repeats[repeats.relation == "shared"].itertuples():
        other = f"relation=shared&relation=boilerplate&match_article={row.match_article}"
        assert f"article={row.article}&{other}" in links


def test_passages_that_touch_on_paper_are_drawn_as_one():
    articles = articles_of("word " * 2000, "word " * 2000)
    row = {
        "article": "a1.txt",
        "relation": "shared",
        "match_article": "a0.txt",
        "match_start": 0,
        "match_end": 40,
    }
    spans = [
        row | {"start": start, "end": start + 39, "words": 8}
        for start in (*range(0, 4000, 40), 8000)
    ]
    repeats = make_table("repeats", spans)
    _, strips = cl.chart_shared(cl.count_shared(repeats, articles), repeats).axes
    assert [(bar.get_x(), bar.get_width()) for bar in strips.patches[2:]] == [(0, 3999), (8000, 39)]


def test_shared_sentences_are_counted_in_brackets():
    counts = pd.DataFrame(
        {
            "label": ["flood", "flood"],
            "article": ["a", "a"],
            "size": [3, 2],
            "duplicate_status": ["first", "shared"],
        }
    )
    axes = cl.chart_themes(counts).axes[0]
    assert [text.get_text() for text in axes.texts] == ["5 (2)"]
    alone = cl.chart_themes(counts.drop(columns="duplicate_status")).axes[0]
    assert [text.get_text() for text in alone.texts] == ["5"]
    assert alone.get_xlabel() != axes.get_xlabel()


def test_the_most_frequent_theme_is_in_the_title():
    counts = pd.DataFrame({"label": ["a_b", "c"], "article": ["x", "x"], "size": [2, 1]})
    finding = cl.chart_themes(counts).finding
    assert "a b" in finding and "2 sentences" in finding and "1 article" in finding


def test_wide_matrices_have_no_numbers():
    articles = [f"a{number:02}" for number in range(MAX_NUMBERED_COLUMNS + 1)]
    counts = pd.DataFrame({"label": "flood", "article": articles, "size": 1})
    assert not cl.chart_themes(counts).axes[0].texts
    assert len(cl.chart_themes(counts[1:]).axes[0].texts) == MAX_NUMBERED_COLUMNS
