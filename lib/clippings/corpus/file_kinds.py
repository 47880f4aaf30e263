"""Recognise the kind of a file from its first bytes or, if they are not conclusive, from its name.

Names are often wrong: databases export HTML as `.doc`, browsers save pages as `index.html?id=3`,
`story.php` or without any suffix, and colleagues rename files. A signature in the first bytes
therefore takes precedence over the name, which decides between kinds without a signature.

A kind is written as the suffix under which its reader is known: ".html", ".pdf", "" for text.
"""

import re
from functools import cache
from typing import NamedTuple

from clippings.core.lexicon import read_lexicon
from clippings.corpus import problems
from clippings.corpus.column_names import clean_names, find_synonym
from clippings.corpus.encodings import WEB_PAGE

TEXT = ""  # the kind of plain texts

SAME_KIND = {
    TEXT: ".txt .text",
    ".md": ".markdown .mdown .mkd",
    ".html": (
        ".htm .xhtml .xht .shtml .shtm .html5 .phtml .php .php3 .php4 .php5 .asp .aspx .ashx .jsp"
        " .jspx .jspa .jsf .cfm .cgi .do .action .ece"
    ),
    ".docx": ".docm .dotx .dotm",
    ".odt": ".ott",
    ".fodt": "",
    ".rtf": "",
    ".pdf": "",
    ".epub": "",
    ".eml": ".emlx .mht .mhtml .mime",
    ".msg": "",
    ".mbox": ".mbx",
    ".enex": "",
    ".xml": ".rss .atom .rdf .nitf .newsml .tei",
    ".webarchive": "",
    ".warc": "",
    ".parquet": "",
    ".zip": ".wacz",
    ".tar": "",
    ".gz": ".tgz .bz2 .tbz .tbz2 .xz .txz",
}
"""The kinds that have several suffixes or are recognised by content, and their other suffixes."""

KIND_OF_SUFFIX = {
    suffix: kind for kind, others in SAME_KIND.items() for suffix in (kind, *others.split())
}

TABLES_IN_TAGS = (".html", ".xml")

TABLE_ROW = re.compile(rb"<(?:tr|(?:ss:)?Row)\b", re.IGNORECASE)


ZIP_BASED = (".docx", ".odt", ".epub", ".xlsx", ".ods", ".pages", ".pptx", ".odp", ".numbers")
"""Kinds of files that are ZIP archives: the signature of ZIP does not contradict their names."""

XML_BASED = (".enex", ".fodt", ".html", ".webarchive")
"""Kinds of files that may begin as XML does, and have readers of their own."""

OLE_BASED = (".doc", ".xls", ".ppt", ".msg", ".wps", ".pub", ".dot")
"""Kinds of files in the compound format of older Microsoft programs, which is one signature too."""

SPREADSHEETS = (".xls", ".xlsx", ".ods")
"""Kinds of spreadsheets: databases give these names to tables of plain text too."""

HAVE_SIGNATURE = (
    *(".pdf", ".rtf", ".docx", ".odt", ".epub", ".pages", ".doc", ".msg"),
    *(".webarchive", ".parquet", ".zip", ".gz", ".warc"),
)
"""Kinds that cannot begin otherwise: a file of such a name that is plain text is a text."""

SIGNATURES = {
    b"%PDF-": ".pdf",
    b"{\\rtf": ".rtf",
    b"PK\x03\x04": ".zip",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": ".doc",  # a compound file
    b"\x1f\x8b": ".gz",
    b"BZh": ".gz",  # bzip2, unpacked by the same reader
    b"\xfd7zXZ\0": ".gz",
    b"7z\xbc\xaf\x27\x1c": ".7z",
    b"Rar!\x1a": ".rar",
    b"PAR1": ".parquet",
    b"bplist00": ".webarchive",
    b"WARC/0.": ".warc",
    b"WARC/1.": ".warc",
    b"\xff\xd8\xff": ".jpg",
    b"\x89PNG\r\n": ".png",
    b"GIF87a": ".gif",
    b"GIF89a": ".gif",
    b"II*\0": ".tif",
    b"MM\0*": ".tif",
    b"OggS": ".ogg",
    b"ID3\x03": ".mp3",
    b"ID3\x04": ".mp3",
    b"\x1aE\xdf\xa3": ".mkv",
    b"SQLite format 3\0": ".sqlite",
    b"!BDN": ".pst",
}
PDF_MARK = b"%PDF-"
PDF_MARK_WITHIN = 1024  # bytes: PDF readers ignore anything before the mark

FIRST_BYTES = frozenset(signature[0] for signature in SIGNATURES)

BEGINNING = 4000
"""Bytes in which a kind must show itself. Pages begin with comments, emails with long headers."""

TAR_MARK = b"ustar"
TAR_MARK_AT = 257  # position in the header of the first file in a TAR archive

MAIL_HEADERS = re.compile(
    rb"""
    (?:\d+[ ]*\n)?                                       # Apple Mail: the length of the message
    (?=[!-9;-~]+:[ \t\r\n])                              # the name of the first header
    (?:[^\r\n]+\r?\n)*?                                  # further headers, up to a blank line
    (?:MIME-Version:\s*1\.|Received:\s*(?:from|by)\b|Message-ID:\s*<|Content-Type:\s*multipart/)
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Headers that only programs write: a pasted email begins with From and Subject, too."""

RIS_REFERENCES = re.compile(
    rb"""
    (?:\xef\xbb\xbf)?
    (?: [^\r\n]{0,200} [\r\n]+ ){0,8}                # Provider: Ostrand Library
    TY[ ]{1,2}-[ ] [A-Z]{3,7} [ \t]* [\r\n]+         # TY  - NEWS
    [A-Z][A-Z0-9][ ]{1,2}-[ ]                        # TI  - Levee holds
    """,
    re.VERBOSE,
)
BIBTEX_REFERENCES = re.compile(
    rb"""
    (?:\xef\xbb\xbf)?
    (?: \s*%[^\r\n]* [\r\n]+ ){0,8}                 # % exported on 16 March 2021
    \s* @[A-Za-z]{3,20} \s* \{ \s* [^\s,{}]{1,80} \s* ,   # @article{bell2021,
    \s* [\w-]+ \s* =                                # title =
    """,
    re.VERBOSE,
)
"""References by their first lines: libraries save them as .txt, too."""

MAILBOX = re.compile(
    rb"""
    From[ ]\S[^\r\n]*\d{4}[^\r\n]*\r?\n       # From bell@post.example Tue Mar 16 08:00:00 2021
    >?[A-Za-z][A-Za-z-]*:                     # Received:
    """,
    re.VERBOSE,
)

XML = re.compile(
    r"""
    (?:<\?xml\b | <!DOCTYPE\s+(?:rss|en-export)\b | <(?:rss|feed|rdf:RDF|en-export)\b)
    """,
    re.VERBOSE,
)

PAGE_FRAGMENT = re.compile(
    r"\s*<(?:article|div|h[1-6]|link|main|meta|p|section|span|table|title)\b[^<>]*>", re.IGNORECASE
)
CLOSING_TAG = re.compile(r"</(?:article|div|h[1-6]|p|section|span|td|title)>", re.IGNORECASE)
MIN_CLOSING_TAGS = 2  # at the beginning of a fragment: a text may quote a single tag

ZIP_MARKS = {
    b"word/document": ".docx",
    b"xl/workbook": ".xlsx",
    b"ppt/presentation": ".pptx",
    b"Index/Document.iwa": ".pages",
}
MIMETYPES = {
    b"application/epub+zip": ".epub",
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
    b"application/vnd.oasis.opendocument.presentation": ".odp",
}
OFFICE_BEGINNINGS = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"xl/", b"ppt/")

COMPOUND_MARKS = {  # names of streams in compound files, which appear in UTF-16
    "__properties_version1.0": ".msg",
    "Workbook": ".xls",
    "PowerPoint Document": ".ppt",
}

TABLE_SEPARATORS = "\t;|,"
MIN_COLUMNS = 3  # in a table with the suffix of a text, unless tabs separate them
MIN_KNOWN_NAMES = 2  # in the header, including that of the text column

QUERY = re.compile(r"[?@;#&]")  # wget writes index.html?id=3, on Windows index.html@id=3
SUFFIX = re.compile(r"\.(?!\d+$)[A-Za-z0-9]{1,12}(?=[^A-Za-z0-9.][^.]*$|$)")
SAVED_AGAIN = re.compile(r"(?:\.\d{1,3}|~|\.orig|\.bak|\.part)$")  # page.html.1, page.html~
CONTROL_BYTES = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]")


def suffix_of(name: str) -> str:
    """Find the suffix that indicates the kind of a file.

    Parameters
    ----------
    name : str
        Name or path of a file.

    Returns
    -------
    str
        The suffix in lower case, including the dot; "" if the name has none.

    Notes
    -----
    The query of an address and the number of a repeated download are ignored.

    Examples
    --------
    >>> [suffix_of(name) for name in ("a.HTML", "index.php?id=3.5", "story.html.1", "Ostrand")]
    ['.html', '.php', '.html', '']
    """
    file_name = name.replace("\\", "/").rpartition("/")[2] if "/" in name else name
    path, *queries = QUERY.split(file_name, maxsplit=1)
    if queries and (suffix := _last_suffix(path)) in _known_suffixes():
        return suffix
    return _last_suffix(file_name)


def _last_suffix(name: str) -> str:
    """Return the last suffix of a name, without the additions that programs make to copies."""
    match = SUFFIX.search(SAVED_AGAIN.sub("", name), 1)
    return match[0].lower() if match else ""


@cache
def _known_suffixes() -> frozenset[str]:
    """Return the suffixes that indicate the kind of a file."""
    return frozenset(KIND_OF_SUFFIX) | _unread_files().keys()


class UnreadKind(NamedTuple):
    """A kind of file that is not read."""

    suffix: str
    kind: str  # for people: "a picture"
    fix: str  # code of the suggested fix, for `problems`
    companions: str  # for people, in the plural: files that appear next to articles
    opened: str  # "yes" if the first bytes are read


@cache
def _unread_files() -> dict[str, UnreadKind]:
    """Return the kinds of files that are not read, by suffix."""
    rows = read_lexicon("reading/unread_files")
    return {row["suffix"]: UnreadKind(**row) for row in rows}


def unread_problem(suffix: str) -> str:
    """Explain why files of a kind are not read.

    Parameters
    ----------
    suffix : str
        A suffix, as `suffix_of` and `kind_of` return it.

    Returns
    -------
    str
        The problem and a fix for the whole folder; "" for a kind that is read or unknown.

    Examples
    --------
    >>> unread_problem(".rar")
    'an archive in an unsupported format: unpack it (7z x *.rar), or repack it as .zip'
    """
    row = _unread_files().get(suffix)
    return problems.unread_file(row.kind, row.fix, suffix) if row else ""


def name_problem(name: str) -> str:
    """Explain why a file of this name is not opened.

    Parameters
    ----------
    name : str
        Name or path of a file.

    Returns
    -------
    str
        The problem and its fix; "" if the file is opened.

    Notes
    -----
    Word-processor files are always opened, even if their kind is not supported: databases export
    web pages as `.doc`, and text tables as `.xls`.

    Examples
    --------
    >>> name_problem("font.woff")
    'a font: part of a web page; nothing to fix'
    >>> name_problem("export.doc")
    ''
    """
    suffix = suffix_of(name)
    row = _unread_files().get(suffix)
    if row is None or row.opened == "yes" or _is_title(name, row):
        return ""
    return unread_problem(suffix)


def companion_kind(name: str) -> UnreadKind | None:
    """Find the kind of a picture or another file that appears next to articles.

    Parameters
    ----------
    name : str
        Name or path of a file.

    Returns
    -------
    UnreadKind or None
        None for a file that may be an article.

    Examples
    --------
    >>> companion_kind("wall.jpeg").companions
    'pictures'
    """
    row = _unread_files().get(suffix_of(name))
    if row is None or not row.companions or _is_title(name, row):
        return None
    return row


def _is_title(name: str, row: UnreadKind) -> bool:
    """Return whether a name is a headline that ends like a script: "Why we left Node.js"."""
    return row.fix in (problems.PART_OF_PAGE, problems.PROGRAM) and " " in name.rpartition("/")[2]


def kind_of(name: str, data: bytes) -> str:
    """Recognise the kind of a file.

    Parameters
    ----------
    name : str
        Name or path of the file.
    data : bytes
        The file.

    Returns
    -------
    str
        The suffix of its kind, as in `SAME_KIND`; "" for a text. If neither the name nor the
        content is conclusive, the suffix of the name.

    Notes
    -----
    A text is a table if its first line is a header with known column names. Other tables (CSV,
    JSON) with a wrong suffix are not recognised. Texts that begin with a quoted page or email are
    mistaken for one.

    Examples
    --------
    >>> kind_of("export.doc", b"<html><body>The river rose.</body></html>")
    '.html'
    >>> kind_of("report.pdf", b"The river rose.")
    ''
    """
    suffix = suffix_of(name)
    named = KIND_OF_SUFFIX.get(suffix, suffix)
    unread = _unread_files().get(suffix)
    if unread is not None and _is_title(name, unread):
        named = TEXT
    content = kind_of_content(data, may_be_fragment=_may_hide_a_page(named))
    # Web pages and text tables are often saved with the suffix of a spreadsheet.
    is_table = TABLE_ROW.search(data) if content in TABLES_IN_TAGS else _seems_text(data)
    if named in SPREADSHEETS and is_table:
        return named
    if content:
        return _more_exact(named, content, name)
    if named == ".pdf" and PDF_MARK in data[:PDF_MARK_WITHIN]:
        return named
    if named == TEXT and _begins_as_table(data):
        return ".csv"
    lacks_tags = named == ".html" and b"<" not in data[:BEGINNING]
    if (lacks_tags or named in HAVE_SIGNATURE) and _seems_text(data):
        return TEXT
    return named


def _may_hide_a_page(named: str) -> bool:
    """Return whether a file of this name that begins with a tag counts as a page fragment."""
    return (
        named == TEXT
        or named in HAVE_SIGNATURE
        or named in SPREADSHEETS
        or named not in _known_suffixes()
    )


def _more_exact(named: str, content: str, name: str) -> str:
    """Return the more exact one of the kinds that name and content suggest."""
    if content == ".gz" and re.search(r"\.warc(?:\.gz)?$", name, re.IGNORECASE):
        return ".warc"  # its records are packed one by one, and its reader unpacks them
    is_unclear_archive = content == ".zip" and named in ZIP_BASED
    is_unclear_compound = content == ".doc" and named in OLE_BASED
    if is_unclear_archive or is_unclear_compound:
        return named
    if content == ".xml" and named in XML_BASED:
        return named
    if content == ".eml" and named == ".mbox":
        return named
    return content


def kind_of_content(data: bytes, may_be_fragment: bool = False) -> str:
    """Recognise the kind of a file by its first bytes.

    Parameters
    ----------
    data : bytes
        The file.
    may_be_fragment : bool, default False
        Whether a file that begins with a tag such as <div> or <p> counts as a web page.

    Returns
    -------
    str
        The suffix of the kind; "" if the bytes do not show it, as for texts.

    Examples
    --------
    >>> kind_of_content(b"%PDF-1.7"), kind_of_content(b"Levee breaks")
    ('.pdf', '')
    """
    beginning = data[:BEGINNING].lstrip()
    if not beginning:
        return ""
    if beginning[0] in FIRST_BYTES:
        for signature, kind in SIGNATURES.items():
            if beginning.startswith(signature):
                return _kind_in_container(kind, data)
    if beginning.startswith(b"From ") and MAILBOX.match(beginning):
        return ".mbox"
    if MAIL_HEADERS.match(beginning):
        return ".eml"
    if RIS_REFERENCES.match(beginning):
        return ".ris"
    if BIBTEX_REFERENCES.match(beginning):
        return ".bib"
    if data[TAR_MARK_AT : TAR_MARK_AT + len(TAR_MARK)] == TAR_MARK:
        return ".tar"
    return _kind_of_markup(beginning, may_be_fragment)


def _kind_of_markup(beginning: bytes, may_be_fragment: bool) -> str:
    """Return .html or .xml for a file that begins as such, in UTF-8 or UTF-16; "" for others."""
    text = _loosely_decoded(beginning).lstrip("\ufeff \t\r\n")
    if not text.startswith("<"):
        return ""
    if WEB_PAGE.match(text):
        return ".html"
    if XML.match(text):
        return ".xml"
    is_fragment = PAGE_FRAGMENT.match(text) and len(CLOSING_TAG.findall(text)) >= MIN_CLOSING_TAGS
    return ".html" if may_be_fragment and is_fragment else ""


def _loosely_decoded(beginning: bytes) -> str:
    """Return the characters of a file's beginning, well enough to see tags in it."""
    if beginning.startswith((b"\xff\xfe", b"<\0")):
        return beginning.decode("utf-16-le", "replace")
    if beginning.startswith((b"\xfe\xff", b"\0<")):
        return beginning.decode("utf-16-be", "replace")
    return beginning.decode("utf-8", "replace") if b"<" in beginning[:4] else ""


def _kind_in_container(kind: str, data: bytes) -> str:
    """Find the kind of document in a ZIP archive or compound file, if that is clear."""
    if kind == ".zip":
        return _kind_of_zip(data)
    if kind == ".doc":
        for stream, exact in COMPOUND_MARKS.items():
            if stream.encode("utf-16-le") in data:
                return exact
    return kind


def _kind_of_zip(data: bytes) -> str:
    """Recognise from its first file whether a ZIP archive is a document."""
    start = data.find(b"PK\x03\x04")
    first_name = data[start + 30 : start + 100]  # after the 30 bytes of the first file's header
    if first_name.startswith(b"mimetype"):
        for mimetype, kind in MIMETYPES.items():
            if mimetype in first_name:
                return kind
    if first_name.startswith(OFFICE_BEGINNINGS):
        for mark, kind in ZIP_MARKS.items():
            if mark in data:
                return kind
    return ".zip"


def _begins_as_table(data: bytes) -> bool:
    """Return whether a text begins with a header of known names of columns, and a row."""
    lines = _text_of_beginning(data).splitlines()
    if len(lines) < 2:
        return False
    header = lines[0]
    separators = [mark for mark in TABLE_SEPARATORS if mark in header]
    if not separators or separators[0] not in lines[1]:
        return False
    names = clean_names(header.split(separators[0]))
    if separators[0] != "\t" and len(names) < MIN_COLUMNS:
        return False
    synonyms = [find_synonym(name) for name in names]
    roles = {synonym.column for synonym in synonyms if synonym is not None}
    is_mostly_known = 2 * sum(synonym is not None for synonym in synonyms) >= len(names)
    return "text" in roles and len(roles) >= MIN_KNOWN_NAMES and is_mostly_known


def _text_of_beginning(data: bytes) -> str:
    """Decode the beginning of a file well enough to recognise column names."""
    beginning = data[:BEGINNING]
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        return beginning.decode("utf-16", "replace").strip("\ufeff\r\n")
    return beginning.decode("utf-8", "replace").strip("\ufeff\r\n")


def _seems_text(data: bytes) -> bool:
    """Return whether the first bytes could be text: printable or wide characters."""
    beginning = data[:BEGINNING]
    if not beginning.strip():
        return False
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    # A single word may be all that is left of a damaged file: "PK" begins a ZIP archive.
    is_one_word = beginning.isascii() and len(beginning.split()) == 1
    return not is_one_word and not CONTROL_BYTES.search(beginning)
