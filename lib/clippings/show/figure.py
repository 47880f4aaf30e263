"""Shared parts of all charts: a figure that displays itself, titles, labels, links to evidence."""

import hashlib
import io
import re
import textwrap
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from clippings.show import wording
from clippings.show.html import FORBIDDEN, REPLACEMENT

STYLE = str(Path(__file__).with_name("clippings.mplstyle"))

INK = "#222222"  # text colour; replaced by that of the page when a chart is embedded in one
PAPER_FILL = "fill: #ffffff"  # the background of a chart, as matplotlib writes it
# The background of the report, of JupyterLab or of any other page.
PAPER = "var(--paper, var(--jp-layout-color0, Canvas))"
STORY_COLOUR = "#4477AA"  # the first of Paul Tol's "bright" scheme

COLUMN_WIDTH = 6.3  # inches: the text of an A4 page with margins of 2.5 cm
ROW_HEIGHT = 0.3  # inches
ROW_MARGIN = 0.7  # of a row, above the first and below the last
AXIS_HEIGHT = 1.1  # inches for title, axis and legend
MIN_HEIGHT = 1.9  # inches
PICTURE_DPI = 160
CSS_PIXELS_PER_INCH = 96
MIN_MARK_PIXELS = 20  # smaller marks are hard to hit (WCAG 2.2 asks for 24 or spacing around)
MAX_ROWS = 30  # chart rows that fit on a page
MAX_TITLE_CHARACTERS = 74  # in one line of a title
MIN_TITLE_CHARACTERS = 26  # as many of the widest letters as fit into one line
# Share of the figure's width: at other resolutions, hinting makes lines up to 3% longer.
MAX_TITLE_WIDTH = 0.96

# <a xlink:href="#label=flood" target="_blank"> around a mark, as matplotlib writes it.
SVG_LINK = re.compile(r'<a xlink:href="#([^"]*)"(?: target="_blank")?')


class Chart(Figure):
    """A figure that shows itself with its alternative text, and without pyplot's hidden state."""

    @property
    def finding(self) -> str:
        """The title as one sentence."""
        title = self.get_suptitle().replace("\n", " ").replace(r"\$", "$")
        return f"{title}."

    def _repr_mimebundle_(self, include=None, exclude=None):
        data = {
            "image/png": draw_picture(self, "png"),
            "image/svg+xml": draw_picture(self, "svg").decode(),
        }
        alt = {"alt": self.get_label()}
        return data, {"image/png": alt, "image/svg+xml": alt}


class ChartMark(NamedTuple):
    """A mark of a chart that leads to evidence, and where it lies, in CSS pixels."""

    link: str
    left: float
    top: float
    width: float
    height: float


def draw_picture(figure: Figure, kind: str) -> bytes:
    """Draw a figure as a file's bytes.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        A chart.
    kind : {"png", "svg"}
        The format.

    Returns
    -------
    bytes
        The same bytes for the same figure.

    Raises
    ------
    KeyError
        For another format.

    Examples
    --------
    >>> draw_picture(no_chart("Nothing to draw"), "png")[1:4]
    b'PNG'
    """
    # Without these entries matplotlib would write its version and the time.
    canvases = {
        "png": (FigureCanvasAgg, {"Software": None}),
        "svg": (FigureCanvasSVG, {"Date": None}),
    }
    canvas, metadata = canvases[kind]
    figure.set_canvas(canvas(figure))
    file = io.BytesIO()
    with mpl.rc_context(fname=STYLE):
        figure.savefig(file, format=kind, metadata=metadata, dpi=PICTURE_DPI)
    if kind == "svg":
        # Ids and links do not pass through `one_line`; a control character in one of them would
        # make the file malformed.
        return FORBIDDEN.sub(REPLACEMENT, file.getvalue().decode()).encode()
    return file.getvalue()


def inline_svg(svg: str, prefix: str, alt: str) -> str:
    """Make a chart part of a page: with unique ids and the colours of the page.

    Parameters
    ----------
    svg : str
        SVG of a chart.
    prefix : str
        Start of its ids, different for each chart on a page.
    alt : str
        Its alternative text.

    Returns
    -------
    str
        An `svg` element.

    Raises
    ------
    ValueError
        If it is not SVG.

    Examples
    --------
    >>> inline_svg('<svg><g id="a"/></svg>', "n1-", "a chart")
    '<svg role="img" aria-label="a chart"><g id="n1-a"/></svg>'
    """
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}\1"', svg)
    svg = re.sub(r'(url\(|href=")#', rf"\1#{prefix}", svg)
    svg = svg.replace(INK, "currentColor").replace(PAPER_FILL, f"fill: {PAPER}")
    return svg.replace("<svg", f'<svg role="img" aria-label="{escape(alt)}"', 1)


def anchor_of(name: str, link: str) -> str:
    """Name the place in the report where the evidence of a mark appears.

    Parameters
    ----------
    name : str
        Name of the chart's files.
    link : str
        The mark's link: columns of the evidence and their values, as `link_of` writes them.

    Returns
    -------
    str
        An id. Two links may agree by chance: it ends in the start of a SHA-256 hash.

    Examples
    --------
    >>> anchor_of("themes", "label=flood&article=a.txt")
    'themes-41996be1'
    """
    return f"{name}-{hashlib.sha256(link.encode()).hexdigest()[:8]}"


def link_of(**rows: object) -> str:
    """Write which rows of the evidence a mark is based on.

    Parameters
    ----------
    **rows
        Columns with the value, or the list of values, that the rows have; `word` is a word that
        their text contains.

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
    """Let each mark lead to its evidence."""
    for mark, link in zip(marks, links, strict=True):
        mark.set_url(link)


def marks_of(figure: Figure) -> list[ChartMark]:
    """List the marks of a figure that lead to evidence.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        A chart.

    Returns
    -------
    list of ChartMark
        The links of the marks and where they lie, in CSS pixels from the top left corner. Small
        marks are enlarged to 20 pixels, so that they can be hit.

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
    """Make a figure as wide as a column of a report and as high as its rows need.

    Parameters
    ----------
    rows : float
        How many rows it has.
    alt : str
        Its alternative text.
    **layout
        For `Figure.subplots`.

    Returns
    -------
    tuple of Chart and matplotlib.axes.Axes
        The figure, and its axes as `Figure.subplots` returns them.
    """
    height = max(MIN_HEIGHT, AXIS_HEIGHT + ROW_HEIGHT * rows)
    figure = Chart(figsize=(COLUMN_WIDTH, height), layout="constrained", label=one_line(alt))
    return figure, figure.subplots(**layout)


def fit_rows(axes: Axes, rows: int) -> None:
    """Set the same small margin above and below the rows of any chart."""
    axes.set_ylim(-ROW_MARGIN, rows - 1 + ROW_MARGIN)


def give_title(figure: Figure, title: str) -> None:
    """Write the finding above a chart, in lines of its width.

    Examples
    --------
    >>> figure, _ = new_chart(1, "x")
    >>> give_title(figure, "River levels rose")
    >>> figure.finding
    'River levels rose.'
    """
    text = without_mathematics(title)
    renderer = FigureCanvasAgg(figure).get_renderer()
    widest = figure.bbox.width * MAX_TITLE_WIDTH
    # Letters differ in width: a line of wide ones is wrapped after fewer.
    for characters in range(MAX_TITLE_CHARACTERS, MIN_TITLE_CHARACTERS, -4):
        lines = "\n".join(textwrap.wrap(text, characters))
        suptitle = figure.suptitle(lines, x=0.01, ha="left", fontsize=10, fontweight="bold")
        if suptitle.get_window_extent(renderer).x1 <= widest:
            break


def one_line(text: str) -> str:
    """Write a text on one line, without characters that SVG or the font of charts does not have."""
    return " ".join(FORBIDDEN.sub(" ", str(text)).split())


def without_mathematics(text: str) -> str:
    r"""Write a text on one line for matplotlib, which takes words between two $ for a formula.

    Examples
    --------
    >>> without_mathematics("costs\n$5")
    'costs \\$5'
    """
    return one_line(text).replace("$", r"\$")


def short_label(text: str, max_characters: int = 34) -> str:
    """Write a text from an article as a label on one line.

    Examples
    --------
    >>> short_label("the  river rose", 9)
    'the rive…'
    """
    label = one_line(text)
    if len(label) > max_characters:
        label = f"{label[: max_characters - 1]}…"
    return without_mathematics(label)


def article_labels(counts: pd.DataFrame) -> dict[str, str]:
    """Label each article: by its title if the counts have one, or else by its id."""
    titles = counts["title"] if "title" in counts.columns else counts.article
    return {
        article: short_label(title or article)
        for article, title in zip(counts.article, titles, strict=True)
    }


def largest_groups(counts: pd.DataFrame, column: str, size: str) -> list:
    """List the groups of a column by their total size, the largest first."""
    totals = counts.groupby(column)[size].sum()
    return sorted(totals.index, key=lambda group: (-totals[group], group))


def not_shown(number: int, words: wording.Plural = wording.OTHERS_NOT_SHOWN) -> str:
    """Say in a title how many rows are left out, if any."""
    return words.fill(number) if number else ""


def no_chart(reason: str) -> Chart:
    """Make a chart that only says why there is nothing to draw."""
    with mpl.rc_context(fname=STYLE):
        figure, axes = new_chart(0, wording.NO_CHART_ALT.format(reason=reason))
        axes.remove()
        figure.set_figheight(0.5)
        give_title(figure, reason)
    return figure
