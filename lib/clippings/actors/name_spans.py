"""Boundaries of names: runs of capitalised words, less the words that do not belong to them.

One passage at a time. A run loses words that open a sentence, dates, titles and adjectives of
nations. In a line of capitals every word has one: only names known from elsewhere are found there.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from clippings.core.lexicon import any_of, words_of
from clippings.core.sentences import sentence_spans
from clippings.core.spans import enclosing
from clippings.core.tokens import fold, word_spans

Span = tuple[int, int]


class Position(StrEnum):
    """The position of a name, which decides how far its capital can be trusted."""

    IN_SENTENCE = "in sentence"
    SENTENCE_START = "sentence start"  # one word, which has its capital anyway
    AFTER_TITLE = "after title"  # "President Anna Bell"
    LINE_OF_CAPITALS = "line of capitals"  # a run of words in a headline, not cut yet


class NameSpan(NamedTuple):
    """A stretch of a passage that may be a name."""

    start: int
    end: int
    position: Position


BLANKS = " \xa0\u202f\n\r\t"
MAX_NAME_WORDS = 8  # words; longer runs are lists without commas
MAX_SMALL_WORDS = 2  # words in lower case in a row inside a name: "of the", "de la"
MAX_KNOWN_NAME_WORDS = 5  # words of a name that is looked up in a line of capitals
OFFICE_CONTEXT_LENGTH = 40  # characters before a name, where "Secretary of" appears

# A heading has capitals on all words; so few words prove nothing.
MIN_HEADING_WORDS = 4
MIN_CAPITALS_WORDS = 2
MIN_CAPITALS_WORDS_WITH_DIGITS = 4  # "ROME 75 59" is a line of a table
MIN_COMMON_HEADING_WORDS = 2  # words that would have no capital in a sentence

MONTHS_AND_WEEKDAYS = words_of("en/time/words", kind="month") | words_of(
    "en/time/words", kind="weekday"
)
ORGANISATION_HEADS = words_of("en/names/organisation_heads")  # Bank of …, Water Board
PLACE_HEADS = words_of("en/names/place_heads")  # City of …, … Province
THING_HEADS = words_of("en/names/thing_heads")  # they do not act: events, laws, prizes, hours
NAME_HEADS = ORGANISATION_HEADS | PLACE_HEADS | THING_HEADS
NATIONALITIES = words_of("en/names/countries", "nationality")
COUNTRIES = words_of("en/names/countries", "country")
KNOWN_PLACES = COUNTRIES | words_of("en/names/places")
PARTICLES = words_of("en/names/particles")
TITLES = words_of("en/names/titles")
SENTENCE_STARTERS = words_of("en/text/sentence_starters")
SENTENCE_OPENERS = (
    words_of("en/text/stopwords")
    | words_of("en/names/name_openers")
    | SENTENCE_STARTERS
    | MONTHS_AND_WEEKDAYS
)
ABBREVIATIONS_IN_NAMES = words_of("en/text/abbreviations", kind="title") | words_of(
    "en/text/abbreviations", kind="either"
)  # St. Louis, U.S. Steel

TITLE_AND_OF = re.compile(  # Secretary of (State Anna Bell)
    rf"\b(?:{'|'.join(sorted(TITLES))}) of $", re.IGNORECASE
)
PARTICIPLE_AFTER_HYPHEN = re.compile(  # Rome*-based*, Saudi*-led*
    rf"[-‑](?:{any_of('en/names/syntax', 'participle after a hyphen')})$"
)
FIRST_LETTER = re.compile(r"\W*")
WORD_OF_TWO_LETTERS = re.compile(r"[^\W\d_]{2,}")
WORD_OF_FOUR_LETTERS = re.compile(r"[^\W\d_]{4,}")


def is_nationality(word: str) -> bool:
    """Recognise the adjective or the people of a state, a faith or a party.

    Parameters
    ----------
    word : str
        A folded word.

    Returns
    -------
    bool
        True for "iraqi", "germans" and "african-american".

    Examples
    --------
    >>> is_nationality("germans"), is_nationality("rome")
    (True, False)
    """
    first, _, last = word.rpartition("-")
    if word in NATIONALITIES or word.removesuffix("s") in NATIONALITIES:
        return True
    is_name = first in PARTICLES  # al-Arab
    return not is_name and (last in NATIONALITIES or last.removesuffix("s") in NATIONALITIES)


def name_spans(text: str, taken: list[Span], small_words: set[str]) -> Iterator[NameSpan]:
    """Find the names that a passage may contain.

    Parameters
    ----------
    text : str
        A passage.
    taken : list of (int, int)
        Spans that are names already, in order.
    small_words : set of str
        The folded words that the article also writes in lower case.

    Yields
    ------
    NameSpan
        In order. Runs in a line of capitals are not cut: see `names_within`.

    Notes
    -----
    Names in lower case are not found.

    Examples
    --------
    >>> text = "Yesterday President Anna Bell met Germans in Rome."
    >>> [(text[name.start : name.end], str(name.position)) for name in name_spans(text, [], set())]
    [('Anna Bell', 'after title'), ('Rome', 'in sentence')]
    """
    sentences = sentence_spans(text)
    headings = [span for span in sentences if _is_heading(text[slice(*span)], small_words)]
    first_words = {start + FIRST_LETTER.match(text[start:end]).end() for start, end in sentences}
    for run in _capitalised_runs(text, taken):
        start = run[0][0]
        if enclosing(headings, start):
            yield NameSpan(start, run[-1][1], Position.LINE_OF_CAPITALS)
        else:
            yield from _names_in_run(text, run, start in first_words, small_words)


def names_within(text: str, start: int, end: int, known: set[str]) -> Iterator[Span]:
    """Find known names in a run of words of a line of capitals.

    Parameters
    ----------
    text : str
        A passage.
    start, end : int
        The run.
    known : set of str
        Folded names.

    Yields
    ------
    (int, int)
        Spans in order; the longest name at each place.

    Examples
    --------
    >>> text = "ANNA BELL LEAVES ROME"
    >>> [text[start:end] for start, end in names_within(text, 0, 21, {"rome", "bell", "anna bell"})]
    ['ANNA BELL', 'ROME']
    """
    words = word_spans(text[start:end], start)
    first = 0
    while first < len(words):
        longest = min(MAX_KNOWN_NAME_WORDS, len(words) - first)
        word_count = 1
        for size in range(longest, 0, -1):
            span = words[first][0], words[first + size - 1][1]
            if " ".join(fold(text[slice(*span)]).split()) in known:
                yield span
                word_count = size
                break
        first += word_count


def _is_heading(sentence: str, small_words: set[str]) -> bool:
    """Return whether all words have capitals, or are in capitals: "Anna Bell Leaves After Rain"."""
    if sentence.isupper():
        has_digits = any(map(str.isdigit, sentence))
        min_words = MIN_CAPITALS_WORDS_WITH_DIGITS if has_digits else MIN_CAPITALS_WORDS
        return len(WORD_OF_TWO_LETTERS.findall(sentence)) >= min_words
    words = WORD_OF_FOUR_LETTERS.findall(sentence)
    if len(words) < MIN_HEADING_WORDS or not all(word[0].isupper() for word in words):
        return False
    folded = map(fold, words)
    common = [word for word in folded if word in small_words or word in SENTENCE_OPENERS]
    return len(common) >= MIN_COMMON_HEADING_WORDS


def _capitalised_runs(text: str, taken: list[Span]) -> Iterator[list[Span]]:
    """Yield runs of capitalised words, with particles and "of" inside and only blanks between."""
    run: list[Span] = []
    small: list[Span] = []  # words in lower case that belong to the run if a capital follows
    blocks = iter([*taken, (len(text) + 1, len(text) + 1)])
    block_start, block_end = next(blocks)
    for start, end in word_spans(text):
        while block_end <= start:
            block_start, block_end = next(blocks)
        is_free = block_start >= end
        if run:
            last = small[-1] if small else run[-1]
            is_joined = is_free and len(run) < MAX_NAME_WORDS and _is_joined(text, last, start)
            if not is_joined:
                yield run
                run = []
                small = []

        word = text[start:end]
        if is_free and _is_capitalised(word):
            participle = PARTICIPLE_AFTER_HYPHEN.search(word)  # "Rome | -based"
            name_end = start + participle.start() if participle else end
            run = [*run, *small, (start, name_end)]
            small = []
            if participle:
                yield run
                run = []
        elif run and is_free and len(small) < MAX_SMALL_WORDS and _may_join(text, run, fold(word)):
            small.append((start, end))
        elif run:
            yield run
            run = []
            small = []
    if run:
        yield run


def _is_capitalised(word: str) -> bool:
    """Return whether a word has the capital of a name: "Bell", "al-Hussein"."""
    if word[0].isupper():
        return True
    particle, _, name = word.partition("-")
    return name[:1].isupper() and fold(particle) in PARTICLES


def _is_joined(text: str, last: Span, start: int) -> bool:
    """Return whether two words may appear in one name, by what is between them."""
    between = text[last[1] : start]
    gap = between.strip(BLANKS)
    if not gap:
        return "\n" not in between
    word = fold(text[slice(*last)])
    if gap in ("'", "’"):  # Farmers' Union, People' Party
        return word.endswith("s") or word in _plurals_with_apostrophe()
    if gap in ("'s", "’s"):  # People's Party, but not "Rome's Forum"
        return word in _plurals_with_apostrophe()
    if gap == ".":  # J. R. Smith, St. Louis
        return len(word) == 1 or word in ABBREVIATIONS_IN_NAMES
    return gap == "&"  # Marks & Spencer


def _plurals_with_apostrophe() -> frozenset[str]:
    return words_of("en/names/syntax", kind="plural with apostrophe s")


def _may_join(text: str, run: list[Span], word: str) -> bool:
    """Return whether a word in lower case may appear inside a name.

    "Ministry of Health and Sport", "Ludwig van Beethoven", but not "Rome and Paris".
    """
    if word not in ("of", "for", "and", "the"):
        return word in PARTICLES
    words = [fold(text[slice(*span)]) for span in run]
    heads = ORGANISATION_HEADS | PLACE_HEADS
    if word == "of":
        return words[-1] in heads
    return "of" in words and not heads.isdisjoint(words)


def _names_in_run(
    text: str, run: list[Span], opens_sentence: bool, small_words: set[str]
) -> Iterator[NameSpan]:
    """Yield the name in a run, without the words at its ends that do not belong to it."""
    words = [fold(text[slice(*span)]) for span in run]
    office_start = max(0, run[0][0] - OFFICE_CONTEXT_LENGTH)
    if len(run) > 2 and TITLE_AND_OF.search(text, office_start, run[0][0]):
        # "Secretary of | State | Anna Bell"
        yield NameSpan(run[1][0], run[-1][1], Position.AFTER_TITLE)
        return

    first = 0
    last = len(run)
    title = None
    if " ".join(words) not in KNOWN_PLACES:
        while last and _ends_outside(words[:last]):
            last -= 1
        while first < last and _begins_outside(
            text, run[first], words[first:last], opens_sentence and first == 0, small_words
        ):
            first += 1
        title = _last_title(words, first, last)
    if title is not None:
        if first < title and words[first] in COUNTRIES:  # "U.S. | Secretary | Anna Bell"
            yield NameSpan(*run[first], Position.IN_SENTENCE)
        first = title + 1
    if first >= last or words[last - 1] in THING_HEADS:
        return

    position = Position.IN_SENTENCE
    if opens_sentence and len(run) == 1:
        position = Position.SENTENCE_START
    elif title is not None:
        position = Position.AFTER_TITLE
    yield NameSpan(run[first][0], run[last - 1][1], position)


def _ends_outside(words: list[str]) -> bool:
    """Return whether the last word is not part of the name: "Bell | Monday", "Bell | Germans"."""
    if words[-1] in MONTHS_AND_WEEKDAYS:
        return True
    return len(words) > 1 and is_nationality(words[-1])


def _begins_outside(
    text: str, span: Span, words: list[str], opens_sentence: bool, small_words: set[str]
) -> bool:
    """Return whether the first word is not part of the name: "Yesterday | Bell"."""
    word = words[0]
    rest = words[1:]
    if word in MONTHS_AND_WEEKDAYS:
        return True
    if not rest and (len(word) == 1 or is_nationality(word) or word in SENTENCE_STARTERS):
        return True
    if opens_sentence:
        is_common = word in small_words and word not in TITLES
        if word in SENTENCE_OPENERS or is_common:
            return True
    if text[span[0]].islower() and "-" not in word:  # a particle that lost its name
        return True
    # "German | Anna Bell", but "German Red Cross", "British Airways", "Russian Bank of Trade"
    return bool(rest) and is_nationality(word) and not _is_head_of_name(rest)


def _is_head_of_name(words: list[str]) -> bool:
    """Return whether words make a name of an organisation, place or thing."""
    if words[-1] in NAME_HEADS or words[-1].removesuffix("s") in NAME_HEADS:
        return True
    return words[0] in NAME_HEADS and "of" in words


def _last_title(words: list[str], first: int, last: int) -> int | None:
    """Return the number of the last title in a run, if the name of a person may follow it."""
    for number in range(last - 1, first - 1, -1):
        word = words[number]
        if word in TITLES or word.rpartition("-")[2] in TITLES:  # "Chancellor", "Vice-President"
            break
    else:
        return None
    rest = words[number + 1 : last]
    # "President of Rome", "King Bank": names of offices and organisations
    is_other_name = rest and (rest[0] in ("of", "for") or rest[-1] in ORGANISATION_HEADS)
    return None if is_other_name else number
