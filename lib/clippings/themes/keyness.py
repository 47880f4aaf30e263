"""Count words and terms: keyness, dispersion and collocations."""

from collections import Counter, defaultdict
from collections.abc import Hashable
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from clippings.core.tables import by_article
from clippings.core.tokens import fold, folded_words
from clippings.themes.statistics import (
    Z95,
    collocation,
    dispersions,
    g2,
    log_odds,
    log_ratio,
    without_zeros,
)
from clippings.themes.term_words import NAME_SHARE, TOKEN, never_in_terms, words_of_term
from clippings.themes.terms import count_terms, distinctive_terms

# Two terms of a group, one of which contains the other, are shown once if the rarer of them has
# this share of the occurrences of the other ("interest" and "interest rates"). Persons are usually
# named in full only once in an article: "Anna Bell" and "Bell".
REPEATED_TERM_SHARE = 0.5
REPEATED_NAME_SHARE = 0.2

# In groups with at least this number of articles, a term of a single article is not listed.
MIN_ARTICLES_OF_SHARED_TERMS = 3

# In the ranking, a subject of several words gains so much: "stock market" says more than "stock".
PHRASE_FACTOR = 1.25

# A pair of words is shown as a part of a longer phrase if the phrase contains this share of its
# occurrences.
PART_OF_PHRASE_SHARE = 0.7

KEY_TERM_COLUMNS = [
    "group",
    "term",
    "is_name",
    "rank",
    "count",
    "articles",
    "group_articles",
    "reference",
    "reference_articles",
    "log_ratio",
    "low",
    "high",
]


def count_key_terms(
    passages: pd.DataFrame,
    *,
    by: str | pd.Series = "article",
    mentions: pd.DataFrame | None = None,
    min_count: int = 2,
    n: int | None = None,
) -> pd.DataFrame:
    """List the words and phrases that distinguish each article, outlet or group from the rest.

    Parameters
    ----------
    passages : pandas.DataFrame
        Usually those of the article text (`passages[passages.label.isin(cl.STORY)]`).
    by : str or pandas.Series, default "article"
        What to compare: a column of `passages`, or the group of each passage, such as
        `passages.article.map(articles.set_index("article").outlet)`. Passages whose group is
        missing or "" are only used for comparison.
    mentions : pandas.DataFrame, optional
        The table `mentions` of the same articles. Its names are recognised even where capital
        letters do not show that they are names.
    min_count : int, default 2
        Minimum number of occurrences of a term in a group.
    n : int, optional
        The maximum number of terms, and of names, for each group. By default, all are listed.

    Returns
    -------
    pandas.DataFrame
        One row per group and key term, sorted by group, `is_name` (subjects first) and `rank`. Only
        terms with an interval above 0 are listed. The table is empty if there is only one group.

        - `group`
        - `term`: one to four words in their most frequent spelling; names may have five
        - `is_name`: whether the term is a name
        - `rank`: 1 for the most distinctive subject, and the most distinctive name, of the group
        - `count`, `articles`: occurrences in the group, and its articles with the term
        - `group_articles`: all articles of the group
        - `reference`, `reference_articles`: occurrences in the rest, and its articles with the term
        - `log_ratio`: above 0 for terms more frequent in the group; 1 means twice as frequent
        - `low`, `high`: 95% confidence interval of the log ratio

    Notes
    -----
    Terms are nouns and noun phrases ("levee", "interest rates", "head of state"), found without a
    model; singular and plural are counted together. `clippings.themes.terms` describes the method
    and its limits in other languages than English.

    Terms are ranked by the lower end of the interval, weighted by the square root of the share of
    the group's articles that use the term; phrases gain 25%. If one of two terms contains the other
    and they occur nearly as often ("interest", "interest rates"), only the better one is listed.

    In groups of several articles, the interval reflects the differences between articles, so that
    words repeated in a few articles are not ranked first. In groups of three or more articles,
    terms that occur in one article only are omitted. In a group of a single article, words are
    treated as independent. No correction is made for the number of terms compared: about one in
    forty terms without any difference would be listed. Copied text counts each time; see
    `drop_duplicates`.

    Use `count_keyness` to compare all words of two sets of passages.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> story = passages[passages.label.isin(cl.STORY)]
    >>> key_terms = cl.count_key_terms(story)
    >>> key_terms[["group", "term", "is_name", "count", "reference", "low"]].head(4)
                                group     term  is_name  count  reference   low
    0              01_river_rises.txt    flood    False      3          2  0.39
    1  03_ostrand_counts_the_cost.txt    farms    False      4          1  0.96
    2            04_tolmere_levee.txt    siren    False      2          0  0.07
    3            04_tolmere_levee.txt  Tolmere     True      7          4  1.58
    """
    groups = passages[by] if isinstance(by, str) else by.reindex(passages.index)
    group_of_row = [None if pd.isna(group) or group == "" else group for group in groups]

    # The unit is the article, or the part of an article that belongs to a group.
    units = list(zip(group_of_row, passages.article, strict=True))
    ordered = sorted(range(len(units)), key=lambda row: (units[row][1], str(units[row][0])))
    texts = passages.text.tolist()
    languages = passages.language.tolist()
    counts = count_terms(
        [texts[row] for row in ordered],
        [units[row] for row in ordered],
        languages=[languages[row] for row in ordered],
        names=None if mentions is None else mentions.text,
    )
    table = distinctive_terms(
        counts,
        [group for group, _ in counts.units],
        articles=[article for _, article in counts.units],
    )
    is_key = (table.low > 0) & (table["count"] >= min_count)
    is_quirk = (table.articles == 1) & (table.group_articles >= MIN_ARTICLES_OF_SHARED_TERMS)
    table = table[is_key & ~is_quirk]
    is_phrase = table.term.str.contains(" ") & ~table.is_name
    table = table.assign(score=table.score.mask(is_phrase, table.score * PHRASE_FACTOR))
    table = table.sort_values(["score", "term"], ascending=[False, True])
    table = table[_is_first_of_similar(table)]
    return _rank_by_group(table, n)


def _is_first_of_similar(table: pd.DataFrame) -> np.ndarray:
    """Return which terms do not repeat a better term of their group in fewer or more words."""
    shown: list[bool] = []
    # The better terms of each group by their words: others cannot contain the term.
    better: defaultdict[tuple[Hashable, str], list[tuple[str, int]]] = defaultdict(list)
    columns = (table.group, table.term, table["count"], table.is_name)
    for group, term, count, is_name in zip(*columns, strict=True):
        least_share = REPEATED_NAME_SHARE if is_name else REPEATED_TERM_SHARE
        words = words_of_term(term)
        spaced = f" {' '.join(words)} "
        is_repeated = any(
            (spaced in other or other in spaced)
            and min(count, other_count) >= least_share * max(count, other_count)
            for word in words
            for other, other_count in better[group, word]
        )
        if not is_repeated:
            for word in words:
                better[group, word].append((spaced, count))
        shown.append(not is_repeated)
    return np.array(shown, dtype="bool")


def _rank_by_group(table: pd.DataFrame, n: int | None) -> pd.DataFrame:
    """Rank subjects and names of each group separately, and put the groups in order."""
    order = table.assign(name_of_group=table.group.astype("str"), place=range(len(table)))
    order = order.sort_values(["name_of_group", "is_name", "place"])
    order["rank"] = order.groupby(["name_of_group", "is_name"]).cumcount() + 1
    if n is not None:
        order = order[order["rank"] <= n]
    return order[KEY_TERM_COLUMNS].reset_index(drop=True)


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


def count_dispersion(
    passages: pd.DataFrame, *, min_count: int = 5, function_words: bool = True
) -> pd.DataFrame:
    """Measure how evenly each word is distributed over the articles.

    Parameters
    ----------
    passages : pandas.DataFrame
        Passages of the articles.
    min_count : int, default 5
        Minimum number of occurrences. Rarer words are omitted, because their results are
        unreliable.
    function_words : bool, default True
        Whether to list function words such as "the" and "of", and numbers.

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
    The position of a word within an article is ignored.

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
    from scipy.sparse import csr_matrix

    number_of_word: defaultdict[str, int] = defaultdict()
    number_of_word.default_factory = number_of_word.__len__
    words_of_article = []
    columns: list[int] = []
    for passages_of_article in by_article(passages).values():
        words = [word for row in passages_of_article for word in folded_words(row.text)]
        if words:
            columns += map(number_of_word.__getitem__, words)
            words_of_article.append(len(words))

    sizes = np.array(words_of_article, dtype="int64")
    article_of_word = np.repeat(np.arange(len(sizes)), sizes)
    matrix = csr_matrix(
        (np.ones(len(columns), dtype="int64"), (article_of_word, columns)),
        shape=(len(sizes), len(number_of_word)),
    )
    totals = np.asarray(matrix.sum(axis=0)).ravel()
    is_listed = totals >= max(min_count, 1)
    if not function_words:
        excluded = _function_words_of(passages)
        is_listed &= np.array(
            [_are_content_words((word,), excluded) for word in number_of_word], dtype="bool"
        )
    words = np.array(list(number_of_word), dtype="object")[is_listed]
    measures = dispersions(matrix[:, is_listed], sizes)
    table = pd.DataFrame(
        {
            "word": pd.Series(words, dtype="str"),
            "count": totals[is_listed],
            "articles": measures.parts,
            "dp": measures.dp.round(3),
            "dp_norm": measures.dp_norm.round(3),
            "d": measures.juilland_d.round(3),
            "s": measures.rosengren_s.round(3),
        }
    )
    return table.sort_values(["count", "word"], ascending=[False, True], ignore_index=True)


class _PairCounts(NamedTuple):
    """Folded words, and words that follow one another without punctuation between them."""

    words: Counter[str]
    pairs: Counter[tuple[str, str]]
    capitalised_pairs: Counter[tuple[str, str]]


def count_collocations(
    passages: pd.DataFrame, *, min_count: int = 3, names: bool = True
) -> pd.DataFrame:
    """Find pairs of neighbouring words that occur together more often than by chance.

    Parameters
    ----------
    passages : pandas.DataFrame
        Passages of the articles.
    min_count : int, default 3
        Minimum number of occurrences of a pair.
    names : bool, default True
        Whether to include names ("Harbour Quarter").

    Returns
    -------
    pandas.DataFrame
        One row per pair without numbers, function words and other words that are never part of a
        subject ("said", "Monday"), sorted by `g2` (largest first), then by the words.

        - `word_a`, `word_b`: folded
        - `count`: occurrences of the pair
        - `g2`, `chi2`, `t`: measures of association; `g2` and `chi2` are missing if one word makes
          up nearly the whole text
        - `npmi`: 1 for words that occur only together, 0 for chance
        - `is_name`: whether both words are usually capitalised
        - `phrase`: the longer phrase that contains most occurrences of the pair, or the pair itself

    Notes
    -----
    Words that are separated by another word or by punctuation are not found. Of the pairs that
    occur mostly in the same longer phrase, only the most closely associated pair is listed. Copied
    text counts each time; see `drop_duplicates`.

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
    counts = _count_pairs(passages)
    excluded = _function_words_of(passages)
    total = counts.words.total()
    rows = []
    for pair, count in counts.pairs.items():
        if count < min_count or not _are_content_words(pair, excluded):
            continue
        word_a, word_b = pair
        is_name = counts.capitalised_pairs[pair] >= NAME_SHARE * count
        if is_name and not names:
            continue
        measures = collocation(count, counts.words[word_a], counts.words[word_b], total)
        rows.append(
            {
                "word_a": word_a,
                "word_b": word_b,
                "count": count,
                "g2": round(float(measures.g2), 3),
                "t": round(float(measures.t), 3),
                "chi2": round(float(measures.chi2), 3),
                "npmi": round(measures.npmi, 3),
                "is_name": is_name,
            }
        )
    columns = ["word_a", "word_b", "count", "g2", "t", "chi2", "npmi", "is_name"]
    order = ["g2", "word_a", "word_b"]
    table = pd.DataFrame(rows, columns=columns).astype({"is_name": "bool"})
    table = table.sort_values(order, ascending=[False, True, True], ignore_index=True)
    return _merge_phrases(table, counts, passages)


def _count_pairs(passages: pd.DataFrame) -> _PairCounts:
    """Count words and pairs of all passages."""
    # Words as written are counted first, because this is fast; then different spellings are merged.
    written_words: Counter[str] = Counter()
    written_pairs: Counter[tuple[str, str]] = Counter()
    for text in passages.text:
        tokens = TOKEN.findall(text)
        written_words.update(tokens)
        written_pairs.update(pairwise(tokens))

    counts = _PairCounts(Counter(), Counter(), Counter())
    for word, count in written_words.items():
        if _is_word(word):
            counts.words[fold(word)] += count
    for (first, second), count in written_pairs.items():
        if not (_is_word(first) and _is_word(second)):
            continue
        pair = (fold(first), fold(second))
        counts.pairs[pair] += count
        if first[0].isupper() and second[0].isupper():
            counts.capitalised_pairs[pair] += count
    return counts


def _count_triples(
    passages: pd.DataFrame, pairs: set[tuple[str, str]]
) -> Counter[tuple[str, str, str]]:
    """Count runs of three folded words that consist of two of the pairs."""
    triples: Counter[tuple[str, str, str]] = Counter()
    for text in passages.text:
        words = [fold(token) for token in TOKEN.findall(text)]
        for first, second in pairwise(pairwise(words)):
            if first in pairs and second in pairs:
                triples[*first, second[1]] += 1
    return triples


def _is_word(token: str) -> bool:
    """Return whether a token is a word, not a punctuation mark or a possessive."""
    return token[0].isalnum()


def _function_words_of(passages: pd.DataFrame) -> frozenset[str]:
    """Return the words of English and of all languages of the passages that reveal no subject."""
    languages = {"en", *passages.language.unique()}
    return frozenset().union(*(never_in_terms(language) for language in languages))


def _are_content_words(words: tuple[str, ...], excluded: frozenset[str]) -> bool:
    """Return whether none of the words is a function word or a number."""
    return all(word not in excluded and not word[0].isdigit() for word in words)


def _merge_phrases(
    table: pd.DataFrame, counts: _PairCounts, passages: pd.DataFrame
) -> pd.DataFrame:
    """Add the phrase of each pair, and list only the best pair of each longer phrase."""
    pairs = list(zip(table.word_a, table.word_b, strict=True))
    rank = {pair: number for number, pair in enumerate(pairs)}
    phrase_of: dict[tuple[str, str], tuple[str, ...]] = {}
    weaker: set[tuple[str, str]] = set()
    triples = _count_triples(passages, set(pairs))
    for triple, count in sorted(triples.items(), key=lambda item: (-item[1], item[0])):
        first = triple[:2]
        second = triple[1:]
        most_frequent = max(counts.pairs[first], counts.pairs[second])
        if count >= PART_OF_PHRASE_SHARE * most_frequent:
            best, other = sorted([first, second], key=rank.__getitem__)
            weaker.add(other)
            phrase_of.setdefault(best, triple)

    table = table.assign(phrase=[" ".join(phrase_of.get(pair, pair)) for pair in pairs])
    table["phrase"] = table.phrase.astype("str")
    is_shown = np.array([pair not in weaker for pair in pairs], dtype="bool")
    return table[is_shown].reset_index(drop=True)
