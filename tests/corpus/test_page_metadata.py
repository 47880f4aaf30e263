"""What a web page states of itself: headline, authors, outlet, section, address, dates."""

import json

import pytest
from test_web_page import HEADLINE, article, page, paragraphs, read

from clippings.corpus.page_metadata import without_archive, without_site_name
from clippings.corpus.written_dates import read_day

pytest.importorskip("trafilatura")


def described(*objects: dict) -> str:
    return f'<script type="application/ld+json">{json.dumps(list(objects))}</script>'


def metas(**contents: str) -> str:
    names = {name.replace("__", ":"): content for name, content in contents.items()}
    return "".join(f'<meta name="{name}" content="{text}">' for name, text in names.items())


NEWS = {
    "@type": "NewsArticle",
    "headline": HEADLINE,
    "datePublished": "2021-03-16T23:30:00-05:00",
    "dateModified": "2021-03-18T09:00:00Z",
    "author": [{"@type": "Person", "name": "Anna Bell"}, {"name": "Tom Reed"}],
    "publisher": {"@type": "Organization", "name": "Ostrand Herald"},
    "articleSection": ["Region", "Roads"],
    "mainEntityOfPage": {"@id": "https://herald.example/bridge"},
}
OTHER = {"@type": "NewsArticle", "headline": "Ferry", "datePublished": "2019-01-02"}


def test_json_ld_describes_the_article_in_whatever_form_it_stands():
    forms = {
        "object": [NEWS],
        "graph": [{"@graph": [{"@type": "WebSite", "name": "Herald"}, NEWS]}],
        "types": [{**NEWS, "@type": ["Article", "https://schema.org/NewsArticle"]}],
        "page": [{"@type": "WebPage", "mainEntity": NEWS}],
        "live report": [{**NEWS, "@type": "LiveBlogPosting"}],
        "with others": [{"@type": "ItemList", "itemListElement": [OTHER]}, OTHER, NEWS],
    }
    failures = []
    for form, objects in forms.items():
        row = read(article(head=f"<title>x</title>{described(*objects)}"))
        stated = (row.title, row.author, row.outlet, row.section, row.published_from, row.updated)
        if stated != (
            HEADLINE,
            "Anna Bell, Tom Reed",
            "Ostrand Herald",
            "Region",
            "2021-03-16",
            "2021-03-18",
        ):
            failures.append((form, stated))
    assert failures == []


def test_dates_of_other_stories_and_comments_are_not_those_of_the_page():
    time = '<time datetime="2019-01-02">2 January 2019</time>'
    bodies = {
        "list of others": (described({"@type": "ItemList", "itemListElement": [OTHER]}), ""),
        "side column": ("", f"<aside><p>Ferry crews to strike {time}</p></aside>"),
        "today": ("", f'<div class="today">{time}</div>'),
        "comment": (
            "",
            f'<div id="comments"><p itemprop="datePublished" content="2019-01-02">Jo {time}</p></div>',
        ),
        "teaser": (
            "",
            f'<article><h3><a href="/x">Ferry</a></h3>{time}<p>The crews of the ferries have asked for a rise of nine per cent.</p></article>',
        ),
        "last change": (metas(**{"article__modified_time": "2019-01-02"}), ""),
    }
    failures = []
    for kind, (head, other) in bodies.items():
        own = f"<article><h1>{HEADLINE}</h1>{paragraphs()}</article>"
        for body in (own + other, other + own):
            row = read(page(f"<main>{body}</main>", head))
            if row.published_from:
                failures.append((kind, row.published_from))
    assert failures == []


PUBLISHED = {
    "article:published_time": '<meta property="article:published_time" content="2021-03-16T08:00:00Z">',
    "datePublished": '<meta itemprop="datePublished" content="2021-03-16">',
    "parsely": metas(**{"parsely-pub-date": "2021-03-16T10:00:00Z"}),
    "sailthru": metas(**{"sailthru.date": "Tue, 16 Mar 2021 10:00:00 +0000"}),
    "Dublin Core": metas(**{"DC.date.issued": "2021-03-16"}),
    "pubdate": metas(pubdate="20210316"),
    "date": metas(date="March 16, 2021"),
}


def test_the_date_of_publication_is_read_from_each_dialect_of_metadata():
    failures = [
        name
        for name, head in PUBLISHED.items()
        if read(article(head=head)).published_from != "2021-03-16"
    ]
    assert failures == []


MARKED_DATES = {
    "time": ('<time datetime="2021-03-16">16 March</time>', "2021-03-16", ""),
    "pubdate": (
        '<p>By Jo <time pubdate datetime="2021-03-16">Tuesday</time></p>',
        "2021-03-16",
        "",
    ),
    "WordPress": (
        '<div class="entry-meta">Posted on <a href="/p"><time class="published" datetime="2021-03-16">16 March</time><time class="updated" datetime="2021-03-18">18 March</time></a></div>',
        "2021-03-16",
        "2021-03-18",
    ),
    "unchanged": (
        '<div><time class="entry-date published updated" datetime="2021-03-16">16 March</time></div>',
        "2021-03-16",
        "",
    ),
    "update only": (
        '<p class="updated">Updated <time datetime="2021-03-18">18 March</time></p>',
        "",
        "2021-03-18",
    ),
    "in a sentence": (
        '<p>The bridge was built by the county and opened by the king himself on <time datetime="1938-05-01">1 May 1938</time>, and was never closed.</p>',
        "",
        "",
    ),
}


def test_the_mark_up_of_the_article_dates_it():
    failures = []
    for kind, (line, published, updated) in MARKED_DATES.items():
        row = read(article(line))
        if (row.published_from, row.updated) != (published, updated):
            failures.append((kind, row.published_from, row.updated))
    assert failures == []


AUTHORS = {
    '<meta name="author" content="By Anna Bell and Tom Reed">': "Anna Bell, Tom Reed",
    '<meta name="byl" content="By Anna Bell">': "Anna Bell",
    '<meta name="author" content="Ostrand Herald">': "",
    '<meta property="article:author" content="https://network.example/annabell">': "",
    '<meta name="author" content="@herald"><meta name="parsely-author" content="Anna Bell">': "Anna Bell",
    '<meta name="dc.creator" content="Bell, Anna; Reed, Tom">': "Anna Bell, Tom Reed",
    '<meta name="author" content="admin">': "",
}


def test_a_date_for_programs_or_in_a_line_by_itself_dates_the_article():
    lines = [
        '<abbr class="published" title="2021-03-16T10:31:00+00:00">Tuesday</abbr>',
        '<abbr title="Tuesday, March 16, 2021 at 10:31 am">2 years ago</abbr>',
        '<span class="dt-published" title="2021-03-16">Tuesday</span>',
        '<span class="date" data-datetime="2021-03-16T10:00:00Z">Tuesday</span>',
        '<relative-time datetime="2021-03-16T10:00:00Z">3 years ago</relative-time>',
        '<div class="date" content="2021-03-16">Tuesday</div>',
    ]
    days = {line: read(article(line)).published_from for line in lines}
    assert days == dict.fromkeys(lines, "2021-03-16")

    printed = ["Tue., March 16, 2021", "Tue, March 16, 2021", "Published on 16 March 2021"]
    shown = {line: read(article(f"<span>{line}</span>")).text.split("\n\n")[1] for line in printed}
    assert shown == {line: line for line in printed}


def test_such_dates_below_the_first_paragraphs_are_not_those_of_the_article():
    other = '<abbr class="published" title="2019-01-02">2 years ago</abbr>'
    places = {
        "comment": f"{paragraphs()}<div class='comments'><p>Jo {other}</p></div>",
        "other story": f"{paragraphs()}<ul><li>Ferry crews to strike {other}</li></ul>",
        "side column": f"<aside><p>Ferry {other}</p></aside>{paragraphs()}",
    }
    dated = {}
    for place, inner in places.items():
        day = read(page(f"<main><article><h1>{HEADLINE}</h1>{inner}</article></main>"))
        dated[place] = day.published_from
    assert dated == dict.fromkeys(places, "")


def test_the_address_is_read_from_each_dialect_of_metadata():
    address = "https://herald.example/2021/bridge"
    heads = [
        f'<meta name="twitter:url" content="{address}">',
        f'<meta property="al:web:url" content="{address}">',
        f'<meta itemprop="url" content="{address}">',
        f'<link itemprop="mainEntityOfPage" href="{address}">',
        f'<meta itemscope itemprop="mainEntityOfPage" itemid="{address}">',
        f'<meta name="dc.identifier" content="{address}">',
        f'<meta name="citation_public_url" content="{address}">',
        f'<link rel="alternate" hreflang="x-default" href="{address}">',
    ]
    assert {head: read(article(head=head)).url for head in heads} == dict.fromkeys(heads, address)


def test_the_address_of_a_picture_or_publisher_is_not_that_of_the_page():
    others = [
        '<div itemprop="logo" itemscope><meta itemprop="url" content="https://x.example/a.png"></div>',
        '<div itemprop="publisher"><link itemprop="url" href="https://x.example/about"></div>',
        '<meta name="dc.identifier" content="A-2021-16">',
    ]
    assert {other: read(article(other)).url for other in others} == dict.fromkeys(others, "")


def test_authors_are_names_and_not_addresses_or_the_outlet():
    outlet = '<meta property="og:site_name" content="Ostrand Herald">'
    failures = [
        (head, stated)
        for head, names in AUTHORS.items()
        if (stated := read(article(head=outlet + head)).author) != names
    ]
    assert failures == []


TITLES = {
    "Bridge closed | The Herald": ("Bridge closed", "The Herald"),
    "Bridge closed - The Herald": ("Bridge closed", "The Herald"),
    "Bridge closed | Roads | The Herald": ("Bridge closed", "The Herald"),
    "Bridge closed - again": ("Bridge closed - again", ""),
    "Bridge closed": ("Bridge closed", ""),
}


def test_the_name_of_the_site_is_separated_from_a_title():
    headlines = ["Bridge closed", "Bridge closed - again"]
    separated = {
        title: without_site_name(title, "", headlines[-1:] + headlines) for title in TITLES
    }
    separated["Bridge closed - again"] = without_site_name("Bridge closed - again", "", ["Other"])
    assert separated == TITLES
    assert without_site_name("Herald: news - Bridge", "herald.com", []) == (
        "Herald: news - Bridge",
        "",
    )
    assert without_site_name("The Herald – Bridge closed", "Herald", [])[0] == "Bridge closed"


def test_the_headline_is_the_heading_on_the_page_and_not_a_title_for_search_engines():
    head = '<title>Cracks: bridge closed - Herald</title><meta property="og:title" content="Ostrand bridge closed">'
    assert read(article(head=head)).title == HEADLINE
    logo = f"<h1>Ostrand Herald</h1><h2>{HEADLINE}</h2>{paragraphs()}"
    assert read(page(f"<div>{logo}</div>")).title == HEADLINE


ADDRESS = "https://herald.example/2021/bridge?id=7"
SAVED_PAGES = {
    "Internet Explorer": (f"<!-- saved from url=(0039){ADDRESS} -->", "", ""),
    "SingleFile": (
        f"<!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: Tue Mar 16 2021 10:04:00 GMT+0000 (Greenwich Mean Time)\n-->",
        "",
        "2021-03-16",
    ),
    "Save Page WE": (
        "",
        f'<meta name="savepage-url" content="{ADDRESS}"><meta name="savepage-date" content="Tue Mar 16 2021 10:04:00 GMT+0100">',
        "2021-03-16",
    ),
    "HTTrack": (
        f"<!-- Mirrored from {ADDRESS.removeprefix('https://')} by HTTrack Website Copier/3.x [XR&CO'2014], Tue, 16 Mar 2021 10:04:00 GMT -->",
        "",
        "2021-03-16",
    ),
    "Wayback Machine": (
        "<!--\n FILE ARCHIVED ON 10:04:00 Mar 16, 2021 AND RETRIEVED FROM THE\n INTERNET ARCHIVE ON 09:00:00 Nov 05, 2024.\n-->",
        f'<link rel="canonical" href="https://web.archive.org/web/20210316100400/{ADDRESS}">',
        "2021-03-16",
    ),
    "archive.today": (
        "",
        f'<meta property="og:url" content="https://archive.ph/2021.03.16-100400/{ADDRESS}">',
        "2021-03-16",
    ),
    "banner of the archive": (
        "",
        f'<script>__wm.wombat("{ADDRESS}","20210316100400","https://web.archive.org/");</script>',
        "2021-03-16",
    ),
    "canonical": ("", f'<link rel="canonical" href="{ADDRESS}">', ""),
    "Open Graph": ("", f'<meta property="og:url" content="{ADDRESS}">', ""),
    "relative": (
        f"<!-- saved from url=(0039){ADDRESS} -->",
        '<link rel="canonical" href="/2021/bridge?id=7">',
        "",
    ),
    "canonical of the site": (
        f"<!-- saved from url=(0039){ADDRESS} -->",
        '<link rel="canonical" href="https://herald.example/">',
        "",
    ),
}


def test_where_and_when_a_page_was_saved_is_read():
    failures = []
    for program, (note, head, saved) in SAVED_PAGES.items():
        html = article(head=f"<title>{HEADLINE}</title>{head}")
        for source in (f"{note}\n{html}", html.replace("</html>", f"{note}</html>")):
            row = read(source)
            if (row.url, row.saved, row.published_from) != (ADDRESS, saved, ""):
                failures.append((program, row.url, row.saved, row.published_from))
    assert failures == []


def test_the_address_in_an_archive_or_reading_view_is_that_of_the_page():
    assert without_archive(f"https://web.archive.org/web/20210316100400id_/{ADDRESS}") == ADDRESS
    assert without_archive("about:reader?url=https%3A%2F%2Fherald.example%2Fa") == (
        "https://herald.example/a"
    )
    assert without_archive(ADDRESS) == ADDRESS


DAYS = {
    "2021-03-16": "2021-03-16",
    "2021-03-16T23:30:00-05:00": "2021-03-16",
    "2021-03-16T08:00:00.000+0000": "2021-03-16",
    "2021/03/16 08:00": "2021-03-16",
    "20210316": "2021-03-16",
    "20210316100400": "2021-03-16",
    "20210316T1004Z": "2021-03-16",
    "Tue, 16 Mar 2021 10:04:00 +0100": "2021-03-16",
    "Tue Mar 16 2021 10:04:00 GMT+0100 (Central European Time)": "2021-03-16",
    "March 16, 2021": "2021-03-16",
    "16 March 2021": "2021-03-16",
    "Tuesday, Mar. 16, 2021 10:04 am": "2021-03-16",
    "16/03/2021": "2021-03-16",
    "03/04/2021": "",
    "2021-02-30": "",
    "0021-03-16": "",
    "yesterday": "",
    "1615852800": "",
    "": "",
}


def test_dates_as_programs_write_them():
    assert {text: read_day(text) for text in DAYS} == DAYS


def test_the_language_that_a_page_declares_is_read():
    assert read(article()).language == "en"
    assert read(article().replace('lang="en-GB"', 'lang="DE"')).language == "de"
    assert read(article().replace('lang="en-GB"', "")).language == ""


def test_metadata_that_is_broken_hinders_no_reading():
    heads = [
        '<script type="application/ld+json">{"@type": "NewsArticle", </script>',
        '<script type="application/ld+json">' + "[" * 5000 + "</script>",
        described(
            {"@type": "NewsArticle", "author": 7, "publisher": [None], "headline": {"a": []}}
        ),
        described({"@type": {"a": 1}, "datePublished": ["x"], "articleBody": [1]}),
        '<link rel="canonical" href="http://[bad"><meta property="og:url" content="::">',
        "<base href='//['>",
    ]
    assert [len(read(article(head=head)).text.split("\n\n")) for head in heads] == [6] * len(heads)
