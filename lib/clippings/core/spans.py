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
    return min(rows, key=lambda row: (max(row.start - end, start - row.end), -row.start), default=None)


def link_to(name: str, row) -> dict:
    """The columns of a link to a row; none where there is no row."""
    return {} if row is None else {f"{name}_start": row.start, f"{name}_end": row.end}
