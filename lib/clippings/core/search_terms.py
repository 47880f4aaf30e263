"""The codebook's search terms as patterns: wildcards, alternatives, gaps, regular expressions."""

import re
from functools import cache

from clippings.core.errors import BadInput

BETWEEN = r"((?:[^\w;:!?]+\w+(?:['’-]\w+)*){0,%d}?)[^\w;:!?]+"  # up to so many words


GAP = {"..": BETWEEN % 2, "...": BETWEEN % 6}


@cache
def compile_term(term: str) -> re.Pattern:
    """A codebook term as a pattern: case does not matter, ` | ` parts alternatives, `*` is any letters.

    In: a term such as "desert* | left .. group", or a regular expression between slashes.
    Out: a compiled pattern that matches whole words; blanks match any blanks, ' matches ’, a `*` that stands
    alone is any one word, `..` up to 2 words, `...` up to 6 (what they hold are the groups of the match).
    Raises: BadInput when nothing is left to match or the expression does not compile.
    Misses: word order and grammar. Source: the wildcard habit of concordancers such as AntConc.
    Example:
        >>> compile_term("flee* | left .. group").search("They LEFT the  group")[0]
        'LEFT the  group'
    """
    if len(term) > 2 and term.startswith("/") and term.endswith("/"):
        try:
            return re.compile(term[1:-1], re.IGNORECASE)
        except re.error as error:
            raise BadInput(
                f"the term {term!r} is not a regular expression ({error}): mend it"
            ) from None
    parts = [part.split() for part in term.split("|")]
    if not all(re.search(r"\w", "".join(part)) for part in parts):
        raise BadInput(f"the term {term!r} has an empty part: write words, parted by ' | '")
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(_part_pattern(words) for words in parts)})(?!\w)", re.IGNORECASE
    )


def _part_pattern(words: list[str]) -> str:
    pattern = between = ""
    for word in words:
        if word in GAP:
            between = GAP[word]
            continue
        pattern += (between if pattern else "") + _word_pattern(word)
        between = r"\s+"
    return pattern


def _word_pattern(word: str) -> str:
    if word == "*":
        return r"[\w-]+"
    return re.escape(word).replace("’", "'").replace("'", "['’]").replace(r"\*", r"\w*")
