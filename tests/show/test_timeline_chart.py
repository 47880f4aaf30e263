"""The timeline at the ends of the calendar."""

import pandas as pd

import clippings as cl
from clippings.core.tables import make_table
from clippings.show.figure import picture

PERIODS = [
    ("0001-01-01", "0001-01-01"),
    ("0001-01-02", "0003-05-01"),
    ("0001-01-01", "9999-12-31"),
    ("9990-01-01", "9999-12-30"),
    ("9999-12-31", "9999-12-31"),
]


def test_the_first_and_the_last_year_can_be_drawn():
    wrong = {}
    for earliest, latest in PERIODS:
        row = {"article": "a.txt", "start": 0, "end": 3, "text": "abc", "label": "article"}
        row["earliest"] = row["likely_earliest"] = pd.Timestamp(earliest)
        row["latest"] = row["likely_latest"] = pd.Timestamp(latest)
        dates = make_table("dates", [row])
        for order_only in (False, True):
            figure = cl.chart_timeline(
                dates, make_table("events"), make_table("amounts"), order_only=order_only
            )
            try:
                pictures = [picture(figure, kind) for kind in ("svg", "png")]
            except ValueError as error:
                wrong[earliest, latest, order_only] = str(error)
            else:
                assert all(pictures)
    assert wrong == {}
