"""Marks of Markdown in pasted texts: blank for the finders, in a text of the same length."""

import clippings as cl
from clippings.core.text_marks import blank_marks
from helpers import articles_of, codebook_of, story_of

BLANKED = {
    "**Anna Bell** said": "Anna Bell said",
    "*Anna* and _Tom_ left": "Anna and Tom left",
    "***Bell:*** no": "Bell: no",
    "[Monday](https://post.example/2019/03/16 'Wall') it fell": "Monday it fell",
    "[a](https://x.example/a_(b)_1999).": "a .",
    "See https://post.example/2019/03/16/wall now": "See now",
    "(www.post.example/2019)": "(",
    "snake_case_name and 5*3 and 5 * 3": "snake_case_name and 5*3 and 5 * 3",
    "said it [sic] (2019)": "said it [sic] (2019)",
    "no marks": "no marks",
}


def test_marks_and_addresses_are_blank_and_words_stay_in_their_places():
    blanked = {text: " ".join(blank_marks(text).split()) for text in BLANKED}
    assert blanked == BLANKED
    for text in BLANKED:
        copy = blank_marks(text)
        assert len(copy) == len(text)
        assert all(new in (old, " ") for new, old in zip(copy, text, strict=True))


def test_emphasis_and_links_hinder_no_finder():
    text = "Peter Lund met **Anna Bell**. [Anna Bell](https://x.example/2019/Tom-Reed-and-anna) said it was _shut_ on *Monday*."
    story = story_of(text)
    articles = articles_of(text)
    mentions = cl.find_mentions(story, codebook_of("actors"))
    assert set(mentions.label) == {"Peter Lund", "Anna Bell"}
    assert cl.find_quotes(story, mentions).label.to_list() == ["Anna Bell"]
    times = cl.find_times(story, articles)
    assert times.text.to_list() == ["Monday"]
    for table in (mentions, times):
        assert all(text[row.start : row.end] == row.text for row in table.itertuples())
