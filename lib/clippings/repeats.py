"""Text that stands more than once: printed twice in one article, boilerplate of an outlet, or shared."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz.distance import LCSseq
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from clippings.errors import BadInput
from clippings.fingerprints import Words, hash_words
from clippings.lexicon import read_words
from clippings.reuse import RUN, Pairs, find_pairs, is_reuse
from clippings.tables import COLUMNS, in_order
from clippings.text import WORD, fold, word_spans

BOILERPLATE_ARTICLES = 3  # the same passage in so many articles of one outlet is the outlet's own form
PLACE = {"article": "object", "start": "int64", "end": "int64"}
WORDS = re.compile(r"(?s)\W*(.*\w)?")  # from the first to the last word
HEAD = 200  # characters of a passage in which its first words are looked for
COPIED = 0.85  # a row is a copy when so much of it lies in copies
ALIKE = 0.2  # two stretches of one article are one passage where their ends differ by less, in all, of their words


class Tellings(NamedTuple):
    """Places of repeated passages, in words: the first telling of each group, and each other with its like there."""

    group: np.ndarray
    start: np.ndarray
    end: np.ndarray
    like: np.ndarray  # start and end in the first telling
    like_end: np.ndarray
    first: np.ndarray
    equal: np.ndarray

    def take(self, index) -> "Tellings":
        return Tellings(*(column[index] for column in self))


def find_repeats(
    passages: pd.DataFrame, articles: pd.DataFrame, *, min_words: int = 8, max_edits: float = 0.15
) -> pd.DataFrame:
    """Every telling of a passage that stands more than once, aligned with the first.

    In: passages (those of an article with only blanks between them are read on as one text); articles, whose outlet
    tells boilerplate and whose publication day tells which telling is first (dated ones before undated ones, then by
    article id); min_words, the fewest words that count, 1 or more; max_edits, the share of words that may be put
    in, left out or replaced, from 0 to below 0.5.
    Out: repeats, one row per telling: label = group, a hash and its first words; relation first, within (again in
    the same article), boilerplate (in 3 or more articles of one outlet), shared (in another article); words;
    similarity = words in common, in order, by words of the longer side. Passages may overlap and are not united.
    Raises: BadInput for min_words or max_edits out of range and for passages of an unknown article.
    Misses: see count_missed; stock phrases of min_words words are found, shorter ones and such as are made of
    common words are not; in scripts without spaces each character counts as a word.
    Source: see clippings.reuse.
    Example:
        >>> from clippings.tables import make_table
        >>> find_repeats(make_table("passages"), make_table("articles")).empty
        True
    """
    if min_words < 1 or not 0 <= max_edits < 0.5:
        raise BadInput(
            f"min_words={min_words}, max_edits={max_edits}: give at least 1, and a share from 0 to below 0.5"
        )
    unknown = set(passages.article) - set(articles.article)
    if unknown:
        raise BadInput(f"passages of {min(unknown)!r}, which is not among the articles: find the passages again")
    passages = _in_order_of_telling(passages, articles)
    words = hash_words(_texts(passages.text))
    units = words.texts[np.append(_breaks(passages, articles), True)]
    light = hash_words([" ".join(read_words("stopwords", language="en"))]).hashes
    pairs = find_pairs(words, np.unique(units), light, min_words=min_words, max_edits=max_edits)
    return _table(find_tellings(words, pairs), words, passages, articles)


def _in_order_of_telling(passages: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    days = passages.article.map(dict(zip(articles.article, articles.published_from, strict=True)))
    columns = passages[["article", "start", "end", "text"]].assign(day=pd.to_datetime(days))
    return columns.sort_values(["day", "article", "start", "end"], kind="stable", ignore_index=True)


def _texts(column: pd.Series) -> Iterator[str]:
    """The texts of a column, a few at a time, so that they are not all held twice."""
    for at in range(0, len(column), 1024):
        yield from column.iloc[at : at + 1024].to_numpy(dtype="object")


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
    return dict(zip(*(some[column].to_numpy(dtype="object") for column in ("article", "text")), strict=True))


def find_tellings(words: Words, pairs: Pairs) -> Tellings:
    """The groups of passages that aligned pairs make.

    In: words; pairs of find_pairs. Out: Tellings, sorted by group and place; the first of a group is the earliest.
    Raises: nothing. Misses: a telling that is aligned with others than the first is set beside all of the first.
    Source: connected components of stretches that are aligned, have the same words, or nearly the same ends.
    Example:
        >>> words = hash_words(["we saw the tall grey horse run by", "he saw the tall grey horse run by"])
        >>> pairs = find_pairs(words, words.texts, words.hashes[:0], min_words=6, max_edits=0.15)
        >>> find_tellings(words, pairs).start.tolist()
        [1, 9]
    """
    keys, node = np.unique(
        np.concatenate([pairs.a << 32 | pairs.a_end, pairs.b << 32 | pairs.b_end]), return_inverse=True
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
    found = Tellings(groups, start[longest], end[longest], start[opening], end[opening], first, np.full(len(first), -1))
    return _aligned(words.hashes, found, pairs, telling[node].reshape(2, -1))


def _same_passage(hashes: np.ndarray, start: np.ndarray, end: np.ndarray, node: np.ndarray) -> list[np.ndarray]:
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
    value = hashes[np.repeat(start, length) + within] * (2 * within.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15))
    return np.add.reduceat(value, opening) if len(opening) else value


def _components(count: int, edges: list[np.ndarray]) -> np.ndarray:
    left, right = np.concatenate(edges, axis=1)
    graph = coo_matrix((np.ones(len(left), np.int8), (left, right)), shape=(count, count))
    return connected_components(graph, directed=False)[1] if count else np.zeros(0, np.int64)


def _aligned(hashes: np.ndarray, found: Tellings, pairs: Pairs, telling: np.ndarray) -> Tellings:
    """The tellings with the stretches of the first that they were aligned with, where there are such.

    A word or two more that a telling has in common with others than the first stay part of it.
    """
    first, copy = telling
    there = (pairs.a < found.end[first]) & (pairs.a_end > found.start[first])
    from_first = np.flatnonzero(found.first[first] & (first != copy) & there)
    best = from_first[np.lexsort((-pairs.equal[from_first], copy[from_first]))]
    best = best[np.append(True, np.diff(copy[best]) != 0)[: len(best)]]
    at, pair = copy[best], pairs.take(best)
    found.like[at], found.like_end[at], found.equal[at] = pair.a, pair.a_end, pair.equal
    length = pair.b_end - pair.b
    more = (found.end - found.start)[at] - length > ALIKE * length
    more |= (found.start[at] > pair.b) | (found.end[at] < pair.b_end)
    found.start[at[more]], found.end[at[more]] = pair.b[more], pair.b_end[more]
    for place in np.flatnonzero(found.equal < 0):
        own, first = hashes[found.start[place] : found.end[place]], hashes[found.like[place] : found.like_end[place]]
        found.equal[place] = LCSseq.similarity(own.tolist(), first.tolist())
    return found


def _table(found: Tellings, words: Words, passages: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The tellings as rows of the table repeats."""
    opening, closing = _whole_words(words, found.start, found.end)
    number = np.cumsum(~words.inner, dtype=np.int32)
    article, start, end = _places(opening, closing, words, passages)
    texts = _texts_of(articles, article)
    like_article, like, like_end = _places(*_whole_words(words, found.like, found.like_end), words, passages)
    longer = np.maximum(found.end - found.start, found.like_end - found.like)
    rows = pd.DataFrame({"article": article, "start": start, "end": end, "group": found.group})
    rows["text"] = [texts[name][s:e] for name, s, e in zip(article, start.tolist(), end.tolist(), strict=True)]
    heads = [" ".join(WORD.findall(fold(text[:HEAD]))[:6]) for text in rows.text[found.first]]
    numbers = _content(words.hashes, found.start[found.first], found.end[found.first]) >> np.uint64(32)
    names = [f"{number:08x} {head}" for number, head in zip(numbers.tolist(), heads, strict=True)]
    rows["label"] = np.array(names, dtype="object")[np.cumsum(found.first) - 1]
    rows["relation"] = _relations(rows, articles, found.first)
    rows["words"] = number[closing - 1] - number[opening] + 1
    rows["similarity"] = (found.equal / np.maximum(longer, 1)).round(4)
    rows["rule"] = np.where(found.equal == longer, "equal words", "equal but for edits")
    rows["like_article"] = np.where(found.first, "", like_article)
    for column, values in (("like_start", like), ("like_end", like_end)):
        rows[column] = pd.Series(values, dtype="Int64").mask(found.first)
    return in_order(rows[list(COLUMNS["repeats"])].astype(COLUMNS["repeats"]))


def _whole_words(words: Words, start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Stretches that begin or end within a word with hyphens, moved to its ends."""
    inner = np.append(words.inner, False)
    while inner[start].any() or inner[end].any():
        start, end = start - inner[start], end + inner[end]
    return start, end


def _places(start: np.ndarray, end: np.ndarray, words: Words, passages: pd.DataFrame) -> tuple[np.ndarray, ...]:
    """Articles and characters of stretches of words."""
    opening, closing = (np.searchsorted(words.texts, at, side="right") - 1 for at in (start, end - 1))
    shift = passages.start.to_numpy()
    article = passages.article.to_numpy(dtype="object")[opening]
    return article, shift[opening] + words.starts[start], shift[closing] + words.ends[end - 1]


def _relations(rows: pd.DataFrame, articles: pd.DataFrame, first: np.ndarray) -> np.ndarray:
    """How each telling is related to the first; rows are in order of telling within a group."""
    outlet = rows.article.map(dict(zip(articles.article, articles.outlet, strict=True)))
    places = pd.DataFrame({"group": rows.group, "outlet": outlet, "article": rows.article})
    common = places.groupby(["group", "outlet"]).article.transform("nunique") >= BOILERPLATE_ARTICLES
    again = places.duplicated(["group", "article"])
    return np.select([first, again, common & (outlet != "")], ["first", "within", "boilerplate"], "shared")


def mark_repeats(table: pd.DataFrame, repeats: pd.DataFrame) -> pd.DataFrame:
    """The same rows with a column `telling`: is this the first telling, or a copy?

    In: any span table; repeats. Out: the rows in their order, + telling: within, boilerplate or shared for a row of
    which 85 % or more lies in such copies, else first (also where nothing repeats it). Filter it; nothing is cut.
    Raises: nothing. Misses: a row of which less lies in a copy is called first.
    Source: default of max_edits: a sentence may differ by so much, at its ends too, and be a copy.
    Example:
        >>> from clippings.tables import make_table
        >>> list(mark_repeats(make_table("themes"), make_table("repeats")).columns)[-1]
        'telling'
    """
    found = pd.Series("first", index=table.index, dtype="str")
    for relation in ("shared", "boilerplate", "within"):  # the last has the last word
        found[share_in(table, repeats[repeats.relation == relation]) >= COPIED] = relation
    return table.assign(telling=found)


def share_in(table: pd.DataFrame, spans: pd.DataFrame) -> np.ndarray:
    """Which part of each row, from its first word to its last, lies in other spans.

    In: two span tables. Out: a number from 0 to 1 for each row of the first. Raises: nothing.
    Misses: a row without characters lies in nothing. Source: none.
    Example:
        >>> from clippings.tables import make_table
        >>> row = {"article": "a", "start": 0, "end": 10, "text": "four words"}
        >>> share_in(make_table("passages", [row]), make_table("passages", [row | {"end": 4}])).tolist()
        [0.4]
    """
    words = np.array([WORDS.match(text).span(1) for text in table.text], dtype="int64").reshape(-1, 2)
    wordless = words[:, 1] <= words[:, 0]
    words[wordless, 1] = (table.end - table.start)[wordless]
    words = np.maximum(words, 0) + table.start.to_numpy()[:, None]
    share, rows = np.zeros(len(table)), table.groupby("article").indices
    for article, own in in_order(spans).groupby("article"):
        end = np.maximum.accumulate(own.end.to_numpy())
        start = np.maximum(own.start.to_numpy(), np.append(0, end[:-1]))
        edges, size = np.stack([start, end], axis=1).ravel(), np.cumsum(end - start)
        told = np.stack([size - end + start, size], axis=1).ravel()
        here = rows.get(article, [])
        length = np.maximum(np.diff(words[here])[:, 0], 1)
        share[here] = np.diff(np.interp(words[here], edges, told))[:, 0] / length
    return share


def count_shared(repeats: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """How many words each article shares with the article that told them first.

    In: repeats; articles. Out: article_a (first telling), article_b (copy; the same article for text printed
    again in it), words (those in several copies once), share (of all words of article_b, 0 to 1), title_a, title_b,
    length_a, length_b (characters); sorted by the two ids.
    Raises: nothing. Misses: two copies of one original are each paired with it, not with one another.
    Source: none.
    Example:
        >>> from clippings.tables import make_table
        >>> list(count_shared(make_table("repeats"), make_table("articles")).columns)[:4]
        ['article_a', 'article_b', 'words', 'share']
    """
    copies = repeats[repeats.relation != "first"]
    told = copies.like_article.mask(copies.relation == "within", copies.article)
    known = articles[articles.article.isin([*told, *copies.article])].set_index("article")
    words = {article: _starts(known.text[article]) for article in copies.article.unique()}
    kinds = {"article_a": "str", "article_b": "str", "words": "int64", "share": "float64"}
    rows, spans = [], copies[["start", "end"]].to_numpy()
    for (first, again), own in sorted(copies.groupby([told, "article"]).indices.items()):
        count = _told(words[again], spans[own]).sum()
        rows.append((first, again, count, round(count / len(words[again]), 4)))
    found = pd.DataFrame(rows, columns=list(kinds)).astype(kinds)
    for name, values in (("title", known.title), ("length", known.text.str.len())):
        for side in "ab":
            found[f"{name}_{side}"] = found[f"article_{side}"].map(values).astype(values.dtype)
    return found


def count_tellings(repeats: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """How many words of each article are told first, and how many are copies of each kind: each word once.

    In: repeats; articles. Out: article, telling (first, within, boilerplate, shared; as in mark_repeats), words;
    sorted by both. Raises: nothing. Misses: nothing. Source: none.
    Example:
        >>> from clippings.tables import make_table
        >>> list(count_tellings(make_table("repeats"), make_table("articles")).columns)
        ['article', 'telling', 'words']
    """
    copies, spans, rows = repeats.groupby(["article", "relation"]).indices, repeats[["start", "end"]].to_numpy(), []
    for article, text in zip(articles.article, articles.text, strict=True):
        words = _starts(text)
        telling = np.full(len(words), "first", dtype="object")
        for relation in ("shared", "boilerplate", "within"):
            if (article, relation) in copies:
                telling[_told(words, spans[copies[article, relation]])] = relation
        rows += [(article, relation, (telling == relation).sum()) for relation in sorted(set(telling))]
    kinds = {"article": "str", "telling": "str", "words": "int64"}
    return pd.DataFrame(sorted(rows), columns=list(kinds)).astype(kinds)


def _starts(text: str) -> np.ndarray:
    return np.array([start for start, _ in word_spans(text)], dtype="int64")


def _told(words: np.ndarray, spans: np.ndarray) -> np.ndarray:
    """Which words of an article lie in spans (rows of start and end)."""
    edges = np.searchsorted(words, spans)
    change = np.bincount(edges[:, 0], minlength=len(words) + 1) - np.bincount(edges[:, 1], minlength=len(words) + 1)
    return np.cumsum(change)[: len(words)] > 0


def find_doubtful(
    repeats: pd.DataFrame, passages: pd.DataFrame, articles: pd.DataFrame, *, min_words: int, max_edits: float
) -> pd.DataFrame:
    """The copies on which to judge the thresholds: the weakest that was accepted, the strongest that was not.

    In: repeats, and what it was found in and with. Out: rows of repeats, + accepted (bool), in this order: the
    accepted copy with the fewest words in common with its first telling; the one with the most that is found only
    with half of min_words and twice max_edits. None where there is no such copy.
    Raises: as find_repeats. Misses: of copies that are equally strong, all but the first.
    Source: none.
    Example:
        >>> from clippings.tables import make_table
        >>> empty = [make_table(name) for name in ("repeats", "passages", "articles")]
        >>> find_doubtful(*empty, min_words=8, max_edits=0.15).accepted.to_list()
        []
    """
    loose = find_repeats(passages, articles, min_words=max(1, min_words // 2), max_edits=min(2 * max_edits, 0.49))
    accepted, loose = (table[table.relation != "first"] for table in (repeats, loose))
    rejected = loose[share_in(loose, accepted) < 0.5]
    weakest = (accepted.words * accepted.similarity).sort_values(kind="stable").index[:1]
    strongest = (-rejected.words * rejected.similarity).sort_values(kind="stable").index[:1]
    both = [accepted.loc[weakest].assign(accepted=True), rejected.loc[strongest].assign(accepted=False)]
    return pd.concat(both, ignore_index=True)


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
    rows = [(words, edits, _chance(words, edits, min_words, max_edits)) for words in lengths for edits in rates]
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


def first_tellings(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that count: first tellings and text shared with another article, without what the analyst refused.

    In: a span table with the column telling, and verdict where decisions were marked. Out: its rows that are first
    or shared and whose verdict is not "no", in order, fresh index.
    Raises: AttributeError without the column telling. Misses: see mark_repeats. Source: none.
    Example:
        >>> from clippings.tables import make_table
        >>> first_tellings(mark_repeats(make_table("themes"), make_table("repeats"))).empty
        True
    """
    kept = table[table.telling.isin(["first", "shared"])]
    return in_order(kept[kept.verdict != "no"] if "verdict" in kept.columns else kept)
