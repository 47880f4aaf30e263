"""The section on what the analyst should decide: matches, missing dates, themes."""

from clippings.brief.findings import Findings, Sentence, write_sentence


def write_decisions(findings: Findings) -> list[Sentence]:
    """Write the section about decisions that only the analyst can make."""
    return [
        *_matches(findings),
        *_possible_matches(findings),
        *_missing_dates(findings),
        *_themes_to_accept(findings),
    ]


def _matches(findings: Findings) -> list[Sentence]:
    """Ask whether the articles that are counted together report the same event."""
    claims = findings.claims
    of_shared = claims[claims.label.isin(findings.all_shared_claims)]
    proposed = of_shared[of_shared.status == "proposed"]
    if proposed.empty:
        return []
    events = proposed.label.nunique()
    return [write_sentence("decisions.matches", "claims", proposed.index, events=events)]


def _possible_matches(findings: Findings) -> list[Sentence]:
    """Ask about reports that may belong to an event of another article but are counted apart."""
    links = findings.possible_links
    consistent = links[links.against_codes == ""]
    if consistent.empty:
        return []
    reports = len(consistent)
    return [
        write_sentence("decisions.possible_matches", "claims", consistent.index, reports=reports)
    ]


def _missing_dates(findings: Findings) -> list[Sentence]:
    """Ask for the publication dates that no page, address or file name contains."""
    articles = findings.articles
    undated = articles.article[articles.published_from.isna() & articles.published_to.isna()]
    dates = findings["dates"]
    rows = dates[(dates.label == "article") & dates.article.isin(undated)]
    if rows.empty:
        return []
    return [write_sentence("decisions.dates", "dates", rows.index, articles=len(rows))]


def _themes_to_accept(findings: Findings) -> list[Sentence]:
    """Suggest a codebook if there is none with themes."""
    topics = findings["topics"]
    if len(findings["themes"]) or topics.empty:
        return []
    number = topics.label.nunique()
    return [write_sentence("decisions.themes", "topics", topics.index, topics=number)]
