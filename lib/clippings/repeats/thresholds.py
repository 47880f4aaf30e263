"""Assess the thresholds of the search for repeated text: missed and borderline copies."""

import numpy as np
import pandas as pd

from clippings.core.cache import cacheable
from clippings.repeats.align import is_reuse
from clippings.repeats.copies import share_in
from clippings.repeats.detect import find_repeats
from clippings.repeats.exact_runs import SEED_WORDS

# Lengths of copied passages, in words, that count_missed examines in addition to those near
# min_words: a sentence and a paragraph.
SENTENCE_WORDS = 20
PARAGRAPH_WORDS = 50

# The number of articles that find_borderline searches. The looser search takes longer than the
# original search, and a random sample is enough to assess the thresholds.
BORDERLINE_ARTICLES = 2000

# A copy from the looser search counts as rejected if accepted copies cover less than this share of
# it.
MOSTLY_ACCEPTED = 0.5

# The highest value of max_edits that find_repeats accepts, to two digits.
HIGHEST_MAX_EDITS = 0.49


def count_missed(*, min_words: int, max_edits: float = 0.15) -> pd.DataFrame:
    """Calculate how likely a copied passage is to be found, by length and share of edited words.

    Parameters
    ----------
    min_words : int
        As given to `find_repeats`.
    max_edits : float, default 0.15
        As given to `find_repeats`.

    Returns
    -------
    pandas.DataFrame
        One row per length and share of edits, sorted by both.

        - `words`: length of the passage; all words are different and have content
        - `edits`: probability of each word being replaced, up to twice `max_edits`
        - `found`: probability that at least half of the passage is found

    Notes
    -----
    The probabilities are exact sums over all ways to edit the words. A copy counts as found if at
    least `min_words` consecutive words, and at least half of all words, are unedited. It also
    counts as found if five consecutive words are unedited and `is_reuse` accepts the whole copy.

    The real probabilities are at least as high, because the calculation ignores parts of a copy
    that are less edited than the whole, and whole sentences, which may be shorter.

    Examples
    --------
    >>> import clippings as cl
    >>> cl.count_missed(min_words=8, max_edits=0.15).query("words == 20").round(2)
        words  edits  found
    12     20   0.00   1.00
    13     20   0.05   0.99
    14     20   0.15   0.70
    15     20   0.30   0.16
    """
    lengths = {max(min_words - 1, 1), min_words, 2 * min_words, SENTENCE_WORDS, PARAGRAPH_WORDS}
    rates = {0.0, round(max_edits / 3, 4), max_edits, 2 * max_edits}
    rows = []
    for words in sorted(lengths):
        for edits in sorted(rates):
            rows.append((words, edits, _chance_found(words, edits, min_words, max_edits)))
    return pd.DataFrame(rows, columns=["words", "edits", "found"])


def _chance_found(words: int, edits: float, min_words: int, max_edits: float) -> float:
    """Return the probability that a passage is found, by a Markov chain over its words."""
    enough = max(min_words, -(-words // 2))  # min_words, and half of the passage rounded up
    seed = min(SEED_WORDS, min_words)

    # state[e, r, l]: the probability of e edits so far, r unedited words up to here, and a longest
    # run of l unedited words. Runs longer than `enough` are counted as `enough`.
    state = np.zeros((words + 1, enough + 1, enough + 1))
    state[0, 0, 0] = 1
    for _ in range(words):
        following = np.zeros_like(state)
        following[1:, 0] = state[:-1].sum(axis=1) * edits
        for run in range(enough + 1):
            longer = min(run + 1, enough)
            becomes_longest = state[:, run, : longer + 1].sum(axis=1)
            following[:, longer, longer] += becomes_longest * (1 - edits)
            following[:, longer, longer + 1 :] += state[:, run, longer + 1 :] * (1 - edits)
        state = following

    edited = np.arange(words + 1)
    by_edits_and_longest = state.sum(axis=1)
    accepted_whole = is_reuse(words - edited, edited, min_words, max_edits)
    by_exact_run = by_edits_and_longest[:, enough].sum()
    by_whole = by_edits_and_longest[accepted_whole, seed:enough].sum()
    return float(by_exact_run + by_whole)


@cacheable
def find_borderline(
    repeats: pd.DataFrame,
    passages: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    min_words: int,
    max_edits: float,
) -> pd.DataFrame:
    r"""Find the weakest accepted and the strongest rejected copy, to help assess the thresholds.

    Parameters
    ----------
    repeats : pandas.DataFrame
        The result of `find_repeats`.
    passages, articles : pandas.DataFrame
        The passages and articles in which `repeats` was found.
    min_words : int
        As given to `find_repeats`.
    max_edits : float
        As given to `find_repeats`.

    Returns
    -------
    pandas.DataFrame
        Up to two rows of `repeats` with the column `accepted` (bool): the accepted copy with the
        fewest words in common with its original, and the copy with the most words in common that is
        found only with half of `min_words` and twice `max_edits`.

    Raises
    ------
    BadInput
        As `find_repeats`.

    Notes
    -----
    If there are more than 2,000 articles, a random sample of 2,000 is examined, which is the same
    in every run. If several copies are equally strong, the first is returned.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> repeats = cl.find_repeats(passages, articles)
    >>> borderline = cl.find_borderline(repeats, passages, articles, min_words=8, max_edits=0.15)
    >>> borderline[["accepted", "text", "similarity"]]
       accepted                                               text  similarity
    0      True  Source: Valley Post\n\nFollow us for daily upd...         1.0
    1     False   one resident, speaking on condition of anonymity         1.0
    """
    sample = _sample_articles(articles)
    repeats = repeats[repeats.article.isin(sample)]
    passages = passages[passages.article.isin(sample)]
    articles = articles[articles.article.isin(sample)]

    loose_repeats = find_repeats(
        passages,
        articles,
        min_words=max(1, min_words // 2),
        max_edits=min(2 * max_edits, HIGHEST_MAX_EDITS),
    )
    accepted = repeats[repeats.relation != "first"]
    loose = loose_repeats[loose_repeats.relation != "first"]
    rejected = loose[share_in(loose, accepted) < MOSTLY_ACCEPTED]

    weakest = _equal_words(accepted).sort_values(kind="stable").index[:1]
    strongest = (-_equal_words(rejected)).sort_values(kind="stable").index[:1]
    examples = [
        accepted.loc[weakest].assign(accepted=True),
        rejected.loc[strongest].assign(accepted=False),
    ]
    return pd.concat(examples, ignore_index=True)


def _sample_articles(articles: pd.DataFrame) -> set[str]:
    """Draw a random sample of article ids, the same for every order of the rows."""
    names = np.sort(articles.article.to_numpy(dtype="object"))
    return set(np.random.default_rng(0).permutation(names)[:BORDERLINE_ARTICLES])


def _equal_words(copies: pd.DataFrame) -> pd.Series:
    """Return the approximate number of words that each copy has in common with its original."""
    return copies.words * copies.similarity
