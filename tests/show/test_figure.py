"""What all charts share: bytes, edges, alternative texts, links of marks."""

import io
import re
from xml.etree import ElementTree

import numpy as np
import pandas as pd
from PIL import Image

import clippings as cl
from clippings.show.chart_labels import short_label
from clippings.show.chart_style import LIGHT, SIZES
from clippings.show.figure import (
    CHART_WIDTH,
    CSS_PIXELS_PER_INCH,
    INK,
    MIN_MARK_PIXELS,
    draw_picture,
    give_title,
    inline_svg,
    marks_of,
    new_chart,
    no_chart,
)

KINDS = ("Bar chart", "Matrix", "Dot chart", "Network", "Timeline")


def test_the_same_tables_give_the_same_bytes(flood, draw_charts):
    articles, _, tables = flood
    tables = tables | {"articles": articles}
    first, second = draw_charts(tables), draw_charts(tables)
    differing = [
        name
        for name, figure in first.items()
        if draw_picture(figure, "svg") != draw_picture(second[name], "svg")
    ]
    assert differing == []
    assert draw_picture(first["zones"], "png") == draw_picture(second["zones"], "png")


def test_nothing_is_cut_off_at_the_edges(charts):
    """The outermost pixels of every chart are paper."""
    darkest = {}
    for name, figure in charts.items():
        image = np.asarray(Image.open(io.BytesIO(draw_picture(figure, "png"))).convert("L"))
        darkest[name] = np.concatenate([image[0], image[-1], image[:, 0], image[:, -1]]).min()
    assert {name: pixel for name, pixel in darkest.items() if pixel <= 250} == {}


def test_every_chart_has_an_alternative_text_that_holds_its_finding(charts):
    wrong = {}
    for name, figure in charts.items():
        alt = figure.get_label()
        numbers = set(re.findall(r"\d+", figure.finding.partition(" (")[0]))
        if not alt.startswith(KINDS) or not numbers <= set(re.findall(r"\d+", alt)):
            wrong[name] = alt
    assert wrong == {}


def test_ink_can_follow_the_page_and_labels_are_text(flood, draw_charts):
    figure = cl.chart_zones(cl.count_words(flood[2]["passages"], by=["article", "label"]))
    svg = draw_picture(figure, "svg").decode()
    assert INK in svg and "<text" in svg


def test_a_figure_shows_itself_with_its_alternative_text():
    counts = pd.DataFrame({"article": ["a"], "label": ["body"], "words": [3]})
    figure = cl.chart_zones(counts)
    data, metadata = figure._repr_mimebundle_()
    assert data["image/png"][:4] == b"\x89PNG"
    assert metadata["image/png"]["alt"] == figure.get_label()


def test_charts_of_nothing_say_so():
    columns = ["article", "label", "words", "size", "source_type", "claim", "folded_into"]
    columns += [
        "article_a",
        "article_b",
        "actor_a",
        "actor_b",
        "count",
        "log_ratio",
        "low",
        "parent",
    ]
    nothing = pd.DataFrame(columns=columns)
    empty = [
        cl.chart_zones(nothing),
        cl.chart_shared(nothing, nothing),
        cl.chart_themes(nothing),
        cl.chart_topics(nothing),
        cl.chart_keyness(nothing),
        cl.chart_key_terms(nothing),
        cl.chart_stability(nothing),
        cl.chart_speakers(nothing),
        cl.chart_network(nothing),
        cl.chart_origins(nothing),
    ]
    reasons = {figure.finding for figure in empty}
    assert len(reasons) == len(empty)
    assert all(figure.finding.removesuffix(".") in figure.get_label() for figure in empty)


def test_text_of_articles_is_neither_mathematics_nor_broken_svg():
    title = "costs $5 and $6 \x00\x1b\x85\ud800 <b> & \u2028"
    figure, _ = new_chart(1, title)
    give_title(figure, title)
    assert "costs $5 and $6 <b> &" in figure.finding
    root = ElementTree.fromstring(draw_picture(figure, "svg"))
    assert "costs $5 and $6" in "".join(root.itertext())
    assert "\n" not in figure.get_label()
    assert short_label("$" * 50) == r"\$" * 33 + "…"
    assert draw_picture(no_chart("a_b $x$"), "svg")


def test_each_mark_of_a_picture_lies_where_it_is_drawn():
    counts = pd.DataFrame(
        {"article": ["a", "b", "b"], "label": ["body", "body", "caption"], "words": [300, 200, 90]}
    )
    figure = cl.chart_zones(counts)
    pixels = np.asarray(Image.open(io.BytesIO(draw_picture(figure, "png"))))
    scale = pixels.shape[1] / (CHART_WIDTH * CSS_PIXELS_PER_INCH)
    colours = {}
    for mark in marks_of(figure):
        row = round((mark.top + mark.height / 2) * scale)
        column = round((mark.left + mark.width / 2) * scale)
        colours[mark.link] = "#" + bytes(pixels[row, column, :3]).hex()
        assert min(mark.width, mark.height) >= MIN_MARK_PIXELS
    assert colours["article=a&label=body"] == LIGHT.main.lower()
    assert colours["article=b&label=body"] == LIGHT.main.lower()
    assert "article=b&label=caption" in colours


def test_titles_of_wide_letters_fit_the_figure():
    for title in ("W" * 70 + " is quoted most", "WMWM " * 30, "i" * 73, "one two " * 20):
        figure, _ = new_chart(1, "x")
        give_title(figure, title)
        image = np.asarray(Image.open(io.BytesIO(draw_picture(figure, "png"))).convert("L"))
        assert image[:, -1].min() > 250, title
        assert figure.finding.replace(" ", "") == f"{title}.".replace(" ", "")


def test_charts_for_columns_are_not_enlarged_on_pages():
    counts = pd.DataFrame({"article": ["a"], "label": ["body"], "words": [3]})
    widths = {}
    for size in SIZES:
        cl.set_chart_style(size=size)
        svg = draw_picture(cl.chart_zones(counts), "svg").decode()
        widths[size] = re.findall(r'style="max-width:(\d+)', inline_svg(svg, "n1-", "a chart"))
    cl.set_chart_style()
    assert widths == {"column": ["240"], "page": [], "slide": []}


def test_a_picture_on_a_page_has_no_unused_ids_and_no_invisible_digits():
    counts = pd.DataFrame({"article": ["a", "b"], "label": ["body"] * 2, "words": [3, 1234567]})
    svg = draw_picture(cl.chart_zones(counts), "svg").decode()
    shown = inline_svg(svg, "n1-", "a chart")
    assert len(shown) < 0.8 * len(svg)
    referenced = set(re.findall(r'(?:url\(|href=")#([^")]+)', shown))
    assert set(re.findall(r' id="([^"]+)"', shown)) < referenced
    assert not re.search(r' (?:d|x|y)="[^"]*\.\d{3}', shown)
    assert re.findall(r"<text[^>]*>(.*?)</text>", shown) == re.findall(
        r"<text[^>]*>(.*?)</text>", svg
    )
