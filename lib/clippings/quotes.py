"""Who says what: direct quotations and reported statements, each with its speaker and the kind of source.

Per article, in order of place: quotation marks are paired inside a paragraph; the verb of saying nearest to
a quotation gives its speaker; "he" and "the source" are the last fitting speaker. A sentence with a speaker
and a verb of saying but no quotation is a reported statement.
"""

import re
from bisect import bisect_left, bisect_right
from functools import cache

import pandas as pd

from clippings.lexicon import read_lexicon, read_words
from clippings.sentences import sentence_spans
from clippings.tables import by_article, make_table, span_row
from clippings.text import WORD, enclosing, fold, trim

MARKED = re.compile(r"“[^“”]*(?:”|$)|\"[^\"]*(?:\"|$)")
PRONOUN = re.compile(r"\b(?:he|she|they|it)\b", re.IGNORECASE)
FRAGMENT_WORDS = 4  # fewer words in marks are a fragment of speech
REACH = 160  # characters between a verb of saying and its speaker
PASSIVE = re.compile(r"\b(?:was|were|been|be|being|is|are)\s+(?:also\s+)?$", re.IGNORECASE)
THAT = re.compile(
    r"\s+(?:[\w’'-]+\s+){0,4}that\b|\s+(?:[\w’'-]+\s+){1,4}(?:had|has|have|was|were|is|are|will|would|could)\b"
)
INSIDE = re.compile(r"\b(?:of|to|in|from|inside|for|with|at|near)\s+(?:the\s+)?$", re.IGNORECASE)
TOLD = re.compile(r"\b(?:told|tell|tells|speaking to|talked to|speaks to|spoke to)\s+(?:the\s+)?")
CITING = re.compile(r"\b(?:citing|quoting)\s+([^,.”\"]{3,60})")
SUBORDINATE = re.compile(r"\b(?:to|by|who|which)\s+$", re.IGNORECASE)


def find_quotes(passages: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Every direct quotation and reported statement, with its speaker.

    In: passages (story ones, as a rule); mentions found in them.
    Out: quotes, label = the speaker's actor ("" where the article gives no name), kind (direct, indirect,
    fragment), speaker and cue as links, told_to, via, source_type (lexicon/sources; "" = not known),
    anonymous (no name given).
    Raises: nothing.
    Misses: quotations in single marks; a speaker named two paragraphs away; statements without a verb of
    lexicon/speech; a long reported statement that runs over several sentences is one row a sentence.
    Source: own rules, the nearest-speaker baseline of quotation attribution.
    Example:
        >>> find_quotes(make_table("passages"), make_table("mentions")).empty
        True
    """
    own, rows = by_article(mentions), []
    for article, passages_here in by_article(passages).items():
        speakers = _Speakers(own.get(article, []))
        for passage in passages_here:
            if passage.label != "headline":
                rows += _in_passage(passage, speakers)
    return make_table("quotes", rows)


def _in_passage(passage, speakers: "_Speakers") -> list[dict]:
    text = passage.text
    marked = [(m.start(), m.end()) for m in MARKED.finditer(text)]
    spoken = [span for span in marked if _is_speech(text, span)]
    open_text = _blank(text, marked)
    sentences = sentence_spans(open_text)
    candidates = speakers.candidates(passage, open_text)
    cues = _cues(open_text, [candidate["span"] for candidate in candidates])
    rows = []
    for span in spoken:
        cue = _nearest_cue(span, cues, sentences)
        if cue or _is_whole(text, span):
            rows.append(_row(passage, span, cue, speakers, candidates, _kind(text, span)))
    taken = {row["cue"] for row in rows}
    spoken_in = {enclosing(sentences, at) for span in spoken for at in (span[0], span[1] - 1)}
    for cue in cues:
        sentence = enclosing(sentences, cue[0])
        quoted = sentence in spoken_in
        if not sentence or quoted or cue in taken or not _introduces(open_text, cue, sentence):
            continue
        if speakers.find(cue, candidates, open_text):
            rows.append(_row(passage, sentence, cue, speakers, candidates, "indirect"))
            taken |= set(_between(cues, *sentence))
    rows.sort(key=lambda row: row["start"])
    return [speakers.resolve(row, passage) for row in rows]


def _cues(text: str, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Verbs of saying: not in the passive, not as nouns ("reports of"), not inside a name or a source's noun."""
    found = []
    for match in cue_pattern().finditer(text):
        passive = PASSIVE.search(text[max(0, match.start() - 12) : match.start()])
        noun = text.startswith(" of ", match.end())
        number = bisect_right(taken, match.span()) - 1
        inside = any(s <= match.start() < e for s, e in taken[max(0, number) : number + 2])
        if not (passive or noun or inside):
            found.append(match.span())
    return found


def _introduces(text: str, cue: tuple[int, int], sentence: tuple[int, int]) -> bool:
    """Does a verb stand where it reports a statement? Said and told always do; others need a clause."""
    word, after = fold(text[slice(*cue)]), text[cue[1] : sentence[1]]
    if word.split()[0] in ("said", "says", "told", "tells", "tell", "according", "talked", "spoke", "spoken"):
        return True
    return bool(THAT.match(after)) or (len(after) < 40 and "," in text[max(sentence[0], cue[0] - 80) : cue[0]])


def _blank(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with quoted parts blanked, offsets kept; a quotation's last stop stays, to end its sentence."""
    parts, last = [], 0
    for start, end in spans:
        body = text[start:end]
        ending = body.rstrip('”"')[-1:]
        stop = ending if ending in (".", "!", "?") else "x"
        parts += [text[last:start], "x" * (len(body) - 1), stop]
        last = end
    return "".join([*parts, text[last:]])


def _is_speech(text: str, span: tuple[int, int]) -> bool:
    """Words in marks are speech unless they are a name or a single scare-quoted word."""
    words = [match[1] for match in WORD.finditer(text[slice(*span)])]
    capital = sum(word[0].isupper() for word in words)
    return len(words) > 1 and not (len(words) <= 9 and capital >= len(words) / 2 and words[0][0].isupper())


def _is_whole(text: str, span: tuple[int, int]) -> bool:
    """A quotation that fills a sentence, or that is never closed, needs no verb of saying."""
    body = text[slice(*span)]
    inside, unclosed = body.strip('“”" \xa0'), body[-1] not in '”"'
    return len(inside.split()) >= 5 and inside[:1].isupper() and (unclosed or inside[-1:] in ".!?,…")


def _kind(text: str, span: tuple[int, int]) -> str:
    words = sum(1 for _ in WORD.finditer(text[slice(*span)]))
    return "direct" if words > FRAGMENT_WORDS else "fragment"


def _nearest_cue(span: tuple[int, int], cues: list, sentences: list):
    """The verb of saying right after a quotation, else before it, in the sentence or the next to it."""

    def near(cue):
        between = (span[1], cue[0]) if cue[0] >= span[1] else (cue[1], span[0])
        breaks = len(_between(sentences, between[0] + 1, between[1] + 1))
        return breaks, between[1] - between[0], cue[0] < span[0]

    reachable = [
        cue
        for cue in _between(cues, span[0] - REACH - 40, span[1] + REACH)
        if near(cue)[0] <= 1 and near(cue)[1] <= REACH
    ]
    return min(reachable, key=near, default=None)


def _between(spans: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Those spans that start in a stretch of text."""
    return spans[bisect_left(spans, (start, -1)) : bisect_left(spans, (end, -1))]


@cache
def cue_pattern() -> re.Pattern:
    """The verbs and phrases of saying of lexicon/speech as one pattern, longest first.

    In: nothing. Out: a compiled pattern. Raises: nothing. Misses: verbs that are not listed.
    Source: lexicon/speech.csv.
    Example:
        >>> cue_pattern().search("as she pointed out")[0]
        'pointed out'
    """
    cues = sorted(read_words("speech"), key=lambda cue: (-len(cue), cue))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, cues))})(?![\w-])", re.IGNORECASE)


def _row(passage, span, cue, speakers, candidates, kind: str) -> dict:
    start, end = trim(passage.text, *span)
    found = speakers.find(cue, candidates, passage.text) if cue else None
    rule = "quotation marks" if kind != "indirect" else "verb of saying"
    return span_row(passage, start, end, kind=kind, cue=cue, found=found, rule=rule)


class _Speakers:
    """Who has spoken so far in one article, and who could be speaking at a verb of saying."""

    def __init__(self, mentions: list):
        self.mentions = [m for m in mentions if m.type != "place"]
        self.named = {m.start: m for m in mentions}
        self.roles = {m.label: m.role for m in reversed(mentions) if m.role}
        self.last: dict | None = None
        self.number = 0

    def candidates(self, passage, text: str) -> list[dict]:
        """Names, nouns for sources and pronouns of a paragraph, outside its quotations."""
        found = []
        while self.number < len(self.mentions) and self.mentions[self.number].end <= passage.start:
            self.number += 1
        for mention in self.mentions[self.number :]:
            if mention.start >= passage.end:
                break
            start, end = mention.start - passage.start, mention.end - passage.start
            if text[start:end] == mention.text and text[end : end + 1] not in ("-", "‑"):  # not the IS of "IS-held"
                role = mention.role or self.roles.get(mention.label, "")
                found.append(
                    {
                        "span": (start, end),
                        "actor": mention.label,
                        "noun": role,
                        "name": mention.text,
                        "type": mention.type,
                    }
                )
        named = [c["span"] for c in found]
        nouns = [noun for noun in _source_nouns(text) if not enclosing(named, noun[1] - 1)]
        phrases = [(start, end) for start, end, _ in nouns]
        found = [c for c in found if not enclosing(phrases, c["span"][0])]
        found += [{"span": (s, e), "actor": "", "noun": noun, "name": "", "type": ""} for s, e, noun in nouns]
        found += [{"span": m.span(), "actor": "", "noun": "", "name": "", "type": ""} for m in PRONOUN.finditer(text)]
        return sorted(found, key=lambda c: c["span"])

    def find(self, cue, candidates: list[dict], text: str) -> dict | None:
        """The candidate right before the verb; after it for "according to" and "said X"."""
        word = fold(text[slice(*cue)])
        first = bisect_left(candidates, cue[0] - 2 * REACH, key=lambda c: c["span"][0])
        last = bisect_left(candidates, cue[1] + REACH, key=lambda c: c["span"][0])
        candidates = candidates[first:last]
        before = [c for c in candidates if c["span"][1] <= cue[0] and _reaches(text, c["span"][1], cue[0])]
        after = [c for c in candidates if c["span"][0] >= cue[1] and _reaches(text, cue[1], c["span"][0])]
        told = word in ("told", "tells", "tell", "talked to", "spoke to", "spoken to")
        behind = _behind(after, text) if not told and not re.match(r"\s+that\b", text[cue[1] :]) else None
        if word in ("according to", "in the words of"):
            return behind
        inverted = re.search(r"[x,]\s*$", text[max(0, cue[0] - 3) : cue[0]])
        return behind if behind and (inverted or not before) else _subject(before, text)

    def resolve(self, row: dict, passage) -> dict:
        """The row with its speaker's name: "he" and "the source" are the last fitting speaker."""
        found, cue = row.pop("found"), row.pop("cue")
        speaker = dict(found) if found else None
        if speaker and not speaker["actor"] and self.last and self._is_again(speaker, passage.text):
            speaker |= {"actor": self.last["actor"], "noun": _joined(self.last["noun"], speaker["noun"])}
        elif not speaker and self.last and row["kind"] == "direct" and not cue:
            speaker = {**self.last, "span": None}
            row["rule"] = "quotation marks, speaker carried on"
        if speaker and speaker["actor"]:
            speaker["noun"] = speaker["noun"] or self.roles.get(speaker["actor"], "")
            self.roles.setdefault(speaker["actor"], speaker["noun"])
        if speaker:
            self.last = {**speaker, "name": ""}
        span = found["span"] if found else None
        return {
            **row,
            "label": speaker["actor"] if speaker else "",
            **_link("speaker", span, passage),
            **_link("cue", cue, passage),
            **self._route(row, passage),
            "source_type": _source_type(speaker),
            "anonymous": bool(speaker) and not speaker["actor"],
        }

    def _route(self, row: dict, passage) -> dict:
        """To whom it was said, and through whom it came, as the words around say."""
        first = max(0, row["start"] - passage.start - 200)
        around = passage.text[first : row["end"] - passage.start + 250]
        told = TOLD.search(around)
        heard = self.named.get(passage.start + first + told.end()) if told else None
        citing = CITING.search(around)
        return {"told_to": heard.label if heard else "", "via": citing[1].strip() if citing else ""}

    def _is_again(self, speaker: dict, text: str) -> bool:
        start, end = speaker["span"]
        word = fold(text[start:end])
        if word in ("he", "she", "they", "it"):
            return True
        head = speaker["noun"].split()[-1].removesuffix("s")
        return word.startswith("the ") and (head == "source" or head in self.last["noun"] or not self.last["noun"])


def _joined(known: str, noun: str) -> str:
    """What is known of a speaker with one more noun; it does not grow with every "he" and "the mayor"."""
    return known if noun in known or len(known) > 2 * REACH else f"{known} {noun}".strip()


def _reaches(text: str, start: int, end: int) -> bool:
    """Two places within reach, with no sentence's end between them."""
    return end - start <= REACH and not re.search(r"[.!?]\s", text[start:end])


def _behind(after: list[dict], text: str) -> dict | None:
    """Who is named behind the verb: in "said strategic expert … Ahmed al-Sharifi" the person at the end."""
    chain = after[:1]
    for candidate in after[1:5]:
        gap = text[chain[-1]["span"][1] : candidate["span"][0]]
        if len(gap) > 60 or re.search(r"[,.;:]|\b(?:that|who|was|had|has)\b", gap):
            break
        chain.append(candidate)
    people = [candidate for candidate in chain if candidate["name"] and candidate["type"] in ("person", "")]
    return (people or chain or [None])[0]


def _subject(before: list[dict], text: str) -> dict | None:
    """The nearest candidate before the verb, unless it stands inside another: "a source close to X"."""
    nearest_first = list(reversed(before))
    for candidate, outer in zip(nearest_first, [*nearest_first[1:], None], strict=False):
        start = candidate["span"][0]
        if outer and text[start - 1 : start] == "(":
            continue
        if (
            outer
            and SUBORDINATE.search(text[max(0, start - 8) : start])
            and not INSIDE.search(text[max(0, start - 16) : start])
        ):
            continue
        gap = text[outer["span"][1] : start] if outer else ","
        part = INSIDE.search(text[max(0, start - 16) : start]) and len(gap) < 60 and not re.search(r"[,.;:]", gap)
        if part and not (outer["noun"].startswith(("spokes", "a spokes", "the spokes")) and candidate["name"]):
            continue
        return _described(candidate, before, text)
    return None


def _described(candidate: dict, before: list[dict], text: str) -> dict:
    """A name with the nouns for sources that lead up to it: "activist and former member of X …"."""
    start, nouns = candidate["span"][0], [candidate["noun"]]
    for other in reversed([c for c in before if c["span"][1] <= start]):
        gap = text[other["span"][1] : start]
        if (
            not candidate["name"]
            or len(gap) > 40
            or re.search(r"[,.;:]", gap.removeprefix(", ") if len(gap) == 2 else gap)
        ):
            break
        if other["noun"] and not other["name"]:
            nouns.append(other["noun"])
        start = other["span"][0]
    return {**candidate, "noun": " ".join(filter(None, nouns))}


@cache
def _source_words() -> tuple[re.Pattern, dict[str, str]]:
    types = {row["word"]: row["source_type"] for row in read_lexicon("sources")}
    words = "|".join(re.escape(word) for word in sorted(types, key=lambda word: (-len(word), word)))
    article = r"(?P<article>(?:an?|the|one|two|three|some|several|many|local|other)\s+)(?:[\w’'-]+\s+){0,4}?"
    return re.compile(rf"(?<![\w-])(?:{article})?(?P<noun>{words})s?(?![\w-])", re.IGNORECASE), types


def _source_nouns(text: str) -> list[tuple[int, int, str]]:
    """Nouns for people who speak, with their article and adjectives: "the informed source"."""
    found = []
    for match in _source_words()[0].finditer(text):
        inner = match[0][: -len(match["noun"])] if match["article"] else ""
        verb = cue_pattern().search(inner) or re.search(r"[,.;:]", inner)
        start = match.start("noun") if verb else match.start()
        found.append((start, match.end(), fold(text[start : match.end()])))
    return found


@cache
def _type_of(words: str) -> str:
    """The type of the longest source word in a role or a name."""
    found = [fold(match["noun"]) for match in _source_words()[0].finditer(words)]
    return _source_words()[1][max(found, key=lambda word: (len(word), word))] if found else ""


def _source_type(speaker: dict | None) -> str:
    return (_type_of(speaker["noun"]) or _type_of(fold(speaker["actor"]))) if speaker else ""


def _link(name: str, span, passage) -> dict:
    if not span:
        return {}
    return {f"{name}_start": passage.start + span[0], f"{name}_end": passage.start + span[1]}
