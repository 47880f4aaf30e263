"""Make the title of a report from what its articles mention and when they were published."""

from pathlib import Path

import pandas as pd

from clippings.brief.phrasing import fill
from clippings.brief.prominence import count_prominence, without_parts
from clippings.core.wording import count_noun, join_and
from clippings.report.export import read_table

# Wording
TITLE = "{subject}: {articles}"
TITLE_ALL_DATED = "{subject}: {articles}, {period}"
TITLE_MOST_DATED = "{subject}: {articles}, most from {period}"
PERIOD_IN_ONE_YEAR = "{first}–{last} {year}"
PERIOD = "{first} – {last}"

MOST_NAMES = 3  # in a title; more do not fit on one line
# A title says what the corpus as a whole is about, so at least half of its articles must mention
# a name or belong to a topic.
SMALLEST_SHARE = 0.5


def title_of_corpus(articles: pd.DataFrame, folder: Path, folder_name: str) -> str:
    """Make a title from the names that most articles mention and the publication dates.

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles of `read_articles`.
    folder : pathlib.Path
        The folder of the report, whose tables `mentions` and `topics` are read if they exist.
    folder_name : str
        The name of the folder of articles, which is used if the articles have nothing in common.

    Returns
    -------
    str
        The subject, the number of articles and their dates. The subject is the title of the article
        if there is only one; otherwise up to three names, or topics, that at least half of the
        articles share; otherwise the name of the folder in readable form.

    Notes
    -----
    Names are ranked by the number of articles multiplied by the number of mentions, so that a name
    counts if it is both widespread and frequent. Outlets and agencies are not considered, nor are
    names that contain a higher-ranked name. Dates are included only if more than half of the
    articles have one.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> title_of_corpus(articles, Path("no such folder"), "flood_2021")
    'Flood 2021: 6 articles'
    """
    readable = articles[articles.problem == ""]
    if len(readable) == 1 and readable.title.iloc[0]:
        return " ".join(readable.title.iloc[0].split())
    shared = _shared_names(readable, folder) or _shared_topics(readable, folder)
    return fill_title(join_and(shared) or readable_name(folder_name), readable)


def fill_title(subject: str, readable: pd.DataFrame) -> str:
    """Add the number of articles and their dates to the subject of a corpus."""
    number = count_noun(len(readable), "article")
    dated = readable[readable.published_from.notna() & readable.published_to.notna()]
    if 2 * len(dated) <= len(readable):
        return fill(TITLE, subject=subject, articles=number)
    template = TITLE_ALL_DATED if len(dated) == len(readable) else TITLE_MOST_DATED
    period = period_in_words(dated.published_from.min(), dated.published_to.max())
    return fill(template, subject=subject, articles=number, period=period)


def period_in_words(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Describe the months from a first to a last date.

    Parameters
    ----------
    first, last : pandas.Timestamp
        The dates.

    Returns
    -------
    str
        A day, a month, a range of months, or, if it covers more than two calendar years, of years.

    Examples
    --------
    >>> period_in_words(pd.Timestamp("2021-03-03"), pd.Timestamp("2021-03-17"))
    'March 2021'
    >>> period_in_words(pd.Timestamp("2021-03-03"), pd.Timestamp("2021-05-17"))
    'March–May 2021'
    >>> period_in_words(pd.Timestamp("2009-03-03"), pd.Timestamp("2021-05-17"))
    '2009 – 2021'
    """
    if first == last:
        return f"{first.day} {first.month_name()} {first.year}"
    if last.year - first.year > 1:
        return fill(PERIOD, first=str(first.year), last=str(last.year))
    if first.year < last.year:
        start = f"{first.month_name()} {first.year}"
        return fill(PERIOD, first=start, last=f"{last.month_name()} {last.year}")
    if first.month < last.month:
        months = {"first": first.month_name(), "last": last.month_name()}
        return fill(PERIOD_IN_ONE_YEAR, **months, year=str(first.year))
    return f"{first.month_name()} {first.year}"


def readable_name(folder_name: str) -> str:
    """Write the name of a folder as a title.

    Parameters
    ----------
    folder_name : str
        The name.

    Returns
    -------
    str
        The name with spaces instead of underscores, hyphens and dots, and a capital first letter.

    Examples
    --------
    >>> readable_name("river_floods-2021")
    'River floods 2021'
    """
    words = folder_name
    for separator in "_-.":
        words = words.replace(separator, " ")
    name = " ".join(words.split()) or folder_name
    return name[:1].upper() + name[1:]


def _shared_names(articles: pd.DataFrame, folder: Path) -> list[str]:
    """Return the names that at least half of the articles mention, the most prominent first."""
    mentions = _read_if_present(folder, "mentions")
    if mentions is None:
        return []
    mentions = mentions[mentions.verdict != "no"]
    ranked = _rank(count_prominence(mentions, articles), len(articles))
    return without_parts(ranked)[:MOST_NAMES]


def _shared_topics(articles: pd.DataFrame, folder: Path) -> list[str]:
    """Return the topics to which at least half of the articles belong, the largest first."""
    topics = _read_if_present(folder, "topics")
    if topics is None:
        return []
    counts = topics.groupby("label").article.agg(articles="nunique", mentions="size").reset_index()
    return _rank(counts, len(articles))[:MOST_NAMES]


def _rank(counts: pd.DataFrame, articles: int) -> list[str]:
    """Return the labels that at least half of the articles share, by articles times mentions."""
    widespread = counts[counts.articles >= max(2, SMALLEST_SHARE * articles)].sort_values("label")
    prominence = widespread.articles * widespread.mentions
    order = prominence.sort_values(ascending=False, kind="stable").index
    return widespread.label[order].tolist()


def _read_if_present(folder: Path, table: str) -> pd.DataFrame | None:
    """Return a table of the report; None if it was not written."""
    path = folder / "tables" / f"{table}.csv"
    return read_table(path) if path.is_file() else None
