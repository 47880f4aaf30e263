"""A progress bar for steps that take more than two seconds."""

from collections.abc import Collection

from tqdm import tqdm

PATIENCE = 2  # seconds before a bar is shown


def in_turn(items: Collection, doing: str, unit: str = "article") -> tqdm:
    """Go through items; on stderr, a bar with the remaining time appears after two seconds.

    Parameters
    ----------
    items : collection
        Anything that has a length.
    doing : str
        What is done with the items.
    unit : str, default "article"
        What one item is.

    Returns
    -------
    tqdm.tqdm
        The items; used as a context, its `update()` is called when one is done.

    Examples
    --------
    >>> list(in_turn([1, 2], "counting"))
    [1, 2]
    """
    return tqdm(items, desc=doing, unit=unit, delay=PATIENCE, leave=False)
