"""Codebook terms found together in one pass: the same places as each term's own expression."""

import pytest

from clippings.core.errors import BadInput
from clippings.core.search_terms import compile_term
from clippings.themes.matcher import Terms, ways_of

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
    terms = Terms({}).add(term)
    for text in TEXTS:
        expected = [match.span() for match in compile_term(term).finditer(text)]
        found = {span[:2] for span in terms.find(text).spans(term)}
        assert set(expected) <= found
        assert bool(found) == bool(expected)


@pytest.mark.parametrize("term", TERMS)
def test_a_text_is_passed_over_only_where_a_term_is_not(term):
    terms = Terms({}).add("snow*").add(term)
    assert [
        text for text in TEXTS if terms.find(text).spans(term) and not terms.may_find(text)
    ] == []


def test_a_text_in_which_no_phrase_begins_is_passed_over():
    terms = Terms({}).add("snow* | heavy rain")
    assert [terms.may_find(text) for text in ("It rained.", "Heavy clouds.", "SNOWED in")] == [
        False,
        True,
        True,
    ]


def test_no_term_of_the_list_is_found_nowhere():
    found = {
        term for term in TERMS if any(Terms({}).add(term).find(text).spans(term) for text in TEXTS)
    }
    assert set(TERMS) - found == {"gunmen ... fled", "dozens .. deserted", "rebel* .. town"}


def test_a_class_is_all_its_rows_and_a_row_says_which_way_was_used():
    terms = Terms(
        {"$man": ["rebel*", "gunmen | boys"], "$left": ["left | $away"], "$away": ["ran .. away"]}
    )
    terms.add("$man ... $left | $man who").add("$man")
    found = terms.find("Rebels who had lost ran far away, gunmen left.")
    assert [(way, gaps) for *_, gaps, way in found.spans("$man ... $left | $man who")] == [
        ("$man who", ()),
        ("$man ... $left", (" who had lost ", " far ")),
        ("$man ... $left", (" ",)),
    ]
    assert [found.text[start:end] for start, end, *_ in found.spans("$man")] == ["Rebels", "gunmen"]


def test_terms_added_later_are_found_too():
    terms = Terms({}).add("rebel")
    assert terms.find("The rebels fled.").spans("rebel") == []
    assert terms.add("rebel*").find("The rebels fled.").spans("rebel*") == [(4, 10, (), "rebel*")]


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
        Terms(classes).add(term)


def test_a_gap_ends_at_a_hard_stop_and_at_what_is_no_word():
    terms = Terms({}).add("rebels ... fled")
    for text, there in (
        ("rebels, who fled", 1),
        ("rebels; they fled", 0),
        (f"rebels {'x' * 400} fled", 0),
    ):
        assert len(terms.find(text).spans("rebels ... fled")) == there
    assert len(terms.find(f"rebels {' '.join('abcdef')} fled").spans("rebels ... fled")) == 1
    assert terms.find(f"rebels {' '.join('abcdefg')} fled").spans("rebels ... fled") == []


def test_ways_to_say_it():
    assert ways_of(" a  b | c* ") == ["a b", "c*"]
    assert ways_of("/a | b/") == ["/a | b/"]
