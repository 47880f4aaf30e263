"""Array functions shared by the steps of the search, and the layouts of packed keys.

Sorting plain 64-bit numbers is several times faster than sorting records. Two numbers that belong
together are therefore packed into one, with the more significant number in the upper 32 bits.
"""

import numpy as np

LOW_BITS = 32
LOW_MASK = (1 << LOW_BITS) - 1


def run_starts(values: np.ndarray) -> np.ndarray:
    """Mark each value that differs from the preceding one, and the first of all.

    Parameters
    ----------
    values : numpy.ndarray
        Usually sorted, so that equal values are neighbours.

    Returns
    -------
    numpy.ndarray of bool
        As many as there are values.

    Examples
    --------
    >>> run_starts(np.array([4, 4, 7, 9, 9])).tolist()
    [True, False, True, True, False]
    """
    starts = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=starts[1:])
    return starts


def sequence_starts(values: np.ndarray) -> np.ndarray:
    """Mark each value that is not the preceding one plus 1, and the first of all.

    Parameters
    ----------
    values : numpy.ndarray
        Ascending integers.

    Returns
    -------
    numpy.ndarray of bool
        As many as there are values.

    Examples
    --------
    >>> sequence_starts(np.array([4, 5, 6, 9, 10])).tolist()
    [True, False, False, True, False]
    """
    starts = np.ones(len(values), dtype=bool)
    np.not_equal(np.diff(values), 1, out=starts[1:])
    return starts


def positions_within(counts: np.ndarray) -> np.ndarray:
    """Number the members of consecutive groups, starting from 0 in each group.

    Parameters
    ----------
    counts : numpy.ndarray of int
        The size of each group.

    Returns
    -------
    numpy.ndarray of int
        As many as the counts add up to.

    Examples
    --------
    >>> positions_within(np.array([3, 0, 2])).tolist()
    [0, 1, 2, 0, 1]
    """
    first_of_group = np.cumsum(counts) - counts
    return np.arange(counts.sum()) - np.repeat(first_of_group, counts)


def pack(high: np.ndarray, low: np.ndarray) -> np.ndarray:
    """Pack two arrays of numbers below 2**32 into one that sorts by the first, then by the second.

    Parameters
    ----------
    high, low : numpy.ndarray of int64
        Numbers for the upper and the lower 32 bits.

    Returns
    -------
    numpy.ndarray of int64
        One key for each pair of numbers.

    Examples
    --------
    >>> keys = pack(np.array([2, 1, 1]), np.array([5, 9, 4]))
    >>> [part.tolist() for part in unpack(np.sort(keys))]
    [[1, 1, 2], [4, 9, 5]]
    """
    return high << LOW_BITS | low


def unpack(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Separate the two numbers that `pack` put into each key.

    Parameters
    ----------
    keys : numpy.ndarray of int64
        Keys made by `pack`.

    Returns
    -------
    high, low : numpy.ndarray of int64
        The numbers in the upper and in the lower 32 bits.
    """
    return keys >> LOW_BITS, keys & LOW_MASK


def pack_links(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Pack links between words: the distance from a to b above the earlier place a.

    Consecutive links have the same distance and consecutive places. Their keys are consecutive
    numbers, so sorting the keys places the links of each run next to each other.

    Parameters
    ----------
    a, b : numpy.ndarray of int64
        Earlier and later place of each link.

    Returns
    -------
    numpy.ndarray of int64
        One key for each link.

    Examples
    --------
    >>> np.diff(pack_links(np.array([10, 11, 12]), np.array([95, 96, 97]))).tolist()
    [1, 1]
    """
    return pack(b - a, a)


def unpack_links(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Separate the places that `pack_links` put into each key.

    Parameters
    ----------
    keys : numpy.ndarray of int64
        Keys made by `pack_links`.

    Returns
    -------
    a, b : numpy.ndarray of int64
        Earlier and later place of each link.

    Examples
    --------
    >>> [side.tolist() for side in unpack_links(pack_links(np.array([10]), np.array([95])))]
    [[10], [95]]
    """
    distance, a = unpack(keys)
    return a, a + distance
