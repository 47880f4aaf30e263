"""Run the notebooks, and save them in one canonical form."""

import asyncio
import atexit
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import nbformat
from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from tqdm import tqdm

from clippings.core.atomic import atomic_write
from clippings.core.errors import BadInput
from clippings.report.time_profile import TimeProfile
from clippings.show.notebook import CORPUS_VARIABLE

NOTEBOOKS = Path(__file__).resolve().parents[3] / "notebooks"

# Metadata that describes the cell; other metadata differs between editors.
CANONICAL_METADATA = {"tags"}

# The number of attempts to start a kernel if another program takes one of its ports first.
MAX_STARTS = 3

# Signals that end a run. A terminal sends SIGHUP when it is closed; Windows does not have it.
ENDING_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)

KERNEL_ARGUMENTS = [
    "--log-level=ERROR",
    # The kernel ends with this process, even if it is killed while it runs compiled code.
    "--IPKernelApp.exec_lines=__import__('clippings.core.parallel').core.parallel.end_with_parent()",
]

# What makes a kernel as good as new for the next notebook.
RESET_KERNEL = """
get_ipython().reset(new_session=True)
__import__("matplotlib.pyplot").pyplot.close("all")
"""


def notebook_paths() -> list[Path]:
    """List the six notebooks in order.

    Returns
    -------
    list of Path

    Raises
    ------
    BadInput
        If the library was installed without the notebooks. It must run from a checkout.

    Examples
    --------
    >>> [path.name for path in notebook_paths()][:2]
    ['01_corpus.ipynb', '02_repeats.ipynb']
    """
    paths = sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))
    if not paths:
        raise BadInput(
            f"no notebooks in {NOTEBOOKS}: run from a checkout installed with pip install -e ."
        )
    return paths


def with_parameters(notebook, **values: str | None) -> None:
    """Set parameters of a notebook, as papermill does.

    Parameters
    ----------
    notebook : NotebookNode
        A notebook with a cell tagged `parameters`; a cell with the new values is inserted after it.
    **values : str or None
        The value for each name.

    Examples
    --------
    >>> cell = nbformat.v4.new_code_cell("OUT = 'out'", metadata={"tags": ["parameters"]})
    >>> notebook = nbformat.v4.new_notebook(cells=[cell])
    >>> with_parameters(notebook, OUT="elsewhere")
    >>> notebook.cells[1].source
    "OUT = 'elsewhere'"
    """
    position = next(
        number
        for number, cell in enumerate(notebook.cells)
        if "parameters" in cell.metadata.get("tags", [])
    )
    # ASCII, because folder names need not be valid UTF-8, but messages to a kernel must be.
    source = "\n".join(f"{name} = {value!a}" for name, value in values.items())
    cell = nbformat.v4.new_code_cell(source, metadata={"tags": ["injected-parameters"]})
    notebook.cells.insert(position + 1, cell)


class NotebookRun(NamedTuple):
    """A notebook to run."""

    notebook: nbformat.NotebookNode  # its outputs are stored in it
    folder: Path  # the working folder of its kernel; modules are never imported from it
    name: str  # the name of the notebook in error messages


class _Stop:
    """A flag that requests the end of this process, and the tasks that must then end."""

    def __init__(self):
        self.was_requested = False
        self.tasks: dict[asyncio.Task, _Client] = {}

    def request(self) -> None:
        """End all kernels because this process is ending."""
        self.was_requested = True
        self.end_all()

    def end_all(self) -> None:
        """Kill all kernels; a kernel that is only interrupted would print a traceback."""
        for task, client in self.tasks.items():
            client.shutdown_kernel = "immediate"
            task.cancel()

    def handle_signals(self) -> None:
        """Make the ending signals request the stop."""
        for number in ENDING_SIGNALS:
            # Windows has no such handlers, and only the main thread can set them.
            with suppress(NotImplementedError, RuntimeError, ValueError):
                asyncio.get_running_loop().add_signal_handler(number, self.request)


class _Client(NotebookClient):
    """A client that runs a notebook and stops when this process ends."""

    stop: _Stop

    async def async_start_new_kernel(self, **kwargs) -> None:
        # nbclient has just set its own handlers, which treat Control-C as a dead kernel.
        self.stop.handle_signals()
        await super().async_start_new_kernel(**kwargs)

    async def take_kernel_of(self, previous: "_Client") -> None:
        """Take the kernel of a client that has finished, and delete all variables in it.

        The libraries are then loaded already, which takes longer than most notebooks.
        """
        self.km = previous.km
        self.kc = previous.kc
        self.owns_km = True
        message = self.kc.execute(RESET_KERNEL, silent=True, store_history=False)
        await self.async_wait_for_reply(message)

    async def end_kernel(self) -> None:
        """End the kernel if it is still running, and prevent nbclient from trying this at exit."""
        atexit.unregister(self._cleanup_kernel)
        if self.km is not None:
            with suppress(Exception):
                await self._async_cleanup_kernel()


def run_notebooks(
    runs: list[NotebookRun],
    *,
    at_once: int = 1,
    on_cell: Callable | None = None,
    profile: TimeProfile | None = None,
    environment: dict[str, str] | None = None,
) -> None:
    """Run notebooks and store the outputs in them.

    A kernel runs several notebooks one after the other, each with variables of its own.

    Parameters
    ----------
    runs : list of NotebookRun
        The notebooks.
    at_once : int
        The number of notebooks to run at the same time, each in a kernel with its own copy of the
        tables. The first notebooks of the list start first.
    on_cell : callable, optional
        A function that is called without arguments after each cell.
    profile : TimeProfile, optional
        Where the times of the cells are recorded.
    environment : dict, optional
        Environment variables for the kernels, in addition to those of this process.

    Raises
    ------
    RuntimeError
        If a cell fails or a kernel is killed. The kernels of the other notebooks are then ended.
    KeyboardInterrupt
        If this process is stopped by Control-C, SIGTERM or a closed terminal.
    """
    variables = {**os.environ, **(environment or {}), "PYTHONSAFEPATH": "1"}
    # The folder that someone explores in JupyterLab is not the one of this run.
    variables.pop(CORPUS_VARIABLE, None)
    # In Jupyter, an event loop is already running; run_sync then uses another thread.
    with _signal_handlers_restored():
        run_sync(_run_all)(runs, at_once, on_cell, profile or TimeProfile(), variables)


async def _run_all(
    runs: list[NotebookRun],
    at_once: int,
    on_cell: Callable | None,
    profile: TimeProfile,
    variables: dict[str, str],
) -> None:
    """Run several notebooks at once; the first failure ends all of them."""
    stop = _Stop()
    stop.handle_signals()
    waiting = deque(runs)

    async def run_in_turn() -> None:
        client = None
        while waiting:
            run = waiting.popleft()
            client = await _run_one(run, client, stop, on_cell, profile, variables)
        if client is not None:
            client.shutdown_kernel = "immediate"  # there is nothing to save
            await client.end_kernel()

    tasks = [asyncio.create_task(run_in_turn()) for _ in range(min(at_once, len(runs)))]
    try:
        await asyncio.gather(*tasks)
    except BaseException:
        stop.end_all()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if stop.was_requested:
            raise KeyboardInterrupt from None
        raise


async def _run_one(
    run: NotebookRun,
    previous: _Client | None,
    stop: _Stop,
    on_cell: Callable | None,
    profile: TimeProfile,
    variables: dict[str, str],
) -> _Client:
    """Run a notebook, in the kernel of the previous one if there is one; return its client.

    A new kernel is started again if another program took one of its ports.
    """
    for start in range(1, MAX_STARTS + 1):
        client = _new_client(run, on_cell, profile)
        client.stop = stop
        task = asyncio.current_task()
        stop.tasks[task] = client
        try:
            if previous is not None:
                await client.take_kernel_of(previous)
            await client.async_execute(env=variables, cleanup_kc=False)
            return client
        except (DeadKernelError, CellExecutionError, RuntimeError) as error:
            await client.end_kernel()
            if start < MAX_STARTS and _could_not_start(error):
                continue
            raise _failure(run.name, error) from error
        except BaseException:
            await client.end_kernel()
            raise
        finally:
            del stop.tasks[task]
            # A client that has finished removes handlers that the others still need.
            stop.handle_signals()


def _new_client(run: NotebookRun, on_cell: Callable | None, profile: TimeProfile) -> _Client:
    """Create the client of a notebook."""

    def begin(cell, **_) -> None:
        profile.begin_cell(cell)

    def end(cell, **_) -> None:
        profile.end_cell(run.name, cell)
        if on_cell is not None:
            on_cell()

    client = _Client(
        run.notebook,
        resources={"metadata": {"path": str(run.folder)}},
        kernel_name="python3",
        timeout=None,
        extra_arguments=list(KERNEL_ARGUMENTS),
        on_cell_execute=begin,
        on_cell_executed=end,
        record_timing=False,
    )
    # Its widgets use the same socket, so it may miss the answer.
    client.widget_registry = {}
    return client


def _could_not_start(error: BaseException) -> bool:
    """Return whether a kernel died before it answered; nbclient has no error class for this."""
    return type(error) is RuntimeError and "kernel_info" in str(error)


def _failure(name: str, error: BaseException) -> BaseException:
    """Return the error to raise for a notebook that could not be run."""
    if isinstance(error, CellExecutionError):
        return RuntimeError(f"{name} failed: {error.ename}: {error.evalue}")
    if isinstance(error, DeadKernelError):
        return RuntimeError(
            f"{name} failed: its kernel was killed, possibly because it ran out of memory: "
            "run again"
        )
    return RuntimeError(f"{name} failed: {error}")


@contextmanager
def _signal_handlers_restored() -> Iterator[None]:
    """Restore the handlers of the ending signals, which nbclient resets."""
    handlers = {number: signal.getsignal(number) for number in ENDING_SIGNALS}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            with suppress(ValueError, TypeError):  # not in the main thread, or not set by Python
                signal.signal(number, handler)


def save_baseline(paths: list[Path] | None = None, *, progress: bool = True) -> list[Path]:
    """Run notebooks and save them in canonical form, so that two runs produce the same bytes.

    Parameters
    ----------
    paths : list of Path, optional
        The notebooks; by default, all six.
    progress : bool
        Whether to show a progress bar.

    Returns
    -------
    list of Path
        The notebooks that were saved.

    Raises
    ------
    RuntimeError
        If a notebook fails.

    Examples
    --------
    >>> save_baseline([])
    []
    """
    paths = notebook_paths() if paths is None else paths
    for path in tqdm(paths, unit="notebook", disable=not progress or not paths):
        notebook = nbformat.read(path, as_version=4)
        run_notebooks([NotebookRun(notebook, path.parent, path.name)])
        with atomic_write(path) as temporary:
            temporary.write_text(canonical(notebook), encoding="utf-8")
    return paths


def canonical(notebook) -> str:
    """Write a notebook as text, without information that changes from run to run.

    Parameters
    ----------
    notebook : NotebookNode
        A notebook that was run. It is modified.

    Returns
    -------
    str
        The JSON text. Cells are numbered, and tags are the only metadata. Warnings, states of
        widgets and the version of Python are removed.

    Raises
    ------
    nbformat.ValidationError
        If it is not a valid notebook.

    Examples
    --------
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
            key: value for key, value in cell["metadata"].items() if key in CANONICAL_METADATA
        }
        if cell.cell_type == "code":
            # Warnings and progress bars are not results.
            cell["outputs"] = [output for output in cell.outputs if output.get("name") != "stderr"]
        for output in cell.get("outputs", []):
            view = output.get("data", {}).get("application/vnd.jupyter.widget-view+json")
            if view:
                view["model_id"] = "0" * 32
    nbformat.validate(notebook)
    return nbformat.writes(notebook).rstrip("\n") + "\n"
