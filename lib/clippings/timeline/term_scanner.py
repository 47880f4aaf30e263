"""Search many texts for many terms; a quick look-up first excludes terms that cannot match.

Most terms appear in few passages, and looking up words in a set is far faster than applying a
regular expression.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from clippings.core.characters import plain_text
from clippings.core.search_terms import compile_term

# Letters that match ASCII letters in a search term, but that str.lower does not convert: dotted and
# dotless i, long s, the Kelvin sign; and ß, which matches ss.
TO_ASCII = str.maketrans({"İ": "i", "ı": "i", "ſ": "s", "\u212a": "k", "ß": "ss", "ẞ": "ss"})

# Wildcards and gaps ("*", "..") match any word, so they do not appear in the text.
PLACEHOLDERS = frozenset({"*", "..", "..."})

# Only runs of ASCII letters and digits are looked up: for these it is known which other letters
# IGNORECASE matches.
RUN = re.compile(r"[a-z0-9]+")
PART_OF_WORD = re.compile(r"(?<=\*)[a-z0-9]+|[a-z0-9]+(?=\*)")  # "flood*", "*flood"


class Requirement(NamedTuple):
    """A word, or part of one, that a text must contain for one alternative of a term to match."""

    run: str
    is_word: bool


class TermScanner:
    """Find all matches of a list of search terms in one text after another.

    Parameters
    ----------
    terms : iterable of str
        Terms of the codebook, see core.search_terms.compile_term.

    Raises
    ------
    BadInput
        If a term is not valid. The message explains how to write it.

    Examples
    --------
    >>> scanner = TermScanner(["levee | dam", "flood*"])
    >>> [(number, match[0]) for number, match in scanner.scan("The dam broke; the flooding began.")]
    [(0, 'dam'), (1, 'flooding')]
    """

    def __init__(self, terms: Iterable[str]):
        self._patterns: list[re.Pattern] = []
        # Numbers of the terms without required words, and of those that require a word or a part of
        # a word.
        self._always: list[int] = []
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._by_substring: dict[str, list[int]] = defaultdict(list)
        for number, term in enumerate(plain_text(term).text for term in terms):
            self._patterns.append(compile_term(term))
            requirements = requirements_of(term)
            if not requirements:
                self._always.append(number)
            for requirement in requirements:
                index = self._by_word if requirement.is_word else self._by_substring
                index[requirement.run].append(number)

    def scan(self, text: str) -> Iterator[tuple[int, re.Match]]:
        """Find the matches of all terms.

        Parameters
        ----------
        text : str

        Yields
        ------
        (int, re.Match)
            The number of a term and a match that is not empty, sorted by term and then from left to
            right.
        """
        for number in self._candidates(_fold(text)):
            for match in self._patterns[number].finditer(text):
                if match[0]:
                    yield number, match

    def _candidates(self, folded: str) -> list[int]:
        """Return the numbers of the terms that may match."""
        numbers = set(self._always)
        for word in self._by_word.keys() & set(RUN.findall(folded)):
            numbers.update(self._by_word[word])
        for substring, terms in self._by_substring.items():
            if substring in folded:
                numbers.update(terms)
        return sorted(numbers)


def requirements_of(term: str) -> tuple[Requirement, ...]:
    """Return the words or parts of words of which every text that matches a term contains one.

    Parameters
    ----------
    term : str
        A search term of the codebook.

    Returns
    -------
    tuple of Requirement
        One requirement for each alternative of the term; empty if none is known, as for regular
        expressions.

    Examples
    --------
    >>> [tuple(requirement) for requirement in requirements_of("took to the street | flood*")]
    [('street', True), ('flood', False)]
    >>> requirements_of("/lev(ee|y)/")
    ()
    """
    if len(term) > 2 and term.startswith("/") and term.endswith("/"):
        return ()
    requirements = [_requirement_of(alternative) for alternative in _fold(term).split("|")]
    return () if None in requirements else tuple(requirements)


def _requirement_of(alternative: str) -> Requirement | None:
    """Return the longest whole word of an alternative, or else part of a word; None for neither."""
    words = " ".join(word for word in alternative.split() if word not in PLACEHOLDERS)
    parts = PART_OF_WORD.findall(words)
    whole = RUN.findall(PART_OF_WORD.sub(" ", words))
    if whole:
        return Requirement(max(whole, key=len), is_word=True)
    return Requirement(max(parts, key=len), is_word=False) if parts else None


def _fold(text: str) -> str:
    """Return a text in lower case, with all letters that match ASCII letters replaced by them."""
    return text.lower() if text.isascii() else text.translate(TO_ASCII).lower()
