"""A codebook is read in the forms that editors and spreadsheets give it, or refused with the fix."""

import multiprocessing
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clippings as cl
from clippings.core.search_terms import compile_term
from clippings.corpus.codebook import OPTIONAL_COLUMNS, TABLES
from helpers import codebook_of

HEADER = ",".join(TABLES["themes"])
OLD_HEADER = ",".join(
    column for column in TABLES["themes"] if column not in OPTIONAL_COLUMNS["themes"]
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "codebook").mkdir()
    return tmp_path


def write(folder, name: str, content: str | bytes) -> None:
    data = content if isinstance(content, bytes) else content.encode()
    (folder / "codebook" / f"{name}.csv").write_bytes(data)


def refusal(folder) -> str:
    """Return the single line of the error about a codebook."""
    with pytest.raises(cl.BadInput) as refused:
        cl.read_codebook(folder)
    line = str(refused.value)
    assert "\n" not in line and len(line) < 500
    return line


# What stands in place of a table


@pytest.mark.parametrize("kind", ["pipe", "folder", "link", "dangling link", "link to a device"])
def test_what_is_not_a_file_is_named(folder, kind):
    path = folder / "codebook" / "themes.csv"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        (folder / "elsewhere.csv").write_text(f"{HEADER}\n")
        targets = {
            "link": "elsewhere.csv",
            "dangling link": "nowhere",
            "link to a device": "/dev/zero",
        }
        path.symlink_to(folder / targets[kind])
    line = refusal(folder)
    assert "codebook/themes.csv" in line
    rows = codebook_of("themes", {"theme": "flood", "side": "for", "term": "flood"})
    before = sorted(os.listdir(folder / "codebook"))
    with pytest.raises(cl.BadInput):
        cl.write_codebook(folder, "themes", rows, seen="")
    with pytest.raises(cl.BadInput):
        cl.hash_codebook(folder, "themes")
    assert sorted(os.listdir(folder / "codebook")) == before


def test_an_article_called_codebook_is_not_replaced(tmp_path):
    (tmp_path / "codebook").write_text("an article")
    assert all(table.empty for table in cl.read_codebook(tmp_path).values())
    rows = codebook_of("themes", {"theme": "flood", "side": "for", "term": "flood"})
    with pytest.raises(cl.BadInput, match="codebook is not a folder"):
        cl.write_codebook(tmp_path, "themes", rows, seen=cl.hash_codebook(tmp_path, "themes"))
    assert (tmp_path / "codebook").read_text() == "an article"


@pytest.mark.parametrize("kind", ["pipe", "dangling link"])
def test_what_is_neither_folder_nor_article_is_named(tmp_path, kind):
    path = tmp_path / "codebook"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("nowhere")
    assert "codebook is not a folder" in refusal(tmp_path)


# Cells that cannot be used


TERMS = {
    "repetition": "/a{99999999999999999999}/",
    "brackets": "/" + "(" * 20_000 + "/",
    "closed brackets": "/" + "(" * 20_000 + "a" + ")" * 20_000 + "/",
    "unbalanced": "/(/",
    "reversed range": "/[z-a]/",
    "empty alternative": "a | | b",
    "no word": "*",
}


@pytest.mark.parametrize("term", TERMS.values(), ids=TERMS.keys())
def test_a_term_that_cannot_be_compiled_is_named_with_its_row(folder, term):
    if term == "*":
        term = "- | *"
    write(folder, "themes", f"# a comment\n{HEADER}\nrain,for,rain*,,,\nflood,for,{term},,,\n")
    line = refusal(folder)
    assert "codebook/themes.csv, line 4: term" in line
    rows = codebook_of("themes", {"theme": "flood", "side": "for", "term": term})
    with pytest.raises(cl.BadInput, match=r"row 1 of the new codebook/themes\.csv"):
        cl.write_codebook(folder, "themes", rows, seen=cl.hash_codebook(folder, "themes"))


def test_many_wildcards_in_a_row_are_one():
    assert compile_term("flood" + "*" * 500).pattern == compile_term("flood*").pattern
    assert compile_term("a" + "*" * 500 + "b").search("a" * 5_000) is None


def test_a_cell_that_is_too_long_is_named_with_its_row(folder):
    write(folder, "themes", f"{HEADER}\nrain,for,rain*,,,\nflood,for,flood,,,{'x' * 140_000}\n")
    assert "codebook/themes.csv, line 3" in refusal(folder)
    write(folder, "themes", f'{HEADER}\nflood,for,flood,,,"open\n' + "rain,for,rain,,,\n" * 10_000)
    assert "codebook/themes.csv, line 2" in refusal(folder)
    rows = codebook_of("themes", {"theme": "a", "side": "for", "term": "a", "note": "x" * 140_000})
    with pytest.raises(cl.BadInput, match="row 1"):
        cl.write_codebook(folder, "themes", rows, seen=cl.hash_codebook(folder, "themes"))


def test_an_open_quotation_mark_swallows_no_rows(folder):
    write(folder, "themes", f'{HEADER}\nrain,for,"rain,,,\nflood,for,flood,,,\n')
    assert "codebook/themes.csv, line 2: a quotation mark is not closed" in refusal(folder)


def test_a_row_with_more_cells_than_the_header_is_named(folder):
    write(folder, "themes", f"{OLD_HEADER}\nrain,for,rain,,,a note, with a comma\n")
    assert "line 2: the row has 7 cells, but the header has 6" in refusal(folder)
    write(folder, "themes", f"{HEADER},,,\nrain,for,rain,,,note,,,\n")
    assert cl.read_codebook(folder)["themes"].note.to_list() == ["note"]


def test_a_header_is_reported_next_to_the_one_that_is_needed(folder):
    write(folder, "articles", "article,published_from,published_to,outlet\na.txt,,,\n")
    line = refusal(folder)
    assert "no column url: its header is article,published_from,published_to,outlet;" in line
    assert line.endswith("article,published_from,published_to,outlet,url")
    write(folder, "articles", "article,published_from,published_to,outlet,url,url\n")
    assert "two columns url" in refusal(folder)
    write(folder, "articles", "\x1b[31marticle" + "x" * 9_999 + "\n")
    assert "\x1b" not in refusal(folder)


def test_half_a_character_is_refused_and_nothing_is_written(folder):
    row = {"table": "mentions", "article": "caf\udce9.txt", "verdict": "no"}
    rows = pd.DataFrame([dict.fromkeys(TABLES["verdicts"], "") | row], dtype=object)
    with pytest.raises(cl.BadInput, match=r"row 1 .* article"):
        cl.write_codebook(folder, "verdicts", rows, seen="")
    assert not (folder / "codebook" / "verdicts.csv").exists()


# What spreadsheets make of a codebook


COMMENT = "# One row per article; dates: first and last"
ROWS = [
    ["article", "published_from", "published_to", "outlet", "url"],
    ["Überflutung.txt", "2021-05-03", "2021-05-04", "Süd; Nord, GmbH", ""],
    ["b.txt", "", "", "Kurier", "https://example.org/?a=1;b=2"],
]


def spreadsheet(delimiter: str, end: str = "\r\n", first: str = "") -> str:
    """Return the table as a spreadsheet saves it, with the comment in a cell."""

    def quoted(cell):
        return f'"{cell}"' if delimiter in cell else cell

    rows = [[COMMENT, "", "", "", ""], *ROWS]
    return first + "".join(delimiter.join(map(quoted, row)) + end for row in rows)


def dotted(text: str) -> str:
    """Return the table with dates as a German spreadsheet shows them."""
    return text.replace("2021-05-03", "03.05.2021").replace("2021-05-04", "4.5.2021")


FORMS = {
    "commas": spreadsheet(",", "\n").encode(),
    "old Macintosh": spreadsheet(",", "\r").encode(),
    "German CSV UTF-8": b"\xef\xbb\xbf" + spreadsheet(";").encode(),
    "German dates": b"\xef\xbb\xbf" + dotted(spreadsheet(";")).encode(),
    "sep line": spreadsheet(";", first="sep=;\r\n").encode(),
    "sep line, UTF-8 mark": b"\xef\xbb\xbf" + spreadsheet(";", first="SEP=;\r\n").encode(),
    "tabs": spreadsheet("\t").encode(),
    "Unicode text": b"\xff\xfe" + spreadsheet("\t").encode("utf-16-le"),
    "Unicode text, big-endian": b"\xfe\xff" + spreadsheet("\t").encode("utf-16-be"),
    "unusual delimiter": spreadsheet("|", first="sep=|\n").encode(),
}


@pytest.mark.parametrize("data", FORMS.values(), ids=FORMS.keys())
def test_the_forms_of_spreadsheets_are_read_and_kept(folder, data):
    write(folder, "articles", data)
    articles = cl.read_codebook(folder)["articles"]
    assert articles.to_numpy().tolist() == ROWS[1:]
    seen = cl.hash_codebook(folder, "articles")
    path = cl.write_codebook(folder, "articles", articles, seen=seen)
    assert path.read_bytes() == data
    changed = articles.assign(outlet=["Süd; Nord\t, GmbH", "Kurier"])
    cl.write_codebook(folder, "articles", changed, seen=seen)
    assert cl.read_codebook(folder)["articles"].equals(changed)
    assert path.read_bytes()[:2] == data[:2]


def test_another_encoding_is_refused_with_the_word_and_the_fix(folder):
    write(folder, "articles", spreadsheet(";").encode("cp1252"))
    line = refusal(folder)
    assert "codebook/articles.csv, line 3: " in line
    assert r"\xdcberflutung" in line
    assert "CSV UTF-8" in line
    write(folder, "articles", b"\xff\xfe" + b"a")
    assert "codebook/articles.csv, line 1" in refusal(folder)


def test_dates_that_can_be_read_in_two_ways_are_refused_with_both(folder):
    advice = {
        "03/05/2021": "2021-05-03 or 2021-03-05 (YYYY-MM-DD)",
        "3-5-2021": "2021-05-03 or 2021-03-05 (YYYY-MM-DD)",
        "13/05/2021": "write 2021-05-13 (YYYY-MM-DD)",
        "03/03/2021": "write 2021-03-03 (YYYY-MM-DD)",
        "31.02.2021": "write YYYY-MM-DD",
        "03.05.21": "write YYYY-MM-DD",
        "20210503": "write YYYY-MM-DD",
        "May 3": "write YYYY-MM-DD",
    }
    wrong = {}
    for date, words in advice.items():
        write(folder, "articles", f"article,published_from,published_to,outlet,url\na,{date},,,\n")
        line = refusal(folder)
        if words not in line or "line 2: published_from" not in line:
            wrong[date] = line
    assert wrong == {}


def test_line_separators_of_other_kinds_end_no_line(folder):
    for character in "\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e":
        note = f"one{character}# two{character}three"
        write(folder, "themes", f"# lead{character}more\n{HEADER}\nflood,for,flood,,,{note}\n")
        themes = cl.read_codebook(folder)["themes"]
        assert themes.note.to_list() == [note]
        before = (folder / "codebook" / "themes.csv").read_bytes()
        cl.write_codebook(folder, "themes", themes, seen=cl.hash_codebook(folder, "themes"))
        assert (folder / "codebook" / "themes.csv").read_bytes() == before


def test_a_file_of_comments_keeps_them_above_the_header(folder):
    write(folder, "themes", "# only this\n")
    rows = codebook_of("themes", {"theme": "flood", "side": "for", "term": "flood"})
    path = cl.write_codebook(folder, "themes", rows, seen=cl.hash_codebook(folder, "themes"))
    assert path.read_text() == f"# only this\n{HEADER}\nflood,for,flood,,,,,,\n"


def test_a_last_line_without_an_end_gets_one(folder):
    rows = codebook_of("themes", {"theme": "flood", "side": "for", "term": "flood"})
    for content in (HEADER, f"{HEADER}\nrain,for,rain,,,", f"{HEADER}\nrain,for,rain,,,\n# end"):
        write(folder, "themes", content)
        themes = pd.concat([cl.read_codebook(folder)["themes"], rows], ignore_index=True)
        cl.write_codebook(folder, "themes", themes, seen=cl.hash_codebook(folder, "themes"))
        assert cl.read_codebook(folder)["themes"].equals(themes)


HOSTILE = [
    "\r",
    "\n",
    "\t",
    '"',
    "'",
    ",",
    ";",
    "#",
    "=",
    "＝",
    "-",
    "\ufeff",
    "\u2028",
    "\x85",
]
CELLS = st.text(st.one_of(st.sampled_from(HOSTILE), st.characters(exclude_categories=["Cs"])))
NAMES = CELLS.map(str.strip).filter(bool)
EXAMPLES = [
    f"# comment{end}actor{mark}type{mark}alias{mark}not_alias{mark}note{end}"
    for end in ("\n", "\r\n", "\r")
    for mark in ",;\t"
]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.tuples(NAMES, NAMES, CELLS), max_size=5), min_size=2, max_size=3),
    st.sampled_from(EXAMPLES),
)
def test_whatever_is_saved_is_read_back(tmp_path_factory, versions, beginning):
    """Several versions of a table, saved one after the other in a file of any form."""
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "codebook").mkdir()
    write(folder, "actors", beginning)
    for version in versions:
        rows = [{"actor": a, "alias": b, "note": c.strip()} for a, b, c in version]
        table = codebook_of("actors", *rows)
        cl.write_codebook(folder, "actors", table, seen=cl.hash_codebook(folder, "actors"))
        assert cl.read_codebook(folder)["actors"].equals(table)
    assert (folder / "codebook" / "actors.csv").read_bytes().startswith(beginning.encode())


# Several writers


def verdict_on(verdicts: pd.DataFrame, start: int, verdict: str = "no") -> pd.DataFrame:
    row = SimpleNamespace(article="a.txt", start=start, text="Bell", label="Anna Bell")
    return cl.record_verdict(verdicts, "mentions", row, verdict)


def read_twice(folder) -> tuple[pd.DataFrame, str]:
    return cl.read_codebook(folder)["verdicts"], cl.hash_codebook(folder, "verdicts")


def test_verdicts_of_two_programs_are_merged(folder):
    cl.write_codebook(
        folder, "verdicts", verdict_on(cl.read_codebook(folder)["verdicts"], 0), seen=""
    )
    base, seen = read_twice(folder)
    mine = verdict_on(verdict_on(base, 1), 0, "yes")
    theirs = verdict_on(base, 2)
    cl.write_codebook(folder, "verdicts", theirs, seen=seen, base=base)
    cl.write_codebook(folder, "verdicts", mine, seen=seen, base=base)
    saved = cl.read_codebook(folder)["verdicts"]
    assert dict(zip(saved.start, saved.verdict, strict=True)) == {"0": "yes", "1": "no", "2": "no"}


def test_the_same_change_by_two_programs_is_saved_once(folder):
    base, seen = read_twice(folder)
    for _ in range(2):
        cl.write_codebook(folder, "verdicts", verdict_on(base, 1), seen=seen, base=base)
    assert len(cl.read_codebook(folder)["verdicts"]) == 1


def test_contradicting_verdicts_are_refused_and_the_first_stays(folder):
    base, seen = read_twice(folder)
    cl.write_codebook(folder, "verdicts", verdict_on(base, 1, "yes"), seen=seen, base=base)
    with pytest.raises(cl.BadInput, match=r"Anna Bell.*nothing was saved; read it again"):
        cl.write_codebook(folder, "verdicts", verdict_on(base, 1, "no"), seen=seen, base=base)
    assert cl.read_codebook(folder)["verdicts"].verdict.to_list() == ["yes"]


def test_a_row_that_two_programs_edited_is_refused(folder):
    write(folder, "themes", f"{HEADER}\nflood,for,flood,,,\nrain,for,rain,,,\n")
    base, seen = cl.read_codebook(folder)["themes"], cl.hash_codebook(folder, "themes")
    first, second = (base.assign(term=[term, "rain"]) for term in ("floods", "flooded"))
    cl.write_codebook(folder, "themes", first, seen=seen, base=base)
    with pytest.raises(cl.BadInput, match="nothing was saved"):
        cl.write_codebook(folder, "themes", second, seen=seen, base=base)
    with pytest.raises(cl.BadInput, match="nothing was saved"):
        cl.write_codebook(folder, "themes", base.iloc[1:], seen=seen, base=base)
    other_row = base.assign(term=["flood", "rain*"])
    cl.write_codebook(folder, "themes", other_row, seen=seen, base=base)
    assert cl.read_codebook(folder)["themes"].term.to_list() == ["floods", "rain*"]


def save_verdicts(folder, first: int, number: int, started) -> None:
    """Save verdicts one by one, as a kernel does, from the table as it was read last."""
    started.wait()
    for start in range(first, first + number):
        seen = cl.hash_codebook(folder, "verdicts")
        base = cl.read_codebook(folder)["verdicts"]
        cl.write_codebook(folder, "verdicts", verdict_on(base, start), seen=seen, base=base)


def test_many_threads_lose_no_verdict(folder):
    started = threading.Barrier(4)
    with ThreadPoolExecutor(4) as threads:
        saving = [threads.submit(save_verdicts, folder, 100 * n, 15, started) for n in range(4)]
    assert [error for done in saving if (error := done.exception())] == []
    starts = cl.read_codebook(folder)["verdicts"].start.astype(int)
    assert sorted(starts) == sorted(100 * n + start for n in range(4) for start in range(15))
    assert sorted(os.listdir(folder / "codebook")) == [
        "verdicts.csv",
        "verdicts.csv.backup",
    ]


def save_or_read_again(folder, first: int, number: int, started) -> None:
    """Save verdicts without a base to merge with: read again and retry after each refusal."""
    started.wait()
    for start in range(first, first + number):
        saved = False
        while not saved:
            seen = cl.hash_codebook(folder, "verdicts")
            verdicts = cl.read_codebook(folder)["verdicts"]
            with suppress(cl.BadInput):
                cl.write_codebook(folder, "verdicts", verdict_on(verdicts, start), seen=seen)
                saved = True


def test_a_refusal_is_the_only_error_of_a_second_writer(folder):
    started = threading.Barrier(3)
    with ThreadPoolExecutor(3) as threads:
        saving = [threads.submit(save_or_read_again, folder, 9 * n, 9, started) for n in range(3)]
    assert [error for done in saving if (error := done.exception())] == []
    starts = cl.read_codebook(folder)["verdicts"].start.astype(int)
    assert sorted(starts) == list(range(27))


def test_two_processes_lose_no_verdict(folder):
    context = multiprocessing.get_context("fork")
    started = context.Barrier(2)
    processes = [
        context.Process(target=save_verdicts, args=(folder, 100 * n, 30, started)) for n in range(2)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    assert len(cl.read_codebook(folder)["verdicts"]) == 60


# Columns that a table may lack


def test_a_table_without_optional_columns_is_read_and_saved_without_them(folder):
    write(folder, "themes", f"{OLD_HEADER}\n# mine\nrain,for,rain,,,a note\n")
    before = (folder / "codebook" / "themes.csv").read_text()
    table = cl.read_codebook(folder)["themes"]
    assert list(table.columns) == TABLES["themes"]
    assert table[OPTIONAL_COLUMNS["themes"]].to_numpy().tolist() == [["", "", ""]]
    seen = cl.hash_codebook(folder, "themes")
    path = cl.write_codebook(folder, "themes", table, seen=seen)
    assert path.read_text() == before

    flood = dict.fromkeys(table.columns, "") | {"theme": "flood", "side": "for", "term": "flood"}
    more = pd.concat([table, pd.DataFrame([flood])])
    without_optional = more.drop(columns=OPTIONAL_COLUMNS["themes"])
    seen = cl.hash_codebook(folder, "themes")
    path = cl.write_codebook(folder, "themes", without_optional, seen=seen)
    assert path.read_text() == f"{before}flood,for,flood,,,\n"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_an_optional_column_is_added_to_a_file_when_a_row_uses_it(folder, separator):
    old = f"# ours\n{OLD_HEADER},mine\nrain,for,rain,,,a note,x\nsnow,for,snow,,,,\n"
    write(folder, "themes", old.replace(",", separator))
    table = cl.read_codebook(folder)["themes"]
    table.loc[1, "example"] = "It snowed."
    seen = cl.hash_codebook(folder, "themes")
    path = cl.write_codebook(folder, "themes", table, seen=seen)
    lines = path.read_text().replace(separator, ",").splitlines()
    assert lines[:3] == ["# ours", f"{OLD_HEADER},mine,example", "rain,for,rain,,,a note,x"]
    assert cl.read_codebook(folder)["themes"].example.to_list() == ["", "It snowed."]


def test_a_needed_column_that_is_missing_is_still_named(folder):
    write(folder, "themes", "theme,side,near,not_near,note,example\nrain,for,,,,It rained.\n")
    assert "has no column term" in refusal(folder)


@pytest.mark.parametrize("name", ["armed_group", "Armed_Groups", "en/text/stopwords", ".."])
def test_a_dictionary_that_does_not_exist_is_named_with_its_row(folder, name):
    rows = f"rain,for,rain,,,\n$include,for,{name},,,\n"
    write(folder, "themes", f"{OLD_HEADER}\n{rows}")
    line = refusal(folder)
    assert "line 3: term" in line and "armed_groups" in line

    include = {"theme": "$include", "side": "for", "term": name}
    with pytest.raises(cl.BadInput, match="armed_groups"):
        cl.write_codebook(folder, "themes", codebook_of("themes", include), seen="")


def test_a_value_of_if_denied_that_is_unknown_is_refused(folder):
    write(folder, "themes", f"{OLD_HEADER},if_denied\nrain,for,rain,,,,maybe\n")
    line = refusal(folder)
    assert "line 2: if_denied" in line and "ignored" in line
