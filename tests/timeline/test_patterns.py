"""Every word of time and every guard is needed: left out, something is read otherwise."""

import numpy as np
import pytest

import clippings as cl
from clippings.core import lexicon
from clippings.core.lexicon import read_lexicon
from clippings.timeline import patterns as timewords
from clippings.timeline import times
from helpers import articles_of, story_of

WORDS = read_lexicon("en/time/words")
CACHED = [
    *(
        getattr(timewords, name)
        for name in ("meanings", "numbers", "guard", "pieces", "_pattern", "_openers", "_heads")
    ),
    *(getattr(times, name) for name in ("_months", "_lookup", "_tenses")),
    lexicon.read_words,
]
EXAMPLES = {
    "month": "in {0} 2010",
    "month_short": "on {0}. 5",
    "weekday": "on {0}",
    "unit": "for three {1}",
    "daypart": "on Monday {1}",
    "season": "in the {1} of 2010",
    "shift": "it came {1}",
    "often": "it comes {1}",
    "ref": "it is {1}",
    "holiday": "on {0}, 2010",
    "decade": "in the late {1}",
    "ordinal": "in the {1} century",
    "side": "in the {1} two weeks",
    "mentioned": "in 1985; it came in {1} year",
    "part": "in the {1} of 2010",
    "head": "the latest {1}",
}
OTHERWISE = {  # where the frame of the kind does not fit the word
    ("unit", "seconds"): "for three seconds",
    ("unit", "century"): "in the past century",
    ("unit", "centuries"): "for two centuries",
    ("unit", "day"): "for three-day walks",
    ("unit", "quarter"): "in the past two quarters",
    ("part", "first half"): "in the first half of October",
    ("part", "second half"): "in the second half of October",
    ("head", "period"): "in the corresponding period",
    ("daypart", "midnight"): "on Monday at midnight",
    ("daypart", "noon"): "at noon",
    ("side", "ago"): "two weeks ago",
    ("side", "earlier"): "two weeks earlier",
    ("side", "later"): "two weeks later",
    ("side", "afterward"): "two weeks afterward",
    ("side", "from now"): "two weeks from now",
    ("side", "hence"): "two weeks hence",
    ("side", "recent"): "in recent weeks",
    ("mentioned", "that"): "in 1985; it came that year",
    ("mentioned", "latest"): "in 1985; the latest year",
    ("part", "early"): "in early 2010",
    ("part", "mid"): "in mid-2010",
    ("part", "late"): "in late 2010",
    ("part", "latter"): "in the latter part of 2010",
    ("ordinal", "first"): "in the first quarter",
    ("ordinal", "fourth"): "in the fourth quarter",
}


def read(text: str) -> list[tuple]:
    articles = articles_of(text)
    articles["published_from"] = articles["published_to"] = np.array(
        ["2021-03-16"], dtype="datetime64[s]"
    )
    found = cl.find_times(story_of(text), articles)
    return [
        tuple(row)
        for row in found[["text", "label", "value", "mod", "anchor", "direction"]].itertuples(
            index=False
        )
    ]


def example(row: dict) -> str:
    word, kind = row["word"], row["kind"]
    if kind == "tense":
        return f"It {word} x on {'November 20' if row['value'] == 'future' else 'August 1'}."
    title = " ".join(part[0].upper() + part[1:] for part in word.split(" "))
    return OTHERWISE.get((kind, word), EXAMPLES[kind]).format(title, word) + "."


def forget() -> None:
    for function in CACHED:
        function.cache_clear()


@pytest.mark.parametrize("row", WORDS, ids=lambda row: f"{row['kind']} {row['word']}")
def test_a_word_of_time_is_needed(row, monkeypatch):
    text = example(row)
    whole = read(text)
    kept = tuple(other for other in WORDS if other is not row)
    for module in (lexicon, timewords, times):
        real = module.read_lexicon
        monkeypatch.setattr(
            module,
            "read_lexicon",
            lambda name, real=real: kept if name == "en/time/words" else real(name),
        )
    forget()
    try:
        assert read(text) != whole
    finally:
        monkeypatch.undo()
        forget()


GUARDS = {
    "mayopen": "in May",
    "noyear": "over 1990 came",
    "counts": "1990 people came",
    "yearafter": "in March last year",
    "rate": "they pay 30 dollars a year",
    "ahead": "It will be on Friday",
    "aheadafter": "He left. On Friday, the board will meet",
    "behind": "He will not be named, he said Friday",
    "secondday": "on April 24 and 25",
    "secondyear": "in 1939-45",
    "ofmention": "in the week",
    "inunit": "earlier this year",
    "whole": "the past decade",
    "shared": "three quarters",
    "age": "12 years of age",
    "some": "in recent weeks",
    "fromnow": "two years ago",
    "unnumbered": "a few days",
}


def test_every_guard_has_its_example():
    assert set(GUARDS) == {
        row["name"] for row in read_lexicon("en/time/patterns") if row["kind"] == "guard"
    }


@pytest.mark.parametrize("name", GUARDS)
def test_a_guard_is_needed(name, monkeypatch):
    whole = read(GUARDS[name])
    parts = dict(timewords.pieces())
    monkeypatch.setattr(timewords, "pieces", lambda: parts | {name: "(?!)"})
    monkeypatch.setattr(times, "pieces", lambda: parts | {name: "(?!)"})
    timewords.guard.cache_clear()
    try:
        assert read(GUARDS[name]) != whole
    finally:
        monkeypatch.undo()
        timewords.guard.cache_clear()
