"""Define the record of a time expression: a TIMEX3 annotation and how to compute its value."""

from typing import NamedTuple

NAN = float("nan")

# TIMEX3 types for points in time, and those for durations or repetitions.
POINT_TYPES = frozenset({"DATE", "TIME"})
LENGTH_TYPES = frozenset({"DURATION", "SET"})


class Timex(NamedTuple):
    """A TIMEX3 annotation and the operation that computes its value from an anchor.

    Attributes
    ----------
    type : str
        DATE, TIME, DURATION or SET.
    value : str
        The value as far as it is known: "2016-10-04", "XXXX-10-04" (no year), "XXXX-WXX-4" (a
        Thursday), "P2M".
    anchor : str
        The starting point: absolute (none, the words are a complete date), written (the day of
        writing) or mentioned (the last date mentioned).
    unit : str
        The unit counted: D, W, WE, M, Q, Y, 10Y, weekday …; "" for an absolute date.
    amount : float
        The number of units, or the number of the day for the unit weekday; NaN if the text does
        not state it.
    direction : str
        past, future or none; for an absolute date, derived from the surrounding words.
    mod : str
        TIMEX3 MOD: START, MID, END, APPROX, MORE_THAN …
    determiner : str
        The word last, next, this, following or latest, or "ago" for distances into the past.
    is_direction_sure : bool
        Whether the verb next to an absolute date makes its direction certain.
    """

    type: str
    value: str
    anchor: str = "absolute"
    unit: str = ""
    amount: float = NAN
    direction: str = "none"
    mod: str = ""
    determiner: str = ""
    is_direction_sure: bool = False
