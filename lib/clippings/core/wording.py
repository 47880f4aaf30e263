"""Small pieces of English: a number with its noun, lists, short texts, names of articles."""

import pandas as pd


def several(number: int, noun: str) -> str:
    """A number with its noun. Example:
    >>> several(1, "article"), several(2000, "article")
    ('1 article', '2,000 articles')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def article_name(articles: pd.DataFrame, article: str) -> str:
    """What a reader calls an article: its title, else its id.

    In: articles; an id. Out: a string. Raises: nothing. Misses: two articles may have one title. Source: none.
    Example:
        >>> from clippings.core.tables import make_table
        >>> article_name(make_table("articles"), "a.txt")
        'a.txt'
    """
    return dict(zip(articles.article, articles.title, strict=True)).get(article) or article


def short(text: str, most: int = 70) -> str:
    """A text in one line, cut where it is long.

    In: text; most, characters. Out: text. Raises: nothing. Misses: nothing. Source: none.
    Example:
        >>> short("one  two three", 8)
        'one two…'
    """
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def name_of(articles: pd.DataFrame, article: str) -> str:
    """What a sentence calls an article: its title in marks, else its id.

    In: articles; an id. Out: text. Raises: nothing. Misses: two articles may have one title. Source: none.
    Example:
        >>> from clippings.core.tables import make_table
        >>> name_of(make_table("articles"), "a.txt")
        'a.txt'
    """
    title = article_name(articles, article)
    return article if title == article else f"“{' '.join(title.split())}”"


def listed(parts: list[str]) -> str:
    """Parts as a sentence lists them.

    In: texts. Out: text; "" for none. Raises: nothing. Misses: nothing. Source: none.
    Example:
        >>> listed(["a", "b", "c"])
        'a, b and c'
    """
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
