"""List the terms that many articles of a corpus share: what the corpus as a whole is about.

Topics and distinctive terms tell the parts of a corpus apart. What all parts have in common is
left out there by design, but it is what a reader asks first.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from clippings.core.lexicon import words_of
from clippings.core.tokens import folded_words
from clippings.themes.english_uses import is_form_of
from clippings.themes.stems import languages_of
from clippings.themes.terms import count_terms
from clippings.themes.topic_terms import can_be_subject, is_attribution_or_date

# A phrase must occur in this share of the articles, and a single noun, which says less, in the
# second; both in at least this number of articles.
MIN_SHARE_OF_PHRASE = 0.2
MIN_SHARE_OF_NOUN = 0.6
MIN_ARTICLES = 3

# How many times as much as a single noun ("emails") a phrase ("email server") counts in the order
WEIGHT_OF_PHRASE = 2

# Most single nouns that many articles share ("court", "sale") occur with any subject.
MAX_NOUNS = 2

# In larger corpora, hardly any term occurs in so many articles.
MAX_PASSAGES = 20_000

# Only English has the lists of nouns that name no subject.
LANGUAGES = ("", "en")


class SharedTerm(NamedTuple):
    """A term, the number of articles that contain it, and the index of the passages that do."""

    term: str
    articles: int
    passages: list


def list_shared_terms(passages: pd.DataFrame) -> list[SharedTerm]:
    """List the terms that many articles share, without names, persons and sources.

    Parameters
    ----------
    passages : pandas.DataFrame
        Passages of article text, without copies.

    Returns
    -------
    list of SharedTerm
        The term in most articles first, where a phrase counts twice as much as a noun, and at most
        two are nouns. Of several terms with a word in common, only the first. Empty for more than
        20,000 passages, and for languages other than English.

    Examples
    --------
    >>> passages = pd.DataFrame({
    ...     "article": ["a", "b", "c"],
    ...     "text": ["The email server failed.", "No email server was safe.", "An email server."],
    ... })
    >>> list_shared_terms(passages)
    [SharedTerm(term='email server', articles=3, passages=[0, 1, 2])]
    """
    is_read = np.isin(languages_of(passages), LANGUAGES).astype("bool")
    passages = passages[is_read]
    articles = passages.article.nunique()
    if len(passages) > MAX_PASSAGES or articles < MIN_ARTICLES:
        return []
    counts = count_terms(passages.text, range(len(passages)))
    has_term = counts.matrix.tocsc()
    article = pd.factorize(passages.article)[0]

    candidates = []
    for number, term in enumerate(counts.terms):
        rows = has_term.indices[has_term.indptr[number] : has_term.indptr[number + 1]]
        of_term = len(np.unique(article[rows]))
        is_phrase = counts.length[number] > 1
        min_share = MIN_SHARE_OF_PHRASE if is_phrase else MIN_SHARE_OF_NOUN
        is_shared = of_term >= max(MIN_ARTICLES, min_share * articles)
        if is_shared and not counts.is_name[number] and _names_subject(term):
            candidates.append(SharedTerm(term, of_term, passages.index[np.sort(rows)].tolist()))

    listed: list[SharedTerm] = []
    words_of_listed: set[str] = set()
    nouns = 0
    for candidate in sorted(candidates, key=_most_informative_first):
        words = {word.removesuffix("s") for word in folded_words(candidate.term)}
        is_noun = len(words) == 1
        if words.isdisjoint(words_of_listed) and not (is_noun and nouns == MAX_NOUNS):
            listed.append(candidate)
            words_of_listed |= words
            nouns += is_noun
    return listed


def _most_informative_first(candidate: SharedTerm) -> tuple:
    """Return a sort key: terms in most articles, then in most passages, come first."""
    weight = WEIGHT_OF_PHRASE if " " in candidate.term else 1
    return -weight * candidate.articles, -len(candidate.passages), candidate.term


def _names_subject(term: str) -> bool:
    """Return whether a term names neither persons nor sources nor something only named elsewhere.

    A term that contains a name ("Obama administration") says no more than the name.
    """
    words = term.split()
    head = words[words.index("of") - 1] if "of" in words[1:] else words[-1]
    is_person = is_form_of(head, words_of("en/speech/person_nouns"))
    has_name = term != term.lower()
    is_vague = words[0] in words_of("en/text/term_words", kind="general adjective")
    is_vague |= len(words) == 1 and is_form_of(
        head, words_of("en/text/term_words", kind="vague noun")
    )
    is_excluded = is_person or has_name or is_vague or is_attribution_or_date(term)
    return not is_excluded and can_be_subject(term)
