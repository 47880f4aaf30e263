"""A codebook to begin with: explained, and with proposals from the articles as comments. Nothing is decided."""

from pathlib import Path

import pandas as pd

from clippings.actors.aliases import propose_aliases
from clippings.actors.mentions import CAPITALISED_NAME, find_mentions
from clippings.core.atomic import aside
from clippings.core.csv_cells import csv_line, guarded
from clippings.core.errors import BadInput
from clippings.core.lexicon import read_rows, read_words
from clippings.core.tables import STORY
from clippings.corpus.codebook import ABOUT, TABLES, read_codebook
from clippings.corpus.reader import read_articles
from clippings.corpus.zones import find_passages
from clippings.repeats.copies import drop_duplicates, mark_duplicates
from clippings.repeats.detect import find_repeats
from clippings.themes.clusters import find_clusters
from clippings.themes.keyness import count_keyness

MOST = {"actors": 60, "themes": 20, "articles": 500}  # more than these nobody reads
TWICE = 2  # a name or word that stands once proposes nothing
CHANCE = 3.84  # log-likelihood below which one word in twenty stands apart by chance
TERMS = 8  # words of a candidate theme
TAKE = "Proposals from your articles stand below behind #: take the # away from what you agree with, delete the rest."


def write_new_codebook(folder) -> tuple[list[Path], list[Path]]:
    """A codebook/ for a folder of articles, each table explained; what the articles propose stands in comments.

    In: folder of articles. Out: the paths written, and the paths left alone because they were there.
    Raises: BadInput when the folder is not there or has no article that can be read; OSError when it cannot be written.
    Misses: events, dates and outlets, for which nothing is proposed; names and words that stand once.
    Source: names in capitals (find_mentions), acronyms, initials and spellings (propose_aliases), log-likelihood of
    words of each group of articles against the others (count_keyness, find_clusters).
    Example:
        >>> write_new_codebook("no such folder")
        Traceback (most recent call last):
        clippings.core.errors.BadInput: no such folder is not a folder: name a folder of saved articles
    """
    articles, codebook = read_articles(folder), read_codebook(folder)
    if (articles.problem != "").all():
        raise BadInput(f"{folder} holds no article that can be read: nothing can be proposed")
    proposed = _proposed(articles, codebook)
    about = {row["table"]: row["about"] for row in read_rows(ABOUT)}
    written, kept = [], []
    root = Path(folder) / "codebook"
    root.mkdir(exist_ok=True)
    for name, columns in TABLES.items():
        rows = proposed.get(name, [])[: MOST.get(name)]
        path = root / f"{name}.csv"
        if path.exists():
            kept.append(path)
            continue
        take = [f"# {TAKE}\n"] if rows else []
        lines = [
            f"# {about[name]}\n",
            *take,
            csv_line(columns),
            *(f"#{_line(row)}" for row in rows),
        ]
        with aside(path) as part:
            part.write_bytes("".join(lines).encode())
        written.append(path)
    return written, kept


def _line(cells: tuple) -> str:
    """A row on one line, whatever the articles have in it."""
    return csv_line([guarded(" ".join(str(cell).split())) for cell in cells])


def _proposed(articles: pd.DataFrame, codebook: dict[str, pd.DataFrame]) -> dict[str, list[tuple]]:
    passages = find_passages(articles)
    story = passages[passages.label.isin(STORY)]
    told = drop_duplicates(mark_duplicates(story, find_repeats(passages, articles)))
    mentions = find_mentions(told, codebook["actors"])
    known = set(codebook["articles"].article)
    readable = articles.article[(articles.problem == "") & articles.published_from.isna()]
    return {
        "actors": _actors(mentions),
        "themes": _themes(told, find_clusters(story)),
        "articles": [
            (name, "", "", "", "") for name in readable if name not in known and name.isprintable()
        ],
    }


def _actors(mentions: pd.DataFrame) -> list[tuple]:
    """Names by the number of articles that have them, each followed by what may be another name for it."""
    new = mentions[mentions.rule == CAPITALISED_NAME]
    counted = new.groupby("label").agg(
        times=("text", "size"),
        articles=("article", "nunique"),
        type=("type", lambda kinds: kinds.mode().iloc[0]),
    )
    often = counted[counted.times >= TWICE].sort_values(
        ["articles", "times"], ascending=False, kind="stable"
    )
    pairs = propose_aliases(mentions)
    rows = []
    for name, row in often.iterrows():
        rows.append(
            (name, row.type, name, "", f"named {row.times} times in {row.articles} articles")
        )
        for pair in pairs[(pairs.actor_a == name) | (pairs.actor_b == name)].itertuples():
            long, short = sorted([pair.actor_a, pair.actor_b], key=lambda name: (-len(name), name))
            if long == name:
                rows.append((long, row.type, short, "", f"perhaps the same: {pair.reason}"))
    return rows


def _themes(story: pd.DataFrame, clusters: pd.DataFrame) -> list[tuple]:
    """For each group of articles the words that set it apart."""
    groups, common = (
        clusters.groupby("label").article.agg(set),
        set(read_words("en/text/stopwords")),
    )
    rows = []
    for label, own in groups.items():
        inside = story.article.isin(own)
        keys = count_keyness(story[inside], story[~inside]).query(
            "log_ratio > 0 and g2 > @CHANCE and target >= @TWICE"
        )
        words = [word for word in keys.word if word not in common and word.isalpha()][:TERMS]
        if words:
            rows.append(
                (
                    label,
                    "for",
                    " | ".join(words),
                    "",
                    "",
                    f"words of {len(own)} articles against the others",
                )
            )
    return rows
