"""Write the main results of a report as slides: the summary of the brief, then the charts."""

import io
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from clippings.report.word_file import FIXED_DATE, LONGEST_PROPERTY, clean_text, without_times
from clippings.show.chart_style import ChartStyle

# Measures of slides of 16:9, in inches.
SLIDE_WIDTH = 13.333
SLIDE_HEIGHT = 7.5
MARGIN = 0.5
TITLE_TOP = 0.35
TITLE_HEIGHT = 0.95
CONTENT_TOP = 1.35
CONTENT_HEIGHT = 5.6
SOURCE_TOP = 6.98
SOURCE_HEIGHT = 0.35
FRONT_TITLE_TOP = 2.4
FRONT_TITLE_HEIGHT = 1.6

# Sizes of text, in points.
FRONT_TITLE_SIZE = 40
SCOPE_SIZE = 20
SOURCE_SIZE = 12

# Layouts of the template of python-pptx.
FRONT_LAYOUT = 0  # title and subtitle
LIST_LAYOUT = 1  # title and list
CHART_LAYOUT = 5  # title only


class TextSize(NamedTuple):
    """The size of a text that has at most so many characters."""

    max_characters: int
    points: int


# So that titles have at most two lines, and summaries fit on their slide.
TITLE_SIZES = (TextSize(75, 28), TextSize(160, 24), TextSize(230, 20))
SMALLEST_TITLE = 16
SUMMARY_SIZES = (TextSize(500, 24), TextSize(800, 20), TextSize(1200, 18), TextSize(1600, 16))
SMALLEST_SUMMARY = 12


class SlideChart(NamedTuple):
    """A chart on a slide."""

    finding: str  # the title of the slide
    png: bytes
    alt: str  # alternative text
    source: str  # where the data are


class Summary(NamedTuple):
    """The summary of the brief."""

    heading: str
    sentences: list[str]


def can_write_slides() -> bool:
    """Return whether python-pptx, a package of the extra ``report``, is installed.

    Returns
    -------
    bool
        Whether slides can be written.

    Examples
    --------
    >>> can_write_slides() in (True, False)
    True
    """
    return find_spec("pptx") is not None


def write_slides(
    path: str | Path,
    title: str,
    scope: str,
    summary: Summary | None,
    charts: list[SlideChart],
    style: ChartStyle,
    *,
    shorten_texts: Callable[[list[str]], list[str]] | None = None,
) -> Path:
    """Write slides as a PowerPoint file; the same contents always produce the same bytes.

    Parameters
    ----------
    path : str or path
        The path of the file.
    title : str
        Title of the report.
    scope : str
        The number of articles and their dates, below the title.
    summary : Summary, optional
        The summary of the brief.
    charts : list of SlideChart
        The charts, in order.
    style : ChartStyle
        The style of the charts, whose colours and font the slides have.
    shorten_texts : callable, optional
        A function that shortens texts, such as `Excerpts.shorten_texts`.

    Returns
    -------
    pathlib.Path
        The path.

    Raises
    ------
    ModuleNotFoundError
        If the extra ``report`` is not installed.
    OSError
        If the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp(), "report.pptx")
    >>> if can_write_slides():
    ...     _ = write_slides(path, "The flood", "6 articles.", None, [], ChartStyle())
    >>> path.suffix
    '.pptx'
    """
    from pptx import Presentation  # loaded only when it is needed; it is an extra
    from pptx.util import Inches

    presentation = Presentation()
    presentation.slide_width = Inches(SLIDE_WIDTH)
    presentation.slide_height = Inches(SLIDE_HEIGHT)
    writer = _SlideWriter(presentation, style, shorten_texts or list)
    properties = presentation.core_properties
    properties.author = "clippings"
    properties.last_modified_by = "clippings"
    properties.title = writer.short(title)[:LONGEST_PROPERTY]
    properties.created = FIXED_DATE
    properties.modified = FIXED_DATE

    writer.add_front(title, scope)
    if summary and summary.sentences:
        writer.add_summary(summary)
    for chart in charts:
        writer.add_chart(chart)

    file = io.BytesIO()
    presentation.save(file)
    Path(path).write_bytes(without_times(file.getvalue()))
    return Path(path)


def summary_of_brief(html: str) -> Summary | None:
    """Return the first section of a brief: its heading and its sentences.

    Parameters
    ----------
    html : str
        A brief, as `show_brief` displays it.

    Returns
    -------
    Summary or None
        The paragraphs between the first heading and the next one, without their passages. None if
        there is no heading.

    Examples
    --------
    >>> summary_of_brief("<div><h3>In short</h3><p>It flooded.</p><h3>More</h3><p>x</p></div>")
    Summary(heading='In short', sentences=['It flooded.'])
    """
    from lxml.html import fromstring

    heading = None
    sentences = []
    for node in fromstring(html).iter("h3", "p"):
        text = " ".join(node.text_content().split())
        if node.tag == "p":
            if heading:
                sentences.append(text)
        elif heading:
            break
        else:
            heading = text
    return Summary(heading, sentences) if heading else None


def _size_of(text: str, sizes: tuple[TextSize, ...], smallest: int) -> int:
    """Return the size at which a text fits, in points."""
    for size in sizes:
        if len(text) <= size.max_characters:
            return size.points
    return smallest


class _SlideWriter:
    """A writer that adds slides in the colours of a style to a presentation."""

    def __init__(self, presentation, style: ChartStyle, shorten_texts: Callable):
        self.presentation = presentation
        self.palette = style.palette
        families = style.settings.get("font.family", [])
        self.font = families[0] if families else ""
        self.shorten_texts = shorten_texts

    def short(self, text: str) -> str:
        """Return a text on a single line that a slide may contain."""
        return clean_text(" ".join(self.shorten_texts([text])[0].split()))

    def add_front(self, title: str, scope: str) -> None:
        """Add the slide with the title of the report."""
        slide = self._add_slide(FRONT_LAYOUT)
        self._place(slide.shapes.title, FRONT_TITLE_TOP, FRONT_TITLE_HEIGHT)
        self._write(slide.shapes.title, [title], FRONT_TITLE_SIZE, is_bold=True)
        subtitle = slide.placeholders[1]
        self._place(subtitle, FRONT_TITLE_TOP + FRONT_TITLE_HEIGHT, FRONT_TITLE_HEIGHT)
        self._write(subtitle, [scope], SCOPE_SIZE)

    def add_summary(self, summary: Summary) -> None:
        """Add the slide with the sentences of the summary."""
        slide = self._add_slide(LIST_LAYOUT)
        self._add_title(slide, summary.heading)
        body = slide.placeholders[1]
        self._place(body, CONTENT_TOP, CONTENT_HEIGHT)
        size = _size_of(" ".join(summary.sentences), SUMMARY_SIZES, SMALLEST_SUMMARY)
        self._write(body, summary.sentences, size)

    def add_chart(self, chart: SlideChart) -> None:
        """Add a slide with a chart, its finding and the source of its data."""
        from pptx.util import Inches

        slide = self._add_slide(CHART_LAYOUT)
        self._add_title(slide, chart.finding.removesuffix("."))
        picture = slide.shapes.add_picture(io.BytesIO(chart.png), Inches(MARGIN), 0)
        scale = min(
            Inches(SLIDE_WIDTH - 2 * MARGIN) / picture.width,
            Inches(CONTENT_HEIGHT) / picture.height,
        )
        picture.width = round(picture.width * scale)
        picture.height = round(picture.height * scale)
        picture.top = Inches(CONTENT_TOP)
        picture._element.nvPicPr.cNvPr.set("descr", self.short(chart.alt))

        source = slide.shapes.add_textbox(0, 0, 0, 0)
        self._place(source, SOURCE_TOP, SOURCE_HEIGHT)
        self._write(source, [chart.source], SOURCE_SIZE)

    def _add_slide(self, layout: int):
        """Add an empty slide."""
        slide = self.presentation.slides.add_slide(self.presentation.slide_layouts[layout])
        slide.background.fill.solid()
        slide.background.fill.fore_color.rgb = _rgb(self.palette.paper)
        return slide

    def _add_title(self, slide, title: str) -> None:
        """Write the title of a slide."""
        self._place(slide.shapes.title, TITLE_TOP, TITLE_HEIGHT)
        size = _size_of(title, TITLE_SIZES, SMALLEST_TITLE)
        self._write(slide.shapes.title, [title], size, is_bold=True)

    def _place(self, shape, top: float, height: float) -> None:
        """Place a text between the margins of a slide."""
        from pptx.util import Inches

        shape.left = Inches(MARGIN)
        shape.top = Inches(top)
        shape.width = Inches(SLIDE_WIDTH - 2 * MARGIN)
        shape.height = Inches(height)

    def _write(self, shape, texts: list[str], size: int, is_bold: bool = False) -> None:
        """Write paragraphs into a shape, aligned left and at the top."""
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
        from pptx.util import Pt

        frame = shape.text_frame
        frame.word_wrap = True
        frame.vertical_anchor = MSO_ANCHOR.TOP
        frame.margin_left = 0
        for number, text in enumerate(texts):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.LEFT
            paragraph.space_after = Pt(size / 2)
            run = paragraph.add_run()
            run.text = self.short(text)
            run.font.size = Pt(size)
            run.font.bold = is_bold
            run.font.color.rgb = _rgb(self.palette.ink)
            if self.font:
                run.font.name = self.font


def _rgb(colour: str):
    """Return a colour of a style for a slide."""
    from matplotlib.colors import to_hex
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(to_hex(colour).removeprefix("#").upper())
