"""Teaching a theme: the ranking learns from answers, the estimate is honest, terms are checked."""

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import clippings as cl
from clippings.core.errors import BadInput
from clippings.core.tables import make_table
from clippings.themes.ranking import PassageRanker, find_features
from clippings.themes.teaching import estimate_remaining

FLOODS = [
    "The river rose and flooded the lower streets of Ostrand.",
    "Flood water reached the school, and the streets were closed.",
    "After the flooding, people pumped water out of their cellars.",
    "The flood destroyed two bridges over the river.",
    "Rain filled the river until it flooded the fields.",
    "Residents fled as the river flooded their houses.",
]
OTHERS = [
    "The council elected a new mayor after a long debate.",
    "The team of Tolmere won the match by two goals.",
    "A new theatre opened with a play about the harvest.",
    "The bank raised its rates for the third time.",
    "Teachers asked for higher wages and went on strike.",
    "The museum shows paintings by Anna Bell.",
    "Farmers sold their wheat at a higher price.",
    "A bus route will connect Lund and Tolmere.",
    "The court fined the owner of the mill.",
    "The orchestra played in the market hall.",
    "Voters in Lund rejected the plan for a road.",
    "The baker opened a second shop near the station.",
]


def story_of(*texts: str) -> pd.DataFrame:
    """One passage per text; the label of a row is the number of its text."""
    rows = [
        {"article": f"{number:03d}.txt", "start": 0, "end": len(text), "text": text}
        for number, text in enumerate(texts)
    ]
    return make_table("passages", [row | {"label": "body"} for row in rows])


@pytest.fixture
def story():
    return story_of(*FLOODS, *OTHERS)


def is_flood(rows: pd.DataFrame) -> pd.Series:
    return rows.text.isin(FLOODS)


def test_passages_like_the_examples_come_first(story):
    for given in ({"yes": [0]}, {"terms": ["flood*"]}, {"definition": "A river floods a town"}):
        proposed = cl.propose_passages(story, **given, n=4)
        assert is_flood(proposed).all(), given
        assert proposed.score.is_monotonic_decreasing
        assert proposed.clues.str.contains("(?i)flood|river").all()


def test_the_row_labels_of_the_passages_remain_and_the_order_of_rows_does_not_matter(story):
    labelled = story.set_index(pd.Index([f"p{number}" for number in range(len(story))]))
    proposed = cl.propose_passages(labelled, yes=["p0"], no=["p6"], n=None)
    assert sorted([*proposed.index, "p0", "p6"]) == sorted(labelled.index)
    assert_frame_equal(labelled.loc[proposed.index], proposed[labelled.columns])
    backwards = cl.propose_passages(labelled.iloc[::-1], yes=["p0"], no=["p6"], n=None)
    assert_frame_equal(proposed, backwards)


def test_a_rejected_passage_lowers_passages_like_it(story):
    def place(*no: int) -> int:
        return list(cl.propose_passages(story, yes=[0], no=no, n=None).index).index(13)

    # Passage 13 mentions Tolmere, as 7 does, and has no word in common with 14.
    assert place(7) > place(14)


def test_what_cannot_be_used_is_refused(story):
    wrong = {
        "nothing describes the theme": {},
        "no such label": {"yes": [99]},
        "both yes and no": {"yes": [1], "no": [1]},
        "a term without words": {"terms": ["|"]},
        "too few vectors": {"yes": [1], "vectors": lambda texts: np.zeros((1, 2))},
        "vectors of one dimension": {"yes": [1], "vectors": lambda texts: np.zeros(len(texts))},
    }
    accepted = []
    for name, given in wrong.items():
        try:
            cl.propose_passages(story, **given)
        except BadInput:
            continue
        accepted.append(name)
    assert accepted == []
    with pytest.raises(BadInput):
        cl.propose_passages(story.set_index(story.start), yes=[0])
    with pytest.raises(BadInput):
        cl.propose_terms(story, [99])


def test_texts_without_words_are_ranked_as_well():
    unspaced = ["水位上升了", "水位下降了", "球队获胜"]
    for texts in (["1 2", "…"], ["a", "b"], ["the"], unspaced):
        story = story_of(*texts)
        proposed = cl.propose_passages(story, yes=[0], n=None)
        assert sorted(proposed.index) == list(range(1, len(texts))), texts
        cl.count_remaining(story, yes=[0], no=[])
        cl.propose_terms(story, [0])


def test_scripts_without_spaces_are_compared_by_pairs_of_characters():
    story = story_of("水位上升了三米", "球队获胜", "水位上升警报", "市长辞职")
    assert cl.propose_passages(story, yes=[0], n=1).index[0] == 2


def test_vectors_relate_passages_without_a_common_word():
    texts = ["Cats sleep.", "Kittens doze.", "Dogs bark.", "Trains arrive.", "Ships depart."]
    subject = {"Cats": [1, 0, 0], "Kittens": [0.9, 0.1, 0], "Dogs": [0, 1, 0]}

    def embed(batch: list[str]) -> np.ndarray:
        return np.array([subject.get(text.split()[0], [0, 0, 1]) for text in batch])

    story = story_of(*texts)
    assert cl.propose_passages(story, yes=[0], vectors=embed, n=1).index[0] == 1
    assert cl.propose_passages(story, definition="Cats", vectors=embed, n=2).index[1] == 1
    # The definition shares no word with the passages.
    subject["Felines"] = [1, 0, 0]
    proposed = cl.propose_passages(story, definition="Felines", vectors=embed, n=2)
    assert sorted(proposed.index) == [0, 1]


def test_a_single_term_need_not_be_a_list(story):
    assert_frame_equal(
        cl.propose_passages(story, terms="flood*"), cl.propose_passages(story, terms=["flood*"])
    )


def test_terms_match_words_with_invisible_characters():
    story = story_of("The flo\u00adod came.", "A play began.", "A goal was scored.")
    assert cl.propose_passages(story, terms=["flood"], n=1).index[0] == 0
    assert cl.propose_terms(story, [0], [1, 2]).unread.tolist() == [0]


def test_features_are_stems_with_their_spans():
    text = "Flooded streets, and the flooding of rivers"
    features = find_features(text, "en")
    assert [(feature.stems, text[feature.start : feature.end]) for feature in features] == [
        ("flood", "Flooded"),
        ("street", "streets"),
        ("flood", "flooding"),
        ("river", "rivers"),
        ("flood street", "Flooded streets"),
        ("street flood", "streets, and the flooding"),
        ("flood river", "flooding of rivers"),
    ]


def test_words_are_reduced_to_stems_in_their_own_language():
    pairs = {
        "en": ("bridges", "bridge"),
        "": ("bridges", "bridge"),
        "de": ("Brücken", "Brücke"),
        "fr": ("rivières", "rivière"),
        "es": ("puentes", "puente"),
        "it": ("fiumi", "fiume"),
        "ru": ("реки", "река"),
    }
    different = {}
    for language, words in pairs.items():
        stems = {feature.stems for word in words for feature in find_features(word, language)}
        if len(stems) != 1:
            different[language] = stems
    assert different == {}
    # Without a stemmer, the word itself.
    assert [feature.stems for feature in find_features("Мости", "uk")] == ["мости"]


def test_clues_are_words_of_the_passage(story):
    ranker = PassageRanker(story)
    judged = ranker.judgements(yes=[0, 1], no=[6])
    ranker.score(judged)
    wrong = []
    for position, text in enumerate(ranker.passages.text):
        clues = ranker.clues(position)
        ends = [0, *(clue.end for clue in clues)]
        for clue, end_before in zip(clues, ends, strict=False):
            if text[clue.start : clue.end] != clue.text or clue.start < end_before:
                wrong.append((text, clue))
    assert wrong == []
    bridges = ranker.judgements(yes=[3], no=[]).yes[0]
    assert {clue.text.lower() for clue in ranker.clues(bridges)} >= {"flood", "river"}


def test_the_estimate_narrows_and_contains_the_truth():
    texts = [*FLOODS * 5, *OTHERS * 20]
    numbered = [f"{text} Number {number}." for number, text in enumerate(texts)]
    story = story_of(*numbered)
    has_theme = np.array([number < len(FLOODS) * 5 for number in range(len(texts))])
    ranker = PassageRanker(story)
    # All but five with the theme have been read, and more and more without it.
    with_theme = np.flatnonzero(has_theme)[:-5]
    without_theme = np.flatnonzero(~has_theme)
    widths = []
    for number in (10, 100):
        judged = ranker.judgements(yes=with_theme, no=without_theme[:number])
        remaining = estimate_remaining(ranker, judged)
        assert remaining.low <= 5 <= remaining.high
        assert remaining.low <= remaining.estimate <= remaining.high
        widths.append(remaining.high - remaining.low)
    assert widths[1] < widths[0]


def test_there_is_no_estimate_until_answers_differ(story):
    only_yes = cl.count_remaining(story, yes=[0, 1], no=[])
    assert only_yes[["low", "high"]].iloc[0].tolist() == [0, len(story) - 2]
    assert only_yes.estimate.isna().all()
    only_no = cl.count_remaining(story, yes=[], no=[6, 7], terms=["flood*"])
    assert only_no.estimate.isna().all()
    assert only_no.high.iloc[0] <= len(story) - 2
    complete = cl.count_remaining(story, yes=range(6), no=range(6, len(story)))
    assert complete[["unread", "low", "estimate", "high"]].iloc[0].tolist() == [0, 0, 0, 0]
    assert complete.least_share.iloc[0] == 1


def test_proposed_terms_are_what_they_say(story):
    yes = story.index[:4]
    no = story.index[6:12]
    terms = cl.propose_terms(story, yes, no)
    assert terms.term.iloc[0] == "flood*"
    wrong = []
    for row in terms.itertuples():
        matches = cl.find_themes(
            story,
            pd.DataFrame(
                [{"theme": "t", "side": "for", "term": row.term, "near": "", "not_near": ""}]
            ),
        ).article.unique()
        labels = set(story.index[story.article.isin(matches)])
        counts = (len(labels & set(yes)), len(labels & set(no)))
        unread = len(labels - set(yes) - set(no))
        if counts != (row.yes, row.no) or unread != row.unread:
            wrong.append((row, counts, unread))
    assert wrong == []
    assert terms.recall_together.is_monotonic_increasing
    assert (terms.precision >= 0.75).all()


def test_words_of_every_passage_are_not_proposed():
    common = [f"The report by Lund says: {text}" for text in (*FLOODS, *OTHERS)]
    terms = cl.propose_terms(story_of(*common), range(4), range(6, 9))
    assert not terms.term.str.contains("report|lund|say").any()


def test_forms_of_a_word_become_one_term_and_phrases_end_at_punctuation():
    story = story_of(
        "The levee broke.", "Levees broke, water came.", "A broken levee.", "A play.", "A goal."
    )
    terms = cl.propose_terms(story, [0, 1, 2], [3, 4])
    assert terms.term.iloc[0] == "levee*"
    assert cl.propose_terms(story, [], [3]).empty
