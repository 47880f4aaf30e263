"""Placing articles, times and events on the calendar, each with the rows that its place rests on.

Hard rows hold together or the clash is reported; soft rows are added in the order of their trust, and one that
contradicts what stands already is refused and shown.
"""

from collections import defaultdict, deque
from datetime import date

import pandas as pd

from clippings.core.progress import in_turn
from clippings.core.tables import cite, make_table
from clippings.timeline.dates import OPEN, fitting, ordinal, stamp

WORK = 50  # rows looked at again per row, at most: where thousands move one another the cost would grow with the square


def find_dates(constraints: pd.DataFrame) -> pd.DataFrame:
    """Each subject's days: those that must hold, and those that are likely.

    In: constraints, with a fresh index. Out: dates, one row per subject: earliest and latest (by hard rows alone),
    likely_earliest and likely_latest (with the soft rows that fit), missing = open; edtf (likely days, EDTF 2);
    because, likely_because, refused: row numbers of constraints; problem: hard rows that clash.
    Raises: nothing. Misses: an interval is the hull of its possible days; of thousands in one article that move one
    another, some stay wider than they could be. Source: Simple Temporal Problem (Dechter, Meiri and Pearl 1991), by
    propagation that keeps the reasons of each end.
    Example:
        >>> find_dates(make_table("constraints")).empty
        True
    """
    tied = in_turn(_tied(constraints), "days")
    return make_table("dates", [row for bounds_of_some in tied for row in _placed(bounds_of_some)])


def _tied(constraints: pd.DataFrame) -> list[list]:
    """The rows in parts that no row ties to one another: those of an article, or of articles that rows tie."""
    import networkx as nx  # slow to load, and only needed here

    rows, found = list(constraints.itertuples()), defaultdict(list)
    graph = nx.Graph({(row.article, row.other_article or row.article) for row in rows})
    part = {
        article: number
        for number, names in enumerate(nx.connected_components(graph))
        for article in names
    }
    for row in rows:
        found[part[row.article]].append(row)
    return list(found.values())


def _placed(constraints: list) -> list[dict]:
    network = _Network(constraints)
    clashes = [row for row in network.rows("hard") if not network.add(row)]
    hard = {key: network.ends(key) for key in network.subjects}
    refused = [row for row in network.rows("soft") if not network.add(row)]
    by_subject, problems = defaultdict(list), defaultdict(list)
    for collected, rows in ((by_subject, refused), (problems, clashes)):
        for row in rows:
            for key in network.touched(row):
                collected[key].append(row.Index)
    rows = []
    for key, first in network.subjects.items():
        ends, (likely, more) = hard[key], network.ends(key)
        days = zip(
            ("earliest", "latest", "likely_earliest", "likely_latest"),
            (*ends[0], *likely),
            strict=True,
        )
        rows.append(
            {name: getattr(first, name) for name in ("article", "start", "end", "text", "label")}
            | {name: stamp(day) for name, day in days}
            | {
                "edtf": _edtf(*likely),
                "because": cite(ends[1]),
                "likely_because": cite(more - ends[1]),
            }
            | {"refused": cite(by_subject[key]), "rule": "interval"}
            | {"problem": f"hard rows clash: {cite(problems[key])}" if problems[key] else ""}
        )
    return rows


def _edtf(low: int, high: int) -> str:
    """The days as EDTF: an interval or, with an open end, a day of a set: "[..2016-10-16]"; "" for nothing known."""
    first, last = (str(date.fromordinal(day)) if 0 < day < OPEN / 3 else "" for day in (low, high))
    if first and last:
        return first if first == last else f"{first}/{last}"
    return f"[{first}..{last}]" if first or last else ""


class _Network:
    """The subjects' days as two ends each, every end with the rows that it rests on."""

    def __init__(self, constraints: list):
        self.all = constraints
        self.subjects: dict = {}
        for row in self.all:
            self.subjects.setdefault((row.article, row.start, row.end), row)
        self.low = dict.fromkeys(self.subjects, (-OPEN, frozenset()))
        self.high = dict.fromkeys(self.subjects, (OPEN, frozenset()))
        self.watching = defaultdict(list)
        self.left = WORK * len(constraints) + 100_000

    def rows(self, strength: str) -> list:
        """The rows of one strength, those of most trust first."""
        return sorted(
            (row for row in self.all if row.strength == strength),
            key=lambda row: (-row.trust, row.Index),
        )

    def ends(self, key) -> tuple[tuple[int, int], frozenset]:
        low, high = self.low[key], self.high[key]
        return (low[0], high[0]), low[1] | high[1]

    def touched(self, row) -> list:
        own = (row.article, row.start, row.end)
        other = (row.other_article, row.other_start, row.other_end) if row.other_article else None
        return [key for key in (own, other) if key in self.subjects]

    def add(self, row) -> bool:
        """Take a row in; on a contradiction undo all that it did and say no."""
        trail: list = []
        for key in self.touched(row):
            self.watching[key].append(row)
        if self._spread(row, trail):
            return True
        for ends, key, value in reversed(trail):
            ends[key] = value
        for key in self.touched(row):
            self.watching[key].pop()
        return False

    def _spread(self, row, trail: list) -> bool:
        waiting = deque([row])
        while waiting:
            self.left -= 1
            for key in self._apply(waiting.popleft(), trail):
                if self.low[key][0] > self.high[key][0]:
                    return False
                waiting.extend(self.watching[key] if self.left > 0 else ())
            if len(trail) > 20 * len(self.subjects) + 1000:
                return False
        return True

    def _apply(self, row, trail: list) -> list:
        """The subjects whose ends one row moves."""
        own = (row.article, row.start, row.end)
        if row.relation != "within_days":
            moved = self._move(self.low, own, ordinal(row.day_from, -OPEN), {row.Index}, trail)
            moved |= self._move(self.high, own, ordinal(row.day_to, OPEN), {row.Index}, trail)
            if row.mask and self.low[own][0] <= self.high[own][0]:
                (low, because), (high, why) = self.low[own], self.high[own]
                first, last = fitting(row.mask, low, high)
                moved |= self._move(self.low, own, first, because | {row.Index}, trail)
                moved |= self._move(self.high, own, last, why | {row.Index}, trail)
            return [own] if moved else []
        other = (row.other_article, row.other_start, row.other_end)
        if other not in self.subjects:
            return []
        near, far = int(row.days_min), int(row.days_max)
        changed = []
        for key, source, plus_low, plus_high in (
            (own, other, -far, -near),
            (other, own, near, far),
        ):
            (low, because), (high, why) = self.low[source], self.high[source]
            moved = low > -OPEN and self._move(
                self.low, key, low + plus_low, because | {row.Index}, trail
            )
            moved = (
                high < OPEN
                and self._move(self.high, key, high + plus_high, why | {row.Index}, trail)
            ) or moved
            changed += [key] if moved else []
        return changed

    def _move(self, ends: dict, key, day: int, because, trail: list) -> bool:
        """An end moved inwards; no where it would not be."""
        if day <= ends[key][0] if ends is self.low else day >= ends[key][0]:
            return False
        trail.append((ends, key, ends[key]))
        ends[key] = (day, frozenset(because))
        return True
