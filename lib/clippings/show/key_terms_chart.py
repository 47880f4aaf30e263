"""Draw the key words and phrases of several groups of articles next to one another."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from clippings.show import wording
from clippings.show.chart_labels import (
    cut_between_words,
    distinct_labels,
    one_line,
    wrap_evenly,
)
from clippings.show.chart_style import ChartStyle, current_style, drawn_in, points
from clippings.show.figure import (
    ROW_MARGIN,
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

MAX_GROUPS = 8  # as many panels as fit on a page
MAX_LINES = 4  # of panels
ROWS_OF_LINE = 6  # of a chart, for a line of panels
MAX_GROUPS_IN_TITLE = 3
TERM_CHARACTERS = 26

# Share of the figure's width that the labels of all panels next to each other may take up.
LABELS_WIDTH = 0.46
HEADING_LINES = 2
GROUP_CHARACTERS_IN_TITLE = 60
TITLE_CHARACTERS = 140  # two lines
FONT_SIZE = 8  # points
BOLD_RATIO = 1.12  # width of bold text, compared with normal text
HEADING_SLACK = 0.35  # of a line, which remains empty at its end

AXIS_LABEL_WIDTH = 0.9  # of the figure's width

# Heights in rows of `new_chart`: a term, and the heading and the margin of a panel.
TERM_ROWS = 0.62
PANEL_ROWS = 1.9


@redrawable
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
        most eight (six on slides, four in columns).
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
    style = current_style()
    drawn = with_terms[: _max_groups(style)] if groups is None else with_terms
    terms_of = {group: ranked[ranked.group == group].sort_values("rank") for group in drawn}

    finding = _finding(terms_of)
    # The panels of a line are as high as its longest list requires.
    panels_per_row = style.chart_size.panels_per_row
    numbers = [len(terms) for terms in terms_of.values()]
    rows_of_line = [
        max(numbers[first : first + panels_per_row])
        for first in range(0, len(numbers), panels_per_row)
    ]
    lines = len(rows_of_line)
    with drawn_in(style):
        figure, panels = new_chart(
            sum(rows_of_line) * TERM_ROWS + lines * PANEL_ROWS,
            wording.KEY_TERMS_ALT.format(finding=finding),
            nrows=lines,
            ncols=min(panels_per_row, len(drawn)),
            sharex=True,
            squeeze=False,
            gridspec_kw={"height_ratios": [rows + 2 * ROW_MARGIN for rows in rows_of_line]},
        )
        for number, (group, terms) in enumerate(terms_of.items()):
            rows = rows_of_line[number // panels_per_row]
            _draw_group(panels.flat[number], group, terms, rows, style)
        for panel in panels.flat[len(drawn) :]:
            panel.remove()
        # The lowest panel of each column has the axis, even if the last row is not full.
        for panel in panels.flat[: len(drawn)][-panels_per_row:]:
            panel.tick_params(labelbottom=True)
        axis_label = wrap_evenly(
            wording.KEY_TERMS_X_AXIS, AXIS_LABEL_WIDTH * figure.get_figwidth(), points(9)
        )
        figure.supxlabel("\n".join(axis_label), fontsize=points(9))
        note = shown_of(len(drawn), len(with_terms), wording.KEY_TERMS_NOTE)
        give_title(figure, title or finding, note)

        # The width of a panel is known only after the layout.
        figure.draw_without_rendering()
        names = [_group_name(terms) for terms in terms_of.values()]
        _write_headings(list(panels.flat[: len(drawn)]), names)
    return figure


def _max_groups(style: ChartStyle) -> int:
    """Return the number of groups that fit."""
    lines = style.chart_size.limit_rows(MAX_LINES * ROWS_OF_LINE) // ROWS_OF_LINE
    return min(MAX_GROUPS, lines * style.chart_size.panels_per_row)


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
        name = _cut(_group_name(terms), GROUP_CHARACTERS_IN_TITLE)
        term = _cut(terms.term.iloc[0], TERM_CHARACTERS)
        part = wording.KEY_TERM_OF_GROUP.format(term=term, group=name)
        if parts and len(", ".join([*parts, part])) > TITLE_CHARACTERS:
            break
        parts.append(part)
    return wording.KEY_TERMS_FINDING.format(terms=", ".join(parts))


def _cut(text: str, max_characters: int) -> str:
    """Cut a text between words."""
    return cut_between_words(one_line(text), lambda label: len(label) <= max_characters)


def _write_headings(panels: list[Axes], names: list[str]) -> None:
    """Write the names of the groups above their panels, in at most two lines."""
    size = points(FONT_SIZE)
    width = min(panel.bbox.width for panel in panels) / panels[0].figure.dpi
    # Lines are not filled completely, so fewer words fit than into one long line.
    headings = distinct_labels(names, width * (HEADING_LINES - HEADING_SLACK), size * BOLD_RATIO)
    for panel, heading in zip(panels, headings, strict=True):
        lines = wrap_evenly(heading, width, size, "bold")
        panel.set_title("\n".join(lines[:HEADING_LINES]), fontsize=size)


def _draw_group(
    axes: Axes, group: object, terms: pd.DataFrame, rows: int, style: ChartStyle
) -> None:
    """Draw the terms of one group, the most distinctive at the top."""
    places = range(rows - 1, rows - 1 - len(terms), -1)
    colour = style.palette.main
    size = points(FONT_SIZE)
    axes.hlines(places, terms.low, terms.high, color=colour, lw=points(1.5))
    axes.plot(terms.log_ratio, places, "o", color=colour, ms=points(4))
    axes.axvline(0, color=style.palette.ink, lw=points(0.8))
    share = LABELS_WIDTH / style.chart_size.panels_per_row
    labels = row_labels(terms.term.tolist(), size=FONT_SIZE, share=share)
    axes.set_yticks(places, labels, fontsize=size)
    axes.tick_params(axis="x", labelsize=size)
    fit_rows(axes, rows)
    links = [link_of(group=group, term=term) for term in terms.term]
    link_marks_to(axes.get_yticklabels(), links)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    # As many lines as the heading may have, so that the layout leaves room for them.
    axes.set_title("\n" * (HEADING_LINES - 1), fontsize=size)
