"""Measure where the time of a report goes, for `clippings report --profile`."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

# The slowest cells of the notebooks that are listed.
MAX_CELLS = 12

LONGEST_SOURCE = 60  # characters of a cell that identify it


class _Cell(NamedTuple):
    """A cell of a notebook that was run, with its time in seconds."""

    notebook: str
    source: str
    seconds: float


class TimeProfile:
    """The times of the steps of a report, and of the cells of its notebooks.

    Examples
    --------
    >>> profile = TimeProfile()
    >>> with profile.step("read the articles"):
    ...     pass
    >>> profile.lines()[1].split(maxsplit=2)[2]
    'read the articles'
    """

    def __init__(self) -> None:
        self._steps: dict[str, float] = {}
        self._cells: list[_Cell] = []
        self._started: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure a step in a `with` block; a step that is repeated is added up."""
        begin = time.perf_counter()
        try:
            yield
        finally:
            self._steps[name] = self._steps.get(name, 0.0) + time.perf_counter() - begin

    def begin_cell(self, cell) -> None:
        """Start to measure a cell, a node of a notebook with an id."""
        self._started[cell.id] = time.perf_counter()

    def end_cell(self, notebook: str, cell) -> None:
        """Record the time of a cell that was run."""
        begin = self._started.pop(cell.id, None)
        if begin is None or not cell.source.strip():
            return
        last_line = cell.source.strip().splitlines()[-1]
        if len(last_line) > LONGEST_SOURCE:
            last_line = f"{last_line[:LONGEST_SOURCE]}…"
        self._cells.append(_Cell(notebook, last_line, time.perf_counter() - begin))

    def lines(self) -> list[str]:
        """Describe the times in lines of text.

        Returns
        -------
        list of str
            The steps in their order; then the slowest cells, each with the last line of its code.
            Notebooks run at the same time, so their cells may add up to more than their step.
        """
        total = sum(self._steps.values())
        lines = [f"Time by step ({total:.1f} s):"]
        lines += [f"  {seconds:7.1f} s {name}" for name, seconds in self._steps.items()]
        slowest = sorted(self._cells, key=lambda cell: -cell.seconds)[:MAX_CELLS]
        if slowest:
            lines.append("Slowest cells of the notebooks, which run at the same time:")
            lines += [f"  {cell.seconds:7.1f} s {cell.notebook}: {cell.source}" for cell in slowest]
        return lines
