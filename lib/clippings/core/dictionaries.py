"""Shipped dictionaries: word classes that a codebook can include by name.

A dictionary is a word list `lexicon/LANGUAGE/dictionaries/NAME.csv`, one row per pattern:

    class,pattern,example
    fighter,gunm*n,Two gunmen were seen on the ridge.

A codebook includes it with a row whose theme is `$include` and whose term is the name. Its classes
can then be used in terms, such as `$fighter ... fled`. Rows of the codebook with the same class add
further patterns.
"""

import pandas as pd

from clippings.core.errors import BadInput
from clippings.core.lexicon import FOLDER, read_lexicon

INCLUDE = "$include"  # the theme of a codebook row that includes a dictionary
COLUMNS = ["class", "pattern", "example"]


def list_dictionaries() -> list[str]:
    """List the shipped dictionaries.

    Returns
    -------
    list of str
        The names that a codebook can include, sorted.

    Examples
    --------
    >>> import clippings as cl
    >>> cl.list_dictionaries()
    ['armed_groups']
    """
    return sorted(_list_names())


def read_dictionary(name: str) -> pd.DataFrame:
    """Read a shipped dictionary.

    Parameters
    ----------
    name : str
        One of `list_dictionaries`.

    Returns
    -------
    pandas.DataFrame
        One row per pattern, in the order of the file.

        - `class`: the word class, without the `$` that refers to it in a codebook
        - `pattern`: a search term, see `compile_term`; it can refer to other classes
        - `example`: a sentence that the pattern matches

    Raises
    ------
    BadInput
        If there is no such dictionary; the message lists the names of all dictionaries.

    Examples
    --------
    >>> import clippings as cl
    >>> words = cl.read_dictionary("armed_groups")
    >>> words[words["class"] == "place"].pattern.head(3).to_list()
    ['town*', 'village*', 'city']
    """
    path = _list_names().get(name)
    if path is None:
        known = ", ".join(list_dictionaries())
        raise BadInput(f"there is no dictionary {name!r}: choose one of {known}")
    return pd.DataFrame(read_lexicon(path), columns=COLUMNS, dtype="str")


def _list_names() -> dict[str, str]:
    """Return the dictionaries: name → path for `read_lexicon`."""
    files = FOLDER.glob("*/dictionaries/*.csv")
    return {file.stem: file.relative_to(FOLDER).with_suffix("").as_posix() for file in files}
