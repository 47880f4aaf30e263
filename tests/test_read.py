"""Reading a folder: a row per file, what is wrong with it, and what the analyst knows."""

import os

import pandas as pd
import pytest

import clippings as cl
from clippings.codebook import TABLES
from clippings.errors import BadInput
from helpers import FLOOD, SEEDS


def folder_with(tmp_path, **files: bytes):
    for name, data in files.items():
        (tmp_path / name.replace("__", ".")).write_bytes(data)
    return tmp_path


def test_every_file_is_a_row_with_its_problem(tmp_path):
    folder_with(
        tmp_path, a__txt=b"Four words make titles\r\n\r\nText.", b__txt=b"\xff\xfe\x00x", c__txt=b" \n", d__pdf=b"%PDF",
        e__txt=b"nul \0 byte", f__txt=b"x" * 2_000_000,
    )  # fmt: skip
    (tmp_path / "readme.md").write_text("a note")
    (tmp_path / ".hidden.txt").write_text("hidden")
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "g.txt").write_text("\ufeffwith a mark")
    os.symlink(SEEDS / "SOURCES.md", tmp_path / "h.txt")
    articles = cl.read_articles(tmp_path, max_mb=1).set_index("article")
    assert {name: problem.partition(":")[0].partition(" at ")[0] for name, problem in articles.problem.items()} == {
        "a.txt": "",
        "b.txt": "not UTF-8",
        "c.txt": "empty",
        "d.pdf": "not a .txt file",
        "deeper/g.txt": "",
        "e.txt": "holds NUL bytes, not a text",
        "f.txt": "larger than 1 MB",
        "h.txt": "a link that leaves the folder",
    }
    assert articles.text["a.txt"] == "Four words make titles\r\n\r\nText."
    assert articles.title["a.txt"] == "Four words make titles"
    assert articles.text["deeper/g.txt"] == "with a mark"


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(BadInput, match="is not a folder: name a folder"):
        cl.read_articles(tmp_path / "nowhere")


def test_the_codebook_fills_outlet_and_days():
    articles = cl.read_articles(FLOOD).set_index("article")
    known = articles.published_from.dropna()
    assert list(known.index) == ["03_ostrand_counts_the_cost.txt"]
    assert f"{known.iloc[0]:%Y-%m-%d}" == "2021-03-16"
    assert sorted(articles.outlet.unique()) == ["Coast Courier", "Valley Post"]  # not the agency that they relay
    assert set(articles.language) == {"en"}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("themes", "theme,term\na,b\n", r"codebook/themes\.csv has no column side, near, not_near, note"),
        ("themes", "# c\ntheme,side,term,near,not_near,note\na,for,x;y,,,\n", r"themes\.csv, line 3: term 'x;y' holds"),
        (
            "themes",
            "theme,side,term,near,not_near,note\na,maybe,x,,,\n",
            r"line 2: side is 'maybe': one of for, against",
        ),
        ("events", "kind,trigger,modality,note\nx,,,\n", r"events\.csv, line 2: trigger is empty"),
        (
            "calendar",
            "entry,day_from,day_to,cue,relation,source\ne,soon,,c,during,\n",
            r"day_from is 'soon': write YYYY",
        ),
        ("outlets", "outlet,pattern,agency\no,(,no\n", r"outlets\.csv, line 2: pattern"),
        ("verdicts", f"{','.join(TABLES['verdicts'])}\nnope,a,,x,,yes,\n", r"table is 'nope': one of articles"),
    ],
)
def test_a_wrong_codebook_row_is_named_with_file_line_and_repair(tmp_path, name, text, message):
    (tmp_path / "codebook").mkdir()
    (tmp_path / "codebook" / f"{name}.csv").write_text(text)
    with pytest.raises(BadInput, match=message):
        cl.read_codebook(tmp_path)


def test_words_that_look_like_missing_values_stay_words(tmp_path):
    (tmp_path / "codebook").mkdir()
    (tmp_path / "codebook" / "themes.csv").write_text("theme,side,term,near,not_near,note\nNA,for,null,,,None\n")
    assert cl.read_codebook(tmp_path)["themes"].iloc[0].to_list() == ["NA", "for", "null", "", "", "None"]


def test_a_verdict_finds_its_row_by_quotation_and_start(seeds):
    tables = seeds[2]
    quotes = tables["quotes"].drop(columns=["telling", "verdict"])
    row = quotes[quotes.text.str.startswith("“This is a clear sign")].iloc[1]
    decision = dict.fromkeys(TABLES["verdicts"], "") | {
        "table": "quotes", "article": row.article, "start": str(row.start), "text": row.text, "verdict": "no",
    }  # fmt: skip
    verdicts = pd.DataFrame([decision], dtype="str")
    marked = cl.mark_verdicts(quotes, verdicts)
    assert marked[marked.verdict == "no"].start.to_list() == [row.start]
    other = verdicts.assign(table="themes")
    assert (cl.mark_verdicts(quotes, other).verdict == "").all()
