"""The sentence around a mention, in every layout of text."""

import textwrap

from clippings.brief.clauses import clause_around, sentence_around

HEADLINE = "DAM BREAKS"
BREACH = (
    "The old dam above Ostrand collapsed early on Monday, and the river rose by three metres "
    "within an hour, a spokesman for the Water Board said."
)
DAMAGE = (
    "Two bridges and a mill were carried away, and the lower market of Tolmere stood under water "
    "until the evening."
)
PARAGRAPHS = (HEADLINE, BREACH, DAMAGE)


def wrapped(*paragraphs: str, indent: str = "") -> list[str]:
    return [textwrap.fill(text, 60, initial_indent=indent) for text in paragraphs]


LAYOUTS = {
    "one line per paragraph": "\n".join(PARAGRAPHS),
    "blank lines": "\n\n".join(PARAGRAPHS),
    "hard-wrapped, blank lines": "\n\n".join(wrapped(*PARAGRAPHS)),
    "hard-wrapped, indented": "\n".join([HEADLINE, *wrapped(BREACH, DAMAGE, indent="    ")]),
    "hard-wrapped, Windows": "\r\n\r\n".join(wrapped(*PARAGRAPHS)).replace("\n", "\r\n"),
}


def test_a_sentence_is_found_in_every_layout():
    wrong = {}
    for layout, text in LAYOUTS.items():
        start, end = sentence_around(text, text.index("rose"))
        sentence = " ".join(text[start:end].split())
        if sentence != BREACH:
            wrong[layout] = sentence
    assert wrong == {}


def test_a_clause_is_quoted_in_one_line_in_every_layout():
    clauses = set()
    for text in LAYOUTS.values():
        start = text.index("rose")
        clauses.add(clause_around(text, start, start + len("rose")))
    assert clauses == {"and the river rose by three metres within an hour"}


def test_between_sentences_there_is_none():
    assert sentence_around("One. \n\nTwo.", 5) == (5, 5)
