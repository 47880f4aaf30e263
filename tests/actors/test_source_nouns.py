"""The type of a source, by the description of the speaker."""

from clippings.actors.source_nouns import source_noun_in, source_type
from clippings.core.lexicon import read_lexicon, read_words


def test_every_noun_has_its_type():
    wrong = [
        (row["word"], source_type(f"the {row['word']}"))
        for row in read_lexicon("en/speech/source_nouns")
        if source_type(f"the {row['word']}") != row["source_type"]
    ]
    assert wrong == []


def test_the_longest_noun_counts_and_nouns_have_plurals():
    assert source_noun_in("a former member of the group") == "former member"
    assert source_noun_in("two residents") == "resident"
    assert source_noun_in("the membership") == ""


def test_who_was_an_officer_is_what_they_are_now():
    assert source_type("analyst and army officer") != "analyst"
    for word in read_words("en/speech/references", kind="former"):
        former = word if word.endswith("-") else f"{word} "
        assert source_type(f"analyst and {former}army officer") == "analyst", word
        assert source_type(f"{former}army officer") == "military", word
