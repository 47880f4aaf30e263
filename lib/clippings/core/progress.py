"""A progress bar for steps that take more than two seconds."""

from tqdm import tqdm

PATIENCE = 2  # seconds before a bar is shown


def in_turn(items, doing: str, unit: str = "article"):
    """Items one after the other; on stderr a bar with the time left, where it takes more than two seconds.

    In: a sized collection; what is done with its items; what one is. Out: the items; as a context, its update() is
    called when one is done. Raises: nothing. Misses: the time that one item takes. Source: tqdm.
    Example:
        >>> list(in_turn([1, 2], "counting"))
        [1, 2]
    """
    return tqdm(items, desc=doing, unit=unit, delay=PATIENCE, leave=False)
