"""Files of coders: names of columns, places of passages, and errors that name the row and a fix."""

import pandas as pd
import pytest

import clippings as cl
from clippings.core.errors import BadInput
from helpers import articles_of

TEXT = "The levee broke.\n\n“It’s over,” Ann Bell said.\n\nThe levee broke again in Ostrand."


@pytest.fixture
def passages():
    articles = articles_of(TEXT, "The road is closed.")
    return cl.find_passages(articles)


@pytest.fixture
def read(tmp_path, passages):
    """A function that reads a file with these contents."""

    def read_text(text: str, encoding: str = "utf-8") -> pd.DataFrame:
        path = tmp_path / "coder.csv"
        path.write_text(text, encoding=encoding, newline="")
        return cl.read_coding(path, passages)

    return read_text


def places(themes: pd.DataFrame) -> list[list]:
    return themes[["article", "start", "end", "label"]].values.tolist()


QUOTATION = ["a0.txt", 18, 45, "end"]


def test_columns_and_formats_of_spreadsheets(read):
    quoted = 'a0.txt,"“It’s over,” Ann Bell said.",end'
    semicolons = "a0.txt;“It’s over,” Ann Bell said.;end"
    files = {
        "plain": f"article,text,label\n{quoted}\n",
        "other names": f"Document,Passage,Theme\n{quoted}\n",
        "capitals": f"FILE,QUOTE,CODE\n{quoted}\n",
        "semicolons": f"article;text;label\n{semicolons}\n",
        "sep line": f"sep=;\r\narticle;text;label\r\n{semicolons}\r\n",
        "tabs": f"article;text;label\n{semicolons}\n".replace(";", "\t"),
        "comments": f"# coded by Ann, in May\narticle,text,label\n\n{quoted}\n# the end\n",
        "other columns": "memo,label,article,text\nclear,end,a0.txt,Ann Bell said\n",
        "offsets": "article,start,end,label\na0.txt,18,45,end\n",
        "offsets of a spreadsheet": "article,start,end,label\na0.txt,18.0,45.0,end\n",
        "old offsets": "article,start,end,text,label\na0.txt,3,31,Ann Bell said,end\n",
        "straight marks": 'article,text,label\na0.txt,"""It\'s over,"" ann bell  said.",end\n',
        "without ending": quoted.replace("a0.txt", "article,text,label\nA0") + "\n",
    }
    differing = {}
    for name, text in files.items():
        [(article, start, end, label)] = places(read(text))
        if article != "a0.txt" or label != "end" or not 18 <= start < end <= 45:
            differing[name] = (article, start, end, label)
    assert differing == {}
    for encoding in ("utf-8-sig", "utf-16"):
        assert places(read(files["plain"], encoding)) == [QUOTATION]


def test_spans_are_those_of_the_articles(read):
    themes = read(
        "article,text,label\n"
        "a0.txt,THE LEVEE BROKE AGAIN,breach\n"
        "a0.txt,it's over ann bell said the levee,two passages\n"
        "a1.txt,The road is closed.,closure; damage | relief\n"
    )
    cl.check_spans(themes, articles_of(TEXT, "The road is closed."))
    assert themes[["article", "text", "label"]].values.tolist() == [
        ["a0.txt", "It’s over,” Ann Bell said.", "two passages"],
        ["a0.txt", "The levee", "two passages"],
        ["a0.txt", "The levee broke again", "breach"],
        ["a1.txt", "The road is closed.", "closure"],
        ["a1.txt", "The road is closed.", "damage"],
        ["a1.txt", "The road is closed.", "relief"],
    ]
    assert "decision" not in themes.columns


def test_a_column_for_each_theme(read):
    themes = read(
        "file,passage,breach,closure,end,memo,relief\n"
        "a0.txt,The levee broke again in Ostrand.,1,0,,clear,\n"
        "a1.txt,The road is closed.,X,yes,,no doubt,\n"
        "a1.txt,nonsense that nobody coded,0,no,,,\n"
    )
    # "end" is a column of offsets, "memo" contains other words, and "relief" is empty.
    assert themes[["article", "label"]].values.tolist() == [
        ["a0.txt", "breach"],
        ["a1.txt", "breach"],
        ["a1.txt", "closure"],
    ]


def test_a_start_decides_between_equal_words(read):
    for start in (47, 40, 70):
        themes = read(f"article,start,text,label\na0.txt,{start},The levee broke,breach\n")
        assert themes.start.tolist() == [47]


def test_rows_without_a_theme_are_read_but_not_coded(read):
    assert read("article,text,label\na0.txt,The levee broke again,\na1.txt,nonsense,\n").empty


def test_verdicts_are_decisions(read):
    themes = read(
        "table,article,start,text,label,verdict,note\n"
        "themes,a0.txt,0,The levee broke.,breach,yes,\n"
        "themes,a0.txt,47,The levee broke again in Ostrand.,breach,no,an echo\n"
        "themes,a1.txt,0,The road is closed.,closure,yes,\n"
        "themes,a1.txt,0,The road is closed.,closure,no,changed my mind\n"
        "mentions,a0.txt,30,Ann Bell,Ann Bell,no,\n"
    )
    assert themes[["article", "start", "label", "decision"]].values.tolist() == [
        ["a0.txt", 0, "breach", "yes"],
        ["a0.txt", 47, "breach", "no"],
        ["a1.txt", 0, "closure", "no"],
    ]


def test_verdicts_that_the_library_writes_are_read(tmp_path):
    articles, codebook = cl.load_example()
    passages = cl.find_passages(articles)
    themes = cl.find_themes(passages, codebook["themes"])
    verdicts = codebook["verdicts"]
    for row, verdict in zip(themes.head(4).itertuples(), ("yes", "no", "yes", "no"), strict=True):
        verdicts = cl.record_verdict(verdicts, "themes", row, verdict)
    cl.write_codebook(tmp_path, "verdicts", verdicts, seen="")
    coding = cl.read_coding(tmp_path / "codebook" / "verdicts.csv", passages)
    columns = ["article", "start", "end", "text", "label"]
    assert coding[columns].equals(themes.head(4)[columns])
    assert coding.decision.tolist() == ["yes", "no", "yes", "no"]
    agreement = cl.count_agreement(coding, coding, passages)
    assert agreement.both.sum() == 2


def test_errors_name_the_line_and_a_fix(read):
    cases = {
        "article,text\na0.txt,x\n": "no column label",
        "text,label\nx,y\n": "no column article",
        "article,label\na0.txt,x\n": "neither a column text nor a column start",
        "article,file,text,label\na0.txt,a0.txt,x,y\n": r"several columns for article \(article, file",
        "article,text,label\nb.txt,The levee,x\n": r"line 2: no passage is from an article 'b\.txt'",
        "article,text,label\na2.txt,The levee,x\n": r"did you mean 'a\d\.txt'",
        "article,text,label\na0.txt,The dam,x\n": "line 2: the words 'The dam' are not in",
        "article,text,label\n\na0.txt,The levee,x\n": r"line 3: .* occur 2 times .*0, 47",
        "article,text,label\na0.txt,,x\n": "neither a text nor a start",
        "article,text,label\na0.txt,…,x\n": "are not in the passages",
        "article,start,end,label\na0.txt,900,950,x\n": "no passage of a0.txt is at 900 to 950",
        "article,start,end,label\na0.txt,9,5,x\n": "no passage of a0.txt is at 9 to 5",
        "article,start,end,label\na0.txt,-3,5,x\n": "start is '-3'",
        "article,start,end,label\na0.txt,two,5,x\n": "start is 'two'",
        "table,article,text,label,verdict\nthemes,a1.txt,The road,x,maybe\n": "'maybe': write yes or no",
        "": "no column article",
    }
    for text, message in cases.items():
        with pytest.raises(BadInput, match=message):
            read(text)


def test_the_problems_of_all_rows_are_listed_together(read):
    row = "a0.txt,The dam,x\n"
    with pytest.raises(BadInput) as error:
        read("article,text,label\n" + row * 3 + "a1.txt,The road,closure\n")
    assert [line.split(":")[0] for line in str(error.value).splitlines()] == [
        "coder.csv, line 2",
        "coder.csv, line 3",
        "coder.csv, line 4",
    ]
    with pytest.raises(BadInput, match="and 90 more rows"):
        read("article,text,label\n" + row * 100)


def test_files_that_are_no_tables_are_named(tmp_path, passages):
    (tmp_path / "coder.xlsx").write_bytes(b"PK\x03\x04 a workbook")
    (tmp_path / "latin.csv").write_bytes("article,text,label\na0.txt,Caf\xe9,x\n".encode("latin-1"))
    for name, message in (
        ("coder.xlsx", "CSV UTF-8"),
        ("latin.csv", "line 2: .* is not UTF-8"),
        ("nothing.csv", "cannot be read"),
        ("", "cannot be read"),
    ):
        with pytest.raises(BadInput, match=message):
            cl.read_coding(tmp_path / name, passages)
