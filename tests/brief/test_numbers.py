"""Whether the numbers given for one event can all be right."""

import pandas as pd

from clippings.brief import numbers
from clippings.brief.numbers import amounts_of_claims, compare_numbers
from clippings.core.lexicon import read_words
from clippings.core.tables import make_table
from helpers import articles_of


def amounts(*rows: tuple[int, str, float, float]) -> pd.DataFrame:
    """Amounts of one article, from start, thing, low and high."""
    return make_table(
        "amounts",
        [
            {
                "article": "a0.txt",
                "start": start,
                "end": start,
                "label": thing,
                "low": low,
                "high": high,
            }
            for start, thing, low, high in rows
        ],
    )


def test_a_part_is_not_compared_with_the_whole_and_things_are_not_people():
    articles = articles_of("Dozens of men, including five leaders, and 58 people.")
    whole = (0, "men", 24, 99)
    part = (25, "leaders", 5, 5)
    people = (43, "people", 58, 58)
    assert compare_numbers(amounts(whole, part, people), articles) == {"people": True}
    assert compare_numbers(amounts(part, people), articles_of(" " * 60)) == {"people": False}
    assert compare_numbers(amounts(whole, (9, "houses", 3, 3)), articles) == {}
    houses = amounts((0, "houses", 4, 4), (9, "houses", 3, 3))
    assert compare_numbers(houses, articles) == {"houses": False}


def test_numbers_without_a_noun_are_compared_with_each_other():
    assert compare_numbers(amounts((0, "", 4, 4), (9, "", 4, 9)), None) == {"": True}


def test_rounding_is_not_a_conflict():
    just_above = amounts((0, "men", 41, 1e9), (9, "men", 40, 40))
    too_far = amounts((0, "men", 43, 1e9), (9, "men", 40, 40))
    assert compare_numbers(just_above, None) == {"people": True}
    assert compare_numbers(too_far, None) == {"people": False}


def test_each_word_that_introduces_a_part_is_needed(monkeypatch):
    words = read_words("en/numbers/syntax", kind="part of an earlier number")
    failures = []
    for word in words:
        articles = articles_of(f"{'x' * 40} {word} five leaders")
        rows = amounts((0, "men", 24, 99), (42 + len(word), "leaders", 5, 5))
        recognised = compare_numbers(rows, articles) == {}
        others = [other for other in words if other != word]
        monkeypatch.setattr(numbers, "read_words", lambda *_, kept=others, **__: kept)
        needed = compare_numbers(rows, articles) == {"people": False}
        monkeypatch.undo()
        if not (recognised and needed):
            failures.append(word)
    assert words
    assert failures == []


def test_each_word_for_people_is_needed(monkeypatch):
    words = frozenset(read_words("en/numbers/people"))
    failures = []
    for word in words:
        rows = amounts((0, word, 24, 99), (9, "", 3, 3))
        recognised = compare_numbers(rows, None) == {"people": False}
        others = words - {word}
        monkeypatch.setattr(numbers, "_words_for_people", lambda kept=others: kept)
        needed = compare_numbers(rows, None) == {}
        monkeypatch.undo()
        if not (recognised and needed):
            failures.append(word)
    assert words
    assert failures == []


def test_the_deaths_of_the_plotters_are_compatible_and_the_deserters_are_not(seeds):
    articles, _, tables = seeds
    claimed = amounts_of_claims(tables)
    execution = claimed[(claimed.kind == "execution") & (claimed.place == "Mosul")]
    assert sorted(execution.low) == [5, 24, 58, 58]
    assert compare_numbers(execution, articles) == {"people": True}
    desertion = claimed[(claimed.kind == "desertion") & (claimed.place == "Raqqa")]
    assert sorted(desertion.low) == [24, 201, 201]
    assert compare_numbers(desertion, articles) == {"people": False}


def test_amounts_of_claims_keep_their_rows(corpus):
    tables = corpus[2]
    claimed = amounts_of_claims(tables)
    same = tables["amounts"].loc[claimed.index]
    assert (claimed[same.columns] == same).to_numpy().sum() > 0
    assert claimed.drop(columns=["claim", "kind", "place"]).equals(same)
    claims = tables["claims"].query("status != 'rejected'")
    places = set(zip(claims.article, claims.start, claims.label, strict=True))
    assert set(zip(claimed.article, claimed.event_start, claimed.claim, strict=True)) <= places
