"""Step 7: find dates for articles, times and events with a temporal constraint network.

The network is a Simple Temporal Problem (Dechter, Meiri and Pearl 1991): each subject (an article,
a time or an event) is a variable whose domain is an interval of days, and each row of constraints
either bounds one variable or limits the distance between two. `TemporalNetwork.add` adds a row and
propagates it: whenever an interval shrinks, all rows about its subject are applied again, until
nothing changes (bounds consistency, as in AC-3). Each bound records the numbers of the rows on
which it is based, so that a date can be explained.

Hard rows are added first, in order of trust; a row that contradicts earlier ones is reported as a
problem. Soft rows follow in order of trust; one that contradicts the accepted rows is undone and
listed as refused.
"""

from collections import defaultdict, deque
from datetime import date
from typing import NamedTuple

import pandas as pd

from clippings.core.cache import cacheable
from clippings.core.garbage import fewer_collections
from clippings.core.progress import in_turn
from clippings.core.tables import cite, make_table, named_rows
from clippings.timeline.constraints import HARD, SOFT, WITHIN_DAYS, SpanKey, Subject
from clippings.timeline.dates import (
    NO_LIMIT,
    DayInterval,
    is_day,
    narrow_to_mask,
    to_day_number,
    to_timestamp,
)
from clippings.timeline.wording import CONTRADICTION

# Maximum number of applications per row, on average: if thousands of subjects affect each other,
# full propagation would take quadratic time. Intervals are then wider than necessary, but still
# correct. The second number ensures that small networks are always propagated in full.
MAX_STEPS_PER_ROW = 50
STEPS_OF_SMALL_NETWORK = 100_000

# Number of bounds that one row may move before it counts as a contradiction: distances that
# contradict each other in a cycle would otherwise move the bounds for ever.
MAX_MOVES_PER_SUBJECT = 20
MOVES_OF_SMALL_NETWORK = 1000

# Code of the problem that hard rows about a subject contradict each other; the numbers of the rows
# that were left out follow.
PROBLEM = CONTRADICTION + " {rows}"


class Bound(NamedTuple):
    """One end of an interval, with the numbers of the rows on which it is based."""

    day: int
    because: frozenset[int]


class Row(NamedTuple):
    """A row of constraints with days as numbers and subjects as keys."""

    number: int
    strength: str
    trust: float
    subject: SpanKey
    other: SpanKey | None  # only for a distance
    earliest: int
    latest: int
    mask: str
    shortest: int  # days from the subject to the other one, at least
    longest: int  # and at most


class Move(NamedTuple):
    """The previous value of a bound that a row moved, so that the move can be undone."""

    bounds: dict[SpanKey, Bound]
    subject: SpanKey
    before: Bound


class Solution(NamedTuple):
    """The interval of one subject and the rows on which it is based."""

    days: DayInterval
    because: frozenset[int]


@cacheable
@fewer_collections()
def find_dates(constraints: pd.DataFrame) -> pd.DataFrame:
    """Find the certain and likely dates of each article, time and event.

    Parameters
    ----------
    constraints : pandas.DataFrame
        The result of `find_constraints`, with a fresh index: the result refers to its row numbers.

    Returns
    -------
    pandas.DataFrame
        The table dates: one row per subject, sorted by article and position.

        - earliest, latest: the first and last possible day according to hard rows only; missing if
          there is no limit.
        - likely_earliest, likely_latest: the same if compatible soft rows are included.
        - edtf: the likely days as an EDTF interval: "2016-10-04/2016-10-17", "[..2016-10-16]".
        - because, likely_because: the numbers of the rows on which these dates are based.
        - refused: the numbers of soft rows that contradict more certain ones.
        - problem: the hard rows that contradict each other, if any.

    Notes
    -----
    Each interval runs from the first to the last possible day, although days in between may be
    excluded. If thousands of subjects in one article affect each other, some intervals are wider
    than necessary.

    References
    ----------
    Dechter, R., Meiri, I. and Pearl, J. (1991). Temporal constraint networks. Artificial
    Intelligence 49.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> constraints = cl.find_all(articles, codebook)["constraints"]
    >>> dates = cl.find_dates(constraints)
    >>> dates[dates.label == "article"][["article", "edtf", "earliest"]]
                               article                   edtf   earliest
    0               01_river_rises.txt  2021-03-01/2021-04-30 2019-06-15
    14     02_levee_breach_ostrand.txt                               NaT
    29  03_ostrand_counts_the_cost.txt             2021-03-16 2021-03-16
    49            04_tolmere_levee.txt                               NaT
    64          05_who_is_to_blame.txt  2019-06-15/2021-04-18 2019-06-15
    80              06_water_falls.txt  2021-03-11/2021-04-18 2019-06-15
    """
    rows = []
    for group in in_turn(_connected_groups(constraints), "dates"):
        rows += _place_group(group)
    return make_table("dates", rows)


def _connected_groups(constraints: pd.DataFrame) -> list[list]:
    """Group the rows by connected subjects: those of an article or of linked articles."""
    import networkx as nx  # slow to load, and only needed here

    rows = named_rows(constraints)
    # Most rows of an article link it to itself only, so each pair is added to the graph once.
    linked_articles = dict.fromkeys((row.article, row.other_article or row.article) for row in rows)
    graph = nx.Graph()
    graph.add_edges_from(linked_articles)
    group_of_article = {}
    for number, articles in enumerate(nx.connected_components(graph)):
        group_of_article.update(dict.fromkeys(articles, number))
    groups = defaultdict(list)
    for row in rows:
        groups[group_of_article[row.article]].append(row)
    return list(groups.values())


def _place_group(constraints: list) -> list[dict]:
    """List rows of dates for the subjects of a group of constraints."""
    subjects: dict[SpanKey, Subject] = {}
    for row in constraints:
        key = SpanKey(row.article, row.start, row.end)
        subjects.setdefault(key, Subject.of_row(row, row.label))
    rows = [_read_row(row, subjects) for row in constraints]

    network = TemporalNetwork(subjects, len(rows))
    clashing = network.add_all(row for row in rows if row.strength == HARD)
    certain = {key: network.solution(key) for key in subjects}
    refused = network.add_all(row for row in rows if row.strength == SOFT)

    clashing_by_subject = _numbers_by_subject(clashing)
    refused_by_subject = _numbers_by_subject(refused)
    dates = []
    for key, subject in subjects.items():
        hard = certain[key]
        likely = network.solution(key)
        clashes = cite(clashing_by_subject[key])
        columns = {
            "earliest": to_timestamp(hard.days.first),
            "latest": to_timestamp(hard.days.last),
            "likely_earliest": to_timestamp(likely.days.first),
            "likely_latest": to_timestamp(likely.days.last),
            "edtf": _edtf(likely.days),
            "because": cite(hard.because),
            "likely_because": cite(likely.because - hard.because),
            "refused": cite(refused_by_subject[key]),
            "problem": PROBLEM.format(rows=clashes) if clashes else "",
            "rule": "interval",
        }
        dates.append(subject._asdict() | columns)
    return dates


def _read_row(row, subjects: dict[SpanKey, Subject]) -> Row:
    """Convert a row of constraints; a distance to an unknown subject has no effect."""
    other = None
    shortest = longest = 0
    if row.relation == WITHIN_DAYS:
        key = SpanKey(row.other_article, row.other_start, row.other_end)
        if key in subjects:
            other = key
            shortest = int(row.days_min)
            longest = int(row.days_max)
    return Row(
        number=row.Index,
        strength=row.strength,
        trust=row.trust,
        subject=SpanKey(row.article, row.start, row.end),
        other=other,
        earliest=to_day_number(row.day_from, -NO_LIMIT),
        latest=to_day_number(row.day_to, NO_LIMIT),
        mask=row.mask,
        shortest=shortest,
        longest=longest,
    )


def _numbers_by_subject(rows: list[Row]) -> dict[SpanKey, list[int]]:
    """List the numbers of the rows about each subject."""
    numbers = defaultdict(list)
    for row in rows:
        for key in _subjects_of(row):
            numbers[key].append(row.number)
    return numbers


def _subjects_of(row: Row) -> list[SpanKey]:
    """Return the one or two subjects of a row."""
    return [row.subject] if row.other is None else [row.subject, row.other]


def _edtf(days: DayInterval) -> str:
    """Write days as an EDTF interval, such as "[..2016-10-16]"; "" if nothing is known."""
    first = str(date.fromordinal(days.first)) if is_day(days.first) else ""
    last = str(date.fromordinal(days.last)) if is_day(days.last) else ""
    if first and last:
        return first if first == last else f"{first}/{last}"
    return f"[{first}..{last}]" if first or last else ""


class TemporalNetwork:
    """Intervals of days for a set of subjects, narrowed by one row of constraints at a time.

    Parameters
    ----------
    subjects : iterable of SpanKey
    n_rows : int
        The number of rows that will be added; it limits the effort of propagation.

    Examples
    --------
    An article is written on 10 March 2021; an event happened 0 to 3 days before.

    >>> article, event = SpanKey("a.txt", 0, 0), SpanKey("a.txt", 4, 9)
    >>> day = pd.Timestamp("2021-03-10").toordinal()
    >>> network = TemporalNetwork([article, event], n_rows=2)
    >>> network.add(Row(0, HARD, 1.0, article, None, day, day, "", 0, 0))
    True
    >>> network.add(Row(1, SOFT, 0.2, event, article, -NO_LIMIT, NO_LIMIT, "", 0, 3))
    True
    >>> solution = network.solution(event)
    >>> to_timestamp(solution.days.first), sorted(solution.because)
    (Timestamp('2021-03-07 00:00:00'), [0, 1])
    """

    def __init__(self, subjects, n_rows: int):
        self.earliest = dict.fromkeys(subjects, Bound(-NO_LIMIT, frozenset()))
        self.latest = dict.fromkeys(subjects, Bound(NO_LIMIT, frozenset()))
        self.rows_on: dict[SpanKey, list[Row]] = defaultdict(list)
        self.steps_left = MAX_STEPS_PER_ROW * n_rows + STEPS_OF_SMALL_NETWORK
        self.max_moves = MAX_MOVES_PER_SUBJECT * len(self.earliest) + MOVES_OF_SMALL_NETWORK

    def solution(self, subject: SpanKey) -> Solution:
        """Return the current interval of a subject."""
        earliest = self.earliest[subject]
        latest = self.latest[subject]
        days = DayInterval(earliest.day, latest.day)
        return Solution(days, earliest.because | latest.because)

    def add_all(self, rows) -> list[Row]:
        """Add rows in descending order of trust; return those that contradict accepted rows."""
        ordered = sorted(rows, key=lambda row: (-row.trust, row.number))
        return [row for row in ordered if not self.add(row)]

    def add(self, row: Row) -> bool:
        """Add a row and propagate; undo it and return False if an interval becomes empty."""
        moves: list[Move] = []
        for subject in _subjects_of(row):
            self.rows_on[subject].append(row)
        if self._propagate(row, moves):
            return True
        for move in reversed(moves):
            move.bounds[move.subject] = move.before
        for subject in _subjects_of(row):
            self.rows_on[subject].pop()
        return False

    def _propagate(self, row: Row, moves: list[Move]) -> bool:
        """Apply a row, then all rows on what it moved, until nothing moves; False on conflict."""
        waiting = deque([row])
        while waiting:
            self.steps_left -= 1
            for subject in self._apply(waiting.popleft(), moves):
                if self.earliest[subject].day > self.latest[subject].day:
                    return False
                if self.steps_left > 0:
                    waiting.extend(self.rows_on[subject])
            if len(moves) > self.max_moves:
                return False
        return True

    def _apply(self, row: Row, moves: list[Move]) -> list[SpanKey]:
        """Narrow the subjects of a row; return those whose intervals changed."""
        subject = row.subject
        other = row.other
        if other is None:
            return [subject] if self._apply_days(row, moves) else []
        moved = []
        # The other subject is `shortest` to `longest` days after this one, and vice versa.
        if self._apply_distance(subject, other, -row.longest, -row.shortest, row, moves):
            moved.append(subject)
        if self._apply_distance(other, subject, row.shortest, row.longest, row, moves):
            moved.append(other)
        return moved

    def _apply_days(self, row: Row, moves: list[Move]) -> bool:
        """Narrow a subject to the days of a row that fit its mask."""
        subject = row.subject
        first = Bound(row.earliest, frozenset())
        last = Bound(row.latest, frozenset())
        has_moved = self._move_earliest(subject, first, row, moves)
        has_moved |= self._move_latest(subject, last, row, moves)
        earliest = self.earliest[subject]
        latest = self.latest[subject]
        if row.mask and earliest.day <= latest.day:
            days = narrow_to_mask(row.mask, earliest.day, latest.day)
            first = Bound(days.first, earliest.because)
            last = Bound(days.last, latest.because)
            has_moved |= self._move_earliest(subject, first, row, moves)
            has_moved |= self._move_latest(subject, last, row, moves)
        return has_moved

    def _apply_distance(
        self,
        target: SpanKey,
        source: SpanKey,
        shortest: int,
        longest: int,
        row: Row,
        moves: list[Move],
    ) -> bool:
        """Narrow a subject to the days `shortest` to `longest` days after another one."""
        earliest = self.earliest[source]
        latest = self.latest[source]
        has_moved = False
        if earliest.day > -NO_LIMIT:
            first = Bound(earliest.day + shortest, earliest.because)
            has_moved |= self._move_earliest(target, first, row, moves)
        if latest.day < NO_LIMIT:
            last = Bound(latest.day + longest, latest.because)
            has_moved |= self._move_latest(target, last, row, moves)
        return has_moved

    def _move_earliest(self, subject: SpanKey, bound: Bound, row: Row, moves: list[Move]) -> bool:
        """Move the first day of a subject because of a row; False if the new day is not later."""
        before = self.earliest[subject]
        if bound.day <= before.day:
            return False
        moves.append(Move(self.earliest, subject, before))
        self.earliest[subject] = Bound(bound.day, bound.because | {row.number})
        return True

    def _move_latest(self, subject: SpanKey, bound: Bound, row: Row, moves: list[Move]) -> bool:
        """Move the last day of a subject because of a row; False if the new day is not earlier."""
        before = self.latest[subject]
        if bound.day >= before.day:
            return False
        moves.append(Move(self.latest, subject, before))
        self.latest[subject] = Bound(bound.day, bound.because | {row.number})
        return True
