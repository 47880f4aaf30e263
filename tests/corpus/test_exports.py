"""Exports of news databases: each layout with the same stories, which quote marks and labels."""

import re
import time
from dataclasses import replace
from random import Random

import export_samples as samples
import pandas as pd
import pytest
from export_samples import SIMPLE, STORIES, Story

import clippings as cl
from clippings.core.tables import make_table
from clippings.corpus.exports.record import language_code, names_of
from clippings.corpus.exports.registry import read_export, rows_of_export
from clippings.corpus.exports.suspects import count_headed_articles
from clippings.corpus.rows import one_line


def page_text(story: Story, by: str = "By ") -> str:
    """Return the expected text of an article: headline, byline, story."""
    byline = [f"{by}{story.author}"] if story.author else []
    return one_line(" ".join([story.title, *byline, *story.paragraphs]))


def differences(rows: list, stories: list[Story], by: str = "By ") -> list[str]:
    """List the errors of a reader, one per line."""
    if len(rows) != len(stories):
        return [f"{len(rows)} articles: {[row.title for row in rows]}"]
    wrong = []
    for row, story in zip(rows, stories, strict=True):
        values = {
            "problem": (row.problem, ""),
            "title": (row.title, story.title),
            "outlet": (row.outlet, story.outlet),
            "date": ((row.published_from, row.published_to), (story.iso, story.iso)),
            "author": (row.author, ", ".join(filter(None, story.author.split(" and ")))),
            "text": (one_line(row.text), page_text(story, by)),
        }
        wrong += [
            f"{name}: {got!r} instead of {right!r}"
            for name, (got, right) in values.items()
            if got != right
        ]
    return wrong


TEXTS = {
    "Nexis": (samples.nexis_classic(STORIES), STORIES, "By "),
    "Nexis, older": (samples.nexis_academic(SIMPLE), SIMPLE, "By "),
    "Nexis in German": (samples.nexis_german(STORIES), STORIES, ""),
    "Nexis in French": (samples.nexis_french(STORIES), STORIES, ""),
    **{
        f"Nexis in {language}": (samples.nexis_in(language, STORIES), STORIES, "")
        for language in samples.NEXIS_IN_OTHER_LANGUAGES
    },
    "Nexis Uni": ("\n\n".join(samples.nexis_uni_paragraphs(STORIES)), STORIES, "By "),
    "Nexis Uni without a cover": (
        "\n\n".join(samples.nexis_uni_paragraphs(STORIES, with_cover=False)),
        STORIES,
        "By ",
    ),
    "Nexis Uni with page numbers": (
        "\n\n".join(samples.nexis_uni_paragraphs(STORIES, with_pages=True)),
        STORIES,
        "By ",
    ),
    "Factiva with codes": (samples.factiva_coded(STORIES), STORIES, "By "),
    "Factiva with tabs": (samples.factiva_coded(STORIES, gap="\t"), STORIES, "By "),
    "Factiva with codes on lines of their own": (
        samples.factiva_coded(STORIES, gap="\n"),
        STORIES,
        "By ",
    ),
    "Factiva with one blank": (samples.factiva_coded(SIMPLE, gap=" "), SIMPLE, "By "),
    "Factiva as displayed": (samples.factiva_displayed(STORIES), STORIES, "By "),
    "Factiva in German": (samples.factiva_displayed(STORIES, "Wörter"), STORIES, "By "),
    "ProQuest, older": (samples.proquest_old(STORIES), STORIES, "By "),
    "ProQuest, newer": (samples.proquest_new(STORIES), STORIES, "By "),
    "EBSCO": (samples.ebsco(STORIES), STORIES, "By "),
    "EBSCO without numbers": (samples.ebsco(STORIES, numbered=False), STORIES, "By "),
    "NewsBank labelled": (samples.newsbank_labelled(STORIES), STORIES, "By "),
    "NewsBank, older": (samples.newsbank_old(SIMPLE), SIMPLE, "By "),
    **{
        f"NewsBank, newer, with {foot}": (samples.newsbank_new(SIMPLE, foot), SIMPLE, "By ")
        for foot in (
            "citation and number",
            "citation",
            "MLA citation and gap",
            "number",
            "copyright",
        )
    },
    "Westlaw": (samples.westlaw(SIMPLE), SIMPLE, "By "),
    "Gale": (samples.gale(STORIES), STORIES, "By "),
    "PressReader": (samples.pressreader(STORIES), STORIES, "By "),
    "PressReader, printed": (samples.pressreader_printed(SIMPLE), SIMPLE, "By "),
    "Europresse": (samples.europresse_text(STORIES), STORIES, "By "),
    "labels": (samples.labelled(STORIES), STORIES, "By "),
    "German labels": (
        samples.labelled(SIMPLE, ("Titel", "Quelle", "Datum", "Autor", "Volltext")),
        SIMPLE,
        "By ",
    ),
    "French labels": (
        samples.labelled(SIMPLE, ("Titre", "Source", "Date", "Auteur", "Texte")),
        SIMPLE,
        "By ",
    ),
}


@pytest.mark.parametrize("layout", TEXTS)
def test_each_article_of_an_export_is_an_article(layout):
    text, stories, by = TEXTS[layout]
    assert differences(list(rows_of_export(read_export(text))), stories, by) == []


def with_line_ends(text: str, line_end: str) -> str:
    return text.replace("\n", line_end)


def without_gaps(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip())


def each_line_a_paragraph(text: str) -> str:
    """As in RTF files, where gaps show nothing."""
    return "\n\n".join(line.strip() for line in text.split("\n") if line.strip())


CHANGED = {
    "labels, each line a paragraph": (
        each_line_a_paragraph(samples.labelled(STORIES)),
        STORIES,
    ),
    "labels with the title last": (samples.labelled_title_last(STORIES), STORIES),
    "Nexis without marks": (samples.nexis_without_marks(SIMPLE), SIMPLE),
    "Nexis, each line a paragraph": (
        each_line_a_paragraph(samples.nexis_classic(STORIES)),
        STORIES,
    ),
    "Factiva as displayed, each line a paragraph": (
        each_line_a_paragraph(samples.factiva_displayed(STORIES)),
        STORIES,
    ),
    "Factiva with codes, each line a paragraph": (
        each_line_a_paragraph(samples.factiva_coded(STORIES)),
        STORIES,
    ),
    "ProQuest, each line a paragraph": (
        each_line_a_paragraph(samples.proquest_old(SIMPLE)),
        SIMPLE,
    ),
    "Nexis with CRLF": (with_line_ends(samples.nexis_classic(STORIES), "\r\n"), STORIES),
    "Nexis with CR": (with_line_ends(samples.nexis_classic(STORIES), "\r"), STORIES),
    "Nexis with form feeds": (
        samples.nexis_classic(STORIES).replace("All Rights Reserved\n", "All Rights Reserved\n\f"),
        STORIES,
    ),
    "Nexis of one article": (samples.nexis_classic(STORIES[:1]), STORIES[:1]),
    "Nexis, two exports in one file": (
        samples.nexis_classic(STORIES) + "\n\n" + samples.nexis_classic(STORIES[:2]),
        STORIES + STORIES[:2],
    ),
    "Nexis Uni of one article": (
        "\n\n".join(samples.nexis_uni_paragraphs(STORIES[1:2], with_cover=False)),
        STORIES[1:2],
    ),
    "Nexis Uni without empty lines": (
        "\n".join(samples.nexis_uni_paragraphs(SIMPLE)),
        SIMPLE,
    ),
    "Factiva with CRLF": (with_line_ends(samples.factiva_coded(STORIES), "\r\n"), STORIES),
    "Factiva as displayed, without empty lines": (
        without_gaps(samples.factiva_displayed(STORIES)),
        STORIES,
    ),
    "Factiva of one article": (samples.factiva_displayed(STORIES[:1]), STORIES[:1]),
    "ProQuest of one article": (samples.proquest_new(STORIES[:1]), STORIES[:1]),
    "ProQuest with CRLF": (with_line_ends(samples.proquest_old(STORIES), "\r\n"), STORIES),
    "EBSCO with CRLF": (with_line_ends(samples.ebsco(STORIES), "\r\n"), STORIES),
    "Europresse without empty lines": (without_gaps(samples.europresse_text(SIMPLE)), SIMPLE),
}


def test_other_line_ends_and_numbers_of_articles():
    wrong = {
        name: found
        for name, (text, stories) in CHANGED.items()
        if (found := differences(list(rows_of_export(read_export(text))), stories))
    }
    assert wrong == {}


# Labels of databases in other languages of the interface, for those of the English samples.
PROQUEST_LABELS = {
    "German": (
        "Titel:",
        "Publikationstitel:",
        "Publikationsdatum:",
        "Publikationssprache:",
        "ProQuest-Dokument-ID:",
        "Autor:",
        "Volltext:",
        "Datenbank:",
    ),
    "French": (
        "Titre :",
        "Titre de la publication :",
        "Date de publication :",
        "Langue de publication :",
        "ID du document ProQuest :",
        "Auteur :",
        "Texte intégral :",
        "Base de données :",
    ),
    "Spanish": (
        "Título:",
        "Título de publicación:",
        "Fecha de publicación:",
        "Idioma de la publicación:",
        "ID del documento de ProQuest:",
        "Autor:",
        "Texto completo:",
        "Base de datos:",
    ),
}
ENGLISH_PROQUEST_LABELS = (
    "Title:",
    "Publication title:",
    "Publication date:",
    "Language of publication:",
    "ProQuest document ID:",
    "Author:",
    "Full text:",
    "Database:",
)
EBSCO_LABELS = {
    "German": ("Titel:", "Autoren:", "Quelle:", "Datenbank:"),
    "French": ("Titre :", "Auteurs :", "Source :", "Base de données :"),
    "Spanish": ("Título:", "Autores:", "Fuente:", "Base de datos:"),
}
ENGLISH_EBSCO_LABELS = ("Title:", "Authors:", "Source:", "Database:")
LABELS = (
    ("Titolo", "Fonte", "Data", "Autore", "Testo"),
    ("Título", "Periódico", "Fecha", "Autor", "Texto"),
    ("Título", "Jornal", "Data", "Autor", "Texto"),
    ("Titel", "Bron", "Datum", "Auteur", "Tekst"),
    ("Titre ", "Source ", "Date ", "Auteur ", "Texte "),
    ("Überschrift", "Zeitung", "Erscheinungsdatum", "Autor", "Text"),
    ("Tytuł", "Źródło", "Data", "Autor", "Treść"),
)


def with_labels(text: str, english: tuple[str, ...], labels: tuple[str, ...]) -> str:
    """Return an export with other labels at the beginnings of its lines."""
    lines = text.split("\n")
    for old, new in zip(english, labels, strict=True):
        lines = [new + line.removeprefix(old) if line.startswith(old) else line for line in lines]
    return "\n".join(lines)


def test_exports_in_other_languages_of_the_interface():
    proquest = samples.proquest_new(STORIES)
    ebsco = samples.ebsco(STORIES)
    texts = {
        **{
            f"ProQuest in {language}": with_labels(proquest, ENGLISH_PROQUEST_LABELS, labels)
            for language, labels in PROQUEST_LABELS.items()
        },
        **{
            f"EBSCO in {language}": with_labels(ebsco, ENGLISH_EBSCO_LABELS, labels)
            for language, labels in EBSCO_LABELS.items()
        },
        **{labels[0] + labels[1]: samples.labelled(STORIES, labels) for labels in LABELS},
    }
    wrong = {
        name: found
        for name, text in texts.items()
        if (found := differences(list(rows_of_export(read_export(text))), STORIES))
    }
    assert wrong == {}


COVERS = {
    "name of a search": "My search results\n26 March 2021\n\n",
    "count": "3 documents\n\n",
    "contents": "Table of contents\n\n"
    + "\n".join(f"{number}. {story.title}" for number, story in enumerate(SIMPLE, 1))
    + "\n\n",
    "byte order mark": "\ufeff",
}


def test_what_stands_above_the_first_article_is_left_out():
    wrong = {}
    for layout, (text, stories, by) in TEXTS.items():
        if stories is not SIMPLE:
            continue
        for name, cover in COVERS.items():
            rows = list(rows_of_export(read_export(cover + text)))
            if found := differences(rows, stories, by):
                wrong[layout, name] = found
    assert wrong == {}


def test_articles_with_one_title_or_without_authors():
    same_title = [replace(story, title=SIMPLE[0].title, title_lines=[]) for story in SIMPLE]
    no_authors = [replace(story, author="", byline_lines=[]) for story in STORIES]
    writers = (
        samples.nexis_classic,
        samples.factiva_coded,
        samples.factiva_displayed,
        samples.proquest_old,
        samples.proquest_new,
        samples.ebsco,
        samples.newsbank_labelled,
        samples.gale,
        samples.pressreader,
        samples.europresse_text,
        samples.labelled,
    )
    wrong = {}
    for writer in writers:
        for stories in (same_title, no_authors):
            rows = list(rows_of_export(read_export(writer(stories))))
            if found := differences(rows, stories):
                wrong[writer.__name__, stories[0].author] = found
    assert wrong == {}


def test_factiva_documents_with_numbers_of_another_form():
    text = samples.factiva_displayed(SIMPLE)
    numbers = re.findall(r"(?m)^Document \S+$", text)
    assert len(numbers) == len(SIMPLE)
    for form in ("Document x-{}", "Document AB1{}", "Document TOLM/18/{} 7", "Dokument 2021-{}"):
        other = text
        for position, number in enumerate(numbers):
            other = other.replace(number, form.format(position))
        assert differences(list(rows_of_export(read_export(other))), SIMPLE) == []
    # Such a line in a story is not the end of it.
    quoting = [
        replace(SIMPLE[0], paragraphs=["It read:", "Document x-17", "Nobody knew."]),
        SIMPLE[1],
    ]
    rows = list(rows_of_export(read_export(samples.factiva_displayed(quoting))))
    assert differences(rows, quoting) == []


def test_references_are_recognised_whatever_the_name_of_their_file(tmp_path):
    for module in ("rispy", "bibtexparser"):
        pytest.importorskip(module)
    ris = samples.ris(STORIES)
    files = {
        "refs.txt": ris.encode(),
        "windows.txt": ("\ufeff" + with_line_ends(ris, "\r\n")).encode(),
        "cover.txt": ("Provider: Ostrand Library\nContent: text\n\n" + ris).encode(),
        "bib.txt": ("% exported\n" + samples.bibtex(STORIES)).encode(),
    }
    wrong = {}
    for name, data in files.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / name).write_bytes(data)
        articles = cl.read_articles(tmp_path / name)
        facts = list(zip(articles.title, articles.published_from.dt.day, strict=True))
        if facts != [(story.title, story.day) for story in STORIES]:
            wrong[name] = facts
    assert wrong == {}


PAGES = {
    "Factiva": (samples.factiva_page(STORIES), STORIES),
    "Factiva with codes": (samples.factiva_coded_page(SIMPLE), SIMPLE),
    "Europresse": (samples.europresse_page(STORIES), STORIES),
    "Nexis": (samples.page_of(samples.nexis_classic(STORIES)), STORIES),
    "Nexis Uni": (
        samples.page_of("\n\n".join(samples.nexis_uni_paragraphs(STORIES, with_cover=False))),
        STORIES,
    ),
    "ProQuest": (samples.page_of(samples.proquest_new(STORIES)), STORIES),
    "EBSCO": (samples.page_of(samples.ebsco(SIMPLE)), SIMPLE),
    "Gale": (samples.page_of(samples.gale(SIMPLE)), SIMPLE),
}


def test_exports_that_are_web_pages():
    pytest.importorskip("lxml.html")
    from clippings.corpus.exports.pages import read_export_page

    wrong = {
        name: found
        for name, (page, stories) in PAGES.items()
        if (found := differences(list(rows_of_export(read_export_page(page.encode()))), stories))
    }
    assert wrong == {}


def test_a_page_in_another_encoding():
    pytest.importorskip("lxml.html")
    from clippings.corpus.exports.pages import read_export_page

    page = samples.europresse_page(STORIES).replace("<head>", '<head><meta charset="windows-1252">')
    rows = list(rows_of_export(read_export_page(page.encode("cp1252"))))
    assert differences(rows, STORIES) == []


def read_folder(folder, **files: bytes) -> pd.DataFrame:
    for name, data in files.items():
        (folder / name.replace("__", ".")).write_bytes(data)
    return cl.read_articles(folder)


def test_files_that_are_exports_are_rows_of_a_folder(tmp_path):
    for module in ("docx", "rispy", "bibtexparser"):
        pytest.importorskip(module)
    files = {
        "uni__docx": (samples.docx_of(samples.nexis_uni_paragraphs(STORIES)), STORIES),
        "nexis__TXT": (samples.nexis_classic(STORIES).encode("cp1252"), STORIES),
        "factiva__html": (samples.factiva_page(STORIES).encode(), STORIES),
        "refs__ris": (samples.ris(STORIES).encode(), STORIES),
        "refs__bib": (samples.bibtex(SIMPLE).encode(), SIMPLE),
        "one__txt": (samples.nexis_classic(SIMPLE[:1]).encode(), SIMPLE[:1]),
    }
    other = b"The river rises\n\nThe river rose by a metre in a night, the mayor of Lund said."
    wrong = {}
    for name, (data, stories) in files.items():
        folder = tmp_path / name
        folder.mkdir()
        articles = read_folder(folder, **{name: data, "other__txt": other})
        rows = articles[articles.article != "other.txt"]
        rows = rows.assign(
            published_from=rows.published_from.dt.strftime("%Y-%m-%d"),
            published_to=rows.published_to.dt.strftime("%Y-%m-%d"),
        )
        file_name = name.replace("__", ".")
        ids = [f"{file_name}#{n}" for n in range(1, len(stories) + 1)]
        if name == "one__txt":
            ids = [file_name]
        if list(rows.article) != ids or len(articles) != len(stories) + 1:
            wrong[name] = list(articles.article)
        elif found := differences(list(rows.itertuples()), stories):
            wrong[name] = found
    assert wrong == {}


def test_an_article_that_an_export_holds_twice_is_used_once(tmp_path):
    text = samples.nexis_classic([*STORIES, STORIES[0]])
    articles = read_folder(tmp_path, nexis__txt=text.encode())
    assert list(articles.problem == "") == [True, True, True, False]


def test_the_story_of_each_article_of_an_export_is_story(tmp_path):
    wrong = set()
    for layout in ("Nexis", "Factiva as displayed", "ProQuest, older", "Europresse", "Gale"):
        rows = rows_of_export(read_export(TEXTS[layout][0]))
        for row, story in zip(rows, STORIES, strict=True):
            zones = {one_line(row.text[start:end]): zone for start, end, zone in zones_of(row.text)}
            wrong |= {
                (layout, paragraph[:40], zones.get(one_line(paragraph)))
                for paragraph in (story.paragraphs[0], story.paragraphs[-1])
                if "\t" not in "".join(story.paragraphs)  # a table may part a story
                and zones.get(one_line(paragraph)) != "body"
            }
            if zones.get(one_line("\n".join(story.title_lines))) != "headline":
                wrong.add((layout, story.title, zones.get(one_line(story.title))))
    assert wrong == set()


def zones_of(text: str) -> list[tuple[int, int, str]]:
    articles = make_table("articles", [{"article": "a.txt", "text": text}])
    passages = cl.find_passages(articles)
    return list(zip(passages.start, passages.end, passages.label, strict=True))


def test_a_numbered_article_without_a_known_head_is_an_article():
    text = samples.nexis_classic(STORIES)
    start = text.index("2 of 3 DOCUMENTS")
    second = text[start : text.index("3 of 3 DOCUMENTS")]
    bare = "2 of 3 DOCUMENTS\n\nA letter to the editor\n\nWhat about the levee?\n\n"
    rows = list(rows_of_export(read_export(text.replace(second, bare))))
    assert len(rows) == 3
    assert differences([rows[0], rows[2]], [STORIES[0], STORIES[2]]) == []


def test_a_month_or_year_is_a_span_of_days():
    month = samples.nexis_without_marks(SIMPLE).replace("March 17, 2021 Tuesday", "March 2021")
    rows = list(rows_of_export(read_export(month)))
    assert [(row.title, row.outlet) for row in rows] == [(s.title, s.outlet) for s in SIMPLE]
    assert (rows[1].published_from, rows[1].published_to) == ("2021-03-01", "2021-03-31")
    year = samples.labelled(SIMPLE).replace("Date: 17.03.2021", "Date: 2021")
    rows = list(rows_of_export(read_export(year)))
    assert (rows[1].published_from, rows[1].published_to) == ("2021-01-01", "2021-12-31")


def test_numbers_are_read_as_the_other_dates_of_an_export_show():
    def days(*dates: str) -> list[str]:
        text = samples.labelled(SIMPLE)
        for story, date in zip(SIMPLE, dates, strict=True):
            text = text.replace(f"{story.day}.03.2021", date)
        return [row.published_from for row in rows_of_export(read_export(text))]

    assert days("03/04/2021", "16/04/2021", "05/06/2021") == [
        "2021-04-03",
        "2021-04-16",
        "2021-06-05",
    ]
    assert days("03/04/2021", "04/16/2021", "05/06/2021") == [
        "2021-03-04",
        "2021-04-16",
        "2021-05-06",
    ]
    assert days("03/04/2021", "04/05/2021", "05/06/2021") == ["", "", ""]


def test_names_of_languages_and_authors():
    languages = ["English", "GERMAN; DEUTSCH", "français", "en-GB", "eng", "Dutch", "???"]
    assert [language_code(name) for name in languages] == ["en", "de", "fr", "en", "en", "nl", ""]
    bylines = {
        "By Jo Reed and Sam Hill": ["Jo Reed", "Sam Hill"],
        "Reed, Jo; Hill, Sam": ["Jo Reed", "Sam Hill"],
        "Von Anna Bell": ["Anna Bell"],
        "Jo Reed / Maria Lund": ["Jo Reed", "Maria Lund"],
        "Jo Reed, Sam Hill and Maria Lund": ["Jo Reed", "Sam Hill", "Maria Lund"],
        "By Jo Reed, Staff Writer": ["Jo Reed"],
        "Jo Reed jreed@post.example": ["Jo Reed"],
        "By Anna Bell in Lund": ["Anna Bell"],
        "By Reed, Jo": ["Jo Reed"],
        "Writer, Staff": [],
        "Di Lund, Maria": ["Maria Di Lund"],
        "": [],
    }
    assert {byline: names_of(byline) for byline in bylines} == bylines


def test_what_an_export_says_of_a_text_is_a_note(tmp_path):
    long = Story("Levee of Ostrand holds", "Valley Post", 16, ["The levee holds. " * 60], "Jo Reed")
    text = samples.nexis_classic([long, long, long])
    first, second, third = text.split("LENGTH: 180 words")[1:]
    head = text.split("LENGTH: 180 words")[0]
    changed = f"{head}LENGTH: 180 words{first}LENGTH: 950 words{second}LENGTH: 190 words{third}"
    rows = list(rows_of_export(read_export(changed)))
    assert [row.note for row in rows] == ["", "length_differs", ""]
    assert [row.stated_words for row in rows] == [180, 950, 190]
    without_text = samples.proquest_new(SIMPLE).replace(
        f"Full text: {SIMPLE[1].paragraphs[0]}\n\n{SIMPLE[1].paragraphs[1]}",
        "Abstract: Crews will strike.\n\nFull text: Not available.",
    )
    rows = list(rows_of_export(read_export(without_text)))
    assert [row.note for row in rows] == ["", "abstract", ""]
    assert rows[1].text.endswith("Crews will strike.")


def test_a_text_that_only_looks_like_an_export_stays_whole():
    paragraph = "The levee at Ostrand held on Monday night, the mayor of the town said. " * 3
    texts = {
        "a quoted mark": f"Levee holds\n\n{paragraph}\n\n1 of 3 DOCUMENTS\n\n{paragraph}",
        "a quoted end": f"Levee holds\n\n{paragraph}\n\nEnd of Document\n\n{paragraph}",
        "labels on top": f"Title: Levee\nDate: 16 March 2021\nSource: Post\n\n{paragraph}",
        "a list of titles": f"Levee\n\n{paragraph}\n\nTitle: a\nTitle: b\nTitle: c",
        "a timeline": "\n\n".join(f"{day} March 2021\n\n{paragraph}" for day in range(10, 20)),
        "a live blog": "\n\n".join(
            f"{hour}:04 GMT\n\nLevee of Ostrand holds again\n\n{paragraph}" for hour in range(9)
        ),
        "comments": f"Levee holds\n\n{paragraph}"
        + "".join(f"\n\nJo Reed\n\nMarch {day}, 2021\n\n{paragraph}" for day in range(10, 20)),
        "teasers": f"Levee of Ostrand holds\n\n16 March 2021\n\n{paragraph}"
        + "".join(f"\n\nWall of Lund falls again\n\nMarch {day}, 2021" for day in range(10, 20)),
    }
    split = {name: len(read_export(text)) for name, text in texts.items() if read_export(text)}
    suspected = {name for name, text in texts.items() if count_headed_articles(text) > 1}
    assert split == {}
    assert suspected == set()


def test_articles_in_an_unknown_layout_are_counted():
    paragraph = "The levee at Ostrand held on Monday night, the mayor of the town said. " * 6
    layouts = {
        "title, outlet, date": "Levee of Ostrand holds {}\nOstrand Post\n1{} March 2021\n\n{}\n\n",
        "title, date, byline": "Levee of Ostrand holds {}\nMarch 1{}, 2021\nBy Jo Reed\n\n{}\n\n",
        "title, length": "Levee of Ostrand holds {}\n15{} words\n\n{}\n\n",
    }
    counts = {
        name: count_headed_articles("".join(layout.format(n, n, paragraph) for n in range(5)))
        for name, layout in layouts.items()
    }
    assert counts == dict.fromkeys(layouts, 5)


def test_a_truncated_export_keeps_what_it_has():
    wrong = {}
    for name, (text, stories, by) in TEXTS.items():
        cut = text[: text.rindex(stories[2].paragraphs[-1]) + 30]
        rows = list(rows_of_export(read_export(cut)))
        found = differences(rows[:2], stories[:2], by)
        if found or len(rows) != 3 or stories[2].paragraphs[0] not in rows[2].text:
            wrong[name] = [len(rows), *found, rows[-1].text if rows else ""]
    assert wrong == {}


def test_broken_exports_are_read_without_errors():
    random = Random(7)
    for text, *_ in TEXTS.values():
        lines = text.split("\n")
        shuffled = random.sample(lines, len(lines))
        thinned = [line for line in lines if random.random() < 0.7]
        others = next(iter(TEXTS.values()))[0].split("\n")
        mixed = [random.choice(pair) for pair in zip(lines, others, strict=False)]
        for broken in (shuffled, thinned, mixed):
            for row in rows_of_export(read_export("\n".join(broken))):
                assert bool(row.text) != bool(row.problem)
            count_headed_articles("\n".join(broken))


def test_many_articles_take_linear_time():
    def seconds(number: int) -> float:
        stories = [
            Story(f"{story.title} {n}", story.outlet, story.day, story.paragraphs * 5, story.author)
            for n in range(number)
            for story in SIMPLE[:1]
        ]
        texts = [samples.nexis_classic(stories), samples.factiva_displayed(stories)]
        texts.append("\n\n".join(samples.nexis_uni_paragraphs(stories)))
        start = time.process_time()
        assert [len(read_export(text)) for text in texts] == [number] * 3
        return time.process_time() - start

    seconds(10)
    assert seconds(500) < 25 * max(seconds(50), 0.02)
