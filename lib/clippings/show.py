"""Passages on the page: HTML without script or style sheet, with a plain-text form; every text is escaped."""

import itertools
from collections.abc import Iterable
from html import escape

import pandas as pd
from rapidfuzz.distance import Indel

from clippings.tables import cited, in_order
from clippings.text import fold, word_spans

# Paul Tol's "bright" and "muted" schemes, safe for colour-blind readers; the tint is see-through, for dark pages too.
COLOURS = ["#4477AA", "#EE6677", "#228833", "#CCBB44", "#66CCEE", "#AA3377", "#BBBBBB", "#999933", "#44AA99", "#882255"]
MOST_CHARACTERS = 20_000
WINDOW = 4000  # words aligned at once: the cost grows with their square
MOST_EQUAL, ENDS = 100, 40  # of more equal words than that, so many are shown at either end
AROUND = 60
NO_LABEL = "not named"  # a quotation whose speaker the article does not name
EDITS = {  # what is said of an edit, element and style: told apart by line, not by colour alone
    "delete": ("only in the first", "del", "background:#EE667740;color:inherit;text-decoration:line-through"),
    "insert": ("only in the copy", "ins", "background:#22883340;color:inherit;text-decoration:underline"),
    "replace": ("put otherwise", "mark", "background:#CCBB4440;color:inherit;border:1px dashed"),
}
CELL = "padding:.3em .6em;text-align:left;vertical-align:top"


class Shown:
    """Something to look at: HTML in JupyterLab and reports, plain text elsewhere."""

    def __init__(self, html: str, plain: str):
        self.html, self.plain = html, plain

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.plain


def article_name(articles: pd.DataFrame, article: str) -> str:
    """What a reader calls an article: its title, else its id.

    In: articles; an id. Out: a string. Raises: nothing. Misses: two articles may have one title. Source: none.
    Example:
        >>> from clippings.tables import make_table
        >>> article_name(make_table("articles"), "a.txt")
        'a.txt'
    """
    titles = articles.loc[articles.article == article, "title"]
    return titles.iloc[0] if len(titles) and titles.iloc[0] else article


def show_article(articles: pd.DataFrame, article: str, *layers: pd.DataFrame) -> Shown:
    """One article as it stands, with the spans of any span tables marked in colour.

    In: articles; the id of one; span tables. Out: the page with a legend; hovering tells label and rule. Of a
    very long page the first 20,000 characters.
    Raises: KeyError when the article is not there. Misses: where more than two spans overlap, the colours of the
    two shortest show (hover tells all). Source: none.
    Example:
        >>> from clippings.read import read_articles
        >>> articles = read_articles("tests/corpora/flood")
        >>> show_article(articles, articles.article[0])
        [page] River Lenn rises fast as snow melts in the hills
    """
    row = articles.set_index("article").loc[article]
    text = row.text[:MOST_CHARACTERS]
    rows = [
        r for layer in layers for r in in_order(layer[layer.article == article]).itertuples() if r.start < len(text)
    ]
    labels = sorted({r.label for r in rows})
    colours = {label: COLOURS[number % len(COLOURS)] for number, label in enumerate(labels)}
    counts = pd.Series([r.label for r in rows], dtype="str").value_counts()
    legend = " ".join(f"{_mark(escape(label), [colours[label]], '')} {counts[label]} " for label in labels)
    cut = f"<p>First {MOST_CHARACTERS:,} of {len(row.text):,} characters.</p>" if len(row.text) > len(text) else ""
    html = (
        f"<article><p><strong>{escape(article_name(articles, article))}</strong><br>"
        f"<small>{escape(article)}</small></p><p>{legend}</p>"
        f'<div dir="auto" style="white-space:pre-wrap;max-width:46em;line-height:1.6">'
        f"{_marked(text, rows, colours)}</div>"
        f"{cut}</article>"
    )
    listing = [f"  {r.start}:{r.end} {r.label}: {_short(r.text)}" for r in rows]
    return Shown(html, "\n".join([f"[page] {article_name(articles, article)}", *listing]))


def _marked(text: str, rows: list, colours: dict[str, str]) -> str:
    """The text cut wherever a span starts or ends, each piece wrapped in the spans over it."""
    edges = sorted({0, len(text), *(r.start for r in rows), *(min(r.end, len(text)) for r in rows)})
    opening: dict[int, list] = {}
    for r in rows:
        opening.setdefault(r.start, []).append(r)
    parts, over = [], []
    for start, end in itertools.pairwise(edges):
        over = [r for r in over if r.end > start] + opening.get(start, [])
        piece = escape(text[start:end])
        inner = sorted((r for r in over if r.end > start), key=lambda r: r.end - r.start)
        if inner and piece.strip():
            hint = "; ".join(f"{r.label} ({r.rule})" if r.rule else r.label for r in inner)
            piece = _mark(piece, [colours[r.label] for r in inner[:2]], hint)
        parts.append(piece)
    return "".join(parts)


def _mark(html: str, colours: list[str], hint: str) -> str:
    line = f"border-bottom:2px solid {colours[-1]}"
    title = f' title="{escape(hint)}"' if hint else ""
    return f'<mark{title} style="background:{colours[0]}40;color:inherit;{line}">{html}</mark>'


def _short(text: str, most: int = 70) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def show_evidence(table: pd.DataFrame, articles: pd.DataFrame, *, n: int = 5, sort: str | None = None) -> Shown:
    """Rows of a span table with the words around them.

    In: any span table; articles; n, how many rows (labels take turns); sort: "right" or "left" puts all rows in
    the order of the words after or before the span (a concordance), None in the order of place.
    Out: a table: label, words before, span, words after, article. Raises: KeyError for another sort.
    Misses: the rows beyond n. Source: KWIC.
    Example:
        >>> from clippings.tables import make_table
        >>> show_evidence(make_table("themes"), make_table("articles"))
        nothing found
    """
    if table.empty:
        return Shown("<p>nothing found</p>", "nothing found")
    texts = dict(zip(articles.article, articles.text, strict=True))
    ordered = in_order(table)
    keys = {
        None: lambda r: 0,
        "right": lambda r: texts[r.article][r.end : r.end + AROUND].strip().casefold(),
        "left": lambda r: " ".join(reversed(texts[r.article][max(0, r.start - AROUND) : r.start].casefold().split())),
    }
    chosen = ordered if sort else _in_turn(ordered, n)
    rows = sorted(chosen.itertuples(), key=keys[sort])[:n]
    body, plain = [], []
    for r in rows:
        left, middle, right = _context(r, texts[r.article])
        before, after = (f'<span style="opacity:.7">{escape(words)}</span>' for words in (left, right))
        body.append(
            f'<tr><td style="{CELL}">{escape(r.label or NO_LABEL)}</td><td dir="auto" style="{CELL};max-width:46em">'
            f"{before}{_mark(escape(middle), [COLOURS[0]], r.rule)}{after}</td>"
            f'<td style="{CELL}"><small>{escape(article_name(articles, r.article))}</small></td></tr>'
        )
        plain.append(f"{r.label or NO_LABEL}: {_short(left)} [{_short(middle, 200)}] {_short(right)} ({r.article})")
    count = f"{len(rows)} of {len(table)}"
    html = f"<table><caption>{count}</caption><tbody>{''.join(body)}</tbody></table>"
    return Shown(html, "\n".join([*plain, count]))


def _context(row, text: str) -> tuple[str, str, str]:
    """A span with up to 60 characters before and after it in its paragraph, cut at blanks."""
    left = text[max(0, row.start - AROUND) : row.start].split("\n")[-1]
    right = text[row.end : row.end + AROUND].split("\n")[0]
    if len(left) == AROUND:
        left = f"…{left.partition(' ')[2]}"
    if len(right) == AROUND:
        right = f"{right.rpartition(' ')[0]}…"
    return left, text[row.start : row.end][:2000], right


def show_alignment(repeats: pd.DataFrame, articles: pd.DataFrame, *, n: int = 5) -> Shown:
    """Copies beside the first telling, edits marked: what is only in the first, only in the copy, or put otherwise.

    In: repeats (rows that are first tellings are left out); articles; n, how many pairs.
    Out: a table: first telling, copy; of more than 100 equal words the first and the last 40, with the number of
    those between. As plain text: [-only in the first-], {+only in the copy+}, [~so~] and {~otherwise~}.
    Raises: KeyError when an article is not there. Misses: the pairs beyond n; case and marks are no edits; in copies
    of more than 4,000 words the fewest edits may not be the ones shown.
    Source: longest common subsequence of words (rapidfuzz).
    Example:
        >>> from clippings.tables import make_table
        >>> show_alignment(make_table("repeats"), make_table("articles"))
        no copies
    """
    copies = repeats[repeats.relation != "first"]
    if copies.empty:
        return Shown("<p>no copies</p>", "no copies")
    texts = articles.set_index("article").text
    body, plain = [], []
    for row in copies.head(n).itertuples():
        sides = (row.like_article, row.like_start, row.like_end), (row.article, row.start, row.end)
        pair = [texts[article][start:end] for article, start, end in sides]
        spans = [word_spans(text) for text in pair]
        words = [[fold(text[s:e]) for s, e in found] for text, found in zip(pair, spans, strict=True)]
        edits, places, cells = _edits(*words), [], []
        plain.append(f"{row.relation}, {row.words:,} words, {row.similarity:.0%} equal".replace("%", " %"))
        body.append(f'<tr><th colspan="2" style="{CELL}">{escape(plain[-1])}</th></tr>')
        for side, (article, start, end) in enumerate(sides):
            html, line = (_beside(pair[side], spans[side], edits, side, mark) for mark in (_as_html, _as_plain))
            place = f"{article_name(articles, article)}, {start:,} to {end:,}"
            places.append(f'<td dir="auto" style="{CELL};width:50%"><small>{escape(place)}</small></td>')
            cells.append(f'<td dir="auto" style="{CELL};white-space:pre-line;overflow-wrap:anywhere">{html}</td>')
            plain.append(f"  {('first', 'again')[side]} ({place}): {' '.join(line.split())}")
        body += [f"<tr>{''.join(row)}</tr>" for row in (places, cells)]
    count = f"{min(n, len(copies))} of {len(copies)} copies"
    key = ", ".join(_as_html(EDITS[tag][0], tag, 1) for tag in EDITS)
    heads = "".join(f'<th style="{CELL}">{head}</th>' for head in ("first", "again"))
    html = f"<caption>{count}; edits: {key}</caption><thead><tr>{heads}</tr></thead><tbody>{''.join(body)}</tbody>"
    return Shown(
        f'<table style="table-layout:fixed;width:100%;max-width:60em">{html}</table>', "\n".join([*plain, count])
    )


def _edits(first: list[str], again: list[str]) -> list[tuple]:
    """Runs of equal and of edited words: tag, start and end in the first, start and end in the copy."""
    found, at, to = [("equal", 0, 0, 0, 0)], 0, 0
    while at < len(first) or to < len(again):
        left, right = first[at : at + WINDOW], again[to : to + WINDOW]
        codes = list(Indel.opcodes(left, right))
        if at + len(left) < len(first) or to + len(right) < len(again):  # go on behind the longest run near the end
            late = [n for n, code in enumerate(codes) if code.tag == "equal" and 2 * code.src_end > len(left)]
            codes = codes[: max(late, key=lambda n: codes[n].src_end - codes[n].src_start) + 1] if late else codes
        for code in codes:
            tag, *before = found[-1]
            edges = code.src_start + at, code.src_end + at, code.dest_start + to, code.dest_end + to
            if (tag == "equal") == (code.tag == "equal"):
                edges = before[0], edges[1], before[2], edges[3]
                found.pop()
            kind = "delete" if edges[2] == edges[3] else "insert" if edges[0] == edges[1] else "replace"
            found.append(("equal" if code.tag == "equal" else kind, *edges))
        at, to = found[-1][2], found[-1][4]
    return found


def _beside(text: str, spans: list, edits: list[tuple], side: int, mark) -> str:
    """One of two aligned texts with its edits marked; of long equal runs the ends."""
    parts, last = [], 0
    for tag, *edges in edits:
        begin, end = edges[2 * side : 2 * side + 2]
        if begin == end:
            continue
        start, stop = spans[begin][0], spans[end - 1][1]
        parts.append(mark(text[last:start], "", side))
        if tag == "equal" and end - begin > MOST_EQUAL:
            parts.append(mark(text[start : spans[begin + ENDS - 1][1]], "", side))
            parts.append(mark(f" … {end - begin - 2 * ENDS:,} equal words … ", "left out", side))
            start = spans[end - ENDS][0]
        parts.append(mark(text[start:stop], "" if tag == "equal" else tag, side))
        last = stop
    return "".join([*parts, mark(text[last:], "", side)])


def _as_html(text: str, tag: str, side: int) -> str:
    element, style = EDITS[tag][1:] if tag in EDITS else ("em", "opacity:.7")
    return f'<{element} style="{style}">{escape(text)}</{element}>' if tag else escape(text)


def _as_plain(text: str, tag: str, side: int) -> str:
    sign = {"delete": "-", "insert": "+", "replace": "~"}.get(tag, "")
    return f"{'[{'[side]}{sign}{text}{sign}{']}'[side]}" if sign else text


def show_chain(placed: pd.DataFrame, bounds: pd.DataFrame, articles: pd.DataFrame, *, n: int = 30) -> Shown:
    """Each subject's days with the reasons that they rest on, and those that were refused.

    In: rows of placed; all bounds they cite; articles; n, how many subjects.
    Out: a table: subject, must lie in, likely, reasons. Raises: KeyError when a cited row is not in bounds.
    Misses: the subjects beyond n. Source: none.
    Example:
        >>> from clippings.tables import make_table
        >>> show_chain(make_table("placed"), make_table("bounds"), make_table("articles"))
        nothing to place
    """
    if placed.empty:
        return Shown("<p>nothing to place</p>", "nothing to place")
    texts = dict(zip(articles.article, articles.text, strict=True))
    body, plain = [], []
    for row in placed.head(n).itertuples():
        name = article_name(articles, row.article) + (f": {row.text}" if row.text else "")
        hard, likely = _days(row.earliest, row.latest), _days(row.likely_earliest, row.likely_latest)
        reasons = [_reason(bounds.loc[number], texts) for number in cited(row.because) + cited(row.likely_because)]
        reasons += [f"refused: {_reason(bounds.loc[number], texts)}" for number in cited(row.refused)]
        reasons += [row.problem] if row.problem else []
        items = "".join(f"<li>{escape(reason)}</li>" for reason in reasons) or "<li>nothing known</li>"
        cells = "".join(f'<td style="{CELL}">{escape(cell)}</td>' for cell in (name, hard, likely))
        body.append(f'<tr>{cells}<td style="{CELL}"><ul style="margin:0;padding-left:1.2em">{items}</ul></td></tr>')
        plain.append(f"{name}: {hard}; likely {likely}\n" + "\n".join(f"  - {reason}" for reason in reasons))
    heads = "".join(f'<th style="{CELL}">{head}</th>' for head in ("what", "by what must hold", "likely", "because"))
    more = f"<caption>{n} of {len(placed)}</caption>" if len(placed) > n else ""
    return Shown(
        f"<table>{more}<thead><tr>{heads}</tr></thead><tbody>{''.join(body)}</tbody></table>", "\n".join(plain)
    )


def _days(first, last) -> str:
    if pd.isna(first) and pd.isna(last):
        return "not known"
    if pd.isna(last):
        return f"{first:%Y-%m-%d} or later"
    if pd.isna(first):
        return f"{last:%Y-%m-%d} or earlier"
    return f"{first:%Y-%m-%d}" if first == last else f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"


def _reason(bound, texts: dict[str, str]) -> str:
    """One bound in words, with the words of the article that it rests on."""
    days = {
        "not_before": f"not before {bound.day_from:%Y-%m-%d}" if not pd.isna(bound.day_from) else "",
        "not_after": f"not after {bound.day_to:%Y-%m-%d}" if not pd.isna(bound.day_to) else "",
        "inside": bound["mask"] or _days(bound.day_from, bound.day_to),
    }
    if bound.relation in days:
        said = days[bound.relation]
    else:
        near, far = bound.days_min, bound.days_max
        other = (
            "the article"
            if bound.other_end == 0
            else f"“{texts[bound.other_article][bound.other_start : bound.other_end]}”"
        )
        said = f"{near:g} to {far:g} days before {other}" if near != far else f"the day of {other}"
    words = "" if pd.isna(bound.because_start) else texts[bound.article][bound.because_start : bound.because_end]
    quoted = f": “{_short(words, 160)}”" if words else ""
    return f"{said} ({bound.rule}{'' if bound.strength == 'hard' else ', likely'}){quoted}"


def show_brief(sentences: pd.DataFrame, tables: dict[str, pd.DataFrame], *, n: int = 6) -> Shown:
    """The brief: each sentence with the passages that it rests on, folded away below it.

    In: sentences of say_brief; tables of find_all; n, how many passages under a sentence.
    Out: a page of sections. Raises: KeyError when a sentence cites a table that is not there.
    Misses: the passages beyond n. Source: none.
    Example:
        >>> show_brief(pd.DataFrame(columns=["section", "sentence", "table", "rows"]), {})
        <BLANKLINE>
    """
    html, plain = [], []
    for section, group in sentences.groupby("section", sort=False):
        html.append(f"<h3>{escape(section)}</h3>")
        plain.append(section)
        for row in group.itertuples():
            numbers = cited(row.rows)
            evidence = tables[row.table].loc[numbers] if numbers else None
            html.append(
                f'<p style="max-width:46em">{escape(row.sentence)}</p>{_folded(evidence, tables["articles"], n)}'
            )
            plain.append(f"  {row.sentence}")
    return Shown("\n".join(html), "\n".join(plain))


def _folded(evidence: pd.DataFrame | None, articles: pd.DataFrame, n: int) -> str:
    if evidence is None or evidence.empty:
        return ""
    count = f"{len(evidence)} passage{'s' if len(evidence) > 1 else ''}"
    return f"<details><summary>{count}</summary>{_list(_in_turn(evidence, n), articles)}</details>"


def _in_turn(table: pd.DataFrame, n: int) -> pd.DataFrame:
    """The first n rows, labels taking turns, in their order."""
    if "label" not in table.columns:
        return table.head(n)
    turns = table.groupby("label").cumcount().sort_values(kind="stable").index[:n]
    return table.loc[table.index.isin(turns)]


def _list(evidence: pd.DataFrame, articles: pd.DataFrame) -> str:
    texts = dict(zip(articles.article, articles.text, strict=True))
    items: Iterable[str] = (
        f'<li dir="auto">{"…".join(_around(row, texts[row.article]))} '
        f"<small>({escape(article_name(articles, row.article))})</small></li>"
        for row in evidence.itertuples()
    )
    return f'<ul style="max-width:46em">{"".join(items)}</ul>'


def _around(row, text: str) -> list[str]:
    """A row's span in its words, a bound's reason in its words, an article without a span by its first words."""
    if "because_start" in row._fields and not pd.isna(row.because_start):
        start, end = int(row.because_start), int(row.because_end)
        row = row._replace(start=start, end=end, label=row.rule)
    if "start" not in row._fields or row.end == 0:
        return [escape(_short(text, 120))]
    left, middle, right = _context(row, text)
    return [f"{escape(left)}{_mark(escape(_short(middle, 400)), [COLOURS[0]], row.label)}{escape(right)}"]
