"""A progress bar for steps that take more than two seconds."""

from collections.abc import Collection

from tqdm import tqdm

PATIENCE = 2  # seconds before a bar is shown


def in_turn(items: Collection, doing: str, unit: str = "article") -> tqdm:
    """Iterate over items; after two seconds, show a progress bar with the remaining time on stderr.

    Parameters
    ----------
    items : collection
        A collection with a length.
    doing : str
        The label of the progress bar.
    unit : str, default "article"
        The name of one item.

    Returns
    -------
    tqdm.tqdm
        The items. If used as a context manager, call `update()` after each item.

    Examples
    --------
    >>> list(in_turn([1, 2], "counting"))
    [1, 2]
    """
    return tqdm(items, desc=doing, unit=unit, delay=PATIENCE, leave=False)
