"""One article as a page with the spans of any tables in colour: HTML and CSS, no script; every text is escaped."""

from bisect import insort
from collections import Counter, defaultdict
from html import escape
from itertools import pairwise
from pathlib import Path

import pandas as pd

from clippings.core.tables import COLUMNS, SPAN, in_order
from clippings.core.wording import article_name, short
from clippings.show.html import COLOURS, NO_LABEL, Shown, page_key

MOST_CHARACTERS = 40_000
MOST_SWITCHES = 14  # labels of a layer with a switch of their own; the others share one
DEEPEST, MOST_TOLD = 4, 6  # spans drawn one over the other; spans that a hint tells
LINES = (
    "solid",
    "dotted",
    "dashed",
    "double",
)  # layers, and labels that share a colour, differ in line too
TIED = ("speaker", "cue", "time")  # links drawn in their row's colour
MOST_ON = 3  # layers switched on at first
STYLE = Path(__file__).with_name("article_page.css").read_text(encoding="utf-8")


def show_article(articles: pd.DataFrame, article: str, *layers: pd.DataFrame) -> Shown:
    """One article as it stands, with the spans of any span tables marked in colour.

    In: articles; the id of one; span tables, each a layer with its own line. Out: the page with a legend whose
    switches take a label, or a layer, off (from the fourth layer on they are off at first); hovering, the Tab key or
    a click tells label, rule and evidence. Speakers, cues and times that a row is tied to have its colour, in a dashed
    box. Of a very long page the first 40,000 characters.
    Raises: KeyError when the article is not there. Misses: where more than four spans overlap, the colours of the
    four shortest show, and six are told. Switches need a trusted notebook. Source: none.
    Example:
        >>> from clippings.corpus.reader import read_articles
        >>> articles = read_articles("tests/corpora/flood")
        >>> show_article(articles, articles.article[0])
        [page] River Lenn rises fast as snow melts in the hills
    """
    row = articles.set_index("article").loc[article]
    text = row.text[:MOST_CHARACTERS]
    own = [
        in_order(layer[(layer.article == article) & (layer.start < len(text))]) for layer in layers
    ]
    kinds = [_kind(layer) for layer in layers]
    legend, rules, looks = _legend(own, kinds, [_order(layer) for layer in layers])
    marks = [
        m for number, layer in enumerate(own) for m in _marks(layer, number, kinds[number], looks)
    ]
    cut = (
        f"<p>First {MOST_CHARACTERS:,} of {len(row.text):,} characters.</p>"
        if len(row.text) > len(text)
        else ""
    )
    html = (
        f'<article class="clip"><style>{STYLE}{rules}</style>'
        f"<p><strong>{escape(article_name(articles, article))}</strong><br><small>{escape(article)}</small></p>{legend}"
        f'<div class="clip-page" dir="auto" style="white-space:pre-wrap;max-width:46em;line-height:1.9">'
        f"{_marked(text, marks, page_key(article))}</div>{cut}</article>"
    )
    rows = (row for layer in own for row in layer.itertuples())
    listing = [
        f"  {row.start}:{row.end} {row.label or NO_LABEL}: {short(row.text)}" for row in rows
    ]
    return Shown(html, "\n".join([f"[page] {article_name(articles, article)}", *listing]))


def _kind(layer: pd.DataFrame) -> str:
    """Which table it is, by its columns."""
    fitting = [
        name
        for name, columns in COLUMNS.items()
        if "start" in columns and set(columns) <= set(layer.columns)
    ]
    return max(fitting, key=lambda name: len(COLUMNS[name]), default="passages")


def _order(table: pd.DataFrame) -> dict[str, int]:
    """The labels of a table with their numbers of rows, the most frequent first."""
    counts = Counter(label or NO_LABEL for label in table.label)
    return {
        label: counts[label] for label in sorted(counts, key=lambda label: (-counts[label], label))
    }


def _legend(
    layers: list[pd.DataFrame], kinds: list[str], everywhere: list[dict]
) -> tuple[str, str, dict]:
    """Switches with the number of rows, the rules that make them work, and the look of each layer's labels.

    A label has one look on all pages of a table, where there are looks enough for all its labels.
    """
    html, rules, looks, number, base = [], [], {}, 0, 0
    for layer, (table, kind) in enumerate(zip(layers, kinds, strict=True)):
        counts = _order(table)
        order, every = list(counts), list(everywhere[layer])
        every = every if len(every) <= len(COLOURS) * len(LINES) else order
        groups = [[label] for label in order[:MOST_SWITCHES]] + [order[MOST_SWITCHES:]] * (
            len(order) > MOST_SWITCHES
        )
        on = " checked" if layer < MOST_ON else ""
        switch = f'<input type="checkbox" class="l{layer}"{on} style="display:none">'
        chips = [f"<label>{switch}<strong>{kind}</strong></label>"]
        for group in groups:
            place = base + every.index(group[0])
            line = LINES[(layer + place // len(COLOURS)) % len(LINES)]
            look = f"k{number}", COLOURS[place % len(COLOURS)], line
            name = group[0] if len(group) == 1 else f"{len(group)} others"
            chips.append(
                f'<label style="{_line(*look[1:])}"><input type="checkbox" class="{look[0]}" checked '
                f'style="display:none">{escape(name)} ({sum(counts[label] for label in group)})</label>'
            )
            looks |= {(layer, label): look for label in group}
            rules.append(_rule(look[0]))
            number += 1
        base += len(every)
        rules.append(_rule(f"l{layer}"))
        if groups:
            html.append(
                f'<p class="clip-legend" style="max-width:60em">{" ".join(chips[len(layers) == 1 :])}</p>'
            )
    return "".join(html), "".join(rules), looks


def _rule(name: str) -> str:
    return (
        f".clip:has(input.{name}:not(:checked)) mark.{name}"
        "{background:none!important;border-color:transparent!important}\n"
    )


def _line(colour: str, line: str) -> str:
    return f"background:{colour}30;color:inherit;border-bottom:2px {line} {colour}"


def _marks(table: pd.DataFrame, layer: int, kind: str, looks: dict) -> list[tuple]:
    """Length, start, end, look and hint of each row, and of what it is tied to."""
    told = [
        name
        for name in [*COLUMNS[kind], "duplicate_status", "verdict"]
        if name not in SPAN and name in table.columns
    ]
    told = [name for name in told if not name.endswith(("_start", "_end"))]
    found = []
    for row in table.itertuples():
        label = row.label or NO_LABEL
        name, colour, line = looks[layer, label]
        hint = "; ".join(
            [label, *(said for column in told if (said := _told(column, getattr(row, column))))]
        )
        classes, style = f"{name} l{layer}", _line(colour, line)
        found.append((row.end - row.start, row.start, row.end, classes, style, hint))
        for tie in TIED:
            start, end = getattr(row, f"{tie}_start", None), getattr(row, f"{tie}_end", None)
            if not pd.isna(start):
                box = f"background:{colour}30;color:inherit;border:1px dashed {colour}"
                words = f"{tie} of {label}: {short(row.text)}"
                found.append((int(end) - int(start), int(start), int(end), classes, box, words))
    return found


def _told(column: str, value) -> str:
    """A cell of a row in words; nothing where it is empty or goes without saying."""
    if value is True:
        return column
    if (
        pd.isna(value)
        or value is False
        or value == ""
        or (column, value) == ("duplicate_status", "first")
    ):
        return ""
    form = (
        "%Y-%m-%d" if isinstance(value, pd.Timestamp) else "g" if value.__class__ is float else ""
    )
    return f"{column.replace('_', ' ')}: {value:{form}}"


def _marked(text: str, marks: list[tuple], page: str) -> str:
    """The text cut wherever a span starts or ends, each piece wrapped in the shortest spans over it."""
    opening, closing = defaultdict(list), defaultdict(list)
    for each in sorted(m for m in marks if m[1] < len(text)):
        opening[each[1]].append(each)
        closing[min(each[2], len(text))].append(each)
    parts, over = [], []
    for start, end in pairwise(sorted({0, len(text), *opening, *closing})):
        for each in closing[start]:
            if each[1] < start:
                over.remove(each)
        for each in opening[start]:
            if each[2] > start:
                insort(over, each)
        piece, place = escape(text[start:end]), f"{page}-{start}" if opening[start] else ""
        parts.append(_wrapped(piece, over, place) if over and piece.strip() else piece)
    return "".join(parts)


def _wrapped(piece: str, over: list[tuple], place: str) -> str:
    """A piece in its spans, the shortest inside; the hint tells all, and where a span starts the Tab key stops."""
    hints = list(dict.fromkeys(each[5] for each in over))
    more = [f"and {len(hints) - MOST_TOLD} more"] if len(hints) > MOST_TOLD else []
    stop = f' tabindex="0" data-at="{place}"' if place else ""
    title = f'{stop} title="{escape(chr(10).join(hints[:MOST_TOLD] + more))}"'
    for depth, (*_, classes, style, _) in enumerate(over[:DEEPEST]):
        low = f";padding-bottom:{4 * depth}px" if depth else ""
        piece = f'<mark class="{classes}" style="{style}{low}"{title}>{piece}</mark>'
        title = ""
    return piece
