"""Codebook terms found together in one pass: the same places as each term's own expression."""

import pytest

from clippings.core.errors import BadInput
from clippings.core.search_terms import compile_term
from clippings.themes import matcher
from clippings.themes.matcher import TermMatcher, split_alternatives

TEXTS = [
    "Rebels who had lost the town, fled. The rebel-held port fell; gunmen left it.",
    "They LEFT the\u00a0group’s ranks in a full-scale retreat, and didn't come back.",
    "A U.S.-led force, it said: dozens of men (most of them boys) deserted the militia's posts.",
    "No one — not a single man — had run away.",
    "The deserter deserted desert posts. Women and a woman ran, ran and ran away at once.",
    "",
]
TERMS = [
    "desert*",
    "desert | rebel",
    "left the group's ranks",
    "U.S.-led",
    "the rebel-held port",
    "a * retreat",
    "wom*n",
    "/fl(?:ee|ed)/",
    "rebel* .. town",
    "rebel* ... fled",
    "gunmen ... fled",
    "dozens ... deserted",
    "dozens .. deserted",
    "didn't",
    "(most of",
    "man .. had ... away",
    "ran ... ran away",
]


def matches_of(term, text):
    return TermMatcher({}).add(term).find(text).of(term)


def test_a_term_is_found_where_its_expression_finds_it():
    wrong = []
    for term in TERMS:
        pattern = compile_term(term)
        for text in TEXTS:
            expected = {match.span() for match in pattern.finditer(text)}
            found = {(match.start, match.end) for match in matches_of(term, text)}
            if not expected <= found or bool(found) != bool(expected):
                wrong.append((term, text, expected, found))
    assert wrong == []


def test_all_terms_together_find_what_each_finds_alone():
    together = TermMatcher({})
    for term in TERMS:
        together.add(term)
    wrong = []
    for text in TEXTS:
        matches = together.find(text)
        wrong += [(term, text) for term in TERMS if matches.of(term) != matches_of(term, text)]
    assert wrong == []


def test_a_text_is_skipped_only_if_no_term_is_found_in_it():
    skipped = []
    for term in TERMS:
        terms = TermMatcher({}).add("snow*").add(term)
        for text in TEXTS:
            if terms.find(text).of(term) and not terms.may_match(text):
                skipped.append((term, text))
    assert skipped == []


def test_a_text_in_which_no_phrase_starts_is_skipped():
    terms = TermMatcher({}).add("snow* | heavy rain")
    texts = ("It rained.", "Heavy clouds.", "SNOWED in")
    assert [terms.may_match(text) for text in texts] == [False, True, True]


def test_most_terms_of_the_list_are_found_somewhere():
    missing = {term for term in TERMS if not any(matches_of(term, text) for text in TEXTS)}
    assert missing == {"gunmen ... fled", "dozens .. deserted", "rebel* .. town"}


def test_a_class_is_all_its_rows_and_a_match_names_its_alternative():
    terms = TermMatcher(
        {"$man": ["rebel*", "gunmen | boys"], "$left": ["left | $away"], "$away": ["ran .. away"]}
    )
    terms.add("$man ... $left | $man who").add("$man")
    text = "Rebels who had lost ran far away, gunmen left."
    found = terms.find(text)
    assert [(match.alternative, match.gaps) for match in found.of("$man ... $left | $man who")] == [
        ("$man who", ()),
        ("$man ... $left", (" who had lost ", " far ")),
        ("$man ... $left", (" ",)),
    ]
    assert [text[match.start : match.end] for match in found.of("$man")] == ["Rebels", "gunmen"]


def test_terms_added_later_are_found_too():
    terms = TermMatcher({}).add("rebel")
    assert terms.find("The rebels fled.").of("rebel") == []
    assert terms.add("rebel*").find("The rebels fled.").of("rebel*") == [(4, 10, (), "rebel*")]


def test_forgetting_words_makes_no_difference(monkeypatch):
    expected = [matches_of(term, text) for term in TERMS for text in TEXTS]
    monkeypatch.setattr(matcher, "MAX_REMEMBERED_WORDS", 2)
    assert [matches_of(term, text) for term in TERMS for text in TEXTS] == expected


UNREADABLE = [
    ({}, "$man fled", "$man"),
    ({"$man": ["$man | boys"]}, "$man", "$man"),
    ({"$man": ["$boy"], "$boy": ["$man"]}, "$boy fled", "$boy"),
    ({}, "fled | ", "fled | "),
    ({}, " * ", " * "),
    ({}, "/(/", "/(/"),
]


def test_terms_that_cannot_be_read_are_named():
    for classes, term, named in UNREADABLE:
        with pytest.raises(BadInput) as error:
            TermMatcher(classes).add(term)
        assert named.strip() in str(error.value)


def test_an_expression_may_match_marks_and_stand_between_blanks():
    assert [match[:2] for match in matches_of(" /[,;]/ ", "a, b; c")] == [(1, 2), (4, 5)]


def test_a_gap_has_a_limited_number_of_words_and_no_hard_stop():
    found = {
        "rebels, who fled": 1,
        "rebels; they fled": 0,
        f"rebels {'x' * 400} fled": 0,
        f"rebels {' '.join('abcdef')} fled": 1,
        f"rebels {' '.join('abcdefg')} fled": 0,
    }
    assert {text: len(matches_of("rebels ... fled", text)) for text in found} == found


def test_alternatives():
    assert split_alternatives(" a  b | c* ") == ["a b", "c*"]
    assert split_alternatives("/a | b/") == ["/a | b/"]
