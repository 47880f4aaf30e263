"""Repeated text: relations, marks, chances; the engine has tests of its own."""

import clippings as cl
from helpers import articles_of

A = "The river rose by one metre over night and nobody slept."
OTHER = "The council met in the afternoon and agreed on nothing at all."


def test_the_brief_says_that_an_article_is_nearly_another_one():
    told = " ".join(
        [
            A,
            OTHER,
            "Nobody at the mill had seen such a flood before.",
            "The bridge was closed at noon.",
        ]
    )
    for copy, alike in (
        (told.replace("noon", "night"), True),
        (f"{told} {' '.join(f'w{n}' for n in range(20))}.", False),
    ):
        articles = articles_of(told, copy)
        brief = cl.compose_brief(cl.find_all(articles, cl.read_codebook("")))
        repeats = brief[brief.template.str.startswith("repeats.")]
        assert repeats.template.iloc[0] == f"repeats.{'near_duplicate' if alike else 'shared'}"
