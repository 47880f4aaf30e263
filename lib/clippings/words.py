"""Counting words: totals by group, keyness, and phrases in context."""

import re
from collections import Counter

import numpy as np
import pandas as pd

from clippings.errors import BadInput
from clippings.tables import make_table, span_row
from clippings.text import WORD, folded_words

Z95 = 1.959964  # two-sided 95 % of the normal distribution


def count_words(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """How many words and rows a span table has in each group.

    In: any span table; by, column names. Out: the columns of `by`, words (running words of `text`), rows;
    sorted by the columns of `by`. Words of a row that lie in another row of its group count once.
    Raises: KeyError for a column that is not there. Misses: rows that overlap without one holding the other count
    each. Source: none.
    Example:
        >>> list(count_words(make_table("passages"), by=["label"]).columns)
        ['label', 'words', 'rows']
    """
    groups = table[by].astype("str").agg("\t".join, axis=1) if len(table) else table.article
    order = table.assign(group=groups, length=-table.end).sort_values(["group", "article", "start", "length"])
    reached = order.groupby(["group", "article"]).end.transform(lambda end: end.cummax().shift(fill_value=0))
    texts = table.text.mask((order.end <= reached).reindex(table.index), "")
    words = [sum(1 for _ in WORD.finditer(text)) for text in texts]
    counted = table[by].assign(words=pd.Series(words, index=table.index, dtype="int64"), rows=1)
    return counted.groupby(by, as_index=False)[["words", "rows"]].sum()


def find_phrases(passages: pd.DataFrame, pattern: str) -> pd.DataFrame:
    """Every place where a pattern is found: the rows of a concordance.

    In: passages; pattern, a regular expression (case does not matter).
    Out: phrases, one row per match, label = the pattern. See them in context with show_evidence.
    Raises: BadInput when the expression does not compile.
    Misses: matches that run over the end of a paragraph. Source: KWIC.
    Example:
        >>> find_phrases(make_table("passages"), r"told \\w+").empty
        True
    """
    try:
        compiled = re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise BadInput(f"the pattern {pattern!r} is not a regular expression ({error}): mend it") from None
    rows = [
        span_row(passage, *match.span(), label=pattern, rule="pattern")
        for passage in passages.itertuples()
        for match in compiled.finditer(passage.text)
        if match[0]
    ]
    return make_table("phrases", rows)


def count_keyness(target: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Which words are more, or less, frequent in one set of passages than in another.

    In: two sets of passages. Out: word (folded), target, reference (occurrences), g2 (log-likelihood, two
    cells: observed against expected in the two sets), log_ratio (binary logarithm of the ratio of relative
    frequencies; above 0: more frequent in the target), low, high (its 95 % interval); sorted by g2, largest
    first, then by word. No rows when a set is empty.
    Raises: nothing. Misses: a word that one article repeats; words are counted as if drawn one by one.
    Source: Rayson and Garside 2000 (G2); Hardie 2014 (log ratio, 0.5 in place of 0).
    Example:
        >>> list(count_keyness(make_table("passages"), make_table("passages")).columns)[:4]
        ['word', 'target', 'reference', 'g2']
    """
    counts = [Counter(word for text in part.text for word in folded_words(text)) for part in (target, reference)]
    sizes = [sum(count.values()) for count in counts]
    vocabulary = sorted(set(counts[0]) | set(counts[1])) if all(sizes) else []
    a, b = (np.array([count[word] for word in vocabulary], dtype="float64") for count in counts)
    n, m = (max(size, 1) for size in sizes)
    with np.errstate(divide="ignore", invalid="ignore"):
        cells = [np.where(x > 0, x * np.log(x / (size * (a + b) / (n + m))), 0) for x, size in ((a, n), (b, m))]
    a2, b2 = np.where(a > 0, a, 0.5), np.where(b > 0, b, 0.5)
    ratio = np.log2((a2 / n) / (b2 / m))
    spread = Z95 * np.sqrt(1 / a2 + 1 / b2 - 1 / n - 1 / m) / np.log(2)
    table = pd.DataFrame(
        {
            "word": pd.Series(vocabulary, dtype="str"),
            "target": a.astype("int64"),
            "reference": b.astype("int64"),
            "g2": (2 * (cells[0] + cells[1])).round(2),
            "log_ratio": ratio.round(2),
            "low": (ratio - spread).round(2),
            "high": (ratio + spread).round(2),
        }
    )
    return table.sort_values(["g2", "word"], ascending=[False, True], ignore_index=True)
