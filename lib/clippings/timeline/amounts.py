"""The numbers and quantity words of a text, as intervals, with what they count."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import pandas as pd

from clippings.core.cache import cacheable
from clippings.core.finders import needs_word_lists, reads_plain_text
from clippings.core.lexicon import either, read_lexicon, read_words
from clippings.core.progress import in_turn
from clippings.core.sentences import sentence_spans
from clippings.core.spans import SpanIndex, enclosing, link_to
from clippings.core.tables import by_article, make_table, span_row
from clippings.core.tokens import fold, word_spans
from clippings.timeline.patterns import parse_number, word_values

INFINITY = float("inf")

# Characters. An event that is farther from an amount than about a line and a half is another
# matter.
MAX_DISTANCE_TO_EVENT = 150

# Characters that each border between clauses adds to that distance: "a dam broke, and 40 houses
# were flooded".
DISTANCE_OF_CLAUSE_BORDER = 40

# Characters before an amount in which a name or a clock can stand, and after it in which the noun
# can.
WIDTH_BEFORE = 24
WIDTH_AFTER = 80

# Words after an amount among which the counted noun is looked for: "two of their other old houses".
MAX_WORDS_TO_NOUN = 5

# "about 40" is 36 to 44, "almost 40" is 36 to 40: a convention, a tenth to either side.
TOLERANCE = 0.1

CLAUSE_BORDER = re.compile(
    rf"""
      [,;:–]  # "broke, 40 …"
    | \b{either(read_words("en/numbers/syntax", kind="clause border"))}\b  # "while 40 …"
    """,
    re.VERBOSE,
)

# Before an amount without a noun that is a time: "at four".
CLOCK = re.compile(r"\b(?:at|by|until|from|around)\s+$")

# What stands between commas after a name is an age: "Ann, 34, won".
AFTER_NAME = re.compile(r"\w, $")


class NumberWord(NamedTuple):
    """A row of lexicon/en/numbers/number_words; a vague word ("dozens") stands for a range."""

    low: float
    high: float
    kind: str


class Interval(NamedTuple):
    """The lowest and the highest number that an amount can mean."""

    low: float
    high: float


class Amount(NamedTuple):
    """An interval, what it counts, and how it is written; columns of the table amounts."""

    label: str
    low: float
    high: float
    qualifier: str
    rule: str


@cacheable
@needs_word_lists
@reads_plain_text
def find_amounts(passages: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Find numbers and quantity words that count something, as intervals.

    Parameters
    ----------
    passages : pandas.DataFrame
        As a rule those of the story.
    events : pandas.DataFrame
        Events of these passages.

    Returns
    -------
    pandas.DataFrame
        amounts, one row per number, sorted by article and place:

        - label: what is counted, the first plural noun after the number; "" if none follows.
        - low, high: "at least two" is 2 to infinity, "over 200" 201 to infinity, "dozens" 24 to 99
          by convention, "about 40" 36 to 44, "two to three" 2 to 3; a percentage is a share of 1.
        - qualifier: at_least, more_than, at_most, less_than, almost, about or "".
        - event_start, event_end: the nearest event of the sentence, clause by clause; missing if
          none is near.
        - rule: vague, digits or words.

    Notes
    -----
    "one", "many" and ordinals are not amounts. Dates, years, ages, scores, telephone numbers,
    numbers in names ("Brigade 17") and lengths of time are left out, as they count nothing. Vague
    words follow the conventions of lexicon/en/numbers/number_words.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> story = passages[passages.label == "body"]
    >>> mentions = cl.find_mentions(story, codebook["actors"])
    >>> quotes = cl.find_quotes(story, mentions)
    >>> times = cl.find_times(story, articles)
    >>> events = cl.find_events(story, codebook["events"], mentions, times, quotes)
    >>> amounts = cl.find_amounts(story, events)
    >>> amounts[["text", "label", "low", "high"]].head(5)
               text   label    low   high
    0           4.1  metres    4.1    4.1
    1          five  metres    5.0    5.0
    2     About 800  people  720.0  880.0
    3         three   halls    3.0    3.0
    4  at least 120  people  120.0    inf
    """
    events_by_article = by_article(events)
    rows = []
    for article, article_passages in in_turn(by_article(passages).items(), "amounts"):
        article_events = SpanIndex(events_by_article.get(article, []))
        for passage in article_passages:
            sentences = sentence_spans(passage.text, passage.start)
            for match in _amount_pattern().finditer(passage.text):
                amount = _read_amount(passage.text, match)
                if amount is None:
                    continue
                event = _event_of_amount(passage, match.span(), sentences, article_events)
                columns = amount._asdict() | link_to("event", event)
                rows.append(span_row(passage, *match.span(), **columns))
    return make_table("amounts", rows)


def _event_of_amount(passage, span: tuple[int, int], sentences: list, events: SpanIndex):
    """The event that an amount goes with: the nearest of its sentence, or None."""
    start = passage.start + span[0]
    end = passage.start + span[1]
    sentence = enclosing(sentences, start) or (passage.start, passage.end)
    # An event that begins farther ahead than twice the distance cannot be near, long as its trigger
    # may be.
    first = max(sentence[0], start - 2 * MAX_DISTANCE_TO_EVENT)
    last = min(sentence[1], end + MAX_DISTANCE_TO_EVENT)

    def distance(event) -> int:
        left = min(end, event.end)
        right = max(start, event.start)
        between = passage.text[left - passage.start : right - passage.start]
        borders = len(CLAUSE_BORDER.findall(between))
        return len(between) + DISTANCE_OF_CLAUSE_BORDER * borders

    candidates = [(distance(event), -event.start, event) for event in events.between(first, last)]
    if not candidates:
        return None
    shortest, _, event = min(candidates, key=lambda candidate: candidate[:2])
    return event if shortest < MAX_DISTANCE_TO_EVENT else None


@cache
def _number_words() -> dict[str, NumberWord]:
    """The rows of lexicon/en/numbers/number_words by their word."""
    return {
        row["word"]: NumberWord(float(row["low"]), float(row["high"]), row["kind"])
        for row in read_lexicon("en/numbers/number_words")
    }


@cache
def _qualifiers() -> dict[str, str]:
    """Qualifiers with what they mean: "at least" is at_least."""
    return {row["word"]: row["meaning"] for row in read_lexicon("en/numbers/qualifiers")}


@cache
def _amount_pattern() -> re.Pattern:
    """An amount, with a group for each of its parts."""

    def words_of_kind(*kinds: str) -> str:
        return either(word for word, number in _number_words().items() if number.kind in kinds)

    scale = words_of_kind("scale")  # dozen, hundred, million
    counting = f"(?:{words_of_kind('number')}|{scale})"
    vague = words_of_kind("vague", "share")  # dozens, a third
    digits = r"""
        (?<![\w.,/:$€£-])[$€£]?          # not inside of "MiG-29", "3/4" or "10:30"; "$40"
        \d+(?:,\d{3})*(?:\.\d+)?         # "1,500", "2.5"
        (?![\w/:]|[.,]\d|\s*/\s*\d)      # not before "17th", "10:30", "1500 / 1500"
    """
    words = rf"""
        (?<![\w-])(?:an?\s+(?={scale}\b))?                          # "a dozen"
        {counting}(?:(?:[\s-]|\s+and\s+){counting}){{0,8}}(?![\w-])  # "two hundred and fifty"
    """
    return re.compile(
        rf"""
        (?: (?<![\w-])
            (?P<qualifier>{either(_qualifiers())}   # "at least 40"
              | (?P<between>between)                # "between 20 and 30"
            )\s+(?:the\s+)?                         # "over the 200 fighters"
        )?
        (?: (?P<vague>(?<![\w-])(?:{vague})(?![\w-]))             # "dozens"
            (?:\s+(?:an?\s+)?(?P<multiplier>{scale})\b)?          # "half a million"
          | (?P<digits>{digits})(?!-(?!plus)[a-z])                # "58", but not "18-year-old"
            (?:\s+(?P<scale>{scale})\b)?                          # "2.5 million"
          | (?P<words>{words})                                    # "twenty-one"
        )
        (?: (?P<link>
                (?(between)\s+and\s+                              # "between 20 and 30"
                  |(?:\s+(?:to|or)\s+|\s?[-–]\s?))                # "two to three", "20-30"
            )
            (?P<second>
                \d+(?:,\d{{3}})*\b(?![/:.]\d)(?:\s+{scale}\b)?    # "30", "3 million"
              | {words}                                           # "three"
            )
        )?
        (?: (?P<or_more>\s+or\s+more\b|\+|-plus\b)                # "12 or more", "200+", "200-plus"
          | (?P<or_so>\s+or\s+so\b)                               # "40 or so"
        )?
        (?P<percent>\s*(?:%|per\s?cent\b))?                       # "15 percent"
        """,
        re.IGNORECASE | re.VERBOSE,
    )


def _read_amount(text: str, match: re.Match) -> Amount | None:
    """The interval of an amount and what it counts; None for dates, names, scores and lengths."""
    before = fold(text[max(0, match.start() - WIDTH_BEFORE) : match.start()])
    following = _following_words(text, match.end())
    noun = _counted_noun(following)
    is_length_of_time = bool(following) and following[0].removesuffix("s") in word_values("unit")
    is_page_counter = before.rstrip().endswith("/")  # "12 / 1500"
    if is_length_of_time or is_page_counter:
        return None
    if match["digits"] and _is_name_or_date(text, match, before, following):
        return None

    interval = _interval(match)
    if interval is None or interval.low > interval.high or interval.low == INFINITY:
        return None
    qualifier = _qualifiers().get(" ".join(fold(match["qualifier"] or "").split()), "")
    is_one = match["words"] and interval.low < 2 and not match["second"]
    if is_one and not qualifier:  # "one" is more often a pronoun than a number
        return None
    is_score = match["link"] and match["link"].strip() in ("-", "–")  # "2-0"
    if not noun and (is_score or CLOCK.search(before)):
        return None

    if match["or_more"]:
        qualifier = "at_least"
    elif match["or_so"]:
        qualifier = "about"
    if match["percent"]:
        interval = Interval(interval.low / 100, interval.high / 100)
    low, high = _widen(interval, qualifier)
    rule = next(name for name in ("vague", "digits", "words") if match[name])
    return Amount(noun, low, high, qualifier, rule)


def _following_words(text: str, position: int) -> list[str]:
    """The first words after an amount up to the first stop; words in capitals stay so."""
    clause = re.split(r"[.,;:!?()“”\"–—]", text[position : position + WIDTH_AFTER])[0]
    spans = word_spans(clause)[: MAX_WORDS_TO_NOUN + 1]
    words = [clause[start:end] for start, end in spans]
    words = [word if word.isupper() else fold(word) for word in words]
    if len(words) > 1 and words[0].lower() == "of":
        return words[1:]
    return words[:MAX_WORDS_TO_NOUN]


def _is_name_or_date(text: str, match: re.Match, before: str, following: Sequence[str]) -> bool:
    """A day, a year, a number in a name, an age between commas, a part of a telephone number."""
    words_before = re.sub(r"\W+$", "", before)
    after = text[match.end() : match.end() + 2]

    months = word_values("month") | word_values("month_short")
    is_day = words_before.rpartition(" ")[2] in months  # "October 4"
    is_day = is_day or bool(following and following[0] in months)  # "4 October"
    is_phone_number = re.search(r"\d[\s-]$|\+$", before) or re.match(r"[\s-]\d", after)
    if is_day or is_phone_number:
        return True
    if _counted_noun(following):
        return False

    is_year = re.fullmatch(r"1[89]\d\d|20\d\d", match["digits"]) and not match["qualifier"]
    names = "|".join(read_words("en/numbers/number_names"))
    is_in_name = re.search(rf"\b(?:{names})$", words_before)  # "Brigade 17"
    is_age = (
        AFTER_NAME.search(before)
        and re.match(r",\s", after)
        and text[match.start() - 3].islower()  # a name ends in a small letter
    )
    return bool(is_year or is_in_name or is_age)


def _interval(match: re.Match) -> Interval | None:
    """Lowest and highest number of a match: 20 and 30 of "between 20 and 30"."""
    if match["vague"]:
        number = _number_words()[" ".join(fold(match["vague"]).split())]
        factor = _value(match["multiplier"]) if match["multiplier"] else 1
        low = number.low * factor
        high = number.high * factor
    else:
        low = high = _value(f"{match['digits'] or match['words']} {match['scale'] or ''}")
    if match["second"]:
        high = _value(match["second"])
    return Interval(low, high)


def _value(words: str) -> float:
    """The number that digits and number words make: "1.2 million", "two dozen"."""
    words = fold(words).replace(",", "")
    number = parse_number(words)
    digits = re.search(r"\d+(?:\.\d+)?", words)
    return float(digits[0]) * max(number, 1) if digits else number


def _widen(interval: Interval, qualifier: str) -> Interval:
    """The interval that a qualifier makes of another."""
    low, high = interval
    step = 1 if low == int(low) else 0  # "over 200" begins at 201, "over one third" at a third
    match qualifier:
        case "at_least":
            return Interval(low, INFINITY)
        case "more_than":
            return Interval(low + step, INFINITY)
        case "at_most":
            return Interval(0, high)
        case "less_than":
            return Interval(0, high - step)
        case "almost":
            return Interval(round(low * (1 - TOLERANCE), 2), high)
        case "about":
            return Interval(round(low * (1 - TOLERANCE), 2), round(high * (1 + TOLERANCE), 2))
    return interval


def _counted_noun(following: Sequence[str]) -> str:
    """The first plural noun after a number; words in capitals ("NATO") are names, not nouns."""
    function_words = read_words("en/text/stopwords")
    plurals_without_s = read_words("en/numbers/syntax", kind="plural without s")
    words_to_pass = read_words("en/numbers/syntax", kind="between number and noun")
    for word in following:
        is_plural = word.endswith("s") and not word.isupper() and word not in function_words
        if is_plural or word in plurals_without_s:
            return word
        if word in function_words and word not in words_to_pass:
            break
    return ""
