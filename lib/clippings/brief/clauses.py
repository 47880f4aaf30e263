"""Find the sentence around a mention, and quote its clause in whole words."""

import re
from functools import cache, lru_cache
from itertools import chain

from clippings.core.lexicon import read_words
from clippings.core.sentences import sentence_spans
from clippings.core.spans import enclosing
from clippings.corpus.paragraphs import paragraph_spans
from clippings.timeline.default_events import is_finite_verb

# The end of a clause within a sentence. Commas in numbers and abbreviations do not end a clause.
CLAUSE_END = re.compile(
    r"""
      [;:] (?= \s )
    | , (?= \s ) (?! \s \d )                    # not in "on March 3, 2021"
    | \s [–—-]{1,2} (?= \s )
    | \s (?= [(“"] ) | (?<= [)”"] ) \s          # brackets, quotations
    """,
    re.VERBOSE,
)

# A relative clause is quoted with what it is about: "Tidewater, which was bought last year".
RELATIVE_PRONOUN = re.compile(r"\s*(?:which|who|whose|whom|that|where)\b")

# The beginning of a clause that is quoted without the one before it: "and again in November"
CONJUNCTION = re.compile(r"\s*(?:and|but|or|so|yet)\s+", re.IGNORECASE)

# The larger place after a place, with the commas on both sides of it.
LARGER_PLACE = re.compile(r", \s [A-Z][\w.]* (?: \s [A-Z][\w.]* )? ,", re.VERBOSE)
PLACE_BEFORE = re.compile(r"[A-Z]\w* , \s [A-Z][\w.]* (?: \s [A-Z][\w.]* )? $", re.VERBOSE)
PLACE_LENGTH = 60  # characters before a comma that hold a place and the larger one

# Maximum number of words in a quoted clause; longer clauses are shortened with an ellipsis.
MAX_QUOTED_WORDS = 10

# Maximum number of additional words that keep a name whole. In a headline, all words have capitals.
MAX_NAME_WORDS = 3

# How many words before and after "of" a cut is moved to keep a phrase whole
MAX_WORDS_BEFORE_OF = 4
MAX_WORDS_AFTER_OF = 5

# Characters that are dropped at the ends of a quoted clause.
STRIPPED = " ,;:–—-.()“”\"'`"

# Stands for words that are left out.
OMISSION = "…"

# Number of articles whose sentences are cached. Claims are read one article after the other, but
# the brief returns to the articles of each event.
MAX_CACHED_ARTICLES = 256

# Shorter clauses are hardly informative, so they are quoted together with the next one.
MIN_QUOTED_WORDS = 4


def clause_around(text: str, start: int, end: int) -> str:
    """Quote the clause around a mention.

    Parameters
    ----------
    text : str
        The text of the article.
    start, end : int
        The offsets of the mention.

    Returns
    -------
    str
        The clause, which includes the mention, in one line and without punctuation at its ends;
        "…" marks omitted words.

    Examples
    --------
    >>> text = "On March 3, 2021, the dam collapsed, U.S. officials said. Nobody was hurt."
    >>> clause_around(text, text.index("collapsed"), text.index("collapsed") + 9)
    'the dam collapsed, U.S. officials said'
    """
    first, last = sentence_around(text, start)
    last = max(last, end)
    ends = [
        match.end()
        for match in CLAUSE_END.finditer(text, first, last)
        if not _is_beside_place(text, match.start())
    ]
    bounds = [first, *ends, last]
    opening = max(bound for bound in bounds if bound <= start)
    closing = min(bound for bound in bounds if bound >= end)
    while len(text[opening:closing].split()) < MIN_QUOTED_WORDS and closing < last:
        closing = min(bound for bound in bounds if bound > closing)
    while len(text[opening:closing].split()) < MIN_QUOTED_WORDS and opening > first:
        opening = max(bound for bound in bounds if bound < opening)
    while opening > first and RELATIVE_PRONOUN.match(text, opening):
        opening = max(bound for bound in bounds if bound < opening)
    conjunction = CONJUNCTION.match(text, opening, start)
    if conjunction:
        opening = conjunction.end()
    return _shortened(text, opening, closing, start, end)


def _is_beside_place(text: str, comma: int) -> bool:
    """Return whether a comma separates a place from the larger one: "a Lund, Tolmere, clinic"."""
    if text[comma] != ",":
        return False
    line_start = text.rfind("\n", 0, comma) + 1
    return bool(LARGER_PLACE.match(text, comma)) or bool(
        PLACE_BEFORE.search(text[max(line_start, comma - PLACE_LENGTH) : comma])
    )


def sentence_around(text: str, at: int) -> tuple[int, int]:
    """Find the sentence at a given offset, within its paragraph.

    Parameters
    ----------
    text : str
        The text of an article.
    at : int
        An offset in the text.

    Returns
    -------
    tuple of int
        The start and end of the sentence. Both are equal to the offset if it is not in a sentence.

    Examples
    --------
    >>> sentence_around("It rained in the U.S. on Monday. The dam broke.", 35)
    (33, 47)
    """
    return enclosing(_sentences_of(text), at) or (at, at)


@lru_cache(maxsize=MAX_CACHED_ARTICLES)
def _sentences_of(text: str) -> list[tuple[int, int]]:
    """Return the spans of all sentences of an article."""
    sentences = []
    for start, end in paragraph_spans(text):
        sentences.extend(sentence_spans(text[start:end], start))
    return sentences


def _shortened(text: str, opening: int, closing: int, start: int, end: int) -> str:
    """Shorten a clause to MAX_QUOTED_WORDS words that include the mention."""
    before = text[opening:start].split()
    mention = text[start:end]
    after = text[end:closing].split()
    words = text[opening:closing].split()
    if len(words) <= MAX_QUOTED_WORDS:
        words = words[: len(words) - count_dangling_words(after)]
        return " ".join(words).strip(STRIPPED)

    room = MAX_QUOTED_WORDS - len(mention.split())
    words_before = min(len(before), max(room // 2, room - len(after)))
    words_after = _end_of_name(after, room - words_before)
    words_after -= count_dangling_words(after[:words_after])
    first_shown = _start_of_phrase(before, _start_of_name(before, len(before) - words_before))
    shown_before = before[first_shown:]
    words_before = len(shown_before)
    opens = f"{OMISSION} " if words_before < len(before) else ""
    closes = f" {OMISSION}" if words_after < len(after) else ""
    quoted = " ".join([*shown_before, *mention.split(), *after[:words_after]])
    return f"{opens}{quoted.strip(STRIPPED)}{closes}"


def count_dangling_words(words: list[str]) -> int:
    """Count the words at the end that lead to something omitted.

    Parameters
    ----------
    words : list of str
        Words of a sentence that is cut after them.

    Returns
    -------
    int
        How many of the last words to omit as well.

    Examples
    --------
    >>> count_dangling_words("convicted a man of two".split())
    2
    """
    number = 0
    for word in reversed(words):
        is_whole = word[-1:].isalnum()
        if not is_whole or word.casefold() not in _leading_words():
            break
        number += 1
    return number


@cache
def _leading_words() -> frozenset[str]:
    """Return words that nothing ends with: articles, "of", "is", "and"."""
    kinds = ("determiner", "conjunction", "finite verb", "needs more")
    words = (read_words("en/speech/function_words", kind=kind) for kind in kinds)
    return frozenset(chain.from_iterable(words))


def _start_of_name(words: list[str], first: int) -> int:
    """Move a cut before a word to the start of its name: "South Sudan …", not "… Sudan"."""
    start = first
    while 0 < start < len(words) and _are_of_one_name(words[start - 1], words[start]):
        start -= 1
    return start if first - start <= MAX_NAME_WORDS else first


def _start_of_phrase(words: list[str], first: int) -> int:
    """Move a cut out of a phrase with "of": not "… firm Yukos", but "The owner of the firm Yukos".

    Otherwise, the firm would be quoted as doing what its owner does.
    """
    nearby = range(first - 1, max(first - MAX_WORDS_AFTER_OF, 0), -1)
    of = next((place for place in nearby if words[place].casefold() == "of"), None)
    if of is None or not 0 < first < len(words):
        return first
    between = words[of:first]
    if any(not word[-1:].isalnum() or is_finite_verb(word.casefold()) for word in between):
        return first
    determiners = read_words("en/speech/function_words", kind="determiner")
    start = of - 1
    while of - start < MAX_WORDS_BEFORE_OF and start > 0:
        if words[start].casefold() in determiners or not words[start - 1][-1:].isalnum():
            break
        start -= 1
    return start


def _end_of_name(words: list[str], number: int) -> int:
    """Move a cut after a number of words to the end of a name: not "in the United …"."""
    end = number
    while 0 < end < len(words) and _are_of_one_name(words[end - 1], words[end]):
        end += 1
    return end if end - number <= MAX_NAME_WORDS else number


def _are_of_one_name(word: str, following: str) -> bool:
    """Return whether two words may belong to one name, because both begin with a capital."""
    ends_name = not word[-1:].isalnum()
    return word[:1].isupper() and following[:1].isupper() and not ends_name
