"""Two texts side by side, their edits marked by line and not by colour alone."""

from html import escape

import pandas as pd
from rapidfuzz.distance import Indel

from clippings.core.tokens import fold, word_spans
from clippings.core.wording import article_name
from clippings.show.html import CELL, Shown, cite_place

WINDOW = 4000  # words aligned at once: the cost grows with their square
MOST_EQUAL, ENDS = 100, 40  # of more equal words than that, so many are shown at either end
EDITS = {  # what is said of an edit, element and style: told apart by line, not by colour alone
    "delete": (
        "only in the first",
        "del",
        "background:#EE667740;color:inherit;text-decoration:line-through",
    ),
    "insert": (
        "only in the copy",
        "ins",
        "background:#22883340;color:inherit;text-decoration:underline",
    ),
    "replace": ("put otherwise", "mark", "background:#CCBB4440;color:inherit;border:1px dashed"),
}


def show_alignment(repeats: pd.DataFrame, articles: pd.DataFrame, *, n: int = 5) -> Shown:
    """Copies beside the first telling, edits marked: what is only in the first, only in the copy, or put otherwise.

    In: repeats (rows that are first tellings are left out); articles; n, how many pairs.
    Out: a table: first telling, copy; of more than 100 equal words the first and the last 40, with the number of
    those between. As plain text: [-only in the first-], {+only in the copy+}, [~so~] and {~otherwise~}.
    Raises: KeyError when an article is not there. Misses: the pairs beyond n; case and marks are no edits; in copies
    of more than 4,000 words the fewest edits may not be the ones shown.
    Source: longest common subsequence of words (rapidfuzz).
    Example:
        >>> from clippings.core.tables import make_table
        >>> show_alignment(make_table("repeats"), make_table("articles"))
        no copies
    """
    copies = repeats[repeats.relation != "first"]
    if copies.empty:
        return Shown("<p>no copies</p>", "no copies")
    texts = articles.set_index("article").text
    body, plain = [], []
    for row in copies.head(n).itertuples():
        sides = (
            (row.match_article, row.match_start, row.match_end),
            (row.article, row.start, row.end),
        )
        pair = [texts[article][start:end] for article, start, end in sides]
        spans = [word_spans(text) for text in pair]
        words = [
            [fold(text[s:e]) for s, e in found] for text, found in zip(pair, spans, strict=True)
        ]
        edits, places, cells = _edits(*words), [], []
        plain.append(
            f"{row.relation}, {row.words:,} words, {row.similarity:.0%} equal".replace("%", " %")
        )
        body.append(f'<tr><th colspan="2" style="{CELL}">{escape(plain[-1])}</th></tr>')
        for side, (article, start, end) in enumerate(sides):
            html, line = (
                _beside(pair[side], spans[side], edits, side, mark)
                for mark in (_as_html, _as_plain)
            )
            place = f"{article_name(articles, article)}, {start:,} to {end:,}"
            cite = cite_place(articles, article, start, end, place)
            places.append(f'<td dir="auto" style="{CELL};width:50%"><small>{cite}</small></td>')
            cells.append(
                f'<td dir="auto" style="{CELL};white-space:pre-line;overflow-wrap:anywhere">{html}</td>'
            )
            plain.append(f"  {('first', 'again')[side]} ({place}): {' '.join(line.split())}")
        body += [f"<tr>{''.join(row)}</tr>" for row in (places, cells)]
    count = f"{min(n, len(copies))} of {len(copies)} copies"
    key = ", ".join(_as_html(EDITS[tag][0], tag, 1) for tag in EDITS)
    heads = "".join(f'<th style="{CELL}">{head}</th>' for head in ("first", "again"))
    html = f"<caption>{count}; edits: {key}</caption><thead><tr>{heads}</tr></thead><tbody>{''.join(body)}</tbody>"
    html = f'<table style="table-layout:fixed;width:100%;max-width:60em">{html}</table>'
    return Shown(html, "\n".join([*plain, count]))


def _edits(first: list[str], again: list[str]) -> list[tuple]:
    """Runs of equal and of edited words: tag, start and end in the first, start and end in the copy."""
    found, at, to = [("equal", 0, 0, 0, 0)], 0, 0
    while at < len(first) or to < len(again):
        left, right = first[at : at + WINDOW], again[to : to + WINDOW]
        codes = list(Indel.opcodes(left, right))
        if at + len(left) < len(first) or to + len(right) < len(
            again
        ):  # go on behind the longest run near the end
            late = [
                n
                for n, code in enumerate(codes)
                if code.tag == "equal" and 2 * code.src_end > len(left)
            ]
            codes = (
                codes[: max(late, key=lambda n: codes[n].src_end - codes[n].src_start) + 1]
                if late
                else codes
            )
        for code in codes:
            tag, *before = found[-1]
            edges = code.src_start + at, code.src_end + at, code.dest_start + to, code.dest_end + to
            if (tag == "equal") == (code.tag == "equal"):
                edges = before[0], edges[1], before[2], edges[3]
                found.pop()
            kind = (
                "delete"
                if edges[2] == edges[3]
                else "insert"
                if edges[0] == edges[1]
                else "replace"
            )
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
