"""The command line: `clippings report FOLDER`, and the other commands."""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec

from clippings import __version__
from clippings.core.errors import BadInput, install
from clippings.core.parallel import safe_path_for_children
from clippings.core.terminal import printable
from clippings.report.build import make_report
from clippings.report.diff import describe_changes, find_changes
from clippings.report.export import read_report
from clippings.report.folders import MANIFEST
from clippings.report.new_codebook import write_new_codebook
from clippings.report.notebooks import ENDING_SIGNALS, NOTEBOOKS, save_baseline
from clippings.report.word_file import can_write

# Exit codes; the help lists them, and argparse exits with 2 itself.
DONE = 0
LEFT_OUT = 1
DIFFERENT = 1
WRONG_USAGE = 2
FAILED = 3
FAULT = 4
EXIT_CODES = (
    "Exit codes: 0 done; 1 files were left out (report --strict) or two reports differ (diff); "
    "2 wrong usage; 3 failed or interrupted; 4 an error in clippings itself."
)

# More processes than this are a typing error.
MAX_JOBS = 256

# Lines of a list that `report` prints; the rest is in the report.
MAX_UNUSABLE_SHOWN = 20
MAX_CHANGES_SHOWN = 10
MAX_EDITED_SHOWN = 10


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    arguments : list of str, optional
        The words of the command line after the name of the program; by default those of this
        process.

    Returns
    -------
    int
        The exit code, as the help lists them.

    Raises
    ------
    SystemExit
        By argparse, for wrong usage, `--help` and `--version`.

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
        # Whoever read our output stopped reading, as `head` does. Nothing more can be printed, and
        # Python must not try to when it ends.
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        return _fail(_describe_os_error(error))
    except MemoryError:
        return _fail("out of memory: close other programs, or use fewer --jobs")
    except (BadInput, RuntimeError) as error:
        return _fail(str(error) or type(error).__name__)
    except Exception as error:
        _fail(f"unexpected {type(error).__name__}: {error} (this is an error in clippings itself)")
        return FAULT


def _fail(message: str) -> int:
    """Print why a command failed, in one line, and return the exit code."""
    with suppress(OSError, ValueError):  # nobody reads it
        print(f"clippings: {_one_line(message)}", file=sys.stderr)
    return FAILED


def _describe_os_error(error: OSError) -> str:
    """Describe an error of the operating system as "path: reason"."""
    reason = error.strerror or str(error) or type(error).__name__
    if error.filename is None:
        return reason
    return f"{os.fsdecode(error.filename)}: {reason}"


def _one_line(text: str) -> str:
    """Write a text for the terminal in one line, with control characters spelled out."""
    return printable(" ".join(text.split()))


def _say(text: str) -> None:
    """Print one line, whatever file names and articles it contains."""
    indent = text[: len(text) - len(text.lstrip(" "))]
    print(indent + _one_line(text))


def _write_any_text() -> None:
    """Have characters that the terminal or pipe cannot show written as escapes."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Have SIGTERM and a closed terminal end a command as Control-C does, so that it cleans up."""

    def interrupt(number: int, frame) -> None:
        raise KeyboardInterrupt

    handlers = {}
    for number in ENDING_SIGNALS:
        # Someone started us with this signal ignored, as nohup does.
        if signal.getsignal(number) is signal.SIG_IGN:
            continue
        with suppress(ValueError):  # not the main thread
            handlers[number] = signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _parse(arguments: list[str]) -> argparse.Namespace:
    """Parse the command line; all options of `lab` are JupyterLab's."""
    parser = _parser()
    if arguments[:1] != ["lab"] or {"-h", "--help"} & set(arguments):
        return parser.parse_args(arguments)
    options = parser.parse_args(["lab"])
    options.options = arguments[1:]
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
        "new", help="start a codebook in FOLDER/codebook, with proposals from its articles"
    )
    new.add_argument("folder", help="folder of articles")
    new.set_defaults(run=_new)
    diff = commands.add_parser(
        "diff", help="list what changed between two reports; exit code 1 if they differ"
    )
    diff.add_argument("old", help="report folder, such as out/NAME.previous")
    diff.add_argument("new", help="folder of a later report, such as out/NAME")
    diff.set_defaults(run=_diff)
    lab = commands.add_parser(
        "lab",
        usage="clippings lab [OPTIONS OF JUPYTERLAB]",
        help="open JupyterLab on the notebooks; further options are passed to JupyterLab",
    )
    lab.set_defaults(run=_lab)
    baseline = commands.add_parser(
        "baseline", help="run the notebooks again and save them in canonical form"
    )
    baseline.set_defaults(run=_baseline)
    return parser


def _add_report(commands) -> None:
    """Add the command that makes a report."""
    report = commands.add_parser(
        "report", help="run the six notebooks on a folder and write out/NAME/report.html"
    )
    report.add_argument("folder", help="folder of articles, which may contain a codebook/")
    report.add_argument(
        "--out", default="out", help="folder for the report (default: out, which gives out/NAME)"
    )
    report.add_argument(
        "--quotes",
        choices=("all", "short"),
        default="all",
        help="short: no quotations over 25 words and no full pages",
    )
    report.add_argument(
        "--jobs",
        type=_jobs,
        default=1,
        help="number of processes that read and search articles (default: 1)",
    )
    report.add_argument(
        "--scheduler", default="", help="a Dask cluster to do the work: tcp://ADDRESS, or local"
    )
    report.add_argument(
        "--strict", action="store_true", help="exit with 1 if a file could not be used"
    )
    report.add_argument("--quiet", action="store_true", help="no progress bar")
    report.set_defaults(run=_report)


def _jobs(text: str) -> int:
    """Parse a number of processes."""
    if not text.isdecimal() or not 1 <= int(text) <= MAX_JOBS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to {MAX_JOBS}")
    return int(text)


def _report(options: argparse.Namespace) -> int:
    """Make a report, and print what the analyst should know about it."""
    report = make_report(
        options.folder,
        options.out,
        quotes=options.quotes,
        jobs=options.jobs,
        scheduler=options.scheduler,
        progress=not options.quiet,
    )
    if report.unusable:
        _say(f"{len(report.unusable)} files could not be used:")
        for line in report.unusable[:MAX_UNUSABLE_SHOWN]:
            _say(f"  {line}")
    _print_edited(report.changed)
    _print_comparison(report.folder)
    if not can_write():
        _say(f"No report.docx was written: {install('report')} installs the package it needs")
    _say(f"Open {report.folder / 'report.html'}")
    return LEFT_OUT if report.unusable and options.strict else DONE


def _print_edited(changed: list[str]) -> None:
    """List the files that changed while the report was created."""
    if not changed:
        return
    _say("These files changed while the report was made; it shows them as they were before:")
    for name in changed[:MAX_EDITED_SHOWN]:
        _say(f"  {name}")
    if len(changed) > MAX_EDITED_SHOWN:
        _say(f"  and {len(changed) - MAX_EDITED_SHOWN:,} others")


def _print_comparison(folder) -> None:
    """Print what changed since the previous report, if there is one."""
    previous = folder.with_name(f"{folder.name}.previous")
    if not (previous / MANIFEST).is_file():
        return
    try:
        changes = describe_changes(find_changes(read_report(previous), read_report(folder)))
    except (BadInput, KeyError, AttributeError, ValueError, OSError):
        # An earlier version wrote it with other tables, or it was edited.
        _say(f"{previous} cannot be compared with the new report")
        return
    _say(f"Since the last run {len(changes):,} things changed{':' if changes else ''}")
    for line in changes[:MAX_CHANGES_SHOWN]:
        _say(f"  {line}")
    if len(changes) > MAX_CHANGES_SHOWN:
        _say(f"  all of them: clippings diff {previous} {folder}")


def _new(options: argparse.Namespace) -> int:
    """Start a codebook."""
    written, existing = write_new_codebook(options.folder)
    for path in written:
        _say(f"wrote {path}")
    for path in existing:
        _say(f"kept existing {path}")
    _say("Nothing is decided: proposals are comments. Remove the # from those you agree with.")
    return DONE


def _diff(options: argparse.Namespace) -> int:
    """Compare two reports."""
    changes = describe_changes(find_changes(read_report(options.old), read_report(options.new)))
    for line in changes:
        _say(line)
    if not changes:
        _say("Nothing was added, removed or changed.")
    return DIFFERENT if changes else DONE


def _lab(options: argparse.Namespace) -> int:
    """Open JupyterLab; it takes the place of this process where the system can do that."""
    if not find_spec("jupyterlab"):
        raise BadInput("JupyterLab is not installed: pip install jupyterlab")
    command = [sys.executable, "-P", "-m", "jupyterlab", *options.options]
    if sys.platform == "win32":
        # Windows ends it with the console. It has no way to replace a process.
        return subprocess.call(command, cwd=NOTEBOOKS)
    sys.stdout.flush()
    os.chdir(NOTEBOOKS)
    # There is then one process only, so that nothing keeps running, however it ends.
    os.execv(sys.executable, command)


def _baseline(options: argparse.Namespace) -> int:
    """Run the notebooks and save them."""
    for path in save_baseline():
        _say(f"saved {path.name}")
    return DONE


if __name__ == "__main__":
    sys.exit(main())
