"""Match many codebook terms against one sentence in a single pass.

A term consists of alternatives (`flee* | left the group`). Each alternative is a sequence of steps:
phrases and word classes (`$man`), with gaps between them (`..` up to 2 words, `...` up to 6)::

    term          $man ... left the group | desert*
    alternative   $man ... left the group
    steps         $man    the class, which is a list of terms itself
                  ...     gap
                  left the group    a phrase

All phrases are stored in a trie of words. `TermMatcher.find` traverses it once per sentence and
finds every phrase; `Matches.of` then combines phrases to the requested terms. Phrases that a trie
cannot express, such as regular expressions, are matched one by one.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from clippings.core.errors import BadInput
from clippings.core.search_terms import compile_term
from clippings.core.tokens import fold

TOKEN = re.compile(r"\w+")

# A phrase that can be stored in the trie: words, which may contain *, with any other characters
# between them.
TRIE_PHRASE = re.compile(r"[\w*]+(?:\W+[\w*]+)*")

# A * that is followed by letters (wom*n) cannot be looked up by the beginning of a word.
INNER_WILDCARD = re.compile(r"\*\w")

PHRASE_WORD = re.compile(r"[\w*]+")
WORD_CLASS = re.compile(r"\$[^\W\d]\w*")

# The maximum number of words in a gap.
GAP_WORDS = {"..": 2, "...": 6}

# Marks that a gap must not contain, because the words before and after them rarely belong together.
GAP_STOPS = re.compile(r"[;:!?]")

GAP_WORD = re.compile(r"\w+(?:['’-]\w+)*")

# The maximum number of letters in a word. Longer tokens, such as addresses, never match a wildcard
# and cannot be part of a gap.
LONGEST_WORD = 40

# The number of words whose forms are cached. The vocabulary of a large corpus would take too much
# memory.
MAX_REMEMBERED_WORDS = 50_000

END = None  # key in a node of the trie: the phrase that ends here


class Match(NamedTuple):
    """A match of a term in a sentence."""

    start: int
    end: int
    gaps: tuple[str, ...]  # the text in each gap
    alternative: str  # the alternative of the term that matched


class _Step(NamedTuple):
    """A phrase or word class of an alternative, with the gap before it."""

    gap: str | None  # a key of GAP_WORDS; None: follows after white space
    name: str


class _PartialMatch(NamedTuple):
    """A match of the first steps of an alternative."""

    start: int
    end: int
    gaps: tuple[str, ...]


class TermMatcher:
    """Codebook terms and word classes, prepared for matching.

    Parameters
    ----------
    classes : dict of str to list of str
        The terms of each word class; names start with `$`.

    Notes
    -----
    Terms must be added with `add` before they can be matched. The syntax is that of `compile_term`,
    with names of classes as additional words. All matches are found, including overlapping ones.

    Examples
    --------
    >>> matcher = TermMatcher({"$man": ["rebel* | gunmen"]}).add("$man ... fled")
    >>> matcher.find("Rebels who had lost, fled").of("$man ... fled")
    [Match(start=0, end=25, gaps=(' who had lost, ',), alternative='$man ... fled')]
    """

    def __init__(self, classes: dict[str, list[str]]):
        self.classes = classes
        # The terms of which a phrase alone is an alternative: phrase → (term, alternative).
        self.terms_of_phrase: dict[str, list[tuple[str, str]]] = {}
        # The other alternatives of a term: first phrase or class → (further steps, alternative).
        self.sequences: dict[str, dict[str, list[tuple[list[_Step], str]]]] = {}

        # Phrases by their words. A key is the separator before a word and the word, a * included.
        self.trie: dict = {}
        # Phrases that are not in the trie.
        self.patterns: dict[str, re.Pattern] = {}

        # Words of phrases, as written; which of them each word of a text matches; and words of
        # texts with which a phrase may start. The last two are filled as texts are read.
        self.phrase_words: set[str] = set()
        self.forms: dict[str, list[str]] = {}
        self.openers: set[str] = set()

    def add(self, term: str, inside: tuple[str, ...] = ()) -> "TermMatcher":
        """Add a term, with all classes that it names.

        Parameters
        ----------
        term : str
            A term, or the name of a class.
        inside : tuple of str, optional
            The classes in whose terms this one occurs.

        Returns
        -------
        TermMatcher
            The matcher itself.

        Raises
        ------
        BadInput
            If the term cannot be read, or names a class that does not exist or contains itself.
        """
        if term in inside:
            raise BadInput(f"the word class {term} contains itself: remove it from its own rows")
        if term in self.sequences:
            return self
        self.sequences[term] = {}

        for row in self.classes.get(term, [term]):
            alternatives = split_alternatives(row)
            for alternative in alternatives:
                if not _is_expression(alternative) and not TOKEN.search(alternative):
                    compile_term(row)  # raises BadInput, which names the whole term
            for alternative in alternatives:
                first, *further = self._read_steps(alternative, (*inside, term))
                if not further and first.name not in self.classes:
                    self.terms_of_phrase.setdefault(first.name, []).append((term, alternative))
                else:
                    sequences = self.sequences[term].setdefault(first.name, [])
                    sequences.append((further, alternative))
        return self

    def _read_steps(self, alternative: str, inside: tuple[str, ...]) -> list[_Step]:
        """Split an alternative into phrases and classes, and add these."""
        if _is_expression(alternative):
            self.patterns[alternative] = compile_term(alternative)
            return [_Step(None, alternative)]

        steps: list[_Step] = []
        gap: str | None = None
        words: list[str] = []  # of the phrase that is being read

        def close_phrase() -> None:
            nonlocal gap
            if words:
                steps.append(_Step(gap, self._add_phrase(" ".join(words))))
                words.clear()
                gap = None

        for word in alternative.split():
            if WORD_CLASS.fullmatch(word):
                close_phrase()
                if word not in self.classes:
                    raise BadInput(
                        f"the word class {word} is not in the codebook: add a row with the theme "
                        f"{word}, or a row $include for a dictionary that contains it"
                    )
                self.add(word, inside)
                steps.append(_Step(gap, word))
                gap = None
            elif word in GAP_WORDS:
                close_phrase()
                gap = word
            else:
                words.append(word)
        close_phrase()
        return steps

    def _add_phrase(self, phrase: str) -> str:
        """Add a phrase to the trie, or as a pattern; return it folded."""
        phrase = fold(phrase)
        if not TRIE_PHRASE.fullmatch(phrase) or INNER_WILDCARD.search(phrase):
            self.patterns[phrase] = compile_term(phrase)
            return phrase

        # The cached forms of words are no longer valid.
        self.forms.clear()
        self.openers.clear()

        node = self.trie
        end = 0
        for match in PHRASE_WORD.finditer(phrase):
            self.phrase_words.add(match[0])
            key = _separator(phrase[end : match.start()]) + match[0]
            node = node.setdefault(key, {})
            end = match.end()
        node[END] = phrase
        return phrase

    def may_match(self, text: str) -> bool:
        """Check quickly whether a text may contain a phrase.

        Parameters
        ----------
        text : str
            Any text.

        Returns
        -------
        bool
            False only if no phrase starts anywhere in the text.
        """
        words = set(TOKEN.findall(text))
        for word in words.difference(self.forms):
            self._forms_of(word)
        return bool(self.patterns) or not words.isdisjoint(self.openers)

    def find(self, text: str) -> "Matches":
        """Find all phrases in a sentence.

        Parameters
        ----------
        text : str
            One sentence.

        Returns
        -------
        Matches
            The matches, which can be retrieved for each term.
        """
        phrases: dict[str, list[tuple[int, int]]] = {}
        tokens = list(TOKEN.finditer(text))
        forms = [self._forms_of(token[0]) for token in tokens]
        openers = [number for number, token in enumerate(tokens) if token[0] in self.openers]

        if openers:
            separators = _separators(text, tokens)
            for first in openers:
                for phrase, after in self._walk(first, forms, separators):
                    span = (tokens[first].start(), tokens[after - 1].end())
                    phrases.setdefault(phrase, []).append(span)

        for phrase, pattern in self.patterns.items():
            phrases[phrase] = [match.span() for match in pattern.finditer(text) if match[0]]
        return Matches(self, text, phrases)

    def _walk(
        self, first: int, forms: list[list[str]], separators: list[str]
    ) -> Iterator[tuple[str, int]]:
        """Yield the phrases that start at a token, each with the number of the token after it."""
        reached = [(first, self.trie)]
        while reached:
            number, node = reached.pop()
            if number > first and END in node:
                yield node[END], number
            if number == len(forms):
                continue
            separator = separators[number] if number > first else ""
            for form in forms[number]:
                following = node.get(separator + form)
                if following is None:
                    continue
                if form == "*":
                    reached += [(end, following) for end in _word_ends(separators, number)]
                else:
                    reached.append((number + 1, following))

    def _forms_of(self, word: str) -> list[str]:
        """Return the words of phrases that match a word of a text, such as rebels and rebel*."""
        if word not in self.forms:
            if len(self.forms) > MAX_REMEMBERED_WORDS:
                self.forms.clear()
            folded = fold(word)
            beginnings = range(len(folded[:LONGEST_WORD]) + 1)
            candidates = [folded, *(f"{folded[:letters]}*" for letters in beginnings)]
            self.forms[word] = [form for form in candidates if form in self.phrase_words]
            if not self.trie.keys().isdisjoint(self.forms[word]):
                self.openers.add(word)
        return self.forms[word]


class Matches:
    """The matches of terms in one sentence; made by `TermMatcher.find`."""

    def __init__(self, matcher: TermMatcher, text: str, phrases: dict[str, list[tuple[int, int]]]):
        self.matcher = matcher
        self.text = text
        self.phrases = phrases
        self.known: dict[str, list[Match]] = {}
        self.whole_alternatives: dict[str, list[Match]] = {}
        for phrase, spans in phrases.items():
            for term, alternative in matcher.terms_of_phrase.get(phrase, ()):
                matches = self.whole_alternatives.setdefault(term, [])
                matches += [Match(start, end, (), alternative) for start, end in spans]

    def of(self, term: str) -> list[Match]:
        """Return the matches of a term.

        Parameters
        ----------
        term : str
            A term, or the name of a class, that was added to the matcher.

        Returns
        -------
        list of Match
            The matches in order of position.
        """
        if term not in self.known:
            matches = list(self.whole_alternatives.get(term, ()))
            for first, sequences in self.matcher.sequences[term].items():
                begun = self._matches_of_step(first)
                if not begun:
                    continue
                for further, alternative in sequences:
                    for start, end, gaps in self._follow(begun, further):
                        matches.append(Match(start, end, gaps, alternative))
            self.known[term] = sorted(matches)
        return self.known[term]

    def _matches_of_step(self, name: str) -> list[_PartialMatch]:
        """Return the matches of a phrase or class."""
        if name in self.matcher.classes:
            return [_PartialMatch(match.start, match.end, match.gaps) for match in self.of(name)]
        return [_PartialMatch(start, end, ()) for start, end in self.phrases.get(name, ())]

    def _follow(self, begun: list[_PartialMatch], steps: list[_Step]) -> list[_PartialMatch]:
        """Return the partial matches that all further steps follow."""
        for gap, name in steps:
            if not begun:
                break
            following = sorted(self._matches_of_step(name))
            starts = [match.start for match in following]
            continued = []
            for start, end, gaps in begun:
                for match in following[bisect_left(starts, end) :]:
                    between = self.text[end : match.start]
                    if not _may_separate(between, gap):
                        break  # the later ones are even farther away
                    own_gap = (between,) if gap else ()
                    continued.append(
                        _PartialMatch(start, match.end, (*gaps, *own_gap, *match.gaps))
                    )
            begun = continued
        return begun


def _may_separate(between: str, gap: str | None) -> bool:
    """Return whether a text may appear between two steps."""
    if gap is None:
        return between.isspace()
    words = GAP_WORDS[gap]
    if len(between) > LONGEST_WORD * (words + 1) or GAP_STOPS.search(between):
        return False
    return len(GAP_WORD.findall(between)) <= words


def _separators(text: str, tokens: list[re.Match]) -> list[str]:
    """Return the separator before each token."""
    separators = [""]
    for previous, token in pairwise(tokens):
        separators.append(_separator(text[previous.end() : token.start()]))
    return separators


def _separator(text: str) -> str:
    """Return a text between words in comparable form: single spaces, straight apostrophes."""
    return " " if text.isspace() else text.strip().replace("’", "'")


def _word_ends(separators: list[str], number: int) -> list[int]:
    """Return the tokens after any one word that starts here: after each piece of "full-scale"."""
    ends = [number + 1]
    while ends[-1] < len(separators) and separators[ends[-1]] == "-":
        ends.append(ends[-1] + 1)
    return ends


def _is_expression(term: str) -> bool:
    """Return whether a term is a regular expression between slashes."""
    return len(term) > 2 and term[0] == term[-1] == "/"


def split_alternatives(term: str) -> list[str]:
    """Split a term into its alternatives.

    Parameters
    ----------
    term : str
        A codebook term.

    Returns
    -------
    list of str
        The alternatives, with single spaces between words. A regular expression is not split.

    Examples
    --------
    >>> split_alternatives("flee* | left  the group")
    ['flee*', 'left the group']
    """
    term = term.strip()
    if _is_expression(term):
        return [term]
    return [" ".join(alternative.split()) for alternative in term.split("|")]
