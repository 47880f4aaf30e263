"""Runs that are cut off, disks that are full, two at once, and texts made to hurt: nothing of the analyst's is lost."""

import ast
import os
import random
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

import clippings as cl
from benchmarks.worst_texts import PIECES, texts
from clippings.__main__ import DONE, FAILED, main
from clippings.core.tables import make_table
from clippings.corpus.codebook import TABLES
from clippings.report.build import make_report
from helpers import FLOOD, ROOT, articles_of, chain, files_below
from in_process import make_reports_small

LIB = Path(cl.__file__).parent
KILLS = 3
WAIT = 300
SAVING = """
import sys, pandas as pd, clippings as cl
from clippings.corpus.codebook import TABLES
from clippings.core.tables import make_table
number = 0
while True:
    number += 1
    row = dict.fromkeys(TABLES["verdicts"], "") | {"table": "mentions", "article": "a.txt", "verdict": "yes"}
    rows = pd.DataFrame([row | {"note": f"{number} of {'x' * 200}"}] * 500, dtype="str")
    cl.write_codebook(sys.argv[1], "verdicts", rows, seen=cl.hash_codebook(sys.argv[1], "verdicts"))
    print("saved", flush=True)
"""
# A report whose six notebooks do nothing for a moment, so that it can be killed at any step.
SLOW_REPORT = """
import sys, time
from clippings.__main__ import main
from clippings.report import build
build.run_notebooks = lambda runs, **_: time.sleep(0.2 * len(runs))
build.find_all = lambda *_, **__: None
sys.exit(main(["report", sys.argv[1], "--out", sys.argv[2], "--quiet"]))
"""


def start(*words, **options) -> subprocess.Popen:
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"}
    return subprocess.Popen([sys.executable, *map(str, words)], **pipes, **options)


def until(condition) -> None:
    end = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@pytest.fixture
def pages(tmp_path):
    """Two articles under names that hurt, and a codebook."""
    folder = tmp_path / "pages"
    (folder / "codebook").mkdir(parents=True)
    shutil.copy(
        FLOOD / "01_river_rises.txt", folder / 'new\nline "quoted" $(touch x) `touch y`.txt'
    )
    shutil.copy(FLOOD / "06_water_falls.txt", folder / "-rf; <b>.txt")
    shutil.copy(FLOOD / "codebook" / "actors.csv", folder / "codebook")
    return folder


@pytest.fixture
def small_reports(tmp_path, monkeypatch):
    (tmp_path / "notebooks").mkdir()
    make_reports_small(monkeypatch, tmp_path / "notebooks")


def test_a_second_run_is_refused_and_a_killed_one_does_no_harm(
    pages, tmp_path, small_reports, capsys
):
    out, chance = tmp_path / "out", random.Random(4)
    make_report(pages, out, progress=False)
    (out / "pages" / "report.html").write_text("the report before", encoding="utf-8")
    before = files_below(pages)
    for number in range(KILLS):
        running = start("-c", SLOW_REPORT, pages, out)
        until(lambda run=running: list(out.glob(".pages.*/report")) or run.poll() is not None)
        if number == 0:
            assert main(["report", str(pages), "--out", str(out)]) == FAILED
            assert f"(process {running.pid})" in capsys.readouterr().err
        time.sleep(chance.uniform(0, 2))
        running.send_signal(signal.SIGKILL)
        running.communicate()
        reports = [folder / "report.html" for folder in (out / "pages", out / "pages.previous")]
        texts = [path.read_text(encoding="utf-8") for path in reports if path.is_file()]
        assert "the report before" in texts
    assert main(["report", str(pages), "--out", str(out), "--quiet"]) == DONE
    assert files_below(pages) == before
    assert {path.name for path in out.iterdir()} == {
        "pages",
        "pages.previous",
        "pages.lock",
        "pages.cache",
    }


def test_decisions_survive_a_kill_at_any_moment(pages):
    verdicts, chance = pages / "codebook" / "verdicts.csv", random.Random(5)
    for _ in range(KILLS):
        saving = start("-c", SAVING, pages)
        assert saving.stdout.readline() == "saved\n", saving.stderr.read()
        time.sleep(chance.uniform(0, 0.5))
        saving.send_signal(signal.SIGKILL)
        saving.communicate()
        notes = cl.read_codebook(pages)["verdicts"].note
        assert (len(notes), notes.nunique()) == (500, 1)
        assert verdicts.is_file()


def few_bytes() -> None:
    """A disk that takes no file larger than 10,000 bytes."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))


def test_a_full_disk_leaves_the_decisions_before(pages):
    (pages / "codebook" / "verdicts.csv").write_text(
        ",".join(TABLES["verdicts"]) + "\nmentions,a.txt,,,,yes,mine\n"
    )
    before = (pages / "codebook" / "verdicts.csv").read_bytes()
    saving = start("-c", SAVING, pages, preexec_fn=few_bytes)
    said, wrong = saving.communicate(timeout=WAIT)
    assert (said, saving.returncode, "File too large" in wrong) == ("", 1, True)
    assert (pages / "codebook" / "verdicts.csv").read_bytes() == before


def test_a_full_disk_leaves_the_report_before(pages, tmp_path, small_reports):
    out = tmp_path / "out"
    make_report(pages, out, progress=False)
    before = files_below(out / "pages")
    run = start("-c", SLOW_REPORT, pages, out, preexec_fn=few_bytes)
    _, wrong = run.communicate(timeout=WAIT)
    assert run.returncode == FAILED, wrong
    assert len(wrong.splitlines()) == 1
    assert files_below(out / "pages") == before
    assert not (out / "pages.previous").exists()


def test_an_out_that_cannot_be_made_is_one_line(pages, tmp_path, capsys):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert main(["report", str(pages), "--out", str(tmp_path / "file" / "out")]) == FAILED
    wrong = capsys.readouterr().err
    assert (wrong.count("\n"), str(tmp_path / "file") in wrong) == (1, True)


@pytest.mark.parametrize(
    ("name", "text"), list(texts(500)), ids=lambda value: value if value in PIECES else ""
)
def test_the_worst_texts_keep_the_span_law(name, text):
    articles = articles_of(f"Levee breaks in the town\n\n{text}", text)
    passages = cl.check_spans(cl.find_passages(articles), articles)
    for table in (
        *chain(passages, articles, cl.read_codebook(FLOOD)).values(),
        cl.find_repeats(passages, articles),
    ):
        cl.check_spans(table, articles)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10_000_000,
        '"' * 1_000_000,
        "“" * 1_000_000,
        "([{<" * 250_000,
        "9" * 1_000_000,
        "😀" * 1_000_000,
    ],
    ids=[
        "a word of 10 MB",
        "a million marks",
        "a million open marks",
        "nested brackets",
        "a number",
        "signs",
    ],
)
def test_a_million_of_one_thing_is_read_to_the_end(text, tmp_path, monkeypatch):
    monkeypatch.setattr(
        cl, "find_phrases", lambda *_: make_table("phrases")
    )  # how slow a pattern is, is the analyst's
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    articles = cl.read_articles(tmp_path)
    passages = cl.find_passages(articles)
    assert "".join(passages.text) == text
    for table in chain(passages.assign(label="body"), articles, cl.read_codebook(FLOOD)).values():
        cl.check_spans(table, articles)


PROCESS_OR_CODE = re.compile(
    r"""
    (?:os\.)? (?: system | popen | exec[lv]\w* | spawn\w* | posix_spawn\w* )
    | subprocess\.\w+
    | (?:pd\.)? (?: eval | exec | compile )
    | (?: pickle | marshal | shelve )\.\w+
    | (?:pd\.)? read_pickle
    """,
    re.VERBOSE,
)


def test_no_shell_and_no_evaluation_in_the_library():
    """The programs that are started by name are JupyterLab, with the options that the analyst types,
    and a browser that prints a report."""
    calls = set()
    for path in LIB.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if PROCESS_OR_CODE.fullmatch(name):
                calls.add((path.relative_to(LIB).as_posix(), name))
                assert "shell" not in [keyword.arg for keyword in node.keywords]
    assert calls == {
        ("__main__.py", "subprocess.call"),
        ("__main__.py", "os.execv"),
        ("corpus/reader_process.py", "subprocess.Popen"),
        ("report/pdf_file.py", "subprocess.Popen"),
    }


def test_the_whole_chain_opens_no_socket(monkeypatch):
    def refuse(*_):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    articles = cl.read_articles(FLOOD)
    tables = cl.find_all(articles, cl.read_codebook(FLOOD))
    assert len(cl.compose_brief(tables)) > 0


def test_the_library_looks_nowhere_but_in_the_folder(pages, monkeypatch, tmp_path):
    opened = set()
    sys.addaudithook(
        lambda event, arguments: (
            opened.add(str(arguments[0])) if event == "open" and watching else None
        )
    )
    watching = True
    cl.find_all(cl.read_articles(pages), cl.read_codebook(pages))
    watching = False
    ours = (str(pages), str(ROOT), sys.prefix, sys.base_prefix, os.path.dirname(os.__file__))
    strange = {
        path
        for path in opened
        if path.startswith("/") and not path.startswith((*ours, "/proc", "/sys", "/dev"))
    }
    assert {path for path in strange if "site-packages" not in path} == set()


@pytest.mark.parametrize("day", ["2016-14-04", "2016-30-04", "2016-02-31", "2016-00-10"])
def test_a_day_that_is_not_in_the_calendar_is_no_time_and_ends_no_run(day):
    articles = articles_of(
        f"The bridge fell on {day}, he said.\n\nIt rained on 2016-10-04, he said."
    )
    assert cl.find_all(articles, cl.read_codebook(""))["times"].text.to_list() == ["2016-10-04"]
