"""python -m clippings new: a codebook explained, with proposals that decide nothing."""

import re
import shutil
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

import clippings as cl
from clippings.__main__ import main
from clippings.actors.mentions import CODEBOOK_ALIAS
from clippings.core.errors import BadInput
from clippings.corpus.codebook import TABLES
from clippings.report import build
from clippings.report.build import make_report
from helpers import FLOOD, SEEDS, lines_of
from in_process import one_by_one, run_notebook_in_process


@pytest.fixture
def pages(tmp_path):
    """The flood articles without their codebook."""
    return Path(
        shutil.copytree(FLOOD, tmp_path / "pages", ignore=shutil.ignore_patterns("codebook"))
    )


def test_every_table_is_begun_explained_and_empty(pages):
    assert main(["new", str(pages)]) == 0
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
    assert re.search(
        r"^#Ostrand,place,Ostrand,Ostrand Fire Service,named \d+ times in 7 articles$",
        actors,
        re.MULTILINE,
    )
    assert re.search(
        r"^#National Relief Fund,organisation,National Relief Fund,,named 5 times in 1 article$",
        actors,
        re.MULTILINE,
    )
    assert re.search(r"^#[\w ]+,for,[\w *]+( \| [\w *]+)+,,,", themes, re.MULTILINE)
    assert "#01_river_rises.txt,,,Valley Post,\n" in articles
    assert "#07_fund.txt,,,,\n" in articles


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


def test_what_is_there_is_never_overwritten(pages, capsys):
    (pages / "codebook").mkdir()
    own = "actor,type,alias,not_alias,note\nthe town,place,Ostrand,,mine\n"
    (pages / "codebook" / "actors.csv").write_text(own)
    written, kept = cl.write_new_codebook(pages)
    assert [path.name for path in kept] == ["actors.csv"]
    before = {path.name: path.read_bytes() for path in (pages / "codebook").iterdir()}
    assert before["actors.csv"] == own.encode()
    assert len(written) == len(TABLES) - 1
    assert main(["new", str(pages)]) == 0
    assert capsys.readouterr().out.count("already exists") == len(TABLES)
    assert {path.name: path.read_bytes() for path in (pages / "codebook").iterdir()} == before


def test_a_new_codebook_decides_nothing(pages):
    articles = cl.read_articles(pages)
    before = cl.find_all(articles, cl.read_codebook(pages))
    cl.write_new_codebook(pages)
    assert_frame_equal(cl.read_articles(pages), articles)
    for name, table in cl.find_all(articles, cl.read_codebook(pages)).items():
        assert_frame_equal(table, before[name])


def test_the_notebooks_run_on_a_new_codebook_at_once(pages, tmp_path, monkeypatch):
    monkeypatch.setattr(build, "run_notebooks", one_by_one(run_notebook_in_process))
    cl.write_new_codebook(pages)
    report = make_report(pages, tmp_path / "out", progress=False)
    target, unusable = report.folder, report.unusable
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


def test_a_folder_that_proposes_nothing_is_named(tmp_path, capsys):
    with pytest.raises(BadInput, match="contains no readable articles"):
        cl.write_new_codebook(tmp_path)
    (tmp_path / "a.txt").write_text("It fell.")
    (tmp_path / "codebook").write_text("in the way")
    assert main(["new", str(tmp_path)]) == 3
    assert capsys.readouterr().err.count("\n") == 1
    assert (tmp_path / "codebook").read_text() == "in the way"


# Two invented corpora: people with several forms of their names, namesakes, and names in names.
COUNCIL = {
    "a.txt": "Council votes\n\nMayor Anna Bell spoke in Ostrand on Monday. “It was close,” Bell said. Tom Bell Jr. "
    "left Ostrand. Bell Street was closed, and so was the Bell Tower. Charles E. Lund of the Ostrand Water Board spoke.\n",
    "b.txt": "Board meets\n\nChuck Lund said on Tuesday that the Ostrand Water Board (OWB) would pay. Lund left Ostrand. "
    "The OWB met Mayor Anna Bell in the Rose Garden. “No,” Mrs Bell said. Lund Motors closed. The Rose Garden closed.\n",
    "c.txt": "Garden closes\n\nCharles Lund and Mayor Bell walked through the Rose Garden in Ostrand. Young people sang. "
    "Ruth Young said it was late. Young left Ostrand. The Ostrand Water Board said nothing.\n",
}  # fmt: skip
HARBOUR = {
    "a.txt": "Harbour opens\n\nPresident Peter Reed opened the Vellby Harbour in Vellby on Monday. Heidi Reed wept. “Well,” "
    "President Reed said. May Lund of Vellby Harbour Trust said that Reed was late. In May Reed had been early.\n",
    "b.txt": "Trust pays\n\nMay Lund told the Vellby Post that the Vellby Harbour Trust would pay. Lund said Reed would not. "
    "The Vellby Post asked Peter J. Reed. Reed Lund, her son, was in Vellby.\n",
}  # fmt: skip


def _folder_of(files: dict[str, str], folder: Path) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _accept_actors(folder: Path) -> None:
    """Accept all rows of actors but those that only may be another name."""
    path = folder / "codebook" / "actors.csv"
    lines = lines_of(path.read_text(encoding="utf-8"))
    accepted = [
        line if "perhaps" in line else re.sub(r"^#(?! )", "", line, count=1) for line in lines
    ]
    path.write_text("\n".join(accepted) + "\n", encoding="utf-8")


@pytest.fixture(params=["seeds", "flood", "council", "harbour"])
def plain_folder(request, tmp_path):
    """Articles without a codebook."""
    target = tmp_path / "plain"
    if request.param in ("seeds", "flood"):
        source = SEEDS if request.param == "seeds" else FLOOD
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("codebook"))
        return target
    return _folder_of(COUNCIL if request.param == "council" else HARBOUR, target)


def test_accepted_actors_change_no_finding(plain_folder):
    articles = cl.read_articles(plain_folder)
    before = cl.find_all(articles, cl.read_codebook(plain_folder))
    cl.write_new_codebook(plain_folder)
    _accept_actors(plain_folder)
    codebook = cl.read_codebook(plain_folder)
    assert len(codebook["actors"]) > 0
    after = cl.find_all(articles, codebook)

    columns = ["article", "start", "end", "label"]
    for table, others in (("mentions", []), ("quotes", ["speaker_start", "anonymous"])):
        assert_frame_equal(after[table][columns + others], before[table][columns + others])


def test_an_actor_is_proposed_with_all_its_names_and_a_doubtful_type_is_not(tmp_path):
    folder = _folder_of(COUNCIL, tmp_path / "council")
    cl.write_new_codebook(folder)
    actors = (folder / "codebook" / "actors.csv").read_text(encoding="utf-8")
    rows = [line.split(",")[:3] for line in lines_of(actors) if re.match("#(?! )", line)]
    names_of = {
        row[2]
        for row in rows
        if row[0].removeprefix("#") in ("Chuck Lund", "Charles Lund", "Charles E. Lund")
    }
    assert names_of >= {"Chuck Lund", "Charles Lund", "Charles E. Lund"}
    assert not any(row[0] == "#Rose Garden" and row[1] == "organisation" for row in rows)


def test_actors_of_unclear_type_are_not_proposed(tmp_path):
    texts = [
        # a car, a firm after “from”, an agency in a dateline, a common acronym
        "The Mercedes Lund is slow. The Mercedes Lund won, and a Mercedes is dear.",
        "They bought it from Tolcorp. From Tolcorp came a letter, and a tie from Tolcorp.",
        "HASKEBY, Norway (TNP) — It rained.\n\nHASKEBY (TNP) — It fell. They left HASKEBY (TNP).",
        "They watched TV. TV is dull, and TV was off.",
        # a place after “in”, a person who speaks
        "They live in Tolmere. It rained in Tolmere, and Tolmere was cold.",
        "Ruth Vane said so. They met Ruth Vane in May.",
    ]
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.txt").write_text(f"It rained\n\n{text}\n", encoding="utf-8")
    cl.write_new_codebook(tmp_path)
    actors = (tmp_path / "codebook" / "actors.csv").read_text(encoding="utf-8")
    rows = [line.split(",")[:2] for line in lines_of(actors) if re.match("#(?! )", line)]
    proposed = {(name.removeprefix("#"), type_) for name, type_ in rows}
    assert proposed >= {("Tolmere", "place"), ("Ruth Vane", "person")}
    unclear = {"Mercedes Lund", "Tolcorp", "TNP", "TV"}
    assert not unclear & {name for name, _ in proposed}


def test_outlets_are_proposed_where_pages_name_them(tmp_path):
    rows = ["text,outlet", "It rained in Vellby on Monday.,Vellby Post"]
    rows.append("The Tarnow Wire said that it fell.,Tarnow Wire")
    (tmp_path / "a.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("It fell\n\nAnna Bell told the Tarnow Wire so.\n")
    cl.write_new_codebook(tmp_path)
    outlets = (tmp_path / "codebook" / "outlets.csv").read_text(encoding="utf-8")
    assert "Vellby\\ Post" not in outlets
    # accepted, the Wire's pattern would make b.txt one of its pages
    assert "#Vellby Post," in outlets
    assert "#Tarnow Wire," not in outlets
