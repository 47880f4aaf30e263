"""Find signs of errors in a corpus, with suggested fixes."""

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from clippings.core.languages import has_finders, language_name
from clippings.core.tables import STORY
from clippings.core.tokens import folded_words
from clippings.core.wording import count_noun
from clippings.corpus import garbled
from clippings.corpus.date_sources import CODEBOOK
from clippings.corpus.exports.record import ABSTRACT_NOTE, LENGTH_NOTE
from clippings.corpus.exports.suspects import count_headed_articles

MIN_STORY_WORDS = 50  # below this, a page is a teaser, a login wall or a failed copy
MIN_VERY_LONG = 2000  # words: a shorter article is not long, however short the others are
MAX_TIMES_MEDIAN = 5  # longer: several articles in one file, or a page of comments read as story
MIN_STORY_SHARE = 0.5  # of all words of the page; below this, the zones deserve a look
MIN_ARTICLES_FOR_MEDIAN = 5  # a median of fewer lengths says nothing

# The code of each oddity → what to do about it. It is shown whole in a notebook, so it must be
# short.
REPAIRS = {  # the most urgent first
    "not_read": "",
    "several_articles": "export it as TXT or DOCX, or split it",
    "doubtful_date": "enter the correct date in codebook/articles.csv",
    "dates_disagree": "enter the correct date in codebook/articles.csv",
    "garbled": "read_articles(…, repair_garbled=True)",
    "characters_lost": "save it again, as UTF-8",
    "hardly_any_story": "copy the page again, with its text",
    "mostly_page": "show_article: are the zones right?",
    "only_abstract": "export it again with full text",
    "length_differs": "compare it with the database",
    "very_long": "split it if it contains several articles",
    "same_story": "keep one of the two, or see notebook 02",
    "no_date": "enter it in codebook/articles.csv, if known",
    "no_outlet": "name it in codebook/articles.csv or outlets.csv",
    "no_headline": "add the headline as the first line of the file",
    "no_byline": "check the page for an author or agency",
    "not_in_english": "names, quotations, times: in English only",
    "language_unknown": "it is treated as English",
    "garbled_repaired": "repaired on reading; the file is unchanged",
}


# What the codes of `clippings.corpus.garbled` mean, for people.
GARBLED_BY = {
    garbled.UTF_8: "UTF-8 read in another encoding",
    garbled.MAC: "Mac Roman read as Windows-1252",
    garbled.ESCAPES: "characters escaped twice",
}
LOST_CHARACTER = "\ufffd"


class Oddity(NamedTuple):
    """Something that looks wrong with an article."""

    article: str
    oddity: str  # a key of `REPAIRS`
    detail: str = ""  # for people


def propose_repairs(articles: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """List articles that may have been read incorrectly, each with a suggested fix.

    Parameters
    ----------
    articles : DataFrame
        The articles.
    passages : DataFrame
        The result of `find_passages` for these articles.

    Returns
    -------
    DataFrame
        One row per oddity, the most urgent first and then by article.

        article
            Id of the article.
        oddity
            The kind of oddity, as a code: a key of `REPAIRS`.
        detail
            The figure or name on which this is based.
        repair
            A suggested fix.

    Notes
    -----
    Not detected: wrong headlines that look like headlines; duplicates that differ in at least one
    word (see `find_repeats`); languages without a list of function words (see
    `describe_languages`).

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> repairs = cl.propose_repairs(articles, cl.find_passages(articles))
    >>> repairs[["article", "oddity"]].head(3)
                           article   oddity
    0           01_river_rises.txt  no_date
    1  02_levee_breach_ostrand.txt  no_date
    2         04_tolmere_levee.txt  no_date
    >>> repairs.repair[0]
    'enter it in codebook/articles.csv, if known'
    """
    used = articles[articles.problem == ""]
    story = passages[passages.label.isin(STORY)]
    story_words = _words_by_article(story, used.article)
    page_words = _words_by_article(passages, used.article)
    oddities = [
        *_unread(articles),
        *_missing(used, passages),
        *_doubtful_dates(used),
        *_odd_lengths(story_words, page_words),
        *_several_articles(used),
        *_notes(used),
        *_other_languages(used),
        *_garbled(used),
        *_same_stories(story),
    ]
    table = pd.DataFrame(oddities, columns=Oddity._fields, dtype="str")
    table["repair"] = table.oddity.map(REPAIRS).astype("str")
    urgency = {oddity: rank for rank, oddity in enumerate(REPAIRS)}
    return table.sort_values(
        ["oddity", "article"],
        key=lambda column: column.map(urgency) if column.name == "oddity" else column,
        ignore_index=True,
    )


def _words_by_article(passages: pd.DataFrame, articles: pd.Series) -> pd.Series:
    """Return the number of words in the passages of each article; 0 for an article without any."""
    words = passages.text.map(lambda text: len(folded_words(text))).astype("int64")
    return words.groupby(passages.article).sum().reindex(articles, fill_value=0)


def _unread(articles: pd.DataFrame) -> Iterator[Oddity]:
    """Yield files that could not be read."""
    for row in articles[articles.problem != ""].itertuples():
        yield Oddity(row.article, "not_read", row.problem)


def _missing(articles: pd.DataFrame, passages: pd.DataFrame) -> Iterator[Oddity]:
    """Yield articles without a headline, an author, an outlet or a date."""
    zones_by_article = passages.groupby("article").label.agg(set)
    for row in articles.itertuples():
        zones = zones_by_article.get(row.article, set())
        if "headline" not in zones and not row.title:
            yield Oddity(row.article, "no_headline")
        if not zones & {"byline", "sign-off"} and not row.author:
            yield Oddity(row.article, "no_byline")
        if not row.outlet:
            yield Oddity(row.article, "no_outlet")
        if pd.isna(row.published_from) and pd.isna(row.published_to):
            yield Oddity(row.article, "no_date")


def _doubtful_dates(articles: pd.DataFrame) -> Iterator[Oddity]:
    """Yield articles with two possible dates, or with contradictory ones."""
    for row in articles.itertuples():
        first = row.published_from
        last = row.published_to
        is_open = not (pd.isna(first) or pd.isna(last)) and first != last
        if is_open and row.dated_by != CODEBOOK:
            yield Oddity(row.article, "doubtful_date", f"{first:%Y-%m-%d} to {last:%Y-%m-%d}")
        if row.dates_against:
            yield Oddity(row.article, "dates_disagree", row.dates_against)


def _odd_lengths(story_words: pd.Series, page_words: pd.Series) -> Iterator[Oddity]:
    """Yield articles with stories that are very short, very long or shorter than the page."""
    has_median = len(story_words) >= MIN_ARTICLES_FOR_MEDIAN
    median = story_words.median() if has_median else float("inf")
    for article, words in story_words.items():
        share = words / max(page_words[article], 1)
        if words < MIN_STORY_WORDS:
            yield Oddity(article, "hardly_any_story", f"{words} words")
        if words > max(MIN_VERY_LONG, MAX_TIMES_MEDIAN * median):
            yield Oddity(article, "very_long", f"{words} words, median {median:.0f}")
        if share < MIN_STORY_SHARE:
            yield Oddity(article, "mostly_page", f"{share:.0%} is story")


def _several_articles(articles: pd.DataFrame) -> Iterator[Oddity]:
    """Yield articles with several headlines that each have a date and a story."""
    for row in articles.itertuples():
        number = count_headed_articles(row.text)
        if number > 1:
            yield Oddity(row.article, "several_articles", f"{number} headlines with dates")


def _notes(articles: pd.DataFrame) -> Iterator[Oddity]:
    """Find articles with only an abstract, or whose export states another length."""
    for row in articles[articles.note != ""].itertuples():
        if row.note == ABSTRACT_NOTE:
            yield Oddity(row.article, "only_abstract")
        elif row.note == LENGTH_NOTE:
            detail = f"the export states {row.stated_words} words"
            yield Oddity(row.article, "length_differs", detail)


def _other_languages(articles: pd.DataFrame) -> Iterator[Oddity]:
    """Yield articles that the English word lists do not fit, or may not fit."""
    for row in articles.itertuples():
        if not row.language:
            yield Oddity(row.article, "language_unknown")
        elif not has_finders(row.language):
            yield Oddity(row.article, "not_in_english", language_name(row.language))


def _garbled(articles: pd.DataFrame) -> Iterator[Oddity]:
    """Yield articles that were garbled before they were saved, and those that lost characters."""
    for row in articles.itertuples():
        if row.repaired:
            causes = [GARBLED_BY.get(code, code) for code in row.repaired.split()]
            yield Oddity(row.article, "garbled_repaired", ", ".join(causes))
        elif example := garbled.ungarble(row.text).example:
            yield Oddity(row.article, "garbled", example)
        lost = row.text.count(LOST_CHARACTER)
        if lost:
            yield Oddity(row.article, "characters_lost", count_noun(lost, "place"))


def _same_stories(story: pd.DataFrame) -> Iterator[Oddity]:
    """Yield articles whose stories have the same words as an earlier one."""
    texts = story.groupby("article").text.agg(" ".join)
    words = texts.map(lambda text: " ".join(folded_words(text)))
    first_article = words.drop_duplicates().reset_index().set_index("text").article
    for article, text in words.items():
        if text and first_article[text] != article:
            yield Oddity(article, "same_story", f"as {first_article[text]}")
