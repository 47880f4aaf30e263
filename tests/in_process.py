"""Make reports without kernels, for tests of many reports: a kernel takes seconds to start."""

import os
from base64 import b64encode
from unittest import mock

import nbformat
import pandas as pd
import pytest
from IPython.core.displayhook import CapturingDisplayHook
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import clippings as cl
from clippings.report import build, notebooks


def one_by_one(run):
    """Run notebooks by a function for one notebook, in the place of `run_notebooks`."""

    def run_notebooks(runs, *, at_once=1, on_cell=None, profile=None, environment=None):
        for each in runs:
            run(each.notebook, each.folder, each.name, on_cell, environment)

    return run_notebooks


def run_notebook_in_process(notebook, folder, name, on_cell=None, environment=None) -> None:
    """Run a notebook in this process; its outputs are stored in it."""
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    try:
        # What the notebooks set must not reach the next test.
        mathjax = pd.get_option("display.html.use_mathjax")
        with (
            mock.patch.dict(os.environ, environment or {}),
            pd.option_context("display.html.use_mathjax", mathjax),
        ):
            for cell in notebook.cells:
                if cell.cell_type == "code":
                    _run_cell(shell, cell, name)
                    if on_cell:
                        on_cell()
    finally:
        cl.use_cache(None)
        InteractiveShell.clear_instance()


class _ResultHook(CapturingDisplayHook):
    """Stores the value of the last line of a cell, unless it ends with a semicolon."""

    def __call__(self, result=None):
        if result is not None and not self.shell.displayhook.quiet():
            super().__call__(result)


def _run_cell(shell: InteractiveShell, cell, name: str) -> None:
    """Run a cell and store its output."""
    results = []
    shell.display_trap.hook = _ResultHook(shell=shell, outputs=results)
    with capture_output() as captured:
        result = shell.run_cell(cell.source, store_history=True)
    if not result.success:
        error = result.error_before_exec or result.error_in_exec
        raise RuntimeError(f"{name} failed: {type(error).__name__}: {error}")
    cell.execution_count = shell.execution_count - 1
    cell.outputs = list(_outputs(captured.stdout, [*captured._outputs, *results]))


def _outputs(printed: str, shown: list[dict]):
    """What a cell printed and showed, as a notebook stores it."""
    if printed:
        yield nbformat.v4.new_output("stream", name="stdout", text=printed)
    for output in shown:
        data = {kind: _encoded(content) for kind, content in output["data"].items()}
        yield nbformat.v4.new_output("display_data", data=data, metadata=output["metadata"] or {})


def _encoded(content):
    """Pictures as text, as in the file of a notebook."""
    return b64encode(content).decode() if isinstance(content, bytes) else content


def make_reports_small(patch: pytest.MonkeyPatch, folder, run=lambda *_: None) -> None:
    """Reduce a report to the files that are written and moved: one small notebook, run by `run`, and no tables."""
    cell = nbformat.v4.new_code_cell("OUT = ''", metadata={"tags": ["parameters"]})
    title = nbformat.v4.new_markdown_cell("# What is it about?")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell, title]), folder / "01_small.ipynb")
    patch.setattr(notebooks, "NOTEBOOKS", folder)
    patch.setattr(build, "run_notebooks", one_by_one(run))
    patch.setattr(build, "find_all", lambda *_, **__: None)
