"""A page about what is new since an earlier report, beginning with the news in a few sentences."""

import hashlib
import os
import re
from collections.abc import Callable, Collection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pandas as pd
from markupsafe import Markup

from clippings.brief.phrasing import dates_in_words, fill, fill_sentence, list_first
from clippings.brief.sections.repeats import MIN_SHARED_WORDS
from clippings.core.atomic import atomic_write
from clippings.core.errors import BadInput
from clippings.core.wording import join_and
from clippings.report import diff_wording as wording
from clippings.report.diff import describe_changes
from clippings.report.diff_news import (
    MIN_ARTICLES,
    ArticleNews,
    EventNews,
    Growth,
    NameNews,
    News,
    Place,
    RepeatNews,
    ThemeNews,
    find_news,
)
from clippings.report.templates import render
from clippings.show.html import page_key

STYLE = Path(__file__).with_name("report.css")
REPORT_PAGE = "report.html"

# Maximum numbers: names in a sentence, rows of a table before the others are folded, all changes
MAX_NAMED = 3
MAX_ROWS = 10
MAX_LINES = 500

# Fewer sentences are supplemented with what hardly surprises: names that more articles mention.
MIN_SENTENCES = 3
MAX_SENTENCES = 6

# Minimum number of additional articles with which a theme that existed before is in a sentence:
# with eight more articles, nearly every theme is in one more.
MIN_GROWTH_OF_THEME = 2

# Marks a page as ours, with the SHA-256 of everything after it. Only such a page is replaced, and
# only if nobody edited it.
MARK = '<meta name="generator" content="clippings diff {sha256}">'
MARK_ON_PAGE = re.compile(rb'<meta name="generator" content="clippings diff ([0-9a-f]{64})">')

# The anchors of a report's pages and of the passages that it cites
ANCHOR = re.compile(r'id="((?:page|at)-[0-9a-f]{8}[-\d]*)"')


class _Row(NamedTuple):
    """A row of a table, whose first cell is a link."""

    cells: list[str]
    address: str  # "" if there is no such page


class _Table(NamedTuple):
    """A table of the page."""

    heading: str
    caption: str
    columns: list[str]
    rows: list[_Row]


class ReportLinks:
    """The addresses of passages and pages in a report."""

    def __init__(self, address: str = "", anchors: Collection[str] = ()):
        """Link to a report; without anchors, there are no links."""
        self.address = address
        self._anchors = anchors

    @classmethod
    def of_file(cls, path: Path, address: str) -> "ReportLinks":
        """Link to the page of a report, if it exists and can be read."""
        try:
            return cls(address, anchors_of(path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError):
            return cls()

    def to(self, place: Place) -> str:
        """Return the address of a passage or, if it is not cited, of the page of its article."""
        key = page_key(place.article)
        for anchor in (f"at-{key}-{place.start}", f"page-{key}"):
            if anchor in self._anchors:
                return f"{self.address}#{anchor}"
        return ""


# Sentences


def summarize_news(news: News) -> list[str]:
    """Write the most important news in up to six sentences; nothing about what did not change.

    Parameters
    ----------
    news : News
        The result of `find_news`.

    Returns
    -------
    list of str
        Sentences, the most important first. The changes that do not come from the articles are
        last.

    Examples
    --------
    >>> from clippings.report.diff_news import CauseNews
    >>> nothing = News(*[[] for _ in News._fields])
    >>> summarize_news(nothing._replace(causes=[CauseNews("settings", "MIN_WORDS 9", 12)]))
    ['Twelve findings changed because of parameters or versions.']
    """
    several = [event for event in news.new_events if event.articles.now >= MIN_ARTICLES]
    wider = [event for event in news.events if event.articles.now > event.articles.before]
    with_sources = [event for event in news.events if event.new_sources]
    grown_themes = [theme for theme in news.themes if _has_grown_much(theme)]
    sentences = [
        _sentence_on_added(news.added),
        _sentence("removed", [_quoted(article.title) for article in news.removed]),
        _sentence("edited", [_quoted(article.title) for article in news.edited]),
        _sentence("new_events", [_with_growth(event) for event in several]),
        _sentence("numbers", [_event_and_thing(row.event, row.thing) for row in news.numbers]),
        _sentence("events", [_with_growth(event) for event in wider]),
        _sentence("sources", [_with_sources(event) for event in with_sources]),
        _sentence_on_repeats(news.repeats),
        _sentence("new_names", [_with_growth(name) for name in news.new_names]),
        _sentence("themes", [_with_growth(theme) for theme in grown_themes]),
        _sentence("dates", [_quoted(date.title) for date in news.dates]),
    ]
    on_articles = [sentence for sentence in sentences if sentence]
    if len(on_articles) < MIN_SENTENCES and news.names:
        names = [_with_growth(name) for name in news.names[:MAX_NAMED]]
        on_articles.append(_sentence("names", names))
    on_causes = [sentence for sentence in [_sentence_on_causes(news)] if sentence]
    return on_articles[: MAX_SENTENCES - len(on_causes)] + on_causes


def _has_grown_much(theme: ThemeNews) -> bool:
    """Return whether a theme is new, or in at least two more articles than before."""
    growth = theme.articles.now - theme.articles.before
    return theme.articles.before == 0 or growth >= MIN_GROWTH_OF_THEME


def _sentence(template: str, names: list[str], **fields) -> str:
    """Write a sentence that names the first of several things; "" if there are none."""
    if not names:
        return ""
    return fill_sentence(
        wording.NEWS[template],
        number=len(names),
        names=list_first(names, MAX_NAMED, len(names)),
        **fields,
    )


def _sentence_on_added(added: list[ArticleNews]) -> str:
    """Write which articles were added and, if this is known of all, when they were published."""
    firsts = [article.first for article in added]
    lasts = [article.last for article in added]
    published = ""
    if added and all(pd.notna(date) for date in (*firsts, *lasts)):
        dates = dates_in_words(min(firsts), max(lasts))
        published = fill(wording.NEWS_PHRASES["published"], dates=dates)
    titles = [_quoted(article.title) for article in added]
    return _sentence("added", titles, published=published)


def _sentence_on_repeats(repeats: list[RepeatNews]) -> str:
    """Write how many pairs of articles share text that is new, and name the longest case."""
    if not repeats:
        return ""
    longest = repeats[0]
    pair = fill(
        wording.NEWS_PHRASES["repeats" if longest.is_later else "shares"],
        title=_quoted(longest.title),
        other=_quoted(longest.other),
        words=longest.words,
    )
    template = "repeats_one" if len(repeats) == 1 else "repeats"
    return fill_sentence(wording.NEWS[template], number=len(repeats), pair=pair)


def _sentence_on_causes(news: News) -> str:
    """Write how many findings changed for reasons other than the articles."""
    if not news.causes:
        return ""
    groups = dict.fromkeys(wording.CAUSE_GROUPS[cause.code] for cause in news.causes)
    findings = sum(cause.findings for cause in news.causes)
    return fill_sentence(wording.NEWS["causes"], number=findings, groups=join_and([*groups]))


def _with_growth(news: EventNews | NameNews | ThemeNews) -> str:
    """Return a name with its number of articles now and, if there were any, before."""
    growth = news.articles
    template = wording.NEWS_PHRASES["growth" if growth.before else "new"]
    return fill(template, name=news.name, now=growth.now, before=growth.before)


def _with_sources(event: EventNews) -> str:
    """Return an event with its new sources."""
    sources = list_first(event.new_sources, MAX_NAMED, len(event.new_sources))
    return fill(wording.NEWS_PHRASES["source"], name=event.name, sources=sources)


def _event_and_thing(event: str, thing: str) -> str:
    """Return an event with what its numbers count, if this is named."""
    return fill(wording.NEWS_PHRASES["numbers"], event=event, thing=thing) if thing else event


def _quoted(title: str) -> str:
    """Return a title in quotation marks, without a full stop at its end."""
    return fill(wording.NEWS_PHRASES["title"], title=title.rstrip("."))


# Tables


def _number(number: int) -> str:
    """Write a number for a table; "" for 0, so that a column without numbers is left out."""
    return f"{number:,}" if number else ""


def _growth(growth: Growth) -> str:
    """Write a number before and now for a table."""
    if not growth.now:
        return ""
    return wording.BEFORE_AND_NOW.format(before=f"{growth.before:,}", now=f"{growth.now:,}")


def _article_cells(article: ArticleNews) -> list[str]:
    return [article.title, article.outlet, article.published]


def _new_event_cells(event: EventNews) -> list[str]:
    sources = list_first(event.new_sources, MAX_NAMED, len(event.new_sources))
    return [event.name, _number(event.articles.now), _number(event.outlets.now), sources]


def _event_cells(event: EventNews) -> list[str]:
    growths = [event.articles, event.outlets, event.sources]
    return [event.name, *map(_growth, growths), join_and(event.new_sources)]


def _new_name_cells(name: NameNews) -> list[str]:
    return [name.name, name.role, _number(name.articles.now), _number(name.mentions)]


def _repeat_cells(repeat: RepeatNews) -> list[str]:
    order = wording.PUBLISHED_LATER if repeat.is_later else ""
    return [repeat.title, repeat.other, _number(repeat.words), order]


# How each list of the news becomes rows of a table
CELLS: dict[str, Callable[..., list[str]]] = {
    "added": _article_cells,
    "removed": _article_cells,
    "edited": _article_cells,
    "new_events": _new_event_cells,
    "events": _event_cells,
    "numbers": lambda numbers: [numbers.event, numbers.thing, "; ".join(numbers.numbers)],
    "new_names": _new_name_cells,
    "names": lambda name: [name.name, _growth(name.articles)],
    "themes": lambda theme: [theme.name, _growth(theme.articles)],
    "repeats": _repeat_cells,
    "dates": lambda date: [date.title, date.before, date.now, date.cause],
    "causes": lambda cause: [cause.cause, _number(cause.findings)],
}


def _tables_of(news: News, links: ReportLinks, old_links: ReportLinks) -> list[_Table]:
    """Return the tables that have rows, without columns that are empty in all of them."""
    tables = []
    for name, heading in wording.NEWS_HEADINGS.items():
        items = getattr(news, name)
        if not items:
            continue
        links_of_table = old_links if name == "removed" else links
        rows = []
        for item in items:
            place = getattr(item, "place", None)
            rows.append(_Row(CELLS[name](item), links_of_table.to(place) if place else ""))
        columns = wording.NEWS_COLUMNS[name]
        filled = [
            number for number in range(len(columns)) if any(row.cells[number] for row in rows)
        ]
        caption = wording.NEWS_CAPTIONS.get(name, "").format(words=MIN_SHARED_WORDS)
        tables.append(
            _Table(
                heading=heading,
                caption=caption,
                columns=[columns[number] for number in filled],
                rows=[_Row([row.cells[number] for number in filled], row.address) for row in rows],
            )
        )
    return tables


# The page


def changes_page(
    news: News,
    title: str,
    *,
    links: ReportLinks | None = None,
    old_links: ReportLinks | None = None,
    lines: Collection[str] = (),
) -> Markup:
    """Return the page about what is new.

    Parameters
    ----------
    news : News
        The result of `find_news`.
    title : str
        The title of the new report.
    links, old_links : ReportLinks, optional
        The addresses of passages in the new report, and in the earlier one for what was removed.
    lines : collection of str
        The result of `describe_changes`; the first 500 are listed at the end of the page.

    Returns
    -------
    markupsafe.Markup
        A page in a single file, without scripts.

    Examples
    --------
    >>> from clippings.report.diff_news import CauseNews
    >>> nothing = News(*[[] for _ in News._fields])
    >>> news = nothing._replace(causes=[CauseNews("settings", "MIN_WORDS 9", 12)])
    >>> page = changes_page(news, "The flood")
    >>> "Twelve findings changed" in page, "<script" in page
    (True, False)
    """
    links = links or ReportLinks()
    shown_lines = [*lines][:MAX_LINES]
    if len(lines) > len(shown_lines):
        summary = wording.FIRST_CHANGES_SHOWN
    else:
        summary = wording.ALL_CHANGES_SHOWN
    versions = dict(zip(("before", "now"), news.versions, strict=False))
    page = render(
        "changes",
        document_title=wording.NEWS_DOCUMENT_TITLE.format(title=title),
        heading=wording.NEWS_TITLE,
        title=title,
        style=Markup(STYLE.read_text(encoding="utf-8")),
        report=links.address,
        to_report=wording.NEWS_TO_REPORT,
        sentences=summarize_news(news) or [wording.NEWS_NOTHING],
        tables=_tables_of(news, links, old_links or ReportLinks()),
        versions=wording.NEWS_VERSIONS.format(**versions) if versions else "",
        date_columns=wording.DATE_COLUMNS,
        max_rows=MAX_ROWS,
        show_all=wording.SHOW_ALL,
        show_first=wording.SHOW_FIRST.format(number=MAX_ROWS),
        lines=shown_lines,
        all_changes=wording.ALL_CHANGES,
        lines_summary=summary.format(number=f"{len(shown_lines):,}", all=f"{len(lines):,}"),
    )
    return _with_mark(page)


def _with_mark(page: Markup) -> Markup:
    """Insert the mark by which an unedited page is recognised, right before the title."""
    start, title_tag, rest = page.partition(Markup("<title>"))
    content = title_tag + rest
    sha256 = hashlib.sha256(_encoded(content)).hexdigest()
    return start + Markup(MARK).format(sha256=sha256) + content


def _encoded(page: str) -> bytes:
    """Return the bytes of a page; characters that UTF-8 does not have are escaped."""
    return str(page).encode("utf-8", "backslashreplace")


def _is_unedited_page(path: Path) -> bool:
    """Return whether a file is a page of an earlier comparison that nobody has edited."""
    if path.is_symlink() or not path.is_file():
        return False
    content = path.read_bytes()
    mark = MARK_ON_PAGE.search(content)
    if mark is None:
        return False
    return hashlib.sha256(content[mark.end() :]).hexdigest().encode() == mark[1]


def anchors_of(report_page: str) -> set[str]:
    """Return the anchors of the pages and the cited passages of a report.

    Examples
    --------
    >>> sorted(anchors_of('<section id="page-362e0379"><mark id="at-362e0379-0">'))
    ['at-362e0379-0', 'page-362e0379']
    """
    return set(ANCHOR.findall(report_page))


def write_changes_page(
    changes: pd.DataFrame,
    news: News,
    report: Path,
    path: Path,
    *,
    old_links: ReportLinks | None = None,
) -> None:
    """Write the page about what is new in a report since an earlier one.

    Parameters
    ----------
    changes : pandas.DataFrame
        The result of `find_changes`.
    news : News
        The result of `find_news`.
    report : pathlib.Path
        The folder of the new report, to whose pages the new page is linked.
    path : pathlib.Path
        The file to write. A page that this function wrote is replaced, unless it was edited.
    old_links : ReportLinks, optional
        The addresses of pages in the earlier report, for articles that were removed.

    Raises
    ------
    BadInput
        If there is another file of this name: choose another name. If the report has no web page:
        create it again.
    OSError
        If the file cannot be written.
    """
    if os.path.lexists(path) and not _is_unedited_page(path):
        raise BadInput(
            f"{path} exists and is not an unedited page of clippings diff, so it was not touched: "
            "choose another name"
        )
    report_file = report / REPORT_PAGE
    if not report_file.is_file():
        raise BadInput(f"{report} contains no {REPORT_PAGE}: create the report again")
    report_page = report_file.read_text(encoding="utf-8")
    links = ReportLinks(address_from(path, report_file), anchors_of(report_page))
    title = re.search(r"<title>(.*?)</title>", report_page, re.DOTALL)
    page = changes_page(
        news,
        Markup(title[1] if title else "").unescape(),
        links=links,
        old_links=old_links,
        lines=describe_changes(changes),
    )
    with atomic_write(path) as temporary:
        temporary.write_bytes(_encoded(page))


def compare_reports(
    changes: pd.DataFrame, old: dict, new: dict, folders: tuple[Path, Path], path: Path
) -> None:
    """Write the page about what is new for two finished reports.

    Parameters
    ----------
    changes : pandas.DataFrame
        The result of `find_changes`.
    old, new : dict
        The runs, as for `find_changes`.
    folders : tuple of pathlib.Path
        The folders of the earlier and the new report.
    path : pathlib.Path
        The file to write; see `write_changes_page`, also for errors.
    """
    old_folder, new_folder = folders
    old_page = old_folder / REPORT_PAGE
    old_links = ReportLinks.of_file(old_page, address_from(path, old_page))
    write_changes_page(changes, find_news(changes, old, new), new_folder, path, old_links=old_links)


def address_from(page: Path, target: Path) -> str:
    """Return the relative address of a file for a link on a page.

    Examples
    --------
    >>> address_from(Path("out/what is new.html"), Path("out/the flood/report.html"))
    'the%20flood/report.html'
    """
    relative = os.path.relpath(target.absolute(), page.absolute().parent)
    return quote(os.fsencode(Path(relative).as_posix()))
