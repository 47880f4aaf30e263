"""The section on gaps: unreadable files, missing dates, speakers, and unclear matches."""

import pandas as pd

from clippings.brief.findings import MAX_LISTED, Findings, Sentence, write_sentence
from clippings.brief.phrasing import list_first
from clippings.core.wording import join_and, join_or
from clippings.repeats.copies import is_counted, mark_duplicates

# Maximum number of pairs of articles whose unclear matches are described; the others are counted.
MAX_PAIRS = 2

# Maximum number of files whose problems are listed; the article table contains all of them.
MAX_FILES = 10


def write_unknown(findings: Findings) -> list[Sentence]:
    """Write the section about what is not known."""
    return [
        *_unreadable_files(findings["articles"]),
        *_contradictory_dates(findings),
        *_unclear_matches(findings),
        *_undated_events(findings),
        *_unidentified_speakers(findings["quotes"]),
    ]


def _unreadable_files(articles: pd.DataFrame) -> list[Sentence]:
    """Report which files could not be read, and why."""
    problems = articles[articles.problem != ""]
    sentences = [
        write_sentence(
            "unknown.file", "articles", [row.Index], file=row.article, problem=row.problem
        )
        for row in problems.head(MAX_FILES).itertuples()
    ]
    rest = problems.iloc[MAX_FILES:]
    if len(rest):
        sentences.append(write_sentence("unknown.files", "articles", rest.index, files=len(rest)))
    return sentences


def _without_dates(dates: pd.DataFrame, label: str) -> pd.DataFrame:
    """Select the subjects of one kind that have no likely date."""
    is_open = dates.likely_earliest.isna() & dates.likely_latest.isna()
    return dates[(dates.label == label) & is_open]


def _contradictory_dates(findings: Findings) -> list[Sentence]:
    """List the articles whose page, address and file name state different dates."""
    articles = findings.articles
    contradicted = articles.article[articles.dates_against != ""]
    dates = findings["dates"]
    rows = dates[(dates.label == "article") & dates.article.isin(contradicted)]
    return _sentence_on_articles("unknown.contradictory_dates", rows, findings)


def _sentence_on_articles(template: str, rows: pd.DataFrame, findings: Findings) -> list[Sentence]:
    """Write a sentence that names the articles of rows of dates; nothing if there are none."""
    if rows.empty:
        return []
    names = findings.short_names_of(rows.article.head(MAX_LISTED))
    articles = list_first(names, MAX_LISTED, len(rows))
    return [write_sentence(template, "dates", rows.index, articles=articles, number=len(rows))]


def _unclear_matches(findings: Findings) -> list[Sentence]:
    """Report mentions of the same kind and place that nothing else links or separates."""
    claims = findings["claims"]
    is_unclear = (claims.status == "rejected") & (claims.against_codes == "kind_and_place_only")
    rows_of_pair: dict[tuple[str, str], list[int]] = {}
    asked = {articles for articles, _ in findings.pairs_to_decide}
    for claim in claims[is_unclear].itertuples():
        if tuple(sorted([claim.match_article, claim.article])) not in asked:
            rows_of_pair.setdefault((claim.match_article, claim.article), []).append(claim.Index)

    sentences = []
    pairs = list(rows_of_pair.items())
    for pair, rows in pairs[:MAX_PAIRS]:
        claims_of_pair = [claims.loc[[row]] for row in rows]
        # Two mentions of one article may be of an event with the same name.
        claims_by_name = {
            findings.event_of(claim, definite=False): claim for claim in claims_of_pair
        }
        events = list(claims_by_name.values())
        sentences.append(
            write_sentence(
                "unknown.further_same_event" if sentences else "unknown.same_event",
                "claims",
                rows,
                articles=join_and(findings.short_names_of(pair)),
                event=findings.list_events(events, definite=False, join=join_or),
            )
        )
    further = pairs[MAX_PAIRS:]
    if further:
        rows = [row for _, rows_of_further in further for row in rows_of_further]
        sentences.append(write_sentence("unknown.more_pairs", "claims", rows, pairs=len(further)))
    return sentences


def _undated_events(findings: Findings) -> list[Sentence]:
    """Report how many mentions of events that several articles share have no date."""
    shared = findings.claims[findings.claims.label.isin(findings.shared_claims)]
    undated = _without_dates(findings["dates"], "event")
    places = pd.MultiIndex.from_frame(undated[["article", "start"]])
    undated = undated[places.isin(pd.MultiIndex.from_frame(shared[["article", "start"]]))]
    undated = undated[is_counted(mark_duplicates(undated, findings["repeats"]))]
    if undated.empty:
        return []
    return [write_sentence("unknown.event_dates", "dates", undated.index, mentions=len(undated))]


def _unidentified_speakers(quotes: pd.DataFrame) -> list[Sentence]:
    """Report how many quotations have no speaker, named or unnamed."""
    is_unidentified = (quotes.label == "") & ~quotes.anonymous
    unidentified = quotes[is_counted(quotes) & is_unidentified]
    if unidentified.empty:
        return []
    return [
        write_sentence(
            "unknown.speakers", "quotes", unidentified.index, quotations=len(unidentified)
        )
    ]
