"""When the articles were written, and why that is known."""

from clippings.brief.findings import Findings, Sentence, write_sentence
from clippings.brief.phrasing import dates_in_words
from clippings.core.tables import cited
from clippings.timeline.wording import describe_rule

# Articles whose dates the brief lists; the timeline shows those of all.
MAX_ARTICLES = 30


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
    """When an article was written, with the rules of the constraints that its date rests on."""
    constraints = findings["constraints"]
    rows = [n for n in cited(f"{row.because} {row.likely_because}") if n in constraints.index]
    reasons = "; ".join(dict.fromkeys(map(describe_rule, constraints.rule[rows])))

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
