"""Code shared by the sections of the brief: sentences, and results derived from the tables."""

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from clippings.brief.clauses import clause_around
from clippings.brief.numbers import amounts_of_claims
from clippings.brief.phrasing import event_in_words, fill, fill_sentence
from clippings.brief.templates import PHRASES, SENTENCES
from clippings.core.tables import STORY, by_article, cite
from clippings.timeline.default_events import OTHER, STATEMENT

# The brief lists only the most important themes, speakers and events, so that each list can be
# read at a glance.
MAX_LISTED = 5

# Number of words from an article's title that identify the article in a list.
SHORT_TITLE_WORDS = 4


class Sentence(NamedTuple):
    """A sentence of the brief, its template, and the table rows on which it is based ("0 4 7")."""

    template: str
    text: str
    table: str
    rows: str

    def followed_by(self, template: str, /, **fields) -> "Sentence":
        """Append another sentence that is based on the same rows."""
        return self._replace(text=f"{self.text} {fill_sentence(SENTENCES[template], **fields)}")


def write_sentence(template: str, table: str, rows: Iterable[int], /, **fields) -> Sentence:
    """Fill a template of SENTENCES; `rows` is the index of the rows on which it is based."""
    return Sentence(template, fill_sentence(SENTENCES[template], **fields), table, cite(rows))


class Findings:
    """The tables of a corpus and derived results that several sections need, computed once."""

    def __init__(self, tables: dict[str, pd.DataFrame]):
        self.tables = tables

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.tables[name]

    @cached_property
    def articles(self) -> pd.DataFrame:
        """Return the articles that could be read."""
        articles = self["articles"]
        return articles[articles.problem == ""]

    @cached_property
    def story(self) -> pd.DataFrame:
        """Return the passages of article text."""
        passages = self["passages"]
        return passages[passages.label.isin(STORY)]

    @cached_property
    def claims(self) -> pd.DataFrame:
        """Return the mentions that belong to claims of a kind that readers may look for."""
        claims = self["claims"]
        is_particular = ~claims.kind.isin([OTHER, STATEMENT])
        return claims[(claims.status != "rejected") & is_particular]

    @cached_property
    def shared_claims(self) -> list[str]:
        """Return the labels of claims that several articles report, ignoring copies."""
        counted = self.claims
        if "duplicate_status" in counted:
            counted = counted[counted.duplicate_status == "first"]
        articles = counted.groupby("label").article.nunique()
        mentions = counted.label.value_counts()
        shared = articles[articles > 1].index
        shared = sorted(shared, key=lambda claim: (-articles[claim], -mentions[claim], claim))
        return shared[:MAX_LISTED]

    @cached_property
    def amounts(self) -> pd.DataFrame:
        """Return the amounts that belong to a claim.

        For events of the built-in list, only amounts of events that several articles report are
        included: without a codebook, most numbers in single articles are irrelevant.
        """
        amounts = amounts_of_claims(self.tables)
        events = self["events"]
        built_in = events[events.family != ""]
        event_of_amount = pd.MultiIndex.from_arrays(
            [amounts.article, amounts.event_start.astype("int64")]
        )
        is_built_in = event_of_amount.isin(
            pd.MultiIndex.from_arrays([built_in.article, built_in.start])
        )
        return amounts[~is_built_in | amounts.claim.isin(self.shared_claims)]

    @cached_property
    def quotes_by_article(self) -> dict[str, list]:
        """Return the quotes of each article in order of position."""
        return by_article(self["quotes"])

    @cached_property
    def article_names(self) -> dict[str, str]:
        """Return the name for each article in sentences: its title or, if it has none, its id."""
        return {row.article: _article_name(row) for row in self["articles"].itertuples()}

    @cached_property
    def texts(self) -> dict[str, str]:
        """Return the text of each article."""
        return dict(zip(self["articles"].article, self["articles"].text, strict=True))

    @cached_property
    def outlet_names(self) -> dict[str, str]:
        """Return the name for each article in lists of sources: its outlet or its own name."""
        articles = self["articles"]
        outlets = dict(zip(articles.article, articles.outlet, strict=True))
        titles = {row.article: _short_title(row) for row in articles.itertuples()}
        return {article: outlet or titles[article] for article, outlet in outlets.items()}

    def names_of(self, articles: Iterable[str]) -> list[str]:
        """Return the names of articles."""
        return [self.article_names[article] for article in articles]

    def event_of(self, rows: pd.DataFrame, *, definite: bool = True) -> str:
        """Name the event of a claim, given rows of claims or of amounts that belong to a claim.

        The kinds of the built-in list are broad, so a quotation from the first article is added.
        """
        event = event_in_words(rows.kind.iloc[0], rows.place.iloc[0], definite=definite)
        label = rows.claim.iloc[0] if rows.label.iloc[0] not in self._quoted else rows.label.iloc[0]
        quoted = self._quoted.get(label, "")
        return fill(PHRASES["event.quoted"], event=event, words=quoted) if quoted else event

    @cached_property
    def _quoted(self) -> dict[str, str]:
        """Return the words of the first mention of each claim from the built-in list, by label."""
        events = self["events"]
        built_in = events[events.family != ""]
        spans = pd.MultiIndex.from_frame(built_in[["article", "start"]])
        first = self.claims.drop_duplicates("label")
        is_built_in = pd.MultiIndex.from_frame(first[["article", "start"]]).isin(spans)
        return {
            row.label: clause_around(self.texts[row.article], row.start, row.end)
            for row in first[is_built_in].itertuples()
        }

    def nothing_found(self, template: str, /, **fields) -> list[Sentence]:
        """Write a sentence that nothing was found, based on the passages that were searched."""
        return [write_sentence(template, "passages", self.story.index, **fields)]


def _article_name(row) -> str:
    """Return an article's title in quotation marks or, if it has none, its id."""
    title = " ".join(row.title.split())
    return f"“{title}”" if title else fill(PHRASES["article.untitled"], article=row.article)


def _short_title(row) -> str:
    """Return the first words of an article's title in quotation marks, or its id."""
    words = row.title.split()
    if not words:
        return _article_name(row)
    ending = "…" if len(words) > SHORT_TITLE_WORDS else ""
    return f"“{' '.join(words[:SHORT_TITLE_WORDS])}{ending}”"


def short_article_names(articles: pd.DataFrame) -> dict[str, str]:
    """Name articles by outlet where that distinguishes them, else by the first words of titles."""
    articles_of_outlet = articles.outlet.value_counts()
    names = {}
    for row in articles.itertuples():
        is_distinctive = row.outlet != "" and articles_of_outlet[row.outlet] == 1
        names[row.article] = row.outlet if is_distinctive else _short_title(row)
    return names


def rank(sizes: pd.Series) -> list[str]:
    """Return the index of a series by descending value; ties are in alphabetical order."""
    return sorted(sizes.index, key=lambda label: (-sizes[label], label))
