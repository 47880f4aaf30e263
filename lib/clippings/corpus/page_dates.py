"""Classify the dates on a page: published, updated, saved, or unrelated to the article.

Each date outside the story receives a label and a rule. The rules are based on adjacent words
(lexicon/LANGUAGE/page/date_labels.csv) and on the position: the dates of an article are near its
headline and byline, those of other stories in lists above or below, today's date in the masthead.
A relative date ("3 hours ago") is not evidence, because the day of saving the page is unknown.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import pandas as pd

from clippings.core.cache import cacheable
from clippings.core.lexicon import any_of
from clippings.core.progress import in_turn
from clippings.core.tables import by_article, make_table
from clippings.corpus.date_labels import (
    OTHER,
    PUBLISHED,
    SAVED,
    UPDATED,
    is_notice,
    label_after,
    label_before,
    label_of_line,
)
from clippings.corpus.paragraphs import BY
from clippings.corpus.written_dates import WrittenDate, find_written_dates, is_day_first
from clippings.corpus.zones import Zone

# The rules by which a date is the article's own, the most certain first.
OWN_RULES = (
    "label",  # Published: 16 March 2021
    "byline",  # By Anna Bell, 16 March 2021
    "below the headline",
    "dateline",  # OSLO, March 16, 2021 –
    "time of day",  # 16 March 2021 10:04, on a line of its own above the end of the story
    "above the headline",
    "label elsewhere",  # far above the headline, or in the midst of the story
    "label below the story",  # First published on 16 March 2021
)
CERTAIN_RULES = OWN_RULES[:4]
NEAR_HEADLINE = ("label", "byline", "below the headline", "label elsewhere")

EPOCH = date(1970, 1, 1)
"""The date that programs print when they do not know the day."""

# Distances in lines. A page puts day and author next to its headline, but share buttons, a deck
# and pictures may come between them.
BELOW_HEADLINE = 20
ABOVE_STORY = 6  # where the headline is not known
BELOW_FIRST_PARAGRAPH = 3  # some pages put the lede above the byline
ABOVE_HEADLINE = 1  # below a masthead, or on top of a plain text
ABOVE_HEADLINE_WITH_TIME = 2  # of a date with a time of day
ABOVE_HEADLINE_WITH_LABEL = 3  # of a date with a label
BELOW_STORY = 4
NEAREST_BY = 2  # of two days below the headline, the nearer one counts if it is so much nearer
MASTHEAD = 3  # on the first lines of a page, a weekday and date are often those of the visit

MAX_HEAD_LINES = 5  # lines of headline, byline and day that may be taken for a wrapped paragraph
MAX_CACHED_LINES = 10_000  # lines whose dates are cached
MAX_LINE = 400  # characters: in a longer paragraph, a date is part of a story
MAX_WORDS_WITH_DATE = 12  # words besides the date on a line that dates the article
MAX_WORDS_WITH_TIME = 6  # words besides date and time, where only the time speaks for a line
MAX_WORDS_BEFORE_DATE = 4  # "First published on", at the start of a line
MAX_WORDS_ALONE = 3  # "at" and "EST" may appear with a date and time
MAX_WORDS_WITH_LABEL = 25  # on a line with a labelled date
MAX_LABELLED_SENTENCE = 14  # words: "Posted on March 16, 2021 by Anna Bell." passes for prose
MAX_DATELINE = 140  # characters at the start of a paragraph in which its dateline appears
MOST_DAYS = 2  # unlabelled days below a headline: more of them are of other stories
LIST_DAYS = 3  # different days, each on its line: this many are a list of other stories …
LIST_DAYS_ABOVE_HEADLINE = 2  # where fewer days are expected
LIST_GAP = 6  # … if at most this many lines apart
MAX_DAYS_AHEAD = 1  # places on the other side of the date line are a day ahead

TIME_OF_DAY = re.compile(
    r"""
    \b\d{1,2} [:.h] [0-5]\d (?!\d)                  # 10:04, 10.04, 10h15
    | \b\d{1,2} \s? [ap]\.?m\b                      # 10 am
    | \b\d{4} \s (?:GMT|UTC|hrs)\b                  # 1909 GMT
    | \d{1,2} \s? [時시点]                            # 10時
    | (?<=\d)T\d\d:\d\d                             # 2021-03-16T10:04
    """,
    re.IGNORECASE | re.VERBOSE,
)
TIME_DISTANCE = 30  # characters on both sides of a date in which its time of day appears

BYLINE = re.compile(  # By Anna Bell, Von Anna Bell, Par Anna Bell
    rf"(?:^|[\s|/·•–—-])(?i:{BY})[:\s]\s*[A-Z\u00c0-\u024f]"
)
NAME_LINE = re.compile(  # Anna Bell, ANNA BELL and TOM REED, Anna van der Bell | Reporter
    r"[^\W\d_a-z][\w.'’-]+(?:\s(?:and\s|&\s)?(?:[a-z]{2,3}\s){0,2}[^\W\d_a-z][\w.'’-]+){1,5}"
    r"(?:\s?[,|@].{0,40})?"
)
ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
ADDRESS_LABEL = re.compile(
    r"\b(?:saved from|url|source|link|permalink|address|original|found at|available at)\b\W{0,8}$",
    re.IGNORECASE,
)
PAGE_COUNT = re.compile(r"\s\d{1,3}/\d{1,3}$")  # https://… 1/3, the foot of a printed page
YEAR_LINE = re.compile(
    r"""
    (?: \d{1,2}[:.]\d\d (?:\s?[ap]\.?m\.?)? ,?\s+ )?    # 15:23 2019
    (?P<year> (?:19|20)\d\d )                            # 2019
    (?: [\s,|·–-]+ (?:at\s)? \d{1,2}[:.]\d\d .{0,15} )?   # 2019, 3:23 pm EST
    """,
    re.IGNORECASE | re.VERBOSE,
)
BEFORE_YEAR = " ,.\xa0"  # between a day at the end of a line and its year on the next one
# A calendar leaf: 16 ↵ Mar ↵ 2021, each part on a line of its own
PART_OF_DATE = re.compile(r"\d{1,2}(?:st|nd|rd|th)?[.,]?|[^\W\d_]{3,12}[.,]?|(?:19|20)\d\d")
LINES_OF_SPLIT_DATE = 3
# Citation: The levee holds (2021, March 16) retrieved 4 May 2021 from https://…
CITATION = re.compile(
    r"\((?P<published>(?:19|20)\d\d,\s[^()]{3,20})\)\.?\s(?:retrieved|accessed)\b"
)
CITED = re.compile(
    r"https?://|www\.|\b(?:retrieved|accessed|cit(?:e|ed|ation)|doi)\b", re.IGNORECASE
)
MIN_CITED_WORDS = 4  # of a headline, which a citation repeats
ADDRESS_LINES = 3  # lines at the top of a page, among which an address alone is its own
PLACE_OF_DATELINE = re.compile(  # TOLMERE, Norway (Northern Wire), – before the day of a dateline
    r"(?:[^\W\d_a-z][\w.'’-]*[\s,(/]+|(?:den|le|am)\s|[–—-]\s|\([^()]{2,40}\)[,\s]*){1,8}"
)
END_OF_DATELINE = re.compile(  # – or (Northern Wire) – after it
    r"[\s,)]*(?:\([^()]{2,40}\)|/[\w\s-]{2,30}/)?\s*(?:[–—:|]|--?\s)"
)
COPYRIGHT_YEAR = re.compile(
    r"(?:©|\(c\)|copyright)\D{0,12}(?:\d{4}\s?[-–]\s?)?(?P<year>\d{4})", re.IGNORECASE
)
# "Hearing set for" before a date shows that it is that of an event; "on" alone shows nothing.
PHRASE = re.compile(r"[^\W\d_]{2,}.*[^\w]([^\W\d_]{2,})[\s,:(|–—-]*", re.DOTALL)
NAME_AND_POST = re.compile(  # Anna Bell, chief correspondent
    r"[^\W\d_a-z][\w.'’-]+(?:\s[^\W\d_a-z][\w.'’-]+){1,3}\s?[,|(–—-]"
)
LOWER_CASE_WORD = re.compile(r"(?<![^\W\d_])[a-z\u00df-\u00ff]{3,}")
FIELD = re.compile(r"[^\W\d_][\w /-]{1,30}:\s\S.{0,100}")  # Publication date: 16 March 2021
PICTURE = re.compile(rf"{any_of('en/page/credits', kind='picture')}\b", re.IGNORECASE)
READING_TIME = re.compile(r"\b\d+[\s-]?min(?:ute)?s?\b(?:\s(?:de\s)?[^\W\d_]+)?", re.IGNORECASE)
DIGIT = re.compile(r"\d")
WORD = re.compile(r"[^\W\d_]{2,}")

MONTH_FIRST_ZONES = re.compile(r"\b(?:E[SD]?T|C[SD]T|M[SD]T|P[SD]?T|AK[SD]T)\b")
DAY_FIRST_ZONES = re.compile(
    r"\b(?:GMT|BST|CES?T|EES?T|IST|A[EW]?[SD]T|NZ[SD]T|SAST|WAT|EAT|PKT)\b"
)


class Line(NamedTuple):
    """A passage of a page: a paragraph or line with its zone."""

    start: int
    text: str
    zone: str


class PageDate(NamedTuple):
    """A date on a page, with its meaning for the article and the rule that decided it."""

    line: int
    start: int
    end: int
    label: str  # published, updated, saved, other
    rule: str
    written: WrittenDate


class PageDates(NamedTuple):
    """The days that a page states, as YYYY-MM-DD; "" for those it does not."""

    published_from: str = ""
    published_to: str = ""  # differs where day and month could be exchanged
    published_day_first: str = ""  # which of both it is if the day appears first
    rule: str = ""  # one of OWN_RULES
    updated: str = ""
    update_rule: str = ""
    saved: str = ""
    month_and_day: str = ""  # MM-DD of a dateline without a year
    order: str = ""  # dmy or mdy, if the page shows how it writes dates in numbers
    address: str = ""


@cacheable
def find_page_dates(passages: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Find the dates on each page outside the story, and which of them belong to the article.

    Parameters
    ----------
    passages : DataFrame
        All passages of the articles, not only those of the story.
    articles : DataFrame
        The articles. Their language helps if the order of day and month is ambiguous.

    Returns
    -------
    DataFrame
        The span table page_dates: one row per date.

        - label: published, updated, saved or other.
        - rule: the reason for the label: label (a word such as "published" next to the date),
          byline, below the headline, dateline, time of day, above the headline, label elsewhere,
          label below the story; or, for other dates, the reason why the date does not count.
        - day_from, day_to: the date, or the two possible dates if the order of day and month is
          ambiguous; missing for a date without a year.

    Notes
    -----
    Not found: relative dates ("3 hours ago"), weekdays alone, and months without a day. If a page
    contradicts itself, several dates have the label published; `articles.published_from` is the
    most certain one according to the order of the rules above.

    Examples
    --------
    >>> import clippings as cl
    >>> articles, codebook = cl.load_example()
    >>> len(cl.find_page_dates(cl.find_passages(articles), articles))
    0
    """
    languages = dict(zip(articles.article, articles.language, strict=True))
    rows = []
    lines_by_article = by_article(passages)
    for article in in_turn(sorted(lines_by_article), "page dates"):
        lines = lines_of_passages(lines_by_article[article])
        for page_date in _dates_of_page(lines, languages.get(article, "")):
            rows.append({"article": article, **_cells(page_date, lines)})
    return make_table("page_dates", rows)


def lines_of_passages(passages: list) -> list[Line]:
    """Return the lines of a page, from its rows of the table of passages."""
    lines = []
    for row in passages:
        lines += _lines_of_passage(row.start, row.text, row.label)
    return lines


def _lines_of_passage(start: int, text: str, zone: str) -> list[Line]:
    """Return the lines of a passage; a paragraph of the story stays whole, but for a head of lines.

    Where a text is wrapped, a line that starts in lower case is taken for the rest of the one above
    it: "terça-feira, 16 de Março de 2021" below a headline. It is not part of the headline.
    """
    if "\n" not in text or zone == "comment":
        return [Line(start, text, zone)]
    physical = [
        Line(start + match.start(), match[0], zone) for match in re.finditer(r"[^\r\n]+", text)
    ]
    if zone == "body":
        return _without_head(Line(start, text, zone), physical)
    if zone == "headline":
        return [physical[0], *(line._replace(zone="byline") for line in physical[1:])]
    return physical


def _without_head(paragraph: Line, physical: list[Line]) -> list[Line]:
    """Return a paragraph without its first lines if they are a head that ends with a date."""
    for number, line in enumerate(physical[:MAX_HEAD_LINES]):
        dates = find_written_dates(line.text)
        if not dates:
            continue
        rest = _without_dates(line.text, dates)
        is_date = len(WORD.findall(rest)) <= MAX_WORDS_WITH_TIME
        # At the end of a paragraph, a date is different: "on March 16, 2021."
        if is_date and not LOWER_CASE_WORD.search(rest) and not line.text.endswith("."):
            head = [above._replace(zone="furniture") for above in physical[: number + 1]]
            below = physical[number + 1 :]
            if not below:
                return head
            end = paragraph.text[below[0].start - paragraph.start :]
            return [*head, Line(below[0].start, end, "body")]
    return [paragraph]


def _cells(page_date: PageDate, lines: list[Line]) -> dict:
    """Return the columns of a row besides the article."""
    line = lines[page_date.line]
    readings = page_date.written.readings
    return {
        "start": line.start + page_date.start,
        "end": line.start + page_date.end,
        "text": line.text[page_date.start : page_date.end],
        "label": page_date.label,
        "day_from": pd.Timestamp(min(readings)) if readings else pd.NaT,
        "day_to": pd.Timestamp(max(readings)) if readings else pd.NaT,
        "rule": page_date.rule,
    }


def read_page_dates(text: str, zones: list[Zone], language: str = "") -> PageDates:
    """Read the dates that a page states for its article.

    Parameters
    ----------
    text : str
        The text of the page.
    zones : list of Zone
        Its zones, as `find_zones` returns them.
    language : str, default ""
        Its language, if known.

    Returns
    -------
    PageDates
        The days that the page states.

    Examples
    --------
    >>> from clippings.corpus.zones import find_zones
    >>> page = "Road closed in Oslo\\n\\nPosted March 16, 2021\\n\\nThe road was closed, he said."
    >>> read_page_dates(page, find_zones(page)).published_from
    '2021-03-16'
    """
    lines = []
    for zone in zones:
        lines += _lines_of_passage(zone.start, text[zone.start : zone.end], zone.zone)
    return dates_of_lines(lines, language)


def dates_of_lines(lines: list[Line], language: str = "") -> PageDates:
    """Return the dates that a page states for its article; see `read_page_dates`."""
    place = _place_of_story(lines)
    page_dates = _dates_of_page(lines, language)
    published = _published(page_dates, place)
    updated = _updated(page_dates)
    saved = next((page_date for page_date in page_dates if page_date.label == SAVED), None)
    if published and updated and _contradicts(published, updated):
        published = None
    without_year = None if published else _without_year(page_dates)
    if without_year:
        published = _with_year_of_page(without_year, page_dates, lines)
    readings = published.written.readings if published else ()
    return PageDates(
        published_from=min(readings).isoformat() if readings else "",
        published_to=max(readings).isoformat() if readings else "",
        published_day_first=_read_day_first(published) if published else "",
        rule=published.rule if published else "",
        updated=_unambiguous(updated),
        update_rule=updated.rule if updated else "",
        saved=_unambiguous(saved),
        month_and_day=_month_and_day(without_year) if without_year and not published else "",
        order=_order([page_date.written for page_date in page_dates]),
        address=_own_address(lines),
    )


def _read_day_first(page_date: PageDate) -> str:
    """Return the day of a date in which the day appears first, if that is not known."""
    return page_date.written.read_as(day_first=True).readings[0].isoformat()


def _unambiguous(page_date: PageDate | None) -> str:
    """Return the day of a date, or "" if it is open."""
    readings = page_date.written.readings if page_date else ()
    return readings[0].isoformat() if len(readings) == 1 else ""


def _month_and_day(page_date: PageDate) -> str:
    """Return a day without its year: MM-DD."""
    return f"{page_date.written.month:02}-{page_date.written.day:02}"


def _order(dates: Iterable[WrittenDate]) -> str:
    """Return how a page writes dates in numbers, if one of them shows it."""
    orders = {True: "dmy", False: "mdy", None: ""}
    return orders[is_day_first(dates)]


class _Place(NamedTuple):
    """The positions of the headline and story of a page, as line numbers."""

    headline: int | None
    story_start: int
    story_end: int

    @property
    def top(self) -> int:
        """Return the line below which the day of the article is expected."""
        if self.headline is not None and self.headline < self.story_start:
            return self.headline
        return self.story_start - ABOVE_STORY - 1

    def is_below_headline(self, line: int) -> bool:
        """Return whether a line appears between headline and story."""
        return self.top < line < self.story_start and line - self.top <= BELOW_HEADLINE

    def is_above_headline(self, line: int, distance: int) -> bool:
        """Return whether a line appears at most a given number of lines above the headline."""
        return self.headline is not None and 0 < self.headline - line <= distance

    def is_among_first_paragraphs(self, line: int) -> bool:
        """Return whether a line appears where the story begins."""
        last = min(self.story_start + BELOW_FIRST_PARAGRAPH, self.story_end)
        return self.story_start <= line <= last


def _place_of_story(lines: list[Line]) -> _Place:
    """Return where the headline and story of a page are."""
    headlines = [number for number, line in enumerate(lines) if line.zone == "headline"]
    story = [number for number, line in enumerate(lines) if line.zone in ("body", "dateline")]
    return _Place(
        headline=headlines[0] if headlines else None,
        story_start=story[0] if story else len(lines),
        story_end=story[-1] if story else len(lines),
    )


def _dates_of_page(lines: list[Line], language: str) -> list[PageDate]:
    """Return all dates outside the story, in order of place, each with its label and rule."""
    place = _place_of_story(lines)
    dates_by_line = {}
    for number, line in enumerate(lines):
        dates = _dates_of_line(line, is_first_paragraph=place.is_among_first_paragraphs(number))
        if dates:
            dates_by_line[number] = dates
    _with_split_dates(dates_by_line, lines)
    dates_by_line = dict(sorted(dates_by_line.items()))
    if not dates_by_line:
        return []
    _with_year_below(dates_by_line, lines)
    day_first = _day_first_on_page(dates_by_line, lines, language)
    all_dates = list(chain.from_iterable(dates_by_line.values()))
    full_days = {written.day_of_calendar for written in all_dates if not written.is_ambiguous}
    listed = _lines_of_lists(dates_by_line, lines, place)
    page_dates = []
    for number, dates in dates_by_line.items():
        resolved = [_resolved(written, day_first, full_days) for written in dates]
        for position, written in enumerate(resolved):
            judgement = _judge(number, position, resolved, lines, place)
            if judgement:
                label, rule = judgement
                is_listed = number in listed and label == PUBLISHED and rule != "label"
                if is_listed:
                    label = OTHER
                    rule = "list"
                page_dates.append(
                    PageDate(number, written.start, written.end, label, rule, written)
                )
    return page_dates


def _with_year_below(dates_by_line: dict[int, list[WrittenDate]], lines: list[Line]) -> None:
    """Complete a day at the end of a line with the year that appears alone on the next line."""
    for number, dates in dates_by_line.items():
        last = dates[-1]
        is_at_end = last.year is None and not lines[number].text[last.end :].strip(BEFORE_YEAR)
        if is_at_end and number + 1 < len(lines):
            year_line = YEAR_LINE.fullmatch(lines[number + 1].text)
            if year_line and _day_in(int(year_line["year"]), last):
                dates[-1] = last._replace(year=int(year_line["year"]))


def _with_split_dates(dates_by_line: dict[int, list[WrittenDate]], lines: list[Line]) -> None:
    """Add the dates whose day, month and year appear on three lines, on the line of the month."""
    texts = [line.text.strip() for line in lines]
    may_be_part = [PART_OF_DATE.fullmatch(text) is not None for text in texts]
    for number in range(len(lines) - LINES_OF_SPLIT_DATE + 1):
        end = number + LINES_OF_SPLIT_DATE
        if not all(may_be_part[number:end]):
            continue
        parts = texts[number:end]
        if not any(YEAR_LINE.fullmatch(part) for part in parts):
            continue
        joined = " ".join(parts)
        dates = find_written_dates(joined)
        is_whole = len(dates) == 1 and dates[0].start == 0 and dates[0].end == len(joined)
        if is_whole and dates[0].year:
            month = next(place for place, part in enumerate(parts) if part[0].isalpha())
            line = lines[number + month]
            dates_by_line[number + month] = [dates[0]._replace(start=0, end=len(line.text))]


def _lines_of_lists(
    dates_by_line: dict[int, list[WrittenDate]], lines: list[Line], place: _Place
) -> set[int]:
    """Return the lines in runs of several days, one below the other: a list of other stories.

    A day with a time or byline on its line is not counted, and neither is one in the story.
    """
    listed: set[int] = set()
    run: dict[int, date | None] = {}
    for number, dates in dates_by_line.items():
        text = lines[number].text
        words = len(WORD.findall(_without_dates(text, dates)))
        is_plain = len(dates) == 1 and words <= MAX_WORDS_WITH_TIME
        if not is_plain or BYLINE.search(text) or _has_time(text, dates[0]):
            continue
        if run and number - max(run) > LIST_GAP:
            run = {}
        run[number] = dates[0].day_of_calendar
        is_above_headline = place.headline is not None and number < place.headline
        days_of_list = LIST_DAYS_ABOVE_HEADLINE if is_above_headline else LIST_DAYS
        if len(set(run.values())) >= days_of_list:
            listed |= run.keys()
    return listed


def _dates_of_line(line: Line, is_first_paragraph: bool) -> list[WrittenDate]:
    """Return the dates of a line, or of the start of a long paragraph if it may have a dateline."""
    text = line.text
    if len(text) > MAX_LINE:
        if not is_first_paragraph:
            return []
        text = text[:MAX_DATELINE]
    return list(_dates_in(text)) if DIGIT.search(text) else []


# Lists of stories and notices repeat on the pages of a site.
@lru_cache(maxsize=MAX_CACHED_LINES)
def _dates_in(text: str) -> tuple[WrittenDate, ...]:
    """Return the dates of a line."""
    return tuple(find_written_dates(text))


def _resolved(
    written: WrittenDate, day_first: bool | None, full_days: set[date | None]
) -> WrittenDate:
    """Return the date with its order decided by the page, if the page can decide it."""
    if not written.is_ambiguous:
        return written
    if day_first is not None:
        return written.read_as(day_first)
    # The same day appears elsewhere on the page in other words.
    repeated = [reading for reading in written.readings if reading in full_days]
    if len(repeated) == 1:
        return written.read_as(day_first=repeated[0].day == written.day)
    return written


def _day_first_on_page(
    dates_by_line: dict[int, list[WrittenDate]], lines: list[Line], language: str
) -> bool | None:
    """Return how a page orders day and month; None if nothing on it shows that."""
    all_dates = list(chain.from_iterable(dates_by_line.values()))
    if not any(written.is_ambiguous for written in all_dates):
        return None
    shown = is_day_first(all_dates)
    if shown is not None:
        return shown
    lines_with_dates = " ".join(lines[number].text for number in dates_by_line)
    has_american_zone = MONTH_FIRST_ZONES.search(lines_with_dates) is not None
    has_other_zone = DAY_FIRST_ZONES.search(lines_with_dates) is not None
    if has_american_zone != has_other_zone:
        return has_other_zone
    # Papers that write "16 March" also write 16/3; those that write "March 16" may write 16/3 too.
    named_orders = {written.order for written in all_dates if written.is_named and written.year}
    if named_orders == {"dmy"}:
        return True
    # In English it depends on the country; other languages put the day first.
    return True if language not in ("", "en") else None


def _judge(
    number: int, position: int, dates: list[WrittenDate], lines: list[Line], place: _Place
) -> tuple[str, str] | None:
    """Return the label and rule of a date; None for one in the story."""
    line = lines[number]
    written = dates[position]
    # 2021/03/16 looks like the counter of a form: 1500/1500.
    is_counter = "/" in line.text[written.start : written.end]
    if line.zone == "comment" or (line.zone == "form" and not is_counter):
        return OTHER, line.zone
    if _is_in_address(line.text, written):
        return OTHER, "address"
    if _is_head_of_print(line, written, lines):
        return SAVED, "head of a printed page"
    if _is_in_citation(number, position, dates, lines, place):
        return PUBLISHED, "label below the story"
    if line.zone == "dateline" or _is_dateline(number, written, lines, place):
        return PUBLISHED, "dateline"
    words = len(WORD.findall(_without_dates(line.text, dates)))
    label = _label(number, position, dates, lines)
    if line.zone in ("body", "headline", "subhead"):
        is_labelled = label in (PUBLISHED, UPDATED, SAVED) and words <= MAX_LABELLED_SENTENCE
        # "By Anna Bell, March 16, 2021 at 11:08 a.m." ends like a sentence.
        is_credit = words <= MAX_WORDS_WITH_DATE and BYLINE.match(line.text) is not None
        is_alone = words <= MAX_WORDS_ALONE and _has_time(line.text, written)
        is_at_start = line.zone == "body" and place.is_among_first_paragraphs(number)
        if not is_labelled and not (is_at_start and (is_credit or is_alone)):
            return None
    if label in (OTHER, SAVED):
        return label, "label"
    if is_notice(line.text):
        return OTHER, "notice"
    if PICTURE.match(line.text):
        return OTHER, "caption"
    if line.zone == "caption" and not _is_credit_line(line.text, dates):
        return OTHER, "caption"
    has_time = _has_time(line.text, written)
    if label:
        return _judge_labelled(label, number, words, has_time, lines, place)
    if words > MAX_WORDS_WITH_DATE or _is_in_phrase(line.text, position, dates):
        return OTHER, "sentence"
    return _judge_unlabelled(number, written, words, has_time, lines, place)


def _judge_labelled(
    label: str, number: int, words: int, has_time: bool, lines: list[Line], place: _Place
) -> tuple[str, str]:
    """Return the label and rule of a date with a word such as "published" next to it."""
    if words > MAX_WORDS_WITH_LABEL:
        return OTHER, "sentence"
    is_near_headline = (
        place.is_below_headline(number)
        or place.is_above_headline(number, ABOVE_HEADLINE_WITH_LABEL)
        or place.is_among_first_paragraphs(number)
    )
    if is_near_headline:
        return label, "label"
    if number <= place.story_end:
        # Teasers have labels too, but seldom a time of day.
        return (label, "label elsewhere") if has_time else (OTHER, "other story")
    # "Read next / Ferry crews to strike / Published 2 March 2021" is of another story.
    between = lines[place.story_end + 1 : number]
    is_next = all(line.zone in ("sign-off", "byline", "caption") for line in between)
    if (is_next and len(between) < BELOW_STORY) or _is_in_record(number, lines):
        return label, "label below the story"
    return OTHER, "other story"


def _is_in_record(number: int, lines: list[Line]) -> bool:
    """Return whether a line is one of several fields, as databases put them below an article."""
    neighbours = lines[max(number - 1, 0) : number] + lines[number + 1 : number + 2]
    has_field_next_to_it = any(FIELD.fullmatch(line.text) for line in neighbours)
    return has_field_next_to_it and FIELD.fullmatch(lines[number].text) is not None


def _judge_unlabelled(
    number: int,
    written: WrittenDate,
    words: int,
    has_time: bool,
    lines: list[Line],
    place: _Place,
) -> tuple[str, str]:
    """Return the label and rule of a date that only its place can explain."""
    if number > place.story_end:
        return OTHER, "below the story"
    line = lines[number]
    has_byline = _has_byline(number, lines)
    is_plain = not has_time and not has_byline
    has_weekday = written.weekday_agrees is not None or written.weekday is not None
    # Saturday, 2 November 2024 / Home / Sport / …: today's date.
    if is_plain and has_weekday and number < MASTHEAD and place.headline != number + 1:
        is_below_headline = place.headline is not None and place.headline < number
        if not is_below_headline:
            return OTHER, "masthead"
    if place.is_below_headline(number):
        return PUBLISHED, "byline" if has_byline else "below the headline"
    if place.is_among_first_paragraphs(number) and not is_plain:
        return PUBLISHED, "byline" if has_byline else "time of day"
    distance = ABOVE_HEADLINE if is_plain else ABOVE_HEADLINE_WITH_TIME
    # Ostrand, 2 November 2024: rain, 9 degrees
    has_other_words = is_plain and LOWER_CASE_WORD.search(_without_dates(line.text, [written]))
    if place.is_above_headline(number, distance) and not has_other_words:
        return PUBLISHED, "above the headline"
    # Today's date in the masthead may have a time too, but then it has a weekday.
    is_masthead = has_weekday or (number < MASTHEAD and place.headline is not None)
    if has_time and not is_masthead and words <= MAX_WORDS_WITH_TIME:
        return PUBLISHED, "time of day"
    return OTHER, "above the headline" if number < place.top else "in the story"


def _is_in_phrase(text: str, position: int, dates: list[WrittenDate]) -> bool:
    """Return whether words lead up to a date: Hearing set for 22 March 2021."""
    previous_end = dates[position - 1].end if position else 0
    before = text[previous_end : dates[position].start]
    phrase = PHRASE.fullmatch(before)
    if phrase is None or not phrase[1].islower():
        return False
    return not BYLINE.search(before) and not NAME_AND_POST.match(before)


def _without_dates(text: str, dates: list[WrittenDate]) -> str:
    """Return a line without its dates and the minutes that reading takes."""
    parts = []
    end = 0
    for written in dates:
        parts.append(text[end : written.start])
        end = written.end
    return READING_TIME.sub(" ", " ".join([*parts, text[end:]]))


def _is_in_address(text: str, written: WrittenDate) -> bool:
    """Return whether a date is part of a web address."""
    addresses = ADDRESS.finditer(text)
    return any(match.start() <= written.start < match.end() for match in addresses)


def _is_dateline(number: int, written: WrittenDate, lines: list[Line], place: _Place) -> bool:
    """Return whether a date is in the dateline of the story: Tolmere, 16. März 2021 –."""
    line = lines[number]
    if line.zone != "body" or not place.is_among_first_paragraphs(number):
        return False
    before = line.text[: written.start]
    after = line.text[written.end : MAX_DATELINE]
    return PLACE_OF_DATELINE.fullmatch(before) is not None and bool(END_OF_DATELINE.match(after))


def _is_in_citation(
    number: int, position: int, dates: list[WrittenDate], lines: list[Line], place: _Place
) -> bool:
    """Return whether a line below the story cites the article with this date.

    It has the form of a citation, or repeats the headline. Of two days, the later one is that on
    which the page was retrieved.
    """
    if number <= place.story_end or position > 0:
        return False
    text = lines[number].text
    written = dates[position]
    if citation := CITATION.search(text):
        return citation.start() < written.start < citation.end("published")
    if place.headline is None or not CITED.search(text):
        return False
    headline = lines[place.headline].text.strip().casefold()
    is_long_enough = len(headline.split()) >= MIN_CITED_WORDS
    return is_long_enough and headline in text[: written.start].casefold()


def _is_credit_line(text: str, dates: list[WrittenDate]) -> bool:
    """Return whether a line starts like one that says who wrote an article and when.

    A long one with a weekday and date passes for the caption of an agency's picture.
    """
    before = text[: dates[0].start]
    if BYLINE.match(text):
        return True
    has_few_words = len(WORD.findall(before)) <= MAX_WORDS_BEFORE_DATE
    return has_few_words and label_before(before) in (PUBLISHED, UPDATED)


def _has_time(text: str, written: WrittenDate) -> bool:
    """Return whether a time of day appears with a date."""
    before = text[max(written.start - TIME_DISTANCE, 0) : written.start]
    after = text[written.end : written.end + TIME_DISTANCE]
    # "Fri 6:45 PM, Feb 16, 2018" has the time inside; in 16.03.2021, the dot has another meaning.
    inside = text[written.start : written.end] if written.is_named else ""
    # The T of 2021-03-16T10:04 follows a digit.
    return any(TIME_OF_DAY.search(part) for part in (before, inside, f"0{after}"))


def _has_byline(number: int, lines: list[Line]) -> bool:
    """Return whether the line, or the one above or below, says who wrote the article."""
    if BYLINE.search(lines[number].text):
        return True
    neighbours = lines[max(number - 1, 0) : number] + lines[number + 1 : number + 2]
    return any(
        line.zone in ("byline", "furniture") and _is_byline(line.text) for line in neighbours
    )


def _is_byline(text: str) -> bool:
    """Return whether a line is a byline, or the name of a person alone."""
    return BYLINE.match(text) is not None or NAME_LINE.fullmatch(text) is not None


def _is_head_of_print(line: Line, written: WrittenDate, lines: list[Line]) -> bool:
    """Return whether a date was printed by a browser at the head of a page: 3/16/21, 10:04 AM."""
    is_at_start = written.start == 0 and not written.is_named and _has_time(line.text, written)
    if not is_at_start:
        return False
    return any(PAGE_COUNT.search(other.text) and ADDRESS.match(other.text) for other in lines)


def _label(number: int, position: int, dates: list[WrittenDate], lines: list[Line]) -> str:
    """Return the kind of a date by the words next to it: published, updated, saved, other, ""."""
    written = dates[position]
    text = lines[number].text
    in_text = [earlier for earlier in dates[:position] if not _is_in_address(text, earlier)]
    previous_end = in_text[-1].end if in_text else 0
    before = ADDRESS.sub(" ", text[previous_end : written.start])
    if label := label_before(before):
        return label
    is_first_on_line = position == 0 and not WORD.search(before)
    if is_first_on_line and number and (label := label_of_line(lines[number - 1].text)):
        return label
    # 16.03.2021 veröffentlicht; not "16 March 2021 | Updated 3 hours ago".
    is_last_on_line = position == len(dates) - 1
    return label_after(text[written.end :]) if is_last_on_line else ""


def _published(page_dates: list[PageDate], place: _Place) -> PageDate | None:
    """Return the publication date: of the most certain rule whose dates agree."""
    for rule in OWN_RULES:
        candidates = [
            page_date
            for page_date in page_dates
            if page_date.label == PUBLISHED
            and page_date.rule == rule
            and page_date.written.year
            and page_date.written.day_of_calendar != EPOCH
            and (rule == "label" or page_date.written.weekday_agrees is not False)
        ]
        if candidates and (chosen := _one_of(candidates, rule, place)):
            return chosen
    return None


def _one_of(candidates: list[PageDate], rule: str, place: _Place) -> PageDate | None:
    """Return the date that counts of those with one rule; None if they seem to be a list."""
    days = {page_date.written.readings for page_date in candidates}
    nearest = min(candidates, key=lambda page_date: abs(page_date.line - place.top))
    if len(days) == 1:
        return nearest
    if len({page_date.line for page_date in candidates}) == 1 or rule == "label":
        # Two days on one line are those of publication and of an update.
        same_line = [page_date for page_date in candidates if page_date.line == nearest.line]
        return min(same_line, key=lambda page_date: page_date.written.readings)
    if len(days) > MOST_DAYS or rule not in ("byline", "below the headline"):
        return None
    distances = sorted({abs(page_date.line - place.top) for page_date in candidates})
    is_much_nearer = distances[1] - distances[0] >= NEAREST_BY
    return nearest if is_much_nearer else None


def _updated(page_dates: list[PageDate]) -> PageDate | None:
    """Return the last update by the most certain rule."""
    for rule in OWN_RULES:
        candidates = [
            page_date
            for page_date in page_dates
            if page_date.label == UPDATED and page_date.rule == rule and page_date.written.year
        ]
        if candidates:
            return max(candidates, key=lambda page_date: page_date.written.readings)
    return None


def _contradicts(published: PageDate, updated: PageDate) -> bool:
    """Return whether an uncertain day of publication is later than an update near the headline."""
    is_uncertain = published.rule not in CERTAIN_RULES
    is_later = min(published.written.readings) > max(updated.written.readings)
    return is_uncertain and is_later and updated.rule == "label"


def _without_year(page_dates: list[PageDate]) -> PageDate | None:
    """Return the day of publication if it appears without its year."""
    for rule in CERTAIN_RULES:
        candidates = [
            page_date
            for page_date in page_dates
            if page_date.label == PUBLISHED
            and page_date.rule == rule
            and page_date.written.year is None
        ]
        days = {(page_date.written.month, page_date.written.day) for page_date in candidates}
        if len(days) == 1:
            return candidates[0]
    return None


def _with_year_of_page(
    without_year: PageDate, page_dates: list[PageDate], lines: list[Line]
) -> PageDate | None:
    """Return the date with the year in which the page was seen, if two signs agree on that year.

    Pages leave the year out while it lasts. So the day is the last one before the newest date on
    the page. The form of a dateline never changes, so the page does not reveal its year.
    """
    if without_year.rule == "dateline":
        return None
    days = [
        page_date.written.day_of_calendar
        for page_date in page_dates
        if page_date.written.year and not page_date.written.is_ambiguous
    ]
    copyright_years = []
    for line in lines:
        if len(line.text) <= MAX_LINE:
            copyright_years += [int(match["year"]) for match in COPYRIGHT_YEAR.finditer(line.text)]
    newest = max(days, default=None)
    year_seen = max(copyright_years, default=0)
    written = without_year.written
    if newest is None or newest.year != year_seen:
        # One sign alone may be old; a weekday that agrees is a second one.
        year = year_seen or (newest.year if newest else 0)
        day = _day_in(year, written)
        if day is None or written.weekday is None or day.weekday() != written.weekday:
            return None
    else:
        day = _day_in(year_seen, written)
        if day is None or day > newest + timedelta(days=MAX_DAYS_AHEAD):
            return None
        if written.weekday is not None and written.weekday != day.weekday():
            return None
    return without_year._replace(written=written._replace(year=day.year))


def _day_in(year: int, written: WrittenDate) -> date | None:
    """Return a day without a year, in this year."""
    try:
        return date(year, written.month, written.day)
    except ValueError:
        return None


def _own_address(lines: list[Line]) -> str:
    """Return the address of the page, if it says where it was saved from; "" if not."""
    for number, line in enumerate(lines):
        # Every address contains one of these, most lines do not.
        if "/" not in line.text and "." not in line.text:
            continue
        match = ADDRESS.search(line.text)
        if not match:
            continue
        before = line.text[: match.start()]
        is_alone = not before.strip() and match.end() == len(line.text)
        is_first = is_alone and number < ADDRESS_LINES
        is_foot_of_print = match.start() == 0 and PAGE_COUNT.fullmatch(line.text[match.end() :])
        if ADDRESS_LABEL.search(before) or is_first or is_foot_of_print:
            return match[0].rstrip(".,;)>]")
    return ""
