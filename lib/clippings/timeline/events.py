"""What happened: trigger words of the codebook with who, where and when."""

import re
from functools import cache

import pandas as pd

from clippings.core.lexicon import read_lexicon, read_words
from clippings.core.progress import in_turn
from clippings.core.search_terms import compile_term
from clippings.core.sentences import sentence_spans
from clippings.core.spans import Within, enclosing, link_to, nearest
from clippings.core.tables import by_article, make_table
from clippings.core.tokens import fold

PASSIVE = re.compile(
    r"\b(?:was|were|been|be|being|is|are|got)\s+(?:[\w-]+\s+)?(?:\w+(?:ed|en|wn|ght|ound|ld)|shot|hit|put)\b[^.,;]*$",
    re.I,
)
REACH = 100  # characters between an event and the time that governs it; a time at the sentence's start reaches all
BY = re.compile(r"[^,;:.!?]{0,30}\b(?:by|at\s+the\s+hands\s+of)\s+(?:[\w’'-]+\s+){0,4}$", re.I)
LED_BY = re.compile(r"\bby\s+(?:the\s+)?$")
LONG = 2000  # characters of a sentence read to either side: of one without an end the cost would grow with the square
WITHIN = re.compile(  # between a place and the wider one that holds it, its other name, or its examples
    r"[\s)]*,?\s+in\s+(?:the\s+)?(?:\w+['’]s\s+)?(?:(?:north|south|east|west|central|upper|lower)[\w-]*\s+)?(?:\w+\s+of\s+)?"
    r"|\s*\(|[^.;:]{0,60}\s(?:such as|including)\s+",
    re.I,
)
BESIDE = 90  # characters before and after a trigger in which words tell whether the event happened


def find_events(
    passages: pd.DataFrame,
    triggers: pd.DataFrame,
    mentions: pd.DataFrame,
    times: pd.DataFrame,
    quotes: pd.DataFrame,
) -> pd.DataFrame:
    """Every mention of an event of the codebook's kinds.

    In: passages (story ones, as a rule); triggers = codebook["events"]; mentions, times and quotes found in the
    passages. Where triggers overlap the longest counts.
    Out: events, label = kind, the trigger as span; modality (the codebook's, else happened, reported, planned,
    denied or habitual by the words around it), agent and target (nearest actor before and after it in the
    sentence, changed about in the passive), place (nearest in the sentence, the first of "a town in a district" and of
    "a town, such as its quarters"; a state or river only where nothing smaller is named, else the last one named
    before it, in its paragraph or the one before), time (nearest in the
    sentence, within 100 characters or at its start) and quote (that it stands in) as links.
    Raises: BadInput for a trigger that cannot be read.
    Misses: events told without a trigger; who did what in long sentences is a guess by nearness.
    Source: dictionary event coding by nearness.
    Example:
        >>> empty = make_table("passages")
        >>> find_events(empty, pd.DataFrame(columns=["kind", "trigger", "modality"]), *(make_table(name)
        ...     for name in ("mentions", "times", "quotes"))).empty
        True
    """
    compiled = [
        (row.kind, compile_term(row.trigger), row.modality, row.trigger)
        for row in triggers.itertuples()
    ]
    speaking = set(zip(quotes.article, quotes.speaker_start, strict=True))
    told = set(zip(quotes.article, quotes.told_to, strict=True))
    heard = [
        (m.article, m.start) in speaking or (m.article, m.label) in told
        for m in mentions.itertuples()
    ]
    acting = mentions[~pd.Series(heard, index=mentions.index, dtype="bool")]
    dated = times[
        times.label.isin(["DATE", "TIME"]) & ~times.value.str.endswith("_REF")
    ]  # no durations, no "now"
    names, when, said = by_article(acting), by_article(dated), by_article(quotes)
    rows = []
    for article, own in in_turn(by_article(passages).items(), "events"):
        near = [Within(table.get(article, [])) for table in (names, when, said)]
        before = 0  # where the paragraph before this one starts
        for passage in own:
            sentences = sentence_spans(passage.text, passage.start)
            for match, kind, modality, trigger in _triggers(passage.text, compiled):
                sentence = enclosing(sentences, passage.start + match.start()) or (
                    passage.start,
                    passage.end,
                )
                at = passage.start + match.start()
                sentence = max(sentence[0], at - LONG), min(sentence[1], at + LONG)
                event = _event(passage, sentence, match, near)
                event["place"] = event["place"] or _place_before(
                    near[0], max(before, at - 9 * LONG), sentence[0]
                )
                event["modality"] = modality or event["modality"]
                rows.append({"article": article, "label": kind, **event, "rule": trigger})
            before = passage.start
    return make_table("events", rows)


def _triggers(text: str, compiled: list) -> list:
    """Matches in order of place, the longest first where they overlap."""
    found = [
        (match, kind, *more)
        for kind, pattern, *more in compiled
        for match in pattern.finditer(text)
    ]
    found.sort(key=lambda row: (row[0].start(), -row[0].end(), row[1], row[3]))
    kept, last = [], -1
    for row in found:
        if row[0].start() >= last and row[0].end() > row[0].start():
            kept.append(row)
            last = row[0].end()
    return kept


def _event(passage, sentence: tuple[int, int], match: re.Match, near: list[Within]) -> dict:
    names, times, quotes = near
    start, end = passage.start + match.start(), passage.start + match.end()
    words = match[0].split() or [""]
    last = match.end() - len(words[-1])  # of "was killed" the second word, "upcoming offensive" too
    agent, target = _who(
        passage, [m for m in names.between(*sentence) if m.type != "place"], (start, end), last
    )
    told = times.between(*sentence)
    moments = [
        t
        for t in told
        if t.start - sentence[0] < 20 or min(abs(t.start - end), abs(start - t.end)) < REACH
    ]
    quote = quotes.around(start, end)
    inside = (sentence[0] - passage.start, sentence[1] - passage.start)
    modality = _modality(passage.text, inside, match.span(), last)
    return {
        "start": start,
        "end": end,
        "text": match[0],
        "modality": "reported" if modality == "happened" and quote else modality,
        "agent": agent,
        "target": target,
        "place": _place(passage, names, sentence, (start, end)),
        **link_to("time", nearest(moments, start, end)),
        **link_to("quote", quote[-1] if quote else None),
    }


def _who(passage, actors: list, trigger: tuple[int, int], last: int) -> tuple[str, str]:
    """Agent and target: who is named before the trigger and behind it; the passive, and "by", turn them about."""
    start, end = trigger[0] - passage.start, trigger[1] - passage.start
    text, places = passage.text, [(m.start - passage.start, m.label) for m in actors]
    before = [
        name for at, name in places if at < start and not LED_BY.search(text[max(0, at - 9) : at])
    ]
    after = [(at, name) for at, name in places if at >= end]
    by = [name for at, name in after if BY.match(text[end:at])]
    if PASSIVE.search(text[max(0, last - 24) : end]):
        return "".join(by[:1]), "".join(before[-1:])
    behind = [name for _, name in after if name not in by]
    return "".join(by[:1] or before[-1:]), "".join(behind[:1])


@cache
def _modalities() -> tuple[tuple[str, str, re.Pattern], ...]:
    """The rows of lexicon/en/events/modality, compiled."""
    gap = r"(?:[\w’'-]+\s+){0,3}"
    rows = (
        (row, row["pattern"].replace(" ", r"\s+").replace("<gap>", gap))
        for row in read_lexicon("en/events/modality")
    )
    return tuple(
        (
            row["modality"],
            row["where"],
            re.compile(f"(?:{pattern})$" if row["where"] == "before" else pattern, re.I),
        )
        for row, pattern in rows
    )


def _modality(text: str, sentence: tuple[int, int], trigger: tuple[int, int], last: int) -> str:
    """What the words around a trigger say; where none does, those within it ("upcoming offensive")."""
    first, stop = (
        max(sentence[0], trigger[0] - 3 * BESIDE),
        min(sentence[1], trigger[1] + 3 * BESIDE),
    )
    around = {
        "sentence": text[first:stop],
        "after": text[trigger[1] : min(stop, trigger[1] + BESIDE)],
    }
    for at in sorted({trigger[0], last}):
        around["before"] = text[max(sentence[0], at - BESIDE) : at]
        for modality, where, pattern in _modalities():
            if (pattern.match if where == "after" else pattern.search)(around[where]):
                return modality
    return "happened"


def _place(passage, names: Within, sentence: tuple[int, int], trigger: tuple[int, int]) -> str:
    places = [m for m in names.between(*sentence) if m.type == "place"]
    places = [m for m in places if not _is_wide(m.label)] or places
    here = nearest(places, *trigger)
    for before in reversed(places):
        if before.end <= here.start:
            between = passage.text[before.end - passage.start : here.start - passage.start]
            here = before if WITHIN.fullmatch(between) else here
    return "" if here is None else here.label


def _place_before(names: Within, start: int, end: int) -> str:
    """The last place named before a sentence, in its paragraph or the one before."""
    return next((m.label for m in reversed(names.between(start, end)) if m.type == "place"), "")


@cache
def _is_wide(name: str) -> bool:
    """States, rivers and the like: no place of an event where a smaller one is named."""
    words, nature = fold(name).split(), read_words("en/names/place_heads", kind="nature")
    return (
        name in read_words("en/names/countries", "country")
        or words[0] in nature
        or words[-1] in nature
    )
