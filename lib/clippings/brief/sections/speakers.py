"""The section on who is quoted: the speakers with the most words, and the unnamed speakers."""

import pandas as pd

from clippings.brief.findings import MAX_LISTED, Findings, Sentence, rank, write_sentence
from clippings.brief.phrasing import choose_form, fill, number_in_words
from clippings.brief.templates import PHRASES, STATEMENTS_BY
from clippings.core.wording import join_and
from clippings.corpus.counts import count_words
from clippings.repeats.copies import is_counted


def write_speakers(findings: Findings) -> list[Sentence]:
    """Write the section about speakers."""
    quotes = findings["quotes"]
    # A story that two files have counts once in shares and numbers.
    quotes = quotes[is_counted(quotes) & ~quotes.article.isin(findings.near_copies)]
    if quotes.empty:
        return findings.nothing_found("speakers.none")
    return [*_named_speakers(quotes), *_unnamed_speakers(quotes)]


def _named_speakers(quotes: pd.DataFrame) -> list[Sentence]:
    """Report the main named speakers' shares of all words by named speakers."""
    named = quotes[quotes.label != ""]
    if named.empty:
        return []
    words = count_words(named, by=["label"]).set_index("label").words
    largest = rank(words)[:MAX_LISTED]
    shares = [f"{speaker} ({_percent(words[speaker] / words.sum())})" for speaker in largest]
    is_majority = 2 * words[largest].sum() > words.sum()
    return [
        write_sentence(
            "speakers.most_words" if is_majority else "speakers.largest_shares",
            "quotes",
            named.index[named.label.isin(largest)],
            speakers=join_and(shares),
        )
    ]


def _unnamed_speakers(quotes: pd.DataFrame) -> list[Sentence]:
    """Report how many statements come from unnamed speakers, and from which types of speakers."""
    unnamed = quotes[quotes.anonymous]
    if unnamed.empty:
        return []
    counts = unnamed.source_type.value_counts()
    kinds = [
        f"{number_in_words(counts[code])} by {choose_form(counts[code], _forms(code))}"
        for code in rank(counts)
    ]
    return [
        write_sentence(
            "speakers.unnamed",
            "quotes",
            unnamed.index,
            part=_statements_in_words(len(unnamed), len(quotes)),
            kinds=join_and(kinds),
        )
    ]


def _forms(source_type: str) -> str:
    """Return the singular and plural forms of a type of speaker."""
    return STATEMENTS_BY.get(source_type, source_type)


def _statements_in_words(part: int, whole: int) -> str:
    """Describe a number of statements as part of all statements."""
    name = "statements.some"
    if part == whole:
        name = "statements.only" if whole == 1 else "statements.all"
    return fill(PHRASES[name], part=part, whole=whole)


def _percent(share: float) -> str:
    """Write a share as a whole percentage."""
    return f"{share:.0%}" if share >= 0.01 else "under 1%"
