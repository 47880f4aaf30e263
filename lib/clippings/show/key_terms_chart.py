"""Draw the key words and phrases of several groups of articles next to one another."""

import textwrap

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from clippings.core.wording import shorten
from clippings.show import wording
from clippings.show.figure import (
    INK,
    ROW_MARGIN,
    STORY_COLOUR,
    STYLE,
    fit_rows,
    give_title,
    link_marks_to,
    link_of,
    new_chart,
    no_chart,
    not_shown,
    one_line,
    short_label,
    without_mathematics,
)

PANELS_PER_ROW = 2
MAX_GROUPS = 8  # as many panels as fit on a page
MAX_GROUPS_IN_TITLE = 3
TERM_CHARACTERS = 26
HEADING_CHARACTERS = 34  # in a line of the heading of a panel
MIN_CHARACTERS = 6  # of the widest letters

# Share of the figure's width that the labels of one panel may take up.
LABEL_WIDTH = 0.23
HEADING_LINES = 2
GROUP_CHARACTERS_IN_TITLE = 60
TITLE_CHARACTERS = 140  # two lines
FONT_SIZE = 8

# Heights in rows of `new_chart`: a term, and the heading and the margin of a panel.
TERM_ROWS = 0.62
PANEL_ROWS = 1.9


def chart_key_terms(
    counts: pd.DataFrame,
    *,
    groups: list | None = None,
    n: int = 6,
    names: bool = False,
    title: str | None = None,
) -> Figure:
    """Draw the key words and phrases of each article, outlet or group.

    Parameters
    ----------
    counts : pandas.DataFrame
        The result of `count_key_terms`. A column `title` names the groups.
    groups : list, optional
        The groups to draw, in this order. The default is the groups with the most articles, at
        most eight.
    n : int, default 6
        The number of terms for each group, starting with the most distinctive.
    names : bool, default False
        Whether to draw names instead of subjects.
    title : str, optional
        Title; by default the finding.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each group: the log ratio of each term with its 95% interval. All panels have
        the same scale.

    Raises
    ------
    KeyError
        If a column is missing.

    Notes
    -----
    Groups without a key term are omitted.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> key_terms = cl.count_key_terms(passages[passages.label.isin(cl.STORY)])
    >>> cl.chart_key_terms(key_terms, groups=["04_tolmere_levee.txt"]).finding
    'Most distinctive terms: “siren” (04_tolmere_levee.txt).'
    """
    if counts.empty:
        return no_chart(wording.KEY_TERMS_EMPTY)

    of_kind = counts[counts.is_name == names]
    ranked = of_kind[of_kind["rank"] <= n]
    order = _largest_first(ranked) if groups is None else groups
    with_terms = [group for group in order if (ranked.group == group).any()]
    if not with_terms:
        return no_chart(wording.KEY_TERMS_EMPTY)
    drawn = with_terms[:MAX_GROUPS] if groups is None else with_terms
    terms_of = {group: ranked[ranked.group == group].sort_values("rank") for group in drawn}
    omitted = len(with_terms) - len(drawn)

    finding = _finding(terms_of)
    # The panels of a line are as high as its longest list requires.
    numbers = [len(terms) for terms in terms_of.values()]
    rows_of_line = [
        max(numbers[first : first + PANELS_PER_ROW])
        for first in range(0, len(numbers), PANELS_PER_ROW)
    ]
    lines = len(rows_of_line)
    with mpl.rc_context(fname=STYLE):
        figure, panels = new_chart(
            sum(rows_of_line) * TERM_ROWS + lines * PANEL_ROWS,
            wording.KEY_TERMS_ALT.format(finding=finding),
            nrows=lines,
            ncols=min(PANELS_PER_ROW, len(drawn)),
            sharex=True,
            squeeze=False,
            gridspec_kw={"height_ratios": [rows + 2 * ROW_MARGIN for rows in rows_of_line]},
        )
        for number, (group, terms) in enumerate(terms_of.items()):
            _draw_group(panels.flat[number], group, terms, rows_of_line[number // PANELS_PER_ROW])
        for panel in panels.flat[len(drawn) :]:
            panel.remove()
        # The lowest panel of each column has the axis, even if the last row is not full.
        for panel in panels.flat[: len(drawn)][-PANELS_PER_ROW:]:
            panel.tick_params(labelbottom=True)
        figure.supxlabel(wording.KEY_TERMS_X_AXIS, fontsize=9)
        give_title(figure, title or finding + not_shown(omitted, wording.GROUPS_NOT_SHOWN))

        # The width of a panel is known only after the layout.
        figure.draw_without_rendering()
        for panel, terms in zip(panels.flat, terms_of.values(), strict=False):
            _fit_heading(panel, _group_name(terms))
    return figure


def _largest_first(counts: pd.DataFrame) -> list:
    """List groups by their number of articles, largest first, and then by name."""
    sizes = counts.groupby("group").group_articles.max()
    return sorted(sizes.index, key=lambda group: (-sizes[group], str(group)))


def _group_name(terms: pd.DataFrame) -> str:
    """Return the title of a group, or the group itself."""
    title = terms["title"].iloc[0] if "title" in terms.columns else ""
    return str(title or terms.group.iloc[0])


def _finding(terms_of: dict) -> str:
    """Return the most distinctive term of as many groups as fit into the title."""
    parts: list[str] = []
    for terms in list(terms_of.values())[:MAX_GROUPS_IN_TITLE]:
        name = shorten(_group_name(terms), GROUP_CHARACTERS_IN_TITLE)
        term = shorten(terms.term.iloc[0], TERM_CHARACTERS)
        part = wording.KEY_TERM_OF_GROUP.format(term=term, group=name)
        if parts and len(", ".join([*parts, part])) > TITLE_CHARACTERS:
            break
        parts.append(part)
    return wording.KEY_TERMS_FINDING.format(terms=", ".join(parts))


def _heading(name: str, characters: int) -> str:
    """Return the name of a group in at most two lines."""
    lines = textwrap.wrap(
        one_line(name), characters, max_lines=HEADING_LINES, placeholder="…", break_on_hyphens=False
    )
    return "\n".join(without_mathematics(line) for line in lines)


def _fit_heading(axes: Axes, name: str) -> None:
    """Shorten the heading of a panel to its width."""
    renderer = FigureCanvasAgg(axes.figure).get_renderer()
    for characters in range(HEADING_CHARACTERS, MIN_CHARACTERS, -2):
        heading = axes.set_title(_heading(name, characters), fontsize=FONT_SIZE)
        if heading.get_window_extent(renderer).width <= axes.bbox.width:
            break


def _fit_label(axes: Axes, term: str) -> str:
    """Shorten a term to the width that labels may take up."""
    renderer = FigureCanvasAgg(axes.figure).get_renderer()
    widest = LABEL_WIDTH * axes.figure.bbox.width
    for characters in range(TERM_CHARACTERS, MIN_CHARACTERS, -2):
        label = axes.text(0, 0, short_label(term, characters), fontsize=FONT_SIZE)
        width = label.get_window_extent(renderer).width
        label.remove()
        if width <= widest:
            break
    return short_label(term, characters)


def _draw_group(axes: Axes, group: object, terms: pd.DataFrame, rows: int) -> None:
    """Draw the terms of one group, the most distinctive at the top."""
    places = range(rows - 1, rows - 1 - len(terms), -1)
    axes.hlines(places, terms.low, terms.high, color=STORY_COLOUR, lw=1.5)
    axes.plot(terms.log_ratio, places, "o", color=STORY_COLOUR, ms=4)
    axes.axvline(0, color=INK, lw=0.8)
    labels = [_fit_label(axes, term) for term in terms.term]
    axes.set_yticks(places, labels, fontsize=FONT_SIZE)
    axes.tick_params(axis="x", labelsize=FONT_SIZE)
    fit_rows(axes, rows)
    links = [link_of(group=group, term=term) for term in terms.term]
    link_marks_to(axes.get_yticklabels(), links)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    # As many lines as the heading may have, so that the layout leaves room for them.
    axes.set_title("\n" * (HEADING_LINES - 1), fontsize=FONT_SIZE)
