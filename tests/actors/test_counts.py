"""Counts of actors and statements."""

import pytest
from actor_tables import NO_ACTORS

import clippings as cl
from helpers import articles_of, story_of


def test_who_is_named_with_whom():
    story = story_of("Anna Bell met Tom Reed. Tom Reed left. Later Anna Bell rang Tom Reed.")
    mentions = cl.find_mentions(story, NO_ACTORS)
    by_sentence = cl.count_cooccurrence(mentions, story)
    assert by_sentence.values.tolist() == [["Anna Bell", "Tom Reed", 2]]
    by_passage = cl.count_cooccurrence(mentions, story, unit="passage")
    assert by_passage.values.tolist() == [["Anna Bell", "Tom Reed", 1]]
    with pytest.raises(KeyError):
        cl.count_cooccurrence(mentions, story, unit="word")


def test_unnamed_speakers_and_chains():
    articles = articles_of(
        "The mayor said that it rained.\n\nAnna Bell told ARA Post that it snowed.",
        "Anna Bell said it was dry.",
        outlet="Post",
    )
    story = cl.find_passages(articles).assign(label="body")
    quotes = cl.find_quotes(story, cl.find_mentions(story, NO_ACTORS))
    assert cl.count_unnamed(quotes, articles).values.tolist() == [
        ["Post", "a0.txt", 2, 0.5],
        ["Post", "a1.txt", 1, 0.0],
    ]
    assert cl.count_chains(quotes).values.tolist() == [["", "unknown", "ARA Post", 1, 1]]
