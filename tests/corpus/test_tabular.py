"""Tables as analysts get them: names of columns, layouts of files, dates, HTML in cells, JSON, spreadsheets."""

import io
import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from corpus.builders import needs

import clippings as cl
from clippings.core.errors import BadInput
from clippings.core.lexicon import read_lexicon
from clippings.corpus import formats, problems
from clippings.corpus.cell_text import names_of_cell, plain_text
from clippings.corpus.column_choice import COLUMNS
from clippings.corpus.column_names import clean_names, find_synonym
from clippings.corpus.csv_layout import find_layout
from clippings.corpus.json_records import records_of_document
from clippings.corpus.rows import Limits
from clippings.corpus.table_dates import decide_day_first, period_of, read_cell_date

LEVEE = (
    "The levee at Ostrand broke on Tuesday night, and forty houses were flooded, the mayor said. "
    "Rain fell in the hills all week, and the lower streets were shut."
)
BRIDGE = (
    "A bridge near Tolmere was closed on Friday after a lorry hit its railing, the police said. "
    "Nobody was hurt, and the road opens again on Monday."
)
WALL = (
    "The council of Lund voted to build a new wall along the river, which will cost nine million "
    "and take three years to finish."
)


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def folder_with(tmp_path: Path, name: str, data: str | bytes, columns: str = "") -> Path:
    """Create a folder with one file and, optionally, rows of codebook/columns.csv."""
    folder = tmp_path / f"folder {len(list(tmp_path.iterdir()))}"
    folder.mkdir()
    (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    if columns:
        (folder / "codebook").mkdir()
        (folder / "codebook" / "columns.csv").write_text(f"column,name\n{columns}")
    return folder


def read(tmp_path: Path, name: str, data: str | bytes, columns: str = "") -> pd.DataFrame:
    return cl.read_articles(folder_with(tmp_path, name, data, columns))


def dates(articles: pd.DataFrame) -> list[tuple[str, str]]:
    days = articles[["published_from", "published_to"]].apply(
        lambda column: column.dt.strftime("%Y-%m-%d")
    )
    return list(days.itertuples(index=False, name=None))


def roles(tmp_path: Path, name: str, data: str | bytes, columns: str = "") -> dict[str, str]:
    """Return the role of each used column of a file."""
    table = cl.read_columns(folder_with(tmp_path, name, data, columns))
    return {row.name: row.column for row in table.itertuples(index=False) if row.column}


# Names of columns


def test_names_of_columns_are_known_however_they_are_written():
    names = {
        "text": ["TEXT", "Full Text", "full_text", "fullText", "article-text", "Volltext", "Texte"],
        "title": ["Headline", "HEADLINE:", "Überschrift", "Titre", "título", "headline.main"],
        "date": ["Datum", "pub_date", "publishedAt", "Published at", "Date (YYYY-MM-DD)", "Fecha"],
        "outlet": [
            "Quelle",
            "media_name",
            "source.name",
            "Publication",
            "Zeitung",
            "_source.source",
        ],
        "author": ["byline", "Autor", "authors", "byline.original", "Author(s)", "Auteur"],
        "section": ["Section", "Ressort", "rubrique", "fields.sectionName"],
        "url": ["URL", "Link", "web_url", "document.url"],
        "updated": ["last_modified", "Updated at", "geändert"],
        "saved": ["date_download", "crawl_date", "Abgerufen am"],
        "language": ["lang", "Sprache", "Language"],
    }
    wrong = {
        (name, column)
        for column, variants in names.items()
        for name in variants
        if find_synonym(name) is None or find_synonym(name).column != column
    }
    assert wrong == set()


def test_names_of_columns_are_known_in_other_scripts():
    names = {
        "text": ["正文", "內容", "本文", "본문", "текст", "النص", "متن", "טקסט", "κείμενο"],
        "title": [
            "标题",
            "標題",
            "タイトル",
            "見出し",
            "제목",
            "заголовок",
            "العنوان",
            "כותרת",
            "τίτλος",
        ],
        "date": ["发布日期", "日期", "掲載日", "날짜", "дата", "التاريخ", "תאריך", "ημερομηνία"],
        "outlet": ["媒体", "来源", "新聞社", "언론사", "источник", "المصدر", "מקור", "πηγή"],
        "author": ["作者", "記者", "著者", "기자", "автор", "الكاتب", "συγγραφέας"],
        "url": ["链接", "網址", "リンク", "링크", "ссылка", "الرابط"],
    }
    wrong = {
        (name, column)
        for column, variants in names.items()
        for name in variants
        if find_synonym(name) is None or find_synonym(name).column != column
    }
    assert wrong == set()


def test_names_of_other_things_are_not_known():
    names = [
        "image.title",
        "author.url",
        "source.id",
        "urlToImage",
        "word count",
        "sentiment",
        "id",
    ]
    assert [name for name in names if find_synonym(name)] == []


def test_the_list_of_names_is_one_that_columns_have():
    rows = read_lexicon("reading/column_names")
    assert {row["column"] for row in rows} == set(COLUMNS)
    assert {row["kind"] for row in rows} == {"", "unsure", "markup"}
    unknown = [row["synonym"] for row in rows if find_synonym(row["synonym"]) is None]
    assert unknown == []


def test_names_in_a_header_are_cleaned_and_made_unique():
    cells = ["\ufeffTitle ", '"Body"', "", None, "Title", "'Date'"]
    assert clean_names(cells) == ["Title", "Body", "column 3", "column 4", "Title (2)", "Date"]


HEADERS = {
    "Title,Date,Text": "\n".join(["Title,Date,Text", f"Levee,2021-03-16,{quoted(LEVEE)}"]),
    "German": f"Überschrift;Datum;Volltext\nLevee;16.03.2021;{quoted(LEVEE)}\n",
    "French": f"Titre;Date de publication;Texte\nLevee;16 mars 2021;{quoted(LEVEE)}\n",
    "Spanish": f"Título\tFecha\tTexto\nLevee\t16 de marzo de 2021\t{LEVEE}\n",
    "Italian": f"Titolo|Data|Testo\nLevee|16 marzo 2021|{LEVEE}\n",
    "sep=;": f"sep=;\r\nTitel;Datum;Text\r\nLevee;16.3.2021;{quoted(LEVEE)}\r\n",
    "sep=tab": f"sep=\t\r\nTitle\tDate\tText\r\nLevee\t2021/03/16\t{LEVEE}\r\n",
    "quoted and capital": f'"TITLE","PUBLISH_DATE","BODY"\n"Levee","20210316",{quoted(LEVEE)}\n',
    "byte order mark": f"\ufeffHeadline,published_at,content\nLevee,2021-03-16T10:00:00Z,{quoted(LEVEE)}\n",
    "below a search": "\n".join(
        [
            "Search: levee",
            "2 results",
            "",
            "Headline,Publication Date,Body",
            f'Levee,"March 16, 2021",{quoted(LEVEE)}',
        ]
    ),
    "Unicode text of Excel": f"Title\tDate\tText\r\nLevee\t16/03/2021\t{quoted(LEVEE)}\r\n".encode(
        "utf-16"
    ),
}


def test_headers_of_all_kinds_are_read(tmp_path):
    failures = {}
    for kind, data in HEADERS.items():
        articles = read(tmp_path, "a.csv", data)
        row = articles.iloc[0]
        outcome = (len(articles), row.problem, row.title, row.text, dates(articles)[0])
        if outcome != (1, "", "Levee", LEVEE, ("2021-03-16", "2021-03-16")):
            failures[kind] = outcome
    assert failures == {}


SHORT_ROWS = {
    "Chinese": (
        "标题,媒体,发布日期,正文",
        "大桥关闭",
        "2018年11月5日",
        "市长表示，大桥已关闭六周。",
    ),
    "Japanese": (
        "タイトル,新聞社,掲載日,本文",
        "橋が閉鎖",
        "2018/11/5",
        "橋が閉鎖されたと市長が発表した。",
    ),
    "Korean": (
        "제목,언론사,날짜,본문",
        "다리 폐쇄",
        "2018. 11. 5.",
        "시장은 다리를 폐쇄했다고 밝혔다.",
    ),
    "Russian": ("Заголовок,СМИ,Дата,Текст", "Мост закрыт", "5 ноября 2018 г.", "Мост закрыли."),
    "Arabic": ("العنوان,المصدر,التاريخ,النص", "إغلاق الجسر", "2018-11-05", "أغلق الجسر أمس."),
}


def test_tables_in_other_scripts_are_read_however_short_their_texts(tmp_path):
    failures = {}
    for language, (header, title, day, text) in SHORT_ROWS.items():
        articles = read(tmp_path, f"{language}.csv", f"{header}\n{title},Post,{day},{text}\n")
        row = articles[articles.article == f"{language}.csv#1"].iloc[0]
        outcome = (row.title, row.outlet, f"{row.published_from:%Y-%m-%d}", row.text)
        if outcome != (title, "Post", "2018-11-05", text):
            failures[language] = outcome
    assert failures == {}


def test_a_text_that_begins_with_known_names_of_columns_is_a_table(tmp_path):
    tables = {
        "tabs": f"title\tdate\ttext\nLevee\t2021-03-16\t{LEVEE}\n",
        "semicolons": f"Titel;Datum;Text\nLevee;16.03.2021;{quoted(LEVEE)}\n",
        "commas": f"date,headline,body\n2021-03-16,Levee,{quoted(LEVEE)}\n",
        "wide characters": f"Title\tDate\tText\nLevee\t2021-03-16\t{LEVEE}\n".encode("utf-16"),
    }
    failures = {}
    for kind, data in tables.items():
        articles = read(tmp_path, f"{kind}.txt", data)
        row = articles[articles.article == f"{kind}.txt#1"]
        if list(row.title) != ["Levee"]:
            failures[kind] = articles[["article", "title", "text"]].to_dict("records")
    assert failures == {}


def test_an_article_whose_headline_lists_such_names_is_a_text(tmp_path):
    texts = {
        "prose.txt": f"Title, date, text: what a caption needs\n\n{LEVEE}",
        "list.txt": f"Text, date\n{LEVEE} {BRIDGE}",
        "table below.txt": f"{LEVEE}\n\ntitle\tdate\ttext\nLevee\t2021-03-16\tIt broke.\n",
    }
    articles = {name: list(read(tmp_path, name, text).article) for name, text in texts.items()}
    assert articles == {name: [name] for name in texts}


def test_a_table_without_header_is_read_by_its_values(tmp_path):
    rows = [
        f"https://post.example/1,2021-03-16,Levee breaks at Ostrand,{quoted(LEVEE)}",
        f"https://post.example/2,2021-03-17,Bridge closed near Tolmere,{quoted(BRIDGE)}",
    ]
    articles = read(tmp_path, "a.csv", "\n".join(rows))
    assert articles.text.to_list() == [LEVEE, BRIDGE]
    assert articles.title.to_list() == ["Levee breaks at Ostrand", "Bridge closed near Tolmere"]
    assert articles.url.to_list() == ["https://post.example/1", "https://post.example/2"]
    assert [first for first, _ in dates(articles)] == ["2021-03-16", "2021-03-17"]


def test_the_longest_text_is_taken_of_several_columns(tmp_path):
    header = "title,description,content,summary"
    assert roles(tmp_path, "a.csv", f"{header}\nA,Short.,{quoted(LEVEE)},\n")["content"] == "text"
    assert roles(tmp_path, "a.csv", f"{header}\nA,Short.,,{quoted(LEVEE)}\n")["summary"] == "text"
    both = roles(
        tmp_path, "a.csv", f"title,Body,Notes\nA,{quoted(WALL)},{quoted(LEVEE + BRIDGE)}\n"
    )
    assert both == {"title": "title", "Body": "text"}  # a known name comes first
    unknown = roles(tmp_path, "a.csv", f"number,Spalte\n1,{quoted(LEVEE)}\n2,{quoted(BRIDGE)}\n")
    assert unknown == {"Spalte": "text"}


def test_lists_of_headlines_and_addresses_are_one_problem_each(tmp_path):
    tables = {
        "mediacloud": "id,indexed_date,language,media_name,media_url,publish_date,title,url\n"
        + "a,2021-03-17,en,post.example,post.example,2021-03-16,Levee breaks,https://post.example/1\n"
        + "b,2021-03-17,en,post.example,post.example,2021-03-16,Bridge shut,https://post.example/2\n",
        "addresses": "url,date\nhttps://post.example/1,2021-03-16\nhttps://post.example/2,2021-03-16\n",
        "other": "name,age\nAnna,40\nTom,50\n",
    }
    for data in tables.values():
        articles = read(tmp_path, "a.csv", data)
        assert articles.article.to_list() == ["a.csv"]
        assert articles.problem[0]
        assert "codebook/columns.csv" in articles.problem[0] or "folder" in articles.problem[0]
    titles_as_texts = read(tmp_path, "a.csv", tables["mediacloud"], "text,title\n")
    assert titles_as_texts.text.to_list() == ["Levee breaks", "Bridge shut"]


def test_a_first_paragraph_in_a_column_of_its_own_begins_the_text(tmp_path):
    row = {"HD": "Levee", "LP": WALL, "TD": LEVEE, "PD": "16 March 2021", "SN": "The Post"}
    article = read(tmp_path, "a.json", json.dumps([row])).iloc[0]
    assert article.text == f"{WALL}\n\n{LEVEE}"
    repeated = row | {"TD": f"{WALL}\n\n{LEVEE}"}
    assert read(tmp_path, "a.json", json.dumps([repeated])).text[0] == f"{WALL}\n\n{LEVEE}"
    alone = {"headline": {"main": "Levee"}, "lead_paragraph": LEVEE, "snippet": "Short."}
    assert read(tmp_path, "a.json", json.dumps([alone])).text[0] == LEVEE


def test_what_a_table_states_besides_text_and_date_is_read(tmp_path):
    table = {
        "Headline": "Levee breaks",
        "Publication": "The Post",
        "Byline": "By Anna Bell and Tom Reed",
        "Section": "News",
        "Body": "Deich. 1907",
        "Language": "German",
        "Last updated": "2021-03-17",
        "Downloaded": "2021-04-01",
        "Link": "https://post.example/1?a=1&amp;b=2",
    }
    row = read(tmp_path, "a.jsonl", json.dumps(table)).iloc[0]
    assert row.title == "Levee breaks"
    assert row.outlet == "The Post"
    assert row.author == "Anna Bell, Tom Reed"
    assert row.section == "News"
    assert row.language == "de"
    assert row.url == "https://post.example/1?a=1&b=2"
    assert (f"{row.updated:%Y-%m-%d}", f"{row.saved:%Y-%m-%d}") == ("2021-03-17", "2021-04-01")
    assert pd.isna(row.published_from)


def test_authors_are_names_separated_by_commas():
    cells = {
        "By Anna Bell": "Anna Bell",
        "Anna Bell; Tom Reed": "Anna Bell, Tom Reed",
        "von Anna Bell und Tom Reed": "Anna Bell, Tom Reed",
        "['Anna Bell', 'Tom Reed']": "Anna Bell, Tom Reed",
        '[{"name": "Anna Bell"}, {"name": "Tom Reed"}]': "Anna Bell, Tom Reed",
        "Bell, Anna": "Bell, Anna",
        "Byron Bell": "Byron Bell",
        '<a href="/bell">Anna Bell</a>': "Anna Bell",
        "": "",
        "[]": "",
    }
    assert {cell: names_of_cell(cell) for cell in cells} == cells


def test_words_for_a_missing_value_are_no_values(tmp_path):
    header = "title,date,source,author,text"
    rows = [f"nan,NaT,None,NULL,{quoted(LEVEE)}", f"A,2021-03-16,Post,Anna Bell,{quoted(BRIDGE)}"]
    first = read(tmp_path, "a.csv", "\n".join([header, *rows])).iloc[0]
    assert (first.outlet, first.author, first.dated_by) == ("", "", "")
    assert first.title != "nan"


def test_columns_that_are_empty_at_first_are_read_further_down(tmp_path):
    rows = [{"text": f"{LEVEE} {number}", "url": "", "date": ""} for number in range(600)]
    rows.append({"text": BRIDGE, "url": "https://post.example/1", "date": "2021-03-16"})
    last = cl.read_articles(folder_with(tmp_path, "a.json", json.dumps(rows))).iloc[-1]
    assert (last.url, last.dated_by) == ("https://post.example/1", "column")


def test_lines_that_are_broken_at_first_do_not_hide_the_others(tmp_path):
    lines = ["{}", *["{broken"] * 600, json.dumps({"body": LEVEE})]
    articles = read(tmp_path, "a.jsonl", "\n".join(lines))
    assert articles.text.to_list()[-1] == LEVEE
    assert (articles.problem != "").sum() == 601


def test_fields_of_parquet_files_are_read(tmp_path):
    arrow = needs("pyarrow")
    needs("pyarrow.parquet")
    nested = {
        "headline": ["Levee"],
        "content": [{"text": LEVEE, "size": 3}],
        "source": [{"name": "Post"}],
        "authors": [["Anna Bell", "Tom Reed"]],
        "published": [1_615_852_800_000],
        "embedding": [[0.5] * 8],
    }
    file = io.BytesIO()
    arrow.parquet.write_table(arrow.table(nested), file)
    row = read(tmp_path, "a.parquet", file.getvalue()).iloc[0]
    assert (row.title, row.text, row.outlet) == ("Levee", LEVEE, "Post")
    assert (row.author, f"{row.published_from:%Y-%m-%d}") == ("Anna Bell, Tom Reed", "2021-03-16")
    file = io.BytesIO()
    arrow.parquet.write_table(arrow.table({"headline": ["Levee"], "size": [3]}), file)
    assert read(tmp_path, "a.parquet", file.getvalue()).article.to_list() == ["a.parquet"]


# What was guessed, and how to overrule it


def test_guesses_are_shown_with_their_reasons(tmp_path):
    header = "id;Titel;Datum;Quelle;Volltext;Abstract;leer"
    row = f"7;Levee;03/04/2021;Post;{quoted(LEVEE)};{quoted(WALL)};"
    shown = cl.read_columns(folder_with(tmp_path, "a.csv", f"{header}\n{row}\n"))
    assert [
        tuple(use) for use in shown.drop(columns=["file", "example"]).itertuples(index=False)
    ] == [
        ("id", "", "name not known", ""),
        ("Titel", "title", "name", ""),
        ("Datum", "date", "name", "day first"),
        ("Quelle", "outlet", "name", ""),
        ("Volltext", "text", "name", ""),
        ("Abstract", "", "other column taken", ""),
        ("leer", "", "empty", ""),
    ]
    assert set(shown.file) == {"a.csv"}
    assert shown.example.to_list()[:4] == ["7", "Levee", "03/04/2021", "Post"]


def test_guesses_are_shown_for_each_table_and_for_those_without_texts(tmp_path):
    (tmp_path / "a.csv").write_text(f"title,text\nA,{quoted(LEVEE)}\nB,{quoted(BRIDGE)}\n")
    (tmp_path / "b.json").write_text(
        json.dumps([{"headline": "C", "link": "https://post.example/c"}])
    )
    (tmp_path / "c.txt").write_text(WALL)
    shown = cl.read_columns(tmp_path)
    assert shown.file.to_list() == ["a.csv", "a.csv", "b.json", "b.json"]
    assert shown.column.to_list() == ["title", "text", "title", "url"]
    assert list(cl.read_columns(folder_with(tmp_path, "d.txt", WALL)).columns) == list(
        shown.columns
    )


def test_the_codebook_overrules_guesses(tmp_path):
    data = f"Titel,Source,Abstract,Text\nLevee,Post,{quoted(WALL)},{quoted(LEVEE)}\n"
    assert roles(tmp_path, "a.csv", data, "text,Abstract\nunused,Source\n") == {
        "Titel": "title",
        "Abstract": "text",
    }
    # Names of the codebook that a table does not have, for others may have them.
    assert roles(tmp_path, "a.csv", data, "text,Volltext\ntext,text\ntitle,TITEL\n") == {
        "Titel": "title",
        "Source": "outlet",
        "Text": "text",
    }


def test_of_two_names_in_the_codebook_the_first_with_a_value_counts(tmp_path):
    rows = [{"long": LEVEE, "short": "Short."}, {"long": "", "short": WALL}]
    articles = read(tmp_path, "a.json", json.dumps(rows), "text,long\ntext,short\n")
    assert articles.text.to_list() == [LEVEE, WALL]


# Delimiters and quotation marks


def test_delimiters_are_those_that_fit_the_whole_file():
    body = f"A;1,5;{LEVEE}\nB;2,5;{BRIDGE}\n"
    assert find_layout(f"Titel;Wert;Text\n{body}").delimiter == ";"
    assert find_layout(f"Spalte 1;Spalte 2;Spalte 3\n{body}").delimiter == ";"
    assert find_layout(f"text\n{LEVEE}\n{BRIDGE}\n").header.names == ["text"]
    one_column = find_layout(f"text\n{LEVEE}\n{BRIDGE}\n")
    assert list(one_column.records())[1:] == [[LEVEE], [BRIDGE]]


QUOTATION_MARKS = {
    "doubled": 'title,text\nA,"He said ""go"" to the men, and left."\n',
    "with a backslash": 'title,text\nA,"He said \\"go\\" to the men, and left."\n',
    "inside": 'title,text\nA,"He said "go" to the men, and left."\n',
    "unquoted TSV": 'title\ttext\nA\tHe said "go" to the men, and left.\n',
    "unquoted semicolons": 'title;text\nA;He said "go" to the men, and left.\n',
    "unquoted last column": 'title,text\nA,He said "go" to the men, and left.\n',
}


def test_quotation_marks_are_read_as_they_are_meant(tmp_path):
    sentence = 'He said "go" to the men, and left.'
    failures = {}
    for kind, data in QUOTATION_MARKS.items():
        articles = read(tmp_path, "a.csv", data)
        if articles.text.to_list() != [sentence] or articles.title.to_list() != ["A"]:
            failures[kind] = (articles.text.to_list(), articles.problem.to_list())
    assert failures == {}


def test_a_quotation_mark_before_a_comma_of_the_sentence_does_not_end_the_cell(tmp_path):
    data = f'title,text\n"A","{LEVEE}"\n"B","He said "go", and left. {BRIDGE}"\n'
    articles = read(tmp_path, "a.csv", data)
    assert articles.text.to_list() == [LEVEE, f'He said "go", and left. {BRIDGE}']


def test_a_cell_of_a_table_with_tabs_may_begin_with_a_quotation(tmp_path):
    rows = [
        f'A\t"We left," she said. {LEVEE}',
        f'"We stay"\t"Go. {BRIDGE}',
        f'C\tgone," he said. {WALL}',
    ]
    articles = read(tmp_path, "a.tsv", "title\ttext\n" + "\n".join(rows) + "\n")
    assert articles.text.to_list() == [row.split("\t")[1] for row in rows]
    assert articles.title[1] == '"We stay"'


def test_line_breaks_in_quoted_cells_stay(tmp_path):
    text = f"{LEVEE}\n\n{BRIDGE}"
    for delimiter in ",;\t":
        data = f"title{delimiter}text\nA{delimiter}{quoted(text)}\nB{delimiter}{quoted(WALL)}\n"
        assert read(tmp_path, "a.csv", data).text.to_list() == [text, WALL]


def test_line_breaks_that_a_program_wrote_out_are_line_breaks(tmp_path):
    data = 'title,text\nA,"The levee broke.\\n\\nRain fell."\nB,"It lay in C:\\new, he said."\n'
    texts = read(tmp_path, "a.csv", data).text.to_list()
    assert texts == ["The levee broke.\n\nRain fell.", "It lay in C:\\new, he said."]


def test_rows_with_other_numbers_of_cells(tmp_path):
    header = "text,title,date"
    rows = [
        f"{quoted(LEVEE)},A",
        f"{quoted(BRIDGE)},B,2021-03-16,,",
        f"{quoted(WALL)},C,2021-03-16,x",
    ]
    articles = read(tmp_path, "a.csv", "\n".join([header, *rows]))
    assert articles.title.to_list() == ["A", "B", ""]
    assert articles.problem.astype(bool).to_list() == [False, False, True]


# Dates

DATES = {
    "2021-03-16": "16 March 2021|2021/03/16|Tuesday, March 16, 2021|2021-03-16T10:00:00Z|16.03.2021"
    "|16/03/2021|16.3.21|16 mars 2021|16. März 2021|Tue Mar 16 10:00:00 +0000 2021|1615852800"
    "|1615852800000|44271|44271.5|20210316|20210316101500|16-Mar-21|3/16/2021 10:04:00 AM"
    "|2021-03-16 10:00:00.000000 UTC|Mar 16, 2021 Tuesday|March 16, 2021 Tuesday, Late Edition"
    "|2021.03.16|2021年3月16日|le mardi 16 mars 2021 à 10h15|/Date(1615852800000)/|16 de marzo de 2021"
    "|Published: 16 March 2021|Tue, 16 Mar 2021 23:10:00 +0100|2021_03_16|20210316.0|1615852800.0",
    "2021-03-01/2021-03-31": "March 2021|März 2021|2021-03|202103|marzo de 2021|2021-3|03/2021",
    "2021-01-01/2021-12-31": "2021|2021.0",
    "2021-03-04/2021-04-03": "03/04/2021|3/4/21|04-03-2021 10:15",
    "": "yesterday|2021-02-30|12|0|120|Spring 2021|Q1 2021||16 March 2021 to 18 March 2021|n/a"
    "|3 hours ago|999999999999999999999999999",
}


def test_dates_in_cells_are_read_as_people_and_programs_write_them():
    wrong = {}
    for right, cells in DATES.items():
        first, _, last = right.partition("/")
        for cell in cells.split("|"):
            period = read_cell_date(cell)
            days = (period.first.isoformat(), period.last.isoformat()) if period else ("", "")
            if days != (first, last or first):
                wrong[cell] = days
    assert wrong == {}


ORDERS = {
    # dates, addresses, the order
    "16/03/2021 03/04/2021": ("", True),
    "3/16/2021 3/4/2021": ("", False),
    "3/16/2021 16/3/2021 3/4/2021": ("", None),
    "03/04/2021 05/06/2021": ("", None),
    "03/04/2021 03/05/2021": ("https://p.example/2021/04/03/a https://p.example/b", True),
    "03/04/2021 03/06/2021": ("https://p.example/a-20210304 https://p.example/b", False),
    "16.03.2021 03/04/2021": ("", True),
    "2021-03-16 03/04/2021": ("", None),
}


def test_the_order_of_day_and_month_is_that_of_the_whole_column():
    decided = {
        cells: decide_day_first([cells.split()], addresses.split())
        for cells, (addresses, _) in ORDERS.items()
    }
    assert decided == {cells: order for cells, (_, order) in ORDERS.items()}


def test_another_column_of_dates_shows_the_order_too():
    assert decide_day_first([["03/04/2021"], ["28/02/2021"]]) is True


def test_the_order_is_decided_beyond_the_first_rows(tmp_path):
    rows = [f"03/04/2021,{quoted(f'{LEVEE} {number}')}" for number in range(600)]
    rows.append(f"28/02/2021,{quoted(BRIDGE)}")
    articles = read(tmp_path, "a.csv", "\n".join(["date,text", *rows]))
    assert set(dates(articles)) == {("2021-04-03", "2021-04-03"), ("2021-02-28", "2021-02-28")}


def test_an_order_that_nothing_shows_is_left_open_until_the_codebook_says_it(tmp_path):
    data = f"date,text\n03/04/2021,{quoted(LEVEE)}\n"
    assert dates(read(tmp_path, "a.csv", data)) == [("2021-03-04", "2021-04-03")]
    day_first = read(tmp_path, "a.csv", data, "date day first,date\n")
    assert dates(day_first) == [("2021-04-03", "2021-04-03")]
    month_first = read(tmp_path, "a.csv", data, "date month first,date\n")
    assert dates(month_first) == [("2021-03-04", "2021-03-04")]
    german = data.replace("date,", "Datum,")
    assert dates(read(tmp_path, "a.csv", german)) == [("2021-04-03", "2021-04-03")]


def test_the_column_of_a_date_is_named(tmp_path):
    data = f"Datum;Text\n16.03.2021;{quoted(LEVEE)}\ngestern;{quoted(BRIDGE)}\n;{quoted(WALL)}\n"
    articles = read(tmp_path, "a.csv", data)
    assert articles.dated_by.to_list() == ["column", "", ""]
    assert articles.date_note.to_list() == [
        problems.date_column("Datum"),
        problems.date_not_understood(problems.date_column("Datum"), "gestern"),
        "",
    ]


def test_year_month_and_day_may_have_columns_of_their_own(tmp_path):
    header = "Year,Month,Day,Body"
    rows = [f"2021,3,16,{quoted(LEVEE)}", f"2021,March,,{quoted(BRIDGE)}", f"2021,,,{quoted(WALL)}"]
    articles = read(tmp_path, "a.csv", "\n".join([header, *rows]))
    assert dates(articles) == [
        ("2021-03-16", "2021-03-16"),
        ("2021-03-01", "2021-03-31"),
        ("2021-01-01", "2021-12-31"),
    ]
    half = f"Date,Year,Text\nMarch 16,2021,{quoted(LEVEE)}\n"
    assert dates(read(tmp_path, "a.csv", half)) == [("2021-03-16", "2021-03-16")]
    assert period_of("2021", "13", "1").last.isoformat() == "2021-12-31"
    assert period_of("seven") is None


def test_the_column_that_names_publication_is_taken_before_others(tmp_path):
    row = {"date": "2021-03-20", "dateTimePub": "2021-03-16T09:00:00Z", "body": LEVEE}
    assert roles(tmp_path, "a.json", json.dumps([row])) == {"dateTimePub": "date", "body": "text"}
    events = f"SQLDATE,DATEADDED,text\n20210314,20210316101500,{quoted(LEVEE)}\n"
    assert dates(read(tmp_path, "a.csv", events)) == [("2021-03-16", "2021-03-16")]


def test_other_dates_are_not_the_date_of_publication(tmp_path):
    header = "title,event_date,crawl_date,birth date,text"
    row = f"A,2021-03-16,2021-03-17,1970-01-01,{quoted(LEVEE)}"
    article = read(tmp_path, "a.csv", f"{header}\n{row}\n").iloc[0]
    assert pd.isna(article.published_from)
    assert f"{article.saved:%Y-%m-%d}" == "2021-03-17"


# HTML

HTML = {
    "<p>One.</p><p>Two &amp; three.</p>": "One.\n\nTwo & three.",
    "<p class='lead'>One.</p>\n<p>Two<br/>lines.</p>": "One.\n\nTwo\nlines.",
    "One.<br><br>Two.": "One.\n\nTwo.",
    '<div><h2>Head</h2>One <b>bold</b> <a href="https://p.example/?a=1&amp;b=2">link</a>.</div>': "Head\n\nOne bold link.",
    "<p>It&#39;s &quot;late&quot;&hellip;</p>": 'It\'s "late"…',
    "&ldquo;Go,&rdquo; she said.": "“Go,” she said.",
    "Fish &amp;amp; chips": "Fish & chips",
    "&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;": "One.\n\nTwo.",
    "<p>if a &lt; b</p>": "if a < b",
    "5 < 6 and 7 > 6": "5 < 6 and 7 > 6",
    "a<b and b>c": "a<b and b>c",
    "Mail <anna@post.example> or AT&T; R&D": "Mail <anna@post.example> or AT&T; R&D",
    "<p>One.</p><script>var a = '<p>no</p>';</script><style>p{}</style><p>Two.</p>": "One.\n\nTwo.",
    "<!-- wp:paragraph -->\n<p>One.</p>\n<!-- /wp:paragraph -->": "One.",
    "<ul><li>One</li><li>Two</li></ul>": "One\nTwo",
    "<table><tr><td>a</td><td>b</td></tr></table>": "a b",
    "<![CDATA[<p>One.</p>]]>": "One.",
    "One <em>two</em>\n\nThree": "One two\n\nThree",
    "<html><head><title>no</title></head><body><p>One.</p></body></html>": "One.",
    "One.\nTwo.": "One.\nTwo.",
    "One&nbsp;two": "One\xa0two",
    "_x000D_\nOne_x000D_": "\r\nOne\r",
}


def test_tags_and_entities_become_what_a_reader_sees():
    wrong = {
        source: plain_text(source)
        for source in HTML
        if plain_text(source) != HTML[source].replace("\r\n", "\n")
    }
    assert wrong == {}


def test_tags_and_entities_do_not_take_quadratic_time():
    for piece in ("<p ", "<!-- ", "<a b=", "&amp", "<script>", "<", "&lt;p&gt;", " \n", '<a b="'):
        plain_text(piece * 50_000)


def test_html_in_every_kind_of_table_is_read(tmp_path):
    row = {
        "title": "Road &amp; wall",
        "text": "<p>The road was closed.</p><p>Two shops &amp; a bar.</p>",
    }
    files = {
        "a.jsonl": json.dumps(row),
        "b.json": json.dumps([row]),
        "c.csv": f"title,text\n{row['title']},{row['text']}\n",
    }
    for name, data in files.items():
        article = read(tmp_path, name, data).iloc[0]
        assert (article.title, article.text) == (
            "Road & wall",
            "The road was closed.\n\nTwo shops & a bar.",
        )


# JSON

ONE = {"title": "Levee", "text": LEVEE}
TWO = {"title": "Bridge", "text": BRIDGE}

JSON_DOCUMENTS = {
    "list": [ONE, TWO],
    "under a key": {"status": "ok", "articles": [ONE, TWO]},
    "under two keys": {"data": {"count": 2, "results": [ONE, TWO]}},
    "in a wrapper each": {
        "hits": {"hits": [{"_id": "1", "_source": ONE}, {"_id": "2", "_source": TWO}]}
    },
    "by id": {"a1": ONE, "b2": TWO},
    "columns of lists": {"title": ["Levee", "Bridge"], "text": [LEVEE, BRIDGE]},
    "columns by number": {
        "title": {"0": "Levee", "1": "Bridge"},
        "text": {"0": LEVEE, "1": BRIDGE},
    },
    "names and rows": {
        "columns": ["title", "text"],
        "data": [["Levee", LEVEE], ["Bridge", BRIDGE]],
    },
    "list of rows": [["title", "text"], ["Levee", LEVEE], ["Bridge", BRIDGE]],
    "several answers": [{"response": {"docs": [ONE]}}, {"response": {"docs": [TWO]}}],
    "nested values": [
        {
            "headline": {"main": "Levee"},
            "body": {"text": LEVEE},
            "source": {"id": 1, "title": "Post"},
        },
        {
            "headline": {"main": "Bridge"},
            "body": {"text": BRIDGE},
            "source": {"id": 1, "title": "Post"},
        },
    ],
    "lists of paragraphs": [
        {"title": "Levee", "text": [LEVEE]},
        {"title": "Bridge", "text": [{"type": "p", "text": BRIDGE}]},
    ],
}


def test_articles_are_found_however_a_json_document_holds_them(tmp_path):
    failures = {}
    for kind, document in JSON_DOCUMENTS.items():
        for name in ("a.json", "a.jsonl"):
            articles = read(tmp_path, name, json.dumps(document, indent=1))
            if articles.text.to_list() != [LEVEE, BRIDGE] or articles.title.to_list() != [
                "Levee",
                "Bridge",
            ]:
                failures[kind, name] = articles[["title", "text", "problem"]].to_dict("records")
    assert failures == {}


def test_json_written_in_other_ways_is_read(tmp_path):
    first, second = json.dumps(ONE), json.dumps(TWO)
    files = {
        "lines": f"{first}\n{second}\n",
        "lines with commas": f"{first},\n{second},\n",
        "one after the other": f"{first}{second}",
        "indented, one after the other": json.dumps(ONE, indent=1)
        + "\n"
        + json.dumps(TWO, indent=1),
        "with a byte order mark": f"\ufeff[{first},{second}]",
        "code around it": f"var articles = [{first}, {second}];",
        "UTF-16": f"[{first},{second}]".encode("utf-16"),
    }
    failures = {}
    for kind, data in files.items():
        for name in ("a.json", "a.ndjson"):
            texts = read(tmp_path, name, data).text.to_list()
            if texts != [LEVEE, BRIDGE]:
                failures[kind, name] = texts
    assert failures == {}


def test_one_json_object_is_one_article(tmp_path):
    page = {
        "headline": "Levee",
        "articleBody": LEVEE,
        "datePublished": "2021-03-16T10:00:00+01:00",
        "author": [{"@type": "Person", "name": "Anna Bell"}],
        "publisher": {"name": "The Post"},
        "image": [{"url": "https://post.example/a.jpg", "title": "A photo"}],
    }
    row = read(tmp_path, "a.json", json.dumps(page)).iloc[0]
    assert (row.article, row.title, row.text) == ("a.json#1", "Levee", LEVEE)
    assert (row.author, row.outlet, f"{row.published_from:%Y-%m-%d}") == (
        "Anna Bell",
        "The Post",
        "2021-03-16",
    )


def test_a_list_of_articles_counts_more_than_a_description_of_the_whole(tmp_path):
    feed = {
        "version": "https://jsonfeed.example/version/1.1",
        "title": "The Post",
        "description": f"News of the river. {LEVEE}",
        "items": [
            {
                "id": "1",
                "title": "Levee",
                "content_html": f"<p>{LEVEE}</p>",
                "date_published": "2021-03-16",
            },
            {
                "id": "2",
                "title": "Bridge",
                "content_text": BRIDGE,
                "authors": [{"name": "Anna Bell"}],
            },
        ],
    }
    articles = read(tmp_path, "a.json", json.dumps(feed))
    assert articles.text.to_list() == [LEVEE, BRIDGE]
    assert articles.author.to_list() == ["", "Anna Bell"]
    page = {"title": "Levee", "text": LEVEE, "related": [{"title": "Bridge", "text": BRIDGE}]}
    assert read(tmp_path, "a.json", json.dumps(page)).text.to_list() == [LEVEE]


def test_long_texts_under_names_that_are_not_known_are_read(tmp_path):
    document = {"meta": {"pages": 1}, "hits": [{"k1": "a", "k2": LEVEE}, {"k1": "b", "k2": BRIDGE}]}
    assert read(tmp_path, "a.json", json.dumps(document)).text.to_list() == [LEVEE, BRIDGE]


def test_objects_with_other_keys_are_read_by_theirs(tmp_path):
    rows = [ONE, {"headline": "Bridge", "body": BRIDGE}, {"x": 1}]
    articles = read(tmp_path, "a.json", json.dumps(rows))
    assert articles.text.to_list() == [LEVEE, BRIDGE, ""]
    assert articles.title.to_list()[:2] == ["Levee", "Bridge"]
    assert articles.problem.astype(bool).to_list() == [False, False, True]


def test_json_that_holds_no_articles_is_one_problem(tmp_path):
    files = [
        '{"name": "x", "version": 1}',
        "12",
        '"text"',
        "[1, 2]",
        "[]",
        "null",
        "[" * 100_000,
        "{",
    ]
    for data in files:
        articles = read(tmp_path, "a.json", data)
        assert articles.article.to_list() == ["a.json"]
        assert articles.problem[0]


def test_broken_json_names_the_line(tmp_path):
    files = {
        '[{"text": "a"},\n{"text": "b"},\n]': 3,
        '{"text": "a",\n "title": "b",\n}': 3,
        '[{"text": "a"},\n{"text": "b': 2,
        '[{"text": "a"}\n{"text": "b"}]': 2,
    }
    for data, line in files.items():
        with pytest.raises(BadInput, match=f"line {line}"):
            records_of_document(data)


# Spreadsheets

DATE_STYLE = 1  # the number of the cell format in STYLES that shows a date
STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>'
    '<xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Day(int):
    """The serial number of a day, in a cell that shows it as a date."""


def xlsx_of(
    sheets: dict[str, list[list]], *, hidden: tuple[str, ...] = (), merged: tuple[str, ...] = ()
) -> bytes:
    """Build an XLSX file without a library."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Default Extension="xml" ContentType="{kind}.sheet.main+xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        )
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{RELATIONS}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        entries = "".join(
            f'<sheet name="{name}" sheetId="{number}" r:id="r{number}" state="{"hidden" if name in hidden else "visible"}"/>'
            for number, name in enumerate(sheets, 1)
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{SHEET}" xmlns:r="{RELATIONS}"><sheets>{entries}</sheets></workbook>',
        )
        targets = "".join(
            f'<Relationship Id="r{number}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
            for number in range(1, len(sheets) + 1)
        )
        styles = f'<Relationship Id="s" Type="{RELATIONS}/styles" Target="styles.xml"/>'
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}">{targets}{styles}</Relationships>',
        )
        archive.writestr("xl/styles.xml", STYLES)
        for number, rows in enumerate(sheets.values(), 1):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", sheet_of(rows, merged))
    return file.getvalue()


def sheet_of(rows: list[list], merged: tuple[str, ...]) -> str:
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(
            cell_of(f"{chr(64 + column)}{number}", value) for column, value in enumerate(row, 1)
        )
        lines.append(f'<row r="{number}">{cells}</row>')
    merges = "".join(f'<mergeCell ref="{place}"/>' for place in merged)
    merges = f"<mergeCells>{merges}</mergeCells>" if merges else ""
    return f'<worksheet xmlns="{SHEET}"><sheetData>{"".join(lines)}</sheetData>{merges}</worksheet>'


def cell_of(place: str, value: object) -> str:
    if value in ("", None):
        return ""
    if isinstance(value, Day):
        return f'<c r="{place}" s="{DATE_STYLE}"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{place}"><v>{value}</v></c>'
    text = str(value).replace("&", "&amp;").replace("<", "&lt;")
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def ods_of(rows: list[list[str]]) -> bytes:
    """Build an ODS file of one sheet without a library."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = (
        f'<office:document-content xmlns:office="{office}:office:1.0" xmlns:table="{office}:table:1.0" '
        f'xmlns:text="{office}:text:1.0"><office:body><office:spreadsheet><table:table table:name="A">{lines}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr("content.xml", content)
    return file.getvalue()


HEADER = ["Titel", "Datum", "Quelle", "Text"]


def test_a_spreadsheet_is_read_below_its_search_with_dates_and_empty_rows(tmp_path):
    needs("python_calamine")
    rows = [
        ["Search: levee"],
        [],
        ["", *HEADER],
        ["", "Levee", Day(44271), "Post", LEVEE],
        [],
        ["", "Bridge", 44272, "Post", BRIDGE],
        ["", "Wall", "18.03.2021", "Post", WALL],
    ]
    articles = read(tmp_path, "a.xlsx", xlsx_of({"Sheet1": rows}))
    assert articles.article.to_list() == ["a.xlsx#1", "a.xlsx#2", "a.xlsx#3"]
    assert articles.text.to_list() == [LEVEE, BRIDGE, WALL]
    assert [first for first, _ in dates(articles)] == ["2021-03-16", "2021-03-17", "2021-03-18"]
    assert set(articles.outlet) == {"Post"}
    assert set(articles.date_note) == {"column Datum"}


def test_several_sheets_are_read_and_hidden_ones_are_not(tmp_path):
    needs("python_calamine")
    one = [HEADER, ["Levee", "16.03.2021", "Post", LEVEE]]
    two = [HEADER, ["Bridge", "17.03.2021", "Post", BRIDGE]]
    notes = [["Notes"], ["Exported by Anna Bell"]]
    data = xlsx_of({"May": one, "June": two, "Notes": notes, "Old": one}, hidden=("Old",))
    articles = read(tmp_path, "a.xlsx", data)
    assert articles.article.to_list() == ["a.xlsx/June#1", "a.xlsx/May#1"]
    only_hidden = xlsx_of({"Notes": notes, "Old": one}, hidden=("Old",))
    assert read(tmp_path, "a.xlsx", only_hidden).text.to_list() == [LEVEE]
    shown = cl.read_columns(folder_with(tmp_path, "a.xlsx", data))
    assert shown.file.drop_duplicates().to_list() == ["a.xlsx/June", "a.xlsx/May"]


def test_a_cell_merged_over_rows_stands_in_each(tmp_path):
    needs("python_calamine")
    rows = [HEADER, ["Levee", "", "Post", LEVEE], ["Bridge", "", "", BRIDGE]]
    articles = read(tmp_path, "a.xlsx", xlsx_of({"A": rows}, merged=("C2:C3",)))
    assert articles.outlet.to_list() == ["Post", "Post"]


def test_spreadsheets_without_articles_are_problems(tmp_path):
    needs("python_calamine")
    files = {
        "a.xlsx": xlsx_of({"A": [["name", "age"], ["Anna", 40]]}),
        "b.xlsx": xlsx_of({"A": []}),
        "c.xlsx": b"PK\x03\x04 damaged",
        "d.ods": b"PK\x03\x04 damaged",
        "e.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 damaged",
    }
    for name, data in files.items():
        articles = read(tmp_path, name, data)
        assert articles.article.to_list() == [name]
        assert articles.problem[0]


def test_a_spreadsheet_that_unpacks_to_too_much_is_not_opened(tmp_path):
    needs("python_calamine")
    data = xlsx_of({"A": [HEADER, ["Levee", "", "", "a" * 3_000_000]]})
    assert read(tmp_path, "a.xlsx", data).problem.astype(bool).all()


def test_an_ods_spreadsheet_is_read(tmp_path):
    needs("python_calamine")
    articles = read(tmp_path, "a.ods", ods_of([HEADER, ["Levee", "16.03.2021", "Post", LEVEE]]))
    assert articles.text.to_list() == [LEVEE]
    assert dates(articles) == [("2021-03-16", "2021-03-16")]


def test_what_archives_call_xls_is_read(tmp_path):
    cells = ["Levee", "16/03/2021", "Post", LEVEE]
    head = "".join(f"<th>{name}</th>" for name in HEADER)
    body = "".join(f"<td>{cell}</td>" for cell in cells)
    xml = "".join(
        "<Row>"
        + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row)
        + "</Row>"
        for row in (HEADER, cells)
    )
    files = {
        "page": f"<html><body><table><tr>{head}</tr><tr>{body}</tr></table></body></html>",
        "page without ends": f"<table><tr>{head.replace('</th>', '')}<tr>{body.replace('</td>', '')}</table>",
        "xml": f'<?xml version="1.0"?><Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="A"><Table>{xml}</Table></Worksheet></Workbook>',
        "tabs": "\t".join(HEADER) + "\n" + "\t".join(cells) + "\n",
    }
    failures = {}
    for kind, data in files.items():
        articles = read(tmp_path, "a.xls", data)
        if articles.text.to_list() != [LEVEE] or dates(articles) != [("2021-03-16", "2021-03-16")]:
            failures[kind] = articles[["text", "problem"]].to_dict("records")
    assert failures == {}


def test_the_readers_of_tables_may_be_called_for_large_files():
    suffixes = (".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".xlsx", ".xls", ".ods", ".parquet")
    limits = Limits(1e6, {})
    assert {formats.max_bytes(f"a{suffix}", limits) for suffix in suffixes} == {limits.container}
