"""The words of time as one pattern, an alternative for each kind of expression; and what single words mean."""

import re
from functools import cache

from clippings.core.lexicon import either, read_lexicon, read_words

SCALES = read_words("en/numbers/number_words", kind="scale")


@cache
def meanings(kind: str) -> dict[str, str]:
    """The words of one kind with their values, the longest first."""
    rows = [
        (row["word"], row["value"]) for row in read_lexicon("en/time/words") if row["kind"] == kind
    ]
    return dict(sorted(rows, key=lambda row: (-len(row[0]), row[0])))


@cache
def numbers() -> dict[str, float]:
    """Number words with what they are."""
    return {
        row["word"]: float(row["low"])
        for row in read_lexicon("en/numbers/number_words")
        if row["kind"] in ("number", "scale")
    }


@cache
def guard(name: str) -> re.Pattern:
    """A pattern for what stands beside an expression."""
    return re.compile(pieces()[name], re.I)


def number_of(words: str) -> float:
    """The number that number words make; 0 for none."""
    total = here = 0.0
    for word in (word for word in re.findall(r"[a-z]+", words) if word in numbers()):
        here = max(here, 1) * numbers()[word] if word in SCALES else here + numbers()[word]
        if here >= 1000:
            total, here = total + here, 0.0
    return total + here


@cache
def pieces() -> dict[str, str]:
    """The named parts of the patterns. Names of months, weekdays and holidays need their capital."""
    months, short = meanings("month"), either(word.capitalize() for word in meanings("month_short"))
    named = either([*(word.capitalize() for word in months), *(word.upper() for word in months)])
    found = {
        kind: either(meanings(kind))
        for kind in ("daypart", "season", "shift", "often", "ref", "decade")
    }
    found |= {
        "month": rf"(?-i:{named}|{short}(?:\.|(?=\s+\d)))",
        "weekday": f"(?-i:{either(word.capitalize() for word in meanings('weekday'))})",
        "holiday": f"(?-i:{either(re.sub('(^| ).', lambda at: at[0].upper(), word) for word in meanings('holiday'))})",
        "unit": f"{either(meanings('unit'))}s?",
        "ordinals": either(meanings("ordinal")),
        "counted": either([*numbers(), "point"]),
        "qualifier": either(set(read_words("en/numbers/qualifiers")) - {"over", "above", "some"}),
    }
    for row in read_lexicon("en/time/patterns"):
        if row["name"]:
            found[row["name"]] = f"(?:{_written_out(row['pattern'], found)})"
    return found


def _written_out(pattern: str, parts: dict[str, str]) -> str:
    return re.sub(r"<([a-z]+)>", lambda match: parts[match[1]], pattern.replace(" ", r"\s+"))


@cache
def _pattern() -> tuple[re.Pattern, tuple[str, ...]]:
    rows = [row for row in read_lexicon("en/time/patterns") if not row["name"]]
    bodies = "|".join(f"({_written_out(row['pattern'], pieces())})" for row in rows)
    pattern = re.compile(rf"(?<![\w$£€#])(?<!\d[.,-])(?:{bodies})(?!\w)", re.I)
    return pattern, tuple(row["kind"] for row in rows)


@cache
def _openers() -> frozenset[str]:
    """Every word in the pattern may open an expression, but for those that only stand inside of one."""
    words = re.findall(r"[a-z]+", _pattern()[0].pattern.lower())
    return frozenset(words) - {"of", "in", "on", "and", "or", "ago"} | {
        f"{word}s" for word in words
    }


@cache
def _heads() -> frozenset[str]:
    """One of these, or a number, stands in every expression."""
    words = {
        word
        for row in read_lexicon("en/time/words")
        if row["kind"] != "tense"
        for word in row["word"].split()
    }
    return frozenset(
        words | {f"{word}s" for word in words} | set(read_words("en/numbers/number_words"))
    ) - {
        "the",
        "at",
    }


def matches(text: str):
    """Each match with its kind, from left to right; tried only where a word of it may open and a head is near,
    because trying the whole pattern at every character takes several times as long.
    """
    tokens = [(match.start(), match[0].lower()) for match in re.finditer(r"[^\W\d_]+|\d+", text)]
    openers, heads, (pattern, kinds) = _openers(), _heads(), _pattern()
    ahead, near = 99, []
    for _, word in reversed(tokens):
        ahead = 0 if word in heads or word[0].isdigit() else ahead + 1
        near.append(ahead < 9)
    done = 0
    for (start, word), head in zip(tokens, reversed(near), strict=True):
        if head and start >= done and (word in openers or word[0].isdigit()):
            match = pattern.match(text, start)
            if match:
                yield kinds[match.lastindex - 1], match
                done = match.end()
