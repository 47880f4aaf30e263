"""Unique names: article ids, and the file names made from them.

An id is a path below the corpus, with "#12" for a row of a table and "pages.zip/a.txt" for a file
of an archive. That can be ambiguous: a file may be called "a.csv#1", bytes that are not UTF-8 are
written as "\\xNN", which a name may contain too, an archive may contain a name twice, and two
names may differ only in their Unicode form.
"""

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from urllib.parse import quote

from clippings.corpus.rows import ArticleRow

HASH_LENGTHS = range(8, 65, 8)  # hexadecimal digits: as many as are needed to stay apart

FILE_HASH_LENGTH = 32  # hexadecimal digits, 128 bits: nobody can make two ids with one hash
MAX_FILE_NAME = 200  # bytes of 255 that a disk allows
KEPT_OF_LONG_NAME = 150
LOOKS_HASHED = re.compile(rf"~[0-9a-f]{{{FILE_HASH_LENGTH}}}$")  # a.txt~3f786850e387550f…


def with_unique_ids(rows: list[ArticleRow]) -> list[ArticleRow]:
    """Give each row an id that no other row has.

    Parameters
    ----------
    rows : list of ArticleRow
        All rows of a corpus, in any order.

    Returns
    -------
    list of ArticleRow
        The rows in the same order. An id that several rows claim stays with the first of them, by
        `_claim`; the others have "~" and a hash of their origin and content after it. The order of
        the rows does not matter.

    Examples
    --------
    >>> rows = [ArticleRow("a.csv#1", "a.csv#1"), ArticleRow("a.csv#1", "a.csv\\0#1")]
    >>> [row.article for row in with_unique_ids(rows)]
    ['a.csv#1', 'a.csv#1~10671b05']
    """
    positions: dict[str, list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        positions[_key(row.article)].append(position)
    if len(positions) == len(rows):
        return rows
    unique = list(rows)
    taken = set(positions)
    for key in sorted(positions):
        claims = sorted(positions[key], key=lambda position: _claim(rows[position]))
        occurrences: Counter = Counter()  # rows with one origin and content are interchangeable
        for position in claims[1:]:
            row = rows[position]
            occurrences[row.origin, row.sha256] += 1
            article = _hashed_id(row, occurrences[row.origin, row.sha256], taken)
            taken.add(_key(article))
            unique[position] = row._replace(article=article)
    return unique


def _key(article: str) -> str:
    """Return the form in which ids must differ, since disks change the Unicode form of names."""
    return unicodedata.normalize("NFC", article)


def _claim(row: ArticleRow) -> tuple:
    """Return a sorting key, smallest for the row with the best claim to an id.

    What can be read goes first, then files, files in archives and rows of tables, then the composed
    Unicode form. The rest makes the order certain.
    """
    return (
        bool(row.problem),
        row.origin.count("\0"),
        row.article != _key(row.article),
        row.origin,
        row.sha256,
    )


def _hashed_id(row: ArticleRow, occurrence: int, taken: set[str]) -> str:
    """Return an id that is not taken, made from the origin and content of a row."""
    source = f"{row.origin}\0\0{row.sha256}\0{occurrence}".encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(source).hexdigest()
    candidates = (f"{row.article}~{digest[:length]}" for length in HASH_LENGTHS)
    return next(article for article in candidates if _key(article) not in taken)


def text_file_names(articles: list[str]) -> list[str]:
    """Name a file for the text of each article.

    Parameters
    ----------
    articles : list of str
        Ids of articles.

    Returns
    -------
    list of str
        A file name for each, all different, also on disks that ignore case: the id with other
        characters than letters, digits and some marks as %NN, and ".txt". A name that is too long,
        or that differs from another one in case only, is cut and has "~" and a hash of the id.

    Examples
    --------
    >>> text_file_names(["../a.html#1", "a.txt"])
    ['..%2Fa.html%231.txt', 'a.txt']
    """
    plain = []
    for article in articles:
        name = quote(article.encode("utf-8", "surrogatepass"), safe=" ()'&,+=@")
        plain.append(name.removesuffix(".txt"))
    uses = Counter(name.casefold() for name in plain)
    occurrences: Counter = Counter()
    names = []
    for article, name in zip(articles, plain, strict=True):
        occurrences[article] += 1
        is_hashed = len(name) > MAX_FILE_NAME or uses[name.casefold()] > 1
        # A name that only looks like one of ours gets a hash too, so that it cannot be one of ours.
        if is_hashed or LOOKS_HASHED.search(name.casefold()):
            source = f"{article}\0{occurrences[article]}".encode("utf-8", "surrogatepass")
            digest = hashlib.sha256(source).hexdigest()[:FILE_HASH_LENGTH]
            name = f"{name[:KEPT_OF_LONG_NAME]}~{digest}"
        names.append(f"{name}.txt")
    return names
