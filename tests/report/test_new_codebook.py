"""python -m clippings new: a codebook explained, with proposals that decide nothing."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

import clippings as cl
from clippings.actors.mentions import CODEBOOK_ALIAS
from clippings.core.errors import BadInput
from clippings.corpus.codebook import TABLES
from clippings.report.build import make_report
from helpers import FLOOD, lines_of


@pytest.fixture
def pages(tmp_path):
    """The flood articles without their codebook."""
    return Path(
        shutil.copytree(FLOOD, tmp_path / "pages", ignore=shutil.ignore_patterns("codebook"))
    )


def new(folder: Path) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "clippings", "new", str(folder)]
    quiet = os.environ | {
        "TQDM_DISABLE": "1"
    }  # how long it takes, and so whether a bar is shown, is no matter here
    return subprocess.run(command, env=quiet, capture_output=True, encoding="utf-8", timeout=600)


def test_every_table_is_begun_explained_and_empty(pages):
    done = new(pages)
    assert done.returncode == 0, done.stderr
    assert sorted(path.stem for path in (pages / "codebook").iterdir()) == sorted(TABLES)
    for name, table in cl.read_codebook(pages).items():
        lines = lines_of((pages / "codebook" / f"{name}.csv").read_text(encoding="utf-8"))
        assert table.empty
        assert lines[0].startswith("# ")
        told = {*TABLES[name]} - {"note", *(TABLES["articles"] if name == "articles" else ())}
        assert [
            column
            for column in told
            if f"{column}:" not in lines[0] and f"{column}," not in lines[0]
        ] == []
        assert ",".join(TABLES[name]) in lines


def test_names_acronyms_themes_and_articles_are_proposed(pages):
    (pages / "07_fund.txt").write_text(
        "The flood fund opens\n\nThe National Relief Fund (NRF) said on Monday that it would pay. NRF officers came to Ostrand.\n\n"
        "The National Relief Fund (NRF) has paid 40 families, an officer said.\n"
    )
    cl.write_new_codebook(pages)
    actors, themes, articles = (
        (pages / "codebook" / f"{name}.csv").read_text(encoding="utf-8")
        for name in ("actors", "themes", "articles")
    )
    assert "#Ostrand,place,Ostrand,,named 22 times in 7 articles\n" in actors
    assert re.search(
        r"^#National Relief Fund,organisation,NRF,,perhaps the same: (initials|acronym)",
        actors,
        re.MULTILINE,
    )
    assert re.search(
        r"^#[^\n]*,for,\w+( \| \w+)+,,,words of \d articles against the others$",
        themes,
        re.MULTILINE,
    )
    assert "#01_river_rises.txt,,,,\n" in articles


def test_with_the_marks_taken_away_every_proposal_is_a_row(pages):
    cl.write_new_codebook(pages)
    for name in ("actors", "themes", "articles"):
        path = pages / "codebook" / f"{name}.csv"
        path.write_text(
            re.sub(r"^#(?! )", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE),
            encoding="utf-8",
        )
    codebook = cl.read_codebook(pages)
    assert [len(codebook[name]) > 0 for name in ("actors", "themes", "articles")] == [True] * 3
    tables = cl.find_all(cl.read_articles(pages), codebook)
    assert set(tables["themes"].label) == set(codebook["themes"].theme)
    mentions = tables["mentions"]
    assert "Ostrand" in set(mentions.label[mentions.rule == CODEBOOK_ALIAS])


def test_what_is_there_is_never_overwritten(pages):
    (pages / "codebook").mkdir()
    own = "actor,type,alias,not_alias,note\nthe town,place,Ostrand,,mine\n"
    (pages / "codebook" / "actors.csv").write_text(own)
    written, kept = cl.write_new_codebook(pages)
    assert [path.name for path in kept] == ["actors.csv"]
    before = {path.name: path.read_bytes() for path in (pages / "codebook").iterdir()}
    assert before["actors.csv"] == own.encode()
    assert len(written) == len(TABLES) - 1
    done = new(pages)
    assert (done.returncode, done.stdout.count("kept")) == (0, len(TABLES))
    assert {path.name: path.read_bytes() for path in (pages / "codebook").iterdir()} == before


def test_a_new_codebook_decides_nothing(pages):
    articles = cl.read_articles(pages)
    before = cl.find_all(articles, cl.read_codebook(pages))
    cl.write_new_codebook(pages)
    assert_frame_equal(cl.read_articles(pages), articles)
    for name, table in cl.find_all(articles, cl.read_codebook(pages)).items():
        assert_frame_equal(table, before[name])


def test_the_notebooks_run_on_a_new_codebook_at_once(pages, tmp_path):
    cl.write_new_codebook(pages)
    target, unusable, _ = make_report(pages, tmp_path / "out", progress=False)
    assert unusable == []
    assert "Ostrand" in (target / "report.html").read_text(encoding="utf-8")
    assert len(list((target / "texts").iterdir())) == len(list(pages.glob("0*.txt")))


def test_a_hostile_folder_proposes_lines_that_stay_comments(tmp_path):
    nasty = 'Anna Bell=cmd|calc said so. Anna Bell\u2028Oslo said so. The Bell Fund (BF), "Bell", said so again and again.\n\n'
    for number in range(3):
        (tmp_path / f'a\n{number},=1+1 "q".txt').write_text(nasty * 5 + str(number))
        (tmp_path / f"=b{number}.txt").write_text(f"{nasty} {number} It fell.")
    cl.write_new_codebook(tmp_path)
    assert all(table.empty for table in cl.read_codebook(tmp_path).values())
    for path in (tmp_path / "codebook").iterdir():
        lines = lines_of(path.read_text(encoding="utf-8"))
        assert [line for line in lines if not line.startswith("#")] == [",".join(TABLES[path.stem])]
    assert "#'=b0.txt,,,," in (tmp_path / "codebook" / "articles.csv").read_text()


def test_a_folder_that_proposes_nothing_is_named(tmp_path):
    with pytest.raises(BadInput, match="contains no readable articles"):
        cl.write_new_codebook(tmp_path)
    (tmp_path / "a.txt").write_text("It fell.")
    (tmp_path / "codebook").write_text("in the way")
    done = new(tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert (tmp_path / "codebook").read_text() == "in the way"
