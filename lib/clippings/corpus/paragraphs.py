"""Classify each paragraph of a pasted page by its own form: prose, a line, a caption, a form.

Here a paragraph is judged without its neighbours; `zones` decides where the story runs. The first
of TESTS that recognises a paragraph gives its kind, and the name of the test, or the phrase of
lexicon/LANGUAGE/page/page_phrases.csv, is written to the column `rule`.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from clippings.core.characters import UNSPACED_SCRIPTS
from clippings.core.lexicon import FOLDER, any_of, either, read_lexicon, read_words
from clippings.core.search_terms import term_pattern
from clippings.core.spans import trim
from clippings.core.tokens import folded_words
from clippings.corpus.written_dates import find_written_dates

LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")  # every line break that Unicode knows
# … he said.” · … sagte er.“ · … dit-il. » · 他说。」; also in Hindi, Urdu and Amharic
ENDING = re.compile(r"[.!?:…。！？：．।۔؟።][\s\"'”’“‘«»」』】）)\]]*$")
UNSPACED_CHARACTER = re.compile(f"[{UNSPACED_SCRIPTS}]")
UNSPACED_CHARACTERS_PER_WORD = 2  # on average, in Chinese and Japanese
UNQUOTED_START = r"^(?:(?![\"'“”‘’])[\W_])*"  # not “Follow us,” he said: a quotation is story

# One letter represents the first operand, of which it is the last, and the second is bounded: with
# \w+ for both, "xxxx…" would take cubic time, because x is an operator too.
FORM = re.compile(
    r"""
    \d\s*/\s*\d+$                            # 1500 / 1500
    | \w (?: \s*[×x+*−–-]\s*                 # two × 3
            | \s+(?:plus|minus|times)\s+ )   # two plus 3
      \w{1,30} \s*=\s*[?\w]*\s*$            # = ?
    """,
    re.VERBOSE,
)
COMMENTS = re.compile(
    r"""
    (?: \d+ | one | two | three | no )\s+
    (?: thoughts?\s+on\b                   # One thought on “The river rises”
      | comments?\b                        # 12 Comments
      | responses?\b                       # two responses to …
      | repl(?:y|ies)\b                    # no replies
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_REPORTING_VERB = either(read_words("en/speech/reporting_verbs", reports="clause"))
SPEAKER = re.compile(
    rf"""
    (?: \d+\.\s* )?                        # 1. riverman says:
    [^.!?\n]{{1,60}}?\s{_REPORTING_VERB}:$  # Somebody on September 29, 2018 at 12:16 am said:
    """,
    re.IGNORECASE | re.VERBOSE,
)

_MONTH = either(
    {
        *read_words("en/time/words", kind="month"),
        *read_words("en/time/words", kind="month_short"),
    }
)
CALENDAR_DAY = (
    rf"(?i:{_MONTH}\.?\s\d{{1,2}}\b"  # Nov. 12
    rf"|\d{{1,2}}(?:st|nd|rd|th)?,?\s{_MONTH})\b"  # 12th November
)
DAY = re.compile(
    rf"""
    \b{CALENDAR_DAY}
    | \b\d{{4}}-\d\d-\d\d                                       # 2019-11-12
    | \b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}                       # 12/10/2019
    | \b\d{{1,2}}[:.]\d\d\s?[ap]\.?m\b                          # 12:16 a.m
    | \b\d+\s(?:minute|hour|day|week|month|year)s?\sago\b       # 3 hours ago
    """,
    re.IGNORECASE | re.VERBOSE,
)
DIGIT = re.compile(r"\d")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
FULL_DAY = re.compile(  # … in the lower town, Monday, Nov. 11, 2019
    rf"\b[A-Z][a-z]+day,\s{_MONTH}\.?\s\d{{1,2}},\s\d{{4}}", re.IGNORECASE
)

_AGENCY = f"(?i:{any_of('en/page/credits', kind='agency')})"
_PICTURE_WORDS = read_words("en/page/credits", kind="picture")
_PICTURE = either(_PICTURE_WORDS)
# At the beginning of a credit, the word has a capital; in a sentence it need not be one of a
# credit.
_PICTURE_WITH_CAPITAL = either(
    {word.capitalize() for word in _PICTURE_WORDS} | {word.upper() for word in _PICTURE_WORDS}
)
CREDIT = re.compile(
    rf"""
    [(\[] [^()\[\]]* \b
      (?: (?i:{_PICTURE})\b                        # [Photo courtesy of the town]
        | {_AGENCY} (?: \s?/                       # (AP/Staff)
                      | \s(?i:{_PICTURE}|via)\b   # (AP Photo/A Name), (AFP via the town)
                    )
      )
      [^()\[\]]* [)\]] \.? $
    | [.!?”\"] \s* [(\[]? {_AGENCY} (?:\s(?i:{_PICTURE})(?:/\w+)?)? [)\]]? $  # … at dawn. Getty
    | (?: ^ | [.!?…”\"|•–-]\s* ) {_PICTURE_WITH_CAPITAL} s?
      (?: \s(?: by | of | from | (?i:{_PICTURE}) ) )*
      \s? (?: \.{{3}} | [:…/] ) [^.!?]{{2,60}} $      # Photo: A Photographer, Credit...A Name
    | [\w.]/ (?:The\s)?                               # A Name/The Evening Times, A Name/AP
      (?: {_AGENCY} | [A-Z]\w+\s(?:Times|Post|News|Press|Images|Pool|Agency) ) \)? $
    """,
    re.VERBOSE,
)
CREDIT_LENGTH = 120  # characters at the end of a paragraph among which a credit is looked for
EMBEDDED = re.compile(
    r"""
    [—–-]\s?[^@]{1,60}\(@\w{1,30}\)              # — Tolmere Council (@tolmerecouncil)
    | .*\b(?:pic\.twitter\.com|t\.co)/\w+        # … pic.twitter.com/abc123
    """,
    re.DOTALL | re.VERBOSE,
)
# The word before the name of an author, in several languages.
BY = "(?:by|von|par|por|di|da|door|av|af|przez|oleh)"
BYLINE = re.compile(  # By A Writer, Story by A Writer, by: A Writer
    r"(?:(?i:story|text|words|report)\ )?(?i:by):?\s+[A-Z]"
)
# by Anna Bell, byAnna Bell, von Anna Bell: not the second line of a headline
SMALL_BYLINE = re.compile(rf"{BY}:?\s?[^\W\d_a-zß-ÿ]")
STAFF = re.compile(  # A Writer, Evening News senior reporter
    r"(?:[A-Z][\w.'’-]*,?\s){1,5}(?:[a-z]+\s){0,2}"
    rf"{either(read_words('en/page/newsroom_roles'))}s?"
)
LISTED = re.compile(r"[•*·▪●‣◦]|[–-]\s|\d{1,2}[.)]\s")  # • item, – item, 2. item

# Letters of a word that are compared between paragraphs: "flood" matches "flooded" and "flooding".
STEM_LENGTH = 5

# Words: a longer paragraph is prose, whatever phrases it contains …
LONGEST = {"comment": 12, "form": 60, "caption": 60, "sign-off": 60, "furniture": 40}
# … but a notice of rights, cookies or money, with words that no story has in a row
LONGEST_NOTICE = 120
# … and a phrase that must be the whole of a paragraph is a button, a label or a row of them.
LONGEST_LABEL = 20
LONGEST_FORM = 12  # of a field of a form: a sum that keeps robots away
LONGEST_HEAD_OF_COMMENTS = 40
LONGEST_SPEAKER = 16  # of a line with a colon that introduces a statement
LONGEST_WITH_CREDIT = 90  # of a caption that ends with the credit of its picture
CAPTION_WITH_DAY = range(13, 61)  # shorter ones are lines with a date, longer ones paragraphs
LONGEST_POST = 60  # of an embedded post of a social network
LONGEST_DAY = 14  # of a line with a date
LONGEST_BYLINE = 12
SHORTEST_SENTENCE = 4
LONG_PARAGRAPH = 25  # from here on it is prose, even if it does not end like a sentence
SHORTEST_LIST_ITEM = 3

LONGEST_EXAMINED = 4000  # characters: whatever is longer is not a caption, line or form
PHRASE_LENGTH = 40  # characters of a phrase that are shown as the rule

# How hard-wrapped text is recognised, in characters.
WRAPPED_LINE = range(25, 101)  # the length of a line that may go on in the next one
WIDEST_COLUMN = 100  # a wider one is not hard-wrapped
MAX_TITLE = 200  # of a headline over two lines
ROOM_TO_SPARE = 8  # ragged margins leave as much open
MANY_LINES = 3  # pairs of lines from which on the longest of them shows the width of the column
WRAPPED_SHARE = 3  # one of this many pairs must break off inside a sentence

# Number of paragraphs whose looks are cached: menus repeat on all pages of a site, and each
# page is read twice, for its credits and for its passages.
MAX_CACHED_LOOKS = 20_000
LONGEST_CACHED = 500  # characters

# Number of paragraphs whose words are cached, more than most pages have: several steps of reading
# a page need them.
MAX_CACHED_WORDS = 250

# Number of pages whose paragraphs are cached. Finders read one article after the other; the brief
# returns to the articles of each event.
MAX_CACHED_PAGES = 256


class Piece(NamedTuple):
    """One paragraph: its span, what it looks like and why, and its number of words."""

    start: int
    end: int
    kind: str
    rule: str
    words: int
    is_phrase: bool = False  # recognised by a phrase of the lexicon
    opens: str = ""  # what may follow below: links or notice


class Look(NamedTuple):
    """What a paragraph looks like to a test."""

    kind: str
    rule: str
    is_phrase: bool = False
    opens: str = ""


class PagePhrase(NamedTuple):
    """A row of page_phrases.csv of a language."""

    zone: str
    expression: str  # with what must precede and follow it
    longest: int  # words of a paragraph that it may recognise
    first_words: (
        frozenset[str] | None
    )  # one of these must be there, to search seldom; None: unknown
    opens: str  # what may follow below
    is_at_start: bool  # the pattern begins with the paragraph

    @property
    def pattern(self) -> re.Pattern:
        """Return the compiled expression."""
        return _compile(self.expression)


@cache
def _compile(expression: str) -> re.Pattern:
    """Compile an expression when it is first needed: few pages contain words of all phrases."""
    return re.compile(expression, re.IGNORECASE)


def cut_page(text: str) -> list[Piece]:
    """Cut a page into paragraphs and say what each looks like.

    Parameters
    ----------
    text : str
        The text of a page.

    Returns
    -------
    list of Piece
        The paragraphs in order; together they contain every character that is not blank. `kind` is
        prose, line, list, day, post (the signature of an embedded one), comment (the head of
        comments) or a zone that its words reveal.

    Notes
    -----
    Not recognised: captions without a credit, and whatever looks like prose and is not.

    Examples
    --------
    >>> pieces = cut_page("File photo\\n\\nNo one was hurt, he said.")
    >>> [(piece.kind, piece.words) for piece in pieces]
    [('caption', 2), ('prose', 6)]
    """
    return [_examine(text, start, end) for start, end in paragraph_spans(text)]


@lru_cache(maxsize=MAX_CACHED_PAGES)
def paragraph_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Find the paragraphs of a page.

    Parameters
    ----------
    text : str
        The text of a page.

    Returns
    -------
    tuple of tuple of int
        The start and end of each paragraph, in order. A line is a paragraph, except in hard-wrapped
        text, in which blank lines and indents separate paragraphs.

    Examples
    --------
    >>> wrapped = "The dam above Ostrand collapsed early on Monday, and the\\nriver rose."
    >>> paragraph_spans(wrapped), paragraph_spans("The dam broke.\\nThe river rose.")
    (((0, 68),), ((0, 14), (15, 30)))
    """
    return tuple(_paragraphs(text))


def _examine(text: str, start: int, end: int) -> Piece:
    """Determine the kind of a paragraph."""
    paragraph = text[start:end]
    look_at = _cached_look_at if len(paragraph) <= LONGEST_CACHED else _look_at
    words, look = look_at(paragraph)
    return Piece(start, end, look.kind, look.rule, words, look.is_phrase, look.opens)


def _look_at(paragraph: str) -> tuple[int, Look]:
    """Return the number of words of a paragraph and what it looks like."""
    words = _count_words(paragraph[:LONGEST_EXAMINED])
    if len(paragraph) > LONGEST_EXAMINED:
        kind = "prose" if words >= LONG_PARAGRAPH else "line"
        return words, Look(kind, "long paragraph")
    looks = (test(paragraph, words) for test in TESTS)
    return words, next(filter(None, looks))


_cached_look_at = lru_cache(maxsize=MAX_CACHED_LOOKS)(_look_at)


@lru_cache(maxsize=MAX_CACHED_WORDS)
def paragraph_words(paragraph: str) -> tuple[str, ...]:
    """List the words of a paragraph, folded for comparison, once for all steps that need them.

    Parameters
    ----------
    paragraph : str
        A paragraph of a page.

    Returns
    -------
    tuple of str
        As `folded_words` lists them.

    Examples
    --------
    >>> paragraph_words("The City’s mayor")
    ('the', 'city', 'mayor')
    """
    return tuple(folded_words(paragraph))


def _count_words(paragraph: str) -> int:
    """Return the number of words, which is estimated for scripts without spaces."""
    words = len(paragraph_words(paragraph))
    if paragraph.isascii():
        return words
    characters = sum(1 for _ in UNSPACED_CHARACTER.finditer(paragraph))
    return words + characters // UNSPACED_CHARACTERS_PER_WORD


def find_day(line: str) -> tuple[int, int] | None:
    """Find a date in a short line, in any language.

    Parameters
    ----------
    line : str
        A short paragraph.

    Returns
    -------
    (int, int) or None
        The offsets of the date.

    Examples
    --------
    >>> find_day("Publicado el 16 de marzo de 2021"), find_day("3 hours ago"), find_day("May")
    ((13, 32), (0, 11), None)
    """
    # Every date has a digit, and most lines have none.
    if not DIGIT.search(line):
        return None
    if match := DAY.search(line):
        return match.span()
    if not YEAR.search(line):
        return None
    written = find_written_dates(line)
    return (written[0].start, written[0].end) if written else None


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the spans of paragraphs: lines, or in hard-wrapped text what blank lines separate."""
    lines = [trim(text, *match.span()) for match in LINE.finditer(text)]
    lines = [(start, end) for start, end in lines if start < end]
    begins = _begins_paragraph(text, lines)
    if not _is_hard_wrapped(text, lines, begins):
        return _with_headline_in_one(text, lines, begins)
    if _ends_headline(text, lines, begins):
        begins[1] = True
    joined: list[tuple[int, int]] = []
    for (start, end), is_first in zip(lines, begins, strict=True):
        if is_first:
            joined.append((start, end))
        else:
            joined[-1] = (joined[-1][0], end)
    return joined


def _with_headline_in_one(
    text: str, lines: list[tuple[int, int]], begins: list[bool]
) -> list[tuple[int, int]]:
    """Return the lines, the first two joined if they are a headline over two lines.

    The second begins in lower case, and a blank line follows.
    """
    if len(lines) < 3 or begins[1] or not begins[2]:
        return lines
    (start, first_end), (second_start, end) = lines[:2]
    is_byline = SMALL_BYLINE.match(text, second_start, end) is not None
    goes_on = text[second_start].islower() and not is_byline
    goes_on = goes_on and not ENDING.search(text[start:first_end])
    is_short = end - start <= MAX_TITLE and not ENDING.search(text[second_start:end])
    return [(start, end), *lines[2:]] if goes_on and is_short else lines


def _ends_headline(text: str, lines: list[tuple[int, int]], begins: list[bool]) -> bool:
    """Return whether hard-wrapped text begins with a headline that no blank line follows.

    It is in capitals and the next is not; or it ends early, since the next word had room, and the
    next line begins with a capital.
    """
    if len(lines) < 3 or begins[1]:
        return False
    (start, end), (next_start, next_end) = lines[:2]
    first = text[start:end]
    below = text[next_start:next_end]
    if ENDING.search(first) or len(first.split()) < 2:
        return False
    if first.isupper() and not below.isupper():
        return True
    width = max(line_end - line_start for line_start, line_end in lines)
    had_room = end - start + 1 + len(below.split(None, 1)[0]) <= width - ROOM_TO_SPARE
    return had_room and width <= WIDEST_COLUMN and below[0].isupper()


def _is_hard_wrapped(text: str, lines: list[tuple[int, int]], begins: list[bool]) -> bool:
    """Return whether a third of the lines with another right below end inside a sentence."""
    pairs = [
        pair for pair, is_first in zip(pairwise(lines), begins[1:], strict=True) if not is_first
    ]
    if not pairs:
        return False
    has_many_lines = len(pairs) > MANY_LINES
    width = max(end - start for start, end in lines) if has_many_lines else WIDEST_COLUMN + 1
    broken = [above for above, below in pairs if _breaks_off(text, above, below, width)]
    return len(broken) * WRAPPED_SHARE >= len(pairs)


def _breaks_off(text: str, above: tuple[int, int], below: tuple[int, int], width: int) -> bool:
    """Return whether a line continues below: in lower case, or since the next word had no room."""
    above_start, above_end = above
    below_start, below_end = below
    length = above_end - above_start
    if length not in WRAPPED_LINE:
        return False
    if ENDING.search(text[max(above_end - 5, above_start) : above_end]):
        return False
    if text[above_end - 1] == ",":
        return True
    # A headline, and below it: by Anna Bell
    if text[below_start].islower() and not SMALL_BYLINE.match(text, below_start, below_end):
        return True
    first_word = text[below_start:below_end].split(None, 1)[0]
    return width <= WIDEST_COLUMN and length + 1 + len(first_word) > width


def _begins_paragraph(text: str, lines: list[tuple[int, int]]) -> list[bool]:
    """Return for each line whether it begins a paragraph: after a blank, listed or indented."""
    begins: list[bool] = []
    indent = 0
    previous_end = 0
    for start, end in lines:
        gap = text[previous_end:start]
        line_breaks = gap.count("\n") + gap.count("\r") - gap.count("\r\n")
        line_indent = indent
        if line_breaks or not begins:
            line_indent = len(gap) - 1 - max(gap.rfind("\n"), gap.rfind("\r"))
        is_indented = line_indent > indent
        is_listed = LISTED.match(text, start) is not None
        begins.append(not begins or line_breaks != 1 or is_listed or is_indented)
        indent = line_indent
        previous_end = end
    return begins


def _form(paragraph: str, words: int) -> Look | None:
    """Recognise a field of a form: a sum that keeps robots away, a counter of characters."""
    if words <= LONGEST_FORM and FORM.search(paragraph) and not DAY.search(paragraph):
        return Look("form", "sum or counter")
    return None


def _comments(paragraph: str, words: int) -> Look | None:
    """Recognise a count of comments, or the author of one."""
    if words <= LONGEST_HEAD_OF_COMMENTS and COMMENTS.match(paragraph):
        return Look("comment", "head of comments")
    # The colon is looked up first because the pattern is slow and hardly any line ends with one.
    ends_with_colon = words <= LONGEST_SPEAKER and paragraph.endswith(":")
    if not ends_with_colon or not SPEAKER.match(paragraph):
        return None
    # Numbered or dated: a story has its "he said:" too.
    if paragraph[0].isdigit() or DAY.search(paragraph):
        return Look("comment", "author of a comment")
    return None


def _phrase(paragraph: str, words: int) -> Look | None:
    """Recognise a phrase of the lexicon."""
    if words > LONGEST_NOTICE:
        return None
    for phrase in _page_phrases().that_may_be_in(paragraph):
        if words > phrase.longest:
            continue
        look_for = phrase.pattern.match if phrase.is_at_start else phrase.pattern.search
        if match := look_for(paragraph):
            rule = f"term: {match[1][:PHRASE_LENGTH].strip()}"
            return Look(phrase.zone, rule, is_phrase=True, opens=phrase.opens)
    return None


class PhraseIndex:
    """The phrases of pages, looked up by the words with which they begin.

    Parameters
    ----------
    phrases : list of PagePhrase
        The phrases in the order in which they are tried.
    """

    def __init__(self, phrases: list[PagePhrase]):
        self.phrases = phrases
        patterns = [n for n, phrase in enumerate(phrases) if phrase.first_words is None]
        self.at_start = frozenset(number for number in patterns if phrases[number].is_at_start)
        self.always = frozenset(patterns) - self.at_start
        # Hardly any line begins with one of these patterns: all together are tried first.
        starts = (
            phrases[number].expression.removeprefix(UNQUOTED_START)
            for number in sorted(self.at_start)
        )
        self.any_start = re.compile(rf"{UNQUOTED_START}(?:{'|'.join(starts)})", re.IGNORECASE)
        self.by_word: dict[str, set[int]] = defaultdict(set)
        for number, phrase in enumerate(phrases):
            for word in phrase.first_words or ():
                self.by_word[word].add(number)

    def that_may_be_in(self, paragraph: str) -> list[PagePhrase]:
        """Return the phrases of which a paragraph may contain one, in order."""
        numbers = set(self.always)
        if self.at_start and self.any_start.match(paragraph):
            numbers |= self.at_start
        for word in self.by_word.keys() & paragraph_words(paragraph):
            numbers.update(self.by_word[word])
        return [self.phrases[number] for number in sorted(numbers)]


@cache
def _page_phrases() -> PhraseIndex:
    """Return the rows of page_phrases.csv of all languages, English ones first."""
    return PhraseIndex([_page_phrase(row) for row in page_phrase_rows()])


def page_phrase_rows() -> list[dict[str, str]]:
    """Read the phrases of page furniture of all languages.

    Returns
    -------
    list of dict
        One dict per row of lexicon/LANGUAGE/page/page_phrases.csv, the English ones first.
    """
    paths = FOLDER.glob("*/page/page_phrases.csv")
    languages = sorted((path.parts[-3] for path in paths), key=lambda name: (name != "en", name))
    rows = []
    for language in languages:
        rows.extend(read_lexicon(f"{language}/page/page_phrases"))
    return rows


def _page_phrase(row: dict[str, str]) -> PagePhrase:
    """Return the phrase of a row of the lexicon."""
    first_words = None
    if not row["term"].startswith("/"):  # which is a regular expression
        first_words = frozenset(folded_words(term)[0] for term in row["term"].split("|"))
    longest = LONGEST[row["zone"]]
    if row["where"] == "notice":
        longest = LONGEST_NOTICE
    elif row["where"] == "whole":
        longest = min(longest, LONGEST_LABEL)
    return PagePhrase(
        zone=row["zone"],
        expression=_at_its_place(term_pattern(row["term"]), row["where"]),
        longest=longest,
        first_words=first_words,
        opens=row["opens"],
        is_at_start=row["where"] in ("start", "whole"),
    )


def _at_its_place(pattern: str, where: str) -> str:
    """Return a pattern for the start, the end, the whole or any place of a paragraph."""
    before = UNQUOTED_START if where in ("start", "whole") else ""
    after = r"[\W_]*$" if where in ("end", "whole") else ""
    return f"{before}({pattern}){after}"


def _caption(paragraph: str, words: int) -> Look | None:
    """Recognise a caption, which ends with a credit or has a full date as agencies print it."""
    if words <= LONGEST_WITH_CREDIT and CREDIT.search(paragraph[-CREDIT_LENGTH:]):
        return Look("caption", "credit at the end")
    if words in CAPTION_WITH_DAY and FULL_DAY.search(paragraph):
        return Look("caption", "day in full")
    return None


def _day(paragraph: str, words: int) -> Look | None:
    """Recognise a line with a date, or the signature of an embedded post."""
    if words <= LONGEST_POST and EMBEDDED.match(paragraph):
        return Look("post", "post of a network")
    if words <= LONGEST_DAY and not ENDING.search(paragraph) and find_day(paragraph):
        return Look("day", "line with a day")
    return None


def _byline(paragraph: str, words: int) -> Look | None:
    """Recognise a line with the author of the story."""
    if words > LONGEST_BYLINE or ENDING.search(paragraph):
        return None
    if BYLINE.match(paragraph):
        return Look("byline", "by …")
    return Look("byline", "name and post") if STAFF.fullmatch(paragraph) else None


def _prose(paragraph: str, words: int) -> Look | None:
    """Recognise a sentence or a long paragraph."""
    if words >= SHORTEST_SENTENCE and ENDING.search(paragraph[-20:]):
        return Look("prose", "sentence")
    return Look("prose", "long paragraph") if words >= LONG_PARAGRAPH else None


def _line(paragraph: str, words: int) -> Look:
    """Classify any other paragraph as an item of a list or a line."""
    if words >= SHORTEST_LIST_ITEM and LISTED.match(paragraph):
        return Look("list", "item of a list")
    return Look("line", "short line")


TESTS: tuple[Callable[[str, int], Look | None], ...] = (
    _form,
    _comments,
    _phrase,
    _caption,
    _day,
    _byline,
    _prose,
    _line,
)
