"""The section on repeated text: the pairs of articles with the most repeated words, by kind."""

from collections import defaultdict

import numpy as np
import pandas as pd

from clippings.brief.findings import (
    MAX_LISTED,
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

# Templates of near-duplicates
NEAR_DUPLICATE_TEMPLATES = {"repeats.near_duplicate", "repeats.contained"}


def write_repeats(findings: Findings) -> list[Sentence]:
    """Write the section about repeated text."""
    sentences = []
    for relation in HOW_COUNTED:
        sentences.extend(_repeats_of_kind(relation, findings))
    return sentences or findings.nothing_found("repeats.none")


def _repeats_of_kind(relation: str, findings: Findings) -> list[Sentence]:
    """List the pairs of articles with the most repeated words of one kind; count the others.

    Repeated menus, credits and captions do not affect any result: they are only counted.
    """
    repeats = findings["repeats"]
    repeats = repeats[repeats.relation == relation]
    is_in_story = share_in(repeats, findings.story) > 0
    rows_of_pair = _rows_of_pairs(repeats)
    rows_in_story = set(repeats.index[is_in_story])
    pairs = count_shared(repeats, findings["articles"])
    pairs = pairs.sort_values("words", ascending=False, kind="stable")
    is_pair_in_story = [
        not rows_in_story.isdisjoint(rows_of_pair[pair.article_a, pair.article_b])
        for pair in pairs.itertuples()
    ]
    in_story = pairs[np.array(is_pair_in_story, dtype=bool)]
    outside = pairs.drop(in_story.index)

    sentences = [
        _repeat(relation, pair, rows_of_pair[pair.article_a, pair.article_b], findings)
        for pair in in_story.head(MAX_LISTED).itertuples()
    ]
    sentences = _with_how_counted(relation, sentences)
    others = in_story.iloc[MAX_LISTED:]
    for template, rest in (("repeats.others", others), (f"repeats.outside_{relation}", outside)):
        if rest.empty:
            continue
        rows = []
        for pair in rest.itertuples():
            rows.extend(rows_of_pair[pair.article_a, pair.article_b])
        rows.sort()
        words = int(rest.words.max())
        sentences.append(write_sentence(template, "repeats", rows, cases=len(rest), words=words))
    return sentences


def _rows_of_pairs(repeats: pd.DataFrame) -> dict[tuple[str, str], list[int]]:
    """Return the rows of copies by the articles of the original and of the copy."""
    originals = repeats.match_article.mask(repeats.relation == "within", repeats.article)
    rows_of_pair = defaultdict(list)
    for original, copy, row in zip(originals, repeats.article, repeats.index, strict=True):
        rows_of_pair[original, copy].append(row)
    return rows_of_pair


def _equal_words(words: int, repeats: pd.DataFrame) -> int:
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
        copy=findings.article_names[pair.article_b],
        original=findings.article_names[pair.article_a],
        words=_equal_words(pair.words, findings["repeats"].loc[rows]),
    )
