"""Markdown clips: their visible text, and the details in their front matter."""

import pytest

from clippings.corpus.markdown import read_markdown
from clippings.corpus.rows import ArticleRow, Limits

TEXT = "The old bridge at Ostrand will stay closed until May, the county said.\n\nNine thousand cars cross it each day."
PARAGRAPHS = TEXT.split("\n\n")


def read(text: str) -> ArticleRow:
    (row,) = read_markdown(text.encode(), Limits(1e6, {}))
    return row


FRONT_MATTER = {
    "Obsidian Web Clipper": (
        '---\ntitle: "Bridge closed"\nsource: "https://herald.example/a"\nauthor:\n  - "[[Anna Bell]]"\n  - "[[Tom Reed]]"\npublished: 2021-03-16\ncreated: 2024-11-05\ntags:\n  - "clippings"\n---\n',
        {
            "author": "Anna Bell, Tom Reed",
            "url": "https://herald.example/a",
            "published_from": "2021-03-16",
            "saved": "2024-11-05",
        },
    ),
    "MarkDownload": (
        "---\ntitle: Bridge closed\ncreated: 2024-11-05T10:11:12 (UTC +01:00)\ntags: []\nsource: https://herald.example/a\nauthor: \n---\n\n",
        {
            "author": "",
            "url": "https://herald.example/a",
            "published_from": "",
            "saved": "2024-11-05",
        },
    ),
    "Joplin": (
        "---\ntitle: Bridge closed\nupdated: 2024-11-06 10:11:12Z\ncreated: 2024-11-05 10:11:12Z\nsource: https://herald.example/a\nauthor: Anna Bell\nlatitude: 0.0\n---\n\n",
        {"author": "Anna Bell", "published_from": "", "updated": "", "saved": "2024-11-05"},
    ),
    "Hugo": (
        '+++\ntitle = "Bridge closed"\ndate = 2021-03-16T23:30:00-05:00\nlastmod = 2021-03-18\nauthors = ["Anna Bell"]\n[params]\nx = 1\n+++\n',
        {"author": "Anna Bell", "published_from": "2021-03-16", "updated": "2021-03-18"},
    ),
    "Jekyll": (
        "---\nlayout: post\ntitle: Bridge closed\ndate: 2021-03-16 23:30:00 -0500\ncategory: Region\n---\n",
        {"published_from": "2021-03-16", "section": "Region"},
    ),
    "Zotero": (
        "---\ntitle: Bridge closed\nauthors: Anna Bell; Tom Reed\npublicationTitle: Ostrand Herald\ndate: 2021-03-16\naccessDate: 2024-11-05T10:00:00Z\nurl: https://herald.example/a\n---\n",
        {
            "author": "Anna Bell, Tom Reed",
            "outlet": "Ostrand Herald",
            "published_from": "2021-03-16",
            "saved": "2024-11-05",
        },
    ),
    "colon in a title": (
        "---\ntitle: Bridge closed: cracks found\nurl: https://herald.example/a\nsite: Herald: Region\ndate: 2021-03-16\n---\n",
        {"title": "Bridge closed: cracks found", "published_from": "2021-03-16"},
    ),
    "outlet as source": (
        "---\ntitle: Bridge closed\nsource: Ostrand Herald\nlink: <https://herald.example/a>\nlang: en-GB\n---\n",
        {"outlet": "Ostrand Herald", "url": "https://herald.example/a", "language": "en"},
    ),
    "capitals": (
        "---\nTitle: Bridge closed\nURL: https://herald.example/a\nPublished Date: March 16, 2021\nBy: By Anna Bell and Tom Reed\n---\n",
        {"author": "Anna Bell, Tom Reed", "published_from": "2021-03-16"},
    ),
}


def test_the_front_matter_of_clippers_and_site_builders_is_read():
    failures = []
    for program, (front, stated) in FRONT_MATTER.items():
        row = read(front + TEXT)
        expected = {"title": "Bridge closed"} | stated
        wrong = {
            name: getattr(row, name)
            for name, value in expected.items()
            if getattr(row, name) != value
        }
        if wrong or row.text.split("\n\n")[-2:] != PARAGRAPHS or "---" in row.text:
            failures.append((program, wrong, row.text))
    assert failures == []


def test_headline_and_authors_of_the_front_matter_stand_above_the_text():
    front = "---\ntitle: Bridge closed\nauthor: Anna Bell\n---\n"
    assert read(front + TEXT).text.split("\n\n") == ["Bridge closed", "By Anna Bell", *PARAGRAPHS]
    complete = f"{front}# Bridge closed\n\nAnna Bell, 16 March 2021\n\n{TEXT}"
    assert read(complete).text.split("\n\n")[:2] == ["Bridge closed", "Anna Bell, 16 March 2021"]


def test_a_date_that_is_not_understood_is_reported():
    row = read(f"---\ntitle: Bridge closed\ndate: last spring\n---\n{TEXT}")
    assert (row.published_from, row.dated_by, bool(row.date_note)) == ("", "", True)


def test_broken_front_matter_is_left_as_text():
    for front in ("---\ntitle [Bridge\nwhat is that\n---\n", '+++\ntitle = "Bridge\n+++\n'):
        text = read(front + TEXT).text
        assert "title" in text
        assert text.endswith(PARAGRAPHS[-1])


def test_a_line_of_hyphens_is_no_front_matter():
    for text in (
        f"---\n\n{TEXT}",
        f"{TEXT}\n\n---\n\nThe end.",
        f"---\nBridge closed\n---\n\n{TEXT}",
    ):
        row = read(text)
        assert all(paragraph in row.text for paragraph in PARAGRAPHS)
        assert (row.url, row.published_from) == ("", "")


MARKS = {
    "**Anna Bell** said it, and *Tom Reed* _agreed_.": "Anna Bell said it, and Tom Reed agreed.",
    "It fell on [Monday](https://herald.example/2019/03/16/wall-1987 'Wall').": "It fell on Monday.",
    "It fell on [Monday][1].\n\n[1]: https://herald.example/2019/03/16": "It fell on Monday.",
    "It cost \\$5 &amp; more \\*": "It cost $5 & more *",
    "~~Nine~~ `ten` cars": "Nine ten cars",
    "![A bridge](a.jpg)*The bridge on Monday.*": "The bridge on Monday.",
    "A link [![photo](a.jpg)](https://x.example) here": "A link  here",
    "See <https://herald.example/a>.": "See https://herald.example/a.",
    "She <b>said</b> it<br>twice.": "She said it\ntwice.",
    "First line\\\nsecond line": "First line\nsecond line",
    "First line  \nsecond line": "First line\nsecond line",
    "It fell.[^1]\n\n[^1]: On Monday.": "It fell.\n\nOn Monday.",
    "> “We close it,” said **Maria Lund**.": "“We close it,” said Maria Lund.",
    "> [!quote] Maria Lund\n> We close it.": "Maria Lund\nWe close it.",
    "- Buses go\n- by Lund": "Buses go\n\nby Lund",
    "1. *first*\n2. second": "1. first\n\n2. second",
    "| Year | Cars |\n|---|--:|\n| 2019 | 8,100 |": "Year\tCars\n\n2019\t8,100",
    "```\nDETOUR  LUND\n```": "DETOUR  LUND",
    "## What next?\n\nNobody knows.": "What next?\n\nNobody knows.",
    "Bridge closed\n=====\n\nIt is shut.": "Bridge closed\n\nIt is shut.",
    "<div><p>It is &quot;shut&quot;.</p><script>x()</script></div>": 'It is "shut".',
    "One.\n\n* * *\n\n*Two.*": "One.\n\nTwo.",
    "[[places/tolmere|Tolmere]] and [[Lund]] ==lit==": "Tolmere and Lund lit",
    "![[photo.jpg]]\n\nIt is shut. %% check %%": "It is shut.",
    "<!-- from the clipper -->\n\nIt is shut.": "It is shut.",
}


def test_marks_are_left_out_and_words_are_kept():
    shown = {source: read(source).text for source in MARKS}
    assert shown == MARKS


PLAIN = [
    TEXT,
    TEXT.replace("\n", "\r\n"),
    "Bridge closed\n\nBy Anna Bell\n16 March 2021\n\n" + TEXT,
    "The file my_old_name_is.txt and 5 * 3 * 2 and snake_case_words stay.",
    "2019. A year in which it was repaired.\n\n16 cars.",
    "    The old bridge at Ostrand\n    is shut.\n\n    Nobody may drive.",
    "AT&T and R&D, she said: <it is shut>; 3 < 4 > 2.",
    "#hashtag first\n\n+5 degrees at night",
    "“It is shut”—really… [sic] she said [a year ago].",
    "Line ends with colon:\n\nIt is shut (see p. 3).",
]


def test_a_text_without_marks_stays_as_it_is():
    changed = [
        (text, read(text).text) for text in PLAIN[:-3] + PLAIN[-2:] if read(text).text != text
    ]
    assert changed == []


def test_the_first_heading_is_the_headline():
    assert read(f"# Bridge **closed**\n\n{TEXT}").title == "Bridge closed"
    assert read(f"By Anna Bell\n\n# Bridge closed\n\n# Another\n\n{TEXT}").title == "Bridge closed"
    assert read(f"## Region\n\n{TEXT}").title == ""


def test_deep_and_long_texts_are_read():
    assert read("> " * 5000 + TEXT).text.endswith(PARAGRAPHS[-1])
    assert read("*a " * 2000).text.startswith("*a *a")
    assert read("[" * 2000 + TEXT).text.endswith(PARAGRAPHS[-1])


@pytest.mark.parametrize("name", ["a.md", "a.markdown"])
def test_markdown_files_of_a_folder_are_read(tmp_path, name):
    import clippings as cl

    (tmp_path / name).write_text(f"---\ntitle: Bridge closed\n---\n**{PARAGRAPHS[0]}**\n")
    row = cl.read_articles(tmp_path).iloc[0]
    assert (row.title, row.text) == ("Bridge closed", f"Bridge closed\n\n{PARAGRAPHS[0]}")
