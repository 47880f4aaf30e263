"""The section on repeated text: the pairs of articles with the most repeated words, by kind."""

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
    "boilerplate": "repeats.counted_once",
    "shared": "repeats.counted_twice",
}


def write_repeats(findings: Findings) -> list[Sentence]:
    """Write the section about repeated text."""
    sentences = [
        sentence for relation in HOW_COUNTED for sentence in _repeats_of_kind(relation, findings)
    ]
    return sentences or findings.nothing_found("repeats.none")


def _repeats_of_kind(relation: str, findings: Findings) -> list[Sentence]:
    """List the pairs of articles with the most repeated words of one kind; count the others."""
    repeats = findings["repeats"]
    repeats = repeats[repeats.relation == relation]
    pairs = count_shared(repeats, findings["articles"])
    pairs = pairs.sort_values("words", ascending=False, kind="stable")

    sentences = []
    for pair in pairs.head(MAX_LISTED).itertuples():
        is_of_pair = repeats.article == pair.article_b
        if relation != "within":
            is_of_pair &= repeats.match_article == pair.article_a
        sentences.append(_repeat(relation, pair, repeats[is_of_pair], findings))

    others = pairs.iloc[MAX_LISTED:]
    if len(others):
        rows = repeats.index[repeats.article.isin(others.article_b)]
        words = int(others.words.max())
        sentences.append(
            write_sentence("repeats.others", "repeats", rows, cases=len(others), words=words)
        )
    return sentences


def _repeat(relation: str, pair, rows: pd.DataFrame, findings: Findings) -> Sentence:
    """Report how many words an article repeats, and whether they count."""
    is_other_article = pair.article_a != pair.article_b
    is_near_duplicate = is_other_article and pair.share >= NEAR_DUPLICATE
    sentence = write_sentence(
        "repeats.near_duplicate" if is_near_duplicate else f"repeats.{relation}",
        "repeats",
        rows.index,
        copy=findings.article_names[pair.article_b],
        original=findings.article_names[pair.article_a],
        words=int(pair.words),
    )
    is_in_story = (share_in(rows, findings.story) > 0).any()
    if not is_in_story:
        return sentence.followed_by("repeats.outside")
    if relation == "shared" and is_near_duplicate:
        return sentence.followed_by("repeats.quoted_once", section=SECTIONS["speakers"])
    return sentence.followed_by(HOW_COUNTED[relation])
