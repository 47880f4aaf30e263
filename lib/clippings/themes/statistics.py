"""Formulas of corpus statistics, each with its paper: numbers in, numbers out."""

import numpy as np

Z95 = 1.959964  # two-sided 95 % of the normal distribution


def g2(observed, expected):
    """Log-likelihood 2 Σ O ln(O/E) over the first axis (Dunning 1993; two cells: Rayson and Garside 2000)."""
    observed, expected = (
        np.asarray(observed, dtype="float64"),
        np.asarray(expected, dtype="float64"),
    )
    ratio = np.divide(observed, expected, out=np.ones_like(observed), where=observed > 0)
    return 2 * (observed * np.log(ratio)).sum(axis=0)


def log_ratio(a, b, n1, n2):
    """Binary logarithm of the ratio of two relative frequencies, 0.5 in place of 0 (Hardie 2014)."""
    return np.log2((np.where(a > 0, a, 0.5) / n1) / (np.where(b > 0, b, 0.5) / n2))


def least_log_ratio(a, b, n1, n2, *, tests: int = 1, level: float = 0.95) -> float:
    """The log ratio nearest to 0 that the exact interval allows, for so many tests (Evert 2022)."""
    from scipy.stats import beta  # slow to load, and only needed here

    tail = (1 - level) / tests / 2
    more = a / n1 >= b / n2
    share = beta.ppf(tail, a, b + 1) if more else beta.ppf(1 - tail, a + 1, b)
    found = np.log2(n2 / n1 * share / (1 - share))
    return float(max(found, 0) if more else min(found, 0))


def log_odds(y1, y2, prior1, prior2, *, terms: int = 2):
    """z of the log-odds ratio of words in two texts with Dirichlet priors (Monroe et al. 2008, eq. 20; 4 terms: 19)."""
    in1, in2 = np.asarray(y1) + prior1, np.asarray(y2) + prior2
    out1, out2 = in1.sum() - in1, in2.sum() - in2
    spread = 1 / in1 + 1 / in2 + ((1 / out1 + 1 / out2) if terms == 4 else 0)
    return (np.log(in1 / out1) - np.log(in2 / out2)) / np.sqrt(spread)


def dispersion(counts, sizes) -> dict[str, float]:
    """How evenly a word lies in parts of a corpus: D of Juilland, D2 of Carroll, S of Rosengren, DP of Gries 2008."""
    counts, sizes = np.asarray(counts, dtype="float64"), np.asarray(sizes, dtype="float64")
    parts, share, size = len(counts), counts / counts.sum(), sizes / sizes.sum()
    rate = counts / sizes
    level, found = rate / rate.sum(), counts > 0
    dp = np.abs(share - size).sum() / 2
    return {
        "range": int(found.sum()),
        "D": 1 - rate.std() / rate.mean() / np.sqrt(max(parts - 1, 1)),
        "D2": -(level[found] * np.log(level[found])).sum() / np.log(max(parts, 2)),
        "S": np.sqrt(size * counts).sum() ** 2 / counts.sum(),
        "DP": dp,
        "DPnorm": dp / (1 - size.min()) if parts > 1 else 0.0,
        "KL": (share[found] * np.log2(share[found] / size[found])).sum(),
    }


def collocation(n12, n1, n2, n) -> dict[str, float]:
    """t, chi2 and G2 of a pair of words (NLTK), and NPMI (Bouma 2009; -1 for a pair never seen).

    Of words that are (nearly) all words there are no four cells, and chi2 and G2 are missing.
    """
    from nltk.metrics import BigramAssocMeasures  # slow to load, and only needed here

    npmi = np.log(n12 * n / (n1 * n2)) / -np.log(n12 / n) if n12 else -1.0
    cells = n not in (n1, n2) and n1 + n2 - n12 <= n
    names = {"t": "student_t"} | ({"chi2": "chi_sq", "g2": "likelihood_ratio"} if cells else {})
    found = {
        name: getattr(BigramAssocMeasures, method)(n12, (n1, n2), n)
        for name, method in names.items()
    }
    return {"chi2": np.nan, "g2": np.nan} | found | {"npmi": float(npmi)}


def alpha(rows: list[list], level: str = "nominal") -> float:
    """Krippendorff's alpha (2011) of coders' rows of values, None = not coded (NLTK's, with its distance by level)."""
    from nltk.metrics import agreement  # slow to load, and only needed here

    units = [[v for v in unit if v is not None] for unit in zip(*rows, strict=True)]
    values = np.array(sorted(v for unit in units if len(unit) > 1 for v in unit))

    def between(a, b):
        low, high = min(a, b), max(a, b)
        held = ((values >= low) & (values <= high)).sum() - (
            (values == low).sum() + (values == high).sum()
        ) / 2
        return (held if a != b else 0) ** 2

    distance = {
        "nominal": lambda a, b: float(a != b),
        "ordinal": between,
        "interval": lambda a, b: (a - b) ** 2,
        "ratio": lambda a, b: ((a - b) / (a + b)) ** 2 if a + b else 0.0,
    }[level]
    data = [
        (coder, unit, v)
        for coder, row in enumerate(rows)
        for unit, v in enumerate(row)
        if v is not None
    ]
    return float(agreement.AnnotationTask(data, distance).alpha())
