"""Count words, and find phrases."""

import re

import pandas as pd

from clippings.core.errors import BadInput
from clippings.core.finders import reads_plain_text
from clippings.core.tables import make_table, span_row
from clippings.core.tokens import WORD


def count_words(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Count words, rows and articles in each group of a span table.

    Parameters
    ----------
    table : DataFrame
        Any span table.
    by : list of str
        The columns that define the groups.

    Returns
    -------
    DataFrame
        One row per group, sorted by the columns in `by`, with these columns and the number of words
        (running words of `text`), rows and articles. A row inside another row of its group does not
        add words.

    Raises
    ------
    KeyError
        If the table does not have one of the columns.

    Notes
    -----
    Rows that overlap without one containing the other are counted in full.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> cl.count_words(cl.find_passages(articles), by=["label"]).head(3)
         label  words  rows  articles
    0     body   1493    45         6
    1   byline     25     6         6
    2  caption     58     6         6
    """
    groups = table[by].astype("str").agg("\t".join, axis=1) if len(table) else table.article
    ordered = table.assign(group=groups, length=-table.end).sort_values(
        ["group", "article", "start", "length"]
    )
    # Longer rows come first, so what ends before the furthest end so far lies within an earlier
    # row.
    group_and_article = [ordered.group, ordered.article]
    furthest_end = ordered.groupby(group_and_article).end.cummax()
    earlier_end = furthest_end.groupby(group_and_article).shift(fill_value=0)
    is_within = (ordered.end <= earlier_end).reindex(table.index)
    words = [sum(1 for _ in WORD.finditer(text)) for text in table.text.mask(is_within, "")]
    counted = table[by].assign(
        words=pd.Series(words, index=table.index, dtype="int64"), articles=table.article
    )
    sums = {
        "words": ("words", "sum"),
        "rows": ("words", "size"),
        "articles": ("articles", "nunique"),
    }
    return counted.groupby(by, as_index=False).agg(**sums)


@reads_plain_text
def find_phrases(passages: pd.DataFrame, pattern: str) -> pd.DataFrame:
    """Find every match of a pattern, as for a concordance.

    Parameters
    ----------
    passages : DataFrame
        The passages to search.
    pattern : str
        A regular expression, which ignores case.

    Returns
    -------
    DataFrame
        The span table phrases: one row per match, with the pattern as its label. `show_evidence`
        shows matches in context (KWIC).

    Raises
    ------
    BadInput
        If the pattern is not a valid regular expression.

    Notes
    -----
    A match never extends beyond the end of a paragraph. Hidden and special characters are ignored
    or treated like plain ones: "levee" also matches if the word contains a soft hyphen.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> phrases = cl.find_phrases(cl.find_passages(articles), r"levee\\w*")
    >>> phrases[["article", "start", "text"]].head(3)
                           article  start   text
    0           01_river_rises.txt    605  levee
    1  02_levee_breach_ostrand.txt     12  Levee
    2  02_levee_breach_ostrand.txt    177  levee
    """
    try:
        compiled = re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise BadInput(
            f"the pattern {pattern!r} is not a regular expression ({error}): fix it"
        ) from None
    rows = []
    for passage in passages.itertuples():
        for match in compiled.finditer(passage.text):
            if match[0]:
                rows.append(span_row(passage, *match.span(), label=pattern, rule="pattern"))
    return make_table("phrases", rows)
