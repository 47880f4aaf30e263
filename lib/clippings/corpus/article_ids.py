"""Create unique article ids and file names.

An id is a path below the corpus, with "#12" for a row of a table and "pages.zip/a.txt" for a file
of an archive. Ids can be ambiguous: a file may be called "a.csv#1"; bytes that are not UTF-8 are
written as "\\xNN", which a name may also contain; an archive may contain a name twice; and two
names may differ only in their Unicode normalisation.
"""

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from urllib.parse import quote

from clippings.corpus.rows import ArticleRow

HASH_LENGTHS = range(8, 65, 8)  # hexadecimal digits: as many as are needed to stay apart

FILE_HASH_LENGTH = 32  # hexadecimal digits, 128 bits: two ids never share a hash
MAX_FILE_NAME = 200  # bytes of 255 that a disk allows
KEPT_OF_LONG_NAME = 150
LOOKS_HASHED = re.compile(rf"~[0-9a-f]{{{FILE_HASH_LENGTH}}}$")  # a.txt~3f786850e387550f…


def with_unique_ids(rows: list[ArticleRow]) -> list[ArticleRow]:
    """Give each row a unique id.

    Parameters
    ----------
    rows : list of ArticleRow
        All rows of a corpus, in any order.

    Returns
    -------
    list of ArticleRow
        The rows in the same order. If several rows have the same id, the first of them according
        to `_claim` keeps it; "~" and a hash of origin and content are added to the others. The ids
        do not depend on the order of the rows.

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
    """Return a file name for the text of each article.

    Parameters
    ----------
    articles : list of str
        The ids of articles.

    Returns
    -------
    list of str
        A unique file name for each article, even on disks that ignore case: the id and ".txt", with
        %NN for characters other than letters, digits and some marks. If a name is too long, or
        differs from another one only in case, it is shortened, and "~" and a hash of the id are
        added.

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
        # A hash is also added to names that look as if they had one, to avoid collisions.
        if is_hashed or LOOKS_HASHED.search(name.casefold()):
            source = f"{article}\0{occurrences[article]}".encode("utf-8", "surrogatepass")
            digest = hashlib.sha256(source).hexdigest()[:FILE_HASH_LENGTH]
            name = f"{name[:KEPT_OF_LONG_NAME]}~{digest}"
        names.append(f"{name}.txt")
    return names
