"""Concordances without a kernel."""

import pytest
from bs4 import BeautifulSoup

import clippings as cl
from helpers import articles_of, story_of

TEXTS = ("The dam holds. An old dam leaks.", "Every dam is inspected, the dam, too.")


def lines_of(*texts: str, term: str = "dam", **options) -> list[list[str]]:
    """Return the cells of each line: before, match, after, article."""
    view = cl.show_concordance(story_of(*texts), articles_of(*texts), term, **options)
    rows = BeautifulSoup(view.html, "html.parser").select("tbody tr")
    return [[cell.text.strip() for cell in row.find_all("td")] for row in rows]


def test_lines_are_aligned_at_the_match():
    lines = lines_of(*TEXTS, sort=None)
    assert [line[1] for line in lines] == ["dam"] * 4
    assert lines[1][0].endswith("An old")
    assert lines[1][2] == "leaks."


def test_lines_are_sorted_by_the_words_on_either_side():
    right = [line[2].strip(", ").split()[0] for line in lines_of(*TEXTS, sort="right")]
    assert right == ["holds.", "is", "leaks.", "too."]
    left = [line[0].split()[-1] for line in lines_of(*TEXTS, sort="left")]
    assert left == ["Every", "old", "The", "the"]


def test_the_number_of_lines_is_limited():
    assert len(lines_of(*TEXTS, n=2)) == 2
    assert len(lines_of(*TEXTS, n=100)) == 4


def test_search_terms_are_those_of_the_codebook():
    text = "Two levees, one Levee. Interest rates and the interest\nrate."
    matches = {
        term: [line[1] for line in lines_of(text, term=term, sort=None)]
        for term in ("levee", "levee*", "interest rate*", "one | two", "/le(ve|v)es/")
    }
    assert matches == {
        "levee": ["Levee"],
        "levee*": ["levees", "Levee"],
        "interest rate*": ["Interest rates", "interest rate"],
        "one | two": ["Two", "one"],
        "/le(ve|v)es/": ["levees"],
    }


def test_markup_in_articles_and_terms_stays_text():
    text = "<script>alert(1)</script> the <b>dam</b> & more"
    html = cl.show_concordance(story_of(text), articles_of(text), "dam").html
    assert "<script>" not in html
    assert "<b>" not in html
    missing = cl.show_concordance(story_of(text), articles_of(text), "<i>nothing")
    assert "<i>" not in missing.html


def test_lines_lead_to_the_page_of_their_article():
    story = story_of(*TEXTS)
    articles = articles_of(*TEXTS)
    concordance = cl.show_concordance(story, articles, "dam")
    phrases = cl.find_phrases(story[story.article == "a0.txt"], "dam")
    page = cl.show_article(articles, "a0.txt", phrases)

    linked = cl.link_places(concordance.html + page.html)
    assert linked.count('<a href="#at-') == 2


def test_a_term_that_does_not_occur_and_a_wrong_order_are_reported():
    assert lines_of(*TEXTS, term="bridge") == []
    with pytest.raises(cl.BadInput):
        lines_of(*TEXTS, sort="up")
    with pytest.raises(cl.BadInput):
        lines_of(*TEXTS, term="  ")


def test_plain_lines_have_the_match_in_one_column():
    lines = repr(cl.show_concordance(story_of(*TEXTS), articles_of(*TEXTS), "dam")).splitlines()
    assert len({line.index("[") for line in lines[:-1]}) == 1
