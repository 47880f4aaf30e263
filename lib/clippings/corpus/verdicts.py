"""Record the analyst's verdicts, and find the rows to which they apply."""

from collections import defaultdict

import pandas as pd

from clippings.core.tables import table_of


def record_verdict(
    verdicts: pd.DataFrame, table: str, row: tuple, verdict: str, *, label: str | None = None
) -> pd.DataFrame:
    """Add a verdict on a row, replacing any earlier verdict on the same row.

    Parameters
    ----------
    verdicts : pandas.DataFrame
        The existing verdicts, ``codebook["verdicts"]``.
    table : str
        Name of the table that contains the row.
    row : namedtuple
        A row of that table, as returned by ``itertuples``.
    verdict : {"yes", "no", "same", "not same"}
        The verdict.
    label : str, optional
        What to record in place of the row's label, such as the actor that this one is not.

    Returns
    -------
    pandas.DataFrame
        The verdicts with the new one as the last row. `write_codebook` saves them.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> mentions = cl.find_mentions(cl.find_passages(articles), codebook["actors"])
    >>> first = next(mentions.itertuples())
    >>> verdicts = cl.record_verdict(codebook["verdicts"], "mentions", first, "no")
    >>> verdicts[["table", "start", "label", "verdict"]]
          table start       label verdict
    0  mentions     0  River Lenn      no
    """
    place = {
        "table": table,
        "article": row.article,
        "start": str(row.start),
        "text": row.text,
        "label": row.label if label is None else label,
    }
    is_other_row = (verdicts[list(place)] != pd.Series(place)).any(axis=1)
    new = pd.DataFrame([place | {"verdict": verdict, "note": ""}], dtype="str")
    return pd.concat([verdicts[is_other_row], new], ignore_index=True)


def mark_verdicts(table: pd.DataFrame, verdicts: pd.DataFrame) -> pd.DataFrame:
    """Add a column with the analyst's verdict on each row.

    Parameters
    ----------
    table : pandas.DataFrame
        Any span table.
    verdicts : pandas.DataFrame
        ``codebook["verdicts"]``.

    Returns
    -------
    pandas.DataFrame
        The same rows in the same order, with the column ``verdict``: yes, no, same, not same, or
        "" for a row without a verdict. The last of several verdicts counts.

    Notes
    -----
    A verdict applies to a row if the table, article and quoted text match, so that it survives
    edits elsewhere in the article. If the verdict has a label, that must match too; if the text
    occurs more than once in the article, so must the start. A verdict whose text was edited in the
    article no longer applies to any row.

    A verdict `no` on a passage for a theme (see `explore_teaching`) also applies to the sentences
    of the passage that support this theme, unless they have verdicts of their own. A verdict `yes`
    on a passage does not apply to its sentences; if there are none that support the theme,
    `add_judged_passages` adds the passage to the table.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> mentions = cl.find_mentions(cl.find_passages(articles), codebook["actors"])
    >>> first = next(mentions.itertuples())
    >>> verdicts = cl.record_verdict(codebook["verdicts"], "mentions", first, "no")
    >>> marked = cl.mark_verdicts(mentions, verdicts)
    >>> marked.loc[marked.verdict == "no", ["article", "start", "text"]]
                  article  start        text
    0  01_river_rises.txt      0  River Lenn
    """
    by_text = defaultdict(list)
    for verdict in verdicts.itertuples():
        by_text[verdict.article, verdict.text].append(verdict)

    # Most rows have no verdict: only those whose article and text occur in one are checked.
    may_have_one = table.article.isin(verdicts.article) & table.text.isin(verdicts.text)
    candidates = table[may_have_one]
    starts = candidates.groupby(["article", "text"]).start.nunique().to_dict()
    # A row does not name its table; its columns show it.
    name = table_of(table.columns)
    column = pd.Series("", index=table.index, dtype="str")
    column[may_have_one] = [
        _last_verdict(row, name, by_text[row.article, row.text], starts[row.article, row.text] > 1)
        for row in candidates.itertuples()
    ]
    if name == "themes":
        is_rejected = _in_rejected_passage(table, verdicts)
        column[is_rejected & (column == "")] = "no"
    return table.assign(verdict=column)


def _in_rejected_passage(themes: pd.DataFrame, verdicts: pd.DataFrame) -> pd.Series:
    """Return which sentences are part of a passage that, by its last verdict, lacks their theme."""
    of_themes = verdicts[(verdicts["table"] == "themes") & (verdicts.label != "")]
    last = of_themes.drop_duplicates(["article", "start", "text", "label"], keep="last")
    rejected = defaultdict(list)
    for verdict in last[last.verdict == "no"].itertuples():
        rejected[verdict.article, verdict.label].append(verdict)

    is_rejected = pd.Series(False, index=themes.index)
    if not rejected:
        return is_rejected
    candidates = themes[themes.article.isin(last.article) & (themes.side == "for")]
    starts = candidates.groupby(["article", "text"]).start.nunique().to_dict()
    is_rejected[candidates.index] = [
        any(
            _contains(verdict, row, check_start=starts[row.article, row.text] > 1)
            for verdict in rejected[row.article, row.label]
        )
        for row in candidates.itertuples()
    ]
    return is_rejected


def _contains(verdict, row, *, check_start: bool) -> bool:
    """Return whether a row is part of the text of a verdict, but not all of it."""
    if row.text not in verdict.text or len(row.text) == len(verdict.text):
        return False
    if not check_start or not verdict.start.isdecimal():
        return True
    start = int(verdict.start)
    return start <= row.start < start + len(verdict.text)


def _last_verdict(row, name: str, verdicts: list, check_start: bool) -> str:
    """Return the last verdict that is about a row of the table of this name."""
    about_row = [
        verdict
        for verdict in verdicts
        if verdict.table == name
        and verdict.label in ("", row.label)
        and (not check_start or verdict.start in ("", str(row.start)))
    ]
    return about_row[-1].verdict if about_row else ""
