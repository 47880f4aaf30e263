"""Define the record of a time expression in its context."""

import re
from typing import NamedTuple

from clippings.timeline.patterns import context

# Number of characters searched before an expression for its context: about a clause. 60 is enough
# for the longest rows of lexicon/en/time/contexts plus an adverb or two.
CONTEXT_WIDTH = 60


class Expression(NamedTuple):
    """A time expression with its location and context."""

    kind: str  # from lexicon/en/time/patterns
    words: str  # in lower case, with single blanks
    text: str  # the passage around it
    start: int
    end: int

    def preceded_by(self, name: str) -> bool:
        """Return whether the preceding words match a context."""
        before = self.text[max(0, self.start - CONTEXT_WIDTH) : self.start]
        return bool(context(name, "before").search(before))

    def followed_by(self, name: str) -> re.Match | None:
        """Return the match of a context with the following words."""
        return context(name, "after").match(self.text, self.end)

    def has(self, name: str) -> bool:
        """Return whether the words of the expression match a context."""
        return bool(context(name, "in").search(self.words))
