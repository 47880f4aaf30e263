"""Whatever is written can be interrupted at every step: each file is the old one or the new one, and whole."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import nbformat
import pytest

import clippings as cl
from clippings.report.build import make_report
from clippings.report.export import EXTRA_FILES_VARIABLE
from clippings.report.notebooks import save_baseline
from helpers import FLOOD, ROOT, files_below
from in_process import make_reports_small

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
    """Restart the work and stop it at its first step, its second and so on; return the folder's contents each time."""
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
    together = {"repeats", "dates", "claims", "words", "groups", "headlines"}
    assert perarticle | together <= said


def test_charts_and_tables_are_old_or_new_and_whole(tmp_path, flood, monkeypatch):
    monkeypatch.setenv(EXTRA_FILES_VARIABLE, "")  # all files are written in the same way
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
        "clippings.report.notebooks.run_notebooks",
        lambda runs: runs[0].notebook.cells[0].update(source="new"),
    )
    *stopped, new = every_interrupt(
        folder, prepare, lambda: save_baseline([folder / "01_a.ipynb"], progress=False)
    )
    assert b'"new"' in new["01_a.ipynb"]
    assert len(stopped) == 2
    assert all(files.keys() == new.keys() and b'"old"' in files["01_a.ipynb"] for files in stopped)


def test_a_report_is_old_or_new_and_the_previous_one_is_kept(tmp_path, monkeypatch):
    out, stored = tmp_path / "out", tmp_path / "stored"
    (tmp_path / "notebooks").mkdir()
    make_reports_small(monkeypatch, tmp_path / "notebooks")
    for name in ("flood.previous", "flood"):
        make_report(FLOOD, stored, progress=False)
        report = stored / "flood" / "report.html"
        report.write_text(f"{name} as it was", encoding="utf-8")
    *stopped, new = every_interrupt(
        out,
        lambda: shutil.copytree(stored, out),
        lambda: make_report(FLOOD, out, progress=False),
    )
    assert len(stopped) > 8
    assert new["flood.previous/report.html"] == b"flood as it was"
    assert new["flood/report.html"] != b"flood as it was"
    reports = ("flood/", "flood.previous/")
    old = of_reports(files_below(stored), reports)
    for files in stopped:
        assert of_reports(files, reports) in (old, of_reports(new, reports))
        cached = of_reports(files, ("flood.cache/",))
        assert all(new[name] == content for name, content in cached.items())
        # The work folder is left only if its own deletion is interrupted; the next run deletes it.
        others = {name.split("/")[0] for name in files if not name.startswith(".flood.")}
        assert others <= {"flood", "flood.previous", "flood.cache", "flood.lock"}
    with_work_folder = [files for files in stopped if any(name.startswith(".") for name in files)]
    assert len(with_work_folder) <= 1


def of_reports(files: dict[str, bytes], folders: tuple[str, ...]) -> dict[str, bytes]:
    """The files in some of the folders."""
    return {name: content for name, content in files.items() if name.startswith(folders)}


# ---------------------------------------------------------------- processes that must not stay behind

WORKERS = """
    import time
    from clippings.core.parallel import map_chunks, processes, run_in_background

    def begin(chunk):
        print("busy", flush=True)
        time.sleep(600)

    def alone():
        begin([])

    if __name__ == "__main__":
        with processes(2) as executor:
            run_in_background(executor, alone)
            list(map_chunks(executor, begin, [[1], [2]], "sleeping"))
"""
WORKERS_IN_COMPILED_CODE = WORKERS.replace(
    "time.sleep(600)", "sum(range(10 ** 15))  # in which no other thread gets a turn"
)
KERNEL = """
    import sys
    import nbformat
    from clippings.report.notebooks import NotebookRun, run_notebooks

    cell = nbformat.v4.new_code_cell("import os, time; os.system('echo busy'); time.sleep(600)")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    run_notebooks([NotebookRun(notebook, sys.argv[1], "sleeping.ipynb")])
"""
COMMAND = """
    import sys

    if __name__ == "__main__":
        from clippings import __main__ as command
        command.make_report = lambda *_, **__: main()
        sys.exit(command.main(["report", "pages", "--quiet"]))
"""
WAIT = 60  # seconds until a test fails; all of this takes a few


def as_command(script: str) -> str:
    """Run the script in place of `clippings report`, so that the command line handles its signals."""
    body = textwrap.dedent(script).replace('if __name__ == "__main__":', "def main():")
    if "def main()" not in body:
        body = "def main():\n" + textwrap.indent(body, "    ")
    return body + textwrap.dedent(COMMAND)


def start_busy(script: str, folder: Path, lines: int) -> subprocess.Popen:
    """Start a script whose processes all hold our pipe, and wait until they are busy."""
    path = folder / "script.py"
    path.write_text(script, encoding="utf-8")
    run = subprocess.Popen(
        [sys.executable, str(path), str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=folder,
        text=True,
        start_new_session=True,
    )
    for _ in range(lines):
        assert run.stdout.readline() == "busy\n", run.communicate(timeout=WAIT)[0]
    return run


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals of POSIX")
@pytest.mark.parametrize(
    ("script", "lines", "number"),
    [
        pytest.param(WORKERS, 3, signal.SIGTERM, id="workers, SIGTERM"),
        pytest.param(WORKERS, 3, signal.SIGKILL, id="workers, SIGKILL"),
        pytest.param(WORKERS_IN_COMPILED_CODE, 3, signal.SIGKILL, id="compiled code, SIGKILL"),
        pytest.param(KERNEL, 1, signal.SIGTERM, id="kernel, SIGTERM"),
        pytest.param(KERNEL, 1, signal.SIGKILL, id="kernel, SIGKILL"),
        pytest.param(KERNEL, 1, signal.SIGINT, id="kernel, Control-C"),
        pytest.param(KERNEL, 1, signal.SIGHUP, id="kernel, closed terminal"),
    ],
)
def test_no_process_stays_behind_however_a_run_is_ended(script, lines, number, tmp_path):
    """The pipe is at its end when the last process that holds it has ended."""
    run = start_busy(as_command(script), tmp_path, lines)
    run.send_signal(number)
    printed = run.communicate(timeout=WAIT)[0]
    if number != signal.SIGKILL:
        assert run.returncode == 3
        assert printed.splitlines()[-1:] == ["clippings: interrupted"]
    assert "Traceback" not in printed


LAB = """
    import os, sys, time
    print(sys.argv[1:], os.path.basename(os.getcwd()), sys.flags.safe_path, flush=True)
    print("busy", flush=True)
    time.sleep(600)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_lab_passes_its_options_on_and_leaves_nothing_running(number, tmp_path):
    (tmp_path / "jupyterlab").mkdir()
    (tmp_path / "jupyterlab" / "__init__.py").write_text("", encoding="utf-8")
    script = tmp_path / "jupyterlab" / "__main__.py"
    script.write_text(textwrap.dedent(LAB), encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    options = ["--no-browser", "--port", "8931", "--", "x.ipynb", "--ServerApp.token=abc"]
    run = subprocess.Popen(
        [sys.executable, "-P", "-m", "clippings", "lab", *options],
        env=os.environ | {"PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert run.stdout.readline() == f"{options} notebooks True\n"
    assert run.stdout.readline() == "busy\n"
    run.send_signal(number)
    assert run.communicate(timeout=WAIT)[0] == ""


SHADOWS = (
    "csv",
    "json",
    "pandas",
    "pickle",
    "socket",
    "tempfile",
    "multiprocessing",
    "ipykernel_launcher",
    "nbformat",
)
STUBBED = """
    import sys
    from clippings.__main__ import main
    from clippings.report import build

    real = build.notebook_paths
    build.notebook_paths = lambda: real()[:1]  # one kernel is as good as six

    if __name__ == "__main__":
        sys.exit(main(["report", ".", "--out", sys.argv[1], "--quiet", "--jobs", "2"]))
"""


def test_no_file_of_the_current_folder_is_run_as_a_module(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    shutil.copy(FLOOD / "01_river_rises.txt", corpus)
    for name in SHADOWS:
        marker = tmp_path / f"{name} was run"
        (corpus / f"{name}.py").write_text(f"open({str(marker)!r}, 'w')", encoding="utf-8")
    (tmp_path / "script.py").write_text(textwrap.dedent(STUBBED), encoding="utf-8")
    # An empty entry would be the current folder.
    entries = [str(ROOT / "lib"), *filter(None, [os.environ.get("PYTHONPATH")])]
    path = os.pathsep.join(entries)
    for command in (
        ["-m", "clippings", "--version"],
        [str(tmp_path / "script.py"), str(tmp_path / "out")],
    ):
        done = subprocess.run(
            [sys.executable, *command],
            cwd=corpus,
            env=os.environ | {"PYTHONPATH": path},
            capture_output=True,
            text=True,
            timeout=600,
        )
        assert done.returncode == 0, done.stderr
    assert list(tmp_path.glob("* was run")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal of POSIX")
def test_control_c_ends_a_report_at_once_and_leaves_nothing(tmp_path):
    out = tmp_path / "out"
    run = subprocess.Popen(
        [sys.executable, "-P", "-m", "clippings", "report", str(FLOOD), "--out", str(out)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    until = time.monotonic() + WAIT
    while not list(out.glob(".flood.*/report/charts")) and time.monotonic() < until:
        time.sleep(0.1)  # until a notebook is running
    run.send_signal(signal.SIGINT)
    printed = run.communicate(timeout=WAIT)[1]
    assert run.returncode == 3
    assert "clippings: interrupted" in printed
    assert {path.name for path in out.iterdir()} <= {"flood.lock", "flood.cache"}
