"""Evidence behind numbers: rows with the words around them, reasons for days, the brief; every text is escaped."""

from collections.abc import Iterable
from html import escape

import pandas as pd

from clippings.core.tables import cited, in_order
from clippings.core.wording import article_name, several, short
from clippings.show.html import CELL, COLOURS, NO_LABEL, Shown, cite_place, mark

AROUND = 60  # characters before and after a span


def show_evidence(
    table: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    n: int = 5,
    sort: str | None = None,
    width: int = AROUND,
) -> Shown:
    """Rows of a span table with the words around them.

    In: any span table; articles; n, how many rows (labels take turns); sort: "right" or "left" puts all rows in
    the order of the words after or before the span (a concordance), None in the order of place; width, the
    characters before and after.
    Out: a table: label, words before, span, words after, article. Raises: KeyError for another sort.
    Misses: the rows beyond n. Source: KWIC.
    Example:
        >>> from clippings.core.tables import make_table
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
        "left": lambda r: " ".join(
            reversed(texts[r.article][max(0, r.start - AROUND) : r.start].casefold().split())
        ),
    }
    chosen = ordered if sort else _in_turn(ordered, n)
    rows = sorted(chosen.itertuples(), key=keys[sort])[:n]
    named = articles[articles.article.isin([r.article for r in rows])]  # of many, few need a name
    body, plain = [], []
    for r in rows:
        left, middle, right = _context(r, texts[r.article], width)
        before, after = (
            f'<span style="opacity:.7">{escape(words)}</span>' for words in (left, right)
        )
        body.append(
            f'<tr><td style="{CELL}">{escape(r.label or NO_LABEL)}</td><td dir="auto" style="{CELL};max-width:46em">'
            f"{before}{mark(escape(middle), [COLOURS[0]], r.rule)}{after}</td>"
            f'<td style="{CELL}"><small>{cite_place(named, r.article, r.start, r.end)}</small></td></tr>'
        )
        plain.append(
            f"{r.label or NO_LABEL}: {short(left)} [{short(middle, 200)}] {short(right)} ({r.article})"
        )
    count = f"{len(rows)} of {len(table)}"
    html = f"<table><caption>{count}</caption><tbody>{''.join(body)}</tbody></table>"
    return Shown(html, "\n".join([*plain, count]))


def _context(row, text: str, width: int) -> tuple[str, str, str]:
    """A span with so many characters before and after it in its paragraph, cut at blanks."""
    left = text[max(0, row.start - width) : row.start].split("\n")[-1]
    right = text[row.end : row.end + width].split("\n")[0]
    if len(left) == width:
        left = f"…{left.partition(' ')[2]}"
    if len(right) == width:
        right = f"{right.rpartition(' ')[0]}…"
    return left, text[row.start : row.end][:2000], right


def show_reasons(
    dates: pd.DataFrame, constraints: pd.DataFrame, articles: pd.DataFrame, *, n: int = 30
) -> Shown:
    """Each subject's days with the reasons that they rest on, and those that were refused.

    In: rows of dates; all constraints they cite; articles; n, how many subjects.
    Out: a table: subject, must lie in, likely, reasons. Raises: KeyError when a cited row is not in constraints.
    Misses: the subjects beyond n. Source: none.
    Example:
        >>> from clippings.core.tables import make_table
        >>> show_reasons(make_table("dates"), make_table("constraints"), make_table("articles"))
        nothing to place
    """
    if dates.empty:
        return Shown("<p>nothing to place</p>", "nothing to place")
    texts = dict(zip(articles.article, articles.text, strict=True))
    articles = articles[articles.article.isin(dates.article.head(n))]
    body, plain = [], []
    for row in dates.head(n).itertuples():
        name = article_name(articles, row.article) + (f": {row.text}" if row.text else "")
        hard, likely = (
            _days(row.earliest, row.latest),
            _days(row.likely_earliest, row.likely_latest),
        )
        resting = [("", number) for number in cited(row.because) + cited(row.likely_because)]
        resting += [("refused: ", number) for number in cited(row.refused)]
        said = [
            (before + _reason(constraints.loc[number], texts), constraints.loc[number])
            for before, number in resting
        ]
        reasons = [f"{words}{_quoted(bound, texts)}" for words, bound in said] + [
            row.problem
        ] * bool(row.problem)
        items = [
            f"<li>{escape(words)}{_quoted(bound, texts, articles)}</li>" for words, bound in said
        ]
        items += [f"<li>{escape(row.problem)}</li>"] * bool(row.problem) or [
            "<li>nothing known</li>"
        ] * (not items)
        first = cite_place(articles, row.article, row.start, row.end, name)
        cells = "".join(f'<td style="{CELL}">{cell}</td>' for cell in (first, hard, likely))
        listing = f'<ul style="margin:0;padding-left:1.2em">{"".join(items)}</ul>'
        body.append(f'<tr>{cells}<td style="{CELL}">{listing}</td></tr>')
        plain.append(
            f"{name}: {hard}; likely {likely}\n" + "\n".join(f"  - {reason}" for reason in reasons)
        )
    heads = "".join(
        f'<th style="{CELL}">{head}</th>'
        for head in ("what", "by what must hold", "likely", "because")
    )
    more = f"<caption>{n} of {len(dates)}</caption>" if len(dates) > n else ""
    html = f"<table>{more}<thead><tr>{heads}</tr></thead><tbody>{''.join(body)}</tbody></table>"
    return Shown(html, "\n".join(plain))


def _days(first, last) -> str:
    if pd.isna(first) and pd.isna(last):
        return "not known"
    if pd.isna(last):
        return f"{first:%Y-%m-%d} or later"
    if pd.isna(first):
        return f"{last:%Y-%m-%d} or earlier"
    return f"{first:%Y-%m-%d}" if first == last else f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"


def _reason(bound, texts: dict[str, str]) -> str:
    """One bound in words."""
    days = {
        "not_before": f"not before {bound.day_from:%Y-%m-%d}"
        if not pd.isna(bound.day_from)
        else "",
        "not_after": f"not after {bound.day_to:%Y-%m-%d}" if not pd.isna(bound.day_to) else "",
        "inside": bound["mask"] or _days(bound.day_from, bound.day_to),
    }
    if bound.relation in days:
        said = days[bound.relation]
    else:
        near, far = bound.days_min, bound.days_max
        words = texts[bound.other_article][bound.other_start : bound.other_end]
        other = f"“{words}”" if words else "the article"
        said = f"{near:g} to {far:g} days before {other}" if near != far else f"the day of {other}"
    return f"{said} ({bound.rule}{'' if bound.strength == 'hard' else ', likely'})"


def quoted_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Rows where their words stand: those of constraints at the words that they quote, others where they are.

    In: rows of a span table. Out: the rows, of constraints those that quote words. Raises: nothing. Misses: nothing.
    Source: none.
    Example:
        >>> from clippings.core.tables import make_table
        >>> quoted_rows(make_table("constraints")).empty
        True
    """
    if "because_start" not in table.columns:
        return table
    rows = table.dropna(subset=["because_start"])
    return rows.assign(
        start=rows.because_start.astype("int64"), end=rows.because_end.astype("int64")
    )


def _quoted(bound, texts: dict[str, str], articles: pd.DataFrame | None = None) -> str:
    """The words of the article that a bound rests on; with articles as HTML that names their place."""
    if pd.isna(bound.because_start):
        return ""
    start, end = int(bound.because_start), int(bound.because_end)
    words = f"“{short(texts[bound.article][start:end], 160)}”"
    return (
        f": {words if articles is None else cite_place(articles, bound.article, start, end, words)}"
    )


def show_brief(sentences: pd.DataFrame, tables: dict[str, pd.DataFrame], *, n: int = 6) -> Shown:
    """The brief: each sentence with the passages that it rests on, folded away below it.

    In: sentences of compose_brief; tables of find_all; n, how many passages under a sentence.
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
            passages = _folded(evidence, tables["articles"], n)
            html.append(f'<p style="max-width:46em">{escape(row.sentence)}</p>{passages}')
            plain.append(f"  {row.sentence}")
    return Shown("\n".join(html), "\n".join(plain))


def _folded(evidence: pd.DataFrame | None, articles: pd.DataFrame, n: int) -> str:
    if evidence is None or evidence.empty:
        return ""
    count = several(len(evidence), "passage") + (f", {n} of them here" if len(evidence) > n else "")
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
        f"<small>({cite_place(articles, row.article, *_place(row))})</small></li>"
        for row in evidence.itertuples()
    )
    return f'<ul style="max-width:46em">{"".join(items)}</ul>'


def _place(row) -> tuple[int, int]:
    """Where a row stands, a bound where its reason stands, an article without a span at its beginning."""
    if "because_start" in row._fields and not pd.isna(row.because_start):
        return int(row.because_start), int(row.because_end)
    return (row.start, row.end) if "start" in row._fields else (0, 0)


def _around(row, text: str) -> list[str]:
    """The words of a row's place, an article's first words."""
    start, end = _place(row)
    if end == 0:
        return [escape(short(text, 120))]
    if "because_start" in row._fields:
        row = row._replace(start=start, end=end, label=row.rule)
    left, middle, right = _context(row, text, AROUND)
    return [
        f"{escape(left)}{mark(escape(short(middle, 400)), [COLOURS[0]], row.label)}{escape(right)}"
    ]
