"""The proposed number of groups of articles."""

from itertools import product

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

import clippings as cl
from clippings.themes import group_numbers
from helpers import story_of

# Invented words, which no two vocabularies share.
SYLLABLES = [first + second for first, second in product("bdfgklmnprstvz", "aeiou")]
WORDS = ["".join(pair) + "x" for pair in product(SYLLABLES, SYLLABLES)]


def vocabularies(number, words):
    """Return vocabularies of this many words."""
    order = np.random.default_rng(5).permutation(len(WORDS))
    return [
        [WORDS[order[first + word]] for word in range(words)]
        for first in range(0, number * words, words)
    ]


def mixed_folder(stories, articles, own_words, common_words, seed=1):
    """Return texts with words of their story and words that all texts use, and their stories."""
    random = np.random.default_rng(seed)
    of_story = vocabularies(stories, 40)
    common = WORDS[-1500:]
    texts = []
    story_of_text = []
    for story, vocabulary in enumerate(of_story):
        for _ in range(articles[story % len(articles)]):
            words = [*random.choice(vocabulary, own_words), *random.choice(common, common_words)]
            texts.append(" ".join(random.permutation(words)))
            story_of_text.append(story)
    return texts, story_of_text


@pytest.mark.parametrize("stories", [4, 12, 25])
def test_stories_are_groups_of_their_own(stories):
    texts, story_of_text = mixed_folder(stories, articles=(3, 4, 6), own_words=40, common_words=40)
    passages = story_of(*texts)
    curve = cl.count_stability(passages)
    assert set(curve.kind) == {group_numbers.STORIES}
    assert curve[curve.proposed].k.to_list() == [stories]
    assert curve.k.is_monotonic_increasing
    groups = cl.find_clusters(passages).sort_values("start").set_index("article").label
    in_order = groups[[f"a{number}.txt" for number in range(len(texts))]]
    assert adjusted_rand_score(story_of_text, in_order) == 1.0


def test_an_article_about_something_else_is_not_part_of_a_story():
    texts, _ = mixed_folder(6, articles=(4,), own_words=40, common_words=40)
    *_, rare, rarer = vocabularies(8, 40)
    passages = story_of(*texts, " ".join(rare), " ".join(rarer))
    groups = cl.find_clusters(passages).set_index("article").label
    assert set(groups.index[groups == ""]) == {"a24.txt", "a25.txt"}
    assert groups[groups != ""].nunique() == 6


def test_subjects_are_few_large_groups():
    texts, _ = mixed_folder(3, articles=(30,), own_words=12, common_words=60)
    curve = cl.count_stability(story_of(*texts))
    assert set(curve.kind) == {group_numbers.SUBJECTS}
    assert curve[curve.proposed].k.to_list() == [3]


def test_random_texts_are_not_divided():
    random = np.random.default_rng(2)
    texts = [" ".join(random.choice(WORDS[:300], 60)) for _ in range(30)]
    passages = story_of(*texts)
    assert not cl.count_stability(passages).proposed.any()
    assert set(cl.find_clusters(passages).label) == {""}

    same_subject = story_of(*(f"Water ran over the levee in Ostrand. {text}." for text in texts))
    assert not cl.count_stability(same_subject).proposed.any()
    assert set(cl.find_clusters(same_subject).label) == {"levee · Ostrand"}


def test_more_numbers_are_tried_for_more_articles():
    for articles in (4, 12, 100, 1000):
        numbers = group_numbers._numbers_of_stories(articles)
        assert numbers == sorted(set(numbers))
        assert numbers[0] == 2
        assert articles / 2 <= numbers[-1] < articles


def test_mixing_words_keeps_their_frequencies():
    from clippings.themes.article_vectors import count_stems

    counts = count_stems(story_of("river flood river", "river rain", "flood boats dam"))
    mixed = group_numbers._distribute_words_at_random(counts, seed=1)
    np.testing.assert_array_equal(mixed.matrix.sum(axis=0), counts.matrix.sum(axis=0))
    assert (mixed.matrix != counts.matrix).nnz
