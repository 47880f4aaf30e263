"""The timeline: when each article was written and each datable event happened, with what is sure and what is likely."""

from datetime import date

import matplotlib as mpl
import pandas as pd
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

import clippings.show.figure as d
from clippings.core.tables import make_table
from clippings.core.wording import several
from clippings.repeats.copies import is_counted

EVENT_COLOUR = "#AA3377"
MODALITIES = {  # hatch, filled and line style of an event's bar; those told as having happened are plain
    "happened": ("", True, "-"),
    "reported": ("////", True, "-"),
    "planned": ("", False, "--"),
    "habitual": ("....", True, "-"),
    "denied": ("xxxx", False, ":"),
}
FIRST_DAY = date.min  # Matplotlib draws the years 1 to 9999, as Python's dates
LAST_DAY = date.max
FADES = 5  # steps in which a likely bar grows pale towards an end that nothing makes certain


def chart_timeline(
    dates: pd.DataFrame,
    events: pd.DataFrame,
    amounts: pd.DataFrame,
    *,
    claims=None,
    order_only=False,
    title=None,
) -> Figure:
    """When each article was written and each datable event happened.

    In: dates; events and amounts, for the events' kinds, modality and numbers; claims, to join the tellings of one
    event in several articles; order_only: days as steps of equal width, where only what comes first matters; title
    None: written from the table.
    Out: a figure: a row per article, then per event whose likely days span a quarter at most. Solid bar = must lie
    inside, bar that fades = likely, tick = one day, whisker = what must hold, open arrow = no end known; planned
    events are outlined, reported ones hatched, habitual ones dotted. Raises: KeyError for a missing column.
    Misses: events that cannot be dated to a quarter (but for numbers of one told elsewhere); rows beyond 30; which
    day inside a bar. Source: none.
    Example:
        >>> chart_timeline(*(make_table(name) for name in ("dates", "events", "amounts"))).get_label()
        'No chart: Nothing could be placed on the calendar.'
    """
    rows = _rows(dates, events, amounts, make_table("claims") if claims is None else claims)
    drawn = rows[: d.MOST_ROWS]
    known = sorted({day for row in drawn for day in row["days"] if not pd.isna(day)})
    if not known:
        return d.no_chart("Nothing could be placed on the calendar")
    finding = _finding(dates[dates.label == "article"])
    at = {day: number if order_only else date2num(day) for number, day in enumerate(known)}
    margin = max((at[known[-1]] - at[known[0]]) / 12, 1 if order_only else 3)
    view = (at[known[0]] - margin, at[known[-1]] + margin)
    if not order_only:  # the margin must not leave the years that can be drawn
        view = (max(view[0], date2num(FIRST_DAY)), min(view[1], date2num(LAST_DAY)))
    with mpl.rc_context(fname=d.STYLE):
        figure, axes = d.new_chart(len(drawn) + 1, f"Timeline of articles and events: {finding}.")
        for place, row in enumerate(reversed(drawn)):
            _draw(
                axes, place, row, [None if pd.isna(day) else at[day] for day in row["days"]], view
            )
        _join(axes, drawn, at)
        axes.set_yticks(range(len(drawn)), [row["name"] for row in reversed(drawn)])
        d.give_links(axes.get_yticklabels(), [row["link"] for row in reversed(drawn)])
        axes.set_xlim(*view)
        axes.set_ylim(-0.7, len(drawn) - 0.3)
        _scale(axes, known, order_only)
        figure.legend(
            handles=_key({row["modality"] for row in drawn}), loc="outside lower left", ncols=4
        )
        more = f" ({len(rows) - len(drawn)} more not drawn)" if len(rows) > len(drawn) else ""
        d.give_title(figure, title or finding + more)
    return figure


def _finding(articles: pd.DataFrame) -> str:
    closed = int((articles.likely_earliest.notna() & articles.likely_latest.notna()).sum())
    widths = (articles.likely_latest - articles.likely_earliest).dt.days.dropna()
    closest = f", the closest within {several(int(widths.min()) + 1, 'day')}" if len(widths) else ""
    return (
        f"{closed} of {several(len(articles), 'article')} can be placed between two days{closest}"
    )


def _rows(
    dates: pd.DataFrame, events: pd.DataFrame, amounts: pd.DataFrame, claims: pd.DataFrame
) -> list[dict]:
    """Name, days and kind of each row to draw: articles, then events known to a quarter, one per kind and days."""
    told = {(e.article, e.start): e for e in events[is_counted(events)].itertuples()}
    same = claims[claims.status != "rejected"]
    claim = {(row.article, row.start): row.label for row in same.itertuples()}
    numbers: dict = {}
    for a in amounts[amounts.event_start.notna()].itertuples():
        numbers.setdefault((a.article, int(a.event_start)), f": {a.text} {a.label}".rstrip())
    titles = dates["title"] if "title" in dates.columns else dates["article"]
    names = dict(zip(dates.article, titles, strict=True))
    written = dates[dates.label == "article"].itertuples()
    rows = [
        _row(row, f"written: {d.short_label(names[row.article] or row.article, 30)}", "article")
        for row in written
    ]
    of_events = dates[dates.label == "event"].sort_values(
        ["likely_earliest", "article", "start"], kind="stable"
    )
    close = of_events.likely_latest - of_events.likely_earliest <= pd.Timedelta(days=92)
    keys = list(zip(of_events.article, of_events.start, strict=True))
    joined = {claim[key] for key, near in zip(keys, close, strict=True) if near and key in claim}
    numbered = [
        claim.get(key) in joined and key in numbers for key in keys
    ]  # another article's number of such a one
    seen, dated = set(), of_events[close | pd.Series(numbered, close.index, dtype="bool")]
    for row in dated.itertuples():
        key = (row.article, row.start)
        if key not in told:
            continue
        event = told[key]
        place = f" in {event.place}" if event.place else ""
        name = d.short_label(f"{event.label}{place}{numbers.get(key, '')}".replace("_", " "), 40)
        if (name, row.edtf, event.modality) not in seen:
            seen.add((name, row.edtf, event.modality))
            rows.append(_row(row, name, event.modality) | {"claim": claim.get(key, "")})
    return rows


def _row(row, name: str, modality: str) -> dict:
    days = (row.earliest, row.latest, row.likely_earliest, row.likely_latest)
    return {
        "name": name,
        "days": days,
        "modality": modality,
        "claim": "",
        "article": row.article,
    } | {"link": d.link_of(label=row.label, article=row.article, start=row.start)}


def _draw(axes, place: int, row: dict, days: list, view: tuple[float, float]) -> None:
    """One row: whiskers to what must hold, arrows where nothing does, the likely days as a bar."""
    colour = d.STORY_COLOUR if row["modality"] == "article" else EVENT_COLOUR
    if all(day is None for day in days):
        axes.annotate(
            "not known",
            (view[0], place),
            (4, 0),
            textcoords="offset points",
            va="center",
            fontsize=7,
        )
        return
    hard = [view[end] if day is None else day for end, day in enumerate(days[:2])]
    if days[:2] != [None, None]:
        axes.hlines(place, *hard, color=colour, lw=0.8)
    likely = [hard[end] if day is None else day for end, day in enumerate(days[2:])]
    for end, (arrow, limit) in enumerate(zip("<>", days[:2], strict=True)):
        if limit is not None or days[2 + end] is None or days[1 - end] is not None:
            mark = "|" if limit is not None else arrow
            axes.plot(hard[end], place, mark, color=colour, ms=6, mfc="none", clip_on=False)
    if likely[0] == likely[1]:
        axes.plot(likely[0], place, "|", color=colour, ms=12, mew=2.5)
        return
    thin = max(0, (view[1] - view[0]) / 120 - (likely[1] - likely[0])) / 2  # wide enough to be seen
    likely = [likely[0] - thin, likely[1] + thin]
    hatch, filled, line = MODALITIES.get(row["modality"], MODALITIES["happened"])
    sure = [day is not None and day == limit for day, limit in zip(days[2:], days[:2], strict=True)]
    _bar(axes, place, likely, sure, colour if filled else "none")
    width = 0.8 if hatch or not filled else 0
    look = {"facecolor": "none", "edgecolor": colour, "hatch": hatch, "ls": line, "lw": width}
    axes.barh(place, likely[1] - likely[0], left=likely[0], height=0.55, **look)


def _bar(axes, place: int, likely: list[float], sure: list[bool], colour: str) -> None:
    """A bar that is solid where its end must hold, and grows pale towards an end that is only likely."""
    steps = 1 if all(sure) or colour == "none" else FADES
    middle = sum(likely) / 2
    for step in range(steps):
        moved = (middle - likely[0]) * step / steps
        low, high = likely[0] + moved * (not sure[0]), likely[1] - moved * (not sure[1])
        axes.barh(
            place,
            high - low,
            left=low,
            height=0.55,
            color=colour,
            alpha=0.85 if steps == 1 else 0.26,
            lw=0,
        )


def _join(axes, drawn: list[dict], at: dict) -> None:
    """A line between the rows that tell one event in several articles."""
    groups: dict[str, list] = {}
    for place, row in enumerate(reversed(drawn)):
        if row["claim"] and not pd.isna(row["days"][2]):
            groups.setdefault(row["claim"], []).append((place, at[row["days"][2]], row["article"]))
    for rows in groups.values():
        if len({article for *_, article in rows}) > 1:
            axes.plot(
                [x for _, x, _ in rows], [y for y, *_ in rows], "o-", color=d.INK, lw=0.9, ms=2.5
            )


def _scale(axes, known: list, order_only: bool) -> None:
    if order_only:
        ends = (0, len(known) - 1)
        axes.set_xticks(ends, [f"{known[end]:%Y-%m-%d}" for end in ends])
        axes.set_xlabel("order only: steps are of equal width")
        return
    locator = AutoDateLocator(minticks=3, maxticks=9)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))


def _key(used: set[str]) -> list:
    """What the marks mean, of those that are drawn."""
    marks = [
        Patch(color=EVENT_COLOUR, alpha=0.85, lw=0, label="must lie inside"),
        Patch(color=EVENT_COLOUR, alpha=0.35, lw=0, label="likely (fades)"),
        Line2D([], [], color=EVENT_COLOUR, lw=0.8, marker="|", label="must hold"),
        Line2D([], [], color=EVENT_COLOUR, lw=0.8, marker=">", mfc="none", label="open"),
        Line2D([], [], color=EVENT_COLOUR, lw=0, marker="|", ms=10, mew=2.5, label="one day"),
    ]
    for name in [name for name in list(MODALITIES)[1:] if name in used]:
        hatch, filled, line = MODALITIES[name]
        face = (*mpl.colors.to_rgb(EVENT_COLOUR), 0.35 if filled else 0)
        marks.append(
            Patch(facecolor=face, edgecolor=EVENT_COLOUR, hatch=hatch, ls=line, label=name)
        )
    return marks
