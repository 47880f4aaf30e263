"""Readers of foreign formats are bounded in time and memory, whatever the library beneath them does."""

import io
import os
import signal
import subprocess
import sys
import textwrap
import time
import zipfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from corpus.builders import needs

import clippings as cl
from clippings.corpus import reader_process
from clippings.corpus.reader_process import _current_child, read_in_child
from clippings.corpus.rows import Limits, TooExpensive

LIMITS = Limits(1e6, {})
PAGE = (
    b"<html><body><article><h1>Levee breaks</h1><p>The levee at Ostrand broke on Tuesday night, and "
    b"forty houses were flooded, the mayor said.</p></article></body></html>"
)


# What a library might do by accident: write to every open file, that of our answers among them.
ANSWER = """
import os, sys, time
def ANSWER(data):
    for number in range(3, 20):
        try:
            os.write(number, data)
        except OSError:
            pass
"""


def use_reader(monkeypatch, tmp_path: Path, source: str) -> None:
    """Let children read .html with a reader of this source, called `read`."""
    module = ANSWER + textwrap.dedent(source)
    (tmp_path / "hostile_reader.py").write_text(module)
    start = reader_process.START.replace(
        "serve()\n",
        "sys.dont_write_bytecode = True\n"  # or a reader of the same second would be taken for it
        "import clippings.corpus.reader_process as process, hostile_reader\n"
        "process.ISOLATED_READERS['.html'] = hostile_reader.read\n"
        "process.serve()\n",
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(reader_process, "START", start)
    stop_child()


def stop_child() -> None:
    _current_child().end()


@pytest.fixture(autouse=True)
def fresh_child():
    """No child of a test is used by another one."""
    yield
    stop_child()


HOSTILE = {
    "works for ever": "def read(data, limits):\n    while True: pass",
    "works for ever in C": "def read(data, limits):\n    yield str(10 ** 10 ** 9)",
    "waits for ever": "def read(data, limits):\n    time.sleep(1000)",
    "takes all memory": "def read(data, limits):\n    yield [bytes(10 ** 8) for _ in range(10 ** 6)]",
    "takes it at once": "def read(data, limits):\n    yield bytes(10 ** 11)",
    "ends": "def read(data, limits):\n    os._exit(3)",
    "ends as if idle": "def read(data, limits):\n    os._exit(0)",
    "is killed": "def read(data, limits):\n    os.kill(os.getpid(), 9)",
    "crashes": "def read(data, limits):\n    os.kill(os.getpid(), 11)",
    "sends half a row": "def read(data, limits):\n    ANSWER(b'[[\"a'); os._exit(1)",
    "sends nonsense": "def read(data, limits):\n    ANSWER(b'nonsense\\n'); time.sleep(1000)",
}


def test_a_reader_that_does_not_end_well_is_a_problem_of_its_file(tmp_path, monkeypatch):
    monkeypatch.setattr(reader_process, "MIN_SECONDS", 1)
    monkeypatch.setattr(reader_process, "WAITING_FACTOR", 2)
    failures = []
    for kind, source in HOSTILE.items():
        with monkeypatch.context() as patch:
            use_reader(patch, tmp_path, source)
            (tmp_path / "corpus").mkdir(exist_ok=True)
            (tmp_path / "corpus" / "a.html").write_bytes(PAGE)
            (tmp_path / "corpus" / "b.txt").write_text("We left.")
            started = time.monotonic()
            articles = cl.read_articles(tmp_path / "corpus")
            seconds = time.monotonic() - started
        sys.modules.pop("hostile_reader", None)
        problems = articles.problem.astype(bool).to_list()
        if problems != [True, False] or seconds > 60:  # on a busy machine
            failures.append((kind, seconds, articles.problem.to_list()))
    assert failures == []


def test_what_a_reader_prints_or_logs_is_not_taken_for_an_answer(tmp_path, monkeypatch, capfd):
    source = """
    from clippings.corpus.rows import ArticleRow
    def read(data, limits):
        print("[[1, 2]]", flush=True)
        os.write(1, b"[[1, 2]]")
        os.write(2, b"a warning")
        yield ArticleRow(text="It fell.")
    """
    use_reader(monkeypatch, tmp_path, source)
    assert [row.text for row in read_in_child(".html", PAGE, LIMITS)] == ["It fell."]
    assert capfd.readouterr() == ("", "")


def test_a_reader_opens_no_connection_and_starts_no_program(tmp_path, monkeypatch):
    source = """
    import socket, subprocess
    from clippings.corpus.rows import ArticleRow
    def read(data, limits):
        actions = {
            "connect": lambda: socket.create_connection(("127.0.0.1", 1)),
            "look up": lambda: socket.getaddrinfo("localhost", 80),
            "start": lambda: subprocess.run(["true"]),
            "shell": lambda: os.system("true"),
        }
        for name, action in actions.items():
            try:
                action()
                yield ArticleRow(text=name)
            except PermissionError:
                pass
    """
    use_reader(monkeypatch, tmp_path, source)
    assert list(read_in_child(".html", PAGE, LIMITS)) == []


def test_one_child_reads_many_files(monkeypatch):
    needs("trafilatura")
    stop_child()
    processes = set()
    for _ in range(3):
        assert len(list(read_in_child(".html", PAGE, LIMITS))) == 1
        processes.add(_current_child().process.pid)
    assert len(processes) == 1


def test_a_large_parent_does_not_make_its_child_retire():
    needs("trafilatura")
    program = f"""
import os
from clippings.corpus import reader_process
from clippings.corpus.rows import Limits
reader_process.LARGE_CHILD = 1e6
large = bytearray(os.urandom(1)) * int(3e8)
reader_process.START = reader_process.START.replace(
    "serve()", "import clippings.corpus.reader_process as p; p.LARGE_CHILD = 1e6; p.serve()"
)
processes = set()
for _ in range(3):
    list(reader_process.read_in_child(".html", {PAGE!r}, Limits(1e6, {{}})))
    processes.add(reader_process._current_child().process.pid)
print(len(processes))
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout == b"1\n"


def test_a_child_that_has_retired_is_replaced(monkeypatch):
    needs("trafilatura")
    start = reader_process.START.replace(
        "serve()\n",
        "import clippings.corpus.reader_process as process\nprocess.IDLE_SECONDS = 0.1\nprocess.serve()\n",
    )
    monkeypatch.setattr(reader_process, "START", start)
    stop_child()
    child = _current_child()
    child.process.wait(10)
    monkeypatch.undo()
    answers = iter([True, False])  # as if it had ended a moment later
    monkeypatch.setattr(child, "is_usable", lambda: next(answers))
    assert len(list(read_in_child(".html", PAGE, LIMITS))) == 1
    assert list(answers) == []


def test_rows_that_nobody_wanted_are_not_those_of_the_next_file(tmp_path, monkeypatch):
    source = """
    from clippings.corpus.rows import ArticleRow
    def read(data, limits):
        for number in range(5000):
            yield ArticleRow(text=f"{data.decode()} {number}")
    """
    use_reader(monkeypatch, tmp_path, source)
    rows = read_in_child(".html", b"first", LIMITS)
    assert next(rows).text == "first 0"
    rows.close()
    assert [row.text for row in read_in_child(".html", b"second", LIMITS)][:1] == ["second 0"]


def test_an_archive_of_hostile_files_is_given_up(tmp_path, monkeypatch):
    use_reader(monkeypatch, tmp_path, "def read(data, limits):\n    os._exit(3)")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("0.txt", "We left.")
        for number in range(1, 20):
            archive.writestr(f"{number}.html", PAGE)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.zip").write_bytes(packed.getvalue())
    articles = cl.read_articles(tmp_path / "corpus")
    assert articles.article.to_list() == [
        "a.zip",
        "a.zip/0.txt",
        "a.zip/1.html",
        "a.zip/2.html",
        "a.zip/3.html",
    ]
    assert articles.text.astype(bool).to_list() == [False, True, False, False, False]


def test_a_page_with_very_many_attributes_ends_in_time(monkeypatch):
    needs("trafilatura")
    monkeypatch.setattr(reader_process, "MIN_SECONDS", 1)
    monkeypatch.setattr(reader_process, "SECONDS_PER_MB", 0)
    attributes = " ".join(f'a{number}="x"' for number in range(40_000))
    started = time.monotonic()
    with pytest.raises(TooExpensive):
        list(read_in_child(".html", PAGE.replace(b"<p>", f"<p {attributes}>".encode()), LIMITS))
    assert time.monotonic() - started < 40


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_a_child_ends_with_its_parent(tmp_path, number):
    needs("trafilatura")
    program = f"""
import sys, time
from clippings.corpus.reader_process import read_in_child, _current_child
from clippings.corpus.rows import Limits
list(read_in_child(".html", {PAGE!r}, Limits(1e6, {{}})))
print(_current_child().process.pid, flush=True)
time.sleep(100)
"""
    parent = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    child = int(parent.stdout.readline())
    parent.send_signal(number)
    parent.wait(20)
    parent.stdout.close()
    assert has_ended(child)


def test_a_busy_child_ends_with_its_parent(tmp_path, monkeypatch):
    use_reader(monkeypatch, tmp_path, HOSTILE["works for ever"])
    program = f"""
import sys
sys.path.insert(0, {str(tmp_path)!r})
from clippings.corpus import reader_process
from clippings.corpus.rows import Limits
reader_process.START = {reader_process.START!r}
print(reader_process._current_child().process.pid, flush=True)
list(reader_process.read_in_child(".html", b"x", Limits(1e6, {{}})))
"""
    parent = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    child = int(parent.stdout.readline())
    time.sleep(1)
    parent.kill()
    parent.wait(20)
    parent.stdout.close()
    assert has_ended(child)


def has_ended(process: int) -> bool:
    """Return whether a process ends within ten seconds."""
    for _ in range(100):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        status = Path(f"/proc/{process}/stat")
        if status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True  # ended, and only its new parent has not looked yet
        time.sleep(0.1)
    return False


def test_the_workers_of_an_executor_read_the_same(tmp_path):
    needs("trafilatura")
    for number in range(3):
        (tmp_path / f"{number}.html").write_bytes(PAGE.replace(b"Levee", b"Levee %d" % number))
    alone = cl.read_articles(tmp_path)
    with ProcessPoolExecutor(2, get_context("spawn")) as executor:
        shared = cl.read_articles(tmp_path, executor=executor)
    assert shared.equals(alone)
    assert set(alone.problem) == {""}


def test_the_current_folder_is_no_place_for_code(tmp_path, monkeypatch):
    needs("trafilatura")
    for name in ("json.py", "lxml.py", "queue.py", "trafilatura.py"):
        (tmp_path / name).write_text("raise SystemExit('code of a stranger')")
    (tmp_path / "a.html").write_bytes(PAGE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", ".", *sys.path])
    stop_child()
    articles = cl.read_articles(tmp_path).set_index("article")
    assert articles.problem["a.html"] == ""


def test_texts_need_no_child(tmp_path, monkeypatch):
    monkeypatch.setattr(
        reader_process, "_current_child", lambda: pytest.fail("a child was started")
    )
    (tmp_path / "a.txt").write_text("It fell.")
    (tmp_path / "b.csv").write_text("text\nIt rose.\n")
    (tmp_path / "c.jsonl").write_text('{"text": "We left."}\n')
    assert set(cl.read_articles(tmp_path).problem) == {""}
