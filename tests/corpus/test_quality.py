"""What looks wrong in a corpus: each oddity on an article that has it, and none on one that does not."""

import pandas as pd

import clippings as cl
from clippings.core.tables import make_table
from clippings.corpus import quality
from helpers import SEEDS

LONG = "The council of the town said on Monday that the road would be closed until the end of the month. "
STORY = f"Road closed until the end of the month\n\nBy The Desk\n\n{LONG * 5}"
DAY = pd.Timestamp("2020-01-01")
KNOWN = {
    "title": "",
    "outlet": "News",
    "language": "en",
    "published_from": DAY,
    "published_to": DAY,
    "problem": "",
}


def oddities(*changes: dict) -> set[tuple[str, str]]:
    """Return the oddities of articles that differ from a good one by these changes."""
    rows = [
        {"article": f"{n}.txt", "text": f"{STORY} {n}.", **KNOWN, **change}
        for n, change in enumerate(changes)
    ]
    articles = make_table("articles", rows)
    found = cl.propose_repairs(articles, cl.find_passages(articles))
    return {(row.article, row.oddity) for row in found.itertuples()}


def test_a_good_corpus_has_no_oddities():
    assert oddities(*[{}] * 6) == set()


ODDITIES = [
    ({"text": "", "problem": "empty"}, "not_read"),
    ({"text": LONG * 5}, "no_headline"),
    ({"text": STORY.replace("By The Desk", "")}, "no_byline"),
    ({"outlet": ""}, "no_outlet"),
    ({"published_from": pd.NaT, "published_to": pd.NaT}, "no_date"),
    ({"published_to": pd.Timestamp("2020-01-10")}, "doubtful_date"),
    ({"dates_against": "file_name 2021-04-02"}, "dates_disagree"),
    ({"text": f"Road closed\n\nBy The Desk\n\n{LONG}"}, "hardly_any_story"),
    ({"text": STORY + LONG * 200}, "very_long"),
    ({"text": STORY + "\n\nShare" * 400}, "mostly_page"),
    (
        {"text": f"Road of Lund closed again\n16 March 2021\nBy The Desk\n\n{LONG * 3}\n\n" * 3},
        "several_articles",
    ),
    ({"note": "abstract"}, "only_abstract"),
    ({"note": "length_differs", "stated_words": 456}, "length_differs"),
    ({"language": "de"}, "not_in_english"),
    ({"language": ""}, "language_unknown"),
    ({"repaired": "utf-8"}, "garbled_repaired"),
    ({"text": STORY.replace("town", "cafÃ© of JosÃ©")}, "garbled"),
    ({"text": STORY.replace("town", "t\ufffdwn")}, "characters_lost"),
    ({"text": f"{STORY} 0."}, "same_story"),
]


def test_an_oddity_is_seen_on_its_article_only():
    failures = []
    for change, oddity in ODDITIES:
        seen = oddities(*[{}] * 6, change)
        if ("6.txt", oddity) not in seen or {article for article, _ in seen} != {"6.txt"}:
            failures.append((oddity, seen))
    assert failures == []
    assert {oddity for _, oddity in ODDITIES} == set(quality.REPAIRS)


def test_a_day_that_is_known_to_one_side_is_a_date():
    assert oddities({"published_to": pd.NaT}) == set()


def test_few_articles_have_no_usual_length(monkeypatch):
    assert oddities({}, {}, {"text": STORY + LONG * 200}) == set()
    monkeypatch.setattr(quality, "MIN_ARTICLES_FOR_MEDIAN", 1)
    assert oddities({}, {}, {"text": STORY + LONG * 200}) == {("2.txt", "very_long")}


def test_the_seeds_have_no_dates_and_one_article_has_no_byline():
    articles = cl.read_articles(SEEDS)
    found = cl.propose_repairs(articles, cl.find_passages(articles))
    assert found.oddity.value_counts().to_dict() == {"no_date": 5, "no_byline": 1, "no_outlet": 1}


def test_an_advice_is_shown_whole():
    longest = max(map(len, quality.REPAIRS.values()))
    assert longest < pd.get_option("display.max_colwidth")
