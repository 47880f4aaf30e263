"""Names of other tools: documents of spaCy, rows, and what they change."""

from types import SimpleNamespace

import pytest
from actor_tables import NO_ACTORS

import clippings as cl
from clippings.core.errors import BadInput
from helpers import articles_of

TEXT = "Xylo met Zorba Bank and Anna Bell near Vellby. Later Georgia paid Acme Foods $5 million."
RIGHT = {
    "Xylo": "person",
    "Zorba Bank": "organisation",
    "Anna Bell": "person",
    "Vellby": "place",
    "Georgia": "place",
    "Acme Foods": "organisation",
}
TAGS = {"person": "PERSON", "organisation": "ORG", "place": "GPE"}


def rows_of(text: str, names: dict[str, str]) -> list[tuple[int, int, str]]:
    return [(text.index(name), text.index(name) + len(name), tag) for name, tag in names.items()]


def document_of(text: str, names: dict[str, str]) -> SimpleNamespace:
    """What `find_mentions` needs to know of a document of spaCy."""
    names_found = [
        SimpleNamespace(start_char=start, end_char=end, label_=tag)
        for start, end, tag in rows_of(text, names)
    ]
    return SimpleNamespace(ents=tuple(names_found))


def found_with(votes, articles) -> dict[str, str]:
    story = cl.find_passages(articles).assign(label="body")
    mentions = cl.find_mentions(story, NO_ACTORS, votes=votes)
    return dict(zip(mentions.text, mentions.type, strict=True))


def test_documents_and_rows_give_the_same_votes():
    articles = articles_of(TEXT)
    names = {name: TAGS[type_] for name, type_ in RIGHT.items()} | {"$5 million": "MONEY"}
    by_document = cl.read_votes({"a0.txt": document_of(TEXT, names)}, articles)
    by_rows = cl.read_votes({"a0.txt": rows_of(TEXT, names)}, articles)
    assert by_document.equals(by_rows)
    assert by_rows.text.to_list() == [name for name in names if name != "$5 million"] + [
        "$5 million"
    ]


def test_with_the_votes_of_a_good_tool_all_names_and_types_are_right():
    articles = articles_of(TEXT)
    names = {name: TAGS[type_] for name, type_ in RIGHT.items()} | {"$5 million": "MONEY"}
    votes = cl.read_votes({"a0.txt": document_of(TEXT, names)}, articles)
    without = found_with(None, articles)
    assert without != RIGHT
    assert found_with(votes, articles) == RIGHT


def test_a_vote_with_other_bounds_counts_for_the_name_that_it_overlaps():
    text = "They praised Xylo Zorbas again."
    articles = articles_of(text)
    votes = cl.read_votes({"a0.txt": rows_of(text, {"Xylo Zorbas again": "ORG"})}, articles)
    assert found_with(votes, articles) == {"Xylo Zorbas": "organisation"}


@pytest.mark.parametrize("names", [{"b.txt": []}, {"a0.txt": [(0, 10_000, "ORG")]}])
def test_votes_on_another_text_are_refused(names):
    with pytest.raises(BadInput):
        cl.read_votes(names, articles_of(TEXT))
