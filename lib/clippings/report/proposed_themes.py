"""Propose themes for a new codebook: a few terms that occur in one topic and rarely elsewhere.

The terms of a topic are nouns and noun phrases (`clippings.themes.terms`) that distinguish its
passages from all others. Each is tested as it would be matched by the codebook, and terms that also
occur in many other passages are omitted.
"""

import math
from typing import NamedTuple

import numpy as np
import pandas as pd

from clippings.core.lexicon import words_of
from clippings.core.tokens import fold
from clippings.corpus.codebook import TABLES
from clippings.themes.coding import DENIED_COUNTS_FOR, RULE_SEPARATOR, find_themes
from clippings.themes.matcher import TermMatcher
from clippings.themes.terms import count_terms, distinctive_terms
from clippings.themes.topic_model import terms_of_label

# With fewer terms, a theme misses most passages; more are rarely read before they are accepted.
MIN_TERMS = 2
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

# A shorter word in -s is rarely a plural.
MIN_LETTERS_OF_PLURAL = 4

# Of more passages, a regular sample is examined, since each term is tested on all of them.
MAX_PASSAGES = 20_000

MAX_EXAMPLES = 2
EXAMPLE_LENGTH = range(40, 221)  # characters: a full sentence that is quick to read


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


def propose_themes(story: pd.DataFrame, topics: pd.DataFrame, n: int = 20) -> list[ProposedTheme]:
    """Propose a theme for each topic that has terms of its own.

    Parameters
    ----------
    story : pandas.DataFrame
        Passages of the article text, without duplicates.
    topics : pandas.DataFrame
        The topic of passages: a table with the columns `article`, `start` and `label`. Passages
        that are not in it belong to no topic.
    n : int, default 20
        The maximum number of themes.

    Returns
    -------
    list of ProposedTheme
        Themes in the order of their topics' size, largest first. Topics without at least two
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
    sizes = labels.value_counts(sort=False).sort_values(ascending=False, kind="stable")
    terms_of = {
        label: _order_terms(distinctive[distinctive.group == label], label) for label in sizes.index
    }
    matched_by = _find_passages({term for terms in terms_of.values() for term in terms}, story)

    chosen_of: dict[str, list[_Candidate]] = {}
    topic_of: dict[str, np.ndarray] = {}
    for label, terms in terms_of.items():
        in_topic = (labels == label).to_numpy()
        chosen = _choose_terms(_test_terms(terms, matched_by, story, in_topic), in_topic)
        name = _name_theme(label, chosen)
        if len(chosen) >= MIN_TERMS and name not in chosen_of:
            chosen_of[name] = chosen
            topic_of[name] = in_topic
        if len(chosen_of) == n:
            break

    sentences = _sentences_of(chosen_of, story)
    themes = [
        _describe_theme(
            name, chosen, sentences[sentences.label == name], len(story), topic_of[name]
        )
        for name, chosen in chosen_of.items()
    ]
    return [theme for theme in themes if theme.matched_in_topic >= MIN_PASSAGES_OF_THEME]


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
    """Return the terms of a topic that are tested: those of its label, further terms, names."""
    in_label = [term for term in terms_of_label(label) if term in set(terms.term)]
    further = terms[~terms.term.isin(in_label)].sort_values("is_name", kind="stable")
    return (in_label + further.term.to_list())[:TESTED_TERMS]


def _find_passages(terms: set[str], story: pd.DataFrame) -> dict[str, _Candidate]:
    """Return the passages that contain each term, as the codebook would find it."""
    pattern_of = {term: _search_term(term) for term in sorted(terms)}
    pattern_of = {term: pattern for term, pattern in pattern_of.items() if pattern}
    matcher = TermMatcher({})
    for pattern in pattern_of.values():
        matcher.add(pattern)

    matched_by = {
        term: _Candidate(term, pattern, np.zeros(len(story), dtype="bool"))
        for term, pattern in pattern_of.items()
    }
    for number, text in enumerate(story.text):
        if not matcher.may_match(text):
            continue
        matches = matcher.find(text)
        for candidate in matched_by.values():
            if matches.of(candidate.pattern):
                candidate.matched[number] = True
    return matched_by


def _test_terms(
    terms: list[str], matched_by: dict[str, _Candidate], story: pd.DataFrame, in_topic: np.ndarray
) -> list[_Candidate]:
    """Return the terms that occur in the topic repeatedly, and rarely elsewhere."""
    accepted = []
    topic_articles = story.article[in_topic].nunique()
    for candidate in (matched_by[term] for term in terms if term in matched_by):
        matched = candidate.matched
        hits = int((matched & in_topic).sum())
        if hits < MIN_PASSAGES_OF_TERM or hits < MIN_PRECISION * matched.sum():
            continue
        # A term of a single article does not describe a topic of several.
        if topic_articles > 1 and story.article[matched & in_topic].nunique() == 1:
            continue
        accepted.append(candidate)
    return accepted


def _search_term(term: str) -> str | None:
    """Return a codebook term that matches singular and plural; None if a word contains symbols."""
    *first_words, last_word = term.split()
    if not all(word.replace("-", "").isalpha() for word in (*first_words, last_word)):
        return None
    forms = _forms_of_noun(last_word)
    return " | ".join(" ".join([*first_words, form]) for form in forms)


def _forms_of_noun(word: str) -> list[str]:
    """Return search terms for the singular and plural of a noun in either form."""
    if fold(word) in words_of("en/text/same_in_plural"):
        return [word]
    if word.endswith("ies") and len(word) > MIN_LETTERS_WITH_WILDCARD:
        return [f"{word.removesuffix('ies')}y", word]
    if word.endswith("less"):  # the homeless
        return [word]
    if word.endswith("ss"):
        return [word, f"{word}es"]
    if word.endswith("s"):
        if len(word) < MIN_LETTERS_OF_PLURAL:  # gas, bus
            return [word]
        word = word.removesuffix("s")
    if len(word) >= MIN_LETTERS_WITH_WILDCARD:
        return [f"{word}*"]
    return [word, f"{word}s"]


def _choose_terms(candidates: list[_Candidate], in_topic: np.ndarray) -> list[_Candidate]:
    """Choose terms that together find as many passages of the topic as possible.

    The first candidate is a term of the label, if one was accepted. Each further term is the one
    that finds most passages that the terms before it do not find.
    """
    chosen: list[_Candidate] = []
    words: set[str] = set()
    covered = np.zeros(len(in_topic), dtype="bool")
    remaining = list(candidates)
    while remaining and len(chosen) < MAX_TERMS:
        best = remaining[0]
        if chosen:
            # `max` returns the first of equally good terms, which is the most distinctive one.
            best = max(remaining, key=lambda term: _count_new(term, in_topic, covered))
            if len(chosen) >= MIN_TERMS and not _count_new(best, in_topic, covered):
                break
        chosen.append(best)
        words |= _words_of(best.term)
        covered |= best.matched
        remaining = [term for term in remaining if words.isdisjoint(_words_of(term.term))]
    return chosen


def _count_new(candidate: _Candidate, in_topic: np.ndarray, covered: np.ndarray) -> int:
    """Count the passages of the topic that only this term finds."""
    return int((candidate.matched & in_topic & ~covered).sum())


def _words_of(term: str) -> set[str]:
    """Return the folded words of a term, without the plural -s."""
    return {word.removesuffix("s") for word in fold(term).split()}


def _name_theme(label: str, chosen: list[_Candidate]) -> str:
    """Return the label of the topic or, if no term of it was chosen, the best term."""
    label_is_found = any(candidate.term in terms_of_label(label) for candidate in chosen)
    return label if label_is_found or not chosen else chosen[0].term


def _sentences_of(chosen_of: dict[str, list[_Candidate]], story: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences that a codebook with these themes finds, with their passages."""
    rows = [
        dict.fromkeys(TABLES["themes"], "")
        | {
            "theme": name,
            "side": "for",
            "term": " | ".join(candidate.pattern for candidate in chosen),
            "if_denied": DENIED_COUNTS_FOR,
        }
        for name, chosen in chosen_of.items()
    ]
    sentences = find_themes(story, pd.DataFrame(rows, columns=TABLES["themes"], dtype="str"))

    passages_of = {}
    for article, passages in story.groupby("article"):
        passages = passages.sort_values("start")
        passages_of[article] = (passages.start.to_numpy(), passages.index.to_numpy())
    numbers = []
    for article, start in zip(sentences.article, sentences.start, strict=True):
        starts, passage_numbers = passages_of[article]
        numbers.append(passage_numbers[np.searchsorted(starts, start, side="right") - 1])
    return sentences.assign(passage=np.array(numbers, dtype="int64"))


def _describe_theme(
    name: str,
    chosen: list[_Candidate],
    sentences: pd.DataFrame,
    passages: int,
    in_topic: np.ndarray,
) -> ProposedTheme:
    """Return a theme with the counts and examples of its terms."""
    matched = np.zeros(passages, dtype="bool")
    matched[sentences.passage.to_numpy()] = True
    return ProposedTheme(
        name=name,
        terms=[candidate.pattern for candidate in chosen],
        examples=_choose_examples(sentences[in_topic[sentences.passage.to_numpy()]]),
        topic_passages=int(in_topic.sum()),
        matched_in_topic=int((matched & in_topic).sum()),
        other_passages=int((~in_topic).sum()),
        matched_elsewhere=int((matched & ~in_topic).sum()),
    )


def _choose_examples(sentences: pd.DataFrame) -> list[str]:
    """Choose sentences of different articles with as many terms as possible."""
    length = sentences.text.str.len()
    is_readable = length.isin(EXAMPLE_LENGTH) & ~sentences.text.str.contains("|", regex=False)
    ranked = sentences[is_readable].assign(
        terms=sentences.rule.str.count(RULE_SEPARATOR), length=length
    )
    ranked = ranked.sort_values(["terms", "length"], ascending=[False, True], kind="stable")
    return ranked.drop_duplicates("article").text.head(MAX_EXAMPLES).to_list()
