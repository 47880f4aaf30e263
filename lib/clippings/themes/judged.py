"""Apply the analyst's verdicts on passages to themes.

A verdict on a passage is a row of `verdicts.csv` with the table `themes`, the span and text of the
passage, and the theme as its label. The analyst can judge any passage, whether or not a term of the
codebook matches in it.

- yes: the passage carries the theme. If no term matches in it, `add_judged_passages` adds it to
  the table `themes`.
- no: the passage does not carry the theme. `mark_verdicts` passes this on to the sentences of the
  passage that terms matched, so they are not counted.
"""

from collections import defaultdict
from typing import NamedTuple

import pandas as pd

from clippings.core.tables import COLUMNS, by_article, make_table, span_row

JUDGED_TABLE = "themes"
SIDE_OF_THEME = "for"

# The rule of added rows. Terms of a codebook rarely contain a colon, so that `count_codes` does not
# mistake it for a term.
RULE_OF_VERDICT = "verdict: yes"


class _Place(NamedTuple):
    """A judged text in a passage, with offsets in the passage."""

    passage: object  # a row of passages
    start: int
    end: int


def mark_judged_passages(
    passages: pd.DataFrame, verdicts: pd.DataFrame, theme: str
) -> pd.DataFrame:
    """Add a column with the analyst's verdict on each passage for one theme.

    Parameters
    ----------
    passages : pandas.DataFrame
        Passages.
    verdicts : pandas.DataFrame
        `codebook["verdicts"]`.
    theme : str
        The theme.

    Returns
    -------
    pandas.DataFrame
        The same rows in the same order, with the column `verdict`: `yes`, `no`, or "" for a passage
        that was not judged. The last of several verdicts counts.

    Notes
    -----
    Only verdicts on whole passages count, not those on single sentences. As in `mark_verdicts`, the
    article and the text must match; if the text occurs more than once in the article, so must the
    start.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> second = next(passages.iloc[[4]].itertuples())
    >>> verdicts = cl.record_verdict(codebook["verdicts"], "themes", second, "yes", label="warning")
    >>> marked = cl.mark_judged_passages(passages, verdicts, "warning")
    >>> marked.index[marked.verdict == "yes"].tolist()
    [4]
    """
    of_theme = verdicts[(verdicts["table"] == JUDGED_TABLE) & (verdicts.label == theme)]
    judged = defaultdict(list)
    for row in of_theme.itertuples():
        judged[row.article, row.text].append(row)

    candidates = passages[passages.article.isin(of_theme.article)]
    starts = candidates.groupby(["article", "text"]).start.nunique().to_dict()
    column = pd.Series("", index=passages.index, dtype="str")
    for row in candidates.itertuples():
        must_match_start = starts[row.article, row.text] > 1
        for verdict in judged.get((row.article, row.text), []):
            if not must_match_start or verdict.start in ("", str(row.start)):
                column[row.Index] = verdict.verdict
    return passages.assign(verdict=column)


def add_judged_passages(
    themes: pd.DataFrame, passages: pd.DataFrame, verdicts: pd.DataFrame
) -> pd.DataFrame:
    """Add the passages that carry a theme according to the analyst but contain none of its terms.

    Parameters
    ----------
    themes : pandas.DataFrame
        The result of `find_themes`.
    passages : pandas.DataFrame
        The passages it was found in.
    verdicts : pandas.DataFrame
        `codebook["verdicts"]`. Rows with the table `themes` and the verdict `yes` are applied; the
        last of several verdicts on the same text counts.

    Returns
    -------
    pandas.DataFrame
        The table `themes`, sorted by position. The added rows are on the side `for`; their `rule`
        is `verdict: yes`, and they have no cue.

    Notes
    -----
    A text in which a term of the theme matches is not added, because it is counted already. A text
    that was edited in the article after the verdict, or that occurs more than once and no longer at
    the recorded position, is not added either.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> themes = cl.find_themes(passages, codebook["themes"])
    >>> uncoded = next(cl.find_uncoded(passages[passages.label == "body"], themes).itertuples())
    >>> verdicts = cl.record_verdict(codebook["verdicts"], "themes", uncoded, "yes", label="damage")
    >>> added = cl.add_judged_passages(themes, passages, verdicts)
    >>> added.loc[added.rule == "verdict: yes", ["article", "label", "text"]]
                  article   label                       text
    7  01_river_rises.txt  damage  Not everyone wants to go.
    """
    of_themes = verdicts[(verdicts["table"] == JUDGED_TABLE) & (verdicts.label != "")]
    last = of_themes.drop_duplicates(["article", "start", "text", "label"], keep="last")
    accepted = last[last.verdict == "yes"]
    if accepted.empty:
        return themes

    passages_of = by_article(passages[passages.article.isin(accepted.article)])
    support = themes[themes.article.isin(accepted.article) & (themes.side == SIDE_OF_THEME)]
    spans_of = defaultdict(list)
    for row in support.itertuples():
        spans_of[row.article, row.label].append((row.start, row.end))

    rows = []
    for verdict in accepted.itertuples():
        place = _locate(verdict, passages_of.get(verdict.article, []))
        if place is None:
            continue
        row = span_row(
            place.passage,
            place.start,
            place.end,
            label=verdict.label,
            side=SIDE_OF_THEME,
            rule=RULE_OF_VERDICT,
        )
        spans = spans_of[verdict.article, verdict.label]
        is_counted = any(start < row["end"] and row["start"] < end for start, end in spans)
        if not is_counted:
            rows.append(row)
            spans.append((row["start"], row["end"]))
    if not rows:
        return themes
    columns = list(COLUMNS["themes"])
    records = [*themes[columns].to_dict("records"), *rows]
    return make_table("themes", records)


def _locate(verdict, passages: list) -> _Place | None:
    """Find the text of a verdict in the passages of its article."""
    places = []
    for passage in passages:
        at = passage.text.find(verdict.text)
        while at >= 0 and verdict.text:
            place = _Place(passage, at, at + len(verdict.text))
            if verdict.start == str(passage.start + at):
                return place
            places.append(place)
            at = passage.text.find(verdict.text, at + 1)
    return places[0] if len(places) == 1 else None
