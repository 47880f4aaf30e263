"""The chapters of the report page: notebooks as sections that answer one question each."""

import re
from dataclasses import dataclass, field

import pandas as pd
from markupsafe import Markup
from nbconvert.filters import markdown2html

from clippings.report.page_links import SavedChart, alt_key, link_marks
from clippings.report.reader_tables import rewrite_tables
from clippings.report.templates import render

# Tags of cells: of use in JupyterLab only; the beginning of the answer, which is shown below the
# title of its chapter without a heading of its own; the beginning of a section that stays open.
LAB_ONLY = {"interactive", "lab-only"}
ANSWER = "answer"
OPEN = "open"

_ANCHOR_LINK = re.compile(r'<a class="anchor-link"[^>]*>.*?</a>')  # what nbconvert adds to headings
_HEADING = re.compile(r"<h([1-6])[^>]*>(.*?)</h\1>", re.DOTALL)
_NOTEBOOK_NUMBER = re.compile(r"^\d+\.\s+")
_ROW_OF_BODY = re.compile(r"<tbody>\s*<tr")
_MESSAGE = '<p role="note">'  # a view that shows a message instead of rows


@dataclass(frozen=True)
class Heading:
    """A heading of a notebook."""

    level: int
    html: Markup
    anchor: str


@dataclass(frozen=True)
class Part:
    """Text or an output of a cell as HTML."""

    html: Markup
    is_result: bool = False  # a table, a view or a chart, not text
    is_empty: bool = False  # a result without rows
    is_evidence: bool = False  # a view of passages or pages, which is long
    finding: str = ""  # the title of a chart as a sentence


@dataclass
class Section:
    """A question with its answer; the introduction and the answer of a chapter have no heading."""

    heading: Heading | None
    parts: list[Part] = field(default_factory=list)
    is_foldable: bool = False  # the introduction and the answer are always shown
    is_open: bool = False

    @property
    def findings(self) -> list[str]:
        """Return the titles of the charts."""
        return list(dict.fromkeys(part.finding for part in self.parts if part.finding))

    @property
    def is_empty(self) -> bool:
        """Return whether the section was to show results, but none of them contains anything."""
        results = [part for part in self.parts if part.is_result]
        return bool(results) and all(part.is_empty for part in results)


@dataclass
class Chapter:
    """A notebook as part of the report."""

    title: Heading
    sections: list[Section]  # the introduction first
    empty: list[Heading]  # headings of the sections that are left out


def read_chapter(
    notebook,
    prefix: str,
    charts: dict[str, SavedChart],
    titles: dict[str, str],
    articles: pd.DataFrame,
) -> Chapter:
    """Read a notebook as a chapter of the report page.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        A notebook with its outputs.
    prefix : str
        The beginning of all ids of the chapter.
    charts : dict of str to SavedChart
        The result of `read_charts`.
    titles : dict of str to str
        The titles of articles, which replace their ids in tables.
    articles : pandas.DataFrame
        Articles of `read_articles`.

    Returns
    -------
    Chapter
        The introduction and the answer are always shown. Of the other sections, the first one with
        a chart is open, and so are those with the tag "open". Sections in which nothing was found
        are left out.

    Notes
    -----
    A section begins with a cell that contains a heading of level 2. The answer is the section whose
    cell has the tag "answer".

    Examples
    --------
    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> cells = [new_markdown_cell("# 2. The flood"), new_markdown_cell("## Where did it rain?")]
    >>> chapter = read_chapter(new_notebook(cells=cells), "n1", {}, {}, pd.DataFrame())
    >>> chapter.title.html, [str(section.heading.html) for section in chapter.sections[1:]]
    (Markup('The flood'), ['Where did it rain?'])
    """
    headings: list[Heading] = []
    sections = [Section(heading=None)]
    for cell in filter(is_shown, notebook.cells):
        known = len(headings)
        parts = _parts_of_cell(cell, prefix, headings, charts, titles, articles)
        questions = [heading for heading in headings[known:] if heading.level == 2]
        if questions:
            sections.append(_begin_section(questions[0], cell.metadata.get("tags", [])))
        sections[-1].parts += parts

    empty = [section.heading for section in sections if section.heading and section.is_empty]
    sections = [section for section in sections if not (section.heading and section.is_empty)]
    for section in sections:
        if section.is_foldable and section.findings:
            section.is_open = True  # the first chart of the chapter
            break
    return Chapter(headings[0], sections, empty)


def _begin_section(question: Heading, tags: list[str]) -> Section:
    """Return a new section; the answer has no heading and cannot be collapsed."""
    if ANSWER in tags:
        return Section(heading=None)
    return Section(heading=question, is_foldable=True, is_open=OPEN in tags)


def is_shown(cell) -> bool:
    """Return whether a cell belongs in a report.

    Parameters
    ----------
    cell : nbformat.NotebookNode
        A cell of a notebook.

    Returns
    -------
    bool

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell
    >>> is_shown(new_code_cell()), is_shown(new_code_cell(metadata={"tags": ["interactive"]}))
    (True, False)
    """
    return not LAB_ONLY & set(cell.metadata.get("tags", []))


def _parts_of_cell(
    cell,
    prefix: str,
    headings: list[Heading],
    charts: dict[str, SavedChart],
    titles: dict[str, str],
    articles: pd.DataFrame,
) -> list[Part]:
    """Return the text of a cell or the outputs of its code; record its headings."""
    if cell.cell_type == "markdown":
        return [Part(_without_question(markdown_html(cell.source, prefix, headings)))]
    output_prefix = f"{prefix}o{cell.execution_count}-"
    return [
        part_of_output(output, output_prefix, charts, titles, articles) for output in cell.outputs
    ]


def _without_question(html: Markup) -> Markup:
    """Remove the heading of a section from its text: the page shows it above the section."""
    for match in _HEADING.finditer(html):
        if match[1] == "2":
            return Markup(html[: match.start()] + html[match.end() :])
    return html


def markdown_html(source: str, prefix: str, headings: list[Heading]) -> Markup:
    """Return the text of a cell as HTML, and record its headings.

    Parameters
    ----------
    source : str
        Markdown.
    prefix : str
        The beginning of the headings' ids.
    headings : list of Heading
        The headings of the notebook up to this cell; those of the cell are appended.

    Returns
    -------
    markupsafe.Markup
        The text; every heading has an id.

    Examples
    --------
    >>> headings = []
    >>> print(markdown_html("## Where did it rain?", "n1", headings))
    <h2 id="n1-0">Where did it rain?</h2>
    >>> headings[0].anchor
    'n1-0'
    """

    def anchored(match: re.Match) -> str:
        # The notebooks are numbered in the order in which they are run; the report has its own.
        html = _NOTEBOOK_NUMBER.sub("", match[2]) if match[1] == "1" else match[2]
        heading = Heading(int(match[1]), Markup(html), f"{prefix}-{len(headings)}")
        headings.append(heading)
        tag = Markup('<h{level} id="{anchor}">{html}</h{level}>')
        return tag.format(level=heading.level, anchor=heading.anchor, html=heading.html)

    return Markup(_HEADING.sub(anchored, _ANCHOR_LINK.sub("", markdown2html(source))))


def part_of_output(
    output,
    prefix: str,
    charts: dict[str, SavedChart],
    titles: dict[str, str],
    articles: pd.DataFrame | None,
) -> Part:
    """Return an output of a cell as HTML: a chart, a table, a view, or text.

    Parameters
    ----------
    output : nbformat.NotebookNode
        An output of a code cell.
    prefix : str
        The beginning of the ids in a chart.
    charts : dict of str to SavedChart
        The result of `read_charts`; {} for charts without links.
    titles : dict of str to str
        The titles of articles, which replace their ids in tables.
    articles : pandas.DataFrame or None
        Articles of `read_articles`; None only if there are no charts to link.

    Returns
    -------
    Part
        Warnings and progress bars become an empty part.

    Examples
    --------
    >>> from nbformat.v4 import new_output
    >>> part_of_output(new_output("stream", text="6 articles"), "n1-", {}, {}, None).html
    Markup('<p class="said">6 articles</p>')
    """
    if output.output_type == "stream":
        is_text = output.name == "stdout"
        return Part(render("text_output", text=output.text.rstrip()) if is_text else Markup(""))
    data = output.get("data", {})
    if "image/svg+xml" in data:
        alt = output.metadata["image/svg+xml"]["alt"]
        chart = charts.get(alt_key(alt))
        return Part(
            link_marks(data["image/svg+xml"], prefix, alt, charts, articles, titles),
            is_result=True,
            is_empty=chart is not None and chart.counts.empty,
            finding=chart.finding if chart else "",
        )
    if "text/html" in data:
        return _table_or_view(data["text/html"], titles)
    text = data.get("text/plain", "")
    return Part(render("text_output", text=text) if text else Markup(""))


def _table_or_view(html: str, titles: dict[str, str]) -> Part:
    """Return a table of pandas for readers, or a view as it is."""
    if 'class="dataframe' in html:
        table = Markup('<div class="table">{}</div>').format(rewrite_tables(html, titles))
        return Part(table, is_result=True, is_empty=not _ROW_OF_BODY.search(html))
    return Part(
        Markup('<div class="shown">{}</div>').format(Markup(html)),
        is_result=True,
        is_empty=_MESSAGE in html and not _ROW_OF_BODY.search(html),
        is_evidence=True,
    )
