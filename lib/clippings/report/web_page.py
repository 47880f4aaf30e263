"""How a report is laid out: notebooks that were run, as one web page and as one Word file, the brief first."""

import re
from base64 import b64decode
from html import escape
from importlib.metadata import version
from pathlib import Path

from nbconvert.filters import markdown2html

from clippings.report.page_links import link_marks, link_pages, read_charts
from clippings.report.short_quotes import MOST_WORDS, Excerpts
from clippings.report.word_file import can_write, write_document

STYLE = Path(__file__).with_name("report.css")
PAGE, NO_PAGE = re.compile(r"<article.*?</article>", re.DOTALL), "<p>The page is left out.</p>"
LAB_ONLY = {"interactive", "lab-only"}  # cells that say nothing without a kernel


def write_report(made: Path, name: str, notebooks: list, articles, *, short: bool = False) -> Path:
    """The page of a run, and the Word file where the extra `report` is installed.

    In: folder of a run, with its charts and tables; the corpus's name; notebooks that were run; articles; short, to
    leave no long quotation: all files of the run are then shortened, and the pages of articles left out.
    Out: the path of report.html. Raises: OSError when it cannot be written. Misses: cells that say nothing without a
    kernel. Source: none.
    Example:
        >>> import tempfile
        >>> from nbformat.v4 import new_markdown_cell, new_notebook
        >>> from clippings.core.tables import make_table
        >>> notebooks = [new_notebook(cells=[new_markdown_cell("# What is it about?")])]
        >>> write_report(Path(tempfile.mkdtemp()), "flood", notebooks, make_table("articles")).name
        'report.html'
    """
    charts = read_charts(made)
    page, parts = _page(notebooks, name, articles, made, charts, not short), _parts(notebooks)
    if short:
        excerpts = Excerpts(articles)
        excerpts.shorten_files(made)
        page = excerpts.shorten_html(page)
        parts = [excerpts.shorten_html(part) if isinstance(part, str) else part for part in parts]
    (made / "report.html").write_text(page, encoding="utf-8")
    if can_write():
        files = {alt: made / "charts" / f"{chart}.txt" for alt, (chart, *_) in charts.items()}
        findings = {
            alt: path.read_text(encoding="utf-8").partition("\n")[0] for alt, path in files.items()
        }
        captions = {
            alt: f"{said} Data: charts/{files[alt].stem}.csv." for alt, said in findings.items()
        }
        write_document(parts, captions, name, made / "report.docx")
    return made / "report.html"


def _parts(notebooks: list) -> list:
    """What a document holds, the brief first: HTML, and pictures with their alternative texts."""
    parts: list = []
    for cell in (cell for notebook in notebooks[-1:] + notebooks[:-1] for cell in notebook.cells):
        if LAB_ONLY & set(cell.metadata.get("tags", [])):
            continue
        if cell.cell_type == "markdown":
            parts.append(_headed(markdown2html(cell.source), "", []))
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                parts.append(
                    (b64decode(output.data["image/png"]), output.metadata["image/png"]["alt"])
                )
            else:
                parts.append(_output(output, "", {}, None))
    return parts


def _page(notebooks: list, name: str, articles, made: Path, charts: dict, whole: bool) -> str:
    """One page that needs nothing else: code hidden, contents first, light and dark; if whole, the articles' pages."""
    contents, bodies = [], []
    for number, notebook in enumerate(notebooks, 1):
        headings: list[tuple[int, str, str]] = []
        parts = [_cell(cell, f"n{number}", headings, charts, articles) for cell in notebook.cells]
        inner = "".join(
            f'<li><a href="#{anchor}">{text}</a></li>'
            for level, text, anchor in headings
            if level == 2
        )
        _, text, anchor = headings[0]
        contents.append(f'<li><a href="#{anchor}">{text}</a><ol>{inner}</ol></li>')
        bodies.append("".join(parts))
    left_out = articles[articles.problem != ""].itertuples()
    problems = "".join(f"<li>{escape(row.article)}: {escape(row.problem)}</li>" for row in left_out)
    unusable = f"<h2>Files that could not be used</h2><ul>{problems}</ul>" if problems else ""
    body = "".join(bodies[-1:] + bodies[:-1])  # the brief comes first
    body = link_pages(body, articles, made) if whole else PAGE.sub(NO_PAGE, body)
    pages = (
        '<p><a href="#pages">The pages</a></p>'
        if whole
        else f"<p>No quotation is longer than {MOST_WORDS} words.</p>"
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(name)}: report</title><style>{STYLE.read_text(encoding='utf-8')}</style></head><body><main>"
        f"<header><h1>{escape(name)}</h1><p>{len(articles):,} files. Every sentence and number rests on passages: "
        "open them below it.</p></header>"
        f"<nav><ol>{''.join(contents[-1:] + contents[:-1])}</ol><p>{pages}</p></nav>"
        f"{unusable}{body}"
        f"<footer><p>Made with clippings {version('clippings')}; files, versions and parameters are in "
        "manifest.json.</p></footer></main></body></html>\n"
    )


def _cell(cell, prefix: str, headings: list, charts: dict, articles) -> str:
    if LAB_ONLY & set(cell.metadata.get("tags", [])):
        return ""
    if cell.cell_type == "markdown":
        return _headed(markdown2html(cell.source), prefix, headings)
    return "".join(
        _output(output, f"{prefix}o{cell.execution_count}-", charts, articles)
        for output in cell.outputs
    )


def _headed(html: str, prefix: str, headings: list) -> str:
    """Markdown's HTML with an anchor on every heading, noted for the contents."""

    def anchored(match: re.Match) -> str:
        anchor = f"{prefix}-{len(headings)}"
        headings.append((int(match[1]), match[2], anchor))
        return f'<h{match[1]} id="{anchor}">{match[2]}</h{match[1]}>'

    html = re.sub(r'<a class="anchor-link"[^>]*>.*?</a>', "", html)
    return re.sub(r"<h([1-6])[^>]*>(.*?)</h\1>", anchored, html, flags=re.DOTALL)


def _output(output, prefix: str, charts: dict, articles) -> str:
    if output.output_type == "stream":
        return (
            f'<p class="said">{escape(output.text.rstrip())}</p>' if output.name == "stdout" else ""
        )
    data = output.get("data", {})
    if "image/svg+xml" in data:
        alt = output.metadata["image/svg+xml"]["alt"]
        return link_marks(data["image/svg+xml"], prefix, alt, charts, articles)
    if "text/html" in data:
        kind = "table" if 'class="dataframe' in data["text/html"] else "shown"
        return f'<div class="{kind}">{_tidy(data["text/html"])}</div>'
    return f'<p class="said">{escape(data["text/plain"])}</p>' if "text/plain" in data else ""


def _tidy(html: str) -> str:
    """A pandas table without its own style sheet and border."""
    return re.sub(r"<style scoped>.*?</style>", "", html, flags=re.DOTALL).replace(
        ' border="1"', ""
    )
