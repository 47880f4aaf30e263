"""Count in how many articles a name is mentioned, without the names of those who publish them."""

import pandas as pd

from clippings.core.lexicon import read_lexicon, split_cell


def count_prominence(mentions: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Count the articles and the mentions of each name.

    Parameters
    ----------
    mentions : pandas.DataFrame
        Rows of the table `mentions`.
    articles : pandas.DataFrame
        The articles.

    Returns
    -------
    pandas.DataFrame
        One row per name, those in most articles first; of names in equally many articles, the most
        frequent first. Outlets, news agencies and descriptions in lower case ("residents") are left
        out.

        - `label`: the name
        - `articles`, `mentions`: how many articles mention it, and how often

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> mentions = cl.find_mentions(cl.find_passages(articles), codebook["actors"])
    >>> count_prominence(mentions, articles).head(3)
                      label  articles  mentions
    0               Ostrand         6        26
    1  River Lenn Authority         6        17
    2  Ostrand Fire Service         5         5
    """
    is_name = ~mentions.label.str[:1].str.islower()
    publishers = set(articles.outlet.str.casefold()) | _names_of_agencies()
    is_publisher = mentions.label.str.casefold().isin(publishers)
    names = mentions[is_name & ~is_publisher]
    counts = names.groupby("label").article.agg(articles="nunique", mentions="size").reset_index()
    return counts.sort_values(
        ["articles", "mentions"], ascending=False, kind="stable", ignore_index=True
    )


def names_of_types(
    mentions: pd.DataFrame, types: tuple[str, ...], *, min_share: float = 0.0
) -> pd.DataFrame:
    """Select all mentions of the names that are usually of some types.

    The type of a single mention is often unknown or wrong: "shares of Gazprom", "in Gazprom".

    Parameters
    ----------
    mentions : pandas.DataFrame
        Rows of the table `mentions`.
    types : tuple of str
        Types of names, as in the column `type`.
    min_share : float, default 0.0
        The share of the mentions of known type that must be of these types.

    Returns
    -------
    pandas.DataFrame
        The rows of the names whose most frequent known type is one of these.

    Examples
    --------
    >>> mentions = pd.DataFrame(
    ...     {"label": ["Bell", "Bell", "Sala"], "type": ["person", "", "place"]}
    ... )
    >>> names_of_types(mentions, ("person",)).label.tolist()
    ['Bell', 'Bell']
    """
    known = mentions[mentions.type != ""]
    counts = known.groupby(["label", "type"]).size().unstack(fill_value=0)
    if counts.empty:
        return mentions.iloc[:0]
    of_types = counts.reindex(columns=list(types), fill_value=0).sum(axis=1)
    is_chosen = counts.idxmax(axis=1).isin(types) & (of_types >= min_share * counts.sum(axis=1))
    return mentions[mentions.label.isin(counts.index[is_chosen])]


def without_parts(names: list[str]) -> list[str]:
    """Leave out names that contain an earlier name, or are part of one.

    Parameters
    ----------
    names : list of str
        Names, the most important first.

    Returns
    -------
    list of str
        The remaining names, in the same order.

    Examples
    --------
    >>> without_parts(["Ostrand", "Ostrand Fire Service", "Tolmere"])
    ['Ostrand', 'Tolmere']
    """
    chosen: list[str] = []
    for name in names:
        if not any(_contains(name, other) or _contains(other, name) for other in chosen):
            chosen.append(name)
    return chosen


def _contains(name: str, part: str) -> bool:
    """Return whether a name contains another one as whole words."""
    return f" {part.casefold()} " in f" {name.casefold()} "


def _names_of_agencies() -> set[str]:
    """Return the names of news agencies, which many articles mention as their sources."""
    return {
        name.casefold()
        for row in read_lexicon("en/claims/agencies")
        for name in split_cell(row["names"])
    }
