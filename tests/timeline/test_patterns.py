"""The pieces and patterns of the lexicon, with which time expressions are found."""

import re

import pytest

from clippings.core.lexicon import read_lexicon
from clippings.timeline import patterns
from clippings.timeline.patterns import find_matches, parse_number

# Words before the example of a kind, where "it came - …" would not do.
LEAD_OF_KIND = {"year": "in", "season": "in", "shift": "", "unit": ""}
LEAD_OF_EXAMPLE = {
    "weeks": "for",
    "months": "in",
    "days": "within",
    "hours": "of",
    "decades": "over",
    "the 5th": "on",
}


# Words after the example of a pattern without which it does not match.
AFTER_EXAMPLE = {"49": "-44 BC", "7/7": " bombings"}


def test_a_piece_matches_the_whole_of_its_example():
    wrong = []
    for row in read_lexicon("en/time/pieces"):
        before, _, marked = row["example"].rpartition("[[")
        words, _, after = marked.partition("]]")
        pattern = re.compile(patterns._compose(row["pattern"], patterns.pieces()), re.I)
        match = pattern.match(before + words + after, len(before))
        if not match or match[0] != words:
            wrong.append((row["name"], row["example"], match and match[0]))
    assert wrong == []


def test_a_pattern_finds_the_whole_of_its_example():
    wrong = []
    for row in read_lexicon("en/time/patterns"):
        example = row["example"]
        lead = LEAD_OF_EXAMPLE.get(example) or LEAD_OF_KIND.get(row["kind"], "-")
        after = AFTER_EXAMPLE.get(example, "")
        found = [
            (kind, match[0]) for kind, match in find_matches(f"It came {lead} {example}{after}.")
        ]
        if (row["kind"], example) not in found:
            wrong.append((row["kind"], example, found))
    assert wrong == []


def test_each_piece_is_used():
    texts = [
        row["pattern"]
        for name in ("pieces", "patterns", "contexts")
        for row in read_lexicon(f"en/time/{name}")
    ]
    names = {row["name"] for row in read_lexicon("en/time/pieces")} - {"passive"}  # of interpret
    assert {name for name in names if not any(f"<{name}>" in text for text in texts)} == set()


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("two", 2),
        ("a dozen", 12),
        ("two hundred and fifty", 250),
        ("two thousand three hundred", 2300),
        ("three hundred thousand", 300_000),
        ("weeks", 0),
    ],
)
def test_number_words_make_a_number(words, number):
    assert parse_number(words) == number


def test_skipping_words_that_cannot_open_an_expression_loses_none(seeds, flood):
    """The same matches as of the pattern tried at every character."""
    pattern, kinds = patterns._expression_pattern()
    for articles, *_ in (seeds, flood):
        for text in articles.text:
            everywhere = [
                (kinds[match.lastindex - 1], match.span()) for match in pattern.finditer(text)
            ]
            assert [(kind, match.span()) for kind, match in find_matches(text)] == everywhere
