"""Settings for a notebook."""

from pathlib import Path

import pandas as pd

from clippings.core.cache import use_cache


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
