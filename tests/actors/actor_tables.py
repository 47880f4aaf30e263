"""Mentions and quotes of small texts."""

import pandas as pd

import clippings as cl
from helpers import articles_of, codebook_of, story_of

NO_ACTORS = codebook_of("actors")


def mentions_in(*texts: str, actors: pd.DataFrame = NO_ACTORS) -> list[list[tuple[str, str]]]:
    """For each text, as an article of its own, the names and their types."""
    mentions = cl.find_mentions(story_of(*texts), actors)
    names: list[list[tuple[str, str]]] = [[] for _ in texts]
    for row in mentions.itertuples():
        names[_number(row.article)].append((row.text, row.type))
    return names


def quotes_in(*texts: str) -> list[pd.DataFrame]:
    """For each text, as an article of its own, its rows of quotes."""
    story = story_of(*texts)
    quotes = cl.find_quotes(story, cl.find_mentions(story, NO_ACTORS))
    numbers = quotes.article.map(_number)
    return [quotes[numbers == number] for number in range(len(texts))]


def quotes_of_paragraphs(*paragraphs: str) -> pd.DataFrame:
    """The quotes of one article."""
    articles = articles_of("\n\n".join(paragraphs))
    story = cl.find_passages(articles).assign(label="body")
    return cl.find_quotes(story, cl.find_mentions(story, NO_ACTORS))


def speakers_in(*texts: str) -> list[list[str]]:
    """For each text the words that name the speaker of each statement; "" for none."""
    return [
        [
            "" if pd.isna(row.speaker_start) else text[row.speaker_start : row.speaker_end]
            for row in quotes.itertuples()
        ]
        for text, quotes in zip(texts, quotes_in(*texts), strict=True)
    ]


def _number(article: str) -> int:
    """Articles of `story_of` are named a0.txt, a1.txt …"""
    return int(article.removeprefix("a").removesuffix(".txt"))
