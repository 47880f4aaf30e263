"""Exports of news databases: each layout with the same stories, which quote marks and labels."""

import pytest

import export_samples as samples
from clippings.corpus.exports.record import language_code, names_of
from clippings.corpus.exports.registry import read_export, rows_of_export
from export_samples import SIMPLE, STORIES, Story


def flat(text: str) -> str:
    return " ".join(text.split())


def page_text(story: Story, by: str = "By ") -> str:
    """The text that an article is expected to have: headline, byline, story."""
    byline = [f"{by}{story.author}"] if story.author else []
    return flat(" ".join([story.title, *byline, *story.paragraphs]))


def differences(rows: list, stories: list[Story], by: str = "By ") -> list[str]:
    """What a reader got wrong, each as a line."""
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
            "text": (flat(row.text), page_text(story, by)),
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
    "NewsBank, newer": (samples.newsbank_new(SIMPLE), SIMPLE, "By "),
    "Westlaw": (samples.westlaw(SIMPLE), SIMPLE, "By "),
    "Gale": (samples.gale(STORIES), STORIES, "By "),
    "PressReader": (samples.pressreader(STORIES), STORIES, "By "),
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


CHANGED = {
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
