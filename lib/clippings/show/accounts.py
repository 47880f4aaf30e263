"""Events with the accounts of several articles side by side."""

from typing import NamedTuple

import pandas as pd
from markupsafe import Markup

from clippings.core.wording import article_name
from clippings.show import wording
from clippings.show.html import HtmlView, cite_place, mark_words, render

MAX_CHARACTERS = 160  # of a sentence on each side of the mention


class Account(NamedTuple):
    """What an article reports about an event."""

    place: Markup
    before: str
    marked: Markup
    after: str
    values: list[str]  # sources, numbers and dates, without columns that are empty in all accounts


class Event(NamedTuple):
    """An event with its accounts."""

    name: str
    headings: list[str]
    accounts: list[Account]


def show_accounts(accounts: pd.DataFrame, articles: pd.DataFrame) -> HtmlView:
    """Show what each article reports about the same event, side by side.

    Parameters
    ----------
    accounts : pandas.DataFrame
        The result of `count_accounts`.
    articles : pandas.DataFrame
        The articles.

    Returns
    -------
    HtmlView
        A table per event with one row per article.

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> accounts = cl.count_accounts(cl.find_all(articles, codebook))
    >>> print(str(cl.show_accounts(accounts, articles)).splitlines()[0])
    Breach in Ostrand
    """
    if accounts.empty:
        message = wording.NO_ACCOUNTS
        return HtmlView(render("message", role="note", text=message), message)
    events = [_event(rows, articles) for _, rows in accounts.groupby("label", sort=False)]
    plain = []
    for _, rows in accounts.groupby("label", sort=False):
        plain.append(_name_of(rows))
        plain += [
            "  " + "; ".join(filter(None, _cells_in_words(row, articles)))
            for row in rows.itertuples()
        ]
    return HtmlView(render("accounts", events=events), "\n".join(plain))


def _name_of(rows: pd.DataFrame) -> str:
    """Return the name of an event as a heading."""
    name = rows.event.iloc[0]
    return name[:1].upper() + name[1:]


def _cells_in_words(row, articles: pd.DataFrame) -> list[str]:
    """Return the cells of an account for a terminal."""
    return [article_name(articles, row.article), row.sources, row.numbers, row.dates]


def _event(rows: pd.DataFrame, articles: pd.DataFrame) -> Event:
    """Return an event with its accounts."""
    columns = [column for column in wording.ACCOUNT_COLUMNS if (rows[column] != "").any()]
    headings = [*wording.ACCOUNT_HEADINGS, *(wording.ACCOUNT_COLUMNS[column] for column in columns)]
    return Event(
        _name_of(rows),
        headings,
        [_account(row, columns, articles) for row in rows.itertuples()],
    )


def _account(row, columns: list[str], articles: pd.DataFrame) -> Account:
    """Return an account: its article, the sentence with the mention, and further cells."""
    mention_start = row.mention_start - row.start
    mention_end = row.mention_end - row.start
    before = row.text[:mention_start]
    if len(before) > MAX_CHARACTERS:
        before = f"…{before[-MAX_CHARACTERS:].partition(' ')[2]}"
    after = row.text[mention_end:]
    if len(after) > MAX_CHARACTERS:
        after = f"{after[:MAX_CHARACTERS].rpartition(' ')[0]}…"
    return Account(
        place=cite_place(articles, row.article, row.start, row.end),
        before=before,
        marked=mark_words(row.text[mention_start:mention_end], hint=row.label),
        after=after,
        values=[getattr(row, column) for column in columns],
    )
