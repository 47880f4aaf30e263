"""Codebook terms found together in one pass: the same places as each term's own expression."""

import pytest

from clippings.core.errors import BadInput
from clippings.core.search_terms import compile_term
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


@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_found_where_its_expression_finds_it(term):
    terms = TermMatcher({}).add(term)
    for text in TEXTS:
        expected = [match.span() for match in compile_term(term).finditer(text)]
        found = {span[:2] for span in terms.find(text).of(term)}
        assert set(expected) <= found
        assert bool(found) == bool(expected)


@pytest.mark.parametrize("term", TERMS)
def test_a_text_is_passed_over_only_where_a_term_is_not(term):
    terms = TermMatcher({}).add("snow*").add(term)
    assert [
        text for text in TEXTS if terms.find(text).of(term) and not terms.may_match(text)
    ] == []


def test_a_text_in_which_no_phrase_begins_is_passed_over():
    terms = TermMatcher({}).add("snow* | heavy rain")
    assert [terms.may_match(text) for text in ("It rained.", "Heavy clouds.", "SNOWED in")] == [
        False,
        True,
        True,
    ]


def test_no_term_of_the_list_is_found_nowhere():
    found = {
        term for term in TERMS if any(TermMatcher({}).add(term).find(text).of(term) for text in TEXTS)
    }
    assert set(TERMS) - found == {"gunmen ... fled", "dozens .. deserted", "rebel* .. town"}


def test_a_class_is_all_its_rows_and_a_row_says_which_way_was_used():
    terms = TermMatcher(
        {"$man": ["rebel*", "gunmen | boys"], "$left": ["left | $away"], "$away": ["ran .. away"]}
    )
    terms.add("$man ... $left | $man who").add("$man")
    found = terms.find("Rebels who had lost ran far away, gunmen left.")
    assert [(way, gaps) for *_, gaps, way in found.of("$man ... $left | $man who")] == [
        ("$man who", ()),
        ("$man ... $left", (" who had lost ", " far ")),
        ("$man ... $left", (" ",)),
    ]
    assert [found.text[start:end] for start, end, *_ in found.of("$man")] == ["Rebels", "gunmen"]


def test_terms_added_later_are_found_too():
    terms = TermMatcher({}).add("rebel")
    assert terms.find("The rebels fled.").of("rebel") == []
    assert terms.add("rebel*").find("The rebels fled.").of("rebel*") == [(4, 10, (), "rebel*")]


@pytest.mark.parametrize(
    ("classes", "term", "said"),
    [
        ({}, "$man fled", r"\$man is not in the codebook"),
        ({"$man": ["$man | boys"]}, "$man", r"\$man holds itself"),
        ({"$man": ["$boy"], "$boy": ["$man"]}, "$boy fled", "holds itself"),
        ({}, "fled | ", "the term"),
        ({}, " * ", "the term"),
        ({}, "/(/", "not a regular expression"),
    ],
)
def test_what_cannot_be_found_is_named(classes, term, said):
    with pytest.raises(BadInput, match=said):
        TermMatcher(classes).add(term)


def test_a_gap_ends_at_a_hard_stop_and_at_what_is_no_word():
    terms = TermMatcher({}).add("rebels ... fled")
    for text, there in (
        ("rebels, who fled", 1),
        ("rebels; they fled", 0),
        (f"rebels {'x' * 400} fled", 0),
    ):
        assert len(terms.find(text).of("rebels ... fled")) == there
    assert len(terms.find(f"rebels {' '.join('abcdef')} fled").of("rebels ... fled")) == 1
    assert terms.find(f"rebels {' '.join('abcdefg')} fled").of("rebels ... fled") == []


def test_ways_to_say_it():
    assert split_alternatives(" a  b | c* ") == ["a b", "c*"]
    assert split_alternatives("/a | b/") == ["/a | b/"]
