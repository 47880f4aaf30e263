"""The chart of key terms."""

import itertools

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

import clippings as cl
from clippings.show.figure import marks_of


def key_terms(groups: int, terms: int = 4, **columns) -> pd.DataFrame:
    """Key terms of groups of 1, 2, 3 and more articles."""
    rows = [
        {"group": f"group {group}", "group_articles": group + 1, "rank": rank, "is_name": False}
        | {"term": f"term {group} {rank}", "log_ratio": 3.0, "low": 1.0, "high": 5.0}
        for group in range(groups)
        for rank in range(1, terms + 1)
    ]
    return pd.DataFrame(rows).assign(**columns)


def labels_of(axes) -> list[str]:
    """Return the terms of a panel from top to bottom."""
    ticks = zip(axes.get_yticks(), axes.get_yticklabels(), strict=True)
    return [label.get_text() for _, label in sorted(ticks, key=lambda tick: -tick[0])]


def test_each_group_has_a_panel_with_its_best_terms_at_the_top():
    figure = cl.chart_key_terms(key_terms(3), n=2)
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["group 2", "group 1", "group 0"]
    assert labels_of(figure.axes[0]) == ["term 2 1", "term 2 2"]


def test_the_largest_groups_are_drawn_unless_others_are_chosen():
    assert len(cl.chart_key_terms(key_terms(12)).axes) == 8
    assert cl.chart_key_terms(key_terms(12)).note.startswith("8 of 12 ")

    chosen = cl.chart_key_terms(key_terms(12), groups=["group 1", "no such group"])
    assert [axes.get_title(loc="left") for axes in chosen.axes] == ["group 1"]


def test_names_are_drawn_on_request():
    counts = pd.concat([key_terms(2, 1), key_terms(2, 1, is_name=True, term="Anna Bell")])
    assert labels_of(cl.chart_key_terms(counts).axes[0]) == ["term 1 1"]
    assert labels_of(cl.chart_key_terms(counts, names=True).axes[0]) == ["Anna Bell"]
    only_subjects = counts[~counts.is_name]
    assert not cl.chart_key_terms(only_subjects, names=True).axes


def test_titles_name_the_groups():
    figure = cl.chart_key_terms(key_terms(1, title="River rises"))
    assert "River rises" in figure.finding


def test_marks_lead_to_passages_with_the_term():
    figure = cl.chart_key_terms(key_terms(1, 1, term="grey herons", group="a0.txt"))
    assert marks_of(figure)[0].link == "group=a0.txt&term=grey+herons"


@pytest.mark.parametrize("groups", [1, 2, 5, 8])
def test_long_words_neither_collide_nor_leave_the_figure(groups):
    long = {"title": "W" * 30 + " Mayor of Tolmere reports on " * 5, "term": "Wwwwwwm " * 6}
    figure = cl.chart_key_terms(key_terms(groups, 6, **long))
    FigureCanvasAgg(figure)
    figure.draw_without_rendering()

    # Numbers of the axis beyond its ends are not drawn.
    numbers = {text for axes in figure.axes for text in axes.get_xticklabels()}
    texts = [text for text in figure.findobj(Text) if text.get_text() and text not in numbers]
    boxes = [text.get_window_extent() for text in texts if text.get_visible()]
    assert all(box.x0 >= 0 and box.x1 <= figure.bbox.width for box in boxes)
    colliding = [pair for pair in itertools.combinations(boxes, 2) if pair[0].overlaps(pair[1])]
    assert not colliding
