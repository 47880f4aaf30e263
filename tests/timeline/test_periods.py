"""Counts by period: which period a date belongs to, uncertain dates, shares, and speed."""

import datetime
import time

import numpy as np
import pandas as pd
import pytest

import clippings as cl
from clippings.core.errors import BadInput
from clippings.core.tables import make_table
from clippings.timeline.calendar_periods import (
    PERIODS,
    first_days,
    last_days,
    period_codes,
    period_numbers,
)
from helpers import articles_of


def dated_articles(*ranges: str | tuple | None) -> pd.DataFrame:
    """One article per range of dates: a day, a first and a last day, or None."""
    articles = articles_of(*["Rain fell on Ostrand."] * len(ranges))
    ends = [days if isinstance(days, tuple) else (days, days) for days in ranges]
    return articles.assign(
        published_from=pd.Series([first for first, _ in ends], dtype="datetime64[s]"),
        published_to=pd.Series([last for _, last in ends], dtype="datetime64[s]"),
    )


def themes_in(*numbers: int, label: str = "flood") -> pd.DataFrame:
    """One row of a theme per article; an article may be repeated."""
    row = {"start": 0, "end": 4, "text": "Rain", "label": label}
    return make_table("themes", [row | {"article": f"a{number}.txt"} for number in numbers])


def cells(counts: pd.DataFrame, *columns: str) -> dict[str, list]:
    """The chosen columns of each period of the only label."""
    rows = counts.set_index("period")[list(columns)]
    return {period: row.tolist() for period, row in rows.iterrows()}


def test_periods_of_days_agree_with_the_calendar():
    days = [
        datetime.date.fromordinal(day)
        for day in (1, *range(600_000, 750_000, 4_321), datetime.date.max.toordinal() - 400)
    ]
    for year in (1582, 1896, 1900, 1999, 2000, 2004, 2009, 2015, 2020, 2021, 2026):
        days += [datetime.date(year, 1, day) for day in (1, 2, 3, 4)]
        days += [datetime.date(year, 12, day) for day in (28, 29, 30, 31)]
        days += [datetime.date(year, 2, 28), datetime.date(year, 3, 1)]
    days += [datetime.date(2000, 2, 29), datetime.date(1896, 2, 29)]

    expected = {
        "day": [day.isoformat() for day in days],
        "week": ["{:04d}-W{:02d}".format(*day.isocalendar()) for day in days],
        "month": [day.isoformat()[:7] for day in days],
        "year": [day.isoformat()[:4] for day in days],
    }
    array = np.array(days, dtype="datetime64[D]")
    for period in PERIODS:
        numbers = period_numbers(array, period)
        assert period_codes(numbers, period).tolist() == expected[period]
        assert (first_days(numbers, period) <= array).all()
        assert (array <= last_days(numbers, period)).all()
        assert (first_days(numbers + 1, period) > array).all()


def test_a_week_at_the_turn_of_a_year_is_one_week():
    articles = dated_articles("2020-12-31", "2021-01-03", "2021-01-04")
    counts = cl.count_periods(themes_in(0, 1, 2), articles, period="week")
    assert cells(counts, "articles") == {"2020-W53": [2], "2021-W01": [1]}
    assert counts.day_from.tolist() == [pd.Timestamp("2020-12-28"), pd.Timestamp("2021-01-04")]
    assert counts.day_to.tolist() == [pd.Timestamp("2021-01-03"), pd.Timestamp("2021-01-10")]


def test_a_leap_day_belongs_to_february():
    articles = dated_articles("2020-02-29", "2020-03-01", "1896-02-29")
    counts = cl.count_periods(themes_in(0, 1), articles[:2], period="month")
    assert cells(counts, "articles") == {"2020-02": [1], "2020-03": [1]}
    assert counts.day_to[0] == pd.Timestamp("2020-02-29")
    earlier = cl.count_periods(themes_in(2), articles[2:], period="day")
    assert cells(earlier, "articles") == {"1896-02-29": [1]}


def test_times_with_a_zone_count_on_their_local_day():
    articles = dated_articles("2021-01-01", "2021-01-01")
    for zone in ("UTC", "Pacific/Auckland", "America/Los_Angeles"):
        late = pd.Series(pd.to_datetime(["2021-12-31 23:59"] * 2)).dt.tz_localize(zone)
        zoned = articles.assign(published_from=late, published_to=late)
        counts = cl.count_periods(themes_in(0, 1), zoned, period="year")
        assert cells(counts, "articles") == {"2021": [2]}


def test_periods_without_articles_have_no_share():
    articles = dated_articles("1850-03-01", "1850-05-01", "1850-05-02")
    counts = cl.count_periods(themes_in(0, 1), articles, period="month")
    assert cells(counts, "articles", "all_articles") == {
        "1850-03": [1, 1],
        "1850-04": [0, 0],
        "1850-05": [1, 2],
    }
    assert counts.share.isna().tolist() == [False, True, False]
    assert counts.low.isna().tolist() == counts.high.isna().tolist() == [False, True, False]
    assert counts.share[2] == 0.5 and counts.low[2] < 0.5 < counts.high[2]


def test_ranges_are_possible_in_each_of_a_few_periods():
    articles = dated_articles(
        "2021-03-10",
        ("2021-03-01", "2021-03-31"),  # within one month
        ("2021-03-20", "2021-05-02"),  # three months
        ("2021-01-01", "2021-12-31"),  # too wide
        ("2021-04-01", None),  # open
        (None, "2021-04-01"),
        ("2021-04-05", "2021-04-01"),  # ends before it begins
        None,
    )
    counts = cl.count_periods(themes_in(*range(8), 2), articles, period="month")
    columns = ("count", "count_possible", "articles", "articles_possible", "all_possible")
    assert cells(counts, *columns) == {
        "2021-03": [2, 4, 2, 3, 3],
        "2021-04": [0, 2, 0, 1, 1],
        "2021-05": [0, 2, 0, 1, 1],
        "undated": [5, 5, 5, 5, 5],
    }
    assert counts.day_from.isna().tolist() == [False, False, False, True]


def test_intervals_of_shares_allow_for_possible_articles():
    certain = dated_articles("2021-03-10", "2021-03-11", "2021-04-11")
    with_range = dated_articles(
        "2021-03-10", "2021-03-11", "2021-04-11", ("2021-03-20", "2021-04-02")
    )
    for rows in (themes_in(0), themes_in(0, 3)):
        counts = cl.count_periods(rows, with_range, period="month").iloc[0]
        without = cl.count_periods(themes_in(0), certain, period="month").iloc[0]
        assert counts.share == without.share == 0.5
        assert counts.low <= without.low and without.high <= counts.high
        assert counts.high - counts.low > without.high - without.low


def test_dates_of_undated_articles_are_used_if_given():
    articles = dated_articles("2021-03-10", None, None)
    dates = make_table(
        "dates",
        [
            {"article": "a1.txt", "label": "article", "start": 0, "end": 0}
            | dict.fromkeys(("earliest", "likely_earliest"), "2021-03-01")
            | dict.fromkeys(("latest", "likely_latest"), "2021-03-02"),
            # Only likely to be within one month.
            {"article": "a2.txt", "label": "article", "start": 0, "end": 0}
            | {"likely_earliest": "2021-04-01", "likely_latest": "2021-04-02"},
            {"article": "a2.txt", "label": "event", "start": 3, "end": 4}
            | dict.fromkeys(("earliest", "likely_earliest"), "1999-03-01")
            | dict.fromkeys(("latest", "likely_latest"), "1999-03-01"),
        ],
    )
    counts = cl.count_periods(themes_in(0, 1, 2), articles, period="month", dates=dates)
    assert cells(counts, "articles", "articles_possible") == {"2021-03": [2, 2], "2021-04": [0, 1]}
    without = cl.count_periods(themes_in(0, 1, 2), articles, period="month")
    assert cells(without, "articles") == {"2021-03": [1], "undated": [2]}


def test_one_article_only():
    counts = cl.count_periods(themes_in(0, 0), dated_articles("2021-03-10"))
    assert cells(counts, "count", "articles", "all_articles", "share") == {
        "2021-03-10": [2, 1, 1, 1.0]
    }
    assert cl.count_trends(counts).trend.tolist() == ["too_few"]


def test_all_undated():
    counts = cl.count_periods(themes_in(0, 1), dated_articles(None, None, None))
    assert cells(counts, "articles", "all_articles") == {"undated": [2, 3]}
    trends = cl.count_trends(counts)
    assert trends[["articles", "first_period", "peak", "trend"]].values.tolist() == [
        [0, "", "", "too_few"]
    ]


def test_nothing_in_nothing_out_with_the_same_columns_and_types():
    articles = dated_articles("2021-03-10")
    full = cl.count_periods(themes_in(0), articles)
    for rows, texts in ((themes_in(), articles), (themes_in(), articles[:0])):
        empty = cl.count_periods(rows, texts)
        assert empty.empty
        assert empty.dtypes.to_dict() == full.dtypes.to_dict()
        assert cl.count_trends(empty).dtypes.to_dict() == cl.count_trends(full).dtypes.to_dict()


def test_the_order_of_rows_does_not_matter_and_input_is_not_changed():
    articles = dated_articles("2021-03-10", ("2021-03-20", "2021-04-05"), None, "2021-04-01")
    rows = pd.concat([themes_in(0, 1, 2), themes_in(3, 0, label="relief")], ignore_index=True)
    rows_before = rows.copy()
    articles_before = articles.copy()
    counts = cl.count_periods(rows, articles)
    turned = cl.count_periods(rows.iloc[::-1], articles.iloc[::-1])
    pd.testing.assert_frame_equal(counts, turned)
    pd.testing.assert_frame_equal(rows, rows_before)
    pd.testing.assert_frame_equal(articles, articles_before)


def test_any_column_can_be_counted():
    rows = themes_in(0, 1).assign(speaker=["Ann Bell", None])
    counts = cl.count_periods(rows, dated_articles("2021", "2021"), by="speaker", period="year")
    assert counts.columns[0] == "speaker"
    assert counts.speaker.tolist() == ["", "Ann Bell"]
    with pytest.raises(BadInput, match="no column 'nobody'"):
        cl.count_periods(rows, dated_articles("2021", "2021"), by="nobody")
    with pytest.raises(BadInput, match="rename that column"):
        cl.count_periods(rows.assign(unit="x"), dated_articles("2021", "2021"), by="unit")


def test_rates_refer_to_the_words_of_the_passages():
    articles = dated_articles("2021-03-10", "2021-04-10", "2021-05-10")
    passages = cl.find_passages(articles[:2])
    counts = cl.count_periods(themes_in(0, 0), articles, period="month", passages=passages)
    assert counts.words.tolist() == [4, 4, 0]
    assert counts.rate.tolist()[:2] == [500.0, 0.0] and counts.rate.isna()[2]
    assert counts.rate_low[0] < 500 < counts.rate_high[0] and counts.rate_high[1] > 0


def test_the_proposed_period_fits_the_dates():
    def proposed(number: int, days: int, *, month_only: bool = False) -> str:
        first = pd.Timestamp("2021-01-04")
        places = np.linspace(0, days - 1, number).astype(int)
        ranges = [first + pd.Timedelta(days=int(place)) for place in places]
        if month_only:
            ranges = [
                (day.to_period("M").start_time, day.to_period("M").end_time.normalize())
                for day in ranges
            ]
        articles = dated_articles(*ranges)
        return cl.count_periods(themes_in(0), articles).unit[0]

    cases = {
        (1, 1): "day",
        (2, 2): "day",
        (60, 14): "day",
        (30, 30): "week",
        (300, 30): "day",
        (300, 365): "week",
        (5, 330): "month",
        (5, 365): "year",
        (300, 1500): "month",
        (3000, 3000): "year",
        (3, 20000): "year",
    }
    assert {case: proposed(*case) for case in cases} == cases
    assert proposed(300, 365, month_only=True) == "month"


def test_a_stray_date_does_not_decide_about_the_period():
    days = pd.date_range("2021-03-01", periods=60, freq="8h").normalize()
    for stray in (["1999-05-01"], ["2031-05-01"], ["1999-05-01", "2031-05-01"]):
        counts = cl.count_periods(themes_in(0, 1, 2), dated_articles(*days, *stray))
        assert counts.unit[0] == "day"
        assert len(counts) == 20 + len(stray)
        assert counts.all_articles.sum() == 60 + len(stray)
        assert counts.day_from.is_monotonic_increasing


def test_long_gaps_are_left_out_only_if_there_are_many_periods():
    near = dated_articles("2021-01-01", "2021-02-20")
    assert len(cl.count_periods(themes_in(0), near, period="day")) == 51
    far = dated_articles("2021-01-01", "2021-01-13", "2021-06-20", ("2021-06-22", "2021-06-25"))
    periods = cl.count_periods(themes_in(0), far, period="day").period.tolist()
    assert periods[:13] == [f"2021-01-{day:02d}" for day in range(1, 14)]
    assert periods[13:] == [f"2021-06-{day:02d}" for day in range(20, 26)]


def test_wrong_input_is_named():
    articles = dated_articles("2021-03-10", "1899-01-01")
    with pytest.raises(BadInput, match="'decade'"):
        cl.count_periods(themes_in(0), articles, period="decade")
    with pytest.raises(BadInput, match=r"row 0: article 'a7\.txt'"):
        cl.count_periods(themes_in(7), articles)
    scattered = dated_articles(*pd.date_range("1899-01-01", periods=350, freq="12D"))
    with pytest.raises(BadInput, match="period='week'"):
        cl.count_periods(themes_in(0), scattered, period="day")
    with pytest.raises(BadInput, match=r"'a0\.txt' is listed twice"):
        cl.count_periods(themes_in(0), pd.concat([articles, articles]))
    with pytest.raises(BadInput, match="count_periods"):
        cl.count_trends(themes_in(0))


def test_marked_periods_select_the_rows_of_each_count():
    articles = dated_articles("2021-03-10", ("2021-03-20", "2021-05-02"), None)
    rows = themes_in(0, 0, 1, 2).iloc[::-1]
    marked = cl.mark_periods(rows, articles, period="month")
    assert marked.drop(columns="period").equals(rows)
    assert marked.period.tolist() == ["undated", "2021-03/2021-05", "2021-03", "2021-03"]


def test_ten_thousand_articles_are_counted_in_seconds():
    chance = np.random.default_rng(1)
    days = pd.Timestamp("2021-01-01") + pd.to_timedelta(chance.integers(0, 700, 10_000), unit="D")
    articles = pd.DataFrame({"article": [f"a{number}.txt" for number in range(10_000)]})
    articles = articles.assign(text="x", published_from=days, published_to=days)
    chosen = chance.integers(0, 10_000, 100_000)
    rows = pd.DataFrame({"article": articles.article.to_numpy()[chosen]})
    rows = rows.assign(label=[f"label {number % 900}" for number in range(100_000)])

    start = time.perf_counter()
    counts = cl.count_periods(rows, articles)
    trends = cl.count_trends(counts)
    # It takes about one second; the limit allows for a busy machine.
    assert time.perf_counter() - start < 20
    assert counts["count"].sum() == 100_000
    assert len(trends) == 900
