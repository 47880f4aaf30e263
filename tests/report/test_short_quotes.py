"""Quotations that may be published: no run of an article's words is longer than the limit, in any file."""

import json
import re
import zipfile
from base64 import b64encode

import nbformat.v4 as nb
import pandas as pd
import pytest
from bs4 import BeautifulSoup

import clippings as cl
from clippings.core.tables import make_table
from clippings.report.markup import join_markup, split_markup
from clippings.report.short_quotes import MOST_WORDS, Excerpts
from clippings.report.web_page import write_report
from helpers import files_below

SCRIPTS = {
    "Chinese": [chr(0x4E00 + number) for number in range(90)],
    "Japanese": [chr(0x3041 + number) for number in range(80)],
    "half-width Japanese": [chr(0xFF66 + number) for number in range(50)],
    "rare Chinese": [chr(0x20000 + number) for number in range(80)],
    "Thai": [chr(0xE01 + number) for number in range(46)],
    "Lao": [chr(0xE94 + number) for number in range(12)] * 4,
    "Khmer": [chr(0x1780 + number) for number in range(34)],
    "Burmese": [chr(0x1000 + number) for number in range(42)],
    "Javanese": [chr(0xA984 + number) for number in range(46)],
}
SPACED = {
    "English": "word{} ",
    "Korean": "낱말{} ",
    "Arabic": "كلمة{} ",
    "Russian": "слово{}, ",
    "with line separators": "word{}\u2028",
    "with next lines": "word{}\x85",
    "with markup": "<b>word{}</b> & ",
}


def longest_run(text: str, source: str) -> int:
    """The length of the longest stretch of letters of an article that a text repeats.

    Counted in letters, whatever the words are; a slow oracle that knows nothing of the library.
    """
    letters = "".join(re.findall(r"\w", text.casefold()))
    article = "".join(re.findall(r"\w", source.casefold()))
    length = 0
    for start in range(len(letters)):
        while letters[start : start + length + 1] in article and start + length < len(letters):
            length += 1
    return length


def text_in(script: str) -> str:
    """A text that repeats nothing, much longer than the limit."""
    if script in SCRIPTS:
        return "".join(SCRIPTS[script])
    return "".join(SPACED[script].format(number) for number in range(80))


@pytest.mark.parametrize("script", [*SCRIPTS, *SPACED])
def test_the_limit_holds_in_every_script(script):
    text = text_in(script)
    excerpts = Excerpts(pd.DataFrame({"text": [text]}))
    short = excerpts.shorten(text)
    beginning, rest = short.split("…")
    assert text.startswith(beginning) and not re.search(r"\w", rest)
    units = [*beginning] if script in SCRIPTS else re.findall(r"\d+", beginning)
    if script == "with markup":  # as plain text, the names of elements are words too
        assert len(units) == MOST_WORDS // 3
    else:
        assert len(units) == MOST_WORDS
    assert excerpts.shorten(beginning) == beginning


def test_a_mixed_text_is_counted_in_words_and_characters():
    text = "".join(f"word{number} {chr(0x4E00 + number)}" for number in range(40))
    short = Excerpts(pd.DataFrame({"text": [text]})).shorten(text)
    assert len(re.findall(r"word\d+|[\u4e00-\u9fff]", short)) == MOST_WORDS


def test_titles_are_quotable_too():
    title = " ".join(f"title{number}" for number in range(54))
    excerpts = Excerpts(make_table("articles", [{"article": "a.txt", "title": title, "text": "x"}]))
    assert len(re.findall(r"title\d+", excerpts.shorten(title))) == MOST_WORDS


def test_runs_are_cut_across_elements_and_in_attributes():
    words = [f"w{number}" for number in range(60)]
    excerpts = Excerpts(pd.DataFrame({"text": [" ".join(words)]}))
    assert excerpts.shorten(" ".join(words)) == f"{' '.join(words[:25])}…"
    assert excerpts.shorten(f"x {' '.join(words[10:40])} y") == f"x {' '.join(words[10:35])}… y"
    assert excerpts.shorten(" ".join(words[:25])) == " ".join(words[:25])
    html = f'<p title="{" ".join(words)}">{" ".join(words[:20])} <b>{" ".join(words[20:30])}</b> &amp; z</p>'
    assert excerpts.shorten_html(html) == (
        f'<p title="{" ".join(words[:25])}…">{" ".join(words[:20])} <b>{" ".join(words[20:25])}…</b> &amp; z</p>'
    )


HTML_FORMS = {
    "text": "<p>{}</p>",
    "paragraphs": "<p>{0}</p>",
    "double quotes": '<p title="{}">x</p>',
    "single quotes": "<p title='{}'>x</p>",
    "blanks around the sign": '<p title = "{}">x</p>',
    "sign in a value": '<p data-x=">" title="{}">x</p>',
    "alternative text": '<img alt="{}">',
    "label of a chart": '<svg role="img" aria-label="{}"><g viewBox="0 0 1 1"/></svg>',
    "title of a chart": "<svg><title>{}</title><text>x</text></svg>",
    "comment": "<svg><!-- {} --></svg>",
    "heading": "<h1>{}</h1>",
    "table": "<table><tr><td>{}</td></tr></table>",
    "text without end": "<p>{}",
}


@pytest.mark.parametrize("form", HTML_FORMS.values(), ids=HTML_FORMS.keys())
@pytest.mark.parametrize("script", ["English", "Chinese"])
def test_every_place_of_a_page_is_cut(form, script):
    text = text_in(script).strip()
    excerpts = Excerpts(pd.DataFrame({"text": [text]}))
    short = excerpts.shorten_html(form.format(text))
    longest = "".join(re.findall(r"\w", excerpts.shorten(text)))
    assert longest_run(short, text) == len(longest)
    tags = [tag.name for tag in BeautifulSoup(form, "html.parser").find_all(True)]
    assert [tag.name for tag in BeautifulSoup(short, "html.parser").find_all(True)] == tags


def test_cells_that_follow_one_another_are_one_text():
    words = [f"w{number}" for number in range(60)]
    excerpts = Excerpts(pd.DataFrame({"text": [" ".join(words)]}))
    short = excerpts.shorten_texts([" ".join(words[:20]), " ".join(words[20:40]), "end"])
    assert short == [" ".join(words[:20]), f"{' '.join(words[20:25])}…", "end"]
    same = [f"{' '.join(words[:20])} other", " ".join(words[20:40])]
    assert excerpts.shorten_texts(same) == same


def test_a_text_that_repeats_itself_is_cut():
    excerpts = Excerpts(pd.DataFrame({"text": ["again " * 100]}))
    short = excerpts.shorten_texts(["again " * 30, "again " * 30])
    assert "".join(short).count("again") == MOST_WORDS


PAGES = [
    '<p class="a">b &amp; c</p>',
    "<p>a<br/>b<!-- c --><style>p > a {}</style></p>",
    '<?xml version="1.0"?><!DOCTYPE svg><svg viewBox="0 0 1 1"><![CDATA[x]]></svg>',
    "a < b & c &lt d &#233; <",
    "<p title='\"'>\u2028\x85\r\n</p>\n\n<b>",
    "",
]


def test_markup_is_put_together_as_it_was():
    assert [page for page in PAGES if join_markup(split_markup(page)) != page] == []
    nothing = Excerpts(pd.DataFrame({"text": [""]}))
    assert [page for page in PAGES if nothing.shorten_html(page) != page] == []


# A whole report, without running notebooks


def write_short_report(folder, articles: pd.DataFrame, codebook: dict[str, pd.DataFrame]) -> None:
    """Write a short report with every kind of file; the notebooks' outputs are made here."""
    passages = cl.find_passages(articles)
    tables = {
        "articles": articles,
        "passages": passages,
        "mentions": cl.find_mentions(passages, codebook["actors"]),
        "phrases": cl.find_phrases(passages, r"\w+"),
    }
    cl.write_tables(tables, folder)
    counts = cl.count_words(passages, by=["article", "label"]).merge(articles[["article", "title"]])
    chart = cl.chart_zones(counts)
    chart.set_label(f"Alternative text: {articles.title[0]}")
    cl.write_chart(chart, counts, passages, folder, "zones", {"About": articles.text[0][:400]})
    (folder / "codebook").mkdir()
    rows = pd.DataFrame(
        [
            {
                "table": "passages",
                "article": articles.article[0],
                "start": "0",
                "text": articles.text[0].strip(),
                "label": "",
                "verdict": "no",
                "note": "",
            }
        ]
    )
    cl.write_codebook(folder, "verdicts", rows, seen="")
    manifest = {"articles": dict.fromkeys(articles.article, "0"), "note": articles.title[0]}
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False))
    data, metadata = chart._repr_mimebundle_()
    data["image/png"] = b64encode(data["image/png"]).decode()
    html = [
        cl.show_evidence(passages, articles).html,
        cl.show_article(articles, articles.article[0]).html,
    ]
    outputs = [
        nb.new_output("display_data", data, metadata=metadata),
        *[nb.new_output("display_data", {"text/html": page}) for page in html],
        nb.new_output("stream", name="stdout", text=articles.text[0]),
        nb.new_output("execute_result", {"text/html": articles[["title", "text"]].to_html()}),
    ]
    cells = [
        nb.new_markdown_cell(f"# {articles.title[0]}\n\n## Two"),
        nb.new_code_cell("", outputs=outputs),
    ]
    cells[1]["execution_count"] = 1
    write_report(folder, articles.title[0], [nb.new_notebook(cells=cells)], articles, short=True)


def contents_of(folder) -> dict[str, str]:
    """What a reader, or a program that reads the files, gets of each file."""
    pypdf = pytest.importorskip("pypdf")
    contents = {}
    for name, data in files_below(folder).items():
        if name.endswith((".docx", ".pptx")):
            with zipfile.ZipFile(folder / name) as parts:
                for part in parts.namelist():
                    if part.endswith(".xml"):
                        parsed = BeautifulSoup(parts.read(part), "html.parser")
                        contents[f"{name}/{part}"] = parsed.get_text()
                        contents[f"{name}/{part} attributes"] = attributes_of(parsed)
        elif name.endswith((".html", ".svg")):
            parsed = BeautifulSoup(data.decode(), "html.parser")
            contents[name] = parsed.get_text(" ")
            contents[f"{name} attributes"] = attributes_of(parsed)
        elif name.endswith(".pdf"):
            pages = pypdf.PdfReader(folder / name).pages
            contents[name] = " ".join(page.extract_text() for page in pages)
        elif not name.endswith(".png"):
            contents[name] = data.decode()
    return contents


def repeats(content: str, sources: list[str], unit: str) -> bool:
    """Tell whether a content repeats too many units of a source in a row; knows no code of ours."""
    runs = set()
    for source in sources:
        units = re.findall(unit, source.casefold())
        runs |= {tuple(units[at : at + MOST_WORDS + 1]) for at in range(len(units) - MOST_WORDS)}
    units = re.findall(unit, content.casefold())
    return any(tuple(units[at : at + MOST_WORDS + 1]) in runs for at in range(len(units)))


def attributes_of(parsed) -> str:
    return "\n".join(str(value) for tag in parsed.find_all(True) for value in tag.attrs.values())


@pytest.mark.parametrize("script", ["English", "Chinese", "Thai", "with markup"])
def test_no_file_of_a_short_report_holds_a_long_run(tmp_path, script):
    pytest.importorskip("docx")
    text = (
        f"A headline of the page\n\n{text_in(script)} and it fell. It rose.\n\nMore of it here.\n"
    )
    title = (
        " ".join(f"title{number}" for number in range(54)) if script != "Thai" else text_in("Thai")
    )
    rows = [
        {"article": "a.txt", "title": title, "text": text},
        {"article": f"{text_in(script)[:60].replace('/', '')}.txt", "title": "b", "text": text},
        {
            "article": f"{' '.join('name' + str(n) for n in range(40))}.txt",
            "title": "c",
            "text": title,
        },
    ]
    articles = make_table("articles", rows)
    write_short_report(tmp_path, articles, cl.load_example()[1])
    sources = [*articles.text, *articles.title, *articles.article]
    unit = r"[^\W\x00-\x7f]" if script in SCRIPTS else r"\w+"
    contents = contents_of(tmp_path)
    assert len(contents) > 12
    assert {name for name, content in contents.items() if repeats(content, sources, unit)} == set()


def test_the_pdf_of_a_chart_that_quotes_too_much_is_deleted(tmp_path):
    articles = make_table("articles", [{"article": "a.txt", "text": text_in("English")}])
    titles = {"short": "River Lenn falls", "long": text_in("English")}
    for name, title in titles.items():
        figure = cl.chart_zones(
            pd.DataFrame({"article": ["a.txt"], "label": "body", "words": 80}), title=title
        )
        cl.write_chart(figure, articles[:0], articles[:0], tmp_path, name)
    excerpts = Excerpts(articles)
    excerpts.shorten_files(tmp_path)
    excerpts.check_files(tmp_path)
    assert [path.name for path in (tmp_path / "charts").glob("*.pdf")] == ["short.pdf"]


def test_the_guard_stops_a_report_that_still_quotes_too_much(tmp_path):
    articles = make_table("articles", [{"article": "a.txt", "text": text_in("Chinese")}])
    excerpts = Excerpts(articles)
    contents = {
        "a.txt": "{}",
        "a.html": "<p>{}</p>",
        "b.html": "<p title='{}'>x</p>",
        "c.html": "<!-- {} -->",
        "a.svg": "<svg><text>{}</text></svg>",
        "a.csv": "text\n{}\n",
        "codebook/themes.csv": "theme;side;term;near;not_near;note\n;;;;;{}\n",
        "codebook/events.csv": "# {}\nkind,trigger,modality,note\n",
        "manifest.json": '{{"{}": 1}}',
        "findings.jsonl": '{{"a": 1}}\n{{"a": ["{}"]}}\n',
    }
    (tmp_path / "codebook").mkdir()
    missed = []
    for name, content in contents.items():
        path = tmp_path / name
        path.write_text(content.format("x"), encoding="utf-8")
        excerpts.check_files(tmp_path)
        path.write_text(content.format(text_in("Chinese")), encoding="utf-8")
        try:
            excerpts.check_files(tmp_path)
            missed.append(name)
        except RuntimeError:
            path.unlink()
    assert missed == []


def test_a_codebook_in_the_form_of_a_spreadsheet_stays_in_it(tmp_path):
    (tmp_path / "codebook").mkdir()
    path = tmp_path / "codebook" / "themes.csv"
    text = text_in("English")
    excerpts = Excerpts(pd.DataFrame({"text": [text]}))
    header = "theme;side;term;near;not_near;note"
    whole = f"\ufeff# about\r\n{header}\r\nflood;for;flood;;;\u2028'=1, x\r\n"
    path.write_bytes(whole.encode())
    excerpts.shorten_files(tmp_path)
    assert path.read_bytes() == whole.encode()
    path.write_bytes(whole.replace("x", text).encode())
    excerpts.shorten_files(tmp_path)
    excerpts.check_files(tmp_path)
    assert path.read_bytes().startswith(whole.partition("x")[0].encode())
    assert cl.read_codebook(tmp_path)["themes"].theme.to_list() == ["flood"]


def test_a_comment_that_is_cut_takes_no_row_into_it(tmp_path):
    (tmp_path / "codebook").mkdir()
    words = [f"word{number}" for number in range(60)]
    lines = [f"# {' '.join(words[:30])}", "theme,side,term,near,not_near,note"]
    lines += ["rain,for,rain,,,", f"# {' '.join(words[:40])}", f"{' '.join(words[40:50])},for,x,,,"]
    path = tmp_path / "codebook" / "themes.csv"
    path.write_text("\n".join(lines))
    excerpts = Excerpts(pd.DataFrame({"text": [" ".join(words)]}))
    excerpts.shorten_files(tmp_path)
    excerpts.check_files(tmp_path)
    assert len(cl.read_codebook(tmp_path)["themes"]) == 2
