"""What speaks for a name being a person's, an organisation's or a place's: each clue with its weight and reason."""

import re
from collections import Counter
from functools import cache

from clippings.actors.name_spans import BLANKS, HEADS, is_nationality
from clippings.core.lexicon import any_of, read_lexicon, words_of
from clippings.core.tokens import fold, word_spans

Clue = tuple[str, float, str]  # type, weight, reason
NEAR = 60  # characters of context on each side
INITIALS = re.compile(r"(?:[A-Z]\.?){2,6}")
AGE = re.compile(r",\s+\d{2}\b(?!\s*\w+\s+\d)")
DATED = re.compile(
    r"(?:, [A-Z][\w. ]{1,20}?)?[ \t]+(?:\d{4}-\d\d-\d\d|\([A-Z][\w .]+\)\s*[-–—]|[-–—]\s)"
)
KINDS = re.compile(
    rf"\b(?:{any_of('en/names/syntax', 'kind of place')})\s+(?:such as|like|including)\s+$"
)
HELD = re.compile(rf"[-‑](?:{any_of('en/names/syntax', 'holding after a hyphen')})$")
HOME = re.compile(rf"[-‑](?:{any_of('en/names/syntax', 'home after a hyphen')})\b")
FIGURES = re.compile(r"[ \t]+\d{1,3}(?:[ \t]+\d|[ \t]*(?:\n|$)|[ \t]+[A-Z])")


def weigh(text: str, start: int, end: int, how: str) -> list[Clue]:
    """The clues to the type of a name: in the name itself, and right before and behind it.

    In: a passage, the span of the name, how it stands (of name_spans).
    Out: (type, weight, reason) each; empty when nothing is known.
    Raises: nothing. Misses: what stands further off. Source: lexicon/en/names/type_clues and the lists of words; weights
    set by hand on half of a newswire development set.
    Example:
        >>> weigh("She lives in Springfield.", 13, 24, "")
        [('place', 1.6, '“in” before it')]
    """
    name, after = text[start:end], text[end : end + NEAR]
    words = [fold(name[s:e]) for s, e in word_spans(name)]
    clues = [
        *_inside(name, words),
        *_before(text[max(0, start - NEAR) : start], words, how),
        *_behind(after, words),
    ]
    if (start == 0 or text[start - 1] == "\n") and DATED.match(after):
        clues.append(("place", 3.0, "a dateline"))
    return clues


def decide(clues: list[Clue]) -> str:
    """The type that most weight speaks for; "" without clues, of two as heavy the first in the alphabet."""
    sums = Counter()
    for type_, weight, _ in clues:
        sums[type_] += weight
    return min(sums, key=lambda type_: (-sums[type_], type_), default="")


@cache
def known_places() -> dict[str, Clue]:
    """The folded names of states, regions and cities of the lexicon, each with its clue."""
    places = {
        fold(row["word"]): ("place", 2.2, f"a {row['kind']} of the list")
        for row in read_lexicon("en/names/places")
    }
    return places | dict.fromkeys(
        words_of("en/names/countries", "country"), ("place", 4.0, "a state or continent")
    )


def _inside(name: str, words: list[str]) -> list[Clue]:
    """What the words of the name say."""
    clues, whole, ends = [], " ".join(words), {words[0], words[-1]}
    if whole in known_places():
        return [known_places()[whole]]
    if whole in words_of("en/speech/source_nouns", source_type="agency"):
        clues.append(("organisation", 4.0, "a news agency"))
    if ends & HEADS:
        clues.append(
            ("organisation", 3.0 if len(words) > 1 else 1.2, "a word for organisations in the name")
        )
    if ends & words_of("en/names/place_heads"):
        clues.append(
            ("place", 0.8 if is_nationality(words[0]) else 2.5, "a word for places in the name")
        )
    if INITIALS.fullmatch(name):
        clues.append(("organisation", 1.8, "capital letters only"))
    if words[0] in known_places() or " ".join(words[:2]) in known_places():
        clues.append(("organisation", 1.6, "begins with a place"))
    if words_of("en/names/particles") & {
        part for word in words for part in (word, word.split("-")[0])
    }:
        clues.append(("person", 1.5 if len(words) > 1 else 0.5, "a particle of personal names"))
    if len(words) > 1 and re.search(r"(?:^|\s)[A-Z]\.?\s+[A-Z]", name):
        clues.append(("person", 1.5, "an initial"))
    if 2 <= len(words) <= 3 and not any(map(str.isdigit, name)):
        clues.append(("person", 1.0, "two or three words"))
    return clues


@cache
def _clue_words(side: str) -> dict[str, list[Clue]]:
    found: dict[str, list[Clue]] = {}
    for row in read_lexicon("en/names/type_clues"):
        if row["side"] == side:
            reason = f"“{row['word']}” {'before' if side == 'before' else 'behind'} it"
            found.setdefault(row["word"], []).append((row["type"], float(row["weight"]), reason))
    return found


def _before(before: str, words: list[str], how: str) -> list[Clue]:
    """What stands right before: titles, prepositions, "city of"."""
    folded = [fold(part) for part in before.split()[-3:]]
    if how == "title":
        return [("person", 3.0, "a title before it")]
    if not folded or before[-1] not in BLANKS:
        return [("organisation", 0.8, "in brackets")] if before[-1:] == "(" else []
    the = folded[-1] == "the"
    folded = [""] + (folded[:-1] or [""] if the else folded)
    clues = _clue_words("before").get(" ".join(folded[-2:])) or _clue_words("before").get(
        folded[-1], []
    )
    if KINDS.search(before):
        return [("place", 2.0, "“towns such as” before it")]
    if HELD.search(folded[-1]):
        return [("place", 2.0, "“-held” before it")]
    if the and " ".join(words) not in known_places():
        halved = [(kind, weight / 2, reason) for kind, weight, reason in clues]
        return [*halved, ("organisation", 1.0, "“the” before it")]
    if folded[-1].rstrip(".") in words_of("en/names/titles"):
        return [("person", 3.0, "a title before it")]
    if folded[-1] in words_of("en/speech/source_nouns") and len(words) < 4:
        return [("person", 2.0, "a word for speakers before it")]
    return clues


@cache
def _places_without_stops() -> frozenset[str]:
    return frozenset(place.removesuffix(".") for place in known_places())


def _behind(after: str, words: list[str]) -> list[Clue]:
    """What stands right behind: "province", "said", ", 45,", "(Jamaica)"."""
    clues: list[Clue] = []
    listed = " ".join(words) in known_places()
    match = re.match(r"[\s\xa0]+([^\W\d_][\w-]*)", after)
    inner = after[2:].partition(")")[0] if after.startswith(" (") else ""
    following = re.match(r",\s+((?:[A-Z][\w.]+\s?){1,3})", after)
    if match:
        word = fold(match[1])
        clues += _clue_words("after").get(word, [])
        if word in HEADS and match[1].islower():
            clues.append(("organisation", 0.9, "a word for organisations behind it"))
        if word in words_of("en/names/place_heads") and match[1].islower():
            clues.append(("place", 2.5, "a word for places behind it"))
    elif AGE.match(after):
        clues.append(("person", 3.0, "an age behind it"))
    elif following and fold(following[1].strip()).removesuffix(".") in _places_without_stops():
        clues.append(("place", 2.5, "a place behind it"))
    elif fold(inner) in known_places():
        clues.append(("person", 1.6, "a place in brackets behind it"))
    elif INITIALS.fullmatch(inner) and fold(inner[0]) == words[0][0] and len(words) > 1:
        clues.append(("organisation", 2.0, "its initials in brackets"))
    elif HOME.match(after):
        clues.append(("place", 2.5, "“-based” behind it"))
    if FIGURES.match(after):
        weight = 2.5 if len(words) == 1 or listed else 0.8
        clues.append(("organisation", weight, "figures behind it, as in a table of results"))
    return clues
