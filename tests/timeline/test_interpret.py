"""What time expressions mean: every word, and every context that decides, of the lexicon."""

import datetime

import numpy as np
import pandas as pd

import clippings as cl
from clippings.core.lexicon import read_lexicon
from clippings.timeline import interpret, patterns
from clippings.timeline.normalize import duration_value, holiday_date
from helpers import articles_of, story_of

WRITTEN = datetime.date(2021, 3, 16)

# A text for the words of each kind: {0} with capitals, {1} as in the list.
TEXT_OF_KIND = {
    "month": "in {0} 2010",
    "month_short": "on {0}. 5, 2010",
    "weekday": "on {0}",
    "weekday_short": "on {0}, 5 Oct 2010",
    "unit": "for three {1}",
    "daypart": "on Monday {1}",
    "season": "in the {1} of 2010",
    "shift": "it came {1}",
    "often": "it comes {1}",
    "ref": "it is {1}",
    "holiday": "on {0}, 2010",
    "decade": "in the late {1}",
    "ordinal": "in the {1} century",
    "direction": "in the {1} two weeks",
    "mentioned": "in 1985; it came in {1} year",
    "mod": "in the {1} of 2010",
    "head": "in the corresponding {1}",
    "tense": "It {1} x on November 20",
}

# Texts for words that do not fit into that of their kind.
TEXT_OF_WORD = {
    ("unit", "century"): "for one century",
    ("unit", "quarter"): "in the past 3 quarters",
    ("direction", "ago"): "two weeks ago",
    ("direction", "earlier"): "two weeks earlier",
    ("direction", "day before"): "he left the day before",
    ("direction", "later"): "two weeks later",
    ("direction", "afterward"): "two weeks afterward",
    ("direction", "from now"): "two weeks from now",
    ("direction", "hence"): "two weeks hence",
    ("direction", "recent"): "in recent weeks",
    ("mentioned", "that"): "in 1985; it came that year",
    ("mentioned", "latest"): "in 1985; the latest year",
    ("mod", "early"): "in early 2010",
    ("mod", "mid"): "in mid-2010",
    ("mod", "late"): "in late 2010",
    ("mod", "latter"): "in the latter part of 2010",
    ("mod", "first half"): "in the first half of October",
    ("mod", "second half"): "in the second half of October",
}

# What a text must be read as: the column, and its value from that of the list.
EXPECTED = {
    "month": ("value", lambda value: f"2010-{int(value):02d}"),
    "month_short": ("value", lambda value: f"2010-{int(value):02d}-05"),
    "weekday_short": ("value", lambda value: "2010-10-05"),
    "daypart": ("value", lambda value: f"2021-03-15T{value}"),
    "season": ("value", lambda value: f"2010-{value}"),
    "often": ("value", lambda value: value),
    "ref": ("value", lambda value: value),
    "holiday": ("value", lambda value: holiday_date(value, 2010)),
    "decade": ("value", lambda value: value),
    "ordinal": ("value", lambda value: f"{int(value) - 1:02d}"),
    "direction": ("direction", lambda value: value),
    "mentioned": ("anchor", lambda value: value),
    "mod": ("mod", lambda value: value),
    "head": ("rule", lambda value: "quarter"),
    "tense": ("direction", lambda value: value),
}


def read(texts: list[str]) -> list[pd.DataFrame]:
    """The times of texts, each an article of 16 March 2021, a Tuesday."""
    articles = articles_of(*texts)
    days = np.array([str(WRITTEN)] * len(texts), dtype="datetime64[s]")
    articles["published_from"] = articles["published_to"] = days
    times = cl.find_times(story_of(*texts), articles)
    columns = ["text", "label", "value", "mod", "anchor", "direction", "rule"]
    by_article = dict(list(times.groupby("article")[columns]))
    return [
        by_article.get(f"a{number}.txt", times[columns][:0]).reset_index(drop=True)
        for number in range(len(texts))
    ]


def text_of(row: dict) -> str:
    """A text for a row of lexicon/en/time/words."""
    word = row["word"]
    title = " ".join(part[0].upper() + part[1:] for part in word.split(" "))
    text = TEXT_OF_WORD.get((row["kind"], word), TEXT_OF_KIND[row["kind"]])
    return text.format(title, word) + "."


def expected_of(row: dict) -> tuple[str, str]:
    """The column and the value that a word gives to the last time of its text."""
    kind, value = row["kind"], row["value"]
    if kind == "unit":
        return "value", duration_value(1 if row["word"] == "century" else 3, value)
    if kind == "weekday":
        days_back = (WRITTEN.isoweekday() - int(value)) % 7
        return "value", str(WRITTEN - datetime.timedelta(days=days_back))
    if kind == "shift":
        day = str(WRITTEN + datetime.timedelta(days=int(value)))
        return "value", day + ("TNI" if "night" in row["word"] else "")
    column, value_of = EXPECTED[kind]
    return column, value_of(value)


def test_each_word_of_time_is_read_with_its_value():
    rows = read_lexicon("en/time/words")
    wrong = []
    for row, times in zip(rows, read([text_of(row) for row in rows]), strict=True):
        column, value = expected_of(row)
        if times.empty or times[column].iloc[-1] != value:
            wrong.append((row["kind"], row["word"], times.to_dict("list")))
    assert wrong == []


def test_no_word_of_tense_is_redundant(monkeypatch):
    words = read_lexicon("en/time/words")
    needless = []
    for row in words:
        if row["kind"] != "tense":
            continue
        others = tuple(other for other in words if other is not row)
        monkeypatch.setattr(patterns, "read_lexicon", lambda name, others=others: others)
        patterns.word_values.cache_clear()
        tenses = interpret._tenses.__wrapped__().finditer(text_of(row))
        if row["value"] in [match.lastgroup for match in tenses]:
            needless.append(row["word"])
    monkeypatch.undo()
    patterns.word_values.cache_clear()
    assert needless == []


def test_each_context_is_needed(monkeypatch):
    contexts = read_lexicon("en/time/contexts")
    texts = [row["example"] + "." for row in contexts]
    needless = []
    for row, text, times in zip(contexts, texts, read(texts), strict=True):
        others = tuple(other for other in contexts if other is not row)
        monkeypatch.setattr(
            patterns,
            "read_lexicon",
            lambda name, others=others: others if name.endswith("contexts") else read_lexicon(name),
        )
        patterns.context.cache_clear()
        if read([text])[0].equals(times):
            needless.append((row["name"], row["where"], text))
    monkeypatch.undo()
    patterns.context.cache_clear()
    assert needless == []


def test_each_qualifier_gives_its_mod():
    """A regression: "in excess of" was not read, because no expression could open with "in"."""
    rows = [
        row
        for row in read_lexicon("en/numbers/qualifiers")
        if row["word"] not in patterns.NOT_BEFORE_TIMES
    ]
    wrong = []
    texts = [f"It lasted {row['word']} 30 days." for row in rows]
    for row, times in zip(rows, read(texts), strict=True):
        mod = interpret.MOD_OF_QUALIFIER.get(row["meaning"], "APPROX")
        if times[["value", "mod"]].to_numpy().tolist() != [["P30D", mod]]:
            wrong.append((row["word"], times.to_dict("list")))
    assert wrong == []
