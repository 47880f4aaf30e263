"""Events of short texts, for tests: a few kinds of events, places and organisations."""

import pandas as pd

import clippings as cl
from helpers import articles_of, codebook_of, story_of

KINDS = codebook_of(
    "events",
    {"kind": "breach", "trigger": "broke | gave way | breach"},
    {"kind": "arrest", "trigger": "arrest*"},
    {"kind": "vote", "trigger": "election", "modality": "planned"},
    {"kind": "-", "trigger": "built_in"},
)
PLACES = codebook_of(
    "actors",
    *(
        {"actor": name, "alias": name, "type": "place"}
        for name in ("Rome", "Paris", "Italy", "River Po")
    ),
    *(
        {"actor": name, "alias": name, "type": "organisation"}
        for name in ("Alpha Board", "Beta Club")
    ),
)


def events_of(*texts: str) -> pd.DataFrame:
    """The events of texts, each an article of its own."""
    articles, story = articles_of(*texts), story_of(*texts)
    mentions = cl.find_mentions(story, PLACES)
    quotes, times = cl.find_quotes(story, mentions), cl.find_times(story, articles)
    return cl.find_events(story, KINDS, mentions, times, quotes)
