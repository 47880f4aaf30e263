"""Fast lookup of spans and rows by their position in a text."""

from bisect import bisect_right
from collections.abc import Sequence


class SpanIndex:
    """The rows of one article, for lookup by position.

    Parameters
    ----------
    rows : list of named tuple
        Rows of a span table in order of position, as `by_article` returns them.
    """

    # Earlier rows may extend over a position; deeper nesting does not occur.
    DEEPEST_NESTING = 8

    def __init__(self, rows: list):
        self.rows = rows
        self.starts = [row.start for row in rows]

    def between(self, start: int, end: int) -> list:
        """Return the rows that begin at `start` or later, but before `end`."""
        first = bisect_right(self.starts, start - 1)
        last = bisect_right(self.starts, end - 1)
        return self.rows[first:last]

    def around(self, start: int, end: int) -> list:
        """Return the rows that contain the whole span from `start` to `end`."""
        last = bisect_right(self.starts, start)
        earlier = self.rows[max(0, last - self.DEEPEST_NESTING) : last]
        return [row for row in earlier if row.end >= end]


def nearest(rows: list, start: int, end: int):
    """Return the row closest to a span, or None; if two are equally close, return the later one."""

    def distance(row) -> tuple[int, int]:
        return max(row.start - end, start - row.end), -row.start

    return min(rows, key=distance, default=None)


def link_to(name: str, row) -> dict:
    """Return the columns of a link to a row; an empty dict if there is no row."""
    if row is None:
        return {}
    return {f"{name}_start": row.start, f"{name}_end": row.end}


def enclosing(spans: Sequence[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """Find the span that contains an offset.

    Parameters
    ----------
    spans : sequence of tuple of int
        Spans in order, without overlaps.
    at : int
        An offset.

    Returns
    -------
    tuple of int or None
        The span, or None if no span contains the offset.

    Examples
    --------
    >>> enclosing([(0, 4), (5, 9)], 6), enclosing([(0, 4), (5, 9)], 4)
    ((5, 9), None)
    """
    number = bisect_right(spans, (at, float("inf"))) - 1
    return spans[number] if number >= 0 and at < spans[number][1] else None


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Shorten a span so that it does not begin or end with white space.

    Parameters
    ----------
    text : str
        The text.
    start, end : int
        A span in it.

    Returns
    -------
    tuple of int
        The trimmed span; an empty span at `end` if it contains only white space.

    Notes
    -----
    Zero-width characters are not treated as white space.

    Examples
    --------
    >>> trim("  ab ", 0, 5)
    (2, 4)
    """
    start = end - len(text[start:end].lstrip())
    return start, start + len(text[start:end].rstrip())
