"""Apply repeats to other tables: mark copies, drop them, and count words with and without them."""

import re

import numpy as np
import pandas as pd

from clippings.core.tables import in_order
from clippings.core.tokens import word_spans
from clippings.repeats.arrays import LOW_BITS

# A row is a copy if at least this share of it is copied text. The value is 1 - max_edits (the
# default of find_repeats), because a sentence may differ by that much from its copy, even at its
# ends.
COPIED_SHARE = 0.85

# Kinds of copies in order of increasing precedence. Text that is repeated in the same article is
# always `within`.
COPY_KINDS = ("shared", "boilerplate", "within")

FROM_FIRST_TO_LAST_WORD = re.compile(r"(?s)\W*(.*\w)?")

# Rows compared at once, to limit memory.
ROWS_PER_PORTION = 1 << 20


def mark_duplicates(table: pd.DataFrame, repeats: pd.DataFrame) -> pd.DataFrame:
    """Mark each row of a table as a first occurrence or as a copy.

    Parameters
    ----------
    table : pandas.DataFrame
        Any span table.
    repeats : pandas.DataFrame
        The result of `find_repeats`.

    Returns
    -------
    pandas.DataFrame
        The same rows with the column `duplicate_status`: `within`, `boilerplate` or `shared` if at
        least 85% of the row is copied text of this kind (see `find_repeats`), otherwise `first`. No
        rows are removed; see `drop_duplicates`.

    Notes
    -----
    A row is marked `first` if less than 85% of it is copied.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> marked = cl.mark_duplicates(passages, cl.find_repeats(passages, articles))
    >>> copies = marked[marked.duplicate_status != "first"]
    >>> copies[["article", "start", "end", "duplicate_status"]].head(3)
                            article  start   end duplicate_status
    23  02_levee_breach_ostrand.txt    561   988           shared
    29  02_levee_breach_ostrand.txt   1682  1701           shared
    30  02_levee_breach_ostrand.txt   1703  1730           shared
    """
    status = pd.Series("first", index=table.index, dtype="str")
    for kind in COPY_KINDS:
        copies = repeats[repeats.relation == kind]
        status[share_in(table, copies) >= COPIED_SHARE] = kind
    return table.assign(duplicate_status=status)


def is_counted(table: pd.DataFrame) -> pd.Series:
    """Select the rows that count: no copies within an article, no boilerplate, no rejected rows.

    Parameters
    ----------
    table : pandas.DataFrame
        Any table. Without a column `duplicate_status` or `verdict`, no row is excluded because of
        it.

    Returns
    -------
    pandas.Series of bool
        True for first occurrences and for text shared with another article, unless the analyst's
        verdict on the row is `no`. Indexed like the table.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"duplicate_status": ["first", "within", "shared"], "verdict": ["", "", "no"]}
    ... )
    >>> is_counted(table).tolist()
    [True, False, False]
    """
    counted = pd.Series(True, index=table.index)
    if "duplicate_status" in table.columns:
        counted &= table.duplicate_status.isin(["first", "shared"])
    if "verdict" in table.columns:
        counted &= table.verdict != "no"
    return counted


def drop_duplicates(table: pd.DataFrame) -> pd.DataFrame:
    """Drop copies within an article, boilerplate, and rows that the analyst rejected.

    Parameters
    ----------
    table : pandas.DataFrame
        A span table with the column `duplicate_status`, and `verdict` if verdicts were marked.

    Returns
    -------
    pandas.DataFrame
        First occurrences and text shared with another article, sorted by position, with a fresh
        index.

    Raises
    ------
    KeyError
        If there is no column `duplicate_status`: mark the table with `mark_duplicates` first.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> marked = cl.mark_duplicates(passages, cl.find_repeats(passages, articles))
    >>> len(marked), len(cl.drop_duplicates(marked))
    (107, 94)
    """
    if "duplicate_status" not in table.columns:
        raise KeyError("no column duplicate_status: mark the table with mark_duplicates first")
    return in_order(table[is_counted(table)])


def share_in(table: pd.DataFrame, spans: pd.DataFrame) -> np.ndarray:
    """Calculate the share of each row, from its first to its last word, that other spans cover.

    Parameters
    ----------
    table : pandas.DataFrame
        Any span table.
    spans : pandas.DataFrame
        Spans of the same articles, which may overlap.

    Returns
    -------
    numpy.ndarray of float
        A number from 0 to 1 for each row of `table`; 0 for a row without characters.

    Examples
    --------
    >>> from clippings.core.tables import make_table
    >>> row = {"article": "a", "start": 0, "end": 10, "text": "four words"}
    >>> table = make_table("passages", [row])
    >>> share_in(table, make_table("passages", [row | {"end": 4}])).tolist()
    [0.4]
    """
    if len(table) > ROWS_PER_PORTION:
        portions = range(0, len(table), ROWS_PER_PORTION)
        return np.concatenate(
            [share_in(table.iloc[at : at + ROWS_PER_PORTION], spans) for at in portions]
        )

    # All articles are placed on one line, far apart, so that all rows can be looked up at once.
    line_start, in_known_article = _line_starts(table.article, spans.article)
    share = np.zeros(len(table))
    if not in_known_article.any():
        return share
    covered_characters = _Coverage(spans)

    # Most rows are outside all spans. The first and last word are determined only for the others.
    rows = np.flatnonzero(in_known_article)
    ends = line_start[rows, None] + table[["start", "end"]].to_numpy()[rows]
    touching = np.flatnonzero(covered_characters.between(ends) > 0)
    touching_rows = table[["start", "end", "text"]].iloc[rows[touching]]
    ends[touching] = line_start[rows[touching], None] + _word_ends(touching_rows)

    characters = np.diff(ends)[:, 0]
    share[rows] = covered_characters.between(ends) / np.maximum(characters, 1)
    return share


def _line_starts(of_rows: pd.Series, of_spans: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Return where each row's article starts on the line of all spans, and whether it has any."""
    _, names = pd.factorize(of_spans)
    numbers = {name: number for number, name in enumerate(names)}
    row_article, row_names = pd.factorize(of_rows)
    number = np.array([numbers.get(name, -1) for name in row_names], dtype="int64")[row_article]
    return number << LOW_BITS, number >= 0


class _Coverage:
    """The number of characters in spans, up to a point on the line."""

    def __init__(self, spans: pd.DataFrame):
        article, _ = pd.factorize(spans.article)
        line_start = article << LOW_BITS
        start = line_start + spans.start.to_numpy()
        end = line_start + spans.end.to_numpy()

        # Overlapping spans, shortened so that each character is counted once.
        order = np.lexsort((end, start))
        end = np.maximum.accumulate(end[order])
        start = np.maximum(start[order], np.append(0, end[:-1]))

        covered_after = np.cumsum(end - start)
        covered_before = covered_after - (end - start)
        self.points = np.stack([start, end], axis=1).ravel()
        self.covered = np.stack([covered_before, covered_after], axis=1).ravel()

    def between(self, ends: np.ndarray) -> np.ndarray:
        """Return the number of characters in spans between the two points of each row."""
        return np.diff(np.interp(ends, self.points, self.covered))[:, 0]


def _word_ends(table: pd.DataFrame) -> np.ndarray:
    """Find the start of the first and the end of the last word of each row, if it has words."""
    spans = [FROM_FIRST_TO_LAST_WORD.match(text).span(1) for text in table.text]
    ends = np.array(spans, dtype="int64").reshape(-1, 2)
    wordless = ends[:, 1] <= ends[:, 0]
    ends[wordless, 1] = (table.end - table.start)[wordless]
    return np.maximum(ends, 0) + table.start.to_numpy()[:, None]


def count_shared(repeats: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Count the words that each article shares with the article in which they first appear.

    Parameters
    ----------
    repeats : pandas.DataFrame
        The result of `find_repeats`.
    articles : pandas.DataFrame
        The articles it was found in.

    Returns
    -------
    pandas.DataFrame
        One row per pair of articles, sorted by both ids.

        - `article_a`: the article of the original
        - `article_b`: the article of the copy; the same article for text repeated within it
        - `words`: number of copied words, each counted once
        - `share`: copied words as a share of all words of `article_b`, from 0 to 1
        - `title_a`, `title_b`: titles
        - `length_a`, `length_b`: lengths in characters

    Notes
    -----
    If an original has two copies, each is paired with the original, not with the other copy.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> repeats = cl.find_repeats(cl.find_passages(articles), articles)
    >>> cl.count_shared(repeats, articles)[["article_a", "article_b", "words", "share"]]
                            article_a                    article_b  words   share
    0              01_river_rises.txt  02_levee_breach_ostrand.txt     21  0.0610
    1              01_river_rises.txt       05_who_is_to_blame.txt      8  0.0231
    2     02_levee_breach_ostrand.txt       05_who_is_to_blame.txt     13  0.0375
    3  03_ostrand_counts_the_cost.txt  02_levee_breach_ostrand.txt     75  0.2180
    4  03_ostrand_counts_the_cost.txt         04_tolmere_levee.txt     21  0.0781
    5  03_ostrand_counts_the_cost.txt           06_water_falls.txt     24  0.0927
    6          05_who_is_to_blame.txt       05_who_is_to_blame.txt     80  0.2305
    7          05_who_is_to_blame.txt           06_water_falls.txt     11  0.0425
    """
    copies = repeats[repeats.relation != "first"]
    # If an article contains a copy from another article twice, the first counts as shared and the
    # second as repeated within the article.
    source = copies.match_article.mask(copies.relation == "within", copies.article)
    involved = articles[articles.article.isin([*source, *copies.article])].set_index("article")
    word_starts = {name: _word_starts(involved.text[name]) for name in copies.article.unique()}
    spans = copies[["start", "end"]].to_numpy()

    rows = []
    for (article_a, article_b), numbers in copies.groupby([source, "article"]).indices.items():
        words = word_starts[article_b]
        copied = _in_spans(words, spans[numbers]).sum()
        rows.append((article_a, article_b, copied, round(copied / len(words), 4)))

    columns = {"article_a": "str", "article_b": "str", "words": "int64", "share": "float64"}
    shared = pd.DataFrame(sorted(rows), columns=list(columns)).astype(columns)
    for name, values in (("title", involved.title), ("length", involved.text.str.len())):
        for side in ("a", "b"):
            of_side = shared[f"article_{side}"].map(values)
            shared[f"{name}_{side}"] = of_side.astype(values.dtype)
    return shared


def count_duplicates(repeats: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Count the words of each article by duplicate status.

    Parameters
    ----------
    repeats : pandas.DataFrame
        The result of `find_repeats`.
    articles : pandas.DataFrame
        The articles it was found in.

    Returns
    -------
    pandas.DataFrame
        One row per article and status, sorted by both: `article`, `duplicate_status` (`first`,
        `within`, `boilerplate` or `shared`, as in `mark_duplicates`) and `words`. Each word is
        counted once.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> repeats = cl.find_repeats(cl.find_passages(articles), articles)
    >>> cl.count_duplicates(repeats, articles)
                               article duplicate_status  words
    0               01_river_rises.txt            first    289
    1      02_levee_breach_ostrand.txt            first    248
    2      02_levee_breach_ostrand.txt           shared     96
    3   03_ostrand_counts_the_cost.txt            first    316
    4             04_tolmere_levee.txt      boilerplate     21
    5             04_tolmere_levee.txt            first    248
    6           05_who_is_to_blame.txt      boilerplate     13
    7           05_who_is_to_blame.txt            first    254
    8           05_who_is_to_blame.txt           within     80
    9               06_water_falls.txt      boilerplate     24
    10              06_water_falls.txt            first    224
    11              06_water_falls.txt           shared     11
    """
    spans = repeats[["start", "end"]].to_numpy()
    copies = repeats.groupby(["article", "relation"]).indices
    rows = []
    for article, text in zip(articles.article, articles.text, strict=True):
        words = _word_starts(text)
        status = np.full(len(words), "first", dtype="object")
        for kind in COPY_KINDS:
            if (article, kind) in copies:
                status[_in_spans(words, spans[copies[article, kind]])] = kind
        for kind in sorted(set(status)):
            rows.append((article, kind, (status == kind).sum()))

    columns = {"article": "str", "duplicate_status": "str", "words": "int64"}
    return pd.DataFrame(sorted(rows), columns=list(columns)).astype(columns)


def _word_starts(text: str) -> np.ndarray:
    """Return where the words of a text start."""
    return np.array([start for start, _ in word_spans(text)], dtype="int64")


def _in_spans(word_starts: np.ndarray, spans: np.ndarray) -> np.ndarray:
    """Return which words of an article are in spans (rows of start and end)."""
    first, last = np.searchsorted(word_starts, spans).T
    size = len(word_starts) + 1
    open_spans = np.bincount(first, minlength=size) - np.bincount(last, minlength=size)
    return np.cumsum(open_spans)[: len(word_starts)] > 0
