"""Draw themes, topics, actors or words over time, as small multiples with a common time axis."""

from itertools import pairwise
from math import ceil
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator, PercentFormatter

from clippings.core.errors import BadInput
from clippings.core.wording import count_noun, join_and
from clippings.show import wording
from clippings.show.chart_labels import distinct_labels, wrap_evenly
from clippings.show.chart_style import ChartSize, current_palette, current_style, drawn_in, points
from clippings.show.figure import (
    add_legend,
    give_title,
    link_of,
    new_chart,
    no_chart,
    redrawable,
    shown_of,
)
from clippings.timeline.article_periods import (
    MAX_EMPTY_PERIODS,
    MAX_PERIODS_OF_RANGE,
    UNDATED,
    range_code,
)
from clippings.timeline.trends import FALLS, NEW, RISES, TOO_FEW, count_trends

GAP_ALPHA = 0.18
BAR_WIDTH = 0.86  # of a period
BAR_WIDTH_PER_PERIOD = 0.15  # limits the width of bars if there are only a few periods
PANEL_ROWS = 2.3  # rows of a chart for each label
LEGEND_ROWS = 2.5
# With more periods, bars of possible articles have no links of their own, because hundreds of lists
# of passages would make the page slow.
MAX_PERIODS_WITH_RANGE_LINKS = 31
TICK_WIDTH = 0.75  # inches on a page that a date takes up together with the space after it
LABEL_LINES = 1.7  # of a panel, filled with words; longer labels are cut
LABEL_WIDTH = 0.8  # of the figure's width
LABEL_SIZE = 8.5  # points
CAPTION_SIZE = 8
CAPTION_WIDTH = 0.95  # of the figure's width
# The strip of undated articles, as a share of the width of the time axis: as wide as its name.
UNDATED_WIDTH = 0.16
# Above the largest share, so that its mark does not touch the edge.
HEADROOM = 1.15
NUMBER_SIZE = 7.5  # of the number above the bar of undated articles
HEADROOM_OF_NUMBER = 1.6

# A label in fewer articles has no peak worth a headline.
MIN_ARTICLES_OF_PEAK = 3
# How much larger the peak's share of a label's articles must be than its share of all articles.
MIN_RATIO_OF_PEAK = 1.5

ARTICLES = "articles"
SHARE = "share"
RATE = "rate"
FREQUENT = "frequent"
TREND = "trend"


class Measure(NamedTuple):
    """The columns of a measure that is drawn with intervals."""

    value: str
    low: str
    high: str


INTERVAL_MEASURES = {
    SHARE: Measure("share", "low", "high"),
    RATE: Measure("rate", "rate_low", "rate_high"),
}


class _Panel(NamedTuple):
    """What is drawn for one label."""

    label: str
    name: str  # its heading
    dated: pd.DataFrame  # its rows with a period
    undated: pd.DataFrame  # its row without one, or none


@redrawable
def chart_periods(
    counts: pd.DataFrame,
    *,
    measure: str = ARTICLES,
    order: str = FREQUENT,
    n: int = 6,
    title: str | None = None,
) -> Figure:
    """Draw how often themes, topics, actors or words appear over time.

    Parameters
    ----------
    counts : pandas.DataFrame
        The result of `count_periods`.
    measure : {"articles", "share", "rate"}, default "articles"
        What to draw: the number of articles, their share of all articles of the period, or the
        occurrences per 1,000 words.
    order : {"frequent", "trend"}, default "frequent"
        Which labels come first: those in most articles, or those with the clearest trend (see
        `count_trends`).
    n : int, default 6
        The number of labels to draw (at most three on slides).
    title : str, optional
        Title; by default the finding.

    Returns
    -------
    matplotlib.figure.Figure
        One panel for all articles, and one for each label. Solid bars count articles that certainly
        belong to a period, outlined bars those that may belong to it. Undated articles are set
        apart at the right, where bars have their number and a different scale. Shares and rates are
        dots with 95 % intervals. Periods without articles are shaded.

    Raises
    ------
    BadInput
        If `measure` or `order` has another value, or if rates were not counted: pass the passages
        to `count_periods`.

    Notes
    -----
    All panels of labels have the same scale. The marks link to the passages if `show_chart` is
    given the rows with the column `period` that `mark_periods` adds.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> tables = cl.find_all(articles, codebook)
    >>> themes = cl.drop_duplicates(tables["themes"]).query("side == 'for'")
    >>> counts = cl.count_periods(themes, articles, period="month", dates=tables["dates"])
    >>> cl.chart_periods(counts).finding
    'Only one article can be assigned to a single month with certainty.'
    """
    _check_options(counts, measure, order)
    if counts.empty:
        return no_chart(wording.PERIODS_EMPTY)
    by = counts.columns[0]
    first_label = counts[counts[by] == counts[by].iloc[0]]
    every_period = first_label[first_label.period != UNDATED]
    if every_period.empty:
        number = int(first_label.all_articles.sum())
        return no_chart(wording.PERIODS_NONE_DATED.fill(number))

    trends = count_trends(counts)
    labels = _labels_in_order(counts, trends, order)
    style = current_style()
    drawn = labels[: _number_of_panels(n, style.chart_size)]
    unit = counts.unit.iloc[0]
    finding = _finding(trends, drawn, every_period, unit)
    has_undated = len(every_period) < len(first_label)
    with drawn_in(style):
        panels = _panels(counts, drawn, trends)
        template = wording.PERIODS_ALT if len(panels) > 1 else wording.PERIODS_ALT_ONE_LABEL
        alt = template.format(
            charts=wording.PERIODS_MEASURES[measure],
            unit=unit,
            labels=join_and([_name_of(panel.label) for panel in panels]),
            finding=finding,
        )
        widths = [1, UNDATED_WIDTH] if has_undated else [1]
        figure, grid = new_chart(
            PANEL_ROWS * (len(panels) + 1) + LEGEND_ROWS,
            alt,
            nrows=len(panels) + 1,
            ncols=len(widths),
            width_ratios=widths,
            sharex="col",
            squeeze=False,
        )
        _draw_all_articles(grid[0], first_label)
        top = _top_of_scale(panels, measure)
        top_of_undated = max(int(panel.undated.articles.sum()) for panel in panels)
        for row, panel in zip(grid[1:], panels, strict=True):
            _draw_panel(row, panel, by, measure, top, top_of_undated)
        for row in grid:
            _shade_empty_periods(row[0], every_period)
            for place in _places_after_gaps(every_period):
                row[0].axvline(place - 0.5, color=style.palette.ink, lw=points(0.8), ls=":")
        _label_time_axis(grid[-1], every_period, unit)
        caption = wrap_evenly(
            _caption(first_label, measure, unit),
            CAPTION_WIDTH * figure.get_figwidth(),
            points(CAPTION_SIZE),
        )
        add_legend(
            figure,
            "outside lower left",
            columns=4,
            handles=_legend(every_period, measure, unit),
            title="\n".join(caption),
            alignment="left",
            title_fontsize=points(CAPTION_SIZE),
        )
        words = wording.PERIODS_NOTE_TREND if order == TREND else wording.PERIODS_NOTE
        give_title(figure, title or finding, shown_of(len(panels), len(labels), words))
    return figure


def _check_options(counts: pd.DataFrame, measure: str, order: str) -> None:
    """Refuse unknown options, and rates that were not counted."""
    if measure not in wording.PERIODS_MEASURES:
        raise BadInput(f"measure is {measure!r}: use 'articles', 'share' or 'rate'")
    if order not in (FREQUENT, TREND):
        raise BadInput(f"order is {order!r}: use 'frequent' or 'trend'")
    if measure == RATE and "rate" not in counts.columns:
        raise BadInput("the counts have no rates: pass passages= to count_periods")


def _number_of_panels(number: int, size: ChartSize) -> int:
    """Return the number of labels to draw, next to the panel of all articles; at least 1."""
    rows = size.limit_rows(ceil(PANEL_ROWS * (number + 1) + LEGEND_ROWS))
    return max(1, int((rows - LEGEND_ROWS) / PANEL_ROWS) - 1)


def _labels_in_order(counts: pd.DataFrame, trends: pd.DataFrame, order: str) -> list[str]:
    """Return all labels, those to be drawn first at the beginning."""
    by = counts.columns[0]
    if order == TREND:
        return trends[by].tolist()
    sums = counts.groupby(by, as_index=False)[["articles", "articles_possible"]].sum()
    sums = sums.sort_values(["articles", "articles_possible", by], ascending=[False, False, True])
    return sums[by].tolist()


def _panels(counts: pd.DataFrame, labels: list[str], trends: pd.DataFrame) -> list[_Panel]:
    """Return the panels of some labels."""
    by = counts.columns[0]
    trend_of = dict(zip(trends[by], trends.trend, strict=True))
    width = LABEL_LINES * LABEL_WIDTH * current_style().chart_size.width
    names = distinct_labels([_name_of(label) for label in labels], width, points(LABEL_SIZE))
    panels = []
    for label, name in zip(labels, names, strict=True):
        rows = counts[counts[by] == label]
        if trend := wording.PERIODS_TRENDS.get(trend_of[label]):
            name = wording.PERIODS_PANEL.format(label=name, trend=trend)
        is_undated = rows.period == UNDATED
        panels.append(_Panel(label, name, rows[~is_undated], rows[is_undated]))
    return panels


def _name_of(label: str) -> str:
    """Return a label in words."""
    return wording.label_words(label) or wording.NO_LABEL


def _draw_all_articles(row: np.ndarray, counts: pd.DataFrame) -> None:
    """Draw the number of all articles of each period."""
    is_undated = (counts.period == UNDATED).to_numpy()
    certain = counts.all_articles.to_numpy()
    possible = counts.all_possible.to_numpy()
    width = _bar_width(int((~is_undated).sum()))
    colour = current_palette().neutral
    _draw_bars(row[0], certain[~is_undated], possible[~is_undated], colour, width=width)
    _scale_counts(row[0], possible[~is_undated].max())
    _name_panel(row[0], wording.PERIODS_ALL_ARTICLES)
    if len(row) > 1:
        number = int(certain[is_undated].sum())
        _draw_undated(row[1], number, number, colour)


def _draw_panel(
    row: np.ndarray, panel: _Panel, by: str, measure: str, top: float, top_of_undated: float
) -> None:
    """Draw the panel of one label, with links from its marks to the passages."""
    axes = row[0]
    _name_panel(axes, panel.name, link_of(**{by: panel.label}))
    links = [link_of(**{by: panel.label, "period": code}) for code in panel.dated.period]
    if measure == ARTICLES:
        possible_links = None
        if len(panel.dated) <= MAX_PERIODS_WITH_RANGE_LINKS:
            possible_links = [
                link_of(**{by: panel.label, "period": codes})
                for codes in _codes_of_ranges(panel.dated.period.tolist())
            ]
        _draw_bars(
            axes,
            panel.dated.articles.to_numpy(),
            panel.dated.articles_possible.to_numpy(),
            current_palette().main,
            width=_bar_width(len(panel.dated)),
            links=links,
            possible_links=possible_links,
        )
        _scale_counts(axes, top)
    else:
        _draw_dots(axes, panel.dated, INTERVAL_MEASURES[measure], links)
        axes.set_ylim(0, top)
        axes.yaxis.set_major_locator(MaxNLocator(2))
        if measure == SHARE:
            axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=None))

    if len(row) == 1:
        return
    undated_link = [link_of(**{by: panel.label, "period": UNDATED})]
    if measure == ARTICLES:
        number = int(panel.undated.articles.sum())
        colour = current_palette().main
        _draw_undated(row[1], number, top_of_undated, colour, undated_link)
    else:
        _draw_dots(row[1], panel.undated, INTERVAL_MEASURES[measure], undated_link)
        row[1].set_ylim(0, top)


def _codes_of_ranges(periods: list[str]) -> list[list[str]]:
    """Return, for each period, the codes of all ranges of dates that touch it."""
    last_place = len(periods) - 1
    codes = []
    for place in range(len(periods)):
        ranges = []
        for first in range(max(place - MAX_PERIODS_OF_RANGE + 1, 0), place + 1):
            longest = min(first + MAX_PERIODS_OF_RANGE - 1, last_place)
            for last in range(place, longest + 1):
                ranges.append(range_code(periods[first], periods[last]))
        codes.append(ranges)
    return codes


def _draw_bars(
    axes: Axes,
    certain: np.ndarray,
    possible: np.ndarray,
    colour: str,
    *,
    width: float = BAR_WIDTH,
    links: list[str] | None = None,
    possible_links: list[str] | None = None,
) -> None:
    """Draw solid bars of certain numbers, and outlined bars of possible ones above them."""
    places = np.arange(len(certain))
    solid = axes.bar(places, certain, width=width, color=colour, lw=0)
    outlined = axes.bar(
        places,
        possible - certain,
        bottom=certain,
        width=width,
        facecolor="none",
        edgecolor=colour,
        lw=points(0.8),
        ls=(0, (2, 1)),
    )
    for bars, bar_links in ((solid, links), (outlined, possible_links)):
        for place, bar in enumerate(bars):
            if bar.get_height() == 0:
                bar.set_visible(False)
            elif bar_links:
                bar.set_url(bar_links[place])


def _draw_undated(
    axes: Axes, number: int, top: float, colour: str, links: list[str] | None = None
) -> None:
    """Draw the bar of undated articles with its number, on a scale of its own.

    On the scale of the periods, many undated articles would make all other bars invisible.
    """
    _draw_bars(axes, np.array([number]), np.array([number]), colour, links=links)
    size = points(NUMBER_SIZE)
    axes.text(0, number, f"{number:,}", ha="center", va="bottom", fontsize=size)
    axes.set_ylim(0, max(top, 1) * HEADROOM_OF_NUMBER)


def _bar_width(number_of_periods: int) -> float:
    """Return the width of bars, as a share of a period."""
    return min(BAR_WIDTH, BAR_WIDTH_PER_PERIOD * number_of_periods)


def _draw_dots(axes: Axes, rows: pd.DataFrame, measure: Measure, links: list[str]) -> None:
    """Draw dots with their intervals; periods without articles have none."""
    colour = current_palette().main
    for place, row in enumerate(rows.to_dict("records")):
        if pd.isna(row[measure.value]):
            continue
        axes.vlines(place, row[measure.low], row[measure.high], color=colour, lw=points(1.2))
        # A dot at 0 or 100 % extends over the edge of the panel.
        (dot,) = axes.plot(
            place, row[measure.value], "o", color=colour, ms=points(4), clip_on=False, zorder=3
        )
        dot.set_url(links[place])


def _top_of_scale(panels: list[_Panel], measure: str) -> float:
    """Return the upper end of the scale that all labels share."""
    dated = pd.concat([panel.dated for panel in panels])
    if measure == ARTICLES:
        return float(dated.articles_possible.max())
    rows = pd.concat([dated, *(panel.undated for panel in panels)])
    columns = INTERVAL_MEASURES[measure]
    if rows[columns.value].isna().all():
        return 1.0  # no period has an article that certainly belongs to it
    # Intervals of single articles reach far beyond all values; they may leave the panel.
    highest = np.nanmax([rows[columns.value].max() * HEADROOM, rows[columns.high].median()])
    if measure == SHARE:
        return float(min(highest, 1.0)) or 1.0
    return float(highest) or 1.0


def _scale_counts(axes: Axes, top: float) -> None:
    """Set a scale of whole numbers."""
    axes.set_ylim(0, max(top, 1) * HEADROOM)
    axes.yaxis.set_major_locator(MaxNLocator(2, integer=True))


def _name_panel(axes: Axes, name: str, link: str = "") -> None:
    """Write the name above a panel, in as many lines as it needs."""
    size = points(LABEL_SIZE)
    lines = wrap_evenly(name, LABEL_WIDTH * axes.figure.get_figwidth(), size)
    heading = axes.set_title("\n".join(lines), loc="left", fontsize=size, fontweight="normal")
    if link:
        heading.set_url(link)


def _places_after_gaps(every_period: pd.DataFrame) -> list[int]:
    """Return the places of the periods before which other periods are left out."""
    day_before = every_period.day_from - pd.Timedelta(days=1)
    follows_gap = (day_before > every_period.day_to.shift()).to_numpy()
    return np.flatnonzero(follows_gap).tolist()


def _shade_empty_periods(axes: Axes, every_period: pd.DataFrame) -> None:
    """Shade the periods without articles, which say nothing about any label."""
    is_gap = (every_period.all_possible == 0).to_numpy()
    colour = current_palette().neutral
    for place in np.flatnonzero(is_gap):
        axes.axvspan(place - 0.5, place + 0.5, color=colour, alpha=GAP_ALPHA, lw=0, zorder=0)


def _label_time_axis(row: np.ndarray, every_period: pd.DataFrame, unit: str) -> None:
    """Write the dates of some periods below the lowest panel."""
    axes = row[0]
    days = every_period.day_from.tolist()
    places = _tick_places(every_period)
    ticks = []
    year_before = None
    for place in places:
        ticks.append(_tick(days[place], unit, is_first_of_year=days[place].year != year_before))
        year_before = days[place].year
    axes.set_xticks(places, ticks)
    axes.set_xlim(-0.6, len(days) - 0.4)
    axes.set_xlabel(wording.PERIODS_X_AXES[unit])
    if len(row) > 1:
        row[1].set_xticks([0], [wording.PERIODS_UNDATED], fontsize=points(LABEL_SIZE))
        row[1].set_xlim(-0.6, 0.6)
        for strip in row[1].figure.axes[1::2]:
            strip.tick_params(left=False, labelleft=False)
            strip.spines["left"].set_visible(False)


def _tick_places(every_period: pd.DataFrame) -> list[int]:
    """Return the places of the dates on the axis: if possible, one after each gap."""
    number = len(every_period)
    max_ticks = int(current_style().chart_size.width / (points(1) * TICK_WIDTH))
    step = -(-number // max_ticks)
    after_gaps = _places_after_gaps(every_period)
    longest_first = sorted(pairwise([0, *after_gaps, number]), key=lambda ends: ends[0] - ends[1])
    starts = [first for first, _ in longest_first]
    places: list[int] = []
    for candidate in [*starts, *range(0, number, step)]:
        if all(abs(candidate - place) >= step for place in places):
            places.append(candidate)
    return sorted(places)


def _tick(day: pd.Timestamp, unit: str, *, is_first_of_year: bool) -> str:
    """Write a period on the axis."""
    if unit not in wording.PERIODS_TICKS:
        return wording.PERIODS_YEAR_TICK.format(year=day.year)
    tick = wording.PERIODS_TICKS[unit].format(day=day.day, month=wording.MONTHS[day.month - 1])
    if not is_first_of_year:
        return tick
    return wording.PERIODS_TICK_WITH_YEAR.format(tick=tick, year=day.year)


def _legend(every_period: pd.DataFrame, measure: str, unit: str) -> list[Artist]:
    """Return the legend of the marks that are drawn."""
    palette = current_palette()
    entries: list[Artist] = []
    if measure == ARTICLES:
        solid = wording.PERIODS_SOLID.format(unit=unit)
        entries.append(Patch(color=palette.main, lw=0, label=solid))
    else:
        interval = wording.PERIODS_INTERVAL
        entries.append(Line2D([], [], color=palette.main, marker="o", ms=points(4), label=interval))
    if (every_period.all_possible > every_period.all_articles).any():
        outlined = wording.PERIODS_OUTLINED.format(unit=unit)
        colour = palette.main if measure == ARTICLES else palette.neutral
        entries.append(Patch(facecolor="none", edgecolor=colour, ls=(0, (2, 1)), label=outlined))
    if (every_period.all_possible == 0).any():
        entries.append(
            Patch(color=palette.neutral, alpha=GAP_ALPHA, lw=0, label=wording.PERIODS_GAP)
        )
    return entries


def _caption(first_label: pd.DataFrame, measure: str, unit: str) -> str:
    """Say what the marks count, and what happens to articles without an exact date."""
    captions = {
        ARTICLES: wording.PERIODS_CAPTION,
        SHARE: wording.PERIODS_CAPTION_SHARE,
        RATE: wording.PERIODS_CAPTION_RATE,
    }
    sentences = [captions[measure].format(unit=unit)]
    every_period = first_label[first_label.period != UNDATED]
    if _places_after_gaps(every_period):
        left_out = wording.PERIODS_CAPTION_LEFT_OUT.format(
            first=_day_in_words(every_period.day_from.iloc[0]),
            last=_day_in_words(every_period.day_to.iloc[-1]),
            number=MAX_EMPTY_PERIODS,
            unit=unit,
        )
        sentences.append(left_out)
    if (first_label.all_possible > first_label.all_articles).any():
        about_ranges = {
            ARTICLES: wording.PERIODS_CAPTION_POSSIBLE,
            SHARE: wording.PERIODS_CAPTION_POSSIBLE_SHARE,
            RATE: wording.PERIODS_CAPTION_POSSIBLE_RATE,
        }
        sentences.append(about_ranges[measure].format(unit=unit))
    undated = int(first_label.all_articles[first_label.period == UNDATED].sum())
    if undated:
        words = wording.PERIODS_CAPTION_UNDATED
        if measure == ARTICLES:
            words = wording.PERIODS_CAPTION_UNDATED_SCALE
        sentences.append(words.fill(undated))
    return " ".join(sentences)


def _finding(trends: pd.DataFrame, labels: list[str], every_period: pd.DataFrame, unit: str) -> str:
    """Return the most important sentence about the labels that are drawn."""
    by = trends.columns[0]
    trends = trends[trends[by].isin(labels)]
    all_articles = int(every_period.all_articles.sum())
    if all_articles == 0:
        return wording.PERIODS_NONE_CERTAIN.format(unit=unit)
    if len(every_period) == 1:
        period = _period_in_words(every_period.day_from.iloc[0], unit)
        return wording.PERIODS_ONE_PERIOD.fill(all_articles, period=period)

    if all_articles == 1:
        return wording.PERIODS_ONE_CERTAIN.format(unit=unit)

    clearest = trends.iloc[0]
    if clearest.trend in (NEW, RISES, FALLS):
        return _finding_about_trend(clearest, by)

    ordered = trends.set_index(by).loc[labels].reset_index()
    in_peak = ordered.peak.map(every_period.set_index("period").all_articles)
    # "Mostly" says something about the label only if most articles are from other periods.
    has_peak = (
        (ordered.articles >= MIN_ARTICLES_OF_PEAK)
        & (2 * ordered.peak_articles > ordered.articles)
        & (2 * in_peak <= all_articles)
        & (ordered.peak_articles * all_articles >= MIN_RATIO_OF_PEAK * in_peak * ordered.articles)
    )
    if has_peak.any():
        return _finding_about_peak(ordered[has_peak].iloc[0], every_period, unit)
    in_dated_articles = ordered[ordered.articles > 0]
    if in_dated_articles.empty:
        return wording.PERIODS_IN_NONE.fill(all_articles)
    return _finding_without_trend(in_dated_articles.iloc[0], all_articles)


def _finding_about_peak(row: pd.Series, every_period: pd.DataFrame, unit: str) -> str:
    """Return a sentence about a label most of whose articles are from one period."""
    day = every_period.set_index("period").day_from[row.peak]
    return wording.PERIODS_PEAK.format(
        label=_name_of(row.iloc[0]),
        period=_period_in_words(day, unit),
        peak=f"{row.peak_articles:,}",
        articles=count_noun(row.articles, "dated article"),
    )


def _finding_without_trend(row: pd.Series, all_articles: int) -> str:
    """Return a sentence about the number of articles with a label."""
    template = wording.PERIODS_TOO_FEW if row.trend == TOO_FEW else wording.PERIODS_UNCLEAR
    if row.articles == all_articles:
        template = wording.PERIODS_IN_BOTH if all_articles == 2 else wording.PERIODS_IN_ALL
    return template.format(
        label=_name_of(row.iloc[0]),
        number=f"{row.articles:,}",
        articles=count_noun(all_articles, "dated article"),
    )


def _finding_about_trend(row: pd.Series, by: str) -> str:
    """Return a sentence about a label with a clear trend."""
    templates = {
        NEW: wording.PERIODS_NEW,
        RISES: wording.PERIODS_RISES,
        FALLS: wording.PERIODS_FALLS if row.later else wording.PERIODS_GONE,
    }
    return templates[row.trend].format(
        label=_name_of(row[by]),
        earlier=f"{row.earlier:,}",
        earlier_all=f"{row.earlier_all:,}",
        later=f"{row.later:,}",
        later_all=count_noun(row.later_all, "article"),
        day=_day_in_words(row.later_from),
    )


def _day_in_words(day: pd.Timestamp) -> str:
    """Write a day as part of a sentence."""
    return wording.PERIODS_DAY.format(
        day=day.day, month=wording.MONTHS[day.month - 1], year=day.year
    )


def _period_in_words(day: pd.Timestamp, unit: str) -> str:
    """Write a period as part of a sentence."""
    month = wording.MONTHS[day.month - 1]
    return wording.PERIODS_IN[unit].format(day=day.day, month=month, year=day.year)
