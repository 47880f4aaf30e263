"""Show an article as a page on which spans are marked, with HTML and CSS but no scripts."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
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
from clippings.show.nested_marks import Element, Mark, nest_marks
from clippings.show.rules import describe_rule

MAX_CHARACTERS = 40_000  # maximum for a page; news articles of this length have about 3,500 marks
MAX_SWITCHES = 14  # number of labels in a layer that have their own switch; the others share one
MAX_OVERLAPS_LISTED = 6  # number of overlapping spans that the hint lists
MAX_CHARACTERS_OF_LINK = 40  # of the row that a speaker, cue or time is linked to
MAX_LAYERS_ON = 3  # layers that are switched on at first
# Line styles distinguish layers, and labels with the same colour.
LINE_STYLES = ("solid", "dotted", "dashed", "double")
DRAWN_LINKS = ("speaker", "cue", "time")  # links of a row that get a box in the colour of the row
HINT_COLUMNS = (
    "duplicate_status",
    "verdict",
)  # shown in hints, in addition to the columns of the table
# Rules of most rows of a table, which hints do not name: a capitalised name, an event of the list
USUAL_RULES = frozenset({"capitalised_name", "built_in"})
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


class ArticlePage(NamedTuple):
    """An article as a part of a report, without its style sheet."""

    html: str
    switches: list[str]  # the classes that its switches hide, see `page_style_sheet`


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
    than 7,000 marks. If more than four spans overlap, only the colours of the four shortest are
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
    legend = _layers(layers, article, len(row.text[:MAX_CHARACTERS]))
    title = article_name(articles, article)
    style = page_style_sheet(_switch_names(legend))
    html = _page(row.text, article, title, legend, style, None)
    lines = [wording.ARTICLE_HEAD.format(article=title)]
    for layer in legend:
        lines.extend(_plain_row(row) for row in layer.rows.itertuples())
    return HtmlView(html, "\n".join(lines))


def article_page(
    articles: pd.DataFrame, article: str, layers: Iterable[pd.DataFrame], places: Collection[str]
) -> ArticlePage:
    """Return an article as a part of a report, in which all pages share a style sheet.

    Parameters
    ----------
    articles : pandas.DataFrame
        The articles.
    article : str
        The id of the article.
    layers : iterable of pandas.DataFrame
        Span tables, as for `show_article`.
    places : collection of str
        The places that links lead to, such as "18b7cb09-136". Only their marks can be found by
        `data-at`.

    Returns
    -------
    ArticlePage
        The page.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, _ = cl.load_example()
    >>> page = article_page(articles, "06_water_falls.txt", [cl.find_passages(articles)], [])
    >>> page.html.count("<style"), page.html.count("data-at"), page.switches[:2]
    (0, 0, ['k0', 'k1'])
    """
    row = articles.set_index("article").loc[article]
    legend = _layers(tuple(layers), article, len(row.text[:MAX_CHARACTERS]))
    html = _page(row.text, article, article_name(articles, article), legend, Markup(""), places)
    return ArticlePage(html, _switch_names(legend))


def page_style_sheet(switches: Iterable[str]) -> Markup:
    """Return the style sheet of one or several article pages.

    Parameters
    ----------
    switches : iterable of str
        The classes that the switches of the pages hide.

    Returns
    -------
    markupsafe.Markup
        The style sheet.

    Examples
    --------
    >>> page_style_sheet(["k0", "k0"]).count("mark.k0")
    1
    """
    # The file is part of the library, and the rules consist of class names only.
    sheet = Path(__file__).with_name("article_page.css").read_text(encoding="utf-8")
    rules = (
        f".clip:has(input.{name}:not(:checked)) mark.{name}"
        "{background:none!important;border-color:transparent!important}\n"
        for name in dict.fromkeys(switches)
    )
    return Markup(sheet + "".join(rules))


def _switch_names(layers: list[Layer]) -> list[str]:
    """Return the classes of all labels and layers, which their switches hide."""
    names = []
    for layer in layers:
        names += [chip.look.name for chip in layer.chips]
        names.append(layer.css_class)
    return names


def _page(
    full_text: str,
    article: str,
    title: str,
    legend: list[Layer],
    style: Markup,
    places: Collection[str] | None,
) -> str:
    """Return the HTML of a page; without `places`, links can lead to all of its marks."""
    text = full_text[:MAX_CHARACTERS]
    marks = []
    for layer in legend:
        marks.extend(_marks(layer))

    marked = nest_marks(visible(text), marks)
    cut = ""
    if len(full_text) > marked.length:
        cut = wording.ARTICLE_CUT.format(shown=f"{marked.length:,}", total=f"{len(full_text):,}")

    return render(
        "article_page",
        style=style,
        title=title,
        article=article,
        legend=[layer for layer in legend if layer.chips],
        text=_write_marks(marked.pieces, page_key(article), places),
        cut=cut,
    )


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
        is_citation = label == wording.CITED_LABEL
        short_hint = "" if is_citation else wording.HINT_CELL.format(column=layer.name, value=label)
        yield Mark(row.end - row.start, row.start, row.end, classes, look.style, hint, short_hint)

        for role in DRAWN_LINKS:
            start = getattr(row, f"{role}_start", None)
            if pd.isna(start):
                continue
            start = int(start)
            end = int(getattr(row, f"{role}_end"))
            hint = wording.HINT_TIE.format(
                role=role, label=label, words=shorten(row.text, MAX_CHARACTERS_OF_LINK)
            )
            yield Mark(end - start, start, end, classes, look.box_style, hint, hint)


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
    if column == "rule" and value in USUAL_RULES:
        return ""
    if isinstance(value, pd.Timestamp):
        value = f"{value:%Y-%m-%d}"
    elif isinstance(value, float):
        value = f"{value:g}"
    elif column in WORDS_OF_CODES:
        value = WORDS_OF_CODES[column](value)
    return wording.HINT_CELL.format(column=column.replace("_", " "), value=value)


def _write_marks(
    pieces: list[Markup | Element], page: str, places: Collection[str] | None
) -> Markup:
    """Return the marked text.

    This is the only place that writes HTML without a template, because a page has thousands of
    pieces.
    """
    html = [
        _opening_tag(piece, page, places) if isinstance(piece, Element) else piece
        for piece in pieces
    ]
    return Markup("".join(html))


def _opening_tag(element: Element, page: str, places: Collection[str] | None) -> str:
    """Return the opening tag of a mark, with its hint and, where it begins, a tab stop."""
    mark = element.mark
    # Each outer mark extends lower, so that the lines of all marks are visible.
    padding = f";padding-bottom:{4 * element.levels_inside}px" if element.levels_inside else ""
    place = f"{page}-{element.start}"
    is_target = element.is_place and (places is None or place in places)
    target = f' data-at="{place}"' if is_target else ""
    tab_stop = ""
    hint = ""
    if not element.is_covered:
        tab_stop = ' tabindex="0"' if element.is_place else ""
        hints = "\n".join(_hints(element))
        hint = f' title="{escape(visible(hints))}"' if hints else ""
    return f'<mark{target}{tab_stop}{hint} class="{mark.classes}" style="{mark.style}{padding}">'


def _hints(element: Element) -> list[str]:
    """Return the hint of a mark, those of marks with the same text, and labels of larger marks."""
    mark = element.mark
    hints = [mark.hint]
    for outer in reversed(element.enclosing):
        is_same = (outer.start, outer.end) == (mark.start, mark.end)
        hints.append(outer.hint if is_same else outer.short_hint)
    hints = list(dict.fromkeys(filter(None, hints)))
    others = len(hints) - MAX_OVERLAPS_LISTED
    if others <= 0:
        return hints
    return [*hints[:MAX_OVERLAPS_LISTED], wording.HINTS_NOT_SHOWN.format(number=others)]
