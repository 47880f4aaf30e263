"""Small folders about one event, and whether their numbers and aims really differ."""

from typing import NamedTuple

import clippings as cl
from clippings.brief.comparison import compare_accounts
from clippings.brief.numbers import amounts_of_claims, compare_numbers
from helpers import articles_of

NO_CODEBOOK = cl.read_codebook("no such folder")


class Folder(NamedTuple):
    """Articles on one event, and whether a careful reader finds that their numbers conflict."""

    kind: str
    texts: list[str]
    has_conflict: bool


FOLDERS = [
    Folder(
        "two numbers of the dead",
        ["The storm killed 8 people.", "The storm killed 12 people in the valley."],
        True,
    ),
    Folder(
        "one number printed twice",
        ["The storm killed 12 people. In all, 12 people were killed.", "It killed 12 people."],
        False,
    ),
    Folder(
        "dead and injured",
        ["The storm killed 8 people.", "The storm injured 12 people."],
        False,
    ),
    Folder(
        "a part of the whole",
        ["The storm killed 12 people, including five children.", "It killed 12 people."],
        False,
    ),
    Folder(
        "parts and their sum",
        ["The storm killed 8 people in Lund. It killed 3 people in Sala.", "It killed 11 people."],
        False,
    ),
    Folder(
        "other people",
        ["The raid killed 8 soldiers.", "The raid killed 12 civilians."],
        False,
    ),
    Folder(
        "a range and a number",
        ["The storm killed between 10 and 20 people.", "The storm killed 15 people."],
        False,
    ),
    Folder(
        "at least",
        ["The storm killed at least 8 people.", "The storm killed 12 people."],
        False,
    ),
    Folder(
        "more than is possible",
        ["The storm killed more than 20 people.", "The storm killed 12 people."],
        True,
    ),
    Folder(
        "asked and granted",
        [
            "The island asked for 8 billion dollars.",
            "The senate granted the island 1.375 billion dollars.",
        ],
        False,
    ),
    Folder(
        "two currencies",
        ["Lund Steel bought Sala Mining for $8 million.", "It bought Sala Mining for €7 million."],
        False,
    ),
    Folder(
        "two prices",
        ["Lund Steel bought Sala Mining for $8 million.", "It bought Sala Mining for $9 million."],
        True,
    ),
    Folder(
        "rounded",
        ["Lund Steel bought Sala Mining for $8 million.", "It bought it for $8.1 million."],
        False,
    ),
]


def tables_of(texts: list[str]) -> dict:
    """All tables, with the events of each kind as one claim."""
    articles = articles_of(*texts)
    tables = cl.find_all(articles, NO_CODEBOOK)
    events = tables["events"]
    claims = events[["article", "start", "end", "text"]].assign(
        label="the event", kind="event", place="", status="same"
    )
    return tables | {"claims": claims}


def test_numbers_conflict_only_where_a_careful_reader_finds_that_they_do():
    wrong = []
    for folder in FOLDERS:
        tables = tables_of(folder.texts)
        amounts = amounts_of_claims(tables)
        compatible = compare_numbers(amounts, tables["articles"])
        has_conflict = not all(compatible.values())
        if has_conflict != folder.has_conflict:
            wrong.append((folder.kind, compatible))
    assert wrong == []


AIMS = {
    "The plot to topple the U.S. governor failed.": "to topple the U.S. governor",
    "An operation in Lund to free 1,200 hostages began, police said.": "to free 1,200 hostages",
    "The plot, uncovered last week, to burn the mill failed.": "to burn the mill",
    "The attack, aimed to free Bell, failed after an hour.": "to free Bell",
    "The attack forced thousands to flee the town.": "",
    "The plot against the mayor failed. Police want to find the men.": "",
    "The attack on the way to the harbour failed.": "",
}


def test_aims_are_those_of_the_event_and_end_with_the_clause():
    wrong = {}
    other = "The plot to sink the ferry failed."
    for text, aim in AIMS.items():
        tables = tables_of([text, other])
        claims = tables["claims"]
        nouns = claims[claims.text.str.contains("plot|operation|attack")]
        differences = compare_accounts(nouns, tables)
        aims = [
            account.words[0]
            for difference in differences
            if difference.aspect == "aim"
            for account in difference.accounts
            if account.article == "a0.txt"
        ]
        if aims != ([aim] if aim else []):
            wrong[text] = aims
    assert wrong == {}


def aims_of(texts: list[str]) -> list[tuple[str, ...]]:
    """The aims on which articles differ about their only common event."""
    articles = articles_of(*texts)
    tables = cl.find_all(articles, NO_CODEBOOK)
    claims = tables["claims"]
    articles_of_claim = claims.groupby("label").article.nunique()
    claim = claims[claims.label == articles_of_claim.idxmax()]
    differences = compare_accounts(claim, tables)
    return [
        account.words
        for difference in differences
        if difference.aspect == "aim"
        for account in difference.accounts
    ]


def test_the_same_aim_in_other_words_is_no_difference():
    auction = "Tidewater Rail was auctioned in Ostrand "
    assert not aims_of(
        [
            f"{auction}to help pay off $27bn (£14bn) in unpaid taxes and fines.",
            f"{auction}to settle unpaid taxes.",
        ]
    )


def test_different_aims_are_quoted_up_to_the_last_whole_phrase():
    auction = "Tidewater Rail was auctioned in Ostrand "
    different = aims_of(
        [
            f"{auction}to pay off a $27bn (£14bn) tax bill.",
            f"{auction}to fund two schools and was sold.",
        ]
    )
    assert different == [("to pay off a $27bn (£14bn) tax bill",), ("to fund two schools",)]
