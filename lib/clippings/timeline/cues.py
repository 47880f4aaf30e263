"""Words that tie a text to the calendar: the analyst's own, and holders of public offices, states and bodies."""

import re
from functools import cache
from operator import itemgetter
from types import SimpleNamespace

import pandas as pd

from clippings.core.lexicon import read_lexicon, read_words
from clippings.core.progress import in_turn
from clippings.core.search_terms import compile_term
from clippings.core.tables import in_order, make_table, span_row

NOT_NOW = "".join(
    rf"(?<!\b{word}{' ' * (word[-1] != '-')})"
    for word in read_words("en/time/syntax", kind="before a former title")
)


def find_cues(passages: pd.DataFrame, calendar: pd.DataFrame) -> pd.DataFrame:
    """Every place where a cue of the calendar stands, or the name of a public office's holder, a state or a body.

    In: passages (story ones, as a rule); calendar = codebook["calendar"].
    Out: cues, label = calendar entry or name, relation (not_before, not_after, during; in_office for names of
    lexicon/en/time/offices), day_from, day_to (missing = open): the words say that the text was written not before
    day_from, not after day_to, or between the two.
    Raises: BadInput for a cue that cannot be read.
    Misses: whether the text means this entry or speaks of the past ("under President Nixon"); a soft bound that
    clashes with others is refused later.
    Source: the analyst's calendar and its own sources; lexicon/en/time/offices.
    Example:
        >>> find_cues(make_table("passages"), pd.DataFrame(columns=["cue"])).empty
        True
    """
    rows = []
    ordered, naming = list(in_order(passages).itertuples()), {}
    names, within = _names()
    for passage in ordered:
        for name in {name for found in names.findall(passage.text) for name in within[found]}:
            naming.setdefault(name, []).append(passage)
    for entry in in_turn([*calendar.itertuples(), *_offices()], "cues", "entry"):
        pattern = compile_term(entry.cue) if isinstance(entry.cue, str) else entry.cue
        days = {
            "day_from": pd.Timestamp(entry.day_from or None),
            "day_to": pd.Timestamp(entry.day_to or None),
        }
        columns = {
            "label": entry.entry,
            "relation": entry.relation,
            **days,
            "rule": getattr(entry, "rule", entry.cue),
        }
        office = entry.relation == "in_office"
        for passage in naming.get(entry.name, ()) if office else ordered:
            matches = filter(itemgetter(0), pattern.finditer(passage.text))
            rows += [span_row(passage, *match.span(), **columns) for match in matches]
    return make_table("cues", rows)


@cache
def _names() -> tuple[re.Pattern, dict[str, list[str]]]:
    """All names of lexicon/en/time/offices, the longest first, for one pass over a text; and the names that stand in each."""
    names = sorted({entry.name for entry in _offices()}, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, names))), {
        name: [n for n in names if n in name] for name in names
    }


@cache
def _offices() -> tuple[SimpleNamespace, ...]:
    """Rows of lexicon/en/time/offices as entries of a calendar: a title, up to two given names, the name."""
    found = []
    for row in read_lexicon("en/time/offices"):
        title = rf"(?:{row['title']})\s+(?:[A-Z][\w.-]*\s+){{0,2}}" if row["title"] else ""
        cue = re.compile(rf"{NOT_NOW}\b{title}{re.escape(row['name'])}\b")
        entry = f"{row['title'].split('|')[0]} {row['name']}".strip()
        last = row["day_to"] if title else ""  # of states that are no more, history speaks
        own = {
            "cue": cue,
            "entry": entry,
            "day_to": last,
            "relation": "in_office",
            "rule": "offices",
        }
        found.append(SimpleNamespace(**row | own))
    return tuple(found)
