"""The section on when the articles were written, and why that is known."""

from clippings.brief.findings import Findings, Sentence, write_sentence
from clippings.brief.phrasing import dates_in_words
from clippings.brief.templates import PHRASES
from clippings.core.tables import cited
from clippings.corpus.dating import ADDRESS, CODEBOOK, FILE_NAME, PAGE, PAGE_CODE
from clippings.timeline.constraints import PUBLISHED
from clippings.timeline.wording import describe_rule

# Articles whose dates the brief lists; the timeline shows those of all.
MAX_ARTICLES = 30

# Which phrase names the source of a publication date, by the column dated_by of articles.
PHRASE_OF_SOURCE = {
    CODEBOOK: "date_source.codebook",
    PAGE: "date_source.page",
    PAGE_CODE: "date_source.page",
    ADDRESS: "date_source.address",
    FILE_NAME: "date_source.file_name",
}


def write_dates(findings: Findings) -> list[Sentence]:
    """Write the section about the dates of articles."""
    dates = findings["dates"]
    has_date = dates.likely_earliest.notna() | dates.likely_latest.notna()
    dated = dates[(dates.label == "article") & has_date]
    sentences = [_article_date(row, findings) for row in dated.head(MAX_ARTICLES).itertuples()]

    rest = dated.iloc[MAX_ARTICLES:]
    if len(rest):
        sentences.append(write_sentence("dates.others", "dates", rest.index, articles=len(rest)))
    return sentences or findings.nothing_found("dates.none")


def _article_date(row, findings: Findings) -> Sentence:
    """Report when an article was written, and why that is known."""
    constraints = findings["constraints"]
    rows = [n for n in cited(f"{row.because} {row.likely_because}") if n in constraints.index]
    reasons = [_reason(rule, row.article, findings) for rule in constraints.rule[rows]]
    reasons = "; ".join(dict.fromkeys(filter(None, reasons)))

    # Known with certainty only if hard constraints leave one date; NaT, an open end, equals
    # nothing.
    template = "dates.certain" if row.earliest == row.latest else "dates.likely"
    return write_sentence(
        template if reasons else f"{template}_unexplained",
        "constraints",
        rows,
        article=findings.article_names[row.article],
        dates=dates_in_words(row.likely_earliest, row.likely_latest),
        reasons=reasons,
    )


def _reason(rule: str, article: str, findings: Findings) -> str:
    """Put a rule into words; a publication date is explained by its source, if that is known."""
    if rule != PUBLISHED.name:
        return describe_rule(rule)
    sources = findings.articles.set_index("article").dated_by
    phrase = PHRASE_OF_SOURCE.get(sources.get(article))
    return PHRASES[phrase] if phrase else ""
