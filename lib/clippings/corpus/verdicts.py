"""The analyst's decisions on rows that were found."""

import pandas as pd

from clippings.core.tables import COLUMNS


def record_verdict(
    verdicts: pd.DataFrame, table: str, row, verdict: str, *, label: str | None = None
) -> pd.DataFrame:
    """The analyst's decisions with one more; it takes the place of an earlier one about the same row.

    In: codebook["verdicts"]; name of the row's table; the row (of itertuples); verdict: yes, no, same or not same;
    label, in place of the row's own. Out: the decisions. Raises: nothing. Misses: nothing. Source: none.
    Example:
        >>> from clippings.corpus.codebook import read_codebook
        >>> from types import SimpleNamespace
        >>> row = SimpleNamespace(article="a", start=3, text="Bell", label="Anna Bell")
        >>> record_verdict(read_codebook("")["verdicts"], "mentions", row, "no").verdict.tolist()
        ['no']
    """
    place = {"table": table, "article": row.article, "start": str(row.start), "text": row.text}
    place |= {"label": row.label if label is None else label}
    kept = verdicts[(verdicts[list(place)] != pd.Series(place)).any(axis=1)]
    return pd.concat(
        [kept, pd.DataFrame([place | {"verdict": verdict, "note": ""}], dtype="str")],
        ignore_index=True,
    )


def mark_verdicts(table: pd.DataFrame, verdicts: pd.DataFrame) -> pd.DataFrame:
    """The same rows with a column `verdict`: what the analyst decided about each.

    In: any span table; codebook["verdicts"]. A decision finds its row by table, article and quoted text; a
    label that it names must agree, and a start where the text stands in the article more than once.
    Out: the rows in their order, + verdict (yes, no, same, not same; "" where nothing was decided).
    Raises: nothing. Misses: a decision whose quotation was edited in the article finds no row.
    Source: none.
    Example:
        >>> from clippings.corpus.codebook import read_codebook
        >>> from clippings.core.tables import make_table
        >>> list(mark_verdicts(make_table("themes"), read_codebook("")["verdicts"]).columns)[-2:]
        ['rule', 'verdict']
    """
    decided: dict[tuple[str, str], list] = {}
    for row in verdicts.itertuples():
        decided.setdefault((row.article, row.text), []).append(row)
    found = pd.Series("", index=table.index, dtype="str")
    some = table.article.isin(verdicts.article) & table.text.isin(verdicts.text)
    places = table[some].groupby(["article", "text"]).start.nunique().to_dict()
    rows = table[some].itertuples()
    found[some] = [_verdict(row, decided.get((row.article, row.text), []), places) for row in rows]
    return table.assign(verdict=found)


def _verdict(row, decisions: list, places: dict) -> str:
    """The last decision that fits a row."""
    kinds = [name for name, columns in COLUMNS.items() if set(columns) <= set(row._fields)]
    fitting = [d for d in decisions if d.table in kinds and d.label in ("", row.label)]
    if places.get((row.article, row.text), 0) > 1:
        fitting = [d for d in fitting if d.start in ("", str(row.start))]
    return fitting[-1].verdict if fitting else ""
