"""Charts: from small tables to matplotlib figures whose title says what the table says.

Every chart has its alternative text in `figure.get_label()`. A column `title` in the counts, where there is one,
names the articles. Colours are safe for colour-blind readers and differ in grey.
"""

import textwrap

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

import clippings.drawing as d
from clippings.tables import STORY
from clippings.text import several

CELL_INK, PALE_INK = "#1a1a1a", "#fafafa"  # on coloured cells, stay as they are; reports take pure white for paper
PARTS = (  # of a page: name, zones, colour, hatch; what is in none of them is page furniture
    ("story", STORY, d.STORY_COLOUR, ""),
    ("captions and credits", ("caption", "byline", "sign-off"), "#DDCC77", "////"),
    ("page furniture", ("furniture", "form"), "#BBBBBB", r"\\\\"),
    ("comments", ("comment",), "#EE8866", "xxxx"),
)
RELATIONS = (  # of a telling to the first: name, colour, hatch
    ("first", "told first", "#CCCCCC", ""),
    ("shared", "in another article before", "#66CCEE", r"\\\\"),
    ("boilerplate", "form of the outlet", "#CCBB44", "xxxx"),
    ("within", "again in the article", "#AA3377", "////"),
)
SOURCE_COLOURS = {
    "activist": "#228833",
    "insider": "#CCBB44",
    "official": "#4477AA",
    "military": "#AA3377",
    "analyst": "#66CCEE",
    "outlet": "#999999",
    "agency": "#555555",
    "resident": "#EE6677",
    "": "#DDDDDD",
}


def _names(counts: pd.DataFrame, column: str = "article", title: str = "title") -> dict[str, str]:
    """What each article is called on an axis: its title where the counts carry one."""
    titles = counts[title] if title in counts.columns else counts[column]
    return {article: d.short_label(title or article) for article, title in zip(counts[column], titles, strict=True)}


def _largest(counts: pd.DataFrame, column: str, size: str) -> tuple[list, str]:
    """The groups with the most, at most 30, and a note when some are left out."""
    totals = counts.groupby(column)[size].sum()
    kept = sorted(totals.index, key=lambda group: (-totals[group], group))[: d.MOST_ROWS]
    left = len(totals) - len(kept)
    return kept, f" ({left} more not drawn)" if left else ""


def chart_zones(counts: pd.DataFrame, *, title: str | None = None) -> Figure:
    """How much of each page is story.

    In: counts of words by article and label (zone); title None: written from the counts.
    Out: a figure: a bar per article in words: story, captions and credits, page furniture, comments.
    Raises: KeyError for a missing column.
    Misses: articles beyond the 30 longest. Source: none.
    Example:
        >>> chart_zones(pd.DataFrame({"article": ["a"], "label": ["body"], "words": [9]})).get_label()
        'Bar chart of words per article, story and the parts of the page around it: 100 % of 9 words are story.'
    """
    if counts.empty:
        return d.no_chart("No article could be read")
    parts = {zone: name for name, zones, _, _ in PARTS for zone in zones}
    part = counts.label.map(parts).fillna("page furniture")
    wide = counts.pivot_table(index="article", columns=part, values="words", aggfunc="sum", fill_value=0)
    wide = wide.reindex(columns=[name for name, *_ in PARTS], fill_value=0)
    kept, note = _largest(counts, "article", "words")
    order = [article for article in wide.index if article in set(kept)][::-1]
    share = wide["story"].sum() / max(wide.to_numpy().sum(), 1)
    finding = f"{share:.0%} of the words are story".replace("%", " %")
    counted = finding.replace("the words", f"{wide.to_numpy().sum():,.0f} words")
    alt = f"Bar chart of words per article, story and the parts of the page around it: {counted}."
    names = _names(counts)
    with mpl.rc_context(fname=d.STYLE):
        figure, axes = d.new_chart(len(order), alt)
        left = np.zeros(len(order))
        for name, _, colour, hatch in PARTS:
            values = wide.loc[order, name].to_numpy(dtype=float)
            style = {"color": colour, "hatch": hatch, "edgecolor": "white", "lw": 0}
            zones = sorted(set(counts.label[part == name]))
            bars = axes.barh(range(len(order)), values, left=left, label=name, **style)
            d.give_links(bars, [d.link_of(article=article, label=zones) for article in order])
            left += values
        axes.set_yticks(range(len(order)), [names[article] for article in order])
        axes.set_xlabel("words")
        figure.legend(loc="outside lower right", ncols=4)
        d.give_title(figure, title or finding + note)
    return figure


def chart_shared(counts: pd.DataFrame, repeats: pd.DataFrame, *, title: str | None = None) -> Figure:
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
    sides = [counts.rename(columns=lambda name, end=end: name.removesuffix(end)) for end in ("_a", "_b")]
    both = pd.concat([side[["article", "title", "length", "words"]] for side in sides])
    kept, note = _largest(both, "article", "words")
    articles, names = sorted(kept), _names(both)
    inside = counts[counts.article_a == counts.article_b]
    across = counts[counts.article_a != counts.article_b]
    said = []
    if len(inside):
        said.append(f"{inside.words.sum():,} words are printed again inside {several(len(inside), 'article')}")
    if len(across):
        said.append(f"{across.words.sum():,} words are shared by {several(len(across), 'pair')} of articles")
    finding = "; ".join(said)
    grid = counts.pivot_table(index="article_b", columns="article_a", values="words", aggfunc="sum", fill_value=0)
    grid = grid.reindex(index=articles, columns=articles, fill_value=0)
    with mpl.rc_context(fname=d.STYLE):
        alt = f"Matrix of articles, words that one repeats of another, and strips with the passages: {finding}."
        parts = {"ncols": 2, "sharey": True, "width_ratios": [min(1 + 0.35 * len(articles), 3.5), 4]}
        figure, (axes, strips) = d.new_chart(max(len(articles), 2) + 2, alt, **parts)
        told = [{"relation": ["shared", "boilerplate"], "like_article": article} for article in articles]
        own = {"relation": "within"}
        _matrix(
            axes,
            grid.to_numpy(dtype=float),
            lambda b, a: d.link_of(article=articles[b], **(own if a == b else told[a])),
        )
        numbers = range(1, len(articles) + 1)
        called = [f"{d.short_label(names[article], 27)}  {number}" for number, article in enumerate(articles, 1)]
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
    axes.barh(range(len(articles)), [lengths[a] for a in articles], 0.6, color="none", edgecolor="#999999", lw=0.6)
    repeats = repeats[repeats.article.isin(articles)].sort_values(["article", "start"])
    for relation, name, colour, hatch in RELATIONS:
        own = repeats[repeats.relation == relation]
        reached = own.groupby("article").end.cummax().groupby(own.article).shift() + max(lengths.values()) / 500
        pieces = own.groupby((~(own.start <= reached)).cumsum())  # what would touch on paper is one bar
        own = pieces.agg(article=("article", "first"), start=("start", "min"), end=("end", "max"))
        rows = [articles.index(article) for article in own.article]
        style = {"color": colour, "hatch": hatch, "hatch_linewidth": 0.8}
        if rows:
            bars = axes.barh(
                rows, own.end - own.start, 0.6, left=own.start, label=name, edgecolor="white", lw=0, **style
            )
            d.give_links(bars, [d.link_of(article=article, relation=relation) for article in own.article])
            axes.vlines(own.start, np.subtract(rows, 0.3), np.add(rows, 0.3), color=colour, lw=1)  # short ones show too
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
            also = f" ({shared[row, column]:.0f})" if shared is not None and shared[row, column] else ""
            axes.text(column, row, f"{value:.0f}{also}", ha="center", va="center", color=ink, url=link(row, column))
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
    themes, note = _largest(counts, "label", "size")
    articles = sorted(_largest(counts, "article", "size")[0])
    grid = counts.pivot_table(index="label", columns="article", values="size", aggfunc="sum", fill_value=0)
    grid = grid.reindex(index=themes, columns=articles, fill_value=0)
    also = counts[counts.telling == "shared"] if "telling" in counts.columns else counts[:0]
    shared = also.pivot_table(index="label", columns="article", values="size", aggfunc="sum", fill_value=0)
    shared = shared.reindex(index=themes, columns=articles, fill_value=0)
    lead = counts[counts.label == themes[0]]
    finding = (
        f"“{themes[0].replace('_', ' ')}” leads with {several(int(lead['size'].sum()), 'sentence')} in "
        f"{several(lead.article.nunique(), 'article')}"
    )
    names = _names(counts)
    with mpl.rc_context(fname=d.STYLE):
        figure, axes = d.new_chart(
            len(themes) + (6 if len(articles) > 6 else 2.5), f"Matrix of themes and articles, sentences: {finding}."
        )
        cells = grid.to_numpy(dtype=float), lambda t, a: d.link_of(label=themes[t], article=articles[a])
        _matrix(axes, *cells, shared.to_numpy(dtype=float))
        axes.set_yticks(range(len(themes)), [d.short_label(theme.replace("_", " "), 28) for theme in themes])
        _columns(axes, [names[article] for article in articles])
        axes.set_xlabel(
            "article; number: sentences with the theme" + (" (also in another article)" if len(also) else "")
        )
        d.give_title(figure, title or finding + note)
    return figure


def chart_keyness(counts: pd.DataFrame, *, title: str | None = None, n: int = 15) -> Figure:
    """Words that are more frequent here than there.

    In: counts of count_keyness; n, how many words. Out: a figure: log ratio with its 95 % interval.
    Raises: KeyError for a missing column. Misses: words less frequent here. Source: see count_keyness.
    Example:
        >>> chart_keyness(pd.DataFrame(columns=["word", "log_ratio", "low", "high", "g2"])).get_label()
        'No chart: No words to compare.'
    """
    rows = counts[counts.log_ratio > 0].head(n)
    if rows.empty:
        return d.no_chart("No words to compare")
    rows = rows.iloc[::-1]
    clear = rows[rows.low > 0].word.iloc[::-1].head(3)
    finding = f"Key words: {', '.join(clear)}" if len(clear) else "No word is clearly more frequent here"
    with mpl.rc_context(fname=d.STYLE):
        figure, axes = d.new_chart(len(rows) * 0.8, f"Dot chart of key words with 95 % intervals. {finding}.")
        places = range(len(rows))
        axes.hlines(places, rows.low, rows.high, color=d.STORY_COLOUR, lw=1.5)
        axes.plot(rows.log_ratio, places, "o", color=d.STORY_COLOUR, ms=4)
        axes.axvline(0, color=d.INK, lw=0.8)
        axes.set_yticks(places, [d.short_label(word) for word in rows.word])
        d.give_links(axes.get_yticklabels(), [d.link_of(word=word) for word in rows.word])
        axes.set_xlabel("times more frequent here, as a power of two (95 % interval)")
        d.give_title(figure, title or finding)
    return figure


def chart_stability(counts: pd.DataFrame, *, title: str | None = None) -> Figure:
    """How far groups of articles stay the same, by their number; beside it how good the words are that name them.

    In: counts of count_stability. Out: a figure: stability with a line down to the lowest draw; NPMI and diversity.
    Raises: KeyError for a missing column. Misses: whether groups mean anything. Source: see count_stability.
    Example:
        >>> chart_stability(pd.DataFrame(columns=["k", "stability", "lowest", "npmi", "diversity"])).get_label()
        'No chart: Too little text to say.'
    """
    if counts.empty:
        return d.no_chart("Too little text to say")
    best = counts.loc[counts.stability.idxmax()]
    finding = f"{int(best.k)} groups stay the same most, {best.stability:g} of 1"
    with mpl.rc_context(fname=d.STYLE):
        alt = f"Dot chart of stability, NPMI and diversity by number of groups: {finding}."
        figure, (left, right) = d.new_chart(5, alt, ncols=2, sharey=True)
        left.vlines(counts.k, counts.lowest, counts.stability, color=d.STORY_COLOUR, lw=1.5)
        left.plot(
            counts.k, counts.stability, "o-", color=d.STORY_COLOUR, ms=4, label="stability, down to the lowest draw"
        )
        right.plot(counts.k, counts.npmi, "s-", color=d.INK, ms=4, label="NPMI of the naming words")
        right.plot(counts.k, counts.diversity, "^--", color=d.INK, ms=4, label="diversity of the naming words")
        for axes in (left, right):
            axes.set_xticks(counts.k)
            axes.set_ylim(min(-0.05, counts[["lowest", "npmi"]].min().min() - 0.05), 1.05)
            axes.set_xlabel("number of groups")
            axes.axhline(0, color=d.INK, lw=0.6)
        figure.legend(loc="outside lower left", ncols=1)
        d.give_title(figure, title or finding)
    return figure


def chart_speakers(counts: pd.DataFrame, *, title: str | None = None) -> Figure:
    """Who is quoted with how many words.

    In: counts of words by label (actor, "" = not named) and source_type; title None: written from the counts.
    Out: a figure: a bar per speaker, coloured by kind of source; speakers without a name are hatched.
    Raises: KeyError for a missing column. Misses: speakers beyond the 30 with most. Source: none.
    Example:
        >>> chart_speakers(pd.DataFrame({"label": ["A"], "source_type": ["official"], "words": [5]})).get_label()
        'Bar chart of quoted words per speaker: A speaks most, 5 of 5 words; 0 % come from speakers without a name.'
    """
    if counts.empty:
        return d.no_chart("Nobody is quoted")
    unnamed = counts.label == ""
    voices = counts.assign(
        voice=counts.label.where(~unnamed, "not named: " + counts.source_type.replace("", "unknown"))
    )
    kept, note = _largest(voices, "voice", "words")
    totals = voices.groupby("voice").words.sum()
    named = [voice for voice in kept if not voice.startswith("not named: ")]
    share = counts.words[unnamed].sum() / max(counts.words.sum(), 1)
    lead = (
        f"{named[0]} speaks most, {totals[named[0]]:,} of {counts.words.sum():,} words" if named else "Nobody is named"
    )
    finding = f"{lead}; {share:.0%} come from speakers without a name".replace("%", " %")
    order = kept[::-1]
    with mpl.rc_context(fname=d.STYLE):
        figure, axes = d.new_chart(len(order), f"Bar chart of quoted words per speaker: {finding}.")
        for place, voice in enumerate(order):
            left = 0
            for row in voices[voices.voice == voice].sort_values("source_type").itertuples():
                hatch = "" if row.label else "////"
                style = {"color": _source_colour(row.source_type), "hatch": hatch, "edgecolor": "white", "lw": 0}
                bars = axes.barh(place, row.words, left=left, **style)
                d.give_links(bars, [d.link_of(label=row.label, source_type=row.source_type)])
                left += row.words
        axes.set_yticks(range(len(order)), [d.short_label(voice) for voice in order])
        axes.set_xlabel("words quoted or reported (hatched: speaker not named)")
        kinds = sorted(set(voices.source_type[voices.voice.isin(kept)]))
        key = [Patch(color=_source_colour(kind), lw=0, label=kind or "unknown") for kind in kinds]
        figure.legend(handles=key, title="kind of source", loc="outside lower right", ncols=5)
        d.give_title(figure, title or finding + note)
    return figure


def _source_colour(source_type: str) -> str:
    return SOURCE_COLOURS.get(source_type, SOURCE_COLOURS[""])


def chart_network(counts: pd.DataFrame, *, title: str | None = None, n: int = 40) -> Figure:
    """Who is named together with whom.

    In: counts of count_together; n, how many pairs (the most frequent); title None: written from the counts.
    Out: a figure: a network, line width by count. Raises: KeyError for a missing column.
    Misses: the pairs beyond n; being named together is no relation yet. Source: Kamada and Kawai 1989 (layout).
    Example:
        >>> chart_network(pd.DataFrame(columns=["actor_a", "actor_b", "count"])).get_label()
        'No chart: No two actors are named together.'
    """
    if counts.empty:
        return d.no_chart("No two actors are named together")
    pairs = counts.head(n)
    import networkx as nx  # slow to load, and only needed here

    graph = nx.Graph()
    graph.add_weighted_edges_from((row.actor_a, row.actor_b, row[3]) for row in pairs.itertuples())
    top = pairs.iloc[0]
    finding = f"{top['actor_a']} and {top['actor_b']} are named together most, {several(int(top['count']), 'time')}"
    places = _layout(graph)
    with mpl.rc_context(fname=d.STYLE):
        figure, axes = d.new_chart(14, f"Network of actors named in one sentence: {finding}.")
        heaviest = pairs["count"].max()
        for a, b, data in graph.edges(data=True):
            (x1, y1), (x2, y2) = places[a], places[b]
            axes.plot([x1, x2], [y1, y2], color="#BBBBBB", lw=0.6 + 3 * data["weight"] / heaviest, zorder=1)
        for name, (x, y) in places.items():
            size = 4 + 2 * graph.degree(name) ** 0.5
            axes.plot(x, y, "o", color=d.STORY_COLOUR, ms=size, zorder=2, url=d.link_of(label=name))
            axes.annotate(
                d.short_label(name, 26),
                (x, y),
                xytext=(0, size / 2 + 2),
                textcoords="offset points",
                ha="center",
                fontsize=7,
                zorder=3,
                bbox={"facecolor": "white", "alpha": 0.75, "lw": 0, "pad": 0.5},
            )
        axes.axis("off")
        axes.margins(0.12)
        more = f" ({len(counts) - len(pairs)} rarer pairs not drawn)" if len(counts) > len(pairs) else ""
        d.give_title(figure, title or finding + more)
    return figure


def _layout(graph) -> dict[str, tuple[float, float]]:
    """Places for the names: the largest connected part in the middle, the others in a column beside it."""
    import networkx as nx

    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    places = {}
    for number, part in enumerate(parts):
        names = sorted(part)
        layout = nx.kamada_kawai_layout(graph.subgraph(names), pos=nx.circular_layout(names), weight=None)
        for name, (x, y) in layout.items():
            beside = (1.5 + 0.15 * x, 1 - 0.4 * number + 0.15 * y)
            places[name] = beside if number else (float(x), float(y))
    return places


def chart_origins(counts: pd.DataFrame, *, title: str | None = None, n: int = 20) -> Figure:
    """How many independent origins each claim has.

    In: counts of count_origins; n, how many claims (those with most); title None: written from the counts.
    Out: a figure: a bar per claim. Raises: KeyError for a missing column. Misses: claims beyond n. Source: none.
    Example:
        >>> chart_origins(pd.DataFrame(columns=["claim", "origin", "folded_into"])).get_label()
        'No chart: No claims were found.'
    """
    if counts.empty:
        return d.no_chart("No claims were found")
    own = counts[counts.folded_into == ""]
    totals = own.groupby("claim").origin.nunique().reindex(counts.claim.unique(), fill_value=0)
    order = sorted(totals.index, key=lambda claim: (-totals[claim], claim))
    single = int((totals <= 1).sum())
    finding = f"{single} of {several(len(totals), 'claim')} rest on one independent origin or none"
    kept = order[:n][::-1]
    with mpl.rc_context(fname=d.STYLE):
        figure, axes = d.new_chart(len(kept), f"Bar chart of independent origins per claim: {finding}.")
        axes.barh(range(len(kept)), [totals[claim] for claim in kept], color=d.STORY_COLOUR)
        names = [d.short_label(claim.rpartition(" ")[0].replace("_", " ")) for claim in kept]
        axes.set_yticks(range(len(kept)), names)
        d.give_links(
            axes.get_yticklabels(), [d.link_of(label=claim) for claim in kept]
        )  # bars of length 0 cannot be clicked
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.set_xlabel("independent origins")
        more = f" ({len(order) - len(kept)} more not drawn)" if len(order) > len(kept) else ""
        d.give_title(figure, title or finding + more)
    return figure
