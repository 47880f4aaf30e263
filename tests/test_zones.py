"""Story told from page: goldens on the seeds, read by a person, and the rules one by one."""

import pytest

import clippings as cl
from clippings.lexicon import read_lexicon
from clippings.zones import page_phrases
from helpers import SEEDS, articles_of


def zones(text: str, **columns) -> list[tuple[str, str]]:
    return [(row.label, row.text) for row in cl.find_passages(articles_of(text, **columns)).itertuples()]


def test_everything_on_the_seeds_that_is_not_story():
    passages = cl.find_passages(cl.read_articles(SEEDS))
    page = passages[~passages.label.isin(["body", "headline", "subhead"])]
    found = [(row.article[:3], row.label, row.text[:24].replace("\u00a0", " ")) for row in page.itertuples()]
    assert found == [
        ("000", "caption", "ISIS militants moving to"),
        ("000", "byline", "ARA News"),
        ("000", "dateline", "DUHOK"),
        ("000", "sign-off", "Reporting by: Ali Issa"),
        ("000", "sign-off", "Source: ARA News"),
        ("000", "furniture", "For the latest news foll"),
        ("000", "furniture", "Join our Weekly Newslett"),
        ("000", "furniture", "Related Items"),
        ("000", "comment", "One thought on “Internal"),
        ("000", "comment", "1. Dujac says:"),
        ("000", "comment", "Haha, these coward Daesh"),
        ("000", "form", "Leave a Reply"),
        ("000", "form", "Your email address will "),
        ("000", "form", "two × 2 ="),
        ("001", "caption", "Militants of the Islamic"),
        ("001", "byline", "ARA News"),
        ("001", "dateline", "QAMISHLI –"),
        ("001", "sign-off", "Reporting by: Ahmed Shiw"),
        ("001", "sign-off", "source: ARA News"),
        ("001", "furniture", "For the latest on Syria "),
        ("001", "furniture", "• Short link :"),
        ("001", "form", "Leave a comment"),
        ("001", "form", "3 × one ="),
        ("002", "byline", "ARA News"),
        ("002", "dateline", "Erbil, Kurdistan Region "),
        ("002", "sign-off", "Reporting by: Sarbaz Yus"),
        ("002", "sign-off", "Source: ARA News"),
        ("002", "furniture", "For the latest on Syria "),
        ("002", "furniture", "• Short link :"),
        ("002", "form", "Leave a comment"),
        ("002", "form", "four × 5 ="),
        ("003", "furniture", "Iraq News"),
        ("003", "byline", "By Khalid al-Taie"),
        ("003", "caption", "Iraqi forces found this "),
        ("003", "caption", "Iraqi forces found this "),
        ("003", "furniture", "Do you like this article"),
        ("003", "comment", "1 Comment(s)"),
        ("003", "form", "Comment Policy * Denotes"),
        ("003", "comment", "Iraq cannot take out ISI"),
    ]
    assert passages[passages.label == "subhead"].text.str.strip().to_list() == [
        "Internal Conflict",
        "Growing internal tensions",
        "Leadership losing support",
    ]
    assert (passages.label == "headline").sum() == 5


LONG = "The council of the town said on Monday that the road would be closed until the end of the month."


@pytest.mark.parametrize(
    ("text", "zone", "part"),
    [
        (f"OSLO\u00a0 {LONG}", "dateline", "OSLO"),
        (f"OSLO – {LONG}", "dateline", "OSLO –"),
        (f"New York, United States — {LONG}", "dateline", "New York, United States —"),
        (f"Headline of five short words\n\nBy Someone Else\n\n{LONG}", "byline", "By Someone Else"),
        (f"{LONG}\n\nA subhead here\n\n{LONG}", "subhead", "A subhead here"),
        (f"{LONG}\n\n12 Comments\n\nI do not think so.", "comment", "I do not think so."),
        (f"{LONG}\n\nseven + 2 =", "form", "seven + 2 ="),
        (f"{LONG}\n\nWe use cookies to improve the site", "furniture", "We use cookies to improve the site"),
    ],
)
def test_zone_rules(text, zone, part):
    assert (zone, part) in zones(text, title="Headline of five short words")


def test_a_dateline_is_cut_only_from_the_first_paragraph_of_story():
    assert [zone for zone, _ in zones(f"{LONG}\n\nOSLO – {LONG}")] == ["body", "body"]


def test_hard_wrapped_lines_are_one_paragraph_and_long_lines_are_not():
    wrapped = "The council of the town said on Monday that the\nroad would be closed until the end of May,\nno longer."
    assert zones(wrapped) == [("body", wrapped)]
    assert len(zones(f"{LONG}\n{LONG}")) == 2


def test_every_phrase_of_the_page_lexicon_is_found():
    for row in read_lexicon("page"):
        assert (row["zone"], row["phrase"]) in page_phrases(row["phrase"])


def test_a_long_paragraph_with_such_a_phrase_stays_story():
    assert zones(f"{LONG} {LONG} Sign up, he told them, for the newsletter. {LONG}")[0][0] == "body"
