"""Counting words: totals by group, keyness, dispersion, collocations, agreement of coders, phrases in context."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pandas as pd

from clippings.core.lexicon import read_words
from clippings.core.tables import by_article
from clippings.core.tokens import folded_words
from clippings.themes.statistics import Z95, alpha, collocation, dispersion, g2, log_odds, log_ratio


def count_keyness(target: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Which words are more, or less, frequent in one set of passages than in another.

    In: two sets of passages. Out: word (folded), target, reference (occurrences), g2 (log-likelihood, two
    cells: observed against expected in the two sets), log_ratio (binary logarithm of the ratio of relative
    frequencies; above 0: more frequent in the target), low, high (its 95 % interval), log_odds (z of the weighted
    log-odds, with the word's count in both sets as prior: nearer to 0 for rare words); sorted by g2, largest first,
    then by word. No rows when a set is empty.
    Raises: nothing. Misses: a word that one article repeats; words are counted as if drawn one by one.
    Source: Rayson and Garside 2000 (G2); Hardie 2014 (log ratio, 0.5 in place of 0); Monroe et
    al. 2008 (weighted log-odds).
    Example:
        >>> from clippings.core.tables import make_table
        >>> list(count_keyness(make_table("passages"), make_table("passages")).columns)[:4]
        ['word', 'target', 'reference', 'g2']
    """
    counts = [
        Counter(word for text in part.text for word in folded_words(text))
        for part in (target, reference)
    ]
    sizes = [sum(count.values()) for count in counts]
    vocabulary = sorted(set(counts[0]) | set(counts[1])) if all(sizes) else []
    a, b = (np.array([count[word] for word in vocabulary], dtype="float64") for count in counts)
    n, m = (max(size, 1) for size in sizes)
    a2, b2 = np.where(a > 0, a, 0.5), np.where(b > 0, b, 0.5)
    ratio = log_ratio(a, b, n, m)
    spread = Z95 * np.sqrt(1 / a2 + 1 / b2 - 1 / n - 1 / m) / np.log(2)
    table = pd.DataFrame(
        {
            "word": pd.Series(vocabulary, dtype="str"),
            "target": a.astype("int64"),
            "reference": b.astype("int64"),
            "g2": g2([a, b], [n * (a + b) / (n + m), m * (a + b) / (n + m)]).round(2),
            "log_ratio": ratio.round(2),
            "low": (ratio - spread).round(2),
            "high": (ratio + spread).round(2),
            "log_odds": log_odds(a, b, (a + b) / 2, (a + b) / 2).round(2)
            if len(a) > 1
            else 0.0 * a,
        }
    )
    return table.sort_values(["g2", "word"], ascending=[False, True], ignore_index=True)


def count_dispersion(passages: pd.DataFrame, *, min_count: int = 5) -> pd.DataFrame:
    """How evenly each word lies in the articles: a theme of many, or one article's own word.

    In: passages; min_count, occurrences below which nothing can be said. Out: word (folded), count, articles, dp
    (0: as the articles' lengths have it, near 1: in one article), dp_norm (of its greatest possible value), d
    (Juilland; 1: even), s (Rosengren); sorted by count, largest first, then by word.
    Raises: nothing. Misses: where in an article a word stands; slow beyond some thousand articles. Source: Gries 2008.
    Example:
        >>> from clippings.core.tables import make_table
        >>> list(count_dispersion(make_table("passages")).columns)[:4]
        ['word', 'count', 'articles', 'dp']
    """
    parts = [
        Counter(w for row in rows for w in folded_words(row.text))
        for rows in by_article(passages).values()
    ]
    parts = [part for part in parts if part]
    sizes, rows = [part.total() for part in parts], []
    for word, count in Counter(word for part in parts for word in part.elements()).items():
        if count >= min_count:
            found = dispersion([part[word] for part in parts], sizes)
            rows.append(
                (
                    word,
                    count,
                    found["range"],
                    *(round(found[k], 3) for k in ("DP", "DPnorm", "D", "S")),
                )
            )
    table = pd.DataFrame(rows, columns=["word", "count", "articles", "dp", "dp_norm", "d", "s"])
    return table.sort_values(["count", "word"], ascending=[False, True], ignore_index=True)


def count_collocations(passages: pd.DataFrame, *, min_count: int = 3) -> pd.DataFrame:
    """Which two words stand side by side more often than chance has it.

    In: passages; min_count, the fewest occurrences of a pair. Out: word_a, word_b (folded), count, g2, t, chi2,
    npmi (-1 to 1; 1: only together); without pairs that hold a function word; sorted by g2 (missing, as chi2, where one
    word is nearly all there is), then by the words.
    Raises: nothing. Misses: pairs with a word between them; what a copy repeats counts again.
    Source: NLTK's association measures; Bouma 2009 (NPMI).
    Example:
        >>> from clippings.core.tables import make_table
        >>> list(count_collocations(make_table("passages")).columns)[:3]
        ['word_a', 'word_b', 'count']
    """
    texts = [folded_words(text) for text in passages.text]
    words = Counter(word for text in texts for word in text)
    pairs = Counter(pair for text in texts for pair in pairwise(text))
    common, total, rows = set(read_words("en/text/stopwords")), words.total(), []
    for (a, b), count in pairs.items():
        if count >= min_count and a not in common and b not in common:
            found = collocation(count, words[a], words[b], total)
            rows.append(
                (a, b, count, *(round(float(found[k]), 3) for k in ("g2", "t", "chi2", "npmi")))
            )
    table = pd.DataFrame(rows, columns=["word_a", "word_b", "count", "g2", "t", "chi2", "npmi"])
    return table.sort_values(
        ["g2", "word_a", "word_b"], ascending=[False, True, True], ignore_index=True
    )


def count_agreement(
    first: pd.DataFrame, second: pd.DataFrame, passages: pd.DataFrame
) -> pd.DataFrame:
    """How far two coders, or a coder and the codebook, agree on what carries which theme.

    In: two tables of themes; the passages that both read. Out: theme, first, second, both (passages in which each,
    or both, saw it), alpha (Krippendorff's, nominal: 1 agreement, 0 chance; missing where neither saw it, or both
    saw it everywhere); one row a theme, in order.
    Raises: nothing. Misses: where in a passage the theme was seen; for and against are one.
    Source: Krippendorff 2011; below 0.667 he draws no conclusion.
    Example:
        >>> from clippings.core.tables import make_table
        >>> list(count_agreement(make_table("themes"), make_table("themes"), make_table("passages")).columns)
        ['theme', 'first', 'second', 'both', 'alpha']
    """
    places, rows = by_article(passages), []
    seen = [
        {
            (row.label, p.Index)
            for row in table.itertuples()
            for p in places.get(row.article, [])
            if _meet(row, p)
        }
        for table in (first, second)
    ]
    for theme in sorted({theme for theme, _ in seen[0] | seen[1]}):
        codes = [[int((theme, number) in coder) for number in passages.index] for coder in seen]
        both = sum(map(min, *codes))
        told = alpha(codes) if len(set(codes[0] + codes[1])) > 1 else float("nan")
        rows.append((theme, sum(codes[0]), sum(codes[1]), both, round(told, 3)))
    return pd.DataFrame(rows, columns=["theme", "first", "second", "both", "alpha"])


def _meet(row, passage) -> bool:
    return row.start < passage.end and passage.start < row.end
