"""Repeated text: relations, marks, chances; the engine has tests of its own."""

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
from clippings.repeats import detect as reps
from clippings.repeats import thresholds
from clippings.repeats.align import Limits, find_pairs
from clippings.repeats.hashing import Words
from helpers import articles_of

A = "The river rose by one metre over night and nobody slept."
B = "The river rose by one metre over night, and NOBODY slept!"
OTHER = "The council met in the afternoon and agreed on nothing at all."


def repeats_of(*texts, outlet="", **options):
    articles = articles_of(*texts, outlet=outlet)
    return cl.find_repeats(cl.find_passages(articles), articles, **options)


def test_relations():
    found = repeats_of(f"{A}\n\n{OTHER}\n\n{B}", B, outlet="Post")
    assert found[["article", "relation", "match_article"]].values.tolist() == [
        ["a0.txt", "first", ""],
        ["a0.txt", "within", "a0.txt"],
        ["a1.txt", "shared", "a0.txt"],
    ]
    assert found.label.nunique() == 1


def test_the_same_line_in_three_articles_of_one_outlet_is_boilerplate():
    found = repeats_of(A, A, A, outlet="Post")
    assert found.relation.to_list() == ["first", "boilerplate", "boilerplate"]
    assert repeats_of(A, A, A).relation.to_list() == ["first", "shared", "shared"]


def test_overlapping_groups_of_one_outlet_are_boilerplate_together():
    form = "Source of all this is the Valley Post follow us for daily updates"
    more = "then sign up for our weekly letter from every corner of the valley"
    desk = "reported and written by our regional desk in the northern hills"
    found = repeats_of(f"{form} {more}", f"{desk} {form} {more}", f"{desk} {form}", outlet="Post")
    assert found.label.nunique() > 1
    last = found[found.article == "a2.txt"]
    assert set(last.relation) == {"boilerplate"}
    assert "boilerplate" not in set(found[found.article == "a0.txt"].relation)
    two = repeats_of(f"{form} {more}", f"{desk} {form} {more}", f"{desk} {form}")
    assert "boilerplate" not in set(two.relation)


def test_a_copy_within_a_copy_is_told_once():
    quoted = "An engineer at the dam who asked not to be named"
    told = f"{quoted} told the Post that both gates were opened far too late on Sunday."
    found = repeats_of(f"{told} {OTHER} {told}", f"{quoted} spoke of other things to other people.")
    assert sorted(found[found.article == "a0.txt"].groupby("label").size()) == [1, 2]
    assert found[found.article == "a1.txt"].words.to_list() == [11]


def test_shorter_paragraphs_do_not_count():
    assert repeats_of(A, A, min_words=12).empty
    assert len(repeats_of(A, A, min_words=11)) == 2


def test_the_group_of_a_text_keeps_its_name_when_an_article_is_added():
    assert set(repeats_of(A, A).label) == set(repeats_of(OTHER, A, A, OTHER).label) - set(
        repeats_of(OTHER, OTHER).label
    )


def test_the_older_telling_is_first_where_all_days_are_known():
    articles = articles_of(A, A)
    articles["published_from"] = np.array(["2020-02-02", "2020-01-01"], dtype="datetime64[s]")
    found = cl.find_repeats(cl.find_passages(articles), articles)
    assert found.set_index("article").relation.to_dict() == {"a0.txt": "shared", "a1.txt": "first"}


def test_rows_inside_a_copy_are_marked_and_nothing_is_cut(seeds):
    tables = seeds[2]
    inside = tables["quotes"][tables["quotes"].duplicate_status == "within"]
    assert {article[:3] for article in inside.article} <= {"000", "003", "004"}
    first = cl.drop_duplicates(tables["quotes"])
    assert len(first) + len(inside) == len(tables["quotes"])


def test_what_is_repeated_in_the_seeds(seeds):
    """Read by a person: a headline in a comment's title, a sign-off with another name, a caption, a run of paragraphs."""
    found = seeds[2]["repeats"]
    rows = [
        (
            r.article[:3],
            r.start,
            r.end,
            r.relation,
            r.match_article[:3],
            r.match_start,
            r.words,
            r.similarity,
            r.text[:22],
        )
        for r in found.fillna({"match_start": -1}).itertuples()
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


def test_the_words_of_the_seeds_with_and_without_copies(seeds):
    articles, _, tables = seeds
    counted = cl.count_duplicates(tables["repeats"], articles)
    assert [(row.article[:3], row.duplicate_status, row.words) for row in counted.itertuples()] == [
        ("000", "first", 370),
        ("000", "within", 14),
        ("001", "first", 426),
        ("002", "first", 655),
        ("002", "shared", 25),
        ("003", "first", 722),
        ("003", "within", 33),
        ("004", "first", 256),
        ("004", "within", 214),
    ]
    whole = cl.count_words(tables["passages"], by=["article"])
    assert counted.groupby("article").words.sum().to_list() == whole.words.to_list()


def test_a_word_in_two_copies_is_counted_once():
    articles = articles_of(A, OTHER)
    row = {
        "article": "a1.txt",
        "relation": "shared",
        "match_article": "a0.txt",
        "match_start": 0,
        "match_end": 9,
    }
    row |= {"words": 3, "similarity": 1.0}
    spans = [
        {**row, "start": start, "end": end, "text": OTHER[start:end]}
        for start, end in ((0, 15), (4, 15), (4, 22))
    ]
    overlapping = make_table(
        "repeats", [*spans, {**spans[0], "relation": "within", "end": 3, "text": "The"}]
    )
    assert cl.count_duplicates(overlapping, articles).values.tolist() == [
        ["a0.txt", "first", 11],
        ["a1.txt", "first", 7],
        ["a1.txt", "shared", 4],
        ["a1.txt", "within", 1],
    ]
    assert cl.count_shared(overlapping, articles).words.to_list() == [5, 1]


def test_the_doubtful_copies_of_the_seeds(seeds):
    articles, _, tables = seeds
    found = cl.find_borderline(
        tables["repeats"], tables["passages"], articles, min_words=8, max_edits=0.15
    )
    assert list(zip(found.accepted, found.article.str[:3], found.text, strict=True)) == [
        (
            True,
            "000",
            "Internal clashes hit ISIS ranks in Mosul as local militants protest against foreign jihadis",
        ),
        (False, "001", "the ranks of the Islamic State (ISIS) radical group in"),
    ]


def test_doubtful_copies_of_many_articles_are_looked_for_in_some(monkeypatch):
    articles = articles_of(
        *[f"{A}\n\n{word} {D}" for word in ("One", "Two", "Three", "Four", "Five", "Six")]
    )
    passages = cl.find_passages(articles)
    repeats = cl.find_repeats(passages, articles)
    looked_at = []
    find = reps.find_repeats
    monkeypatch.setattr(
        thresholds, "find_repeats", lambda p, a, **k: looked_at.extend(a.article) or find(p, a, **k)
    )
    monkeypatch.setattr(thresholds, "BORDERLINE_ARTICLES", 3)
    found = cl.find_borderline(repeats, passages, articles, min_words=8, max_edits=0.15)
    assert len(looked_at) == 3
    assert found.accepted.any()
    assert set(found.article) <= set(looked_at)


def test_the_weakest_accepted_and_the_strongest_rejected_copy():
    short, shorter = "Seven goats ate the mayor's best hat.", "Two thieves stole her fresh bread."

    def doubtful(*texts):
        articles = articles_of(*texts)
        passages = cl.find_passages(articles)
        repeats = cl.find_repeats(passages, articles)
        found = cl.find_borderline(repeats, passages, articles, min_words=8, max_edits=0.15)
        assert cl.check_spans(found, articles) is found
        return list(zip(found.accepted, found.text, strict=True))

    told = f"{C}\n\n{OTHER}\n\n{A}\n\n{short} It rained. {shorter}"
    assert doubtful(told, f"Now {D}", f"{A}", f"{short}", shorter) == [
        (True, A[:-1]),
        (False, short[:-1]),
    ]
    assert doubtful(A, A) == [(True, A[:-1])]
    assert doubtful(short, short) == [(False, short[:-1])]
    assert doubtful(A, OTHER) == doubtful(A) == doubtful() == []


def test_a_row_that_is_a_copy_but_for_an_end_is_marked():
    articles = articles_of(C, f"It was told. Ranchers{C.removeprefix('Farmers')} The end.")
    passages = cl.find_passages(articles)
    repeats = cl.find_repeats(passages, articles)
    assert repeats.text[1].startswith("along the valley")

    def telling(pattern):
        return cl.mark_duplicates(
            cl.find_phrases(passages, pattern), repeats
        ).duplicate_status.to_list()

    assert telling("Ranchers.*came\\.") == telling("along the")[1:] == ["shared"]
    assert (
        telling("Ranchers along")
        == telling("told\\. .* the valley")
        == telling("the end")
        == ["first"]
    )
    assert (
        cl.mark_duplicates(
            make_table("dates", [{"article": "a1.txt", "start": 0, "end": 0}]), repeats
        ).duplicate_status[0]
        == "first"
    )


def test_a_copy_of_another_article_printed_twice_counts_inside_its_own():
    articles = articles_of(A, f"{A}\n\n{OTHER}\n\n{A}")
    shared = cl.count_shared(cl.find_repeats(cl.find_passages(articles), articles), articles)
    assert shared[["article_a", "article_b", "words"]].values.tolist() == [
        ["a0.txt", "a1.txt", 11],
        ["a1.txt", "a1.txt", 11],
    ]


C = "Farmers along the valley lost most of their maize, their seed and forty cattle when the wide brown water came."
D = "Farmers along the whole valley lost most of their maize, seed and sixty cattle when the wide brown water came."


def test_an_edited_copy_is_one_passage_with_exact_ends():
    found = repeats_of(f"It was said. {C} No more.", f"Nobody slept. {D} Fin.")
    assert [text.rstrip(".") + "." for text in found.text] == [C, D]
    copy = found[found.relation == "shared"].iloc[0]
    assert (copy.match_start, copy.match_end, copy.words) == (13, 13 + len(C) - 1, 20)
    assert copy.similarity == 0.9
    assert repeats_of(C, D, max_edits=0).empty


def test_a_run_of_paragraphs_is_one_passage_and_overlapping_ones_are_not_united():
    one, two, three, four = (
        f"{name} and {other} walked slowly over the long bridge of {town}."
        for name, other, town in zip(
            "ABCD", ["Eve", "Fay", "Gus", "Hal"], ["Rome", "Bern", "Oslo", "Bonn"], strict=True
        )
    )
    found = repeats_of(
        "\n\n".join([one, two, three, four]),
        "\n\n".join([one, two, three]),
        "\n\n".join([two, three, four]),
    )
    tellings = {(row.article, row.text.count(".") + 1) for row in found.itertuples()}
    assert {("a1.txt", 3), ("a2.txt", 3)} <= tellings
    assert found[found.article == "a0.txt"].text.nunique() >= 2


def test_stock_phrases_are_no_reuse():
    phrase = "according to a statement by the ministry of the interior"
    assert repeats_of(f"Two died, {phrase} on Monday.", f"It was open, {phrase} last week.").empty
    assert repeats_of(
        "“We left,” he told the Rome Post in Bern.", "“No,” she told the Rome Post in Bern."
    ).empty
    assert repeats_of(
        "It is what it is and that is that.", "It is what it is and that is that."
    ).empty


def test_text_left_out_between_passages_parts_them():
    articles = articles_of(f"{A} {C}", f"{A} X. {C}", f"{A} {C}")
    passages = cl.find_passages(articles)
    whole = cl.find_repeats(passages, articles)
    assert {row.text for row in whole.itertuples()} >= {f"{A} {C}".rstrip(".")}
    halves = [
        {"article": name, "start": start, "end": end, "text": text[start:end], "label": "body"}
        for name, text in zip(articles.article, articles.text, strict=True)
        for start, end in ((0, 30), (32, len(text)))
    ]
    parted = cl.find_repeats(make_table("passages", halves), articles, min_words=4)
    assert all(row.end <= 30 or row.start >= 32 for row in parted.itertuples())


def test_min_words_and_max_edits_out_of_range_are_named():
    for options in ({"min_words": 0}, {"max_edits": 0.5}, {"max_edits": -0.1}):
        with pytest.raises(BadInput, match="max_edits"):
            repeats_of(A, A, **options)


def test_characters_in_front_move_every_span():
    found, moved = (
        repeats_of(f"{C}\n\n{A}", D, A),
        repeats_of(*(f"\n \n{text}" for text in (f"{C}\n\n{A}", D, A))),
    )
    for column in ("start", "end", "match_start", "match_end"):
        moved[column] -= 3
    assert_frame_equal(found, moved)


def test_any_order_of_rows_gives_the_same_repeats_and_input_is_not_changed():
    articles = articles_of(C, f"{A}\n\n{D}", f"{B}\n\n{C}", A, outlet="Post")
    passages = cl.find_passages(articles)
    before = passages.copy(), articles.copy()
    found = cl.find_repeats(passages, articles)
    assert_frame_equal(found, cl.find_repeats(passages.iloc[::-1], articles.iloc[::-1]))
    assert_frame_equal(passages, before[0])
    assert_frame_equal(articles, before[1])
    assert cl.check_spans(found, articles) is found


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from([A, B, C, D, OTHER, "a b c"]), max_size=4), min_size=1, max_size=4
    )
)
def test_rows_are_tellings_of_one_group(pages):
    articles = articles_of(*("\n\n".join(page) for page in pages))
    found = cl.find_repeats(cl.find_passages(articles), articles)
    cl.check_spans(found, articles)
    assert found.dtypes.to_dict() == make_table("repeats").dtypes.to_dict()
    texts = articles.set_index("article").text
    for _, group in found.groupby("label"):
        first = group[group.relation == "first"]
        assert len(first) == 1
        assert len(group) > 1
        for row in group[group.relation != "first"].itertuples():
            assert row.match_article == first.article.iloc[0]
            like = folded_words(texts[row.match_article][row.match_start : row.match_end])
            own = folded_words(row.text)
            assert row.words == len(own)
            longest = max(len(like), len(own))
            assert LCSseq.similarity(like, own) >= round(row.similarity * longest)
            assert row.similarity >= 0.6


def test_a_row_in_a_copy_is_marked_whatever_marks_stand_around_its_words():
    articles = articles_of(f"{C}\n\n{OTHER}\n\n“{C}”")
    passages = cl.find_passages(articles)
    marked = cl.mark_duplicates(passages, cl.find_repeats(passages, articles))
    assert marked.duplicate_status.to_list() == ["first", "first", "within"]


def test_count_missed_agrees_with_the_engine():
    random = np.random.default_rng(1)

    def new(*shape):
        return random.integers(1, 2**63, shape, dtype=np.uint64)

    for row in cl.count_missed(min_words=8, max_edits=0.15).itertuples():
        told = new(1000, row.words)
        again = np.where(random.random(told.shape) < row.edits, new(*told.shape), told)
        texts = np.concatenate(
            [np.concatenate([new(1000, 20), side, new(1000, 20)], axis=1) for side in (told, again)]
        )
        units = np.arange(2001) * texts.shape[1]
        no = np.zeros(texts.size, dtype=bool)
        words = Words(texts.ravel(), units, units, no, no, units)
        pairs = find_pairs(words, units, Limits(8, 0.15, words.hashes[:0]))
        found = len(set(pairs.b[2 * (pairs.b_end - pairs.b) >= row.words] // texts.shape[1])) / 1000
        assert found > row.found - 0.05, row
        assert found < row.found + 0.05 or row.edits > 0.15, (
            row
        )  # stretches less edited than the whole help there


def test_count_shared_of_the_seeds(seeds):
    articles, _, tables = seeds
    shared = cl.count_shared(tables["repeats"], articles)
    assert [(row.article_a[:3], row.article_b[:3], row.words) for row in shared.itertuples()] == [
        ("000", "000", 14),
        ("001", "002", 25),
        ("003", "003", 33),
        ("004", "004", 214),
    ]


def test_the_brief_says_that_an_article_is_nearly_another_one():
    told = " ".join(
        [
            A,
            OTHER,
            "Nobody at the mill had seen such a flood before.",
            "The bridge was closed at noon.",
        ]
    )
    for copy, alike in (
        (told.replace("noon", "night"), True),
        (f"{told} {' '.join(f'w{n}' for n in range(20))}.", False),
    ):
        articles = articles_of(told, copy)
        said = (
            cl.compose_brief(cl.find_all(articles, cl.read_codebook("")))
            .query("section == 'What is printed twice'")
            .sentence[:1]
        )
        assert ("nearly the same article" in said.item()) == alike
        assert "shares" in said.item()
