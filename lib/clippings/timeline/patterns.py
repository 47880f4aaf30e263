"""Step 1: find time expressions with the patterns of the lexicon.

`find_matches` returns each expression with its kind in lexicon/en/time/patterns ("month_day",
"ago", "weekday" …). `interpret` determines what an expression of a kind means.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from operator import itemgetter

from clippings.core.lexicon import either, read_lexicon, read_words

# Maximum number of words from the first word of an expression to its head (a word for a time, or a
# number). A long example is "the first two and a half consecutive fiscal quarters"; 9 is enough for
# all examples in the lexicon.
MAX_WORDS_TO_HEAD = 9

# Qualifiers of numbers that mean something else before a time: "over a week" has a pattern of its
# own; "above" and "some" do not qualify lengths of time ("some day").
NOT_BEFORE_TIMES = frozenset({"over", "above", "some"})

# Words of the pattern that appear only inside an expression. Only "in" can also open one, as the
# first word of a qualifier ("in excess of").
NEVER_OPENING = frozenset(
    {
        "of",
        "in",
        "on",
        "and",
        "or",
        "ago",
        "to",
        "for",
        "from",
        "with",
        "by",
        "is",
        "as",
        "s",
        "after",
    }
)

# A word or a number: "4th" is two tokens.
TOKEN = re.compile(r"[^\W\d_]+|\d+")

# Number of digits. A number of any other length is not a time on its own.
DIGITS_OF_YEAR = 4

# Short words of lexicon/en/time/words ("the past", "at present") that are not expressions on their
# own.
NEVER_HEAD = frozenset({"the", "at"})

# Past-tense verbs after which a number is not an object: "was 2010 …".
NOT_VERBS_OF_ACTION = frozenset({"was", "were", "did", "said", "says", "since", "told", "came"})

SCALES = frozenset(read_words("en/numbers/number_words", kind="scale"))


@cache
def word_values(kind: str) -> dict[str, str]:
    """Look up the words of one kind with their values.

    Parameters
    ----------
    kind : str
        A kind of lexicon/en/time/words, such as "month", "unit" or "direction".

    Returns
    -------
    dict of str to str
        Word to value, the longest words first.

    Examples
    --------
    >>> word_values("season")["autumn"]
    'FA'
    """
    rows = [row for row in read_lexicon("en/time/words") if row["kind"] == kind]
    rows.sort(key=lambda row: (-len(row["word"]), row["word"]))
    return {row["word"]: row["value"] for row in rows}


@cache
def _number_words() -> dict[str, float]:
    """Map number words to their values, without vague ones such as "dozens"."""
    return {
        row["word"]: float(row["low"])
        for row in read_lexicon("en/numbers/number_words")
        if row["kind"] in ("number", "scale")
    }


def parse_number(words: str) -> float:
    """Return the value of a sequence of number words.

    Parameters
    ----------
    words : str
        Words in lower case. Words that are not number words are ignored.

    Returns
    -------
    float
        The number; 0 if there is no number word.

    Examples
    --------
    >>> parse_number("two hundred and fifty thousand")
    250000.0
    """
    values = _number_words()
    total = 0.0
    group = 0.0  # hundreds and lower, until a scale such as "thousand" completes them
    for word in re.findall(r"[a-z]+", words):
        if word not in values:
            continue
        if word in SCALES:
            group = max(group, 1) * values[word]
        else:
            group += values[word]
        # "two thousand" is complete: "three hundred" after it is added, not multiplied.
        if group >= 1000:
            total += group
            group = 0.0
    return total + group


@cache
def pieces() -> dict[str, str]:
    """Compose the named pieces of the patterns.

    Returns
    -------
    dict of str to str
        Name to regular expression: word lists (only names of months, weekdays and holidays need
        their capital) and the rows of lexicon/en/time/pieces.

    Examples
    --------
    >>> pieces()["ordinal"].endswith("(?:st|nd|rd|th))")
    True
    """
    patterns = {
        kind: either(word_values(kind))
        for kind in ("daypart", "season", "shift", "often", "ref", "decade")
    }
    weekdays = either(word.capitalize() for word in word_values("weekday"))
    short_weekdays = either(word.capitalize() for word in word_values("weekday_short"))
    short_months = either(word.capitalize() for word in word_values("month_short"))
    holidays = either(_title_case(word) for word in word_values("holiday"))
    tenses = word_values("tense")
    past_words = {word for word, tense in tenses.items() if tense == "past"}
    qualifiers = set(read_words("en/numbers/qualifiers")) - NOT_BEFORE_TIMES
    patterns |= {
        "month": _month_pattern(),
        # Inside a date that has its day, short names need no stop: "4 Oct", "Tue, 4 Oct".
        "month_name": f"(?:{_month_pattern()}|(?-i:{short_months}))",
        # Small letters suffice in a date with its day and year: "4 oct 2010".
        "small_month": f"(?-i:{either([*word_values('month'), *word_values('month_short')])})",
        "weekday": f"(?-i:{weekdays})",
        "weekday_name": rf"(?-i:{weekdays}|{short_weekdays}\.?)",
        "holiday": f"(?-i:{holidays})",
        "unit": f"{either(word_values('unit'))}s?",
        "ordinal_word": either(word_values("ordinal")),
        "number_word": either([*_number_words(), "point"]),
        "qualifier": either(qualifiers),
        "past_word": either(past_words - NOT_VERBS_OF_ACTION),
        "person_noun": either(read_words("en/numbers/people")),
        "measure": either(read_words("en/numbers/measures")),
    }
    alternatives: dict[str, list[str]] = {}
    for row in read_lexicon("en/time/pieces"):
        alternatives.setdefault(row["name"], []).append(_compose(row["pattern"], patterns))
        patterns[row["name"]] = f"(?:{'|'.join(alternatives[row['name']])})"
    return patterns


def _month_pattern() -> str:
    """Return a pattern for months; short ones need a stop or a number: "Oct.", "Oct 4"."""
    months = word_values("month")
    full = either([word.capitalize() for word in months] + [word.upper() for word in months])
    short = either(word.capitalize() for word in word_values("month_short"))
    return rf"(?-i:{full}|{short}(?:\.|(?=\s+\d)))"


def _title_case(words: str) -> str:
    """Return each word with a capital: "St. Patrick's Day" (str.title would write "Patrick'S")."""
    return re.sub("(^| ).", lambda initial: initial[0].upper(), words)


def _compose(pattern: str, named: dict[str, str]) -> str:
    """Insert the pieces into a pattern of the lexicon; a blank represents any white space."""
    return re.sub(r"<([a-z_]+)>", lambda name: named[name[1]], pattern.replace(" ", r"\s+"))


@cache
def context(name: str, where: str) -> re.Pattern:
    """Compile the rows of lexicon/en/time/contexts of one name and place.

    Parameters
    ----------
    name : str
        A name of the list, such as "opens_month".
    where : str
        The words to which the pattern is applied: "before", "after" or "in".

    Returns
    -------
    re.Pattern

    Examples
    --------
    >>> bool(context("opens_month", "before").search("it ended in "))
    True
    """
    rows = [
        _compose(row["pattern"], pieces())
        for row in read_lexicon("en/time/contexts")
        if row["name"] == name and row["where"] == where
    ]
    return re.compile("|".join(rows) or "(?!)", re.I)


# Characters at which a pattern is tried, and the rows that can match there, by `opens_with`.
DIGIT = "digit"
CAPITAL = "capital"
SMALL_LETTER = "small letter"
ROWS_THAT_OPEN_WITH = {
    DIGIT: frozenset({"digit", ""}),
    CAPITAL: frozenset({"capital", "word", ""}),
    SMALL_LETTER: frozenset({"word", ""}),
    "": frozenset({"digit", "capital", "word", ""}),
}


@cache
def _expression_pattern(opens_with: str = "") -> tuple[re.Pattern, tuple[str, ...]]:
    """Return all patterns as one, with a group for each run of rows of one kind, and their kinds.

    For DIGIT, CAPITAL or SMALL_LETTER, only rows that can match at such a character are included.
    """
    kinds = []
    groups = []
    all_rows = read_lexicon("en/time/patterns")
    values = ROWS_THAT_OPEN_WITH[opens_with]
    rows_to_try = [row for row in all_rows if row["opens_with"] in values]
    for kind, rows in groupby(rows_to_try, key=itemgetter("kind")):
        kinds.append(kind)
        groups.append("|".join(_compose(row["pattern"], pieces()) for row in rows))
    expression = "|".join(f"({group})" for group in groups)
    # No expression begins inside a word, after a currency sign or number sign, or in the middle
    # of "1,990" or "3-2010".
    pattern = re.compile(rf"(?<![\w$£€#])(?<!\d[.,-])(?:{expression})(?!\w)", re.I)
    return pattern, tuple(kinds)


@cache
def _openers() -> frozenset[str]:
    """Return words that can open an expression: all words in the pattern, with and without an s."""
    qualifiers = {words.split()[0] for words in read_words("en/numbers/qualifiers")}
    return (_words_inside() - NEVER_OPENING) | qualifiers


@cache
def _words_inside() -> frozenset[str]:
    """Return all words that can appear in an expression: those of the pattern, also with an s."""
    pattern, _ = _expression_pattern()
    words = frozenset(re.findall(r"[a-z]+", pattern.pattern.lower()))
    plurals = {f"{word}s" for word in words}
    parts_of_clock_times = {"am", "pm", "a", "p"}  # in the pattern as [ap]m
    return words | plurals | parts_of_clock_times


@cache
def _heads() -> frozenset[str]:
    """Return words one of which every expression contains, unless it contains a number."""
    words: set[str] = set()
    for row in read_lexicon("en/time/words"):
        if row["kind"] != "tense":
            words.update(row["word"].split())
    plurals = {f"{word}s" for word in words}
    return frozenset(words | plurals | set(read_words("en/numbers/number_words"))) - NEVER_HEAD


def find_matches(text: str) -> Iterator[tuple[str, re.Match]]:
    """Find the time expressions of a text.

    Parameters
    ----------
    text : str
        Any text, such as a passage.

    Yields
    ------
    (str, re.Match)
        The kind (in lexicon/en/time/patterns) and the match, from left to right, without overlaps.

    Notes
    -----
    The pattern is tried only at words that can open an expression and are followed closely by its
    head (a word for a time, or a number), with only words of expressions in between. Trying it at
    every character takes several times as long.

    Examples
    --------
    >>> text = "It rained for two days until early Friday."
    >>> [(kind, match[0]) for kind, match in find_matches(text)]
    [('duration', 'two days'), ('weekday', 'early Friday')]
    """
    words = [word.lower() for word in TOKEN.findall(text)]
    openings = _openings(words)
    if not openings:  # as in most short passages
        return
    starts = [token.start() for token in TOKEN.finditer(text)]
    at_digit = _expression_pattern(DIGIT)
    at_capital = _expression_pattern(CAPITAL)
    at_small_letter = _expression_pattern(SMALL_LETTER)
    end_of_last = 0
    for number in openings:
        start = starts[number]
        if start < end_of_last:
            continue
        if words[number][0].isdigit():
            pattern, kinds = at_digit
        elif text[start].isupper():
            pattern, kinds = at_capital
        else:
            pattern, kinds = at_small_letter
        match = pattern.match(text, start)
        if match:
            yield kinds[match.lastindex - 1], match
            end_of_last = match.end()


def _openings(words: list[str]) -> list[int]:
    """Return the numbers of the words, in lower case, at which an expression can begin."""
    openers = _openers()
    heads = _heads()
    words_inside = _words_inside()
    openings = []
    next_word = ""
    words_to_head = MAX_WORDS_TO_HEAD
    for number in range(len(words) - 1, -1, -1):
        word = words[number]
        is_number = word[0].isdigit()
        is_opener = word in openers
        if is_number or word in heads:
            words_to_head = 0
        elif is_opener or word in words_inside:
            words_to_head += 1
        else:  # no expression contains this word
            words_to_head = MAX_WORDS_TO_HEAD
        if (is_number or is_opener) and words_to_head < MAX_WORDS_TO_HEAD:
            stands_alone = len(word) == DIGITS_OF_YEAR if is_number else word in heads
            goes_on = next_word in words_inside or next_word[:1].isdigit()
            if stands_alone or goes_on:
                openings.append(number)
        next_word = word
    return openings[::-1]
