"""The article that every export reader returns, and its row in the article table."""

import hashlib
import re
from dataclasses import dataclass, field
from functools import cache

from babel import Locale

from clippings.core.lexicon import words_of
from clippings.core.tokens import fold
from clippings.corpus import problems
from clippings.corpus.date_sources import EXPORT
from clippings.corpus.encodings import text_problem
from clippings.corpus.exports.dates import date_in_field, month_of_issue
from clippings.corpus.rows import ArticleRow, one_line
from clippings.corpus.written_dates import YEARS

ABSTRACT_NOTE = "abstract"  # there is only an abstract of the story
LENGTH_NOTE = "length_differs"  # the length differs from the stated number of words
"""Codes of the column `note`."""

MIN_STATED_WORDS = 100
"""Words: in shorter articles, headline and byline make a difference."""

MIN_SHARE_OF_STATED = 0.6
"""Databases count words in different ways, with or without headline, numbers and tables."""

NAMED_LANGUAGES = ("en", "de", "fr", "nl", "es", "it", "pt", "sv", "da", "nb", "pl", "ru", "tr")
"""The languages in which an export may write the name of any of these languages."""

THREE_LETTERS = {
    **{"eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "nld": "nl", "dut": "nl"},
    **{"spa": "es", "ita": "it", "por": "pt", "swe": "sv", "dan": "da", "pol": "pl", "rus": "ru"},
}
"""Codes of ISO 639-2, in both of its forms."""

BY = re.compile(r"(?:by|von|par|door|por|di|de)\s+(?=\S)", re.IGNORECASE)
"""Words that open a byline and are not part of the names. A name may begin with De or Di, so they
count only in a field that contains a byline."""

PARTICLES = ("de", "di", "da", "del", "van", "von", "der", "le", "la", "el", "al")
"""Words with which surnames begin."""

NAME_STARTS = ("De", "Di")
"""Words that lead a byline in small letters only; with a capital, they begin a surname."""

MAIL_ADDRESS = re.compile(r"[(<]?\S+@\S+\.\S+")
PLACE_OF_AUTHOR = re.compile(r"\s+in\s+[A-ZÀ-Ž].*")  # By Jo Reed in Ostrand

NAME_SEPARATOR = re.compile(
    r"""
      \s*;\s*                    # Reed, Jo; Hill, Sam
    | \s*[/|•]\s*                # Jo Reed / Sam Hill
    | \s+(?:and|und|et|en|y)\s+  # Jo Reed and Sam Hill
    | \s*&\s*
    """,
    re.IGNORECASE | re.VERBOSE,
)
INVERTED_NAME = re.compile(r"([^,]+),\s+([^,]+)")  # Reed, Jo

MAX_TITLE_LINES = 4

MAX_GIVEN_NAMES = 3
"""Words after the comma of "Reed, Jo Anna": with more it is a job or a place, not given names."""


@dataclass
class ExportedArticle:
    """An article of an export, as the export states it."""

    title: str = ""
    outlet: str = ""
    author: str = ""  # the byline
    section: str = ""
    language: str = ""
    date: str = ""
    url: str = ""
    dateline: str = ""
    summary: str = ""  # the standfirst, which is printed above the story
    text: str = ""  # the story, without the fields above
    is_abstract: bool = False  # whether the text is only an abstract
    stated_words: int | None = None  # the length of the article in words, as the export states it
    fields: dict[str, str] = field(default_factory=dict)
    """All labelled values by what the label means, also those that have no place above."""

    def row(self, day_first: bool | None = None) -> ArticleRow:
        """Create the row of the article table.

        Parameters
        ----------
        day_first : bool, optional
            The order of day and month in dates such as 03/04/2021; None if it is unknown.

        Returns
        -------
        ArticleRow
            The row, or one with a problem if there is no text.
        """
        text = self._page()
        problem = problems.exported_without_text() if not self.text.strip() else text_problem(text)
        title = one_line(self.title)
        row = ArticleRow(
            text="" if problem else text,
            problem=problem,
            title=title,
            outlet=one_line(self.outlet),
            author=", ".join(self._names()),
            section=one_line(self.section),
            url=one_line(self.url),
            language=language_code(self.language),
            note=self._note(),
            stated_words=self.stated_words,
            sha256=hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest(),
        )
        return _dated(row, one_line(self.date), day_first)

    def _names(self) -> list[str]:
        """Return the names of the authors; some bylines add the outlet."""
        outlet = fold(one_line(self.outlet))
        return [name for name in names_of(self.author) if fold(name) != outlet]

    def _note(self) -> str:
        """Return a code for what an analyst should know about the text; "" if it is complete."""
        if self.is_abstract:
            return ABSTRACT_NOTE
        words = len(self.text.split())
        is_stated = self.stated_words is not None and self.stated_words >= MIN_STATED_WORDS
        if is_stated and not self._is_plausible_length(words):
            return LENGTH_NOTE
        return ""

    def _is_plausible_length(self, words: int) -> bool:
        """Return whether the text has about as many words as the export states."""
        least = MIN_SHARE_OF_STATED * self.stated_words
        return least <= words <= self.stated_words / MIN_SHARE_OF_STATED

    def _page(self) -> str:
        """Return the text with headline, standfirst, byline and dateline on top, as on a page."""
        story = _without_title(self.text.strip(), self.title)
        parts = [self.title, self.summary, self._byline(), self.dateline]
        top = [part.strip() for part in parts if part.strip() and not _starts_with(story, part)]
        return "\n\n".join([*top, story])

    def _byline(self) -> str:
        """Return the byline as a page prints it: "By Jo Reed", also for "Reed, Jo"."""
        byline = self.author.strip()
        first_name = INVERTED_NAME.fullmatch(byline.split(";")[0])
        names = names_of(byline)
        if first_name and " " not in first_name[1].strip() and names:
            *others, last = names
            byline = f"{', '.join(others)} and {last}" if others else last
        if byline and self.language_code() in ("", "en") and not BY.match(byline):
            return f"By {byline}"
        return byline

    def language_code(self) -> str:
        """Return the language that the export states, as two letters; "" if it states none."""
        return language_code(self.language)


def _without_title(story: str, title: str) -> str:
    """Remove a repeated title from the beginning of the story."""
    lines = story.split("\n")
    wanted = one_line(title)
    for number in range(1, min(MAX_TITLE_LINES, len(lines)) + 1):
        if wanted and one_line(" ".join(lines[:number])) == wanted:
            return "\n".join(lines[number:]).strip()
    return story


def _starts_with(story: str, part: str) -> bool:
    """Return whether a line already appears among the first lines of a story."""
    first_lines = [one_line(line) for line in story.split("\n", 6)[:6] if line.strip()]
    return one_line(part) in first_lines[:3]


def _dated(row: ArticleRow, date: str, day_first: bool | None) -> ArticleRow:
    """Add the date that the export states to the row; unclear dates are not guessed."""
    if not date:
        return row
    if date.isdecimal() and int(date) in YEARS:
        first = f"{date}-01-01"
        last = f"{date}-12-31"
        return row._replace(published_from=first, published_to=last, dated_by=EXPORT)
    month = month_of_issue(date)
    if month:
        first = month[0].isoformat()
        last = month[1].isoformat()
        return row._replace(published_from=first, published_to=last, dated_by=EXPORT)
    written = date_in_field(date)
    if written and day_first is not None:
        written = written.read_as(day_first)
    where = problems.DATE_SOURCES[EXPORT]
    if written is None:
        return row._replace(date_note=problems.date_not_understood(where, date))
    if written.is_ambiguous:
        return row._replace(date_note=problems.date_with_open_order(where, date))
    day = written.day_of_calendar.isoformat()
    return row._replace(published_from=day, published_to=day, dated_by=EXPORT)


def names_of(byline: str) -> list[str]:
    """Return the names of authors in a byline.

    Parameters
    ----------
    byline : str
        "By Jo Reed and Sam Hill", "Reed, Jo; Hill, Sam".

    Returns
    -------
    list of str
        The names in their order, with the given name first.

    Examples
    --------
    >>> names_of("By Jo Reed and Sam Hill")
    ['Jo Reed', 'Sam Hill']
    >>> names_of("Reed, Jo; Hill, Sam")
    ['Jo Reed', 'Sam Hill']
    """
    byline = MAIL_ADDRESS.sub("", one_line(byline))
    lead = BY.match(byline)
    is_surname = INVERTED_NAME.match(byline) and lead and lead[0].strip() != "By"
    if lead and lead[0].strip() not in NAME_STARTS and not is_surname:
        byline = byline[lead.end() :]
    names = []
    for part in filter(None, NAME_SEPARATOR.split(byline)):
        names.extend(_names_between_commas(part))
    return [name for name in names if not _is_role(name)]


def _names_between_commas(part: str) -> list[str]:
    """Return the names of "Jo Reed, Sam Hill", or the one of "Reed, Jo"."""
    pieces = [PLACE_OF_AUTHOR.sub("", piece).strip(" ,.;:") for piece in part.split(",")]
    pieces = [piece for piece in pieces if piece]
    if len(pieces) > 1 and all(" " in piece for piece in pieces):
        return pieces
    return [_given_name_first(", ".join(pieces))] if pieces else []


def _is_role(name: str) -> bool:
    """Return whether words are a job in a newsroom: "Staff Writer"."""
    words = set(fold(name).split())
    return not words.isdisjoint(words_of("en/page/newsroom_roles", kind="person"))


def _given_name_first(name: str) -> str:
    """Return a name as it is spoken: "Reed, Jo" is Jo Reed."""
    name = name.strip(" ,.;")
    inverted = INVERTED_NAME.fullmatch(name)
    if not inverted:
        return name
    surname = inverted[1]
    given = inverted[2]
    first_word = surname.split()[0].lower()
    # "Jo Reed, Tarnow Post" has two words in front of the comma; so has "van Dorn, Jo".
    is_surname = " " not in surname or first_word in PARTICLES
    if is_surname and len(given.split()) <= MAX_GIVEN_NAMES:
        return f"{given} {surname}"
    return name


def language_code(name: str) -> str:
    """Return the two letters of a language that is named in one of the languages of exports.

    Parameters
    ----------
    name : str
        "English", "GERMAN; DEUTSCH", "français", "en".

    Returns
    -------
    str
        The code, or "" if the name is not known.

    Examples
    --------
    >>> language_code("GERMAN; DEUTSCH"), language_code("français"), language_code("en-GB")
    ('de', 'fr', 'en')
    """
    codes = _language_codes()
    for word in re.split(r"[;,/()\s]+", fold(name).strip()):
        code = codes.get(word) or codes.get(word.split("-")[0], "")
        if code:
            return code
    return ""


@cache
def _language_codes() -> dict[str, str]:
    """Return folded name of a language → its code."""
    codes = {code: code for code in NAMED_LANGUAGES} | THREE_LETTERS
    for named_in in NAMED_LANGUAGES:
        names = Locale(named_in).languages
        for code in NAMED_LANGUAGES:
            codes.setdefault(fold(names[code]), code)
    return codes
