"""Whatever is written can be interrupted at every step of it: each file is the old one or the new one, and whole."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

import clippings as cl
from clippings.report.build import make_report
from clippings.report.notebooks import save_baseline
from helpers import FLOOD, ROOT, files_below

WRITING = [(Path, "write_bytes"), (Path, "write_text"), (shutil, "copyfile")]
MOVING = [(os, "replace"), (shutil, "rmtree")]


def stop_at(number: int, patch: pytest.MonkeyPatch) -> list:
    """Control-C at one of the steps that write, in the middle of a file; gives the list of the steps that began."""
    steps: list[str] = []

    def stopped(owner, name, half):
        whole = getattr(owner, name)

        def step(*given, **more):
            steps.append(name)
            if len(steps) != number:
                return whole(*given, **more)
            if half:
                path = Path(given[1] if owner is shutil else given[0])
                with open(path, "wb") as file:
                    file.write(b"half")
            raise KeyboardInterrupt

        patch.setattr(owner, name, step)

    for owner, name in WRITING:
        stopped(owner, name, True)
    for owner, name in MOVING:
        stopped(owner, name, False)
    return steps


def every_interrupt(folder: Path, prepare, work) -> list[dict[str, bytes]]:
    """The work begun anew and stopped at its first step, its second and so on; what stood in the folder each time."""
    found, done = [], False
    while not done:
        shutil.rmtree(folder, ignore_errors=True)
        prepare()
        with pytest.MonkeyPatch.context() as patch:
            stop_at(len(found) + 1, patch)
            try:
                work()
                done = True
            except KeyboardInterrupt:
                pass
        found.append(files_below(folder))
    return found


def test_a_bar_is_shown_of_every_step_only_where_it_takes_long(capsys, monkeypatch, tmp_path):
    def everything():
        tables = cl.find_all(cl.read_articles(FLOOD), cl.read_codebook(FLOOD))
        cl.count_stability(tables["passages"], ks=[2], draws=2)
        cl.write_tables(tables, tmp_path)

    everything()
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("clippings.core.progress.PATIENCE", 0)
    everything()
    said = {
        line.split(":")[0].strip()
        for line in capsys.readouterr().err.replace("\r", "\n").splitlines()
    }
    perarticle = {
        "files",
        "pages",
        "names",
        "statements",
        "times",
        "events",
        "amounts",
        "cues",
        "constraints",
        "themes",
    }
    together = {"repeats", "days", "claims", "words", "groups", "headlines"}
    assert perarticle | together <= said


def test_charts_and_tables_are_old_or_new_and_whole(tmp_path, flood):
    tables, out = flood[2], tmp_path / "out"
    few = {name: tables[name] for name in ("repeats", "themes", "claims")}

    def write(rows):
        counts = tables["passages"].head(rows).assign(words=1)[["article", "label", "words"]]
        cl.write_chart(cl.chart_zones(counts), counts, tables["passages"].head(rows), out, "zones")
        cl.write_tables({name: table.head(rows) for name, table in few.items()}, out)

    write(3)
    old = files_below(out)
    *stopped, new = every_interrupt(out, lambda: write(3), lambda: write(5))
    assert len(stopped) == 2 * len(old) == 2 * len(new)
    assert all(old[name] != new[name] for name in old)
    for files in stopped:
        assert files.keys() == old.keys()
        assert all(data in (old[name], new[name]) for name, data in files.items())


def test_a_codebook_and_its_backup_are_old_or_new_and_whole(tmp_path):
    folder = tmp_path / "corpus"

    def save(note):
        actors = cl.read_codebook(folder)["actors"].assign(note=note)
        cl.write_codebook(folder, "actors", actors, seen=cl.hash_codebook(folder, "actors"))

    def prepare():
        shutil.copytree(FLOOD / "codebook", folder / "codebook")
        save("first")
        save("second")

    prepare()
    before = files_below(folder)
    *stopped, after = every_interrupt(folder, prepare, lambda: save("third"))
    name, kept = "codebook/actors.csv", "codebook/actors.csv.backup"
    assert len(stopped) == 4
    assert b"third" in after[name] and after[kept] == before[name] and b"first" in before[kept]
    for files in stopped:
        assert files.keys() == before.keys()
        assert files[name] == before[name]
        assert files[kept] in (before[kept], before[name])


def test_a_notebook_saved_anew_is_old_or_new_and_whole(tmp_path, monkeypatch):
    folder = tmp_path / "notebooks"

    def prepare():
        folder.mkdir()
        nbformat.write(
            nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("old")]),
            folder / "01_a.ipynb",
        )

    monkeypatch.setattr(
        "clippings.report.notebooks.run_notebook",
        lambda notebook, *_: notebook.cells[0].update(source="new"),
    )
    *stopped, new = every_interrupt(
        folder, prepare, lambda: save_baseline([folder / "01_a.ipynb"], progress=False)
    )
    assert b'"new"' in new["01_a.ipynb"]
    assert len(stopped) == 2
    assert all(files.keys() == new.keys() and b'"old"' in files["01_a.ipynb"] for files in stopped)


def test_a_report_is_old_or_new_and_the_one_before_is_kept(tmp_path, monkeypatch):
    out, stored = tmp_path / "out", tmp_path / "stored"
    monkeypatch.setattr(
        "clippings.report.build.run_notebook", lambda *_: None
    )  # what is written and moved is the matter here
    made, _ = make_report(FLOOD, stored, progress=False)
    for name in ("flood", "flood.previous"):
        shutil.copytree(made, stored / f"of_{name}" / name)
        (stored / f"of_{name}" / name / "whose.txt").write_text(name)
    (stored / "of_flood" / "flood").rename(stored / "of_flood.previous" / "flood")
    *stopped, new = every_interrupt(
        out,
        lambda: shutil.copytree(stored / "of_flood.previous", out),
        lambda: make_report(FLOOD, out, progress=False),
    )
    assert len(stopped) > 8
    assert "flood/whose.txt" not in new and new["flood.previous/whose.txt"] == b"flood"
    old = files_below(stored / "of_flood.previous")
    reports = ("flood/", "flood.previous/")
    for files in stopped:
        seen = {name: data for name, data in files.items() if name.startswith(reports)}
        assert seen in (old, {name: data for name, data in new.items() if name.startswith(reports)})
        found = {
            name: data
            for name, data in files.items()
            if name.startswith("flood.kept/") and "/." not in name
        }
        assert all(new[name] == data for name, data in found.items())  # what is kept is whole
    assert not any(name.startswith(".flood.partial") for name in new)


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal of POSIX")
def test_control_c_ends_a_report_at_once_and_leaves_nothing(tmp_path):
    command = [
        sys.executable,
        "-m",
        "clippings",
        "report",
        str(FLOOD),
        "--out",
        str(tmp_path / "out"),
    ]
    run = subprocess.Popen(
        command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    partial = tmp_path / "out" / ".flood.partial"
    until = time.monotonic() + 60
    while not (partial / "charts").is_dir() and time.monotonic() < until:  # a notebook is running
        time.sleep(0.1)
    run.send_signal(signal.SIGINT)
    said = run.communicate(timeout=60)[1]
    assert run.returncode == 3
    assert "clippings: interrupted; nothing was replaced" in said
    assert {path.name for path in (tmp_path / "out").iterdir()} <= {"flood.lock", "flood.kept"}
