"""Draw the network of actors who are named together."""

from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox
from threadpoolctl import threadpool_limits

from clippings.show import wording
from clippings.show.chart_labels import distinct_labels
from clippings.show.chart_style import current_palette, current_style, drawn_in, points
from clippings.show.figure import (
    give_title,
    link_of,
    new_chart,
    no_chart,
    redrawable,
    shown_of,
)

HEIGHT = 14  # rows of a chart: about as high as wide
ACTORS_IN_HEIGHT = 30  # with more actors, the chart is higher
ROWS_PER_ACTOR = 0.2
POINTS_PER_INCH = 72
THINNEST_LINE = 0.6  # points
LINE_RANGE = 3  # points from the rarest to the most frequent pair
NAME_SIZE = 7  # points
NAME_WIDTH = 1.7  # inches on a page
NAME_ALPHA = 0.75  # of the background of a name

# Margins around a connected part of the network, for the names.
MAX_MARGIN = 0.2  # of the width or height of its box
MARGIN_X = 0.55  # inches on a page
MARGIN_Y = 0.25
SPACE_OF_PART = 1.5  # of a connected part, in addition to its actors
# Boxes are rather wide than high, because names are.
PREFERRED_SHAPE = 1.3

# The place of the two actors of a pair in its box: their names do not collide on a diagonal.
PAIR_PLACES = ((0.1, 0.8), (0.9, 0.2))

SMALLEST_EXTENT = 1e-6  # smaller differences come from rounding

# Distances of a name from its mark, in points: at the first one that is free of other names.
NAME_DISTANCES = (1, 5, 10)


class Direction(NamedTuple):
    """The position of a name relative to its mark: -1, 0 or 1 horizontally and vertically."""

    right: int
    up: int


# In order of preference: above, below, right, left, then the corners.
DIRECTIONS = (
    Direction(0, 1),
    Direction(0, -1),
    Direction(1, 0),
    Direction(-1, 0),
    Direction(1, 1),
    Direction(-1, 1),
    Direction(1, -1),
    Direction(-1, -1),
)
HORIZONTAL = {
    -1: "right",
    0: "center",
    1: "left",
}  # alignment of a name to the left, above, to the right
VERTICAL = {-1: "top", 0: "center", 1: "bottom"}

Point = tuple[float, float]


class Box(NamedTuple):
    """A part of the chart, in inches."""

    left: float
    bottom: float
    width: float
    height: float


@redrawable
def chart_network(
    counts: pd.DataFrame, *, title: str | None = None, n: int | None = None
) -> Figure:
    """Draw a network of actors who are named together.

    Parameters
    ----------
    counts : pandas.DataFrame
        The result of `count_cooccurrence`.
    title : str, optional
        Title; by default the finding.
    n : int, optional
        The number of pairs to draw, starting with the most frequent; by default, as many as can be
        read: 40 on a page, 30 on a slide and 16 in a column.

    Returns
    -------
    matplotlib.figure.Figure
        A network, in which the width of a line shows how often two actors are named together.

    Raises
    ------
    KeyError
        If a column is missing.

    Notes
    -----
    Being named together does not prove a relationship. Actors who are not connected with each other
    by any pairs are drawn in separate parts of the chart. In a dense network, some names overlap.

    References
    ----------
    Kamada, T. and Kawai, S. (1989). An algorithm for drawing general undirected graphs.
    Information Processing Letters 31, 7-15.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> tables = cl.find_all(articles, codebook)
    >>> together = cl.count_cooccurrence(tables["mentions"], tables["passages"])
    >>> cl.chart_network(together).finding
    'Ostrand and Tolmere are named together most often, 5 times.'
    """
    if counts.empty:
        return no_chart(wording.NETWORK_EMPTY)

    import networkx as nx  # slow to load, and only needed here

    style = current_style()
    pairs = counts.head(style.chart_size.max_pairs if n is None else n)
    graph = nx.Graph()
    graph.add_weighted_edges_from(
        zip(pairs["actor_a"], pairs["actor_b"], pairs["count"], strict=True)
    )
    top = pairs.iloc[0]
    finding = wording.NETWORK_FINDING.fill(
        int(top["count"]), first=top["actor_a"], second=top["actor_b"]
    )
    further_actors = max(0, len(graph) - ACTORS_IN_HEIGHT)
    rows = HEIGHT + ROWS_PER_ACTOR * further_actors
    with drawn_in(style):
        figure, axes = new_chart(rows, wording.NETWORK_ALT.format(finding=finding))
        # Nothing surrounds the axes, and their position is fixed, so names can be placed before
        # drawing.
        figure.set_layout_engine("none")
        axes.axis("off")
        give_title(
            figure, title or finding, shown_of(len(pairs), len(counts), wording.NETWORK_NOTE)
        )
        canvas = _fill_below_title(figure, axes)
        places = _layout(graph, canvas)
        radii = {name: points(2 + degree**0.5) for name, degree in graph.degree}
        _draw_lines(axes, graph, places)
        axes.scatter(
            *zip(*places.values(), strict=True),
            s=[(2 * radii[name]) ** 2 for name in places],
            color=style.palette.main,
            zorder=2,
            urls=[link_of(label=name) for name in places],
        )
        _write_names(figure, axes, places, radii)
    return figure


def _fill_below_title(figure: Figure, axes: Axes) -> Box:
    """Enlarge the axes to the figure below its title, with inches as their unit."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    title_box = figure._suptitle.get_window_extent(renderer)
    width = figure.get_figwidth()
    height = title_box.y0 / figure.dpi
    axes.set_position((0, 0, 1, height / figure.get_figheight()))
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    return Box(0, 0, width, height)


def _draw_lines(axes: Axes, graph, places: dict[str, Point]) -> None:
    """Draw a line for each pair; its width shows how frequent the pair is."""
    weights = [weight for _, _, weight in graph.edges.data("weight")]
    heaviest = max(weights)
    lines = LineCollection(
        [(places[first], places[second]) for first, second in graph.edges],
        colors=current_palette().outline,
        linewidths=[points(THINNEST_LINE + LINE_RANGE * weight / heaviest) for weight in weights],
        zorder=1,
    )
    axes.add_collection(lines)


def _write_names(
    figure: Figure, axes: Axes, places: dict[str, Point], radii: dict[str, float]
) -> None:
    """Write a name next to each mark, where it covers nothing; start with the largest marks."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    pixels_per_point = figure.dpi / POINTS_PER_INCH
    taken = [
        Bbox([axes.transData.transform(place)] * 2).padded(radii[name] * pixels_per_point)
        for name, place in places.items()
    ]
    names = sorted(places, key=lambda name: (-radii[name], name))
    size = points(NAME_SIZE)
    labels = distinct_labels(names, NAME_WIDTH * points(1), size)
    for name, label_text in zip(names, labels, strict=True):
        label = axes.annotate(
            label_text,
            places[name],
            (0, 0),
            textcoords="offset points",
            fontsize=size,
            zorder=3,
            bbox={
                "facecolor": current_palette().paper,
                "alpha": NAME_ALPHA,
                "lw": 0,
                "pad": points(0.5),
            },
            url=link_of(label=name),
        )
        taken.append(_place_name(label, radii[name], axes.bbox, taken, renderer))


def _place_name(label, radius: float, canvas: Bbox, taken: list[Bbox], renderer) -> Bbox:
    """Move a name to the first free place around its mark, or to where it covers least."""
    least_covered = float("inf")
    best = (DIRECTIONS[0], radius)
    for distance in NAME_DISTANCES:
        for direction in DIRECTIONS:
            offset = radius + points(distance)
            box = _move_name(label, direction, offset, renderer)
            covered = _covered_area(box, canvas, taken)
            if covered == 0:
                return box
            if covered < least_covered:
                least_covered = covered
                best = (direction, offset)
    return _move_name(label, *best, renderer)


def _move_name(label, direction: Direction, offset: float, renderer) -> Bbox:
    """Place a name in a direction from its mark, and return its bounding box."""
    label.set(
        position=(direction.right * offset, direction.up * offset),
        ha=HORIZONTAL[direction.right],
        va=VERTICAL[direction.up],
    )
    return label.get_window_extent(renderer)


def _covered_area(box: Bbox, canvas: Bbox, taken: list[Bbox]) -> float:
    """Return how much of a name covers other names or marks, or leaves the chart."""
    inside = Bbox.intersection(box, canvas)
    area = box.width * box.height
    covered = area - (inside.width * inside.height if inside else 0)
    for other in taken:
        overlap = Bbox.intersection(box, other) if box.overlaps(other) else None
        if overlap:
            covered += overlap.width * overlap.height
    return covered


def _layout(graph, canvas: Box) -> dict[str, Point]:
    """Return positions for the names, with a box for each connected part."""
    import networkx as nx

    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    weights = [len(part) + SPACE_OF_PART for part in parts]
    places = {}
    for part, box in zip(parts, _divide(canvas, weights), strict=True):
        places |= _layout_of_part(graph, sorted(part), box)
    return places


def _divide(box: Box, weights: list[float]) -> list[Box]:
    """Divide a box into boxes whose areas are proportional to weights."""
    if len(weights) == 1:
        return [box]
    half = sum(weights) / 2
    # Divide where both sides are most similar; the first side has at least one part.
    split = min(
        range(1, len(weights)), key=lambda number: (abs(sum(weights[:number]) - half), number)
    )
    share = sum(weights[:split]) / sum(weights)
    if box.width > PREFERRED_SHAPE * box.height:
        first = box._replace(width=share * box.width)
        second = box._replace(left=box.left + first.width, width=box.width - first.width)
    else:
        second = box._replace(height=(1 - share) * box.height)
        first = box._replace(bottom=box.bottom + second.height, height=box.height - second.height)
    return _divide(first, weights[:split]) + _divide(second, weights[split:])


def _layout_of_part(graph, names: list[str], box: Box) -> dict[str, Point]:
    """Return positions of the actors of a connected part that fill its box."""
    import networkx as nx

    if len(names) == len(PAIR_PLACES):
        layout = dict(zip(names, PAIR_PLACES, strict=True))
    else:
        # A view of the graph lists the names in an order that changes from run to run.
        ordered = nx.Graph()
        ordered.add_nodes_from(names)
        ordered.add_edges_from(sorted(graph.subgraph(names).edges))
        # With so few numbers, several threads would only wait for each other.
        with threadpool_limits(1):
            layout = nx.kamada_kawai_layout(ordered, pos=nx.circular_layout(names), weight=None)
    xs = _between_0_and_1([float(layout[name][0]) for name in names])
    ys = _between_0_and_1([float(layout[name][1]) for name in names])
    margin_x = min(MAX_MARGIN * box.width, points(MARGIN_X))
    margin_y = min(MAX_MARGIN * box.height, points(MARGIN_Y))
    width = box.width - 2 * margin_x
    height = box.height - 2 * margin_y
    return {
        name: (box.left + margin_x + x * width, box.bottom + margin_y + y * height)
        for name, x, y in zip(names, xs, ys, strict=True)
    }


def _between_0_and_1(values: list[float]) -> list[float]:
    """Scale values to the range from 0 to 1; values that are all equal are in the middle."""
    lowest = min(values)
    extent = max(values) - lowest
    if extent < SMALLEST_EXTENT:
        return [0.5] * len(values)
    return [(value - lowest) / extent for value in values]
