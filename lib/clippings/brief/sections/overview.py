"""The summary: size of the corpus, shared events, main themes, conflicting numbers."""

from collections import defaultdict
from functools import cache

import pandas as pd

from clippings.brief.findings import MAX_LISTED, Findings, Sentence, rank, write_sentence
from clippings.brief.numbers import compare_numbers
from clippings.brief.phrasing import dates_in_words, fill, list_first, readable
from clippings.brief.prominence import count_prominence, names_of_types, without_parts
from clippings.brief.sections.themes import (
    MAX_TOPICS_IN_SUMMARY,
    extent_in_words,
    name_topics,
    topic_in_words,
)
from clippings.brief.templates import PHRASES
from clippings.core.languages import has_finders, language_name
from clippings.core.lexicon import read_lexicon, split_cell
from clippings.core.wording import MARKS_AFTER_TITLE, join_and
from clippings.repeats.copies import is_counted
from clippings.themes.shared_terms import list_shared_terms

# Types of names (column type of mentions) that act; places do not
ACTOR_TYPES = ("person", "organisation", "group")

PLACE = "place"

# Maximum numbers of headlines, names and places in the summary
MAX_HEADLINES = 4
MAX_ACTORS = 5
MAX_PLACES = 3
MAX_THEMES = 3

# Minimum share of the articles that name a place, and of the mentions of a name that are read as
# those of a place
MIN_SHARE_OF_PLACE = 0.25
MIN_SHARE_OF_PLACE_TYPE = 0.8

# Maximum number of terms that describe the corpus as a whole
MAX_SHARED_TERMS = 5

# Minimum number of articles that mention a name; with fewer, it says little about the corpus
MIN_ARTICLES_OF_ACTOR = 3


def write_overview(findings: Findings) -> list[Sentence]:
    """Write the section "In short"."""
    if findings.articles.empty:
        rows = findings["articles"].index
        return [write_sentence("overview.unreadable.none", "articles", rows)]
    return [
        *_scope(findings),
        *_written(findings),
        *_other_languages(findings),
        *_headlines(findings),
        *_shared_terms(findings),
        *_shared_events(findings),
        *_most_mentioned(findings),
        *_places(findings),
        *(
            _widest_themes(findings)
            or name_topics(findings, "overview.widest_topics", MAX_TOPICS_IN_SUMMARY)
        ),
        *_conflicting_numbers(findings),
    ]


def _scope(findings: Findings) -> list[Sentence]:
    """Report how many articles there are, and how long they are together."""
    passages = findings.story
    articles = len(findings.articles)
    if passages.empty:
        return findings.nothing_found("overview.scope.none", articles=articles)
    return [
        write_sentence(
            "overview.scope",
            "passages",
            passages.index,
            articles=articles,
            words=_rounded(int(findings.words_of_story.sum())),
        )
    ]


def _rounded(words: int) -> int:
    """Round a number of words to two digits, or to tens if it is small."""
    step = 10 ** max(1, len(str(words)) - 2)
    return max(1, round(words / step)) * step


def _other_languages(findings: Findings) -> list[Sentence]:
    """Report the articles in languages that most finders do not support."""
    articles = findings.articles
    others = articles[~articles.language.map(has_finders).astype("bool")]
    if others.empty:
        return []
    languages = [language_name(language) for language in rank(others.language.value_counts())]
    return [
        write_sentence(
            "overview.other_languages",
            "articles",
            others.index,
            number=len(others),
            languages=list_first(languages, MAX_LISTED, len(languages)),
        )
    ]


def _headlines(findings: Findings) -> list[Sentence]:
    """Quote the headlines of the articles that are most typical of the largest groups."""
    articles = findings.articles
    story = findings.story
    titled = articles[(articles.title != "") & articles.article.isin(story.article)]
    titled = titled[~titled.article.isin(findings.near_copies)]
    chosen = _typical_articles(findings["clusters"], titled.article.tolist())
    others = rank(findings.words_of_story.reindex(titled.article).fillna(0))
    chosen = list(dict.fromkeys([*chosen, *others]))
    if len(chosen) > MAX_HEADLINES + 1:  # a single other one is given, too
        chosen = chosen[:MAX_HEADLINES]
    if not chosen:
        return []
    titles = dict(zip(titled.article, titled.title, strict=True))
    headlines = [
        fill(PHRASES["headline"], title=titles[article].rstrip(MARKS_AFTER_TITLE))
        for article in chosen
    ]
    return [
        write_sentence(
            "overview.headlines",
            "passages",
            story.index[story.article.isin(chosen)],
            number=len(chosen),
            headlines=join_and(headlines),
        )
    ]


def _typical_articles(clusters: pd.DataFrame, articles: list[str]) -> list[str]:
    """Return the most typical article of each group, those of the largest groups first."""
    grouped = clusters[(clusters.label != "") & clusters.article.isin(articles)]
    grouped = grouped.drop_duplicates("article")
    typical = grouped.sort_values(["weight", "article"], ascending=[False, True])
    article_of = typical.drop_duplicates("label").set_index("label").article
    return [article_of[label] for label in rank(grouped.label.value_counts())]


def _shared_events(findings: Findings) -> list[Sentence]:
    """Report the events that several articles describe."""
    claims = findings.claims
    shared = findings.shared_claims
    if not shared:
        return []
    shared = _without_namesakes(shared, findings)
    claims_of_events = [claims[claims.label == claim] for claim in shared]
    return [
        write_sentence(
            "overview.shared_events",
            "claims",
            claims.index[claims.label.isin(shared)],
            number=len(shared),
            events=findings.list_events(claims_of_events),
        )
    ]


def _without_namesakes(shared: list[str], findings: Findings) -> list[str]:
    """Drop events with the name of an earlier one that most of their articles also report.

    These are likely to be the same event; two earthquakes in different articles are not.
    """
    listed: list[str] = []
    articles_of_name: dict[str, set[str]] = defaultdict(set)
    for label in shared:
        claim = findings.claims[findings.claims.label == label]
        name = findings.event_of(claim, is_quoted=False)
        articles = set(claim.article)
        if 2 * len(articles & articles_of_name[name]) <= len(articles):
            listed.append(label)
        articles_of_name[name] |= articles
    return listed


def _most_mentioned(findings: Findings) -> list[Sentence]:
    """Name the people, organisations and groups that most articles mention."""
    articles = findings.articles
    mentions = findings["mentions"]
    is_read = mentions.article.isin(articles.article)
    actors = names_of_types(mentions[is_counted(mentions) & is_read], ACTOR_TYPES)
    counts = count_prominence(actors, articles)
    counts = counts[counts.articles >= MIN_ARTICLES_OF_ACTOR]
    if counts.empty:
        return []
    distinct = counts[counts.label.isin(without_parts(counts.label.tolist()))]
    listed = _without_cut_ties(distinct, MAX_ACTORS)
    names = [
        fill(
            PHRASES["actor"],
            actor=findings.name_in_sentence(row.label),
            articles=int(row.articles),
        )
        for row in listed.itertuples()
    ]
    return [
        write_sentence(
            "overview.most_mentioned",
            "mentions",
            actors.index[actors.label.isin(listed.label)],
            number=len(names),
            actors=join_and(names),
        )
    ]


def _places(findings: Findings) -> list[Sentence]:
    """Name the places that most articles mention."""
    articles = findings.articles
    mentions = findings["mentions"]
    is_read = mentions.article.isin(articles.article)
    counted = mentions[is_counted(mentions) & is_read]
    places = names_of_types(counted, (PLACE,), min_share=MIN_SHARE_OF_PLACE_TYPE)
    places = places.assign(label=places.label.replace(_countries_of_abbreviations()))
    counts = count_prominence(places, articles)
    minimum = max(MIN_ARTICLES_OF_ACTOR, MIN_SHARE_OF_PLACE * len(articles))
    listed = _without_cut_ties(counts[counts.articles >= minimum], MAX_PLACES)
    if listed.empty:
        return []
    names = [
        fill(
            PHRASES["actor"],
            actor=_place_in_sentence(row.label, findings),
            articles=int(row.articles),
        )
        for row in listed.itertuples()
    ]
    return [
        write_sentence(
            "overview.places",
            "mentions",
            places.index[places.label.isin(listed.label)],
            number=len(names),
            places=join_and(names),
        )
    ]


def _place_in_sentence(place: str, findings: Findings) -> str:
    """Return the name of a place with "the" if it needs it, whatever the texts call it."""
    if place in _countries_of_abbreviations().values():  # "United …"
        return fill(PHRASES["name.with_article"], name=place)
    return findings.name_in_sentence(place)


@cache
def _countries_of_abbreviations() -> dict[str, str]:
    """Map the abbreviations of countries to their names: "U.S." to "United States"."""
    return {
        short: row["country"]
        for row in read_lexicon("en/names/countries")
        for short in split_cell(row["short"])
    }


def _without_cut_ties(counts: pd.DataFrame, n: int) -> pd.DataFrame:
    """Return the first rows, but not some of the names with the same number of articles."""
    first = counts.head(n)
    if len(counts) <= n or counts.articles.iloc[n] < first.articles.min():
        return first
    above = first[first.articles > first.articles.min()]
    return first if above.empty else above


def _widest_themes(findings: Findings) -> list[Sentence]:
    """Name the themes that occur in most articles."""
    themes = findings["themes"]
    themes = themes[is_counted(themes) & (themes.side != "against")]
    if themes.empty:
        return []
    articles = themes.groupby("label").article.nunique()
    widest = rank(articles)
    if len(widest) > MAX_THEMES + 1:  # a single other one is named, too
        widest = widest[:MAX_THEMES]
    names = [topic_in_words(readable(theme), int(articles[theme])) for theme in widest]
    return [
        write_sentence(
            "overview.widest_themes",
            "themes",
            themes.index[themes.label.isin(widest)],
            number=len(names),
            themes=join_and(names),
        )
    ]


def _written(findings: Findings) -> list[Sentence]:
    """Report when most articles of a corpus without publication dates were written, if known."""
    if findings.articles.published_from.notna().any():
        return []
    dates = findings["dates"]
    dates = dates[dates.label == "article"].dropna(subset=["likely_earliest", "likely_latest"])
    if 2 * len(dates) <= len(findings.articles):
        return []
    return [
        write_sentence(
            "overview.written",
            "dates",
            dates.index,
            articles=extent_in_words(len(dates), len(findings.articles)),
            number=len(dates),
            dates=dates_in_words(dates.likely_earliest.min(), dates.likely_latest.max()),
        )
    ]


def _shared_terms(findings: Findings) -> list[Sentence]:
    """Name the terms that many articles share; nothing if the codebook has themes."""
    story = findings.story
    if len(findings["themes"]):
        return []
    terms = list_shared_terms(story[is_counted(story)])[:MAX_SHARED_TERMS]
    if not terms:
        return []
    return [
        write_sentence(
            "overview.shared_terms",
            "passages",
            sorted({row for term in terms for row in term.passages}),
            number=len(terms),
            terms=join_and([topic_in_words(term.term, term.articles) for term in terms]),
        )
    ]


def _conflicting_numbers(findings: Findings) -> list[Sentence]:
    """Name the events for which articles give conflicting numbers."""
    events: dict[str, None] = {}
    rows: list[int] = []
    for _, amounts in findings.amounts.groupby("claim"):
        if not all(compare_numbers(amounts, findings.articles).values()):
            events[findings.event_of(amounts)] = None
            rows.extend(amounts.index)
    if not events:
        return []
    names = list_first(list(events), MAX_LISTED, len(events))
    return [write_sentence("overview.conflicting_numbers", "amounts", rows, events=names)]
