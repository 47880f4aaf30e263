"""The folder with which JupyterLab is started is explored by all notebooks."""

import json
import os
from pathlib import Path

import nbformat
import pytest

import clippings as cl
from clippings.__main__ import FAILED, main
from clippings.core.errors import BadInput
from clippings.report.notebooks import NotebookRun, notebook_paths, run_notebooks
from clippings.show.notebook import CORPUS_VARIABLE


@pytest.fixture
def started(monkeypatch):
    """The commands that would replace this process."""
    commands = []
    monkeypatch.setenv(CORPUS_VARIABLE, "")  # what the command sets is undone afterwards
    monkeypatch.setattr(os, "execv", lambda _, command: commands.append(command))
    monkeypatch.setattr(os, "chdir", lambda folder: None)
    return commands


def test_lab_names_its_folder_to_the_notebooks(started, tmp_path, monkeypatch):
    (tmp_path / "my articles").mkdir()
    monkeypatch.setattr(os, "getcwd", lambda: str(tmp_path))
    main(["lab", "my articles", "--no-browser", "x.ipynb"])
    assert started[0][-2:] == ["--no-browser", "x.ipynb"]
    assert cl.choose_corpus("../seeds") == str(tmp_path / "my articles")


def test_lab_without_a_folder_leaves_the_choice_as_it_is(started):
    main(["lab", "--no-browser"])
    assert started[0][-1] == "--no-browser"
    assert cl.choose_corpus("../seeds") == "../seeds"


def test_lab_reports_a_folder_that_does_not_exist(started, tmp_path, capsys):
    assert main(["lab", str(tmp_path / "nothing")]) == FAILED
    assert "nothing" in capsys.readouterr().err
    assert started == []


def test_a_variable_that_names_no_folder_is_an_error(monkeypatch, tmp_path):
    monkeypatch.setenv(CORPUS_VARIABLE, str(tmp_path / "nothing"))
    with pytest.raises(BadInput, match="nothing"):
        cl.choose_corpus("../seeds")


def test_every_notebook_asks_for_the_same_folder():
    choices = {}
    for path in notebook_paths():
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        [parameters] = [
            "".join(cell["source"])
            for cell in cells
            if "parameters" in cell["metadata"].get("tags", [])
        ]
        choices[path.name] = 'CORPUS = cl.choose_corpus("../seeds")' in parameters
    assert choices == dict.fromkeys(choices, True)


def test_runs_for_reports_and_checks_ignore_the_choice(monkeypatch, tmp_path):
    monkeypatch.setenv(CORPUS_VARIABLE, str(tmp_path / "nothing"))
    code = 'import clippings as cl\nprint(cl.choose_corpus("default"))'
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    run_notebooks([NotebookRun(notebook, Path(tmp_path), "one")])
    assert notebook.cells[0].outputs[0].text == "default\n"
