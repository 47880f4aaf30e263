"""Quotation marks of one paragraph: pair them, blank quotations, distinguish speech from titles."""

import re

from clippings.core.lexicon import words_of
from clippings.core.tokens import WORD

Span = tuple[int, int]

QUOTATION_MARK = re.compile(
    r"""
      [“”„"]               # “We left,” / „Wir gingen“ / "We left,"
    | (?<!') '' (?!')      # ''We left,'': two apostrophes stand for a mark in plain text files
    """,
    re.VERBOSE,
)
CURLY_MARKS = "“”„"
CLOSING_MARKS = ("”", '"', "''", "“")  # “It fell,“ she said: typed the wrong way round
SENTENCE_STOPS = ".!?…"

# Blanked quotations must still look like words to the rules for sentences, so they are filled
# with a letter. No rule may look for that letter: Phoenix and Netflix hold it too. Whether a
# place is inside a quotation is a question for the spans.
FILLER = "x"
CAPITAL_FILLER = "X"

MAX_TITLE_WORDS = 12  # words; longer ones in quotation marks are speech, whatever their capitals


def marked_spans(text: str) -> list[Span]:
    """Pair the double quotation marks of a paragraph.

    Parameters
    ----------
    text : str
        A paragraph.

    Returns
    -------
    list of (int, int)
        Spans with their marks, in order; they do not overlap.

    Notes
    -----
    A mark that is never closed reaches to the end of the last sentence before the next opening
    mark, or to the end of the paragraph; a closing mark without an opening one is ignored.
    Single quotation marks are not read.

    Examples
    --------
    >>> text = '“One,” he said. "Two" and “three.'
    >>> [text[start:end] for start, end in marked_spans(text)]
    ['“One,”', '"Two"', '“three.']
    """
    spans = []
    opened_at = None
    for mark in QUOTATION_MARK.finditer(text):
        at = mark.start()
        opens = _opens(text, at, mark.end(), inside=opened_at is not None)
        if opens and opened_at is None:
            opened_at = at
        elif opens:
            # “We left. She wept. “It is over,” he said: the first quotation was never closed
            last_stop = max(text.rfind(stop, opened_at, at) for stop in SENTENCE_STOPS)
            if last_stop > opened_at:
                spans.append((opened_at, last_stop + 1))
                opened_at = at
        elif opened_at is not None:
            spans.append((opened_at, mark.end()))
            opened_at = None
    if opened_at is not None and text[opened_at + 1 :].strip():
        spans.append((opened_at, len(text.rstrip())))
    return spans


def _opens(text: str, start: int, end: int, *, inside: bool) -> bool:
    """Return whether the mark at a place opens a quotation; `inside`: another one is open."""
    before = text[max(0, start - 1) : start]
    after = text[end : end + 1]
    if text[start] in CURLY_MARKS:
        # “It fell,“ she said: an opening mark after a word and before a blank closes
        closes_word = bool(before.strip()) and not after.strip()
        return text[start] != "”" and not (inside and closes_word)
    if not inside:
        return True
    # "We left. "It is over," he said: a straight mark between a blank and a word opens
    return before.isspace() and after.isalnum()


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
        A text of the same length. The marks, the last stop or comma and the case of the first
        letter of each quotation stay.

    Examples
    --------
    >>> blank_quotes("“Is it over?” Bell said.", [(0, 13)])
    '“Xxxxxxxxxx?” Bell said.'
    """
    pieces = []
    last_end = 0
    for start, end in spans:
        pieces += [text[last_end:start], _blanked(text, start, end)]
        last_end = end
    return "".join([*pieces, text[last_end:]])


def _blanked(text: str, start: int, end: int) -> str:
    """One quotation, blanked; two apostrophes become one curly mark and a filler."""
    is_two_apostrophes = text.startswith("''", start)
    mark_length = 2 if is_two_apostrophes else 1
    content_end = _closing_mark_start(text, start, end)
    content_start = min(start + mark_length, content_end)

    is_capital = text[content_start : content_start + 1].isupper()
    first = CAPITAL_FILLER if is_capital else FILLER
    has_stop = text[content_end - 1] in SENTENCE_STOPS + ","
    last = text[content_end - 1] if has_stop else FILLER

    opening = "“" + first if is_two_apostrophes else text[start]
    content_length = content_end - content_start
    content = first + FILLER * (content_length - 2) + last
    closing = text[content_end:end]
    if is_two_apostrophes or closing == "“":
        closing = "” "[: end - content_end]
    return opening[: content_start - start] + content[:content_length] + closing


def _closing_mark_start(text: str, start: int, end: int) -> int:
    """Return the start of the closing mark of a quotation; `end` if it is never closed."""
    for mark in CLOSING_MARKS:
        if text.endswith(mark, start + 1, end):
            return end - len(mark)
    return end


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
    Most words of a title have capitals. Not recognised: long titles in lower case, and answers
    of one word.

    Examples
    --------
    >>> is_speech("“Gone With the Wind”", (0, 20)), is_speech("“gone with him”", (0, 15))
    (False, True)
    """
    quotation = text[slice(*span)]
    words = [match[1] for match in WORD.finditer(quotation)]
    if len(words) < 2 or "http" in words:
        return False

    lower_case = [word for word in words if word[0].islower()]
    looks_like_title = words[0][0].isupper() and len(lower_case) <= len(words) / 2
    if len(words) > MAX_TITLE_WORDS or not looks_like_title:
        return True

    # “Not yet!” is speech, but “Meet the Press.” is a title at the end of a sentence
    has_stop = quotation.strip("“”\"' \xa0")[-1:] in (".", "!", "?", ",")
    small_words = words_of("en/names/syntax", kind="small in titles")
    return has_stop and not all(word in small_words for word in lower_case)
