"""The numbers and quantity words of a text, as intervals, with what they count."""

import re
from functools import cache

import pandas as pd

from clippings.core.lexicon import either, read_lexicon, read_words
from clippings.core.progress import in_turn
from clippings.core.sentences import sentence_spans
from clippings.core.spans import Within, enclosing, link_to
from clippings.core.tables import by_article, make_table, span_row
from clippings.core.tokens import fold, word_spans
from clippings.timeline.patterns import meanings, number_of

BORDER = re.compile(rf"[,;:–]|\b{either(read_words('en/numbers/syntax', kind='clause border'))}\b")
FARTHER, REACH = (
    40,
    150,
)  # characters: what a border between clauses counts for, and how far an event may be
CLOCK = re.compile(r"\b(?:at|by|until|from|around)\s+$")


def find_amounts(passages: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Every number and quantity word that counts something, as an interval.

    In: passages (story ones, as a rule); events found in them.
    Out: amounts, label = what is counted (the first plural noun behind it; "" where none follows), low and high
    ("at least two" is 2 to infinity, "over 200" 201 to infinity, "dozens" 24 to 99 by convention, "about 40" 36
    to 44, "two to three" 2 to 3, a percentage is a share), qualifier, event (nearest in the sentence, clause by
    clause) as link.
    Raises: nothing.
    Misses: "one", "many", ordinals; dates, years, ages, scores, telephone numbers, numbers in names ("Brigade 17")
    and stretches of time are left out, as they count nothing.
    Source: own patterns over lexicon/en/numbers/number_words, number_names and qualifiers; vague words by the convention stated there.
    Example:
        >>> find_amounts(make_table("passages"), make_table("events")).empty
        True
    """
    own, rows = by_article(events), []
    for article, here in in_turn(by_article(passages).items(), "amounts"):
        near = Within(own.get(article, []))
        for passage in here:
            sentences = sentence_spans(passage.text, passage.start)
            for match in _amount_pattern().finditer(passage.text):
                amount = _amount(passage.text, match)
                if amount:
                    start, end = passage.start + match.start(), passage.start + match.end()
                    sentence = enclosing(sentences, start) or (passage.start, passage.end)
                    low, high = max(sentence[0], start - 2 * REACH), min(sentence[1], end + REACH)
                    event = _event_of(near.between(low, high), passage, start, end)
                    rows.append(
                        span_row(passage, *match.span(), **amount, **link_to("event", event))
                    )
    return make_table("amounts", rows)


def _event_of(events: list, passage, start: int, end: int):
    """The event that an amount goes with: the nearest, each border of a clause between them making it farther."""

    def distance(event) -> int:
        left, right = min(end, event.end), max(start, event.start)
        between = passage.text[left - passage.start : right - passage.start]
        return len(between) + FARTHER * len(BORDER.findall(between))

    near = min(events, key=lambda event: (distance(event), -event.start), default=None)
    return near if near is not None and distance(near) < REACH else None


@cache
def _numbers() -> dict[str, tuple[float, float, str]]:
    return {
        row["word"]: (float(row["low"]), float(row["high"]), row["kind"])
        for row in read_lexicon("en/numbers/number_words")
    }


@cache
def _qualifiers() -> dict[str, str]:
    return {row["word"]: row["meaning"] for row in read_lexicon("en/numbers/qualifiers")}


@cache
def _amount_pattern() -> re.Pattern:
    kinds = {
        kind: either(w for w, (_, _, own) in _numbers().items() if own == kind)
        for kind in ("number", "scale")
    }
    vague = either(w for w, (_, _, kind) in _numbers().items() if kind in ("vague", "share"))
    group = kinds["scale"]
    digits = r"(?<![\w.,/:$€£-])[$€£]?\d+(?:,\d{3})*(?:\.\d+)?(?![\w/:]|[.,]\d|\s*/\s*\d)"
    counting = f"(?:{kinds['number']}|{group})"
    words = rf"(?<![\w-])(?:an?\s+(?={group}\b))?{counting}(?:(?:[\s-]|\s+and\s+){counting}){{0,8}}(?![\w-])"
    return re.compile(
        rf"(?:(?<![\w-])(?P<qualifier>{either(_qualifiers())}|(?P<between>between))\s+(?:the\s+)?)?"
        rf"(?:(?P<vague>(?<![\w-])(?:{vague})(?![\w-]))(?:\s+(?:an?\s+)?(?P<times>{group})\b)?"
        rf"|(?P<digits>{digits})(?!-(?!plus)[a-z])(?:\s+(?P<scale>{group})\b)?|(?P<words>{words}))"
        rf"(?:(?P<to>(?(between)\s+and\s+|(?:\s+(?:to|or)\s+|\s?[-–]\s?)))(?P<second>\d+(?:,\d{{3}})*\b(?![/:.]\d)(?:\s+{group}\b)?|{words}))?"
        r"(?P<suffix>\s+or\s+(?:more|so)\b|\+|-plus\b)?(?P<percent>\s*(?:%|per\s?cent\b))?",
        re.IGNORECASE,
    )


def _amount(text: str, match: re.Match) -> dict | None:
    """The interval of one amount and what it counts; nothing for a date, a name, a score or a stretch of time."""
    qualifier = _qualifiers().get(" ".join(fold(match["qualifier"] or "").split()), "")
    following, before = (
        _following(text, match.end()),
        fold(text[max(0, match.start() - 24) : match.start()]),
    )
    label, stretch = (
        _counted(following),
        bool(following) and following[0].removesuffix("s") in meanings("unit"),
    )
    counter = before.rstrip().endswith("/")  # "12 / 1500"
    if stretch or counter or (match["digits"] and _is_name(text, match, before, following)):
        return None
    low, high = _interval(match)
    if low is None or low > high or low == float("inf"):
        return None
    if match["words"] and low < 2 and not qualifier and not match["second"]:
        return None
    if not label and (CLOCK.search(before) or (match["to"] and match["to"].strip() in ("-", "–"))):
        return None
    qualifier = {"": qualifier, "so": "about", "more": "at_least"}.get(
        (match["suffix"] or "")[-4:].strip(), "at_least"
    )
    share, rule = (
        100 if match["percent"] else 1,
        next(name for name in ("vague", "digits", "words") if match[name]),
    )
    low, high = _widened(low / share, high / share, qualifier)
    return {"label": label, "low": low, "high": high, "qualifier": qualifier, "rule": rule}


def _following(text: str, at: int) -> list[str]:
    """Up to five words behind a number, up to the first stop."""
    piece = re.split(r"[.,;:!?()“”\"–—]", text[at : at + 80])[0]
    words = [piece[start:end] for start, end in word_spans(piece)[:6]]
    words = [word if word.isupper() else fold(word) for word in words]
    return words[1:] if len(words) > 1 and words[0].lower() == "of" else words[:5]


def _is_name(text: str, match: re.Match, before: str, following: list[str]) -> bool:
    """A day or a year, a number in a name, an age between commas, a part of a telephone number."""
    months = read_words("en/time/words", kind="month") + read_words(
        "en/time/words", kind="month_short"
    )
    last, label = re.sub(r"\W+$", "", before), _counted(following)
    year = re.fullmatch(r"1[89]\d\d|20\d\d", match["digits"]) and not match["qualifier"]
    named = year or re.search(rf"\b(?:{'|'.join(read_words('en/numbers/number_names'))})$", last)
    aged = (
        re.search(r"\w, $", before)
        and re.match(r",\s", text[match.end() :])
        and text[match.start() - 3].islower()
    )
    dialled = re.search(r"\d[\s-]$|\+$", before) or re.match(
        r"[\s-]\d", text[match.end() : match.end() + 2]
    )
    month = last.rpartition(" ")[2] in months or (following and following[0] in months)
    return bool(month or dialled or ((named or aged) and not label))


def _interval(match: re.Match) -> tuple[float | None, float | None]:
    """Lowest and highest number of a match: of "between 20 and 30" and "two to three" the two ends."""
    if match["vague"]:
        low, high = _numbers()[" ".join(fold(match["vague"]).split())][:2]
        times = _value(match["times"]) if match["times"] else 1
        low, high = low * times, high * times
    else:
        low = high = _value(f"{match['digits'] or match['words']} {match['scale'] or ''}")
    return low, _value(match["second"]) if match["second"] else high


def _value(words: str) -> float:
    """The number that digits and number words make: "1.2 million", "two dozen"."""
    words = fold(words).replace(",", "")
    digits = re.search(r"\d+(?:\.\d+)?", words)
    return float(digits[0]) * max(number_of(words), 1) if digits else number_of(words)


def _widened(low: float, high: float, qualifier: str) -> tuple[float, float]:
    step, none = (
        int(low == int(low)),
        float("inf"),
    )  # "over 200" begins at 201, "over one third" at a third
    return {
        "at_least": (low, none),
        "more_than": (low + step, none),
        "at_most": (0, high),
        "less_than": (0, high - step),
        "almost": (round(low * 0.9, 2), high),
        "about": (round(low * 0.9, 2), round(high * 1.1, 2)),
    }.get(qualifier, (low, high))


def _counted(following: list[str]) -> str:
    """The first plural noun behind a number; capitals ("NATO") are names, not nouns."""
    small = read_words("en/text/stopwords")
    for word in following:
        noun = word.endswith("s") and not word.isupper() and word not in small
        if noun or word in read_words("en/numbers/syntax", kind="plural without s"):
            return word
        if word in small and word not in read_words(
            "en/numbers/syntax", kind="between number and noun"
        ):
            break
    return ""
