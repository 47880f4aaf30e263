"""Step 5: words that tie a text to the calendar: the analyst's own, and names of office holders."""

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
from clippings.core.tables import in_order, make_table, span_row
from clippings.timeline.term_scanner import TermScanner

# Relations: when a text with a cue was written, by the days of the cue.
NOT_BEFORE = "not_before"
NOT_AFTER = "not_after"
DURING = "during"
IN_OFFICE = "in_office"  # of names of public offices, states and bodies


# Characters before a title in which a word such as "former" can appear: "former United States".
WIDTH_OF_FORMER = 40


# Words before a title that make a lower office of it; right before it only.
LOWER_RANKS = frozenset({"Vice", "Deputy", "Assistant"})


class Cue(NamedTuple):
    """The limits that a cue sets on the day of writing."""

    label: str
    relation: str
    day_from: pd.Timestamp
    day_to: pd.Timestamp
    rule: str


class Office(NamedTuple):
    """A row of lexicon/en/time/offices: the holder of an office, or a state or body."""

    name: str
    has_title: bool  # of a holder
    pattern: re.Pattern
    cue: Cue


RULE_OF_OFFICES = "offices"  # of cues that appear in lexicon/en/time/offices, not in the calendar


def _by_calendar(cues: pd.DataFrame) -> pd.DataFrame:
    """Select the cues of the analyst's calendar."""
    return cues[cues.rule != RULE_OF_OFFICES]


@cacheable
@needs_word_lists(by_codebook=_by_calendar)
@reads_plain_text
def find_cues(passages: pd.DataFrame, calendar: pd.DataFrame) -> pd.DataFrame:
    """Find phrases that help to date a text: calendar entries, holders of office, institutions.

    Parameters
    ----------
    passages : pandas.DataFrame
        Usually the passages of the article text.
    calendar : pandas.DataFrame
        codebook["calendar"].

    Returns
    -------
    pandas.DataFrame
        cues, one row per occurrence of a cue, sorted by article and place:

        - label: the entry of the calendar, or title and name.
        - relation: not_before, not_after or during as in the calendar; in_office for
          lexicon/en/time/offices.
        - day_from, day_to: the text was written not before day_from, not after day_to, or between
          the two; missing if open.
        - rule: the cue as in the codebook, or "offices".

    Raises
    ------
    BadInput
        If a cue cannot be read; the message shows how to write it.

    Notes
    -----
    Whether the text means this entry or looks back on it ("under President Nixon") is not decided
    here: `find_dates` rejects a cue that contradicts more certain evidence. A former title ("former
    President Obama") is not a cue.

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
    for passage in in_turn(list(in_order(passages).itertuples()), "cues", "passage"):
        for number, match in scanner.scan(passage.text):
            rows.append(span_row(passage, *match.span(), **analyst_cues[number]._asdict()))
        for cue, match in _find_offices(passage.text):
            rows.append(span_row(passage, *match.span(), **cue._asdict()))
    return make_table("cues", rows)


def _cue_of_row(row) -> Cue:
    """A row of the calendar as a cue."""
    return Cue(
        label=row.entry,
        relation=row.relation,
        day_from=pd.Timestamp(row.day_from or None),
        day_to=pd.Timestamp(row.day_to or None),
        rule=row.cue,
    )


def _find_offices(text: str) -> Iterator[tuple[Cue, re.Match]]:
    """Names of lexicon/en/time/offices with their title; tried only if a word of them is there."""
    numbers_by_word = _offices_by_word()
    numbers = set()
    for word in numbers_by_word.keys() & set(re.findall(r"\w+", text)):
        numbers.update(numbers_by_word[word])
    for number in sorted(numbers):
        office = _offices()[number]
        for match in office.pattern.finditer(text):
            before = text[max(0, match.start() - WIDTH_OF_FORMER) : match.start()]
            is_former = office.has_title and _former_before().search(before)
            if not is_former:
                yield office.cue, match


@cache
def _former_before() -> re.Pattern:
    """A word such as "former" at the end, with up to two words such as "U.S." after it."""
    words = read_words("en/time/syntax", kind="before a former title")
    former = either({word.rstrip("-") for word in words if word not in LOWER_RANKS})
    return re.compile(rf"\b{former}[-\s]+(?:[A-Z][\w.’']*\s+){{0,2}}$")


@cache
def _offices_by_word() -> dict[str, list[int]]:
    """The numbers of offices by the longest word of their name."""
    numbers = defaultdict(list)
    for number, office in enumerate(_offices()):
        longest = max(re.findall(r"\w+", office.name), key=len)
        numbers[longest].append(number)
    return numbers


@cache
def _offices() -> tuple[Office, ...]:
    """Rows of lexicon/en/time/offices, each with the cue that it is."""
    offices = []
    for row in read_lexicon("en/time/offices"):
        # Of states and bodies that are no more (those without a title), history speaks: their end
        # says nothing.
        day_to = row["day_to"] if row["title"] else ""
        cue = Cue(
            label=f"{row['title'].split('|')[0]} {row['name']}".strip(),
            relation=IN_OFFICE,
            day_from=pd.Timestamp(row["day_from"] or None),
            day_to=pd.Timestamp(day_to or None),
            rule=RULE_OF_OFFICES,
        )
        offices.append(Office(row["name"], bool(row["title"]), _office_pattern(row), cue))
    return tuple(offices)


def _office_pattern(row: dict) -> re.Pattern:
    """A title, up to two given names, the name; not after "former", "ex-" and the like."""
    not_former = "".join(
        rf"(?<!\b{re.escape(word)}{'' if word.endswith('-') else ' '})"
        for word in read_words("en/time/syntax", kind="before a former title")
    )
    title = ""
    if row["title"]:
        title = rf"(?:{row['title']})\s+(?:[A-Z][\w.-]*\s+){{0,2}}"  # "President Barack H. "
    return re.compile(rf"{not_former}\b{title}{re.escape(row['name'])}\b")
