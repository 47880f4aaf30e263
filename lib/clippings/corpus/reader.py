"""Read a folder into the article table, with a row for each article and each unreadable file."""

import hashlib
import os
import re
import stat
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import Executor
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from rapidfuzz import process

from clippings.core.cache import cache_folder, read_text_facts, write_text_facts
from clippings.core.errors import BadInput
from clippings.core.languages import detect_language
from clippings.core.parallel import map_chunks
from clippings.core.tables import make_table
from clippings.corpus import problems
from clippings.corpus.article_ids import with_unique_ids
from clippings.corpus.codebook import read_codebook
from clippings.corpus.companion_files import find_companions
from clippings.corpus.date_sources import CODEBOOK
from clippings.corpus.dating import with_dates
from clippings.corpus.formats import file_problem, is_note, max_bytes, read_rows
from clippings.corpus.garbled import ungarble
from clippings.corpus.page_dates import PageDates, read_page_dates
from clippings.corpus.rows import ArticleRow, Limits
from clippings.corpus.snapshot import is_snapshot, read_snapshot
from clippings.corpus.zones import find_credits_and_zones

PUBLICATION_DATES = ("published_from", "published_to")
DATES = (*PUBLICATION_DATES, "updated", "saved")
SHARE_SIZE = 50  # files that a process reads, one after the other
SIMILAR_NAME = 82  # of 100: a name in the codebook that is so similar is probably misspelt


class SourceFile(NamedTuple):
    """A file of the corpus, or a folder that cannot be listed."""

    article: str  # its id
    path: Path
    problem: str = ""


class Outlet(NamedTuple):
    """An outlet of the codebook, and a pattern by which its articles are recognised."""

    name: str
    pattern: re.Pattern


class Description(NamedTuple):
    """The details that a text states about itself; texts or tuples of texts, which are cached."""

    title: str = ""
    author: str = ""
    outlet: str = ""
    language: str = ""
    dates: tuple[str, ...] = ()  # the fields of PageDates


def read_articles(
    folder: str | os.PathLike,
    *,
    max_mb: float = 20,
    repair_garbled: bool = True,
    executor: Executor | None = None,
    cache_dir: str | os.PathLike | None = None,
) -> pd.DataFrame:
    """Read the articles of a folder, together with the facts in its codebook.

    Parameters
    ----------
    folder : str or path
        A folder with any of the following: texts, web pages, PDF, Word and other documents with
        one article each; tables with a column text and, optionally, title, date, outlet and url
        (codebook/columns.csv can assign other names); emails, mailboxes, feeds, books, notes and
        web archives; and archives of any of these. docs/how-to/own-folder.md lists all formats.
        Texts can be in UTF-8, UTF-16 or UTF-32, or in Windows-1252 and similar encodings if the
        result is in a known language. The format is recognised from the first bytes of a file or,
        if they are not conclusive, from its name. Subfolders are read. Hidden files, codebook/,
        out/ and notes about the corpus (README, SOURCES, LICENSE) are ignored.
    max_mb : float
        The maximum size of an article, in megabytes. A table or archive may be 50 times as large.
    repair_garbled : bool
        Whether to repair text that was garbled before it was saved ("JosÃ©" is José, see
        `clippings.corpus.garbled`). The files are not changed; offsets refer to the repaired text.
    executor : Executor, optional
        Processes that share the work, as for `find_all`.
    cache_dir : str or path, optional
        Folder of the cache, as for `find_all`.

    Returns
    -------
    DataFrame
        One row per article, sorted by `article`. A file that cannot be used also has a row, without
        text; pictures and other files next to articles share one row for each kind.

        article
            The unique id: the path within the folder, feed.csv#12 for the 12th row of a table,
            pages.zip/a.txt for a file in an archive, or news.eml/a.pdf for an attachment. Bytes of
            a name that are not UTF-8 are written as \\xNN. If several articles would have the same
            id, "~" and a hash are added to all but one of them.
        title
            The headline printed on the page or stated by the file.
        outlet
            From codebook/articles.csv, the file itself, codebook/outlets.csv or else the page.
        url
            From codebook/articles.csv or the file itself.
        published_from, published_to
            The first and last possible day of publication, usually the same. They are taken from
            the first source that states a date: codebook/articles.csv, the file or table, the page
            (see `find_page_dates`), its address, the file name.
        author, section, updated, saved
            The names of the authors, separated by commas; the section of the newspaper or site; and
            the dates of the last change and of saving the page, as stated by the file or page.
        dated_by
            The source of the date: codebook, column (of a table), export (of a database),
            metadata (of a web page), front_matter, header_lines, feed, email, book, page,
            page_update (the page states no other day), address, file_name or dateline (with the
            year from the address or file name); "" if there is no date.
        date_note
            The name of the column that contains the date, or why a date could not be read.
        dates_against
            Contradictory dates from the page, its address or the file name, with the same codes:
            "file_name 2021-04-02".
        language
            A two-letter code, or "" if the language is unknown.
        text
            The decoded text without its byte order mark and with all line breaks, or the text
            extracted from the page or document.
        repaired
            How the text had been garbled: utf-8 (read in another encoding), mac-roman, escapes; ""
            if nothing was repaired.
        problem
            The reason why a file cannot be used, and how to fix it; "" if it can be used. An
            article with the same bytes or text as an earlier one is not used, unless their outlets
            or urls differ.
        note
            A note on the text of a database export: abstract (the export contains only an abstract
            of the article) or length_differs (the text is much shorter or longer than stated); ""
            if neither applies.
        stated_words
            The length of the article in words according to a database export; missing if unknown.

    Raises
    ------
    BadInput
        If the folder does not exist or cannot be listed, or if a row of the codebook is not valid.
        The message explains how to fix it.

    Notes
    -----
    All formats except texts, CSV, JSON Lines and archives are read by a child process with limits
    on time and memory (see `clippings.corpus.reader_process`). Relative dates such as "3 hours ago"
    are not recognised.

    Examples
    --------
    >>> import clippings as cl
    >>> articles = cl.read_articles("lib/clippings/data/flood")
    >>> articles[["article", "outlet", "language"]].head(3)
                              article         outlet language
    0              01_river_rises.txt    Valley Post       en
    1     02_levee_breach_ostrand.txt    Valley Post       en
    2  03_ostrand_counts_the_cost.txt  Coast Courier       en
    """
    root = Path(folder)
    if not root.is_dir():
        raise BadInput(f"{_shown(root)} is not a folder: name a folder of saved articles")
    if is_snapshot(root):
        return read_snapshot(root)
    codebook = read_codebook(root)
    limits = Limits(max_mb * 1e6, names_of_columns(codebook["columns"]))
    rows = rows_of_folder(root, limits, executor)
    if repair_garbled:
        rows = [_without_garbling(row) for row in rows]
    descriptions = _find_descriptions(rows, executor, cache_folder(cache_dir))
    known = _known_articles(codebook["articles"], [row.article for row in rows])
    rows = [row._replace(**known.get(row.article, {})) for row in rows]
    rows = _without_same_bytes(rows)
    rows = _with_outlets(rows, _outlets(codebook["outlets"]))
    # Details stated by a text never override its file or the codebook.
    descriptions = {
        position: description
        for position, description in descriptions.items()
        if rows[position].text
    }
    rows = _with_descriptions(rows, descriptions)
    # Last, because a date like 03/04/2021 is read as the outlet's other articles write dates.
    pages = {
        position: PageDates(*description.dates) for position, description in descriptions.items()
    }
    rows = with_dates(rows, pages)
    return make_table("articles", _cells(rows))


def _shown(path: Path) -> str:
    """Return a path as text that can be printed, with bytes that are not UTF-8 as \\xNN."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def names_of_columns(table: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Map the columns in codebook/columns.csv to their names in tables, as for `Limits`."""
    names = table.groupby("column", sort=False).name
    return {column: tuple(group) for column, group in names}


def rows_of_folder(root: Path, limits: Limits, executor: Executor | None) -> list[ArticleRow]:
    """Return all rows of a folder, by their unique ids."""
    work = partial(_read_files, root=root, limits=limits)
    shares = map_chunks(executor, work, _in_portions(_source_files(root)), "files")
    rows = with_unique_ids(list(chain.from_iterable(shares)))
    return sorted(rows, key=_order_of_reading)


# The columns of a row with words of the article.
GARBLED_COLUMNS = ("text", "title", "outlet", "author", "section")


def _without_garbling(row: ArticleRow) -> ArticleRow:
    """Return the row with what garbled its words undone."""
    repairs = {column: ungarble(getattr(row, column)) for column in GARBLED_COLUMNS}
    codes = dict.fromkeys(chain.from_iterable(repair.codes for repair in repairs.values()))
    if not codes:
        return row
    words = {column: repair.text for column, repair in repairs.items()}
    return row._replace(**words, repaired=" ".join(codes))


def _order_of_reading(row: ArticleRow) -> tuple:
    """Return the sort key of duplicates: the file, and within a table the row number."""
    *names, last = row.origin.split("\0")
    number = int(last[1:]) if names and last.startswith("#") and last[1:].isdecimal() else 0
    return (names if number else [*names, last], number, row.article)


def _source_files(root: Path) -> list[SourceFile]:
    """Return all files of a folder and of the folders below it; links are not followed."""
    files = []
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(root / folder) as entries:
                for entry in entries:
                    name = folder + entry.name
                    if _is_passed_over(name, entry):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(f"{name}/")
                    else:
                        files.append(SourceFile(_article_id(name), root / name))
        except OSError as error:
            if not folder:
                reason = f"{_shown(root)} cannot be listed ({error.strerror})"
                raise BadInput(f"{reason}: check its permissions") from None
            problem = problems.unreadable_folder(error.strerror)
            files.append(SourceFile(_article_id(folder[:-1]), root / folder, problem))
    return sorted(_with_companions_counted(files, root))


def _with_companions_counted(files: list[SourceFile], root: Path) -> list[SourceFile]:
    """Combine pictures, and the parts of saved pages, into one row for each kind."""
    companions = find_companions(file.article for file in files)
    articles = [file for file in files if file.article not in companions.names]
    path_of = {file.article: file.path for file in files}
    for name, problem in companions.problems.items():
        articles.append(SourceFile(name, path_of.get(name, root / name), problem))
    return articles


def _is_passed_over(name: str, entry: os.DirEntry) -> bool:
    """Return whether a path is hidden, a note about the corpus, the codebook or our own output.

    A folder codebook/ further down is like any other, and so is a file named "out".
    """
    if name in ("codebook", "out"):
        return not entry.is_file(follow_symlinks=False)
    if entry.name.startswith("."):
        return True
    return is_note(name) and not entry.is_dir(follow_symlinks=False)


def _article_id(name: str) -> str:
    """Return the id of a file: its path in the folder, with non-UTF-8 bytes as \\xNN."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _in_portions(items: list) -> list[list]:
    """Return the items in lists of a size that is worth the way to another process."""
    return [items[start : start + SHARE_SIZE] for start in range(0, len(items), SHARE_SIZE)]


def _read_files(files: list[SourceFile], root: Path, limits: Limits) -> list[ArticleRow]:
    """Return the rows of some files."""
    rows: list[ArticleRow] = []
    for article, path, problem in files:
        origin = str(path.relative_to(root))
        data = b""
        if not problem:
            problem, data = _read_bytes(path, root, max_bytes(path.name, limits))
        if problem:
            rows.append(ArticleRow(article=article, origin=origin, problem=problem))
        else:
            rows.extend(read_rows(article, data, limits, origin))
    return rows


def _find_descriptions(
    rows: list[ArticleRow], executor: Executor | None, folder: Path | None
) -> dict[int, Description]:
    """Return the details that each row's text states, by row position; cached in a folder."""
    pages = {position: (row.text, row.title) for position, row in enumerate(rows) if row.text}
    keys = {position: _page_key(*page) for position, page in pages.items()} if folder else {}
    known: dict[str, tuple] = read_text_facts(folder, "descriptions") if folder else {}
    new = [position for position in pages if keys.get(position) not in known]
    portions = _in_portions([pages[position] for position in new])
    shares = map_chunks(executor, _describe, portions, "headlines")
    described = list(chain.from_iterable(shares))
    descriptions = dict(zip(new, described, strict=True))
    for position in pages:
        if position not in descriptions:
            descriptions[position] = Description(*known[keys[position]])
    if folder and new:
        # Known texts are written again, too: texts that no longer exist are dropped.
        facts = {keys[position]: descriptions[position] for position in pages}
        write_text_facts(folder, "descriptions", facts)
    return descriptions


def _with_descriptions(
    rows: list[ArticleRow], descriptions: dict[int, Description]
) -> list[ArticleRow]:
    """Add languages and, if the files do not state them, titles, authors and outlets."""
    complete = list(rows)
    for position, description in descriptions.items():
        row = rows[position]
        complete[position] = row._replace(
            title=row.title or description.title,
            author=row.author or description.author,
            outlet=row.outlet or description.outlet,
            language=description.language or row.language,
        )
    return complete


def _page_key(text: str, title: str) -> str:
    """Return a hash of all that the description of a page rests on."""
    return hashlib.sha256(f"{title}\0{text}".encode(errors="surrogatepass")).hexdigest()


def _describe(pages: list[tuple[str, str]]) -> list[Description]:
    """Describe pages, each given by its text and the title that its file states."""
    return [_description(text, title) for text, title in pages]


def _description(text: str, title: str) -> Description:
    """Describe a page; its zones are found once for all that rests on them."""
    credits, zones = find_credits_and_zones(text, title)
    language = detect_language(text)
    return Description(
        title=credits.headline,
        author=credits.author,
        outlet=credits.outlet,
        language=language,
        dates=tuple(read_page_dates(text, zones, language)),
    )


def _read_bytes(path: Path, root: Path, limit: float) -> tuple[str, bytes]:
    """Return a problem or the bytes of a file."""
    try:
        if problem := _path_problem(path, root):
            return problem, b""
        with open(path, "rb", opener=_open_without_waiting) as file:
            size = os.fstat(file.fileno()).st_size
            if size > limit:
                return problems.too_large(limit), b""
            data = file.read(size + 1)
    except OSError as error:
        return problems.unreadable_file(error.strerror), b""
    if len(data) != size:
        return problems.changed_meanwhile(), b""
    return "", data


def _open_without_waiting(path, flags: int) -> int:
    """Open a file; if it has become a pipe since we looked, do not wait for a writer."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _path_problem(path: Path, root: Path) -> str:
    """Return why a path is not a file of texts, without a look inside; "" if it may be one."""
    if path.is_symlink():
        target = Path(os.path.realpath(path))
        if not target.is_relative_to(os.path.realpath(root)):
            return problems.link_outside()
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        return problems.link_to_folder()
    if not stat.S_ISREG(mode):
        return problems.not_a_file()
    return file_problem(path.name)


def _known_articles(table: pd.DataFrame, articles: list[str]) -> dict[str, dict[str, str]]:
    """Return the entries of codebook/articles.csv for each article: columns of ArticleRow.

    Names are compared in one Unicode form, because disks store them in different ones.
    """
    by_name = {unicodedata.normalize("NFC", article): article for article in articles}
    known: dict[str, dict[str, str]] = {}
    for row in table.to_dict("records"):
        name = row.pop("article")
        article = by_name.get(unicodedata.normalize("NFC", name))
        where = f"codebook/articles.csv: article {name!r}"
        if article is None:
            similar = process.extractOne(name, articles, score_cutoff=SIMILAR_NAME)
            advice = f"write {similar[0]!r}" if similar else "correct the name"
            raise BadInput(f"{where} is not a file in the folder: {advice}, or delete the row")
        if article in known:
            raise BadInput(f"{where} has two rows: merge them")
        known[article] = _codebook_cells(row)
    return known


def _codebook_cells(row: dict[str, str]) -> dict[str, str]:
    """Return the filled cells of a codebook row; a date replaces both dates of the file."""
    cells = {column: value for column, value in row.items() if value}
    if not any(column in cells for column in PUBLICATION_DATES):
        return cells
    without_dates = dict.fromkeys((*PUBLICATION_DATES, "date_note"), "")
    return {**without_dates, "dated_by": CODEBOOK, **cells}


def _without_same_bytes(rows: list[ArticleRow]) -> list[ArticleRow]:
    """Remove the text of each row with the bytes of an earlier one, which would count twice.

    It stays when both rows name a source, an outlet or address, and these differ: then two outlets
    published it.
    """
    first_of_source: dict[str, dict[tuple, str]] = defaultdict(dict)
    checked = []
    for row in rows:
        if not row.problem:
            sources = first_of_source[row.sha256]
            first = _same_article(sources, (row.outlet, row.url))
            if first:
                problem = problems.same_bytes(first)
                row = row._replace(problem=problem, text="", title="", language="")
            else:
                sources[row.outlet, row.url] = row.article
        checked.append(row)
    return checked


NO_SOURCE = ("", "")


def _same_article(sources: dict[tuple, str], source: tuple) -> str:
    """Return the id of an earlier article that a row repeats; "" if there is none."""
    first_source = next(iter(sources), None)
    if first_source is not None and NO_SOURCE in (source, first_source):
        return sources[first_source]  # without a source, it may be the same one
    return sources.get(source, "")


def _outlets(table: pd.DataFrame) -> list[Outlet]:
    """Return the outlets of the codebook. An agency's name marks what others took over from it."""
    return [
        Outlet(row.outlet, re.compile(row.pattern))
        for row in table.itertuples()
        if row.agency != "yes"
    ]


def _with_outlets(rows: list[ArticleRow], outlets: list[Outlet]) -> list[ArticleRow]:
    """Add to rows without an outlet the first codebook outlet whose pattern matches the text."""
    complete = []
    for row in rows:
        if row.text and not row.outlet:
            matches = (outlet.name for outlet in outlets if outlet.pattern.search(row.text))
            row = row._replace(outlet=next(matches, ""))
        complete.append(row)
    return complete


def _cells(rows: Iterable[ArticleRow]) -> list[dict]:
    """Return the rows as cells of the article table, sorted by id as they are read."""
    cells = []
    for row in rows:
        record = row._asdict()
        del record["origin"], record["column_uses"]
        for column in DATES:
            record[column] = pd.Timestamp(record[column]) if record[column] else pd.NaT
        cells.append(record)
    return cells
