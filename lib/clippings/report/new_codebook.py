"""A codebook to start with: explained tables, with proposals from the articles as comments."""

import re
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from clippings.actors.aliases import propose_aliases
from clippings.actors.wording import describe_alias_reason
from clippings.core.atomic import atomic_write
from clippings.core.csv_cells import csv_line, guarded
from clippings.core.errors import BadInput
from clippings.core.lexicon import read_rows, read_words, words_of
from clippings.core.tables import STORY
from clippings.core.tokens import fold
from clippings.core.wording import count_noun
from clippings.corpus.codebook import ABOUT, TABLES, lock_codebook, read_codebook
from clippings.corpus.codebook_file import make_folder
from clippings.corpus.reader import read_articles
from clippings.corpus.zones import find_passages
from clippings.pipeline import find_per_article
from clippings.repeats.copies import drop_duplicates, mark_duplicates
from clippings.repeats.detect import find_repeats
from clippings.report.proposed_actors import AliasRow, propose_actor_rows
from clippings.themes.clusters import find_clusters
from clippings.themes.keyness import count_keyness

# More would not be read.
MOST_PROPOSALS = {"actors": 60, "themes": 20, "outlets": 50, "articles": 500}
LONGEST_PERIOD = 31  # days between the earliest and the latest date that are proposed
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
NOTE_OTHER_NAME = "another name"
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
    Actors come from `find_mentions` and `link_actors`, each with all its names; what may be another
    name (`propose_aliases`) follows, with the reason. Accepting all rows except those with
    "perhaps" finds the same names in the same places for the same actors, and full names also in
    headlines and languages in which names are not found: rows that would do otherwise are left
    out, and so are names of which the type is not clear.

    The words of a theme are those that set a group of articles (`find_clusters`) apart from the
    others (`count_keyness`). Names and words that occur once are left out. Articles without a date
    have the dates between which they must have been written, if that is at most a month, and
    outlets those that the pages name. Nothing is proposed for events.

    Examples
    --------
    >>> import shutil, tempfile
    >>> from clippings.example import EXAMPLE_FOLDER
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = shutil.copy(EXAMPLE_FOLDER / "01_river_rises.txt", folder)
    >>> written, existing = write_new_codebook(folder)
    >>> print((folder / "codebook" / "actors.csv").read_text().split("\\n")[3])
    #Ostrand,place,Ostrand,Ostrand Fire Service,named 3 times in 1 article
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
    lines += [proposal.as_comment() for proposal in proposals]
    return "".join(lines)


def _proposals(
    articles: pd.DataFrame, codebook: dict[str, pd.DataFrame]
) -> dict[str, list[Proposal]]:
    """Return what the articles propose for each table."""
    passages = find_passages(articles)
    story = passages[passages.label.isin(STORY)]
    unique_story = drop_duplicates(mark_duplicates(story, find_repeats(passages, articles)))
    return {
        "actors": _proposed_actors(unique_story, codebook["actors"]),
        "themes": _proposed_themes(unique_story, find_clusters(story)),
        "outlets": _proposed_outlets(articles, codebook["outlets"]),
        "articles": _proposed_articles(articles, codebook),
    }


def _proposed_articles(articles: pd.DataFrame, codebook: dict[str, pd.DataFrame]) -> list[Proposal]:
    """Return the articles without a date, with what is known of them."""
    is_undated = (articles.problem == "") & articles.published_from.isna()
    is_known = articles.article.isin(codebook["articles"].article)
    undated = articles[is_undated & ~is_known & articles.article.map(str.isprintable)]
    undated = undated.head(MOST_PROPOSALS["articles"])
    dates = find_per_article(undated, codebook)["dates"]
    dates = dates[dates.label == "article"]
    period_of = {
        article: (earliest, latest)
        for article, earliest, latest in zip(
            dates.article, dates.earliest, dates.latest, strict=True
        )
    }
    return [
        Proposal((row.article, *_cells_of_period(period_of.get(row.article)), row.outlet, ""))
        for row in undated.itertuples()
    ]


def _cells_of_period(period: tuple[pd.Timestamp, pd.Timestamp] | None) -> tuple[str, str]:
    """Return the two dates of a short period; empty cells for a long or unknown one."""
    if period is None or any(pd.isna(date) for date in period):
        return ("", "")
    earliest, latest = period
    if (latest - earliest).days > LONGEST_PERIOD:
        return ("", "")
    return (f"{earliest:%Y-%m-%d}", f"{latest:%Y-%m-%d}")


def _proposed_outlets(articles: pd.DataFrame, known: pd.DataFrame) -> list[Proposal]:
    """Return the outlets that pages name, with patterns that fit no page of unknown outlet."""
    agencies = words_of("en/speech/source_nouns", source_type="agency")
    readable = articles[articles.problem == ""]
    texts_without_outlet = readable.text[readable.outlet == ""].tolist()
    proposals = []
    for outlet in sorted(set(readable.outlet) - {"", *known.outlet}):
        pattern = re.escape(outlet).replace("\\ ", " ")  # blanks need no escape and read better
        # A page that cites an outlet must not become one of its pages.
        would_spread = any(re.search(pattern, text) for text in texts_without_outlet)
        if would_spread or not outlet.isprintable():
            continue
        agency = "yes" if fold(outlet) in agencies else "no"
        proposals.append(Proposal((outlet, pattern, agency)))
    return proposals[: MOST_PROPOSALS["outlets"]]


def _proposed_actors(story: pd.DataFrame, known: pd.DataFrame) -> list[Proposal]:
    """Return the most frequent actors with all their names, then what may be another name."""
    rows, mentions = propose_actor_rows(story, known, MOST_PROPOSALS["actors"])
    pairs = propose_aliases(mentions)
    proposals = []
    for actor in dict.fromkeys(row.actor for row in rows):
        for row in (row for row in rows if row.actor == actor):
            proposals.append(_alias_proposal(row))
        type_ = next(row.type for row in rows if row.actor == actor)
        for pair in pairs[(pairs.actor_a == actor) | (pairs.actor_b == actor)].itertuples():
            # The longer name says more; each pair is proposed once, below that name.
            by_length = sorted([pair.actor_a, pair.actor_b], key=lambda name: (-len(name), name))
            longer, shorter = by_length
            if longer == actor:
                note = NOTE_ALIAS.format(reason=describe_alias_reason(pair.reason))
                proposals.append(Proposal((longer, type_, shorter, "", note)))
    return proposals


def _alias_proposal(row: AliasRow) -> Proposal:
    """Return one name of an actor as a row of the table."""
    note = NOTE_OTHER_NAME
    if row.is_first:
        note = NOTE_NAMED.format(
            times=count_noun(row.times, "time"), articles=count_noun(row.articles, "article")
        )
    return Proposal((row.actor, row.type, row.alias, " | ".join(row.not_alias), note))


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
    return proposals[: MOST_PROPOSALS["themes"]]
