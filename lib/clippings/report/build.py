"""Running the notebooks on a corpus, and the folder that a report is."""

import hashlib
import json
import os
import platform
import re
import shutil
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import nbformat
from filelock import FileLock, Timeout
from tqdm import tqdm

from clippings.core.atomic import discard, swap_in
from clippings.core.errors import BadInput
from clippings.core.parallel import processes
from clippings.corpus.codebook import read_codebook
from clippings.corpus.reader import read_articles
from clippings.pipeline import find_all
from clippings.report.export import write_texts
from clippings.report.notebooks import notebook_paths, run_notebook, with_parameters
from clippings.report.web_page import write_report

PACKAGES = ("pandas", "numpy", "matplotlib", "nltk", "scikit-learn", "networkx", "rapidfuzz")


def make_report(
    folder,
    out="out",
    *,
    quotes: str = "all",
    jobs: int = 1,
    scheduler: str = "",
    progress: bool = True,
) -> tuple[Path, list[str]]:
    """The whole report of a corpus: page, Word file (where the extra report is installed), charts, tables, manifest.

    In: folder of articles, which is only read; out, the folder below which out/NAME is written; quotes, "short" for
    quotations of at most 25 words and no pages of articles; jobs and scheduler, the processes that read and search
    articles, as `processes` has them; progress, whether a bar is shown.
    Out: the path of out/NAME, and a line for each file that could not be used. The folder is swapped in when all is
    done; the one before stays as out/NAME.previous. What is found is kept in out/NAME.kept (where the extra tables is
    installed), so that the next run, or this one after an interruption, looks only at what is new.
    Raises: BadInput when the folder is not there, holds no article that can be read, or is being written by another
    run; RuntimeError when a notebook fails.
    Misses: nothing. Source: none.
    Example:
        >>> make_report("no such folder")
        Traceback (most recent call last):
        clippings.core.errors.BadInput: no such folder is not a folder: name a folder of saved articles
    """
    corpus = Path(folder).resolve() if Path(folder).is_dir() else Path(folder)
    target = Path(out).resolve() / (corpus.name or "corpus")
    kept = (
        target.with_name(f"{target.name}.kept")
        if find_spec("pyarrow") or jobs > 1 or scheduler
        else None
    )
    lock = target.with_name(f"{target.name}.lock")
    with processes(jobs, scheduler) as executor:
        articles = read_articles(corpus, executor=executor, cache_dir=kept)
        unusable = [f"{row.article}: {row.problem}" for row in articles.itertuples() if row.problem]
        if len(unusable) == len(articles):
            first = f" (first problem: {unusable[0]})" if unusable else ""
            raise BadInput(
                f"{folder} holds no article that can be read: add text files (.txt){first}"
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(
                lock, timeout=0, on_acquired=_sign
            ):  # the system opens it when its run ends, however it ends
                if kept:  # once for all notebooks
                    find_all(articles, read_codebook(corpus), executor=executor, cache_dir=kept)
                _build(corpus, target, articles, kept, quotes, progress)
                return target, unusable
        except Timeout:
            raise BadInput(
                f"{target} is being written by another run{_signed(lock)}: wait until it is done"
            ) from None


def _sign(lock: int) -> None:
    os.ftruncate(lock, 0)
    os.write(lock, f"{os.getpid()}\n".encode())


def _signed(lock: Path) -> str:
    pid = lock.read_text(encoding="utf-8", errors="replace").strip() if lock.is_file() else ""
    return f" (process {pid})" if pid.isdecimal() else ""


def _build(
    corpus: Path, target: Path, articles, kept: Path | None, quotes: str, progress: bool
) -> None:
    partial = target.with_name(f".{target.name}.partial")
    discard(partial)
    partial.mkdir()
    try:
        _fill(partial, corpus, articles, kept, quotes, progress)
        swap_in(partial, target, target.with_name(f"{target.name}.previous"))
    finally:
        discard(partial)


def _fill(
    partial: Path, corpus: Path, articles, kept: Path | None, quotes: str, progress: bool
) -> None:
    notebooks = [nbformat.read(path, as_version=4) for path in notebook_paths()]
    cells = sum(
        cell.cell_type == "code" for notebook in notebooks for cell in notebook.cells
    ) + len(notebooks)
    with (
        tempfile.TemporaryDirectory() as scratch,
        tqdm(total=cells, unit="cell", disable=not progress) as bar,
    ):
        for path, notebook in zip(notebook_paths(), notebooks, strict=True):
            bar.set_description(path.stem)
            with_parameters(
                notebook, CORPUS=str(corpus), OUT=str(partial), CACHE_DIR=kept and str(kept)
            )
            run_notebook(notebook, scratch, path.name, lambda **_: bar.update())
    if quotes != "short":
        write_texts(articles, partial)
    manifest = _manifest(corpus, articles, notebooks) | (
        {"quotes": quotes} if quotes != "all" else {}
    )
    (partial / "manifest.json").write_text(
        json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    if (corpus / "codebook").is_dir():  # kept with the results, so that two runs can be compared
        shutil.copytree(
            corpus / "codebook",
            partial / "codebook",
            ignore=lambda _, names: [n for n in names if n[-4:] != ".csv"],
        )
    write_report(partial, corpus.name, notebooks, articles, short=quotes == "short")


def _manifest(corpus: Path, articles, notebooks: list) -> dict:
    """What the results rest on: files, versions, parameters."""
    books = sorted((corpus / "codebook").glob("*.csv"))
    parameters = {}
    for path, notebook in zip(notebook_paths(), notebooks, strict=True):
        cell = next(
            cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])
        )
        pairs = re.findall(r"^([A-Z_]+) = ([^#\n]+?)\s*(?:#.*)?$", cell.source, re.MULTILINE)
        parameters[path.stem] = {
            name: value for name, value in pairs if name not in ("CORPUS", "OUT", "CACHE_DIR")
        }
    return {
        "articles": {row.article: row.sha256 or row.problem for row in articles.itertuples()},
        "codebook": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in books},
        "versions": {
            "clippings": version("clippings"),
            "python": platform.python_version(),
            **{package: version(package) for package in PACKAGES},
        },
        "parameters": parameters,
    }
