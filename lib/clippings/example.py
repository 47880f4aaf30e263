"""The example corpus that the documentation uses."""

from pathlib import Path

import pandas as pd

from clippings.corpus.codebook import read_codebook
from clippings.corpus.reader import read_articles

EXAMPLE_FOLDER = Path(__file__).parent / "data" / "flood"


def load_example() -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """Load six fictional articles about a flood, and their codebook.

    Returns
    -------
    articles : pandas.DataFrame
        One row per article, as `read_articles` returns them.
    codebook : dict of str to pandas.DataFrame
        The tables of the codebook, as `read_codebook` returns them.

    Examples
    --------
    >>> articles, codebook = load_example()
    >>> articles[["article", "outlet"]].head(3)
                              article         outlet
    0              01_river_rises.txt    Valley Post
    1     02_levee_breach_ostrand.txt    Valley Post
    2  03_ostrand_counts_the_cost.txt  Coast Courier
    """
    return read_articles(EXAMPLE_FOLDER), read_codebook(EXAMPLE_FOLDER)
