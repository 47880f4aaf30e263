"""Spans and rows near a place in a text, found without a pass over all of them."""

from bisect import bisect_right


class SpanIndex:
    """The rows of one article, looked up by place.

    Parameters
    ----------
    rows : list of named tuple
        Rows of a span table in order of place, as `by_article` lists them.
    """

    # Rows that begin earlier may reach over a place; nesting deeper than this does not occur.
    DEEPEST_NESTING = 8

    def __init__(self, rows: list):
        self.rows = rows
        self.starts = [row.start for row in rows]

    def between(self, start: int, end: int) -> list:
        """Rows that begin at `start` or later, and before `end`."""
        first = bisect_right(self.starts, start - 1)
        last = bisect_right(self.starts, end - 1)
        return self.rows[first:last]

    def around(self, start: int, end: int) -> list:
        """Rows that contain the whole stretch from `start` to `end`."""
        last = bisect_right(self.starts, start)
        earlier = self.rows[max(0, last - self.DEEPEST_NESTING) : last]
        return [row for row in earlier if row.end >= end]


def nearest(rows: list, start: int, end: int):
    """The row with the fewest characters between it and a span; of two, the later one; or None."""

    def distance(row) -> tuple[int, int]:
        return max(row.start - end, start - row.end), -row.start

    return min(rows, key=distance, default=None)


def link_to(name: str, row) -> dict:
    """The columns of a link to a row; none where there is no row."""
    if row is None:
        return {}
    return {f"{name}_start": row.start, f"{name}_end": row.end}


def enclosing(spans: list[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """Find the span that contains an offset.

    Parameters
    ----------
    spans : list of tuple of int
        Spans in order that do not overlap.
    at : int
        An offset.

    Returns
    -------
    tuple of int or None
        The span, or None where no span contains the offset.

    Examples
    --------
    >>> enclosing([(0, 4), (5, 9)], 6), enclosing([(0, 4), (5, 9)], 4)
    ((5, 9), None)
    """
    number = bisect_right(spans, (at, float("inf"))) - 1
    return spans[number] if number >= 0 and at < spans[number][1] else None


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Move the ends of a span over blanks; the text does not change.

    Parameters
    ----------
    text : str
        The text.
    start, end : int
        A span in it.

    Returns
    -------
    tuple of int
        The trimmed span; an empty one at `end` when all is blank.

    Notes
    -----
    Zero-width characters are not blanks.

    Examples
    --------
    >>> trim("  ab ", 0, 5)
    (2, 4)
    """
    start = end - len(text[start:end].lstrip())
    return start, start + len(text[start:end].rstrip())
