"""Link the charts and pages of a report to one another."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs

import pandas as pd
from markupsafe import Markup

from clippings.core.tables import COLUMNS, TABLES, make_table
from clippings.report.export import read_table
from clippings.report.templates import render
from clippings.show.article_page import MAX_CHARACTERS, article_page, page_style_sheet
from clippings.show.chart_links import behind_mark, describe_mark
from clippings.show.figure import SVG_LINK, anchor_of, inline_svg
from clippings.show.html import CITE_ELEMENT, page_key, visible
from clippings.show.wording import CITED_LABEL
from clippings.timeline.default_events import OTHER

# Limits of the article pages in a report. A page of a news article has about 45 KB, so 300 of them
# make a file of about 15 MB, which opens in a second. Long texts reach the second limit first.
MOST_PAGES = 300
MOST_CHARACTERS = 4_000_000

_COLUMN_KINDS = {column: kind for columns in COLUMNS.values() for column, kind in columns.items()}
_ALT_TEXT = "Alt text: "  # the beginning of the line in a chart's NAME.txt
# Columns of details that would make the hints on the pages much longer; the tables contain them.
_LEFT_TO_TABLES = frozenset({"anchor", "clues", "direction"})
# A mark on a page that a reference can link to: <mark data-at="18b7cb09-0" …>
_PLACED_MARK = re.compile(r'<mark data-at="([0-9a-f]{8}-\d+)"')
_SECTION_TAG = re.compile(r"<(/?)section\b")


@dataclass
class SavedChart:
    """A chart of a report, read from its files."""

    name: str
    counts: pd.DataFrame  # the table that is drawn
    evidence: pd.DataFrame  # the rows that are counted
    finding: str  # its title as a sentence
    # Lists of passages that are already on the page: anchor → description of their mark
    anchors: dict[str, str] = field(default_factory=dict)
    links_without_rows: set[str] = field(default_factory=set)  # of marks without passages


class MarkList(NamedTuple):
    """The passages that a mark of a chart is based on."""

    anchor: str
    mark_anchor: str  # of the mark itself
    title: str
    html: Markup


class LinkedPage(NamedTuple):
    """The page of an article below the report."""

    key: str
    html: Markup


def read_charts(folder: Path) -> dict[str, SavedChart]:
    """Read the charts of a report.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of a report.

    Returns
    -------
    dict of str to SavedChart
        Charts by their alternative texts, as returned by `alt_key`.

    Notes
    -----
    If several charts have the same alternative text, only the last one is returned.

    Examples
    --------
    >>> import tempfile
    >>> import clippings as cl
    >>> articles, _ = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> zones = cl.count_words(passages, by=["article", "label"])
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = cl.write_chart(cl.chart_zones(zones), zones, passages, folder, "zones")
    >>> [(chart.name, len(chart.evidence)) for chart in read_charts(folder).values()]
    [('zones', 107)]
    """
    charts = {}
    for path in sorted((folder / "charts").glob("*.txt")):
        lines = path.read_text(encoding="utf-8").split("\n")
        alt = next(line for line in lines if line.startswith(_ALT_TEXT))
        charts[alt_key(alt.removeprefix(_ALT_TEXT))] = SavedChart(
            path.stem,
            _read_typed(path.with_suffix(".csv")),
            _read_typed(path.with_suffix(".evidence.csv")),
            finding=lines[0],
        )
    return charts


def alt_key(alt: str) -> str:
    """Return an alt text as in a chart's text file, on a single line."""
    return " ".join(alt.split())


def _read_typed(path: Path) -> pd.DataFrame:
    """Read a table and set the types of its columns."""
    table = read_table(path)
    for column, kind in _COLUMN_KINDS.items():
        if column not in table.columns or kind == "str":
            continue
        if kind == "bool":
            table[column] = table[column].map({"True": "yes", "False": ""})
        else:
            convert = pd.to_datetime if kind.startswith("datetime") else pd.to_numeric
            table[column] = convert(table[column].replace("", None)).astype(kind)
    return table


def link_marks(
    svg: str,
    prefix: str,
    alt: str,
    charts: dict[str, SavedChart],
    articles: pd.DataFrame,
    titles: Mapping[str, str] | None = None,
) -> Markup:
    """Add a chart to the page, with links from its marks to lists of their passages.

    Parameters
    ----------
    svg : str
        A chart as SVG.
    prefix : str
        The prefix of the chart's ids on the page.
    alt : str
        The chart's alternative text.
    charts : dict of str to SavedChart
        The result of `read_charts`. Each chart records its lists on the page, so that the lists of
        a chart that is shown twice appear only once.
    articles : pandas.DataFrame
        Articles of `read_articles`.
    titles : mapping of str to str, optional
        The titles of articles by their ids, for the descriptions of marks that screen readers read
        aloud.

    Returns
    -------
    markupsafe.Markup
        The chart, followed by hidden lists that are shown when their marks are clicked; each list
        has a link back to its mark. A mark without passages is not a link.

    Notes
    -----
    A list contains the first 6 passages.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, _ = cl.load_example()
    >>> svg = '<svg><a xlink:href="#label=x"></a></svg>'
    >>> print(link_marks(svg, "n1-", "a chart", {}, articles))
    <figure><svg role="img" aria-label="a chart"><a></a></svg></figure>
    """
    chart = charts.get(alt_key(alt))
    is_first_time = chart is not None and not chart.anchors
    lists: list[MarkList] = []

    def link_to_list(match: re.Match) -> str:
        link = unescape(match[1]).removeprefix(prefix)
        if chart is None or link in chart.links_without_rows:
            return "<a"
        anchor = anchor_of(chart.name, link)
        mark_id = Markup("")
        if anchor not in chart.anchors:
            conditions = parse_qs(link, keep_blank_values=True)
            mark_evidence = behind_mark(chart.counts, chart.evidence, conditions, articles)
            if mark_evidence is None:
                chart.links_without_rows.add(link)
                return "<a"
            chart.anchors[anchor] = describe_mark(conditions, mark_evidence.contents, titles)
            mark_anchor = f"mark-{anchor}"
            mark_id = Markup(' id="{}"').format(mark_anchor)
            view = Markup(mark_evidence.view.html)
            lists.append(MarkList(anchor, mark_anchor, mark_evidence.contents, view))
        link_start = Markup('<a{} role="link" aria-label="{}" xlink:href="#{}"')
        return link_start.format(mark_id, visible(chart.anchors[anchor]), anchor)

    linked_svg = SVG_LINK.sub(link_to_list, inline_svg(svg, prefix, alt))
    if chart is not None and chart.anchors:
        # The contents of an image are hidden from screen readers; its links must not be.
        linked_svg = linked_svg.replace('role="img"', 'role="group"', 1)
    return render(
        "chart",
        svg=Markup(linked_svg),
        name=chart.name if chart else "",
        is_target=is_first_time and bool(chart.anchors),
        lists=lists,
    )


def link_pages(body: str, articles: pd.DataFrame, folder: Path) -> Markup:
    """Turn all references in a report into links, and add the pages of the articles they refer to.

    Parameters
    ----------
    body : str
        HTML of the report.
    articles : pandas.DataFrame
        Articles of `read_articles`.
    folder : pathlib.Path
        The folder of the report, whose tables are marked on the pages.

    Returns
    -------
    markupsafe.Markup
        The body, followed by the pages with the cited passages. Each passage has links back to its
        first citation in the text and its first citation below a chart.

    Notes
    -----
    At most 300 pages are included, and fewer if the articles are very long. On a page, only the
    first 40,000 characters are marked; links to later positions lead to the top of the page.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, _ = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> body = cl.show_evidence(passages.head(3), articles).html
    >>> linked = link_pages(body, articles, Path("no such folder"))
    >>> linked.count('href="#at-'), linked.count('href="#from-'), linked.count("<article")
    (3, 3, 1)
    """
    names = {page_key(article): article for article in articles.article}
    cited_keys = dict.fromkeys(
        match[2] for match in CITE_ELEMENT.finditer(body) if match[2] in names
    )
    keys = _keys_of_pages(cited_keys, names, articles)
    layers = [_cited_passages(body, keys, names, articles), *_layers_of(folder)]
    places = {f"{match[2]}-{match[3]}" for match in CITE_ELEMENT.finditer(body)}
    written = {key: article_page(articles, names[key], layers, places) for key in keys}
    pages = {key: page.html for key, page in written.items()}
    switches = [name for page in written.values() for name in page.switches]
    marked_places = set(_PLACED_MARK.findall("".join(pages.values())))
    back_links: dict[tuple[str, bool], str] = {}  # place, whether below a chart: id of the link
    section_starts = [match.start() for match in _SECTION_TAG.finditer(body)]
    is_open = [not match[1] for match in _SECTION_TAG.finditer(body)]
    link_count = 0

    def link_to_page(match: re.Match) -> str:
        nonlocal link_count
        place = f"{match[2]}-{match[3]}"
        if match[2] not in pages:
            return match[5]
        own_id = f"from-{link_count}"
        link_count += 1
        tags_before = bisect_left(section_starts, match.start())
        is_below_chart = tags_before > 0 and is_open[tags_before - 1]
        is_first = back_links.setdefault((place, is_below_chart), own_id) == own_id
        id_of_link = Markup(' id="{}"').format(own_id) if is_first else ""
        target = f"at-{place}" if place in marked_places else f"page-{match[2]}"
        return Markup('<a{} href="#{}">{}</a>').format(id_of_link, target, Markup(match[5]))

    def link_back(match: re.Match) -> str:
        link = Markup('<a class="back" href="#{}" title="back to the {}">↩</a>')
        links = [
            link.format(back_links[match[1], is_below_chart], origin)
            for is_below_chart, origin in ((False, "text"), (True, "chart"))
            if (match[1], is_below_chart) in back_links
        ]
        return Markup('{}<mark id="at-{}"').format(Markup("").join(links), match[1])

    linked_body = CITE_ELEMENT.sub(link_to_page, body)
    shown = [
        LinkedPage(key, Markup(_PLACED_MARK.sub(link_back, page))) for key, page in pages.items()
    ]
    return Markup(linked_body) + render(
        "article_pages", pages=shown, style=page_style_sheet(switches)
    )


def _keys_of_pages(
    cited_keys: Iterable[str], names: dict[str, str], articles: pd.DataFrame
) -> list[str]:
    """Return the keys of the first articles whose pages do not exceed the limits together."""
    lengths = dict(zip(articles.article, articles.text.str.len(), strict=True))
    keys = []
    characters = 0
    for key in cited_keys:
        characters += min(lengths[names[key]], MAX_CHARACTERS)
        if len(keys) == MOST_PAGES or characters > MOST_CHARACTERS:
            break
        keys.append(key)
    return keys


def _cited_passages(
    body: str, keys: list[str], names: dict[str, str], articles: pd.DataFrame
) -> pd.DataFrame:
    """Return the passages that a report cites, as a table to mark on their pages."""
    texts = dict(zip(articles.article, articles.text, strict=True))
    shown_keys = set(keys)
    spans = dict.fromkeys(
        (names[match[2]], int(match[3]), int(match[4]))
        for match in CITE_ELEMENT.finditer(body)
        if match[2] in shown_keys
    )
    rows = [
        {
            "article": article,
            "start": start,
            "end": end,
            "text": texts[article][start:end],
            "label": CITED_LABEL,
        }
        for article, start, end in spans
    ]
    return make_table("passages", rows)


def _layers_of(folder: Path) -> list[pd.DataFrame]:
    """Return the tables of a report that are marked on its pages, below the cited passages."""
    drawn = [table for table in TABLES.values() if table.page_layer is not None]
    drawn.sort(key=lambda table: table.page_layer)
    paths = [folder / "tables" / f"{table.name}.csv" for table in drawn]
    layers = [_read_typed(path) for path in paths if path.is_file()]
    # Events of no particular kind are the most frequent marks, and say least.
    layers = [layer[layer.label != OTHER] for layer in layers]
    return [
        layer.assign(**dict.fromkeys(_LEFT_TO_TABLES.intersection(layer.columns), ""))
        for layer in layers
    ]
