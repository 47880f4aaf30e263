"""The style of charts: sizes, colours, the style file of a newsroom, and charts for slides."""

import io
import json

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from PIL import Image

import clippings as cl
from clippings.core.errors import BadInput
from clippings.show.chart_style import (
    PALETTES,
    SIZES,
    STYLE_VARIABLE,
    ChartStyle,
    current_style,
    describe_style,
    make_style,
)
from clippings.show.figure import draw_picture, marks_of

HOUSE_STYLE = """
font.family: DejaVu Serif
axes.prop_cycle: cycler('color', ['112233', '445566', '778899'])
text.color: 102030
figure.facecolor: fff1e5
image.cmap: Greens
svg.fonttype: path
figure.figsize: 2, 2
"""


@pytest.fixture(autouse=True)
def default_style():
    """Draw all other charts in the default style."""
    yield
    cl.set_chart_style()


@pytest.fixture
def house_style(tmp_path):
    path = tmp_path / "house.mplstyle"
    path.write_text(HOUSE_STYLE, encoding="utf-8")
    return path


def zones() -> pd.DataFrame:
    """Words of two articles."""
    return pd.DataFrame({"article": ["a", "b"], "label": ["body", "form"], "words": [30, 10]})


def test_sizes_are_in_inches_and_pixels():
    widths = {}
    for size in SIZES:
        cl.set_chart_style(size=size)
        picture = Image.open(io.BytesIO(draw_picture(cl.chart_zones(zones()), "png")))
        widths[size] = round(picture.width / picture.info["dpi"][0], 1)
    assert widths == {"column": 3.3, "page": 6.7, "slide": 13.3}


def test_a_chart_keeps_the_style_in_which_it_was_drawn():
    cl.set_chart_style(colours="dark")
    figure = cl.chart_zones(zones())
    before = draw_picture(cl.chart_zones(zones()), "svg")
    cl.set_chart_style(size="slide", colours="grey")
    assert draw_picture(figure, "svg") == before
    assert PALETTES["dark"].paper.lower() in before.decode().lower()


def test_unknown_names_and_files_are_refused(tmp_path):
    no_style = tmp_path / "notes.mplstyle"
    no_style.write_bytes(b"\xff\xfe\x00 not a style")
    wrong_value = tmp_path / "wrong.mplstyle"
    wrong_value.write_text("font.size: very large\n", encoding="utf-8")
    refused = [
        {"size": "poster"},
        {"colours": "pink"},
        {"file": tmp_path / "missing.mplstyle"},
        {"file": tmp_path},
        {"file": no_style},
    ]
    accepted = []
    for options in refused:
        try:
            cl.set_chart_style(**options)
        except BadInput:
            continue
        accepted.append(options)
    assert accepted == []
    assert current_style() == ChartStyle()


def test_a_style_file_sets_fonts_and_colours_but_not_formats(house_style):
    cl.set_chart_style(size="column", file=house_style)
    figure = cl.chart_zones(zones())
    svg = draw_picture(figure, "svg").decode()
    assert "DejaVu Serif" in svg and "<text" in svg
    assert "#112233" in svg and "#fff1e5" in svg and "#102030" in svg
    assert figure.get_figwidth() == pytest.approx(SIZES["column"].width)

    counts = pd.DataFrame({"label": ["flood"], "article": ["a"], "size": [3]})
    (cells,) = cl.chart_themes(counts).axes[0].images
    assert cells.cmap.name == "Greens"


def test_charts_have_no_colours_of_other_palettes(house_style):
    """All colours of a chart come from its style."""
    counts = {
        "speakers": pd.DataFrame({"label": ["Ann"], "source_type": ["official"], "words": [3]}),
        "network": pd.DataFrame({"actor_a": ["Ann"], "actor_b": ["Bob"], "count": [2]}),
    }
    cl.set_chart_style(colours="dark")
    svg = draw_picture(cl.chart_zones(zones()), "svg")
    svg += draw_picture(cl.chart_speakers(counts["speakers"]), "svg")
    svg += draw_picture(cl.chart_network(counts["network"]), "svg")
    light = PALETTES["light"]
    wrong = [light.ink, light.paper, light.main, light.outline, light.neutral]
    assert [colour for colour in wrong if colour.lower() in svg.decode().lower()] == []


def test_the_colours_of_the_grey_palette_are_grey_and_differ():
    palette = PALETTES["grey"]
    for shades in (palette.page_parts, palette.relations, palette.source_types):
        colours = [to_hex(colour) for colour in shades.values()]
        assert len(set(colours)) == len(colours)
        assert all(colour[1:3] == colour[3:5] == colour[5:7] for colour in colours)


def test_palettes_name_the_same_parts():
    for field in ("page_parts", "relations", "source_types"):
        names = {frozenset(getattr(palette, field)) for palette in PALETTES.values()}
        assert len(names) == 1, field


def test_other_processes_draw_in_the_style_that_a_variable_describes(monkeypatch, house_style):
    style = make_style("slide", "grey", house_style)
    monkeypatch.setattr("clippings.show.chart_style._chosen", None)
    monkeypatch.setenv(STYLE_VARIABLE, json.dumps(describe_style(style)))
    assert current_style() == style
    assert current_style().palette.main == "#112233"

    cl.set_chart_style(size="column")
    assert current_style() == make_style("column", "light")


def test_a_chart_is_drawn_again_for_a_slide_in_the_same_colours():
    cl.set_chart_style(colours="grey")
    names = [f"a{number:02}" for number in range(30)]
    counts = pd.DataFrame({"article": names, "label": "body", "words": range(1, 31)})
    figure = cl.chart_zones(counts, title="Mine")
    picture = figure.as_slide_picture()
    assert picture.finding == figure.finding == "Mine."
    assert "Mine" not in draw_picture(picture, "svg").decode()
    assert picture.get_figwidth() > figure.get_figwidth()
    assert len(picture.axes[0].get_yticks()) < len(figure.axes[0].get_yticks()) == 30
    assert picture.note in picture.get_label()
    assert picture.style.colours == "grey"
    assert current_style() == ChartStyle(colours="grey")


def test_pdf_files_hold_text_and_no_links_and_are_the_same_every_time():
    pypdf = pytest.importorskip("pypdf")
    figure = cl.chart_zones(zones())
    data = draw_picture(figure, "pdf")
    assert data == draw_picture(cl.chart_zones(zones()), "pdf")
    assert b"/URI" not in data and b"CreationDate" not in data
    page = pypdf.PdfReader(io.BytesIO(data)).pages[0]
    assert figure.title in page.extract_text()
    assert float(page.mediabox.width) == pytest.approx(SIZES["page"].width * 72, abs=1)
    assert marks_of(figure)  # its marks are linked again
