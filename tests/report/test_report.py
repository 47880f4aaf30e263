"""The report of two corpora: a page that needs nothing else, files that agree with it, the same bytes every time."""

import hashlib
import io
import json
import platform
import re
import shutil
import zipfile
from base64 import b64encode
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from urllib.parse import unquote, urlencode

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from jupyter_client.channels import ZMQSocketChannel

import clippings as cl
from clippings.__main__ import main
from clippings.core.tables import cited
from clippings.corpus.codebook import TABLES
from clippings.report import build as report
from clippings.report import notebooks
from clippings.report.build import Report, make_report
from clippings.report.export import EXTRA_FILES_VARIABLE
from clippings.report.notebooks import save_baseline
from clippings.report.page_script import read_page_script
from clippings.report.short_quotes import MOST_WORDS
from clippings.report.web_page import _scope
from clippings.report.word_file import write_document
from clippings.show.figure import INK, PAPER, anchor_of
from clippings.show.html import page_key
from clippings.show.matrices import PALE_CELL_INK
from helpers import FLOOD, ROOT, SEEDS, articles_of, files_below, lines_of
from in_process import make_reports_small, one_by_one, run_notebook_in_process

CHARTS = (
    "actors_over_time",
    "key_terms",
    "network",
    "origins",
    "repeats",
    "speakers",
    "stability",
    "themes",
    "timeline",
    "topics",
    "topics_over_time",
    "zones",
)
# The names of the articles in the brief: their outlet, or the first words of their titles
CLASH = "Internal clashes hit ISIS ranks"
DESERT = "Over 200 jihadis desert ISIS"
RIFTS = "Deadly rifts hit ISIS ranks"
BATTLE = "Mosul battle lays bare ISIL's"
REVOLT = "Islamic State foils planned revolt"
SUBJECT = (  # words of the seeds' own matter: a library for any corpus knows none of them
    *(
        "Mosul",
        "Raqqa",
        "Aleppo",
        "ISIS",
        "ISIL",
        "Daesh",
        "jihadi",
        "militant",
        "Kurd",
        "Peshmerga",
        "Iraq",
    ),
    *("Syria", "caliphate", "Reuters", "Diyaruna", "ARA News", "Baghdadi"),
)
SUBJECT_WORD = re.compile(rf"\b(?:{'|'.join(SUBJECT)})s?\b", re.IGNORECASE)


def report_in_process(folder: Path, out: Path, **options) -> Report:
    """A report whose notebooks run in this process, which is much faster than six kernels."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(report, "run_notebooks", one_by_one(run_notebook_in_process))
        return make_report(folder, out, progress=False, **options)


@pytest.fixture(scope="module")
def seeds_report(tmp_path_factory):
    made = report_in_process(SEEDS, tmp_path_factory.mktemp("out"))
    assert (made.unusable, made.changed) == ([], [])
    return made.folder


@pytest.fixture(scope="module")
def flood_report(tmp_path_factory):
    """Made twice: in this process, then by kernels in which strings are hashed otherwise, from files
    that were saved in another order. The first one is the previous report of the second."""
    out = tmp_path_factory.mktemp("out")
    corpus = shutil.copytree(FLOOD, tmp_path_factory.mktemp("corpus") / "flood")
    first = report_in_process(corpus, out).folder
    for path in sorted((path for path in corpus.rglob("*") if path.is_file()), reverse=True):
        content = path.read_bytes()
        path.unlink()
        path.write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONHASHSEED", "7")
        second = make_report(corpus, out, progress=False).folder
    assert first == second
    return second


@pytest.fixture(scope="module")
def short_report(tmp_path_factory):
    return report_in_process(SEEDS, tmp_path_factory.mktemp("out"), quotes="short").folder


@pytest.fixture(scope="module", params=["seeds", "flood"])
def made(request):
    """The folder of a report, and the articles, codebook and tables that it is about."""
    return request.getfixturevalue(f"{request.param}_report"), *request.getfixturevalue(
        request.param
    )


@pytest.fixture(scope="module")
def page(made):
    return BeautifulSoup((made[0] / "report.html").read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="module")
def brief(seeds_report, seeds):
    """The brief of the seeds as the page has it: template → sentences, each with the passages below it."""
    found = BeautifulSoup((seeds_report / "report.html").read_text(encoding="utf-8"), "html.parser")
    shown: list[tuple[str, list[str]]] = []
    for heading in found.find_all("h3"):
        for tag in heading.find_next_siblings():
            if tag.name == "h3":
                break
            if tag.name == "p":
                below = tag.find_next_sibling()
                passages = below.find_all("li") if below and below.name == "details" else []
                shown.append((words_of(tag), [words_of(passage) for passage in passages]))
    paragraphs = paragraphs_of(cl.compose_brief(seeds[2]))
    assert [words for words, _ in shown] == [" ".join(p.sentence) for p in paragraphs]
    answers: dict[str, list[tuple[str, list[str]]]] = {}
    for paragraph, answer in zip(paragraphs, shown, strict=True):
        for template in paragraph.template:
            answers.setdefault(template, []).append(answer)
    return answers


def paragraphs_of(composed: pd.DataFrame) -> list[pd.DataFrame]:
    """The sentences of each paragraph: those in a row that are based on the same rows share one."""
    composed = composed.assign(sentence=composed.sentence.str.split().str.join(" "))
    basis = composed[["section", "table", "rows"]]
    starts_paragraph = (basis != basis.shift()).any(axis=1)
    return [paragraph for _, paragraph in composed.groupby(starts_paragraph.cumsum())]


def words_of(tag) -> str:
    return " ".join(tag.get_text().split())


def texts_below(folder: Path) -> dict[str, str]:
    """Every file that contains words, and every part of a Word file."""
    found = {}
    for name, data in files_below(folder).items():
        if name.endswith((".docx", ".pptx")):
            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                found |= {
                    f"{name}/{part}": parts.read(part).decode()
                    for part in parts.namelist()
                    if part[-4:] in (".xml", "rels")
                }
        elif not name.endswith((".png", ".pdf")):
            found[name] = data.decode()
    return found


def test_the_page_asks_for_nothing_from_elsewhere(made, page):
    loading = ["link", "iframe", "object", "embed", "base", "form", "audio", "video"]
    assert page.find_all(loading) == []
    asking = (
        "src",
        "srcset",
        "href",
        "xlink:href",
        "action",
        "data",
        "poster",
        "background",
        "ping",
    )
    asked = [tag[name] for tag in page.find_all(True) for name in asking if tag.has_attr(name)]
    assert [value for value in asked if not value.startswith(("#", "data:image/"))] == []
    assert [
        tag.name for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)
    ] == []
    html = (made[0] / "report.html").read_text(encoding="utf-8")
    assert [
        url for url in re.findall(r"url\(\s*[\"']?([^)]*)\)", html) if not url.startswith("#")
    ] == []
    assert "@import" not in html
    (policy,) = page.find_all("meta", attrs={"http-equiv": True})
    assert policy["http-equiv"] == "Content-Security-Policy"
    allowed = dict(rule.strip().split(" ", 1) for rule in policy["content"].split(";"))
    assert allowed["default-src"] == "'none'"
    (script,) = page.find_all("script")
    assert not script.attrs
    digest = b64encode(hashlib.sha256(script.string.encode()).digest()).decode()
    assert allowed["script-src"] == f"'sha256-{digest}'"
    assert set(allowed) <= {
        "default-src",
        "script-src",
        "style-src",
        "img-src",
        "base-uri",
        "form-action",
    }


def test_every_anchor_of_the_contents_is_one_heading(page):
    anchors = [link["href"].removeprefix("#") for link in page.nav.find_all("a")]
    headings = [tag["id"] for tag in page.find_all(["h1", "h2"]) if tag.has_attr("id")]
    assert sorted(anchors) == sorted(headings)
    assert len(set(anchors)) == len(anchors)
    for link in page.nav.find_all("a"):
        assert words_of(link) == words_of(page.find(id=link["href"].removeprefix("#")))


def test_ids_are_unique_and_every_reference_finds_its_id(made, page):
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert sorted(ids) == sorted(set(ids))
    html = (made[0] / "report.html").read_text(encoding="utf-8")
    assert set(re.findall(r"(?:url\(|href=\")#([^)\"]+)", html)) <= set(ids)


def test_the_six_notebooks_are_there_under_their_titles_the_brief_first(page):
    paths = sorted((ROOT / "notebooks").glob("*.ipynb"))
    titles = []
    for path in paths:
        first_line = nbformat.read(path, as_version=4).cells[0].source.splitlines()[0]
        titles.append(re.sub(r"^# \d\. ", "", first_line))
    brief_first = titles[-1:] + titles[:-1]
    *chapters, pages = page.nav.ol.find_all("li", recursive=False)
    assert [words_of(item.a) for item in chapters] == brief_first
    assert pages.a["href"] == "#pages"
    assert [words_of(tag) for tag in page.find_all("h1")[1:]] == brief_first


def test_no_code_is_shown(page):
    assert re.findall(r"import \w+ as|\bcl\.\w+\(|\bCORPUS\b|<lambda>", page.get_text()) == []


def style_of(tag, page) -> str:
    """The style of an element, with that of its classes."""
    shared = dict(re.findall(r"^(?:\.(s\d+)){4}\{(.*)\}$", page.style.get_text(), re.MULTILINE))
    return ";".join(
        [tag.get("style", ""), *[shared.get(name, "") for name in tag.get("class", [])]]
    )


def test_numbers_on_dark_cells_are_not_taken_for_paper(page):
    drawn = [tag for figure in page.find_all("figure") for tag in figure.find_all("text")]
    assert [tag.get_text() for tag in drawn if PAPER in style_of(tag, page)] == []
    assert any(f"fill: {PALE_CELL_INK}" in style_of(tag, page) for tag in drawn)


def test_the_page_of_an_article_is_not_much_longer_than_its_text_and_hints(page):
    """Styles and links of marks once took ten times as much."""
    [shown] = page.select(".pages")
    markup = len(str(shown)) - len(shown.get_text())
    hints = sum(len(mark.get("title", "")) for mark in shown.find_all("mark"))
    marks = len(shown.find_all("mark"))
    assert marks > 500
    assert markup - hints < 80 * marks


def test_the_page_follows_light_and_dark(made, page):
    style = page.style.get_text()
    assert "color-scheme: light dark" in style
    assert "prefers-color-scheme: dark" in style
    assert INK not in (made[0] / "report.html").read_text(encoding="utf-8")


def test_the_page_names_no_place_on_the_machine(made):
    texts = texts_below(made[0])
    places = [str(made[0].parent), str(ROOT)]
    assert [name for name, data in texts.items() if any(place in data for place in places)] == []


def test_every_chart_has_its_files_and_its_words(made, page):
    charts = made[0] / "charts"
    kinds = ("svg", "png", "csv", "evidence.csv", "txt")
    assert {path.name for path in charts.iterdir()} == {
        f"{name}.{kind}" for name in CHARTS for kind in kinds
    }
    said = set()
    for name in CHARTS:
        title, alt, *copies = lines_of((charts / f"{name}.txt").read_text(encoding="utf-8"))
        others = {
            "zones": [],
            "repeats": [],
            "origins": ["Duplicates: merged with their origin"],
            "stability": ["Duplicates: included"],
        }
        assert copies == others.get(name, ["Duplicates: excluded"])
        assert alt.startswith("Alt text: ")
        assert title.rstrip(".").partition(" (")[0] in alt or name == "zones"
        assert (charts / f"{name}.png").read_bytes().startswith(b"\x89PNG")
        assert "</svg>" in (charts / f"{name}.svg").read_text(encoding="utf-8")
        said.add(alt.removeprefix("Alt text: "))
    assert {svg["aria-label"] for svg in page.select("figure > svg")} == said


def test_each_row_of_the_timeline_leads_to_its_days_and_reasons_and_they_to_their_page(made, page):
    _, articles, _, tables = made
    links = [
        link["xlink:href"][1:]
        for link in page.find(id="chart-timeline").find_all("a")
        if link.get("xlink:href")
    ]
    written = tables["dates"].query("label == 'article'")
    own = [
        anchor_of("timeline", urlencode({"label": "article", "article": name, "start": 0}))
        for name in written.article
    ]
    assert set(own) < set(links)
    for anchor, number in zip(own, written.index, strict=True):
        section = page.find("section", id=anchor)
        chain = cl.show_reasons(written.loc[[number]], tables["constraints"], articles).html
        assert words_of(section.find("table")) == words_of(BeautifulSoup(chain, "html.parser"))
        title, *reasons = section.find("table").find_all("a")
        key = page_key(written.article[number])
        assert title["href"] in (f"#at-{key}-0", f"#page-{key}")
        assert all(page.find("mark", id=reason["href"][1:]) for reason in reasons)
    assert all(page.find("section", id=anchor).find("table") for anchor in links)


def test_a_chart_written_again_is_the_same_bytes(made, tmp_path, monkeypatch):
    target, articles, _, tables = made
    monkeypatch.setenv(EXTRA_FILES_VARIABLE, "")
    titles = articles[["article", "title"]]
    zones = cl.count_words(tables["passages"], by=["article", "label"]).merge(titles)
    themes = speaking_for(tables["themes"])
    cells = cells_of(themes, titles)
    for folder in (tmp_path / "once", tmp_path / "again"):
        cl.write_chart(cl.chart_zones(zones), zones, tables["passages"], folder, "zones")
        cl.write_chart(
            cl.chart_themes(cells), cells, themes, folder, "themes", {"Duplicates": "excluded"}
        )
    written = files_below(tmp_path / "once")
    assert written == files_below(tmp_path / "again")
    assert {name: (target / name).read_bytes() for name in written} == written


def speaking_for(themes: pd.DataFrame) -> pd.DataFrame:
    return cl.drop_duplicates(themes).query("side == 'for'")


def cells_of(themes: pd.DataFrame, titles: pd.DataFrame) -> pd.DataFrame:
    return (
        themes.groupby(["label", "article", "duplicate_status"], as_index=False)
        .size()
        .merge(titles)
    )


def test_tables_and_findings_are_those_of_find_all(made, tmp_path):
    target, _, _, tables = made
    cl.write_tables(tables, tmp_path)
    assert {path.stem for path in (target / "tables").iterdir()} == set(tables)
    expected = files_below(tmp_path)
    assert {name: (target / name).read_bytes() for name in expected} == expected


def reported_by_several(claims: pd.DataFrame) -> pd.DataFrame:
    """The mentions of events that more than one article reports with certainty."""
    certain = claims[(claims.tier == "certain") & (claims.status != "rejected")]
    articles = certain.drop_duplicates(["label", "article"]).label.value_counts()
    return claims[claims.label.map(articles).fillna(0) > 1]


def test_the_notebooks_before_the_brief_found_the_same_rows(made, tmp_path):
    target, articles, codebook, tables = made
    themes = speaking_for(tables["themes"])
    quotes = cl.mark_verdicts(tables["quotes"], codebook["verdicts"])
    voices = cl.drop_duplicates(quotes.query("verdict != 'no'"))
    expected = {
        "zones.evidence": tables["passages"],
        "repeats.evidence": tables["repeats"],
        "themes": cells_of(themes, articles[["article", "title"]]),
        "themes.evidence": themes,
        "speakers": cl.count_words(voices, by=["label", "source_type", "anonymous"]),
        "speakers.evidence": voices,
        "network.evidence": cl.drop_duplicates(tables["mentions"]),
        "timeline": cl.add_titles(tables["dates"], articles),
        "timeline.evidence": tables["constraints"],
        "origins.evidence": reported_by_several(tables["claims"]),
    }
    cl.write_tables(expected, tmp_path)
    differing = [
        name
        for name in expected
        if (target / "charts" / f"{name}.csv").read_bytes()
        != (tmp_path / "tables" / f"{name}.csv").read_bytes()
    ]
    assert differing == []


def test_every_text_of_a_table_comes_back_from_its_file(made):
    target, _, _, tables = made
    for name, table in tables.items():
        back = cl.read_table(target / "tables" / f"{name}.csv")
        assert list(back.columns) == list(table.columns)
        for column in table.columns[[pd.api.types.is_string_dtype(kind) for kind in table.dtypes]]:
            assert back[column].tolist() == table[column].tolist()


def test_every_finding_slices_back_to_its_article(made):
    target, articles, _, tables = made
    texts = dict(zip(articles.article, articles.text, strict=True))
    found = [
        json.loads(line)
        for line in lines_of((target / "findings.jsonl").read_text(encoding="utf-8"))
    ]
    for each in found:
        text = texts[unquote(each["target"]["source"])]
        place, quotation = each["target"]["selector"]
        start, end = place["start"], place["end"]
        assert text[start:end] == quotation["exact"] == each["row"]["text"]
        assert text[:start].endswith(quotation.get("prefix", ""))
        assert text[end:].startswith(quotation.get("suffix", ""))
        assert (each["type"], each["body"]["value"]) == ("Annotation", each["row"]["label"])
    assert len({each["id"] for each in found}) == len({json.dumps(each["row"]) for each in found})
    rows = {name: len(table) for name, table in tables.items() if "start" in table.columns}
    told = pd.Series([each["row"]["table"] for each in found]).value_counts().to_dict()
    assert told == {name: number for name, number in rows.items() if number}


def test_the_manifest_names_files_versions_and_parameters(made):
    corpus = {"seeds": SEEDS, "flood": FLOOD}[made[0].name]
    manifest = json.loads((made[0] / "manifest.json").read_text(encoding="utf-8"))
    hashes = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in corpus.rglob("*.*")
    }
    assert manifest["articles"] == {
        name: value for name, value in hashes.items() if name.endswith(".txt")
    }
    assert manifest["codebook"] == {f"{name}.csv": hashes[f"{name}.csv"] for name in TABLES}
    assert {name: version(name) for name in manifest["versions"] if name != "python"} | {
        "python": platform.python_version()
    } == manifest["versions"]
    assert {"clippings", "pandas", "matplotlib", "nltk"} <= set(manifest["versions"])
    assert sorted(manifest["parameters"]) == [
        path.stem for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
    ]
    assert manifest["parameters"]["02_repeats"] == {
        "MIN_WORDS": "8",
        "MAX_EDITS": "0.15",
        "ARTICLE": '""',
    }
    assert manifest["parameters"]["03_themes"]["K"] == "None"


@pytest.mark.parametrize(
    ("template", "facts", "passage"),
    [
        (
            "themes.theme_most",
            ["military pressure", "five"],
            "continue the fight against ISIS in the suburbs",
        ),
        (
            "themes.theme_most",
            ["fear and morale", "four", "five"],
            "This has raised the outrage of local jihadis",
        ),
        (
            "accounts.aim",
            ["plot in Mosul"],
            "had quelled a plot to topple",
        ),
        (
            "themes.theme_most",
            ["collapse and support", "One other sentence"],
            "Over the last two months, the Islamic State group",
        ),
        (
            "speakers.most_words",
            ["Said Mamuzini"],
            "Kurdistan Democratic Party in Mosul media officer",
        ),
        (
            "speakers.some_unnamed",
            ["14 of the 58"],
            "A new wave of defections hit the ISIS ranks",
        ),
        (
            "repeats.within",
            [REVOLT, "214 words"],
            "Reuters reported that the militants killed 58",
        ),
        (
            "dates.likely",
            [CLASH, "US-led coalition announced", "Mosul declared liberated"],
            "bastion for ISIS",
        ),
        (
            "dates.likely",
            [DESERT, "SDF founded", "Raqqa lost"],
            "Syrian Democratic Forces (SDF)",
        ),
        (
            "dates.likely",
            [RIFTS, "Kobane retaken", "Suluk lost", "14 June 2015"],
            "nearby town of Sulug",
        ),
        (
            "dates.likely",
            [BATTLE, "Mosul offensive launched", "Mosul declared liberated"],
            "In early December",
        ),
        (
            "dates.likely",
            [REVOLT, "Mosul offensive imminent", "17 October 2016"],
            "those weapons on October 4",
        ),
        (
            "numbers.stated",
            ["Desertion", "“Over 200 jihadis” (“Over 200 jihadis desert ISIS…”)"],
            "Over 200 jihadis desert ISIS",
        ),
        (
            "numbers.stated",
            ["“Dozens of militants”"],
            "Dozens of militants have",
        ),
        (
            "events.proposed_dated",
            ["plot in Mosul", "Diyaruna"],
            "had quelled a plot to topple his leadership",
        ),
        (
            "events.proposed_dated",
            ["plot in Mosul", REVOLT],
            "has put down a planned revolt",
        ),
    ],
)
def test_the_page_answers_with_passages(brief, template, facts, passage):
    answers = [
        passages
        for sentence, passages in brief[template]
        if all(fact in sentence for fact in facts)
    ]
    assert len(answers) == 1
    assert any(passage in shown for shown in answers[0]), answers[0]


def test_every_sentence_of_the_brief_rests_on_passages(brief):
    sentences = [(sentence, passages) for own in brief.values() for sentence, passages in own]
    assert [sentence for sentence, passages in sentences if not passages] == []


def test_every_speaker_named_most_is_heard_below(brief, seeds):
    sentence, passages = brief["speakers.most_words"][0]
    quotes = seeds[2]["quotes"]
    assert sentence.count("(about ") == 5
    speakers = quotes.label[quotes.label != ""].unique()
    named = [speaker for speaker in speakers if f"{speaker} (about " in sentence]
    assert len(named) == 5
    for speaker in named:
        own = [" ".join(text.split())[:60] for text in quotes.text[quotes.label == speaker]]
        assert any(text in passage for text in own for passage in passages), speaker


def test_only_dated_articles_count_as_dated_below_the_title():
    articles = articles_of("One.", "Two.", "Three.")
    assert "dates unknown" in _scope(articles)
    day = pd.Timestamp("2021-03-16")
    articles.loc[[0, 1], ["published_from", "published_to"]] = day
    assert "two of which" in _scope(articles)
    articles.loc[2, ["published_from", "published_to"]] = day
    assert "of which" not in _scope(articles)
    assert "16 March 2021" in _scope(articles)


def test_the_voices_without_a_name_are_counted_once(brief, seeds):
    voices = cl.drop_duplicates(seeds[2]["quotes"])
    assert f"of the {len(voices)} " in brief["speakers.some_unnamed"][0][0]


def test_a_statement_that_the_analyst_refused_is_left_out_of_the_brief(seeds):
    articles, codebook, tables = seeds
    refused = cl.drop_duplicates(tables["quotes"]).query("label == 'Said Mamuzini'").iloc[0]
    row = {"table": "quotes", "article": refused.article, "text": refused.text, "verdict": "no"}
    verdicts = pd.DataFrame([dict.fromkeys(TABLES["verdicts"], "") | row], dtype="str")
    found = cl.find_all(articles, codebook | {"verdicts": verdicts})
    voices = cl.drop_duplicates(
        cl.mark_verdicts(found["quotes"], verdicts).query("verdict != 'no'")
    )
    sentences = cl.compose_brief(found).query("template.str.startswith('speakers.')")
    assert f" of the {len(voices)} statements" in " ".join(sentences.sentence)
    number = found["quotes"].index[found["quotes"].text == refused.text]
    assert not any(set(number) & set(cited(rows)) for rows in sentences.rows)


def test_no_word_of_the_seeds_stands_in_the_report_of_another_corpus(flood_report):
    texts = {
        name: text for name, text in texts_below(flood_report).items() if not name.endswith(".png")
    }
    assert {
        name: found for name, text in texts.items() if (found := set(SUBJECT_WORD.findall(text)))
    } == {}


def test_no_word_of_the_seeds_stands_in_the_library_or_the_notebooks():
    texts = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "lib").rglob("*.py")}
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        texts[path.name] = "\n".join(
            cell.source for cell in nbformat.read(path, as_version=4).cells
        )
    assert {
        name: found for name, text in texts.items() if (found := set(SUBJECT_WORD.findall(text)))
    } == {}


def test_two_runs_give_the_same_bytes_and_the_first_is_kept(flood_report):
    previous = flood_report.with_name("flood.previous")
    now, before = files_below(flood_report), files_below(previous)
    assert now.keys() == before.keys()
    assert [name for name in now if now[name] != before[name]] == []
    assert {path.name for path in flood_report.parent.iterdir()} <= {
        "flood",
        "flood.previous",
        "flood.lock",
        "flood.cache",
    }


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("1/0", r"01_wrong\.ipynb failed: ZeroDivisionError"),
        ("import os; os._exit(1)", r"01_wrong\.ipynb failed: its kernel"),
    ],
)
def test_a_run_that_fails_names_the_notebook_and_leaves_the_report(
    wrong, said, tmp_path, monkeypatch
):
    (tmp_path / "notebooks").mkdir()
    cells = [
        nbformat.v4.new_code_cell("OUT = ''", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(wrong),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "notebooks" / "01_wrong.ipynb")
    monkeypatch.setattr("clippings.report.notebooks.NOTEBOOKS", tmp_path / "notebooks")
    with pytest.MonkeyPatch.context() as patch:
        make_reports_small(patch, tmp_path)
        before = files_below(make_report(FLOOD, tmp_path / "out", progress=False).folder)
    with pytest.raises(RuntimeError, match=said):
        make_report(FLOOD, tmp_path / "out", progress=False)
    assert files_below(tmp_path / "out" / "flood") == before
    assert not (tmp_path / "out" / "flood.previous").exists()


@pytest.mark.parametrize("taken", [0, 2, 3])
def test_a_kernel_whose_port_was_taken_is_started_again(tmp_path, monkeypatch, taken):
    notebook, begun = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("6 * 7")]), []
    real = notebooks.NotebookClient.async_execute
    run = notebooks.NotebookRun(notebook, tmp_path, "x.ipynb")

    async def execute(client, **options):
        begun.append(client)
        if len(begun) <= taken:
            raise RuntimeError("Kernel died before replying to kernel_info")
        return await real(client, **options)

    monkeypatch.setattr(notebooks.NotebookClient, "async_execute", execute)
    if taken == 3:
        with pytest.raises(RuntimeError, match="kernel_info"):
            notebooks.run_notebooks([run])
    else:
        notebooks.run_notebooks([run])
        assert notebook.cells[0].outputs[0].data["text/plain"] == "42"
    assert len(begun) == min(taken + 1, 3)


def test_no_message_is_sent_while_an_answer_is_awaited(tmp_path, monkeypatch):
    """A widget's message on that socket could hide the answer, and a report waited for ever (nbclient issue 312)."""
    source = "import ipywidgets\nout = ipywidgets.Output()\nwith out:\n    print('inside')\nout"
    cells = [
        nbformat.v4.new_code_cell("OUT = ''", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(source),
    ]
    path = tmp_path / "01_widget.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    sent = []
    real = ZMQSocketChannel.send
    monkeypatch.setattr(
        ZMQSocketChannel,
        "send",
        lambda self, msg: (sent.append(msg["msg_type"]), real(self, msg))[1],
    )
    save_baseline([path], progress=False)
    assert "execute_request" in sent
    assert "comm_msg" not in sent


WORDS = re.compile(r"\w+")


def long_runs(texts: dict[str, str], articles: pd.DataFrame, limit: int) -> dict[str, str]:
    """Files with a run of more words of an article than that, and one such run."""
    runs = set()
    for text in articles.text:
        words = WORDS.findall(text.casefold())
        runs |= {tuple(words[at : at + limit + 1]) for at in range(len(words) - limit)}
    found = {}
    for name, text in texts.items():
        words = WORDS.findall(text.casefold())
        run = next(
            (run for at in range(len(words)) if (run := tuple(words[at : at + limit + 1])) in runs),
            None,
        )
        found |= {name: " ".join(run)} if run else {}
    return found


def strings(value) -> list[str]:
    """The texts in a value of JSON."""
    if isinstance(value, dict | list):
        inside = value.values() if isinstance(value, dict) else value
        return [text for each in inside for text in strings(each)]
    return [value] if isinstance(value, str) else []


def told_in(texts: dict[str, str]) -> dict[str, str]:
    """What a reader, or a program that reads the files, gets of them: words of elements, of attributes, of strings."""
    told = {}
    for name, text in texts.items():
        if name.endswith((".html", ".svg", ".xml", ".rels")):
            inline = "" if ".docx/" in name else " "  # a word may be in two runs of Word's
            parsed = BeautifulSoup(
                (text.partition("?>")[2] or text).replace("</w:p>", "\n</w:p>"), "html.parser"
            )
            attributes = [value for tag in parsed.find_all(True) for value in tag.attrs.values()]
            told |= {
                name: parsed.get_text(inline),
                f"{name} attributes": "\n".join(map(str, attributes)),
            }
        elif name.endswith(".jsonl"):
            told[name] = "\n".join(
                text for line in lines_of(text) for text in strings(json.loads(line))
            )
        else:
            told[name] = text
    return told


def test_short_quotations_leave_no_long_run_of_an_article_in_any_file(
    short_report, seeds_report, seeds
):
    articles = seeds[0]
    assert long_runs(told_in(texts_below(short_report)), articles, MOST_WORDS) == {}
    whole = long_runs(told_in(texts_below(seeds_report)), articles, MOST_WORDS)
    assert {
        "report.html",
        "report.docx/word/document.xml",
        "findings.jsonl",
        "tables/articles.csv",
    } <= set(whole)
    page = (short_report / "report.html").read_text(encoding="utf-8")
    assert "<article" not in page
    assert f"No quotation is longer than {MOST_WORDS} words." in page
    assert (
        json.loads((short_report / "manifest.json").read_text(encoding="utf-8"))["quotes"]
        == "short"
    )


def test_a_short_report_has_no_search_but_its_tables_can_be_sorted(short_report):
    """Without the pages of articles, a search would find less than a reader expects."""
    html = (short_report / "report.html").read_text(encoding="utf-8")
    page = BeautifulSoup(html, "html.parser")
    assert page.find(role="search") is None
    assert page.select("table.reader-table")
    # The script was not changed when quotations were shortened, so the browser runs it.
    assert f"script-src {read_page_script().policy};" in html
    assert page.script.string == read_page_script().source


def test_short_findings_still_point_to_their_places(short_report, seeds_report, seeds):
    texts = dict(zip(seeds[0].article, seeds[0].text, strict=True))
    short, whole = (
        [
            json.loads(line)
            for line in lines_of((folder / "findings.jsonl").read_text(encoding="utf-8"))
        ]
        for folder in (short_report, seeds_report)
    )
    assert [each["id"] for each in short] == [each["id"] for each in whole]
    for each in short:
        place, quotation = each["target"]["selector"]
        text = texts[unquote(each["target"]["source"])][place["start"] : place["end"]]
        assert text.startswith(quotation["exact"])
        assert quotation["exact"] or not text


def test_the_word_file_has_what_the_page_has(made, page):
    docx = pytest.importorskip("docx")
    document = docx.Document(str(made[0] / "report.docx"))
    told = [" ".join(paragraph.text.split()) for paragraph in document.paragraphs]
    headings = [words_of(tag) for tag in page.find_all(["h1", "h2", "h3"])]
    assert [text for text in headings[1:] if text not in told and text != "The pages"] == []
    alts = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert alts == [figure.svg["aria-label"] for figure in page.find_all("figure")]
    column = document.sections[0].page_width - 2 * document.sections[0].left_margin
    assert {abs(shape.width - column) < 20000 for shape in document.inline_shapes} == {True}
    captions = [
        paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Caption"
    ]
    assert len([text for text in captions if text.startswith("Figure ")]) == len(alts)
    assert (
        len([text for text in captions if text.startswith("Table ")]) == len(document.tables) > 10
    )
    paragraphs = [" ".join(p.sentence) for p in paragraphs_of(cl.compose_brief(made[3]))]
    assert [words for words in paragraphs if words not in told] == []


def test_the_word_file_tells_no_time(made):
    with zipfile.ZipFile(made[0] / "report.docx") as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01" in parts.read("docProps/core.xml")


def test_without_the_extra_a_line_names_the_command(tmp_path, monkeypatch, capsys):
    (tmp_path / "flood").mkdir()
    monkeypatch.setattr(
        "clippings.__main__.make_report", lambda *_, **__: Report(tmp_path / "flood", [], [])
    )
    for module in ("word_file", "slides_file"):
        monkeypatch.setattr(f"clippings.report.{module}.find_spec", lambda name: None)
    assert main(["report", str(FLOOD), "--quiet", "--slides"]) == 0
    line = capsys.readouterr().out.splitlines()[0]
    assert "report.docx" in line and "report.pptx" in line
    assert "pip install -e '.[report]'" in line


@pytest.mark.parametrize("jobs", ["0", "x", "-1", "2.5", "257", ""])
def test_a_number_of_processes_that_cannot_be_is_wrong_usage(jobs, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["report", str(FLOOD), f"--jobs={jobs}"])
    assert stopped.value.code == 2
    assert f"argument --jobs: {jobs!r} is not a number from 1 to 256" in capsys.readouterr().err


def test_many_processes_are_given_the_work_and_share_the_cache(seeds, tmp_path, monkeypatch):
    given = {}

    @contextmanager
    def processes(*values):
        given["processes"] = values
        yield "an executor"
        given["ended"] = True

    def record(name, result=None):
        def called(*_, **options):
            given[name] = options
            return result

        monkeypatch.setattr(report, name, called)

    make_reports_small(monkeypatch, tmp_path)
    monkeypatch.setattr(report, "processes", processes)
    record("read_articles", seeds[0])
    record("find_all")
    make_report(SEEDS, tmp_path / "out", jobs=2, progress=False)
    assert given["processes"] == (2, "")
    options = {"executor": "an executor", "cache_dir": tmp_path / "out" / "seeds.cache"}
    assert (given["read_articles"], given["find_all"]) == (options, options)
    assert given["ended"]


def test_strange_characters_do_not_stop_the_word_file(tmp_path):
    docx = pytest.importorskip("docx")
    write_document(
        ["<p>a\x00b\x0bc\udc80 <mark>d</mark></p><table></table><details></details>"],
        {},
        "x\x01",
        tmp_path / "x.docx",
    )
    assert docx.Document(str(tmp_path / "x.docx")).paragraphs[1].text == "a\ufffdb\ufffdc\ufffd d"
