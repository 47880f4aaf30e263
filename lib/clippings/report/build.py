"""Create the report of a corpus: run the notebooks and write all files of the report."""

import hashlib
import json
import os
import platform
import re
import time
from concurrent.futures import Executor
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import nbformat
import pandas as pd
from tqdm import tqdm

from clippings.core.cache import drop_unused
from clippings.core.errors import BadInput
from clippings.core.parallel import processes
from clippings.corpus.codebook import read_codebook
from clippings.corpus.reader import read_articles
from clippings.corpus.snapshot import (
    SNAPSHOT_VARIABLE,
    copy_codebook,
    list_changed_files,
    list_file_states,
    read_codebook_files,
    write_snapshot,
)
from clippings.pipeline import find_all
from clippings.report.changes_page import REPORT_PAGE, ReportLinks, write_changes_page
from clippings.report.diff import find_changes
from clippings.report.diff_news import News, find_news
from clippings.report.export import (
    EXTRA_FILES_VARIABLE,
    PDF_FILES,
    SLIDE_FILES,
    read_report,
    read_run,
    write_texts,
)
from clippings.report.folders import (
    MANIFEST,
    ReportFolders,
    check_corpus,
    check_folders,
    list_files,
    locked,
    make_cache,
    mark_of,
    plan_folders,
    printable_name,
    replace_report,
    work_folder,
)
from clippings.report.notebooks import NotebookRun, notebook_paths, run_notebooks, with_parameters
from clippings.report.pdf_file import CannotPrint, print_report
from clippings.report.time_profile import TimeProfile
from clippings.report.title import title_of_corpus
from clippings.report.web_page import write_report
from clippings.show.chart_style import STYLE_VARIABLE, ChartStyle, describe_style, drawn_in

# Packages whose version can change a result.
PACKAGES = (
    "pandas",
    "numpy",
    "matplotlib",
    "nltk",
    "scikit-learn",
    "networkx",
    "pystemmer",
    "rapidfuzz",
)

# The page about what is new since the previous report
CHANGES_PAGE = "changes.html"

# Notebook parameters that are paths and do not affect the results.
PLACES = ("CORPUS", "OUT", "CACHE_DIR")

# An assignment in a parameter cell: MIN_WORDS = 8 # minimum length
PARAMETER = re.compile(r"^([A-Z_]+) = ([^#\n]+?)\s*(?:#.*)?$", re.MULTILINE)

# Notebooks that run at the same time. Each kernel uses about 300 MB and usually one core.
MAX_KERNELS = 3

# Above this number of characters, only one kernel runs, because tables take about 2 GB per kernel.
MAX_CHARACTERS_TWICE = 100_000_000

# How often the corpus is read again if its codebook was saved while we read it.
MAX_READINGS = 3


class Comparison(NamedTuple):
    """What changed since the previous report."""

    changes: pd.DataFrame  # see `find_changes`
    news: News | None = None  # None if the reports cannot be compared
    problem: str = ""  # why they cannot

    @property
    def has_page(self) -> bool:
        """Return whether the report contains a page about what is new."""
        return self.news is not None and not self.news.is_empty


class _Written(NamedTuple):
    """What is known when all files are written."""

    pdf_problem: str
    comparison: Comparison | None


class Report(NamedTuple):
    """A finished report."""

    folder: Path
    unusable: list[str]  # "name: reason" for each file that could not be used
    changed: list[str]  # files of the corpus that changed while the report was created
    pdf_problem: str = ""  # why report.pdf was not created, if it was asked for
    comparison: Comparison | None = None  # with the report that was replaced, if there was one


def make_report(
    folder,
    out="out",
    *,
    quotes: str = "all",
    title: str = "",
    chart_style: ChartStyle | None = None,
    pdf: bool = False,
    slides: bool = False,
    jobs: int = 1,
    scheduler: str = "",
    progress: bool = True,
    profile: TimeProfile | None = None,
) -> Report:
    """Create the report of a corpus: web page, Word file, charts, tables and manifest.

    Parameters
    ----------
    folder : str or Path
        The folder of articles. It is read once and never written to.
    out : str or Path
        The report is written to `out/NAME`, where NAME is the name of the folder of articles.
    quotes : {"all", "short"}
        "short" limits quotations to 25 words and omits the pages of articles.
    title : str
        The title of the report; by default, it is made from the articles (see `title_of_corpus`).
    chart_style : ChartStyle, optional
        The size and the colours of the charts (see `set_chart_style`).
    slides : bool
        Whether to write the summary and the charts as slides, too, if the extra ``report`` is
        installed.
    pdf : bool
        Whether to print the report to `report.pdf` and to save the charts as PDF files, too. If
        the report cannot be printed, all other
        files are created nevertheless.
    jobs : int
        The number of processes that read and search the articles.
    scheduler : str
        A Dask cluster to use instead; see `clippings.core.parallel.processes`.
    progress : bool
        Whether to show a progress bar.
    profile : TimeProfile, optional
        Where the times of the steps and of the cells of the notebooks are recorded.

    Returns
    -------
    Report
        The folder `out/NAME`, the files that could not be used, the files that changed while the
        report was created (the report contains their earlier versions), and why there is no PDF
        file.

    Raises
    ------
    BadInput
        If the folder does not exist or contains no readable articles; if files in `out` could be
        lost (see `clippings.report.folders`); or if another run is writing the same report.
    RuntimeError
        If a notebook fails.

    Notes
    -----
    The report is created in a private folder and then moved to its destination. The previous report
    is renamed to `out/NAME.previous`. If pyarrow is installed, results are stored in
    `out/NAME.cache`, so that the next run processes only new articles.

    Examples
    --------
    >>> make_report("no such folder")
    Traceback (most recent call last):
    clippings.core.errors.BadInput: no such folder is not a folder: name a folder of saved articles
    """
    folders = plan_folders(folder, out)
    check_folders(folders)
    begin = time.time()
    profile = profile or TimeProfile()
    with locked(folders) as lock, work_folder(folders) as work:
        cache = make_cache(folders) if _uses_cache(folders.cache, jobs, scheduler) else None
        states = list_file_states(folders.corpus)
        with processes(jobs, scheduler) as executor:
            snapshot = work / "corpus"
            with profile.step("read the articles"):
                articles = _read_once(folders.corpus, snapshot, executor, cache)
            unusable = _list_unusable(articles)
            if len(unusable) == len(articles):
                raise _no_articles(folder, unusable)
            check_corpus(folders, lock.recorded_corpus, set(articles.sha256) - {""})
            lock.record(str(folders.corpus))
            if cache:
                # The tables are computed once; the notebooks then read them from the cache.
                with profile.step("create the tables"):
                    find_all(articles, read_codebook(snapshot), executor=executor, cache_dir=cache)
        style = chart_style or ChartStyle()
        written = _write_all(
            work, folders, articles, cache, quotes, title, style, pdf, slides, progress, profile
        )
        replace_report(work, folders)
        if cache:
            drop_unused(cache, begin)
        changed = list_changed_files(states, list_file_states(folders.corpus))
    return Report(folders.report, unusable, changed, written.pdf_problem, written.comparison)


def _uses_cache(cache: Path, jobs: int, scheduler: str) -> bool:
    """Return whether results are cached."""
    try:
        os.fspath(cache).encode("utf-8")
    except UnicodeEncodeError:
        return False  # pyarrow cannot open files whose path is not valid UTF-8
    return bool(find_spec("pyarrow")) or jobs > 1 or bool(scheduler)


def _read_once(
    corpus: Path, snapshot: Path, executor: Executor | None, cache: Path | None
) -> pd.DataFrame:
    """Read the articles, and store them with the codebook in the snapshot for the notebooks."""
    snapshot.mkdir()
    for _ in range(MAX_READINGS):
        copied = copy_codebook(corpus, snapshot)
        articles = read_articles(corpus, executor=executor, cache_dir=cache)
        # Articles depend on some codebook tables, which must be the same as the copied ones.
        if read_codebook_files(corpus) == copied:
            break
    write_snapshot(snapshot, articles)
    return articles


def _list_unusable(articles: pd.DataFrame) -> list[str]:
    """List the files that could not be used, with the reasons."""
    problems = articles[articles.problem != ""]
    return [
        f"{name}: {problem}"
        for name, problem in zip(problems.article, problems.problem, strict=True)
    ]


def _no_articles(folder, unusable: list[str]) -> BadInput:
    """Return the error for a folder in which nothing can be read."""
    first = f" (first problem: {unusable[0]})" if unusable else ""
    return BadInput(f"{folder} contains no readable articles: add text files (.txt){first}")


def _write_all(
    work: Path,
    folders: ReportFolders,
    articles: pd.DataFrame,
    cache: Path | None,
    quotes: str,
    title: str,
    style: ChartStyle,
    pdf: bool,
    slides: bool,
    progress: bool,
    profile: TimeProfile,
) -> _Written:
    """Write all files of the report into `report/` of the work folder."""
    report = work / "report"
    snapshot = work / "corpus"
    report.mkdir()
    requested = {PDF_FILES: pdf, SLIDE_FILES: slides}
    extra_files = [kind for kind, is_requested in requested.items() if is_requested]
    with profile.step("run the notebooks"):
        notebooks = _run_notebooks(work, articles, cache, style, extra_files, progress, profile)
    if quotes != "short":
        write_texts(articles, report)
    # The codebook is part of the report, so that two reports can be compared.
    copy_codebook(snapshot, report)
    given_title = " ".join(title.split())
    report_title = given_title or title_of_corpus(articles, report, printable_name(folders.corpus))
    manifest = _manifest(folders.corpus, snapshot, articles, notebooks)
    with profile.step("compare with the previous report"):
        comparison = _compare(folders, report, manifest)
    # A report with short quotations is to be published; what is new since last time is not.
    has_changes_page = quotes != "short" and comparison is not None and comparison.has_page
    with profile.step("write the page and the Word file"), drawn_in(style):
        write_report(
            report,
            report_title,
            notebooks,
            articles,
            short=quotes == "short",
            slides=slides,
            changes_page=CHANGES_PAGE if has_changes_page else "",
        )
    if has_changes_page:
        # The report that is replaced is moved next to the new one.
        old_page = f"../{quote(os.fsencode(folders.previous.name))}/{REPORT_PAGE}"
        write_changes_page(
            comparison.changes,
            comparison.news,
            report,
            report / CHANGES_PAGE,
            old_links=ReportLinks.of_file(folders.report / REPORT_PAGE, old_page),
        )
    pdf_problem = ""
    if pdf:
        with profile.step("print the PDF file"):
            pdf_problem = _print_pdf(report)
    if quotes != "all":
        manifest["quotes"] = quotes
    if given_title:
        manifest["title"] = given_title
    if style != ChartStyle():
        manifest["charts"] = _describe_charts(style)
    # This list ensures that files added to the report by others are never deleted.
    manifest["files"] = sorted([*list_files(report), MANIFEST])
    text = json.dumps(manifest, indent=1, ensure_ascii=False)
    (report / MANIFEST).write_text(text + "\n", encoding="utf-8", errors="backslashreplace")
    return _Written(pdf_problem, comparison)


def _compare(folders: ReportFolders, report: Path, manifest: dict) -> Comparison | None:
    """Compare the new report with the one that it will replace; None if there is none."""
    if not (folders.report / MANIFEST).is_file():
        return None
    try:
        old = read_report(folders.report)
        new = read_run(report, manifest)
        changes = find_changes(old, new)
        return Comparison(changes, find_news(changes, old, new))
    except (BadInput, KeyError, AttributeError, ValueError, TypeError, OSError):
        # It was written by a version with other tables, or it was edited. The new report must not
        # be lost because of it.
        problem = f"{folders.previous} cannot be compared with the new report"
        return Comparison(pd.DataFrame(), problem=problem)


def _print_pdf(report: Path) -> str:
    """Print the report, and return why this was not possible, if it was not."""
    try:
        print_report(report / "report.html", report / "report.pdf")
    except (CannotPrint, OSError) as error:
        return str(error)
    return ""


def _describe_charts(style: ChartStyle) -> dict[str, str]:
    """Describe the style of the charts; the style file by its name and its content."""
    description = describe_style(style)
    if style.file:
        description["file"] = Path(style.file).name
        description["sha256"] = hashlib.sha256(Path(style.file).read_bytes()).hexdigest()
    return description


def _count_code_cells(notebook: nbformat.NotebookNode) -> int:
    """Return the number of code cells of a notebook."""
    return sum(cell.cell_type == "code" for cell in notebook.cells)


def _run_notebooks(
    work: Path,
    articles: pd.DataFrame,
    cache: Path | None,
    style: ChartStyle,
    extra_files: list[str],
    progress: bool,
    profile: TimeProfile,
) -> list:
    """Run the six notebooks on the snapshot of the corpus; return them with their outputs."""
    scratch = work / "scratch"
    scratch.mkdir()
    paths = notebook_paths()
    notebooks = [nbformat.read(path, as_version=4) for path in paths]
    code_cells = sum(_count_code_cells(notebook) for notebook in notebooks)
    injected_cells = len(notebooks)
    places = {
        "CORPUS": str(work / "corpus"),
        "OUT": str(work / "report"),
        "CACHE_DIR": str(cache) if cache else None,
    }
    environment = {
        SNAPSHOT_VARIABLE: places["CORPUS"],
        STYLE_VARIABLE: json.dumps(describe_style(style)),
        EXTRA_FILES_VARIABLE: " ".join(extra_files),
    }
    for notebook in notebooks:
        with_parameters(notebook, **places)
    runs = [
        NotebookRun(notebook, scratch, path.name)
        for path, notebook in zip(paths, notebooks, strict=True)
    ]
    with tqdm(total=code_cells + injected_cells, unit="cell", disable=not progress) as progress_bar:
        run_notebooks(
            runs[::-1],  # the last notebooks take longest, so they start first
            at_once=_kernels_at_once(articles),
            on_cell=progress_bar.update,
            profile=profile,
            environment=environment,
        )
    return notebooks


def _kernels_at_once(articles: pd.DataFrame) -> int:
    """Return the number of notebooks to run at once, which is 1 if memory is limited."""
    if articles.text.str.len().sum() > MAX_CHARACTERS_TWICE:
        return 1
    return min(MAX_KERNELS, os.cpu_count() or 1)


def _manifest(corpus: Path, snapshot: Path, articles: pd.DataFrame, notebooks: list) -> dict:
    """Describe the inputs of the results: files, versions, parameters."""
    tables = read_codebook_files(snapshot)
    return {
        "made_by": "clippings",
        "corpus": mark_of(corpus)._asdict(),
        "articles": {row.article: row.sha256 or row.problem for row in articles.itertuples()},
        "codebook": {
            f"{name}.csv": hashlib.sha256(content).hexdigest()
            for name, content in sorted(tables.items())
        },
        "versions": {
            "clippings": version("clippings"),
            "python": platform.python_version(),
            **{package: version(package) for package in PACKAGES},
        },
        "parameters": {
            path.stem: _parameters_of(notebook)
            for path, notebook in zip(notebook_paths(), notebooks, strict=True)
        },
    }


def _parameters_of(notebook) -> dict[str, str]:
    """Return the parameters of a notebook that can change a result, as written in the notebook."""
    cell = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    parameters = dict(PARAMETER.findall(cell.source))
    return {name: value for name, value in parameters.items() if name not in PLACES}
