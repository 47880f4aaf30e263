"""The words of the column `problem`: why a file is not an article, and how to fix that.

Every sentence that an analyst may read in this column stands here. No code compares them.
"""

SAVE_AS_TEXT = "open it and save the text as UTF-8 .txt"


def too_large(limit: float) -> str:
    """A file with more bytes than allowed."""
    return f"larger than {limit / 1e6:g} MB: split it, or raise max_mb"


def too_long(limit: float) -> str:
    """An article with more characters than allowed."""
    return f"longer than {limit / 1e6:g} MB: split it, or raise max_mb"


def too_many_rows(limit: int) -> str:
    """A table with more rows than allowed."""
    return f"has more than {limit:,} rows: split it"


def unpacks_to_too_much(limit: float, max_entries: int, max_ratio: int) -> str:
    """An archive or document that holds more than it should."""
    limits = f"{limit / 1e6:g} MB, {max_entries:,} files or {max_ratio} times its size"
    return f"unpacks to more than {limits}: unpack it, or raise max_mb"


def table_unpacks_to_too_much(limit: float) -> str:
    """A compressed table that holds more than it should."""
    return f"unpacks to more than {limit / 1e6:.4g} MB: split it, or raise max_mb"


def takes_too_long(seconds: float) -> str:
    """A file that a reader did not finish in time."""
    return f"takes more than {seconds:.0f} seconds to read: {SAVE_AS_TEXT}"


def takes_too_much_memory(limit: float) -> str:
    """A file that a reader could not hold in memory."""
    return f"takes more than {limit / 1e9:.2g} GB of memory to read: {SAVE_AS_TEXT}"


def reader_crashed(code: int) -> str:
    """A file that ended the process of its reader."""
    return f"crashes its reader (exit code {code}): {SAVE_AS_TEXT}"


def reader_not_started(reason: str) -> str:
    """No process could be started for a reader."""
    return f"its reader could not be started ({reason}): close other programs and read again"


def too_many_ended(number: int) -> str:
    """An archive in which several files had to be given up."""
    return f"holds {number} files that cannot be read in bounded time or memory: unpack it"


def damaged(error: str) -> str:
    """A file on which a reader failed."""
    return f"damaged, or not what its name says ({error}): {SAVE_AS_TEXT}"


def missing_module(kind: str, command: str, module: str) -> str:
    """A library that is not installed."""
    return f"{kind}: {module} is missing: to read it, {command}"


def missing_decryption() -> str:
    """A PDF whose text is encrypted with a cipher that needs another library."""
    return "an encrypted PDF: cryptography is missing: to read it, pip install cryptography"


def locked_pdf() -> str:
    """A PDF with a password."""
    return "a PDF locked by a password: save it without, or its text as UTF-8 .txt"


def scanned_pdf() -> str:
    """A PDF without text."""
    return "a PDF without text, perhaps a scan: read it with OCR first"


def too_many_tags(limit: int) -> str:
    """A web page with more tags than allowed."""
    return f"a web page of more than {limit:,} tags: {SAVE_AS_TEXT}"


def page_without_article() -> str:
    """A web page that holds no article."""
    return f"a web page in which no article was found: {SAVE_AS_TEXT}"


def no_articles() -> str:
    """A table or archive that holds nothing."""
    return "holds no articles: add some, or remove the file"


def exported_without_text() -> str:
    """An article of a database export of which the export holds no text."""
    return "only a reference, without text: export it with full text or abstract"


def no_text_column(name: str, columns: list[str]) -> str:
    """A table or row without its text."""
    present = ", ".join(columns[:8])[:80]
    return f"has no column {name} (but {present}): name it in codebook/columns.csv"


ORDERS_OF_DATES = {
    True: "day first",
    False: "month first",
    None: "not known",
}
"""How 03/04/2021 is read."""


def table_of_titles(column: str, columns: list[str]) -> str:
    """A table of headlines without texts, as Media Cloud and GDELT export it."""
    present = ", ".join(columns[:8])[:80]
    return (
        f"a list of headlines without texts (columns {present}): export it with full text; or, to "
        f"read the headlines as texts, write text,{column} into codebook/columns.csv"
    )


def table_without_header() -> str:
    """A table whose first row names no columns, and that has no column of long texts."""
    return (
        "a table without names of columns in which no column holds long texts: write the names "
        "(title, date, text) into its first row"
    )


def table_of_addresses(column: str, columns: list[str]) -> str:
    """A table of addresses without texts."""
    present = ", ".join(columns[:8])[:80]
    return (
        f"a list of addresses without texts (columns {present}): export it with full text, or let "
        f"a downloader such as trafilatura save the pages in column {column} into this folder"
    )


def not_text(column: str) -> str:
    """A cell that should hold a text and holds something else."""
    return (
        f"its column {column} holds an object or numbers, not a text: name another one in "
        "codebook/columns.csv"
    )


def wrong_number_of_cells(cells: int, header: int) -> str:
    """A row of a CSV file that does not fit its header."""
    return (
        f"has {cells} cells and the header {header}: save the table again with quotation marks "
        "around the texts, or as .xlsx"
    )


def broken_csv(row: int, error: str) -> str:
    """A CSV file whose quotation marks do not match."""
    return (
        f"cannot be read after row {row} ({error}): fix the quotation marks there, or save the "
        "table as .xlsx"
    )


def not_a_json_object() -> str:
    """A line of JSON Lines that holds no object."""
    return "not a JSON object: fix the line, or write one object per line"


def json_without_articles(content: str) -> str:
    """A JSON document that is something else."""
    return (
        f"a JSON file without articles ({content}): articles are objects with a text, in a list or "
        "one per line; remove the file if it holds something else"
    )


def trailing_comma(line: int) -> str:
    """A JSON document with a comma after the last value."""
    return f"not JSON: remove the comma before the closing bracket near line {line}"


def json_ends_early(line: int) -> str:
    """A JSON document of which the end is missing."""
    return f"not JSON: it ends in line {line} without a closing bracket: copy or export it again"


def broken_json(line: int, column: int, error: str) -> str:
    """A JSON document with a mistake."""
    return f"not JSON: {error} in line {line}, column {column}: fix it there, or export it again"


def json_too_deep() -> str:
    """A JSON document of too many levels."""
    return "a JSON file with too many levels: export it again as a list of articles"


def locked_spreadsheet() -> str:
    """A spreadsheet with a password."""
    return "a spreadsheet locked by a password: save it without"


def date_not_understood(source: str, date: str) -> str:
    """A date in a form that is not read; stands in the column dated_by."""
    return f"{source}: {date[:40]!r} is not understood as a date"


def date_order_not_known(source: str, date: str) -> str:
    """A date that could be read in two ways; stands in the column dated_by."""
    return (
        f"{source}: {date[:40]!r} may have day or month first: write date day first or date month "
        "first into codebook/columns.csv"
    )


def date_with_open_order(source: str, date: str) -> str:
    """A date like 03/04/2021 whose order nothing shows; stands in the column dated_by."""
    return f"{source}: in {date[:40]!r}, is the day or the month first? Write YYYY-MM-DD"


def archive_name_not_utf8() -> str:
    """An archive with a name that cannot be decoded."""
    return "holds a file name that is not UTF-8: pack it again"


def unsafe_entry_name() -> str:
    """A file in an archive that would be unpacked elsewhere."""
    return "its name is empty or leads out of the archive: pack it again without"


def entry_is_a_link() -> str:
    """A symbolic link in an archive."""
    return "a link in an archive: pack the file itself"


def entry_is_locked() -> str:
    """A file in an archive with a password."""
    return "locked by a password: pack it without"


def entry_is_an_archive() -> str:
    """An archive in an archive."""
    return "an archive in an archive: unpack it"


def entry_compression() -> str:
    """A file in an archive with a compression other than that of ordinary ZIP files."""
    return "packed with an unusual compression: pack it again as an ordinary ZIP file"


def damaged_entry(error: str) -> str:
    """A file in an archive that cannot be unpacked."""
    return f"damaged in the archive ({error}): pack it again"


def unknown_kind(kinds: list[str]) -> str:
    """A file with a name that no reader knows."""
    return ", ".join([*kinds, "not a .txt file: save the text as UTF-8 .txt"])


def unreadable_folder(reason: str) -> str:
    """A folder below the corpus without permission."""
    return f"a folder that cannot be listed ({reason}): check its permissions"


def unreadable_file(reason: str) -> str:
    """A file without permission, or one that has disappeared."""
    return f"cannot be read ({reason}): check that it is there, and its permissions"


def changed_meanwhile() -> str:
    """A file that was written while it was read."""
    return "changed while it was read: read the folder again"


def link_outside() -> str:
    """A link to a file outside of the corpus."""
    return "a link that leaves the folder: copy the file into it"


def link_to_folder() -> str:
    """A link to a folder."""
    return "a link to a folder, not followed: what it holds is read where it lies"


def not_a_file() -> str:
    """A pipe, a socket or a device."""
    return "not a regular file: copy the text into a file"


def same_bytes(article: str) -> str:
    """A file with the bytes of an earlier one."""
    return f"the same bytes as {article}: not counted again; remove one of the two files"


def looks_like(kind: str) -> str:
    """A file that begins like another kind of file."""
    return f"looks like {kind}, not a text: {SAVE_AS_TEXT}"


def nul(position: int, unit: str) -> str:
    """A file with NUL, which no text holds."""
    return f"holds NUL bytes, the first after {position} {unit}, not a text: save it as UTF-8 text"


def control_characters() -> str:
    """A file with too many characters that are not printed."""
    return "holds control characters, not a text: save it as UTF-8 text"


def empty() -> str:
    """A file without a visible character."""
    return "empty: nothing to read"


def damaged_unicode(encoding: str, position: int) -> str:
    """A file in Unicode with a wrong byte."""
    return f"damaged {encoding.upper()} at byte {position}: fix that place, or copy the file again"


def unknown_encoding(position: int) -> str:
    """A file in an old encoding that cannot be recognised."""
    return (
        f"not UTF-8 at byte {position}, and too short or strange to tell in what other encoding:"
        " save it as UTF-8"
    )
