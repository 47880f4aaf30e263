"""The section on the themes of the codebook or, without any, on topics and groups of articles."""

import pandas as pd

from clippings.brief.findings import MAX_LISTED, Findings, Sentence, write_sentence
from clippings.brief.phrasing import fill, list_first, readable
from clippings.brief.templates import PHRASES
from clippings.core.wording import join_and
from clippings.repeats.copies import is_counted

# With fewer articles or groups, a list of titles is just as informative.
MIN_GROUPED_ARTICLES = 6
MIN_GROUPS = 2

# Maximum number of themes that are described, each in a sentence of its own
MAX_THEMES = 3

# Maximum number of topics that are named; more are hard to take in.
MAX_TOPICS = 8
MAX_TOPICS_IN_SUMMARY = 3

# Key words that only two articles have in common say little about a folder.
MIN_ARTICLES_IN_GROUP = 3


def write_themes(findings: Findings) -> list[Sentence]:
    """Write the section about themes."""
    themes = findings["themes"]
    themes = themes[is_counted(themes)]
    if themes.empty:
        return _topics_and_groups(findings)

    by_theme = themes.groupby("label")
    articles = by_theme.article.nunique()
    sentences = by_theme.size()
    order = sorted(articles.index, key=lambda theme: (-articles[theme], -sentences[theme], theme))
    written = [_theme(themes[themes.label == theme], findings) for theme in order[:MAX_THEMES]]

    others = order[MAX_THEMES:]
    if others:
        written.append(
            write_sentence(
                "themes.others",
                "themes",
                themes.index[themes.label.isin(others)],
                number=len(others),
                themes=join_and([theme_in_words(theme) for theme in others]),
            )
        )
    return written


def _topics_and_groups(findings: Findings) -> list[Sentence]:
    """Write the section for a corpus without themes; the summary has named the widest topics."""
    number_of_topics = findings["topics"].label.nunique()
    groups = _groups(findings)
    if not number_of_topics and not groups:
        return findings.nothing_found("themes.none")
    if number_of_topics <= MAX_TOPICS_IN_SUMMARY + 1:  # the summary has named them all
        return groups
    return [*name_topics(findings, "themes.topics", MAX_TOPICS), *groups]


def name_topics(findings: Findings, template: str, n: int) -> list[Sentence]:
    """Name the topics of the passages that most articles share; nothing if there are none."""
    topics = findings["topics"]
    articles = articles_of_topics(topics)
    # A single further topic is named, too.
    listed = articles.index[: n + 1] if len(articles) == n + 1 else articles.index[:n]
    if not len(listed):
        return []
    names = [topic_in_words(topic, int(articles[topic])) for topic in listed]
    return [
        write_sentence(
            template,
            "topics",
            topics.index[topics.label.isin(listed)],
            number=len(articles),
            topics=list_first(names, n, len(articles)),
        )
    ]


def articles_of_topics(topics: pd.DataFrame) -> pd.Series:
    """Return the number of articles of each topic, the most widespread topic first."""
    counts = topics.groupby("label").article.agg(["nunique", "size"])
    order = counts.sort_values(["nunique", "size"], ascending=False, kind="stable")
    return order["nunique"]


def topic_in_words(topic: str, articles: int) -> str:
    """Return the name of a topic in quotation marks, with its number of articles."""
    return fill(PHRASES["topic"], topic=topic, articles=articles)


def _groups(findings: Findings) -> list[Sentence]:
    """Describe the groups of articles by their keywords, for corpora without codebook themes."""
    clusters = findings["clusters"]
    clusters = clusters[clusters.label != ""]
    sizes = clusters.groupby("label").article.nunique().sort_values(ascending=False, kind="stable")
    sizes = sizes[sizes >= MIN_ARTICLES_IN_GROUP]
    if len(sizes) < MIN_GROUPS or sizes.sum() < MIN_GROUPED_ARTICLES:
        return []
    groups = [
        fill(PHRASES["group"], terms=terms, articles=int(size))
        for terms, size in sizes.head(MAX_LISTED).items()
    ]
    return [
        write_sentence(
            "themes.groups",
            "clusters",
            clusters[clusters.label.isin(sizes.index)].drop_duplicates(["label", "article"]).index,
            extent=extent_in_words(int(sizes.sum()), len(findings.articles)),
            number=len(sizes),
            groups=list_first(groups, MAX_LISTED, len(sizes)),
        )
    ]


def _theme(rows: pd.DataFrame, findings: Findings) -> Sentence:
    """Report how widespread a theme is, where it is most frequent, and what contradicts it."""
    theme = theme_in_words(rows.label.iloc[0])
    supporting = rows[rows.side != "against"]
    against = len(rows) - len(supporting)
    if supporting.empty:
        return write_sentence(
            "themes.only_against", "themes", rows.index, theme=theme, sentences=against
        )

    article = _article_with_most(supporting)
    sentence = write_sentence(
        "themes.theme_most" if article else "themes.theme",
        "themes",
        rows.index,
        theme=theme,
        extent=extent_in_words(supporting.article.nunique(), len(findings.articles)),
        sentences=len(supporting),
        article=findings.short_titles.get(article, ""),
    )
    return sentence.followed_by("themes.against", sentences=against) if against else sentence


def _article_with_most(rows: pd.DataFrame) -> str:
    """Return the article with the most rows; "" for a tie or if there is only one article."""
    counts = rows.article.value_counts()
    is_unique = len(counts) > 1 and counts.iloc[0] > counts.iloc[1]
    return counts.index[0] if is_unique else ""


def theme_in_words(theme: str) -> str:
    """Return the name of a theme in quotation marks."""
    return fill(PHRASES["theme"], theme=readable(theme))


def extent_in_words(part: int, whole: int) -> str:
    """Describe a number of articles as part of all articles."""
    name = "extent.some"
    if part == whole:
        name = "extent.only" if whole == 1 else "extent.all"
    return fill(PHRASES[name], part=int(part), whole=whole)
