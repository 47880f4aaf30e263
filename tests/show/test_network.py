"""The network of actors who are named together."""

import itertools

import pandas as pd

import clippings as cl
from clippings.show.figure import link_of


def test_names_hardly_cover_each_other(tables):
    story = tables["passages"][tables["passages"].label.isin(cl.STORY)]
    mentions = cl.drop_duplicates(tables["mentions"])
    figure = cl.chart_network(cl.count_cooccurrence(mentions, story))
    boxes = [text.get_window_extent() for text in figure.axes[0].texts]
    assert len(boxes) > 15
    assert not any(a.overlaps(b) for a, b in itertools.combinations(boxes, 2))


def test_pairs_beyond_the_most_frequent_are_counted_in_the_note(tables):
    story = tables["passages"][tables["passages"].label.isin(cl.STORY)]
    together = cl.count_cooccurrence(tables["mentions"], story)
    figure = cl.chart_network(together, n=5)
    assert figure.note.startswith(f"5 of {len(together)} ")
    names = set(together.actor_a[:5]) | set(together.actor_b[:5])
    assert {text.get_text() for text in figure.axes[0].texts} <= {name[:26] for name in names}


def test_the_order_of_the_marks_does_not_depend_on_the_run():
    """A part smaller than half of the graph is listed by networkx in the order of a set."""
    large = [(f"large {number}", f"large {number + 1}") for number in range(20)]
    small = [(f"small {number}", f"small {number + 1}") for number in range(7)]
    pairs = pd.DataFrame(large + small, columns=["actor_a", "actor_b"]).assign(count=2)
    figure = cl.chart_network(pairs)
    (marks,) = (part for part in figure.axes[0].collections if part.get_urls()[0])
    links = marks.get_urls()
    expected = [link_of(label=name) for name in sorted({name for pair in small for name in pair})]
    assert links[-len(expected) :] == expected
