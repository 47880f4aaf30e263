"""Origins: who first reported a claim, and how many of them are independent."""

from collections import Counter
from typing import NamedTuple

import pandas as pd

from clippings.core.spans import SpanIndex
from clippings.core.tables import by_article
from clippings.core.tokens import fold
from clippings.repeats.copies import mark_duplicates

COLUMNS = {
    "claim": "str",
    "kind": "str",
    "place": "str",
    "origin": "str",
    "origin_type": "str",
    "speaker": "str",
    "outlet": "str",
    "mentions": "int64",
    "folded_into": "str",
    "reason": "str",
}


def count_origins(
    claims: pd.DataFrame, quotes: pd.DataFrame, repeats: pd.DataFrame, articles: pd.DataFrame
) -> pd.DataFrame:
    """Count the mentions of each claim by origin: the source that an article names, or its outlet.

    Parameters
    ----------
    claims, quotes, repeats, articles : pandas.DataFrame
        Tables of the same articles. Rejected rows of claims are left out.

    Returns
    -------
    pandas.DataFrame
        One row per claim, origin and way in which it is counted, sorted by them:

        - `claim`, `kind`, `place`: the label of the claim, and its columns.
        - `origin`: the named speaker; an unnamed one in the words of the article, with the
          outlet in brackets; else the outlet. An article whose outlet is unknown counts as an
          outlet by its id.
        - `origin_type`: `named_source`, `agency`, `unnamed_source`, `unnamed_reports` or `outlet`.
        - `speaker`: the name or the words of the article; "" for an outlet.
        - `outlet`: the outlet, or the article's id, that quotes an unnamed source or is the
          origin itself; "" for named sources, who may speak in several.
        - `mentions`: the number of mentions of the claim.
        - `folded_into`: "" if the origin counts as independent; otherwise the origin that it
          is folded into.
        - `reason`: how the origin is known: `quoted` by name, `relayed` from an agency,
          `unnamed`, `own_words` of the article, `no_speaker` (a quotation whose speaker was not
          identified). Folded are `unnamed_reports` (into the outlet that cites them) and
          `duplicate` (text that repeats an earlier article).

    Notes
    -----
    A mention belongs to the innermost quotation around it. "The source" and "he" are the last
    unnamed source of the same type in the article.

    Not recognised: two outlets that rely on the same unnamed source, and a source that is named
    outside the quotation.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> tables = cl.find_all(articles, codebook)
    >>> origins = cl.count_origins(tables["claims"], tables["quotes"], tables["repeats"], articles)
    >>> evacuation = origins[(origins.kind == "evacuation") & (origins.place == "Ostrand")]
    >>> evacuation[["origin", "origin_type", "mentions", "reason"]]
                           origin     origin_type  mentions     reason
    24              Coast Courier          outlet         1  own_words
    25  the mayor (Coast Courier)  unnamed_source         1    unnamed
    26           mayor of Tolmere    named_source         1     quoted
    """
    texts = dict(zip(articles.article, articles.text, strict=True))
    outlets = {row.article: row.outlet or row.article for row in articles.itertuples()}
    claim_columns = {
        row.label: (row.label, row.kind, row.place) for row in claims.itertuples(index=False)
    }

    quotes_of: dict[str, SpanIndex] = {}
    speaker_words: dict[_Span, str] = {}
    for article, rows in by_article(quotes).items():
        quotes_of[article] = SpanIndex(rows)
        speaker_words |= _words_for_unnamed_speakers(rows, texts[article])

    no_quotes = SpanIndex([])
    mentions: Counter = Counter()
    for row in mark_duplicates(claims[claims.status != "rejected"], repeats).itertuples():
        outlet = outlets[row.article]
        around = quotes_of.get(row.article, no_quotes).around(row.start, row.end)
        origin = _find_origin(around, outlet, speaker_words)
        folded_into = outlet if origin.origin_type == "unnamed_reports" else ""
        if row.duplicate_status != "first":
            origin = origin._replace(reason="duplicate")
            folded_into = origin.name
        mentions[claim_columns[row.label], origin, folded_into] += 1

    rows = [
        (
            *claim,
            origin.name,
            origin.origin_type,
            origin.speaker,
            origin.outlet,
            number,
            folded_into,
            origin.reason,
        )
        for (claim, origin, folded_into), number in sorted(mentions.items())
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


_Span = tuple[str, int, int]  # article, start, end


class _Origin(NamedTuple):
    """The origin of a mention; see the columns of count_origins."""

    name: str
    origin_type: str
    speaker: str
    outlet: str
    reason: str


def _words_for_unnamed_speakers(quotes: list, text: str) -> dict[_Span, str]:
    """Return what an article calls the unnamed speaker of each quotation."""
    words_of: dict[_Span, str] = {}
    last_of_type: dict[str, str] = {}
    for quote in quotes:
        if quote.label != "" or pd.isna(quote.speaker_start):
            continue
        words = " ".join(text[quote.speaker_start : quote.speaker_end].split())

        # "the source" and "he" are a speaker who was introduced earlier: "a local source".
        is_back_reference = fold(words).startswith("the ") or " " not in words
        if is_back_reference:
            words = last_of_type.get(quote.source_type, words)

        last_of_type[quote.source_type] = words
        words_of[quote.article, quote.start, quote.end] = words
    return words_of


def _find_origin(quotes: list, outlet: str, speaker_words: dict[_Span, str]) -> _Origin:
    """The origin of a mention, from the quotations around it."""
    if not quotes:
        return _Origin(outlet, "outlet", "", outlet, "own_words")

    innermost = max(quotes, key=lambda quote: quote.start)
    if innermost.label:
        name = innermost.label
        if innermost.source_type == "agency":
            return _Origin(name, "agency", name, "", "relayed")
        return _Origin(name, "named_source", name, "", "quoted")

    if pd.isna(innermost.speaker_start):
        return _Origin(outlet, "outlet", "", outlet, "no_speaker")

    words = speaker_words[innermost.article, innermost.start, innermost.end]
    name = f"{words} ({outlet})"
    if innermost.source_type == "outlet":
        # "News reports said": nobody knows whose, so that they add no independent source.
        return _Origin(name, "unnamed_reports", words, outlet, "unnamed_reports")
    return _Origin(name, "unnamed_source", words, outlet, "unnamed")
