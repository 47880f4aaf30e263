"""The brief: sentences based on tables, each with the rows that it cites."""

from collections.abc import Callable

import pandas as pd

from clippings.brief.findings import Findings, Sentence
from clippings.brief.sections.dates import write_dates
from clippings.brief.sections.decisions import write_decisions
from clippings.brief.sections.events import write_shared_events
from clippings.brief.sections.left_out import write_left_out
from clippings.brief.sections.numbers import write_numbers
from clippings.brief.sections.overview import write_overview
from clippings.brief.sections.repeats import write_repeats
from clippings.brief.sections.speakers import write_speakers
from clippings.brief.sections.themes import write_themes
from clippings.brief.sections.unknown import write_unknown
from clippings.brief.templates import SECTIONS

# The sections in their order: conclusions first, then what is not known and what was left out.
WRITERS: dict[str, Callable[[Findings], list[Sentence]]] = {
    "overview": write_overview,
    "decisions": write_decisions,
    "events": write_shared_events,
    "numbers": write_numbers,
    "speakers": write_speakers,
    "themes": write_themes,
    "dates": write_dates,
    "unknown": write_unknown,
    "repeats": write_repeats,
    "left_out": write_left_out,
}

# If no article could be read, the brief reports only that, and why.
SECTIONS_WITHOUT_ARTICLES = ("overview", "unknown")


def compose_brief(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Write the brief: sentences about a corpus that are based on rows of tables.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        Tables of `find_all`.

    Returns
    -------
    pandas.DataFrame
        One row per sentence, in the order of the brief:

        - `section`: the heading.
        - `template`: the code of the sentence, such as `events.origins`; it does not change if
          the wording does. The codes of sentences that report that nothing was found end in
          `.none`.
        - `sentence`: the text.
        - `table`, `rows`: the rows that the sentence is based on, as index values separated by
          spaces ("0 4 7"). A sentence that reports that nothing was found is based on the passages
          that were searched.

    Raises
    ------
    KeyError
        If a table is missing: pass all tables of `find_all`.

    Notes
    -----
    The sentences report the contents of the tables side by side, without judging them. Duplicates
    are not counted. All texts are in `clippings/brief/templates.py`.

    Examples
    --------
    >>> import clippings as cl
    >>> tables = cl.find_all(*cl.load_example())
    >>> brief = cl.compose_brief(tables)
    >>> brief = brief.set_index("template")
    >>> print(brief.sentence["overview.scope"])
    The corpus contains six articles with about 1,600 words of article text.
    >>> print(brief.sentence["overview.shared_events"])  # doctest: +ELLIPSIS
    Two events appear to be reported by more than one article: the breach and ...
    >>> brief.loc["overview.shared_events", ["table", "rows"]].to_list()
    ['claims', '3 15 16 18 19 23 43']
    """
    findings = Findings(tables)
    sections = SECTIONS_WITHOUT_ARTICLES if findings.articles.empty else tuple(WRITERS)
    rows = []
    not_found = []
    for section in sections:
        sentences = WRITERS[section](findings)
        # Sections without findings are omitted: their headings would distract readers.
        is_empty = all(sentence.template.endswith(".none") for sentence in sentences)
        is_moved = is_empty and section not in SECTIONS_WITHOUT_ARTICLES
        heading = SECTIONS["not_found"] if is_moved else SECTIONS[section]
        target = not_found if is_moved else rows
        target += [{"section": heading, **sentence._asdict()} for sentence in sentences]
    rows += not_found
    columns = ["section", "template", "text", "table", "rows"]
    brief = pd.DataFrame(rows, columns=columns).astype("str")
    return brief.rename(columns={"text": "sentence"})
