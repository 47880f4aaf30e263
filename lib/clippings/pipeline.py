"""Run all steps, in order, to create the tables of a corpus.

A step creates one table from other tables. To add a finder, describe its table in `core/tables.py`
(or with `register_table`), write its function in the appropriate package, and add one line to
`STEPS`.
"""

import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from clippings.actors.identities import apply_links, link_actors
from clippings.actors.mentions import find_mentions
from clippings.actors.quotes import find_quotes
from clippings.brief.claims import find_claims
from clippings.core.cache import (
    article_keys,
    cache_folder,
    cached_articles,
    cached_table,
    drop_outdated,
    merge_small_parts,
    read_parts,
    read_result,
    remember,
    uncached,
    write_part,
    write_result,
)
from clippings.core.garbage import fewer_collections
from clippings.core.joins import join_tables
from clippings.core.parallel import map_chunks, run_in_background
from clippings.core.tables import STORY, TABLES
from clippings.corpus.page_dates import find_page_dates
from clippings.corpus.verdicts import mark_verdicts
from clippings.corpus.zones import find_passages
from clippings.repeats.copies import drop_duplicates, mark_duplicates
from clippings.repeats.detect import find_repeats
from clippings.themes.clusters import find_clusters
from clippings.themes.coding import find_themes
from clippings.themes.judged import add_judged_passages
from clippings.themes.topics import find_topics
from clippings.timeline.amounts import find_amounts
from clippings.timeline.constraints import find_constraints
from clippings.timeline.cues import find_cues
from clippings.timeline.events import find_events
from clippings.timeline.placement import find_dates
from clippings.timeline.times import find_times

# Number of characters per batch: about 80 articles, which take a second or two.
CHARACTERS_PER_SHARE = 500_000


class Step(NamedTuple):
    """A step: the table it creates, the function, and the inputs of the function."""

    table: str
    find: Callable[..., pd.DataFrame]
    inputs: tuple[str, ...]
    """Earlier tables; `story`, the passages of the story; or `codebook.NAME`, a codebook table."""


# These steps process each article independently, so they run in batches.
STEPS = [
    Step("passages", find_passages, ("articles",)),
    Step("page_dates", find_page_dates, ("passages", "articles")),
    Step("mentions", find_mentions, ("story", "codebook.actors")),
    Step("quotes", find_quotes, ("story", "mentions")),
    Step("times", find_times, ("story", "articles")),
    Step("events", find_events, ("story", "codebook.events", "mentions", "times", "quotes")),
    Step("amounts", find_amounts, ("story", "events")),
    Step("cues", find_cues, ("story", "codebook.calendar")),
    Step("constraints", find_constraints, ("articles", "times", "events", "cues")),
    Step("dates", find_dates, ("constraints",)),
    Step("themes", find_themes, ("story", "codebook.themes")),
]


@fewer_collections()
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
    """Create all tables of a corpus, as the notebooks do step by step.

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles, as `read_articles` returns them.
    codebook : dict of str to pandas.DataFrame
        The codebook, as `read_codebook` returns it.
    min_words : int, default 8
        For `find_repeats`: the minimum number of words that count as repeated.
    max_edits : float, default 0.15
        For `find_repeats`: the maximum share of words that may differ.
    k : int, optional
        For `find_clusters`: the number of groups; None proposes a number.
    executor : concurrent.futures.Executor, optional
        An executor that processes batches of articles in parallel; None processes them
        sequentially.
    cache_dir : str or Path, optional
        A folder in which results are cached as Parquet files. They are reused as long as the
        article, the codebook and the library do not change.

    Returns
    -------
    dict of str to pandas.DataFrame
        The tables articles, passages, page_dates, repeats, mentions, quotes, times, events,
        amounts, cues, constraints, dates, claims, themes, topics and clusters. All except passages,
        page_dates and repeats are based on the article text alone (`STORY`), and topics on the
        article text without duplicates; mentions, quotes, times, events, amounts, cues, themes and
        claims have the further columns `duplicate_status` and `verdict`.

    Raises
    ------
    BadInput
        If a codebook term cannot be read, if `find_repeats` rejects the limits, or if a cache is
        used without pyarrow.
    RuntimeError
        If a worker process is killed. A second run with the same cache continues from that point.

    Examples
    --------
    >>> import clippings as cl
    >>> tables = cl.find_all(*cl.load_example())
    >>> {name: len(table) for name, table in tables.items() if name in ("quotes", "claims")}
    {'quotes': 56, 'claims': 46}
    """
    cache = cache_folder(cache_dir)
    if cache is None:
        return _Tables(_find_all(articles, codebook, min_words, max_edits, k, executor, None))

    verdicts = codebook["verdicts"].to_csv()
    rests_on = [article_keys(articles, codebook), verdicts, min_words, max_edits, k]
    tables = read_result(cache, rests_on)
    if tables is None:
        tables = _find_all(articles, codebook, min_words, max_edits, k, executor, cache)
        found = {name: table for name, table in tables.items() if name != "articles"}
        write_result(cache, rests_on, found)
    return _Tables({"articles": articles} | tables)


def _find_all(
    articles: pd.DataFrame,
    codebook: dict[str, pd.DataFrame],
    min_words: int,
    max_edits: float,
    k: int | None,
    executor: Executor | None,
    cache: Path | None,
) -> dict[str, pd.DataFrame]:
    """Create all tables of a corpus; reuse what is cached for each article and each table."""
    tables_of = _tables_per_article(articles, codebook, executor, cache)
    tables = {"articles": articles, "passages": tables_of(("passages",))["passages"]}

    # Repeats and groups depend on all articles. The groups are found in the background.
    texts = article_keys(articles, {}) if cache else {}
    limits = {"min_words": min_words, "max_edits": max_edits}
    clusters = cached_table(
        cache,
        "clusters",
        [texts, k],
        partial(_find_groups, [tables["passages"]], k),
        start=partial(run_in_background, executor),
    )
    repeats = partial(find_repeats, tables["passages"], articles, **limits, executor=executor)
    tables["repeats"] = cached_table(cache, "repeats", [texts, limits], repeats)()
    topics = partial(_find_topics, tables["passages"], tables["repeats"])
    tables["topics"] = cached_table(cache, "topics", [texts, limits], topics)()

    # One table at a time, to limit the number of copies in memory.
    tables |= tables_of(("constraints", "dates"))
    for step in STEPS:
        if step.table not in tables:
            tables |= tables_of((step.table,))

    if cache:
        _remember_steps(cache, tables, codebook, limits)

    # Linking actors requires all articles.
    links = link_actors(tables["mentions"], articles, codebook["verdicts"])
    for name in ("mentions", "quotes", "events"):
        tables[name] = apply_links(tables[name], links)

    tables |= _dates_by_verdicts(tables, codebook["verdicts"])
    # A verdict is looked up in the article text only, as themes are.
    story = tables["passages"][tables["passages"].label.isin(STORY)]
    tables["themes"] = add_judged_passages(tables["themes"], story, codebook["verdicts"])
    tables["events"] = _marked(tables["events"], tables, codebook)
    tables["claims"] = find_claims(
        tables["events"],
        tables["amounts"],
        tables["dates"],
        articles=articles,
        verdicts=codebook["verdicts"],
    )
    for name in tables:
        if TABLES[name].is_counted and name != "events":  # events are marked before claims
            tables[name] = _marked(tables[name], tables, codebook)
    tables["clusters"] = clusters()
    return {name: tables[name] for name in TABLES if name in tables}


OLD_NAMES = {"bounds": "constraints", "placed": "dates"}
"""The names of tables up to version 0.9, and their current names."""


class _Tables(dict):
    """The tables by name. Names from version 0.9 still work, with a warning."""

    def __missing__(self, name: str) -> pd.DataFrame:
        if name not in OLD_NAMES:
            raise KeyError(name)
        message = f"the table {name} has been renamed to {OLD_NAMES[name]} in version 0.10"
        warnings.warn(message, FutureWarning, stacklevel=2)
        return self[OLD_NAMES[name]]


def _remember_steps(cache: Path, tables: dict, codebook: dict, limits: dict) -> None:
    """Cache the results of the batches under the keys that the notebooks use for single steps."""
    drop_outdated(cache)
    story = tables["passages"][tables["passages"].label.isin(STORY)]
    known = tables | {"story": story}
    known |= {f"codebook.{name}": table for name, table in codebook.items()}
    for step in STEPS:
        remember(cache, step.find, tables[step.table], *(known[name] for name in step.inputs))
    remember(
        cache, find_repeats, tables["repeats"], tables["passages"], tables["articles"], **limits
    )


def _find_groups(passages: list[pd.DataFrame], k: int | None) -> pd.DataFrame:
    """Return the groups of articles; empty the list to avoid a second copy in memory."""
    table = passages.pop()
    return find_clusters(table[table.label.isin(STORY)], k=k)


def _find_topics(passages: pd.DataFrame, repeats: pd.DataFrame) -> pd.DataFrame:
    """Return the topics of the article text without duplicates."""
    story = passages[passages.label.isin(STORY)]
    return find_topics(drop_duplicates(mark_duplicates(story, repeats)))


@fewer_collections()
def find_per_article(
    articles: pd.DataFrame, codebook: dict[str, pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """Create the tables whose rows do not depend on other articles.

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles, as `read_articles` returns them.
    codebook : dict of str to pandas.DataFrame
        The codebook, as `read_codebook` returns it.

    Returns
    -------
    dict of str to pandas.DataFrame
        One table for each of `STEPS`, in order, without duplicate status and verdict.

    Raises
    ------
    BadInput
        For a codebook term that cannot be read.

    Examples
    --------
    >>> import clippings as cl
    >>> list(find_per_article(*cl.load_example()))[:4]
    ['passages', 'page_dates', 'mentions', 'quotes']
    """
    known = {"articles": articles} | {f"codebook.{name}": codebook[name] for name in codebook}
    for step in STEPS:
        known[step.table] = uncached(step.find)(*(known[name] for name in step.inputs))
        if step.table == "passages":
            known["story"] = known["passages"][known["passages"].label.isin(STORY)]
    return {step.table: known[step.table] for step in STEPS}


def _tables_per_article(
    articles: pd.DataFrame, codebook: dict, executor: Executor | None, cache: Path | None
) -> Callable[[tuple[str, ...]], dict[str, pd.DataFrame]]:
    """Compute everything that is not cached; return a function that returns tables by name."""
    names = tuple(step.table for step in STEPS)
    keys = article_keys(articles, codebook) if cache else {}
    cache = cache if keys else None
    done = cached_articles(cache, keys, names) if cache else set()
    shares = list(_shares(articles[~articles.article.isin(done)]))
    if not shares and not done:
        shares = [articles]  # without articles, the tables exist but are empty

    parts = []
    work = partial(find_per_article, codebook=codebook)
    for share, tables in zip(shares, map_chunks(executor, work, shares, "articles"), strict=True):
        if cache:
            write_part(cache, tables, {name: keys[name] for name in share.article})
        else:
            parts.append(tables)
    if not cache:
        return partial(join_tables, parts)
    merge_small_parts(cache, keys, names)
    return partial(read_parts, cache, keys)


def _shares(articles: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Divide the articles into batches of about CHARACTERS_PER_SHARE characters."""
    number = articles.text.str.len().cumsum() // CHARACTERS_PER_SHARE
    for rows in number.groupby(number).indices.values():
        yield articles.iloc[rows]


def _dates_by_verdicts(tables: dict, verdicts: pd.DataFrame) -> dict:
    """Recompute constraints and dates for articles that the analyst linked as "the same event"."""
    linked = set(verdicts[(verdicts.table == "claims") & (verdicts.verdict == "same")].article)
    if not linked:
        return {}
    inputs = [
        tables[name][tables[name].article.isin(linked)]
        for name in ("articles", "times", "events", "cues")
    ]
    constraints = find_constraints(*inputs, verdicts=verdicts)
    anew = {"constraints": constraints, "dates": find_dates(constraints)}
    others = {name: tables[name][~tables[name].article.isin(linked)] for name in anew}
    return join_tables([others, anew], tuple(anew))


def _marked(table: pd.DataFrame, tables: dict, codebook: dict) -> pd.DataFrame:
    """Add duplicate status and the analyst's verdicts to a table."""
    return mark_verdicts(mark_duplicates(table, tables["repeats"]), codebook["verdicts"])
