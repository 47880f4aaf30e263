"""Pronouns that open sentences and continue a topic: "She has left. She will return."

Such a pronoun counts as another mention of the person. Otherwise, a person who is the subject of
many sentences would seem ever farther away, and persons mentioned in passing would seem closer.
"""

import re
from typing import NamedTuple

from clippings.actors.persons import ArticlePersons, Paragraph
from clippings.core.lexicon import any_of
from clippings.core.spans import enclosing
from clippings.core.tokens import fold

_before_subject = any_of("en/speech/function_words", "opens a sentence before its subject")
_preposition = any_of("en/speech/function_words", "opens a phrase that is not a subject")

OPENING_PRONOUN = re.compile(
    rf"""
    [\s“”"]*
    (?: {_before_subject} \s+ )?                             # But
    (?: {_preposition} \s+ [^,;:.“”"]{{2,50}} , \s+ )?      # on Monday,
    (?P<pronoun> he | she ) \b
    """,
    re.VERBOSE | re.IGNORECASE,
)


class OpeningPronoun(NamedTuple):
    """A pronoun that is the subject at the start of a sentence."""

    start: int  # offset in the article
    pronoun: str  # folded
    paragraph: int  # number of the paragraph
    sentence: int  # number of the sentence in its paragraph


class PronounChains:
    """The opening pronouns of one article, and the persons to whom they refer, if resolved."""

    def __init__(self, persons: ArticlePersons):
        self.persons = persons
        # By start of a pronoun: the person it refers to; "" if undecided.
        self.actors: dict[int, str] = {}
        self._of_paragraph: dict[int, list[OpeningPronoun]] = {}

    def before(self, offset: int, paragraphs: int) -> list[OpeningPronoun]:
        """Return the opening pronouns in a number of paragraphs before an offset, in order."""
        last = self.persons.paragraph_number(offset)
        first = max(0, last - paragraphs + 1)
        pronouns = []
        for number in range(first, last + 1):
            pronouns.extend(self._find_in_paragraph(number))
        return [pronoun for pronoun in pronouns if pronoun.start < offset]

    def _find_in_paragraph(self, number: int) -> list[OpeningPronoun]:
        """Return the opening pronouns of a paragraph."""
        if number not in self._of_paragraph:
            paragraph = self.persons.paragraph(number)
            self._of_paragraph[number] = _opening_pronouns(paragraph, number)
        return self._of_paragraph[number]


def _opening_pronouns(paragraph: Paragraph, number: int) -> list[OpeningPronoun]:
    """Return the opening pronouns of a paragraph outside its quotations."""
    pronouns = []
    for sentence, sentence_start in enumerate(paragraph.sentence_starts):
        match = OPENING_PRONOUN.match(paragraph.text, sentence_start - paragraph.start)
        if not match:
            continue
        start = paragraph.start + match.start("pronoun")
        if enclosing(paragraph.marked, start) is None:
            pronouns.append(OpeningPronoun(start, fold(match["pronoun"]), number, sentence))
    return pronouns
