"""Repeats as rows: groups, relations, ends, and text that does not count."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from rapidfuzz.distance import LCSseq

import clippings as cl
from clippings.core.errors import BadInput
from clippings.core.tables import make_table
from clippings.core.tokens import folded_words
from helpers import SEEDS, articles_of

PLAIN = "The river rose by one metre over night and nobody slept."
SHOUTED = "The river rose by one metre over night, and NOBODY slept!"
OTHER = "The council met in the afternoon and agreed on nothing at all."
FARMERS = (
    "Farmers along the valley lost most of their maize, their seed and forty cattle "
    "when the wide brown water came."
)
EDITED = (
    "Farmers along the whole valley lost most of their maize, seed and sixty cattle "
    "when the wide brown water came."
)


def repeats_of(*texts, outlet="", **options):
    articles = articles_of(*texts, outlet=outlet)
    return cl.find_repeats(cl.find_passages(articles), articles, **options)


def test_relations():
    repeats = repeats_of(f"{PLAIN}\n\n{OTHER}\n\n{SHOUTED}", SHOUTED, outlet="Post")
    assert repeats[["article", "relation", "match_article"]].values.tolist() == [
        ["a0.txt", "first", ""],
        ["a0.txt", "within", "a0.txt"],
        ["a1.txt", "shared", "a0.txt"],
    ]
    assert repeats.label.nunique() == 1


def test_a_line_in_three_articles_of_one_outlet_is_boilerplate():
    of_one_outlet = repeats_of(PLAIN, PLAIN, PLAIN, outlet="Post")
    assert of_one_outlet.relation.to_list() == ["first", "boilerplate", "boilerplate"]
    assert repeats_of(PLAIN, PLAIN, outlet="Post").relation.to_list() == ["first", "shared"]
    assert repeats_of(PLAIN, PLAIN, PLAIN).relation.to_list() == ["first", "shared", "shared"]


def test_overlapping_groups_of_one_outlet_are_boilerplate_together():
    form = "Source of all this is the Valley Post follow us for daily updates"
    more = "then sign up for our weekly letter from every corner of the valley"
    desk = "reported and written by our regional desk in the northern hills"
    texts = (f"{form} {more}", f"{desk} {form} {more}", f"{desk} {form}")

    repeats = repeats_of(*texts, outlet="Post")
    assert repeats.label.nunique() > 1
    assert set(repeats[repeats.article == "a2.txt"].relation) == {"boilerplate"}
    assert "boilerplate" not in set(repeats[repeats.article == "a0.txt"].relation)
    assert "boilerplate" not in set(repeats_of(*texts).relation)


def test_a_copy_inside_a_copy_is_one_occurrence():
    opening = "An engineer at the dam who asked not to be named"
    sentence = f"{opening} told the Post that both gates were opened far too late on Sunday."
    repeats = repeats_of(
        f"{sentence} {OTHER} {sentence}", f"{opening} spoke of other things to other people."
    )
    of_first = repeats[repeats.article == "a0.txt"]
    assert sorted(of_first.groupby("label").size()) == [1, 2]
    assert repeats[repeats.article == "a1.txt"].words.to_list() == [11]


def test_shorter_passages_do_not_count():
    assert repeats_of(PLAIN, PLAIN, min_words=12).empty
    assert len(repeats_of(PLAIN, PLAIN, min_words=11)) == 2


def test_a_group_keeps_its_label_when_an_article_is_added():
    before = set(repeats_of(PLAIN, PLAIN).label)
    added = set(repeats_of(OTHER, PLAIN, PLAIN, OTHER).label)
    assert before == added - set(repeats_of(OTHER, OTHER).label)


def test_the_occurrence_in_the_earlier_article_is_the_first():
    articles = articles_of(PLAIN, PLAIN)
    articles["published_from"] = np.array(["2020-02-02", "2020-01-01"], dtype="datetime64[s]")
    repeats = cl.find_repeats(cl.find_passages(articles), articles)
    assert repeats.set_index("article").relation.to_dict() == {
        "a0.txt": "shared",
        "a1.txt": "first",
    }

    articles["published_from"] = np.array(["NaT", "2020-01-01"], dtype="datetime64[s]")
    repeats = cl.find_repeats(cl.find_passages(articles), articles)
    assert repeats.set_index("article").relation.to_dict() == {
        "a0.txt": "shared",
        "a1.txt": "first",
    }


def test_repeats_of_the_seeds():
    """Read by a person.

    A headline in a comment's title, a sign-off with another name, a caption, a run of paragraphs.
    """
    articles = cl.read_articles(SEEDS)
    repeats = cl.find_repeats(cl.find_passages(articles), articles)
    rows = [
        (
            row.article[:3],
            row.start,
            row.end,
            row.relation,
            row.match_article[:3],
            row.match_start,
            row.words,
            row.similarity,
            row.text[:22],
        )
        for row in repeats.fillna({"match_start": -1}).itertuples()
    ]
    assert rows == [
        ("000", 0, 91, "first", "", -1, 14, 1.0, "Internal clashes hit I"),
        ("000", 1993, 2084, "within", "000", 0, 14, 1.0, "Internal clashes hit I"),
        ("001", 2486, 2637, "first", "", -1, 25, 1.0, "Reporting by: Ahmed Sh"),
        ("002", 4074, 4224, "shared", "001", 2486, 25, 0.92, "Reporting by: Sarbaz Y"),
        ("003", 79, 268, "first", "", -1, 33, 1.0, "Iraqi forces found thi"),
        ("003", 271, 460, "within", "003", 79, 33, 1.0, "Iraqi forces found thi"),
        ("004", 262, 1563, "first", "", -1, 214, 1.0, "Reuters reported that "),
        ("004", 1565, 2866, "within", "004", 262, 214, 1.0, "Reuters reported that "),
    ]


def test_an_edited_copy_is_one_passage_with_exact_ends():
    repeats = repeats_of(f"It was said. {FARMERS} No more.", f"Nobody slept. {EDITED} Fin.")
    assert [text.rstrip(".") + "." for text in repeats.text] == [FARMERS, EDITED]
    copy = repeats[repeats.relation == "shared"].iloc[0]
    assert (copy.match_start, copy.match_end, copy.words) == (13, 13 + len(FARMERS) - 1, 20)
    assert copy.similarity == 0.9
    assert repeats_of(FARMERS, EDITED, max_edits=0).empty


def test_a_run_of_paragraphs_is_one_passage_and_overlapping_ones_stay_apart():
    paragraphs = [
        f"{name} and {other} walked slowly over the long bridge of {town}."
        for name, other, town in (
            ("A", "Eve", "Rome"),
            ("B", "Fay", "Bern"),
            ("C", "Gus", "Oslo"),
            ("D", "Hal", "Bonn"),
        )
    ]
    repeats = repeats_of(
        "\n\n".join(paragraphs), "\n\n".join(paragraphs[:3]), "\n\n".join(paragraphs[1:])
    )
    sentences = {(row.article, row.text.count(".") + 1) for row in repeats.itertuples()}
    assert {("a1.txt", 3), ("a2.txt", 3)} <= sentences
    assert repeats[repeats.article == "a0.txt"].text.nunique() >= 2


def test_stock_phrases_are_not_reuse():
    phrase = "according to a statement by the ministry of the interior"
    unrelated = [
        (f"Two died, {phrase} on Monday.", f"It was open, {phrase} last week."),
        (
            "“We left,” he told the Rome Post in Bern.",
            "“No,” she told the Rome Post in Bern.",
        ),
        ("It is what it is and that is that.", "It is what it is and that is that."),
    ]
    assert [texts for texts in unrelated if not repeats_of(*texts).empty] == []


def test_text_between_passages_separates_them():
    articles = articles_of(f"{PLAIN} {FARMERS}", f"{PLAIN} X. {FARMERS}", f"{PLAIN} {FARMERS}")
    whole = cl.find_repeats(cl.find_passages(articles), articles)
    assert f"{PLAIN} {FARMERS}".rstrip(".") in set(whole.text)

    halves = [
        {"article": name, "start": start, "end": end, "text": text[start:end], "label": "body"}
        for name, text in zip(articles.article, articles.text, strict=True)
        for start, end in ((0, 30), (32, len(text)))
    ]
    separate = cl.find_repeats(make_table("passages", halves), articles, min_words=4)
    assert len(separate) > 0
    assert all(row.end <= 30 or row.start >= 32 for row in separate.itertuples())


def test_thresholds_out_of_range_are_named():
    for options in ({"min_words": 0}, {"max_edits": 0.5}, {"max_edits": -0.1}):
        with pytest.raises(BadInput, match=str(next(iter(options.values())))):
            repeats_of(PLAIN, PLAIN, **options)


def test_passages_of_an_unknown_article_are_refused():
    articles = articles_of(PLAIN, PLAIN)
    with pytest.raises(BadInput, match=r"a1\.txt"):
        cl.find_repeats(cl.find_passages(articles), articles[:1])


def test_characters_at_the_start_move_every_span():
    texts = (f"{FARMERS}\n\n{PLAIN}", EDITED, PLAIN)
    repeats = repeats_of(*texts)
    moved = repeats_of(*(f"\n \n{text}" for text in texts))
    for column in ("start", "end", "match_start", "match_end"):
        moved[column] -= 3
    assert_frame_equal(repeats, moved)


def test_the_order_of_rows_makes_no_difference_and_input_is_not_changed():
    articles = articles_of(
        FARMERS, f"{PLAIN}\n\n{EDITED}", f"{SHOUTED}\n\n{FARMERS}", PLAIN, outlet="Post"
    )
    passages = cl.find_passages(articles)
    passages_before = passages.copy()
    articles_before = articles.copy()
    repeats = cl.find_repeats(passages, articles)
    assert_frame_equal(repeats, cl.find_repeats(passages.iloc[::-1], articles.iloc[::-1]))
    assert_frame_equal(passages, passages_before)
    assert_frame_equal(articles, articles_before)
    assert cl.check_spans(repeats, articles) is repeats


PAGES = st.lists(
    st.lists(st.sampled_from([PLAIN, SHOUTED, FARMERS, EDITED, OTHER, "a b c"]), max_size=4),
    min_size=1,
    max_size=4,
)


@settings(max_examples=40, deadline=None)
@given(PAGES)
def test_every_group_has_one_original_and_copies_like_it(pages):
    articles = articles_of(*("\n\n".join(page) for page in pages))
    repeats = cl.find_repeats(cl.find_passages(articles), articles)
    cl.check_spans(repeats, articles)
    assert repeats.dtypes.to_dict() == make_table("repeats").dtypes.to_dict()

    texts = articles.set_index("article").text
    for _, group in repeats.groupby("label"):
        originals = group[group.relation == "first"]
        assert len(originals) == 1
        assert len(group) > 1
        for row in group[group.relation != "first"].itertuples():
            assert row.match_article == originals.article.iloc[0]
            original = folded_words(texts[row.match_article][row.match_start : row.match_end])
            copy = folded_words(row.text)
            assert row.words == len(copy)
            longer = max(len(original), len(copy))
            assert LCSseq.similarity(original, copy) >= round(row.similarity * longer)
            assert row.similarity >= 0.6
