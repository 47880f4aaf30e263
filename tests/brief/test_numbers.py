"""Whether the numbers given for one event can all be right."""

from types import SimpleNamespace

import pandas as pd

from clippings.brief import numbers
from clippings.brief.numbers import amounts_of_claims, compare_numbers
from clippings.core.lexicon import read_words
from clippings.core.tables import make_table
from helpers import articles_of


def amounts(*rows: tuple[str, int, str, float, float]) -> pd.DataFrame:
    """Amounts from article, start, thing, low and high."""
    return make_table(
        "amounts",
        [
            {
                "article": article,
                "start": start,
                "end": start,
                "label": thing,
                "low": low,
                "high": high,
            }
            for article, start, thing, low, high in rows
        ],
    )


def of_two_articles(first: tuple[str, float, float], second: tuple[str, float, float]):
    """An amount (thing, low, high) of each of two articles."""
    return amounts(("a.txt", 0, *first), ("b.txt", 0, *second))


def test_people_in_general_are_one_thing_and_others_are_not_compared():
    cases = [
        (("people", 24, 99), ("victims", 58, 58), {"people": True}),
        (("people", 5, 5), ("dead", 58, 58), {"people": False}),
        (("leaders", 5, 5), ("people", 58, 58), {}),
        (("leaders", 5, 5), ("leaders", 8, 8), {"leaders": False}),
        (("houses", 4, 4), ("people", 3, 3), {}),
        (("people", 58, 58), ("", 58, 58), {"people": True}),
        (("", 4, 4), ("", 4, 9), {"": True}),
    ]
    wrong = [case for case in cases if compare_numbers(of_two_articles(*case[:2]), None) != case[2]]
    assert wrong == []


def test_only_a_round_number_or_a_range_can_stand_for_another():
    cases = [(258, 258, 259, False), (250, 250, 257, True), (24, 99, 58, True), (24, 99, 101, True)]
    cases += [(200, 200, 257, False), (5000, 5000, 5201, True), (11, 11, 12, False)]
    wrong = []
    for low, high, other, fit in cases:
        rows = of_two_articles(("people", low, high), ("people", other, other))
        if compare_numbers(rows, None) != {"people": fit}:
            wrong.append((low, high, other))
    assert wrong == []


def test_two_numbers_of_one_article_are_no_conflict():
    rows = amounts(("a.txt", 0, "people", 8, 8), ("a.txt", 9, "people", 20, 20))
    assert compare_numbers(rows, None) == {}
    total = amounts(("b.txt", 0, "people", 20, 20))
    both = pd.concat([rows, total], ignore_index=True)
    assert compare_numbers(both, None) == {"people": True}


def test_numbers_of_articles_of_different_days_are_not_compared():
    rows = of_two_articles(("people", 8, 8), ("people", 20, 20))
    days = {"a.txt": "2021-03-12", "b.txt": "2021-03-14"}
    articles = make_table("articles", [{"article": article, "text": ""} for article in days])
    dated = articles.assign(
        published_from=pd.to_datetime(list(days.values())),
        published_to=pd.to_datetime(list(days.values())),
    )
    assert compare_numbers(rows, articles) == {"people": False}
    assert compare_numbers(rows, dated) == {}


def test_what_is_asked_for_is_not_what_is_granted():
    rows = of_two_articles(("dollars", 8e9, 8e9), ("dollars", 1.4e9, 1.4e9))
    assert compare_numbers(rows, None) == {"dollars": False}
    assert compare_numbers(rows.assign(word=["ask", "grant"], modality="happened"), None) == {}
    planned = rows.assign(word="grant", modality=["planned", "happened"])
    assert compare_numbers(planned, None) == {}


def test_an_amount_of_money_is_compared_with_its_currency_only():
    rows = of_two_articles(("", 8, 8), ("", 9, 9))
    assert compare_numbers(rows.assign(text=["$8", "$9"]), None) == {"$": False}
    assert compare_numbers(rows.assign(text=["$8", "€9"]), None) == {}
    assert compare_numbers(rows.assign(text=["$8", "9"]), None) == {}


def test_rounding_is_not_a_conflict():
    just_above = of_two_articles(("men", 41, 1e9), ("men", 40, 40))
    too_far = of_two_articles(("men", 43, 1e9), ("men", 40, 40))
    assert compare_numbers(just_above, None) == {"men": True}
    assert compare_numbers(too_far, None) == {"men": False}


def test_each_word_that_introduces_a_part_is_needed(monkeypatch):
    words = read_words("en/numbers/syntax", kind="part of an earlier number")
    failures = []
    for word in words:
        articles = articles_of(f"{'x' * 40} {word} five leaders", "")
        part = ("a0.txt", 42 + len(word), "leaders", 5, 5)
        rows = amounts(part, ("a1.txt", 0, "leaders", 24, 99))
        recognised = compare_numbers(rows, articles) == {}
        others = [other for other in words if other != word]
        monkeypatch.setattr(numbers, "read_words", lambda *_, kept=others, **__: kept)
        needed = compare_numbers(rows, articles) == {"leaders": False}
        monkeypatch.undo()
        if not (recognised and needed):
            failures.append(word)
    assert words
    assert failures == []


def test_numbers_of_the_seeds_do_not_conflict(seeds):
    articles, _, tables = seeds
    claimed = amounts_of_claims(tables)
    execution = claimed[(claimed.kind == "execution") & (claimed.place == "Mosul")]
    assert sorted(execution.low) == [5, 24, 58, 58]
    desertion = claimed[(claimed.kind == "desertion") & (claimed.place == "Raqqa")]
    assert sorted(desertion.low) == [24, 201, 201]
    for _, rows in claimed.groupby("claim"):
        assert all(compare_numbers(rows, articles).values())


def test_amounts_of_claims_keep_their_rows(corpus):
    tables = corpus[2]
    claimed = amounts_of_claims(tables)
    same = tables["amounts"].loc[claimed.index]
    assert (claimed[same.columns] == same).to_numpy().sum() > 0
    assert claimed.drop(columns=["claim", "kind", "place", "word", "modality"]).equals(same)
    claims = tables["claims"].query("status != 'rejected'")
    places = set(zip(claims.article, claims.start, claims.label, strict=True))
    assert set(zip(claimed.article, claimed.event_start, claimed.claim, strict=True)) <= places


def test_a_number_that_is_limited_to_a_period_or_place_is_not_compared():
    limited = [
        "Bell was arrested three times since October.",
        "Bell was arrested three times so far.",
        "Bell was arrested three times this year.",
        "Bell was arrested three times in one district.",
        "Bell was arrested three times in Lund alone.",
    ]
    whole = "Bell was arrested four times in all."
    compared = {}
    for sentence in [*limited, "Bell was arrested three times."]:
        articles = articles_of(sentence, whole)
        rows = [
            {
                "article": article,
                "start": text.index(word),
                "end": text.index(word) + len(word),
                "text": word,
                "label": "times",
                "low": number,
                "high": number,
            }
            for article, text, word, number in zip(
                articles.article, articles.text, ("three", "four"), (3, 4), strict=True
            )
        ]
        compared[sentence] = compare_numbers(make_table("amounts", rows), articles)
    assert compared.pop("Bell was arrested three times.") == {"times": False}
    assert set(map(len, compared.values())) == {0}


def test_a_number_without_a_noun_is_quoted_with_the_words_that_explain_it():
    cases = {
        ("Five died and seven were injured.", "seven"): "seven were injured",
        ("Bell said four U.S. destroyers attacked.", "four"): "four U.S. destroyers",
        ("Ostrand executes 58", "58"): "executes 58",
        ("The flood injures dozens in Lund.", "dozens"): "injures dozens",
        ("Bell named one, and four, of them.", "four"): "four",
        ("Dozens have been arrested.", "Dozens"): "Dozens have been arrested",
    }
    quoted = {}
    for sentence, number in cases:
        start = sentence.index(number)
        row = SimpleNamespace(start=start, end=start + len(number), text=number, label="")
        quoted[sentence, number] = numbers.number_with_noun(row, sentence)
    assert quoted == cases
