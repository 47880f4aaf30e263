"""The one place that knows the order of the verbs."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

import pandas as pd

from clippings.actors.mentions import find_mentions
from clippings.actors.quotes import find_quotes
from clippings.brief.claims import find_claims
from clippings.core.cache import (
    article_keys,
    cache_folder,
    cached_articles,
    join,
    keep,
    read_cached,
    tidy,
    whole,
)
from clippings.core.parallel import begun, in_shares
from clippings.core.tables import STORY
from clippings.corpus.verdicts import mark_verdicts
from clippings.corpus.zones import find_passages
from clippings.repeats.copies import mark_duplicates
from clippings.repeats.detect import find_repeats
from clippings.themes.clusters import find_clusters
from clippings.themes.coding import find_themes
from clippings.timeline.amounts import find_amounts
from clippings.timeline.constraints import find_constraints
from clippings.timeline.cues import find_cues
from clippings.timeline.events import find_events
from clippings.timeline.placement import find_dates
from clippings.timeline.times import find_times

COUNTED = (
    "mentions",
    "quotes",
    "times",
    "amounts",
    "cues",
    "themes",
    "claims",
)  # events are marked before claims
NAMES = (
    "articles",
    "passages",
    "repeats",
    "mentions",
    "quotes",
    "times",
    "events",
    "amounts",
    "cues",
    "constraints",
)
NAMES += ("dates", "claims", "themes", "clusters")
FOUND = (
    "mentions",
    "quotes",
    "times",
    "events",
    "amounts",
    "cues",
    "themes",
)  # in single stories, as are these two
PLACED = ("constraints", "dates")
SHARE = 500_000  # characters of text that are worked on at a time


def find_all(
    articles: pd.DataFrame,
    codebook: dict[str, pd.DataFrame],
    *,
    min_words: int = 8,
    max_edits: float = 0.15,
    k: int | None = None,
    executor: Executor | None = None,
    cache_dir: str | Path | None = None,
) -> dict[str, pd.DataFrame]:
    """All tables of a corpus, as the notebooks make them.

    In: articles; codebook of read_codebook; min_words and max_edits for find_repeats; k for find_clusters; executor, of
    concurrent.futures, that works on many articles at once (None: one after the other); cache_dir, a folder in which what
    is found is cache_dir in Parquet files, and is not looked for again while article, codebook and library are the same.
    Out: dict name → table: articles, passages, repeats, mentions, quotes, times, events, amounts, cues, constraints,
    dates, themes, claims, clusters. Everything but passages and repeats is found in the story (STORY); mentions,
    quotes, times, events, amounts, cues, themes and claims carry `telling` and `verdict`.
    Raises: BadInput for a codebook term that cannot be read, where what keeps tables is not installed, and as
    find_repeats; RuntimeError when a process of the executor was ended: a second run goes on where this one stopped.
    Misses: as each verb. Source: none.
    Example:
        >>> from clippings.corpus.codebook import read_codebook
        >>> from clippings.core.tables import make_table
        >>> sorted(find_all(make_table("articles"), read_codebook("")))[:3]
        ['amounts', 'articles', 'claims']
    """
    folder = cache_folder(cache_dir)
    keys = article_keys(articles, codebook) if folder else {}
    stories = _in_each(articles, codebook, keys, executor, folder)
    tables = {"articles": articles} | stories(("passages",))
    texts, limits = (
        article_keys(articles, {}) if folder else {},
        {"min_words": min_words, "max_edits": max_edits},
    )
    groups = partial(_grouped, [tables["passages"]], k)
    clusters = whole(
        folder, "clusters", [texts, k], groups, partial(begun, executor)
    )  # beside all else
    copies = partial(find_repeats, tables["passages"], articles, **limits, executor=executor)
    tables["repeats"] = whole(folder, "repeats", [texts, limits], copies)()
    for names in (PLACED, *zip(FOUND)):
        tables |= stories(names)
    tables |= _tied(tables, codebook["verdicts"])
    tables["events"] = _marked(tables["events"], tables, codebook)
    found = (tables[name] for name in ("events", "amounts", "dates"))
    tables["claims"] = find_claims(*found, articles=articles, verdicts=codebook["verdicts"])
    tables |= {name: _marked(tables[name], tables, codebook) for name in COUNTED}
    tables["clusters"] = clusters()
    return {name: tables[name] for name in NAMES}


def _grouped(held: list[pd.DataFrame], k: int | None) -> pd.DataFrame:
    """Groups of the stories in a table of passages, taken from its list: a process that finds groups keeps no pages."""
    return find_clusters(held[0][held.pop().label.isin(STORY)], k=k)


def find_per_article(
    articles: pd.DataFrame, codebook: dict[str, pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """The tables that rest on single articles: what is found in one does not depend on the others.

    In: articles; codebook of read_codebook. Out: dict name → table: passages, mentions, quotes, times, events, amounts,
    cues, constraints, dates, themes, without telling and verdict.
    Raises: BadInput for a codebook term that cannot be read. Misses: as each verb. Source: none.
    Example:
        >>> from clippings.corpus.codebook import read_codebook
        >>> from clippings.core.tables import make_table
        >>> find_per_article(make_table("articles"), read_codebook(""))["dates"].empty
        True
    """
    passages = find_passages(articles)
    story = passages[passages.label.isin(STORY)]
    mentions = find_mentions(story, codebook["actors"])
    quotes = find_quotes(story, mentions)
    times = find_times(story, articles)
    events = find_events(story, codebook["events"], mentions, times, quotes)
    amounts, cues = find_amounts(story, events), find_cues(story, codebook["calendar"])
    constraints = find_constraints(articles, times, events, cues)
    tables = {
        "passages": passages,
        "mentions": mentions,
        "quotes": quotes,
        "times": times,
        "events": events,
    }
    tables |= {
        "amounts": amounts,
        "cues": cues,
        "constraints": constraints,
        "dates": find_dates(constraints),
    }
    return tables | {"themes": find_themes(story, codebook["themes"])}


def _in_each(
    articles: pd.DataFrame, codebook: dict, keys: dict, executor, folder: Path | None
) -> Callable:
    """What gives tables of find_per_article by their names, from memory or from what is cache_dir; only what is new is found.

    Memory then holds no table before it is needed.
    """
    names = ("passages", *PLACED, *FOUND)
    folder = folder if keys else None
    done = cached_articles(folder, keys, names) if folder else set()
    shares, parts = list(_shares(articles[~articles.article.isin(done)])), []
    if not done and not shares:
        shares = [articles]
    work = partial(find_per_article, codebook=codebook)
    for share, tables in zip(shares, in_shares(executor, work, shares, "articles"), strict=True):
        if folder:
            keep(folder, tables, {name: keys[name] for name in share.article})
        else:
            parts.append(tables)
    if folder:
        tidy(folder, keys, names)
        return partial(read_cached, folder, keys)
    return partial(join, parts)


def _shares(articles: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Articles in turn, about so much text at a time."""
    number = articles.text.str.len().cumsum() // SHARE
    yield from (articles.iloc[rows] for rows in number.groupby(number).indices.values())


def _tied(tables: dict, verdicts: pd.DataFrame) -> dict:
    """Bounds and days, once more for the articles that the analyst's decisions tie to one another."""
    names = set(verdicts[(verdicts.table == "claims") & (verdicts.verdict == "same")].article)
    if not names:
        return {}
    apart = {
        name: tables[name].article.isin(names) for name in ("articles", "times", "events", "cues")
    }
    constraints = find_constraints(
        *(tables[name][some] for name, some in apart.items()), verdicts=verdicts
    )
    others = {
        name: tables[name][~tables[name].article.isin(names)] for name in ("constraints", "dates")
    }
    tied = {"constraints": constraints, "dates": find_dates(constraints)}
    return join([others, tied], PLACED)


def _marked(table: pd.DataFrame, tables: dict, codebook: dict) -> pd.DataFrame:
    return mark_verdicts(mark_duplicates(table, tables["repeats"]), codebook["verdicts"])
