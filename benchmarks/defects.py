"""Do the tests notice defects? Forty defects of different kinds, injected one at a time.

    python -m benchmarks.defects                      # all of them, on this checkout
    python -m benchmarks.defects --only 3 17          # some of them
    python -m benchmarks.defects --checkout FOLDER    # on another checkout, to compare two versions

Each defect replaces one public function by one that does something wrong; then the tests run until
the first failure. The last line says how many defects were caught. As a pytest plugin
(`-p defects`, with this folder on the path) this module injects the defect that CLIPPINGS_DEFECT names.
"""

import argparse
import functools
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

VARIABLE = "CLIPPINGS_DEFECT"
SECONDS = 1800  # for the tests of one defect; a run that takes longer has not noticed it
# Whole reports take minutes and notice nearly everything; the defects are for all other tests.
SLOW_TESTS = ("test_report.py", "test_bad_input.py", "test_interrupts.py", "test_many.py")
SLOW_TESTS += ("test_hardness.py", "test_readme.py", "test_regression.py", "test_folders.py")


class Defect(NamedTuple):
    """What goes wrong, in which function (its names in this and in earlier versions)."""

    what: str
    names: tuple[str, ...]
    spoil: Callable
    """Given the right result and the arguments, returns a wrong result."""


def _shift(table: pd.DataFrame, *_) -> pd.DataFrame:
    return table.assign(start=table.start + 1)


def _drop_last(table: pd.DataFrame, *_) -> pd.DataFrame:
    return table.iloc[:-1]


def _drop(condition: str) -> Callable:
    return lambda table, *_: table.query(f"not ({condition})").reset_index(drop=True)


def _set(**columns) -> Callable:
    return lambda table, *_: table.assign(**columns)


def _change(column: str, old, new) -> Callable:
    return lambda table, *_: table.assign(**{column: table[column].replace(old, new)})


def _swap(first: str, second: str) -> Callable:
    return lambda table, *_: table.assign(**{first: table[second], second: table[first]})


def _no_problems(articles: pd.DataFrame, *_) -> pd.DataFrame:
    return articles[articles.problem == ""].reset_index(drop=True)


def _one_year_late(times: pd.DataFrame, *_) -> pd.DataFrame:
    return times.assign(value=times.value.str.replace("201", "202"))


def _reverse(table: pd.DataFrame, *_) -> pd.DataFrame:
    return table.iloc[::-1].reset_index(drop=True)


def _unchanged_input(_, table: pd.DataFrame, *__) -> pd.DataFrame:
    return table


def _empty(table: pd.DataFrame, *_) -> pd.DataFrame:
    return table.iloc[:0]


def _status(table: pd.DataFrame, *_) -> pd.DataFrame:
    column = "duplicate_status" if "duplicate_status" in table.columns else "telling"
    return table.assign(**{column: "first"})


def _unescaped(view, *_):
    for name, value in vars(view).items():
        if isinstance(value, str) and "&lt;" in value:
            setattr(view, name, value.replace("&lt;", "<").replace("&gt;", ">"))
    return view


DEFECTS = [
    Defect("blanks at the ends of a text are lost", ("read_articles",), lambda t, *_: t.assign(text=t.text.str.strip())),
    Defect("the last article is lost", ("read_articles",), _drop_last),
    Defect("files with problems are lost", ("read_articles",), _no_problems),
    Defect("titles are lost", ("read_articles",), _set(title="")),
    Defect("the language is not recognised", ("read_articles",), _set(language="")),
    Defect("passages start one character late", ("find_passages",), _shift),
    Defect("captions are body text", ("find_passages",), _change("label", "caption", "body")),
    Defect("comments are body text", ("find_passages",), _change("label", "comment", "body")),
    Defect("headlines are lost", ("find_passages",), _drop("label == 'headline'")),
    Defect("a repeated passage is lost", ("find_repeats",), _drop_last),
    Defect("copies within an article are shared", ("find_repeats",), _change("relation", "within", "shared")),
    Defect("boilerplate is shared", ("find_repeats",), _change("relation", "boilerplate", "shared")),
    Defect("every row is a first occurrence", ("mark_duplicates", "mark_repeats"), _status),
    Defect("duplicates are not dropped", ("drop_duplicates", "first_tellings"), _unchanged_input),
    Defect("shared words are one too many", ("count_shared",), lambda t, *_: t.assign(words=t.words + 1)),
    Defect("names have no type", ("find_mentions",), _set(type="")),
    Defect("the last name is lost", ("find_mentions",), _drop_last),
    Defect("statements have no speaker", ("find_quotes",), _set(label="")),
    Defect("named speakers are anonymous", ("find_quotes",), lambda t, *_: t.assign(anonymous=~t.anonymous)),
    Defect("hearers are lost", ("find_quotes",), _set(told_to="")),
    Defect("reported statements are lost", ("find_quotes",), _drop("kind != 'direct'")),
    Defect("times are a decade late", ("find_times",), _one_year_late),
    Defect("durations are dates", ("find_times",), _change("label", "DURATION", "DATE")),
    Defect("all events happened", ("find_events",), _set(modality="happened")),
    Defect("agent and target are exchanged", ("find_events",), _swap("agent", "target")),
    Defect("ranges are single numbers", ("find_amounts",), lambda t, *_: t.assign(high=t.low)),
    Defect("no cue is found", ("find_cues",), _empty),
    Defect("soft constraints are hard", ("find_constraints", "find_bounds"), _set(strength="hard")),
    Defect("likely dates are certain", ("find_dates", "place_on_calendar"), _swap("earliest", "likely_earliest")),
    Defect("rejected claims are lost", ("find_claims",), _drop("status == 'rejected'")),
    Defect("proposed claims are confirmed", ("find_claims",), _change("status", "proposed", "confirmed")),
    Defect("no origin is folded", ("count_origins",), _set(folded_into="")),
    Defect("what speaks against a theme speaks for it", ("find_themes",), _set(side="for")),
    Defect("rows are in the wrong order", ("find_themes",), _reverse),
    Defect("key words have the wrong sign", ("count_keyness",), lambda t, *_: t.assign(log_ratio=-t.log_ratio)),
    Defect("a codebook row has one hit too many", ("count_codes",), lambda t, *_: t.assign(hits=t.hits + 1)),
    Defect("the last sentence of the brief is lost", ("compose_brief", "say_brief"), _drop_last),
    Defect("no change is found", ("find_changes",), _empty),
    Defect("verdicts are not applied", ("mark_verdicts",), _set(verdict="")),
    Defect("evidence is not escaped", ("show_evidence",), _unescaped),
]  # fmt: skip


def inject(number: int) -> None:
    """Replace a function wherever the library refers to it."""
    import clippings  # only here: the variable must be set first, and the checkout chosen

    defect = DEFECTS[number]
    name = next(name for name in defect.names if hasattr(clippings, name))
    right = getattr(clippings, name)

    @functools.wraps(right)
    def wrong(*arguments, **options):
        return defect.spoil(right(*arguments, **options), *arguments)

    for module in [module for key, module in sys.modules.items() if key.startswith("clippings")]:
        for attribute, value in list(vars(module).items()):
            if value is right:
                setattr(module, attribute, wrong)
            elif attribute == "STEPS" and isinstance(value, list):
                module.STEPS[:] = [
                    step._replace(find=wrong) if step.find is right else step for step in value
                ]


if os.environ.get(VARIABLE):
    inject(int(os.environ[VARIABLE]))


def is_caught(number: int, checkout: Path) -> bool:
    """Do the tests of a checkout fail with this defect?"""
    here = Path(__file__).resolve().parent
    path = os.pathsep.join([str(checkout / "lib"), str(checkout / "tests"), str(here)])
    slow = [f"--ignore-glob=*{name}" for name in SLOW_TESTS]
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "defects", *slow]
    try:
        done = subprocess.run(
            [*command, "-m", "not browser", "-p", "no:cacheprovider", "tests"],
            cwd=checkout,
            env={**os.environ, VARIABLE: str(number), "PYTHONPATH": path},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    if done.returncode not in (0, 1):
        raise RuntimeError(f"the tests did not run:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.returncode == 1


def main() -> None:
    """Inject the defects one after the other and say which were caught."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", nargs="*", type=int, help="numbers of defects")
    parser.add_argument("--checkout", type=Path, default=Path.cwd())
    options = parser.parse_args()
    numbers = range(len(DEFECTS)) if options.only is None else options.only
    caught = 0
    for number in numbers:
        begin = time.monotonic()
        is_noticed = is_caught(number, options.checkout.resolve())
        caught += is_noticed
        word = "caught" if is_noticed else "MISSED"
        print(
            f"{number:2} {word} {time.monotonic() - begin:4.0f} s  {DEFECTS[number].what}",
            flush=True,
        )
    print(f"{caught} of {len(numbers)} defects were caught")


if __name__ == "__main__":
    main()
