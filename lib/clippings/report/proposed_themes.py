"""Propose themes for a new codebook: a few terms that occur in one topic and rarely elsewhere.

The terms of a topic are nouns and noun phrases (`clippings.themes.terms`) that distinguish its
passages from all others. Each is tested as it would be matched by the codebook, and terms that also
occur in many other passages are omitted.
"""

import math
from typing import NamedTuple

import numpy as np
import pandas as pd

from clippings.core.search_terms import compile_term
from clippings.core.tokens import fold
from clippings.corpus.codebook import TABLES
from clippings.themes.coding import DENIED_COUNTS_FOR, RULE_SEPARATOR, find_themes
from clippings.themes.terms import count_terms, distinctive_terms

# With fewer terms, a theme misses most passages; more are rarely read before they are accepted.
MIN_TERMS = 3
MAX_TERMS = 6

# The minimum number of passages of the topic that contain a term, and any of the terms.
MIN_PASSAGES_OF_TERM = 2
MIN_PASSAGES_OF_THEME = 3

# The minimum share of the passages with a term that belong to the topic. With fewer, one passage in
# four or more that the codebook finds would be a false alarm.
MIN_PRECISION = 0.75

# The number of distinctive terms that are tested for each topic, best first.
TESTED_TERMS = 40

# A shorter word with * matches unrelated words: "dam*" also matches "damage".
MIN_LETTERS_WITH_WILDCARD = 5

# Of more passages, a regular sample is examined, since each term is tested on all of them.
MAX_PASSAGES = 20_000

MAX_EXAMPLES = 2
EXAMPLE_LENGTH = range(40, 221)  # characters: a full sentence that is quick to read

# What separates the terms in the label of a topic ("race, medal").
LABEL_SEPARATOR = ", "


class ProposedTheme(NamedTuple):
    """A theme that the analyst can accept."""

    name: str
    terms: list[str]  # search terms
    examples: list[str]
    topic_passages: int
    matched_in_topic: int  # passages of the topic that contain a term
    other_passages: int
    matched_elsewhere: int  # other passages that contain a term


class _Candidate(NamedTuple):
    """A term and the passages that contain it, as a mask over all passages."""

    term: str
    pattern: str
    matched: np.ndarray


def propose_themes(story: pd.DataFrame, topics: pd.DataFrame) -> list[ProposedTheme]:
    """Propose a theme for each topic that has terms of its own.

    Parameters
    ----------
    story : pandas.DataFrame
        Passages of the article text, without duplicates.
    topics : pandas.DataFrame
        The topic of passages: a table with the columns `article`, `start` and `label`. Passages
        that are not in it belong to no topic.

    Returns
    -------
    list of ProposedTheme
        Themes in the order of their topics' size, largest first. Topics without at least three
        terms that rarely occur elsewhere are omitted.

    Notes
    -----
    Of more than 20,000 passages, a regular sample is examined and counted.

    Names are used only if a topic has too few other terms, because a theme is more general than
    the persons and places of the current articles. Matches that are denied ("no fox") count as
    matches, since a passage about foxes may deny that there were any.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> story = passages[passages.label.isin(cl.STORY)]
    >>> about_river = story.text.str.contains("Lenn|metres|water")
    >>> themes = propose_themes(story, story[about_river].assign(label="river"))
    >>> [theme.name for theme in themes]
    ['river']
    """
    step = max(1, math.ceil(len(story) / MAX_PASSAGES))
    story = story.iloc[::step].reset_index(drop=True)
    labels = _labels_of(story, topics)
    if labels.dropna().empty:
        return []

    counts = count_terms(story.text, list(story.index), languages=_languages_of(story))
    distinctive = distinctive_terms(counts, labels.to_list(), articles=story.article.to_list())
    themes = []
    used_names: set[str] = set()
    for label in labels.value_counts(sort=False).sort_values(ascending=False, kind="stable").index:
        in_topic = (labels == label).to_numpy()
        terms = _order_terms(distinctive[distinctive.group == label], label)
        chosen = _choose_terms(_test_terms(terms, story, in_topic), in_topic)
        if len(chosen) < MIN_TERMS:
            continue
        theme = _describe_theme(label, chosen, story, in_topic)
        if theme.matched_in_topic >= MIN_PASSAGES_OF_THEME and theme.name not in used_names:
            used_names.add(theme.name)
            themes.append(theme)
    return themes


def _labels_of(story: pd.DataFrame, topics: pd.DataFrame) -> pd.Series:
    """Return the topic of each passage, None without one."""
    label_of = dict(zip(zip(topics.article, topics.start, strict=True), topics.label, strict=True))
    places = zip(story.article, story.start, strict=True)
    labels = [label_of.get(place) for place in places]
    return pd.Series(labels, index=story.index, dtype="object")


def _languages_of(story: pd.DataFrame) -> list[str] | None:
    """Return the language of each passage, None if the table does not contain it."""
    return story.language.to_list() if "language" in story.columns else None


def _order_terms(terms: pd.DataFrame, label: str) -> list[str]:
    """Return the terms of a topic: those of its label, further terms, names."""
    in_label = [term for term in label.split(LABEL_SEPARATOR) if term in set(terms.term)]
    further = terms[~terms.term.isin(in_label)].sort_values("is_name", kind="stable")
    return in_label + further.term.to_list()


def _test_terms(terms: list[str], story: pd.DataFrame, in_topic: np.ndarray) -> list[_Candidate]:
    """Return the terms that occur in the topic repeatedly, and rarely elsewhere."""
    accepted = []
    topic_articles = story.article[in_topic].nunique()
    for term in terms[:TESTED_TERMS]:
        pattern = _search_term(term)
        if pattern is None:
            continue
        matches = compile_term(pattern).search
        matched = np.array([matches(text) is not None for text in story.text], dtype="bool")
        hits = int((matched & in_topic).sum())
        if hits < MIN_PASSAGES_OF_TERM or hits < MIN_PRECISION * matched.sum():
            continue
        # A term of a single article does not describe a topic of several.
        if topic_articles > 1 and story.article[matched & in_topic].nunique() == 1:
            continue
        accepted.append(_Candidate(term, pattern, matched))
    return accepted


def _search_term(term: str) -> str | None:
    """Return a codebook term that also matches the plural; None if the words contain symbols."""
    words = term.split()
    if not all(word.replace("-", "").isalpha() for word in words):
        return None
    if len(words[-1]) >= MIN_LETTERS_WITH_WILDCARD:
        return f"{term}*"
    return f"{term} | {term}s"


def _choose_terms(candidates: list[_Candidate], in_topic: np.ndarray) -> list[_Candidate]:
    """Choose the first terms, and then those that find passages that the others do not find."""
    chosen: list[_Candidate] = []
    words: set[str] = set()
    covered = np.zeros(len(in_topic), dtype="bool")
    for candidate in candidates:
        new_words = set(fold(candidate.term).split())
        if not words.isdisjoint(new_words):
            continue
        finds_more = bool((candidate.matched & in_topic & ~covered).any())
        if len(chosen) >= MIN_TERMS and not finds_more:
            continue
        chosen.append(candidate)
        words |= new_words
        covered |= candidate.matched
        if len(chosen) == MAX_TERMS:
            break
    return chosen


def _describe_theme(
    label: str, chosen: list[_Candidate], story: pd.DataFrame, in_topic: np.ndarray
) -> ProposedTheme:
    """Return a theme with the counts and examples of its terms."""
    label_is_found = any(candidate.term in label for candidate in chosen)
    terms = [candidate.pattern for candidate in chosen]
    sentences = _sentences_with(terms, story)
    places = set(zip(sentences.article, sentences.passage_start, strict=True))
    passages = zip(story.article, story.start, strict=True)
    matched = np.array([place in places for place in passages], dtype="bool")

    topic_starts = set(zip(story.article[in_topic], story.start[in_topic], strict=True))
    is_in_topic = [
        place in topic_starts
        for place in zip(sentences.article, sentences.passage_start, strict=True)
    ]
    return ProposedTheme(
        name=label if label_is_found else chosen[0].term,
        terms=terms,
        examples=_choose_examples(sentences[is_in_topic]),
        topic_passages=int(in_topic.sum()),
        matched_in_topic=int((matched & in_topic).sum()),
        other_passages=int((~in_topic).sum()),
        matched_elsewhere=int((matched & ~in_topic).sum()),
    )


def _sentences_with(terms: list[str], story: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences that a codebook with these terms would find."""
    row = dict.fromkeys(TABLES["themes"], "") | {
        "theme": "proposed",
        "side": "for",
        "term": " | ".join(terms),
        "if_denied": DENIED_COUNTS_FOR,
    }
    sentences = find_themes(story, pd.DataFrame([row]))
    starts_of = story.groupby("article").start.agg(lambda starts: np.sort(starts.to_numpy()))
    passage_starts = [
        int(starts_of[article][np.searchsorted(starts_of[article], start, side="right") - 1])
        for article, start in zip(sentences.article, sentences.start, strict=True)
    ]
    return sentences.assign(passage_start=np.array(passage_starts, dtype="int64"))


def _choose_examples(sentences: pd.DataFrame) -> list[str]:
    """Choose sentences of different articles with as many terms as possible."""
    length = sentences.text.str.len()
    is_readable = length.isin(EXAMPLE_LENGTH) & ~sentences.text.str.contains("|", regex=False)
    ranked = sentences[is_readable].assign(
        terms=sentences.rule.str.count(RULE_SEPARATOR), length=length
    )
    ranked = ranked.sort_values(["terms", "length"], ascending=[False, True], kind="stable")
    return ranked.drop_duplicates("article").text.head(MAX_EXAMPLES).to_list()
