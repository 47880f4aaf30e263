"""What every chart is made of: a figure that shows itself, its title and labels, links from marks to their evidence."""

import hashlib
import io
import re
import textwrap
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import matplotlib as mpl
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

STYLE = str(Path(__file__).with_name("clippings.mplstyle"))
INK = "#222222"  # follows the page in dark reports
PAPER = "var(--paper, var(--jp-layout-color0, Canvas))"  # of the report, of JupyterLab, of any page
STORY_COLOUR = "#4477AA"
LINK = re.compile(r'<a xlink:href="#([^"]*)"(?: target="_blank")?')  # of a mark in an SVG
WIDTH = 6.3  # inches: a column of a report
MOST_ROWS = 30
# Characters that XML 1.0 does not allow; with one of them an SVG file is not well-formed.
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LEAST = 20  # pixels of a page: smaller marks are hard to hit


class Chart(Figure):
    """A figure that shows itself, with its alternative text, and without pyplot's hidden state."""

    @property
    def finding(self) -> str:
        """The title as one sentence."""
        return f"{self.get_suptitle().replace(chr(10), ' ').replace(chr(92) + '$', '$')}."

    def _repr_mimebundle_(self, include=None, exclude=None):
        alt = {"alt": self.get_label()}
        data = {"image/png": picture(self, "png"), "image/svg+xml": picture(self, "svg").decode()}
        return data, {"image/png": alt, "image/svg+xml": alt}


def picture(figure: Figure, kind: str) -> bytes:
    """A figure as a file's bytes; the same figure gives the same bytes.

    In: figure; kind, "png" or "svg". Out: bytes. Raises: KeyError for another kind. Misses: nothing. Source: none.
    Example:
        >>> picture(no_chart("Nothing to draw"), "png")[1:4]
        b'PNG'
    """
    canvas, metadata = {
        "png": (FigureCanvasAgg, {"Software": None}),
        "svg": (FigureCanvasSVG, {"Date": None}),
    }[kind]
    figure.set_canvas(canvas(figure))
    file = io.BytesIO()
    with mpl.rc_context(fname=STYLE):
        figure.savefig(file, format=kind, metadata=metadata, dpi=160)
    if kind == "svg":  # names in links and comments of the file do not pass through `plain`
        return NO_XML.sub("\ufffd", file.getvalue().decode()).encode()
    return file.getvalue()


def inline_svg(svg: str, prefix: str, alt: str) -> str:
    """A chart as part of a page: ids of its own, ink and ground of the page.

    In: SVG of a chart; prefix of its ids; alternative text. Out: HTML. Raises: ValueError when it is no SVG.
    Misses: nothing. Source: none.
    Example:
        >>> inline_svg('<svg><g id="a"/></svg>', "n1-", "a chart")
        '<svg role="img" aria-label="a chart"><g id="n1-a"/></svg>'
    """
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}\1"', svg)
    svg = re.sub(r'(url\(|href=")#', rf"\1#{prefix}", svg)
    svg = svg.replace(INK, "currentColor").replace("fill: #ffffff", f"fill: {PAPER}")
    return svg.replace("<svg", f'<svg role="img" aria-label="{escape(alt)}"', 1)


def anchor_of(name: str, link: str) -> str:
    """Where the evidence of a mark stands in the report.

    In: name of the chart's files; link, what the mark's link says: columns of the evidence and their values, as in an
    address. Out: an id. Raises: nothing. Misses: two links may agree by chance. Source: SHA-256.
    Example:
        >>> anchor_of("themes", "label=flood&article=a.txt")
        'themes-41996be1'
    """
    return f"{name}-{hashlib.sha256(link.encode()).hexdigest()[:8]}"


def link_of(**rows) -> str:
    """Which rows of the evidence a mark rests on: columns and values, or word=…, one that their text must hold."""
    return f"#{urlencode(rows, doseq=True, errors='backslashreplace')}"


def give_links(marks, links) -> None:
    """Each mark leads to its evidence."""
    for mark, link in zip(marks, links, strict=True):
        mark.set_url(link)


def marks_of(figure) -> list[tuple[str, tuple[float, ...]]]:
    """The marks of a figure that lead to evidence: what their links say, and left, top, width and height in the page.

    In: figure. Out: pairs; no mark is less than 20 pixels of a page high or wide.
    Raises: nothing. Misses: nothing. Source: none.
    Example:
        >>> marks_of(no_chart("Nothing to draw"))
        []
    """
    FigureCanvasAgg(figure)
    figure.draw_without_rendering()
    found, scale = [], 96 / figure.dpi
    for mark in figure.findobj(lambda artist: artist.get_url()):
        left, low, right, high = mark.get_window_extent().extents * scale
        wide, tall = max(LEAST, right - left), max(LEAST, high - low)
        place = (
            (left + right - wide) / 2,
            figure.bbox.height * scale - (low + high + tall) / 2,
            wide,
            tall,
        )
        found.append((mark.get_url().removeprefix("#"), place))
    return found


def new_chart(rows: float, alt: str, **parts) -> tuple[Chart, object]:
    """A figure of a report's width and of a height that fits its rows, in one part or as subplots() has them."""
    figure = Chart(figsize=(WIDTH, max(1.9, 1.1 + 0.3 * rows)), layout="constrained", label=alt)
    return figure, figure.subplots(**parts)


def give_title(figure, title: str) -> None:
    """The finding above a chart, in lines of its width. Example:
    >>> figure, _ = new_chart(1, "x")
    >>> give_title(figure, "what_it_says")
    >>> figure.finding
    'what it says.'
    """
    lines = textwrap.wrap(plain(title).replace("_", " "), 74)
    figure.suptitle("\n".join(lines), x=0.01, ha="left", fontsize=10, fontweight="bold")


def plain(text: str) -> str:
    """Text from articles without matplotlib's mathematics, and without control characters."""
    return NO_XML.sub("\ufffd", str(text)).replace("$", r"\$")


def short_label(text: str, most: int = 34) -> str:
    """Text from articles on one line, at most so many characters. Example:
    >>> short_label("the  river rose", 9)
    'the rive…'
    """
    text = " ".join(str(text).split())
    return plain(text if len(text) <= most else f"{text[: most - 1]}…")


def names_of(counts: pd.DataFrame) -> dict[str, str]:
    """What each article is called on an axis: its title where the counts carry one."""
    titles = counts["title"] if "title" in counts.columns else counts.article
    return {
        article: short_label(title or article)
        for article, title in zip(counts.article, titles, strict=True)
    }


def largest(counts: pd.DataFrame, column: str, size: str) -> tuple[list, str]:
    """The groups with the most, at most 30, and a note when some are left out."""
    totals = counts.groupby(column)[size].sum()
    kept = sorted(totals.index, key=lambda group: (-totals[group], group))[:MOST_ROWS]
    left = len(totals) - len(kept)
    return kept, f" ({left} more not drawn)" if left else ""


def no_chart(what: str) -> Chart:
    """A chart that says why there is nothing to draw."""
    with mpl.rc_context(fname=STYLE):
        figure, axes = new_chart(0, f"No chart: {what}.")
        axes.remove()
        figure.set_figheight(0.5)
        give_title(figure, what)
    return figure
