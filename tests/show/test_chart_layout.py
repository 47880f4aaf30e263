"""What charts look like: no texts cover each other or are cut off, and no two rows are named alike.

The tables are larger and more uniform than those of a small corpus: many articles with long titles
that begin alike, and many actors who are not connected with each other.
"""

import itertools
from collections import Counter
from functools import cache

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.text import Text

import clippings as cl
from clippings.core.tables import make_table
from clippings.show.chart_style import PALETTES, SIZES
from clippings.show.matrices import _luminance

# Letters reach a pixel beyond the box that they are laid out in.
TOLERANCE = 1.5  # pixels
MIN_CONTRAST = 4.5  # WCAG 2.2, level AA

TITLES = (
    "Residents of Ostrand return to their homes after the levee breach in ward {number}",
    "Live: the flood in the Lenn Valley, hour by hour ({number} updates)",
    "River Lenn falls",
    "‘We were never warned’, says the engineer of sluice {number} in a letter to the mayor",
)
LABELS = (
    "evacuation of the lower wards of Ostrand, part {number}",
    "evacuation of the upper wards of Ostrand, part {number}",
    "levee",
    "compensation_{number}",
)


def of_number(patterns: tuple[str, ...], number: int) -> str:
    return patterns[number % len(patterns)].format(number=number)


def dates_of(articles: int, title_of: dict[str, str]) -> pd.DataFrame:
    """Return dates of articles and of one event in each of them."""
    rows = []
    for number in range(articles):
        day = pd.Timestamp("2021-03-01") + pd.Timedelta(days=number)
        span = {"start": 10, "end": 14} if number % 2 else {"start": 0, "end": 4}
        limits = {"likely_earliest": day, "likely_latest": day + pd.Timedelta(days=number % 3)}
        rows.append(
            {"article": f"a{number:02}.txt", "label": "article", "start": 0, "end": 0} | limits
        )
        rows.append({"article": f"a{number:02}.txt", "label": "event"} | span | limits)
    dates = make_table("dates", rows)
    return dates.assign(title=dates.article.map(title_of))


def events_of(dates: pd.DataFrame) -> pd.DataFrame:
    """Return the events of the table `dates`, all with the same name."""
    rows = [
        {"article": date.article, "start": date.start, "end": date.end, "label": "evacuation"}
        | {"agent": "Lenn Valley Emergency Service", "place": "the lower wards of Ostrand"}
        | {"modality": "planned" if number % 2 else "happened"}
        for number, date in enumerate(dates[dates.label == "event"].itertuples())
    ]
    return make_table("events", rows)


@cache
def tables_of(articles: int) -> dict:
    """Return the arguments of every chart for a number of articles."""
    names = [f"a{number:02}.txt" for number in range(articles)]
    titles = [of_number(TITLES, number) for number in range(articles)]
    title_of = dict(zip(names, titles, strict=True))
    labels = [of_number(LABELS, number) for number in range(articles)]
    zones = pd.DataFrame(
        [
            {"article": name, "title": title_of[name], "label": label, "words": 500 + place}
            for place, name in enumerate(names)
            for label in ("body", "caption", "furniture", "comment")
        ]
    )
    cells = pd.DataFrame(
        [
            {"label": label, "article": name, "title": title_of[name], "size": 1 + row * column}
            for row, label in enumerate(dict.fromkeys(labels))
            for column, name in enumerate(names)
            if (row + column) % 3
        ],
        columns=["label", "article", "title", "size"],
    )
    pairs = [(first, second) for first, second in itertools.pairwise(range(articles))]
    pairs.append((0, 0))
    shared = pd.DataFrame(
        {
            "article_a": [names[first] for first, _ in pairs],
            "article_b": [names[second] for _, second in pairs],
            "title_a": [titles[first] for first, _ in pairs],
            "title_b": [titles[second] for _, second in pairs],
            "length_a": 3000,
            "length_b": 3000,
            "words": range(9, 9 + 100 * len(pairs), 100),
        }
    )
    repeats = make_table(
        "repeats",
        [
            {"article": name, "start": 100, "end": 900, "relation": relation, "words": 80}
            for name in names
            for relation in ("first", "shared", "boilerplate", "within")
        ],
    )
    ranks = range(1, 7)
    key_terms = pd.DataFrame(
        [
            {"group": name, "title": title_of[name], "term": f"emergency service number {rank}"}
            | {"rank": rank, "is_name": False, "group_articles": 1}
            for name in names
            for rank in ranks
        ]
    ).assign(log_ratio=3.0, low=1.0, high=5.0)
    source_types = [*PALETTES["light"].source_types, ""]
    speakers = pd.DataFrame(
        {
            "label": [f"Lenn Valley Emergency Service, district {n}" for n in range(articles)],
            "source_type": [source_types[n % len(source_types)] for n in range(articles)],
            "anonymous": False,
            "words": range(1, articles + 1),
        }
    )
    # Pairs that are not connected with each other, and a star.
    together = pd.DataFrame(
        [
            {"actor_a": f"Anna Bell of Lund {n}", "actor_b": f"Mayor of Tolmere {n}", "count": 9}
            for n in range(articles)
        ]
        + [{"actor_a": "Ostrand", "actor_b": f"Ward {n}", "count": 2} for n in range(9)]
    )
    origins = pd.DataFrame(
        {
            "claim": [f"breach {n}" for n in range(articles)],
            "kind": "levee_breach",
            "place": [f"the lower wards of Ostrand, part {n // 2}" for n in range(articles)],
            "origin": "x",
            "folded_into": "",
            "mentions": 1,
        }
    )
    topics = pd.DataFrame({"label": list(dict.fromkeys(labels)), "parent": ""})
    topics["articles"] = range(len(topics), 0, -1)
    words = pd.DataFrame({"word": [f"word{n}" for n in range(articles)]}).assign(
        log_ratio=3.0, low=1.0, high=5.0
    )
    stability = pd.DataFrame({"k": range(2, 12), "stability": 0.7, "lowest": -0.2, "fit": 0.1})
    stability = stability.assign(score=0.07, proposed=False, tried=16, articles=24)
    dates = dates_of(articles, title_of)
    events = events_of(dates)
    published = [pd.Timestamp("2021-03-01") + pd.Timedelta(days=20 * n) for n in range(articles)]
    dated = pd.DataFrame({"article": names, "text": "word " * 20, "problem": ""}).assign(
        published_from=published, published_to=published
    )
    dated = dated.astype({"published_from": "datetime64[s]", "published_to": "datetime64[s]"})
    themes = make_table(
        "themes",
        [
            {"article": name, "start": 0, "end": 4, "text": "word", "label": label}
            for name in names
            for label in labels[:8]
        ],
    )
    return {
        "zones": (cl.chart_zones, (zones,), {}),
        "themes": (cl.chart_themes, (cells,), {}),
        "shared": (cl.chart_shared, (shared, repeats), {}),
        "key_terms": (cl.chart_key_terms, (key_terms,), {}),
        "speakers": (cl.chart_speakers, (speakers,), {}),
        "network": (cl.chart_network, (together,), {}),
        "origins": (cl.chart_origins, (origins,), {}),
        "topics": (cl.chart_topics, (topics,), {}),
        "keyness": (cl.chart_keyness, (words,), {}),
        "stability": (cl.chart_stability, (stability,), {}),
        "timeline": (cl.chart_timeline, (dates, events, make_table("amounts")), {}),
        "order": (cl.chart_timeline, (dates, events, make_table("amounts")), {"order_only": True}),
        "periods": (cl.chart_periods, (cl.count_periods(themes, dated),), {}),
        "shares": (cl.chart_periods, (cl.count_periods(themes, dated),), {"measure": "share"}),
    }


@pytest.fixture(autouse=True)
def default_style():
    """Draw all other charts in the default style."""
    yield
    cl.set_chart_style()


@cache
def draw_all(articles: int, size: str = "page", colours: str = "light") -> dict:
    """Draw every chart in a style."""
    cl.set_chart_style(size=size, colours=colours)
    figures = {}
    for name, (draw, arguments, options) in tables_of(articles).items():
        figures[name] = draw(*arguments, **options)
        FigureCanvasAgg(figures[name])
        figures[name].draw_without_rendering()
    return figures


def drawn_texts(figure) -> list[Text]:
    """Return all texts that can be seen, other than the title, whose empty lines hold the note."""
    beyond_axis = set()
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            margin = (high - low) / 1000
            for tick in axis.get_major_ticks():
                if not low - margin <= tick.get_loc() <= high + margin:
                    beyond_axis.update([tick.label1, tick.label2])
    return [
        text
        for text in figure.findobj(Text)
        if text.get_visible()
        and text.get_text().strip()
        and text not in beyond_axis
        and text is not figure._suptitle
    ]


STYLES = [("page", 1), ("page", 5), ("page", 40), ("column", 40), ("slide", 14)]


@pytest.mark.parametrize(("size", "articles"), STYLES)
def test_texts_neither_cover_each_other_nor_leave_the_figure(size, articles):
    wrong = {}
    for name, figure in draw_all(articles, size).items():
        texts = drawn_texts(figure)
        boxes = [text.get_window_extent() for text in texts]
        edges = figure.bbox.padded(TOLERANCE)
        title_box = figure._suptitle.get_window_extent()
        for text, box in zip([figure._suptitle, *texts], [title_box, *boxes], strict=True):
            if box.x0 < edges.x0 or box.x1 > edges.x1 or box.y0 < edges.y0 or box.y1 > edges.y1:
                wrong[name, text.get_text()] = "leaves the figure"
        smaller = [box.padded(-TOLERANCE) for box in boxes]
        for first, second in itertools.combinations(range(len(texts)), 2):
            if smaller[first].overlaps(smaller[second]):
                wrong[name, texts[first].get_text()] = texts[second].get_text()
    assert wrong == {}


@pytest.mark.parametrize(("size", "articles"), STYLES)
def test_no_two_rows_columns_or_panels_have_the_same_name(size, articles):
    equal = {}
    for name, figure in draw_all(articles, size).items():
        groups = [axes.get_yticklabels() for axes in figure.axes]
        groups += [axes.get_xticklabels() for axes in figure.axes]
        groups.append([axes.title for axes in figure.axes])
        groups.append([axes._left_title for axes in figure.axes])
        groups += [axes.texts for axes in figure.axes if name == "network"]
        for texts in groups:
            uses = Counter(text.get_text() for text in texts if text.get_text().strip())
            repeated = [text for text, number in uses.items() if number > 1]
            if repeated:
                equal[name] = repeated
    assert equal == {}


@pytest.mark.parametrize("size", SIZES)
def test_every_size_has_its_width_and_slides_have_one_height(size):
    wrong = {}
    for name, figure in draw_all(40, size).items():
        width, height = figure.get_size_inches()
        if not np.isclose(width, SIZES[size].width) or height > SIZES[size].max_height:
            wrong[name] = (width, height)
    assert wrong == {}


def test_what_is_not_shown_is_counted_below_the_title():
    figures = draw_all(40, "page")
    shortened = {name for name, figure in figures.items() if figure.note}
    assert shortened >= {"zones", "themes", "shared", "key_terms", "speakers", "network", "periods"}
    assert not any("not shown" in figure.finding for figure in figures.values())
    assert all(figure.get_label().endswith(figure.note) for figure in figures.values())
    assert not any(figure.note for figure in draw_all(1, "page").values())


@pytest.mark.parametrize("colours", PALETTES)
def test_texts_are_readable_on_their_background(colours):
    unreadable = {}
    for name, figure in draw_all(5, colours=colours).items():
        paper = figure.get_facecolor()
        for text in drawn_texts(figure):
            background = paper
            if text in figure.axes[0].texts and name in ("themes", "shared"):
                (image,) = figure.axes[0].images
                column, row = text.get_position()
                background = image.cmap(image.norm(image.get_array()[int(row), int(column)]))
            lighter, darker = sorted(
                [_luminance(to_rgb(text.get_color())), _luminance(to_rgb(background))], reverse=True
            )
            contrast = (lighter + 0.05) / (darker + 0.05)
            if contrast < MIN_CONTRAST:
                unreadable[name, text.get_text()] = round(contrast, 2)
    assert unreadable == {}
