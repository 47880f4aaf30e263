"""The README's commands are run, its pictures are there, its tables name what exists."""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import clippings as cl
from helpers import ROOT, SEEDS

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line
]
SHORT = {
    "make report",
    "make lab",
    "make test",
    "make extras",
}  # their recipes are printed; the same report runs below with CORPUS


def as_run(command: str, out) -> list[str]:
    """A command of the README with the Python that runs the tests, writing below `out`."""
    words = command.split()
    if words[0] == "make":
        ready = [flag for name in ("ready", "ready-dev") for flag in ("-o", f"{sys.prefix}/{name}")]
        return [
            *words,
            "--no-print-directory",
            f"VENV={sys.prefix}",
            f"OUT={out}",
            *ready,
            *(["-n"] if command in SHORT else []),
        ]
    assert words[0] == "clippings"
    clippings = [sys.executable, "-P", "-m", "clippings"]
    if "diff" in words:
        folders = [out / Path(word).name for word in words[-2:]]
        for folder in folders:
            cl.write_tables({}, folder)
            (folder / "manifest.json").write_text("{}", encoding="utf-8")
        return [*clippings, *words[1:-2], *map(str, folders)]
    if "new" in words:  # on a copy: it writes into the folder
        return [*clippings, *words[1:-1], str(shutil.copytree(ROOT / words[-1], out / "pages"))]
    return [*clippings, *words[1:], *(["--out", str(out)] if "report" in words else [])]


def test_the_readme_names_the_commands():
    assert {"make report", "make lab", "make test", "clippings --help"} <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_run(command, tmp_path):
    done = subprocess.run(
        as_run(command, tmp_path),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    if " new " in command:
        assert (tmp_path / "pages" / "codebook" / "actors.csv").is_file()
    elif "lib/clippings/data/flood" in command:
        assert done.stdout.splitlines()[-1] == f"Open {tmp_path / 'flood' / 'report.html'}"
        assert (tmp_path / "flood" / "report.html").is_file()
    elif command.startswith("make"):
        assert any(
            word in done.stdout for word in ("clippings", "pytest", "docs,html,report,tables")
        )


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
