"""The command line: `clippings report FOLDER` and other commands."""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

from clippings import __version__
from clippings.core.errors import BadInput, install
from clippings.core.parallel import safe_path_for_children
from clippings.core.terminal import printable
from clippings.core.wording import count_noun
from clippings.report.build import CHANGES_PAGE, Report, make_report
from clippings.report.changes_page import compare_reports
from clippings.report.diff import describe_changes, find_changes
from clippings.report.export import read_report
from clippings.report.new_codebook import write_new_codebook
from clippings.report.notebooks import ENDING_SIGNALS, NOTEBOOKS, save_baseline
from clippings.report.slides_file import can_write_slides
from clippings.report.time_profile import TimeProfile
from clippings.report.word_file import can_write
from clippings.show.chart_style import (
    DEFAULT_COLOURS,
    DEFAULT_SIZE,
    PALETTES,
    SIZES,
    make_style,
)
from clippings.show.notebook import CORPUS_VARIABLE

# Exit codes, as listed in the help. For incorrect usage, argparse exits with code 2.
DONE = 0
LEFT_OUT = 1
DIFFERENT = 1
WRONG_USAGE = 2
FAILED = 3
FAULT = 4
EXIT_CODES = (
    "Exit codes: 0 success; 1 some files could not be used (report --strict), report.pdf could not "
    "be created (report --pdf), or the reports differ (diff); 2 incorrect usage; 3 failure or "
    "interruption; 4 an error in clippings itself."
)

# A larger number of processes is probably a typing error.
MAX_JOBS = 256

# Maximum numbers of lines that `report` prints; the report contains the full lists.
MAX_UNUSABLE_SHOWN = 20
MAX_CHANGES_SHOWN = 10
MAX_EDITED_SHOWN = 10


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    arguments : list of str, optional
        The arguments of the command line, without the program name; by default, those of this
        process.

    Returns
    -------
    int
        The exit code, as listed in the help.

    Raises
    ------
    SystemExit
        Raised by argparse for incorrect usage, `--help` and `--version`.

    Examples
    --------
    >>> main(["diff", "no such folder", "no such folder"])
    3
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    _write_any_text()
    options = _parse(arguments)
    try:
        with _ended_by_signals(), safe_path_for_children():
            code = options.run(options)
            sys.stdout.flush()
            return code
    except KeyboardInterrupt:
        return _fail("interrupted")
    except BrokenPipeError:
        # The program that read our output has ended, as `head` does. Nothing more can be printed,
        # and Python must not try to do so when it exits.
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        return _fail(_describe_os_error(error))
    except MemoryError:
        return _fail("out of memory: close other programs or reduce --jobs")
    except (BadInput, RuntimeError) as error:
        return _fail(str(error) or type(error).__name__)
    except Exception as error:
        _fail(f"unexpected {type(error).__name__}: {error} (this is an error in clippings itself)")
        return FAULT


def _fail(message: str) -> int:
    """Print the reason for a failure on a single line, and return the exit code."""
    with suppress(OSError, ValueError):  # stderr is closed
        print(f"clippings: {_one_line(message)}", file=sys.stderr)
    return FAILED


def _describe_os_error(error: OSError) -> str:
    """Describe an error of the operating system as "path: reason"."""
    reason = error.strerror or str(error) or type(error).__name__
    if error.filename is None:
        return reason
    return f"{os.fsdecode(error.filename)}: {reason}"


def _one_line(text: str) -> str:
    """Write a text for the terminal on a single line, with control characters escaped."""
    return printable(" ".join(text.split()))


def _say(text: str) -> None:
    """Print a line that may contain untrusted file names or text."""
    indent = text[: len(text) - len(text.lstrip(" "))]
    print(indent + _one_line(text))


def _write_any_text() -> None:
    """Escape characters that the terminal or pipe cannot display."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Make SIGTERM and a closed terminal behave like Control-C, so that commands clean up."""

    def interrupt(number: int, frame) -> None:
        raise KeyboardInterrupt

    handlers = {}
    for number in ENDING_SIGNALS:
        # The command was started with this signal ignored, for example by nohup.
        if signal.getsignal(number) is signal.SIG_IGN:
            continue
        with suppress(ValueError):  # not in the main thread
            handlers[number] = signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _parse(arguments: list[str]) -> argparse.Namespace:
    """Parse the command line; all options of `lab` are passed to JupyterLab."""
    parser = _parser()
    if arguments[:1] != ["lab"] or {"-h", "--help"} & set(arguments):
        return parser.parse_args(arguments)
    has_folder = len(arguments) > 1 and not arguments[1].startswith("-")
    number = 2 if has_folder else 1
    options = parser.parse_args(arguments[:number])
    options.options = arguments[number:]
    return options


def _parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="clippings",
        description="Explore a folder of saved news articles.",
        epilog=EXIT_CODES,
    )
    parser.add_argument("--version", action="version", version=f"clippings {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_report(commands)
    new = commands.add_parser(
        "new", help="create a codebook in FOLDER/codebook, with proposals based on the articles"
    )
    new.add_argument("folder", help="folder of articles")
    new.set_defaults(run=_new)
    diff = commands.add_parser(
        "diff", help="list the differences between two reports; exit code 1 if there are any"
    )
    diff.add_argument("old", help="folder of the earlier report, such as out/NAME.previous")
    diff.add_argument("new", help="folder of the later report, such as out/NAME")
    diff.add_argument(
        "--html", metavar="FILE", help="also write a page that begins with what is new"
    )
    diff.set_defaults(run=_diff)
    lab = commands.add_parser(
        "lab",
        usage="clippings lab [FOLDER] [OPTIONS OF JUPYTERLAB]",
        help="open the notebooks in JupyterLab, to explore the articles in FOLDER",
    )
    lab.add_argument(
        "folder", nargs="?", help="folder of articles (by default, the five articles in seeds)"
    )
    lab.set_defaults(run=_lab)
    baseline = commands.add_parser(
        "baseline", help="re-run the notebooks and save them in canonical form"
    )
    baseline.set_defaults(run=_baseline)
    return parser


def _add_report(commands) -> None:
    """Add the command that creates a report."""
    report = commands.add_parser(
        "report", help="run the six notebooks on a folder and create out/NAME/report.html"
    )
    report.add_argument("folder", help="folder of articles, which may contain a codebook/")
    report.add_argument(
        "--out",
        default="out",
        help="output folder; the report is written to OUT/NAME (default: out)",
    )
    report.add_argument(
        "--quotes",
        choices=("all", "short"),
        default="all",
        help="short: limit quotations to 25 words and omit full pages",
    )
    report.add_argument(
        "--title", default="", help="title of the report (default: made from the articles)"
    )
    report.add_argument(
        "--pdf",
        action="store_true",
        help="also print the brief and the chapters to report.pdf, with an installed Chromium, "
        "Chrome or Edge, and save each chart as PDF",
    )
    report.add_argument(
        "--slides", action="store_true", help="also write the summary and the charts as slides"
    )
    report.add_argument(
        "--chart-size",
        choices=tuple(SIZES),
        default=DEFAULT_SIZE,
        help="what the charts are for: a page (170 mm), a column (85 mm) or a slide "
        f"(default: {DEFAULT_SIZE})",
    )
    report.add_argument(
        "--chart-colours",
        choices=tuple(PALETTES),
        default=DEFAULT_COLOURS,
        help=f"colours of the charts (default: {DEFAULT_COLOURS})",
    )
    report.add_argument(
        "--chart-style",
        default="",
        metavar="FILE",
        help="style file of matplotlib (.mplstyle), for example with the fonts of a newsroom",
    )
    report.add_argument(
        "--jobs",
        type=_jobs,
        default=1,
        help="number of processes that read and search articles (default: 1)",
    )
    report.add_argument(
        "--scheduler", default="", help="Dask cluster to use instead: tcp://ADDRESS or local"
    )
    report.add_argument(
        "--strict", action="store_true", help="exit with 1 if a file could not be used"
    )
    report.add_argument(
        "--profile", action="store_true", help="finally, list the steps and cells that took longest"
    )
    report.add_argument("--quiet", action="store_true", help="do not show a progress bar")
    report.set_defaults(run=_report)


def _jobs(text: str) -> int:
    """Parse a number of processes."""
    if not text.isdecimal() or not 1 <= int(text) <= MAX_JOBS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to {MAX_JOBS}")
    return int(text)


def _report(options: argparse.Namespace) -> int:
    """Create a report, and print messages about it."""
    profile = TimeProfile()
    report = make_report(
        options.folder,
        options.out,
        quotes=options.quotes,
        title=options.title,
        pdf=options.pdf,
        slides=options.slides,
        chart_style=make_style(options.chart_size, options.chart_colours, options.chart_style),
        jobs=options.jobs,
        scheduler=options.scheduler,
        progress=not options.quiet,
        profile=profile,
    )
    if options.profile:
        for line in profile.lines():
            _say(line)
    if report.unusable:
        _say(f"{count_noun(len(report.unusable), 'file')} could not be used:")
        for line in report.unusable[:MAX_UNUSABLE_SHOWN]:
            _say(f"  {line}")
    _print_edited(report.changed)
    _print_comparison(report)
    missing_files = []
    if not can_write():
        missing_files.append("report.docx")
    if options.slides and not can_write_slides():
        missing_files.append("report.pptx")
    if missing_files:
        _say(
            f"Not created: {' and '.join(missing_files)}; to install what is required, run "
            f"{install('report')}"
        )
    if report.pdf_problem:
        _say(f"Not created: report.pdf; {report.pdf_problem}")
    _say(f"Open {report.folder / 'report.html'}")
    is_incomplete = bool(report.pdf_problem) or (bool(report.unusable) and options.strict)
    return LEFT_OUT if is_incomplete else DONE


def _print_edited(changed: list[str]) -> None:
    """List the files that changed while the report was created."""
    if not changed:
        return
    _say("These files changed during the run; the report contains their earlier versions:")
    for name in changed[:MAX_EDITED_SHOWN]:
        _say(f"  {name}")
    if len(changed) > MAX_EDITED_SHOWN:
        _say(f"  and {len(changed) - MAX_EDITED_SHOWN:,} more")


def _print_comparison(report: Report) -> None:
    """Print the changes since the previous report, if there is one."""
    if report.comparison is None:
        return
    if report.comparison.problem:
        _say(report.comparison.problem)
        return
    changes = describe_changes(report.comparison.changes)
    _say(f"{count_noun(len(changes), 'change')} since the last run{':' if changes else '.'}")
    for line in changes[:MAX_CHANGES_SHOWN]:
        _say(f"  {line}")
    if len(changes) > MAX_CHANGES_SHOWN:
        previous = report.folder.with_name(f"{report.folder.name}.previous")
        _say(f"  to see all changes: clippings diff {previous} {report.folder}")
    page = report.folder / CHANGES_PAGE
    if page.is_file():
        _say(f"What is new: {page}")


def _new(options: argparse.Namespace) -> int:
    """Create a codebook."""
    written, existing = write_new_codebook(options.folder)
    for path in written:
        _say(f"created {path}")
    for path in existing:
        _say(f"already exists: {path}")
    _say("Proposals are comments. To accept a proposal, remove the # at the beginning of its row.")
    return DONE


def _diff(options: argparse.Namespace) -> int:
    """Compare two reports."""
    old = read_report(options.old)
    new = read_report(options.new)
    changes = find_changes(old, new)
    lines = describe_changes(changes)
    for line in lines:
        _say(line)
    if not lines:
        _say("Nothing was added, removed or changed.")
    if options.html:
        path = Path(options.html)
        compare_reports(changes, old, new, (Path(options.old), Path(options.new)), path)
        _say(f"Open {path}")
    return DIFFERENT if lines else DONE


def _lab(options: argparse.Namespace) -> int:
    """Open JupyterLab; if the system supports it, JupyterLab replaces this process."""
    if not find_spec("jupyterlab"):
        raise BadInput("JupyterLab is not installed: pip install jupyterlab")
    if options.folder is not None:
        folder = Path(options.folder).absolute()
        if not folder.is_dir():
            raise BadInput(f"{options.folder}: no such folder; give the folder of your articles")
        os.environ[CORPUS_VARIABLE] = str(folder)
    command = [sys.executable, "-P", "-m", "jupyterlab", *options.options]
    if sys.platform == "win32":
        # Windows cannot replace a process, but ends JupyterLab together with the console.
        return subprocess.call(command, cwd=NOTEBOOKS)
    sys.stdout.flush()
    os.chdir(NOTEBOOKS)
    # Since there is only one process, nothing continues to run after it ends.
    os.execv(sys.executable, command)


def _baseline(options: argparse.Namespace) -> int:
    """Re-run the notebooks and save them."""
    for path in save_baseline():
        _say(f"saved {path.name}")
    return DONE


if __name__ == "__main__":
    sys.exit(main())
