"""Where a saved text came from, as lines above or below it state."""

import clippings as cl
from clippings.corpus.clip_header import header_of_lines
from clippings.corpus.documents import read_text
from clippings.corpus.rows import ArticleRow, Limits

ADDRESS = "https://herald.example/2021/bridge"
TEXT = (
    "Bridge closed\n\nThe old bridge at Ostrand will stay closed until May, the county said.\n\n"
    "Nine thousand cars cross it each day.\n\nNobody knows how long it will take."
)


def read(text: str) -> ArticleRow:
    (row,) = read_text(text.encode(), Limits(1e6, {}))
    return row


ADDRESS_NOTES = [
    f"Source: {ADDRESS}\n\n{TEXT}",
    f"SOURCE: <{ADDRESS}>\n{TEXT}",
    f"URL: {ADDRESS}\n\n{TEXT}",
    f"Link: {ADDRESS}\n{TEXT}",
    f"Saved from {ADDRESS}\n\n{TEXT}",
    f"Saved from: {ADDRESS}\r\n\r\n{TEXT}",
    f"Copied from {ADDRESS} on 16 March 2021\n\n{TEXT}",
    f"Bridge closed\n\n{ADDRESS}\n\n{TEXT}",
    f"{ADDRESS}\n\n{TEXT}",
    f"{TEXT}\n\nFrom <{ADDRESS}>",
    f"{TEXT}\n\nSource: {ADDRESS}\n",
    f"{TEXT}\n\nOriginal article: {ADDRESS}",
    f"{TEXT}\n\n{ADDRESS}\n",
    f"Title: Bridge closed\nURL Source: {ADDRESS}\nPublished Time: 2021-03-16T08:00:00Z\n\n{TEXT}",
    f"**Source:** [Ostrand Herald]({ADDRESS})\n\n{TEXT}",
    f"Source: Ostrand Herald ({ADDRESS})\n\n{TEXT}",
    f"Retrieved 5 November 2024 from {ADDRESS}\n\n{TEXT}",
    f"{TEXT}\n\nAccessed on 5 Nov 2024, at {ADDRESS}.",
    f"Available at: {ADDRESS}\n\n{TEXT}",
    f"- Source: {ADDRESS}\n- Date: 2021-03-16\n\n{TEXT}",
]


def test_the_address_that_a_line_notes_is_read_and_the_text_stays():
    failures = []
    for text in ADDRESS_NOTES:
        row = read(text)
        if (row.url, row.text) != (ADDRESS, text):
            failures.append((text[:60], row.url))
    assert failures == []


def test_outlet_and_day_next_to_an_address_are_read():
    assert read(f"Source: Ostrand Herald ({ADDRESS})\n\n{TEXT}").outlet == "Ostrand Herald"
    assert read(f"**Source:** [Ostrand Herald]({ADDRESS})\n\n{TEXT}").outlet == "Ostrand Herald"
    for note in ("Retrieved 5 November 2024 from {}", "Saved from {} on November 5, 2024"):
        assert read(f"{note.format(ADDRESS)}\n\n{TEXT}").saved == "2024-11-05"


def test_header_lines_state_title_authors_outlet_and_dates():
    header = header_of_lines(
        f"Title: Bridge closed: cracks found\nAuthor: Anna Bell and Tom Reed\nPublication: Ostrand Herald\n"
        f"Section: Region\nDate: 16 March 2021\nUpdated: 2021-03-18\nAccessed: 5 November 2024\nURL: {ADDRESS}\n\n{TEXT}"
    )
    assert header.title == "Bridge closed: cracks found"
    assert header.author == "Anna Bell, Tom Reed"
    assert header.outlet == "Ostrand Herald"
    assert header.section == "Region"
    assert (header.published, header.updated, header.saved) == (
        "2021-03-16",
        "2021-03-18",
        "2024-11-05",
    )
    assert header.url == ADDRESS


NO_HEADERS = [
    TEXT,
    f"Source: Ministry of Roads\n\n{TEXT}",
    f"Bridge closed\n\nUpdated: 16 March 2021\n\n{TEXT}",
    f"{TEXT}\n\nSource: Ministry of Roads\nDate: unknown",
    f"{TEXT}\n\nRead more at {ADDRESS} and elsewhere.\n\nThe end.",
    f"By: the time it fell, nobody was there.\n{TEXT}",
    f"{TEXT}\n\nTitle: a poem\nAuthor: Anna Bell\nDate: 2021-03-16\n\n{TEXT}",
    f"He wrote to us from https://herald.example and said more.\n\n{TEXT}",
]


def test_lines_of_the_story_are_no_header():
    failures = []
    for text in NO_HEADERS:
        row = read(text)
        if row != ArticleRow(text=text):
            failures.append((text[:50], row._replace(text="")))
    assert failures == []


def test_a_date_whose_order_is_open_is_left_to_the_dates_of_the_text():
    row = read(f"Date: 03/04/2021\nURL: {ADDRESS}\n\n{TEXT}")
    assert (row.published_from, row.dated_by, row.url) == ("", "", ADDRESS)


def test_header_lines_reach_the_table_of_articles(tmp_path):
    (tmp_path / "a.txt").write_text(
        f"Title: Bridge closed\nSource: {ADDRESS}\nDate: 2021-03-16\n\n{TEXT}"
    )
    row = cl.read_articles(tmp_path).iloc[0]
    assert (row.title, row.url, f"{row.published_from:%Y-%m-%d}") == (
        "Bridge closed",
        ADDRESS,
        "2021-03-16",
    )
