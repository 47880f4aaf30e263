"""Common parts of all charts: a figure that displays itself, titles, labels, links to evidence."""

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

INK = "#222222"  # text colour; replaced by the colour of the page when a chart is embedded
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
MIN_MARK_PIXELS = 20  # smaller marks are hard to hit (WCAG 2.2 requires 24, or spacing)
MAX_ROWS = 30  # chart rows that fit on a page
MAX_TITLE_CHARACTERS = 74  # in one line of a title
MIN_TITLE_CHARACTERS = 26  # number of the widest letters that fit into one line
# Share of the figure's width: at other resolutions, hinting makes lines up to 3% longer.
MAX_TITLE_WIDTH = 0.96

# <a xlink:href="#label=flood" target="_blank"> around a mark, as matplotlib writes it.
SVG_LINK = re.compile(r'<a xlink:href="#([^"]*)"(?: target="_blank")?')


class Chart(Figure):
    """A figure that displays itself with its alternative text, without pyplot's global state."""

    @property
    def finding(self) -> str:
        """Return the title as a sentence."""
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
    """A mark of a chart that links to evidence, with its position in CSS pixels."""

    link: str
    left: float
    top: float
    width: float
    height: float


def draw_picture(figure: Figure, kind: str) -> bytes:
    """Draw a figure, and return the bytes of an image file.

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
        If the format is not supported.

    Examples
    --------
    >>> draw_picture(no_chart("Nothing to draw"), "png")[1:4]
    b'PNG'
    """
    # Without these entries, matplotlib would write its version and the time.
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
    >>> inline_svg('<svg><g id="a"/></svg>', "n1-", "a chart")
    '<svg role="img" aria-label="a chart"><g id="n1-a"/></svg>'
    """
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}\1"', svg)
    svg = re.sub(r'(url\(|href=")#', rf"\1#{prefix}", svg)
    svg = svg.replace(INK, "currentColor").replace(PAPER_FILL, f"fill: {PAPER}")
    return svg.replace("<svg", f'<svg role="img" aria-label="{escape(alt)}"', 1)


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
    """Create a figure as wide as a column of a report and as high as its rows require.

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
    # Letters differ in width, so a line of wide letters is wrapped earlier.
    for characters in range(MAX_TITLE_CHARACTERS, MIN_TITLE_CHARACTERS, -4):
        lines = "\n".join(textwrap.wrap(text, characters))
        suptitle = figure.suptitle(lines, x=0.01, ha="left", fontsize=10, fontweight="bold")
        if suptitle.get_window_extent(renderer).x1 <= widest:
            break


def one_line(text: str) -> str:
    """Write a text on one line, without characters that SVG or the font does not support."""
    return " ".join(FORBIDDEN.sub(" ", str(text)).split())


def without_mathematics(text: str) -> str:
    r"""Write a text on one line for matplotlib, which treats words between two $ as a formula.

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
    """Label each article with its title, if the counts have titles, or otherwise with its id."""
    titles = counts["title"] if "title" in counts.columns else counts.article
    return {
        article: short_label(title or article)
        for article, title in zip(counts.article, titles, strict=True)
    }


def largest_groups(counts: pd.DataFrame, column: str, size: str) -> list:
    """List the groups of a column by their total size, starting with the largest."""
    totals = counts.groupby(column)[size].sum()
    return sorted(totals.index, key=lambda group: (-totals[group], group))


def not_shown(number: int, words: wording.Plural = wording.OTHERS_NOT_SHOWN) -> str:
    """Return the part of a title that states how many rows are omitted, if any."""
    return words.fill(number) if number else ""


def no_chart(reason: str) -> Chart:
    """Create a chart that consists of a message why there is nothing to draw."""
    with mpl.rc_context(fname=STYLE):
        figure, axes = new_chart(0, wording.NO_CHART_ALT.format(reason=reason))
        axes.remove()
        figure.set_figheight(0.5)
        give_title(figure, reason)
    return figure
