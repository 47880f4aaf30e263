"""The record of a time expression at its place, and the look-up of its context."""

import re
from typing import NamedTuple

from clippings.timeline.patterns import context

# Characters before an expression in which its context is looked for: a clause or so. 60 fits the
# longest rows of lexicon/en/time/contexts with an adverb or two between.
CONTEXT_WIDTH = 60


class Expression(NamedTuple):
    """A time expression at its place in the text."""

    kind: str  # of lexicon/en/time/patterns
    words: str  # in lower case, with single blanks
    text: str  # the passage around it
    start: int
    end: int

    def preceded_by(self, name: str) -> bool:
        """Return whether the words before it fit a context."""
        before = self.text[max(0, self.start - CONTEXT_WIDTH) : self.start]
        return bool(context(name, "before").search(before))

    def followed_by(self, name: str) -> re.Match | None:
        """Return how the words after it fit a context."""
        return context(name, "after").match(self.text, self.end)

    def has(self, name: str) -> bool:
        """Return whether its own words fit a context."""
        return bool(context(name, "in").search(self.words))
