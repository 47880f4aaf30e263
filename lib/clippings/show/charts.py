"""Charts: from small tables to matplotlib figures whose title says what the table says.

Every chart has its alternative text in `figure.get_label()`. A column `title` in the counts, where there is one,
names the articles. Colours are safe for colour-blind readers and differ in grey.
"""

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch

import clippings.show.figure as d
from clippings.core.tables import STORY
from clippings.core.wording import several

PARTS = (  # of a page: name, zones, colour, hatch; what is in none of them is page furniture
    ("story", STORY, d.STORY_COLOUR, ""),
    ("captions and credits", ("caption", "byline", "sign-off"), "#DDCC77", "////"),
    ("page furniture", ("furniture", "form"), "#BBBBBB", r"\\\\"),
    ("comments", ("comment",), "#EE8866", "xxxx"),
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
    wide = counts.pivot_table(
        index="article", columns=part, values="words", aggfunc="sum", fill_value=0
    )
    wide = wide.reindex(columns=[name for name, *_ in PARTS], fill_value=0)
    kept, note = d.largest(counts, "article", "words")
    order = [article for article in wide.index if article in set(kept)][::-1]
    share = wide["story"].sum() / max(wide.to_numpy().sum(), 1)
    finding = f"{share:.0%} of the words are story".replace("%", " %")
    counted = finding.replace("the words", f"{wide.to_numpy().sum():,.0f} words")
    alt = f"Bar chart of words per article, story and the parts of the page around it: {counted}."
    names = d.names_of(counts)
    with mpl.rc_context(fname=d.STYLE):
        figure, axes = d.new_chart(len(order), alt)
        left = np.zeros(len(order))
        for name, _, colour, hatch in PARTS:
            values = wide.loc[order, name].to_numpy(dtype=float)
            style = {"color": colour, "hatch": hatch, "edgecolor": "white", "lw": 0}
            zones = sorted(set(counts.label[part == name])) or [
                name
            ]  # none of them: a link to nothing
            bars = axes.barh(range(len(order)), values, left=left, label=name, **style)
            d.give_links(bars, [d.link_of(article=article, label=zones) for article in order])
            left += values
        axes.set_yticks(range(len(order)), [names[article] for article in order])
        axes.set_xlabel("words")
        figure.legend(loc="outside lower right", ncols=4)
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
    finding = (
        f"Key words: {', '.join(clear)}" if len(clear) else "No word is clearly more frequent here"
    )
    with mpl.rc_context(fname=d.STYLE):
        figure, axes = d.new_chart(
            len(rows) * 0.8, f"Dot chart of key words with 95 % intervals. {finding}."
        )
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
    For one number of groups only, a sentence.
    Raises: KeyError for a missing column. Misses: whether groups mean anything. Source: see count_stability.
    Example:
        >>> chart_stability(pd.DataFrame()).get_label()
        'No chart: Too little text to say.'
    """
    if counts.empty:
        return d.no_chart("Too little text to say")
    best = counts.loc[counts.stability.idxmax()]
    if len(counts) == 1:
        same = f"which stay the same by {best.stability:g} of 1"
        return d.no_chart(f"Too few articles for more than {best.k:.0f} groups, {same}")
    finding = f"{int(best.k)} groups stay the same most, {best.stability:g} of 1"
    if best.tried < best.articles:
        finding += f"; tried on {best.tried:.0f} of {best.articles:,.0f} articles, by lot"
    with mpl.rc_context(fname=d.STYLE):
        alt = f"Dot chart of stability, NPMI and diversity by number of groups: {finding}."
        figure, (left, right) = d.new_chart(5, alt, ncols=2, sharey=True)
        look = {"color": d.STORY_COLOUR, "label": "stability, down to the lowest draw"}
        left.vlines(counts.k, counts.lowest, counts.stability, color=d.STORY_COLOUR, lw=1.5)
        left.plot(counts.k, counts.stability, "o-", ms=4, **look)
        right.plot(counts.k, counts.npmi, "s-", color=d.INK, ms=4, label="NPMI of the naming words")
        right.plot(
            counts.k,
            counts.diversity,
            "^--",
            color=d.INK,
            ms=4,
            label="diversity of the naming words",
        )
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
    kinds = counts.source_type.replace("", "unknown")
    voices = counts.assign(voice=counts.label.where(~unnamed, "not named: " + kinds))
    kept, note = d.largest(voices, "voice", "words")
    totals = voices.groupby("voice").words.sum()
    named = [voice for voice in kept if not voice.startswith("not named: ")]
    share = counts.words[unnamed].sum() / max(counts.words.sum(), 1)
    lead = (
        f"{named[0]} speaks most, {totals[named[0]]:,} of {counts.words.sum():,} words"
        if named
        else "Nobody is named"
    )
    finding = f"{lead}; {share:.0%} come from speakers without a name".replace("%", " %")
    order = kept[::-1]
    with mpl.rc_context(fname=d.STYLE):
        figure, axes = d.new_chart(len(order), f"Bar chart of quoted words per speaker: {finding}.")
        for place, voice in enumerate(order):
            left = 0
            for row in voices[voices.voice == voice].sort_values("source_type").itertuples():
                hatch = "" if row.label else "////"
                style = {
                    "color": _source_colour(row.source_type),
                    "hatch": hatch,
                    "edgecolor": "white",
                    "lw": 0,
                }
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
        figure, axes = d.new_chart(
            len(kept), f"Bar chart of independent origins per claim: {finding}."
        )
        axes.barh(range(len(kept)), [totals[claim] for claim in kept], color=d.STORY_COLOUR)
        names = [d.short_label(claim.rpartition(" ")[0].replace("_", " ")) for claim in kept]
        axes.set_yticks(range(len(kept)), names)
        d.give_links(
            axes.get_yticklabels(), [d.link_of(label=claim) for claim in kept]
        )  # bars may have no length
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.set_xlabel("independent origins")
        more = f" ({len(order) - len(kept)} more not drawn)" if len(order) > len(kept) else ""
        d.give_title(figure, title or finding + more)
    return figure
