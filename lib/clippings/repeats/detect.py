"""Find repeated passages: within an article, as boilerplate of an outlet, or between articles.

The pairs from `align` are grouped into occurrences, which become rows of the table `repeats`. See
the docstring of `clippings.repeats` for the terms.
"""

from concurrent.futures import Executor
from typing import NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz.distance import LCSseq

from clippings.core.cache import cacheable
from clippings.core.errors import BadInput
from clippings.core.lexicon import read_words
from clippings.core.parallel import cluster_of
from clippings.core.progress import in_turn
from clippings.core.tables import COLUMNS, in_order
from clippings.core.tokens import WORD, fold
from clippings.repeats.align import Limits, find_pairs
from clippings.repeats.arrays import LOW_BITS, pack, positions_within, run_starts, unpack
from clippings.repeats.distributed import find_pairs_on
from clippings.repeats.exact_runs import Pairs
from clippings.repeats.hashing import Words, hash_words

# A passage that occurs in three articles from one outlet is treated as boilerplate; in two
# articles, it may be an updated story.
BOILERPLATE_ARTICLES = 3

# In words. Notices, slogans and standard background paragraphs are shorter. A longer passage is a
# story that the outlet published, or the analyst saved, several times.
MAX_BOILERPLATE_WORDS = 150

# The number of neighbouring occurrences that are examined for overlaps. More than a few overlapping
# occurrences of different groups are rare.
NEIGHBOURS_FOR_OVERLAP = 4

# The number of neighbours that are compared among stretches that start close together (see
# _same_place).
NEIGHBOURS_FOR_PLACE = 4

# Two stretches of one article are the same passage if their starts and ends together differ by less
# than this share of their words.
MAX_END_DIFFERENCE = 0.2

# A label is a hash and the first words of the passage, which are taken from its first
# characters.
LABEL_WORDS = 6
LABEL_CHARACTERS = 200

HASH_STEP = np.uint64(0x9E3779B97F4A7C15)  # odd, with irregular bits


class Occurrences(NamedTuple):
    """Occurrences of repeated passages, one row each, sorted by group and place."""

    group: np.ndarray
    start: np.ndarray  # in words
    end: np.ndarray
    original_start: np.ndarray  # the stretch of the original that this one is aligned with
    original_end: np.ndarray
    is_original: np.ndarray  # the first occurrence of its group
    equal: np.ndarray  # words in common with the original, in order

    def take(self, rows) -> "Occurrences":
        """Return these rows of every column."""
        return Occurrences(*(column[rows] for column in self))

    def lengths(self) -> np.ndarray:
        """Return the number of words of each occurrence."""
        return self.end - self.start


class _Stretches(NamedTuple):
    """The different stretches of words that pairs consist of, sorted by start, then by end."""

    start: np.ndarray
    end: np.ndarray
    of_a: np.ndarray  # for each pair: the number of its stretch a
    of_b: np.ndarray

    def lengths(self) -> np.ndarray:
        """Return the number of words of each stretch."""
        return self.end - self.start


@cacheable
def find_repeats(
    passages: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    min_words: int = 8,
    max_edits: float = 0.15,
    executor: Executor | None = None,
) -> pd.DataFrame:
    """Find passages that occur more than once, and align each occurrence with the first.

    Parameters
    ----------
    passages : pandas.DataFrame
        Passages of the articles. Passages of one article with only white space between them are
        treated as one text.
    articles : pandas.DataFrame
        The articles of the passages. Their outlets determine which passages are boilerplate. Their
        publication dates determine which occurrence is the first: articles are ordered by date,
        with undated articles last, and then by id.
    min_words : int, default 8
        Minimum number of words of a repeated passage, 1 or more.
    max_edits : float, default 0.15
        The maximum share of words that are inserted, omitted or replaced; at least 0 and less than
        0.5.
    executor : concurrent.futures.Executor, optional
        If it belongs to a Dask cluster, its workers make the comparison.

    Returns
    -------
    pandas.DataFrame
        The table `repeats`: one row per occurrence, sorted by position. Occurrences may overlap.

        - `label`: the group, named by a hash and the first words of the passage
        - `relation`: `first`, `within` (repeated in the same article), `boilerplate` (in three or
          more articles from one outlet) or `shared` (in another article)
        - `match_article`, `match_start`, `match_end`: the part of the first occurrence with which
          this occurrence is aligned; empty for the first
        - `words`: length of the occurrence in words
        - `similarity`: number of words in common, in order, divided by the length of the longer
          side
        - `rule`: `equal words` or `equal but for edits`

    Raises
    ------
    BadInput
        If `min_words` or `max_edits` is out of range, or if a passage does not belong to any
        article.

    Notes
    -----
    See `clippings.repeats` for the method, and `count_missed` for copies that the thresholds miss.
    Stock phrases of at least `min_words` words are reported unless they consist of common words. In
    scripts without spaces, each character counts as a word.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> repeats = cl.find_repeats(cl.find_passages(articles), articles)
    >>> columns = ["article", "start", "relation", "words", "similarity"]
    >>> repeats.loc[11:, columns]
                       article  start     relation  words  similarity
    11  05_who_is_to_blame.txt   1792  boilerplate     13       1.000
    12  05_who_is_to_blame.txt   1824  boilerplate      8       1.000
    13      06_water_falls.txt   1136       shared     11       1.000
    14      06_water_falls.txt   1327  boilerplate     24       0.875
    """
    if min_words < 1 or not 0 <= max_edits < 0.5:
        raise BadInput(
            f"min_words must be 1 or more, and max_edits from 0 to below 0.5; "
            f"they are {min_words} and {max_edits}"
        )
    unknown = set(passages.article) - set(articles.article)
    if unknown:
        raise BadInput(
            f"passages of {min(unknown)!r}, which is not among the articles: "
            "run find_passages again"
        )

    passages = _by_publication(passages, articles)
    with in_turn(range(4), "repeats", "step") as bar:
        opens_unit = _opens_unit(passages, articles)
        function_words = hash_words([" ".join(read_words("en/text/stopwords"))]).hashes
        limits = Limits(min_words, max_edits, function_words)
        bar.update()

        client = cluster_of(executor)
        if client and len(passages):
            rows, words, pairs = find_pairs_on(client, passages.text, opens_unit, limits)
            passages = passages.iloc[rows]
        else:
            words = hash_words(passages.text)
            unit_bounds = np.unique(words.text_bounds[np.append(opens_unit, True)])
            pairs = find_pairs(words, unit_bounds, limits)
        bar.update()

        occurrences = find_occurrences(words, pairs)
        bar.update()
        return _make_repeats(occurrences, words, passages, articles)


def _by_publication(passages: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Sort passages by date (undated ones last), article and position: originals precede copies."""
    published = dict(zip(articles.article, articles.published_from, strict=True))
    columns = passages[["article", "start", "end", "text"]]
    dated = columns.assign(published=pd.to_datetime(passages.article.map(published)))
    order = ["published", "article", "start", "end"]
    return dated.sort_values(order, kind="stable", ignore_index=True)


def _opens_unit(passages: pd.DataFrame, articles: pd.DataFrame) -> np.ndarray:
    """Return which passages start a unit: in a new article, or after other text."""
    article = passages.article.to_numpy(dtype="object")
    start = passages.start.to_numpy(dtype="int64")
    end = passages.end.to_numpy(dtype="int64")

    opens_unit = run_starts(article)
    opens_unit[1:] |= start[1:] < end[:-1]  # overlapping passages are not treated as one text
    gaps = np.flatnonzero(~opens_unit[1:] & (start[1:] > end[:-1])) + 1
    texts = _texts_of(articles, article[gaps])
    for row in gaps:
        between = texts[article[row]][end[row - 1] : start[row]]
        opens_unit[row] = bool(between.strip())
    return opens_unit


def _texts_of(articles: pd.DataFrame, names: np.ndarray) -> dict[str, str]:
    """Return the texts of these articles."""
    named = articles[articles.article.isin(set(names))]
    return dict(zip(named.article.tolist(), named.text.tolist(), strict=True))


# Group ------------------------------------------------------------------------------------------


def find_occurrences(words: Words, pairs: Pairs) -> Occurrences:
    """Group the stretches of aligned pairs into occurrences.

    Parameters
    ----------
    words : Words
        The words of all texts.
    pairs : Pairs
        As `find_pairs` returns them.

    Returns
    -------
    Occurrences
        The occurrences, sorted by group and place; the original of each group is first.

    Notes
    -----
    Stretches belong to the same group if they are aligned, if they consist of the same words, or if
    they start and end at nearly the same places. The groups are the connected components of this
    graph. Stretches of a group that overlap by half form one occurrence.

    A copy that is aligned only with occurrences other than the original is linked with the whole
    original.

    Examples
    --------
    >>> words = hash_words(
    ...     ["we saw the tall grey horse run by", "he saw the tall grey horse run by"]
    ... )
    >>> limits = Limits(min_words=6, max_edits=0.15, function_words=words.hashes[:0])
    >>> occurrences = find_occurrences(words, find_pairs(words, words.text_bounds, limits))
    >>> occurrences.start.tolist(), occurrences.is_original.tolist()
    ([1, 9], [True, False])
    """
    stretches = _distinct_stretches(pairs)
    group = _group_stretches(words.hashes, stretches)
    occurrence = _number_occurrences(group, stretches)

    occurrences = _choose_longest(group, occurrence, stretches)
    original = occurrence[stretches.of_a]
    copy = occurrence[stretches.of_b]
    occurrences = _align_with_originals(words.hashes, occurrences, pairs, original, copy)
    return _drop_nested(occurrences)


def _distinct_stretches(pairs: Pairs) -> _Stretches:
    """Return the different stretches of all pairs."""
    both_sides = np.concatenate([pack(pairs.a, pairs.a_end), pack(pairs.b, pairs.b_end)])
    keys, number = np.unique(both_sides, return_inverse=True)
    start, end = unpack(keys)
    of_a, of_b = number.reshape(2, -1)
    return _Stretches(start, end, of_a, of_b)


def _group_stretches(hashes: np.ndarray, stretches: _Stretches) -> np.ndarray:
    """Return the number of the group of each stretch."""
    edges = [
        np.array([stretches.of_a, stretches.of_b]),
        _same_place(stretches),
        _same_words(hashes, stretches),
    ]
    return _components(len(stretches.start), np.concatenate(edges, axis=1))


def _same_place(stretches: _Stretches) -> np.ndarray:
    """Return edges between stretches that start and end at nearly the same words."""
    length = stretches.lengths()
    edges = []
    for shift in range(1, NEIGHBOURS_FOR_PLACE + 1):
        difference = np.abs(stretches.start[shift:] - stretches.start[:-shift])
        difference += np.abs(stretches.end[shift:] - stretches.end[:-shift])
        shorter = np.minimum(length[shift:], length[:-shift])
        close = np.flatnonzero(difference <= MAX_END_DIFFERENCE * shorter)
        edges.append(np.array([close, close + shift]))
    return np.concatenate(edges, axis=1)


def _same_words(hashes: np.ndarray, stretches: _Stretches) -> np.ndarray:
    """Return edges between stretches of the same words."""
    content = _hash_stretches(hashes, stretches.start, stretches.end)
    order = np.argsort(content, kind="stable")
    equal = np.flatnonzero(~run_starts(content[order]))
    return np.array([order[equal - 1], order[equal]])


def _hash_stretches(hashes: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return a number for each stretch, equal for equal words in the same order."""
    length = end - start
    opening = np.cumsum(length) - length
    position = positions_within(length)
    place = np.repeat(start, length) + position
    # Multiplying by an odd number that depends on the position makes the order count.
    values = hashes[place] * (2 * position.astype(np.uint64) + HASH_STEP)
    return np.add.reduceat(values, opening) if len(opening) else values


def _components(nodes: int, edges: np.ndarray) -> np.ndarray:
    """Return the number of the connected component of each node."""
    if nodes == 0:
        return np.zeros(0, np.int64)
    from scipy.sparse import coo_matrix  # slow to load, and only needed here
    from scipy.sparse.csgraph import connected_components

    left, right = edges
    graph = coo_matrix((np.ones(len(left), np.int8), (left, right)), shape=(nodes, nodes))
    _, component = connected_components(graph, directed=False)
    return component


def _number_occurrences(group: np.ndarray, stretches: _Stretches) -> np.ndarray:
    """Assign each stretch to an occurrence, numbered by group and place.

    A stretch starts a new occurrence if preceding stretches of its group cover less than half of
    it.
    """
    order = np.lexsort((stretches.start, group))
    # The farthest end so far in each group. The group is the upper half of the key, so the running
    # maximum restarts with every group, and differences between keys of one group are in words.
    starts = pack(group.astype(np.int64), stretches.start)[order]
    ends = pack(group.astype(np.int64), stretches.end)[order]
    reached = np.maximum.accumulate(ends)
    covered = reached[:-1] - starts[1:]  # far below 0 if the group is another one

    opens_occurrence = 2 * covered < stretches.lengths()[order][1:]
    occurrence = np.zeros(len(group), np.int64)
    occurrence[order[1:]] = np.cumsum(opens_occurrence)
    return occurrence


def _choose_longest(
    group: np.ndarray, occurrence: np.ndarray, stretches: _Stretches
) -> Occurrences:
    """Choose the longest stretch of each occurrence, and link it with the whole original."""
    order = np.lexsort((-stretches.lengths(), occurrence))
    longest = order[run_starts(occurrence[order])]

    is_original = run_starts(group[longest])
    original = longest[is_original][np.cumsum(is_original) - 1]
    return Occurrences(
        group=group[longest],
        start=stretches.start[longest],
        end=stretches.end[longest],
        original_start=stretches.start[original],
        original_end=stretches.end[original],
        is_original=is_original,
        equal=np.full(len(longest), -1),  # not counted yet, see _align_with_originals
    )


def _align_with_originals(
    hashes: np.ndarray,
    occurrences: Occurrences,
    pairs: Pairs,
    original: np.ndarray,
    copy: np.ndarray,
) -> Occurrences:
    """Link copies with the stretch of the original they were aligned with, and count equal words.

    `original` and `copy` are the occurrences that each pair connects.
    """
    best = _best_pairs(occurrences, pairs, original, copy)
    linked = _link_aligned(occurrences, copy[best], pairs.take(best))
    return linked._replace(equal=_count_missing_equal(hashes, linked))


def _best_pairs(
    occurrences: Occurrences, pairs: Pairs, original: np.ndarray, copy: np.ndarray
) -> np.ndarray:
    """Choose, for each copy aligned with its original, the pair with the most equal words."""
    connects = occurrences.is_original[original] & (original != copy)
    connects &= pairs.a < occurrences.end[original]
    connects &= pairs.a_end > occurrences.start[original]
    candidates = np.flatnonzero(connects)
    order = np.lexsort((-pairs.equal[candidates], copy[candidates]))
    candidates = candidates[order]
    return candidates[run_starts(copy[candidates])]


def _link_aligned(occurrences: Occurrences, rows: np.ndarray, chosen: Pairs) -> Occurrences:
    """Link these rows with the original stretches of the chosen pairs, and correct their ends."""
    original_start = occurrences.original_start.copy()
    original_end = occurrences.original_end.copy()
    equal = occurrences.equal.copy()
    original_start[rows] = chosen.a
    original_end[rows] = chosen.a_end
    equal[rows] = chosen.equal

    # A copy may have a few more words in common with other copies than with the original. These
    # words remain part of it. If the copy is much longer than the aligned stretch, or lacks part of
    # it, the aligned stretch replaces it.
    start = occurrences.start.copy()
    end = occurrences.end.copy()
    aligned_length = chosen.b_end - chosen.b
    surplus = occurrences.lengths()[rows] - aligned_length
    replaced = surplus > MAX_END_DIFFERENCE * aligned_length
    replaced |= (start[rows] > chosen.b) | (end[rows] < chosen.b_end)
    start[rows[replaced]] = chosen.b[replaced]
    end[rows[replaced]] = chosen.b_end[replaced]
    return Occurrences(
        group=occurrences.group,
        start=start,
        end=end,
        original_start=original_start,
        original_end=original_end,
        is_original=occurrences.is_original,
        equal=equal,
    )


def _count_missing_equal(hashes: np.ndarray, occurrences: Occurrences) -> np.ndarray:
    """Count equal words that no pair provides: in originals and in copies of other copies."""
    equal = occurrences.equal.copy()
    for row in np.flatnonzero(equal < 0):
        copy = hashes[occurrences.start[row] : occurrences.end[row]]
        original = hashes[occurrences.original_start[row] : occurrences.original_end[row]]
        equal[row] = LCSseq.similarity(copy.tolist(), original.tolist())
    return equal


def _drop_nested(occurrences: Occurrences) -> Occurrences:
    """Drop copies inside a longer copy if their original is also inside its original."""
    part, whole = _overlapping(occurrences)
    start = occurrences.start
    end = occurrences.end
    original_start = occurrences.original_start
    original_end = occurrences.original_end

    nested = (start[whole] <= start[part]) & (end[part] <= end[whole])
    nested &= original_start[whole] <= original_start[part]
    nested &= original_end[part] <= original_end[whole]
    nested &= ~occurrences.is_original[part] & ~occurrences.is_original[whole]
    nested &= occurrences.group[part] != occurrences.group[whole]
    nested &= occurrences.lengths()[part] < occurrences.lengths()[whole]

    remains = np.ones(len(start), bool)
    remains[part[nested]] = False
    # A group with a single occurrence is no longer repeated text.
    left_in_group = np.bincount(occurrences.group, remains, minlength=1)
    remains &= left_in_group[occurrences.group] > 1
    return occurrences.take(remains)


def _overlapping(occurrences: Occurrences) -> tuple[np.ndarray, np.ndarray]:
    """Return pairs of occurrences in which the second covers at least half of the first."""
    order = np.lexsort((-occurrences.end, occurrences.start))
    start = occurrences.start[order]
    end = occurrences.end[order]
    length = end - start

    parts = [order[:0]]
    wholes = [order[:0]]
    for shift in range(1, min(NEIGHBOURS_FOR_OVERLAP, len(order) - 1) + 1):
        earlier = order[:-shift]
        later = order[shift:]
        common = np.minimum(end[shift:], end[:-shift]) - start[shift:]

        covers_later = (2 * common >= length[shift:]) & (common > 0)
        parts.append(later[covers_later])
        wholes.append(earlier[covers_later])

        covers_earlier = (2 * common >= length[:-shift]) & (common > 0)
        parts.append(earlier[covers_earlier])
        wholes.append(later[covers_earlier])
    return np.concatenate(parts), np.concatenate(wholes)


# Rows -------------------------------------------------------------------------------------------


def _make_repeats(
    occurrences: Occurrences, words: Words, passages: pd.DataFrame, articles: pd.DataFrame
) -> pd.DataFrame:
    """Return the occurrences as rows of the table repeats."""
    is_original = occurrences.is_original
    opening, closing = _widen_to_words(words, occurrences.start, occurrences.end)
    article, start, end = _to_characters(opening, closing, words, passages)
    match_article, match_start, match_end = _to_characters(
        *_widen_to_words(words, occurrences.original_start, occurrences.original_end),
        words,
        passages,
    )

    rows = pd.DataFrame({"article": article, "start": start, "end": end})
    texts = _texts_of(articles, article)
    rows["text"] = [
        texts[name][first:last]
        for name, first, last in zip(article, start.tolist(), end.tolist(), strict=True)
    ]
    rows["label"] = _labels(occurrences, words.hashes, rows.text)
    rows["relation"] = _relations(rows, articles, occurrences)

    word_number = np.cumsum(~words.continues, dtype=np.int32)  # pieces of a word count once
    rows["words"] = word_number[closing - 1] - word_number[opening] + 1
    original_length = occurrences.original_end - occurrences.original_start
    longer = np.maximum(occurrences.lengths(), original_length)
    rows["similarity"] = (occurrences.equal / np.maximum(longer, 1)).round(4)
    is_equal = occurrences.equal == longer
    rows["rule"] = np.where(is_equal, "equal words", "equal but for edits")

    rows["match_article"] = np.where(is_original, "", match_article)
    rows["match_start"] = pd.Series(match_start, dtype="Int64").mask(is_original)
    rows["match_end"] = pd.Series(match_end, dtype="Int64").mask(is_original)
    return in_order(rows[list(COLUMNS["repeats"])].astype(COLUMNS["repeats"]))


def _widen_to_words(
    words: Words, start: np.ndarray, end: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Extend stretches that start or end inside a hyphenated word to the whole word."""
    continues = np.append(words.continues, False)
    while continues[start].any() or continues[end].any():
        start = np.where(continues[start], start - 1, start)
        end = np.where(continues[end], end + 1, end)
    return start, end


def _to_characters(
    start: np.ndarray, end: np.ndarray, words: Words, passages: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the article, and the start and end in characters, of stretches of words."""
    first_passage = np.searchsorted(words.text_bounds, start, side="right") - 1
    last_passage = np.searchsorted(words.text_bounds, end - 1, side="right") - 1
    passage_start = passages.start.to_numpy()
    article = passages.article.to_numpy(dtype="object")[first_passage]
    start_character = passage_start[first_passage] + words.starts[start]
    end_character = passage_start[last_passage] + words.ends[end - 1]
    return article, start_character, end_character


def _labels(occurrences: Occurrences, hashes: np.ndarray, texts: pd.Series) -> np.ndarray:
    """Label each occurrence: 8 hexadecimal digits and the first words of its original."""
    is_original = occurrences.is_original
    start = occurrences.start[is_original]
    end = occurrences.end[is_original]
    numbers = _hash_stretches(hashes, start, end) >> np.uint64(LOW_BITS)

    labels = []
    for number, text in zip(numbers.tolist(), texts[is_original], strict=True):
        first_words = WORD.findall(fold(text[:LABEL_CHARACTERS]))[:LABEL_WORDS]
        labels.append(f"{number:08x} {' '.join(first_words)}")
    group_number = np.cumsum(is_original) - 1
    return np.array(labels, dtype="object")[group_number]


def _relations(rows: pd.DataFrame, articles: pd.DataFrame, occurrences: Occurrences) -> np.ndarray:
    """Return the relation of each occurrence to its original."""
    outlets = dict(zip(articles.article, articles.outlet, strict=True))
    places = pd.DataFrame(
        {
            "group": occurrences.group,
            "outlet": rows.article.map(outlets),
            "article": rows.article.factorize()[0],
        }
    )
    again_in_article = places.duplicated(["group", "article"])
    is_short = occurrences.end - occurrences.start <= MAX_BOILERPLATE_WORDS
    is_boilerplate = _is_boilerplate(places, occurrences) & (places.outlet != "") & is_short
    return np.select(
        [occurrences.is_original, again_in_article, is_boilerplate],
        ["first", "within", "boilerplate"],
        "shared",
    )


def _is_boilerplate(places: pd.DataFrame, occurrences: Occurrences) -> pd.Series:
    """Return which occurrences are in passages that three articles from their outlet contain.

    `places` has columns group, outlet and article (numbers). Where occurrences of different groups
    overlap, their articles are counted together.
    """
    articles = places.groupby(["group", "outlet"]).article
    widespread = articles.transform("nunique") >= BOILERPLATE_ARTICLES
    # A group in fewer articles of the outlet has at most one article besides this one.
    other_article = articles.transform("min") + articles.transform("max") - places.article
    other_article = other_article.mask(widespread, -1)

    # Each occurrence is combined with those that overlap it, and with itself.
    left, right = (np.append(side, np.arange(len(places))) for side in _overlapping(occurrences))
    overlaps = pd.DataFrame(
        {
            "occurrence": left,
            "widespread": widespread[right].to_numpy(),
            "other_article": other_article[right].to_numpy(),
        }
    )
    overlaps = overlaps[overlaps.other_article != places.article[left].to_numpy()]
    counted = overlaps.groupby("occurrence").agg(
        widespread=("widespread", "any"), other_articles=("other_article", "nunique")
    )
    together = counted.other_articles >= BOILERPLATE_ARTICLES - 1
    return (counted.widespread | together).reindex(places.index, fill_value=False)
