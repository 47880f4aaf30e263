"""Where names may be: runs of words with capitals, less what is no part of a name.

One passage at a time. A run is cut at its ends: words that open a sentence, days, titles, adjectives of nations.
In a line of capitals nothing can be told from the letters: only names known otherwise are found there.
"""

import re
from collections.abc import Iterator

from clippings.core.lexicon import any_of, words_of
from clippings.core.sentences import sentence_spans
from clippings.core.spans import enclosing
from clippings.core.tokens import fold, word_spans

Span = tuple[int, int]
BLANKS = " \xa0\u202f\n\r\t"
MAX_NAME_WORDS = 8
TITLE = 40  # characters before a name in which its title may stand


DATES = words_of("en/time/words", kind="month") | words_of("en/time/words", kind="weekday")
HEADS = words_of("en/names/organisation_heads")  # of organisations' names: Bank of …, Water Board
ENDS = HEADS | words_of("en/names/place_heads") | words_of("en/names/thing_heads")
NATIONS = words_of("en/names/countries", "nationality")
OPENERS = (
    words_of("en/text/stopwords")
    | words_of("en/names/name_openers")
    | words_of("en/text/sentence_starters")
    | DATES
)
STATES = words_of("en/names/countries", "country")
PLACES = STATES | words_of("en/names/places")
OFFICE = re.compile(rf"\b(?:{'|'.join(sorted(words_of('en/names/titles')))}) of $", re.IGNORECASE)
SHORT = words_of("en/text/abbreviations", kind="title") | words_of(
    "en/text/abbreviations", kind="either"
)
PARTICIPLES = re.compile(rf"[-‑](?:{any_of('en/names/syntax', 'participle after a hyphen')})$")


def is_nationality(word: str) -> bool:
    """Is a folded word the adjective or the people of a state, a faith or a party: "iraqi", "germans"?"""
    head, _, tail = word.rpartition("-")
    parts = (word, "" if head in words_of("en/names/particles") else tail)
    return any(part in NATIONS or part.removesuffix("s") in NATIONS for part in parts)


def name_spans(text: str, taken: list[Span], small: set[str]) -> Iterator[tuple[int, int, str]]:
    """The names a passage may hold, in order, each with how it stands there.

    In: a passage; spans that are taken already; the words that its article writes small.
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
    firsts = {start + re.match(r"\W*", text[start:end]).end() for start, end in sentences}
    for run in _runs(text, taken):
        if enclosing(loud, run[0][0]):
            yield run[0][0], run[-1][1], "capitals"
        else:
            yield from _cut(text, run, run[0][0] in firsts, small)


def names_within(text: str, start: int, end: int, known: set[str]) -> Iterator[Span]:
    """Names known otherwise in a run of a line of capitals, the longest first."""
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
    common = sum(fold(word) in small or fold(word) in OPENERS for word in words)
    return len(words) > 3 and common > 1 and all(word[0].isupper() for word in words)


def _runs(text: str, taken: list[Span]) -> Iterator[list[Span]]:
    """Runs of capitalised words, with particles and 'of' inside them; blanks only between the words."""
    run: list[Span] = []
    pending: list[Span] = []
    blocks = iter([*taken, (len(text) + 1, len(text) + 1)])
    block = next(blocks)
    for start, end in word_spans(text):
        while block[1] <= start:
            block = next(blocks)
        free, word = block[0] >= end, text[start:end]
        if run and not (
            free and len(run) < MAX_NAME_WORDS and _joined(text, (run + pending)[-1], start)
        ):
            yield run
            run, pending = [], []
        head, _, rest = word.partition("-")
        if free and (
            word[0].isupper()
            or (rest[:1].isupper() and fold(head) in words_of("en/names/particles"))
        ):
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
    between = text[last[1] : start]
    gap = between.strip(BLANKS)
    if not gap:
        return "\n" not in between
    word = fold(text[slice(*last)])
    if gap in ("'", "’", "'s", "’s"):
        return (gap in "'’" and word.endswith("s")) or word in words_of(
            "en/names/syntax", kind="plural with apostrophe s"
        )
    return gap == "&" or (gap == "." and (len(word) == 1 or word in SHORT))


def _may_join(text: str, run: list[Span], word: str) -> bool:
    """May a small word stand inside a name: "Ministry of Health and Sport", but not "Rome and Paris"?"""
    if word not in ("of", "for", "and", "the"):
        return word in words_of("en/names/particles")
    words = [fold(text[slice(*span)]) for span in run]
    heads = HEADS | words_of("en/names/place_heads")
    return words[-1] in heads if word == "of" else "of" in words and not heads.isdisjoint(words)


def _cut(
    text: str, run: list[Span], at_start: bool, small: set[str]
) -> Iterator[tuple[int, int, str]]:
    """What is left of a run without the words at its ends that are no part of a name, and how it stands."""
    words = [fold(text[slice(*span)]) for span in run]
    if len(run) > 2 and OFFICE.search(
        text, max(0, run[0][0] - TITLE), run[0][0]
    ):  # "Secretary of State Anna Bell"
        yield run[1][0], run[-1][1], "title"
        return
    first, last = 0, len(run)
    if " ".join(words) not in PLACES:
        while last and (words[last - 1] in DATES or (last > 1 and is_nationality(words[last - 1]))):
            last -= 1
        while first < last and _is_outside(
            text, run[first], words[first:last], at_start and first == 0, small
        ):
            first += 1
    at = _title(words, first, last) if " ".join(words) not in PLACES else None
    if at is not None:
        if first < at and words[first] in STATES:  # "U.S. Secretary Anna Bell"
            yield *run[first], ""
        first = at + 1
    things = words_of("en/names/thing_heads")  # they do not act: events, laws, prizes, hours
    if first < last and words[last - 1] not in things:
        single = at_start and first == 0 and last == 1 and len(run) == 1
        yield run[first][0], run[last - 1][1], "start" if single else "" if at is None else "title"


def _is_outside(text: str, span: Span, words: list[str], opens: bool, small: set[str]) -> bool:
    """Is the first word of a run no part of the name: it opens the sentence, a day, "German" before a person?"""
    word, rest = words[0], words[1:]
    if word in DATES or (
        not rest
        and (
            len(word) == 1 or is_nationality(word) or word in words_of("en/text/sentence_starters")
        )
    ):
        return True
    if opens and (word in OPENERS or (word in small and word not in words_of("en/names/titles"))):
        return True
    proper = rest and (
        rest[-1] in ENDS or rest[-1].removesuffix("s") in ENDS or (rest[0] in ENDS and "of" in rest)
    )
    return (text[span[0]].islower() and "-" not in word) or bool(
        rest and is_nationality(word) and not proper
    )


def _title(words: list[str], first: int, last: int) -> int | None:
    """Where the last title of a run is, when a person's name may follow it."""
    titles = words_of("en/names/titles")
    at = next(
        (
            n
            for n in range(last - 1, first - 1, -1)
            if titles & {words[n], words[n].rpartition("-")[2]}
        ),
        None,
    )
    if at is None or (
        words[at + 1 : last] and (words[at + 1] in ("of", "for") or words[last - 1] in HEADS)
    ):
        return None
    return at
