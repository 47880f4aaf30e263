"""The starting points of k-means are those that scikit-learn would choose."""

import numpy as np
import pytest
from sklearn.cluster import KMeans, kmeans_plusplus

from clippings.themes.kmeans_starts import choose_distant_starts


def random_points(number: int, dimensions: int, dtype: str) -> np.ndarray:
    points = np.random.default_rng(number).normal(size=(number, dimensions))
    points[: number // 4] = points[0]  # some articles are equal
    return points.astype(dtype)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_points_are_those_of_scikit_learn(dtype: str):
    failures = []
    for number, dimensions in ((4, 1), (30, 3), (300, 20)):
        points = random_points(number, dimensions, dtype)
        for k in (1, 2, number // 2):
            expected, _ = kmeans_plusplus(points, k, random_state=5)
            chosen = choose_distant_starts(points, k, np.random.RandomState(5))
            if chosen.dtype != dtype or not np.array_equal(chosen, expected):
                failures.append((number, k))
    assert failures == []


def test_groups_are_those_of_scikit_learn():
    failures = []
    for k in (2, 5, 12):
        points = random_points(200, k, "float32")
        expected = KMeans(k, n_init=5, random_state=0).fit_predict(points)
        groups = KMeans(k, init=choose_distant_starts, n_init=5, random_state=0).fit_predict(points)
        if not np.array_equal(groups, expected):
            failures.append(k)
    assert failures == []
