"""One person, one actor across articles."""

import pytest
from actor_tables import NO_ACTORS

import clippings as cl
from clippings.actors.identities import (
    FIRST_INITIAL,
    MIDDLE_NAME,
    SAME_NAME,
    SHORT_FIRST_NAME,
    SURNAME_AND_ACTORS,
    SURNAME_AND_OUTLET,
    SURNAME_AND_ROLE,
)
from helpers import articles_of, codebook_of, story_of


def links_of(*texts: str, actors=NO_ACTORS, articles=None, verdicts=None) -> list[tuple]:
    mentions = cl.find_mentions(story_of(*texts), actors)
    links = cl.link_actors(mentions, articles, verdicts)
    return list(zip(links.label, links.actor, links.reason, strict=True))


@pytest.mark.parametrize(
    ("texts", "link"),
    [
        (("We met Donald Lund.", "We met Donald Lund.", "We met Donald J. Lund."), ("Donald J. Lund", "Donald Lund", MIDDLE_NAME)),
        (("We met Charles Lund.", "Charles Lund left.", "We met Chuck Lund."), ("Chuck Lund", "Charles Lund", SHORT_FIRST_NAME)),
        (("We met Anna Bell.", "We met A. Bell."), ("A. Bell", "Anna Bell", FIRST_INITIAL)),
        (("We like the Valley Farmers' Union.", "We like the Valley Farmers’ Union and the Valley Farmers’ Union."), ("Valley Farmers' Union", "Valley Farmers’ Union", SAME_NAME)),
        (("President Anna Bell spoke.", "They met President Bell again."), ("Bell", "Anna Bell", SURNAME_AND_ROLE)),
        (("Anna Bell met Tom Lund.", "“No,” Bell told Lund. Then Tom Lund left."), ("Bell", "Anna Bell", SURNAME_AND_ACTORS)),
        (("Al Bell left.", "The Rev. Al Bell met Tom Lund.", "“No,” Bell told Lund. Then Tom Lund left."), ("Bell", "Al Bell", SURNAME_AND_ACTORS)),
        # two bearers, of whom one goes by the surname
        (("Ruth Bell left.", "Anna Bell met Tom Lund. Bell wept.", "Anna Bell left. Bell wept.", "“No,” Bell told Lund. Then Tom Lund left."), ("Bell", "Anna Bell", SURNAME_AND_ACTORS)),
        (("Anna Bell left.", "They met Mrs Bell in Tarnow, and later Tarnow and Mrs Bell wept.", "In Tarnow, Anna Bell was late."), ("Bell", "Anna Bell", SURNAME_AND_ACTORS)),
    ],
)  # fmt: skip
def test_actors_are_linked_with_their_reason(texts, link):
    assert link in links_of(*texts)


def test_the_outlet_is_a_second_sign():
    texts = ("Anna Bell left.", "They met Mrs Bell again.")
    articles = articles_of(*texts, outlet="Valley Post")
    assert links_of(*texts) == []
    assert links_of(*texts, articles=articles) == [("Bell", "Anna Bell", SURNAME_AND_OUTLET)]


@pytest.mark.parametrize(
    "texts",
    [
        ("We met Anna Bell in Tarnow.", "We met Tom Bell in Tarnow."),
        ("We met Tom Bell Jr. in Tarnow.", "We met Tom Bell Sr. in Tarnow."),
        ("We met George W. Lund.", "We met George H. W. Lund."),
        # a surname of two bearers
        ("Anna Bell saw Tarnow.", "Tom Bell saw Tarnow.", "“No,” Bell said in Tarnow. They saw Bell."),
        # an article that names a bearer, but does not show that it means the one with the surname
        ("Anna Bell met Tom Lund. Bell wept.", "Ruth Bell and Anna Bell met Tom Lund.\n\nThen Bell left."),
        ("Anna Bell met Tom Lund. Bell wept.", "Bill Bell and Anna Bell met Tom Lund.\n\nThen Bell left."),
        # two bearers, of whom one goes by the surname in a single article
        ("Ruth Bell left.", "Anna Bell met Tom Lund. Bell wept.", "“No,” Bell told Lund. Then Tom Lund left."),
        # one middle initial and two
        ("We met George W. Lund.", "We met George W. H. Lund."),
        # somebody else's title
        ("Tom Bell saw Tarnow.", "They met Mrs Bell in Tarnow."),
        # a place
        ("Anna Washington saw Tarnow.", "They fled to Washington from Tarnow."),
    ],
)  # fmt: skip
def test_what_contradicts_or_is_unclear_is_not_linked(texts):
    assert links_of(*texts) == []


def test_typing_errors_and_acronyms_are_proposed_not_linked():
    story = story_of(
        "We met Vincente Lund and the UNHCR (UN Refugee Agency).",
        "We met Vicente Lund and the UNHCR.",
    )
    mentions = cl.find_mentions(story, NO_ACTORS)
    assert cl.link_actors(mentions).empty
    proposed = cl.propose_aliases(mentions)
    pairs = set(zip(proposed.actor_a, proposed.actor_b, strict=True))
    assert pairs >= {("Vicente Lund", "Vincente Lund"), ("UN Refugee Agency", "UNHCR")}
    assert proposed.similarity.between(0.5, 1).all()


def test_the_codebook_names_the_actor_and_its_actors_stay_apart():
    actors = codebook_of(
        "actors",
        {"actor": "the mayor", "type": "person", "alias": "Anna Bell"},
        {"actor": "Ann Bell", "type": "person", "alias": "Ann Bell"},
    )
    texts = ("Anna Bell saw Tarnow.", "A. B. Lund met Anna C. Bell.", "Ann Bell saw Tarnow.")
    links = links_of(*texts, actors=actors)
    assert ("Ann Bell", "the mayor") not in [link[:2] for link in links]


def test_two_actors_are_split_by_a_row_of_the_codebook_and_by_a_verdict():
    texts = ("President Anna Bell spoke.", "They met President Bell again.")
    mentions = cl.find_mentions(story_of(*texts), NO_ACTORS)
    actors = cl.split_actors(NO_ACTORS, mentions, "Anna Bell", "Bell")
    assert links_of(*texts, actors=actors) == []

    surname = mentions[mentions.label == "Bell"].iloc[0]
    verdicts = codebook_of("verdicts")
    verdicts = cl.record_verdict(verdicts, "mentions", surname, "not same", label="Anna Bell")
    assert links_of(*texts, verdicts=verdicts) == []


def test_all_tables_of_a_corpus_name_one_person_alike():
    texts = (
        "Tarnow fell\n\nPresident Anna Bell saw Tarnow on Monday. “It was late,” Anna Bell said.\n",
        "Tarnow rose\n\nPresident Bell saw Tarnow on Monday. “It was early,” Bell said in Tarnow.\n",
    )
    codebook = {name: table.head(0) for name, table in cl.load_example()[1].items()}
    tables = cl.find_all(articles_of(*texts), codebook)
    persons = tables["mentions"][tables["mentions"].type == "person"]
    assert set(persons.label) == {"Anna Bell"}
    assert set(tables["quotes"].label) == {"Anna Bell"}


def test_links_do_not_depend_on_the_order_of_rows(corpus):
    _, _, tables = corpus
    mentions = tables["mentions"]
    shuffled = mentions.sample(frac=1, random_state=1)
    assert cl.link_actors(shuffled).equals(cl.link_actors(mentions))


def test_links_of_no_mentions_are_an_empty_table():
    mentions = cl.find_mentions(story_of(), NO_ACTORS)
    links = cl.link_actors(mentions)
    assert links.columns.to_list() == ["article", "label", "actor", "reason", "score"]
    assert cl.apply_links(mentions, links).equals(mentions)
