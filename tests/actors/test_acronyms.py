"""Acronyms that articles define in brackets."""

from actor_tables import NO_ACTORS

import clippings as cl
from helpers import story_of


def labels_in(*texts: str) -> list[list[str]]:
    """Return the linked labels of the mentions of each text, as an article of its own."""
    mentions = cl.find_mentions(story_of(*texts), NO_ACTORS)
    linked = cl.apply_links(mentions, cl.link_actors(mentions))
    return [
        linked.label[linked.article == f"a{number}.txt"].tolist() for number in range(len(texts))
    ]


def test_an_acronym_is_linked_to_the_name_that_an_article_defines():
    definitions = [
        "Ostrand Motors (OM) is late. It fell, OM said, and OM closed.",
        "The plant of OM (Ostrand Motors) is late, and OM closed it.",
        "Ostrand Motors Corp. (OM) is late, and OM closed it.",
    ]
    wrong = {}
    for text in definitions:
        [labels] = labels_in(text)
        if "OM" in labels or len(set(labels)) != 1:
            wrong[text] = labels
    assert wrong == {}


def test_a_definition_holds_in_other_articles():
    _, other = labels_in(
        "Ostrand Motors (OM) is late, and OM closed the plant.",
        "The plant of OM is late, and OM closed it.",
    )
    assert set(other) == {"Ostrand Motors"}


def test_a_definition_does_not_hold_where_the_letters_may_stand_for_something_else():
    _, other, third = labels_in(
        "Ostrand Motors (OM) is late, and OM closed the plant.",
        "The Ostrand Ministry is late. The plant of OM is late, and OM closed it.",
        "The Orchard Mission (OM) is late, and OM left the plant.",
    )
    assert "OM" in other
    assert set(third) == {"Orchard Mission"}


def test_companies_are_linked_without_their_legal_form():
    first, second = labels_in(
        "The plant of Ostrand Motors is late, and Ostrand Motors closed it.",
        "The plant of Ostrand Motors Corporation is late.",
    )
    assert set(first) == set(second)
