"""Collect the numbers that articles give for an event, and check whether they agree."""

import re
from functools import cache
from itertools import combinations, product
from typing import NamedTuple

import pandas as pd

from clippings.brief.clauses import sentence_around
from clippings.core.lexicon import either, read_words, words_of
from clippings.core.tokens import fold
from clippings.repeats.copies import is_counted

# "Over 40" (41 or more) and "40" can both be right, because one of them may be rounded, and so can
# 250 and 257. Rounding to two digits changes a number by at most a twentieth.
ROUNDING = 1.05

# The name under which all nouns for people in general are counted.
PEOPLE = "people"

CURRENCY = re.compile(
    r"""
      (?: \b [A-Z]{1,3} )? [$€£¥₹]                  # "$", "US$", "€"
    | \b (?: USD | EUR | GBP | JPY | CHF ) \b
    """,
    re.VERBOSE,
)

# Number of characters before a number that are searched for "including", "among them" and the
# like: enough for the longest phrase with punctuation and spaces.
LEAD_LENGTH = 25

# Number of characters before a number without a noun that are searched for the preceding word, and
# after a number that are searched for its noun.
WORD_BEFORE = 40
NOUN_AFTER = 80

# Characters after a number in which its limit is: "three times on other charges since October".
LIMIT_AFTER = 60

# "Seven were injured": the verb stands in place of the noun.
VERB_AFTER = re.compile(
    r"\s+ (?: was | were | is | are | (?:has | have | had) (?:\s+ been)? ) \s+ [\w-]+", re.VERBOSE
)

# "Four U.S. destroyers": names may stand before the noun.
NOUN_PHRASE_AFTER = re.compile(
    r"""
    (?: \s+ (?: (?:[A-Z]\.)+ | [A-Z][\w’'-]* ) ){0,3}     # U.S., Water Board
    \s+ (?P<noun> [a-z][\w-]+ )                          # destroyers
    """,
    re.VERBOSE,
)


def amounts_of_claims(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Select the amounts that belong to a claim, without duplicates.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        The tables that `find_all` returns; claims and amounts are used.

    Returns
    -------
    pandas.DataFrame
        Rows of amounts with their original index and additional columns: the label of the claim
        (`claim`), its `kind` and `place`, and the word family (`word`, "" for events of the
        codebook) and `modality` (such as planned or happened) of the event.

    Notes
    -----
    Amounts that are not linked to an event are not included.

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
    event_columns = _event_columns(tables["events"]).reindex(events).set_axis(amounts.index)
    amounts = amounts.assign(word=event_columns.word, modality=event_columns.modality)
    return amounts[amounts.claim != ""]


def _event_columns(events: pd.DataFrame) -> pd.DataFrame:
    """Return the word family and the modality of each event, by article and start."""
    is_planned = events.modality == "planned"
    columns = pd.DataFrame(
        {
            "article": events.article,
            "start": events.start,
            "word": events.family,
            "modality": is_planned.map({True: "planned", False: "happened"}),
        }
    )
    return columns.drop_duplicates(["article", "start"]).set_index(["article", "start"])


def compare_numbers(amounts: pd.DataFrame, articles: pd.DataFrame | None) -> dict[str, bool]:
    """Check whether the numbers that articles give for a claim can all be right.

    Parameters
    ----------
    amounts : pandas.DataFrame
        Rows of amounts that belong to one claim. If they have the columns `word` and `modality`
        from `amounts_of_claims`, only numbers with equal values in both are compared: a requested
        amount may differ from the amount granted.
    articles : pandas.DataFrame or None
        Articles. They are used to recognise a number that is part of an earlier one ("58 people,
        including five leaders"), and articles published on different days, between which numbers
        may change.

    Returns
    -------
    dict of str to bool
        For each thing that at least two articles count, whether the numbers of every two articles
        are compatible. The keys are nouns, "people" for all nouns that denote people in general, a
        currency for amounts of money, and "" if the thing is not named.

    Notes
    -----
    Different numbers within one article do not conflict, because they usually count different
    parts, places or times. A number with a limit after it ("three times since October", "40 so
    far") is not compared. Numbers that differ by at most a twentieth may be rounded. A part of a
    whole is recognised only if it is introduced by "including" or a similar phrase.

    Examples
    --------
    >>> from clippings.core.tables import make_table
    >>> place = {"start": 0, "end": 0}
    >>> dozens = place | {"article": "a.txt", "label": "people", "low": 24, "high": 99}
    >>> exactly = place | {"article": "b.txt", "label": "people", "low": 58, "high": 58}
    >>> compare_numbers(make_table("amounts", [dozens, exactly]), None)
    {'people': True}
    """
    wholes = _wholes(amounts, articles)
    groups = [wholes.thing]
    groups += [wholes[column] for column in ("word", "modality") if column in wholes]
    published = _publications(articles)
    compatible: dict[str, bool] = {}
    for (thing, *_), group in wholes.groupby(groups, sort=True):
        answers = [
            _have_common_number(one, other)
            for (first, one), (second, other) in combinations(group.groupby("article"), 2)
            if not _are_of_different_days(published.get(first), published.get(second))
        ]
        if answers:
            compatible[thing] = compatible.get(thing, True) and all(answers)
    return compatible


def differing_numbers(amounts: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Select the numbers of which those of two articles cannot both be right, on whatever day.

    Parameters
    ----------
    amounts : pandas.DataFrame
        Rows from `amounts_of_claims` on events that may be the same.
    articles : pandas.DataFrame
        The articles.

    Returns
    -------
    pandas.DataFrame
        The rows of the thing that most articles count, of all things for which the numbers differ,
        with the additional column `thing`. Empty if no numbers differ.

    Notes
    -----
    Numbers of planned events, numbers that are part of another one, and numbers without a noun are
    left out.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> amounts = amounts_of_claims(cl.find_all(articles, codebook))
    >>> differing = differing_numbers(amounts[amounts.kind == "evacuation"], articles)
    >>> differing[["article", "text", "thing"]].head(2)
                            article          text   thing
    4   02_levee_breach_ostrand.txt  at least 120  people
    19         04_tolmere_levee.txt            60  people
    """
    wholes = _wholes(amounts[amounts.modality != "planned"], articles)
    named = wholes[wholes.thing != ""]
    articles_with_thing = named.groupby("thing").article.nunique()
    for thing in articles_with_thing.sort_values(ascending=False, kind="stable").index:
        rows = named[named.thing == thing]
        pairs = combinations([numbers for _, numbers in rows.groupby("article")], 2)
        if not all(_have_common_number(one, other) for one, other in pairs):
            return rows
    return named.iloc[:0]


def _wholes(amounts: pd.DataFrame, articles: pd.DataFrame | None) -> pd.DataFrame:
    """Return the amounts that are not part of another one, with what they count (`thing`)."""
    texts = {} if articles is None else dict(zip(articles.article, articles.text, strict=True))
    wholes = amounts[~_is_part_of_earlier(amounts, texts) & ~_is_limited(amounts, texts)]
    things = pd.Series(
        [thing_counted(row) for row in wholes.itertuples()], wholes.index, dtype="str"
    )
    # A number without a noun counts people if another number of the claim does: "executes 58".
    if (things == PEOPLE).any():
        things = things.mask(things == "", PEOPLE)
    return wholes.assign(thing=things)


def _is_part_of_earlier(amounts: pd.DataFrame, texts: dict[str, str]) -> pd.Series:
    """Mark the numbers that are introduced as part of an earlier number."""
    part_of_earlier = re.compile(
        rf"\b{either(read_words('en/numbers/syntax', kind='part of an earlier number'))}\W*$",
        re.IGNORECASE,
    )
    is_part = []
    for row in amounts.itertuples():
        lead = texts.get(row.article, "")[max(0, row.start - LEAD_LENGTH) : row.start]
        is_part.append(part_of_earlier.search(lead) is not None)
    return pd.Series(is_part, index=amounts.index, dtype="bool")


def _is_limited(amounts: pd.DataFrame, texts: dict[str, str]) -> pd.Series:
    """Mark the numbers that count only a period or a place: "three times since October"."""
    limit = re.compile(rf"\b{either(read_words('en/claims/limits'))}\b", re.IGNORECASE)
    is_limited = []
    for row in amounts.itertuples():
        text = texts.get(row.article, "")
        _, sentence_end = sentence_around(text, row.start)
        after = text[row.end : min(sentence_end, row.end + LIMIT_AFTER)]
        is_limited.append(limit.search(after) is not None)
    return pd.Series(is_limited, index=amounts.index, dtype="bool")


def thing_counted(row) -> str:
    """Name what an amount counts: people, a currency, or its noun.

    Parameters
    ----------
    row : row of amounts
        With attributes `text` and `label`.

    Returns
    -------
    str
        "people" for nouns for people in general; a currency in capitals; else the noun, or "".

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> thing_counted(SimpleNamespace(text="$40", label="")), PEOPLE
    ('$', 'people')
    """
    currency = CURRENCY.search(row.text)
    if currency:
        return currency[0].upper()
    return PEOPLE if row.label in _people_in_general() else row.label


class _Publication(NamedTuple):
    """The first and the last date on which an article may have been published."""

    first: pd.Timestamp
    last: pd.Timestamp


def _publications(articles: pd.DataFrame | None) -> dict[str, _Publication]:
    """Map the dated articles to their possible dates of publication."""
    if articles is None or "published_from" not in articles:
        return {}
    dated = articles[articles.published_from.notna() & articles.published_to.notna()]
    return {
        row.article: _Publication(row.published_from, row.published_to)
        for row in dated.itertuples()
    }


def _are_of_different_days(one: _Publication | None, other: _Publication | None) -> bool:
    """Return whether two articles are known to be published on different days."""
    if one is None or other is None:
        return False
    return one.first > other.last or other.first > one.last


def _have_common_number(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Return whether a number of one article, or their sum, fits the other article."""
    return any(first.fits(second) for first, second in product(_ranges(one), _ranges(other)))


class _Range(NamedTuple):
    """The smallest and the largest number that an amount can represent."""

    low: float
    high: float

    def fits(self, other: "_Range") -> bool:
        """Return whether both can be right: 250 and 257, but not 258 and 259."""
        may_be_rounded = self._may_be_rounded() or other._may_be_rounded()
        tolerance = ROUNDING if may_be_rounded else 1
        return max(self.low, other.low) <= min(self.high, other.high) * tolerance

    def _may_be_rounded(self) -> bool:
        """Return whether the number is a range or ends with zero."""
        return self.low != self.high or self.low % 10 == 0


def _ranges(amounts: pd.DataFrame) -> list[_Range]:
    """Return the numbers of an article and their sum: eight in Lund and three in Sala make 11."""
    ranges = [_Range(row.low, row.high) for row in amounts.itertuples()]
    distinct = list(dict.fromkeys(ranges))
    if len(distinct) > 1:
        total = _Range(sum(part.low for part in distinct), sum(part.high for part in distinct))
        distinct.append(total)
    return distinct


@cache
def _people_in_general() -> frozenset[str]:
    """Return the nouns that count people of any kind."""
    return frozenset(read_words("en/claims/people_in_general"))


def is_currency(thing: str) -> bool:
    """Return whether numbers of a thing are sums of money.

    Parameters
    ----------
    thing : str
        A name that `thing_counted` returned.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_currency("$"), is_currency("people")
    (True, False)
    """
    return CURRENCY.fullmatch(thing) is not None


def number_with_noun(row, text: str) -> str:
    """Quote an amount with the noun that it counts or, if there is none, with the adjacent verb.

    Parameters
    ----------
    row : row of amounts
        With attributes `start`, `end`, `text` and `label`.
    text : str
        The text of its article.

    Returns
    -------
    str
        The quotation in one line.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> text = "At least 120 older people left."
    >>> row = SimpleNamespace(start=0, end=12, text="At least 120", label="people")
    >>> number_with_noun(row, text)
    'At least 120 older people'
    >>> seven = SimpleNamespace(start=0, end=5, text="Seven", label="")
    >>> number_with_noun(seven, "Seven were injured in the flood.")
    'Seven were injured'
    >>> number_with_noun(seven, "Seven U.S. engineers left.")
    'Seven U.S. engineers'
    """
    if CURRENCY.search(row.text):
        return row.text
    if not row.label:
        return _number_without_noun(row, text)
    words = text[row.start : row.end + NOUN_AFTER]
    noun = words.casefold().find(row.label, row.end - row.start)
    return " ".join(words[: noun + len(row.label)].split()) if noun > 0 else row.text


def _number_without_noun(row, text: str) -> str:
    """Quote an amount with the verb or the noun phrase after it, or else the word before it."""
    _, sentence_end = sentence_around(text, row.start)
    after = text[row.end : sentence_end]
    verb = VERB_AFTER.match(after)
    if verb:
        return " ".join(f"{row.text}{verb[0]}".split())

    function_words = words_of("en/text/stopwords")
    phrase = NOUN_PHRASE_AFTER.match(after)
    if phrase and fold(phrase["noun"]) not in function_words:
        return " ".join(f"{row.text}{phrase[0]}".split())

    line = text[max(0, row.start - WORD_BEFORE) : row.start].split("\n")[-1]
    word_before = [word for word in line.split()[-1:] if fold(word) not in function_words]
    return " ".join([*word_before, row.text])


def quote_around(start: int, end: int, quotes: list) -> object | None:
    """Find the quotation that contains a span, such as a number.

    Parameters
    ----------
    start, end : int
        The offsets of the span.
    quotes : list of rows of quotes
        The quotations of the article in order of position.

    Returns
    -------
    row of quotes or None
        The innermost quotation that contains the span. None if the span is in the article's own
        words.

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
