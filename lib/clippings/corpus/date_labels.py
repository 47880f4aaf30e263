"""Recognise labels next to a date: published, updated, saved or something else.

The labels are in lexicon/LANGUAGE/page/date_labels.csv. All languages are used at once, because the
furniture of a page is often in a different language from its story.
"""

import re
import unicodedata
from functools import cache

from clippings.core.lexicon import FOLDER, read_lexicon

PUBLISHED = "published"
UPDATED = "updated"
SAVED = "saved"
OTHER = "other"
NOTICE = "notice"

LABEL_DISTANCE = 60
"""Characters: "Published 9:14 p.m. ET " appears between label and date."""

OTHER_LABEL_DISTANCE = 6
"""Characters: "Valid until " must appear right before the date."""

MAX_WORDS_OF_LABEL_LINE = 4
"""Words of a line that is a label: "Publish date:" on the line above the date."""

LETTERS = re.compile(r"[^\W\d_]+")
FIRST_UNSPACED_SCRIPT = "\u0e00"
"""From Thai on, the scripts that have labels here put no blanks between words."""

GLUED_WORDS = re.compile(  # 7:05 AM ESTUpdated, 2021Published
    r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])"
)
NEW_SENTENCE = re.compile(  # Updated it. The road; not: Updated 7:31 a.m. ET
    r"(?<![ap]\.m)[.!?]\s+[^\W\d_]{2,}\s", re.IGNORECASE
)


def label_before(text: str) -> str:
    """Return the kind of the last label in the words before a date, if it is near enough; or ""."""
    before = _folded(text)
    labels = _labels_in(before)
    if not labels:
        return ""
    last = labels[-1]
    between = before[last.end() :]
    kind = _kinds()[last[0]]
    if kind == NOTICE:
        return OTHER
    # "by 29 March" is a deadline, "by AFP 29 March" is not.
    if kind == OTHER and LETTERS.search(between):
        return ""
    limit = OTHER_LABEL_DISTANCE if kind == OTHER else LABEL_DISTANCE
    is_near = len(between) <= limit and not NEW_SENTENCE.search(between)
    return kind if is_near else ""


def label_after(text: str) -> str:
    """Return the kind of a label that is all that follows a date: 16.03.2021 veröffentlicht."""
    kind = _kinds().get(_folded(text).strip(" \t,|(·–—-).:"), "")
    return "" if kind == NOTICE else kind


def label_of_line(line: str) -> str:
    """Return the kind of a label that has a line to itself: Publish date:."""
    if len(line.split()) > MAX_WORDS_OF_LABEL_LINE:
        return ""
    kind = _kinds().get(_folded(line).strip(" \t:"), "")
    return "" if kind == NOTICE else kind


def is_notice(line: str) -> bool:
    """Return whether a line is a site notice: "Our privacy policy was updated on …"."""
    return any(_kinds()[match[0]] == NOTICE for match in _labels_in(_folded(line)))


def _folded(text: str) -> str:
    """Return a text without case, accents and repeated blanks."""
    separate = GLUED_WORDS.sub(" ", text)
    if not separate.isascii():
        separate = separate.replace("’", "'").replace("ı", "i")
        decomposed = unicodedata.normalize("NFKD", separate.casefold())
        letters = (letter for letter in decomposed if not unicodedata.combining(letter))
        separate = unicodedata.normalize("NFC", "".join(letters))
    return " ".join(separate.casefold().split()) + (" " if separate[-1:].isspace() else "")


def _labels_in(text: str) -> list[re.Match]:
    """Return all labels of a folded text, in order."""
    matches = []
    end = 0
    for word in LETTERS.finditer(text):
        if word.start() >= end and word[0] in _first_words():
            match = _labels_of_words().match(text, word.start())
            if match:
                matches.append(match)
                end = match.end()
    if not text.isascii() or "(c)" in text:
        matches += _labels_of_signs().finditer(text)
    return sorted(matches, key=lambda match: match.start())


@cache
def _kinds() -> dict[str, str]:
    """Map the folded labels of all languages to the kinds of dates; the first language wins."""
    kinds: dict[str, str] = {}
    for path in sorted(FOLDER.glob("*/page/date_labels.csv")):
        name = path.relative_to(FOLDER).with_suffix("").as_posix()
        for row in read_lexicon(name):
            kinds.setdefault(_folded(row["label"]), row["kind"])
    return kinds


def _is_of_words(label: str) -> bool:
    """Return whether a label is in a script that separates words by spaces."""
    return label[0].isalpha() and label[0] < FIRST_UNSPACED_SCRIPT


@cache
def _first_words() -> frozenset[str]:
    """Return the first word of each label."""
    return frozenset(LETTERS.match(label)[0] for label in _kinds() if _is_of_words(label))


@cache
def _labels_of_words() -> re.Pattern:
    """Return a pattern for labels in alphabets, the longest first, as whole words."""
    labels = sorted(filter(_is_of_words, _kinds()), key=lambda label: (-len(label), label))
    return re.compile(rf"(?:{'|'.join(map(re.escape, labels))})(?![^\W\d_])")


@cache
def _labels_of_signs() -> re.Pattern:
    """Return a pattern for all other labels: signs, and words in scripts without spaces."""
    labels = [label for label in _kinds() if not _is_of_words(label)]
    labels.sort(key=lambda label: (-len(label), label))
    return re.compile("|".join(map(re.escape, labels)))
