"""Groups of passages around terms: which terms are selected."""

import numpy as np
from scipy.sparse import csr_matrix

from clippings.themes.topic_groups import DECIMALS, Similarity, _update_gains, group_passages


def all_gains(closeness: np.ndarray, closest: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """The gain of every term, computed anew."""
    added = np.maximum(closeness - closest[:, None], 0).sum(axis=0)
    return (added * weight).round(DECIMALS)


def test_the_highest_gain_is_found_without_updating_all_terms():
    failures = []
    for seed, (passages, terms) in enumerate(((1, 1), (40, 2), (300, 33), (500, 97), (80, 400))):
        random = np.random.default_rng(seed)
        closeness = random.random((passages, terms)).astype("float32")
        closeness[random.random((passages, terms)) < 0.5] = 0
        closeness[:, terms // 2] = closeness[:, 0]  # two equally good terms
        weight = random.choice([0.0, 0.5, 1.0], terms).astype("float32")
        closest = np.zeros(passages, dtype="float32")
        gain = np.full(terms, np.inf, dtype="float32")
        for step in range(min(terms, 20)):
            best = _update_gains(gain, closeness, closest, weight)
            expected = all_gains(closeness, closest, weight)
            if best != expected.argmax() or gain[best] != expected[best]:
                failures.append((seed, step))
            closest = np.maximum(closest, closeness[:, best])
    assert failures == []


def test_passages_are_grouped_around_the_terms_of_different_subjects():
    # Six passages in six articles: three about a dam, three about a strike; all contain "town".
    vectors = np.array([[1, 0.1], [1, 0.2], [1, 0], [0.1, 1], [0.2, 1], [0, 1]], dtype="float32")
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    has_term = csr_matrix([[1, 1, 0]] * 3 + [[1, 0, 1]] * 3, dtype="float32")
    grouping = group_passages(
        Similarity(vectors, np.arange(6)), has_term, np.ones(3), max_groups=3, min_gain=0.05
    )
    assert grouping.group.tolist() == [0, 0, 0, 1, 1, 1]
