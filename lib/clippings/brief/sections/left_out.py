"""The section on excluded material: page text, events that did not happen, rejected rows."""

from clippings.brief.findings import Findings, Sentence, rank, write_sentence
from clippings.brief.phrasing import fill
from clippings.brief.templates import PHRASES, ZONES
from clippings.core.tables import STORY
from clippings.core.wording import join_and
from clippings.repeats.copies import is_counted


def write_left_out(findings: Findings) -> list[Sentence]:
    """Write the section about what was left out."""
    sentences = [
        *_page_around_the_text(findings),
        *_denied_or_habitual_events(findings),
        *_refused_rows(findings),
    ]
    return sentences or findings.nothing_found("left_out.none")


def _page_around_the_text(findings: Findings) -> list[Sentence]:
    """Report the passages that are not article text, by zone."""
    passages = findings["passages"]
    page = passages[~passages.label.isin(STORY)]
    if page.empty:
        return []
    counts = page.label.value_counts()
    zones = [
        fill(PHRASES["zone"], zone=ZONES.get(zone, zone), paragraphs=int(counts[zone]))
        for zone in rank(counts)
    ]
    return [write_sentence("left_out.page", "passages", page.index, zones=join_and(zones))]


def _denied_or_habitual_events(findings: Findings) -> list[Sentence]:
    """Report the mentions that form no claims because the event is denied or habitual."""
    events = findings["events"]
    uncounted = events[is_counted(events) & events.modality.isin(["denied", "habitual"])]
    if uncounted.empty:
        return []
    return [write_sentence("left_out.events", "events", uncounted.index, mentions=len(uncounted))]


def _refused_rows(findings: Findings) -> list[Sentence]:
    """Report the rows of each table that the analyst rejected."""
    sentences = []
    for name, table in findings.tables.items():
        if "verdict" not in table.columns:
            continue
        refused = table.index[table.verdict == "no"]
        if len(refused):
            sentences.append(
                write_sentence("left_out.refused", name, refused, rows=len(refused), table=name)
            )
    return sentences
