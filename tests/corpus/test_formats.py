"""Articles that are no text files: pages, documents, tables and archives of them, whole, broken and hostile."""

import csv
import io
import json
import random
import re
import socket
import stat
import sys
import tomllib
import zipfile
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest
from corpus.builders import jsonl_of, needs

import clippings as cl
from clippings.core.errors import BadInput
from clippings.corpus import documents as article_files
from clippings.corpus import formats, problems
from clippings.corpus.documents import Extra, read_docx
from clippings.corpus.pdf_text import read_pdf
from clippings.corpus.rows import Limits
from clippings.corpus.tabular import read_parquet, read_spreadsheet
from clippings.corpus.web_page import read_page
from helpers import FLOOD, ROOT

STORY = (
    "The levee at Ostrand broke on Tuesday night, and forty houses were flooded, the mayor said."
)
MORE = "Rain fell in the hills all week. The lower streets were closed after dark, and the bridge was shut too."
HEAD = (
    '<title>Levee breaks at Ostrand | The Post</title><meta property="og:title" content="Levee breaks at Ostrand">'
    '<meta property="article:published_time" content="2021-03-16T10:00:00Z"><meta name="author" content="Anna Bell">'
    '<meta property="og:site_name" content="The Post"><link rel="canonical" href="https://post.example/levee">'
)
BODY = (
    "<nav><a href='/'>Home</a></nav><article><h1>Levee breaks at Ostrand</h1><p>{story} <b>“We warned them,”</b> she "
    "said.</p><p>{more}</p></article><footer>All rights reserved</footer>"
)
PAGE = f"<!doctype html><html><head>{HEAD}</head><body>{BODY.format(story=STORY, more=MORE)}</body></html>"
TABLE = [
    {
        "text": STORY,
        "title": "Levee breaks",
        "date": "2021-03-16",
        "outlet": "The Post",
        "url": "https://post.example/1",
    },
    {
        "text": f"{MORE}\n\nSecond “paragraph”, with; marks",
        "title": "",
        "date": "Tue, 16 Mar 2021 23:10:00 +0100",
        "outlet": "",
        "url": "",
    },
]


def read(tmp_path: Path, **files: bytes) -> pd.DataFrame:
    for name, data in files.items():
        (tmp_path / name.replace("__", ".")).write_bytes(data)
    return cl.read_articles(tmp_path).set_index("article")


def csv_of(rows: list[dict], delimiter: str = ",") -> bytes:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def zip_of(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def parquet_of(rows: list[dict]) -> bytes:
    needs("pyarrow")
    file = io.BytesIO()
    pd.DataFrame(rows).to_parquet(file)
    return file.getvalue()


def docx_of(*paragraphs: str) -> bytes:
    document = needs("docx").Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def pdf_of(*lines: str) -> bytes:
    """Build a PDF of one page with these lines, without a library."""
    drawn = "BT /F1 11 Tf 14 TL 60 760 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    text, places = "%PDF-1.4\n", []
    for number, inner in enumerate(objects, 1):
        places.append(len(text))
        text += f"{number} 0 obj\n{inner}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return f"{text}xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{len(text)}\n%%EOF".encode()


def test_a_web_page_is_its_article_with_what_it_says_of_itself(tmp_path):
    needs("trafilatura")
    row = read(tmp_path, a__html=PAGE.encode()).loc["a.html"]
    assert row.problem == ""
    assert row.text.split("\n\n") == [
        "Levee breaks at Ostrand",
        "By Anna Bell",
        f"{STORY} “We warned them,” she said.",
        MORE,
    ]
    assert (row.title, row.outlet, row.url) == (
        "Levee breaks at Ostrand",
        "The Post",
        "https://post.example/levee",
    )
    assert (f"{row.published_from:%Y-%m-%d}", f"{row.published_to:%Y-%m-%d}") == (
        "2021-03-16",
        "2021-03-16",
    )
    assert (row.dated_by, row.language) == ("metadata", "en")


def test_the_headline_and_byline_of_a_page_are_zones(tmp_path):
    needs("trafilatura")
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    articles = cl.read_articles(tmp_path)
    passages = cl.check_spans(cl.find_passages(articles), articles)
    assert passages.label.to_list() == ["headline", "byline", "body", "body"]


def test_scripts_and_handlers_of_a_page_are_no_text(tmp_path):
    needs("trafilatura")
    nasty = PAGE.replace(
        "<article>",
        "<article><script>alert(1)</script><img src=x onerror=alert(2)><style>p{}</style>",
    )
    text = read(tmp_path, a__html=nasty.encode()).text["a.html"]
    assert [word for word in ("alert", "onerror", "p{}", "<") if word in text] == []
    assert STORY in text


PAGE_ENCODINGS = [
    ("utf-8", ""),
    ("utf-8-sig", ""),
    ("cp1251", "windows-1251"),
    ("utf-16", ""),
    ("cp1252", "iso-8859-1"),
    ("koi8-r", "KOI8-R"),
]


def test_a_page_is_decoded_as_it_declares(tmp_path):
    needs("trafilatura")
    failures = []
    for encoding, declared in PAGE_ENCODINGS:
        sentence = "Мэр города сообщил, что дорога закрыта. "
        if encoding == "cp1252":
            sentence = "L’été, à Genève, la pluie est tombée. "
        page = PAGE.replace(STORY, sentence * 3).replace("“", "").replace("”", "")
        if declared:
            page = page.replace("<head>", f'<head><meta charset="{declared}">')
        (tmp_path / encoding).mkdir()
        text = read(tmp_path / encoding, a__html=page.encode(encoding)).text["a.html"]
        if sentence.strip() not in text:
            failures.append((encoding, text))
    assert failures == []


def test_a_page_in_an_old_encoding_that_it_does_not_declare_is_read(tmp_path):
    needs("trafilatura")
    said = "The owners of the café were told on Monday to leave the town. "
    page = f"<html><body><p>{said * 3}</p></body></html>"
    assert said.strip() in read(tmp_path, a__html=page.encode("cp1252")).text["a.html"]


def test_a_page_of_too_many_tags_is_a_problem(tmp_path):
    needs("trafilatura")
    page = PAGE.replace(STORY, "<span>a</span> " * 50_000)
    assert (
        read(tmp_path, a__html=page.encode())
        .problem["a.html"]
        .startswith("a web page with more than 100,000 tags")
    )


def test_a_table_with_a_broken_quotation_mark_in_its_header_is_read(tmp_path):
    articles = read(tmp_path, a__csv=b'"text"x,title\nIt fell.,Levee\n"It" broke.,Bridge\n')
    assert articles.problem.astype(bool).to_list() == [True]
    articles = read(tmp_path, a__csv=b'text,title"x\nIt fell.,Levee\n"It" broke.,Bridge\n')
    assert articles.text.to_list() == ["It fell.", '"It" broke.']


def test_a_page_without_an_article_is_a_problem(tmp_path):
    needs("trafilatura")
    assert (
        "in which no article was found"
        in read(tmp_path, a__html=b"<html><body></body></html>").problem["a.html"]
    )


def test_a_document_is_its_paragraphs_and_the_cells_of_its_tables(tmp_path):
    document = needs("docx").Document()
    document.add_heading("Levee breaks at Ostrand")
    document.add_paragraph(STORY)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "houses", "40"
    document.add_paragraph(MORE)
    file = io.BytesIO()
    document.save(file)
    row = read(tmp_path, a__docx=file.getvalue()).loc["a.docx"]
    assert row.text == f"Levee breaks at Ostrand\n\n{STORY}\n\nhouses\t40\n\n{MORE}"
    assert (row.title, row.problem, row.dated_by) == ("Levee breaks at Ostrand", "", "")


def test_the_lines_of_a_pdf_are_joined_to_paragraphs(tmp_path):
    needs("pypdf")
    lines = ["Levee breaks at Ostrand", "The levee at Ostrand broke on Tuesday night, and forty hou-", "ses were flooded, the mayor of the town said to the Post on", "Wednesday.", "Rain fell in the hills all week, and the lower streets were"]  # fmt: skip
    row = read(tmp_path, a__pdf=pdf_of(*lines)).loc["a.pdf"]
    assert row.problem == ""
    assert row.text.split("\n\n") == [
        "Levee breaks at Ostrand",
        "The levee at Ostrand broke on Tuesday night, and forty houses were flooded, the mayor of the town said to the Post on Wednesday.",
        "Rain fell in the hills all week, and the lower streets were",
    ]


def test_a_pdf_without_text_names_the_repair(tmp_path):
    needs("pypdf")
    assert "run OCR on it" in read(tmp_path, a__pdf=pdf_of()).problem["a.pdf"]


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("feed.csv", csv_of),
        ("feed.tsv", lambda rows: csv_of(rows, "\t")),
        ("semi.csv", lambda rows: csv_of(rows, ";")),
        ("feed.jsonl", jsonl_of),
        ("feed.parquet", parquet_of),
        ("wide.csv", lambda rows: csv_of(rows).decode().encode("utf-16")),
    ],
)
def test_each_row_of_a_table_is_an_article(tmp_path, name, make):
    articles = read(tmp_path, **{name: make(TABLE)})
    assert articles.index.to_list() == [f"{name}#1", f"{name}#2"]
    assert articles.text.to_list() == [row["text"] for row in TABLE]
    assert set(articles.problem) == {""}
    assert articles.published_from.dt.strftime("%Y-%m-%d").to_list() == ["2021-03-16", "2021-03-16"]
    assert articles.published_from.equals(articles.published_to)
    assert set(articles.dated_by) == {"column"}
    first = articles.iloc[0]
    assert (first.title, first.outlet, first.url) == (
        "Levee breaks",
        "The Post",
        "https://post.example/1",
    )


def test_columns_of_other_names_are_named_in_the_codebook(tmp_path):
    (tmp_path / "codebook").mkdir()
    (tmp_path / "codebook" / "columns.csv").write_text(
        "column,name\ntext,Body\ndate,day of print\n"
    )
    rows = [{"Body": STORY, "day of print": "2021-03-16", "title": "Levee breaks"}]
    row = read(tmp_path, a__csv=csv_of(rows)).loc["a.csv#1"]
    assert (row.text, row.title, row.date_note) == (STORY, "Levee breaks", "column day of print")


def test_a_table_without_texts_is_one_problem(tmp_path):
    rows = read(
        tmp_path, a__csv=b"name,age\nAnna,40\n", b__jsonl=b'{"size": "x"}\n', c__csv=b"text\n"
    ).problem
    assert rows.to_dict() == {
        "a.csv": problems.no_text_column("text", ["name", "age"]),
        "b.jsonl": problems.no_text_column("text", ["size"]),
        "c.csv": problems.no_articles(),
    }


NOT_DATES = ["16/33/2021", "yesterday", "0021-03-16", "2021-02-30", "9" * 5000, "Tue, 99 Mar 2021"]


def test_a_date_that_is_not_understood_is_reported_and_not_guessed(tmp_path):
    rows = [{"text": f"{STORY} {day}", "date": day} for day in NOT_DATES]
    articles = read(tmp_path, a__jsonl=jsonl_of(rows))
    assert articles.published_from.isna().all()
    assert set(articles.dated_by) == {""}
    assert articles.date_note.to_list() == [
        problems.date_not_understood("column date", day) for day in NOT_DATES
    ]
    assert set(articles.problem) == {""}


def test_what_the_analyst_knows_goes_before_what_the_file_says(tmp_path):
    (tmp_path / "codebook").mkdir()
    (tmp_path / "codebook" / "articles.csv").write_text(
        "article,published_from,published_to,outlet,url\na.jsonl#1,2021-03-20,,Courier,\n"
    )
    articles = read(tmp_path, a__jsonl=jsonl_of(TABLE))
    first = articles.iloc[0]
    assert (f"{first.published_from:%Y-%m-%d}", first.published_to is pd.NaT) == (
        "2021-03-20",
        True,
    )
    assert (first.outlet, first.dated_by, first.url) == (
        "Courier",
        "codebook",
        "https://post.example/1",
    )
    assert articles.dated_by.iloc[1] == "column"
    assert first.date_note == ""  # the column does not count


def test_one_text_in_two_rows_counts_twice_only_for_two_sources(tmp_path):
    rows = [{"text": STORY, "outlet": outlet} for outlet in ("Post", "Courier", "Post", "")]
    problems = read(tmp_path, a__jsonl=jsonl_of(rows)).problem
    assert [bool(problem) for problem in problems] == [False, False, True, True]


def test_rows_that_cannot_be_used_are_named_and_the_others_are_read(tmp_path):
    table = b'text,title\n"One story.",a\nTwo stories,b,c\n\n"",d\nFive.,e\n'
    lines = (
        b'{"text": "One."}\n{"text": \n[1]\n\n{"text": "nul \\u0000"}\n{"text": null}\n'
        + b"[" * 100_000
        + b"\n"
    )
    problems = read(tmp_path, a__csv=table, b__jsonl=lines).problem
    assert {name: problem.partition(":")[0] for name, problem in problems.items()} == {
        "a.csv#1": "",
        "a.csv#2": "has 3 cells, but the header has 2",
        "a.csv#3": "empty",
        "a.csv#4": "",
        "b.jsonl#1": "",
        "b.jsonl#2": "not a JSON object",
        "b.jsonl#3": "not a JSON object",
        "b.jsonl#4": "not a text file (it contains NUL bytes, the first after 4 characters)",
        "b.jsonl#5": "empty",
        "b.jsonl#6": "not a JSON object",
    }


def test_a_quotation_mark_that_is_never_closed_hides_no_rows(tmp_path):
    before = csv.field_size_limit()
    rows = read(tmp_path, a__csv=b'text,title\nOne.,a\n"Two,b\n' + b"More.,c\n" * 30_000)
    assert rows.text.to_list()[:3] == ["One.", '"Two', "More."]
    assert len(rows) == 30_002
    assert csv.field_size_limit() == before


def test_where_quotation_marks_cannot_be_understood_the_last_row_that_can_is_named(tmp_path):
    before = csv.field_size_limit()
    good = b'"It fell, he said.","a, b"\n'
    problem = read(tmp_path, a__csv=b"text,title\n" + good * 20 + b'"Two,b\n' + good * 20).problem
    assert problem.iloc[0].startswith("cannot be read after row 20 ")
    assert csv.field_size_limit() == before


def test_half_a_character_becomes_the_sign_for_it_and_moves_nothing(tmp_path):
    text = read(
        tmp_path, a__jsonl=b'{"text": "We \\ud800left the \\udc00house \\ud83d\\ude00."}'
    ).text["a.jsonl#1"]
    assert text == "We \ufffdleft the \ufffdhouse 😀."


def test_what_lies_in_an_archive_is_read_there(tmp_path):
    files = {
        "a.txt": STORY.encode(), "deeper/feed.csv": csv_of(TABLE[1:]), "b.md": MORE.encode(), "photo.jpg": b"\xff\xd8\xff", "deeper/": b"",
        "README.txt": b"a note", "__MACOSX/._a.txt": b"\0\5", ".hidden.txt": b"hidden", "inner.zip": zip_of({"c.txt": b"We left."}),
    }  # fmt: skip
    problems = read(tmp_path, pages__zip=zip_of(files), a__txt=STORY.encode()).problem
    assert {name: problem.partition(":")[0] for name, problem in problems.items()} == {
        "a.txt": "",
        "pages.zip/a.txt": "identical to a.txt",
        "pages.zip/b.md": "",
        "pages.zip/deeper/feed.csv#1": "",
        "pages.zip/inner.zip": "an archive in an archive",
        "pages.zip/photo.jpg": "a picture",
    }
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "pages.zip"]


LEADING_OUT = [
    "../../evil.txt",
    "/etc/evil.txt",
    "a/../../evil.txt",
    "C:\\evil.txt",
    "..\\evil.txt",
    "",
]


def test_a_name_that_is_empty_or_leads_out_of_an_archive_is_refused(tmp_path):
    packed = {name: STORY.encode() for name in LEADING_OUT} | {"good.txt": MORE.encode()}
    articles = read(tmp_path, a__zip=zip_of(packed))
    assert articles.problem.value_counts().to_dict() == {
        problems.unsafe_entry_name(): len(LEADING_OUT),
        "": 1,
    }
    assert list(articles.text[articles.problem == ""]) == [MORE]
    # Even with texts, nothing is written outside of the folder.
    cl.write_texts(articles.reset_index().assign(text=STORY), tmp_path / "out")
    written = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert {path.parent for path in written} == {tmp_path / "out" / "texts"}
    assert len(written) == len(articles)


def test_links_locks_and_doubles_in_an_archive_are_told(tmp_path):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.txt", STORY)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.txt", MORE)
    locked = bytearray(zip_of({"b.txt": STORY.encode()}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + place] |= 1
    articles = read(tmp_path, a__zip=file.getvalue(), b__zip=bytes(locked))
    assert articles.problem.str.partition(":")[0].to_dict() == {
        "a.zip/a.txt": "",
        next(name for name in articles.index if name.startswith("a.zip/a.txt~")): "",
        "a.zip/link.txt": "a link in an archive",
        "b.zip/b.txt": "protected by a password",
    }


def test_bombs_are_refused_before_they_unpack(tmp_path, monkeypatch):
    monkeypatch.setattr(article_files, "MAX_ENTRIES", 50)
    ratio = zip_of({"a.txt": b"a" * 3_000_000})
    many = zip_of({f"{number}.txt": b"a" for number in range(51)})
    large = zip_of(
        {
            f"{number}.txt": random.Random(number).randbytes(600_000).hex().encode()
            for number in range(60)
        }
    )
    articles = {
        row.article: row.problem
        for row in _with(
            tmp_path, {"a.zip": ratio, "b.zip": many, "c.zip": large}, max_mb=1
        ).itertuples()
    }
    assert [problem.partition(" than")[0] for problem in articles.values()] == [
        "unpacks to more"
    ] * 3


def test_a_size_that_an_archive_lies_about_is_not_believed(tmp_path):
    data = bytearray(zip_of({"a.txt": b"a" * 900_000}))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark) + place
        data[at : at + 4] = (100).to_bytes(4, "little")
    assert "damaged in the archive" in read(tmp_path, a__zip=bytes(data)).problem["a.zip/a.txt"]


def test_entities_of_a_document_are_not_expanded(tmp_path):
    rows = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "boom">{rows}<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    source, packed = docx_of("MARK"), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(packed, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "word/document.xml":
                data = bomb.encode() + data.split(b"?>", 1)[1].replace(
                    b"MARK", b"We left &l11; and &file; here."
                )
            new.writestr(entry, data)
    articles = _with(tmp_path, {"a.docx": packed.getvalue()})
    assert (articles.text.str.len() < 1000).all()
    assert not articles.text.str.contains("boom|root:").any()


def test_a_parquet_file_that_unpacks_to_too_much_is_stopped(tmp_path):
    data = parquet_of([{"text": "a" * 100_000}] * 3000)
    assert len(data) < 200_000
    articles = _with(tmp_path, {"a.parquet": data}, max_mb=1)
    assert (
        articles.problem[articles.article == "a.parquet"]
        .str.startswith("unpacks to more than")
        .all()
    )


def test_an_article_in_a_table_may_be_as_long_as_a_file(tmp_path):
    articles = _with(
        tmp_path, {"a.jsonl": jsonl_of([{"text": "x" * 1001}, {"text": "y" * 1000}])}, max_mb=0.001
    )
    assert articles.problem.to_list() == ["longer than 0.001 MB: split it, or raise max_mb", ""]


EXTRAS = [
    (read_page, "trafilatura", "html"),
    (
        read_page,
        "lxml_html_clean",
        "html",
    ),  # what trafilatura needs and old versions of pip leave out
    (read_pdf, "pypdf", "docs"),
    (read_docx, "docx", "docs"),
    (read_parquet, "pyarrow.parquet", "tables"),
    (read_spreadsheet, "python_calamine", "tables"),
]


@pytest.mark.parametrize(("reader", "module", "extra"), EXTRAS)
def test_a_missing_module_is_named_with_the_command_that_installs_it(
    monkeypatch, reader, module, extra
):
    for _, other, _ in EXTRAS:
        needs(other)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(BadInput) as error:
        list(reader(b"PK\x03\x04", Limits(1e6, {})))
    assert module in str(error.value)
    assert str(error.value).endswith(f"pip install -e '.[{extra}]'")


def test_a_pdf_with_a_cipher_that_needs_another_library_names_it(monkeypatch):
    pypdf = needs("pypdf")

    def refuse(*_):
        raise pypdf.errors.DependencyError("cryptography>=3.1 is required for AES algorithm")

    monkeypatch.setattr(pypdf, "PdfReader", refuse)
    with pytest.raises(BadInput, match="pip install cryptography"):
        list(read_pdf(b"x", Limits(1e6, {})))


def test_a_module_that_a_library_needs_and_does_not_find_is_named(tmp_path, monkeypatch):
    (tmp_path / "outer_library.py").write_text("import inner_library_that_is_missing")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(BadInput, match="inner_library_that_is_missing is not installed"):
        Extra("html", "a web page", "outer_library").load()


def test_each_extra_lists_what_its_reader_imports():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    distributions = {
        "docx": "python-docx",
        "pyarrow.parquet": "pyarrow",
        "python_calamine": "python-calamine",
    }
    missing = [
        (module, extra)
        for _, module, extra in EXTRAS
        if not any(row.startswith(distributions.get(module, module)) for row in extras[extra])
    ]
    assert missing == []


def test_the_extras_are_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    pinned = (ROOT / "requirements-extras.txt").read_text(encoding="utf-8").replace("_", "-")
    names = [
        re.match(r"[\w-]+", row)[0].replace("_", "-")
        for extra in ("docs", "exports", "html", "mail", "report", "tables", "warc")
        for row in extras[extra]
    ]
    assert [name for name in names if f"\n{name}==" not in pinned] == []


def test_text_files_are_read_without_any_of_the_extras(tmp_path, monkeypatch):
    for module in ("trafilatura", "pypdf", "docx", "pyarrow", "pyarrow.parquet"):
        monkeypatch.setitem(sys.modules, module, None)
    assert set(cl.read_articles(FLOOD).problem) == {""}


SUFFIXES = (
    *(".html", ".pdf", ".docx", ".zip", ".parquet", ".jsonl", ".json", ".csv"),
    *(".xlsx", ".xls", ".ods"),
)


def test_half_a_file_and_a_file_under_a_wrong_name_are_rows(tmp_path):
    whole = {
        "page": PAGE.encode(),
        "pdf": pdf_of(STORY),
        "document": docx_of(STORY),
        "archive": zip_of({"a.txt": STORY.encode()}),
        "table": parquet_of(TABLE),
    }
    contents = {"none": b""} | whole
    contents |= {f"half {kind}": data[: len(data) // 2] for kind, data in whole.items()}
    files = {f"{kind}{suffix}": data for kind, data in contents.items() for suffix in SUFFIXES}
    articles = _with(tmp_path, files)
    # An archive gives the rows of its files, and a table its rows.
    names = {re.split("[#/]", article)[0] for article in articles.article}
    assert names == set(files)
    assert ((articles.text == "") == (articles.problem != "")).all()


def test_nothing_is_fetched(tmp_path, monkeypatch):
    def refuse(*_):
        raise AssertionError("a socket was opened")

    needs("trafilatura")
    source = f"{PAGE}<iframe src='http://evil.example/x'></iframe>".replace(
        "<!doctype html>", '<!DOCTYPE html SYSTEM "http://evil.example/d.dtd">'
    )
    files = {"a.html": source.encode(), "b.docx": docx_of(STORY), "c.pdf": pdf_of(STORY), "d.jsonl": jsonl_of(TABLE), "e.zip": zip_of({"f.html": PAGE.encode()})}  # fmt: skip
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    articles = _with(tmp_path, files)
    assert {name.partition("#")[0] for name in articles.article[articles.problem == ""]} == {
        "a.html",
        "b.docx",
        "d.jsonl",
        "e.zip/f.html",
        "c.pdf",
    }
    cl.find_all(articles, cl.read_codebook(""))


def test_names_of_texts_stay_apart_on_any_disk(tmp_path):
    names = [
        "a",
        "a.txt",
        "A.txt",
        "x/y.txt",
        "x%2Fy.txt",
        'new\nline "q".txt',
        "ä" * 90,
        "b" * 300 + ".html",
        "..",
        "CON",
    ]
    articles = pd.DataFrame({"article": names, "text": [f"text of {name}" for name in names]})
    made = list(cl.write_texts(articles, tmp_path).iterdir())
    assert sorted(path.read_text(encoding="utf-8") for path in made) == sorted(articles.text)
    assert len({path.name.casefold() for path in made}) == len(names)


def _with(tmp_path: Path, files: dict[str, bytes], **options) -> pd.DataFrame:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return cl.read_articles(tmp_path, **options)


def parquet_from(table) -> bytes:
    """Build a Parquet file of an Arrow table, with columns of types that pandas would not write."""
    file = io.BytesIO()
    import_module("pyarrow.parquet").write_table(table, file, compression="zstd")
    return file.getvalue()


def test_one_text_that_stands_many_times_in_a_small_parquet_file_is_not_copied(tmp_path):
    arrow = needs("pyarrow")
    indices = arrow.array([0] * 2000, arrow.int32())
    texts = arrow.DictionaryArray.from_arrays(indices, arrow.array(["a" * 900_000]))
    data = parquet_from(arrow.table({"text": texts}))
    assert len(data) < 10_000
    articles = _with(tmp_path, {"a.parquet": data}, max_mb=1)
    assert articles.problem[articles.article == "a.parquet"].astype(bool).all()
    assert articles.text.str.len().sum() <= 2_000_000


def test_a_cell_that_cannot_be_read_does_not_take_its_table_with_it(tmp_path):
    arrow = needs("pyarrow")
    milliseconds = arrow.array([10**17, 1_615_852_800_000, None], arrow.timestamp("ms"))
    unknown_zone = milliseconds.cast(arrow.timestamp("ms", "Nowhere/Atlantis"))
    tables = {
        "a.parquet": {"text": ["One.", "Two.", "Three."], "date": milliseconds},
        "b.parquet": {"text": ["Four.", "Five.", "Six."], "date": unknown_zone},
    }
    files = {name: parquet_from(arrow.table(columns)) for name, columns in tables.items()}
    articles = _with(tmp_path, files).set_index("article")
    assert set(articles.problem) == {""}
    dated = articles.published_from.dropna()
    assert dated.index.to_list() == ["a.parquet#2"]
    assert "could not be read" in articles.date_note["a.parquet#1"]


def test_text_that_is_stored_as_bytes_is_decoded(tmp_path):
    arrow = needs("pyarrow")
    texts = ["“We left,” he said.".encode(), b"\x93We stayed,\x94 he said.", b"\xff\xd8\xff\0"]
    columns = {"text": texts, "title": [b"One", b"Two", b"\xff\0"]}
    articles = _with(tmp_path, {"a.parquet": parquet_from(arrow.table(columns))})
    assert articles.text.to_list() == ["“We left,” he said.", "“We stayed,” he said.", ""]
    assert articles.title.to_list() == ["One", "Two", ""]
    assert articles.problem.astype(bool).to_list() == [False, False, True]


def test_cells_that_are_not_texts_are_not_written_out_as_code(tmp_path):
    rows = [
        {"text": ["One.", "Two."]},
        {"text": {"body": "One."}},
        {"text": "We left.", "title": ["a"], "outlet": {"name": "Post"}, "url": float("nan")},
        {"text": 12},
        {"text": {"width": 12}},
        {"text": [1, {"width": 12}]},
    ]
    arrow = needs("pyarrow")
    lists = parquet_from(arrow.table({"text": [["Three.", "Four."]], "size": [{"width": 12}]}))
    articles = _with(tmp_path, {"a.jsonl": jsonl_of(rows), "b.parquet": lists})
    texts = ["One.\n\nTwo.", "One.", "We left.", "12", "", "", "Three.\n\nFour."]
    assert articles.text.to_list() == texts
    assert articles.problem.astype(bool).to_list() == [not text for text in texts]
    assert articles[["title", "outlet", "url"]].iloc[2].to_list() == ["a", "Post", ""]


def test_a_table_with_too_many_rows_is_cut_off(tmp_path, monkeypatch):
    monkeypatch.setattr(formats, "MAX_ROWS", 3)
    texts = "".join(f"Text {number}.\n" for number in range(5))
    files = {
        "a.csv": f"text\n{texts}".encode(),
        "b.zip": zip_of({"c.csv": f"text\n{texts.lower()}".encode()}),
    }
    articles = _with(tmp_path, files)
    assert articles.article[articles.problem != ""].to_list() == ["a.csv", "b.zip"]
    assert (articles.problem == "").sum() == 6


def test_archives_that_unpack_without_bound_are_not_unpacked(tmp_path):
    for name, method in {"a.zip": zipfile.ZIP_BZIP2, "b.zip": zipfile.ZIP_LZMA}.items():
        with zipfile.ZipFile(tmp_path / name, "w", method) as archive:
            archive.writestr("a.txt", STORY)
    articles = cl.read_articles(tmp_path)
    assert articles.article.to_list() == ["a.zip/a.txt", "b.zip/a.txt"]
    assert articles.problem.astype(bool).all()


def test_an_archive_with_a_directory_that_is_too_long_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(formats, "MAX_ENTRIES", 50)
    monkeypatch.setattr(zipfile, "ZipFile", lambda *_: pytest.fail("the archive was opened"))
    with pytest.raises(BadInput):
        list(formats.read_zip(b"PK\x01\x02" * 51, Limits(1e6, {})))


def test_a_name_in_an_archive_that_is_not_utf_8_is_a_problem_of_the_archive(tmp_path):
    data = zip_of({"é.txt": STORY.encode()}).replace("é".encode(), b"\xc3\xff")
    articles = _with(tmp_path, {"a.zip": data, "b.txt": MORE.encode()})
    assert articles.article.to_list() == ["a.zip", "b.txt"]
    assert articles.problem.astype(bool).to_list() == [True, False]


SEPARATORS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


def test_only_newlines_end_a_line_or_row(tmp_path):
    text = f"We{SEPARATORS}left. {STORY} {MORE}"
    files = {
        "a.csv": f'text,title\n"{text}",a{SEPARATORS}b\n'.encode(),
        "b.jsonl": json.dumps({"text": text}, ensure_ascii=False).encode() + b"\n",
        "c.txt": text.encode(),
    }
    articles = _with(tmp_path, files)
    assert articles.article.to_list() == ["a.csv#1", "b.jsonl#1", "c.txt"]
    assert set(articles.text[articles.problem == ""]) == {text}
    assert articles.title[0] == "a b"


def test_many_rows_with_one_text_from_many_outlets_do_not_take_quadratic_time(tmp_path):
    rows = [{"text": "It fell.", "url": f"https://post.example/{n}"} for n in range(20_000)]
    articles = _with(tmp_path, {"a.jsonl": jsonl_of(rows)})
    assert set(articles.problem) == {""}


@pytest.mark.parametrize("root", ["svg", "label"])
def test_a_page_is_read_though_its_metadata_cannot_be(tmp_path, root):
    sentence = "The river rose above the old wall on Tuesday, and the lower streets were closed."
    page = f"<{root}><p>{sentence}</p><p>Rain fell in the hills all week.</p></{root}>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    article = cl.read_articles(tmp_path).iloc[0]
    assert article.problem == ""
    assert sentence in article.text
