"""Many terms at once: the same matches as of each term by itself."""

from hypothesis import given, settings
from hypothesis import strategies as st

from clippings.core.search_terms import compile_term
from clippings.timeline.term_scanner import TermScanner

# Words with letters that IGNORECASE takes for others: dotted and dotless i, long s, Kelvin sign, and accents.
WORDS = st.sampled_from(
    ["kit", "Kit", "KIT", "kıt", "mist", "miſt", "misty", "sit-in", "don't", "don’t", "café", "CAFÉ", "a_b", "a", "b", "mIST"]
)  # fmt: skip
PARTS = st.sampled_from(
    ["kit", "mist*", "*ist", "m*st", "sit-in*", "don't", "don’t", "caf*", "café", "a_b", "*", "..", "...", "a", "miſt", "K*"]
)  # fmt: skip
TERMS = st.lists(PARTS, min_size=1, max_size=4).map(" ".join)
ALTERNATIVES = st.lists(TERMS, min_size=1, max_size=3).map(" | ".join)
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(st.lists(ALTERNATIVES, max_size=4), TEXTS)
def test_the_same_matches_as_of_each_term_by_itself(terms, text):
    terms = [term for term in terms if all(any(map(str.isalnum, part)) for part in term.split("|"))]
    singly = [
        (number, match.span())
        for number, term in enumerate(terms)
        for match in compile_term(term).finditer(text)
        if match[0]
    ]
    assert [(number, match.span()) for number, match in TermScanner(terms).scan(text)] == singly


def test_regular_expressions_are_always_tried():
    scanner = TermScanner(["/lev(ee|y)/", "dam"])
    assert [number for number, _ in scanner.scan("The levy broke.")] == [0]
