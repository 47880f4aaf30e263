"""Confidence intervals of shares, of differences between shares, and of rates."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

# Two-sided 95 % quantile of the normal distribution.
Z95 = 1.959964
TAIL_95 = 0.025  # probability beyond each end of a 95 % interval


class Interval(NamedTuple):
    """The ends of 95 % confidence intervals."""

    low: np.ndarray
    high: np.ndarray


def wilson_interval(successes: ArrayLike, trials: ArrayLike) -> Interval:
    """Compute the 95 % interval of a share.

    Parameters
    ----------
    successes, trials : array_like
        Numbers of cases; `successes` is at most `trials`.

    Returns
    -------
    Interval
        Ends between 0 and 1; missing where there are no trials.

    References
    ----------
    Wilson (1927). Probable inference, the law of succession, and statistical inference. Journal of
    the American Statistical Association 22.

    Examples
    --------
    >>> low, high = wilson_interval([7, 0], [9, 0])
    >>> low.round(2), high.round(2)
    (array([0.45,  nan]), array([0.94,  nan]))
    """
    k = np.asarray(successes, dtype="float64")
    n = np.asarray(trials, dtype="float64")
    n = np.where(n > 0, n, np.nan)

    centre = (k + Z95**2 / 2) / (n + Z95**2)
    half_width = Z95 / (n + Z95**2) * np.sqrt(k * (n - k) / n + Z95**2 / 4)
    # For no or only successes, the interval ends at 0 or 1 except for a rounding error.
    low = np.where(k == 0, np.where(np.isnan(n), np.nan, 0.0), centre - half_width)
    high = np.where(k == n, 1.0, centre + half_width)
    return Interval(low, high)


def difference_interval(
    first_successes: ArrayLike,
    first_trials: ArrayLike,
    second_successes: ArrayLike,
    second_trials: ArrayLike,
) -> Interval:
    """Compute the 95 % interval of the difference between two shares, second minus first.

    Parameters
    ----------
    first_successes, first_trials, second_successes, second_trials : array_like
        Numbers of cases of both shares.

    Returns
    -------
    Interval
        Ends between -1 and 1; missing where a share has no trials.

    References
    ----------
    Newcombe (1998). Interval estimation for the difference between independent proportions.
    Statistics in Medicine 17, method 10.

    Examples
    --------
    >>> low, high = difference_interval(1, 10, 7, 10)
    >>> round(float(low), 2), round(float(high), 2)
    (0.17, 0.81)
    """
    first = wilson_interval(first_successes, first_trials)
    second = wilson_interval(second_successes, second_trials)
    first_share = _share(first_successes, first_trials)
    second_share = _share(second_successes, second_trials)

    difference = second_share - first_share
    below = np.sqrt((second_share - second.low) ** 2 + (first.high - first_share) ** 2)
    above = np.sqrt((second.high - second_share) ** 2 + (first_share - first.low) ** 2)
    return Interval(difference - below, difference + above)


def _share(successes: ArrayLike, trials: ArrayLike) -> np.ndarray:
    """Return a share; missing where there are no trials."""
    n = np.asarray(trials, dtype="float64")
    return np.asarray(successes, dtype="float64") / np.where(n > 0, n, np.nan)


def poisson_interval(counts: ArrayLike) -> Interval:
    """Compute the exact 95 % interval of the expected value of a count.

    Parameters
    ----------
    counts : array_like
        Counts of independent occurrences.

    Returns
    -------
    Interval
        Ends in the unit of the counts.

    References
    ----------
    Garwood (1936). Fiducial limits for the Poisson distribution. Biometrika 28.

    Examples
    --------
    >>> low, high = poisson_interval([0, 10])
    >>> low.round(2), high.round(2)
    (array([0. , 4.8]), array([ 3.69, 18.39]))
    """
    from scipy.stats import chi2  # slow to load, and only needed here

    counts = np.asarray(counts, dtype="float64")
    # The lower quantile is not defined for 0 degrees of freedom.
    low = np.where(counts > 0, chi2.ppf(TAIL_95, 2 * np.maximum(counts, 1)) / 2, 0.0)
    high = chi2.ppf(1 - TAIL_95, 2 * (counts + 1)) / 2
    return Interval(low, high)
