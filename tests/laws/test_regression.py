"""The stored outputs of the notebooks hold: they come again on every run, and a changed digit or word is caught."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from test_notebooks_static import problems

from helpers import ROOT


@pytest.fixture
def copied(tmp_path):
    """A copy of the notebooks and seeds, with everything needed to compare them."""
    for name in ("notebooks", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("conftest.py", "nbval_sanitize.cfg", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def compare(folder: Path, name: str, hash_seed: str = "0") -> tuple[int, str]:
    """Run one notebook and compare it with its stored outputs: exit code and output."""
    outer = ("PYTEST", "PYTHONHASHSEED")  # nothing of the run that this test is part of
    environment = {key: value for key, value in os.environ.items() if not key.startswith(outer)}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "--nbval",
            "-p",
            "no:cacheprovider",
            "-q",
            f"notebooks/{name}.ipynb",
        ],
        cwd=folder,
        env=environment | {"PYTHONHASHSEED": hash_seed},
        capture_output=True,
        encoding="utf-8",
        timeout=600,
    )
    return done.returncode, done.stdout + done.stderr


def cells_of(name: str) -> int:
    notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    return sum(cell.cell_type == "code" for cell in notebook.cells)


@pytest.mark.parametrize(("name", "hash_seed"), [("01_corpus", "1"), ("02_repeats", "2")])
def test_a_notebook_gives_its_stored_outputs_under_any_hash_seed(copied, name, hash_seed):
    code, said = compare(copied, name, hash_seed)
    assert (code, f"{cells_of(name)} passed" in said) == (0, True), said


def change_table(notebook) -> None:
    data = next(
        output.data
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if re.search(r"<td>\d+</td>", output.get("data", {}).get("text/html", ""))
    )
    data["text/html"] = re.sub(
        r"<td>(\d+)</td>", lambda m: f"<td>{int(m[1]) + 1}</td>", data["text/html"], count=1
    )


def change_stream(notebook) -> None:
    output = next(
        o for cell in notebook.cells for o in cell.get("outputs", []) if o.output_type == "stream"
    )
    output.text = re.sub(r"\d", lambda m: str((int(m[0]) + 1) % 10), output.text, count=1)


def test_changed_numbers_in_stored_outputs_are_caught(copied):
    """One in a table, and one in a printed line of another cell."""
    path = copied / "notebooks" / "01_corpus.ipynb"
    notebook = nbformat.read(path, as_version=4)
    change_table(notebook)
    change_stream(notebook)
    nbformat.write(notebook, path)
    code, said = compare(copied, "01_corpus")
    assert (code, f"2 failed, {cells_of('01_corpus') - 2} passed" in said) == (1, True), said


def test_a_changed_word_of_an_article_is_caught(copied):
    path = copied / "seeds" / "000_eb63c3a6b9df43a4.txt"
    text = path.read_bytes()
    assert text.count(b"Armed clashes broke out") == 1
    path.unlink()
    path.write_bytes(text.replace(b"Armed clashes broke out", b"Armed confrontations broke out"))
    code, said = compare(copied, "01_corpus")
    assert (code, "confrontations" in said) == (1, True), said


def test_a_notebook_saved_without_its_outputs_is_caught(copied):
    path = copied / "notebooks" / "01_corpus.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.update(outputs=[], execution_count=None)
    nbformat.write(notebook, path)
    assert problems(path) == ["not saved after a clean run from top to bottom"]
