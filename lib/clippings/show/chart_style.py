"""The style of charts: the size they are drawn for, their colours, and the style of a newsroom."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from pathlib import Path

import matplotlib as mpl
from matplotlib.colors import Colormap, LinearSegmentedColormap, to_hex

from clippings.core.errors import BadInput

# Settings that all charts share.
BASE_STYLE = str(Path(__file__).with_name("clippings.mplstyle"))

# The notebooks of a report run in other processes, which read the style from this variable.
STYLE_VARIABLE = "CLIPPINGS_CHART_STYLE"

MILLIMETRES_PER_INCH = 25.4
PAGE_FONT_SIZE = 9.0  # points; other sizes of text and lines are in proportion to this one

# Settings of a style file that are ignored: charts have their own formats and sizes, and text in
# SVG files must remain text.
IGNORED_SETTINGS = ("svg.", "pdf.", "savefig.", "figure.dpi", "figure.figsize", "backend")

# The colours of Paul Tol's schemes "bright" and "light" can be distinguished by colour-blind
# readers: https://personal.sron.nl/~pault/
BLUE = "#4477AA"


@dataclass(frozen=True)
class ChartSize:
    """The place that charts are drawn for."""

    width: float  # inches
    font_size: float  # points
    max_rows: int  # the number of rows that fit
    panels_per_row: int  # in charts with a panel for each group
    max_pairs: int  # in networks
    max_height: float = float("inf")  # inches

    def limit_rows(self, rows: int) -> int:
        """Limit a number of rows that was asked for if the height is fixed."""
        return rows if self.max_height == float("inf") else min(rows, self.max_rows)


SIZES = {
    # A column of a printed page.
    "column": ChartSize(
        width=85 / MILLIMETRES_PER_INCH,
        font_size=7,
        max_rows=30,
        panels_per_row=1,
        max_pairs=16,
    ),
    # The text of an A4 page with margins of 2 cm.
    "page": ChartSize(
        width=170 / MILLIMETRES_PER_INCH,
        font_size=PAGE_FONT_SIZE,
        max_rows=30,
        panels_per_row=2,
        max_pairs=40,
    ),
    # A slide of 16:9, read from the back of a room.
    "slide": ChartSize(
        width=13.33,
        font_size=14,
        max_height=7.5,
        max_rows=12,
        panels_per_row=3,
        max_pairs=30,
    ),
}
DEFAULT_SIZE = "page"

# A picture on a slide, between the title of the slide and the line on the source of the data.
SLIDE_PICTURE = replace(SIZES["slide"], width=12.3, font_size=12, max_height=5.6, max_rows=10)


@dataclass(frozen=True)
class Palette:
    """The colours of charts, each named after what it is used for."""

    ink: str  # text
    paper: str  # background
    main: str  # bars, dots and marks
    secondary: str  # bars that are part of a main bar
    event: str  # events of a timeline
    neutral: str  # what is shown for comparison
    outline: str  # lines around or between marks
    cells: str | Colormap  # of matrices, from few to many
    page_parts: dict[str, str]  # by part of the page
    relations: dict[str, str]  # by relation of a repeated passage
    source_types: dict[str, str]  # by type of source
    other_source: str


LIGHT = Palette(
    ink="#222222",
    paper="#ffffff",
    main=BLUE,
    secondary="#BBCCEE",
    event="#AA3377",
    neutral="#999999",
    outline="#BBBBBB",
    cells="Blues",
    page_parts={
        "story": BLUE,
        "caption": "#DDCC77",
        "furniture": "#BBBBBB",
        "comment": "#EE8866",
    },
    relations={
        "first": "#CCCCCC",
        "shared": "#66CCEE",
        "boilerplate": "#CCBB44",
        "within": "#AA3377",
    },
    source_types={
        "activist": "#228833",
        "insider": "#CCBB44",
        "official": BLUE,
        "military": "#AA3377",
        "analyst": "#66CCEE",
        "outlet": "#999999",
        "agency": "#555555",
        "resident": "#EE6677",
    },
    other_source="#DDDDDD",
)

# Shades whose lightness differs by equal steps.
GREY = Palette(
    ink="#222222",
    paper="#ffffff",
    main="#555555",
    secondary="#BBBBBB",
    event="#333333",
    neutral="#999999",
    outline="#BBBBBB",
    cells="Greys",
    page_parts={
        "story": "#444444",
        "caption": "#888888",
        "furniture": "#CCCCCC",
        "comment": "#666666",
    },
    relations={
        "first": "#DDDDDD",
        "shared": "#999999",
        "boilerplate": "#BBBBBB",
        "within": "#444444",
    },
    source_types={
        "official": "#333333",
        "military": "#4D4D4D",
        "activist": "#666666",
        "insider": "#7F7F7F",
        "analyst": "#949494",
        "resident": "#A9A9A9",
        "agency": "#BDBDBD",
        "outlet": "#D0D0D0",
    },
    other_source="#E4E4E4",
)

DARK = Palette(
    ink="#EEEEEE",
    paper="#1E1E1E",
    main="#77AADD",
    secondary="#41607F",
    event="#FFAABB",
    neutral="#9A9A9A",
    outline="#777777",
    cells=LinearSegmentedColormap.from_list("dark blues", ["#2A3F55", "#A8D3FF"]),
    page_parts={
        "story": "#77AADD",
        "caption": "#EEDD88",
        "furniture": "#8A8A8A",
        "comment": "#EE8866",
    },
    relations={
        "first": "#7A7A7A",
        "shared": "#99DDFF",
        "boilerplate": "#BBCC33",
        "within": "#FFAABB",
    },
    source_types={
        "activist": "#44BB99",
        "insider": "#EEDD88",
        "official": "#77AADD",
        "military": "#FFAABB",
        "analyst": "#99DDFF",
        "outlet": "#AAAAAA",
        "agency": "#DDDDDD",
        "resident": "#EE8866",
    },
    other_source="#5E5E5E",
)

PALETTES = {"light": LIGHT, "dark": DARK, "grey": GREY}
DEFAULT_COLOURS = "light"


@dataclass(frozen=True)
class ChartStyle:
    """What charts are drawn for, and in which colours."""

    size: str = DEFAULT_SIZE
    colours: str = DEFAULT_COLOURS
    file: str = ""  # path of a matplotlib style file, if any
    is_slide_picture: bool = False  # drawn without its title, which is text on the slide
    settings: dict = field(default_factory=dict, compare=False)  # those of the file

    @property
    def chart_size(self) -> ChartSize:
        """Return the measures of the size."""
        return SLIDE_PICTURE if self.is_slide_picture else SIZES[self.size]

    @property
    def palette(self) -> Palette:
        """Return the colours, with those of the style file."""
        palette = PALETTES[self.colours]
        cycle = self.settings.get("axes.prop_cycle")
        if cycle is not None:
            palette = _with_colours(palette, [to_hex(colour) for colour in cycle.by_key()["color"]])
        if "text.color" in self.settings:
            palette = replace(palette, ink=to_hex(self.settings["text.color"]))
        if "figure.facecolor" in self.settings:
            palette = replace(palette, paper=to_hex(self.settings["figure.facecolor"]))
        if "image.cmap" in self.settings:
            palette = replace(palette, cells=self.settings["image.cmap"])
        return palette

    def parameters(self) -> dict:
        """Return the settings of matplotlib, other than those that all charts share."""
        palette = self.palette
        font_size = self.chart_size.font_size
        scale = font_size / PAGE_FONT_SIZE
        parameters = {
            "font.size": font_size,
            "axes.titlesize": 10 * scale,
            "axes.labelsize": font_size,
            "xtick.labelsize": font_size,
            "ytick.labelsize": font_size,
            "legend.fontsize": 8 * scale,
            "axes.linewidth": 0.8 * scale,
            "xtick.major.width": 0.8 * scale,
            "ytick.major.width": 0.8 * scale,
            "xtick.major.size": 3.5 * scale,
            "ytick.major.size": 3.5 * scale,
            "hatch.linewidth": scale,
            "text.color": palette.ink,
            "axes.labelcolor": palette.ink,
            "xtick.color": palette.ink,
            "ytick.color": palette.ink,
            "axes.edgecolor": palette.outline if self.colours == "dark" else "#555555",
            "figure.facecolor": palette.paper,
            "axes.facecolor": palette.paper,
            "legend.labelcolor": palette.ink,
        }
        return parameters | self.settings


def _with_colours(palette: Palette, colours: list[str]) -> Palette:
    """Use the colours of a style file: for marks, events, and then types of sources."""
    palette = replace(
        palette,
        main=colours[0],
        page_parts=palette.page_parts | {"story": colours[0]},
        event=colours[1] if len(colours) > 1 else palette.event,
    )
    named = dict(zip(palette.source_types, colours, strict=False))
    return replace(palette, source_types=palette.source_types | named)


_chosen: ChartStyle | None = None
# The style of the chart that is being drawn, which may differ from the chosen one.
_drawing: ContextVar[ChartStyle | None] = ContextVar("drawing", default=None)


def set_chart_style(
    *, size: str = DEFAULT_SIZE, colours: str = DEFAULT_COLOURS, file: str | Path | None = None
) -> None:
    """Choose the size and the colours of all charts that are drawn from now on.

    Parameters
    ----------
    size : {"page", "column", "slide"}
        What the charts are for: the width of a page (170 mm), a column of a page (85 mm), or a
        slide (13.3 inches wide and at most 7.5 inches high).
    colours : {"light", "dark", "grey"}
        Colours on white, colours on black, or shades of grey for printing in black and white.
    file : str or path, optional
        A style file of matplotlib (`.mplstyle`), whose settings have priority: for example, its
        fonts, its background and the colours of `axes.prop_cycle`.

    Raises
    ------
    BadInput
        If a name is not one of those above, or if the file cannot be read: check its path and its
        lines, which have the form ``font.family: Arial``.

    Notes
    -----
    Charts on slides have at most 12 rows, because the text must be large.

    The first colour of `axes.prop_cycle` is used for bars and dots, the second for events; all
    of them are used for types of sources. `image.cmap` colours the cells of matrices.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> zones = cl.count_words(cl.find_passages(articles), by=["article", "label"])
    >>> cl.set_chart_style(size="column", colours="grey")
    >>> f"{cl.chart_zones(zones).get_figwidth():.2f} inches"
    '3.35 inches'
    >>> cl.set_chart_style()
    >>> f"{cl.chart_zones(zones).get_figwidth():.2f} inches"
    '6.69 inches'
    """
    global _chosen
    _chosen = make_style(size, colours, file)


def make_style(size: str, colours: str, file: str | Path | None = None) -> ChartStyle:
    """Return a style of charts.

    Parameters
    ----------
    size, colours, file
        As for `set_chart_style`.

    Returns
    -------
    ChartStyle
        The style.

    Raises
    ------
    BadInput
        If a name is unknown or the file cannot be read.

    Examples
    --------
    >>> make_style("slide", "dark").chart_size.width
    13.33
    """
    if size not in SIZES:
        raise BadInput(f"the size of charts is {size!r}: use {_options(SIZES)}")
    if colours not in PALETTES:
        raise BadInput(f"the colours of charts are {colours!r}: use {_options(PALETTES)}")
    if not file:
        return ChartStyle(size, colours)
    path = Path(file).absolute()
    return ChartStyle(size, colours, str(path), settings=_read_settings(path))


def _options(names: dict) -> str:
    """List the permitted values of an option."""
    return " or ".join(repr(name) for name in names)


def _read_settings(path: Path) -> dict:
    """Read the settings of a style file that charts may use."""
    if not path.is_file():
        raise BadInput(f"there is no style file {path}: name a file of matplotlib (.mplstyle)")
    try:
        settings = mpl.rc_params_from_file(path, use_default_template=False)
    except (OSError, UnicodeDecodeError, ValueError, KeyError) as error:
        raise BadInput(f"{path} is not a style file of matplotlib: {error}") from error
    return {
        name: value for name, value in settings.items() if not name.startswith(IGNORED_SETTINGS)
    }


def current_style() -> ChartStyle:
    """Return the style of the chart that is being drawn, or otherwise the chosen style.

    Returns
    -------
    ChartStyle
        The style that was chosen in this process or, in a notebook of a report, for the report.

    Examples
    --------
    >>> current_style().size
    'page'
    """
    drawing = _drawing.get()
    if drawing is not None:
        return drawing
    if _chosen is not None:
        return _chosen
    described = os.environ.get(STYLE_VARIABLE)
    return make_style(**json.loads(described)) if described else ChartStyle()


def current_palette() -> Palette:
    """Return the colours of the current style.

    Returns
    -------
    Palette
        The colours.

    Examples
    --------
    >>> current_palette().paper
    '#ffffff'
    """
    return current_style().palette


def describe_style(style: ChartStyle) -> dict[str, str]:
    """Return the arguments of `make_style` with which another process makes the same style.

    Parameters
    ----------
    style : ChartStyle
        A style.

    Returns
    -------
    dict of str to str
        Size, colours and, if there is one, the path of the style file.

    Examples
    --------
    >>> describe_style(ChartStyle())
    {'size': 'page', 'colours': 'light'}
    """
    description = {"size": style.size, "colours": style.colours}
    return description | {"file": style.file} if style.file else description


@contextmanager
def drawn_in(style: ChartStyle | None = None) -> Iterator[ChartStyle]:
    """Draw with the settings of a style, by default the current one.

    Parameters
    ----------
    style : ChartStyle, optional
        A style.

    Yields
    ------
    ChartStyle
        The style.

    Examples
    --------
    >>> with drawn_in(make_style("slide", "light")):
    ...     mpl.rcParams["font.size"]
    14.0
    """
    style = current_style() if style is None else style
    token = _drawing.set(style)
    try:
        with mpl.rc_context(style.parameters(), BASE_STYLE):
            yield style
    finally:
        _drawing.reset(token)


def points(size: float) -> float:
    """Return a size in points, scaled from a page to what charts are drawn for.

    Parameters
    ----------
    size : float
        The size of text or marks, or the width of a line, on a page.

    Returns
    -------
    float
        The size in points.

    Examples
    --------
    >>> with drawn_in(make_style("page", "light")):
    ...     points(8)
    8.0
    """
    return size * mpl.rcParams["font.size"] / PAGE_FONT_SIZE
