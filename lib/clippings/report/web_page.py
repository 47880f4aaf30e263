"""Write a report: the notebooks as one web page and one Word file, starting with the brief."""

from base64 import b64decode
from importlib.metadata import version
from pathlib import Path

import pandas as pd
from markupsafe import Markup

from clippings.brief.findings import rank
from clippings.brief.phrasing import dates_in_words, fill
from clippings.core.wording import add_titles, count_noun, join_and
from clippings.report.chapters import is_shown, markdown_html, part_of_output, read_chapter
from clippings.report.markup import replace_elements
from clippings.report.page_links import SavedChart, alt_key, link_pages, read_charts
from clippings.report.page_script import read_page_script
from clippings.report.report_slides import write_report_slides
from clippings.report.shared_styles import share_styles
from clippings.report.short_quotes import MOST_WORDS, Excerpts
from clippings.report.slides_file import can_write_slides
from clippings.report.templates import render
from clippings.report.word_file import Picture, can_write, write_document

STYLE = Path(__file__).with_name("report.css")
NO_PAGE = "<p>The page is not included.</p>"

# Wording of the line below the title
SCOPE_ALL_DATED = "published {dates}"
SCOPE_SOME_DATED = "{dated:# of which has|# of which have} a publication date ({dates})"
SCOPE_UNDATED = "publication dates unknown"
SCOPE_OUTLETS = "from {outlets}"
SCOPE_SOME_OUTLETS = "{known:# of which is|# of which are} from {outlets}"

# More outlets are counted and not named.
MAX_OUTLETS = 3


def write_report(
    folder: Path,
    title: str,
    notebooks: list,
    articles: pd.DataFrame,
    *,
    short: bool = False,
    slides: bool = False,
    changes_page: str = "",
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
    slides : bool, default False
        Also write slides, if the extra ``report`` is installed.
    changes_page : str, optional
        The address of a page about what is new since the previous report.

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
    page = _page(
        notebooks,
        title,
        articles,
        titles,
        folder,
        charts,
        has_pages=not short,
        changes_page=changes_page,
    )
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
    if slides and can_write_slides():
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
        for cell in filter(is_shown, notebook.cells):
            if cell.cell_type == "markdown":
                parts.append(markdown_html(cell.source, "", []))
            for output in cell.get("outputs", []):
                if "image/png" in output.get("data", {}):
                    alt = output.metadata["image/png"]["alt"]
                    parts.append(Picture(b64decode(output.data["image/png"]), alt_key(alt)))
                else:
                    parts.append(part_of_output(output, "", {}, titles, articles=None).html)
    return parts


def _page(
    notebooks: list,
    report_title: str,
    articles: pd.DataFrame,
    titles: dict[str, str],
    folder: Path,
    charts: dict[str, SavedChart],
    has_pages: bool,
    changes_page: str,
) -> str:
    """Return the page as a single file, with hidden code and a light and a dark style."""
    chapters = [
        read_chapter(notebook, f"n{number}", charts, titles, articles)
        for number, notebook in enumerate(notebooks, 1)
    ]
    chapters = _brief_first(chapters)
    body = "".join(render("chapter", chapter=chapter) for chapter in chapters)
    if has_pages:
        body = link_pages(body, articles, folder)
    else:
        body = replace_elements(body, "article", NO_PAGE)
    shared = share_styles(body)
    html = render(
        "report",
        title=report_title,
        style=Markup(STYLE.read_text(encoding="utf-8")) + shared.sheet,
        scope=_scope(articles),
        chapters=chapters,
        has_pages=has_pages,
        changes_page=changes_page,
        most_words=MOST_WORDS,
        unusable=list(articles[articles.problem != ""].itertuples()),
        body=shared.html,
        script=read_page_script(),
        version=version("clippings"),
    )
    return str(html)


def _scope(articles: pd.DataFrame) -> str:
    """Describe the number of articles, their outlets and the range of their dates."""
    readable = articles[articles.problem == ""]
    dated = readable[readable.published_from.notna() & readable.published_to.notna()]
    parts = [count_noun(len(readable), "article"), *_outlets(readable)]
    if dated.empty:
        parts.append(SCOPE_UNDATED)
    else:
        published = dates_in_words(dated.published_from.min(), dated.published_to.max())
        template = SCOPE_ALL_DATED if len(dated) == len(readable) else SCOPE_SOME_DATED
        parts.append(fill(template, dated=len(dated), dates=published))
    return ", ".join(parts) + "."


def _outlets(articles: pd.DataFrame) -> list[str]:
    """Name the outlets or, if there are many, count them; nothing if none is known."""
    outlets = articles.outlet[articles.outlet != ""]
    if outlets.empty:
        return []
    names = rank(outlets.value_counts())
    if len(names) > MAX_OUTLETS:
        return [count_noun(len(names), "outlet")]
    template = SCOPE_OUTLETS if len(outlets) == len(articles) else SCOPE_SOME_OUTLETS
    return [fill(template, outlets=join_and(names), known=len(outlets))]


def _brief_first(items: list) -> list:
    """Return the items of the notebooks, with those of the last one, the brief, first."""
    return items[-1:] + items[:-1]
