"""English wording shared by all packages: counts, lists, names of articles, dates."""

from functools import cache

import numpy as np
import pandas as pd

from clippings.core.lexicon import read_lexicon

# An article without a title is named by so many of its first words, without the marks around them.
OPENING_WORDS = 6
MARKS_AROUND_OPENING = " .,;:–—-()“”\"'`"
MAX_OPENING_CHARACTERS = 500

# Marks at the end of a title, or of words cut from it, that are left out in sentences and tables
MARKS_AFTER_TITLE = " .,;:–—-"


def count_noun(number: int, noun: str) -> str:
    """Write a number with its noun.

    Parameters
    ----------
    number : int
        How many.
    noun : str
        The noun in the singular; its plural ends in s.

    Returns
    -------
    str
        The number with commas between thousands, and the noun.

    Examples
    --------
    >>> count_noun(1, "article"), count_noun(2000, "article")
    ('1 article', '2,000 articles')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def article_name(articles: pd.DataFrame, article: str) -> str:
    """Return the title of an article, or its first words if it has no title.

    Parameters
    ----------
    articles : pandas.DataFrame
        The articles.
    article : str
        An article id.

    Returns
    -------
    str
        The title, the first words, or the id if there is no text.

    Notes
    -----
    Two articles may have the same title.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> cl.article_name(articles, "06_water_falls.txt")
    'Water falls at last as Lenn Valley cleans up'
    """
    rows = np.flatnonzero(articles.article.to_numpy() == article)
    if not len(rows):
        return article
    return articles.title.iloc[rows[0]] or opening_words(articles.text.iloc[rows[0]]) or article


def opening_words(text: str) -> str:
    """Return the first words of a text, which stand for a missing title.

    Parameters
    ----------
    text : str
        A text.

    Returns
    -------
    str
        Up to six words; an ellipsis shows that the text continues.

    Examples
    --------
    >>> opening_words("The River Lenn rose again overnight, and the levee held.")
    'The River Lenn rose again overnight …'
    """
    # A text may be long, and only its beginning is split.
    is_continued = len(text[:MAX_OPENING_CHARACTERS].split()) > OPENING_WORDS
    opening = first_words(text)
    return f"{opening} …" if is_continued else opening


def first_words(text: str) -> str:
    """Return the first words of a text without the marks around them.

    Parameters
    ----------
    text : str
        A text.

    Returns
    -------
    str
        Up to six words. Of quotation marks, only whole pairs are left.

    Examples
    --------
    >>> first_words('Mary said that the "whole" town "is under water" now.')
    'Mary said that the "whole" town'
    >>> first_words('Mary said that the town "is under water" now.')
    'Mary said that the town is'
    """
    words = text[:MAX_OPENING_CHARACTERS].split()
    opening = " ".join(words[:OPENING_WORDS])
    for marks in ('"', "“”„", "«»"):
        if sum(opening.count(mark) for mark in marks) % 2:
            opening = opening.translate({ord(mark): None for mark in marks})
    return opening.strip(MARKS_AROUND_OPENING)


def add_titles(table: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Add a column `title` with the title of each row's article.

    Parameters
    ----------
    table : pandas.DataFrame
        Any table with a column `article`.
    articles : pandas.DataFrame
        The articles.

    Returns
    -------
    pandas.DataFrame
        The rows in the same order, with the column `title`: the title of the article, or its first
        words if it has no title. If articles have the same title, their outlets are added in
        brackets; if these do not distinguish them, their dates of publication; or otherwise their
        ids.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> words = cl.count_words(cl.find_passages(articles), by=["article"])
    >>> cl.add_titles(words, articles)[["title", "words"]].head(1)
                                                  title  words
    0  River Lenn rises fast as snow melts in the hills    289
    """
    openings = articles.text.map(opening_words)
    openings = openings.where(openings != "", articles.article)
    titles = articles.title.where(articles.title != "", openings)
    names = dict(zip(articles.article, distinguish_names(titles, articles), strict=True))
    return table.assign(title=table.article.map(names).astype("str"))


def distinguish_names(names: pd.Series, articles: pd.DataFrame) -> pd.Series:
    """Add to the names that several articles have what distinguishes these articles.

    Parameters
    ----------
    names : pandas.Series
        The name of each article, such as its title, in the order of `articles`.
    articles : pandas.DataFrame
        The articles.

    Returns
    -------
    pandas.Series
        The names. If articles have the same name, their outlets are added in brackets; if these do
        not distinguish them, their dates of publication; or otherwise their ids.

    Examples
    --------
    >>> articles = pd.DataFrame({"article": ["a.txt", "b.txt"], "outlet": ["Post", "Courier"]})
    >>> distinguish_names(pd.Series(["Flood", "Flood"]), articles).to_list()
    ['Flood (Post)', 'Flood (Courier)']
    """
    is_doubled = names.duplicated(keep=False) & (names != articles.article)
    details = articles.article.copy()
    for _, same_name in articles[is_doubled].groupby(names[is_doubled]):
        details.loc[same_name.index] = _distinguishing_details(same_name)
    return names.where(~is_doubled, names + " (" + details + ")")


def _distinguishing_details(articles: pd.DataFrame) -> pd.Series:
    """Return what distinguishes articles with the same title: outlets, dates of publication or ids.

    Ranges of dates are not used, because they say little about an article.
    """
    candidates = []
    if "outlet" in articles.columns:
        candidates.append(articles.outlet)
    if {"published_from", "published_to"} <= set(articles.columns):
        is_day = articles.published_from == articles.published_to
        candidates.append(articles.published_from.dt.strftime("%Y-%m-%d").where(is_day, ""))
    for candidate in candidates:
        if candidate.ne("").all() and candidate.is_unique:
            return candidate
    return articles.article


def shorten(text: str, most: int = 70) -> str:
    """Write a text on a single line and shorten it if necessary, between words if possible.

    Parameters
    ----------
    text : str
        Any text.
    most : int, default 70
        Maximum length in characters.

    Returns
    -------
    str
        The text; a shortened text ends in "…".

    Examples
    --------
    >>> shorten("one  two three four", 12)
    'one two…'
    """
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    shortened = text[: most - 1]
    last_space = shortened.rfind(" ")
    # A long word, or a text in a script without spaces, is cut anywhere.
    ends_in_word = text[most - 1] != " " and last_space >= most / 2
    return f"{shortened[:last_space] if ends_in_word else shortened}…"


def place_phrase(place: str) -> str:
    """Write the name of a place with its preposition.

    Parameters
    ----------
    place : str
        The name, with its article if it has one.

    Returns
    -------
    str
        The phrase. The first or the last word of the name decides on the preposition.

    Examples
    --------
    >>> place_phrase("Ostrand"), place_phrase("the River Lenn"), place_phrase("Lake Sala")
    ('in Ostrand', 'on the River Lenn', 'at Lake Sala')
    """
    words = place.removeprefix("the ").casefold().split()
    prepositions = _place_prepositions()
    for word in [*words[-1:], *words[:1]]:
        if word in prepositions:
            return f"{prepositions[word]} {place}"
    return f"in {place}"


@cache
def _place_prepositions() -> dict[str, str]:
    """Return the prepositions other than "in", by the words in names that require them."""
    rows = read_lexicon("en/names/place_prepositions")
    return {row["word"]: row["preposition"] for row in rows}


def join_and(parts: list[str]) -> str:
    """Join texts with commas and "and".

    Parameters
    ----------
    parts : list of str
        Texts.

    Returns
    -------
    str
        The list, such as "a, b and c"; "" if there are no parts.

    Examples
    --------
    >>> join_and(["a", "b", "c"])
    'a, b and c'
    """
    return _join(parts, "and")


def join_or(parts: list[str]) -> str:
    """Join texts with commas and "or".

    Parameters
    ----------
    parts : list of str
        Texts.

    Returns
    -------
    str
        The list, such as "a, b or c"; "" if there are no parts.

    Examples
    --------
    >>> join_or(["a", "b", "c"])
    'a, b or c'
    """
    return _join(parts, "or")


def _join(parts: list[str], conjunction: str) -> str:
    """Join texts with commas, and the last two with a conjunction."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {conjunction} {parts[-1]}"


def date_range(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Write a range of dates for tables and charts; either end may be missing.

    Parameters
    ----------
    first, last : pandas.Timestamp or NaT
        The earliest and the latest date; NaT if the range is open.

    Returns
    -------
    str
        The range in ISO dates; "" if both ends are missing.

    Examples
    --------
    >>> import pandas as pd
    >>> first, last = pd.Timestamp("2021-03-09"), pd.Timestamp("2021-03-12")
    >>> date_range(first, last), date_range(first, first)
    ('2021-03-09 to 2021-03-12', '2021-03-09')
    >>> date_range(first, pd.NaT), date_range(pd.NaT, last)
    ('2021-03-09 or later', '2021-03-12 or earlier')
    """
    if pd.isna(first) and pd.isna(last):
        return ""
    if pd.isna(last):
        return f"{first:%Y-%m-%d} or later"
    if pd.isna(first):
        return f"{last:%Y-%m-%d} or earlier"
    if first == last:
        return f"{first:%Y-%m-%d}"
    return f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"


def days_in_words(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Write a range of days for titles, as an editor writes dates.

    Parameters
    ----------
    first, last : pandas.Timestamp
        The first and the last day.

    Returns
    -------
    str
        The range; a common year and month are not repeated.

    Examples
    --------
    >>> import pandas as pd
    >>> first, last = pd.Timestamp("2021-03-09"), pd.Timestamp("2021-03-12")
    >>> days_in_words(first, last), days_in_words(first, first)
    ('9 to 12 March 2021', '9 March 2021')
    >>> days_in_words(first, pd.Timestamp("2021-04-02"))
    '9 March to 2 April 2021'
    """
    end = f"{last.day} {last:%B %Y}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {end}"
    month = f"{first:%B}" if first.year == last.year else f"{first:%B %Y}"
    return f"{first.day} {month} to {end}"
