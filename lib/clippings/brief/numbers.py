"""The numbers that articles give for an event: who gives them, and whether they agree."""

import re
from functools import cache

import pandas as pd

from clippings.core.lexicon import either, read_words
from clippings.repeats.copies import is_counted

# "Over 40" (41 or more) and "40" can both be right: whoever rounds does not disagree. A
# twentieth is what rounding to two digits changes at most.
ROUNDING = 1.05

# Characters before a number in which "including" or "among them" is looked for: room for the
# longest of them with punctuation and blanks.
LEAD_LENGTH = 25

# Characters before a number without a noun, in which the word that it belongs to is looked for,
# and characters after a number in which its noun is.
WORD_BEFORE = 40
NOUN_AFTER = 80


def amounts_of_claims(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Select the amounts that belong to a claim, without duplicates.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        Tables of `find_all`; claims and amounts are used.

    Returns
    -------
    pandas.DataFrame
        Rows of amounts with their index, and columns `claim` (its label), `kind` and `place`.

    Notes
    -----
    It misses amounts that are not linked to an event.

    Examples
    --------
    >>> import clippings as cl
    >>> tables = cl.find_all(*cl.load_example())
    >>> amounts_of_claims(tables)[["text", "label", "kind", "place"]].head(3)
               text   label        kind            place
    0           4.1  metres     warning       River Lenn
    1          five  metres  evacuation  Harbour Quarter
    4  at least 120  people  evacuation  Harbour Quarter
    """
    amounts = tables["amounts"]
    amounts = amounts[is_counted(amounts) & amounts.event_start.notna()]
    claims = tables["claims"]
    claims = claims[claims.status != "rejected"][["article", "start", "label", "kind", "place"]]

    claim_of_event = claims.drop_duplicates(["article", "start"], keep="last").set_index(
        ["article", "start"]
    )
    events = pd.MultiIndex.from_arrays([amounts.article, amounts.event_start.astype("int64")])
    claim_columns = claim_of_event.reindex(events).fillna("").set_axis(amounts.index)
    amounts = amounts.assign(
        claim=claim_columns.label, kind=claim_columns.kind, place=claim_columns.place
    )
    return amounts[amounts.claim != ""]


def compare_numbers(amounts: pd.DataFrame, articles: pd.DataFrame | None) -> dict[str, bool]:
    """Check whether the numbers given for one claim can all be right.

    Parameters
    ----------
    amounts : pandas.DataFrame
        Rows of amounts that belong to one claim.
    articles : pandas.DataFrame or None
        Articles, to recognise a number that is part of an earlier one: "58 people, including
        five leaders".

    Returns
    -------
    dict of str to bool
        For each thing that at least two numbers count, whether one number fits all of them.
        People are one thing ("people") under any name; "" is a thing that is not named.

    Notes
    -----
    Numbers within a twentieth of each other may be the same, rounded. It misses parts of a
    whole that are not introduced by "including" or the like.

    Examples
    --------
    >>> from clippings.core.tables import make_table
    >>> place = {"article": "a.txt", "start": 0, "end": 0}
    >>> dozens_of_men = place | {"label": "men", "low": 24, "high": 99}
    >>> people = place | {"label": "people", "low": 58, "high": 58}
    >>> compare_numbers(make_table("amounts", [dozens_of_men, people]), None)
    {'people': True}
    """
    texts = {} if articles is None else dict(zip(articles.article, articles.text, strict=True))
    part_of_earlier = re.compile(
        rf"\b{either(read_words('en/numbers/syntax', kind='part of an earlier number'))}\W*$",
        re.IGNORECASE,
    )
    is_whole = []
    for row in amounts.itertuples():
        lead = texts.get(row.article, "")[max(0, row.start - LEAD_LENGTH) : row.start]
        is_whole.append(part_of_earlier.search(lead) is None)
    wholes = amounts[pd.Series(is_whole, index=amounts.index, dtype="bool")]

    # A number without a noun counts people if another number of the claim does: "executes 58".
    counts_people = any(label in _words_for_people() for label in wholes.label)
    things = []
    for label in wholes.label:
        is_people = label in _words_for_people() or (counts_people and label == "")
        things.append("people" if is_people else label)

    compatible = {}
    for thing, group in wholes.groupby(pd.Series(things, index=wholes.index, dtype="str")):
        if len(group) > 1:
            compatible[thing] = bool(group.low.max() <= group.high.min() * ROUNDING)
    return compatible


@cache
def _words_for_people() -> frozenset[str]:
    """Nouns that count people."""
    return frozenset(read_words("en/numbers/people"))


def number_with_noun(row, text: str) -> str:
    """Quote an amount up to the noun that it counts; without a noun, from the word before it.

    Parameters
    ----------
    row : row of amounts
        With attributes `start`, `end`, `text` and `label`.
    text : str
        The text of its article.

    Returns
    -------
    str
        The words of the article, in one line.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> text = "At least 120 older people left."
    >>> row = SimpleNamespace(start=0, end=12, text="At least 120", label="people")
    >>> number_with_noun(row, text)
    'At least 120 older people'
    """
    if not row.label:
        line = text[max(0, row.start - WORD_BEFORE) : row.start].split("\n")[-1]
        return " ".join([*line.split()[-1:], row.text])
    words = text[row.start : row.end + NOUN_AFTER]
    noun = words.casefold().find(row.label, row.end - row.start)
    return " ".join(words[: noun + len(row.label)].split()) if noun > 0 else row.text


def quote_around(start: int, end: int, quotes: list) -> object | None:
    """Find the quotation that contains a span, such as a number.

    Parameters
    ----------
    start, end : int
        The span.
    quotes : list of rows of quotes
        The quotations of the article, in order of place.

    Returns
    -------
    row of quotes or None
        The last one that begins before the span and ends after it: the innermost. None if there
        is none, and the article itself speaks.

    Examples
    --------
    >>> import clippings as cl
    >>> from clippings.core.tables import by_article
    >>> tables = cl.find_all(*cl.load_example())
    >>> amount = tables["amounts"].iloc[4]
    >>> quotes = by_article(tables["quotes"])[amount.article]
    >>> amount.text, quote_around(amount.start, amount.end, quotes).label
    ('at least 120', 'Ostrand Fire Service')
    """
    holding = [quote for quote in quotes if quote.start <= start and end <= quote.end]
    return holding[-1] if holding else None
