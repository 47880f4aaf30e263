"""Step 5: words that date a text: entries of the analyst's calendar, and office holders."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pandas as pd

from clippings.core.cache import cacheable
from clippings.core.finders import needs_word_lists, reads_plain_text
from clippings.core.lexicon import either, read_lexicon, read_words
from clippings.core.progress import in_turn
from clippings.core.tables import in_order, make_table, named_rows, span_row
from clippings.timeline.term_scanner import TermScanner

# Relations between the day of writing and the days of a cue.
NOT_BEFORE = "not_before"
NOT_AFTER = "not_after"
DURING = "during"
IN_OFFICE = "in_office"  # for holders of public offices, states and organisations


# Number of characters searched before a title for a word such as "former": "former United States".
WIDTH_OF_FORMER = 40


# Words that, right before a title, turn it into a lower office.
LOWER_RANKS = frozenset({"Vice", "Deputy", "Assistant"})


class Cue(NamedTuple):
    """The limits that a cue imposes on the day of writing."""

    label: str
    relation: str
    day_from: pd.Timestamp
    day_to: pd.Timestamp
    rule: str


class Office(NamedTuple):
    """A row of lexicon/en/time/offices: an office holder, a state or an organisation."""

    name: str
    words_of_titles: tuple[frozenset[str], ...]  # of each title; empty unless an office holder
    pattern: re.Pattern
    cue: Cue


RULE_OF_OFFICES = "offices"  # for cues from lexicon/en/time/offices, not from the calendar


def _by_calendar(cues: pd.DataFrame) -> pd.DataFrame:
    """Select the cues from the analyst's calendar."""
    return cues[cues.rule != RULE_OF_OFFICES]


@cacheable
@needs_word_lists(by_codebook=_by_calendar)
@reads_plain_text
def find_cues(passages: pd.DataFrame, calendar: pd.DataFrame) -> pd.DataFrame:
    """Find phrases that help to date a text: calendar entries, office holders, institutions.

    Parameters
    ----------
    passages : pandas.DataFrame
        The passages to search, usually those of the article text.
    calendar : pandas.DataFrame
        The analyst's calendar, `codebook["calendar"]`.

    Returns
    -------
    pandas.DataFrame
        The table cues: one row per occurrence of a cue, sorted by article and position.

        - label: the calendar entry, or the title and name of the office holder.
        - relation: not_before, not_after or during for calendar entries; in_office for entries of
          lexicon/en/time/offices.
        - day_from, day_to: the first and last day on which the text can have been written; missing
          if there is no limit.
        - rule: the cue as written in the codebook, or "offices".

    Raises
    ------
    BadInput
        If a cue is not a valid search term. The message explains how to write it.

    Notes
    -----
    This step does not decide whether a text looks back on an entry ("under President Nixon");
    `find_dates` rejects cues that contradict more certain evidence. Former titles ("former
    President Obama") are not cues.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> cues = cl.find_cues(passages, codebook["calendar"])
    >>> cues[["text", "label", "relation", "day_from", "day_to"]].head(2)
              text              label    relation   day_from     day_to
    0  spring thaw        spring thaw      during 2021-03-01 2021-04-30
    1     Lenn dam  Lenn dam finished  not_before 2019-06-15 2019-06-15
    """
    analyst_cues = [_cue_of_row(row) for row in calendar.itertuples()]
    scanner = TermScanner(calendar.cue if len(calendar) else ())
    rows = []
    for passage in in_turn(named_rows(in_order(passages)), "cues", "passage"):
        for number, match in scanner.scan(passage.text):
            rows.append(span_row(passage, *match.span(), **analyst_cues[number]._asdict()))
        for cue, match in _find_offices(passage.text):
            rows.append(span_row(passage, *match.span(), **cue._asdict()))
    return make_table("cues", rows)


def _cue_of_row(row) -> Cue:
    """Convert a row of the calendar to a cue."""
    return Cue(
        label=row.entry,
        relation=row.relation,
        day_from=pd.Timestamp(row.day_from or None),
        day_to=pd.Timestamp(row.day_to or None),
        rule=row.cue,
    )


def _find_offices(text: str) -> Iterator[tuple[Cue, re.Match]]:
    """Find entries of lexicon/en/time/offices, trying only those of which the words occur."""
    numbers_by_word = _offices_by_word()
    words = set(re.findall(r"\w+", text))
    numbers = set()
    for word in numbers_by_word.keys() & words:
        numbers.update(numbers_by_word[word])
    for number in sorted(numbers):
        office = _offices()[number]
        # A surname such as Bush is far more frequent than the title and the surname.
        has_no_title = not any(title <= words for title in office.words_of_titles)
        if office.words_of_titles and has_no_title:
            continue
        for match in office.pattern.finditer(text):
            before = text[max(0, match.start() - WIDTH_OF_FORMER) : match.start()]
            is_former = office.words_of_titles and _former_before().search(before)
            if not is_former:
                yield office.cue, match


@cache
def _former_before() -> re.Pattern:
    """Return a pattern for text that ends in "former" and up to two words such as "U.S."."""
    words = read_words("en/time/syntax", kind="before a former title")
    former = either({word.rstrip("-") for word in words if word not in LOWER_RANKS})
    return re.compile(rf"\b{former}[-\s]+(?:[A-Z][\w.’']*\s+){{0,2}}$")


@cache
def _offices_by_word() -> dict[str, list[int]]:
    """Map the longest word of each name to the numbers of its offices."""
    numbers = defaultdict(list)
    for number, office in enumerate(_offices()):
        longest = max(re.findall(r"\w+", office.name), key=len)
        numbers[longest].append(number)
    return numbers


@cache
def _offices() -> tuple[Office, ...]:
    """Return the rows of lexicon/en/time/offices with their cues."""
    offices = []
    for row in read_lexicon("en/time/offices"):
        # Articles still mention former states and organisations (entries without a title), so their
        # end is not evidence.
        day_to = row["day_to"] if row["title"] else ""
        cue = Cue(
            label=f"{row['title'].split('|')[0]} {row['name']}".strip(),
            relation=IN_OFFICE,
            day_from=pd.Timestamp(row["day_from"] or None),
            day_to=pd.Timestamp(day_to or None),
            rule=RULE_OF_OFFICES,
        )
        titles = row["title"].split("|") if row["title"] else []
        words_of_titles = tuple(frozenset(re.findall(r"\w+", title)) for title in titles)
        offices.append(Office(row["name"], words_of_titles, _office_pattern(row), cue))
    return tuple(offices)


def _office_pattern(row: dict) -> re.Pattern:
    """Return a pattern for a title, up to two given names and the name, but not after "ex-"."""
    not_former = "".join(
        rf"(?<!\b{re.escape(word)}{'' if word.endswith('-') else ' '})"
        for word in read_words("en/time/syntax", kind="before a former title")
    )
    title = ""
    if row["title"]:
        title = rf"(?:{row['title']})\s+(?:[A-Z][\w.-]*\s+){{0,2}}"  # "President Barack H. "
    return re.compile(rf"{not_former}\b{title}{re.escape(row['name'])}\b")
