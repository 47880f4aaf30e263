"""Compare accounts of one event, in the words of the articles: aims, dates, plans."""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import pandas as pd

from clippings.brief.clauses import count_dangling_words, sentence_around
from clippings.core.lexicon import read_words, words_of
from clippings.core.tokens import fold, folded_words
from clippings.themes.stems import stemmer
from clippings.timeline.default_events import is_finite_verb, verb_of_form

# Maximum number of characters between a mention and its aim: "a plot, uncovered last week by a
# local court, to …".
MAX_DISTANCE_TO_AIM = 120

# Maximum number of words in an aim; further words rarely belong to it.
MAX_AIM_WORDS = 14

# Verb forms among the first words of an aim do not end it: "to free captured soldiers".
MIN_AIM_WORDS = 3

# An infinitive with its object, up to the end of the clause.
AIM = re.compile(
    r"""
    \b (?: in\ order\ | so\ as\ )? to\s+    # "to", "in order to", "so as to"
    ( [a-z]+ ) \s                           # "topple", "recapture"; "Ostrand" is not a verb
    (?:
        [^,;:“”"()\n]                       # "the leadership of the group"
      | , (?= \d )                         # "1,200 U.S. troops"
      | \( \W? \d [^()\n]* \) (?= \s )      # "a $27bn (£14bn) tax bill"
    )+
    """,
    re.VERBOSE,
)

# Text between a mention and its aim. It must not contain anything else to which the aim could
# belong ("forced thousands to flee").
BEFORE_AIM = re.compile(
    r"""
    ^ (?: \s+ (?:in|on|at|against|by|of|for|near|from|with) \s+ [^,;:]{1,40}? )?   # "in Tolmere"
    (?: , [^,]{1,80} , )?                                              # ", uncovered last week,"
    (?: ,? \s* (?: which | that ) \s+ (?: is | was | are | were ) \s+ [\w\s]{0,20} )?
    (?: ,? \s+ (?: aimed | designed | meant | intended | set | planned ) )?
    \s* $
    """,
    re.VERBOSE | re.IGNORECASE,
)

# Words that begin another clause and thus end the aim.
NEXT_CLAUSE = re.compile(
    r"""
    \s (?: which | who | while | after | before | when | because | as | although | but ) \s
    """,
    re.VERBOSE,
)

# Words for what is still to come: an event in such a sentence has not certainly happened ("the
# merger will go ahead", "in the process of merging"), though something else in it may have.
OUTSTANDING = re.compile(
    r"""
    \b (?:
        will | would | should | could | may | might | going\ to
      | (?: is | are | was | were ) \s+ (?: (?: due | set | expected | planned ) \s+ )? to
      | in\ the\ process\ of | plan(?:s|ned|ning)? | propos(?:al|ed|es) | forthcoming | upcoming
    ) \b
    """,
    re.VERBOSE | re.IGNORECASE,
)

ASPECTS = ("aim", "time", "planned")


class Account(NamedTuple):
    """One article's statements about an aspect of an event."""

    article: str
    words: tuple[str, ...]  # quotations from the article, or "planned" or "happened"


class Difference(NamedTuple):
    """An aspect on which articles differ, with the rows of claims that show the difference."""

    aspect: str  # one of ASPECTS
    accounts: list[Account]
    rows: list[int]


class _Detail(NamedTuple):
    """One mention's statement about an aspect."""

    aspect: str
    words: str
    row: int
    # The first and last date of a time; NaT if unknown
    dates: tuple[pd.Timestamp, pd.Timestamp] = (pd.NaT, pd.NaT)


def compare_accounts(claim: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> list[Difference]:
    """Find differences between accounts of one event and quote them without judging them.

    Parameters
    ----------
    claim : pandas.DataFrame
        The rows of claims that have the same label.
    tables : dict of str to pandas.DataFrame
        The tables that `find_all` returns; articles, times, dates and events are used.

    Returns
    -------
    list of Difference
        One per aspect on which articles differ: `aim`, `time` (no date fits both, as after a
        verdict that joins two claims) and `planned` (one article reports a plan, another that the
        event happened).

    Notes
    -----
    Only the first aim and the first time in each article are compared. Details outside the
    sentence of the mention are not recognised.

    Examples
    --------
    >>> import clippings as cl
    >>> tables = cl.find_all(*cl.load_example())
    >>> claims = tables["claims"]
    >>> evacuations = claims[(claims.kind == "evacuation") & (claims.status != "rejected")]
    >>> for difference in compare_accounts(evacuations, tables):
    ...     print(difference.aspect, difference.accounts[0].words)
    planned ('planned',)
    """
    articles = _rows_of(tables["articles"], claim)
    events = _rows_of(tables["events"], claim)
    texts = dict(zip(articles.article, articles.text, strict=True))
    times = _rows_of(tables["times"], claim)
    times = times[times.label == "DATE"]
    dates_at = _dates_at(times, _rows_of(tables["dates"], claim))
    event_at = {(row.article, row.start, row.end): row for row in events.itertuples()}

    details_of: dict[str, list[_Detail]] = {}
    for row in claim.itertuples():
        event = event_at[row.article, row.start, row.end]
        details = _details_of_mention(row, event, texts[row.article], dates_at)
        details_of.setdefault(row.article, []).extend(details)

    differences = (_find_difference(aspect, details_of) for aspect in ASPECTS)
    return [difference for difference in differences if difference is not None]


def _rows_of(table: pd.DataFrame, claim: pd.DataFrame) -> pd.DataFrame:
    """Select the rows of a table that belong to the articles of a claim."""
    return table[table.article.isin(claim.article)]


def _dates_at(times: pd.DataFrame, dates: pd.DataFrame) -> dict[tuple[str, int], tuple]:
    """Return the first and last likely date of each time, by article and start."""
    position = ["article", "start"]
    dates = times[position].merge(dates[dates.label == "time"], on=position, how="left")
    return {
        (row.article, row.start): (row.likely_earliest, row.likely_latest)
        for row in dates.itertuples()
    }


def _details_of_mention(
    row, event, text: str, dates_at: dict[tuple[str, int], tuple]
) -> Iterator[_Detail]:
    """Yield what a mention says about each aspect."""
    aim = _find_aim(text, row)
    if aim:
        yield _Detail("aim", " ".join(aim.split()), row.Index)
    # Only dates are compared: "at noon" and "on Friday" do not contradict each other.
    dates = dates_at.get((row.article, event.time_start))
    if dates is not None:
        time = text[int(event.time_start) : int(event.time_end)]
        yield _Detail("time", " ".join(time.split()), row.Index, dates)
    if event.modality != "happened" or not _is_outstanding(text, row):
        yield _Detail("planned", event.modality, row.Index)


def _is_outstanding(text: str, row) -> bool:
    """Return whether the sentence of a mention contains words for what is still to come."""
    return OUTSTANDING.search(text, *sentence_around(text, row.start)) is not None


def _find_aim(text: str, row) -> str:
    """Return the first "to …" after a mention in its sentence that can be a verb with an object."""
    _, sentence_end = sentence_around(text, row.start)
    for match in AIM.finditer(text, row.start, sentence_end):
        is_verb = verb_of_form(match[1]) == match[1]  # not "to the city", "shot to death"
        lead = text[row.end : match.start()]
        if is_verb and len(lead) <= MAX_DISTANCE_TO_AIM and BEFORE_AIM.search(lead):
            return _without_next_clause(match[0])
    return ""


def _without_next_clause(aim: str) -> str:
    """Cut an aim before the next clause or the main verb ("The plot to … failed")."""
    words = NEXT_CLAUSE.split(aim, maxsplit=1)[0].split()[:MAX_AIM_WORDS]
    determiners = read_words("en/speech/function_words", kind="determiner")
    for number in range(MIN_AIM_WORDS, len(words)):
        is_participle = words[number - 1].casefold() in determiners  # "the planned offensive"
        if is_finite_verb(words[number].casefold().rstrip(".!?")) and not is_participle:
            words = words[:number]
            break
    words = words[: len(words) - count_dangling_words(words)]
    return " ".join(words).rstrip(".!?")


def _find_difference(aspect: str, details_of: dict[str, list[_Detail]]) -> Difference | None:
    """Return the accounts of the articles that mention an aspect, if they differ."""
    accounts = []
    rows: list[int] = []
    counted_details = []
    for article, details in details_of.items():
        details = [detail for detail in details if detail.aspect == aspect]
        if not details:
            continue
        counted = _counted_words(aspect, [detail.words for detail in details])
        if not counted:
            continue
        counted_details.append([detail for detail in details if detail.words in counted])
        accounts.append(Account(article, counted))
        rows.extend(detail.row for detail in counted_details[-1])

    if aspect in COMPARED_IN_PAIRS:
        first_details = [details[0] for details in counted_details]
        are_different = COMPARED_IN_PAIRS[aspect]
        differ = any(are_different(*pair) for pair in combinations(first_details, 2))
    else:
        differ = len({tuple(sorted(map(fold, account.words))) for account in accounts}) > 1
    return Difference(aspect, accounts, rows) if differ else None


def _are_different_aims(one: _Detail, other: _Detail) -> bool:
    """Return whether two aims have no content word or number in common.

    "To pay off a $27bn tax bill" and "to settle back taxes" are the same aim in other words.
    """
    return _stems_of(one.words).isdisjoint(_stems_of(other.words))


def _stems_of(words: str) -> set[str]:
    """Return the stems of the content words and numbers of a text."""
    stem = stemmer("en")
    return {stem(word) for word in folded_words(words) if word not in words_of("en/text/stopwords")}


def _are_different_times(one: _Detail, other: _Detail) -> bool:
    """Return whether the dates of two times exclude each other.

    "Mid-March" and "12 March" can both be right, and so can "two years ago" and "2006" if nobody
    knows when the first article was written: comparisons with NaT are false.
    """
    first, last = one.dates
    other_first, other_last = other.dates
    return first > other_last or other_first > last


# Aspects on which articles differ only if two of them exclude each other
COMPARED_IN_PAIRS = {"aim": _are_different_aims, "time": _are_different_times}


def _counted_words(aspect: str, words: list[str]) -> tuple[str, ...]:
    """Return the distinct words of an article that are compared for an aspect."""
    distinct = tuple(dict.fromkeys(words))
    if aspect == "planned":
        # An article that reports that an event happened may also mention the plans for it. What is
        # only reported contradicts neither.
        if "happened" in distinct:
            return ("happened",)
        return ("planned",) if distinct == ("planned",) else ()
    if aspect in ("aim", "time"):
        return distinct[:1]
    return distinct
