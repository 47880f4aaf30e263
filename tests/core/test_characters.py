"""Texts in plain characters: the replacement for each kind of character, and the way back."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clippings.core.characters import (
    COMPOSING,
    HIDDEN,
    SPECIAL_FORMS,
    characters_in,
    has_special_characters,
    plain_text,
)
from clippings.core.errors import BadInput
from clippings.core.search_terms import compile_term, find_term
from clippings.core.tokens import fold, folded_words, word_spans

# A text as it may stand in a page, and the same in plain characters.
PLAIN = {
    "soft hyphens": ("the na\u00adtion\u00adal coun\u00adcil", "the national council"),
    "zero-width space": ("Ost\u200brand", "Ostrand"),
    "joiner and non-joiner": ("Ost\u200crand Tol\u200dmere", "Ostrand Tolmere"),
    "word joiner and byte order mark": ("\ufeffOst\u2060rand", "Ostrand"),
    "marks of direction": ("\u200eOstrand\u200f \u2066Bell\u2069", "Ostrand Bell"),
    "decomposed accents": ("Zoe\u0308 Nu\u0301n\u0303ez", "Zoë Núñez"),
    "two accents on one letter": ("Nguye\u0302\u0303n", "Nguyễn"),
    "an accent after a soft hyphen": ("cafe\u00ad\u0301", "café"),
    "Korean syllables in pieces": (unicodedata.normalize("NFD", "서울"), "서울"),
    "voiced kana in pieces": (unicodedata.normalize("NFD", "が"), "が"),
    "ligatures": ("the o\ufb03ce \ufb01re \ufb02ood \ufb00", "the office fire flood ff"),
    "full width": ("\uff21\uff22\uff11\uff12 Bell", "AB12 Bell"),
    "full-width numbers": ("\uff15\uff0c\uff10\uff10\uff10 people", "5,000 people"),
    "mathematical alphabets": ("\U0001d400\U0001d41e\U0001d425\U0001d425", "Aell"),
    "Arabic ligatures": ("\ufefb", "لا"),
    "stretched Arabic": ("مـــن", "من"),
    "no-break hyphens": ("al\u2011Amin co\u2010op", "al-Amin co-op"),
    "blanks of other widths": ("Anna\u2009Bell\u3000met\u2003Lund", "Anna Bell met Lund"),
    "narrow no-break spaces": ("10\u202f000 people", "10\u00a0000 people"),
    "apostrophes": ("O\u02bcNeill don\u00b4t", "O’Neill don’t"),
}
UNCHANGED = [
    "“It’s naïve,” he said – at 5′10″, ½ of x² …",
    "No.\u00a05",
    "桥已关闭，居民很担心。",
    "हिन्दी में",
    "ภาษาไทย",
]


@pytest.mark.parametrize("kind", PLAIN)
def test_each_kind_becomes_plain(kind):
    text, expected = PLAIN[kind]
    plain = plain_text(text)
    assert has_special_characters(text)
    assert plain.text == expected
    if kind != "full-width numbers":  # the comma separates words in Chinese
        assert folded_words(text) == folded_words(expected)


def test_what_readers_see_stays():
    assert [text for text in UNCHANGED if plain_text(text).text != text] == []


def test_spans_of_plain_words_hold_the_whole_word_of_the_original():
    text = "The o\ufb03ce of Zoe\u0308 Ham\u00adil\u00adton\u00ad."
    plain = plain_text(text)
    spans = [plain.original_span(*span) for span in word_spans(plain.text)]
    words = [text[start:end] for start, end in spans]
    assert words == ["The", "o\ufb03ce", "of", "Zoe\u0308", "Ham\u00adil\u00adton"]
    assert spans == word_spans(text)


SPECIAL_TEXTS = st.text(
    st.sampled_from("aAe1 .-'’\u00ad\u200b\u0301\u0308\ufb03\uff21\uff0c\u2011\u02bcß\u0640")
)


@given(SPECIAL_TEXTS)
def test_offsets_go_there_and_back(text):
    plain = plain_text(text)
    assert len(plain.text) == len(plain.starts) == len(plain.ends)
    assert plain.starts == sorted(plain.starts)
    for place in range(len(plain.text)):
        start, end = plain.original_span(place, place + 1)
        assert start < end <= len(text)
        # A ligature is several plain characters, which all start at its place.
        assert plain.starts[plain.plain_offset(start)] == start
    assert not set(characters_in(HIDDEN)) & set(plain.text)


@given(SPECIAL_TEXTS)
def test_plain_text_is_plain(text):
    once = plain_text(text).text
    assert plain_text(once).text == once


def test_special_forms_are_folded_to_other_characters():
    forms = characters_in(SPECIAL_FORMS)
    letters = [form for form in forms if form.isalpha() and unicodedata.category(form) != "Cn"]
    same = [form for form in letters if plain_text(form).text == form]
    # Half-width letters of kana and the Arabic block have a few that stand for themselves.
    assert len(same) < len(letters) / 10
    assert "\u0301" in characters_in(COMPOSING)


def test_words_are_folded_alike():
    pairs = [
        ("STRASSE", "Straße"),
        ("\u0130stanbul", "Istanbul"),
        ("ΣΑΣ", "σας"),
        ("٣٥", "35"),
        ("Zoe\u0308", "zoë"),
        ("na\u00adtion", "Nation"),
        ("O\u2019Neill", "O'NEILL"),
        ("al\u2011Amin", "al-amin"),
    ]
    assert [pair for pair in pairs if fold(pair[0]) != fold(pair[1])] == []
    assert fold("café") != fold("cafe")


def test_marks_of_other_scripts_do_not_break_words():
    assert len(word_spans("हिन्दी में")) == 2
    assert len(word_spans("ภาษาที่")) == 1


FOUND = [
    ("harbour", "the har\u00adbour", "har\u00adbour"),
    ("caf\u00e9", "a cafe\u0301.", "cafe\u0301"),
    ("cafe\u0301", "a caf\u00e9.", "caf\u00e9"),
    ("office", "the o\ufb03ce was", "o\ufb03ce"),
    ("al-Amin", "al\u2011Amin left", "al\u2011Amin"),
    ("flood*", "the \ufb02oodings", "\ufb02oodings"),
    ("A1", "road \uff21\uff11", "\uff21\uff11"),
    ("Straße", "die STRASSE", "STRASSE"),
    ("left .. group", "left the\u200b old gr\u00adoup", "left the\u200b old gr\u00adoup"),
    ("/fl(ed|ee)/", "they \ufb02ed", "\ufb02ed"),
    ("don't", "I don\u02bct", "don\u02bct"),
]


def test_terms_find_words_in_special_characters():
    failures = []
    for term, text, expected in FOUND:
        words = [text[start:end] for start, end in find_term(term, text)]
        if words != [expected]:
            failures.append((term, text, words))
    assert failures == []
    assert find_term("act", "a fact, fac\u00adt") == []


def test_an_empty_term_is_refused_as_before():
    with pytest.raises(BadInput):
        compile_term("\u00ad")
