"""Terminals, locales, time zones and homes of all kinds: the same report, and nothing that ends a run."""

import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from clippings.__main__ import DONE, main
from clippings.report import build
from clippings.report.build import make_report
from helpers import FLOOD, ROOT, files_below
from in_process import make_reports_small, one_by_one, run_notebook_in_process

# A report with the last of the six notebooks only, in a kernel.
ONE_NOTEBOOK = """
import sys
from clippings.__main__ import main
from clippings.report import build
paths = build.notebook_paths()[-1:]
build.notebook_paths = lambda: paths
sys.exit(main(["report", sys.argv[1], "--out", sys.argv[2], "--quiet"]))
"""


@pytest.fixture
def corpus(tmp_path) -> Path:
    """Two articles, and an empty file whose name few encodings can write."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for path in sorted(FLOOD.glob("*.txt"))[:2]:
        shutil.copy(path, folder)
    (folder / "ü 漢.txt").write_bytes(b"")
    return folder


def test_a_report_is_the_same_bytes_in_a_poor_environment(corpus, tmp_path, monkeypatch):
    poor = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "lib"),
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "cp1252",
        "TZ": "Pacific/Kiritimati",
    }
    done = subprocess.run(
        [sys.executable, "-c", ONE_NOTEBOOK, str(corpus), str(tmp_path / "poor")],
        env=poor,
        capture_output=True,
        timeout=600,
    )
    assert done.returncode == DONE, done.stderr
    assert b"\xfc \\u6f22.txt" in done.stdout
    paths = build.notebook_paths()[-1:]
    monkeypatch.setattr(build, "notebook_paths", lambda: paths)
    monkeypatch.setattr(build, "run_notebooks", one_by_one(run_notebook_in_process))
    make_report(corpus, tmp_path / "rich", progress=False)
    expected = files_below(tmp_path / "rich" / "corpus")
    found = files_below(tmp_path / "poor" / "corpus")
    assert found.keys() == expected.keys()
    assert [name for name in found if found[name] != expected[name]] == []


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8", "utf-16"])
def test_any_encoding_of_the_terminal_will_do(corpus, tmp_path, monkeypatch, encoding):
    (corpus / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"")
    (tmp_path / "notebooks").mkdir()
    make_reports_small(monkeypatch, tmp_path / "notebooks")
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    code = main(["report", str(corpus), "--out", str(tmp_path / "out"), "--quiet"])
    printed = stream.buffer.getvalue().decode(encoding)
    assert code == DONE
    assert "caf\\xe9.txt" in printed
    assert printed.splitlines()[-1].endswith("report.html")


@pytest.mark.parametrize("home", ["", "/dev/null/x"])
def test_a_home_that_is_missing_does_not_matter(corpus, tmp_path, monkeypatch, home):
    (tmp_path / "notebooks").mkdir()
    make_reports_small(monkeypatch, tmp_path / "notebooks")
    monkeypatch.delenv("HOME", raising=False)
    if home:
        monkeypatch.setenv("HOME", home)
    assert make_report(corpus, tmp_path / "out", progress=False).folder.is_dir()


def test_a_current_folder_that_was_deleted_is_one_line(corpus, tmp_path, monkeypatch, capsys):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert main(["report", str(corpus), "--quiet"]) != DONE
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_make_hands_over_names_with_shell_signs_as_they_are(tmp_path):
    """Replace the virtual environment with a program that prints its arguments."""
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "clippings"
    command.write_text('#!/bin/sh\nprintf "%s\\0" "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    marker = tmp_path / "was run"
    odd = f"a \"b\" 'c' $HOME $$x `touch '{marker}'` $(touch '{marker}') ; #é"
    made = f"$(shell touch '{marker}')"
    ready = ["-o", str(tmp_path / "ready"), f"VENV={tmp_path}"]
    for names, environment in (
        ([f"CORPUS={odd}", f"OUT={made}", f"TITLE={odd}"], {}),
        ([], {"CORPUS": odd, "OUT": made, "TITLE": odd}),
    ):
        done = subprocess.run(
            ["make", "-s", "report", *names, *ready],
            cwd=ROOT,
            env=os.environ | environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.split("\0")[:-1] == [
            "report",
            f"--out={made}",
            "--quotes=all",
            f"--title={odd}",
            "--jobs=1",
            "--",
            odd,
        ]
    assert not marker.exists()


def test_the_makefile_gives_no_name_to_the_shell_itself():
    recipes = re.findall(r"^\t.*", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    names = re.compile(r"\$\((?:CORPUS|OUT|QUOTES|TITLE|JOBS|TEXTS)\)")
    given = [line for line in recipes if names.search(line.replace("$(if $(TEXTS)", ""))]
    assert given == []
