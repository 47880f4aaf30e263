"""What every notebook must be, whatever it says: rules that are read off the file without running it."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

from clippings.report.notebooks import canonical
from helpers import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
IGNORED = "nbval-ignore-output"
STATEMENTS = (ast.For, ast.AsyncFor, ast.While, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
MACHINE = re.compile(r"/home\b|/tmp\b|[/\\]Users\b|\b0x[0-9a-fA-F]{6,}|(?<![\w./:<\"'=])/[a-z]+/\w")
PACKED = re.compile(r"data:[^\"]*")


def problems(path: Path) -> list[str]:
    """What a notebook does against the rules, each as one line; nothing for a good one."""
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    found = [
        f"cell {number}: {said}" for number, cell in enumerate(code, 1) for said in _in_cell(cell)
    ]
    if notebook.cells[0].cell_type != "markdown" or not notebook.cells[0].source.startswith("# "):
        found.append("the first cell is no title")
    if [cell.execution_count for cell in code] != list(range(1, len(code) + 1)):
        found.append("not saved after a clean run from top to bottom")
    if not any("parameters" in _tags(cell) for cell in code):
        found.append("no cell tagged parameters")
    if sum("interactive" in _tags(cell) for cell in code) != 1:
        found.append("not exactly one cell tagged interactive")
    if canonical(notebook) != path.read_text(encoding="utf-8"):
        found.append("not in canonical form")
    return found


def _in_cell(cell) -> list[str]:
    tags, found = _tags(cell), []
    if any(isinstance(node, STATEMENTS) for node in ast.walk(ast.parse(cell.source))):
        found.append("a loop, a function or a class: it belongs into the library")
    if ("interactive" in tags) != (IGNORED in tags):
        found.append(f"interactive and {IGNORED} go together")
    if "NBVAL" in cell.source or any(
        "nbval" in tag or tag == "raises-exception" for tag in tags - {IGNORED}
    ):
        found.append("told not to be tested")
    if any(output.output_type == "error" for output in cell.outputs):
        found.append("an error is stored")
    if any(
        MACHINE.search(text) or str(ROOT) in text
        for output in cell.outputs
        for text in _texts(output)
    ):
        found.append("an output names a place on somebody's machine")
    return found


def _tags(cell) -> set[str]:
    return set(cell.metadata.get("tags", []))


def _texts(output) -> list[str]:
    """What an output says: streams, errors, plain text, HTML and the drawn text of charts; no packed pictures."""
    data = [
        text for kind, text in output.get("data", {}).items() if kind in ("text/plain", "text/html")
    ]
    drawn = PACKED.sub("", output.get("data", {}).get("image/svg+xml", ""))
    return [
        *(PACKED.sub("", said) for said in data),
        *re.findall(r">([^<]+)<", drawn),
        output.get("text", ""),
        *output.get("traceback", []),
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_keeps_every_rule(path):
    assert problems(path) == []


def test_the_six_notebooks_are_numbered_in_their_order():
    assert [path.name[:3] for path in NOTEBOOKS] == ["01_", "02_", "03_", "04_", "05_", "06_"]


def test_nine_in_ten_stored_outputs_are_compared():
    cells = [cell for path in NOTEBOOKS for cell in nbformat.read(path, as_version=4).cells]
    shown = [cell for cell in cells if cell.cell_type == "code" and cell.outputs]
    assert sum(IGNORED not in _tags(cell) for cell in shown) >= 0.9 * len(shown)


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("for row in articles.itertuples():\n    print(row)", "a loop, a function or a class"),
        ("def helper(row):\n    return row", "a loop, a function or a class"),
        ("if True:\n    while False:\n        pass", "a loop, a function or a class"),
        ("# NBVAL_SKIP\narticles", "told not to be tested"),
    ],
)
def test_code_against_the_rules_is_named(tmp_path, source, problem):
    assert any(
        problem in line
        for line in problems(_changed(tmp_path, lambda cell: cell.update(source=source)))
    )


@pytest.mark.parametrize(
    ("output", "problem"),
    [
        (nbformat.v4.new_output("stream", text="saved /home/reader/out\n"), "somebody's machine"),
        (nbformat.v4.new_output("stream", text="saved /srv/reader/out\n"), "somebody's machine"),
        (
            nbformat.v4.new_output("stream", text="<object at 0x7f3a5c1b2d90>\n"),
            "somebody's machine",
        ),
        (nbformat.v4.new_output("error", ename="KeyError", evalue="text"), "an error is stored"),
        (
            nbformat.v4.new_output("stream", name="stderr", text="a warning\n"),
            "not in canonical form",
        ),
    ],
)
def test_an_output_against_the_rules_is_named(tmp_path, output, problem):
    assert any(
        problem in line
        for line in problems(_changed(tmp_path, lambda cell: cell.outputs.append(output)))
    )


@pytest.mark.parametrize(
    ("tags", "problem"),
    [
        (["nbval-skip"], "told not to be tested"),
        (["raises-exception"], "told not to be tested"),
        ([IGNORED], "go together"),
        (["interactive", IGNORED], "not exactly one cell tagged interactive"),
    ],
)
def test_tags_against_the_rules_are_named(tmp_path, tags, problem):
    assert any(
        problem in line
        for line in problems(_changed(tmp_path, lambda cell: cell.metadata.update(tags=tags)))
    )


def _changed(folder: Path, change) -> Path:
    """A copy of the first notebook with its second code cell changed."""
    notebook = nbformat.read(NOTEBOOKS[0], as_version=4)
    change([cell for cell in notebook.cells if cell.cell_type == "code"][1])
    nbformat.write(notebook, folder / NOTEBOOKS[0].name)
    return folder / NOTEBOOKS[0].name


def test_comprehensions_are_no_loops(tmp_path):
    change = _changed(
        tmp_path, lambda cell: cell.update(source="[\n    row\n    for row in articles.article\n]")
    )
    assert problems(change) == []
