"""Groups of articles by their words."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_info, threadpool_limits

import clippings as cl
from clippings.core.errors import BadInput
from clippings.themes import clusters
from helpers import story_of

WET = [
    "river flood water levee rain",
    "flood rain river water boats",
    "levee water flood river rain",
]
LOUD = [
    "guitar concert band stage song",
    "song band album concert guitar",
    "stage band guitar concert album",
]


def test_two_subjects_are_two_groups():
    groups = cl.find_clusters(story_of(*WET, *LOUD), k=2).label
    assert groups[:3].nunique() == groups[3:].nunique() == 1
    assert groups.nunique() == 2


def test_too_little_text_gives_no_groups():
    for texts in (WET, ["one", "two", "three", "four"], [""] * 5, []):
        assert cl.find_clusters(story_of(*texts)).empty
        assert cl.count_stability(story_of(*texts)).empty
    assert cl.count_stability(story_of("one", "two", "three", "four"), ks=[2]).empty


def test_more_groups_than_articles_are_at_most_one_for_each():
    groups = cl.find_clusters(story_of(*WET, *LOUD), k=50)
    assert 2 <= groups.label.nunique() <= 6


def test_numbers_of_groups_below_one_are_refused():
    for k in (0, -1):
        with pytest.raises(BadInput, match=str(k)):
            cl.find_clusters(story_of(*WET, *LOUD), k=k)
        with pytest.raises(BadInput, match=str(k)):
            cl.count_stability(story_of(*WET, *LOUD), ks=[2, k])


def test_stability_of_groups():
    story = story_of(*WET, *LOUD)
    curve = cl.count_stability(story, ks=[2, 3])
    assert curve.k.to_list() == [2, 3]
    assert curve.stability[0] == 1.0
    assert curve.diversity[0] == 1.0
    assert curve.npmi[0] > 0.5  # the words of a group occur in the same texts
    # Half of six articles is the largest number that is tried.
    assert cl.count_stability(story).equals(curve)


def test_the_most_stable_number_of_groups_is_chosen_and_the_rule_says_so():
    found = cl.find_clusters(story_of(*WET, *LOUD))
    assert found.label.nunique() == 2
    reason = clusters.REASON_STABLE.format(first=2, last=3)
    rule = clusters.RULE.format(method=clusters.METHOD, groups=2, reason=reason)
    assert set(found.rule) == {rule}


def test_numbers_of_groups_are_tried_on_a_sample_of_many_articles(monkeypatch):
    story = story_of(*WET * 4, *LOUD * 4)
    monkeypatch.setattr(clusters, "STABILITY_ARTICLES", 16)
    curve = cl.count_stability(story, ks=[2, 3], draws=3)
    assert curve[["articles", "tried"]].values.tolist() == [[24, 16]] * 2
    assert curve.stability[0] == 1.0
    sampled = cl.chart_stability(curve).finding
    assert "16" in sampled
    assert sampled != cl.chart_stability(curve.assign(tried=24)).finding

    reason = clusters.REASON_STABLE_IN_SAMPLE.format(first=2, last=8, articles=16)
    assert all(rule.endswith(reason) for rule in cl.find_clusters(story).rule)


def test_npmi_by_hand():
    occurs = np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1], [0, 0, 1]])
    assert clusters._mean_npmi(csr_matrix(occurs), [[0, 1]]) == 1.0
    assert clusters._mean_npmi(csr_matrix(occurs), [[0, 2]]) == -1.0
    by_chance = csr_matrix(np.array([[1, 1], [1, 0], [0, 1], [0, 0]]))
    assert clusters._mean_npmi(by_chance, [[0, 1]]) == 0.0


def test_groups_are_computed_by_one_core_whatever_the_machine_has(monkeypatch):
    group = clusters._group
    cores = []

    def remember_cores(*arguments):
        result = group(*arguments)
        cores.extend(library["num_threads"] for library in threadpool_info())
        return result

    monkeypatch.setattr(clusters, "_group", remember_cores)
    with threadpool_limits(3):
        cl.find_clusters(story_of(*WET, *LOUD), k=2)
        assert set(cores) == {1}
        assert 3 in {library["num_threads"] for library in threadpool_info()}


def test_forms_of_a_word_count_as_one_and_the_commonest_names_the_group():
    wet = [
        "river floods boats",
        "rivers flooding boat",
        "rivers flooded levee",
        "flooding levee rivers",
    ]
    loud = [
        "guitar concerts band",
        "guitars concert bands",
        "guitar concert band",
        "guitar concert stages",
    ]
    found = cl.find_clusters(story_of(*wet, *loud), k=2).label
    assert found[:4].nunique() == found[4:].nunique() == 1
    assert {"rivers", "flooding"} <= set(found[0].split(" · "))
    assert {"guitar", "concert"} <= set(found[4].split(" · "))


def short_texts(count):
    """Texts of three words about two subjects in turn."""
    subjects = (
        ["river", "flood", "water", "levee", "rain", "boats"],
        ["guitar", "band", "stage", "song", "album", "drum"],
    )
    texts = []
    for number in range(count):
        words = subjects[number % 2]
        texts.append(" ".join(words[(number // 2 + step) % 6] for step in range(3)))
    return texts


def test_many_articles_are_reassigned_and_those_outside_the_sample_assigned(monkeypatch):
    monkeypatch.setattr(clusters, "MANY_ARTICLES", 60)
    story = story_of(*short_texts(110))
    for sample, method in (
        (110, clusters.METHOD_REASSIGNED),
        (100, clusters.METHOD_SAMPLED.format(articles=100)),
    ):
        monkeypatch.setattr(clusters, "SAMPLE_ARTICLES", sample)
        found = cl.find_clusters(story, k=2)
        assert found.label.nunique() == 2
        is_wet = found.text.str.contains("river|flood|water|levee|rain|boats")
        assert found.groupby(is_wet).label.nunique().to_list() == [1, 1]
        assert set(found.rule) == {clusters.RULE.format(method=method, groups=2, reason="")}


def test_reassigning_equals_fitting_a_regression_without_each_article():
    random = np.random.default_rng(2)
    matrix = csr_matrix(random.random((30, 8)) * (random.random((30, 8)) < 0.5))
    groups = random.integers(0, 3, 30)

    def predict_without(article, groups):
        others = np.arange(30) != article
        kernel = 1 + (matrix[others] @ matrix[others].T).toarray()
        kernel += clusters.RIDGE_PENALTY * np.eye(29)
        weights = np.linalg.solve(kernel, np.eye(3)[groups[others]])
        return ((1 + (matrix[[article]] @ matrix[others].T).toarray()) @ weights)[0].argmax()

    expected = groups
    for _ in range(clusters.REASSIGNMENTS):
        expected = np.array([predict_without(article, expected) for article in range(30)])
    reassigned, _ = clusters._reassign(matrix, groups, 3)
    np.testing.assert_array_equal(reassigned, expected)
