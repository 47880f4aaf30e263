"""Whom one line of a page names as its authors: "By Ann Bell and Cy Dee, Northern Wire".

Only the line itself is read here; whether a bare name is that of the author depends on what stands
around it, which `page_credits` decides.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from clippings.core.lexicon import (
    FOLDER,
    either,
    read_alternatives,
    read_lexicon,
    read_words,
    words_of,
)
from clippings.core.tokens import fold
from clippings.corpus.paragraphs import find_day

# Latin, Greek and Cyrillic capitals: a pattern of Python knows no class for "a capital".
CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚΑ-ΩА-ЯЁЄІЇ"

MAX_WORDS = 20  # of a line that names authors; the longest have three names, a job title and a time
MAX_NAME_WORDS = 4  # of a person: José Luis García Pérez
MAX_LINE = 240  # characters of a line that is examined
MAX_REMEMBERED_LINES = 10_000  # headline, authors and zones of a page rest on the same lines
MAX_GREETING_WORDS = 3
MIN_TITLE_WORDS = 4  # after a name and a colon, with the colon: what Ann Bell says or writes
MAX_PARTICLE_LETTERS = 3  # "van" and "of" are in small letters within names, too
SINGLE_NAME_LENGTH = range(3, 20)  # letters of a name of one word: Cher

_PARTICLE = either(read_words("en/names/particles"))
_NAME_WORD = rf"(?:(?:{_PARTICLE}|d|l)[-'’])?[{CAPITAL}](?:[\w'’]|-(?=\w))*\.?"
NAME = re.compile(
    rf"""
    {_NAME_WORD}
    (?: [ \xa0] (?:(?:{_PARTICLE})[ \xa0]){{0,2}} {_NAME_WORD} )*   # Ludwig van der Berg
    """,
    re.VERBOSE,
)
NAME_PART = re.compile(r"\S+")
# Where a name ends because the page has lost the space: Ann BellView more, Ann BellFOX
GLUED = re.compile(
    rf"""
    (?<=[a-zß-ÿ]) (?:
        (?= [{CAPITAL}]{{2,}} )
      | (?= (?:View|Follow|Published|Updated|Posted|Email|Share|More|Read|Show|Contact)\b )
    )
    """,
    re.VERBOSE,
)
# Von: Ostrander Post <news@post.example>, in the header of an email
_SENDER = either(read_alternatives("reading/mail_labels", "labels", field="sender"))
MAIL_SENDER = re.compile(rf"\W*{_SENDER}\s?:\s.*<[^<>@\s]+@[^<>\s]+>", re.IGNORECASE)
SEPARATOR = re.compile(
    r"""
    \s* (?:
        [|·•/–—:(<\[@\n\t\v\f\r]     # Ann Bell | Staff writer, Ann Bell (Ostrand), Ann Bell @bell
      | [‐-]{1,2} (?=\s)             # Ann Bell - 3 May
      | \s{2,}
    )
    """,
    re.VERBOSE,
)
EMAIL_OR_COUNT = re.compile(r"\s+(?:[\w.+-]+@[\w-]+\.\w|\d+\s\w+$)")  # ann@post.example, 0 Comments
HANDLE = re.compile(r"\s*\(?@\w+\)?$|\s+[\w.+-]+@[\w-]+(?:\.\w+)+$")
PROFILE = re.compile(  # View all articles
    r"\s*(?:View|More|See|Read)\s(?:all|more|other|full)?\s?(?:articles|posts|stories|profile)\b",
    re.IGNORECASE,
)
# The end of a sentence, not of "Jr." or "J."
SENTENCE_END = re.compile(r"(?<![A-Z])(?<!\b[JS]r)[.!?…][\"'”’)]*$")
INITIALS = re.compile(rf"(?:[{CAPITAL}]\.)+")
MONTH_OR_WEEKDAY = (
    words_of("en/time/words", kind="month")
    | words_of("en/time/words", kind="month_short")
    | words_of("en/time/words", kind="weekday")
    | words_of("en/time/words", kind="weekday_short")
)
FIRST_NAMES_THAT_ARE_MONTHS = frozenset(("april", "may", "june", "august", "jan"))


class NameSpan(NamedTuple):
    """The place of a name in a line."""

    start: int
    end: int


class AuthorLine(NamedTuple):
    """The authors that a line names, and how it names them."""

    names: tuple[NameSpan, ...]
    form: str  # by, label, post, date, house, bare, nothing: a label without a name


NO_AUTHORS = AuthorLine((), "")


@cache
def byline_terms(kind: str) -> tuple[str, ...]:
    """List the terms of one kind in the lists bylines.csv of all languages.

    Parameters
    ----------
    kind : str
        opener, label, link, tail, house, agency, other work, nobody, qualifier or position; the
        header of the English list explains them.

    Returns
    -------
    tuple of str
        The terms, without repeats.
    """
    terms = []
    for path in sorted(FOLDER.glob("*/page/bylines.csv")):
        language = path.parts[-3]
        rows = read_lexicon(f"{language}/page/bylines")
        terms.extend(row["term"] for row in rows if row["kind"] == kind)
    return tuple(dict.fromkeys(terms))


_OPENER = either(byline_terms("opener"))
_LABEL = either(byline_terms("label"))
_LINK = either(byline_terms("link"))
_HOUSE = either(byline_terms("house"))
_ROLE = either(read_words("en/page/newsroom_roles"))
_AGENCY = either(byline_terms("agency"))

IN_PLACE = re.compile(
    rf"\s(?:in|aus|à|en|from)\s[{CAPITAL}][\w.'’-]*(?:\s[{CAPITAL}][\w.'’-]*){{0,2}}"
)
# A date with its year, or a time: "4th quarter, Jan 31" appears in tables, not below bylines.
FULL_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d[:.]\d\d\s?[ap]\.?m|\bago\b", re.IGNORECASE
)
BY = re.compile(r"\s+by\b", re.IGNORECASE)  # Editing by …
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# The opener at the start of the line, after a separator, or after a date: "3 May 2019 by Ann Bell".
OPENER = re.compile(
    rf"""
    (?: ^ | (?<=[\s|·•/–—,]) ) (?:{_OPENER}) :?\s+ (?=[{CAPITAL}])
    # ByAnn Bell: the page has lost the space.
    | ^ (?-i: [Bb]y (?= [{CAPITAL}][a-zß-ÿ]+\s[{CAPITAL}] ) )
    """,
    re.IGNORECASE | re.VERBOSE,
)
LABEL = re.compile(rf"\W*(?:{_LABEL})\s*(?::\s*|$)", re.IGNORECASE)
LINK = re.compile(
    rf"\s*(?:,\s*(?:{_LINK}\s+|&\s*)?|;\s*|\s{_LINK}\s+|\s?&\s?|\s\+\s)", re.IGNORECASE
)
TAIL = re.compile(rf"[\s,]*\b{either(byline_terms('tail'))}\b", re.IGNORECASE)
POST = re.compile(rf"\b(?:{_ROLE})s?\b", re.IGNORECASE)
HOUSE = re.compile(  # Valley Post staff, The Night Desk, Staff reporter
    rf"""
    (?: (?i:the|a|an) \s )?
    (?: [{CAPITAL}\d][\w.&'’-]* \s | (?:of|and|regional|night|local) \s ){{0,5}}?
    (?i:{_HOUSE}) \b
    """,
    re.VERBOSE,
)
AGENCY = re.compile(rf"(?:(?i:the)\s)?(?i:{_AGENCY})(?:\s(?:News|Agency|Staff|staff))?\b")
PLACE_BEFORE_HOUSE = re.compile(  # New Ostrand, Valley Post Bureau
    rf"""
    [{CAPITAL}][\w'’-]+ (?: \s [{CAPITAL}][\w'’-]+ )?,\s
    (?= (?: [{CAPITAL}][\w&'’-]* \s ){{0,4}} {_HOUSE} \b )
    """,
    re.IGNORECASE | re.VERBOSE,
)


@lru_cache(maxsize=MAX_REMEMBERED_LINES)
def read_author_line(line: str) -> AuthorLine:
    """Read the authors that a line names by its own words.

    Parameters
    ----------
    line : str
        A line or short paragraph.

    Returns
    -------
    AuthorLine
        `form` is "by" after an opener ("By Ann Bell"), "label" ("Author: Ann Bell"), "nothing" for
        a label alone, "post" ("Ann Bell, political editor"), "date" ("Ann Bell - 3 May 2019"),
        "house" ("Valley Post staff") or "bare" for a line that may be nothing but names; "" for any
        other line.

    Notes
    -----
    Not recognised: names in scripts without capitals, and names in lower case.

    Examples
    --------
    >>> line = "By Ann Bell and Cy Dee, Northern Wire"
    >>> [line[start:end] for start, end in read_author_line(line).names]
    ['Ann Bell', 'Cy Dee']
    >>> read_author_line("Ann Bell, political editor").form
    'post'
    """
    if len(line) > MAX_LINE or len(line.split()) > MAX_WORDS or MAIL_SENDER.match(line):
        return NO_AUTHORS
    label = LABEL.match(line)
    if label and label.end() == len(line):
        return AuthorLine((), "nothing")
    if label and (names := _names(line, label.end())):
        return AuthorLine(names, "label")
    if by := _after_opener(line):
        return by
    if house := _house(line):
        return house
    return _names_first(line)


def read_credit(text: str, start: int) -> tuple[NameSpan, ...]:
    """Read names from a place on, as after "Reporting by".

    Parameters
    ----------
    text : str
        A line.
    start : int
        Where the first name should stand.

    Returns
    -------
    tuple of NameSpan
        Where the names stand; empty if no name stands there.

    Examples
    --------
    >>> read_credit("Reporting by Ann Bell; editing by Cy Dee", 13)
    (NameSpan(start=13, end=21),)
    """
    return _names(text, start)


def is_name(text: str) -> bool:
    """Return whether a whole line can be the name of one person: Ann Bell, Ludwig van der Berg."""
    return _person(text, 0) == len(text) and len(text.split()) > 1


def author_name(printed: str) -> str:
    """Write a name as it is read: as printed, but not in capitals.

    Parameters
    ----------
    printed : str
        A name as it stands on the page.

    Returns
    -------
    str
        The name; words in capitals with only their first letter as one, unless they are initials,
        or the name is one short word, as of an agency.

    Examples
    --------
    >>> author_name("ANN O'NEIL"), author_name("AFP"), author_name("J.R. Bell")
    ("Ann O'Neil", 'AFP', 'J.R. Bell')
    """
    words = printed.split()
    if words[0] in ("the", "a", "an"):
        words = words[1:]  # by the Valley Post news desk
    is_acronym = len(words) == 1 and len(printed) <= 4
    if is_acronym or not printed.isupper():
        return " ".join(words)
    return " ".join(_in_small_letters(word) for word in words)


def _in_small_letters(word: str) -> str:
    """Return a word in capitals as names are written: O'Neil, Bell-Dee; initials and III stay."""
    if INITIALS.fullmatch(word) or word in ("II", "III", "IV"):
        return word
    parts = [part.capitalize() for part in re.split(r"([-'’])", word)]
    small = "".join(parts)
    # A name of one letter after the apostrophe is a possessive: "Ostrand's".
    small = re.sub(r"(['’])S$", r"\1s", small)
    return re.sub(r"^Mc([a-z])", lambda match: f"Mc{match[1].upper()}", small)


def _after_opener(line: str) -> AuthorLine | None:
    """Return the authors after "By", which is at the beginning or below a date or separator."""
    for opener in OPENER.finditer(line):
        names = _names(line, opener.end())
        if not names:
            continue
        before = line[: opener.start()].rstrip()
        # 3 May 2019 by Ann Bell · Opinion | By Ann Bell · Analysis by Ann Bell
        has_date = find_day(before) or YEAR.search(before)
        begins_part = not before or before[-1] in "|·•/–—-"
        is_below_kind = len(before.split()) == 1 and before[0].isupper()  # Perspective by Ann Bell
        # Good morning. By Ann Bell, as newsletters begin
        is_greeting = before[-1:] in (".", "!") and len(before.split()) <= MAX_GREETING_WORDS
        if is_greeting and line[names[-1].end :].strip(" ."):
            continue
        begins_part = begins_part or is_greeting
        if (begins_part or has_date or is_below_kind) and _may_follow(line, names[-1].end):
            return AuthorLine(names, "by")
    return None


def _may_follow(line: str, end: int) -> bool:
    """Return whether what follows names belongs to a byline, not to a sentence."""
    rest = line[end:]
    # By Anna Bell - ↵ March 16: separators whose other side is on the next line.
    if not rest.strip(" .,;-–—|·"):
        return True
    if SEPARATOR.match(rest) or GLUED.match(line, end) or rest.lstrip()[0] in ",;&":
        return True
    has_date = find_day(rest) is not None
    if SENTENCE_END.search(line) and not has_date:
        return False
    is_agency = AGENCY.fullmatch(rest.strip()) is not None  # Ann Bell Associated Press
    if EMAIL_OR_COUNT.match(rest) or is_agency:
        return True
    return bool(has_date or TAIL.match(rest) or POST.search(rest))


def _names(line: str, start: int) -> tuple[NameSpan, ...]:
    """Return the names from a place on, as far as commas and "and" join them."""
    house = HOUSE.match(line, start) or AGENCY.match(line, start)
    if house and not LINK.match(line, house.end()):
        return (NameSpan(start, house.end()),)
    names: list[NameSpan] = []
    while True:
        segment_end = _segment_end(line, start)
        name_end = _person(line, start, segment_end)
        is_first = not names
        rest = line[name_end:segment_end].strip() if name_end > 0 else ""
        has_agency = AGENCY.fullmatch(rest) is not None  # … and Cy Dee Associated Press
        if not is_first and not has_agency and _is_post_or_outlet(line, start, segment_end):
            end = segment_end  # Ann Bell, Political Editor, and …
        elif not is_first and name_end > 0 and len(line[start:name_end].split()) == 1:
            end = segment_end  # Ann Bell, Head of Product
        elif name_end < 0 or BY.match(line, name_end):
            break
        else:
            names.append(NameSpan(start, name_end))
            end = name_end
        if place := IN_PLACE.match(line, end):  # Ann Bell in Ostrand and …
            end = place.end()
        link = LINK.match(line, end)
        if not link:
            break
        start = link.end()
    if len(names) == 1 and fold(line[names[0].start : names[0].end]) in _accounts():
        return ()
    return tuple(names)


def _is_post_or_outlet(line: str, start: int, end: int) -> bool:
    """Return whether a further segment of a list of names is a position, a place or an outlet."""
    segment = line[start:end]
    is_one_word = len(segment.split()) < 2  # CNN, Ostrand: lists name persons by more than one word
    if is_one_word or HOUSE.match(segment) or POST.search(segment):
        return True
    return bool(AGENCY.fullmatch(segment)) or _is_outlet(segment)


@cache
def _accounts() -> frozenset[str]:
    return frozenset(fold(term) for term in byline_terms("nobody"))


@cache
def _outlet_words() -> frozenset[str]:
    kinds = ("paper", "name", "company")
    return frozenset().union(*(words_of("en/page/outlet_words", kind=kind) for kind in kinds))


def _is_outlet(segment: str) -> bool:
    """Return whether the last word of a segment is one that newspapers have: Northern Wire."""
    words = segment.split()
    return len(words) > 1 and fold(words[-1].strip(".")) in _outlet_words()


def _segment_end(line: str, start: int) -> int:
    """Return the end of the segment of a list of names."""
    ends = [len(line)]
    for pattern in (LINK, SEPARATOR, GLUED):
        if match := pattern.search(line, start):
            ends.append(match.start())
    return min(ends)


@cache
def _not_in_names() -> frozenset[str]:
    """Return the words that end a name though they have a capital: positions, words of menus."""
    roles = words_of("en/page/newsroom_roles")
    tails = {fold(term) for term in byline_terms("tail") if " " not in term}
    others = {fold(term) for term in byline_terms("other work")}
    return roles | tails | others | {"the", "a", "an", "by"}


@cache
def _qualifiers() -> frozenset[str]:
    """Return words that may begin a position and are names otherwise: Sports Editor."""
    return frozenset(fold(term) for term in byline_terms("qualifier"))


def _person(line: str, start: int, limit: int | None = None) -> int:
    """Return the end of the name of a person that begins here; -1 if none does."""
    limit = _segment_end(line, start) if limit is None else limit
    match = NAME.match(line, start, limit)
    if not match:
        return -1
    end = -1
    number = 0
    for part in NAME_PART.finditer(line, start, match.end()):
        word = fold(part[0].rstrip("."))
        is_first = number == 0
        begins_post = word in _qualifiers() and POST.search(line, part.end(), limit)
        if word in _not_in_names() or begins_post:
            break
        if word in MONTH_OR_WEEKDAY and not (is_first and word in FIRST_NAMES_THAT_ARE_MONTHS):
            break
        if number == MAX_NAME_WORDS + 1:
            return -1
        if number and (AGENCY.match(line, part.start()) or _capitals_end(line, start, part)):
            break  # ANN BELL Associated Press
        if number and _is_acronym(part[0]) and not line[start : part.start()].isupper():
            break  # Ann Bell MP
        number += 1
        if not part[0].islower():  # a particle does not end a name, al-Bell does
            end = part.end()
    if end < 0:
        return -1
    name = line[start:end]
    if number == 1 and len(name) not in SINGLE_NAME_LENGTH:
        return -1
    # The full stop of "Jr." and "J." belongs to the name, that of a sentence does not.
    if name.endswith(".") and not re.search(rf"(?:\b[{CAPITAL}]|\b[JS]r|\bPh\.D)\.$", name):
        end -= 1
    return end


def _capitals_end(line: str, start: int, part: re.Match) -> bool:
    """Return whether a word in small letters follows a name in capitals."""
    before = line[start : part.start()]
    has_initials_only = INITIALS.fullmatch(before.strip()) is not None
    return before.isupper() and not has_initials_only and not part[0].isupper() and len(before) > 3


def _is_acronym(word: str) -> bool:
    """Return whether a word is in capitals and neither initials nor a number: MP, CNN."""
    letters = word.strip(".,")
    is_number = letters in ("II", "III", "IV")
    return len(letters) > 1 and letters.isupper() and "." not in letters and not is_number


def _house(line: str) -> AuthorLine | None:
    """Return the department or agency that is alone on its line: Valley Post staff."""
    place = PLACE_BEFORE_HOUSE.match(line)  # New Ostrand, Valley Post Bureau | 3 May 2019
    start = place.end() if place else 0
    whole = HOUSE.match(line, start) or AGENCY.match(line, start)
    if not whole:
        return None
    rest = line[whole.end() :]
    follows = re.fullmatch(rf"\s(?:and|&)\s(?i:{_HOUSE}|{_AGENCY})", rest)
    end = len(line) if follows else whole.end()
    has_date = find_day(rest) is not None and SEPARATOR.match(rest)
    if follows or has_date or not rest.strip(" .|·"):
        return AuthorLine((NameSpan(start, end),), "house")
    return None


def _names_first(line: str) -> AuthorLine:
    """Return the authors of a line that begins with their names, and the form of the line."""
    names = _names(line, 0)
    # One word alone is a heading far more often than a name.
    if not names or any(len(line[start:end].split()) < 2 for start, end in names):
        return NO_AUTHORS
    rest = line[names[-1].end :]
    bare_rest = rest.strip(" .|·,")
    if not bare_rest:
        return AuthorLine(names, "bare")
    if SENTENCE_END.search(line):
        return NO_AUTHORS
    separator = SEPARATOR.match(rest) or re.match(r"\s*,", rest)
    place = IN_PLACE.fullmatch(rest)
    if PROFILE.match(rest):
        return AuthorLine(names, "post")  # Ann BellView more articles
    if GLUED.match(line, names[-1].end) or HANDLE.match(rest) or place:
        return AuthorLine(names, "bare")
    if POST.search(rest) and (separator or _is_only_post(rest)):
        return AuthorLine(names, "post")
    is_company = any(_is_outlet(line[start:end]) for start, end in names)
    if separator and find_day(rest) and FULL_DATE.search(rest) and not is_company:
        return AuthorLine(names, "date")
    # Ann Bell: Harbour road stays closed
    is_title = rest.lstrip().startswith(":") and len(rest.split()) >= MIN_TITLE_WORDS
    if is_title and _has_small_words(rest):
        return NO_AUTHORS
    if separator and rest[separator.end() :].strip()[:1].isupper() and len(rest.split()) <= 6:
        return AuthorLine(names, "bare")  # Ann Bell, Evening News
    return NO_AUTHORS


def _has_small_words(rest: str) -> bool:
    """Return whether a line contains words in small letters, as sentences do."""
    return any(word.islower() for word in rest.split() if len(word) > MAX_PARTICLE_LETTERS)


def _is_only_post(rest: str) -> bool:
    """Return whether the rest of a line is a position and nothing else: Senior Contributor."""
    words = [fold(word.strip(".,")) for word in rest.split()]
    known = words_of("en/page/newsroom_roles") | _qualifiers()
    return bool(words) and all(word.rstrip("s") in known or word in known for word in words)
