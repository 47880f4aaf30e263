"""Running the notebooks on a corpus, and the folder that a report is."""

import asyncio
import hashlib
import json
import os
import platform
import re
import shutil
import signal
import tempfile
from contextlib import suppress
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import nbformat
from filelock import FileLock, Timeout
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from tqdm import tqdm

from clippings.core.atomic import aside, discard, swap_in
from clippings.core.errors import BadInput
from clippings.core.parallel import processes
from clippings.corpus.codebook import read_codebook
from clippings.corpus.reader import read_articles
from clippings.pipeline import find_all
from clippings.report.export import write_texts
from clippings.report.web_page import write_report

NOTEBOOKS = Path(__file__).resolve().parents[3] / "notebooks"
KEPT_METADATA = {"tags"}
PACKAGES = ("pandas", "numpy", "matplotlib", "nltk", "scikit-learn", "networkx", "rapidfuzz")


def make_report(
    folder, out="out", *, quotes: str = "all", jobs: int = 1, scheduler: str = "", progress: bool = True
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
    kept = target.with_name(f"{target.name}.kept") if find_spec("pyarrow") or jobs > 1 or scheduler else None
    lock = target.with_name(f"{target.name}.lock")
    with processes(jobs, scheduler) as executor:
        articles = read_articles(corpus, executor=executor, kept=kept)
        unusable = [f"{row.article}: {row.problem}" for row in articles.itertuples() if row.problem]
        if len(unusable) == len(articles):
            first = f" (first problem: {unusable[0]})" if unusable else ""
            raise BadInput(f"{folder} holds no article that can be read: add text files (.txt){first}")
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(lock, timeout=0, on_acquired=_sign):  # the system opens it when its run ends, however it ends
                if kept:  # once for all notebooks
                    find_all(articles, read_codebook(corpus), executor=executor, kept=kept)
                _build(corpus, target, articles, kept, quotes, progress)
                return target, unusable
        except Timeout:
            raise BadInput(f"{target} is being written by another run{_signed(lock)}: wait until it is done") from None


def _sign(lock: int) -> None:
    os.ftruncate(lock, 0)
    os.write(lock, f"{os.getpid()}\n".encode())


def _signed(lock: Path) -> str:
    pid = lock.read_text(encoding="utf-8", errors="replace").strip() if lock.is_file() else ""
    return f" (process {pid})" if pid.isdecimal() else ""


def _build(corpus: Path, target: Path, articles, kept: Path | None, quotes: str, progress: bool) -> None:
    partial = target.with_name(f".{target.name}.partial")
    discard(partial)
    partial.mkdir()
    try:
        _fill(partial, corpus, articles, kept, quotes, progress)
        swap_in(partial, target, target.with_name(f"{target.name}.previous"))
    finally:
        discard(partial)


def _fill(partial: Path, corpus: Path, articles, kept: Path | None, quotes: str, progress: bool) -> None:
    notebooks = [nbformat.read(path, as_version=4) for path in _paths()]
    cells = sum(cell.cell_type == "code" for notebook in notebooks for cell in notebook.cells) + len(notebooks)
    with tempfile.TemporaryDirectory() as scratch, tqdm(total=cells, unit="cell", disable=not progress) as bar:
        for path, notebook in zip(_paths(), notebooks, strict=True):
            bar.set_description(path.stem)
            _with_parameters(notebook, CORPUS=str(corpus), OUT=str(partial), KEPT=kept and str(kept))
            _run(notebook, scratch, path.name, lambda **_: bar.update())
    if quotes != "short":
        write_texts(articles, partial)
    manifest = _manifest(corpus, articles, notebooks) | ({"quotes": quotes} if quotes != "all" else {})
    (partial / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if (corpus / "codebook").is_dir():  # kept with the results, so that two runs can be compared
        shutil.copytree(
            corpus / "codebook", partial / "codebook", ignore=lambda _, names: [n for n in names if n[-4:] != ".csv"]
        )
    write_report(partial, corpus.name, notebooks, articles, short=quotes == "short")


def _paths() -> list[Path]:
    found = sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))
    if not found:
        raise BadInput(f"no notebooks in {NOTEBOOKS}: run from a checkout installed with pip install -e .")
    return found


def _with_parameters(notebook, **values: str | None) -> None:
    """A cell behind the one tagged `parameters`, as papermill does it."""
    place = next(i for i, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", []))
    source = "\n".join(f"{name} = {value!r}" for name, value in values.items())
    cell = nbformat.v4.new_code_cell(source, metadata={"tags": ["injected-parameters"]})
    notebook.cells.insert(place + 1, cell)


def _run(notebook, folder, name: str, on_cell=None, starts: int = 3) -> None:
    stopped = []

    def listen(**_):  # left to itself, nbclient takes Control-C for a kernel that died
        with suppress(NotImplementedError, RuntimeError):  # Windows; beside the main thread
            asyncio.get_running_loop().add_signal_handler(signal.SIGINT, stop, asyncio.current_task())

    def stop(task):
        stopped.append(task.cancel())

    kernel = {"kernel_name": "python3", "timeout": None, "extra_arguments": ["--log-level=ERROR"]}
    told = {"on_notebook_start": listen, "on_cell_executed": on_cell, "record_timing": False}
    client = NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}, **kernel, **told)
    client.widget_registry = {}  # its widgets send on the socket on which it waits, and may then miss the answer
    try:
        client.execute()
    except CellExecutionError as error:
        raise RuntimeError(f"{name} failed: {error.ename}: {error.evalue}") from error
    except DeadKernelError as error:
        if stopped:
            raise KeyboardInterrupt from None
        raise RuntimeError(f"{name} failed: its kernel was ended, perhaps for want of memory: try again") from error
    except RuntimeError as error:
        if starts == 1 or "kernel_info" not in str(error):
            raise
        _run(notebook, folder, name, on_cell, starts - 1)  # another program took a port before the kernel could


def _manifest(corpus: Path, articles, notebooks: list) -> dict:
    """What the results rest on: files, versions, parameters."""
    books = sorted((corpus / "codebook").glob("*.csv"))
    parameters = {}
    for path, notebook in zip(_paths(), notebooks, strict=True):
        cell = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
        pairs = re.findall(r"^([A-Z_]+) = ([^#\n]+?)\s*(?:#.*)?$", cell.source, re.MULTILINE)
        parameters[path.stem] = {name: value for name, value in pairs if name not in ("CORPUS", "OUT", "KEPT")}
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


def save_baseline(paths: list[Path] | None = None, *, progress: bool = True) -> list[Path]:
    """Re-run notebooks where they are and save them in one canonical form; two runs give the same bytes.

    In: paths (None: all six). Out: the paths. Raises: RuntimeError when a notebook fails. Misses: nothing.
    Source: none.
    Example:
        >>> save_baseline([])
        []
    """
    paths = _paths() if paths is None else paths
    for path in tqdm(paths, unit="notebook", disable=not progress or not paths):
        notebook = nbformat.read(path, as_version=4)
        _run(notebook, path.parent, path.name)
        with aside(path) as part:
            part.write_text(canonical(notebook), encoding="utf-8")
    return paths


def canonical(notebook) -> str:
    """A notebook as text without what changes from run to run.

    In: an executed notebook. Out: JSON text: cell ids by place, tags as the only metadata, no widget state, no
    version of Python, no warnings. Raises: nbformat's ValidationError. Misses: nothing. Source: none.
    Example:
        >>> canonical(nbformat.v4.new_notebook()).count("kernelspec")
        1
    """
    notebook.metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number:02d}"
        cell["metadata"] = {key: value for key, value in cell["metadata"].items() if key in KEPT_METADATA}
        if cell.cell_type == "code":  # warnings and progress bars are no results
            cell["outputs"] = [output for output in cell.outputs if output.get("name") != "stderr"]
        for output in cell.get("outputs", []):
            view = output.get("data", {}).get("application/vnd.jupyter.widget-view+json")
            if view:
                view["model_id"] = "0" * 32
    nbformat.validate(notebook)
    return nbformat.writes(notebook).rstrip("\n") + "\n"
