"""The numbers and quantity words of a text, as intervals, with what they count."""

import re
from functools import cache

import pandas as pd

from clippings.lexicon import read_lexicon, read_words
from clippings.nearby import Within, link_to, nearest
from clippings.sentences import sentence_spans
from clippings.tables import by_article, make_table, span_row
from clippings.text import enclosing, fold, word_spans
from clippings.timewords import meanings, number_of

CLOCK = re.compile(r"\b(?:at|by|until|from|around)\s+$")


def find_amounts(passages: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Every number and quantity word that counts something, as an interval.

    In: passages (story ones, as a rule); events found in them.
    Out: amounts, label = what is counted (the first plural noun behind it; "" where none follows), low and high
    ("at least two" is 2 to infinity, "over 200" 201 to infinity, "dozens" 24 to 99 by convention, "about 40" 36
    to 44), qualifier, event (nearest in the sentence) as link.
    Raises: nothing.
    Misses: "one", ordinals, dates, years, ages, scores and stretches of time (they count nothing, or are times).
    Source: own patterns over lexicon/numbers and qualifiers; vague words by the convention stated there.
    Example:
        >>> find_amounts(make_table("passages"), make_table("events")).empty
        True
    """
    own, rows = by_article(events), []
    for article, here in by_article(passages).items():
        near = Within(own.get(article, []))
        for passage in here:
            sentences = sentence_spans(passage.text, passage.start)
            for match in _amount_pattern().finditer(passage.text):
                amount = _amount(passage.text, match)
                if amount:
                    start, end = passage.start + match.start(), passage.start + match.end()
                    sentence = enclosing(sentences, start) or (passage.start, passage.end)
                    event = nearest(near.between(*sentence), start, end)
                    rows.append(span_row(passage, *match.span(), **amount, **link_to("event", event)))
    return make_table("amounts", rows)


@cache
def _numbers() -> dict[str, tuple[float, float, str]]:
    return {row["word"]: (float(row["low"]), float(row["high"]), row["kind"]) for row in read_lexicon("numbers")}


@cache
def _qualifiers() -> dict[str, str]:
    return {row["word"]: row["meaning"] for row in read_lexicon("qualifiers")}


@cache
def _amount_pattern() -> re.Pattern:
    def either(words):
        return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=lambda w: (-len(w), w)))

    counting = either(w for w, (_, _, kind) in _numbers().items() if kind in ("number", "scale"))
    vague = either(w for w, (_, _, kind) in _numbers().items() if kind in ("vague", "share"))
    digits = r"(?<![\w.,/:$€£-])[$€£]?\d+(?:,\d{3})*(?:\.\d+)?(?![\w/:]|-\w|[.,]\d|\s*/\s*\d)"
    words = rf"(?<![\w-])(?:{counting})(?:(?:[\s-]|\s+and\s+)(?:{counting}))*(?![\w-])"
    return re.compile(
        rf"(?:(?<![\w-])(?P<qualifier>{either(_qualifiers())})\s+(?:the\s+)?)?"
        rf"(?:(?P<vague>(?<![\w-])(?:{vague})(?![\w-]))|(?P<digits>{digits})(?:\s+(?P<scale>hundred|thousand|million|billion))?"
        rf"|(?P<words>{words}))",
        re.IGNORECASE,
    )


def _amount(text: str, match: re.Match) -> dict | None:
    """The interval of one amount and what it counts; nothing for a date, a year or a stretch of time."""
    qualifier = _qualifiers().get(" ".join(fold(match["qualifier"] or "").split()), "")
    following = _following(text, match.end())
    before = fold(text[max(0, match.start() - 14) : match.start()])
    stretch = bool(following) and following[0].removesuffix("s") in meanings("unit")
    counter = before.rstrip().endswith("/")  # "12 / 1500"
    if stretch or counter or (match["digits"] and _is_date(match, before, following)):
        return None
    low, high = _interval(match)
    if low is None or (match["words"] and fold(match["words"]) in ("one", "zero")):
        return None
    low, high = _widened(low, high, qualifier)
    label = _counted(following)
    if not label and CLOCK.search(before):
        return None
    return {"label": label, "low": low, "high": high, "qualifier": qualifier, "rule": match.lastgroup}


def _following(text: str, at: int) -> list[str]:
    """Up to five words behind a number, up to the first stop."""
    piece = re.split(r"[.,;:!?()“”\"–—]", text[at : at + 80])[0]
    words = [piece[start:end] for start, end in word_spans(piece)][:6]
    return [fold(word) if not word.isupper() else word for word in words[1:] if words[0].lower() == "of"] or [
        fold(word) if not word.isupper() else word for word in words[:5]
    ]


def _is_date(match: re.Match, before: str, following: list[str]) -> bool:
    months = read_words("calendar_words", kind="month") + read_words("calendar_words", kind="month_short")
    last = re.sub(r"\W+$", "", before).rpartition(" ")[2]
    year = re.fullmatch(r"1[89]\d\d|20\d\d", match["digits"]) and not match["qualifier"] and not _counted(following)
    return bool(last in months or (following and following[0] in months) or year or last in ("no", "aged", "page"))


def _interval(match: re.Match) -> tuple[float | None, float | None]:
    if match["vague"]:
        return _numbers()[" ".join(fold(match["vague"]).split())][:2]
    if match["digits"]:
        number = float(match["digits"].strip("$€£").replace(",", ""))
        scale = _numbers()[fold(match["scale"])][0] if match["scale"] else 1
        return number * scale, number * scale
    number = number_of(fold(match["words"]))
    return number, number


def _widened(low: float, high: float, qualifier: str) -> tuple[float, float]:
    step, none = int(low == int(low)), float("inf")  # "over 200" begins at 201, "over one third" at a third
    return {
        "at_least": (low, none),
        "more_than": (low + step, none),
        "at_most": (0, high),
        "less_than": (0, high - step),
        "almost": (round(low * 0.9, 2), high),
        "about": (round(low * 0.9, 2), round(high * 1.1, 2)),
    }.get(qualifier, (low, high))


BETWEEN = {"of", "the", "other", "more", "his", "her", "their", "its", "our", "these", "those"}
PEOPLE = {"people", "men", "women", "children", "police", "troops", "civilians", "dead", "wounded", "others"}


def _counted(following: list[str]) -> str:
    """The first plural noun behind a number; capitals ("NATO") are names, not nouns."""
    for word in following:
        if word in PEOPLE or (word.endswith("s") and not word.isupper() and word not in read_words("stopwords")):
            return word
        if word in read_words("stopwords") and word not in BETWEEN:
            break
    return ""
