"""Determine publication dates from files, pages, addresses and file names.

The analyst's codebook takes precedence, followed by the date that a file or table states, the date
printed on the page, the address, and the file name. The order of day and month is never ambiguous
in the code of a web page, so its date is preferred to the printed one. If they differ, however, and
the printed date appears next to the byline or a word such as "published", the printed date counts:
the code often contains the date of a migration or of another story. If two sources disagree,
`dates_against` lists the contradiction, and `propose_repairs` lists the article.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from clippings.core.lexicon import read_words
from clippings.corpus import problems
from clippings.corpus.date_sources import (
    ADDRESS,
    CODEBOOK,
    DATELINE,
    EMAIL,
    FILE_NAME,
    METADATA,
    PAGE,
    PAGE_UPDATE,
)
from clippings.corpus.page_dates import CERTAIN_RULES, NEAR_HEADLINE, PageDates
from clippings.corpus.rows import ArticleRow
from clippings.corpus.written_dates import (
    MONTH_LETTERS,
    YEARS,
    WrittenDate,
    find_compact_dates,
    find_written_dates,
    is_day_first,
)

TOLERANCE = timedelta(days=1)
"""Time zones: an article published in the evening in one is dated the next day in another."""

RULES_OF_ISSUES = (*CERTAIN_RULES, "above the headline")
"""Rules by which the date on an email is that of the issue."""

ADDRESS_DAY = re.compile(
    r"""
    (?<!\d) (?P<year>(?:19|20)\d\d)
    (?P<separator>[/_.-]?)
    (?P<month>0?[1-9]|1[0-2]|[a-z]{3})       # /2021/03/16/, /2021-03-16-, /2021/mar/16/
    (?P=separator)
    (?P<day>\d{1,2}) (?!\d)
    """,
    re.IGNORECASE | re.VERBOSE,
)
ADDRESS_MONTH = re.compile(
    r"/(?P<year>(?:19|20)\d\d)/(?P<month>0[1-9]|1[0-2])/(?=[^/\d]|\d+[^\d/])"
)
PART_OF_FILE = re.compile(r"#\d+(?:~[0-9a-f]+)?$")  # feed.csv#12
YEAR_IN_NAME = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)")


EXPORT = re.compile(
    rf"(?<![^\W\d_])(?:{'|'.join(read_words('reading/export_names'))})(?![^\W\d_])", re.IGNORECASE
)


class StatedDay(NamedTuple):
    """A day, or the first and last of several possible days, and its source."""

    source: str  # a code of `date_sources`
    earliest: date
    latest: date


def with_dates(rows: list[ArticleRow], pages: dict[int, PageDates]) -> list[ArticleRow]:
    """Add publication dates from pages, addresses and file names to the articles.

    Parameters
    ----------
    rows : list of ArticleRow
        All rows of a corpus, with outlets and the dates from files and the codebook.
    pages : dict of int to PageDates
        The dates on the page of each row, by the position of the row.

    Returns
    -------
    list of ArticleRow
        The rows in the same order, with `published_from`, `published_to`, `updated`, `saved` and
        `dated_by`.

    Notes
    -----
    If the order of day and month is ambiguous (03/04/2021), it is taken from other articles of the
    outlet or else from all articles. If these do not show it or disagree, both days are possible:
    `published_from` is the earlier and `published_to` the later one.
    """
    orders = _Orders(rows, pages)
    name_order = _order_of_names(rows)
    dated = []
    for position, row in enumerate(rows):
        page = pages.get(position, PageDates())
        if row.text:
            row = row._replace(updated=row.updated or page.updated, saved=row.saved or page.saved)
            row = _dated(row, page, orders.day_first(row.outlet), name_order)
        dated.append(row)
    return dated


class _Orders:
    """The order of day and month in numeric dates, by outlet, from pages that show it."""

    def __init__(self, rows: list[ArticleRow], pages: dict[int, PageDates]):
        self.by_outlet: defaultdict[str, set[str]] = defaultdict(set)
        self.all: set[str] = set()
        for position, page in pages.items():
            if page.order:
                self.by_outlet[rows[position].outlet].add(page.order)
                self.all.add(page.order)

    def day_first(self, outlet: str) -> bool | None:
        """Return the order of an outlet, else of all articles; None if it is unknown or mixed."""
        orders = self.by_outlet.get(outlet) if outlet else None
        orders = orders or self.all
        return orders == {"dmy"} if len(orders) == 1 else None


def _order_of_names(rows: list[ArticleRow]) -> bool | None:
    """Return the order of day and month in file names."""
    return is_day_first(written for row in rows for written in _dates_in_name(row.article))


def _dated(
    row: ArticleRow, page: PageDates, day_first: bool | None, name_order: bool | None
) -> ArticleRow:
    """Return the row with its day of publication."""
    stated = stated_days(row.article, row.url, page, name_order)
    if row.published_from or row.published_to:
        if row.dated_by == CODEBOOK:
            return row
        if row.dated_by == METADATA and page.rule in CERTAIN_RULES:
            return _with_printed_day(row, stated)
        if row.dated_by == EMAIL and page.rule in RULES_OF_ISSUES:
            return _with_day_of_issue(row, stated)
        return _with_disagreements(row, stated)
    chosen = _choose(stated, page, day_first)
    if chosen is None:
        return _with_last_update(row, page)
    # The row may have a note already, on a date of the file that was not understood.
    is_open = chosen.source == PAGE and chosen.earliest != chosen.latest
    row = row._replace(
        published_from=chosen.earliest.isoformat(),
        published_to=chosen.latest.isoformat(),
        dated_by=chosen.source,
        date_note=row.date_note or (problems.page_date_with_open_order() if is_open else ""),
    )
    return _with_disagreements(row, stated)


def _with_printed_day(row: ArticleRow, stated: list[StatedDay]) -> ArticleRow:
    """Return the row of a web page, with the printed day if the code of the page excludes it."""
    printed, *others = stated
    declared = date.fromisoformat(row.published_from)
    is_contrary = disagreements(declared, declared, [printed])
    if not is_contrary or printed.earliest != printed.latest:
        return _with_disagreements(row, stated)
    day = printed.earliest.isoformat()
    row = row._replace(published_from=day, published_to=day, dated_by=PAGE)
    return _with_disagreements(row, [StatedDay(METADATA, declared, declared), *others])


def _with_day_of_issue(row: ArticleRow, stated: list[StatedDay]) -> ArticleRow:
    """Replace the date of an email by the day of the issue if they are a day apart.

    Programs that send newsletters give the time of Greenwich, where the evening of the outlet is
    the next day.
    """
    printed = stated[0]
    sent = date.fromisoformat(row.published_from)
    is_next_day = abs(printed.earliest - sent) == TOLERANCE
    if not is_next_day or printed.earliest != printed.latest:
        return _with_disagreements(row, stated)
    day = printed.earliest.isoformat()
    row = row._replace(published_from=day, published_to=day, dated_by=PAGE)
    return _with_disagreements(row, stated)


def _with_last_update(row: ArticleRow, page: PageDates) -> ArticleRow:
    """Return the row of a page that states no day but that of an update."""
    if not page.updated:
        return row
    # "Updated 5:27 am, March 16, 2021" below a headline is how some outlets print the only day of
    # an article. At the foot of a page, the update may be years later: it is an upper bound.
    is_day = page.update_rule in NEAR_HEADLINE
    return row._replace(
        published_from=page.updated if is_day else "",
        published_to=page.updated,
        dated_by=PAGE_UPDATE,
    )


def stated_days(
    article: str, url: str, page: PageDates, name_order: bool | None = None
) -> list[StatedDay]:
    """List the publication dates that the page, the address and the file name state.

    Parameters
    ----------
    article : str
        The id of the article, which contains the names of its folders and file.
    url : str
        The address of the article; "" if unknown.
    page : PageDates
        The dates on the page.
    name_order : bool, optional
        The order of dates in file names: True if the day comes first.

    Returns
    -------
    list of StatedDay
        The dates, the most certain one first.

    Examples
    --------
    >>> address = "https://post.example/2021/03/16/road-closed"
    >>> [(day.source, str(day.earliest)) for day in stated_days("a.txt", address, PageDates())]
    [('address', '2021-03-16')]
    """
    days = []
    if page.published_from:
        earliest = date.fromisoformat(page.published_from)
        latest = date.fromisoformat(page.published_to)
        days.append(StatedDay(PAGE, earliest, latest))
    if address := _day_of_address(url or page.address):
        days.append(address)
    if name := _day_of_name(article, name_order, page.saved):
        days.append(name)
    if not days and page.month_and_day:
        days += _dateline_days(article, url or page.address, page.month_and_day)
    return days


def disagreements(
    published_from: date | None, published_to: date | None, stated: Iterable[StatedDay]
) -> list[StatedDay]:
    """List the statements that contradict the day of publication.

    Parameters
    ----------
    published_from, published_to : date, optional
        The bounds of the day of publication.
    stated : iterable of StatedDay
        The dates that the page, address and file name state.

    Returns
    -------
    list of StatedDay
        The statements that differ by more than a day.

    Examples
    --------
    >>> stated = [StatedDay("file_name", date(2021, 4, 2), date(2021, 4, 2))]
    >>> len(disagreements(date(2021, 3, 16), date(2021, 3, 16), stated))
    1
    """
    lower = published_from or date.min + TOLERANCE
    upper = published_to or date.max - TOLERANCE
    return [
        day for day in stated if day.latest < lower - TOLERANCE or day.earliest > upper + TOLERANCE
    ]


def _with_disagreements(row: ArticleRow, stated: list[StatedDay]) -> ArticleRow:
    """Return the row; `dates_against` lists the statements that exclude its day."""
    bounds = (
        date.fromisoformat(day) if day else None for day in (row.published_from, row.published_to)
    )
    contrary = disagreements(*bounds, stated)
    return row._replace(dates_against="; ".join(f"{day.source} {day.earliest}" for day in contrary))


def _choose(stated: list[StatedDay], page: PageDates, day_first: bool | None) -> StatedDay | None:
    """Return the most certain statement, with its order of day and month if it can be decided."""
    if not stated:
        return None
    best, *others = stated
    if page.updated and best.source != PAGE and best.earliest > date.fromisoformat(page.updated):
        return None  # the name says when the file was saved
    if best.source != PAGE or best.earliest == best.latest:
        return best
    for reading in (best.earliest, best.latest):
        if any(abs(other.earliest - reading) <= TOLERANCE for other in others):
            return StatedDay(PAGE, reading, reading)
    if day_first is not None:
        # 03/04/2021 and 04/03/2021 have the same two readings, so the text must decide.
        reading = _reading(page, day_first)
        return StatedDay(PAGE, reading, reading)
    return best


def _reading(page: PageDates, day_first: bool) -> date:
    """Return the day of an open date by this order."""
    first = date.fromisoformat(page.published_day_first)
    return first if day_first else date(first.year, first.day, first.month)


def _day_of_address(url: str) -> StatedDay | None:
    """Return the day, or the month, in the path of an address."""
    if not url:
        return None
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return None
    days = {_day_of_match(match) for match in ADDRESS_DAY.finditer(path)} - {None}
    if len(days) == 1:
        (day,) = days
        return StatedDay(ADDRESS, day, day)
    months = {(int(match["year"]), int(match["month"])) for match in ADDRESS_MONTH.finditer(path)}
    if days or len(months) != 1:
        return None
    ((year, month),) = months
    next_month = date(year + month // 12, month % 12 + 1, 1)
    return StatedDay(ADDRESS, date(year, month, 1), next_month - timedelta(days=1))


def _day_of_match(match: re.Match) -> date | None:
    """Return the day that an address contains, if there is one in the calendar."""
    month = match["month"].lower()
    is_compact = not match["separator"]
    if is_compact and len(match["month"] + match["day"]) != len("0316"):
        return None
    if month.isalpha():
        if month not in MONTH_LETTERS:
            return None
        month = MONTH_LETTERS.index(month) + 1
    try:
        return date(int(match["year"]), int(month), int(match["day"]))
    except ValueError:
        return None


def _day_of_name(article: str, day_first: bool | None, saved: str) -> StatedDay | None:
    """Return the day in the name of a file or its folders, unless it is that of saving."""
    readings = set()
    for written in _dates_in_name(article):
        if day_first is not None:
            written = written.read_as(day_first)
        readings.add(written.readings)
    if len(readings) != 1:
        return None
    (days,) = readings
    if saved and days == (date.fromisoformat(saved),):
        return None
    return StatedDay(FILE_NAME, min(days), max(days))


def _dates_in_name(article: str) -> list[WrittenDate]:
    """Return the dates in the path of a file; none for one of many articles in a file."""
    if PART_OF_FILE.search(article):
        return []
    # "_" is a letter in patterns, but a blank in file names.
    path = article.replace("_", " ").replace("~", " ")
    folder, _, name = path.rpartition("/")
    if EXPORT.search(name):
        return []
    stem = re.sub(r"\.[A-Za-z][A-Za-z0-9]{1,5}$", "", name)
    dates = _of_name(stem)
    # Folders by year, month and day: 2021/03/16/a.txt.
    return dates or [written for written in find_written_dates(folder) if written.year]


def _of_name(stem: str) -> list[WrittenDate]:
    """Return the dates in a name without its suffix: in numbers anywhere, in words at its ends.

    In the midst of a name, a date in words belongs to a title: "What 11 September 2001 changed".
    """
    written_dates = [written for written in find_written_dates(stem) if written.year]
    dates = []
    for written in written_dates:
        is_at_end = not stem[: written.start].strip(" -([") or not stem[written.end :].strip(" -)]")
        if not written.is_named or is_at_end:
            dates.append(written)
    return dates or find_compact_dates(stem)


def _dateline_days(article: str, url: str, month_and_day: str) -> list[StatedDay]:
    """Return the day of a dateline, if address or file name have one year."""
    text = f"{url} {article}"
    years = {int(match["year"]) for match in YEAR_IN_NAME.finditer(text)}
    if len(years) != 1 or not years <= set(YEARS):
        return []
    month, day = map(int, month_and_day.split("-"))
    try:
        written = date(years.pop(), month, day)
    except ValueError:
        return []
    return [StatedDay(DATELINE, written, written)]
