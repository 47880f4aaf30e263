"""Count actors, unnamed sources, and the ways in which statements reached the reader."""

from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import combinations
from typing import Any

import pandas as pd

from clippings.core.sentences import sentence_spans
from clippings.core.tables import by_article

Span = tuple[int, int]

SEPARATOR_OF_FORMS = " | "  # between the names of an actor, as between words of the codebook

# Maximum number of actors in a unit. Units with more are lists: their pairs are meaningless, and
# the number of pairs is quadratic.
MAX_ACTORS_PER_UNIT = 100


def _sentences(passage: Any) -> list[Span]:
    return sentence_spans(passage.text, passage.start)


def _whole_passage(passage: Any) -> list[Span]:
    return [(passage.start, passage.end)]


UNITS: dict[str, Callable[[Any], list[Span]]] = {
    "sentence": _sentences,
    "passage": _whole_passage,
}


def count_actors(mentions: pd.DataFrame) -> pd.DataFrame:
    """Count the mentions of each actor, and list the names that articles use for it.

    Parameters
    ----------
    mentions : pandas.DataFrame
        The result of `find_mentions`, linked across articles by `apply_links`. Remove duplicates
        with `drop_duplicates`.

    Returns
    -------
    pandas.DataFrame
        One row per actor, the most frequent first.

        - label, type: the actor and its type.
        - rows, articles: the number of mentions, and of articles that mention the actor.
        - forms: the names, separated by vertical bars, the most frequent first.

    Notes
    -----
    If a name is assigned to the wrong actor, use `split_actors` to turn it into a separate one, or
    `merge_actors` to merge two actors. Then find the mentions again.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> story = passages[passages.label.isin(cl.STORY)]
    >>> mentions = cl.find_mentions(story, codebook["actors"])
    >>> cl.count_actors(mentions)[["label", "rows", "forms"]].iloc[[0, 2]]
         label  rows              forms
    0  Ostrand    22  Ostrand | OSTRAND
    2  Tolmere     8  Tolmere | TOLMERE
    """
    types: dict[str, Counter] = defaultdict(Counter)
    forms: dict[str, Counter] = defaultdict(Counter)
    articles: dict[str, set[str]] = defaultdict(set)
    for mention in mentions.itertuples():
        types[mention.label][mention.type] += 1
        forms[mention.label][" ".join(mention.text.split())] += 1
        articles[mention.label].add(mention.article)

    rows = [
        (
            label,
            _most_frequent(types[label])[0],
            forms[label].total(),
            len(articles[label]),
            SEPARATOR_OF_FORMS.join(_most_frequent(forms[label])),
        )
        for label in forms
    ]
    rows.sort(key=lambda row: (-row[2], row[0]))
    counted = pd.DataFrame(rows, columns=["label", "type", "rows", "articles", "forms"])
    return counted.astype(
        {"label": "str", "type": "str", "rows": "int64", "articles": "int64", "forms": "str"}
    )


def _most_frequent(counts: Counter) -> list[str]:
    """Return the keys, the most frequent first."""
    return sorted(counts, key=lambda key: (-counts[key], key))


def count_cooccurrence(
    mentions: pd.DataFrame, passages: pd.DataFrame, *, unit: str = "sentence"
) -> pd.DataFrame:
    """Count how often pairs of actors are mentioned together.

    Parameters
    ----------
    mentions : pandas.DataFrame
        The result of `find_mentions`.
    passages : pandas.DataFrame
        The passages that contain the mentions.
    unit : {"sentence", "passage"}
        The unit of text in which both actors must be mentioned.

    Returns
    -------
    pandas.DataFrame
        One row per pair, the most frequent first.

        - actor_a, actor_b: the two actors, in alphabetical order.
        - count: the number of sentences or passages that mention both.

    Raises
    ------
    KeyError
        If `unit` has another value.

    Notes
    -----
    Pronouns are not counted, and units that mention more than 100 actors are ignored.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> story = passages[passages.label.isin(cl.STORY)]
    >>> mentions = cl.find_mentions(story, codebook["actors"])
    >>> cl.count_cooccurrence(mentions, story).head(3)
             actor_a               actor_b  count
    0        Ostrand               Tolmere      5
    1        Ostrand        Tidewater Rail      3
    2  Coast Courier  River Lenn Authority      2
    """
    spans_of = UNITS[unit]
    mentions_by_article = by_article(mentions)
    pairs = Counter()
    for article, article_passages in by_article(passages).items():
        spans = []
        for passage in article_passages:
            spans += spans_of(passage)
        actors_by_unit = _actors_by_unit(spans, mentions_by_article.get(article, []))
        for actors in actors_by_unit.values():
            if len(actors) <= MAX_ACTORS_PER_UNIT:
                pairs.update(combinations(sorted(actors), 2))

    most_frequent_first = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    rows = [(actor_a, actor_b, count) for (actor_a, actor_b), count in most_frequent_first]
    return pd.DataFrame(rows, columns=["actor_a", "actor_b", "count"])


def _actors_by_unit(spans: list[Span], mentions: list) -> dict[int, set[str]]:
    """Map the number of each span to the actors named in it; one pass, as both are in order."""
    actors = defaultdict(set)
    number = 0
    for mention in mentions:
        while number < len(spans) and spans[number][1] <= mention.start:
            number += 1
        if number < len(spans) and spans[number][0] <= mention.start:
            actors[number].add(mention.label)
    return actors


def count_unnamed(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Count the statements with unnamed speakers in each article.

    Parameters
    ----------
    quotes : pandas.DataFrame
        Quotes, from `find_quotes`; leave out duplicates with `drop_duplicates`.
    articles : pandas.DataFrame
        The articles, which provide the outlets.

    Returns
    -------
    pandas.DataFrame
        One row per article with statements, sorted by outlet and article.

        - outlet, article
        - statements: the number of statements.
        - share: the share of statements whose speaker is described but not named, 0 to 1.

    Notes
    -----
    Statements whose speaker was not found are treated as named.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> story = passages[passages.label.isin(cl.STORY)]
    >>> quotes = cl.find_quotes(story, cl.find_mentions(story, codebook["actors"]))
    >>> cl.count_unnamed(quotes, articles).head(3)
              outlet                         article  statements  share
    0  Coast Courier  03_ostrand_counts_the_cost.txt          10   0.00
    1  Coast Courier            04_tolmere_levee.txt           8   0.12
    2  Coast Courier              06_water_falls.txt          10   0.00
    """
    outlet_of = dict(zip(articles.article, articles.outlet, strict=True))
    with_outlet = quotes.assign(outlet=quotes.article.map(outlet_of).astype("str"))
    counted = with_outlet.groupby(["outlet", "article"], as_index=False).agg(
        statements=("anonymous", "size"), share=("anonymous", "mean")
    )
    return counted.assign(share=counted.share.astype("float64").round(2))


def count_chains(quotes: pd.DataFrame) -> pd.DataFrame:
    """Count the ways in which statements reached the reader.

    Parameters
    ----------
    quotes : pandas.DataFrame
        Quotes, from `find_quotes`; leave out duplicates with `drop_duplicates`.

    Returns
    -------
    pandas.DataFrame
        One row per chain, in alphabetical order.

        - via: the intermediary, which is the source that the speaker cites or the medium that
          reports the statement; "" if there is none.
        - source: the type of the speaker, or "unknown".
        - told_to: the addressee; "" if the text does not name one.
        - statements, articles: the number of statements, and of articles that contain them.

    Notes
    -----
    Statements with neither an intermediary nor an addressee are left out. Intermediaries that the
    text does not name are not found.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> story = passages[passages.label.isin(cl.STORY)]
    >>> quotes = cl.find_quotes(story, cl.find_mentions(story, codebook["actors"]))
    >>> cl.count_chains(quotes)
                 via    source        told_to  statements  articles
    0                 official  Coast Courier           5         3
    1                 official    Valley Post           2         2
    2                 resident    Valley Post           1         1
    3  Northern Wire   analyst                          2         2
    """
    passed_on = quotes[(quotes.via != "") | (quotes.told_to != "")]
    with_source = passed_on.assign(source=passed_on.source_type.replace("", "unknown"))
    return with_source.groupby(["via", "source", "told_to"], as_index=False).agg(
        statements=("text", "size"), articles=("article", "nunique")
    )
