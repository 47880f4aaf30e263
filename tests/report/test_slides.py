"""The slides of a report: what they contain, and that they are the same every time."""

import shutil
import zipfile

import nbformat.v4 as nb
import pandas as pd
import pytest

import clippings as cl
from clippings.core.tables import make_table
from clippings.report.build import make_report
from clippings.report.export import (
    EXTRA_FILES_VARIABLE,
    PDF_FILES,
    SLIDE_FILES,
    SLIDE_PICTURE_SUFFIX,
)
from clippings.report.page_links import read_charts
from clippings.report.report_slides import write_report_slides
from clippings.report.short_quotes import Excerpts
from clippings.report.slides_file import (
    SLIDE_HEIGHT,
    SLIDE_WIDTH,
    SUMMARY_SIZES,
    Summary,
    summary_of_brief,
    write_slides,
)
from clippings.show.chart_style import drawn_in, make_style
from in_process import make_reports_small

pptx = pytest.importorskip("pptx")

BRIEF = (
    "<div><h3>In short</h3><p>The levee broke.</p><details><ul><li>a passage</li></ul></details>"
    "<p>Nobody  was\nhurt.</p><h3>Numbers</h3><p>40 houses.</p></div>"
)


def output_of(**data):
    return nb.new_output("display_data", data)


def chart_output(figure):
    """Return the output of a cell that displays a chart."""
    _, metadata = figure._repr_mimebundle_()
    return nb.new_output("display_data", {"image/png": ""}, metadata=metadata)


def notebooks_of(*figures) -> list:
    """Return a brief, and a notebook that displays charts."""
    brief = nb.new_code_cell("", outputs=[output_of(**{"text/html": BRIEF})])
    charts = nb.new_code_cell("", outputs=[chart_output(figure) for figure in figures])
    return [nb.new_notebook(cells=[brief]), nb.new_notebook(cells=[charts, charts])]


@pytest.fixture
def report(tmp_path):
    """A folder with two saved charts, and the notebooks that display them and another chart."""
    nothing = pd.DataFrame({"article": []})
    counts = pd.DataFrame({"article": ["a", "b"], "label": ["body", "form"], "words": [30, 10]})
    zones = cl.chart_zones(counts)
    other = cl.chart_zones(counts, title="Mine")
    other.set_label("Another chart")
    unsaved = cl.chart_zones(counts)
    unsaved.set_label("Not saved")
    empty = cl.chart_zones(counts[:0])
    for name, figure in (("zones", zones), ("other", other), ("empty", empty)):
        cl.write_chart(figure, nothing, nothing, tmp_path, name)
    return tmp_path, notebooks_of(other, unsaved, zones, empty)


def slides_of(path) -> list:
    return list(pptx.Presentation(path).slides)


def texts_on(slide) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def test_slides_show_title_summary_and_every_saved_chart_once(report):
    folder, notebooks = report
    path = write_report_slides(folder, "The flood", "2 articles.", notebooks, read_charts(folder))
    front, summary, *charts = slides_of(path)
    assert texts_on(front) == ["The flood", "2 articles."]
    assert texts_on(summary) == ["In short", "The levee broke.\nNobody was hurt."]
    assert [texts_on(slide) for slide in charts] == [
        ["Mine", "Data: charts/other.csv"],
        ["75% of the words are article text", "Data: charts/zones.csv"],
    ]


def test_pictures_have_alternative_texts_and_lie_on_the_slide(report):
    folder, notebooks = report
    path = write_report_slides(folder, "The flood", "", notebooks, read_charts(folder))
    presentation = pptx.Presentation(path)
    assert presentation.slide_width == pytest.approx(SLIDE_WIDTH * 914400, rel=1e-3)
    assert presentation.slide_height == SLIDE_HEIGHT * 914400
    alts = []
    outside = []
    for slide in presentation.slides:
        for shape in slide.shapes:
            right = shape.left + shape.width
            bottom = shape.top + shape.height
            is_inside = right <= presentation.slide_width and bottom <= presentation.slide_height
            if min(shape.left, shape.top) < 0 or not is_inside:
                outside.append(shape.name)
            if shape.shape_type == pptx.enum.shapes.MSO_SHAPE_TYPE.PICTURE:
                alts.append(shape._element.nvPicPr.cNvPr.get("descr"))
    assert outside == []
    assert len(alts) == 2 and alts[0] == "Another chart" and "40 words" in alts[1]


def test_the_same_report_gives_the_same_bytes(report):
    folder, notebooks = report
    charts = read_charts(folder)
    first = write_report_slides(folder, "The flood", "", notebooks, charts).read_bytes()
    assert write_report_slides(folder, "The flood", "", notebooks, charts).read_bytes() == first
    with zipfile.ZipFile(folder / "report.pptx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_slides_have_the_colours_and_the_font_of_the_charts(report, tmp_path):
    folder, notebooks = report
    file = tmp_path / "house.mplstyle"
    file.write_text("font.family: DejaVu Serif\n", encoding="utf-8")
    with drawn_in(make_style("page", "dark", file)) as style:
        path = write_report_slides(folder, "The flood", "", notebooks, read_charts(folder))
    slide = slides_of(path)[0]
    run = slide.shapes.title.text_frame.paragraphs[0].runs[0]
    assert f"#{slide.background.fill.fore_color.rgb}" == style.palette.paper
    assert f"#{run.font.color.rgb}" == style.palette.ink
    assert run.font.name == "DejaVu Serif"


def test_texts_of_slides_may_hold_anything(tmp_path):
    text = "costs $5 \x00\x1b <b> & \ufffe \u2028 end"
    path = write_slides(
        tmp_path / "a.pptx", text, text, Summary(text, [text]), [], make_style("page", "light")
    )
    assert all("<b> &" in shown for slide in slides_of(path) for shown in texts_on(slide))


def test_a_long_summary_has_smaller_letters(tmp_path):
    sizes = []
    for length in (100, SUMMARY_SIZES[-1].max_characters + 100):
        sentences = ["word " * 10] * (length // 50)
        path = write_slides(
            tmp_path / "a.pptx", "", "", Summary("x", sentences), [], make_style("page", "light")
        )
        body = slides_of(path)[1].placeholders[1]
        sizes.append(body.text_frame.paragraphs[0].runs[0].font.size)
    assert sizes[0] > sizes[1]


def test_a_brief_without_a_summary_has_no_slide_for_it(tmp_path):
    assert summary_of_brief("<p>x</p>") is None
    path = write_slides(tmp_path / "a.pptx", "t", "", None, [], make_style("page", "light"))
    assert len(slides_of(path)) == 1


def test_slides_of_a_short_report_are_shortened_and_checked(report):
    folder, notebooks = report
    long_text = " ".join(f"word{number}" for number in range(60))
    articles = make_table("articles", [{"article": "a.txt", "text": long_text}])
    excerpts = Excerpts(articles)
    brief = notebooks[0].cells[0].outputs[0]
    brief.data["text/html"] = f"<h3>In short</h3><p>{long_text}</p>"
    charts = read_charts(folder)
    write_report_slides(folder, long_text, long_text, notebooks, charts)
    with pytest.raises(RuntimeError):
        excerpts.check_files(folder)
    write_report_slides(
        folder, long_text, long_text, notebooks, charts, shorten_texts=excerpts.shorten_texts
    )
    excerpts.check_files(folder)
    assert "word24…" in texts_on(slides_of(folder / "report.pptx")[1])[1]


def test_charts_without_axes_have_no_picture_for_slides(report):
    folder, _ = report
    pictures = {path.name for path in (folder / "charts").glob(f"*{SLIDE_PICTURE_SUFFIX}")}
    assert pictures == {"zones.slide.png", "other.slide.png"}


def test_slides_and_pdf_files_are_written_only_on_request(tmp_path, monkeypatch):
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("The river rose.\n", encoding="utf-8")
    requested = []

    def remember(notebook, folder, name, on_cell=None, environment=None):
        requested.append(environment[EXTRA_FILES_VARIABLE])

    make_reports_small(monkeypatch, tmp_path, remember)
    for slides in (False, True):
        folder = make_report(
            tmp_path / "news", tmp_path / "out", slides=slides, progress=False
        ).folder
        assert (folder / "report.pptx").is_file() == slides
    assert requested == ["", SLIDE_FILES]

    charts = tmp_path / "charts"
    counts = pd.DataFrame({"article": ["a"], "label": ["body"], "words": [30]})
    for value, kinds in (("", 0), (PDF_FILES, 1), (f"{PDF_FILES} {SLIDE_FILES}", 2)):
        monkeypatch.setenv(EXTRA_FILES_VARIABLE, value)
        shutil.rmtree(charts, ignore_errors=True)
        cl.write_chart(cl.chart_zones(counts), counts, counts, tmp_path, "zones")
        assert len(list(charts.iterdir())) == 5 + kinds
