"""Who and what is named: codebook aliases first, then capitalised names with the evidence for each.

Per article: every alias of the codebook is found, longest first; then runs of capitalised words are judged
by what stands in and around them. A short form ("al-Hussein") is tied to the one fuller name in the article
that it ends ("Ali al-Hussein").
"""

import re
from collections import defaultdict
from itertools import pairwise

import pandas as pd

from clippings.actors.name_spans import name_spans, names_within
from clippings.actors.name_types import Clue, decide, known_places, weigh
from clippings.core.lexicon import words_of
from clippings.core.progress import in_turn
from clippings.core.spans import enclosing
from clippings.core.tables import COLUMNS, by_article, make_table, span_row
from clippings.core.tokens import fold

IN_A_ROW = re.compile(r"(?:,|,? and|,? or)\s+")
BREAK = re.compile(r"[^\w\s-]")
ROLE_WORDS = 7
SMALL = re.compile(r"(?<![\w'’-])[a-z][^\W\d_]*")
SURE = 1.6  # so much evidence confirms a word that only opens sentences
STATE = 4.0  # the weight of a state's name, which is no short form of a person's
VOTE = 2.0  # the weight of a name of another tool
VOTED = {
    "per": "person",
    "org": "organisation",
    "gpe": "place",
    "loc": "place",
    "fac": "place",
    "norp": "group",
}
Candidate = dict


def find_mentions(
    passages: pd.DataFrame, actors: pd.DataFrame, *, votes: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Every place where a person, organisation, place or group is named.

    In: passages (story ones, as a rule); actors = codebook["actors"], one row per alias; votes, a span table of
    names that any other tool found, with the type (or nothing) as its label: one more piece of evidence.
    Out: mentions, label = actor (the codebook's, else the fullest form of the name in the article), type
    ("" = not decided), role (words before the name, such as "rights activist"), evidence (the clues to the type,
    joined by "; ").
    Raises: nothing.
    Misses: names in lower case, single names at a sentence's start that occur nowhere else in the article;
    pronouns are no mentions.
    Source: own rules over lexicon/en/names/type_clues, titles, organisation_words, place_words, places, countries.
    Example:
        >>> find_mentions(make_table("passages"), pd.DataFrame(columns=["alias", "actor", "type"])).empty
        True
    """
    aliases, rows = _aliases(actors), []
    voted = by_article(votes) if votes is not None else {}
    for article, own in in_turn(by_article(passages).items(), "names"):
        small = {fold(word) for passage in own for word in SMALL.findall(passage.text)}
        found = [candidate for passage in own for candidate in _known(passage, aliases)]
        found += _candidates(own, found, small)
        found += _vote(found, voted.get(article, []), own)
        rows += _settled(_link(_confirmed(found, small)))
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
        r"\s+".join(re.escape(word).replace("'", "['’]") for word in form.split())
        for form in dict.fromkeys(forms)
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
            role = _role(passage.text, match.start()) if type_ in ("person", "") else ""
            row = span_row(
                passage,
                *match.span(),
                label=actor,
                type=type_,
                role=role,
                evidence="codebook alias",
            )
            found.append(
                row | {"rule": "codebook alias", "clues": [], "how": "alias", "passage": passage}
            )
    return found


def _candidates(passages: list, aliased: list[Candidate], small: set[str]) -> list[Candidate]:
    """Capitalised names; last those in lines of capitals, which the names of the other lines make known."""
    taken, found, loud = defaultdict(list), [], []
    for candidate in aliased:
        taken[candidate["passage"].start].append((candidate["start"], candidate["end"]))
    for passage in passages:
        spans = [
            (start - passage.start, end - passage.start) for start, end in taken[passage.start]
        ]
        for start, end, how in name_spans(passage.text, spans, small):
            if how == "capitals":
                loud.append((passage, start, end))
            else:
                head = passage.label == "subhead" and " " not in passage.text[start:end]
                found.append(_judged(passage, start, end, "start" if head else how))
    _beside(sorted([*aliased, *found], key=lambda candidate: candidate["start"]))
    labels = {c["label"] for c in found if c["how"] != "start"}
    known = {fold(name) for label in labels for name in (label, label.split()[-1])} - small | set(
        known_places()
    )
    for passage, start, end in loud:
        found += [
            _judged(passage, *span, "capitals")
            for span in names_within(passage.text, start, end, known)
        ]
    return found


def _judged(passage, start: int, end: int, how: str) -> Candidate:
    clues = (
        [("place", 4.0, "a dateline")]
        if passage.label == "dateline"
        else weigh(passage.text, start, end, how)
    )
    name = " ".join(passage.text[start:end].split())
    type_ = decide(clues)
    role = _role(passage.text, start) if type_ in ("person", "") else ""
    row = span_row(passage, start, end, label=name, type=type_, role=role, rule="capitalised name")
    return row | {"clues": clues, "how": how, "passage": passage}


def _beside(found: list[Candidate]) -> None:
    """Names in a row ("in Rome, Bari and Pisa") are of one type: those without a clue get their neighbour's."""
    pairs = list(pairwise(found))
    for one, other in [*pairs, *((b, a) for a, b in reversed(pairs))]:
        passage = one["passage"]
        if one["type"] and not other["type"] and passage is other["passage"]:
            first, last = sorted((one, other), key=lambda candidate: candidate["start"])
            if IN_A_ROW.fullmatch(
                passage.text, first["end"] - passage.start, last["start"] - passage.start
            ):
                other["clues"] = [(one["type"], 1.0, f"named beside {one['label']}")]
                other["type"] = one["type"]


def _vote(found: list[Candidate], votes: list, passages: list) -> list[Candidate]:
    """A clue more for each name that another tool found too; the names that it alone found, as candidates."""
    places = {(candidate["start"], candidate["end"]): candidate for candidate in found}
    taken, added = sorted(places), []
    for row in votes:
        tag = row.label.lower()
        type_ = next(
            (type_ for short, type_ in VOTED.items() if tag.startswith((short, type_))), ""
        )
        clues = [(type_, VOTE, "found by another tool")] if type_ else []
        own = places.get((row.start, row.end))
        if own:
            own |= {
                "clues": [*own["clues"], *clues],
                "how": "vote" if own["how"] == "start" else own["how"],
            }
        elif not enclosing(taken, row.start) and not enclosing(taken, row.end - 1):
            passage = next((p for p in passages if p.start <= row.start < row.end <= p.end), None)
            if passage is not None:
                new = _judged(passage, row.start - passage.start, row.end - passage.start, "vote")
                added.append(
                    new | {"clues": [*new["clues"], *clues], "rule": "another tool's name"}
                )
    return added


def _role(text: str, start: int) -> str:
    """The words right before a name that say what the person is."""
    before = text[max(0, start - 90) : start]
    words = BREAK.split(before.rstrip().removesuffix(","))[-1].split()[-ROLE_WORDS:]
    if (
        not words
        or not before[-1].isspace()
        or fold(words[-1]) not in words_of("en/names/titles") | words_of("en/speech/source_nouns")
    ):
        return ""
    kept = [words.pop()]
    while words and fold(words[-1]) not in words_of("en/text/stopwords") - {"and"} | words_of(
        "en/speech/reporting_verbs", reports="clause"
    ):
        kept.insert(0, fold(words.pop()))
    return " ".join(kept).removeprefix("and ")


def _confirmed(found: list[Candidate], small: set[str]) -> list[Candidate]:
    """Without single words that are written small elsewhere, or that only ever begin a sentence."""
    sure = {
        word for c in found if c["how"] != "start" for word in [c["label"], *c["label"].split()]
    }
    kept = []
    for candidate in found:
        label, strong = (
            candidate["label"],
            sum(weight for _, weight, _ in candidate["clues"]) >= SURE,
        )
        doubtful = fold(label) in small or (candidate["how"] == "start" and label not in sure)
        if strong or not doubtful or " " in label or candidate["how"] in ("alias", "vote"):
            kept.append(candidate)
    return kept


def _link(found: list[Candidate]) -> list[Candidate]:
    """Short forms tied to the one fuller person in the article whose name they end, or else begin."""
    pooled = _pooled(found)
    stated = {
        label for label, clues in pooled.items() if any(weight >= STATE for _, weight, _ in clues)
    }
    ends, begins = defaultdict(set), defaultdict(set)
    for label, clues in pooled.items():
        words = label.split()
        if len(words) > 1 and decide(clues) == "person":
            ends[words[-1]].add(label)
            begins[words[0]].add(label)
    for candidate in found:
        label = candidate["label"]
        fuller = ends.get(label) or begins.get(label, set())
        if fuller and candidate["how"] != "alias" and label not in stated:
            reason = "end of a fuller name" if label in ends else "begin of a fuller name"
            candidate["clues"] = [*candidate["clues"], ("person", STATE, reason)]
            candidate["label"] = next(iter(fuller)) if len(fuller) == 1 else label
    return found


def _pooled(found: list[Candidate]) -> dict[str, list[Clue]]:
    """The clues to each actor from all its mentions, each reason once."""
    clues = defaultdict(dict)
    for candidate in found:
        clues[candidate["label"]].update(dict.fromkeys(candidate["clues"]))
    return {label: list(own) for label, own in clues.items()}


def _settled(found: list[Candidate]) -> list[dict]:
    """Rows of mentions, one type per actor: the one that most of the evidence at its mentions speaks for."""
    types = {label: decide(clues) for label, clues in _pooled(found).items()}
    rows = []
    for candidate in found:
        row = {
            column: value for column, value in candidate.items() if column in COLUMNS["mentions"]
        }
        reasons = "; ".join(dict.fromkeys(reason for _, _, reason in candidate["clues"]))
        own = (
            {}
            if candidate["how"] == "alias"
            else {"type": types[candidate["label"]], "evidence": reasons}
        )
        rows.append(row | own)
    return rows
