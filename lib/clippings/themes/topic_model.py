"""Find the topics of a sample of passages: groups with a label that are coherent and recur."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from clippings.core.progress import in_turn
from clippings.core.tokens import folded_words
from clippings.themes.passage_words import Vocabulary
from clippings.themes.topic_groups import (
    Grouping,
    group_passages,
    measure_recurrence,
    membership_of,
)
from clippings.themes.topic_sample import Sample, compare_passages
from clippings.themes.topic_terms import (
    MANY_ARTICLES,
    MIN_TERM_ARTICLES_OF_MANY,
    MIN_TOPIC_ARTICLES,
    MIN_TOPIC_PASSAGES,
    MIN_TOPIC_PASSAGES_OF_MANY,
    MIN_TOPIC_SHARE,
)

# Weight of a name as the centre of a group and as a label, and weight of a term of several words,
# compared with 1 for others. "Interest rates" says more than "rates".
CENTRE_WEIGHT_OF_NAME = 0.5
CENTRE_WEIGHT_OF_PHRASE = 1.1
LABEL_WEIGHT_OF_NAME = 0.6
LABEL_WEIGHT_OF_PHRASE = 1.3

# The largest number of topics that is proposed, and the share of all similarity that the last of
# them must contribute. For sub-topics, the share is larger: few, clearly different sub-topics.
MAX_TOPICS = 40
MIN_GAIN = 0.015
MAX_SUBTOPICS = 6
MIN_GAIN_OF_SUBTOPIC = 0.05

# If the number of topics is given, more groups are made, because not all of them are coherent.
GROUPS_PER_TOPIC = 1.5

# The mean overlap with groups of random samples from which a group is treated as stable. Hennig
# (2007) regards groups below 0.5 as dissolved, but his groups have no passages in between; here,
# groups that people recognise start at a third.
MIN_RECURRENCE = 0.33

# In a folder of fewer than 10 articles, a sample may lack the only other article on a subject.
SMALL_FOLDER = 10
MIN_RECURRENCE_IN_SMALL_FOLDER = 0.25
MIN_RECURRENCE_OF_SUBTOPIC = 0.35

# The weight of coverage in the F score of a label, compared with 1 for precision. A label that is
# frequent elsewhere ("users", "title") is worse than one that covers fewer passages of its group.
LABEL_BETA = 0.5

# A longer term replaces a label that it contains if it makes up this share of its occurrences:
# "mobile phone" instead of "phone", but not "second-degree murder" instead of "murder".
MIN_SHARE_OF_LONGER_TERM = 0.4

# A second word is added to a label of one word if its score is this share of that of the first, and
# this share of the articles with the rarer of them contains both.
MIN_SCORE_OF_SECOND = 0.5
MIN_COMMON_ARTICLES = 0.5

# The score of a label (an F score, with the weights above) and the share of its passages that it
# must cover. In fewer than 100 articles, a label that covers little is often incidental. For
# sub-topics, both are higher, because there is the topic as an alternative.
MIN_SCORE = 0.3
MIN_COVERAGE = 0.25
MIN_COVERAGE_IN_FEW_ARTICLES = 0.4
MIN_SCORE_OF_SUBTOPIC = 0.45
MIN_COVERAGE_OF_SUBTOPIC = 0.4

# The stems that show that a passage belongs to a topic: how many there are; how many of them a
# passage without the label must contain; and how similar it must be to the topic. A passage with a
# label of one noun must fulfil one of these conditions. In a short passage, such as a headline, one
# stem is enough if the similarity is high.
CORE_STEMS = 12
MIN_CORE_STEMS = 2
MIN_WEIGHT_OF_WORDS = 0.2
MIN_WEIGHT_OF_SHORT_PASSAGE = 0.4

# Between the two nouns of a label.
LABEL_SEPARATOR = ", "

# A topic is coherent if at least this share of its passages has words in common apart from the
# label, and if at least this share of the pairs of its CHECKED_STEMS most important stems
# occurs together in two of its articles, and in this share of them.
MIN_LINKED_SHARE = 0.4
CHECKED_STEMS = 6
MIN_SHARE_OF_PAIRS = 0.6
MIN_ARTICLES_OF_PAIR = 2
MIN_SHARE_OF_ARTICLES_OF_PAIR = 0.05

# In a mixed folder of 10 to 99 articles, a common word ("show") may join articles on different
# subjects. There, the passages with the label in different articles must be this many times as
# similar as any two passages, without counting the label, and this share of all passages with the
# label must belong to the topic.
MIN_RELATION = 1.5
RELATION_OF_TWO_ARTICLES = 2.0  # times as much, if there are only two articles
MIN_LABEL_PRECISION = 0.5

# "Investment" has more senses than "interest rates". In all folders of fewer than 100 articles, the
# passages with a label of a single noun must therefore be this many times as similar as any two.
MIN_RELATION_OF_SINGLE_NOUN = 2.5
RELATION_OF_TWO_ARTICLES_IN_SMALL_FOLDER = 1.5

# There, a label of a single noun ("game", "season") must occur in this number of articles.
MIN_ARTICLES_OF_SINGLE_NOUN = 4

# The smallest topic that is divided into sub-topics, and the number of these from which they are
# reported.
MIN_PASSAGES_TO_DIVIDE = 60
MIN_ARTICLES_TO_DIVIDE = 15
MIN_SUBTOPICS = 2

# The smallest sub-topic, in passages, as a share of the passages of its topic, and in articles.
MIN_SUBTOPIC_PASSAGES = 6
MIN_SUBTOPIC_SHARE = 0.1
MIN_SUBTOPIC_ARTICLES = 3


class _Limits(NamedTuple):
    """What a group must fulfil to be a topic."""

    max_groups: int
    min_gain: float
    min_recurrence: float
    min_score: float
    min_coverage: float
    min_passages: int
    min_articles: int
    min_relation: float
    min_relation_of_single_noun: float = 0.0
    relation_of_two_articles: float = RELATION_OF_TWO_ARTICLES
    min_articles_of_single_noun: int = 0
    max_label_terms: int = 2


class Topic(NamedTuple):
    """What is needed to assign passages to a topic."""

    label: str
    label_stems: list[tuple[int, ...]]  # a passage has the label if it has all stems of one of them
    core: np.ndarray  # columns of the most important stems
    core_without_names: np.ndarray
    typical: np.ndarray  # weights of all stems, of length 1
    attraction: np.ndarray  # weights of all stems: above 0, a passage is closer than by chance
    group: np.ndarray  # rows of the sample that are close to it
    members: np.ndarray  # those of them that belong to it
    subtopics: tuple["Topic", ...] = ()


def find_in_sample(sample: Sample, vocabulary: Vocabulary, k: int | None) -> list[Topic]:
    """Find the topics of a sample with their sub-topics.

    Parameters
    ----------
    sample : Sample
        The passages.
    vocabulary : Vocabulary
        Their stems.
    k : int, optional
        The maximum number of topics; None for a proposal.

    Returns
    -------
    list of Topic
        The topics, the largest first.
    """
    is_large = sample.articles >= MANY_ARTICLES
    is_small = sample.articles < SMALL_FOLDER
    min_recurrence = MIN_RECURRENCE_IN_SMALL_FOLDER if is_small else MIN_RECURRENCE
    limits = _Limits(
        max_groups=MAX_TOPICS if k is None else round(k * GROUPS_PER_TOPIC) + 1,
        min_gain=MIN_GAIN if k is None else 0.0,
        min_recurrence=min_recurrence if k is None else 0.0,
        min_score=MIN_SCORE,
        min_coverage=MIN_COVERAGE if is_large else MIN_COVERAGE_IN_FEW_ARTICLES,
        min_passages=_smallest_topic(len(sample.article)),
        min_articles=MIN_TERM_ARTICLES_OF_MANY if is_large else MIN_TOPIC_ARTICLES,
        min_relation=0.0 if is_large or is_small else MIN_RELATION,
        min_relation_of_single_noun=0.0 if is_large else MIN_RELATION_OF_SINGLE_NOUN,
        relation_of_two_articles=(
            RELATION_OF_TWO_ARTICLES_IN_SMALL_FOLDER if is_small else RELATION_OF_TWO_ARTICLES
        ),
        min_articles_of_single_noun=0 if is_large or is_small else MIN_ARTICLES_OF_SINGLE_NOUN,
        # Of few passages, two nouns that do not belong together may have the highest scores.
        max_label_terms=2 if is_large else 1,
    )
    topics = _group_and_label(sample, limits)[:k]
    labels = {topic.label for topic in topics}
    return [
        topic._replace(subtopics=tuple(_divide(topic, sample, vocabulary, labels)))
        for topic in in_turn(topics, "sub-topics", "topic")
    ]


def _smallest_topic(passages: int) -> int:
    """Return the number of passages that a topic needs in a sample of this size."""
    share = MIN_TOPIC_SHARE * passages
    return round(min(max(share, MIN_TOPIC_PASSAGES), MIN_TOPIC_PASSAGES_OF_MANY))


def _divide(topic: Topic, sample: Sample, vocabulary: Vocabulary, labels: set[str]) -> list[Topic]:
    """Find the sub-topics of a topic; a label that is that of a topic is not used again."""
    rows = topic.members
    articles = np.unique(sample.article[rows])
    if len(rows) < MIN_PASSAGES_TO_DIVIDE or len(articles) < MIN_ARTICLES_TO_DIVIDE:
        return []

    excluded = frozenset(stem for stems in topic.label_stems for stem in stems)
    article = np.unique(sample.article[rows], return_inverse=True)[1]
    part = compare_passages(
        article,
        sample.is_short[rows],
        sample.counts[rows],
        sample.terms.rows(rows, excluded),
        vocabulary,
    )
    limits = _Limits(
        max_groups=MAX_SUBTOPICS,
        min_gain=MIN_GAIN_OF_SUBTOPIC,
        min_recurrence=MIN_RECURRENCE_OF_SUBTOPIC,
        min_score=MIN_SCORE_OF_SUBTOPIC,
        min_coverage=MIN_COVERAGE_OF_SUBTOPIC,
        min_passages=max(MIN_SUBTOPIC_PASSAGES, round(MIN_SUBTOPIC_SHARE * len(rows))),
        min_articles=MIN_SUBTOPIC_ARTICLES,
        min_relation=0.0,
    )
    subtopics = [
        subtopic for subtopic in _group_and_label(part, limits) if subtopic.label not in labels
    ]
    if len(subtopics) < MIN_SUBTOPICS:
        return []

    # Attraction refers to stems weighted by their frequency in the topic. Passages are weighted by
    # their frequency in the whole sample.
    relative = np.divide(
        part.stem_weight,
        sample.stem_weight,
        out=np.zeros_like(part.stem_weight),
        where=sample.stem_weight > 0,
    )
    return [
        subtopic._replace(attraction=subtopic.attraction * relative, members=rows[subtopic.members])
        for subtopic in subtopics
    ]


def _group_and_label(sample: Sample, limits: _Limits) -> list[Topic]:
    """Return the groups of a sample that have a label and are coherent, the largest first."""
    terms = sample.terms
    if not len(terms.label):
        return []
    is_phrase = np.array([len(stems) > 1 for stems in terms.stems])
    weight = np.where(is_phrase, CENTRE_WEIGHT_OF_PHRASE, 1.0)
    weight = weight * np.where(terms.is_name, CENTRE_WEIGHT_OF_NAME, 1.0) * terms.can_be_centre

    selection = {"max_groups": limits.max_groups, "min_gain": limits.min_gain}
    grouping = group_passages(sample.similarity, terms.has, weight, **selection)
    topics = _label_groups(sample, grouping, limits)
    if topics and limits.min_recurrence:
        recurrence = measure_recurrence(sample.similarity, terms.has, weight, grouping, **selection)
        topics = {
            group: topic
            for group, topic in topics.items()
            if recurrence[group] >= limits.min_recurrence
        }
    coherent = [topic for topic in topics.values() if _is_coherent(topic, sample, limits)]
    largest_first = sorted(coherent, key=lambda topic: (-len(topic.members), topic.label))
    different: list[Topic] = []
    for topic in largest_first:
        if not any(_are_same(topic, larger) for larger in different):
            different.append(topic)
    return different


def _are_same(topic: Topic, larger: Topic) -> bool:
    """Return whether two topics look the same to a reader: "tax" and "tax laws"."""
    return any(
        words <= others or others <= words
        for words in _words_of_terms(topic.label)
        for others in _words_of_terms(larger.label)
    )


def _words_of_terms(label: str) -> list[set[str]]:
    """Return the words of each term of a label, in the singular."""
    return [
        {word.removesuffix("s") for word in folded_words(term)} for term in terms_of_label(label)
    ]


def terms_of_label(label: str) -> list[str]:
    """List the terms that a topic is named after.

    Parameters
    ----------
    label : str
        The label of a topic.

    Returns
    -------
    list of str
        One or two terms, the most important first.

    Examples
    --------
    >>> terms_of_label("flood, levee"), terms_of_label("east bank")
    (['flood', 'levee'], ['east bank'])
    """
    return label.split(LABEL_SEPARATOR)


def _label_groups(sample: Sample, grouping: Grouping, limits: _Limits) -> dict[int, Topic]:
    """Describe each group as a topic; leave out those without a label or enough passages."""
    groups = grouping.groups
    if not groups:
        return {}
    membership = grouping.membership()
    sizes = np.asarray(membership.sum(axis=0)).ravel()
    passages = len(sample.article)
    sums = np.asarray((membership.T @ sample.weighted).todense())
    inside = sums / np.maximum(sizes, 1)[:, None]
    outside = (sums.sum(axis=0) - sums) / np.maximum(passages - sizes, 1)[:, None]
    distinctive = np.maximum(inside - outside, 0)

    scores = np.array(
        [
            _score_labels(sample, np.flatnonzero(grouping.group == group), distinctive[group])
            for group in range(groups)
        ]
    )
    first_choice = _choose_different(scores)
    topics = {}
    for group, first in first_choice.items():
        if scores[group, first] < limits.min_score:
            continue
        in_group = grouping.group == group
        topic = _describe(sample, in_group, first, scores[group], distinctive[group], limits)
        if topic:
            topics[group] = topic
    return topics


def _score_labels(sample: Sample, members: np.ndarray, distinctive: np.ndarray) -> np.ndarray:
    """Return how well each term describes a group of passages."""
    terms = sample.terms
    passages_of_term = np.asarray(terms.has.sum(axis=0)).ravel()
    in_group = np.asarray(terms.has[members].sum(axis=0)).ravel()
    precision = in_group / (passages_of_term + 1)
    coverage = in_group / max(len(members), 1)
    beta = LABEL_BETA**2
    denominator = np.maximum(beta * precision + coverage, 1e-9)
    score = (1 + beta) * precision * coverage / denominator

    is_phrase = np.array([len(stems) > 1 for stems in terms.stems])
    score *= np.where(is_phrase, LABEL_WEIGHT_OF_PHRASE, 1.0)
    score *= np.where(terms.is_name, LABEL_WEIGHT_OF_NAME, 1.0)
    # The words of a label should be among the most distinctive words of its group.
    relative = distinctive / max(distinctive.max(initial=0), 1e-9)
    importance = np.array([relative[list(stems)].mean() for stems in terms.stems])
    score *= 0.5 + 0.5 * np.minimum(1, 2 * importance)
    score[_articles_of_terms(sample, members) < MIN_TOPIC_ARTICLES] = 0
    return score.round(6)


def _articles_of_terms(sample: Sample, members: np.ndarray) -> np.ndarray:
    """Return the number of articles of these passages in which each term occurs."""
    in_article = membership_of(sample.article[members], sample.articles)
    return np.asarray(((in_article.T @ sample.terms.has[members]) > 0).sum(axis=0)).ravel()


def _choose_different(scores: np.ndarray) -> dict[int, int]:
    """Return a different term for each group, those with the highest scores first."""
    remaining = scores.copy()
    chosen: dict[int, int] = {}
    while remaining.size and remaining.max() > 0:
        group, term = (int(number) for number in np.unravel_index(remaining.argmax(), scores.shape))
        chosen[group] = term
        remaining[group] = 0
        remaining[:, term] = 0
    return chosen


def _describe(
    sample: Sample,
    in_group: np.ndarray,
    first: int,
    scores: np.ndarray,
    distinctive: np.ndarray,
    limits: _Limits,
) -> Topic | None:
    """Return the topic of a group; None if too few passages are about its label."""
    label, label_terms = _choose_label(
        sample, np.flatnonzero(in_group), first, scores, limits.max_label_terms
    )
    label_stems = [sample.terms.stems[term] for term in label_terms]
    has_label = have_stems(sample.counts, label_stems)
    labelled = np.flatnonzero(in_group & has_label)
    if not len(labelled):
        return None

    # The other words of a topic distinguish both its group and the passages with its label.
    near_label = sample.weighted[labelled].mean(axis=0) - sample.weighted.mean(axis=0)
    importance = np.sqrt(distinctive * np.maximum(np.asarray(near_label).ravel(), 0))
    importance[_articles_of_stems(sample, np.flatnonzero(in_group)) < MIN_TOPIC_ARTICLES] = 0
    core = np.argsort(-importance.round(6), kind="stable")[:CORE_STEMS]
    core = core[importance[core] > 0]
    length = np.linalg.norm(importance)
    if not length:
        return None

    topic = Topic(
        label=label,
        label_stems=label_stems,
        core=core,
        core_without_names=core[~sample.is_name[core]],
        typical=(importance / length).astype("float32"),
        attraction=_attraction(sample, np.flatnonzero(in_group)),
        group=np.flatnonzero(in_group),
        members=np.array([], dtype="int64"),
    )
    evidence = find_evidence(topic, sample.counts, sample.weighted, sample.is_short)
    members = np.flatnonzero(in_group & evidence.belongs)
    coverage = has_label[members].mean() if len(members) else 0
    if len(members) < limits.min_passages or coverage < limits.min_coverage:
        return None
    return topic._replace(members=members)


def _choose_label(
    sample: Sample, members: np.ndarray, first: int, scores: np.ndarray, max_terms: int
) -> tuple[str, list[int]]:
    """Return the label of a group, and the terms whose passages it covers."""
    terms = sample.terms
    has = terms.has[members].tocsc()
    in_group = np.asarray(has.sum(axis=0)).ravel()
    first_stems = set(terms.stems[first])

    longer = [
        term
        for term, stems in enumerate(terms.stems)
        if first_stems < set(stems)
        and in_group[term] >= max(2, MIN_SHARE_OF_LONGER_TERM * in_group[first])
    ]
    if longer:
        best = max(longer, key=lambda term: (in_group[term], terms.label[term]))
        return terms.label[best], [first]
    if len(first_stems) > 1 or max_terms == 1:
        return terms.label[first], [first]

    has_first = has[:, [first]].toarray().ravel() > 0
    articles_of_first = set(sample.article[members[has_first]])
    uncovered = np.asarray(has[~has_first].sum(axis=0)).ravel()
    score = scores * uncovered / np.maximum(in_group, 1)
    for second in np.argsort(-score.round(6), kind="stable"):
        if score[second] <= 0 or scores[second] < MIN_SCORE_OF_SECOND * scores[first]:
            break
        # A name is a place or a source in many articles, rather than a part of the subject.
        if terms.is_name[second] or not first_stems.isdisjoint(terms.stems[second]):
            continue
        has_second = has[:, [second]].toarray().ravel() > 0
        articles_of_second = set(sample.article[members[has_second]])
        common = len(articles_of_first & articles_of_second)
        smaller = min(len(articles_of_first), len(articles_of_second))
        if common >= max(MIN_TOPIC_ARTICLES, MIN_COMMON_ARTICLES * smaller):
            label = LABEL_SEPARATOR.join([terms.label[first], terms.label[second]])
            return label, [first, int(second)]
    return terms.label[first], [first]


def _articles_of_stems(sample: Sample, members: np.ndarray) -> np.ndarray:
    """Return the number of articles of these passages in which each stem occurs."""
    in_article = membership_of(sample.article[members], sample.articles)
    return np.asarray(((in_article.T @ sample.counts[members]) > 0).sum(axis=0)).ravel()


def have_stems(counts, alternatives: Sequence[tuple[int, ...]]) -> np.ndarray:
    """Find the passages that contain a term.

    Parameters
    ----------
    counts : scipy.sparse.csr_matrix
        The stems of each passage.
    alternatives : sequence of tuple of int
        The columns of the stems of each of several terms.

    Returns
    -------
    numpy.ndarray of bool
        Whether each passage contains all stems of one of the terms, in any order.
    """
    have = np.zeros(counts.shape[0], dtype="bool")
    for stems in alternatives:
        present = counts[:, list(stems)] > 0
        have |= np.asarray(present.sum(axis=1)).ravel() == len(stems)
    return have


class Evidence(NamedTuple):
    """What the words of passages show about a topic."""

    has_label: np.ndarray
    weight: np.ndarray  # similarity to the topic
    belongs: np.ndarray  # whether the words show that the passage belongs to the topic


def find_evidence(topic: Topic, counts, weighted, is_short: np.ndarray) -> Evidence:
    """Judge by their own words which passages belong to a topic that is close to them.

    Parameters
    ----------
    topic : Topic
        The topic.
    counts, weighted : scipy.sparse.csr_matrix
        The stems of each passage, as counts and weighted.
    is_short : numpy.ndarray
        Whether a passage has few words.

    Returns
    -------
    Evidence
        For each passage, whether it has the label, its similarity, and whether it belongs.
    """
    has_label = have_stems(counts, topic.label_stems)
    weight = weighted @ topic.typical
    core_stems = _count_present(counts, topic.core)
    # Names alone are no evidence: a person or a place occurs in many topics.
    other_stems = _count_present(counts, topic.core_without_names)
    has_words = (core_stems >= MIN_CORE_STEMS) & (weight >= MIN_WEIGHT_OF_WORDS)
    has_words |= is_short & (weight >= MIN_WEIGHT_OF_SHORT_PASSAGE)
    # A single noun may have another sense ("the net" in tennis): other words must support it.
    is_supported = (core_stems >= MIN_CORE_STEMS) | (weight >= MIN_WEIGHT_OF_WORDS)
    is_clear = has_label & (is_supported | have_stems(counts, _phrases_of(topic)))
    return Evidence(has_label, weight, is_clear | (has_words & (other_stems >= 1)))


def _phrases_of(topic: Topic) -> list[tuple[int, ...]]:
    """Return the stems of those terms of a label that have several words."""
    return [stems for stems in topic.label_stems if len(stems) > 1]


def _count_present(counts, stems: np.ndarray) -> np.ndarray:
    """Return how many of these stems each passage contains."""
    return np.asarray((counts[:, stems] > 0).sum(axis=1)).ravel()


def _attraction(sample: Sample, members: np.ndarray) -> np.ndarray:
    """Return the weights of stems that show whether a passage is close to a group."""
    vectors = sample.similarity.vectors
    direction = vectors[members].mean(axis=0) - vectors.mean(axis=0)
    attraction = np.zeros(len(sample.stem_weight), dtype="float32")
    attraction[sample.used_stems] = sample.projection @ direction
    return attraction


def _is_coherent(topic: Topic, sample: Sample, limits: _Limits) -> bool:
    """Return whether the most important words of a topic occur together in several articles."""
    articles = len(np.unique(sample.article[topic.members]))
    if articles < limits.min_articles:
        return False
    if _is_single_noun(topic.label) and articles < limits.min_articles_of_single_noun:
        return False
    if len(topic.core) < 2:
        return False
    label_stems = {stem for stems in topic.label_stems for stem in stems}
    other_core = np.array([stem for stem in topic.core if stem not in label_stems], dtype="int64")
    linked = _count_present(sample.counts[topic.members], other_core) > 0
    if linked.mean() < MIN_LINKED_SHARE:
        return False

    min_relation = limits.min_relation
    if _is_single_noun(topic.label):
        min_relation = max(min_relation, limits.min_relation_of_single_noun)
    if articles == MIN_TOPIC_ARTICLES:
        min_relation *= limits.relation_of_two_articles
    if min_relation and not _is_specific(topic, sample, label_stems, min_relation):
        return False

    checked = topic.core[:CHECKED_STEMS]
    in_article = membership_of(sample.article[topic.group], sample.articles)
    occurs = (in_article.T @ sample.counts[topic.group][:, checked]).toarray() > 0
    together = occurs.T.astype("int64") @ occurs
    pairs = together[np.triu_indices(len(checked), 1)]
    articles = len(np.unique(sample.article[topic.group]))
    needed = max(MIN_ARTICLES_OF_PAIR, MIN_SHARE_OF_ARTICLES_OF_PAIR * articles)
    return bool((pairs >= needed).mean() >= MIN_SHARE_OF_PAIRS)


def _is_specific(topic: Topic, sample: Sample, label_stems: set[int], min_relation: float) -> bool:
    """Return whether passages with a label in different articles are about the same thing."""
    has_label = have_stems(sample.counts, topic.label_stems)
    labelled = topic.members[has_label[topic.members]]
    if len(labelled) < MIN_LABEL_PRECISION * has_label.sum():
        return False

    other = np.ones(sample.weighted.shape[1], dtype="float32")
    other[sorted(label_stems)] = 0
    without_label = sample.weighted.multiply(other).tocsr()
    by_chance = _mean_similarity(without_label, sample.article)
    relation = _mean_similarity(without_label[labelled], sample.article[labelled])
    return relation >= min_relation * by_chance


def _is_single_noun(label: str) -> bool:
    """Return whether a label is one word."""
    return len(folded_words(label)) == 1


def _mean_similarity(weighted, article: np.ndarray) -> float:
    """Return the mean similarity of the passages of different articles."""
    article = np.unique(article, return_inverse=True)[1]
    sizes = np.bincount(article)
    pairs = len(article) ** 2 - (sizes**2).sum()
    total = np.asarray(weighted.sum(axis=0)).ravel()
    sums = membership_of(article, len(sizes)).T @ weighted
    return float((total @ total - sums.multiply(sums).sum()) / max(pairs, 1))
