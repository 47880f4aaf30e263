"""Groups of articles by their words."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.metrics import adjusted_rand_score
from threadpoolctl import threadpool_info, threadpool_limits

import clippings as cl
from clippings.core.errors import BadInput
from clippings.themes import article_vectors, clusters, group_numbers
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


# Two subjects of two parts each: the parts of a subject share half of their words.
RIVER = "river flood water levee rain boats"
CONCERT = "guitar band stage song album drum"
PARTS_OF_SUBJECTS = (
    f"{RIVER} mayor council town budget vote tax",
    f"{RIVER} doctor nurse ward fever clinic drug",
    f"{CONCERT} ticket price seller fraud queue fee",
    f"{CONCERT} actor film camera scene studio award",
)


def texts_about(*vocabularies, articles, words=4):
    """Texts of random words of each vocabulary."""
    random = np.random.default_rng(0)
    texts = []
    for vocabulary in vocabularies:
        for _ in range(articles):
            texts.append(" ".join(random.choice(vocabulary.split(), words, replace=False)))
    return texts


def test_two_subjects_are_two_groups():
    groups = cl.find_clusters(story_of(*WET, *LOUD), k=2).label
    assert groups[:3].nunique() == groups[3:].nunique() == 1
    assert groups.nunique() == 2


def test_too_little_text_gives_no_groups():
    for texts in (WET, ["one", "two", "three", "four"], [""] * 5, []):
        assert cl.find_clusters(story_of(*texts)).empty
        assert cl.count_stability(story_of(*texts)).empty
    assert cl.count_stability(story_of("one", "two", "three", "four"), ks=[2]).empty


def test_an_article_that_is_alone_is_in_no_group():
    many_groups = cl.find_clusters(story_of(*WET, *LOUD), k=50)
    sizes = many_groups.label[many_groups.label != ""].value_counts()
    assert (sizes > 1).all()
    assert many_groups.weight.isna().equals(many_groups.label == "")
    one_apart = cl.find_clusters(story_of(*WET, *LOUD, "cheese goat farm cheese goat"), k=3)
    assert (one_apart.label == "").to_list() == [False] * 6 + [True]
    assert one_apart.weight.isna().to_list() == [False] * 6 + [True]


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
    assert curve.stability[0] == curve.lowest[0] == 1.0
    assert curve.fit[0] > curve.fit[1]
    assert curve.proposed.to_list() == [True, False]
    assert cl.count_stability(story, ks=[]).empty


def test_the_proposed_number_of_groups_is_used():
    story = story_of(*WET, *LOUD)
    proposed = cl.count_stability(story).query("proposed")
    clusters_found = cl.find_clusters(story)
    assert proposed.k.to_list() == [clusters_found.label.nunique()] == [2]
    assert clusters_found.label.equals(cl.find_clusters(story, k=2).label)


def test_numbers_of_groups_are_tried_on_a_sample_of_many_articles(monkeypatch):
    story = story_of(*texts_about(RIVER, CONCERT, articles=12))
    monkeypatch.setattr(group_numbers, "MEASURED_ARTICLES", 16)
    curve = cl.count_stability(story, ks=[2, 3], draws=3)
    assert curve[["articles", "tried"]].values.tolist() == [[24, 16]] * 2
    assert curve.stability[0] == 1.0
    sampled = cl.chart_stability(curve).finding
    assert "16" in sampled
    assert sampled != cl.chart_stability(curve.assign(tried=24)).finding
    in_sample = clusters.REASON_IN_SAMPLE.format(articles=16)
    assert all(in_sample in rule for rule in cl.find_clusters(story).rule)
    assert not any(in_sample in rule for rule in cl.find_clusters(story, k=2).rule)


def test_labels_are_terms_of_several_articles_and_differ():
    wet = [
        "The river rose. The levee held the river. A goat swam.",
        "The levee broke, and the river rose again.",
        "A new levee will hold the river.",
    ]
    loud = [
        "The concert was loud. The guitar broke.",
        "The band played the guitar at the concert.",
        "A concert with a guitar. The mayor slept.",
    ]
    labels = cl.find_clusters(story_of(*wet, *loud), k=2).label.unique()
    terms = [set(label.split(clusters.LABEL_SEPARATOR)) for label in labels]
    assert {"river", "levee"} <= terms[0]
    assert {"concert", "guitar"} <= terms[1]
    assert not {"goat", "mayor"} & set.union(*terms)
    assert terms[0].isdisjoint(terms[1])


def test_labels_of_groups_with_the_same_terms_are_numbered():
    assert clusters._make_unique(["dam", "", "dam", "bus", ""]) == [
        "dam (1)",
        "",
        "dam (2)",
        "bus",
        "",
    ]


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


def test_forms_of_a_word_count_as_one():
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
    groups = cl.find_clusters(story_of(*wet, *loud), k=2).label
    assert groups[:4].nunique() == groups[4:].nunique() == 1


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
    monkeypatch.setattr(article_vectors, "MANY_ARTICLES", 60)
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
        assert set(found.rule) == {
            clusters.RULE.format(method=method, groups=2, reason="", alone="")
        }


def test_reassigning_corrects_single_articles():
    random = np.random.default_rng(2)
    right = np.repeat([0, 1, 2], 20)
    probability = np.where(np.arange(15) // 5 == right[:, None], 0.8, 0.1)
    matrix = csr_matrix((random.random((60, 15)) < probability).astype("float64"))
    wrong = right.copy()
    wrong[[3, 25, 50]] = [1, 2, 0]
    np.testing.assert_array_equal(clusters._reassign(matrix, wrong), right)
    all_in_one = np.zeros(60, dtype="int64")
    np.testing.assert_array_equal(clusters._reassign(matrix, all_in_one), all_in_one)

    known = np.arange(0, 60, 2)
    np.testing.assert_array_equal(clusters._assign(matrix, known, right[known]), right)
    one_group = np.zeros(len(known), dtype="int64")
    assert not clusters._assign(matrix, known, one_group).any()


def test_large_groups_are_divided():
    story = story_of(*texts_about(*PARTS_OF_SUBJECTS, articles=12, words=9))
    number = story.article.str.extract(r"(\d+)")[0].astype(int)
    subject = "subject " + (number // 24).astype(str)
    parts = cl.find_subclusters(story, story.assign(label=subject))
    assert adjusted_rand_score(number // 12, parts.label) > 0.8
    assert parts.parent.to_list() == subject.to_list()

    small = story.assign(label=subject.where(number % 24 < 6, ""))
    assert cl.find_subclusters(story, small).empty
