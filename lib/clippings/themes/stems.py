"""Reduce words to their stems, in the language of each passage."""

from collections.abc import Callable
from functools import cache

import pandas as pd
import Stemmer

from clippings.core.languages import language_name

# Number of words of each language whose stems are cached, about 10 MB. Topics and groups of
# articles need the stems of nearly the same words.
CACHED_STEMS = 50_000


@cache
def stemmer(language: str) -> Callable[[str], str]:
    """Return a function that reduces folded words to stems.

    Parameters
    ----------
    language : str
        Two letters; "" if it is not known, which is treated as English.

    Returns
    -------
    callable
        The Snowball stemmer of the language. Without one, the function returns words as they are.

    References
    ----------
    Snowball, https://snowballstem.org.

    Examples
    --------
    >>> stemmer("en")("rivers"), stemmer("de")("flussen"), stemmer("uk")("річки")
    ('river', 'fluss', 'річки')
    """
    name = language_name(language or "en").lower()
    if name not in Stemmer.algorithms():
        return str
    return Stemmer.Stemmer(name, CACHED_STEMS).stemWord


def languages_of(passages: pd.DataFrame) -> list[str]:
    """List the language of each passage.

    Parameters
    ----------
    passages : pandas.DataFrame
        Passages, or any other span table.

    Returns
    -------
    list of str
        Two letters; "" if the language is not known, or if the table has no such column.

    Examples
    --------
    >>> languages_of(pd.DataFrame({"text": ["Rain", "Pluie"], "language": ["", "fr"]}))
    ['', 'fr']
    """
    if "language" not in passages.columns:
        return [""] * len(passages)
    return passages.language.tolist()
