"""Work on many articles at once: by processes of this machine, or by those of a Dask cluster."""

import logging
import signal
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from multiprocessing import get_context

from clippings.core import progress
from clippings.core.cache import library_key
from clippings.core.errors import BadInput, install

AHEAD = 64  # shares of the work that are handed out at a time: what waits for its turn takes memory


@contextmanager
def processes(jobs: int = 1, scheduler: str = "") -> Iterator[Executor | None]:
    """Processes that work on articles, ended with the block.

    In: jobs, their number; scheduler, the address of a Dask cluster (tcp://…) on whose workers this version of the
    library is installed, or "local" for a cluster of so many processes on this machine.
    Out: an executor of concurrent.futures; None for one job, which needs none.
    Raises: BadInput when Dask is not installed; OSError when no scheduler answers; RuntimeError when the workers have
    another version of the library. Misses: nothing. Source: concurrent.futures; Dask.
    Example:
        >>> with processes(1) as executor:
        ...     print(executor)
        None
    """
    if scheduler:
        with _cluster(jobs, scheduler) as client:
            yield client.get_executor()
    elif jobs > 1:
        pool = ProcessPoolExecutor(jobs, get_context("spawn"), _begin)
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)
    else:
        yield None


def cluster_of(executor: Executor | None):
    """The client of dask.distributed behind an executor; None where it is another's."""
    return getattr(executor, "_client", None)


@contextmanager
def _cluster(jobs: int, scheduler: str):
    if not find_spec("distributed"):
        raise BadInput(f"to work on the cluster {scheduler}: {install('cluster')}")
    from distributed import Client, LocalCluster  # slow to load, and only needed here

    logging.getLogger("distributed.shuffle").setLevel(
        logging.ERROR
    )  # it warns of each shuffle that begins
    cluster = (
        LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=None)
        if scheduler == "local"
        else ""
    )
    try:
        with Client(cluster or scheduler) as client:
            if set(client.run(library_key).values()) != {library_key()}:
                raise RuntimeError(
                    f"the workers of {scheduler} have another version of clippings: install this one there"
                )
            yield client
    finally:
        if cluster:
            cluster.close()


def _begin() -> None:
    """Control-C is for the first process, which shows the progress too; what one work took in memory goes back."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    progress.PATIENCE = float("inf")
    with suppress(ImportError):
        import pyarrow  # an extra

        pyarrow.set_memory_pool(pyarrow.system_memory_pool())  # its own holds all that it ever used


def in_shares(
    executor: Executor | None, work, shares: list, doing: str, unit: str = "article"
) -> Iterator:
    """What is made of each share, in their order; a bar shows how many of what they hold are done.

    In: an executor, or None; work, a function of a share that another process can be given; shares, each sized; what
    is done with what. Out: the results, one by one.
    Raises: what work raises; RuntimeError when a process ended. Misses: nothing. Source: none.
    Example:
        >>> list(in_shares(None, sum, [[1, 2], [3]], "adding"))
        [3, 3]
    """
    with progress.in_turn(range(sum(map(len, shares))), doing, unit) as bar:
        for share, made in zip(shares, _made(executor, work, shares), strict=True):
            yield made
            bar.update(len(share))


def _made(executor: Executor | None, work, shares: list) -> Iterator:
    if executor is None:
        yield from map(work, shares)
        return
    waiting: deque = deque()
    try:
        with _explained():
            for share in shares:
                waiting.append(executor.submit(work, share))
                if len(waiting) >= AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


@contextmanager
def _explained():
    try:
        yield
    except Exception as error:
        if isinstance(error, BrokenExecutor) or type(error).__name__ == "KilledWorker":
            raise RuntimeError(
                "a process at work was ended, perhaps for want of memory: run again"
            ) from None
        raise


def begun(executor: Executor | None, work: Callable) -> Callable:
    """What gives the result of work, which a process does meanwhile that ends with it, and so gives its memory back.

    In: an executor; where it is none of processes, the work is done when it is asked for; work, a function without
    arguments that another process can be given. Out: a function without arguments.
    Raises: as in_shares, and so does what is given. Misses: nothing. Source: none.
    Example:
        >>> begun(None, list)()
        []
    """
    if not isinstance(
        executor, ProcessPoolExecutor
    ):  # to a cluster would go all that work rests on
        return work
    own = ProcessPoolExecutor(1, get_context("spawn"), _begin)
    future = own.submit(work)
    own.shutdown(wait=False)
    return _explained()(future.result)
