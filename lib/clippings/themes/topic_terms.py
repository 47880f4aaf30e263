"""Select the terms around which topics form and that can be their labels.

Not every frequent noun phrase names a subject. Persons, sources, dates and nouns such as "office"
occur with any subject.
"""

import re
from typing import NamedTuple

import numpy as np

from clippings.core.lexicon import words_of
from clippings.core.tokens import folded_words
from clippings.themes.english_uses import is_form_of
from clippings.themes.passage_words import Vocabulary
from clippings.themes.terms import TermCounts
from clippings.themes.topic_groups import membership_of

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

# In a smaller folder, a label needs this number of passages.
MIN_TERM_PASSAGES = 2

# A term in more than this share of the passages or articles does not distinguish them, except that
# a term of three articles is suitable in any folder.
MAX_TERM_SHARE_OF_PASSAGES = 0.35
MAX_TERM_SHARE_OF_ARTICLES = 0.7
SUITABLE_ARTICLES = 3

# The most frequent terms that can be the centre of a group.
MAX_TERMS = 1500

# Nouns in -ed ("shed", "seabed") have at most this number of letters.
LONGEST_NOUN_IN_ED = 6


class TopicTerms(NamedTuple):
    """Terms around which groups can form and that can be labels."""

    label: np.ndarray
    stems: list[tuple[int, ...]]  # of each term
    has: object  # scipy.sparse.csr_matrix: 1 for each passage (row) that contains a term (column)
    is_name: np.ndarray
    can_be_centre: np.ndarray

    def rows(self, rows: np.ndarray, excluded: frozenset[int]) -> "TopicTerms":
        """Return the frequent terms of some passages that contain no excluded stem."""
        has = self.has[rows]
        frequency = np.asarray(has.sum(axis=0)).ravel()
        selected = [
            number
            for number in np.flatnonzero(frequency >= MIN_TOPIC_PASSAGES)
            if excluded.isdisjoint(self.stems[number])
        ]
        return TopicTerms(
            label=self.label[selected],
            stems=[self.stems[number] for number in selected],
            has=has[:, selected],
            is_name=self.is_name[selected],
            can_be_centre=self.can_be_centre[selected],
        )


def select_terms(
    term_counts: TermCounts, vocabulary: Vocabulary, article: np.ndarray
) -> TopicTerms:
    """Select the terms around which groups can form and that can be labels.

    Parameters
    ----------
    term_counts : TermCounts
        How often each term occurs in each passage.
    vocabulary : Vocabulary
        The stems of the passages.
    article : numpy.ndarray
        The number of the article of each passage, from 0.

    Returns
    -------
    TopicTerms
        The most frequent terms first. Of several terms with the same stems, the most frequent.
    """
    passages = len(article)
    articles = int(article.max()) + 1
    has = (term_counts.matrix > 0).astype("float32").tocsc()
    in_article = membership_of(article, articles)
    passages_of_term = np.asarray(has.sum(axis=0)).ravel()
    articles_of_term = np.asarray(((in_article.T @ has) > 0).sum(axis=0)).ravel()

    min_passages = MIN_TERM_PASSAGES
    min_articles = MIN_TOPIC_ARTICLES
    if articles >= MANY_ARTICLES:
        min_passages = max(MIN_TOPIC_PASSAGES, round(MIN_TERM_SHARE_OF_MANY * passages))
        min_articles = MIN_TERM_ARTICLES_OF_MANY
    max_articles = max(SUITABLE_ARTICLES, MAX_TERM_SHARE_OF_ARTICLES * articles)
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
        # "Former minister", "bad luck"
        has_general_adjective = not is_name and term.split()[0] in general_adjectives
        is_person = _is_written_as_name(term) and not stems_of_person.isdisjoint(stems)
        if not stems or is_single_name or is_person or has_general_adjective:
            continue
        if frozenset(stems) in seen or is_attribution_or_date(term) or not can_be_subject(term):
            continue
        seen.add(frozenset(stems))
        selected.append(number)
        stems_of_selected.append(stems)

    chosen = np.array(selected[:MAX_TERMS], dtype="int64")
    return TopicTerms(
        label=term_counts.terms[chosen],
        stems=stems_of_selected[:MAX_TERMS],
        has=has[:, chosen].tocsr(),
        is_name=term_counts.is_name[chosen],
        can_be_centre=passages_of_term[chosen] >= MIN_TOPIC_PASSAGES,
    )


def can_be_subject(term: str) -> bool:
    """Return whether a term is a noun that names a subject and can be spoken.

    Parameters
    ----------
    term : str
        A term, as `count_terms` finds it.

    Returns
    -------
    bool
        False for nouns that refer to something named elsewhere, participles and abbreviations.

    Examples
    --------
    >>> can_be_subject("interest rate"), can_be_subject("rate"), can_be_subject("mln")
    (True, False, False)
    """
    words = folded_words(term)
    if len(words) == 1 and is_form_of(words[0], words_of("en/themes/general_nouns")):
        return False
    # "Estimated", but not "speed" or "bed".
    if re.search(r"(?<!e)ed$", words[-1]) and len(words[-1]) > LONGEST_NOUN_IN_ED:
        return False
    # Abbreviations such as "mln" and "shrs" have no vowel.
    letters = [word for word in words if word.isascii() and word.isalpha()]
    return all(set(word) & set("aeiouy") for word in letters)


def is_attribution_or_date(term: str) -> bool:
    """Return whether a term states a source or a date.

    Parameters
    ----------
    term : str
        A term, as `count_terms` finds it.

    Returns
    -------
    bool
        True for "security officials" and "mid-March".

    Examples
    --------
    >>> is_attribution_or_date("security officials"), is_attribution_or_date("security council")
    (True, False)
    """
    words = folded_words(term)
    attributions = words_of("en/themes/attributions")
    if is_form_of(words[-1], attributions) or is_form_of(" ".join(words[-2:]), attributions):
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
    openings = (
        words_of("en/names/first_names", "name")
        | words_of("en/names/first_names_of_both_genders")
        | words_of("en/names/nicknames", "short")
        | words_of("en/names/particles")
    )
    stems: set[int] = set()
    for term in term_counts.terms[term_counts.length > 1]:
        if not _is_written_as_name(term):
            continue
        words = folded_words(term)
        begins_as_person = bool(words) and words[0] in openings
        if begins_as_person or any(word.startswith("al-") for word in words):
            stems.update(vocabulary.columns_of(term))
    return frozenset(stems)
