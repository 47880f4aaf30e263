"""Agreement of two coders, by hand: alpha, its interval and reading, and the passages that differ."""

import numpy as np
import pandas as pd

import clippings as cl
from clippings.core.tables import make_table
from clippings.themes.statistics import krippendorff_alpha
from helpers import articles_of, codebook_of, story_of

CODES = codebook_of("themes", {"theme": "closure", "side": "for", "term": "shut"})


def coded(story: pd.DataFrame, *numbers: int, theme: str = "closure") -> pd.DataFrame:
    """The whole of these passages, coded with a theme."""
    rows = story.iloc[list(numbers)][["article", "start", "end", "text"]].to_dict("records")
    return make_table("themes", [row | {"label": theme} for row in rows])


def many_passages(number: int) -> pd.DataFrame:
    return story_of(*[f"Passage {place} of the story." for place in range(number)])


def test_agreement_by_hand():
    story = story_of("The shop shut.", "It rained.", "The bar shut.", "Sun.")
    themes = cl.find_themes(story, CODES)
    columns = ["theme", "passages", "first", "second", "both", "alpha"]
    agreement = cl.count_agreement(themes, themes, story)
    assert agreement[columns].values.tolist() == [["closure", 4, 2, 2, 2, 1.0]]
    # 4 passages, of which the second coder coded one of two: alpha = 1 - 7 * 2 / (2 * 3 * 5)
    partly = cl.count_agreement(themes, themes[:1], story).iloc[0]
    assert partly.alpha == round(1 - 14 / 30, 3)


def test_alpha_agrees_with_the_general_formula():
    chance = np.random.default_rng(3)
    story = many_passages(40)
    for _ in range(20):
        first = chance.random(40) < 0.4
        second = first ^ (chance.random(40) < 0.2)
        agreement = cl.count_agreement(
            coded(story, *np.flatnonzero(first)), coded(story, *np.flatnonzero(second)), story
        )
        expected = krippendorff_alpha([first.astype(int).tolist(), second.astype(int).tolist()])
        assert agreement.alpha[0] == round(expected, 3)
        assert agreement.low[0] <= agreement.alpha[0] <= agreement.high[0]


def test_the_interval_is_deterministic_and_narrows_with_more_passages():
    widths = []
    for number in (40, 400):
        story = many_passages(number)
        first = coded(story, *range(0, number, 2))
        second = coded(story, *range(0, number, 2), *range(1, number, 10))
        agreement = cl.count_agreement(first, second, story)
        assert agreement.equals(cl.count_agreement(first, second, story))
        widths.append(agreement.high[0] - agreement.low[0])
    assert widths[1] < widths[0] / 2


def test_perfect_agreement_on_few_passages_is_not_certain():
    story = many_passages(300)
    lows = []
    for number in (1, 4, 20, 200):
        coding = coded(story, *range(number))
        agreement = cl.count_agreement(coding, coding, story).iloc[0]
        assert agreement.alpha == 1
        lows.append(agreement.low)
    assert np.isnan(lows[0])
    assert 0 < lows[1] < 0.667 < lows[2] < lows[3] < 1


def test_passages_of_one_article_are_resampled_together():
    # Ten passages in each of twelve articles; the coders differ on all passages of two articles.
    articles = articles_of(*["\n\n".join(f"Passage {n}." for n in range(10))] * 12)
    story = cl.find_passages(articles).assign(label="body")
    assert len(story) == 120
    is_first_half = (np.arange(120) // 10) % 2 == 0
    differs = np.arange(120) < 20
    first = coded(story, *np.flatnonzero(is_first_half))
    second = coded(story, *np.flatnonzero(is_first_half ^ differs))
    by_article = cl.count_agreement(first, second, story).iloc[0]

    of_one_article = story.assign(article=[f"p{number}" for number in range(120)])
    by_passage = cl.count_agreement(
        coded(of_one_article, *np.flatnonzero(is_first_half)),
        coded(of_one_article, *np.flatnonzero(is_first_half ^ differs)),
        of_one_article,
    ).iloc[0]
    assert by_article.alpha == by_passage.alpha
    assert by_article.high - by_article.low > by_passage.high - by_passage.low


def test_readings():
    story = many_passages(600)
    every_second = range(0, 600, 2)
    cases = {
        "reliable": (every_second, every_second),
        "tentative": (every_second, (*every_second, *range(1, 600, 8))),
        "unreliable": (every_second, range(300)),
        "too_few": ([1, 2, 3], [1, 2, 3]),
        "no_variation": (range(600), range(600)),
    }
    readings = {}
    for case, (first, second) in cases.items():
        agreement = cl.count_agreement(coded(story, *first), coded(story, *second), story).iloc[0]
        readings[case] = agreement.reading
        assert agreement.meaning
        assert np.isnan(agreement.alpha) == (case == "no_variation")
    assert readings == {case: case for case in cases}


def test_an_interval_from_poor_to_good_says_too_little():
    story = many_passages(24)
    agreement = cl.count_agreement(coded(story, *range(12)), coded(story, *range(14)), story)
    assert agreement.low[0] < 0.667 and agreement.high[0] > 0.8
    assert agreement.reading[0] == "too_few"


def test_disagreements_are_the_passages_that_only_one_has_coded():
    articles = articles_of("The shop shut.\n\nIt rained.\n\nThe bar shut.")
    story = cl.find_passages(articles).assign(label="body")
    first = cl.find_themes(story, CODES)
    second = pd.concat([coded(story, 1), coded(story, 0, 1, theme="rain")], ignore_index=True)
    disagreements = cl.find_disagreements(first, second, story)
    cl.check_spans(disagreements, articles)
    assert disagreements[["text", "label", "coded_by"]].values.tolist() == [
        ["The shop shut.", "closure", "first"],
        ["The shop shut.", "rain", "second"],
        ["It rained.", "closure", "second"],
        ["It rained.", "rain", "second"],
        ["The bar shut.", "closure", "first"],
    ]
    assert cl.find_disagreements(first, first, story).empty
    shown = cl.show_evidence(disagreements, articles, n=10)
    assert repr(shown).count("closure") == 3


def test_only_passages_that_both_have_judged_are_compared():
    story = many_passages(6)
    first = coded(story, 0, 1, 2, 3).assign(decision=["yes", "yes", "no", "no"])
    second = coded(story, 1, 2, 3, 4).assign(decision=["yes", "yes", "no", "yes"])
    agreement = cl.count_agreement(first, second, story).iloc[0]
    assert agreement[["passages", "first", "second", "both"]].tolist() == [3, 1, 2, 1]
    disagreements = cl.find_disagreements(first, second, story)
    assert disagreements[["article", "coded_by"]].values.tolist() == [["a2.txt", "second"]]
    # A table without decisions has judged every passage.
    whole = cl.count_agreement(coded(story, 0, 4), second, story).iloc[0]
    assert whole[["passages", "first", "second", "both"]].tolist() == [4, 1, 3, 1]


def test_passages_that_both_never_read_give_no_alpha():
    story = many_passages(4)
    first = coded(story, 0).assign(decision="yes")
    second = coded(story, 3).assign(decision="yes")
    agreement = cl.count_agreement(first, second, story).iloc[0]
    assert (agreement.passages, agreement.reading) == (0, "no_variation")


def test_nothing_in_nothing_out_with_the_same_columns_and_types():
    story = many_passages(2)
    nothing = coded(story)
    empty = cl.count_agreement(nothing, nothing, story)
    full = cl.count_agreement(coded(story, 0), nothing, story)
    assert empty.empty
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()
    assert cl.find_disagreements(nothing, nothing, story).empty


def test_the_order_and_numbering_of_passages_do_not_matter():
    story = many_passages(30)
    first = coded(story, *range(0, 20))
    second = coded(story, *range(5, 25))
    expected = cl.count_agreement(first, second, story)
    turned = story.iloc[::-1].set_axis([0] * 30)
    columns = ["theme", "passages", "first", "second", "both", "alpha", "reading"]
    pd.testing.assert_frame_equal(
        cl.count_agreement(first, second, turned)[columns], expected[columns]
    )
    pd.testing.assert_frame_equal(
        cl.find_disagreements(first, second, turned), cl.find_disagreements(first, second, story)
    )
