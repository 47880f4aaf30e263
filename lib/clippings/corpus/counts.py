"""Plain counts of words and phrases."""

import re

import pandas as pd

from clippings.core.errors import BadInput
from clippings.core.tables import make_table, span_row
from clippings.core.tokens import WORD


def count_words(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """How many words and rows a span table has in each group, and in how many articles.

    In: any span table; by, column names. Out: the columns of `by`, words (running words of `text`), rows, articles;
    sorted by the columns of `by`. Words of a row that lie in another row of its group count once.
    Raises: KeyError for a column that is not there. Misses: rows that overlap without one holding the other count
    each. Source: none.
    Example:
        >>> list(count_words(make_table("passages"), by=["label"]).columns)
        ['label', 'words', 'rows', 'articles']
    """
    groups = table[by].astype("str").agg("\t".join, axis=1) if len(table) else table.article
    order = table.assign(group=groups, length=-table.end).sort_values(
        ["group", "article", "start", "length"]
    )
    own = [order.group, order.article]
    reached = order.groupby(own).end.cummax().groupby(own).shift(fill_value=0)
    texts = table.text.mask((order.end <= reached).reindex(table.index), "")
    words = [sum(1 for _ in WORD.finditer(text)) for text in texts]
    counted = table[by].assign(
        words=pd.Series(words, index=table.index, dtype="int64"), articles=table.article
    )
    sums = {
        "words": ("words", "sum"),
        "rows": ("words", "size"),
        "articles": ("articles", "nunique"),
    }
    return counted.groupby(by, as_index=False).agg(**sums)


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
        raise BadInput(
            f"the pattern {pattern!r} is not a regular expression ({error}): mend it"
        ) from None
    found = (
        (p, match) for p in passages.itertuples() for match in compiled.finditer(p.text) if match[0]
    )
    rows = [
        span_row(passage, *match.span(), label=pattern, rule="pattern") for passage, match in found
    ]
    return make_table("phrases", rows)
