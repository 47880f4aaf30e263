"""Words, sentences and codebook terms as spans."""

import pytest

from clippings.errors import BadInput
from clippings.text import compile_term, enclosing, fold, folded_words, sentence_spans, trim, word_spans


def cut(text, spans):
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the U.S.-led coalition’s raid", ["the", "U.S.-led", "coalition", "raid"]),
        ("Ali al-Hussein didn’t", ["Ali", "al-Hussein", "didn’t"]),
        ("1,000 people, 3.5 km at 5 p.m.", ["1,000", "people", "3.5", "km", "at", "5", "p.m."]),
        ("group's ‘severe blow’", ["group", "severe", "blow"]),
        ("Abu\u00a0Bakr", ["Abu", "Bakr"]),
    ],
)
def test_words(text, words):
    assert cut(text, word_spans(text)) == words


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("“We left.” he said. Mr. X stayed.", ["“We left.” he said.", "Mr. X stayed."]),
        ("The U.S.-led coalition struck. It hit No. 10.", ["The U.S.-led coalition struck.", "It hit No. 10."]),
        ("“Go.” She went.", ["“Go.”", "She went."]),
        ("At 5 p.m. he left.", ["At 5 p.m. he left."]),
        ("No stop at the end", ["No stop at the end"]),
    ],
)
def test_sentences(text, sentences):
    assert cut(text, sentence_spans(text)) == sentences


def test_offsets_are_shifted():
    assert word_spans("a bc", 10) == [(10, 11), (12, 14)]
    assert sentence_spans(" One. Two.", 5) == [(6, 10), (11, 15)]


def test_folding_levels_case_apostrophes_and_compatibility_forms():
    assert folded_words("THE Mayor’s ﬁre didn’t") == ["the", "mayor", "fire", "didn't"]
    assert fold("İ") != "i"


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("desert*", "They deserted.", "deserted"),
        ("desert", "They deserted.", None),
        ("left the group | quit", "He LEFT  the\u00a0group", "LEFT  the\u00a0group"),
        ("the group's ranks", "in the group’s ranks", "the group’s ranks"),
        ("anticipated * offensive", "long anticipated Iraqi offensive", "anticipated Iraqi offensive"),
        ("/fl(?:ee|ed)/", "they fled", "fled"),
        ("us-led", "the US-led force", "US-led"),
        ("act", "a fact", None),
    ],
)
def test_terms(term, text, found):
    match = compile_term(term).search(text)
    assert (match[0] if match else None) == found


@pytest.mark.parametrize("term", ["", "a | ", " * ", "/(/"])
def test_a_term_that_cannot_be_read_is_named(term):
    with pytest.raises(BadInput, match="the term"):
        compile_term(term)


def test_trim_and_enclosing():
    assert trim("\u00a0 a b \n", 0, 7) == (2, 5)
    assert trim("   ", 0, 3) == (3, 3)
    assert enclosing([(0, 4), (5, 9)], 4) is None
