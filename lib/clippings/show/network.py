"""Draw the network of actors who are named together."""

from typing import NamedTuple

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox
from threadpoolctl import threadpool_limits

from clippings.show import wording
from clippings.show.figure import (
    STORY_COLOUR,
    STYLE,
    give_title,
    link_of,
    new_chart,
    no_chart,
    not_shown,
    short_label,
)

HEIGHT = 14  # rows: about as high as wide
POINTS_PER_INCH = 72
THINNEST_LINE = 0.6  # points
LINE_RANGE = 3  # points from the rarest to the most frequent pair


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


def chart_network(counts: pd.DataFrame, *, title: str | None = None, n: int = 40) -> Figure:
    """Draw a network of actors who are named together.

    Parameters
    ----------
    counts : pandas.DataFrame
        The result of `count_cooccurrence`.
    title : str, optional
        Title; by default the finding.
    n : int, default 40
        The number of pairs to draw, starting with the most frequent.

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
    Being named together does not prove a relationship. In a dense network, some names overlap.

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
    'Ostrand and Tolmere are named together most often, 5 times (10 rarer pairs not shown).'
    """
    if counts.empty:
        return no_chart(wording.NETWORK_EMPTY)

    import networkx as nx  # slow to load, and only needed here

    pairs = counts.head(n)
    graph = nx.Graph()
    graph.add_weighted_edges_from(
        zip(pairs["actor_a"], pairs["actor_b"], pairs["count"], strict=True)
    )
    top = pairs.iloc[0]
    finding = wording.NETWORK_FINDING.fill(
        int(top["count"]), first=top["actor_a"], second=top["actor_b"]
    )
    places = _layout(graph)
    radii = {name: 2 + degree**0.5 for name, degree in graph.degree}  # points
    with mpl.rc_context(fname=STYLE):
        figure, axes = new_chart(HEIGHT, wording.NETWORK_ALT.format(finding=finding))
        _draw_lines(axes, graph, places)
        axes.scatter(
            *zip(*places.values(), strict=True),
            s=[(2 * radii[name]) ** 2 for name in places],
            color=STORY_COLOUR,
            zorder=2,
            urls=[link_of(label=name) for name in places],
        )
        axes.axis("off")
        axes.margins(0.12)
        axes.autoscale_view()
        # Nothing surrounds the axes, and their position is fixed, so names can be placed before
        # drawing.
        figure.set_layout_engine("none")
        axes.set_position((0.05, 0.02, 0.9, 0.88))
        _write_names(figure, axes, places, radii)
        left_out = not_shown(len(counts) - len(pairs), wording.PAIRS_NOT_SHOWN)
        give_title(figure, title or finding + left_out)
    return figure


def _draw_lines(axes: Axes, graph, places: dict[str, Point]) -> None:
    """Draw a line for each pair; its width shows how frequent the pair is."""
    weights = [weight for _, _, weight in graph.edges.data("weight")]
    heaviest = max(weights)
    lines = LineCollection(
        [(places[first], places[second]) for first, second in graph.edges],
        colors="#BBBBBB",
        linewidths=[THINNEST_LINE + LINE_RANGE * weight / heaviest for weight in weights],
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
    for name in sorted(places, key=lambda name: (-radii[name], name)):
        label = axes.annotate(
            short_label(name, 26),
            places[name],
            (0, 0),
            textcoords="offset points",
            fontsize=7,
            zorder=3,
            bbox={"facecolor": "white", "alpha": 0.75, "lw": 0, "pad": 0.5},
            url=link_of(label=name),
        )
        for direction in DIRECTIONS:
            box = _move_name(label, direction, radii[name], renderer)
            if _is_free(box, figure, taken):
                break
        else:  # no direction is free, so the name is above the mark
            box = _move_name(label, DIRECTIONS[0], radii[name], renderer)
        taken.append(box)


def _move_name(label, direction: Direction, radius: float, renderer) -> Bbox:
    """Place a name in a direction from its mark, and return its bounding box."""
    distance = radius + 1
    label.set(
        position=(direction.right * distance, direction.up * distance),
        ha=HORIZONTAL[direction.right],
        va=VERTICAL[direction.up],
    )
    return label.get_window_extent(renderer)


def _is_free(box: Bbox, figure: Figure, taken: list[Bbox]) -> bool:
    """Return whether a box is inside the figure and covers nothing."""
    is_inside = figure.bbox.x0 < box.x0 and box.x1 < figure.bbox.x1
    return is_inside and not any(box.overlaps(other) for other in taken)


def _layout(graph) -> dict[str, Point]:
    """Return positions for the names: the largest connected part, and the others next to it."""
    import networkx as nx

    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    places = {}
    for number, part in enumerate(parts):
        names = sorted(part)
        # A view of the graph lists the names in an order that changes from run to run.
        ordered = nx.Graph()
        ordered.add_nodes_from(names)
        ordered.add_edges_from(sorted(graph.subgraph(names).edges))
        # With so few numbers, several threads would only wait for each other.
        with threadpool_limits(1):
            layout = nx.kamada_kawai_layout(ordered, pos=nx.circular_layout(names), weight=None)
        for name in names:
            x, y = layout[name]
            if number == 0:
                places[name] = (float(x), float(y))
            else:
                places[name] = (1.5 + 0.15 * x, 1 - 0.4 * number + 0.15 * y)
    return places
