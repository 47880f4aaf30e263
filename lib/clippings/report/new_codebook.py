"""A codebook to start with: explained tables, with proposals from the articles as comments."""

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from clippings.actors.aliases import propose_aliases
from clippings.actors.mentions import CAPITALISED_NAME, find_mentions
from clippings.core.atomic import atomic_write
from clippings.core.csv_cells import csv_line, guarded
from clippings.core.errors import BadInput
from clippings.core.lexicon import read_rows, read_words
from clippings.core.tables import STORY
from clippings.core.wording import count_noun
from clippings.corpus.codebook import ABOUT, TABLES, lock_codebook, read_codebook
from clippings.corpus.codebook_file import make_folder
from clippings.corpus.reader import read_articles
from clippings.corpus.zones import find_passages
from clippings.repeats.copies import drop_duplicates, mark_duplicates
from clippings.repeats.detect import find_repeats
from clippings.themes.clusters import find_clusters
from clippings.themes.keyness import count_keyness

MOST_PROPOSALS = {"actors": 60, "themes": 20, "articles": 500}  # more would not be read
LEAST_OCCURRENCES = 2  # of a name or word; what occurs once may be a mistake
# Log-likelihood at the 5 % level of chi-square with one degree of freedom: of words that differ by
# chance only, one in twenty lies above it.
LEAST_LOG_LIKELIHOOD = 3.84
MOST_TERMS = 8  # words of a proposed theme

# Words of the comments and notes in the new tables.
HOW_TO_ACCEPT = (
    "Proposals from your articles follow as comments: remove the # in front of those you accept, "
    "delete the others."
)
NOTE_NAMED = "named {times} in {articles}"
NOTE_ALIAS = "perhaps the same: {reason}"
NOTE_THEME = "words of {articles} against the others"


class Proposal(NamedTuple):
    """A row that the analyst may accept; its cells are in the order of the table's columns."""

    cells: tuple[str, ...]

    def as_comment(self) -> str:
        """Return the row as one line of comment, whatever the articles have put into it."""
        cells = [guarded(" ".join(cell.split())) for cell in self.cells]
        return f"#{csv_line(cells)}"


def write_new_codebook(folder: str | Path) -> tuple[list[Path], list[Path]]:
    """Start a codebook for a folder of articles.

    Parameters
    ----------
    folder : str or path
        Folder of articles; ``codebook`` is made in it if need be.

    Returns
    -------
    written : list of pathlib.Path
        The tables written. Each has a comment that explains its columns, and its header. Names,
        themes and articles follow as proposals, one comment each: a new codebook changes nothing.
    existing : list of pathlib.Path
        The tables left alone because they exist.

    Raises
    ------
    BadInput
        If the folder does not exist, or no article in it can be read.
    OSError
        If the codebook cannot be written.

    Notes
    -----
    Names come from `find_mentions`, other names for the same actor from `propose_aliases`; the
    words of a theme are those that set a group of articles (`find_clusters`) apart from the others
    (`count_keyness`). Names and words that occur once are left out. Nothing is proposed for
    events, dates and outlets.

    Examples
    --------
    >>> import shutil, tempfile
    >>> from clippings.example import EXAMPLE_FOLDER
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = shutil.copy(EXAMPLE_FOLDER / "01_river_rises.txt", folder)
    >>> written, existing = write_new_codebook(folder)
    >>> print((folder / "codebook" / "actors.csv").read_text().split("\\n")[3])
    #Lenn,organisation,Lenn,,named 2 times in 1 article
    """
    articles = read_articles(folder)
    codebook = read_codebook(folder)
    if (articles.problem != "").all():
        raise BadInput(f"{folder} contains no readable articles: nothing can be proposed")
    proposals = _proposals(articles, codebook)
    explanations = {row["table"]: row["about"] for row in read_rows(ABOUT)}
    root = Path(folder) / "codebook"
    make_folder(root)
    written = []
    existing = []
    with lock_codebook(folder):  # so that a table that is saved meanwhile is not overwritten
        for name in TABLES:
            path = root / f"{name}.csv"
            if path.exists():
                existing.append(path)
                continue
            content = _new_table(name, explanations[name], proposals.get(name, []))
            with atomic_write(path) as part:
                part.write_bytes(content.encode())
            written.append(path)
    return written, existing


def _new_table(name: str, explanation: str, proposals: list[Proposal]) -> str:
    """Return the file of a new table."""
    lines = [f"# {explanation}\n"]
    if proposals:
        lines.append(f"# {HOW_TO_ACCEPT}\n")
    lines.append(csv_line(TABLES[name]))
    lines += [proposal.as_comment() for proposal in proposals[: MOST_PROPOSALS.get(name)]]
    return "".join(lines)


def _proposals(
    articles: pd.DataFrame, codebook: dict[str, pd.DataFrame]
) -> dict[str, list[Proposal]]:
    """Return what the articles propose for each table."""
    passages = find_passages(articles)
    story = passages[passages.label.isin(STORY)]
    unique_story = drop_duplicates(mark_duplicates(story, find_repeats(passages, articles)))
    mentions = find_mentions(unique_story, codebook["actors"])
    return {
        "actors": _proposed_actors(mentions),
        "themes": _proposed_themes(unique_story, find_clusters(story)),
        "articles": _proposed_articles(articles, codebook["articles"]),
    }


def _proposed_articles(articles: pd.DataFrame, known: pd.DataFrame) -> list[Proposal]:
    """Return the articles without a date, for which the analyst may know one."""
    undated = articles[(articles.problem == "") & articles.published_from.isna()]
    known_articles = set(known.article)
    return [
        Proposal((article, "", "", "", ""))
        for article in undated.article
        if article not in known_articles and article.isprintable()
    ]


def _proposed_actors(mentions: pd.DataFrame) -> list[Proposal]:
    """Return the most frequent names, each followed by what may be another name for it."""
    new = mentions[mentions.rule == CAPITALISED_NAME]
    counts = new.groupby("label").agg(
        times=("text", "size"),
        articles=("article", "nunique"),
        type=("type", lambda types: types.mode().iloc[0]),
    )
    frequent = counts[counts.times >= LEAST_OCCURRENCES].sort_values(
        ["articles", "times"], ascending=False, kind="stable"
    )
    pairs = propose_aliases(mentions)
    proposals = []
    for name, row in frequent.iterrows():
        note = NOTE_NAMED.format(
            times=count_noun(row.times, "time"), articles=count_noun(row.articles, "article")
        )
        proposals.append(Proposal((name, row.type, name, "", note)))
        for pair in pairs[(pairs.actor_a == name) | (pairs.actor_b == name)].itertuples():
            # The longer name says more; each pair is proposed once, below that name.
            by_length = sorted([pair.actor_a, pair.actor_b], key=lambda name: (-len(name), name))
            longer, shorter = by_length
            if longer == name:
                note = NOTE_ALIAS.format(reason=pair.reason)
                proposals.append(Proposal((longer, row.type, shorter, "", note)))
    return proposals


def _proposed_themes(story: pd.DataFrame, clusters: pd.DataFrame) -> list[Proposal]:
    """Return for each group of articles the words that set it apart."""
    stopwords = set(read_words("en/text/stopwords"))
    proposals = []
    for label, group in clusters.groupby("label").article.agg(set).items():
        is_inside = story.article.isin(group)
        keyness = count_keyness(story[is_inside], story[~is_inside])
        typical = keyness[
            (keyness.log_ratio > 0)
            & (keyness.g2 > LEAST_LOG_LIKELIHOOD)
            & (keyness.target >= LEAST_OCCURRENCES)
        ]
        words = [word for word in typical.word if word not in stopwords and word.isalpha()]
        if words:
            terms = " | ".join(words[:MOST_TERMS])
            note = NOTE_THEME.format(articles=count_noun(len(group), "article"))
            proposals.append(Proposal((label, "for", terms, "", "", note)))
    return proposals
