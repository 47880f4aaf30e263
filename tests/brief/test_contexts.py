"""What the words around a mention say about its event, and what follows for claims."""

import pandas as pd
import pytest

import clippings as cl
from clippings.brief.contexts import Context, read_context, singular_of, victim_of
from clippings.timeline.default_events import find_event_words
from helpers import articles_of

NO_CODEBOOK = cl.read_codebook("no such folder")


def context_of(marked: str) -> Context:
    """The context of the event whose first letters follow an asterisk."""
    start = marked.index("*")
    text = marked.replace("*", "")
    words = {word.start: word for word in find_event_words(text, [])}
    word = words[start]
    return read_context(text, word.start, word.end, word.kind, word.family)


def claims_of(*texts: str) -> pd.DataFrame:
    tables = cl.find_all(articles_of(*texts), NO_CODEBOOK)
    return tables["claims"]


OTHER_EVENTS = [
    "Tolmerian forces *attacked another school.",
    "Another school was *attacked on Monday.",
    "Another climber, 36-year-old Ann Bell, has *died.",
    "They *killed two other men.",
    "A second, deadlier *attack followed.",
    "He was hurt in a separate *shooting.",
    "It recalled an earlier *bombing.",
    "The previous *explosion hurt nobody.",
    "The other car *bombing hurt nobody.",
    "A new *attack is feared.",
    "Three other *attacks were reported.",
]
SAME_EVENTS = [
    "Tolmerian forces *attacked a school.",
    "The deadly car *bombing hurt nobody.",
    "The second school was near the *attack.",
    "He *attacked a new school.",
    "Another witness said that the school was *attacked.",
]


def test_another_event_is_recognised():
    missed = [text for text in OTHER_EVENTS if not context_of(text).is_another]
    wrong = [text for text in SAME_EVENTS if context_of(text).is_another]
    assert (missed, wrong) == ([], [])


CHARGES = [
    "Lund was charged with *murder.",
    "Lund was charged on Monday with second-degree *murder.",
    "Police charged two men with attempted *murder.",
    "Lund faces a charge of *murder.",
    "A jury convicted Lund of *murder.",
    "He was found guilty of two counts of *murder.",
    "He pleaded guilty to *murder.",
    "He is suspected of *killing a doctor.",
    "The *murder trial began.",
    "He denied the *murder charge.",
    "Lund was acquitted of *killing his brother.",
    "He was held on suspicion of *murder.",
]
NO_CHARGES = [
    "The *murder shocked the town.",
    "Lund was charged with the *murder of a doctor.",
    "He was arrested for the *murder.",
    "The suspect in a string of *killings was caught.",
    "After the trial, the *killing went on.",
]


def test_a_charge_is_not_an_event():
    missed = [text for text in CHARGES if not context_of(text).is_charge]
    wrong = [text for text in NO_CHARGES if context_of(text).is_charge]
    assert (missed, wrong) == ([], [])


THINGS = {
    "The company will *cut 31,500 jobs by May.": {"job"},
    "Job *cuts are planned.": {"job"},
    "It hopes to *reduce its expenditures.": {"expenditure"},
    "The board announced a *cut in spending.": {"spending"},
    "Prices *rose again.": {"price"},
    "In May 300 trains were *ordered.": {"train"},
    "The *closure of two plants was announced.": {"plant"},
    "The board announced a *reduction.": set(),
}


def test_the_thing_that_an_event_concerns():
    wrong = {
        text: context_of(text).things
        for text, things in THINGS.items()
        if context_of(text).things != things
    }
    assert wrong == {}


def test_regular_plurals():
    plurals = {"jobs": "job", "cities": "city", "virus": "virus", "class": "class", "ties": "tie"}
    assert {word: singular_of(word) for word in plurals} == plurals


def test_only_persons_die_once():
    groups = ("Ostrand soldiers", "Germany", "Germans", "German", "Cairo", "United Nations", "")
    assert [group for group in groups if victim_of("killing", group)] == []
    assert victim_of("death", "Anna Lund") == "Anna Lund"
    assert victim_of("attack", "Anna Lund") == ""


FORCES = "Israeli forces attacked a school in Gaza on Tuesday. Forty people died there."
OTHER_ATTACK = "Israeli forces attacked {} school in Gaza on Tuesday. Three people died there."


@pytest.mark.parametrize("other", ["another", "a second", "a separate"])
def test_another_attack_is_not_certainly_the_same(other):
    same = claims_of(FORCES, OTHER_ATTACK.format("a")).query("kind == 'attack'")
    assert same.label.nunique() == 1
    different = claims_of(FORCES, OTHER_ATTACK.format(other)).query("kind == 'attack'")
    assert different.label.nunique() == 2
    assert "another" in " ".join(different.against_codes).split()


def test_cuts_of_different_things_are_different_events():
    first = "Lund Steel will cut 3,000 jobs in Ostrand this year to save money."
    others = {
        "jobs": "Lund Steel plans to cut jobs in Ostrand this year.",
        "costs": "Lund Steel plans to reduce its costs in Ostrand this year.",
        "nothing": "Lund Steel announced cuts in Ostrand this year.",
    }
    labels = {
        name: claims_of(first, text).query("kind == 'cut'").label.nunique()
        for name, text in others.items()
    }
    assert labels == {"jobs": 1, "costs": 2, "nothing": 2}


def test_killing_shooting_and_death_of_a_person_are_one_event():
    first = (
        "Peter Lund was shot in his kitchen. The killing shocked the town. Lund's death is a loss."
    )
    second = "The murder of Peter Lund is unsolved, and the slaying still worries people."
    claims = claims_of(first, second)
    claims = claims[claims.kind.isin(["killing", "shooting", "death"])]
    assert (len(claims), claims.label.nunique(), set(claims.tier)) == (5, 1, {"certain"})


def test_a_definite_noun_refers_to_the_event_before_it():
    text = "Rebels attacked the port. The attack lasted an hour. This attack was the worst."
    claims = claims_of(text).query("kind == 'attack'")
    assert claims.label.value_counts().to_list() == [3]


def test_a_noun_with_its_own_details_does_not_refer_to_the_event_before_it():
    texts = [
        "A man was killed in Paris. The killing of two teachers was worse.",
        "A man was killed in Paris. The killing in Rome was worse.",
        "A man was killed in Paris. The other killing was worse.",
        "A man was killed in Paris. The killings were worse.",
        "He was charged with murder. The murder shocked the town.",
        "They are planning a killing. The killing shocked the town.",
    ]
    wrong = [text for text in texts if claims_of(text).query("kind == 'killing'").empty]
    wrong += [
        text for text in texts if claims_of(text).query("kind == 'killing'").label.nunique() == 1
    ]
    assert wrong == []
