"""The section on dates: a summary of stated dates, and lists of doubtful and inferred ones."""

import pandas as pd

from clippings.brief.findings import MAX_LISTED, Findings, Sentence, rank, write_sentence
from clippings.brief.phrasing import dates_in_words, either_day, fill, list_first
from clippings.brief.templates import DATE_EVIDENCE, DATE_SOURCES, PHRASES
from clippings.core.tables import cited
from clippings.core.wording import join_and

# Maximum number of articles whose inferred dates are listed; the timeline shows all of them.
MAX_ARTICLES = 5

# Maximum number of kinds of evidence that are given for a date: entries of the calendar come first.
MAX_KINDS_OF_EVIDENCE = 2

# Wider intervals and those with an open end ("on or after 1989") are not informative.
WIDEST_INTERVAL = pd.Timedelta(days=3 * 366)


def write_dates(findings: Findings) -> list[Sentence]:
    """Write the section about the dates of articles."""
    dates = findings["dates"]
    of_articles = dates[dates.label == "article"].reset_index(names="row")
    stated = findings.articles[["article", "published_from", "published_to"]]
    of_articles = of_articles.merge(stated, on="article").set_index("row")

    is_stated = of_articles.published_from.notna() | of_articles.published_to.notna()
    is_one_day = of_articles.published_from == of_articles.published_to
    has_date = of_articles.likely_earliest.notna() | of_articles.likely_latest.notna()
    inferred = of_articles[~is_stated & has_date]
    is_useful = (inferred.likely_latest - inferred.likely_earliest) <= WIDEST_INTERVAL
    useful = inferred[is_useful]
    too_open = inferred[~is_useful]
    sentences = [
        *_stated_dates(of_articles[is_stated & is_one_day], findings),
        *_doubtful_dates(of_articles[is_stated & ~is_one_day], findings),
        *[_inferred_date(row, findings) for row in useful.head(MAX_ARTICLES).itertuples()],
    ]
    rest = useful.iloc[MAX_ARTICLES:]
    if len(rest):
        sentences.append(write_sentence("dates.others", "dates", rest.index, articles=len(rest)))
    if len(too_open):
        number = len(too_open)
        sentences.append(write_sentence("dates.open", "dates", too_open.index, articles=number))
    return sentences or findings.nothing_found("dates.none")


def _stated_dates(stated: pd.DataFrame, findings: Findings) -> list[Sentence]:
    """Report the range of the publication dates that articles state."""
    if stated.empty:
        return []
    fields = {
        "dates": dates_in_words(stated.published_from.min(), stated.published_to.max()),
        "sources": _sources_of_dates(stated, findings),
    }
    if len(stated) == 1:
        fields["article"] = findings.short_titles[stated.article.iloc[0]]
        return [write_sentence("dates.stated_once", "dates", stated.index, **fields)]
    is_whole = len(stated) == len(findings.articles)
    template = "dates.stated_by_all" if is_whole else "dates.stated"
    return [write_sentence(template, "dates", stated.index, articles=len(stated), **fields)]


def _sources_of_dates(stated: pd.DataFrame, findings: Findings) -> str:
    """Name the sources of publication dates: pages, file names, addresses and others."""
    source_of_article = findings.articles.set_index("article").dated_by
    sources = stated.article.map(source_of_article).replace(DATE_SOURCES)
    return join_and(rank(sources.value_counts()))


def _doubtful_dates(doubtful: pd.DataFrame, findings: Findings) -> list[Sentence]:
    """List the articles for which several publication dates are possible."""
    sentences = [_doubtful_date(row, findings) for row in doubtful.head(MAX_LISTED).itertuples()]
    rest = doubtful.iloc[MAX_LISTED:]
    if len(rest):
        names = findings.short_names_of(rest.article.head(MAX_LISTED))
        sentences.append(
            write_sentence(
                "dates.more_doubtful",
                "dates",
                rest.index,
                articles=list_first(names, MAX_LISTED, len(rest)),
            )
        )
    return sentences


def _doubtful_date(row, findings: Findings) -> Sentence:
    """Report between which dates an article was published."""
    first = row.published_from
    last = row.published_to
    template = "dates.doubtful"
    dates = dates_in_words(first, last)
    is_ambiguous = first.year == last.year and (first.day, first.month) == (last.month, last.day)
    if is_ambiguous:
        template = "dates.day_or_month"
        dates = either_day(first, last)
    article = findings.short_titles[row.article]
    return write_sentence(template, "dates", [row.Index], article=article, dates=dates)


def _inferred_date(row, findings: Findings) -> Sentence:
    """Report when an article was probably written, and the reasons."""
    constraints = findings["constraints"]
    rows = [n for n in cited(f"{row.because} {row.likely_because}") if n in constraints.index]
    evidence = _evidence_in_words(list(dict.fromkeys(constraints.rule[rows])))
    reasons = join_and(evidence[:MAX_KINDS_OF_EVIDENCE])

    template = "dates.likely" if reasons else "dates.likely_unexplained"
    return write_sentence(
        template,
        "constraints",
        rows,
        article=findings.short_titles[row.article],
        dates=dates_in_words(row.likely_earliest, row.likely_latest),
        reasons=reasons,
    )


def _evidence_in_words(rules: list[str]) -> list[str]:
    """Describe the evidence for a date, entries of a calendar first, which are listed together."""
    entries_by_code: dict[str, list[str]] = {}
    for rule in rules:
        code, _, entry = rule.partition(":")
        entries = entries_by_code.setdefault(code, [])
        if entry:
            entries.append(fill(PHRASES["account.quoted"], words=entry))
    named_first = sorted(entries_by_code.items(), key=lambda item: not item[1])
    return [
        fill(DATE_EVIDENCE.get(code, code), number=len(entries), entries=join_and(entries))
        for code, entries in named_first
    ]
