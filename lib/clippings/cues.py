"""Words that tie a text to the analyst's calendar."""

import pandas as pd

from clippings.tables import in_order, make_table, span_row
from clippings.text import compile_term


def find_cues(passages: pd.DataFrame, calendar: pd.DataFrame) -> pd.DataFrame:
    """Every place where a cue of the calendar stands.

    In: passages (story ones, as a rule); calendar = codebook["calendar"].
    Out: cues, label = calendar entry, relation (not_before, not_after, during), day_from, day_to (missing =
    open): the words say that the text was written not before day_from, not after day_to, or between the two.
    Raises: BadInput for a cue that cannot be read.
    Misses: whether the text means this entry; a soft bound that clashes with others is refused later.
    Source: the analyst's calendar and its own sources.
    Example:
        >>> find_cues(make_table("passages"), pd.DataFrame(columns=["cue"])).empty
        True
    """
    rows = []
    for entry in calendar.itertuples():
        pattern = compile_term(entry.cue)
        days = {"day_from": pd.Timestamp(entry.day_from or None), "day_to": pd.Timestamp(entry.day_to or None)}
        columns = {"label": entry.entry, "relation": entry.relation, **days, "rule": entry.cue}
        for passage in in_order(passages).itertuples():
            rows += [
                span_row(passage, *match.span(), **columns) for match in pattern.finditer(passage.text) if match[0]
            ]
    return make_table("cues", rows)
