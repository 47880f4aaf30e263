"""Find out which organisation an acronym stands for, from its definition in brackets.

"Ostrand Motors (OM)" and "OM (Ostrand Motors)" define OM in all articles of the folder, except in
those in which it may stand for something else.
"""

from collections import defaultdict
from itertools import pairwise
from typing import Any

import pandas as pd

from clippings.core.lexicon import words_of
from clippings.core.tables import by_article
from clippings.core.tokens import fold

# Characters between a name and its acronym: " (", or ". (" after "Ostrand Motors Corp"
MAX_DEFINITION_GAP = 3
MIN_DEFINITION_GAP = 2
TYPES_WITH_ACRONYMS = ("organisation", "group", "")
LEGAL_FORMS = words_of("en/names/syntax", kind="legal form")


def names_of_acronyms(mentions: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Map the acronyms of each article to the names that they stand for.

    Parameters
    ----------
    mentions : pandas.DataFrame
        The result of `find_mentions`.

    Returns
    -------
    dict of (str, str) to str
        The article and the label of the acronym, and the label of the name.

    Notes
    -----
    The letters must be the initials of the name, and the name must appear right before or after
    the acronym in brackets. An article without a definition uses that of the other articles, if
    they agree and no other name in the article has these initials.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> names_of_acronyms(cl.find_mentions(cl.find_passages(articles), codebook["actors"]))
    {}
    """
    mentions_by_article = by_article(mentions)
    defined_in: dict[str, dict[str, str]] = {
        article: _definitions(rows) for article, rows in mentions_by_article.items()
    }
    names_of: dict[str, set[str]] = defaultdict(set)
    for definitions in defined_in.values():
        for acronym, name in definitions.items():
            names_of[acronym].add(name)

    names = {}
    for article, rows in mentions_by_article.items():
        labels = {row.label for row in rows if row.type in TYPES_WITH_ACRONYMS}
        for acronym in labels & names_of.keys():
            name = defined_in[article].get(acronym)
            if name is None:
                name = _name_from_other_articles(names_of[acronym], acronym, rows)
            if name is not None and name != acronym:
                names[article, acronym] = name
    return names


def _definitions(rows: list[Any]) -> dict[str, str]:
    """Return the acronyms that an article defines in brackets, and their names."""
    names = {}
    for first, second in pairwise(rows):
        gap = second.start - first.end
        if not MIN_DEFINITION_GAP <= gap <= MAX_DEFINITION_GAP:
            continue
        for name, acronym in ((first, second), (second, first)):
            is_organisation = name.type in TYPES_WITH_ACRONYMS
            if is_organisation and is_acronym_of(acronym.text, name.text):
                names.setdefault(acronym.label, name.label)
    return names


def _name_from_other_articles(names: set[str], acronym: str, rows: list[Any]) -> str | None:
    """Return the name of an acronym that an article does not define; None if it is uncertain."""
    if len({without_legal_form(name) for name in names}) > 1:
        return None
    possible = {row.label for row in rows if is_acronym_of(acronym, row.text)}
    known = {without_legal_form(name) for name in names}
    if any(without_legal_form(label) not in known for label in possible):
        return None
    return min(names)


def is_acronym_of(acronym: str, name: str) -> bool:
    """Return whether letters are the initials of a name.

    Parameters
    ----------
    acronym, name : str
        As the article writes them.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_acronym_of("OM", "Ostrand Motors Corp."), is_acronym_of("DOJ", "Department of Justice")
    (True, True)
    >>> is_acronym_of("OM", "Ostrand Mining Board")
    False
    """
    letters = acronym.replace(".", "")
    return len(letters) > 1 and letters.isupper() and letters in acronyms_of(name)


def acronyms_of(name: str) -> frozenset[str]:
    """Return the abbreviations of a name by its initials.

    Parameters
    ----------
    name : str
        As the article writes it.

    Returns
    -------
    frozenset of str
        Those of all words and of the capitalised words, also without the legal form of a company;
        empty for a single word.

    Examples
    --------
    >>> sorted(acronyms_of("Ostrand Motors Corp.")), sorted(acronyms_of("Department of Justice"))
    (['OM', 'OMC'], ['DJ', 'DOJ'])
    """
    forms = [name.replace("-", " ").split(), without_legal_form(name).split()]
    return frozenset(initials for words in forms if len(words) > 1 for initials in _initials(words))


def _initials(words: list[str]) -> tuple[str, str]:
    """Return the initials of all words of a name, and of its capitalised words only."""
    capitalised = [word for word in words if word[0].isupper()]
    return (
        "".join(word[0].upper() for word in words),
        "".join(word[0] for word in capitalised),
    )


def without_legal_form(name: str) -> str:
    """Cut "the" at the start and the legal form of a company at the end of a name.

    Parameters
    ----------
    name : str

    Returns
    -------
    str

    Examples
    --------
    >>> without_legal_form("Ostrand Motors Corp.")
    'Ostrand Motors'
    """
    words = name.replace("-", " ").removeprefix("the ").removeprefix("The ").split()
    while len(words) > 1 and fold(words[-1]).strip(".,") in LEGAL_FORMS:
        words.pop()
    return " ".join(words)
