"""Process articles in parallel, in worker processes on this machine or on a Dask cluster."""

import ctypes
import logging
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from multiprocessing import get_context

from clippings.core import progress
from clippings.core.cache import library_key
from clippings.core.errors import BadInput, install

# Chunks that are in progress at the same time. Each takes memory.
MAX_PENDING_CHUNKS = 64

# From <linux/prctl.h>: the signal that the kernel sends to a process whose parent has died.
PR_SET_PDEATHSIG = 1


class WorkerPool(ProcessPoolExecutor):
    """A pool of worker processes that always end together with this process."""

    def __init__(self, workers: int) -> None:
        super().__init__(workers, get_context("spawn"), _prepare_worker)
        # A pool drops its list of processes when it shuts down, so we keep one.
        self.workers: list = []
        self.side_pools: list[WorkerPool] = []

    def submit(self, fn, /, *args, **kwargs):
        """Submit work; new workers never import modules from the current folder."""
        with safe_path_for_children():
            future = super().submit(fn, *args, **kwargs)
        self.workers = list(self._processes.values())
        return future

    def start_side_pool(self) -> "WorkerPool":
        """Return a pool with one additional process, which is stopped together with this pool."""
        pool = WorkerPool(1)
        self.side_pools.append(pool)
        return pool

    def kill(self) -> None:
        """Kill all processes immediately."""
        for pool in [self, *self.side_pools]:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in pool.workers:
                process.kill()
            for process in pool.workers:
                process.join()


@contextmanager
def processes(jobs: int = 1, scheduler: str = "") -> Iterator[Executor | None]:
    """Provide worker processes for the duration of a `with` block.

    Parameters
    ----------
    jobs : int
        The number of processes.
    scheduler : str
        The address of a Dask cluster (`tcp://…`) whose workers have the same version of the
        library, or "local" for a small Dask cluster on this machine with `jobs` processes.

    Yields
    ------
    concurrent.futures.Executor or None
        None for a single job, which needs no workers. If the block ends with an error or an
        interruption, or if this process is killed, the workers are killed too.

    Raises
    ------
    BadInput
        If Dask is required but not installed.
    OSError
        If no scheduler answers at the address.
    RuntimeError
        If the workers of the cluster have another version of the library.

    References
    ----------
    `concurrent.futures` of the standard library; Dask, https://distributed.dask.org.

    Examples
    --------
    >>> with processes(1) as executor:
    ...     print(executor)
    None
    """
    if scheduler:
        with _cluster(jobs, scheduler) as client:
            yield client.get_executor()
    elif jobs > 1:
        pool = WorkerPool(jobs)
        try:
            yield pool
        except BaseException:
            pool.kill()
            raise
        pool.shutdown(cancel_futures=True)
    else:
        yield None


def cluster_of(executor: Executor | None):
    """Return the Dask client of an executor, or None if it does not belong to a cluster."""
    return getattr(executor, "_client", None)


@contextmanager
def _cluster(jobs: int, scheduler: str):
    """Connect to a Dask cluster, or start one on this machine."""
    if not find_spec("distributed"):
        raise BadInput(f"to use the cluster {scheduler}: {install('cluster')}")
    from distributed import Client, LocalCluster  # slow to load, and only needed here

    # Dask warns whenever a shuffle begins.
    logging.getLogger("distributed.shuffle").setLevel(logging.ERROR)
    cluster = None
    if scheduler == "local":
        with safe_path_for_children():
            cluster = LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=None)
    try:
        with Client(cluster or scheduler) as client:
            if set(client.run(library_key).values()) != {library_key()}:
                raise RuntimeError(
                    f"the workers of {scheduler} have another version of clippings: "
                    "install this one there"
                )
            yield client
    finally:
        if cluster is not None:
            cluster.close()


@contextmanager
def safe_path_for_children() -> Iterator[None]:
    """Make Python processes that are started in a `with` block ignore the current folder.

    Notes
    -----
    Python puts the current folder first on its search path for `python -c` and `python -m`.
    Workers, kernels and JupyterLab are started in this way, so a file `csv.py` among the articles
    would be run instead of the module from the standard library.

    Examples
    --------
    >>> with safe_path_for_children():
    ...     os.environ["PYTHONSAFEPATH"]
    '1'
    """
    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("PYTHONSAFEPATH", None)
        else:
            os.environ["PYTHONSAFEPATH"] = before


def end_with_parent() -> None:
    """Make this process end as soon as its parent process has ended.

    Notes
    -----
    On Linux, the system sends a signal, which also ends a worker that is running compiled code. On
    other systems, and if the parent ended before the signal could be requested, a thread waits for
    the end of the parent. Jupyter kernels are not started by multiprocessing and have such a thread
    of their own.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_exit_after, args=(parent,), daemon=True).start()


def _exit_after(parent) -> None:
    """Wait for another process to end, then end this one without further work."""
    parent.join()
    os._exit(1)


def _prepare_worker() -> None:
    """Set up a worker: it ends with its parent, shows no progress and returns memory."""
    end_with_parent()
    # The main process handles Control-C and ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    progress.PATIENCE = float("inf")
    with suppress(ImportError):
        import pyarrow  # an extra

        # The memory pool of pyarrow never returns memory to the system.
        pyarrow.set_memory_pool(pyarrow.system_memory_pool())


def map_chunks(
    executor: Executor | None, work: Callable, chunks: list, doing: str, unit: str = "article"
) -> Iterator:
    """Apply a function to chunks of work, in order, and show a progress bar.

    Parameters
    ----------
    executor : Executor or None
        The workers; None to use this process.
    work : callable
        A function that takes one chunk and can be sent to another process.
    chunks : list of sized collections
        The chunks. The progress bar counts their items.
    doing, unit : str
        The label and the unit of the progress bar.

    Yields
    ------
    object
        The result for each chunk, in the order of the chunks.

    Raises
    ------
    RuntimeError
        If a worker process was killed. Errors of `work` are passed on.

    Examples
    --------
    >>> list(map_chunks(None, sum, [[1, 2], [3]], "adding"))
    [3, 3]
    """
    total = sum(len(chunk) for chunk in chunks)
    with progress.in_turn(range(total), doing, unit) as bar:
        for chunk, result in zip(chunks, _results(executor, work, chunks), strict=True):
            yield result
            bar.update(len(chunk))


def _results(executor: Executor | None, work: Callable, chunks: list) -> Iterator:
    """Yield the results of chunks in order, with a limited number of chunks in progress."""
    if executor is None:
        yield from map(work, chunks)
        return
    pending: deque = deque()
    try:
        with _killed_workers_explained():
            for chunk in chunks:
                pending.append(executor.submit(work, chunk))
                if len(pending) >= MAX_PENDING_CHUNKS:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
    finally:
        for future in pending:
            future.cancel()


@contextmanager
def _killed_workers_explained():
    """Convert the errors that libraries raise for a killed worker to a single clear error."""
    try:
        yield
    except Exception as error:
        # Dask's own class for it is not imported: Dask is an extra.
        if isinstance(error, BrokenExecutor) or type(error).__name__ == "KilledWorker":
            raise RuntimeError(
                "a worker process was killed, possibly because it ran out of memory; run again"
            ) from None
        raise


def run_in_background(executor: Executor | None, work: Callable[[], object]) -> Callable:
    """Start a task in an additional process, and return a function that waits for its result.

    Parameters
    ----------
    executor : Executor or None
        A pool of processes gets an additional process, which ends with the task and releases its
        memory. Otherwise, the task runs when its result is requested, because it would be costly to
        send all its input to a cluster.
    work : callable
        A function without arguments, which can be sent to another process.

    Returns
    -------
    callable
        A function without arguments that returns the result of `work`.

    Raises
    ------
    RuntimeError
        By the returned function, if the process was killed. Errors of `work` are passed on.

    Examples
    --------
    >>> run_in_background(None, list)()
    []
    """
    if not isinstance(executor, ProcessPoolExecutor):
        return work
    pool = executor.start_side_pool() if isinstance(executor, WorkerPool) else WorkerPool(1)
    future = pool.submit(work)
    pool.shutdown(wait=False)
    return _killed_workers_explained()(future.result)
