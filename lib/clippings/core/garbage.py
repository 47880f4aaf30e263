"""Search for cyclic garbage less often while a finder creates many records.

Python searches all objects that can be part of a reference cycle whenever several hundred new ones
exist. Finders create hundreds of thousands of small records without cycles, which are freed without
this search, so that it takes a fifth of the time and finds nothing.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

# Number of new objects after which Python searches the new ones for garbage; number of searches
# after which the survivors are searched, too; and number of those after which all objects are.
# 50,000 records take about 10 MB. The defaults of Python are 700, 10 and 10.
SELDOM = (50_000, 20, 100)

_lock = Lock()
_thresholds_before: list[tuple[int, int, int]] = []  # one entry for each call that is in progress


@contextmanager
def fewer_collections() -> Iterator[None]:
    """Search for cyclic garbage less often in a block or, as a decorator, in a function.

    Yields
    ------
    None

    Notes
    -----
    The setting applies to the whole process. It is restored at the end of the block or, if several
    threads use it at once, at the end of the last one. If the search is switched off, or rarer
    already, it stays so.

    Examples
    --------
    >>> with fewer_collections():
    ...     gc.get_threshold()[0]
    50000
    """
    with _lock:
        thresholds = gc.get_threshold()
        _thresholds_before.append(thresholds)
        if 0 < thresholds[0] < SELDOM[0]:
            gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        with _lock:
            first = _thresholds_before[0]
            _thresholds_before.pop()
            if not _thresholds_before:
                gc.set_threshold(*first)
