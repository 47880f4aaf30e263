"""The charts and pages of a report linked to one another."""

import re
from html import unescape
from itertools import count
from pathlib import Path
from urllib.parse import parse_qs

import pandas as pd

from clippings.core.tables import COLUMNS, make_table
from clippings.report.export import read_table
from clippings.show.article_page import show_article
from clippings.show.chart_links import behind_mark, rows_of_mark
from clippings.show.figure import SVG_LINK, anchor_of, inline_svg
from clippings.show.html import CITE_ELEMENT, page_key

LAYERS = (
    "themes",
    "quotes",
    "mentions",
    "times",
    "events",
    "repeats",
)  # on the pages, below what is cited


KINDS = {column: kind for columns in COLUMNS.values() for column, kind in columns.items()}


MOST_PAGES = 100  # pages of articles below a report


PLACED = re.compile(r'<mark (?=[^>]*data-at="([0-9a-f]{8}-\d+)")')


def read_charts(made: Path) -> dict[str, tuple[str, pd.DataFrame, pd.DataFrame, set]]:
    """The charts of a run: alternative text → name, the table behind it, evidence, anchors that the page has by now.

    In: folder of a run. Out: dict. Raises: nothing. Misses: of charts with one text, all but the last. Source: none.
    Example:
        >>> read_charts(Path("no such folder"))
        {}
    """
    found = {}
    for path in sorted((made / "charts").glob("*.txt")):
        alt = next(
            line
            for line in path.read_text(encoding="utf-8").splitlines()
            if line.startswith("Alt text: ")
        )
        tables = (_typed(path.with_suffix(suffix)) for suffix in (".csv", ".evidence.csv"))
        found[alt.removeprefix("Alt text: ")] = path.stem, *tables, set()
    return found


def _typed(path: Path) -> pd.DataFrame:
    """A table from its file, with the types of its columns."""
    table = read_table(path)
    for column, kind in KINDS.items():
        if column in table.columns and kind == "bool":
            table[column] = table[column].map({"True": "yes", "False": ""})
        elif column in table.columns and kind != "str":
            number = pd.to_datetime if kind.startswith("datetime") else pd.to_numeric
            table[column] = number(table[column].replace("", None)).astype(kind)
    return table


def link_marks(svg: str, prefix: str, alt: str, charts: dict, articles: pd.DataFrame) -> str:
    """A chart as part of the page, its marks links; below it, one hidden list of passages for each, shown when asked.

    In: SVG of a chart; prefix of its ids; its alternative text; charts of read_charts: each gives its lists once;
    articles. Out: HTML. Raises: nothing. Misses: passages of a mark beyond 12. Source: none.
    Example:
        >>> from clippings.core.tables import make_table
        >>> link_marks('<svg><a xlink:href="#label=x"></a></svg>', "n1-", "a chart", {}, make_table("articles"))
        '<figure><svg role="img" aria-label="a chart"><a></a></svg></figure>'
    """
    name, counts, evidence, known = charts.get(alt, ("", None, None, set()))
    first, sections = not known, []

    def linked(match) -> str:
        link = unescape(match[1])
        wanted, anchor = parse_qs(link, keep_blank_values=True), anchor_of(name, link)
        if not name or not len(rows_of_mark(evidence, wanted)):
            return "<a"
        if anchor not in known:
            known.add(anchor)
            said, shown = behind_mark(counts, evidence, wanted, articles)
            ways = f'{said} behind this mark · <a href="#chart-{name}">back to the chart</a>'
            sections.append(f'<section id="{anchor}"><p>{ways}</p>{shown.html}</section>')
        return f'<a xlink:href="\0{anchor}"'

    html = inline_svg(SVG_LINK.sub(linked, svg), prefix, alt).replace("\0", "#")
    figure = f'<figure id="chart-{name}">' if first and known else "<figure>"
    lists = f'<div class="marks">{"".join(sections)}</div>' if sections else ""
    return f"{figure}{html}</figure>{lists}"


def link_pages(body: str, articles: pd.DataFrame, made: Path) -> str:
    """The body of a report with every named place a link, and below it the pages that it names, marked, with ways back.

    In: HTML; articles; folder of the run, whose tables are shown on the pages. Out: HTML.
    Raises: nothing. Misses: pages beyond the first 100; places beyond the first 40,000 characters lead to the page.
    Source: none.
    Example:
        >>> from clippings.core.tables import make_table
        >>> link_pages("<p>x</p>", make_table("articles"), Path("no such folder"))
        '<p>x</p><h2 id="pages">The pages</h2><div class="pages"></div>'
    """
    known = dict(zip(map(page_key, articles.article), articles.article, strict=True))
    keys = list(
        dict.fromkeys(match[2] for match in CITE_ELEMENT.finditer(body) if match[2] in known)
    )[:MOST_PAGES]
    texts = dict(zip(articles.article, articles.text, strict=True))
    spans = dict.fromkeys(
        (known[m[2]], int(m[3]), int(m[4])) for m in CITE_ELEMENT.finditer(body) if m[2] in keys
    )
    rows = [
        {"article": a, "start": s, "end": e, "text": texts[a][s:e], "label": "cited here"}
        for a, s, e in spans
    ]
    tables = [made / "tables" / f"{name}.csv" for name in LAYERS]
    layers = [make_table("passages", rows), *(_typed(path) for path in tables if path.is_file())]
    pages = {key: show_article(articles, known[key], *layers).html for key in keys}
    places = {place for page in pages.values() for place in PLACED.findall(page)}
    back, numbers = {}, count()

    def linked(match) -> str:
        at = f"{match[2]}-{match[3]}"
        if match[2] not in pages:
            return match[5]
        own = f"from-{next(numbers)}"
        listed = body.rfind("<section", 0, match.start()) > body.rfind(
            "</section", 0, match.start()
        )
        back.setdefault((at, listed), own)
        return f'<a id="{own}" href="#{f"at-{at}" if at in places else f"page-{match[2]}"}">{match[5]}</a>'

    def anchored(match) -> str:
        ways = [
            (back.get((match[1], listed)), said)
            for listed, said in ((False, "text"), (True, "chart"))
        ]
        links = [
            f'<a class="back" href="#{way}" title="back to the {said}">↩</a>'
            for way, said in ways
            if way
        ]
        return f'{"".join(links)}<mark id="at-{match[1]}" '

    body = CITE_ELEMENT.sub(linked, body)
    shown = [
        f'<section id="page-{key}">{PLACED.sub(anchored, page)}</section>'
        for key, page in pages.items()
    ]
    return f'{body}<h2 id="pages">The pages</h2><div class="pages">{"".join(shown)}</div>'
