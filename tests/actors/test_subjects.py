"""Who is the subject of a reporting verb."""

from string import ascii_lowercase

import clippings as cl
from helpers import codebook_of, story_of

NO_ACTORS = codebook_of("actors")


def speakers_of(text: str) -> list[str]:
    """The words that name the speaker of each statement."""
    story = story_of(text)
    quotes = cl.find_quotes(story, cl.find_mentions(story, NO_ACTORS))
    return [
        text[row.speaker_start : row.speaker_end]
        for row in quotes.dropna(subset="speaker_start").itertuples()
    ]


def test_a_subject_before_an_insertion_may_end_in_any_letter():
    """Quotations were blanked with x, and a word that ends in x was taken for a quotation."""
    names = [f"Vello{ending}" for ending in [*ascii_lowercase, "X", "Xx", "xxx", "é", "ß"]]
    names += ["Phoenix", "Netflix", "FedEx", "Essex", "Felix", "X", "Xxxxxxx"]
    no_letters = ["Vello7", "Vello\ufffc", "Vello\u0000", "\ufffc\ufffc\ufffc", "\u0000"]
    sentences = [f"{name}, a large firm, said that the dam holds." for name in names]
    sentences += [
        f"The mayor of {name}, a Democrat, said that the dam holds." for name in names + no_letters
    ]
    sentences += [f"The minister for {word}, a Democrat, said so again." for word in ("tax", "x")]

    assert [text for text in sentences if not speakers_of(text)] == []


def test_a_quotation_before_an_insertion_is_not_a_subject():
    for text in (
        "“The dam holds,” a doctor, said so.",
        '"The dam of Phoenix holds," a doctor, said so.',
        "''The dam holds,'' a doctor, said so.",
    ):
        assert "The dam" not in " ".join(speakers_of(text))


def test_any_word_beside_a_quotation_makes_it_a_part_of_its_sentence():
    """Whoever spoke last goes on in a quotation that is a sentence of its own."""
    went_on = speakers_of("Anna Bell said that it fell. “We shall come back again.”")
    assert went_on == ["Anna Bell", "Anna Bell"]

    for word in ("xyz", "xylem", "xxx", "box", "six", "old"):
        text = f"Anna Bell said that it fell. A {word}: “we shall come back again.”"
        assert speakers_of(text) == ["Anna Bell"], word
