"""Nest the marks of a text in one another, so that each is written once and not for every piece."""

from bisect import insort
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup, escape

MAX_MARKS = 7_000  # of a page; a browser needs about half a second for this many
MAX_OVERLAPS_DRAWN = 4  # number of overlapping marks of which the colours are visible

CLOSING_TAG = Markup("</mark>")


class Mark(NamedTuple):
    """A span to be marked. Marks are sorted by length, so that the shortest is innermost."""

    length: int
    start: int
    end: int
    classes: str
    style: str
    hint: str
    short_hint: str  # the layer and the label, for the hints of marks inside it; it may be empty


@dataclass
class Element:
    """A mark as it is written. A span that crosses another one has several elements."""

    mark: Mark
    enclosing: tuple[Mark, ...]  # the marks around it, the outermost first
    start: int
    is_place: bool = False  # whether a mark begins here, so that links can lead to it
    levels_inside: int = 0  # the greatest number of elements nested in it
    is_covered: bool = False  # whether an element inside it contains the same text


class MarkedText(NamedTuple):
    """A text in pieces, with its marks."""

    pieces: list[Markup | Element]  # text and closing tags; an element stands for its opening tag
    length: int  # the number of characters that are shown before there are too many marks


def nest_marks(text: str, marks: Sequence[Mark]) -> MarkedText:
    """Divide a text at the ends of its marks, and nest the marks in one another.

    Parameters
    ----------
    text : str
        A text.
    marks : sequence of Mark
        Its marks, which may overlap in any way.

    Returns
    -------
    MarkedText
        The text. Where more than four marks overlap, only the four shortest have elements. After
        7,000 elements, the text ends.

    Examples
    --------
    >>> def mark(start: int, end: int) -> Mark:
    ...     return Mark(end - start, start, end, "", "", "", "")
    >>> marked = nest_marks("one two three", [mark(0, 7), mark(4, 7), mark(4, 13)])
    >>> tags = ["<mark>" if isinstance(piece, Element) else piece for piece in marked.pieces]
    >>> print("".join(tags))
    <mark>one </mark><mark><mark><mark>two</mark></mark> three</mark>
    """
    opening = defaultdict(list)
    closing = defaultdict(list)
    for mark in sorted(mark for mark in marks if mark.start < len(text)):
        opening[mark.start].append(mark)
        closing[min(mark.end, len(text))].append(mark)

    nesting = _Nesting()
    marks_here: list[Mark] = []  # the marks that cover the piece, shortest first
    for start, end in pairwise(sorted({0, len(text), *opening, *closing})):
        for mark in closing[start]:
            if mark.start < start:
                marks_here.remove(mark)
        for mark in opening[start]:
            if mark.end > start:
                insort(marks_here, mark)

        if nesting.number_of_elements > MAX_MARKS:
            nesting.close_all(start)
            return MarkedText(nesting.pieces, start)
        nesting.add(text[start:end], marks_here, start, is_place=bool(opening[start]))
    nesting.close_all(len(text))
    return MarkedText(nesting.pieces, len(text))


class _Nesting:
    """The pieces of a text that are written, and the elements that are open at its end."""

    def __init__(self):
        self.pieces: list[Markup | Element] = []
        self.number_of_elements = 0
        self._open: list[Element] = []  # the outermost first

    def add(self, words: str, marks: list[Mark], start: int, *, is_place: bool) -> None:
        """Add a piece of text that some marks cover, given with the shortest first."""
        drawn = marks[:MAX_OVERLAPS_DRAWN][::-1]
        not_drawn = marks[MAX_OVERLAPS_DRAWN:][::-1]
        still_open = self._number_that_stays_open(drawn)
        if words.isspace():
            drawn = drawn[:still_open]  # no element begins with a space
            is_place = False
        elif is_place and still_open == len(drawn) > 0:
            # The mark that begins here is not drawn. Links to it lead to the innermost mark, which
            # therefore begins again.
            still_open -= 1

        self._close(still_open, start)
        for mark in drawn[still_open:]:
            enclosing = (*not_drawn, *[outer.mark for outer in self._open])
            element = Element(mark, enclosing, start)
            self.pieces.append(element)
            self.number_of_elements += 1
            self._open.append(element)
        if is_place and self._open:
            self._open[-1].is_place = True
        self.pieces.append(escape(words))

    def close_all(self, end: int) -> None:
        """Close all elements at the end of the text."""
        self._close(0, end)

    def _number_that_stays_open(self, marks: list[Mark]) -> int:
        """Return how many of the open elements, from the outermost, are those of the marks."""
        number = 0
        for mark, element in zip(marks, self._open, strict=False):
            if mark is not element.mark:
                break
            number += 1
        return number

    def _close(self, still_open: int, end: int) -> None:
        """Close the inner elements, and record in the outer ones what is inside them."""
        while len(self._open) > still_open:
            element = self._open.pop()
            self.pieces.append(CLOSING_TAG)
            if self._open:
                outer = self._open[-1]
                outer.levels_inside = max(outer.levels_inside, element.levels_inside + 1)
                if (outer.start, outer.mark.end) == (element.start, end):
                    outer.is_covered = True
