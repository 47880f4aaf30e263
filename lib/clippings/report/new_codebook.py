"""Create a new codebook: tables with explanations, and proposals as comments."""

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

# Nobody would read more proposals.
MOST_PROPOSALS = {"actors": 60, "themes": 20, "outlets": 50, "articles": 500}
LONGEST_PERIOD = 31  # maximum number of days between proposed earliest and latest dates
LEAST_OCCURRENCES = 2  # minimum for a name or word; a single occurrence may be a mistake
# Log-likelihood at the 5% level of chi-square with one degree of freedom: among words that differ
# only by chance, one in twenty exceeds it.
LEAST_LOG_LIKELIHOOD = 3.84
MOST_TERMS = 8  # maximum number of words in a proposed theme

# Wording of the comments and notes in the new tables.
HOW_TO_ACCEPT = (
    "Proposals from your articles follow as comments: remove the # in front of those you accept, "
    "delete the others."
)
NOTE_NAMED = "named {times} in {articles}"
NOTE_OTHER_NAME = "another name"
NOTE_ALIAS = "perhaps the same: {reason}"
NOTE_THEME = "words of {articles} against the others"


class Proposal(NamedTuple):
    """A row that the analyst can accept, with cells in the order of the table's columns."""

    cells: tuple[str, ...]

    def as_comment(self) -> str:
        """Return the row as a single comment line."""
        cells = [guarded(" ".join(cell.split())) for cell in self.cells]
        return f"#{csv_line(cells)}"


def write_new_codebook(folder: str | Path) -> tuple[list[Path], list[Path]]:
    """Create a codebook for a folder of articles.

    Parameters
    ----------
    folder : str or path
        The folder of articles; ``codebook`` is created in it if necessary.

    Returns
    -------
    written : list of pathlib.Path
        The tables that were written. Each contains a comment that explains its columns, the header,
        and proposals. Since proposals are comments, a new codebook does not change any results.
    existing : list of pathlib.Path
        The tables that already exist, which were not changed.

    Raises
    ------
    BadInput
        If the folder does not exist or contains no readable articles.
    OSError
        If the codebook cannot be written.

    Notes
    -----
    Proposed actors come from `find_mentions` and `link_actors`, with all their names. They are
    followed by names that may belong to the same actor (`propose_aliases`), with the reason. If you
    accept all rows except those with "perhaps", the same names are found for the same actors; full
    names are also found in headlines and in languages without word lists. Rows that would change
    other results are omitted, as are names without a clear type.

    The words of a proposed theme distinguish a group of articles (`find_clusters`) from the others
    (`count_keyness`). Names and words that occur only once are omitted. For undated articles, the
    earliest and latest possible dates are proposed if they are no more than a month apart. Proposed
    outlets are those named on the pages. There are no proposals for events.

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
    with lock_codebook(folder):  # so that a table saved in the meantime is not overwritten
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
    """Return the proposals for each table."""
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
    """Return the undated articles, with their known dates and outlets."""
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
    """Return the outlets named on pages, with patterns that match no page of unknown outlet."""
    agencies = words_of("en/speech/source_nouns", source_type="agency")
    readable = articles[articles.problem == ""]
    texts_without_outlet = readable.text[readable.outlet == ""].tolist()
    proposals = []
    for outlet in sorted(set(readable.outlet) - {"", *known.outlet}):
        pattern = re.escape(outlet).replace("\\ ", " ")  # blanks need no escape and read better
        # A page that cites an outlet must not be assigned to that outlet.
        would_spread = any(re.search(pattern, text) for text in texts_without_outlet)
        if would_spread or not outlet.isprintable():
            continue
        agency = "yes" if fold(outlet) in agencies else "no"
        proposals.append(Proposal((outlet, pattern, agency)))
    return proposals[: MOST_PROPOSALS["outlets"]]


def _proposed_actors(story: pd.DataFrame, known: pd.DataFrame) -> list[Proposal]:
    """Return the most frequent actors with all their names, followed by possible further names."""
    rows, mentions = propose_actor_rows(story, known, MOST_PROPOSALS["actors"])
    pairs = propose_aliases(mentions)
    proposals = []
    for actor in dict.fromkeys(row.actor for row in rows):
        for row in (row for row in rows if row.actor == actor):
            proposals.append(_alias_proposal(row))
        type_ = next(row.type for row in rows if row.actor == actor)
        for pair in pairs[(pairs.actor_a == actor) | (pairs.actor_b == actor)].itertuples():
            # The longer name is more specific; each pair is proposed once, below that name.
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
    """Return the most distinctive words of each group of articles."""
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
