"""Charts of articles against each other and against themes: matrices whose cells lead to their passages."""

import textwrap

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

import clippings.show.figure as d
from clippings.core.wording import several

CELL_INK, PALE_INK = (
    "#1a1a1a",
    "#fafafa",
)  # on coloured cells, stay as they are; reports take pure white for paper
RELATIONS = (  # of a telling to the first: name, colour, hatch
    ("first", "told first", "#CCCCCC", ""),
    ("shared", "in another article before", "#66CCEE", r"\\\\"),
    ("boilerplate", "form of the outlet", "#CCBB44", "xxxx"),
    ("within", "again in the article", "#AA3377", "////"),
)


def chart_shared(
    counts: pd.DataFrame, repeats: pd.DataFrame, *, title: str | None = None
) -> Figure:
    """Which article repeats words of which, and where.

    In: counts of count_shared; repeats; title None: written from the counts.
    Out: a figure, a row per article: in the matrix the words it repeats of each (the diagonal: of itself); in the
    strip its repeated passages, by relation. Raises: KeyError for a missing column.
    Misses: articles beyond the 30 with most, and those that repeat nothing. Source: none.
    Example:
        >>> chart_shared(pd.DataFrame(columns=["article_a", "article_b", "words"]), pd.DataFrame()).get_label()
        'No chart: Nothing is repeated.'
    """
    if counts.empty:
        return d.no_chart("Nothing is repeated")
    sides = [
        counts.rename(columns=lambda name, end=end: name.removesuffix(end)) for end in ("_a", "_b")
    ]
    both = pd.concat([side[["article", "title", "length", "words"]] for side in sides])
    kept, note = d.largest(both, "article", "words")
    articles, names = sorted(kept), d.names_of(both)
    inside = counts[counts.article_a == counts.article_b]
    across = counts[counts.article_a != counts.article_b]
    said = []
    if len(inside):
        said.append(
            f"{inside.words.sum():,} words are printed again inside {several(len(inside), 'article')}"
        )
    if len(across):
        said.append(
            f"{across.words.sum():,} words are shared by {several(len(across), 'pair')} of articles"
        )
    finding = "; ".join(said)
    grid = counts.pivot_table(
        index="article_b", columns="article_a", values="words", aggfunc="sum", fill_value=0
    )
    grid = grid.reindex(index=articles, columns=articles, fill_value=0)
    with mpl.rc_context(fname=d.STYLE):
        alt = f"Matrix of articles, words that one repeats of another, and strips with the passages: {finding}."
        parts = {
            "ncols": 2,
            "sharey": True,
            "width_ratios": [min(1 + 0.35 * len(articles), 3.5), 4],
        }
        figure, (axes, strips) = d.new_chart(max(len(articles), 2) + 2, alt, **parts)
        told = [
            {"relation": ["shared", "boilerplate"], "match_article": article}
            for article in articles
        ]
        own = {"relation": "within"}
        cells = grid.to_numpy(dtype=float)
        _matrix(
            axes, cells, lambda b, a: d.link_of(article=articles[b], **(own if a == b else told[a]))
        )
        numbers = range(1, len(articles) + 1)
        called = [
            f"{d.short_label(names[article], 27)}  {number}"
            for number, article in enumerate(articles, 1)
        ]
        axes.set_yticks(range(len(articles)), called, fontsize=8)
        step = 1 if len(articles) <= 15 else 5
        axes.set_xticks(range(step - 1, len(articles), step), numbers[step - 1 :: step])
        axes.set_xlabel("words told first in …")
        _strips(strips, articles, dict(zip(both.article, both.length, strict=True)), repeats)
        figure.legend(*strips.get_legend_handles_labels(), loc="outside lower right", ncols=4)
        d.give_title(figure, title or finding + note)
    return figure


def _strips(axes, articles: list[str], lengths: dict[str, int], repeats: pd.DataFrame) -> None:
    """A bar per article, as long as it is, with its repeated passages."""
    axes.barh(
        range(len(articles)),
        [lengths[a] for a in articles],
        0.6,
        color="none",
        edgecolor="#999999",
        lw=0.6,
    )
    repeats = repeats[repeats.article.isin(articles)].sort_values(["article", "start"])
    for relation, name, colour, hatch in RELATIONS:
        own = repeats[repeats.relation == relation]
        reached = (
            own.groupby("article").end.cummax().groupby(own.article).shift()
            + max(lengths.values()) / 500
        )
        pieces = own.groupby(
            (~(own.start <= reached)).cumsum()
        )  # what would touch on paper is one bar
        own = pieces.agg(article=("article", "first"), start=("start", "min"), end=("end", "max"))
        rows = [articles.index(article) for article in own.article]
        style = {
            "color": colour,
            "hatch": hatch,
            "hatch_linewidth": 0.8,
            "edgecolor": "white",
            "lw": 0,
        }
        if rows:
            bars = axes.barh(rows, own.end - own.start, 0.6, left=own.start, label=name, **style)
            d.give_links(
                bars, [d.link_of(article=article, relation=relation) for article in own.article]
            )
            axes.vlines(
                own.start, np.subtract(rows, 0.3), np.add(rows, 0.3), color=colour, lw=1
            )  # short ones show too
    axes.tick_params(axis="y", length=0, labelleft=False)
    axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.set_xlim(0)
    axes.set_xlabel("characters from the start of the page")


def _matrix(axes, grid: np.ndarray, link, shared: np.ndarray | None = None) -> None:
    """Cells in blue by size, with their numbers where there is room, and how many of them others have too."""
    axes.imshow(np.where(grid > 0, grid, np.nan), cmap="Blues", vmin=0, aspect="auto")
    for (row, column), value in np.ndenumerate(grid):
        if value and grid.shape[1] <= 12:
            ink = PALE_INK if value > grid.max() * 0.6 else CELL_INK
            also = (
                f" ({shared[row, column]:.0f})"
                if shared is not None and shared[row, column]
                else ""
            )
            axes.text(
                column,
                row,
                f"{value:.0f}{also}",
                ha="center",
                va="center",
                color=ink,
                url=link(row, column),
            )
    axes.tick_params(length=0)


def _columns(axes, names: list[str]) -> None:
    """Names below the columns: up to six in three short lines, more upright."""
    few = len(names) <= 6
    shown = ["\n".join(textwrap.wrap(name, 14)[:3]) if few else name for name in names]
    axes.set_xticks(range(len(names)), shown, fontsize=7, rotation=0 if few else 90)


def chart_themes(counts: pd.DataFrame, *, title: str | None = None) -> Figure:
    """Which article carries which theme, in how many sentences.

    In: counts with label (theme), article, size (sentences), and telling where those that another article has too
    are to be marked (shared); title None: written from the counts.
    Out: a figure: a matrix theme × article. Raises: KeyError for a missing column.
    Misses: themes and articles beyond the 30 with most. Source: none.
    Example:
        >>> chart_themes(pd.DataFrame({"label": ["flood"], "article": ["a"], "size": [2]})).get_label()
        'Matrix of themes and articles, sentences: “flood” leads with 2 sentences in 1 article.'
    """
    if counts.empty:
        return d.no_chart("No theme of the codebook was found")
    themes, note = d.largest(counts, "label", "size")
    articles = sorted(d.largest(counts, "article", "size")[0])
    grid = counts.pivot_table(
        index="label", columns="article", values="size", aggfunc="sum", fill_value=0
    )
    grid = grid.reindex(index=themes, columns=articles, fill_value=0)
    also = (
        counts[counts.duplicate_status == "shared"]
        if "duplicate_status" in counts.columns
        else counts[:0]
    )
    shared = also.pivot_table(
        index="label", columns="article", values="size", aggfunc="sum", fill_value=0
    )
    shared = shared.reindex(index=themes, columns=articles, fill_value=0)
    lead = counts[counts.label == themes[0]]
    finding = (
        f"“{themes[0].replace('_', ' ')}” leads with {several(int(lead['size'].sum()), 'sentence')} in "
        f"{several(lead.article.nunique(), 'article')}"
    )
    names = d.names_of(counts)
    with mpl.rc_context(fname=d.STYLE):
        height = len(themes) + (6 if len(articles) > 6 else 2.5)
        figure, axes = d.new_chart(height, f"Matrix of themes and articles, sentences: {finding}.")
        cells = (
            grid.to_numpy(dtype=float),
            lambda t, a: d.link_of(label=themes[t], article=articles[a]),
        )
        _matrix(axes, *cells, shared.to_numpy(dtype=float))
        axes.set_yticks(
            range(len(themes)), [d.short_label(theme.replace("_", " "), 28) for theme in themes]
        )
        _columns(axes, [names[article] for article in articles])
        where = " (also in another article)" if len(also) else ""
        axes.set_xlabel(f"article; number: sentences with the theme{where}")
        d.give_title(figure, title or finding + note)
    return figure
