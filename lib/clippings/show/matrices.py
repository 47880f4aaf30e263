"""Draw matrices of articles and of themes, with cells that link to passages."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.ticker import MaxNLocator

from clippings.core.wording import count_noun
from clippings.show import wording
from clippings.show.chart_labels import distinct_labels, text_width, wrap_evenly
from clippings.show.chart_style import ChartStyle, current_style, drawn_in, points
from clippings.show.figure import (
    add_legend,
    article_names,
    count_on_x_axis,
    give_title,
    join_notes,
    label_x_axis,
    largest_groups,
    link_marks_to,
    link_of,
    new_chart,
    no_chart,
    redrawable,
    row_labels,
    shown_of,
)

# Text colours on coloured cells: on every background, one of them has a contrast of at least 4.5.
# They do not change on dark pages, and therefore differ slightly from white, the colour of the
# paper, which adapts to the page.
DARK_CELL_INK = "#010101"
PALE_CELL_INK = "#fefefe"

MAX_NUMBERED_COLUMNS = 12  # with more, numbers would not fit the cells
NUMBERING_STEPS = (1, 2, 5, 10)  # every column has its number, or every second one and so on
SPACE_OF_NUMBER = 1.5  # the width of the number of a column with the space after it
MAX_WRAPPED_COLUMNS = 6  # with more columns, names are vertical
COLUMN_NAME_LINES = 3
VERTICAL_NAME_WIDTH = 2.2  # inches of a page
NAME_SIZE = 7  # points, of the names of columns
CELL_SIZE = 9  # points, of the numbers in cells
MIN_CELL_SIZE = 5.5  # smaller numbers are not readable in print; they are left out
CELL_PADDING = 0.85  # share of a cell that its number may take up
ARTICLE_LABEL_SHARE = 0.3  # of the width of the figure
THEME_LABEL_SHARE = 0.32
MAX_STRIP_TICKS = 3  # numbers that fit below the strips even in a column
STRIP_HEIGHT = 0.6  # of a row
SMALLEST_GAP = 1 / 500  # share of the longest article; strips that are closer touch in print


class RelationLook(NamedTuple):
    """The look of repeated passages of one relation."""

    code: str
    hatch: str


RELATION_LOOKS = (
    RelationLook("first", ""),
    RelationLook("shared", r"\\\\"),
    RelationLook("boilerplate", "xxxx"),
    RelationLook("within", "////"),
)


@redrawable
def chart_shared(
    counts: pd.DataFrame, repeats: pd.DataFrame, *, title: str | None = None
) -> Figure:
    """Draw a matrix of the words that articles share, and the positions of repeated passages.

    Parameters
    ----------
    counts : pandas.DataFrame
        The table of `count_shared`.
    repeats : pandas.DataFrame
        The table `repeats`.
    title : str, optional
        Title; by default the finding.

    Returns
    -------
    matplotlib.figure.Figure
        One row per article. The matrix shows how many words it repeats from each article (on the
        diagonal, from itself). The strip shows its repeated passages by relation.

    Raises
    ------
    KeyError
        If a column is missing.

    Notes
    -----
    The 30 articles with the most repeated words are drawn (12 on slides); articles without repeated
    words are omitted. If there is no space for numbers in the cells, a scale shows what their
    colours mean.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> repeats = cl.find_repeats(cl.find_passages(articles), articles)
    >>> cl.chart_shared(cl.count_shared(repeats, articles), repeats).finding
    '80 words are repeated within 1 article; 173 words are shared by 7 pairs of articles.'
    """
    if counts.empty:
        return no_chart(wording.SHARED_EMPTY)

    both_sides = pd.concat([_one_side(counts, "_a"), _one_side(counts, "_b")])
    style = current_style()
    largest = largest_groups(both_sides, "article", "words")
    articles = sorted(largest[: style.chart_size.max_rows])
    lengths = dict(zip(both_sides.article, both_sides.length, strict=True))
    words = counts.pivot_table(
        index="article_b", columns="article_a", values="words", aggfunc="sum", fill_value=0
    )
    words = words.reindex(index=articles, columns=articles, fill_value=0)

    def link_of_cell(row: int, column: int) -> str:
        if row == column:
            return link_of(article=articles[row], relation="within")
        return link_of(
            article=articles[row],
            relation=["shared", "boilerplate"],
            match_article=articles[column],
        )

    finding = _finding_about_shared(counts)
    with drawn_in(style):
        figure, (matrix, strips) = new_chart(
            max(len(articles), 2) + 2,
            wording.SHARED_ALT.format(finding=finding),
            ncols=2,
            sharey=True,
            width_ratios=[min(1 + 0.35 * len(articles), 3.5), 4],
        )
        values = words.to_numpy(dtype=float)
        cells = _draw_cells(matrix, values, style)
        _number_articles(matrix, article_names(both_sides, articles))
        matrix.set_xlabel(wording.SHARED_MATRIX_X_AXIS)
        _draw_strips(strips, articles, lengths, repeats, style)
        handles, labels = strips.get_legend_handles_labels()
        add_legend(figure, "outside lower right", columns=4, handles=handles, labels=labels)
        note = shown_of(len(articles), len(largest), wording.SHARED_NOTE)
        give_title(figure, title or finding, note)
        if not _write_numbers(matrix, values, link_of_cell, cells):
            _add_scale(matrix, cells, wording.SHARED_CELLS)
        _number_columns(matrix, len(articles))
    return figure


def _one_side(counts: pd.DataFrame, suffix: str) -> pd.DataFrame:
    """Return the first, or the second, article of each pair."""
    renamed = counts.rename(columns=lambda name: name.removesuffix(suffix))
    return renamed[["article", "title", "length", "words"]]


def _finding_about_shared(counts: pd.DataFrame) -> str:
    """Report how many words are repeated within and across articles."""
    is_within = counts.article_a == counts.article_b
    within = counts[is_within]
    across = counts[~is_within]
    findings = []
    if len(within):
        articles = count_noun(len(within), "article")
        findings.append(wording.SHARED_WITHIN.fill(int(within.words.sum()), articles=articles))
    if len(across):
        pairs = count_noun(len(across), "pair")
        findings.append(wording.SHARED_ACROSS.fill(int(across.words.sum()), pairs=pairs))
    return "; ".join(findings)


def _number_articles(axes: Axes, names: list[str]) -> None:
    """Label the rows of a matrix with names and numbers."""
    labels = [
        wording.ARTICLE_WITH_NUMBER.format(article=label, number=number)
        for number, label in enumerate(row_labels(names, size=8, share=ARTICLE_LABEL_SHARE), 1)
    ]
    axes.set_yticks(range(len(names)), labels, fontsize=points(8))
    axes.set_xticks([])


def _number_columns(axes: Axes, columns: int) -> None:
    """Number as many columns as there is space for."""
    # The width of a column is known only after the layout.
    axes.figure.draw_without_rendering()
    size = points(8)
    column_width = axes.bbox.width / axes.figure.dpi / columns
    number_width = SPACE_OF_NUMBER * text_width(str(columns), size)
    step = next(
        (step for step in NUMBERING_STEPS if step * column_width >= number_width),
        NUMBERING_STEPS[-1],
    )
    places = range(step - 1, columns, step) if step <= columns else []
    axes.set_xticks(places, [place + 1 for place in places], fontsize=size)


def _draw_strips(
    axes: Axes,
    articles: list[str],
    lengths: dict[str, int],
    repeats: pd.DataFrame,
    style: ChartStyle,
) -> None:
    """Draw a bar for each article, as long as the article, with its repeated passages."""
    axes.barh(
        range(len(articles)),
        [lengths[article] for article in articles],
        STRIP_HEIGHT,
        color="none",
        edgecolor=style.palette.neutral,
        lw=points(0.6),
    )
    repeats = repeats[repeats.article.isin(articles)].sort_values(["article", "start"])
    smallest_gap = max(lengths.values()) * SMALLEST_GAP
    for look in RELATION_LOOKS:
        passages = _joined(repeats[repeats.relation == look.code], smallest_gap)
        if passages.empty:
            continue
        colour = style.palette.relations[look.code]
        rows = np.array([articles.index(article) for article in passages.article])
        bars = axes.barh(
            rows,
            passages.end - passages.start,
            STRIP_HEIGHT,
            left=passages.start,
            label=wording.RELATIONS[look.code],
            color=colour,
            hatch=look.hatch,
            hatch_linewidth=points(0.8),
            edgecolor=style.palette.paper,
            lw=0,
        )
        links = [link_of(article=article, relation=look.code) for article in passages.article]
        link_marks_to(bars, links)
        # A line at the start, so that short passages can be seen too.
        half = STRIP_HEIGHT / 2
        axes.vlines(passages.start, rows - half, rows + half, color=colour, lw=points(1))
    axes.tick_params(axis="y", length=0, labelleft=False)
    count_on_x_axis(axes, wording.SHARED_STRIPS_X_AXIS)
    axes.xaxis.set_major_locator(MaxNLocator(MAX_STRIP_TICKS, integer=True))
    axes.set_xlim(0)


def _joined(passages: pd.DataFrame, smallest_gap: float) -> pd.DataFrame:
    """Return passages in order of position; passages that would touch in print are joined."""
    furthest_end = passages.groupby("article").end.cummax()
    end_before = furthest_end.groupby(passages.article).shift()  # missing for an article's first
    touches = passages.start <= end_before + smallest_gap
    group = (~touches).cumsum()
    return passages.groupby(group).agg(
        article=("article", "first"), start=("start", "min"), end=("end", "max")
    )


def _draw_cells(axes: Axes, values: np.ndarray, style: ChartStyle) -> AxesImage:
    """Draw cells in shades of one colour; cells without a value are empty."""
    axes.tick_params(length=0)
    shown = np.where(values > 0, values, np.nan)
    return axes.imshow(shown, cmap=style.palette.cells, vmin=0, aspect="auto")


def _write_numbers(
    axes: Axes,
    values: np.ndarray,
    link_of_cell: Callable[[int, int], str],
    cells: AxesImage,
    shared: np.ndarray | None = None,
) -> bool:
    """Write the numbers into the cells (shared ones in brackets), and return whether they fit."""
    if values.shape[1] > MAX_NUMBERED_COLUMNS:
        return False
    numbers = {}
    for row, column in np.argwhere(values):
        number = f"{values[row, column]:.0f}"
        if shared is not None and shared[row, column]:
            number += f" ({shared[row, column]:.0f})"
        numbers[row, column] = number

    # The width of a cell is known only after the layout.
    axes.figure.draw_without_rendering()
    cell_width = CELL_PADDING * axes.bbox.width / axes.figure.dpi / values.shape[1]
    size = points(CELL_SIZE)
    widest = max(text_width(number, size) for number in numbers.values())
    size *= min(1, cell_width / widest)
    if size < MIN_CELL_SIZE:
        return False
    for (row, column), number in numbers.items():
        axes.text(
            column,
            row,
            number,
            ha="center",
            va="center",
            fontsize=size,
            color=_readable_ink(cells.cmap(cells.norm(values[row, column]))),
            url=link_of_cell(row, column),
        )
    return True


def _readable_ink(background) -> str:
    """Return the colour of text that has the higher contrast with a background (as in WCAG 2)."""
    luminance = _luminance(background)

    def contrast(ink: str) -> float:
        lighter, darker = sorted([luminance, _luminance(ink)], reverse=True)
        return (lighter + 0.05) / (darker + 0.05)

    return max((DARK_CELL_INK, PALE_CELL_INK), key=contrast)


def _luminance(colour) -> float:
    """Return the relative luminance of a colour, as WCAG 2 defines it."""
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in to_rgb(colour[:3] if isinstance(colour, tuple) else colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _add_scale(axes: Axes, cells: AxesImage, name: str) -> None:
    """Add a scale that shows which numbers the colours of the cells stand for."""
    scale = axes.figure.colorbar(
        cells, ax=axes, location="top", aspect=30, shrink=0.9, label=name, pad=0.02
    )
    scale.outline.set_visible(False)
    scale.ax.tick_params(labelsize=points(NAME_SIZE), length=points(2))
    scale.ax.xaxis.label.set_size(points(NAME_SIZE))
    scale.ax.xaxis.set_major_locator(MaxNLocator(4, integer=True))


def _name_columns(axes: Axes, names: list[str]) -> None:
    """Write names below the columns: in up to three lines, or vertically if there are many."""
    figure = axes.figure
    size = points(NAME_SIZE)
    if len(names) > MAX_WRAPPED_COLUMNS:
        labels = distinct_labels(names, VERTICAL_NAME_WIDTH * points(1), size)
        axes.set_xticks(range(len(names)), labels, fontsize=size, rotation=90)
        return
    column_width = (
        CELL_PADDING * (1 - THEME_LABEL_SHARE) * figure.get_figwidth() / max(len(names), 2)
    )
    # Lines are not filled completely, so fewer words fit than into one long line.
    lines_filled = COLUMN_NAME_LINES - 0.7
    labels = distinct_labels(names, lines_filled * column_width, size)
    wrapped = ["\n".join(wrap_evenly(label, column_width, size)) for label in labels]
    axes.set_xticks(range(len(names)), wrapped, fontsize=size)


@redrawable
def chart_themes(counts: pd.DataFrame, *, title: str | None = None) -> Figure:
    """Draw a matrix of themes and articles, with the number of sentences in each cell.

    Parameters
    ----------
    counts : pandas.DataFrame
        The columns label (the theme), article and size (number of sentences). If there is a column
        duplicate_status, "shared" marks sentences that also appear in another article.
    title : str, optional
        Title; by default the finding.

    Returns
    -------
    matplotlib.figure.Figure
        A matrix of themes by articles.

    Raises
    ------
    KeyError
        If a column is missing.

    Notes
    -----
    The 30 themes and the 30 articles with the most sentences are drawn (12 on slides). If there is
    no space for numbers in the cells, a scale shows what their colours mean.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> themes = cl.drop_duplicates(cl.find_all(articles, codebook)["themes"])
    >>> counts = themes.groupby(["label", "article"], as_index=False).size()
    >>> cl.chart_themes(counts).finding
    '“levee breach” is the most frequent theme (14 sentences, 5 articles).'
    """
    if counts.empty:
        return no_chart(wording.THEMES_EMPTY)

    style = current_style()
    max_rows = style.chart_size.max_rows
    largest = largest_groups(counts, "label", "size")
    themes = largest[:max_rows]
    largest_articles = largest_groups(counts, "article", "size")
    articles = sorted(largest_articles[:max_rows])
    sizes = _themes_by_articles(counts, themes, articles)
    has_status = "duplicate_status" in counts.columns
    shared_counts = counts[counts.duplicate_status == "shared"] if has_status else counts[:0]
    shared = _themes_by_articles(shared_counts, themes, articles)

    def link_of_cell(row: int, column: int) -> str:
        return link_of(label=themes[row], article=articles[column])

    leading = counts[counts.label == themes[0]]
    finding = wording.THEMES_FINDING.format(
        theme=wording.label_words(themes[0]),
        sentences=count_noun(int(leading["size"].sum()), "sentence"),
        articles=count_noun(leading.article.nunique(), "article"),
    )
    with drawn_in(style):
        # Vertical names of articles need more space than wrapped ones.
        rows_for_names = 2.5 if len(articles) <= MAX_WRAPPED_COLUMNS else 6
        alt = wording.THEMES_ALT.format(finding=finding)
        figure, axes = new_chart(len(themes) + rows_for_names, alt)
        cells = _draw_cells(axes, sizes, style)
        theme_names = [wording.label_words(theme) for theme in themes]
        axes.set_yticks(range(len(themes)), row_labels(theme_names, share=THEME_LABEL_SHARE))
        _name_columns(axes, article_names(counts, articles))
        notes = (
            shown_of(len(themes), len(largest), wording.THEMES_NOTE),
            shown_of(len(articles), len(largest_articles), wording.THEMES_NOTE_ARTICLES),
        )
        axes.set_xlabel(wording.THEMES_X_AXIS_COLOURS)
        give_title(figure, title or finding, join_notes(notes))
        if _write_numbers(axes, sizes, link_of_cell, cells, shared):
            has_shared = len(shared_counts) > 0
            label_x_axis(
                axes, wording.THEMES_X_AXIS_SHARED if has_shared else wording.THEMES_X_AXIS
            )
        else:
            _add_scale(axes, cells, wording.THEMES_CELLS)
    return figure


def _themes_by_articles(counts: pd.DataFrame, themes: list[str], articles: list[str]) -> np.ndarray:
    """Return the number of sentences for each theme and article."""
    sizes = counts.pivot_table(
        index="label", columns="article", values="size", aggfunc="sum", fill_value=0
    )
    return sizes.reindex(index=themes, columns=articles, fill_value=0).to_numpy(dtype=float)
