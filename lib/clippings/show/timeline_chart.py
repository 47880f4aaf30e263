"""Draw the timeline: when articles were written, when events happened, and how certain this is."""

import datetime
import math
from itertools import chain
from typing import NamedTuple

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from clippings.core.tables import make_table
from clippings.core.wording import count_noun, days_in_words, place_phrase
from clippings.repeats.copies import is_counted
from clippings.show import wording
from clippings.show.chart_style import current_palette, current_style, drawn_in, points
from clippings.show.figure import (
    add_legend,
    fit_rows,
    give_title,
    link_marks_to,
    link_of,
    new_chart,
    no_chart,
    redrawable,
    row_labels,
    shown_of,
)
from clippings.timeline.default_events import is_particular

MAX_EVENT_RANGE = pd.Timedelta(days=92)  # a quarter; events dated less precisely are not drawn
BAR_HEIGHT = 0.55  # of a row
CERTAIN_ALPHA = 0.85
FADING_STEPS = 5  # overlapping bars, which make a likely range fade towards its end
FADING_ALPHA = 0.26  # of each of them
NARROWEST_BAR = 1 / 120  # of the width of the chart, so that it is visible
# Up to this number, each article has a row. With more articles, those dated to the day share one
# row, and undated articles another, because separate rows would leave no room for the events.
MAX_ARTICLE_ROWS = 12
MAX_ARTICLE_SHARE = 0.4  # of the rows, if there are fewer than on a page
TICK_WIDTH = 0.7  # inches on a page that a date takes up together with the space after it

DAY_LEVEL = 2  # of the formats of dates, after years and months

ARTICLE = "article"  # the modality of a row that is an article


class Look(NamedTuple):
    """The look of the bar of an event."""

    hatch: str
    is_filled: bool
    line: str


EVENT_LOOKS = {  # by modality
    "happened": Look("", True, "-"),
    "reported": Look("////", True, "-"),
    "planned": Look("", False, "--"),
    "habitual": Look("....", True, "-"),
    "denied": Look("xxxx", False, ":"),
}
PLAIN_LOOK = EVENT_LOOKS["happened"]
# Matplotlib draws the years 1 to 9999, as Python's dates.
FIRST_DAY = datetime.date.min
LAST_DAY = datetime.date.max


class Limits(NamedTuple):
    """Ends of the certain and the likely range: dates or positions; None if open."""

    earliest: pd.Timestamp | float | None
    latest: pd.Timestamp | float | None
    likely_earliest: pd.Timestamp | float | None
    likely_latest: pd.Timestamp | float | None


class Row(NamedTuple):
    """A row of the timeline: one or several articles, or an event."""

    name: str
    limits: tuple[Limits, ...]  # of each article, or of the event
    modality: str
    link: str
    article: str = ""
    claim: str = ""  # of an event
    reporting_articles: int = 1
    is_specific: bool = False  # says more than the kind of an event: who, where or how many
    details: tuple[str, ...] = ()  # what distinguishes it from a row with the same name


class Report(NamedTuple):
    """Where the report of an event is drawn."""

    article: str
    x: float  # its first likely day
    y: float  # its row


class View(NamedTuple):
    """The part of the time axis that is drawn."""

    first: float
    last: float


@redrawable
def chart_timeline(
    dates: pd.DataFrame,
    events: pd.DataFrame,
    amounts: pd.DataFrame,
    *,
    claims: pd.DataFrame | None = None,
    order_only: bool = False,
    title: str | None = None,
) -> Figure:
    """Draw when each article was written and when each datable event happened.

    Parameters
    ----------
    dates : pandas.DataFrame
        The table `dates`; a column `title` names the articles.
    events, amounts : pandas.DataFrame
        The tables of these names, for the kinds, modality and numbers of events.
    claims : pandas.DataFrame, optional
        The table `claims`; if given, lines connect reports of the same event in different articles.
    order_only : bool, default False
        Draw dates at equal distances, which show only their order.
    title : str, optional
        Title; by default the finding.

    Returns
    -------
    matplotlib.figure.Figure
        The articles in order of their dates, followed by one row per event. Solid bars show certain
        ranges, fading bars likely ranges, ticks single days, whiskers certain limits, and open
        arrows unknown limits. Planned events are outlined, reported events hatched, and habitual
        events dotted.

    Raises
    ------
    KeyError
        If a column is missing.

    Notes
    -----
    Events are drawn if their likely range is no longer than three months. They are also drawn if
    they state a number for an event that another report dates with that precision.

    Up to 12 articles have a row each. If there are more, those dated to the day share one row, and
    those without any date share another; of the others, those with the shortest ranges are drawn.
    At most 30 rows are drawn (12 on slides, with up to 4 articles). Events reported by most
    articles come first, followed by events with a participant, a place or a number.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> tables = cl.find_all(articles, codebook)
    >>> cl.chart_timeline(tables["dates"], tables["events"], tables["amounts"]).finding
    'A date range is known for 4 of 6 articles; the narrowest is 1 day.'
    """
    if claims is None:
        claims = make_table("claims")
    style = current_style()
    max_rows = style.chart_size.max_rows
    max_article_rows = min(MAX_ARTICLE_ROWS, int(MAX_ARTICLE_SHARE * max_rows))
    article_rows = _article_rows(dates, max_article_rows)
    event_rows = _event_rows(dates, events, amounts, claims)
    # Articles take up no more than their share, unless there are too few events to fill the rest.
    left_for_articles = max(max_article_rows, max_rows - len(event_rows))
    drawn = _most_precise(article_rows, left_for_articles)
    drawn += _most_reported(event_rows, max_rows - len(drawn))
    all_rows = len(article_rows) + len(event_rows)
    known_dates = _known_dates(drawn)
    if not known_dates:
        return no_chart(wording.TIMELINE_EMPTY)

    if order_only:
        place_of = {date: float(number) for number, date in enumerate(known_dates)}
    else:
        place_of = {date: float(date2num(date)) for date in known_dates}
    view = _view(place_of[known_dates[0]], place_of[known_dates[-1]], 1 if order_only else 3)
    if not order_only:  # the margin must not extend beyond the years that can be drawn
        view = View(max(view.first, date2num(FIRST_DAY)), min(view.last, date2num(LAST_DAY)))

    finding = _finding(dates)
    from_below = drawn[::-1]  # the first row is at the top
    with drawn_in(style):
        figure, axes = new_chart(len(drawn) + 1, wording.TIMELINE_ALT.format(finding=finding))
        for place, row in enumerate(from_below):
            for limits in row.limits:
                on_axis = Limits(*(place_of.get(date) for date in limits))
                _draw_row(axes, place, row.modality, on_axis, view)
        _join_reports(axes, from_below, place_of)
        labels = row_labels(
            [row.name for row in from_below], details=[row.details for row in from_below]
        )
        axes.set_yticks(range(len(drawn)), labels)
        link_marks_to(axes.get_yticklabels(), [row.link for row in from_below])
        axes.set_xlim(*view)
        fit_rows(axes, len(drawn))
        _label_axis(axes, known_dates, order_only)
        legend = _legend({row.modality for row in drawn})
        add_legend(figure, "outside lower left", columns=4, handles=legend)
        note = shown_of(len(drawn), all_rows, wording.TIMELINE_NOTE)
        give_title(figure, title or finding, note)
    return figure


def _known_dates(rows: list[Row]) -> list[pd.Timestamp]:
    """List the distinct dates on which the ranges of the rows begin or end, in order."""
    dates: set[pd.Timestamp | None] = set()
    for row in rows:
        dates.update(chain.from_iterable(row.limits))
    return sorted(dates - {None})


def _view(first: float, last: float, smallest_margin: float) -> View:
    """Return the range of known dates, with a margin on both sides for open ends."""
    margin = max((last - first) / 12, smallest_margin)
    return View(first - margin, last + margin)


def _finding(dates: pd.DataFrame) -> str:
    """Return a sentence about how many articles can be dated, and how precisely."""
    articles = dates[dates.label == "article"]
    if articles.empty:
        is_dated = dates.likely_earliest.notna() | dates.likely_latest.notna()
        return wording.TIMELINE_EVENTS_ONLY.fill(int(is_dated.sum()))

    days = (articles.likely_latest - articles.likely_earliest).dt.days.dropna() + 1
    if days.empty:
        return wording.TIMELINE_NONE_DATED.fill(len(articles))
    dated_to_day = articles[_is_single_day(articles)]
    if 2 * len(dated_to_day) >= len(articles):
        return _finding_on_days(dated_to_day, len(articles))
    narrowest = count_noun(int(days.min()), "day")
    if len(days) == len(articles) == 2:
        return wording.TIMELINE_BOTH_DATED.format(narrowest=narrowest)
    if len(days) == len(articles):
        return wording.TIMELINE_ALL_DATED.fill(len(articles), narrowest=narrowest)
    return wording.TIMELINE_SOME_DATED.format(
        dated=len(days), articles=count_noun(len(articles), "article"), narrowest=narrowest
    )


def _finding_on_days(dated_to_day: pd.DataFrame, all_articles: int) -> str:
    """Return a sentence about the number of exactly dated articles and their range of dates."""
    period = days_in_words(dated_to_day.likely_earliest.min(), dated_to_day.likely_latest.max())
    if len(dated_to_day) == all_articles == 2:
        return wording.TIMELINE_BOTH_ON_DAYS.format(period=period)
    if len(dated_to_day) == all_articles:
        return wording.TIMELINE_ALL_ON_DAYS.fill(all_articles, period=period)
    return wording.TIMELINE_SOME_ON_DAYS.fill(
        len(dated_to_day), articles=count_noun(all_articles, "article"), period=period
    )


def _is_single_day(dates: pd.DataFrame) -> pd.Series:
    """Return which rows have a likely range of one day."""
    return dates.likely_earliest == dates.likely_latest


def _article_rows(dates: pd.DataFrame, max_rows: int) -> list[Row]:
    """Return the rows of the articles, in order of their dates; those without a date come last."""
    articles = dates[dates.label == "article"].sort_values(
        ["likely_earliest", "likely_latest"], kind="stable"
    )
    if len(articles) <= max_rows:
        return [_article_row(article) for article in articles.itertuples()]

    on_days = _is_single_day(articles)
    undated = (
        articles[["earliest", "latest", "likely_earliest", "likely_latest"]].isna().all(axis=1)
    )
    rows = _shared_row(articles[on_days], wording.TIMELINE_ARTICLES_ON_DAYS)
    rows += [_article_row(article) for article in articles[~on_days & ~undated].itertuples()]
    return rows + _shared_row(articles[undated], wording.TIMELINE_ARTICLES_UNDATED)


def _article_row(article) -> Row:
    """Return the row of one article."""
    name = wording.TIMELINE_ARTICLE.format(article=_title_of(article))
    return Row(name, (_limits_of(article),), ARTICLE, _link_of_date(article), article.article)


def _title_of(date) -> str:
    """Return the title of the article of a row of the table `dates`, or its id."""
    return getattr(date, "title", "") or date.article


def _shared_row(articles: pd.DataFrame, name: wording.Plural) -> list[Row]:
    """Return one row for several articles, or none; equal dates are drawn once."""
    if len(articles) <= 1:
        return [_article_row(article) for article in articles.itertuples()]
    limits = dict.fromkeys(_limits_of(article) for article in articles.itertuples())
    return [
        Row(
            name=name.fill(len(articles)),
            limits=tuple(limits),
            modality=ARTICLE,
            link=link_of(label=ARTICLE, article=articles.article.tolist()),
        )
    ]


def _event_rows(
    dates: pd.DataFrame, events: pd.DataFrame, amounts: pd.DataFrame, claims: pd.DataFrame
) -> list[Row]:
    """Return a row for each closely dated event; rows that would look the same are merged."""
    charted = events[is_counted(events) & is_particular(events)]
    event_at = {(event.article, event.start): event for event in charted.itertuples()}
    amount_at = _first_amounts(amounts)
    accepted = claims[claims.status != "rejected"]
    claim_at = {(row.article, row.start): row.label for row in accepted.itertuples()}
    articles_of_claim = accepted.groupby("label").article.nunique().to_dict()

    event_dates = dates[dates.label == "event"].sort_values(
        ["likely_earliest", "article", "start"], kind="stable"
    )
    dated_claims = {
        claim_at[date.article, date.start]
        for date in event_dates.itertuples()
        if _is_close(date) and (date.article, date.start) in claim_at
    }
    rows = []
    drawn_before = set()
    for date in event_dates.itertuples():
        key = (date.article, date.start)
        if key not in event_at:
            continue
        # Another report of a dated event is drawn if it states a number, even if it gives no date.
        has_number = key in amount_at and claim_at.get(key) in dated_claims
        if not (_is_close(date) or has_number):
            continue
        event = event_at[key]
        name = _event_name(event, amount_at.get(key))
        looks_like = (name, date.edtf, event.modality)
        if looks_like in drawn_before:
            continue
        drawn_before.add(looks_like)
        claim = claim_at.get(key, "")
        row = Row(
            name=name,
            limits=(_limits_of(date),),
            modality=event.modality,
            link=_link_of_date(date),
            article=date.article,
            claim=claim,
            reporting_articles=articles_of_claim.get(claim, 1),
            is_specific=name != wording.label_words(event.label),
            details=(wording.MODALITIES.get(event.modality, ""), _title_of(date)),
        )
        rows.append(row)
    return rows


def _most_precise(rows: list[Row], number: int) -> list[Row]:
    """Return the rows of articles with the shortest ranges, in their order.

    Rows that several articles share always belong to them.
    """

    def days(row: Row) -> float:
        if row.article == "":
            return 0
        first = row.limits[0].likely_earliest
        last = row.limits[0].likely_latest
        if first is None or last is None:
            return math.inf
        return (last - first).days

    by_precision = sorted(range(len(rows)), key=lambda place: days(rows[place]))
    return [rows[place] for place in sorted(by_precision[:number])]


def _most_reported(rows: list[Row], number: int) -> list[Row]:
    """Return the rows of the events that most articles report, in their order."""
    by_weight = sorted(
        range(len(rows)),
        key=lambda place: (-rows[place].reporting_articles, not rows[place].is_specific),
    )
    return [rows[place] for place in sorted(by_weight[:number])]


def _first_amounts(amounts: pd.DataFrame) -> dict[tuple[str, int], tuple]:
    """Return the first amount of each event, by the event's article and start."""
    first: dict[tuple[str, int], tuple] = {}
    for amount in amounts[amounts.event_start.notna()].itertuples():
        first.setdefault((amount.article, int(amount.event_start)), amount)
    return first


def _is_close(date) -> bool:
    """Return whether the likely range is closed and no longer than three months."""
    return date.likely_latest - date.likely_earliest <= MAX_EVENT_RANGE


def _event_name(event, amount) -> str:
    """Return the name of an event on the axis: kind, participant, place and number."""
    name = wording.label_words(event.label)
    participant = event.target or event.agent
    if participant:
        name = wording.TIMELINE_EVENT_OF.format(kind=name, participant=participant)
    if event.place:
        name = wording.TIMELINE_EVENT_IN.format(event=name, place=place_phrase(event.place))
    if amount is not None:
        name += wording.TIMELINE_AMOUNT.format(amount=amount.text, counted=amount.label).rstrip()
    return wording.label_words(name)


def _link_of_date(date) -> str:
    """Return the link of a row of the table `dates`."""
    return link_of(label=date.label, article=date.article, start=date.start)


def _limits_of(date) -> Limits:
    """Return the ends of the ranges of a row of the table `dates`."""
    ends = (date.earliest, date.latest, date.likely_earliest, date.likely_latest)
    return Limits(*(None if pd.isna(end) else end for end in ends))


def _draw_row(axes: Axes, place: int, modality: str, limits: Limits, view: View) -> None:
    """Draw the likely range as a bar, with whiskers or arrows to the certain limits."""
    palette = current_palette()
    colour = palette.main if modality == ARTICLE else palette.event
    if all(limit is None for limit in limits):
        axes.annotate(
            wording.TIMELINE_UNKNOWN,
            (view.first, place),
            (4, 0),
            textcoords="offset points",
            va="center",
            fontsize=points(7),
        )
        return

    _draw_limits(axes, place, limits, view, colour)
    outer_first = view.first if limits.earliest is None else limits.earliest
    outer_last = view.last if limits.latest is None else limits.latest
    first = outer_first if limits.likely_earliest is None else limits.likely_earliest
    last = outer_last if limits.likely_latest is None else limits.likely_latest
    if first == last:
        axes.plot(first, place, "|", color=colour, ms=points(12), mew=points(2.5))
        return

    missing_width = max(0, (view.last - view.first) * NARROWEST_BAR - (last - first))
    first -= missing_width / 2
    last += missing_width / 2
    look = EVENT_LOOKS.get(modality, PLAIN_LOOK)
    if look.is_filled:
        # An end is certain if the likely range reaches the certain limit.
        first_is_certain = limits.likely_earliest is not None and (
            limits.likely_earliest == limits.earliest
        )
        last_is_certain = limits.likely_latest is not None and (
            limits.likely_latest == limits.latest
        )
        _draw_bar(axes, place, first, last, first_is_certain, last_is_certain, colour)
    _draw_outline(axes, place, first, last, look, colour)


def _draw_limits(axes: Axes, place: int, limits: Limits, view: View, colour: str) -> None:
    """Draw a line between the certain limits, with a tick at each limit and arrows at open ends."""
    first = view.first if limits.earliest is None else limits.earliest
    last = view.last if limits.latest is None else limits.latest
    has_limit = limits.earliest is not None or limits.latest is not None
    if has_limit:
        axes.hlines(place, first, last, color=colour, lw=points(0.8))

    # At an open end without a line, a likely date has no arrow.
    needs_first = limits.likely_earliest is None or limits.latest is not None
    needs_last = limits.likely_latest is None or limits.earliest is not None
    ends = (
        (first, limits.earliest is not None, "<", needs_first),
        (last, limits.latest is not None, ">", needs_last),
    )
    for end, is_certain, arrow, needs_arrow in ends:
        if is_certain or needs_arrow:
            sign = "|" if is_certain else arrow
            axes.plot(end, place, sign, color=colour, ms=points(6), mfc="none", clip_on=False)


def _draw_bar(
    axes: Axes,
    place: int,
    first: float,
    last: float,
    first_is_certain: bool,
    last_is_certain: bool,
    colour: str,
) -> None:
    """Draw a bar that is solid if both ends are certain, and fades towards a likely end."""
    is_certain = first_is_certain and last_is_certain
    steps = 1 if is_certain else FADING_STEPS
    alpha = CERTAIN_ALPHA if is_certain else FADING_ALPHA
    half = (last - first) / 2
    for step in range(steps):
        shift = half * step / steps
        left = first if first_is_certain else first + shift
        right = last if last_is_certain else last - shift
        axes.barh(
            place, right - left, left=left, height=BAR_HEIGHT, color=colour, alpha=alpha, lw=0
        )


def _draw_outline(
    axes: Axes, place: int, first: float, last: float, look: Look, colour: str
) -> None:
    """Draw the outline and the hatching of a bar."""
    is_plain = look.is_filled and not look.hatch
    axes.barh(
        place,
        last - first,
        left=first,
        height=BAR_HEIGHT,
        facecolor="none",
        edgecolor=colour,
        hatch=look.hatch,
        ls=look.line,
        lw=0 if is_plain else points(0.8),
    )


def _join_reports(axes: Axes, rows: list[Row], place_of: dict[pd.Timestamp, float]) -> None:
    """Connect the rows in which several articles report the same event."""
    reports: dict[str, list[Report]] = {}
    for place, row in enumerate(rows):
        first_day = row.limits[0].likely_earliest
        if row.claim and first_day is not None:
            report = Report(row.article, place_of[first_day], place)
            reports.setdefault(row.claim, []).append(report)
    for same_event in reports.values():
        if len({report.article for report in same_event}) > 1:
            axes.plot(
                [report.x for report in same_event],
                [report.y for report in same_event],
                "o-",
                color=current_palette().ink,
                lw=points(0.9),
                ms=points(2.5),
            )


def _label_axis(axes: Axes, known_dates: list[pd.Timestamp], order_only: bool) -> None:
    """Label the axis with dates, or only with the first and the last if it shows the order."""
    if order_only:
        ends = sorted({0, len(known_dates) - 1})
        axes.set_xticks(ends, [f"{known_dates[end]:%Y-%m-%d}" for end in ends])
        axes.set_xlabel(wording.TIMELINE_ORDER_AXIS)
        return
    max_ticks = int(current_style().chart_size.width / (points(1) * TICK_WIDTH))
    locator = AutoDateLocator(minticks=min(3, max_ticks), maxticks=max_ticks)
    axes.xaxis.set_major_locator(locator)
    formatter = ConciseDateFormatter(locator)
    # Otherwise, a day would be "08" in every month.
    formatter.formats[DAY_LEVEL] = "%d %b"
    formatter.zero_formats[DAY_LEVEL] = "%d %b"
    formatter.offset_formats[DAY_LEVEL] = "%Y"
    axes.xaxis.set_major_formatter(formatter)


def _legend(modalities: set[str]) -> list[Artist]:
    """Return the legend of the marks, and of the modalities that are drawn."""
    colour = current_palette().event
    thin = points(0.8)
    entries: list[Artist] = [
        Patch(color=colour, alpha=CERTAIN_ALPHA, lw=0, label=wording.CERTAIN_BAR),
        Patch(color=colour, alpha=0.35, lw=0, label=wording.LIKELY_BAR),
        Line2D([], [], color=colour, lw=thin, marker="|", label=wording.CERTAIN_LIMITS),
        Line2D([], [], color=colour, lw=thin, marker=">", mfc="none", label=wording.OPEN_END),
        Line2D(
            [],
            [],
            color=colour,
            lw=0,
            marker="|",
            ms=points(10),
            mew=points(2.5),
            label=wording.SINGLE_DAY,
        ),
    ]
    for modality, look in EVENT_LOOKS.items():
        if modality not in modalities or look == PLAIN_LOOK:
            continue
        face = (*to_rgb(colour), 0.35 if look.is_filled else 0)
        entries.append(
            Patch(
                facecolor=face,
                edgecolor=colour,
                hatch=look.hatch,
                ls=look.line,
                label=wording.MODALITIES[modality],
            )
        )
    return entries
