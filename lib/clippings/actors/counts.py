"""Counts of who is named with whom, of unnamed sources, and of the hands a statement went through."""

from collections import Counter, defaultdict

import pandas as pd

from clippings.core.sentences import sentence_spans
from clippings.core.tables import by_article

CROWD = 100  # actors in one sentence: their pairs grow with the square, and say nothing


def count_cooccurrence(
    mentions: pd.DataFrame, passages: pd.DataFrame, *, unit: str = "sentence"
) -> pd.DataFrame:
    """How often two actors are named together.

    In: mentions; passages they stand in; unit, "sentence" or "passage".
    Out: actor_a, actor_b (in alphabetical order), count (units that name both); sorted by count, largest first.
    Raises: KeyError for another unit. Misses: actors meant by pronouns; units that name more than 100 actors, which are
    lists. Source: co-occurrence.
    Example:
        >>> from clippings.core.tables import make_table
        >>> list(count_cooccurrence(make_table("mentions"), make_table("passages")).columns)
        ['actor_a', 'actor_b', 'count']
    """
    cut = {
        "sentence": lambda p: sentence_spans(p.text, p.start),
        "passage": lambda p: [(p.start, p.end)],
    }[unit]
    own, pairs = by_article(mentions), Counter()
    for article, rows in by_article(passages).items():
        spans = [span for row in rows for span in cut(row)]
        number, named = 0, defaultdict(set)
        for mention in own.get(article, []):
            while number < len(spans) and spans[number][1] <= mention.start:
                number += 1
            if number < len(spans) and spans[number][0] <= mention.start:
                named[number].add(mention.label)
        for actors in named.values():
            ordered = sorted(actors) if len(actors) <= CROWD else []
            pairs.update((a, b) for i, a in enumerate(ordered) for b in ordered[i + 1 :])
    counted = [
        (a, b, count)
        for (a, b), count in sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return pd.DataFrame(counted, columns=["actor_a", "actor_b", "count"])


def count_unnamed(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """How many statements of each article come from speakers without a name.

    In: quotes (those that count); articles, whose outlets are told. Out: outlet, article, statements, share (without
    a name, 0 to 1), sorted by the first two; articles without statements are left out.
    Raises: KeyError for a column that is not there. Misses: speakers that were not found. Source: none.
    Example:
        >>> from clippings.core.tables import make_table
        >>> count_unnamed(make_table("quotes"), make_table("articles")).columns.to_list()
        ['outlet', 'article', 'statements', 'share']
    """
    outlets = dict(zip(articles.article, articles.outlet, strict=True))
    told = quotes.assign(outlet=quotes.article.map(outlets).astype("str"))
    sums = {"statements": ("anonymous", "size"), "share": ("anonymous", "mean")}
    counted = told.groupby(["outlet", "article"], as_index=False).agg(**sums)
    return counted.assign(share=counted.share.astype("float64").round(2))


def count_chains(quotes: pd.DataFrame) -> pd.DataFrame:
    """Through how many hands statements came: whom a speaker cites, the kind of speaker, to whom it was told.

    In: quotes (those that count). Out: via, source ("unknown" where the kind of speaker is not known), told_to,
    statements, articles; sorted by the first three. Statements with neither via nor told_to are left out.
    Raises: KeyError for a column that is not there. Misses: hands that the text does not name. Source: none.
    Example:
        >>> from clippings.core.tables import make_table
        >>> count_chains(make_table("quotes")).columns.to_list()
        ['via', 'source', 'told_to', 'statements', 'articles']
    """
    linked = quotes[(quotes.via != "") | (quotes.told_to != "")]
    told = linked.assign(source=linked.source_type.replace("", "unknown"))
    sums = {"statements": ("text", "size"), "articles": ("article", "nunique")}
    return told.groupby(["via", "source", "told_to"], as_index=False).agg(**sums)
