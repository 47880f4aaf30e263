"""Join the tables of several batches of articles, including the row numbers that they cite."""

import re

import numpy as np
import pandas as pd

# Columns of the table dates that cite rows of the table constraints by number.
CITING_COLUMNS = ("because", "likely_because", "refused", "problem")
_ROW_NUMBER = re.compile(r"\d+")


def join_tables(
    parts: list[dict[str, pd.DataFrame]], names: tuple[str, ...]
) -> dict[str, pd.DataFrame]:
    """Join the tables of several parts that have no articles in common.

    Parameters
    ----------
    parts : list of dict of str to pandas.DataFrame
        Tables by name. The joined tables are removed from the parts, so that they are not in memory
        twice.
    names : tuple of str
        The tables to join. If they include dates, they must include constraints, which dates cites.

    Returns
    -------
    dict of str to pandas.DataFrame
        Each table sorted by article, with a fresh index. The rows of an article keep their order.

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
    """Sort rows by article only; their labels stay, so that rows can be traced."""
    code, articles = pd.factorize(table.article)
    rank = np.argsort(np.argsort(articles.to_numpy(dtype="object")))[code]
    if (np.diff(rank) >= 0).all():
        return table
    return table.iloc[np.argsort(rank, kind="stable")]


def _renumbered(
    dates: pd.DataFrame, constraints: pd.DataFrame, citations: list[tuple[np.ndarray, int]]
) -> pd.DataFrame:
    """Make dates cite the rows of the joined constraints.

    For each part, `citations` contains the original labels of its constraints and the number of its
    dates. The joined tables still have the labels of their concatenation.
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
