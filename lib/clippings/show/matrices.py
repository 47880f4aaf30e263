"""Draw matrices of articles and of themes, with cells that link to passages."""

import textwrap
from collections.abc import Callable
from typing import NamedTuple

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from clippings.core.wording import count_noun
from clippings.show import wording
from clippings.show.figure import (
    MAX_ROWS,
    STYLE,
    article_labels,
    give_title,
    largest_groups,
    link_marks_to,
    link_of,
    new_chart,
    no_chart,
    not_shown,
    short_label,
)

# Text colours on coloured cells, which do not change on dark pages. They differ slightly from the
# INK and white of other charts, because those colours adapt to the page.
DARK_CELL_INK = "#1a1a1a"
PALE_CELL_INK = "#fafafa"
PALE_INK_FROM = 0.6  # share of the largest value above which cells are dark blue

MAX_NUMBERED_COLUMNS = 12  # with more, numbers would not fit the cells
MAX_NUMBERED_TICKS = 15  # with more articles, every fifth column has its number
MAX_WRAPPED_COLUMNS = 6  # with more columns, names are vertical
STRIP_HEIGHT = 0.6  # of a row
SMALLEST_GAP = 1 / 500  # share of the longest article; strips that are closer touch in print


class RelationLook(NamedTuple):
    """The look of repeated passages of one relation."""

    code: str
    colour: str
    hatch: str


RELATION_LOOKS = (
    RelationLook("first", "#CCCCCC", ""),
    RelationLook("shared", "#66CCEE", r"\\\\"),
    RelationLook("boilerplate", "#CCBB44", "xxxx"),
    RelationLook("within", "#AA3377", "////"),
)


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
    The 30 articles with the most repeated words are drawn; articles without repeated words are
    omitted.

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
    largest = largest_groups(both_sides, "article", "words")
    articles = sorted(largest[:MAX_ROWS])
    names = article_labels(both_sides)
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
    with mpl.rc_context(fname=STYLE):
        figure, (matrix, strips) = new_chart(
            max(len(articles), 2) + 2,
            wording.SHARED_ALT.format(finding=finding),
            ncols=2,
            sharey=True,
            width_ratios=[min(1 + 0.35 * len(articles), 3.5), 4],
        )
        _draw_matrix(matrix, words.to_numpy(dtype=float), link_of_cell)
        _number_articles(matrix, [names[article] for article in articles])
        matrix.set_xlabel(wording.SHARED_MATRIX_X_AXIS)
        _draw_strips(strips, articles, lengths, repeats)
        figure.legend(*strips.get_legend_handles_labels(), loc="outside lower right", ncols=4)
        give_title(figure, title or finding + not_shown(len(largest) - len(articles)))
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
    """Label the rows of a matrix with names and numbers, and its columns with the same numbers."""
    labels = [
        wording.ARTICLE_WITH_NUMBER.format(article=short_label(name, 27), number=number)
        for number, name in enumerate(names, 1)
    ]
    axes.set_yticks(range(len(names)), labels, fontsize=8)
    step = 1 if len(names) <= MAX_NUMBERED_TICKS else 5
    places = range(step - 1, len(names), step)
    axes.set_xticks(places, [place + 1 for place in places])


def _draw_strips(
    axes: Axes, articles: list[str], lengths: dict[str, int], repeats: pd.DataFrame
) -> None:
    """Draw a bar for each article, as long as the article, with its repeated passages."""
    axes.barh(
        range(len(articles)),
        [lengths[article] for article in articles],
        STRIP_HEIGHT,
        color="none",
        edgecolor="#999999",
        lw=0.6,
    )
    repeats = repeats[repeats.article.isin(articles)].sort_values(["article", "start"])
    smallest_gap = max(lengths.values()) * SMALLEST_GAP
    for look in RELATION_LOOKS:
        passages = _joined(repeats[repeats.relation == look.code], smallest_gap)
        if passages.empty:
            continue
        rows = np.array([articles.index(article) for article in passages.article])
        bars = axes.barh(
            rows,
            passages.end - passages.start,
            STRIP_HEIGHT,
            left=passages.start,
            label=wording.RELATIONS[look.code],
            color=look.colour,
            hatch=look.hatch,
            hatch_linewidth=0.8,
            edgecolor="white",
            lw=0,
        )
        links = [link_of(article=article, relation=look.code) for article in passages.article]
        link_marks_to(bars, links)
        # A line at the start, so that short passages can be seen too.
        half = STRIP_HEIGHT / 2
        axes.vlines(passages.start, rows - half, rows + half, color=look.colour, lw=1)
    axes.tick_params(axis="y", length=0, labelleft=False)
    axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.set_xlim(0)
    axes.set_xlabel(wording.SHARED_STRIPS_X_AXIS)


def _joined(passages: pd.DataFrame, smallest_gap: float) -> pd.DataFrame:
    """Return passages in order of position; passages that would touch in print are joined."""
    furthest_end = passages.groupby("article").end.cummax()
    end_before = furthest_end.groupby(passages.article).shift()  # missing for an article's first
    touches = passages.start <= end_before + smallest_gap
    group = (~touches).cumsum()
    return passages.groupby(group).agg(
        article=("article", "first"), start=("start", "min"), end=("end", "max")
    )


def _draw_matrix(
    axes: Axes,
    values: np.ndarray,
    link_of_cell: Callable[[int, int], str],
    shared: np.ndarray | None = None,
) -> None:
    """Draw cells in shades of blue, with numbers if there is space (shared ones in brackets)."""
    axes.imshow(np.where(values > 0, values, np.nan), cmap="Blues", vmin=0, aspect="auto")
    axes.tick_params(length=0)
    if values.shape[1] > MAX_NUMBERED_COLUMNS:
        return
    for row, column in np.argwhere(values):
        value = values[row, column]
        number = f"{value:.0f}"
        if shared is not None and shared[row, column]:
            number += f" ({shared[row, column]:.0f})"
        is_dark = value > values.max() * PALE_INK_FROM
        axes.text(
            column,
            row,
            number,
            ha="center",
            va="center",
            color=PALE_CELL_INK if is_dark else DARK_CELL_INK,
            url=link_of_cell(row, column),
        )


def _name_columns(axes: Axes, names: list[str]) -> None:
    """Write names below the columns: in up to three lines, or vertically if there are many."""
    if len(names) <= MAX_WRAPPED_COLUMNS:
        wrapped = ["\n".join(textwrap.wrap(name, 14)[:3]) for name in names]
        axes.set_xticks(range(len(names)), wrapped, fontsize=7)
    else:
        axes.set_xticks(range(len(names)), names, fontsize=7, rotation=90)


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
    The 30 themes and the 30 articles with the most sentences are drawn.

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

    largest = largest_groups(counts, "label", "size")
    themes = largest[:MAX_ROWS]
    articles = sorted(largest_groups(counts, "article", "size")[:MAX_ROWS])
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
    names = article_labels(counts)
    with mpl.rc_context(fname=STYLE):
        # Vertical names of articles need more space than wrapped ones.
        rows_for_names = 2.5 if len(articles) <= MAX_WRAPPED_COLUMNS else 6
        alt = wording.THEMES_ALT.format(finding=finding)
        figure, axes = new_chart(len(themes) + rows_for_names, alt)
        _draw_matrix(axes, sizes, link_of_cell, shared)
        theme_labels = [short_label(wording.label_words(theme), 28) for theme in themes]
        axes.set_yticks(range(len(themes)), theme_labels)
        _name_columns(axes, [names[article] for article in articles])
        has_shared = len(shared_counts) > 0
        axes.set_xlabel(wording.THEMES_X_AXIS_SHARED if has_shared else wording.THEMES_X_AXIS)
        give_title(figure, title or finding + not_shown(len(largest) - len(themes)))
    return figure


def _themes_by_articles(counts: pd.DataFrame, themes: list[str], articles: list[str]) -> np.ndarray:
    """Return the number of sentences for each theme and article."""
    sizes = counts.pivot_table(
        index="label", columns="article", values="size", aggfunc="sum", fill_value=0
    )
    return sizes.reindex(index=themes, columns=articles, fill_value=0).to_numpy(dtype=float)
