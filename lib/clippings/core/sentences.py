"""Sentences as spans over text that is never changed.

One pattern finds the places where a sentence may end; what stands left and right of each decides, with
lexicon/en/text/abbreviations.csv, starters.csv and sentence_words.csv.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from clippings.core.lexicon import read_lexicon, read_words
from clippings.core.spans import trim

_PAUSE = re.compile(
    r"([.?!…؟۔](?:(?<=\.)(?<!\S\.)(?<!\.\s\.)(?:[ \xa0]\.)++"  # the stop; a spaced ellipsis is one stop
    r"|(?<![.?!…؟۔]{2})[.?!…؟۔]*+))"  # (looks back from behind its first character: so `re` skips what is no stop)
    r"((?:[)\]}”’»\"'\u200b]|\[\d{1,3}\])*+)"  # what closes behind it, and the number of a footnote
    r"(?=(\s++|(?=[A-Z“‘(]))"  # the gap, which pasted pages lose
    r"((?:[^\w\s,;:)\]}”»?!]{1,9}+\s{0,3}){0,4}+)(\w*))"  # what opens, and the word after it
)
_BLANK_LINE = re.compile(r"\n\s*\n")
_ITEM = re.compile(r"(?<!\S)(?:([•⁃‣▪●])|(\d{1,3}|[a-z])(\.\)|[.)])(?=\s+[“\"(]?[^\W\d_a-z]))")
_LABEL = re.compile(r"\W{0,4}(?:\d{1,3}|[A-Za-z]|[IVX]{2,4})")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.&?)+[^\W\d_]{1,2}")  # U.S, J.R, Ph.D, S.&P
_ADVERB = re.compile(r"\w+ly,")
_SUBJECT = re.compile(r"[A-Z][\w’'-]*\s+(?!and\b|time\b)[a-z\d]")
_SMALL_NAME = re.compile(
    rf"(?:(?:a[lnrstdz]|e[ln])[-‑]|(?:{'|'.join(read_words('en/names/particles'))})[ \xa0])[A-Z]|[a-z]{{1,2}}[A-Z]"
)
_ADDRESS = re.compile(r"[@/_]|\.\w|www\.")
_OPENING = re.compile(
    rf"(?i:{'|'.join(read_words('en/text/sentence_words', kind='opening'))})(?:\s+\S+){{1,3}}"
)
_DETERMINERS = set(read_words("en/text/sentence_words", kind="determiner"))
_QUOTES = ("”", "’", '"', "'", "»")
_COUNTING = set(read_words("en/text/sentence_words", kind="counting"))
_ZONE = re.compile(
    rf"{'|'.join(read_words('en/text/sentence_words', kind='time zone'))}|[A-Z]{{2,4}}"
)


@cache
def _kinds() -> dict[str, str]:
    """The kind of each abbreviation; headlines in capitals write GEN. for Gen."""
    rows = read_lexicon("en/text/abbreviations")
    capitals = {row["word"].upper(): row["kind"] for row in rows if row["word"][0].isupper()}
    return capitals | {row["word"]: row["kind"] for row in rows}


@cache
def _starters() -> frozenset[str]:
    return frozenset(word.capitalize() for word in read_words("en/text/sentence_starters"))


@cache
def _days() -> frozenset[str]:
    rows = read_lexicon("en/time/words")
    return frozenset(
        row["word"].capitalize() for row in rows if row["kind"] in ("month", "weekday")
    )


@cache
def _attribution() -> re.Pattern:
    """A name and a verb of saying. Before "that" or "he" the verb has words of its own and opens a sentence."""
    verbs = "|".join(
        re.escape(verb) for verb in read_words("en/speech/reporting_verbs", reports="clause")
    )
    says = rf"(?:ask(?:ed|s)|told|tells)\b|(?:{verbs})\b(?!\s+(?:that|he|she|it|they|we|the)\b)|\w+ed[.,]"
    name = r"[A-Z][\w’'.-]*"
    return re.compile(rf"{name}(?:\s+{name}){{0,3}}(?:,[^?!”]{{1,60}}?,)?\s+(?:{says})")


def sentence_spans(text: str, shift: int = 0) -> list[tuple[int, int]]:
    """Where the sentences of one paragraph are.

    In: a paragraph (an empty line always ends a sentence, a line's end does not); shift, added to every offset.
    Out: (start, end) pairs in order, blanks trimmed; every character that is not blank is in exactly one.
    Raises: nothing.
    Misses: a sentence that ends in an abbreviation before a name ("… in the U.S. Rome agreed"), in an initial
    ("Plan B. Rome agreed") or in a spaced ellipsis before one; headlines in capitals after U.S.; one that opens in
    lower case; one that ends without a stop, but for items of a numbered list.
    Source: own rules over lexicon/en/text/abbreviations.csv and lexicon/en/text/sentence_starters.csv. Of the 48 English golden rules of
    Pragmatic Segmenter all hold, and the rules were written with that set in view; Punkt (Kiss and Strunk 2006)
    holds 24 of them, 35 with a merge rule, the best splitter by rules known to us 47.
    Example:
        >>> t = "“We left.” he said. Mr. X stayed until 5 p.m. He wept."
        >>> [t[s:e] for s, e in sentence_spans(t)]
        ['“We left.” he said.', 'Mr. X stayed until 5 p.m.', 'He wept.']
    """
    spans = []
    for start, end in _blocks(text):
        first_word = start + 1
        for pause in _PAUSE.finditer(text, start, end):
            if pause.start() >= first_word and _ends(text, start, pause):
                spans.append((start + shift, pause.end() + shift))
                start, first_word = pause.end(3), pause.start(5)
        spans.append((start + shift, end + shift))
    return spans


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that no sentence leaves: paragraphs, and the items of a list written in one line."""
    for start, end in pairwise(
        [0, *(match.end() for match in _BLANK_LINE.finditer(text)), len(text)]
    ):
        start, end = trim(text, start, end)
        mark = _ITEM.match(text, start, end)
        if mark:
            yield from (
                trim(text, *item) for item in pairwise([start, *_items(text, mark, end), end])
            )
        elif start < end:
            yield start, end


def _items(text: str, mark: re.Match, end: int) -> Iterator[int]:
    """Where the items after a list's first mark begin: each • when that is one; 2. after 1., b) after a)."""
    start = mark.start()
    for match in _ITEM.finditer(text, mark.end(), end):
        if match[1] and match[1] == mark[1]:
            yield match.start()
        elif match[2] and match[3] == mark[3] and match[2] == _next_label(mark[2]):
            before = text[max(start, match.start() - 12) : match.start()].split()
            if before[-1:] and before[-1] not in _COUNTING:  # not "1. It won 1 of 2. The rest …"
                mark = match
                yield match.start()


def _next_label(label: str) -> str:
    return str(int(label) + 1) if label.isdigit() else chr(ord(label) + 1)


def _ends(text: str, start: int, pause: re.Match) -> bool:
    """Does the sentence that begins at `start` end at this pause?"""
    stop, closed, gap, opened, word = pause.groups()
    at = pause.start()
    if not word or text[at - 1] in "([":  # nothing follows; or a mark on its own, (!) and [...]
        return False
    last = _word_before(text, start, at)
    if word[0].islower():
        return not closed and not _kind(last) and bool(_SMALL_NAME.match(text, pause.start(5)))
    if not gap:
        return _gap_is_lost(text, pause, last)
    if ".." in stop or ". " in stop or ".\xa0" in stop or "…" in stop:
        return (
            stop.count(".") > 3
            or not text[at - 1].isspace()
            or (word in _starters() and word != "I")
        )
    kind = _kind(last if stop == "." else last + stop)
    if (kind or closed) and opened[:1] in (
        "-",
        "–",
        "—",
    ):  # a dateline, and a remark upon a quotation
        return False
    if closed[-1:] in _QUOTES and _is_attributed(text, pause):
        return False
    if (
        stop == "." and at - start < 9 and _LABEL.fullmatch(text, start, at)
    ):  # the number of an item
        return False
    return not kind or _ends_after(kind, text, start, pause)


def _word_before(text: str, start: int, at: int) -> str:
    """The last word up to a stop; of a long one its end, which is no abbreviation then."""
    words = text[max(start, at - 16) : at].split()
    return words[-1].lstrip("([{“‘\"'$") if words and not text[at - 1].isspace() else ""


def _kind(word: str) -> str:
    """How an abbreviation behaves, "" for a common word; R-Ariz. behaves as Ariz., initials as U.S."""
    kind = _kinds().get(word) or _kinds().get(word.rpartition("-")[2], "")
    initial = len(word) == 1 and word.isupper()
    return kind or ("either" if initial or _INITIALS.fullmatch(word) else "")


def _ends_after(kind: str, text: str, start: int, pause: re.Match) -> bool:
    """Does the sentence end though an abbreviation stands before the stop?"""
    word, at = pause[5], pause.start(5)
    if kind in ("title", "number"):
        return kind == "number" and not word[0].isdigit()
    if kind == "time" and (
        _goes_on(text, start, pause.start()) or word in _days() or _ZONE.fullmatch(word)
    ):
        return False
    short = word in ("A", "I", "No") and text.startswith(".", pause.end(5))  # an initial, or No. 10
    if word in _starters() and not short:
        return True
    return bool(_ADVERB.match(text, at) or (kind != "either" and _SUBJECT.match(text, at)))


def _goes_on(text: str, start: int, at: int) -> bool:
    """Is a time of day only the opening of its sentence ("At 5 a.m. Rome …"), or part of a name of a thing?"""
    words = text[max(start, at - 16) : at].split()
    named = len(words) > 2 and words[-3] in _DETERMINERS
    return named or (at - start < 30 and bool(_OPENING.fullmatch(text, start, at)))


def _is_attributed(text: str, pause: re.Match) -> bool:
    """Does "Anna Bell said" follow a quotation? After a full stop only when it is the whole rest: print has a comma."""
    word = pause[5]
    named = word in ("I", "Mr", "Mrs", "Ms") or word not in _starters()
    found = _attribution().match(text, pause.start(5)) if named else None
    return bool(found) and (pause[1] != "." or text.startswith(".", found.end()))


def _gap_is_lost(text: str, pause: re.Match, last: str) -> bool:
    """Was a blank lost behind a full stop ("end.The next"), as pasted pages do? Not in names and addresses."""
    word, at = pause[5], pause.start()
    token = (
        text[max(0, at - 40) : at].split()[-1:] + text[pause.end() : pause.end() + 40].split()[:1]
    )
    if len(last) < 2 or _kind(last) or any(map(_ADDRESS.search, token)):
        return False
    return word in _starters() or (last.islower() and word[1:2].islower())
