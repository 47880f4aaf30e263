"""Settings for a notebook."""

import os
from pathlib import Path

import pandas as pd

from clippings.core.cache import use_cache
from clippings.core.errors import BadInput

# Names the folder of articles for all notebooks; `clippings lab FOLDER` sets it.
CORPUS_VARIABLE = "CLIPPINGS_CORPUS"


def choose_corpus(default: str | Path) -> str:
    """Return the folder of articles that all notebooks explore.

    Parameters
    ----------
    default : str or Path
        The folder if no other was chosen.

    Returns
    -------
    str
        The folder with which JupyterLab was started (`clippings lab FOLDER`), or which the
        environment variable CLIPPINGS_CORPUS names; otherwise the default.

    Raises
    ------
    BadInput
        If the variable names a folder that does not exist.

    Examples
    --------
    >>> import clippings as cl
    >>> cl.choose_corpus("../seeds")
    '../seeds'
    """
    folder = os.environ.get(CORPUS_VARIABLE, "")
    if not folder:
        return str(default)
    if not Path(folder).is_dir():
        raise BadInput(
            f"{CORPUS_VARIABLE} is set to {folder!r}, which is not a folder: start again with "
            "clippings lab FOLDER"
        )
    return folder


def setup_notebook(cache_dir: str | Path | None = None) -> None:
    """Prepare a notebook: display tables literally, and reuse results from a cache.

    Parameters
    ----------
    cache_dir : str or Path, optional
        A folder in which results are cached (see `use_cache`); if None, everything is computed
        again.

    Raises
    ------
    BadInput
        If a cache is used but pyarrow, which writes it, is not installed.

    Notes
    -----
    JupyterLab renders text between two dollar signs as a formula. In articles, dollar signs
    indicate amounts of money, so this rendering is disabled for tables.

    Examples
    --------
    >>> import clippings as cl
    >>> cl.setup_notebook()
    """
    pd.options.display.html.use_mathjax = False
    use_cache(cache_dir)
