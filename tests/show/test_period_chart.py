"""The chart of periods: bars and dots, undated articles, gaps, and links to passages."""

import io
import re

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

import clippings as cl
from clippings.core.errors import BadInput
from clippings.core.tables import make_table
from clippings.show.figure import draw_picture
from helpers import articles_of

TEXT = "Rain fell on Ostrand."
LONG_LABEL = "repair of roads, bridges and public buildings in the lower valley of the river " * 2


def corpus(*days: str | None, labels: tuple[str, ...] = ("flood",)):
    """Articles of these days (or ranges "first/last"), each with a row of every label."""
    articles = articles_of(*[TEXT] * len(days))
    ends = [(day or "/").split("/") for day in days]
    articles = articles.assign(
        published_from=pd.Series([end[0] or None for end in ends], dtype="datetime64[s]"),
        published_to=pd.Series([end[-1] or None for end in ends], dtype="datetime64[s]"),
    )
    rows = [
        {"article": article, "start": 0, "end": 4, "text": TEXT[:4], "label": label}
        for article in articles.article
        for label in labels
    ]
    return articles, make_table("themes", rows)


def heights(axes) -> list[float]:
    """The heights of the bars that are visible."""
    return [bar.get_height() for bar in axes.patches if bar.get_visible()]


def test_bars_of_certain_possible_and_undated_articles():
    articles, rows = corpus("2021-03-10", "2021-03-11", "2021-03-20/2021-04-02", None)
    figure = cl.chart_periods(cl.count_periods(rows, articles, period="month"))
    everything, everything_undated, flood, flood_undated = figure.axes
    assert heights(everything) == heights(flood) == [2, 1, 1]
    assert heights(everything_undated) == heights(flood_undated) == [1]
    solid, *outlined = [bar for bar in flood.patches if bar.get_visible()]
    assert solid.get_facecolor()[3] == 1
    assert all(bar.get_facecolor()[3] == 0 for bar in outlined)


def test_without_undated_articles_there_is_no_strip_for_them():
    articles, rows = corpus("2021-03-10", "2021-04-11")
    figure = cl.chart_periods(cl.count_periods(rows, articles, period="month"))
    assert len(figure.axes) == 2


def test_periods_without_articles_are_shaded_in_every_panel():
    articles, rows = corpus("2021-03-10", "2021-06-11", labels=("flood", "relief"))
    counts = cl.count_periods(rows, articles, period="month")
    for measure in ("articles", "share"):
        figure = cl.chart_periods(counts, measure=measure)
        for axes in figure.axes:
            shades = [patch for patch in axes.patches if patch.get_alpha()]
            assert [shade.get_x() for shade in shades] == [0.5, 1.5]
    dots = [line for line in figure.axes[1].lines if line.get_marker() == "o"]
    assert [dot.get_xdata()[0] for dot in dots] == [0, 3]  # no share of nothing


def test_a_stretch_that_is_left_out_is_marked():
    days = pd.date_range("2021-03-01", periods=30).strftime("%Y-%m-%d")
    articles, rows = corpus("2001-03-10", *days, *days, *days, "2031-01-01")
    figure = cl.chart_periods(cl.count_periods(rows, articles))
    for axes in figure.axes:
        marks = [line.get_xdata()[0] for line in axes.lines if line.get_linestyle() == ":"]
        assert marks == [0.5, 30.5]
    ticks = [label.get_text() for label in figure.axes[-1].get_xticklabels()]
    assert ticks[0] == "1 Mar\n2021"  # there is no room for the single day before it


def test_panels_share_a_scale_and_come_in_the_chosen_order():
    articles, _ = corpus(*["2021-03-01"] * 9, *["2021-04-01"] * 9)
    row = {"start": 0, "end": 4, "text": TEXT[:4]}
    numbers = {"frequent": range(0, 18, 2), "rising": range(12, 18), "rare": [4]}
    rows = make_table(
        "themes",
        [
            row | {"article": f"a{number}.txt", "label": label}
            for label in numbers
            for number in numbers[label]
        ],
    )
    counts = cl.count_periods(rows, articles, period="month")

    def headings(figure) -> list[str]:
        return [axes.get_title(loc="left").split(":")[0] for axes in figure.axes[1:]]

    by_frequency = cl.chart_periods(counts)
    assert headings(by_frequency) == ["frequent", "rising", "rare"]
    assert len({axes.get_ylim() for axes in by_frequency.axes[1:]}) == 1
    assert headings(cl.chart_periods(counts, order="trend", n=1)) == ["rising"]


def test_marks_lead_to_the_passages_of_their_period():
    articles, rows = corpus("2021-03-10", "2021-03-11", "2021-03-20/2021-04-02", None)
    counts = cl.count_periods(rows, articles, period="month")
    marked = cl.mark_periods(rows, articles, period="month")
    html = cl.show_chart(cl.chart_periods(counts), counts, marked, articles).html
    page = BeautifulSoup(html, "html.parser")
    passages = [
        int(re.search(r"(\d+) passage", mark["title"])[1]) for mark in page.find_all("summary")
    ]
    # Heading, March, March or later, April or earlier, undated.
    assert sorted(passages) == [1, 1, 1, 2, 4]


@pytest.mark.parametrize("measure", ["articles", "share", "rate"])
def test_labels_and_dates_neither_collide_nor_leave_the_figure(measure):
    days = pd.date_range("2020-11-20", periods=300).strftime("%Y-%m-%d")
    labels = (LONG_LABEL, "W" * 50, "W" * 30 + " " + "W" * 30, "$x$ flood")
    articles, rows = corpus(*days, "2020-11-21/2020-12-24", None, labels=labels)
    for period in ("week", "month", "year"):
        counts = cl.count_periods(
            rows, articles, period=period, passages=cl.find_passages(articles)
        )
        figure = cl.chart_periods(counts, measure=measure)
        FigureCanvasAgg(figure)
        figure.draw_without_rendering()
        image = np.asarray(Image.open(io.BytesIO(draw_picture(figure, "png"))).convert("L"))
        edges = np.concatenate([image[0], image[-1], image[:, 0], image[:, -1]])
        assert edges.min() > 250  # paper
        boxes = [
            label.get_window_extent()
            for axes in figure.axes[-2:]
            for label in axes.get_xticklabels()
        ]
        ends = np.array([(box.x0, box.x1) for box in sorted(boxes, key=lambda box: box.x0)])
        assert (ends[1:, 0] > ends[:-1, 1]).all()


def test_wrong_options_are_named():
    articles, rows = corpus("2021-03-10", "2021-04-11")
    counts = cl.count_periods(rows, articles)
    for options, message in (
        ({"measure": "size"}, "measure is 'size'"),
        ({"order": "size"}, "order is 'size'"),
        ({"measure": "rate"}, "passages="),
    ):
        with pytest.raises(BadInput, match=message):
            cl.chart_periods(counts, **options)


def test_the_title_is_about_a_label_that_dated_articles_contain():
    articles, rows = corpus("2021-03-10", "2021-04-11", None, None, labels=("flood", "levee"))
    is_dated = rows.article.isin(articles.article[:2])
    counts = cl.count_periods(rows[(rows.label == "levee") | ~is_dated], articles, period="month")
    assert "“levee”" in cl.chart_periods(counts).title
    only_undated = cl.count_periods(rows[~is_dated], articles, period="month")
    title = cl.chart_periods(only_undated).title
    assert title == "None of the 2 dated articles contains any of the labels"
