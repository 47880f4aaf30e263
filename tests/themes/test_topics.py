"""Topics of passages: groups, labels, evidence, and what is left out."""

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import clippings as cl
from clippings.core.errors import BadInput
from clippings.core.tables import COLUMNS, make_table
from clippings.themes import passage_words, topic_model, topic_sample, topic_terms, topics
from helpers import articles_of, story_of

# Sentences on four subjects, with the words in which people would expect the topic.
SUBJECTS = {
    "bridge": (
        "The old bridge over the harbour was closed because engineers found cracks in a pier.",
        "Cracks in a pier of the harbour bridge will take engineers months to repair.",
        "Engineers said the bridge would stay closed until every pier had been repaired.",
        "Lorries were sent around the harbour while engineers examined the bridge for cracks.",
    ),
    "teachers": (
        "Teachers went on strike over pay, and most schools sent their pupils home.",
        "The strike closed schools for a week, and teachers rejected a new offer of pay.",
        "Pupils stayed at home while teachers in all schools continued the strike.",
        "A union of teachers wants more pay before pupils can return to their schools.",
    ),
    "vaccine": (
        "A clinic began to offer the vaccine against measles to all infants.",
        "Doctors at the clinic said the vaccine protects infants against measles.",
        "Cases of measles fell after the clinic gave the vaccine to infants in the valley.",
        "Parents queued at the clinic because the vaccine against measles had run out.",
    ),
    "orchestra": (
        "The orchestra opened its season with a concert of three symphonies.",
        "Its conductor told the orchestra to repeat the concert in the open air.",
        "Every seat was sold for the concert, at which the orchestra played two symphonies.",
        "The conductor leaves the orchestra after a last concert this season.",
    ),
}
NOISE = (
    "Nobody answered.",
    "It was a Tuesday like any other.",
    "He shrugged and went inside.",
)


def mixed_folder(articles: int = 8) -> pd.DataFrame:
    """Return articles that each mention two subjects, in passages of their own."""
    rows = []
    names = list(SUBJECTS)
    for number in range(articles):
        texts = [NOISE[number % len(NOISE)]]
        for step in (0, 1):
            subject = SUBJECTS[names[(number + step) % len(names)]]
            texts += [subject[number % 4], subject[(number + 1 + step) % 4]]
        start = 0
        for text in texts:
            row = {"article": f"{number:02}", "start": start, "end": start + len(text)}
            rows.append(row | {"text": text, "label": "body", "language": "en"})
            start += len(text) + 1
    return make_table("passages", rows)


def varied_folder(articles: int) -> pd.DataFrame:
    """Return a mixed folder in which no two passages have the same words."""
    passages = mixed_folder(articles)
    passages["text"] += [f" Reference letter q{number}q." for number in range(len(passages))]
    passages["start"] *= 2  # space for the additional words
    passages["end"] = passages.start + passages.text.str.len()
    return passages


@pytest.fixture
def only_equal_passages_are_copies(monkeypatch):
    """Let the passages of a varied folder, which differ in two words, count separately."""
    monkeypatch.setattr(topic_sample, "MAX_PASSAGES_COMPARED", 0)


def subject_of(text: str) -> str:
    """Return the subject of a passage, or "" for noise."""
    for subject, sentences in SUBJECTS.items():
        if text.startswith(sentences):
            return subject
    return ""


def articles_with(passages: pd.DataFrame) -> pd.DataFrame:
    """Return the articles of a table of passages."""
    names = sorted(set(passages.article))
    texts = [" ".join(passages.text[passages.article == name]) for name in names]
    return articles_of(*texts).assign(article=names, outlet="Valley Post")


def test_each_subject_is_a_topic_with_its_own_passages():
    found = cl.find_topics(mixed_folder())
    wrong = {}
    for subject, sentences in SUBJECTS.items():
        labels = found.label[found.text.isin(sentences)]
        most_frequent = labels.mode().iloc[0] if len(labels) else ""
        others = found.text[found.label == most_frequent]
        if not len(labels) or (labels == most_frequent).mean() < 0.9:
            wrong[subject] = sorted(set(labels))
        elif not others.isin(sentences).all():
            wrong[subject] = sorted(set(others) - set(sentences))
    assert wrong == {}
    assert found.label.nunique() == len(SUBJECTS)


def test_labels_are_words_of_the_passages():
    found = cl.find_topics(mixed_folder())
    texts = found.groupby("label").text.agg(" ".join).str.lower()
    unknown = {
        label
        for label, text in texts.items()
        if not all(word.strip(",").lower().rstrip("s") in text for word in label.split())
    }
    assert unknown == set()


def test_passages_about_nothing_have_no_topic():
    found = cl.find_topics(mixed_folder())
    assert not found.text.isin(NOISE).any()


def test_rules_state_whether_a_passage_contains_the_label():
    found = cl.find_topics(mixed_folder())
    assert set(found.rule) <= {topics.RULE_LABEL, topics.RULE_WORDS}
    first_words = found.label.str.split(r"\W+").str[0].str.lower().str.rstrip("s")
    has_word = [word in text.lower() for word, text in zip(first_words, found.text, strict=True)]
    assert (found.rule[has_word] == topics.RULE_LABEL).all()


def test_the_order_of_rows_does_not_matter():
    passages = mixed_folder()
    assert_frame_equal(cl.find_topics(passages), cl.find_topics(passages.iloc[::-1]))


def test_too_little_text_gives_an_empty_table():
    repeated = [text for sentences in SUBJECTS.values() for text in sentences]
    one_article = story_of(*repeated * 2).assign(article="a")
    one_article["start"] = np.arange(len(one_article)) * 200
    one_article["end"] = one_article.start + one_article.text.str.len()
    folders = {
        "nothing": story_of(),
        "empty passages": story_of(*[""] * 30),
        "few passages": story_of(*repeated[:8]),
        "a single article": one_article,
        "no common words": story_of(*(f"word{number} term{number}" for number in range(30))),
        "only function words": story_of(*["and so it was that they had been"] * 30),
        "only figures": story_of(*["1 2 3 4 5 6", "7.5 8 9"] * 15),
    }
    not_empty = []
    for name, passages in folders.items():
        found = cl.find_topics(passages)
        if len(found) or found.dtypes.to_dict() != make_table("topics").dtypes.to_dict():
            not_empty.append(name)
    assert not_empty == []


def test_numbers_of_topics_below_one_are_refused():
    for k in (0, -1):
        with pytest.raises(BadInput, match=str(k)):
            cl.find_topics(mixed_folder(), k=k)


def test_k_is_the_largest_number_of_topics():
    assert cl.find_topics(mixed_folder(), k=2).label.nunique() == 2
    assert cl.find_topics(mixed_folder(), k=50).label.nunique() >= len(SUBJECTS)


def test_datelines_and_tables_of_figures_have_no_topic():
    passages = mixed_folder()
    is_bridge = passages.text == SUBJECTS["bridge"][0]
    as_dateline = passages.assign(label=passages.label.mask(is_bridge, "dateline"))
    assert SUBJECTS["bridge"][0] in set(cl.find_topics(passages).text)
    assert SUBJECTS["bridge"][0] not in set(cl.find_topics(as_dateline).text)
    table = "bridge 12 14 15 16 pier 17 18 harbour 2 3"
    with_table = passages.assign(text=passages.text.mask(is_bridge, table))
    assert table not in set(cl.find_topics(with_table).text)


def test_persons_sources_dates_and_participles_are_no_labels():
    terms = {
        "security officials": True,
        "condition of anonymity": True,
        "mid-March": True,
        "late-2004": False,
        "energy prices": False,
        "press conference": True,
        "peace conference": False,
    }
    wrong = [
        term for term, is_one in terms.items() if topic_terms.is_attribution_or_date(term) != is_one
    ]
    assert wrong == []
    nouns = {
        "company": False,
        "offices": False,
        "post office": True,
        "estimated": False,
        "speed": True,
        "seabed": True,
        "mln": False,
        "well-being": True,
    }
    assert [
        term for term, can_be in nouns.items() if topic_terms.can_be_subject(term) != can_be
    ] == []
    names = {"Anna Bell": True, "Ali al-Lund": True, "Abu bin Lund": True, "Bell tower": False}
    assert [
        name for name, is_one in names.items() if topic_terms._is_written_as_name(name) != is_one
    ] == []


def test_a_person_in_every_article_is_no_topic():
    passages = mixed_folder()
    named = passages.assign(text=passages.text + " Anna Bell of Ostrand said so.")
    named["end"] = named.start + named.text.str.len()
    labels = " ".join(cl.find_topics(named).label.unique())
    assert "Bell" not in labels
    assert "Ostrand" not in labels


@pytest.mark.usefixtures("only_equal_passages_are_copies")
def test_a_large_corpus_is_assigned_to_the_topics_of_a_sample(monkeypatch):
    passages = varied_folder(40)
    monkeypatch.setattr(topic_sample, "SAMPLE_PASSAGES", 120)
    monkeypatch.setattr(topics, "PASSAGES_PER_PORTION", 30)
    found = cl.find_topics(passages)
    assert found.article.nunique() == 40
    subjects = found.text.map(subject_of).groupby(found.label).unique()
    assert all(len(names) == 1 for names in subjects)
    assert {names[0] for names in subjects} == set(SUBJECTS)
    assert_frame_equal(found, cl.find_topics(passages.iloc[::-1]))


def test_counts_have_a_row_for_each_topic():
    passages = mixed_folder()
    found = cl.find_topics(passages)
    counts = cl.count_topics(found, articles_with(passages))
    assert (
        dict(zip(counts.label, counts.passages, strict=True))
        == found.label.value_counts().to_dict()
    )
    assert (counts.parent == "").all()
    assert (counts.outlets == 1).all()
    assert counts.articles.is_monotonic_decreasing
    assert counts.share.between(0, 1).all()
    assert (counts.terms != "").all()
    nothing = cl.count_topics(make_table("topics"), articles_with(passages))
    assert nothing.dtypes.to_dict() == counts.dtypes.to_dict()


def test_sub_topics_follow_their_topic():
    rows = [
        {"article": article, "start": number, "end": number + 1, "text": "x", "label": label}
        | {"subtopic": subtopic, "weight": 0.5, "rule": topics.RULE_LABEL}
        for number, (article, label, subtopic) in enumerate(
            [
                ("a", "films", "awards"),
                ("b", "films", "awards"),
                ("b", "films", ""),
                ("a", "tax", ""),
            ]
        )
    ]
    counts = cl.count_topics(make_table("topics", rows), articles_of("x", "x"))
    assert counts[["label", "parent", "passages", "articles"]].values.tolist() == [
        ["films", "", 3, 2],
        ["awards", "films", 2, 2],
        ["tax", "", 1, 1],
    ]


def test_large_topics_have_sub_topics(monkeypatch):
    monkeypatch.setattr(topic_model, "MIN_PASSAGES_TO_DIVIDE", 4)
    monkeypatch.setattr(topic_model, "MIN_ARTICLES_TO_DIVIDE", 2)
    monkeypatch.setattr(topic_model, "MIN_SUBTOPICS", 1)
    found = cl.find_topics(varied_folder(16))
    assert list(found.columns) == list(COLUMNS["topics"])
    subtopics = found[found.subtopic != ""]
    labels = set(found.label)
    assert labels.isdisjoint(subtopics.subtopic)


def test_context_adds_neighbours_and_the_article():
    context = passage_words.Context(
        article=np.array([0, 0, 0, 1]),
        is_short=np.array([False, True, False, False]),
        weight_of_article=0.0,
    )
    added = context.add_to(np.eye(4, dtype="float32"))
    neighbour = passage_words.WEIGHT_OF_NEIGHBOURS
    assert added[0].tolist() == [1, neighbour, 0, 0]
    assert added[1].tolist() == [2 * neighbour, 1, 2 * neighbour, 0]
    assert added[3].tolist() == [0, 0, 0, 1]
    whole = context._replace(weight_of_article=0.5).add_to(np.eye(4, dtype="float32"))
    assert whole[3].tolist() == [0, 0, 0, 1.5]


@pytest.mark.usefixtures("only_equal_passages_are_copies")
def test_a_statement_that_many_articles_quote_is_one_passage():
    quoted = "The chairman said the orchard was a treasure, and the cider festival a delight."
    passages = varied_folder(16)
    ends = passages.groupby("article").end.max()
    copies = [
        {"article": article, "start": end + 1, "end": end + 1 + len(quoted), "text": quoted}
        | {"label": "body", "language": "en"}
        for article, end in ends.items()
    ]
    found = cl.find_topics(pd.concat([passages, make_table("passages", copies)]))
    assert quoted not in set(found.text)
    assert set(found.text.map(subject_of)) == set(SUBJECTS)


def test_edited_copies_are_copies_of_the_first_passage():
    quoted = "The chairman of {} said the orchard was a treasure, and the cider festival a delight."
    other = "Nobody in {} had seen the lighthouse keeper or his brown goat since the autumn storm."
    texts = [quoted.format("Ostrand"), other.format("Tolmere")]
    texts += [quoted.format("a district"), other.format("the valley"), "A short one."]
    sample = topic_sample.read_sample(story_of(*texts))[1]
    assert sample.original.tolist() == [0, 1, 0, 1, 4]


def test_copies_have_the_topic_of_the_first_passage():
    passages = mixed_folder(16)
    found = cl.find_topics(passages)
    topics_of_text = found.groupby("text").label.nunique()
    assert (topics_of_text == 1).all()
    repeated = passages.text.value_counts()
    counted = found.text.value_counts()
    assert (counted == repeated[counted.index]).all()


def test_topics_that_look_the_same_are_one():
    nothing = np.array([], dtype="int64")
    law = topic_model.Topic("tax laws", [(1, 2)], *[nothing] * 6)
    others = {"tax": True, "budget, tax": True, "budget": False}
    wrong = [
        label
        for label, is_same in others.items()
        if topic_model._are_same(law, law._replace(label=label)) != is_same
    ]
    assert wrong == []
