"""Tables of shares of the articles joined to tables of all, row numbers that they cite included."""

import re

import numpy as np
import pandas as pd

# Columns of the table dates that cite rows of the table constraints by number.
CITING_COLUMNS = ("because", "likely_because", "refused", "problem")
_ROW_NUMBER = re.compile(r"\d+")


def join_tables(
    parts: list[dict[str, pd.DataFrame]], names: tuple[str, ...]
) -> dict[str, pd.DataFrame]:
    """Join the tables of several parts, no article in two of them, into one each.

    Parameters
    ----------
    parts : list of dict of str to pandas.DataFrame
        Tables by name. The tables that are joined are taken out of the parts: kept there, they
        would be in memory twice.
    names : tuple of str
        The tables to join. Where dates is among them, constraints must be too: it is cited.

    Returns
    -------
    dict of str to pandas.DataFrame
        Each table sorted by article, rows of one article in their order, with a fresh index.

    Examples
    --------
    >>> parts = [{"times": pd.DataFrame({"article": [name]})} for name in ("b", "a")]
    >>> join_tables(parts, ("times",))["times"].article.tolist(), parts
    (['a', 'b'], [{}, {}])
    """
    citations = []
    if "dates" in names:
        for part in parts:
            citations.append((part["constraints"].index.to_numpy(), len(part["dates"])))
    joined = {}
    for name in names:
        table = pd.concat([part.pop(name) for part in parts], ignore_index=True)
        joined[name] = _by_article(table)
    if citations:
        joined["dates"] = _renumbered(joined["dates"], joined["constraints"], citations)
    return {name: table.reset_index(drop=True) for name, table in joined.items()}


def _by_article(table: pd.DataFrame) -> pd.DataFrame:
    """The rows sorted by article only; labels of the rows stay, so that they can be traced."""
    code, articles = pd.factorize(table.article)
    rank = np.argsort(np.argsort(articles.to_numpy(dtype="object")))[code]
    if (np.diff(rank) >= 0).all():
        return table
    return table.iloc[np.argsort(rank, kind="stable")]


def _renumbered(
    dates: pd.DataFrame, constraints: pd.DataFrame, citations: list[tuple[np.ndarray, int]]
) -> pd.DataFrame:
    """Dates that cite the rows of the joined constraints.

    `citations` has, for each part, the labels that its constraints had and how many dates it had.
    The joined tables still carry the labels of their concatenation.
    """
    sizes = [labels.max(initial=-1) + 1 for labels, _ in citations]
    offset = np.cumsum([0, *sizes])
    concatenated = np.concatenate(
        [labels + start for (labels, _), start in zip(citations, offset, strict=False)]
    )
    new_number = np.zeros(offset[-1], np.int64)
    new_number[concatenated[constraints.index]] = range(len(constraints))
    offset_of_row = np.repeat(offset[:-1], [count for _, count in citations])[dates.index]

    columns = {}
    for name in CITING_COLUMNS:
        cells = dates[name].tolist()
        for at in np.flatnonzero((dates[name] != "").to_numpy()):
            start = offset_of_row[at]
            cells[at] = _ROW_NUMBER.sub(
                lambda match, start=start: str(new_number[int(match[0]) + start]), cells[at]
            )
        columns[name] = pd.Series(cells, dates.index, dtype="str")
    return dates.assign(**columns)
