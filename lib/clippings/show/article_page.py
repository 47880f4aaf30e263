"""Show an article as a page on which spans are marked, with HTML and CSS but no scripts."""

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup, escape

from clippings.actors.wording import describe_reference
from clippings.core.languages import has_finders
from clippings.core.tables import COLUMNS, SPAN, in_order, table_of
from clippings.core.wording import article_name, shorten
from clippings.show import wording
from clippings.show.html import COLOURS, HtmlView, page_key, render, visible
from clippings.show.rules import describe_rule

MAX_CHARACTERS = 40_000  # maximum for a page; news articles of this length have about 3,500 marks
MAX_MARKS = 7_000  # maximum for a page; a browser needs about half a second for this many
MAX_SWITCHES = 14  # number of labels in a layer that have their own switch; the others share one
MAX_OVERLAPS_DRAWN = 4  # number of overlapping spans whose colours are visible
MAX_OVERLAPS_LISTED = 6  # number of overlapping spans that the hint lists
MAX_LAYERS_ON = 3  # layers that are switched on at first
# Line styles distinguish layers, and labels with the same colour.
LINE_STYLES = ("solid", "dotted", "dashed", "double")
DRAWN_LINKS = ("speaker", "cue", "time")  # links of a row that get a box in the colour of the row
HINT_COLUMNS = (
    "duplicate_status",
    "verdict",
)  # shown in hints, in addition to the columns of the table
# Columns that contain codes, and the functions that describe these codes.
WORDS_OF_CODES = {"rule": describe_rule, "reference": describe_reference}


class Look(NamedTuple):
    """The look of the spans of a label."""

    name: str  # the CSS class by which its switch hides the marks
    colour: str
    line: str

    @property
    def style(self) -> str:
        """Return the style of a mark: its background and line."""
        return (
            f"background:{self.colour}30;color:inherit;border-bottom:2px {self.line} {self.colour}"
        )

    @property
    def box_style(self) -> str:
        """Return the style of the dashed box around a span that a row is linked to."""
        return f"background:{self.colour}30;color:inherit;border:1px dashed {self.colour}"


class Chip(NamedTuple):
    """A switch in the legend, for labels with the same look."""

    name: str
    rows: int
    look: Look


class Layer(NamedTuple):
    """A span table on the page."""

    name: str  # of the kind of table
    rows: pd.DataFrame  # those of this article
    chips: list[Chip]
    looks: dict[str, Look]  # by label
    css_class: str
    switch: str  # the class, if the layer has its own switch
    is_on: bool


class Mark(NamedTuple):
    """A span to be marked. Marks are sorted by length, so that the shortest is innermost."""

    length: int
    start: int
    end: int
    classes: str
    style: str
    hint: str


def show_article(articles: pd.DataFrame, article: str, *layers: pd.DataFrame) -> HtmlView:
    """Show the text of an article with the spans of any span tables marked in colour.

    Parameters
    ----------
    articles : pandas.DataFrame
        The articles.
    article : str
        The id of the article to show.
    *layers : pandas.DataFrame
        Span tables. Each table is a layer with its own line style.

    Returns
    -------
    HtmlView
        The page, below a legend whose switches hide a label or a layer. Only the first three layers
        are visible initially. Hovering, pressing the Tab key or clicking shows the label, the rule
        and other columns. Speakers, cues and times that are linked to a row have its colour and a
        dashed box. In plain text, the spans are listed one per line.

    Raises
    ------
    KeyError
        If there is no such article.

    Notes
    -----
    Only the first 40,000 characters of a very long article are shown, or fewer if they contain more
    than 5,000 marks. If more than four spans overlap, only the colours of the four shortest are
    visible. Switches work only in trusted notebooks.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> themes = cl.find_all(articles, codebook)["themes"]
    >>> cl.show_article(articles, "01_river_rises.txt", themes.head(2))
    [article] River Lenn rises fast as snow melts in the hills
      0:48 river_level: River Lenn rises fast as snow melts in the hills
      136:343 river_level: Water levels in the River Lenn rose by almost a metre over the past…
    """
    row = articles.set_index("article").loc[article]
    text = row.text[:MAX_CHARACTERS]
    legend = _layers(layers, article, len(text))
    marks = []
    for layer in legend:
        marks.extend(_marks(layer))

    marked, shown_length = _marked_text(visible(text), marks, page_key(article))
    cut = ""
    if len(row.text) > shown_length:
        cut = wording.ARTICLE_CUT.format(shown=f"{shown_length:,}", total=f"{len(row.text):,}")

    title = article_name(articles, article)
    html = render(
        "article_page",
        style=_style_sheet(),
        switch_rules=_switch_rules(legend),
        title=title,
        article=article,
        legend=[layer for layer in legend if layer.chips],
        text=marked,
        cut=cut,
    )
    head = wording.ARTICLE_HEAD.format(article=title)
    lines = [head]
    for layer in legend:
        lines.extend(_plain_row(row) for row in layer.rows.itertuples())
    return HtmlView(html, "\n".join(lines))


@cache
def _style_sheet() -> Markup:
    """Return the style sheet of a page, which is part of the library and needs no escaping."""
    path = Path(__file__).with_name("article_page.css")
    return Markup(path.read_text(encoding="utf-8"))


def _plain_row(row) -> str:
    """Return a span on one line."""
    return f"  {row.start}:{row.end} {row.label or wording.NO_LABEL}: {shorten(row.text)}"


def _layers(tables: tuple[pd.DataFrame, ...], article: str, length: int) -> list[Layer]:
    """Return the tables as layers, with their visible rows and a look for every label.

    A label has the same look on the pages of all articles, provided that there are enough looks for
    all labels of its table.
    """
    layers = []
    first_look = 0  # each table starts with the look that follows those of the previous table
    first_class = 0
    for number, table in enumerate(tables):
        rows = in_order(table[(table.article == article) & (table.start < length)])
        counts = _count_labels(rows)
        all_labels = list(_count_labels(table))
        if len(all_labels) > len(COLOURS) * len(LINE_STYLES):
            all_labels = list(counts)

        chips = []
        looks = {}
        for labels in _groups_of_labels(list(counts)):
            place = first_look + all_labels.index(labels[0])
            look = Look(
                name=f"k{first_class + len(chips)}",
                colour=COLOURS[place % len(COLOURS)],
                line=LINE_STYLES[(number + place // len(COLOURS)) % len(LINE_STYLES)],
            )
            chips.append(Chip(_chip_name(labels), sum(counts[label] for label in labels), look))
            looks |= dict.fromkeys(labels, look)

        css_class = f"l{number}"
        layer = Layer(
            name=(table_of(table.columns) or "passages"),
            rows=rows,
            chips=chips,
            looks=looks,
            css_class=css_class,
            switch=css_class if len(tables) > 1 else "",
            is_on=number < MAX_LAYERS_ON,
        )
        layers.append(layer)
        first_look += len(all_labels)
        first_class += len(chips)
    return layers


def _count_labels(table: pd.DataFrame) -> dict[str, int]:
    """Return the number of rows for each label, starting with the most frequent label."""
    counts = Counter(table.label)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _groups_of_labels(labels: list[str]) -> Iterator[list[str]]:
    """Yield each frequent label for itself, and all others together."""
    for label in labels[:MAX_SWITCHES]:
        yield [label]
    if len(labels) > MAX_SWITCHES:
        yield labels[MAX_SWITCHES:]


def _chip_name(labels: list[str]) -> str:
    """Return the name of a group of labels in the legend."""
    if len(labels) == 1:
        return labels[0] or wording.NO_LABEL
    return wording.OTHER_LABELS.format(number=len(labels))


def _switch_rules(layers: list[Layer]) -> Markup:
    """Return style rules that hide the marks of a class whose switch is off."""
    classes = []
    for layer in layers:
        classes += [chip.look.name for chip in layer.chips]
        classes.append(layer.css_class)
    rules = (
        f".clip:has(input.{name}:not(:checked)) mark.{name}"
        "{background:none!important;border-color:transparent!important}\n"
        for name in classes
    )
    return Markup("".join(rules))  # consists of class names only


def _marks(layer: Layer) -> Iterator[Mark]:
    """Yield a mark for each row and for each span that it is linked to."""
    own_columns = [
        name
        for name in (*COLUMNS[layer.name], *HINT_COLUMNS)
        if name in layer.rows.columns and name not in SPAN and not name.endswith(("_start", "_end"))
    ]
    for row in layer.rows.itertuples():
        look = layer.looks[row.label]
        label = row.label or wording.NO_LABEL
        classes = f"{look.name} {layer.css_class}"
        cells = (_cell_words(column, getattr(row, column)) for column in own_columns)
        hint = "; ".join([label, *filter(None, cells)])
        yield Mark(row.end - row.start, row.start, row.end, classes, look.style, hint)

        for role in DRAWN_LINKS:
            start = getattr(row, f"{role}_start", None)
            if pd.isna(start):
                continue
            start = int(start)
            end = int(getattr(row, f"{role}_end"))
            hint = wording.HINT_TIE.format(role=role, label=label, words=shorten(row.text))
            yield Mark(end - start, start, end, classes, look.box_style, hint)


def _cell_words(column: str, value) -> str:
    """Return a cell of a row for its hint; "" if it is empty or self-evident."""
    if value is True:
        return column
    if pd.isna(value) or value is False or value == "":
        return ""
    if column == "duplicate_status" and value == "first":
        return ""
    if column == "language" and has_finders(value):
        return ""
    if isinstance(value, pd.Timestamp):
        value = f"{value:%Y-%m-%d}"
    elif isinstance(value, float):
        value = f"{value:g}"
    elif column in WORDS_OF_CODES:
        value = WORDS_OF_CODES[column](value)
    return wording.HINT_CELL.format(column=column.replace("_", " "), value=value)


def _marked_text(text: str, marks: list[Mark], page: str) -> tuple[Markup, int]:
    """Divide the text at the ends of spans, and wrap each piece in the shortest spans.

    Return the text, and the number of characters that are shown before there are too many marks.

    This is the only place that writes HTML without a template, because a page has thousands of
    pieces.
    """
    opening = defaultdict(list)
    closing = defaultdict(list)
    for mark in sorted(mark for mark in marks if mark.start < len(text)):
        opening[mark.start].append(mark)
        closing[min(mark.end, len(text))].append(mark)

    pieces = []
    number_of_marks = 0
    marks_here: list[Mark] = []  # the spans that cover the piece, shortest first
    for start, end in pairwise(sorted({0, len(text), *opening, *closing})):
        for mark in closing[start]:
            if mark.start < start:
                marks_here.remove(mark)
        for mark in opening[start]:
            if mark.end > start:
                insort(marks_here, mark)

        if number_of_marks > MAX_MARKS:
            return Markup("".join(pieces)), start
        words = text[start:end]
        piece = escape(words)
        if marks_here and not words.isspace():
            place = f"{page}-{start}" if opening[start] else ""
            piece = _wrapped(piece, marks_here, place)
            number_of_marks += min(len(marks_here), MAX_OVERLAPS_DRAWN)
        pieces.append(piece)
    return Markup("".join(pieces)), len(text)


def _wrapped(piece: Markup, marks: list[Mark], place: str) -> str:
    """Wrap a piece of text in its marks; the innermost has all hints, and a tab stop."""
    hints = list(dict.fromkeys(mark.hint for mark in marks))
    shown_hints = hints[:MAX_OVERLAPS_LISTED]
    if len(hints) > MAX_OVERLAPS_LISTED:
        others = len(hints) - MAX_OVERLAPS_LISTED
        shown_hints.append(wording.HINTS_NOT_SHOWN.format(number=others))

    attributes = f' title="{escape(visible(chr(10).join(shown_hints)))}"'
    if place:
        attributes = f' tabindex="0" data-at="{place}"{attributes}'
    html = piece
    for depth, mark in enumerate(marks[:MAX_OVERLAPS_DRAWN]):
        # Each outer mark extends lower, so that the lines of all marks are visible.
        padding = f";padding-bottom:{4 * depth}px" if depth else ""
        html = (
            f'<mark class="{mark.classes}" style="{mark.style}{padding}"{attributes}>{html}</mark>'
        )
        attributes = ""
    return html
