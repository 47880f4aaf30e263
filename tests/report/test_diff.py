"""Two runs compared: findings that were added, removed or changed, and the causes."""

import shutil

import pandas as pd
import pytest

import clippings as cl
from clippings.__main__ import main
from helpers import FLOOD

FIRST, SECOND = "01_river_rises.txt", "02_levee_breach_ostrand.txt"


def run_of(folder, version: str = "1", **parameters) -> dict:
    codebook = cl.read_codebook(folder)
    tables = cl.find_all(cl.read_articles(folder), codebook, **parameters)
    manifest = {
        "parameters": {
            "02_repeats": {name.upper(): str(value) for name, value in parameters.items()}
        }
    }
    return {
        "tables": tables,
        "codebook": codebook,
        "manifest": manifest | {"versions": {"clippings": version}},
    }


@pytest.fixture(scope="module")
def before():
    return run_of(FLOOD, min_words=8)


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(FLOOD, tmp_path / "flood")


def edit(folder, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def changes(before, folder, **parameters):
    return cl.find_changes(before, run_of(folder, **({"min_words": 8} | parameters)))


def rows(found, *columns: str) -> list[tuple]:
    return [tuple(row) for row in found[list(columns)].itertuples(index=False)]


def test_the_same_run_twice_changes_nothing(before, folder):
    found = changes(before, folder)
    assert found.empty
    assert cl.describe_changes(found) == []


def test_an_edited_amount_is_named_and_nothing_else(before, folder):
    edit(folder, SECOND, "at least 120 people", "at least 130 people")
    found = changes(before, folder)
    assert rows(found, "change", "table", "article", "text", "before", "after", "cause_code") == [
        (
            "changed",
            "amounts",
            SECOND,
            "at least 130",
            "“at least 120” (120 to inf)",
            "“at least 130” (130 to inf)",
            "paragraph_edited",
        )
    ]
    assert cl.describe_changes(found) == [
        f"{SECOND}: amount (people) changed: “at least 120” (120 to inf) → “at least 130” (130 to inf) “at least 130”. "
        "Cause: paragraph edited."
    ]


def test_a_paragraph_on_top_moves_nothing(before, folder):
    text = "Kept for its readers by a library that nobody names."
    path = folder / SECOND
    path.write_text(f"{text}\n\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    assert rows(changes(before, folder), "change", "table", "article", "text", "cause_code") == [
        ("came", "passages", SECOND, text, "paragraph_added")
    ]


def test_a_paragraph_without_findings_is_edited(before, folder):
    edit(
        folder,
        SECOND,
        "Volunteers brought sandbags and blankets",
        "Volunteers brought sandbags and warm blankets",
    )
    assert rows(changes(before, folder), "change", "table", "cause_code") == [
        ("changed", "passages", "paragraph_edited")
    ]


@pytest.mark.parametrize("name", [FIRST, SECOND])
def test_a_renamed_article_is_recognised(before, folder, name):
    (folder / name).rename(folder / "zz.txt")
    found = changes(before, folder)
    assert rows(found, "change", "table", "article", "before") == [
        ("renamed", "articles", "zz.txt", name)
    ]
    assert cl.describe_changes(found) == [
        f"zz.txt: article renamed from {name}. Cause: article renamed."
    ]


def test_renamed_and_edited_is_still_the_same_article(before, folder):
    edit(folder, SECOND, "at least 120 people", "at least 130 people")
    (folder / SECOND).rename(folder / "zz.txt")
    assert rows(changes(before, folder), "change", "table") == [
        ("renamed", "articles"),
        ("changed", "amounts"),
    ]


def test_an_article_removed_takes_its_findings_along(before, folder):
    (folder / SECOND).unlink()
    found = changes(before, folder)
    assert rows(found, "change", "table", "article")[0] == ("went", "articles", SECOND)
    own = found[found.article == SECOND]
    assert set(own.cause_code) == {"article_removed"}
    assert "passages" not in set(own.table)
    assert len(own[own.table == "amounts"]) == (before["tables"]["amounts"].article == SECOND).sum()
    others = found[found.article != SECOND]
    assert set(others.cause_code) == {"other_articles"}
    assert all(SECOND in cause for cause in others.cause)


def test_an_article_added_says_so(before, folder):
    old = run_of(folder, min_words=8)
    (folder / "07_new.txt").write_text(
        "The dam gave way\n\nAt least 12 people were rescued, Anna Bell said.\n", encoding="utf-8"
    )
    found = changes(old, folder)
    own = found[found.article == "07_new.txt"]
    assert rows(own[own.table == "amounts"], "change", "text", "cause_code") == [
        ("came", "At least 12", "article_added")
    ]


def test_a_row_of_the_codebook_is_the_cause(before, folder):
    path = folder / "codebook" / "actors.csv"
    path.write_text(
        path.read_text(encoding="utf-8").rstrip("\n")
        + "\nHouse of the River,organisation,Volunteers,,\n",
        encoding="utf-8",
    )
    found = changes(before, folder)
    mentions = found[found.table == "mentions"]
    assert set(mentions.label) == {"House of the River"}
    assert set(found.cause_code) == {"codebook_row_added"}
    assert all("actors.csv" in cause and "House of the River" in cause for cause in found.cause)


def test_a_verdict_is_the_cause(before, folder):
    theme = before["tables"]["themes"].iloc[0]
    path = folder / "codebook" / "verdicts.csv"
    with path.open("a", encoding="utf-8") as file:
        file.write(
            f'themes,{theme.article},,"{theme.text.replace(chr(34), chr(34) * 2)}",{theme.label},no,\n'
        )
    found = changes(before, folder)
    assert (found.table == "themes").any()
    own = found[(found.table == "themes") & (found.label == theme.label)]
    assert rows(own, "change", "cause_code") == [("changed", "verdict_added")]


def test_a_parameter_is_the_cause(before, folder):
    found = changes(before, folder, min_words=40)
    assert set(found.table) >= {"repeats"}
    assert set(found.cause_code) == {"settings"}
    assert all("MIN_WORDS 40" in cause for cause in found.cause)


def test_another_version_is_the_cause_where_nothing_else_is(before, folder):
    new = run_of(folder, version="2", min_words=8)
    new["tables"]["themes"] = new["tables"]["themes"].iloc[1:]
    found = cl.find_changes(before, new)
    assert rows(found, "change", "table", "cause_code") == [("went", "themes", "settings")]
    new["manifest"]["versions"]["clippings"] = "1"
    assert set(cl.find_changes(before, new).cause_code) == {"unknown"}


def test_what_a_terminal_would_obey_is_printed_as_escapes(before):
    """Names, texts and cells of articles in a description of changes."""
    old = {"tables": {}, "codebook": {}, "manifest": {}}
    articles = before["tables"]["articles"]
    evil = "\x1b]0;title\x07\x9b2J\u202e\r\n"
    new = old | {"tables": {"articles": articles.assign(article=articles.article + evil)}}
    lines = cl.describe_changes(cl.find_changes(old, new))
    assert lines
    assert [line for line in lines if not line.isprintable()] == []


def test_a_cause_is_found_by_values_and_not_by_the_words_around_them(before):
    """An actor called "verdict" or "empty" explains no change that only mentions these words."""
    theme = before["tables"]["themes"].iloc[[0]]
    old = {"tables": {"themes": theme.assign(verdict="")}, "codebook": {}, "manifest": {}}
    row = dict.fromkeys(cl.read_codebook("")["themes"].columns, "")
    table = pd.DataFrame([row | {"theme": name, "term": name} for name in ("verdict", "empty")])
    articles = before["tables"]["articles"]
    edited = articles.assign(sha256="other")
    old["tables"]["articles"] = articles
    new = {"tables": {"themes": theme.assign(verdict="no"), "articles": edited}, "manifest": {}}
    new["codebook"] = {"themes": table}
    assert cl.find_changes(old, new).cause_code.to_list() == ["article_edited"]


def test_runs_are_read_back_and_the_exit_code_tells(before, folder, tmp_path, capsys):
    edit(folder, SECOND, "at least 120 people", "at least 130 people")
    after = run_of(folder, min_words=8)
    for name, run, corpus in (("old", before, FLOOD), ("new", after, folder)):
        cl.write_tables(run["tables"], tmp_path / name)
        shutil.copytree(corpus / "codebook", tmp_path / name / "codebook")
        (tmp_path / name / "manifest.json").write_text(
            '{"parameters": {}, "versions": {}}', encoding="utf-8"
        )
    assert main(["diff", str(tmp_path / "old"), str(tmp_path / "new")]) == 1
    assert "“at least 120” (120 to inf) → “at least 130”" in capsys.readouterr().out
    assert cl.find_changes(cl.read_report(tmp_path / "old"), before).empty
    assert main(["diff", str(tmp_path / "old"), str(tmp_path / "old")]) == 0
    assert capsys.readouterr().out == "Nothing was added, removed or changed.\n"
    assert main(["diff", str(tmp_path / "nowhere"), str(tmp_path / "new")]) == 3
