"""Running the notebooks, and saving them in one canonical form."""

import asyncio
import signal
from contextlib import suppress
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from tqdm import tqdm

from clippings.core.atomic import aside
from clippings.core.errors import BadInput

NOTEBOOKS = Path(__file__).resolve().parents[3] / "notebooks"


KEPT_METADATA = {"tags"}


def notebook_paths() -> list[Path]:
    found = sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))
    if not found:
        raise BadInput(
            f"no notebooks in {NOTEBOOKS}: run from a checkout installed with pip install -e ."
        )
    return found


def with_parameters(notebook, **values: str | None) -> None:
    """A cell behind the one tagged `parameters`, as papermill does it."""
    place = next(
        i for i, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", [])
    )
    source = "\n".join(f"{name} = {value!r}" for name, value in values.items())
    cell = nbformat.v4.new_code_cell(source, metadata={"tags": ["injected-parameters"]})
    notebook.cells.insert(place + 1, cell)


def run_notebook(notebook, folder, name: str, on_cell=None, starts: int = 3) -> None:
    stopped = []

    def listen(**_):  # left to itself, nbclient takes Control-C for a kernel that died
        with suppress(NotImplementedError, RuntimeError):  # Windows; beside the main thread
            asyncio.get_running_loop().add_signal_handler(
                signal.SIGINT, stop, asyncio.current_task()
            )

    def stop(task):
        stopped.append(task.cancel())

    kernel = {"kernel_name": "python3", "timeout": None, "extra_arguments": ["--log-level=ERROR"]}
    told = {"on_notebook_start": listen, "on_cell_executed": on_cell, "record_timing": False}
    client = NotebookClient(
        notebook, resources={"metadata": {"path": str(folder)}}, **kernel, **told
    )
    client.widget_registry = {}  # its widgets send on the socket on which it waits, and may then miss the answer
    try:
        client.execute()
    except CellExecutionError as error:
        raise RuntimeError(f"{name} failed: {error.ename}: {error.evalue}") from error
    except DeadKernelError as error:
        if stopped:
            raise KeyboardInterrupt from None
        raise RuntimeError(
            f"{name} failed: its kernel was ended, perhaps for want of memory: try again"
        ) from error
    except RuntimeError as error:
        if starts == 1 or "kernel_info" not in str(error):
            raise
        run_notebook(
            notebook, folder, name, on_cell, starts - 1
        )  # another program took a port before the kernel could


def save_baseline(paths: list[Path] | None = None, *, progress: bool = True) -> list[Path]:
    """Re-run notebooks where they are and save them in one canonical form; two runs give the same bytes.

    In: paths (None: all six). Out: the paths. Raises: RuntimeError when a notebook fails. Misses: nothing.
    Source: none.
    Example:
        >>> save_baseline([])
        []
    """
    paths = notebook_paths() if paths is None else paths
    for path in tqdm(paths, unit="notebook", disable=not progress or not paths):
        notebook = nbformat.read(path, as_version=4)
        run_notebook(notebook, path.parent, path.name)
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
        "kernelspec": {
            "name": "python3",
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
        },
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number:02d}"
        cell["metadata"] = {
            key: value for key, value in cell["metadata"].items() if key in KEPT_METADATA
        }
        if cell.cell_type == "code":  # warnings and progress bars are no results
            cell["outputs"] = [output for output in cell.outputs if output.get("name") != "stderr"]
        for output in cell.get("outputs", []):
            view = output.get("data", {}).get("application/vnd.jupyter.widget-view+json")
            if view:
                view["model_id"] = "0" * 32
    nbformat.validate(notebook)
    return nbformat.writes(notebook).rstrip("\n") + "\n"
