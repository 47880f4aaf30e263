"""Text that stands more than once: printed twice in one article, boilerplate of an outlet, or shared."""

from concurrent.futures import Executor
from typing import NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz.distance import LCSseq

from clippings.core.errors import BadInput
from clippings.core.lexicon import read_words
from clippings.core.parallel import cluster_of
from clippings.core.progress import in_turn
from clippings.core.tables import COLUMNS, in_order
from clippings.core.tokens import WORD, fold
from clippings.repeats.align import Limits, find_pairs
from clippings.repeats.distributed import find_pairs_on
from clippings.repeats.exact_runs import Pairs
from clippings.repeats.hashing import Words, hash_words

BOILERPLATE_ARTICLES = (
    3  # the same passage in so many articles of one outlet is the outlet's own form
)
NEIGHBOURS = 4  # tellings before and behind one that are looked at for overlaps
PLACE = {"article": "object", "start": "int64", "end": "int64"}
HEAD = 200  # characters of a passage in which its first words are looked for
ALIKE = 0.2  # two stretches of one article are one passage where their ends differ by less, in all, of their words


class Occurrences(NamedTuple):
    """Places of repeated passages, in words: the first telling of each group, and each other with its like there."""

    group: np.ndarray
    start: np.ndarray
    end: np.ndarray
    like: np.ndarray  # start and end in the first telling
    match_end: np.ndarray
    first: np.ndarray
    equal: np.ndarray

    def take(self, index) -> "Occurrences":
        return Occurrences(*(column[index] for column in self))


def find_repeats(
    passages: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    min_words: int = 8,
    max_edits: float = 0.15,
    executor: Executor | None = None,
) -> pd.DataFrame:
    """Every telling of a passage that stands more than once, aligned with the first.

    In: passages (those of an article with only blanks between them are read on as one text); articles, whose outlet
    tells boilerplate and whose publication day tells which telling is first (dated ones before undated ones, then by
    article id); min_words, the fewest words that count, 1 or more; max_edits, the share of words that may be put
    in, left out or replaced, from 0 to below 0.5; executor, where it is that of a Dask cluster the workers compare.
    Out: repeats, one row per telling: label = group, a hash and its first words; relation first, within (again in
    the same article), boilerplate (in 3 or more articles of one outlet), shared (in another article); words;
    similarity = words in common, in order, by words of the longer side. Passages may overlap and are not united.
    Raises: BadInput for min_words or max_edits out of range and for passages of an unknown article.
    Misses: see count_missed; stock phrases of min_words words are found, shorter ones and such as are made of
    common words are not; in scripts without spaces each character counts as a word.
    Source: see clippings.repeats.align.
    Example:
        >>> from clippings.core.tables import make_table
        >>> find_repeats(make_table("passages"), make_table("articles")).empty
        True
    """
    if min_words < 1 or not 0 <= max_edits < 0.5:
        raise BadInput(
            f"min_words={min_words}, max_edits={max_edits}: give at least 1, and a share from 0 to below 0.5"
        )
    unknown = set(passages.article) - set(articles.article)
    if unknown:
        raise BadInput(
            f"passages of {min(unknown)!r}, which is not among the articles: find the passages again"
        )
    passages = _in_order_of_telling(passages, articles)
    with in_turn(range(4), "repeats", "step") as bar:
        opens = _breaks(passages, articles)
        light = hash_words([" ".join(read_words("en/text/stopwords"))]).hashes
        limits = Limits(min_words, max_edits, light)
        bar.update()
        if (client := cluster_of(executor)) and len(passages):
            rows, words, pairs = find_pairs_on(client, passages.text, opens, limits)
            passages = passages.iloc[rows]
        else:
            words = hash_words(passages.text)
            pairs = find_pairs(words, np.unique(words.texts[np.append(opens, True)]), limits)
        bar.update()
        found = find_occurrences(words, pairs)
        bar.update()
        return _table(found, words, passages, articles)


def _in_order_of_telling(passages: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    days = passages.article.map(dict(zip(articles.article, articles.published_from, strict=True)))
    columns = passages[["article", "start", "end", "text"]].assign(day=pd.to_datetime(days))
    return columns.sort_values(["day", "article", "start", "end"], kind="stable", ignore_index=True)


def _breaks(passages: pd.DataFrame, articles: pd.DataFrame) -> np.ndarray:
    """Which passages open a stretch of text: another article, or something left out before them."""
    name, start, end = (passages[column].to_numpy(dtype=kind) for column, kind in PLACE.items())
    new = np.append(True, (name[1:] != name[:-1]) | (start[1:] < end[:-1]))[: len(name)]
    gaps = np.flatnonzero(~new[1:] & (start[1:] > end[:-1])) + 1
    texts = _texts_of(articles, name[gaps])
    new[gaps] = [bool(texts[name[at]][end[at - 1] : start[at]].strip()) for at in gaps]
    return new


def _texts_of(articles: pd.DataFrame, names: np.ndarray) -> dict[str, str]:
    some = articles[articles.article.isin(set(names))]
    return dict(
        zip(*(some[column].to_numpy(dtype="object") for column in ("article", "text")), strict=True)
    )


def find_occurrences(words: Words, pairs: Pairs) -> Occurrences:
    """The groups of passages that aligned pairs make.

    In: words; pairs of find_pairs. Out: Occurrences, sorted by group and place; the first of a group is the earliest.
    Raises: nothing. Misses: a telling that is aligned with others than the first is set beside all of the first.
    Source: connected components of stretches that are aligned, have the same words, or nearly the same ends.
    Example:
        >>> words = hash_words(["we saw the tall grey horse run by", "he saw the tall grey horse run by"])
        >>> pairs = find_pairs(words, words.texts, Limits(6, 0.15, words.hashes[:0]))
        >>> find_occurrences(words, pairs).start.tolist()
        [1, 9]
    """
    keys, node = np.unique(
        np.concatenate([pairs.a << 32 | pairs.a_end, pairs.b << 32 | pairs.b_end]),
        return_inverse=True,
    )
    start, end = keys >> 32, keys & 0xFFFFFFFF
    group = _components(len(keys), _same_passage(words.hashes, start, end, node.reshape(2, -1)))
    order = np.lexsort((start, group))
    telling = np.zeros(len(keys), np.int64)
    reached = np.maximum.accumulate((group.astype(np.int64) << 32 | end)[order])
    into = reached[:-1] - (group.astype(np.int64) << 32 | start)[order][1:]
    new = 2 * into < (end - start)[order][1:]  # less than half of it lies in those before
    telling[order] = np.cumsum(np.append(False, new)[: len(order)])
    longest = np.lexsort((-(end - start), telling))
    longest = longest[np.append(True, np.diff(telling[longest]) != 0)[: len(longest)]]
    groups = group[longest]
    first = np.append(True, np.diff(groups) != 0)[: len(groups)]
    opening = longest[first][np.cumsum(first) - 1]
    found = Occurrences(
        groups,
        start[longest],
        end[longest],
        start[opening],
        end[opening],
        first,
        np.full(len(first), -1),
    )
    return _without_parts(_aligned(words.hashes, found, pairs, telling[node].reshape(2, -1)))


def _same_passage(
    hashes: np.ndarray, start: np.ndarray, end: np.ndarray, node: np.ndarray
) -> list[np.ndarray]:
    """Edges between stretches: aligned, nearly the same place, the same words."""
    edges = [node]
    length = end - start
    for shift in range(1, 5):
        near = np.abs(start[shift:] - start[:-shift]) + np.abs(end[shift:] - end[:-shift])
        some = np.flatnonzero(near <= ALIKE * np.minimum(length[shift:], length[:-shift]))
        edges.append(np.array([some, some + shift]))
    content = _content(hashes, start, end)
    order = np.argsort(content, kind="stable")
    some = np.flatnonzero(content[order][1:] == content[order][:-1])
    return [*edges, np.array([order[some], order[some + 1]])]


def _content(hashes: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """A number for each stretch, equal for equal words in the same order."""
    length = end - start
    opening = np.cumsum(length) - length
    within = np.arange(length.sum()) - np.repeat(opening, length)
    value = hashes[np.repeat(start, length) + within] * (
        2 * within.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    )
    return np.add.reduceat(value, opening) if len(opening) else value


def _components(count: int, edges: list[np.ndarray]) -> np.ndarray:
    left, right = np.concatenate(edges, axis=1)
    from scipy.sparse import coo_matrix  # slow to load, and only needed here
    from scipy.sparse.csgraph import connected_components

    graph = coo_matrix((np.ones(len(left), np.int8), (left, right)), shape=(count, count))
    return connected_components(graph, directed=False)[1] if count else np.zeros(0, np.int64)


def _aligned(
    hashes: np.ndarray, found: Occurrences, pairs: Pairs, telling: np.ndarray
) -> Occurrences:
    """The tellings with the stretches of the first that they were aligned with, where there are such.

    A word or two more that a telling has in common with others than the first stay part of it.
    """
    first, copy = telling
    there = (pairs.a < found.end[first]) & (pairs.a_end > found.start[first])
    from_first = np.flatnonzero(found.first[first] & (first != copy) & there)
    best = from_first[np.lexsort((-pairs.equal[from_first], copy[from_first]))]
    best = best[np.append(True, np.diff(copy[best]) != 0)[: len(best)]]
    at, pair = copy[best], pairs.take(best)
    found.like[at], found.match_end[at], found.equal[at] = pair.a, pair.a_end, pair.equal
    length = pair.b_end - pair.b
    more = (found.end - found.start)[at] - length > ALIKE * length
    more |= (found.start[at] > pair.b) | (found.end[at] < pair.b_end)
    found.start[at[more]], found.end[at[more]] = pair.b[more], pair.b_end[more]
    for place in np.flatnonzero(found.equal < 0):
        own, first = (
            hashes[found.start[place] : found.end[place]],
            hashes[found.like[place] : found.match_end[place]],
        )
        found.equal[place] = LCSseq.similarity(own.tolist(), first.tolist())
    return found


def _without_parts(found: Occurrences) -> Occurrences:
    """The tellings but for those that are part of a longer one, as their first telling is of its first."""
    part, whole = _overlapping(found)
    nested = (found.start[whole] <= found.start[part]) & (found.end[part] <= found.end[whole])
    nested &= (found.like[whole] <= found.like[part]) & (
        found.match_end[part] <= found.match_end[whole]
    )
    nested &= ~found.first[part] & ~found.first[whole] & (found.group[part] != found.group[whole])
    nested &= (found.end - found.start)[part] < (found.end - found.start)[whole]
    kept = np.ones(len(found.start), bool)
    kept[part[nested]] = False
    kept &= np.bincount(found.group, kept, minlength=1)[found.group] > 1
    return found.take(kept)


def _overlapping(found: Occurrences) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of tellings, of which the second covers at least half of the first."""
    order = np.lexsort((-found.end, found.start))
    start, end, pairs = found.start[order], found.end[order], []
    for shift in range(1, min(NEIGHBOURS, max(len(order) - 1, 0)) + 1):
        common = 2 * (np.minimum(end[shift:], end[:-shift]) - start[shift:])
        for one, two in ((shift, 0), (0, shift)):
            length = (end - start)[one : len(order) - shift + one]
            some = np.flatnonzero((common >= length) & (common > 0))
            pairs.append((order[some + one], order[some + two]))
    return (
        tuple(np.concatenate(side) for side in zip(*pairs, strict=True))
        if pairs
        else (order[:0], order[:0])
    )


def _table(
    found: Occurrences, words: Words, passages: pd.DataFrame, articles: pd.DataFrame
) -> pd.DataFrame:
    """The tellings as rows of the table repeats."""
    opening, closing = _whole_words(words, found.start, found.end)
    number = np.cumsum(~words.inner, dtype=np.int32)
    article, start, end = _places(opening, closing, words, passages)
    texts = _texts_of(articles, article)
    match_article, like, match_end = _places(
        *_whole_words(words, found.like, found.match_end), words, passages
    )
    longer = np.maximum(found.end - found.start, found.match_end - found.like)
    rows = pd.DataFrame({"article": article, "start": start, "end": end, "group": found.group})
    rows["text"] = [
        texts[name][s:e] for name, s, e in zip(article, start.tolist(), end.tolist(), strict=True)
    ]
    heads = [" ".join(WORD.findall(fold(text[:HEAD]))[:6]) for text in rows.text[found.first]]
    numbers = _content(words.hashes, found.start[found.first], found.end[found.first]) >> np.uint64(
        32
    )
    names = [f"{number:08x} {head}" for number, head in zip(numbers.tolist(), heads, strict=True)]
    rows["label"] = np.array(names, dtype="object")[np.cumsum(found.first) - 1]
    rows["relation"] = _relations(rows, articles, found)
    rows["words"] = number[closing - 1] - number[opening] + 1
    rows["similarity"] = (found.equal / np.maximum(longer, 1)).round(4)
    rows["rule"] = np.where(found.equal == longer, "equal words", "equal but for edits")
    rows["match_article"] = np.where(found.first, "", match_article)
    for column, values in (("match_start", like), ("match_end", match_end)):
        rows[column] = pd.Series(values, dtype="Int64").mask(found.first)
    return in_order(rows[list(COLUMNS["repeats"])].astype(COLUMNS["repeats"]))


def _whole_words(words: Words, start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Stretches that begin or end within a word with hyphens, moved to its ends."""
    inner = np.append(words.inner, False)
    while inner[start].any() or inner[end].any():
        start, end = start - inner[start], end + inner[end]
    return start, end


def _places(
    start: np.ndarray, end: np.ndarray, words: Words, passages: pd.DataFrame
) -> tuple[np.ndarray, ...]:
    """Articles and characters of stretches of words."""
    opening, closing = (
        np.searchsorted(words.texts, at, side="right") - 1 for at in (start, end - 1)
    )
    shift = passages.start.to_numpy()
    article = passages.article.to_numpy(dtype="object")[opening]
    return article, shift[opening] + words.starts[start], shift[closing] + words.ends[end - 1]


def _relations(rows: pd.DataFrame, articles: pd.DataFrame, found: Occurrences) -> np.ndarray:
    """How each telling is related to the first; rows are in order of telling within a group.

    Boilerplate stands in three articles of one outlet; where groups overlap, they are counted together.
    """
    outlet = rows.article.map(dict(zip(articles.article, articles.outlet, strict=True)))
    places = pd.DataFrame(
        {"group": rows.group, "outlet": outlet, "article": rows.article.factorize()[0]}
    )
    own = places.groupby(["group", "outlet"]).article
    many = own.transform("nunique") >= BOILERPLATE_ARTICLES
    other = (own.transform("min") + own.transform("max") - places.article).mask(
        many, -1
    )  # of two articles
    left, right = (np.append(side, np.arange(len(rows))) for side in _overlapping(found))
    beside = pd.DataFrame(
        {"duplicate_status": left, "many": many[right].to_numpy(), "other": other[right].to_numpy()}
    )
    beside = beside[beside.other != places.article[left].to_numpy()]
    around = beside.groupby("duplicate_status").agg(
        many=("many", "any"), others=("other", "nunique")
    )
    common = (around.many | (around.others >= BOILERPLATE_ARTICLES - 1)).reindex(
        rows.index, fill_value=False
    )
    again = places.duplicated(["group", "article"])
    return np.select(
        [found.first, again, common & (outlet != "")], ["first", "within", "boilerplate"], "shared"
    )
