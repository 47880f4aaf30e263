"""Trends: exact probabilities, honest answers for few articles, and no trend of a long article."""

from itertools import combinations

import numpy as np
import pandas as pd
from test_periods import dated_articles, themes_in

import clippings as cl
from clippings.timeline.trends import _NullDistribution


def weekly_articles(weeks: int, per_week: int) -> pd.DataFrame:
    """As many articles in each of several weeks."""
    days = pd.Timestamp("2021-01-04") + pd.to_timedelta(np.repeat(range(weeks), per_week) * 7, "D")
    return dated_articles(*days)


def trend_of(rows: pd.DataFrame, articles: pd.DataFrame) -> pd.Series:
    return cl.count_trends(cl.count_periods(rows, articles, period="week")).iloc[0]


def test_probabilities_agree_with_all_permutations():
    all_articles = np.array([2, 0, 3, 4])
    scores = np.repeat(range(4), all_articles)
    null = _NullDistribution(all_articles)
    for total in (1, 3, 4, 7):
        draws = [sum(draw) for draw in combinations(scores, total)]
        distances = np.abs(np.array(draws) - total * scores.mean())
        for score in set(draws):
            expected = np.mean(distances >= abs(score - total * scores.mean()) - 1e-9)
            assert np.isclose(null.test(total, score).p, expected)


def test_the_approximation_for_many_articles_agrees_with_the_exact_distribution():
    null = _NullDistribution(np.array([60, 10, 80, 40, 70]))
    expected = 30 * null.scores.mean()
    for score in (45, 60, 75, 80):
        exact = null.test(30, score).p
        approximate = null._approximate_p(30, abs(score - expected))
        assert abs(exact - approximate) < 0.02


def test_directions():
    articles = weekly_articles(weeks=6, per_week=4)
    first_half = range(12)
    second_half = range(12, 24)
    assert trend_of(themes_in(0, *second_half), articles).trend == "rises"
    assert trend_of(themes_in(*first_half, 23), articles).trend == "falls"
    new = trend_of(themes_in(*second_half), articles)
    assert new[["trend", "earlier", "earlier_all", "later", "later_all"]].tolist() == [
        "new",
        0,
        12,
        12,
        12,
    ]
    assert new.later_from == pd.Timestamp("2021-01-25")
    assert (new.first_period, new.last_period) == ("2021-W04", "2021-W06")
    assert new.low < new.change <= new.high
    assert trend_of(themes_in(*range(0, 24, 2)), articles).trend == "unclear"


def test_one_long_article_is_no_trend():
    articles = weekly_articles(weeks=6, per_week=4)
    assert trend_of(themes_in(*[23] * 500), articles).trend == "too_few"
    assert trend_of(themes_in(0, 5, 11, 17, *[23] * 500), articles).trend == "unclear"


def test_more_articles_in_a_week_are_no_trend_of_a_theme():
    days = ["2021-01-04"] * 4 + ["2021-01-11"] * 40
    articles = dated_articles(*days)
    # A quarter of the articles of each week.
    assert trend_of(themes_in(0, *range(4, 14)), articles).trend != "rises"


def test_few_articles_are_too_few():
    # Four articles in the last of 20 weeks are significant, but could be copies of one report.
    four = trend_of(themes_in(*range(96, 100)), weekly_articles(20, 5))
    assert four.p < 0.01 and four.trend == "too_few"
    five = trend_of(themes_in(*range(95, 100)), weekly_articles(20, 5))
    assert five.trend == "new"
    all_but_four = trend_of(themes_in(*range(96)), weekly_articles(20, 5))
    assert all_but_four.p < 0.01 and all_but_four.trend == "too_few"
    assert trend_of(themes_in(3, 4, 5), weekly_articles(6, 1)).trend == "too_few"
    assert trend_of(themes_in(0, 1, 2, 3), weekly_articles(1, 4)).trend == "too_few"


def test_labels_without_a_trend_rarely_show_one():
    chance = np.random.default_rng(7)
    articles = weekly_articles(weeks=10, per_week=6)
    tables_with_a_trend = 0
    for _ in range(40):
        rows = pd.concat(
            [
                themes_in(*chance.choice(60, 15, replace=False), label=f"label {number}")
                for number in range(30)
            ],
            ignore_index=True,
        )
        trends = cl.count_trends(cl.count_periods(rows, articles, period="week"))
        tables_with_a_trend += trends.trend.isin(["rises", "falls", "new"]).any()
    # At most 5 % of all tables are expected to show one by chance: 2 of 40.
    assert tables_with_a_trend <= 6


def test_undated_and_possible_articles_are_not_used():
    ranges = [*["2021-01-04"] * 9, *["2021-02-01"] * 9]
    ranges += [None] * 20 + [("2021-01-30", "2021-02-03")] * 20
    trend = trend_of(themes_in(*range(9), *range(18, 58)), dated_articles(*ranges))
    assert trend[["articles", "earlier_all", "later_all", "trend"]].tolist() == [9, 9, 9, "falls"]
