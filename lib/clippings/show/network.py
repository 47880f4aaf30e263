"""The network of who is named with whom."""

import matplotlib as mpl
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox
from threadpoolctl import threadpool_limits

import clippings.show.figure as d
from clippings.core.wording import several

SIDES = (
    (0, 1),
    (0, -1),
    (1, 0),
    (-1, 0),
    (1, 1),
    (-1, 1),
    (1, -1),
    (-1, -1),
)  # of a mark, for its name: above first


def chart_network(counts: pd.DataFrame, *, title: str | None = None, n: int = 40) -> Figure:
    """Who is named together with whom.

    In: counts of count_cooccurrence; n, how many pairs (the most frequent); title None: written from the counts.
    Out: a figure: a network, line width by count. Raises: KeyError for a missing column.
    Misses: the pairs beyond n; being named together is no relation yet; in a
    dense network some name covers another. Source: Kamada and Kawai 1989 (layout).
    Example:
        >>> chart_network(pd.DataFrame(columns=["actor_a", "actor_b", "count"])).get_label()
        'No chart: No two actors are named together.'
    """
    if counts.empty:
        return d.no_chart("No two actors are named together")
    pairs = counts.head(n)
    import networkx as nx  # slow to load, and only needed here

    graph = nx.Graph()
    graph.add_weighted_edges_from((row.actor_a, row.actor_b, row[3]) for row in pairs.itertuples())
    top = pairs.iloc[0]
    finding = f"{top['actor_a']} and {top['actor_b']} are named together most, {several(int(top['count']), 'time')}"
    places = _layout(graph)
    with mpl.rc_context(fname=d.STYLE):
        figure, axes = d.new_chart(14, f"Network of actors named in one sentence: {finding}.")
        heaviest = pairs["count"].max()
        ends = [(places[a], places[b]) for a, b in graph.edges]
        widths = [0.6 + 3 * weight / heaviest for *_, weight in graph.edges.data("weight")]
        axes.add_collection(LineCollection(ends, colors="#BBBBBB", linewidths=widths, zorder=1))
        gaps = {name: 2 + degree**0.5 for name, degree in graph.degree}
        links = [d.link_of(label=name) for name in places]
        areas = [(2 * gaps[name]) ** 2 for name in places]
        axes.scatter(
            *zip(*places.values(), strict=True), s=areas, color=d.STORY_COLOUR, zorder=2, urls=links
        )
        axes.axis("off")
        axes.margins(0.12)
        axes.autoscale_view()
        figure.set_layout_engine(
            "none"
        )  # nothing stands around the axes: names can be placed before it is drawn
        axes.set_position((0.05, 0.02, 0.9, 0.88))
        _write_names(figure, axes, places, gaps)
        more = (
            f" ({len(counts) - len(pairs)} rarer pairs not drawn)"
            if len(counts) > len(pairs)
            else ""
        )
        d.give_title(figure, title or finding + more)
    return figure


def _write_names(figure, axes, places: dict, gaps: dict[str, float]) -> None:
    """Each name beside its mark, those of large marks first, on the first side where it covers nothing."""
    renderer, point = FigureCanvasAgg(figure).get_renderer(), figure.dpi / 72
    taken = [
        Bbox([axes.transData.transform(places[name])] * 2).padded(gaps[name] * point)
        for name in places
    ]
    style = {"textcoords": "offset points", "fontsize": 7, "zorder": 3}
    style["bbox"] = {"facecolor": "white", "alpha": 0.75, "lw": 0, "pad": 0.5}
    for name in sorted(places, key=lambda name: (-gaps[name], name)):
        label = axes.annotate(
            d.short_label(name, 26), places[name], (0, 0), url=d.link_of(label=name), **style
        )
        for right, up in (*SIDES, SIDES[0]):
            sides = {
                "ha": ("right", "center", "left")[right + 1],
                "va": ("top", "center", "bottom")[up + 1],
            }
            label.set(position=(right * (gaps[name] + 1), up * (gaps[name] + 1)), **sides)
            box = label.get_window_extent(renderer)
            inside = figure.bbox.x0 < box.x0 and box.x1 < figure.bbox.x1
            if inside and not any(box.overlaps(other) for other in taken):
                break
        taken.append(box)


def _layout(graph) -> dict[str, tuple[float, float]]:
    """Places for the names: the largest connected part in the middle, the others in a column beside it."""
    import networkx as nx

    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    places = {}
    for number, part in enumerate(parts):
        names = sorted(part)
        with threadpool_limits(1):  # on so few numbers several threads wait for each other
            layout = nx.kamada_kawai_layout(
                graph.subgraph(names), pos=nx.circular_layout(names), weight=None
            )
        for name, (x, y) in layout.items():
            beside = (1.5 + 0.15 * x, 1 - 0.4 * number + 0.15 * y)
            places[name] = beside if number else (float(x), float(y))
    return places
