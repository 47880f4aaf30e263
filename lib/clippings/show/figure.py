"""Common parts of all charts: a figure that displays itself, titles, labels, links to evidence."""

import hashlib
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial, wraps
from html import escape
from typing import NamedTuple
from urllib.parse import urlencode

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.text import Annotation
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from clippings.show import wording
from clippings.show.chart_labels import (
    POINTS_PER_INCH,
    distinct_labels,
    one_line,
    text_width,
    without_mathematics,
    wrap_evenly,
)
from clippings.show.chart_style import (
    LIGHT,
    PAGE_FONT_SIZE,
    SIZES,
    ChartStyle,
    current_style,
    drawn_in,
    points,
)
from clippings.show.html import FORBIDDEN, REPLACEMENT

INK = LIGHT.ink  # text colour; replaced by the colour of the page when a chart is embedded
PAPER_FILL = f"fill: {LIGHT.paper}"  # the background of a chart, as matplotlib writes it
# The background of the report, of JupyterLab or of any other page.
PAPER = "var(--paper, var(--jp-layout-color0, Canvas))"

CHART_WIDTH = SIZES["page"].width  # inches, of a chart on a page

# Measures of charts on a page, in inches; other sizes are in proportion to their text.
ROW_HEIGHT = 0.3
AXIS_HEIGHT = 1.1  # for title, axis and legend
MIN_HEIGHT = 1.9
LEGEND_LINE_HEIGHT = 0.2
NO_CHART_HEIGHT = 0.5

ROW_MARGIN = 0.7  # of a row, above the first and below the last
PICTURE_DPI = 160
CSS_PIXELS_PER_INCH = 96
MIN_MARK_PIXELS = 20  # smaller marks are hard to hit (WCAG 2.2 requires 24, or spacing)

TITLE_SIZE = 10  # points
NOTE_SIZE = 8
# Share of the figure's width: at other resolutions, hinting makes lines up to 3% longer.
MAX_TITLE_WIDTH = 0.96
TITLE_LEFT = 0.01  # of the figure's width
MAX_LABEL_WIDTH = 0.4  # of the figure's width: the names of the rows
# Labels that are wider than this share of an axis may be wider than the axis after the layout.
MAX_SAFE_AXIS_LABEL = 0.5

MAX_COUNT_TICKS = 7  # numbers on an axis that counts something

# What a picture on a page does not need: the ids that nothing refers to (url(#clip0), href="#m1"),
# line breaks between tags, and rotations by 0 degrees
SVG_REFERENCE = re.compile(r'(?:url\(|href=")#([^")]+)')
SVG_ID = re.compile(r' id="([^"]+)"')
SVG_INDENT = re.compile(r">\n\s*<")
SVG_NO_ROTATION = re.compile(r' transform="rotate\(-?0(?: [-\d.]+){2}\)"')
# Attributes with positions in points, of which two decimal places are drawn
SVG_POSITION = re.compile(r' (?:d|x|y|transform|width|height)="[^"]*"')
SVG_DIGITS = re.compile(r"(\.\d\d)\d+")
SVG_WIDTH = re.compile(r'<svg [^>]*?\bwidth="([\d.]+)pt"')
NARROW_CHART = 0.9  # of the width of a chart on a page

# <a xlink:href="#label=flood" target="_blank"> around a mark, as matplotlib writes it.
SVG_LINK = re.compile(r'<a xlink:href="#([^"]*)"(?: target="_blank")?')

_CLIP_PATH = re.compile(r'(?<=<clipPath id=")p[0-9a-f]{10}(?=")')


class Chart(Figure):
    """A figure that displays itself with its alternative text, without pyplot's global state.

    A picture of it is drawn once, and again only if the figure has been changed since.
    """

    def __init__(self, *args, **kwargs):
        self._pictures: dict[tuple[str, ChartStyle], bytes] = {}
        super().__init__(*args, **kwargs)
        self.style: ChartStyle = current_style()
        self.title = ""
        self.note = ""
        self.draw_again: Callable[[], Chart] | None = None

    def _set_stale(self, is_stale: bool) -> None:
        """Drop the pictures of a figure whenever matplotlib reports that it has been changed."""
        Figure.stale.fset(self, is_stale)
        if is_stale:
            self._pictures.clear()

    stale = property(Figure.stale.fget, _set_stale)

    def picture(self, kind: str) -> bytes:
        """Return the bytes of an image file, as `draw_picture` does."""
        drawn = self._pictures.copy()
        key = (kind, self.style)
        if key not in drawn:
            drawn[key] = _draw(self, kind, self.style)
        # Drawing sets the background, which matplotlib reports as a change.
        self._pictures.update(drawn)
        return drawn[key]

    @property
    def finding(self) -> str:
        """Return the title as a sentence."""
        return f"{self.title}."

    def as_slide_picture(self) -> "Chart":
        """Return the same chart for a slide, in the same colours and without its title."""
        if self.draw_again is None:
            return self
        with drawn_in(replace(self.style, is_slide_picture=True)):
            return self.draw_again()

    def _repr_mimebundle_(self, include=None, exclude=None):
        data = {
            "image/png": draw_picture(self, "png"),
            "image/svg+xml": draw_picture(self, "svg").decode(),
        }
        alt = {"alt": self.get_label()}
        return data, {"image/png": alt, "image/svg+xml": alt}


class ChartMark(NamedTuple):
    """A mark of a chart that links to evidence, with its position in CSS pixels."""

    link: str
    left: float
    top: float
    width: float
    height: float


def redrawable(draw: Callable[..., Chart]) -> Callable[..., Chart]:
    """Let a function that draws a chart record how to draw the same chart in another style.

    Parameters
    ----------
    draw : callable
        A function that returns a chart.

    Returns
    -------
    callable
        The same function.

    Examples
    --------
    >>> chart = redrawable(no_chart)("Nothing to draw")
    >>> chart.as_slide_picture().get_suptitle()
    ''
    """

    @wraps(draw)
    def draw_and_record(*args, **kwargs) -> Chart:
        figure = draw(*args, **kwargs)
        figure.draw_again = partial(draw, *args, **kwargs)
        return figure

    return draw_and_record


def draw_picture(figure: Figure, kind: str) -> bytes:
    """Draw a figure, and return the bytes of an image file.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        A chart.
    kind : {"png", "svg", "pdf"}
        The format.

    Returns
    -------
    bytes
        The same bytes for the same figure.

    Raises
    ------
    KeyError
        If the format is not supported.

    Notes
    -----
    The marks of a PDF file have no links, because they would lead nowhere.

    Examples
    --------
    >>> draw_picture(no_chart("Nothing to draw"), "png")[1:4]
    b'PNG'
    """
    return figure.picture(kind) if isinstance(figure, Chart) else _draw(figure, kind, None)


def _draw(figure: Figure, kind: str, style: ChartStyle | None) -> bytes:
    """Draw a figure in a style, and return the bytes of an image file."""
    # Without these entries, matplotlib would write its version and the time.
    canvases = {
        "png": (FigureCanvasAgg, {"Software": None}),
        "svg": (FigureCanvasSVG, {"Date": None}),
        "pdf": (FigureCanvasPdf, {"CreationDate": None, "Creator": None, "Producer": None}),
    }
    canvas, metadata = canvases[kind]
    figure.set_canvas(canvas(figure))
    links = _remove_links(figure) if kind == "pdf" else []
    file = io.BytesIO()
    with drawn_in(style):
        figure.savefig(file, format=kind, metadata=metadata, dpi=PICTURE_DPI)
    for artist, link in links:
        artist.set_url(link)
    if kind == "svg":
        # Ids and links do not pass through `one_line`; a control character in one of them would
        # make the file malformed.
        svg = FORBIDDEN.sub(REPLACEMENT, file.getvalue().decode())
        return _with_stable_ids(svg).encode()
    return file.getvalue()


def _with_stable_ids(svg: str) -> str:
    """Number the clip paths of an SVG picture.

    Matplotlib names them after exact positions, which depend on how often a chart was drawn before:
    each layout starts from the previous one.
    """
    names = dict.fromkeys(_CLIP_PATH.findall(svg))
    for number, name in enumerate(names):
        svg = svg.replace(name, f"clip{number}")
    return svg


def _remove_links(figure: Figure) -> list[tuple[Artist, str]]:
    """Remove the links of all marks, and return the marks with their links."""
    links = [(artist, artist.get_url()) for artist in figure.findobj(lambda a: a.get_url())]
    for artist, _ in links:
        artist.set_url(None)
    return links


def _shorter_svg(svg: str) -> str:
    """Remove what a picture does not need: unused ids, indents, and digits that nobody can see."""
    referenced = set(SVG_REFERENCE.findall(svg))
    svg = SVG_ID.sub(lambda match: match[0] if match[1] in referenced else "", svg)
    svg = SVG_INDENT.sub("><", svg)
    svg = SVG_NO_ROTATION.sub("", svg)
    return SVG_POSITION.sub(lambda match: SVG_DIGITS.sub(r"\1", match[0]), svg)


def inline_svg(svg: str, prefix: str, alt: str) -> str:
    """Embed a chart in a page, with unique ids and the colours of the page.

    Parameters
    ----------
    svg : str
        SVG of a chart.
    prefix : str
        The prefix of its ids, which differs between the charts of a page.
    alt : str
        Its alternative text.

    Returns
    -------
    str
        An `svg` element.

    Raises
    ------
    ValueError
        If the input is not SVG.

    Examples
    --------
    >>> inline_svg('<svg><g id="a"/><use href="#a" x="1.2345"/></svg>', "n1-", "a chart")
    '<svg role="img" aria-label="a chart"><g id="n1-a"/><use href="#n1-a" x="1.23"/></svg>'
    """
    svg = _shorter_svg(svg[svg.index("<svg") :])
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}\1"', svg)
    svg = re.sub(r'(url\(|href=")#', rf"\1#{prefix}", svg)
    svg = svg.replace(INK, "currentColor").replace(PAPER_FILL, f"fill: {PAPER}")
    attributes = f'role="img" aria-label="{escape(alt)}"'
    width = SVG_WIDTH.search(svg)
    if width and float(width[1]) < NARROW_CHART * CHART_WIDTH * POINTS_PER_INCH:
        # A page would enlarge a chart for a column, and its letters, to the width of the text.
        attributes += f' style="max-width:{width[1]}pt"'
    return svg.replace("<svg", f"<svg {attributes}", 1)


def anchor_of(name: str, link: str) -> str:
    """Return the id of the place in the report where the evidence of a mark appears.

    Parameters
    ----------
    name : str
        Name of the chart's files.
    link : str
        The mark's link: columns of the evidence and their values, as `link_of` writes them.

    Returns
    -------
    str
        An id. Since it ends in part of a SHA-256 hash, two links may by chance have the same id.

    Examples
    --------
    >>> anchor_of("themes", "label=flood&article=a.txt")
    'themes-41996be1'
    """
    return f"{name}-{hashlib.sha256(link.encode()).hexdigest()[:8]}"


def link_of(**rows: object) -> str:
    """Write the link of a mark, which specifies the rows it is based on.

    Parameters
    ----------
    **rows
        Columns with the value, or the list of values, of the rows; `word` is a word in their text.

    Returns
    -------
    str
        The address of a link.

    Examples
    --------
    >>> link_of(article="a.txt", label=["caption", "byline"])
    '#article=a.txt&label=caption&label=byline'
    """
    return f"#{urlencode(rows, doseq=True, errors='backslashreplace')}"


def link_marks_to(marks: Iterable, links: Iterable[str]) -> None:
    """Link each mark to its evidence."""
    for mark, link in zip(marks, links, strict=True):
        mark.set_url(link)


def marks_of(figure: Figure) -> list[ChartMark]:
    """List the marks of a figure that link to evidence.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        A chart.

    Returns
    -------
    list of ChartMark
        The links of the marks and their positions, in CSS pixels from the top left corner. Small
        marks are enlarged to 20 pixels, so that they are easy to click.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> zones = cl.count_words(cl.find_passages(articles), by=["article", "label"])
    >>> marks_of(cl.chart_zones(zones.query("label == 'headline'")))[0].link
    'article=06_water_falls.txt&label=headline'
    """
    FigureCanvasAgg(figure)
    figure.draw_without_rendering()
    scale = CSS_PIXELS_PER_INCH / figure.dpi
    page_height = figure.bbox.height * scale
    marks = []
    for artist in figure.findobj(lambda artist: artist.get_url()):
        # matplotlib counts from the bottom, pages from the top.
        left, bottom, right, top = artist.get_window_extent().extents * scale
        width = max(MIN_MARK_PIXELS, right - left)
        height = max(MIN_MARK_PIXELS, top - bottom)
        mark = ChartMark(
            link=artist.get_url().removeprefix("#"),
            left=(left + right - width) / 2,
            top=page_height - (bottom + top + height) / 2,
            width=width,
            height=height,
        )
        marks.append(mark)
    return marks


def new_chart(rows: float, alt: str, **layout) -> tuple[Chart, Axes]:
    """Create a figure of the current style that is as high as its rows require.

    Parameters
    ----------
    rows : float
        The number of rows.
    alt : str
        Its alternative text.
    **layout
        For `Figure.subplots`.

    Returns
    -------
    tuple of Chart and matplotlib.axes.Axes
        The figure, and its axes as `Figure.subplots` returns them.
    """
    size = current_style().chart_size
    scale = size.font_size / PAGE_FONT_SIZE
    height = scale * max(MIN_HEIGHT, AXIS_HEIGHT + ROW_HEIGHT * rows)
    figure = Chart(
        figsize=(size.width, min(height, size.max_height)),
        layout="constrained",
        label=one_line(alt),
    )
    return figure, figure.subplots(**layout)


def fit_rows(axes: Axes, rows: int) -> None:
    """Set the same small margin above and below the rows of any chart."""
    axes.set_ylim(-ROW_MARGIN, rows - 1 + ROW_MARGIN)


def give_title(figure: Chart, title: str, note: str = "") -> None:
    """Write the finding above a chart, and below it a note on what is not shown.

    The lines of the title have about the same length. The note is added to the alternative text.

    Examples
    --------
    >>> figure, _ = new_chart(1, "x")
    >>> give_title(figure, "River levels rose", "30 of 50 rivers are shown")
    >>> figure.finding, figure.note
    ('River levels rose.', '30 of 50 rivers are shown.')
    """
    with drawn_in(figure.style):
        widest = figure.get_figwidth() * MAX_TITLE_WIDTH
        title_size = points(TITLE_SIZE)
        note_size = points(NOTE_SIZE)
        figure.title = one_line(title)
        lines = wrap_evenly(figure.title, widest, title_size, "bold")
        note_lines = wrap_evenly(one_line(note), widest, note_size) if note else []
        # Empty lines, so that the layout leaves space for the note.
        empty_lines = [" "] * len(note_lines)
        if figure.style.is_slide_picture:
            lines = []
        suptitle = figure.suptitle(
            "\n".join([*map(without_mathematics, lines), *empty_lines]),
            x=TITLE_LEFT,
            ha="left",
            fontsize=title_size,
            fontweight="bold",
        )
        if note:
            figure.note = f"{one_line(note)}."
            figure.set_label(f"{figure.get_label()} {figure.note}")
            note_text = Annotation(
                "\n".join(map(without_mathematics, note_lines)),
                xy=(0, 0),
                xycoords=suptitle,
                xytext=(0, points(1)),
                textcoords="offset points",
                ha="left",
                va="bottom",
                fontsize=note_size,
                annotation_clip=False,
            )
            figure.add_artist(note_text)
        extra_lines = max(0, len(lines) - 1) + len(note_lines)
        _make_higher(figure, extra_lines * LEGEND_LINE_HEIGHT)
        _wrap_axis_labels(figure)


def _make_higher(figure: Figure, inches: float) -> None:
    """Add height to a figure, measured on a page, up to the greatest height of its size."""
    size = current_style().chart_size
    higher = figure.get_figheight() + inches * size.font_size / PAGE_FONT_SIZE
    figure.set_figheight(min(higher, size.max_height))


def _wrap_axis_labels(figure: Figure) -> None:
    """Write the labels of axes in lines that are no longer than the axis."""
    for axes in figure.axes:
        label = axes.get_xlabel()
        width = text_width(label, axes.xaxis.label.get_size())
        axis_width = axes.get_position().width * figure.get_figwidth()
        if width > MAX_SAFE_AXIS_LABEL * axis_width:
            label_x_axis(axes, label)


def count_on_x_axis(axes: Axes, label: str) -> None:
    """Label an axis that counts something, with commas between thousands.

    Examples
    --------
    >>> _, axes = new_chart(1, "x")
    >>> count_on_x_axis(axes, "words")
    >>> axes.xaxis.get_major_formatter()(5000)
    '5,000'
    """
    axes.xaxis.set_major_locator(MaxNLocator(MAX_COUNT_TICKS, integer=True))
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    axes.set_xlabel(label)


def label_x_axis(axes: Axes, text: str) -> None:
    """Write the label of an axis in lines that are no longer than the axis.

    Examples
    --------
    >>> _, axes = new_chart(1, "x")
    >>> label_x_axis(axes, "words quoted or reported")
    >>> axes.get_xlabel()
    'words quoted or reported'
    """
    # The width of the axis is known only after the layout.
    axes.set_xlabel("")
    axes.figure.draw_without_rendering()
    width = axes.bbox.width / axes.figure.dpi
    lines = wrap_evenly(text, width, axes.xaxis.label.get_size())
    axes.set_xlabel("\n".join(lines))
    _make_higher(axes.figure, (len(lines) - 1) * LEGEND_LINE_HEIGHT)


def add_legend(figure: Figure, place: str, columns: int, **options) -> Legend:
    """Add a legend below a chart, in as many columns as fit.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        A chart.
    place : str
        The place of the legend, such as "outside lower right".
    columns : int
        The greatest number of columns.
    **options
        For `Figure.legend`.

    Returns
    -------
    matplotlib.legend.Legend
        The legend.
    """
    renderer = FigureCanvasAgg(figure).get_renderer()
    widest = figure.bbox.width * MAX_TITLE_WIDTH
    for number in range(columns, 0, -1):
        legend = figure.legend(loc=place, ncols=number, **options)
        if number == 1 or legend.get_window_extent(renderer).width <= widest:
            break
        legend.remove()
    entries = len(legend.get_texts())
    extra_lines = -(-entries // number) - 1
    _make_higher(figure, extra_lines * LEGEND_LINE_HEIGHT)
    return legend


def row_labels(
    texts: Sequence[str],
    *,
    size: float = PAGE_FONT_SIZE,
    share: float = MAX_LABEL_WIDTH,
    details: Sequence[Sequence[str]] = (),
) -> list[str]:
    """Return labels of rows that fit next to the axis, no two of which are equal.

    Parameters
    ----------
    texts : sequence of str
        Texts from articles.
    size : float
        The size of the text on a page, in points.
    share : float
        The share of the figure's width that labels may have.
    details : sequence of sequence of str
        For each text, what distinguishes it from an equal one.

    Returns
    -------
    list of str
        Labels in the order of the texts.
    """
    style = current_style()
    with drawn_in(style):
        return distinct_labels(texts, share * style.chart_size.width, points(size), details)


def article_names(counts: pd.DataFrame, articles: Sequence[str]) -> list[str]:
    """Return the title of each article, or its id if the counts have no titles."""
    if "title" not in counts.columns:
        return list(articles)
    titles = dict(zip(counts.article, counts["title"], strict=True))
    return [titles[article] or article for article in articles]


def largest_groups(counts: pd.DataFrame, column: str, size: str) -> list:
    """List the groups of a column by their total size, starting with the largest."""
    totals = counts.groupby(column)[size].sum()
    return sorted(totals.index, key=lambda group: (-totals[group], group))


def shown_of(shown: int, available: int, words: wording.Plural) -> str:
    """Return the note on how many rows of a table are drawn, if it is not all of them."""
    return words.fill(shown, all=f"{available:,}") if shown < available else ""


def join_notes(notes: Iterable[str]) -> str:
    """Join notes, the last of which gets no full stop."""
    return ". ".join(filter(None, notes))


def no_chart(reason: str) -> Chart:
    """Create a chart that consists of a message why there is nothing to draw."""
    with drawn_in():
        figure, axes = new_chart(0, wording.NO_CHART_ALT.format(reason=reason))
        axes.remove()
        figure.set_figheight(points(NO_CHART_HEIGHT))
        give_title(figure, reason)
    return figure
