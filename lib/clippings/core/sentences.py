"""Find sentences as spans of a text.

A pattern finds the places where a sentence may end. The decision depends on the text before and
after that place and on the word lists abbreviations, sentence_starters and sentence_words. If an
abbreviation exists in several languages, the language of the text determines which rules apply.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from clippings.core.languages import count_function_words, function_words
from clippings.core.lexicon import any_of, either, languages_with, read_lexicon, read_words
from clippings.core.spans import trim

# A place where a sentence may end, with the context needed for the decision.
_PAUSE = re.compile(
    r"""
    (   # 1: the stop. (The lookbehinds start at its first character, so that `re` skips the rest.)
        [.?!…؟۔।॥。！？｡፧፨።။។;\u037e]
        (?: (?<![;\u037e])                                  # a Greek question ends with ;
          | (?<=[\u0370-\u03ff\u1f00-\u1fff][;\u037e])
        )
        (?: (?<=\.)(?<!\S\.)(?<!\.\s\.)(?:[ \xa0]\.)++    # a spaced ellipsis ". . ." is one stop
          | (?<![.?!…؟۔]{2})[.?!…؟۔।॥。！？｡]*+               # "?!" and "..." too
        )
    )
    (   # 2: what closes after it: quotation marks, brackets, the number of a footnote
        (?: [)\]}”’»"'\u200b」』】）》〉]
          | [“‘«‹›](?=[\s.,;:?!)]|$)                         # closes in German, opens in English
          | [ \xa0\u202f]»(?=[\s.,;:?!)]|$)                  # a French quotation: « Oui. »
          | \[\^?\d{1,3}\]                                   # [12], in Markdown [^12]
          | [¹²³⁰-⁹]{1,3} | [*†‡]{1,3}
        )*+
    )
    (?=
        (   # 3: the gap, which pasted pages lose, and which Chinese and Japanese do not have
            \s++
          | (?=[A-Z“‘(])
          | (?: (?<=[。！？｡])
              | (?<=[。！？｡][」』】）》〉”’])
              | (?<=[。！？｡][」』】）》〉”’]{2})
            )
            (?=[^\s。！？｡，、；：])
        )
        ((?:[^\w\s,;:)\]}”»?!]{1,9}+\s{0,3}){0,4}+)          # 4: what opens: “ ( – •
        (\w*)                                                # 5: the word after it
    )
    """,
    re.VERBOSE,
)
_BLANK_LINE = re.compile(r"\n\s*\n")
# The mark of a list item: • or 1. or (a) before a word.
_ITEM = re.compile(
    r"""
    (?<!\S)
    (?: ([•⁃‣▪●])                                            # 1: • First
      | (\d{1,3}|[a-z])(\.\)|[.)])(?=\s+[“"(]?[^\W\d_a-z])    # 2, 3: 1. First · a) First
    )
    """,
    re.VERBOSE,
)
_LABEL = re.compile(r"\W{0,4}(?:\d{1,3}|[A-Za-z]|[IVX]{2,4})")  # the number of an item: 12 · B · IV
_ROMAN = re.compile(r"[IVXLC]+")  # Vol. II
_ARTICLE = re.compile(r"^(?:[Ll]|[Dd]|[Dd]ell|[Nn]ell|[Aa]ll|[Ss]ull|[Qq]u)['’](?=\w)")
_GERMAN_ORDINAL = re.compile(r"\d{1,2}|[IVX]{1,4}")  # am 3. Oktober · Karl V. Krone
_STREET = re.compile(r"[^\W\d_]{2,}(?:str|Str)")  # Hauptstr. 5 · Ernst-Lund-Str. 12
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.&?)+[^\W\d_]{1,2}")  # U.S · J.R · Ph.D · S.&P
_ADVERB = re.compile(r"\w+ly,")  # opens a sentence: "… Inc. Finally, …"
_SUBJECT = re.compile(r"[A-Z][\w’'-]*\s+(?!and\b|time\b)[a-z\d]")  # "… Inc. Shares fell"
# Names that begin in lower case: al-Hussein · de Gaulle · iPhone
_SMALL_NAME = re.compile(
    rf"(?:(?:a[lnrstdz]|e[ln])[-‑]|(?:{'|'.join(read_words('en/names/particles'))})[ \xa0])[A-Z]"
    r"|[a-z]{1,2}[A-Z]"
)
_ADDRESS = re.compile(r"[@/_]|\.\w|www\.")
_OPENING = re.compile(rf"(?i:{any_of('en/text/sentence_words', 'opening')})(?:\s+\S+){{1,3}}")
_DETERMINERS = frozenset(read_words("en/text/sentence_words", kind="determiner"))
_COUNTING = frozenset(read_words("en/text/sentence_words", kind="counting"))
_ZONE = re.compile(rf"{any_of('en/text/sentence_words', 'time zone')}|[A-Z]{{2,4}}")
_QUOTES = ("”", "’", '"', "'", "»", "“", "‘", "«")

_FULL_WIDTH_STOPS = "。！？｡"
# Text that continues a sentence after a closing quotation mark: 「…。」と述べた and “……。”他说。
_JAPANESE_PARTICLE = re.compile(r"と|って|など|という|[はがをのにでも、]")
_CHINESE_ATTRIBUTION = re.compile(
    r"[^\s，。！？：；“”]{1,10}(?:说|說|道|称|稱|表示|指出|问|問|写道|寫道)"
)

# Maximum length of an abbreviation before a full stop, in characters.
_LONGEST_ABBREVIATION = 16
# A sentence with no more characters than this may be just the number of an item ("12.", "(IV).").
_LONGEST_LABEL = 8
# A time of day within this many characters of the start opens a sentence ("At 5 a.m. Rome …").
_LONGEST_OPENING = 30
# An ellipsis with at least this many dots includes a full stop.
_DOTS_WITH_STOP = 4

# The sentences of this number of paragraphs, those of about 1,000 articles, are cached: up to
# 30 MB. Longer paragraphs are rare, but some contain a whole book.
_CACHED_PARAGRAPHS = 16_384
_LONGEST_CACHED_PARAGRAPH = 1_500  # characters


@cache
def _kinds() -> dict[str, str]:
    """Return the kind of each abbreviation, including forms in capitals (GEN. in headlines)."""
    rows = read_lexicon("en/text/abbreviations")
    capitals = {row["word"].upper(): row["kind"] for row in rows if row["word"][0].isupper()}
    return capitals | {row["word"]: row["kind"] for row in rows}


@cache
def _starters() -> frozenset[str]:
    return frozenset(word.capitalize() for word in read_words("en/text/sentence_starters"))


@cache
def _days() -> frozenset[str]:
    rows = read_lexicon("en/time/words")
    return frozenset(
        row["word"].capitalize() for row in rows if row["kind"] in ("month", "weekday")
    )


@cache
def _attribution() -> re.Pattern:
    """Return a pattern for a name and a reporting verb, not followed by "that" or "he"."""
    verbs = either(read_words("en/speech/reporting_verbs", reports="clause"))
    not_opening = r"(?!\s+(?:that|he|she|it|they|we|the)\b)"
    says = rf"(?:ask(?:ed|s)|told|tells)\b|{verbs}\b{not_opening}|\w+ed[.,]"
    name = r"[A-Z][\w’'.-]*"
    return re.compile(rf"{name}(?:\s+{name}){{0,3}}(?:,[^?!”]{{1,60}}?,)?\s+(?:{says})")


def sentence_spans(text: str, shift: int = 0) -> list[tuple[int, int]]:
    """Find the sentences of a paragraph.

    Parameters
    ----------
    text : str
        A paragraph. A blank line always ends a sentence; a line break does not.
    shift : int, default 0
        Added to every offset.

    Returns
    -------
    list of tuple of int
        Start and end of each sentence, in order and trimmed. Each character other than white space
        is in exactly one sentence.

    Notes
    -----
    Abbreviations of another language are used if the text contains more function words of that
    language than of English (see `describe_languages`). Full-width stops need not be followed by a
    space.

    The method misses sentence ends at an abbreviation before a name ("… in the U.S. Rome agreed"),
    at an initial ("Plan B. Rome agreed"), at a spaced ellipsis before a name, and before a sentence
    that begins in lower case. It also misses sentence ends without a full stop, except in numbered
    lists.

    The splitter passes all 48 English golden rules of Pragmatic Segmenter, which were also used to
    develop it. Punkt passes 24 of them, or 35 with a merge rule.

    References
    ----------
    Kiss, T. and Strunk, J. (2006). Unsupervised multilingual sentence boundary detection.
    Computational Linguistics 32(4).

    Examples
    --------
    >>> t = "“We left.” he said. Mr. X stayed until 5 p.m. He wept."
    >>> [t[s:e] for s, e in sentence_spans(t)]
    ['“We left.” he said.', 'Mr. X stayed until 5 p.m.', 'He wept.']
    """
    is_cached = len(text) <= _LONGEST_CACHED_PARAGRAPH
    spans = _spans_of_paragraph(text) if is_cached else _find_spans(text)
    return [(start + shift, end + shift) for start, end in spans]


def _find_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of the sentences of a paragraph."""
    spans = []
    for start, end in _blocks(text):
        first_word = start + 1
        for pause in _PAUSE.finditer(text, start, end):
            if pause.start() >= first_word and _ends(text, start, pause):
                spans.append((start, pause.end()))
                start = pause.end(3)
                first_word = pause.start(5)
        spans.append((start, end))
    return tuple(spans)


# Finders read the same articles one after the other, and each needs the sentences.
_spans_of_paragraph = lru_cache(maxsize=_CACHED_PARAGRAPHS)(_find_spans)


def breaks_off_at_abbreviation(text: str, following: str) -> bool:
    """Return whether a line ends with an abbreviation after which its sentence always continues.

    Parameters
    ----------
    text : str
        A line.
    following : str
        The next line.

    Returns
    -------
    bool
        True after a title, and after an abbreviation of a number that is followed by one.

    Examples
    --------
    >>> breaks_off_at_abbreviation("said Mr.", "Bell"), breaks_off_at_abbreviation("at No.", "5")
    (True, True)
    >>> breaks_off_at_abbreviation("in the U.S.", "Bell")
    False
    """
    if not text.endswith("."):
        return False
    word = _word_before(text, 0, len(text) - 1)
    language = _language_at(text, word)
    kind = _kind(word) if language == "en" else _kind_elsewhere(language, word)
    first_word = following.split(None, 1)[:1]
    if kind == "number":
        return bool(first_word) and _is_numeral(first_word[0].strip("(.,;:"))
    return kind == "title" and bool(first_word)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield parts of a text that contain whole sentences: paragraphs and list items."""
    breaks = [match.end() for match in _BLANK_LINE.finditer(text)]
    for block_start, block_end in pairwise([0, *breaks, len(text)]):
        start, end = trim(text, block_start, block_end)
        mark = _ITEM.match(text, start, end)
        if mark:
            for item_start, item_end in pairwise([start, *_items(text, mark, end), end]):
                yield trim(text, item_start, item_end)
        elif start < end:
            yield start, end


def _items(text: str, mark: re.Match, end: int) -> Iterator[int]:
    """Find the starts of the items after a list's first mark: each further •, or 2. after 1."""
    start = mark.start()
    for match in _ITEM.finditer(text, mark.end(), end):
        if match[1] and match[1] == mark[1]:
            yield match.start()
        elif match[2] and match[3] == mark[3] and match[2] == _next_label(mark[2]):
            before = text[max(start, match.start() - 12) : match.start()].split()
            if before[-1:] and before[-1] not in _COUNTING:  # not "1. It won 1 of 2. The rest …"
                mark = match
                yield match.start()


def _next_label(label: str) -> str:
    return str(int(label) + 1) if label.isdigit() else chr(ord(label) + 1)


def _ends(text: str, start: int, pause: re.Match) -> bool:
    """Return whether the sentence that begins at `start` ends at this pause."""
    stop, closed, gap, opened, word = pause.groups()
    at = pause.start()
    # Nothing follows, or the mark is alone in brackets: (!) and [...]
    if not word or text[at - 1] in "([":
        return False
    if stop[-1] in _FULL_WIDTH_STOPS:
        return not _full_width_sentence_goes_on(text, pause)

    last = _word_before(text, start, at)
    if word[0].islower():
        # A sentence begins in lower case only with a name such as al-Hussein.
        known = _kind(last) or last in _abbreviations_elsewhere()
        return not closed and not known and bool(_SMALL_NAME.match(text, pause.start(5)))
    if not gap:
        return _gap_is_lost(text, pause, last)
    if _is_ellipsis(stop):
        with_stop = stop.count(".") >= _DOTS_WITH_STOP
        starts_anew = word in _starters() and word != "I"
        return with_stop or not text[at - 1].isspace() or starts_anew

    language = _language_at(text, last) if stop == "." else "en"
    if language == "en":
        kind = _kind(last if stop == "." else last + stop)
    else:
        kind = _kind_elsewhere(language, last)
    # A dash continues the sentence after an abbreviation (a dateline) or a quotation (a comment on
    # it).
    if (kind or closed) and opened[:1] in ("-", "–", "—"):
        return False
    if closed[-1:] in _QUOTES and _is_attributed(text, pause):
        return False
    is_short = at - start <= _LONGEST_LABEL
    if stop == "." and is_short and _LABEL.fullmatch(text, start, at):
        return False
    if language != "en":
        return _ends_elsewhere(language, kind, text, start, pause)
    return not kind or _ends_after(kind, text, start, pause)


def _full_width_sentence_goes_on(text: str, pause: re.Match) -> bool:
    """Return whether a Chinese or Japanese sentence continues after a quotation with a stop."""
    if not pause[2]:
        return False
    at = pause.end(2)
    return bool(_JAPANESE_PARTICLE.match(text, at) or _CHINESE_ATTRIBUTION.match(text, at))


def _is_ellipsis(stop: str) -> bool:
    return any(mark in stop for mark in ("..", ". ", ".\xa0", "…"))


def _word_before(text: str, start: int, at: int) -> str:
    """Return the last word before a stop, or the end of it if it is too long."""
    words = text[max(start, at - _LONGEST_ABBREVIATION) : at].split()
    return words[-1].lstrip("([{“‘„‚«¿¡\"'$") if words and not text[at - 1].isspace() else ""


def _kind(word: str) -> str:
    """Return the kind of an abbreviation, or "" for other words; R-Ariz. is treated like Ariz."""
    kind = _kinds().get(word) or _kinds().get(word.rpartition("-")[2], "")
    initial = len(word) == 1 and word.isupper()
    return kind or ("either" if initial or _INITIALS.fullmatch(word) else "")


@cache
def _kinds_by_language() -> dict[str, dict[str, str]]:
    """Return the kinds of abbreviations of the languages other than English that have a list."""
    return {
        language: {
            row["word"]: row["kind"] for row in read_lexicon(f"{language}/text/abbreviations")
        }
        for language in languages_with("text/abbreviations")
        if language != "en"
    }


@cache
def _abbreviations_elsewhere() -> dict[str, list[str]]:
    """Return the languages other than English that abbreviate a word."""
    languages: dict[str, list[str]] = {}
    for language, kinds in _kinds_by_language().items():
        for word in kinds:
            languages.setdefault(word, []).append(language)
    return languages


@cache
def _ordinals(kind: str) -> frozenset[str]:
    return frozenset(read_words("de/text/ordinals", kind=kind))


# Several finders read each paragraph, and the paragraphs of an article follow one another.
@lru_cache(maxsize=256)
def _counted_function_words(text: str) -> dict[str, int]:
    return count_function_words(text)


def _language_at(text: str, last: str) -> str:
    """Choose the language whose rules apply to the full stop after a word.

    The candidates are English and the languages that write a full stop after this word. The
    language with the most function words in the text is chosen.
    """
    languages = _abbreviations_elsewhere().get(_without_article(last), ())
    if _GERMAN_ORDINAL.fullmatch(last) or _is_german_street(last):
        languages = ("de",)
    elif last and (_INITIALS.fullmatch(last) or (len(last) == 1 and last.isupper())):
        languages = tuple(_kinds_by_language())  # initials exist in all languages
    if not languages:
        return "en"
    counts = _counted_function_words(text)
    return max(("en", *languages), key=lambda language: counts.get(language, 0))


def _kind_elsewhere(language: str, word: str) -> str:
    """Return the kind of an abbreviation in another language, or "" (see `_kind`)."""
    if language == "de" and _GERMAN_ORDINAL.fullmatch(word):
        return "ordinal"
    if language == "de" and _is_german_street(word):
        return "number"
    initial = _INITIALS.fullmatch(word) or (len(word) == 1 and word.isupper())
    kind = _kinds_by_language()[language].get(_without_article(word), "")
    return kind or ("either" if initial else "")


def _is_german_street(word: str) -> bool:
    """Return whether a word is the name of a street whose number may follow: Hauptstr."""
    return _STREET.fullmatch(word.rpartition("-")[2]) is not None or word.endswith("-Str")


def _without_article(word: str) -> str:
    """Remove an article that French or Italian joins to a word: l'on. Verdi is on. Verdi."""
    return _ARTICLE.sub("", word)


def _ends_elsewhere(language: str, kind: str, text: str, start: int, pause: re.Match) -> bool:
    """Return whether a sentence of another language ends at the stop after an abbreviation."""
    word = pause[5]
    if not kind:
        return True
    if kind == "title":
        return False
    if kind == "number":
        return not _is_numeral(word)
    if word in _starters_elsewhere(language):
        return True
    if kind == "ordinal":
        before = text[max(start, pause.start() - 20) : pause.start()].split()[-2:-1]
        is_introduced = bool(before) and before[0].lower() in _ordinals("before")
        return not is_introduced and word not in _ordinals("after")
    return False


@cache
def _starters_elsewhere(language: str) -> frozenset[str]:
    """Return the function words of a language as written at the beginning of a sentence."""
    return frozenset(word.capitalize() for word in function_words(language))


def _ends_after(kind: str, text: str, start: int, pause: re.Match) -> bool:
    """Return whether an English sentence ends at the stop after an abbreviation."""
    word = pause[5]
    at = pause.start(5)
    if kind in ("title", "number"):
        return kind == "number" and not _is_numeral(word)
    if kind == "time" and (
        _goes_on(text, start, pause.start()) or word in _days() or _ZONE.fullmatch(word)
    ):
        return False
    short = word in ("A", "I", "No") and text.startswith(".", pause.end(5))  # an initial, or No. 10
    if word in _starters() and not short:
        return True
    return bool(_ADVERB.match(text, at) or (kind != "either" and _SUBJECT.match(text, at)))


def _is_numeral(word: str) -> bool:
    """Return whether a word is a number: 5 · 5th · II, but not the pronoun I."""
    return word[:1].isdigit() or (word != "I" and bool(_ROMAN.fullmatch(word)))


def _goes_on(text: str, start: int, at: int) -> bool:
    """Return whether a time of day opens its sentence ("At 5 a.m. Rome …") or belongs to a name."""
    words = text[max(start, at - _LONGEST_ABBREVIATION) : at].split()
    named = len(words) > 2 and words[-3] in _DETERMINERS
    return named or (at - start < _LONGEST_OPENING and bool(_OPENING.fullmatch(text, start, at)))


def _is_attributed(text: str, pause: re.Match) -> bool:
    """Return whether an attribution such as "Anna Bell said" follows a quotation.

    After a full stop, the attribution must be the entire rest of the sentence, because edited text
    would have a comma there.
    """
    word = pause[5]
    named = word in ("I", "Mr", "Mrs", "Ms") or word not in _starters()
    speaker = _attribution().match(text, pause.start(5)) if named else None
    return bool(speaker) and (pause[1] != "." or text.startswith(".", speaker.end()))


def _gap_is_lost(text: str, pause: re.Match, last: str) -> bool:
    """Return whether a space is missing after a full stop ("end.The next"), as in pasted pages."""
    word = pause[5]
    at = pause.start()
    token = (
        text[max(0, at - 40) : at].split()[-1:] + text[pause.end() : pause.end() + 40].split()[:1]
    )
    if len(last) < 2 or _kind(last) or any(map(_ADDRESS.search, token)):
        return False
    return word in _starters() or (last.islower() and word[1:2].islower())
