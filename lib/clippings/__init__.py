"""clippings: explore a folder of saved news articles. Verbs take pandas tables and give pandas tables."""

from clippings.actors import count_chains, count_together, count_unnamed, merge_actors, propose_aliases
from clippings.alignment import show_alignment
from clippings.amounts import find_amounts
from clippings.bounds import find_bounds
from clippings.brief import say_brief
from clippings.calendar import place_on_calendar
from clippings.changes import find_changes, say_changes
from clippings.charts import chart_keyness, chart_origins, chart_speakers, chart_stability, chart_zones
from clippings.claims import count_origins, find_claims
from clippings.clusters import count_stability, find_clusters
from clippings.codebook import decide, hash_codebook, mark_verdicts, read_codebook, write_codebook
from clippings.copies import count_shared, count_tellings, first_tellings, mark_repeats
from clippings.cues import find_cues
from clippings.errors import BadInput
from clippings.events import find_events
from clippings.explore import (
    explore_actors,
    explore_claims,
    explore_concordance,
    explore_network,
    explore_repeats,
    explore_themes,
    explore_timeline,
)
from clippings.export import read_run, read_table, write_figure, write_tables, write_texts
from clippings.linked import show_marks
from clippings.matrices import chart_shared, chart_themes
from clippings.mentions import find_mentions
from clippings.missed import count_missed
from clippings.network import chart_network
from clippings.pages import show_article
from clippings.proposals import write_proposals
from clippings.quotes import find_quotes
from clippings.read import read_articles
from clippings.repairs import propose_repairs
from clippings.repeats import find_doubtful, find_repeats
from clippings.run import find_all
from clippings.show import show_brief, show_chain, show_evidence
from clippings.shown import article_name, link_places
from clippings.tables import STORY, check_spans
from clippings.themes import count_codes, find_themes, find_uncoded, try_term
from clippings.timeline import chart_timeline
from clippings.times import find_times
from clippings.words import (
    count_agreement,
    count_collocations,
    count_dispersion,
    count_keyness,
    count_words,
    find_phrases,
)
from clippings.zones import find_passages

__version__ = "0.9.2"
