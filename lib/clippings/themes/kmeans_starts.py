"""Choose distant starting points for k-means.

scikit-learn does the same (k-means++), but checks its arguments again for every distance, which
takes five times as long as the distances of a few hundred articles. The number of groups is chosen
with a thousand runs of k-means.
"""

import numpy as np


def choose_distant_starts(
    space: np.ndarray, k: int, random_state: np.random.RandomState
) -> np.ndarray:
    """Choose k points that are far from each other, at random (greedy k-means++).

    Parameters
    ----------
    space : numpy.ndarray of float
        A point in each row.
    k : int
        The number of points to choose.
    random_state : numpy.random.RandomState
        The source of random numbers.

    Returns
    -------
    numpy.ndarray of float
        The chosen points. Can be used as `sklearn.cluster.KMeans(init=choose_distant_starts)`,
        whose results are those of `init="k-means++"`.

    Notes
    -----
    The first point is any point. For each of the others, a few candidates are drawn, with
    probabilities proportional to the squared distance from the closest point chosen so far. The
    candidate is chosen that most reduces the sum of these distances over all points.

    References
    ----------
    Arthur and Vassilvitskii (2007). k-means++: the advantages of careful seeding. SODA.

    Examples
    --------
    >>> two_pairs = np.array([[0.0, 0.0], [0.0, 0.1], [5.0, 5.0], [5.0, 5.1]])
    >>> choose_distant_starts(two_pairs, 2, np.random.RandomState(0)).round().tolist()
    [[5.0, 5.0], [0.0, 0.0]]
    """
    number = len(space)
    # As in scikit-learn, distances are computed with high precision and stored as `space` is.
    precise = space.astype(np.float64)
    squares = np.einsum("ij,ij->i", precise, precise)
    weights = np.ones(number, dtype=space.dtype)

    def squared_distances(points: np.ndarray) -> np.ndarray:
        """Return the squared distance of each point from some of them, one row for each."""
        distances = -2 * (precise[points] @ precise.T)
        distances += squares[points, None]
        distances += squares
        return np.maximum(distances.astype(space.dtype), 0)

    candidates = 2 + int(np.log(k))
    first = random_state.choice(number, p=weights / weights.sum())
    chosen = [first]
    closest = squared_distances(np.array([first]))[0]
    total = closest @ weights
    for _ in range(1, k):
        drawn = random_state.uniform(size=candidates) * total
        points = np.searchsorted(np.cumsum(closest), drawn)
        np.minimum(points, number - 1, out=points)  # a sum can exceed the last one by rounding
        closest_with = np.minimum(squared_distances(points), closest)
        totals = closest_with @ weights
        best = np.argmin(totals)
        total = totals[best]
        closest = closest_with[best]
        chosen.append(points[best])
    return space[chosen]
