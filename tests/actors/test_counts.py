"""Counts of actors and statements."""

import pytest
from actor_tables import NO_ACTORS

import clippings as cl
from helpers import articles_of, story_of


def test_an_actor_is_counted_with_all_its_names():
    story = story_of("Anna Bell met Tom Reed. Bell left. Later Bell rang.", "They saw Anna Bell.")
    counted = cl.count_actors(cl.find_mentions(story, NO_ACTORS))
    assert counted.values.tolist() == [
        ["Anna Bell", "person", 4, 2, "Anna Bell | Bell"],
        ["Tom Reed", "person", 1, 1, "Tom Reed"],
    ]
    assert cl.count_actors(cl.find_mentions(story.head(0), NO_ACTORS)).empty


def test_who_is_named_with_whom():
    story = story_of(
        "Anna Bell met Tom Reed. Tom Reed left. Later Anna Bell rang Tom Reed.",
        "They saw Anna Bell and Adam Cole.",
    )
    mentions = cl.find_mentions(story, NO_ACTORS)
    by_sentence = cl.count_cooccurrence(mentions, story)
    assert by_sentence.values.tolist() == [
        ["Anna Bell", "Tom Reed", 2],
        ["Adam Cole", "Anna Bell", 1],
    ]
    by_passage = cl.count_cooccurrence(mentions, story, unit="passage")
    assert by_passage["count"].to_list() == [1, 1]
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
