"""Draw bar and dot charts of small tables; the title of each chart states the finding.

The alternative text of a chart is in `figure.get_label()`. If the counts have a column `title`, it
is used to name the articles. The colours are suitable for colour-blind readers and distinguishable
in greyscale.
"""

from collections import Counter
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from clippings.core.tables import STORY
from clippings.core.wording import count_noun, join_and
from clippings.show import wording
from clippings.show.chart_labels import short_label
from clippings.show.chart_style import ChartStyle, current_style, drawn_in, points
from clippings.show.figure import (
    add_legend,
    article_names,
    count_on_x_axis,
    fit_rows,
    give_title,
    join_notes,
    largest_groups,
    link_marks_to,
    link_of,
    new_chart,
    no_chart,
    redrawable,
    row_labels,
    shown_of,
)


class PagePart(NamedTuple):
    """A part of a page: zones that are drawn together."""

    code: str
    zones: tuple[str, ...]
    hatch: str


PAGE_PARTS = (
    PagePart("story", STORY, ""),
    PagePart("caption", ("caption", "byline", "sign-off"), "////"),
    PagePart("furniture", ("furniture", "form"), r"\\\\"),
    PagePart("comment", ("comment",), "xxxx"),
)
# The maximum number of numbers of groups on an axis.
MAX_GROUP_TICKS = 8
PART_OF_ZONE = {zone: part.code for part in PAGE_PARTS for zone in part.zones}
PART_OF_OTHER_ZONES = "furniture"

UNNAMED_HATCH = "////"
UNIDENTIFIED_HATCH = "xxxx"

KEY_WORDS_IN_TITLE = 3

TOPICS_IN_ALT = 5
ROWS_PER_BAR = 0.8  # of charts with narrow bars


@redrawable
def chart_zones(counts: pd.DataFrame, *, title: str | None = None) -> Figure:
    """Draw the amount of article text on each page.

    Parameters
    ----------
    counts : pandas.DataFrame
        The result of `count_words` by article and label (the zone). A column `title` names the
        articles.
    title : str, optional
        Title; by default the finding.

    Returns
    -------
    matplotlib.figure.Figure
        One bar per article, in words: article text, captions and credits, page furniture, comments.

    Raises
    ------
    KeyError
        If a column is missing.

    Notes
    -----
    The 30 articles with the most words are drawn (12 on slides).

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> zones = cl.count_words(cl.find_passages(articles), by=["article", "label"])
    >>> cl.chart_zones(zones).finding
    '86% of the words are article text.'
    """
    if counts.empty:
        return no_chart(wording.ZONES_EMPTY)

    part_codes = counts.label.map(PART_OF_ZONE).fillna(PART_OF_OTHER_ZONES)
    words = counts.pivot_table(
        index="article", columns=part_codes, values="words", aggfunc="sum", fill_value=0
    )
    words = words.reindex(columns=[part.code for part in PAGE_PARTS], fill_value=0)
    style = current_style()
    largest = largest_groups(counts, "article", "words")
    # The first article is at the top.
    drawn = sorted(largest[: style.chart_size.max_rows], reverse=True)

    total = int(words.to_numpy().sum())
    share = wording.percent(words["story"].sum() / max(total, 1))
    finding = wording.ZONES_FINDING.format(share=share)
    alt = wording.ZONES_ALT.format(share=share, words=count_noun(total, "word"))
    with drawn_in(style):
        figure, axes = new_chart(len(drawn), alt)
        left = np.zeros(len(drawn))
        for part in PAGE_PARTS:
            values = words.loc[drawn, part.code].to_numpy(dtype=float)
            bars = axes.barh(
                range(len(drawn)),
                values,
                left=left,
                label=wording.PAGE_PARTS[part.code],
                color=style.palette.page_parts[part.code],
                hatch=part.hatch,
                edgecolor=style.palette.paper,
                lw=0,
            )
            # A part without words also gets a link, which matches no row of the evidence.
            zones = sorted(set(counts.label[part_codes == part.code])) or list(part.zones)
            link_marks_to(bars, [link_of(article=article, label=zones) for article in drawn])
            left += values
        axes.set_yticks(range(len(drawn)), row_labels(article_names(counts, drawn)))
        fit_rows(axes, len(drawn))
        count_on_x_axis(axes, wording.ZONES_X_AXIS)
        add_legend(figure, "outside lower right", columns=4)
        note = shown_of(len(drawn), len(largest), wording.ZONES_NOTE)
        give_title(figure, title or finding, note)
    return figure


@redrawable
def chart_topics(counts: pd.DataFrame, *, title: str | None = None) -> Figure:
    """Draw the number of articles of each topic and its sub-topics.

    Parameters
    ----------
    counts : pandas.DataFrame
        The result of `count_topics`.
    title : str, optional
        Title; by default the finding.

    Returns
    -------
    matplotlib.figure.Figure
        One bar per topic, the most widespread at the top, followed by lighter bars for its
        sub-topics.

    Raises
    ------
    KeyError
        If a column is missing.

    Notes
    -----
    The first 30 topics are drawn (12 on slides), without sub-topics if these would make more bars.
    An article with several topics counts for each of them.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> topics = cl.find_topics(passages[passages.label.isin(cl.STORY)])
    >>> cl.chart_topics(cl.count_topics(topics, articles)).finding
    'The most widespread topic is “Tidewater Rail” (4 articles).'
    """
    if counts.empty:
        return no_chart(wording.TOPICS_EMPTY)

    is_topic = counts.parent == ""
    topics = counts[is_topic]
    finding = wording.TOPICS_FINDING.format(
        topic=topics.label.iloc[0],
        articles=count_noun(int(topics.articles.iloc[0]), "article"),
    )
    names = join_and(topics.label.head(TOPICS_IN_ALT).to_list())
    alt = wording.TOPICS_ALT.format(finding=finding, topics=names)

    style = current_style()
    max_rows = style.chart_size.max_rows
    shown = counts if len(counts) <= max_rows else topics
    rows = shown.head(max_rows).iloc[::-1].reset_index(drop=True)  # the first row is at the top
    is_subtopic = rows.parent != ""
    with drawn_in(style):
        figure, axes = new_chart(len(rows) * ROWS_PER_BAR, alt)
        for is_drawn, colour, legend in (
            (~is_subtopic, style.palette.main, wording.TOPIC_LEGEND),
            (is_subtopic, style.palette.secondary, wording.SUBTOPIC_LEGEND),
        ):
            drawn = rows[is_drawn]
            if drawn.empty:
                continue
            bars = axes.barh(drawn.index, drawn.articles, color=colour, label=legend, height=0.7)
            link_marks_to(bars, [_link_of_topic(row) for row in drawn.itertuples()])
        labels = [
            wording.SUBTOPIC_NAME.format(subtopic=row.label) if row.parent else row.label
            for row in rows.itertuples()
        ]
        axes.set_yticks(range(len(rows)), row_labels(labels))
        fit_rows(axes, len(rows))
        count_on_x_axis(axes, wording.TOPICS_X_AXIS)
        if is_subtopic.any():
            add_legend(figure, "outside lower right", columns=2)
        omits_subtopics = len(shown) < len(counts)
        notes = (
            shown_of(len(rows), len(shown), wording.TOPICS_NOTE),
            wording.TOPICS_NOTE_SUBTOPICS if omits_subtopics else "",
        )
        give_title(figure, title or finding, join_notes(notes))
    return figure


def _link_of_topic(row) -> str:
    """Return the link of a bar to the passages of its topic or sub-topic."""
    if row.parent:
        return link_of(label=row.parent, subtopic=row.label)
    return link_of(label=row.label)


@redrawable
def chart_keyness(counts: pd.DataFrame, *, title: str | None = None, n: int = 15) -> Figure:
    """Draw the words that are more frequent in one set of texts than in another.

    Parameters
    ----------
    counts : pandas.DataFrame
        The result of `count_keyness`.
    title : str, optional
        Title; by default the finding.
    n : int, default 15
        The number of words to draw (at most 12 on slides), starting with the most distinctive.

    Returns
    -------
    matplotlib.figure.Figure
        The log ratio of each word with its 95% interval.

    Raises
    ------
    KeyError
        If a column is missing.

    Notes
    -----
    Words that are less frequent in the target are omitted. See `count_keyness` for the method.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> is_first = passages.article == articles.article[0]
    >>> cl.chart_keyness(cl.count_keyness(passages[is_first], passages[~is_first])).finding
    'Key words: river and as.'
    """
    style = current_style()
    rows = counts[counts.log_ratio > 0].head(style.chart_size.limit_rows(n))
    if rows.empty:
        return no_chart(wording.KEYNESS_EMPTY)

    # A word appears in the title only if its whole interval is above 0.
    clear_words = rows[rows.low > 0].word.head(KEY_WORDS_IN_TITLE).to_list()
    finding = wording.KEYNESS_NOTHING_CLEAR
    if clear_words:
        finding = wording.KEYNESS_FINDING.format(words=join_and(clear_words))

    rows = rows.iloc[::-1]  # the first word is at the top
    places = range(len(rows))
    with drawn_in(style):
        alt = wording.KEYNESS_ALT.format(finding=finding)
        figure, axes = new_chart(len(rows) * ROWS_PER_BAR, alt)
        colour = style.palette.main
        axes.hlines(places, rows.low, rows.high, color=colour, lw=points(1.5))
        axes.plot(rows.log_ratio, places, "o", color=colour, ms=points(4))
        axes.axvline(0, color=style.palette.ink, lw=points(0.8))
        axes.set_yticks(places, row_labels(rows.word.tolist()))
        fit_rows(axes, len(rows))
        link_marks_to(axes.get_yticklabels(), [link_of(word=word) for word in rows.word])
        axes.set_xlabel(wording.KEYNESS_X_AXIS)
        give_title(figure, title or finding)
    return figure


@redrawable
def chart_stability(counts: pd.DataFrame, *, title: str | None = None) -> Figure:
    """Draw how good different numbers of groups of articles are.

    Parameters
    ----------
    counts : pandas.DataFrame
        The result of `count_stability`.
    title : str, optional
        Title; by default the finding.

    Returns
    -------
    matplotlib.figure.Figure
        On the left, the stability, with a line down to the least stable sample; on the right, the
        fit, and the score (stability times fit). If there is only one number of groups, the chart
        consists of a sentence.

    Raises
    ------
    KeyError
        If a column is missing.

    Notes
    -----
    Good groups are not necessarily meaningful; read the articles in each group.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> stability = cl.count_stability(cl.find_passages(articles), ks=[2, 3])
    >>> cl.chart_stability(stability).finding
    'No number of groups fits much better than chance.'
    """
    if counts.empty:
        return no_chart(wording.STABILITY_EMPTY)

    best = counts.loc[counts.score.idxmax()]
    values = {"stability": f"{best.stability:g}", "fit": f"{best.fit:g}"}
    if len(counts) == 1:
        return no_chart(wording.STABILITY_ONE_K.fill(int(best.k), **values))

    finding = wording.STABILITY_NONE_PROPOSED
    for row in counts[counts.proposed].itertuples():
        values = {"stability": f"{row.stability:g}", "fit": f"{row.fit:g}"}
        finding = wording.STABILITY_FINDING.fill(int(row.k), **values)
    if best.tried < best.articles:
        finding += wording.STABILITY_SAMPLE.format(
            tried=f"{int(best.tried):,}", articles=count_noun(int(best.articles), "article")
        )
    style = current_style()
    colour = style.palette.main
    ink = style.palette.ink
    with drawn_in(style):
        alt = wording.STABILITY_ALT.format(finding=finding)
        figure, (left, right) = new_chart(5, alt, ncols=2, sharey=True)
        left.vlines(counts.k, counts.lowest, counts.stability, color=colour, lw=points(1.5))
        left.plot(
            counts.k,
            counts.stability,
            "o-",
            color=colour,
            ms=points(4),
            label=wording.STABILITY_LEGEND,
        )
        right.plot(counts.k, counts.fit, "s-", color=ink, ms=points(4), label=wording.FIT_LEGEND)
        right.plot(
            counts.k, counts.score, "^--", color=ink, ms=points(4), label=wording.SCORE_LEGEND
        )
        lowest = counts[["lowest", "fit"]].min().min()  # both may be negative
        for axes in (left, right):
            axes.xaxis.set_major_locator(MaxNLocator(MAX_GROUP_TICKS, integer=True))
            axes.set_ylim(min(0, lowest) - 0.05, 1.05)
            axes.set_xlabel(wording.STABILITY_X_AXIS)
            axes.axhline(0, color=ink, lw=points(0.6))
        add_legend(figure, "outside lower left", columns=1)
        give_title(figure, title or finding)
    return figure


class SpeakerBar(NamedTuple):
    """A bar of the chart of speakers.

    The bar represents a named speaker, all unnamed speakers of one type of source, or all words
    whose speaker could not be identified.
    """

    label: str  # "" unless the speaker is named
    source_type: str  # "" unless the speakers are unnamed; a named speaker may have several types
    is_unnamed: bool  # whether the articles describe the speaker without a name

    @property
    def name(self) -> str:
        """Return the name on the axis."""
        if self.label:
            return self.label
        if not self.is_unnamed:
            return wording.UNIDENTIFIED_SPEAKER
        source_type = self.source_type or wording.UNKNOWN_SOURCE_TYPE
        return wording.UNNAMED_SPEAKER.format(source_type=source_type)

    @property
    def hatch(self) -> str:
        """Return the hatch of the bar."""
        if self.label:
            return ""
        return UNNAMED_HATCH if self.is_unnamed else UNIDENTIFIED_HATCH


def _speaker_bar(row: Any) -> SpeakerBar:
    """Return the bar that a row of the counts belongs to."""
    if row.label:
        return SpeakerBar(row.label, source_type="", is_unnamed=False)
    if row.anonymous:
        return SpeakerBar("", row.source_type, is_unnamed=True)
    return SpeakerBar("", source_type="", is_unnamed=False)


@redrawable
def chart_speakers(counts: pd.DataFrame, *, title: str | None = None) -> Figure:
    """Draw the number of words quoted from each speaker.

    Parameters
    ----------
    counts : pandas.DataFrame
        Words by label (the speaker; "" if there is no name), source_type and anonymous, as
        `count_words` counts them. Without the column anonymous, every row without a label counts
        as anonymous.
    title : str, optional
        Title; by default the finding.

    Returns
    -------
    matplotlib.figure.Figure
        A bar per speaker, coloured by type of source. Unnamed speakers are hatched, with one bar
        per type; words whose speaker could not be identified are cross-hatched, in one bar.

    Raises
    ------
    KeyError
        If a column is missing.

    Notes
    -----
    The 30 speakers with the most words are drawn (12 on slides).

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> quotes = cl.drop_duplicates(cl.find_all(articles, codebook)["quotes"])
    >>> cl.chart_speakers(cl.count_words(quotes, by=["label", "source_type", "anonymous"])).finding
    'River Lenn Authority is quoted most (137 of 766 words); unnamed speakers account for 5%.'
    """
    if counts.empty:
        return no_chart(wording.SPEAKERS_EMPTY)

    if "anonymous" not in counts:
        counts = counts.assign(anonymous=counts.label == "")
    rows_of: dict[SpeakerBar, list] = {}
    for row in counts.sort_values("source_type", kind="stable").itertuples():
        rows_of.setdefault(_speaker_bar(row), []).append(row)
    words = {speaker: sum(row.words for row in rows) for speaker, rows in rows_of.items()}
    style = current_style()
    largest = sorted(words, key=lambda speaker: (-words[speaker], speaker.name))
    drawn = largest[: style.chart_size.max_rows][::-1]  # the first speaker is at the top

    finding = _finding_about_speakers(largest, words)
    with drawn_in(style):
        figure, axes = new_chart(len(drawn), wording.SPEAKERS_ALT.format(finding=finding))
        for place, speaker in enumerate(drawn):
            left = 0
            for row in rows_of[speaker]:
                bars = axes.barh(
                    place,
                    row.words,
                    left=left,
                    color=_source_colour(row.source_type, style),
                    hatch=speaker.hatch,
                    edgecolor=style.palette.paper,
                    lw=0,
                )
                link = link_of(
                    label=row.label, source_type=row.source_type, anonymous=row.anonymous
                )
                link_marks_to(bars, [link])
                left += row.words
        axes.set_yticks(range(len(drawn)), row_labels([speaker.name for speaker in drawn]))
        fit_rows(axes, len(drawn))
        count_on_x_axis(axes, wording.SPEAKERS_X_AXIS)
        drawn_rows = chain.from_iterable(rows_of[speaker] for speaker in drawn)
        source_types = sorted({row.source_type for row in drawn_rows})
        add_legend(
            figure,
            "outside lower right",
            columns=5,
            handles=[_source_patch(source_type, style) for source_type in source_types],
            title=wording.SPEAKERS_LEGEND_TITLE,
            title_fontsize=points(8),
        )
        note = shown_of(len(drawn), len(largest), wording.SPEAKERS_NOTE)
        give_title(figure, title or finding, note)
    return figure


def _finding_about_speakers(largest: list[SpeakerBar], words: dict[SpeakerBar, int]) -> str:
    """Return who is quoted most, and how much comes from unnamed speakers."""
    named = [speaker for speaker in largest if speaker.label]
    if not named:
        return wording.SPEAKERS_NONE_NAMED
    all_words = sum(words.values())
    unnamed_words = sum(words[speaker] for speaker in largest if speaker.is_unnamed)
    return wording.SPEAKERS_FINDING.format(
        speaker=named[0].label,
        words=f"{words[named[0]]:,}",
        all_words=count_noun(all_words, "word"),
        share=wording.percent(unnamed_words / max(all_words, 1)),
    )


def _source_colour(source_type: str, style: ChartStyle) -> str:
    """Return the colour of a type of source."""
    return style.palette.source_types.get(source_type, style.palette.other_source)


def _source_patch(source_type: str, style: ChartStyle) -> Patch:
    """Return the entry of a type of source in the legend."""
    label = short_label(source_type or wording.UNKNOWN_SOURCE_TYPE)
    return Patch(color=_source_colour(source_type, style), lw=0, label=label)


@redrawable
def chart_origins(counts: pd.DataFrame, *, title: str | None = None, n: int = 20) -> Figure:
    """Draw how many independent sources each claim has.

    Parameters
    ----------
    counts : pandas.DataFrame
        The table of `count_origins`.
    title : str, optional
        Title; by default the finding.
    n : int, default 20
        Number of claims to draw (at most 12 on slides): those with the most sources first, then
        those with the most mentions.

    Returns
    -------
    matplotlib.figure.Figure
        A bar per claim.

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> tables = cl.find_all(articles, codebook)
    >>> quotes, repeats = tables["quotes"], tables["repeats"]
    >>> origins = cl.count_origins(tables["claims"], quotes, repeats, articles)
    >>> cl.chart_origins(origins).finding
    '20 of 21 claims have no more than one independent source.'
    """
    if counts.empty:
        return no_chart(wording.ORIGINS_EMPTY)

    independent = counts[counts.folded_into == ""]
    claims = counts.claim.unique()
    totals = independent.groupby("claim").origin.nunique().reindex(claims, fill_value=0)
    mentions = counts.groupby("claim")["mentions"].sum()
    order = sorted(totals.index, key=lambda claim: (-totals[claim], -mentions[claim], claim))
    style = current_style()
    drawn = order[: style.chart_size.limit_rows(n)][::-1]  # the first claim is at the top

    finding = _finding_about_origins(totals)
    names = _claim_names(counts)
    with drawn_in(style):
        figure, axes = new_chart(len(drawn), wording.ORIGINS_ALT.format(finding=finding))
        widths = [totals[claim] for claim in drawn]
        axes.barh(range(len(drawn)), widths, color=style.palette.main)
        axes.set_yticks(range(len(drawn)), row_labels([names[claim] for claim in drawn]))
        fit_rows(axes, len(drawn))
        # The names are the links, because bars may have no length.
        link_marks_to(axes.get_yticklabels(), [link_of(label=claim) for claim in drawn])
        count_on_x_axis(axes, wording.ORIGINS_X_AXIS)
        note = shown_of(len(drawn), len(order), wording.ORIGINS_NOTE)
        give_title(figure, title or finding, note)
    return figure


def _finding_about_origins(totals: pd.Series) -> str:
    """Return a sentence about how many claims have no more than one independent source."""
    with_one_source = int((totals <= 1).sum())
    if with_one_source == len(totals):
        return wording.ORIGINS_NONE_SEVERAL.fill(len(totals))
    return wording.ORIGINS_FINDING.fill(with_one_source, claims=count_noun(len(totals), "claim"))


def _claim_names(counts: pd.DataFrame) -> dict[str, str]:
    """Return the name of each claim on the axis: its kind and place if these distinguish it."""
    if not {"kind", "place"} <= set(counts.columns):
        return {claim: wording.label_words(claim) for claim in counts.claim}
    names = {}
    for claim, kind, place in zip(counts.claim, counts.kind, counts.place, strict=True):
        template = wording.CLAIM_NAME_WITH_PLACE if place else wording.CLAIM_NAME
        names[claim] = template.format(kind=wording.label_words(kind), place=place)
    uses = Counter(names.values())
    return {
        claim: name if uses[name] == 1 else wording.label_words(claim)
        for claim, name in names.items()
    }
