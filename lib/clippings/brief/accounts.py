"""What each article reports about the events that several articles report, side by side."""

import pandas as pd

from clippings.brief.clauses import sentence_around
from clippings.brief.findings import Findings
from clippings.brief.numbers import number_with_noun
from clippings.brief.origins import (
    AGENCY,
    NAMED_SOURCE,
    OUTLET,
    REPORTS,
    UNNAMED_SOURCE,
    count_origins,
)
from clippings.brief.phrasing import fill
from clippings.brief.sections.events import common_dates
from clippings.brief.templates import PHRASES

SEPARATOR = "; "

# The phrase for each type of source
SOURCE_PHRASES = {
    NAMED_SOURCE: "account.source",
    AGENCY: "account.source",
    UNNAMED_SOURCE: "account.unnamed_source",
    REPORTS: "account.reports",
}

COLUMNS = {
    "event": "str",
    "article": "str",
    "start": "int64",
    "end": "int64",
    "text": "str",
    "label": "str",
    "mention_start": "int64",
    "mention_end": "int64",
    "sources": "str",
    "numbers": "str",
    "dates": "str",
}


def count_accounts(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Compare the accounts of each event that more than one article appears to report.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        Tables of `find_all`.

    Returns
    -------
    pandas.DataFrame
        One row per event and article, the most important events first:

        - `event`: the event in words; `label`: its label in the table `claims`
        - `article`, `start`, `end`, `text`: the sentence that first mentions it, in an article;
          `mention_start`, `mention_end`: the mention
        - `sources`: who or what the article names as the source, see `count_origins`
        - `numbers`: the numbers that the article gives for the event
        - `dates`: when it happened according to the article, if known to within a month

    Raises
    ------
    KeyError
        If a table is missing: pass all tables of `find_all`.

    Notes
    -----
    Copies and nearly identical articles are left out.

    Examples
    --------
    >>> import clippings as cl
    >>> accounts = cl.count_accounts(cl.find_all(*cl.load_example()))
    >>> accounts[["event", "dates"]].tail(2)
                       event                         dates
    2  evacuation in Ostrand              on 12 March 2021
    3  evacuation in Ostrand  between 11 and 20 March 2021
    """
    findings = Findings(tables)
    rows = []
    for label in findings.shared_claims:
        claim = findings.claims[findings.claims.label == label]
        claim = claim[~claim.article.isin(findings.near_copies)]
        event = findings.event_of(claim, definite=False, is_quoted=False)
        for article, mentions in claim.groupby("article", sort=False):
            rows.append({"event": event, "label": label, **_account(article, mentions, findings)})
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _account(article: str, mentions: pd.DataFrame, findings: Findings) -> dict:
    """Return what an article reports about an event."""
    text = findings.texts[article]
    first = mentions.sort_values("start").iloc[0]
    start, end = sentence_around(text, first.start)
    return {
        "article": article,
        "start": start,
        "end": end,
        "text": text[start:end],
        "mention_start": first.start,
        "mention_end": first.end,
        "sources": SEPARATOR.join(_sources(mentions, findings)),
        "numbers": SEPARATOR.join(_numbers(mentions, findings)),
        "dates": common_dates(mentions, findings["dates"], findings["constraints"]),
    }


def _sources(mentions: pd.DataFrame, findings: Findings) -> list[str]:
    """Return the speakers, agencies and outlets from which the article has its account."""
    origins = count_origins(mentions, findings["quotes"], findings["repeats"], findings["articles"])
    words = [
        fill(PHRASES[SOURCE_PHRASES[row.origin_type]], source=row.speaker or row.origin)
        for row in origins.itertuples()
        if row.origin_type != OUTLET
    ]
    return list(dict.fromkeys(words))


def _numbers(mentions: pd.DataFrame, findings: Findings) -> list[str]:
    """Return the numbers that the article gives for the event."""
    amounts = findings.amounts
    of_event = amounts.claim.isin(mentions.label) & amounts.article.isin(mentions.article)
    numbers = [
        number_with_noun(row, findings.texts[row.article]) for row in amounts[of_event].itertuples()
    ]
    return list(dict.fromkeys(numbers))
