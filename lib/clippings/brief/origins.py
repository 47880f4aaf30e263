"""How many independent origins a claim has."""

from collections import defaultdict

import pandas as pd

from clippings.core.spans import Within
from clippings.core.tables import by_article
from clippings.core.tokens import fold
from clippings.repeats.copies import mark_duplicates


def count_origins(
    claims: pd.DataFrame, quotes: pd.DataFrame, repeats: pd.DataFrame, articles: pd.DataFrame
) -> pd.DataFrame:
    """Where each claim comes from: who first said it, with relays and copies folded.

    In: claims (rejected ones are left out), quotes, repeats, articles.
    Out: claim, origin (the named speaker; "unnamed: …" with the words of the article; else the outlet, or the
    article where no outlet is known), mentions, folded_into ("" = counts as an independent origin), reason; sorted
    by claim and origin.
    Raises: nothing.
    Misses: two outlets that had it from one unnamed source; an origin outside the sentence.
    Source: own rules; news reports without a name are no independent source.
    Example:
        >>> from clippings.core.tables import make_table
        >>> count_origins(*(make_table(name) for name in ("claims", "quotes", "repeats", "articles"))).empty
        True
    """
    known = {row.article: (row.outlet or row.article, row.text) for row in articles.itertuples()}
    told, called = {}, {}
    for article, rows in by_article(quotes).items():
        told[article] = Within(rows)
        called |= _called(rows, known[article][1])
    nothing = Within([])
    counted: dict[tuple[str, str, str, str], int] = defaultdict(int)
    for row in mark_duplicates(claims[claims.status != "rejected"], repeats).itertuples():
        around = told.get(row.article, nothing).around(row.start, row.end)
        origin, reason = _origin(around, known[row.article][0], called)
        folded = "" if reason != "news reports without a name" else "not independent"
        if row.duplicate_status != "first":
            folded, reason = origin, "in text told before"
        counted[row.label, origin, folded, reason] += 1
    rows = [
        (*whence, mentions, folded, reason)
        for (*whence, folded, reason), mentions in sorted(counted.items())
    ]
    return pd.DataFrame(rows, columns=["claim", "origin", "mentions", "folded_into", "reason"])


def _called(quotes: list, text: str) -> dict[tuple, str]:
    """What the speakers without a name are called: "the source" and "he" as the last of their kind was."""
    found, last = {}, {}
    for quote in quotes:
        if quote.label == "" and not pd.isna(quote.speaker_start):
            words = " ".join(text[quote.speaker_start : quote.speaker_end].split())
            again = fold(words).startswith("the ") or " " not in words
            words = last.get(quote.source_type, words) if again else words
            last[quote.source_type] = found[quote.article, quote.start, quote.end] = words
    return found


def _origin(around: list, outlet: str, called: dict) -> tuple[str, str]:
    """Who says it, by the quotations around a mention, and how it came."""
    if not around:
        return outlet, "the article's own words"
    quote = max(around, key=lambda quote: quote.start)
    if quote.label:
        return quote.label, "relayed by the article" if quote.source_type == "agency" else "says so"
    if pd.isna(quote.speaker_start):
        return outlet, "quoted without a speaker"
    words = called[quote.article, quote.start, quote.end]
    if quote.source_type == "outlet":
        return f"unnamed: {words} ({outlet})", "news reports without a name"
    return f"unnamed: {words} ({outlet})", "says so, not named"
