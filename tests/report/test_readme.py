"""The README's commands run, its pictures exist, and so does everything in its tables."""

import hashlib
import re
import shutil
import subprocess
import sys

import pytest

from clippings.__main__ import _parser, main
from helpers import ROOT, SEEDS

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line
]
# One report is made for real; whole reports are tested elsewhere, and these differ by options only.
RUN_FOR_REAL = "clippings report lib/clippings/data/flood --jobs 2"


def run(words: list[str]) -> subprocess.CompletedProcess:
    """Run a command from the root of the checkout."""
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)


def make_prints(command: str) -> str:
    """What a make command would run, with the environment of these tests in place of .venv."""
    ready = [flag for name in ("ready", "ready-dev") for flag in ("-o", f"{sys.prefix}/{name}")]
    done = run([*command.split(), "-n", "--no-print-directory", f"VENV={sys.prefix}", *ready])
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_readme_names_the_commands():
    assert {"make report", "make lab", "make test", "clippings --help"} <= set(COMMANDS)
    assert RUN_FOR_REAL in COMMANDS


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("make")])
def test_make_commands_run_something(command):
    assert re.search("clippings|pytest|pip install", make_prints(command))


@pytest.mark.parametrize("command", [c for c in COMMANDS if not c.startswith("make")])
def test_commands_are_understood(command):
    words = command.split()
    assert words[0] == "clippings"
    if words[1] == "--help":
        with pytest.raises(SystemExit) as ended:
            main(words[1:])
        assert ended.value.code == 0
    else:
        options = _parser().parse_args(words[1:])
        assert options.run


def test_a_report_is_made_by_its_command(tmp_path):
    words = RUN_FOR_REAL.split()[1:]
    done = run([sys.executable, "-P", "-m", "clippings", *words, "--out", str(tmp_path)])
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == f"Open {tmp_path / 'flood' / 'report.html'}"
    assert (tmp_path / "flood" / "report.html").is_file()


def test_a_codebook_is_begun_by_its_command(tmp_path):
    pages = shutil.copytree(ROOT / "lib" / "clippings" / "data" / "flood", tmp_path / "pages")
    shutil.rmtree(pages / "codebook")
    assert main(["new", str(pages)]) == 0
    assert (pages / "codebook" / "actors.csv").is_file()


def test_pictures_and_tables_exist():
    for path in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README):
        assert (ROOT / path).read_bytes()[:4] == b"\x89PNG"
    for name in re.findall(r"^\| (0\d_\w+) \|", README, re.MULTILINE):
        assert (ROOT / "notebooks" / f"{name}.ipynb").is_file()
    books = {path.stem for path in (SEEDS / "codebook").glob("*.csv")}
    assert books == {
        "actors",
        "themes",
        "events",
        "calendar",
        "outlets",
        "articles",
        "columns",
        "verdicts",
    }


def test_the_seeds_are_byte_for_byte():
    found = {
        path.name[:3]: hashlib.sha256(path.read_bytes()).hexdigest() for path in SEEDS.glob("*.txt")
    }
    assert found == {
        "000": "2b29d2c150af7899f091132dc3ab5b8332ddfcc350fb18265e80cf022e9b7731",
        "001": "65c684e7eec58addbf1236d6e40eb67186c49bb15c43febdbe46a9240e126284",
        "002": "f5b9083ea0fb06e1424b0f07321006895a924f6c398ef4c0788c3113554e2bca",
        "003": "929657854a34dc2465acd5799307ff4e93dbfb702c0633305f961c49c728b3a4",
        "004": "cbee15ccaa0bb6fc619e3daef002c25cd5eb34cb09a9f83d78a028b3cc05f846",
    }
