"""The section on who is quoted: the speakers with the most words, and the unnamed speakers."""

import pandas as pd

from clippings.brief.findings import MAX_LISTED, Findings, Sentence, rank, write_sentence
from clippings.brief.phrasing import fill
from clippings.brief.templates import PHRASES, UNNAMED_SPEAKERS
from clippings.core.wording import join_and
from clippings.corpus.counts import count_words
from clippings.repeats.copies import is_counted

# Shares are given in steps of 5% and from 10% on: the number of words that a speaker says is not
# known more precisely, because the speakers of some quotations are not known or misread.
STEP_OF_SHARES = 0.05
MIN_STEPS = 2

# From this number of articles, it is said that a speaker is quoted in a single one: a long
# interview or a debate says little about the corpus.
MANY_ARTICLES = 10

# Minimum number of statements that is rounded to a multiple of five
MIN_ROUNDED = 20

# Maximum number of statements that is not given, because one misread statement changes much
MAX_FEW = 4

# Maximum number of types of speakers that are named; "mainly" followed by all of them says nothing
MAX_TYPES = 2

# Minimum share of the statements by unnamed speakers with which a type of speaker is mentioned
MIN_SHARE_OF_TYPE = 0.15


def write_speakers(findings: Findings) -> list[Sentence]:
    """Write the section about speakers."""
    quotes = findings["quotes"]
    # A story that two files have counts once in shares and numbers.
    quotes = quotes[is_counted(quotes) & ~quotes.article.isin(findings.near_copies)]
    if quotes.empty:
        return findings.nothing_found("speakers.none")
    return [*_named_speakers(quotes, findings), *_unnamed_speakers(quotes)]


def _named_speakers(quotes: pd.DataFrame, findings: Findings) -> list[Sentence]:
    """Report the main named speakers' shares of all words by named speakers."""
    named = quotes[quotes.label != ""]
    if named.empty:
        return []
    words = count_words(named, by=["label"]).set_index("label").words
    largest = rank(words)[:MAX_LISTED]
    articles = named.groupby("label").article.nunique()
    has_many_articles = len(findings.articles) >= MANY_ARTICLES
    shares = [
        _with_share(
            findings.name_in_sentence(speaker),
            words[speaker] / words.sum(),
            is_in_one_article=has_many_articles and articles[speaker] == 1,
        )
        for speaker in largest
    ]
    is_majority = 2 * words[largest].sum() > words.sum()
    return [
        write_sentence(
            "speakers.most_words" if is_majority else "speakers.largest_shares",
            "quotes",
            named.index[named.label.isin(largest)],
            speakers=join_and(shares),
        )
    ]


def _with_share(speaker: str, share: float, *, is_in_one_article: bool) -> str:
    """Name a speaker with the share of the words, in steps of 5%; small shares are left out."""
    steps = round(share / STEP_OF_SHARES)
    name = "speaker" if steps < MIN_STEPS else "speaker.share"
    if is_in_one_article:
        name += ".one_article"
    return fill(PHRASES[name], speaker=speaker, share=f"{steps * STEP_OF_SHARES:.0%}")


def _unnamed_speakers(quotes: pd.DataFrame) -> list[Sentence]:
    """Report how many statements come from unnamed speakers, and the main types of speakers."""
    unnamed = quotes[quotes.anonymous]
    if unnamed.empty:
        return []
    sentence = write_sentence(
        _template_of_unnamed(len(unnamed), len(quotes)),
        "quotes",
        unnamed.index,
        part=_rounded(len(unnamed)),
        whole=len(quotes),
    )
    kinds = _kinds_of_most(unnamed)
    return [sentence.followed_by("speakers.kinds", kinds=join_and(kinds)) if kinds else sentence]


def _template_of_unnamed(unnamed: int, statements: int) -> str:
    """Return the template that states a number of unnamed speakers as precisely as it is known."""
    if unnamed == statements:
        return "speakers.all_unnamed"
    if unnamed <= MAX_FEW and unnamed < statements / 2:
        return "speakers.few_unnamed"
    if unnamed < MIN_ROUNDED:
        return "speakers.some_unnamed"
    return "speakers.unnamed"


def _kinds_of_most(unnamed: pd.DataFrame) -> list[str]:
    """Name the main types of unnamed speakers; nothing if they are not the majority."""
    counts = unnamed.source_type[unnamed.source_type != ""].value_counts()
    main = [code for code in rank(counts) if counts[code] >= MIN_SHARE_OF_TYPE * len(unnamed)]
    main = main[:MAX_TYPES]
    if 2 * counts[main].sum() <= len(unnamed):
        return []
    return [UNNAMED_SPEAKERS.get(code, code) for code in main]


def _rounded(number: int) -> int:
    """Round a large number of statements, of which a few are always misread."""
    return number if number < MIN_ROUNDED else 5 * round(number / 5)
