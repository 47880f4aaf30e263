"""Count words: keyness, dispersion and collocations."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pandas as pd

from clippings.core.lexicon import read_words
from clippings.core.tables import by_article
from clippings.core.tokens import folded_words
from clippings.themes.statistics import (
    Z95,
    collocation,
    dispersion,
    g2,
    log_odds,
    log_ratio,
    without_zeros,
)


def count_keyness(target: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Compare the word frequencies of two sets of passages.

    Parameters
    ----------
    target, reference : pandas.DataFrame
        Two sets of passages.

    Returns
    -------
    pandas.DataFrame
        One row per word, sorted by `g2` (largest first), then by word. The table is empty if a set
        has no words.

        - `word`: folded
        - `target`, `reference`: occurrences
        - `g2`: log-likelihood ratio, over the two cells of the word
        - `log_ratio`: above 0 for words more frequent in the target; 1 means twice as frequent
        - `low`, `high`: 95 % confidence interval of the log ratio
        - `log_odds`: z score of the weighted log-odds, which is closer to 0 for rare words

    Notes
    -----
    In the log ratio, a count of 0 is replaced by 0.5. The log-odds use half of the word's
    occurrences in both sets as the prior for each set. All measures assume that words occur
    independently, so they overrate words that are repeated in a single article; see
    `count_dispersion`.

    References
    ----------
    Rayson and Garside (2000) for G², Hardie (2014) for the log ratio, Monroe et al. (2008) for the
    log-odds; see `clippings.themes.statistics`.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> is_blame = passages.article == "05_who_is_to_blame.txt"
    >>> keyness = cl.count_keyness(passages[is_blame], passages[~is_blame])
    >>> keyness[["word", "target", "reference", "g2", "log_ratio"]].head(3)
         word  target  reference     g2  log_ratio
    0     dam       8          5  11.34       2.77
    1      11       3          0   9.96       4.67
    2  opened       3          0   9.96       4.67
    """
    target_counts = _count_words(target)
    reference_counts = _count_words(reference)
    vocabulary: list[str] = []
    if target_counts and reference_counts:
        vocabulary = sorted(target_counts.keys() | reference_counts.keys())

    a = np.array([target_counts[word] for word in vocabulary], dtype="float64")
    b = np.array([reference_counts[word] for word in vocabulary], dtype="float64")
    n_target = max(target_counts.total(), 1)
    n_reference = max(reference_counts.total(), 1)
    n_both = n_target + n_reference

    expected = [n_target * (a + b) / n_both, n_reference * (a + b) / n_both]
    ratio = log_ratio(a, b, n_target, n_reference)
    variance = 1 / without_zeros(a) + 1 / without_zeros(b) - 1 / n_target - 1 / n_reference
    half_interval = Z95 * np.sqrt(variance) / np.log(2)
    # With a single word there are no other words whose odds could be compared.
    odds = log_odds(a, b, (a + b) / 2, (a + b) / 2) if len(a) > 1 else np.zeros(len(a))

    table = pd.DataFrame(
        {
            "word": pd.Series(vocabulary, dtype="str"),
            "target": a.astype("int64"),
            "reference": b.astype("int64"),
            "g2": g2([a, b], expected).round(2),
            "log_ratio": ratio.round(2),
            "low": (ratio - half_interval).round(2),
            "high": (ratio + half_interval).round(2),
            "log_odds": odds.round(2),
        }
    )
    return table.sort_values(["g2", "word"], ascending=[False, True], ignore_index=True)


def _count_words(passages: pd.DataFrame) -> Counter[str]:
    """Count the folded words of all passages."""
    counts: Counter[str] = Counter()
    for text in passages.text:
        counts.update(folded_words(text))
    return counts


def count_dispersion(passages: pd.DataFrame, *, min_count: int = 5) -> pd.DataFrame:
    """Measure how evenly each word is distributed over the articles.

    Parameters
    ----------
    passages : pandas.DataFrame
        Passages of the articles.
    min_count : int, default 5
        Minimum number of occurrences. Rarer words are omitted, because their results are
        unreliable.

    Returns
    -------
    pandas.DataFrame
        One row per word, sorted by `count` (largest first), then by word.

        - `word`: folded
        - `count`: occurrences
        - `articles`: articles with the word
        - `dp`: deviation of proportions; 0 if the word is as frequent in every article, near 1 if
          it occurs in one article only
        - `dp_norm`: `dp` as a share of its largest possible value
        - `d`: Juilland's D, 1 for even
        - `s`: Rosengren's S, 1 for even

    Notes
    -----
    The position of a word within an article is ignored. The function is slow for more than a few
    thousand articles.

    References
    ----------
    Gries (2008); see `clippings.themes.statistics.dispersion`.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> words = cl.count_dispersion(cl.find_passages(articles), min_count=15)
    >>> words.query("word in ['river', 'levee', 'valley']")
          word  count  articles     dp  dp_norm      d      s
    13   river     19         6  0.232    0.270  0.727  0.930
    14  valley     19         6  0.200    0.233  0.795  0.946
    18   levee     17         6  0.238    0.278  0.755  0.925
    """
    counts_by_article = []
    for rows in by_article(passages).values():
        counts: Counter[str] = Counter()
        for row in rows:
            counts.update(folded_words(row.text))
        if counts:
            counts_by_article.append(counts)

    sizes = [counts.total() for counts in counts_by_article]
    totals: Counter[str] = Counter()
    for counts in counts_by_article:
        totals.update(counts)

    rows = []
    for word, count in totals.items():
        if count >= min_count:
            measures = dispersion([counts[word] for counts in counts_by_article], sizes)
            rows.append(
                {
                    "word": word,
                    "count": count,
                    "articles": measures.parts,
                    "dp": round(measures.dp, 3),
                    "dp_norm": round(measures.dp_norm, 3),
                    "d": round(measures.juilland_d, 3),
                    "s": round(measures.rosengren_s, 3),
                }
            )
    columns = ["word", "count", "articles", "dp", "dp_norm", "d", "s"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(["count", "word"], ascending=[False, True], ignore_index=True)


def count_collocations(passages: pd.DataFrame, *, min_count: int = 3) -> pd.DataFrame:
    """Find pairs of neighbouring words that occur together more often than by chance.

    Parameters
    ----------
    passages : pandas.DataFrame
        Passages of the articles.
    min_count : int, default 3
        Minimum number of occurrences of a pair.

    Returns
    -------
    pandas.DataFrame
        One row per pair without function words, sorted by `g2` (largest first), then by the words.

        - `word_a`, `word_b`: folded
        - `count`: occurrences of the pair
        - `g2`, `chi2`, `t`: measures of association; `g2` and `chi2` are missing if one word makes
          up nearly the whole text
        - `npmi`: 1 for words that occur only together, 0 for chance

    Notes
    -----
    Words that are separated by another word are not found. Copied text counts each time; see
    `drop_duplicates`.

    References
    ----------
    Manning and Schütze (1999), Bouma (2009); see `clippings.themes.statistics.collocation`.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> collocations = cl.count_collocations(cl.find_passages(articles))
    >>> collocations[["word_a", "word_b", "count", "g2", "npmi"]].head(3)
       word_a   word_b  count       g2   npmi
    0   coast  courier     14  164.245  1.000
    1  valley     post     11  108.509  0.893
    2   river     lenn     13   99.322  0.808
    """
    word_counts: Counter[str] = Counter()
    pair_counts: Counter[tuple[str, str]] = Counter()
    for text in passages.text:
        words = folded_words(text)
        word_counts.update(words)
        pair_counts.update(pairwise(words))

    function_words = set(read_words("en/text/stopwords"))
    total = word_counts.total()
    rows = []
    for (word_a, word_b), count in pair_counts.items():
        if count < min_count or word_a in function_words or word_b in function_words:
            continue
        measures = collocation(count, word_counts[word_a], word_counts[word_b], total)
        rows.append(
            {
                "word_a": word_a,
                "word_b": word_b,
                "count": count,
                "g2": round(float(measures.g2), 3),
                "t": round(float(measures.t), 3),
                "chi2": round(float(measures.chi2), 3),
                "npmi": round(measures.npmi, 3),
            }
        )
    columns = ["word_a", "word_b", "count", "g2", "t", "chi2", "npmi"]
    order = ["g2", "word_a", "word_b"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(order, ascending=[False, True, True], ignore_index=True)
