"""Who speaks at a verb of saying: the name, the noun or the pronoun that is its subject.

The subject stands before the verb ("the mayor, a doctor, said") or behind it ("said the mayor"). It is a dict:
span; name (the mention, or None); noun (what the speaker is called); start (where its phrase begins, with
"rights activist"); of and tail (the name and the words in "a spokesman for the council").
"""

import re
from functools import cache

from clippings.core.lexicon import any_of, read_lexicon, read_words, words_of
from clippings.core.spans import enclosing
from clippings.core.tokens import fold

Span = tuple[int, int]
REACH = 260  # characters between a verb of saying and its subject
DAY = f"(?i:{'|'.join(read_words('en/time/words', kind='weekday'))})"
ADVERB = rf"(?!(?:{any_of('en/speech/syntax', 'looks like an adverb')})\b)\w+ly"
BESIDES = re.compile(
    rf"(?:\b(?:{any_of('en/speech/syntax', 'between subject and verb')}|{ADVERB}|{DAY})\s+)+$",
    re.IGNORECASE,
)
STILL = re.compile(
    rf"(?:\s+(?:{any_of('en/speech/syntax', 'between subject and verb')}))+$", re.IGNORECASE
)
WHO = re.compile(r",?\s*\b(who|which)\s*$")
MARKS = r"[,;:!?“”\"–—]|''|\s-+\s"
BEFORE = re.compile(
    rf"{MARKS}|(?i:\b(?:and|{any_of('en/speech/syntax', 'conjunction')}|whether|since|so|than|or)\b)|\b(?:said|says|told|asked)\b"
)
BEHIND = re.compile(
    rf"{MARKS}|[()]|\b(?:in|on|at|during|about|by|because|to|{any_of('en/speech/syntax', 'conjunction')})\b",
    re.IGNORECASE,
)
INNER = re.compile(rf"\s(?:{any_of('en/speech/syntax', 'inside a noun phrase')})\s")
LEADING = re.compile(
    rf"(?:{any_of('en/speech/syntax', 'opens a phrase that is not a subject')})\b", re.IGNORECASE
)
PRONOUN = re.compile(rf"\b(?:{any_of('en/speech/syntax', 'pronoun')})$", re.IGNORECASE)
PERSON = re.compile(r"\b(?:he|she|they)\b", re.IGNORECASE)
INVERTED = re.compile(r"(?:he|she|they|it)\b", re.IGNORECASE)
QUANTITY = re.compile(
    rf"(?:{any_of('en/speech/syntax', 'quantity')}|\w+ percent)(?: in \w+)?", re.IGNORECASE
)
VERB = re.compile(r"[a-z]{3,}(?:ed|s|t)\s")
TITLED = re.compile(r"[^,.;:“”\"()—]{0,40}")
DOES = re.compile(r",?\s*[a-z]")
NOUN = re.compile(
    rf"((?:{any_of('en/speech/syntax', 'determiner')})\s[^,.;:“”\"()—]{{2,60}}?)\s[a-z]+(?:ed|[^s\W]s)\b"
)
OWN = re.compile(
    rf"(?:\b(his|her|their)|['’]s?)(?: [\w-]+){{0,2}} (?:{any_of('en/speech/syntax', 'noun of speech')})(?: that|:|,)?[^.;:!?]{{0,40}}$",
    re.IGNORECASE,
)
HE = {"his": "he", "her": "she", "their": "they"}
ONCE = re.compile(
    rf"\b(?:{any_of('en/speech/syntax', 'former')})[\w\s-]+?(?=\s+and\b|[,;]|$)", re.IGNORECASE
)
FINITE = re.compile(rf"\b(?:{any_of('en/speech/syntax', 'finite verb')}|\w+n['’]t)\b")
DETERMINED = re.compile(
    rf"\b(?:{any_of('en/speech/syntax', 'determiner')}|\w+['’]s?)\s+[^,;]*$", re.IGNORECASE
)


def find_subject(text: str, low: int, cue: Span, names: list, marked: list[Span]) -> dict | None:
    """The subject of a verb of saying that stands before it.

    In: a paragraph with its quotations blanked; where its sentence starts; the verb; mentions of the paragraph as
    (start, end, row), in order; the marked spans. Out: a subject, or None where none is seen.
    Raises: nothing. Misses: subjects behind long insertions. Source: own rules over lexicon/grammar.
    Example:
        >>> t = "The mayor, a doctor by trade, later said so."
        >>> t[slice(*find_subject(t, 0, (36, 40), [], [])["span"])]
        'The mayor'
    """
    low = max(low, cue[0] - REACH)
    text = text[:low] + re.sub(r"\([^()]*\)", lambda inner: " " * len(inner[0]), text[low : cue[0]])
    besides = BESIDES.search(text, low)
    end, who = besides.start() if besides else cue[0], None
    for _ in range(4):  # insertions: ", a doctor,"  "— he is a doctor —"  ", 45"  ", who"
        end = low + len(text[low:end].rstrip())
        tail = text[low:end]
        relative, age = WHO.search(tail), re.search(r",\s*\d+$", tail)
        if tail.endswith((",", "—", "–")):
            first, lead = tail.rfind(tail[-1], 0, -1), _leading(text, low, end, names)
            # “We left,” a doctor, said: the first comma belongs to the quotation
            quoted = first > 0 and enclosing(marked, low + first)
            if not lead and first > 0 and (quoted or len(tail) - first > 200):
                return None
            end = lead[1] if lead else low + (first if first > 0 else len(tail) - 1)
        elif relative:
            end, who = low + relative.start(), (low + relative.start(1), low + relative.end(1))
        elif age:
            end = low + age.start()
        else:
            break
    edges = [low, low, *(match.end() for match in BEFORE.finditer(text, low, end))]
    joined = text[edges[-2] : edges[-1]]  # "officials and analysts said"
    start = edges[-2] if joined.endswith(" and") and _noun_in(joined[-24:]) else edges[-1]
    found = _head(text, start, end, names)
    return found | {"span": who} if found and who else found


def _leading(text: str, low: int, end: int, names: list) -> tuple | None:
    """The name before insertions ("Bell, a doctor, of Rome, Italy,"), or the one inserted ("her aide, Tom Reed,")."""
    beside = (name for name in names if low < name[1] < end and not text[name[1] : end - 1].strip())
    inserted = next((name for name in beside if name[2].type == "person"), None)
    comma = text.rfind(",", low, inserted[0]) if inserted else -1
    if comma > low and not any(
        p.search(text, comma + 1, inserted[0]) for p in (BEFORE, INNER, FINITE)
    ):
        return inserted
    name = next((name for name in names if low <= name[0] and name[1] < end - 1), None)
    opens = name and text[name[1] : end].lstrip()[:1] == "," and not LEADING.match(text, low)
    away = opens and (
        BEFORE.search(text, min(low + 4, name[0]), name[0]) or INNER.search(text, low, name[0])
    )
    return name if opens and not away else None


def find_inverted(
    text: str, high: int, cue: Span, names: list, *, anyone: bool = False
) -> dict | None:
    """The subject behind a verb, up to `high`: "said the mayor"; anyone: bare nouns too ("according to reports")."""
    end = min(high, cue[1] + 160)
    edge = BEHIND.search(text, cue[1] + 1, end)
    end = edge.start() if edge else end
    second = text.find(" and ", cue[1], end)
    if second > 0 and any(cue[1] < name[0] < second for name in names):
        end = second
    start, core, end = _parts(text, cue[1], end - (text[end - 1 : end] == "."))
    own = [name for name in names if start <= name[0] and name[1] <= end]
    person = next((name for name in own if name[2].type == "person" and name[1] == core), None)
    pronoun = INVERTED.match(text, start, end)
    if person or pronoun:
        return _named(text, person, start) if person else _by_pronoun(pronoun)
    return _by_noun(text, start, core, end, own, anyone)


def find_beside(text: str, at: int, high: int, names: list) -> dict | None:
    """Who is named right behind words in marks, whatever the verb: "…," Bell fumed; "…!" beamed a guest of hers."""
    at += len(text[at:high]) - len(text[at:high].lstrip(", \xa0"))
    verb, noun = VERB.match(text, at, high), NOUN.match(text, at, high)
    start = verb.end() if verb else at
    name = next((name for name in names if start <= name[0] < high), None)
    if (
        name
        and name[2].type != "place"
        and TITLED.fullmatch(text, start, name[0])
        and (verb or DOES.match(text, name[1]))
    ):
        return _named(text, name, start)
    pronoun = INVERTED.match(text, start, high)
    if pronoun:
        return _by_pronoun(pronoun)
    return _by_noun(text, *_parts(text, *noun.span(1)), [], True) if noun else None


def find_owner(text: str, low: int, high: int, names: list) -> dict | None:
    """Whose remark words in marks are: "her remark that “…”", "after Bell's warning: “…”"."""
    remark = OWN.search(text, low, high)
    name = next((name for name in names if remark and name[1] == remark.start()), None)
    if name:
        return _named(text, name, name[0])
    if remark and remark[1]:
        return {
            "span": remark.span(1),
            "name": None,
            "noun": HE[fold(remark[1])],
            "start": remark.start(),
        }
    return None


def first_subject(text: str, low: int, high: int, names: list) -> dict | None:
    """The first person, group or pronoun of a stretch of text, behind "On Monday,"."""
    comma = text.find(",", low, high) + 1 if LEADING.match(text, low) else 0
    if comma and (found := first_subject(text, comma, high, names)):
        return found
    name = next((name for name in names if low <= name[0] < high and name[2].type != "place"), None)
    pronoun = PERSON.search(text, low, high)
    if name and not (pronoun and pronoun.start() < name[0]):
        return _named(text, name, name[0])
    return _by_pronoun(pronoun) if pronoun else None


def _parts(text: str, start: int, end: int) -> tuple[int, int, int]:
    """A stretch without blanks, and where its first phrase ends: before "of", "in", "for"."""
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = max(start, start + len(text[start:end].rstrip()))
    inner = INNER.search(text, start, end)
    if inner and QUANTITY.fullmatch(text, start, inner.start()):  # "one of the witnesses"
        inner = INNER.search(text, inner.end(), end)
    core = inner.start() if inner and not LEADING.match(text, start) else end
    return start, start + len(STILL.sub("", text[start:core])), end  # "residents still in Rome"


def _head(text: str, start: int, end: int, names: list) -> dict | None:
    """The name, pronoun or noun that heads the stretch before a verb."""
    start, core, end = _parts(text, start, end)
    own = [name for name in names if start <= name[0] and name[1] <= end]
    name = own[-1] if own and own[-1][1] == end else None
    near = name and text[max(start, name[0] - 14) : name[0]] + " "  # not Bell in "a friend of Bell"
    if name and (
        core >= name[0] or name[0] == start or (name[2].type == "person" and not INNER.search(near))
    ):
        return _named(text, name, start)
    pronoun = PRONOUN.search(text, start, end)
    return _by_pronoun(pronoun) if pronoun else _by_noun(text, start, core, end, own, True)


def _named(text: str, name: tuple, start: int) -> dict:
    """A name with the nouns that lead up to it: "rights activist Anna Bell"."""
    return {
        "span": name[:2],
        "name": name[2],
        "noun": fold(" ".join(text[start : name[0]].split())),
        "start": start,
    }


def _by_pronoun(match: re.Match) -> dict:
    return {"span": match.span(), "name": None, "noun": fold(match[0]), "start": match.start()}


def _by_noun(text: str, start: int, core: int, end: int, own: list, anyone: bool) -> dict | None:
    """A noun that is no name: "a source", "the commission", "activists"."""
    last = next((name for name in reversed(own) if name[1] <= core), None)
    determined = DETERMINED.search(text, start, core)
    if LEADING.match(text, start):  # "In Rome the mayor"
        if not determined:
            return _named(text, last, last[0]) if last else None
        start = determined.start()
    if last and last[1] == core:
        return _named(text, last, start)
    words = text[start:core].split()
    if determined and len(words) > 5:
        start = determined.start()
    elif not last and len(words) > 4:
        start = core - len(text[start:core].split(None, len(words) - 2)[-1])
    phrase = text[start:core]
    if not words or len(words) > 12 or not phrase[-1:].isalpha() or FINITE.search(phrase):
        return None
    doing = len(words) == 1 and words[0].islower() and words[0].endswith("ing")
    if (
        doing
        or fold(words[-1]) in words_of("en/text/stopwords")
        or not (anyone or determined or _noun_in(phrase))
    ):
        return None
    of, noun = (
        next((name[2] for name in own if name[0] >= core), None),
        fold(" ".join(phrase.split())),
    )
    return {
        "span": (start, core),
        "name": None,
        "noun": noun,
        "start": start,
        "of": of,
        "tail": fold(text[core:end]),
    }


@cache
def _nouns() -> tuple[re.Pattern, dict[str, str]]:
    types = {row["word"]: row["source_type"] for row in read_lexicon("en/speech/source_nouns")}
    words = "|".join(re.escape(word) for word in sorted(types, key=lambda word: (-len(word), word)))
    return re.compile(rf"(?<![\w-])(?:{words})(?=e?s?(?![\w-]))", re.IGNORECASE), types


@cache
def _noun_in(words: str) -> str:
    """The longest word for a source in a text."""
    return max(
        (fold(match) for match in _nouns()[0].findall(words)),
        key=lambda word: (len(word), word),
        default="",
    )


def source_type(words: str) -> str:
    """The type of the longest word for a source in what a speaker is called; "" when there is none.

    Who was once an official or in the military, and is something else now, is what they are now.
    """
    types = _nouns()[1]
    found = types.get(_noun_in(words), "")
    return (
        found in ("official", "military") and types.get(_noun_in(ONCE.sub("", words)), "")
    ) or found
