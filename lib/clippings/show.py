"""Passages on the page: HTML without script or style sheet, with a plain-text form; every text is escaped."""

import itertools
from collections.abc import Iterable
from html import escape

import pandas as pd
from rapidfuzz.distance import Indel

from clippings.tables import cited, in_order
from clippings.text import word_spans

# Paul Tol's "bright" and "muted" schemes, safe for colour-blind readers; the tint is see-through, for dark pages too.
COLOURS = ["#4477AA", "#EE6677", "#228833", "#CCBB44", "#66CCEE", "#AA3377", "#BBBBBB", "#999933", "#44AA99", "#882255"]
MOST_CHARACTERS = 20_000
MOST_WORDS = 400
AROUND = 60
NO_LABEL = "not named"  # a quotation whose speaker the article does not name
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
    lines = [_context(r, texts[r.article]) for r in rows]
    body = "".join(
        f'<tr><td style="{CELL}">{escape(r.label or NO_LABEL)}</td>'
        f'<td dir="auto" style="{CELL};max-width:46em">'
        f'<span style="opacity:.7">{escape(left)}</span>{_mark(escape(middle), [COLOURS[0]], r.rule)}'
        f'<span style="opacity:.7">{escape(right)}</span></td>'
        f'<td style="{CELL}"><small>{escape(article_name(articles, r.article))}</small></td></tr>'
        for r, (left, middle, right) in zip(rows, lines, strict=True)
    )
    count = f"{len(rows)} of {len(table)}"
    plain = "\n".join(
        f"{r.label or NO_LABEL}: {_short(left)} [{_short(middle, 200)}] {_short(right)} ({r.article})"
        for r, (left, middle, right) in zip(rows, lines, strict=True)
    )
    return Shown(f"<table><caption>{count}</caption><tbody>{body}</tbody></table>", f"{plain}\n{count}")


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
    """Copies beside the first telling, differing words marked.

    In: repeats (rows that are first tellings are left out); articles; n, how many pairs.
    Out: a table: first telling, copy. Raises: nothing. Misses: the pairs beyond n; the words after the 400th.
    Source: longest common subsequence of words (rapidfuzz).
    Example:
        >>> from clippings.tables import make_table
        >>> show_alignment(make_table("repeats"), make_table("articles"))
        nothing is repeated
    """
    copies = repeats[repeats.relation != "first"]
    if copies.empty:
        return Shown("<p>nothing is repeated</p>", "nothing is repeated")
    texts = dict(zip(articles.article, articles.text, strict=True))
    body, plain = [], []
    for row in copies.head(n).itertuples():
        first = texts[row.like_article][row.like_start : row.like_end]
        left, right = _differing(first, row.text)
        heads = [
            f"<small>{escape(article_name(articles, article))}, {start:,} to {end:,}</small><br>"
            for article, start, end in (
                (row.like_article, row.like_start, row.like_end),
                (row.article, row.start, row.end),
            )
        ]
        cells = "".join(
            f'<td dir="auto" style="{CELL};width:50%">{head}{html}</td>'
            for head, html in zip(heads, (left, right), strict=True)
        )
        body.append(f'<tr><td style="{CELL}">{escape(row.relation)}</td>{cells}</tr>')
        plain.append(f"{row.relation}: {row.like_article}[{row.like_start}:{row.like_end}] = {_short(row.text)}")
    count = f"{min(n, len(copies))} of {len(copies)} copies"
    head = (
        '<thead><tr><th></th><th style="text-align:left">first</th><th style="text-align:left">again</th></tr></thead>'
    )
    return Shown(
        f"<table><caption>{count}</caption>{head}<tbody>{''.join(body)}</tbody></table>", "\n".join([*plain, count])
    )


def _differing(first: str, second: str) -> tuple[str, str]:
    spans = [word_spans(text)[:MOST_WORDS] for text in (first, second)]
    words = [[text[s:e].casefold() for s, e in found] for text, found in zip((first, second), spans, strict=True)]
    marks: tuple[set[int], set[int]] = (set(), set())
    for code in Indel.opcodes(*words):
        if code.tag != "equal":
            marks[0].update(range(code.src_start, code.src_end))
            marks[1].update(range(code.dest_start, code.dest_end))
    shown = []
    for text, found, differs in zip((first, second), spans, marks, strict=True):
        last, parts = 0, []
        for number, (start, end) in enumerate(found):
            word = escape(text[start:end])
            parts += [escape(text[last:start]), _mark(word, [COLOURS[1]], "differs") if number in differs else word]
            last = end
        shown.append("".join([*parts, escape(text[last:])] if len(found) < MOST_WORDS else [*parts, " …"]))
    return shown[0], shown[1]


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
