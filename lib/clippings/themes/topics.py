"""Find topics: what the passages of a folder are about, without a codebook.

1. *Groups.* Passages that share words with passages of other articles are grouped around terms
   (`topic_groups`). For large corpora, this is done for a sample.
2. *Labels.* Each group is labelled with the noun phrase, or the two nouns, that cover it best
   without being frequent outside it (`_choose_label`).
3. *Evidence.* A passage belongs to a topic only if its own words show it: the words of the label,
   or two other words of the topic. All other passages have no topic.
4. *Checks.* A group whose words do not occur together in several articles, or that does not recur
   if some of the articles are left out, is not a topic (`_is_coherent`, `measure_recurrence`).
5. *Sub-topics.* The passages of a large topic are grouped in the same way.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from clippings.core.cache import cacheable
from clippings.core.errors import BadInput
from clippings.core.lexicon import words_of
from clippings.core.progress import in_turn
from clippings.core.tables import COLUMNS, in_order, make_table
from clippings.core.tokens import folded_words
from clippings.themes.passage_words import (
    SHORT_PASSAGE_WORDS,
    Context,
    Vocabulary,
    count_stems,
    learn_vocabulary,
    weight_of_article,
    weight_stems,
)
from clippings.themes.terms import TermCounts, count_terms, label_groups
from clippings.themes.topic_groups import (
    NO_GROUP,
    Grouping,
    Similarity,
    group_passages,
    measure_recurrence,
    membership_of,
)

# With less text, no topics are reported, because reading it is faster and more informative.
MIN_ARTICLES = 3
MIN_PASSAGES = 20

# The smallest topic: this share of the passages, but at least 3 and not more than 5 of them, in at
# least two articles.
MIN_TOPIC_SHARE = 0.03
MIN_TOPIC_PASSAGES = 3
MIN_TOPIC_PASSAGES_OF_MANY = 5
MIN_TOPIC_ARTICLES = 2

# From this number of articles, a topic and a term need MIN_TERM_ARTICLES_OF_MANY articles, and a
# term needs this share of the passages: in a large folder, two articles may be one article twice.
MANY_ARTICLES = 100
MIN_TERM_ARTICLES_OF_MANY = 3
MIN_TERM_SHARE_OF_MANY = 0.002

# A term in more than this share of the passages or articles does not distinguish them.
MAX_TERM_SHARE_OF_PASSAGES = 0.35
MAX_TERM_SHARE_OF_ARTICLES = 0.7

# A stem in more than this share of the articles says nothing about a passage. In a folder of fewer
# than FEW_ARTICLES articles, all stems are used.
MAX_STEM_SHARE = 0.6
FEW_ARTICLES = 7

# Passages that are grouped, as a random sample of whole articles; the others are assigned to the
# topics of the sample. With 6,000, a topic of one in a hundred passages has 60. Of a very long
# article, only the first passages are used, so that it cannot fill the sample.
SAMPLE_PASSAGES = 6000
SAMPLE_PASSAGES_OF_ARTICLE = 100

# From this number of passages, stems are reduced to this number of dimensions (latent semantic
# analysis): faster, and different words for the same thing become similar.
EXACT_PASSAGES = 400
DIMENSIONS = 150

# The most frequent terms that can be the centre of a group.
MAX_TERMS = 1500

# Nouns in -ed ("shed", "seabed") have at most this number of letters.
LONGEST_NOUN_IN_ED = 6

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

# Weight of a name as a word, as the centre of a group and as a label, and weight of a term of
# several words, compared with 1 for others. "Interest rates" says more than "rates".
WEIGHT_OF_NAME = 0.5
WEIGHT_OF_PHRASE = 1.1
LABEL_WEIGHT_OF_NAME = 0.6
LABEL_WEIGHT_OF_PHRASE = 1.3

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
# must cover. For sub-topics, they are higher, because there is the topic as an alternative.
MIN_SCORE = 0.3
MIN_COVERAGE = 0.25
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


class _Terms(NamedTuple):
    """Terms around which groups can form and that can be labels."""

    label: np.ndarray
    stems: list[tuple[int, ...]]  # of each term
    has: object  # scipy.sparse.csr_matrix: 1 for each passage (row) that contains a term (column)
    is_name: np.ndarray
    can_be_centre: np.ndarray

    def rows(self, rows: np.ndarray, excluded: frozenset[int]) -> "_Terms":
        """Return the frequent terms of some passages that contain no excluded stem."""
        has = self.has[rows]
        frequency = np.asarray(has.sum(axis=0)).ravel()
        selected = [
            number
            for number in np.flatnonzero(frequency >= MIN_TOPIC_PASSAGES)
            if excluded.isdisjoint(self.stems[number])
        ]
        return _Terms(
            label=self.label[selected],
            stems=[self.stems[number] for number in selected],
            has=has[:, selected],
            is_name=self.is_name[selected],
            can_be_centre=self.can_be_centre[selected],
        )


class _Sample(NamedTuple):
    """The passages that are grouped."""

    article: np.ndarray  # number of the article of each passage
    is_short: np.ndarray
    counts: object  # scipy.sparse.csr_matrix of stems
    terms: _Terms
    is_name: np.ndarray  # whether a stem is that of a name
    stem_weight: np.ndarray  # inverse document frequency, less for names and vague words
    weighted: object  # scipy.sparse.csr_matrix of stems
    similarity: Similarity
    used_stems: np.ndarray  # the columns with a weight
    projection: object  # from these stems to the dimensions of the similarity

    @property
    def articles(self) -> int:
        """Return the number of articles."""
        return int(self.article.max()) + 1


class _Topic(NamedTuple):
    """What is needed to assign passages to a topic."""

    label: str
    label_stems: list[tuple[int, ...]]  # a passage has the label if it has all stems of one of them
    core: np.ndarray  # columns of the most important stems
    core_without_names: np.ndarray
    typical: np.ndarray  # weights of all stems, of length 1
    attraction: np.ndarray  # weights of all stems: above 0, a passage is closer than by chance
    group: np.ndarray  # rows of the sample that are close to it
    members: np.ndarray  # those of them that belong to it
    subtopics: tuple["_Topic", ...] = ()


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
    Tidewater Rail    4
    boats             4
    east bank         2
    farms             2
    flood             3
    gauge             3
    letters, moles    2
    school halls      5
    shelters          2
    Name: article, dtype: int64
    >>> topics[topics.label == "gauge"][["article", "start", "weight", "rule"]].head(2)
                  article  start  weight         rule
    0  01_river_rises.txt    136    0.22  topic_words
    1  01_river_rises.txt    345    0.61  topic_label
    """
    if k is not None and k < 1:
        raise BadInput(f"k is {k}, but must be 1 or more, or None for a proposal")
    # A dateline names the place where an article was written, not its subject.
    ordered = in_order(passages[passages.label != DATELINE])
    sampled = _draw_sample(ordered)
    if not _has_enough_text(ordered.iloc[sampled]):
        return make_table("topics")

    # Sums computed by several cores differ in their last digits, which can change the topics.
    with threadpool_limits(1):
        vocabulary, sample = _read_sample(ordered.iloc[sampled])
        topics = _find_in_sample(sample, vocabulary, k)
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
    >>> counts[["label", "terms", "passages", "articles", "share"]].head(3)
                label                         terms  passages  articles  share
    0    school halls               mayor · Haskeby         6         5  0.833
    1           boats  boats · Ostrand Fire Service         5         4  0.667
    2  Tidewater Rail      Tidewater Rail · bridges         4         4  0.667
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


def _draw_sample(passages: pd.DataFrame) -> np.ndarray:
    """Return the rows of the passages to be grouped: of random articles, in order of position."""
    if len(passages) <= SAMPLE_PASSAGES:
        return np.arange(len(passages))
    article = pd.factorize(passages.article)[0]
    starts = np.flatnonzero(np.r_[True, article[1:] != article[:-1]])
    place_in_article = np.arange(len(article)) - np.repeat(
        starts, np.diff(np.r_[starts, len(article)])
    )
    rank_of_article = np.random.default_rng(0).permutation(len(starts))
    usable = np.flatnonzero(place_in_article < SAMPLE_PASSAGES_OF_ARTICLE)
    by_rank = usable[np.argsort(rank_of_article[article[usable]], kind="stable")]
    return np.sort(by_rank[:SAMPLE_PASSAGES])


def _has_enough_text(passages: pd.DataFrame) -> bool:
    """Return whether there is enough text to find topics."""
    return len(passages) >= MIN_PASSAGES and passages.article.nunique() >= MIN_ARTICLES


def _languages(passages: pd.DataFrame) -> list[str]:
    """Return the language of each passage."""
    if "language" not in passages.columns:
        return [""] * len(passages)
    return passages.language.tolist()


def _read_sample(passages: pd.DataFrame) -> tuple[Vocabulary, _Sample]:
    """Count the stems and terms of the passages, and compare the passages."""
    texts = passages.text.tolist()
    languages = _languages(passages)
    article = pd.factorize(passages.article)[0]

    most_frequent_first = [language for language, _ in Counter(languages).most_common()]
    is_large = article[-1] + 1 >= MANY_ARTICLES
    vocabulary = learn_vocabulary(texts, most_frequent_first, join_verb_forms=not is_large)
    counts, lengths = count_stems(texts, vocabulary)
    texts = ["" if length == 0 else text for text, length in zip(texts, lengths, strict=True)]
    term_counts = count_terms(texts, range(len(texts)), languages=languages)
    is_name = _name_stems(vocabulary, term_counts)
    weight = np.where(is_name, WEIGHT_OF_NAME, 1.0) * vocabulary.weight
    vocabulary = vocabulary._replace(weight=weight.astype("float32"), is_name=is_name)
    terms = _select_terms(term_counts, vocabulary, article)
    is_short = lengths < SHORT_PASSAGE_WORDS
    return vocabulary, _compare(article, is_short, counts, terms, vocabulary)


def _name_stems(vocabulary: Vocabulary, term_counts: TermCounts) -> np.ndarray:
    """Return which stems are mainly those of names."""
    is_name = np.zeros(len(vocabulary.words), dtype="bool")
    for name in term_counts.terms[term_counts.is_name & (term_counts.length == 1)]:
        is_name[vocabulary.columns_of(name)] = True
    return is_name


def _compare(
    article: np.ndarray,
    is_short: np.ndarray,
    counts,
    terms: _Terms,
    vocabulary: Vocabulary,
) -> _Sample:
    """Weight the stems of passages by their frequency among them, and compare the passages."""
    from scipy.sparse import csr_matrix, identity
    from sklearn.decomposition import TruncatedSVD

    passages = len(article)
    articles = int(article.max()) + 1
    in_article = membership_of(article, articles)
    articles_of_stem = np.asarray(((in_article.T @ counts) > 0).sum(axis=0)).ravel()
    passages_of_stem = np.asarray((counts > 0).sum(axis=0)).ravel()
    is_useful = articles_of_stem >= MIN_TOPIC_ARTICLES
    if articles >= FEW_ARTICLES:
        is_useful &= articles_of_stem <= MAX_STEM_SHARE * articles
    stem_weight = np.log(passages / np.maximum(passages_of_stem, 1)) * is_useful
    stem_weight = (stem_weight * vocabulary.weight).astype("float32")
    weighted = weight_stems(counts, stem_weight)

    used = np.flatnonzero(stem_weight)
    if passages > EXACT_PASSAGES and len(used) > DIMENSIONS:
        reduction = TruncatedSVD(DIMENSIONS, n_iter=3, random_state=0)
        vectors = reduction.fit_transform(weighted[:, used])
        projection = csr_matrix(reduction.components_.T.astype("float32"))
    else:
        vectors = weighted[:, used].toarray()
        projection = identity(len(used), dtype="float32", format="csr")
    context = Context(article, is_short, weight_of_article(articles))
    vectors = context.add_to(vectors.astype("float32"))
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= np.where(lengths > 0, lengths, 1)
    similarity = Similarity(vectors, article)
    return _Sample(
        article=article,
        is_short=is_short,
        counts=counts,
        terms=terms,
        is_name=vocabulary.is_name,
        stem_weight=stem_weight,
        weighted=weighted,
        similarity=similarity,
        used_stems=used,
        projection=projection,
    )


def _select_terms(term_counts: TermCounts, vocabulary: Vocabulary, article: np.ndarray) -> _Terms:
    """Select the terms around which groups can form and that can be labels."""
    passages = len(article)
    articles = int(article.max()) + 1
    has = (term_counts.matrix > 0).astype("float32").tocsc()
    in_article = membership_of(article, articles)
    passages_of_term = np.asarray(has.sum(axis=0)).ravel()
    articles_of_term = np.asarray(((in_article.T @ has) > 0).sum(axis=0)).ravel()

    min_passages = 2
    min_articles = MIN_TOPIC_ARTICLES
    if articles >= MANY_ARTICLES:
        min_passages = max(MIN_TOPIC_PASSAGES, round(MIN_TERM_SHARE_OF_MANY * passages))
        min_articles = MIN_TERM_ARTICLES_OF_MANY
    max_articles = max(3, MAX_TERM_SHARE_OF_ARTICLES * articles)
    is_suitable = (passages_of_term >= min_passages) & (articles_of_term >= min_articles)
    is_suitable &= passages_of_term <= MAX_TERM_SHARE_OF_PASSAGES * passages
    is_suitable &= articles_of_term <= max_articles

    stems_of_person = _stems_of_persons(term_counts, vocabulary)
    general_adjectives = words_of("en/text/term_words", kind="general adjective")
    selected = []
    stems_of_selected = []
    seen: set[frozenset[int]] = set()
    by_frequency = np.lexsort((term_counts.terms.astype("str"), -passages_of_term))
    for number in by_frequency[is_suitable[by_frequency]]:
        term = term_counts.terms[number]
        stems = tuple(vocabulary.columns_of(term))
        # A single name is usually that of a person or a place, and says little about a topic.
        is_name = term_counts.is_name[number]
        is_single_name = is_name and term_counts.length[number] == 1
        has_general_adjective = not is_name and term.split()[0] in general_adjectives  # "good luck"
        is_person = _is_written_as_name(term) and not stems_of_person.isdisjoint(stems)
        if not stems or is_single_name or is_person or has_general_adjective:
            continue
        if frozenset(stems) in seen or _is_attribution_or_date(term) or not _can_be_subject(term):
            continue
        seen.add(frozenset(stems))
        selected.append(number)
        stems_of_selected.append(stems)

    chosen = np.array(selected[:MAX_TERMS], dtype="int64")
    return _Terms(
        label=term_counts.terms[chosen],
        stems=stems_of_selected[:MAX_TERMS],
        has=has[:, chosen].tocsr(),
        is_name=term_counts.is_name[chosen],
        can_be_centre=passages_of_term[chosen] >= MIN_TOPIC_PASSAGES,
    )


def _can_be_subject(term: str) -> bool:
    """Return whether a term is a noun that names a subject and can be spoken."""
    words = folded_words(term)
    if len(words) == 1 and _is_general(words[0]):
        return False
    # "Estimated", but not "speed" or "bed".
    if re.search(r"(?<!e)ed$", words[-1]) and len(words[-1]) > LONGEST_NOUN_IN_ED:
        return False
    # Abbreviations such as "mln" and "shrs" have no vowel.
    letters = [word for word in words if word.isascii() and word.isalpha()]
    return all(set(word) & set("aeiouy") for word in letters)


def _is_general(word: str) -> bool:
    """Return whether a noun does not name a subject by itself."""
    general = words_of("en/themes/general_nouns")
    singulars = (word, word.removesuffix("s"), re.sub("ies$", "y", word), re.sub("es$", "", word))
    return not general.isdisjoint(singulars)


def _is_attribution_or_date(term: str) -> bool:
    """Return whether a term states a source or a date: "security officials", "mid-March"."""
    words = folded_words(term)
    attributions = words_of("en/themes/attributions")
    if words[-1] in attributions or " ".join(words[-2:]) in attributions:
        return True
    dates = words_of("en/text/term_words", kind="time")
    return any(part in dates for word in words for part in word.split("-"))


def _is_written_as_name(term: str) -> bool:
    """Return whether all words of a term are capitalised, except particles: "Ali al-Lund"."""
    particles = words_of("en/names/particles") | {"of"}
    return all(
        word[0].isupper() or word in particles or word.startswith("al-") for word in term.split()
    )


def _stems_of_persons(term_counts: TermCounts, vocabulary: Vocabulary) -> frozenset[int]:
    """Return the stems of words that occur in names of persons."""
    particles = words_of("en/names/particles")
    first_names = (
        words_of("en/names/first_names", "name")
        | words_of("en/names/first_names_of_both_genders")
        | words_of("en/names/nicknames", "short")
    )
    stems: set[int] = set()
    for term in term_counts.terms[term_counts.length > 1]:
        if not _is_written_as_name(term):
            continue
        words = folded_words(term)
        begins_as_person = bool(words) and words[0] in first_names | particles
        if begins_as_person or any(word.startswith("al-") for word in words):
            stems.update(vocabulary.columns_of(term))
    return frozenset(stems)


# Finding topics in the sample -------------------------------------------------------------------


def _find_in_sample(sample: _Sample, vocabulary: Vocabulary, k: int | None) -> list[_Topic]:
    """Find the topics of the sample with their sub-topics, the largest first."""
    is_large = sample.articles >= MANY_ARTICLES
    is_small = sample.articles < SMALL_FOLDER
    min_recurrence = MIN_RECURRENCE_IN_SMALL_FOLDER if is_small else MIN_RECURRENCE
    limits = _Limits(
        max_groups=MAX_TOPICS if k is None else round(k * GROUPS_PER_TOPIC) + 1,
        min_gain=MIN_GAIN if k is None else 0.0,
        min_recurrence=min_recurrence if k is None else 0.0,
        min_score=MIN_SCORE,
        min_coverage=MIN_COVERAGE,
        min_passages=_smallest_topic(len(sample.article)),
        min_articles=MIN_TERM_ARTICLES_OF_MANY if is_large else MIN_TOPIC_ARTICLES,
        min_relation=0.0 if is_large or is_small else MIN_RELATION,
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


def _divide(
    topic: _Topic, sample: _Sample, vocabulary: Vocabulary, labels: set[str]
) -> list[_Topic]:
    """Find the sub-topics of a topic; a label that is that of a topic is not used again."""
    rows = topic.members
    articles = np.unique(sample.article[rows])
    if len(rows) < MIN_PASSAGES_TO_DIVIDE or len(articles) < MIN_ARTICLES_TO_DIVIDE:
        return []

    excluded = frozenset(stem for stems in topic.label_stems for stem in stems)
    article = np.unique(sample.article[rows], return_inverse=True)[1]
    part = _compare(
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


def _group_and_label(sample: _Sample, limits: _Limits) -> list[_Topic]:
    """Return the groups of a sample that have a label and are coherent, the largest first."""
    terms = sample.terms
    if not len(terms.label):
        return []
    is_phrase = np.array([len(stems) > 1 for stems in terms.stems])
    weight = np.where(is_phrase, WEIGHT_OF_PHRASE, 1.0)
    weight = weight * np.where(terms.is_name, WEIGHT_OF_NAME, 1.0) * terms.can_be_centre

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
    return sorted(coherent, key=lambda topic: (-len(topic.members), topic.label))


def _label_groups(sample: _Sample, grouping: Grouping, limits: _Limits) -> dict[int, _Topic]:
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


def _score_labels(sample: _Sample, members: np.ndarray, distinctive: np.ndarray) -> np.ndarray:
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


def _articles_of_terms(sample: _Sample, members: np.ndarray) -> np.ndarray:
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
    sample: _Sample,
    in_group: np.ndarray,
    first: int,
    scores: np.ndarray,
    distinctive: np.ndarray,
    limits: _Limits,
) -> _Topic | None:
    """Return the topic of a group; None if too few passages are about its label."""
    label, label_terms = _choose_label(sample, np.flatnonzero(in_group), first, scores)
    label_stems = [sample.terms.stems[term] for term in label_terms]
    has_label = _have_stems(sample.counts, label_stems)
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

    topic = _Topic(
        label=label,
        label_stems=label_stems,
        core=core,
        core_without_names=core[~sample.is_name[core]],
        typical=(importance / length).astype("float32"),
        attraction=_attraction(sample, np.flatnonzero(in_group)),
        group=np.flatnonzero(in_group),
        members=np.array([], dtype="int64"),
    )
    evidence = _find_evidence(topic, sample.counts, sample.weighted, sample.is_short)
    members = np.flatnonzero(in_group & evidence.belongs)
    coverage = has_label[members].mean() if len(members) else 0
    if len(members) < limits.min_passages or coverage < limits.min_coverage:
        return None
    return topic._replace(members=members)


def _choose_label(
    sample: _Sample, members: np.ndarray, first: int, scores: np.ndarray
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
    if len(first_stems) > 1:
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
            return f"{terms.label[first]}, {terms.label[second]}", [first, int(second)]
    return terms.label[first], [first]


def _articles_of_stems(sample: _Sample, members: np.ndarray) -> np.ndarray:
    """Return the number of articles of these passages in which each stem occurs."""
    in_article = membership_of(sample.article[members], sample.articles)
    return np.asarray(((in_article.T @ sample.counts[members]) > 0).sum(axis=0)).ravel()


def _have_stems(counts, alternatives: Sequence[tuple[int, ...]]) -> np.ndarray:
    """Return which passages contain all stems of one of several terms."""
    have = np.zeros(counts.shape[0], dtype="bool")
    for stems in alternatives:
        present = counts[:, list(stems)] > 0
        have |= np.asarray(present.sum(axis=1)).ravel() == len(stems)
    return have


class _Evidence(NamedTuple):
    """What the words of passages show about a topic."""

    has_label: np.ndarray
    weight: np.ndarray  # similarity to the topic
    belongs: np.ndarray  # whether the words show that the passage belongs to the topic


def _find_evidence(topic: _Topic, counts, weighted, is_short: np.ndarray) -> _Evidence:
    """Judge by their own words which passages belong to a topic that is close to them."""
    has_label = _have_stems(counts, topic.label_stems)
    weight = weighted @ topic.typical
    core_stems = _count_present(counts, topic.core)
    # Names alone are no evidence: a person or a place occurs in many topics.
    other_stems = _count_present(counts, topic.core_without_names)
    has_words = (core_stems >= MIN_CORE_STEMS) & (weight >= MIN_WEIGHT_OF_WORDS)
    has_words |= is_short & (weight >= MIN_WEIGHT_OF_SHORT_PASSAGE)
    # A single noun may have another sense ("the net" in tennis): other words must support it.
    is_supported = (core_stems >= MIN_CORE_STEMS) | (weight >= MIN_WEIGHT_OF_WORDS)
    is_clear = has_label & (is_supported | _have_stems(counts, _phrases_of(topic)))
    return _Evidence(has_label, weight, is_clear | (has_words & (other_stems >= 1)))


def _phrases_of(topic: _Topic) -> list[tuple[int, ...]]:
    """Return the stems of those terms of a label that have several words."""
    return [stems for stems in topic.label_stems if len(stems) > 1]


def _count_present(counts, stems: np.ndarray) -> np.ndarray:
    """Return how many of these stems each passage contains."""
    return np.asarray((counts[:, stems] > 0).sum(axis=1)).ravel()


def _attraction(sample: _Sample, members: np.ndarray) -> np.ndarray:
    """Return the weights of stems that show whether a passage is close to a group."""
    vectors = sample.similarity.vectors
    direction = vectors[members].mean(axis=0) - vectors.mean(axis=0)
    attraction = np.zeros(len(sample.stem_weight), dtype="float32")
    attraction[sample.used_stems] = sample.projection @ direction
    return attraction


def _is_coherent(topic: _Topic, sample: _Sample, limits: _Limits) -> bool:
    """Return whether the most important words of a topic occur together in several articles."""
    if len(np.unique(sample.article[topic.members])) < limits.min_articles:
        return False
    if len(topic.core) < 2:
        return False
    label_stems = {stem for stems in topic.label_stems for stem in stems}
    other_core = np.array([stem for stem in topic.core if stem not in label_stems], dtype="int64")
    linked = _count_present(sample.counts[topic.members], other_core) > 0
    if linked.mean() < MIN_LINKED_SHARE:
        return False

    if limits.min_relation and not _is_specific(topic, sample, label_stems, limits):
        return False

    checked = topic.core[:CHECKED_STEMS]
    in_article = membership_of(sample.article[topic.group], sample.articles)
    occurs = (in_article.T @ sample.counts[topic.group][:, checked]).toarray() > 0
    together = occurs.T.astype("int64") @ occurs
    pairs = together[np.triu_indices(len(checked), 1)]
    articles = len(np.unique(sample.article[topic.group]))
    needed = max(MIN_ARTICLES_OF_PAIR, MIN_SHARE_OF_ARTICLES_OF_PAIR * articles)
    return bool((pairs >= needed).mean() >= MIN_SHARE_OF_PAIRS)


def _is_specific(topic: _Topic, sample: _Sample, label_stems: set[int], limits: _Limits) -> bool:
    """Return whether passages with a label in different articles are about the same thing."""
    articles = np.unique(sample.article[topic.members])
    if _is_single_noun(topic.label) and len(articles) < MIN_ARTICLES_OF_SINGLE_NOUN:
        return False

    has_label = _have_stems(sample.counts, topic.label_stems)
    labelled = topic.members[has_label[topic.members]]
    if len(labelled) < MIN_LABEL_PRECISION * has_label.sum():
        return False

    other = np.ones(sample.weighted.shape[1], dtype="float32")
    other[sorted(label_stems)] = 0
    without_label = sample.weighted.multiply(other).tocsr()
    by_chance = _mean_similarity(without_label, sample.article)
    relation = _mean_similarity(without_label[labelled], sample.article[labelled])
    factor = limits.min_relation
    if len(articles) == MIN_TOPIC_ARTICLES:
        factor *= RELATION_OF_TWO_ARTICLES
    return relation >= factor * by_chance


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


# Assigning all passages -------------------------------------------------------------------------


class _Assignment(NamedTuple):
    """The topics of passages."""

    rows: np.ndarray  # of the passages that have a topic
    topic: np.ndarray  # its number
    subtopic: np.ndarray  # the number of its sub-topic, or NO_GROUP
    weight: np.ndarray
    has_label: np.ndarray


def _assign_sample(topics: list[_Topic], sample: _Sample) -> _Assignment:
    """Return the topics of the passages of the sample."""
    topic_of = np.full(len(sample.article), NO_GROUP)
    subtopic_of = np.full(len(sample.article), NO_GROUP)
    weight = np.zeros(len(sample.article))
    has_label = np.zeros(len(sample.article), dtype="bool")
    for number, topic in enumerate(topics):
        rows = topic.members
        topic_of[rows] = number
        weight[rows] = sample.weighted[rows] @ topic.typical
        has_label[rows] = _have_stems(sample.counts[rows], topic.label_stems)
        for part_number, part in enumerate(topic.subtopics):
            subtopic_of[part.members] = part_number
    rows = np.flatnonzero(topic_of != NO_GROUP)
    return _Assignment(rows, topic_of[rows], subtopic_of[rows], weight[rows], has_label[rows])


def _assign_portion(
    texts: list[str],
    article: np.ndarray,
    topics: list[_Topic],
    vocabulary: Vocabulary,
    sample: _Sample,
) -> _Assignment:
    """Return the topics of passages, most of which are outside the sample."""
    counts, lengths = count_stems(texts, vocabulary)
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
        evidence = _find_evidence(topic, counts[rows], weighted[rows], is_short[rows])
        rows = rows[evidence.belongs]
        topic_of[rows] = number
        weight[rows] = evidence.weight[evidence.belongs]
        has_label[rows] = evidence.has_label[evidence.belongs]
        if topic.subtopics:
            inside = Context(article[rows], is_short[rows], context.weight_of_article)
            nearest_part = _nearest(topic.subtopics, weighted[rows], inside)
            for part_number, part in enumerate(topic.subtopics):
                shown = _find_evidence(part, counts[rows], weighted[rows], is_short[rows])
                subtopic_of[rows[shown.belongs & (nearest_part == part_number)]] = part_number
    rows = np.flatnonzero(topic_of != NO_GROUP)
    return _Assignment(rows, topic_of[rows], subtopic_of[rows], weight[rows], has_label[rows])


def _nearest(topics: Sequence[_Topic], weighted, context: Context) -> np.ndarray:
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
    passages: pd.DataFrame, topics: list[_Topic], vocabulary: Vocabulary, sample: _Sample
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
    passages: pd.DataFrame, topics: list[_Topic], assignment: _Assignment
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
