"""Phrases of the codebook's calendar in the text."""

import clippings as cl
from clippings.core.lexicon import read_words
from helpers import codebook_of, story_of


def test_an_office_that_is_no_longer_held_dates_nothing():
    calendar = codebook_of("calendar")
    for word in read_words("en/time/syntax", kind="before a former title"):
        former = word if word.endswith("-") else f"{word} "
        of_former = cl.find_cues(story_of(f"He met {former}President Clinton."), calendar)
        assert of_former.empty, word
    in_office = cl.find_cues(story_of("He met President Clinton."), calendar)
    assert len(in_office) == 1
