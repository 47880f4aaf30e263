"""A page about what is new since an earlier report: articles, events, names, themes, dates."""

import os
import re
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pandas as pd
from markupsafe import Markup

from clippings.brief.phrasing import fill, fill_sentence, list_first
from clippings.core.atomic import atomic_write
from clippings.core.errors import BadInput
from clippings.core.wording import add_titles, date_range
from clippings.report import diff_wording as wording
from clippings.report.diff import describe_changes
from clippings.report.templates import render
from clippings.show.html import page_key
from clippings.timeline.default_events import OTHER, STATEMENT

STYLE = Path(__file__).with_name("report.css")

# Types of names (column type of mentions) that act; places do not
ACTOR_TYPES = frozenset({"person", "organisation", "group"})

# Minimum number of articles with which an event, a name or a theme is listed
MIN_ARTICLES = 2

# Minimum number of words that two articles must share to be listed
MIN_SHARED_WORDS = 25

# Maximum numbers: names in a sentence, rows of a table before the others are folded, all changes
MAX_NAMED = 3
MAX_ROWS = 10
MAX_LINES = 500

# Causes other than the articles themselves (keys of diff_wording.CAUSES)
CAUSES_OF_ANALYST = frozenset(
    {
        "verdict_added",
        "verdict_removed",
        "codebook_row_added",
        "codebook_row_removed",
        "settings",
    }
)

# At the end of a title that is quoted in a sentence
PUNCTUATION = " .;:,"

# Only a file with this mark is replaced.
MARK = '<meta name="generator" content="clippings diff">'

# The anchors of a report's pages and of the passages that it cites
ANCHOR = re.compile(r'id="((?:page|at)-[0-9a-f]{8}[-\d]*)"')


class ArticleNews(NamedTuple):
    """An article that was added, removed or edited, or that has another date."""

    title: str
    outlet: str
    published: str
    address: str  # of its page in the report; "" if there is none


class Growth(NamedTuple):
    """An event, a name or a theme that more articles mention than before."""

    name: str
    before: int
    after: int
    address: str  # of a passage in an article that is new for it


class NewRepeat(NamedTuple):
    """Two articles that share text, at least one of which is new or edited."""

    title: str
    other: str
    words: int
    address: str


class NewDate(NamedTuple):
    """An article with another date, and the cause."""

    title: str
    before: str
    after: str
    cause: str
    address: str


class News(NamedTuple):
    """What is new, in the order of the page."""

    sentences: list[str]
    added: list[ArticleNews]
    edited: list[ArticleNews]
    removed: list[ArticleNews]
    events: list[Growth]
    names: list[Growth]
    themes: list[Growth]
    repeats: list[NewRepeat]
    dates: list[NewDate]
    decisions: list[str]
    changes: list[str]


class _Table(NamedTuple):
    """A table of the page; in each row, the first cell is a link."""

    heading: str
    columns: list[str]
    rows: list["_Row"]


class _Row(NamedTuple):
    """A row of a table."""

    cells: list
    address: str


class _Links:
    """The addresses of passages and pages in the new report."""

    def __init__(self, report: str, anchors: Collection[str]):
        self._report = report
        self._anchors = anchors

    def to(self, article: str, start: int | None = None) -> str:
        """Return the address of a passage or, if it is not cited, of the page of its article."""
        key = page_key(article)
        for anchor in (f"at-{key}-{start}", f"page-{key}"):
            if anchor in self._anchors:
                return f"{self._report}#{anchor}"
        return ""


def find_news(
    changes: pd.DataFrame,
    old: dict,
    new: dict,
    *,
    report: str = "report.html",
    anchors: Collection[str] = (),
) -> News:
    """Find what is new since an earlier run, the most important first.

    Parameters
    ----------
    changes : pandas.DataFrame
        The result of `find_changes`.
    old, new : dict
        The runs, as for `find_changes`.
    report : str, default "report.html"
        The address of the new report.
    anchors : collection of str
        The anchors of its pages and passages; others are not linked.

    Returns
    -------
    News
        The sentences and tables of the page.

    Examples
    --------
    >>> import clippings as cl
    >>> from clippings.report.diff import find_changes
    >>> articles, codebook = cl.load_example()
    >>> runs = [
    ...     {"tables": cl.find_all(some, codebook), "codebook": codebook, "manifest": {}}
    ...     for some in (articles[:5], articles)
    ... ]
    >>> print(find_news(find_changes(*runs), *runs).sentences[0])
    One article was added: “Water falls at last as Lenn Valley cleans up”.
    """
    links = _Links(report, anchors)
    old_articles = _articles_of(old)
    new_articles = _articles_of(new)
    of_change = changes[changes.table == "articles"].set_index("article").change
    added = [name for name in new_articles.index if of_change.get(name) == "came"]
    removed = [name for name in old_articles.index if of_change.get(name) == "went"]
    edited = [
        name
        for name in new_articles.index.intersection(old_articles.index)
        if new_articles.sha256[name] != old_articles.sha256[name]
    ]
    decisions = describe_changes(changes[changes.cause_code.isin(CAUSES_OF_ANALYST)])
    news = News(
        sentences=[],
        added=[_article_news(new_articles, name, links) for name in added],
        edited=[_article_news(new_articles, name, links) for name in edited],
        removed=[_article_news(old_articles, name, None) for name in removed],
        events=_grown_events(old, new, links),
        names=_grown_labels(_actors_of(old), _actors_of(new), links),
        themes=_grown_labels(_themes_of(old), _themes_of(new), links),
        repeats=_new_repeats(old, new, new_articles, links),
        dates=_new_dates(changes, new_articles, links),
        decisions=decisions,
        changes=describe_changes(changes)[:MAX_LINES],
    )
    return news._replace(sentences=_sentences(news))


def _articles_of(run: dict) -> pd.DataFrame:
    """Return the readable articles of a run by id, with names that distinguish them."""
    articles = run["tables"]["articles"]
    articles = articles[articles.problem == ""].reset_index(drop=True)
    for column in ("published_from", "published_to"):
        articles[column] = pd.to_datetime(articles[column].replace("", None))
    return add_titles(articles, articles).set_index("article")


def _article_news(articles: pd.DataFrame, name: str, links: _Links | None) -> ArticleNews:
    """Describe an article; one that was removed has no page."""
    row = articles.loc[name]
    return ArticleNews(
        title=row.title,
        outlet=row.outlet,
        published=date_range(row.published_from, row.published_to),
        address=links.to(name) if links else "",
    )


def _claims_of(run: dict) -> pd.DataFrame:
    """Return the mentions of events of a kind that readers may look for."""
    claims = run["tables"].get("claims")
    if claims is None:
        return pd.DataFrame(columns=["article", "start", "text", "label", "kind"])
    is_particular = ~claims.kind.isin([OTHER, STATEMENT])
    return claims[(claims.status != "rejected") & is_particular]


def _grown_events(old: dict, new: dict, links: _Links) -> list[Growth]:
    """List the events that several articles report, and more than before.

    The label of an event may differ between runs, so events are matched by their mentions.
    """
    mention = ["article", "kind", "text"]
    old_claims = _claims_of(old)
    label_of_mention = dict(
        zip(old_claims[mention].itertuples(index=False, name=None), old_claims.label, strict=True)
    )
    old_articles = old_claims.groupby("label").article.agg(set)
    events = []
    for label, rows in _claims_of(new).groupby("label"):
        mentions = rows[mention].itertuples(index=False, name=None)
        old_labels = {label_of_mention[each] for each in mentions if each in label_of_mention}
        known_articles: set[str] = set().union(*[old_articles[each] for each in old_labels])
        growth = _growth(label, known_articles, rows, links)
        if growth:
            events.append(growth)
    return sorted(events, key=_importance)


def _actors_of(run: dict) -> pd.DataFrame:
    """Return the mentions of people, organisations and groups."""
    mentions = run["tables"].get("mentions")
    if mentions is None:
        return pd.DataFrame(columns=["article", "start", "label"])
    return mentions[mentions.type.isin(ACTOR_TYPES)]


def _themes_of(run: dict) -> pd.DataFrame:
    """Return the sentences of themes or, without any, the passages of topics."""
    tables = run["tables"]
    columns = ["article", "start", "label"]
    for name in ("themes", "topics"):
        if name in tables and not tables[name].empty:
            return tables[name][columns]
    return pd.DataFrame(columns=columns)


def _grown_labels(before: pd.DataFrame, after: pd.DataFrame, links: _Links) -> list[Growth]:
    """List the labels that more articles have than before."""
    old_articles = before.groupby("label").article.agg(set).to_dict()
    grown = []
    for label, rows in after.groupby("label"):
        growth = _growth(label, old_articles.get(label, set()), rows, links)
        if growth:
            grown.append(growth)
    return sorted(grown, key=_importance)


def _growth(
    name: str, known_articles: set[str], rows: pd.DataFrame, links: _Links
) -> Growth | None:
    """Return how many more articles mention something; None if it did not become widespread."""
    articles = set(rows.article)
    is_grown = len(articles) >= MIN_ARTICLES and len(articles) > len(known_articles)
    if not is_grown:
        return None
    first = rows[~rows.article.isin(known_articles)].iloc[0]
    address = links.to(first.article, int(first.start))
    return Growth(name, len(known_articles), len(articles), address)


def _importance(growth: Growth) -> tuple:
    """Order by the number of additional articles, then by all articles and by name."""
    return (growth.before - growth.after, -growth.after, growth.name)


def _new_repeats(old: dict, new: dict, articles: pd.DataFrame, links: _Links) -> list[NewRepeat]:
    """List the pairs of articles that share text now and did not before, the longest first."""
    known = _shared_words(old)
    shared = _shared_words(new)
    pairs = [
        (pair, words)
        for pair, words in shared.items()
        if pair not in known and words >= MIN_SHARED_WORDS
    ]
    pairs.sort(key=lambda item: (-item[1], item[0]))
    return [
        NewRepeat(articles.title[copy], articles.title[original], words, links.to(copy))
        for (original, copy), words in pairs
        if original in articles.index and copy in articles.index
    ]


def _shared_words(run: dict) -> dict[tuple[str, str], int]:
    """Return the number of words that pairs of articles share."""
    repeats = run["tables"].get("repeats")
    if repeats is None or repeats.empty:
        return {}
    shared = repeats[repeats.relation == "shared"]
    words = pd.to_numeric(shared.words)
    sums = words.groupby([shared.match_article, shared.article]).sum()
    return {pair: int(number) for pair, number in sums.items()}


def _new_dates(changes: pd.DataFrame, articles: pd.DataFrame, links: _Links) -> list[NewDate]:
    """List the articles with another date than before."""
    is_of_article = (changes.table == "dates") & (changes.label == "article")
    changed = changes[is_of_article & (changes.change == "changed")]
    return [
        NewDate(
            articles.title[row.article], row.before, row.after, row.cause, links.to(row.article)
        )
        for row in changed.itertuples()
        if row.article in articles.index
    ]


def _sentences(news: News) -> list[str]:
    """Write the most important news in sentences; nothing about what did not change."""
    sentences = []
    for template, articles in (
        ("news.added", news.added),
        ("news.edited", news.edited),
        ("news.removed", news.removed),
    ):
        sentences.append((template, [_quoted(article.title) for article in articles]))
    new_names = [growth for growth in news.names if growth.before == 0]
    for template, grown in (
        ("news.events", news.events),
        ("news.names", new_names),
        ("news.themes", news.themes),
    ):
        names = [
            fill(
                wording.NEWS_PHRASES["growth" if growth.before else "new"],
                name=growth.name.replace("_", " "),
                after=growth.after,
                before=growth.before,
            )
            for growth in grown
        ]
        sentences.append((template, names))
    sentences.append(("news.dates", [_quoted(date.title) for date in news.dates]))
    sentences.append(("news.decisions", news.decisions))
    return [
        fill_sentence(
            wording.NEWS[template],
            number=len(names),
            names=list_first(names, MAX_NAMED, len(names)),
        )
        for template, names in sentences
        if names
    ]


def _quoted(title: str) -> str:
    """Return a title in quotation marks, without a punctuation mark at its end."""
    return fill(wording.NEWS_PHRASES["title"], title=title.rstrip(PUNCTUATION))


def _tables_of(news: News) -> list[_Table]:
    """Return the tables that have rows, without columns that are empty in all of them."""
    tables = []
    for name, heading in wording.NEWS_HEADINGS.items():
        rows = getattr(news, name)
        columns = wording.NEWS_COLUMNS[name]
        filled = [
            number for number in range(len(columns)) if any(row[number] != "" for row in rows)
        ]
        if rows:
            cells = [_Row([row[number] for number in filled], row.address) for row in rows]
            tables.append(_Table(heading, [columns[number] for number in filled], cells))
    return tables


def changes_page(news: News, title: str, *, report: str = "report.html") -> Markup:
    """Return the page about what is new.

    Parameters
    ----------
    news : News
        The result of `find_news`.
    title : str
        The title of the new report.
    report : str, default "report.html"
        The address of the new report.

    Returns
    -------
    markupsafe.Markup
        A page in a single file, without scripts.

    Examples
    --------
    >>> news = News(["One article was added."], *[[]] * 10)
    >>> page = changes_page(news, "The flood")
    >>> "One article was added." in page, "<table" in page
    (True, False)
    """
    return render(
        "changes",
        title=title,
        heading=wording.NEWS_TITLE,
        mark=Markup(MARK),
        style=Markup(STYLE.read_text(encoding="utf-8")),
        report=report,
        news=news,
        tables=_tables_of(news),
        max_rows=MAX_ROWS,
    )


def anchors_of(report_page: str) -> set[str]:
    """Return the anchors of the pages and the cited passages of a report.

    Examples
    --------
    >>> anchors_of('<section id="page-362e0379"><mark id="at-362e0379-0">')
    {'page-362e0379', 'at-362e0379-0'}
    """
    return set(ANCHOR.findall(report_page))


def write_changes_page(
    changes: pd.DataFrame, old: dict, new: dict, folder: Path, path: Path
) -> None:
    """Write the page about what is new in a report since an earlier one.

    Parameters
    ----------
    changes : pandas.DataFrame
        The result of `find_changes`.
    old, new : dict
        The two runs.
    folder : pathlib.Path
        The folder of the new report, to whose pages the new page is linked.
    path : pathlib.Path
        The file to write. An earlier page of this kind is replaced.

    Raises
    ------
    BadInput
        If there is another file of this name: choose another name.
    OSError
        If the file cannot be written.
    """
    if os.path.lexists(path) and not _is_changes_page(path):
        raise BadInput(f"{path} exists and is not a page of clippings diff: choose another name")
    report_page = (folder / "report.html").read_text(encoding="utf-8")
    relative = os.path.relpath(folder / "report.html", path.absolute().parent)
    report = quote(Path(relative).as_posix())
    title = re.search(r"<title>(.*?)</title>", report_page, re.DOTALL)
    news = find_news(changes, old, new, report=report, anchors=anchors_of(report_page))
    page = changes_page(news, Markup(title[1] if title else "").unescape(), report=report)
    with atomic_write(path) as temporary:
        temporary.write_bytes(str(page).encode("utf-8", "backslashreplace"))


def _is_changes_page(path: Path) -> bool:
    """Return whether a file is a page that an earlier comparison wrote."""
    with open(path, "rb") as file:
        return MARK.encode() in file.read(2000)
