"""The section on what the analyst should decide: matches and missing dates."""

from clippings.brief.findings import Findings, Sentence, write_sentence
from clippings.core.wording import join_and, join_or


def write_decisions(findings: Findings) -> list[Sentence]:
    """Write the section about decisions that only the analyst can make."""
    return [
        *_matches(findings),
        *_possible_matches(findings),
        *_missing_dates(findings),
    ]


def _matches(findings: Findings) -> list[Sentence]:
    """Ask whether the articles that are counted together report the same event."""
    claims = findings.claims
    of_shared = claims[claims.label.isin(findings.shared_claims)]
    proposed = of_shared[of_shared.status == "proposed"]
    if proposed.empty:
        return []
    events = proposed.label.nunique()
    return [write_sentence("decisions.matches", "claims", proposed.index, events=events)]


def _possible_matches(findings: Findings) -> list[Sentence]:
    """Ask about reports that may belong to an event of another article but are counted apart."""
    links = findings.possible_links
    sentences = []
    for articles, rows in findings.pairs_to_decide:
        events = [links.loc[[row]] for row in rows]
        sentences.append(
            write_sentence(
                "decisions.possible_match",
                "claims",
                rows,
                articles=join_and(findings.names_of(articles)),
                event=findings.list_events(events, definite=False, join=join_or),
            )
        )
    asked = {row for _, rows in findings.pairs_to_decide for row in rows}
    further = [row for row in links.index[links.against_codes == ""] if row not in asked]
    if further:
        sentences.append(
            write_sentence("decisions.further_matches", "claims", further, reports=len(further))
        )
    return sentences


def _missing_dates(findings: Findings) -> list[Sentence]:
    """Ask for the publication dates that no page, address or file name contains."""
    articles = findings.articles
    undated = articles.article[articles.published_from.isna() & articles.published_to.isna()]
    dates = findings["dates"]
    rows = dates[(dates.label == "article") & dates.article.isin(undated)]
    if rows.empty:
        return []
    return [write_sentence("decisions.dates", "dates", rows.index, articles=len(rows))]
