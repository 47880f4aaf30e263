"""Amounts: intervals, what they count, and the event that they go with."""

import time

import pandas as pd
import pytest
from event_texts import events_of

import clippings as cl
from clippings.core.lexicon import read_lexicon, read_words
from clippings.core.tables import make_table
from clippings.timeline import amounts as amounts_module
from helpers import articles_of, story_of

INF = float("inf")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("At least two men were killed", [("men", 2, INF)]),
        ("over 200 fighters left", [("fighters", 201, INF)]),
        ("exceeded the 200 foreign fighters", [("fighters", 201, INF)]),
        ("dozens of militants", [("militants", 24, 99)]),
        ("more than one-third of Rome", [("", 0.3333333333333333, INF)]),
        ("killed 58 people", [("people", 58, 58)]),
        ("executes 58", [("", 58, 58)]),
        ("five leaders and two hundred and fifty men", [("leaders", 5, 5), ("men", 250, 250)]),
        ("between 20 and 30 men, two to three cars", [("men", 20, 30), ("cars", 2, 3)]),
        ("two dozen men, several hundred cars", [("men", 24, 24), ("cars", 300, 900)]),
        (
            "half a million people, 12 or more men, 200-plus cars",
            [("people", 5e5, 5e5), ("men", 12, INF), ("cars", 200, INF)],
        ),
        (
            "15 percent of the men, two thirds of the cars",
            [("men", 0.15, 0.15), ("cars", 2 / 3, 2 / 3)],
        ),
        (
            "a handful of men, hundreds of cars, almost half the men",
            [("men", 3, 9), ("cars", 200, 999), ("men", 0.45, 0.5)],
        ),
        (
            "at least a dozen men, nearly 100 cars, not more than 5 men",
            [("men", 12, INF), ("cars", 90, 100), ("men", 0, 5)],
        ),
        (
            "Brigade 17, a MiG-29, an M16, Route 66, call +1 202 555 0143, Ann, 34, won 3 to 1 and 2-0",
            [],
        ),
        (
            "about 40 houses, up to 30 cars, fewer than 20 shops",
            [("houses", 36, 44), ("cars", 0, 30), ("shops", 0, 19)],
        ),
        ("1,500 people and 2.5 million tons", [("people", 1500, 1500), ("tons", 2500000, 2500000)]),
        (
            "on October 4, in June 2014, for two months, at four, No. 10, 1500 / 1500, an 18-year-old, one of them",
            [],
        ),
    ],
)
def test_intervals_of_amounts(text, found):
    amounts = cl.find_amounts(story_of(text), make_table("events"))
    assert [(row.label, row.low, row.high) for row in amounts.itertuples()] == found


def test_the_amounts_of_the_seeds(seeds):
    once = cl.drop_duplicates(seeds[2]["amounts"])
    assert [(row.article[:3], row.label, row.low, row.high) for row in once.itertuples()] == [
        ("000", "militants", 2, INF),
        ("000", "others", 7, 7),
        ("000", "fighters", 21, INF),
        ("001", "jihadis", 201, INF),
        ("001", "militants", 24, 99),
        ("001", "fighters", 201, INF),
        ("001", "areas", 3, 9),
        ("001", "escorts", 2, 2),
        ("001", "", 3, INF),
        ("001", "militants", 41, INF),
        ("001", "militants", 40, 40),
        ("002", "", 1 / 3, INF),
        ("002", "militants", 1001, INF),
        ("002", "villages", 229, INF),
        ("002", "opponents", 3, 9),
        ("003", "terrorists", 300, INF),
        ("003", "instigators", 24, 99),
        ("003", "leaders", 5, 5),
        ("004", "", 58, 58),
        ("004", "people", 58, 58),
        ("004", "houses", 3, 3),
    ]


@pytest.mark.parametrize(
    ("text", "low", "high", "qualifier"),
    [
        ("40 or so men", 36, 44, "about"),
        ("forty or so men", 36, 44, "about"),
        ("a dozen or so men", 10.8, 13.2, "about"),
        ("some 40 or so men", 36, 44, "about"),
        ("40 or more men", 40, INF, "at_least"),
        ("40-plus men", 40, INF, "at_least"),
        ("40+ men", 40, INF, "at_least"),
        ("dozens or more men", 24, INF, "at_least"),
    ],
)
def test_words_after_a_number_can_qualify_it(text, low, high, qualifier):
    """A regression: "or so" was read as "or more"."""
    amounts = cl.find_amounts(story_of(text), make_table("events"))
    assert amounts[["low", "high", "qualifier"]].to_numpy().tolist() == [[low, high, qualifier]]


def test_each_qualifier_is_read():
    """A number without a qualifier has both ends; each qualifier moves at least one of them."""
    unread = []
    for word in read_words("en/numbers/qualifiers"):
        amounts = cl.find_amounts(story_of(f"{word} 40 men"), make_table("events"))
        if (amounts.low[0], amounts.high[0]) == (40, 40):
            unread.append(word)
    assert unread == []


def test_skipping_words_that_cannot_open_an_amount_loses_none(seeds, flood):
    """The same matches as of the patterns tried at every character."""
    qualifiers = ["", "between", *read_words("en/numbers/qualifiers")]
    currencies = read_lexicon("en/numbers/currencies")
    numbers = ["40", "the 40", "1,500", "2.5m", "½", "1 1/2", "2/3 of"]
    numbers += ["three fifths", "a tenth of", "one in five"]
    numbers += read_words("en/numbers/number_words")
    numbers += [f"{row['sign']}450m" for row in currencies]
    texts = [articles.text.str.cat(sep="\n") for articles, *_ in (seeds, flood)]
    for qualifier in qualifiers:
        texts.append(" ".join(f"It took {qualifier} {number}." for number in numbers))

    wrong = []
    for text in texts:
        openings = amounts_module._openings(text)
        for pattern in (amounts_module._amount_pattern(), amounts_module._share_pattern()):
            matches = amounts_module._matches_at(pattern, text, openings)
            everywhere = [match.span() for match in pattern.finditer(text)]
            if [match.span() for match in matches] != everywhere:
                wrong.append(text)
    assert wrong == []


@pytest.mark.parametrize("words", ["two and ", "arrest by ", "between 20 and ", "not "])
def test_a_sentence_without_an_end_takes_time_in_proportion_to_its_length(words):
    def seconds(times: int) -> float:
        begin = time.process_time()
        cl.find_amounts(story_of(words * times), events_of(words * times))
        return time.process_time() - begin

    seconds(10)
    assert seconds(4000) < 12 * max(seconds(1000), 0.1)


def test_each_word_that_opens_a_clause_keeps_an_amount_with_its_own_event():
    wrong = []
    for word in read_words("en/numbers/syntax", kind="clause border"):
        text = f"A dam broke {word} 40 of the old walls there gave way."
        amounts = cl.find_amounts(story_of(text), events_of(text))
        if text[amounts.event_start[0] :] != "gave way.":
            wrong.append(word)
    assert wrong == []


def test_each_noun_without_the_s_of_the_plural_is_counted():
    words = read_words("en/numbers/syntax", kind="plural without s")
    story = story_of(*(f"The flood hit 58 {word} there." for word in words))
    amounts = cl.find_amounts(story, make_table("events"))
    assert sorted(amounts.label) == sorted(words)


def test_each_word_that_may_stand_before_what_is_counted_is_passed_over():
    words = read_words("en/numbers/syntax", kind="between number and noun")
    story = story_of(*(f"The flood hit 58 old {word} walls there." for word in words))
    amounts = cl.find_amounts(story, make_table("events"))
    assert amounts.label.to_list() == ["walls"] * len(words)


EVENTS_OF_NUMBERS = {
    "At least 12 people were killed and 20 wounded in the attack.": {
        "At least 12": "killed",
        "20": "wounded",
    },
    "Officials said 40 were dead and 55 wounded, 15 critically.": {
        "40": "dead",
        "55": "wounded",
        "15": "wounded",
    },
    "The raid left 30 dead, 55 injured.": {"30": "dead", "55": "injured"},
    "There were no casualties at the camp, less than 25 km (15 miles) from the border.": {
        "less than 25": None,
        "15": None,
    },
    "Violence broke out 10 miles north of the town.": {"10": None},
    "Bombings were reported 15 kilometers away.": {"15": None},
    "Rebels attacked the town, 30 km from the capital, killing nine people.": {
        "30": None,
        "nine": "killing",
    },
    "He was killed with 500 dollars in his pocket.": {"500": None},
    "Police shot him from 20 feet and arrested five people.": {"20": None, "five": "arrested"},
    "The army killed three men and seized 40 tons of rice.": {"three": "killed", "40": "seized"},
}


def test_a_number_belongs_to_the_event_whose_persons_or_things_it_counts():
    wrong = {}
    for text, expected in EVENTS_OF_NUMBERS.items():
        tables = cl.find_all(articles_of(text), cl.read_codebook("no such folder"))
        events = {
            row.text: None
            if pd.isna(row.event_start)
            else text[int(row.event_start) : int(row.event_end)]
            for row in tables["amounts"].itertuples()
        }
        if events != expected:
            wrong[text] = events
    assert wrong == {}


def test_a_unit_of_measurement_is_what_a_number_counts():
    found = cl.find_amounts(
        story_of("The bomb weighed 20 kg and killed five people."), make_table("events")
    )
    assert found.label.to_list() == ["kg", "people"]


def test_ages_numbers_of_children_and_times_of_day_are_not_counted():
    texts = [
        "Arcade Reed Jr., 49, escaped from the van.",
        "Arcade Reed Sr., 49, escaped from the van.",
        "Arcade Reed, 49, escaped from the van.",
        "Arcade Reed III, 49, escaped from the van.",
        "A mother of 12 was killed in Ostrand.",
        "The father of 3 was killed in Ostrand.",
        "Mom of 12 killed in Ostrand",
        "The grandmother of 14 was hurt.",
        "Formal sentencing is set for 11 a.m. on Nov. 8.",
        "The trial goes on at 9 a. m. on Monday, and at 2pm on Tuesday.",
    ]
    events = make_table("events")
    assert [text for text in texts if len(cl.find_amounts(story_of(text), events))] == []
    counted = "The mother of the twins and 12 neighbours were killed."
    assert len(cl.find_amounts(story_of(counted), events)) == 1
