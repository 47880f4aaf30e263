"""A child process in which third-party libraries read files within limits on time and memory.

A damaged or malicious file can cause a library to use unlimited time or memory. Files are therefore
read by a child process, which the operating system ends if it exceeds a limit; the file becomes a
row with a problem. A child is reused for many files, because starting it takes longer than reading
a page. It ends if it has been idle for a while, or if its parent ends for any reason.

Messages to the child: a line of JSON (a `Request`), then the bytes of the file. Messages from it:
lines of JSON, a list of rows or, at the end, a dict with the outcome. The child runs no code of
`clippings/__init__`, which would load pandas and matplotlib.
"""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from clippings.core.errors import BadInput
from clippings.corpus import problems
from clippings.corpus.documents import read_docx
from clippings.corpus.epub import read_epub
from clippings.corpus.exports.citations import read_bibtex, read_ris
from clippings.corpus.exports.pages import read_page_or_export
from clippings.corpus.mail import read_mail, read_mailbox, read_msg
from clippings.corpus.markdown import read_markdown
from clippings.corpus.open_document import read_fodt, read_odt
from clippings.corpus.pdf_text import read_pdf
from clippings.corpus.rich_text import read_rtf
from clippings.corpus.rows import ArticleRow, Limits, TooExpensive, within_limit
from clippings.corpus.tabular import read_json, read_parquet, read_spreadsheet
from clippings.corpus.web_archives import read_warc, read_webarchive
from clippings.corpus.xml_files import read_enex, read_xml

try:
    import resource  # not on Windows: there, only the time on the clock is bounded
except ImportError:
    resource = None

ISOLATED_READERS = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".htm": read_page_or_export,
    ".html": read_page_or_export,
    ".xhtml": read_page_or_export,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".parquet": read_parquet,
    ".ris": read_ris,
    ".bib": read_bibtex,
    ".json": read_json,
    ".xlsx": read_spreadsheet,
    ".xlsm": read_spreadsheet,
    ".xlsb": read_spreadsheet,
    ".xls": read_spreadsheet,
    ".ods": read_spreadsheet,
    ".rtf": read_rtf,
    ".odt": read_odt,
    ".fodt": read_fodt,
    ".epub": read_epub,
    ".eml": read_mail,
    ".msg": read_msg,
    ".mbox": read_mailbox,
    ".enex": read_enex,
    ".xml": read_xml,
    ".webarchive": read_webarchive,
    ".warc": read_warc,
}
"""The readers that run in a child, by the end of the file's name."""

MIN_SECONDS = 10
"""Seconds of processor time for one document, or for one portion of the rows of a table …"""

SECONDS_PER_MB = 10
"""… and so much more for each megabyte of the file. Long PDF files take about a third of that."""

WAITING_FACTOR = 5
"""Factor by which elapsed time may exceed processor time, as other programs run too."""

MAX_MEMORY = 2e9
"""Bytes that a reader may take besides DATA_COPIES times the file. Libraries take 0.4e9 of it."""

DATA_COPIES = 4
"""A reader may hold the file packed, unpacked and as text at the same time."""

IDLE_SECONDS = 60
"""Seconds without a file after which the child ends."""

LARGE_CHILD = 500e6
"""Bytes of memory from which a child is replaced, since Python seldom gives memory back."""

PORTION_ROWS = 500
"""Rows of a table that are sent together."""

PORTION_SIZE = 1_000_000
"""Characters of text in rows that are sent together."""

START = """
import sys, types
sys.path[:] = sys.argv[2:]
package = types.ModuleType("clippings")
package.__path__ = [sys.argv[1]]
sys.modules["clippings"] = package
from clippings.corpus.reader_process import serve
serve()
"""
# Arrow and BLAS would take address space for each processor.
ENVIRONMENT = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}

# Events of Python's audit hooks that no file reader needs.
FORBIDDEN = {
    "socket.connect",
    "socket.getaddrinfo",
    "socket.bind",
    "subprocess.Popen",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
}

RETIRED = 0
PARENT_ENDED = 1

FINISHED = "finished"
BAD_INPUT = "bad input"
FAILED = "failed"
OUT_OF_MEMORY = "out of memory"


class Request(NamedTuple):
    """A request to the child: the file to read, and its limits."""

    suffix: str
    size: int  # bytes of the file that follow
    article_limit: float
    column_names: dict[str, tuple[str, ...]]
    seconds: float
    memory: float


def read_in_child(suffix: str, data: bytes, limits: Limits) -> Iterator[ArticleRow]:
    """Read a file in the child process of this thread.

    Parameters
    ----------
    suffix : str
        The end of the file's name, which chooses the reader: ".pdf".
    data : bytes
        The file.
    limits : Limits
        What it may cost in size.

    Yields
    ------
    ArticleRow
        The rows that the reader makes.

    Raises
    ------
    BadInput
        When the file cannot be used. `TooExpensive`, one kind of it, when the child had to be
        ended.
    """
    request = Request(
        suffix=suffix,
        size=len(data),
        article_limit=limits.article,
        column_names=limits.names,
        seconds=MIN_SECONDS + SECONDS_PER_MB * len(data) / 1e6,
        memory=MAX_MEMORY + DATA_COPIES * len(data),
    )
    try:
        yield from _current_child().read(request, data)
    except _ChildRetired:
        try:
            yield from _current_child().read(request, data)
        except _ChildRetired:  # a new child does not retire: a library has ended it
            raise TooExpensive(problems.reader_crashed(RETIRED)) from None


class _ChildRetired(Exception):
    """The child had ended itself, for want of work or for its size, just when it was asked."""


class _Child:
    """The process, seen from its parent."""

    def __init__(self):
        package = Path(__file__).parents[1]
        # A relative path would be looked up in the current folder, among untrusted files.
        path = [entry for entry in sys.path if os.path.isabs(entry)]
        # -I: no code from the current folder and none named by environment variables.
        command = [sys.executable, "-I", "-c", START, str(package), *path]
        try:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | ENVIRONMENT,
            )
        except OSError as error:
            raise BadInput(problems.reader_not_started(str(error.strerror))) from None
        self.owner = os.getpid()
        self.has_timed_out = False
        self.end = weakref.finalize(self, _end, self.process, self.owner)

    def is_usable(self) -> bool:
        """Return whether the process runs and is ours: a fork of its parent must not talk to it."""
        return self.owner == os.getpid() and self.end.alive and self.process.poll() is None

    def read(self, request: Request, data: bytes) -> Iterator[ArticleRow]:
        """Yield the rows of a file; end the process unless it has finished with it."""
        outcome = None
        has_answered = False
        try:
            for message in self._messages(request, data):
                has_answered = True
                if isinstance(message, dict):
                    outcome = message
                    break
                for cells in message:
                    yield ArticleRow(*cells)
        except BaseException:
            # Also when the caller wants no more rows: the rest would be taken for rows of the
            # next file.
            self.end()
            raise
        if outcome is not None:
            _raise_problem(outcome, request)
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(1)  # it has closed its pipe, and so is about to end
        code = self.process.poll()
        self.end()
        if code == RETIRED and not has_answered:
            raise _ChildRetired
        raise TooExpensive(self._problem_of_exit(code, request))

    def _messages(self, request: Request, data: bytes) -> Iterator[list | dict]:
        """Yield the messages of the process, up to the outcome or its end."""
        with self._time_limit(request), suppress(BrokenPipeError, ConnectionResetError):
            self.process.stdin.write(json.dumps(request._asdict()).encode() + b"\n")
            self.process.stdin.write(data)
            self.process.stdin.flush()
        while True:
            with self._time_limit(request):
                line = self.process.stdout.readline()
            try:
                message = json.loads(line)
            except (
                ValueError
            ):  # nothing, half a line, or what a library has written: it has crashed
                return
            yield message

    @contextmanager
    def _time_limit(self, request: Request) -> Iterator[None]:
        """Kill the process unless the block ends in time."""
        timer = threading.Timer(request.seconds * WAITING_FACTOR, self._kill_for_time)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _kill_for_time(self) -> None:
        self.has_timed_out = True
        self.process.kill()

    def _problem_of_exit(self, code: int | None, request: Request) -> str:
        """Return why a process that did not finish has ended."""
        used_up_its_time = resource is not None and code == -signal.SIGXCPU
        if self.has_timed_out or used_up_its_time:
            return problems.takes_too_long(request.seconds)
        return problems.reader_crashed(code)


_children = threading.local()


def _current_child() -> _Child:
    """Return the child of this thread: the existing one or a new one."""
    child = getattr(_children, "child", None)
    if child is None or not child.is_usable():
        child = _children.child = _Child()
    return child


def _end(process: subprocess.Popen, owner: int) -> None:
    """Kill a process and wait for its end; a fork of its parent leaves it alone."""
    if owner != os.getpid():
        return
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):  # what was not written is lost with its reader
            pipe.close()


def _raise_problem(outcome: dict, request: Request) -> None:
    """Raise what the child has reported; nothing when it finished."""
    detail = outcome["detail"]
    if outcome["outcome"] == BAD_INPUT:
        raise BadInput(detail)
    if outcome["outcome"] == FAILED:
        raise BadInput(problems.damaged(detail))
    if outcome["outcome"] == OUT_OF_MEMORY:
        raise TooExpensive(problems.takes_too_much_memory(request.memory))


def serve() -> None:
    """Read files in the child process until there are no more."""
    # Whatever a library prints must not get between our messages.
    source = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Control-C is for the parent, which ends us
    sys.addaudithook(_refuse)
    # On Linux, a new process starts with the peak memory of its parent, which may be large.
    large = max(LARGE_CHILD, _peak_memory())
    waiting: queue.Queue = queue.Queue(maxsize=1)
    threading.Thread(target=_listen, args=(source, waiting), daemon=True).start()
    while True:
        try:
            request, data = waiting.get(timeout=IDLE_SECONDS)
        except queue.Empty:
            os._exit(RETIRED)
        _answer(request, data, replies)
        del data
        if _peak_memory() > large:
            os._exit(RETIRED)


def _listen(source: BinaryIO, waiting: queue.Queue) -> None:
    """Read requests in a separate thread, to notice at once when the parent has ended."""
    while line := source.readline():
        request = Request(**json.loads(line))
        data = source.read(request.size)
        if len(data) < request.size:
            break
        waiting.put((request, data))
    os._exit(PARENT_ENDED)


def _refuse(event: str, arguments: tuple) -> None:
    """Prevent a file reader from opening connections and starting programs (audit hook)."""
    if event in FORBIDDEN:
        raise PermissionError(f"a reader of files must not do this: {event}")


def _answer(request: Request, data: bytes, replies: BinaryIO) -> None:
    """Read one file and send its rows, then the outcome."""
    limits = Limits(request.article_limit, request.column_names)
    _set_bounds(request)
    portion: list[ArticleRow] = []
    size = 0
    try:
        for row in ISOLATED_READERS[request.suffix](data, limits):
            row = within_limit(row, limits)
            portion.append(row)
            size += len(row.text)
            if len(portion) >= PORTION_ROWS or size >= PORTION_SIZE:
                _send(portion, replies)
                portion = []
                size = 0
                _set_bounds(request)
        outcome = {"outcome": FINISHED, "detail": ""}
    except BadInput as error:
        outcome = {"outcome": BAD_INPUT, "detail": str(error)}
    except MemoryError:
        outcome = {"outcome": OUT_OF_MEMORY, "detail": ""}
    except Exception as error:  # libraries raise what they like on damaged files
        outcome = {"outcome": FAILED, "detail": type(error).__name__}
    _send(portion, replies)
    _send(outcome, replies)
    if outcome["outcome"] == OUT_OF_MEMORY:
        os._exit(RETIRED)  # who knows in what state the libraries are


def _send(message: list | dict, replies: BinaryIO) -> None:
    replies.write(json.dumps(message).encode() + b"\n")
    replies.flush()


def _set_bounds(request: Request) -> None:
    """Let the operating system end this process when it takes more time or memory from now on."""
    if resource is None:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(usage.ru_utime + usage.ru_stime + request.seconds) + 1
    bounds = {"RLIMIT_CPU": seconds, "RLIMIT_AS": int(request.memory), "RLIMIT_CORE": 0}
    for name, bound in bounds.items():
        with suppress(AttributeError, ValueError, OSError):  # not every system has every bound
            _, hard = resource.getrlimit(getattr(resource, name))
            soft = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
            resource.setrlimit(getattr(resource, name), (soft, hard))


def _peak_memory() -> float:
    """Return the most memory that this process has had, in bytes; 0 where that is not known."""
    if resource is None:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
