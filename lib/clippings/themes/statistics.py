"""Compute statistical measures from counts, each with its formula and reference."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

# Two-sided 95 % quantile of the normal distribution.
Z95 = 1.959964

# Replaces a count of 0, whose logarithm is undefined (Hardie 2014).
IN_PLACE_OF_ZERO = 0.5


def g2(observed: ArrayLike, expected: ArrayLike) -> np.ndarray:
    """Compute the log-likelihood ratio G² = 2 Σ O ln(O / E).

    Parameters
    ----------
    observed, expected : array_like
        Counts; the sum runs over the first axis. Rayson and Garside sum over two cells (occurrences
        of the word in both corpora), Dunning over all four cells of the contingency table.

    Returns
    -------
    numpy.ndarray
        G² for each position of the remaining axes; 0 if observed and expected counts are equal.

    References
    ----------
    Dunning (1993). Accurate methods for the statistics of surprise and coincidence. Computational
    Linguistics 19(1).
    Rayson and Garside (2000). Comparing corpora using frequency profiling. Workshop on Comparing
    Corpora, ACL.

    Examples
    --------
    >>> float(g2([30, 10], [20, 20]).round(2))
    10.46
    """
    observed = np.asarray(observed, dtype="float64")
    expected = np.asarray(expected, dtype="float64")
    # O ln(O / E) is 0 for O = 0: the ratio is set to 1 there.
    ratio = np.divide(observed, expected, out=np.ones_like(observed), where=observed > 0)
    return 2 * (observed * np.log(ratio)).sum(axis=0)


def log_ratio(a: ArrayLike, b: ArrayLike, n1: float, n2: float) -> np.ndarray:
    """Compute the log ratio log2((a / n1) / (b / n2)) of two relative frequencies.

    Parameters
    ----------
    a, b : array_like
        Occurrences of words in two corpora; 0 is replaced by 0.5.
    n1, n2 : float
        Sizes of the corpora in words.

    Returns
    -------
    numpy.ndarray
        1 for a word twice as frequent in the first corpus, -1 for one twice as frequent in the
        second.

    References
    ----------
    Hardie (2014). Log Ratio: an informal introduction. CASS, Lancaster University.

    Examples
    --------
    >>> float(log_ratio(30, 10, 1000, 1000).round(2))
    1.58
    """
    relative_a = without_zeros(a) / n1
    relative_b = without_zeros(b) / n2
    return np.log2(relative_a / relative_b)


def without_zeros(counts: ArrayLike) -> np.ndarray:
    """Replace counts of 0 by 0.5, so that their logarithm is defined.

    Parameters
    ----------
    counts : array_like
        Counts, not negative.

    Returns
    -------
    numpy.ndarray of float
        The counts, with 0 replaced by 0.5.

    Examples
    --------
    >>> without_zeros([0, 3]).tolist()
    [0.5, 3.0]
    """
    counts = np.asarray(counts, dtype="float64")
    return np.where(counts > 0, counts, IN_PLACE_OF_ZERO)


def conservative_log_ratio(
    a: int, b: int, n1: int, n2: int, *, tests: int = 1, level: float = 0.95
) -> float:
    """Compute the log ratio nearest to 0 inside its exact confidence interval (LRC).

    Parameters
    ----------
    a, b : int
        Occurrences of a word in two corpora.
    n1, n2 : int
        Sizes of the corpora in words.
    tests : int, default 1
        Number of words that are tested, for a Bonferroni correction.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    float
        0 if the interval contains 0.

    Notes
    -----
    The interval is that of Clopper and Pearson for a / (a + b), which is computed from quantiles of
    the beta distribution.

    References
    ----------
    Evert (2022). Measuring keyness. Digital Humanities 2022.

    Examples
    --------
    >>> round(conservative_log_ratio(30, 10, 1000, 1000), 2)
    0.51
    """
    from scipy.stats import beta  # slow to load, and only needed here

    def log_ratio_of(share: float) -> float:
        """Return the log ratio of a share of the occurrences in the first corpus."""
        return float(np.log2(n2 / n1 * share / (1 - share)))

    tail = (1 - level) / tests / 2
    if a / n1 >= b / n2:
        lowest_share = beta.ppf(tail, a, b + 1)
        return max(log_ratio_of(lowest_share), 0.0)
    highest_share = beta.ppf(1 - tail, a + 1, b)
    return min(log_ratio_of(highest_share), 0.0)


def log_odds(
    y1: ArrayLike,
    y2: ArrayLike,
    prior1: ArrayLike,
    prior2: ArrayLike,
    *,
    terms: int = 2,
) -> np.ndarray:
    """Compute z of the log-odds ratio of words in two corpora with Dirichlet priors.

    Parameters
    ----------
    y1, y2 : array_like
        Occurrences of each word in the two corpora.
    prior1, prior2 : array_like
        Pseudo-counts that are added to them.
    terms : {2, 4}, default 2
        Terms of the variance: 2 for the approximation 1 / in1 + 1 / in2 (equation 20), 4 to add the
        same for all other words (equation 19).

    Returns
    -------
    numpy.ndarray
        z for each word; above 1.96, the word is significantly more frequent in the first corpus.

    References
    ----------
    Monroe, Colaresi and Quinn (2008). Fightin' words. Political Analysis 16(4).

    Examples
    --------
    >>> log_odds([30, 70], [10, 90], [1, 1], [1, 1]).round(2).tolist()
    [3.66, -8.11]
    """
    in1 = np.asarray(y1) + prior1
    in2 = np.asarray(y2) + prior2
    out1 = in1.sum() - in1
    out2 = in2.sum() - in2

    variance = 1 / in1 + 1 / in2
    if terms == 4:
        variance = variance + (1 / out1 + 1 / out2)
    return (np.log(in1 / out1) - np.log(in2 / out2)) / np.sqrt(variance)


class Dispersion(NamedTuple):
    """The evenness of a word's distribution over the parts of a corpus."""

    parts: int  # parts in which the word occurs
    juilland_d: float  # 1: even
    carroll_d2: float  # 1: even
    rosengren_s: float  # 1: even
    dp: float  # Gries' deviation of proportions; 0: even
    dp_norm: float  # dp as a share of its largest possible value
    kl_divergence: float  # in bits; 0: even


def dispersion(counts: ArrayLike, sizes: ArrayLike) -> Dispersion:
    """Measure how evenly a word is distributed over the parts of a corpus.

    Parameters
    ----------
    counts : array_like
        Occurrences of the word in each part.
    sizes : array_like
        Sizes of the parts in words.

    Returns
    -------
    Dispersion
        Six measures, and the number of parts in which the word occurs.

    Notes
    -----
    With v the share of the word's occurrences in each part, s the share of each part in the corpus,
    p the relative frequency of the word in each part, n the number of parts, and f the number of
    occurrences::

        DP       = Σ |v - s| / 2
        DP norm  = DP / (1 - min s)
        D        = 1 - sd(p) / mean(p) / √(n - 1)
        D2       = entropy(p / Σ p) / ln n
        S        = (Σ √(s · count))² / f
        KL       = Σ v log2(v / s)

    References
    ----------
    Gries (2008). Dispersions and adjusted frequencies in corpora. International Journal of Corpus
    Linguistics 13(4), which also describes the measures of Juilland, Carroll and Rosengren.

    Examples
    --------
    >>> measures = dispersion([4, 0], [100, 100])
    >>> measures.parts, float(measures.dp), float(measures.dp_norm)
    (1, 0.5, 1.0)
    """
    counts = np.asarray(counts, dtype="float64")
    sizes = np.asarray(sizes, dtype="float64")
    parts = len(counts)
    occurs = counts > 0

    share_of_word = counts / counts.sum()
    share_of_corpus = sizes / sizes.sum()
    frequency = counts / sizes
    share_of_frequencies = frequency / frequency.sum()

    dp = np.abs(share_of_word - share_of_corpus).sum() / 2
    entropy = -(share_of_frequencies[occurs] * np.log(share_of_frequencies[occurs])).sum()
    ratio = share_of_word[occurs] / share_of_corpus[occurs]
    return Dispersion(
        parts=int(occurs.sum()),
        juilland_d=1 - frequency.std() / frequency.mean() / np.sqrt(max(parts - 1, 1)),
        carroll_d2=entropy / np.log(max(parts, 2)),
        rosengren_s=np.sqrt(share_of_corpus * counts).sum() ** 2 / counts.sum(),
        dp=dp,
        dp_norm=dp / (1 - share_of_corpus.min()) if parts > 1 else 0.0,
        kl_divergence=(share_of_word[occurs] * np.log2(ratio)).sum(),
    )


class Dispersions(NamedTuple):
    """The evenness of many words, as arrays with one value for each word."""

    parts: np.ndarray
    juilland_d: np.ndarray
    rosengren_s: np.ndarray
    dp: np.ndarray
    dp_norm: np.ndarray


def dispersions(matrix, sizes: ArrayLike) -> Dispersions:
    """Measure how evenly many words are distributed, as `dispersion` does for one.

    Parameters
    ----------
    matrix : scipy.sparse matrix
        Occurrences, with a row for each part of the corpus and a column for each word. Every word
        occurs.
    sizes : array_like
        Sizes of the parts in words, above 0.

    Returns
    -------
    Dispersions
        The measures of `dispersion` that `count_dispersion` reports.

    Notes
    -----
    Only the parts in which a word occurs are visited. The other parts add the sum of their shares
    of the corpus to DP, and nothing to the other sums.

    Examples
    --------
    >>> from scipy.sparse import csr_matrix
    >>> dispersions(csr_matrix([[4, 1], [0, 1]]), [100, 100]).dp.tolist()
    [0.5, 0.0]
    """
    sizes = np.asarray(sizes, dtype="float64")
    cells = matrix.tocoo()
    occurs = cells.data > 0
    part = cells.row[occurs]
    word = cells.col[occurs]
    count = cells.data[occurs].astype("float64")
    words = matrix.shape[1]
    number_of_parts = matrix.shape[0]

    def total(values: np.ndarray) -> np.ndarray:
        """Add up values of cells for each word."""
        return np.bincount(word, weights=values, minlength=words)

    share_of_corpus = sizes / sizes.sum()
    occurrences = total(count)
    share_of_word = count / occurrences[word]
    frequency = count / sizes[part]

    outside = 1 - total(share_of_corpus[part])
    dp = (total(np.abs(share_of_word - share_of_corpus[part])) + outside) / 2
    mean = total(frequency) / number_of_parts
    variance = np.maximum(total(frequency**2) / number_of_parts - mean**2, 0)
    is_divided = number_of_parts > 1
    return Dispersions(
        parts=np.bincount(word, minlength=words),
        juilland_d=1 - np.sqrt(variance) / mean / np.sqrt(max(number_of_parts - 1, 1)),
        rosengren_s=total(np.sqrt(share_of_corpus[part] * count)) ** 2 / occurrences,
        dp=dp,
        dp_norm=dp / (1 - share_of_corpus.min()) if is_divided else np.zeros(words),
    )


class Association(NamedTuple):
    """The strength of the association between two neighbouring words."""

    t: float
    chi2: float
    g2: float
    npmi: float


def collocation(n12: int, n1: int, n2: int, n: int) -> Association:
    """Measure the association of two neighbouring words.

    Parameters
    ----------
    n12 : int
        Occurrences of the pair.
    n1, n2 : int
        Occurrences of its first and its second word.
    n : int
        Words of the corpus.

    Returns
    -------
    Association
        The t score, χ² and G², as NLTK computes them, and normalised pointwise mutual information
        (NPMI): 1 for words that occur only together, 0 for chance, -1 for a pair that never
        occurs. χ² and G² are missing for a word that makes up all, or nearly all, of the corpus,
        because the contingency table then has no cells for other words.

    Notes
    -----
    NPMI = ln(n12 n / (n1 n2)) / -ln(n12 / n).

    References
    ----------
    Manning and Schütze (1999). Foundations of statistical natural language processing, chapter 5.
    Bouma (2009). Normalized (pointwise) mutual information in collocation extraction. GSCL.

    Examples
    --------
    >>> measures = collocation(n12=8, n1=20, n2=10, n=1000)
    >>> round(float(measures.g2), 1), round(float(measures.npmi), 2)
    (56.3, 0.76)
    """
    from nltk.metrics import BigramAssocMeasures  # slow to load, and only needed here

    npmi = -1.0
    if n12:
        npmi = float(np.log(n12 * n / (n1 * n2)) / -np.log(n12 / n))

    chi2 = np.nan
    likelihood_ratio = np.nan
    has_four_cells = n not in (n1, n2) and n1 + n2 - n12 <= n
    if has_four_cells:
        chi2 = BigramAssocMeasures.chi_sq(n12, (n1, n2), n)
        likelihood_ratio = BigramAssocMeasures.likelihood_ratio(n12, (n1, n2), n)
    return Association(
        t=BigramAssocMeasures.student_t(n12, (n1, n2), n),
        chi2=chi2,
        g2=likelihood_ratio,
        npmi=npmi,
    )


def krippendorff_alpha(rows: Sequence[Sequence], level: str = "nominal") -> float:
    """Compute Krippendorff's alpha, the agreement of coders beyond chance.

    Parameters
    ----------
    rows : sequence of sequences
        The values of each coder, one for each unit; None for a unit that was not coded.
    level : {"nominal", "ordinal", "interval", "ratio"}, default "nominal"
        Level of measurement, which decides how far apart two values are.

    Returns
    -------
    float
        1 for agreement, 0 for chance, below 0 for systematic disagreement.

    Notes
    -----
    alpha = 1 - observed disagreement / expected disagreement, computed by NLTK with the distances
    below.

    References
    ----------
    Krippendorff (2011). Computing Krippendorff's alpha-reliability. University of Pennsylvania.

    Examples
    --------
    >>> round(krippendorff_alpha([[1, 2, 3, 3], [1, 2, 3, 2]]), 3)
    0.667
    """
    from nltk.metrics import agreement  # slow to load, and only needed here

    distances: dict[str, Callable[[float, float], float]] = {
        "nominal": lambda a, b: float(a != b),
        "ordinal": _ordinal_distance(rows),
        "interval": lambda a, b: (a - b) ** 2,
        "ratio": lambda a, b: ((a - b) / (a + b)) ** 2 if a + b else 0.0,
    }
    data = []
    for coder, row in enumerate(rows):
        data.extend((coder, unit, value) for unit, value in enumerate(row) if value is not None)
    return float(agreement.AnnotationTask(data, distances[level]).alpha())


def _ordinal_distance(rows: Sequence[Sequence]) -> Callable[[float, float], float]:
    """Return the squared number of values between two ranks, the ends counted by half."""
    pairable = []  # values of units that at least two coders coded
    for unit in zip(*rows, strict=True):
        coded = [value for value in unit if value is not None]
        if len(coded) > 1:
            pairable += coded
    values = np.array(sorted(pairable))

    def distance(a: float, b: float) -> float:
        if a == b:
            return 0.0
        low = min(a, b)
        high = max(a, b)
        between = ((values >= low) & (values <= high)).sum()
        ends = (values == low).sum() + (values == high).sum()
        return (between - ends / 2) ** 2

    return distance
