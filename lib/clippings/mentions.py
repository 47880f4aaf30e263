"""Who and what is named: codebook aliases first, then capitalised names with the evidence for each.

Per article: every alias of the codebook is found, longest first; then runs of capitalised words are judged
by what stands around them. A short form ("al-Hussein") is tied to the one fuller name in the article that it
ends ("Ali al-Hussein").
"""

import re
from collections import Counter, defaultdict
from functools import cache

import pandas as pd

from clippings.lexicon import read_words
from clippings.sentences import sentence_spans
from clippings.tables import by_article, make_table, span_row
from clippings.text import fold, word_spans

PARTICLES = set(read_words("particles"))
JOINING = {"of", "for", "and", "the"}
PARTICIPLES = re.compile(r"[-‑](?:led|held|backed|based|born|style|controlled|run|owned|made|linked|allied|aligned)$")
MAX_NAME_WORDS = 8
ROLE = re.compile(r"(?:[\w-]+\s+){0,6}$")
Candidate = dict


def find_mentions(passages: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Every place where a person, organisation, place or group is named.

    In: passages (story ones, as a rule); actors = codebook["actors"], one row per alias.
    Out: mentions, label = actor (the codebook's, else the fullest form of the name in the article), type
    ("" = not decided), role (words before the name, such as "rights activist"), evidence.
    Raises: nothing.
    Misses: names in lower case, single names at a sentence's start that occur nowhere else in the article;
    pronouns are no mentions.
    Source: own rules over lexicon/titles, organisation_words, place_words, countries, speech.
    Example:
        >>> find_mentions(make_table("passages"), pd.DataFrame(columns=["alias", "actor", "type"])).empty
        True
    """
    aliases = _aliases(actors)
    rows = []
    for _article, own in by_article(passages).items():
        found, small = [], _small_words(own)
        for passage in own:
            known = _known(passage, aliases)
            found += known + _candidates(passage, known, small)
        for candidate in _settle(_link(_confirmed(found, small))):
            rows.append(candidate)
    return make_table("mentions", rows)


def _aliases(actors: pd.DataFrame):
    """One pattern for all aliases, longest first, and what each stands for; not_alias phrases stand for none."""
    meaning: dict[str, tuple[str, str]] = {}
    for row in actors.itertuples():
        meaning.setdefault(_key(row.alias), (row.actor, row.type))
    for row in actors.itertuples():
        for phrase in filter(None, (part.strip() for part in row.not_alias.split("|"))):
            meaning.setdefault(_key(phrase), ("", ""))
    parts = [_alias_pattern(key) for key in sorted(meaning, key=lambda key: (-len(key), key))]
    for key in sorted(meaning):
        meaning.setdefault(key.upper(), meaning[key])
        meaning.setdefault(key[0].upper() + key[1:], meaning[key])
    return (re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?!\w)") if parts else None), meaning


def _alias_pattern(key: str) -> str:
    """Case counts ("IS" is not "is"), but headlines may be all capitals, and a small first letter a capital."""
    forms = [key] if len(key) < 4 or key.isupper() else [key, key.upper()]
    if key[0].islower():
        forms.append(key[0].upper() + key[1:])
    return "|".join(
        r"\s+".join(re.escape(word).replace("'", "['’]") for word in form.split()) for form in dict.fromkeys(forms)
    )


def _key(alias: str) -> str:
    """The form in which an alias is looked up: straight apostrophes, single blanks."""
    return " ".join(alias.replace("’", "'").split())


def _known(passage, aliases) -> list[Candidate]:
    pattern, meaning = aliases
    found = []
    for match in pattern.finditer(passage.text) if pattern else []:
        actor, type_ = meaning[_key(match[0])]
        if actor:
            why = {"evidence": "codebook alias", "rule": "codebook alias"}
            found.append(_candidate(passage, *match.span(), label=actor, type=type_, **why))
    return found


def _candidate(passage, start: int, end: int, **columns: str) -> Candidate:
    role = _role(passage.text, start) if columns["type"] in ("person", "") else ""
    return span_row(passage, start, end, role=role, **columns)


def _small_words(passages: list) -> set[str]:
    """The words that the article writes without a capital."""
    return {fold(word) for p in passages for word in re.findall(r"(?<![\w'’-])[^\W\d_]+", p.text) if word[0].islower()}


def _candidates(passage, known: list[Candidate], small: set[str]) -> list[Candidate]:
    text, found = passage.text, []
    firsts = {_first_word(text, start) for start, _ in sentence_spans(text)}
    taken = [(c["start"] - passage.start, c["end"] - passage.start) for c in known]
    for run in _runs(text, taken):
        run, at_start = _without_head(text, run, firsts, small)
        while run and fold(text[slice(*run[0])]) in _words("titles"):
            run, at_start = run[1:], False
        if not run:
            continue
        start, end = run[0][0], run[-1][1]
        dateline = passage.label == "dateline"
        type_, evidence = ("place", ["a dateline"]) if dateline else _judge(text, start, end, len(run))
        if at_start and len(run) == 1:
            evidence = [*evidence, "at a sentence's start"]
        name = " ".join(text[start:end].split())
        why = {"evidence": "; ".join(evidence), "rule": "capitalised name"}
        found.append(_candidate(passage, start, end, label=name, type=type_, **why))
    return found


def _first_word(text: str, start: int) -> int:
    match = re.compile(r"\w").search(text, start)
    return match.start() if match else start


def _runs(text: str, taken: list[tuple[int, int]]):
    """Runs of capitalised words, with particles and 'of' inside them; blanks only between the words."""
    run: list[tuple[int, int]] = []
    pending: list[tuple[int, int]] = []
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
        if free and _is_name_word(word):
            tail = PARTICIPLES.search(word)
            run, pending = [*run, *pending, (start, end - len(tail[0]) if tail else end)], []
            if tail:
                yield run
                run = []
        elif run and _may_join(text, run, fold(word)) and len(pending) < 2:
            pending.append((start, end))
        elif run:
            yield run
            run, pending = [], []
    if run:
        yield run


def _joined(text: str, last: tuple[int, int], start: int) -> bool:
    """Only blanks between two words, or the stop of an initial."""
    gap = text[last[1] : start].strip(" \xa0\u202f\n\r\t")
    return gap == "" or (gap == "." and last[1] - last[0] <= 2)


def _may_join(text: str, run: list[tuple[int, int]], word: str) -> bool:
    if word == "and":  # "Ministry of Health and Sport", but not "Rome and Paris"
        return any(_word(text, span) in ("of", "for") for span in run) and _word(text, run[0]) in _words(
            "organisation_words"
        )
    return word in PARTICLES or word in JOINING


def _is_name_word(word: str) -> bool:
    head, _, tail = word.partition("-")
    return word[0].isupper() or (fold(head) in PARTICLES and tail[:1].isupper())


def _without_head(text: str, run: list[tuple[int, int]], firsts: set[int], small: set[str]):
    """The run without words at its ends that are no part of a name, and whether it begins a sentence."""
    at_start = run[0][0] in firsts
    while run and _is_no_head(text, run, at_start, small):
        run, at_start = run[1:], False
        while run and text[run[0][0]].islower() and fold(text[slice(*run[0])]) in JOINING | PARTICLES:
            run = run[1:]
    while run and (_word(text, run[-1]) in _calendar() or (len(run) > 1 and _is_nationality(_word(text, run[-1])))):
        run = run[:-1]
    return run, at_start


def _word(text: str, span: tuple[int, int]) -> str:
    return fold(text[slice(*span)])


def _is_nationality(word: str) -> bool:
    return word in _words("countries", "nationality") or word.removesuffix("s") in _words("countries", "nationality")


def _is_no_head(text: str, run: list[tuple[int, int]], at_start: bool, small: set[str]) -> bool:
    """A sentence's first word that is a common one, a day, a month, a nationality before a person."""
    word = _word(text, run[0])
    if word in _calendar() or (len(run) == 1 and (len(word) == 1 or _is_nationality(word))):
        return True
    if at_start and (word in _words("stopwords") | _words("openers") or word in small):
        return True
    following = _word(text, run[1]).split("-")[0] if len(run) > 1 else ""
    return _is_nationality(word) and (following in PARTICLES or following in _words("titles"))


@cache
def _words(name: str, column: str = "word") -> frozenset[str]:
    return frozenset(fold(word) for word in read_words(name, column) if word)


@cache
def _calendar() -> frozenset[str]:
    return frozenset(read_words("calendar_words", kind="month") + read_words("calendar_words", kind="weekday"))


PLACE_BEFORE = re.compile(r"\b(?:in|at|near|into|outside|inside|across|towards?)\s+(?:the\s+)?$")
SAID = re.compile(
    r"^\s+(?:has\s+|have\s+)?(?:said|says|told|tells|added|reported|warned|noted|explained|stated|wrote)\b"
)
SAID_BEFORE = re.compile(r"\b(?:said|says|according to)\s+$")


def _judge(text: str, start: int, end: int, count: int) -> tuple[str, list[str]]:
    """The type of a name and the evidence for it, strongest first."""
    name, before, after = text[start:end], text[max(0, start - 60) : start], text[end : end + 40]
    words = [fold(name[s:e]) for s, e in word_spans(name)]
    previous = fold(re.sub(r"\W+$", "", before).rpartition(" ")[2])
    following = fold((re.match(r"[\s\xa0]+([\w-]+)", after) or ["", ""])[1])
    evidence = []
    if fold(name) in _words("countries", "country"):
        evidence.append(("place", "state or continent"))
    if fold(name) in _agencies():
        evidence.append(("organisation", "news agency"))
    if count > 1 and {words[-1], words[0]} & _words("organisation_words"):
        evidence.append(("organisation", "a word for organisations in the name"))
    if re.search(r"\b(?:city|town|village|province|state|region|district|capital|river)\s+of\s+$", before):
        evidence.append(("place", "“city of”"))
    if following in _words("place_words") or words[-1] in _words("place_words") or words[0] in _words("place_words"):
        evidence.append(("place", "a word for places beside it"))
    if previous in _words("titles") and before[-1:].isspace():
        evidence.append(("person", "a title before it"))
    if count in (2, 3) and previous in _words("sources") and before[-1:].isspace():
        evidence.append(("person", "a word for speakers before it"))
    if count > 1 and any(word in PARTICLES or word.split("-")[0] in PARTICLES for word in words):
        evidence.append(("person", "a particle of personal names"))
    if re.fullmatch(r"(?:[A-Z]\.?){2,6}", name):
        evidence.append(("organisation", "capital letters only"))
    if PLACE_BEFORE.search(before) and count <= 2:
        evidence.append(("place", "“in” before it"))
    if SAID.match(after) or SAID_BEFORE.search(before):
        evidence.append(("person" if count in (2, 3) else "organisation", "a verb of saying beside it"))
    return (evidence[0][0] if evidence else ""), [reason for _, reason in evidence]


@cache
def _agencies() -> frozenset[str]:
    return frozenset(read_words("sources", source_type="agency"))


def _role(text: str, start: int) -> str:
    """The words right before a name that say what the person is."""
    before = ROLE.search(text[max(0, start - 90) : start])
    words = before[0].split() if before else []
    nouns = _words("titles") | _words("sources")
    if not words or fold(words[-1]) not in nouns:
        return ""
    kept = [words.pop()]
    while words and (words[-1][:1].islower() or words[-1][:1].isupper()):
        word = fold(words.pop())
        if (word in _words("stopwords") and word != "and") or word in _words("speech"):
            break
        kept.insert(0, word)
    return " ".join(kept).removeprefix("and ")


def _confirmed(found: list[Candidate], small: set[str]) -> list[Candidate]:
    """Without single words that are written small elsewhere, or that only ever begin a sentence."""
    sure = {c["label"] for c in found if "at a sentence's start" not in c["evidence"]}
    kept = []
    for candidate in found:
        single = candidate["rule"] == "capitalised name" and len(candidate["label"].split()) == 1
        doubtful = candidate["label"] not in sure and candidate["type"] == ""
        if not (single and (fold(candidate["label"]) in small or doubtful)):
            kept.append(candidate)
    return kept


def _link(found: list[Candidate]) -> list[Candidate]:
    """Short forms tied to the one fuller person in the article whose name they end."""
    fuller = defaultdict(set)
    for candidate in found:
        words = candidate["label"].split()
        if len(words) > 1 and candidate["type"] in ("person", "") and not JOINING & set(words):
            fuller[words[-1]].add((candidate["label"], candidate["type"]))
    for candidate in found:
        names = fuller.get(candidate["label"], set())
        labels = {name for name, _ in names}
        if len(labels) == 1 and candidate["rule"] == "capitalised name":
            candidate["label"] = labels.pop()
            candidate["type"] = "person"
            candidate["evidence"] = "; ".join(filter(None, [candidate["evidence"], "end of a fuller name"]))
    return found


def _settle(found: list[Candidate]) -> list[Candidate]:
    """One type per actor: the one that most of its mentions speak for."""
    votes = defaultdict(Counter)
    for candidate in found:
        if candidate["type"]:
            votes[candidate["label"]][candidate["type"]] += 1
    for candidate in found:
        if candidate["rule"] == "capitalised name" and candidate["label"] in votes:
            counted = votes[candidate["label"]]
            candidate["type"] = min(counted, key=lambda kind: (-counted[kind], kind))
    return found
