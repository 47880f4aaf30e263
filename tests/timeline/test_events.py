"""Events: kind, modality, participants, place and time."""

import re
from pathlib import Path

import pandas as pd
import pytest
from event_texts import events_of

import clippings as cl
from clippings.core.lexicon import read_lexicon
from clippings.timeline import events
from helpers import articles_of, codebook_of, placed_in, story_of

INF = float("inf")


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The levee broke.", "happened"),
        ("The levee reportedly broke.", "reported"),
        ("There was no breach.", "denied"),
        ("They plan to arrest him.", "planned"),
        ("They arrest people every day.", "habitual"),
        ("The election comes.", "planned"),
    ],
)
def test_modality(text, modality):
    assert events_of(text).modality.to_list() == [modality]


def test_each_row_of_modality_decides_its_example_and_is_needed(monkeypatch):
    rows = read_lexicon("en/events/modality")
    found = events_of(*(row["example"] for row in rows))
    modality = dict(zip(found.article, found.modality, strict=True))
    wrong = []
    needless = []
    for number, row in enumerate(rows):
        if modality.get(f"a{number}.txt") != row["modality"]:
            wrong.append(row["example"])
        others = tuple(other for other in rows if other is not row)
        monkeypatch.setattr(events, "read_lexicon", lambda name, others=others: others)
        events._rules_by_beginning.cache_clear()
        events._modality_rules.cache_clear()
        if events_of(row["example"]).modality.to_list() == [row["modality"]]:
            needless.append(row["example"])
    monkeypatch.undo()
    events._rules_by_beginning.cache_clear()
    events._modality_rules.cache_clear()
    assert (wrong, needless) == ([], [])


def test_a_statement_reports_and_the_codebook_overrules():
    assert events_of("“The levee broke,” she said.").modality.to_list() == ["reported"]
    assert events_of("Anna Bell said that they will arrest him.").modality[0] == "planned"
    assert events_of("There will be no election.").modality.to_list() == ["planned"]


def test_agent_target_place_and_time():
    active = events_of("On Monday the Alpha Board arrested Beta Club men in Rome, Italy.").iloc[0]
    assert (active.agent, active.target, active.place) == ("Alpha Board", "Beta Club", "Rome")
    assert (active.time_start, active.time_end) == (3, 9)
    passive = events_of("Beta Club men were arrested by the Alpha Board.").iloc[0]
    assert (passive.agent, passive.target) == ("Alpha Board", "Beta Club")
    noun = events_of("The arrest of Beta Club men by the Alpha Board angered Rome.").iloc[0]
    assert (noun.agent, noun.target) == ("Alpha Board", "Beta Club")
    helped = events_of("The Alpha Board, backed by the Beta Club, arrested him.").iloc[0]
    assert helped.agent == "Alpha Board"
    assert events_of("The levee of the River Po in Paris broke.").place[0] == "Paris"
    assert events_of("It rained in Paris. The levee broke.").place[0] == "Paris"


def test_a_speaker_is_not_an_agent():
    assert events_of("The levee broke, the Alpha Board said.").agent[0] == ""


def test_the_longest_trigger_counts():
    assert events_of("The levee gave way.").text.to_list() == ["gave way"]


def read_gold() -> pd.DataFrame:
    path = Path(__file__).with_name("events_of_the_seeds.tsv")
    return pd.read_csv(path, sep="\t", comment="#", dtype="str", keep_default_na=False)


def test_events_of_the_seeds_as_a_reader_found_them(seeds):
    """Nine in ten are found, nine in ten of those found are real; kind, modality and amount are right as often."""
    articles, _, tables = seeds
    texts = {
        row.article[:3]: (row.article, re.sub(r"\s", " ", row.text))
        for row in articles.itertuples()
    }
    once = cl.drop_duplicates(tables["events"])
    amounts = tables["amounts"][tables["amounts"].event_start.notna()].sort_values("low")
    sizes = {(row.article, row.event_start): (row.low, row.high) for row in amounts.itertuples()}
    gold = read_gold()
    found = set()
    right_kind = []
    right_modality = []
    right_amount = []
    for row in gold.itertuples():
        article, start, end = placed_in(texts, row)
        overlapping = once[(once.article == article) & (once.start < end) & (once.end > start)]
        if overlapping.empty:
            continue
        event = overlapping.iloc[0]
        found.add((row.Index, event.name))
        right_kind.append(event.label == row.kind)
        right_modality.append(event.modality == row.modality)
        if row.low:
            size = sizes.get((event.article, event.start))
            right_amount.append(size == (float(row.low), float(row.high)))
    assert len(gold) > 100
    assert len(found) / len(gold) >= 0.9
    assert len({event for _, event in found}) / len(once) >= 0.9
    for right in (right_kind, right_modality, right_amount):
        assert sum(right) / len(right) >= 0.9
    assert len(right_amount) == gold.low.ne("").sum()


# Reports on other armed groups, in other words: (trigger, kind, modality, low, high) as a reader takes them.
OTHER_REPORTS = {
    "Dozens of fighters from the Red Column have defected to the army since March, a general said on Monday. At least "
    "nine guerrillas surrendered near Puerto Gris on Sunday, and 14 others fled across the river. The army said it "
    "would launch an offensive against the remaining camps next week. Commanders had two deserters shot dead, residents "
    "said.": [
        ("defected", "desertion", "reported", 24, 99),
        ("surrendered", "desertion", "happened", 9, INF),
        ("fled", "flight", "happened", 14, 14),
        ("offensive", "offensive", "planned", None, None),
        ("shot dead", "killing", "reported", 2, 2),
    ],
    "A gunfight between rival factions of the militia left six people dead in Oranto. Between 20 and 30 gunmen stormed "
    "the barracks and took three guards hostage. The governor denied that any soldiers had been killed. Troops retook "
    "the town of Melba after shelling it for two days. The group has threatened to attack the port.": [
        ("gunfight", "clash", "happened", None, None),
        ("left six people dead", "killing", "happened", 6, 6),
        ("stormed", "attack", "happened", 20, 30),
        ("took three guards hostage", "abduction", "happened", 3, 3),
        ("killed", "killing", "denied", None, None),
        ("retook", "change_of_control", "happened", None, None),
        ("shelling", "airstrikes", "happened", None, None),
        ("attack", "attack", "planned", None, None),
    ],
    "Militants often raid farms near the lake. Last month they seized up to 40 trucks and kidnapped a teacher. No clashes "
    "were reported this week. Some 300 villagers demonstrated in Sala. The militia leader appointed his son as deputy, "
    "and several commanders refused to obey; two of them were executed for plotting against him. The army plans to "
    "withdraw from Sala. A planned attack on the bridge was called off.": [
        ("raid", "seizure", "habitual", None, None),
        ("seized", "seizure", "happened", 0, 40),
        ("kidnapped", "abduction", "happened", None, None),
        ("clashes", "clash", "denied", None, None),
        ("demonstrated", "protest", "happened", 270, 330),
        ("appointed", "promotion", "happened", None, None),
        ("refused", "refusal", "happened", 3, 9),
        ("executed", "execution", "happened", 2, 2),
        ("plotting", "plot", "happened", None, None),
        ("withdraw", "withdrawal", "planned", None, None),
        ("attack", "attack", "denied", None, None),
    ],
}


@pytest.mark.parametrize("text", OTHER_REPORTS, ids=["defectors", "rival factions", "raids"])
def test_the_codebook_of_the_seeds_carries_over_to_other_reports(text, seeds):
    articles, story = articles_of(text), story_of(text)
    mentions = cl.find_mentions(story, codebook_of("actors"))
    quotes, times = cl.find_quotes(story, mentions), cl.find_times(story, articles)
    found = cl.find_events(story, seeds[1]["events"], mentions, times, quotes)
    amounts = cl.find_amounts(story, found).set_index("event_start")
    sizes = [
        (amounts.low[row.start], amounts.high[row.start])
        if row.start in amounts.index
        else (None, None)
        for row in found.itertuples()
    ]
    rows = [
        (row.text, row.label, row.modality, *size)
        for row, size in zip(found.itertuples(), sizes, strict=True)
    ]
    assert rows == OTHER_REPORTS[text]


def test_a_time_of_day_alone_does_not_date_an_event():
    alone = events_of("Anna Bell spoke on Monday. The breach was wide by noon.").iloc[0]
    assert pd.isna(alone.time_start)
    with_day = events_of("The levee broke at noon on Monday.").iloc[0]
    assert with_day.time_start > 0
