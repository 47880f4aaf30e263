"""Who says what: direct quotations and reported statements, each with its speaker and the kind of source.

Per article, in order of place: verbs of saying outside quotation marks are found with their subjects and with
what they report, the clause behind the verb or the one before it ("…, she said"). Words in marks are tied to the
verb beside them, else to who the sentence tells of, else to who spoke last.
"""

import re
from bisect import bisect_left
from functools import cache

import pandas as pd

from clippings.lexicon import read_lexicon, read_words
from clippings.marks import blank_quotes, is_speech, marked_spans
from clippings.names import words_of
from clippings.sentences import sentence_spans
from clippings.speakers import DAY, find_inverted, find_subject, first_subject, source_type
from clippings.tables import by_article, make_table, span_row
from clippings.text import WORD, enclosing, fold, trim

Span = tuple[int, int]
FRAGMENT_WORDS = 4  # up to so many words in marks are a fragment of speech
REMEMBERED = 3  # so many speakers back "they" may mean
PASSIVE = re.compile(r"\b(?:when|if|was|were|been|be|being|is|are|am|get|got)\s+(?:\w+ly\s+|also\s+|not\s+)?$", re.I)
DETERMINER = re.compile(
    r"(?:\b(?:the|an?|his|her|its|their|our|my|your|this|that|these|those|of|no|any|such|many|some|new|recent|false|and"
    r"|news|media)|['’]s?)\s+$",
    re.IGNORECASE,
)
HEARER = re.compile(r"(?:(?:sp(?:ea|o)k\w*|talk\w*)\s+(?:to|with)|interview with|statement to)\s+(?:the\s+)?$", re.I)
OBJECT = re.compile(r"\s+(?:(?:the|a|an|his|her|their)\s+)?[\w’'.&-]+(?:\s+[A-Z][\w’'.&-]*)*")
CLOSED = re.compile(
    r"\s*(?:[^\w\s]|$|(?:of|for|in|on|at|who|during|after|when|while|as|about|by|to|from|with|and|but)\b)"
)
ASIDE = re.compile(  # "said on Monday that": none of it was said
    rf"(?:on\s+)?{DAY}|(?:in|on|at|during|after|before|late|earl|last|this|to|with|through|again)\w*\s[^,.;:“”\"]{{1,60}}?"
    r"(?=,\s|\s+that\s)|again(?=\s+that)"
)
PLACED = re.compile(r"(?:in|on|at|during|after|before|when|as|with|from|by|to|of|for|upon|while|earlier|last)\b")
SHARED = re.compile(r"\b(?:and|but|then)(?:\s+(?:\w+ly|also|then|later))?$")
CITING = re.compile(r"\b(?:citing|quoting)\s+([^,.”\"]{3,60})|^.?According to ([^,.”\"]{3,60}),")
RULES = {
    "reported": "verb of saying",
    "beside": "quotation marks, a verb beside them",
    "told of": "quotation marks, the sentence's subject",
    "alone": "quotation marks, speaker carried on",
}


def find_quotes(passages: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Every direct quotation and reported statement, with its speaker.

    In: passages (story ones, as a rule); mentions found in them.
    Out: quotes, label = the speaker's actor ("" where the article gives no name), kind (direct, indirect,
    fragment), speaker and cue as links, told_to, via, source_type (lexicon/sources; "" = not known), anonymous
    (no name given), part (the first part of a quotation that its verb splits). Words in marks inside a reported
    clause have a row besides the clause's.
    Raises: nothing.
    Misses: quotations in single marks; statements without a verb of lexicon/speech; who speaks where two people
    talk in turns without a verb.
    Source: own rules over lexicon/speech, quoting and sources.
    Example:
        >>> find_quotes(make_table("passages"), make_table("mentions")).empty
        True
    """
    own, rows = by_article(mentions), []
    for article, here in by_article(passages).items():
        talk = _Talk(own.get(article, []))
        for passage in here:
            if passage.label != "headline":
                rows += talk.read(passage)
    return make_table("quotes", rows)


class _Talk:
    """What one article has told so far: who spoke last, and what people were called."""

    def __init__(self, mentions: list):
        self.mentions, self.starts = mentions, [mention.start for mention in mentions]
        self.roles = {m.label: m.role for m in reversed(mentions) if m.role}
        self.spoke: list[dict] = []  # the last speakers
        self.told = ""

    def read(self, passage) -> list[dict]:
        """The statements of one paragraph."""
        text, marked = passage.text, marked_spans(passage.text)
        leads_on = text.rstrip().endswith(":")
        if not marked and not leads_on and not cue_pattern().search(text):
            return []
        open_text = blank_quotes(text, marked)
        names = [
            (m.start - passage.start, m.end - passage.start, m)
            for m in self.mentions[bisect_left(self.starts, passage.start) : bisect_left(self.starts, passage.end)]
            if not enclosing(marked, m.start - passage.start)
        ]
        sentences = sentence_spans(open_text)
        said = _said(open_text, sentences, names, marked)
        spoken = [span for span in marked if is_speech(text, span)]
        rows = [{"span": s, "kind": _kind(text, s)} | _tie(open_text, sentences, s, said, names) for s in spoken]
        for cue in said:
            spans = [span for span in cue["content"] if not _quoted(span, spoken)]
            rows += [{"span": span, "kind": "indirect", "cue": cue, "how": "reported"} for span in spans]
        rows.sort(key=lambda row: (row["span"][0], -row["span"][1]))
        found = [row for row in (self.resolve(row, passage, names) for row in rows) if row]
        if leads_on:  # "She went on:" before a paragraph of hers
            subject = said[-1]["subject"] if said else first_subject(open_text, 0, len(text), names)
            self.heard(subject and self.who(subject, passage))
        return found

    def heard(self, speaker: dict | None) -> None:
        self.spoke = [*self.spoke[1 - REMEMBERED :], speaker] if speaker else self.spoke

    def resolve(self, row: dict, passage, names: list) -> dict | None:
        """The row with its speaker: names as they are, "she" and "the source" as the last that fits."""
        cue, last = row.get("cue"), self.spoke[-1] if self.spoke else None
        subject = cue["subject"] if cue else row.get("subject")
        if subject:
            speaker = self.who(subject, passage)
        elif row["whole"]:
            speaker = self.nearest(last, passage.start + row["span"][0])
        else:
            return None
        start, end = trim(passage.text, *row["span"])
        if cue or not last or not speaker or speaker["actor"] != last["actor"]:
            self.told = _told(passage.text, cue, names) if cue else ""
        self.heard(speaker)
        first = next((part for part in (cue or {}).get("parts", []) if part[1] <= row["span"][0]), None)
        (cue or {}).setdefault("parts", []).append(row["span"])
        via = CITING.search(passage.text[start : end + 120])
        by = speaker or {"actor": "", "noun": "", "start": None, "end": None}
        type_ = source_type(by["noun"]) or source_type(fold(by["actor"]))
        links = _link("speaker", by["start"], by["end"]) | _link("part", *_at(first, passage))
        links |= _link("cue", *_at(cue and cue["cue"], passage))
        said = {"kind": row["kind"], "label": by["actor"], "told_to": self.told, "rule": RULES[row["how"]]}
        said |= {"via": (via[1] or via[2]).strip() if via else "", "source_type": type_ if type_ != "document" else ""}
        anonymous = bool(speaker) and not by["actor"] and type_ != "document"
        return span_row(passage, start, end, **said, **links, anonymous=anonymous)

    def nearest(self, speaker: dict | None, at: int) -> dict | None:
        """A speaker, with the place before `at` that last names them; where nobody has spoken, who was named last."""
        before = reversed(self.mentions[: bisect_left(self.starts, at)])
        if speaker is None:
            m = next((m for m in before if m.type == "person"), None)
            return m and {"start": m.start, "end": m.end, "actor": m.label, "noun": m.role, "type": m.type}
        named = next((m for m in before if m.start <= speaker["start"] or m.label == speaker["actor"]), None)
        later = named is not None and named.start > speaker["start"]
        return speaker | {"start": named.start, "end": named.end} if later else speaker

    def who(self, subject: dict, passage) -> dict:
        """Who a subject is."""
        name, noun = subject["name"], subject["noun"]
        place = {"start": passage.start + subject["span"][0], "end": passage.start + subject["span"][1]}
        if name is not None:
            role = f"{noun} {name.role or self.roles.get(name.label, '')}".strip()
            self.roles.setdefault(name.label, role)
            return {**place, "actor": name.label, "noun": role, "type": name.type}
        again = next((speaker for speaker in reversed(self.spoke) if _again(noun, speaker)), None)
        if again:
            called = again["noun"] if noun in again["noun"] else f"{again['noun']} {noun}"[-300:]
            return {**again, **place, "noun": called}
        head = noun.split()[-1]
        if noun.startswith("the "):
            called = next((label for label, role in self.roles.items() if head in fold(role).split()), "")
            if called:
                return {**place, "actor": called, "noun": self.roles[called], "type": "person"}
        of = subject.get("of")
        if of is not None and head.startswith("spokes"):
            return {**place, "actor": of.label, "noun": noun, "type": of.type}
        return {**place, "actor": "", "noun": noun + subject.get("tail", ""), "type": ""}


def _again(noun: str, speaker: dict) -> bool:
    """Can a pronoun or "the …" mean somebody who spoke before?"""
    if noun in ("he", "she"):
        return speaker["type"] in ("person", "")
    if noun in ("they", "it"):
        many = not speaker["actor"] and speaker["noun"].split()[-1:] != [] and speaker["noun"].endswith("s")
        return speaker["type"] in ("organisation", "group") if noun == "it" else many or speaker["type"] == "group"
    head = noun.split()[-1].removesuffix("s")
    return noun.startswith("the ") and (head == "source" or head in speaker["noun"].split())


@cache
def _use(word: str) -> frozenset[str]:
    """What lexicon/speech says of a verb: hearer, wish, noun."""
    return frozenset(use for row in read_lexicon("speech") if row["word"] == word for use in row["use"].split())


@cache
def cue_pattern() -> re.Pattern:
    """The verbs and phrases of lexicon/speech and lexicon/quoting as one pattern, longest first.

    In: nothing. Out: a compiled pattern. Raises: nothing. Misses: verbs that are not listed. Source: the lexicon.
    Example:
        >>> cue_pattern().search("as she pointed out")[0]
        'pointed out'
    """
    cues = sorted({*read_words("speech"), *read_words("quoting")}, key=lambda cue: (-len(cue), cue))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, cues))})(?![\w-])", re.IGNORECASE)


def _said(text: str, sentences: list, names: list, marked: list) -> list[dict]:
    """The verbs of saying of a paragraph, with subject and what they report."""
    found: list[dict] = []
    spans = [name[:2] for name in names]
    for match in cue_pattern().finditer(text):
        cue, word = match.span(), fold(match[0])
        sentence = enclosing(sentences, cue[0])
        before = text[max(0, cue[0] - 14) : cue[0]]
        if not sentence or enclosing(spans, cue[0]) or enclosing(marked, cue[0]):
            continue
        if not word.endswith("ing") and PASSIVE.search(before):
            continue
        if "noun" in _use(word) and (DETERMINER.search(before) or text.startswith(" of ", cue[1])):
            continue
        own = [other for other in found if other["sentence"] == sentence]
        record = {"cue": cue, "word": word, "sentence": sentence, "shared": False, "loose": word in words_of("quoting")}
        subject = record["subject"] = _subject(text, record, own, names)
        if subject and (
            record["shared"] or "noun" not in _use(word) or cue[0] - subject["span"][1] <= 2
        ):  # not "give states", "her bold claims"
            record["content"] = [] if record["loose"] else _content(text, record, own, names)
            found.append(record)
    return found


def _subject(text: str, record: dict, own: list[dict], names: list) -> dict | None:
    cue, word, (low, high) = record["cue"], record["word"], record["sentence"]
    if word in ("according to", "in the words of"):
        return find_inverted(text, high, cue, names, anyone=True)
    before = text[low : cue[0]].rstrip()
    quoted = before.endswith(("”", '"', "''"))
    if "hearer" not in _use(word) and not word.endswith("ing") and (not before or quoted or before[-1] in ",—–"):
        ahead = find_subject(text, low, cue, names) if before.endswith(",") and before.count(",") > 1 else None
        behind = find_inverted(text, high, cue, names, anyone=quoted)
        if behind and CLOSED.match(text, behind["span"][1]) and not (ahead and ahead["name"] is not None):
            return behind
    if word.endswith("ing") and before[-1:].isalnum() and not SHARED.search(before):  # "with Bell saying that"
        beside = find_subject(text, low, cue, names)
        if beside:
            return beside
    if word.endswith("ing") or SHARED.search(before):
        record["shared"] = True
        breaks = [match.end() for match in re.finditer(r"[;—]|, (?:while|but|as)\b", before)]
        return own[-1]["subject"] if own else first_subject(text, low + max(breaks, default=0), cue[0], names)
    return find_subject(text, low, cue, names)


def _content(text: str, record: dict, own: list[dict], names: list) -> list[Span]:
    """What a verb reports: the clause behind it, or the one before it."""
    cue, sentence, subject = record["cue"], record["sentence"], record["subject"]
    behind = subject["span"][0] >= cue[1]
    head = cue[0] if behind or record["shared"] else subject["start"]
    edge = _clause(text, head) if record["shared"] else head
    comma, quoted = text[:head].rstrip()[-1:] in tuple(",”\"'"), text[:head].rstrip()[-1:] in tuple("”\"'")
    if record["shared"] or (comma and not behind):  # what was said before ends here
        for other in own:
            other["content"] = [(s, min(e, edge)) if s < edge else (s, e) for s, e in other["content"]]
    low = max([sentence[0], *(end for other in own for _, end in other["content"] if end <= cue[0] and not comma)])
    before = _trimmed(text, low, edge)
    after = _trimmed(text, subject["span"][1] if behind else _past_hearer(text, record, names), sentence[1])
    enough = _words(text, before) > 2 or "”" in text[slice(*before)] or text[slice(*before)][-1:] in tuple("\"'")
    if behind:
        return [before] if enough else [after] if text[cue[0]].isupper() else []
    if before and text[low:edge].rstrip().endswith(" as") and _words(text, before) > 3:  # "it fell, as Bell reported"
        return [_trimmed(text, before[0], before[1] - 3)]
    aside = ASIDE.match(text, *after)
    if aside:
        after = _trimmed(text, aside.end(), after[1])
    elif PLACED.match(text, *after) and not _use(record["word"]) & {"wish", "hearer"}:
        after = after[1], after[1]
    if comma and enough and not record["shared"]:
        if text[cue[1]] == "," and not quoted:  # "The plan, she said, would fail."
            return [before, after] if _words(text, after) > 3 else [before]
        return [before] if _words(text, after) < 4 or quoted else [after]
    return [after] if _words(text, after) > 1 else []


def _clause(text: str, at: int) -> int:
    """Where the clause of a shared subject begins: at its comma or "and"."""
    match = re.compile(r"[,\s]*(?:\band\b|\bbut\b)?[\s\w]{0,12}$").search(text, max(0, at - 24), at)
    return match.start() if match else at


def _past_hearer(text: str, record: dict, names: list) -> int:
    """Behind the hearer in "told X that"."""
    end = record["cue"][1]
    if "hearer" not in _use(record["word"]):
        return end
    that = re.compile(r"[^,.;:“\"]{1,70}?(?=\s+that\b)").match(text, end)
    name = next((name for name in names if 0 < name[0] - end < 6), None)
    hearer = OBJECT.match(text, end)
    return that.end() if that else name[1] if name else hearer.end() if hearer else end


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip(" ,;:\xa0—–-\n\r\t"))
    return start + left, max(start + left, start + len(piece.rstrip(" ,;:\xa0—–-\n\r\t")))


def _words(text: str, span: Span) -> int:
    return len(text[slice(*span)].split())


def _quoted(span: Span, spoken: list[Span]) -> bool:
    """Is most of a stretch in quotation marks, so that they tell what was said?"""
    inside = sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in spoken)
    return inside > 0.6 * (span[1] - span[0])


def _kind(text: str, span: Span) -> str:
    return "direct" if sum(1 for _ in WORD.finditer(text[slice(*span)])) > FRAGMENT_WORDS else "fragment"


def _tie(text: str, sentences: list, span: Span, said: list[dict], names: list) -> dict:
    """The verb of saying beside words in marks: right behind them, else before them, in their sentence."""
    own = [record for record in said if record["sentence"][0] <= span[0] < record["sentence"][1]]

    def near(record):
        if record["cue"][0] >= span[1]:
            first = max(span[1], min(record["cue"][0], record["subject"]["start"]))
            return (2 if re.search(r"\w", text[span[1] : first]) else 0), record["cue"][0] - span[1]
        away = span[0] - record["cue"][1] + 40 * record["loose"]
        return (1 if away < 120 else 3), away

    if own:
        cue = min(own, key=near)
        if cue["subject"]["name"] is None and cue["cue"][1] <= span[0]:  # "Bell said he thinks it “…”": Bell's words
            cue = next((o for o in own if any(s <= cue["cue"][0] and span[1] <= e for s, e in o["content"])), cue)
        return {"cue": cue, "how": "beside"}
    start, end = enclosing(sentences, span[0]) or span
    whole = not re.search(r"[a-wyz]\w\w", text[start : span[0]] + text[span[1] : end])
    if whole:  # who was told of since the last quotation
        start = max(0, *(text.rfind(mark, 0, span[0]) for mark in '”"'))
    before = [record["subject"] for record in said if start <= record["cue"][0] < span[0] and not record["loose"]]
    subject = before[-1] if whole and before else first_subject(text, start, span[0], names)
    return {"how": "told of" if subject else "alone", "subject": subject, "whole": whole}


def _told(text: str, cue: dict, names: list) -> str:
    """To whom it was said: "told X", "speaking to X", in the sentence of the verb."""
    for start, _, mention in names:
        beside = "hearer" in _use(cue["word"]) and 0 < start - cue["cue"][1] < 6
        inside = cue["sentence"][0] <= start < cue["sentence"][1]
        if beside or (inside and HEARER.search(text[max(0, start - 40) : start])):
            return mention.label
    return ""


def _at(span: Span | None, passage) -> tuple:
    return (passage.start + span[0], passage.start + span[1]) if span else (None, None)


def _link(name: str, start: int | None, end: int | None) -> dict:
    return {f"{name}_start": start, f"{name}_end": end}
