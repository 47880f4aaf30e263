"""What copies do to other tables: rows marked, words counted with and without what is told again."""

import re

import numpy as np
import pandas as pd

from clippings.core.tables import in_order
from clippings.core.tokens import word_spans

WORDS = re.compile(r"(?s)\W*(.*\w)?")  # from the first to the last word
MANY = 1 << 20  # rows looked at together: what is known of all of them at once takes memory
COPIED = 0.85  # a row is a copy when so much of it lies in copies


def mark_duplicates(table: pd.DataFrame, repeats: pd.DataFrame) -> pd.DataFrame:
    """The same rows with a column `telling`: is this the first telling, or a copy?

    In: any span table; repeats. Out: the rows in their order, + telling: within, boilerplate or shared for a row of
    which 85 % or more lies in such copies, else first (also where nothing repeats it). Filter it; nothing is cut.
    Raises: nothing. Misses: a row of which less lies in a copy is called first.
    Source: default of max_edits: a sentence may differ by so much, at its ends too, and be a copy.
    Example:
        >>> from clippings.core.tables import make_table
        >>> list(mark_duplicates(make_table("themes"), make_table("repeats")).columns)[-1]
        'duplicate_status'
    """
    found = pd.Series("first", index=table.index, dtype="str")
    for relation in ("shared", "boilerplate", "within"):  # the last has the last word
        found[share_in(table, repeats[repeats.relation == relation]) >= COPIED] = relation
    return table.assign(duplicate_status=found)


def is_counted(table: pd.DataFrame) -> pd.Series:
    """Which rows count: first tellings and text shared with another article, less what the analyst refused.

    In: a table; without the column duplicate_status, or verdict, nothing is left out for it. Out: booleans, the rows' numbers.
    Raises: nothing. Misses: see mark_duplicates. Source: none.
    Example:
        >>> is_counted(pd.DataFrame({"duplicate_status": ["first", "within", "shared"], "verdict": ["", "", "no"]})).tolist()
        [True, False, False]
    """
    counted = pd.Series(True, index=table.index)
    if "duplicate_status" in table.columns:
        counted &= table.duplicate_status.isin(["first", "shared"])
    return counted & (table.verdict != "no") if "verdict" in table.columns else counted


def drop_duplicates(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that count: first tellings and text shared with another article, without what the analyst refused.

    In: a span table with the column duplicate_status, and verdict where decisions were marked. Out: its rows that count, in
    order, fresh index.
    Raises: KeyError without the column duplicate_status. Misses: see mark_duplicates. Source: none.
    Example:
        >>> from clippings.core.tables import make_table
        >>> drop_duplicates(mark_duplicates(make_table("themes"), make_table("repeats"))).empty
        True
    """
    if "duplicate_status" not in table.columns:
        raise KeyError("no column duplicate_status: mark the table with mark_duplicates first")
    return in_order(table[is_counted(table)])


def share_in(table: pd.DataFrame, spans: pd.DataFrame) -> np.ndarray:
    """Which part of each row, from its first word to its last, lies in other spans.

    In: two span tables. Out: a number from 0 to 1 for each row of the first. Raises: nothing.
    Misses: a row without characters lies in nothing. Source: none.
    Example:
        >>> from clippings.core.tables import make_table
        >>> row = {"article": "a", "start": 0, "end": 10, "text": "four words"}
        >>> share_in(make_table("passages", [row]), make_table("passages", [row | {"end": 4}])).tolist()
        [0.4]
    """
    if len(table) > MANY:
        parts = (table.iloc[at : at + MANY] for at in range(0, len(table), MANY))
        return np.concatenate([share_in(part, spans) for part in parts])
    share, (of_span, names) = np.zeros(len(table)), pd.factorize(spans.article)
    of_row, own = pd.factorize(table.article)
    number = {name: at for at, name in enumerate(names)}
    shift = np.array([number.get(name, -1) for name in own], dtype="int64")[of_row]
    known = shift >= 0
    if not known.any():
        return share
    row, shift, at = np.flatnonzero(known), shift[known] << 32, of_span << 32  # all on one line
    start, end = at + spans.start.to_numpy(), at + spans.end.to_numpy()
    order = np.lexsort((end, start))
    end = np.maximum.accumulate(end[order])
    start = np.maximum(start[order], np.append(0, end[:-1]))
    edges, size = np.stack([start, end], axis=1).ravel(), np.cumsum(end - start)
    told = np.stack([size - end + start, size], axis=1).ravel()
    words = shift[:, None] + table[["start", "end"]].to_numpy()[row]
    some = np.flatnonzero(
        np.diff(np.interp(words, edges, told))[:, 0] > 0
    )  # the others lie in nothing
    words[some] = shift[some, None] + _word_ends(table[["start", "end", "text"]].iloc[row[some]])
    share[known] = np.diff(np.interp(words, edges, told))[:, 0] / np.maximum(
        np.diff(words)[:, 0], 1
    )
    return share


def _word_ends(table: pd.DataFrame) -> np.ndarray:
    """Where in its article the first word of each row begins and its last one ends; without words, the row's ends."""
    words = np.array([WORDS.match(text).span(1) for text in table.text], dtype="int64").reshape(
        -1, 2
    )
    wordless = words[:, 1] <= words[:, 0]
    words[wordless, 1] = (table.end - table.start)[wordless]
    return np.maximum(words, 0) + table.start.to_numpy()[:, None]


def count_shared(repeats: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """How many words each article shares with the article that told them first.

    In: repeats; articles. Out: article_a (first telling), article_b (copy; the same article for text printed
    again in it), words (those in several copies once), share (of all words of article_b, 0 to 1), title_a, title_b,
    length_a, length_b (characters); sorted by the two ids.
    Raises: nothing. Misses: two copies of one original are each paired with it, not with one another.
    Source: none.
    Example:
        >>> from clippings.core.tables import make_table
        >>> list(count_shared(make_table("repeats"), make_table("articles")).columns)[:4]
        ['article_a', 'article_b', 'words', 'share']
    """
    copies = repeats[repeats.relation != "first"]
    told = copies.match_article.mask(copies.relation == "within", copies.article)
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


def count_duplicates(repeats: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """How many words of each article are told first, and how many are copies of each kind: each word once.

    In: repeats; articles. Out: article, telling (first, within, boilerplate, shared; as in mark_duplicates), words;
    sorted by both. Raises: nothing. Misses: nothing. Source: none.
    Example:
        >>> from clippings.core.tables import make_table
        >>> list(count_duplicates(make_table("repeats"), make_table("articles")).columns)
        ['article', 'duplicate_status', 'words']
    """
    copies, spans, rows = (
        repeats.groupby(["article", "relation"]).indices,
        repeats[["start", "end"]].to_numpy(),
        [],
    )
    for article, text in zip(articles.article, articles.text, strict=True):
        words = _starts(text)
        telling = np.full(len(words), "first", dtype="object")
        for relation in ("shared", "boilerplate", "within"):
            if (article, relation) in copies:
                telling[_told(words, spans[copies[article, relation]])] = relation
        rows += [
            (article, relation, (telling == relation).sum()) for relation in sorted(set(telling))
        ]
    kinds = {"article": "str", "duplicate_status": "str", "words": "int64"}
    return pd.DataFrame(sorted(rows), columns=list(kinds)).astype(kinds)


def _starts(text: str) -> np.ndarray:
    return np.array([start for start, _ in word_spans(text)], dtype="int64")


def _told(words: np.ndarray, spans: np.ndarray) -> np.ndarray:
    """Which words of an article lie in spans (rows of start and end)."""
    edges = np.searchsorted(words, spans)
    change = np.bincount(edges[:, 0], minlength=len(words) + 1) - np.bincount(
        edges[:, 1], minlength=len(words) + 1
    )
    return np.cumsum(change)[: len(words)] > 0
