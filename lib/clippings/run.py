"""The one place that knows the order of the verbs."""

import pandas as pd

from clippings.amounts import find_amounts
from clippings.bounds import find_bounds
from clippings.calendar import place_on_calendar
from clippings.claims import find_claims
from clippings.clusters import find_clusters
from clippings.codebook import mark_verdicts
from clippings.copies import mark_repeats
from clippings.cues import find_cues
from clippings.events import find_events
from clippings.mentions import find_mentions
from clippings.quotes import find_quotes
from clippings.repeats import find_repeats
from clippings.tables import STORY
from clippings.themes import find_themes
from clippings.times import find_times
from clippings.zones import find_passages

COUNTED = ("mentions", "quotes", "times", "amounts", "cues", "themes", "claims")  # events are marked before claims


def find_all(
    articles: pd.DataFrame,
    codebook: dict[str, pd.DataFrame],
    *,
    min_words: int = 8,
    max_edits: float = 0.15,
    k: int | None = None,
) -> dict[str, pd.DataFrame]:
    """All tables of a corpus, as the notebooks make them.

    In: articles; codebook of read_codebook; min_words and max_edits for find_repeats; k for find_clusters.
    Out: dict name → table: articles, passages, repeats, mentions, quotes, times, events, amounts, cues, bounds,
    placed, themes, claims, clusters. Everything but passages and repeats is found in the story (STORY); mentions,
    quotes, times, events, amounts, cues, themes and claims carry `telling` and `verdict`.
    Raises: BadInput for a codebook term that cannot be read, and as find_repeats.
    Misses: as each verb. Source: none.
    Example:
        >>> from clippings.codebook import read_codebook
        >>> from clippings.tables import make_table
        >>> sorted(find_all(make_table("articles"), read_codebook("")))[:3]
        ['amounts', 'articles', 'bounds']
    """
    tables = {"articles": articles, "passages": find_passages(articles)}
    tables["repeats"] = find_repeats(tables["passages"], articles, min_words=min_words, max_edits=max_edits)
    story = tables["passages"][tables["passages"].label.isin(STORY)]
    mentions = find_mentions(story, codebook["actors"])
    quotes = find_quotes(story, mentions)
    times = find_times(story, articles)
    events = _marked(find_events(story, codebook["events"], mentions, times, quotes), tables, codebook)
    amounts = find_amounts(story, events)
    cues = find_cues(story, codebook["calendar"])
    bounds = find_bounds(articles, times, events, cues, verdicts=codebook["verdicts"])
    placed = place_on_calendar(bounds)
    claims = find_claims(events, amounts, placed, verdicts=codebook["verdicts"])
    tables |= {"mentions": mentions, "quotes": quotes, "times": times, "events": events, "amounts": amounts}
    tables |= {"cues": cues, "bounds": bounds, "placed": placed, "claims": claims}
    tables["themes"] = find_themes(story, codebook["themes"])
    tables["clusters"] = find_clusters(story, k=k)
    return tables | {name: _marked(tables[name], tables, codebook) for name in COUNTED}


def _marked(table: pd.DataFrame, tables: dict, codebook: dict) -> pd.DataFrame:
    return mark_verdicts(mark_repeats(table, tables["repeats"]), codebook["verdicts"])
