"""What the search for repeated text misses, from its own arithmetic."""

import numpy as np
import pandas as pd

from clippings.repeats.align import is_reuse
from clippings.repeats.copies import share_in
from clippings.repeats.detect import find_repeats
from clippings.repeats.exact_runs import RUN


def count_missed(*, min_words: int, max_edits: float = 0.15) -> pd.DataFrame:
    """How likely a copied passage is found, by its length and by how much of it was edited.

    In: min_words and max_edits as given to find_repeats.
    Out: words (different ones, with content); edits (chance of each word to be replaced, up to twice max_edits);
    found (probability that at least half of it is found).
    Raises: nothing. Misses: stretches of a copy that are less edited than the whole, and whole sentences, which may
    be shorter for their edits; so real chances are as good or better.
    Source: sums over all ways to edit the words: min_words and half of all stand together unedited, or RUN do and
    is_reuse accepts the whole.
    Example:
        >>> count_missed(min_words=8, max_edits=0.15).query("edits == 0.15").found.round(2).tolist()
        [0.0, 0.27, 0.68, 0.7, 0.97]
    """
    lengths = sorted({max(min_words - 1, 1), min_words, 2 * min_words, 20, 50})
    rates = sorted({0.0, round(max_edits / 3, 4), max_edits, 2 * max_edits})
    rows = [
        (words, edits, _chance(words, edits, min_words, max_edits))
        for words in lengths
        for edits in rates
    ]
    return pd.DataFrame(rows, columns=["words", "edits", "found"])


def _chance(words: int, edits: float, min_words: int, max_edits: float) -> float:
    """A chain over the words; states: edits so far, unedited words up to here, the longest run so far."""
    enough, start = max(min_words, -(-words // 2)), min(RUN, min_words)
    state = np.zeros((words + 1, enough + 1, enough + 1))
    state[0, 0, 0] = 1
    for _ in range(words):
        new = np.zeros_like(state)
        new[1:, 0] = state[:-1].sum(axis=1) * edits
        for run in range(enough + 1):
            longer = min(run + 1, enough)
            new[:, longer, longer] += state[:, run, : longer + 1].sum(axis=1) * (1 - edits)
            new[:, longer, longer + 1 :] += state[:, run, longer + 1 :] * (1 - edits)
        state = new
    number = np.arange(words + 1)
    by_run = state.sum(axis=1)
    whole = is_reuse(words - number, number, min_words, max_edits)
    return float(by_run[:, enough].sum() + by_run[whole, start:enough].sum())


DOUBTED = (
    2000  # articles in which doubtful copies are looked for: of more, so many are drawn by lot
)


def find_borderline(
    repeats: pd.DataFrame,
    passages: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    min_words: int,
    max_edits: float,
) -> pd.DataFrame:
    """The copies on which to judge the thresholds: the weakest that was accepted, the strongest that was not.

    In: repeats, and what it was found in and with. Out: rows of repeats, + accepted (bool), in this order: the
    accepted copy with the fewest words in common with its first telling; the one with the most that is found only
    with half of min_words and twice max_edits. None where there is no such copy.
    Raises: as find_repeats. Misses: of copies that are equally strong, all but the first; of more than 2,000 articles,
    all but so many drawn by lot.
    Source: none.
    Example:
        >>> from clippings.core.tables import make_table
        >>> empty = [make_table(name) for name in ("repeats", "passages", "articles")]
        >>> find_borderline(*empty, min_words=8, max_edits=0.15).accepted.to_list()
        []
    """
    some = set(
        np.random.default_rng(0).permutation(articles.article.to_numpy(dtype="object"))[:DOUBTED]
    )
    repeats, passages, articles = (
        table[table.article.isin(some)] for table in (repeats, passages, articles)
    )
    loose = find_repeats(
        passages, articles, min_words=max(1, min_words // 2), max_edits=min(2 * max_edits, 0.49)
    )
    accepted, loose = (table[table.relation != "first"] for table in (repeats, loose))
    rejected = loose[share_in(loose, accepted) < 0.5]
    weakest = (accepted.words * accepted.similarity).sort_values(kind="stable").index[:1]
    strongest = (-rejected.words * rejected.similarity).sort_values(kind="stable").index[:1]
    both = [
        accepted.loc[weakest].assign(accepted=True),
        rejected.loc[strongest].assign(accepted=False),
    ]
    return pd.concat(both, ignore_index=True)
