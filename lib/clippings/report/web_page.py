"""Write a report: the notebooks as one web page and one Word file, starting with the brief."""

import re
from base64 import b64decode
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup
from nbconvert.filters import markdown2html

from clippings.brief.phrasing import dates_in_words, fill
from clippings.core.wording import add_titles, count_noun
from clippings.report.markup import replace_elements
from clippings.report.page_links import SavedChart, alt_key, link_marks, link_pages, read_charts
from clippings.report.reader_tables import rewrite_tables
from clippings.report.report_slides import write_report_slides
from clippings.report.short_quotes import MOST_WORDS, Excerpts
from clippings.report.slides_file import can_write_slides
from clippings.report.templates import render
from clippings.report.word_file import Picture, can_write, write_document

STYLE = Path(__file__).with_name("report.css")
NO_PAGE = "<p>The page is not included.</p>"

# Wording of the line below the title
SCOPE_ALL_DATED = "published {dates}"
SCOPE_SOME_DATED = "{dated:# of which has|# of which have} a publication date ({dates})"

LAB_ONLY = {"interactive", "lab-only"}  # tags of cells that require a kernel

_ANCHOR_LINK = re.compile(r'<a class="anchor-link"[^>]*>.*?</a>')  # what nbconvert adds to headings
_HEADING = re.compile(r"<h([1-6])[^>]*>(.*?)</h\1>", re.DOTALL)
NOTEBOOK_NUMBER = re.compile(r"^\d+\.\s+")


class Heading(NamedTuple):
    """A heading of a notebook."""

    level: int
    html: Markup
    anchor: str


class Chapter(NamedTuple):
    """A notebook in the table of contents."""

    title: Heading
    sections: list[Heading]


def write_report(
    folder: Path, title: str, notebooks: list, articles: pd.DataFrame, *, short: bool = False
) -> Path:
    """Write a report as a web page and, if the extra ``report`` is installed, as a Word file.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the report, with its charts and tables.
    title : str
        Title of the report.
    notebooks : list of nbformat.NotebookNode
        The notebooks with their outputs; the brief is the last.
    articles : pandas.DataFrame
        Articles of `read_articles`.
    short : bool, default False
        Shorten long quotations in all files of the folder, and omit the pages of articles.

    Returns
    -------
    pathlib.Path
        The path of ``report.html``.

    Raises
    ------
    OSError
        If a file cannot be written.
    RuntimeError
        If `short` is set but a file still contains a long quotation.

    Examples
    --------
    >>> import tempfile
    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> import clippings as cl
    >>> articles, _ = cl.load_example()
    >>> notebooks = [new_notebook(cells=[new_markdown_cell("# What is it about?")])]
    >>> write_report(Path(tempfile.mkdtemp()), "The flood", notebooks, articles).name
    'report.html'
    """
    charts = read_charts(folder)
    titled = add_titles(articles, articles)
    titles = dict(zip(titled.article, titled.title, strict=True))
    page = _page(notebooks, title, articles, titles, folder, charts, has_pages=not short)
    excerpts = Excerpts(articles) if short else None
    if excerpts:
        page = excerpts.shorten_html(page)
        excerpts.shorten_files(folder)
    (folder / "report.html").write_bytes(page.encode("utf-8", "backslashreplace"))
    if can_write():
        captions = {
            alt: f"{chart.finding} Data: charts/{chart.name}.csv." for alt, chart in charts.items()
        }
        write_document(
            _document_parts(notebooks, titles),
            captions,
            title,
            folder / "report.docx",
            shorten_texts=excerpts.shorten_texts if excerpts else None,
        )
    if can_write_slides():
        write_report_slides(
            folder,
            title,
            _scope(articles),
            _brief_first(notebooks),
            charts,
            shorten_texts=excerpts.shorten_texts if excerpts else None,
        )
    if excerpts:
        excerpts.check_files(folder)
    return folder / "report.html"


def _document_parts(notebooks: list, titles: dict[str, str]) -> list[str | Picture]:
    """Return the contents of the Word file, starting with the brief."""
    parts: list[str | Picture] = []
    for notebook in _brief_first(notebooks):
        for cell in filter(_is_shown, notebook.cells):
            if cell.cell_type == "markdown":
                parts.append(_with_anchors(markdown2html(cell.source), "", []))
            for output in cell.get("outputs", []):
                if "image/png" in output.get("data", {}):
                    alt = output.metadata["image/png"]["alt"]
                    parts.append(Picture(b64decode(output.data["image/png"]), alt_key(alt)))
                else:
                    parts.append(_output(output, "", {}, titles, articles=None))
    return parts


def _page(
    notebooks: list,
    report_title: str,
    articles: pd.DataFrame,
    titles: dict[str, str],
    folder: Path,
    charts: dict[str, SavedChart],
    has_pages: bool,
) -> str:
    """Return the page as a single file, with hidden code and a light and a dark style."""
    chapters = []
    bodies = []
    for number, notebook in enumerate(notebooks, 1):
        headings: list[Heading] = []
        cells = [
            _cell(cell, f"n{number}", headings, charts, titles, articles)
            for cell in filter(_is_shown, notebook.cells)
        ]
        chapter_body = Markup('<div class="chapter">{}</div>').format(Markup("").join(cells))
        bodies.append(chapter_body)
        title = headings[0]
        chapters.append(Chapter(title, [heading for heading in headings if heading.level == 2]))
    body = "".join(_brief_first(bodies))
    if has_pages:
        body = link_pages(body, articles, folder)
    else:
        body = replace_elements(body, "article", NO_PAGE)
    html = render(
        "report",
        title=report_title,
        style=Markup(STYLE.read_text(encoding="utf-8")),
        scope=_scope(articles),
        chapters=_brief_first(chapters),
        has_pages=has_pages,
        most_words=MOST_WORDS,
        unusable=list(articles[articles.problem != ""].itertuples()),
        body=Markup(body),
        version=version("clippings"),
    )
    return str(html)


def _scope(articles: pd.DataFrame) -> str:
    """Describe the number of articles, the number of outlets and the range of dates."""
    readable = articles[articles.problem == ""]
    parts = [count_noun(len(readable), "article")]
    outlets = readable.outlet[readable.outlet != ""].nunique()
    if outlets:
        parts.append(count_noun(outlets, "known outlet"))
    dated = readable[readable.published_from.notna() & readable.published_to.notna()]
    if not dated.empty:
        published = dates_in_words(dated.published_from.min(), dated.published_to.max())
        template = SCOPE_ALL_DATED if len(dated) == len(readable) else SCOPE_SOME_DATED
        parts.append(fill(template, dated=len(dated), dates=published))
    return ", ".join(parts) + "."


def _brief_first(items: list) -> list:
    """Return the items of the notebooks, with those of the last one, the brief, first."""
    return items[-1:] + items[:-1]


def _is_shown(cell) -> bool:
    """Return whether a cell belongs in a report."""
    return not LAB_ONLY & set(cell.metadata.get("tags", []))


def _cell(
    cell,
    prefix: str,
    headings: list[Heading],
    charts: dict,
    titles: dict[str, str],
    articles: pd.DataFrame,
) -> Markup:
    """Return a cell as HTML: its text, or the output of its code."""
    if cell.cell_type == "markdown":
        return _with_anchors(markdown2html(cell.source), prefix, headings)
    output_prefix = f"{prefix}o{cell.execution_count}-"
    outputs = [_output(output, output_prefix, charts, titles, articles) for output in cell.outputs]
    return Markup("").join(outputs)


def _with_anchors(html: str, prefix: str, headings: list[Heading]) -> Markup:
    """Add an anchor to every heading, and record it for the table of contents."""

    def anchored(match: re.Match) -> str:
        # The notebooks are numbered in the order in which they are run; the report has its own.
        html = NOTEBOOK_NUMBER.sub("", match[2]) if match[1] == "1" else match[2]
        heading = Heading(int(match[1]), Markup(html), f"{prefix}-{len(headings)}")
        headings.append(heading)
        tag = Markup('<h{level} id="{anchor}">{html}</h{level}>')
        return tag.format(level=heading.level, anchor=heading.anchor, html=heading.html)

    return Markup(_HEADING.sub(anchored, _ANCHOR_LINK.sub("", html)))


def _output(
    output, prefix: str, charts: dict, titles: dict[str, str], articles: pd.DataFrame | None
) -> Markup:
    """Return an output of a cell as HTML: a chart, a table or view, or text."""
    if output.output_type == "stream":
        is_shown = output.name == "stdout"  # warnings and progress bars are skipped
        return render("text_output", text=output.text.rstrip()) if is_shown else Markup("")
    data = output.get("data", {})
    if "image/svg+xml" in data:
        alt = output.metadata["image/svg+xml"]["alt"]
        return link_marks(data["image/svg+xml"], prefix, alt, charts, articles)
    if "text/html" in data:
        html = data["text/html"]
        if 'class="dataframe' in html:
            return Markup('<div class="table">{}</div>').format(rewrite_tables(html, titles))
        return Markup('<div class="shown">{}</div>').format(Markup(html))
    return render("text_output", text=data["text/plain"]) if "text/plain" in data else Markup("")
