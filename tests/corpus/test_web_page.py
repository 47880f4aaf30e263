"""Web pages: the words of the story in their order, and the metadata that pages state."""

import pytest

from clippings.core.errors import BadInput
from clippings.corpus.rows import ArticleRow, Limits
from clippings.corpus.web_page import read_page

pytest.importorskip("trafilatura")

HEADLINE = "Bridge closed after cracks found"
STORY = (
    "The old bridge at Ostrand will stay closed until May after engineers found cracks in two of its piers.",
    "“Nobody should drive over it,” said Maria Lund, who runs the road office. “We close it tonight.”",
    "About nine thousand cars cross the bridge each day, and the next crossing lies forty kilometres away.",
    "Shopkeepers in Tolmere fear that customers will stay away, as they did when it was repaired in 2004.",
    "The county council will decide in April who pays for the repair, which may cost six million crowns.",
)
NAVIGATION = '<header><nav><ul><li><a href="/">Home</a></li><li><a href="/s">Sport</a></li></ul></nav></header>'
FOOTER = "<footer><p>Copyright Ostrand Herald. No part of this page may be copied without leave.</p></footer>"


def paragraphs(texts=STORY) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page(body: str, head: str = f"<title>{HEADLINE} | Ostrand Herald</title>") -> str:
    top = f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8">{head}</head>'
    return f"{top}<body>{NAVIGATION}{body}{FOOTER}</body></html>"


def article(inner: str = "", head: str = f"<title>{HEADLINE}</title>") -> str:
    return page(f"<main><article><h1>{HEADLINE}</h1>{inner}{paragraphs()}</article></main>", head)


def read(html: str) -> ArticleRow:
    (row,) = read_page(html.encode(), Limits(1e6, {}))
    return row


def lines(html: str) -> list[str]:
    return read(html).text.split("\n\n")


INLINE_ELEMENTS = (
    "a abbr acronym b bdi bdo big blink button cite code data dfn em font i ins kbd label mark nobr "
    "output s samp small span strike strong sub sup time tt u var my-word"
)


def test_words_in_inline_elements_stand_in_their_sentence():
    failures = []
    for tag in INLINE_ELEMENTS.split():
        sentence = f"The piers, said <{tag}>Maria Lund</{tag}>, are from <{tag}>1938</{tag}> or so."
        html = article().replace("<p>", f"<p>{sentence} ", 1)
        if not any("said Maria Lund, are from 1938 or so. The old" in line for line in lines(html)):
            failures.append(tag)
    assert failures == []


INLINE_TEXTS = {
    "<b>W</b>ater is un<i>believ</i>ably cold": "Water is unbelievably cold",
    "Call it <q>a danger to all</q>, she says": "Call it “a danger to all”, she says",
    "Call it <q>“a danger”</q>, she says": "Call it “a danger”, she says",
    "<q>They said <q>never again</q> to us</q>": "“They said ‘never again’ to us”",
    "Seen on <q>Radio Tolmere</q> in <q>2019</q> twice": "Seen on Radio Tolmere in 2019 twice",
    "At&nbsp;ten o’clock &amp; later": "At\xa0ten o’clock & later",
    "The neigh&shy;bour&shy;hood": "The neigh\xadbour\xadhood",
    "Ten cars<wbr>, two lorries": "Ten cars, two lorries",
    "Water<br>rose in the night": "Water rose in the night",
    "Share<span class='sr-only'> on a network</span> of roads": "Share of roads",
    "A <!-- note -->bridge": "A bridge",
}


def test_what_stands_in_a_line_is_written_as_a_browser_shows_it():
    failures = []
    for source, shown in INLINE_TEXTS.items():
        html = article().replace("<p>The old", f"<p>{source} in the county. The old")
        if not any(line.startswith(f"{shown} in the county. The old") for line in lines(html)):
            failures.append((source, lines(html)[1]))
    assert failures == []


LEDES = {
    "before the article": f'<main><div class="lede"><p>{STORY[0]}</p></div><article><h1>{HEADLINE}</h1>{{rest}}</article></main>',
    "second heading": f'<main><article><h1>{HEADLINE}</h1><h2 class="standfirst">{STORY[0]}</h2>{{rest}}</article></main>',
    "heading outside": f'<main><h1>{HEADLINE}</h1><p class="deck">{STORY[0]}</p><div><article>{{rest}}</article></div></main>',
    "no main": f'<div class="head"><h1>{HEADLINE}</h1><p>{STORY[0]}</p></div><div class="body">{{rest}}</div>',
    "header": f'<article><header><h1>{HEADLINE}</h1><p class="summary">{STORY[0]}</p></header>{{rest}}</article>',
    "quotation": f"<article><h1>{HEADLINE}</h1><blockquote><p>{STORY[0]}</p></blockquote>{{rest}}</article>",
    "whole link": f'<article><h1>{HEADLINE}</h1>{{rest}}<p><a href="/x">{STORY[0]}</a></p>{{rest}}</article>',
    "logo above": f'<h1 class="logo"><a href="/">Ostrand Herald</a></h1><div><h2>{HEADLINE}</h2><p><b>{STORY[0]}</b></p>{{rest}}</div>',
}


def test_the_first_paragraph_is_read_wherever_it_stands():
    failures = []
    for kind, layout in LEDES.items():
        text = lines(page(layout.format(rest=paragraphs(STORY[1:]))))
        is_headline_on_top = HEADLINE in (text[1:] if kind == "before the article" else text)[:1]
        if not is_headline_on_top or not set(STORY) <= set(text):
            failures.append((kind, text))
    assert failures == []


SECOND_STORY = (
    "Ferry crews in Delmond will strike on Friday after talks broke down, their union said.",
    "“We have been patient for two years,” said Peter Hume, who speaks for the crews.",
)


def test_a_second_story_of_a_page_is_read():
    second = f"<article><h2>Ferry crews to strike</h2>{paragraphs(SECOND_STORY)}</article>"
    html = page(f"<main><article><h1>{HEADLINE}</h1>{paragraphs()}</article>{second}</main>")
    assert lines(html) == [HEADLINE, *STORY, "Ferry crews to strike", *SECOND_STORY]


def test_teasers_of_other_stories_are_not_read():
    teasers = "".join(
        f'<article><h3><a href="/{number}">Ferry crews to strike</a></h3><p>{text}</p></article>'
        for number, text in enumerate(SECOND_STORY)
    )
    section = f'<section class="grid"><h2>From the region</h2>{teasers}</section>'
    html = page(f"<main><article><h1>{HEADLINE}</h1>{paragraphs()}</article>{section}</main>")
    assert lines(html) == [HEADLINE, *STORY]


POSTS = {
    "18:45": "No train will run tonight, the railway says.",
    "18:30": "Forty people are in the school hall.",
    "17:10": "A roof has been blown off at the harbour, police say.",
}


def test_posts_of_a_live_report_are_read_with_their_times():
    layouts = {
        "articles": "<article><time datetime='2021-03-16T{time}'>{time}</time><p>{text}</p></article>",
        "headers": "<article><header><time>{time}</time><span>Jo Reed</span></header><p>{text}</p></article>",
        "boxes": "<div class='post'><div class='post-time'><time>{time}</time></div><p>{text}</p></div>",
    }
    failures = []
    for kind, layout in layouts.items():
        posts = "".join(layout.format(time=time, text=text) for time, text in POSTS.items())
        text = lines(page(f"<main><h1>Storm in Tolmere: live</h1><div>{posts}</div></main>"))
        in_order = [line for line in text if line in {*POSTS, *POSTS.values()}]
        if in_order != [part for post in POSTS.items() for part in post]:
            failures.append((kind, text))
    assert failures == []


FURNITURE = {
    "newsletter": '<div class="newsletter-box"><p>Get the news of the day in your inbox. <a href="/n">Sign up</a></p></div>',
    "paywall": '<div class="paywall-prompt"><h3>Keep reading</h3><p>To read on, subscribe now for one crown a week.</p></div>',
    "appeal": '<div class="support-appeal"><p>Since you are here, help us to keep our reporting free for all.</p></div>',
    "author": '<div class="author-bio"><p>Anna Bell has written about roads for the Herald since 1998.</p></div>',
    "share": '<div class="tools"><button>Share</button> <button>Save</button></div>',
    "related": '<ul class="related-links"><li><a href="/x">Ferry crews to strike over pay next week</a></li></ul>',
    "read more": '<p>Read more: <a href="/x">The bridge of 2004 and how it was repaired by night</a></p>',
    "aside": "<aside><p>A cat that could swim was found by the crew of a ferry on Sunday.</p></aside>",
    "comments": '<section id="comments"><p>I knew that it would fall down one day, and nobody listened.</p></section>',
    "script": "<script>alert('The bridge is closed.')</script><style>p { color: red }</style>",
    "advertisement": '<div class="ad-slot"><p>Advertisement: new cars for old ones at Reed and Sons.</p></div>',
    "form": "<form><label>Your address</label><input><p>We will never give your address away.</p></form>",
    "hidden": '<div style="display: none"><p>This line is shown to nobody who reads the page.</p></div>',
    "role": '<div role="navigation"><p>Here are the sections of the Herald, from A to Z.</p></div>',
}


def test_furniture_within_the_article_is_not_read():
    failures = []
    for kind, furniture in FURNITURE.items():
        body = paragraphs(STORY[:3]) + furniture + paragraphs(STORY[3:])
        text = lines(page(f"<main><article><h1>{HEADLINE}</h1>{body}</article></main>"))
        if text != [HEADLINE, *STORY]:
            failures.append((kind, text))
    assert failures == []


def test_an_article_in_an_element_that_is_called_furniture_is_read():
    failures = []
    for name in ("paywall", "subscription", "social", "post tag-comment", "sidebar-right", "popup"):
        body = f'<div class="{name}"><h1>{HEADLINE}</h1>{paragraphs()}</div>'
        if lines(page(body)) != [HEADLINE, *STORY]:
            failures.append(name)
    assert failures == []


def test_classes_that_programs_make_are_no_words():
    html = article().replace("<p>", '<p class="css-1ad8x e4nav9 sc-2bio">')
    assert lines(html) == [HEADLINE, *STORY]


def test_blocks_of_all_kinds_are_read_in_order():
    body = f"""
        <figure><img src="a.jpg"><figcaption>The bridge on Monday. <span>Photo: Jo Reed</span></figcaption></figure>
        <p>{STORY[0]}</p>
        <h2>What happens next</h2>
        <ul><li>The bridge is closed to cars from Monday.</li><li>Buses go by way of Lund.</li></ul>
        <blockquote><p>{STORY[1]}</p></blockquote>
        <table><tr><th>Year</th><th>Cars</th></tr><tr><td>2019</td><td>8,100</td></tr></table>
        <pre>BRIDGE  CLOSED\nDETOUR  LUND</pre>
        <dl><dt>How long?</dt><dd>{STORY[2]}</dd></dl>
        <p>{STORY[3]}</p><p>{STORY[4]}</p>
    """
    assert lines(page(f"<article><h1>{HEADLINE}</h1>{body}</article>")) == [
        HEADLINE,
        "The bridge on Monday. Photo: Jo Reed",
        STORY[0],
        "What happens next",
        "The bridge is closed to cars from Monday.",
        "Buses go by way of Lund.",
        STORY[1],
        "Year\tCars",
        "2019\t8,100",
        "BRIDGE  CLOSED\nDETOUR  LUND",
        "How long?",
        *STORY[2:],
    ]


LAYOUTS = {
    "1990s": f'<html><title>{HEADLINE}</title><body><center><font size=+2><b>{HEADLINE}</b></font></center><table><tr><td width=120><a href="/">Home</a><br><a href="/s">Sport</a></td><td><font face=Times><p>{"<p>".join(STORY)}</font></td></tr></table></html>',
    "line breaks": f"<html><title>{HEADLINE}</title><body><div><b>{HEADLINE}</b><br><br>{'<br><br>'.join(STORY)}</div></html>",
    "boxes": page(
        f"<div><div>{HEADLINE}</div>{''.join(f'<div>{text}</div>' for text in STORY)}</div>"
    ),
    "form around the page": f'<html><title>{HEADLINE}</title><body><form id="aspnetForm"><h1>{HEADLINE}</h1><div>{paragraphs()}</div></form></html>',
    "AMP": f"<html amp><title>{HEADLINE}</title><body><amp-sidebar><ul><li>Home</ul></amp-sidebar><article><h1>{HEADLINE}</h1><amp-ad>Buy cars</amp-ad>{paragraphs()}</article></html>",
    "blocks of a builder": page(
        f"<main><h1>{HEADLINE}</h1>{''.join(f'<div data-block><p>{text}</p></div>' for text in STORY)}</main>"
    ),
}


def test_pages_of_old_and_new_layouts_are_read():
    texts = {kind: lines(html) for kind, html in LAYOUTS.items()}
    failures = [(kind, text) for kind, text in texts.items() if text != [HEADLINE, *STORY]]
    assert failures == []


UNSPACED_STORIES = {
    "ja": (
        "橋が閉鎖",
        "川にかかる橋が月曜日に閉鎖されたと市長が発表した。けが人はいなかったという。",
        "住民は不安を訴え、市は代替バスを十分おきに走らせると説明した。",
    ),
    "zh": (
        "大桥关闭",
        "市长星期一表示，河上的大桥已关闭六周，无人受伤，但有轨电车将停运到月底。",
        "居民对此十分担心，市政府说替代巴士每十分钟一班，费用由国家承担。",
    ),
    "th": (
        "ปิดสะพาน",
        "นายกเทศมนตรีกล่าวเมื่อวันจันทร์ว่าสะพานข้ามแม่น้ำถูกปิดเป็นเวลาหกสัปดาห์",
        "ชาวบ้านกังวลเรื่องนี้มาก เทศบาลกล่าวว่าจะมีรถโดยสารทดแทนทุกสิบนาที",
    ),
}
ENCODINGS = {"ja": ("utf-8", "shift_jis", "euc-jp"), "zh": ("utf-8", "gb2312"), "th": ("utf-8",)}


def test_short_pages_in_scripts_without_blanks_are_read():
    failures = {}
    for language, (headline, *texts) in UNSPACED_STORIES.items():
        for encoding in ENCODINGS[language]:
            head = f'<meta charset="{encoding}"><title>{headline}</title>'
            body = f"<article><h1>{headline}</h1>{paragraphs(texts)}</article>"
            html = f"<html><head>{head}</head><body>{NAVIGATION}{body}</body></html>"
            (row,) = read_page(html.encode(encoding), Limits(1e6, {}))
            if row.text.split("\n\n") != [headline, *texts]:
                failures[language, encoding] = row.text
    assert failures == {}


def test_an_index_page_in_chinese_has_no_article():
    links = "".join(f'<li><a href="/{n}">大桥关闭六周，居民十分担心</a></li>' for n in range(9))
    with pytest.raises(BadInput):
        read(f"<html><body><ul>{links}</ul></body></html>")


def test_a_page_of_one_sentence_is_read():
    assert lines(f"<h1>{HEADLINE}</h1><p>The bridge is shut.</p>") == [
        HEADLINE,
        "The bridge is shut.",
    ]


def test_a_story_that_scripts_would_show_is_read_from_the_description_of_the_page():
    body = "\\n\\n".join(text.replace('"', "'") for text in STORY)
    script = f'<script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle", "headline": "{HEADLINE}", "articleBody": "{body}"}}]}}</script>'
    empty = page('<div id="root"></div><noscript>Please turn scripts on.</noscript>', script)
    byline = '<p class="byline">Anna Bell, 16 March 2021</p>'
    teaser = page(f"<article><h1>{HEADLINE}</h1>{byline}<p>{STORY[0]}</p></article>", script)
    assert lines(empty) == [HEADLINE, *STORY]
    assert lines(teaser) == [HEADLINE, "Anna Bell, 16 March 2021", *STORY]


def test_a_page_without_prose_is_a_problem():
    for html in ("<html></html>", page(""), "<p></p>", ""):
        with pytest.raises(BadInput):
            read(html)


def test_the_line_of_author_and_date_is_part_of_the_text():
    lines_of_head = (
        '<div class="meta"><span class="author">By Anna Bell</span><span>16 March 2021</span></div>'
    )
    assert lines(article(lines_of_head))[:3] == [HEADLINE, "By Anna Bell 16 March 2021", STORY[0]]


def test_authors_are_written_above_a_text_that_does_not_name_them():
    head = '<meta name="author" content="Anna Bell and Tom Reed">'
    assert lines(article(head=head))[:2] == [HEADLINE, "By Anna Bell, Tom Reed"]
    named = article("<p class='byline'>By Anna Bell and Tom Reed</p>", head)
    assert lines(named)[:2] == [HEADLINE, "By Anna Bell and Tom Reed"]


def test_many_articles_on_a_page_do_not_take_quadratic_time():
    post = f"<article><time>18:45</time><p>{STORY[0]}</p></article>"
    assert len(lines(page(f"<main><h1>{HEADLINE}</h1>{post * 2000}</main>"))) == 4001
