"""Verbs of saying in a paragraph, each with its subject and with what it reports.

A record: cue (span), word, sentence (span), subject (see speakers), shared (the subject is that of another verb or
of the whole sentence: "…, adding that"), loose (reports nothing without quotation marks), content (spans).
"""

import re
from functools import cache
from itertools import groupby
from operator import itemgetter

from clippings.actors.speakers import DAY, find_inverted, find_subject, first_subject
from clippings.core.lexicon import any_of, read_lexicon, read_words, words_of
from clippings.core.spans import enclosing
from clippings.core.tokens import fold

Span = tuple[int, int]
ISSUED = re.compile(
    rf"\b({any_of('en/speech/syntax', 'issues a statement')})\s+(?:an?|its|his|her|their)\s[^,;:“”]{{2,50}}$",
    re.IGNORECASE,
)
PASSIVE = re.compile(
    rf"\b(?:{any_of('en/speech/syntax', 'passive auxiliary')})\s+(?:\w+ly\s+|also\s+|not\s+)?$",
    re.IGNORECASE,
)
AS_NOUN = re.compile(
    rf"(?:\b(?:{any_of('en/speech/syntax', 'before a noun')})|['’]s?)\s+$", re.IGNORECASE
)
OBJECT = re.compile(r"\s+(?:(?:the|a|an|his|her|their)\s+)?[\w’'.&-]+(?:\s+[A-Z][\w’'.&-]*)*")
CLOSED = re.compile(rf"\s*(?:[^\w\s]|$|(?:{any_of('en/speech/syntax', 'closes a clause')})\b)")
ASIDE = re.compile(  # "said on Monday that": none of it was said
    rf"(?:on\s+)?{DAY}|(?:{any_of('en/speech/syntax', 'opens an insertion')})\s[^,.;:“”\"]{{1,60}}?(?=,\s|\s+that\s)|again(?=\s+that)"
)
SPEAKING = re.compile(rf"(?:speaking|{any_of('en/speech/syntax', 'citing')}) ")
PLACED = re.compile(rf"(?:{any_of('en/speech/syntax', 'opens a clause of place or time')})\b")
SHARED = re.compile(r"\b(?:and|but|then)(?:\s+(?:\w+ly|also|then|later))?$")
CLAUSE = re.compile(r"[,\s]*(?:\band\b|\bbut\b)?[\s\w]{0,12}$")
NEAR = 12  # verbs of saying before one that are looked at: their cost would grow with the square of a sentence
TRIMMED = " ,;:\xa0—–-\n\r\t"
CLOSING = ("”", '"', "'")


@cache
def use_of(word: str) -> frozenset[str]:
    """What lexicon/en/speech/reporting_verbs says of a verb: hearer, wish, noun, behind."""
    return frozenset(
        use
        for row in read_lexicon("en/speech/reporting_verbs")
        if row["word"] == word
        for use in row["use"].split()
    )


@cache
def cue_pattern() -> re.Pattern:
    """The verbs and phrases of lexicon/en/speech/reporting_verbs and lexicon/en/speech/quoting_verbs as one pattern, by first letter, longest first."""
    cues = sorted(
        {*read_words("en/speech/reporting_verbs"), *read_words("en/speech/quoting_verbs")},
        key=lambda cue: (cue[0], -len(cue), cue),
    )
    initials = groupby(cues, itemgetter(0))
    letters = (
        f"{letter}(?:{'|'.join(re.escape(cue[1:]) for cue in own)})" for letter, own in initials
    )
    return re.compile(rf"(?<![\w-])(?:{'|'.join(letters)})(?![\w-])", re.IGNORECASE)


def find_said(text: str, sentences: list[Span], names: list, marked: list[Span]) -> list[dict]:
    """The verbs of saying of a paragraph that have a subject, in order.

    In: a paragraph with its quotations blanked; its sentences; mentions outside marks as (start, end, row); the
    marked spans. Out: records, see above. Raises: nothing. Misses: verbs that are not listed, most of the passive.
    Source: own rules over lexicon/en/speech/reporting_verbs, quoting and grammar.
    Example:
        >>> t = "The mayor said that it rains."
        >>> [t[s:e] for said in find_said(t, [(0, 29)], [], []) for s, e in said["content"]]
        ['that it rains.']
    """
    found: list[dict] = []
    spans = [name[:2] for name in names]
    for match in cue_pattern().finditer(text):
        cue, word = match.span(), fold(match[0])
        sentence, before = enclosing(sentences, cue[0]), text[max(0, cue[0] - 14) : cue[0]]
        noun = "noun" in use_of(word)
        if not sentence or enclosing(spans, cue[0]) or enclosing(marked, cue[0]):
            continue
        loose = word in words_of("en/speech/quoting_verbs")
        opening = loose and word.endswith("ed") and sentence[0] == cue[0]  # "Informed of it, Bell"
        named = (noun or loose) and AS_NOUN.search(before)
        if opening or named or (not word.endswith("ing") and PASSIVE.search(before)):
            continue
        own = [other for other in found[-NEAR:] if other["sentence"] == sentence]
        said = {"cue": cue, "word": word, "sentence": sentence, "shared": False, "loose": loose}
        subject = said["subject"] = _subject(text, said, own, names, marked)
        if subject and (
            said["shared"] or not noun or cue[0] - subject["span"][1] <= 2
        ):  # not "give reports"
            said["content"] = [] if said["loose"] else _content(text, said, own, names)
            found.append(said)
    return found


def _subject(
    text: str, said: dict, own: list[dict], names: list, marked: list[Span]
) -> dict | None:
    cue, word, (low, high) = said["cue"], said["word"], said["sentence"]
    if "behind" in use_of(word):
        return find_inverted(text, high, cue, names, anyone=True)
    before, partial = text[low : cue[0]].rstrip(), word.endswith("ing")
    quoted = before.endswith(CLOSING)
    if (
        "hearer" not in use_of(word)
        and not partial
        and (not before or quoted or before[-1] in ",—–")
    ):
        ahead = (
            find_subject(text, low, cue, names, marked)
            if before.endswith(",") and before.count(",") > 1
            else None
        )
        behind = find_inverted(text, high, cue, names, anyone=quoted)
        if (
            behind
            and CLOSED.match(text, behind["span"][1])
            and not (ahead and ahead["name"] is not None)
        ):
            return behind
    issued = ISSUED.search(text, low, cue[0]) if partial else None
    if issued:  # "issued a statement on Monday saying": who issued it
        said["shared"] = True
        return find_subject(text, low, issued.span(1), names, marked)
    shared = bool(SHARED.search(before[-60:]))
    beside = (
        None
        if shared or (partial and not before[-1:].isalnum())
        else find_subject(text, low, cue, names, marked)
    )
    if beside or not (shared or partial):  # "with Bell saying that"
        return beside
    said["shared"] = True
    breaks = [match.end() for match in re.finditer(r"[;—]|, (?:while|but|as)\b", before)]
    return (
        own[-1]["subject"]
        if own
        else first_subject(text, low + max(breaks, default=0), cue[0], names)
    )


def _content(text: str, said: dict, own: list[dict], names: list) -> list[Span]:
    """What a verb reports: the clause behind it, or the one before it ("…, she said")."""
    cue, (low, high), subject = said["cue"], said["sentence"], said["subject"]
    behind = subject["span"][0] >= cue[1]
    head = cue[0] if behind or said["shared"] else subject["start"]
    edge = CLAUSE.search(text, max(0, head - 24), head).start() if said["shared"] else head
    last = text[:head].rstrip()[-1:]
    comma = bool(last) and last in ",”\"'"
    if said["shared"] or (comma and not behind):  # what was said before ends here
        for other in own:
            spans = [_trimmed(text, s, min(e, edge)) for s, e in other["content"] if s < edge]
            other["content"] = [
                span for span in spans if _words(text, span) > 1 or _is_quoted(text, span)
            ]
    low = max(
        [low, *(end for other in own for _, end in other["content"] if end <= cue[0] and not comma)]
    )
    before = _trimmed(text, low, edge)
    after = _trimmed(text, subject["span"][1] if behind else _past_hearer(text, said, names), high)
    enough = _words(text, before) > 2 or _is_quoted(text, before)
    if behind:
        return [before] if enough else [after] if text[cue[0]].isupper() else []
    if (
        text[low:edge].rstrip().endswith(" as") and _words(text, before) > 3
    ):  # "it fell, as Bell reported"
        return [_trimmed(text, before[0], before[1] - 3)]
    if SPEAKING.match(text, after[0]):
        after = after[1], after[1]
    aside = ASIDE.match(text, *after)
    if aside:
        after = _trimmed(text, aside.end(), after[1])
    elif PLACED.match(text, *after) and not use_of(said["word"]) & {"wish", "hearer"}:
        after = after[1], after[1]
    if not (comma and enough) or said["shared"]:
        return [after] if _words(text, after) > 1 else []
    if text[cue[1] : cue[1] + 1] == last == ",":  # "The plan, she said, would fail."
        return [before, after] if _words(text, after) > 3 else [before]
    short = _words(text, after) < 4 and not _is_quoted(text, after)
    return [before] if short or last != "," else [after]


def _past_hearer(text: str, said: dict, names: list) -> int:
    """Behind the hearer in "told X that"."""
    end = said["cue"][1]
    if "hearer" not in use_of(said["word"]):
        return end
    that = re.compile(r"[^,.;:“\"]{1,70}?(?=\s+that\b)").match(text, end)
    name = next((name for name in names if 0 < name[0] - end < 6), None)
    hearer = OBJECT.match(text, end)
    return that.end() if that else name[1] if name else hearer.end() if hearer else end


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip(TRIMMED))
    return left, max(left, start + len(piece.rstrip(TRIMMED)))


def _is_quoted(text: str, span: Span) -> bool:
    return "”" in text[slice(*span)] or text[slice(*span)].endswith(CLOSING)


def _words(text: str, span: Span) -> int:
    """The number of words, up to five: a statement in a sentence without an end is not counted to its end."""
    return len(text[slice(*span)].split(None, 4))
