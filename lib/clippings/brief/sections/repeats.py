"""The section on repeated text: the pairs of articles with the most repeated words, by kind."""

from collections import defaultdict
from typing import NamedTuple

import numpy as np
import pandas as pd

from clippings.brief.findings import (
    NEAR_DUPLICATE,
    Findings,
    Sentence,
    write_sentence,
)
from clippings.brief.templates import SECTIONS
from clippings.repeats.copies import count_shared, share_in

# Kinds of repeats (column relation), and how they affect the word counts of articles.
HOW_COUNTED = {
    "within": "repeats.counted_once",
    "boilerplate": "repeats.boilerplate_counted_once",
    "shared": "repeats.counted_twice",
}

# Maximum number of pairs of articles that are named for each kind
MAX_PAIRS = 3

# Minimum number of repeated words with which a pair of articles is named: a shorter passage may be
# a common phrase or a name with its title.
MIN_SHARED_WORDS = 25

# Templates of near-duplicates
NEAR_DUPLICATE_TEMPLATES = {"repeats.near_duplicate", "repeats.contained"}


class _Others(NamedTuple):
    """The repeated passages that are only counted."""

    rows: list[int]
    words: list[int]  # of each pair of articles


def write_repeats(findings: Findings) -> list[Sentence]:
    """Write the section about repeated text.

    Repeated menus, credits and captions do not affect any result, and are not mentioned.
    """
    sentences = []
    others = _Others([], [])
    for relation in HOW_COUNTED:
        repeats = findings["repeats"]
        repeats = repeats[repeats.relation == relation]
        pairs = _pairs_in_story(repeats, findings)
        listed = pairs[pairs.words >= MIN_SHARED_WORDS].head(MAX_PAIRS)
        rows_of_pair = _rows_of_pairs(repeats)
        of_relation = [
            _repeat(relation, pair, rows_of_pair[pair.article_a, pair.article_b], findings)
            for pair in listed.itertuples()
        ]
        sentences.extend(_with_how_counted(relation, of_relation))
        for pair in pairs.drop(listed.index).itertuples():
            others.rows.extend(rows_of_pair[pair.article_a, pair.article_b])
            others.words.append(int(pair.words))

    if others.rows:
        sentences.append(
            write_sentence(
                "repeats.others" if sentences else "repeats.only_short",
                "repeats",
                sorted(others.rows),
                cases=len(others.words),
                words=max(others.words),
            )
        )
    return sentences or findings.nothing_found("repeats.none")


def _pairs_in_story(repeats: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """Return the pairs of articles with repeated article text, those with most words first."""
    is_in_story = share_in(repeats, findings.story) > 0
    rows_in_story = set(repeats.index[is_in_story])
    rows_of_pair = _rows_of_pairs(repeats)
    pairs = count_shared(repeats, findings["articles"])
    pairs = pairs.sort_values("words", ascending=False, kind="stable")
    is_pair_in_story = [
        not rows_in_story.isdisjoint(rows_of_pair[pair.article_a, pair.article_b])
        for pair in pairs.itertuples()
    ]
    return pairs[np.array(is_pair_in_story, dtype=bool)]


def _rows_of_pairs(repeats: pd.DataFrame) -> dict[tuple[str, str], list[int]]:
    """Return the rows of copies by the articles of the original and of the copy."""
    originals = repeats.match_article.mask(repeats.relation == "within", repeats.article)
    rows_of_pair = defaultdict(list)
    for original, copy, row in zip(originals, repeats.article, repeats.index, strict=True):
        rows_of_pair[original, copy].append(row)
    return rows_of_pair


def equal_words(words: int, repeats: pd.DataFrame) -> int:
    """Return how many words of repeats are equal: those that were edited are not shared."""
    share = (repeats.similarity * repeats.words).sum() / repeats.words.sum()
    return int(words * share)


def _with_how_counted(relation: str, sentences: list[Sentence]) -> list[Sentence]:
    """Add how repeated words are counted, once for each way of counting."""
    complete = []
    explained = set()
    for sentence in sentences:
        how = HOW_COUNTED[relation]
        if relation == "shared" and sentence.template in NEAR_DUPLICATE_TEMPLATES:
            how = "repeats.quoted_once"
        if how not in explained:
            explained.add(how)
            sentence = sentence.followed_by(how, section=SECTIONS["speakers"])
        complete.append(sentence)
    return complete


def _repeat(relation: str, pair, rows: list[int], findings: Findings) -> Sentence:
    """Report how many words of article text an article repeats."""
    is_other_article = pair.article_a != pair.article_b
    is_near_duplicate = is_other_article and pair.share >= NEAR_DUPLICATE
    template = f"repeats.{relation}"
    if is_near_duplicate:
        words_of_original = findings.words_of_story.get(pair.article_a, 0)
        is_whole_original = pair.words >= NEAR_DUPLICATE * words_of_original
        template = "repeats.near_duplicate" if is_whole_original else "repeats.contained"
    return write_sentence(
        template,
        "repeats",
        rows,
        copy=findings.short_titles[pair.article_b],
        original=findings.short_titles[pair.article_a],
        words=equal_words(pair.words, findings["repeats"].loc[rows]),
    )
