"""Step 6: constraints on when articles were written, times refer to and events happened.

Each row is one fact about a subject (an article, a time or an event): a range of days, or a
distance in days to another subject. Hard rows are certain; soft rows follow the conventions of
daily news, each with a trust from 0 to 1. `placement` finds the dates that satisfy them. Events of
different articles are linked only if the analyst confirmed that they are the same.
"""

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

import pandas as pd

from clippings.core.cache import cacheable
from clippings.core.garbage import fewer_collections
from clippings.core.lexicon import either, words_of
from clippings.core.progress import in_turn
from clippings.core.tables import by_article, make_table
from clippings.timeline.cues import DURING, IN_OFFICE, NOT_AFTER, NOT_BEFORE
from clippings.timeline.dates import (
    NO_LIMIT,
    DayInterval,
    days_of_value,
    mask_of_value,
    to_timestamp,
)
from clippings.timeline.events import HAPPENED, PLANNED, REPORTED
from clippings.timeline.evidence import (
    Surroundings,
    is_in_name,
    is_quoted,
    is_surely_future,
    is_surely_past,
    looks_back,
    may_be_planned,
    speaks_of_present,
)
from clippings.timeline.timex import LENGTH_TYPES
from clippings.timeline.wording import CALENDAR, OFFICE, rule_with_entry

# Strength of a row: certain, or based on a convention of news writing.
HARD = "hard"
SOFT = "soft"

# Relations other than NOT_BEFORE and NOT_AFTER: the subject is inside a range of days, or within a
# distance of another subject.
INSIDE = "inside"
WITHIN_DAYS = "within_days"

# Labels of subjects.
ARTICLE = "article"
TIME = "time"
EVENT = "event"


class Rule(NamedTuple):
    """The reason for a row: its code (see `wording`), its strength, and its trust from 0 to 1."""

    name: str
    strength: str
    trust: float


class Distance(NamedTuple):
    """Minimum and maximum days by which a subject precedes another one; negative if it follows."""

    shortest: float
    longest: float

    def reversed(self) -> "Distance":
        """Return the same distance to the other side."""
        return Distance(-self.longest, -self.shortest)


# All rules. Trust is our own estimate, and only its order matters: soft rows are added in
# descending order of trust.
PUBLISHED = Rule("published", HARD, 1.0)
NOTHING_KNOWN = Rule("nothing_known", HARD, 1.0)
SAME_EVENT = Rule("same_event", HARD, 1.0)
# Rules for the article
DATE_IN_PAST = Rule("past_date", HARD, 0.9)
NAMES_DATE = Rule("named_date", SOFT, 0.55)  # not clearly in the past, so it may be planned
AWAITS_DATE = Rule("awaited_date", SOFT, 0.6)
COMPARES_QUARTERS = Rule("compared_quarters", SOFT, 0.5)
# Rules for a time
WORDS_SAY = Rule("stated", HARD, 1.0)
WORDS_MEAN = Rule("understood", SOFT, 0.9)  # the anchor or the year was guessed
NEAR_WEEKDAY = Rule("weekday", SOFT, 0.7)
FROM_WRITING = Rule("from_writing", SOFT, 0.6)
RECENT_YEAR = Rule("recent_year", SOFT, 0.5)
# Rules for an event
TIME_IN_SENTENCE = Rule("time_in_sentence", SOFT, 0.4)
RECENT_NEWS = Rule("recent_news", SOFT, 0.2)
AFTER_WRITING = Rule("after_writing", SOFT, 0.2)

# Trust in cues; the column `rule` names the cue. The end of a term of office is trusted less than
# its beginning, because articles look back more often than ahead.
TRUST_IN_PERIOD = 0.6
TRUST_IN_CALENDAR_START = 0.9  # hard: an article cannot mention an event before it happens
TRUST_IN_CALENDAR_END = 0.8
TRUST_IN_OFFICE_START = 0.8
TRUST_IN_OFFICE_END = 0.45

# Usual distances of times and events in daily news, in days before the day of writing. These are
# conventions: a weekday is one of the last seven days, "last week" ends 1 to 13 days ago, and so on
# for longer units.
NEWS_DISTANCE = {
    "weekday": Distance(0, 6),
    "D": Distance(0, 0),
    "W": Distance(1, 13),
    "WE": Distance(1, 13),
    "M": Distance(1, 61),
    "Q": Distance(1, 183),
    "Y": Distance(1, 730),
}
DAY_WITHOUT_YEAR = Distance(0, 183)  # "it fell on March 12"
MONTH_WITHOUT_YEAR = Distance(0, 300)  # "it fell in March"
PROBABLY_PAST_WITHOUT_YEAR = Distance(-75, 366)  # "it was extended to March 12", as `normalize`
UNSURE_WITHOUT_YEAR = Distance(-366, 366)  # "the March 12 vote": past or planned
RECENT_EVENT = Distance(0, 90)
# "In 2004, …", "Early in 2004, …": a time that applies to the whole sentence
MAX_WORDS_BEFORE_OPENING_TIME = 2
PLANNED_EVENT = Distance(-300, 0)

# The sentence of an event extends at most this number of characters to each side of it.
MAX_SENTENCE = 400
# Possible ends of a sentence. An end that is wrong only hides a year from the event.
SENTENCE_BREAK = re.compile(r"[.!?][\"”’)]*\s+(?=[\"“‘(]*[A-Z])|\n+")
YEAR_IN_WORDS = re.compile(r"\b\d{4}\b")

# Number of days. A date that is not clearly past may be planned, but at most a year ahead.
MAX_DAYS_PLANNED_AHEAD = 366

# Number of years. A company report that compares quarters names at least the previous year, so it
# appears at most this long after the last year that it names.
MAX_YEARS_AFTER_QUARTERS = 2

# How many quarters or halves a text must mention to count as a report on a company's figures.
MIN_QUARTERS = 2

# Number of days. Dates that are at most this far apart support each other.
DAYS_OF_CORROBORATION = 366

# Kinds of times (lexicon/en/time/patterns) that reports on company figures compare.
KINDS_OF_QUARTERS = frozenset({"quarter", "year_ago"})

# Modalities of events that usually happen near the day of writing.
NEAR_MODALITIES = frozenset({HAPPENED, REPORTED, PLANNED})


class SpanKey(NamedTuple):
    """A subject: an article (span 0:0), or a time or event with its span."""

    article: str
    start: int
    end: int


class Subject(NamedTuple):
    """The subject of a row; the first columns of the table."""

    article: str
    start: int
    end: int
    text: str
    label: str  # article, time or event

    @classmethod
    def of_row(cls, row, label: str) -> "Subject":
        """Create the subject for a row of times or events."""
        return cls(row.article, row.start, row.end, row.text, label)


class Constraint(NamedTuple):
    """One fact about a subject; the other columns of the table."""

    relation: str
    rule: str
    strength: str
    trust: float
    day_from: pd.Timestamp | None = None
    day_to: pd.Timestamp | None = None
    days_min: float | None = None
    days_max: float | None = None
    mask: str = ""
    other_article: str = ""
    other_start: int | None = None
    other_end: int | None = None
    because_start: int | None = None
    because_end: int | None = None


@cacheable
@fewer_collections()
def find_constraints(
    articles: pd.DataFrame,
    times: pd.DataFrame,
    events: pd.DataFrame,
    cues: pd.DataFrame,
    *,
    verdicts: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Collect constraints on when articles were written, times refer to and events happened.

    Parameters
    ----------
    articles : pandas.DataFrame
        The articles. Known publication dates become constraints.
    times, events, cues : pandas.DataFrame
        The results of `find_times`, `find_events` and `find_cues` for these articles.
    verdicts : pandas.DataFrame, optional
        The analyst's verdicts, `codebook["verdicts"]`. Verdicts "same" with the same label on rows
        of the table claims state that these are one event, which links their articles.

    Returns
    -------
    pandas.DataFrame
        The table constraints, sorted by article and position, with at least one row for each
        article, time and event.

        - label: article (span 0:0), time or event.
        - relation: inside, not_before or not_after refer to the days from day_from to day_to that
          fit mask; within_days means that the other subject is days_min to days_max days after
          this one.
        - other_article, other_start, other_end: the other subject.
        - because_start, because_end: the words in the article on which this is based.
        - strength: hard (known publication dates, full calendar dates, cues "not_before", dates
          that the text describes as past) or soft.
        - trust: how reliable the rule is, 0 to 1.
        - rule: the reason, as a code that `timeline.wording.describe_rule` describes.

    Notes
    -----
    A date limits the day of writing only if the text clearly describes it as past or future.
    Dates in quotations and names ("Expo 2020") are ignored. The end of a term of office counts
    only if the text shows its holder in action. Words such as "after" and "then" are not used. The
    usual distances in news are conventions, listed at the top of this module.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> tables = cl.find_all(articles, codebook)
    >>> times, events, cues = tables["times"], tables["events"], tables["cues"]
    >>> constraints = cl.find_constraints(articles, times, events, cues)
    >>> constraints[["label", "relation", "day_from", "rule"]].head(6)
         label     relation   day_from                        rule
    0  article   not_before 2019-06-15  calendar:Lenn dam finished
    1  article       inside 2021-03-01        calendar:spring thaw
    2     time       inside        NaT               nothing_known
    3     time       inside        NaT                      stated
    4     time  within_days        NaT                     weekday
    5     time       inside        NaT               nothing_known
    """
    times_by_article = by_article(times)
    events_by_article = by_article(events)
    cues_by_article = by_article(cues)
    rows = []

    def add(subject: Subject, constraints: list[Constraint]) -> None:
        for constraint in constraints or [_constraint(INSIDE, NOTHING_KNOWN)]:
            rows.append(subject._asdict() | constraint._asdict())

    readable = articles[articles.problem == ""]
    for article in in_turn(list(readable.itertuples()), "constraints"):
        article_times = times_by_article.get(article.article, [])
        add(
            Subject(article.article, 0, 0, "", ARTICLE),
            [
                *_from_publication(article),
                *_from_cues(cues_by_article.get(article.article, []), article.text),
                *_from_named_dates(article_times, article.text),
            ],
        )
        for time in article_times:
            add(Subject.of_row(time, TIME), _of_time(time, article.text))
        earlier_years = [
            time for time in article_times if _mentions_earlier_year(time, article.published_from)
        ]
        for event in events_by_article.get(article.article, []):
            constraints = _of_event(event)
            if not constraints and _may_be_recent(event, earlier_years, article.text):
                constraints = [_near_writing(event)]
            add(Subject.of_row(event, EVENT), constraints)
    for event, first in _confirmed_pairs(events, verdicts):
        distance = _distance(SAME_EVENT, Distance(0, 0), _key_of_row(first), because=event)
        add(Subject.of_row(event, EVENT), [distance])
    return make_table("constraints", rows)


def _constraint(relation: str, rule: Rule, because=None, **days) -> Constraint:
    """Create a constraint; `because` is the row of a table whose words justify it."""
    words = {} if because is None else {"because_start": because.start, "because_end": because.end}
    return Constraint(relation, rule.name, rule.strength, rule.trust, **days, **words)


def _distance(rule: Rule, distance: Distance, other: SpanKey, because) -> Constraint:
    """Create a constraint on the distance to another subject."""
    return _constraint(
        WITHIN_DAYS,
        rule,
        because,
        days_min=float(distance.shortest),
        days_max=float(distance.longest),
        other_article=other.article,
        other_start=other.start,
        other_end=other.end,
    )


def _key_of_article(row) -> SpanKey:
    """Return the article of a time or an event as a subject."""
    return SpanKey(row.article, 0, 0)


def _key_of_row(row) -> SpanKey:
    """Return a time or an event as a subject."""
    return SpanKey(row.article, row.start, row.end)


# --- articles -------------------------------------------------------------------------------------


def _from_publication(article) -> list[Constraint]:
    """Return the constraint from a publication date that is known, exactly or as a range."""
    first = article.published_from
    last = article.published_to
    if pd.isna(first) and pd.isna(last):
        return []
    return [_constraint(INSIDE, PUBLISHED, day_from=first, day_to=last)]


def _from_cues(cues: list, text: str) -> list[Constraint]:
    """Return the constraints from an article's cues; only the first cue of each entry counts."""
    first_cues = {cue.label: cue for cue in reversed(cues)}
    offices = [cue for cue in cues if cue.relation == IN_OFFICE]
    constraints = []
    for label in sorted(first_cues):
        cue = first_cues[label]
        if cue.relation == IN_OFFICE:
            constraints += _from_office(cue, offices, text)
        else:
            constraints += _from_calendar(cue)
    return constraints


def _from_office(cue, offices: list, text: str) -> list[Constraint]:
    """Constrain an article that names an office holder to the holder's term of office.

    The beginning of the term is certain. Articles often look back on former holders, so the end of
    the term counts only if the text shows the holder in action.
    """
    name = rule_with_entry(OFFICE, cue.label)
    start = Rule(name, SOFT, TRUST_IN_OFFICE_START)
    first = cue.day_to if pd.isna(cue.day_from) else cue.day_from
    constraints = [_constraint(NOT_BEFORE, start, cue, day_from=first)]
    if not pd.isna(cue.day_to) and _is_in_office_now(cue, offices, text):
        end = Rule(name, SOFT, TRUST_IN_OFFICE_END)
        constraints.append(_constraint(NOT_AFTER, end, cue, day_to=cue.day_to))
    return constraints


def _is_in_office_now(cue, offices: list, text: str) -> bool:
    """Return whether several signs agree that the article treats a holder as still in office."""
    mentions = [other for other in offices if other.label == cue.label]
    places = [Surroundings(text, other.start, other.end) for other in mentions]
    if any(looks_back(place) for place in places):
        return False
    later = [other for other in offices if not pd.isna(other.day_from)]
    if any(other.day_from > cue.day_to for other in later):  # a successor is already in office
        return False
    contemporaries = {
        other.label
        for other in offices
        if other.label != cue.label
        and not pd.isna(other.day_to)
        and other.day_from < cue.day_to
        and other.day_to > cue.day_from
    }
    outside = [place for place in places if not is_quoted(place)]
    acts_now = any(speaks_of_present(place) for place in outside)
    return acts_now or (bool(outside) and bool(contemporaries))


def _from_calendar(cue) -> list[Constraint]:
    """Return the constraints from the analyst's calendar; a single day counts for both ends."""
    name = rule_with_entry(CALENDAR, cue.label)
    first = cue.day_from
    last = cue.day_to
    if cue.relation == DURING:
        rule = Rule(name, SOFT, TRUST_IN_PERIOD)
        return [_constraint(INSIDE, rule, cue, day_from=first, day_to=last)]
    if cue.relation == NOT_BEFORE:
        rule = Rule(name, HARD, TRUST_IN_CALENDAR_START)
        return [_constraint(NOT_BEFORE, rule, cue, day_from=last if pd.isna(first) else first)]
    if cue.relation == NOT_AFTER:
        rule = Rule(name, SOFT, TRUST_IN_CALENDAR_END)
        return [_constraint(NOT_AFTER, rule, cue, day_to=first if pd.isna(last) else last)]
    return []


def _days_of_named_date(time):
    """Return the days of an absolute date with a year ("in 1988"); None for other times."""
    is_absolute_date = time.anchor == "absolute" and time.unit == ""
    return days_of_value(time.value, time.mod) if is_absolute_date else None


class NamedDate(NamedTuple):
    """An absolute date with a year, and how the text refers to it."""

    time: object  # a row of times
    days: DayInterval
    is_future: bool
    is_past: bool
    is_quoted: bool
    may_be_planned: bool


def _named_dates(times: list, text: str) -> list[NamedDate]:
    """List the dates with a year in an article, except in names such as "Expo 2020"."""
    dates = []
    for time in times:
        days = _days_of_named_date(time)
        place = Surroundings(text, time.start, time.end)
        if days is None or is_in_name(place):
            continue
        quoted = is_quoted(place)
        dates.append(
            NamedDate(
                time,
                days,
                is_future=is_surely_future(place),
                is_past=time.direction == "past" and not quoted,
                is_quoted=quoted,
                may_be_planned=time.direction == "future" or may_be_planned(place),
            )
        )
    return dates


def _from_named_dates(times: list, text: str) -> list[Constraint]:
    """Constrain an article to be written after its past dates and before its planned ones."""
    dates = _named_dates(times, text)
    past = [date for date in dates if date.is_past]
    named = [date for date in dates if not (date.is_past or date.is_future or date.may_be_planned)]
    constraints = []
    for date in past:
        first = to_timestamp(date.days.first)
        constraints.append(_constraint(NOT_BEFORE, DATE_IN_PAST, date.time, day_from=first))
    for date in named:
        if _is_corroborated(date, dates):
            first = to_timestamp(date.days.first - MAX_DAYS_PLANNED_AHEAD)
            constraints.append(_constraint(NOT_BEFORE, NAMES_DATE, date.time, day_from=first))

    last_known = max((date.days.first for date in past + named), default=-NO_LIMIT)
    awaited = [date for date in dates if date.is_future and date.days.last >= last_known]
    for date in awaited:
        last = to_timestamp(date.days.last)
        constraints.append(_constraint(NOT_AFTER, AWAITS_DATE, date.time, day_to=last))
    return constraints + _from_last_year(times, dates)


def _is_corroborated(date: NamedDate, dates: list[NamedDate]) -> bool:
    """Return whether another date in the text is later than this one, or at most a year earlier.

    A single date may belong to a distant plan ("in 2040") or to a name that was not recognised.
    """
    others = [other for other in dates if other.time.start != date.time.start]
    return any(other.days.last >= date.days.first - DAYS_OF_CORROBORATION for other in others)


def _from_last_year(times: list, dates: list[NamedDate]) -> list[Constraint]:
    """Limit a report that compares quarters, which rarely appears long after its last year."""
    known = [date for date in dates if not date.is_future and not date.is_quoted]
    quarters = [time for time in times if time.rule in KINDS_OF_QUARTERS]
    if not known or len(quarters) < MIN_QUARTERS:
        return []
    last = max(known, key=lambda date: date.days.first)
    last_day = pd.Timestamp(to_timestamp(last.days.first).year + MAX_YEARS_AFTER_QUARTERS, 12, 31)
    return [_constraint(NOT_AFTER, COMPARES_QUARTERS, last.time, day_to=last_day)]


# --- times ----------------------------------------------------------------------------------------


def _of_time(time, text: str) -> list[Constraint]:
    """Return the constraints on a time from its words and its distance from the day of writing."""
    if time.label in LENGTH_TYPES:
        return []
    days = days_of_value(time.value, time.mod)
    if days is not None:
        first = to_timestamp(days.first)
        last = to_timestamp(days.last)
        rule = WORDS_MEAN if _is_guessed(time) else WORDS_SAY
        return [_constraint(INSIDE, rule, time, day_from=first, day_to=last)]

    constraints = []
    mask = mask_of_value(time.value, time.mod)
    if mask:
        constraints.append(_constraint(INSIDE, WORDS_SAY, time, mask=mask))
    distance = _distance_from_writing(time, mask, text)
    if distance is not None:
        rule = _rule_of_distance(time)
        constraints.append(_distance(rule, distance, _key_of_article(time), because=time))
    return constraints


def _is_guessed(time) -> bool:
    """Return whether the anchor, direction or year of a full value was guessed."""
    names_year = re.search(r"\d{4}|nineteen", time.text)
    is_year_guessed = time.anchor == "absolute" and not names_year
    return time.anchor == "mentioned" or time.unit == "weekday" or is_year_guessed


def _rule_of_distance(time) -> Rule:
    """Return the rule that relates a time to the day of writing."""
    if time.unit == "weekday":
        return NEAR_WEEKDAY
    return FROM_WRITING if time.anchor == "written" else RECENT_YEAR


def _distance_from_writing(time, mask: str, text: str) -> Distance | None:
    """Return the usual distance of a time from the day of writing in news; None if unknown."""
    if time.anchor == "absolute" and mask and not time.unit:
        place = Surroundings(text, time.start, time.end)
        is_day = re.fullmatch(r"XXXX-\d\d-\d\d", mask)
        if is_surely_past(place):
            return DAY_WITHOUT_YEAR if is_day else MONTH_WITHOUT_YEAR
        if is_surely_future(place):
            return MONTH_WITHOUT_YEAR.reversed()
        is_probably_past = time.direction == "past"
        return PROBABLY_PAST_WITHOUT_YEAR if is_probably_past else UNSURE_WITHOUT_YEAR

    distance = NEWS_DISTANCE.get(time.unit)
    if distance is None or pd.isna(time.amount) or time.anchor != "written":
        return None
    if time.unit == "D":
        distance = Distance(time.amount, time.amount)
    elif time.direction == "none":  # "this month": before or after the day of writing
        return Distance(-distance.longest / 2, distance.longest / 2)
    elif (
        time.unit != "weekday" and time.amount > 1
    ):  # "three weeks ago": from half to all of three such distances
        distance = Distance(distance.shortest * time.amount / 2, distance.longest * time.amount)
    return distance.reversed() if time.direction == "future" else distance


# --- events ---------------------------------------------------------------------------------------


def _of_event(event) -> list[Constraint]:
    """Return the constraint of an event with a time: the event happened at that time."""
    if pd.isna(event.time_start):
        return []
    time = SpanKey(event.article, int(event.time_start), int(event.time_end))
    return [_distance(TIME_IN_SENTENCE, Distance(0, 0), time, because=time)]


def _may_be_recent(event, earlier_years: list, text: str) -> bool:
    """Return whether an event without a time may lie near the day of writing.

    Denied and habitual events do not. Neither do those whose sentence mentions an earlier year,
    because they are often background: "In 2004, a quake triggered a tsunami that killed thousands".
    `earlier_years` are the times of the article that name such a year.
    """
    if event.modality not in NEAR_MODALITIES:
        return False
    first = max(0, event.start - MAX_SENTENCE)
    last = min(len(text), event.end + MAX_SENTENCE)
    # The borders of the sentence matter only if an earlier year is nearby, which is rare.
    if not any(first <= time.start < last for time in earlier_years):
        return True
    for sentence_break in SENTENCE_BREAK.finditer(text, first, event.start):
        first = sentence_break.end()
    after = SENTENCE_BREAK.search(text, event.end, last)
    if after:
        last = after.start()
    return not any(
        _is_about(time, event, text, first) for time in earlier_years if first <= time.start < last
    )


def _is_about(time, event, text: str, sentence_start: int) -> bool:
    """Return whether a time belongs to the clause of an event, or opens its sentence.

    Not in "The board closed the mill, which opened in 1998" for the closure.
    """
    words_before = text[sentence_start : time.start].split()
    if len(words_before) <= MAX_WORDS_BEFORE_OPENING_TIME:
        return True
    between = text[min(time.end, event.end) : max(time.start, event.start)]
    return _clause_border().search(between) is None


@cache
def _clause_border() -> re.Pattern:
    """Return a pattern for a sign of another clause: "closed the mill, which opened in 1998"."""
    return re.compile(rf"[,;]|\b{either(words_of('en/time/clause_borders'))}\b")


def _mentions_earlier_year(time, published: pd.Timestamp) -> bool:
    """Return whether a time names a year before that of publication, which may be unknown."""
    years = [int(year) for year in YEAR_IN_WORDS.findall(time.text)]
    if not years:  # "last year", not "this year" nor the duration "a year"
        return time.unit == "Y" and time.label == "DATE" and time.direction == "past"
    return pd.isna(published) or min(years) < published.year


def _near_writing(event) -> Constraint:
    """Return the distance of an event from the day of writing that is usual in news."""
    if event.modality == PLANNED:
        rule = AFTER_WRITING
        distance = PLANNED_EVENT
    else:
        rule = RECENT_NEWS
        distance = RECENT_EVENT
    return _distance(rule, distance, _key_of_article(event), because=event)


def _confirmed_pairs(events: pd.DataFrame, verdicts: pd.DataFrame | None) -> list[tuple]:
    """List the mentions that the analyst confirmed as one event, each with the first of them."""
    if verdicts is None or verdicts.empty:
        return []
    is_confirmed = (verdicts.table == "claims") & (verdicts.verdict == "same")
    mentions_by_label = defaultdict(list)
    for verdict in verdicts[is_confirmed].itertuples():
        mentions = events[(events.article == verdict.article) & (events.text == verdict.text)]
        if verdict.start:
            mentions = mentions[mentions.start.astype("str") == verdict.start]
        mentions_by_label[verdict.label] += list(mentions.head(1).itertuples())

    pairs = []
    for first_mention, *other_mentions in mentions_by_label.values():
        pairs.extend((mention, first_mention) for mention in other_mentions)
    return pairs
