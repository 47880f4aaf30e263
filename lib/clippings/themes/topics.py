"""Find topics: what the passages of a folder are about, without a codebook.

1. *Groups.* Passages that share words with passages of other articles are grouped around terms
   (`topic_terms`, `topic_groups`). For large corpora, this is done for a sample (`topic_sample`).
2. *Labels.* Each group is labelled with the noun phrase, or the two nouns, that cover it best
   without being frequent outside it (`topic_model`, like the next steps).
3. *Evidence.* A passage belongs to a topic only if its own words show it: the words of the label,
   or two other words of the topic. All other passages have no topic.
4. *Checks.* A group whose words do not occur together in several articles, or that does not recur
   if some of the articles are left out, is not a topic.
5. *Sub-topics.* The passages of a large topic are grouped in the same way.

Here, the passages outside the sample are assigned to the topics, and topics are counted.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from clippings.core.cache import cacheable
from clippings.core.errors import BadInput
from clippings.core.progress import in_turn
from clippings.core.tables import COLUMNS, in_order, make_table
from clippings.themes.passage_words import (
    SHORT_PASSAGE_WORDS,
    Context,
    Vocabulary,
    count_stems,
    weight_of_article,
    weight_stems,
    without_first_names,
)
from clippings.themes.terms import count_terms, label_groups
from clippings.themes.topic_groups import NO_GROUP
from clippings.themes.topic_model import Topic, find_evidence, find_in_sample, have_stems
from clippings.themes.topic_sample import Sample, draw_sample, read_sample
from clippings.themes.word_numbers import number_words

# With less text, no topics are reported, because reading it is faster and more informative.
MIN_ARTICLES = 3
MIN_PASSAGES = 20

# Passages that are assigned at once, to limit memory.
PASSAGES_PER_PORTION = 50_000

# Terms of a topic in `count_topics`, and the passages from which they are taken.
TERMS_OF_TOPIC = 5
PASSAGES_FOR_TERMS = 300
TERM_SEPARATOR = " · "

DATELINE = "dateline"

# The column rule: the words of a passage that show its topic.
RULE_LABEL = "topic_label"
RULE_WORDS = "topic_words"


@cacheable
def find_topics(passages: pd.DataFrame, *, k: int | None = None) -> pd.DataFrame:
    """Find what passages are about.

    Parameters
    ----------
    passages : pandas.DataFrame
        Usually those of the article text, without copies: `passages[passages.label.isin(cl.STORY)]`
        after `mark_duplicates` and `drop_duplicates`.
    k : int, optional
        The maximum number of topics. The default is the number of topics that fit the passages and
        recur in random samples of the articles.

    Returns
    -------
    pandas.DataFrame
        The table `topics`: one row for each passage that has a topic, sorted by position. Passages
        without a clear topic are omitted. The table is empty if there is too little text: fewer
        than 3 articles or 20 passages, or none that share a subject.

        - `label`: the topic: a term of several words, or one or two nouns
        - `subtopic`: the part of a large topic, or ""
        - `weight`: similarity of the words of the passage to those of the topic, from 0 to 1; the
          passages with the highest weights are the most typical
        - `rule`: `topic_label` if the passage contains the label, `topic_words` if other words of
          the topic show it

    Raises
    ------
    BadInput
        If `k` is less than 1.

    Notes
    -----
    A topic occurs in at least two articles. Names have less weight than other words, so that topics
    are not simply persons or places. A passage has one topic at most. In a corpus of more than
    6,000 passages, topics are found in a random sample of this size, which is the same in every
    run. The docstring of `clippings.themes.topics` describes the steps.

    Passages about one subject in entirely different words are not found; nor are tables of figures.
    In languages other than English, labels may include words that are not nouns.

    References
    ----------
    Krause and Golovin (2014). Submodular function maximization, for facility location.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> passages = cl.mark_duplicates(passages, cl.find_repeats(passages, articles))
    >>> story = cl.drop_duplicates(passages[passages.label.isin(cl.STORY)])
    >>> topics = cl.find_topics(story)
    >>> topics.groupby("label").article.nunique()
    label
    Ostrand Fire Service    4
    Tidewater Rail          4
    east bank               3
    gates                   2
    Name: article, dtype: int64
    >>> topics[topics.label == "gates"][["article", "start", "weight", "rule"]].head(2)
                       article  start  weight         rule
    10  05_who_is_to_blame.txt    306    0.70  topic_label
    11  05_who_is_to_blame.txt    710    0.24  topic_label
    """
    if k is not None and k < 1:
        raise BadInput(f"k is {k}, but must be 1 or more, or None for a proposal")
    # A dateline names the place where an article was written, not its subject.
    ordered = in_order(passages[passages.label != DATELINE])
    sampled = draw_sample(ordered)
    if not _has_enough_text(ordered.iloc[sampled]):
        return make_table("topics")

    # Sums computed by several cores differ in their last digits, which can change the topics.
    with threadpool_limits(1):
        vocabulary, sample = read_sample(ordered.iloc[sampled])
        topics = find_in_sample(sample, vocabulary, k)
        if not topics:
            return make_table("topics")
        if len(sampled) == len(ordered):
            assignment = _assign_sample(topics, sample)
        else:
            assignment = _assign_all(ordered, topics, vocabulary, sample)
    return _make_table(ordered, topics, assignment)


def count_topics(topics: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Count the passages, articles and outlets of each topic.

    Parameters
    ----------
    topics : pandas.DataFrame
        The result of `find_topics`, or some of its rows.
    articles : pandas.DataFrame
        The articles.

    Returns
    -------
    pandas.DataFrame
        One row per topic, those in most articles first; each is followed by its sub-topics.

        - `label`: the topic or sub-topic
        - `parent`: the topic that a sub-topic belongs to, or ""
        - `terms`: up to five terms that distinguish its passages from those of the other topics (or
          of the other sub-topics)
        - `passages`, `articles`, `outlets`: how many of each mention it
        - `share`: share of all articles, from 0 to 1

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> passages = cl.mark_duplicates(passages, cl.find_repeats(passages, articles))
    >>> story = cl.drop_duplicates(passages[passages.label.isin(cl.STORY)])
    >>> counts = cl.count_topics(cl.find_topics(story), articles)
    >>> counts[["label", "passages", "articles", "share"]].head(3)
                      label  passages  articles  share
    0        Tidewater Rail         5         4  0.667
    1  Ostrand Fire Service         4         4  0.667
    2             east bank         3         3  0.500
    """
    outlet_of = dict(zip(articles.article, articles.outlet, strict=True))
    number_of_articles = max(len(articles), 1)
    rows = []
    terms_of_topics = _terms_of_labels(topics, topics.label)
    for label, members in _most_widespread_first(topics, "label"):
        rows.append(_count_row(label, "", members, terms_of_topics, outlet_of))
        divided = members[members.subtopic != ""]
        terms_of_subtopics = _terms_of_labels(divided, divided.subtopic)
        for subtopic, part in _most_widespread_first(divided, "subtopic"):
            rows.append(_count_row(subtopic, label, part, terms_of_subtopics, outlet_of))

    table = pd.DataFrame(rows, columns=list(COUNT_COLUMNS))
    table["share"] = (table.articles / number_of_articles).round(3)
    return table.astype(COUNT_COLUMNS)


COUNT_COLUMNS = {
    "label": "str",
    "parent": "str",
    "terms": "str",
    "passages": "int64",
    "articles": "int64",
    "outlets": "int64",
    "share": "float64",
}


def _most_widespread_first(topics: pd.DataFrame, column: str) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield each value of a column with its rows: by articles, passages, and the alphabet."""
    groups = dict(list(topics.groupby(column)))

    def size(value: str) -> tuple[int, int, str]:
        return -groups[value].article.nunique(), -len(groups[value]), value

    for value in sorted(groups, key=size):
        yield value, groups[value]


def _count_row(
    label: str,
    parent: str,
    members: pd.DataFrame,
    terms: dict[str, list[str]],
    outlet_of: dict[str, str],
) -> dict:
    """Return a row of `count_topics` without the share."""
    articles = members.article.unique()
    outlets = {outlet_of.get(article, "") for article in articles} - {""}
    return {
        "label": label,
        "parent": parent,
        "terms": TERM_SEPARATOR.join(terms.get(label, [])),
        "passages": len(members),
        "articles": len(articles),
        "outlets": len(outlets),
    }


def _terms_of_labels(topics: pd.DataFrame, labels: pd.Series) -> dict[str, list[str]]:
    """Return the distinctive terms of each label, from its most typical passages."""
    if topics.empty:
        return {}
    by_weight = topics.assign(group=labels).sort_values("weight", ascending=False, kind="stable")
    typical = by_weight.groupby("group").head(PASSAGES_FOR_TERMS).sort_index()
    counts = count_terms(typical.text, range(len(typical)))
    return label_groups(
        counts, typical.group.tolist(), articles=typical.article.tolist(), n=TERMS_OF_TOPIC
    )


# Reading passages -------------------------------------------------------------------------------


def _has_enough_text(passages: pd.DataFrame) -> bool:
    """Return whether there is enough text to find topics."""
    return len(passages) >= MIN_PASSAGES and passages.article.nunique() >= MIN_ARTICLES


# Assigning all passages -------------------------------------------------------------------------


class _Assignment(NamedTuple):
    """The topics of passages."""

    rows: np.ndarray  # of the passages that have a topic
    topic: np.ndarray  # its number
    subtopic: np.ndarray  # the number of its sub-topic, or NO_GROUP
    weight: np.ndarray
    has_label: np.ndarray


def _assign_sample(topics: list[Topic], sample: Sample) -> _Assignment:
    """Return the topics of the passages of the sample."""
    topic_of = np.full(len(sample.article), NO_GROUP)
    subtopic_of = np.full(len(sample.article), NO_GROUP)
    weight = np.zeros(len(sample.article))
    has_label = np.zeros(len(sample.article), dtype="bool")
    for number, topic in enumerate(topics):
        rows = topic.members
        topic_of[rows] = number
        weight[rows] = sample.weighted[rows] @ topic.typical
        has_label[rows] = have_stems(sample.counts[rows], topic.label_stems)
        for part_number, part in enumerate(topic.subtopics):
            subtopic_of[part.members] = part_number
    # Copies were not read; they have the topic of the first passage with the same words.
    originals = sample.original
    rows = np.flatnonzero(topic_of[originals] != NO_GROUP)
    first = originals[rows]
    return _Assignment(rows, topic_of[first], subtopic_of[first], weight[first], has_label[first])


def _assign_portion(
    texts: list[str],
    article: np.ndarray,
    topics: list[Topic],
    vocabulary: Vocabulary,
    sample: Sample,
) -> _Assignment:
    """Return the topics of passages, most of which are outside the sample."""
    numbered = number_words(without_first_names(text) for text in texts)
    counts, lengths = count_stems(numbered, vocabulary)
    is_short = lengths < SHORT_PASSAGE_WORDS
    weighted = weight_stems(counts, sample.stem_weight)
    context = Context(article, is_short, weight_of_article(sample.articles))
    nearest = _nearest(topics, weighted, context)

    topic_of = np.full(len(texts), NO_GROUP)
    subtopic_of = np.full(len(texts), NO_GROUP)
    weight = np.zeros(len(texts))
    has_label = np.zeros(len(texts), dtype="bool")
    for number, topic in enumerate(topics):
        rows = np.flatnonzero(nearest == number)
        evidence = find_evidence(topic, counts[rows], weighted[rows], is_short[rows])
        rows = rows[evidence.belongs]
        topic_of[rows] = number
        weight[rows] = evidence.weight[evidence.belongs]
        has_label[rows] = evidence.has_label[evidence.belongs]
        if topic.subtopics:
            inside = Context(article[rows], is_short[rows], context.weight_of_article)
            nearest_part = _nearest(topic.subtopics, weighted[rows], inside)
            for part_number, part in enumerate(topic.subtopics):
                shown = find_evidence(part, counts[rows], weighted[rows], is_short[rows])
                subtopic_of[rows[shown.belongs & (nearest_part == part_number)]] = part_number
    rows = np.flatnonzero(topic_of != NO_GROUP)
    return _Assignment(rows, topic_of[rows], subtopic_of[rows], weight[rows], has_label[rows])


def _nearest(topics: Sequence[Topic], weighted, context: Context) -> np.ndarray:
    """Return the topic that attracts each passage most; NO_GROUP if none does."""
    attraction = np.column_stack([topic.attraction for topic in topics]).astype("float32")
    attracted = context.add_to(np.asarray(weighted @ attraction))
    nearest = attracted.argmax(axis=1)
    nearest[attracted.max(axis=1) <= 0] = NO_GROUP
    return nearest


def _portions(article: np.ndarray) -> list[slice]:
    """Divide passages into portions of whole articles."""
    starts = np.flatnonzero(np.r_[True, article[1:] != article[:-1]])
    portion = starts // PASSAGES_PER_PORTION
    first = starts[np.r_[True, portion[1:] != portion[:-1]]]
    return [
        slice(int(start), int(end))
        for start, end in zip(first, np.r_[first[1:], len(article)], strict=True)
    ]


def _assign_all(
    passages: pd.DataFrame, topics: list[Topic], vocabulary: Vocabulary, sample: Sample
) -> _Assignment:
    """Return the topics of all passages of a corpus that is larger than the sample."""
    article = pd.factorize(passages.article)[0]
    parts = []
    for portion in in_turn(_portions(article), "topics", "portion"):
        texts = passages.text.iloc[portion].tolist()
        part = _assign_portion(texts, article[portion], topics, vocabulary, sample)
        parts.append(part._replace(rows=part.rows + portion.start))
    return _Assignment(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _make_table(
    passages: pd.DataFrame, topics: list[Topic], assignment: _Assignment
) -> pd.DataFrame:
    """Return the table of the passages that have a topic."""
    labels = pd.Series([topic.label for topic in topics], dtype="str")
    labels_of_parts = [part.label for topic in topics for part in topic.subtopics]
    parts_before = np.cumsum([0, *(len(topic.subtopics) for topic in topics)])[:-1]
    no_part = len(labels_of_parts)
    part = np.where(
        assignment.subtopic == NO_GROUP,
        no_part,
        parts_before[assignment.topic] + assignment.subtopic,
    )
    rules = pd.Series([RULE_WORDS, RULE_LABEL], dtype="str")

    rows = passages.iloc[assignment.rows]
    table = rows[["article", "start", "end", "text"]].reset_index(drop=True)
    table["label"] = labels.iloc[assignment.topic].array
    table["subtopic"] = pd.Series([*labels_of_parts, ""], dtype="str").iloc[part].array
    table["weight"] = assignment.weight.astype("float64").round(2)
    table["rule"] = rules.iloc[assignment.has_label.astype("int64")].array
    return table.astype(COLUMNS["topics"])
