"""Copies side by side with their first occurrence."""

import itertools

import numpy as np
from bs4 import BeautifulSoup

from clippings.core.tables import make_table
from clippings.show.alignment import (
    DELETE,
    EQUAL,
    INSERT,
    LEFT_OUT,
    REPLACE,
    _edits,
    show_alignment,
)
from helpers import articles_of


def alignment(first: str, copy: str):
    """What is shown of two texts that stand one after the other in one article."""
    articles = articles_of(f"{first}\n{copy}")
    row = {
        "article": "a0.txt",
        "start": len(first) + 1,
        "end": len(first) + 1 + len(copy),
        "text": copy,
        "label": "g",
        "relation": "within",
        "match_article": "a0.txt",
        "match_start": 0,
        "match_end": len(first),
        "words": 4,
        "similarity": 0.75,
    }
    return show_alignment(make_table("repeats", [row]), articles)


def edits_shown(view) -> list[tuple[str, str]]:
    """Elements of the edits of a pair and their words."""
    cells = BeautifulSoup(view.html, "html.parser").select("tbody tr:last-child td")
    return [(edit.name, edit.text) for cell in cells for edit in cell.find_all(True)]


def test_edits_differ_by_element_and_line_and_not_by_colour_alone():
    view = alignment(
        "The river then rose fast, they said.", "The RIVER fell quickly fast they all said"
    )
    assert edits_shown(view) == [
        ("mark", "then rose"),
        ("mark", "fell quickly"),
        ("ins", "all"),
    ]
    lines = ("line-through", "underline", "dashed")
    key = BeautifulSoup(view.html, "html.parser").select("caption [style]")
    assert [line for line in lines for edit in key if line in edit["style"]] == list(lines)
    assert [line.partition("): ")[2] for line in repr(view).splitlines()[1:3]] == [
        "The river [~then rose~] fast, they said.",
        "The RIVER {~fell quickly~} fast they {+all+} said",
    ]
    assert "The [-old-] man" in repr(alignment("The old man", "The man"))


def test_only_long_equal_runs_are_shortened():
    words = [f"w{number}" for number in range(500)]
    view = alignment(
        " ".join([*words, "old", *words[:101]]), " ".join([*words, *words[:101], "new"])
    )
    first, copy = (line.partition("): ")[2] for line in repr(view).splitlines()[1:3])
    head, tail = " ".join(words[:40]), " ".join(words[-40:])
    assert first.startswith(head) and f"{tail} [-old-] {head}" in first
    assert first.endswith(" ".join(words[61:101]))
    assert copy.endswith("{+new+}")
    notes = [text for element, text in edits_shown(view) if element == "em"]
    assert ["420" in note for note in notes].count(True) == 2
    assert ["21" in note for note in notes].count(True) == 2


def test_every_word_of_a_very_long_pair_is_covered():
    random = np.random.default_rng(3)
    first = [f"w{number}" for number in random.integers(0, 3000, 30_000)]
    copy = [word for number, word in enumerate(first) if number % 11]
    copy[20_000:20_000] = ["new"] * 1_000
    edits = _edits(first, copy)
    assert (edits[0].first_start, edits[0].copy_start) == (0, 0)
    assert (edits[-1].first_end, edits[-1].copy_end) == (30_000, 28_272)
    assert all(
        (one.first_end, one.copy_end) == (other.first_start, other.copy_start)
        for one, other in itertools.pairwise(edits)
    )
    equal = [edit for edit in edits if edit.kind == EQUAL]
    assert all(
        first[edit.first_start : edit.first_end] == copy[edit.copy_start : edit.copy_end]
        for edit in equal
    )
    assert sum(edit.first_end - edit.first_start for edit in equal) > 0.9 * 27_272


def test_kinds_of_edits():
    kinds = [edit.kind for edit in _edits(["a", "b", "c", "d"], ["a", "x", "c", "d", "e"])]
    assert kinds == [EQUAL, REPLACE, EQUAL, INSERT]
    assert [edit.kind for edit in _edits(["a", "b"], ["b"])][1:] == [DELETE, EQUAL]
    assert LEFT_OUT not in kinds


def test_first_occurrences_are_not_copies():
    row = {"article": "a0.txt", "start": 0, "end": 1, "relation": "first", "words": 1}
    first = make_table("repeats", [row])
    assert "table" not in show_alignment(first, articles_of("x")).html
