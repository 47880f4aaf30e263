"""Compile search terms of the codebook: wildcards, alternatives, gaps, regular expressions."""

import re
from functools import cache

from clippings.core.characters import plain_text
from clippings.core.errors import BadInput
from clippings.core.wording import shorten

# Words in a gap, at most %d. A gap cannot contain a semicolon, a colon, or an exclamation or
# question mark: "left .. group" does not match "left; the group".
_GAP_PATTERN = r"((?:[^\w;:!?]+\w+(?:['’-]\w+)*){0,%d}?)[^\w;:!?]+"
_GAPS = {"..": _GAP_PATTERN % 2, "...": _GAP_PATTERN % 6}

_SHOWN_LENGTH = 60  # number of number of characters of a term that an error message quotes


@cache
def compile_term(term: str) -> re.Pattern:
    """Compile a search term of the codebook.

    Parameters
    ----------
    term : str
        Words, such as ``"desert* | left .. group"``, or a regular expression between slashes,
        such as ``"/fl(ed|ee)/"``.

        - Case is ignored, spaces match any white space, ``'`` also matches ``’``, and ``ß`` also
          matches ``ss``.
        - ``|`` separates alternatives.
        - ``*`` matches any number of letters; on its own, it matches one word.
        - ``..`` matches up to 2 words, ``...`` up to 6.

    Returns
    -------
    re.Pattern
        A pattern that matches whole words; its groups contain the text of the gaps.

    Raises
    ------
    BadInput
        If an alternative contains no word, or the regular expression is not valid or too large.

    Notes
    -----
    The syntax follows the wildcards of concordancers such as AntConc. Terms do not take grammar
    into account; add an alternative for each word order.

    The pattern expects texts in plain characters (see `clippings.core.characters.plain_text`);
    `find_term` works on any text.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, _ = cl.load_example()
    >>> compile_term("river .. rise*").search(articles.text[0])[0]
    'River Lenn rises'
    >>> compile_term("/res(cu|t)ed?/").search("Crews RESCUED 12 people.")[0]
    'RESCUED'
    """
    if _is_expression(term):
        return _compile_expression(term)
    return re.compile(term_pattern(term), re.IGNORECASE)


def term_pattern(term: str) -> str:
    """Return the pattern of a search term, to combine it with others before it is compiled.

    Parameters
    ----------
    term : str
        As for `compile_term`.

    Returns
    -------
    str
        A pattern, to be compiled with IGNORECASE. Of a regular expression, what is between the
        slashes, which is not checked.

    Raises
    ------
    BadInput
        If an alternative contains no word.

    Examples
    --------
    >>> print(term_pattern("flood* | storm"))
    (?<!\\w)(?:flood\\w*|storm)(?!\\w)
    """
    if _is_expression(term):
        return term[1:-1]
    # Like texts, codebooks may contain decomposed accents or no-break hyphens.
    term = plain_text(term).text
    alternatives = [alternative.split() for alternative in term.split("|")]
    if not all(re.search(r"\w", "".join(words)) for words in alternatives):
        raise BadInput(
            f"the term {shorten(term, _SHOWN_LENGTH)!r} has an empty alternative: "
            "write words, separated by ' | '"
        )
    patterns = "|".join(_phrase_pattern(words) for words in alternatives)
    return rf"(?<!\w)(?:{patterns})(?!\w)"


def _is_expression(term: str) -> bool:
    """Return whether a term is a regular expression between slashes."""
    return len(term) > 2 and term.startswith("/") and term.endswith("/")


def find_term(term: str, text: str) -> list[tuple[int, int]]:
    """Find a search term in a text, even if the text contains invisible or special characters.

    Parameters
    ----------
    term : str
        As for `compile_term`.
    text : str
        Any text.

    Returns
    -------
    list of tuple of int
        Start and end of each match in `text`, in order.

    Raises
    ------
    BadInput
        As `compile_term`.

    Examples
    --------
    >>> find_term("harbour | pier", "The har\\u00adbour was shut.")
    [(4, 12)]
    """
    plain = plain_text(text)
    matches = compile_term(term).finditer(plain.text)
    return [plain.original_span(*match.span()) for match in matches if match[0]]


def _compile_expression(term: str) -> re.Pattern:
    """Compile a regular expression between slashes."""
    try:
        return re.compile(term_pattern(term), re.IGNORECASE)
    except re.error as error:
        reason = str(error)
    except (OverflowError, RecursionError, MemoryError):
        # `re` cannot compile "/a{99999999999999999999}/" or 20,000 open brackets.
        reason = "too large a repetition or too many nested brackets"
    raise BadInput(
        f"the term {shorten(term, _SHOWN_LENGTH)!r} is not a regular expression "
        f"({shorten(reason, _SHOWN_LENGTH)}): fix it"
    )


def _phrase_pattern(words: list[str]) -> str:
    """Return the pattern of one alternative."""
    pattern = ""
    separator = r"\s+"
    for word in words:
        if word in _GAPS:
            separator = _GAPS[word]
            continue
        if pattern:
            pattern += separator
        pattern += _word_pattern(word)
        separator = r"\s+"
    return pattern


def _word_pattern(word: str) -> str:
    """Return the pattern of one word, which may contain wildcards and apostrophes."""
    if word == "*":
        return r"[\w-]+"
    pattern = re.escape(word).replace("’", "'").replace("'", "['’]")
    pattern = pattern.replace("ß", "(?:ß|ss)")
    # "flood***" means "flood*"; consecutive wildcards would make matching very slow.
    return re.sub(r"(?:\\\*)+", r"\\w*", pattern)
