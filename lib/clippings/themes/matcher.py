"""Many codebook terms over one sentence: a single pass finds every phrase, rows join them as far as they ask."""

import re
from bisect import bisect_left

from clippings.core.errors import BadInput
from clippings.core.search_terms import compile_term
from clippings.core.tokens import fold

TOKEN = re.compile(r"\w+")
PLAIN = re.compile(r"[\w*]+(?:\W+[\w*]+)*")  # a phrase that the pass over the words can find
INNER = re.compile(r"\*\w")  # letters left out within a word: an expression finds it
CLASS = re.compile(r"\$[^\W\d]\w*")
GAPS = {"..": 2, "...": 6}  # words that may stand between
HARD = re.compile(r"[;:!?]")  # no gap reaches over these
WORDS = re.compile(r"\w+(?:['’-]\w+)*")
LONGEST = 40  # letters of a word: a longer one is none
MOST_FORMS = 50_000  # words whose forms are kept


class Terms:
    """The terms that a codebook's rows and word classes hold, made ready to be found.

    In: classes {"$name": terms}; add(term) for each term that will be asked for, in the syntax of compile_term,
    with the names of classes as words. Out: find(text) gives the found terms of one sentence.
    Raises: BadInput for a term that cannot be read, a class that is not there or that holds itself.
    Misses: nothing that compile_term finds; overlapping matches are all given.
    Source: a trie of words, as dictionaries of phrases are matched.
    Example:
        >>> terms = Terms({"$man": ["rebel* | gunmen"]}).add("$man ... fled")
        >>> terms.find("Rebels who had lost, fled").spans("$man ... fled")
        [(0, 25, (' who had lost, ',), '$man ... fled')]
    """

    def __init__(self, classes: dict[str, list[str]]):
        self.classes, self.trie, self.odd = classes, {}, {}
        self.whole: dict[str, list] = {}  # phrase: the terms of which it is one of the ways
        self.joined: dict[
            str, dict
        ] = {}  # term: its first phrase or class: the ways that go on from there
        self.edges: set[str] = set()  # words of phrases, with or without a * at the end
        self.forms: dict[str, list] = {}  # word: those of them that it is
        self.begin: set[str] = set()  # words of texts with which a phrase may begin

    def add(self, term: str, within: tuple = ()) -> "Terms":
        if term in within:
            raise BadInput(f"the word class {term} holds itself: take it out of its own rows")
        if term in self.joined:
            return self
        self.joined[term] = {}
        for way in [way for row in self.classes.get(term, [term]) for way in ways_of(row)]:
            (_, first), *rest = self._steps(way, (*within, term))
            if not rest and first not in self.classes:
                self.whole.setdefault(first, []).append((term, way))
            else:
                self.joined[term].setdefault(first, []).append((rest, way))
        return self

    def _steps(self, way: str, within: tuple) -> list[tuple[str | None, str]]:
        """The phrases and classes of one way to say it, each with the gap before it."""
        if _is_expression(way) or not TOKEN.search(
            way
        ):  # the latter cannot be read, and is said to be so
            self.odd[way] = compile_term(way)
            return [(None, way)]
        steps, gap, words = [], None, []
        for word in [*way.split(), ""]:
            named = bool(CLASS.fullmatch(word))
            if words and (named or word in GAPS or not word):
                steps.append((gap, self._phrase(" ".join(words))))
                gap, words = None, []
            if named:
                if word not in self.classes:
                    raise BadInput(
                        f"the word class {word} is not in the codebook: add a row with the theme {word}"
                    )
                self.add(word, within)
                steps.append((gap, word))
            elif word and word not in GAPS:
                words.append(word)
            gap = word if word in GAPS else None if named else gap
        return steps or [(None, self._phrase(way))]

    def _phrase(self, phrase: str) -> str:
        phrase = fold(phrase)
        if not PLAIN.fullmatch(phrase) or INNER.search(phrase):
            self.odd[phrase] = compile_term(phrase)
            return phrase
        self.forms.clear()
        self.begin.clear()
        node, end = self.trie, 0
        for match in re.finditer(r"[\w*]+", phrase):
            self.edges.add(match[0])
            node = node.setdefault(_between(phrase[end : match.start()]) + match[0], {})
            end = match.end()
        node[None] = phrase
        return phrase

    def may_find(self, text: str) -> bool:
        """Whether a phrase begins anywhere in a text; no is certain, and comes sooner than find's."""
        words = set(TOKEN.findall(text))
        for word in words.difference(self.forms):
            self._forms(word)
        return bool(self.odd) or not words.isdisjoint(self.begin)

    def find(self, text: str) -> "FoundTerms":
        found: dict[str, list] = {}
        tokens = [(*match.span(), match[0]) for match in TOKEN.finditer(text)]
        forms = [self._forms(word) for *_, word in tokens]
        begun = [at for at, (*_, word) in enumerate(tokens) if word in self.begin]
        spaces = enumerate(tokens if begun else [])
        between = [
            _between(text[tokens[n - 1][1] : start]) if n else "" for n, (start, *_) in spaces
        ]
        for first in begun:
            reached = [(first, self.trie)]
            while reached:
                at, node = reached.pop()
                if at > first and None in node:
                    found.setdefault(node[None], []).append((tokens[first][0], tokens[at - 1][1]))
                if at < len(tokens):
                    space = between[at] if at > first else ""
                    for form in forms[at]:
                        if space + form in node:
                            reached += [
                                (end, node[space + form])
                                for end in (_ends(between, at) if form == "*" else [at + 1])
                            ]
        for phrase, pattern in self.odd.items():
            found[phrase] = [match.span() for match in pattern.finditer(text) if match[0]]
        return FoundTerms(self, text, found)

    def _forms(self, word: str) -> list[str]:
        if word not in self.forms:
            if len(self.forms) > MOST_FORMS:
                self.forms.clear()
            folded = fold(word)
            ways = [folded, *(f"{folded[:n]}*" for n in range(len(folded[:LONGEST]) + 1))]
            self.forms[word] = [way for way in ways if way in self.edges]
            if not self.trie.keys().isdisjoint(self.forms[word]):
                self.begin.add(word)
        return self.forms[word]


def _ends(between: list[str], at: int) -> list[int]:
    """Where any one word may end that begins here: after each part of "full-scale"."""
    ends = [at + 1]
    while ends[-1] < len(between) and between[ends[-1]] == "-":
        ends.append(ends[-1] + 1)
    return ends


def _is_expression(term: str) -> bool:
    return len(term) > 2 and term[0] == term[-1] == "/"


def ways_of(term: str) -> list[str]:
    """The ways to say it that a term holds. Example:
    >>> ways_of("flee* | left  the group")
    ['flee*', 'left the group']
    """
    term = term.strip()
    return [term] if _is_expression(term) else [" ".join(way.split()) for way in term.split("|")]


def _between(text: str) -> str:
    return " " if text.isspace() else text.strip().replace("’", "'")


class FoundTerms:
    """Where the terms of Terms stand in one sentence: spans(term) → (start, end, texts of its gaps, way to say it)."""

    def __init__(self, terms: Terms, text: str, phrases: dict[str, list]):
        self.terms, self.text, self.phrases = terms, text, phrases
        self.known: dict[str, list] = {}
        self.wholes: dict[str, list] = {}
        for phrase, spans in phrases.items():
            for term, way in terms.whole.get(phrase, ()):
                self.wholes.setdefault(term, []).extend((*span, (), way) for span in spans)

    def spans(self, term: str) -> list[tuple]:
        if term not in self.known:
            found = self.wholes.get(term, [])[:]
            for first, ways in self.terms.joined[term].items():
                begun = self._element(first)
                for rest, way in ways if begun else ():
                    found += [(*span, gaps, way) for *span, gaps in self._follow(begun, rest)]
            self.known[term] = sorted(found)
        return self.known[term]

    def _element(self, name: str) -> list[tuple]:
        if name in self.terms.classes:
            return [(start, end, gaps) for start, end, gaps, _ in self.spans(name)]
        return [(*span, ()) for span in self.phrases.get(name, ())]

    def _follow(self, begun: list[tuple], rest: tuple) -> list[tuple]:
        for gap, name in rest:
            following = sorted(self._element(name)) if begun else []
            starts = [start for start, _, _ in following]
            longer = []
            for first, end, gaps in begun:
                for start, last, inner in following[bisect_left(starts, end) :]:
                    space = self.text[end:start]
                    if not self._reaches(space, gap):
                        break
                    longer.append((first, last, (*gaps, *((space,) if gap else ()), *inner)))
            begun = longer
        return begun

    def _reaches(self, space: str, gap: str | None) -> bool:
        if gap is None:
            return space.isspace()
        limit = GAPS[gap]
        short = len(space) <= LONGEST * (limit + 1)
        return short and not HARD.search(space) and len(WORDS.findall(space)) <= limit
