"""Labels of charts: cut between words, different from one another, and in lines of similar length.

All widths are in inches, and all sizes of text in points.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from clippings.show.html import FORBIDDEN

ELLIPSIS = "…"
MEASURING_DPI = 160  # of the exported pictures; at other resolutions, texts differ by up to 3%
POINTS_PER_INCH = 72

# A label is cut inside a word only if the last space is in its first half, as in text without
# spaces.
MIN_SHARE_BEFORE_SPACE = 0.5

# A line that ends with a clause may be this much shorter than the other line.
MIN_SHARE_OF_CLAUSE = 0.5
CLAUSE_ENDS = (";", ":", ",", ".")

# What must not come directly before an ellipsis: "clash in Tolmere (…".
CUT_BEFORE_ELLIPSIS = " \t,;:.–—-/&([{<“‘„«\"'…"

# Of two labels that begin alike, the share of the width for the words that differ.
SHARE_OF_ENDING = 0.6

# The greatest share of the width for what distinguishes two equal texts.
SHARE_OF_DETAIL = 0.45

# How often labels that are still equal are compared again.
MAX_COMPARISONS = 4

Fits = Callable[[str], bool]


def one_line(text: str) -> str:
    """Write a text on one line, without characters that SVG or the font does not support."""
    return " ".join(FORBIDDEN.sub(" ", str(text)).split())


def without_mathematics(text: str) -> str:
    r"""Write a text on one line for matplotlib, which treats words between two $ as a formula.

    Examples
    --------
    >>> without_mathematics("costs\n$5")
    'costs \\$5'
    """
    return one_line(text).replace("$", r"\$")


def short_label(text: str, max_characters: int = 34) -> str:
    """Write a text from an article as a label on one line, cut between two words.

    Examples
    --------
    >>> short_label("the  river rose", 12)
    'the river…'
    """
    return without_mathematics(
        cut_between_words(one_line(text), lambda label: len(label) <= max_characters)
    )


def cut_between_words(text: str, fits: Fits) -> str:
    """Cut a text to what fits, between two words and with an ellipsis.

    Parameters
    ----------
    text : str
        A text on one line.
    fits : callable
        A function that returns whether a text is short enough.

    Returns
    -------
    str
        The text, or its beginning and "…". If a word takes up more than half of the space, it is
        cut inside.

    Examples
    --------
    >>> cut_between_words("Sluice opens (at last) in Tolmere", lambda label: len(label) < 17)
    'Sluice opens…'
    """
    # Opening words end in " …", which would be an ellipsis in a line of its own.
    if text.endswith(f" {ELLIPSIS}"):
        text = text.removesuffix(ELLIPSIS).rstrip(CUT_BEFORE_ELLIPSIS) + ELLIPSIS
    if fits(text):
        return text

    longest = _longest_beginning(text, fits)
    last_space = text.rfind(" ", 0, longest + 1)
    if last_space >= MIN_SHARE_BEFORE_SPACE * longest:
        longest = last_space
    beginning = text[:longest].rstrip(CUT_BEFORE_ELLIPSIS)
    unclosed = beginning.rfind("(")
    # "clash (ARA…" says less than "clash…".
    if unclosed > MIN_SHARE_BEFORE_SPACE * longest and ")" not in beginning[unclosed:]:
        beginning = beginning[:unclosed].rstrip(CUT_BEFORE_ELLIPSIS)
    return (beginning or text[:longest]) + ELLIPSIS


def _longest_beginning(text: str, fits: Fits) -> int:
    """Return the largest number of characters that fit together with an ellipsis, at least 1."""
    shortest = 1
    longest = len(text) - 1
    while shortest < longest:
        middle = (shortest + longest + 1) // 2
        if fits(text[:middle] + ELLIPSIS):
            shortest = middle
        else:
            longest = middle - 1
    return shortest


def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Return the width of a text in the font of the current style.

    Parameters
    ----------
    text : str
        A text on one line.
    size : float
        The size of the text, in points.
    weight : {"normal", "bold"}
        The weight of the font.

    Returns
    -------
    float
        The width, in inches.

    Examples
    --------
    >>> text_width("levee", 9) < text_width("levee", 9, "bold") < text_width("levee", 12, "bold")
    True
    """
    return _measured_width(text, size, weight, tuple(mpl.rcParams["font.family"]))


@lru_cache(maxsize=100_000)
def _measured_width(text: str, size: float, weight: str, family: tuple[str, ...]) -> float:
    """Measure a text as it is drawn in a picture."""
    font = FontProperties(family=list(family), size=size, weight=weight)
    width, _, _ = _measuring_renderer().get_text_width_height_descent(text, font, ismath=False)
    return width / MEASURING_DPI


@lru_cache(maxsize=1)
def _measuring_renderer():
    """Return a renderer that is only used to measure texts."""
    return FigureCanvasAgg(Figure(figsize=(1, 1), dpi=MEASURING_DPI)).get_renderer()


def wrap_evenly(text: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """Divide a text into as few lines as possible, all of about the same length.

    Parameters
    ----------
    text : str
        A text on one line.
    width : float
        The width of the lines, in inches.
    size : float
        The size of the text, in points.
    weight : {"normal", "bold"}
        The weight of the font.

    Returns
    -------
    list of str
        The lines. If there are two, they are divided after a clause if possible. A word that is
        wider than a line is divided.

    Examples
    --------
    >>> wrap_evenly("A levee has broken in Ostrand", 2, 10)
    ['A levee has', 'broken in Ostrand']
    """
    lines = _filled_lines(text, width, size, weight)
    if len(lines) == 1:
        return lines
    if len(lines) == 2:
        clauses = _two_clauses(text, width, size, weight)
        if clauses:
            return clauses
    narrow = width / 2
    wide = width
    # Halve the range of widths until the lines are as narrow as their number permits.
    while wide - narrow > width / 100:
        middle = (narrow + wide) / 2
        narrower_lines = _filled_lines(text, middle, size, weight)
        if len(narrower_lines) == len(lines):
            wide = middle
        else:
            narrow = middle
    return _filled_lines(text, wide, size, weight)


def _two_clauses(text: str, width: float, size: float, weight: str) -> list[str]:
    """Divide a text into two lines after a clause, if they have similar lengths; or return []."""
    best: list[str] = []
    best_share = MIN_SHARE_OF_CLAUSE
    words = text.split()
    for number in range(1, len(words)):
        if not words[number - 1].endswith(CLAUSE_ENDS):
            continue
        lines = [" ".join(words[:number]), " ".join(words[number:])]
        shorter, longer = sorted(text_width(line, size, weight) for line in lines)
        if longer <= width and shorter / longer > best_share:
            best = lines
            best_share = shorter / longer
    return best


def _filled_lines(text: str, width: float, size: float, weight: str) -> list[str]:
    """Fill lines with as many words as fit."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer_line = f"{line} {word}".strip()
        if text_width(longer_line, size, weight) <= width:
            line = longer_line
            continue
        if line:
            lines.append(line)
        while text_width(word, size, weight) > width and len(word) > 1:
            characters = _characters_that_fit(word, width, size, weight)
            lines.append(word[:characters])
            word = word[characters:]
        line = word
    return [*lines, line]


def _characters_that_fit(word: str, width: float, size: float, weight: str) -> int:
    """Return how many characters of a long word fit into a line, at least 1."""
    characters = 1
    while text_width(word[: characters + 1], size, weight) <= width:
        characters += 1
    return characters


def distinct_labels(
    texts: Sequence[str],
    width: float,
    size: float,
    details: Sequence[Sequence[str]] = (),
) -> list[str]:
    """Shorten texts to labels, no two of which are equal.

    Parameters
    ----------
    texts : sequence of str
        Texts from articles.
    width : float
        The width that a label may have, in inches.
    size : float
        The size of the text, in points.
    details : sequence of sequence of str
        For each text, what distinguishes it from an equal one, in order of preference: its outlet
        or its date. Empty details are ignored.

    Returns
    -------
    list of str
        Labels for matplotlib, in the order of the texts. Labels that begin alike show the words
        that differ; equal texts are followed by a detail or a number.

    Examples
    --------
    >>> titles = ["Water falls at last in the Lenn Valley", "Water falls at last in the hills"]
    >>> distinct_labels(titles, 1.6, 9)
    ['Water falls… Lenn Valley', 'Water falls at last… hills']
    >>> distinct_labels(["Morning news", "Morning news"], 2, 9, [["Post"], ["Echo"]])
    ['Morning news (Post)', 'Morning news (Echo)']
    """
    lines = [one_line(text) for text in texts]

    def fits(label: str) -> bool:
        return text_width(label, size) <= width

    labels = [cut_between_words(line, fits) for line in lines]
    for _ in range(MAX_COMPARISONS):
        equal_places = _places_of_equal(labels)
        if not equal_places:
            break
        for places in equal_places:
            endings = _different_endings([lines[place] for place in places])
            for place, ending in zip(places, endings, strict=True):
                labels[place] = _with_ending(lines[place], ending, width, size)

    def fits_as_detail(detail: str) -> bool:
        return text_width(detail, size) <= SHARE_OF_DETAIL * width

    for places in _places_of_equal(labels) if details else []:
        suffixes = _suffixes([details[place] for place in places], fits_as_detail)
        for place, suffix in zip(places, suffixes, strict=True):
            labels[place] = _with_suffix(lines[place], suffix, fits)
    _number_equal(labels, lines, fits)
    return [without_mathematics(label) for label in labels]


def _places_of_equal(labels: Sequence[str]) -> list[list[int]]:
    """Return the places of the labels that are equal, group by group."""
    places_of: dict[str, list[int]] = {}
    for place, label in enumerate(labels):
        places_of.setdefault(label.casefold(), []).append(place)
    return [places for places in places_of.values() if len(places) > 1]


def _different_endings(lines: Sequence[str]) -> list[str]:
    """Return what follows the words with which all lines begin."""
    words = [line.split() for line in lines]
    shared = 0
    for words_at_place in zip(*words, strict=False):
        if len({word.casefold() for word in words_at_place}) > 1:
            break
        shared += 1
    return [" ".join(line[shared:]) for line in words]


def _with_ending(line: str, ending: str, width: float, size: float) -> str:
    """Return the first words of a line, an ellipsis, and the words that only this line has."""
    if not ending or ending == line:
        return cut_between_words(line, lambda label: text_width(label, size) <= width)
    short_ending = cut_between_words(
        ending, lambda label: text_width(label, size) <= SHARE_OF_ENDING * width
    )
    beginning = line[: len(line) - len(ending)].rstrip()

    def fits(label: str) -> bool:
        return text_width(f"{label} {short_ending}", size) <= width

    if fits(beginning):
        return f"{beginning} {short_ending}"
    return f"{cut_between_words(beginning, fits)} {short_ending}"


def _suffixes(details: Sequence[Sequence[str]], fits: Fits) -> list[str]:
    """Return the first kind of detail that distinguishes all labels, or nothing."""
    for candidates in zip(*details, strict=False):
        short_details = [cut_between_words(one_line(candidate), fits) for candidate in candidates]
        if all(candidates) and len(set(short_details)) == len(candidates):
            return [f" ({detail})" for detail in short_details]
    return [""] * len(details)


def _with_suffix(line: str, suffix: str, fits: Fits) -> str:
    """Return a line, shortened so that a suffix fits after it."""
    return cut_between_words(line, lambda label: fits(label + suffix)) + suffix


def _number_equal(labels: list[str], lines: Sequence[str], fits: Fits) -> None:
    """Number the labels that nothing else distinguishes: "storm (1)", "storm (2)"."""
    uses = Counter(label.casefold() for label in labels)
    for places in _places_of_equal(labels):
        number = 0
        for place in places:
            numbered = ""
            while not numbered or uses[numbered.casefold()]:
                number += 1
                numbered = _with_suffix(lines[place], f" ({number})", fits)
            labels[place] = numbered
            uses[numbered.casefold()] += 1
