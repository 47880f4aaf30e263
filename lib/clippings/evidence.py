"""What speaks for a name being a person's, an organisation's or a place's: each clue with its weight and reason."""

import re
from collections import Counter
from functools import cache

from clippings.lexicon import read_lexicon
from clippings.names import BLANKS, is_nationality, words_of
from clippings.text import fold, word_spans

Clue = tuple[str, float, str]  # type, weight, reason
NEAR = 60  # characters of context on each side
INITIALS = re.compile(r"(?:[A-Z]\.?){2,6}")
AGE = re.compile(r",\s+\d{2}\b(?!\s*\w+\s+\d)")
DATED = re.compile(r"(?:, [A-Z][\w. ]{1,20}?)?[ \t]+(?:\d{4}-\d\d-\d\d|\([A-Z][\w .]+\)\s*[-–—]|[-–—]\s)")
KINDS = re.compile(
    r"\b(?:areas|towns|cities|villages|places|countries|provinces|regions|states)\s+(?:such as|like|including)\s+$"
)
HELD = re.compile(r"[-‑](?:held|controlled|occupied|ruled)$")
FIGURES = re.compile(r"[ \t]+\d{1,3}(?:[ \t]+\d|[ \t]*(?:\n|$)|[ \t]+[A-Z])")


def weigh(text: str, start: int, end: int, how: str) -> list[Clue]:
    """The clues to the type of a name: in the name itself, and right before and behind it.

    In: a passage, the span of the name, how it stands (of name_spans).
    Out: (type, weight, reason) each; empty when nothing is known.
    Raises: nothing. Misses: what stands further off. Source: lexicon/name_clues and the lists of words; weights
    set by hand on half of the development sets.
    Example:
        >>> weigh("She lives in Springfield.", 13, 24, "")
        [('place', 1.6, '“in” before it')]
    """
    name = text[start:end]
    words = [fold(name[s:e]) for s, e in word_spans(name)]
    clues = [*_inside(name, words)]
    clues += _before(text[max(0, start - NEAR) : start], words, how)
    clues += _behind(text[end : end + NEAR], words)
    if (start == 0 or text[start - 1] == "\n") and DATED.match(text, end):
        clues.append(("place", 3.0, "a dateline"))
    return clues


def decide(clues: list[Clue]) -> str:
    """The type that most weight speaks for; "" without clues.

    In: clues. Out: a type; of two as heavy the first in alphabetical order. Raises: nothing. Misses: nothing.
    Source: a sum of weights.
    Example:
        >>> decide([("place", 1.5, ""), ("person", 1, ""), ("person", 1, "")])
        'person'
    """
    sums = Counter()
    for type_, weight, _ in clues:
        sums[type_] += weight
    return min(sums, key=lambda type_: (-sums[type_], type_), default="")


@cache
def _places() -> dict[str, Clue]:
    places = {fold(row["word"]): ("place", 2.2, f"a {row['kind']} of the list") for row in read_lexicon("places")}
    states = words_of("countries", "country")
    return places | {state: ("place", 4.0, "a state or continent") for state in states}


@cache
def known_places() -> frozenset[str]:
    """The folded names of states, regions and cities that the lexicon lists.

    In: nothing. Out: a set. Raises: nothing. Misses: most places. Source: lexicon/countries, lexicon/places.
    Example:
        >>> "france" in known_places()
        True
    """
    return frozenset(_places())


def _inside(name: str, words: list[str]) -> list[Clue]:
    """What the words of the name say."""
    clues, whole = [], " ".join(words)
    organisations = words_of("organisation_words")
    if whole in _places():
        return [_places()[whole]]
    if whole in words_of("sources", source_type="agency"):
        clues.append(("organisation", 4.0, "a news agency"))
    if words[-1] in organisations or words[0] in organisations:
        clues.append(("organisation", 3.0 if len(words) > 1 else 1.2, "a word for organisations in the name"))
    if words[-1] in words_of("place_words") or words[0] in words_of("place_words"):
        weight = 0.8 if is_nationality(words[0]) else 2.5  # "Islamic State"
        clues.append(("place", weight, "a word for places in the name"))
    if INITIALS.fullmatch(name):
        clues.append(("organisation", 1.8, "capital letters only"))
    if len(words) > 1 and any(" ".join(words[:n]) in _places() for n in (1, 2)):
        clues.append(("organisation", 1.6, "begins with a place"))
    if any(word in words_of("particles") or word.split("-")[0] in words_of("particles") for word in words):
        clues.append(("person", 1.5 if len(words) > 1 else 0.5, "a particle of personal names"))
    if len(words) > 1 and re.search(r"(?:^|\s)[A-Z]\.?\s+[A-Z]", name):
        clues.append(("person", 1.5, "an initial"))
    if 2 <= len(words) <= 3 and not any(map(str.isdigit, name)):
        clues.append(("person", 1.0, "two or three words"))
    return clues


@cache
def _clue_words(side: str) -> dict[str, list[Clue]]:
    found: dict[str, list[Clue]] = {}
    for row in read_lexicon("name_clues"):
        if row["side"] == side:
            where = f"“{row['word']}” {'before' if side == 'before' else 'behind'} it"
            found.setdefault(row["word"], []).append((row["type"], float(row["weight"]), where))
    return found


def _before(before: str, words: list[str], how: str) -> list[Clue]:
    """What stands right before: titles, prepositions, "city of"."""
    parts = before.split()[-3:]
    if how == "title":
        return [("person", 3.0, "a title before it")]
    if not parts or before[-1] not in BLANKS:
        return [("organisation", 0.8, "in brackets")] if before[-1:] == "(" and words[0].isupper() else []
    folded = [fold(part) for part in parts]
    the = folded[-1] == "the" and " ".join(words) not in _places()
    if folded[-1] == "the":
        folded = folded[:-1] or [""]
    clues = [*_clue_words("before").get(folded[-1], [])]
    if len(folded) > 1:
        clues = _clue_words("before").get(" ".join(folded[-2:]), clues)
    if KINDS.search(before):
        clues = [("place", 2.0, "“towns such as” before it")]
    elif HELD.search(folded[-1]):
        clues = [("place", 2.0, "“-held” before it")]
    elif the:
        clues = [(kind, weight / 2, reason) for kind, weight, reason in clues] + [("organisation", 1.0, "“the” before it")]
    elif folded[-1].rstrip(".") in words_of("titles"):
        clues = [("person", 3.0, "a title before it")]
    elif folded[-1] in words_of("sources") and len(words) < 4:
        clues = [("person", 2.0, "a word for speakers before it")]
    return clues


def _behind(after: str, words: list[str]) -> list[Clue]:
    """What stands right behind: "province", "said", ", 45,", "(Jamaica)"."""
    clues = []
    match = re.match(r"[\s\xa0]+([^\W\d_][\w-]*)", after)
    if match:
        word = fold(match[1])
        clues += _clue_words("after").get(word, [])
        if word in words_of("organisation_words") and match[1].islower():
            clues.append(("organisation", 0.9, "a word for organisations behind it"))
        if word in words_of("place_words") and match[1].islower():
            clues.append(("place", 2.5, "a word for places behind it"))
    elif after[:1] == ",":
        following = re.match(r",\s+((?:[A-Z][\w.]+\s?){1,3})", after)
        if AGE.match(after):
            clues.append(("person", 3.0, "an age behind it"))
        elif following and fold(following[1].strip()) in _places():
            clues.append(("place", 2.5, "a place behind it"))
    elif after.startswith(" ("):
        inner = after[2:].partition(")")[0]
        if fold(inner) in _places():
            clues.append(("person", 1.6, "a place in brackets behind it"))
        elif INITIALS.fullmatch(inner) and fold(inner[0]) == words[0][0] and len(words) > 1:
            clues.append(("organisation", 2.0, "its initials in brackets"))
    listed = " ".join(words) in _places()
    if FIGURES.match(after):
        clues.append(("organisation", 2.5 if len(words) == 1 or listed else 0.8, "figures behind it, as in a table of results"))
    if re.match(r"[-‑](?:based|born)\b", after):
        clues.append(("place", 2.5, "“-based” behind it"))
    return clues
