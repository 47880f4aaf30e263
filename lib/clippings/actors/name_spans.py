"""Find the boundaries of names in sequences of capitalised words.

Words that open a sentence, dates, titles and adjectives of nations are removed from each sequence.
In a line of capitals, only names that are known from other lines are found.
"""

import re
from collections.abc import Collection, Iterator
from enum import StrEnum
from typing import NamedTuple

from clippings.actors.first_names import clear_first_names, first_names
from clippings.actors.offices import (
    FIELDS,
    HEAD_PREPOSITIONS,
    JOINTS_IN_OFFICES,
    RANKS,
    TITLES,
    is_title,
    span_before_title,
    words_of_field,
)
from clippings.core.lexicon import any_of, either, read_words, words_of
from clippings.core.sentences import sentence_spans
from clippings.core.spans import enclosing
from clippings.core.tokens import fold, word_spans

Span = tuple[int, int]


class Position(StrEnum):
    """The position of a name, which determines how reliable its capital is."""

    IN_SENTENCE = "in sentence"
    SENTENCE_START = "sentence start"  # one word, which has its capital anyway
    AFTER_TITLE = "after title"  # "President Anna Bell"
    BEFORE_TITLE = "before title"  # "Acme" in "Acme CEO Anna Bell"
    LINE_OF_CAPITALS = "line of capitals"  # a run of words in a headline, not cut yet
    OTHER_WORD = "other word"  # a month or common word, which may also be somebody's surname
    THING = "thing"  # it does not act, though its name sounds like a person's: "Storm Anna"


class NameSpan(NamedTuple):
    """A stretch of a passage that may be a name."""

    start: int
    end: int
    position: Position


class _CutRun(NamedTuple):
    """The part of a run of capitalised words that may be a name; numbers of words."""

    first: int
    end: int
    before_title: Span | None  # another name before the title: "Acme" in "Acme CEO Anna Bell"
    follows_office: bool  # a title, or the field of an office, precedes the name


BLANKS = " \xa0\u202f\n\r\t"
MAX_NAME_WORDS = 8  # words; longer runs are lists without commas
MAX_SMALL_WORDS = 2  # words in lower case in a row inside a name: "of the", "de la"
MAX_KNOWN_NAME_WORDS = 5  # words of a name that is looked up in a line of capitals
MONTH_CONTEXT_LENGTH = 16  # characters before a month, in which "in early" can be
MAX_NICKNAME_WORDS = 4  # words in marks inside a name: “Hands of Stone”

# A heading has capitals on all words; so few words prove nothing.
MIN_HEADING_WORDS = 4
MIN_TITLE_WORDS = 6  # capitalised words in a row that are more than a name
MIN_HEADLINE_WORDS = 2  # where the page marks a headline, fewer words prove it
MIN_CAPITALS_WORDS = 2
MIN_CAPITALS_WORDS_WITH_DIGITS = 4  # "ROME 75 59" is a line of a table
MIN_COMMON_HEADING_WORDS = 2  # words that would have no capital in a sentence

MONTHS = words_of("en/time/words", kind="month")
SHORT_MONTHS = words_of("en/time/words", kind="month_short")
MONTHS_AND_WEEKDAYS = MONTHS | words_of("en/time/words", kind="weekday")
ORGANISATION_HEADS = words_of("en/names/organisation_heads")  # Bank of …, Water Board
PLACE_HEADS = words_of("en/names/place_heads")  # City of …, … Province
THING_HEADS = words_of("en/names/thing_heads")  # they do not act: events, laws, prizes, hours
NAME_HEADS = ORGANISATION_HEADS | PLACE_HEADS | THING_HEADS
NATIONALITIES = words_of("en/names/countries", "nationality")
COUNTRIES = words_of("en/names/countries", "country")
KNOWN_PLACES = COUNTRIES | words_of("en/names/places")
PARTICLES = words_of("en/names/particles")
SENTENCE_STARTERS = words_of("en/text/sentence_starters")
SENTENCE_OPENERS = (
    words_of("en/text/stopwords")
    | words_of("en/names/name_openers")
    | SENTENCE_STARTERS
    | MONTHS_AND_WEEKDAYS
)
ORDINARY_OPENERS = SENTENCE_OPENERS - MONTHS_AND_WEEKDAYS - TITLES - KNOWN_PLACES
ABBREVIATIONS_IN_NAMES = words_of("en/text/abbreviations", kind="title") | words_of(
    "en/text/abbreviations", kind="either"
)  # St. Louis, U.S. Steel

DIRECTIONS = words_of("en/names/syntax", kind="direction")
THING_OPENERS = words_of("en/names/syntax", kind="opens a thing")
CLEAR_FIRST_NAMES = clear_first_names() - TITLES
PERSON_SUFFIXES = words_of("en/names/syntax", kind="suffix of a person")
SHORT_COMPANY_WORDS = words_of("en/names/syntax", kind="short word of a company")
PLURALS_WITH_APOSTROPHE = words_of("en/names/syntax", kind="plural with apostrophe s")
OWNERS_OF_INSTITUTIONS = words_of("en/names/syntax", kind="owner of institutions")
SAINT = words_of("en/names/syntax", kind="saint")
OWNED_INSTITUTIONS = words_of("en/names/syntax", kind="owned institution")
NAMES_WITH_APOSTROPHE = frozenset(  # by their last word: "poor" of "Standard & Poor's"
    fold(name).split()[-1].removesuffix("'s")
    for name in read_words("en/names/names_with_apostrophe")
)
# As they are written: "MA" is a degree, "Ma" a surname
POST_NOMINALS = frozenset(read_words("en/names/post_nominals"))
DEGREES_WITH_STOPS = tuple(word for word in POST_NOMINALS if "." in word)
POST_NOMINALS_ONLY = frozenset(read_words("en/names/post_nominals", alone="yes"))

WORD_IN_BRACKETS = re.compile(r"\[[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?\]")  # Anna *[Bell]*
OPENING_SIGNS = "“\"‘'«„:("  # he asked: “*Did* Bell leave?”
FUNCTION_WORDS = words_of("en/names/syntax", kind="function word")
NOT_ADVERBS = first_names() | KNOWN_PLACES | NAME_HEADS | MONTHS  # Kelly, Italy, Assembly, July
CONTESTS = words_of("en/names/syntax", kind="pageant")
TITLES_WITHOUT_OFFICE = words_of("en/names/syntax", kind="title without an office")
OFFICES = words_of("en/speech/source_nouns", source_type="official")
TITLES_IN_CONTESTS = words_of("en/names/syntax", kind="title of a pageant")
PARTY_TAG = re.compile(r"[DRI]-[A-Z]")  # Anna Bell, *R-Fla.*
NICKNAME = re.compile(
    rf"""
    (?<= [\w.] ) [ ]
    (?: [“"‘'«„] (?P<marked>
            [^\W\d_a-z][\w'’.-]* (?: [ ](?: of | the | de | del | la | [A-Z][\w'’.-]* ))
            {{0,{MAX_NICKNAME_WORDS - 1}}}
        ) [”"’'»“]                                  # Anna “Annie” Bell
      | \( (?P<bracketed> [A-Z][a-z]+ ) \)          # Robert (Bob) Reed
    )
    [ ] (?P<next> (?=[^\W\d_a-z]) )
    """,
    re.VERBOSE,
)
INITIALS = re.compile(r"(?:[A-Z]\.)+")  # John “*J.R.*” Reed
# What makes "May" a month and not Mrs May
BEFORE_MONTH = re.compile(
    rf"\b(?:{any_of('en/names/syntax', 'before a month')})[\s-]+"
    rf"(?:{any_of('en/names/syntax', 'part of a month')})?[\s-]*$",
    re.IGNORECASE,
)
DETERMINER_BEFORE = re.compile(  # *the* King, but "King left" and "Mr King"
    rf"\b{any_of('en/speech/function_words', 'determiner')}\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
LIST_BEFORE_MONTH = re.compile(  # April and May, but not "Bell left, and May stayed"
    rf"\b{either(MONTHS | SHORT_MONTHS)}\.?,?\s+(?:and|or|to)\s+$", re.IGNORECASE
)
PEOPLE_NOUNS = TITLES | {noun for noun in words_of("en/speech/source_nouns") if " " not in noun}
PAST_VERBS_OF_SAYING = frozenset(
    verb
    for verb in words_of("en/speech/reporting_verbs")
    if verb.endswith("ed") and verb not in first_names()
)
OFFICE_PREPOSITIONS = read_words("en/names/syntax", kind="between an office and its body")
OFFICE_BEFORE = re.compile(  # *governor of the* Bank of Ostrand Anna Bell
    rf"\b{either(PEOPLE_NOUNS)}\s+{either(OFFICE_PREPOSITIONS)}\s+(?:the\s+)?$", re.IGNORECASE
)
WORDS_AFTER_OFFICE = tuple(f"{word} " for word in (*OFFICE_PREPOSITIONS, "the"))
OFFICE_CONTEXT_LENGTH = 40  # characters before a name, where a noun for people and "of the" appear
FIRST_NAMES_AFTER_OFFICES = first_names() - KNOWN_PLACES - NAME_HEADS - FIELDS
OFFICE_IN_CAPITALS = re.compile(r"[A-Z]{2,4}")  # VP, DCI
MAX_WORDS_AFTER_OFFICE_IN_CAPITALS = 3  # words of a person's name
# "TOM Adam Bell" (but MD is hardly Mohammed), "BELL II", "UK", and offices that a list has
NOT_OFFICES_IN_CAPITALS = {name for name in first_names() if len(name) > 2}
NOT_OFFICES_IN_CAPITALS |= PERSON_SUFFIXES | TITLES | COUNTRIES
RANKS_BEFORE_FIRST_NAMES = words_of("en/names/syntax", kind="rank before a first name")
AFTER_MONTH = re.compile(r"[.,]?\s*\d")  # May 5
VERB_AFTER = re.compile(  # Lund *said*; (Wendy's) *announced*
    rf"\s+(?:{'|'.join(sorted(words_of('en/names/type_clues', side='after', type='person')))})\b"
)
S_AND_VERB = re.compile(  # Wendy*’s* (announced)
    rf"['’]s(?=\s+{any_of('en/names/syntax', 'verb after a name in s')}\b)"
)
S_AFTER = re.compile(r"['’]s\b")
PARTICIPLE_AFTER_HYPHEN = re.compile(  # Rome*-based*, Saudi*-led*
    rf"[-‑](?:{any_of('en/names/syntax', 'participle after a hyphen')})$"
)
CONTRACTION = re.compile(r"['](?:m|re|ll|ve|d|t)$")  # I'm, We're, Don't
_FIELD = either(FIELDS)
# A field of an office that no list has is an ordinary noun, by its ending: "Education and
# *Skills*", but not "Education and Ofsted"
ORDINARY_NOUN = re.compile(r"(?:s|tion|ment|ing|ure|ism|ity|ance|gy|cy|ry)$")
# Nouns that nobody is called and no organisation is
ABSTRACT_NOUN = re.compile(r"(?:tion|ment|ism|ity|ance|ology)$")
ORDINARY_ADJECTIVE = re.compile(r"[a-z]{3}(?:(?<!v)ic|al)$")  # *Oceanic* and *Atmospheric* Bureau
WORDS_OF_NAME = re.compile(r"(?:[ ][A-Z][\w-]+){1,2}")
LIST_OF_FIELDS = re.compile(  # Ministry of Health, (*Work and* Sport)
    rf"(?:{_FIELD},\s)*(?:{_FIELD},?\s)?and\s+[A-Z]\w+(?!\s+of\b)", re.IGNORECASE
)
HEADS_BEFORE_ON = words_of("en/names/syntax", kind="organisation on a subject")
MINISTRIES = words_of("en/names/syntax", kind="ministry")
PARTICIPLE_WITH_OBJECT = re.compile(  # *Bringing Acme back*, but not "Bowling Green lost"
    r"[A-Z][a-z]*[aeiouy][a-z]*ing(?:\s[A-Z][\w-]*)+\s+"
    rf"{any_of('en/names/syntax', 'after the object of a participle')}\b"
)
NOT_PARTICIPLES = first_names() | KNOWN_PLACES | NAME_HEADS | FIELDS | TITLES
PRONOUN_GOES_ON = re.compile(r"['’]|\s+[a-z]")  # I*'m*, I *am*
FIRST_BLANK = re.compile(r"\s|$")
AFTER_S_OWNED = re.compile(  # St. Mary’s *roof*, but not "St. Mary’s on Monday"
    rf"\s+(?!{any_of('en/names/syntax', 'after the name of a church')}\b)[a-z]+\b"
)
FIRST_LETTER = re.compile(r"\W*")
WORD_OF_TWO_LETTERS = re.compile(r"[^\W\d_]{2,}")
WORD_OF_FOUR_LETTERS = re.compile(r"[^\W\d_]{4,}")


def is_nationality(word: str) -> bool:
    """Recognise the adjective or the people of a state, a faith or a party.

    Parameters
    ----------
    word : str
        A folded word.

    Returns
    -------
    bool
        True for "iraqi", "germans" and "african-american".

    Examples
    --------
    >>> is_nationality("germans"), is_nationality("rome")
    (True, False)
    """
    first, _, last = word.rpartition("-")
    if word in NATIONALITIES or word.removesuffix("s") in NATIONALITIES:
        return True
    is_name = first in PARTICLES  # al-Arab
    return not is_name and (last in NATIONALITIES or last.removesuffix("s") in NATIONALITIES)


def name_spans(
    text: str, taken: list[Span], common_words: set[str], *, is_headline: bool = False
) -> Iterator[NameSpan]:
    """Find the stretches of a passage that may be names.

    Parameters
    ----------
    text : str
        A passage.
    taken : list of (int, int)
        Spans that are names already, in order.
    common_words : set of str
        The folded words that the article also writes in lower case.
    is_headline : bool, default False
        Whether the passage is a headline, in which all words may have capitals.

    Yields
    ------
    NameSpan
        In order. Runs in a line of capitals are not cut: see `names_within`.

    Notes
    -----
    Names in lower case are not found.

    Examples
    --------
    >>> text = "Yesterday President Anna Bell met Germans in Rome."
    >>> [(text[name.start : name.end], str(name.position)) for name in name_spans(text, [], set())]
    [('Anna Bell', 'after title'), ('Rome', 'in sentence')]
    """
    sentences = sentence_spans(text)
    headings = [
        span for span in sentences if _is_heading(text[slice(*span)], common_words, is_headline)
    ]
    first_words = {start + FIRST_LETTER.match(text[start:end]).end() for start, end in sentences}
    for run in _capitalised_runs(text, taken, _nickname_edges(text)):
        start = run[0][0]
        is_inside = len(run) > 1 and start not in first_words and not _is_opened(text, start)
        if (
            enclosing(headings, start)
            or _is_title_of_text(text, run)
            or (is_inside and _is_function_word(text, run[0]))
        ):
            yield NameSpan(start, run[-1][1], Position.LINE_OF_CAPITALS)
        else:
            yield from _names_in_run(text, run, start in first_words, common_words)


def names_within(text: str, start: int, end: int, known: Collection[str]) -> Iterator[Span]:
    """Find known names in a run of words of a line of capitals.

    Parameters
    ----------
    text : str
        A passage.
    start, end : int
        The run.
    known : collection of str
        Folded names.

    Yields
    ------
    (int, int)
        Spans in order; the longest name at each place.

    Examples
    --------
    >>> text = "ANNA BELL LEAVES ROME"
    >>> [text[start:end] for start, end in names_within(text, 0, 21, {"rome", "bell", "anna bell"})]
    ['ANNA BELL', 'ROME']
    """
    words = word_spans(text[start:end], start)
    first = 0
    while first < len(words):
        longest = min(MAX_KNOWN_NAME_WORDS, len(words) - first)
        word_count = 1
        for size in range(longest, 0, -1):
            span = words[first][0], words[first + size - 1][1]
            if " ".join(fold(text[slice(*span)]).split()) in known:
                yield span
                word_count = size
                break
        first += word_count


def _is_heading(sentence: str, common_words: set[str], is_headline: bool) -> bool:
    """Return whether all words have capitals, or are in capitals: "Anna Bell Leaves After Rain"."""
    if sentence.isupper():
        has_digits = any(map(str.isdigit, sentence))
        min_words = MIN_CAPITALS_WORDS_WITH_DIGITS if has_digits else MIN_CAPITALS_WORDS
        return len(WORD_OF_TWO_LETTERS.findall(sentence)) >= min_words
    words = WORD_OF_FOUR_LETTERS.findall(sentence)
    if (
        is_headline
        and len(words) >= MIN_HEADLINE_WORDS
        and all(word[0].isupper() for word in words)
    ):
        return True
    if len(words) < MIN_HEADING_WORDS or not all(word[0].isupper() for word in words):
        return False
    folded = map(fold, words)
    common = [word for word in folded if word in common_words or word in ORDINARY_OPENERS]
    return len(common) >= MIN_COMMON_HEADING_WORDS


def _is_title_of_text(text: str, run: list[Span]) -> bool:
    """Return whether a run is not a name: "Anna Bell Goes After Tom Reed", "Anna Bell Is Right"."""
    if any(_is_function_word(text, span) for span in run[1:]):
        return True
    if len(run) < MIN_TITLE_WORDS:
        return False
    words = {fold(text[slice(*span)]) for span in run}
    if sum(len(word) > 1 and not is_title(word) for word in words) < MIN_TITLE_WORDS:
        return False
    return words.isdisjoint(NAME_HEADS) and words.isdisjoint(PARTICLES | HEAD_PREPOSITIONS)


def _is_opened(text: str, start: int) -> bool:
    """Return whether an opening mark or a colon comes right before an offset."""
    before = text[max(0, start - 2) : start].rstrip()
    return bool(before) and before[-1] in OPENING_SIGNS


def _is_function_word(text: str, span: Span) -> bool:
    """Return whether a word of a run is in no name of an actor; "AS" and "IS" are acronyms."""
    start, end = span
    is_acronym = end - start > 1 and text[start:end].isupper()
    return not is_acronym and fold(text[start:end]) in FUNCTION_WORDS


def _nickname_edges(text: str) -> set[int]:
    """Return the offsets of words that continue a name after a mark: Anna “Annie” Bell."""
    edges = set()
    for match in NICKNAME.finditer(text):
        first_name = fold(text[: match.start()].rpartition(" ")[2]).strip("“\"'(")
        is_sentence = text[match.end() - 3] in ".,!?" and not INITIALS.fullmatch(
            match["marked"] or ""
        )
        if first_name.endswith("'s") or is_sentence:  # Lund's “Yes.” Then
            continue
        if match["bracketed"]:
            is_name = first_name in first_names() and fold(match["bracketed"]) in first_names()
        else:
            is_name = not (first_name in SENTENCE_OPENERS or is_title(first_name.strip(".")))
        if is_name:
            edges |= {match.start("marked"), match.start("bracketed"), match.start("next")}
    return edges


def _capitalised_runs(
    text: str, taken: list[Span], nickname_edges: set[int]
) -> Iterator[list[Span]]:
    """Yield runs of capitalised words, with particles and "of" inside and only blanks between."""
    run: list[Span] = []
    small: list[Span] = []  # words in lower case that belong to the run if a capital follows
    blocks = iter([*taken, (len(text) + 1, len(text) + 1)])
    block_start, block_end = next(blocks)
    for start, end in word_spans(text):
        while block_end <= start:
            block_start, block_end = next(blocks)
        is_free = block_start >= end
        if run:
            last = small[-1] if small else run[-1]
            is_joined = (
                is_free
                and len(run) < MAX_NAME_WORDS
                and (start in nickname_edges or _is_joined(text, last, start, run))
            )
            if is_joined and small and text[start].isupper():
                is_joined = _is_joined_by(text, run, small, (start, end))
            if not is_joined:
                yield run
                run = []
                small = []

        word = text[start:end]
        if is_free and _is_capitalised(word):
            participle = PARTICIPLE_AFTER_HYPHEN.search(word)  # "Rome | -based"
            name_end = start + participle.start() if participle else end
            run = [*run, *small, (start, name_end)]
            small = []
            if participle:
                yield run
                run = []
        elif (
            run
            and is_free
            and len(small) < MAX_SMALL_WORDS
            and _may_join(text, run, small, fold(word))
        ):
            small.append((start, end))
        elif run:
            yield run
            run = []
            small = []
    if run:
        yield run


def _is_capitalised(word: str) -> bool:
    """Return whether a word has the capital of a name: "Bell", "al-Hussein"."""
    if word[0].isupper():
        return True
    particle, _, name = word.partition("-")
    return name[:1].isupper() and fold(particle) in PARTICLES


def _is_joined(text: str, last: Span, start: int, run: list[Span]) -> bool:
    """Return whether two words may belong to one name, judging by the signs between them."""
    between = text[last[1] : start]
    gap = between.strip(BLANKS)
    if not gap:
        return "\n" not in between
    word = fold(text[slice(*last)])
    if gap in ("'", "’"):
        return _is_joined_by_apostrophe(text, word, start, run)
    if gap in ("'s", "’s"):
        return _is_joined_by_s(text, word, start, run)
    if gap == ".":  # J. R. Smith, St. Louis, Bell Bros. Corp.
        if word in PERSON_SUFFIXES:
            return False
        return (
            len(word) == 1
            or word in ABBREVIATIONS_IN_NAMES
            or (word in SHORT_COMPANY_WORDS and _next_word(text, start) in SHORT_COMPANY_WORDS)
        )
    if gap == "," and _is_list_of_fields(text, start, run):
        return True
    if gap == "," or gap == ".,":  # Tom Bell, Jr.
        return text.startswith(("Jr", "Sr"), start) and not text[start + 2 : start + 3].isalpha()
    if gap == "[":  # Anna [Bell]
        return word in CLEAR_FIRST_NAMES and bool(WORD_IN_BRACKETS.match(text, start - 1))
    if gap == "]":  # [Anna] Bell
        return word in CLEAR_FIRST_NAMES and text.startswith("[", last[0] - 1)
    return gap == "&"  # Marks & Spencer


def _next_word(text: str, start: int) -> str:
    """Return the folded word that starts at an offset."""
    return fold(text[start : FIRST_BLANK.search(text, start).start()].strip(".,;:!?”\"'’)"))


def _is_joined_by_apostrophe(text: str, word: str, start: int, run: list[Span]) -> bool:
    """Return whether the owner is part of the name: Farmers' Union, but not "James' Club"."""
    if word in PLURALS_WITH_APOSTROPHE:
        return True
    next_word = _next_word(text, start)
    is_saint = len(run) > 1 and fold(text[slice(*run[-2])]) in SAINT
    if is_saint and word.endswith("s"):  # St Thomas' Hospital
        return next_word in NAME_HEADS or next_word in OWNED_INSTITUTIONS
    if not word.endswith("s") or word in first_names():
        return False
    # "Jeff Bezos' Blue Origin": a person owns something
    if len(run) > 1 and fold(text[slice(*run[0])]) in first_names():
        return False
    # "Farmers' Union", "National Farmers' Union of Rome": what follows is the kind of organisation
    if next_word in NAME_HEADS or next_word in FIELDS:
        return True
    # "Workers' Compensation Board", but not "Rivers' Acme Bank"
    is_plural_of_people = is_title(word.removesuffix("s")) or word.removesuffix("s") in PEOPLE_NOUNS
    has_head = _next_word(text, start + len(next_word) + 1) in ORGANISATION_HEADS
    return has_head and (is_plural_of_people or bool(ABSTRACT_NOUN.search(next_word)))


def _is_joined_by_s(text: str, word: str, start: int, run: list[Span]) -> bool:
    """Return whether the owner is part of the name: People's Party, but not "Rome's Forum"."""
    if word in PLURALS_WITH_APOSTROPHE:
        return True
    next_word = _next_word(text, start)
    if word in NAMES_WITH_APOSTROPHE:  # McDonald's Corp., but not "McDonald's Anna Bell"
        return next_word in ORGANISATION_HEADS
    is_saint = len(run) > 1 and fold(text[slice(*run[-2])]) in SAINT
    if word in OWNERS_OF_INSTITUTIONS or is_saint:  # King's College, St. Mary's Hospital
        return next_word in NAME_HEADS or next_word in OWNED_INSTITUTIONS
    return False


def _is_joined_by(text: str, run: list[Span], small: list[Span], span: Span) -> bool:
    """Return whether a capitalised word continues a name after "and", "for the", "on" and the like.

    "Ministry of Health and Sport", "Ministry of Culture and the Arts", but not "University of Rome
    and the Ministry of Health" or "Bank of Rome and Anna Bell".
    """
    joint = fold(text[slice(*small[0])])
    word = fold(text[slice(*span)])
    if joint == "on":  # Commission on Safety, but not "the Commission on Monday"
        is_other_name = word in MONTHS_AND_WEEKDAYS or word in KNOWN_PLACES or word in first_names()
        return not is_other_name and not is_nationality(word)
    if joint in HEAD_PREPOSITIONS and len(small) > 1:  # Ministry for the Environment
        return _is_field(word) or word in ORGANISATION_HEADS
    if joint != "and":
        return True
    if len(small) > 1:  # Culture and the Arts, but not "and the State of Ostrand"
        return word in FIELDS and not text.startswith(" of ", span[1])
    last_word = fold(text[slice(*run[-1])])
    has_of = any(fold(text[slice(*word_span)]) in HEAD_PREPOSITIONS for word_span in run)
    if not has_of:  # Food and Drug Administration
        return _is_field_of_head(text, span)
    if word in FIELDS:
        return True
    is_other_name = word in first_names() or word in ORGANISATION_HEADS or is_title(word)
    if is_other_name or word in KNOWN_PLACES:
        return False
    if last_word in FIELDS and word in PLACE_HEADS:  # Land and Sea
        return not text.startswith(" of ", span[1])
    if ABSTRACT_NOUN.search(word):  # Disease Control and Prevention
        return True
    is_ordinary = bool(ORDINARY_NOUN.search(word)) or _next_word(text, span[1] + 1) in FIELDS
    return last_word in FIELDS and is_ordinary


def _is_field_of_head(text: str, span: Span) -> bool:
    """Return whether a word after "and" is a field, and the head of both fields follows it.

    "Food and *Drug Administration*", but not "Health and Tarnow Bank".
    """
    word = fold(text[slice(*span)])
    rest = WORDS_OF_NAME.match(text, span[1])
    if not rest or not ORGANISATION_HEADS.intersection(fold(rest[0]).split()[-1:]):
        return False
    is_head = word in ORGANISATION_HEADS and not word.endswith("s")
    return _is_field(word) or is_head


def _may_be_first_field(words: list[str]) -> bool:
    """Return whether a run ends with a field that may share its head: Securities (and Exchange)."""
    word = words[-1]
    if words[0] in first_names():  # Anna Marsh (and Water Board)
        return False
    if word in ORGANISATION_HEADS:  # not "Senate (and Health Department)"
        return word.endswith("s")
    return _is_field(word)


def _is_field(word: str) -> bool:
    """Return whether a word says what an office is for, in any number: drug, oceanic."""
    if word in first_names() or word in KNOWN_PLACES or is_nationality(word):
        return False
    is_listed = not FIELDS.isdisjoint((word, f"{word}s", word.removesuffix("s")))
    return is_listed or bool(ORDINARY_ADJECTIVE.search(word))


def _is_list_of_fields(text: str, start: int, run: list[Span]) -> bool:
    """Return whether a list after a comma continues a name: Ministry of Work, *Arts and Sport*."""
    words = [fold(text[slice(*span)]) for span in run]
    if HEAD_PREPOSITIONS.isdisjoint(words):
        return False
    return words[-1] in FIELDS and bool(LIST_OF_FIELDS.match(text, start))


def _may_join(text: str, run: list[Span], small: list[Span], word: str) -> bool:
    """Return whether a word in lower case can be part of a name.

    "Ministry of Health and Sport", "Ludwig van Beethoven", but not "Rome and Paris".
    """
    if word not in ("of", "for", "on", "and", "the"):
        return word in PARTICLES
    words = [fold(text[slice(*span)]) for span in run]
    heads = ORGANISATION_HEADS | PLACE_HEADS
    last_word = words[-1] if words[-1] in heads else words[-1].removesuffix("s")
    if word == "of":  # Bank of Ostrand, Institutes of Health
        return last_word in heads
    if word == "for" and last_word in ORGANISATION_HEADS:  # Department for Education
        return True
    if word == "on":
        return last_word in HEADS_BEFORE_ON
    if word == "and" and not small and _may_be_first_field(words):
        return True  # Food and Drug Administration
    if word == "the" and small and fold(text[slice(*small[-1])]) in HEAD_PREPOSITIONS:
        return last_word in MINISTRIES  # Ministry for the Environment
    has_preposition = not HEAD_PREPOSITIONS.isdisjoint(words)
    return has_preposition and not heads.isdisjoint(words)


def _names_in_run(
    text: str, run: list[Span], opens_sentence: bool, common_words: set[str]
) -> Iterator[NameSpan]:
    """Yield the names in a run, without the words at its ends that do not belong to them."""
    words = [fold(text[slice(*span)]) for span in run]
    if opens_sentence and len(run) == 1 and words[0] in ORDINARY_OPENERS:
        return  # a quick end for most words that open sentences
    if _begins_with_kind_of_thing(words):
        yield NameSpan(run[0][0], run[-1][1], Position.THING)
        return
    if PARTY_TAG.match(text, run[0][0]) and text[: run[0][0]].endswith(("(", ", ")):
        return  # (D-Newport News)
    capitals_number = _office_in_capitals(text, run, words)
    if capitals_number is not None:
        yield from _names_around_office_in_capitals(text, run, words, capitals_number)
        return

    # "governor of the | Bank of Ostrand | Anna Bell"
    first_name_number = _first_name_after_office(text, run[0][0], words)
    follows_office = first_name_number > 0
    if follows_office:
        yield from _body_of_office(text, run, words[:first_name_number])
        run = run[first_name_number:]
        words = words[first_name_number:]
        opens_sentence = False

    cut = _cut_run(text, run, words, opens_sentence, common_words)
    if cut.before_title:  # "U.S. | Secretary | Anna Bell", "Acme | CEO | Anna Bell"
        first, end = cut.before_title
        yield NameSpan(run[first][0], run[end - 1][1], Position.BEFORE_TITLE)
    name_words = words[cut.first : cut.end]
    is_adjective = cut.end < len(run) and DIRECTIONS.issuperset(name_words)  # South | Korean
    if not name_words or is_adjective or _is_thing(name_words):
        # Later | May, Mr | King
        is_alone = all(word in SENTENCE_OPENERS or is_title(word) for word in words[:-1])
        if is_alone and _may_be_surname(text, run, words[-1]):
            yield NameSpan(*run[-1], Position.OTHER_WORD)
        return

    position = Position.IN_SENTENCE
    if opens_sentence and len(run) == 1:
        position = Position.SENTENCE_START
    elif cut.follows_office or follows_office:
        position = Position.AFTER_TITLE
    start = run[cut.first][0]
    end = _end_of_name(text, run[cut.end - 1], name_words)
    yield NameSpan(*_with_editors_bracket(text, start, end), position)


def _begins_with_kind_of_thing(words: list[str]) -> bool:
    """Return whether a name follows a kind of thing: "Storm Anna", "Tropical Ex-Hurricane Anna"."""
    for number, word in enumerate(words[:2]):
        if word.rpartition("-")[2] in THING_OPENERS:
            return number + 1 < len(words)
    return False


def _is_thing(words: list[str]) -> bool:
    """Return whether a name belongs to something that does not act: "Davis Cup", "World War II"."""
    if len(words) > 1 and words[-1] in PERSON_SUFFIXES:
        return words[-2] in THING_HEADS
    if "on" in words and words[words.index("on") - 1] in HEADS_BEFORE_ON:
        return False  # Commission on Public Debates
    return words[-1] in THING_HEADS


def _body_of_office(text: str, run: list[Span], words: list[str]) -> Iterator[NameSpan]:
    """Yield what a person is the head of, if the words for it are a name: "Bank of Ostrand"."""
    has_body = not text.endswith("without ", 0, run[0][0])  # Minister without Portfolio
    if has_body and not (FIELDS | RANKS).issuperset(words):
        yield NameSpan(run[0][0], run[len(words) - 1][1], Position.BEFORE_TITLE)


def _cut_run(
    text: str, run: list[Span], words: list[str], opens_sentence: bool, common_words: set[str]
) -> _CutRun:
    """Cut the words at the ends of a run that are not part of a name, and titles."""
    end = len(run)
    field_length = words_of_field(text, run[0][0], words)
    if field_length is not None:  # "Secretary of | State | Anna Bell"
        return _CutRun(field_length, end, None, follows_office=True)
    if " ".join(words) in KNOWN_PLACES:
        return _CutRun(0, end, None, follows_office=False)

    while end and _ends_outside(text, run, words[:end]):
        end -= 1
    first = 0
    while first < end and _begins_outside(
        text, run[first], words[first:end], opens_sentence and first == 0, common_words
    ):
        first += 1
    title = _last_title(words, first, end)
    if title is not None and title + 1 < end and S_AFTER.match(text, run[title][1]):
        title = None  # King's College
    if title is None:
        return _CutRun(first, end, None, follows_office=False)

    before_title = span_before_title(words, first, title)
    first = title + 1
    if words[first + 1 : first + 2] == ["class"] and words[first] in RANKS:
        first += 2  # Sergeant | First Class | Anna Bell
    if words[title] in TITLES_IN_CONTESTS:
        first += _words_of_pageant(words[first:end])
    return _CutRun(first, end, before_title, follows_office=True)


def _with_editors_bracket(text: str, start: int, end: int) -> Span:
    """Extend a name to a bracket that an editor put around part of it: "[Anna] Bell"."""
    if "]" in text[start:end] and text.startswith("[", start - 1):
        return start - 1, end
    if "[" in text[start:end] and text.startswith("]", end):  # Anna [Bell]
        return start, end + 1
    return start, end


def _office_in_capitals(text: str, run: list[Span], words: list[str]) -> int | None:
    """Return the number of an acronym right before a person's name: "Acme | VP | Anna Bell".

    No list has all of them, but hardly anything else in capitals precedes a first name and surname.
    """
    for number in reversed(range(len(words) - 2)):
        acronym = text[slice(*run[number])]
        if words[number] in NOT_OFFICES_IN_CAPITALS or not OFFICE_IN_CAPITALS.fullmatch(acronym):
            continue
        name = words[number + 1 :]
        is_person = (
            len(name) <= MAX_WORDS_AFTER_OFFICE_IN_CAPITALS
            and name[0] in FIRST_NAMES_AFTER_OFFICES
            and name[-1] not in NAME_HEADS
            and " ".join(name) not in KNOWN_PLACES
            and not text[slice(*run[-1])].isupper()
        )
        if is_person:
            return number
    return None


def _names_around_office_in_capitals(
    text: str, run: list[Span], words: list[str], number: int
) -> Iterator[NameSpan]:
    """Yield the employer, if one precedes an acronym, and the person who follows it."""
    before = span_before_title(words, 0, number)
    if before and words[number - 1] in ORGANISATION_HEADS:  # "Water Police", though a field
        before = (before[0], number)
    if before and not SENTENCE_OPENERS.issuperset(words[slice(*before)]):
        yield NameSpan(run[before[0]][0], run[before[1] - 1][1], Position.BEFORE_TITLE)
    end = _end_of_name(text, run[-1], words[number + 1 :])
    yield NameSpan(run[number + 1][0], end, Position.AFTER_TITLE)


def _first_name_after_office(text: str, start: int, words: list[str]) -> int:
    """Return the number of the first name after what a person is the head of; 0 without one.

    "director of | Public Prosecutions | Anna Bell"; `words_of_field` knows ministries.
    """
    if len(words) < 3 or not text.endswith(WORDS_AFTER_OFFICE, 0, start):
        return 0
    if words[-1] in NAME_HEADS:  # spokeswoman for the Lenn Water Board
        return 0
    if not OFFICE_BEFORE.search(text, max(0, start - OFFICE_CONTEXT_LENGTH), start):
        return 0
    for number, word in enumerate(words[1:-1], 1):
        if is_title(words[number - 1]):  # trade advisor to | Agriculture Secretary | Anna Bell
            return 0
        if word in FIRST_NAMES_AFTER_OFFICES and words[number - 1] not in JOINTS_IN_OFFICES:
            return number
    return 0


def _may_be_surname(text: str, run: list[Span], word: str) -> bool:
    """Return whether the last word of a run, which means something else, may be a surname.

    "May said", but not "in May"; "Mr King" and "King left", but not "the King" or "King of Rome".
    """
    start, end = run[-1]
    context_start = max(0, start - MONTH_CONTEXT_LENGTH)
    if word in MONTHS:
        return not (
            AFTER_MONTH.match(text, end)
            or BEFORE_MONTH.search(text, context_start, start)
            or LIST_BEFORE_MONTH.search(text, context_start, start)
        )
    if is_title(word):
        has_determiner = DETERMINER_BEFORE.search(text, context_start, start)
        return not has_determiner and not text.startswith(" of ", end)
    return word not in SENTENCE_OPENERS and bool(VERB_AFTER.match(text, end))


def _words_of_pageant(words: list[str]) -> int:
    """Count the words of a contest after a title: "Miss | Universe | Anna Bell"."""
    if words and words[0] in CONTESTS:
        return 1
    if len(words) > 2 and words[0] not in first_names() and words[1] in first_names():
        return 1
    return 0


def _end_of_name(text: str, span: Span, words: list[str]) -> int:
    """Return where a name ends: with the stop of "Inc.", with the s of "McDonald's"."""
    end = span[1]
    word = words[-1]
    if word in SHORT_COMPANY_WORDS and len(words) > 1 and text[end : end + 1] == ".":
        return end + 1
    s = S_AFTER.match(text, end)
    if not s:
        return end
    is_saint = len(words) == 2 and words[0] in SAINT and word in first_names()
    if is_saint and not AFTER_S_OWNED.match(text, s.end()):  # at St. Mary's, on Monday
        return s.end()
    is_person = len(words) > 1 and words[0] in first_names()
    is_known = word in NAMES_WITH_APOSTROPHE and not is_person
    if is_known or (len(words) == 1 and S_AND_VERB.match(text, end)):
        return s.end()
    return end


def _ends_outside(text: str, run: list[Span], words: list[str]) -> bool:
    """Return whether the last word is not part of the name: "Bell | Monday", "Bell | Germans"."""
    word = words[-1]
    if word in SHORT_MONTHS:  # Aug 30
        return bool(AFTER_MONTH.match(text, run[len(words) - 1][1]))
    if word in MONTHS_AND_WEEKDAYS:
        return not _is_bearer_of_month(text, run[len(words) - 1][1], words)
    if len(words) == 1:
        return False
    start, end = run[len(words) - 1]
    if word == "i":
        return _is_pronoun(text, end, words)
    if text[start:end] in POST_NOMINALS:  # Anna Bell | OBE
        return True
    if text.startswith(DEGREES_WITH_STOPS, start):  # Anna Bell | Ph.D.
        return True
    return is_nationality(word) and not _is_bearer_of_nationality(words)


def _is_pronoun(text: str, end: int, words: list[str]) -> bool:
    """Return whether an I at the end of a run is not a number: "on Valley Air | I am", "Anna I"."""
    *before, _ = words
    is_number = before[-1] in THING_HEADS or (len(before) == 1 and before[0] in first_names())
    return bool(PRONOUN_GOES_ON.match(text, end)) and not is_number


def _is_bearer_of_nationality(words: list[str]) -> bool:
    """Return whether a nationality at the end of a run is a surname: Anna French, Mrs English."""
    *before, word = words
    if word not in NATIONALITIES:  # Germans
        return False
    first_name = before[-1]
    if first_name in KNOWN_PLACES or is_nationality(first_name):
        return False
    return first_name in first_names() and not is_title(first_name)


def _is_bearer_of_month(text: str, end: int, words: list[str]) -> bool:
    """Return whether a month at the end of a run is a surname: Theresa May, Mrs May."""
    *before, word = words
    if word not in MONTHS or not before or AFTER_MONTH.match(text, end):
        return False
    if before[-1] in TITLES:
        return True
    # "Prime Minister Theresa Mary May": nothing but first names and initials after a title
    names = before[-2:]
    if is_title(names[0]):
        names = names[1:]
    return all(name in first_names() or len(name) == 1 for name in names)


def _begins_outside(
    text: str, span: Span, words: list[str], opens_sentence: bool, common_words: set[str]
) -> bool:
    """Return whether the first word is not part of the name: "Yesterday | Bell"."""
    word = words[0]
    rest = words[1:]
    if word in MONTHS_AND_WEEKDAYS:
        return not _begins_with_month(text, span[0], words)
    if "'" in word and CONTRACTION.search(word):
        return True
    if rest and _is_function_word(text, span):  # "As | Anna Bell Turns 70"
        return True
    if not rest:
        if len(word) == 1 or is_nationality(word) or word in SENTENCE_STARTERS:
            return True
        raw = text[slice(*span)].removesuffix(".")
        if raw in POST_NOMINALS_ONLY or PARTY_TAG.match(raw):
            return True
        if raw in POST_NOMINALS and text[: span[0]].endswith(", "):
            return True
    if word in RANKS_BEFORE_FIRST_NAMES and len(rest) > 1:  # "PC | Tom Bell", "Special | Agent"
        return rest[0] in first_names() or rest[0] in RANKS_BEFORE_FIRST_NAMES
    if opens_sentence:
        if word in PAST_VERBS_OF_SAYING and not is_title(word):  # Added | Bell
            return True
        # "Writer | Anna Bell"
        if word in PEOPLE_NOUNS and len(rest) > 1 and rest[0] in first_names():
            return True
        is_common = word in common_words and word not in TITLES
        is_first_name = 0 < len(rest) < 3 and word in first_names()
        is_opener = word in SENTENCE_OPENERS and word not in TITLES
        is_adverb = word.endswith("ly") and word not in NOT_ADVERBS  # Apparently | Bell
        if is_opener or is_adverb or (is_common and not is_first_name):
            return True
        is_participle = bool(PARTICIPLE_WITH_OBJECT.match(text, span[0]))
        if rest and is_participle and word not in NOT_PARTICIPLES:  # Bringing | Acme (back)
            return True
    if text[span[0]].islower() and "-" not in word:  # a particle that lost its name
        return True
    # "German | Anna Bell", but "German Red Cross", "British Airways", "Russian Bank of Trade"
    if not rest or not is_nationality(word) or _is_head_of_name(rest):
        return False
    # "Christian | Democrats", but "Christian Bell"
    return not (word in first_names() and len(rest) == 1 and not is_nationality(rest[0]))


def _begins_with_month(text: str, start: int, words: list[str]) -> bool:
    """Return whether a month at the start of a run is a first name: April Ross, August Wilson."""
    if words[0] not in MONTHS or len(words) != 2 or words[0] not in first_names():
        return False
    word = words[1]
    is_other = (
        word in KNOWN_PLACES
        or word in NAME_HEADS
        or is_title(word)
        or is_nationality(word)
        or word in SENTENCE_OPENERS
    )
    return not is_other and not BEFORE_MONTH.search(
        text, max(0, start - MONTH_CONTEXT_LENGTH), start
    )


def _is_head_of_name(words: list[str]) -> bool:
    """Return whether words make a name of an organisation, place or thing."""
    if words[-1] in NAME_HEADS or words[-1].removesuffix("s") in NAME_HEADS:
        return True
    return words[0] in NAME_HEADS and "of" in words


def _is_before_surname(word: str) -> bool:
    """Return whether a word before a title at the end of a run shows that it is a surname."""
    is_first_name = word in first_names() and not is_title(word) and word not in RANKS
    return is_first_name or word in TITLES_WITHOUT_OFFICE


def _last_title(words: list[str], first: int, last: int) -> int | None:
    """Return the number of the last title in a run, if the name of a person may follow it."""
    for number in range(last - 1, first - 1, -1):
        word = words[number]
        if is_title(word):  # "Chancellor", "Vice-President"
            word_before = words[number - 1] if number > first else ""
            if word_before in CLEAR_FIRST_NAMES and word_before not in RANKS:
                continue  # John Major, Stephen King, but not "Wing Commander"
            if number == last - 1 and word not in OFFICES and _is_before_surname(word_before):
                continue  # Mr Singer, Mark Singer, but not "Mr President"
            break
    else:
        return None
    rest = words[number + 1 : last]
    if number > first and words[number - 1] in JOINTS_IN_OFFICES:  # Department of Justice
        return None
    # "President of Rome", "King Bank": names of offices and organisations
    is_other_name = rest and (rest[0] in HEAD_PREPOSITIONS or rest[-1] in ORGANISATION_HEADS)
    return None if is_other_name else number
