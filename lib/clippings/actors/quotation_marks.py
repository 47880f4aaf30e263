"""Quotation marks of one paragraph: pair them, blank quotations, distinguish speech from titles."""

import re
from bisect import bisect_left
from typing import NamedTuple

from clippings.core.lexicon import any_of, words_of
from clippings.core.spans import enclosing
from clippings.core.tokens import WORD

Span = tuple[int, int]

# The same mark can open or close a quotation, depending on the surrounding text.
DOUBLE_MARK = re.compile(
    r"""
      (?<!") "" (?!")                    # ""We left,"": a table that was escaped twice
    | ‘‘ | (?<=[\w,.!?…—–-]) ’’          # ‘‘We left,’’
    | [“”„‟"＂「」『』]                    # “We left,” / „Wir gingen“ / "We left," / 「…」
    | (?<!') '' (?!') | (?<!`) `` (?!`)  # ``We left,'': plain text files and news wires
    | & (?: quot | [lrb]dquo             # &quot;We left,&quot;: HTML read as text
          | \#0*34 | \#0*822[0-2] | \#x201[cde] ) ;
    """,
    re.VERBOSE | re.IGNORECASE,
)
SINGLE_STRAIGHT_MARK = re.compile(r'(?<!")"(?!")')
GUILLEMET = re.compile(  # «We left», and in German »We left«; <<We left>>
    r"[«»]|&[lr]aquo;|(?<!<)<<(?=\w)|(?<=[\w,.!?…])>>(?!>)", re.IGNORECASE
)
# What every double mark and guillemet contains; most paragraphs do not, and need no closer look.
SIGN_OF_MARKS = re.compile(r"[“”„‟\"＂「」『』«»&]|''|``|‘‘|’’|<<|>>")

OPENING_SINGLE_MARK = re.compile(
    rf"""
    (?<! \w ) (?: [‘‚‹›] | (?<!') ' (?!') )     # ‘We left / 'We left; not the mark in don't
    (?= \w | … | \.\.\. | [“"«$£€] )
    (?! (?: \d0s                                # ’90s
          | {any_of("en/speech/function_words", "begins with an apostrophe")} ) \b )   # ’em
    """,
    re.VERBOSE | re.IGNORECASE,
)
CLOSING_SINGLE_MARK = re.compile(r"(?<! \s ) (?: [’›‹‘] | (?<!') ' (?!') ) (?! \w )", re.VERBOSE)

INCHES = re.compile(r"(?<=\d['’′])\d{1,2}(?:\.\d)?(?P<mark>\")")  # 6'3" tall
CLOSES_NOTHING = re.compile(  # a straight mark whose opening mark is lost
    r"""
      (?<= [\w\])] ) " (?= [ \t\xa0] [a-z] )     # of his systems" including
    | (?<= [,.!?…] ) " (?= [ \t\xa0] \w )       # when it fell," Bell said
    """,
    re.VERBOSE,
)
SINGLE_MARKS = "‘’‚‹›'"
SENTENCE_STOPS = ".!?…"
STOPS_BEFORE_CLOSING_MARK = (
    ",.!?…—–-"  # ‘We left,’ she said: a mark after a stop is not an apostrophe
)

# Blanked quotations must still look like words to the rules for sentences, so they are filled
# with a letter. No rule may look for that letter: Phoenix and Netflix contain it too. Whether a
# place is inside a quotation is a question for the spans.
FILLER = "x"
CAPITAL_FILLER = "X"

MAX_TITLE_WORDS = 12  # words; longer ones in quotation marks are speech, whatever their capitals
MIN_SINGLE_MARKED_WORDS = 5  # words; fewer in ‘single marks’ without a stop are a term or a title


class _Mark(NamedTuple):
    start: int
    end: int


def marked_spans(text: str) -> list[Span]:
    """Pair the quotation marks of a paragraph.

    Parameters
    ----------
    text : str
        A paragraph.

    Returns
    -------
    list of (int, int)
        Spans including their marks, in order and without overlaps. A quotation inside another one
        does not have a separate span.

    Notes
    -----
    A double mark that is never closed reaches to the end of the last sentence before the next
    opening mark, or to the end of the paragraph; a closing mark without an opening one is ignored,
    and so are inches (6'3").
    Single marks are apostrophes, too: they count only where an opening mark has a closing one.
    Not recognised: a quotation in single marks that ends with a plural's apostrophe.

    Examples
    --------
    >>> text = '“One,” he said. "Two" and ‘don’t wait,’ and “three.'
    >>> [text[start:end] for start, end in marked_spans(text)]
    ['“One,”', '"Two"', '‘don’t wait,’', '“three.']
    """
    double = _double_marked(text)
    single = _single_marked(text, double)
    inside_single = {span for span in double if enclosing(single, span[0])}
    return sorted(single + [span for span in double if span not in inside_single])


def _double_marked(text: str) -> list[Span]:
    """Return the quotations in double marks or guillemets."""
    if not SIGN_OF_MARKS.search(text):
        return []
    guillemet_marks = list(GUILLEMET.finditer(text))
    guillemets = {match.start() for match in guillemet_marks}
    inches = {match.start("mark") for match in INCHES.finditer(text)}
    marks = [*DOUBLE_MARK.finditer(text), *guillemet_marks]
    spans = []
    opened = None
    for match in sorted(marks, key=lambda match: match.start()):
        mark = _Mark(*match.span())
        if mark.start in inches:
            continue
        is_guillemet = mark.start in guillemets
        if opened and (opened.start in guillemets) != is_guillemet:
            continue  # a quotation inside another one: «We heard “no”, she said»
        if opened and _is_doubled_inside(text, mark, opened):
            continue  # "We heard ""no"", she said"
        direction = _guillemet_opens if is_guillemet else _opens
        opens = direction(text, mark, opened)
        if opens and opened is None:
            opened = mark
        elif opens:
            # “We left. She wept. “It is over,” he said: the first quotation was never closed
            last_stop = max(text.rfind(stop, opened.start, mark.start) for stop in SENTENCE_STOPS)
            if last_stop > opened.start:
                spans.append((opened.start, last_stop + 1))
                opened = mark
        elif opened is not None:
            spans.append((opened.start, mark.end))
            opened = None
    if opened is not None and text[opened.end :].strip():
        spans.append((opened.start, len(text.rstrip())))
    return spans


def _is_doubled_inside(text: str, mark: _Mark, opened: _Mark) -> bool:
    """Return whether a doubled straight mark belongs to a quotation inside another one."""
    is_inside = text[opened.start : opened.end] == '"' and text[mark.start : mark.end] == '""'
    return is_inside and SINGLE_STRAIGHT_MARK.search(text, mark.end) is not None


def _opens(text: str, mark: _Mark, opened: _Mark | None) -> bool:
    """Return whether a double mark opens a quotation; `opened`: the mark of an open one."""
    character = text[mark.start : mark.end].casefold()
    before = text[max(0, mark.start - 1) : mark.start]
    after = text[mark.end : mark.end + 1]
    if character in ("„", "「", "『", "&bdquo;", "``", "‘‘"):
        return True
    if character in ("」", "』", "’’"):
        return False
    if character in ("“", "‟", "&ldquo;", "&#8220;"):
        if opened is None:
            return True
        # „It fell“, she said: closes what a low mark opened
        if text[opened.start] == "„":
            return False
        # “It fell,“ she said: typed the wrong way round
        return not (bool(before.strip()) and not after.strip())
    if character in ("”", "&rdquo;", "&#8221;"):
        # ”It fell,” she said, as Swedes write and programs sometimes do
        return opened is None and not before.strip() and after.isalnum()
    if opened is None:
        return not CLOSES_NOTHING.match(text, mark.start)
    # "We left. "It is over," he said: a straight mark between a blank and a word opens
    return before.isspace() and after.isalnum()


def _guillemet_opens(text: str, mark: _Mark, opened: _Mark | None) -> bool:
    """Return whether a guillemet opens; one in the opposite direction closes."""
    if opened is None:
        before = text[max(0, mark.start - 1) : mark.start]
        points_left = text.startswith(("«", "&l", "<<"), mark.start)
        # »We left« opens after a blank; a » after a word closes something that is not there
        return points_left or not before.strip() or before in "(—–-"
    return text[mark.start : mark.end].casefold() == text[opened.start : opened.end].casefold()


def _single_marked(text: str, double: list[Span]) -> list[Span]:
    """Return the quotations in single marks that are not inside other quotations."""
    starts = [
        match.start()
        for match in OPENING_SINGLE_MARK.finditer(text)
        if not enclosing(double, match.start())
    ]
    if not starts:
        return []
    closing = [
        match.end()
        for match in CLOSING_SINGLE_MARK.finditer(text)
        if not enclosing(double, match.start())
    ]
    spans: list[Span] = []
    last_end = 0
    for number, start in enumerate(starts):
        if start < last_end:
            continue
        limit = starts[number + 1] if number + 1 < len(starts) else len(text)
        first = bisect_left(closing, start + 2)
        ends = closing[first : bisect_left(closing, limit + 1)]
        end = _closing_single(text, ends)
        if end is None and not text[:start].strip() and text[start] == "‘":
            end = _unclosed_end(text, start, limit)
        if end is not None:
            spans.append((start, end))
            last_end = end
    return spans


def _closing_single(text: str, ends: list[int]) -> int | None:
    """Return the end of a quotation in single marks, of the ends of all marks that may close it."""
    # ‘The farmers’ road is gone,’ she said: a mark after a stop closes
    after_stop = [end for end in ends if text[end - 2] in STOPS_BEFORE_CLOSING_MARK]
    if after_stop:
        return after_stop[0]
    # ‘a mistake’, ‘the farmers’ road’: preferably not the apostrophe of a plural
    not_plural = [end for end in ends if text[end - 2] not in "sS"]
    return min(not_plural, default=max(ends, default=None))


def _unclosed_end(text: str, start: int, limit: int) -> int | None:
    """Return the end of a paragraph that is entirely a quotation and continues in the next one."""
    is_whole = limit == len(text) and text.rstrip()[-1:] in SENTENCE_STOPS
    return len(text.rstrip()) if is_whole and len(text[start:].split()) > 2 else None


def blank_quotes(text: str, spans: list[Span]) -> str:
    """Replace the quoted words by a filler, so that rules for verbs and sentences skip them.

    Parameters
    ----------
    text : str
        A paragraph.
    spans : list of (int, int)
        Its quotations, from `marked_spans`.

    Returns
    -------
    str
        A text of the same length. Whatever the marks, they are curly double ones; the last stop or
        comma and the case of the first letter of each quotation stay.

    Examples
    --------
    >>> blank_quotes("'Is it over?' Bell said.", [(0, 13)])
    '“Xxxxxxxxxx?” Bell said.'
    """
    pieces = []
    last_end = 0
    for start, end in spans:
        pieces += [text[last_end:start], _blanked(text, start, end)]
        last_end = end
    return "".join([*pieces, text[last_end:]])


def _blanked(text: str, start: int, end: int) -> str:
    """Blank one quotation; the rest of a multi-character mark becomes filler or blanks."""
    content_start, content_end = _content_of(text, start, end)
    content = text[content_start:content_end]

    first = CAPITAL_FILLER if content.lstrip()[:1].isupper() else FILLER
    last = content.rstrip()[-1:]
    if last not in SENTENCE_STOPS + ",":
        last = FILLER

    # The word begins right after the mark, be it one character or &quot;
    opening_length = content_start - start
    word = (first + FILLER * (opening_length + len(content) - 3) + last)[: end - start - 1]
    filled = ("“" + word)[: opening_length + len(content)]
    if content_end < end:
        filled += "”".ljust(end - content_end)
    return filled


def _content_of(text: str, start: int, end: int) -> Span:
    """Return the quoted words between the marks; to `end` if no mark closes them."""
    opening = DOUBLE_MARK.match(text, start) or GUILLEMET.match(text, start)
    if not opening and text[start] in SINGLE_MARKS:
        closes = text[end - 1] in SINGLE_MARKS
        return start + 1, max(start + 1, end - 1 if closes else end)
    # Without an opening mark, it is the end of a quotation that began in an earlier line
    content_start = opening.end() if opening else start
    # The longest mark is &#x201c;
    for mark_start in range(max(content_start, end - 8), end):
        for pattern in (DOUBLE_MARK, GUILLEMET):
            closing = pattern.match(text, mark_start)
            if closing and closing.end() == end:
                return content_start, mark_start
    return content_start, max(content_start, end)


def is_closed(text: str, span: Span) -> bool:
    """Return whether a mark closes a quotation, which otherwise continues in the next paragraph.

    Parameters
    ----------
    text : str
        A paragraph.
    span : (int, int)
        One of its `marked_spans`.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_closed("“We left.", (0, 9)), is_closed("«We left.»", (0, 10))
    (False, True)
    """
    return _content_of(text, *span)[1] < span[1]


def is_speech(text: str, span: Span) -> bool:
    """Distinguish speech from titles, names, addresses and single scare-quoted words.

    Parameters
    ----------
    text : str
        A paragraph.
    span : (int, int)
        One of its `marked_spans`.

    Returns
    -------
    bool
        True if the quoted words are speech.

    Notes
    -----
    Most words of a title are capitalised. Long titles in lower case are mistaken for speech, and
    answers of one word for titles.

    Examples
    --------
    >>> is_speech("“Gone With the Wind”", (0, 20)), is_speech("“gone with him”", (0, 15))
    (False, True)
    """
    content_start, content_end = _content_of(text, *span)
    quotation = text[content_start:content_end]
    words = [match[1] for match in WORD.finditer(quotation)]
    if len(words) < 2 or "http" in words:
        return False

    # “Not yet!” is speech, but “Meet the Press.” is a title at the end of a sentence
    has_stop = quotation.strip(" \xa0\"'”’")[-1:] in (".", "!", "?", ",")
    # ‘fake news’: single marks are used for terms and titles as well
    is_single = not (DOUBLE_MARK.match(text, span[0]) or GUILLEMET.match(text, span[0]))
    if is_single and not has_stop and len(words) < MIN_SINGLE_MARKED_WORDS:
        return False

    lower_case = [word for word in words if word[0].islower()]
    looks_like_title = words[0][0].isupper() and len(lower_case) <= len(words) / 2
    if len(words) > MAX_TITLE_WORDS or not looks_like_title:
        return True
    small_words = words_of("en/names/syntax", kind="small in titles")
    return has_stop and not all(word in small_words for word in lower_case)
