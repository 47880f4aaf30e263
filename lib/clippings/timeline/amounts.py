"""Find numbers and quantity words as intervals, and the things that they count."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from typing import NamedTuple

import pandas as pd

from clippings.core.cache import cacheable
from clippings.core.finders import needs_word_lists, reads_plain_text
from clippings.core.lexicon import any_of, either, read_lexicon, read_words, words_of
from clippings.core.progress import in_turn
from clippings.core.sentences import sentence_spans
from clippings.core.spans import SpanIndex, enclosing, link_to
from clippings.core.tables import by_article, make_table, span_row
from clippings.core.tokens import fold, word_spans
from clippings.timeline.patterns import parse_number, word_values

INFINITY = float("inf")

# Endings of compounds with an irregular plural: "schoolchildren", "sportswomen", "townspeople".
PLURALS_OF_COMPOUNDS = ("children", "men", "people")

# Maximum number of characters between an amount and its event: about a line and a half.
MAX_DISTANCE_TO_EVENT = 150

# Number of characters that each clause boundary adds to that distance: "a dam broke, and 40 houses
# were flooded".
DISTANCE_OF_CLAUSE_BORDER = 40

# Number of characters searched before an amount for a name or a clock time, and after it for the
# noun.
WIDTH_BEFORE = 24
WIDTH_AFTER = 80

# An amount is searched for only at words with fewer words than this up to its number. The longest
# opening has five words: "no fewer than the US" before "$40".
MAX_WORDS_TO_NUMBER = 8

# Number of words after an amount searched for the counted noun: "two of their other old houses".
MAX_WORDS_TO_NOUN = 5

# "about 40" is 36 to 44, "almost 40" is 36 to 40: a convention, a tenth to either side.
TOLERANCE = Fraction(1, 10)

# Number of digits. The largest float has 309 digits; longer numbers are not amounts of anything.
MAX_DIGITS = 300

# Numbers are calculated as fractions and become floats at the end: 4.1 * 1000000 as floats is
# 4099999.9999999995.
Number = Fraction | float  # a float only for infinity

CLAUSE_BORDER = re.compile(
    rf"""
      [,;:–]  # "broke, 40 …"
    | \b{either(read_words("en/numbers/syntax", kind="clause border"))}\b  # "while 40 …"
    """,
    re.VERBOSE,
)

# Words that make a following small number without a noun a time of day: "at four".
CLOCK = re.compile(r"\b(?:at|by|until|from|around)\s+$")

# The last hour of a 12-hour clock; a greater number after "from" is not a time.
LAST_HOUR = 24

# Number of characters before an amount in which a word such as "rose" makes "by 12" a number:
# about a clause.
WIDTH_OF_CHANGE = 70

# A word for a rise or a fall, then "by", "from" or "to": "the toll rose on Monday by".
AFTER_CHANGE = re.compile(
    rf"""
    (?: \b{either(read_words("en/numbers/changes"))}\b                      # "rose to"
      | \b{either(read_words("en/numbers/syntax", kind="quantity"))}\b
        [^.;:!?]*
        \b{either(read_words("en/numbers/syntax", kind="quantity moves"))}\b  # "the toll went to"
    )
    [^.;:!?]*
    \b(?:by|from|to)\s+$
    """,
    re.VERBOSE,
)

# A word for a rise at the end: after it, "up to 12" is not a limit but the end of the rise.
CHANGE_AT_END = re.compile(rf"\b{either(read_words('en/numbers/changes'))}\s+$")

# A name in capitals that is followed by its number: flight "BA 117". Headings in capitals are
# excluded, because all their words are in capitals.
NAME_IN_CAPITALS = re.compile(r"[a-z][^.!?]*\b[A-Z]{2,4}\s$")

# A decimal number with a space, as PDF files have it ("magnitude 6. 1"), or two sentences: neither
# number is certain.
BROKEN_DECIMAL = re.compile(r"(?<=[^\n\d.,:])\d\. \d(?![\d.,:])")

# The number of an item in a list counts nothing: "1. The levee", at the beginning of a line.
LIST_NUMBER = re.compile(r"^\d{1,2}\.(?=[ ])", re.MULTILINE)

# A number does not begin inside "MiG-29", "3/4", "10:30" or "$40".
NOT_INSIDE_NUMBER = r"(?<![\w.,/:$€£-])"

# Words after a distance that show that it locates something: "25 km (15 miles) from the border",
# "ten miles north of".
DISTANCE_TO_PLACE = re.compile(
    rf"""
    \s* [\w-]+ \)? \s*                                      # "km", "miles)"
    (?: \([^()]{{0,30}}\) \s* )?                             # "(15 miles)"
    (?:to\s+the\s+)?
    {either(read_words("en/numbers/syntax", kind="after distance"))} \b
    """,
    re.IGNORECASE | re.VERBOSE,
)

# The greatest denominator of a share such as "one in five"; "three in 2019" is not a share.
MAX_WHOLE_OF_SHARE = 1000

# Fractions that are single Unicode characters.
FRACTION_SIGNS = {
    "½": Fraction(1, 2),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "⅕": Fraction(1, 5),
    "⅛": Fraction(1, 8),
}

# Denominators of fractions by the name of one part: 5 for "fifth", of "three fifths".
PARTS = {row["word"]: int(row["denominator"]) for row in read_lexicon("en/numbers/fractions")}

# Letters with dots before the noun: "four U.S. soldiers".
DOTTED_LETTERS = re.compile(r"\b(?:[A-Z]\.){2,}(?=\s[A-Za-z])")

# A number between commas after a name is an age: "Ann, 34, won".
TIME_OF_DAY = re.compile(r"\s?[ap]\.?\s?m\b", re.IGNORECASE)  # 11 a.m., 9pm
AFTER_NAME = re.compile(r"[\w.], $")
TITLE_AFTER_NAME = re.compile(r"\b(?:Jr|Sr|I{2,3}|IV)\.?, $", re.IGNORECASE)


class NumberWord(NamedTuple):
    """A row of lexicon/en/numbers/number_words; a vague word ("dozens") represents a range."""

    low: Fraction
    high: Fraction
    kind: str


class ScaleSign(NamedTuple):
    """A row of lexicon/en/numbers/scale_signs."""

    value: Fraction
    condition: str


class Interval(NamedTuple):
    """The lowest and the highest number that an amount can represent."""

    low: Number
    high: Number


class Amount(NamedTuple):
    """An interval, the thing it counts, and the way it is written; columns of the table amounts."""

    label: str
    low: float
    high: float
    qualifier: str
    rule: str


class FoundAmount(NamedTuple):
    """An amount with its location in a passage."""

    start: int
    end: int
    amount: Amount


@cacheable
@needs_word_lists
@reads_plain_text
def find_amounts(passages: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Find numbers and quantity words that count something, and convert them to intervals.

    Parameters
    ----------
    passages : pandas.DataFrame
        The passages to search, usually those of the article text.
    events : pandas.DataFrame
        The events in these passages.

    Returns
    -------
    pandas.DataFrame
        The table amounts: one row per number, sorted by article and position.

        - label: the thing counted, which is the first plural noun after the number; "" if there is
          none; a unit of measurement counts as a noun ("km").
        - low, high: the smallest and largest possible number. "At least two" is 2 to infinity,
          "over 200" 201 to infinity, "dozens" 24 to 99 by convention, "about 40" 36 to 44, "two to
          three" 2 to 3; a percentage is a share of 1.
        - qualifier: at_least, more_than, at_most, less_than, almost, about or "".
        - event_start, event_end: the nearest event in the sentence, preferably in the same clause;
          missing if there is none nearby, and for distances that locate a place ("25 km from the
          border"). Numbers of things never belong to events of the built-in list whose numbers
          count persons (`lexicon/en/events/kinds_with_persons.csv`).
        - rule: how the number is written: vague, digits or words.

    Notes
    -----
    "One", "many" and ordinals are not amounts. Dates, years, ages, scores, telephone numbers,
    numbers in names ("Brigade 17") and durations are left out, because they do not count anything.
    Vague words follow the conventions of lexicon/en/numbers/number_words.

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
            for found_amount in _find_in_text(passage.text):
                span = (found_amount.start, found_amount.end)
                event = None
                if not _is_distance_to_place(passage.text, found_amount):
                    event = _event_of_amount(passage, found_amount, sentences, article_events)
                columns = found_amount.amount._asdict() | link_to("event", event)
                rows.append(span_row(passage, *span, **columns))
    return make_table("amounts", rows)


def _is_distance_to_place(text: str, found: FoundAmount) -> bool:
    """Return whether a number only locates a place: "25 km from the border"."""
    is_measure = found.amount.label in read_words("en/numbers/measures")
    return is_measure and DISTANCE_TO_PLACE.match(text, found.end) is not None


def _event_of_amount(passage, found: FoundAmount, sentences: list, events: SpanIndex):
    """Return the nearest event of the sentence, to which the amount belongs; None if none.

    Distances, countries and houses do not belong to events whose numbers count persons: "killed
    200,000 people in 14 countries".
    """
    start = passage.start + found.start
    end = passage.start + found.end
    noun = found.amount.label
    may_count_persons = not noun or is_person_noun(noun)
    kinds_with_persons = read_words("en/events/kinds_with_persons", column="kind")
    sentence = enclosing(sentences, start) or (passage.start, passage.end)
    # However long its trigger is, an event that begins more than twice the distance away cannot be
    # near.
    first = max(sentence[0], start - 2 * MAX_DISTANCE_TO_EVENT)
    last = min(sentence[1], end + MAX_DISTANCE_TO_EVENT)

    def distance(event) -> int:
        left = min(end, event.end)
        right = max(start, event.start)
        between = passage.text[left - passage.start : right - passage.start]
        borders = len(CLAUSE_BORDER.findall(between))
        return len(between) + DISTANCE_OF_CLAUSE_BORDER * borders

    candidates = [
        (distance(event), -event.start, event)
        for event in events.between(first, last)
        if may_count_persons or event.family == "" or event.label not in kinds_with_persons
    ]
    if not candidates:
        return None
    shortest, _, event = min(candidates, key=lambda candidate: candidate[:2])
    return event if shortest < MAX_DISTANCE_TO_EVENT else None


@cache
def _number_words() -> dict[str, NumberWord]:
    """Map each word to its row of lexicon/en/numbers/number_words."""
    return {
        row["word"]: NumberWord(Fraction(row["low"]), Fraction(row["high"]), row["kind"])
        for row in read_lexicon("en/numbers/number_words")
    }


@cache
def _qualifiers() -> dict[str, str]:
    """Map qualifiers to their meanings: "at least" is at_least."""
    return {row["word"]: row["meaning"] for row in read_lexicon("en/numbers/qualifiers")}


@cache
def _scale_signs() -> dict[str, ScaleSign]:
    """Map each sign to its row of lexicon/en/numbers/scale_signs."""
    return {
        row["sign"]: ScaleSign(Fraction(row["value"]), row["condition"])
        for row in read_lexicon("en/numbers/scale_signs")
    }


def _words_of_kind(*kinds: str) -> str:
    """Return a pattern for the number words of the given kinds."""
    return either(word for word, number in _number_words().items() if number.kind in kinds)


@cache
def _number_pattern(name: str, not_after: str) -> str:
    """Return a pattern for one number with currency and scale, in groups that share a prefix."""
    scale = _words_of_kind("scale")  # dozen, hundred, million
    number = _words_of_kind("number")
    currencies = read_lexicon("en/numbers/currencies")
    currency = either(row["sign"] for row in currencies if row["kind"] != "letter")
    letter = either(row["sign"] for row in currencies if row["kind"] == "letter")
    sign = either(_scale_signs())
    parts = either([*PARTS, *(f"{part}s" for part in PARTS), "half"])
    word = rf"(?:{number}|{scale}(?:\s+and(?=\s+{number}\b))?)"
    return rf"""
        (?: {not_after}
            (?:
                (?P<{name}_currency>{currency})\s?              # "$40", "Rs 500"
              | (?P<{name}_letter>(?-i:{letter}))                # "R450m", "N50,000"
                (?=[\d.]+(?:,\d{{3}}|\s?(?:{sign}|{scale})\b))
            )?
            (?P<{name}_digits>
                \d{{1,3}}(?:,[ ]\d{{3}})*,[ ]0\d\d(?!\d)          # "170, 000", as PDF files have it
              | \d{{1,3}}(?:\.\d{{3}}){{2,}}                    # "1.234.567"
              | \d{{1,3}}(?:[\u00a0\u202f\u2009'’]\d{{3}})+      # "1 500" with a no-break space
              | \d{{1,3}}(?:[ ]\d{{3}})+(?=[ ][a-z])             # "2 500 000 euros"
              | \d{{1,2}}(?:,\d\d)+,\d{{3}}                     # "1,20,000"
              | \d+,\d{{1,2}}(?=\s+{scale}\b)                  # "3,5 million"
              | \d+(?:,\d{{3}})*(?:\.\d+)?                     # "1,500", "2.5"
            )
            (?P<{name}_fraction>[{"".join(FRACTION_SIGNS)}]|[ ]\d/\d\b)?  # "1½", "1 1/2"
            (?: \s?(?P<{name}_sign>{sign})\b(?![/:]\d)          # "3m", "1.5 bn"
                (?:(?!-\d)|(?=-\d[\d.,]*\s?(?:{sign}|{scale})\b))   # "5k-6k", not "3m-1"
              | (?![\w/:]|[.,]\d|\s*/\s*\d)                    # not "17th", "10:30", "15 / 15"
                (?!-(?!plus|{scale}\b)[a-z])                    # not "18-year-old"
            )
          | (?<![\w-])(?P<{name}_alone>[{"".join(FRACTION_SIGNS)}])        # "½ of them"
          | (?<![\w-])(?P<{name}_words>
                (?:an?\s+(?={scale}\b))?                        # "a dozen"
                {word}(?:[\s-]+{word}){{0,8}}                    # "two hundred and fifty"
            )(?!(?!-and-an?-)[\w-]*\w)                          # not "two-storey"
        )
        (?:[\s-]and[\s-]                                      # "two and a half", "one and three
            (?P<{name}_part>(?:an?|one|two|three)[\s-]{parts}\b)   # quarters"
        )?
        (?P<{name}_scale>(?:["”]?[\s-]{scale}s?\b)+)?          # "2.5 million", "$5” billion"
    """


@cache
def _amount_pattern() -> re.Pattern:
    """Return a pattern for an amount, with a group for each of its parts."""
    scale = _words_of_kind("scale")
    vague = _words_of_kind("vague", "share")  # dozens, a third
    return re.compile(
        rf"""
        (?: (?<![\w-])
            (?P<qualifier>{either(_qualifiers())}   # "at least 40"
              | (?P<between>between)                # "between 20 and 30"
            )\s+(?:the\s+)?                         # "over the 200 fighters"
        )?
        (?: (?P<vague>(?<![\w-])(?:{vague})(?![\w-]))             # "dozens"
            (?:\s+(?:(?:of\s+)?an?\s+)?(?P<multiplier>{scale})\b)?   # "half a million", "a
                                                            # quarter of a million"
          | {_number_pattern("first", NOT_INSIDE_NUMBER)}
        )
        (?: (?P<link>
                (?(between)\s+and\s+                              # "between 20 and 30"
                  |(?:\s+(?:to|or)\s+|\s?[-–]\s?))                # "two to three", "20-30"
            )
            (?P<second>{_number_pattern("second", not_after="")})
        )?
        (?: (?P<or_more>\s+or\s+more\b|\+|-plus\b)                # "12 or more", "200+", "200-plus"
          | (?P<or_so>\s+or\s+so\b)                               # "40 or so"
        )?
        (?P<percent>\s*(?:%|(?:per\s?cent|pct)\b))?               # "15 percent"
        """,
        re.IGNORECASE | re.VERBOSE,
    )


@cache
def _share_pattern() -> re.Pattern:
    """Return a pattern for shares with two numbers: "one in five", "3 out of 10", "2/3 of"."""
    number = rf"(?:\d{{1,4}}|{_words_of_kind('number')})"
    units = either(word_values("unit"))
    parts = either(PARTS)
    scale = _words_of_kind("scale")
    return re.compile(
        rf"""
          (?<![\w.,/:$€£-])(?P<part>{number})\s+(?:in|out\s+of)\s+(?:every\s+)?   # "one in every"
          (?P<whole>{number})(?![\w-]|[.,:/]\d|\s+(?:{units})s?\b)         # "five", not "5 days"
        | (?<![\w-])
          (?: (?P<count>{number})[\s-](?P<parts>{parts}s)\b                      # "three fifths"
            | (?:an?|one)[\s-](?P<one_part>{parts})(?=\s+of\b)                  # "a tenth of"
          )
          (?:\s+of\s+an?\s+(?P<multiplier>{scale})\b)?                          # "a million"
        | (?<![\w.,/:-])(?P<upper>\d)/(?P<lower>\d{{1,2}})(?=\s+of\b)           # "2/3 of"
        """,
        re.IGNORECASE | re.VERBOSE,
    )


@cache
def _opening_words() -> frozenset[str]:
    """Return the words with which an amount can begin, in lower case, unless it has a digit."""
    currencies = [row["sign"] for row in read_lexicon("en/numbers/currencies")]
    phrases = ["a", "an", "between", *_number_words(), *_qualifiers(), *currencies]
    first_words = (re.match(r"\w+", phrase.lower()) for phrase in phrases)
    return frozenset(word[0] for word in first_words if word)


@cache
def _words_of_numbers() -> frozenset[str]:
    """Return words one of which every amount contains, in lower case, unless it has a digit."""
    words = {word for phrase in _number_words() for word in re.findall(r"\w+", phrase)}
    plurals = {f"{part}s" for part in PARTS}
    return frozenset(words | PARTS.keys() | plurals) - {"a", "of"}


@cache
def _token() -> re.Pattern:
    """Return a pattern for a word, a number or a sign such as "$"."""
    signs = {row["sign"][0] for row in read_lexicon("en/numbers/currencies")}
    return re.compile(rf"\w+|[{re.escape(''.join(sorted(signs)))}]")


def _openings(text: str) -> list[int]:
    """Return the positions at which an amount can begin, from left to right.

    An amount begins with a digit, a sign or one of a few words, and a number follows closely.
    """
    opening_words = _opening_words()
    words_of_numbers = _words_of_numbers()
    openings = []
    words_to_number = MAX_WORDS_TO_NUMBER
    for token in reversed(list(_token().finditer(text))):
        word = token[0].lower()
        has_digit_or_sign = not word.isalpha()
        if has_digit_or_sign or word in words_of_numbers:
            words_to_number = 0
        else:
            words_to_number += 1
        can_open = has_digit_or_sign or word in opening_words
        if can_open and words_to_number < MAX_WORDS_TO_NUMBER:
            openings.append(token.start())
    return openings[::-1]


def _matches_at(pattern: re.Pattern, text: str, openings: list[int]) -> Iterator[re.Match]:
    """Find the matches of a pattern that begin at certain positions, without overlaps."""
    end_of_last = 0
    for position in openings:
        match = pattern.match(text, position) if position >= end_of_last else None
        if match:
            yield match
            end_of_last = match.end()


def _find_in_text(text: str) -> list[FoundAmount]:
    """Return the amounts of a passage, from left to right."""
    openings = _openings(text)
    shares = list(_find_shares(text, openings))
    amounts = list(shares)
    taken = [(share.start, share.end) for share in shares]
    for no_amount in (BROKEN_DECIMAL, LIST_NUMBER):
        taken += [match.span() for match in no_amount.finditer(text)]
    for match in _matches_at(_amount_pattern(), text, openings):
        is_taken = any(match.start() < last and first < match.end() for first, last in taken)
        if not is_taken:
            amounts += _amounts_of_match(text, match)
    return sorted(amounts, key=lambda amount: amount.start)


def _find_shares(text: str, openings: list[int]) -> Iterator[FoundAmount]:
    """Find shares with two numbers; "3 in 2019" and "four in two" are not shares."""
    for match in _matches_at(_share_pattern(), text, openings):
        first = max(0, match.start() - WIDTH_BEFORE)
        if match["parts"] and _whole_number_at_end().search(text, first, match.start()):
            continue  # "one and three quarters" is a single number
        if match["whole"]:
            count = _value(match["part"])
            whole = _value(match["whole"])
        elif match["parts"]:
            count = _value(match["count"])
            whole = PARTS[fold(match["parts"]).removesuffix("s")]
        elif match["one_part"]:
            count = 1
            whole = PARTS[fold(match["one_part"])]
        else:
            count = int(match["upper"])
            whole = int(match["lower"])
        if not 0 < count < whole <= MAX_WHOLE_OF_SHARE:
            continue
        share = Fraction(count) / Fraction(whole)
        if match["multiplier"]:  # "three fifths of a million"
            share *= _value(match["multiplier"])
        start, qualifier = _qualifier_before(text, match.start())
        noun = _counted_noun(_following_words(text, match.end()))
        rule = "digits" if match[0][0].isdigit() else "words"
        amount = _widened_amount(noun, Interval(share, share), qualifier, rule)
        yield FoundAmount(start, match.end(), amount)


@cache
def _whole_number_at_end() -> re.Pattern:
    """Return a pattern for a whole number before its fraction: "two and "."""
    number = _words_of_kind("number", "scale")
    return re.compile(rf"(?:\d|\b{number})[\s-]and[\s-]$", re.IGNORECASE)


@cache
def _qualifier_at_end() -> re.Pattern:
    """Return a pattern for a qualifier right before a number: "at least "."""
    return re.compile(rf"(?<![\w-])({either(_qualifiers())})\s+$", re.IGNORECASE)


def _qualifier_before(text: str, position: int) -> tuple[int, str]:
    """Return the start of an amount with its qualifier, and the qualifier's meaning or ""."""
    first = max(0, position - WIDTH_BEFORE)
    match = _qualifier_at_end().search(text, first, position)
    if not match:
        return position, ""
    return match.start(), _qualifiers()[" ".join(fold(match[1]).split())]


def _amounts_of_match(text: str, match: re.Match) -> Iterator[FoundAmount]:
    """Yield the amounts of a match: one, or two for "rose from 30 to 45"."""
    if fold(match["qualifier"] or "") == "up to" and _ends_in_change(text, match.start()):
        match = _amount_pattern().match(text, match.end("qualifier") + 1) or match
    if match["link"] and match["link"].strip().lower() == "to" and _follows_change(text, match):
        first = _amount_pattern().match(text, match.start(), match.start("link"))
        second = _amount_pattern().match(text, match.start("second"))
        parts = [part for part in (first, second) if part]
    else:
        parts = [match]
    shares_percent = len(parts) > 1 and bool(match["percent"])  # "rose from 30 to 45 per cent"
    for part in parts:
        amount = _read_amount(text, part)
        if amount is None:
            continue
        if shares_percent and not _has_unit(part):
            amount = amount._replace(low=amount.low / 100, high=amount.high / 100)
        yield FoundAmount(*part.span(), amount)


def _follows_change(text: str, match: re.Match) -> bool:
    """Return whether a number follows a rise or fall: "the toll rose from"."""
    before = fold(text[max(0, match.start() - WIDTH_OF_CHANGE) : match.start()])
    return bool(AFTER_CHANGE.search(before))


def _ends_in_change(text: str, position: int) -> bool:
    """Return whether a word for a rise or fall directly precedes a position: "ticked up to"."""
    return bool(CHANGE_AT_END.search(fold(text[max(0, position - WIDTH_BEFORE) : position])))


def _read_amount(text: str, match: re.Match) -> Amount | None:
    """Read an interval and what it counts; None for dates, names, scores and durations."""
    before = fold(text[max(0, match.start() - WIDTH_BEFORE) : match.start()])
    following = _following_words(text, match.end())
    noun = _counted_noun(following)
    is_length_of_time = bool(following) and following[0].removesuffix("s") in word_values("unit")
    is_page_counter = before.rstrip().endswith("/")  # "12 / 1500"
    is_time_of_day = TIME_OF_DAY.match(text, match.end())
    if is_length_of_time or is_page_counter or is_time_of_day:
        return None
    if _is_other_unit(match, noun, following) or _is_ordinal(text, match):
        return None
    if _is_part_of_number(match, before):
        return None
    is_plain_number = match["first_digits"] and not _has_unit(match)
    if is_plain_number and _is_name_or_date(text, match, before, following):
        return None

    interval = _interval(match)
    if interval is None or interval.low > interval.high or interval.low == INFINITY:
        return None
    qualifier = _qualifiers().get(" ".join(fold(match["qualifier"] or "").split()), "")
    is_one = match["first_words"] and interval.low < 2 and not match["second"]
    if is_one and not qualifier and not match["first_part"]:
        return None  # "one" is more often a pronoun than a number
    is_score = match["link"] and match["link"].strip() in ("-", "–")  # "2-0"
    if not noun and not _has_unit(match):
        is_time = CLOCK.search(before) and interval.high <= LAST_HOUR
        is_address = re.search(r"\bat\s+$", before)  # "at 34 Harbour Road"
        if is_score or ((is_time or is_address) and not _follows_change(text, match)):
            return None

    if match["or_more"]:
        qualifier = "at_least"
    elif match["or_so"]:
        qualifier = "about"
    if match["percent"]:
        interval = Interval(interval.low / 100, interval.high / 100)
    return _widened_amount(noun, interval, qualifier, _rule(match))


def _widened_amount(noun: str, interval: Interval, qualifier: str, rule: str) -> Amount:
    """Combine an interval and its qualifier, converted to floats for the table."""
    low, high = _widen(interval, qualifier)
    return Amount(noun, _as_float(low), _as_float(high), qualifier, rule)


def _as_float(number: Fraction | float) -> float:
    """Return a number as a float; a number of several hundred digits is infinite."""
    try:
        return float(number)
    except OverflowError:
        return INFINITY


def _rule(match: re.Match) -> str:
    """Return how an amount is written: vague, digits or words."""
    if match["vague"]:
        return "vague"
    return "words" if match["first_words"] else "digits"


def _has_unit(match: re.Match) -> bool:
    """Return whether a currency, a scale or a percent sign shows that this is a quantity."""
    parts = ("currency", "letter", "sign", "scale", "fraction", "alone", "part")
    has_part = any(match[f"first_{part}"] or match[f"second_{part}"] for part in parts)
    return bool(match["percent"]) or has_part


def _is_other_unit(match: re.Match, noun: str, following: Sequence[str]) -> bool:
    """Return whether a letter after a number is not a scale: "500m" are metres, "5k" is a run."""
    parts = ("first_currency", "first_letter", "second_currency", "second_letter")
    has_currency = any(match[part] for part in parts)
    is_money = has_currency or _names_currency(following)
    for name in ("first_sign", "second_sign"):
        if not match[name] or is_money:
            continue
        match _scale_signs()[match[name].lower()].condition:
            case "money":
                return True
            case "people" if noun not in _nouns_counted_in_millions():
                return True
            case "plural" if not noun:
                return True
    return False


@cache
def _nouns_counted_in_millions() -> frozenset[str]:
    """Return the nouns before which "12m" means twelve million: people, votes."""
    other_nouns = read_words("en/numbers/syntax", kind="counted in millions")
    return frozenset({*read_words("en/numbers/people"), *other_nouns})


def _is_part_of_number(match: re.Match, before: str) -> bool:
    """Return whether "million" belongs to digits that were not read: "XY3.5 million"."""
    words = match["first_words"] or ""
    is_scale_alone = _last_scale(words) > 1 and not re.search(r"[\s-]", words)
    return is_scale_alone and bool(re.search(r"\d[\s-]$", before))


def _is_ordinal(text: str, match: re.Match) -> bool:
    """Return whether "a third" is an ordinal ("a third man"); a share precedes "of"."""
    if fold(match["vague"] or "") not in ("a third", "a quarter") or match["multiplier"]:
        return False
    word = re.match(r"\s+([a-z]+)", text[match.end() : match.end() + WIDTH_BEFORE])
    return bool(word) and word[1] not in read_words("en/text/stopwords")


def _following_words(text: str, position: int) -> list[str]:
    """Return the words after an amount up to the first stop; capitals are preserved."""
    rest = DOTTED_LETTERS.sub(_without_dots, text[position : position + WIDTH_AFTER])
    clause = re.split(r"[.,;:!?()“”\"–—]", rest)[0]
    spans = word_spans(clause)[: MAX_WORDS_TO_NOUN + 1]
    words = [clause[start:end] for start, end in spans]
    words = [word if word.isupper() else fold(word) for word in words]
    if len(words) > 1 and words[0].lower() == "of":
        return words[1:]
    return words[:MAX_WORDS_TO_NOUN]


def _without_dots(letters: re.Match) -> str:
    """Return "US" for "U.S."."""
    return letters[0].replace(".", "")


def _is_name_or_date(text: str, match: re.Match, before: str, following: Sequence[str]) -> bool:
    """Recognise dates, years, ages, telephone numbers and numbers that are part of a name."""
    words_before = re.sub(r"\W+$", "", before)
    after = text[match.end() : match.end() + 2]

    months = word_values("month") | word_values("month_short")
    is_day = words_before.rpartition(" ")[2] in months  # "October 4"
    is_day = is_day or bool(following and following[0] in months)  # "4 October"
    is_phone_number = re.search(r"\d[\s-]$|\+$", before) or re.match(r"[\s-]\d", after)
    if is_day or is_phone_number:
        return True
    if " " in match["first_digits"] and _are_two_numbers(match, words_before, following):
        return True
    if _counted_noun(following):
        return False

    is_year = re.fullmatch(r"1[89]\d\d|20\d\d", match["first_digits"]) and not match["qualifier"]
    is_in_name = _number_name_at_end().search(words_before)  # "Brigade 17"
    clause_before = text[max(0, match.start() - WIDTH_OF_CHANGE) : match.start()]
    is_in_name = is_in_name or NAME_IN_CAPITALS.search(clause_before)  # "BA 117"
    is_age = (
        AFTER_NAME.search(before)
        and re.match(r",\s", after)
        # A name ends in a small letter or in "Jr."
        and (text[match.start() - 3].islower() or TITLE_AFTER_NAME.search(before))
    )
    is_parent = _parent_of().search(before)  # "a mother of 12"
    return bool(is_year or is_in_name or is_age or is_parent)


@cache
def _parent_of() -> re.Pattern:
    """Return a pattern for the words before a number of children: "a mother of"."""
    return re.compile(rf"\b{any_of('en/numbers/syntax', 'parent')}\sof\s$")


def _are_two_numbers(match: re.Match, words_before: str, following: Sequence[str]) -> bool:
    """Return whether "12 300" is not a large number: "room 12 300 people", "at 9 300 people"."""
    is_second_apart = re.search(r"\b(?:at|by|until)$", words_before)
    is_counted = _counted_noun(following) or match["second"] or _names_currency(following)
    is_name = _number_name_at_end().search(words_before)
    return bool(is_second_apart or is_name or not is_counted)


def _names_currency(following: Sequence[str]) -> bool:
    """Return whether a currency follows a number: "euros", "Swiss francs"."""
    currencies = read_words("en/numbers/currency_nouns")
    return any(word in currencies for word in following[:2])


@cache
def _number_name_at_end() -> re.Pattern:
    """Return a pattern for text that ends in a word such as "brigade", which a number follows."""
    return re.compile(rf"\b{either(read_words('en/numbers/number_names'))}$")


def _interval(match: re.Match) -> Interval | None:
    """Return the lowest and highest number of a match: 20 and 30 for "between 20 and 30"."""
    if match["vague"]:
        number = _number_words()[" ".join(fold(match["vague"]).split())]
        factor = _value(match["multiplier"]) if match["multiplier"] else 1
        low = number.low * factor
        high = number.high * factor
    else:
        low = _number(match, "first")
        high = low
    if match["second"]:
        high = _number(match, "second")
        scale = _shared_scale(match)
        if low * scale <= high:  # "2-3 million", but not "900 to 1.2 million"
            low *= scale
    return Interval(low, high)


def _number(match: re.Match, name: str) -> Fraction:
    """Return the first or second number of a match, including its scale."""
    if match[f"{name}_words"]:
        number = Fraction(parse_number(fold(match[f"{name}_words"])))
    elif match[f"{name}_alone"]:
        number = FRACTION_SIGNS[match[f"{name}_alone"]]
    else:
        number = _digits_value(match[f"{name}_digits"])
        number += _fraction_value(match[f"{name}_fraction"] or "")
    scale = _scale(match, name)
    if match[f"{name}_part"]:  # "two and a half", "a million and a quarter"
        number += _last_scale(match[f"{name}_words"] or "") * _part_value(match[f"{name}_part"])
    return number * scale


def _fraction_value(fraction: str) -> Fraction:
    """Return the value of "½" or " 1/2" after a whole number; 0 if there is none."""
    if not fraction:
        return Fraction(0)
    return FRACTION_SIGNS.get(fraction) or Fraction(fraction.strip())


def _part_value(words: str) -> Fraction:
    """Return the value of "a half" or "three quarters"."""
    count, part = re.split(r"[\s-]+", fold(words))
    denominator = 2 if part == "half" else PARTS[part.removesuffix("s")]
    return Fraction(parse_number(count) or 1) / denominator


def _scale(match: re.Match, name: str) -> Fraction:
    """Return the factor of the scale after a number: "million", "m", "lakh crore"."""
    scale = Fraction(1)
    if match[f"{name}_sign"]:
        scale = _scale_signs()[match[f"{name}_sign"].lower()].value
    for word in re.findall(r"[a-z]+", fold(match[f"{name}_scale"] or "")):
        scale *= _number_words()[word.removesuffix("s")].low
    return scale


def _last_scale(words: str) -> Fraction:
    """Return the scale at the end of number words, as in "a million"; 1 if there is none."""
    last = re.split(r"[\s-]+", fold(words))[-1]
    number = _number_words().get(last)
    return number.low if number and number.kind == "scale" else Fraction(1)


def _shared_scale(match: re.Match) -> Fraction:
    """Return the scale of the second number in a range that also applies to the first one."""
    first_has_scale = _scale(match, "first") > 1 or _last_scale(match["first_words"] or "") > 1
    if match["vague"] or first_has_scale:
        return Fraction(1)
    return max(_scale(match, "second"), _last_scale(match["second_words"] or ""))


def _digits_value(digits: str) -> Fraction:
    """Return the value of "1,500", "1.234.567", "3,5" (before a scale) or "1 500"."""
    if len(digits) > MAX_DIGITS:
        return Fraction(10) ** MAX_DIGITS
    if re.fullmatch(r"\d+,\d{1,2}", digits):
        return Fraction(digits.replace(",", "."))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", digits):
        digits = digits.replace(".", "")
    return Fraction(re.sub(r"[,\s'’]", "", digits))


def _value(words: str) -> Fraction:
    """Return the value of digits or number words: "10", "two dozen"."""
    words = fold(words)
    return Fraction(words) if words.isdigit() else Fraction(parse_number(words))


def _widen(interval: Interval, qualifier: str) -> Interval:
    """Widen an interval according to its qualifier."""
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
            return Interval(low * (1 - TOLERANCE), high)
        case "about":
            return Interval(low * (1 - TOLERANCE), high * (1 + TOLERANCE))
    return interval


@cache
def is_person_noun(noun: str) -> bool:
    """Return whether a noun denotes persons.

    Parameters
    ----------
    noun : str
        A folded noun, in the singular or the plural.

    Returns
    -------
    bool
        True also for nationalities: "americans".

    Examples
    --------
    >>> is_person_noun("firefighters"), is_person_noun("sportswomen"), is_person_noun("specimen")
    (True, True, False)
    """
    if noun.endswith(("children", "people")):  # schoolchildren, townspeople
        return True
    if noun.endswith("ies"):
        singular = noun.removesuffix("ies") + "y"
    elif noun.endswith("men"):
        singular = noun.removesuffix("men") + "man"
    else:
        singular = noun.removesuffix("s")
    nationalities = words_of("en/names/countries", "nationality")
    persons = read_words("en/speech/person_nouns")
    is_listed = noun in read_words("en/numbers/people") or noun in persons or singular in persons
    return is_listed or noun in nationalities or singular in nationalities


def _counted_noun(following: Sequence[str]) -> str:
    """Return the first plural noun after a number; words in capitals ("NATO") are names."""
    function_words = read_words("en/text/stopwords")
    plurals_without_s = read_words("en/numbers/syntax", kind="plural without s")
    words_to_pass = read_words("en/numbers/syntax", kind="between number and noun")
    if following and following[0] in read_words("en/numbers/measures"):  # "km", "kg"
        return following[0]
    for number, word in enumerate(following):
        is_plural = word.endswith("s") and not word.isupper() and word not in function_words
        if is_plural:
            return word
        is_compound = word.endswith(PLURALS_OF_COMPOUNDS) and is_person_noun(word)
        if word in plurals_without_s or is_compound:
            # "12 police officers": the second noun is the one that is counted
            next_word = following[number + 1] if number + 1 < len(following) else ""
            return next_word if next_word.endswith("s") and is_person_noun(next_word) else word
        if word in function_words and word not in words_to_pass:
            break
    return ""
