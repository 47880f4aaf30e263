"""Teach a theme by examples: propose passages, estimate how many remain, propose search terms."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from clippings.core.errors import BadInput
from clippings.core.tokens import folded_words, word_spans
from clippings.themes.ranking import (
    LABEL_COLUMN,
    Judgements,
    PassageRanker,
    Vectors,
    content_stems,
    match_terms,
)
from clippings.themes.stems import languages_of

# Estimating what remains ------------------------------------------------------------------------

# With these values, the interval contains the true number in 98 to 99 of 100 cases in
# benchmarks/teaching.py (in 92 for broad themes, which a fifth of all texts carry).
# Possible fits of the calibration are drawn at random; these are the limits of their results.
CALIBRATION_DRAWS = 2000
LOW_QUANTILE = 0.025
HIGH_QUANTILE = 0.9  # a higher value widens the interval and covers more than 95 of 100 cases
# A weak prior, so that the calibration has a solution even if scores separate yes from no.
PRIOR_PRECISION = 0.01
NEWTON_STEPS = 50
CONVERGED = 1e-8
# The lower limit rests only on unread passages that score at least as high as the lowest tenth of
# the judged passages. For lower scores, the calibration is an extrapolation.
EXTRAPOLATION_QUANTILE = 0.1
# Numbers of the lowest judged passages that are treated as a random sample of the unread ones.
URN_SIZES = (20, 40, 80, 160)
RATE_PASSAGES = 20  # the lowest-scoring judged passages, whose rate is taken as the current one
URN_ERROR = 0.0125  # the probability that the limit from such a sample is too low
SCORE_BINS = 1000

# Proposing terms --------------------------------------------------------------------------------

MAX_TERM_WORDS = 3
MAX_CANDIDATES = 200  # checked against texts
MIN_STEM_LETTERS = 4  # of the beginning of a word that is followed by *
MIN_TERM_PRECISION = 0.75
# A term must be this many times as frequent in passages with the theme as in unread ones.
MIN_LIFT = 3.0
UNREAD_SAMPLE = 2000


@dataclass(frozen=True)
class Remaining:
    """An estimate of the number of unread passages that carry the theme."""

    low: int
    estimate: float | None
    """None if no passage, or every passage, that was judged carries the theme."""
    high: int


def propose_passages(
    passages: pd.DataFrame,
    *,
    terms: Sequence[str] = (),
    definition: str = "",
    yes: Iterable = (),
    no: Iterable = (),
    vectors: Vectors | None = None,
    n: int | None = 20,
) -> pd.DataFrame:
    """Rank the passages that have not been judged by how likely they carry a theme.

    Parameters
    ----------
    passages : pandas.DataFrame
        Usually those of the article text, without duplicates. Any span table is accepted.
    terms : sequence of str, optional
        Search terms that describe the theme, as in the codebook; see `compile_term`.
    definition : str, optional
        A description of the theme.
    yes, no : iterable, optional
        The row labels of passages that carry the theme and of passages that do not. Three
        passages that carry it are a good start.
    vectors : callable, optional
        An embedding function, which takes a list of texts and returns an array with one row for
        each text. Similar texts are then recognised even if they share no words.
    n : int, default 20
        The number of passages to return; None returns all.

    Returns
    -------
    pandas.DataFrame
        Rows of `passages`, with their row labels, the most likely first. Judged passages are left
        out.

        - `score`: higher values are more likely; the value is not a probability
        - `clues`: the words of the passage that contribute most to its score, separated by
          semicolons

    Raises
    ------
    BadInput
        If nothing describes the theme (pass `yes`, `terms` or `definition`), if a row label is not
        in the table, or if `vectors` does not return one row for each text.

    Notes
    -----
    A logistic regression on the TF-IDF weights of stems and pairs of stems is trained on the judged
    passages, as in tools for systematic reviews (ASReview). A random sample of unread passages
    counts, with little weight, as passages without the theme. Definition, terms, and passages in
    which a term matches count as examples with little weight, so that soon the answers decide.

    The method finds passages that share words with the examples. It misses those in other words,
    and those in languages of which there is no example, unless `vectors` relates them.

    Most embedding models can be passed directly, such as
    ``SentenceTransformer(name).encode`` from sentence-transformers or
    ``StaticModel.from_pretrained(name).encode`` from model2vec. None is needed or downloaded.

    References
    ----------
    van de Schoot et al. (2021), https://doi.org/10.1038/s42256-020-00287-7, for the method of
    ASReview.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> body = passages[passages.label == "body"]
    >>> proposed = cl.propose_passages(body, terms=["warn*", "siren*"], n=2)
    >>> proposed[["start", "score", "clues"]]
        start  score    clues
    61    280  0.353    siren
    47   1241  0.327  warning
    """
    ranker = PassageRanker(passages, vectors)
    judged = ranker.judgements(yes, no)
    scores = ranker.score(judged, terms=terms, definition=definition)
    order = rank_unread(scores, judged)[:n]

    clues = []
    for position in order:
        words = dict.fromkeys(clue.text for clue in ranker.clues(position))
        clues.append("; ".join(words))
    proposed = ranker.passages.iloc[order].set_index(LABEL_COLUMN)
    proposed.index.name = passages.index.name
    return proposed.assign(score=scores[order].round(3), clues=pd.array(clues, dtype="str"))


def rank_unread(scores: np.ndarray, judged: Judgements) -> np.ndarray:
    """Order the passages that were not judged by their scores, then by position.

    Parameters
    ----------
    scores : numpy.ndarray
        The score of each passage.
    judged : Judgements
        The judged passages.

    Returns
    -------
    numpy.ndarray of int
        Positions of passages.
    """
    order = np.argsort(-scores, kind="stable")
    return order[~np.isin(order, np.concatenate(judged))]


def count_remaining(
    passages: pd.DataFrame,
    *,
    yes: Iterable,
    no: Iterable,
    terms: Sequence[str] = (),
    definition: str = "",
    vectors: Vectors | None = None,
) -> pd.DataFrame:
    """Estimate how many passages that have not been judged carry the theme.

    Parameters
    ----------
    passages : pandas.DataFrame
        All passages, as for `propose_passages`.
    yes, no : iterable
        The row labels of passages that carry the theme and of passages that do not. They should
        have been judged in the order that `propose_passages` proposes.
    terms, definition, vectors : optional
        As for `propose_passages`.

    Returns
    -------
    pandas.DataFrame
        One row.

        - `read`, `yes`: number of judged passages, and of those that carry the theme
        - `unread`: number of passages that have not been judged
        - `low`, `estimate`, `high`: the number of unread passages that carry the theme, with an
          interval that contained it in more than 95 of 100 tests (for broad themes, which a fifth
          of all texts carry, in 92). `estimate` is missing as long as all answers are the same.
        - `least_share`: the share of all passages with the theme that has been read if `high`
          remain

    Raises
    ------
    BadInput
        As for `propose_passages`.

    Notes
    -----
    Each judged passage is scored by a model that was trained without it, and a logistic curve
    through these scores gives the probability that an unread passage carries the theme. The lower
    limit counts only passages that score as high as judged ones; the upper limit also extrapolates
    to lower scores. The upper limit is at least the number that as many answers again would find at
    the rate of the lowest-scoring judged passages, and never higher than if these passages were a
    random sample of the unread ones.

    The interval is wide until passages without the theme have been judged. It is not valid if
    passages with the theme use words that no judged passage contains: no method that reads the most
    similar passages first can notice these. To make sure, read a random sample of unread passages.

    References
    ----------
    Callaghan and Müller-Hansen (2020), https://doi.org/10.1186/s13643-020-01521-4, for the limit
    from a sample without replacement.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> body = passages[passages.label == "body"]
    >>> is_warning = body.text.str.contains("warn")
    >>> counted = cl.count_remaining(
    ...     body, yes=body.index[is_warning][:4], no=body.index[~is_warning][:12]
    ... )
    >>> counted[["read", "yes", "unread", "low", "high"]]
       read  yes  unread  low  high
    0    16    4      29    0    10
    """
    ranker = PassageRanker(passages, vectors)
    judged = ranker.judgements(yes, no)
    remaining = estimate_remaining(ranker, judged, terms=terms, definition=definition)
    read = len(judged.yes) + len(judged.no)
    all_with_theme = len(judged.yes) + remaining.high
    least_share = len(judged.yes) / all_with_theme if all_with_theme else np.nan
    row = {
        "read": read,
        "yes": len(judged.yes),
        "unread": len(passages) - read,
        "low": remaining.low,
        "estimate": np.nan if remaining.estimate is None else round(remaining.estimate, 1),
        "high": remaining.high,
        "least_share": round(least_share, 3),
    }
    return pd.DataFrame([row]).astype({"estimate": "float64"})


def estimate_remaining(
    ranker: PassageRanker,
    judged: Judgements,
    *,
    terms: Sequence[str] = (),
    definition: str = "",
) -> Remaining:
    """Estimate the number of unread passages that carry the theme.

    Parameters
    ----------
    ranker : PassageRanker
        The passages.
    judged : Judgements
        The judged passages.
    terms, definition : optional
        As for `propose_passages`.

    Returns
    -------
    Remaining
        The estimate; see `count_remaining` for the method.
    """
    read = np.concatenate(judged)
    unread_count = len(ranker.passages) - len(read)
    if not len(judged.yes) or not len(judged.no) or not unread_count:
        high = unread_count
        if len(judged.no):
            high = _urn_limit(unread_count, len(judged.no), 0)
        return Remaining(0, None if unread_count else 0.0, high)

    held_out, all_scores = ranker.score_held_out(judged, terms=terms, definition=definition)
    has_theme = np.arange(len(read)) < len(judged.yes)
    is_unread = np.ones(len(all_scores), dtype=bool)
    is_unread[read] = False

    # In standard units, so that the prior means the same for every corpus.
    spread = held_out.std() or 1.0
    judged_scores = (held_out - held_out.mean()) / spread
    unread_scores = (all_scores[is_unread] - held_out.mean()) / spread

    curve, covariance = _fit_curve(judged_scores, has_theme)
    curves = np.random.default_rng(0).multivariate_normal(curve, covariance, size=CALIBRATION_DRAWS)
    rising = curves[curves[:, 1] >= 0]  # a higher score is never evidence against the theme
    if len(rising):
        curves = rising

    lowest = np.quantile(judged_scores, EXTRAPOLATION_QUANTILE)
    comparable = unread_scores[unread_scores >= lowest]
    low = int(np.quantile(_simulate_totals(curves, comparable), LOW_QUANTILE))
    high = int(np.ceil(np.quantile(_simulate_totals(curves, unread_scores), HIGH_QUANTILE)))
    high = max(high, _limit_from_recent_rate(judged_scores, has_theme))
    high = max(low, min(high, _lowest_urn_limit(judged_scores, has_theme, unread_count)))

    # Without extrapolation the number is mostly too low, with it too high.
    without_extrapolation = _probabilities(curve[None], comparable).sum()
    with_extrapolation = _probabilities(curve[None], unread_scores).sum()
    estimate = np.sqrt((without_extrapolation + 1) * (with_extrapolation + 1)) - 1
    return Remaining(low, float(np.clip(estimate, low, high)), high)


def _fit_curve(scores: np.ndarray, has_theme: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Fit a logistic curve by Newton's method; return constant and slope, and their covariance."""
    features = np.column_stack([np.ones_like(scores), scores])
    prior = np.eye(2) * PRIOR_PRECISION
    curve = np.zeros(2)
    for _ in range(NEWTON_STEPS):
        expected = _logistic(features @ curve)
        gradient = features.T @ (has_theme - expected) - prior @ curve
        information = (features.T * (expected * (1 - expected))) @ features + prior
        step = np.linalg.solve(information, gradient)
        curve = curve + step
        if np.abs(step).max() < CONVERGED:
            break
    return curve, np.linalg.inv(information)


def _logistic(values: np.ndarray) -> np.ndarray:
    """Return the logistic function, without overflow."""
    return 1 / (1 + np.exp(-np.clip(values, -500, 500)))


def _probabilities(curves: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Return the probability of each score (columns) by each curve (rows)."""
    return _logistic(curves[:, :1] + curves[:, 1:] * scores)


def _simulate_totals(curves: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Draw a possible number of passages with the theme for each curve."""
    if not len(scores):
        return np.zeros(len(curves))
    # Passages with practically the same score are computed together.
    counts, edges = np.histogram(scores, bins=SCORE_BINS)
    probabilities = _probabilities(curves, (edges[:-1] + edges[1:]) / 2)
    mean = probabilities @ counts
    variance = (probabilities * (1 - probabilities)) @ counts
    totals = np.random.default_rng(1).normal(mean, np.sqrt(variance))
    return totals.clip(0, len(scores))


def _limit_from_recent_rate(scores: np.ndarray, has_theme: np.ndarray) -> int:
    """Return how many passages as many answers again would find at the rate of the lowest scores.

    The curve can fall too fast if one subject of a broad theme is nearly exhausted, while nearly
    all answers are still yes. Where the rate has dropped to zero, this limit is zero.
    """
    lowest = has_theme[np.argsort(scores, kind="stable")][:RATE_PASSAGES]
    return int(np.ceil(lowest.mean() * len(scores)))


def _lowest_urn_limit(scores: np.ndarray, has_theme: np.ndarray, unread_count: int) -> int:
    """Return the lowest limit from the lowest-scoring judged passages."""
    lowest_first = has_theme[np.argsort(scores, kind="stable")]
    sizes = [size for size in (*URN_SIZES, len(scores)) if size <= len(scores)]
    return min(_urn_limit(unread_count, size, int(lowest_first[:size].sum())) for size in sizes)


def _urn_limit(unread_count: int, drawn: int, drawn_with_theme: int) -> int:
    """Return the highest number of unread passages with the theme that a sample is likely from.

    Judged passages with low scores carry the theme at least as often as unread ones, which score
    lower still. If they are treated as a random sample of both, the limit is rather too high.
    """
    from scipy.stats import hypergeom

    low = 0
    high = unread_count
    while low < high:
        middle = (low + high + 1) // 2
        probability = hypergeom.cdf(
            drawn_with_theme, unread_count + drawn, middle + drawn_with_theme, drawn
        )
        if probability > URN_ERROR:
            low = middle
        else:
            high = middle - 1
    return low


@dataclass(frozen=True)
class _Candidate:
    """A possible term, and the judged passages with the theme in which it occurs."""

    term: str
    passages: int


def propose_terms(
    passages: pd.DataFrame, yes: Iterable, no: Iterable = (), *, n: int = 10
) -> pd.DataFrame:
    """Propose search terms that distinguish passages with a theme from those without it.

    Parameters
    ----------
    passages : pandas.DataFrame
        All passages.
    yes, no : iterable
        The row labels of passages that carry the theme and of passages that do not.
    n : int, default 10
        The maximum number of terms.

    Returns
    -------
    pandas.DataFrame
        One row per term. Each term finds passages that the terms above it miss.

        - `term`: in the notation of the codebook; see `compile_term`
        - `yes`, `no`: number of judged passages in which it matches
        - `precision`: share of the judged passages it finds that carry the theme
        - `recall`: share of the judged passages with the theme that it finds
        - `recall_together`: the same for this term and those above it
        - `unread`: number of passages it finds that have not been judged

    Raises
    ------
    BadInput
        If a row label is not in the table, or if a passage is judged both ways.

    Notes
    -----
    Candidates are words and sequences of up to three words that begin and end with a content word.
    A term must be correct in at least three quarters of the judged passages it finds, and three
    times as frequent in passages with the theme as in unread ones. Precision and recall are those
    of the passages that the terms were chosen from, so they are rather too high; read some unread
    passages with a term before adding it to the codebook.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> passages = cl.find_passages(articles)
    >>> body = passages[passages.label == "body"]
    >>> is_warning = body.text.str.contains("warn")
    >>> terms = cl.propose_terms(body, body.index[is_warning], body.index[~is_warning])
    >>> terms[["term", "yes", "no", "precision", "recall"]].head(1)
        term  yes  no  precision  recall
    0  warn*    5   0        1.0     1.0
    """
    columns = ["term", "yes", "no", "precision", "recall", "recall_together", "unread"]
    yes_rows = _select(passages, yes, "yes")
    no_rows = _select(passages, no, "no")
    both = yes_rows.index.intersection(no_rows.index)
    if len(both):
        raise BadInput(f"passage {both[0]!r} is in both yes and no")
    unread = passages.drop(index=[*yes_rows.index, *no_rows.index])
    sample = unread.sample(min(len(unread), UNREAD_SAMPLE), random_state=0)

    candidates = _find_candidates(yes_rows)
    terms = [candidate.term for candidate in candidates]
    in_yes = match_terms(yes_rows.text.tolist(), terms)
    in_no = match_terms(no_rows.text.tolist(), terms)
    in_sample = match_terms(sample.text.tolist(), terms)

    chosen = _choose_terms(in_yes, in_no, in_sample)[:n]
    in_unread = match_terms(unread.text.tolist(), [terms[number] for number in chosen])
    is_found = np.zeros(len(yes_rows), dtype=bool)
    rows = []
    for place, number in enumerate(chosen):
        is_found |= in_yes[:, number]
        yes_count = int(in_yes[:, number].sum())
        no_count = int(in_no[:, number].sum())
        rows.append(
            {
                "term": terms[number],
                "yes": yes_count,
                "no": no_count,
                "precision": round(yes_count / (yes_count + no_count), 3),
                "recall": round(yes_count / len(yes_rows), 3),
                "recall_together": round(float(is_found.mean()), 3),
                "unread": int(in_unread[:, place].sum()),
            }
        )
    dtypes = dict.fromkeys(columns, "float64") | {"term": "str"}
    dtypes |= dict.fromkeys(("yes", "no", "unread"), "int64")
    return pd.DataFrame(rows, columns=columns).astype(dtypes)


def _select(passages: pd.DataFrame, labels: Iterable, name: str) -> pd.DataFrame:
    """Return passages by their row labels."""
    unique = list(dict.fromkeys(labels))
    for label in unique:
        if label not in passages.index:
            raise BadInput(f"{name}: there is no passage with the row label {label!r}")
    return passages.loc[unique]


def _choose_terms(in_yes: np.ndarray, in_no: np.ndarray, in_sample: np.ndarray) -> list[int]:
    """Choose terms one after another, each for the passages that those before it miss."""
    yes_count = in_yes.sum(axis=0)
    precision = yes_count / np.maximum(yes_count + in_no.sum(axis=0), 1)
    # Half a passage is added, so that a term that no unread passage contains has a finite lift.
    share_of_yes = yes_count / max(len(in_yes), 1)
    share_of_sample = (in_sample.sum(axis=0) + 0.5) / (len(in_sample) + 1)
    lift = share_of_yes / share_of_sample
    # If nearly all passages were judged, the rest says nothing about a term.
    is_specific = (lift >= MIN_LIFT) | (len(in_sample) < len(in_yes))
    is_usable = (precision >= MIN_TERM_PRECISION) & is_specific & (yes_count > 0)

    chosen: list[int] = []
    is_missed = np.ones(len(in_yes), dtype=bool)
    while is_missed.any() and is_usable.any():
        gain = in_yes[is_missed].sum(axis=0) * precision * np.log2(1 + lift) * is_usable
        best = int(gain.argmax())
        if gain[best] <= 0:
            break
        chosen.append(best)
        is_missed &= ~in_yes[:, best]
        is_usable[best] = False
    return chosen


def _find_candidates(passages: pd.DataFrame) -> list[_Candidate]:
    """Return the words and phrases of passages that could be terms, the most frequent first."""
    forms_of: dict[tuple[str, ...], Counter] = defaultdict(Counter)
    passages_of: Counter = Counter()
    languages = languages_of(passages)
    for text, language in zip(passages.text, languages, strict=True):
        phrases = _phrases(text, language)
        passages_of.update({stems for stems, _ in phrases})
        for stems, words in phrases:
            forms_of[stems][words] += 1

    # A phrase that occurs once is a quirk of its passage, unless there are only a few passages.
    fewest = 2 if len(passages) > 3 else 1
    numbers_of_term: dict[str, int] = {}
    for stems, number in passages_of.items():
        if number >= fewest:
            term = _term_for(forms_of[stems])
            numbers_of_term[term] = max(number, numbers_of_term.get(term, 0))
    candidates = [_Candidate(term, number) for term, number in numbers_of_term.items()]
    candidates.sort(key=lambda candidate: (-candidate.passages, candidate.term))
    return candidates[:MAX_CANDIDATES]


def _phrases(text: str, language: str) -> list[tuple[tuple[str, ...], str]]:
    """Return the phrases of a text, each as stems and as folded words."""
    words = folded_words(text)
    spans = word_spans(text)
    stems = content_stems(words, language)
    phrases = []
    for first in range(len(words)):
        for last in range(first, min(first + MAX_TERM_WORDS, len(words))):
            # A phrase ends at a punctuation mark, which separates its words by more than a space.
            if last > first and text[spans[last - 1][1] : spans[last][0]].strip():
                break
            if stems[first] is None or stems[last] is None:
                continue
            key = tuple(
                stem or word
                for stem, word in zip(stems[first : last + 1], words[first : last + 1], strict=True)
            )
            phrases.append((key, " ".join(words[first : last + 1])))
    return phrases


def _term_for(forms: Counter) -> str:
    """Return a search term that matches the forms of a word or phrase."""
    by_frequency = sorted(forms, key=lambda form: (-forms[form], form))
    if len(by_frequency) == 1 or " " in by_frequency[0]:
        return by_frequency[0]
    beginning = _common_beginning(by_frequency)
    if len(beginning) >= MIN_STEM_LETTERS:
        return f"{beginning}*"
    return " | ".join(sorted(by_frequency))


def _common_beginning(words: list[str]) -> str:
    """Return the letters with which all words begin."""
    shortest = min(words, key=len)
    for number, letter in enumerate(shortest):
        if any(word[number] != letter for word in words):
            return shortest[:number]
    return shortest
