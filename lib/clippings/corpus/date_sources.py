"""Codes for the sources of publication dates in the column `dated_by`.

`problems.DATE_SOURCES` and docs/concepts/publication-dates.md describe them in words.
"""

CODEBOOK = "codebook"  # codebook/articles.csv: the analyst
COLUMN = "column"  # a column of a table; `date_note` names it
EXPORT = "export"  # a field in the export of a database
METADATA = "metadata"  # declared in the code of a web page
FRONT_MATTER = "front_matter"  # of a Markdown file
HEADER_LINES = "header_lines"  # "Date: 16 March 2021" above or below a plain text
FEED = "feed"  # the entry of a feed
EMAIL = "email"  # the day of sending
BOOK = "book"  # the metadata of an e-book
PAGE = "page"  # printed on the page
PAGE_UPDATE = "page_update"  # printed on the page, as the day of an update
ADDRESS = "address"  # /2021/03/16/
FILE_NAME = "file_name"  # the name of the file or of its folders
DATELINE = "dateline"  # "OSLO, March 16 –", with the year from the address or file name
