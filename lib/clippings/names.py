"""Where names may be: runs of words with capitals, less what is no part of a name.

One passage at a time. A run is cut at its ends: words that open a sentence, days, titles, adjectives of
nations. In a line of capitals nothing can be told from the letters: only names known otherwise are found there.
"""

import re
from collections.abc import Iterator
from functools import cache

from clippings.lexicon import read_words
from clippings.sentences import sentence_spans
from clippings.text import fold, word_spans

PARTICIPLES = re.compile(r"[-‑](?:led|held|backed|based|born|style|controlled|run|owned|made|linked|allied|aligned)$")
MAX_NAME_WORDS = 8
BLANKS = " \xa0\u202f\n\r\t"
SHORT = {"st", "mt", "ft", "jr", "dr", "sgt", "gen", "col", "lt", "sen", "rep", "gov", "capt", "mr", "mrs", "ms"}
MANY = {"people", "women", "men", "children"}  # People's Party
PRONOUNS = frozenset("i he she it we they you his her its my our their your".split())
Span = tuple[int, int]


@cache
def words_of(name: str, column: str = "word", **where: str) -> frozenset[str]:
    """The folded words of a list, to look words up in.

    In: as read_words. Out: a set. Raises: as read_words. Misses: nothing. Source: none.
    Example:
        >>> "minister" in words_of("titles")
        True
    """
    return frozenset(fold(word) for word in read_words(name, column, **where) if word)


@cache
def _dates() -> frozenset[str]:
    return words_of("calendar_words", kind="month") | words_of("calendar_words", kind="weekday")


@cache
def _openers() -> frozenset[str]:
    return words_of("stopwords") | words_of("openers") | words_of("starters") | _dates() | PRONOUNS


@cache
def _of_organisations() -> frozenset[str]:
    return words_of("organisation_words")


def is_nationality(word: str) -> bool:
    """Is a folded word the adjective or the people of a state, a faith or a party: "Iraqi", "Germans"?

    In: a word. Out: yes or no. Raises: nothing. Misses: towns ("Londoner"). Source: lexicon/countries.
    Example:
        >>> is_nationality("germans"), is_nationality("germany")
        (True, False)
    """
    nations = words_of("countries", "nationality")
    head, _, tail = word.rpartition("-")
    return any(part in nations or part.removesuffix("s") in nations for part in (word, "" if _is_particle(head) else tail))


def small_words(texts: list[str]) -> set[str]:
    """The words that an article writes without a capital.

    In: its passages. Out: folded words. Raises: nothing. Misses: nothing. Source: none.
    Example:
        >>> small_words(["Reports say reports"]) == {"say", "reports"}
        True
    """
    return {fold(word) for text in texts for word in re.findall(r"(?<![\w'’-])[a-z][^\W\d_]*", text)}


def name_spans(text: str, taken: list[Span], small: set[str]) -> Iterator[tuple[int, int, str]]:
    """The names a passage may hold, in order, each with how it stands there.

    In: a passage; spans that are taken already; small_words of the article.
    Out: (start, end, how): "" inside a sentence, "start" for one word that opens a sentence, "title" behind a
    title, "capitals" for a run of words in a line of capitals, uncut: see names_within.
    Raises: nothing. Misses: names in small letters. Source: own rules over the lexicon.
    Example:
        >>> text = "Yesterday President Anna Bell met Germans in Rome."
        >>> [text[s:e] for s, e, _ in name_spans(text, [], set())]
        ['Anna Bell', 'Rome']
    """
    sentences = sentence_spans(text)
    loud = [span for span in sentences if _is_loud(text[slice(*span)], small)]
    firsts = {_first_word(text, start) for start, _ in sentences}
    for run in _runs(text, taken):
        if any(start <= run[0][0] < end for start, end in loud):
            yield run[0][0], run[-1][1], "capitals"
            continue
        yield from _cut(text, run, run[0][0] in firsts, small)


def names_within(text: str, start: int, end: int, known: set[str]) -> Iterator[Span]:
    """Names known otherwise in a run of a line of capitals, the longest first.

    In: a passage and a span in it; folded names. Out: spans in order. Raises: nothing.
    Misses: names that stand in capitals only. Source: none.
    Example:
        >>> list(names_within("ANNA BELL LEAVES ROME", 0, 21, {"anna bell", "rome"}))
        [(0, 9), (17, 21)]
    """
    run, at = word_spans(text[start:end], start), 0
    while at < len(run):
        for size in range(min(5, len(run) - at), 0, -1):
            span = run[at][0], run[at + size - 1][1]
            if " ".join(fold(text[slice(*span)]).split()) in known:
                yield span
                break
        at += size


def _is_loud(sentence: str, small: set[str]) -> bool:
    """Is it a heading, in capitals or with one on each word? A table's line ("ROME 75 59") is not."""
    if sentence.isupper():
        words = re.findall(r"[^\W\d_]{2,}", sentence)
        return len(words) > (3 if any(map(str.isdigit, sentence)) else 1)
    words = re.findall(r"[^\W\d_]{4,}", sentence)
    if len(words) < 4 or not all(word[0].isupper() for word in words):
        return False
    return sum(fold(word) in small or fold(word) in _openers() for word in words) > 1


def _first_word(text: str, start: int) -> int:
    match = re.compile(r"\w").search(text, start)
    return match.start() if match else start


def _runs(text: str, taken: list[Span]) -> Iterator[list[Span]]:
    """Runs of capitalised words, with particles and 'of' inside them; blanks only between the words."""
    run: list[Span] = []
    pending: list[Span] = []
    blocks = iter([*taken, (len(text) + 1, len(text) + 1)])
    block = next(blocks)
    for start, end in word_spans(text):
        while block[1] <= start:
            block = next(blocks)
        free = block[0] >= end
        word = text[start:end]
        if run and not (free and len(run) < MAX_NAME_WORDS and _joined(text, (run + pending)[-1], start)):
            yield run
            run, pending = [], []
        if free and (word[0].isupper() or _is_particled(word)):
            tail = PARTICIPLES.search(word)
            run, pending = [*run, *pending, (start, end - len(tail[0]) if tail else end)], []
            if tail:
                yield run
                run = []
        elif run and free and len(pending) < 2 and _may_join(text, run, fold(word)):
            pending.append((start, end))
        elif run:
            yield run
            run, pending = [], []
    if run:
        yield run


def _joined(text: str, last: Span, start: int) -> bool:
    """Only blanks between two words, the stop of an initial or of "St.", an ampersand, "Farmers' Union"."""
    gap = text[last[1] : start].strip(BLANKS)
    if not gap:
        return "\n" not in text[last[1] : start]
    word = fold(text[slice(*last)])
    if gap in ("'", "’", "'s", "’s"):
        return (gap in "'’" and word.endswith("s")) or word in MANY
    return gap == "&" or (gap == "." and (last[1] - last[0] == 1 or word in SHORT))


def _may_join(text: str, run: list[Span], word: str) -> bool:
    if word in ("of", "for", "and", "the"):  # "Ministry of Health and Sport", but not "Rome and Paris"
        words = [fold(text[slice(*span)]) for span in run]
        heads = _of_organisations() | words_of("place_words")
        return words[-1] in heads if word == "of" else "of" in words and any(word in heads for word in words)
    return word in words_of("particles")


def _is_particle(word: str) -> bool:
    return fold(word) in words_of("particles")


def _is_particled(word: str) -> bool:
    head, _, tail = word.partition("-")
    return tail[:1].isupper() and _is_particle(head)


def _cut(text: str, run: list[Span], at_start: bool, small: set[str]) -> Iterator[tuple[int, int, str]]:
    """What is left of a run without the words at its ends that are no part of a name, and how it stands."""
    words = [fold(text[slice(*span)]) for span in run]
    first, last = 0, len(run)
    if len(run) > 2 and _office().search(text, 0, run[0][0]):  # "Secretary of State Anna Bell"
        yield run[1][0], run[-1][1], "title"
        return
    if " ".join(words) not in words_of("countries", "country"):
        last = _last(words)
        first = _first(text, run[:last], words, at_start, small)
    at = _title(words, first, last)
    if at is not None:
        if first < at and words[first] in words_of("countries", "country"):  # "U.S. Secretary Anna Bell"
            yield *run[first], ""
        first = at + 1
    if first < last and not _is_thing(words[first:last]):
        single = at_start and first == 0 and last == 1 and len(run) == 1
        yield run[first][0], run[last - 1][1], "start" if single else "" if at is None else "title"


@cache
def _office() -> re.Pattern:
    return re.compile(rf"\b(?:{'|'.join(sorted(words_of('titles')))}) of $", re.IGNORECASE)


def _last(words: list[str]) -> int:
    last = len(words)
    while last and (words[last - 1] in _dates() or (last > 1 and is_nationality(words[last - 1]))):
        last -= 1
    return last


def _first(text: str, run: list[Span], words: list[str], opened: bool, small: set[str]) -> int:
    """How many words to leave out at a run's head: the word that opens the sentence, days, "German" before a person."""
    for number, span in enumerate(run):
        word, rest = words[number], words[number + 1 : len(run)]
        if word in _dates() or (not rest and (len(word) == 1 or is_nationality(word) or word in PRONOUNS)):
            continue
        if opened and number == 0 and (word in _openers() or (word in small and word not in words_of("titles"))):
            continue
        if (text[span[0]].islower() and "-" not in word) or (rest and is_nationality(word) and not _is_proper(rest)):
            continue
        return number
    return len(run)


def _title(words: list[str], first: int, last: int) -> int | None:
    """Where the last title of a run is, when a person's name may follow it."""
    for number in range(last - 1, first - 1, -1):
        if words[number] in words_of("titles") or words[number].rpartition("-")[2] in words_of("titles"):
            rest = words[number + 1 : last]
            if not rest or (rest[0] not in ("of", "for") and rest[-1] not in _of_organisations()):
                return number
            return None
    return None


def _is_thing(words: list[str]) -> bool:
    """Does it name an event, a law, a prize, an hour: nothing that acts?"""
    return words[-1] in words_of("thing_words") or words[-1] in words_of("sentence_words", kind="time zone")


def _is_proper(words: list[str]) -> bool:
    """Do words behind an adjective of nations make a name with it ("British Airways", "Islamic State of Rome")?"""
    ends = words_of("thing_words") | words_of("place_words") | _of_organisations()
    return words[-1].removesuffix("s") in ends or words[-1] in ends or (words[0] in ends and "of" in words)
