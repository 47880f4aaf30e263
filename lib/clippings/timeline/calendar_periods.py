"""Days, ISO weeks, months and years as numbers, so that whole columns are converted at once.

Consecutive periods have consecutive numbers. Years run from 1 to 9999, as in Python's dates; the
calendar is Gregorian throughout.
"""

import numpy as np
import pandas as pd

DAY = "day"
WEEK = "week"
MONTH = "month"
YEAR = "year"
PERIODS = (DAY, WEEK, MONTH, YEAR)  # from the finest to the coarsest

# Letters of numpy's calendar units.
_NUMPY_UNITS = {DAY: "D", MONTH: "M", YEAR: "Y"}

# Numpy counts days from 1 January 1970, a Thursday: three days after the Monday of its week.
_DAYS_SINCE_MONDAY = 3


def calendar_days(column: pd.Series) -> np.ndarray:
    """Convert a column of dates to calendar days.

    Parameters
    ----------
    column : pandas.Series
        Dates or times. A time zone is disregarded: the day is the one in the place of writing.

    Returns
    -------
    numpy.ndarray of datetime64[D]
        NaT for missing dates.

    Examples
    --------
    >>> calendar_days(pd.Series(["2021-03-16T23:30:00+02:00", None])).astype(str).tolist()
    ['2021-03-16', 'NaT']
    """
    times = pd.to_datetime(column)
    if times.dt.tz is not None:
        times = times.dt.tz_localize(None)
    return times.to_numpy().astype("datetime64[D]")


def period_numbers(days: np.ndarray, period: str) -> np.ndarray:
    """Return the number of the period to which each day belongs.

    Parameters
    ----------
    days : numpy.ndarray of datetime64[D]
    period : {"day", "week", "month", "year"}

    Returns
    -------
    numpy.ndarray of int64
        Meaningless for NaT.

    Examples
    --------
    >>> days = np.array(["2020-12-31", "2021-01-03", "2021-01-04"], dtype="datetime64[D]")
    >>> period_codes(period_numbers(days, "week"), "week").tolist()
    ['2020-W53', '2020-W53', '2021-W01']
    """
    if period == WEEK:
        return (days.astype("int64") + _DAYS_SINCE_MONDAY) // 7
    return days.astype(f"datetime64[{_NUMPY_UNITS[period]}]").astype("int64")


def first_days(numbers: np.ndarray, period: str) -> np.ndarray:
    """Return the first day of each period.

    Parameters
    ----------
    numbers : numpy.ndarray of int64
        Numbers of periods.
    period : {"day", "week", "month", "year"}

    Returns
    -------
    numpy.ndarray of datetime64[D]

    Examples
    --------
    >>> march = period_numbers(np.array(["2021-03-16"], dtype="datetime64[D]"), "month")
    >>> first_days(march, "month")
    array(['2021-03-01'], dtype='datetime64[D]')
    """
    if period == WEEK:
        return (numbers * 7 - _DAYS_SINCE_MONDAY).astype("datetime64[D]")
    return numbers.astype(f"datetime64[{_NUMPY_UNITS[period]}]").astype("datetime64[D]")


def last_days(numbers: np.ndarray, period: str) -> np.ndarray:
    """Return the last day of each period.

    Parameters
    ----------
    numbers : numpy.ndarray of int64
        Numbers of periods.
    period : {"day", "week", "month", "year"}

    Returns
    -------
    numpy.ndarray of datetime64[D]

    Examples
    --------
    >>> february = period_numbers(np.array(["2020-02-03"], dtype="datetime64[D]"), "month")
    >>> last_days(february, "month")
    array(['2020-02-29'], dtype='datetime64[D]')
    """
    return first_days(numbers + 1, period) - np.timedelta64(1, "D")


def period_codes(numbers: np.ndarray, period: str) -> np.ndarray:
    """Return the name of each period in ISO 8601.

    Parameters
    ----------
    numbers : numpy.ndarray of int64
        Numbers of periods.
    period : {"day", "week", "month", "year"}

    Returns
    -------
    numpy.ndarray of str
        "2021", "2021-03", "2021-W11" or "2021-03-16". A week belongs to the year of its Thursday.

    Examples
    --------
    >>> days = np.array(["1895-03-16"], dtype="datetime64[D]")
    >>> [period_codes(period_numbers(days, period), period)[0].item() for period in PERIODS]
    ['1895-03-16', '1895-W11', '1895-03', '1895']
    """
    first = first_days(numbers, period)
    if period != WEEK:
        return np.datetime_as_string(first, unit=_NUMPY_UNITS[period])
    thursdays = first + np.timedelta64(_DAYS_SINCE_MONDAY, "D")
    years = thursdays.astype("datetime64[Y]")
    weeks = (thursdays - years.astype("datetime64[D]")).astype("int64") // 7 + 1
    codes = [f"{year}-W{week:02d}" for year, week in zip(years.astype("str"), weeks, strict=True)]
    return np.array(codes, dtype="str")
