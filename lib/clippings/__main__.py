"""python -m clippings: the report and JupyterLab from the command line."""

import argparse
import subprocess
import sys

from clippings.core.errors import BadInput, install
from clippings.report.build import make_report
from clippings.report.diff import describe_changes, find_changes
from clippings.report.export import read_report
from clippings.report.new_codebook import write_new_codebook
from clippings.report.notebooks import NOTEBOOKS, save_baseline
from clippings.report.word_file import can_write

DONE, LEFT_OUT, CHANGED, FAILED = 0, 1, 1, 3  # argparse itself exits with 2 on wrong usage
MOST_JOBS = 256
SHOWN = 10  # changes that the report prints


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except (BadInput, RuntimeError, OSError) as error:
        print(f"clippings: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("clippings: interrupted; nothing was replaced", file=sys.stderr)
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m clippings",
        description="Explore a folder of saved news articles.",
        epilog="Exit codes: 0 done, 1 files were left out (report --strict) or changed (diff), 2 wrong usage, "
        "3 could not be done.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    report = commands.add_parser(
        "report", help="run the six notebooks on a folder and write out/NAME/report.html"
    )
    report.add_argument("folder", help="folder of articles, with a codebook/ if there is one")
    report.add_argument("--out", default="out", help="where out/NAME is made (default: out)")
    report.add_argument(
        "--quotes",
        choices=("all", "short"),
        default="all",
        help="short: no quotation over 25 words, no full pages",
    )
    report.add_argument(
        "--jobs", type=_jobs, default=1, help="processes that read and search articles (default: 1)"
    )
    report.add_argument(
        "--scheduler", default="", help="a Dask cluster that does so: tcp://ADDRESS, or local"
    )
    report.add_argument(
        "--strict", action="store_true", help="exit with 1 when a file could not be used"
    )
    report.add_argument("--quiet", action="store_true", help="no progress bar")
    report.set_defaults(run=_report)
    new = commands.add_parser(
        "new", help="begin a codebook: codebook/ in the folder, with proposals from its articles"
    )
    new.add_argument("folder", help="folder of articles")
    new.set_defaults(run=_new)
    diff = commands.add_parser(
        "diff", help="say what changed between two reports; exit code 1 when something did"
    )
    diff.add_argument("old", help="folder of a report, such as out/NAME.previous")
    diff.add_argument("new", help="folder of a later one, such as out/NAME")
    diff.set_defaults(run=_diff)
    lab = commands.add_parser(
        "lab", help="open JupyterLab on the notebooks; further options go to JupyterLab"
    )
    lab.set_defaults(run=_lab)
    lab.add_argument("options", nargs=argparse.REMAINDER, help="options of jupyter lab")
    baseline = commands.add_parser(
        "baseline", help="re-run the notebooks and save them in canonical form"
    )
    baseline.set_defaults(run=_baseline)
    return parser


def _jobs(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_JOBS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to {MOST_JOBS}")
    return int(text)


def _report(options) -> int:
    target, unusable = make_report(
        options.folder,
        options.out,
        quotes=options.quotes,
        jobs=options.jobs,
        scheduler=options.scheduler,
        progress=not options.quiet,
    )
    if unusable:
        print(f"{len(unusable)} files could not be used:")
        print("\n".join(f"  {line}" for line in unusable[:20]))
    previous = target.with_name(f"{target.name}.previous")
    if (previous / "manifest.json").is_file():
        said = describe_changes(find_changes(read_report(previous), read_report(target)))
        print(f"Since the last run {len(said):,} things changed{':' if said else ''}")
        print("".join(f"  {line}\n" for line in said[:SHOWN]), end="")
        if len(said) > SHOWN:
            print(f"  all of them: python -m clippings diff {previous} {target}")
    if not can_write():
        print(f"No report.docx was made: {install('report')} installs what it needs")
    print(f"Open {target / 'report.html'}")
    return LEFT_OUT if unusable and options.strict else DONE


def _new(options) -> int:
    written, kept = write_new_codebook(options.folder)
    print(
        "".join(f"wrote {path}\n" for path in written) + "".join(f"kept {path}\n" for path in kept),
        end="",
    )
    print(
        "Nothing is decided: the proposals are comments, take the # away from those you agree with."
    )
    return DONE


def _diff(options) -> int:
    said = describe_changes(find_changes(read_report(options.old), read_report(options.new)))
    print("\n".join(said) or "Nothing came, went or changed.")
    return CHANGED if said else DONE


def _lab(options) -> int:
    return subprocess.call(
        [sys.executable, "-m", "jupyter", "lab", *options.options], cwd=NOTEBOOKS
    )


def _baseline(options) -> int:
    for path in save_baseline():
        print(f"saved {path.name}")
    return DONE


if __name__ == "__main__":
    sys.exit(main())
