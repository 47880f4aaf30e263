"""Explore a folder of saved news articles: functions that take and return pandas tables."""

import clippings.core.safe_path  # before all others: see there

# isort: split
from clippings.actors.aliases import merge_actors, propose_aliases
from clippings.actors.counts import count_chains, count_cooccurrence, count_unnamed
from clippings.actors.mentions import find_mentions
from clippings.actors.quotes import find_quotes
from clippings.brief.claims import find_claims
from clippings.brief.origins import count_origins
from clippings.brief.sentences import compose_brief
from clippings.core.cache import use_cache
from clippings.core.errors import BadInput
from clippings.core.tables import STORY, check_spans
from clippings.core.wording import add_titles, article_name
from clippings.corpus.codebook import hash_codebook, read_codebook, write_codebook
from clippings.corpus.counts import count_words, find_phrases
from clippings.corpus.quality import propose_repairs
from clippings.corpus.reader import read_articles
from clippings.corpus.verdicts import mark_verdicts, record_verdict
from clippings.corpus.zones import find_passages
from clippings.example import load_example
from clippings.pipeline import find_all
from clippings.repeats.copies import (
    count_duplicates,
    count_shared,
    drop_duplicates,
    mark_duplicates,
)
from clippings.repeats.detect import find_repeats
from clippings.repeats.thresholds import count_missed, find_borderline
from clippings.report.diff import describe_changes, find_changes
from clippings.report.export import read_report, read_table, write_chart, write_tables, write_texts
from clippings.report.new_codebook import write_new_codebook
from clippings.show.alignment import show_alignment
from clippings.show.article_page import show_article
from clippings.show.chart_links import show_chart
from clippings.show.charts import (
    chart_keyness,
    chart_origins,
    chart_speakers,
    chart_stability,
    chart_zones,
)
from clippings.show.evidence import show_brief, show_evidence, show_reasons
from clippings.show.explore import (
    explore_actors,
    explore_claims,
    explore_concordance,
    explore_network,
    explore_repeats,
    explore_themes,
    explore_timeline,
)
from clippings.show.html import link_places
from clippings.show.matrices import chart_shared, chart_themes
from clippings.show.network import chart_network
from clippings.show.notebook import setup_notebook
from clippings.show.timeline_chart import chart_timeline
from clippings.themes.clusters import count_stability, find_clusters
from clippings.themes.coding import count_codes, find_themes, find_uncoded, try_term
from clippings.themes.keyness import (
    count_agreement,
    count_collocations,
    count_dispersion,
    count_keyness,
)
from clippings.timeline.amounts import find_amounts
from clippings.timeline.constraints import find_constraints
from clippings.timeline.cues import find_cues
from clippings.timeline.events import find_events
from clippings.timeline.placement import find_dates
from clippings.timeline.times import find_times

__version__ = "0.9.2"

__all__ = [
    "STORY",
    "BadInput",
    "add_titles",
    "article_name",
    "chart_keyness",
    "chart_network",
    "chart_origins",
    "chart_shared",
    "chart_speakers",
    "chart_stability",
    "chart_themes",
    "chart_timeline",
    "chart_zones",
    "check_spans",
    "compose_brief",
    "count_agreement",
    "count_chains",
    "count_codes",
    "count_collocations",
    "count_cooccurrence",
    "count_dispersion",
    "count_duplicates",
    "count_keyness",
    "count_missed",
    "count_origins",
    "count_shared",
    "count_stability",
    "count_unnamed",
    "count_words",
    "describe_changes",
    "drop_duplicates",
    "explore_actors",
    "explore_claims",
    "explore_concordance",
    "explore_network",
    "explore_repeats",
    "explore_themes",
    "explore_timeline",
    "find_all",
    "find_amounts",
    "find_borderline",
    "find_changes",
    "find_claims",
    "find_clusters",
    "find_constraints",
    "find_cues",
    "find_dates",
    "find_events",
    "find_mentions",
    "find_passages",
    "find_phrases",
    "find_quotes",
    "find_repeats",
    "find_themes",
    "find_times",
    "find_uncoded",
    "hash_codebook",
    "link_places",
    "load_example",
    "mark_duplicates",
    "mark_verdicts",
    "merge_actors",
    "propose_aliases",
    "propose_repairs",
    "read_articles",
    "read_codebook",
    "read_report",
    "read_table",
    "record_verdict",
    "setup_notebook",
    "show_alignment",
    "show_article",
    "show_brief",
    "show_chart",
    "show_evidence",
    "show_reasons",
    "try_term",
    "use_cache",
    "write_chart",
    "write_codebook",
    "write_new_codebook",
    "write_tables",
    "write_texts",
]


def __dir__() -> list[str]:
    """Complete public names only, not the packages they come from."""
    return sorted([*__all__, "__version__"])
