"""Who says what: direct quotations and reported statements, each with its speaker and the kind of source.

Per article, in order of place: what verbs of saying report is a statement; words in quotation marks are tied to
the verb beside them, else to who the sentence tells of, else to who spoke last.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

import pandas as pd

from clippings.actors.quotation_marks import blank_quotes, is_speech, marked_spans
from clippings.actors.reporting_verbs import cue_pattern, find_said, use_of
from clippings.actors.speakers import find_beside, find_owner, first_subject, source_type
from clippings.core.lexicon import any_of
from clippings.core.progress import in_turn
from clippings.core.sentences import sentence_spans
from clippings.core.spans import enclosing, trim
from clippings.core.tables import by_article, make_table, span_row
from clippings.core.tokens import WORD, fold

Span = tuple[int, int]
LONG = 6000  # characters read at once: the cost of a paragraph grows with the square of its length
FRAGMENT_WORDS = 4  # up to so many words in marks are a fragment of speech
REMEMBERED = 3  # so many speakers back "they" may mean
HEARER = re.compile(
    r"(?:(?:sp(?:ea|o)k\w*|talk\w*)\s+(?:to|with)|interview with|statement to)\s+(?:the\s+)?$", re.I
)
CITING = re.compile(
    rf"\b(?:{any_of('en/speech/syntax', 'citing')})\s+([^,.”\"]{{3,60}})|^.?According to ([^,.”\"]{{3,60}}),"
)
GOES_ON = re.compile(
    r"[,!?…—–]\s?(?:[”\"]|'')[,\s]?$|(?:[”\"]|''),$"
)  # what ends so is not yet a whole sentence
WORD_IN_LOWER_CASE = re.compile(r"[a-z]\w\w")
SIGNED = re.compile(r"\s*[-–—―~]{1,2}\s?[^\W\d_][^.:;!?]{2,80}\.?\s*")
BY = re.compile(r"\s*[-–—―]{1,2}\s*")  # “…” – Anna Bell, farmer
ROLE_OR_END = re.compile(r"(?:,[^.;:!?“”]{2,60})?\.?\s*$")
SPEAKER = ("label", "speaker_start", "speaker_end", "source_type", "anonymous", "told_to")
RULES = {
    "reported": "verb of saying",
    "beside": "quotation marks, a verb beside them",
    "told of": "quotation marks, the sentence's subject",
    "signed": "quotation marks, signed",
    "alone": "quotation marks, speaker carried on",
}


def find_quotes(passages: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Every direct quotation and reported statement, with its speaker.

    In: passages (story ones, as a rule); mentions found in them.
    Out: quotes, label = the speaker's actor ("" where the article gives no name), kind (direct, indirect,
    fragment), speaker and cue as links, told_to, via, source_type (lexicon/en/speech/source_nouns; "" = not known), anonymous
    (no name given), part (the first part of a quotation that its verb splits). Words in marks inside a reported
    clause have a row besides the clause's.
    Raises: nothing.
    Misses: quotations in single marks; statements without a verb of lexicon/en/speech/reporting_verbs; who speaks where two people
    talk in turns without a verb; in paragraphs of more than 6,000 characters, what runs over a cut.
    Source: own rules; see reported and speakers.
    Example:
        >>> find_quotes(make_table("passages"), make_table("mentions")).empty
        True
    """
    own, rows = by_article(mentions), []
    for article, here in in_turn(by_article(passages).items(), "statements"):
        talk = _Talk(own.get(article, []))
        for passage in here:
            if passage.label != "headline":
                rows += [row for piece in _pieces(passage) for row in talk.read(piece)]
    return make_table("quotes", rows)


def _pieces(passage) -> Iterator:
    """A paragraph; one that is too long to be one, in pieces cut behind sentences or at least behind words."""
    text, at = passage.text, 0
    while len(text) - at > LONG:
        cuts = (
            text.rfind(mark, at + LONG // 2, at + LONG) + len(mark)
            for mark in (". ", "” ", "? ", "! ", " ")
        )
        cut = next((cut for cut in cuts if cut > 1), at + LONG)
        yield passage._replace(start=passage.start + at, end=passage.start + cut, text=text[at:cut])
        at = cut
    yield passage._replace(start=passage.start + at, text=text[at:])


class _Talk:
    """What one article has told so far: who spoke last, and what people were called."""

    def __init__(self, mentions: list):
        self.mentions, self.starts = mentions, [mention.start for mention in mentions]
        self.roles: dict[str, str] = {}
        self.called: dict[str, str] = {}  # word of a role: who has it
        self.places, self.persons = (
            defaultdict(list),
            [],
        )  # numbers of the mentions of each actor, and of persons
        for number, mention in enumerate(mentions):
            self.places[mention.label].append(number)
            self.persons += [number] * (mention.type == "person")
        for label, role in {m.label: m.role for m in reversed(mentions) if m.role}.items():
            self.call(label, role)
        self.spoke: list[dict] = []  # the last speakers
        self.told = ""
        self.bare: list[dict] = []  # the row of a paragraph that is all in marks
        self.open: list[dict] = []  # the row of a quotation that its paragraph does not close

    def call(self, label: str, role: str) -> None:
        if label not in self.roles:
            self.roles[label] = role
            for word in fold(role).split():
                self.called.setdefault(word, label)

    def read(self, passage) -> list[dict]:
        """The statements of one paragraph."""
        text, marked = passage.text, marked_spans(passage.text)
        first, last = (bisect_left(self.starts, at) for at in (passage.start, passage.end))
        if last > first and SIGNED.fullmatch(text):
            self.sign(self.mentions[first], text)
        self.bare = []
        leads_on = text.rstrip().endswith(":")
        if not marked and not leads_on and not cue_pattern().search(text):
            return []
        open_text = blank_quotes(text, marked)
        names = [
            (m.start - passage.start, m.end - passage.start, m) for m in self.mentions[first:last]
        ]
        names = [name for name in names if not enclosing(marked, name[0])]
        sentences = sentence_spans(open_text)
        said = find_said(open_text, sentences, names, marked)
        contents = [span for cue in said for span in cue["content"]]
        spoken = [
            m
            for m in marked
            if is_speech(text, m) or any(m[0] <= s and e <= m[1] for s, e in contents)
        ]
        self.relay(said)
        rows = [
            {"span": s, "kind": _kind(text, s)} | _tie(open_text, sentences, s, said, names, marked)
            for s in spoken
        ]
        for cue in said:
            spans = [span for span in cue["content"] if not _quoted(span, spoken)]
            rows += [
                {"span": span, "kind": "indirect", "cue": cue, "how": "reported"} for span in spans
            ]
        rows.sort(key=lambda row: (row["span"][0], -row["span"][1]))
        found = [row for row in (self.resolve(row, passage, names) for row in rows) if row]
        if leads_on:  # "She went on:" before a paragraph of hers
            subject = said[-1]["subject"] if said else first_subject(open_text, 0, len(text), names)
            self.hear(subject and self.who(subject, passage))
        if self.open and found and marked[:1] and not text[: marked[0][0]].strip():
            self.open[-1] |= {
                key: found[0].get(key) for key in SPEAKER
            }  # a quotation over several paragraphs
        self.bare = [row for row in found if row["text"] == text.strip()]
        self.open = [
            row
            for row in found[-1:]
            if row["speaker_start"] is None and row["text"][-1] not in '”"'
        ]
        return found

    def sign(self, mention, line: str) -> None:
        """A paragraph in marks, and below it: – Anna Bell, farmer."""
        by = {
            "label": mention.label,
            "speaker_start": mention.start,
            "speaker_end": mention.end,
            "anonymous": False,
        }
        for row in self.bare:
            row |= by | {
                "source_type": source_type(mention.role or fold(line)),
                "rule": RULES["signed"],
            }

    def relay(self, said: list[dict]) -> None:
        """Through whom a statement came: "…, she said, the agency reported"."""
        for outer in said:
            name = outer["subject"]["name"]
            if name is not None and source_type(fold(name.label)) in ("agency", "outlet"):
                for cue in said:
                    inside = any(s <= cue["cue"][0] < e for s, e in outer["content"])
                    cue["via"] = name.label if inside else cue.get("via", "")

    def hear(self, speaker: dict | None) -> None:
        self.spoke = [*self.spoke[1 - REMEMBERED :], speaker] if speaker else self.spoke

    def resolve(self, row: dict, passage, names: list) -> dict | None:
        """The row with its speaker: names as they are, "she" and "the source" as the last that fits."""
        cue, last = row.get("cue"), self.spoke[-1] if self.spoke else None
        subject = cue["subject"] if cue else row["subject"]
        if not subject and not row["whole"]:
            return None
        start, end = trim(passage.text, *row["span"])
        speaker = (
            self.who(subject, passage) if subject else self.nearest(last, passage.start + start)
        )
        goes_on = (
            cue["shared"] if cue else bool(last and speaker and speaker["actor"] == last["actor"])
        )
        if not goes_on:
            self.told = _told(passage.text, cue, names) if cue else ""
        self.hear(speaker)
        parts = cue.setdefault("parts", []) if cue else []
        first = next((part for part in parts if part[1] <= row["span"][0]), None)
        parts.append(row["span"])
        via = CITING.search(passage.text[start : end + 120])
        by = speaker or {"actor": "", "noun": "", "start": None, "end": None}
        type_ = source_type(by["noun"]) or source_type(fold(by["actor"]))
        return span_row(
            passage, start, end, kind=row["kind"], label=by["actor"], told_to=self.told
        ) | {
            "via": (via[1] or via[2]).strip() if via else (cue or {}).get("via", ""),
            "source_type": type_ if type_ != "document" else "",
            "anonymous": bool(speaker) and not by["actor"] and type_ != "document",
            "rule": RULES[row["how"]],
            "speaker_start": by["start"],
            "speaker_end": by["end"],
            **_link("cue", cue and cue["cue"], passage.start),
            **_link("part", first, passage.start),
        }

    def nearest(self, speaker: dict | None, at: int) -> dict | None:
        """A speaker, with the place before `at` that last names them; where nobody has spoken, who was named last."""
        numbers = self.persons if speaker is None else self.places.get(speaker["actor"], [])
        before = bisect_left(numbers, bisect_left(self.starts, at))
        m = self.mentions[numbers[before - 1]] if before else None
        if speaker is None:
            return m and {
                "start": m.start,
                "end": m.end,
                "actor": m.label,
                "noun": m.role,
                "type": m.type,
            }
        return (
            speaker | {"start": m.start, "end": m.end}
            if m and m.start > speaker["start"]
            else speaker
        )

    def who(self, subject: dict, passage) -> dict:
        """Who a subject is."""
        name, noun = subject["name"], subject["noun"]
        place = {
            "start": passage.start + subject["span"][0],
            "end": passage.start + subject["span"][1],
        }
        if name is not None:
            role = f"{noun} {name.role or self.roles.get(name.label, '')}".strip()
            self.call(name.label, role)
            return {**place, "actor": name.label, "noun": role, "type": name.type}
        latest = self.spoke[::-1]
        spoke = sorted(latest, key=lambda speaker: noun == "they" and bool(speaker["actor"]))
        again = next((speaker for speaker in spoke if _again(noun, speaker)), None)
        if again:
            called = again["noun"] if noun in again["noun"] else f"{again['noun']} {noun}"[-300:]
            return {**again, **place, "noun": called}
        head, of = noun.split()[-1], subject.get("of")
        called = self.called.get(head, "")
        if called and noun.startswith("the "):
            return {**place, "actor": called, "noun": self.roles[called], "type": "person"}
        if of is not None and head.startswith("spokes"):
            return {**place, "actor": of.label, "noun": noun, "type": of.type}
        return {**place, "actor": "", "noun": noun + subject.get("tail", ""), "type": ""}


def _again(noun: str, speaker: dict) -> bool:
    """Can a pronoun or "the …" mean somebody who spoke before?"""
    if noun in ("he", "she"):
        return speaker["type"] in ("person", "")
    if noun == "they":
        return speaker["type"] == "group" or (
            not speaker["actor"] and speaker["noun"].endswith("s")
        )
    head = noun.split()[-1].removesuffix("s")
    known = noun.startswith("the ") and (head == "source" or head in speaker["noun"].split())
    return known or (noun == "it" and speaker["type"] in ("organisation", "group"))


def _quoted(span: Span, spoken: list[Span]) -> bool:
    """Is most of a stretch in quotation marks, so that they tell what was said?"""
    inside = sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in spoken)
    return inside > 0.6 * (span[1] - span[0])


def _unmarked(marked: list[Span], start: int, end: int) -> Iterator[Span]:
    """The stretches between `start` and `end` that no quotation covers."""
    for quote_start, quote_end in marked:
        if quote_end > start and quote_start < end:
            yield start, quote_start
            start = quote_end
    yield start, end


def _kind(text: str, span: Span) -> str:
    return (
        "direct"
        if sum(1 for _ in WORD.finditer(text[slice(*span)])) > FRAGMENT_WORDS
        else "fragment"
    )


def _tie(
    text: str, sentences: list, span: Span, said: list[dict], names: list, marked: list[Span]
) -> dict:
    """The verb of saying beside words in marks: right behind them, else before them, in their sentence."""
    own = [record for record in said if record["sentence"][0] <= span[0] < record["sentence"][1]]

    goes_on = GOES_ON.search(text, span[0], span[1] + 1)

    def near(record):
        if record["cue"][0] >= span[1]:
            first = max(span[1], min(record["cue"][0], record["subject"]["start"]))
            apart = not goes_on or re.search(r"\w", text[span[1] : first])
            return (2 if apart else 0), record["cue"][0] - span[1]
        away = span[0] - record["cue"][1] + 40 * record["loose"]
        return (1 if away < 120 else 3), away

    if own:
        cue = min(own, key=near)
        if (
            cue["subject"]["name"] is None and cue["cue"][1] <= span[0]
        ):  # "Bell said he thinks it “…”": Bell's words
            cue = next(
                (
                    o
                    for o in own
                    if any(s <= cue["cue"][0] and span[1] <= e for s, e in o["content"])
                ),
                cue,
            )
        return {"cue": cue, "how": "beside"}
    start, end = enclosing(sentences, span[0]) or span
    by = BY.match(text, span[1])
    signs = next(
        (name for name in names if by and name[0] == by.end() and ROLE_OR_END.match(text, name[1])),
        None,
    )
    if signs:
        subject = {
            "span": signs[:2],
            "name": signs[2],
            "noun": fold(text[signs[1] :].strip(" ,.")),
            "start": signs[0],
        }
        return {"how": "signed", "subject": subject, "whole": False}
    high = (enclosing(sentences, span[1] + 2) or (0, end))[
        1
    ]  # “Why?” Bell fumed: may look like two sentences
    behind = find_beside(text, span[1], high, names) if goes_on else None
    if behind:
        return {"how": "told of", "subject": behind, "whole": False}
    whole = not any(WORD_IN_LOWER_CASE.search(text, *gap) for gap in _unmarked(marked, start, end))
    if whole:  # who was told of since the last quotation
        start = max(0, *(text.rfind(mark, 0, span[0]) for mark in '”"'))
    before = [
        record["subject"]
        for record in said
        if start <= record["cue"][0] < span[0] and not record["loose"]
    ]
    owner = find_owner(text, start, span[0], names)
    subject = owner or (
        before[-1] if whole and before else first_subject(text, start, span[0], names)
    )
    return {"how": "told of" if subject else "alone", "subject": subject, "whole": whole}


def _told(text: str, cue: dict, names: list) -> str:
    """To whom it was said: "told X", "speaking to X", in the sentence of the verb."""
    for start, _, mention in names:
        beside = "hearer" in use_of(cue["word"]) and 0 < start - cue["cue"][1] < 6
        inside = cue["sentence"][0] <= start < cue["sentence"][1]
        if beside or (inside and HEARER.search(text[max(0, start - 40) : start])):
            return mention.label
    return ""


def _link(name: str, span: tuple | None, shift: int) -> dict:
    start, end = span or (None, None)
    return {} if start is None else {f"{name}_start": shift + start, f"{name}_end": shift + end}
