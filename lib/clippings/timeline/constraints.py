"""What is known of when an article was written, a time lies, an event happened: one row for each piece of knowledge.

A row is a stretch of days, or a distance in days to another subject. Matches between articles order them only where
the analyst confirmed them.
"""

import re
from collections import defaultdict

import pandas as pd

from clippings.core.progress import in_turn
from clippings.core.tables import by_article, make_table
from clippings.timeline.dates import days_of, mask_of, stamp

# How far back news of the day reaches, in days: written minus told. Conventions of daily news, not laws.
NEWS = {
    "weekday": (0, 6),
    "D": (0, 0),
    "W": (1, 13),
    "WE": (1, 13),
    "M": (1, 61),
    "Q": (1, 183),
    "Y": (1, 730),
}
DAY_WITHOUT_YEAR = (0, 90)
MONTH_WITHOUT_YEAR = (0, 300)
RECENT_EVENT = (0, 90)
PLANNED_EVENT = (-300, 0)
NO_YEAR = {
    "written": ("told from the day of writing", 0.6),
    "absolute": ("no year: a recent one", 0.5),
}
PLANNED_AHEAD = (
    366  # a dated day that nothing puts into the past may be planned, a year ahead at most
)
RESULTS, SEVERAL_YEARS = (
    2,
    4,
)  # years by which news is, at most, younger than the last year it names


def find_constraints(
    articles: pd.DataFrame,
    times: pd.DataFrame,
    events: pd.DataFrame,
    cues: pd.DataFrame,
    *,
    verdicts=None,
) -> pd.DataFrame:
    """Everything that is known of when an article was written, a time lies, an event happened.

    In: articles; times, events and cues found in them; verdicts = codebook["verdicts"]: rows of table claims with
    the verdict "same" and one label are one event, and tie their articles together.
    Out: constraints, label = article (span 0:0), time or event; every subject has a row, if need be an open one.
    relation inside, not_before, not_after (days day_from to day_to, of which only those that fit mask) or
    within_days (the other subject minus this one lies between days_min and days_max); strength hard (known
    publication days, what a calendar date says of itself, cues "not_before") or soft; trust 0 to 1.
    Raises: nothing.
    Misses: order words such as "after" and "then"; a date in the past that a text only plans.
    Source: own conventions of daily news, stated above; TIMEX3 masks.
    Example:
        >>> find_constraints(*(make_table(name) for name in ("articles", "times", "events", "cues"))).empty
        True
    """
    rows = []
    when, what, ties = by_article(times), by_article(events), by_article(cues)
    for article in in_turn(list(articles.itertuples()), "constraints"):
        subject = {"article": article.article, "start": 0, "end": 0, "text": "", "label": "article"}
        entries = {
            cue.label: cue for cue in reversed(ties.get(article.article, []))
        }  # the first of each
        days = {"day_from": article.published_from, "day_to": article.published_to}
        known = not (pd.isna(article.published_from) and pd.isna(article.published_to))
        own = [_bound("inside", "known publication date", "hard", 1.0, **days)] if known else []
        own += [bound for name in sorted(entries) for bound in _from_cue(entries[name])]
        own += _named_dates(when.get(article.article, []))
        rows += [{**subject, **bound} for bound in own or [_open()]]
        for time in when.get(article.article, []):
            rows += [{**_subject(time, "time"), **bound} for bound in _of_time(time) or [_open()]]
        for event in what.get(article.article, []):
            rows += [{**_subject(event, "event"), **bound} for bound in _of_event(event)]
    rows += _confirmed(events, verdicts)
    return make_table("constraints", rows)


def _subject(row, label: str) -> dict:
    return {
        "article": row.article,
        "start": row.start,
        "end": row.end,
        "text": row.text,
        "label": label,
    }


def _bound(relation: str, rule: str, strength: str, trust: float, **more) -> dict:
    return {"relation": relation, "rule": rule, "strength": strength, "trust": trust, **more}


def _open() -> dict:
    return _bound("inside", "nothing known", "hard", 1.0)


def _distance(
    rule: str, trust: float, reach: tuple[float, float], other, strength: str = "soft"
) -> dict:
    names = ("days_min", "days_max", "other_article", "other_start", "other_end")
    return _bound(
        "within_days",
        rule,
        strength,
        trust,
        **dict(zip(names, (*map(float, reach), *other), strict=True)),
    )


def _because(row) -> dict:
    return {"because_start": row.start, "because_end": row.end}


def _from_cue(cue) -> list[dict]:
    """The end of an office is trusted less than its beginning: the past is told of more often than the future."""
    office = cue.relation == "in_office"
    rule = f"{'in office or in being' if office else 'calendar'}: {cue.label}"
    first, last = cue.day_from, cue.day_to
    if cue.relation == "during":
        return [_bound("inside", rule, "soft", 0.6, day_from=first, day_to=last, **_because(cue))]
    rows = []
    if office or cue.relation == "not_before":
        day, sure = last if pd.isna(first) else first, ("soft", 0.8) if office else ("hard", 0.9)
        rows.append(_bound("not_before", rule, *sure, day_from=day, **_because(cue)))
    if cue.relation == "not_after" or (office and not pd.isna(last)):
        day, trust = first if pd.isna(last) else last, 0.65 if office else 0.8
        rows.append(_bound("not_after", rule, "soft", trust, day_to=day, **_because(cue)))
    return rows


def _named_dates(times: list) -> list[dict]:
    """A text that tells of a dated day as past is not older than that; one that awaits it, as a rule, not younger.

    News that compares quarters or years names the year before its own; news that names two or more years, one of
    the last few.
    """
    rows, told = [], {}
    for time in times:
        span = (
            days_of(time.value, time.mod) if time.anchor == "absolute" and time.unit == "" else None
        )
        if not span:
            continue
        if time.direction == "future":
            rows.append(
                _bound(
                    "not_after",
                    "awaits this date",
                    "soft",
                    0.6,
                    day_to=stamp(span[1]),
                    **_because(time),
                )
            )
            continue
        past = (
            time.direction == "past"
        )  # where no word says so, the date may be a plan for the next year
        sure = ("told as past", "hard", 0.9) if past else ("names this date", "soft", 0.55)
        days = {"day_from": stamp(span[0] - (0 if past else PLANNED_AHEAD))}
        rows.append(_bound("not_before", *sure, **days, **_because(time)))
        told[stamp(span[0]).year] = time
    results = any(time.rule in ("quarter", "year_ago") for time in times)
    if results or len(told) > 1:
        for year in sorted(told)[-1:]:
            last = pd.Timestamp(year + (RESULTS if results else SEVERAL_YEARS), 12, 31)
            rule = "compares results with this year" if results else "names years up to this one"
            rows.append(_bound("not_after", rule, "soft", 0.5, day_to=last, **_because(told[year])))
    return rows


def _of_time(time) -> list[dict]:
    """What a time expression says of itself, and how far from the day of writing news puts it."""
    if time.label in ("DURATION", "SET"):
        return []
    span, mask = days_of(time.value, time.mod), mask_of(time.value, time.mod)
    if span:
        days, year = (
            {"day_from": stamp(span[0]), "day_to": stamp(span[1])},
            re.search(r"\d{4}|nineteen", time.text),
        )
        guessed = (
            time.anchor == "mentioned"
            or time.unit == "weekday"
            or (time.anchor == "absolute" and not year)
        )
        sure = (
            ("as the words are meant", "soft", 0.9)
            if guessed
            else ("what the words say", "hard", 1.0)
        )
        return [_bound("inside", *sure, **days, **_because(time))]
    found = (
        [_bound("inside", "what the words say", "hard", 1.0, mask=mask, **_because(time))]
        if mask
        else []
    )
    if reach := _reach(time, mask):
        rules = {"weekday": ("day of the week near the day of writing", 0.7)} | NO_YEAR
        rule, trust = rules.get(time.unit if time.unit == "weekday" else time.anchor)
        found.append(_distance(rule, trust, reach, (time.article, 0, 0)) | _because(time))
    return found


def _reach(time, mask: str) -> tuple[float, float] | None:
    near, far = NEWS.get(time.unit, (None, None))
    if time.anchor == "absolute" and mask:
        near, far = (
            DAY_WITHOUT_YEAR if re.fullmatch(r"XXXX-\d\d-\d\d", mask) else MONTH_WITHOUT_YEAR
        )
        return (-far, near) if time.direction == "future" else (near, far)
    if near is None or pd.isna(time.amount) or time.anchor != "written":
        return None
    if time.unit == "D":
        near = far = time.amount
    elif time.direction == "none":
        return (-far / 2, far / 2)
    elif time.unit != "weekday" and time.amount > 1:
        near, far = near * time.amount / 2, far * time.amount
    return (-far, -near) if time.direction == "future" else (near, far)


def _of_event(event) -> list[dict]:
    article = (event.article, 0, 0)
    planned = event.modality == "planned"
    if not pd.isna(event.time_start):
        time = (event.article, int(event.time_start), int(event.time_end))
        because = {"because_start": time[1], "because_end": time[2]}
        return [_distance("the time in its sentence", 0.4, (0, 0), time) | because]
    if event.modality in ("happened", "reported", "planned"):
        rule = "planned: after the day of writing" if planned else "told as past, recent news"
        reach = PLANNED_EVENT if planned else RECENT_EVENT
        return [_distance(rule, 0.2, reach, article) | _because(event)]
    return [_open()]


def _confirmed(events: pd.DataFrame, verdicts) -> list[dict]:
    """Two mentions of one event, as the analyst said, are of one day."""
    if verdicts is None or verdicts.empty:
        return []
    same = verdicts[(verdicts.table == "claims") & (verdicts.verdict == "same")]
    found = defaultdict(list)
    for verdict in same.itertuples():
        here = events[(events.article == verdict.article) & (events.text == verdict.text)]
        here = here[here.start.astype("str") == verdict.start] if verdict.start else here
        found[verdict.label] += list(here.head(1).itertuples())
    tied = [(row, rows[0]) for rows in found.values() for row in rows[1:]]
    return [
        {**_subject(row, "event"), **_because(row)}
        | _distance(
            "confirmed: the same event",
            1.0,
            (0, 0),
            (first.article, first.start, first.end),
            "hard",
        )
        for row, first in tied
    ]
