"""Evaluate the words around a date or a name as evidence for the day of writing.

An interval that excludes the true day is worse than none. A date therefore limits the day of
writing only if the text clearly describes it as past or future. Dates in quotations, which may
have been said on another day, in names ("Agenda 2030", "Expo 2020") and in names of events ("the
May 9 attack") are ignored.
"""

import re
from functools import cache
from typing import NamedTuple

from clippings.core.lexicon import either, read_words
from clippings.timeline.interpret import SENTENCE_END, past_and_future_words
from clippings.timeline.patterns import word_values

# Maximum number of characters of the sentence that are read before and after a date.
WIDTH_OF_SENTENCE = 160

# Maximum number of characters between a word such as "will" and the preposition of its date: about
# ten words.
MAX_DISTANCE_TO_FUTURE_WORD = 60

QUOTATION = re.compile(
    r"""
      “[^”\n]*(?:”|\n|$)      # “… ”, or to the end of the paragraph
    | ``.*?(?:''|\n|$)        # ``…'' of wires
    | (?<!\w)"[^"\n]+"        # "…"
    """,
    re.VERBOSE,
)

# A verb form that shows that something intended or arranged is still in the future. "Would" and
# "could" do not, because they also report past thoughts.
SURE_FUTURE = re.compile(
    rf"""
    \b(?: will | ['’]ll | shall
        | (?:is|are|am|['’]s|['’]re) \s+ (?:\w+ly\s+)?
          (?:scheduled|due|expected|set|planned|slated|to|going\s+to)
        | (?:plans?|aims?|hopes?|intends?|expects?)\s+(?:to|for)
      )\b
    [^.;:!?]{{0,{MAX_DISTANCE_TO_FUTURE_WORD}}}
    \b(?:in|on|by|for|until|from|before|of|during|at|late|early|mid)
    [\s-]+(?:the\s+)?$
    """,
    re.IGNORECASE | re.VERBOSE,
)

# A preposition before a date that, together with a verb in the past, marks the date as past.
PAST_PREPOSITION = re.compile(r"\b(?:on|in|since|during|of)\s+(?:the\s+)?$", re.IGNORECASE)


def _words_of_kind(kind: str) -> str:
    """Return a pattern for the words of one kind in lexicon/en/time/signs_of_writing."""
    words = either(read_words("en/time/signs_of_writing", kind=kind))
    return words.replace(r"\*", r"\w*")


def _any_word_of(kind: str) -> re.Pattern:
    """Compile a pattern for any word of one kind, whether capitalised or not."""
    return re.compile(rf"\b{_words_of_kind(kind)}\b", re.IGNORECASE)


# Words that allow a date to be in the future in spite of a verb in the past: "was extended to 16
# November", "shares of record on 2 January".
MAY_BE_IN_FUTURE = _any_word_of("may be in the future")

# Words before a date with a year that may then be in the future: "due in 2022".
MAY_BE_PLANNED = _any_word_of("may be planned")

# Text after a date that is not part of the name of an event: "on May 9 the", but not "the May 9
# attack".
NOT_ATTRIBUTIVE = re.compile(
    rf"\s*(?:$|[.,;:!?)\]–—”\"'’]|-\s|{either(read_words('en/text/stopwords'))}\b)", re.IGNORECASE
)

# A capitalised word, or "the" and a noun for a plan, right before a year: "Expo 2020".
NAME_BEFORE = re.compile(r"\b([A-Z][\w’'&.-]*)[\s-]+(?:the\s+)?[“\"‘']?$")


class Surroundings(NamedTuple):
    """A date or name in the text of its article."""

    text: str
    start: int
    end: int

    @property
    def before(self) -> str:
        """Return the part of the sentence before the date."""
        window = self.text[max(0, self.start - WIDTH_OF_SENTENCE) : self.start]
        return SENTENCE_END.split(window)[-1]

    @property
    def after(self) -> str:
        """Return the part of the sentence after the date."""
        return SENTENCE_END.split(self.text[self.end : self.end + WIDTH_OF_SENTENCE])[0]


def is_quoted(place: Surroundings) -> bool:
    """Return whether a date is inside quotation marks.

    Parameters
    ----------
    place : Surroundings

    Returns
    -------
    bool

    Examples
    --------
    >>> text = "“It fell in 2019,” she said in 2021."
    >>> [is_quoted(Surroundings(text, start, start + 4)) for start in (12, 31)]
    [True, False]
    """
    paragraph_start = place.text.rfind("\n", 0, place.start) + 1
    paragraph_end = place.text.find("\n", place.end)
    paragraph = place.text[paragraph_start : None if paragraph_end < 0 else paragraph_end]
    start = place.start - paragraph_start
    return any(quote.start() <= start < quote.end() for quote in QUOTATION.finditer(paragraph))


def is_in_name(place: Surroundings) -> bool:
    """Return whether a year is part of a name or title: "Expo 2020", "Agenda 2030".

    Parameters
    ----------
    place : Surroundings

    Returns
    -------
    bool

    Examples
    --------
    >>> is_in_name(Surroundings("the Agenda 2030", 11, 15))
    True
    >>> is_in_name(Surroundings("In 2030", 3, 7))
    False
    """
    name = NAME_BEFORE.search(place.before)
    follows_name = bool(name) and name[1].lower().strip(".") not in _not_names()
    after = place.text[place.end : place.end + 1]
    before = place.text[max(0, place.start - 1) : place.start]
    is_title = before in ("“", "‘", '"') and after in ("”", "’", '"')  # “1984”
    return follows_name or is_title


@cache
def _not_names() -> frozenset[str]:
    """Return capitalised words that may precede a year without forming a name with it."""
    words = {*read_words("en/text/stopwords"), *read_words("en/text/sentence_starters")}
    for kind in ("month", "month_short", "weekday", "season", "mod", "direction", "unit"):
        words.update(word_values(kind))
    words.update(read_words("en/time/signs_of_writing", kind="capitalised before a year"))
    return frozenset(words)


def is_surely_past(place: Surroundings) -> bool:
    """Return whether a date without a year is clearly in the past: "It fell on May 9."

    Parameters
    ----------
    place : Surroundings

    Returns
    -------
    bool

    Examples
    --------
    >>> for text in ("It fell on May 9.", "It was put off to May 9.", "The May 9 attack failed."):
    ...     start = text.index("May 9")
    ...     print(is_surely_past(Surroundings(text, start, start + 5)))
    True
    False
    False
    """
    if is_quoted(place) or not NOT_ATTRIBUTIVE.match(place.text, place.end):
        return False
    if not PAST_PREPOSITION.search(place.before):
        return False
    before = past_and_future_words(place.before)
    after = past_and_future_words(place.after)
    # Without a preceding verb, the date opens its sentence: "On May 9 the levee broke".
    nearest = before[-1:] or after[:1]
    is_past = nearest == ["past"] and "future" not in before
    return is_past and not MAY_BE_IN_FUTURE.search(place.before)


def may_be_planned(place: Surroundings) -> bool:
    """Return whether a date with a year may be in the future, but not certainly.

    Parameters
    ----------
    place : Surroundings

    Returns
    -------
    bool

    Examples
    --------
    >>> may_be_planned(Surroundings("bonds due in 2022", 13, 17))
    True
    """
    return bool(MAY_BE_PLANNED.search(place.before) or MAY_BE_PLANNED.match(place.after.lstrip()))


def is_surely_future(place: Surroundings) -> bool:
    """Return whether a date is clearly in the future: "They will meet in 2022."

    Parameters
    ----------
    place : Surroundings

    Returns
    -------
    bool

    Examples
    --------
    >>> for text in ("They will meet in 2022.", "They would meet in 2022."):
    ...     start = text.index("2022")
    ...     print(is_surely_future(Surroundings(text, start, start + 4)))
    True
    False
    """
    if is_quoted(place) or is_in_name(place):
        return False
    future = SURE_FUTURE.search(place.before)
    if not future or not NOT_ATTRIBUTIVE.match(place.text, place.end):
        return False
    return "past" not in past_and_future_words(future[0])


# Words that describe an office holder as a former one: "under President …", "President …'s
# administration", "in the days of President …".
LOOKS_BACK_BEFORE = re.compile(
    rf"\b{_words_of_kind('former holder follows')}\s+(?:the\s+)?$", re.IGNORECASE
)
LOOKS_BACK_AFTER = re.compile(
    rf"""
      ['’]s?\s+(?:\w+\s+)?{_words_of_kind("term of former holder")}\b     # "'s first term"
    | ,?\s+(?:who\s+)?{_words_of_kind("end of term")}\b                     # ", who served"
    | \s*\((?:19|20)\d\d                                                  # " (1981-89)"
    """,
    re.IGNORECASE | re.VERBOSE,
)

# A year in the sentence about an office holder: "President … signed it in 1996".
NAMES_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b|\byears?\s+ago\b|\bdecades?\b", re.IGNORECASE)

# Time expressions of daily news, which do not occur in articles about the past.
DAILY_TIME = rf"{_words_of_kind('time of daily news')}\b"

# Signs that an office holder is active: a verb in the present right after the name, or a time of
# daily news in the same clause.
ACTS_NOW_AFTER = re.compile(
    rf"""
      \s*,?\s*{_words_of_kind("verb of present holder")}\b     # ", says"
    | [^,;:]*?\b{DAILY_TIME}                                  # "spoke on Monday"
    """,
    re.VERBOSE,
)
ACTS_NOW_BEFORE = re.compile(rf"\b{DAILY_TIME}[^,;:]*$", re.VERBOSE)


def looks_back(place: Surroundings) -> bool:
    """Return whether the words around an office holder refer to a past term of office.

    Parameters
    ----------
    place : Surroundings
        Of the title and name.

    Returns
    -------
    bool

    Examples
    --------
    >>> text = "It was built under President Bell."
    >>> looks_back(Surroundings(text, 19, 33))
    True
    """
    if LOOKS_BACK_BEFORE.search(place.before) or LOOKS_BACK_AFTER.match(place.after):
        return True
    return bool(NAMES_YEAR.search(place.before) or NAMES_YEAR.search(place.after))


def speaks_of_present(place: Surroundings) -> bool:
    """Return whether a sentence shows an office holder in action: "said on Monday".

    Parameters
    ----------
    place : Surroundings
        Of the title and name.

    Returns
    -------
    bool

    Examples
    --------
    >>> text = "President Bell spoke on Monday."
    >>> speaks_of_present(Surroundings(text, 0, 14))
    True
    """
    return bool(ACTS_NOW_AFTER.match(place.after) or ACTS_NOW_BEFORE.search(place.before))
