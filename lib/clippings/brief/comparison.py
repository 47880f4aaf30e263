"""Accounts of one event side by side: aims, days, parties and numbers, in the words of the articles."""

import re
from functools import cache

import pandas as pd

from clippings.core.lexicon import either, read_words
from clippings.core.sentences import sentence_spans
from clippings.core.spans import enclosing
from clippings.core.tables import by_article
from clippings.core.tokens import fold
from clippings.core.wording import listed, name_of
from clippings.repeats.copies import is_counted

MOST_AMOUNTS = 12  # numbers quoted side by side for one claim
ROUNDED = 1.05  # numbers that are less than a twentieth apart may be one number, rounded
REACH = 120  # characters behind a mention in which its aim is looked for
AIM = re.compile(r"\b(?:in order |so as )?to\s+([a-z]+)\s[^,.;:“”\"\n]+")


def compare_accounts(
    claim: pd.DataFrame, tables: dict[str, pd.DataFrame]
) -> list[tuple[str, list[int]]]:
    """What the articles that tell one claim put differently, quoted and not judged.

    In: rows of claims with one label; tables of find_all. Out: pairs of a sentence and the rows of claims that it rests
    on: aim, time, whether it lies ahead, and who is named beside it, each only where two articles differ.
    Raises: KeyError when a table is missing. Misses: what stands in another sentence than the mention.
    Source: own rules.
    Example:
        >>> from clippings.core.tables import make_table
        >>> tables = {name: make_table(name) for name in ("articles", "claims", "events", "passages")}
        >>> compare_accounts(tables["claims"], tables)
        []
    """
    texts = dict(zip(tables["articles"].article, tables["articles"].text, strict=True))
    passages = {
        article: [(p.start, p.end) for p in rows]
        for article, rows in by_article(tables["passages"]).items()
    }
    events = {(row.article, row.start, row.end): row for row in tables["events"].itertuples()}
    said: dict[str, dict[str, dict[str, list[int]]]] = {
        "aim": {},
        "time": {},
        "party": {},
        "ahead": {},
    }
    for row in claim.itertuples():
        event, text = events[row.article, row.start, row.end], texts[row.article]
        timed = (
            [] if pd.isna(event.time_start) else [text[int(event.time_start) : int(event.time_end)]]
        )
        aim = _aim(text, row, enclosing(passages.get(row.article, []), row.start))
        parties = [name for name in (event.agent, event.target) if name]
        ahead = "ahead" if event.modality == "planned" else "past"
        for what, words in (("aim", aim), ("time", timed), ("party", parties), ("ahead", [ahead])):
            for word in words:
                said[what].setdefault(row.article, {}).setdefault(
                    " ".join(word.split()), []
                ).append(row.Index)
    return [
        pair for what, told in said.items() for pair in _difference(what, told, tables["articles"])
    ]


def _aim(text: str, row, passage: tuple[int, int] | None) -> list[str]:
    """The first "to …" behind a mention in its sentence that can be a verb with its object."""
    first, last = passage or (row.start, row.end)
    sentence = enclosing(sentence_spans(text[first:last], first), row.start) or (first, last)
    for match in AIM.finditer(text, row.start, sentence[1]):
        if match.start() - row.end <= REACH and match[1] not in read_words(
            "en/speech/syntax", kind="determiner"
        ):
            return [match[0].strip()]
    return []


def _difference(what: str, told: dict[str, dict[str, list[int]]], articles: pd.DataFrame) -> list:
    """One sentence where the articles do not say the same; of aims and times the first of each article."""
    if what == "ahead":  # an article tells it as past when any of its mentions does
        told = {
            article: {"past": words["past"]} if "past" in words else words
            for article, words in told.items()
        }
    if what in ("aim", "time"):
        told = {article: dict(list(words.items())[:1]) for article, words in told.items()}
    if len({tuple(sorted(map(fold, words))) for words in told.values()}) < 2:
        return []
    rows = [row for words in told.values() for own in words.values() for row in own]
    names = _short_names(articles[articles.article.isin(told)])
    if what == "ahead":
        sides = [
            listed([names[a] for a, words in told.items() if side in words])
            for side in ("ahead", "past")
        ]
        return [("It lies ahead in {} and has happened in {}.".format(*sides), rows)]
    marks = "“{}”" if what != "party" else "{}"
    parts = [
        f"{listed([marks.format(word) for word in words])} ({names[a]})"
        for a, words in told.items()
    ]
    lead = {
        "aim": "They differ on its aim",
        "time": "They date it in other words",
        "party": "Named beside it",
    }[what]
    return [(f"{lead}: {'; '.join(parts)}.", rows)]


def _short_names(articles: pd.DataFrame) -> dict[str, str]:
    """Articles by their outlets, where that tells them apart, else by the first words of their titles."""
    outlets = articles.outlet.value_counts()
    found = {}
    for row in articles.itertuples():
        words = row.title.split()
        title = f"“{' '.join(words[:4])}{'…' if len(words) > 4 else ''}”" if words else row.article
        found[row.article] = row.outlet if row.outlet and outlets[row.outlet] == 1 else title
    return found


def say_numbers(amounts: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> str:
    """Every stated number of one claim with who says so, and whether all can be right.

    In: rows of amounts, one claim's; tables of find_all. Out: text. Raises: KeyError when a table is missing.
    Misses: numbers beyond 12. Source: own rules.
    Example:
        >>> from clippings.core.tables import make_table
        >>> say_numbers(make_table("amounts"), {})
        '.'
    """
    articles = tables.get("articles")
    rows = amounts.head(MOST_AMOUNTS).itertuples()
    said = [
        f"“{_phrase(row, articles)}” ({_voice(row, tables['quotes'], articles)})" for row in rows
    ]
    said += [f"and {len(amounts) - MOST_AMOUNTS:,} more"] if len(amounts) > MOST_AMOUNTS else []
    told = agreement(amounts, articles).items()
    judged = [
        f" The numbers of {thing} {'can' if fit else 'cannot'} all be right." for thing, fit in told
    ]
    return f"{'; '.join(dict.fromkeys(said))}.{''.join(judged)}"


def agreement(amounts: pd.DataFrame, articles: pd.DataFrame | None) -> dict[str, bool]:
    """Whether the numbers of one thing leave a number on which all agree; people are one thing under any name.
    Who rounds does not disagree: "over 40" and "40" can both be right.

    In: rows of amounts, one claim's; articles. Out: dict thing → bool, of things with two numbers or more.
    Raises: nothing. Misses: a number that is a part of another, unless "including" or the like stands before it.
    Source: lexicon/en/numbers/people.csv.
    Example:
        >>> from clippings.core.tables import make_table
        >>> both = [{"label": "men", "low": 24, "high": 99}, {"label": "people", "low": 58, "high": 58}]
        >>> agreement(make_table("amounts", [row | {"article": "a", "start": 0, "end": 0} for row in both]), None)
        {'people': True}
    """
    texts = {} if articles is None else dict(zip(articles.article, articles.text, strict=True))
    pattern = re.compile(
        rf"\b{either(read_words('en/numbers/syntax', kind='part of an earlier number'))}\W*$", re.I
    )
    before = [
        texts.get(row.article, "")[max(0, row.start - 25) : row.start]
        for row in amounts.itertuples()
    ]
    part = [bool(pattern.search(words)) for words in before]
    whole = amounts[~pd.Series(part, index=amounts.index, dtype="bool")]
    people = any(label in _people() for label in whole.label)
    things = [
        "people" if label in _people() or (people and not label) else label for label in whole.label
    ]
    return {
        thing or "things not named": bool(group.low.max() <= group.high.min() * ROUNDED)
        for thing, group in whole.groupby(pd.Series(things, index=whole.index, dtype="str"))
        if len(group) > 1
    }


@cache
def _people() -> frozenset[str]:
    return frozenset(read_words("en/numbers/people"))


def told_numbers(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The amounts that count and belong to an event of a claim.

    In: tables of find_all. Out: rows of amounts with their numbers, + claim. Raises: KeyError when a table is missing.
    Misses: an amount far from its event. Source: none.
    Example:
        >>> from clippings.core.tables import make_table
        >>> told_numbers({name: make_table(name) for name in ("claims", "amounts")}).empty
        True
    """
    claims, amounts = tables["claims"], tables["amounts"]
    claim_of = {
        (row.article, row.start): row.label
        for row in claims[claims.status != "rejected"].itertuples()
    }
    told = amounts[is_counted(amounts)]
    told = told[told.event_start.notna()]
    claim = [claim_of.get((row.article, int(row.event_start)), "") for row in told.itertuples()]
    told = told.assign(claim=pd.Series(claim, index=told.index, dtype="str"))
    return told[told.claim != ""]


def _phrase(row, articles: pd.DataFrame) -> str:
    """The amount with the words up to what it counts, as the article has them; without a thing, the word before it."""
    text = articles.loc[articles.article == row.article, "text"].iloc[0]
    if not row.label:
        return " ".join(
            [
                *re.findall(r"\S+", text[max(0, row.start - 40) : row.start].split("\n")[-1])[-1:],
                row.text,
            ]
        )
    behind = text[row.start : row.end + 80]
    counted = behind.casefold().find(row.label, row.end - row.start)
    return " ".join(behind[: counted + len(row.label)].split()) if counted > 0 else row.text


def _voice(row, quotes: pd.DataFrame, articles: pd.DataFrame) -> str:
    around = quotes[
        (quotes.article == row.article) & (quotes.start <= row.start) & (quotes.end >= row.end)
    ]
    outlet = articles.loc[articles.article == row.article, "outlet"].iloc[0] or name_of(
        articles, row.article
    )
    if around.empty:
        return f"{outlet} in its own words"
    quote = around.iloc[-1]
    if quote.label:
        return f"{quote.label}, {outlet}" if quote.label != outlet else outlet
    return f"{quote.source_type or 'speaker'} without a name, {outlet}"
