"""Rows near a place in an article, found without a pass over all of them."""

from bisect import bisect_right


class Within:
    """The rows of one article that lie between two places, without a pass over all."""

    def __init__(self, rows: list):
        self.rows, self.starts = rows, [row.start for row in rows]

    def between(self, start: int, end: int) -> list:
        return self.rows[bisect_right(self.starts, start - 1) : bisect_right(self.starts, end - 1)]

    def around(self, start: int, end: int) -> list:
        first = bisect_right(self.starts, start)
        return [row for row in self.rows[max(0, first - 8) : first] if row.end >= end]


def nearest(rows: list, start: int, end: int):
    """The row with the fewest characters between it and the span; the later one of two as near."""
    return min(
        rows, key=lambda row: (max(row.start - end, start - row.end), -row.start), default=None
    )


def link_to(name: str, row) -> dict:
    """The columns of a link to a row; none where there is no row."""
    return {} if row is None else {f"{name}_start": row.start, f"{name}_end": row.end}


def enclosing(spans: list[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """The span that holds a place.

    In: spans in order that do not overlap; an offset. Out: the span, or None. Raises: nothing.
    Misses: with overlapping spans, all but the last that starts before. Source: binary search.
    Example:
        >>> enclosing([(0, 4), (5, 9)], 6), enclosing([(0, 4), (5, 9)], 4)
        ((5, 9), None)
    """
    number = bisect_right(spans, (at, float("inf"))) - 1
    return spans[number] if number >= 0 and at < spans[number][1] else None


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks at its ends (offsets move, the text does not).

    In: text and a span. Out: the span trimmed; empty at `end` when all is blank. Raises: nothing.
    Misses: zero-width characters count as ink. Source: str.isspace.
    Example:
        >>> trim("  ab ", 0, 5)
        (2, 4)
    """
    start = end - len(text[start:end].lstrip())
    return start, start + len(text[start:end].rstrip())
