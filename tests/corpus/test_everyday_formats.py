"""The formats in which people save news: the metadata and text of each."""

import gzip
import plistlib
import re
import sys
from pathlib import Path

import pandas as pd
import pytest
from corpus.builders import (
    MORE,
    PARAGRAPHS,
    QUOTE,
    STORY,
    TITLE,
    atom_of,
    enex_of,
    epub_of,
    html_of,
    jsonl_of,
    mail_of,
    mailbox_of,
    mhtml_of,
    needs,
    odt_content_of,
    odt_of,
    page_of,
    rss_of,
    rtf_of,
    tar_of,
    warc_of,
    webarchive_of,
    zip_of,
)
from corpus.outlook_builder import msg_of

import clippings as cl
from clippings.core.errors import install
from clippings.core.lexicon import read_lexicon
from clippings.corpus import formats, problems
from clippings.corpus.file_kinds import KIND_OF_SUFFIX, TEXT, kind_of, suffix_of
from clippings.corpus.formats import READERS
from clippings.corpus.reader_process import ISOLATED_READERS
from clippings.corpus.rows import ArticleRow, Limits
from helpers import ROOT

WHOLE = "\n\n".join(PARAGRAPHS)


def read(folder: Path, files: dict[str, bytes | str]) -> pd.DataFrame:
    """Read the articles of a folder with these files, by id."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return cl.read_articles(folder).set_index("article")


def text_of(folder: Path, name: str, data: bytes | str) -> str:
    """Return the text of the only article of a file, or its problem."""
    articles = read(folder / name.replace("/", "_").replace("?", "_"), {name: data})
    assert len(articles) == 1
    row = articles.iloc[0]
    return row.text or row.problem


def day(date) -> str:
    return "" if pd.isna(date) else f"{date:%Y-%m-%d}"


# Word processors


def test_the_paragraphs_of_an_rtf_file_are_read(tmp_path):
    needs("striprtf")
    link = '{\\field{\\*\\fldinst{HYPERLINK "https://post.example/"}}{\\fldrslt{the Post}}}'
    files = {
        "plain.rtf": (rtf_of(*PARAGRAPHS), WHOLE),
        "link.rtf": (rtf_of(f"He told {link} on Tuesday."), "He told the Post on Tuesday."),
        "deleted.rtf": (rtf_of("We {\\b\\deleted\\revauthdel1 never }left."), "We left."),
        "inserted.rtf": (rtf_of("We {\\revised\\revauth1 all }left."), "We all left."),
        "hidden.rtf": (rtf_of("We {\\v secretly }left."), "We left."),
        "escapes.rtf": (rtf_of("A \\{b\\} c\\\\d \\'93e\\'94"), "A {b} c\\d “e”"),
        "table.rtf": (rtf_of("\\intbl houses\\cell 40\\cell\\row", "Then."), "houses\t40\n\nThen."),
        "emoji.rtf": (rtf_of("Rain \\u-10179?\\u-8704? fell."), "Rain 😀 fell."),
        "box.rtf": (
            rtf_of("Start.{\\shp{\\*\\shpinst{\\shptxt \\pard A box.\\par}}}", "End."),
            "Start.\n\nEnd.\n\nA box.",
        ),
        "lines.rtf": (rtf_of("One\\line two", "Three"), "One\ntwo\n\nThree"),
        "raw.rtf": (b"{\\rtf1\\ansi Levee \x93breaks\x94\\par}", "Levee “breaks”"),
    }
    failures = []
    for name, (data, expected) in files.items():
        text = text_of(tmp_path, name, data)
        if text != expected:
            failures.append((name, text))
    assert failures == []


def test_what_an_rtf_file_does_not_show_is_not_read(tmp_path):
    needs("striprtf")
    hidden = (
        "{\\header Page 1}{\\footer Draft}{\\footnote Note}{\\*\\annotation Comment}"
        "{\\pict\\pngblip 89504e47}"
    )
    assert text_of(tmp_path, "a.rtf", rtf_of(f"{STORY}{hidden}", MORE)) == f"{STORY}\n\n{MORE}"


ODT_CASES = {
    "spans": ("<text:p>The <text:span>lev</text:span>ee broke.</text:p>", "The levee broke."),
    "link": (
        "<text:p>He told <text:a xlink:href='https://post.example/'>the Post</text:a>.</text:p>",
        "He told the Post.",
    ),
    "heading": ("<text:h>Levee</text:h><text:p>It broke.</text:p>", "Levee\n\nIt broke."),
    "blanks": ("<text:p>a<text:s text:c='2'/>b<text:tab/>c\n   d</text:p>", "a  b\tc d"),
    "deleted": (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>never</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>We <text:change-start/>all <text:change-end/>left<text:change/>.</text:p>",
        "We all left.",
    ),
    "comment": (
        "<text:p>We<office:annotation><dc:creator>X</dc:creator><text:p>Sure?</text:p>"
        "</office:annotation> left.</text:p>",
        "We left.",
    ),
    "note": (
        "<text:p>We left<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>By boat.</text:p></text:note-body></text:note>.</text:p><text:p>Then.</text:p>",
        "We left.\n\nThen.\n\nBy boat.",
    ),
    "table": (
        "<table:table><table:table-row><table:table-cell><text:p>houses</text:p>"
        "</table:table-cell><table:table-cell><text:p>40</text:p></table:table-cell>"
        "<table:covered-table-cell/></table:table-row></table:table>",
        "houses\t40",
    ),
    "list": (
        "<text:list><text:list-item><text:p>one</text:p></text:list-item><text:list-item>"
        "<text:p>two</text:p></text:list-item></text:list>",
        "one\n\ntwo",
    ),
    "section": ("<text:section><text:p>Inside.</text:p></text:section>", "Inside."),
    "box": (
        "<text:p>Start.<draw:frame><draw:text-box><text:p>A box.</text:p></draw:text-box>"
        "</draw:frame></text:p>",
        "Start.\n\nA box.",
    ),
}


def test_what_an_opendocument_text_shows_is_read(tmp_path):
    failures = []
    for name, (body, expected) in ODT_CASES.items():
        text = text_of(tmp_path, f"{name}.odt", odt_of(body))
        if text != expected:
            failures.append((name, text))
    flat = odt_content_of("<text:p>Flat.</text:p>").replace("document-content", "document")
    assert text_of(tmp_path, "a.fodt", flat) == "Flat."
    assert text_of(tmp_path, "a.xml", flat) == "Flat."
    assert failures == []


# Books


def test_each_document_of_a_book_is_an_article(tmp_path):
    chapters = {
        "cover.xhtml": "<img src='cover.jpg'/>",
        "contents.xhtml": "<p><a href='a.xhtml'>Levee breaks at Ostrand</a></p>",
        "a.xhtml": f"<h1>{TITLE}</h1>{html_of(*PARAGRAPHS)}",
        "b.xhtml": "<h2>Ferry to <i>Lund</i></h2><p>Crews will strike.</p><p>A union said so.</p>",
        "c_split_000.xhtml": "<h1>Long read</h1><p>First half.</p>",
        "c_split_001.xhtml": "<p>Second half.</p>",
    }
    metadata = (
        "<dc:title>The Post, 16 March</dc:title><dc:creator>calibre</dc:creator>"
        "<dc:publisher>The Post</dc:publisher><dc:date>2021-03-16T00:00:00+00:00</dc:date>"
    )
    nav = "<item id='nav' href='nav.xhtml' properties='nav' media-type='application/xhtml+xml'/>"
    book = epub_of(chapters, metadata, nav, **{"OEBPS/nav.xhtml": "<html/>"})
    articles = read(tmp_path, {"issue.epub": book})
    assert articles.index.to_list() == ["issue.epub#1", "issue.epub#2", "issue.epub#3"]
    assert articles.title.to_list() == [TITLE, "Ferry to Lund", "Long read"]
    assert set(articles.outlet) == {"The Post"}
    assert set(articles.author) == {""}
    assert {day(date) for date in articles.published_from} == {"2021-03-16"}
    assert set(articles.problem) == {""}
    assert all(paragraph in articles.text.iloc[0] for paragraph in PARAGRAPHS)
    assert "First half." in articles.text.iloc[2]
    assert "Second half." in articles.text.iloc[2]


def test_a_book_of_one_article_keeps_what_it_states(tmp_path):
    metadata = (
        "<dc:title>Saved</dc:title><dc:creator>Anna Bell</dc:creator><dc:date>0101-01-01</dc:date>"
    )
    row = read(tmp_path, {"a.epub": epub_of({"a.xhtml": html_of(*PARAGRAPHS)}, metadata)}).iloc[0]
    assert row.author == "Anna Bell"
    assert day(row.published_from) == ""
    assert row.text == WHOLE


def test_a_book_without_text_or_with_copy_protection_is_a_problem(tmp_path):
    chapters = {"a.xhtml": "<img src='scan.png'/>"}
    encryption = "<encryption><CipherReference URI='OEBPS/a.xhtml'/></encryption>"
    fonts = "<encryption><CipherReference URI='OEBPS/a.otf'/></encryption>"
    locked = epub_of({"a.xhtml": html_of(STORY)}, **{"META-INF/encryption.xml": encryption})
    only_fonts = epub_of({"a.xhtml": html_of(STORY)}, **{"META-INF/encryption.xml": fonts})
    articles = read(tmp_path, {"a.epub": epub_of(chapters), "b.epub": locked, "c.epub": only_fonts})
    assert articles.problem.to_list() == [problems.no_chapters(), problems.locked_book(), ""]


# Mail


def test_a_mail_is_an_article_with_its_subject_sender_and_day(tmp_path):
    files = {
        "plain.eml": mail_of(WHOLE),
        "html.eml": mail_of(html=f"<html><body>{html_of(*PARAGRAPHS)}</body></html>"),
        "both.eml": mail_of("See this mail in a browser.", html_of(*PARAGRAPHS)),
        "apple.emlx": str(len(mail_of(WHOLE))).encode()
        + b"  \n"
        + mail_of(WHOLE)
        + b"<?xml?><plist/>",
        "renamed.txt": mail_of(WHOLE),
        "crlf.eml": mail_of(WHOLE).replace(b"\n", b"\r\n"),
    }
    failures = []
    for name, data in files.items():
        row = read(tmp_path / name, {name: data}).iloc[0]
        facts = (row.text, row.title, row.outlet, day(row.published_from), row.problem)
        if facts != (WHOLE, TITLE, "The Post", "2021-03-16", ""):
            failures.append((name, facts))
    assert failures == []


SENDERS = {
    "The Tarnow Post <news@mail.example>": ("", "The Tarnow Post"),
    "Tolmere Echo <post@tolmereecho.example>": ("", "Tolmere Echo"),
    "Anna Bell <anna.bell@mail.example>": ("Anna Bell", ""),
    "=?utf-8?q?Jos=C3=A9_Bell?= <jbell@mail.example>": ("José Bell", ""),
    "Anna Bell at The Post <newsletters@post.example>": ("Anna Bell", "The Post"),
    "news@post.example": ("", ""),
    "Anna Bell <a.bell@bell.example>": ("Anna Bell", ""),
    "=?utf-8?b?0JDQvdC90LAg0JHQtdC70Ls=?= <x17@mail.example>": ("", ""),
    "Somebody Else <x17@mail.example>": ("", ""),
}


def test_the_sender_of_a_mail_is_an_author_an_outlet_or_unknown(tmp_path):
    failures = []
    for number, (sender, expected) in enumerate(SENDERS.items()):
        data = mail_of(WHOLE).replace(b"The Post <news@post.example>", sender.encode())
        row = read(tmp_path / str(number), {"a.eml": data}).iloc[0]
        if (row.author, row.outlet) != expected:
            failures.append((sender, row.author, row.outlet))
    assert failures == []


def test_who_forwards_a_mail_did_not_write_it(tmp_path):
    failures = []
    for number, prefix in enumerate(["Fwd: ", "FW: ", "WG: AW: ", "Re[2]: ", "TR : "]):
        mail = mail_of(WHOLE, subject=prefix + TITLE, sender="Tom Lund <tom.lund@mail.example>")
        row = read(tmp_path / str(number), {"a.eml": mail}).iloc[0]
        facts = (row.title, row.author, day(row.published_from), day(row.saved))
        if facts != (TITLE, "", "", "2021-03-16"):
            failures.append((prefix, facts))
    assert failures == []


PRINTED_HEADERS = {
    "English": ("From:", "Sent: Tuesday, March 16, 2021 6:12 AM", "To:", "Subject:"),
    "English, short": ("From:", "Date: Tue, Mar 16, 2021 at 6:12 AM", "To:", "Subject:"),
    "German": ("Von:", "Gesendet: Dienstag, 16. März 2021 06:12", "An:", "Betreff:"),
    "French": ("De :", "Envoyé : mardi 16 mars 2021 06:12", "À :", "Objet :"),
    "Spanish": ("De:", "Enviado: martes, 16 de marzo de 2021 6:12", "Para:", "Asunto:"),
    "Italian": ("Da:", "Inviato: martedì 16 marzo 2021 06:12", "A:", "Oggetto:"),
    "Dutch": ("Van:", "Verzonden: dinsdag 16 maart 2021 06:12", "Aan:", "Onderwerp:"),
}


def printed_mail(labels: tuple[str, str, str, str]) -> str:
    sender, sent, receiver, subject = labels
    return (
        f"{sender} The Post <news@post.example>\n{sent}\n{receiver} a@mail.example\n"
        f"{subject} Fwd: {TITLE}\n\n{WHOLE}"
    )


def test_a_forwarded_or_pasted_mail_has_the_sender_and_day_of_its_printed_header(tmp_path):
    failures = []
    for language, labels in PRINTED_HEADERS.items():
        text = printed_mail(labels)
        mail = mail_of(f"FYI\n\n{text}", subject=f"Fwd: {TITLE}", sender="Tom Lund <t@x.example>")
        mail = mail.replace(b"16 Mar 2021 08:00", b"24 Mar 2021 08:00")
        for name, data in (("mail.eml", mail), ("pasted.txt", text.encode())):
            row = read(tmp_path / f"{language} {name}", {name: data}).iloc[0]
            facts = (row.title, row.author, row.outlet, day(row.published_from))
            if facts != (TITLE, "", "The Post", "2021-03-16"):
                failures.append((language, name, facts))
    assert failures == []


def test_an_issue_that_was_sent_after_midnight_in_greenwich_has_its_own_day(tmp_path):
    for sent, issue, expected in (
        (b"17 Mar 2021 03:50", "March 16, 2021", "2021-03-16"),
        (b"24 Mar 2021 03:50", "March 16, 2021", "2021-03-24"),
    ):
        mail = mail_of(f"{issue}\n\nBy Anna Bell\n\n{WHOLE}")
        mail = mail.replace(b"16 Mar 2021 08:00", sent)
        row = read(tmp_path / sent.decode().replace(":", ""), {"a.eml": mail}).iloc[0]
        assert (row.author, day(row.published_from)) == ("Anna Bell", expected)


def test_the_author_of_a_newsletter_follows_a_greeting(tmp_path):
    for number, greeting in enumerate(("Good morning. By Anna Bell", "Hello! By Anna Bell")):
        row = read(tmp_path / str(number), {"a.eml": mail_of(f"{greeting}\n\n{WHOLE}")}).iloc[0]
        assert row.author == "Anna Bell"


def test_wrapped_lines_of_a_mail_are_joined_and_lists_are_not(tmp_path):
    wrapped = STORY.replace(" forty", "\nforty")
    listed = "Also today:\nFerries\nBakeries"
    assert text_of(tmp_path, "a.eml", mail_of(f"{wrapped}\n\n{listed}")) == f"{STORY}\n\n{listed}"
    flowed = mail_of(f"{STORY.replace(' forty', ' ' + chr(10) + 'forty')}\n")
    flowed = flowed.replace(b'charset="utf-8"', b'charset="utf-8"; format=flowed')
    assert text_of(tmp_path, "b.eml", flowed) == STORY


def test_documents_attached_to_a_mail_are_articles_and_pictures_are_not(tmp_path):
    attachments = {
        "levee.html": page_of().encode(),
        "note.txt": MORE.encode(),
        "logo.png": b"\x89PNG\r\n",
        "smime.p7s": b"0\x82",
        "table.zip": zip_of({"a.txt": "We left."}),
        "inner.eml": mail_of(QUOTE, subject="Inner"),
    }
    articles = read(tmp_path, {"a.eml": mail_of(STORY, attachments=attachments)})
    assert articles.index[articles.problem == ""].to_list() == [
        "a.eml",
        "a.eml/inner.eml",
        "a.eml/levee.html",
        "a.eml/note.txt",
    ]
    assert articles.problem["a.eml/table.zip"] == problems.unread_attachment()
    assert len(articles) == 5
    assert articles.title["a.eml/inner.eml"] == "Inner"
    assert day(articles.saved["a.eml/note.txt"]) == "2021-03-16"


def test_each_mail_of_a_mailbox_is_an_article(tmp_path):
    mails = [
        mail_of(STORY),
        mail_of(f"{QUOTE}\n\nFrom Lund came help.", subject="Two"),
        mail_of(""),
    ]
    for name in ("a.mbox", "Inbox", "b.txt"):
        articles = read(tmp_path / name, {name: mailbox_of(*mails)})
        assert articles.index.to_list() == [f"{name}#1", f"{name}#2", f"{name}#3"]
        assert articles.problem.to_list() == ["", "", problems.no_mail_text()]
        assert articles.title.to_list()[:2] == [TITLE, "Two"]
        assert articles.text.iloc[1].endswith("From Lund came help.")


def test_a_mail_of_outlook_is_read_like_any_other(tmp_path):
    needs("oxmsg")
    headers = (
        "From: Anna Bell <anna.bell@mail.example>\r\nDate: Mon, 15 Mar 2021 23:30:00 -0500\r\n"
    )
    files = {
        "plain.msg": msg_of(TITLE, WHOLE, attachments={"note.txt": MORE.encode(), "a.png": b"x"}),
        "html.msg": msg_of(
            "Two", "See the web.", f"<p>One more.</p>{html_of(*PARAGRAPHS)}", headers
        ),
        "renamed.txt": msg_of("Three", STORY),
        "fwd.msg": msg_of("FW: Four", QUOTE, sender=("Tom Lund", "tom.lund@mail.example")),
        "empty.msg": msg_of("Five"),
    }
    articles = read(tmp_path, files)
    assert articles.index[articles.problem == ""].to_list() == [
        "fwd.msg",
        "html.msg",
        "plain.msg",
        "plain.msg/note.txt",
        "renamed.txt",
    ]
    plain = articles.loc["plain.msg"]
    assert (plain.title, plain.outlet, plain.text) == (TITLE, "The Post", WHOLE)
    assert day(plain.published_from) == "2021-03-16"
    html = articles.loc["html.msg"]
    assert (html.author, day(html.published_from)) == ("Anna Bell", "2021-03-15")
    assert html.text.startswith("One more.")
    assert (articles.title["fwd.msg"], articles.author["fwd.msg"]) == ("Four", "")
    assert articles.problem["empty.msg"] == problems.no_mail_text()


def test_a_damaged_mail_is_a_row(tmp_path):
    mails = {
        "headers.eml": b"From: =?utf-9?b?xx?=\nDate: never\nSubject: \xff\xfe\nMIME-Version: 1.0\n\nWe left.",
        "charset.eml": mail_of("We left.").replace(b'"utf-8"', b'"no-such"'),
        "boundary.eml": b"MIME-Version: 1.0\nContent-Type: multipart/mixed\n\nWe left.",
        "latin.eml": b"MIME-Version: 1.0\nSubject: caf\xe9\nContent-Type: text/plain\n\nThe caf\xe9 in Lund was closed.",
    }
    articles = read(tmp_path, mails)
    assert len(articles) == len(mails)
    assert articles.text["headers.eml"] == "We left."
    assert articles.text["charset.eml"] == "We left."
    assert articles.title["latin.eml"] == "café"


# Saved pages


def test_a_saved_page_has_its_address_and_the_day_of_saving(tmp_path):
    needs("trafilatura")
    bare = "<title>{title}</title>"
    files = {
        "a.mhtml": mhtml_of(page_of()),
        "b.mht": mhtml_of(page_of(head=bare)),
        "c.txt": mhtml_of(page_of()),
        "d.mhtml": mhtml_of(
            page_of("Der Fluß stieg über die Mauer.", MORE, QUOTE), charset="cp1250"
        ),
        "e.doc": mhtml_of(page_of()),
    }
    articles = read(tmp_path, files)
    assert articles.index.to_list() == sorted(files)
    first = articles.loc["a.mhtml"]
    assert (first.title, first.url) == (TITLE, "https://post.example/2021/levee")
    assert (day(first.published_from), day(first.saved)) == ("2021-03-16", "2021-04-01")
    assert (articles.problem != "").to_list() == [False, False, True, False, True]  # same bytes
    assert "Der Fluß" in articles.text["d.mhtml"]
    assert not articles.text.str.contains("boats").any()


def test_the_page_of_a_web_archive_is_read(tmp_path):
    needs("trafilatura")
    files = {
        "a.webarchive": webarchive_of(page_of()),
        "b": webarchive_of(page_of(MORE, STORY)),
        "c.webarchive": webarchive_of(
            page_of(QUOTE, MORE),
            "https://web.archive.org/web/20210401101500/https://post.example/l",
        ),
    }
    as_xml = plistlib.dumps(plistlib.loads(webarchive_of(page_of(QUOTE, STORY))))
    articles = read(tmp_path, files | {"d.webarchive": as_xml})
    assert set(articles.problem) == {""}
    assert articles.url.to_list()[:3] == [
        "https://post.example/levee",
        "https://post.example/levee",
        "https://post.example/l",
    ]
    assert day(articles.published_from.iloc[0]) == "2021-03-16"


def test_each_page_of_a_crawl_is_an_article(tmp_path):
    needs("trafilatura")
    pages = {
        "https://post.example/a": ("text/html; charset=utf-8", page_of()),
        "https://post.example/a.css": ("text/css", "p { color: red }"),
        "https://post.example/b": ("application/xhtml+xml", page_of(MORE, STORY, title="Two")),
        "https://post.example/empty": ("text/html", "<html></html>"),
    }
    for name, packed in {"a.warc": False, "a.warc.gz": True, "crawl": True}.items():
        articles = read(tmp_path / name, {name: warc_of(pages, packed)})
        assert articles.index.to_list() == [f"{name}#1", f"{name}#2", f"{name}#3"]
        assert articles.url.to_list() == ["https://post.example/a", "https://post.example/b", ""]
        assert articles.problem.astype(bool).to_list() == [False, False, True]
        assert day(articles.saved.iloc[0]) == "2021-04-01"


def test_the_pages_of_a_packed_crawl_are_read_and_its_indexes_are_not(tmp_path):
    needs("trafilatura")
    crawl = {
        "datapackage.json": "{}",
        "archive/data.warc.gz": warc_of({"https://post.example/a": ("text/html", page_of())}),
        "pages/pages.jsonl": jsonl_of([{"text": "an index"}]),
        "indexes/index.cdx.gz": gzip.compress(b"an index"),
    }
    articles = read(tmp_path, {"a.wacz": zip_of(crawl), "b.zip": zip_of(crawl)})
    assert articles.index[0] == "a.wacz/archive/data.warc.gz#1"
    assert articles.problem.astype(bool).to_list() == [False, True]  # the same article


# Notes and feeds


def test_each_note_is_an_article_saved_on_its_day(tmp_path):
    notes = [
        {"title": TITLE, "content": html_of(*PARAGRAPHS), "url": "https://post.example/levee"},
        {"title": "Short", "content": "<div>It&nbsp;fell.</div><en-media hash='1'/>"},
        {"title": "Empty", "content": "<en-media hash='1'/>"},
    ]
    articles = read(tmp_path, {"notes.enex": enex_of(*notes)})
    assert articles.index.to_list() == ["notes.enex#1", "notes.enex#2", "notes.enex#3"]
    first = articles.iloc[0]
    assert (first.title, first.url, first.text) == (TITLE, "https://post.example/levee", WHOLE)
    assert (day(first.published_from), day(first.saved)) == ("", "2021-04-01")
    assert (articles.problem == "").to_list() == [True, True, False]
    assert articles.text.iloc[1] == "It\xa0fell."


def test_each_entry_of_a_feed_is_an_article(tmp_path):
    needs("feedparser")
    rss = rss_of(
        f"<title>{TITLE}</title><link>https://post.example/a</link><dc:creator>Anna Bell</dc:creator>"
        "<pubDate>Tue, 16 Mar 2021 08:00:00 +0000</pubDate><description>Short.</description>"
        f"<content:encoded><![CDATA[{html_of(*PARAGRAPHS)}]]></content:encoded>",
        "<title>Ferries &amp; boats</title><link>https://post.example/b</link>"
        f"<description>{MORE}</description>",
        "<title>Nothing</title>",
        f"<title>Blog</title><description>{STORY} Yes.\n\n{QUOTE}</description>",
    )
    atom = atom_of(
        "<title>Two</title><link href='https://courier.example/2'/><author><name>Tom Lund</name></author>"
        "<published>2021-03-17T09:00:00Z</published><updated>2021-03-18T09:00:00Z</updated>"
        f"<content type='html'>&lt;p&gt;{STORY} It was late.&lt;/p&gt;</content>",
        f"<title>Three</title><updated>2021-03-19T09:00:00Z</updated><summary>{QUOTE}</summary>",
    )
    articles = read(tmp_path, {"feed.xml": rss, "feed.atom": atom, "z.txt": b"\n" + rss[:-6]})
    post = articles.loc["feed.xml#1"]
    assert (post.title, post.url, post.author) == (TITLE, "https://post.example/a", "Anna Bell")
    assert (post.outlet, day(post.published_from), post.text) == ("The Post", "2021-03-16", WHOLE)
    assert articles.title["feed.xml#2"] == "Ferries & boats"
    assert articles.text["feed.xml#2"] == MORE
    assert articles.problem["feed.xml#3"] != ""
    assert articles.text["feed.xml#4"] == f"{STORY} Yes.\n\n{QUOTE}"
    courier = articles.loc["feed.atom#1"]
    assert (courier.author, courier.outlet) == ("Tom Lund", "The Courier")
    assert (day(courier.published_from), day(courier.updated)) == ("2021-03-17", "2021-03-18")
    assert day(articles.published_from["feed.atom#2"]) == "2021-03-19"


def test_other_xml_is_a_problem_that_names_it(tmp_path):
    files = {
        "sitemap.xml": (
            "<?xml version='1.0'?><urlset><url/></urlset>",
            problems.unknown_xml("urlset"),
        ),
        "opml.xml": ("<!-- list --><opml version='2.0'/>", problems.unknown_xml("opml")),
        "broken.xml": ("<?xml version='1.0'?>", problems.broken_xml("no first element")),
    }
    articles = read(tmp_path, {name: data for name, (data, _) in files.items()})
    assert articles.problem.to_dict() == {name: problem for name, (_, problem) in files.items()}


# Packed files


def test_packed_files_and_tar_archives_are_read_as_what_they_hold(tmp_path):
    needs("trafilatura")
    feed = jsonl_of([{"text": STORY}, {"text": MORE}])
    tar = {
        "pages/a.txt": QUOTE.encode(),
        "pages/b.txt.gz": gzip.compress(b"We left."),
        "c.png": b"\x89PNG\r\n",
    }
    files = {
        "a.txt.gz": gzip.compress(f"{STORY} One.".encode()),
        "b.html.gz": gzip.compress(page_of().encode()),
        "c.jsonl.gz": gzip.compress(feed),
        "d.gz": gzip.compress(b"We went.") + gzip.compress(b" Then we left."),
        "e.html": gzip.compress(page_of(MORE, QUOTE).encode()),
        "f.tar": tar_of(tar),
        "g.tgz": tar_of({"x.txt": b"It rose."}, "w:gz"),
        "h.tar.bz2": tar_of({"y.txt": b"It fell."}, "w:bz2"),
        "i.tar.xz": tar_of({"z.txt": b"It stayed."}, "w:xz"),
    }
    articles = read(tmp_path, files)
    assert articles.problem[articles.problem != ""].index.to_list() == ["f.tar/c.png"]
    assert articles.index.to_list() == [
        "a.txt.gz",
        "b.html.gz",
        "c.jsonl.gz#1",
        "c.jsonl.gz#2",
        "d.gz",
        "e.html",
        "f.tar/c.png",
        "f.tar/pages/a.txt",
        "f.tar/pages/b.txt.gz",
        "g.tgz/x.txt",
        "h.tar.bz2/y.txt",
        "i.tar.xz/z.txt",
    ]
    assert articles.text["d.gz"] == "We went. Then we left."


def test_what_unpacks_to_too_much_is_not_unpacked(tmp_path):
    files = {
        "a.txt.gz": gzip.compress(bytes(30_000_000).replace(b"\0", b"a")),
        "b.tgz": gzip.compress(bytes(30_000_000)),
        "half.gz": gzip.compress(STORY.encode())[:-20],
        "nest.txt.gz": gzip.compress(gzip.compress(STORY.encode())),
        "tar.gz": gzip.compress(tar_of({"a.gz": gzip.compress(tar_of({"b.gz": b"x"}))})),
        "zip.gz": gzip.compress(zip_of({"a.txt": STORY})),
    }
    articles = read(tmp_path, files)
    assert {name.partition("/")[0] for name in articles.index} == files.keys()
    assert articles.problem.astype(bool).all()


def test_documents_and_crawls_that_unpack_to_too_much_are_not_unpacked(tmp_path):
    blanks = "<p>" + " " * 5_000_000 + "</p>"
    files = {
        "a.odt": odt_of(f"<text:p>{'a' * 5_000_000}</text:p>"),
        "b.epub": epub_of({"a.xhtml": blanks}),
        "c.warc.gz": warc_of({"https://post.example/a": ("text/html", page_of(blanks))}),
    }
    for name, data in files.items():
        assert len(data) < 100_000
        (tmp_path / name).write_bytes(data)
    articles = cl.read_articles(tmp_path, max_mb=1)
    assert len(articles) == len(files)
    assert articles.problem.astype(bool).all()


def test_a_tar_archive_leads_nowhere(tmp_path):
    tar = {
        "../../evil.txt": STORY.encode(),
        "/etc/evil.txt": STORY.encode(),
        "good.txt": MORE.encode(),
    }
    articles = read(tmp_path, {"a.tar": tar_of(tar)})
    assert articles.problem.to_list().count(problems.unsafe_entry_name()) == 2
    assert articles.text[articles.problem == ""].to_list() == [MORE]


# Names


PAGE_NAMES = [
    *("a.htm", "a.xhtml", "a.shtml", "a.php", "a.aspx", "a.jsp", "a.asp", "a.cfm", "a.HTML"),
    *("index.html?id=3", "story.php?a=1&b=2.5", "page.asp?x=1.html", "index.html@id=3", "a.html.1"),
    *("story", "story.com-2021", "www.post.example", "a.html~", "a.txt", "a.doc", "a.pdf", "a.xls"),
    *("a.docx", "a.md", "article (1)", "a.html (2)", "levee.cms", "41234567", "a.mhtml.html"),
]


def test_a_page_is_read_whatever_its_name(tmp_path):
    needs("trafilatura")
    failures = []
    for number, name in enumerate(PAGE_NAMES):
        text = read(tmp_path / str(number), {name: page_of()}).text.iloc[0]
        if STORY not in text or "<p>" in text:
            failures.append((name, text[:200]))
    assert failures == []


TEXT_NAMES = [
    *("a", "a.txt", "a.TXT", "a.txt (1)", "Mr. Bell speaks", "U.S. floods", "story.com-2021"),
    *("levee.2021-03-16", "a.pdf", "a.docx", "a.doc", "a.html", "a.rtf", "Why we left Node.js"),
    *("Who pays? The flood in Ostrand.txt", "No. 5", "post.example", "a.news", "a.txt~"),
]


def test_a_text_is_read_whatever_its_name(tmp_path):
    failures = []
    for number, name in enumerate(TEXT_NAMES):
        row = read(tmp_path / str(number), {name: WHOLE}).iloc[0]
        if row.text != WHOLE:
            failures.append((name, row.problem))
    wide = read(
        tmp_path / "wide", {"a.txt": WHOLE.encode("utf-16"), "b.doc": MORE.encode("utf-16")}
    )
    assert wide.text.to_list() == [WHOLE, MORE]
    table = f"title\ttext\nLevee\t{STORY}\n"
    assert read(tmp_path / "table", {"a.xls": table}).index.to_list() == ["a.xls#1"]
    assert failures == []


def test_the_kind_of_a_file_is_seen_in_its_content():
    documents = {
        ".docx": zip_of({"[Content_Types].xml": "", "word/document.xml": "<a/>"}),
        ".odt": odt_of("<text:p>x</text:p>"),
        ".epub": epub_of({"a.xhtml": "x"}),
        ".xlsx": zip_of({"[Content_Types].xml": "", "xl/workbook.xml": "<a/>"}),
        ".zip": zip_of({"a.docx": zip_of({"[Content_Types].xml": "", "word/document.xml": ""})}),
        ".tar": tar_of({"a.txt": b"We left."}),
        ".pdf": b"%PDF-1.7\n",
        ".rtf": rtf_of(STORY),
        ".eml": mail_of(STORY),
        ".mbox": mailbox_of(mail_of(STORY)),
        ".xml": rss_of(""),
        ".msg": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__properties_version1.0".encode("utf-16-le"),
        ".xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"),
    }
    names = ("a", "a.txt", "a.doc", "a.html", "a.pdf", "a.bin")
    failures = []
    for kind, data in documents.items():
        for name in (*names, f"a{kind}"):
            is_page_by_name = kind == ".xml" and name == "a.html"  # XHTML begins like XML too
            if kind_of(name, data) != kind and not is_page_by_name:
                failures.append((kind, name, kind_of(name, data)))
    assert failures == []


NOT_MARKUP = [
    "From Tuesday on, the bridge is shut: 2021 brought rain.",
    "From: The Post\nSubject: Levee breaks\n\nIt broke.",
    "<b>Bodies</b> found",
    "Content-Type is a header: the <p> tag is not.",
    "The <html> tag was missing, they said.",
    "Received wisdom: it floods.",
    "{\\it Levee}",
]


def test_a_text_that_begins_like_a_format_is_a_text():
    failures = [text for text in NOT_MARKUP if kind_of("a.txt", text.encode()) != ""]
    assert failures == []


SUFFIXES = {
    "a.HTML": ".html",
    "a/b.c/d": "",
    "index.php?u=http://x.example/a.jpg": ".php",
    "image.jpg?w=300": ".jpg",
    "a.html;jsessionid=1": ".html",
    "story.html.2": ".html",
    ".hidden": "",
    "a.txt.gz": ".gz",
}


def test_the_suffix_of_a_name_is_found():
    # A slash in a query cannot stand in the name of a file.
    found = {
        name: suffix_of(name.replace("http://x.example/", "http:%2F%2Fx.example%2F"))
        for name in SUFFIXES
    }
    assert found == SUFFIXES


# Files that are not articles


def test_parts_of_saved_pages_and_pictures_share_rows(tmp_path):
    needs("trafilatura")
    files = {}
    for number in range(3):
        files[f"story {number}.html"] = page_of(f"{STORY} {number}.", MORE)
        for part in ("ad.js", "photo.jpg", "saved_resource.html", "style.css"):
            files[f"story {number}_files/{part}"] = b"x"
    files |= {
        "bild.htm": page_of(QUOTE),
        "bild-Dateien/x.png": b"x",
        "bild-Dateien/deep/y.js": b"x",
    }
    files |= {f"photos/{number}.jpeg": b"\xff\xd8\xff" for number in range(20)}
    files |= {"talk.mp3": b"ID3\x03", "site.css": b"p{}", "a_files/kept.txt": "It rose."}
    articles = read(tmp_path, files)
    assert articles.index[articles.problem == ""].to_list() == [
        "a_files/kept.txt",
        "bild.htm",
        "story 0.html",
        "story 1.html",
        "story 2.html",
    ]
    expected = {
        "bild-Dateien": problems.page_folders(14, 4),
        "photos/0.jpeg": problems.companion_files(20, "pictures", "ocr", ".jpeg"),
        "site.css": problems.unread_file("a stylesheet", problems.PART_OF_PAGE, ".css"),
        "talk.mp3": problems.unread_file("a recording", "transcribe", ".mp3"),
    }
    assert articles.problem[articles.problem != ""].to_dict() == expected


def test_marks_of_programs_are_passed_over(tmp_path):
    marks = ["Thumbs.db", "desktop.ini", "~$levee.docx", "deep/Thumbs.db"]
    files = dict.fromkeys(marks, b"x") | {"a.txt": STORY, "scrape.py": "print()"}
    files["b.zip"] = zip_of({"Thumbs.db": b"x", "c.txt": MORE})
    assert read(tmp_path, files).index.to_list() == ["a.txt", "b.zip/c.txt", "scrape.py"]


def test_every_unread_kind_has_a_fix():
    rows = read_lexicon("reading/unread_files")
    failures = [row["suffix"] for row in rows if row["fix"] not in problems.FIXES]
    suffixes = [row["suffix"] for row in rows]
    assert failures == []
    assert len(suffixes) == len(set(suffixes))


def test_old_formats_name_a_command_for_the_whole_folder(tmp_path):
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    pages = zip_of({"Index/Document.iwa": b"x", "preview.jpg": b"x"})
    articles = read(tmp_path, {"a.doc": compound, "b.wps": compound + b"1", "c.pages": pages})
    expected = [("a.doc", ".doc"), ("b.wps", ".wps"), ("c.pages", ".pages")]
    for name, suffix in expected:
        assert problems.fix_of_unread("convert to docx", suffix) in articles.problem[name]


# Hostile files


BILLION = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
ENTITIES = f'<!DOCTYPE x [<!ENTITY l0 "boom">{BILLION}<!ENTITY file SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("kind", ["enex", "odt", "epub", "xml"])
def test_entities_are_not_expanded(tmp_path, kind):
    note = (
        f"<en-export><note><title>&l11;&file;</title><content>{STORY}</content></note></en-export>"
    )
    content = odt_content_of("<text:p>&l11;&file;</text:p>").partition("?>")[2]
    files = {
        "enex": {"a.enex": ENTITIES + note},
        "odt": {"a.odt": zip_of({"content.xml": ENTITIES + content})},
        "epub": {"a.epub": zip_of({"META-INF/container.xml": f"{ENTITIES}<a>&l11;&file;</a>"})},
        "xml": {
            "a.xml": f"{ENTITIES}<rss><channel><item><title>&l11;&file;</title></item></channel></rss>"
        },
    }
    articles = read(tmp_path, files[kind])
    assert articles.text.str.len().sum() < 1000
    assert not articles.text.str.contains("boom|root:").any()


def test_deeply_nested_files_end_in_a_row(tmp_path):
    deep = 20_000
    files = {
        "a.rtf": b"{\\rtf1 " + b"{" * deep + b"We left." + b"}" * deep + b"}",
        "b.odt": odt_of("<text:span>" * deep + "x" + "</text:span>" * deep),
        "c.eml": mail_of(html="<div>" * deep + "We left." + "</div>" * deep),
        "d.eml": b"MIME-Version: 1.0\nContent-Type: message/rfc822\n\n" * 2000 + b"We left.",
        "e.enex": enex_of({"title": "x", "content": "<div>" * deep + "It fell." + "</div>" * deep}),
        "f.epub": epub_of({"a.xhtml": "<div>" * deep + "It rose." + "</div>" * deep}),
    }
    articles = read(tmp_path, files)
    assert {name.partition("#")[0].partition("/")[0] for name in articles.index} == files.keys()
    assert ((articles.text == "") == (articles.problem != "")).all()


def test_cut_files_are_rows(tmp_path):
    whole = {
        "a.rtf": rtf_of(*PARAGRAPHS),
        "a.odt": odt_of("<text:p>x</text:p>"),
        "a.epub": epub_of({"a.xhtml": html_of(STORY)}),
        "a.eml": mail_of(WHOLE, html_of(*PARAGRAPHS), attachments={"a.txt": b"x" * 100}),
        "a.mbox": mailbox_of(mail_of(STORY), mail_of(MORE)),
        "a.mhtml": mhtml_of(page_of()),
        "a.enex": enex_of({"title": "x", "content": html_of(STORY)}),
        "a.xml": rss_of(f"<title>x</title><description>{STORY}</description>"),
        "a.webarchive": webarchive_of(page_of()),
        "a.warc.gz": warc_of({"https://post.example/a": ("text/html", page_of())}),
        "a.tgz": tar_of({"a.txt": STORY.encode()}, "w:gz"),
        "a.msg": msg_of(TITLE, WHOLE, attachments={"note.txt": MORE.encode()}),
    }
    files = {}
    for name, data in whole.items():
        stem, suffix = name.split(".", 1)
        for percent in (5, 35, 70, 95):
            files[f"{stem}{percent}.{suffix}"] = data[: len(data) * percent // 100]
    articles = read(tmp_path, files)
    names = {name.partition("#")[0].partition("/")[0] for name in articles.index}
    assert names == files.keys()
    assert ((articles.text == "") == (articles.problem != "")).all()
    own_faults = articles.problem.str.contains(
        "NameError|UnboundLocalError|AttributeError|TypeError"
    )
    assert articles.problem[own_faults].to_list() == []


# One list of formats, and what works without libraries


def test_the_documentation_names_every_suffix_that_is_read():
    page = (ROOT / "docs" / "how-to" / "own-folder.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`(\.[a-z0-9.]+)`", page))
    known = READERS.keys() | ISOLATED_READERS.keys() | KIND_OF_SUFFIX.keys()
    assert known - documented - {TEXT} == set()


FORMATS_WITHOUT_EXTRAS = {
    "a.eml": mail_of(WHOLE),
    "b.eml": mail_of(html=html_of(STORY, MORE), subject="Two"),
    "c.mbox": mailbox_of(mail_of(QUOTE)),
    "d.odt": odt_of(f"<text:p>{STORY} One.</text:p>"),
    "e.epub": epub_of({"a.xhtml": html_of(STORY, QUOTE)}),
    "f.enex": enex_of({"title": "Note", "content": html_of(MORE, QUOTE)}),
    "g.txt.gz": gzip.compress(f"{STORY} Two.".encode()),
    "h.tar": tar_of({"a.txt": b"It fell."}),
}
NEEDED = {
    "trafilatura": ("a.mhtml", mhtml_of(page_of()), "html"),
    "feedparser": ("a.xml", rss_of(f"<title>x</title><description>{STORY}</description>"), "mail"),
    "oxmsg": ("a.msg", msg_of("x", STORY), "mail"),
    "striprtf.striprtf": ("a.rtf", rtf_of(STORY), "docs"),
    "warcio.archiveiterator": ("a.warc", b"WARC/1.0\r\n", "warc"),
}
FOREIGN_MODULES = ["lxml", "lxml_html_clean", "pypdf", "docx", "docx.oxml", "pyarrow", *NEEDED]


def read_here(monkeypatch, name: str, data: bytes) -> list[ArticleRow]:
    """Read the rows of a file in this process, in which modules can be hidden."""
    monkeypatch.setattr(
        formats, "read_in_child", lambda kind, data, limits: ISOLATED_READERS[kind](data, limits)
    )
    return list(formats.read_rows(name, data, Limits(1e6, {})))


def test_formats_of_the_standard_library_need_no_extra(monkeypatch):
    for module in FOREIGN_MODULES:
        monkeypatch.setitem(sys.modules, module, None)
    failures = []
    for name, data in FORMATS_WITHOUT_EXTRAS.items():
        rows = read_here(monkeypatch, name, data)
        if len(rows) != 1 or not rows[0].text:
            failures.append((name, rows))
    assert failures == []


def test_a_format_that_needs_an_extra_names_the_command(monkeypatch):
    failures = []
    for module, (name, data, extra) in NEEDED.items():
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, module, None)
            rows = read_here(patch, name, data)
        if len(rows) != 1 or not rows[0].problem.endswith(install(extra)):
            failures.append((module, rows))
    assert failures == []
