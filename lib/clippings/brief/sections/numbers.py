"""The section on numbers: the numbers given for each event, and whether they agree."""

import networkx as nx
import numpy as np
import pandas as pd

from clippings.brief.findings import (
    MAX_LISTED,
    MAX_POSSIBLE,
    Findings,
    Sentence,
    write_sentence,
)
from clippings.brief.numbers import (
    compare_numbers,
    differing_numbers,
    is_currency,
    number_with_noun,
    quote_around,
    thing_counted,
)
from clippings.brief.phrasing import fill, list_first
from clippings.brief.templates import PHRASES
from clippings.core.lexicon import words_of
from clippings.core.tokens import fold

# Maximum number of events whose numbers are compared, each in a sentence of its own
MAX_EVENTS = 5

# Maximum number of events with a single number: there is nothing to compare, and the table of
# numbers contains all of them.
MAX_SINGLE_NUMBERS = 5

# Maximum number of numbers quoted for one event; more would bury the sentence that follows.
MAX_AMOUNTS = 6

# Maximum number of sources that are named for one number
MAX_SOURCES = 2

# Reasons that make it likely that two different numbers are about the same event. A common place or
# participant is not sufficient: an article on an earthquake also names the injured of earlier ones.
CLOSE_REASONS = frozenset({"dates", "amount"})


def write_numbers(findings: Findings) -> list[Sentence]:
    """Write the section about numbers, starting with events that several articles report."""
    amounts = findings.amounts
    number_of_amounts = amounts.groupby("claim").size()

    def importance(claim: str) -> tuple:
        return claim not in findings.all_shared_claims, -number_of_amounts[claim], claim

    claims = sorted(number_of_amounts.index, key=importance)
    compared = [claim for claim in claims if number_of_amounts[claim] > 1][:MAX_EVENTS]
    single = [claim for claim in claims if number_of_amounts[claim] == 1]
    sentences = [
        *[_numbers_of_event(amounts[amounts.claim == claim], findings) for claim in compared],
        *_single_numbers(amounts[amounts.claim.isin(single)], findings),
        *_numbers_of_possible_events(findings),
    ]
    if not sentences and findings.all_shared_claims:
        return findings.nothing_found("numbers.none")
    return sentences


def _single_numbers(amounts: pd.DataFrame, findings: Findings) -> list[Sentence]:
    """List, in one sentence, the events for which there is a single number."""
    if amounts.empty:
        return []
    order = sorted(amounts.index, key=lambda row: (amounts.claim[row], row))
    listed = amounts.loc[order[:MAX_SINGLE_NUMBERS]]
    numbers = [
        fill(
            PHRASES["number.of_event"],
            event=findings.event_of(listed.loc[[row.Index]], definite=False),
            statement=_statements(listed.loc[[row.Index]], findings)[0],
        )
        for row in listed.itertuples()
    ]
    return [
        write_sentence(
            "numbers.single",
            "amounts",
            listed.index,
            number=len(listed),
            numbers="; ".join(numbers),
        )
    ]


def _numbers_of_possible_events(findings: Findings) -> list[Sentence]:
    """List different numbers in reports that may be about the same event."""
    sentences = []
    for mentions in _linked_mentions(findings):
        events = findings.all_amounts[["article", "event_start"]].astype({"event_start": "int64"})
        is_of_mention = pd.MultiIndex.from_frame(events).isin(mentions)
        amounts = findings.all_amounts[is_of_mention]
        if amounts.claim.isin(findings.all_shared_claims).any():
            continue  # these numbers are listed already
        is_earlier = [
            findings.names_earlier_year(row.article, row.start) for row in amounts.itertuples()
        ]
        amounts = amounts[~np.array(is_earlier, dtype=bool)]
        differing = differing_numbers(amounts, findings["articles"])
        if not differing.empty:
            sentences.append(_different_numbers(differing, findings))
    return sentences[:MAX_POSSIBLE]


def _linked_mentions(findings: Findings) -> list[set[tuple[str, int]]]:
    """Group the mentions that may refer to the same event, by article and start."""
    links = findings.possible_links
    reasons = links.reason_codes.str.split()
    links = links[reasons.map(lambda codes: not CLOSE_REASONS.isdisjoint(codes))]
    graph = nx.Graph()
    for row in links.itertuples():
        graph.add_edge((row.article, row.start), (row.match_article, int(row.match_start)))
    return sorted(
        nx.connected_components(graph), key=lambda mentions: (-len(mentions), min(mentions))
    )


def _different_numbers(amounts: pd.DataFrame, findings: Findings) -> Sentence:
    """List different numbers in ascending order, each with the articles that give it."""
    statements = []
    for _, rows in amounts.groupby(["low", "high"]):
        first = next(rows.itertuples())
        articles = list(dict.fromkeys(findings.source_names[name] for name in rows.article))
        statements.append(
            fill(
                PHRASES["statement"],
                words=number_with_noun(first, findings.texts[first.article]),
                source=list_first(articles, 1, len(articles)),
            )
        )
    return write_sentence(
        "numbers.possible",
        "amounts",
        amounts.index,
        articles=amounts.article.nunique(),
        event=findings.event_of(amounts),
        thing=amounts.thing.iloc[0],
        statements="; ".join(statements),
    )


def _numbers_of_event(amounts: pd.DataFrame, findings: Findings) -> Sentence:
    """List the numbers given for an event with their sources, and whether they agree."""
    quoted = amounts.head(MAX_AMOUNTS)
    statements = _statements(quoted, findings)
    rest = len(amounts) - len(quoted)
    if rest > 0:
        statements.append(fill(PHRASES["others"], number=rest))

    sentence = write_sentence(
        "numbers.stated",
        "amounts",
        amounts.index,
        event=findings.event_of(amounts, definite=False),
        articles=amounts.article.nunique(),
        statements="; ".join(statements),
    )
    for thing, is_compatible in compare_numbers(amounts, findings["articles"]).items():
        if is_compatible and _are_same_words(amounts, thing):
            continue  # readers can see that equal numbers agree, and copies always agree
        template = "numbers.compatible" if is_compatible else "numbers.conflicting"
        if not thing:
            template = f"{template}_unnamed"
        elif is_currency(thing):
            template = f"{template}_money"
        sentence = sentence.followed_by(template, thing=thing, words=_list_unnamed(amounts))
    return sentence


def _list_unnamed(amounts: pd.DataFrame) -> str:
    """List the different numbers that count a thing without a name."""
    unnamed = [row.text for row in amounts.itertuples() if not thing_counted(row)]
    words = [fill(PHRASES["account.quoted"], words=text) for text in dict.fromkeys(unnamed)]
    return list_first(words, MAX_LISTED, len(words)) if words else ""


def _are_same_words(amounts: pd.DataFrame, thing: str) -> bool:
    """Return whether all numbers of a thing are given in the same words."""
    words = {fold(row.text) for row in amounts.itertuples() if thing_counted(row) == thing}
    return len(words) <= 1


def _statements(amounts: pd.DataFrame, findings: Findings) -> list[str]:
    """Quote each number once, with all sources that give it in the same words."""
    sources_of_words: dict[str, list[str]] = {}
    for row in amounts.itertuples():
        words = number_with_noun(row, findings.texts[row.article])
        source = _source_of_number(row, findings)
        sources = sources_of_words.setdefault(words, [])
        if source not in sources:
            sources.append(source)
    return [
        fill(PHRASES["statement"], words=words, source="; ".join(_with_rest(sources)))
        for words, sources in sources_of_words.items()
    ]


def _with_rest(sources: list[str]) -> list[str]:
    """Return the first sources of a number, and how many others there are."""
    rest = len(sources) - MAX_SOURCES
    if rest <= 0:
        return sources
    return [*sources[:MAX_SOURCES], fill(PHRASES["others"], number=rest)]


def _source_of_number(amount, findings: Findings) -> str:
    """Name the source of a number: the quoted speaker and the outlet, or the outlet alone."""
    quotes = findings.quotes_by_article.get(amount.article, [])
    quote = quote_around(amount.start, amount.end, quotes)
    outlet = findings.source_names[amount.article]
    if quote is None or quote.label == outlet:
        return fill(PHRASES["voice.outlet"], outlet=outlet)
    if quote.label:
        return fill(
            PHRASES["voice.named"], speaker=findings.name_in_sentence(quote.label), outlet=outlet
        )
    if quote.source_type and pd.notna(quote.speaker_start):
        text = findings.texts[amount.article]
        speaker = " ".join(text[int(quote.speaker_start) : int(quote.speaker_end)].split())
        if fold(speaker) not in words_of("en/speech/function_words", kind="pronoun"):
            return fill(PHRASES["voice.unnamed"], speaker=speaker, outlet=outlet)
    return fill(PHRASES["voice.unknown"], outlet=outlet)
