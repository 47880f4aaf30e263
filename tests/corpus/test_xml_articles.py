"""Articles in XML of news agencies, of text corpora, and in plain records."""

import pytest

from clippings.core.errors import BadInput
from clippings.corpus.rows import Limits
from clippings.corpus.xml_files import read_xml

TITLE = "Ferry to the islands halted"
FIRST = "The ferry line will be out of service, the harbour authority of Ostrand said."
SECOND = "“Safety has to come first,” said Karin Lund."
WHOLE = f"{FIRST}\n\n{SECOND}"
PARAGRAPHS = f"<p>{FIRST.replace('Ostrand', '<org>Ostrand</org>')}</p>\n<p>{SECOND}</p>"
ESCAPED = f"&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;"
DAY = "2018-11-05"
LIMITS = Limits(1e6, {})

NITF = f"""<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf.dtd">
<nitf><head><title>T</title><docdata><date.issue norm="20181105T101500Z"/></docdata>
<pubdata name="Valley Post"/></head><body><body.head><hedline><hl1>{TITLE}</hl1></hedline>
<byline>By <person>Anna Bell</person></byline></body.head><body.content>
<block class="lead_paragraph"><p>{FIRST}</p></block><block class="full_text">{PARAGRAPHS}</block>
</body.content></body></nitf>"""

NEWSML_G2 = f"""<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem>
<itemMeta><provider><name>Valley Post</name></provider>
<versionCreated>{DAY}T10:00:00+00:00</versionCreated></itemMeta>
<contentMeta><headline>{TITLE}</headline><by>By Anna Bell</by></contentMeta><contentSet><inlineXML>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body>{PARAGRAPHS}</body>
</html></inlineXML></contentSet></newsItem></itemSet></newsMessage>"""

NEWSML_1 = f"""<NewsML><NewsItem><NewsManagement><FirstCreated>20181105T101112+0100</FirstCreated>
</NewsManagement><NewsComponent><NewsLines><HeadLine>{TITLE}</HeadLine><ByLine>Anna Bell</ByLine>
</NewsLines><AdministrativeMetadata><Provider><Party FormalName="Valley Post"/></Provider>
</AdministrativeMetadata><ContentItem><DataContent>{PARAGRAPHS}</DataContent></ContentItem>
</NewsComponent></NewsItem></NewsML>"""

TEI = f"""<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title>Corpus</title></titleStmt></fileDesc></teiHeader><TEI><teiHeader><fileDesc><titleStmt>
<title>{TITLE}</title><author>Anna Bell</author></titleStmt><publicationStmt><date when="{DAY}"/>
<publisher>Valley Post</publisher></publicationStmt></fileDesc></teiHeader>
<text><body>{PARAGRAPHS.replace("org>", "orgName>")}</body></text></TEI></teiCorpus>"""

WITH_ALL_FIELDS = {
    "NITF": NITF,
    "NewsML-G2": NEWSML_G2,
    "NewsML 1": NEWSML_1,
    "TEI": TEI,
    "trafilatura": (
        f'<doc sitename="Valley Post" title="{TITLE}" author="Anna Bell" date="{DAY}">'
        f"<main>{PARAGRAPHS}</main><comments><p>I like it.</p></comments></doc>"
    ),
    "children": (
        f"<articles><article><title>{TITLE}</title><date>{DAY}</date><source>Valley Post</source>"
        f"<author>Anna Bell</author><text>{PARAGRAPHS}</text></article></articles>"
    ),
    "escaped HTML": (
        f"<items><item><headline>{TITLE}</headline><pubDate>Mon, 05 Nov 2018 10:00:00 GMT</pubDate>"
        f"<source>Valley Post</source><byline>Anna Bell</byline><body>{ESCAPED}</body></item></items>"
    ),
    "German": (
        f"<Liste><Artikel><Titel>{TITLE}</Titel><Datum>05.11.2018</Datum><Quelle>Valley Post</Quelle>"
        f"<Autor>Anna Bell</Autor><Text>{PARAGRAPHS}</Text></Artikel></Liste>"
    ),
    "head and body": (
        f"<corpus><document><metadata><title>{TITLE}</title><author>Anna Bell</author>"
        f"<source>Valley Post</source><date>5 November 2018</date></metadata>"
        f"<body>{PARAGRAPHS}</body></document></corpus>"
    ),
    "names in attributes": (
        f'<add><doc><field name="title">{TITLE}</field><field name="date">{DAY}</field>'
        f'<field name="author">Anna Bell</field><field name="source">Valley Post</field>'
        f'<field name="content">{PARAGRAPHS}</field></doc></add>'
    ),
    "paragraphs": (
        f'<article date="{DAY}" source="Valley Post"><title>{TITLE}</title>'
        f"<authors><author>Anna Bell</author></authors>{PARAGRAPHS}</article>"
    ),
}


def test_articles_in_xml_are_read_with_their_fields():
    failures = {}
    for name, xml in WITH_ALL_FIELDS.items():
        (row,) = read_xml(xml.encode(), LIMITS)
        stated = (row.title, row.author, row.outlet, row.published_from, row.text)
        if stated != (TITLE, "Anna Bell", "Valley Post", DAY, WHOLE):
            failures[name] = stated
    assert failures == {}


def test_each_of_several_articles_is_a_row():
    article = f"<article><title>{TITLE}</title><text>{FIRST}</text></article>"
    rows = list(read_xml(f"<articles>{article * 3}</articles>".encode(), LIMITS))
    assert [row.article for row in rows] == ["#1", "#2", "#3"]
    assert [row.text for row in rows] == [FIRST] * 3


OTHER_XML = {
    "addresses": "<urlset><url><loc>https://post.example/a</loc></url></urlset>",
    "list of feeds": (
        '<opml><head><title>Feeds</title></head><body><outline title="Valley Post" '
        'text="Valley Post and all its other feeds"/></body></opml>'
    ),
    "drawing": "<svg><title>Chart</title><text>2016</text></svg>",
    "settings": "<config><title>Reader</title><text>on</text></config>",
    "text without a head": f"<root><text>{FIRST}</text></root>",
    "word processor": "<wordDocument><body><p><r><t>One</t></r></p></body></wordDocument>",
}


def test_other_xml_has_no_articles():
    for xml in OTHER_XML.values():
        with pytest.raises(BadInput):
            list(read_xml(xml.encode(), LIMITS))
