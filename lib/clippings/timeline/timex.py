"""The record of a time expression: a TIMEX3 annotation with the way that leads to its value."""

from typing import NamedTuple

NAN = float("nan")

# TIMEX3 types that lie on the calendar, and those that are lengths or repetitions.
POINT_TYPES = frozenset({"DATE", "TIME"})
LENGTH_TYPES = frozenset({"DURATION", "SET"})


class Timex(NamedTuple):
    """A TIMEX3 annotation, and the operation that leads from an anchor to its value.

    Attributes
    ----------
    type : str
        DATE, TIME, DURATION or SET.
    value : str
        As far as it is known: "2016-10-04", "XXXX-10-04" (no year), "XXXX-WXX-4" (a Thursday),
        "P2M".
    anchor : str
        From where the operation leads: absolute (nowhere, the words are a date themselves),
        written (the day of writing) or mentioned (the date mentioned last).
    unit : str
        What is counted: D, W, WE, M, Q, Y, 10Y, weekday …; "" for an absolute date.
    amount : float
        How many units (of unit weekday, the number of the day); not a number (nan) if the text
        leaves it open.
    direction : str
        past, future or none; of an absolute date as the words around it say.
    mod : str
        TIMEX3 MOD: START, MID, END, APPROX, MORE_THAN …
    determiner : str
        last, next, this, following or latest, as in the words; "ago" for a distance that is counted
        back.
    is_direction_sure : bool
        Whether the verb next to an absolute date leaves no doubt about the direction.
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
