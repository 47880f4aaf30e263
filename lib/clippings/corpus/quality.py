"""What looks wrong in a corpus before anything is counted, with what the analyst can do about it."""

import pandas as pd

from clippings.core.tables import STORY
from clippings.core.tokens import folded_words

COLUMNS = ["article", "oddity", "detail", "repair"]
SHORT = 50  # words of story: below this, a page is a teaser, a login wall or a failed copy
LONG = (
    5  # times the median length: several articles in one file, or a page of comments read as story
)
PAGE = 0.5  # share of story in all words of the page below which the zones deserve a look
FEW = 5  # articles: a median of fewer says nothing


def propose_repairs(articles: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """What looks wrong with the articles of a corpus, and what can be done; nothing is changed.

    In: articles; passages with their zones. Out: article, oddity, detail, repair; one row per oddity, by article.
    Raises: nothing. Misses: a wrong headline that looks like one; copies that differ in a word (see find_repeats).
    Source: own thresholds, the constants above.
    Example:
        >>> from clippings.core.tables import make_table
        >>> propose_repairs(make_table("articles"), make_table("passages")).columns.to_list()
        ['article', 'oddity', 'detail', 'repair']
    """
    used = articles[articles.problem == ""]
    words = passages.text.map(lambda text: len(folded_words(text))).astype("int64")
    page = words.groupby(passages.article).sum().reindex(used.article, fill_value=0)
    in_story = passages.label.isin(STORY)
    story = (
        words[in_story]
        .groupby(passages.article[in_story])
        .sum()
        .reindex(used.article, fill_value=0)
    )
    rows = [
        (row.article, "not read", row.problem, "")
        for row in articles[articles.problem != ""].itertuples()
    ]
    rows += (
        _missing(used, passages)
        + _lengths(story, page)
        + _languages(used)
        + _copies(passages[in_story])
    )
    return pd.DataFrame(rows, columns=COLUMNS, dtype="str").sort_values(
        ["article", "oddity"], ignore_index=True
    )


def _missing(articles: pd.DataFrame, passages: pd.DataFrame) -> list[tuple]:
    """Articles without a headline, an author, an outlet or a day."""
    zones = passages.groupby("article").label.agg(set)
    rows = []
    for row in articles.itertuples():
        found = zones.get(row.article, set())
        if "headline" not in found:
            rows.append(
                (row.article, "no headline", "", "put the headline into the file as its first line")
            )
        if not found & {"byline", "sign-off"}:
            rows.append(
                (row.article, "no byline", "", "look at the page: who wrote it, which agency?")
            )
        if not row.outlet:
            rows.append(
                (row.article, "no outlet", "", "name it in codebook/articles.csv or outlets.csv")
            )
        if pd.isna(row.published_from) and pd.isna(row.published_to):
            rows.append(
                (row.article, "no date", "", "write it into codebook/articles.csv, if known")
            )
    return rows


def _lengths(story: pd.Series, page: pd.Series) -> list[tuple]:
    rows = []
    usual = story.median() if len(story) >= FEW else float("nan")
    for article, words in story.items():
        share = words / max(page[article], 1)
        if words < SHORT:
            rows.append(
                (
                    article,
                    "hardly any story",
                    f"{words} words",
                    "copy the page again, with its text",
                )
            )
        if words > LONG * usual:
            rows.append(
                (
                    article,
                    "very long",
                    f"{words} words, median {usual:.0f}",
                    "split it if it holds several",
                )
            )
        if share < PAGE:
            rows.append(
                (
                    article,
                    "mostly page",
                    f"{share:.0%} is story",
                    "show_article: are the zones right?",
                )
            )
    return rows


def _languages(articles: pd.DataFrame) -> list[tuple]:
    return [
        (
            row.article,
            "not in English",
            row.language or "not known",
            "the word lists here are English",
        )
        for row in articles[articles.language != "en"].itertuples()
    ]


def _copies(story: pd.DataFrame) -> list[tuple]:
    """Articles whose stories have the same words."""
    texts = (
        story.groupby("article").text.agg(" ".join).map(lambda text: " ".join(folded_words(text)))
    )
    first = texts.drop_duplicates().reset_index().set_index("text").article
    return [
        (article, "same story", f"as {first[text]}", "keep one of the two, or see notebook 02")
        for article, text in texts.items()
        if text and first[text] != article
    ]
