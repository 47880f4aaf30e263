"""The wording of the columns `problem` and `date_note`: what went wrong, and how to fix it.

Every sentence that an analyst may read in these columns is in this module. No code compares them.
"""

from clippings.corpus import date_sources

GET_AGAIN = "copy or download it again, or export it again from the program that made it"

CONVERT = "convert the whole folder at once: soffice --headless --convert-to {format} *{suffix}"
PART_OF_PAGE = "part of page"
PROGRAM = "program"

FIXES = {
    "ocr": "not an article; if it shows one, run OCR on the whole folder (ocrmypdf, tesseract)",
    "transcribe": "not an article; if it contains one, transcribe the folder (whisper *{suffix})",
    "convert to docx": CONVERT.replace("{format}", "docx"),
    "convert to xlsx": CONVERT.replace("{format}", "xlsx"),
    "convert to pdf": CONVERT.replace("{format}", "pdf"),
    "convert to epub": (
        'convert the whole folder: for f in *{suffix}; do ebook-convert "$f" "$f.epub"; done'
    ),
    "convert scan": 'convert the whole folder: for f in *{suffix}; do ddjvu "$f" "$f.pdf"; done',
    "export": "export it again from the program that made it, as .csv, .jsonl or .xlsx",
    "export mailbox": "export the emails as .eml or .mbox (readpst *.pst converts a whole folder)",
    "unpack": "unpack it (7z x *{suffix}), or repack it as .zip",
    "fetch": "put the addresses into a list and fetch all pages (wget --input-file list.txt)",
    "copy": "copy the files themselves into the folder",
    "download again": "download it again",
    PROGRAM: "not an article; nothing to fix",
    PART_OF_PAGE: "part of a web page; nothing to fix",
    "nothing": "not an article; nothing to fix",
}
"""Fixes for files that are not read, by the codes in the list of kinds."""


def too_large(limit: float) -> str:
    """Describe a file with more bytes than allowed."""
    return f"larger than {limit / 1e6:g} MB: split it, or raise max_mb"


def too_long(limit: float) -> str:
    """Describe an article with more characters than allowed."""
    return f"longer than {limit / 1e6:g} MB: split it, or raise max_mb"


def too_many_rows(limit: int) -> str:
    """Describe a table with more rows than allowed."""
    return f"has more than {limit:,} rows: split it"


def unpacks_to_too_much(limit: float, max_entries: int, max_ratio: int) -> str:
    """Describe an archive or document that contains more than it should."""
    limits = f"{limit / 1e6:g} MB, {max_entries:,} files or {max_ratio} times its size"
    return f"unpacks to more than {limits}: unpack it, or raise max_mb"


def table_unpacks_to_too_much(limit: float) -> str:
    """Describe a compressed table that contains more than it should."""
    return f"unpacks to more than {limit / 1e6:.4g} MB: split it, or raise max_mb"


def takes_too_long(seconds: float) -> str:
    """Describe a file that a reader did not finish in time."""
    return f"takes more than {seconds:.0f} seconds to read: {GET_AGAIN}"


def takes_too_much_memory(limit: float) -> str:
    """Describe a file that needs more memory than a reader may use."""
    return f"takes more than {limit / 1e9:.2g} GB of memory to read: {GET_AGAIN}"


def reader_crashed(code: int) -> str:
    """Describe a file that crashed the process of its reader."""
    return f"crashes its reader (exit code {code}): {GET_AGAIN}"


def reader_not_started(reason: str) -> str:
    """Describe a file whose reader process could not be started."""
    return f"its reader could not be started ({reason}): close other programs and read again"


def too_many_ended(number: int) -> str:
    """Describe an archive with several files that could not be read within the limits."""
    return f"contains {number} files that take too much time or memory to read: unpack it"


def damaged(error: str) -> str:
    """Describe a file on which a reader failed."""
    return f"damaged, or not the kind of file that its name suggests ({error}): {GET_AGAIN}"


def missing_module(kind: str, command: str, module: str) -> str:
    """Describe a library that is not installed."""
    return f"{kind}: {module} is not installed: to read it, {command}"


def missing_decryption() -> str:
    """Describe a PDF whose text is encrypted with a cipher that needs another library."""
    return "an encrypted PDF: cryptography is not installed: to read it, pip install cryptography"


def locked_pdf() -> str:
    """Describe a PDF with a password."""
    return "a PDF protected by a password: unlock it (qpdf --decrypt --password=… in.pdf out.pdf)"


def scanned_pdf() -> str:
    """Describe a PDF without text."""
    return "a PDF without text, perhaps a scan: run OCR on it first (ocrmypdf in.pdf out.pdf)"


def too_many_tags(limit: int) -> str:
    """Describe a web page with more tags than allowed."""
    return f"a web page with more than {limit:,} tags, perhaps an index: save its articles instead"


def page_without_article() -> str:
    """Describe a web page that contains no article."""
    return (
        "a web page in which no article was found: an index page, or one whose text is loaded by a"
        " script; save such pages with a browser (the extension SingleFile saves all tabs at once)"
    )


def no_articles() -> str:
    """Describe a table or archive that contains nothing."""
    return "contains no articles: add some, or remove the file"


def exported_without_text() -> str:
    """Describe an article in a database export that contains no text."""
    return "only a reference, without text: export it with its full text or abstract"


def no_text_column(name: str, columns: list[str]) -> str:
    """Describe a table or row without its text."""
    present = ", ".join(columns[:8])[:80]
    return (
        f"has no {name} column (columns found: {present}): name the right one in "
        "codebook/columns.csv"
    )


ORDERS_OF_DATES = {
    True: "day first",
    False: "month first",
    None: "not known",
}
"""The order in which 03/04/2021 is read."""


def table_of_titles(column: str, columns: list[str]) -> str:
    """Describe a table of headlines without texts, as Media Cloud and GDELT export it."""
    present = ", ".join(columns[:8])[:80]
    return (
        f"a list of headlines without texts (columns {present}): export it with full text; or, to "
        f"read the headlines as texts, add the row text,{column} to codebook/columns.csv"
    )


def table_without_header() -> str:
    """Describe a table without a header row and without a column of long text."""
    return (
        "a table with no header row and no column of long text: add a first row with the column "
        "names (title, date, text)"
    )


def table_of_addresses(column: str, columns: list[str]) -> str:
    """Describe a table of addresses without texts."""
    present = ", ".join(columns[:8])[:80]
    return (
        f"a list of addresses without texts (columns {present}): export it with full text, or use "
        f"a downloader such as trafilatura to save the pages in column {column} in this folder"
    )


def not_text(column: str) -> str:
    """Describe a cell that should contain text and contains something else."""
    return (
        f"its column {column} contains an object or numbers, not text: name another one in "
        "codebook/columns.csv"
    )


def wrong_number_of_cells(cells: int, header: int) -> str:
    """Describe a row of a CSV file that does not fit its header."""
    return (
        f"has {cells} cells, but the header has {header}: save the table again with quotation "
        "marks around the texts, or as .xlsx"
    )


def broken_csv(row: int, error: str) -> str:
    """Describe a CSV file whose quotation marks do not match."""
    return (
        f"cannot be read after row {row} ({error}): fix the quotation marks there, or save the "
        "table as .xlsx"
    )


def not_a_json_object() -> str:
    """Describe a line of JSON Lines that is not an object."""
    return "not a JSON object: fix the line, or write one object per line"


def json_without_articles(content: str) -> str:
    """Describe a JSON document that is something else."""
    return (
        f"a JSON file without articles ({content}): articles are objects with a text, in a list or "
        "one per line; remove the file if it contains something else"
    )


def trailing_comma(line: int) -> str:
    """Describe a JSON document with a comma after the last value."""
    return f"not valid JSON: remove the comma before the closing bracket near line {line}"


def json_ends_early(line: int) -> str:
    """Describe a JSON document whose end is missing."""
    return (
        f"not valid JSON: it ends in line {line} without a closing bracket: copy or export it again"
    )


def broken_json(line: int, column: int, error: str) -> str:
    """Describe a JSON document with a syntax error."""
    return (
        f"not valid JSON: {error} in line {line}, column {column}: fix it there, or export it again"
    )


def json_too_deep() -> str:
    """Describe a JSON document with too many nested levels."""
    return "a JSON file with too many nested levels: export it again as a list of articles"


def locked_spreadsheet() -> str:
    """Describe a spreadsheet with a password."""
    return "a spreadsheet protected by a password: save it without a password"


DATE_SOURCES = {
    date_sources.EXPORT: "the export",
    date_sources.METADATA: "the code of the page",
    date_sources.FRONT_MATTER: "the front matter",
    date_sources.HEADER_LINES: "the header lines",
    date_sources.FEED: "the entry of the feed",
    date_sources.EMAIL: "the day of sending",
    date_sources.BOOK: "the metadata of the book",
}
"""The parts of a file that state a date, for people; a column of a table is shown by its name."""

MAX_SHOWN_DATE = 40
"""Characters of a cell or field that a message quotes; a date is shorter."""


def date_column(name: str) -> str:
    """Describe the column of a table that states the date."""
    return f"column {name}"


def date_columns(names: list[str]) -> str:
    """Describe the columns of a table that state year, month and day."""
    return f"columns {', '.join(names)}"


def date_order(where: str, day_first: bool) -> str:
    """Describe a date whose order was inferred, or set in the codebook."""
    return f"{where}, {ORDERS_OF_DATES[day_first]}"


def date_not_understood(where: str, date: str) -> str:
    """Describe a date in an unknown form."""
    return f"{where}: {date[:MAX_SHOWN_DATE]!r} could not be read as a date"


def date_order_not_known(where: str, date: str) -> str:
    """Describe a date in a table that could be read in two ways."""
    return (
        f"{where}: {date[:MAX_SHOWN_DATE]!r} may have the day or the month first: add a row with "
        "'date day first' or 'date month first' to codebook/columns.csv"
    )


def date_with_open_order(where: str, date: str) -> str:
    """Describe a date like 03/04/2021 whose order is not known."""
    return (
        f"{where}: {date[:MAX_SHOWN_DATE]!r} may have the day or the month first: write it as "
        "YYYY-MM-DD"
    )


def page_date_with_open_order() -> str:
    """Describe a printed date like 03/04/2021 whose order is not known."""
    return "the printed date may have the day or the month first"


def archive_name_not_utf8() -> str:
    """Describe an archive with a name that cannot be decoded."""
    return "contains a file name that is not UTF-8: rename the file and pack the archive again"


def unsafe_entry_name() -> str:
    """Describe a file in an archive that would be unpacked elsewhere."""
    return (
        "its name is empty or points outside the archive: remove this file and pack the archive "
        "again"
    )


def entry_is_a_link() -> str:
    """Describe a symbolic link in an archive."""
    return "a link in an archive: pack the file itself instead"


def entry_is_locked() -> str:
    """Describe a file in an archive with a password."""
    return "protected by a password: pack it again without a password"


def entry_is_an_archive() -> str:
    """Describe an archive in an archive."""
    return "an archive in an archive: unpack it"


def damaged_packed(error: str) -> str:
    """Describe a gzip, bzip2 or xz file that cannot be unpacked."""
    return f"cannot be unpacked ({error}): {GET_AGAIN}"


def entry_compression() -> str:
    """Describe a file in an archive whose compression is not used in ordinary ZIP files."""
    return "packed with an unusual compression method: pack it again as an ordinary ZIP file"


def damaged_entry(error: str) -> str:
    """Describe a file in an archive that cannot be unpacked."""
    return f"damaged in the archive ({error}): pack it again"


def fix_of_unread(fix: str, suffix: str) -> str:
    """Describe the fix for files of a kind that no reader can read."""
    return FIXES[fix].replace("{suffix}", suffix)


def unread_file(kind: str, fix: str, suffix: str) -> str:
    """Describe a file of a kind that no reader can read."""
    return f"{kind}: {fix_of_unread(fix, suffix)}"


def companion_files(number: int, kinds: str, fix: str, suffix: str) -> str:
    """Describe several pictures, recordings or the like, reported in one row."""
    return f"the first of {number:,} {kinds}, which are not read: {fix_of_unread(fix, suffix)}"


def page_folders(files: int, folders: int) -> str:
    """Describe the pictures, scripts and frames that a browser saved with pages."""
    if folders == 1:
        where = "this folder, saved by a browser along with a web page"
    else:
        others = f"{folders - 1:,} others like it"
        where = f"this folder and {others}, saved by a browser along with web pages"
    return f"{files:,} files in {where}: parts of those pages, not articles; nothing to fix"


def no_mail_text() -> str:
    """Describe an email without text and without readable attachments."""
    return "an email without text: nothing to read"


def unread_attachment() -> str:
    """Describe a table or archive that is attached to an email."""
    return "a table or archive attached to an email: save the attachment in the folder"


def unknown_xml(root: str) -> str:
    """Describe an XML file in which no article was recognised."""
    return (
        f"unsupported XML (<{root[:40]}>): feeds (RSS, Atom), Evernote notes, NITF, NewsML, TEI and"
        " records with a title and a text can be read; export it again as .csv, .jsonl or .html"
    )


def broken_xml(error: str) -> str:
    """Describe an XML file that is not well formed."""
    return f"damaged XML ({error[:80]}): {GET_AGAIN}"


def xml_entities() -> str:
    """Describe an XML file that defines entities, as no program that exports articles does."""
    return "XML that defines its own entities, which may be hostile: remove the file"


def no_chapters() -> str:
    """Describe an e-book without text."""
    return "an e-book without text, perhaps made from scanned pages: run OCR on it first"


def locked_book() -> str:
    """Describe an e-book with copy protection."""
    return "an e-book with copy protection: get the articles in another format"


def no_page_in_archive() -> str:
    """Describe a web archive without a web page."""
    return "a web archive without a web page: nothing to read"


def locked_document() -> str:
    """Describe a word-processor document with a password."""
    return "a document protected by a password: save it without a password"


def unreadable_folder(reason: str) -> str:
    """Describe a subfolder of the corpus that may not be read."""
    return f"a folder that cannot be listed ({reason}): check its permissions"


def unreadable_file(reason: str) -> str:
    """Describe a file that may not be read, or that has disappeared."""
    return f"cannot be read ({reason}): check that it exists, and check its permissions"


def changed_meanwhile() -> str:
    """Describe a file that changed while it was being read."""
    return "changed while it was being read: read the folder again"


def link_outside() -> str:
    """Describe a link to a file outside the corpus."""
    return "a link to a file outside the folder: copy the file itself into the folder"


def link_to_folder() -> str:
    """Describe a link to a folder."""
    return "a link to a folder, not followed: files are read only at their original location"


def not_a_file() -> str:
    """Describe a pipe, a socket or a device."""
    return "not a regular file: copy the text into a file"


def same_bytes(article: str) -> str:
    """Describe a file with the same bytes as an earlier one."""
    return f"identical to {article}: not counted again; remove one of the two files"


def looks_like(kind: str) -> str:
    """Describe a file that begins like another kind of file."""
    return f"looks like {kind}, not text: give it the right suffix, or remove it"


def nul(position: int, unit: str) -> str:
    """Describe a file with NUL bytes, which no text contains."""
    return (
        f"not a text file (it contains NUL bytes, the first after {position} {unit}): {GET_AGAIN}"
    )


def control_characters() -> str:
    """Describe a file with too many characters that are not printable."""
    return f"not a text file (it contains control characters): {GET_AGAIN}"


def empty() -> str:
    """Describe a file without a visible character."""
    return "empty: nothing to read"


def damaged_unicode(encoding: str, position: int) -> str:
    """Describe a file in Unicode with an invalid byte."""
    return f"damaged {encoding.upper()} at byte {position}: fix the file there, or copy it again"


def unknown_encoding(position: int) -> str:
    """Describe a file in an old encoding that cannot be recognised."""
    return (
        f"not valid UTF-8 at byte {position}, and the encoding could not be determined: convert "
        "the file (iconv --from-code=NAME --to-code=UTF-8)"
    )
