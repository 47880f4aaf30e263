"""The days of TIMEX3 values, and masks."""

import datetime

import pytest

from clippings.timeline.dates import days_of_value, mask_of_value, narrow_to_mask


@pytest.mark.parametrize(
    ("value", "mod", "days"),
    [
        ("2016-10-04", "", ("2016-10-04", "2016-10-04")),
        ("2016-10-04T22:00", "", ("2016-10-04", "2016-10-04")),
        ("2016-02", "", ("2016-02-01", "2016-02-29")),
        ("2016-10", "END", ("2016-10-21", "2016-10-31")),
        ("2016", "END", ("2016-01-01", "2016-12-31")),
        ("2016-W40", "", ("2016-10-03", "2016-10-09")),
        ("2016-W40-WE", "", ("2016-10-08", "2016-10-09")),
        ("2016-Q4", "", ("2016-10-01", "2016-12-31")),
        ("2015-02-29", "", None),
        ("XXXX-10-04", "", None),
        ("198", "", None),
    ],
)
def test_days_of_a_value(value, mod, days):
    found = days_of_value(value, mod)
    assert days == (found and tuple(str(datetime.date.fromordinal(day)) for day in found))


def fits(mask: str, day: datetime.date) -> bool:
    """Whether a day fits a mask, read plainly."""
    if mask.startswith("XXXX-WXX"):
        return day.isoweekday() == int(mask[-1])
    first, _, last = mask.partition("/")
    return first[5:] <= f"{day:%m-%d}" <= (last or first)[5:]


@pytest.mark.parametrize("value", ["XXXX-WXX-4", "XXXX-02-29", "XXXX-10-04", "XXXX-10"])
def test_an_interval_is_narrowed_to_its_first_and_last_day_that_fit(value):
    mask = mask_of_value(value, "START")
    start = datetime.date(2015, 1, 1).toordinal()
    for low in range(start, start + 2000, 61):
        for length in (0, 5, 40, 400, 1800):
            days = range(low, low + length + 1)
            fitting = [day for day in days if fits(mask, datetime.date.fromordinal(day))]
            narrowed = narrow_to_mask(mask, low, low + length)
            if fitting:
                assert narrowed == (fitting[0], fitting[-1])
            else:
                assert narrowed.first > narrowed.last
