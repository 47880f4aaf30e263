"""Settings for a notebook."""

from pathlib import Path

import pandas as pd

from clippings.core.cache import use_cache


def setup_notebook(cache_dir: str | Path | None = None) -> None:
    """Prepare a notebook: show tables as they are, and reuse findings from a cache.

    Parameters
    ----------
    cache_dir : str or Path, optional
        A folder in which findings are cached (see `use_cache`); None finds everything again.

    Raises
    ------
    BadInput
        When a cache is used but pyarrow, which writes it, is not installed.

    Notes
    -----
    JupyterLab renders text between two dollar signs as a formula. Here, dollar signs mean money,
    so tables are shown literally.

    Examples
    --------
    >>> import clippings as cl
    >>> cl.setup_notebook()
    """
    pd.options.display.html.use_mathjax = False
    use_cache(cache_dir)
