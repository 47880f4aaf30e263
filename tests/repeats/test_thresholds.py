"""The copies that the thresholds miss, and those by which to judge them."""

import numpy as np

import clippings as cl
from clippings.repeats import thresholds
from clippings.repeats.align import Limits, find_pairs
from clippings.repeats.hashing import Words
from helpers import SEEDS, articles_of

PLAIN = "The river rose by one metre over night and nobody slept."
OTHER = "The council met in the afternoon and agreed on nothing at all."
FARMERS = (
    "Farmers along the valley lost most of their maize, their seed and forty cattle "
    "when the wide brown water came."
)
EDITED = (
    "Farmers along the whole valley lost most of their maize, seed and sixty cattle "
    "when the wide brown water came."
)
SHORT = "Seven goats ate the mayor's best hat."
SHORTER = "Two thieves stole her fresh bread."


def borderline_of(articles, passages=None):
    passages = cl.find_passages(articles)
    repeats = cl.find_repeats(passages, articles)
    return cl.find_borderline(repeats, passages, articles, min_words=8, max_edits=0.15)


def test_the_borderline_copies_of_the_seeds():
    found = borderline_of(cl.read_articles(SEEDS))
    assert list(zip(found.accepted, found.article.str[:3], found.text, strict=True)) == [
        (
            True,
            "000",
            "Internal clashes hit ISIS ranks in Mosul as local militants protest against "
            "foreign jihadis",
        ),
        (False, "001", "the ranks of the Islamic State (ISIS) radical group in"),
    ]


def test_the_weakest_accepted_and_the_strongest_rejected_copy():
    def examples(*texts):
        articles = articles_of(*texts)
        found = borderline_of(articles)
        assert cl.check_spans(found, articles) is found
        return list(zip(found.accepted, found.text, strict=True))

    page = f"{FARMERS}\n\n{OTHER}\n\n{PLAIN}\n\n{SHORT} It rained. {SHORTER}"
    assert examples(page, f"Now {EDITED}", PLAIN, SHORT, SHORTER) == [
        (True, PLAIN[:-1]),
        (False, SHORT[:-1]),
    ]
    assert examples(PLAIN, PLAIN) == [(True, PLAIN[:-1])]
    assert examples(SHORT, SHORT) == [(False, SHORT[:-1])]
    assert examples(PLAIN, OTHER) == examples(PLAIN) == examples() == []


def test_only_a_sample_of_a_large_corpus_is_examined(monkeypatch):
    numbers = ("One", "Two", "Three", "Four", "Five", "Six")
    articles = articles_of(*[f"{PLAIN}\n\n{number} {EDITED}" for number in numbers])
    examined = []
    find_repeats = thresholds.find_repeats

    def remember(passages, articles, **limits):
        examined.append(sorted(articles.article))
        return find_repeats(passages, articles, **limits)

    monkeypatch.setattr(thresholds, "find_repeats", remember)
    monkeypatch.setattr(thresholds, "BORDERLINE_ARTICLES", 3)
    found = borderline_of(articles)
    assert len(examined[0]) == 3
    assert found.accepted.any()
    assert set(found.article) <= set(examined[0])

    # The same sample, whatever the order of the rows.
    borderline_of(articles[::-1])
    borderline_of(articles.iloc[[2, 5, 0, 4, 1, 3]])
    assert examined[0] == examined[1] == examined[2]


def test_count_missed_agrees_with_the_search():
    random = np.random.default_rng(1)

    def new_words(*shape):
        return random.integers(1, 2**63, shape, dtype=np.uint64)

    def share_found(length, edits):
        """Count the copies at least half found, out of 1,000 with words replaced at random."""
        originals = new_words(1000, length)
        is_edited = random.random(originals.shape) < edits
        copies = np.where(is_edited, new_words(*originals.shape), originals)
        texts = np.concatenate(
            [
                np.concatenate([new_words(1000, 20), side, new_words(1000, 20)], axis=1)
                for side in (originals, copies)
            ]
        )
        bounds = np.arange(2001) * texts.shape[1]
        no = np.zeros(texts.size, dtype=bool)
        words = Words(texts.ravel(), bounds, bounds, no, no, bounds)
        pairs = find_pairs(words, bounds, Limits(8, 0.15, words.hashes[:0]))
        half_found = 2 * (pairs.b_end - pairs.b) >= length
        return len(set(pairs.b[half_found] // texts.shape[1])) / 1000

    for row in cl.count_missed(min_words=8, max_edits=0.15).itertuples():
        share = share_found(row.words, row.edits)
        assert share > row.found - 0.05, row
        if row.edits <= 0.15:  # above, stretches less edited than the whole are found as well
            assert share < row.found + 0.05, row
